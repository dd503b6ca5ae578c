//! Currencies and units: what stands before and behind a number.

use std::ops::Range;

use rust_decimal::Decimal;

use super::draft::{Draft, Scene};
use super::words::STOPS;
use crate::lexicon::measure::{self, Measure};
use crate::lexicon::number::{self, Form, Reading};
use crate::lexicon::piece::Piece;
use crate::lexicon::{noun, wordnet};
use crate::text::*;

/// Codes of the most traded currencies in small letters, without those that are words ("cad", "try", "cop").
const CODES: &[&str] = &[
    "usd", "eur", "jpy", "gbp", "cny", "aud", "chf", "hkd", "sgd", "sek", "krw", "nok", "nzd", "inr", "mxn", "twd",
    "zar", "brl", "dkk", "pln", "thb", "ils", "idr", "czk", "aed", "huf", "clp", "myr", "rub",
];

/// "20 M€", "300 k$", "1.5 Md€", "20 MEUR": a magnitude on a currency, its factor, and how many pieces they have.
fn prefixed_currency(scene: &Scene, at: usize) -> Option<(&'static Measure, Decimal, usize)> {
    let first = scene.p.get(at).filter(|p| p.is_word())?;
    let written = scene.doc.slice(first.span);
    let scales = [
        ("Md", 9),
        ("Mrd", 9),
        ("mrd", 9),
        ("Mio", 6),
        ("mio", 6),
        ("Bn", 9),
        ("bn", 9),
        ("mn", 6),
        ("M", 6),
        ("k", 3),
        ("K", 3),
    ];
    let scale = |power: u32| Decimal::from(10u64.pow(power));
    let money = |symbol: &str| {
        measure::by_symbol(symbol).filter(|u| u.is_money() && u.factor == Some((Decimal::ONE, Decimal::ONE)))
    };
    for (prefix, power) in scales {
        let Some(rest) = written.strip_prefix(prefix) else { continue };
        if rest.is_empty()
            && let Some(sign) = scene.p.get(at + 1).filter(|s| s.glued && !s.is_word() && !s.is_digits())
            && let Some(unit) = money(scene.doc.slice(sign.span))
        {
            return Some((unit, scale(power), 2));
        }
        let code = rest.len() == 3 && rest.bytes().all(|b| b.is_ascii_uppercase());
        if let Some(unit) = money(rest).filter(|_| code) {
            return Some((unit, scale(power), 1));
        }
    }
    None
}

/// A currency sign or code before the number: "$", "US$", "US $", "RM", "EUR ", "Y=".
pub fn currency_before(scene: &Scene, draft: &mut Draft) {
    let p = scene.p;
    let at = draft.number.start;
    let mut end = at;
    // "$-50.8bn": the minus between.
    if end >= 2
        && p[end - 1].is_sign('-')
        && p[end].glued
        && p[end - 1].glued
        && money_sign(scene.doc, p, end - 1).is_some()
    {
        end -= 1;
        draft.value.set_sign_negative(true);
    }
    // "COP28", "TOP 10": letters that are a word, before a number too small for that money.
    let word = |len: usize| {
        let one = len == 1 && p[end - 1].is_word() && wordnet::is_noun(&p[end - 1].lower);
        one && draft.value < Decimal::ONE_HUNDRED && draft.value.is_integer() && draft.scale.is_none()
    };
    if let Some((unit, len)) = money_sign(scene.doc, p, end).filter(|s| !word(s.1)) {
        draft.unit = Some(at_home(scene, unit, &p[end - len..end]));
        draft.unit_at = Some(end - len..end);
        draft.currency_before = true;
        draft.kind = QuantityKind::Money;
        draft.all.start = end - len;
    }
}

