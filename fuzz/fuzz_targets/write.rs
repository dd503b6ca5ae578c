//! The graph of any text: what is written as N-Quads is read again, and the exports end.
#![no_main]

use std::sync::LazyLock;

use libfuzzer_sys::fuzz_target;
use sayso::annotate::{Kit, annotate};
use sayso::graph::store::{from_quads, quads_of};
use sayso::graph::{export, write};
use sayso::text::{Document, Source};

static KIT: LazyLock<Kit> = LazyLock::new(Kit::new);

fuzz_target!(|text: &str| {
    let source = Source { id: "a".to_owned(), ..Source::default() };
    let quads = write::quads(&annotate(Document::new(source, text), &KIT), &write::Options::default());
    let lines: String = quads.iter().map(|q| format!("{q} .\n")).collect();
    assert!(quads_of(lines.as_bytes()).is_ok());
    let store = from_quads(&quads).expect("a store");
    for (name, format, _) in export::Format::ALL {
        if !format.is_folder() && !matches!(*name, "svg" | "pdf" | "png" | "sqlite") {
            let _ = export::write(&store, *format, &export::Options::default());
        }
    }
});
