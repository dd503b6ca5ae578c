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
    if name == "comparisons" {
        return comparisons(command);
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
    let answer = ask::ask(&store, name, &given, &query::limits(&command.answer))?;
    query::print(&answer, &command.answer, shared, talk)
}

/// One JSON object for each question that several claims answer, with the verdict on each pair.
fn comparisons(command: &Ask) -> Result<End, Failure> {
    let store = Store::open(&command.at.store)?;
    let mut out = std::io::stdout().lock();
    for line in compare::lines(&store.load()?, &store.manifest().base)? {
        writeln!(out, "{line}")?;
    }
    Ok(End::Done)
}

/// Lists the questions with their parameters.
fn list() -> Result<End, Failure> {
    let mut out = std::io::stdout().lock();
    let widest = ask::questions().iter().map(|q| q.name.len()).max().unwrap_or(0);
    writeln!(
        out,
        "{:widest$}  Which claims of several articles answer one question, and how do they compare? (JSON Lines)",
        "comparisons"
    )?;
    for question in ask::questions() {
        writeln!(out, "{:widest$}  {}", question.name, question.description)?;
        if !question.parameters.is_empty() {
            let names: Vec<String> = question.parameters.iter().map(|p| format!("--{}", p.name)).collect();
            writeln!(out, "{:widest$}    {}", "", names.join(" "))?;
        }
    }
    Ok(End::Done)
}
