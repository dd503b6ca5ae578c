//! What a store holds, as rows that stand side by side: articles, speakers, statements, figures, questions, comparisons.
//!
//! The graph is read property by property, once; pages, spreadsheets and filters then work on rows. Rows are in one order,
//! whatever keeps the store: articles by day and id, statements by their place in the article.

mod alike;
mod count;
mod filter;
mod one;
mod printed;
mod read;
mod ruled;

use std::collections::BTreeMap;

use rustc_hash::FxHashMap;
use smol_str::SmolStr;

use super::decided::{Decided, STATEMENT, VERDICT};
use super::store::Loaded as Store;
use super::view::Kind;
use super::{Error, places};
#[cfg(feature = "serve")]
pub use alike::Alike;
pub use count::{Heard, Told};
pub(super) use count::{heard, told, trusted};
#[cfg(feature = "serve")]
pub use filter::SOURCE_KINDS;
pub(super) use filter::near;
pub use filter::{Filter, check_day, meant, source_kind};
pub use printed::{Paper, Printed};
pub(super) use printed::{papers, printed};
pub use read::Depth;
use read::Reading;
pub use ruled::Standing;

/// An article.
#[derive(Clone, Debug, Default)]
pub struct Article {
    pub iri: String,
    pub id: String,
    pub title: String,
    pub publisher: String,
    /// The publisher as an agent.
    pub publisher_iri: String,
    pub published: String,
    pub address: String,
    /// The incidents that it tells of, as places of the catalogue's list.
    pub incidents: Vec<u32>,
    pub statements: Vec<u32>,
}

impl Article {
    /// Its headline, else its id.
    pub fn label(&self) -> &str {
        if self.title.is_empty() { &self.id } else { &self.title }
    }

    /// Who published it, else that nobody is named.
    pub fn paper(&self) -> &str {
        paper(&self.publisher)
    }
}

/// What a paper is called, also where nobody is named.
fn paper(name: &str) -> &str {
    if name.is_empty() { "no publisher named" } else { name }
}

/// What a source is called that is nobody known, also where there are no words for it.
fn source(words: &str) -> &str {
    if words.is_empty() { "source not named" } else { words }
}

/// Somebody who speaks.
#[derive(Clone, Debug)]
pub struct Agent {
    pub iri: String,
    pub name: String,
    pub kind: Kind,
    pub roles: Vec<String>,
    pub same_as: Vec<String>,
    pub statements: Vec<u32>,
}

/// A statement.
#[derive(Clone, Debug, Default)]
pub struct Statement {
    pub iri: SmolStr,
    pub article: u32,
    pub speakers: Vec<u32>,
    pub source: SmolStr,
    pub cue: SmolStr,
    pub words: SmolStr,
    /// The local names of the closed lists: `indirect`, `sourceBody`, `denied`, `negative`, `asserted`.
    pub mode: SmolStr,
    pub kind: SmolStr,
    pub commitment: SmolStr,
    pub polarity: SmolStr,
    pub modality: SmolStr,
    /// Title or office of the source.
    pub title: SmolStr,
    pub addressee: SmolStr,
    pub medium: SmolStr,
    pub earliest: SmolStr,
    pub latest: SmolStr,
    pub confidence: Option<f32>,
    /// Where the content begins, in code points of the article.
    pub begin: u32,
    pub sentences: Vec<SmolStr>,
    /// Where the events that it tells of happened.
    pub places: Vec<SmolStr>,
    pub figures: Vec<u32>,
    /// What a person decided about it.
    pub standing: Standing,
}

impl Statement {
    /// The article speaks in its own voice.
    pub fn is_narrator(&self) -> bool {
        self.mode == "narrator"
    }

    /// The speaker rejects what the words say, or will not vouch for it.
    pub fn is_denied(&self) -> bool {
        self.polarity == "negative" || matches!(self.commitment.as_str(), "denied" | "declined" | "notConfirmed")
    }

    /// A statement without a measured confidence is sure.
    pub fn sure(&self) -> f32 {
        self.confidence.unwrap_or(1.0)
    }

    /// Its day: the last on which it can have been said.
    pub fn day<'s>(&'s self, article: &'s Article) -> &'s str {
        match (self.latest.as_str(), self.earliest.as_str()) {
            ("", "") => &article.published,
            ("", earliest) => earliest,
            (latest, _) => latest,
        }
    }
}

