//! `sayso query`: SPARQL on the store.

use std::io::{BufWriter, IsTerminal, Read, Write};
use std::path::Path;
use std::time::Duration;

use super::args::{AnswerAs, Query, Shared};
use super::talk::{Screen, Talk, coloured};
use super::{End, Failure, table};
use crate::graph::query::{self, Answer, Format, Limits};
use crate::graph::store::Store;

/// Runs the command.
pub fn run(command: &Query, shared: &Shared, talk: &Talk) -> Result<End, Failure> {
    let text = query_text(&command.query)?;
    for (name, near) in query::unknown_terms(&text) {
        talk.warning(&format!("sayso:{name} is no term of the ontology, and matches nothing"));
        match near {
            Some(near) => talk.hint(&format!("did you mean sayso:{near}?")),
            None => talk.hint("ontology/README.md lists the terms"),
        }
    }
    let store = Store::open(&command.at.store)?.load()?;
    let answer = query::run(&store, &text, &limits(&command.answer))?;
    print(&answer, &command.answer, shared, talk)
}

/// The query itself: given on the command line, in a file, or on standard input.
fn query_text(given: &str) -> Result<String, Failure> {
    let unreadable =
        |e: std::io::Error| Failure::new(format!("{given}: {e}"), "give SPARQL, a file that holds it, or -");
    if given == "-" {
        let mut text = String::new();
        std::io::stdin().read_to_string(&mut text).map_err(unreadable)?;
        return Ok(text);
    }
    let looks_like_a_path = !given.contains(['{', '\n']);
    if looks_like_a_path || Path::new(given).is_file() {
        return std::fs::read_to_string(given).map_err(unreadable);
    }
    Ok(given.to_owned())
}

/// How long and how many rows.
pub fn limits(answer: &AnswerAs) -> Limits {
    Limits {
        timeout: Some(Duration::from_secs(answer.timeout)),
        rows: answer.limit,
        memory: answer.memory.map(|megabytes| megabytes << 20),
        remote: answer.allow_remote.clone(),
    }
}

/// Prints an answer: a table for a person, a standard format for a program.
pub fn print(answer: &Answer, given: &AnswerAs, shared: &Shared, talk: &Talk) -> Result<End, Failure> {
    let out = std::io::stdout();
    let terminal = out.is_terminal();
    let colour = coloured(shared.color, terminal);
    let mut out = BufWriter::new(out.lock());
    let mut raw = Screen::new(&mut out, terminal);
    let name = given.format.as_deref().unwrap_or(match answer {
        _ if terminal => "table",
        Answer::Graph { .. } => "turtle",
        _ => "tsv",
    });
    match (name, answer) {
        // Its cells are tamed, its colours are ours.
        ("table", Answer::Table(rows)) => table::print(&rows.columns, &rows.cells(), colour, &mut out)?,
        ("table", Answer::Boolean(yes)) => writeln!(out, "{}", if *yes { "yes" } else { "no" })?,
        ("table", Answer::Graph { .. }) => answer.write(Format::Turtle, &mut raw)?,
        ("csv", Answer::Table(rows)) if given.safe => Answer::Table(rows.safe()).write(Format::Csv, &mut raw)?,
        _ => answer.write(name.parse()?, &mut raw)?,
    }
    out.flush()?;
    if answer.is_truncated() {
        talk.warning(&format!("only the first {} rows are shown", given.limit.unwrap_or(0)));
        talk.hint("raise --limit, or narrow the question");
    }
    Ok(End::Done)
}
