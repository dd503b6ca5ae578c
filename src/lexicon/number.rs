//! Numbers: "1.5", "1,200", "four hundred and six", "2.3 million", "half a million", "hundreds".
//!
//! Exact decimals throughout. What does not fit 28 digits is no number here: reading gives `None`, never a rounded value,
//! except that a fraction such as two-thirds is kept as a ratio beside its rounded decimal.

use std::ops::Range;
use std::sync::LazyLock;

use rust_decimal::Decimal;
use rustc_hash::FxHashMap;

use super::digits::{digits_first, is_vulgar, vulgar};
use super::measure;
use super::piece::{Piece, pieces};

pub use super::digits::parse_digits;
use super::table;
use crate::text::{Document, Id, Token};

/// A numeral read from tokens.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Numeral {
    /// Its value.
    pub value: Decimal,
    /// Its tokens.
    pub tokens: Range<Id<Token>>,
}

/// How a number is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// Digits alone.
    Digits,
    /// Number words, or digits with a magnitude.
    Words,
    /// A fraction: "two-thirds", "1/16", "half".
    Fraction,
    /// An order of magnitude: "hundreds", "a few thousand"; the value is the lower end.
    Vague,
    /// "third", "21st".
    Ordinal,
}

/// A number read from pieces.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reading {
    /// The value; the lower end of a vague one.
    pub value: Decimal,
    /// Upper end (excluded) of a vague one.
    pub upper: Option<Decimal>,
    /// Numerator and denominator of a fraction.
    pub ratio: Option<(u32, u32)>,
    /// The magnitude word that closes it ("million" in "2.3 million"): what a range's first number may share.
    pub scale: Option<Decimal>,
    /// How it is written.
    pub form: Form,
    /// Its pieces.
    pub pieces: Range<usize>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Class {
    Unit,
    Teen,
    Tens,
    Hundred,
    Scale,
    Suffix,
    Dozen,
    Vague,
    Ordinal,
    Part,
}

static WORDS: LazyLock<FxHashMap<&'static str, (Class, Decimal)>> = LazyLock::new(|| {
    table::rows(include_str!("en/numbers.tsv"))
        .map(|(line, cells)| {
            let class = match cells[1] {
                "unit" => Class::Unit,
                "teen" => Class::Teen,
                "tens" => Class::Tens,
                "hundred" => Class::Hundred,
                "scale" => Class::Scale,
                "suffix" => Class::Suffix,
                "dozen" => Class::Dozen,
                "vague" => Class::Vague,
                "ordinal" => Class::Ordinal,
                "part" => Class::Part,
                other => panic!("numbers.tsv:{line}: unknown class {other}"),
            };
            let value = cells[2].parse().unwrap_or_else(|_| panic!("numbers.tsv:{line}: no number"));
            (cells[0], (class, value))
        })
        .collect()
});

pub(super) fn class(piece: &Piece) -> Option<(Class, Decimal)> {
    if !piece.is_word() || piece.lower.len() > 12 {
        return None;
    }
    WORDS.get(piece.lower.as_str()).copied()
}

/// True when a lower-cased token holds a digit or may be part of a number written in words.
pub fn may_begin(lower: &str) -> bool {
    let bytes = lower.as_bytes();
    if bytes.iter().any(|b| b.is_ascii_digit()) || bytes.iter().any(|b| !b.is_ascii()) && lower.chars().any(is_vulgar) {
        return true;
    }
    if bytes.len() < 3 {
        return false;
    }
    if bytes.len() <= 12 && WORDS.contains_key(lower) || lower.ends_with("fold") || lower == "twice" {
        return true;
    }
    bytes.contains(&b'-') && lower.split('-').any(|part| WORDS.contains_key(part))
}

/// True when the word is a number word of any class but an abbreviation.
pub fn is_word(lower: &str) -> bool {
    WORDS.get(lower).is_some_and(|(class, _)| *class != Class::Suffix)
}

/// The value of one number word below a hundred, or of "hundred", "thousand" …: 6 for "six".
pub fn word_value(lower: &str) -> Option<Decimal> {
    WORDS
        .get(lower)
        .filter(|(c, _)| matches!(c, Class::Unit | Class::Teen | Class::Tens | Class::Hundred | Class::Scale))
        .map(|(_, value)| *value)
}

