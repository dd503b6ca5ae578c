//! `sayso triples`: articles in, RDF out, no store.

use std::io::{BufWriter, IsTerminal, Write};

use super::annotate::each_article;
use super::args::{Shared, Triples};
use super::talk::Talk;
use super::{End, Failure, build};
use crate::graph::write::{self, Format};

/// Runs the command. Each article is written as soon as it and those before it are done.
pub fn run(command: &Triples, shared: &Shared, talk: &Talk) -> Result<End, Failure> {
    let out = std::io::stdout();
    let default = if out.is_terminal() { "trig" } else { "nquads" };
    let Format(format) = command.format.as_deref().unwrap_or(default).parse()?;
    let options = build::options(&command.rdf);
    if options.rdf12 {
        write::carries_rdf12(format)?;
    }
    let mut out = BufWriter::with_capacity(1 << 16, out.lock());
    let show = |doc: &crate::text::Document| {
        let mut bytes = Vec::new();
        write::serialize(&write::quads(doc, &options), format, &mut bytes).map(|()| bytes)
    };
    let end = each_article(&command.articles, shared, talk, show, |bytes| Ok(out.write_all(&bytes?)?))?;
    out.flush()?;
    Ok(end)
}
