//! The entity that is counted, "nine of the miners" being the miners of the sentence before, and the one whose age it is.

use rustc_hash::FxHashMap;

use crate::text::*;

/// The quantities once more, each with the entity that its counted thing names.
pub fn bind(doc: &Document) -> Layer<Quantity> {
    let at: FxHashMap<Id<Token>, Id<Mention>> = doc.mentions.rows().rev().map(|(id, m)| (m.head, id)).collect();
    let rows = doc.quantities.iter().map(|row| {
        let head = row.counted.and_then(|span| head(doc, span));
        let mention = head.and_then(|head| at.get(&head).copied());
        let mention = named_behind(doc, row).or(mention).or_else(|| aged(doc, row));
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

/// "their two boys, **4-year-old** Jan": a person's name right behind an age.
fn named_behind(doc: &Document, row: &Quantity) -> Option<Id<Mention>> {
    let end = doc.tokens_in(row.span).end;
    let sentence = doc.sentences.at(doc.sentence_of(doc.tokens_in(row.span).start))?;
    let named =
        |m: &Mention| m.kind == MentionKind::Name && m.class == Some(NameClass::Person) && m.tokens.start == end;
    doc.mentions.within(sentence.span).find(|&m| row.kind == QuantityKind::Age && named(&doc.mentions[m]))
}

/// Whose age it is: "Ada Roe, **48**,", "**29-year-old** Bo Roe", "the **78-year-old** father", "Roe, aged **48**", "she is **48**".
fn aged(doc: &Document, row: &Quantity) -> Option<Id<Mention>> {
    if row.kind != QuantityKind::Age {
        return None;
    }
    let tokens = doc.tokens_in(row.span);
    let (start, end) = (tokens.start.index(), tokens.end.index());
    let sentence = doc.sentences.at(doc.sentence_of(tokens.start))?;
    let somebody = |m: &Mention| m.class == Some(NameClass::Person) || m.kind == MentionKind::Pronoun;
    let mentions = || doc.mentions.within(sentence.span).map(|id| (id, &doc.mentions[id])).filter(|(_, m)| somebody(m));
    let word = |t: usize| doc.tokens.at(Id::new(t)).map_or("", |_| doc.lower(Id::new(t)));
    // Right behind: "29-year-old Bo Roe", with words between that belong to him: "the 78-year-old former mayor".
    let behind =
        mentions().filter(|(_, m)| m.kind != MentionKind::Pronoun).find(|(_, m)| m.tokens.start.index() == end);
    let old = (start..end).rev().find(|&t| word(t).ends_with("old"));
    let noun = old.and_then(|t| doc.head(Id::new(t))).filter(|h| h.index() >= end);
    let of_noun = || noun.and_then(|h| mentions().find(|(_, m)| m.head == h));
    // Right before: "Ada Roe, 48,", "Ada Roe (48)", "Ada Roe, aged 48".
    let mut from = start;
    while from > sentence.tokens.start.index() && matches!(word(from - 1), "," | "(" | "aged" | "age") {
        from -= 1;
    }
    let before = || mentions().find(|(_, m)| from < start && m.tokens.end.index() == from);
    // "She is 48 years old", "Roe is 48".
    let told = || {
        let predicate = Id::range(tokens.clone()).find(|&t| doc.head(t).is_none_or(|h| !tokens.contains(&h)))?;
        let says = |t: Id<Token>| doc.children(t).any(|c| doc.relation(c) == Relation::Cop);
        let predicate = Some(predicate).filter(|&p| says(p) || doc.head(p).is_some_and(says))?;
        let subject = |of: Id<Token>| doc.children(of).find(|&c| doc.relation(c).is("nsubj"));
        let subject = subject(predicate).or_else(|| doc.head(predicate).and_then(subject))?;
        mentions().find(|(_, m)| m.head == subject)
    };
    // "A woman of 55", "children under 12".
    let led = || {
        let head = doc.head(Id::new(end - 1)).filter(|h| h.index() < start)?;
        mentions().find(|(_, m)| m.head == head && m.kind != MentionKind::Pronoun)
    };
    behind.or_else(of_noun).or_else(before).or_else(told).or_else(led).map(|(id, _)| id)
}
