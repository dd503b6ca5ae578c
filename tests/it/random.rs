//! Random inputs, cut down by proptest to the smallest that fails: readers take any bytes, stages any text, the engine any
//! query, and what is written is what its name says. Few cases a run, so that these run always; `fuzz/` has the same doors
//! for a fuzzer that runs for hours. `PROPTEST_CASES` asks for more.

use std::fs;
use std::sync::LazyLock;
use std::time::Duration;

use oxigraph::io::{RdfFormat, RdfParser};
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;
use sayso::annotate::{Kit, annotate};
use sayso::graph::export;
use sayso::graph::query::{Limits, run};
use sayso::graph::store::{from_quads, from_text};
use sayso::graph::write;
use sayso::text::{Document, Published, Source};

use crate::view::bridge;

fn config(cases: u32) -> ProptestConfig {
    let asked = std::env::var("PROPTEST_CASES").ok().and_then(|n| n.parse().ok());
    // Nothing is kept between runs: a case that failed belongs into the tests.
    ProptestConfig { cases: asked.unwrap_or(cases), failure_persistence: None, ..ProptestConfig::default() }
}

/// Words and marks that stages look for, and some that none expects.
const PIECES: &[&str] = &[
    "the",
    "police",
    "said",
    "that",
    "told",
    "“",
    "”",
    "\"",
    "'",
    "’s",
    "Mr.",
    "Ana",
    "Brook",
    "Inc.",
    "$",
    "€",
    "12",
    "1.5",
    "million",
    "per",
    "cent",
    "100,000",
    "x",
    "m",
    "km",
    "on",
    "Monday",
    "last",
    "week",
    "2024-02-30",
    "May",
    "5",
    "3:30",
    "not",
    "no",
    "strike",
    "killed",
    "of",
    "and",
    ",",
    ".",
    ":",
    ";",
    "(",
    ")",
    "—",
    "-",
    "\n\n",
    "\n",
    "\u{0}",
    "\u{301}",
    "\u{200d}",
    "😀",
    "é",
    "<b>",
    "&amp;",
    "http://a.example/",
    "@x",
    "#y",
    "—who",
    "quoted",
    "as",
    "saying",
    "asked",
    "reporters",
    "added",
    "who",
    "he",
    "she",
    "they",
    "according",
    "to",
    "½",
    "٣",
    "\u{feff}",
    "\u{202e}",
    "in",
    "between",
    "from",
    "up",
    "by",
    "\t",
    "|",
    "=1+1",
    "\r",
];

fn text() -> impl Strategy<Value = String> {
    let piece = prop_oneof![8 => select(PIECES).prop_map(str::to_owned), 1 => ".{0,6}"];
    (vec(piece, 0..60), any::<bool>()).prop_map(|(words, apart)| words.join(if apart { " " } else { "" }))
}

static KIT: LazyLock<Kit> = LazyLock::new(Kit::new);

fn document(text: &str, is_dated: bool) -> Document {
    let published = is_dated.then(|| Published::on("2024-05-14".parse().expect("a day")));
    annotate(Document::new(Source { id: "a".to_owned(), published, ..Source::default() }, text), &KIT)
}

/// Parts of queries that belong together and some that do not.
const QUERY: &[&str] = &[
    "SELECT",
    "*",
    "?s",
    "?p",
    "?o",
    "WHERE",
    "{",
    "}",
    "(",
    ")",
    "FILTER",
    "OPTIONAL",
    "UNION",
    "MINUS",
    "GRAPH",
    "VALUES",
    "BIND",
    "AS",
    "COUNT",
    "DISTINCT",
    "ORDER BY",
    "LIMIT",
    "10",
    "OFFSET",
    "sayso:speaker",
    "rdfs:label",
    "a",
    ".",
    ";",
    ",",
    "\"x\"",
    "'",
    "<a:b>",
    "_:b",
    "[",
    "]",
    "||",
    "&&",
    "!",
    "=",
    "+",
    "/",
    "^",
    "|",
    "CONCAT",
    "REGEX",
    "STRLEN",
    "SERVICE",
    "<http://127.0.0.1:1/>",
    "CONSTRUCT",
    "ASK",
    "DESCRIBE",
    "GROUP BY",
    "HAVING",
    "EXISTS",
    "NOT",
    "IN",
    "<<(",
    ")>>",
    "@en",
    "^^xsd:integer",
    "1e400",
    "\u{0}",
    "\\u0000",
    "#",
    "\n",
];

