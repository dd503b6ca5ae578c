//! `sayso link`: what a person decides about links. A decision holds from the next build on, for ever.

use std::io::Write;
use std::path::Path;

use super::args::{Decide, Link, LinkCommand, Shared, Told};
use super::talk::Talk;
use super::{End, Failure, known, reconcile};
use crate::files;
use crate::graph::links::{self, Linked};
use crate::graph::store::Store;
use crate::import::decisions::{HEAD, Line, sides, state};

/// Runs the command.
pub fn run(command: &Link, shared: &Shared, talk: &Talk) -> Result<End, Failure> {
    let file = command.decisions.clone().unwrap_or_else(|| known::decisions_of(&command.store));
    let is_of_links = |line: &Line| matches!(line.kind.as_str(), "link" | "merge");
    let of_links =
        || known::read_decisions(&file).map(|lines| lines.into_iter().filter(is_of_links).collect::<Vec<_>>());
    match &command.command {
        LinkCommand::Review { limit, all } => review(command, &of_links()?, *limit, *all),
        LinkCommand::Accept(decide) => add(command, &file, decided(decide, "accept")?, talk),
        LinkCommand::Reject(decide) => add(command, &file, decided(decide, "reject")?, talk),
        LinkCommand::Merge { words, with, told } => merge(command, &file, [words, with], told, talk),
        LinkCommand::Split { words, article, told } => {
            let value = minted("one", &[words, article]);
            let line = Line { article: article.clone(), value, ..accepted(words, told) };
            add(command, &file, vec![line], talk)
        }
        LinkCommand::Import { file: table } => take_over(command, &file, table, talk),
        LinkCommand::Reconcile(given) => reconcile::run(command, given, &file, shared, talk),
        LinkCommand::List => list(command, &of_links()?, talk),
    }
}

/// The links that are least sure, and those not taken, one a line.
fn review(command: &Link, decided: &[Line], limit: usize, all: bool) -> Result<End, Failure> {
    let store = Store::open(&command.store)?;
    let mut rows = links::read(&store.load()?)?;
    rows.retain(|r| {
        let is_meant = |[article, words]: [&str; 2]| words == r.words && (article.is_empty() || article == r.article);
        let settled = decided.iter().flat_map(names).any(is_meant);
        !settled && (all || r.confidence < 0.9 || !r.accepted)
    });
    // First what is used and least sure, then what is not used and surest.
    let doubt = |r: &Linked| if r.accepted { r.confidence } else { 2.0 - r.confidence };
    rows.sort_by(|a, b| doubt(a).total_cmp(&doubt(b)).then_with(|| a.key().cmp(&b.key())));
    let mut out = std::io::stdout().lock();
    writeln!(out, "words\ttarget\tused\tconfidence\tarticle\trule")?;
    for r in rows.iter().take(limit) {
        let used = if r.accepted { "yes" } else { "no" };
        writeln!(out, "{}\t{}\t{used}\t{:.2}\t{}\t{}", r.words, r.target, r.confidence, r.article, r.rule)?;
    }
    Ok(End::Done)
}

/// The decision that the arguments tell.
fn decided(decide: &Decide, decision: &str) -> Result<Vec<Line>, Failure> {
    let value = decide.value.clone().unwrap_or_default();
    if decision == "accept" && value.is_empty() {
        return Err(Failure::new("nothing is said to accept", "give a number or IRI: sayso link accept \"Paris\" Q90"));
    }
    let value = match crate::import::list::row(&value) {
        Some(row) => [row.wikidata, row.geonames, row.iri].into_iter().find(|v| !v.is_empty()).unwrap_or_default(),
        None if value.is_empty() => value,
        None => return Err(Failure::new(format!("{value:?} is no number and no IRI"), "give Q90, 2988507, or an IRI")),
    };
    Ok(vec![Line {
        decision: decision.into(),
        kind: "link".into(),
        article: decide.article.clone().unwrap_or_default(),
        words: decide.words.clone(),
        prefix: decide.prefix.clone().unwrap_or_default(),
        field: String::new(),
        value,
        day: decide.day.clone().unwrap_or_default(),
        by: decide.by.clone().unwrap_or_default(),
    }])
}

fn accepted(words: &str, told: &Told) -> Line {
    Line {
        decision: "accept".into(),
        kind: "link".into(),
        words: words.to_owned(),
        day: told.day.clone().unwrap_or_default(),
        by: told.by.clone().unwrap_or_default(),
        ..Line::default()
    }
}

/// An IRI for what no other dataset knows, made of words: the same words give the same one.
fn minted(kind: &str, words: &[&String]) -> String {
    let mut out = format!("urn:sayso:{kind}");
    for word in words {
        out.push(':');
        out += &crate::graph::export::web::encoded(&word.to_lowercase().replace(' ', "-"), b"-._~");
    }
    out
}

/// The names that a decision is about, each with its article; empty: all.
fn names(line: &Line) -> Vec<[&str; 2]> {
    match sides(line).filter(|_| line.kind == "merge") {
        Some(both) => both.to_vec(),
        None => vec![[&line.article, &line.words]],
    }
}