/// Reads the longest cardinal number that begins at a token: digits with separators, number words, magnitudes.
/// `None` when no number begins there or when it is too large to be exact.
pub fn cardinal(doc: &Document, at: Id<Token>) -> Option<Numeral> {
    if !may_begin(doc.lower(at)) && !matches!(doc.lower(at), "a" | "an" | "minus") {
        return None;
    }
    let end = doc.sentences.at(doc.sentence_of(at)).map_or(doc.tokens.len(), |s| s.tokens.end.index());
    let end = end.min(at.index() + 16).max(at.index() + 1).min(doc.tokens.len());
    let cut = pieces(doc, at..Id::new(end));
    let reading = read(&cut, 0)?;
    if matches!(reading.form, Form::Ordinal | Form::Vague) {
        return None;
    }
    let last = cut[reading.pieces.end - 1].token;
    // A number that ends inside a token ("60-mile") is that token's own business.
    if cut.get(reading.pieces.end).is_some_and(|next| next.token == last) {
        return None;
    }
    Some(Numeral { value: reading.value, tokens: at..Id::new(last.index() + 1) })
}

/// Reads the longest number that begins at a piece.
pub fn read(p: &[Piece], at: usize) -> Option<Reading> {
    let first = p.get(at)?;
    if first.is_digits() {
        return digits_first(p, at);
    }
    if let Some(ratio) = vulgar(first) {
        return fraction(ratio, None, at..at + 1).map(|r| magnified(p, r));
    }
    if !first.is_word() {
        return None;
    }
    match first.lower.as_str() {
        // "plus or minus 3 points": a margin, not a number below zero.
        "minus" if at >= 2 && p[at - 1].lower == "or" && p[at - 2].lower == "plus" => None,
        "minus" | "negative" => {
            let mut next = at + 1;
            if p.get(next).is_some_and(|s| s.is_sign('-') && s.glued) {
                next += 1;
            }
            let mut reading = read(p, next)?;
            if !matches!(reading.form, Form::Digits | Form::Words | Form::Fraction) {
                return None;
            }
            reading.value.set_sign_negative(true);
            reading.pieces.start = at;
            Some(reading)
        }
        "a" | "an" => article_first(p, at),
        "several" | "few" => vague_scale(p, at, at + 1),
        _ => match class(first)? {
            (Class::Part, _) => part_first(p, at),
            (Class::Ordinal, value) => Some(ordinal(value, at..at + 1)),
            (Class::Vague, _) => vague(p, at),
            (Class::Suffix, _) => None,
            (Class::Hundred | Class::Scale, value) => {
                // "thousand-year-old", "million-dollar": one of them.
                // "fined thousand euros": one of them, before money.
                let money = || {
                    let word = |i: usize| p.get(at + 1 + i).map(|q| q.lower.as_str());
                    p.get(at + 1).is_some_and(|n| measure::by_words(&n.lower, word).is_some_and(|(u, _)| u.is_money()))
                };
                (p.get(at + 1).is_some_and(|n| n.is_sign('-') && n.glued) || money()).then(|| Reading {
                    value,
                    upper: None,
                    ratio: None,
                    scale: Some(value),
                    form: Form::Words,
                    pieces: at..at + 1,
                })
            }
            (Class::Dozen, value) => Some(plain(value, at..at + 1)),
            _ => words(p, at),
        },
    }
}

pub(super) fn plain(value: Decimal, pieces: Range<usize>) -> Reading {
    Reading { value, upper: None, ratio: None, scale: None, form: Form::Words, pieces }
}

pub(super) fn ordinal(value: Decimal, pieces: Range<usize>) -> Reading {
    Reading { value, upper: None, ratio: None, scale: None, form: Form::Ordinal, pieces }
}

