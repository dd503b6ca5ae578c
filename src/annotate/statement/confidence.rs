//! How sure a statement is: the chance that a careful reader would mark the same words of the same speaker.
//!
//! What is known of a draft is a short list of facts ("cue: verb/speech", "mode: direct"). Each has a weight in
//! `en/confidence.tsv` (hundredths of log-odds, fitted by `training/statement/confidence.py`); their sum gives the chance.

use std::sync::LazyLock;

use super::cue::{Class, Cue, Force};
use super::quoted::Draft;
use super::reading::Reading;
use crate::lexicon::odds::{Fact, Odds};
use crate::text::{Document, Id, Mode, Relation};

/// Drafts of the taggers below this chance, in percent, are left out: more of them are wrong than help.
pub const FLOOR: u8 = 20;

/// Statements below this chance, in percent, are kept and not shown by the ready-made questions unless they are asked for.
/// From here on 89 rows in 100 of our own articles were right, speaker included, and 86 of real ones, by weights that had not
/// seen the article; `training/statement/README.md` says why not higher.
pub const SHOWN: u8 = 70;

static WEIGHTS: LazyLock<Odds> = LazyLock::new(|| Odds::read("confidence.tsv", include_str!("en/confidence.tsv")));

/// The chance in percent, from 0 to 99.
pub fn percent(facts: &[Fact]) -> u8 {
    WEIGHTS.percent(facts)
}

/// What is known of a draft. `row` is the cue's row of the list of cues.
pub fn facts(doc: &Document, reading: &Reading, draft: &Draft, mode: Mode, row: Option<&Cue>) -> Vec<Fact> {
    let found = &draft.found;
    let word = |t: usize| doc.lower(Id::new(t));
    let words = |r: &std::ops::Range<usize>| r.clone().filter(|&t| reading.shape[t] != 1).count();
    let sure = |tokens: &[usize], roles: [usize; 2]| -> &'static str {
        let scores = tokens.iter().filter_map(|&t| doc.labels.at(Id::new(t)));
        let (sum, n) = scores.fold((0u32, 0u32), |(sum, n), l| {
            let p = u32::from(l.speech_scores[roles[0]]) + u32::from(l.speech_scores[roles[1]]);
            (sum + p.min(255), n + 1)
        });
        match sum.checked_div(n) {
            None => "unknown",
            Some(0..=40) => "no",
            Some(41..=90) => "little",
            Some(91..=140) => "half",
            Some(141..=190) => "rather",
            Some(191..=230) => "much",
            Some(_) => "all but certain",
        }
    };
    let listed: Vec<usize> = found.cue.clone().filter(|&t| reading.band[t] != 0).collect();
    let cue_tokens: Vec<usize> = if listed.is_empty() { found.cue.clone().collect() } else { listed };
    let content: Vec<usize> = found.content.iter().cloned().flatten().collect();
    let source: Vec<usize> = found.source.iter().cloned().flatten().collect();
    let kind = match row {
        _ if found.cue.is_empty() => "none",
        _ if found.cue.clone().any(|t| word(t) == "according") => "according",
        _ if found.cue.clone().all(|t| reading.shape[t] == 1) => "mark",
        None => "unlisted",
        Some(row) => match (row.class, row.force) {
            (Class::Verb, Force::Speech) if row.takes.contains(&"that") => "verb of saying",
            (Class::Verb, Force::Speech) => "verb of addressing",
            (Class::Verb, Force::Thought) => "verb of thought",
            (Class::Verb, Force::Will) => "verb of will",
            (Class::Verb, Force::Stance) => "verb of stance",
            (Class::Verb, Force::Show) => "verb of showing",
            (Class::Verb, Force::Seem) => "verb of seeming",
            (Class::Noun, Force::Speech) => "noun of saying",
            (Class::Noun, _) => "other noun",
            (Class::Adjective | Class::Adverb, _) => "adjective or adverb",
        },
    };
    let speaker = match source.as_slice() {
        [] => "none",
        [one] if matches!(word(*one), "that" | "which" | "who" | "whom") => "relative",
        [one] if matches!(word(*one), "i" | "we" | "you" | "my" | "our" | "your") => "first or second person",
        [one] if matches!(word(*one), "it" | "its" | "this" | "these" | "those") => "thing",
        s if s.iter().any(|&t| reading.name[t] != 0) => "name",
        _ => "other",
    };
    let length = match content.len() {
        0..=2 => "1 to 2",
        3..=5 => "3 to 5",
        6..=10 => "6 to 10",
        11..=60 => "11 to 60",
        _ => "over 60",
    };
    let cue_length = match found.cue.len() {
        0 => "0",
        1 => "1",
        2..=3 => "2 to 3",
        _ => "over 3",
    };
    // Does the content hold a clause, an infinitive, or only a thing?
    let first = found.content.iter().max_by_key(|c| c.len());
    let shape = first.map_or("nothing", |c| {
        let opening = c.clone().find(|&t| reading.shape[t] != 1).map_or("", word);
        let subject = c.clone().any(|t| {
            matches!(super::tree::relation(reading, t), Some(Relation::Nsubj | Relation::NsubjPass | Relation::Expl))
        });
        match opening {
            "that" | "whether" | "how" | "why" | "what" if subject => "that-clause",
            "to" => "infinitive",
            _ if subject => "clause",
            _ => "no clause",
        }
    });
    let pieces = if found.content.len() > 1 { "several" } else { "one" };
    let ahead = found.source.as_ref().is_some_and(|s| s.end + 3 < found.cue.start || s.start > found.cue.end + 3);
    vec![
        ("all", "statements"),
        ("rule", draft.made_by),
        ("cue", kind),
        ("mode", mode.as_str()),
        ("speaker", speaker),
        ("content length", length),
        ("cue length", cue_length),
        ("content", shape),
        ("pieces", pieces),
        ("speaker's place", if ahead { "apart" } else { "near" }),
        ("network: cue", sure(&cue_tokens, [3, 4])),
        ("network: source", sure(&source, [1, 2])),
        ("network: content", sure(&content, [5, 6])),
        ("words of content", if found.content.iter().map(words).sum::<usize>() == 1 { "one" } else { "more" }),
    ]
}
