//! Any query over a small store: an answer or an error, within its limits.
#![no_main]

use std::sync::LazyLock;
use std::time::Duration;

use libfuzzer_sys::fuzz_target;
use sayso::graph::query::{Limits, run};
use sayso::graph::store::{Loaded, from_text};

static STORE: LazyLock<Loaded> =
    LazyLock::new(|| from_text(include_str!("../../tests/cases/view/bridge.trig"), "trig").expect("RDF"));

fuzz_target!(|query: &str| {
    let limits = Limits { timeout: Some(Duration::from_secs(2)), memory: Some(256 << 20), ..Limits::default() };
    let _ = run(&STORE, query, &limits);
});
