//! The whole program on whole articles: golden output, and nothing that any text can break.

use std::fs;
use std::path::{Path, PathBuf};

use sayso::annotate::{Kit, annotate};
use sayso::graph::{store, write};
use sayso::text::{Document, Span};

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

fn corpus() -> Vec<Document> {
    sayso::read::articles(&[root().join("corpus")], None).map(|d| d.expect("a readable article")).collect()
}

fn quads(doc: Document) -> String {
    let doc = annotate(doc, &Kit::new());
    // Without the hashes of the weights, which change more often than what is read.
    let options = write::Options { model: "none".to_owned(), ..write::Options::default() };
    let write::Format(format) = "nquads".parse().expect("a format");
    let mut bytes = Vec::new();
    write::serialize(&write::quads(&doc, &options), format, &mut bytes).expect("written");
    String::from_utf8(bytes).expect("UTF-8")
}

/// Two articles of the corpus, text in, TriG out, compared as whole files. `UPDATE=1` rewrites them: the diff is the review.
#[test]
fn golden_articles() {
    // Without the hashes of the weights, which change more often than what is read.
    let options = write::Options { model: "none".to_owned(), ..write::Options::default() };
    let write::Format(trig) = "trig".parse().expect("a format");
    let mut changed = Vec::new();
    for id in ["tankers/convoy", "march/sunday-wire", "results/short"] {
        let doc = corpus().into_iter().find(|d| d.source.id == id).expect("the article");
        let doc = annotate(doc, &Kit::new());
        let mut bytes = Vec::new();
        write::serialize(&write::quads(&doc, &options), trig, &mut bytes).expect("written");
        let path = root().join("tests/golden").join(format!("{}.trig", id.replace('/', "-")));
        if std::env::var_os("UPDATE").is_some() {
            fs::create_dir_all(path.parent().expect("a folder")).expect("made");
            fs::write(&path, &bytes).expect("written");
        } else if fs::read(&path).ok().as_deref() != Some(&bytes) {
            changed.push(path.display().to_string());
        }
    }
    assert!(
        changed.is_empty(),
        "changed: {changed:?}; look at the change with UPDATE=1 cargo test golden && git diff tests/golden"
    );
}

/// A small generator of pseudo-random numbers (SplitMix64), so that the same texts are tried every time.
struct Random(u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    fn below(&mut self, limit: usize) -> usize {
        (self.next() % limit.max(1) as u64) as usize
    }
}

const PIECES: &[&str] = &[
    "\"",
    "“",
    "”",
    "'",
    "’",
    "«",
    "\n",
    "\n\n",
    " ",
    "—",
    "--",
    "…",
    "1e999999",
    "99999999999999999999999999999999",
    "½",
    "٣",
    "五",
    "$",
    "%",
    "€1.2.3.4",
    "February 30, 2015",
    "year 99999",
    "said",
    "according to",
    "not",
    "((((",
    ")",
    "😀",
    "\u{202e}",
    "\u{0}",
    "e\u{301}",
    "https://a.example/?q=\"<>\"",
    "@x",
    "#y",
    "the",
    "He",
    "more than",
    "between",
    "and",
    "per day",
    ":",
    ";",
    "Q:",
    "A:",
    "\t",
    "\u{a0}",
    "ﬁ",
    "million billion trillion",
    "-",
    "10,000,000.00.00",
    "every 24 hours",
    "of them",
    "\\",
    "<b>",
    "&amp;",
];

/// A text made from an article by putting in, taking out and moving pieces.
fn mutated(random: &mut Random, text: &str) -> String {
    let letters: Vec<char> = text.chars().collect();
    let start = random.below(letters.len());
    let mut letters: Vec<char> = letters[start..].iter().take(200 + random.below(500)).copied().collect();
    for _ in 0..1 + random.below(25) {
        let at = random.below(letters.len() + 1);
        match random.below(4) {
            0 => {
                let piece = PIECES[random.below(PIECES.len())];
                letters.splice(at..at, piece.chars());
            }
            1 => {
                let end = (at + random.below(12)).min(letters.len());
                letters.drain(at..end);
            }
            2 => {
                let end = (at + random.below(40)).min(letters.len());
                let piece: Vec<char> = letters.drain(at..end).collect();
                let to = random.below(letters.len() + 1);
                letters.splice(to..to, piece);
            }
            _ => {
                let odd = char::from_u32(random.below(0x1_2000) as u32).unwrap_or('\u{fffd}');
                letters.insert(at, odd);
            }
        }
    }
    letters.into_iter().collect()
}

