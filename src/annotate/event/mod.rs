//! Events: what happened, to whom, where and when, and whether it is said to have happened.

use crate::text::{Document, Event, Layer};

/// Finds the events of a document.
pub fn find(_doc: &Document) -> Layer<Event> {
    Layer::default()
}
