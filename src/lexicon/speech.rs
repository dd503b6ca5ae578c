//! Verbs of saying and thinking, for the stages that need to know no more than that.

use std::sync::LazyLock;

use rustc_hash::FxHashSet;

use super::table;
use crate::text::{Document, Id, Token};

static VERBS: LazyLock<FxHashSet<&'static str>> =
    LazyLock::new(|| table::rows(include_str!("speech.tsv")).filter_map(|(_, c)| c.first().copied()).collect());

/// "say", "announce", "believe": whether a verb, by its dictionary form, tells what its subject says or thinks.
pub fn is(lemma: &str) -> bool {
    VERBS.contains(lemma)
}

/// Whether a noun or a name is the subject of such a verb.
pub fn speaks(doc: &Document, token: Id<Token>) -> bool {
    doc.relation(token).is("nsubj") && doc.head(token).is_some_and(|verb| is(doc.lemma(verb)))
}
