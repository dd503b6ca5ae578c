//! The pipeline: one forward pass over a document. The only file that names the stages.

pub mod coref;
pub mod event;
pub mod layout;
pub mod lemma;
pub mod link;
pub mod mention;
pub mod proposition;
pub mod quantity;
pub mod segment;
pub mod statement;
pub mod syntax;
pub mod time;

use crate::text::Document;

/// What the stages need beside the document: made once, shared by all threads.
#[derive(Debug, Default)]
pub struct Kit {
    /// The known things that entities are linked to.
    pub known: link::Known,
}

impl Kit {
    /// The kit as shipped: the gazetteer compiled in.
    pub fn new() -> Kit {
        Kit::default()
    }
}

/// Finds everything in a document that has only its text and source.
///
/// Total: any text gives a document, and doubt is a missing field. Pure: the same document gives the same result.
pub fn annotate(mut doc: Document, kit: &Kit) -> Document {
    doc.blocks = layout::find(&doc);
    (doc.sentences, doc.tokens) = segment::split(&doc);
    read_tokens(doc, kit)
}

/// The rest of the pass, for a document whose blocks, sentences and tokens are given.
pub fn read_tokens(mut doc: Document, kit: &Kit) -> Document {
    (doc.tags, doc.heads, doc.labels) = syntax::analyse(&doc);
    doc.lemmas = lemma::find(&doc);
    doc.mentions = mention::find(&doc);
    doc.times = time::find(&doc);
    doc.quantities = quantity::find(&doc);
    (doc.entities, doc.entity_of) = coref::resolve(&doc);
    doc.statements = statement::find(&doc);
    doc.events = event::find(&doc);
    doc.propositions = proposition::find(&doc);
    doc.links = link::find(&doc, &kit.known);
    doc
}
