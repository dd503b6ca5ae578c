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
    let options = build::options(&command.rdf)?;
    if options.rdf12 {
        write::carries_rdf12(format)?;
    }
    let mut out = BufWriter::with_capacity(1 << 16, out.lock());
    if write::can_be_joined(format) {
        let show = |doc: &crate::text::Document| {
            let mut bytes = Vec::new();
            write::serialize(&write::quads(doc, &options), format, &mut bytes).map(|()| bytes)
        };
        let end = each_article(&command.articles, shared, talk, show, |bytes| Ok(out.write_all(&bytes?)?))?;
        out.flush()?;
        return Ok(end);
    }
    // Files of these formats cannot be written one after another: all articles make one document.
    let mut whole = write::Whole::new(format, out)?;
    let show = |doc: &crate::text::Document| write::quads(doc, &options);
    let end = each_article(&command.articles, shared, talk, show, |quads| Ok(whole.add(&quads)?))?;
    whole.finish()?.flush()?;
    Ok(end)
}
