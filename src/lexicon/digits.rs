//! Numbers in digits: separators, magnitudes, fractions, scientific notation.

use rust_decimal::Decimal;

use super::number::{Class, Form, Reading, accumulate, another, class, fraction, magnified, mixed, ordinal, plain};
use super::piece::Piece;

/// Numbers that begin with digits.
pub(super) fn digits_first(p: &[Piece], at: usize) -> Option<Reading> {
    let first = &p[at];
    let glued_at = |i: usize| p.get(i).filter(|n| n.glued);
    // Scientific: "4e14", "9.83e-3", "2.48×10−5".
    if let Some(reading) = scientific(p, at) {
        return reading;
    }
    // "1 414 021 100".
    let mut end = at + 1;
    let mut grouped = first.lower.to_string();
    if first.lower.len() <= 3 && first.lower.bytes().all(|b| b.is_ascii_digit()) {
        while let Some(next) = p.get(end)
            && next.is_digits()
            && next.lower.len() == 3
            && next.lower.bytes().all(|b| b.is_ascii_digit())
            && next.span.start() == p[end - 1].span.end() + 1
            && !next.glued
        {
            grouped.push_str(&next.lower);
            end += 1;
        }
        if end > at + 1
            && p.get(end).is_some_and(|n| n.is_digits() && !n.glued && n.span.start() == p[end - 1].span.end() + 1)
        {
            // A longer or shorter group follows: a list, not a grouped number.
            end = at + 1;
            grouped = first.lower.to_string();
        }
    }
    let value = parse_digits(&grouped)?;
    let base = Reading { value, upper: None, ratio: None, scale: None, form: Form::Digits, pieces: at..end };
    if end > at + 1 {
        return Some(base);
    }
    // "1/16".
    if let Some(slash) = glued_at(end)
        && slash.is_sign('/')
        && let Some(ratio) = slash_fraction(p, at)
    {
        return fraction(ratio, None, at..at + 3);
    }
    // "2 1/2", "2½", "2 ½".
    if let Some(next) = p.get(end)
        && value.is_integer()
    {
        if next.is_digits()
            && !next.glued
            && let Some(ratio) = slash_fraction(p, end)
        {
            let whole = u32::try_from(value).ok()?;
            return fraction(ratio, Some(whole), at..end + 3).map(|r| magnified(p, r));
        }
        if let Some(ratio) = vulgar(next) {
            let whole = u32::try_from(value).ok()?;
            return fraction(ratio, Some(whole), at..end + 1).map(|r| magnified(p, r));
        }
    }
    // "21st", "2d".
    if let Some(suffix) = glued_at(end)
        && matches!(suffix.lower.as_str(), "st" | "nd" | "rd" | "th")
        && value.is_integer()
        // "17st 4lb" is a weight.
        && (suffix.lower != "st" || value % Decimal::TEN == Decimal::ONE && value % Decimal::ONE_HUNDRED != Decimal::from(11))
        && !p.get(end + 1).is_some_and(|n| n.glued && n.is_digits())
    {
        return Some(ordinal(value, at..end + 1));
    }
    // "35m", "8 B", "4.3M", "1MM".
    if let Some(next) = p.get(end)
        && let Some((Class::Suffix, scale)) = class(next)
        && suffix_fits(p, end)
    {
        let value = value.checked_mul(scale)?;
        return Some(Reading {
            value: value.normalize(),
            scale: Some(scale),
            form: Form::Words,
            pieces: at..end + 1,
            ..base
        });
    }
    // "2.3 million", "4 thousand 3 hundred and 21", "35-million".
    let next = match p.get(end) {
        Some(n) if n.is_sign('-') && n.glued && p.get(end + 1).is_some_and(|w| w.glued) => end + 1,
        _ => end,
    };
    if let Some((kind @ (Class::Hundred | Class::Scale | Class::Dozen), scale)) = p.get(next).and_then(class) {
        // More words may follow: "4 thousand 3 hundred".
        let mut total = value.checked_mul(scale)?;
        let mut stop = next + 1;
        let mut last = scale;
        if kind == Class::Hundred
            && let Some((Class::Scale, more)) = p.get(stop).and_then(class)
        {
            total = total.checked_mul(more)?;
            last = more;
            stop += 1;
        } else if let Some((Class::Scale, more)) = p.get(stop).and_then(class)
            && more >= scale
        {
            total = total.checked_mul(more)?;
            last = more;
            stop += 1;
        }
        if kind != Class::Dozen
            && !another(p, at, stop, last)
            && let Some(rest) = tail(p, stop, last)
        {
            total = total.checked_add(rest.value)?;
            stop = rest.pieces.end;
        }
        let closed = stop == next + 1 || last != scale;
        let reading = Reading {
            value: total.normalize(),
            scale: closed.then_some(last),
            form: Form::Words,
            pieces: at..stop,
            ..base
        };
        return Some(mixed(p, reading));
    }
    Some(base)
}

