//! Writes what the ranking of common nouns and pronouns has to decide, for `fit.py`.
//!
//! usage: cargo run --release --no-default-features --example coref-decisions -- GOLD.jsonl > decisions.txt
//!
//! GOLD comes from `gold.py`. Mentions are our own; one belongs to a gold entity where the heads agree or the spans nearly
//! do. Chains grow as the gold says. One decision a line: document, form, then for each candidate (the first is "none")
//! `+` or `-` and its facts as `feature:value`.

use sayso::annotate::{Kit, annotate};
use sayso::inside::coref;
use sayso::text::{Document, Source, Span};

struct Mention {
    entity: u32,
    span: Span,
    head: Span,
}

fn main() {
    let path = std::env::args().nth(1).expect("GOLD.jsonl");
    let text = std::fs::read_to_string(path).expect("readable");
    let kit = Kit::new();
    for line in text.lines() {
        let row: serde_json::Value = serde_json::from_str(line).expect("JSON");
        let mut source = Source { id: row["id"].as_str().unwrap_or_default().to_owned(), ..Source::default() };
        source.id.truncate(40);
        let doc = annotate(Document::new(source, row["text"].as_str().unwrap_or_default()), &kit);
        let gold = gold(&doc, &row);
        let of: Vec<Option<u32>> = doc.mentions.iter().map(|m| belongs(&doc, m, &gold)).collect();
        for decision in coref::decisions(&doc, &|m| of[m]) {
            let cells: Vec<String> = decision
                .candidates
                .iter()
                .map(|(facts, right)| {
                    let facts: Vec<String> = facts.iter().map(|(f, v)| format!("{f}:{v}")).collect();
                    format!("{}{}", if *right { '+' } else { '-' }, facts.join(" "))
                })
                .collect();
            println!("{}\t{}\t{}", doc.source.id, decision.form, cells.join("\t"));
        }
    }
}

fn gold(doc: &Document, row: &serde_json::Value) -> Vec<Mention> {
    // Bytes of each code point.
    let mut bytes: Vec<usize> = doc.text().char_indices().map(|(at, _)| at).collect();
    bytes.push(doc.text().len());
    let span = |v: &serde_json::Value| {
        let at = |i: usize| v[i].as_u64().map_or(0, |n| bytes[(n as usize).min(bytes.len() - 1)]);
        Span::new(at(0), at(1))
    };
    let mut found = Vec::new();
    for (number, entity) in row["entities"].as_array().into_iter().flatten().enumerate() {
        for m in entity["mentions"].as_array().into_iter().flatten() {
            found.push(Mention { entity: number as u32, span: span(&m["span"]), head: span(&m["head"]) });
        }
    }
    found
}

/// The gold entity of one of our mentions: the mention with its head that is nearest in length, else one of nearly its span.
fn belongs(doc: &Document, m: &sayso::text::Mention, gold: &[Mention]) -> Option<u32> {
    let head = doc.tokens[m.head].span;
    let common = |g: &Mention| {
        let (start, end) = (g.span.start().max(m.span.start()), g.span.end().min(m.span.end()));
        end.saturating_sub(start)
    };
    let near = |g: &&Mention| g.head.overlaps(head) || 5 * common(g) >= 3 * m.span.join(g.span).len();
    gold.iter().filter(near).min_by_key(|g| (m.span.join(g.span).len() - common(g), g.span)).map(|g| g.entity)
}
