//! What a view is about: from a name, an id or a date to nodes of the store.

use std::collections::{BTreeMap, BTreeSet};

use crate::graph::store::Loaded as Store;
use oxigraph::model::{NamedOrBlankNode, Term};
use unicode_normalization::{UnicodeNormalization, char::is_combining_mark};

use super::resource::{Resource, as_iri, instances, subjects};
use super::{Kind, collapse, days};
use crate::graph::vocab::{class, other, property};
use crate::graph::{Error, ErrorKind};

/// What a view is about.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Focus {
    /// A person, organization or place: its name, a part of it, or its IRI.
    About(String),
    /// An event: words of its label, or its IRI.
    Event(String),
    /// A question that several claims answer: words of it, its id or IRI; empty for the most disputed one.
    Question(String),
    /// A document: its id, words of its title, or its IRI.
    Document(String),
    /// What was said between two days (`YYYY-MM-DD`), both included.
    Window { from: Option<String>, to: Option<String> },
    /// Statements that were chosen before, with the words for the choice.
    Statements { title: String, statements: Vec<String> },
    /// The whole store.
    Everything,
}

/// The nodes that a focus names.
pub(super) struct Found {
    pub title: String,
    pub notes: Vec<String>,
    pub iris: Vec<String>,
    /// Steps from these nodes are not limited: the focus is a set of statements already.
    pub is_set: bool,
}

/// More nodes than this are not taken as one focus.
const MANY: usize = 40;

pub(super) fn resolve(store: &Store, focus: &Focus) -> Result<Found, Error> {
    match focus {
        Focus::About(text) => about(store, text),
        Focus::Event(text) => event(store, text),
        Focus::Question(text) => question(store, text),
        Focus::Document(text) => document(store, text),
        Focus::Window { from, to } => window(store, from.as_deref(), to.as_deref()),
        Focus::Statements { title, statements } => {
            let mut iris = statements.clone();
            iris.sort_unstable();
            Ok(Found { title: title.clone(), notes: Vec::new(), iris, is_set: true })
        }
        Focus::Everything => {
            let iris = instances(store, class::STATEMENT)?;
            let documents = instances(store, class::DOCUMENT)?.len();
            let title = match documents {
                1 => "Who said what in one article".to_owned(),
                n => format!("Who said what in {n} articles"),
            };
            Ok(Found { title, notes: Vec::new(), iris, is_set: true })
        }
    }
}

/// The nodes that a focus names.
pub fn found(store: &Store, focus: &Focus) -> Result<Vec<String>, Error> {
    Ok(resolve(store, focus)?.iris)
}

/// The statements that an event, a question or another focus stands for, with the words for it.
pub fn statements_of(store: &Store, focus: &Focus) -> Result<(String, BTreeSet<String>), Error> {
    let found = resolve(store, focus)?;
    let mut statements = BTreeSet::new();
    for iri in &found.iris {
        for property in [property::ABOUT, property::ANSWERS] {
            for claim in subjects(store, property, iri, usize::MAX)?.0 {
                statements.extend(subjects(store, property::CONTENT, &claim, usize::MAX)?.0);
            }
        }
    }
    Ok((found.title, statements))
}

fn about(store: &Store, text: &str) -> Result<Found, Error> {
    let found = find_entities(store, text)?;
    if found.is_empty() {
        let hint = match nearest(store, text)? {
            names if names.is_empty() => "the store names nobody; build it with `sayso build PATH…`".to_owned(),
            names => format!("the store knows {}", names.join(", ")),
        };
        return Err(Error::new(ErrorKind::Unknown, format!("nothing in the store is called {text}")).with_hint(hint));
    }
    let labels: BTreeSet<&str> = found.iter().map(|(_, label, _)| label.as_str()).collect();
    let title = match found.first() {
        Some((_, label, _)) if labels.len() == 1 => label.clone(),
        _ => text.to_owned(),
    };
    let mut notes = Vec::new();
    if labels.len() > 1 {
        let shown: Vec<&str> = labels.iter().copied().take(8).collect();
        let rest = labels.len() - shown.len();
        let rest = if rest > 0 { format!(" and {rest} more") } else { String::new() };
        notes.push(format!("shown for “{text}”: {}{rest}", shown.join(", ")));
    }
    Ok(Found { title, notes, iris: found.into_iter().map(|(iri, _, _)| iri).take(MANY).collect(), is_set: false })
}

