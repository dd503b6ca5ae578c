//! Intervals: what the words around an expression make of it ("between 2010 and 2012", "since last summer", "until May").

use jiff::civil::Date;

use crate::text::{Time, TimeKind};

use super::atom::Atom;
use super::calendar::add_days;
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
