//! The pipeline: one forward pass over a document. The only file that names the stages.

pub(crate) mod coref;
pub(crate) mod event;
pub(crate) mod figure;
mod given;
pub(crate) mod layout;
pub(crate) mod lemma;
pub mod link;
pub(crate) mod mention;
pub(crate) mod proposition;
pub(crate) mod quantity;
pub(crate) mod segment;
pub(crate) mod statement;
pub(crate) mod syntax;
pub(crate) mod time;
pub(crate) mod topic;

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

/// Finds everything in a document that has only its text and source; given blocks, tokens and sentences are kept.
///
/// Total: any text gives a document, and doubt is a missing field. Pure: the same document gives the same result.
pub fn annotate(doc: Document, kit: &Kit) -> Document {
    annotate_watched(doc, kit, &mut |_| ())
}

/// The longest article that is read, in tokens: the longest novels have half as many. What every stage does grows with
/// their number alone, so this bounds the time and the memory of an article, the same on every machine.
pub const LONGEST: usize = 1_000_000;

/// Words and marks of an article at most for the program and its server, as many as in a book of 400 pages. Reading takes up to
/// eleven kilobytes a word, so that no article takes more than some 1.7 GB. The library itself reads longer ones.
pub const WORDS: usize = 150_000;
const _: () = assert!(WORDS <= LONGEST);

/// The same within a budget: an article of more tokens is given up before the costly stages, with their number.
pub fn annotate_within(mut doc: Document, kit: &Kit, tokens: usize) -> Result<Document, usize> {
    begin(&mut doc);
    if doc.tokens.len() > tokens {
        return Err(doc.tokens.len());
    }
    Ok(read_tokens(doc, kit, &mut |_| ()))
}

/// The same, telling `watch` the name of each stage as it ends (for benchmarks).
pub fn annotate_watched(mut doc: Document, kit: &Kit, watch: &mut dyn FnMut(&'static str)) -> Document {
    begin(&mut doc);
    watch("layout, segment");
    read_tokens(doc, kit, watch)
}

/// Blocks, sentences and tokens.
fn begin(doc: &mut Document) {
    if doc.tokens.is_empty() {
        doc.blocks = layout::find(doc);
        (doc.sentences, doc.tokens) = segment::split(doc);
    } else if doc.sentences.is_empty() {
        doc.sentences = segment::sentences(doc);
    } else {
        doc.sentences = segment::cut(doc);
    }
}

/// The rest of the pass, for a document whose blocks, sentences and tokens are given.
pub fn read_tokens(mut doc: Document, kit: &Kit, watch: &mut dyn FnMut(&'static str)) -> Document {
    let (tags, heads, labels) = syntax::analyse(&doc);
    doc.set_trees(tags, heads);
    doc.labels = labels;
    watch("syntax");
    doc.lemmas = lemma::find(&doc);
    watch("lemma");
    doc.mentions = mention::find(&doc);
    if let Some(given) = &doc.given {
        doc.mentions = given::mentions(&doc, given);
    }
    if let Some(names) = &doc.given_names {
        doc.mentions = mention::with_given(&doc, names);
    }
    watch("mention");
    doc.times = time::find(&doc);
    watch("time");
    doc.quantities = quantity::find(&doc);
    watch("quantity");
    (doc.entities, doc.entity_of) = coref::resolve(&doc);
    doc.quantities = quantity::bind(&doc);
    watch("coref");
    let statements = match &doc.given {
        Some(given) => given::statements(&doc, given),
        None => statement::find(&doc),
    };
    doc.set_statements(statements);
    doc.quantities = quantity::told(&doc);
    watch("statement");
    doc.events = event::find(&doc);
    watch("event");
    doc.propositions = proposition::find(&doc);
    watch("proposition");
    doc.frames = figure::find(&doc);
    doc.quantities = figure::sure(&doc);
    doc.topic = topic::find(&doc);
    watch("frame, topic");
    doc.links = link::find(&doc, &kit.known);
    watch("link");
    doc
}
