//! Claims with numbers as they are compared: read from the graph, with what their words say of the question they answer.

use std::collections::{BTreeMap, BTreeSet};

use crate::graph::store::Loaded as Store;
use jiff::civil::Date;
use serde_json::{Value, json};

use super::story::{self, Story};
use super::{number, words};
use crate::graph::Error;
use crate::lexicon::{agreement, country};

/// What a number is in its sentence.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Part {
    /// What is so.
    Level,
    /// What was so before: "to 48 from 12", "had been 11", "six, not five".
    Old,
    /// By how much something changed.
    Change,
}

/// A claim with a number.
#[derive(Clone, Debug)]
pub(super) struct Figure {
    pub claim: String,
    pub document: String,
    pub title: String,
    pub publisher: String,
    pub published: Option<Date>,
    /// The last day on which it can have been said.
    pub said: Option<Date>,
    /// The speaker's name or words; empty for the article's own voice.
    pub speaker: String,
    pub statement: String,
    pub span: (u64, u64),
    pub surface: String,
    pub counted: String,
    pub sentence: String,
    pub event: Option<String>,
    pub number: agreement::Figure,
    pub measure: words::Measure,
    /// The verb of the clause, where no measure is known.
    pub predicate: String,
    pub part: Part,
    /// The number before the change that the figure is the outcome of.
    pub before: Option<rust_decimal::Decimal>,
    /// The kind of people that make it a part of all who are counted: "three of the dead were children".
    pub subset: Option<String>,
    /// Why it answers a wider question.
    pub wider: Option<&'static str>,
    /// What is planned or expected is no report.
    pub is_expected: bool,
    /// It stands in the headline.
    pub is_headline: bool,
    /// The article says that numbers of this measure have changed.
    pub is_moving: bool,
    /// The days on which it happened.
    pub days: Option<(Date, Date)>,
    /// The countries of those who did it.
    pub actors: BTreeSet<&'static str>,
    /// Words that name the place of the event itself.
    pub scene: BTreeSet<String>,
    /// Words that name places, here or in the nearest sentence before.
    pub places: BTreeSet<String>,
    /// Words that name anything but a person, here or in the nearest sentence before.
    pub names: BTreeSet<String>,
}

const QUERY: &str =
    "SELECT DISTINCT ?claim ?document ?title ?publisher ?published ?speaker ?said ?statement ?place ?surface
  ?counted ?words ?relation ?event ?kind ?value ?lower ?upper ?bound ?unit ?per ?from ?to ?by ?modality ?rule WHERE {
  ?statement a sayso:Statement ; sayso:content ?claim ; sayso:reportedIn ?article .
  ?article sayso:identifier ?document .
  ?claim sayso:quantity ?quantity ; sayso:words ?words .
  ?quantity sayso:surface ?surface ; sayso:bound ?bound ; sayso:unitName ?unit ; sayso:evidence ?place .
  OPTIONAL { ?article sayso:title ?title }
  OPTIONAL { ?article sayso:publisher ?paper . ?paper rdfs:label ?publisher }
  OPTIONAL { ?article sayso:published ?published }
  OPTIONAL { ?statement sayso:mode ?mode }
  OPTIONAL { ?statement sayso:speaker ?agent . ?agent rdfs:label ?speaker . FILTER(?mode != sayso:narrator) }
  OPTIONAL { ?statement sayso:saidLatest ?said }
  OPTIONAL { ?claim sayso:relation ?relation }
  OPTIONAL { ?claim sayso:modality ?modality }
  OPTIONAL { ?claim sayso:about ?event }
  OPTIONAL { ?quantity sayso:kind ?kind }
  OPTIONAL { ?quantity sayso:madeBy ?rule }
  OPTIONAL { ?quantity sayso:counted ?counted }
  OPTIONAL { ?quantity sayso:value ?value }
  OPTIONAL { ?quantity sayso:lower ?lower }
  OPTIONAL { ?quantity sayso:upper ?upper }
  OPTIONAL { ?quantity sayso:per ?per }
  OPTIONAL { ?quantity sayso:changeFrom ?from }
  OPTIONAL { ?quantity sayso:changeTo ?to }
  OPTIONAL { ?quantity sayso:changeBy ?by }
} ORDER BY ?claim ?statement ?relation ?speaker";

