//! From pieces to drafts: numbers in their context, with currency and unit; what only looks like a number is left out.

use std::ops::Range;

use rust_decimal::Decimal;

use super::kind::{age, fold, multiple, none_at_all};
use super::sieve::{is_quantity, starts_free};
use super::unit::{
    compound, currency_before, currency_magnitude, magnitude_or_metre, money_after, sign_before, unit_after,
};
use crate::lexicon::measure::Measure;
use crate::lexicon::number::{self, Form, Reading};
use crate::lexicon::piece::Piece;
use crate::text::calendar;
use crate::text::*;

/// A number with its unit, before bounds and counted thing are read.
#[derive(Clone, Debug)]
pub struct Draft {
    /// The number itself.
    pub number: Range<usize>,
    /// With currency, unit, bounds and divisor.
    pub all: Range<usize>,
    /// The point, or the lower end.
    pub value: Decimal,
    /// The upper end of a range or of an order of magnitude.
    pub upper: Option<Decimal>,
    /// Exact ratio of a fraction; the two sides of a score.
    pub ratio: Option<(u32, u32)>,
    /// How it is written.
    pub form: Form,
    /// Its closing magnitude.
    pub scale: Option<Decimal>,
    /// Unit or currency.
    pub unit: Option<&'static Measure>,
    /// Where its words stand.
    pub unit_at: Option<Range<usize>>,
    /// The currency stands before the number.
    pub currency_before: bool,
    /// What kind of number.
    pub kind: QuantityKind,
    /// Bound words read so far.
    pub relation: Option<QuantityRelation>,
    /// The lower end of a two-sided bound is excluded.
    pub lower_open: bool,
    /// The upper end is excluded.
    pub upper_open: bool,
    /// The divisor of a rate.
    pub per: Option<Per>,
    /// Up or down.
    pub change: Option<Change>,
    /// The number is the level after (`to`) a change, or the one before (`from`).
    pub level: Option<Level>,
    /// The other end of the change, where both are stated.
    pub other_level: Option<Decimal>,
    /// It looks like a year: dropped unless it turns out to be an end of a range with a unit.
    pub maybe_year: bool,
}

impl Draft {
    /// A number and nothing more.
    pub fn of(number: Range<usize>, value: Decimal, form: Form) -> Draft {
        Draft {
            all: number.clone(),
            number,
            value,
            upper: None,
            ratio: None,
            form,
            scale: None,
            unit: None,
            unit_at: None,
            currency_before: false,
            kind: QuantityKind::Count,
            relation: None,
            lower_open: false,
            upper_open: false,
            per: None,
            change: None,
            level: None,
            other_level: None,
            maybe_year: false,
        }
    }
}

/// Which end of a change a number is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Level {
    /// "to 48".
    After,
    /// "from 12".
    Before,
}

/// What a scan knows beside the pieces.
pub struct Scene<'d> {
    /// The document.
    pub doc: &'d Document,
    /// The sentence's pieces.
    pub p: &'d [Piece],
    /// Spans of times that hold no quantity.
    pub withheld: &'d [Span],
    /// Durations are wanted too.
    pub durations: bool,
    /// Whose money a bare "$" or "kroner" is.
    pub home: &'d super::home::Home<'d>,
}

impl Scene<'_> {
    /// The lower-cased piece at an index; empty outside.
    pub fn word(&self, at: usize) -> &str {
        self.p.get(at).map_or("", |p| p.lower.as_str())
    }

    /// The piece before an index, lower-cased; empty at the start.
    pub fn before(&self, at: usize) -> &str {
        at.checked_sub(1).map_or("", |i| self.word(i))
    }

    /// The text from one piece to another.
    pub fn span(&self, range: Range<usize>) -> Span {
        match (self.p.get(range.start), range.end.checked_sub(1).and_then(|e| self.p.get(e))) {
            (Some(a), Some(b)) => a.span.join(b.span),
            _ => Span::default(),
        }
    }

    pub fn glued(&self, at: usize) -> bool {
        self.p.get(at).is_some_and(|p| p.glued)
    }

    pub fn held(&self, span: Span) -> bool {
        // "3 million and a quarter", read as a time for its last word, is a number all the same.
        self.withheld.iter().any(|w| w.overlaps(span) && !(span.covers(*w) && span.len() > w.len()))
    }
}

