//! The resolver: what each expression means on the calendar, seen from its anchor.

use jiff::civil::Date;

use crate::text::{Anchor, Document, Id, Rule, Time, TimeKind, TimeMod};

use super::atom::Atom;
use super::calendar::{Cal, Grain, Part, SEASONS, add_days, add_months, bounds, date, easter, interval, nth_weekday};
use super::duration::period;
use super::meaning::{Amount, Base, Clock, Found, Inner, Meaning, Reach, Year};
use super::tense::{Direction, direction};
use super::words::DayRule;

/// Resolves the expressions of one document, in order.
pub struct Resolver<'d> {
    doc: &'d Document,
    atoms: &'d [Atom],
    published: Option<Date>,
    /// What was mentioned, newest last: the value and the sentence.
    mentioned: Vec<(Cal, usize)>,
    /// The anchor of the expression at hand.
    anchor: Option<Anchor>,
    /// The second reading of the expression at hand.
    other: Option<Cal>,
}

/// What an expression comes to.
struct Answer {
    kind: TimeKind,
    value: String,
    cal: Option<Cal>,
    span: Option<(Date, Date)>,
}

impl Answer {
    fn text(kind: TimeKind, value: impl Into<String>) -> Answer {
        Answer { kind, value: value.into(), cal: None, span: None }
    }

    fn cal(kind: TimeKind, cal: Cal) -> Answer {
        Answer { kind, value: cal.timex(), cal: Some(cal), span: None }
    }
}

