//! The shape of NewsQuant (Almasian et al. 2023): value or pair, surface-like unit, one sign for bound or direction, concept words.
//!
//! It has no times, so durations stand here as quantities; ordinals and scores do not stand at all. A counted noun is the
//! unit, "hundreds" is the pair 100 and 1000, the two ends of a change are one pair.

use rust_decimal::Decimal;
use serde_json::{Map, Value, json};

use crate::annotate::quantity;
use crate::text::*;

/// One document's quantities in the shape of NewsQuant.
pub fn document(doc: &Document) -> Value {
    let found = quantity::find_with_durations(doc);
    let mut rows: Vec<Value> = Vec::new();
    let mut skip = None;
    for (id, q) in found.rows() {
        // "Jamie Armstrong, 25": its annotators leave the bare age out.
        let bare_age = q.kind == QuantityKind::Age && q.unit.span.is_none();
        // "Several", "most of", "doubled" are no quantities to them.
        let few = q.made_by.0 == "quantity/few";
        if matches!(q.kind, QuantityKind::Ordinal | QuantityKind::Score) || bare_age || few || skip == Some(id) {
            continue;
        }
        let next = found.at(Id::new(id.index() + 1));
        let value = match (q.from, q.to, next) {
            // "from 12 to 48": one pair; "to 48 from 12" stays two numbers.
            (Some(from), Some(to), Some(after)) if q.value == Some(from) && after.value == Some(to) => {
                skip = Some(Id::new(id.index() + 1));
                json!([number(from), number(to)])
            }
            _ => value(q),
        };
        rows.push(json!({
            "value": value,
            "unit_norm": unit(doc, q),
            "change": change(doc, q),
            "concepts": concepts(doc, q),
        }));
    }
    let mut out = Map::new();
    out.insert("id".into(), json!(doc.source.id));
    out.insert("quantities".into(), Value::Array(rows));
    Value::Object(out)
}

/// A point, or the two ends.
fn value(q: &Quantity) -> Value {
    match (q.relation, q.lower, q.upper) {
        (QuantityRelation::Range, Some(low), Some(high)) => json!([number(low), number(high)]),
        // Its lower end is one of the unit named, not two; a dozen stays 12.
        (QuantityRelation::Vague, Some(low), Some(high)) => {
            let one = low / Decimal::TWO;
            if one == Decimal::from(12) { number(one) } else { json!([number(one), number(high)]) }
        }
        _ => q.value.or(q.lower).or(q.upper).map_or(Value::Null, number),
    }
}

/// A bound comes before a direction, a direction before an approximation (but "up about" is one).
fn change(doc: &Document, q: &Quantity) -> &'static str {
    let words = doc.slice(q.span);
    let behind = doc.text()[q.span.end()..].trim_start();
    match q.relation {
        QuantityRelation::AtLeast | QuantityRelation::MoreThan => ">",
        QuantityRelation::AtMost | QuantityRelation::LessThan => "<",
        QuantityRelation::Range if words.starts_with("between") => "=",
        relation => match (q.change, q.to.is_some() || q.from.is_some()) {
            (Some(direction), false)
                if !words.starts_with("about") && !behind.starts_with("higher") && !behind.starts_with("lower") =>
            {
                direction.as_str()
            }
            _ if relation == QuantityRelation::About || q.approximation == Approximation::About => "~",
            _ => "=",
        },
    }
}

/// The unit's name with its divisor; for counts the counted phrase with its head in the singular.
fn unit(doc: &Document, q: &Quantity) -> String {
    let mut name = match q.kind {
        QuantityKind::Fraction => {
            let whole = q.whole.or(q.counted).map_or(String::new(), |s| content_words(doc, s));
            return if whole.is_empty() { "% -".into() } else { format!("% {whole}") };
        }
        QuantityKind::Multiplier => "count".to_owned(),
        QuantityKind::Count => match q.counted {
            // What it is said of is its concept there, not its unit.
            Some(counted) if q.concepts.first().is_some_and(|c| c.start() == counted.start()) => "-".to_owned(),
            Some(counted) if q.unit.name != "time" => {
                let words = content_words(doc, counted);
                match words.rsplit_once(' ') {
                    Some((first, _)) => format!("{first} {}", q.unit.name),
                    None => q.unit.name.to_string(),
                }
            }
            Some(_) => "count".to_owned(),
            None => "-".to_owned(),
        },
        _ => q.unit.name.to_string(),
    };
    if let Some(per) = &q.per {
        let per = crate::lexicon::measure::by_code(&per.unit).map_or(per.unit.to_string(), |u| u.name.clone());
        name = format!("{name} per {per}");
    }
    name
}

fn content_words(doc: &Document, span: Span) -> String {
    let words: Vec<&str> = Id::range(doc.tokens_in(span))
        .map(|t| if doc.xpos(t).as_str().starts_with("JJ") { doc.lemma(t) } else { doc.lower(t) })
        .filter(|w| {
            !matches!(*w, "the" | "a" | "an" | "of" | "and" | "its" | "their" | "his" | "her" | "'s" | "-" | "\"")
        })
        .collect();
    words.join(" ")
}

/// Its concept words are split at spaces: "Ben-Moshe" is one.
fn concepts(doc: &Document, q: &Quantity) -> Vec<String> {
    let text = doc.text();
    let joined = |c: char| c.is_alphanumeric() || matches!(c, '-' | '/' | '&' | '.');
    let mut out: Vec<(usize, String)> = Vec::new();
    for span in &q.concepts {
        let start = text[..span.start()]
            .char_indices()
            .rev()
            .take_while(|(_, c)| joined(*c))
            .last()
            .map_or(span.start(), |(i, _)| i);
        let end = text[span.end()..]
            .char_indices()
            .take_while(|(_, c)| joined(*c))
            .last()
            .map_or(span.end(), |(i, c)| span.end() + i + c.len_utf8());
        if out.last().is_none_or(|(last, _)| *last != start) {
            out.push((start, text[start..end].trim_matches(|c: char| !c.is_alphanumeric()).to_owned()));
        }
    }
    out.into_iter().map(|(_, word)| word).collect()
}

fn number(value: Decimal) -> Value {
    let text = value.normalize().to_string();
    serde_json::from_str(&text).unwrap_or(Value::String(text))
}
