//! `sayso link reconcile`: asks a reconciliation service that the person names which known things the unlinked names are.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::time::Duration;

use super::args::{AnswerAs, Link, Reconcile, Shared};
use super::talk::Talk;
use super::{End, Failure, known, link, query};
use crate::files;
use crate::graph::links::{self, NAMED, Unlinked};
use crate::graph::query::{Answer, Literal, Table, Term};
use crate::graph::reconciled::{Answers, Asked, Cache, Manifest, Service, doubt, target};
use crate::graph::store::Store;
use crate::import::decisions::{Line, sides};

/// Where the answers are kept, in the folder of known things.
const KEPT: &str = "reconciled.jsonl";

/// Candidates that are asked for at least, though fewer may be shown: whether a match is the only one is seen beside others.
const FEWEST: usize = 3;

/// The columns of the table.
const COLUMNS: [&str; 10] =
    ["name", "kind", "articles", "target", "label", "score", "match", "safe", "description", "type"];

/// Runs the command.
pub fn run(command: &Link, given: &Reconcile, file: &Path, shared: &Shared, talk: &Talk) -> Result<End, Failure> {
    let print = AnswerAs {
        format: given.format.clone(),
        output: given.output.clone(),
        safe: given.safe,
        ..AnswerAs::default()
    };
    query::check_ending(&print)?;
    let types = types(&given.types)?;
    let service = Service::new(&given.endpoint, Duration::from_secs(given.timeout), given.batch)?;
    let decided = known::read_decisions(file)?;
    let names = names(command, given, &decided, talk)?;
    let folder = known::folder(&command.store);
    let mut cache = read(&folder.join(KEPT))?;
    if given.again {
        cache.forget(&service);
    }
    let answers = cache.of(&service);
    let mut tell = |words: &str| talk.note(words);
    let asked = ask(&service, &names, &types, given.candidates.max(FEWEST), answers, &mut tell);
    let answered = answers.clone();
    // What was answered before something failed is kept, too.
    if !answered.manifest.space.is_empty() {
        std::fs::create_dir_all(&folder)
            .and_then(|()| files::put(&folder.join(KEPT), cache.text().as_bytes()))
            .map_err(|e| {
                let path = folder.join(KEPT);
                Failure::new(
                    format!("cannot write {}: {e}", path.display()),
                    "free some space, or see who owns the folder",
                )
            })?;
    }
    let Told { questions, requests, before } = asked?;
    let manifest = &answered.manifest;
    let (mut rows, mut safe) = (Vec::new(), Vec::new());
    for (name, question) in names.iter().zip(&questions) {
        let found = answered.found.get(question).map(Vec::as_slice).unwrap_or_default();
        if found.is_empty() {
            rows.push(row(name, ["", "", "", "", "no candidate", "", ""]));
        }
        for (at, candidate) in found.iter().enumerate() {
            let value = target(candidate, manifest);
            let doubt = doubt(name, at, found, &types, manifest);
            let of_types: Vec<&str> =
                candidate.types.iter().map(|[id, name]| if name.is_empty() { id.as_str() } else { name }).collect();
            if at < given.candidates.max(1) {
                rows.push(row(
                    name,
                    [
                        value.as_deref().unwrap_or(&candidate.id),
                        &candidate.name,
                        &candidate.score,
                        if candidate.is_match { "yes" } else { "no" },
                        doubt.unwrap_or("yes"),
                        &candidate.description,
                        &of_types.join(", "),
                    ],
                ));
            }
            if let (Some(value), None) = (value, doubt) {
                safe.push((name.words.clone(), value));
            }
        }
    }
    if !names.is_empty() {
        let count = |n: usize, one: &str| if n == 1 { format!("1 {one}") } else { format!("{n} {one}s") };
        talk.note(&format!(
            "{}: {} asked in {}, {before} answered before ({}); {} with a safe match",
            service.address(),
            count(names.len() - before, "name"),
            count(requests, "request"),
            folder.join(KEPT).display(),
            count(safe.len(), "name"),
        ));
    }
    let columns = COLUMNS.iter().map(|name| (*name).to_owned()).collect();
    let end = query::print(Answer::Table(Table { columns, rows, truncated: false }), &print, shared, talk)?;
    if !given.accept {
        if !safe.is_empty() {
            talk.hint("with --accept the safe ones become decisions; `sayso link accept` takes one of the others");
        }
        return Ok(end);
    }
    let by = given.told.by.clone().unwrap_or_else(|| format!("reconcile {}", service.address()));
    let lines = safe.into_iter().map(|(words, value)| Line {
        decision: "accept".into(),
        kind: "link".into(),
        words,
        value,
        day: given.told.day.clone().unwrap_or_default(),
        by: by.clone(),
        ..Line::default()
    });
    link::add(command, file, lines.collect(), talk)
}

