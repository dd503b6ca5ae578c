//! NIF 2.0 (NLP Interchange Format): texts, and where names stand in them, as RDF. Written by [`super::write::nif`].
//!
//! Positions are code points of `nif:isString`, which stays to the letter. Identifiers that a document has already are not
//! looked at: they are what is asked for.

use oxigraph::io::{RdfFormat, RdfParser};
use oxigraph::model::{NamedNodeRef, NamedOrBlankNode, Term};
use rustc_hash::FxHashMap;

use super::vocab::{nif, other};
use super::{Error, ErrorKind, intake};
use crate::text::{Document, Source, Span};

/// Names of one text at most, and characters of one: more are none.
const NAMES: usize = 50_000;
const LONGEST_NAME: usize = 1_000;

/// A text, with the places of the names in it where they are given.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Context {
    /// Its IRI; `None` for a blank node.
    pub iri: Option<String>,
    /// `nif:isString`.
    pub text: String,
    /// The language that the text is said to be in.
    pub language: Option<String>,
    /// The names that are given, in text order; `None` where there are none.
    pub names: Option<Vec<Span>>,
}

impl Context {
    /// The document that it is; without an IRI it has no id yet.
    pub fn document(self) -> Document {
        let source = Source { id: self.iri.unwrap_or_default(), language: self.language, ..Source::default() };
        let mut doc = Document::new(source, self.text);
        doc.given_names = self.names;
        doc
    }
}

/// The syntax of a text of RDF, by its beginning, else by the ending of its name; Turtle, which N-Triples are too, is the usual one.
pub fn syntax(text: &str, ending: &str) -> RdfFormat {
    let start = text.trim_start_matches('\u{feff}').trim_start();
    let mut signs = start.chars().filter(|c| !c.is_whitespace());
    match (signs.next(), signs.next()) {
        (Some('{'), Some('"' | '}')) | (Some('['), Some('{' | ']')) => {
            RdfFormat::JsonLd { profile: Default::default() }
        }
        (Some('<'), Some('?' | '!')) => RdfFormat::RdfXml,
        (Some('<'), _)
            if start.split_whitespace().next().is_some_and(|tag| tag.trim_end_matches('>').ends_with("RDF")) =>
        {
            RdfFormat::RdfXml
        }
        _ => match RdfFormat::from_extension(ending) {
            Some(format @ (RdfFormat::NQuads | RdfFormat::TriG)) => format,
            _ => RdfFormat::Turtle,
        },
    }
}

/// The contexts of a document of RDF in the order in which they come; what is wrong with one is told in its place, and does not
/// keep others from being read.
///
/// # Errors
/// Text that is no RDF, or that is nested or grows beyond what is read; RDF without any context.
pub fn contexts(text: &[u8], format: RdfFormat) -> Result<Vec<Result<Context, String>>, Error> {
    let found = Found::read(text, format)?;
    let mut names: FxHashMap<usize, Vec<&Resource>> = FxHashMap::default();
    let mut contexts: Vec<Result<Context, String>> = Vec::new();
    let mut lost = Vec::new();
    for resource in found.resources.iter().filter(|r| r.is_name()) {
        let context = resource.context.as_ref().and_then(|node| found.places.get(node)).copied();
        match context.filter(|&at| found.resources[at].is_context()) {
            Some(at) => names.entry(at).or_default().push(resource),
            None => lost.push(Err(format!(
                "{}: its nif:referenceContext is no nif:Context with a nif:isString here",
                resource.node
            ))),
        }
    }
    // Two texts may not have one place for the same characters.
    let mut bases: FxHashMap<&str, &str> = FxHashMap::default();
    for (at, resource) in found.resources.iter().enumerate().filter(|(_, r)| r.is_context()) {
        let iri = match &resource.node {
            NamedOrBlankNode::NamedNode(node) => Some(node.as_str()),
            NamedOrBlankNode::BlankNode(_) => None,
        };
        let taken = iri.and_then(|iri| Some((bases.insert(base(iri)?, iri)?, iri)));
        contexts.push(match taken {
            Some((before, _)) => {
                Err(format!("{}: the characters of <{before}> would have the same IRIs", resource.node))
            }
            None => resource.text(iri.map(str::to_owned), names.remove(&at).unwrap_or_default()),
        });
    }
    if contexts.is_empty() && lost.is_empty() {
        let error = Error::new(ErrorKind::Rdf, "the RDF has no nif:Context with a nif:isString");
        return Err(error.with_hint(HINT));
    }
    contexts.extend(lost);
    Ok(contexts)
}