proptest! {
    #![proptest_config(config(48))]

    /// Any text is annotated without a panic, twice alike, and every span is one of its text.
    #[test]
    fn any_text_is_annotated(text in text(), is_dated in any::<bool>()) {
        let doc = document(&text, is_dated);
        let length = doc.text().len();
        for span in doc.events.iter().map(|e| e.span).chain(doc.quantities.iter().map(|q| q.span)).chain(doc.times.iter().map(|t| t.span)) {
            prop_assert!(span.end() <= length && doc.text().is_char_boundary(span.start()) && doc.text().is_char_boundary(span.end()));
        }
        let again = document(&text, is_dated);
        prop_assert_eq!(doc.events.to_vec(), again.events.to_vec());
        prop_assert_eq!(doc.statements.to_vec(), again.statements.to_vec());
    }

    /// What is written of any text is what its name says, and the exports of its graph end.
    #[test]
    fn any_text_is_written(text in text()) {
        let quads = write::quads(&document(&text, true), &write::Options::default());
        for format in [RdfFormat::NQuads, RdfFormat::TriG, RdfFormat::RdfXml, RdfFormat::Turtle] {
            let mut bytes = Vec::new();
            write::serialize(&quads, format, &mut bytes).expect("written");
            let read: Result<Vec<_>, _> = RdfParser::from_format(format).for_slice(&bytes).collect();
            prop_assert!(read.is_ok(), "{format:?}: {:?}", read.err());
        }
        let store = from_quads(&quads).expect("a store");
        for (name, format, _) in export::Format::ALL {
            // Pictures beyond GraphViz's own language are drawn by another program.
            if !format.is_folder() && !matches!(*name, "svg" | "pdf" | "png" | "sqlite") {
                let _ = export::write(&store, *format, &export::Options::default());
            }
        }
    }

    /// Any words of the language are answered or refused.
    #[test]
    fn any_query_is_answered_or_refused(words in vec(select(QUERY), 0..40)) {
        let limits = Limits { timeout: Some(Duration::from_millis(300)), memory: Some(64 << 20), ..Limits::default() };
        let store = bridge();
        let _ = run(&store, &words.join(" "), &limits);
        let shaped = format!("SELECT * {{ {} }} LIMIT 10", words.join(" "));
        let _ = run(&store, &shaped, &limits);
    }

    /// Any RDF is read or refused.
    #[test]
    fn any_rdf_is_read_or_refused(words in vec(select(QUERY), 0..40), kind in select(&["ttl", "nt", "nq", "trig", "rdf", "jsonld"][..])) {
        let _ = from_text(&words.join(" "), kind);
    }

    /// Any bytes under any name are read or refused.
    #[test]
    fn any_file_is_read_or_refused(
        bytes in prop_oneof![vec(any::<u8>(), 0..200), text().prop_map(String::into_bytes)],
        begin in select(&["", "{\"text\": \"", "<html><body><p>", "WARC/1.0\r\n", "From a@b\nSubject: x\n\n", "id,text\n1,", "PK\u{3}\u{4}", "\u{1f}\u{8b}", "<rss><channel><item><description>", "---\ntitle: x\n---\n", "TY  - NEWS\n", "# newdoc\n1\t"][..]),
        name in select(&["a.txt", "a.html", "a.json", "a.jsonl", "a.csv", "a.xml", "a.warc", "a.mbox", "a.gz", "a.zip", "a.ris", "a.conllu", "a.md"][..]),
    ) {
        let folder = tempfile::tempdir().expect("folder");
        let path = folder.path().join(name);
        fs::write(&path, [begin.as_bytes(), &bytes].concat()).expect("file");
        for doc in sayso::read::articles(&[path], None).take(50).flatten() {
            prop_assert!(doc.text().len() < 1 << 20);
        }
    }
}
