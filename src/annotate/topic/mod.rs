//! The words that tell an article from others, weighted by a fixed table of how many articles have a word.
//!
//! The table ships with the program, so that an article has the same words whatever else is read beside it.

use std::sync::LazyLock;

use rustc_hash::FxHashMap;
use smol_str::SmolStr;

use crate::text::*;

/// How many words are kept.
const KEPT: usize = 40;

/// How many fingerprints are kept.
const SHINGLES: usize = 16;

/// The weight of a word that the table does not have.
const RARE: u32 = 80;

static WEIGHTS: LazyLock<FxHashMap<&'static str, u32>> = LazyLock::new(|| {
    include_str!("en/words.tsv")
        .lines()
        .filter(|l| !l.starts_with('#'))
        .filter_map(|line| line.split_once('\t'))
        .filter_map(|(weight, words)| Some((weight.parse::<u32>().ok()?, words)))
        .flat_map(|(weight, words)| words.split(' ').map(move |word| (word, weight)))
        .collect()
});

/// What a word weighs, by its dictionary form: ten times the logarithm of all articles by those that have it.
pub fn weight(lemma: &str) -> u32 {
    WEIGHTS.get(lemma).copied().unwrap_or(RARE)
}

/// What an article is about.
pub fn find(doc: &Document) -> Topic {
    let mut counts: FxHashMap<SmolStr, u32> = FxHashMap::default();
    for token in doc.tokens.ids() {
        if matches!(doc.pos(token), Pos::Noun | Pos::Propn | Pos::Verb | Pos::Adj)
            && let Some(lemma) = term(doc, token)
        {
            *counts.entry(lemma).or_default() += 1;
        }
    }
    let title = doc.source.title.as_deref().unwrap_or("").to_lowercase();
    for word in title.split(|c: char| !c.is_alphanumeric()).filter(|w| w.len() > 2) {
        if let Some(count) = counts.get_mut(word) {
            *count += 1;
        }
    }
    let weighed = counts.into_iter().map(|(lemma, count)| {
        let weight = weight(&lemma);
        // A word said twice tells more than one said once, but not twice as much.
        let times = [0, 10, 14, 17, 20, 22][count.min(5) as usize];
        (lemma, (weight * times / 10) as u16)
    });
    let mut terms: Vec<(SmolStr, u16)> = weighed.filter(|(_, weight)| *weight > 20).collect();
    terms.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
    terms.truncate(KEPT);
    Topic { terms, shingles: shingles(doc) }
}

/// The lemma of a content word, in lower case.
fn term(doc: &Document, token: Id<Token>) -> Option<SmolStr> {
    let lemma = doc.lemma(token).to_lowercase();
    let is_word = lemma.len() > 2 && lemma.chars().all(|c| c.is_alphanumeric() || c == '-' || c == '\'');
    let is_number = lemma.chars().all(|c| c.is_ascii_digit());
    (is_word && !is_number).then(|| SmolStr::from(lemma))
}

/// The smallest hashes (FNV-1a) of all stretches of five words.
fn shingles(doc: &Document) -> Vec<u32> {
    let words: Vec<&str> =
        doc.tokens.iter().map(|t| t.lower.as_str()).filter(|w| w.chars().any(char::is_alphanumeric)).collect();
    let hash = |window: &[&str]| {
        let mut hash: u32 = 0x811c_9dc5;
        for byte in window.iter().flat_map(|w| w.bytes().chain([b' '])) {
            hash = (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193);
        }
        hash
    };
    let mut hashes: Vec<u32> = words.windows(5).map(hash).collect();
    hashes.sort_unstable();
    hashes.dedup();
    hashes.truncate(SHINGLES);
    hashes
}
