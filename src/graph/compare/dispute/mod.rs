//! Disputes without numbers: two claims of two sources that cannot both be true, or of which one denies the other.
//!
//! Clauses of near articles that say a word alike are candidates. What they have in common, how they say no, who speaks and
//! where they stand are features with whole-number weights, learned by `training/compare/disputes.py`; the pairs of a clause and
//! "none of them" are rivals for it, and so each pair has a chance.

mod clause;
mod pairs;

use std::collections::BTreeSet;
use std::sync::LazyLock;

use rustc_hash::FxHashMap;
use serde_json::{Value, json};

use super::figure::Story;
use super::incident::Near;
use crate::lexicon::table;
use clause::Clause;
pub use pairs::around;
use pairs::{Around, Matcher};

/// What one source or the article itself tells in one stretch.
#[derive(Clone, Debug)]
pub struct Telling {
    pub story: usize,
    pub span: (u64, u64),
    pub words: String,
    /// Empty for the article's own voice.
    pub speaker: String,
    /// The source denies or rejects it in so many words.
    pub is_denied: bool,
}

/// What a pair of clauses shows: a name and a value.
pub type Feature = (&'static str, u16);

/// What a dispute is about; but for `happened` also the names of cues that tell it.
pub const QUESTIONS: [&str; 7] = ["responsible", "cause", "place", "day", "happened", "identity", "intent"];

/// How two claims stand to each other.
const KINDS: [&str; 3] = ["contradict", "deny", "differ"];

/// Cells of a row of weights: for a dispute, for each question, for each kind.
const CELLS: usize = 1 + QUESTIONS.len() + KINDS.len();

/// The least chance, in percent, of what is listed.
const LISTED: u32 = 12;

/// The chance of what is sure, in percent: nine in ten are disputes.
const SURE: u32 = 90;

/// How much of a denial and of the claim that it denies is said by the other, in percent, and how many words, at least, where
/// it is sure.
const DENIED: (u32, u32, u32) = (75, 55, 3);

/// How the words of a denial begin that can be sure.
pub const CLAUSE: &str = "that ";

/// Weights by feature, in hundredths of a natural logarithm.
struct Weights(FxHashMap<(&'static str, u16), [i32; CELLS]>);

static WEIGHTS: LazyLock<Weights> = LazyLock::new(|| {
    let row = |(line, cells): (usize, Vec<&'static str>)| {
        let number =
            |cell: &&str| cell.parse::<i32>().unwrap_or_else(|_| panic!("disputes.tsv:{line}: {cell:?} is no number"));
        let weights: Vec<i32> = cells.iter().skip(1).map(number).collect();
        let (value, weights) = weights.split_first().unwrap_or_else(|| panic!("disputes.tsv:{line}: no cells"));
        let weights =
            weights.try_into().unwrap_or_else(|_| panic!("disputes.tsv:{line}: expected {} cells", CELLS + 2));
        ((cells[0], *value as u16), weights)
    };
    Weights(table::rows(include_str!("../en/disputes.tsv")).map(row).collect())
});

impl Weights {
    fn sums(&self, features: &[Feature]) -> [i32; CELLS] {
        let mut sums = [0; CELLS];
        for row in features.iter().filter_map(|feature| self.0.get(feature)) {
            sums.iter_mut().zip(row).for_each(|(sum, weight)| *sum += weight);
        }
        sums
    }
}

/// Two clauses that quarrel.
struct Dispute {
    question: &'static str,
    kind: &'static str,
    left: usize,
    right: usize,
    /// In percent.
    chance: u32,
    is_sure: bool,
}

/// The name that has the greatest sum; the first of equals.
fn best<const N: usize>(names: [&'static str; N], sums: &[i32]) -> &'static str {
    let found = names.iter().zip(sums).rev().max_by_key(|(_, sum)| **sum);
    found.map_or(names[0], |(name, _)| name)
}

/// A pair and its sum, with the likeliest question and kind.
struct Scored {
    first: u32,
    second: u32,
    sum: i32,
    question: &'static str,
    kind: &'static str,
}

/// Sums under which a pair is a rival of others and no dispute.
const HOPELESS: i32 = -400;

/// Pairs with their chances: the rivals of a pair are the others of either clause, and none.
fn chances(matcher: &mut Matcher, clauses: usize) -> Vec<Dispute> {
    let power = |sum: i32| (f64::from(sum.clamp(-2000, 1000)) / 100.0).exp();
    let mut rivals = vec![1.0; clauses];
    let mut scored: Vec<Scored> = Vec::new();
    matcher.each(|pair| {
        let sums = WEIGHTS.sums(&pair.features);
        rivals[pair.first] += power(sums[0]);
        rivals[pair.second] += power(sums[0]);
        if sums[0] > HOPELESS {
            let (questions, kinds) = sums[1..].split_at(QUESTIONS.len());
            let (question, kind) = (best(QUESTIONS, questions), best(KINDS, kinds));
            scored.push(Scored { first: pair.first as u32, second: pair.second as u32, sum: sums[0], question, kind });
        }
    });
    let dispute = |pair: &Scored| {
        let (left, right) = (pair.first as usize, pair.second as usize);
        let chance = power(pair.sum) / (rivals[left] * rivals[right]).sqrt();
        let chance = (chance * 100.0).round() as u32;
        Dispute { question: pair.question, kind: pair.kind, left, right, chance, is_sure: false }
    };
    scored.iter().map(dispute).filter(|dispute| dispute.chance >= LISTED).collect()
}

/// What somebody denies in so many words that another source, or another article, says nearly word for word: each with the
/// claim that it shares most with.
fn sure(matcher: &mut Matcher, tellings: &[Telling], clauses: &[Clause]) -> Vec<Dispute> {
    let is_claim = |clause: &Clause| {
        let first = clause.words.split(' ').next().unwrap_or("").to_lowercase();
        clause.content.len() >= 3 && !matches!(first.as_str(), "to" | "whether" | "if" | "not")
    };
    let may_deny = |clause: &Clause| {
        let telling = &tellings[clause.telling];
        telling.is_denied && !telling.speaker.is_empty() && telling.words.starts_with(CLAUSE) && is_claim(clause)
    };
    let mut found = Vec::new();
    for one in (0..clauses.len()).filter(|&one| may_deny(&clauses[one])) {
        let denier = &tellings[clauses[one].telling].speaker;
        let mut best: Option<(u32, usize)> = None;
        for other in matcher.partners(one) {
            let (clause, telling) = (&clauses[other], &tellings[clauses[other].telling]);
            let says = !telling.is_denied && !clause.cues.has("no") && !clause.cues.has("deny") && is_claim(clause);
            if !says || telling.speaker.is_empty() || telling.speaker == *denier {
                continue;
            }
            let (there, back, words) = matcher.said(one, other);
            let is_same = there >= DENIED.0 && back >= DENIED.1 && words >= DENIED.2;
            if is_same && best.is_none_or(|(most, _)| there + back > most) {
                best = Some((there + back, other));
            }
        }
        let dispute = |(_, other)| Dispute {
            question: "happened",
            kind: "deny",
            left: other,
            right: one,
            chance: SURE,
            is_sure: true,
        };
        found.extend(best.map(dispute));
    }
    found
}

/// All disputes, the likeliest first, each clause in one of each other article at most; `is_sure` keeps those of which nine in
/// ten are disputes.
pub fn find(tellings: &[Telling], stories: &[Story], around: Around, is_sure: bool) -> Vec<Value> {
    let clauses = clause::all(tellings);
    let mut matcher = Matcher::new(tellings, &clauses, stories, around);
    let mut disputes = sure(&mut matcher, tellings, &clauses);
    if !is_sure {
        disputes.extend(chances(&mut matcher, clauses.len()));
    }
    disputes.sort_by_key(|d| std::cmp::Reverse((d.is_sure, d.chance, std::cmp::Reverse((d.left, d.right)))));
    let mut taken: BTreeSet<(usize, usize)> = BTreeSet::new();
    // What papers print alike is one dispute.
    let mut seen: BTreeSet<(&str, &str)> = BTreeSet::new();
    disputes.retain(|d| {
        let (left, right) = (&clauses[d.left], &clauses[d.right]);
        let sides = [(left.telling, right.story), (right.telling, left.story)];
        let words = (left.words.min(right.words), left.words.max(right.words));
        let is_free = !sides.iter().any(|side| taken.contains(side)) && !seen.contains(&words);
        if is_free {
            taken.extend(sides);
            seen.insert(words);
        }
        is_free
    });
    let side = |index: usize| {
        let clause = &clauses[index];
        let (telling, story) = (&tellings[clause.telling], &stories[clause.story]);
        json!({
            "document": story.id,
            "text": clause.words,
            "span": [telling.span.0, telling.span.1],
            "speaker": if telling.speaker.is_empty() { Value::Null } else { json!(telling.speaker) },
            "publisher": if story.publisher.is_empty() { Value::Null } else { json!(story.publisher) },
            "denied": telling.is_denied,
        })
    };
    let shown = |dispute: &Dispute| {
        json!({
            "question": dispute.question,
            "kind": dispute.kind,
            "left": side(dispute.left),
            "right": side(dispute.right),
            "chance": dispute.chance,
            "sure": dispute.is_sure,
        })
    };
    disputes.iter().map(shown).collect()
}

/// What `training/compare/disputes.py` reads: clauses (`C`), then candidate pairs with their features (`D`), cells by tabs.
pub fn features(tellings: &[Telling], stories: &[Story], near: &[Near]) -> Vec<String> {
    let clauses = clause::all(tellings);
    let mut lines: Vec<String> = clauses
        .iter()
        .map(|c| format!("C\t{}\t{}\t{}", stories[c.story].id, c.telling, c.words.replace(['\t', '\n'], " ")))
        .collect();
    Matcher::new(tellings, &clauses, stories, around(stories.len(), near)).each(|pair| {
        let list: Vec<String> = pair.features.iter().map(|(name, value)| format!("{name}|{value}")).collect();
        lines.push(format!("D\t{}\t{}\t{}", pair.first, pair.second, list.join(";")));
    });
    lines
}
