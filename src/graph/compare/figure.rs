//! Claims with numbers as they are compared: read from the graph, with the words around them.

use std::collections::{BTreeMap, BTreeSet};

use oxigraph::store::Store;
use serde_json::{Value, json};

use super::number::Range;
use crate::graph::Error;
use crate::graph::query::{Answer, Limits, run};

/// A claim with a number.
#[derive(Clone, Debug)]
pub(super) struct Figure {
    pub claim: String,
    pub document: String,
    pub title: String,
    pub publisher: String,
    pub published: String,
    pub speaker: String,
    pub said: String,
    pub statement: String,
    pub span: (u64, u64),
    pub surface: String,
    pub counted: String,
    pub sentence: String,
    pub event: Option<String>,
    pub range: Range,
    pub measure: String,
    /// Names in the sentence, and in the whole article.
    pub names: BTreeSet<String>,
    pub all_names: BTreeSet<String>,
}

const QUERY: &str = "SELECT DISTINCT ?claim ?document ?title ?publisher ?published ?speaker ?said ?statement ?place ?surface
  ?counted ?shareOf ?words ?sentence ?event ?kind ?value ?lower ?upper ?bound ?unit ?per ?change WHERE {
  ?statement a sayso:Statement ; sayso:content ?claim ; sayso:reportedIn ?article .
  ?article sayso:identifier ?document .
  ?claim sayso:quantity ?quantity ; sayso:words ?words .
  ?quantity sayso:surface ?surface ; sayso:bound ?bound ; sayso:unitName ?unit ; sayso:evidence ?place ; sayso:sentence ?at .
  ?at nif:anchorOf ?sentence .
  OPTIONAL { ?article sayso:title ?title }
  OPTIONAL { ?article sayso:publisher ?paper . ?paper rdfs:label ?publisher }
  OPTIONAL { ?article sayso:published ?published }
  OPTIONAL { ?statement sayso:mode ?mode }
  OPTIONAL { ?statement sayso:speaker ?agent . ?agent rdfs:label ?speaker . FILTER(?mode != sayso:narrator) }
  OPTIONAL { ?statement sayso:saidLatest ?said }
  OPTIONAL { ?claim sayso:about ?event }
  OPTIONAL { ?quantity sayso:kind ?kind }
  OPTIONAL { ?quantity sayso:counted ?counted }
  OPTIONAL { ?quantity sayso:shareOf ?shareOf }
  OPTIONAL { ?quantity sayso:value ?value }
  OPTIONAL { ?quantity sayso:lower ?lower }
  OPTIONAL { ?quantity sayso:upper ?upper }
  OPTIONAL { ?quantity sayso:per ?per }
  OPTIONAL { ?quantity sayso:change ?change }
} ORDER BY ?claim ?statement ?sentence";

const NAMES: &str = "SELECT DISTINCT ?document ?label { ?article sayso:identifier ?document ; sayso:mentions ?e . ?e rdfs:label ?label }";

/// Titles and sentences, for names that no mention was made of.
const SENTENCES: &str = "SELECT DISTINCT ?document ?text { ?article sayso:identifier ?document .
  { ?article sayso:title ?text } UNION { ?s nif:referenceContext ?article ; a sayso:Sentence ; nif:anchorOf ?text } }";

/// Words with a capital that stand after a word without one, but for days, months and titles.
fn inner_names(text: &str) -> impl Iterator<Item = String> + '_ {
    let mut after_plain = false;
    text.split_whitespace().filter_map(move |word| {
        let bare = word.trim_matches(|c: char| !c.is_alphanumeric());
        let has_capital = bare.chars().next().is_some_and(char::is_uppercase);
        let stands_inside =
            std::mem::replace(&mut after_plain, !has_capital && word.chars().all(char::is_alphanumeric));
        let bare = bare.strip_suffix("'s").or(bare.strip_suffix("’s")).unwrap_or(bare).to_lowercase();
        let is_name =
            has_capital && stands_inside && bare.chars().count() >= 4 && !NOT_NAMES.lines().any(|w| w == bare);
        is_name.then_some(bare)
    })
}

/// Words with capitals that tell nothing of an incident.
const NOT_NAMES: &str = include_str!("en/not-names.txt");

