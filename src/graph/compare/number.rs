//! Numbers read back from the graph, and how they are shown. Units and bounds are those of `lexicon::agreement`.

use rust_decimal::Decimal;
use serde_json::Value;

use crate::graph::scale::grouped;
use crate::lexicon::agreement::Figure;
use crate::text::QuantityRelation as Relation;

/// From the cells of a query; `None` when there is no number.
pub(super) fn read(value: &str, lower: &str, upper: &str, bound: &str, unit: &str, per: &str) -> Option<Figure> {
    let number = |s: &str| s.parse::<Decimal>().ok();
    let (value, lower, upper) = (number(value), number(lower), number(upper));
    if value.is_none() && lower.is_none() && upper.is_none() {
        return None;
    }
    let relation = match bound {
        "approximately" => Relation::About,
        "atLeast" => Relation::AtLeast,
        "atMost" => Relation::AtMost,
        "moreThan" => Relation::MoreThan,
        "lessThan" => Relation::LessThan,
        "range" => Relation::Range,
        "vague" => Relation::Vague,
        _ => Relation::Equal,
    };
    let divisor = match per.split_once(' ') {
        None => (Decimal::ONE, per),
        Some((count, of)) => number(count).map_or((Decimal::ONE, per), |count| (count, of)),
    };
    let per = (!per.is_empty()).then(|| (divisor.0, divisor.1.into()));
    Some(Figure { value, lower, upper, lower_open: false, upper_open: false, relation, unit: unit.into(), per })
}

/// The number in a few signs: `≥12`, `200–1,000 people`, `5 t per day`.
pub(super) fn shown(figure: &Figure) -> String {
    let number = |n: Option<Decimal>| n.map_or_else(String::new, digits);
    let mut text = match (figure.relation, figure.value) {
        (Relation::Equal, Some(_)) => number(figure.value),
        (Relation::Range | Relation::Vague, _) => format!("{}–{}", number(figure.lower), number(figure.upper)),
        (sign, value) => format!("{}{}", sign.as_str(), number(value.or(figure.lower).or(figure.upper))),
    };
    let many = |unit: &str| if unit == "person" { "people".to_owned() } else { unit.to_owned() };
    match figure.unit.as_str() {
        "item" => {}
        unit if figure.value == Some(Decimal::ONE) => text = format!("{text} {unit}"),
        unit => text = format!("{text} {}", many(unit)),
    }
    match &figure.per {
        Some((count, of)) if *count == Decimal::ONE => format!("{text} per {of}"),
        Some((count, of)) => format!("{text} per {} {}", digits(*count), many(of)),
        None => text,
    }
}

/// A number with its thousands set apart.
fn digits(number: Decimal) -> String {
    let text = number.abs().normalize().to_string();
    let (whole, part) = text.split_once('.').map_or((&*text, None), |(whole, part)| (whole, Some(part)));
    let sign = if number.is_sign_negative() && !number.is_zero() { "-" } else { "" };
    let whole = grouped(whole);
    part.map_or_else(|| format!("{sign}{whole}"), |part| format!("{sign}{whole}.{part}"))
}

/// A decimal as a JSON number.
pub(super) fn json(number: Decimal) -> Value {
    let text = number.normalize().to_string();
    serde_json::from_str(&text).unwrap_or(Value::String(text))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_shown_with_their_thousands_apart() {
        let figure = |value: &str, unit: &str, per: &str| shown(&read(value, "", "", "", unit, per).unwrap());
        assert_eq!(figure("35000", "person", ""), "35,000 people");
        assert_eq!(figure("1", "person", "100000 person"), "1 person per 100,000 people");
        assert_eq!(figure("-1250.50", "GBP", ""), "-1,250.5 GBP");
        assert_eq!(figure("999", "item", ""), "999");
    }
}
