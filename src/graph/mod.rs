//! The graph: documents as quads, the store, SPARQL, ready-made questions, comparison, checks.

pub mod ask;
pub mod catalogue;
pub mod check;
pub mod compare;
pub mod decided;
mod error;
pub mod export;
pub(crate) mod intake;
pub mod labels;
pub mod links;
pub mod lists;
pub mod query;
pub mod reconcile;
pub mod reference;
pub mod reify;
pub mod scale;
pub mod store;
pub mod tools;
pub mod view;
pub mod vocab;
pub mod words;
pub mod write;

pub use error::{Error, ErrorKind};
