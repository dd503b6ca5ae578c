//! Passives of telling: "The court was told that …", "She had been warned not to speak". The subject hears; who spoke is
//! named with "by" or not at all.

use super::model::Found;
use super::reading::{Paragraph, Reading, child_bit};
use super::tree;
use crate::text::{Document, Id, Relation};

/// Takes the hearer off the source of one attribution.
pub fn mend(doc: &Document, reading: &Reading, _: &Paragraph, found: &mut Found) {
    let Some(source) = found.source.clone() else { return };
    let verb = found.cue.clone().find(|&t| {
        matches!(
            doc.lower(Id::new(t)),
            "told"
                | "informed"
                | "warned"
                | "advised"
                | "assured"
                | "notified"
                | "reminded"
                | "reassured"
                | "instructed"
                | "ordered"
                | "urged"
                | "promised"
                | "briefed"
        )
    });
    let Some(verb) = verb else { return };
    let passive = reading.children[verb] & child_bit(Relation::AuxPass) != 0;
    let agent = tree::children(doc, reading, verb, &[Relation::OblAgent]).next();
    let hearer = tree::children(doc, reading, verb, &[Relation::NsubjPass]).next();
    let hears = hearer.is_some_and(|h| source.contains(&h)) || hearer.is_none() && source.end <= verb;
    if !passive || !hears || source.start > verb {
        return;
    }
    found.source = agent.map(|agent| {
        let mut range = tree::subtree(doc, reading, agent);
        range.start += usize::from(doc.lower(Id::new(range.start)) == "by");
        if let Some(content) = found.content.iter().find(|c| c.start >= range.start && c.start < range.end) {
            range.end = content.start.max(range.start);
        }
        range
    });
    found.source = found.source.take().filter(|s| !s.is_empty());
}

/// "Residents were told by police to leave": the content is what they were told, not who was.
pub fn content(doc: &Document, reading: &Reading, _: &Paragraph, found: &mut Found) {
    let Some(verb) = found.cue.clone().find(|&t| reading.children[t] & child_bit(Relation::AuxPass) != 0) else {
        return;
    };
    let hearer = tree::children(doc, reading, verb, &[Relation::NsubjPass]).next();
    let said = tree::children(doc, reading, verb, &[Relation::Ccomp, Relation::Xcomp]).find(|&t| t > verb);
    let (true, Some(hearer), Some(said)) = (is_told(doc, reading, verb), hearer, said) else { return };
    if found.content.iter().any(|c| c.contains(&hearer)) && !found.content.iter().any(|c| c.contains(&said)) {
        let range = tree::subtree(doc, reading, said);
        found.content = vec![range.start.max(found.cue.end)..range.end];
        if found.source.as_ref().is_some_and(|s| s.end > found.content[0].start) {
            found.source = None;
        }
    }
}

/// "was told", "had been warned": a passive of telling.
pub fn is_told(doc: &Document, reading: &Reading, verb: usize) -> bool {
    reading.children[verb] & child_bit(Relation::AuxPass) != 0
        && matches!(
            doc.lemma(Id::new(verb)),
            "tell"
                | "inform"
                | "warn"
                | "advise"
                | "assure"
                | "notify"
                | "remind"
                | "reassure"
                | "instruct"
                | "order"
                | "urge"
        )
}
