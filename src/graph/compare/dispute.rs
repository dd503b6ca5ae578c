//! Disputes without numbers: what one source denies that another says, and what two give different causes for.
//!
//! Claims of near articles are put side by side by the words that tell them from others. A denied claim is held against the
//! affirmed one that it shares most with; two affirmed claims that name a cause, or somebody at fault, against each other.

use std::collections::BTreeMap;

use serde_json::{Value, json};
use smol_str::SmolStr;

use super::figure::Story;
use super::incident::Near;
use crate::annotate::syntax::Model;

/// A claim as a dispute looks at it.
#[derive(Clone, Debug)]
pub struct Telling {
    pub story: usize,
    pub span: (u64, u64),
    pub words: String,
    pub speaker: String,
    pub is_denied: bool,
    /// Content words, in lower case.
    pub content: Vec<SmolStr>,
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
    "that",
    "this",
    "with",
    "from",
    "were",
    "been",
    "have",
    "they",
    "their",
    "which",
    "would",
    "there",
    "about",
    "after",
    "before",
    "than",
    "said",
    "says",
    "into",
    "over",
    "other",
    "what",
    "when",
    "where",
    "also",
    "only",
    "more",
    "most",
    "some",
    "such",
    "them",
    "then",
    "these",
    "those",
    "very",
    "will",
    "while",
    "none",
    "never",
    "people",
    "year",
    "years",
    "could",
    "because",
    "being",
    "against",
    "between",
    "during",
    "still",
    "under",
    "until",
    "again",
    "denied",
    "deny",
    "denies",
    "reject",
    "rejected",
    "the",
    "and",
    "for",
    "was",
    "had",
    "has",
    "its",
    "his",
    "her",
    "not",
    "but",
    "are",
    "any",
    "all",
    "who",
    "how",
    "why",
    "out",
    "off",
    "own",
    "our",
    "you",
    "she",
    "him",
    "one",
    "two",
    "now",
    "can",
    "may",
    "did",
    "does",
    "should",
    "must",
    "talk",
    "claim",
    "claims",
    "report",
    "reports",
    "charge",
    "allegation",
    "allegations",
    "whether",
    "according",
    "told",
    "believes",
    "nobody",
    "nothing",
    "neither",
    "ever",
    "false",
    "untrue",
    "true",
];

/// The content words of some text, in lower case: what is told, without how it is told.
pub fn words(text: &str) -> Vec<SmolStr> {
    let lower = text.to_lowercase();
    let is_content = |w: &&str| w.chars().count() >= 3 && w.chars().all(char::is_alphabetic) && !COMMON.contains(w);
    let mut found: Vec<SmolStr> = Vec::new();
    for word in lower.split(|c: char| !c.is_alphanumeric()).filter(is_content) {
        if !found.iter().any(|f| f == word) {
            found.push(SmolStr::from(word));
        }
    }
    found
}

/// Words that say that something is not so.
fn is_no(word: &str) -> bool {
    matches!(word, "no" | "not" | "never" | "none" | "nobody" | "neither" | "nothing" | "without" | "cannot")
        || word.ends_with("n't")
        || word.ends_with("n’t")
}

/// The stretch of some text that says no, between marks and joining words; `None` where nothing does.
pub fn says_no(text: &str) -> Option<String> {
    let lower = text.to_lowercase();
    let mut stretches: Vec<Vec<&str>> = vec![Vec::new()];
    for word in lower.split_whitespace() {
        let bare = word.trim_matches(|c: char| !c.is_alphanumeric());
        if matches!(bare, "and" | "but" | "because" | "which" | "who" | "when" | "while" | "although" | "as" | "if") {
            stretches.push(Vec::new());
        }
        stretches.last_mut()?.push(bare);
        if word.ends_with([',', ';', ':', '.', '—', '–']) {
            stretches.push(Vec::new());
        }
    }
    stretches.into_iter().find(|s| s.iter().any(|w| is_no(w))).map(|s| s.join(" "))
}

/// A word without its ending.
fn stem(word: &str) -> &str {
    let cut = ["ings", "ing", "edly", "ed", "ies", "es", "s", "ly"]
        .iter()
        .find_map(|end| word.strip_suffix(end).filter(|stem| stem.chars().count() >= 3))
        .unwrap_or(word);
    cut.trim_end_matches('e')
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
const LEAST: u32 = 90;

/// How much a denial and the claim that it is held against have in common, in percent, at least.
const DENIED: u32 = 45;

/// The weight of a word that is enough to join two short claims.
const RARE: u32 = 45;

/// How much two claims that name a cause have in common, in percent, at least.
const CAUSED: u32 = 45;

/// How alike two words are used that stand for each other, in hundredths.
const ALIKE: i32 = 62;

/// Claims that are held against each other, with what their words weigh.
struct Matcher<'t> {
    tellings: &'t [Telling],
    terms: Vec<BTreeMap<&'t str, u32>>,
    used: BTreeMap<(&'t str, &'t str), u32>,
}

