//! Times: expressions of date, time of day, duration and recurrence, resolved.

use jiff::civil::Date;

use super::{Rule, Span, Spanned, closed_set};

/// A day as ISO 8601, EDTF and `xsd:date` (XML Schema 1.1) write it: `2015-11-20`; 490 BC is the year `-0489`.
pub fn iso_day(date: Date) -> String {
    let sign = if date.year() < 0 { "-" } else { "" };
    format!("{sign}{:04}-{:02}-{:02}", date.year().unsigned_abs(), date.month(), date.day())
}

closed_set! {
    /// TIMEX3 type.
    TimeKind {
        Date = "DATE",
        Time = "TIME",
        Duration = "DURATION",
        Set = "SET",
    }
}

closed_set! {
    /// TIMEX3 modifier.
    TimeMod {
        Before = "BEFORE",
        After = "AFTER",
        OnOrBefore = "ON_OR_BEFORE",
        OnOrAfter = "ON_OR_AFTER",
        LessThan = "LESS_THAN",
        MoreThan = "MORE_THAN",
        EqualOrLess = "EQUAL_OR_LESS",
        EqualOrMore = "EQUAL_OR_MORE",
        Start = "START",
        Mid = "MID",
        End = "END",
        Approx = "APPROX",
    }
}

/// What a relative time was resolved against.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Anchor {
    /// The date used.
    pub date: Date,
    /// Which date that is, and why: `published`, `last-mentioned`, `said` …
    pub rule: Rule,
}

/// An expression of time.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Time {
    /// Where it stands.
    pub span: Span,
    /// TIMEX3 type.
    pub kind: TimeKind,
    /// TIMEX3 value: `2015-11-19`, `P4D`, `2015-W47`, `PRESENT_REF`. Empty when it could not be resolved.
    pub value: String,
    /// TIMEX3 mod.
    pub modifier: Option<TimeMod>,
    /// TIMEX3 quant of a set: "every".
    pub quant: Option<String>,
    /// TIMEX3 freq of a set.
    pub freq: Option<String>,
    /// Extended Date/Time Format (ISO 8601-2), where it can say it.
    pub edtf: Option<String>,
    /// First day it may mean (inclusive). `None`: open or not known.
    pub earliest: Option<Date>,
    /// Last day it may mean (inclusive). `None`: open or not known.
    pub latest: Option<Date>,
    /// First day of the stretch that the words around it make of it ("since May", "between 2010 and 2012").
    pub begin: Option<Date>,
    /// Last day of that stretch ("until Friday"; "since May" ends with the publication).
    pub end: Option<Date>,
    /// A second reading that the text leaves open ("last summer").
    pub other_value: Option<String>,
    /// What it was resolved against.
    pub anchor: Option<Anchor>,
    /// What decided.
    pub made_by: Rule,
}

impl Spanned for Time {
    fn span(&self) -> Span {
        self.span
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_written_as_xml_schema_wants_them() {
        let day = |y, m, d| iso_day(Date::constant(y, m, d));
        assert_eq!(day(2015, 11, 20), "2015-11-20");
        assert_eq!(day(44, 3, 15), "0044-03-15");
        assert_eq!(day(0, 1, 1), "0000-01-01");
        assert_eq!(day(-489, 9, 12), "-0489-09-12");
    }
}
