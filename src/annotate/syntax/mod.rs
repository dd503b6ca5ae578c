//! Syntax: parts of speech, trees, names and speech labels, by one small network in one pass.
//!
//! Summed hashed features and a static vector of each token, a window of three, two bidirectional simple recurrent layers within
//! the sentence, one more over a window of sentences; one head for each task. How the weights are made is told in `training/`,
//! what they were trained on and how well they do in `en/MODEL-CARD.md`.

mod features;
// The processor's own instructions: the one place, beside the allocator and the view of the weights, where code is unsafe.
#[allow(unsafe_code)]
mod kernel;
mod model;
mod names;
mod network;
mod tree;
mod words;

pub use kernel::Isa;
pub use model::Model;

use crate::text::{Column, Document, Head, Label, Tag, Token};

/// Reads every sentence with the English network.
pub fn analyse(doc: &Document) -> (Column<Token, Tag>, Column<Token, Head>, Column<Token, Label>) {
    analyse_with(doc, Model::english())
}

/// Reads every sentence with the given network.
pub fn analyse_with(doc: &Document, model: &Model) -> (Column<Token, Tag>, Column<Token, Head>, Column<Token, Label>) {
    network::run(doc, model)
}
