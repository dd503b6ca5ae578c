//! Rates: "a year", "per day", "every 24 hours", "a barrel", "£3.80 each".

use rust_decimal::Decimal;

use super::draft::{Draft, Scene};
use super::words::{DIVISORS, STOPS};
use crate::lexicon::measure;
use crate::lexicon::number::{self, Form};
use crate::text::*;

/// Reads the divisor of a rate: "a year", "per day", "every 24 hours", "a barrel", "/day".
pub fn rate(scene: &Scene, draft: &mut Draft, next: usize) {
    if matches!(draft.kind, QuantityKind::Ordinal | QuantityKind::Age | QuantityKind::Score) || draft.per.is_some() {
        return;
    }
    // Right behind the number or its unit.
    let mut at = draft.all.end;
    if scene.p.get(at).is_some_and(|n| n.is_sign('-') && n.glued) && matches!(scene.word(at + 1), "a" | "per") {
        at += 1;
    }
    if let Some((per, end)) = divisor(scene, at, false) {
        draft.per = Some(per);
        draft.all.end = end;
        return;
    }
    // "Each week of the strike costs …": the divisor opens the sentence.
    if matches!(scene.word(0), "each" | "every")
        && draft.all.start > 2
        && matches!(draft.kind, QuantityKind::Money | QuantityKind::Measure)
        && let Some((per, _)) = divisor(scene, 0, true)
    {
        draft.per = Some(per);
        return;
    }
    // Behind the thing measured: "60,000 tons of oil every 24 hours", "$2 million in revenue per day", "two raids a day".
    let limit = (draft.all.end + 7).min(next).min(scene.p.len());
    for at in draft.all.end + 1..limit {
        let piece = &scene.p[at];
        if !piece.is_word() && !piece.is_sign('-') && !piece.is_sign('\'') {
            return;
        }
        // "from 90 pence to £1.20 **in a year**": how long it took.
        if at == draft.all.end + 1
            && matches!(scene.word(draft.all.end), "over" | "in" | "within")
            && matches!(piece.lower.as_str(), "a" | "an")
        {
            return;
        }
        // "12 cases per 100,000 people": whatever is counted out.
        let counted_out = piece.lower == "per" && scene.p.get(at + 1).is_some_and(|n| n.is_digits());
        if let Some((per, _)) = divisor(scene, at, !counted_out) {
            draft.per = Some(per);
            return;
        }
        let tag = scene.doc.pos(piece.token);
        // "one doctor **for every 9,000 people**".
        if piece.lower == "for"
            && matches!(scene.word(at + 1), "every" | "each")
            && let Some((per, end)) = divisor(scene, at + 1, false)
        {
            let end = end.min(scene.p.len());
            draft.per = Some(Per { span: scene.span(at..end), ..per });
            return;
        }
        if matches!(tag, Pos::Verb | Pos::Cconj | Pos::Sconj | Pos::Pron | Pos::Aux | Pos::Punct)
            || matches!(
                piece.lower.as_str(),
                "and" | "or" | "but" | "that" | "which" | "who" | "was" | "were" | "is" | "are" | "for" | "from"
                    // "stole $1 million over a decade": how long it took.
                    | "over" | "in" | "within" | "during" | "after" | "before" | "since" | "until" | "to"
            )
        {
            // A participle may close the thing measured: "barrels produced a day".
            return;
        }
    }
}