/// The entities that a text names, best first: by IRI, by whole name, by words of the name, by a part of it.
pub fn find_entities(store: &Store, text: &str) -> Result<Vec<(String, String, Kind)>, Error> {
    entities(store, text, true, usize::MAX)
}

/// How many things [`find_entities_by_words`] looks at: of those that have a common word ("people") there are very many.
pub const LOOKED_AT: usize = 400;

/// The same by words alone where there is an index of words, and of no more than [`LOOKED_AT`]: however large the store is,
/// nothing is read through.
pub fn find_entities_by_words(store: &Store, text: &str) -> Result<Vec<(String, String, Kind)>, Error> {
    entities(store, text, !matches!(store, Store::Mapped(_)), LOOKED_AT)
}

fn entities(store: &Store, text: &str, anywhere: bool, at_most: usize) -> Result<Vec<(String, String, Kind)>, Error> {
    if let Some(iri) = as_iri(text) {
        let resource = Resource::read(store, iri.as_str())?;
        let linked = subjects(store, other::EXACT_MATCH, iri.as_str(), MANY)?.0;
        if resource.kind().is_entity() {
            return Ok(vec![(resource.iri.clone(), resource.label(), resource.kind())]);
        }
        let read = |iri: String| {
            let resource = Resource::read(store, &iri)?;
            Ok((iri, resource.label(), resource.kind()))
        };
        return linked.into_iter().map(read).collect();
    }
    let wanted = fold(text);
    let words: Vec<&str> = wanted.split_whitespace().collect();
    if words.is_empty() {
        return Ok(Vec::new());
    }
    let mut tiers: [BTreeSet<String>; 3] = Default::default();
    for (iri, label) in labels(store, text, anywhere, at_most)? {
        let label = fold(&label);
        let own: Vec<&str> = label.split(|c: char| !c.is_alphanumeric()).collect();
        // A single word is as often a part of a name as the whole: "Varga" is also Ilse Varga.
        let tier = if label == wanted && words.len() > 1 {
            0
        } else if words.iter().all(|w| own.contains(w)) {
            1
        } else if label.contains(&wanted) {
            2
        } else {
            continue;
        };
        tiers[tier].insert(iri);
    }
    for tier in tiers {
        let mut found = Vec::new();
        for iri in tier.into_iter().take(at_most) {
            let resource = Resource::read(store, &iri)?;
            if resource.kind().is_entity() {
                found.push((iri, resource.label(), resource.kind()));
            }
        }
        if !found.is_empty() {
            return Ok(found);
        }
    }
    Ok(Vec::new())
}

/// The labels that have the words of a text, with their subjects; every label where the index of words knows none.
fn labels(store: &Store, text: &str, anywhere: bool, at_most: usize) -> Result<Vec<(String, String)>, Error> {
    let mut found = worded(store, text, &[other::LABEL, other::ALT_LABEL], at_most.saturating_mul(5))?;
    if found.is_empty() && anywhere {
        for property in [other::LABEL, other::ALT_LABEL] {
            for quad in store.quads_for_pattern(None, Some(property), None, None) {
                found.extend(named(quad?));
            }
        }
    }
    found.sort();
    found.dedup();
    Ok(found)
}

