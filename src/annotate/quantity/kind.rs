//! Kinds of number that their neighbours tell: ages and multiples.

use rust_decimal::Decimal;

use super::draft::{Draft, Scene};
use super::words::{COLLECTIVES, PERSONS, STOPS};
use crate::lexicon::number::{self, Form};
use crate::lexicon::{measure, noun, wordnet};
use crate::text::calendar;
use crate::text::*;

/// "denied that any soldiers had been taken": none at all, of people.
pub fn none_at_all(scene: &Scene, at: usize) -> Option<Draft> {
    let denies = |i: usize| matches!(scene.word(i), "deny" | "denies" | "denied" | "denying");
    let that = scene.before(at) == "that" && at >= 2 && denies(at - 2);
    if scene.word(at) != "any" || !(that || at >= 1 && denies(at - 1)) {
        return None;
    }
    let people = (at + 1..at + 4).any(|i| PERSONS.contains(scene.word(i)) && scene.word(i).ends_with(['s', 'n']));
    people.then(|| Draft::of(at..at + 1, Decimal::ZERO, Form::Words))
}

/// "sixfold", "tenfold".
pub fn fold(scene: &Scene, at: usize) -> Option<Draft> {
    if scene.p[at].lower == "twice" && COMPARED.contains(&scene.word(at + 1)) {
        let mut draft = Draft::of(at..at + 1, Decimal::TWO, Form::Words);
        draft.kind = QuantityKind::Multiplier;
        return Some(draft);
    }
    let stem = scene.p[at].lower.strip_suffix("fold").filter(|s| s.len() > 2)?;
    let value = number::word_value(stem)?;
    let mut draft = Draft::of(at..at + 1, value, Form::Words);
    draft.kind = QuantityKind::Multiplier;
    Some(draft)
}

/// "A **mother** of 12", "the father of two": how many children.
pub fn is_parent(noun: &str) -> bool {
    matches!(
        noun,
        "mother" | "father" | "parent" | "grandmother" | "grandfather" | "grandparent" | "mum" | "mom" | "dad"
    )
}

