//! Any text through all stages: no panic, spans of the text, twice the same.
#![no_main]

use std::sync::LazyLock;

use libfuzzer_sys::fuzz_target;
use sayso::annotate::{Kit, annotate};
use sayso::text::{Document, Source};

static KIT: LazyLock<Kit> = LazyLock::new(Kit::new);

fuzz_target!(|text: &str| {
    let read = || annotate(Document::new(Source::default(), text), &KIT);
    let (doc, again) = (read(), read());
    assert_eq!(doc.statements.to_vec(), again.statements.to_vec());
    assert_eq!(doc.events.to_vec(), again.events.to_vec());
    for statement in doc.statements.iter() {
        for span in statement.content.iter().chain(&statement.cue).chain(&statement.source) {
            assert!(!doc.slice(*span).is_empty());
        }
    }
});
