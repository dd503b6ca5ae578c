//! Numbers as other countries write them: "3,7 %", "45.300" and "4,2 miljoen" in the languages that put a comma before
//! decimals, "1'250'000" anywhere. The pieces are put together and written as English does; their places stay.

use std::sync::LazyLock;

use rustc_hash::{FxHashMap, FxHashSet};

use crate::lexicon::measure;
use crate::lexicon::number;
use crate::lexicon::piece::{Piece, PieceKind};
use crate::lexicon::table;
use crate::text::*;

/// Small words of the languages that write a comma before decimals and a point between thousands, which English has not.
static SMALL: LazyLock<FxHashSet<&'static str>> = LazyLock::new(|| row("small"));
/// Their words for magnitudes and per cent, with the English one.
static MAGNITUDES: LazyLock<FxHashMap<&'static str, &'static str>> = LazyLock::new(|| {
    table::rows(include_str!("other/numbers.tsv")).filter(|(_, c)| c[0] != "small").map(|(_, c)| (c[1], c[0])).collect()
});

fn row(name: &str) -> FxHashSet<&'static str> {
    table::rows(include_str!("other/numbers.tsv")).filter(|(_, c)| c[0] == name).map(|(_, c)| c[1]).collect()
}

/// ISO 639-1 codes of languages with a decimal comma.
const COMMA: &[&str] = &[
    "bg", "ca", "cs", "da", "de", "el", "es", "et", "eu", "fi", "fr", "gl", "hr", "hu", "id", "is", "it", "lt", "lv",
    "nb", "nl", "nn", "no", "pl", "pt", "ro", "ru", "sk", "sl", "sr", "sv", "tr", "uk",
];

/// Whether the article writes decimals with a comma: by its language where that is stated, else by its small words.
pub fn decimal_comma(doc: &Document) -> bool {
    if let Some(language) = &doc.source.language {
        let language = language.to_lowercase();
        return COMMA.contains(&language.split(['-', '_']).next().unwrap_or_default());
    }
    let english = |lower: &str| matches!(lower, "the" | "of" | "and" | "to" | "was" | "is" | "for" | "with" | "that");
    let (mut other, mut own) = (0, 0);
    for token in doc.tokens.iter().take(2_000) {
        other += usize::from(SMALL.contains(token.lower.as_str()));
        own += usize::from(english(&token.lower));
    }
    other >= 2 && other > 2 * own
}

/// Puts the parts of such numbers together.
pub fn join(doc: &Document, p: Vec<Piece>, comma: bool) -> Vec<Piece> {
    let odd = |q: &Piece| q.is_digits() && (comma || q.glued);
    if !p.iter().any(odd) && !(comma && p.iter().any(|q| MAGNITUDES.contains_key(q.lower.as_str()))) {
        return p;
    }
    let mut out: Vec<Piece> = Vec::with_capacity(p.len());
    let mut at = 0;
    while at < p.len() {
        let joined =
            p[at].is_digits().then(|| apostrophes(&p, at).or_else(|| comma_number(doc, &p, at, comma))).flatten();
        if let Some((end, written)) = joined {
            let span = p[at].span.join(p[end - 1].span);
            out.push(Piece { span, lower: written.into(), ..p[at].clone() });
            at = end;
            continue;
        }
        let mut piece = p[at].clone();
        if comma && piece.is_word() {
            if let Some(word) = MAGNITUDES.get(piece.lower.as_str()) {
                piece.lower = (*word).into();
                out.push(piece);
                at += 1;
                // "1,8 milioni **di** euro", "2,4 millions **d'**euros".
                let unit = |i: usize| {
                    let lower = p.get(i).map_or("", |q| q.lower.as_str());
                    measure::by_words(lower, |n| p.get(i + n).map(|q| q.lower.as_str())).is_some()
                };
                let of = |w: &str| matches!(w, "de" | "di" | "d'" | "d’");
                if p.get(at).is_some_and(|q| of(&q.lower)) && unit(at + 1) {
                    at += 1;
                } else if let Some(q) = p.get(at)
                    && let Some(rest) = q.lower.strip_prefix("d'").or_else(|| q.lower.strip_prefix("d’"))
                    && measure::by_words(rest, |_| None).is_some()
                {
                    out.push(Piece { lower: rest.into(), ..q.clone() });
                    at += 1;
                }
                continue;
            }
        }
        out.push(piece);
        at += 1;
    }
    out
}

/// "1'250'000".
fn apostrophes(p: &[Piece], at: usize) -> Option<(usize, String)> {
    let plain = |q: &Piece| q.kind == PieceKind::Digits && q.lower.bytes().all(|b| b.is_ascii_digit());
    let mut written = p.get(at).filter(|q| plain(q) && q.lower.len() <= 3)?.lower.to_string();
    let mut end = at + 1;
    while let (Some(mark), Some(group)) = (p.get(end), p.get(end + 1))
        && mark.glued
        && mark.is_sign('\'')
        && group.glued
        && plain(group)
        && group.lower.len() == 3
    {
        written.push_str(&group.lower);
        end += 2;
    }
    (end > at + 1).then_some((end, written))
}

/// "3,7" where it is measured or the language says so, "45.300" and "1.234.567,50" where the language says so.
fn comma_number(doc: &Document, p: &[Piece], at: usize, language: bool) -> Option<(usize, String)> {
    let first = &p[at];
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
    let decimals = || {
        let (mark, rest) = (p.get(at + 1)?, p.get(at + 2)?);
        let fits = mark.glued && mark.is_sign(',') && rest.glued && digits(&rest.lower);
        let ends = !p.get(at + 3).is_some_and(|n| n.glued && (n.is_digits() || n.is_sign(',')));
        (fits && ends && rest.lower.len() <= 2).then_some(rest)
    };
    let groups: Vec<&str> = first.lower.split('.').collect();
    let grouped = groups.len() > 1
        && digits(groups[0])
        && groups[0].len() <= 3
        && groups[1..].iter().all(|g| digits(g) && g.len() == 3)
        && groups[0] != "0";
    let whole = if language && grouped { groups.concat() } else { first.lower.to_string() };
    if language && let Some((whole, rest)) = first.lower.split_once(',').filter(|(w, r)| digits(w) && digits(r)) {
        // "1,250" is one and a quarter there.
        return Some((at + 1, format!("{whole}.{rest}")));
    }
    if let Some(rest) = decimals().filter(|_| digits(&whole))
        && (language || measured(doc, p, at + 3) || grouped)
    {
        return Some((at + 3, format!("{whole}.{}", rest.lower)));
    }
    (language && grouped).then_some((at + 1, whole))
}

/// What follows measures: a list of numbers has none.
fn measured(doc: &Document, p: &[Piece], at: usize) -> bool {
    let Some(next) = p.get(at) else { return false };
    if next.is_word() {
        let scale = matches!(next.lower.as_str(), "million" | "billion" | "trillion" | "thousand" | "bn" | "mn" | "m");
        let worded = measure::by_words(&next.lower, |i| p.get(at + i).map(|q| q.lower.as_str())).is_some();
        let symbol = next.lower.len() > 1 && measure::by_symbol(doc.slice(next.span)).is_some();
        return scale && number::word_value(&next.lower).is_some() || scale && next.glued || worded || symbol;
    }
    measure::by_symbol(&next.lower).is_some()
}