/// The divisor that begins at a piece, and where it ends. `far`: only times, since "a share" further on may be anything.
fn divisor(scene: &Scene, at: usize, far: bool) -> Option<(Per, usize)> {
    let first = scene.p.get(at)?;
    let sure = matches!(first.lower.as_str(), "per" | "each" | "every") || first.is_sign('/') && first.glued;
    if !(sure || matches!(first.lower.as_str(), "a" | "an")) {
        return match first.lower.as_str() {
            "annually" | "yearly" => Some((one(scene, "year", at..at + 1), at + 1)),
            "daily" => Some((one(scene, "day", at..at + 1), at + 1)),
            "hourly" => Some((one(scene, "hour", at..at + 1), at + 1)),
            "weekly" => Some((one(scene, "week", at..at + 1), at + 1)),
            "monthly" => Some((one(scene, "month", at..at + 1), at + 1)),
            "apiece" if !far => Some((one(scene, "item", at..at + 1), at + 1)),
            _ => None,
        };
    }
    let mut noun = at + 1;
    if scene.p.get(noun).is_some_and(|n| n.is_sign('-')) {
        noun += 1;
    }
    let mut count = Decimal::ONE;
    if matches!(first.lower.as_str(), "per" | "every" | "each")
        && let Some(reading) = number::read(scene.p, noun).filter(|r| matches!(r.form, Form::Digits | Form::Words))
    {
        count = reading.value;
        noun = reading.pieces.end;
    }
    // "37 cents per **diluted** share".
    let area = matches!(scene.word(noun), "square" | "cubic");
    let described =
        !area && scene.p.get(noun).is_some_and(|n| matches!(scene.doc.pos(n.token), Pos::Adj | Pos::Verb | Pos::Adv));
    if first.lower == "per" && described && scene.p.get(noun + 1).is_some_and(|n| scene.doc.pos(n.token) == Pos::Noun) {
        noun += 1;
    }
    let word = scene.p.get(noun).filter(|n| n.is_word());
    if first.lower == "each" && !far && word.is_none() {
        return Some((one(scene, "item", at..at + 1), at + 1));
    }
    let word = word.filter(|w| !matches!(w.lower.as_str(), "more" | "less"))?;
    let lower = word.lower.as_str();
    let period = match lower.strip_suffix('s').unwrap_or(lower) {
        "second" | "sec" => Some("second"),
        "minute" | "min" => Some("minute"),
        "hour" | "hr" => Some("hour"),
        "day" => Some("day"),
        "night" => Some("night"),
        "week" => Some("week"),
        "fortnight" => Some("fortnight"),
        "month" => Some("month"),
        "quarter" => Some("quarter"),
        "year" | "annum" => Some("year"),
        "decade" => Some("decade"),
        "century" => Some("century"),
        _ => None,
    };
    if let Some(period) = period {
        // "a year ago", "a day later", "a week earlier", "a year after" are times.
        if matches!(scene.word(noun + 1), "ago" | "later" | "earlier" | "after" | "before" | "old" | "-" | "or")
            && !sure
        {
            return None;
        }

        let (count, period) = whole_period(count, period);
        return Some((Per { number: count, unit: period.into(), span: scene.span(at..noun + 1) }, noun + 1));
    }
    if far {
        return None;
    }
    // "£3.80 each".
    if first.lower == "each" && !far && (STOPS.contains(lower) || scene.doc.pos(word.token) == Pos::Verb) {
        return Some((one(scene, "item", at..at + 1), at + 1));
    }
    // A unit of measure: "a barrel", "per square foot", "/kg".
    if let Some((unit, len)) =
        measure::by_words(lower, |i| scene.p.get(noun + i).map(|q| q.lower.as_str())).filter(|(u, _)| !u.is_money())
    {
        return Some((
            Per { number: count, unit: unit.code.as_str().into(), span: scene.span(at..noun + len) },
            noun + len,
        ));
    }
    for len in [3, 2, 1] {
        let Some(last) = scene.p.get(noun + len - 1).filter(|q| len == 1 || q.glued) else { continue };
        let written = scene.doc.slice(word.span.join(last.span));
        if let Some(unit) = measure::by_symbol(written)
            .filter(|u| !u.is_money() && sure && written.len() + usize::from(first.is_sign('/')) > 1)
        {
            return Some((
                Per { number: count, unit: unit.code.as_str().into(), span: scene.span(at..noun + len) },
                noun + len,
            ));
        }
    }
    let listed = DIVISORS.contains(lower);
    let follows_verb = matches!(lower, "the" | "a" | "cent");
    if (sure && !first.is_sign('/') && first.lower == "per" && !follows_verb)
        || sure && count > Decimal::ONE
        || listed && (sure || matches!(first.lower.as_str(), "a" | "an"))
    {
        let noun_text = crate::lexicon::noun::singular(lower);
        return Some((Per { number: count, unit: noun_text.into(), span: scene.span(at..noun + 1) }, noun + 1));
    }
    None
}

fn one(scene: &Scene, unit: &str, at: std::ops::Range<usize>) -> Per {
    Per { number: Decimal::ONE, unit: unit.into(), span: scene.span(at) }
}

/// "every 24 hours" is a day, "per 7 days" a week.
fn whole_period(count: Decimal, period: &'static str) -> (Decimal, &'static str) {
    let known = [
        ("hour", 24, "day"),
        ("day", 7, "week"),
        ("month", 12, "year"),
        ("minute", 60, "hour"),
        ("day", 365, "year"),
        ("week", 52, "year"),
    ];
    known
        .iter()
        .find(|(p, n, _)| *p == period && count == Decimal::from(*n))
        .map_or((count, period), |(_, _, whole)| (Decimal::ONE, *whole))
}
