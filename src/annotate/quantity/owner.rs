//! The entity that is counted: "nine of the miners" are the miners of the sentence before.

use rustc_hash::FxHashMap;

use crate::text::*;

/// The quantities once more, each with the entity that its counted thing names.
pub fn bind(doc: &Document) -> Layer<Quantity> {
    let at: FxHashMap<Id<Token>, Id<Mention>> = doc.mentions.rows().rev().map(|(id, m)| (m.head, id)).collect();
    let rows = doc.quantities.iter().map(|row| {
        let head = row.counted.and_then(|span| head(doc, span));
        let mention = head.and_then(|head| at.get(&head).copied());
        Quantity { counted_entity: mention.and_then(|m| doc.entity_of.at(m).copied().flatten()), ..row.clone() }
    });
    Layer::new(rows.collect())
}

/// The token of a phrase that leans on one outside it; the last where the tree has several.
fn head(doc: &Document, span: Span) -> Option<Id<Token>> {
    let tokens = doc.tokens_in(span);
    let is_inside = |token: Id<Token>| tokens.contains(&token);
    let leans_out = |&t: &Id<Token>| doc.head(t).is_none_or(|h| !is_inside(h)) && doc.relation(t) != Relation::Punct;
    Id::range(tokens.clone()).rfind(leans_out)
}
