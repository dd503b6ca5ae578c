//! Which entity of a store a name means: candidates with scores, for reconciliation services.
//!
//! A score is 100 for an entity's name to the letter (case, marks and a leading "the" aside), less for its other names,
//! the same words in another order, a letter changed, and names that share words. What a query says of kind and
//! properties moves it. A match is called safe when one candidate alone has the name.

use std::collections::{BTreeMap, BTreeSet};

use oxigraph::model::{NamedNodeRef, Term};
use rustc_hash::{FxHashMap, FxHashSet};

use super::Error;
use super::links::key;
use super::store::Loaded as Store;
use super::view::{Resource, subjects_of};
use super::vocab::{class, other, property};

/// The kinds that entities have: id and name.
pub const KINDS: &[(&str, &str)] = &[
    ("Person", "Person"),
    ("Organization", "Organization"),
    ("Group", "Group"),
    ("Place", "Place"),
    ("UnnamedSource", "Source without a name"),
];

const CLASSES: [NamedNodeRef<'static>; 5] =
    [class::PERSON, class::ORGANIZATION, class::GROUP, class::PLACE, class::UNNAMED_SOURCE];

/// What is told of an entity: id and name.
pub const PROPERTIES: &[(&str, &str)] = &[
    ("name", "Name"),
    ("alias", "Other names"),
    ("kind", "Kind"),
    ("role", "Role"),
    ("affiliation", "Affiliation"),
    ("sameAs", "The same in other datasets"),
    ("wikidata", "Wikidata item"),
    ("point", "Latitude and longitude"),
    ("statements", "Number of statements"),
    ("articles", "Number of articles"),
    ("firstDay", "First day of a statement"),
    ("lastDay", "Last day of a statement"),
    ("said", "What it said"),
];

/// An entity with its names.
#[derive(Clone, Debug)]
pub struct Known {
    pub iri: String,
    /// The end of its IRI: what a reconciliation service calls it.
    pub id: String,
    pub kind: usize,
    pub name: String,
    pub aliases: Vec<String>,
    pub roles: Vec<String>,
    pub same_as: Vec<String>,
    /// Articles that name it.
    pub articles: u32,
    /// Normalised, the name first.
    keys: Vec<String>,
}

impl Known {
    /// Its kind's id.
    pub fn class(&self) -> &'static str {
        KINDS[self.kind].0
    }

    /// What tells it from a namesake.
    pub fn description(&self) -> String {
        let mut parts: Vec<String> = self.roles.iter().take(2).cloned().collect();
        parts.push(format!("in {} article{}", self.articles, if self.articles == 1 { "" } else { "s" }));
        parts.join("; ")
    }
}

/// What is asked.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Wanted {
    /// A name, an id, an IRI, or a number of Wikidata.
    pub text: String,
    /// Kinds, of which one must be or should be its own.
    pub kinds: Vec<String>,
    /// Others than these kinds are left out.
    pub strict: bool,
    /// Only entities with exactly this id.
    pub id: Option<String>,
    pub conditions: Vec<Condition>,
    pub limit: usize,
}

/// What a property should hold.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Condition {
    pub property: String,
    pub values: Vec<String>,
    pub required: bool,
    /// Every value, instead of one of them.
    pub all: bool,
    /// None of the values.
    pub none: bool,
}

/// A candidate.
#[derive(Clone, Debug)]
pub struct Candidate<'i> {
    pub known: &'i Known,
    pub score: f64,
    /// The score of its name alone.
    pub name: f64,
    pub matches: bool,
}

/// The entities of a store by their names.
#[derive(Clone, Debug, Default)]
pub struct Index {
    entities: Vec<Known>,
    by_id: FxHashMap<String, u32>,
    by_word: BTreeMap<String, Vec<u32>>,
    by_key: BTreeMap<String, Vec<u32>>,
    /// What the IRIs of the entities begin with.
    pub space: String,
}

