//! Bound words on both sides of a number: "at least 40", "60 or more", "more than 5 but fewer than 10".

use super::draft::{Draft, Scene};
use super::words::{BOUNDS, Bound};
use crate::lexicon::number::{self, Form};
use crate::text::*;

/// Joins a lower and an upper bound on one thing: "more than 5 but fewer than 10".
pub fn two_sided(scene: &Scene, drafts: Vec<Draft>) -> Vec<Draft> {
    use QuantityRelation::*;
    let mut out: Vec<Draft> = Vec::with_capacity(drafts.len());
    for b in drafts {
        if let Some(a) = out.last_mut()
            && b.all.start == a.all.end + 1
            && matches!(scene.word(a.all.end), "and" | "but" | ",")
            && a.upper.is_none()
            && b.upper.is_none()
            && let (Some(x), Some(y)) = (a.relation, b.relation)
            && (a.unit.is_none() || b.unit.is_none() || a.unit.map(|u| &u.code) == b.unit.map(|u| &u.code))
        {
            let lower = |r| matches!(r, AtLeast | MoreThan);
            let upper = |r| matches!(r, AtMost | LessThan);
            let ends = if lower(x) && upper(y) {
                Some((a.value, x == MoreThan, b.value, y == LessThan))
            } else if upper(x) && lower(y) {
                Some((b.value, y == MoreThan, a.value, x == LessThan))
            } else {
                None
            };
            if let Some((low, low_open, high, high_open)) = ends.filter(|e| e.0 < e.2) {
                a.value = low;
                a.upper = Some(high);
                a.lower_open = low_open;
                a.upper_open = high_open;
                a.relation = Some(Range);
                a.all.end = b.all.end;
                a.number.end = b.number.end;
                if a.unit.is_none() {
                    a.unit = b.unit;
                    a.kind = b.kind;
                    a.unit_at = b.unit_at.clone();
                }
                continue;
            }
        }
        out.push(b);
    }
    out
}

/// Reads the bound words on both sides of a number.
pub fn bounds(scene: &Scene, draft: &mut Draft, floor: usize) {
    if draft.kind == QuantityKind::Ordinal {
        return;
    }
    let mut start = draft.all.start;
    // "a further 5", "another 20", "only 3": stepped over for the bound before them.
    if matches!(scene.before(start), "just" | "only") {
        start -= 1;
    }
    if let Some((from, relation)) = before(scene, start, floor).or_else(|| before(scene, draft.all.start, floor))
        && fits_before(scene, draft, from, relation)
    {
        draft.all.start = from;
        if relation == QuantityRelation::Equal {
            // "exactly 40" adds nothing but its words.
        } else if draft.relation == Some(QuantityRelation::Range) {
            draft.form = if relation == QuantityRelation::About { Form::Vague } else { draft.form };
        } else {
            draft.relation = Some(relation);
        }
        // "at least about 40", "up to an estimated 90".
        if let Some((from, outer)) = before(scene, from, floor)
            && outer != QuantityRelation::About
            && fits_before(scene, draft, from, outer)
        {
            draft.all.start = from;
            draft.relation = Some(outer);
        }
    }
    match scene.p.get(draft.all.start.wrapping_sub(1)).map(|q| q.lower.as_str()) {
        Some(">") if draft.relation.is_none() => {
            draft.relation = Some(QuantityRelation::MoreThan);
            draft.all.start -= 1;
        }
        Some("<") if draft.relation.is_none() => {
            draft.relation = Some(QuantityRelation::LessThan);
            draft.all.start -= 1;
        }
        Some("~" | "≈") if draft.relation.is_none() => {
            draft.relation = Some(QuantityRelation::About);
            draft.all.start -= 1;
        }
        _ => {}
    }
    // "less than 50 or equal".
    if scene.word(draft.all.end) == "or" && scene.word(draft.all.end + 1) == "equal" {
        let to = if scene.word(draft.all.end + 2) == "to" { 3 } else { 2 };
        let wider = match draft.relation {
            Some(QuantityRelation::LessThan) => Some(QuantityRelation::AtMost),
            Some(QuantityRelation::MoreThan) => Some(QuantityRelation::AtLeast),
            _ => None,
        };
        if let Some(wider) = wider.filter(|_| number::read(scene.p, draft.all.end + to).is_none()) {
            draft.relation = Some(wider);
            draft.all.end += to;
            return;
        }
    }
    // Behind the number: "500+", "20-odd", "60 or more", "10 miles or so".
    let mut end = draft.all.end;
    if scene.p.get(end).is_some_and(|n| n.is_sign('+') && n.glued) {
        draft.relation = draft.relation.or(Some(QuantityRelation::AtLeast));
        draft.all.end += 1;
        return;
    }
    let hyphen = scene.p.get(end).is_some_and(|n| n.is_sign('-') && n.glued);
    if hyphen {
        end += 1;
    }
    if let Some((to, relation)) = after(scene, end)
        && (hyphen == matches!(scene.word(end), "odd" | "ish" | "plus") || scene.word(end) == "plus")
        && !(scene.word(end) == "plus"
            && scene.p.get(to).is_some_and(|n| n.is_digits() || n.is_word())
            && !hyphen
            && !scene.word(to).ends_with('s'))
    {
        if draft.relation != Some(QuantityRelation::Range) {
            let both = matches!(
                (draft.relation, relation),
                (Some(QuantityRelation::About), QuantityRelation::About)
                    | (None | Some(QuantityRelation::Equal | QuantityRelation::About), _)
            );
            if both {
                draft.relation = Some(relation);
            }
        }
        draft.all.end = to;
    }
}

fn matches_at(scene: &Scene, at: usize, bound: &Bound) -> bool {
    bound.words.iter().enumerate().all(|(i, w)| scene.word(at + i) == *w)
}

