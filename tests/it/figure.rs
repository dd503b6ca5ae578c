//! Who gives each figure: the sentences of tests/cases/figure.

use sayso::annotate::{Kit, annotate};
use sayso::text::{Document, Source};

/// "sentence | number = source | number = - (the writer) | number = source ! (denied)".
#[test]
fn figures_have_their_source() {
    let mut wrong = Vec::new();
    let lines = include_str!("../cases/figure/sources.txt").lines();
    for line in lines.filter(|l| !l.is_empty() && !l.starts_with('#')) {
        let mut cells = line.split(" | ");
        let text = cells.next().unwrap_or_default();
        let doc = annotate(Document::new(Source::default(), text), &Kit::new());
        for cell in cells {
            let Some((number, source)) = cell.split_once('=') else { panic!("{line}") };
            let (source, denied) = source.strip_suffix('!').map_or((source, false), |s| (s, true));
            let at = text.find(number).unwrap_or_else(|| panic!("{line}"));
            let row = doc.quantities.iter().find(|q| q.span.start() < at + number.len() && at < q.span.end());
            let Some(row) = row else {
                wrong.push(format!("{number} is no number: {text}"));
                continue;
            };
            let statement = row.statement.map(|s| &doc.statements[s]);
            let words = statement.and_then(|s| s.source.first()).map_or("-", |&s| doc.slice(s));
            let label = statement.and_then(|s| s.speaker).map_or("", |e| doc.entities[e].label.as_str());
            let holds = |name: &str| name.to_lowercase().contains(&source.to_lowercase());
            let is = if source == "-" { statement.is_none() } else { holds(words) || holds(label) };
            if !is || row.denied != denied {
                wrong.push(format!("{number}: {words} ({label}), denied {}, instead of {source}: {text}", row.denied));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
