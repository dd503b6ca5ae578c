//! The stage's word lists, read once.

use std::sync::LazyLock;

use rustc_hash::{FxHashMap, FxHashSet};

use crate::lexicon::table;
use crate::text::{Change, QuantityRelation};

/// A phrase that bounds a number, as pieces.
pub struct Bound {
    /// Its words.
    pub words: Vec<&'static str>,
    /// What it says.
    pub relation: QuantityRelation,
}

/// Bound phrases by the word that stands next to the number, the longest first.
pub struct Bounds {
    /// Keyed by the last word.
    pub before: FxHashMap<&'static str, Vec<Bound>>,
    /// Keyed by the first word.
    pub after: FxHashMap<&'static str, Vec<Bound>>,
}

/// What bounds a number.
pub static BOUNDS: LazyLock<Bounds> = LazyLock::new(|| {
    let mut out = Bounds { before: FxHashMap::default(), after: FxHashMap::default() };
    for (line, cells) in table::rows(include_str!("en/bounds.tsv")) {
        let words: Vec<&str> = cells[0].split(' ').collect();
        let relation = cells[2].parse().unwrap_or_else(|()| panic!("bounds.tsv:{line}: relation {}", cells[2]));
        match cells[1] {
            "before" => out.before.entry(words[words.len() - 1]).or_default().push(Bound { words, relation }),
            "after" => out.after.entry(words[0]).or_default().push(Bound { words, relation }),
            other => panic!("bounds.tsv:{line}: side {other}"),
        }
    }
    for list in out.before.values_mut().chain(out.after.values_mut()) {
        list.sort_by_key(|b| std::cmp::Reverse(b.words.len()));
    }
    out
});

/// How a word of change is used.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ChangeClass {
    /// "rose 5%".
    Verb,
    /// "a rise of 5%"; most are verbs too, told apart by their tag.
    Noun,
    /// "up 5%".
    Adverb,
}

/// Words of change.
pub static CHANGES: LazyLock<FxHashMap<&'static str, (Change, ChangeClass)>> = LazyLock::new(|| {
    let mut out = FxHashMap::default();
    for (line, cells) in table::rows(include_str!("en/changes.tsv")) {
        let direction = cells[1].parse().unwrap_or_else(|()| panic!("changes.tsv:{line}: direction"));
        let class = match cells[2] {
            "verb" => ChangeClass::Verb,
            "noun" => ChangeClass::Noun,
            "adverb" => ChangeClass::Adverb,
            other => panic!("changes.tsv:{line}: class {other}"),
        };
        out.entry(cells[0]).or_insert((direction, class));
    }
    out
});

fn set(text: &'static str) -> FxHashSet<&'static str> {
    table::rows(text).map(|(_, cells)| cells[0]).collect()
}

/// Nouns before a bare number that make it a name.
pub static NAMES: LazyLock<FxHashSet<&'static str>> = LazyLock::new(|| set(include_str!("en/names.tsv")));

/// Nouns for persons.
pub static PERSONS: LazyLock<FxHashSet<&'static str>> = LazyLock::new(|| set(include_str!("en/persons.tsv")));

/// Nouns for many together ("crowd"), and whether they are people.
pub static COLLECTIVES: LazyLock<FxHashMap<&'static str, bool>> = LazyLock::new(|| {
    table::rows(include_str!("en/collectives.tsv"))
        .map(|(_, cells)| (cells[0], cells.get(1) == Some(&"person")))
        .collect()
});

/// Words that no counted noun phrase goes past.
pub static STOPS: LazyLock<FxHashSet<&'static str>> = LazyLock::new(|| set(include_str!("en/stops.tsv")));

/// Nouns of one thing that a price or number is often given for: "a share", "per head".
pub static DIVISORS: LazyLock<FxHashSet<&'static str>> = LazyLock::new(|| set(include_str!("en/divisors.tsv")));

/// Nouns for a level as such, which are not what is measured: "a new **peak** of 4,100", "a **rate** of 7 per cent".
pub fn is_level_noun(word: &str) -> bool {
    matches!(word, "high" | "low" | "peak" | "total" | "record" | "average" | "level" | "figure" | "rate")
}
