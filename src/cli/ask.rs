//! `sayso ask`: the ready-made questions, and lists of speakers, articles, papers and incidents.

use std::io::{IsTerminal, Write};
use std::sync::Arc;

use super::args::{Ask, Shared, parameters};
use super::talk::Talk;
use super::{End, Failure, query};
use crate::graph::ask;
use crate::graph::catalogue::Catalogue;
use crate::graph::compare;
use crate::graph::decided::{self, Decided};
use crate::graph::export::sheet;
use crate::graph::query::Answer;
use crate::graph::store::{Loaded, Store};

/// Runs the command; `value` gives what the person wrote for a parameter of some questions.
pub fn run(
    command: &Ask,
    value: &dyn Fn(&str) -> Option<String>,
    shared: &Shared,
    talk: &Talk,
) -> Result<End, Failure> {
    let Some(name) = &command.name else { return list() };
    if LINES.iter().any(|(line, _)| line == name) {
        return lines(command, name, shared, talk);
    }
    if LISTS.iter().any(|(list, _)| list == name) {
        return listed(command, name, shared, talk);
    }
    let question = ask::find(name).map_err(|error| {
        // Lists and comparisons are asked by name, too.
        let names: Vec<&str> = LISTS.iter().chain(LINES).map(|(name, _)| *name).collect();
        match crate::graph::query::nearest(name, &names) {
            Some(near) => Failure::new(&error, format!("did you mean {near}?")),
            None => Failure::from(error),
        }
    })?;
    let (own, filter) = command.choice.split(|name| question.takes(name))?;
    let mut given: Vec<(&str, String)> = own;
    for name in parameters().into_keys().filter(|name| !super::choice::NAMES.contains(name)) {
        given.extend(value(name).map(|words| (name, words)));
    }
    let given: Vec<(&str, &str)> = given.iter().map(|(name, words)| (*name, words.as_str())).collect();
    if command.sparql {
        if !filter.is_empty() {
            talk.warning("the query stands without the filters that it has no parameters for");
        }
        writeln!(std::io::stdout(), "{}", question.with(&given)?)?;
        return Ok(End::Done);
    }
    let store = opened(command, talk)?;
    let mut limits = query::limits(&command.answer);
    let decided = Decided::read(&decided::beside(&command.at.store))?;
    if !filter.is_empty() || decided.rejects() {
        let (only, rejected) = filter.iris(&Catalogue::read_decided(&store, &decided)?);
        if !filter.is_empty() || rejected > 0 {
            limits.only = Some(Arc::new(only));
        }
        if rejected > 0 {
            let (what, are) = if rejected == 1 { ("statement", "is") } else { ("statements", "are") };
            talk.note(&format!("{rejected} {what} rejected by hand {are} left out"));
        }
    }
    let (answer, left_out) = ask::ask_counting(&store, name, &given, &limits)?;
    if let Some(rows) = left_out.filter(|rows| *rows > 0) {
        talk.note(&format!("{rows} rows of less sure statements are left out: --min-confidence 0 shows them"));
    }
    query::print(answer, &command.answer, shared, talk)
}

/// The store, or a file of RDF.
fn opened(command: &Ask, talk: &Talk) -> Result<Loaded, Failure> {
    if command.at.store.is_file() {
        return super::export::open(&command.at.store);
    }
    let store = Store::open(&command.at.store)?;
    if !store.manifest().compared {
        talk.warning("claims have not been compared across articles since the last change");
        talk.hint("run `sayso build` without --no-compare");
    }
    Ok(store.load()?)
}

/// What is listed from the rows of the store: name and description.
const LISTS: &[(&str, &str)] = &[
    ("speakers", "Who is heard, how often, in how many articles and papers?"),
    ("documents", "Which articles are there, with how many statements and speakers?"),
    ("publishers", "Which papers are there, with how many articles and statements?"),
];

