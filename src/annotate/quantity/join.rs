//! Numbers that belong together: ranges, shares, tolerances, the two ends of a change.

use rust_decimal::Decimal;

use super::change::change_near;
use super::draft::{Draft, Level, Scene};
use super::words::{CHANGES, STOPS};
use crate::lexicon::measure::Measure;
use crate::lexicon::number::Form;
use crate::text::*;

/// Joins the two ends of ranges: "15-20", "between 3 and 5", "from 2.5% to 3%", "four-five thousand", "two or three".
pub fn ranges(scene: &Scene, drafts: Vec<Draft>) -> Vec<Draft> {
    let mut out: Vec<Draft> = Vec::with_capacity(drafts.len());
    let mut rest = bracketed(scene, drafts).into_iter().peekable();
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

/// "$8.1 billion (€6.2 billion) to $8.3 billion (€6.4 billion)": the ends of a range, each with the same in other money.
fn bracketed(scene: &Scene, drafts: Vec<Draft>) -> Vec<Draft> {
    let mut out: Vec<Draft> = Vec::with_capacity(drafts.len());
    let mut at = 0;
    while at < drafts.len() {
        let Some([a, c, b, d]) = drafts.get(at..at + 4) else {
            out.extend_from_slice(&drafts[at..]);
            break;
        };
        let gap = |x: &Draft, y: &Draft| (x.all.end..y.all.start).map(|i| scene.word(i)).collect::<Vec<_>>();
        let code = |x: &Draft| x.unit.filter(|u| u.is_money()).map(|u| &u.code);
        let fits = code(a).is_some()
            && code(a) == code(b)
            && code(c).is_some()
            && code(c) == code(d)
            && code(a) != code(c)
            && a.value < b.value
            && gap(a, c) == ["("]
            && gap(c, b) == [")", "to"]
            && gap(b, d) == ["("];
        if !fits || change_near(scene, a.all.start).is_some() {
            out.push(a.clone());
            at += 1;
            continue;
        }
        let mut range = b.clone();
        range.number.start = a.number.start;
        range.all.start = a.all.start;
        (range.value, range.upper) = (a.value, Some(b.value));
        range.relation = Some(QuantityRelation::Range);
        out.push(range);
        at += 4;
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
            "and" if before == "between" || between_about(scene, a) || between_ages(scene, a) => "and",
            "or" => "or",
            _ => return None,
        }
    } else if gap.len() == 2 && (word(gap.start), word(gap.start + 1)) == ("up", "to") {
        "to"
    } else if gap.len() == 2 && word(gap.start + 1) == "to" && scene.p[gap.start].is_sign('-') {
        // "8- to 16-metre".
        "to"
    } else if gap.len() == 3
        && word(gap.start + 1) == "to"
        && [gap.start, gap.start + 2].iter().all(|&i| scene.p[i].is_sign('-') && scene.p[i].glued)
    {
        // "an 8-to-10-foot shark".
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
        // "30-40 runs" are a count.
        let counts = low < high && scene.p.get(b.all.end).is_some_and(|n| scene.doc.xpos(n.token) == Xpos::Nns);
        let record = || super::mark::is_record(scene, a.all.start..b.all.end);
        let scored = |b: &Draft| !counts && (scored(scene, a, b) || record());
        if sides && low >= high && glued && units.is_none() || sides && glued && units.is_none() && scored(b) {
            let (Some(x), Some(y)) = (score_a, score_b) else { return None };
            return Some(Joined::Range(Box::new(score(a, b, (x, y)))));
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
    // "Rents have **gone from** 400 crowns to 520": what went from one to the other has changed.
    let gone = || {
        let verb = a.all.start.checked_sub(2).map(|i| scene.p[i].token)?;
        let past = matches!(scene.doc.xpos(verb), Xpos::Vbd | Xpos::Vbn | Xpos::Vbz | Xpos::Vbg);
        let lemma = scene.doc.lemma(verb);
        let moves = matches!(lemma, "go" | "move" | "come" | "change" | "shift" | "turn");
        (past && moves && low < high).then_some(Change::Up)
    };
    let direction = direction.or_else(|| if kind == "to" && from { gone() } else { None });
    let direction = direction.or_else(|| (kind == "to" && from).then(|| changed_by(scene, a.all.start - 1)).flatten());
    if kind == "to" && !from {
        // "rose 5% to $3bn", "cut rates half a point to 2%": the second is a level, not an end.
        let amount = a.unit.is_some() || a.kind == QuantityKind::Fraction;
        // "will rise 3 percent to 4 percent": what is foreseen goes from one end to the other.
        let verb = a.all.start.checked_sub(1).map(|i| scene.p[i].token);
        let foreseen = verb.is_some_and(|v| scene.doc.xpos(v) == Xpos::Vb)
            && before != "by"
            && a.unit.is_some_and(|u| &*u.code == "percent")
            && b.unit.is_some_and(|u| &*u.code == "percent")
            && low < high;
        // "rose 0.3 to 5.6 per cent", "up two to 41.5": far apart, they are a change and where it led.
        let told = verb.is_some_and(|v| !matches!(scene.doc.xpos(v), Xpos::Vb | Xpos::Vbg));
        let far = told && low.checked_mul(Decimal::from(5)).is_some_and(|five| five < high);
        // "lowered **by 20 to 30 per cent**": ends near each other, in one unit that is said once.
        let near = a.unit.is_none()
            && b.unit.is_some_and(|u| matches!(&*u.code, "percent" | "percentage-point"))
            && low < high
            && low.checked_mul(Decimal::from(3)).is_some_and(|three| three >= high);
        let level = !foreseen && (amount || far) && (CHANGES.contains_key(before) || before == "by")
            || before == "by" && direction.is_some() && !near;
        let ages = a.kind == QuantityKind::Age;
        if level || a.unit.is_some() && !a.currency_before && b.unit.is_none() && !ages {
            return None;
        }
        // "a 3 to 1 margin".
        let odds = matches!(
            word(b.all.end),
            "margin" | "ratio" | "vote" | "majority" | "decision" | "win" | "victory" | "defeat" | "loss"
        );
        if odds
            && units.is_none()
            && let (Some(x), Some(y)) = (score_a, score_b)
        {
            return Some(Joined::Range(Box::new(score(a, b, (x, y)))));
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

/// "rose by 26 percent, **from** 29,400 to 36,900": the change whose amount stands right before a "from".
fn changed_by(scene: &Scene, from: usize) -> Option<Change> {
    let amount = |i: usize| {
        let piece = &scene.p[i];
        piece.is_digits()
            || crate::lexicon::number::is_word(&piece.lower)
            || matches!(
                piece.lower.as_str(),
                "." | "percent" | "per" | "cent" | "%" | "percentage" | "points" | "point"
            )
    };
    let mut at = from;
    if at > 0 && scene.word(at - 1) == "," {
        at -= 1;
        // "corrected the toll **upward**, from 72 to 109".
        match at.checked_sub(1).map_or("", |i| scene.word(i)) {
            "upward" | "upwards" | "up" => return Some(Change::Up),
            "downward" | "downwards" | "down" => return Some(Change::Down),
            _ => {}
        }
        // "go up 5 percent **in June**, from $40 to $42": when.
        let time = |i: usize| scene.withheld.iter().any(|w| w.overlaps(scene.p[i].span));
        let until = at;
        while at > 0 && until - at < 5 && time(at - 1) {
            at -= 1;
        }
        if at < until
            && at > 0
            && matches!(scene.word(at - 1), "in" | "on" | "by" | "during" | "over" | "since" | "from")
        {
            at -= 1;
        }
    }
    let end = at;
    while at > 0 && amount(at - 1) {
        at -= 1;
    }
    (at < end).then(|| change_near(scene, at)).flatten()
}

/// "to 3 billion pounds from 3.4 billion a year ago": the second end takes the unit of the first.
pub fn ends(drafts: &mut [Draft], scene: &Scene) {
    let closed = |d: &Draft| scene.p.get(d.all.end).is_none_or(|n| !n.is_word() || STOPS.contains(n.lower.as_str()));
    for i in 1..drafts.len() {
        let (left, right) = drafts.split_at_mut(i);
        let (a, b) = (&mut left[i - 1], &mut right[0]);
        let to = scene.before(a.all.start) == "to";
        let from = b.all.start.checked_sub(1).is_some_and(|s| scene.word(s) == "from") && b.all.start - a.all.end <= 4;
        let bare = b.kind == QuantityKind::Count && b.form != Form::Vague && closed(b);
        let unit = matches!(a.kind, QuantityKind::Money | QuantityKind::Percent);
        if to && from && b.unit.is_none() && bare && unit {
            b.unit = a.unit;
            b.kind = a.kind;
        }
    }
}

/// Nothing between the ends of a change but when and of what: no other clause.
fn apart(scene: &Scene, gap: std::ops::Range<usize>) -> bool {
    gap.into_iter()
        .all(|i| !matches!(scene.word(i), "," | ";" | ":" | "and" | "but" | "that" | "which" | "from" | "(" | "\""))
}

/// Two sides of a match or a vote.
fn score(a: &Draft, b: &Draft, sides: (u32, u32)) -> Draft {
    let mut score = a.clone();
    score.kind = QuantityKind::Score;
    score.ratio = Some(sides);
    score.all.end = b.all.end;
    score.number.end = b.number.end;
    score
}

/// "between the ages of 17 and 20".
fn between_ages(scene: &Scene, a: &Draft) -> bool {
    a.kind == QuantityKind::Age && (a.all.start.saturating_sub(5)..a.all.start).any(|i| scene.word(i) == "between")
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
                // "eight of 10 lemons".
                ["of"] => scene.p[b.number.start].is_digits() && matches!(d, 10 | 100),
                // "one in five people"; not "one in 2015".
                ["in"] => n < 10 && d <= 10_000 && (d <= 10 || (d % 10) == 0) && !b.maybe_year,
                // "one **household** in ten": not "one man in ten cars".
                [_, "in"] => {
                    let noun = scene.doc.xpos(scene.p[a.all.end].token);
                    let wanted = if n == 1 { Xpos::Nn } else { Xpos::Nns };
                    let closed = scene.p.get(b.all.end).is_none_or(|n| {
                        !n.is_word() || !matches!(scene.doc.pos(n.token), Pos::Noun | Pos::Adj | Pos::Propn)
                    });
                    noun == wanted
                        && n < 10
                        && d <= 1_000
                        && (b.form == Form::Words || d % 10 == 0)
                        && closed
                        && !b.maybe_year
                }
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