impl<'d> Resolver<'d> {
    pub fn new(doc: &'d Document, atoms: &'d [Atom]) -> Resolver<'d> {
        let published = doc.source.published.as_ref().map(|p| p.date);
        Resolver { doc, atoms, published, mentioned: Vec::new(), anchor: None, other: None }
    }

    /// The row of an expression; `None` when it says nothing that can be written down.
    pub fn resolve(&mut self, found: &Found) -> Option<Time> {
        self.anchor = None;
        self.other = None;
        let (first, last) = (self.atoms.get(found.from)?, self.atoms.get(found.to.checked_sub(1)?)?);
        let sentence = self.doc.sentence_of(Id::new(first.token as usize)).index();
        let place = Place { first: first.token as usize, last: last.token as usize, sentence };
        let answer = self.answer(&found.meaning, &place)?;
        let modifier = found.modifier.or_else(|| implied(&found.meaning));
        if let (Some(cal), TimeKind::Date | TimeKind::Time) = (answer.cal, answer.kind) {
            self.mentioned.push((cal, sentence));
        }
        let (mut earliest, mut latest) = match (answer.cal, answer.span) {
            (Some(cal), _) => bounds(cal, modifier),
            (None, Some((from, to))) => (Some(from), Some(to)),
            (None, None) => (None, None),
        };
        // "earlier this week" ends with the day of publication, "later this week" begins with it.
        if let (Some(cal), Some(now)) = (answer.cal, self.published) {
            if let Some((from, to)) = cal.bounds().filter(|(from, to)| from < to && (*from..=*to).contains(&now)) {
                let word = self.doc.slice(first.span);
                if word.eq_ignore_ascii_case("earlier") {
                    (earliest, latest) = (Some(from), Some(now));
                } else if word.eq_ignore_ascii_case("later") {
                    (earliest, latest) = (Some(now), Some(to));
                }
            }
        }
        let edtf = match (answer.cal, answer.span) {
            (Some(cal), _) => cal.edtf(modifier),
            (None, Some((from, to))) => Some(interval(from, to)),
            (None, None) => None,
        };
        let (quant, freq) = match &found.meaning {
            Meaning::Set(_, quant, freq) => (quant.map(str::to_string), freq.clone()),
            _ => (None, None),
        };
        Some(Time {
            span: first.span.join(last.span),
            kind: answer.kind,
            value: answer.value,
            modifier,
            quant,
            freq,
            edtf,
            earliest,
            latest,
            other_value: self.other.take().map(Cal::timex),
            anchor: self.anchor.take(),
            made_by: Rule(rule_name(found.rule)),
        })
    }

    fn answer(&mut self, meaning: &Meaning, place: &Place) -> Option<Answer> {
        use TimeKind as K;
        Some(match meaning {
            Meaning::Fixed(kind, value) => Answer::text(*kind, *value),
            Meaning::Duration(parts, reach) => {
                let value = duration(parts)?;
                let span = self.reach(parts, *reach);
                Answer { kind: K::Duration, value, cal: None, span }
            }
            Meaning::Set(value, ..) => Answer::text(K::Set, value.clone()),
            Meaning::Away(amount, grain, sign, base) => self.away(*amount, *grain, *sign, *base, place)?,
            Meaning::Clock(clock, day) => self.clock(*clock, day.as_deref(), place),
            Meaning::Part(part, day) => self.part(*part, day.as_deref(), place),
            _ => match self.calendar(meaning, place) {
                Some(cal) => Answer::cal(K::Date, cal),
                None => Answer::text(K::Date, open(meaning)?),
            },
        })
    }

    /// The publication date as anchor.
    fn now(&mut self) -> Option<Date> {
        let now = self.published?;
        self.anchor = Some(Anchor { date: now, rule: Rule("published") });
        Some(now)
    }

    /// The newest mention as fine as a grain, as anchor; the publication date where there is none.
    fn last_mentioned(&mut self, grain: Grain) -> Option<Date> {
        let mention = self
            .mentioned
            .iter()
            .rev()
            .take(12)
            .find(|(cal, _)| cal.grain() <= grain)
            .and_then(|(cal, _)| cal.bounds());
        match mention {
            Some((first, _)) => {
                self.anchor = Some(Anchor { date: first, rule: Rule("last-mentioned") });
                Some(first)
            }
            None => self.now(),
        }
    }

    fn anchored(&mut self, base: Base, grain: Grain) -> Option<Date> {
        match base {
            Base::Now => self.now(),
            Base::Mentioned => self.last_mentioned(grain),
        }
    }

    /// The quarter spoken of lately.
    fn quarter(&self, place: &Place) -> Option<Cal> {
        self.mentioned
            .iter()
            .rev()
            .take_while(|(_, s)| place.sentence.saturating_sub(*s) <= 4)
            .map(|(cal, _)| *cal)
            .find(|cal| matches!(cal, Cal::Quarter(..)))
    }

    /// A meaning as a stretch of the calendar; `None` where the anchor is missing or the calendar has no such day.
    fn calendar(&mut self, meaning: &Meaning, place: &Place) -> Option<Cal> {
        match meaning {
            Meaning::Date(year, inner) => self.date(*year, *inner, place),
            Meaning::Decade(d) => checked(Cal::Decade(i16::try_from(*d).ok()?)),
            Meaning::OpenDecade(d) => {
                let now = self.now()?;
                let current = i32::from(now.year()).div_euclid(10);
                let century = current.div_euclid(10) * 10;
                let decade = if century + d > current { century + d - 10 } else { century + d };
                checked(Cal::Decade(i16::try_from(decade).ok()?))
            }
            Meaning::Century(c) => checked(Cal::Century(i16::try_from(*c).ok()?)),
            Meaning::Weekday(day, shift, base) => self.weekday(*day, *shift, *base, place),
            Meaning::Unit(grain, shift, base) => {
                let at = self.anchored(*base, *grain)?;
                if *grain == Grain::Weekend
                    && at.weekday().to_monday_one_offset() >= 6
                    && *shift < 0
                    && *base == Base::Now
                {
                    return Cal::of(*grain, at)?.shift(i64::from(*shift));
                }
                Cal::of(*grain, at)?.shift(i64::from(*shift))
            }
            Meaning::Spoken(grain) => self.spoken(*grain, place),
            Meaning::Day(shift, base) => {
                let at = self.anchored(*base, Grain::Day)?;
                Some(Cal::Day(add_days(at, i64::from(*shift))?))
            }
            Meaning::MonthDay(day) => {
                let now = self.now()?;
                let here = date(now.year().into(), now.month().into(), *day)?;
                let there = if here > now && direction(self.doc, place.first, place.last) == Direction::Behind {
                    add_months(here, -1)?
                } else {
                    here
                };
                Some(Cal::Day(there))
            }
            _ => None,
        }
    }

    /// "the quarter", "the latest period", "the year".
    fn spoken(&mut self, grain: Grain, place: &Place) -> Option<Cal> {
        match grain {
            Grain::Quarter | Grain::Period => match self.quarter(place) {
                Some(quarter) => {
                    let first = quarter.bounds()?.0;
                    self.anchor = Some(Anchor { date: first, rule: Rule("last-mentioned") });
                    Some(quarter)
                }
                None => Cal::quarter_of(self.now()?).shift(-1),
            },
            Grain::Weekend => {
                let now = self.now()?;
                let this = Cal::of(grain, now)?;
                let in_it = now.weekday().to_monday_one_offset() >= 6;
                if in_it || direction(self.doc, place.first, place.last) == Direction::Ahead {
                    Some(this)
                } else {
                    this.shift(-1)
                }
            }
            Grain::Day => {
                let day = self.last_mentioned(Grain::Day)?;
                Some(Cal::Day(day))
            }
            _ => Cal::of(grain, self.now()?),
        }
    }

    fn weekday(&mut self, day: i32, shift: Option<i32>, base: Base, place: &Place) -> Option<Cal> {
        let at = self.anchored(base, Grain::Day)?;
        let today = i64::from(at.weekday().to_monday_one_offset());
        let back = (today - i64::from(day)).rem_euclid(7);
        let ahead = (i64::from(day) - today).rem_euclid(7);
        let days = match shift {
            Some(-1) => -(if back == 0 { 7 } else { back }),
            Some(0) => i64::from(day) - today,
            Some(_) => {
                if ahead == 0 {
                    7
                } else {
                    ahead
                }
            }
            None => match direction(self.doc, place.first, place.last) {
                Direction::Ahead => ahead,
                _ => -back,
            },
        };
        Some(Cal::Day(add_days(at, days)?))
    }

    /// The year of an expression that has none, by direction and nearness. `first` gives the stretch's first day in a year.
    fn open_year(
        &mut self,
        first: impl Fn(i32) -> Option<Date>,
        same: impl Fn(Date) -> bool,
        place: &Place,
    ) -> Option<i32> {
        let now = self.now()?;
        let year = i32::from(now.year());
        if same(now) {
            return Some(year);
        }
        let days = |y: i32| first(y).and_then(|d| now.until(d).ok()).map(|s| i64::from(s.get_days()));
        let behind = (0..9).map(|k| year - k).find(|&y| days(y).is_some_and(|d| d <= 0));
        let ahead = (0..9).map(|k| year + k).find(|&y| days(y).is_some_and(|d| d > 0));
        let (behind, ahead) = match (behind, ahead) {
            (Some(b), Some(a)) => (b, a),
            (b, a) => return b.or(a),
        };
        let (past, future) = (-days(behind)?, days(ahead)?);
        Some(match direction(self.doc, place.first, place.last) {
            Direction::Ahead if future < 335 => ahead,
            Direction::Behind if past < 335 => behind,
            Direction::Behind => {
                if future < 32 {
                    ahead
                } else {
                    behind
                }
            }
            _ => {
                if past <= 250 {
                    behind
                } else {
                    ahead
                }
            }
        })
    }

    fn date(&mut self, year: Year, inner: Inner, place: &Place) -> Option<Cal> {
        let known = match year {
            Year::Known(y) => Some(y),
            Year::TwoDigits(y) => Some(self.century_of(y)),
            Year::Shifted(by) => match inner {
                Inner::SameQuarter => None,
                _ => Some(i32::from(self.now()?.year()) + by),
            },
            Year::Mentioned(by) => Some(i32::from(self.last_mentioned(Grain::Year)?.year()) + by),
            Year::Open | Year::Nearest(_) => None,
        };
        if let Some(y) = known {
            if inner == Inner::SameQuarter {
                let y = i16::try_from(y).ok()?;
                return checked(match self.quarter(place) {
                    Some(Cal::Quarter(_, q)) => Cal::Quarter(y, q),
                    _ => Cal::Year(y),
                });
            }
            return within_year(y, inner);
        }
        match (year, inner) {
            (_, Inner::SameQuarter) => match self.quarter(place) {
                Some(quarter) => {
                    self.anchor = Some(Anchor { date: quarter.bounds()?.0, rule: Rule("last-mentioned") });
                    quarter.shift_years(-1)
                }
                None => Cal::Year(self.now()?.year()).shift(-1),
            },
            (Year::Nearest(by), _) => self.nearest(by, inner),
            (_, Inner::Quarter(q)) => {
                let now = self.now()?;
                let this = (i32::from(now.month()) - 1) / 3 + 1;
                let year = i32::from(now.year());
                let later =
                    q > this && direction(self.doc, place.first, place.last) != Direction::Ahead && q - this > 1;
                within_year(if later || (q > this && now.month() <= 3 && q == 4) { year - 1 } else { year }, inner)
            }
            (_, Inner::Whole | Inner::Half(_) | Inner::Week(_)) => {
                let year = i32::from(self.now()?.year());
                within_year(year, inner)
            }
            (_, Inner::Month(m)) => {
                let year = self.open_year(|y| date(y, m, 1), |now| i32::from(now.month()) == m, place)?;
                within_year(year, inner)
            }
            (_, Inner::Season(_)) => {
                let start = |y: i32| within_year(y, inner).and_then(Cal::bounds);
                let now = self.now()?;
                let year = i32::from(now.year());
                let inside = |y: i32| start(y).is_some_and(|(a, b)| (a..=b).contains(&now));
                if let Some(y) = [year, year - 1].into_iter().find(|&y| inside(y)) {
                    return within_year(y, inner);
                }
                let year = self.open_year(|y| start(y).map(|b| b.0), |_| false, place)?;
                within_year(year, inner)
            }
            (_, Inner::Day(m, d)) => {
                let year =
                    self.open_year(|y| date(y, m, d), |now| date(now.year().into(), m, d) == Some(now), place)?;
                within_year(year, inner)
            }
            (_, Inner::WeekOf(m, d)) => {
                let year = self.open_year(|y| date(y, m, d), |_| false, place)?;
                within_year(year, inner)
            }
            (_, Inner::Holiday(rule)) => {
                let year =
                    self.open_year(|y| holiday(rule, y), |now| holiday(rule, now.year().into()) == Some(now), place)?;
                within_year(year, inner)
            }
        }
    }

    /// "last summer", "next April", "last Thanksgiving": the nearest one that is over, or that is still to come. Where the one
    /// that is over belongs to the running year, the one a year before is the other reading.
    fn nearest(&mut self, by: i32, inner: Inner) -> Option<Cal> {
        let now = self.now()?;
        let year = i32::from(now.year());
        if by < 0 {
            let found = (0..9)
                .map(|k| year - k)
                .find(|&y| within_year(y, inner).and_then(Cal::bounds).is_some_and(|(_, last)| last < now))?;
            let cal = within_year(found, inner)?;
            if found == year && matches!(inner, Inner::Season(_)) {
                self.other = within_year(found - 1, inner);
            }
            Some(cal)
        } else {
            let found = (0..9)
                .map(|k| year + k)
                .find(|&y| within_year(y, inner).and_then(Cal::bounds).is_some_and(|(first, _)| first > now))?;
            within_year(found, inner)
        }
    }

    /// "'96": the century that puts it nearest before ten years after the publication.
    fn century_of(&self, two: i32) -> i32 {
        let limit = self.published.map_or(2030, |p| i32::from(p.year()) + 10);
        let year = limit.div_euclid(100) * 100 + two;
        if year > limit { year - 100 } else { year }
    }

    fn away(&mut self, amount: Amount, grain: Grain, sign: i32, base: Base, place: &Place) -> Option<Answer> {
        use TimeKind as K;
        let Some(hundredths) = amount.hundredths else {
            return Some(match (base, sign) {
                (Base::Now, -1) => Answer::text(K::Date, "PAST_REF"),
                (Base::Now, _) => Answer::text(K::Date, "FUTURE_REF"),
                _ => Answer::text(K::Duration, duration(&[(amount, grain)])?),
            });
        };
        let whole = hundredths / 100 * i64::from(sign);
        // "a year earlier" where a quarter is spoken of is that quarter of the year before.
        if grain == Grain::Year && sign < 0 {
            if let Some(quarter) = self.quarter(place).filter(|_| hundredths == 100) {
                self.anchor = Some(Anchor { date: quarter.bounds()?.0, rule: Rule("last-mentioned") });
                return Some(match quarter.shift_years(whole) {
                    Some(cal) => Answer::cal(K::Date, cal),
                    None => Answer::text(K::Date, ""),
                });
            }
        }
        let at = self.anchored(base, grain);
        let Some(at) = at else {
            return Some(Answer::text(K::Duration, duration(&[(amount, grain)])?));
        };
        let cal = match grain {
            Grain::Second | Grain::Minute | Grain::Hour => {
                return Some(Answer::text(K::Duration, duration(&[(amount, grain)])?));
            }
            Grain::Day | Grain::Night | Grain::Weekend => add_days(at, whole).map(Cal::Day),
            Grain::Week | Grain::Fortnight => {
                let weeks = if grain == Grain::Fortnight { whole.checked_mul(2) } else { Some(whole) };
                weeks.and_then(|w| add_days(at, w.checked_mul(7)?)).map(Cal::week_of)
            }
            Grain::Month | Grain::Quarter => {
                let months = if grain == Grain::Quarter { hundredths.checked_mul(3) } else { Some(hundredths) };
                let months = months.map(|m| m / 100 * i64::from(sign));
                months.and_then(|m| add_months(at, m)).and_then(|d| Cal::of(grain, d))
            }
            _ => {
                let years = hundredths.checked_mul(grain.designator().2).map(|y| y / 100 * i64::from(sign));
                years.and_then(|y| Cal::Year(at.year()).shift(y))
            }
        };
        Some(match cal {
            Some(cal) => Answer::cal(K::Date, cal),
            None => Answer::text(K::Date, if sign < 0 { "PAST_REF" } else { "FUTURE_REF" }),
        })
    }

    /// The day of a time of the clock: its own, or the day last mentioned nearby, or the publication date.
    fn day_of(&mut self, day: Option<&Meaning>, place: &Place) -> Option<Date> {
        if let Some(meaning) = day {
            return match self.calendar(meaning, place)? {
                Cal::Day(d) | Cal::Part(d, _) => Some(d),
                _ => None,
            };
        }
        let near = self.mentioned.iter().rev().find_map(|(cal, s)| match cal {
            Cal::Day(d) | Cal::Part(d, _) | Cal::Clock(d, ..) if place.sentence.saturating_sub(*s) <= 2 => Some(*d),
            _ => None,
        });
        match near {
            Some(d) => {
                self.anchor = Some(Anchor { date: d, rule: Rule("last-mentioned") });
                Some(d)
            }
            None => self.now(),
        }
    }

    fn clock(&mut self, clock: Clock, day: Option<&Meaning>, place: &Place) -> Answer {
        let (h, m, s) = (clock.seconds / 3600, clock.seconds / 60 % 60, clock.seconds % 60);
        match self.day_of(day, place) {
            Some(d) => Answer::cal(TimeKind::Time, Cal::Clock(d, h as u8, m as u8, clock.precise.then_some(s as u8))),
            None => {
                let day = day.and_then(open).unwrap_or_else(|| "XXXX-XX-XX".to_string());
                Answer::text(TimeKind::Time, format!("{day}T{h:02}:{m:02}"))
            }
        }
    }

    fn part(&mut self, part: Part, day: Option<&Meaning>, place: &Place) -> Answer {
        match self.day_of(day, place) {
            Some(d) => Answer::cal(TimeKind::Time, Cal::Part(d, part)),
            None => {
                let day = day.and_then(open).unwrap_or_else(|| "XXXX-XX-XX".to_string());
                Answer::text(TimeKind::Time, format!("{day}T{}", part.as_str()))
            }
        }
    }

    /// Both ends of "the past four days" and "the next two weeks".
    fn reach(&mut self, parts: &[(Amount, Grain)], reach: Reach) -> Option<(Date, Date)> {
        if reach == Reach::Free {
            return None;
        }
        let now = self.now()?;
        let sign = if reach == Reach::UntilNow { -1 } else { 1 };
        let mut at = now;
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
        Some(if sign < 0 { (at, now) } else { (now, at) })
    }
}

