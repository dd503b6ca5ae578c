//! Disputes without numbers: what one source denies that another says, and what two give different causes for.
//!
//! Claims of near articles are put side by side by the words that tell them from others. A denied claim is held against the
//! affirmed one that it shares most with; two affirmed claims that name a cause, or somebody at fault, against each other.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Value, json};

use super::figure::Story;
use super::incident::Near;

/// A claim as a dispute looks at it.
#[derive(Clone, Debug)]
pub struct Telling {
    pub story: usize,
    pub span: (u64, u64),
    pub words: String,
    pub speaker: String,
    pub is_denied: bool,
    /// Content words, shortened to their beginnings.
    pub stems: BTreeSet<String>,
    pub cause: Option<&'static str>,
}

/// Words that name a cause, and those that name somebody at fault.
const CAUSES: &[(&str, &[&str])] = &[
    (
        "responsible",
        &[
            "responsib",
            "blame",
            "behind",
            "fault",
            "guilty",
            "carried out",
            "culprit",
            "perpetrat",
            "fired on",
            "opened fire",
            "ordered the",
        ],
    ),
    (
        "cause",
        &[
            "cause",
            "because",
            "due to",
            "trigger",
            "sparked",
            "set off",
            "brought on",
            "started by",
            "led to",
            "result of",
        ],
    ),
];

/// Words that say nothing of what is told.
const COMMON: &[&str] = &[
    "that", "this", "with", "from", "were", "been", "have", "they", "their", "which", "would", "there", "about",
    "after", "before", "than", "said", "says", "into", "over", "other", "what", "when", "where", "also", "only",
    "more", "most", "some", "such", "them", "then", "these", "those", "very", "will", "while", "none", "never",
    "people", "year", "years", "could", "because", "being", "against", "between", "during", "still", "under", "until",
    "again", "denied", "deny", "denies", "reject", "rejected",
];

/// The content words of some text, without endings.
pub fn stems(text: &str) -> BTreeSet<String> {
    let lower = text.to_lowercase();
    let words = lower.split(|c: char| !c.is_alphanumeric()).filter(|w| w.chars().count() >= 4 && !COMMON.contains(w));
    let cut = |word: &str| {
        let word = ["ings", "ing", "edly", "ed", "ies", "es", "s", "ly"]
            .iter()
            .find_map(|end| word.strip_suffix(end).filter(|stem| stem.chars().count() >= 4))
            .unwrap_or(word);
        word.trim_end_matches('e').to_owned()
    };
    words.map(cut).collect()
}

/// What kind of question the words answer, if they name a cause or somebody at fault.
pub fn cause(text: &str) -> Option<&'static str> {
    let lower = text.to_lowercase();
    CAUSES.iter().find(|(_, words)| words.iter().any(|w| lower.contains(w))).map(|(kind, _)| *kind)
}

/// Two claims that quarrel.
struct Dispute {
    question: &'static str,
    kind: &'static str,
    left: usize,
    right: usize,
    weight: u32,
}

/// Articles less alike than this are not held against each other.
const LEAST: u32 = 110;

/// All disputes, each pair of claims once.
pub fn find(tellings: &[Telling], stories: &[Story], near: &[Near]) -> Vec<Value> {
    let mut of_story: Vec<Vec<usize>> = vec![Vec::new(); stories.len()];
    for (index, telling) in tellings.iter().enumerate() {
        of_story[telling.story].push(index);
    }
    let terms: Vec<BTreeMap<&str, u32>> = stories
        .iter()
        .map(|s| s.terms.iter().map(|(term, weight)| (term.as_str(), u32::from(*weight))).collect())
        .collect();
    // A stem weighs what the article's own word with that beginning weighs.
    let weight = |story: usize, stem: &str| {
        let found = terms[story].range(stem..).take_while(|(term, _)| term.starts_with(stem)).map(|(_, w)| *w).max();
        found.unwrap_or(35).min(90)
    };
    let mut disputes: Vec<Dispute> = Vec::new();
    let mut look = |a: usize, b: usize| {
        let (x, y) = (&tellings[a], &tellings[b]);
        let shared: Vec<&String> = x.stems.intersection(&y.stems).collect();
        let total = |t: &Telling| t.stems.iter().map(|s| weight(t.story, s)).sum::<u32>();
        let common: u32 = shared.iter().map(|s| weight(x.story, s).max(weight(y.story, s))).sum();
        let least = total(x).min(total(y)).max(1);
        if shared.len() < 3 || common * 100 < least * 50 || common < 120 {
            return;
        }
        let question = x.cause.or(y.cause).unwrap_or("happened");
        if x.is_denied != y.is_denied {
            disputes.push(Dispute { question, kind: "deny", left: a, right: b, weight: common * 100 / least + common });
        } else if !x.is_denied
            && x.cause.is_some()
            && y.cause.is_some()
            && x.speaker != y.speaker
            && common * 100 < least * 95
        {
            disputes.push(Dispute { question, kind: "differ", left: a, right: b, weight: common });
        }
    };
    for link in near.iter().filter(|n| (LEAST..900).contains(&n.likeness)) {
        for &a in &of_story[link.first] {
            for &b in &of_story[link.second] {
                look(a, b);
            }
        }
    }
    for of in &of_story {
        for (at, &a) in of.iter().enumerate() {
            for &b in &of[at + 1..] {
                if tellings[a].speaker != tellings[b].speaker {
                    look(a, b);
                }
            }
        }
    }
    disputes.sort_by(|p, q| q.weight.cmp(&p.weight).then((p.left, p.right).cmp(&(q.left, q.right))));
    // Each claim stands in one dispute: the one that it shares most with.
    let mut taken: BTreeSet<usize> = BTreeSet::new();
    let mut shown = Vec::new();
    for dispute in disputes {
        if taken.contains(&dispute.left) || taken.contains(&dispute.right) {
            continue;
        }
        taken.extend([dispute.left, dispute.right]);
        let side = |index: usize| {
            let telling = &tellings[index];
            let story = &stories[telling.story];
            json!({
                "document": story.id,
                "text": telling.words,
                "span": [telling.span.0, telling.span.1],
                "speaker": if telling.speaker.is_empty() { Value::Null } else { json!(telling.speaker) },
                "publisher": if story.publisher.is_empty() { Value::Null } else { json!(story.publisher) },
                "denied": telling.is_denied,
            })
        };
        shown.push(json!({
            "question": dispute.question,
            "kind": dispute.kind,
            "left": side(dispute.left),
            "right": side(dispute.right),
        }));
    }
    shown
}