/// "a hundred", "a dozen", "a quarter of", "a third of", "a half", "a few hundred", "a couple of thousand", "a million".
fn article_first(p: &[Piece], at: usize) -> Option<Reading> {
    let second = p.get(at + 1)?;
    match second.lower.as_str() {
        "few" => return vague_scale(p, at, at + 2),
        "couple" => {
            let scale = if p.get(at + 2)?.lower == "of" { at + 3 } else { at + 2 };
            let (Class::Hundred | Class::Scale | Class::Dozen, value) = class(p.get(scale)?)? else { return None };
            return Some(plain(value.checked_mul(Decimal::TWO)?, at..scale + 1));
        }
        _ => {}
    }
    match class(second)? {
        (Class::Hundred | Class::Scale, _) => words(p, at),
        (Class::Dozen, value) => Some(plain(value, at..at + 2)),
        (Class::Part, _) => part_first(p, at + 1).map(|mut r| {
            r.pieces.start = at;
            r
        }),
        (Class::Ordinal, value)
            if value > Decimal::TWO && of_a_scale(p, at + 2, u32::try_from(value).ok()?).is_some() =>
        {
            of_a_scale(p, at + 2, u32::try_from(value).ok()?).map(|r| Reading { pieces: at..r.pieces.end, ..r })
        }
        (Class::Ordinal, value) if value > Decimal::TWO && (of_follows(p, at + 2) || shared_before(p, at)) => {
            fraction((1, u32::try_from(value).ok()?), None, at..at + 2)
        }
        _ => None,
    }
}

/// True when the word before says that a share follows: "by a third", "almost a quarter".
fn shared_before(p: &[Piece], at: usize) -> bool {
    let before = at.checked_sub(1).map_or("", |i| p[i].lower.as_str());
    matches!(before, "by" | "almost" | "nearly" | "about" | "around" | "roughly" | "than")
}

/// True when the pieces go on as after a fraction: "of …", "as much …".
fn of_follows(p: &[Piece], at: usize) -> bool {
    p.get(at).is_some_and(|n| matches!(n.lower.as_str(), "of" | "as" | "more" | "less" | "fewer"))
}

/// "a quarter **point**", "a quarter-**point** rise".
fn point_follows(p: &[Piece], at: usize) -> bool {
    let at = at + usize::from(p.get(at).is_some_and(|n| n.is_sign('-') && n.glued));
    p.get(at).is_some_and(|n| matches!(n.lower.as_str(), "point" | "percentage"))
}

/// "half", "half a million", "half a dozen", "quarter million", "quarter of".
fn part_first(p: &[Piece], at: usize) -> Option<Reading> {
    let (_, denominator) = class(&p[at])?;
    if p[at].lower.ends_with('s') || p[at].lower == "halves" {
        return None;
    }
    let denominator = u32::try_from(denominator).ok()?;
    let mut next = at + 1;
    if let Some(part) = of_a_scale(p, at + 1, denominator) {
        return Some(Reading { pieces: at..part.pieces.end, ..part });
    }
    if p.get(next).is_some_and(|n| matches!(n.lower.as_str(), "a" | "of"))
        && p.get(next + 1)
            .and_then(class)
            .is_some_and(|(c, _)| matches!(c, Class::Hundred | Class::Scale | Class::Dozen))
        && !p[next + 1].glued
    {
        next += 1;
    }
    if let Some((Class::Hundred | Class::Scale | Class::Dozen, scale)) = p.get(next).and_then(class) {
        let value = scale.checked_div(Decimal::from(denominator))?;
        let scaled = Reading { scale: None, ..plain(value.normalize(), at..next + 1) };
        return Some(scaled);
    }
    let article = at > 0 && p[at - 1].lower == "a";
    if denominator == 4
        && !of_follows(p, at + 1)
        && !point_follows(p, at + 1)
        && !(article && at > 1 && shared_before(p, at - 1))
    {
        return None;
    }
    fraction((1, denominator), None, at..at + 1)
}

/// "of a million" behind "a quarter", "a third".
fn of_a_scale(p: &[Piece], of: usize, denominator: u32) -> Option<Reading> {
    let words = p.get(of)?.lower == "of" && matches!(p.get(of + 1)?.lower.as_str(), "a" | "one");
    let (Class::Hundred | Class::Scale, scale) = p.get(of + 2).and_then(class)? else { return None };
    let value = scale.checked_div(Decimal::from(denominator)).filter(|_| words)?;
    Some(plain(value.normalize(), of..of + 3))
}

