//! Who gives each figure, and what it is of: the sentences of tests/cases/figure.

use sayso::annotate::{Kit, annotate};
use sayso::text::{Document, ScopeKind, Source};

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

/// "sentence | number = measure | number = measure/aspect | number = measure+part"; "-" is no measure, "*" any.
#[test]
fn figures_have_their_frame() {
    let mut wrong = Vec::new();
    let lines = include_str!("../cases/figure/frames.txt").lines();
    for line in lines.filter(|l| !l.is_empty() && !l.starts_with('#')) {
        let mut cells = line.split(" | ");
        let text = cells.next().unwrap_or_default();
        let doc = annotate(Document::new(Source::default(), text), &Kit::new());
        for cell in cells {
            let Some((number, wanted)) = cell.split_once('=') else { panic!("{line}") };
            let (wanted, is_part) = wanted.strip_suffix("+part").map_or((wanted, false), |w| (w, true));
            let (measure, aspect) = wanted.split_once('/').map_or((wanted, ""), |(m, a)| (m, a));
            let at = text.find(number).unwrap_or_else(|| panic!("{line}"));
            let row = doc.quantities.iter().position(|q| q.span.start() < at + number.len() && at < q.span.end());
            let Some(frame) = row.and_then(|row| doc.frames[sayso::text::Id::new(row)].as_ref()) else {
                wrong.push(format!("{number} has no frame: {text}"));
                continue;
            };
            let has_part = frame.scope.iter().any(|(kind, _)| *kind == ScopeKind::Part);
            let has = if frame.measure.is_empty() { "-" } else { &*frame.measure };
            let is_aspect = aspect.is_empty() || aspect == frame.aspect.as_str();
            if measure != "*" && measure != has || !is_aspect || is_part != has_part {
                wrong.push(format!("{number}: {has}/{} part {has_part}, not {wanted}: {text}", frame.aspect.as_str()));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
