//! Figures as they are compared: what was read of a number and its frame, and of the article around it.

use std::collections::BTreeSet;

use jiff::civil::Date;
use rust_decimal::Decimal;
use serde_json::{Value, json};
use smol_str::SmolStr;

use super::number;
use crate::lexicon::{agreement, noun};
use crate::text::{Aspect, CountedRole, ScopeKind};

/// An article, as far as the comparison looks at it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Story {
    /// Its identifier.
    pub id: String,
    /// Its IRI.
    pub iri: String,
    /// Its headline.
    pub title: String,
    /// Who published it.
    pub publisher: String,
    /// When.
    pub published: Option<Date>,
    /// The words that tell it from others, with weights.
    pub terms: Vec<(SmolStr, u16)>,
    /// Fingerprints of its sentences.
    pub shingles: Vec<u32>,
}

/// A claim with a number.
#[derive(Clone, Debug)]
pub struct Figure {
    /// IRI of the claim.
    pub claim: String,
    /// Place of the article in the list of stories.
    pub story: usize,
    /// The speaker's name or words; empty for the article's own voice.
    pub speaker: String,
    /// IRI of the statement.
    pub statement: String,
    /// Characters of the number.
    pub span: (u64, u64),
    /// The number as written.
    pub surface: String,
    /// The thing counted, as written.
    pub counted: String,
    /// IRI of the event.
    pub event: Option<String>,
    /// The last day on which it can have been said.
    pub said: Option<Date>,
    /// The number.
    pub number: agreement::Figure,
    /// The number before the change that the figure is the outcome of.
    pub from: Option<Decimal>,
    /// What the number is of its thing.
    pub aspect: Aspect,
    /// Lemma of the noun counted.
    pub thing: SmolStr,
    /// Lemmas that narrow it.
    pub restrictors: Vec<SmolStr>,
    /// What is measured.
    pub measure: SmolStr,
    /// The measure is a class of the table.
    pub is_class: bool,
    /// Lemmas that tell the measure.
    pub telling: Vec<SmolStr>,
    /// What the counted do.
    pub role: Option<CountedRole>,
    /// Words for whoever did it.
    pub agent: SmolStr,
    /// Whose figure it is.
    pub owner: SmolStr,
    /// Words of the clause.
    pub terms: Vec<SmolStr>,
    /// Why it is of another scope.
    pub scope: Vec<(ScopeKind, SmolStr)>,
    /// The source says that it is not so.
    pub is_denied: bool,
    /// The days on which it happened.
    pub days: Option<(Date, Date)>,
    /// The day for which it stands.
    pub as_of: Option<Date>,
    /// The days are those that its own clause tells.
    pub has_own_days: bool,
    /// Names of places in its clause.
    pub places: Vec<SmolStr>,
    /// Its measure is taken over from another number.
    pub inherits: bool,
    /// The text says that the figure has changed.
    pub is_moved: bool,
    /// It stands in the headline or the first sentence.
    pub is_lead: bool,
}

impl Figure {
    /// The words that make it a figure of this kind of scope.
    pub fn scope_of(&self, kind: ScopeKind) -> Option<&str> {
        self.scope.iter().find(|(k, _)| *k == kind).map(|(_, words)| words.as_str())
    }

    /// The day for which the number stands.
    pub fn stands_for(&self, stories: &[Story]) -> Option<Date> {
        let published = stories[self.story].published;
        let said = self.said.filter(|s| published.is_none_or(|p| *s <= p)).or(published);
        self.as_of.filter(|d| said.is_none_or(|s| *d <= s)).or(said)
    }

    /// True when both come from one source: one name, the same words, or the voice of one publisher.
    pub fn has_source_of(&self, other: &Figure, stories: &[Story]) -> bool {
        if self.speaker.is_empty() || other.speaker.is_empty() {
            let (x, y) = (&stories[self.story], &stories[other.story]);
            let is_one_paper = !x.publisher.is_empty() && x.publisher == y.publisher;
            return self.speaker == other.speaker && (self.story == other.story || is_one_paper);
        }
        if self.speaker == other.speaker && self.story == other.story {
            return true;
        }
        let names = |f: &Figure| names(&f.speaker);
        let words = |f: &Figure| {
            let text = f.speaker.to_lowercase();
            let words = text.split_whitespace().filter(|w| w.len() > 3).map(str::to_owned);
            words.collect::<BTreeSet<_>>()
        };
        let (x, y) = (words(self), words(other));
        let is_part = !x.is_empty() && !y.is_empty() && (x.is_subset(&y) || y.is_subset(&x));
        !names(self).is_disjoint(&names(other)) || is_part
    }

    /// The claim in the annotation format's shape.
    pub fn json(&self, stories: &[Story]) -> Value {
        let text = |s: &str| if s.is_empty() { Value::Null } else { json!(s) };
        let day = |d: Option<Date>| d.map_or(Value::Null, |d| json!(d.to_string()));
        let story = &stories[self.story];
        json!({
            "document": story.id,
            "span": [self.span.0, self.span.1],
            "text": self.surface,
            "of": text(&self.counted),
            "speaker": text(&self.speaker),
            "said": day(self.said),
            "published": day(story.published),
            "value": self.number.value.map(number::json),
            "lower": self.number.lower.map(number::json),
            "upper": self.number.upper.map(number::json),
            "relation": self.number.relation.as_str(),
            "unit": self.number.unit.as_str(),
            "per": self.number.per.as_ref().map(|(_, of)| of.as_str()),
            "aspect": self.aspect.as_str(),
            "measure": text(&self.measure),
            "claim": self.claim,
            "statement": self.statement,
        })
    }
}

/// Words of four letters or more that begin with a capital, in lower case; what many have in their names names nobody:
/// "ministry", "police", "corp".
fn names(text: &str) -> BTreeSet<String> {
    let words = text.split(|c: char| !c.is_alphanumeric()).filter(|w| w.chars().count() >= 4);
    let words = words.filter(|w| w.chars().next().is_some_and(char::is_uppercase)).map(str::to_lowercase);
    words
        .filter(|w| noun::find_compound(w).is_none() && !matches!(w.as_str(), "corp" | "limited" | "holdings"))
        .collect()
}
