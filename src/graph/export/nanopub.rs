//! Nanopublications, one for each statement: head, assertion, provenance and publication information as four graphs.
//!
//! The assertion is that it was said (speaker, cue, days, claims and their numbers), which is what the article shows, and
//! not that what was said is so. They are unsigned and without a date of creation: the same store gives the same bytes,
//! and whoever publishes them signs and dates them.

use std::collections::BTreeSet;

use crate::graph::store::Loaded as Store;
use oxigraph::io::RdfFormat;
use oxigraph::model::vocab::rdf;
use oxigraph::model::{GraphName, Literal, NamedNode, Quad, Term};

use super::saying::Saying;
use crate::graph::view::{Resource, subjects_of};
use crate::graph::vocab::{RELATIONS, class, other, property};
use crate::graph::{Error, write};

const NP: &str = "http://www.nanopub.org/nschema#";

/// What tells how we know, not what was said: it belongs to the provenance.
const HOW: [oxigraph::model::NamedNodeRef<'static>; 8] = [
    property::MADE_BY,
    property::CONFIDENCE,
    property::SENTENCE,
    property::EVIDENCE,
    property::CONTENT_AT,
    property::CUE_AT,
    property::SPEAKER_AT,
    property::REPORTED_IN,
];

/// Writes a nanopublication for each of the statements, as TriG.
pub fn write(store: &Store, statements: &[String]) -> Result<Vec<u8>, Error> {
    let mut quads = Vec::new();
    for iri in statements {
        if let Some(saying) = Saying::read(store, iri)? {
            nanopub(store, &saying, &mut quads)?;
        }
    }
    let mut out = Vec::new();
    write::serialize(&quads, RdfFormat::TriG, &mut out).map_err(|e| Error::io("cannot write the export", e))?;
    Ok(out)
}

fn node(iri: &str) -> NamedNode {
    NamedNode::new_unchecked(iri)
}

/// One of the four graphs on its way.
struct Part<'q> {
    graph: GraphName,
    out: &'q mut Vec<Quad>,
    told: BTreeSet<String>,
}

impl<'q> Part<'q> {
    fn new(graph: &NamedNode, out: &'q mut Vec<Quad>) -> Part<'q> {
        Part { graph: graph.clone().into(), out, told: BTreeSet::new() }
    }

    fn add(&mut self, subject: &NamedNode, predicate: impl Into<NamedNode>, object: impl Into<Term>) {
        self.out.push(Quad::new(subject.clone(), predicate, object, self.graph.clone()));
    }

    /// What is known of a resource, once, but for the properties that belong elsewhere.
    fn tell(&mut self, resource: &Resource, keep: impl Fn(&str) -> bool) {
        if !self.told.insert(resource.iri.clone()) {
            return;
        }
        for (name, objects) in resource.facts.iter().filter(|(name, _)| keep(name)) {
            for object in objects {
                self.add(&node(&resource.iri), node(name), object.clone());
            }
        }
    }

    /// A thing by its classes, names and roles.
    fn name(&mut self, resource: &Resource) {
        let named = [other::TYPE, other::LABEL, other::EXACT_MATCH, property::ROLE];
        self.tell(resource, |name| named.iter().any(|p| p.as_str() == name));
    }
}

fn is_said(name: &str) -> bool {
    // What was found by comparing articles is nobody's saying.
    !HOW.iter().chain(&RELATIONS).chain([&property::ANSWERS]).any(|p| p.as_str() == name)
}

fn is_how(name: &str) -> bool {
    HOW.iter().any(|p| p.as_str() == name)
}

fn nanopub(store: &Store, saying: &Saying, out: &mut Vec<Quad>) -> Result<(), Error> {
    let iri = saying.sibling("nanopub");
    let publication = node(&iri);
    let part = |name: &str| node(&format!("{iri}#{name}"));
    let (assertion, provenance, information) = (part("assertion"), part("provenance"), part("pubinfo"));
    let term = |name: &str| node(&format!("{NP}{name}"));

    let mut head = Part::new(&part("Head"), out);
    head.add(&publication, rdf::TYPE.into_owned(), term("Nanopublication"));
    head.add(&publication, term("hasAssertion"), assertion.clone());
    head.add(&publication, term("hasProvenance"), provenance.clone());
    head.add(&publication, term("hasPublicationInfo"), information.clone());

    let mut said = Part::new(&assertion, out);
    said.tell(&saying.statement, is_said);
    if let Some(speaker) = &saying.speaker {
        said.name(speaker);
    }
    for time in saying.statement.links(property::SAID_ON) {
        said.tell(&Resource::read(store, time)?, is_said);
    }
    for claim in &saying.claims {
        said.tell(&claim.resource, is_said);
        if let Some(quantity) = &claim.quantity {
            said.tell(quantity, is_said);
        }
        for property in [property::SUBJECT_ENTITY, property::OBJECT_ENTITY] {
            for entity in claim.resource.links(property) {
                said.name(&Resource::read(store, entity)?);
            }
        }
        for event in claim.resource.links(property::ABOUT) {
            let event = Resource::read(store, event)?;
            said.tell(&event, is_said);
            for property in [property::ACTOR, property::PATIENT, property::PLACE] {
                for entity in event.links(property) {
                    said.name(&Resource::read(store, entity)?);
                }
            }
        }
    }

    let run = match &saying.document {
        Some(document) => run_of(store, &document.iri)?,
        None => None,
    };
    let mut from = Part::new(&provenance, out);
    for sentence in &saying.sentences {
        from.add(&assertion, other::WAS_DERIVED_FROM.into_owned(), node(&sentence.iri));
        from.tell(&Resource::read(store, &sentence.iri)?, |_| true);
    }
    if let Some(document) = &saying.document {
        if saying.sentences.is_empty() {
            from.add(&assertion, other::WAS_DERIVED_FROM.into_owned(), node(&document.iri));
        }
        from.tell(document, |name| name != property::MENTIONS.as_str());
    }
    if let Some(publisher) = &saying.publisher {
        from.name(publisher);
    }
    if let Some(run) = &run {
        from.add(&assertion, other::WAS_GENERATED_BY.into_owned(), node(&run.iri));
    }
    from.tell(&saying.statement, is_how);
    for claim in &saying.claims {
        from.tell(&claim.resource, is_how);
        if let Some(quantity) = &claim.quantity {
            from.tell(quantity, is_how);
        }
    }

    let mut about = Part::new(&information, out);
    about.add(&publication, other::LABEL.into_owned(), Literal::new_simple_literal(saying.summary()));
    if let Some(run) = &run {
        about.add(&publication, other::WAS_GENERATED_BY.into_owned(), node(&run.iri));
        about.tell(run, |_| true);
        for program in run.links(other::WAS_ASSOCIATED_WITH) {
            about.add(&publication, node("http://www.w3.org/ns/prov#wasAttributedTo"), node(program));
            about.tell(&Resource::read(store, program)?, |_| true);
        }
    }
    Ok(())
}

/// The run that read a document.
fn run_of(store: &Store, document: &str) -> Result<Option<Resource>, Error> {
    for graph in subjects_of(store, other::WAS_DERIVED_FROM, document)? {
        if let Some(run) = Resource::read(store, &graph)?.link(other::WAS_GENERATED_BY) {
            let run = Resource::read(store, run)?;
            if run.is(class::RUN) {
                return Ok(Some(run));
            }
        }
    }
    Ok(None)
}
