//! Statements: the cases in tests/cases/statement, and what holds for any text.
//!
//! A case is a name, the article, and the statements that must be found in it, one after another. Each begins with
//! its content (pieces divided by " … "); the keys that are not given are not checked. `count` is the number of all
//! statements, `no` a content that must not be found.

use std::fs;
use std::path::Path;

use sayso::annotate::{Kit, annotate};
use sayso::text::{Document, Published, Source, Span, Statement};

struct Case {
    name: String,
    published: Option<String>,
    text: String,
    checks: Vec<(usize, String, String)>,
}

fn cases(text: &str) -> Vec<Case> {
    let mut cases: Vec<Case> = Vec::new();
    let mut in_text = false;
    for (number, line) in text.lines().enumerate() {
        if let Some(head) = line.strip_prefix("--- ") {
            let (name, rest) = head.split_once(' ').unwrap_or((head, ""));
            let published = rest.trim().strip_prefix("published: ").map(str::to_string);
            cases.push(Case { name: name.to_string(), published, text: String::new(), checks: Vec::new() });
            in_text = true;
        } else if let Some(case) = cases.last_mut() {
            if line == "====" {
                in_text = false;
            } else if in_text {
                case.text.push_str(line);
                case.text.push('\n');
            } else if !line.trim().is_empty() {
                let (key, value) = line.split_once(char::is_whitespace).unwrap_or((line, ""));
                case.checks.push((number + 1, key.to_string(), value.trim().to_string()));
            }
        }
    }
    cases
}

fn read(case: &Case) -> Document {
    let published = case.published.as_ref().map(|d| Published::on(d.parse().expect("date")));
    let doc = Document::new(Source { published, ..Source::default() }, case.text.trim_end());
    annotate(doc, &Kit::new())
}

fn words(doc: &Document, spans: &[Span]) -> String {
    spans.iter().map(|&s| doc.slice(s)).collect::<Vec<_>>().join(" … ")
}

fn value(doc: &Document, statement: &Statement, key: &str) -> String {
    let or_dash = |span: Option<Span>| span.map_or("-".to_string(), |s| doc.slice(s).to_string());
    match key {
        "source" => {
            if statement.source.is_empty() {
                "-".to_string()
            } else {
                words(doc, &statement.source)
            }
        }
        "cue" => words(doc, &statement.cue),
        "mode" => statement.mode.to_string(),
        "kind" => statement.speaker_kind.to_string(),
        "commitment" => statement.commitment.to_string(),
        "polarity" => statement.polarity.to_string(),
        "modality" => statement.modality.to_string(),
        "withheld" => statement.saying_negated.to_string(),
        "saying" => statement.saying.to_string(),
        "source_kind" => statement.source_kind.map_or("-".to_string(), |k| k.to_string()),
        "title" => or_dash(statement.title),
        "reason" => or_dash(statement.reason),
        "addressee" => or_dash(statement.addressee),
        "medium" => or_dash(statement.medium),
        "parent" => statement.parent.map_or("-".to_string(), |p| words(doc, &doc.statements[p].content)),
        "said" => match &statement.said {
            Some(said) => {
                let time = said.time.map_or("-", |t| doc.times[t].value.as_str());
                format!("{} {time}", said.rule.0)
            }
            None => "-".to_string(),
        },
        "speaker" => statement.speaker.map_or("-".to_string(), |e| doc.entities[e].label.clone()),
        other => format!("unknown key {other}"),
    }
}

fn failures(path: &Path) -> Vec<String> {
    let text = fs::read_to_string(path).expect("case file");
    let file = path.file_name().map(|n| n.to_string_lossy().into_owned()).unwrap_or_default();
    let mut failures = Vec::new();
    for case in cases(&text) {
        let doc = read(&case);
        assert!(!case.checks.is_empty(), "{file}: {} checks nothing", case.name);
        let found: Vec<String> = doc.statements.iter().map(|s| words(&doc, &s.content)).collect();
        let mut current: Option<&Statement> = None;
        for (line, key, expected) in &case.checks {
            let wrong = match key.as_str() {
                "count" => {
                    (found.len().to_string() != *expected).then(|| format!("{} statements: {found:?}", found.len()))
                }
                "no" => found.contains(expected).then(|| "found".to_string()),
                "content" => {
                    current = doc.statements.iter().find(|s| words(&doc, &s.content) == *expected);
                    current.is_none().then(|| format!("not among {found:?}"))
                }
                key => current.and_then(|s| {
                    let value = value(&doc, s, key);
                    (value != *expected).then_some(value)
                }),
            };
            if let Some(wrong) = wrong {
                failures.push(format!("{file}:{line} {}: {key} {expected}: {wrong}", case.name));
            }
        }
    }
    failures
}

#[test]
fn cases_hold() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases/statement");
    let mut files: Vec<_> = fs::read_dir(folder).expect("cases").filter_map(|e| e.ok()).map(|e| e.path()).collect();
    files.sort();
    let failures: Vec<String> = files.iter().flat_map(|f| failures(f)).collect();
    assert!(failures.is_empty(), "{} failures:\n{}", failures.len(), failures.join("\n"));
}

/// What holds for the statements of any text.
fn check(doc: &Document) {
    for (id, statement) in doc.statements.rows() {
        assert!(!statement.content.is_empty());
        for pair in statement.content.windows(2) {
            assert!(pair[0].end() <= pair[1].start(), "pieces in order");
        }
        for span in statement.content.iter().chain(&statement.cue).chain(&statement.source) {
            assert!(!doc.slice(*span).is_empty());
        }
        // No circle of parents.
        let mut at = id;
        for _ in 0..=doc.statements.len() {
            match doc.statements[at].parent {
                Some(parent) => at = parent,
                None => break,
            }
        }
        assert!(doc.statements[at].parent.is_none(), "parents end");
    }
}

#[test]
fn any_text_gives_statements_without_panic() {
    let pieces = [
        "“",
        "”",
        "\"",
        "'",
        "’",
        "‘",
        "``",
        "''",
        "«",
        "»",
        " said ",
        "the minister",
        ",",
        ".",
        "\n",
        "\n\n",
        ":",
        "—",
        "He",
        " according to ",
        "QUESTION:",
        "ANSWER: ",
        "@user ",
        "that ",
        "denied",
        "x",
        "É",
        "😀",
        "\u{200b}",
        " 5 ",
        "(",
        ")",
        "…",
    ];
    let mut state = 0x2545_F491_4F6C_DD1D_u64;
    let mut next = |n: usize| {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        (state % n as u64) as usize
    };
    let kit = Kit::new();
    for _ in 0..600 {
        let text: String = (0..next(40)).map(|_| pieces[next(pieces.len())]).collect();
        let doc = annotate(Document::new(Source::default(), text), &kit);
        check(&doc);
    }
}
