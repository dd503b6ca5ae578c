//! Finder: times of the clock with zone and day, and parts of the day.

use super::calendar::Part;
use super::find::{Core, Finder};
use super::meaning::{Clock, Inner, Meaning};
use super::number::Read;
use super::words::{Class, WORDS};

impl Finder<'_> {
    /// "10:51 pm IST", "5 p.m. EST Nov. 9", "noon Thursday", "seven p.m.", "8 o'clock", "4 in the morning".
    pub fn clock(&self, i: usize) -> Core {
        let (end, clock) = self.clock_time(i, false)?;
        self.clock_day(end, clock)
    }

    /// The day after a clock time, with or without "on" or a comma.
    fn clock_day(&self, end: usize, clock: Clock) -> Core {
        // "10:35 a.m. (0735 GMT) Friday"
        let past = if self.class(end) == Class::Open {
            (end + 1..end + 7).find(|&k| self.text(k) == ")").map_or(end, |k| k + 1)
        } else {
            end
        };
        let comma = if matches!(self.class(past), Class::Comma | Class::On) { past + 1 } else { past };
        let comma = if self.class(comma) == Class::On { comma + 1 } else { comma };
        let day = match self.class(comma) {
            Class::Weekday
            | Class::MaybeWeekday
            | Class::Month
            | Class::MaybeMonth
            | Class::Day
            | Class::This
            | Class::Last
            | Class::Next
            | Class::Digits
            | Class::Ordinal
            | Class::Tonight => self.core(comma),
            Class::The if self.class(end) == Class::On => self.core(comma),
            _ => None,
        };
        if let Some((to, meaning, _)) = day {
            match meaning {
                Meaning::Date(_, Inner::Day(..)) | Meaning::Weekday(..) | Meaning::Day(..) => {
                    return Some((to, Meaning::Clock(clock, Some(Box::new(meaning)))));
                }
                Meaning::Part(part, Some(day)) => {
                    let clock = in_part(clock, part);
                    return Some((to, Meaning::Clock(clock, Some(day))));
                }
                _ => {}
            }
        }
        Some((end, Meaning::Clock(clock, None)))
    }

    /// A time of the clock; a bare number only where `bare` says that one is expected ("tomorrow at seven").
    fn clock_time(&self, i: usize, bare: bool) -> Read<Clock> {
        let plain = |seconds, precise| Clock { seconds, precise, either: false, zone: None };
        let (at, mut clock, written) = match self.class(i) {
            Class::ClockWord => {
                // "High Noon"
                if self.capital(i) && i > 0 && self.capital(i - 1) && self.before(i) == Class::Other {
                    return None;
                }
                let (end, zone) = self.zone(i + 1);
                // "midnight" ends its day.
                return Some((end, Clock { zone, ..plain(self.value(i) * 60, false) }));
            }
            Class::Clock => {
                // "a 4:3 ratio", "won 10:51" are not told apart; a score has no two-digit second half by sixty.
                (i + 1, plain(self.value(i), self.digits(i) == 1), true)
            }
            // "half past nine"
            Class::Half if self.class(i + 1) == Class::Past => {
                let (end, hour) = self.clock_hour(i + 2)?;
                (end, plain(hour * 3600 + 1800, false), true)
            }
            Class::Decimal if (1..2400).contains(&self.value(i)) && self.value(i) % 100 < 60 && self.digits(i) == 2 => {
                // "11.30 pm" needs its "pm".
                let seconds = self.value(i) / 100 * 3600 + self.value(i) % 100 * 60;
                (i + 1, plain(seconds, false), false)
            }
            Class::Digits if self.digits(i) <= 2 && (0..=24).contains(&self.value(i)) => {
                (i + 1, plain(self.value(i) * 3600, false), false)
            }
            Class::Number | Class::Tens => {
                let (end, n) = self.number_words(i)?;
                if !(1..=24).contains(&n) {
                    return None;
                }
                // "seven twenty-seven", "eight thirty"; "about three thirty" where nothing is counted
                let told = |to, m| n <= 12 && m % 5 == 0 && self.is_placed(i) && !self.is_counted(to);
                let minutes = match self.number_words(end) {
                    Some((to, m)) if (10..60).contains(&m) => {
                        let sure = bare || told(to, m);
                        (sure || self.class(to) == Class::AmPm).then_some((to, m, sure))
                    }
                    _ => None,
                };
                match minutes {
                    Some((to, m, sure)) => (to, plain(n * 3600 + m * 60, false), sure),
                    None => (end, plain(n * 3600, false), false),
                }
            }
            _ => return None,
        };
        let (mut end, mut sure) = (at, written);
        if let Some((to, noon)) = self.half_day(at) {
            let hour = clock.seconds / 3600;
            if hour > 12 && !written || hour == 0 && !written {
                return None;
            }
            if hour <= 12 {
                clock.seconds = clock.seconds % (12 * 3600) + noon * 3600;
            }
            (end, sure) = (to, true);
        } else if self.class(at) == Class::Oclock {
            clock.either = clock.seconds <= 12 * 3600;
            (end, sure) = (at + 1, true);
        } else {
            clock.either = clock.seconds < 13 * 3600 && !(written && self.text(i).starts_with('0'));
        }
        if !sure && self.class(i) == Class::Decimal {
            return None;
        }
        // "8 o'clock in the morning", "4 in the morning", "5 this afternoon"
        if self.class(end) == Class::In && self.class(end + 1) == Class::The && self.class(end + 2) == Class::Part {
            clock = in_part(clock, Part::from_code(self.value(end + 2)));
            (end, sure) = (end + 3, true);
        }
        if matches!(self.class(end), Class::At) && self.word(end + 1, "night") {
            clock = in_part(clock, Part::Night);
            (end, sure) = (end + 2, true);
        }
        let (to, zone) = self.zone(end);
        if zone.is_some() {
            (end, sure) = (to, true);
            clock.zone = zone;
        }
        // A bare number is a time after "at" where a day stands before.
        if bare && !sure {
            let followed = matches!(
                self.class(end),
                Class::Units | Class::Unit | Class::Sign | Class::Hundred | Class::Thousand | Class::Month
            ) || self.noun_follows(end);
            sure = !followed && self.class(i) != Class::Decimal;
            if self.word(end, "minutes") || self.class(end) == Class::Units && self.value(end) == 1 {
                (end, sure) = (end + 1, true);
            }
        }
        (sure && clock.seconds <= 24 * 3600).then_some((end, clock))
    }

    /// "at three thirty", "until about ten to six": the words before a time of the clock that has no mark of one.
    fn is_placed(&self, i: usize) -> bool {
        let at = if self.before(i) == Class::About { i - 1 } else { i };
        at < i || matches!(self.before(at), Class::At | Class::By | Class::Until | Class::Since)
    }

    /// Whether what stands here may be counted by the number before.
    fn is_counted(&self, i: usize) -> bool {
        matches!(
            self.class(i),
            Class::Units | Class::Unit | Class::Sign | Class::Hundred | Class::Thousand | Class::Hyphen
        ) || self.noun_follows(i)
    }

    /// "ten to six", "twenty-five past four", "quarter to four", "a quarter past nine".
    pub fn minutes_of_the_hour(&self, i: usize) -> Core {
        let start = if i > 0 && self.class(i - 1) == Class::Article { i - 1 } else { i };
        let (at, minutes) = if self.word(i, "quarter") {
            (i + 1, 15)
        } else {
            self.number_words(i).filter(|(_, n)| matches!(n, 5 | 10 | 20 | 25) && self.is_placed(start))?
        };
        let minutes = match self.class(at) {
            Class::Past => minutes,
            Class::To if self.is_placed(start) => -minutes,
            _ => return None,
        };
        let (end, hour) = self.clock_hour(at + 1)?;
        if self.is_counted(end) {
            return None;
        }
        let seconds = (hour * 3600 + minutes * 60).rem_euclid(24 * 3600);
        let clock = Clock { seconds, precise: false, either: true, zone: None };
        self.clock_day(end, clock)
    }

    /// A plain hour, in digits or words.
    fn clock_hour(&self, i: usize) -> Read<i32> {
        match self.class(i) {
            Class::Digits if (1..=12).contains(&self.value(i)) => Some((i + 1, self.value(i))),
            _ => self.number_words(i).filter(|(_, n)| (1..=12).contains(n)),
        }
    }

    /// The 6 of "between 6 and 7:30 p.m.", the 6:15 of "from 6:15 to 7 p.m.": it has the half of the day of the other end, if that keeps it before it.
    pub fn clock_range_start(&self, i: usize) -> Core {
        if !matches!(self.before(i), Class::From | Class::Between)
            || !matches!(self.class(i + 1), Class::And | Class::To | Class::Until)
        {
            return None;
        }
        let written = self.class(i) == Class::Clock;
        let (at, seconds) = match written {
            true => (i + 1, self.value(i)),
            false => self.clock_hour(i).map(|(at, hour)| (at, hour * 3600))?,
        };
        let (end, later) = self.clock_time(i + 2, false)?;
        // "2:20" needs the other end's "pm", and a place for it.
        if written && (later.either || seconds >= 13 * 3600) {
            return None;
        }
        const HALF: i32 = 12 * 3600;
        let noon = if later.seconds >= HALF && seconds % HALF + HALF <= later.seconds { HALF } else { 0 };
        let clock = Clock { seconds: seconds % HALF + noon, ..later };
        let day = match self.clock_day(end, later) {
            Some((_, Meaning::Clock(_, day))) => day,
            _ => None,
        };
        Some((at, Meaning::Clock(clock, day)))
    }

    /// "am", "p.m.", "p . m .": 0 or 12 hours.
    fn half_day(&self, i: usize) -> Read<i32> {
        if self.class(i) == Class::AmPm {
            let end = if self.class(i + 1) == Class::Dot
                && self.glued(i + 1)
                && self.text(i).contains('.')
                && !self.text(i).ends_with('.')
            {
                // The last full stop of "p.m." cut off as a token of its own, unless it ends the sentence.
                if self.class(i + 2) == Class::Break { i + 1 } else { i + 2 }
            } else {
                i + 1
            };
            return Some((end, self.value(i)));
        }
        let letter = self.text(i);
        let noon = if letter.eq_ignore_ascii_case("p") {
            12
        } else if letter.eq_ignore_ascii_case("a") {
            0
        } else {
            return None;
        };
        let mut at = i + 1;
        if self.class(at) != Class::Dot {
            return None;
        }
        at += 1;
        if !self.word(at, "m") && !self.word(at, "m.") {
            return None;
        }
        let end = if self.class(at + 1) == Class::Dot && self.class(at + 2) != Class::Break { at + 2 } else { at + 1 };
        Some((end, noon))
    }

    /// A zone after a time: "IST", "GMT", "(EST)", "Moscow time", "local time".
    fn zone(&self, i: usize) -> (usize, Option<i16>) {
        let open = if self.class(i) == Class::Open { i + 1 } else { i };
        let text = self.text(open);
        if (2..=4).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_uppercase()) {
            if let Some(offset) = WORDS.zone(&text.to_ascii_lowercase()) {
                let end = if open > i { open + 2 } else { open + 1 };
                return (end, Some(offset));
            }
        }
        (i, None)
    }

    /// A date, with the time of the clock that follows a day.
    pub fn dated(&self, core: Core) -> Core {
        match core? {
            (end, day @ Meaning::Date(_, Inner::Day(..))) => self.with_clock(end, day),
            other => Some(other),
        }
    }

    /// A day, and the part of it or the time of the clock that follows: "Friday morning", "Sunday at 8:30", "last night at 8".
    pub fn with_clock(&self, end: usize, day: Meaning) -> Core {
        let comma = if self.class(end) == Class::Comma { end + 1 } else { end };
        let at = if self.class(comma) == Class::At || self.class(comma) == Class::About { comma + 1 } else { comma };
        let worded = self.class(comma) == Class::At;
        // "Wednesday night", "Sunday early morning"
        let early = if matches!(self.class(end), Class::Early | Class::Late | Class::Mid) { end + 1 } else { end };
        let hyphen = if early > end && self.class(early) == Class::Hyphen { early + 1 } else { early };
        if self.class(hyphen) == Class::Part && !matches!(day, Meaning::Part(..)) {
            let part = Part::from_code(self.value(hyphen));
            return self.with_clock(hyphen + 1, Meaning::Part(part, Some(Box::new(day))));
        }
        let dayless = matches!(day, Meaning::Date(_, Inner::Month(_)) | Meaning::Date(_, Inner::Whole));
        let bare = worded && self.class(at) != Class::Article;
        let clocked = match self.class(at) {
            Class::Clock | Class::Digits | Class::Number | Class::ClockWord | Class::Decimal if !dayless => {
                self.clock_time(at, bare)
            }
            _ => None,
        };
        if let Some((to, clock)) = clocked {
            let sure = worded || self.class(at) != Class::ClockWord || comma == end;
            if sure {
                let (clock, day) = match day {
                    Meaning::Part(part, Some(inner)) => (in_part(clock, part), inner),
                    other => (clock, Box::new(other)),
                };
                return Some((to, Meaning::Clock(clock, Some(day))));
            }
        }
        Some((end, day))
    }

    /// "afternoon", "mid-afternoon yesterday", "early morning", "morning of Oct. 3"; the modifier is before `i`.
    pub fn part_phrase(&self, i: usize) -> Core {
        let part = Part::from_code(self.value(i));
        let mut at = i + 1;
        let the = self.class(at + 1) == Class::The && self.class(at + 2) != Class::Ordinal;
        if matches!(self.class(at), Class::Of | Class::On | Class::Comma) && !the {
            at += 1;
        }
        let day = match self.class(at) {
            Class::Day | Class::Weekday | Class::Month | Class::MaybeMonth => self.core(at),
            Class::Digits | Class::Ordinal if at > i + 1 => self.core(at),
            Class::The if self.class(at + 1) == Class::Ordinal => self.core(at),
            _ => None,
        };
        match day {
            Some((to, meaning @ (Meaning::Day(..) | Meaning::Weekday(..) | Meaning::Date(_, Inner::Day(..))), _)) => {
                Some((to, Meaning::Part(part, Some(Box::new(meaning)))))
            }
            _ => self.with_clock(i + 1, Meaning::Part(part, None)),
        }
    }

    /// "the morning of Oct. 3", "in the afternoon"; `i` is after the article.
    pub fn the_part(&self, i: usize) -> Core {
        if self.class(i) != Class::Part || self.noun_follows(i + 1) {
            return None;
        }
        let (to, meaning) = self.part_phrase(i)?;
        let before = if i >= 2 { self.class(i - 2) } else { Class::Break };
        let placed = matches!(
            before,
            Class::In | Class::During | Class::On | Class::Throughout | Class::Until | Class::By | Class::Since
        );
        (placed || matches!(meaning, Meaning::Part(_, Some(_)))).then_some((to, meaning))
    }

    /// "early morning at 8:00", "mid afternoon": a part of the day without an article, only where a modifier was read or a
    /// day follows.
    pub fn bare_part(&self, i: usize) -> Core {
        let (to, meaning) = self.part_phrase(i)?;
        match meaning {
            Meaning::Part(_, Some(_)) | Meaning::Clock(..) => Some((to, meaning)),
            _ => None,
        }
    }
}

/// A time of the clock that a part of the day makes certain: "8 in the evening" is 20:00.
fn in_part(mut clock: Clock, part: Part) -> Clock {
    let hour = clock.seconds / 3600;
    let later = match part {
        Part::Afternoon | Part::Evening => hour < 12,
        Part::Night => (6..12).contains(&hour),
        _ => false,
    };
    if clock.either && later {
        clock.seconds += 12 * 3600;
    }
    clock.either = false;
    clock
}
