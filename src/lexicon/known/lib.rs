//! The gazetteer of sayso, as bytes: `GAZETTEER.md` says what it is made of, `src/lexicon/gazetteer.rs` of the crate `sayso` reads it.
//!
//! A crate of its own because a registry takes ten megabytes, and because code changes more often than names do.

#![no_std]
#![forbid(unsafe_code)]

/// The table, to be read in place.
// A static, not a constant: a constant is copied into every part of the program that reads it.
pub static TABLE: &[u8] = include_bytes!("gazetteer.bin");
