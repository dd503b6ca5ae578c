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
//! - [`graph::export`] writes what a store holds for other programs, [`show`] prints a document.
//!
//! Features, all on by default, and each says by name that it is missing: `html` reads web pages and markup in feeds, mail and JSON;
//! `graph` is [`Store`] and all of [`graph`]; `serve` is HTTP, the workbench and the endpoint (and `SERVICE` in queries), `https` TLS to other servers; `cli` is the
//! program's command line, which a library leaves out: `sayso = { version = "0.1", default-features = false, features = ["graph", "html"] }`.
//! `rocksdb`, off by default, is another kind of store.
//!
//! The same text gives the same result everywhere: no clock, no network, no randomness. `examples/` has whole programs.
//! Rows that sayso finds and errors are marked `non_exhaustive`, for they grow; what a program brings (a [`Source`](text::Source), options,
//! tokens) is written with `..Default::default()` where it can be. Everything else is private.

#![deny(unsafe_code)]

pub mod annotate;
#[cfg(feature = "cli")]
mod cli;
mod door;
#[cfg(feature = "graph")]
mod files;
#[cfg(feature = "graph")]
pub mod graph;
#[cfg(feature = "cli")]
mod hard;
mod import;
#[doc(hidden)]
pub mod inside;
mod lexicon;
mod memory;
mod parallel;
pub mod read;
#[cfg(feature = "serve")]
pub mod serve;
pub mod show;
pub mod text;

pub use door::{Article, OddDay, annotate};
#[cfg(feature = "graph")]
pub use door::{Rows, Store};
