//! `sayso ask`: the ready-made questions, and lists of speakers, articles, papers and incidents.

use std::io::Write;
use std::sync::Arc;

use super::args::{Ask, Shared, parameters};
use super::talk::Talk;
use super::{End, Failure, query};
use crate::graph::ask;
use crate::graph::catalogue::{Catalogue, Depth, Filter};
use crate::graph::decided::{self, Decided};
use crate::graph::links;
use crate::graph::lists::{self, List};
use crate::graph::query::Answer;
use crate::graph::store::{Loaded, Store};
use crate::graph::words::Wanted;

/// Runs the command; `value` gives what the person wrote for a parameter of some questions.
pub fn run(
    command: &Ask,
    value: &dyn Fn(&str) -> Option<String>,
    shared: &Shared,
    talk: &Talk,
) -> Result<End, Failure> {
    let Some(name) = &command.name else { return list() };
    query::check_ending(&command.answer)?;
    if let Some(list) = lists::find(name) {
        return listed(command, list, shared, talk);
    }
    let question = ask::find(name)?;
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
        let (only, rejected) = filter.iris(&Catalogue::read_chosen(&store, &decided, &filter, Depth::Names)?);
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
        talk.note(&format!("{}: --min-confidence 0 shows them", lists::left_out(None, rows)));
    }
    if matches!(&answer, Answer::Table(table) if table.rows.is_empty()) {
        for (_, words) in given.iter().filter(|(name, _)| *name == "name") {
            unnamed(&store, words, talk)?;
        }
        let filter = command.choice.filter()?;
        let is_named = |texts: &[String]| !texts.is_empty();
        if [&filter.speaker, &filter.publisher, &filter.document, &filter.place].into_iter().any(|f| is_named(f)) {
            unmatched(&filter, &Catalogue::read_decided(&store, &decided)?, talk);
        }
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
        talk.hint("run `sayso build` with --compare");
    }
    Ok(store.load()?)
}

/// A list of what the rows of the store hold. JSON Lines are for programs: they have what is not sure as well.
fn listed(command: &Ask, list: &List, shared: &Shared, talk: &Talk) -> Result<End, Failure> {
    let store = opened(command, talk)?;
    let (_, filter) = command.choice.split(|_| false)?;
    let decided = Decided::read(&decided::beside(&command.at.store))?;
    let rows = || {
        // Of the lists only that of comparisons takes what is said from the rows.
        match list.name {
            "comparisons" => Catalogue::read_decided(&store, &decided),
            _ => Catalogue::read_chosen(&store, &decided, &filter, Depth::Counts),
        }
    };
    let given = &command.answer;
    let is_plain = given.output.as_deref().is_none_or(|path| path.as_os_str() == "-");
    if list.has_lines && is_plain && given.format.as_deref() == Some("jsonl") {
        let base = match command.at.store.is_file() {
            true => String::new(),
            false => Store::open(&command.at.store)?.manifest().base.clone(),
        };
        let all = if filter.is_empty() { None } else { Some(rows()?) };
        let found = lists::lines(&store, &base, list, all.as_ref().map(|all| (all, &filter)))?;
        let mut out = std::io::stdout().lock();
        for line in found {
            writeln!(out, "{line}")?;
        }
        return Ok(End::Done);
    }
    // Rows that are sorted are cut when they are.
    let most = query::limits(given).rows;
    let (all, (table, left_out)) = match lists::counted(&store, &decided, list, &filter, most)? {
        Some(counted) => (None, counted),
        None => {
            let all = rows()?;
            let answer = lists::answer(&store, &all, list, &filter, most)?;
            (Some(all), answer)
        }
    };
    if left_out > 0 {
        talk.note(&format!("{}: --min-confidence 0 shows them", lists::left_out(Some(list), left_out)));
    }
    if let Some(all) = all.filter(|_| table.rows.is_empty()) {
        unmatched(&filter, &all, talk);
    }
    query::print(Answer::Table(table), given, shared, talk)
}

/// Says which names of a question without an answer nothing in the store has.
fn unmatched(filter: &Filter, all: &Catalogue, talk: &Talk) {
    for (what, near) in filter.unmatched(all) {
        talk.warning(&what);
        if let Some(near) = near {
            talk.hint(&format!("did you mean {near:?}?"));
        }
    }
}

/// Says that nothing in the store has a name.
fn unnamed(store: &Loaded, name: &str, talk: &Talk) -> Result<(), Failure> {
    let wanted = Wanted::new(name);
    if let Some(near) = links::missing(store, name, |_| true, |label| wanted.are_in(label))? {
        talk.warning(&format!("nothing in the store is called {name:?}"));
        if !near.is_empty() {
            talk.hint(&format!("did you mean {near:?}?"));
        }
    }
    Ok(())
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
        for list in lists::LISTS.iter().filter(|list| list.purpose == purpose) {
            writeln!(out, "  {:widest$}  {}", list.name, list.description)?;
        }
        writeln!(out)?;
    }
    let filters: Vec<String> = super::choice::NAMES.iter().map(|name| format!("--{name}")).collect();
    writeln!(out, "Filters of all of them: {}", filters.join(" "))?;
    writeln!(out, "Answers: --columns --sort --limit -o FILE (csv, tsv, jsonl, xlsx, html, md)")?;
    Ok(End::Done)
}