/// Things and their texts by one of the properties, where the text has words that begin as those wanted do, of the shortest
/// texts `at_most`; none where there is no index of words.
fn worded(
    store: &Store,
    text: &str,
    properties: &[oxigraph::model::NamedNodeRef<'static>],
    at_most: usize,
) -> Result<Vec<(String, String)>, Error> {
    let mut found = Vec::new();
    let mut texts = store.texts_with(text)?.unwrap_or_default();
    if texts.len() > at_most {
        // Names are shorter than sentences.
        texts.sort_by(|a, b| (a.value().len(), a.value()).cmp(&(b.value().len(), b.value())));
        texts.truncate(at_most);
    }
    for text in texts {
        for property in properties {
            for quad in store.quads_for_pattern(None, Some(*property), Some(text.as_ref().into()), None) {
                found.extend(named(quad?));
            }
        }
    }
    found.sort();
    found.dedup();
    Ok(found)
}

/// Subject and text of a quad.
fn named(quad: oxigraph::model::Quad) -> Option<(String, String)> {
    match (quad.subject, quad.object) {
        (NamedOrBlankNode::NamedNode(node), Term::Literal(label)) => {
            Some((node.into_string(), label.value().to_owned()))
        }
        _ => None,
    }
}

/// Names of people and organizations that look most like a text: sharing its first letters, else the most named.
fn nearest(store: &Store, text: &str) -> Result<Vec<String>, Error> {
    let mut speakers: BTreeMap<String, usize> = BTreeMap::new();
    for quad in store.quads_for_pattern(None, Some(property::SPEAKER), None, None) {
        if let Term::NamedNode(node) = quad?.object {
            *speakers.entry(node.into_string()).or_default() += 1;
        }
    }
    let start: String = fold(text).chars().take(3).collect();
    let mut ranked: Vec<(bool, std::cmp::Reverse<usize>, String)> = Vec::new();
    for (iri, count) in speakers {
        let label = Resource::read(store, &iri)?.label();
        let alike = fold(&label).split_whitespace().any(|w| w.starts_with(&start));
        ranked.push((!alike, std::cmp::Reverse(count), label));
    }
    ranked.sort();
    ranked.dedup_by(|a, b| a.2 == b.2);
    Ok(ranked.into_iter().take(5).map(|(_, _, label)| label).collect())
}

fn event(store: &Store, text: &str) -> Result<Found, Error> {
    let found = of_class(store, class::EVENT, text)?;
    let missing = || Error::new(ErrorKind::Unknown, format!("no event of the store is worded {text}"));
    let (first, label) = found.first().cloned().ok_or_else(|| missing().with_hint("use fewer words, or --about"))?;
    let mut notes = Vec::new();
    if found.len() > 1 {
        notes.push(format!("{} events hold “{text}”", found.len()));
    }
    let resource = Resource::read(store, &first)?;
    let when = days(resource.text(property::EARLIEST), resource.text(property::LATEST));
    let title = match found.len() {
        1 if !when.is_empty() => format!("{label}, {when}"),
        1 => label,
        _ => text.to_owned(),
    };
    Ok(Found { title, notes, iris: found.into_iter().map(|(iri, _)| iri).take(MANY).collect(), is_set: false })
}

fn document(store: &Store, text: &str) -> Result<Found, Error> {
    let mut found = Vec::new();
    let exact = oxigraph::model::Literal::new_simple_literal(text);
    let exact = store.quads_for_pattern(None, Some(property::IDENTIFIER), Some(exact.as_ref().into()), None);
    let mut iris: Vec<String> = exact
        .map(|quad| quad.map(named))
        .collect::<Result<Vec<_>, _>>()?
        .into_iter()
        .flatten()
        .map(|(iri, _)| iri)
        .collect();
    if iris.is_empty() {
        let near = worded(store, text, &[property::IDENTIFIER, property::TITLE], usize::MAX)?;
        iris = near.into_iter().map(|(iri, _)| iri).collect();
        iris.dedup();
    }
    if iris.is_empty() {
        iris = instances(store, class::DOCUMENT)?;
    }
    for iri in iris {
        let resource = Resource::read(store, &iri)?;
        if iri == text || resource.text(property::IDENTIFIER) == Some(text) {
            found = vec![(iri, resource.label())];
            break;
        }
        if holds(&format!("{} {}", resource.words(property::IDENTIFIER), resource.label()), text) {
            found.push((iri, resource.label()));
        }
    }
    match found.as_slice() {
        [] => Err(Error::new(ErrorKind::Unknown, format!("no document of the store is called {text}"))
            .with_hint("give its id, or words of its title")),
        [(iri, label)] => Ok(Found { title: label.clone(), notes: Vec::new(), iris: vec![iri.clone()], is_set: false }),
        several => Ok(Found {
            title: text.to_owned(),
            notes: vec![format!("{} articles hold “{text}”", several.len())],
            iris: several.iter().map(|(iri, _)| iri.clone()).take(MANY).collect(),
            is_set: false,
        }),
    }
}

fn question(store: &Store, text: &str) -> Result<Found, Error> {
    let mut ranked = Vec::new();
    for iri in instances(store, class::QUESTION)? {
        let Some(read) = collapse::read(store, &iri)? else { continue };
        let mut words = read.node.label.clone();
        for link in &read.links {
            words.push(' ');
            words.push_str(&Resource::read(store, &link.to)?.label());
        }
        let is_meant = text.is_empty() || iri == text || iri.ends_with(&format!("/{text}")) || holds(&words, text);
        if is_meant {
            let claims = subjects(store, property::ANSWERS, &iri, usize::MAX)?.0;
            let mut disputes = 0;
            for claim in &claims {
                disputes += Resource::read(store, claim)?.links(property::CONTRADICTS).count();
            }
            ranked.push((std::cmp::Reverse((disputes, claims.len())), iri, read.node.label));
        }
    }
    ranked.sort();
    let Some((_, iri, label)) = ranked.first().cloned() else {
        let error = Error::new(ErrorKind::Unknown, format!("no question of the store is about {text}"));
        return Err(error.with_hint("`sayso ask side-by-side` lists the questions that several claims answer"));
    };
    let mut notes = Vec::new();
    if ranked.len() > 1 {
        let meant = if text.is_empty() { String::new() } else { format!(" about “{text}”") };
        notes.push(format!("the most disputed of {} questions{meant}", ranked.len()));
    }
    Ok(Found { title: label, notes, iris: vec![iri], is_set: false })
}

fn window(store: &Store, from: Option<&str>, to: Option<&str>) -> Result<Found, Error> {
    let mut iris = Vec::new();
    for iri in instances(store, class::STATEMENT)? {
        let resource = Resource::read(store, &iri)?;
        let latest = resource.text(property::SAID_LATEST);
        let earliest = resource.text(property::SAID_EARLIEST).or(latest);
        // Days are written year first, so that their order is that of their letters.
        let after = from.is_none_or(|from| latest.is_some_and(|l| l >= from));
        let before = to.is_none_or(|to| earliest.is_some_and(|e| e <= to));
        if after && before {
            iris.push(iri);
        }
    }
    let span = days(from, to);
    if iris.is_empty() {
        return Err(Error::new(ErrorKind::Unknown, format!("nothing in the store was said {span}"))
            .with_hint("`sayso ask timeline` lists the days"));
    }
    Ok(Found { title: format!("What was said {span}"), notes: Vec::new(), iris, is_set: true })
}

/// The instances of a class whose label holds the words, with their labels; an IRI names one.
fn of_class(
    store: &Store,
    class: oxigraph::model::NamedNodeRef<'_>,
    text: &str,
) -> Result<Vec<(String, String)>, Error> {
    let mut found = Vec::new();
    let mut iris = Vec::new();
    for (iri, _) in worded(store, text, &[other::LABEL], usize::MAX)? {
        let node = oxigraph::model::NamedNode::new_unchecked(&iri);
        let mut kinds =
            store.quads_for_pattern(Some(node.as_ref().into()), Some(other::TYPE), Some(class.into()), None);
        if kinds.next().transpose()?.is_some() {
            iris.push(iri);
        }
    }
    if iris.is_empty() {
        iris = instances(store, class)?;
    }
    for iri in iris {
        let resource = Resource::read(store, &iri)?;
        let label = resource.label();
        if iri == text || iri.ends_with(&format!("/{text}")) {
            return Ok(vec![(iri, label)]);
        }
        if holds(&label, text) {
            found.push((iri, label));
        }
    }
    Ok(found)
}

/// Whether every word of `wanted` occurs in the text, whatever the case and accents.
fn holds(text: &str, wanted: &str) -> bool {
    let text = fold(text);
    let wanted = fold(wanted);
    !wanted.trim().is_empty() && wanted.split_whitespace().all(|w| text.contains(w))
}

/// Lower case, without accents, single spaces.
pub(crate) fn fold(text: &str) -> String {
    let plain: String = text.nfkd().filter(|c| !is_combining_mark(*c)).flat_map(char::to_lowercase).collect();
    plain.split_whitespace().collect::<Vec<_>>().join(" ")
}
