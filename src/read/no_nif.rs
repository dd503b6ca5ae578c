//! What stands for the reader of NIF in a program that was built without the graph.

use std::path::Path;

use super::error::Refusal;
use super::{Error, Part};

const RDF: Refusal = Refusal {
    sort: "NIF",
    remedy: "this program was built without RDF; build it with the feature `graph`, or give plain text",
};

/// Refuses.
pub fn parts(_: &[u8], _: &str, path: &Path) -> Result<Vec<Result<Part, Error>>, Error> {
    Err(Error::refused(path, RDF))
}
