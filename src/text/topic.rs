//! What an article is about, in a few weighted words, and what tells copies of it.

use smol_str::SmolStr;

/// The words that tell an article from others, and the fingerprints of its sentences.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Topic {
    /// Lemmas with their weights, the heaviest first.
    pub terms: Vec<(SmolStr, u16)>,
    /// The smallest hashes of its stretches of five words, in order: articles that share most are copies of one text.
    pub shingles: Vec<u32>,
}