/// A number that a statement gives.
#[derive(Clone, Debug, Default)]
pub struct Figure {
    pub claim: SmolStr,
    pub quantity: SmolStr,
    pub statement: u32,
    pub question: Option<u32>,
    pub surface: SmolStr,
    pub value: SmolStr,
    pub lower: SmolStr,
    pub upper: SmolStr,
    pub bound: SmolStr,
    pub unit: SmolStr,
    pub currency: SmolStr,
    pub per: SmolStr,
    /// What it is of, in words that stand alone.
    pub measured: SmolStr,
    pub measure: SmolStr,
    pub aspect: SmolStr,
    pub kind: SmolStr,
    pub earliest: SmolStr,
    pub latest: SmolStr,
    /// Where the number stands: `DOC#char=12,18`.
    pub evidence: SmolStr,
    /// The sentence it stands in.
    pub sentence: SmolStr,
}

impl Figure {
    /// The lowest and the highest number that the words admit; nothing where they leave a side open.
    pub fn bounds(&self) -> (Option<f64>, Option<f64>) {
        let number = |text: &SmolStr| text.parse::<f64>().ok();
        let (value, lower, upper) = (number(&self.value), number(&self.lower), number(&self.upper));
        let low = lower.or(if matches!(self.bound.as_str(), "atMost" | "lessThan") { None } else { value });
        let high = upper.or(if matches!(self.bound.as_str(), "atLeast" | "moreThan") { None } else { value });
        (low, high)
    }

    /// The one number that stands for it.
    pub fn point(&self) -> Option<f64> {
        let number = |text: &SmolStr| text.parse::<f64>().ok();
        let (low, high) = (number(&self.lower), number(&self.upper));
        number(&self.value).or(match (low, high) {
            (Some(low), Some(high)) => Some((low + high) / 2.0),
            (low, high) => low.or(high),
        })
    }
}

/// What several figures answer.
#[derive(Clone, Debug, Default)]
pub struct Question {
    pub iri: String,
    pub counted: String,
    pub measure: String,
    pub incident: Option<u32>,
    pub places: Vec<String>,
    pub earliest: String,
    pub latest: String,
    pub figures: Vec<u32>,
    pub comparisons: Vec<u32>,
}

/// How two figures of a question stand to each other.
#[derive(Clone, Debug)]
pub struct Comparison {
    pub left: u32,
    pub right: u32,
    pub question: u32,
    pub verdict: Verdict,
    pub reason: String,
    /// Another pair says the same in other tellings, and stands for it in lists.
    pub repeats: bool,
    /// What a person decided about it.
    pub standing: Standing,
}

/// The verdicts, the most telling first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Verdict {
    Contradicts,
    Updates,
    Agrees,
    Compatible,
    OtherScope,
}

impl Verdict {
    /// Every verdict with its name in tables and addresses.
    pub const ALL: &'static [(&'static str, Verdict)] = &[
        ("contradicts", Verdict::Contradicts),
        ("updates", Verdict::Updates),
        ("agrees", Verdict::Agrees),
        ("compatible", Verdict::Compatible),
        ("other", Verdict::OtherScope),
    ];

    /// The verdict of a name.
    pub fn named(name: &str) -> Option<Verdict> {
        Verdict::ALL.iter().find(|(own, _)| *own == name).map(|(_, verdict)| *verdict)
    }

    /// Its name.
    pub fn as_str(self) -> &'static str {
        Verdict::ALL.iter().find(|(_, verdict)| *verdict == self).map_or("other", |(name, _)| name)
    }
}

/// What several articles tell of.
#[derive(Clone, Debug, Default)]
pub struct Incident {
    pub iri: String,
    pub label: String,
    pub articles: Vec<u32>,
    pub questions: Vec<u32>,
}

/// All of them.
#[derive(Clone, Debug, Default)]
pub struct Catalogue {
    pub articles: Vec<Article>,
    pub agents: Vec<Agent>,
    pub statements: Vec<Statement>,
    pub figures: Vec<Figure>,
    pub questions: Vec<Question>,
    pub comparisons: Vec<Comparison>,
    pub incidents: Vec<Incident>,
    /// Where places are, in degrees east and north, by their names.
    pub points: BTreeMap<SmolStr, (f64, f64)>,
    by_iri: FxHashMap<SmolStr, Row>,
    /// What decisions have changed, as it was.
    before: ruled::Before,
    /// Which speakers are one.
    ones: one::Ones,
}

/// A row of one of the lists.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Row {
    Article(u32),
    Agent(u32),
    Statement(u32),
    Question(u32),
    Incident(u32),
}

