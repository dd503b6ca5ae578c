//! The links of a store, and the words that could have one.

use std::collections::{BTreeMap, BTreeSet};

use oxigraph::model::{GraphName, NamedNodeRef, NamedOrBlankNode, Term};
use rustc_hash::FxHashMap;
use unicode_normalization::UnicodeNormalization;

use super::Error;
use super::catalogue::near;
use super::store::Loaded as Store;
use super::view::{Resource, subjects_of};
use super::vocab::{class, other, property};

/// A link of a store.
#[derive(Clone, Debug, PartialEq)]
pub struct Linked {
    /// The name of the entity.
    pub words: String,
    /// The thing of another dataset: number of Wikidata or GeoNames, or IRI.
    pub target: String,
    /// Whether it is used.
    pub accepted: bool,
    /// Chance that it is right.
    pub confidence: f64,
    /// The id of the article.
    pub article: String,
    /// What decided.
    pub rule: String,
}

impl Linked {
    /// What orders links of equal doubt.
    pub fn key(&self) -> (&str, &str, &str) {
        (&self.words, &self.article, &self.target)
    }
}

/// A name in an article.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Named {
    /// The words.
    pub words: String,
    /// The id of the article.
    pub article: String,
}

/// Every link of the store, for each article in which it was weighed.
///
/// # Errors
/// When the store cannot be read.
pub fn read(store: &Store) -> Result<Vec<Linked>, Error> {
    let kind = Term::NamedNode(class::ENTITY_LINK.into_owned());
    // Who is linked in many articles has one label, and an article with many links one id: each is read once.
    let mut labels: FxHashMap<String, String> = FxHashMap::default();
    let mut articles: FxHashMap<String, String> = FxHashMap::default();
    let mut rows = Vec::new();
    for quad in store.quads_for_pattern(None, Some(other::TYPE), Some(kind.as_ref()), None) {
        let quad = quad?;
        let NamedOrBlankNode::NamedNode(link) = &quad.subject else { continue };
        let link = Resource::read(store, link.as_str())?;
        let (Some(entity), Some(target)) = (link.link(property::LINK_OF), link.link(property::LINK_TARGET)) else {
            continue;
        };
        if !labels.contains_key(entity) {
            labels.insert(entity.to_owned(), Resource::read(store, entity)?.label());
        }
        let row = Linked {
            words: labels[entity].clone(),
            target: short(target),
            accepted: link.words(property::ACCEPTED) == "true",
            confidence: link.words(property::CONFIDENCE).parse().unwrap_or(0.0),
            article: String::new(),
            rule: link.words(property::MADE_BY),
        };
        // In older stores each article has links of its own, in its graph.
        if link.all(property::WEIGHED_IN).is_empty() {
            rows.push(Linked { article: article(store, &quad.graph_name)?, ..row.clone() });
        }
        for document in link.links(property::WEIGHED_IN) {
            if !articles.contains_key(document) {
                articles.insert(document.to_owned(), Resource::read(store, document)?.words(property::IDENTIFIER));
            }
            rows.push(Linked { article: articles[document].clone(), ..row.clone() });
        }
    }
    Ok(rows)
}

/// Every name that an article has for an entity, as far as the store tells.
///
/// # Errors
/// When the store cannot be read.
pub fn names(store: &Store) -> Result<Vec<Named>, Error> {
    let mut found = Vec::new();
    for quad in store.quads_for_pattern(None, Some(property::MENTIONS), None, None) {
        let quad = quad?;
        let Term::NamedNode(entity) = &quad.object else { continue };
        let article = article(store, &quad.graph_name)?;
        let resource = Resource::read(store, entity.as_str())?;
        let alternatives = resource.texts(other::ALT_LABEL).map(str::to_owned).collect::<Vec<_>>();
        for words in std::iter::once(resource.label()).chain(alternatives) {
            found.push(Named { words, article: article.clone() });
        }
    }
    Ok(found)
}

/// As names are compared: small letters without marks, words between single blanks, without a leading "the".
pub fn key(name: &str) -> String {
    let plain: String = name
        .nfkd()
        .filter(|c| !unicode_normalization::char::is_combining_mark(*c))
        .map(|c| if c.is_alphanumeric() { c } else { ' ' })
        .flat_map(char::to_lowercase)
        .collect();
    let words: Vec<&str> = plain.split_whitespace().collect();
    match words.as_slice() {
        ["the", rest @ ..] if !rest.is_empty() => rest.join(" "),
        all => all.join(" "),
    }
}

/// A name that is linked to nothing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unlinked {
    /// The name of the entities.
    pub words: String,
    /// Their kind, one of `NAMED`.
    pub kind: &'static str,
    /// Articles that name them.
    pub articles: usize,
    /// True when the name stands for something of another kind too.
    pub is_mixed: bool,
}