/// "hundreds", "tens of thousands", "hundreds of millions".
fn vague(p: &[Piece], at: usize) -> Option<Reading> {
    let (_, first) = class(&p[at])?;
    // "four scores and two field goals": what a number counts is no number.
    let counted = at.checked_sub(1).is_some_and(|i| class(&p[i]).is_some_and(|c| !matches!(c.0, Class::Vague)));
    if p[at].lower == "scores" && (counted || at > 0 && p[at - 1].is_digits()) {
        return None;
    }
    // "Marlow scores 2 goals", "scores a late winner": a verb.
    let scored = |n: &Piece| {
        n.is_digits()
            || class(n).is_some_and(|c| !matches!(c.0, Class::Vague))
            || matches!(n.lower.as_str(), "a" | "an" | "the" | "twice" | "his" | "her" | "first")
    };
    if p[at].lower == "scores" && p.get(at + 1).is_some_and(scored) {
        return None;
    }
    let (mut value, mut end) = (first, at + 1);
    if p.get(at + 1).is_some_and(|n| n.lower == "of")
        && let Some((Class::Vague, scale)) = p.get(at + 2).and_then(class)
        && scale >= Decimal::from(2000)
        && scale > first
    {
        value = first.checked_mul(scale.checked_div(Decimal::TWO)?)?;
        end = at + 3;
    }
    if p[at].lower == "tens" && end == at + 1 && !of_follows(p, end) {
        return None;
    }
    let upper = match p[at].lower.as_str() {
        "dozens" | "scores" if end == at + 1 => Decimal::ONE_HUNDRED,
        _ => value.checked_mul(Decimal::from(5))?,
    };
    Some(Reading {
        value: value.normalize(),
        upper: Some(upper.normalize()),
        ratio: None,
        scale: None,
        form: Form::Vague,
        pieces: at..end,
    })
}

/// "a few hundred", "several thousand": two of them and more, below ten.
fn vague_scale(p: &[Piece], start: usize, at: usize) -> Option<Reading> {
    let at = if p.get(at)?.lower == "dozen" || p.get(at)?.is_word() { at } else { return None };
    let (Class::Hundred | Class::Scale | Class::Dozen, scale) = class(&p[at])? else { return None };
    let mut scale = scale;
    let mut end = at + 1;
    if let Some((Class::Scale, more)) = p.get(end).and_then(class) {
        scale = scale.checked_mul(more)?;
        end += 1;
    }
    let value = scale.checked_mul(Decimal::TWO)?;
    let upper = if scale == Decimal::from(12) { Decimal::ONE_HUNDRED } else { scale.checked_mul(Decimal::TEN)? };
    Some(Reading { value, upper: Some(upper), ratio: None, scale: None, form: Form::Vague, pieces: start..end })
}

/// Number words from "one" on: cardinals, then fractions, ordinals and mixed forms that begin with them.
fn words(p: &[Piece], at: usize) -> Option<Reading> {
    let base = accumulate(p, at)?;

    let end = base.pieces.end;
    // "two-thirds", "three quarters of", "one fourth", "two hundred three fifths".
    let (next, hyphen) = match p.get(end) {
        Some(n) if n.is_sign('-') && n.glued => (end + 1, true),
        _ => (end, false),
    };
    if let Some(part) = p.get(next)
        && (!hyphen || part.glued)
        && let Some((numerator, _)) = small(base.value)
        && let Some(denominator) = denominator(part, numerator, hyphen || of_follows(p, next + 1))
    {
        // "three-quarters of a billion".
        if let Some(part) = of_a_scale(p, next + 1, denominator)
            && let Some(value) = part.value.checked_mul(Decimal::from(numerator))
        {
            return Some(Reading { value: value.normalize(), pieces: at..part.pieces.end, ..part });
        }
        return fraction((numerator, denominator), None, at..next + 1);
    }
    // "twenty-first", "three hundred twenty second".
    if let Some((Class::Ordinal, value)) = p.get(next).and_then(class)
        && (!hyphen || p[next].glued)
        && ordinal_joins(base.value, value)
    {
        return Some(ordinal(base.value.checked_add(value)?, at..next + 1));
    }
    if let Some(decimal) = spoken_point(p, &base) {
        return Some(decimal);
    }
    Some(mixed(p, base))
}

