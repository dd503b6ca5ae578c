//! Events: what happened, or is said to have: type by trigger and what stands beside it, who did it to whom, where, when,
//! with which numbers, and whether it is a fact to its source.

mod factuality;
mod kind;
mod number;
mod role;

use crate::text::*;
use kind::Trigger;

/// Finds the events of a document, ordered by trigger. Needs the tree; without one it finds nothing.
pub fn find(doc: &Document) -> Layer<Event> {
    if doc.heads.is_empty() {
        return Layer::default();
    }
    // What a line says again ("headline printed twice") is no second event.
    let fresh = doc.sentences.iter().filter(|s| {
        doc.blocks.at(s.block).is_none_or(|b| {
            b.repeats.is_none() && !matches!(b.kind, BlockKind::Byline | BlockKind::Dateline | BlockKind::Credit)
        })
    });
    let tokens = fresh.flat_map(|s| Id::range(s.tokens.clone()));
    let mut triggers: Vec<Trigger> = tokens.filter_map(|t| kind::trigger(doc, t)).collect();
    let numbers = number::attach(doc, &mut triggers);
    triggers.iter().zip(numbers).map(|(trigger, quantities)| event(doc, &triggers, trigger, quantities)).collect()
}

fn event(doc: &Document, all: &[Trigger], trigger: &Trigger, quantities: Vec<Id<Quantity>>) -> Event {
    let roles = role::of(doc, trigger);
    let statement = statement(doc, trigger.token);
    // Who and what the numbers count is a patient too: "killed 12 people".
    let patient_span = roles.patient_span;
    Event {
        kind: trigger.kind.into(),
        trigger: trigger.token,
        span: trigger.span,
        place: role::place(doc, trigger, all),
        time: role::time(doc, trigger, all),
        agents: roles.agents,
        patients: roles.patients,
        patient_span,
        quantities,
        factuality: factuality::of(doc, trigger, statement),
        statement,
        made_by: Rule(trigger.made_by),
    }
}

/// The innermost statement whose content holds the token.
pub fn statement(doc: &Document, token: Id<Token>) -> Option<Id<Statement>> {
    let span = doc.tokens[token].span;
    doc.statements
        .rows()
        .filter(|(_, s)| s.mode != Mode::Narrator && s.holds(span))
        .min_by_key(|(id, s)| (s.content.iter().map(|c| c.len()).sum::<usize>(), std::cmp::Reverse(id.index())))
        .map(|(id, _)| id)
}
