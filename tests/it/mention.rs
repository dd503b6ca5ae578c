//! Mentions: the cases in tests/cases/mention. `name` and `nominal`: words, class, and for names the title (or -);
//! `none`: words that are no mention.

use crate::cases;
use sayso::text::*;

#[test]
fn mentions_of_the_cases() {
    let mut wrong = Vec::new();
    for case in cases::read("mention") {
        let doc = &case.doc;
        for (key, value) in &case.checks {
            let cells: Vec<&str> = value.split('|').map(str::trim).collect();
            let row = cases::mention(doc, cells[0]).map(|m| &doc.mentions[m]);
            let right = match key.as_str() {
                "none" => row.is_none(),
                "name" | "nominal" => row.is_some_and(|m| {
                    m.kind.as_str() == key
                        && m.class.map(NameClass::as_str) == cells.get(1).copied()
                        && cells.get(2).is_none_or(|t| m.title.map_or("-", |s| doc.slice(s)) == *t)
                }),
                other => panic!("{}: unknown key {other:?}", case.place),
            };
            if !right {
                wrong.push(format!(
                    "{}: {key} {value}: found {:?}",
                    case.place,
                    row.map(|m| (m.kind, m.class, m.title.map(|t| doc.slice(t))))
                ));
            }
        }
    }
    cases::report(wrong);
}

#[test]
fn mentions_lie_on_tokens_in_order() {
    for case in cases::read("mention") {
        let doc = &case.doc;
        for pair in doc.mentions.windows(2) {
            assert!(pair[0].span <= pair[1].span, "{}", case.place);
        }
        for m in doc.mentions.iter() {
            assert_eq!(m.span, doc.span_of(m.tokens.clone()), "{}", case.place);
            assert!(m.tokens.contains(&m.head), "{}: {}", case.place, doc.slice(m.span));
        }
    }
}