/// Every span of the document lies inside the text, on `char` boundaries.
fn check_spans(doc: &Document) {
    let text = doc.text();
    let check = |span: Span, what: &str| {
        assert!(span.end() <= text.len(), "{what} {span:?} beyond {:?}", text);
        assert!(
            text.is_char_boundary(span.start()) && text.is_char_boundary(span.end()),
            "{what} {span:?} in {:?}",
            text
        );
    };
    doc.blocks.iter().for_each(|r| check(r.span, "block"));
    doc.sentences.iter().for_each(|r| check(r.span, "sentence"));
    doc.tokens.iter().for_each(|r| check(r.span, "token"));
    doc.mentions.iter().for_each(|r| check(r.span, "mention"));
    doc.times.iter().for_each(|r| check(r.span, "time"));
    doc.quantities.iter().for_each(|r| check(r.span, "quantity"));
    doc.events.iter().for_each(|r| check(r.span, "event"));
    for statement in doc.statements.iter() {
        for span in statement.content.iter().chain(&statement.cue).chain(&statement.source) {
            check(*span, "statement");
            assert!(!span.is_empty(), "an empty part of a statement in {text:?}");
        }
    }
    for pair in doc.tokens.windows(2) {
        assert!(pair[0].span.end() <= pair[1].span.start(), "tokens overlap in {text:?}");
    }
}

#[test]
fn any_text_is_survived_and_its_graph_parses_back() {
    let articles = corpus();
    let kit = Kit::new();
    let mut random = Random(2015);
    for round in 0..250 {
        let article = &articles[random.below(articles.len())];
        let text = mutated(&mut random, article.text());
        let make = || annotate(Document::new(article.source.clone(), text.as_str()), &kit);
        let doc = make();
        check_spans(&doc);
        let shown = sayso::show::jsonl::document(&doc).to_string();
        assert!(serde_json::from_str::<serde_json::Value>(&shown).is_ok(), "{text:?}");
        if round % 10 == 0 {
            assert_eq!(shown, sayso::show::jsonl::document(&make()).to_string(), "two runs differ on {text:?}");
            let lines = quads(Document::new(article.source.clone(), text.as_str()));
            assert!(!lines.contains("_:"), "a blank node of {text:?}");
            store::from_text(&lines, "nq").unwrap_or_else(|e| panic!("{e} in the graph of {text:?}"));
        }
    }
}

#[test]
fn the_smallest_texts_are_read() {
    for text in [
        "",
        " ",
        "\n",
        ".",
        "\"",
        "“",
        "a",
        "1",
        "said",
        "—",
        "\u{feff}",
        "\"\"\"",
        "?!",
        "He said.",
        "0",
        "𝟙𝟚𝟛",
        "\u{0}",
    ] {
        check_spans(&annotate(Document::new(Default::default(), text), &Kit::new()));
    }
}

/// The articles the program was asked for give five documents, with every figure of the tanker trucks beside its speaker.
#[test]
fn the_seed_articles_answer_the_first_question() {
    let seeds = root().join("../shared/seeds/text");
    if !Path::new(&seeds).is_dir() {
        eprintln!("skipped: ../shared/seeds/text is not here");
        return;
    }
    let folder = tempfile::tempdir().expect("folder");
    let seeds = seeds.display().to_string();
    let built = crate::cli::sayso(folder.path(), &["build", &seeds], b"");
    assert!(
        String::from_utf8_lossy(&built.stderr).contains("5 articles"),
        "{}",
        String::from_utf8_lossy(&built.stderr)
    );
    // Some of these are hardly sure, and are shown only when that is asked for.
    let question = ["ask", "who-said", "--about", "trucks", "--min-confidence", "0", "--format", "jsonl"];
    let asked = crate::cli::sayso(folder.path(), &question, b"");
    let rows: Vec<serde_json::Value> =
        String::from_utf8_lossy(&asked.stdout).lines().map(|l| serde_json::from_str(l).expect("JSON")).collect();
    // A speaker carries the article's name for it or the knowledge base's.
    let asked: [(&[&str], &str); 4] = [
        (&["Shoigu"], "525"),
        (&["Kartapolov"], "500"),
        (&["Defense Ministry", "Ministry of Defense", "Ministry of Defence"], "500"),
        (&["Pentagon", "Department of Defense"], "more than 100"),
    ];
    for (speaker, figure) in asked {
        let found = rows.iter().any(|row| {
            let words = row["words"].as_str().unwrap_or("");
            row["who"].as_str().is_some_and(|w| speaker.iter().any(|s| w.contains(s))) && words.contains(figure)
        });
        assert!(found, "{speaker:?}: {figure} is missing among {rows:#?}");
    }
}