impl Catalogue {
    /// Reads a store.
    pub fn read(store: &Store) -> Result<Catalogue, Error> {
        Catalogue::read_to(store, Depth::All)
    }

    fn read_to(store: &Store, depth: Depth) -> Result<Catalogue, Error> {
        let mut all = Reading::of(store, depth).catalogue()?;
        all.unite(&Decided::default());
        Ok(all)
    }

    /// Rows that are counted, or named (`depth`), and chosen by a filter, with what people decided; nothing else of them is
    /// to be shown. More is read where the filter or the decisions ask for it.
    pub fn read_chosen(store: &Store, decided: &Decided, filter: &Filter, depth: Depth) -> Result<Catalogue, Error> {
        let is_of_words = filter.is_of_words() || decided.has(STATEMENT) || decided.has(VERDICT);
        let mut all = Catalogue::read_to(store, if is_of_words { Depth::All } else { depth })?;
        all.decide(store, decided)?;
        Ok(all)
    }

    /// The same with what people decided about it.
    pub fn read_decided(store: &Store, decided: &Decided) -> Result<Catalogue, Error> {
        let mut all = Catalogue::read(store)?;
        all.decide(store, decided)?;
        Ok(all)
    }

    /// The row that an IRI names.
    pub fn row(&self, iri: &str) -> Option<Row> {
        self.by_iri.get(iri).copied()
    }

    /// Who said it, in words: speakers' names, else the source as worded.
    pub fn who(&self, statement: &Statement) -> String {
        if statement.speakers.is_empty() {
            return source(&statement.source).to_owned();
        }
        let names: Vec<&str> = statement.speakers.iter().map(|&a| self.agents[a as usize].name.as_str()).collect();
        names.join(" and ")
    }

    pub fn article(&self, statement: &Statement) -> &Article {
        &self.articles[statement.article as usize]
    }

    pub fn statement(&self, figure: &Figure) -> &Statement {
        &self.statements[figure.statement as usize]
    }

    /// The question in words: `people: attended`, with the thing left out where it says the same as the measure.
    pub fn asked(&self, question: &Question) -> String {
        asked(&question.counted, &question.measure)
    }

    /// Whether a person could make sense of the question: it tells a thing or a measure that is more than a stand-in.
    pub fn is_telling(&self, question: &Question) -> bool {
        is_telling(&question.counted, &question.measure)
    }
}

/// What a question asks, in words. Where the thing says no more than the measure it is not said twice.
pub fn asked(counted: &str, measure: &str) -> String {
    let same = |a: &str, b: &str| a.trim_end_matches('s').eq_ignore_ascii_case(b.trim_end_matches('s'));
    match (counted.trim(), measure.trim()) {
        ("", "") => "a figure".to_owned(),
        ("", words) | (words, "") => words.to_owned(),
        (counted, measure) if same(counted, measure) => measure.to_owned(),
        (counted, measure) if is_stand_in(counted) => measure.to_owned(),
        (counted, measure) => format!("{counted} {measure}"),
    }
}

/// Words that stand for a thing without naming it.
fn is_stand_in(word: &str) -> bool {
    const CLOSED: &[&str] = &[
        "that", "this", "it", "they", "them", "these", "those", "he", "she", "which", "who", "what", "one", "ones",
        "some", "others", "all", "more", "many", "figure", "number",
    ];
    CLOSED.contains(&word.trim().to_lowercase().as_str())
}

/// Whether thing and measure together tell what is asked.
pub fn is_telling(counted: &str, measure: &str) -> bool {
    let has = |word: &str| !word.trim().is_empty() && !is_stand_in(word);
    has(measure) && (has(counted) || counted.trim().is_empty()) || has(counted) && measure.trim().is_empty()
}

/// Where a stretch of text lies, in code points: `DOC#char=12,20`.
pub fn characters(iri: &str) -> Option<(u32, u32)> {
    places::characters(iri)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_question_says_nothing_twice_and_stand_ins_tell_nothing() {
        assert_eq!(asked("people", "killed"), "people killed");
        assert_eq!(asked("missing", "missing"), "missing");
        assert_eq!(asked("Revenue", "revenue"), "revenue");
        assert_eq!(asked("", ""), "a figure");
        assert!(is_telling("people", "killed") && is_telling("Revenue", "revenue") && is_telling("", "missing"));
        assert!(!is_telling("that", "ask") && !is_telling("", "") && !is_telling("it", ""));
    }
}
