//! Changes: the direction, and whether a number is the amount of the change or a level before or after it.

use super::draft::{Draft, Level, Scene};
use super::words::{CHANGES, ChangeClass};
use crate::text::*;

/// Direction told by the nearest word of change before a number, a few words back.
pub fn change_near(scene: &Scene, at: usize) -> Option<Change> {
    (at.saturating_sub(7)..at)
        .rev()
        .take_while(|&i| !matches!(scene.word(i), "," | ";" | ":" | "and" | "but" | "while"))
        .find_map(|i| CHANGES.get(scene.word(i)).map(|c| c.0))
}

/// Reads the direction of a change and whether the number is its amount or the level reached.
pub fn change(scene: &Scene, draft: &mut Draft) {
    if draft.level.is_some() || matches!(draft.kind, QuantityKind::Ordinal | QuantityKind::Age | QuantityKind::Score) {
        return;
    }
    let mut at = draft.all.start;
    while matches!(scene.before(at), "just" | "only" | "another" | "further" | "a" | "an" | "the" | "by") && at > 0 {
        let article = matches!(scene.before(at), "a" | "an" | "the");
        at -= 1;
        if article {
            break;
        }
    }
    let before = scene.before(at);
    if matches!(before, "to" | "at") {
        // "rose 60% to 3.9 million", "fell to 48", "up 2% at 5,884": the level after.
        if before == "to"
            && let Some(direction) = change_near(scene, at - 1)
        {
            draft.change = Some(direction);
            draft.level = Some(Level::After);
        }
        return;
    }
    if before == "from" && at >= 2 {
        let near = change_near(scene, at - 1);
        let level = (at.saturating_sub(8)..at).any(|i| scene.word(i) == "to");
        if let (Some(direction), true) = (near, level) {
            draft.change = Some(direction);
            draft.level = Some(Level::Before);
        }
        return;
    }
    if let Some((direction, class)) = CHANGES.get(before) {
        let money_or_part =
            draft.unit.is_some() || draft.kind == QuantityKind::Multiplier || draft.kind == QuantityKind::Fraction;
        // "lost 3 men", "added 12 desks", "off 5th street", "cut 300 jobs": amounts of things count as changes only by a bare verb.
        let fits = match class {
            ChangeClass::Verb => money_or_part || matches!(scene.before(draft.all.start), "by"),
            ChangeClass::Adverb => before != "off" || money_or_part,
        };
        if fits {
            draft.change = Some(*direction);
        }
        return;
    }
    if matches!(scene.word(draft.all.end), "higher" | "lower") && draft.unit.is_some() {
        draft.change = CHANGES.get(scene.word(draft.all.end)).map(|c| c.0);
    }
}
