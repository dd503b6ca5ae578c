//! The graph: documents as quads, the store, SPARQL, ready-made questions, comparison, checks.

pub mod ask;
#[doc(hidden)]
pub mod catalogue;
pub mod check;
pub mod compare;
#[doc(hidden)]
pub mod decided;
mod error;
pub mod export;
pub(crate) mod intake;
#[doc(hidden)]
pub mod labels;
#[doc(hidden)]
pub mod links;
#[doc(hidden)]
pub mod lists;
pub mod query;
#[doc(hidden)]
pub mod reconcile;
#[doc(hidden)]
pub mod reference;
#[doc(hidden)]
pub mod reify;
#[doc(hidden)]
pub mod scale;
pub mod store;
#[doc(hidden)]
pub mod tools;
pub mod view;
pub mod vocab;
#[doc(hidden)]
pub mod words;
pub mod write;

pub use error::{Error, ErrorKind};
