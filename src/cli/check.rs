//! `sayso check`: is the store what the ontology promises?

use std::io::Write;

use super::args::Check;
use super::talk::Talk;
use super::{End, Failure};
use crate::graph::check;
use crate::graph::store::Store;

/// Runs the command: one line for each offence, tab-separated; exit code 1 when there is any.
pub fn run(command: &Check, talk: &Talk) -> Result<End, Failure> {
    let store = super::export::open(&command.at.store)?;
    if command.at.store.is_dir() {
        Store::open(&command.at.store)?.verify()?;
    }
    let mut found = check::check(&store)?;
    found.extend(check::consistency(&store)?);
    let mut out = std::io::stdout().lock();
    for finding in &found {
        let value = finding.value.as_deref().unwrap_or("");
        writeln!(out, "{}\t{}\t{}\t{value}", finding.constraint, finding.focus, finding.message)?;
    }
    talk.note(&format!("{} offences", found.len()));
    Ok(if found.is_empty() { End::Done } else { End::Partly })
}