/// Every number of a sentence that is a quantity.
pub fn drafts(scene: &Scene) -> Vec<Draft> {
    let p = scene.p;
    let mut out: Vec<Draft> = Vec::new();
    let mut i = 0;
    while i < p.len() {
        if let Some(draft) = fold(scene, i).or_else(|| none_at_all(scene, i)) {
            i += 1;
            out.push(draft);
            continue;
        }
        if let Some(draft) = super::few::few(scene, i) {
            i = draft.all.end;
            out.push(draft);
            continue;
        }
        let Some(reading) = number::read(p, i) else {
            i = if p[i].is_digits() { chain_end(p, i) } else { i + 1 };
            continue;
        };
        let end = reading.pieces.end.max(i + 1);
        match draft(scene, reading) {
            Some(draft) => {
                i = draft.all.end.max(end);
                out.push(draft);
            }
            None => i = if p[i].is_digits() { chain_end(p, end - 1) } else { end },
        }
    }
    out
}

/// One past the glued run of digits, letters and signs that a piece stands in.
fn chain_end(p: &[Piece], at: usize) -> usize {
    let mut end = at + 1;
    while p.get(end).is_some_and(|n| n.glued && !matches!(n.lower.as_str(), "," | "." | ")" | ";" | "\"" | "'" | "$")) {
        end += 1;
    }
    end
}

fn draft(scene: &Scene, mut reading: Reading) -> Option<Draft> {
    let p = scene.p;
    let (start, end) = (reading.pieces.start, reading.pieces.end);
    if reading.form == Form::Ordinal {
        return ordinal(scene, reading);
    }
    let mut draft = Draft::of(start..end, reading.value, reading.form);
    draft.upper = reading.upper;
    draft.ratio = reading.ratio;
    draft.scale = reading.scale;
    if reading.form == Form::Fraction {
        draft.kind = QuantityKind::Fraction;
    }
    currency_before(scene, &mut draft);
    if draft.all.start == start && p[start].is_digits() && !starts_free(scene, start) {
        return None;
    }
    sign_before(scene, &mut draft);
    // "minus $5m".
    if draft.currency_before && matches!(scene.before(draft.all.start), "minus" | "negative") {
        draft.value.set_sign_negative(true);
        draft.all.start -= 1;
    }
    magnitude_or_metre(scene, &mut draft, &mut reading);
    if draft.currency_before {
        currency_magnitude(scene, &mut draft);
        // "$1.5 million dollars", "$500 US": the currency said twice.
        if let Some((again, words)) = money_after(scene, draft.all.end)
            && draft.unit.is_some_and(|u| u.qudt == again.qudt || scene.word(draft.all.end) == "us")
        {
            draft.all.end += words;
        }
    } else {
        unit_after(scene, &mut draft);
    }
    if age(scene, &mut draft) {
        return Some(draft);
    }
    multiple(scene, &mut draft);
    if scene.held(scene.span(draft.number.clone())) || !is_quantity(scene, &mut draft) {
        return None;
    }
    compound(scene, &mut draft);
    Some(draft)
}

fn ordinal(scene: &Scene, reading: Reading) -> Option<Draft> {
    let (start, end) = (reading.pieces.start, reading.pieces.end);
    if scene.held(scene.span(start..end)) || scene.glued(end) || scene.glued(start) {
        return None;
    }
    // "the second day", "the first quarter" are times.
    if calendar::is_unit(scene.word(end)) || matches!(scene.word(end), "half" | "night" | "hour") {
        return None;
    }
    if calendar::is_month(scene.word(end))
        || calendar::is_month(scene.before(start))
        || scene.word(end) == "of" && calendar::is_month(scene.word(end + 1))
    {
        return None;
    }
    // "First Boston", "the Second Circuit": part of a name.
    let capital = |i: usize| scene.p.get(i).is_some_and(|n| n.capital && !n.glued);
    if start > 0 && capital(start) && capital(end) {
        return None;
    }
    // "Free Coast First": the last word of a name.
    let word = !scene.p[start].is_digits() && end == start + 1;
    if start > 1
        && word
        && capital(start)
        && capital(start - 1)
        && scene.doc.pos(scene.p[start - 1].token) == Pos::Propn
    {
        return None;
    }
    // "was first shown": when, not which.
    if scene.p.get(end).is_some_and(|n| scene.doc.pos(n.token) == Pos::Verb)
        && !matches!(scene.before(start), "the" | "a")
    {
        return None;
    }
    if matches!(scene.before(start), "was" | "were" | "is" | "been" | "had" | "has") && scene.word(end).ends_with("ed")
    {
        return None;
    }
    // "68th Parkway", "SW 31st Terrace": a street.
    let street = super::sieve::is_street(scene.word(end)) && capital(end);
    if street || start > 0 && super::sieve::is_compass(scene, start - 1) && capital(end) {
        return None;
    }
    // "21st century", "at first", "First, …", "first aid": no rank of anything.
    if matches!(scene.before(start), "at" | "from" | "") && !scene.p.get(end).is_some_and(|n| n.is_word()) {
        return None;
    }
    let mut draft = Draft::of(start..end, reading.value, Form::Ordinal);
    draft.kind = QuantityKind::Ordinal;
    Some(draft)
}
