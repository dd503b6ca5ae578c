//! The gazetteer of sayso and the is-a tree of WordNet, as bytes: `GAZETTEER.md` and `WORDNET.md` say what they are made of,
//! `src/lexicon/gazetteer.rs` and `wordnet.rs` of the crate `sayso` read them.
//!
//! A crate of its own because a registry takes ten megabytes, and because code changes more often than names do.

#![no_std]
#![forbid(unsafe_code)]

/// The gazetteer's table, to be read in place.
// A static, not a constant: a constant is copied into every part of the program that reads it.
pub static TABLE: &[u8] = include_bytes!("gazetteer.bin");

/// The is-a tree, deflated.
pub static WORDNET: &[u8] = include_bytes!("wordnet.bin");