/// What NIF is in one sentence.
pub const HINT: &str = "NIF 2.0 gives a text as a nif:Context with one nif:isString; docs/links.md has an example";

/// What stands before the characters in the IRIs of stretches of a context: all up to the mark of a fragment, where the fragment says
/// that the context is the whole text, or where it has none.
pub fn base(iri: &str) -> Option<&str> {
    match iri.split_once('#') {
        None => Some(iri),
        Some((base, whole)) if whole.starts_with("char=0,") || whole.starts_with("offset_0_") => Some(base),
        Some(_) => None,
    }
}

/// The resources of a document, by what NIF says of them.
#[derive(Default)]
struct Found {
    resources: Vec<Resource>,
    places: FxHashMap<NamedOrBlankNode, usize>,
}

/// What is said of one resource.
struct Resource {
    node: NamedOrBlankNode,
    is_typed: bool,
    is_part: bool,
    is_word: bool,
    is_phrase: bool,
    is_annotated: bool,
    context: Option<NamedOrBlankNode>,
    text: Option<Term>,
    begin: Option<Term>,
    end: Option<Term>,
    words: Option<Term>,
    /// Something that it may have once, and has twice.
    twice: Option<&'static str>,
}

impl Found {
    fn read(text: &[u8], format: RdfFormat) -> Result<Found, Error> {
        intake::rdf(text, format)?;
        let broken = |e: &dyn std::fmt::Display| {
            Error::new(ErrorKind::Rdf, format!("this is not valid RDF: {e}")).with_hint(HINT)
        };
        // Relative IRIs stand for themselves, under a name that nobody has.
        let parser = RdfParser::from_format(format).with_base_iri("urn:sayso:nif:").map_err(|e| broken(&e))?;
        let mut found = Found::default();
        for quad in parser.for_slice(text) {
            let quad = quad.map_err(|e| broken(&e))?;
            found.take(&quad.subject, quad.predicate.as_ref(), quad.object);
        }
        Ok(found)
    }

    fn take(&mut self, subject: &NamedOrBlankNode, predicate: NamedNodeRef<'_>, object: Term) {
        let told = [
            other::TYPE,
            nif::IS_STRING,
            other::REFERENCE_CONTEXT,
            other::BEGIN_INDEX,
            other::END_INDEX,
            other::ANCHOR_OF,
        ];
        if !told.contains(&predicate) && ![nif::IDENTITY, nif::KIND].contains(&predicate) {
            return;
        }
        let at = match self.places.get(subject) {
            Some(&at) => at,
            None => {
                self.places.insert(subject.clone(), self.resources.len());
                self.resources.push(Resource::new(subject.clone()));
                self.resources.len() - 1
            }
        };
        let own = &mut self.resources[at];
        let class = |class: NamedNodeRef<'_>| matches!(&object, Term::NamedNode(node) if node.as_ref() == class);
        let (slot, name) = match predicate {
            p if p == other::TYPE => {
                own.is_typed |= class(nif::CONTEXT);
                own.is_phrase |= class(nif::PHRASE);
                own.is_word |= class(nif::WORD);
                own.is_part |= nif::PARTS.iter().any(|part| class(*part));
                return;
            }
            p if p == other::REFERENCE_CONTEXT => {
                match NamedOrBlankNode::try_from(object) {
                    Ok(node) if own.context.as_ref().is_none_or(|before| *before == node) => own.context = Some(node),
                    _ => own.twice = Some("nif:referenceContext"),
                }
                return;
            }
            p if p == nif::IS_STRING => (&mut own.text, "nif:isString"),
            p if p == other::BEGIN_INDEX => (&mut own.begin, "nif:beginIndex"),
            p if p == other::END_INDEX => (&mut own.end, "nif:endIndex"),
            p if p == other::ANCHOR_OF => (&mut own.words, "nif:anchorOf"),
            _ => {
                own.is_annotated = true;
                return;
            }
        };
        if slot.as_ref().is_some_and(|before| *before != object) {
            own.twice = Some(name);
        }
        *slot = Some(object);
    }
}

impl Resource {
    fn new(node: NamedOrBlankNode) -> Resource {
        Resource {
            node,
            is_typed: false,
            is_part: false,
            is_word: false,
            is_phrase: false,
            is_annotated: false,
            context: None,
            text: None,
            begin: None,
            end: None,
            words: None,
            twice: None,
        }
    }

    fn is_context(&self) -> bool {
        self.is_typed || self.text.is_some()
    }

