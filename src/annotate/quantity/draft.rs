//! From pieces to drafts: numbers in their context, with currency and unit; what only looks like a number is left out.

use std::ops::Range;

use rust_decimal::Decimal;

use super::words::NAMES;
use crate::lexicon::measure::{self, Measure};
use crate::lexicon::number::{self, Form, Reading};
use crate::lexicon::piece::Piece;
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
    /// ISO code that a bare "$" stands for.
    pub dollar: &'static str,
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

    fn glued(&self, at: usize) -> bool {
        self.p.get(at).is_some_and(|p| p.glued)
    }

    fn held(&self, span: Span) -> bool {
        self.withheld.iter().any(|w| w.overlaps(span))
    }
}

/// Every number of a sentence that is a quantity.
pub fn drafts(scene: &Scene) -> Vec<Draft> {
    let p = scene.p;
    let mut out: Vec<Draft> = Vec::new();
    let mut i = 0;
    while i < p.len() {
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
    let mut draft = Draft {
        number: start..end,
        all: start..end,
        value: reading.value,
        upper: reading.upper,
        ratio: reading.ratio,
        form: reading.form,
        scale: reading.scale,
        unit: None,
        unit_at: None,
        currency_before: false,
        kind: if reading.form == Form::Fraction { QuantityKind::Fraction } else { QuantityKind::Count },
        relation: None,
        lower_open: false,
        upper_open: false,
        per: None,
        change: None,
        level: None,
        other_level: None,
    };
    currency_before(scene, &mut draft);
    if draft.all.start == start && p[start].is_digits() && !starts_free(scene, start) {
        return None;
    }
    sign_before(scene, &mut draft);
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
    if scene.held(scene.span(draft.number.clone())) || !is_quantity(scene, &draft) {
        return None;
    }
    compound(scene, &mut draft);
    Some(draft)
}

fn ordinal(scene: &Scene, reading: Reading) -> Option<Draft> {
    let (start, end) = (reading.pieces.start, reading.pieces.end);
    if scene.held(scene.span(start..end))
        || scene.glued(end)
        || scene.glued(start)
        || reading.value > Decimal::from(1_000_000)
    {
        return None;
    }
    // "21st century", "at first", "First, …", "first aid": no rank of anything.
    if matches!(scene.before(start), "at" | "from" | "") && !scene.p.get(end).is_some_and(|n| n.is_word()) {
        return None;
    }
    Some(Draft {
        number: start..end,
        all: start..end,
        value: reading.value,
        upper: None,
        ratio: None,
        form: Form::Ordinal,
        scale: None,
        unit: None,
        unit_at: None,
        currency_before: false,
        kind: QuantityKind::Ordinal,
        relation: None,
        lower_open: false,
        upper_open: false,
        per: None,
        change: None,
        level: None,
        other_level: None,
    })
}

/// A currency sign or code before the number: "$", "US$", "US $", "RM", "EUR ", "Y=".
fn currency_before(scene: &Scene, draft: &mut Draft) {
    let p = scene.p;
    let at = draft.number.start;
    let mut end = at;
    // "$-50.8bn": the minus between.
    if end >= 2 && p[end - 1].is_sign('-') && p[end].glued && p[end - 1].glued && money_sign(p, end - 1).is_some() {
        end -= 1;
        draft.value.set_sign_negative(true);
    }
    if let Some((unit, len)) = money_sign(p, end) {
        draft.unit = Some(dollar(scene, unit, &p[end - len..end]));
        draft.unit_at = Some(end - len..end);
        draft.currency_before = true;
        draft.kind = QuantityKind::Money;
        draft.all.start = end - len;
    }
}

/// The money sign that ends right before a piece, and how many pieces it has.
fn money_sign(p: &[Piece], end: usize) -> Option<(&'static Measure, usize)> {
    for len in (1..=4usize.min(end)).rev() {
        let run = &p[end - len..end];
        let last = &run[len - 1];
        // Letters alone must stand glued to the number or be a code in capitals.
        let mut written = String::new();
        for piece in run {
            if piece.is_digits() || written.len() > 6 {
                return None.or_else(|| money_sign_short(p, end, len - 1));
            }
            if piece.capital {
                written.push_str(&piece.lower.to_uppercase());
            } else {
                written.push_str(&piece.lower);
            }
        }
        let has_sign = run.iter().any(|q| {
            matches!(
                q.lower.as_str(),
                "$" | "€" | "£" | "¥" | "₽" | "₹" | "₺" | "₴" | "₩" | "₪" | "₦" | "฿" | "₱" | "₿" | "="
            )
        });
        let glued_number = p.get(end).is_some_and(|n| n.glued);
        let upper = written.to_uppercase();
        let found = measure::by_symbol(&written).or_else(|| if has_sign { measure::by_symbol(&upper) } else { None });
        let Some(unit) = found.filter(|u| u.is_money()) else { continue };
        if !has_sign {
            let code = upper.len() == 3 && last.capital && upper == written;
            let caps = run[0].capital && (glued_number || code || written == "Rs" || written == "RM");
            if !caps || unit.name == "penny" || run[0].glued && len == 1 {
                continue;
            }
        } else if run[0].is_word() && len > 1 && !run[0].capital && !run[1..].iter().all(|q| q.lower == "$" || q.glued)
        {
            continue;
        }
        return Some((unit, len));
    }
    None
}

fn money_sign_short(p: &[Piece], end: usize, max: usize) -> Option<(&'static Measure, usize)> {
    (1..=max).rev().find_map(|len| {
        let written: String = p[end - len..end]
            .iter()
            .map(|q| if q.capital { q.lower.to_uppercase() } else { q.lower.to_string() })
            .collect();
        measure::by_symbol(&written)
            .filter(|u| u.is_money() && u.name != "penny" && !written.chars().all(char::is_alphabetic))
            .map(|u| (u, len))
    })
}

/// The dollar of the article's country for a bare "$" or "dollars".
fn dollar(scene: &Scene, unit: &'static Measure, words: &[Piece]) -> &'static Measure {
    if unit.code == "USD" && words.len() == 1 && matches!(words[0].lower.as_str(), "$" | "dollar" | "dollars") {
        return measure::by_code(scene.dollar).unwrap_or(unit);
    }
    unit
}

/// Whether digits that nothing introduces may be a number: not the "20" of "G20", "Tu-22", "#20", "No.20".
fn starts_free(scene: &Scene, at: usize) -> bool {
    let p = scene.p;
    if !p[at].glued || at == 0 {
        return true;
    }
    let before = &p[at - 1];
    match before.lower.as_str() {
        "(" | "[" | "\"" | "'" | "“" | "~" | "+" | ">" | "<" | "≥" | "≤" | "=" | "±" | "," | "|" | "*" => true,
        "-" => {
            // "-5", "2-3" (a range), "minus-130", "sub-300"; not "Tu-22".
            let Some(two) = at.checked_sub(2).map(|i| &p[i]) else { return true };
            !before.glued
                || two.is_digits()
                || two.is_sign(')')
                || two.is_sign('%')
                || two.is_sign('$')
                || matches!(two.lower.as_str(), "minus" | "sub" | "under" | "over" | "now" | "mid" | "and")
                || number::is_word(&two.lower)
                || measure::by_symbol(&two.lower).is_some() && at >= 3 && p[at - 3].is_digits()
        }
        "/" => at >= 2 && !p[at - 2].is_digits(),
        _ => before.is_sign('—') || before.lower.starts_with('.') && false,
    }
}

/// A minus sign that belongs to the number: after a space or bracket, glued to the digits.
fn sign_before(scene: &Scene, draft: &mut Draft) {
    let p = scene.p;
    let at = draft.all.start;
    if at == 0 || !p[at].glued {
        return;
    }
    let sign = &p[at - 1];
    let free = !sign.glued || at >= 2 && matches!(p[at - 2].lower.as_str(), "(" | "[");
    if sign.is_sign('-')
        && free
        && at < p.len()
        && (at == 1 || !p[at - 2].is_digits())
        && scene.doc.slice(sign.span) != "—"
    {
        draft.value.set_sign_negative(true);
        draft.all.start -= 1;
        draft.number.start = draft.number.start.min(at);
    } else if sign.is_sign('+') && free {
        draft.all.start -= 1;
        draft.change = Some(Change::Up);
    }
}

/// "35m of its devices" is millions, "37m (121ft)" and "a 37m tower" are metres.
fn magnitude_or_metre(scene: &Scene, draft: &mut Draft, reading: &mut Reading) {
    let p = scene.p;
    let last = draft.number.end - 1;
    if draft.currency_before
        || draft.form != Form::Words
        || last == draft.number.start
        || !matches!(p[last].lower.as_str(), "m" | "b" | "k")
    {
        return;
    }
    if p[last].capital || p[last].lower == "k" || !p[last].glued {
        return;
    }
    let next = scene.word(draft.number.end);
    let metre = matches!(
        next,
        "" | "."
            | ")"
            | "("
            | "-"
            | "long"
            | "wide"
            | "tall"
            | "high"
            | "deep"
            | "away"
            | "above"
            | "below"
            | "from"
            | "across"
            | "race"
            | "sprint"
            | "freestyle"
            | "final"
            | "north"
            | "south"
            | "east"
            | "west"
            | "off"
            | "underwater"
            | "apart"
            | "tower"
    ) || scene.before(draft.all.start) == "a" && draft.value.is_integer();
    let followed_by_money = money_after(scene, draft.number.end).is_some();
    if p[last].lower == "m" && metre && !followed_by_money {
        if let (Some(scale), Some(unit)) = (reading.scale, measure::by_code("m"))
            && let Some(value) = draft.value.checked_div(scale)
        {
            draft.value = value.normalize();
            draft.scale = None;
            draft.form = Form::Digits;
            draft.number.end -= 1;
            draft.unit = Some(unit);
            draft.unit_at = Some(last..last + 1);
            draft.kind = QuantityKind::Measure;
        }
    }
}

/// "$1.5t", "£35m": a magnitude letter that only money makes certain; "$10-million".
fn currency_magnitude(scene: &Scene, draft: &mut Draft) {
    let p = scene.p;
    let end = draft.number.end;
    if p.get(end).is_some_and(|n| n.glued && n.lower == "t") && !scene.glued(end + 1) {
        let trillion = Decimal::from(1_000_000_000_000u64);
        if let Some(value) = draft.value.checked_mul(trillion) {
            draft.value = value.normalize();
            draft.scale = Some(trillion);
            draft.number.end += 1;
            draft.all.end = draft.number.end;
        }
    }
}

/// A currency in words after a number: "million euros", "Hong Kong dollars".
fn money_after(scene: &Scene, at: usize) -> Option<(&'static Measure, usize)> {
    let first = scene.p.get(at)?;
    if !first.is_word() {
        return measure::by_symbol(&first.lower).filter(|u| u.is_money()).map(|u| (u, 1));
    }
    if let Some(found) =
        measure::by_words(&first.lower, |i| scene.p.get(at + i).map(|q| q.lower.as_str())).filter(|(u, _)| u.is_money())
    {
        return Some(found);
    }
    // "500 US", "17 USD", "75 USD million".
    let written = first.lower.to_uppercase();
    (first.capital && first.lower.len() == 3)
        .then(|| measure::by_symbol(&written))
        .flatten()
        .filter(|u| u.is_money())
        .map(|u| (u, 1))
}

/// The unit after the number: words, symbols, hyphenated ("80-yard"), currencies.
fn unit_after(scene: &Scene, draft: &mut Draft) {
    let p = scene.p;
    if draft.unit.is_some() {
        draft.all.end = draft.unit_at.as_ref().map_or(draft.all.end, |r| r.end);
        return;
    }
    let mut at = draft.number.end;
    let hyphen = p.get(at).is_some_and(|n| n.is_sign('-') && n.glued) && scene.glued(at + 1);
    if hyphen {
        at += 1;
    }
    // "hundreds of miles", "half of … percent": an order of magnitude takes its unit behind "of".
    if draft.form == Form::Vague && scene.word(at) == "of" {
        if let Some((unit, len)) = worded(scene, at + 1).filter(|(u, _)| !u.is_time() || scene.durations) {
            take(draft, unit, at + 1..at + 1 + len);
        }
        return;
    }
    if let Some((unit, len)) = worded(scene, at) {
        let unit = pounds(scene, unit, at, len, hyphen, draft);
        take(draft, dollar(scene, unit, &p[at..at + len]), at..at + len);
        return;
    }
    if let Some((unit, len)) = symbol(scene, at, hyphen, draft) {
        take(draft, unit, at..at + len);
        // "75 USD million".
        if unit.is_money()
            && let Some(scale) =
                p.get(at + len).filter(|n| matches!(n.lower.as_str(), "million" | "billion" | "trillion"))
            && let Some(reading) = scale_word(&scale.lower)
            && let Some(value) = draft.value.checked_mul(reading)
        {
            draft.value = value;
            draft.all.end += 1;
        }
    }
}

fn scale_word(word: &str) -> Option<Decimal> {
    Some(match word {
        "million" => Decimal::from(1_000_000),
        "billion" => Decimal::from(1_000_000_000u64),
        "trillion" => Decimal::from(1_000_000_000_000u64),
        _ => return None,
    })
}

fn take(draft: &mut Draft, unit: &'static Measure, at: Range<usize>) {
    draft.kind = match unit.dimension {
        "money" => QuantityKind::Money,
        "ratio" if unit.code == "percent" => QuantityKind::Percent,
        "points" => QuantityKind::Percent,
        _ => QuantityKind::Measure,
    };
    draft.unit = Some(unit);
    draft.all.end = at.end;
    draft.unit_at = Some(at);
}

/// A unit in words at a piece.
fn worded(scene: &Scene, at: usize) -> Option<(&'static Measure, usize)> {
    let first = scene.p.get(at).filter(|q| q.is_word())?;
    let (unit, len) = measure::by_words(&first.lower, |i| scene.p.get(at + i).map(|q| q.lower.as_str()))?;
    let next = scene.word(at + len);
    // "second place", "point guard", "minute detail": a singular that is only a noun here stays a unit after a number above one.
    if unit.code == "percent" && matches!(next, "point" | "points") {
        return measure::by_code("percentage-point").map(|u| (u, len + 1));
    }
    Some((unit, len))
}

/// Pounds of money or of weight.
fn pounds(
    scene: &Scene,
    unit: &'static Measure,
    at: usize,
    len: usize,
    hyphen: bool,
    draft: &Draft,
) -> &'static Measure {
    if unit.code != "GBP"
        || !matches!(scene.word(at), "pound" | "pounds")
        || len > 1
        || scene.word(at + 1) == "sterling"
    {
        return unit;
    }
    let million = draft.scale.is_some_and(|s| s >= Decimal::from(1_000_000));
    let weighs = (draft.all.start.saturating_sub(6)..draft.all.start).any(|i| scene.word(i).starts_with("weigh"));
    let of = scene.word(at + 1) == "of" && !matches!(scene.word(at + 2), "debt" | "aid" | "tax" | "damage");
    let weight = draft.form == Form::Fraction || scene.word(at + 1) == "per" && scene.word(at + 2) == "square";
    if !million && (hyphen || weighs || of || weight) { measure::by_code("lb").unwrap_or(unit) } else { unit }
}

/// A unit as a symbol: "km", "GB", "%", "m/s", "°C", "sqm", "$".
fn symbol(scene: &Scene, at: usize, hyphen: bool, draft: &Draft) -> Option<(&'static Measure, usize)> {
    let p = scene.p;
    let first = p.get(at)?;
    if first.is_digits() {
        return None;
    }
    let text = |len: usize| {
        let range = &p[at..at + len];
        (range[1..].iter().all(|q| q.glued)).then(|| scene.doc.slice(range[0].span.join(range[len - 1].span)))
    };
    for len in (1..=4usize.min(p.len() - at)).rev() {
        let Some(written) = text(len) else { continue };
        let Some(unit) = measure::by_symbol(written) else { continue };
        // A sign after the number that belongs to the next one: "100$ 200".
        if unit.is_money()
            && !first.glued
            && !first.is_word()
            && p.get(at + len).is_some_and(|n| n.glued && n.is_digits())
        {
            return None;
        }
        if p.get(at + len).is_some_and(|n| n.glued && (n.is_word() || n.is_digits())) {
            continue;
        }
        if written.len() == 1 && first.is_word() {
            let digits = matches!(draft.form, Form::Digits) || draft.form == Form::Fraction;
            let alone = matches!(written, "W" | "V" | "t" | "g" | "l" | "L" | "m")
                && !scene.p.get(at + 1).is_some_and(|n| n.is_sign('.') && n.glued);
            if !digits || !(first.glued || alone) || hyphen {
                return None;
            }
            if matches!(written, "A" | "N" | "J" | "C" | "F" | "B") && !first.glued {
                return None;
            }
        }
        if matches!(written, "in" | "pt" | "bar" | "min" | "cal" | "pm") {
            let wide =
                matches!(scene.word(at + len), "thick" | "wide" | "long" | "high" | "tall" | "deep" | "diameter");
            if !(wide || written != "in" && written != "pm" && first.glued) {
                return None;
            }
        }
        if written.chars().all(|c| c.is_alphabetic() && c.is_lowercase())
            && written.len() == 2
            && !first.glued
            && draft.form == Form::Words
            && draft.scale.is_none()
            && !matches!(written, "kg" | "km" | "kb" | "mb")
        {
            return None;
        }
        return Some((unit, len));
    }
    // "25.5″" as inches; a plain quotation mark is not.
    if first.glued && matches!(scene.doc.slice(first.span), "″") {
        return measure::by_code("in").map(|u| (u, 1));
    }
    None
}

/// "34-year-old", "34 years old", "aged 34", "Cemal, 56,": ages, also where the time stage saw a duration.
fn age(scene: &Scene, draft: &mut Draft) -> bool {
    let p = scene.p;
    let unit_is = |codes: &[&str]| draft.unit.is_some_and(|u| codes.contains(&u.code.as_str()));
    let plausible = draft.value >= Decimal::ZERO;
    if !plausible {
        return false;
    }
    if unit_is(&["a", "mo", "wk", "d"]) {
        let mut at = draft.all.end;
        if p.get(at).is_some_and(|n| n.is_sign('-')) {
            at += 1;
        }
        if matches!(scene.word(at), "old" | "olds") || scene.word(at) == "of" && scene.word(at + 1) == "age" {
            draft.kind = QuantityKind::Age;
            draft.all.end = if scene.word(at) == "of" { at + 2 } else { at + 1 };
            return true;
        }
        if matches!(scene.before(draft.all.start), "aged") {
            draft.kind = QuantityKind::Age;
            draft.all.start -= 1;
            return true;
        }
        return false;
    }
    if draft.unit.is_some()
        || draft.form != Form::Digits
        || !draft.value.is_integer()
        || draft.value > Decimal::from(120)
    {
        return false;
    }
    let years = measure::by_code("a");
    let before = scene.before(draft.all.start);
    if matches!(before, "aged" | "age" | "ages") && !scene.glued(draft.all.end) {
        draft.kind = QuantityKind::Age;
        draft.unit = years;
        draft.unit_at = Some(draft.all.start - 1..draft.all.start);
        if before == "aged" {
            draft.all.start -= 1;
        }
        return true;
    }
    // "Maeve Darcy, 71, …": a name, the number, a comma or the end of the clause.
    let at = draft.all.start;
    if before == ","
        && at >= 2
        && p[at - 2].is_word()
        && person_before(scene, at - 2)
        && matches!(scene.word(draft.all.end), "," | "." | ";" | ")" | "" | "and" | "who" | "has" | "said" | "-")
        && !scene.glued(draft.all.end + 1)
        && draft.value >= Decimal::ONE
    {
        draft.kind = QuantityKind::Age;
        draft.unit = years;
        draft.unit_at = None;
        return true;
    }
    false
}

/// True when a capitalised name, or a noun for a person, ends at a piece.
fn person_before(scene: &Scene, at: usize) -> bool {
    let piece = &scene.p[at];
    if super::words::PERSONS.contains(piece.lower.as_str())
        || matches!(piece.lower.as_str(), "pilot" | "major" | "cook")
    {
        return true;
    }
    if !piece.capital || months(&piece.lower) {
        return false;
    }
    match scene.doc.labels.at(piece.token) {
        Some(label) if label.name != NamePart::Outside => label.class == NameClass::Person,
        _ => {
            at >= 1 && scene.p[at - 1].capital && at > 1
                || !scene.doc.tags.is_empty() && scene.doc.pos(piece.token) == Pos::Propn
        }
    }
}

fn months(word: &str) -> bool {
    matches!(
        word,
        "january"
            | "february"
            | "march"
            | "april"
            | "may"
            | "june"
            | "july"
            | "august"
            | "september"
            | "october"
            | "november"
            | "december"
            | "jan"
            | "feb"
            | "mar"
            | "apr"
            | "jun"
            | "jul"
            | "aug"
            | "sep"
            | "sept"
            | "oct"
            | "nov"
            | "dec"
    )
}

/// "five times as much as", "260 times", "sixfold", "3x".
fn multiple(scene: &Scene, draft: &mut Draft) {
    if draft.unit.is_some() {
        return;
    }
    let mut at = draft.number.end;
    if scene.p.get(at).is_some_and(|n| n.is_sign('-') && n.glued) {
        at += 1;
    }
    match scene.word(at) {
        "times" => {
            let next = scene.word(at + 1);
            let compared = matches!(
                next,
                "as" | "the"
                    | "more"
                    | "higher"
                    | "larger"
                    | "bigger"
                    | "greater"
                    | "lower"
                    | "less"
                    | "fewer"
                    | "faster"
                    | "that"
                    | "what"
                    | "its"
                    | "their"
                    | "his"
                    | "her"
                    | "longer"
                    | "smaller"
                    | "stronger"
                    | "those"
                    | "over"
            );
            if compared {
                draft.kind = QuantityKind::Multiplier;
                draft.all.end = at + 1;
                draft.unit_at = Some(at..at + 1);
            }
        }
        "fold" => {
            draft.kind = QuantityKind::Multiplier;
            draft.all.end = at + 1;
            draft.unit_at = Some(at..at + 1);
        }
        _ => {}
    }
}

/// "5 feet 2 inches", "5 feet and 2 inches": the smaller unit joins the larger.
fn compound(scene: &Scene, draft: &mut Draft) {
    let Some(unit) = draft.unit.filter(|u| matches!(u.code.as_str(), "ft" | "lb" | "stone")) else { return };
    let mut at = draft.all.end;
    if scene.word(at) == "and" {
        at += 1;
    }
    let Some(reading) = number::read(scene.p, at) else { return };
    let Some((small, len)) = worded(scene, reading.pieces.end) else { return };
    if !matches!((unit.code.as_str(), small.code.as_str()), ("ft", "in") | ("lb", "oz")) {
        return;
    }
    if let Ok(more) = measure::convert(reading.value, &small.code, &unit.code, false)
        && let Some(sum) = draft.value.checked_add(more.value)
    {
        draft.value = sum.normalize();
        draft.all.end = reading.pieces.end + len;
    }
}

/// The last sieve: names, dates that no time covers, addresses, telephone numbers, pronouns.
fn is_quantity(scene: &Scene, draft: &Draft) -> bool {
    let (p, doc) = (scene.p, scene.doc);
    let (start, end) = (draft.all.start, draft.all.end);
    let number = draft.number.clone();
    let first = &p[number.start];
    let bare = draft.unit.is_none() && !draft.currency_before;
    if !scene.durations && draft.unit.is_some_and(Measure::is_time) {
        return false;
    }
    if draft.unit.is_some_and(Measure::is_time) && scene.word(end) == "of" && scene.word(end + 1) == "age" {
        return true;
    }
    if first.is_word() && number.len() == 1 && !one(scene, draft) {
        return false;
    }
    if !bare {
        return true;
    }
    // What is glued behind must be a hyphen, a slash-free sign or nothing: "777F", "5G", "10:51", "1970s" are no numbers.
    if let Some(next) = p.get(end).filter(|n| n.glued) {
        let after = p.get(end + 1).filter(|n| n.glued);
        match next.lower.as_str() {
            "-" => {
                // "2014-15-…", "555-1234".
                if first.is_digits() && after.is_some_and(Piece::is_digits) && !hyphen_range(p, draft) {
                    return false;
                }
            }
            ":" | "/" if after.is_some_and(|n| n.is_digits()) => return false,
            "." | "," if after.is_some() => return false,
            "s" | "'s" => return false,
            "th" | "st" | "nd" | "rd" => return false,
            "fold" | "ish" | "odd" => {}
            _ if next.is_word() || next.is_sign('_') || next.is_sign('@') || next.is_sign('°') => return false,
            _ => {}
        }
    }
    if first.is_digits() && number.len() == 1 {
        if p[number.start].glued
            && number.start >= 1
            && matches!(p[number.start - 1].lower.as_str(), "/" | ":" | "#" | "@" | "_" | "." | "=")
        {
            return false;
        }
        if dated(scene, draft) || labelled(scene, draft) {
            return false;
        }
        // A list number or a page header: "1." or "(a) 2)" before the sentence.
        if number.start == 0 && matches!(scene.word(end), "." | ")") {
            return false;
        }
    }
    let token = first.token;
    if first.is_digits()
        && let Some(label) = doc.labels.at(token)
        && label.name != NamePart::Outside
        && label.name == NamePart::Inside
    {
        return false;
    }
    start <= end
}

/// Digits, hyphen, digits that may be two ends of a range or two sides of a score.
fn hyphen_range(p: &[Piece], draft: &Draft) -> bool {
    let second = draft.all.end + 1;
    let Some(b) = p.get(second).filter(|b| b.is_digits()) else { return true };
    if p.get(second + 1).is_some_and(|n| {
        n.glued
            && (n.is_sign('-') && p.get(second + 2).is_some_and(|m| m.glued && m.is_digits())
                || n.is_sign('/')
                || n.is_sign(':'))
    }) {
        return false;
    }
    let (a, b) = (&p[draft.number.start].lower, &b.lower);
    // "555-1234", "2014-15", "2010-2012".
    let year = |t: &str| t.len() == 4 && (t.starts_with("19") || t.starts_with("20"));
    !(a.len() == 3 && b.len() == 4 && !b.contains(',')
        || year(a) && (year(b) || b.len() == 2)
        || a.len() > 1 && a.starts_with('0'))
}

/// "one" as a number: not "no one", "the one", "one another", "one's", "one day", "this one", "ones".
fn one(scene: &Scene, draft: &Draft) -> bool {
    let at = draft.number.start;
    if scene.p[at].lower != "one" {
        return true;
    }
    let (before, next) = (scene.before(at), scene.word(draft.all.end));
    if matches!(
        before,
        "no" | "the"
            | "any"
            | "every"
            | "each"
            | "this"
            | "that"
            | "which"
            | "another"
            | "a"
            | "an"
            | "some"
            | "other"
            | "last"
            | "next"
            | "first"
            | "new"
            | "bbc"
            | "formula"
            | "air"
            | "number"
            | "phase"
            | "not"
            | "square"
            | "day"
    ) && !(before == "the" && next == "-")
        && before != "another"
    {
        return before == "not" || before == "the" && draft.unit.is_some();
    }
    if matches!(
        next,
        "another"
            | "day"
            | "'s"
            | "can"
            | "could"
            | "should"
            | "would"
            | "may"
            | "might"
            | "must"
            | "has"
            | "is"
            | "was"
            | "who"
            | "that"
            | "which"
            | "by"
            | ","
            | "."
            | ""
            | "where"
            | "when"
            | "?"
            | "!"
    ) {
        return false;
    }
    if next == "-" {
        return !matches!(
            scene.word(draft.all.end + 1),
            "time" | "off" | "sided" | "size" | "on" | "way" | "man" | "woman" | "to" | "half" | "stop"
        );
    }
    let token = scene.p[at].token;
    match scene.doc.tags.at(token) {
        Some(tag) => tag.pos == Pos::Num || next == "of",
        None => true,
    }
}

/// A year, a day of a month or a clock time that no time expression covers.
fn dated(scene: &Scene, draft: &Draft) -> bool {
    let p = scene.p;
    let (at, end) = (draft.number.start, draft.number.end);
    let text = p[at].lower.as_str();
    let next = scene.word(end);
    let before = scene.before(at);
    if matches!(next, "am" | "pm" | "a.m" | "p.m" | "o'clock" | "gmt" | "bc" | "ad" | "bce" | "ce")
        || next == "a" && scene.word(end + 1) == "." && scene.word(end + 2) == "m"
    {
        return true;
    }
    let day = text.len() <= 2;
    if day
        && (months(before) && p[at - 1].capital
            || before == "." && at >= 2 && months(scene.word(at - 2)) && p[at - 2].capital && p[at - 1].glued)
    {
        return true;
    }
    if day && months(next) && p.get(end).is_some_and(|n| n.capital) {
        return true;
    }
    let year = text.len() == 4
        && (text.starts_with("19") || text.starts_with("20") || text.starts_with("18"))
        && text.bytes().all(|b| b.is_ascii_digit());
    if year && draft.value <= Decimal::from(2059) && !draft.value.is_zero() {
        let counted = scene.p.get(end).is_some_and(|n| n.is_word() && n.lower.ends_with('s') && !n.capital)
            && !matches!(
                before,
                "in" | "since" | "by" | "the" | "of" | "until" | "from" | "during" | "after" | "before" | "last"
            );
        return !counted;
    }
    false
}

/// "Article 5", "page 12", "Boeing 737", "iPhone 14": the digits of a name.
fn labelled(scene: &Scene, draft: &Draft) -> bool {
    let (p, doc) = (scene.p, scene.doc);
    let at = draft.number.start;
    if at == 0 || draft.form != Form::Digits {
        return false;
    }
    let mut back = at - 1;
    if p[back].is_sign('.') && back > 0 && p[back].glued {
        back -= 1;
    }
    let before = &p[back];
    let next = p.get(draft.all.end);
    let noun_follows =
        next.is_some_and(|n| n.is_word() && !n.capital && !super::words::STOPS.contains(n.lower.as_str()));
    if before.is_word() && NAMES.contains(before.lower.as_str()) {
        return before.capital && back > 0
            || !noun_follows
            || matches!(before.lower.as_str(), "no" | "nos" | "article" | "page" | "section" | "category" | "flight");
    }
    // "Stations 3 and 4": a second number behind a labelled one.
    if matches!(before.lower.as_str(), "and" | "or" | ",")
        && back >= 2
        && p[back - 1].is_digits()
        && NAMES.contains(p[back - 2].lower.as_str())
        && !noun_follows
    {
        return true;
    }
    if !before.is_word() || !before.capital || back == 0 || p[at].lower.contains(',') || p[at].lower.len() > 4 {
        return false;
    }
    if months(&before.lower) {
        return true;
    }
    // A capitalised name right before bare digits, and nothing after that the digits could count.
    let name = match doc.tags.at(before.token) {
        Some(tag) => matches!(tag.pos, Pos::Propn),
        None => !super::words::STOPS.contains(before.lower.as_str()),
    };
    if !name {
        return false;
    }
    if let Some(head) = doc.head(p[at].token)
        && head > p[at].token
        && doc.relation(p[at].token) == Relation::Nummod
    {
        return false;
    }
    !noun_follows || next.is_some_and(|n| doc.pos(n.token) == Pos::Verb)
}
