//! Events: what happened, or is said to have: type by trigger and what stands beside it, who did it to whom, where, when,
//! with which numbers, and whether it is a fact to its source.

mod again;
mod chance;
mod kind;
mod number;
mod role;
mod sense;

use crate::lexicon::factuality;
use crate::text::clause::{object, subject};
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
    let facts = kind::Facts::read(doc);
    let mut triggers: Vec<Trigger> = tokens.filter_map(|t| kind::trigger(doc, &facts, t)).collect();
    // "providing assistance": the noun tells again what its verb tells.
    let verbs: Vec<(Id<Token>, &str)> = triggers.iter().filter(|t| !t.noun).map(|t| (t.token, t.kind)).collect();
    triggers.retain(|t| {
        let above = doc.head(t.token).filter(|_| t.noun && doc.relation(t.token) == Relation::Obj);
        let at = above.and_then(|above| verbs.binary_search_by_key(&above, |v| v.0).ok());
        at.is_none_or(|at| verbs[at].1 != t.kind)
    });
    let numbers = number::attach(doc, &mut triggers);
    // Place and time are shared out among the triggers of the sentence.
    let beside = |trigger: &Trigger| {
        let tokens = &doc.sentences[doc.sentence_of(trigger.token)].tokens;
        let from = triggers.partition_point(|t| t.token < tokens.start);
        let to = triggers.partition_point(|t| t.token < tokens.end);
        &triggers[from..to]
    };
    triggers
        .iter()
        .zip(numbers)
        .map(|(trigger, quantities)| event(doc, beside(trigger), trigger, quantities))
        .filter(|e| is_told(doc, e) && is_a_level(doc, e))
        .collect()
}

fn event(doc: &Document, all: &[Trigger], trigger: &Trigger, quantities: Vec<Id<Quantity>>) -> Event {
    let roles = role::of(doc, trigger);
    let statement = doc.statement_at(doc.tokens[trigger.token].span);
    let time = role::time(doc, trigger, all);
    let factuality = factuality::of(doc, trigger.token, trigger.noun, trigger.light, statement);
    // Who and what the numbers count is a patient too: "killed 12 people".
    let patient_span = roles.patient_span;
    let mut event = Event {
        kind: trigger.kind.into(),
        trigger: trigger.token,
        span: trigger.span,
        place: role::place(doc, trigger, all),
        time,
        agents: roles.agents,
        agent_span: roles.agent_span,
        patients: roles.patients,
        patient_span,
        quantities,
        factuality: ahead(doc, time, factuality),
        statement,
        confidence: 0,
        made_by: Rule(trigger.made_by),
    };
    event.confidence = chance::of(doc, &event, trigger.noun, trigger.light);
    event
}

/// "The fair opens on Saturday": what lies after the day of publication has not happened, whatever the tense of its verb.
fn ahead(doc: &Document, time: Option<Id<Time>>, factuality: Factuality) -> Factuality {
    let told = doc.source.published.as_ref().map(|p| p.date);
    let first = time.and_then(|t| doc.times.at(t)).and_then(|t| t.begin.or(t.earliest));
    match (first, told) {
        (Some(first), Some(told))
            if first > told && matches!(factuality, Factuality::Asserted | Factuality::Probable) =>
        {
            Factuality::Future
        }
        _ => factuality,
    }
}

/// An event that is told of nobody and nothing, nowhere and at no time is a word and no more.
fn is_told(doc: &Document, event: &Event) -> bool {
    // Nobody's name, but somebody: "the garrison withdrew".
    let somebody = |c: Id<Token>| {
        let relation = doc.relation(c);
        relation.is("nsubj")
            || relation.is("obl")
            || matches!(relation, Relation::Obj | Relation::Nmod | Relation::NmodPoss)
    };
    doc.children(event.trigger).any(somebody)
        || !event.agents.is_empty()
        || !event.patients.is_empty()
        || event.patient_span.is_some()
        || event.place.is_some()
        || event.time.is_some()
        || !event.quantities.is_empty()
}

/// "The climber fell", "the union dropped its strike", "the fall of the junta": what rises and falls without a number is a
/// level only where its subject or object is one that is measured: "prices fell", "the bank cut its rate".
fn is_a_level(doc: &Document, event: &Event) -> bool {
    if event.kind != "ChangeLevel" || !event.quantities.is_empty() {
        return true;
    }
    let verb = event.trigger;
    if doc.pos(verb) != Pos::Verb {
        return false;
    }
    let measured = |t: Id<Token>| {
        LEVELS.contains(&doc.lemma(t))
            || doc.children(t).any(|c| {
                matches!(doc.relation(c), Relation::Compound | Relation::Nmod | Relation::Conj)
                    && LEVELS.contains(&doc.lemma(c))
            })
    };
    let around = doc.children(verb).filter(|&c| {
        doc.relation(c).is("nsubj") || matches!(doc.relation(c), Relation::Obj | Relation::Nmod | Relation::Compound)
    });
    around.chain(subject(doc, verb)).chain(object(doc, verb)).any(measured)
}

/// Nouns that name what is measured.
const LEVELS: &[&str] = &[
    "price",
    "cost",
    "rate",
    "number",
    "amount",
    "level",
    "sale",
    "profit",
    "revenue",
    "income",
    "earnings",
    "loss",
    "share",
    "stock",
    "index",
    "market",
    "dollar",
    "euro",
    "yen",
    "pound",
    "currency",
    "inflation",
    "unemployment",
    "employment",
    "growth",
    "output",
    "production",
    "demand",
    "supply",
    "export",
    "import",
    "deficit",
    "surplus",
    "debt",
    "budget",
    "spending",
    "tax",
    "tariff",
    "wage",
    "salary",
    "pay",
    "rent",
    "toll",
    "crime",
    "temperature",
    "turnout",
    "population",
    "attendance",
    "traffic",
    "volume",
    "yield",
    "value",
    "workforce",
    "staff",
    "job",
    "support",
    "rating",
    "funding",
    "fee",
    "emission",
    "risk",
    "figure",
    "total",
    "percentage",
    "proportion",
    "use",
    "consumption",
];

/// The table's types with their example sentences; the trigger stands in `**stars**`.
pub fn examples() -> impl Iterator<Item = (&'static str, &'static str)> {
    kind::TYPES.iter().filter(|t| t.emit && t.example != "-").map(|t| (t.id, t.example))
}
