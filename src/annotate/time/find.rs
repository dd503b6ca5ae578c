//! The finder: reads expressions of time from atoms, left to right, the longest first. It knows no dates; see `resolve`.

use crate::text::{Document, Id, Pos, TimeMod, Xpos};

use super::atom::Atom;
use super::calendar::Grain;
use super::meaning::{Found, Inner, Meaning, Year};
use super::words::{Class, PhraseMeaning, WORDS};

/// Reads expressions from the atoms of a document.
pub struct Finder<'d> {
    pub doc: &'d Document,
    pub atoms: &'d [Atom],
}

/// An end position and what the words before it say.
pub type Core = Option<(usize, Meaning)>;

impl<'d> Finder<'d> {
    /// All expressions, in order; none overlaps another.
    pub fn all(&self) -> Vec<Found> {
        let mut found = Vec::new();
        let mut i = 0;
        while i < self.atoms.len() {
            let atom = &self.atoms[i];
            if atom.class == Class::Other && !atom.opens || atom.class == Class::Break {
                i += 1;
                continue;
            }
            match self.expression(i) {
                Some(expression) if expression.to > i => {
                    i = expression.to;
                    let more = self.listed_day(&expression);
                    found.push(expression);
                    if let Some(day) = more {
                        i = day.to;
                        found.push(day);
                    }
                }
                _ => i += 1,
            }
        }
        found
    }

    /// "April 24 and 25", "Nov. 13-15", "1998-99": the second of two whose month or century is named once.
    fn listed_day(&self, first: &Found) -> Option<Found> {
        // "1998-99", "the winter of 1866-67"
        if let Meaning::Date(Year::Known(year), Inner::Whole | Inner::Season(_)) = first.meaning {
            let end = first.to + 1;
            let second = self.value(end);
            let close = (1..=9).contains(&(second - year.rem_euclid(100)));
            let two = self.class(first.to) == Class::Hyphen && self.glued(first.to) && self.glued(end);
            if two
                && close
                && self.class(end) == Class::Digits
                && self.digits(end) == 2
                && (!self.glued(end + 1)
                    || matches!(
                        self.class(end + 1),
                        Class::Comma | Class::Dot | Class::Other | Class::Quote | Class::Poss
                    ))
            {
                let meaning = Meaning::Date(Year::Known(year - year.rem_euclid(100) + second), Inner::Whole);
                return Some(Found { from: end, to: end + 1, meaning, modifier: None, rule: "year" });
            }
            return None;
        }
        let Meaning::Date(year, Inner::Day(month, day)) = first.meaning else { return None };
        if !matches!(self.class(first.to), Class::And | Class::Or | Class::To | Class::Hyphen | Class::Through) {
            return None;
        }
        if !matches!(self.class(first.from), Class::Month | Class::MaybeMonth) {
            return None;
        }
        let (to, later) = self.month_day(first.to + 1)?;
        let counts = matches!(
            self.class(to),
            Class::Unit | Class::Units | Class::Sign | Class::Month | Class::Hundred | Class::Thousand
        ) || self.noun_follows(to);
        if later <= day || counts || self.class(first.to + 1) == Class::Number {
            return None;
        }
        let (to, year) = self.year_after(to).unwrap_or((to, year));
        let meaning = Meaning::Date(year, Inner::Day(month, later));
        Some(Found { from: first.to + 1, to, meaning, modifier: None, rule: "calendar" })
    }

    pub fn class(&self, i: usize) -> Class {
        self.atoms.get(i).map_or(Class::Break, |a| a.class)
    }

    /// The class of the atom before, `Break` at the start.
    pub fn before(&self, i: usize) -> Class {
        if i == 0 { Class::Break } else { self.class(i - 1) }
    }

    pub fn value(&self, i: usize) -> i32 {
        self.atoms.get(i).map_or(0, |a| a.value)
    }

    pub fn digits(&self, i: usize) -> u8 {
        self.atoms.get(i).map_or(0, |a| a.digits)
    }

    /// True when no white space stands before the atom.
    pub fn glued(&self, i: usize) -> bool {
        self.atoms.get(i).is_some_and(|a| a.glued && a.class != Class::Break)
    }

    pub fn capital(&self, i: usize) -> bool {
        self.atoms.get(i).is_some_and(|a| a.capital)
    }

