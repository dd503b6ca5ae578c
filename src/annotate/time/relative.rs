//! Finder: expressions that point: "last year", "this week", "the past four days", "the next day", "the quarter".

use super::calendar::{Grain, Part};
use super::find::{Core, Finder};
use super::meaning::{Amount, Base, Inner, Meaning, Reach, Year};
use super::words::Class;

impl Finder<'_> {
    /// A unit of the calendar, with "fiscal" and the like before it taken in.
    fn calendar_unit(&self, i: usize) -> Option<(usize, Grain, bool)> {
        let at = if matches!(self.class(i), Class::Fiscal | Class::Filler) { i + 1 } else { i };
        let (end, (grain, plural)) = self.unit(at)?;
        (self.class(at) != Class::Ordinal).then_some((end, grain, plural))
    }

    /// "last year", "next Friday", "this past spring", "the previous day", "the last few months", "that night"; the article
    /// is before `i`, if there is one.
    pub fn pointed(&self, i: usize) -> Core {
        use Class::*;
        let the = i > 0 && self.class(i - 1) == The;
        let class = self.class(i);
        let quoted = |at: usize| if self.class(at) == Quote { at + 1 } else { at };
        let next = i + 1;
        // "this coming Sunday", "this past spring", "this same week", "that same day"
        let (class, next) = match (class, self.class(next)) {
            (This, Past | Last) => (Last, next + 1),
            (This, Coming | Next) => (Coming, next + 1),
            (This, Current) => (This, next + 1),
            (This | That, Same) => (class, next + 1),
            _ => (class, next),
        };
        // A number of units: "the past four days", "the next few weeks", "the last 18 months", "recent years".
        if matches!(class, Last | Past | Next | Coming | Previous | Following | These) {
            let quote = quoted(next);
            let counted = self.amount(quote).filter(|_| self.class(quote) != Article).and_then(|(at, amount)| {
                let at = if self.class(at) == Filler { at + 1 } else { at };
                let (end, (grain, plural)) = self.unit(at)?;
                (plural || amount.hundredths == Some(100)).then_some((end, amount, grain))
            });
            if let Some((end, amount, grain)) = counted {
                let end = if quote > next && self.class(end) == Quote { end + 1 } else { end };
                let (end, parts) = self.more_lengths(end, vec![(amount, grain)]);
                let reach = if matches!(class, Next | Coming | Following) { Reach::FromNow } else { Reach::UntilNow };
                return Some((end, Meaning::Duration(parts, reach)));
            }
        }
        if let Some((end, grain, plural)) = self.calendar_unit(next) {
            if plural {
                return match class {
                    Recent | Past | Last => {
                        Some((end, Meaning::Duration(vec![(Amount::vague(), grain)], Reach::UntilNow)))
                    }
                    Coming | Next => Some((end, Meaning::Duration(vec![(Amount::vague(), grain)], Reach::FromNow))),
                    _ => None,
                };
            }
            let one = vec![(Amount::whole(1), grain)];
            let clock = matches!(grain, Grain::Second | Grain::Minute | Grain::Hour);
            if clock || grain == Grain::Fortnight {
                return match class {
                    Last | Past => Some((end, Meaning::Duration(one, Reach::UntilNow))),
                    Next | Coming => Some((end, Meaning::Duration(one, Reach::FromNow))),
                    _ => None,
                };
            }
            if grain == Grain::Period {
                return match class {
                    Latest | Same | Current => Some((end, Meaning::Spoken(grain))),
                    _ => None,
                };
            }
            let meaning = match class {
                // "the last week of May"
                Last if matches!(self.class(end), Of | In) && self.nth_of(0, next).is_some() => {
                    return self.nth_of(0, next);
                }
                Past => Meaning::Duration(one, Reach::UntilNow),
                Last if the && self.class(end) == Of => return None,
                Last if the && matches!(grain, Grain::Decade | Grain::Century | Grain::Year | Grain::Month) => {
                    Meaning::Duration(one, Reach::UntilNow)
                }
                Last => Meaning::Unit(grain, -1, Base::Now),
                This | Current => Meaning::Unit(grain, 0, Base::Now),
                Next if the => Meaning::Unit(grain, 1, if grain == Grain::Day { Base::Mentioned } else { Base::Now }),
                Next | Coming => Meaning::Unit(grain, 1, Base::Now),
                Previous => Meaning::Unit(grain, -1, Base::Mentioned),
                Following => Meaning::Unit(grain, 1, Base::Mentioned),
                Latest => Meaning::Spoken(grain),
                That | Same => Meaning::Unit(grain, 0, Base::Mentioned),
                _ => return None,
            };
            // "this day", "that day", "that weekend"; "the next day"
            return match meaning {
                Meaning::Unit(Grain::Day, shift, Base::Mentioned) => {
                    self.with_clock(end, Meaning::Day(shift, Base::Mentioned))
                }
                Meaning::Unit(Grain::Day, 0, Base::Now) => Some((end, Meaning::Day(0, Base::Now))),
                Meaning::Unit(Grain::Day, 1, Base::Now) if class == Next => {
                    self.with_clock(end, Meaning::Day(1, Base::Mentioned))
                }
                Meaning::Unit(Grain::Day, ..) => None,
                // "last year's third quarter", "next year's quarter"
                Meaning::Unit(Grain::Year, shift, base) => {
                    Some(self.possessed_year(end, shift, base).unwrap_or((end, meaning)))
                }
                Meaning::Unit(Grain::Night, 0, _) if class == This => None,
                meaning => Some((end, meaning)),
            };
        }
        match self.class(next) {
            Weekday | MaybeWeekday
                if self.class(next) == Weekday
                    || self.capital(next) && (class != That || self.text(next).ends_with('.')) =>
            {
                let day = self.value(next);
                let (shift, base) = match class {
                    Last | Past => (-1, Base::Now),
                    This => (0, Base::Now),
                    Next => (1, Base::Now),
                    Coming => (2, Base::Now),
                    Previous => (-1, Base::Mentioned),
                    Following => (1, Base::Mentioned),
                    That => return self.with_clock(next + 1, Meaning::Weekday(day, None, Base::Now)),
                    _ => return None,
                };
                if class == Last && the {
                    if let Some(nth) = self.nth_of(0, next) {
                        return Some(nth);
                    }
                }
                if let Some((end, dated @ Meaning::Date(..))) = self.weekday(next) {
                    return Some((end, dated));
                }
                self.with_clock(next + 1, Meaning::Weekday(day, Some(shift), base))
            }
            Month | MaybeMonth if self.capital(next) => {
                let year = match class {
                    Last | Past | Previous => Year::Nearest(-1),
                    This | Current => Year::Shifted(0),
                    Next | Coming | Following => Year::Nearest(1),
                    That => Year::Mentioned(0),
                    _ => return None,
                };
                let m = self.value(next);
                if let Some((end, day)) = self.month_day(next + 1).filter(|_| self.class(next + 1) != Number) {
                    return Some((end, Meaning::Date(year, Inner::Day(m, day))));
                }
                Some((next + 1, Meaning::Date(year, Inner::Month(m))))
            }
            Season | MaybeSeason => {
                let year = match class {
                    Last | Past => Year::Nearest(-1),
                    This => Year::Shifted(0),
                    Next | Coming => Year::Nearest(1),
                    That => Year::Mentioned(0),
                    _ => return None,
                };
                (!self.noun_follows(next + 1) || self.class(next) == Season)
                    .then_some((next + 1, Meaning::Date(year, Inner::Season(self.value(next)))))
            }
            Part => {
                let part = super::calendar::Part::from_code(self.value(next));
                let day = match class {
                    This => Meaning::Day(0, Base::Now),
                    Last => Meaning::Day(-1, Base::Now),
                    That | Same => Meaning::Day(0, Base::Mentioned),
                    Next | Following => Meaning::Day(1, Base::Mentioned),
                    Previous => Meaning::Day(-1, Base::Mentioned),
                    _ => return None,
                };
                self.with_clock(next + 1, Meaning::Part(part, Some(Box::new(day))))
            }
            Seasons if matches!(self.class(next), Seasons) => None,
            _ if class == Recent && !the => None,
            _ if self.atoms.get(next).is_some_and(|a| a.opens) && matches!(class, Last | Next | This) => {
                let (end, meaning, _) = self.core(next)?;
                let Meaning::Date(Year::Open, inner @ Inner::Holiday(_)) = meaning else { return None };
                let year = match class {
                    Last => Year::Nearest(-1),
                    Next => Year::Nearest(1),
                    _ => Year::Shifted(0),
                };
                Some((end, Meaning::Date(year, inner)))
            }
            _ => self.season_quarter(class, next),
        }
    }

    /// "this year's third quarter", "last year's quarter": the possessive after a pointed year.
    fn possessed_year(&self, end: usize, shift: i32, base: Base) -> Option<(usize, Meaning)> {
        if self.class(end) != Class::Poss {
            return None;
        }
        let year = if base == Base::Now { Year::Shifted(shift) } else { Year::Mentioned(shift) };
        if let Some((to, Meaning::Date(Year::Open, inner))) = self.quarter_or_half(end + 1) {
            return Some((to, Meaning::Date(year, inner)));
        }
        match self.class(end + 1) {
            Class::Unit if matches!(self.value(end + 1), 6 | 13) => {
                Some((end + 2, Meaning::Date(year, Inner::SameQuarter)))
            }
            Class::Season | Class::MaybeSeason if !self.noun_follows(end + 2) => {
                Some((end + 2, Meaning::Date(year, Inner::Season(self.value(end + 1)))))
            }
            _ => None,
        }
    }

    /// "last fourth quarter", "the current third quarter", "the latest third quarter".
    fn season_quarter(&self, class: Class, next: usize) -> Core {
        if !matches!(class, Class::Last | Class::Latest | Class::Current | Class::This | Class::Next) {
            return None;
        }
        let (end, meaning) = self.quarter_or_half(next)?;
        matches!(meaning, Meaning::Date(Year::Open, Inner::Quarter(_))).then_some((end, meaning))
    }

    /// "the quarter", "the year", "the week", "the fiscal year", "the year-ago quarter": what is spoken of; `i` is after the article.
    pub fn spoken(&self, i: usize) -> Core {
        let (i, fiscal) = if self.class(i) == Class::Fiscal { (i + 1, true) } else { (i, false) };
        let i = if self.class(i) == Class::Filler && matches!(self.text(i), "full" | "whole" | "entire") {
            i + 1
        } else {
            i
        };
        // "the year-ago quarter", "the year-earlier period"
        if let Some((end, meaning)) = self.year_ago(i) {
            return Some((end, meaning));
        }
        if self.class(i) != Class::Unit {
            return None;
        }
        let grain = Grain::from_code(self.value(i))?;
        let end = i + 1;
        // "up 5 percent on the year": against the one before, which is no date.
        if !fiscal
            && i >= 2
            && self.class(i - 1) == Class::The
            && self.before(i - 1) == Class::On
            && self.class(end) != Class::Of
        {
            return None;
        }
        if let Some(found) = self.second_from_now(end, grain) {
            return Some(found);
        }
        match grain {
            Grain::Quarter | Grain::Year if !fiscal || grain == Grain::Year => {
                let of = self.class(end) == Class::Of;
                if of || self.noun_follows(end) && grain == Grain::Quarter && !fiscal {
                    return None;
                }
                // "the year ended March 31"
                if grain == Grain::Year && ["ended", "ending"].iter().any(|w| self.word(end, w)) {
                    return Some((end, Meaning::Duration(vec![(Amount::whole(1), grain)], Reach::Free)));
                }
                // "the year before"
                if matches!(self.class(end), Class::Before | Class::After) && self.goes_on(end + 1) {
                    return None;
                }
                if matches!(self.class(end), Class::Before | Class::Earlier) {
                    return Some((end + 1, Meaning::Unit(grain, -1, Base::Mentioned)));
                }
                if self.class(end) == Class::After {
                    return Some((end + 1, Meaning::Unit(grain, 1, Base::Mentioned)));
                }
                // "the year to date", "the quarter a year ago"
                if grain == Grain::Quarter && self.class(end) == Class::Article {
                    if let Some((to, Meaning::Unit(Grain::Year, ..) | Meaning::Away(..))) = self.length(end) {
                        return Some((to, Meaning::Date(Year::Shifted(-1), Inner::SameQuarter)));
                    }
                }
                Some((end, Meaning::Spoken(grain)))
            }
            Grain::Week => {
                // "the week of March 6"
                if matches!(self.class(end), Class::Of) {
                    let (to, meaning) = self.calendar_date(end + 1, false)?;
                    return match meaning {
                        Meaning::Date(year, Inner::Day(m, d)) => Some((to, Meaning::Date(year, Inner::WeekOf(m, d)))),
                        _ => None,
                    };
                }
                self.spoken_at(i, end, grain)
            }
            Grain::Weekend if matches!(self.class(end), Class::Before | Class::After) && !self.goes_on(end + 1) => {
                let shift = if self.class(end) == Class::Before { -1 } else { 1 };
                Some((end + 1, Meaning::Unit(grain, shift, Base::Mentioned)))
            }
            Grain::Weekend => (!self.noun_follows(end)).then_some((end, Meaning::Spoken(grain))),
            Grain::Month | Grain::Day => self.spoken_at(i, end, grain),
            _ => None,
        }
    }

    /// "the day after tomorrow", "the day before yesterday", "the week after next", "the year before last": `end` is after the
    /// unit.
    fn second_from_now(&self, end: usize, grain: Grain) -> Core {
        let (side, next) = (self.class(end), self.class(end + 1));
        let far = match (side, next) {
            (Class::After, Class::Day) if grain == Grain::Day && self.value(end + 1) == 1 => 2,
            (Class::Before, Class::Day) if grain == Grain::Day && self.value(end + 1) == -1 => -2,
            (Class::After, Class::Next) if grain > Grain::Hour => 2,
            (Class::Before, Class::Last) if grain > Grain::Hour => -2,
            _ => return None,
        };
        let pointed = matches!(next, Class::Next | Class::Last);
        // "the week before last Friday"
        let goes_on = pointed
            && (self.calendar_unit(end + 2).is_some()
                || matches!(self.class(end + 2), Class::Weekday | Class::Month | Class::Season | Class::Part));
        let meaning =
            if grain == Grain::Day { Meaning::Day(far, Base::Now) } else { Meaning::Unit(grain, far, Base::Now) };
        (!goes_on).then_some((end + 2, meaning))
    }

    /// "the week", "the month", "the day" after a word that makes them dates; "the day before", "the month after".
    fn spoken_at(&self, i: usize, end: usize, grain: Grain) -> Core {
        if matches!(self.class(end), Class::Before | Class::Earlier) && !self.goes_on(end + 1) {
            let meaning = if grain == Grain::Day {
                Meaning::Day(-1, Base::Mentioned)
            } else {
                Meaning::Unit(grain, -1, Base::Mentioned)
            };
            return Some((end + 1, meaning));
        }
        if self.class(end) == Class::After && !self.goes_on(end + 1) {
            let meaning = if grain == Grain::Day {
                Meaning::Day(1, Base::Mentioned)
            } else {
                Meaning::Unit(grain, 1, Base::Mentioned)
            };
            return Some((end + 1, meaning));
        }
        let before = if i >= 2 { self.class(i - 2) } else { Class::Break };
        let placed =
            matches!(before, Class::During | Class::Throughout | Class::Of | Class::For | Class::Since | Class::Within)
                || (before == Class::In
                    && self.class(i - 1) == Class::The
                    && self.class(i.wrapping_sub(3)) == Class::Later)
                || (before == Class::In
                    && matches!(
                        self.class(i.wrapping_sub(3)),
                        Class::Earlier | Class::Later | Class::Late | Class::Early
                    ));
        (placed && self.class(end) != Class::Of && !self.noun_follows(end)).then_some((end, Meaning::Spoken(grain)))
    }

    /// True when what follows "before" or "after" is what it governs, and no end of clause.
    fn goes_on(&self, i: usize) -> bool {
        self.class(i) != Class::Break
            && !self.is_punctuation(i)
            && !matches!(
                self.class(i),
                Class::And | Class::Or | Class::In | Class::At | Class::On | Class::To | Class::For
            )
    }

    /// "year-ago", "year-earlier", with the period after them; "the year-ago third quarter".
    pub fn year_ago(&self, i: usize) -> Core {
        let i = if self.word(i, "comparable") || self.word(i, "corresponding") { i + 1 } else { i };
        if self.class(i) != Class::Unit || self.value(i) != 7 || self.class(i + 1) != Class::Hyphen {
            return None;
        }
        if !matches!(self.class(i + 2), Class::Ago | Class::Earlier) {
            return None;
        }
        let end = i + 3;
        if self.class(end) == Class::Unit && matches!(self.value(end), 6 | 13) {
            return Some((end + 1, Meaning::Date(Year::Shifted(-1), Inner::SameQuarter)));
        }
        if let Some((to, Meaning::Date(Year::Open, inner))) = self.quarter_or_half(end) {
            return Some((to, Meaning::Date(Year::Shifted(-1), inner)));
        }
        if let Some((to, Meaning::Duration(parts, _))) = self.length(end) {
            return Some((to, Meaning::Duration(parts, Reach::Free)));
        }
        Some((end, Meaning::Date(Year::Shifted(-1), Inner::SameQuarter)))
    }

    /// "today", "yesterday evening", "tomorrow at 10", "tonight", "overnight".
    pub fn day(&self, i: usize) -> Core {
        match self.class(i) {
            Class::Tonight => {
                self.with_clock(i + 1, Meaning::Part(Part::Night, Some(Box::new(Meaning::Day(0, Base::Now)))))
            }
            Class::Overnight => {
                let noun = self.noun_follows(i + 1);
                (!noun).then(|| (i + 1, Meaning::Part(Part::Night, Some(Box::new(Meaning::Day(-1, Base::Now))))))
            }
            _ => self.with_clock(i + 1, Meaning::Day(self.value(i), Base::Now)),
        }
    }

    /// "the 15th day of next month", "the first week of 2021", "the 9th month of next year", "the last week of May"; a stretch
    /// counted inside another.
    pub fn nth_part(&self, i: usize) -> Core {
        let (at, n) = self.ordinal(i)?;
        // "the first nine months (of 1990)"
        if n == 1 {
            if let Some((to, amount)) = self.amount(at) {
                if let Some((end, (grain, true))) = self.unit(to) {
                    return Some((end, Meaning::Duration(vec![(amount, grain)], Reach::Free)));
                }
            }
        }
        self.nth_of(n, at)
    }

    /// "the 15th day of next month", "first Monday in September", "the last week of May": `at` is after the ordinal.
    pub fn nth_of(&self, n: i32, at: usize) -> Core {
        let (end, grain, weekday) = match self.class(at) {
            Class::Weekday => (at + 1, Grain::Day, Some(self.value(at))),
            _ => {
                let (end, (grain, plural)) = self.unit(at).filter(|_| self.class(at) != Class::Ordinal)?;
                if plural {
                    return None;
                }
                (end, grain, None)
            }
        };
        if !matches!(self.class(end), Class::Of | Class::In) {
            return None;
        }
        let (to, whole) = match self.year_after(end) {
            Some((to, year)) => (to, Meaning::Date(year, Inner::Whole)),
            None => {
                let the = if self.class(end + 1) == Class::The { end + 2 } else { end + 1 };
                let (to, meaning, _) = self.core(end + 1)?;
                let fits = matches!(
                    meaning,
                    Meaning::Date(_, Inner::Month(_) | Inner::Whole) | Meaning::Unit(Grain::Month | Grain::Year, ..)
                ) || matches!(meaning, Meaning::Spoken(Grain::Month | Grain::Year)) && the > end + 1;
                if !fits {
                    return None;
                }
                (to, meaning)
            }
        };
        let whole_year = matches!(
            whole,
            Meaning::Date(_, Inner::Whole) | Meaning::Unit(Grain::Year, ..) | Meaning::Spoken(Grain::Year)
        );
        match (grain, &whole) {
            (Grain::Month, Meaning::Date(year, Inner::Whole)) if (1..=12).contains(&n) => {
                Some((to, Meaning::Date(*year, Inner::Month(n))))
            }
            (Grain::Week, Meaning::Date(year, Inner::Whole)) if (1..=53).contains(&n) => {
                Some((to, Meaning::Date(*year, Inner::Week(n))))
            }
            (Grain::Day | Grain::Week | Grain::Weekend, _) => {
                Some((to, Meaning::Nth(n, grain, weekday, Box::new(whole))))
            }
            (Grain::Month, _) if n == 0 && whole_year => Some((to, Meaning::Nth(n, grain, None, Box::new(whole)))),
            _ => None,
        }
    }
}
