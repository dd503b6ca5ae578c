//! From drafts to whole quantities: ranges, bounds, rates and changes.

use rust_decimal::Decimal;

use super::draft::{Draft, Level, Scene};
use super::words::{BOUNDS, Bound, CHANGES, ChangeClass, DIVISORS, STOPS};
use crate::lexicon::measure::{self, Measure};
use crate::lexicon::number::{self, Form};
use crate::text::*;

/// Joins the two ends of ranges: "15-20", "between 3 and 5", "from 2.5% to 3%", "four-five thousand", "two or three".
pub fn ranges(scene: &Scene, drafts: Vec<Draft>) -> Vec<Draft> {
    let mut out: Vec<Draft> = Vec::with_capacity(drafts.len());
    let mut rest = drafts.into_iter().peekable();
    while let Some(a) = rest.next() {
        let Some(b) = rest.peek() else {
            out.push(a);
            break;
        };
        match join(scene, &a, b) {
            Some(Joined::Range(draft)) => {
                rest.next();
                out.push(*draft);
            }
            Some(Joined::Change(from, to)) => {
                rest.next();
                out.push(*from);
                out.push(*to);
            }
            None => out.push(a),
        }
    }
    out
}

enum Joined {
    Range(Box<Draft>),
    Change(Box<Draft>, Box<Draft>),
}

fn join(scene: &Scene, a: &Draft, b: &Draft) -> Option<Joined> {
    let countable = |d: &Draft| {
        !matches!(d.kind, QuantityKind::Ordinal | QuantityKind::Multiplier)
            && d.form != Form::Vague
            && d.upper.is_none()
    };
    if !countable(a) || !countable(b) {
        return None;
    }
    if a.kind == QuantityKind::Age && b.kind != QuantityKind::Age && b.unit.is_some() {
        return None;
    }
    let gap = a.all.end..b.all.start;
    let mut before = scene.before(a.all.start);
    if matches!(before, "about" | "around" | "roughly" | "nearly" | "almost")
        && a.all.start >= 2
        && scene.word(a.all.start - 2) == "from"
    {
        before = "from";
    }
    let word = |i: usize| scene.word(i);
    let hyphen = gap.len() == 1 && scene.p[gap.start].is_sign('-');
    let glued = hyphen && scene.p[gap.start].glued && scene.p[b.all.start].glued;
    let negative_b =
        b.value.is_sign_negative() && b.all.start + 1 == b.number.end - (b.number.len() - 1) && gap.is_empty();
    let kind = if hyphen {
        "-"
    } else if gap.is_empty() && negative_b && scene.p[b.all.start].is_sign('-') {
        // "2000 -2500": the hyphen was read as a minus.
        "minus"
    } else if gap.len() == 1 {
        match word(gap.start) {
            "to" => "to",
            "and" if before == "between" || between_about(scene, a) => "and",
            "or" => "or",
            _ => return None,
        }
    } else if gap.len() == 2 && (word(gap.start), word(gap.start + 1)) == ("up", "to") {
        "to"
    } else if gap.len() == 2 && word(gap.start + 1) == "to" && scene.p[gap.start].is_sign('-') {
        // "8- to 16-metre".
        "to"
    } else if gap.len() > 1
        && gap.len() <= 9
        && before == "from"
        && word(gap.end - 1) == "to"
        && apart(scene, gap.clone())
    {
        // "from $36 at noon to $34".
        "to"
    } else if gap.len() == 2
        && word(gap.start) == "to"
        && matches!(word(gap.start + 1), "about" | "around" | "nearly" | "almost" | "more")
    {
        "to"
    } else {
        return None;
    };
    let units = same_unit(a, b)?;
    let (mut low, high) = (a.value, if kind == "minus" { -b.value } else { b.value });
    // "15 to 20 million": the magnitude is shared.
    if a.scale.is_none()
        && let Some(scale) = b.scale
        && high.checked_div(scale).is_some_and(|mantissa| low < mantissa)
        && a.unit_at.is_none() | a.currency_before
    {
        low = low.checked_mul(scale)?;
    }
    if kind == "or" {
        let near = a.unit.is_none()
            && !a.currency_before
            && low.is_integer()
            && high == low + Decimal::ONE
            && low < Decimal::TEN;
        if !near {
            return None;
        }
    }
    let (score_a, score_b) = (u32::try_from(low).ok(), u32::try_from(high).ok());
    if kind == "-" || kind == "minus" {
        // "2-0", "3-1": a score; "55-45": votes.
        let sides = scene.p[a.number.start].is_digits() && scene.p[b.number.start].is_digits();
        if sides && low >= high && glued && units.is_none() || sides && glued && units.is_none() && scored(scene, a, b)
        {
            let (Some(x), Some(y)) = (score_a, score_b) else { return None };
            let mut score = a.clone();
            score.kind = QuantityKind::Score;
            score.ratio = Some((x, y));
            score.all.end = b.all.end;
            score.number.end = b.number.end;
            return Some(Joined::Range(Box::new(score)));
        }
        if low >= high {
            return None;
        }
        if !glued && !(sides || a.currency_before && b.currency_before || a.unit.is_some() && b.unit.is_some()) {
            return None;
        }
        // Words: only "four-five thousand", small neighbours.
        if !sides
            && glued
            && !(high > low && a.form == Form::Words && b.form == Form::Words)
            && !b.currency_before
            && a.form != Form::Digits
        {
            return None;
        }
    }
    let from = before == "from";
    let direction = if kind == "to" { change_near(scene, a.all.start) } else { None };
    if kind == "to" && !from {
        // "rose 5% to $3bn", "cut rates half a point to 2%": the second is a level, not an end.
        let level = a.unit.is_some() && (CHANGES.contains_key(before) || matches!(before, "by"));
        if level || a.unit.is_some() && !a.currency_before && b.unit.is_none() {
            return None;
        }
        if low >= high {
            return None;
        }
    }
    if kind == "to" && from && (direction.is_some() || low > high) {
        let (mut first, mut last) = (a.clone(), b.clone());
        share_unit(&mut first, &mut last, units);
        first.value = low;
        let direction = direction.unwrap_or(if low > high { Change::Down } else { Change::Up });
        first.level = Some(Level::Before);
        last.level = Some(Level::After);
        first.change = Some(direction);
        last.change = Some(direction);
        first.other_level = Some(high);
        last.other_level = Some(low);
        return Some(Joined::Change(Box::new(first), Box::new(last)));
    }
    let (mut first, mut last) = (a.clone(), b.clone());
    share_unit(&mut first, &mut last, units);
    let mut range = last;
    let (low, high) = if low <= high { (low, high) } else { (high, low) };
    range.number.start = a.number.start;
    range.all.start = a.all.start;
    if matches!((kind, before), ("and", "between") | ("to", "from")) {
        range.all.start -= 1;
    } else if kind == "and" {
        range.all.start -= 2;
    }
    range.value = low;
    range.upper = Some(high);
    range.ratio = None;
    range.relation = Some(QuantityRelation::Range);
    range.currency_before = a.currency_before || b.currency_before;
    if a.unit_at.is_some() && range.unit_at.is_none() {
        range.unit_at = a.unit_at.clone();
    }
    range.per = range.per.or_else(|| a.per.clone());
    range.maybe_year = a.maybe_year && range.unit.is_none();
    Some(Joined::Range(Box::new(range)))
}

