//! Why: what was found in a sentence, in words, with the rule or model that decided.

use super::{Manner, shown};
use crate::text::*;

/// A line of explanation.
pub struct Line {
    /// `statement`, `number`, `time`.
    pub what: &'static str,
    /// What was found, in words.
    pub found: String,
    /// What decided.
    pub made_by: &'static str,
}

/// What was found in a sentence, in text order: statements that begin there, numbers, times.
pub fn sentence(doc: &Document, sentence: Id<Sentence>, manner: Manner) -> Vec<Line> {
    let span = doc.sentences[sentence].span;
    let mut lines = Vec::new();
    for (id, s) in doc.statements.rows().filter(|(_, s)| shown(s, manner)) {
        let first = s.source.iter().chain(&s.cue).chain(&s.content).min();
        if first.is_some_and(|f| span.contains(f.start())) {
            lines.push(Line { what: "statement", found: statement(doc, id), made_by: s.made_by.0 });
        }
    }
    for id in doc.quantities.within(span) {
        let q = &doc.quantities[id];
        lines.push(Line { what: "number", found: quantity(doc, q), made_by: q.made_by.0 });
    }
    for id in doc.times.within(span) {
        let t = &doc.times[id];
        lines.push(Line { what: "time", found: time(doc, t), made_by: t.made_by.0 });
    }
    lines
}

/// The words of several spans, with "…" between them.
fn words(doc: &Document, spans: &[Span]) -> String {
    spans.iter().map(|&s| one_line(doc.slice(s))).collect::<Vec<_>>().join(" … ")
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Who a statement's speaker is: the name in the article, and the words of this place where they differ.
pub fn speaker(doc: &Document, s: &Statement) -> String {
    let local = words(doc, &s.source);
    let names: Vec<&str> = s.speakers().filter_map(|e| doc.entities.at(e)).map(|e| e.label.as_str()).collect();
    match (!names.is_empty()).then(|| names.join(" and ")) {
        Some(name) if local.is_empty() || name == local => name,
        Some(name) => format!("{name} (“{local}”)"),
        None if local.is_empty() => "nobody named".into(),
        None => format!("“{local}”"),
    }
}

/// `Sergei Shoigu ("he") said: indirect, confirmed, on 2015-11-20`.
pub fn statement(doc: &Document, id: Id<Statement>) -> String {
    let s = &doc.statements[id];
    let mut out = speaker(doc, s);
    let cue = words(doc, &s.cue);
    if !cue.is_empty() {
        out.push_str(&format!(" — {cue}"));
    }
    out.push_str(&format!(" — {}", s.mode));
    if s.speaker_kind != SpeakerKind::Named {
        out.push_str(&format!(", {} speaker", s.speaker_kind));
    }
    if s.commitment != Commitment::Neutral {
        out.push_str(&format!(", {}", s.commitment));
    }
    if s.polarity == Polarity::Negative {
        out.push_str(", negated");
    }
    if !matches!(s.modality, Modality::Asserted | Modality::Unknown) {
        out.push_str(&format!(", content {}", s.modality));
    }
    if let Some(said) = &s.said {
        match (said.earliest, said.latest) {
            (Some(from), Some(to)) if from == to => out.push_str(&format!(", said on {from}")),
            (Some(from), Some(to)) => out.push_str(&format!(", said from {from} to {to}")),
            (None, Some(to)) => out.push_str(&format!(", said by {to}")),
            (Some(from), None) => out.push_str(&format!(", said since {from}")),
            (None, None) => {}
        }
    }
    if let Some(medium) = s.medium {
        out.push_str(&format!(", through “{}”", one_line(doc.slice(medium))));
    }
    if let Some(addressee) = s.addressee {
        out.push_str(&format!(", to “{}”", one_line(doc.slice(addressee))));
    }
    if let Some(parent) = s.parent {
        out.push_str(&format!(
            ", inside what {} said",
            doc.statements.at(parent).map_or("?".into(), |p| speaker(doc, p))
        ));
    }
    out.push_str(&format!(", {} % sure", s.confidence));
    out
}

/// `some 500 = about 500 trucks`.
pub fn quantity(doc: &Document, q: &Quantity) -> String {
    let mut out = format!("“{}” = ", one_line(doc.slice(q.span)));
    let bound = |b: Option<rust_decimal::Decimal>| b.map_or("…".into(), |b| b.normalize().to_string());
    match (q.value, q.relation) {
        (Some(value), QuantityRelation::Equal) => out.push_str(&value.normalize().to_string()),
        (Some(value), relation) => out.push_str(&format!("{relation} {}", value.normalize())),
        (None, _) => out.push_str(&format!("{} to {}", bound(q.lower), bound(q.upper))),
    }
    let named = q.counted.is_some_and(|c| doc.slice(c).contains(q.unit.name.as_str()));
    if q.unit.code != "item" && !named {
        out.push_str(&format!(" {}", q.unit.name));
    }
    if let Some(per) = &q.per {
        let number = if per.number == rust_decimal::Decimal::ONE {
            String::new()
        } else {
            format!("{} ", per.number.normalize())
        };
        out.push_str(&format!(" per {number}{}", per.unit));
    }
    if let Some(counted) = q.counted {
        out.push_str(&format!(" of “{}”", one_line(doc.slice(counted))));
    }
    if let Some(whole) = q.whole {
        out.push_str(&format!(", a share of “{}”", one_line(doc.slice(whole))));
    }
    if let Some(change) = q.change {
        out.push_str(&format!(", {change}"));
    }
    out
}

/// `Friday = 2015-11-20, by the day of publication`.
pub fn time(doc: &Document, t: &Time) -> String {
    let value = if t.value.is_empty() { "not resolved" } else { &t.value };
    let mut out = format!("“{}” = {value}", one_line(doc.slice(t.span)));
    if let Some(modifier) = t.modifier {
        out.push_str(&format!(" ({modifier})"));
    }
    match (t.earliest, t.latest) {
        (Some(from), Some(to)) if from != to => out.push_str(&format!(", {from} to {to}")),
        _ => {}
    }
    if let Some(anchor) = &t.anchor {
        out.push_str(&format!(", counted from {} ({})", anchor.date, anchor.rule.0));
    }
    out
}
