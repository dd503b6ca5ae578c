//! Intervals: what the words around an expression make of it ("between 2010 and 2012", "since last summer", "until May").

use jiff::civil::Date;

use crate::text::{Anchor, Rule, Time, TimeKind, TimeMod};

use super::atom::Atom;
use super::calendar::{Grain, add_days, add_months};
use super::meaning::Amount;
use super::words::Class;

/// Gives each time the ends of the stretch that it opens, closes or fills. `rows` are the atoms of each time.
pub fn join(atoms: &[Atom], published: Option<Date>, rows: &[(usize, usize)], times: &mut [Time]) {
    let class = |i: Option<usize>| i.and_then(|i| atoms.get(i)).map_or(Class::Break, |a| a.class);
    for k in 0..times.len() {
        let (from, to) = rows[k];
        let before = class(from.checked_sub(1));
        if times[k].kind == TimeKind::Duration {
            (times[k].begin, times[k].end) = (times[k].earliest, times[k].latest);
            continue;
        }
        if times[k].kind == TimeKind::Set {
            continue;
        }
        // Two ends: "from Monday to Wednesday", "between 2010 and 2012", "2010-2012".
        let joint = class(Some(to));
        let pair = rows
            .get(k + 1)
            .is_some_and(|&(next, _)| next == to + 1 || next == to + 2 && class(Some(to + 1)) == Class::The)
            && match joint {
                Class::And => before == Class::Between,
                Class::To | Class::Through | Class::Until => {
                    before == Class::From
                        || before == Class::Between
                        || joint != Class::To
                        || same_grain(&times[k], &times[k + 1])
                }
                Class::Hyphen => true,
                _ => false,
            };
        if pair && matches!(times[k + 1].kind, TimeKind::Date | TimeKind::Time) {
            let (begin, end) = (times[k].earliest, times[k + 1].latest);
            if begin.is_none_or(|b| end.is_none_or(|e| b <= e)) {
                for time in &mut times[k..k + 2] {
                    (time.begin, time.end) = (begin, end);
                }
            }
            continue;
        }
        let time = &mut times[k];
        if time.begin.is_some() || time.end.is_some() {
            continue;
        }
        let (earliest, latest) = (time.earliest, time.latest);
        match before {
            Class::Since => {
                (time.begin, time.end) = (earliest, published.filter(|p| earliest.is_some_and(|e| e <= *p)))
            }
            Class::Until | Class::By | Class::Through => time.end = latest,
            Class::After => time.begin = latest.and_then(|d| add_days(d, 1)),
            // "before the end of the year" is before the year is over.
            Class::Before if time.modifier == Some(TimeMod::End) => time.end = latest,
            Class::Before => time.end = earliest.and_then(|d| add_days(d, -1)),
            Class::From => time.begin = earliest,
            _ => {}
        }
    }
}

/// "2014 to 2018": both years, both months.
fn same_grain(a: &Time, b: &Time) -> bool {
    a.kind == b.kind && a.value.len() == b.value.len()
}

/// The day that lies a length away from another; hours round to whole days outward, minutes are nothing.
pub fn away(from: Date, parts: &[(Amount, Grain)], sign: i64) -> Option<Date> {
    let mut at = from;
    for (amount, grain) in parts {
        let n = amount.hundredths?.checked_mul(sign)?;
        at = match grain {
            Grain::Second | Grain::Minute => at,
            Grain::Hour => add_days(at, n.div_euclid(2400) + i64::from(sign > 0 && n % 2400 != 0))?,
            Grain::Day | Grain::Night => add_days(at, n / 100)?,
            Grain::Week | Grain::Weekend => add_days(at, n.checked_mul(7)? / 100)?,
            Grain::Fortnight => add_days(at, n.checked_mul(14)? / 100)?,
            Grain::Month => add_months(at, n / 100)?,
            Grain::Quarter => add_months(at, n.checked_mul(3)? / 100)?,
            Grain::Year | Grain::Decade | Grain::Century | Grain::Millennium => {
                add_months(at, n.checked_mul(12)?.checked_mul(grain.designator().2)? / 100)?
            }
            Grain::Period => return None,
        };
    }
    Some(at)
}

/// "three days after January 12", "two months before Easter", "the first ten days of May": a length that another time places
/// keeps its value and gets the days as bounds.
pub fn offsets(atoms: &[Atom], lengths: &[Vec<(Amount, Grain)>], rows: &[(usize, usize)], times: &mut [Time]) {
    let class = |i: usize| atoms.get(i).map_or(Class::Break, |a| a.class);
    for k in 0..times.len().saturating_sub(1) {
        let (from, to) = rows[k];
        let next = rows[k + 1].0;
        if lengths[k].is_empty() || !(next == to + 1 || next == to + 2 && class(to + 1) == Class::The) {
            continue;
        }
        let Some((first, last)) = times[k + 1].earliest.zip(times[k + 1].latest) else { continue };
        // "the three months **to** September": the other time is the end of the stretch.
        if class(to) == Class::To
            && matches!(class(from.wrapping_sub(1)), Class::The | Class::In | Class::For | Class::During | Class::Over)
            && let Some(begin) = add_days(last, 1).and_then(|d| away(d, &lengths[k], -1))
        {
            (times[k + 1].begin, times[k + 1].end) = (Some(begin), Some(last));
            continue;
        }
        let bounds = match class(to) {
            Class::After | Class::From | Class::Since => away(first, &lengths[k], 1).map(|d| (d, d)),
            Class::Before => away(first, &lengths[k], -1).map(|d| (d, d)),
            Class::Of if class(from) == Class::Ordinal || class(from + 1) == Class::Ordinal => {
                away(first, &lengths[k], 1).and_then(|d| add_days(d, -1)).map(|d| (first, d.min(last)))
            }
            _ => None,
        };
        if let Some((begin, end)) = bounds {
            let time = &mut times[k];
            (time.earliest, time.latest) = (Some(begin), Some(end));
            (time.begin, time.end) = (Some(begin), Some(end));
            time.anchor = Some(Anchor { date: first, rule: Rule("named-beside") });
        }
    }
}
