//! sayso reads news and builds a graph of attributed claims: who said what, when, with which number.
//!
//! ```
//! let doc = sayso::annotate("“We expected fewer,” said Ann Smith, the mayor of Ardmouth.");
//! let said = doc.statements.iter().next().expect("a statement");
//! assert_eq!(doc.words(&said.source), "Ann Smith, the mayor of Ardmouth");
//! ```
//!
//! - [`annotate()`] and [`Article`] read one text; the [`Document`](text::Document) that comes back has a layer for each kind
//!   of finding: `statements`, `quantities`, `times`, `entities`, `events` …, each with its span in the text.
//! - [`read::articles`] reads files, folders and streams of any kind that `docs/input.md` lists.
//! - [`Store`] keeps many articles as a graph and answers: [`Store::ask`] the ready-made questions, [`Store::query`] SPARQL.
//!   (With the feature `graph`, which is on by default.)
//! - [`graph::export`] writes what a store holds for other programs, [`show`] prints a document.
//!
//! The same text gives the same result everywhere: no clock, no network, no randomness. `examples/` has whole programs.
//! Structures that grow are marked `non_exhaustive`; names that are not shown here may change with any version.

#![deny(unsafe_code)]

pub mod annotate;
#[cfg(feature = "cli")]
#[doc(hidden)]
pub mod cli;
mod door;
#[cfg(feature = "graph")]
#[doc(hidden)]
pub mod files;
#[cfg(feature = "graph")]
pub mod graph;
#[doc(hidden)]
pub mod hard;
pub mod import;
pub mod lexicon;
#[doc(hidden)]
pub mod memory;
#[doc(hidden)]
pub mod parallel;
pub mod read;
#[cfg(feature = "graph")]
pub mod serve;
pub mod show;
pub mod text;

pub use door::{Article, OddDay, annotate};
#[cfg(feature = "graph")]
pub use door::{Rows, Store};
