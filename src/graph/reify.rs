//! The RDF 1.2 view of claims: each claim reifies the triple that it says, `<<( subject predicate object )>>`.
//!
//! The triple terms are made of what the graph says of a claim in plain RDF 1.1, so they can be added to any graph of
//! ours at any time, and nothing is known by them alone. A triple term is not asserted: who says it is the claim's statement.

use oxigraph::model::{NamedNodeRef, NamedOrBlankNode, Quad, Term, Triple};
use rustc_hash::FxHashMap;

use super::vocab::{other, property, value};

/// The quads with `claim rdf:reifies <<( s p o )>>` behind each claim that says something of a thing with an IRI.
///
/// With a number ("At least 40 trucks were destroyed"), the subject is the event, else the proposition's subject; the
/// object is the number where it is said exactly, else its Quantity, for no triple should say 40 where the words say "at
/// least 40". Without a number, subject and object are those of the proposition; an object that is no known thing stands
/// with its words.
pub fn with_reifiers(quads: Vec<Quad>) -> Vec<Quad> {
    let facts = Facts::of(&quads);
    let mut last: FxHashMap<&NamedOrBlankNode, usize> = FxHashMap::default();
    for (at, quad) in quads.iter().enumerate() {
        last.insert(&quad.subject, at);
    }
    let mut new: Vec<Vec<Quad>> = vec![Vec::new(); quads.len()];
    for quad in quads.iter().filter(|q| q.predicate == property::CONTENT) {
        let Term::NamedNode(claim) = &quad.object else { continue };
        let claim = NamedOrBlankNode::from(claim.clone());
        let Some(&end) = last.get(&claim) else { continue };
        for triple in triples(&facts, &claim) {
            let reifier = Quad::new(claim.clone(), other::REIFIES, Term::from(triple), quads[end].graph_name.clone());
            if !new[end].contains(&reifier) {
                new[end].push(reifier);
            }
        }
    }
    let mut all = Vec::with_capacity(quads.len());
    for (quad, new) in quads.into_iter().zip(new) {
        if quad.predicate != other::REIFIES {
            all.push(quad);
        }
        all.extend(new);
    }
    all
}

/// What is said of each claim and quantity, by subject.
struct Facts<'q>(FxHashMap<&'q NamedOrBlankNode, Vec<&'q Quad>>);

impl<'q> Facts<'q> {
    fn of(quads: &'q [Quad]) -> Facts<'q> {
        let told = [
            property::ABOUT,
            property::SUBJECT_ENTITY,
            property::PREDICATE,
            property::OBJECT,
            property::OBJECT_ENTITY,
            property::QUANTITY,
            property::VALUE,
            property::BOUND,
        ];
        let mut facts: FxHashMap<&NamedOrBlankNode, Vec<&Quad>> = FxHashMap::default();
        for quad in quads.iter().filter(|q| told.contains(&q.predicate.as_ref())) {
            facts.entry(&quad.subject).or_default().push(quad);
        }
        Facts(facts)
    }

    fn all(&self, subject: &NamedOrBlankNode, predicate: NamedNodeRef<'_>) -> impl Iterator<Item = &'q Term> {
        let quads = self.0.get(subject).map_or(&[][..], Vec::as_slice);
        quads.iter().filter(move |q| q.predicate == predicate).map(|q| &q.object)
    }
}

/// The triples that a claim says.
fn triples(facts: &Facts<'_>, claim: &NamedOrBlankNode) -> Vec<Triple> {
    let nodes = |property: NamedNodeRef<'static>| {
        facts.all(claim, property).filter_map(|term| match term {
            Term::NamedNode(node) => Some(node.clone()),
            _ => None,
        })
    };
    let Some(predicate) = nodes(property::PREDICATE).next() else {
        // A number of an event without a proposition around it: the event has the quantity.
        let (event, quantity) = (nodes(property::ABOUT).next(), nodes(property::QUANTITY).next());
        return event.zip(quantity).map(|(e, q)| Triple::new(e, property::QUANTITY, q)).into_iter().collect();
    };
    if let Some(quantity) = nodes(property::QUANTITY).next() {
        let object = exact(facts, &quantity.clone().into()).unwrap_or_else(|| quantity.into());
        let subject = nodes(property::ABOUT).chain(nodes(property::SUBJECT_ENTITY)).next();
        return subject.map(|s| Triple::new(s, predicate, object)).into_iter().collect();
    }
    let mut objects: Vec<Term> = facts.all(claim, property::OBJECT_ENTITY).cloned().collect();
    if objects.is_empty() {
        objects = facts.all(claim, property::OBJECT).cloned().collect();
    }
    let subject = nodes(property::SUBJECT_ENTITY).chain(nodes(property::ABOUT)).next();
    let Some(subject) = subject else { return Vec::new() };
    objects.into_iter().map(|o| Triple::new(subject.clone(), predicate.clone(), o)).collect()
}

/// The number of a quantity whose words bound it on both sides: what has no bound is exact.
fn exact(facts: &Facts<'_>, quantity: &NamedOrBlankNode) -> Option<Term> {
    let exact = Term::from(value::EXACT);
    facts
        .all(quantity, property::BOUND)
        .all(|b| *b == exact)
        .then(|| facts.all(quantity, property::VALUE).next())?
        .cloned()
}
