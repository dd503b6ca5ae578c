//! The resolver: what each expression means on the calendar, seen from its anchor.

use jiff::civil::Date;

use crate::text::{Anchor, Document, Id, Rule, Time, TimeKind, TimeMod};

use super::anchor::{Mention, Place};
use super::atom::Atom;
use super::calendar::{Cal, Grain, Part, add_days, add_months, bounds, date, interval};
use super::meaning::{Amount, Base, Clock, Found, Inner, Meaning, Reach, Year};
use super::spelling::{checked, duration, holiday, implied, nth_of, open, rule_name, within_year};
use super::tense::Direction;
use super::words::Class;

/// Resolves the expressions of one document, in order.
pub struct Resolver<'d> {
    pub doc: &'d Document,
    pub atoms: &'d [Atom],
    pub published: Option<Date>,
    /// What was mentioned, newest last.
    pub mentioned: Vec<Mention>,
    /// True for a text that tells of years long past, where dates without a year belong to the year last named.
    pub narrative: bool,
    /// The day of the last saying told of outside quotation marks, and its sentence.
    pub said: Option<(Date, usize)>,
    /// The anchor of the expression at hand.
    pub anchor: Option<Anchor>,
    /// The second reading of the expression at hand.
    pub other: Option<Cal>,
    /// The day of the saying that the expression at hand is quoted from.
    pub quoted: Option<Date>,
}