/// Two names are one: with one label and one target, the one that the second or the first was given before, else one of
/// their own.
fn merge(command: &Link, file: &Path, names: [&String; 2], told: &Told, talk: &Talk) -> Result<End, Failure> {
    let before = known::read_decisions(file)?;
    let given = |name: &String| {
        let decisions = before.iter().rev().flat_map(Line::links);
        let mut of_name = decisions.filter(|d| d.accept && d.words == *name && d.article.is_empty());
        of_name.next().map(|d| d.value)
    };
    let linked = || -> Option<String> {
        let rows = links::read(&Store::open(&command.store).ok()?.load().ok()?).ok()?;
        let of = |name: &String| rows.iter().find(|r| r.accepted && r.words == *name).map(|r| r.target.clone());
        of(names[1]).or_else(|| of(names[0]))
    };
    let value = given(names[1]).or_else(|| given(names[0])).or_else(linked);
    let value = value.unwrap_or_else(|| minted("same", &[names[1]]));
    let words = format!("{} | {}", names[0], names[1]);
    let line = Line { kind: "merge".into(), value, ..accepted(&words, told) };
    let is_known = |other: &Line| Line { day: String::new(), by: String::new(), ..other.clone() };
    let is_new = before.iter().all(|other| is_known(other) != is_known(&line));
    add(command, file, if is_new { vec![line] } else { Vec::new() }, talk)
}

/// The identities of a table of mappings as decisions.
fn take_over(command: &Link, file: &Path, table: &Path, talk: &Talk) -> Result<End, Failure> {
    let text = files::text_of(table, files::TABLE)
        .map_err(|e| Failure::new(format!("cannot read {}: {e}", table.display()), "check the path"))?;
    let found = crate::import::sssom::read(&text)
        .map_err(|e| Failure::new(format!("{}: {e}", table.display()), "SSSOM is tab-separated; see docs/links.md"))?;
    let before = known::read_decisions(file)?;
    let lines: Vec<Line> = found.lines.into_iter().filter(|l| !before.contains(l)).collect();
    talk.note(&format!(
        "{}: {} decisions, {} mappings that are no identity",
        table.display(),
        lines.len(),
        found.other
    ));
    if found.broken > 0 {
        talk.warning(&format!("{} lines have no label or no target that is a number or an IRI", found.broken));
    }
    let end = add(command, file, lines, talk)?;
    Ok(if found.broken > 0 { End::Partly } else { end })
}

/// Adds decisions to the file: the whole file is written anew beside it and put in its place.
pub(super) fn add(command: &Link, file: &Path, lines: Vec<Line>, talk: &Talk) -> Result<End, Failure> {
    if lines.is_empty() {
        talk.note("nothing new is decided");
        return Ok(End::Done);
    }
    let before = known::read_decisions(file)?;
    for line in &lines {
        for other in before.iter().filter(|l| line.contradicts(l)) {
            talk.note(&format!("this takes back: {} {:?} {}", other.decision, other.words, other.value));
        }
    }
    let text = match files::text_of(file, files::TABLE) {
        Ok(text) if text.ends_with('\n') || text.is_empty() => text,
        Ok(text) => text + "\n",
        Err(_) => String::new(),
    };
    let new: String = lines.iter().map(Line::text).collect();
    let text = if text.is_empty() { HEAD.to_owned() } else { text } + &new;
    files::put(file, text.as_bytes()).map_err(|e| {
        Failure::new(
            format!("cannot write {}: {e}", file.display()),
            "the file is as it was; free some space or choose another with --decisions",
        )
    })?;
    for line in &lines {
        talk.note(&format!("{}: {} {:?} {}", file.display(), line.decision, line.words, line.value));
    }
    if let Ok(store) = Store::open(&command.store) {
        unknown(&store, &lines, talk)?;
        talk.note("next: sayso build reads the articles that it concerns anew");
    }
    Ok(End::Done)
}

/// Warns of words that no article of the store has: most are typed wrong.
fn unknown(store: &Store, lines: &[Line], talk: &Talk) -> Result<(), Failure> {
    let store = store.load()?;
    for [_, name] in lines.iter().flat_map(names) {
        let near = links::missing(&store, name, |entity| links::is_named(&store, entity), |label| label == name)?;
        let Some(near) = near else { continue };
        talk.warning(&format!("no article of the store has the name {name:?}: the decision waits for one"));
        if !near.is_empty() {
            talk.hint(&format!("did you mean {near:?}?"));
        }
    }
    Ok(())
}

/// All decisions, with what became of them.
fn list(command: &Link, decided: &[Line], talk: &Talk) -> Result<End, Failure> {
    let store = Store::open(&command.store)?;
    let named = links::names(&store.load()?)?;
    let is_there = |[article, words]: &[&str; 2]| {
        named.iter().any(|own| own.words == *words && (article.is_empty() || own.article == *article))
    };
    let mut out = std::io::stdout().lock();
    writeln!(out, "decision\twords\tvalue\tarticle\tstate")?;
    let mut end = End::Done;
    for (i, line) in decided.iter().enumerate() {
        // Names that have become one have the label of one of them.
        let state = state(decided, i, names(line).iter().any(is_there));
        if state != "holds" {
            end = End::Partly;
        }
        writeln!(out, "{}\t{}\t{}\t{}\t{state}", line.decision, line.words, line.value, line.article)?;
    }
    if matches!(end, End::Partly) {
        talk.hint("a decision that matches nothing is kept: its words may come back");
    }
    Ok(end)
}
