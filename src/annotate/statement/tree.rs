//! What the tree says of a cue: its head, its subject.

use std::ops::Range;

use super::reading::{Reading, child_bit};
use crate::text::steps::step;
use crate::text::{Document, Id, Relation, Xpos};

/// The token of a range whose head lies outside it (the first, if several); the last token without a tree.
pub fn head_of(reading: &Reading, range: Range<usize>) -> usize {
    if range.is_empty() {
        return range.start.min(reading.len().saturating_sub(1));
    }
    let mut found = None;
    for at in range.clone() {
        let outside = reading.relation[at] != 0 && reading.up(at).is_none_or(|h| !range.contains(&h));
        if outside && reading.shape[at] != 1 && (found.is_none() || reading.band[at] != 0) {
            if found.is_none_or(|f: usize| reading.band[f] == 0) {
                found = Some(at);
            }
        }
    }
    found.or_else(|| range.clone().find(|&t| reading.band[t] != 0)).unwrap_or(range.end - 1)
}

/// The tokens of the sentence that a token stands in.
pub fn sentence(doc: &Document, reading: &Reading, at: usize) -> Range<usize> {
    let tokens = &doc.sentences[Id::new(reading.sentence[at] as usize)].tokens;
    tokens.start.index()..tokens.end.index()
}

/// A form with person and tense, or a modal.
pub fn is_finite(doc: &Document, at: usize) -> bool {
    matches!(doc.xpos(Id::new(at)), Xpos::Vbd | Xpos::Vbz | Xpos::Vbp | Xpos::Md)
}

/// The relation of a token to its head.
pub fn relation(reading: &Reading, token: usize) -> Option<Relation> {
    let number = reading.relation[token];
    (number != 0).then(|| Relation::ALL[usize::from(number - 1)])
}

/// Tokens of the subtree below `token`, as the smallest range.
pub fn subtree(doc: &Document, reading: &Reading, token: usize) -> Range<usize> {
    let sentence = &doc.sentences[Id::new(reading.sentence[token] as usize)];
    let (mut first, mut last) = (token, token);
    for other in sentence.tokens.start.index()..sentence.tokens.end.index() {
        let mut at = other;
        step(1);
        for _ in 0..40 {
            if at == token {
                first = first.min(other);
                last = last.max(other);
                break;
            }
            match reading.up(at) {
                Some(head) => at = head,
                None => break,
            }
        }
    }
    first..last + 1
}

/// The children of a token that stand in one of these relations, in text order.
pub fn children<'r>(
    doc: &Document,
    reading: &'r Reading,
    token: usize,
    wanted: &'r [Relation],
) -> impl Iterator<Item = usize> + 'r {
    let sentence = &doc.sentences[Id::new(reading.sentence[token] as usize)];
    (sentence.tokens.start.index()..sentence.tokens.end.index())
        .filter(move |&at| reading.up(at) == Some(token) && relation(reading, at).is_some_and(|r| wanted.contains(&r)))
}

const SUBJECT: &[Relation] = &[Relation::Nsubj, Relation::NsubjOuter];

/// Who says it, as the tree tells: the subject of the cue's verb, found through conjunction, "saying", relative
/// clauses; the object of "according to"; the owner or "by" phrase of a noun. With the way it was found (from 1).
pub fn source(doc: &Document, reading: &Reading, cue: &Range<usize>, head: usize) -> Option<(Range<usize>, u8)> {
    relation(reading, head)?;
    let outside = |range: Range<usize>| -> Option<Range<usize>> {
        // The source cannot take in the cue: cut at it.
        let range = if range.contains(&cue.start) && range.start < cue.start {
            range.start..cue.start
        } else if range.contains(&cue.start) {
            return None;
        } else {
            range
        };
        trim(doc, range)
    };
    let mut verb = head;
    let mut way = 1;
    for _ in 0..5 {
        let bits = reading.children[verb];
        if bits & child_bit(Relation::OblAgent) != 0
            && let Some(agent) = children(doc, reading, verb, &[Relation::OblAgent]).next()
        {
            let mut range = subtree(doc, reading, agent);
            if doc.lower(Id::new(range.start)) == "by" {
                range.start += 1;
            }
            return outside(range).map(|r| (r, 2));
        }
        if bits & (child_bit(Relation::Nsubj)) != 0
            && let Some(subject) = children(doc, reading, verb, SUBJECT).next()
        {
            return outside(subtree(doc, reading, subject)).map(|r| (r, way));
        }
        if bits & child_bit(Relation::NsubjPass) != 0 && way == 1 {
            // "was asked", "was quoted as saying": the subject of the passive.
            let subject = children(doc, reading, verb, &[Relation::NsubjPass]).next()?;
            return outside(subtree(doc, reading, subject)).map(|r| (r, 3));
        }
        if way == 1 && bits & child_bit(Relation::NmodPoss) != 0 {
            let owner = children(doc, reading, verb, &[Relation::NmodPoss]).next()?;
            return outside(subtree(doc, reading, owner)).map(|r| (r, 4));
        }
        let up = reading.up(verb)?;
        match relation(reading, verb)? {
            Relation::Conj => way = 5,
            Relation::Xcomp => way = 6,
            Relation::Advcl => way = 7,
            Relation::Acl | Relation::AclRelcl => {
                return outside(subtree(doc, reading, up)).map(|r| (r, 8));
            }
            Relation::Case | Relation::Mark | Relation::Fixed => {
                // "according to the ministry": what the preposition belongs to.
                let mut range = subtree(doc, reading, up);
                if range.contains(&cue.end) || range.start <= cue.start {
                    range.start = range.start.max(cue.end);
                }
                return trim(doc, range).map(|r| (r, 9));
            }
            Relation::Obj | Relation::Obl | Relation::Nmod => way = 10,
            Relation::Parataxis | Relation::Ccomp => way = 11,
            _ => return None,
        }
        verb = up;
    }
    None
}

/// Takes punctuation off both ends.
fn trim(doc: &Document, range: Range<usize>) -> Option<Range<usize>> {
    let bare = |at: usize| !doc.lower(Id::new(at)).chars().any(char::is_alphanumeric);
    let (mut start, mut end) = (range.start, range.end);
    while start < end && bare(start) {
        start += 1;
    }
    while end > start && bare(end - 1) {
        end -= 1;
    }
    (start < end).then_some(start..end)
}
