//! The weights of sayso for English, as bytes: `MODEL-CARD.md` says what the network learned from, `training/statement/README.md` what
//! the taggers of statements did; `src/annotate/syntax/model.rs` and `src/annotate/statement/model.rs` of the crate `sayso` read them.
//!
//! A crate of its own because a registry takes ten megabytes, and because code changes more often than weights do.

#![no_std]
#![forbid(unsafe_code)]

/// Bytes at an address that is a multiple of 64, so that numbers can be read in place.
#[repr(C, align(64))]
struct Aligned<T>(T);

static BYTES: Aligned<[u8; include_bytes!("model.bin").len()]> = Aligned(*include_bytes!("model.bin"));

/// The network, at an address that is a multiple of 64.
pub static MODEL: &[u8] = &BYTES.0;

/// The two taggers of statements.
pub static STATEMENTS: &[u8] = include_bytes!("statements.bin");
