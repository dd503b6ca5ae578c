//! What is chosen of a store: the options that all commands which read one share.

use super::Failure;
use crate::graph::ask::SHOWN;
use crate::graph::catalogue::{Filter, check_day};

/// Filters. Each can be given several times, or with several values after commas.
#[derive(clap::Args, Debug, Clone, Default)]
#[command(next_help_heading = "Filters")]
pub struct Choice {
    /// What was said on this day or later (2015-11-18)
    #[arg(long, value_name = "DAY")]
    pub since: Option<String>,
    /// What was said on this day or earlier
    #[arg(long, value_name = "DAY")]
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
    /// Only what has these words, one after another
    #[arg(long, value_name = "WORDS")]
    pub about: Vec<String>,
    /// Only articles whose id or title has these words
    #[arg(long, value_name = "ID")]
    pub document: Vec<String>,
    /// Only these kinds of source: person, official, institution, group, document, poll, post, agency, medium
    #[arg(long, value_name = "KIND", value_delimiter = ',')]
    pub source_kind: Vec<String>,
    /// Only statements at least so sure to be read rightly (0 to 1)
    #[arg(long, value_name = "NUMBER")]
    pub min_confidence: Option<f64>,
    /// Leave out what the articles say in their own voice
    #[arg(long)]
    pub attributed: bool,
}

impl Choice {
    /// The filter, with the confidence from which statements are shown where none is given.
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
            about: self.about.clone(),
            document: self.document.clone(),
            source_kind: self.source_kind.clone(),
            min_confidence: Some(self.min_confidence.unwrap_or(f64::from(SHOWN) / 100.0)),
            attributed: self.attributed,
        };
        filter.check()?;
        Ok(filter)
    }
}
