//! Layout: what each line of an article is.

use sayso::annotate::layout;
use sayso::text::{Document, Source};

/// The blocks of a text, as the case file writes them.
fn shown(title: Option<&str>, text: &str) -> Vec<String> {
    let source = Source { title: title.map(String::from), ..Source::default() };
    let doc = Document::new(source, text);
    let blocks = layout::find(&doc);
    let line = |b: &sayso::text::Block| {
        let again = if b.repeats.is_some() { "=" } else { "" };
        format!("{}{again} | {}", b.kind, doc.slice(b.span))
    };
    blocks.iter().map(line).collect()
}

#[test]
fn names_the_lines() {
    let mut wrong = Vec::new();
    let cases = include_str!("../cases/layout/kinds.txt");
    let mut count = 0;
    for case in cases.split("\n--- ").skip(1) {
        let mut lines = case.lines();
        let name = lines.next().unwrap_or_default();
        let mut title = None;
        let (mut text, mut wanted) = (String::new(), Vec::new());
        for line in lines.filter(|l| !l.is_empty()) {
            if let Some(given) = line.strip_prefix("title: ") {
                title = Some(given);
                continue;
            }
            let (row, end) = line.strip_suffix(" \\").map_or((line, "\n\n"), |row| (row, ""));
            let (_, words) = row.split_once(" | ").expect("a line has kind | words");
            text.push_str(words);
            text.push_str(end);
            wanted.push(row.to_string());
        }
        count += 1;
        let found = shown(title, &text);
        if found != wanted {
            wrong.push(format!("{name}\n  wanted {wanted:#?}\n  found {found:#?}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert!(count >= 6);
}

#[test]
fn the_title_is_found_below_the_first_line() {
    let found = shown(Some("Bridge falls"), "World news\n\nBridge falls\n\nA bridge fell on Monday, the county said.");
    assert_eq!(found[1], "headline | Bridge falls");
    assert!(!found[0].starts_with("headline"));
}

#[test]
fn nothing_has_no_blocks() {
    assert!(shown(None, "").is_empty());
    assert!(shown(None, " \n\u{feff}\t\r\n").is_empty());
}
