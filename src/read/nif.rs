//! NIF: each context of a document of RDF is an article, to the letter; where names are given in it, these are its names.

use std::path::Path;

use super::{Error, ErrorKind, LONGEST, Part};
use crate::graph::nif;

/// The articles of a file; `name` is the file's.
///
/// # Errors
/// A file that is no RDF, or RDF without a text.
pub fn parts(bytes: &[u8], name: &str, path: &Path) -> Result<Vec<Result<Part, Error>>, Error> {
    let broken = |cause: &str| Error::new(ErrorKind::Nif, path, cause);
    let text = bytes.strip_prefix("\u{feff}".as_bytes()).unwrap_or(bytes);
    let Ok(decoded) = std::str::from_utf8(text) else {
        return Err(broken("RDF in another encoding than UTF-8"));
    };
    let ending = name.rsplit_once('.').map_or("", |(_, ending)| ending);
    let contexts = nif::contexts(text, nif::syntax(decoded, ending)).map_err(|error| broken(&error.to_string()))?;
    let is_one = contexts.len() == 1;
    let part = |(at, context): (usize, Result<nif::Context, String>)| {
        let number = Some(at + 1).filter(|_| !is_one);
        let context = context.map_err(|cause| broken(&cause).at_article(number))?;
        if context.text.len() > LONGEST {
            return Err(super::lines::too_long(path).at_article(number));
        }
        Ok(Part { number, ..Part::whole(context.document()) })
    };
    Ok(contexts.into_iter().enumerate().map(part).collect())
}
