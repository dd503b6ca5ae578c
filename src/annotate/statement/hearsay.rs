//! "reportedly", "allegedly": it is said, and nobody is named who says it.

use super::cue::{Class, cues};
use super::model::Found;
use super::quoted::Draft;
use super::reading::{OUTSIDE, Reading};
use super::tree;
use crate::text::{Document, Id, Pos, Relation};

/// "Two crews were allegedly at sea when the storm hit": the clause around the adverb, where no other statement holds it.
pub fn find(doc: &Document, reading: &Reading, number: usize, drafts: &mut Vec<Draft>) {
    let mut found = Vec::new();
    for adverb in reading.paragraphs[number].tokens.clone() {
        let row = cues().of(doc, Id::new(adverb)).filter(|r| r.class == Class::Adverb);
        let fits = row.is_some_and(|r| r.lemma != "ostensibly")
            && tree::relation(reading, adverb) == Some(Relation::Advmod)
            && reading.quote[adverb] == OUTSIDE;
        let Some(head) = reading.up(adverb).filter(|_| fits) else { continue };
        let cued = |d: &Draft| {
            d.paragraph == number
                && (d.found.cue.contains(&adverb) || d.found.content.iter().any(|c| c.contains(&adverb)))
        };
        if drafts.iter().any(cued) {
            continue;
        }
        // The adverb of a clause: its head is a verb or what a copula says of the subject.
        let verb = matches!(doc.pos(Id::new(head)), Pos::Verb)
            || tree::children(doc, reading, head, &[Relation::Cop]).next().is_some();
        let subject = tree::children(doc, reading, head, &[Relation::Nsubj, Relation::NsubjPass]).next();
        let (true, Some(subject)) = (verb, subject) else { continue };
        let whole = tree::subtree(doc, reading, head);
        let mut start = whole.start.min(subject);
        // Joined to a clause before it: from its own subject on.
        if tree::relation(reading, head) == Some(Relation::Conj) {
            start = tree::subtree(doc, reading, subject).start;
        }
        let mut end = whole.end;
        // "…, but the office said …": what is joined to it by a verb of its own is not hearsay.
        if let Some(other) = tree::children(doc, reading, head, &[Relation::Conj]).find(|&t| {
            t > adverb && tree::children(doc, reading, t, &[Relation::Nsubj, Relation::NsubjPass]).next().is_some()
        }) {
            end = tree::subtree(doc, reading, other).start;
            while end > start && (reading.shape[end - 1] == 1 || doc.pos(Id::new(end - 1)) == Pos::Cconj) {
                end -= 1;
            }
        }
        while end > start && reading.shape[end - 1] == 1 {
            end -= 1;
        }
        while start < end && reading.shape[start] == 1 {
            start += 1;
        }
        let content: Vec<std::ops::Range<usize>> =
            [start..adverb, adverb + 1..end].into_iter().filter(|r| !r.is_empty() && r.start < r.end).collect();
        let said = |d: &Draft| d.paragraph == number && d.found.content.iter().any(|c| c.start < end && start < c.end);
        if content.is_empty() || drafts.iter().any(said) {
            continue;
        }
        found.push(Draft {
            found: Found { cue: adverb..adverb + 1, source: None, content },
            paragraph: number,
            made_by: "statement/hearsay",
            carries: None,
        });
    }
    drafts.extend(found);
}
