//! Digits and number words that mark something and count nothing: strokes against par, about so old, about one, the record of
//! a team.

use rust_decimal::Decimal;

use super::draft::{Draft, Scene};
use crate::text::*;

/// Whether a bare number is such a mark.
pub fn is_mark(scene: &Scene, draft: &Draft) -> bool {
    par(scene, draft) || about_so_old(scene, draft) || or_so(scene, draft)
}

/// "a 4-under-par **67**", "at **17**-under **267**", "at minus-**10**": strokes against par.
fn par(scene: &Scene, draft: &Draft) -> bool {
    let (start, end) = (draft.number.start, draft.number.end);
    let tied = |i: usize| scene.p.get(i).is_some_and(|p| p.is_sign('-') && p.glued);
    let side = |i: usize| matches!(scene.word(i), "under" | "over");
    let back = |n: usize| start.checked_sub(n);
    // The number may have taken "under" for a bound.
    let behind_side = back(3).is_some_and(|i| side(i + 2) && tied(i + 1) && scene.p[i].is_digits());
    let behind_par = back(4).is_some_and(|i| scene.word(i + 3) == "par" && tied(i + 2) && side(i + 1) && tied(i));
    let minus = scene.word(start) == "minus" && tied(start + 1)
        || back(2).is_some_and(|i| tied(i + 1) && scene.word(i) == "minus");
    tied(end) && side(end + 1) || behind_side || behind_par || minus
}

/// "a 40-something nominee".
fn about_so_old(scene: &Scene, draft: &Draft) -> bool {
    let end = draft.number.end;
    scene.p.get(end).is_some_and(|p| p.is_sign('-') && p.glued)
        && matches!(scene.word(end + 1), "something" | "somethings")
}

/// "in a week **or two**", "for a day or two": about one.
fn or_so(scene: &Scene, draft: &Draft) -> bool {
    let start = draft.number.start;
    let unit = start.checked_sub(2).map_or("", |i| scene.word(i));
    scene.before(start) == "or"
        && matches!(unit, "second" | "minute" | "hour" | "day" | "night" | "week" | "month" | "year" | "decade")
        && draft.value <= Decimal::from(3)
}

/// "The Chiefs (**2-13**)", "the Sixers are just **9-14**": games won and lost, where the pair is read as a range.
pub fn is_record(scene: &Scene, pair: std::ops::Range<usize>) -> bool {
    let (start, end) = (pair.start, pair.end);
    let name = |i: usize| scene.p[i].is_word() && scene.p[i].capital;
    let closed =
        |i: usize| scene.p.get(i).is_none_or(|n| !n.is_word() || super::words::STOPS.contains(n.lower.as_str()));
    if scene.before(start) == "(" && start >= 2 && name(start - 2) {
        return matches!(scene.word(end), ")" | "," | ";");
    }
    // The team, a form of be, perhaps what kind of record, and nothing that the pair could count.
    let be = (start.saturating_sub(7)..start)
        .rev()
        .take_while(|&i| scene.p[i].is_word() || scene.p[i].is_sign('-'))
        .find(|&i| matches!(scene.word(i), "is" | "are" | "was" | "were" | "at" | "went" | "now"));
    let team = be.is_some_and(|b| {
        (b.saturating_sub(3)..b).any(|i| name(i) && i > 0 && scene.doc.pos(scene.p[i].token) == Pos::Propn)
    });
    team && closed(end)
}
