//! A node of the store with what is said of it, read by lookups.

use std::collections::BTreeMap;

use crate::graph::store::Loaded as Store;
use oxigraph::model::{NamedNode, NamedNodeRef, Term, TermRef};

use crate::graph::Error;
use crate::graph::vocab::{assumed, class, other, property, value};

use super::Kind;

/// The classes with their kinds, the most telling first.
pub const CLASSES: [(NamedNodeRef<'static>, Kind); 15] = [
    (class::PERSON, Kind::Person),
    (class::ORGANIZATION, Kind::Organization),
    (class::UNNAMED_SOURCE, Kind::Unnamed),
    (class::GROUP, Kind::Group),
    (class::PLACE, Kind::Place),
    (class::STATEMENT, Kind::Statement),
    (class::CLAIM, Kind::Claim),
    (class::QUANTITY, Kind::Quantity),
    (class::EVENT, Kind::Event),
    (class::QUESTION, Kind::Question),
    (class::DOCUMENT, Kind::Document),
    (class::TIME, Kind::Time),
    (class::AGENT, Kind::Thing),
    (class::ENTITY, Kind::Thing),
    (class::PROPOSITION, Kind::Claim),
];

/// The properties that may hold a name for a person, the best first.
pub const LABELS: [NamedNodeRef<'static>; 5] =
    [other::LABEL, property::TITLE, property::WORDS, property::SURFACE, property::IDENTIFIER];

/// The predicates and objects of one subject, over all graphs, sorted.
#[derive(Clone, Debug, PartialEq)]
pub struct Resource {
    /// The subject.
    pub iri: String,
    /// Objects by predicate.
    pub facts: BTreeMap<String, Vec<Term>>,
}

impl Resource {
    /// Reads what the store says of an IRI.
    pub fn read(store: &Store, iri: &str) -> Result<Resource, Error> {
        let mut facts: BTreeMap<String, Vec<Term>> = BTreeMap::new();
        store.said_of(iri, |property, object| facts.entry(property.into_string()).or_default().push(object))?;
        let mut read = Resource { iri: iri.to_owned(), facts };
        read.tidy();
        Ok(read)
    }

    /// Puts the objects of each property in order, each once.
    pub fn tidy(&mut self) {
        for objects in self.facts.values_mut().filter(|objects| objects.len() > 1) {
            objects.sort_by_cached_key(Term::to_string);
            objects.dedup();
        }
    }

    /// True when the store says nothing of it.
    pub fn is_empty(&self) -> bool {
        self.facts.is_empty()
    }

    /// The objects of a property.
    pub fn all(&self, property: NamedNodeRef<'_>) -> &[Term] {
        self.facts.get(property.as_str()).map_or(&[], Vec::as_slice)
    }

    /// The literals of a property.
    pub fn texts(&self, property: NamedNodeRef<'_>) -> impl Iterator<Item = &str> {
        self.all(property).iter().filter_map(|term| match term {
            Term::Literal(literal) => Some(literal.value()),
            _ => None,
        })
    }

    /// The first literal of a property.
    pub fn text(&self, property: NamedNodeRef<'_>) -> Option<&str> {
        self.texts(property).next()
    }

    /// The first literal of a property, or nothing.
    pub fn words(&self, property: NamedNodeRef<'_>) -> String {
        self.text(property).unwrap_or_default().to_owned()
    }

    /// The IRIs of a property.
    pub fn links(&self, property: NamedNodeRef<'_>) -> impl Iterator<Item = &str> {
        self.all(property).iter().filter_map(|term| match term {
            Term::NamedNode(node) => Some(node.as_str()),
            _ => None,
        })
    }

    /// The first IRI of a property.
    pub fn link(&self, property: NamedNodeRef<'_>) -> Option<&str> {
        self.links(property).next()
    }

    /// The local name of the first IRI of a property: `denied` of `sayso:denied`; where there is none, of what is assumed.
    pub fn value(&self, property: NamedNodeRef<'_>) -> &str {
        let iri = self.link(property).or_else(|| self.assumed(property)).unwrap_or_default();
        iri.rsplit(['#', '/']).next().unwrap_or(iri)
    }

    /// What goes without saying. An article in its own voice commits itself to nothing but a polarity, nor does a statement
    /// of which nobody tells whose voice it is.
    fn assumed(&self, property: NamedNodeRef<'_>) -> Option<&'static str> {
        let value = self.links(other::TYPE).find_map(|class| assumed(class, property))?;
        let is_told = !self.is(class::STATEMENT)
            || match self.link(property::MODE) {
                None => false,
                Some(mode) => property == property::POLARITY || mode != value::NARRATOR.as_str(),
            };
        is_told.then_some(value.as_str())
    }

    /// Whether it has a type.
    pub fn is(&self, class: NamedNodeRef<'_>) -> bool {
        self.links(other::TYPE).any(|t| t == class.as_str())
    }

    /// What it is; the most telling of its types.
    pub fn kind(&self) -> Kind {
        CLASSES.iter().find(|(class, _)| self.is(*class)).map_or(Kind::Other, |(_, kind)| *kind)
    }

    /// The local name of its most telling class: `Person`; nothing for what has no class.
    pub fn class(&self) -> Option<&str> {
        let types = || self.links(other::TYPE);
        let told = CLASSES.iter().find_map(|(class, _)| types().find(|t| *t == class.as_str()));
        told.or_else(|| types().next())?.rsplit(['#', '/']).next()
    }

    /// Its name for a person: label, title, words, or the end of its IRI.
    pub fn label(&self) -> String {
        let found = LABELS.iter().find_map(|&p| self.text(p).filter(|t| !t.trim().is_empty()));
        found.map_or_else(|| self.iri.rsplit('/').next().unwrap_or(&self.iri).to_owned(), str::to_owned)
    }
}

/// The subjects that have an object under a property, sorted. At most `limit`, and whether there were more.
pub(super) fn subjects(
    store: &Store,
    property: NamedNodeRef<'_>,
    object: &str,
    limit: usize,
) -> Result<(Vec<String>, bool), Error> {
    let object = TermRef::NamedNode(NamedNodeRef::new_unchecked(object));
    let mut found = Vec::new();
    let mut more = false;
    store.said_with(property, Some(object), |subject, _| found.push(subject.to_owned()))?;
    found.sort_unstable();
    found.dedup();
    if found.len() > limit {
        found.truncate(limit);
        more = true;
    }
    Ok((found, more))
}

/// Every subject of a class, sorted.
pub(super) fn instances(store: &Store, class: NamedNodeRef<'_>) -> Result<Vec<String>, Error> {
    Ok(subjects(store, other::TYPE, class.as_str(), usize::MAX)?.0)
}

/// An IRI if the text is one.
pub(super) fn as_iri(text: &str) -> Option<NamedNode> {
    let is_absolute = text.contains("://") || text.starts_with("urn:");
    is_absolute.then(|| NamedNode::new(text).ok()).flatten()
}
