//! Whether two numbers say the same: bounds, approximations and units taken at their word.
//!
//! It looks at the numbers alone. Whether two claims are about the same event, thing and people is for the caller to know.

use rust_decimal::Decimal;
use smol_str::SmolStr;

use super::measure::{self, Apart};
use crate::text::{Quantity, QuantityRelation};

/// A number as stated: what a quantity of a document and one read back from a graph have in common.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Figure {
    /// The number written, if one point was written.
    pub value: Option<Decimal>,
    /// Lower bound as written.
    pub lower: Option<Decimal>,
    /// Upper bound as written.
    pub upper: Option<Decimal>,
    /// The lower bound itself is excluded.
    pub lower_open: bool,
    /// The upper bound itself is excluded.
    pub upper_open: bool,
    /// The bound word's meaning.
    pub relation: QuantityRelation,
    /// Code of the unit (`measure::by_code`).
    pub unit: SmolStr,
    /// The divisor of a rate: how many of which unit.
    pub per: Option<(Decimal, SmolStr)>,
}

impl From<&Quantity> for Figure {
    fn from(q: &Quantity) -> Figure {
        Figure {
            value: q.value,
            lower: q.lower,
            upper: q.upper,
            lower_open: q.lower_open,
            upper_open: q.upper_open,
            relation: q.relation,
            unit: q.unit.code.clone(),
            per: q.per.as_ref().map(|p| (p.number, p.unit.clone())),
        }
    }
}

/// How two numbers stand to each other.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Agreement {
    /// The same number under the same bound word.
    Same,
    /// Some number satisfies both: "about 500" and "525", "at least 40" and "60".
    Compatible,
    /// No number satisfies both.
    Differ,
}

/// The numbers that a quantity admits; a missing end is unbounded.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Admitted {
    /// Lower end.
    pub lower: Option<Decimal>,
    /// The lower end itself is excluded.
    pub lower_open: bool,
    /// Upper end.
    pub upper: Option<Decimal>,
    /// The upper end itself is excluded.
    pub upper_open: bool,
}

/// How far an approximation ("some", "about", "nearly") reaches to both sides: a tenth of the number.
const APPROXIMATION: (i64, u32) = (1, 1);

/// How far two numbers may lie apart and still be the same after conversion: a thousandth.
const TOLERANCE: (i64, u32) = (1, 3);

/// What a figure admits, after its bound words.
pub fn admitted(f: &Figure) -> Admitted {
    use QuantityRelation::*;
    let point = f.value.or(f.lower).or(f.upper);
    let (lower, upper) = match f.relation {
        Equal => (f.lower.or(point), f.upper.or(point)),
        About => {
            let reach = point.and_then(|p| p.abs().checked_mul(Decimal::new(APPROXIMATION.0, APPROXIMATION.1)));
            let end =
                |op: fn(Decimal, Decimal) -> Option<Decimal>| point.zip(reach).and_then(|(p, r)| op(p, r)).or(point);
            (end(Decimal::checked_sub), end(Decimal::checked_add))
        }
        AtLeast | MoreThan => (f.lower.or(point), None),
        AtMost | LessThan => (None, f.upper.or(point)),
        Range | Vague => (f.lower.or(point), f.upper.or(point)),
    };
    Admitted {
        lower,
        lower_open: f.relation == MoreThan || f.lower_open && lower.is_some(),
        upper,
        upper_open: matches!(f.relation, LessThan | Vague) || f.upper_open && upper.is_some(),
    }
}

/// Compares two figures in the unit and by the divisor of the first. `of_oil`: both measure crude oil, so that tonnes and
/// barrels may be converted by an average. An error says why the two cannot be compared.
pub fn compare(a: &Figure, b: &Figure, of_oil: bool) -> Result<Agreement, Apart> {
    let b = in_unit_of(a, b, of_oil)?;
    let a = one_divisor(a)?;
    let near = |x: Option<Decimal>, y: Option<Decimal>| match (x, y) {
        (Some(x), Some(y)) => {
            let reach = x.abs().max(y.abs()).checked_mul(Decimal::new(TOLERANCE.0, TOLERANCE.1));
            x.checked_sub(y).zip(reach).is_some_and(|(d, r)| d.abs() <= r)
        }
        (None, None) => true,
        _ => false,
    };
    let (x, y) = (admitted(&a), admitted(&b));
    if a.relation == b.relation && near(x.lower, y.lower) && near(x.upper, y.upper) {
        return Ok(Agreement::Same);
    }
    let below = |low: Option<Decimal>, low_open: bool, high: Option<Decimal>, high_open: bool| match (low, high) {
        (Some(l), Some(h)) => l < h || l == h && !low_open && !high_open,
        _ => true,
    };
    let meet =
        below(x.lower, x.lower_open, y.upper, y.upper_open) && below(y.lower, y.lower_open, x.upper, x.upper_open);
    Ok(if meet { Agreement::Compatible } else { Agreement::Differ })
}

/// How many times the larger point is as large as the smaller, in one unit; `None` where a number has no point, is no
/// more than zero, or cannot be converted.
pub fn ratio(a: &Figure, b: &Figure) -> Option<Decimal> {
    let b = in_unit_of(a, b, false).ok()?;
    let a = one_divisor(a).ok()?;
    let point = |f: &Figure| f.value.or(f.lower).or(f.upper).filter(|p| *p > Decimal::ZERO);
    let (x, y) = (point(&a)?, point(&b)?);
    x.max(y).checked_div(x.min(y))
}

/// A rate by one of its divisor: "60 every 3 days" as 20 a day.
fn one_divisor(f: &Figure) -> Result<Figure, Apart> {
    let mut out = f.clone();
    if let Some((number, _)) = out.per.as_mut().filter(|(number, _)| *number != Decimal::ONE) {
        let by = std::mem::replace(number, Decimal::ONE);
        for end in [&mut out.value, &mut out.lower, &mut out.upper].into_iter().flatten() {
            *end = end.checked_div(by).ok_or(Apart::TooLarge)?;
        }
    }
    Ok(out)
}

/// The second figure in the unit and by the divisor of the first.
fn in_unit_of(a: &Figure, b: &Figure, of_oil: bool) -> Result<Figure, Apart> {
    let mut out = one_divisor(b)?;
    let (to, by) = (a.unit.as_str(), a.per.as_ref().map(|(_, unit)| unit.as_str()));
    let (from, was) = (b.unit.as_str(), b.per.as_ref().map(|(_, unit)| unit.as_str()));
    for end in [&mut out.value, &mut out.lower, &mut out.upper].into_iter().flatten() {
        *end = measure::per(measure::convert(*end, from, to, of_oil)?.value, was, by)?;
    }
    out.unit = a.unit.clone();
    out.per = a.per.as_ref().map(|(_, unit)| (Decimal::ONE, unit.clone()));
    Ok(out)
}