/// Where an expression stands.
struct Place {
    first: usize,
    last: usize,
    sentence: usize,
}

/// A stretch of a year that is known.
fn within_year(y: i32, inner: Inner) -> Option<Cal> {
    let year = i16::try_from(y).ok()?;
    checked(match inner {
        Inner::Whole | Inner::SameQuarter => Cal::Year(year),
        Inner::Month(m) => Cal::Month(year, m as i8),
        Inner::Day(m, d) => Cal::Day(date(y, m, d)?),
        Inner::Quarter(q) => Cal::Quarter(year, q as i8),
        Inner::Half(h) => Cal::Half(year, h as i8),
        Inner::Season(s) => Cal::Season(year, s as i8),
        Inner::Holiday(rule) => Cal::Day(holiday(rule, y)?),
        Inner::Week(w) => Cal::Week(year, w as i8),
        Inner::WeekOf(m, d) => Cal::week_of(date(y, m, d)?),
    })
}

fn checked(cal: Cal) -> Option<Cal> {
    cal.bounds().map(|_| cal)
}

fn holiday(rule: DayRule, year: i32) -> Option<Date> {
    match rule {
        DayRule::Fixed(month, day) => date(year, month, day),
        DayRule::Nth(month, weekday, nth) => nth_weekday(year, month, weekday, nth),
        DayRule::Easter(days) => add_days(easter(year)?, days),
        DayRule::Election => add_days(nth_weekday(year, 11, 1, 1)?, 1),
    }
}