impl Index {
    /// Reads the entities of a store.
    pub fn read(store: &Store) -> Result<Index, Error> {
        let mut named: FxHashMap<String, u32> = FxHashMap::default();
        for quad in store.quads_for_pattern(None, Some(property::MENTIONS), None, None) {
            if let Term::NamedNode(node) = quad?.object {
                *named.entry(node.into_string()).or_default() += 1;
            }
        }
        let mut index = Index::default();
        let mut seen = FxHashSet::default();
        for (kind, class) in CLASSES.iter().enumerate() {
            for iri in subjects_of(store, other::TYPE, class.as_str())? {
                if !seen.insert(iri.clone()) {
                    continue;
                }
                let read = Resource::read(store, &iri)?;
                let name = read.label();
                let mut aliases: BTreeSet<&str> =
                    read.texts(other::ALT_LABEL).chain(read.texts(other::LABEL)).collect();
                aliases.remove(name.as_str());
                let aliases: Vec<String> = aliases.into_iter().map(str::to_owned).collect();
                let (space, id) = iri.rsplit_once('/').map_or(("", iri.as_str()), |(space, id)| (space, id));
                if index.space.is_empty() {
                    index.space = format!("{space}/");
                }
                index.entities.push(Known {
                    id: id.to_owned(),
                    kind,
                    keys: std::iter::once(&name).chain(&aliases).map(|n| key(n)).collect(),
                    name,
                    aliases,
                    roles: read.texts(property::ROLE).map(str::to_owned).collect(),
                    same_as: read.links(other::EXACT_MATCH).map(str::to_owned).collect(),
                    articles: named.get(&iri).copied().unwrap_or(0),
                    iri,
                });
            }
        }
        index.entities.sort_by(|a, b| b.articles.cmp(&a.articles).then_with(|| a.iri.cmp(&b.iri)));
        for (at, known) in index.entities.iter().enumerate() {
            let at = at as u32;
            index.by_id.entry(known.id.clone()).or_insert(at);
            let mut words: BTreeSet<&str> = BTreeSet::new();
            for key in &known.keys {
                words.extend(key.split(' '));
                let same = index.by_key.entry(key.clone()).or_default();
                if same.last() != Some(&at) {
                    same.push(at);
                }
            }
            for word in words {
                index.by_word.entry(word.to_owned()).or_default().push(at);
            }
        }
        Ok(index)
    }

    /// The entity with an id, an IRI, or an identifier of another dataset (`Q76`).
    pub fn by_id(&self, id: &str) -> Option<&Known> {
        let tail = id.trim_end_matches('/').rsplit('/').next().unwrap_or(id);
        let own = [id, tail, &format!("wikidata-{tail}"), &format!("geonames-{tail}")]
            .into_iter()
            .find_map(|id| self.by_id.get(id).copied());
        own.map(|at| &self.entities[at as usize])
    }

    /// The entities of whose names one, or a word of one, begins so; those that most articles name first.
    pub fn beginning(&self, prefix: &str) -> Vec<&Known> {
        let prefix = key(prefix);
        let mut found: BTreeSet<u32> = BTreeSet::new();
        if prefix.is_empty() {
            return Vec::new();
        }
        let ranged = self.by_key.range(prefix.clone()..).take_while(|(key, _)| key.starts_with(&prefix));
        found.extend(ranged.flat_map(|(_, rows)| rows).take(10_000));
        let ranged = self.by_word.range(prefix.clone()..).take_while(|(word, _)| word.starts_with(&prefix));
        found.extend(ranged.flat_map(|(_, rows)| rows).take(10_000));
        found.into_iter().map(|at| &self.entities[at as usize]).collect()
    }

    /// Candidates, the best first.
    pub fn candidates(&self, wanted: &Wanted, value: &dyn Fn(&Known, &str) -> Vec<String>) -> Vec<Candidate<'_>> {
        let text = key(&wanted.text);
        let limit = wanted.limit.clamp(1, 100);
        let mut rows: BTreeSet<u32> = BTreeSet::new();
        let mut given = None;
        for id in wanted.id.iter().chain(std::iter::once(&wanted.text)).filter(|t| !t.is_empty()) {
            given = given.or_else(|| self.by_id(id));
        }
        if let Some(known) = given {
            rows.extend(self.by_id.get(&known.id));
        }
        if wanted.id.is_none() {
            rows.extend(self.by_key.get(&text).into_iter().flatten());
            // Words that very many entities have tell too little to look at all of them.
            for word in text.split(' ').filter(|w| !w.is_empty()) {
                rows.extend(self.by_word.get(word).into_iter().flatten().take(2_000));
            }
            if let Some(first) = text.chars().next().filter(|_| rows.is_empty() && text.chars().count() >= 6) {
                let near = self.by_key.range(first.to_string()..).take_while(|(key, _)| key.starts_with(first));
                let near = near.filter(|(key, _)| is_one_off(key, &text)).take(50);
                rows.extend(near.flat_map(|(_, rows)| rows));
            }
            if text.is_empty() && !wanted.conditions.is_empty() {
                rows.extend(0..(self.entities.len() as u32).min(5_000));
            }
        }
        let mut found: Vec<Candidate> = Vec::new();
        for at in rows {
            let known = &self.entities[at as usize];
            let is_given = given.is_some_and(|g| g.iri == known.iri);
            let name = if is_given { 100.0 } else { likeness(known, &text) };
            let mut score = if text.is_empty() { 50.0 } else { name };
            let is_kind = wanted.kinds.is_empty() || wanted.kinds.iter().any(|k| names_kind(k, known.class()));
            if !is_kind && wanted.strict {
                continue;
            }
            score *= if is_kind { 1.0 } else { 0.75 };
            let mut fulfilled = 0;
            let mut is_out = false;
            for condition in &wanted.conditions {
                let holds = holds(condition, &value(known, &condition.property));
                fulfilled += usize::from(holds);
                is_out |= condition.required && !holds;
            }
            if is_out {
                continue;
            }
            if !wanted.conditions.is_empty() {
                let share = fulfilled as f64 / wanted.conditions.len() as f64;
                score = score * 0.8 + 20.0 * share;
            }
            if score >= 20.0 {
                found.push(Candidate { known, score, name, matches: is_kind && fulfilled == wanted.conditions.len() });
            }
        }
        found.sort_by(|a, b| {
            b.score
                .total_cmp(&a.score)
                .then_with(|| b.known.articles.cmp(&a.known.articles))
                .then_with(|| a.known.iri.cmp(&b.known.iri))
        });
        let second = found.get(1).map_or(0.0, |c| c.score);
        for (rank, candidate) in found.iter_mut().enumerate() {
            let is_alone = rank == 0 && candidate.score - second >= 4.0;
            candidate.matches &= is_alone && candidate.name >= 95.0;
        }
        found.truncate(limit);
        found
    }
}