fn before(scene: &Scene, end: usize, floor: usize) -> Option<(usize, QuantityRelation)> {
    let mut end = end;
    // "some of the 500": nothing between but an optional hyphen ("sub-300").
    if end > floor && scene.p[end - 1].is_sign('-') && scene.p[end - 1].glued && scene.before(end - 1) == "sub" {
        end -= 1;
    }
    let last = scene.before(end);
    let list = BOUNDS.before.get(last)?;
    list.iter().find_map(|bound| {
        let start = end.checked_sub(bound.words.len())?;
        (start >= floor && matches_at(scene, start, bound)).then_some((start, bound.relation))
    })
}

/// Bound words behind the thing counted: "60 goats or more".
pub fn behind_thing(scene: &Scene, draft: &mut Draft, end: usize) {
    let open = matches!(draft.relation, None | Some(QuantityRelation::Equal | QuantityRelation::About));
    if open
        && matches!(scene.word(end), "or" | "and" | "at")
        && let Some((_, relation)) = after(scene, end)
    {
        draft.relation = Some(relation);
    }
}

fn after(scene: &Scene, at: usize) -> Option<(usize, QuantityRelation)> {
    let list = BOUNDS.after.get(scene.word(at))?;
    let (end, relation) =
        list.iter().find(|bound| matches_at(scene, at, bound)).map(|bound| (at + bound.words.len(), bound.relation))?;
    // "200 or greater than 190": the words belong to the number behind them.
    let taken = scene.word(end) == "than" || number::read(scene.p, end).is_some();
    (!taken).then_some((end, relation))
}

/// Refuses bound words that do another job: "went over 12 bridges", "below 5 flags", "some" of a phrase.
fn fits_before(scene: &Scene, draft: &Draft, from: usize, relation: QuantityRelation) -> bool {
    let first = scene.word(from);
    let single = draft.all.start - from <= 1;
    if first == "as" && scene.before(from) == "times" {
        return false;
    }
    // "went up to 413", "is now up to 40": the way the number went, and no limit.
    if first == "up"
        && let Some(verb) = from.checked_sub(1).map(|i| &scene.p[i])
        && (matches!(
            scene.doc.lemma(verb.token),
            "add"
                | "build"
                | "climb"
                | "come"
                | "crawl"
                | "creep"
                | "drive"
                | "edge"
                | "get"
                | "go"
                | "inch"
                | "jump"
                | "leap"
                | "move"
                | "push"
                | "rise"
                | "run"
                | "send"
                | "shoot"
                | "soar"
                | "spring"
                | "take"
                | "tick"
        ) || matches!(verb.lower.as_str(), "already" | "now" | "back" | "again"))
    {
        return false;
    }
    // "the estimated", "under" and "over" as prepositions of place keep their reading as bounds: rare before numbers.
    if single
        && first == "over"
        && matches!(
            scene.before(from),
            "victory" | "win" | "wins" | "lead" | "control" | "edge" | "spread" | "spanning" | "starring"
        )
    {
        return false;
    }
    // "swept **over** 46 homes", "takes **over** 330 mechanics": a particle of the verb.
    if single
        && first == "over"
        && from > 0
        && scene.doc.pos(scene.p[from - 1].token) == Pos::Verb
        && matches!(
            scene.doc.lemma(scene.p[from - 1].token),
            "flow"
                | "fly"
                | "hand"
                | "pass"
                | "pour"
                | "preside"
                | "roll"
                | "spill"
                | "sweep"
                | "take"
                | "tower"
                | "turn"
                | "wash"
        )
    {
        return false;
    }
    if first == "up" && scene.word(from + 1) == "to" && rises_to(scene, draft, from) {
        return false;
    }
    if relation == QuantityRelation::Equal && first == "equal" {
        return true;
    }
    true
}

/// "went up to 413", "brings the total up to 40", "is up to 9 percent from 7": a level that is reached, no limit.
fn rises_to(scene: &Scene, draft: &Draft, up: usize) -> bool {
    let doc = scene.doc;
    const MOVES: &[&str] = &[
        "go", "shoot", "rise", "climb", "creep", "inch", "tick", "edge", "jump", "leap", "move", "push", "bring",
        "send", "take", "drive", "get", "come", "nudge", "bump", "force", "swell", "soar", "surge", "spike", "run",
        "pull",
    ];
    let moves = |t: Id<Token>| doc.pos(t) == Pos::Verb && MOVES.contains(&doc.lemma(t));
    let Some(piece) = scene.p.get(up) else { return false };
    let before = up.checked_sub(1).map(|i| &scene.p[i]);
    let beside = before.is_some_and(|b| moves(b.token) || b.lower == "back" && up > 1 && moves(scene.p[up - 2].token));
    let governed = doc.head(piece.token).is_some_and(|h| h < piece.token && moves(h))
        && matches!(doc.relation(piece.token), Relation::Advmod | Relation::CompoundPrt | Relation::Case);
    let from = before.is_some_and(|b| matches!(b.lower.as_str(), "is" | "are" | "was" | "were" | "'s" | "now"))
        && scene.word(draft.all.end) == "from";
    // "Burglaries rose, up to 44,693 from 42,187": a level held against another.
    let apart = before.is_none_or(|b| matches!(b.lower.as_str(), "," | "-" | "—" | "–" | "("));
    let held = (draft.all.end..draft.all.end + 6).any(|i| {
        matches!(scene.word(i), "from" | "with" | "to")
            && scene.p.get(i + 1).is_some_and(|n| n.is_digits() || n.is_sign('$'))
            && (scene.word(i) == "from" || scene.before(i) == "compared")
    });
    beside || governed || from || apart && held
}
