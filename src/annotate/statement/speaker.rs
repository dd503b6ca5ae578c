//! Who the speaker is: the mention behind a source, its entity, and how definite it is.

use std::ops::Range;

use super::reading::Reading;
use super::tree;
use crate::text::*;

/// The speaker of a statement.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Speaker {
    /// The mention row of the source.
    pub mention: Option<Id<Mention>>,
    /// Its entity in this document.
    pub entity: Option<Id<Entity>>,
    /// Named, unnamed, group.
    pub kind: SpeakerKind,
}

impl Speaker {
    /// Nobody is named: "it was reported".
    pub const NOBODY: Speaker = Speaker { mention: None, entity: None, kind: SpeakerKind::Implicit };
}

/// Finds the mention of a source: the one with the same head, else the longest that begins it.
pub fn of(doc: &Document, reading: &Reading, source: &Range<usize>) -> Speaker {
    let span = doc.span_of(Id::new(source.start)..Id::new(source.end));
    let mut head = tree::head_of(reading, source.clone());
    if doc.heads.is_empty() {
        head = nominal_head(doc, reading, source);
    }
    // "who said": the noun that the clause belongs to.
    if source.len() == 1 && matches!(doc.lower(Id::new(head)), "who" | "which" | "that") {
        let mut at = head;
        for _ in 0..4 {
            let Some(up) = reading.up(at) else { break };
            if matches!(tree::relation(reading, at), Some(Relation::AclRelcl | Relation::Acl)) {
                head = up;
                break;
            }
            at = up;
        }
    }
    let head_id = Id::new(head);
    // A mention lies in the sentence of its head.
    let around = doc.sentences.at(doc.sentence_of(head_id)).map_or(span, |s| s.span.join(span));
    let near = || doc.mentions.within(around).map(|id| (id, &doc.mentions[id]));
    let exact = near()
        .filter(|(_, m)| m.head == head_id && (m.span.overlaps(span) || head < source.start || head >= source.end))
        .max_by_key(|(_, m)| m.span.len());
    let mention = exact.map(|(id, _)| id).or_else(|| {
        near()
            .filter(|(_, m)| {
                m.tokens.contains(&head_id) || span.covers(m.span) && !in_a_clause(reading, m.head.index(), head)
            })
            .max_by_key(|(id, m)| (m.tokens.contains(&head_id), m.span.len(), std::cmp::Reverse(id.index())))
            .map(|(id, _)| id)
    });
    let entity = mention.and_then(|m| doc.entity_of.at(m).copied().flatten()).or_else(|| by_name(doc, reading, head));
    Speaker { mention, entity, kind: kind(doc, reading, mention, entity, source, head) }
}

/// "a report, obtained by this newspaper,": who stands in a clause about the speaker is not the speaker.
fn in_a_clause(reading: &Reading, from: usize, head: usize) -> bool {
    let mut at = from;
    for _ in 0..12 {
        if at == head {
            return false;
        }
        if matches!(tree::relation(reading, at), Some(Relation::Acl | Relation::AclRelcl | Relation::Advcl)) {
            return true;
        }
        let Some(up) = reading.up(at) else { return false };
        at = up;
    }
    false
}

/// A surname that no mention was made of: the only named entity whose label ends in it.
fn by_name(doc: &Document, reading: &Reading, head: usize) -> Option<Id<Entity>> {
    let word = doc.word(Id::new(head));
    if !matches!(reading.shape[head], 3 | 4) || word.chars().count() < 3 {
        return None;
    }
    let mut named =
        doc.entities.rows().filter(|(_, e)| e.named && e.label.split_whitespace().next_back() == Some(word));
    let first = named.next()?;
    named.next().is_none().then_some(first.0)
}

/// The last noun before a comma, preposition or clause, without a tree.
fn nominal_head(doc: &Document, reading: &Reading, source: &Range<usize>) -> usize {
    let mut best = source.start;
    for t in source.clone() {
        let word = doc.lower(Id::new(t));
        if t > source.start
            && (reading.shape[t] == 1 || matches!(word, "of" | "for" | "in" | "at" | "who" | "with" | "from"))
        {
            break;
        }
        if reading.shape[t] != 1 && word != "'s" && word != "’s" {
            best = t;
        }
    }
    best
}

/// Named if the entity has a name; a group for several together; else unnamed.
pub fn kind(
    doc: &Document,
    reading: &Reading,
    mention: Option<Id<Mention>>,
    entity: Option<Id<Entity>>,
    source: &Range<usize>,
    head: usize,
) -> SpeakerKind {
    if let Some(entity) = entity.and_then(|e| doc.entities.at(e)) {
        if entity.named {
            return SpeakerKind::Named;
        }
        if entity.kind == EntityKind::Group {
            return SpeakerKind::Group;
        }
    }
    if let Some(mention) = mention.and_then(|m| doc.mentions.at(m)) {
        if mention.kind == MentionKind::Name {
            return SpeakerKind::Named;
        }
        if mention.number == Some(Number::Plural) {
            return SpeakerKind::Group;
        }
    }
    let head_id = Id::new(head);
    match doc.xpos(head_id) {
        Xpos::Nnp => return SpeakerKind::Named,
        Xpos::Nns | Xpos::Nnps => return SpeakerKind::Group,
        _ => {}
    }
    let word = doc.lower(head_id);
    if matches!(
        word,
        "they" | "some" | "many" | "most" | "others" | "people" | "several" | "few" | "both" | "all" | "we" | "them"
    ) {
        return SpeakerKind::Group;
    }
    if doc.tags.is_empty() && source.clone().any(|t| matches!(reading.shape[t], 3 | 4) && t != source.start) {
        return SpeakerKind::Named;
    }
    SpeakerKind::Unnamed
}
