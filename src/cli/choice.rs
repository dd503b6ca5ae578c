//! What is chosen of a store: the options that all commands which read one share.

use super::Failure;
use crate::graph::ask::SHOWN;
use crate::graph::catalogue::{Filter, check_day};

/// Filters that a command has beside its own. Each can be given several times: any of its values fits.
#[derive(clap::Args, Debug, Clone, Default)]
#[command(next_help_heading = "Filters")]
pub struct Narrow {
    /// What was said on this day or later (2015-11-18)
    #[arg(long, value_name = "DAY", alias = "from")]
    pub since: Option<String>,
    /// What was said on this day or earlier
    #[arg(long, value_name = "DAY", alias = "to")]
    pub until: Option<String>,
    /// Only speakers whose name, description or title has these words
    #[arg(long, value_name = "NAME")]
    pub speaker: Vec<String>,
    /// Only papers whose name has these words
    #[arg(long, value_name = "NAME")]
    pub publisher: Vec<String>,
    /// Only what happened at, or names, this place
    #[arg(long, value_name = "NAME")]
    pub place: Vec<String>,
    /// Only these kinds of source: person, official, institution, group, document, poll, post, agency, medium
    #[arg(long, value_name = "KIND", value_delimiter = ',')]
    pub source_kind: Vec<String>,
    /// Only statements at least so sure to be read rightly (0 to 1)
    #[arg(long, value_name = "NUMBER")]
    pub min_confidence: Option<f64>,
}

/// All filters.
#[derive(clap::Args, Debug, Clone, Default)]
#[command(next_help_heading = "Filters")]
pub struct Choice {
    #[command(flatten)]
    pub narrow: Narrow,
    /// Only what has these words, one after another
    #[arg(long, value_name = "WORDS")]
    pub about: Vec<String>,
    /// Only articles whose id or title has these words
    #[arg(long, value_name = "ID")]
    pub document: Vec<String>,
    /// Leave out what the articles say in their own voice
    #[arg(long)]
    pub attributed: bool,
}

/// The names of the filters that a question may have as parameters of its own.
pub const NAMES: &[&str] =
    &["since", "until", "speaker", "publisher", "place", "about", "document", "source-kind", "min-confidence"];

impl Choice {
    /// What of it a question does itself, as names and values, and the filter for the rest. A question's own parameters
    /// take one value; a filter takes several.
    pub fn split(&self, takes: impl Fn(&str) -> bool) -> Result<(Vec<(&'static str, String)>, Filter), Failure> {
        let mut filter = self.filter()?;
        let mut own = Vec::new();
        let mut one = |name: &'static str, values: &mut Vec<String>| {
            if takes(name) && values.len() == 1 {
                own.extend(values.pop().map(|value| (name, value)));
            }
        };
        one("speaker", &mut filter.speaker);
        one("publisher", &mut filter.publisher);
        one("place", &mut filter.place);
        one("about", &mut filter.about);
        one("document", &mut filter.document);
        one("source-kind", &mut filter.source_kind);
        for (name, day) in [("since", &mut filter.since), ("until", &mut filter.until)] {
            if takes(name) {
                own.extend(day.take().map(|day| (name, day)));
            }
        }
        filter.min_confidence = self.narrow.min_confidence;
        if takes("min-confidence") {
            own.extend(filter.min_confidence.take().map(|least| ("min-confidence", least.to_string())));
        }
        Ok((own, filter))
    }

    /// The filter, with the confidence from which statements are shown where none is given.
    pub fn filter(&self) -> Result<Filter, Failure> {
        let least = self.narrow.min_confidence.unwrap_or(f64::from(SHOWN) / 100.0);
        Ok(Filter {
            about: self.about.clone(),
            document: self.document.clone(),
            min_confidence: Some(least),
            attributed: self.attributed,
            ..self.narrow.filter()?
        })
    }
}

impl Narrow {
    /// The filter; without a least confidence every statement is sure enough.
    pub fn filter(&self) -> Result<Filter, Failure> {
        for day in self.since.iter().chain(&self.until) {
            check_day(day)?;
        }
        let filter = Filter {
            since: self.since.clone(),
            until: self.until.clone(),
            speaker: self.speaker.clone(),
            publisher: self.publisher.clone(),
            place: self.place.clone(),
            source_kind: self.source_kind.clone(),
            min_confidence: self.min_confidence,
            ..Filter::default()
        };
        filter.check()?;
        Ok(filter)
    }
}
