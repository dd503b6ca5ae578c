//! Times: phrase tables (a value, then every spelling of it), the examples of the data files, and any text at all.

use std::fs;
use std::path::Path;

use sayso::annotate::{Kit, annotate};
use sayso::text::{Document, Published, Source, Time, TimeMod};

/// Annotates a text published on a day (or with no known day).
fn read(text: &str, published: Option<&str>) -> Document {
    let published = published.map(|day| Published::on(day.parse().expect("a day"), "given"));
    annotate(Document::new(Source { published, ..Source::default() }, text), &Kit::new())
}

/// A sentence without its square brackets, and what stood in them.
fn marked(line: &str) -> (String, Vec<String>) {
    let mut text = String::new();
    let mut inside = Vec::new();
    let mut open: Option<usize> = None;
    for c in line.chars() {
        match c {
            '[' => open = Some(text.len()),
            ']' => inside.extend(open.take().map(|start| text[start..].to_string())),
            c => text.push(c),
        }
    }
    (text, inside)
}

/// What a phrase table says of a time: `DATE 2015-09 mod=END earliest=2015-09-21`; only what is written is compared.
fn described(time: &Time, wanted: &str) -> String {
    let day = |d: Option<jiff::civil::Date>| d.map_or_else(|| "open".to_string(), |d| d.to_string());
    let mut words = vec![time.kind.to_string(), if time.value.is_empty() { "-".into() } else { time.value.clone() }];
    for word in wanted.split_whitespace().skip(2) {
        let key = word.split('=').next().unwrap_or("");
        let value = match key {
            "mod" => time.modifier.map_or("none", TimeMod::as_str).to_string(),
            "earliest" => day(time.earliest),
            "latest" => day(time.latest),
            "edtf" => time.edtf.clone().unwrap_or_else(|| "none".into()),
            "other" => time.other_value.clone().unwrap_or_else(|| "none".into()),
            "quant" => time.quant.clone().unwrap_or_else(|| "none".into()),
            "freq" => time.freq.clone().unwrap_or_else(|| "none".into()),
            "anchor" => time.anchor.as_ref().map_or_else(|| "none".into(), |a| format!("{}:{}", a.rule.0, a.date)),
            _ => "unknown key".to_string(),
        };
        words.push(format!("{key}={value}"));
    }
    words.join(" ")
}

/// Every line of a phrase table that fails, with what came out.
fn failures(table: &str) -> Vec<String> {
    let mut failures = Vec::new();
    let mut published: Option<&str> = None;
    let mut wanted = "";
    for (number, line) in table.lines().enumerate() {
        let number = number + 1;
        let words = line.trim();
        if words.is_empty() || words.starts_with('#') {
            continue;
        }
        if let Some(day) = words.strip_prefix("published ") {
            published = (day != "unknown").then_some(day);
            continue;
        }
        if !line.starts_with(' ') {
            wanted = words;
            continue;
        }
        let (text, inside) = marked(words);
        let doc = read(&text, published);
        if wanted == "none" {
            let found: Vec<&str> = doc.times.iter().map(|t| doc.slice(t.span)).collect();
            if !found.is_empty() {
                failures.push(format!("{number}: {text}\n    no time expected, found {found:?}"));
            }
            continue;
        }
        for phrase in &inside {
            let found: Vec<&Time> = doc.times.iter().filter(|t| doc.slice(t.span) == phrase.as_str()).collect();
            match found[..] {
                [] => {
                    let all: Vec<&str> = doc.times.iter().map(|t| doc.slice(t.span)).collect();
                    failures.push(format!("{number}: {text}\n    [{phrase}] not found, only {all:?}"));
                }
                [time, ..] => {
                    let got = described(time, wanted);
                    if got != wanted {
                        failures.push(format!("{number}: {text}\n    wanted {wanted}\n    got    {got}"));
                    }
                }
            }
        }
        if inside.is_empty() {
            failures.push(format!("{number}: no phrase in brackets"));
        }
    }
    failures
}

#[test]
fn phrase_tables() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases/time");
    let mut tables: Vec<_> =
        fs::read_dir(folder).expect("tests/cases/time").filter_map(|e| e.ok()).map(|e| e.path()).collect();
    tables.sort();
    assert!(!tables.is_empty());
    let mut failed = Vec::new();
    for path in tables {
        let table = fs::read_to_string(&path).expect("phrase table");
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        failed.extend(failures(&table).into_iter().map(|f| format!("{name}:{f}")));
    }
    assert!(failed.is_empty(), "{} phrases fail:\n{}", failed.len(), failed.join("\n"));
}

#[test]
fn examples_of_the_phrases_run() {
    let mut failed = Vec::new();
    for line in include_str!("../../src/annotate/time/en/phrases.tsv").lines() {
        if line.trim().is_empty() || line.starts_with('#') {
            continue;
        }
        let cells: Vec<&str> = line.split('\t').collect();
        let table = format!("published 2015-11-20\n{} {}\n  {}", cells[0], cells[1], cells[3]);
        assert!(cells[3].contains('['), "no expression marked: {line}");
        failed.extend(failures(&table));
    }
    assert!(failed.is_empty(), "{}", failed.join("\n"));
}

#[test]
fn every_edtf_parses() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases/time");
    let mut seen = 0;
    for entry in fs::read_dir(folder).expect("tests/cases/time").filter_map(|e| e.ok()) {
        let table = fs::read_to_string(entry.path()).expect("phrase table");
        for line in table.lines().filter(|l| l.starts_with(' ')) {
            let (text, _) = marked(line.trim());
            for time in read(&text, Some("2015-11-20")).times.iter() {
                if let Some(edtf) = &time.edtf {
                    seen += 1;
                    assert!(edtf_core::Edtf::parse(edtf).is_ok(), "{edtf} in {text}");
                }
            }
        }
    }
    assert!(seen > 50, "only {seen} literals");
}
