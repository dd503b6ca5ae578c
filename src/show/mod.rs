//! Showing: an annotated document as JSON, CoNLL-U, or marked text for a person.

pub mod conllu;
pub mod jsonl;
pub mod marked;
pub mod newsquant;
