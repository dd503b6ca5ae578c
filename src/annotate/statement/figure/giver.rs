//! Who may give a figure, and the words of the noun phrase that names them.

use std::ops::Range;

use super::super::reading::Reading;
use super::super::tree;
use super::word::{self, Class};
use crate::lexicon::noun::{self, NounClass};
use crate::text::{Document, EntityKind, Id, NameClass, Pos, Relation, Xpos};

/// What a noun phrase stands for, when it is asked who gives a figure.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Somebody: a person, several, an organisation.
    Somebody,
    /// A place, or a house that may speak for those in it: "the hospital", "Lisbon".
    Place,
    /// A report, a survey, a count.
    Document,
    /// "he", "they", "it", "who".
    Pronoun,
    /// Anything else.
    Thing,
}

/// What the noun phrase of a head stands for.
pub fn kind(doc: &Document, reading: &Reading, head: usize) -> Kind {
    let id = Id::new(head);
    let (lower, lemma) = (doc.lower(id), doc.lemma(id));
    match doc.pos(id) {
        Pos::Pron | Pos::Det => {
            let person = matches!(
                lower,
                "he" | "she" | "they" | "it" | "we" | "i" | "who" | "which" | "that" | "whom" | "him" | "them"
            );
            let several = matches!(lower, "some" | "others" | "many" | "one" | "most" | "both");
            return if person || several { Kind::Pronoun } else { Kind::Thing };
        }
        Pos::Noun | Pos::Propn | Pos::X | Pos::Adj => {}
        _ => return Kind::Thing,
    }
    if reading.name[head] != 0 {
        let class = NameClass::ALL[usize::from((reading.name[head] - 1) / 2)];
        match class {
            NameClass::Person | NameClass::Organisation | NameClass::Norp => return Kind::Somebody,
            NameClass::Place if doc.pos(id) == Pos::Propn => return Kind::Place,
            _ => {}
        }
    }
    // "the town hall", "the air force": listed as a whole.
    let before = head.checked_sub(1).filter(|&b| reading.up(b) == Some(head)).map(|b| doc.lower(Id::new(b)));
    if before.is_some_and(|b| noun::find(&format!("{b} {lemma}")).is_some_and(|n| n.class == NounClass::Body)) {
        return Kind::Somebody;
    }
    if let Some(noun) = noun::of(doc, id) {
        match noun.class {
            NounClass::Place => return Kind::Place,
            NounClass::Craft => return Kind::Thing,
            _ => return Kind::Somebody,
        }
    }
    if word::any(lemma, &[Class::Amount, Class::Document]) {
        return Kind::Document;
    }
    if word::is_giver(lemma) || word::is_giver(lower) {
        return Kind::Somebody;
    }
    let entity =
        doc.mentions.rows().find(|(_, m)| m.head == id).and_then(|(i, _)| doc.entity_of.at(i).copied().flatten());
    match entity.and_then(|e| doc.entities.at(e)).map(|e| e.kind) {
        Some(EntityKind::Person | EntityKind::Organisation | EntityKind::Group) => return Kind::Somebody,
        Some(EntityKind::Place) => return Kind::Place,
        _ => {}
    }
    match doc.pos(id) {
        Pos::Propn => Kind::Somebody,
        _ => Kind::Thing,
    }
}

/// The noun phrase of a head: without its preposition and without the clauses that hang on it.
pub fn phrase(doc: &Document, reading: &Reading, head: usize) -> Range<usize> {
    let whole = tree::subtree(doc, reading, head);
    let (mut start, mut end) = (whole.start, whole.end);
    let home = doc.sentences[Id::new(reading.sentence[head] as usize)].tokens.clone();
    for child in home.start.index()..home.end.index() {
        if reading.up(child) != Some(head) {
            continue;
        }
        let own = || tree::subtree(doc, reading, child);
        match tree::relation(reading, child) {
            Some(
                Relation::Acl
                | Relation::AclRelcl
                | Relation::Advcl
                | Relation::Parataxis
                | Relation::Ccomp
                | Relation::Cop
                | Relation::Obl
                | Relation::Advmod
                | Relation::OblUnmarked
                | Relation::Cc
                | Relation::Nummod
                | Relation::List
                | Relation::Dep,
            ) if child > head => {
                let joins = tree::relation(reading, child) == Some(Relation::Cc);
                if !joins {
                    end = end.min(own().start);
                }
            }
            Some(Relation::Case | Relation::Mark | Relation::Cc) if child < head => start = start.max(child + 1),
            Some(Relation::Nsubj | Relation::NsubjPass | Relation::Advmod) if child < head => {
                start = start.max(own().end);
            }
            _ => {}
        }
    }
    // "the mine's owner, Grell Coal": what names the head stays; a time behind it does not.
    let mut end = end.max(head + 1);
    while end > head + 1
        && reading.shape[end - 1] == 1
        && !matches!(doc.lower(Id::new(end - 1)), "." | "'" | "’" | "'s")
    {
        end -= 1;
    }
    while start < head && reading.shape[start] == 1 {
        start += 1;
    }
    start..end
}