impl<'t> Matcher<'t> {
    fn new(tellings: &'t [Telling], stories: &'t [Story]) -> Matcher<'t> {
        let terms = |s: &'t Story| s.terms.iter().map(|(term, weight)| (term.as_str(), u32::from(*weight))).collect();
        Matcher { tellings, terms: stories.iter().map(terms).collect(), used: BTreeMap::new() }
    }

    /// A word weighs what the article's own word with that beginning weighs.
    fn weight(&self, story: usize, word: &str) -> u32 {
        let stem = stem(word);
        let found = self.terms[story].range(stem..).take_while(|(term, _)| term.starts_with(stem)).map(|(_, w)| *w);
        found.max().unwrap_or(30).min(90)
    }

    /// How well one word stands for another, in hundredths.
    fn alike(&mut self, a: &'t str, b: &'t str) -> u32 {
        if stem(a) == stem(b) {
            return 100;
        }
        *self.used.entry((a, b)).or_insert_with(|| match Model::english().likeness(a, b) {
            Some(alike) if alike >= ALIKE => alike as u32,
            _ => 0,
        })
    }

    /// How much of what one claim says another says as well, in percent, how many of its words stand there, and the
    /// weight of the heaviest of these.
    fn covered(&mut self, one: usize, other: usize) -> (u32, usize, u32) {
        let (x, y) = (&self.tellings[one], &self.tellings[other]);
        let (mut sum, mut all, mut count, mut heaviest) = (0, 0, 0, 0);
        for word in &x.content {
            let weight = self.weight(x.story, word);
            let best = y.content.iter().map(|w| self.alike(word, w)).max().unwrap_or(0);
            sum += weight * best / 100;
            all += weight;
            if best == 100 {
                count += 1;
                heaviest = heaviest.max(weight);
            }
        }
        (sum * 100 / all.max(1), count, heaviest)
    }
}

/// All disputes, each pair of claims once.
pub fn find(tellings: &[Telling], stories: &[Story], near: &[Near]) -> Vec<Value> {
    let mut of_story: Vec<Vec<usize>> = vec![Vec::new(); stories.len()];
    for (index, telling) in tellings.iter().enumerate() {
        of_story[telling.story].push(index);
    }
    let mut matcher = Matcher::new(tellings, stories);
    let mut disputes: Vec<Dispute> = Vec::new();
    let mut look = |a: usize, b: usize| {
        let (x, y) = (&tellings[a], &tellings[b]);
        if x.is_denied != y.is_denied {
            let (denied, claimed) = if x.is_denied { (a, b) } else { (b, a) };
            let (there, count, heaviest) = matcher.covered(denied, claimed);
            let (back, _, _) = matcher.covered(claimed, denied);
            let fewest = tellings[denied].content.len().min(tellings[claimed].content.len());
            let is_shared = count >= 2 || count == 1 && heaviest >= RARE && fewest <= 3;
            let weight = (there.max(back) * 6 + there.min(back) * 4) / 10;
            if is_shared && weight >= DENIED {
                let question = x.cause.or(y.cause).unwrap_or("happened");
                disputes.push(Dispute { question, kind: "deny", left: claimed, right: denied, weight });
            }
        } else if let Some(question) = x.cause.filter(|_| !x.is_denied && x.cause == y.cause) {
            let ((there, count, _), (back, _, _)) = (matcher.covered(a, b), matcher.covered(b, a));
            let weight = (there + back) / 2;
            if (CAUSED..85).contains(&weight) && count >= 2 {
                disputes.push(Dispute { question, kind: "differ", left: a, right: b, weight });
            }
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
                let (x, y) = (&tellings[a], &tellings[b]);
                let is_apart = x.span.1 <= y.span.0 || y.span.1 <= x.span.0;
                if x.speaker != y.speaker && is_apart {
                    look(a, b);
                }
            }
        }
    }
    disputes.sort_by(|p, q| q.weight.cmp(&p.weight).then((p.left, p.right).cmp(&(q.left, q.right))));
    // Each claim stands in two disputes at most: those that it shares most with.
    let mut taken: BTreeMap<usize, usize> = BTreeMap::new();
    let mut shown = Vec::new();
    for dispute in disputes {
        let count = |index: usize| taken.get(&index).copied().unwrap_or(0);
        if count(dispute.left) >= 2 || count(dispute.right) >= 1 {
            continue;
        }
        for index in [dispute.left, dispute.right] {
            *taken.entry(index).or_default() += 1;
        }
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
            "shared": dispute.weight,
        }));
    }
    shown
}