/// "five point five", "two point one million".
fn spoken_point(p: &[Piece], base: &Reading) -> Option<Reading> {
    let end = base.pieces.end;
    (p.get(end)?.lower == "point" && base.scale.is_none()).then_some(())?;
    let mut digits = String::new();
    let mut at = end + 1;
    while let Some((Class::Unit, value)) = p.get(at).and_then(class)
        && digits.len() < 12
    {
        digits.push_str(&value.to_string());
        at += 1;
    }
    if digits.is_empty() {
        return None;
    }
    let value: Decimal = format!("{}.{digits}", base.value).parse().ok()?;
    Some(magnified(p, plain(value, base.pieces.start..at)))
}

/// The denominator that a word names after a numerator: "thirds", "quarters", "third" after one.
fn denominator(part: &Piece, numerator: u32, of_or_hyphen: bool) -> Option<u32> {
    if !part.is_word() {
        return None;
    }
    let word = part.lower.as_str();
    let (word, plural) = match word {
        "halves" => ("half", true),
        _ => match word.strip_suffix('s') {
            Some(stem) if WORDS.get(stem).is_some_and(|(c, _)| matches!(c, Class::Ordinal | Class::Part)) => {
                (stem, true)
            }
            _ => (word, false),
        },
    };
    let (class, value) = *WORDS.get(word)?;
    if !matches!(class, Class::Ordinal | Class::Part) || word == "first" || word == "second" {
        return None;
    }
    if (numerator == 1) == plural || numerator == 0 {
        return None;
    }
    // "three quarters" of a year or of the dockers: only "of" (or a hyphen) tells.
    if class == Class::Part && value == Decimal::from(4) && !of_or_hyphen {
        return None;
    }
    // "one third" without "of" may be an ordinal's slip; fractions are the common case.
    u32::try_from(value).ok()
}

fn small(value: Decimal) -> Option<(u32, ())> {
    (value.is_integer() && value >= Decimal::ZERO).then_some(())?;
    u32::try_from(value).ok().map(|v| (v, ()))
}

/// "twenty" + "first", "hundred" + "tenth"; not "two" + "second".
fn ordinal_joins(base: Decimal, ordinal: Decimal) -> bool {
    let hundred = Decimal::ONE_HUNDRED;
    let rest = base % hundred;
    if ordinal >= hundred {
        return false;
    }
    if ordinal < Decimal::TEN {
        rest.is_zero() && base >= hundred || rest >= Decimal::from(20) && (rest % Decimal::TEN).is_zero()
    } else {
        rest.is_zero() && base >= hundred
    }
}

/// A whole number with a fraction behind: "five and a half million", "2½", "3 million and a quarter", "two and a third".
pub(super) fn mixed(p: &[Piece], base: Reading) -> Reading {
    let end = base.pieces.end;
    let Some(and) = p.get(end) else { return base };
    let part = match and.lower.as_str() {
        "and" => p.get(end + 1).and_then(|n| fraction_after_and(p, end + 1, n)),
        _ => None,
    };
    let Some(part) = part else { return base };
    let (Some(ratio), stop) = (part.ratio, part.pieces.end) else { return base };
    // The fraction is of the magnitude that stands before it: "3 million and a quarter".
    let unit = base.scale.filter(|s| *s >= Decimal::from(1_000_000)).unwrap_or(Decimal::ONE);
    let Some(added) = unit.checked_mul(part.value).and_then(|v| base.value.checked_add(v)) else { return base };
    let form = if unit == Decimal::ONE { Form::Fraction } else { Form::Words };
    let whole = u32::try_from(base.value).ok().filter(|_| unit == Decimal::ONE);
    let ratio = whole.and_then(|w| w.checked_mul(ratio.1)).and_then(|n| n.checked_add(ratio.0)).map(|n| (n, ratio.1));
    magnified(
        p,
        Reading { value: added.normalize(), upper: None, ratio, scale: None, form, pieces: base.pieces.start..stop },
    )
}