/// A list of speakers, articles or papers.
fn listed(command: &Ask, name: &str, shared: &Shared, talk: &Talk) -> Result<End, Failure> {
    let store = opened(command, talk)?;
    let all = Catalogue::read_decided(&store, &Decided::read(&decided::beside(&command.at.store))?)?;
    let mut filter = command.choice.filter()?;
    if command.choice.narrow.min_confidence.is_none() && name != "speakers" {
        filter.min_confidence = None;
    }
    let (chosen, unsure) = filter.choose(&all);
    let sheet = match name {
        "speakers" => sheet::speakers(&all, &chosen),
        "documents" => sheet::articles(&all, &chosen),
        _ => sheet::publishers(&all, &chosen),
    };
    if unsure > 0 {
        talk.note(&format!("{unsure} less sure statements are not counted: --min-confidence 0 counts them"));
    }
    query::print(Answer::Table(query::table_of(&sheet)), &command.answer, shared, talk)
}

/// What programs get as JSON Lines and people as a table: name and description.
const LINES: &[(&str, &str)] = &[
    ("comparisons", "Which claims of several articles answer one question, and how do they compare?"),
    ("disputes", "What does one source deny that another says, or tell otherwise, without a number?"),
    ("incidents", "Which articles tell of one incident?"),
];

/// One JSON object a line for a program, a table for a person or where a format or file is named.
fn lines(command: &Ask, name: &str, shared: &Shared, talk: &Talk) -> Result<End, Failure> {
    let store = Store::open(&command.at.store)?;
    let base = store.manifest().base.clone();
    let loaded = store.load()?;
    let given = &command.answer;
    let (_, filter) = command.choice.split(|_| false)?;
    let is_plain = given.output.is_none() && given.format.as_deref().is_none_or(|f| f == "jsonl");
    if is_plain && filter.is_empty() && !(std::io::stdout().is_terminal() && given.format.is_none()) {
        let lines = match name {
            "disputes" => compare::disputes(&loaded, false)?,
            "incidents" => compare::incidents(&loaded, &base)?,
            _ => compare::lines(&loaded, &base)?,
        };
        let mut out = std::io::stdout().lock();
        for line in lines {
            writeln!(out, "{line}")?;
        }
        return Ok(End::Done);
    }
    let all = Catalogue::read_decided(&loaded, &Decided::read(&decided::beside(&command.at.store))?)?;
    let filter = command.choice.filter()?;
    let table = match name {
        "comparisons" => query::table_of(&sheet::disputes(&loaded, &all, &filter, &Default::default())?),
        "incidents" => query::table_of(&sheet::incidents(&all, &filter.choose(&all).0)),
        _ => {
            let found = compare::disputes(&loaded, true)?;
            talk.note("only disputes that are sure are in the table: --format jsonl gives all that may be one");
            query::table_of(&sheet::flat("disputes", &found))
        }
    };
    query::print(Answer::Table(table), given, shared, talk)
}

/// Lists the questions by what they are for, with the parameters that not all of them have.
fn list() -> Result<End, Failure> {
    let mut out = std::io::stdout().lock();
    let widest = ask::questions().iter().map(|q| q.name.len()).max().unwrap_or(0);
    for (purpose, questions) in ask::by_purpose() {
        writeln!(out, "{purpose}")?;
        for question in questions {
            writeln!(out, "  {:widest$}  {}", question.name, question.description)?;
            let own = question.parameters.iter().filter(|p| !super::choice::NAMES.contains(&p.name));
            let own: Vec<String> = own.map(|p| format!("--{}", p.name)).collect();
            if !own.is_empty() {
                writeln!(out, "  {:widest$}    also {}", "", own.join(" "))?;
            }
        }
        let more = match purpose {
            "Figures, and where they differ" => &LINES[..2],
            "Events, days and places" => &LINES[2..],
            "People, things and articles" => LISTS,
            _ => &[],
        };
        for (name, description) in more {
            writeln!(out, "  {name:widest$}  {description}")?;
        }
        writeln!(out)?;
    }
    let filters: Vec<String> = super::choice::NAMES.iter().map(|name| format!("--{name}")).collect();
    writeln!(out, "Filters of all of them: {}", filters.join(" "))?;
    writeln!(out, "Answers: --columns --sort --limit -o FILE (csv, tsv, jsonl, xlsx, html, md)")?;
    Ok(End::Done)
}
