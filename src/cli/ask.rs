//! `sayso ask`: the ready-made questions.

use std::io::Write;

use super::args::{Ask, Shared, parameters};
use super::talk::Talk;
use super::{End, Failure, query};
use crate::graph::ask;
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
    let question = ask::find(name)?;
    if command.sparql {
        writeln!(std::io::stdout(), "{}", question.with(&given)?)?;
        return Ok(End::Done);
    }
    let store = Store::open(&command.at.store)?.load()?;
    let answer = ask::ask(&store, name, &given, &query::limits(&command.answer))?;
    query::print(&answer, &command.answer, shared, talk)
}

/// Lists the questions with their parameters.
fn list() -> Result<End, Failure> {
    let mut out = std::io::stdout().lock();
    let widest = ask::questions().iter().map(|q| q.name.len()).max().unwrap_or(0);
    for question in ask::questions() {
        writeln!(out, "{:widest$}  {}", question.name, question.description)?;
        if !question.parameters.is_empty() {
            let names: Vec<String> = question.parameters.iter().map(|p| format!("--{}", p.name)).collect();
            writeln!(out, "{:widest$}    {}", "", names.join(" "))?;
        }
    }
    Ok(End::Done)
}