/// Who did it and where, by event.
const SCENES: &str =
    "SELECT DISTINCT ?event ?role ?label { VALUES (?property ?role) { (sayso:actor \"actor\") (sayso:place \"place\") }
  ?event a sayso:Event ; ?property ?thing . ?thing rdfs:label ?label } ORDER BY ?event ?role ?label";

/// On which days, by event. Asked apart: as an option inside an option it would be answered for every claim anew.
const DAYS: &str = "SELECT DISTINCT ?event ?begin ?end { ?event a sayso:Event ; sayso:time ?time .
  ?time sayso:timexType \"DATE\" ; sayso:earliest ?begin ; sayso:latest ?end } ORDER BY ?event ?begin ?end";

/// Every claim with a number, once each, in the order of the claims' IRIs.
pub(super) fn all(store: &Store, stories: &BTreeMap<String, Story>) -> Result<Vec<Figure>, Error> {
    let mut scenes: BTreeMap<String, Vec<(bool, String)>> = BTreeMap::new();
    for row in story::rows(store, SCENES)? {
        scenes.entry(row[0].clone()).or_default().push((row[1] == "actor", row[2].clone()));
    }
    let mut days: BTreeMap<String, (Date, Date)> = BTreeMap::new();
    for row in story::rows(store, DAYS)? {
        if let Some(both) = date(&row[1]).zip(date(&row[2])) {
            days.entry(row[0].clone()).or_insert(both);
        }
    }
    let mut figures: Vec<Figure> = Vec::new();
    for row in story::rows(store, QUERY)? {
        let cell = |i: usize| row[i].clone();
        let is_seen = figures.last().is_some_and(|f| f.claim == row[0]);
        // "Several", "most": too vague to agree or disagree with anything.
        let is_few = row[25] == "quantity/few";
        if is_seen || is_few || matches!(row[14].as_str(), "age" | "ordinal" | "score") || words::is_label(&row[10]) {
            continue;
        }
        let bound = row[18].trim_start_matches("sayso:");
        let Some(number) = number::read(&row[15], &row[16], &row[17], bound, &row[19], &row[20]) else { continue };
        let Some(story) = stories.get(&row[1]) else { continue };
        let span = story::span(&row[8]).unwrap_or_default();
        let Some(at) = story.at(span.0) else { continue };
        let sentence = &story.sentences[at];
        let scene = scenes.get(&row[13]).map_or(&[][..], Vec::as_slice);
        let clause = words::Clause {
            counted: &row[10],
            words: &row[11],
            relation: &row[12],
            sentence: &sentence.text,
            at: usize::try_from(span.0.saturating_sub(sentence.begin)).unwrap_or(0),
            surface: &row[9],
            previous: at.checked_sub(1).map_or("", |before| &story.sentences[before].text),
        };
        let (from, to, by) = (number_of(&row[21]), number_of(&row[22]), number_of(&row[23]));
        let measure = words::measure(&clause, &number);
        let days = days.get(&row[13]).copied();
        // Who tells it, and in which paper, is not what it is about; a place that speaks may be both.
        let is_name = !row[5].contains(char::is_whitespace);
        let is_place = |word: &String| is_name && story.sentences.iter().any(|s| s.places.contains(word));
        let speakers = story::capitalised(&row[5]).filter(|w| !is_place(w));
        let tellers: BTreeSet<String> = speakers.chain(story::capitalised(&row[3])).collect();
        let near = |pick: fn(&story::Sentence) -> &BTreeSet<String>| {
            let mut found = story.back(at).map(|s| pick(s).difference(&tellers).cloned().collect::<BTreeSet<_>>());
            found.find(|names| !names.is_empty()).unwrap_or_default()
        };
        figures.push(Figure {
            claim: cell(0),
            document: cell(1),
            title: cell(2),
            publisher: cell(3),
            published: date(&row[4]),
            said: date(&row[6]),
            speaker: cell(5),
            statement: cell(7),
            span,
            surface: cell(9),
            counted: cell(10),
            sentence: sentence.text.clone(),
            event: Some(cell(13)).filter(|e| !e.is_empty()),
            predicate: words::predicate(&clause),
            part: match number.value {
                Some(value) if by == Some(value) => Part::Change,
                Some(value) if from == Some(value) && to != Some(value) => Part::Old,
                _ if words::is_change(&clause, &number) => Part::Change,
                _ if words::is_old(&clause) => Part::Old,
                _ => Part::Level,
            },
            before: from,
            subset: words::subset(&clause, &number),
            wider: words::wider(&clause),
            is_expected: matches!(row[24].as_str(), "sayso:future" | "sayso:conditional")
                || words::is_expected(&clause),
            is_headline: at == 0 && (sentence.text.trim() == row[2].trim() || span.0 == 0),
            is_moving: false,
            days,
            actors: words::actors(&clause, scene.iter().filter(|(actor, _)| *actor).map(|(_, label)| label.as_str())),
            scene: scene
                .iter()
                .filter(|(actor, label)| !actor && country::of(label).is_none())
                .flat_map(|(_, label)| story::capitalised(label))
                .filter(|word| sentence.names.contains(word))
                .collect(),
            places: near(|s| &s.places),
            names: near(|s| &s.names),
            number,
            measure,
        });
    }
    Ok(figures)
}

