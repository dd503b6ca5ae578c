//! sayso reads news and builds a graph of attributed claims: who said what, when, with which number.
//!
//! Text is read ([`read`]), annotated ([`annotate`]), made a graph ([`graph`]), shown ([`show`]) and served.

#![deny(unsafe_code)]

pub mod annotate;
#[cfg(feature = "cli")]
pub mod cli;
#[cfg(feature = "graph")]
pub mod files;
#[cfg(feature = "graph")]
pub mod graph;
pub mod hard;
pub mod import;
pub mod lexicon;
pub mod memory;
pub mod parallel;
pub mod read;
#[cfg(feature = "graph")]
pub mod serve;
pub mod show;
pub mod text;
