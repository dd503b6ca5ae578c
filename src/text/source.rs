//! Where an article comes from.

use jiff::civil::{Date, Time};

use super::closed_set;

closed_set! {
    /// Where the day of publication was found.
    FoundIn {
        /// A field of the input.
        Given = "given",
        /// A table beside the articles.
        Metadata = "metadata",
        /// The markup of the page.
        Markup = "markup",
        /// A line of the article.
        Text = "text",
        /// The address of the page.
        Address = "address",
        /// No more than the day on which a crawler or a browser fetched the page is known.
        Fetched = "fetched",
        /// No more than the day on which a press database took the article in is known.
        Loaded = "loaded",
    }
}

/// When an article was published, as precisely as it says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Published {
    /// The day.
    pub date: Date,
    /// The time of day on the publisher's clock, if stated.
    pub time: Option<Time>,
    /// Offset from UTC in minutes, if stated.
    pub offset_minutes: Option<i16>,
    /// Where the date was found.
    pub found_in: FoundIn,
}

impl Published {
    /// A day that was given, and nothing more.
    pub fn on(date: Date) -> Published {
        Published { date, time: None, offset_minutes: None, found_in: FoundIn::Given }
    }
}

/// An id as it is kept: runs of white space and of characters that nobody sees are one blank, and none stands at its ends.
/// Two ids that differ in these alone look the same to everybody, so they are the same.
pub fn tidy_id(id: &str) -> String {
    let is_gap = |c: char| c.is_whitespace() || c.is_control();
    id.split(is_gap).filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" ")
}

/// What is known of an article beside its text. Everything but the id may be missing.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Source {
    /// Stable name of the article: given, or made from its file name and text.
    pub id: String,
    /// Web address.
    pub url: Option<String>,
    /// The title, without the publisher's name.
    pub title: Option<String>,
    /// Name of the newspaper, agency or site.
    pub publisher: Option<String>,
    /// Who wrote it, in order.
    pub authors: Vec<String>,
    /// Publication date; without it no relative date is resolved.
    pub published: Option<Published>,
    /// ISO 639-1 language, if stated.
    pub language: Option<String>,
    /// The file it was read from, relative to the folder given on the command line.
    pub file: Option<String>,
}