    pub fn text(&self, i: usize) -> &'d str {
        self.atoms.get(i).map_or("", |a| self.doc.slice(a.span))
    }

    /// True when the atom is this word, in any case.
    pub fn word(&self, i: usize, word: &str) -> bool {
        self.text(i).eq_ignore_ascii_case(word)
    }

    pub fn is_punctuation(&self, i: usize) -> bool {
        self.text(i).chars().all(|c| !c.is_alphanumeric())
    }

    fn tag(&self, i: usize) -> Xpos {
        self.atoms.get(i).map_or(Xpos::Xx, |a| self.doc.xpos(Id::new(a.token as usize)))
    }

    pub fn pos(&self, i: usize) -> Pos {
        self.atoms.get(i).map_or(Pos::X, |a| self.doc.pos(Id::new(a.token as usize)))
    }

    /// True when a noun that is no part of an expression of time follows: "1990 cars", "the March events".
    pub fn noun_follows(&self, i: usize) -> bool {
        let class = self.class(i);
        class == Class::Other
            && !self.is_punctuation(i)
            && match self.tag(i) {
                Xpos::Nn | Xpos::Nns => true,
                Xpos::Xx => self.text(i).ends_with('s') && self.text(i).len() > 3 && !self.capital(i),
                _ => false,
            }
    }

    /// True when the atom begins its sentence, save for quotation marks.
    pub fn first_in_sentence(&self, i: usize) -> bool {
        let mut at = i;
        while at > 0 && matches!(self.class(at - 1), Class::Quote | Class::Open) {
            at -= 1;
        }
        self.before(at) == Class::Break
    }

    /// The expression that begins at an atom, with its modifiers.
    fn expression(&self, i: usize) -> Option<Found> {
        let with = |from, to, meaning, modifier, rule| Some(Found { from, to, meaning, modifier, rule });
        let mut best: Option<Found> = None;
        let mut offer = |found: Option<Found>| {
            if let Some(found) = found {
                if best.as_ref().is_none_or(|b| found.to > b.to) {
                    best = Some(found);
                }
            }
        };
        if let Some((to, meaning, modifier)) = self.modified(i) {
            offer(with(i, to, meaning, Some(modifier), "modified"));
        }
        if let Some((to, meaning, modifier)) = self.bounded(i) {
            offer(with(i, to, meaning, modifier, "bounded"));
        }
        if let Some((to, meaning, rule)) = self.core(i) {
            let (to, modifier) = self.tail(to, &meaning);
            offer(with(i, to, meaning, modifier, rule));
        }
        best
    }

    /// "or more", "or less", "or so", "or later", "and beyond" after an expression.
    fn tail(&self, to: usize, meaning: &Meaning) -> (usize, Option<TimeMod>) {
        let length = matches!(meaning, Meaning::Duration(..) | Meaning::Away(..));
        match (self.class(to), self.class(to + 1)) {
            (Class::Or, Class::More) if length && self.class(to + 2) != Class::Than => {
                (to + 2, Some(TimeMod::EqualOrMore))
            }
            (Class::Or, Class::Less) if length && self.class(to + 2) != Class::Than => {
                (to + 2, Some(TimeMod::EqualOrLess))
            }
            (Class::Or, Class::So) => (to + 2, Some(TimeMod::Approx)),
            (Class::Or, Class::Later | Class::After) if !length => (to + 2, Some(TimeMod::OnOrAfter)),
            (Class::Or, Class::Earlier | Class::Before) if !length => (to + 2, Some(TimeMod::OnOrBefore)),
            (Class::And | Class::Or, _) if !length && self.word(to + 1, "beyond") => (to + 2, Some(TimeMod::OnOrAfter)),
            _ => (to, None),
        }
    }

    /// "late September", "the end of the year", "earlier this week", "mid-1996".
    fn modified(&self, i: usize) -> Option<(usize, Meaning, TimeMod)> {
        let thirds = [TimeMod::Start, TimeMod::Mid, TimeMod::End];
        let third = |i: usize| thirds[self.value(i).clamp(0, 2) as usize];
        let the = if self.class(i) == Class::The { i + 1 } else { i };
        let of = |at: usize| if self.class(at) == Class::Of { at + 1 } else { at };
        match self.class(the) {
            Class::Early | Class::Late | Class::Mid => {
                let mut at = the + 1;
                let very = matches!(self.class(the), Class::Early | Class::Late)
                    && matches!(self.class(at), Class::In | Class::On);
                if self.class(at) == Class::Hyphen || very {
                    at += 1;
                }
                let (to, meaning) = self.stretch(at)?;
                Some((to, meaning, third(the)))
            }
            Class::Earlier | Class::Later => {
                let at = if matches!(self.class(i + 1), Class::In | Class::On) { i + 2 } else { i + 1 };
                let (to, meaning) = self.stretch(at)?;
                let modifier = if self.class(the) == Class::Earlier { TimeMod::Start } else { TimeMod::End };
                // "earlier Sunday" is a part of the day; "later 1990" is no expression.
                matches!(
                    meaning,
                    Meaning::Unit(..)
                        | Meaning::Weekday(..)
                        | Meaning::Day(..)
                        | Meaning::Part(..)
                        | Meaning::Spoken(_)
                )
                .then_some((to, meaning, modifier))
            }
            Class::EndPoint => {
                let at = of(the + 1);
                if at == the + 1 && self.class(at) != Class::Number && !matches!(self.class(at), Class::Digits) {
                    return None;
                }
                if self.word(the, "close") {
                    return None;
                }
                let (to, meaning) = self.stretch(at)?;
                Some((to, meaning, third(the)))
            }
            // "year-end", "year's end", "month end", "quarter-end"
            Class::Unit => {
                let grain = Grain::from_code(self.value(the))?;
                if !matches!(
                    grain,
                    Grain::Year | Grain::Month | Grain::Quarter | Grain::Week | Grain::Decade | Grain::Century
                ) {
                    return None;
                }
                // "year-end" is the last day of the year; see `unit_phrase`.
                if grain == Grain::Year && self.class(the + 1) == Class::Hyphen {
                    return None;
                }
                let at = if matches!(self.class(the + 1), Class::Hyphen | Class::Poss) { the + 2 } else { the + 1 };
                (self.word(at, "end")).then_some((at + 1, Meaning::Spoken(grain), TimeMod::End))
            }
            // "the last half of the '80s"
            Class::Last | Class::Ordinal if self.class(the + 1) == Class::Half && self.class(the + 2) == Class::Of => {
                let at = if self.class(the + 3) == Class::The { the + 4 } else { the + 3 };
                let (to, decade) = self.decade(at)?;
                let first = self.class(the) == Class::Ordinal && self.value(the) == 1;
                Some((to, decade, if first { TimeMod::Start } else { TimeMod::End }))
            }
            _ => None,
        }
    }

    /// What "late" and "the end of" may stand before.
    fn stretch(&self, i: usize) -> Core {
        let the = if self.class(i) == Class::The { i + 1 } else { i };
        if let Some((to, meaning, _)) = self.core(i).or_else(|| self.core(the)) {
            let fits = matches!(
                meaning,
                Meaning::Date(..)
                    | Meaning::Decade(_)
                    | Meaning::OpenDecade(_)
                    | Meaning::Century(_)
                    | Meaning::Weekday(..)
                    | Meaning::Unit(..)
                    | Meaning::Spoken(_)
                    | Meaning::Day(..)
                    | Meaning::Part(..)
            );
            return fits.then_some((to, meaning));
        }
        // "mid-afternoon", "early morning", "the end of the year", "late summer"
        match self.class(the) {
            Class::Part => self.part_phrase(the),
            Class::Season | Class::MaybeSeason => self.season(the),
            Class::Unit if the > i => Some((the + 1, Meaning::Spoken(Grain::from_code(self.value(the))?))),
            Class::MaybeMonth if self.capital(the) => self.calendar_date(the, true),
            Class::Digits => {
                let (to, year) = self.year(the)?;
                Some((to, Meaning::Date(year, Inner::Whole)))
            }
            _ => None,
        }
    }

    /// "about two years ago", "more than four hours", "at least the past 18 months", "around Nov. 1".
    fn bounded(&self, i: usize) -> Option<(usize, Meaning, Option<TimeMod>)> {
        let (at, modifier) = self.bound(i)?;
        // "around year end"
        if modifier == TimeMod::Approx {
            if let Some((to, meaning, _)) = self.modified(at).filter(|(_, m, _)| matches!(m, Meaning::Spoken(_))) {
                return Some((to, meaning, Some(modifier)));
            }
        }
        let (to, meaning, _) = self.core(at)?;
        let length = matches!(meaning, Meaning::Duration(..) | Meaning::Away(..));
        let fits = match modifier {
            TimeMod::Approx => !matches!(meaning, Meaning::Weekday(..) | Meaning::Day(..) | Meaning::Set(..)),
            _ => length,
        };
        if !fits || matches!(meaning, Meaning::Fixed(..)) {
            return None;
        }
        let (to, tail) = self.tail(to, &meaning);
        Some((to, meaning, tail.or(Some(modifier))))
    }

    /// The bound that begins at an atom: where it ends and what it means for a length.
    fn bound(&self, i: usize) -> Option<(usize, TimeMod)> {
        use Class::*;
        Some(match (self.class(i), self.class(i + 1), self.class(i + 2)) {
            (About, _, _) => (i + 1, TimeMod::Approx),
            (Nearly, _, _) => (i + 1, TimeMod::LessThan),
            (No | Not, More, Than) => (i + 3, TimeMod::EqualOrLess),
            (No | Not, Less, Than) => (i + 3, TimeMod::EqualOrMore),
            (More, Than, _) => (i + 2, TimeMod::MoreThan),
            (Less, Than, _) => (i + 2, TimeMod::LessThan),
            (At, Least, _) => (i + 2, TimeMod::EqualOrMore),
            (At, Most, _) => (i + 2, TimeMod::EqualOrLess),
            (Up, To, _) => (i + 2, TimeMod::EqualOrLess),
            (As, More, As) => (i + 3, TimeMod::EqualOrLess),
            // "for over a week" is a bound; "over several days" and "over two weeks" tell when.
            (Over, _, _) if matches!(self.before(i), For | After | In | Within | Than | The | Article | Of | By) => {
                (i + 1, TimeMod::MoreThan)
            }
            (Under, _, _) if !matches!(self.class(i + 1), The) => (i + 1, TimeMod::LessThan),
            _ => return None,
        })
    }

    /// The expression without its modifiers: the longest reading that begins here.
    pub fn core(&self, i: usize) -> Option<(usize, Meaning, &'static str)> {
        let mut best: Option<(usize, Meaning, &'static str)> = None;
        let mut offer = |core: Core, rule: &'static str| {
            if let Some((to, meaning)) = core {
                if best.as_ref().is_none_or(|b| to > b.0) {
                    best = Some((to, meaning, rule));
                }
            }
        };
        use Class::*;
        let atom = self.atoms.get(i)?;
        if atom.opens {
            offer(self.phrase(i), "phrase");
        }
        match atom.class {
            Clock | ClockWord | Dawn => {
                if atom.class == Clock {
                    offer(self.clock_range_start(i), "clock");
                }
                offer(self.clock(i), "clock");
            }
            Digits | Decimal => {
                offer(self.clock(i), "clock");
                offer(self.clock_range_start(i), "clock");
                offer(self.dated(self.numeric_date(i)), "numeric");
                offer(self.dated(self.calendar_date(i, false)), "calendar");
                offer(self.bare_year(i), "year");
                offer(self.length(i), "length");
                offer(self.sign_behind(i), "quarter");
            }
            Half if self.class(i + 1) == Past => offer(self.clock(i), "clock"),
            Grouped | Vague | Half | Couple | Hundred | Thousand => offer(self.length(i), "length"),
            Number | Tens => {
                offer(self.clock(i), "clock");
                offer(self.minutes_of_the_hour(i), "clock");
                offer(self.dated(self.calendar_date(i, false)), "calendar");
                offer(self.bare_year(i), "year");
                offer(self.length(i), "length");
            }
            Article => {
                offer(self.set(i), "set");
                offer(self.length(i), "length");
                offer(self.quarter_or_half(i + 1), "quarter");
            }
            Month | MaybeMonth | Ordinal => {
                offer(self.dated(self.calendar_date(i, false)), "calendar");
                offer(self.quarter_or_half(i), "quarter");
                offer(self.century(i), "century");
                if atom.class == Ordinal {
                    offer(self.nth_part(i), "nth");
                }
            }
            Final => offer(self.quarter_or_half(i), "quarter"),
            Weekday | MaybeWeekday => offer(self.weekday(i), "weekday"),
            Weekdays => offer(self.set(i), "set"),
            Decade | Quote => {
                offer(self.decade(i), "decade");
                if atom.class == Quote {
                    offer(self.bare_year(i), "year");
                }
            }
            The => {
                offer(self.dated(self.calendar_date(i + 1, false).filter(|(to, _)| *to > i + 2)), "calendar");
                offer(self.quarter_or_half(i + 1), "quarter");
                offer(self.century(i + 1), "century");
                offer(self.decade(i + 1), "decade");
                offer(
                    self.season(i + 1).filter(|_| self.class(i + 1) != MaybeSeason || !self.noun_follows(i + 2)),
                    "season",
                );
                offer(self.pointed(i + 1), "pointed");
                offer(self.spoken(i + 1), "spoken");
                offer(self.nth_part(i + 1), "nth");
                offer(self.the_part(i + 1), "part");
                offer(self.the_year(i + 1), "year");
                offer(self.the_length(i + 1), "length");
            }
            Last | Past | This | Next | Coming | Previous | Following | Current | Latest | That | These | Same
            | Recent => offer(self.pointed(i), "pointed"),
            Its => {
                offer(self.quarter_or_half(i + 1), "quarter");
                offer(self.pointed(i + 1), "pointed");
            }
            Fiscal => {
                offer(self.quarter_or_half(i), "quarter");
                offer(self.fiscal_year(i), "fiscal");
            }
            Season | MaybeSeason => offer(self.season(i), "season"),
            Day | Tonight | Overnight => offer(self.day(i), "day"),
            Part => offer(self.bare_part(i), "part"),
            Unit | Units => {
                offer(self.minutes_of_the_hour(i), "clock");
                offer(self.unit_phrase(i), "unit");
            }
            Every | Each | Per | Once | Times | Often => offer(self.set(i), "set"),
            QuarterSign => offer(self.quarter_or_half(i), "quarter"),
            _ => {}
        }
        best
    }

    /// A fixed expression or the name of a day, with its year.
    fn phrase(&self, i: usize) -> Core {
        let first = self.text(i).trim_end_matches('.').to_lowercase();
        let phrase = WORDS.phrases(&first).iter().find(|p| {
            p.words.iter().enumerate().all(|(k, word)| {
                let text = self.text(i + k).trim_end_matches('.');
                text.eq_ignore_ascii_case(word) || (*word == "'s" && self.class(i + k) == Class::Poss)
            })
        })?;
        let to = i + phrase.words.len();
        match phrase.meaning {
            PhraseMeaning::Fixed(kind, value) => self.fits(i, to, value).then_some((to, Meaning::Fixed(kind, value))),
            PhraseMeaning::Holiday(rule) => {
                if !self.capital(i) || (to == i + 1 && self.capital(to) && self.class(to) == Class::Other) {
                    return None;
                }
                let to = if matches!(self.text(to), "'" | "\u{2019}") { to } else { to };
                let year = self.year_after(to);
                let (to, year) = year.unwrap_or((to, Year::Open));
                Some((to, Meaning::Date(year, Inner::Holiday(rule))))
            }
        }
    }

    /// Words that are fixed expressions only in some places.
    fn fits(&self, i: usize, to: usize, value: &str) -> bool {
        if to > i + 1 {
            // "one day" is a length unless a wish or a future is spoken of.
            return !self.word(i, "one") || (value == "FUTURE_REF" && self.promises(i));
        }
        // "as soon as", "so soon"; "too soon".
        if self.word(i, "soon") {
            return !matches!(self.before(i), Class::As | Class::So) && self.class(to) != Class::After;
        }
        if self.word(i, "future") {
            return self.pos(i) != Pos::Propn && !self.capital(i);
        }
        true
    }

    /// True when "will", "would", "hope" or the like stands shortly before.
    fn promises(&self, i: usize) -> bool {
        (i.saturating_sub(4)..i + 4).any(|k| {
            ["will", "would", "could", "may", "might", "hope", "hopes", "wants", "want", "dream", "dreams"]
                .iter()
                .any(|w| self.word(k, w))
        })
    }
}
