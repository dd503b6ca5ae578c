//! Verbs of saying and thinking, for the stages that need to know no more than that.

use std::sync::LazyLock;

use rustc_hash::FxHashSet;

use super::table;

static VERBS: LazyLock<FxHashSet<&'static str>> =
    LazyLock::new(|| table::rows(include_str!("speech.tsv")).filter_map(|(_, c)| c.first().copied()).collect());

/// "say", "announce", "believe": whether a verb, by its dictionary form, tells what its subject says or thinks.
pub fn is(lemma: &str) -> bool {
    VERBS.contains(lemma)
}