/// The money sign that ends right before a piece, and how many pieces it has.
pub fn money_sign(doc: &Document, p: &[Piece], end: usize) -> Option<(&'static Measure, usize)> {
    // "euro 155.3 million": the currency's name where its sign would stand.
    if let Some("euro" | "euros") = end.checked_sub(1).map(|i| p[i].lower.as_str())
        && p.get(end).is_some_and(Piece::is_digits)
    {
        return measure::by_code("EUR").map(|unit| (unit, 1));
    }
    (1..=4usize.min(end)).rev().find_map(|len| {
        let run = &p[end - len..end];
        if run.iter().any(Piece::is_digits) || run.iter().map(|q| q.lower.len()).sum::<usize>() > 6 {
            return None;
        }
        let written: String = run.iter().map(|q| doc.slice(q.span)).collect();
        let upper = written.to_uppercase();
        let signed = !written.chars().all(char::is_alphabetic);
        let code = CODES.contains(&written.as_str());
        let unit =
            measure::by_symbol(&written).or_else(|| if signed || code { measure::by_symbol(&upper) } else { None })?;
        if !unit.is_money() || unit.name == "penny" {
            return None;
        }
        if signed {
            // "C $5", "hk $ 10": the letters and the sign are one; "a $5" is not.
            let loose = len > 1 && run[0].is_word() && !run[0].capital && !run[1].glued && written.len() < 3;
            return (!loose || run[0].lower == "c").then_some((unit, len));
        }
        // "usd 20": a code in small letters that is no word.
        if CODES.contains(&written.as_str()) && !run[0].glued {
            return Some((unit, len));
        }
        // Letters alone: a code in capitals, or glued to the number ("RM79").
        let glued = p.get(end).is_some_and(|n| n.glued);
        let capitals = run[0].capital
            && (glued || written.len() == 3 && written == upper || matches!(written.as_str(), "RM" | "Rs"));
        (capitals && !run[0].glued).then_some((unit, len))
    })
}

