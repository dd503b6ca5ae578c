//! Times: phrase tables (a value, then every spelling of it), the examples of the data files, and any text at all.

use std::fs;
use std::path::Path;

use sayso::annotate::{Kit, annotate};
use sayso::text::{Document, Published, Source, Time, TimeMod};

/// Annotates a text published on a day (or with no known day).
fn read(text: &str, published: Option<&str>) -> Document {
    let published = published.map(|day| Published::on(day.parse().expect("a day")));
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
            "begin" => day(time.begin),
            "end" => day(time.end),
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

/// Spans lie inside on `char` boundaries, in order, without overlap; values are short; bounds are in order.
fn check_shape(text: &str, doc: &Document) {
    let mut end = 0;
    for time in doc.times.iter() {
        let span = time.span;
        assert!(span.start() >= end && span.end() <= text.len() && !span.is_empty(), "{span:?} in {text:?}");
        assert!(text.is_char_boundary(span.start()) && text.is_char_boundary(span.end()), "{span:?} in {text:?}");
        assert!(time.value.len() < 40, "{} in {text:?}", time.value);
        if let (Some(earliest), Some(latest)) = (time.earliest, time.latest) {
            assert!(earliest <= latest, "{} in {text:?}", doc.slice(span));
        }
        end = span.end();
    }
}

#[test]
fn hostile_numerals_are_no_dates() {
    let digits = "9".repeat(10_000);
    let texts = [
        "On February 30 and on November 31, 2015 nothing happened.".to_string(),
        "In the year 99999 and in 1e999999 days nothing happened.".to_string(),
        format!("In {digits} years, {digits} days ago and on May {digits} nothing happened."),
        format!("The {digits}th century began {digits}:{digits} pm on {digits}-{digits}-{digits}."),
        "It opens on 2015-99-99, 00/00/0000, 29 February 2015 and at 25:61.".to_string(),
        "\u{0661}\u{0662}:\u{0663}\u{0660} on \u{FF11}\u{FF12} May, \u{216B} days ago, 5\u{0301} years".to_string(),
        "nine thousand nine hundred ninety nine centuries ago, 999999999 millennia later, 500,000,000 years from now"
            .to_string(),
        "the nine hundredth century, the 31st century BC, 9999 BC, year 0000, 12/31/9999, the end of 9999, last decade"
            .to_string(),
        "next year, next week, tomorrow, the next day, in the winter of 9999, the 9990s".to_string(),
    ];
    for text in &texts {
        for published in [Some("2015-11-20"), Some("9999-12-31"), Some("-009999-01-01"), None] {
            let doc = read(text, published);
            check_shape(text, &doc);
        }
    }
    // What no calendar has is not written down as a date.
    let doc = read(&texts[0], Some("2015-11-20"));
    assert!(doc.times.iter().all(|t| !t.value.contains("-02-30") && !t.value.contains("11-31")));
}

#[test]
fn any_text_is_read() {
    let pieces = [
        "the",
        "last",
        "first",
        "two",
        "of",
        "May",
        "week",
        "-",
        "10",
        "1990",
        ":",
        "30",
        "pm",
        ",",
        "and",
        "a",
        "half",
        "before",
        "after",
        "ago",
        "'",
        "\"",
        "\u{201C}",
        "every",
        "Monday",
        "night",
        "quarter",
        "2",
        "/",
        "th",
        "past",
        "end",
        "early",
        ".",
        "(",
        "Q",
        "BC",
        "\u{1F600}",
        "\n",
        "to",
        "from",
        "s",
        "second",
        "year",
        "mid",
        "about",
        "or",
        "more",
        "0",
        "31",
    ];
    let mut state = 7u64;
    let mut next = move |n: usize| {
        state = state.wrapping_mul(6364136223846793005).wrapping_add(1442695040888963407);
        (state >> 33) as usize % n
    };
    for _ in 0..400 {
        let mut text = String::new();
        for _ in 0..next(30) + 1 {
            text.push_str(pieces[next(pieces.len())]);
            if next(4) > 0 {
                text.push(' ');
            }
        }
        let doc = read(&text, Some("2015-11-20"));
        check_shape(&text, &doc);
    }
}