    /// A stretch of another resource's text that is no sentence, and no word of many: a word is a name where it is said to be a phrase too, or
    /// where something is said to be named by it.
    fn is_name(&self) -> bool {
        let is_stretch = !self.is_context() && (self.context.is_some() || self.twice == Some("nif:referenceContext"));
        is_stretch && (self.is_phrase || self.is_annotated || !self.is_part && !self.is_word)
    }

    /// The text with its names.
    fn text(&self, iri: Option<String>, names: Vec<&Resource>) -> Result<Context, String> {
        let node = &self.node;
        if let Some(name) = self.twice {
            return Err(format!("{node}: more than one {name}"));
        }
        let (text, language) = match &self.text {
            Some(Term::Literal(text)) => (text.value(), text.language().map(str::to_owned)),
            Some(_) => return Err(format!("{node}: its nif:isString is no literal")),
            None => return Err(format!("{node}: a nif:Context without nif:isString")),
        };
        if text.trim().is_empty() {
            return Err(format!("{node}: its nif:isString is empty"));
        }
        if names.len() > NAMES {
            return Err(format!("{node}: {} names are given, and at most {NAMES} of one text are read", names.len()));
        }
        let places: Result<Vec<(usize, usize, &Resource)>, String> =
            names.into_iter().map(|name| name.characters().map(|(begin, end)| (begin, end, name))).collect();
        let places = places?;
        let mut ends: Vec<usize> = places.iter().flat_map(|&(begin, end, _)| [begin, end]).collect();
        ends.sort_unstable();
        ends.dedup();
        // The byte of each of these characters, and of the end of the text.
        let mut bytes = Vec::with_capacity(ends.len());
        let mut length = 0;
        for (at, (byte, _)) in text.char_indices().enumerate() {
            if ends.get(bytes.len()) == Some(&at) {
                bytes.push(byte);
            }
            length = at + 1;
        }
        if ends.get(bytes.len()) == Some(&length) {
            bytes.push(text.len());
        }
        let byte = |character: usize| ends.binary_search(&character).ok().and_then(|at| bytes.get(at)).copied();
        let mut spans = Vec::with_capacity(places.len());
        for (begin, end, name) in places {
            let (Some(from), Some(to)) = (byte(begin), byte(end)) else {
                return Err(format!("{}: characters {begin} to {end} of a text of {length}", name.node));
            };
            let here = &text[from..to];
            match &name.words {
                Some(Term::Literal(words)) if words.value() != here => {
                    return Err(format!(
                        "{}: its nif:anchorOf is {:?}, and characters {begin} to {end} of the text are {:?} (positions count code points)",
                        name.node,
                        shown(words.value()),
                        shown(here)
                    ));
                }
                Some(Term::Literal(_)) | None => spans.push(Span::new(from, to)),
                Some(_) => return Err(format!("{}: its nif:anchorOf is no literal", name.node)),
            }
        }
        spans.sort_unstable();
        spans.dedup();
        Ok(Context { iri, text: text.to_owned(), language, names: Some(spans).filter(|names| !names.is_empty()) })
    }

    /// The characters that a name stands at: as its properties say, else its IRI.
    fn characters(&self) -> Result<(usize, usize), String> {
        let node = &self.node;
        if let Some(name) = self.twice {
            return Err(format!("{node}: more than one {name}"));
        }
        let fragment = match node {
            NamedOrBlankNode::NamedNode(node) => {
                node.as_str().split_once("#char=").map_or("", |(_, fragment)| fragment)
            }
            NamedOrBlankNode::BlankNode(_) => "",
        };
        let told = fragment.split_once(',').unwrap_or_default();
        let number =
            |given: &Option<Term>, told: &str, name: &str| {
                let written = match given {
                    Some(Term::Literal(literal)) => literal.value().trim(),
                    Some(_) => "no literal",
                    None if told.is_empty() => return Err(format!("{node}: a stretch of text without {name}")),
                    None => told,
                };
                written.strip_prefix('+').unwrap_or(written).parse::<usize>().map_err(|_| {
                    format!("{node}: its {name} is {:?}, which is no number of characters", shown(written))
                })
            };
        let (begin, end) = (number(&self.begin, told.0, "nif:beginIndex")?, number(&self.end, told.1, "nif:endIndex")?);
        match end.checked_sub(begin) {
            Some(1..=LONGEST_NAME) => Ok((begin, end)),
            Some(1..) => {
                Err(format!("{node}: a name of {} characters, and at most {LONGEST_NAME} are read", end - begin))
            }
            _ => Err(format!("{node}: characters {begin} to {end} are no stretch of text")),
        }
    }
}

/// The beginning of words that may be long.
fn shown(words: &str) -> String {
    words.chars().take(60).collect()
}
