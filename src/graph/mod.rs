//! The graph: documents as quads, the store, SPARQL, ready-made questions, comparison, checks.

pub mod ask;
pub(crate) mod catalogue;
pub mod check;
pub mod compare;
pub(crate) mod counts;
pub(crate) mod decided;
mod error;
pub mod export;
pub(crate) mod first;
pub(crate) mod intake;
pub(crate) mod labels;
pub(crate) mod links;
pub(crate) mod lists;
pub mod nif;
pub(crate) mod places;
pub mod query;
#[cfg(feature = "serve")]
pub(crate) mod reconcile;
pub(crate) mod reconciled;
pub(crate) mod reference;
pub(crate) mod reify;
pub(crate) mod scale;
pub mod store;
pub(crate) mod tools;
pub mod view;
pub mod vocab;
pub(crate) mod words;
pub mod write;

pub use error::{Error, ErrorKind};
