//! Mentions: names, noun phrases that may name a thing, pronouns.

mod name;
mod nominal;
mod pronoun;
mod turn;

use crate::text::{Document, Id, Layer, Mention, MentionKind, Relation, Span, Token};
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

/// The mentions of a document some of whose names are given: these are names just where they stand, whatever was found there. What
/// stands elsewhere, or holds one of them, stays: other names of a text tell which thing is meant.
pub fn with_given(doc: &Document, given: &[Span]) -> Layer<Mention> {
    let longest = doc.mentions.iter().map(|m| m.span.len()).max().unwrap_or(0);
    let mut stays = vec![true; doc.mentions.len()];
    let mut rows = Vec::new();
    for &span in given {
        // What overlaps it begins not much before it.
        let from = doc.mentions.partition_point(|m| m.span.start() + longest <= span.start());
        let to = doc.mentions.partition_point(|m| m.span.start() < span.end());
        let mut like: Option<(usize, &Mention)> = None;
        for at in from..to {
            let found = &doc.mentions[Id::new(at)];
            let shared = found.span.end().min(span.end()).saturating_sub(found.span.start().max(span.start()));
            let is_name = found.kind == MentionKind::Name;
            // "[Angela [Merkel]]": a longer name or a noun phrase may hold a given one, as mentions nest.
            let holds = found.span.covers(span) && found.span != span;
            stays[at] &= shared == 0 || holds;
            if is_name && shared > 0 && (found.span == span || like.is_none_or(|(most, _)| shared > most)) {
                like = Some((if found.span == span { usize::MAX } else { shared }, found));
            }
        }
        rows.extend(name::given(doc, span, like.map(|(_, found)| found)));
    }
    rows.extend(doc.mentions.iter().zip(stays).filter(|(_, stays)| *stays).map(|(m, _)| m.clone()));
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
