//! The articles around the figures: their sentences in order, and which words in them name something.

use std::collections::{BTreeMap, BTreeSet};

use crate::graph::store::Loaded as Store;

use crate::graph::Error;
use crate::graph::query::{Answer, Limits, run};
use crate::lexicon::country;

/// A sentence, with the words in it that name a place and those that name anything but a person.
#[derive(Clone, Debug, Default)]
pub(super) struct Sentence {
    pub begin: u64,
    pub text: String,
    pub places: BTreeSet<String>,
    pub names: BTreeSet<String>,
}

/// An article: what its figures may be about.
#[derive(Clone, Debug, Default)]
pub(super) struct Story {
    pub title: String,
    pub sentences: Vec<Sentence>,
    /// Words that name anything, anywhere in the article.
    pub names: BTreeSet<String>,
    /// Words that name a place in the headline or the first two sentences.
    pub lead: BTreeSet<String>,
    /// Words that name anything but a person in the headline or the first two sentences.
    pub subjects: BTreeSet<String>,
}

/// Words with capitals that tell nothing of an incident.
const NOT_NAMES: &str = include_str!("en/not-names.txt");

const SENTENCES: &str = "SELECT DISTINCT ?document ?title ?sentence ?text { ?article sayso:identifier ?document .
  OPTIONAL { ?article sayso:title ?title }
  ?sentence nif:referenceContext ?article ; a sayso:Sentence ; nif:anchorOf ?text } ORDER BY ?document ?sentence";

const NAMES: &str = "SELECT DISTINCT ?document ?label ?kind { ?article sayso:identifier ?document ; sayso:mentions ?e .
  ?e rdfs:label ?label ; a ?kind } ORDER BY ?document ?label ?kind";

/// All articles by their identifiers.
pub(super) fn all(store: &Store) -> Result<BTreeMap<String, Story>, Error> {
    let mut stories: BTreeMap<String, Story> = BTreeMap::new();
    let mut places: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    let mut people: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for row in rows(store, NAMES)? {
        let words = || capitalised(&row[1]);
        stories.entry(row[0].clone()).or_default().names.extend(words());
        match row[2].as_str() {
            "sayso:Place" => places.entry(row[0].clone()).or_default().extend(words()),
            // A place or a firm is sometimes taken for a person, but seldom with a first name.
            // "The Paris attacks": a named event tells the place of what is told of it.
            "sayso:Entity" if row[1].ends_with('s') || row[1].contains("attack") => {
                places.entry(row[0].clone()).or_default().extend(words());
            }
            "sayso:Person" if row[1].contains(' ') && is_name(&row[1]) => {
                people.entry(row[0].clone()).or_default().extend(words())
            }
            _ => {}
        }
    }
    for row in rows(store, SENTENCES)? {
        let story = stories.entry(row[0].clone()).or_default();
        story.title.clone_from(&row[1]);
        let begin = span(&row[2]).map_or(0, |(begin, _)| begin);
        story.sentences.push(Sentence { begin, text: row[3].clone(), ..Sentence::default() });
    }
    for (id, story) in &mut stories {
        let none = BTreeSet::new();
        let (places, people) = (places.get(id).unwrap_or(&none), people.get(id).unwrap_or(&none));
        story.sentences.sort_by_key(|s| s.begin);
        for sentence in &mut story.sentences {
            let known = capitalised(&sentence.text).filter(|n| story.names.contains(n));
            let words: BTreeSet<String> = known.chain(inner_names(&sentence.text)).filter(|n| tells(n)).collect();
            sentence.places = words.intersection(places).cloned().collect();
            sentence.names = words.difference(people).cloned().collect();
        }
        let inner: BTreeSet<String> = story.sentences.iter().flat_map(|s| s.names.iter().cloned()).collect();
        story.names.extend(inner);
        let title: BTreeSet<String> = capitalised(&story.title).filter(|n| tells(n) && !people.contains(n)).collect();
        story.names.extend(title.iter().cloned());
        let first = story.sentences.iter().take(3).flat_map(|s| s.names.iter().cloned());
        story.subjects = title.iter().cloned().chain(first).collect();
        // The first sentence is often the headline once more.
        let first = story.sentences.iter().take(3).flat_map(|s| s.places.iter().cloned());
        story.lead = title.intersection(places).cloned().chain(first).collect();
    }
    Ok(stories)
}

impl Story {
    /// The sentence that holds the character.
    pub(super) fn at(&self, position: u64) -> Option<usize> {
        self.sentences.partition_point(|s| s.begin <= position).checked_sub(1)
    }

    /// The sentence and up to three before it, the nearest first.
    pub(super) fn back(&self, sentence: usize) -> impl Iterator<Item = &Sentence> {
        self.sentences[..=sentence].iter().rev().take(4)
    }
}

/// The cells of a query's answer.
pub(super) fn rows(store: &Store, query: &str) -> Result<Vec<Vec<String>>, Error> {
    match run(store, query, &Limits::default())? {
        Answer::Table(table) => Ok(table.cells()),
        _ => Ok(Vec::new()),
    }
}

/// First and last character of a place: `…#char=12,15`.
pub(super) fn span(iri: &str) -> Option<(u64, u64)> {
    let (begin, end) = iri.rsplit_once("#char=")?.1.split_once(',')?;
    Some((begin.parse().ok()?, end.parse().ok()?))
}

/// Words of four letters or more that begin with a capital, in lower case.
pub(super) fn capitalised(text: &str) -> impl Iterator<Item = String> + '_ {
    let words = text.split(|c: char| !c.is_alphanumeric()).filter(|w| w.chars().count() >= 4);
    words.filter(|w| w.chars().next().is_some_and(char::is_uppercase)).map(str::to_lowercase)
}

/// Every word has a capital: a name, not a description.
fn is_name(label: &str) -> bool {
    label.split_whitespace().all(|w| w.chars().next().is_some_and(char::is_uppercase))
}

/// Words with a capital that stand after a word without one.
fn inner_names(text: &str) -> impl Iterator<Item = String> + '_ {
    let mut after_plain = false;
    text.split([' ', '\n', '-']).filter_map(move |word| {
        let bare = word.trim_matches(|c: char| !c.is_alphanumeric());
        let has_capital = bare.chars().next().is_some_and(char::is_uppercase);
        let stands_inside =
            std::mem::replace(&mut after_plain, !has_capital && word.chars().all(char::is_alphanumeric));
        let bare = bare.strip_suffix("'s").or(bare.strip_suffix("’s")).unwrap_or(bare);
        (has_capital && stands_inside && bare.chars().count() >= 4).then(|| bare.to_lowercase())
    })
}

/// A day, a title or the adjective of a country stands in many sentences that do not say where something happened.
fn tells(name: &str) -> bool {
    !NOT_NAMES.lines().any(|w| w == name) && country::adjective(name).is_none()
}
