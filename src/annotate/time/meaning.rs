//! What an expression says before it is known when: the finder's result, the resolver's input.

use crate::text::{TimeKind, TimeMod};

use super::calendar::{Grain, Part};
use super::words::DayRule;

/// An expression found in the text: a range of atoms and what it says.
#[derive(Clone, Debug)]
pub struct Found {
    /// First atom.
    pub from: usize,
    /// One past the last atom.
    pub to: usize,
    pub meaning: Meaning,
    pub modifier: Option<TimeMod>,
    /// The rule that found it.
    pub rule: &'static str,
}

/// A number of units.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Amount {
    /// In hundredths; `None` for "several", "a few", "some".
    pub hundredths: Option<i64>,
    /// "a couple", "or so": only about so many.
    pub about: bool,
    /// The upper end of "two to three".
    pub upper: Option<i64>,
}

impl Amount {
    /// So many whole units.
    pub fn whole(n: i64) -> Amount {
        Amount { hundredths: n.checked_mul(100), about: false, upper: None }
    }

    /// "several", "a few".
    pub fn vague() -> Amount {
        Amount { hundredths: None, about: false, upper: None }
    }
}

/// Which year.
#[derive(Clone, Copy, PartialEq, Debug)]
pub enum Year {
    /// Not said: the direction decides.
    Open,
    /// "1988".
    Known(i32),
    /// "last year's": years from publication.
    Shifted(i32),
    /// "that year", "the following year's": years from the year last mentioned.
    Mentioned(i32),
    /// The most recent one before the publication ("last April") or, at 1, the next after it ("next April").
    Nearest(i32),
    /// "'96".
    TwoDigits(i32),
}

/// Which stretch of the year.
#[derive(Clone, Copy, PartialEq, Debug)]
pub enum Inner {
    Whole,
    Month(i32),
    /// Month and day.
    Day(i32, i32),
    Quarter(i32),
    Half(i32),
    Season(i32),
    Holiday(DayRule),
    Week(i32),
    /// The week that holds a month's day ("the week of March 6").
    WeekOf(i32, i32),
    /// "the 1988 quarter", "the year-ago period": the quarter spoken of, or else the year.
    SameQuarter,
}

/// Where a relative expression counts from.
#[derive(Clone, Copy, PartialEq, Debug)]
pub enum Base {
    /// The publication date (or the time of saying inside a quotation).
    Now,
    /// The date last mentioned.
    Mentioned,
}

/// Where a duration lies.
#[derive(Clone, Copy, PartialEq, Debug)]
pub enum Reach {
    /// Nothing is said.
    Free,
    /// "the past four days".
    UntilNow,
    /// "the next four days".
    FromNow,
}

/// A time of the clock, in seconds of the day; `precise` when seconds are written.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Clock {
    pub seconds: i32,
    pub precise: bool,
    /// True when it may as well be twelve hours later ("at 8:30").
    pub either: bool,
    /// Minutes east of UTC.
    pub zone: Option<i16>,
}

/// What an expression says.
#[derive(Clone, PartialEq, Debug)]
pub enum Meaning {
    /// PRESENT_REF and the like.
    Fixed(TimeKind, &'static str),
    /// A calendar date with what is known of its year.
    Date(Year, Inner),
    /// Tens of years: 199.
    Decade(i32),
    /// "the nineties": the tens alone.
    OpenDecade(i32),
    /// Hundreds of years: 19.
    Century(i32),
    /// A day of the week (1 = Monday) and its pointing word: -1 last, 0 this, 1 next, 2 this coming; the base of "the previous Friday".
    Weekday(i32, Option<i32>, Base),
    /// "last year", "the following month".
    Unit(Grain, i32, Base),
    /// "the quarter", "the latest period", "the week": the one spoken of.
    Spoken(Grain),
    /// Yesterday, today, tomorrow; "the next day", "the same day" from the date mentioned.
    Day(i32, Base),
    /// A day of an open month: "the 15th".
    MonthDay(i32),
    /// "two weeks ago", "a year earlier".
    Away(Amount, Grain, i32, Base),
    /// A stretch counted inside another: which (from 1; 0 is the last), of what grain, a weekday (1 = Monday) for days, of what.
    Nth(i32, Grain, Option<i32>, Box<Meaning>),
    /// A length of time.
    Duration(Vec<(Amount, Grain)>, Reach),
    /// A recurrence: its TIMEX3 value, quant and freq.
    Set(String, Option<&'static str>, Option<String>),
    /// A time of the clock on a day.
    Clock(Clock, Option<Box<Meaning>>),
    /// A part of a day.
    Part(Part, Option<Box<Meaning>>),
}
