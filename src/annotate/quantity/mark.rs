//! Digits and number words that mark something and count nothing: dates and clocks with spaces in them, places in an order,
//! strokes against par, the record of a team.

use rust_decimal::Decimal;

use super::draft::{Draft, Scene};
use super::words::NAMES;
use crate::lexicon::noun;
use crate::text::*;

/// Whether a bare number is such a mark.
pub fn is_mark(scene: &Scene, draft: &Draft) -> bool {
    spaced_date(scene, draft)
        || spaced_clock(scene, draft)
        || par(scene, draft)
        || about_so_old(scene, draft)
        || or_so(scene, draft)
        || place(scene, draft)
        || stands_for(scene, draft)
}

fn digits(scene: &Scene, at: Option<usize>) -> bool {
    at.and_then(|i| scene.p.get(i)).is_some_and(|p| p.is_digits() && p.lower.len() <= 4)
}

/// "15 / 09 / 2013", "10 / 25 / 11": three numbers with strokes between.
fn spaced_date(scene: &Scene, draft: &Draft) -> bool {
    let at = draft.number.start;
    let stroke = |i: Option<usize>| i.is_some_and(|i| scene.word(i) == "/");
    let back = |n: usize| at.checked_sub(n);
    let ahead = |n: usize| Some(at + n);
    let two_ahead = stroke(ahead(1)) && digits(scene, ahead(2));
    let two_back = stroke(back(1)) && digits(scene, back(2));
    digits(scene, Some(at))
        && (two_ahead && two_back
            || two_ahead && stroke(ahead(3)) && digits(scene, ahead(4))
            || two_back && stroke(back(3)) && digits(scene, back(4)))
}

/// "3 a. m.", "around 7 p. m.".
fn spaced_clock(scene: &Scene, draft: &Draft) -> bool {
    let letter = |i: usize, of: &[&str]| of.contains(&scene.word(i).trim_end_matches('.'));
    let point = |i: usize| usize::from(scene.word(i) == ".");
    let end = draft.number.end;
    let behind = end + 1 + point(end + 1);
    draft.value <= Decimal::from(24) && letter(end, &["a", "p"]) && letter(behind, &["m"])
}

/// "a 4-under-par **67**", "at **17**-under **267**", "at minus-**10**": strokes against par.
fn par(scene: &Scene, draft: &Draft) -> bool {
    let (start, end) = (draft.number.start, draft.number.end);
    let tied = |i: usize| scene.p.get(i).is_some_and(|p| p.is_sign('-') && p.glued);
    let side = |i: usize| matches!(scene.word(i), "under" | "over");
    let back = |n: usize| start.checked_sub(n);
    // The number may have taken "under" for a bound.
    let behind_side = back(3).is_some_and(|i| side(i + 2) && tied(i + 1) && digits(scene, Some(i)));
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

/// "question **two**", "spots **one and two**", "versions **6, 7, 8 and 9**": places in an order, behind the noun for them.
fn place(scene: &Scene, draft: &Draft) -> bool {
    let p = scene.p;
    let is_member = |i: usize| p[i].is_digits() || crate::lexicon::number::is_word(&p[i].lower);
    let closes = |i: usize| {
        p.get(i).is_none_or(|n| {
            !n.is_word() || !matches!(scene.doc.pos(n.token), Pos::Noun | Pos::Propn | Pos::Adj | Pos::Num)
        })
    };
    let mut first = draft.number.start;
    while let Some(i) =
        first.checked_sub(1).filter(|&i| is_member(i) || matches!(scene.word(i), "," | "and" | "or" | "to"))
    {
        first = i;
    }
    let Some(lead) = first.checked_sub(1).map(|i| &p[i]).filter(|_| is_member(first)) else { return false };
    let one = noun::singular(&lead.lower);
    let plural = one != lead.lower;
    let mut last = draft.number.end;
    while last < p.len()
        && (is_member(last)
            || matches!(scene.word(last), "," | "and" | "or" | "to")
                && (last + 1..last + 3).any(|i| p.get(i).is_some_and(|_| is_member(i))))
    {
        last += 1;
    }
    let many = last - first > 1;
    // "in two rooms, three died": a list that the plural leads, and nothing counted behind.
    let led =
        first.checked_sub(2).map(|i| &p[i]).is_some_and(|n| n.is_digits() || crate::lexicon::number::is_word(&n.lower));
    lead.is_word()
        && NAMES.contains(one.as_str())
        && scene.doc.pos(lead.token) != Pos::Verb
        && closes(last)
        && !led
        && (if plural { many } else { scene.p[first].is_word() && draft.number.start == first })
}

/// "to **one** in Beaumont", "the job was **one** he took seriously": it stands for a noun that was told before.
fn stands_for(scene: &Scene, draft: &Draft) -> bool {
    let (start, end) = (draft.number.start, draft.number.end);
    if scene.word(start) != "one" || draft.all.len() != 1 {
        return false;
    }
    let token = scene.p[start].token;
    let told_of = scene.doc.children(token).any(|c| scene.doc.relation(c) == Relation::AclRelcl);
    let led = matches!(scene.before(start), "to" | "from" | "into" | "for" | "with" | "as" | "by" | "like");
    let place = matches!(scene.word(end), "in" | "from" | "at" | "near" | "with" | "for" | "on")
        && !scene.p.get(end + 1).is_some_and(|n| n.is_digits() || crate::lexicon::number::is_word(&n.lower));
    told_of && scene.word(end) != "of" || led && place
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