/// Every claim with a number, once each, in the order of the claims' IRIs.
pub(super) fn all(store: &Store) -> Result<Vec<Figure>, Error> {
    let mut names: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for row in rows(store, NAMES)? {
        names.entry(row[0].clone()).or_default().extend(capitalised(&row[1]));
    }
    for row in rows(store, SENTENCES)? {
        names.entry(row[0].clone()).or_default().extend(inner_names(&row[1]));
    }
    let mut figures: Vec<Figure> = Vec::new();
    for row in rows(store, QUERY)? {
        let cell = |i: usize| row[i].clone();
        if figures.last().is_some_and(|f| f.claim == row[0]) || matches!(row[15].as_str(), "age" | "ordinal" | "score")
        {
            continue;
        }
        let Some(range) =
            Range::read(&row[16], &row[17], &row[18], row[19].trim_start_matches("sayso:"), &row[20], &row[21])
        else {
            continue;
        };
        let span = row[8].rsplit_once("#char=").and_then(|(_, s)| s.split_once(','));
        let span = span.and_then(|(b, e)| Some((b.parse().ok()?, e.parse().ok()?))).unwrap_or_default();
        let all_names: BTreeSet<String> = names.get(&row[1]).into_iter().flatten().cloned().collect();
        let paper: BTreeSet<String> = capitalised(&row[3]).collect();
        let tells = |n: &String| all_names.contains(n) && !paper.contains(n) && !is_nationality(n);
        let in_sentence: BTreeSet<String> = capitalised(&row[13]).filter(tells).collect();
        // An amount of money a day or a year is a cost, whatever the verb.
        let is_running_cost =
            !row[20].is_empty() && !row[21].is_empty() && row[20].bytes().all(|b| b.is_ascii_uppercase());
        let measure = match is_running_cost && row[20].len() == 3 {
            true => "cost".to_owned(),
            false => super::verdict::measure_of(&row[12], &row[13], &row[9], &row[10]),
        };
        figures.push(Figure {
            claim: cell(0),
            document: cell(1),
            title: cell(2),
            publisher: cell(3),
            published: cell(4),
            speaker: cell(5),
            said: cell(6),
            statement: cell(7),
            span,
            surface: cell(9),
            counted: cell(10),
            sentence: cell(13),
            event: Some(cell(14)).filter(|e| !e.is_empty()),
            range,
            measure,
            names: in_sentence,
            all_names,
        });
    }
    Ok(figures)
}

fn rows(store: &Store, query: &str) -> Result<Vec<Vec<String>>, Error> {
    match run(store, query, &Limits::default())? {
        Answer::Table(table) => Ok(table.cells()),
        _ => Ok(Vec::new()),
    }
}

/// Words of four letters or more that begin with a capital.
fn capitalised(text: &str) -> impl Iterator<Item = String> + '_ {
    let words = text.split(|c: char| !c.is_alphanumeric()).filter(|w| w.chars().count() >= 4);
    words.filter(|w| w.chars().next().is_some_and(char::is_uppercase)).map(str::to_lowercase)
}

/// Adjectives of countries stand in many sentences that do not say where something happened.
fn is_nationality(name: &str) -> bool {
    ["ian", "ish", "ese"].iter().any(|end| name.ends_with(end))
}

/// Pairs of figures whose articles may tell of one incident: they share a name that few articles have.
pub(super) fn candidates(figures: &[Figure]) -> BTreeSet<(usize, usize)> {
    let mut by_name: BTreeMap<&str, BTreeSet<usize>> = BTreeMap::new();
    let mut documents: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    for (index, figure) in figures.iter().enumerate() {
        for name in &figure.all_names {
            by_name.entry(name).or_default().insert(index);
            documents.entry(name).or_default().insert(&figure.document);
        }
    }
    let total = figures.iter().map(|f| f.document.as_str()).collect::<BTreeSet<_>>().len();
    let few = (total / 5).clamp(6, 60);
    let mut pairs = BTreeSet::new();
    for (name, indices) in &by_name {
        if documents[name].len() > few {
            continue;
        }
        for &a in indices {
            for &b in indices.range(a + 1..) {
                pairs.insert((a, b));
            }
        }
    }
    pairs
}

impl Figure {
    /// True when neither speaker nor publisher is the same and both are known.
    pub(super) fn is_independent_of(&self, other: &Figure) -> bool {
        !self.speaker.is_empty()
            && !other.speaker.is_empty()
            && self.speaker != other.speaker
            && self.publisher != other.publisher
    }

    /// The claim in the annotation format's shape.
    pub(super) fn json(&self) -> Value {
        let text = |s: &str| if s.is_empty() { Value::Null } else { json!(s) };
        json!({
            "document": self.document,
            "span": [self.span.0, self.span.1],
            "text": self.surface,
            "of": text(&self.counted),
            "speaker": text(&self.speaker),
            "said": text(&self.said),
            "published": text(&self.published),
            "value": self.range.value.map(super::number::json),
            "lower": self.range.stated_lower.map(super::number::json),
            "upper": self.range.stated_upper.map(super::number::json),
            "relation": self.range.relation(),
            "unit": self.range.unit,
            "per": text(&self.range.per),
            "statement": self.statement,
        })
    }
}