/// What follows a magnitude after digits: "3 hundred and 21" after "4 thousand".
fn tail(p: &[Piece], at: usize, below: Decimal) -> Option<Reading> {
    let hundred = Decimal::ONE_HUNDRED;
    let (and, first) = if p.get(at)?.lower == "and" { (true, at + 1) } else { (false, at) };
    let piece = p.get(first)?;
    if piece.glued {
        return None;
    }
    let digits =
        piece.is_digits().then(|| parse_digits(&piece.lower)).flatten().filter(|d| d.is_integer() && !d.is_zero());
    if let Some(value) = digits {
        if p.get(first + 1).and_then(class).is_some_and(|(c, _)| c == Class::Hundred)
            && below > hundred
            && value < Decimal::TEN
            && !and
        {
            let mut total = value.checked_mul(hundred)?;
            let mut end = first + 2;
            if let Some(rest) = tail(p, end, hundred) {
                total = total.checked_add(rest.value)?;
                end = rest.pieces.end;
            }
            return Some(plain(total, at..end));
        }
        // "3 million and 12": nobody writes one number so; "4 thousand 3 hundred and 21" is one.
        return (and && below <= hundred && value < hundred && !p.get(first + 1).is_some_and(|n| n.glued))
            .then(|| plain(value, at..first + 1));
    }
    let words = accumulate(p, first)?;
    (words.value < below && !words.value.is_zero()).then(|| plain(words.value, at..words.pieces.end))
}

/// A one- or two-letter magnitude: glued to its digits, or a capital "B"/"M" or "bn", "mn", "tn" after a space.
fn suffix_fits(p: &[Piece], at: usize) -> bool {
    let piece = &p[at];
    if p.get(at + 1).is_some_and(|n| n.glued && (n.is_digits() || n.is_word())) {
        return false;
    }
    let long = piece.lower.len() > 1 && piece.lower != "mm" || piece.lower == "mm" && piece.capital;
    if !piece.glued {
        return long && piece.lower != "mio" || piece.lower == "b" && piece.capital;
    }
    match piece.lower.as_str() {
        // A tonne, a tesla or a metre is the unit stage's to decide; here only what cannot be one.
        "t" => false,
        // "1500b" are bits: nobody writes thousands of billions so.
        "b" => piece.capital || parse_digits(&p[at - 1].lower).is_some_and(|v| v < Decimal::ONE_THOUSAND),
        "m" | "k" => true,
        _ => long,
    }
}

/// `Some(None)`: scientific notation that is out of range; `None`: none at all.
fn scientific(p: &[Piece], at: usize) -> Option<Option<Reading>> {
    let glued_at = |i: usize| p.get(i).filter(|n| n.glued);
    let e = glued_at(at + 1)?;
    let mut next = if e.lower == "e" {
        at + 2
    } else if (e.is_sign('×') || e.lower == "x") && glued_at(at + 2)?.lower == "10" {
        let mut next = at + 3;
        if glued_at(next)?.is_sign('^') {
            next += 1;
        }
        next
    } else {
        return None;
    };
    let mut negative = false;
    let sign = glued_at(next)?;
    if sign.is_sign('-') || sign.is_sign('+') {
        negative = sign.is_sign('-');
        next += 1;
    }
    let digits = glued_at(next).filter(|d| d.is_digits() && d.lower.bytes().all(|b| b.is_ascii_digit()))?;
    let pieces = at..next + 1;
    Some((|| {
        let mantissa = parse_digits(&p[at].lower)?;
        let exponent: u32 = digits.lower.parse().ok().filter(|e| *e <= 28)?;
        let power = (0..exponent).try_fold(Decimal::ONE, |v, _| v.checked_mul(Decimal::TEN))?;
        let value = if negative { mantissa.checked_div(power)? } else { mantissa.checked_mul(power)? };
        (value.is_zero() == mantissa.is_zero()).then_some(())?;
        Some(Reading {
            value: value.normalize(),
            upper: None,
            ratio: None,
            scale: None,
            form: Form::Digits,
            pieces: pieces.clone(),
        })
    })())
}