/// The TIMEX3 value with X for what is not known; `None` for days that no calendar has.
fn open(meaning: &Meaning) -> Option<String> {
    Some(match meaning {
        Meaning::Date(Year::Known(_) | Year::TwoDigits(_), _) => return None,
        Meaning::Date(_, inner) => match *inner {
            Inner::Whole | Inner::SameQuarter => "XXXX".to_string(),
            Inner::Month(m) => format!("XXXX-{m:02}"),
            // 2000 is a leap year: "February 29" is a day, "February 30" none.
            Inner::Day(m, d) => date(2000, m, d).map(|_| format!("XXXX-{m:02}-{d:02}"))?,
            Inner::Quarter(q) => format!("XXXX-Q{q}"),
            Inner::Half(h) => format!("XXXX-H{h}"),
            Inner::Season(s) => format!("XXXX-{}", SEASONS.get(s as usize)?),
            Inner::Holiday(DayRule::Fixed(m, d)) => format!("XXXX-{m:02}-{d:02}"),
            Inner::Holiday(_) => "XXXX-XX-XX".to_string(),
            Inner::Week(w) => format!("XXXX-W{w:02}"),
            Inner::WeekOf(..) => "XXXX-WXX".to_string(),
        },
        Meaning::OpenDecade(d) => format!("XX{d}"),
        Meaning::Weekday(day, ..) => format!("XXXX-WXX-{day}"),
        Meaning::Unit(Grain::Year, ..) | Meaning::Spoken(Grain::Year) => "XXXX".to_string(),
        Meaning::Unit(Grain::Month, ..) | Meaning::Spoken(Grain::Month) => "XXXX-XX".to_string(),
        Meaning::Unit(Grain::Week, ..) | Meaning::Spoken(Grain::Week) => "XXXX-WXX".to_string(),
        Meaning::Unit(Grain::Weekend, ..) | Meaning::Spoken(Grain::Weekend) => "XXXX-WXX-WE".to_string(),
        Meaning::Unit(Grain::Quarter, ..) | Meaning::Spoken(_) => "XXXX-QX".to_string(),
        Meaning::Unit(Grain::Decade, ..) => "XXX".to_string(),
        Meaning::Unit(Grain::Century, ..) => "XX".to_string(),
        Meaning::Day(..) | Meaning::MonthDay(_) => "XXXX-XX-XX".to_string(),
        _ => return None,
    })
}