fn date(cell: &str) -> Option<Date> {
    cell.get(..10)?.parse().ok()
}

fn number_of(cell: &str) -> Option<rust_decimal::Decimal> {
    cell.parse().ok()
}

impl Figure {
    /// True when neither speaker nor publisher is the same and both are known.
    pub(super) fn is_independent_of(&self, other: &Figure) -> bool {
        !self.speaker.is_empty()
            && !other.speaker.is_empty()
            && self.speaker != other.speaker
            && self.publisher != other.publisher
    }

    /// True when both come from one source: one name ("Rosalba Ixcot", "Ixcot's agency"), the same words, or the voice of
    /// one publisher.
    pub(super) fn has_source_of(&self, other: &Figure) -> bool {
        if self.speaker.is_empty() || other.speaker.is_empty() {
            let is_one_paper = !self.publisher.is_empty() && self.publisher == other.publisher;
            let is_one_voice = self.document == other.document || is_one_paper;
            return self.speaker == other.speaker && is_one_voice;
        }
        let names = |f: &Figure| story::capitalised(&f.speaker).collect::<BTreeSet<_>>();
        let words = |f: &Figure| {
            let text = f.speaker.to_lowercase();
            text.split_whitespace().filter(|w| w.len() > 3).map(str::to_owned).collect::<BTreeSet<_>>()
        };
        let (x, y) = (words(self), words(other));
        !names(self).is_disjoint(&names(other)) || x.is_subset(&y) || y.is_subset(&x)
    }

    /// The day for which the number stands: when it was said, else when it was published.
    pub(super) fn as_of(&self) -> Option<Date> {
        self.said.or(self.published)
    }

    /// The claim in the annotation format's shape.
    pub(super) fn json(&self) -> Value {
        let text = |s: &str| if s.is_empty() { Value::Null } else { json!(s) };
        let day = |d: Option<Date>| d.map_or(Value::Null, |d| json!(d.to_string()));
        json!({
            "document": self.document,
            "span": [self.span.0, self.span.1],
            "text": self.surface,
            "of": text(&self.counted),
            "speaker": text(&self.speaker),
            "said": day(self.said),
            "published": day(self.published),
            "value": self.number.value.map(number::json),
            "lower": self.number.lower.map(number::json),
            "upper": self.number.upper.map(number::json),
            "relation": self.number.relation.as_str(),
            "unit": self.number.unit.as_str(),
            "per": self.number.per.as_ref().map(|(_, of)| of.as_str()),
            "statement": self.statement,
        })
    }
}