/// "34-year-old", "34 years old", "aged 34", "Cemal, 56,": ages, also where the time stage saw a duration.
pub fn age(scene: &Scene, draft: &mut Draft) -> bool {
    let p = scene.p;
    let unit_is = |codes: &[&str]| draft.unit.is_some_and(|u| codes.contains(&u.code.as_str()));
    let plausible = draft.value >= Decimal::ZERO;
    if !plausible {
        return false;
    }
    if unit_is(&["a", "mo", "wk", "d"]) {
        let mut at = draft.all.end;
        if p.get(at).is_some_and(|n| n.is_sign('-')) {
            at += 1;
        }
        if matches!(scene.word(at), "old" | "olds") || scene.word(at) == "of" && scene.word(at + 1) == "age" {
            draft.kind = QuantityKind::Age;
            draft.all.end = if scene.word(at) == "of" { at + 2 } else { at + 1 };
            return true;
        }
        if matches!(scene.before(draft.all.start), "aged") {
            draft.kind = QuantityKind::Age;
            draft.all.start -= 1;
            return true;
        }
        return false;
    }
    // "her grandson, **nine**, read it".
    let told = draft.form == Form::Words
        && scene.before(draft.all.start) == ","
        && matches!(scene.word(draft.all.end), "," | ".")
        && draft.all.start >= 2
        && one_person(scene, draft.all.start - 2, false)
        && draft.value >= Decimal::TWO;
    let small = told || draft.form == Form::Words && matches!(scene.before(draft.all.start), "under" | "over");
    if draft.unit.is_some()
        || draft.form != Form::Digits && !small
        || !draft.value.is_integer()
        || draft.value > Decimal::from(120)
    {
        return false;
    }
    let years = measure::by_code("a");
    let before = scene.before(draft.all.start);
    // "his death **at 87**", "who died at 91", "married at 19": an event of a life, and no number of anything.
    let life = draft.all.start.checked_sub(2).is_some_and(|i| {
        matches!(
            scene.doc.lemma(p[i].token),
            "die" | "death" | "dead" | "passing" | "retire" | "retirement" | "marry" | "wed" | "marriage" | "orphan"
        )
    });
    let bare = p.get(draft.all.end).is_none_or(|n| {
        !n.is_word()
            || STOPS.contains(n.lower.as_str())
            || matches!(scene.doc.pos(n.token), Pos::Verb | Pos::Aux | Pos::Adp)
    });
    let tied = p
        .get(draft.all.end)
        .is_some_and(|n| n.glued && (n.is_word() || n.is_digits() || n.is_sign('%') || n.is_sign(':')));
    if life && before == "at" && bare && !tied && draft.value >= Decimal::from(13) {
        draft.kind = QuantityKind::Age;
        draft.unit = years;
        draft.unit_at = None;
        return true;
    }
    let of_age = before == "of" && matches!(scene.word(draft.all.start.wrapping_sub(2)), "age" | "ages");
    if (of_age || matches!(before, "aged" | "age" | "ages"))
        && !p.get(draft.all.end).is_some_and(|n| n.glued && (n.is_word() || n.is_sign('%')))
    {
        draft.kind = QuantityKind::Age;
        draft.unit = years;
        draft.unit_at = Some(draft.all.start - 1..draft.all.start);
        if before == "aged" {
            draft.all.start -= 1;
        }
        return true;
    }
    // "she was 18", "who is 34,", "he will be 35 by May": a person's pronoun, a form of be, a number and no noun.
    let person =
        (draft.all.start.saturating_sub(4)..draft.all.start).any(|i| matches!(scene.word(i), "he" | "she" | "who"));
    if person
        && matches!(before, "is" | "was" | "be" | "turned" | "turns" | "'s")
        && matches!(
            scene.word(draft.all.end),
            "," | "."
                | ";"
                | ")"
                | ""
                | "and"
                | "when"
                | "by"
                | "at"
                | "but"
                | "on"
                | "in"
                | "last"
                | "this"
                | "then"
                | "now"
        )
        && !scene.glued(draft.all.end + 1)
        && draft.value >= Decimal::ONE
    {
        draft.kind = QuantityKind::Age;
        draft.unit = years;
        draft.unit_at = Some(draft.all.start - 1..draft.all.start);
        return true;
    }
    // "when you're **45**", "I am 62 and tired", "whose father turned **68**": nobody counts himself.
    let ends = p.get(draft.all.end).is_none_or(|n| !n.is_word() || STOPS.contains(n.lower.as_str()))
        && !scene.glued(draft.all.end + 1)
        && draft.value <= Decimal::from(110);
    let one = |i: usize| matches!(scene.word(i), "i" | "you");
    let when = |i: usize| {
        matches!(scene.word(i), "when" | "until" | "till" | "once" | "if") && matches!(scene.word(i + 1), "they" | "we")
    };
    let themself = matches!(before, "am" | "are" | "'m" | "’m" | "'re" | "’re" | "be" | "turn")
        && draft.all.start >= 3
        && (one(draft.all.start - 2) || when(draft.all.start - 3));
    let turned = matches!(before, "turned" | "turns" | "turning") && draft.value >= Decimal::TEN;
    if ends && (themself || turned) {
        draft.kind = QuantityKind::Age;
        draft.unit = years;
        draft.unit_at = Some(draft.all.start - 1..draft.all.start);
        return true;
    }
    // "voters **50 or older**", "pupils 12 and under", "people 65 and over".
    let older = matches!(scene.word(draft.all.end), "or" | "and")
        && matches!(scene.word(draft.all.end + 1), "older" | "younger" | "over" | "under" | "above" | "up");
    let people = draft.all.start.checked_sub(1).is_some_and(|i| {
        let word = scene.word(i);
        PERSONS.contains(word) || wordnet::is_person(&noun::singular(word)) || matches!(word, "those" | "ages" | "age")
    });
    if older && people && draft.value <= Decimal::from(110) {
        let up = matches!(scene.word(draft.all.end + 1), "older" | "over" | "above" | "up");
        draft.relation = Some(if up { QuantityRelation::AtLeast } else { QuantityRelation::AtMost });
        draft.kind = QuantityKind::Age;
        draft.unit = years;
        draft.unit_at = None;
        draft.all.end += 2;
        return true;
    }
    // "Aaron Brady (29)": a person's name and a number in brackets.
    let person = draft.all.start.checked_sub(2).is_some_and(|i| {
        scene.doc.labels.at(p[i].token).is_some_and(|l| l.name != NamePart::Outside && l.class == NameClass::Person)
    });
    if before == "("
        && scene.word(draft.all.end) == ")"
        && person
        && draft.value >= Decimal::from(5)
        && draft.value <= Decimal::from(110)
    {
        draft.kind = QuantityKind::Age;
        draft.unit = years;
        draft.unit_at = None;
        return true;
    }
    // "children under five", "people over 65", "a man of 33": people, a bound or "of", and no noun behind.
    let closes = p
        .get(draft.all.end)
        .is_none_or(|n| !n.is_word() || STOPS.contains(n.lower.as_str()) || scene.doc.pos(n.token) == Pos::Verb)
        && !scene.glued(draft.all.end + 1);
    let beside = draft.all.start.checked_sub(2).map_or("", |i| scene.word(i));
    let people = beside == "anyone"
        || beside == "those"
        || PERSONS.contains(beside)
        || wordnet::is_person(&noun::singular(beside));
    // "a man of 33"; of a toll, a crowd or a staff it is how many.
    let one = |w: &str| {
        matches!(scene.word(draft.all.start.wrapping_sub(3)), "a" | "an" | "the")
            && PERSONS.contains(w)
            && (wordnet::is_person(w)
                || noun::find(w).is_some_and(|n| matches!(n.class, noun::NounClass::Person | noun::NounClass::Office)))
            && COLLECTIVES.get(w).is_none()
    };
    let aged = before == "than" && matches!(beside, "younger" | "older")
        || matches!(before, "under" | "over" | "above" | "below") && people
        // "They range **in age from 19** to 52."
        || before == "from" && beside == "age"
        || before == "of" && one(beside) && !is_parent(beside) && draft.value > Decimal::TEN;
    if aged && closes && draft.value <= Decimal::from(110) && draft.value >= Decimal::ONE {
        draft.kind = QuantityKind::Age;
        draft.unit = years;
        draft.unit_at = None;
        return true;
    }
    // "two of the patients are under 50": people and how old they are, with no noun behind.
    let bound = matches!(before, "under" | "over" | "above" | "below") && draft.all.start >= 2;
    if bound
        && matches!(scene.word(draft.all.start - 2), "is" | "are" | "was" | "were" | "aged" | "be" | "them" | "whom")
        && (draft.all.start.saturating_sub(9)..draft.all.start - 2)
            .any(|i| PERSONS.contains(scene.word(i)) || matches!(scene.word(i), "he" | "she" | "who" | "they"))
        // "Doctors believe **it** to be above 100."
        && !(draft.all.start.saturating_sub(4)..draft.all.start - 2).any(|i| scene.word(i) == "it")
        && !(draft.all.start.saturating_sub(9)..draft.all.start)
            .any(|i| matches!(scene.word(i), "number" | "numbers" | "toll" | "count" | "total" | "tally" | "share"))
        && p.get(draft.all.end).is_none_or(|n| !n.is_word() || STOPS.contains(n.lower.as_str()))
        && !scene.glued(draft.all.end + 1)
        && draft.value >= Decimal::TEN
    {
        draft.kind = QuantityKind::Age;
        draft.unit = years;
        draft.unit_at = None;
        return true;
    }
    // "Dario Mestri **was 19** when …": a person's name, a form of be, and no noun.
    if matches!(before, "is" | "was" | "turned" | "turns")
        && draft.all.start >= 2
        && named_person(scene, draft.all.start - 2)
        && matches!(scene.word(draft.all.end), "," | "." | "" | "and" | "when" | "but" | "at" | "by" | "on" | "in")
        && !scene.glued(draft.all.end + 1)
        && draft.value >= Decimal::from(5)
    {
        draft.kind = QuantityKind::Age;
        draft.unit = years;
        draft.unit_at = Some(draft.all.start - 1..draft.all.start);
        return true;
    }
    // "The trustee, **66**, …", "two boys, **both 14**": a noun for one person, or for as many, between commas.
    let at = draft.all.start - usize::from(before == "both");
    if at >= 2
        && scene.before(at) == ","
        && one_person(scene, at - 2, before == "both")
        && matches!(scene.word(draft.all.end), "," | ";" | "." | ")" | "")
        && !scene.glued(draft.all.end + 1)
        && (draft.value >= Decimal::from(5) || told)
        && draft.value <= Decimal::from(110)
    {
        draft.kind = QuantityKind::Age;
        draft.unit = years;
        draft.unit_at = None;
        return true;
    }
    // "Maeve Darcy, 71, …": a name, the number, a comma or the end of the clause.
    let at = draft.all.start;
    if before == ","
        && at >= 2
        && p[at - 2].is_word()
        && (person_before(scene, at - 2) || two_capitals(scene, at - 2) && scene.word(draft.all.end) == ",")
        && matches!(
            scene.word(draft.all.end),
            "," | "." | ";" | ")" | "" | "and" | "who" | "has" | "said" | "-" | "–" | "—" | "―"
        )
        && !scene.glued(draft.all.end + 1)
        && draft.value >= Decimal::ONE
    {
        draft.kind = QuantityKind::Age;
        draft.unit = years;
        draft.unit_at = None;
        return true;
    }
    false
}