/// The modifier that an amount carries: "a couple of years", "two to three weeks".
fn implied(meaning: &Meaning) -> Option<TimeMod> {
    let amount = match meaning {
        Meaning::Duration(parts, _) => parts.first()?.0,
        Meaning::Away(amount, ..) => *amount,
        _ => return None,
    };
    match amount {
        Amount { upper: Some(_), .. } => Some(TimeMod::EqualOrMore),
        Amount { about: true, .. } => Some(TimeMod::Approx),
        _ => None,
    }
}

/// The TIMEX3 value of a length: `P2Y6M`, `PT1H30M`, `PXD`.
fn duration(parts: &[(Amount, Grain)]) -> Option<String> {
    if let [(Amount { hundredths: Some(h), .. }, grain)] = parts {
        let finer = match grain {
            Grain::Year => Some((Grain::Month, 12)),
            Grain::Hour => Some((Grain::Minute, 60)),
            Grain::Minute => Some((Grain::Second, 60)),
            _ => None,
        };
        // "2 1/2 years" is P2Y6M, "half an hour" PT30M.
        if let Some((fine, per)) = finer.filter(|(_, per)| h % 100 != 0 && h % 100 * per % 100 == 0) {
            let (whole, rest) = (h / 100, h % 100 * per / 100);
            let rest = period(fine, rest * 100);
            if whole == 0 {
                return Some(rest);
            }
            let rest = rest.trim_start_matches(['P', 'T']).to_string();
            return Some(period(*grain, whole * 100) + &rest);
        }
        return Some(period(*grain, *h));
    }
    let mut value = String::from("P");
    for (amount, grain) in parts {
        let (letter, clock, factor) = grain.designator();
        if clock && !value.contains('T') {
            value.push('T');
        }
        match amount.hundredths {
            Some(_) => value.push_str(period(*grain, amount.hundredths?).trim_start_matches(['P', 'T'])),
            None => {
                value.push('X');
                value.push_str(match factor {
                    10 => "DE",
                    100 => "CE",
                    1000 => "ML",
                    _ => letter,
                });
            }
        }
    }
    Some(value)
}

fn rule_name(rule: &'static str) -> &'static str {
    match rule {
        "phrase" => "time/phrase",
        "clock" => "time/clock",
        "numeric" => "time/numeric-date",
        "calendar" => "time/calendar-date",
        "year" => "time/year",
        "length" => "time/length",
        "set" => "time/set",
        "quarter" => "time/quarter",
        "century" => "time/century",
        "decade" => "time/decade",
        "season" => "time/season",
        "pointed" => "time/pointed",
        "spoken" => "time/spoken-of",
        "nth" => "time/nth-part",
        "part" => "time/part-of-day",
        "fiscal" => "time/fiscal-year",
        "day" => "time/day",
        "weekday" => "time/weekday",
        "unit" => "time/unit",
        "modified" => "time/modified",
        "bounded" => "time/bounded",
        _ => "time",
    }
}