fn fraction_after_and(p: &[Piece], at: usize, first: &Piece) -> Option<Reading> {
    if matches!(first.lower.as_str(), "a" | "an") {
        let part = p.get(at + 1)?;
        let (Class::Part | Class::Ordinal, value) = class(part)? else { return None };
        if value == Decimal::ONE || value == Decimal::TWO && part.lower != "half" {
            return None;
        }
        // "two miles and a third car": a noun goes on.
        return fraction((1, u32::try_from(value).ok()?), None, at..at + 2);
    }
    let numerator = accumulate(p, at)?;
    let (n, ()) = small(numerator.value)?;
    let next = numerator.pieces.end;
    let (next, hyphen) =
        if p.get(next).is_some_and(|s| s.is_sign('-') && s.glued) { (next + 1, true) } else { (next, false) };
    let d = denominator(p.get(next)?, n, true)?;
    let _ = hyphen;
    fraction((n, d), None, at..next + 1)
}

pub(super) fn fraction(ratio: (u32, u32), whole: Option<u32>, pieces: Range<usize>) -> Option<Reading> {
    let (n, d) = ratio;
    if d == 0 {
        return None;
    }
    let n = whole.unwrap_or(0).checked_mul(d)?.checked_add(n)?;
    let value = Decimal::from(n).checked_div(Decimal::from(d))?;
    Some(Reading { value, upper: None, ratio: Some((n, d)), scale: None, form: Form::Fraction, pieces })
}

/// The number with a magnitude that follows it: "five and a half" + "million".
pub(super) fn magnified(p: &[Piece], reading: Reading) -> Reading {
    let end = reading.pieces.end;
    if let Some((Class::Hundred | Class::Scale, scale)) = p.get(end).and_then(class)
        && let Some(value) = reading.ratio.map_or_else(
            || reading.value.checked_mul(scale),
            |(n, d)| scale.checked_mul(Decimal::from(n)).and_then(|v| v.checked_div(Decimal::from(d))),
        )
    {
        return Reading {
            value: value.normalize(),
            upper: None,
            ratio: None,
            scale: Some(scale),
            form: Form::Words,
            pieces: reading.pieces.start..end + 1,
        };
    }
    reading
}

