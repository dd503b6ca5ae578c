//! Constraints on one value, and the order of literals.

use std::cmp::Ordering;

use oxigraph::model::{Literal, Term};
use rust_decimal::Decimal;

use super::shapes::Constraint;

/// What a constraint that looks at one value alone has to say against it.
pub(super) fn fault(value: &Term, constraint: &Constraint) -> Option<String> {
    let (held, fault) = match constraint {
        Constraint::Datatype(datatype) => {
            let held = matches!(value, Term::Literal(l) if l.datatype().as_str() == datatype && is_well_formed(l));
            (held, format!("not a {}", super::super::query::compact(datatype)))
        }
        Constraint::NodeKind(kind) => {
            let held = match kind.as_str() {
                "IRI" => matches!(value, Term::NamedNode(_)),
                "BlankNode" => matches!(value, Term::BlankNode(_)),
                "Literal" => matches!(value, Term::Literal(_)),
                "IRIOrLiteral" => matches!(value, Term::NamedNode(_) | Term::Literal(_)),
                "BlankNodeOrIRI" => matches!(value, Term::NamedNode(_) | Term::BlankNode(_)),
                _ => matches!(value, Term::BlankNode(_) | Term::Literal(_)),
            };
            (held, format!("not of the kind {kind}"))
        }
        Constraint::In(list) => (list.contains(value), "not in the list".to_owned()),
        Constraint::MinInclusive(least) => (is_at_most(least, value), "too small".to_owned()),
        Constraint::MaxInclusive(most) => (is_at_most(value, most), "too great".to_owned()),
        Constraint::MinLength(least) => {
            (words(value).is_some_and(|w| w.chars().count() >= *least), format!("shorter than {least}"))
        }
        Constraint::Pattern(pattern) => {
            (words(value).is_some_and(|w| pattern.is_match(w)), format!("does not match {}", pattern.as_str()))
        }
        // Those that need the store or all values are judged where these are at hand.
        Constraint::MinCount(_)
        | Constraint::MaxCount(_)
        | Constraint::Class(_)
        | Constraint::LessThanOrEquals(_)
        | Constraint::Disjoint(_)
        | Constraint::Or(_) => (true, String::new()),
    };
    (!held).then_some(fault)
}

/// The text of an IRI or a literal.
fn words(value: &Term) -> Option<&str> {
    match value {
        Term::NamedNode(node) => Some(node.as_str()),
        Term::Literal(literal) => Some(literal.value()),
        _ => None,
    }
}

/// True when both can be compared and the first is not greater.
pub(super) fn is_at_most(first: &Term, second: &Term) -> bool {
    let (Term::Literal(first), Term::Literal(second)) = (first, second) else { return false };
    matches!(compare(first, second), Some(Ordering::Less | Ordering::Equal))
}

fn compare(first: &Literal, second: &Literal) -> Option<Ordering> {
    if let (Some(first), Some(second)) = (number(first), number(second)) {
        return Some(first.cmp(&second));
    }
    if let (Some("date"), Some("date")) = (local(first), local(second)) {
        return Some(day(first.value())?.cmp(&day(second.value())?));
    }
    let comparable = first.datatype() == second.datatype() && is_well_formed(first) && is_well_formed(second);
    comparable.then(|| first.value().cmp(second.value()))
}

/// Year (0 is 1 BC), month and day of an `xsd:date`; a time zone is not looked at.
fn day(words: &str) -> Option<(i16, i8, i8)> {
    let (sign, unsigned) = words.strip_prefix('-').map_or((1, words), |rest| (-1, rest));
    let date: jiff::civil::Date = unsigned.get(..10)?.parse().ok()?;
    Some((sign * date.year(), date.month(), date.day()))
}

fn number(literal: &Literal) -> Option<Decimal> {
    let name = local(literal)?;
    matches!(name, "decimal" | "integer" | "int" | "long" | "double" | "nonNegativeInteger").then_some(())?;
    literal.value().parse().ok()
}

fn local(literal: &Literal) -> Option<&str> {
    let datatype = literal.datatype();
    datatype.as_str().strip_prefix("http://www.w3.org/2001/XMLSchema#")
}

/// True when the words of a literal are of its datatype, for the datatypes that we write.
fn is_well_formed(literal: &Literal) -> bool {
    let words = literal.value();
    let digits = |s: &str| !s.is_empty() && s.bytes().all(|b| b.is_ascii_digit());
    let unsigned = words.strip_prefix(['+', '-']).unwrap_or(words);
    match local(literal) {
        Some("decimal") => match unsigned.split_once('.') {
            Some((whole, part)) => {
                (digits(whole) || whole.is_empty()) && (digits(part) || part.is_empty()) && unsigned.len() > 1
            }
            None => digits(unsigned),
        },
        Some("integer") => digits(unsigned),
        Some("boolean") => matches!(words, "true" | "false" | "1" | "0"),
        Some("date") => day(words).is_some(),
        _ => true,
    }
}
