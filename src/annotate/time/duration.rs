//! Finder: lengths of time, what is so long ago or ahead, and recurrences.

use super::calendar::Grain;
use super::find::{Core, Finder};
use super::meaning::{Amount, Base, Meaning, Reach};
use super::words::Class;

impl Finder<'_> {
    /// "four days", "2 1/2 years", "a week ago", "five-year", "two days later", "an hour and a half".
    pub fn length(&self, i: usize) -> Core {
        use Class::*;
        let (at, amount) = self.amount(i)?;
        let hyphen = self.class(at) == Hyphen;
        let mut at = if hyphen { at + 1 } else { at };
        for _ in 0..2 {
            if matches!(self.class(at), Filler | More | Hyphen) && !self.word(at, "old") {
                at += 1;
            }
        }
        let (mut end, (grain, plural)) = self.unit(at)?;
        let one = amount.hundredths == Some(100);
        let article = self.class(i) == Article && self.class(i + 1) != Couple && self.class(i + 1) != Vague;
        if grain == Grain::Period || grain == Grain::Night && !plural {
            return None;
        }
        // "a year-earlier loss": the year before is the time.
        if article && self.class(end) == Hyphen && matches!(self.class(end + 1), Ago | Earlier) {
            return None;
        }
        // "three-quarters of", "a quarter of the seats"
        if grain == Grain::Quarter && (hyphen && plural || self.class(end) == Of || self.class(i) == Half) {
            return None;
        }
        // "second" after a number is mostly an ordinal: "the two second-hand cars".
        if self.class(at) == Ordinal && !(one && self.is_end(end)) {
            return None;
        }
        // "the few year": a plural amount wants a plural unit, save in "two-day" and "three month".
        if !plural && !one && !hyphen && amount.hundredths.is_none() {
            return None;
        }
        // "many days" is a length; "some day", "one day" are not; "some years" is.
        if self.word(i, "many") && !plural {
            return None;
        }
        // Ages: "24-year-old", "three years old"; the quantities have them.
        let old = if self.class(end) == Hyphen { end + 1 } else { end };
        if self.class(old) == Old || self.word(old, "olds") || self.word(end, "older") || self.word(end, "younger") {
            return None;
        }
        if self.class(end) == Poss || (self.class(end) == Quote && plural && !self.glued_word(end)) {
            // "two years' time", "a day's work": the length alone.
            if self.class(end) == Quote {
                end = self.close_quote(end);
            }
        }
        let (end, parts) = self.more_lengths(end, vec![(amount, grain)]);
        // What follows places it.
        let away = |to, sign, base| Some((to, Meaning::Away(parts[0].0, parts[0].1, sign, base)));
        let single = parts.len() == 1;
        let or_so = if self.class(end) == Or && self.class(end + 1) == So { end + 2 } else { end };
        if single {
            match self.class(or_so) {
                Ago => {
                    let soft = or_so > end || amount.about;
                    let amount = Amount { about: soft, ..amount };
                    return Some((or_so + 1, Meaning::Away(amount, grain, -1, Base::Now)));
                }
                Earlier => return away(or_so + 1, -1, Base::Mentioned),
                Later => return away(or_so + 1, 1, Base::Mentioned),
                Hence => return away(or_so + 1, 1, Base::Now),
                From if self.class(or_so + 1) == Now => return away(or_so + 2, 1, Base::Now),
                From if self.class(or_so + 1) == Day && self.value(or_so + 1) == 0 => {
                    return away(or_so + 2, 1, Base::Now);
                }
                Before if self.is_end(or_so + 1) => return away(or_so + 1, -1, Base::Mentioned),
                After if self.is_end(or_so + 1) => return away(or_so + 1, 1, Base::Mentioned),
                _ => {}
            }
            // "five years back" ; "in two years' time"
            if article && one && self.class(i + 1) == Unit {
                return self.single_unit(i, end, grain);
            }
        }
        if self.word(i, "one") && one && !plural && grain == Grain::Day && !hyphen && self.promises_future(i) {
            return None;
        }
        Some((end, Meaning::Duration(parts, Reach::Free)))
    }

    fn promises_future(&self, i: usize) -> bool {
        i > 0 && matches!(self.before(i), Class::Break | Class::Comma) && !self.is_end(i + 2)
    }

    fn glued_word(&self, i: usize) -> bool {
        !self.glued(i)
    }

    fn close_quote(&self, end: usize) -> usize {
        end
    }

    /// True at the end of a clause: punctuation, a break, a conjunction.
    pub fn is_end(&self, i: usize) -> bool {
        self.class(i) == Class::Break || self.is_punctuation(i) || matches!(self.class(i), Class::And | Class::Or)
    }

    /// "a year", "an hour": a recurrence after a number or a noun ("$5 a day"), else a length.
    fn single_unit(&self, i: usize, end: usize, grain: Grain) -> Core {
        use Class::*;
        // "raised its rate **a quarter point**": a fraction.
        if grain == Grain::Quarter && ["point", "percentage"].iter().any(|w| self.word(end, w)) {
            return None;
        }
        let before = self.before(i);
        let counted = match before {
            Digits | Grouped | Decimal | Number | Tens | Hundred | Thousand | Times | Once | Units => true,
            Other => {
                let sign = matches!(self.text(i - 1), "%" | "percent" | "million" | "billion" | "trillion");
                let noun = matches!(self.pos(i - 1), crate::text::Pos::Noun | crate::text::Pos::X)
                    && !self.is_punctuation(i - 1);
                sign || noun && self.number_near(i - 1)
            }
            _ => false,
        };
        if counted {
            return Some((end, Meaning::Set(period(grain, 100), None, None)));
        }
        Some((end, Meaning::Duration(vec![(Amount::whole(1), grain)], Reach::Free)))
    }

    /// True when a number stands among the few atoms before.
    fn number_near(&self, i: usize) -> bool {
        use Class::*;
        (i.saturating_sub(5)..i)
            .rev()
            .take_while(|&k| self.class(k) != Break && self.class(k) != Comma)
            .any(|k| matches!(self.class(k), Digits | Grouped | Decimal | Number | Tens | Hundred | Thousand))
    }

    /// Further lengths joined on: "2 hours and 30 minutes", "a year and a half".
    pub fn more_lengths(&self, end: usize, mut parts: Vec<(Amount, Grain)>) -> (usize, Vec<(Amount, Grain)>) {
        let mut to = end;
        loop {
            let at = match self.class(to) {
                Class::And => to + 1,
                Class::Comma => to + 1,
                // "1 hour 45 minutes"
                Class::Digits | Class::Number | Class::Tens => to,
                _ => break,
            };
            let Some(&(_, last)) = parts.last() else { break };
            // "a minute and a half"
            if self.class(to) == Class::And && self.class(at) == Class::Article && self.class(at + 1) == Class::Half {
                if let Some((Amount { hundredths: Some(n), .. }, _)) = parts.last_mut().map(|(a, g)| (a, g)) {
                    *n += 50;
                    to = at + 2;
                    break;
                }
            }
            let more = self.amount(at).filter(|_| !matches!(self.class(at), Class::Article | Class::Vague)).and_then(
                |(k, amount)| {
                    let (end, (grain, _)) = self.unit(k)?;
                    (grain < last && grain <= Grain::Year && amount.hundredths.is_some())
                        .then_some((end, amount, grain))
                },
            );
            match more {
                // "three months and two days ago" is two things.
                Some((end, amount, grain))
                    if !matches!(self.class(end), Class::Ago | Class::Earlier | Class::Later) =>
                {
                    parts.push((amount, grain));
                    to = end;
                }
                _ => break,
            }
        }
        (to, parts)
    }

    /// "the nine months", "the four days", "the first nine months"; `i` is after the article.
    pub fn the_length(&self, i: usize) -> Core {
        let i = match self.class(i) {
            Class::Latest | Class::Filler => i + 1,
            _ => i,
        };
        if matches!(self.class(i), Class::Article | Class::Half) {
            return None;
        }
        let (to, meaning) = self.length(i)?;
        matches!(meaning, Meaning::Duration(..)).then_some((to, meaning))
    }

    /// A bare unit: "years" after "for"; "year-ago"; "weeks ago"; "week 10"; "day-long".
    pub fn unit_phrase(&self, i: usize) -> Core {
        let (end, (grain, plural)) = self.unit(i)?;
        if let Some((to, meaning)) = self.year_ago(i) {
            return Some((to, meaning));
        }
        if !plural {
            // "year-end"
            if grain == Grain::Year && self.class(end) == Class::Hyphen && self.word(end + 1, "end") {
                return Some((end + 2, Meaning::Date(super::meaning::Year::Open, super::meaning::Inner::Day(12, 31))));
            }
            // "week 10"
            if grain == Grain::Week
                && self.class(end) == Class::Digits
                && self.digits(end) <= 2
                && (1..=53).contains(&self.value(end))
            {
                let year = self.year_after(end + 1);
                let (to, year) = year.unwrap_or((end + 1, super::meaning::Year::Shifted(0)));
                return Some((to, Meaning::Date(year, super::meaning::Inner::Week(self.value(end)))));
            }
            // "year 2000"
            if grain == Grain::Year {
                return self.the_year(i).filter(|_| self.class(end) == Class::Digits);
            }
            if self.class(end) == Class::Hyphen && self.word(end + 1, "long") && self.glued(end) {
                return Some((end + 2, Meaning::Duration(vec![(Amount::whole(1), grain)], Reach::Free)));
            }
            return None;
        }
        if matches!(grain, Grain::Weekend | Grain::Period | Grain::Night | Grain::Second) {
            return None;
        }
        if self.class(end) == Class::Ago {
            return Some((end + 1, Meaning::Away(Amount::vague(), grain, -1, Base::Now)));
        }
        if matches!(self.class(end), Class::Earlier | Class::Later) {
            let sign = if self.class(end) == Class::Earlier { -1 } else { 1 };
            return Some((end + 1, Meaning::Away(Amount::vague(), grain, sign, Base::Mentioned)));
        }
        use Class::*;
        // "in the days before", "the weeks ahead"
        if matches!(self.before(i), The | In)
            && (matches!(self.class(end), Before | After | Ahead) || self.word(end, "following"))
        {
            let end = if self.class(end) == Ahead { end + 1 } else { end };
            return Some((end, Meaning::Duration(vec![(Amount::vague(), grain)], Reach::Free)));
        }
        let placed =
            matches!(self.before(i), For | After | In | Over | Within | Or | During | Of | Than | Before | Break)
                || self.class(end) == Hyphen && self.word(end + 1, "long");
        let of = self.class(end) == Of && !matches!(self.before(i), After | For);
        if !placed
            || self.class(end) == Old
            || of && self.before(i) != Break
            || self.before(i) == Break && self.class(end) != Of && self.class(end) != After
        {
            return None;
        }
        if matches!(self.before(i), Of | Than | Break | In)
            && !(self.before(i) == In && self.is_end(end))
            && self.before(i) != Break
        {
            return None;
        }
        Some((end, Meaning::Duration(vec![(Amount::vague(), grain)], Reach::Free)))
    }

    /// Recurrences: "every 24 hours", "daily", "each Thursday", "twice a week", "per day", "Tuesday nights".
    pub fn set(&self, i: usize) -> Core {
        use Class::*;
        match self.class(i) {
            Often => {
                let grain = Grain::from_code(self.value(i))?;
                let hundredths = if grain == Grain::Fortnight { 200 } else { 100 };
                let grain = match grain {
                    Grain::Fortnight => Grain::Week,
                    Grain::Night => Grain::Day,
                    g => g,
                };
                // "Daily News"
                if self.capital(i) && !self.first_in_sentence(i) {
                    return None;
                }
                // "a quarterly dividend" is a kind of dividend.
                if grain == Grain::Quarter && self.class(i + 1) == Class::Other && !self.is_punctuation(i + 1) {
                    return None;
                }
                let value = if grain == Grain::Quarter { "P3M".to_string() } else { period(grain, hundredths) };
                Some((i + 1, Meaning::Set(value, None, None)))
            }
            Every | Each => {
                let quant = if self.class(i) == Every { "EVERY" } else { "EACH" };
                let other = self.class(i + 1) == OtherWord;
                let mut at = if other { i + 2 } else { i + 1 };
                if self.class(at) == Filler {
                    at += 1;
                }
                let step = if other { 200 } else { 100 };
                if self.class(at) == Weekday {
                    let part = if self.class(at + 1) == Part { Some(self.value(at + 1)) } else { None };
                    let end = if part.is_some() { at + 2 } else { at + 1 };
                    return Some((end, Meaning::Set(weekly(self.value(at), part), Some(quant), None)));
                }
                if matches!(self.class(at), Month | MaybeMonth) && self.capital(at) {
                    if let Some((end, day)) = self.month_day(at + 1) {
                        return Some((
                            end,
                            Meaning::Set(format!("XXXX-{:02}-{day:02}", self.value(at)), Some(quant), None),
                        ));
                    }
                    return Some((at + 1, Meaning::Set(format!("XXXX-{:02}", self.value(at)), Some(quant), None)));
                }
                if matches!(self.class(at), Season | MaybeSeason) {
                    let season = super::calendar::SEASONS.get(self.value(at) as usize)?;
                    return Some((at + 1, Meaning::Set(format!("XXXX-{season}"), Some(quant), None)));
                }
                if self.class(at) == Part {
                    let part = super::calendar::Part::from_code(self.value(at));
                    return Some((at + 1, Meaning::Set(format!("XXXX-XX-XXT{}", part.as_str()), Some(quant), None)));
                }
                if let Some((end, (grain, _))) = self.unit(at).filter(|_| self.class(at) != Ordinal) {
                    if grain == Grain::Period {
                        return None;
                    }
                    if self.class(end) == Of {
                        return None;
                    }
                    if self.class(i) == Each && self.class(at) == Units {
                        return None;
                    }
                    return Some((end, Meaning::Set(set_period(grain, step), Some(quant), None)));
                }
                // "every 24 hours", "every two weeks", "every second day"
                let (to, n) = match self.ordinal(at) {
                    Some((to, n)) => (to, i64::from(n) * 100),
                    None => {
                        let (to, amount) = self.amount(at)?;
                        (to, amount.hundredths.unwrap_or(0))
                    }
                };
                let (end, (grain, _)) = self.unit(to)?;
                let value = if n == 0 {
                    format!("P{}X{}", if grain < Grain::Day { "T" } else { "" }, grain.designator().0)
                } else {
                    period(grain, n)
                };
                Some((end, Meaning::Set(value, Some(quant), None)))
            }
            Per => {
                let (end, (grain, plural)) = self.unit(i + 1)?;
                (!plural && self.class(i + 1) == Unit && grain != Grain::Period)
                    .then(|| (end, Meaning::Set(period(grain, 100), None, None)))
            }
            // "twice a week", "three times a year"
            Once | Times => {
                let n = match self.class(i) {
                    Once => self.value(i),
                    _ => match self.before(i) {
                        Number | Digits => self.value(i - 1),
                        _ => return None,
                    },
                };
                let at = i + 1;
                let step = match self.class(at) {
                    Article | Per => at + 1,
                    Every | Each => at + 1,
                    _ => return None,
                };
                let (end, (grain, plural)) = self.unit(step)?;
                (!plural).then(|| (end, Meaning::Set(period(grain, 100), None, Some(format!("{n}X")))))
            }
            // "Tuesday nights", "Mondays"
            Weekdays => Some((i + 1, Meaning::Set(weekly(self.value(i), None), None, None))),
            _ => None,
        }
    }
}

/// `XXXX-WXX-4`, with the part of the day.
fn weekly(day: i32, part: Option<i32>) -> String {
    match part {
        Some(part) => format!("XXXX-WXX-{day}T{}", super::calendar::Part::from_code(part).as_str()),
        None => format!("XXXX-WXX-{day}"),
    }
}

fn set_period(grain: Grain, hundredths: i64) -> String {
    match grain {
        Grain::Weekend => "XXXX-WXX-WE".to_string(),
        Grain::Night => "XXXX-XX-XXTNI".to_string(),
        _ => period(grain, hundredths),
    }
}

/// A TIMEX3 duration of one grain: `P4D`, `PT30M`, `P1.5Y`.
pub fn period(grain: Grain, hundredths: i64) -> String {
    let (letter, clock, factor) = grain.designator();
    let n = hundredths.saturating_mul(factor);
    let number = match n % 100 {
        0 => format!("{}", n / 100),
        rest if rest % 10 == 0 => format!("{}.{}", n / 100, rest / 10),
        rest => format!("{}.{rest:02}", n / 100),
    };
    format!("P{}{number}{letter}", if clock { "T" } else { "" })
}