/// What an expression comes to.
pub struct Answer {
    kind: TimeKind,
    value: String,
    pub cal: Option<Cal>,
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
        Resolver {
            doc,
            atoms,
            published,
            mentioned: Vec::new(),
            narrative: false,
            said: None,
            anchor: None,
            other: None,
            quoted: None,
        }
    }

    /// The rows of all expressions of the document, in order.
    pub fn all(&mut self, found: &[Found]) -> Vec<Time> {
        self.narrative = self.is_narrative(found);
        let mut times = Vec::with_capacity(found.len());
        let mut rows = Vec::with_capacity(found.len());
        let mut lengths = Vec::with_capacity(found.len());
        for (k, expression) in found.iter().enumerate() {
            let borrowed = found.get(k + 1).and_then(|next| self.borrow_year(expression, next));
            let expression = borrowed.as_ref().unwrap_or(expression);
            if let Some(time) = self.resolve(expression, &found[k + 1..]) {
                rows.push((expression.from, expression.to));
                lengths.push(match &expression.meaning {
                    Meaning::Duration(parts, Reach::Free) => parts.clone(),
                    _ => Vec::new(),
                });
                times.push(time);
            }
        }
        super::interval::join(self.atoms, self.published, &rows, &mut times);
        super::interval::offsets(self.atoms, &lengths, &rows, &mut times);
        super::landmark::offsets(self.doc, self.atoms, &lengths, &rows, &mut times);
        times
    }

    /// "June-August 1992", "from March 5 to April 2, 2010": the first date has the year of the second.
    fn borrow_year(&self, first: &Found, next: &Found) -> Option<Found> {
        let (Meaning::Date(Year::Open, a), Meaning::Date(Year::Known(y), b)) = (&first.meaning, &next.meaning) else {
            return None;
        };
        let joined = next.from == first.to + 1
            && matches!(
                self.atoms.get(first.to).map(|a| a.class),
                Some(Class::To | Class::And | Class::Or | Class::Hyphen | Class::Through | Class::Until)
            );
        if !joined {
            return None;
        }
        let start = |inner: Inner| match inner {
            Inner::Month(m) => Some((m, 1)),
            Inner::Day(m, d) => Some((m, d)),
            Inner::Quarter(q) => Some((q * 3, 1)),
            _ => None,
        };
        let year = if start(*a)? > start(*b)? { y - 1 } else { *y };
        Some(Found { meaning: Meaning::Date(Year::Known(year), *a), ..first.clone() })
    }

    /// The row of an expression; `None` when it says nothing that can be written down.
    fn resolve(&mut self, found: &Found, rest: &[Found]) -> Option<Time> {
        self.anchor = None;
        self.other = None;
        let (first, last) = (self.atoms.get(found.from)?, self.atoms.get(found.to.checked_sub(1)?)?);
        let sentence = self.doc.sentence_of(Id::new(first.token as usize)).index();
        let before = found.from.checked_sub(1).and_then(|i| self.atoms.get(i)).map_or(Class::Break, |a| a.class);
        let eager = before == Class::As
            && found.from >= 2
            && matches!(self.doc.slice(self.atoms[found.from - 2].span), "soon" | "early");
        let after = self.atoms.get(found.to).map_or(Class::Break, |a| a.class);
        let announced = matches!(found.meaning, Meaning::Clock(..)) && matches!(after, Class::Until | Class::To);
        let place =
            Place { first: first.token as usize, last: last.token as usize, sentence, before, eager, announced };
        self.quoted = self.saying_of(found, rest, sentence);
        let answer = self.answer(&found.meaning, &place)?;
        let within = (before == Class::Within && matches!(found.meaning, Meaning::Duration(_, Reach::Free)))
            .then_some(TimeMod::EqualOrLess);
        let modifier = found.modifier.or_else(|| implied(&found.meaning)).or(within);
        if let (Some(cal), TimeKind::Date | TimeKind::Time) = (answer.cal, answer.kind) {
            let derived = matches!(found.meaning, Meaning::Away(..) | Meaning::Date(_, Inner::SameQuarter));
            // "the treaty of 1878", "the bridge, built in 1932," does not move the story there.
            let whole = matches!(found.meaning, Meaning::Date(_, Inner::Whole));
            let aside =
                whole && (matches!(place.before, Class::Of | Class::Since) || self.hangs_on_a_noun(place.first));
            let named = matches!(found.meaning, Meaning::Date(Year::Known(_), _)) && !aside;
            self.mentioned.push(Mention { cal, sentence, derived, named });
            if let (Cal::Day(day) | Cal::Part(day, _), false, true) =
                (cal, self.in_quotation(found.from), self.tells_a_saying(sentence))
            {
                if matches!(
                    found.meaning,
                    Meaning::Weekday(..) | Meaning::Day(..) | Meaning::Part(..) | Meaning::Date(..)
                ) {
                    // "said on Monday, double the figure it gave on Friday": the day of the verb of saying, else the first.
                    let here = self.said.is_some_and(|(_, s)| s == sentence);
                    if !here || self.hangs_on_a_saying(&place) {
                        self.said = Some((day, sentence));
                    }
                }
            }
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
                // "in the year to date"
                let after = |k: usize| self.atoms.get(found.to + k).map_or("", |a| self.doc.slice(a.span));
                if word.eq_ignore_ascii_case("earlier") || after(0) == "to" && after(1) == "date" {
                    (earliest, latest) = (Some(from), Some(now));
                } else if word.eq_ignore_ascii_case("later") {
                    (earliest, latest) = (Some(now), Some(to));
                }
            }
        }
        let edtf = match (answer.cal, answer.span) {
            (Some(cal), _) => cal.edtf(modifier).map(|text| match &found.meaning {
                Meaning::Clock(Clock { zone: Some(minutes), .. }, _) if matches!(cal, Cal::Clock(..)) => {
                    text + &offset(*minutes)
                }
                _ => text,
            }),
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
            begin: None,
            end: None,
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
            Meaning::Nth(n, grain, weekday, whole) => {
                let whole = self.calendar(whole, place)?;
                nth_of(*n, *grain, *weekday, whole)
            }
            Meaning::MonthDay(day) => {
                let now = self.now()?;
                let here = date(now.year().into(), now.month().into(), *day)?;
                let there =
                    if here > now && self.direction(place) == Direction::Behind { add_months(here, -1)? } else { here };
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
                if in_it || self.direction(place) == Direction::Ahead { Some(this) } else { this.shift(-1) }
            }
            Grain::Day => {
                let day = self.last_mentioned(Grain::Day)?;
                Some(Cal::Day(day))
            }
            _ if self.narrative => Cal::of(grain, self.last_mentioned(grain)?),
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
            Some(3) => 7 + if ahead == 0 { 7 } else { ahead },
            Some(_) => {
                if ahead == 0 {
                    7
                } else {
                    ahead
                }
            }
            None => match self.direction(place) {
                Direction::Ahead => ahead,
                // "from 8am on Monday until midnight": what is announced lies ahead.
                Direction::Unknown if place.before == Class::Until || place.announced => ahead,
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
        exact: bool,
        place: &Place,
    ) -> Option<i32> {
        if self.direction(place) != Direction::Ahead {
            let month = first(2000).map_or(1, |d| i32::from(d.month()));
            if let Some(year) = self.story_year(month, place) {
                return Some(year);
            }
        }
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
        // A day almost a year ago would have its year written; one some weeks ahead need not.
        let (far, near) = if exact { (290, 75) } else { (335, 32) };
        Some(match self.direction(place) {
            Direction::Ahead if future >= 270 && past < 100 => behind,
            Direction::Ahead if future < 335 => ahead,
            Direction::Behind if past >= far && future < near => ahead,
            Direction::Behind => behind,
            _ if past <= 250 => behind,
            _ => ahead,
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
                let later = q > this && self.direction(place) != Direction::Ahead && q - this > 1;
                within_year(if later || (q > this && now.month() <= 3 && q == 4) { year - 1 } else { year }, inner)
            }
            (_, Inner::Whole | Inner::Half(_) | Inner::Week(_)) => {
                let year = i32::from(self.now()?.year());
                within_year(year, inner)
            }
            (_, Inner::Month(m)) => {
                let year = self.open_year(|y| date(y, m, 1), |now| i32::from(now.month()) == m, false, place)?;
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
                let year = self.open_year(|y| start(y).map(|b| b.0), |_| false, false, place)?;
                within_year(year, inner)
            }
            (_, Inner::Day(m, d)) => {
                let year =
                    self.open_year(|y| date(y, m, d), |now| date(now.year().into(), m, d) == Some(now), true, place)?;
                within_year(year, inner)
            }
            (_, Inner::WeekOf(m, d)) => {
                let year = self.open_year(|y| date(y, m, d), |_| false, true, place)?;
                within_year(year, inner)
            }
            (_, Inner::Holiday(rule)) => {
                let year = self.open_year(
                    |y| holiday(rule, y),
                    |now| holiday(rule, now.year().into()) == Some(now),
                    true,
                    place,
                )?;
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
        let near = self.mentioned.iter().rev().find_map(|m| match m.cal {
            Cal::Day(d) | Cal::Part(d, _) | Cal::Clock(d, ..) if place.sentence.saturating_sub(m.sentence) <= 2 => {
                Some(d)
            }
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
        let at = super::interval::away(now, parts, sign)?;
        Some(if sign < 0 { (at, now) } else { (now, at) })
    }
}

/// Minutes east of UTC as ISO 8601 writes them: `+05:30`, `Z`.
fn offset(minutes: i16) -> String {
    let sign = if minutes < 0 { '-' } else { '+' };
    match minutes.unsigned_abs() {
        0 => "Z".to_owned(),
        minutes => format!("{sign}{:02}:{:02}", minutes / 60, minutes % 60),
    }
}
