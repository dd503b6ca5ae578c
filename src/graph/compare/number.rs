//! What a number's words admit, in a common unit.

use rust_decimal::Decimal;
use serde_json::Value;

/// A number as a range of what its words admit.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Range {
    pub value: Option<Decimal>,
    pub stated_lower: Option<Decimal>,
    pub stated_upper: Option<Decimal>,
    pub bound: String,
    pub unit: String,
    pub per: String,
    /// The unit after conversion: units of one dimension share it.
    pub dimension: String,
    /// The point in the common unit.
    pub point: Option<Decimal>,
    low: Option<Decimal>,
    high: Option<Decimal>,
    low_open: bool,
    high_open: bool,
}

/// Units with a fixed factor to a common one, by their codes.
const UNITS: &[(&str, &str, &str)] = &[
    ("person", "item", "1"),
    ("fraction", "percent", "100"),
    ("km", "m", "1000"),
    ("m", "m", "1"),
    ("[mi_i]", "m", "1609.344"),
    ("mi", "m", "1609.344"),
    ("[ft_i]", "m", "0.3048"),
    ("t", "kg", "1000"),
    ("kg", "kg", "1"),
    ("[lb_av]", "kg", "0.45359237"),
    ("har", "m2", "10000"),
    ("ha", "m2", "10000"),
    ("[acr_us]", "m2", "4046.8564224"),
    ("km2", "m2", "1000000"),
    ("L", "l", "1"),
    ("l", "l", "1"),
    ("[bbl_us]", "l", "158.987294928"),
    ("[gal_us]", "l", "3.785411784"),
];

/// Days in the periods of rates.
const PERIODS: &[(&str, u32)] =
    &[("day", 1), ("24 hour", 1), ("d", 1), ("week", 7), ("wk", 7), ("year", 365), ("a", 365)];

impl Range {
    /// From the cells of a query; `None` when there is no number.
    pub(super) fn read(value: &str, lower: &str, upper: &str, bound: &str, unit: &str, per: &str) -> Option<Range> {
        let read = |s: &str| s.parse::<Decimal>().ok();
        let (value, stated_lower, stated_upper) = (read(value), read(lower), read(upper));
        if value.is_none() && stated_lower.is_none() && stated_upper.is_none() {
            return None;
        }
        let known = UNITS.iter().find(|(code, _, _)| *code == unit);
        let mut factor = known.and_then(|(_, _, f)| read(f)).unwrap_or(Decimal::ONE);
        let mut dimension = known.map_or(unit, |(_, common, _)| common).to_owned();
        if let Some((_, days)) = PERIODS.iter().find(|(name, _)| *name == per) {
            factor /= Decimal::from(*days);
            dimension += " a day";
        } else if !per.is_empty() {
            dimension = format!("{dimension} per {per}");
        }
        let scale = |n: Option<Decimal>| n.and_then(|n| n.checked_mul(factor));
        let point = scale(value);
        let tenth = Decimal::new(1, 1);
        let (low, high) = match (bound, point) {
            ("approximately", Some(p)) => (Some(p - p * tenth), Some(p + p * tenth)),
            ("atLeast" | "moreThan", _) => (scale(stated_lower).or(point), None),
            ("atMost" | "lessThan", _) => (None, scale(stated_upper).or(point)),
            ("exact", Some(p)) => (Some(p), Some(p)),
            _ => (scale(stated_lower).or(point), scale(stated_upper).or(point)),
        };
        Some(Range {
            value,
            stated_lower,
            stated_upper,
            bound: bound.to_owned(),
            unit: unit.to_owned(),
            per: per.to_owned(),
            dimension,
            point,
            low,
            high,
            low_open: bound == "moreThan",
            high_open: matches!(bound, "lessThan" | "vague"),
        })
    }

    /// The sign of the annotation format for the bound.
    pub(super) fn relation(&self) -> &'static str {
        match self.bound.as_str() {
            "approximately" => "≈",
            "atLeast" => "≥",
            "atMost" => "≤",
            "moreThan" => ">",
            "lessThan" => "<",
            "range" => "range",
            "vague" => "vague",
            _ => "=",
        }
    }

    /// The same number under the same bound word, within a thousandth.
    pub(super) fn is_same(&self, other: &Range) -> bool {
        let near = |a: Option<Decimal>, b: Option<Decimal>| match (a, b) {
            (Some(a), Some(b)) => (a - b).abs() * Decimal::ONE_THOUSAND <= a.abs().max(b.abs()),
            (None, None) => true,
            _ => false,
        };
        self.bound == other.bound && near(self.low, other.low) && near(self.high, other.high)
    }

    /// True when some number satisfies both.
    pub(super) fn meets(&self, other: &Range) -> bool {
        let fits = |low: Option<Decimal>, high: Option<Decimal>, open: bool| match (low, high) {
            (Some(low), Some(high)) => low < high || (low == high && !open),
            _ => true,
        };
        fits(self.low, other.high, self.low_open || other.high_open)
            && fits(other.low, self.high, other.low_open || self.high_open)
    }

    /// The number in a few signs: `≥ 12`, `200–1000`, `5 t per day`.
    pub(super) fn shown(&self) -> String {
        let number = |n: Option<Decimal>| n.map_or_else(String::new, |n| n.normalize().to_string());
        let mut text = match (self.relation(), self.value) {
            ("=", Some(_)) => number(self.value),
            ("range" | "vague", _) => format!("{}–{}", number(self.stated_lower), number(self.stated_upper)),
            (sign, value) => format!("{sign}{}", number(value.or(self.stated_lower).or(self.stated_upper))),
        };
        if self.unit != "item" {
            text = format!("{text} {}", self.unit);
        }
        if !self.per.is_empty() {
            text = format!("{text} per {}", self.per);
        }
        text
    }
}

/// A decimal as a JSON number.
pub(super) fn json(number: Decimal) -> Value {
    let text = number.normalize().to_string();
    serde_json::from_str(&text).unwrap_or(Value::String(text))
}
