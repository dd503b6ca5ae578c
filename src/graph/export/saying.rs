//! A statement with all that the profiles tell of it: speaker, article, claims, numbers, sentences.

use crate::graph::store::Loaded as Store;

use crate::graph::view::{self, Node, Resource};
use crate::graph::vocab::{class, other, property};
use crate::graph::{Error, places};

/// A statement, read whole.
pub(super) struct Saying {
    pub statement: Resource,
    /// The statement as pictures show it: cue, days, words, numbers.
    pub node: Node,
    pub speaker: Option<Resource>,
    /// Those who say it together with the first.
    pub others: Vec<Resource>,
    pub document: Option<Resource>,
    pub publisher: Option<Resource>,
    pub claims: Vec<Claim>,
    pub sentences: Vec<Sentence>,
}

/// A claim and its number.
pub(super) struct Claim {
    pub resource: Resource,
    pub quantity: Option<Resource>,
}

/// A sentence of a document: its words and where they stand, in code points.
pub(super) struct Sentence {
    pub iri: String,
    pub begin: usize,
    pub end: usize,
    pub words: String,
}

impl Saying {
    /// Reads a statement; nothing where the IRI is none of a statement.
    pub fn read(store: &Store, iri: &str) -> Result<Option<Saying>, Error> {
        let statement = Resource::read(store, iri)?;
        if !statement.is(class::STATEMENT) {
            return Ok(None);
        }
        let Some(node) = view::node(store, iri)? else { return Ok(None) };
        let read = |iri: Option<&str>| iri.map(|iri| Resource::read(store, iri)).transpose();
        let speaker = read(statement.link(property::SPEAKER))?;
        let others = statement.links(property::SPEAKER).skip(1);
        let others = others.map(|iri| Resource::read(store, iri)).collect::<Result<Vec<_>, _>>()?;
        let document = read(statement.link(property::REPORTED_IN))?;
        let publisher = read(document.as_ref().and_then(|d| d.link(property::PUBLISHER)))?;
        let mut claims = Vec::new();
        for content in statement.links(property::CONTENT) {
            let resource = Resource::read(store, content)?;
            if resource.is(class::CLAIM) {
                let quantity = read(resource.link(property::QUANTITY))?;
                claims.push(Claim { resource, quantity });
            }
        }
        let mut sentences = Vec::new();
        for iri in statement.links(property::SENTENCE) {
            sentences.extend(Sentence::of(&Resource::read(store, iri)?));
        }
        sentences.sort_by_key(|s| (s.begin, s.end));
        Ok(Some(Saying { statement, node, speaker, others, document, publisher, claims, sentences }))
    }

    /// Who said it: the speaker's name, else his description in the article, else "somebody".
    pub fn who(&self) -> String {
        let source = self.statement.words(property::SOURCE);
        match &self.speaker {
            Some(speaker) => {
                let others = self.others.iter().map(Resource::label);
                std::iter::once(speaker.label()).chain(others).collect::<Vec<_>>().join(" and ")
            }
            None if !source.is_empty() => source,
            None => "somebody".to_owned(),
        }
    }

    /// "Sergei Shoigu (told, 20 Nov 2015)": who, in which words of saying, and when.
    pub fn head(&self) -> String {
        let cue = match self.statement.value(property::MODE) {
            "narrator" => "in its own voice".to_owned(),
            _ => self.statement.words(property::CUE),
        };
        let when = view::days(self.node.earliest.as_deref(), self.node.latest.as_deref());
        let how: Vec<String> = [cue, when].into_iter().filter(|part| !part.is_empty()).collect();
        if how.is_empty() { self.who() } else { format!("{} ({})", self.who(), how.join(", ")) }
    }

    /// "Sergei Shoigu (told, 20 Nov 2015): its planes destroyed 525 trucks".
    pub fn summary(&self) -> String {
        format!("{}: {}", self.head(), self.statement.words(property::WORDS))
    }

    /// The speaker rejects, or will not vouch for, what the words say.
    pub fn is_withheld(&self) -> bool {
        self.statement.value(property::POLARITY) == "negative"
            || matches!(self.statement.value(property::COMMITMENT), "denied" | "declined" | "notConfirmed" | "asked")
    }

    /// The IRI of something made of this statement: `…/statement/1f3` gives `…/nanopub/1f3`.
    pub fn sibling(&self, kind: &str) -> String {
        match self.statement.iri.rsplit_once("/statement/") {
            Some((base, id)) => format!("{base}/{kind}/{id}"),
            None => format!("{}/{kind}", self.statement.iri),
        }
    }
}

impl Sentence {
    fn of(resource: &Resource) -> Option<Sentence> {
        let (begin, end) = characters(&resource.iri)?;
        Some(Sentence { iri: resource.iri.clone(), begin, end, words: resource.text(other::ANCHOR_OF)?.to_owned() })
    }
}

/// The characters that an IRI tells: `DOC#char=12,20`.
pub(super) fn characters(iri: &str) -> Option<(usize, usize)> {
    places::characters(iri)
}
