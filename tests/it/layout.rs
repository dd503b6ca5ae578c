//! Layout: what each line of an article is.

use sayso::inside::layout;
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
            let glued = line.strip_suffix(" \\").map(|row| (row, ""));
            let (row, end) = glued.or(line.strip_suffix(" \\+").map(|row| (row, " "))).unwrap_or((line, "\n\n"));
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

#[test]
fn lines_broken_to_fit_a_width_are_one() {
    let one_space = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
    let mut wrong = Vec::new();
    let cases: Vec<&str> = include_str!("../cases/layout/wrapped.txt").split("\n--- ").skip(1).collect();
    for case in &cases {
        let (name, rest) = case.split_once('\n').expect("a name");
        let (text, wanted) = rest.split_once("\n=>").expect("text => blocks");
        let found: Vec<String> = shown(None, text).iter().map(|line| one_space(line)).collect();
        if wanted.trim() == "as it stands" {
            let words: Vec<&str> = found.iter().map(|line| line.split_once(" | ").expect("kind | words").1).collect();
            if !words.iter().copied().eq(text.lines()) {
                wrong.push(format!("{name}\n  found {found:#?}"));
            }
        } else if !found.iter().eq(wanted.trim().lines()) {
            wrong.push(format!("{name}\n  found {found:#?}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert!(cases.len() >= 5);
}

#[test]
fn a_text_filled_to_any_width_has_its_paragraphs() {
    let paragraphs = [
        "The council of the harbour town said on Monday that it would build a second bridge over the Ald, after engineers \
         had found that the first one could carry no more than 40 tonnes, and that it would close in May.",
        "The mayor, who had asked for the money in March, told reporters that nobody could wait another year for it, and \
         that the county would have to pay two thirds of what the bridge costs.",
    ];
    for width in 40..=120 {
        let mut text = String::new();
        for paragraph in paragraphs {
            let mut column = 0;
            for word in paragraph.split_whitespace() {
                if column > 0 && column + 1 + word.len() > width {
                    text.push('\n');
                    column = 0;
                } else if column > 0 {
                    text.push(' ');
                    column += 1;
                }
                text.push_str(word);
                column += word.len();
            }
            text.push_str("\n\n");
        }
        assert_eq!(shown(None, &text).len(), 2, "width {width}:\n{text}");
    }
}
