//! `sayso ask`: the ready-made questions.

use std::io::Write;

use super::args::{Ask, Shared, parameters};
use super::talk::Talk;
use super::{End, Failure, query};
use crate::graph::ask;
use crate::graph::compare;
use crate::graph::store::Store;

/// Runs the command; `value` gives what the person wrote for a parameter.
pub fn run(
    command: &Ask,
    value: &dyn Fn(&str) -> Option<String>,
    shared: &Shared,
    talk: &Talk,
) -> Result<End, Failure> {
    let Some(name) = &command.name else { return list() };
    let given: Vec<(&str, String)> =
        parameters().into_keys().filter_map(|name| value(name).map(|words| (name, words))).collect();
    let given: Vec<(&str, &str)> = given.iter().map(|(name, words)| (*name, words.as_str())).collect();
    if LINES.iter().any(|(line, _)| line == name) {
        return lines(command, name);
    }
    let question = ask::find(name)?;
    if command.sparql {
        writeln!(std::io::stdout(), "{}", question.with(&given)?)?;
        return Ok(End::Done);
    }
    let store = Store::open(&command.at.store)?;
    if !store.manifest().compared {
        talk.warning("claims have not been compared across articles since the last change");
        talk.hint("run `sayso build` without --no-compare");
    }
    let store = store.load()?;
    let (answer, left_out) = ask::ask_counting(&store, name, &given, &query::limits(&command.answer))?;
    if let Some(rows) = left_out.filter(|rows| *rows > 0) {
        talk.note(&format!("{rows} rows of less sure statements are left out: --min-confidence 0 shows them"));
    }
    query::print(&answer, &command.answer, shared, talk)
}

/// What is answered in JSON Lines alone: name and description.
const LINES: &[(&str, &str)] = &[
    ("comparisons", "Which claims of several articles answer one question, and how do they compare? (JSON Lines)"),
    ("disputes", "What does one source deny that another says, or tell otherwise, without a number? (JSON Lines)"),
    ("incidents", "Which articles tell of one incident? (JSON Lines)"),
];

/// One JSON object a line.
fn lines(command: &Ask, name: &str) -> Result<End, Failure> {
    let store = Store::open(&command.at.store)?;
    let base = store.manifest().base.clone();
    let loaded = store.load()?;
    let lines = match name {
        "disputes" => compare::disputes(&loaded)?,
        "incidents" => compare::incidents(&loaded, &base)?,
        _ => compare::lines(&loaded, &base)?,
    };
    let mut out = std::io::stdout().lock();
    for line in lines {
        writeln!(out, "{line}")?;
    }
    Ok(End::Done)
}

/// Lists the questions with their parameters.
fn list() -> Result<End, Failure> {
    let mut out = std::io::stdout().lock();
    let widest = ask::questions().iter().map(|q| q.name.len()).max().unwrap_or(0);
    for (name, description) in LINES {
        writeln!(out, "{name:widest$}  {description}")?;
    }
    for question in ask::questions() {
        writeln!(out, "{:widest$}  {}", question.name, question.description)?;
        if !question.parameters.is_empty() {
            let names: Vec<String> = question.parameters.iter().map(|p| format!("--{}", p.name)).collect();
            writeln!(out, "{:widest$}    {}", "", names.join(" "))?;
        }
    }
    Ok(End::Done)
}
