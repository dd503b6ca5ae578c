//! `sayso decisions`: what people decided, what became of it, and how much of what they looked at was right.

use std::collections::BTreeSet;
use std::io::Write;

use super::args::Decisions;
use super::talk::{Talk, tamed};
use super::{End, Failure, export, known};
use crate::graph::catalogue::Catalogue;
use crate::graph::decided::{Decided, MERGE, STATEMENT, VERDICT, flat};
use crate::graph::links;
use crate::import::decisions::{Line, sides, state};

/// The kind of decisions about links.
const LINK: &str = "link";

/// Runs the command.
pub fn run(command: &Decisions, talk: &Talk) -> Result<End, Failure> {
    let file = command.decisions.clone().unwrap_or_else(|| known::decisions_of(&command.store));
    let decided = Decided::of(known::read_decisions(&file)?);
    let store = export::open(&command.store)?;
    let all = Catalogue::read_decided(&store, &decided)?;
    let checked =
        [(STATEMENT, all.checked_statements()), (VERDICT, all.checked_verdicts()), (MERGE, decided.checked_merges())];
    let mut out = std::io::stdout().lock();
    if command.score {
        writeln!(out, "kind\tchecked\tright\tshare\tlow\thigh")?;
        for (kind, checked) in checked {
            if let Some((share, low, high)) = checked.share() {
                writeln!(out, "{kind}\t{}\t{}\t{share:.3}\t{low:.3}\t{high:.3}", checked.all(), checked.right)?;
            }
        }
    } else {
        let statements: BTreeSet<(&str, String)> =
            all.statements.iter().map(|s| (all.article(s).id.as_str(), flat(&s.words))).collect();
        let verdicts: BTreeSet<String> = all.comparisons.iter().map(|c| all.sides(c).words).collect();
        let are_named = |line: &Line| matches!(line.kind.as_str(), LINK | MERGE);
        let named: BTreeSet<(String, String)> = match decided.lines().iter().any(are_named) {
            true => links::names(&store)?.into_iter().map(|name| (name.words, name.article)).collect(),
            false => BTreeSet::new(),
        };
        // Names that have become one node are its other names, or stand in the articles alone.
        let mut speakers: BTreeSet<String> = all.agents.iter().map(|agent| flat(&agent.name)).collect();
        speakers.extend(named.iter().map(|(name, _)| flat(name)));
        speakers.extend(all.statements.iter().map(|statement| flat(&statement.source)));
        writeln!(out, "decision\tkind\tarticle\twords\tvalue\tday\tby\tstate")?;
        let lines = decided.lines();
        for (at, line) in lines.iter().enumerate() {
            let words = flat(&line.words);
            let matches = match line.kind.as_str() {
                STATEMENT if line.article.is_empty() => statements.iter().any(|(_, own)| *own == words),
                STATEMENT => statements.contains(&(line.article.as_str(), words)),
                VERDICT => verdicts.contains(&words),
                LINK if line.article.is_empty() => named.iter().any(|(own, _)| *own == line.words),
                LINK => named.contains(&(line.words.clone(), line.article.clone())),
                MERGE => sides(line).is_some_and(|both| both.iter().all(|[_, name]| speakers.contains(*name))),
                _ => true,
            };
            let state = state(lines, at, matches);
            let cells = [&line.decision, &line.kind, &line.article, &line.words, &line.value, &line.day, &line.by];
            let cells: Vec<String> = cells.into_iter().map(|cell| tamed(cell)).collect();
            writeln!(out, "{}\t{state}", cells.join("\t"))?;
        }
    }
    for (kind, checked) in checked {
        talk.note(&checked.told(kind));
    }
    if all.checked_statements().all() == 0 {
        talk.hint("look at statements with `sayso serve --review`");
    }
    Ok(End::Done)
}