/// Whether a query's kind is a kind's id, or an IRI that ends in it.
fn names_kind(given: &str, kind: &str) -> bool {
    given.rsplit(['#', '/', ':']).next().is_some_and(|tail| tail.eq_ignore_ascii_case(kind))
}

/// Whether the values of a property are as the condition wants them. `*` at the end of a wanted value stands for anything.
fn holds(condition: &Condition, values: &[String]) -> bool {
    let has = |wanted: &String| {
        let (wanted, is_open) = wanted.strip_suffix('*').map_or((wanted.as_str(), false), |w| (w, true));
        let plain = key(wanted);
        values.iter().any(|value| {
            let own = key(value);
            own == plain || is_open && own.starts_with(&plain) || value.rsplit('/').next() == Some(wanted)
        })
    };
    match (condition.none, condition.all) {
        (true, _) => !condition.values.iter().any(has),
        (_, true) => condition.values.iter().all(has),
        _ => condition.values.iter().any(has),
    }
}

/// How like a name is to those of an entity, of 100.
fn likeness(known: &Known, text: &str) -> f64 {
    let words: BTreeSet<&str> = text.split(' ').filter(|w| !w.is_empty()).collect();
    let of = |(place, own): (usize, &String)| -> f64 {
        if own == text {
            return if place == 0 { 100.0 } else { 96.0 };
        }
        let others: BTreeSet<&str> = own.split(' ').collect();
        let shared = words.intersection(&others).count() as f64;
        let (few, many) = (words.len().min(others.len()) as f64, words.len().max(others.len()) as f64);
        if shared == many {
            return 92.0;
        }
        if text.chars().count() >= 6 && is_one_off(own, text) {
            return 85.0;
        }
        if shared == few && shared > 0.0 {
            return 45.0 + 35.0 * few / many;
        }
        50.0 * 2.0 * shared / (few + many)
    };
    known.keys.iter().enumerate().map(of).fold(0.0, f64::max)
}

/// Whether two words differ by one letter at most: changed, added, left out, or two exchanged.
fn is_one_off(a: &str, b: &str) -> bool {
    let (a, b): (Vec<char>, Vec<char>) = (a.chars().collect(), b.chars().collect());
    if a.len().abs_diff(b.len()) > 1 {
        return false;
    }
    let begin = a.iter().zip(&b).take_while(|(x, y)| x == y).count();
    let (a, b) = (&a[begin..], &b[begin..]);
    let end = a.iter().rev().zip(b.iter().rev()).take_while(|(x, y)| x == y).count();
    let (a, b) = (&a[..a.len() - end], &b[..b.len() - end]);
    a.len() <= 1 && b.len() <= 1 || a.len() == 2 && b.len() == 2 && a[0] == b[1] && a[1] == b[0]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_compared_without_case_and_marks() {
        assert_eq!(key("The  Łódź-Tribune"), key("the łodz tribune").replace("lodz", "łodz"));
        assert_eq!(key("Erdoğan"), "erdogan");
        assert_eq!(key("The"), "the");
        assert!(is_one_off("erdogan", "erdogon") && is_one_off("varga", "vraga") && is_one_off("varga", "vargas"));
        assert!(!is_one_off("varga", "virgo"));
    }
}
