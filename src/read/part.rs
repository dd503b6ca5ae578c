//! What a file yields: articles before they have ids.

use super::Error;
use crate::text::Document;

/// An article out of a file, before it has an id.
pub struct Part {
    pub doc: Document,
    /// Its line, row or place among the articles of its file, from 1; `None` when the file is the article.
    pub number: Option<usize>,
    /// Facts of it that could not be understood.
    pub losses: Vec<Error>,
    /// Which of the names that were given for its facts it has ([`super::Fields::found`]); `None` where they are no matter.
    pub fields: Option<u8>,
}

impl Part {
    /// The only article of a file.
    pub fn whole(doc: Document) -> Part {
        Part { doc, number: None, losses: Vec::new(), fields: None }
    }

    /// One article of several.
    pub fn one(doc: Document, number: usize) -> Part {
        Part { doc, number: Some(number), losses: Vec::new(), fields: None }
    }

    /// The same with each of its losses at its place.
    pub fn placed(mut self, at: impl Fn(Error) -> Error) -> Part {
        self.losses = self.losses.into_iter().map(at).collect();
        self
    }
}

/// The articles of one opened file, one after another.
pub type Parts = Box<dyn Iterator<Item = Result<Part, Error>> + Send>;