/// The types that the person gives to kinds: `person=Q5`.
fn types(given: &[String]) -> Result<BTreeMap<&'static str, String>, Failure> {
    let mut types = BTreeMap::new();
    for pair in given {
        let kind = pair.split_once('=').filter(|(_, id)| !id.trim().is_empty());
        let named = kind.and_then(|(kind, id)| {
            let kind = NAMED.iter().find(|own| own.eq_ignore_ascii_case(&kind.trim().replace("isation", "ization")))?;
            Some((*kind, id.trim().to_owned()))
        });
        let (kind, id) = named.ok_or_else(|| {
            Failure::new(
                format!("--type {pair}: no kind with a type"),
                "give one as in --type person=Q5; kinds are person, organization, group, place",
            )
        })?;
        types.insert(kind, id);
    }
    Ok(types)
}

/// The names to ask about: those of most articles, of which nobody has decided anything.
fn names(command: &Link, given: &Reconcile, decided: &[Line], talk: &Talk) -> Result<Vec<Unlinked>, Failure> {
    let settled: BTreeSet<&str> = decided
        .iter()
        .filter(|line| matches!(line.kind.as_str(), "link" | "merge"))
        .flat_map(|line| match sides(line).filter(|_| line.kind == "merge") {
            Some(both) => both.map(|[_, name]| name).to_vec(),
            None => vec![line.words.as_str()],
        })
        .collect();
    let mut names = links::unlinked(&Store::open(&command.store)?.load()?)?;
    names.retain(|name| given.kind.is_empty() || given.kind.iter().any(|kind| kind.name() == name.kind));
    let all = names.len();
    names.retain(|name| !settled.contains(name.words.as_str()));
    if names.len() < all {
        let count = match all - names.len() {
            1 => "1 name is".to_owned(),
            n => format!("{n} names are"),
        };
        talk.note(&format!("{count} left out: `sayso link list` has the decisions"));
    }
    if names.len() > given.limit {
        talk.note(&format!("the first {} of {} names without a link: --limit takes more", given.limit, names.len()));
        names.truncate(given.limit);
    }
    if names.is_empty() {
        talk.note("no name is without a link, or without a decision");
    }
    Ok(names)
}

/// What was answered before.
fn read(path: &Path) -> Result<Cache, Failure> {
    let bad = |why: String| {
        let hint = "it holds the answers of services, nothing else: mend it, or delete it and they are asked again";
        Failure::new(format!("{}: {why}", path.display()), hint)
    };
    match files::text_of(path, files::TABLE) {
        Ok(text) => Cache::parse(&text).map_err(bad),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(Cache::default()),
        Err(error) => Err(bad(error.to_string())),
    }
}

/// The questions about the names in their order, how many requests were made, how many names were answered before.
struct Told {
    questions: Vec<Asked>,
    requests: usize,
    before: usize,
}

fn ask(
    service: &Service,
    names: &[Unlinked],
    types: &BTreeMap<&str, String>,
    limit: usize,
    answers: &mut Answers,
    tell: &mut dyn FnMut(&str),
) -> Result<Told, Failure> {
    if names.is_empty() {
        return Ok(Told { questions: Vec::new(), requests: 0, before: 0 });
    }
    service.introduce(answers, tell)?;
    let manifest: Manifest = answers.manifest.clone();
    let questions: Vec<Asked> = names.iter().map(|name| service.question(name, types, &manifest, limit)).collect();
    let before = questions.iter().filter(|own| answers.found.contains_key(own)).count();
    let requests = service.ask(&questions.iter().cloned().collect(), answers, tell)?;
    Ok(Told { questions, requests, before })
}

/// A row of the table.
fn row(name: &Unlinked, rest: [&str; 7]) -> Vec<Option<Term>> {
    let count = name.articles.to_string();
    let cells = [name.words.as_str(), name.kind, &count].into_iter().chain(rest);
    cells.map(|cell| (!cell.is_empty()).then(|| Literal::new_simple_literal(cell).into())).collect()
}