/// Nothing between the ends of a change but when and of what: no other clause.
fn apart(scene: &Scene, gap: std::ops::Range<usize>) -> bool {
    gap.into_iter()
        .all(|i| !matches!(scene.word(i), "," | ";" | ":" | "and" | "but" | "that" | "which" | "from" | "(" | "\""))
}

/// "between about 5 and 7".
fn between_about(scene: &Scene, a: &Draft) -> bool {
    a.all.start >= 2
        && matches!(scene.before(a.all.start), "about" | "around" | "roughly" | "approximately" | "some")
        && scene.word(a.all.start - 2) == "between"
}

/// `None`: the units differ; else the unit that both have.
fn same_unit(a: &Draft, b: &Draft) -> Option<Option<&'static Measure>> {
    let age = |d: &Draft| d.kind == QuantityKind::Age;
    match (a.unit, b.unit) {
        (Some(x), Some(y)) if std::ptr::eq(x, y) || x.code == y.code => Some(Some(y)),
        (Some(_), Some(_)) => None,
        (Some(x), None) if a.currency_before || age(a) => Some(Some(x)),
        (Some(x), None) => Some(Some(x)),
        (None, unit) => Some(unit),
    }
}

fn share_unit(a: &mut Draft, b: &mut Draft, unit: Option<&'static Measure>) {
    let Some(unit) = unit else { return };
    let kind = if a.unit.is_some() { a.kind } else { b.kind };
    for draft in [a, b] {
        if draft.unit.is_none() {
            draft.unit = Some(unit);
            draft.kind = kind;
        }
    }
}