/// Numerator and denominator of "1/16" at a piece; only denominators that people write so.
fn slash_fraction(p: &[Piece], at: usize) -> Option<(u32, u32)> {
    let [n, slash, d] = p.get(at..at + 3)? else { return None };
    if !(n.is_digits() && slash.is_sign('/') && slash.glued && d.is_digits() && d.glued) {
        return None;
    }
    if p.get(at + 3).is_some_and(|next| next.glued && (next.is_digits() || next.is_sign('/'))) {
        return None;
    }
    let (n, d): (u32, u32) = (n.lower.parse().ok()?, d.lower.parse().ok()?);
    (n > 0 && n < d && matches!(d, 2 | 3 | 4 | 5 | 6 | 8 | 10 | 16 | 32 | 64 | 100 | 128 | 1000)).then_some((n, d))
}

/// Digits with separators as an exact decimal: "1,200", "1.5", "12,34,567", "1.200.000", ".5". `None` for anything odd or too long.
pub fn parse_digits(text: &str) -> Option<Decimal> {
    if text.len() > 40 {
        return None;
    }
    let (whole, fraction) = if text.contains(',') {
        let (whole, fraction) = text.split_once('.').map_or((text, None), |(w, f)| (w, Some(f)));
        if !grouped(whole, ',') {
            return None;
        }
        (whole.replace(',', ""), fraction)
    } else if text.matches('.').count() > 1 {
        if !grouped(text, '.') {
            return None;
        }
        (text.replace('.', ""), None)
    } else {
        text.split_once('.').map_or((text.to_owned(), None), |(w, f)| (w.to_owned(), Some(f)))
    };
    if fraction.is_some_and(|f| f.is_empty() || !f.bytes().all(|b| b.is_ascii_digit())) {
        return None;
    }
    let whole = if whole.is_empty() { "0".to_owned() } else { whole };
    if whole.len() + fraction.map_or(0, str::len) > 28 || !whole.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    match fraction {
        Some(f) => format!("{whole}.{f}").parse().ok(),
        None => whole.parse().ok(),
    }
}

/// Groups of three, or Indian groups of two before the last three.
fn grouped(text: &str, separator: char) -> bool {
    let groups: Vec<&str> = text.split(separator).collect();
    let Some((last, before)) = groups.split_last() else { return false };
    let Some((first, middle)) = before.split_first() else { return false };
    let digits = groups.iter().all(|g| !g.is_empty() && g.bytes().all(|b| b.is_ascii_digit()));
    let threes = middle.iter().all(|g| g.len() == 3) && first.len() <= 3;
    let twos = separator == ',' && middle.iter().all(|g| g.len() == 2) && first.len() <= 2;
    digits && last.len() == 3 && (threes || twos)
}

pub(super) fn is_vulgar(c: char) -> bool {
    matches!(c, '¼'..='¾' | '⅐'..='⅞')
}

pub(super) fn vulgar(piece: &Piece) -> Option<(u32, u32)> {
    Some(match piece.lower.as_str() {
        "½" => (1, 2),
        "⅓" => (1, 3),
        "⅔" => (2, 3),
        "¼" => (1, 4),
        "¾" => (3, 4),
        "⅕" => (1, 5),
        "⅖" => (2, 5),
        "⅗" => (3, 5),
        "⅘" => (4, 5),
        "⅙" => (1, 6),
        "⅚" => (5, 6),
        "⅐" => (1, 7),
        "⅛" => (1, 8),
        "⅜" => (3, 8),
        "⅝" => (5, 8),
        "⅞" => (7, 8),
        "⅑" => (1, 9),
        "⅒" => (1, 10),
        _ => return None,
    })
}