/// The cardinal of number words (and digits with magnitudes) from `at` on.
pub(super) fn accumulate(p: &[Piece], at: usize) -> Option<Reading> {
    let hundred = Decimal::ONE_HUNDRED;
    let mut total = Decimal::ZERO;
    // The group being read, and how low its last word went: 100 after "hundred", 10 after "twenty", 0 after "five".
    let (mut group, mut floor): (Option<Decimal>, u32) = (None, u32::MAX);
    let (mut last_scale, mut scale) = (None::<Decimal>, None);
    let (mut i, mut end) = (at, at);
    if matches!(p.get(i)?.lower.as_str(), "a" | "an") {
        group = Some(Decimal::ONE);
        floor = 0;
        i += 1;
    }
    while let Some(piece) = p.get(i) {
        let mut here = i;
        let mut linked = i == at;
        if here > at && piece.is_sign('-') && piece.glued && p.get(here + 1).is_some_and(|n| n.glued) {
            here += 1;
            linked = true;
        } else if here > at && piece.lower == "and" && (group.is_none() || floor == 100) {
            here += 1;
        }
        let after_and = here > i && !linked;
        // "Two hundred **and six thousand**" is one number: hundreds go before the magnitude.
        let below = last_scale.unwrap_or(if floor == 100 { Decimal::MAX } else { hundred });
        if after_and && another(p, at, i, below) {
            break;
        }
        let Some(word) = p.get(here) else { break };
        if word.is_digits() {
            // "4 thousand 3 hundred and 21": digits go on only behind a magnitude.
            if here == at || scale.is_none() || word.glued || group.is_some() && floor != 100 {
                break;
            }
            let Some(value) = parse_digits(&word.lower) else { break };
            let limit = if group.is_some() { hundred } else { last_scale.unwrap_or(hundred) };
            let higher = p.get(here + 1).and_then(class).is_some_and(|(c, _)| c == Class::Hundred);
            if value.is_zero() || value >= limit || !value.is_integer() || !(higher || after_and) {
                break;
            }
            group = Some(group.unwrap_or_default() + value);
            floor = 0;
            i = here + 1;
            end = i;
            continue;
        }
        // "three score workers": twenty each.
        if word.lower == "score" && here == i && total.is_zero() && p.get(here + 1).is_some_and(|n| n.is_word()) {
            let Some(product) = group.filter(|g| *g > Decimal::ONE).and_then(|g| g.checked_mul(Decimal::from(20)))
            else {
                break;
            };
            return Some(plain(product, at..here + 1));
        }
        let Some((kind, value)) = class(word) else { break };
        // "two million and three fifths": the fraction begins here.
        if after_and && part_begins(p, here) {
            break;
        }
        match kind {
            Class::Unit | Class::Teen | Class::Tens => {
                let fits = match floor {
                    u32::MAX => true,
                    100 => true,
                    10 => kind == Class::Unit && !value.is_zero() && !after_and,
                    _ => false,
                };
                if !fits || (after_and && value.is_zero()) {
                    break;
                }
                group = Some(group.unwrap_or_default() + value);
                floor = match kind {
                    Class::Tens => 10,
                    _ => 0,
                };
            }
            Class::Hundred => {
                let Some(g) = group.filter(|g| *g < hundred && !g.is_zero()) else { break };
                if after_and {
                    break;
                }
                let Some(product) = g.checked_mul(hundred) else { break };
                group = Some(product);
                floor = 100;
                scale = Some(hundred);
            }
            Class::Dozen => {
                let Some(product) = group.filter(|_| total.is_zero() && !after_and).and_then(|g| g.checked_mul(value))
                else {
                    break;
                };
                return Some(plain(product, at..here + 1));
            }
            Class::Scale => {
                if after_and {
                    break;
                }
                match group {
                    Some(g) if last_scale.is_none_or(|l| value < l) => {
                        let Some(sum) = g.checked_mul(value).and_then(|v| total.checked_add(v)) else { return None };
                        total = sum;
                    }
                    // "three lakh crore", "a thousand million".
                    None if !total.is_zero() => total = total.checked_mul(value)?,
                    _ => break,
                }
                group = None;
                floor = u32::MAX;
                last_scale = Some(value);
                scale = Some(value);
            }
            _ => break,
        }
        if floor != 100 && kind != Class::Scale {
            scale = if last_scale.is_some() || floor == u32::MAX { scale } else { None };
        }
        i = here + 1;
        end = i;
    }
    if end == at {
        return None;
    }
    let value = total.checked_add(group.unwrap_or_default())?;
    Some(Reading {
        value,
        upper: None,
        ratio: None,
        scale: scale.filter(|_| group.is_none() || floor == 100),
        form: Form::Words,
        pieces: at..end,
    })
}

/// Whether the "and" at `and` joins two numbers, not the parts of one that began at `start`: "between two million and
/// three", "two million and three million". `below` is the magnitude that the parts behind it must not reach.
pub(super) fn another(p: &[Piece], start: usize, and: usize, below: Decimal) -> bool {
    if p.get(and).is_none_or(|a| a.lower != "and") {
        return false;
    }
    let part = |piece: &Piece| {
        piece.is_digits()
            || piece.is_sign('-') && piece.glued
            || matches!(class(piece), Some((Class::Unit | Class::Teen | Class::Tens | Class::Hundred, _)))
    };
    let end = (and + 1..p.len()).find(|&i| !part(&p[i])).unwrap_or(p.len());
    let own = p.get(end).and_then(class).is_some_and(|(c, value)| match c {
        Class::Scale => value >= below,
        Class::Suffix => p[end].glued,
        _ => false,
    });
    let between = (start.saturating_sub(2)..start).any(|i| p[i].lower == "between");
    own || between && p.get(end).is_none_or(|n| n.lower != "and")
}

/// True where a numerator and its denominator stand: "one half", "three fifths".
fn part_begins(p: &[Piece], at: usize) -> bool {
    let next = if p.get(at + 1).is_some_and(|s| s.is_sign('-') && s.glued) { at + 2 } else { at + 1 };
    let (Some(numerator), Some(part)) = (p.get(at).and_then(class), p.get(next)) else { return false };
    small(numerator.1).and_then(|(n, ())| denominator(part, n, true)).is_some()
}
