//! Mentions: names, noun phrases that may name a thing, pronouns.

use crate::text::{Document, Layer, Mention};

/// Finds the mentions of a document.
pub fn find(_doc: &Document) -> Layer<Mention> {
    Layer::default()
}
