//! Anchors: what an expression is seen from: the publication date, the date last mentioned, the time of the saying it is
//! quoted from, the year a story has reached; and in which direction.

use jiff::civil::Date;

use crate::text::{Anchor, Id, Relation, Rule, Token};

use super::calendar::{Cal, Grain, add_days};
use super::meaning::{Base, Found, Meaning, Year};
use super::resolve::Resolver;
use super::tense::{Direction, direction, is_saying};
use super::words::Class;

/// A stretch of the calendar that the text has mentioned.
pub struct Mention {
    pub cal: Cal,
    pub sentence: usize,
    /// True when it was itself counted from another ("a year earlier").
    pub derived: bool,
    /// True when its year was written.
    pub named: bool,
}

/// Where an expression stands.
pub struct Place {
    pub first: usize,
    pub last: usize,
    pub sentence: usize,
    /// The class of the atom before it.
    pub before: Class,
    /// True after "as soon as" and "as early as".
    pub eager: bool,
    /// True of a time of the clock that opens a stretch: "8am on Monday until midnight".
    pub announced: bool,
}

impl Resolver<'_> {
    /// The publication date as anchor; inside a quotation the day of its saying.
    pub fn now(&mut self) -> Option<Date> {
        if let Some(day) = self.quoted {
            self.anchor = Some(Anchor { date: day, rule: Rule("said") });
            return Some(day);
        }
        let now = self.published?;
        self.anchor = Some(Anchor { date: now, rule: Rule("published") });
        Some(now)
    }

    /// The newest mention as fine as a grain, as anchor; the publication date where there is none.
    pub fn last_mentioned(&mut self, grain: Grain) -> Option<Date> {
        let mention =
            self.mentioned.iter().rev().take(12).find(|m| m.cal.grain() <= grain).and_then(|m| m.cal.bounds());
        match mention {
            Some((first, _)) => {
                self.anchor = Some(Anchor { date: first, rule: Rule("last-mentioned") });
                Some(first)
            }
            None => self.now(),
        }
    }

    pub fn anchored(&mut self, base: Base, grain: Grain) -> Option<Date> {
        match base {
            Base::Now => self.now(),
            Base::Mentioned => self.last_mentioned(grain),
        }
    }

    /// The day on which the words of a quotation were said, where "today" and the like stand inside one: a day beside the verb
    /// of saying in the same sentence, or of the last saying told of shortly before.
    pub fn saying_of(&self, found: &Found, rest: &[Found], sentence: usize) -> Option<Date> {
        let relative = |m: &Meaning| {
            matches!(m, Meaning::Day(_, Base::Now))
                || matches!(m, Meaning::Part(_, Some(d)) if matches!(**d, Meaning::Day(_, Base::Now)))
        };
        if !relative(&found.meaning) || !self.in_quotation(found.from) {
            return None;
        }
        let now = self.published?;
        let later = rest.iter().take(4).find(|f| {
            matches!(f.meaning, Meaning::Weekday(_, None, _))
                && self.sentence_at(f.from) == sentence
                && !self.in_quotation(f.from)
        });
        if let Some(Found { meaning: Meaning::Weekday(day, ..), .. }) = later.filter(|_| self.tells_a_saying(sentence))
        {
            let back = (i64::from(now.weekday().to_monday_one_offset()) - i64::from(*day)).rem_euclid(7);
            return add_days(now, -back);
        }
        self.said.filter(|(day, s)| sentence.saturating_sub(*s) <= 3 && *day <= now).map(|(day, _)| day)
    }

    pub fn sentence_at(&self, atom: usize) -> usize {
        self.atoms.get(atom).map_or(usize::MAX, |a| self.doc.sentence_of(Id::new(a.token as usize)).index())
    }

    /// True when a verb of saying stands in the sentence.
    pub fn tells_a_saying(&self, sentence: usize) -> bool {
        let Some(sentence) = self.doc.sentences.get(sentence) else { return false };
        Id::range(sentence.tokens.clone()).any(|t| self.doc.tokens.at(t).is_some_and(|t| is_saying(&t.lower)))
    }

    /// True when the expression depends on a verb of saying.
    pub fn hangs_on_a_saying(&self, place: &Place) -> bool {
        let doc = self.doc;
        if doc.heads.is_empty() {
            return false;
        }
        let inside = |t: Id<Token>| (place.first..=place.last).contains(&t.index());
        let top = (place.first..=place.last).map(Id::<Token>::new).find_map(|t| doc.head(t).filter(|h| !inside(*h)));
        top.is_some_and(|head| is_saying(doc.lower(head)))
    }

    /// True when the expression only tells more of a noun: "the bridge, **built in 1932**", "a trust that has run since 1905".
    pub fn hangs_on_a_noun(&self, token: usize) -> bool {
        let doc = self.doc;
        if doc.heads.is_empty() {
            return false;
        }
        let mut at = Id::<Token>::new(token);
        for _ in 0..4 {
            if matches!(doc.relation(at), Relation::Acl | Relation::AclRelcl | Relation::Appos) {
                return true;
            }
            match doc.head(at) {
                Some(head) => at = head,
                None => return false,
            }
        }
        false
    }

    /// True when an odd number of double quotation marks stands before the atom in its block.
    pub fn in_quotation(&self, atom: usize) -> bool {
        let Some(here) = self.atoms.get(atom) else { return false };
        let sentence = self.doc.sentence_of(Id::new(here.token as usize));
        let Some(block) = self.doc.sentences.at(sentence).and_then(|s| self.doc.blocks.at(s.block)) else {
            return false;
        };
        let start = block.span.start();
        let (mut open, mut at) = (false, atom);
        while at > 0 {
            at -= 1;
            let atom = &self.atoms[at];
            if atom.span.start() < start {
                break;
            }
            if atom.class == Class::Quote {
                match self.doc.slice(atom.span) {
                    "\"" => open = !open,
                    // The nearest typographic mark decides.
                    "\u{201C}" | "\u{AB}" => return !open,
                    "\u{201D}" | "\u{BB}" => return open,
                    _ => {}
                }
            }
        }
        open
    }

    /// The quarter spoken of lately.
    pub fn quarter(&self, place: &Place) -> Option<Cal> {
        self.mentioned
            .iter()
            .rev()
            .filter(|m| !m.derived)
            .take_while(|m| place.sentence.saturating_sub(m.sentence) <= 4)
            .map(|m| m.cal)
            .find(|cal| matches!(cal, Cal::Quarter(..)))
    }

    /// Behind or ahead: by the preposition before, else by the verb.
    pub fn direction(&self, place: &Place) -> Direction {
        if place.eager {
            return Direction::Ahead;
        }
        match place.before {
            Class::Since => Direction::Behind,
            Class::Until | Class::By => match direction(self.doc, place.first, place.last) {
                Direction::Behind => Direction::Unknown,
                other => other,
            },
            _ => direction(self.doc, place.first, place.last),
        }
    }

    /// The year last named, for a date without one: nearby, or anywhere before in a text that tells of the past. Where the
    /// months go back the year has turned.
    pub fn story_year(&mut self, month: i32, place: &Place) -> Option<i32> {
        let everywhere = self.narrative || self.published.is_none();
        let named = self.mentioned.iter().rev().find(|m| m.named && m.cal.grain() <= Grain::Year)?;
        let far = place.sentence.saturating_sub(named.sentence);
        // In news only beside a date as fine: "On March 5, 2010, … On April 2, …".
        if !everywhere && (far > 1 || named.cal.grain() > Grain::Day) {
            return None;
        }
        let first = named.cal.bounds()?.0;
        if let Some(now) = self.published {
            if !self.narrative && i32::from(first.year()) > i32::from(now.year()) - 2 {
                return None;
            }
        }
        let last = self.mentioned.iter().rev().find(|m| m.cal.grain() <= Grain::Month && !m.derived);
        let last = last.and_then(|m| m.cal.bounds()).map_or(first, |b| b.0).max(first);
        let mut year = i32::from(first.year());
        if last.year() != first.year() && last.year() - first.year() <= 3 {
            year = last.year().into();
        }
        if last.year() == first.year()
            && i32::from(last.month()) - month >= 8
            && matches!(self.mentioned.last().map(|m| m.cal), Some(Cal::Day(_) | Cal::Month(..)))
        {
            year += 1;
        }
        self.anchor = Some(Anchor { date: last, rule: Rule("last-mentioned") });
        Some(year)
    }

    /// True when most of the dates are of years long before the publication.
    pub fn is_narrative(&self, found: &[Found]) -> bool {
        let limit = self.published.map_or(i32::MAX, |p| i32::from(p.year()) - 3);
        let (mut old, mut fresh) = (0, 0);
        for expression in found {
            match &expression.meaning {
                Meaning::Date(Year::Known(y), _) if *y < limit => old += 1,
                Meaning::Date(Year::Known(_) | Year::Shifted(_), _)
                | Meaning::Weekday(..)
                | Meaning::Day(_, Base::Now)
                | Meaning::Unit(_, _, Base::Now) => fresh += 1,
                _ => {}
            }
        }
        old >= 6 && old > 2 * fresh
    }
}