/// "Petra Lindqvist": two capitalised words that may be anybody's name, whatever the labels say; no month and no place.
fn two_capitals(scene: &Scene, at: usize) -> bool {
    let name = |i: usize| {
        let piece = &scene.p[i];
        let place = scene
            .doc
            .labels
            .at(piece.token)
            .is_some_and(|l| l.name != NamePart::Outside && l.class == NameClass::Place);
        piece.is_word() && piece.capital && !place && !calendar::is_month(&piece.lower)
    };
    at >= 1 && name(at) && name(at - 1) && scene.doc.pos(scene.p[at].token) == Pos::Propn
}

/// True for the last piece of a person's name.
fn named_person(scene: &Scene, at: usize) -> bool {
    scene.p[at].capital
        && scene
            .doc
            .labels
            .at(scene.p[at].token)
            .is_some_and(|l| l.name != NamePart::Outside && l.class == NameClass::Person)
}

/// True for a common noun for one person, or for several, that a determiner, an owner or a number leads.
fn one_person(scene: &Scene, at: usize, many: bool) -> bool {
    let piece = &scene.p[at];
    let lemma = scene.doc.lemma(piece.token);
    let tag = if many { Xpos::Nns } else { Xpos::Nn };
    let leads = |i: usize| {
        matches!(scene.doc.pos(scene.p[i].token), Pos::Det | Pos::Num)
            || matches!(scene.doc.xpos(scene.p[i].token), Xpos::PrpPoss | Xpos::Pos)
    };
    piece.is_word()
        && !piece.capital
        && scene.doc.xpos(piece.token) == tag
        && (wordnet::is_person(lemma) || noun::find(lemma).is_some_and(noun::Noun::is_person))
        && COLLECTIVES.get(lemma).is_none()
        && (at.saturating_sub(6)..at).rev().take_while(|&i| scene.p[i].is_word()).any(leads)
}

