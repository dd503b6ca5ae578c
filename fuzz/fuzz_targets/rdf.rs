//! Any RDF in any format: read or refused.
#![no_main]

use libfuzzer_sys::fuzz_target;

const KINDS: &[&str] = &["ttl", "nt", "nq", "trig", "rdf", "jsonld"];

fuzz_target!(|given: (u8, &str)| {
    let _ = sayso::graph::store::from_text(given.1, KINDS[usize::from(given.0) % KINDS.len()]);
});