/// The kinds of entities that have names.
pub const NAMED: [&str; 4] = ["Person", "Organization", "Group", "Place"];

/// The names that no entity of the store is linked under, those of most articles first.
///
/// # Errors
/// When the store cannot be read.
pub fn unlinked(store: &Store) -> Result<Vec<Unlinked>, Error> {
    let classes = [class::PERSON, class::ORGANIZATION, class::GROUP, class::PLACE];
    let mut kinds: FxHashMap<String, usize> = FxHashMap::default();
    for (kind, class) in classes.iter().enumerate() {
        for iri in subjects_of(store, other::TYPE, class.as_str())? {
            kinds.entry(iri).or_insert(kind);
        }
    }
    let mut graphs: FxHashMap<GraphName, u32> = FxHashMap::default();
    let mut articles: FxHashMap<String, BTreeSet<u32>> = FxHashMap::default();
    for quad in store.quads_for_pattern(None, Some(property::MENTIONS), None, None) {
        let quad = quad?;
        let Term::NamedNode(entity) = quad.object else { continue };
        let count = graphs.len() as u32;
        let graph = *graphs.entry(quad.graph_name).or_insert(count);
        articles.entry(entity.into_string()).or_default().insert(graph);
    }
    let mut linked: BTreeSet<String> = BTreeSet::new();
    let mut found: BTreeMap<(String, usize), BTreeSet<u32>> = BTreeMap::new();
    for (iri, graphs) in articles {
        let Some(&kind) = kinds.get(&iri) else { continue };
        let read = Resource::read(store, &iri)?;
        if read.links(other::EXACT_MATCH).next().is_some() {
            linked.insert(read.label());
            linked.extend(read.texts(other::ALT_LABEL).map(str::to_owned));
        } else {
            found.entry((read.label(), kind)).or_default().extend(graphs);
        }
    }
    let of_kinds = |words: &str| (0..NAMED.len()).filter(|kind| found.contains_key(&(words.to_owned(), *kind))).count();
    let mut rows: Vec<Unlinked> = found
        .iter()
        .filter(|((words, _), _)| !words.is_empty() && !linked.contains(words))
        .map(|((words, kind), graphs)| Unlinked {
            words: words.clone(),
            kind: NAMED[*kind],
            articles: graphs.len(),
            is_mixed: of_kinds(words) > 1,
        })
        .collect();
    // Names of as many articles stand in the order of their letters, as they do already.
    rows.sort_by_key(|row| std::cmp::Reverse(row.articles));
    Ok(rows)
}

/// Whether an article has a name for the entity: only such names have links.
pub fn is_named(store: &Store, entity: &NamedOrBlankNode) -> bool {
    let NamedOrBlankNode::NamedNode(entity) = entity else { return false };
    store.quads_for_pattern(None, Some(property::MENTIONS), Some(entity.as_ref().into()), None).next().is_some()
}

/// Nothing where something of the store that counts has a name that fits; else the name that was probably meant, empty
/// where none is near.
///
/// # Errors
/// When the store cannot be read.
pub fn missing(
    store: &Store,
    name: &str,
    counts: impl Fn(&NamedOrBlankNode) -> bool,
    fits: impl Fn(&str) -> bool,
) -> Result<Option<String>, Error> {
    let mut labels = BTreeSet::new();
    for property in [other::LABEL, other::ALT_LABEL] {
        for quad in store.quads_for_pattern(None, Some(property), None, None) {
            let quad = quad?;
            let Term::Literal(label) = &quad.object else { continue };
            if !counts(&quad.subject) {
                continue;
            }
            if fits(label.value()) {
                return Ok(None);
            }
            labels.insert(label.value().to_owned());
        }
    }
    let labels: Vec<&str> = labels.iter().map(String::as_str).collect();
    Ok(Some(near(name, &labels).unwrap_or_default()))
}

/// The id of the article whose graph it is.
fn article(store: &Store, graph: &GraphName) -> Result<String, Error> {
    let found = store.quads_for_pattern(None, Some(property::IDENTIFIER), None, Some(graph.as_ref())).next();
    Ok(match found.transpose()?.map(|q| q.object) {
        Some(Term::Literal(id)) => id.value().to_owned(),
        _ => String::new(),
    })
}

/// "Q90" of an IRI of Wikidata, the number of one of GeoNames, else the IRI.
fn short(iri: &str) -> String {
    let last = iri.trim_end_matches('/').rsplit('/').next().unwrap_or(iri);
    let known =
        NamedNodeRef::new(iri).is_ok() && (iri.contains("wikidata.org/entity/") || iri.contains("geonames.org/"));
    if known { last.to_owned() } else { iri.to_owned() }
}
