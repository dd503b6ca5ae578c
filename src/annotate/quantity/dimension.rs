//! Sides of one thing: "5 by 7 metres", "20 × 30 × 40 cm", "3m x 4m": the unit is said once or of each.

use rust_decimal::Decimal;

use super::draft::{Draft, Scene};
use super::unit::take;
use crate::lexicon::measure;
use crate::lexicon::number::Form;
use crate::text::*;

/// Gives the sides their unit, from the last on back; "3m" beside another side is metres, not millions.
pub fn dimensions(scene: &Scene, drafts: &mut [Draft]) {
    for i in (1..drafts.len()).rev() {
        let (left, right) = drafts.split_at_mut(i);
        let (a, b) = (&mut left[i - 1], &mut right[0]);
        let gap = a.all.end..b.all.start;
        if gap.len() != 1 || !matches!(scene.word(gap.start), "x" | "×" | "by") {
            continue;
        }
        let times = scene.word(gap.start) != "by";
        metres(scene, a, times || b.unit.is_some_and(is_length));
        metres(scene, b, times && a.unit.is_some_and(is_length));
        let bare = a.unit.is_none() && matches!(a.kind, QuantityKind::Count | QuantityKind::Fraction);
        if let Some(unit) = b.unit.filter(|u| bare && is_length(u)) {
            a.unit = Some(unit);
            a.kind = QuantityKind::Measure;
        }
    }
}

fn is_length(unit: &measure::Measure) -> bool {
    unit.dimension == "length"
}

/// "3m", read as three million, as three metres.
fn metres(scene: &Scene, draft: &mut Draft, beside: bool) {
    let last = draft.number.end - 1;
    let glued = scene.p.get(last).is_some_and(|q| q.lower == "m" && !q.capital && q.glued);
    if !beside || draft.unit.is_some() || draft.form != Form::Words || !glued {
        return;
    }
    let million = Decimal::from(1_000_000);
    if let (Some(unit), Some(value)) = (measure::by_code("m"), draft.value.checked_div(million)) {
        draft.value = value.normalize();
        draft.scale = None;
        draft.form = Form::Digits;
        draft.number.end -= 1;
        take(draft, unit, last..last + 1);
    }
}
