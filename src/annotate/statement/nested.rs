//! Attributions that the tree shows and the taggers left out: inside another content (the taggers learned on a corpus
//! without nesting), and plain reporting clauses elsewhere.

use super::cue::{Class, cues};
use super::model::Found;
use super::quoted::Draft;
use super::reading::Reading;
use super::tree;
use crate::text::{Commitment, Document, Id, Pos, Relation};

/// "The agency reported that a witness said the train had not slowed down": a reporting verb with a subject of its own
/// and a clause, inside the content of a draft.
pub fn find(doc: &Document, reading: &Reading, number: usize, drafts: &mut Vec<Draft>) {
    let paragraph = &reading.paragraphs[number];
    let mut found = Vec::new();
    for verb in paragraph.tokens.clone() {
        if reading.band[verb] != 1 || reading.relation[verb] == 0 || !reports(doc, verb) {
            continue;
        }
        if drafts.iter().any(|d| d.paragraph == number && d.found.cue.contains(&verb)) {
            continue;
        }
        let Some(subject) = tree::children(doc, reading, verb, &[Relation::Nsubj]).next() else { continue };
        if subject > verb && subject > verb + 4 || !speaks(doc, subject) {
            continue;
        }
        let Some(clause) = tree::children(doc, reading, verb, &[Relation::Ccomp]).next() else { continue };
        // A clause needs a verb of its own with a subject, or quotation marks.
        let bits = reading.children[clause];
        let whole =
            bits & (super::reading::child_bit(Relation::Nsubj) | super::reading::child_bit(Relation::NsubjPass)) != 0;
        if !whole {
            continue;
        }
        let outer = drafts
            .iter()
            .filter(|d| d.paragraph == number)
            .flat_map(|d| d.found.content.iter())
            .filter(|c| c.contains(&verb) && c.contains(&subject))
            .min_by_key(|c| c.len())
            .cloned();
        // Outside of other statements only the plainest verbs, and only what no statement holds yet.
        let plain = matches!(doc.lower(Id::new(verb)), "said" | "says" | "announced" | "reported" | "told");
        let free = |r: &std::ops::Range<usize>| {
            !drafts.iter().any(|d| {
                d.paragraph == number
                    && (d.found.content.iter().any(|c| c.start < r.end && r.start < c.end)
                        || d.found.cue.start < r.end && r.start < d.found.cue.end)
            })
        };
        let alone = outer.is_none();
        let outer = match outer {
            Some(outer) => outer,
            None if plain && reading.quote[verb] == 0 && free(&tree::subtree(doc, reading, clause)) => {
                let sentence = &doc.sentences[Id::new(reading.sentence[verb] as usize)].tokens;
                sentence.start.index()..sentence.end.index()
            }
            None => continue,
        };
        let mut content = tree::subtree(doc, reading, clause);
        if content.contains(&verb) {
            content = if clause > verb { verb + 1..content.end } else { content.start..verb.min(subject) };
        }
        content = content.start.max(outer.start)..content.end.min(outer.end);
        while content.end > content.start && reading.shape[content.end - 1] == 1 {
            content.end -= 1;
        }
        while content.start < content.end && reading.shape[content.start] == 1 {
            content.start += 1;
        }
        let source = tree::source(doc, reading, &(verb..verb + 1), verb).map(|s| s.0);
        let Some(source) = source.filter(|s| s.end <= content.start || s.start >= content.end) else { continue };
        if content.len() < 3 || source.start < outer.start || super::deed::is_nobody(doc, reading, &source) {
            continue;
        }
        found.push(Draft {
            found: Found { cue: verb..verb + 1, source: Some(source), content: vec![content] },
            paragraph: number,
            made_by: if alone { "statement/clause" } else { "statement/nested" },
            carries: None,
        });
    }
    drafts.extend(found);
}

/// "The agency could not independently confirm the figures": said often, and worth keeping, even where no cue was seen.
pub fn unconfirmed(doc: &Document, reading: &Reading, number: usize, drafts: &mut Vec<Draft>) {
    let word = |t: usize| doc.lower(Id::new(t));
    let mut found = Vec::new();
    for verb in reading.paragraphs[number].tokens.clone() {
        if !matches!(word(verb), "confirm" | "verify" | "corroborate")
            || reading.relation[verb] == 0
            || reading.quote[verb] != 0
        {
            continue;
        }
        if drafts.iter().any(|d| d.paragraph == number && d.found.cue.contains(&verb)) {
            continue;
        }
        let aux = tree::children(doc, reading, verb, &[Relation::Aux])
            .find(|&t| t < verb && matches!(word(t), "could" | "can" | "ca"));
        let Some(aux) = aux else { continue };
        if !(aux..verb).any(|t| matches!(word(t), "not" | "n't" | "n’t")) {
            continue;
        }
        let subject = tree::children(doc, reading, verb, &[Relation::Nsubj]).find(|&t| t < aux);
        let object = tree::children(doc, reading, verb, &[Relation::Obj, Relation::Ccomp]).find(|&t| t > verb);
        let (Some(subject), Some(object)) = (subject, object) else { continue };
        let (source, mut content) = (tree::subtree(doc, reading, subject), tree::subtree(doc, reading, object));
        content.start = content.start.max(verb + 1);
        found.push(Draft {
            found: Found {
                cue: aux..verb + 1,
                source: Some(source.start..source.end.min(aux)),
                content: vec![content],
            },
            paragraph: number,
            made_by: "statement/unconfirmed",
            carries: None,
        });
    }
    drafts.extend(found);
}

/// Verbs that report what was said, in a finite form ("say", "announced"), not merely "to say".
fn reports(doc: &Document, verb: usize) -> bool {
    let id = Id::new(verb);
    let Some(row) = cues().of(doc, id) else { return false };
    row.class == Class::Verb
        && matches!(
            row.commitment,
            Commitment::Neutral
                | Commitment::Claimed
                | Commitment::Confirmed
                | Commitment::Alleged
                | Commitment::Denied
                | Commitment::Warned
        )
        && row.takes.contains(&"that")
        && !matches!(
            row.lemma,
            "add"
                | "read"
                | "cite"
                | "note"
                | "begin"
                | "continue"
                | "laugh"
                | "cry"
                | "sing"
                | "offer"
                | "crack"
                | "suggest"
                | "figure"
        )
        && doc.pos(id) == Pos::Verb
}

/// A third person; "I said", "you say", "people say" inside a quotation are no reports.
fn speaks(doc: &Document, subject: usize) -> bool {
    !matches!(
        doc.lower(Id::new(subject)),
        "i" | "we"
            | "you"
            | "it"
            | "one"
            | "people"
            | "everybody"
            | "everyone"
            | "nobody"
            | "that"
            | "this"
            | "what"
            | "which"
    )
}
