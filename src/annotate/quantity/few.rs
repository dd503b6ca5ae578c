//! Numbers that are words of no exact number: "several boats", "a handful of guards", "most of the crop", "doubled".

use rust_decimal::Decimal;

use super::draft::{Draft, Scene};
use crate::lexicon::number::{self, Form};
use crate::text::*;

/// True when a lower-cased token may be one of them.
pub fn may_begin(lower: &str) -> bool {
    matches!(lower, "several" | "few" | "handful" | "couple" | "most") || times(lower).is_some()
}

/// "Tripled": the factor, and the direction.
fn times(lower: &str) -> Option<(Decimal, Change)> {
    let (factor, change) = match lower {
        "doubled" | "doubling" | "doubles" => (20, Change::Up),
        "tripled" | "trebled" | "tripling" | "triples" => (30, Change::Up),
        "quadrupled" | "quadrupling" => (40, Change::Up),
        "halved" | "halving" | "halves" => (5, Change::Down),
        _ => return None,
    };
    Some((Decimal::new(factor, 1).normalize(), change))
}

/// The number that such a word at a piece stands for. "Several hundred" and "a couple of thousand" are read with the numbers.
pub fn few(scene: &Scene, at: usize) -> Option<Draft> {
    let lower = scene.word(at);
    if number::read(scene.p, at).is_some() || scene.held(scene.p[at].span) {
        return None;
    }
    if let Some((factor, change)) = times(lower) {
        return doubled(scene, at, factor, change);
    }
    if lower == "most" {
        return most(scene, at);
    }
    let article = usize::from(lower == "a");
    let word = at + article;
    let (low, high, end) = match (article, scene.word(word), scene.word(word + 1)) {
        (0, "several", _) => (3, 10, word + 1),
        (1, "few", _) => (2, 10, word + 1),
        (1, "handful", "of") => (3, 10, word + 2),
        (1, "couple", "of") => (2, 4, word + 2),
        _ => return None,
    };
    // "Quite a few", "the last few": more than that, or a time.
    if matches!(scene.before(at), "quite" | "last" | "past" | "next" | "first" | "not" | "only") && lower != "several" {
        return None;
    }
    let next = scene.p.get(end)?;
    let follows = matches!(scene.doc.pos(next.token), Pos::Noun | Pos::Adj | Pos::Propn | Pos::Num);
    let of_them = next.lower == "of"
        && matches!(scene.word(end + 1), "the" | "them" | "those" | "these" | "its" | "their" | "his" | "her");
    if !follows && !of_them || scene.held(next.span) || number::read(scene.p, end).is_some() {
        return None;
    }
    let mut draft = Draft::of(at..end, Decimal::from(low), Form::Vague);
    draft.upper = Some(Decimal::from(high));
    // "several miles north of here": how far, in a unit of length, of weight, of area.
    let unit = super::unit::worded(scene, end).filter(|(unit, _)| !unit.is_time() && !unit.is_money());
    if let Some((unit, pieces)) = unit.filter(|_| !of_them) {
        draft.unit = Some(unit);
        draft.unit_at = Some(end..end + pieces);
        draft.kind = QuantityKind::Measure;
        draft.all.end = end + pieces;
    }
    Some(draft)
}

/// "Most of the harvest": more than half of it.
fn most(scene: &Scene, at: usize) -> Option<Draft> {
    let is_part = scene.word(at + 1) == "of"
        && matches!(
            scene.word(at + 2),
            "the"
                | "its"
                | "their"
                | "his"
                | "her"
                | "them"
                | "those"
                | "these"
                | "our"
                | "your"
                | "my"
                | "this"
                | "us"
        );
    // "The most of", "at most", "most of the time".
    if !is_part
        || matches!(scene.before(at), "the" | "at" | "make" | "made")
        || matches!(scene.word(at + 3), "time" | "day" | "way" | "night" | "year")
    {
        return None;
    }
    let mut draft = Draft::of(at..at + 1, Decimal::new(5, 1), Form::Fraction);
    draft.kind = QuantityKind::Fraction;
    draft.ratio = Some((1, 2));
    draft.relation = Some(QuantityRelation::MoreThan);
    Some(draft)
}

/// "Rents doubled": two times as much as before. Where the level is told ("doubled to 48"), that says more.
fn doubled(scene: &Scene, at: usize, factor: Decimal, change: Change) -> Option<Draft> {
    let token = scene.p[at].token;
    let goes_on = (at + 1..at + 4).any(|i| number::read(scene.p, i).is_some());
    let is_verb = scene.doc.pos(token) == Pos::Verb || !scene.p.get(at + 1).is_some_and(|n| n.is_word());
    if goes_on || !is_verb || matches!(scene.word(at + 1), "over" | "up" | "back" | "down") {
        return None;
    }
    let mut draft = Draft::of(at..at + 1, factor, Form::Words);
    draft.kind = QuantityKind::Multiplier;
    draft.change = Some(change);
    Some(draft)
}