/// The money of the article's country for a bare "$", "dollars", "kroner".
pub fn at_home(scene: &Scene, unit: &'static Measure, words: &[Piece]) -> &'static Measure {
    match words {
        [bare] if unit.is_money() => scene.home.code(&bare.lower).and_then(measure::by_code).unwrap_or(unit),
        _ => unit,
    }
}

/// A minus sign that belongs to the number: after a space or bracket, glued to the digits.
pub fn sign_before(scene: &Scene, draft: &mut Draft) {
    let p = scene.p;
    let at = draft.all.start;
    if at == 0 || !p[at].glued {
        return;
    }
    // "-Three people died" is an item of a list.
    if p[draft.number.start].is_word() {
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
pub fn magnitude_or_metre(scene: &Scene, draft: &mut Draft, reading: &mut Reading) {
    let p = scene.p;
    let last = draft.number.end - 1;
    if draft.currency_before
        || draft.form != Form::Words
        || last == draft.number.start
        || !matches!(p[last].lower.as_str(), "m" | "b" | "k")
    {
        return;
    }
    // "573.15K" among degrees.
    if p[last].capital
        && p[last].lower == "k"
        && p[last].glued
        && (draft.number.start.saturating_sub(8)..draft.number.start).any(|i| scene.word(i) == "°")
        && let (Some(scale), Some(unit)) = (reading.scale, measure::by_code("K"))
        && let Some(value) = draft.value.checked_div(scale)
    {
        draft.value = value.normalize();
        draft.scale = None;
        draft.form = Form::Digits;
        draft.number.end -= 1;
        take(draft, unit, last..last + 1);
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
    // "Thefts are up 11% **to 1.9m**": what another share of the sentence says the rise of is counted, not measured.
    let level = scene.before(draft.all.start) == "to"
        && draft.all.start >= 2
        && matches!(
            scene.word(draft.all.start - 2),
            "percent" | "cent" | "%" | "half" | "third" | "quarter" | "fifth" | "tenth"
        );
    let metre = metre && !level;
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
pub fn currency_magnitude(scene: &Scene, draft: &mut Draft) {
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
pub fn money_after(scene: &Scene, at: usize) -> Option<(&'static Measure, usize)> {
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
    let written = scene.doc.slice(first.span);
    (first.capital && first.lower.len() == 3)
        .then(|| measure::by_symbol(written))
        .flatten()
        .filter(|u| u.is_money())
        .map(|u| (u, 1))
}

/// "an earthquake of magnitude 6.8", "a 6.8-magnitude earthquake".
fn magnitude(scene: &Scene, draft: &mut Draft) -> bool {
    let (start, end) = (draft.all.start, draft.all.end);
    let small = draft.form == Form::Digits && draft.value < Decimal::TEN;
    let Some(unit) = measure::by_code("magnitude").filter(|_| small) else { return false };
    if scene.before(start) == "magnitude"
        || scene.word(start.wrapping_sub(2)) == "magnitude"
            && matches!(scene.before(start), "of" | "to" | "from" | "at" | "-")
    {
        draft.unit = Some(unit);
        draft.kind = QuantityKind::Measure;
        return true;
    }
    let at = if scene.word(end) == "-" { end + 1 } else { end };
    if scene.word(at) == "magnitude" {
        take(draft, unit, at..at + 1);
        return true;
    }
    // "a **7.4** quake", "7.6 and **7.4** quakes": nobody counts a tenth of one.
    let quakes = |at: usize| {
        let noun = scene.p.get(at).filter(|n| n.is_word()).map_or("", |n| scene.doc.lemma(n.token));
        wordnet::is_a(noun, "earthquake")
    };
    let pair = matches!(scene.word(at), "and" | "or" | "to") && scene.p.get(at + 1).is_some_and(Piece::is_digits);
    let tenths = !draft.value.is_integer() || scene.p[start].lower.contains('.');
    if tenths && (quakes(at) || pair && quakes(at + 2)) {
        draft.unit = Some(unit);
        draft.kind = QuantityKind::Measure;
        return true;
    }
    false
}

/// The unit after the number: words, symbols, hyphenated ("80-yard"), currencies.
pub fn unit_after(scene: &Scene, draft: &mut Draft) {
    let p = scene.p;
    if draft.unit.is_some() {
        draft.all.end = draft.unit_at.as_ref().map_or(draft.all.end, |r| r.end);
        return;
    }
    if magnitude(scene, draft) {
        return;
    }
    let mut at = draft.number.end;
    let hyphen = p.get(at).is_some_and(|n| n.is_sign('-') && n.glued) && scene.glued(at + 1);
    if hyphen {
        at += 1;
    }
    // "half a mile", "1/16 of a pint", "three quarters of an ounce": a part of one unit.
    if draft.form == Form::Fraction && !hyphen {
        let mut unit_at = if scene.word(at) == "of" { at + 1 } else { at };
        if matches!(scene.word(unit_at), "a" | "an") {
            unit_at += 1;
            if matches!(scene.word(unit_at), "us" | "imperial" | "metric") {
                unit_at += 1;
            }
            let found = worded(scene, unit_at)
                .filter(|(u, _)| !u.is_money() && u.code != "point" && (!u.is_time() || scene.durations));
            if let Some((unit, len)) = found {
                take(draft, unit, unit_at..unit_at + len);
                return;
            }
        }
    }
    // "hundreds of miles", "half of … percent": an order of magnitude takes its unit behind "of".
    if draft.form == Form::Vague && scene.word(at) == "of" {
        if let Some((unit, len)) = worded(scene, at + 1).filter(|(u, _)| !u.is_time() || scene.durations) {
            take(draft, unit, at + 1..at + 1 + len);
        }
        return;
    }
    // "6 **more** inches of rain".
    let at = if matches!(scene.word(at), "more" | "additional" | "extra" | "further")
        && worded(scene, at + 1).is_some_and(|(u, _)| !u.is_time() && u.code != "point")
    {
        at + 1
    } else {
        at
    };
    if let Some((unit, len)) = worded(scene, at) {
        let unit = pounds(scene, unit, at, len, hyphen, draft);
        take(draft, at_home(scene, unit, &p[at..at + len]), at..at + len);
        cents(scene, draft, unit);
        return;
    }
    if !hyphen
        && draft.form == Form::Digits
        && let Some((unit, scale, len)) = prefixed_currency(scene, at)
        && let Some(value) = draft.value.checked_mul(scale)
    {
        draft.value = value.normalize();
        draft.scale = Some(scale);
        take(draft, unit, at..at + len);
        return;
    }
    if let Some((unit, len)) = symbol(scene, at, hyphen, draft) {
        take(draft, unit, at..at + len);
        cents(scene, draft, unit);
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

/// "15 dollars 50".
fn cents(scene: &Scene, draft: &mut Draft, unit: &Measure) {
    let (at, p) = (draft.all.end, scene.p);
    let tens = |n: &&Piece| n.is_word() && n.lower.ends_with("ty") && draft.form == Form::Words;
    let Some(next) = p.get(at).filter(|n| n.is_digits() && n.lower.len() == 2 && !n.glued || tens(n)) else { return };
    // "One euro 15 **from** July": nothing follows that the 15 could count.
    let closes = p.get(at + 1).is_none_or(|n| {
        matches!(n.lower.as_str(), "." | "," | ";" | ")")
            || n.is_word() && matches!(scene.doc.pos(n.token), Pos::Adp | Pos::Cconj | Pos::Sconj)
    });
    if unit.is_money()
        && unit.factor == Some((Decimal::ONE, Decimal::ONE))
        && draft.value.is_integer()
        && (draft.form == Form::Digits || draft.form == Form::Words && draft.scale.is_none())
        && closes
        && let Some(part) = number::parse_digits(&next.lower).or_else(|| number::word_value(&next.lower))
        && let Some(sum) = part.checked_div(Decimal::ONE_HUNDRED).and_then(|c| draft.value.checked_add(c))
    {
        draft.value = sum.normalize();
        draft.all.end += 1;
    }
}

pub fn scale_word(word: &str) -> Option<Decimal> {
    Some(match word {
        "million" => Decimal::from(1_000_000),
        "billion" => Decimal::from(1_000_000_000u64),
        "trillion" => Decimal::from(1_000_000_000_000u64),
        _ => return None,
    })
}

pub fn take(draft: &mut Draft, unit: &'static Measure, at: Range<usize>) {
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
pub fn worded(scene: &Scene, at: usize) -> Option<(&'static Measure, usize)> {
    let first = scene.p.get(at).filter(|q| q.is_word())?;
    // "25,000-square-km", "120,000 sq. km": a mark between the two words of an area or a volume.
    let marked = matches!(first.lower.as_str(), "square" | "sq" | "cubic" | "cu")
        && scene.p.get(at + 1).is_some_and(|q| q.is_sign('-') || q.is_sign('.'));
    let skip = |i: usize| at + i + usize::from(marked && i > 0);
    // "a 3 percentage-point margin".
    let (two, hyphen) = (scene.word(at + 2), scene.p.get(at + 1).is_some_and(|q| q.is_sign('-') && q.glued));
    if first.lower == "percentage" && hyphen && matches!(two, "point" | "points") {
        return measure::by_code("percentage-point").map(|u| (u, 3));
    }
    let (unit, len) = measure::by_words(&first.lower, |i| scene.p.get(skip(i)).map(|q| q.lower.as_str()))?;
    let len = len + usize::from(marked && len > 1);
    let next = scene.word(at + len);
    // "second place", "point guard", "minute detail": a singular that is only a noun here stays a unit after a number above one.
    if unit.code == "percent" && matches!(next, "point" | "points") {
        return measure::by_code("percentage-point").map(|u| (u, len + 1));
    }
    Some((unit, len))
}

/// Pounds of money or of weight.
pub fn pounds(
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
    // "3,000 pounds of **taxpayers' money**", "of debt": what is owned or owed.
    let owned = |i: usize| wordnet::noun_field(scene.word(i)) == Some("possession");
    let phrase = (at + 2..at + 6).take_while(|&i| {
        scene.p.get(i).is_some_and(|n| n.is_word() || n.is_sign('\'')) && !STOPS.contains(scene.word(i))
    });
    let of = scene.word(at + 1) == "of"
        && !phrase.into_iter().any(owned)
        && !matches!(scene.word(at + 2), "debt" | "aid" | "tax" | "damage");
    let weight = draft.form == Form::Fraction || scene.word(at + 1) == "per" && scene.word(at + 2) == "square";
    // "15.4 million pounds of cargo": what is moved and weighed.
    let goods = of && {
        let noun = &*noun::singular(scene.word(at + 2));
        let grown = matches!(wordnet::noun_field(noun), Some("food" | "plant" | "substance"));
        grown
            || ["cargo", "freight", "food", "substance", "material", "meat", "metal", "plant"]
                .iter()
                .any(|goods| wordnet::is_a(noun, goods))
    };
    let million = million && !goods;
    // "1,300 pounds (600 kg)": the bracket gives a weight.
    let kilos = scene.word(at + 1) == "("
        && (at + 2..at + 6)
            .any(|i| matches!(scene.word(i), "kg" | "kgs" | "kilos" | "kilograms" | "kilo" | "tons" | "tonnes"));
    if kilos || !million && (hyphen || weighs || of || weight) { measure::by_code("lb").unwrap_or(unit) } else { unit }
}

/// A unit as a symbol: "km", "GB", "%", "m/s", "°C", "sqm", "$".
pub fn symbol(scene: &Scene, at: usize, hyphen: bool, draft: &Draft) -> Option<(&'static Measure, usize)> {
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
        let code = || CODES.contains(&written).then(|| measure::by_symbol(&written.to_uppercase())).flatten();
        // "a crop of 98.2 mt": millions of tonnes, as the trade writes them.
        let trade = || {
            (written == "mt" && draft.value < Decimal::from(10_000)
                || written == "MT" && !draft.value.is_integer() && draft.value < Decimal::ONE_THOUSAND)
                .then(|| measure::by_symbol("Mt"))
                .flatten()
        };
        let Some(unit) = measure::by_symbol(written).or_else(code).or_else(trade) else { continue };
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
            let over = p.get(at + 1).is_some_and(|n| n.is_sign('/') && n.glued);
            if !digits || !(first.glued || alone || over) || hyphen {
                return None;
            }
            if matches!(written, "A" | "N" | "J" | "C" | "F" | "B") && !first.glued && !over {
                return None;
            }
        }
        if matches!(written, "in" | "pt" | "bar" | "min" | "cal" | "pm") {
            let wide =
                matches!(scene.word(at + len), "thick" | "wide" | "long" | "high" | "tall" | "deep" | "diameter");
            let size = written == "pm" && !draft.value.is_integer() && draft.value.scale() == 1;
            if !(wide || size || written != "in" && written != "pm" && first.glued) {
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
    // "25.5″" as inches; a plain quotation mark is one where no quotation is open.
    let quotes = || p[..at].iter().filter(|q| q.is_sign('"')).count();
    let written = scene.doc.slice(first.span);
    let next_glued = p.get(at + 1).is_some_and(|n| n.glued && !n.is_word());
    if first.glued && (written == "″" || written == "\"" && quotes() % 2 == 0 && !next_glued && at + 1 < p.len()) {
        return measure::by_code("in").map(|u| (u, 1));
    }
    None
}

/// "5 feet 2 inches", "6 ft 9 in", "5-foot-10", "4 lb 3 oz", "9 stone 4 pounds", "3 dollars 50 cents": the smaller unit
/// joins the larger.
pub fn compound(scene: &Scene, draft: &mut Draft) {
    stone(scene, draft);
    // "88 pounds **4 ounces**" weigh.
    let pounds = draft.unit.is_some_and(|u| u.code == "GBP") && scene.before(draft.all.end).starts_with("pound");
    if pounds
        && let Some(part) = number::read(scene.p, draft.all.end)
        && matches!(scene.word(part.pieces.end), "ounce" | "ounces" | "oz")
        && let Some(weight) = measure::by_code("lb")
    {
        draft.unit = Some(weight);
        draft.kind = QuantityKind::Measure;
    }
    let Some(unit) = draft.unit else { return };
    let money = unit.is_money() && unit.factor == Some((Decimal::ONE, Decimal::ONE)) && !draft.currency_before;
    if !(money && draft.scale.is_none() || matches!(unit.code.as_str(), "ft" | "lb" | "stone"))
        || !draft.value.is_integer()
    {
        return;
    }
    let mut at = draft.all.end;
    // "5-foot-10": inches without a word.
    let hyphen = scene.p.get(at).is_some_and(|n| n.is_sign('-') && n.glued);
    if hyphen && unit.code == "ft" && scene.glued(at + 1) {
        let inches = number::read(scene.p, at + 1)
            .filter(|r| r.value < Decimal::from(12) && matches!(r.form, Form::Digits | Form::Words | Form::Fraction));
        if let Some(inches) = inches.filter(|r| !scene.glued(r.pieces.end) || scene.word(r.pieces.end) == ".") {
            add(draft, inches.value, "in", unit, inches.pieces.end);
        }
        return;
    }
    if scene.word(at) == "and" {
        at += 1;
    }
    let Some(reading) = number::read(scene.p, at) else { return };
    let end = reading.pieces.end;
    if money {
        let part = worded(scene, end).filter(|(small, _)| {
            // Cents are parts of most currencies.
            (small.qudt == unit.qudt || small.code == "cent" && unit.code != "GBP") && small.factor != unit.factor
        });
        if let Some((small, len)) = part
            && reading.value < Decimal::ONE_HUNDRED
            && let Some((n, d)) = small.factor
            && let Some(sum) =
                reading.value.checked_mul(n).and_then(|v| v.checked_div(d)).and_then(|v| draft.value.checked_add(v))
        {
            draft.value = sum.normalize();
            draft.all.end = end + len;
        }
        return;
    }
    // "9 in" before a noun is a place: "cleared 6 ft 9 in the rain".
    let inch = scene.word(end) == "in" && unit.code == "ft" && reading.form == Form::Digits && {
        let next = scene.p.get(end + 1);
        let size = matches!(scene.word(end + 1), "tall" | "high" | "long" | "wide" | "deep" | "thick");
        size || next.is_none_or(|n| {
            !n.is_word()
                || matches!(
                    scene.doc.pos(n.token),
                    Pos::Cconj | Pos::Sconj | Pos::Verb | Pos::Aux | Pos::Adp | Pos::Punct
                )
        })
    };
    let ounces = scene.word(end) == "oz" && unit.code == "lb";
    let (small, len) = match (inch, ounces) {
        (true, _) => ("in", 1),
        (_, true) => ("oz", 1),
        _ => match worded(scene, end) {
            Some((small, len)) if matches!((unit.code.as_str(), small.code.as_str()), ("ft", "in") | ("lb", "oz")) => {
                (if small.code == "in" { "in" } else { "oz" }, len)
            }
            _ => return,
        },
    };
    add(draft, reading.value, small, unit, end + len);
}

fn add(draft: &mut Draft, value: Decimal, small: &str, unit: &Measure, end: usize) {
    if let Ok(more) = measure::convert(value, small, &unit.code, false)
        && let Some(sum) = draft.value.checked_add(more.value)
    {
        draft.value = sum.normalize();
        draft.all.end = end;
    }
}

/// "9 stone 4 pounds", "weighs 12 stone": pounds of weight.
fn stone(scene: &Scene, draft: &mut Draft) {
    let at = draft.all.end;
    let short = scene.word(at) == "st" && scene.glued(at) && draft.form == Form::Digits;
    let whole = scene.word(at) == "stone" && !scene.glued(at);
    if draft.unit.is_some() || !(whole || short) || !draft.value.is_integer() {
        return;
    }
    let weighs =
        short || (draft.all.start.saturating_sub(6)..draft.all.start).any(|i| scene.word(i).starts_with("weigh"));
    let (Some(stone), Some(pound)) = (measure::by_code("stone"), measure::by_code("lb")) else { return };
    let more = number::read(scene.p, at + 1).filter(|r| {
        r.value < Decimal::from(14) && matches!(scene.word(r.pieces.end), "pounds" | "pound" | "lb" | "lbs")
    });
    match more {
        Some(more) => {
            let sum = draft.value.checked_mul(Decimal::from(14)).and_then(|v| v.checked_add(more.value));
            if let Some(sum) = sum {
                draft.value = sum.normalize();
                take(draft, pound, at..more.pieces.end + 1);
            }
        }
        None if weighs => take(draft, stone, at..at + 1),
        None => {}
    }
}
