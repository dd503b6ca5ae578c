//! A node of the store with what is said of it, read by lookups.

use std::collections::BTreeMap;

use crate::graph::store::Loaded as Store;
use oxigraph::model::{Literal, NamedNode, NamedNodeRef, Term, TermRef};

use crate::graph::vocab::{MADE, assumed, class, other, property, value};
use crate::graph::write::detail::IN_CLAUSE;
use crate::graph::{Error, places};

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
    /// Reads what the store says of an IRI, and what the usual level of detail leaves to be told by other quads.
    pub fn read(store: &Store, iri: &str) -> Result<Resource, Error> {
        let mut read = Resource::said(store, iri)?;
        if read.is(class::STATEMENT) {
            read.fill_statement(store)?;
        } else if read.is(class::EVENT) {
            read.fill_event(store)?;
        } else if read.is(class::QUANTITY) {
            read.fill_quantity();
        } else if !read.all(other::ANCHOR_OF).is_empty() && read.all(other::REFERENCE_CONTEXT).is_empty() {
            // The IRI of a sentence tells its article.
            let document = places::document(iri).map(|document| NamedNode::new_unchecked(document).into());
            read.add(other::REFERENCE_CONTEXT, document);
        }
        read.tidy();
        Ok(read)
    }

    /// What the store says of an IRI, and nothing else.
    fn said(store: &Store, iri: &str) -> Result<Resource, Error> {
        let mut facts: BTreeMap<String, Vec<Term>> = BTreeMap::new();
        store.said_of(iri, |property, object| facts.entry(property.into_string()).or_default().push(object))?;
        Ok(Resource { iri: iri.to_owned(), facts })
    }

    fn add(&mut self, property: NamedNodeRef<'_>, objects: impl IntoIterator<Item = Term>) {
        let mut objects = objects.into_iter().peekable();
        if objects.peek().is_some() {
            self.facts.entry(property.as_str().to_owned()).or_default().extend(objects);
        }
    }

    /// Takes out the text of a property.
    fn take(&mut self, property: NamedNodeRef<'_>) -> Option<String> {
        match self.facts.remove(property.as_str())?.into_iter().next()? {
            Term::Literal(literal) => Some(literal.destruct().0),
            _ => None,
        }
    }

    fn fill_statement(&mut self, store: &Store) -> Result<(), Error> {
        let article = self.link(property::REPORTED_IN).map(str::to_owned);
        // It was said when it was printed, or before.
        if let Some(article) = article.as_deref().filter(|_| self.all(property::SAID_LATEST).is_empty()) {
            let mut days = Vec::new();
            let subject = NamedNodeRef::new_unchecked(article);
            for quad in store.quads_for_pattern(Some(subject.into()), Some(property::PUBLISHED), None, None) {
                days.push(quad?.object);
            }
            self.add(property::SAID_LATEST, days);
        }
        let mode = self.link(property::MODE).map(|mode| mode == value::NARRATOR.as_str());
        let is_made_as_most = self.all(property::MADE_BY).is_empty();
        if let Some(is_narrator) = mode.filter(|_| is_made_as_most) {
            let rule = if is_narrator { MADE.1 } else { MADE.0 };
            self.add(property::MADE_BY, [Literal::new_simple_literal(rule).into()]);
        }
        let told = self.take(property::CHARACTERS);
        let is_sentence = told.is_none() && is_made_as_most && mode == Some(true);
        if let Some((told, article)) = told.as_deref().zip(article.as_deref()) {
            let iri = |place: &str| NamedNode::new_unchecked(format!("{article}{}{place}", places::MARK)).into();
            for (property, places) in places::STANDS.into_iter().zip(places::read(told)) {
                self.add(property, places.into_iter().map(iri));
            }
        }
        if (told.is_some() || is_sentence) && self.all(property::CONTENT_AT).is_empty() {
            let sentences = self.all(property::SENTENCE).to_vec();
            self.add(property::CONTENT_AT, sentences);
        }
        Ok(())
    }

    /// The sentence of an event is one of a statement that tells of it, and its trigger stands there.
    fn fill_event(&mut self, store: &Store) -> Result<(), Error> {
        let Some(place) = self.link(property::EVIDENCE).map(str::to_owned) else { return Ok(()) };
        if self.all(property::SENTENCE).is_empty() {
            for claim in subjects(store, property::ABOUT, &self.iri, usize::MAX)?.0 {
                for statement in subjects(store, property::CONTENT, &claim, usize::MAX)?.0 {
                    let said = Resource::said(store, &statement)?;
                    let holds = |sentence: &&str| places::is_within(&place, sentence);
                    let own: Vec<Term> = said
                        .links(property::SENTENCE)
                        .filter(holds)
                        .map(|sentence| NamedNode::new_unchecked(sentence).into())
                        .collect();
                    self.add(property::SENTENCE, own);
                }
            }
            self.tidy();
        }
        if self.all(property::TRIGGER).is_empty()
            && let Some(sentence) = self.link(property::SENTENCE)
        {
            let text = Resource::said(store, sentence)?.words(other::ANCHOR_OF);
            let words = places::words_at(&place, sentence, &text).filter(|words| !words.is_empty());
            self.add(property::TRIGGER, words.map(|words| Literal::new_simple_literal(words).into()));
        }
        Ok(())
    }

    fn fill_quantity(&mut self) {
        let Some(told) = self.take(property::IN_CLAUSE) else { return };
        for (property, words) in IN_CLAUSE.into_iter().zip(told.split('|')) {
            let words = Some(words).filter(|words| !words.is_empty());
            self.add(property, words.map(|words| Literal::new_simple_literal(words).into()));
        }
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
