//! Which event a number belongs to.

use super::again;
use super::kind::{self, Trigger};
use crate::lexicon::speech;
use crate::text::clause::{is_passive, object};
use crate::text::*;

/// Gives every quantity to the event it measures; adds the fallback event where a number's verb names none, and events
/// that are told again.
pub fn attach(doc: &Document, triggers: &mut Vec<Trigger>) -> Vec<Vec<Id<Quantity>>> {
    let mut owners: Vec<(Id<Quantity>, Id<Token>)> = Vec::new();
    let mut all: Vec<Trigger> = Vec::new();
    let mut given = std::mem::take(triggers).into_iter().peekable();
    let mut told = again::Told::default();
    for (id, sentence) in doc.sentences.rows() {
        let mut local: Vec<Trigger> = Vec::new();
        while let Some(trigger) = given.next_if(|t| t.token < sentence.tokens.end) {
            local.push(trigger);
        }
        for quantity in doc.quantities.within(sentence.span) {
            let row = &doc.quantities[quantity];
            if matches!(row.kind, QuantityKind::Age | QuantityKind::Ordinal) {
                continue;
            }
            let Some(start) = head(doc, row) else { continue };
            let mut found = owners_of(doc, &local, start);
            for &owner in &found {
                if !local.iter().any(|t| t.token == owner) {
                    local.push(kind::any(doc, owner));
                }
            }
            told.retell(doc, id, quantity, start, &mut local, &mut found);
            owners.extend(found.into_iter().map(|owner| (quantity, owner)));
        }
        all.extend(local);
    }
    all.sort_by_key(|t| t.token);
    *triggers = all;
    let mut of: Vec<Vec<Id<Quantity>>> = vec![Vec::new(); triggers.len()];
    for (quantity, owner) in owners {
        if let Ok(at) = triggers.binary_search_by_key(&owner, |t| t.token) {
            of[at].push(quantity);
        }
    }
    of
}

/// The head of what is counted, else of the number itself.
fn head(doc: &Document, quantity: &Quantity) -> Option<Id<Token>> {
    let of = |span: Span| {
        let tokens = doc.tokens_in(span);
        // The last such token: the head of "oil tanker trucks" stands last.
        Id::range(tokens.clone()).rev().find(|&t| {
            doc.relation(t) != Relation::Punct && doc.head(t).is_none_or(|h| h < tokens.start || h >= tokens.end)
        })
    };
    // A thing counted far away was named before ("has risen to 71"): the number's own place decides.
    let near =
        quantity.counted.filter(|c| c.start() < quantity.span.end() + 60 && quantity.span.start() < c.end() + 20);
    near.and_then(of).or_else(|| of(quantity.span))
}

/// The events a counted thing belongs to: the thing itself ("12 deaths"), a participle on it ("600 militants killed"), the
/// first trigger above it; with the verbs joined to that one ("killed and wounded 20").
fn owners_of(doc: &Document, triggers: &[Trigger], start: Id<Token>) -> Vec<Id<Token>> {
    let is_trigger = |t: Id<Token>| triggers.iter().any(|x| x.token == t);
    if is_trigger(start) {
        return vec![start];
    }
    // "a 15-member council": the number of a modifier measures no event.
    if matches!(doc.relation(start), Relation::Compound | Relation::Amod) && doc.pos(start) == Pos::Noun {
        return Vec::new();
    }
    // "destroyed 20 trucks hauling grain", read as a clause: the verb before has them as its object.
    if let Some(owner) = triggers.iter().find(|t| !t.noun && object(doc, t.token) == Some(start)) {
        return vec![owner.token];
    }
    // "600 militants killed in the strike"
    let participle = doc.children(start).find(|&c| {
        is_trigger(c)
            && (doc.relation(c) == Relation::Acl && doc.xpos(c) == Xpos::Vbn
                || matches!(doc.relation(c), Relation::Amod) && c > start)
    });
    if let Some(participle) = participle {
        return vec![participle];
    }
    // "boosting the number of jets to 48 from 12": a level goes to the change above it.
    if doc.children(start).any(|c| doc.relation(c) == Relation::Case && matches!(doc.lower(c), "to" | "from" | "by")) {
        let mut at = start;
        for _ in 0..6 {
            let Some(above) = doc.head(at) else { break };
            if triggers.iter().any(|t| t.token == above && t.kind == "ChangeLevel" && !t.noun) {
                let mut owners = vec![above];
                owners.extend(measured(doc, triggers, above));
                return owners;
            }
            at = above;
        }
    }
    let mut at = start;
    for _ in 0..30 {
        let Some(above) = doc.head(at) else { break };
        let relation = doc.relation(at);
        // A carried noun event takes the number of its verb: "carried out 20 strikes" is the noun's own; "on 150 targets" climbs to it.
        if is_trigger(above) {
            let mut owners = vec![above];
            // "wounded 12 and killed three" share nothing, but "killed or wounded 20 people" does: a joined verb without object.
            if matches!(relation, Relation::Obj | Relation::NsubjPass) {
                let joined = doc.head(above).filter(|_| doc.relation(above) == Relation::Conj);
                if let Some(first) =
                    joined.filter(|&f| is_trigger(f) && relation == Relation::Obj && object(doc, f).is_none())
                {
                    owners.push(first);
                }
                owners.extend(doc.children(above).filter(|&c| {
                    relation == Relation::NsubjPass
                        && doc.relation(c) == Relation::Conj
                        && is_trigger(c)
                        && is_passive(doc, c)
                        && !doc.children(c).any(|k| doc.relation(k).is("nsubj"))
                }));
            }
            // "the death toll rose to 48": also the toll.
            if triggers.iter().any(|t| t.token == above && t.kind == "ChangeLevel") {
                owners.extend(measured(doc, triggers, above));
            }
            return owners;
        }
        if let Some(carried) = triggers.iter().find(|t| t.light == Some(above)) {
            return vec![carried.token];
        }
        if doc.pos(above) == Pos::Verb {
            // A verb of speech or thought is no event of the number; a clause of its own neither.
            if speech::is(doc.lemma(above)) {
                return Vec::new();
            }
            let core =
                relation.is("nsubj") || relation == Relation::Obj || relation.is("obl") || relation == Relation::Xcomp;
            let carried =
                doc.children(above).find(|&c| relation.is("obl") && doc.relation(c).is("nsubj") && is_trigger(c));
            if let Some(carried) = carried {
                return vec![carried];
            }
            return if core { vec![above] } else { Vec::new() };
        }
        at = above;
    }
    // "All 224 people on board were killed" climbs; "The toll: 12" does not: the root itself, if something hangs there.
    Vec::new()
}

/// "the death **toll** rose to 48", "the number of people **killed** rose": the event that a change measures.
fn measured(doc: &Document, triggers: &[Trigger], change: Id<Token>) -> Option<Id<Token>> {
    let subject = doc.children(change).find(|&c| doc.relation(c).is("nsubj") || object(doc, change) == Some(c))?;
    let range = doc.subtree(subject);
    triggers
        .iter()
        .filter(|t| {
            range.contains(&t.token)
                && t.token != change
                && matches!(
                    t.kind,
                    "Kill"
                        | "Injure"
                        | "Arrest"
                        | "Destroy"
                        | "Earn"
                        | "Produce"
                        | "Abduct"
                        | "Trade"
                        | "Attack"
                        | "AirStrike"
                )
        })
        .map(|t| t.token)
        .next()
}