/// True when a capitalised name, or a noun for a person, ends at a piece.
pub fn person_before(scene: &Scene, at: usize) -> bool {
    let piece = &scene.p[at];
    if super::words::PERSONS.contains(piece.lower.as_str())
        || matches!(piece.lower.as_str(), "pilot" | "major" | "cook")
    {
        return true;
    }
    if !piece.capital || calendar::is_month(&piece.lower) {
        return false;
    }
    match scene.doc.labels.at(piece.token) {
        Some(label) if label.name != NamePart::Outside => label.class == NameClass::Person,
        _ => {
            at >= 1 && scene.p[at - 1].capital && at > 1
                || !scene.doc.tags.is_empty() && scene.doc.pos(piece.token) == Pos::Propn
                // A word that nobody knows is a name: "Comeaux, 49, was …".
                || !wordnet::is_noun(scene.doc.lemma(piece.token)) && noun::find(&piece.lower).is_none()
        }
    }
}

/// What follows a multiple: "twice as many", "five times the size", "three times last year's".
const COMPARED: &[&str] = &[
    "as", "the", "more", "higher", "larger", "bigger", "greater", "lower", "less", "fewer", "faster", "that", "what",
    "its", "their", "his", "her", "longer", "smaller", "stronger", "those", "over", "last", "this", "today's",
    "normal", "usual",
];

/// "five times as much as", "260 times", "sixfold", "3x".
pub fn multiple(scene: &Scene, draft: &mut Draft) {
    if draft.unit.is_some() {
        return;
    }
    let mut at = draft.number.end;
    if scene.p.get(at).is_some_and(|n| n.is_sign('-') && n.glued) {
        at += 1;
    }
    match scene.word(at) {
        "times" => {
            let next = scene.word(at + 1);
            let compared = COMPARED.contains(&next);
            if compared {
                draft.kind = QuantityKind::Multiplier;
                draft.all.end = at + 1;
                draft.unit_at = Some(at..at + 1);
            }
        }
        "fold" => {
            draft.kind = QuantityKind::Multiplier;
            draft.all.end = at + 1;
            draft.unit_at = Some(at..at + 1);
        }
        _ => {}
    }
}
