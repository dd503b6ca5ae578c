//! Coreference: which mentions name the same thing, inside one document.

use crate::text::{Column, Document, Entity, Id, Layer, Mention};

/// Joins mentions into entities.
pub fn resolve(_doc: &Document) -> (Layer<Entity>, Column<Mention, Option<Id<Entity>>>) {
    Default::default()
}
