//! Finder: calendar dates, years, decades, centuries, quarters, seasons, weekdays.

use super::find::{Core, Finder};
use super::meaning::{Base, Inner, Meaning, Year};
use super::number::Read;
use super::words::{Class, OF_A_YEAR};

impl Finder<'_> {
    /// A year after a date, with or without a comma or "of"/"in": ", 1998", "of 1984", "last year", "this year".
    pub fn year_after(&self, i: usize) -> Read<Year> {
        let comma = if self.class(i) == Class::Comma { i + 1 } else { i };
        if self.class(comma) == Class::Digits && self.digits(comma) <= 4 {
            if let Some((end, y)) = self.era(comma + 1, self.value(comma)) {
                return Some((end, Year::Known(y)));
            }
        }
        if let Some((end, year @ Year::Known(y))) = self.year(comma) {
            let plausible = (1000..2200).contains(&y) && (self.class(comma) == Class::Digits || comma == i);
            let amount = comma > i && self.noun_follows(end);
            if plausible && !amount && !matches!(self.class(end), Class::Unit | Class::Units) {
                return Some((end, year));
            }
        }
        if let Some((end, year @ Year::TwoDigits(_))) = self.year(comma) {
            return Some((end, year));
        }
        let of = if matches!(self.class(i), Class::Of | Class::In) { i + 1 } else { i };
        let the = if self.class(of) == Class::The && self.class(of + 1) == Class::Unit { of + 1 } else { of };
        if of > i {
            let word = if self.class(the) == Class::Unit && self.value(the) == 7 { the + 1 } else { the };
            if let Some((end, year)) = self.year(word) {
                if matches!(year, Year::Known(y) if (1000..2200).contains(&y)) || matches!(year, Year::TwoDigits(_)) {
                    return Some((end, year));
                }
            }
        }
        let shift = match self.class(of) {
            Class::Last => Year::Shifted(-1),
            Class::This => Year::Shifted(0),
            Class::Next => Year::Shifted(1),
            Class::That => Year::Mentioned(0),
            _ => return None,
        };
        (self.class(of + 1) == Class::Unit && self.value(of + 1) == 7).then_some((of + 2, shift))
    }

    /// "BC", "AD" after a year: the astronomical year (1 BC is 0).
    fn era(&self, i: usize, year: i32) -> Read<i32> {
        (self.class(i) == Class::Era && self.capital(i))
            .then(|| (i + 1, if self.value(i) < 0 { 1 - year } else { year }))
    }

    /// "November 26", "Nov. 19, 2015", "20th November 2015", "the 5th of May", "July 1997", "April".
    pub fn calendar_date(&self, i: usize, sure: bool) -> Core {
        if matches!(self.class(i), Class::Month | Class::MaybeMonth) {
            return self.month_first(i, sure);
        }
        // Day first: "20 November 2015", "the 20th of November", "twenty five January".
        let (at, day) = self.month_day(i).or_else(|| {
            let (end, n) = self.number_words(i)?;
            (1..=31).contains(&n).then_some((end, n))
        })?;
        // "24 and 25 April", "13-15 November"
        if matches!(self.class(at), Class::And | Class::Or | Class::To | Class::Hyphen)
            && self.class(i) != Class::Number
        {
            if let Some((_, later)) = self.month_day(at + 1).filter(|&(_, later)| later > day) {
                let second = self.calendar_date(at + 1, sure);
                if let Some((_, Meaning::Date(year, Inner::Day(m, d)))) = second {
                    if d == later {
                        return Some((at, Meaning::Date(year, Inner::Day(m, day))));
                    }
                }
            }
        }
        let of = if self.class(at) == Class::Of { at + 1 } else { at };
        let hyphen = matches!(self.class(at), Class::Hyphen | Class::Slash) && self.glued(at) && self.glued(at + 1);
        let month = if hyphen { at + 1 } else { of };
        let known = match self.class(month) {
            Class::Month => true,
            Class::MaybeMonth => self.capital(month),
            _ => return None,
        };
        if !known {
            return None;
        }
        let m = self.value(month);
        if hyphen && matches!(self.class(month + 1), Class::Hyphen | Class::Slash) {
            if let Some((end, year)) = self.year(month + 2) {
                return Some((end, Meaning::Date(year, Inner::Day(m, day))));
            }
            // "19-Nov-12"
            let two = month + 2;
            if self.class(two) == Class::Digits && self.digits(two) == 2 && self.glued(month + 1) && self.glued(two) {
                return Some((two + 1, Meaning::Date(Year::TwoDigits(self.value(two)), Inner::Day(m, day))));
            }
        }
        let (end, year) = self.year_after(month + 1).unwrap_or((month + 1, Year::Open));
        Some((end, Meaning::Date(year, Inner::Day(m, day))))
    }

    fn month_first(&self, i: usize, sure: bool) -> Core {
        let m = self.value(i);
        let mut at = i + 1;
        if self.class(at) == Class::Dot && self.glued(at) && self.text(i).len() <= 4 && !self.text(i).ends_with('.') {
            at += 1;
        }
        let the = if self.class(at) == Class::The { at + 1 } else { at };
        if let Some((end, day)) = self.month_day(the).filter(|&(end, _)| self.is_day_after_month(the, end)) {
            if the == at || self.class(the) == Class::Ordinal {
                let (end, year) = self.year_after(end).unwrap_or((end, Year::Open));
                return Some((end, Meaning::Date(year, Inner::Day(m, day))));
            }
        }
        // "Nov-2015", "November, 2015"
        let hyphen = if self.class(at) == Class::Hyphen && self.glued(at) && self.glued(at + 1) { at + 1 } else { at };
        if hyphen > at {
            if let Some((end, year @ Year::Known(_))) = self.year(hyphen) {
                return Some((end, Meaning::Date(year, Inner::Month(m))));
            }
        }
        let dated = self.year_after(at);
        if let Some((end, year)) = dated {
            if self.class(i) == Class::Month || self.capital(i) {
                return Some((end, Meaning::Date(year, Inner::Month(m))));
            }
        }
        if !sure && !self.is_month(i) {
            return None;
        }
        Some((i + 1, Meaning::Date(Year::Open, Inner::Month(m))))
    }

    /// A number after a month is its day unless it counts something: "in March 20 people".
    fn is_day_after_month(&self, i: usize, end: usize) -> bool {
        if self.class(i) != Class::Digits {
            return self.class(i) == Class::Ordinal || self.class(i) == Class::Tens;
        }
        !(self.class(end) == Class::Sign || matches!(self.class(end), Class::Units | Class::Hundred | Class::Thousand))
            && !(self.class(end) == Class::Other && self.word(end, "percent"))
    }

    /// Whether a month's name is one: "March" and "May" need a capital and a word before that dates have.
    fn is_month(&self, i: usize) -> bool {
        if !self.capital(i) {
            return false;
        }
        // "May's cabinet" of Theresa May.
        let label = self.atoms.get(i).and_then(|a| self.doc.labels.at(crate::text::Id::new(a.token as usize)));
        let person = label
            .is_some_and(|l| l.name != crate::text::NamePart::Outside && l.class == crate::text::NameClass::Person);
        if self.class(i) == Class::MaybeMonth && person {
            return false;
        }
        use Class::*;
        if self.class(i) == Month {
            // Names: "April Jones", "Jan Smith" and "Mr. August".
            let named = self.class(i + 1) == Other && self.capital(i + 1) && !self.is_punctuation(i + 1);
            let short = self.text(i).len() <= 3 && !self.text(i).ends_with('.');
            return !(named && (short || matches!(self.value(i), 4 | 6 | 8))) && !(short && self.noun_follows(i + 1));
        }
        let company = matches!(self.before(i), The | Article | Its) && self.noun_follows(i + 1) && !self.capital(i + 1)
            || matches!(
                self.before(i),
                In | Since
                    | Of
                    | Last
                    | This
                    | Next
                    | By
                    | Until
                    | From
                    | During
                    | Through
                    | Between
                    | Early
                    | Late
                    | Mid
                    | Hyphen
                    | Slash
                    | To
                    | Before
                    | After
                    | Every
                    | Each
                    | For
                    | Comma
                    | And
                    | Or
                    | Previous
                    | Following
                    | Past
                    | Coming
            );
        let name_follows = self.class(i + 1) == Other && self.capital(i + 1) && !self.is_punctuation(i + 1);
        let verb = matches!(self.pos(i), crate::text::Pos::Aux | crate::text::Pos::Verb);
        let soft = matches!(self.before(i), Comma | And | Or | To | For) && self.text(i).len() == 3;
        company && !name_follows && !verb && !soft
    }

    /// "2015-11-19", "11/19/2015", "19.11.2015", "22/Jan/2019", "2017-Q1", with a time of day after a `T`.
    pub fn numeric_date(&self, i: usize) -> Core {
        let mark = self.class(i + 1);
        if let Some(day) = self.short_date(i) {
            return Some(day);
        }
        if !self.glued(i + 1) || !self.glued(i + 2) || self.class(i) != Class::Digits {
            return None;
        }
        let same = |k: usize| self.text(k) == self.text(i + 1) && self.glued(k) && self.glued(k + 1);
        if !matches!(mark, Class::Hyphen | Class::Slash | Class::Dot) || self.class(i + 2) != Class::Digits {
            return None;
        }
        let (a, b) = (self.value(i), self.value(i + 2));
        if !same(i + 3) || self.class(i + 4) != Class::Digits {
            // 11/19 alone is a date only when a fraction is out of the question.
            return None;
        }
        let c = self.value(i + 4);
        // A fourth group makes it a code or an address.
        if self.glued(i + 5) && self.glued(i + 6) && self.text(i + 5) == self.text(i + 1) {
            return None;
        }
        if self.glued(i) && matches!(self.before(i), Class::Hyphen | Class::Slash | Class::Dot | Class::Other) {
            return None;
        }
        let (digits_a, digits_c) = (self.digits(i), self.digits(i + 4));
        let (y, m, d) = if digits_a == 4 {
            (Year::Known(a), b, c)
        } else if digits_c == 4 || (digits_c == 2 && mark == Class::Slash) {
            let year = if digits_c == 4 { Year::Known(c) } else { Year::TwoDigits(c) };
            // Slashes: month first unless that cannot be; full stops: day first.
            let day_first = mark == Class::Dot || a > 12;
            if day_first { (year, b, a) } else { (year, a, b) }
        } else {
            return None;
        };
        if !(1..=12).contains(&m) || !(1..=31).contains(&d) {
            return None;
        }
        Some((i + 5, Meaning::Date(y, Inner::Day(m, d))))
    }

    /// "on 19.03.21", "dated 07.12.19": two digits each, day first, where a day is expected.
    fn short_date(&self, i: usize) -> Core {
        let expected = matches!(
            self.before(i),
            Class::On
                | Class::Since
                | Class::From
                | Class::Until
                | Class::By
                | Class::To
                | Class::Through
                | Class::Before
                | Class::After
        ) || i > 0 && ["dated", "date"].iter().any(|w| self.word(i - 1, w));
        // The last two stand together as "03.21".
        let (day, rest) = (self.value(i), self.value(i + 2));
        let fits = self.class(i) == Class::Digits
            && self.digits(i) == 2
            && self.class(i + 1) == Class::Dot
            && self.class(i + 2) == Class::Decimal
            && self.text(i + 2).len() == 5
            && self.glued(i + 1)
            && self.glued(i + 2);
        let (month, year) = (rest / 100, rest % 100);
        (expected && fits && (1..=12).contains(&month) && (1..=31).contains(&day))
            .then_some((i + 3, Meaning::Date(Year::TwoDigits(year), Inner::Day(month, day))))
    }

    /// A bare year: "in 1990", "1988". Numbers that count something are none.
    pub fn bare_year(&self, i: usize) -> Core {
        if self.class(i) == Class::Digits && self.digits(i) <= 4 {
            if let Some((to, y)) = self.era(i + 1, self.value(i)) {
                return Some((to, Meaning::Date(Year::Known(y), Inner::Whole)));
            }
        }
        let (end, year) = self.year(i)?;
        use Class::*;
        let before = self.before(i);
        let linked = matches!(
            before,
            In | Since
                | Of
                | By
                | Until
                | From
                | During
                | Before
                | After
                | Between
                | Through
                | Throughout
                | Early
                | Late
                | Mid
                | Fiscal
        ) || (before == To && i >= 2 && self.word(i - 2, "back"))
            || (matches!(before, To | And | Or | Comma | Hyphen) && i >= 2 && self.near_year(i));
        // "2017-Q1", "2017 first quarter"
        let quarter = if self.class(end) == Hyphen { end + 1 } else { end };
        if matches!(self.class(quarter), QuarterSign | Ordinal) {
            if let Some((to, Meaning::Date(self::Year::Open, inner))) = self.quarter_or_half(quarter) {
                return Some((to, Meaning::Date(year, inner)));
            }
        }
        let y = match year {
            Year::Known(y) => y,
            Year::TwoDigits(_) => {
                let followed = self.class(end) == Other && !self.is_punctuation(end) && self.noun_follows(end);
                return (linked && !followed).then_some((end, Meaning::Date(year, Inner::Whole)));
            }
            _ => return None,
        };
        if self.class(i) != Digits {
            return ((1400..2100).contains(&y) && !self.noun_follows(end))
                .then_some((end, Meaning::Date(year, Inner::Whole)));
        }
        if matches!(before, Sign | Dot | Slash) && self.glued(i) || before == Sign {
            return None;
        }
        // "1990-91", "2010-2012" begin with a year; "555-1990" ends with none.
        if before == Hyphen && self.glued(i) && !self.near_year(i) {
            return None;
        }
        if matches!(self.class(end), Unit | Units | Hundred | Thousand | Sign | AmPm | Oclock)
            && !(self.class(end) == Unit && matches!(self.value(end), 6 | 13))
        {
            return None;
        }
        let glued_on = self.glued(end)
            && (self.class(end) == Open || matches!(self.class(end), Other | Digits) && !self.is_punctuation(end));
        if glued_on || matches!(before, Digits | Number | Tens | Thousand | Hundred | Grouped) && !self.glued(i) {
            return None;
        }
        // "1988 quarter", "the 1988 period"
        if self.class(end) == Unit && matches!(self.value(end), 6 | 13) && (1900..2100).contains(&y) {
            return Some((end + 1, Meaning::Date(year, Inner::SameQuarter)));
        }
        let counts = self.plural_follows(end) && !self.of_a_year(i, end, y);
        let ok = match y {
            1900..=2049 => linked || !counts,
            1500..=1899 => linked && !counts,
            1000..=2199 => linked && !counts && !matches!(before, Of | To | And | Or | From | After | By | Comma),
            _ => false,
        };
        // "Reg. No. 1990", "Flight 1990", "page 1990"
        let name_before = i > 0
            && before == Other
            && (self.capital(i - 1) && !self.first_in_sentence(i - 1) && self.word_is_label(i - 1));
        (ok && !name_before).then_some((end, Meaning::Date(year, Inner::Whole)))
    }

    fn word_is_label(&self, i: usize) -> bool {
        ["flight", "no", "number", "page", "room", "route", "highway", "model", "section", "resolution", "item", "bus"]
            .iter()
            .any(|w| self.word(i, w))
    }

    /// A plural noun after a number is what it counts: "in 1990 houses".
    fn plural_follows(&self, i: usize) -> bool {
        use crate::text::Xpos;
        if self.class(i) != Class::Other || self.is_punctuation(i) {
            return false;
        }
        let tag = self.atoms.get(i).map_or(Xpos::Xx, |a| self.doc.xpos(crate::text::Id::new(a.token as usize)));
        match tag {
            Xpos::Nns => true,
            Xpos::Xx => {
                self.text(i).ends_with('s')
                    && !self.text(i).ends_with("ss")
                    && self.text(i).len() > 3
                    && !self.capital(i)
                    && !self.word(i, "was")
                    && !self.word(i, "has")
            }
            _ => false,
        }
    }

    /// "the 2016 attacks", "its 2023 results", "2024 sales": a year before a plural noun, told by what stands before it or
    /// by a noun that comes by the year. A round number is more likely a count ("the 2000 tents").
    fn of_a_year(&self, i: usize, noun: usize, year: i32) -> bool {
        use crate::text::Xpos;
        if year % 100 == 0 {
            return false;
        }
        let tag = |i: usize| self.atoms.get(i).map(|a| self.doc.xpos(crate::text::Id::new(a.token as usize)));
        let known = i.checked_sub(1).and_then(tag).is_some_and(|t| matches!(t, Xpos::Dt | Xpos::PrpPoss | Xpos::Pos));
        let definite = known && !matches!(self.text(i - 1), "these" | "those" | "all" | "some" | "any" | "no");
        definite || OF_A_YEAR.contains(self.text(noun).to_lowercase().as_str())
    }

    /// True when a year stands shortly before: "2010 and 2012", "1990-91".
    fn near_year(&self, i: usize) -> bool {
        (i.saturating_sub(4)..i).any(|k| matches!(self.year(k), Some((_, Year::Known(y))) if (1000..2200).contains(&y)))
    }

    /// "(the) year 2000".
    pub fn the_year(&self, i: usize) -> Core {
        if self.class(i) == Class::Unit && self.value(i) == 7 {
            let (end, year) = self.year(i + 1)?;
            return Some((end, Meaning::Date(year, Inner::Whole)));
        }
        // "the 1988 quarter", "the 1988 third quarter"
        let (end, year) = self.year(i)?;
        if self.class(end) == Class::Unit && matches!(self.value(end), 6 | 13) {
            return Some((end + 1, Meaning::Date(year, Inner::SameQuarter)));
        }
        if let Some((to, Meaning::Date(Year::Open, inner))) = self.quarter_or_half(end) {
            return Some((to, Meaning::Date(year, inner)));
        }
        let (to, meaning) = self.bare_year(i)?;
        Some((to, meaning))
    }

    /// "fiscal 1989", "fiscal year 2008", "the current fiscal year".
    pub fn fiscal_year(&self, i: usize) -> Core {
        let at = if self.class(i + 1) == Class::Unit && self.value(i + 1) == 7 { i + 2 } else { i + 1 };
        if let Some((end, year)) = self.year(at) {
            return Some((end, Meaning::Date(year, Inner::Whole)));
        }
        (at == i + 2).then_some((at, Meaning::Spoken(super::calendar::Grain::Year)))
    }

    /// "1990s", "the '80s", "the nineties".
    pub fn decade(&self, i: usize) -> Core {
        if self.class(i) == Class::Mid || self.class(i) == Class::Early || self.class(i) == Class::Late {
            let at = if self.class(i + 1) == Class::Hyphen { i + 2 } else { i + 1 };
            return self.decade(at);
        }
        let quoted = self.class(i) == Class::Quote && self.class(i + 1) == Class::Decade && self.glued(i + 1);
        let at = if quoted { i + 1 } else { i };
        if self.class(at) == Class::Digits
            && self.digits(at) == 4
            && self.value(at) % 10 == 0
            && self.class(at + 1) == Class::Poss
        {
            return (!self.noun_follows(at + 2)).then_some((at + 2, Meaning::Decade(self.value(at) / 10)));
        }
        if self.class(at) != Class::Decade {
            return None;
        }
        let v = self.value(at);
        if self.digits(at) == 4 {
            return (1000..2200).contains(&v).then_some((at + 1, Meaning::Decade(v / 10)));
        }
        // "in his forties" is an age.
        if self.digits(at) == 0
            && (at == 0
                || self.before(at) == Class::Its
                || !matches!(
                    self.before(at),
                    Class::The | Class::Early | Class::Late | Class::Mid | Class::In | Class::Hyphen
                ))
        {
            return None;
        }
        if self.digits(at) == 2
            && !quoted
            && !matches!(
                self.before(i),
                Class::The | Class::Early | Class::Late | Class::Mid | Class::Hyphen | Class::In
            )
        {
            return None;
        }
        if !quoted && self.degrees_near(i) {
            return None;
        }
        Some((at + 1, Meaning::OpenDecade(v / 10)))
    }

    /// "temperatures in the mid-40s": degrees, no decade.
    fn degrees_near(&self, i: usize) -> bool {
        (i.saturating_sub(12)..i + 6).any(|k| {
            [
                "temperature",
                "temperatures",
                "degrees",
                "celsius",
                "fahrenheit",
                "thermometer",
                "thermometers",
                "highs",
                "lows",
            ]
            .iter()
            .any(|w| self.word(k, w))
        })
    }

    /// "20th century", "nineteenth-century".
    pub fn century(&self, i: usize) -> Core {
        let (at, n) = self.ordinal(i)?;
        let at = if self.class(at) == Class::Hyphen { at + 1 } else { at };
        let fits = self.class(at) == Class::Unit && self.value(at) == 9 && (1..=30).contains(&n);
        if !fits {
            return None;
        }
        match self.era(at + 1, 0) {
            Some((end, _)) if self.value(at + 1) < 0 => Some((end, Meaning::Century(-n))),
            Some((end, _)) => Some((end, Meaning::Century(n - 1))),
            None => Some((at + 1, Meaning::Century(n - 1))),
        }
    }

    /// "third quarter", "third-quarter", "fiscal first quarter of 1990", "Q3 2015", "second half of the year".
    pub fn quarter_or_half(&self, i: usize) -> Core {
        // Q3
        if self.class(i) == Class::QuarterSign {
            let (end, n) = (i + 2, self.value(i + 1));
            if self.class(i + 1) != Class::Digits || self.digits(i + 1) != 1 {
                return None;
            }
            let dated = self.year_after(end);
            // "the Tarn H2 engine"
            let named = self.before(i) == Class::Other && self.capital(i - 1) && !self.is_punctuation(i - 1);
            if dated.is_none() && named && self.text(i) == "H" {
                return None;
            }
            let (end, year) = dated.unwrap_or((end, Year::Open));
            return Some((end, Meaning::Date(year, self.part_of_year(i, n)?)));
        }
        let mut at = i;
        if self.class(at) == Class::Fiscal {
            at += 1;
            if self.class(at) == Class::Hyphen {
                at += 1;
            }
        }
        let (next, n) = match self.class(at) {
            Class::Ordinal => (at + 1, self.value(at)),
            Class::Final | Class::Last => (at + 1, -1),
            _ => return None,
        };
        let mut end = if self.class(next) == Class::Hyphen { next + 1 } else { next };
        if self.class(end) == Class::Fiscal {
            end += 1;
        }
        let inner = match self.class(end) {
            Class::Unit if self.value(end) == 6 && n == -1 && self.class(at) == Class::Final => Inner::Quarter(4),
            Class::Unit if self.value(end) == 6 && (1..=4).contains(&n) => Inner::Quarter(n),
            Class::Units if self.value(end) == 6 && (1..=4).contains(&n) => Inner::Quarter(n),
            Class::Half if (1..=2).contains(&n) => Inner::Half(n),
            Class::Half if n == -1 => Inner::Half(2),
            _ => return None,
        };
        // A half needs a year: "the second half" is a game's. "first-half profit" has one.
        let half = matches!(inner, Inner::Half(_));
        end += 1;
        // "in the first half of 2023 and in the second half"
        if inner == Inner::Half(2) && self.year_after(end).is_none() && self.class(end) != Class::Of {
            let first = (i.saturating_sub(30)..i).rev().take_while(|&k| self.class(k) != Class::Break).find(|&k| {
                k > 0 && self.class(k) == Class::Half && self.before(k) == Class::Ordinal && self.value(k - 1) == 1
            });
            if let Some((_, year)) = first.and_then(|k| self.year_after(k + 1)) {
                return Some((end, Meaning::Date(year, inner)));
            }
        }
        if let Some((to, year)) = self.year_after(end) {
            return Some((to, Meaning::Date(year, inner)));
        }
        if self.class(end) == Class::Of && self.class(end + 1) == Class::The {
            if half && self.class(end + 2) == Class::Unit && self.value(end + 2) == 7 {
                return Some((end + 3, Meaning::Date(Year::Open, inner)));
            }
            if half {
                if let Some((to, Meaning::Decade(d))) = self.decade(end + 2) {
                    return Some((to, Meaning::Decade(d)));
                }
            }
        }
        if half && !(self.class(next) == Class::Hyphen && !self.word(end, "goal")) {
            return None;
        }
        Some((end, Meaning::Date(Year::Open, inner)))
    }

    /// The quarter or half that a letter stands for: "Q3", "H2".
    fn part_of_year(&self, sign: usize, n: i32) -> Option<Inner> {
        match self.text(sign) {
            "H" => (1..=2).contains(&n).then_some(Inner::Half(n)),
            _ => (1..=4).contains(&n).then_some(Inner::Quarter(n)),
        }
    }

    /// "1H24", "2H 2023", "3Q": the letter behind the number.
    pub fn sign_behind(&self, i: usize) -> Core {
        if self.class(i + 1) != Class::QuarterSign || !self.glued(i + 1) || self.digits(i) != 1 {
            return None;
        }
        let inner = self.part_of_year(i + 1, self.value(i))?;
        let end = i + 2;
        if self.glued(end) && self.class(end) == Class::Digits && self.digits(end) == 2 {
            return Some((end + 1, Meaning::Date(Year::TwoDigits(self.value(end)), inner)));
        }
        let (end, year) = self.year_after(end).unwrap_or((end, Year::Open));
        Some((end, Meaning::Date(year, inner)))
    }

    /// "summer", "the summer of 1994", "spring 1990", "summer 2015".
    pub fn season(&self, i: usize) -> Core {
        if !matches!(self.class(i), Class::Season | Class::MaybeSeason) {
            return None;
        }
        let season = Inner::Season(self.value(i));
        use Class::*;
        // "the Spring-Summer 2020 collection", "autumn/winter": a season of fashion or sport, and no months.
        let joined = |mark: usize, other: usize| {
            matches!(self.text(mark), "-" | "–" | "/") && matches!(self.class(other), Season | MaybeSeason)
        };
        if joined(i + 1, i + 2) || i >= 2 && joined(i - 1, i - 2) {
            return None;
        }
        if let Some((end, year)) = self.year_after(i + 1) {
            return Some((end, Meaning::Date(year, season)));
        }
        let before = self.before(i);
        // "the fall of the town", "spring water"
        if self.class(i) == MaybeSeason {
            let dated = matches!(before, In | Since | Late | Early | Mid | Until | During | By | Throughout | Hyphen)
                || (before == The
                    && !matches!(self.class(i + 1), Of | In)
                    && i >= 2
                    && matches!(self.class(i - 2), In | Since | Of | During | By | Until | Over | Through));
            if !dated || self.noun_follows(i + 1) {
                return None;
            }
        }
        // "Summer Olympics", "Winter Palace"
        if self.capital(i + 1) && self.class(i + 1) == Other && !self.is_punctuation(i + 1) {
            return None;
        }
        Some((i + 1, Meaning::Date(Year::Open, season)))
    }

    /// "Friday", "Monday, Oct. 26", "Saturday the 5th", "Friday morning", "Sunday at 8:30".
    pub fn weekday(&self, i: usize) -> Core {
        let day = self.value(i);
        let mut at = i + 1;
        if self.class(i) == Class::MaybeWeekday {
            let dot = self.text(i).ends_with('.') || (self.class(at) == Class::Dot && self.glued(at));
            if self.class(at) == Class::Dot && self.glued(at) {
                at += 1;
            }
            let comma = if self.class(at) == Class::Comma { at + 1 } else { at };
            let dated = matches!(
                self.class(comma),
                Class::Month | Class::MaybeMonth | Class::Digits | Class::Clock | Class::Part
            ) || self.class(at) == Class::At;
            let announced = matches!(
                self.before(i),
                Class::On | Class::Last | Class::Next | Class::This | Class::Until | Class::Since
            );
            if !self.capital(i) || !(dated || dot && announced || announced && day != 7) {
                return None;
            }
        }
        // "Friday week": the one after the coming.
        if self.class(i) == Class::Weekday
            && self.class(at) == Class::Unit
            && self.value(at) == 4
            && self.word(at, "week")
            && !self.noun_follows(at + 1)
            && self.class(at + 1) != Class::Hyphen
        {
            return self.with_clock(at + 1, Meaning::Weekday(day, Some(3), Base::Now));
        }
        let comma = if self.class(at) == Class::Comma { at + 1 } else { at };
        let the = if self.class(comma) == Class::The { comma + 1 } else { comma };
        // "Monday, Oct. 26, 1998"
        let dated = match self.class(the) {
            Class::Month | Class::MaybeMonth | Class::Digits | Class::Ordinal | Class::Number | Class::Tens => {
                self.calendar_date(the, false).or_else(|| self.numeric_date(the))
            }
            _ => None,
        };
        if let Some((end, meaning @ Meaning::Date(_, Inner::Day(..)))) = dated {
            return self.with_clock(end, meaning);
        }
        // "Tuesday the 5th"
        if the > comma && comma == at && self.class(the) == Class::Ordinal {
            if let Some((end, d)) = self.month_day(the) {
                return self.with_clock(end, Meaning::MonthDay(d));
            }
        }
        self.with_clock(at, Meaning::Weekday(day, None, Base::Now))
    }
}
