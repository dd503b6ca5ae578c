//! Propositions: subject, relation and objects of each clause.

use crate::text::{Document, Layer, Proposition};

/// Finds the propositions of a document.
pub fn find(_doc: &Document) -> Layer<Proposition> {
    Layer::default()
}
