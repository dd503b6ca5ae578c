//! Mentions: names, noun phrases that may name a thing, pronouns.

mod name;
mod nominal;
mod pronoun;
mod turn;

use crate::text::{Document, Id, Layer, Mention, Relation, Token};
use std::ops::Range;

/// Finds the mentions of a document: names first, then common noun phrases outside of them, then pronouns.
///
/// Total and pure. Mentions may nest ("Russian" inside "a Russian official") but names do not overlap each other.
pub fn find(doc: &Document) -> Layer<Mention> {
    let names = name::find(doc);
    let mut rows = nominal::find(doc, &names);
    rows.extend(pronoun::find(doc));
    rows.extend(names);
    turn::label(doc, &mut rows);
    turn::signature(doc, &mut rows);
    rows.sort_by_key(|m| (m.span, m.kind));
    rows.dedup_by_key(|m| m.span);
    Layer::new(rows)
}

/// The token of a range whose governor lies outside of it; the last token when there is no tree.
fn head_of(doc: &Document, tokens: &Range<Id<Token>>) -> Id<Token> {
    let last = Id::new(tokens.end.index().saturating_sub(1).max(tokens.start.index()));
    if doc.heads.is_empty() {
        return last;
    }
    Id::range(tokens.clone())
        .find(|&t| {
            doc.relation(t) != Relation::Punct && doc.head(t).is_none_or(|h| h < tokens.start || h >= tokens.end)
        })
        .unwrap_or(last)
}

/// The token after, if it is in the same sentence.
fn before(doc: &Document, token: Id<Token>) -> Option<Id<Token>> {
    let start = doc.sentences.at(doc.sentence_of(token))?.tokens.start;
    (token > start).then(|| Id::new(token.index() - 1))
}