/// Whether a token is a verb, also where the tagger was not sure.
pub fn is_verb(doc: &Document, token: usize) -> bool {
    matches!(doc.pos(Id::new(token)), Pos::Verb | Pos::Aux | Pos::X)
}

/// The child of a token in one of these relations.
pub fn child(doc: &Document, reading: &Reading, token: usize, wanted: &[Relation]) -> Option<usize> {
    let home = doc.sentences[Id::new(reading.sentence[token] as usize)].tokens.clone();
    (home.start.index()..home.end.index())
        .find(|&t| reading.up(t) == Some(token) && tree::relation(reading, t).is_some_and(|r| wanted.contains(&r)))
}

/// The preposition of a noun.
pub fn case<'d>(doc: &'d Document, reading: &Reading, token: usize) -> &'d str {
    child(doc, reading, token, &[Relation::Case]).map_or("", |t| doc.lower(Id::new(t)))
}

/// Who does what a verb says: its subject or, in the passive, who stands behind "by". With whether it is passive.
pub fn of_verb(doc: &Document, reading: &Reading, verb: usize) -> Option<(Range<usize>, usize, bool)> {
    let is_passive = passive(doc, reading, verb);
    let agent = agent(doc, reading, verb);
    if let Some(agent) = agent {
        return Some((phrase(doc, reading, agent), agent, true));
    }
    if is_passive {
        return None;
    }
    let mut at = verb;
    for _ in 0..5 {
        if let Some(subject) = child(doc, reading, at, &[Relation::Nsubj, Relation::NsubjOuter]) {
            return Some(resolved(doc, reading, subject));
        }
        if at != verb
            && let Some(subject) = child(doc, reading, at, &[Relation::NsubjPass])
        {
            return Some(resolved(doc, reading, subject));
        }
        let up = reading.up(at)?;
        match tree::relation(reading, at)? {
            Relation::Conj | Relation::Xcomp | Relation::Parataxis if is_verb(doc, up) => at = up,
            Relation::Advcl if doc.xpos(Id::new(at)) == Xpos::Vbg => at = up,
            Relation::Acl if matches!(doc.xpos(Id::new(at)), Xpos::Vbg) => {
                return Some((phrase(doc, reading, up), up, false));
            }
            _ => return None,
        }
    }
    None
}

/// Who stands behind the "by" of a verb.
pub fn agent(doc: &Document, reading: &Reading, verb: usize) -> Option<usize> {
    let is_passive = passive(doc, reading, verb);
    // "count on 9,000 by May": a time does nothing.
    let found = child(doc, reading, verb, &[Relation::OblAgent]).or_else(|| behind_by(doc, reading, verb, is_passive));
    found.filter(|&t| !doc.is_in_time(Id::new(t)))
}

/// "estimated at $30 million by engineers", with the agent hung on something in between.
fn behind_by(doc: &Document, reading: &Reading, verb: usize, is_passive: bool) -> Option<usize> {
    let home = doc.sentences[Id::new(reading.sentence[verb] as usize)].tokens.end.index();
    for by in verb + 1..home {
        let ends = matches!(doc.lower(Id::new(by)), ";" | "," | "and" | "but" | "which" | "who" | "that");
        if ends || doc.pos(Id::new(by)) == Pos::Verb && !matches!(doc.xpos(Id::new(by)), Xpos::Vbn | Xpos::Vbg) {
            return None;
        }
        if doc.lower(Id::new(by)) != "by" {
            continue;
        }
        let head = reading.up(by).filter(|&h| h > by && tree::relation(reading, by) == Some(Relation::Case))?;
        let own = reading.up(head) == Some(verb);
        let speaks = matches!(kind(doc, reading, head), Kind::Somebody | Kind::Document)
            || own && kind(doc, reading, head) == Kind::Place;
        return (speaks && (own || is_passive)).then_some(head);
    }
    None
}

/// "who", "which": the noun before the clause stands for it.
fn resolved(doc: &Document, reading: &Reading, subject: usize) -> (Range<usize>, usize, bool) {
    if matches!(doc.lower(Id::new(subject)), "who" | "which" | "that") {
        let mut at = subject;
        for _ in 0..5 {
            let Some(up) = reading.up(at) else { break };
            if tree::relation(reading, at) == Some(Relation::AclRelcl) && up < subject {
                return (phrase(doc, reading, up), up, false);
            }
            at = up;
        }
    }
    (phrase(doc, reading, subject), subject, false)
}

/// A verb in the passive: with its auxiliary, or a bare participle on a noun.
pub fn passive(doc: &Document, reading: &Reading, verb: usize) -> bool {
    if child(doc, reading, verb, &[Relation::AuxPass, Relation::NsubjPass]).is_some() {
        return true;
    }
    doc.xpos(Id::new(verb)) == Xpos::Vbn
        && child(doc, reading, verb, &[Relation::Aux, Relation::Nsubj, Relation::Obj]).is_none()
}
