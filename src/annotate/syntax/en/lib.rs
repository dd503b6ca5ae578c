//! The weights of sayso's network for English, as bytes: `MODEL-CARD.md` says what they learned from, `src/annotate/syntax/model.rs`
//! of the crate `sayso` reads them.
//!
//! A crate of its own because a registry takes ten megabytes, and because code changes more often than weights do.

#![no_std]
#![forbid(unsafe_code)]

/// Bytes at an address that is a multiple of 64, so that numbers can be read in place.
#[repr(C, align(64))]
struct Aligned<T>(T);

static BYTES: Aligned<[u8; include_bytes!("model.bin").len()]> = Aligned(*include_bytes!("model.bin"));

/// The file, at an address that is a multiple of 64.
pub static MODEL: &[u8] = &BYTES.0;