/// "2,000.45±0.01 pounds", "5 +/- 1": the first number, with the unit of the second.
pub fn tolerances(scene: &Scene, drafts: Vec<Draft>) -> Vec<Draft> {
    let mut out: Vec<Draft> = Vec::with_capacity(drafts.len());
    for b in drafts {
        if let Some(a) = out.last_mut()
            && a.unit.is_none() | (a.unit.map(|u| &u.code) == b.unit.map(|u| &u.code))
            && a.upper.is_none()
        {
            let between: String = (a.all.end..b.all.start).map(|i| scene.word(i)).collect();
            if matches!(between.as_str(), "±" | "+/-") {
                a.unit = b.unit;
                a.unit_at = b.unit_at.clone();
                a.kind = b.kind;
                a.all.end = b.all.end;
                a.number.end = b.number.end;
                a.relation = Some(QuantityRelation::About);
                continue;
            }
        }
        out.push(b);
    }
    out
}

/// Words of a match or a vote near a score.
fn scored(scene: &Scene, a: &Draft, b: &Draft) -> bool {
    let near = |i: usize| {
        matches!(
            scene.word(i),
            "won"
                | "win"
                | "wins"
                | "beat"
                | "beating"
                | "defeat"
                | "defeated"
                | "lost"
                | "lead"
                | "led"
                | "leading"
                | "draw"
                | "drew"
                | "victory"
                | "loss"
                | "score"
                | "scored"
                | "voted"
                | "vote"
                | "votes"
                | "tied"
                | "tie"
                | "aggregate"
                | "ruled"
                | "ruling"
                | "decision"
                | "champions"
        )
    };
    (a.all.start.saturating_sub(6)..a.all.start).any(near) || (b.all.end..b.all.end + 4).any(near)
}

/// Direction told by the nearest word of change before a number, a few words back.
pub fn change_near(scene: &Scene, at: usize) -> Option<Change> {
    (at.saturating_sub(7)..at)
        .rev()
        .take_while(|&i| !matches!(scene.word(i), "," | ";" | ":" | "and" | "but" | "while"))
        .find_map(|i| CHANGES.get(scene.word(i)).map(|c| c.0))
}

/// "one in five", "two out of three", "1 of every 10": a share.
pub fn shares(scene: &Scene, drafts: Vec<Draft>) -> Vec<Draft> {
    let mut out: Vec<Draft> = Vec::with_capacity(drafts.len());
    for b in drafts {
        if let Some(a) = out.last_mut()
            && a.unit.is_none()
            && b.unit.is_none()
            && a.kind == QuantityKind::Count
            && a.upper.is_none()
            && a.value.is_integer()
            && b.value.is_integer()
            && let (Ok(n), Ok(d)) = (u32::try_from(a.value), u32::try_from(b.value))
            && n > 0
            && n < d
            && let Some(value) = a.value.checked_div(b.value)
        {
            let gap: Vec<&str> = (a.all.end..b.all.start).map(|i| scene.word(i)).collect();
            let fits = match gap.as_slice() {
                ["out", "of"] | ["out", "of", "every"] | ["in", "every"] | ["of", "every"] => true,
                // "one in five people"; not "one in 2015".
                ["in"] => n < 10 && d <= 10_000 && (d <= 10 || (d % 10) == 0) && !b.maybe_year,
                _ => false,
            };
            if fits {
                a.kind = QuantityKind::Fraction;
                a.form = Form::Fraction;
                a.value = value;
                a.ratio = Some((n, d));
                a.all.end = b.all.end;
                a.number.end = b.number.end;
                continue;
            }
        }
        out.push(b);
    }
    out
}

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
    if relation == QuantityRelation::Equal && first == "equal" {
        return true;
    }
    true
}

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
        if let Some((per, _)) = divisor(scene, at, true) {
            draft.per = Some(per);
            return;
        }
        let tag = scene.doc.pos(piece.token);
        if matches!(tag, Pos::Verb | Pos::Cconj | Pos::Sconj | Pos::Pron | Pos::Aux | Pos::Punct)
            || matches!(
                piece.lower.as_str(),
                "and" | "or" | "but" | "that" | "which" | "who" | "was" | "were" | "is" | "are" | "for" | "from"
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
    let word = scene.p.get(noun).filter(|n| n.is_word());
    if first.lower == "each" && !far && word.is_none() {
        return Some((one(scene, "item", at..at + 1), at + 1));
    }
    let word = word?;
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
        || listed && (sure || matches!(first.lower.as_str(), "a" | "an"))
    {
        let noun_text = super::counted::singular(lower);
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
