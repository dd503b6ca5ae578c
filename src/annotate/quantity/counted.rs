//! What is counted or measured: the noun phrase of a number, the whole of a share, the nouns it is about.

use std::ops::Range;

use super::draft::{Draft, Scene};
use super::words::{COLLECTIVES, PERSONS, STOPS};

use crate::lexicon::measure::is_direction;
use crate::lexicon::piece::Piece;
use crate::lexicon::{noun, wordnet};
use crate::text::*;

/// What a number counts.
#[derive(Clone, Debug, Default)]
pub struct Counted {
    /// The noun phrase after the number ("oil tanker trucks"), as pieces.
    pub thing: Option<Range<usize>>,
    /// Its head noun.
    pub head: Option<usize>,
    /// The whole of a share, as pieces.
    pub whole: Option<Range<usize>>,
}

/// Finds the thing counted or measured, from the tags where there are any, else from the words alone.
pub fn counted(scene: &Scene, draft: &Draft, mut next_number: usize, next_end: Option<usize>) -> Counted {
    let p = scene.p;
    let mut at = draft.all.end;
    let measured = draft.unit.is_some();
    let mut out = Counted::default();
    if draft.kind == QuantityKind::Age || draft.kind == QuantityKind::Score {
        return out;
    }
    if p.get(at).is_some_and(|n| n.is_sign('-') && n.glued) && p.get(at + 1).is_some_and(|n| n.glued && n.is_word()) {
        at += 1;
    }
    // "a third **— 31 % —** of new investors", "half (52 percent) of them": past the same in other words.
    let aside = match scene.word(at) {
        "—" | "–" | "-" if !p[at].glued => Some(scene.word(at)),
        "(" => Some(")"),
        _ => None,
    };
    if let Some(close) = aside.filter(|_| matches!(draft.kind, QuantityKind::Fraction | QuantityKind::Percent))
        && let Some(of) = (at + 2..at + 7).find(|&i| scene.before(i) == close && scene.word(i) == "of")
    {
        at = of;
        next_number = p.len();
    }
    // "10 times **as many cases** as last year"; "three times as contagious" counts nothing.
    // "one **household** in ten".
    if draft.kind == QuantityKind::Fraction
        && draft.number.len() >= 4
        && draft.number.clone().any(|i| scene.word(i) == "in")
        && let Some(at) = draft.number.clone().find(|&i| scene.doc.pos(p[i].token) == Pos::Noun)
    {
        return set(out, scene, at..at + 1);
    }
    if draft.kind == QuantityKind::Multiplier {
        let many = scene.word(at) == "as" && matches!(scene.word(at + 1), "many" | "much");
        return if many { set(out, scene, phrase(scene, at + 2, next_number)) } else { out };
    }
    // "$20s".
    if scene.word(at) == "s" && p[at].glued {
        return out;
    }
    if at > draft.all.end && draft.kind == QuantityKind::Count {
        // "the 15-member council": what is glued on is what is counted.
        let mut end = at + 1;
        while p.get(end).is_some_and(|n| n.is_sign('-') && n.glued)
            && p.get(end + 1).is_some_and(|n| n.glued && n.is_word())
        {
            end += 2;
        }
        // "a 50-strong crowd" has 50 people.
        if scene.word(at) == "strong" {
            return set(out, scene, phrase(scene, at + 1, next_number));
        }
        out.thing = Some(at..end);
        out.head = Some(end - 1);
        return out;
    }
    // "gave eight **as the number of dead**".
    if !measured
        && scene.word(at) == "as"
        && scene.word(at + 1) == "the"
        && matches!(scene.word(at + 2), "number" | "total" | "count" | "toll")
        && scene.word(at + 3) == "of"
    {
        return set(out, scene, phrase(scene, at + 4, next_number));
    }
    // "The orchestra, **62 strong**, was flown home".
    if !measured && scene.word(at) == "strong" && scene.before(draft.all.start) == "," && draft.all.start >= 2 {
        return set(out, scene, draft.all.start - 2..draft.all.start - 1);
    }
    // "Castles, **11 in all**, line the gorge", "Protesters, **400 of them**, slept on the runway": what stands before the comma.
    let in_all = scene.word(at) == "in" && scene.word(at + 1) == "all";
    let of_them = scene.word(at) == "of"
        && matches!(scene.word(at + 1), "them" | "whom")
        && draft.all.start >= 2
        && scene.doc.xpos(p[draft.all.start - 2].token) == Xpos::Nns;
    if !measured && scene.before(draft.all.start) == "," && (in_all || of_them) {
        let end = draft.all.start - 1;
        let noun = |i: usize| matches!(scene.doc.pos(p[i].token), Pos::Noun | Pos::Propn | Pos::Adj);
        let mut start = end;
        while start > 0 && noun(start - 1) {
            start -= 1;
        }
        return set(out, scene, start..end);
    }
    // "8 per cent year-on-year": how it is held against what was.
    if matches!(scene.word(at), "year" | "month" | "quarter" | "week" | "day")
        && p.get(at + 1).is_some_and(|n| n.is_sign('-'))
        && matches!(scene.word(at + 2), "on" | "over" | "to")
    {
        return out;
    }
    // "up 40% year to date", "3 percent year over year"; "185 miles northwest of the capital": when and where.
    let direction = is_direction(scene.word(at));
    if draft.kind == QuantityKind::Percent && super::change::is_period(scene.word(at))
        || draft.unit.is_some_and(|u| u.dimension == "length") && direction
    {
        return out;
    }
    // "against 46 last term", "33 this season": when it was, and nothing that is counted.
    if matches!(scene.word(at), "last" | "this" | "next") && p.get(at + 1).is_some_and(|n| n.is_word()) {
        return out;
    }
    let mut of = scene.word(at) == "of";
    // "$2 million in revenue", "$5 worth of stamps"; "fell 6 percent to $54 **in early trading**" is when.
    let traded = scene.word(at) == "in" && (draft.kind == QuantityKind::Percent || draft.level.is_some());
    let led = matches!(scene.word(at), "worth" | "in") && !traded;
    if measured && led {
        let from = if scene.word(at + 1) == "of" { at + 2 } else { at + 1 };
        let phrase = phrase(scene, from, next_number);
        if !phrase.is_empty() && scene.word(at) == "in" && p[from].capital {
            return out;
        }
        return set(out, scene, phrase);
    }
    if of {
        at += 1;
        if matches!(scene.word(at), "all" | "about") {
            at += 1;
        }
    } else if draft.kind == QuantityKind::Fraction
        && matches!(
            scene.word(at),
            "the" | "all" | "its" | "their" | "his" | "her" | "these" | "those" | "this" | "that" | "our"
        )
    {
        of = true;
    }
    let share = matches!(draft.kind, QuantityKind::Fraction | QuantityKind::Percent);
    if of {
        // "one of them", "116 of its trucks": a pronoun or a noun phrase with its determiner.
        if matches!(
            scene.word(at),
            "them" | "those" | "us" | "whom" | "which" | "these" | "it" | "you" | "that" | "this"
        ) && !(matches!(scene.word(at), "those" | "these" | "that" | "this")
            && p.get(at + 1).is_some_and(|n| matches!(scene.doc.pos(n.token), Pos::Noun | Pos::Adj)))
        {
            out.thing = Some(at..at + 1);
            out.head = Some(at);
            if share {
                out.whole = out.thing.clone();
            }
            return out;
        }
        let mut from = determiner(scene, at);
        // "two of the 14 flats": what the other number counts.
        if from == next_number
            && let Some(end) = next_end
        {
            from = end;
            next_number = p.len();
        }
        let mut end = phrase(scene, from, next_number);
        // "84 of the hospital's 120 beds".
        if let (Some(other), true) = (
            next_end,
            end.end + 1 >= next_number && scene.before(next_number).ends_with("'s") || scene.before(next_number) == "'",
        ) {
            let beyond = phrase(scene, other, p.len());
            if !beyond.is_empty() {
                end = beyond;
            }
        }
        let mut found = set(Counted::default(), scene, end);
        if share && let Some(thing) = &found.thing {
            found.whole = Some(at..thing.end);
        }
        // "most of whom", "three of the dead".
        return found;
    }
    if measured
        && !(p.get(draft.all.end).is_some_and(|n| n.is_sign('-') && n.glued))
        && draft.kind == QuantityKind::Percent
    {
        // "a 7 percent rise": the noun that the share modifies.
        return set(out, scene, phrase(scene, at, next_number));
    }
    if matches!(scene.word(at), "more" | "other" | "additional" | "extra" | "further")
        && p.get(at + 1).is_some_and(|n| n.is_word())
    {
        at += 1;
    } else if !measured && matches!(scene.word(at), "more" | "others") {
        // "wounded 56 more, officials say": of what was counted before.
        return out;
    }
    // "nine were children": the predicate says what they are.
    if !measured && matches!(scene.word(at), "were" | "are") {
        let said = phrase(scene, at + 1, next_number);
        let noun = said.clone().any(|i| scene.doc.pos(p[i].token) == Pos::Noun);
        // "seventy-seven are still missing", "nine were reported dead".
        let passed = |i: &usize| matches!(scene.word(*i), "also" | "now" | "still") || is_thought(scene.word(*i));
        let state = (at + 1..at + 4).find(|i| !passed(i)).filter(|&i| is_state(scene.word(i)));
        return match state {
            Some(state) => set(out, scene, state..state + 1),
            None if noun => set(out, scene, said),
            None => out,
        };
    }
    if let Some(worth) = worth(scene, draft) {
        return worth;
    }
    // "12 **feared dead**", "forty confirmed missing": what is feared of them.
    if !measured && is_thought(scene.word(at)) && is_state(scene.word(at + 1)) {
        return set(out, scene, at + 1..at + 2);
    }
    // "Thousands **march** in Halvorne": so many of one thing would be several.
    let does = !measured
        && draft.kind == QuantityKind::Count
        && draft.value > rust_decimal::Decimal::ONE
        && p.get(at).is_some_and(|n| {
            matches!(scene.doc.xpos(n.token), Xpos::Nn | Xpos::Nnp) && !n.capital && DO.contains(&n.lower.as_str())
        })
        && p.get(at + 1).is_none_or(|n| !n.is_word() || scene.doc.pos(n.token) == Pos::Adp);
    if does {
        return out;
    }
    let mut found = phrase(scene, at, next_number);
    // "seven crew members **swam** ashore": what no dictionary has as a noun, behind a plural.
    while found.len() > 1
        && !measured
        && !p[found.end - 1].capital
        && !p[found.end - 1].glued
        && !p[found.end - 1].lower.ends_with('s')
        && scene.doc.xpos(p[found.end - 2].token) == Xpos::Nns
        && !crate::lexicon::wordnet::is_noun(&crate::lexicon::noun::singular(&p[found.end - 1].lower))
    {
        found.end -= 1;
    }
    // "left one officer **dead**": people, and what befell them.
    while found.len() > 1
        && !measured
        && is_state(scene.word(found.end - 1))
        && wordnet::is_person(&noun::singular(scene.word(found.end - 2)))
    {
        found.end -= 1;
    }
    if !found.is_empty() && is_predicate(scene, draft, &found) {
        return out;
    }
    // "The $20 million **experts** say it costs": who tells a sum is not what it is of.
    let teller = measured
        && found.clone().any(|i| {
            let token = scene.p[i].token;
            let verb = scene.doc.head(token).filter(|_| scene.doc.relation(token).is("nsubj"));
            verb.is_some_and(|v| v > token && crate::lexicon::speech::is(scene.doc.lemma(v)))
        });
    if teller {
        return out;
    }
    // "140 **enemy dead**": a noun, and what has become of so many of them.
    if !measured
        && draft.value > rust_decimal::Decimal::ONE
        && !found.is_empty()
        && is_state(scene.word(found.end))
        && found.end == at + 1
        && scene.doc.xpos(p[at].token) == Xpos::Nn
    {
        let behind = p.get(found.end + 1);
        let closed = behind.is_none_or(|n| !n.is_word() || matches!(scene.doc.pos(n.token), Pos::Adp | Pos::Cconj));
        if closed && scene.doc.pos(p[found.end].token) != Pos::Verb {
            return set(out, scene, found.end..found.end + 1);
        }
    }
    out = set(out, scene, found);
    if out.thing.is_none()
        && !measured
        && draft.kind == QuantityKind::Count
        && let Some(noun) = past_measure(scene, draft, at)
    {
        return set(out, scene, noun);
    }
    if out.thing.is_none()
        && !measured
        && draft.kind == QuantityKind::Count
        && let Some(noun) = by_the_tree(scene, draft, at)
    {
        return set(out, scene, noun);
    }
    if out.thing.is_none() && is_state(scene.word(at)) {
        out.thing = Some(at..at + 1);
        out.head = Some(at);
    }

    out
}

/// "38 **contained lead**", "at least 700 **cross border** nightly", "150 kilometres an hour **hit Quillport**": in a sentence
/// without a finite verb, what looks like a participle, or like one thing of which there were many, is its verb.
fn is_predicate(scene: &Scene, draft: &Draft, found: &Range<usize>) -> bool {
    let (doc, p) = (scene.doc, scene.p);
    let first = &p[found.start];
    let tied = p.get(found.start + 1).is_some_and(|n| n.glued && n.is_sign('-'));
    if found.len() < 2 || first.capital || first.glued || tied || draft.kind == QuantityKind::Percent {
        return false;
    }
    let sentence = doc.sentences[doc.sentence_of(first.token)].tokens.clone();
    let finite =
        |t: Id<Token>| matches!(doc.xpos(t), Xpos::Vbd | Xpos::Vbz | Xpos::Vbp | Xpos::Md) || doc.pos(t) == Pos::Aux;
    let many = draft.unit.is_none() && draft.kind == QuantityKind::Count && draft.value > rust_decimal::Decimal::ONE;
    let head = doc.xpos(p[found.end - 1].token);
    let participle = doc.xpos(first.token) == Xpos::Vbn;
    let base = many
        && matches!(doc.xpos(first.token), Xpos::Nn | Xpos::Vb)
        && head == Xpos::Nn
        && !crate::lexicon::wordnet::verb_line(&first.lower).is_empty()
        && COLLECTIVES.get(p[found.end - 1].lower.as_str()).is_none();
    // "38 stolen cars": so many of them are several.
    let several = many && matches!(head, Xpos::Nns | Xpos::Nnps);
    (participle && !several || base) && !Id::range(sentence).any(|t| t != first.token && finite(t))
}

/// "four 10-kilo **gold bars**", "two 60-square-metre **screens**", "six forged €200 **notes**": behind how large or how dear each is.
fn past_measure(scene: &Scene, draft: &Draft, at: usize) -> Option<Range<usize>> {
    let (doc, p) = (scene.doc, scene.p);
    let mut i = at;
    let narrows = |q: &Piece| q.is_word() && (doc.pos(q.token) == Pos::Adj || doc.xpos(q.token) == Xpos::Vbn);
    while p.get(i).is_some_and(|q| narrows(q) && i < at + 2) {
        i += 1;
    }
    let sign = p.get(i).is_some_and(|q| matches!(q.lower.as_str(), "€" | "$" | "£" | "¥" | "₹"));
    i += usize::from(sign);
    if !p.get(i).is_some_and(Piece::is_digits) || draft.value <= rust_decimal::Decimal::ONE {
        return None;
    }
    i += 1;
    let tied = |i: usize| {
        p.get(i).is_some_and(|q| q.is_sign('-') && q.glued) && p.get(i + 1).is_some_and(|q| q.glued && q.is_word())
    };
    let first = i;
    while tied(i) {
        i += 2;
    }
    if i == first && !sign {
        return None;
    }
    let found = phrase(scene, i, p.len());
    let several = found.end > found.start && matches!(doc.xpos(p[found.end - 1].token), Xpos::Nns | Xpos::Nnps);
    several.then_some(found)
}

/// "5,000 **away fans**", "ten different €20 **lamps**", "all three early Monday **robberies**": the noun that the tree hangs the
/// number on, a few words on, whatever stands between.
fn by_the_tree(scene: &Scene, draft: &Draft, at: usize) -> Option<Range<usize>> {
    let (doc, p) = (scene.doc, scene.p);
    let number = p[draft.number.end - 1].token;
    let head = doc.head(number).filter(|&h| h > number && doc.relation(number) == Relation::Nummod)?;
    let noun = (at..(at + 9).min(p.len())).find(|&i| p[i].token == head)?;
    // "32,000 **ready-to-eat** meals": words that hyphens make one.
    let tied = |i: usize| p[i].glued || p.get(i + 1).is_some_and(|n| n.glued && n.is_sign('-'));
    let breaks = |i: usize| {
        !tied(i) && matches!(doc.pos(p[i].token), Pos::Verb | Pos::Aux | Pos::Adp | Pos::Cconj | Pos::Pron | Pos::Det)
            || !p[i].is_word() && !p[i].is_digits() && !p[i].is_sign('-') && !matches!(scene.word(i), "€" | "$" | "£")
    };
    // "two **60-tonne** cranes": a unit is nothing that is counted.
    let unit = noun > at && p[noun - 1].is_sign('-') && p[noun - 1].glued;
    let fits = matches!(doc.pos(head), Pos::Noun) && p[noun].is_word() && !unit && !(at..noun).any(breaks);
    // What stands right before the noun and belongs to it; a time does not.
    let timed = |i: usize| scene.withheld.iter().any(|w| w.overlaps(p[i].span));
    let own = |i: usize| matches!(doc.pos(p[i].token), Pos::Noun | Pos::Adj | Pos::Adv) && p[i].is_word() && !timed(i);
    let mut start = noun;
    while start > at && own(start - 1) {
        start -= 1;
    }
    (fits && !timed(noun)).then_some(start..noun + 1)
}

/// "12 laptops **worth** 9,000 pounds", "a house valued at $2 million": the noun that the word before a sum describes.
fn worth(scene: &Scene, draft: &Draft) -> Option<Counted> {
    let (doc, p) = (scene.doc, scene.p);
    let describes = |t: Id<Token>| doc.lower(t) == "worth" || matches!(doc.xpos(t), Xpos::Vbn | Xpos::Vbg);
    // Small words may stand between: "worth **about** 9,000 pounds", "valued **at more than** 2 million".
    let small = |i: usize| {
        matches!(doc.pos(p[i].token), Pos::Adv | Pos::Adp | Pos::Adj | Pos::Sconj) && scene.word(i) != "worth"
    };
    let at = (draft.all.start.saturating_sub(4)..draft.all.start).rev().find(|&i| !small(i))?;
    let word = p[at].token;
    let noun = at.checked_sub(1).filter(|&i| doc.pos(p[i].token) == Pos::Noun && p[i].is_word())?;
    let hangs = doc.head(word) == Some(p[noun].token) && matches!(doc.relation(word).base(), "acl" | "amod" | "nmod");
    if draft.unit.is_none_or(|u| !u.is_money()) || !describes(word) || !(hangs || doc.lower(word) == "worth") {
        return None;
    }
    let mut start = noun;
    while start > 0 && matches!(doc.pos(p[start - 1].token), Pos::Adj | Pos::Noun) && p[start - 1].is_word() {
        start -= 1;
    }
    Some(Counted { thing: Some(start..noun + 1), head: Some(noun), whole: None })
}

/// "feared", "confirmed": what is thought or told of the state of people.
fn is_thought(word: &str) -> bool {
    matches!(
        word,
        "believed" | "confirmed" | "declared" | "feared" | "found" | "left" | "presumed" | "pronounced" | "reported"
    )
}

/// What people are counted as without a noun: "16 dead", "64 aboard".
pub fn is_state(word: &str) -> bool {
    matches!(
        word,
        "dead"
            | "wounded"
            | "injured"
            | "missing"
            | "killed"
            | "hurt"
            | "homeless"
            | "aboard"
            | "unemployed"
            | "jobless"
            | "alive"
            | "trapped"
            | "stranded"
            | "displaced"
    )
}

/// Verbs that only people do.
const DO: &[&str] = &[
    "attend",
    "demonstrate",
    "die",
    "drown",
    "emigrate",
    "enlist",
    "enrol",
    "enroll",
    "flee",
    "gather",
    "march",
    "migrate",
    "perish",
    "protest",
    "queue",
    "rally",
    "resign",
    "starve",
    "strike",
    "vote",
    "volunteer",
];

/// Verbs that only people do or suffer, so that a bare number beside them counts people: "14,000 had walked out", "the
/// flood killed seven".
pub fn counts_people(scene: &Scene, draft: &Draft) -> bool {
    const SUFFER: &[&str] = &[
        "arrest",
        "behead",
        "bury",
        "deport",
        "detain",
        "displace",
        "employ",
        "evacuate",
        "execute",
        "expel",
        "hire",
        "hospitalise",
        "hospitalize",
        "hurt",
        "imprison",
        "infect",
        "injure",
        "jail",
        "kidnap",
        "kill",
        "murder",
        "poison",
        "recruit",
        "rescue",
        "sentence",
        "shoot",
        "stab",
        "strand",
        "trap",
        "vaccinate",
        "wound",
    ];
    let lemma = |i: usize| scene.p.get(i).map_or("", |p| scene.doc.lemma(p.token));
    let mut at = draft.all.end;
    while matches!(
        scene.word(at),
        "had"
            | "have"
            | "has"
            | "were"
            | "was"
            | "are"
            | "been"
            | "be"
            | "being"
            | "also"
            | "may"
            | "might"
            | "could"
            | "will"
    ) {
        at += 1;
    }
    let passive = at > draft.all.end && matches!(scene.before(at), "were" | "was" | "are" | "been" | "be" | "being");
    let drawn = draft.all.start > 0
        && matches!(lemma(draft.all.start - 1), "draw" | "attract")
        && draft.unit.is_none()
        && draft.value >= rust_decimal::Decimal::ONE_HUNDRED;
    let does = drawn
        || DO.contains(&lemma(at))
        || matches!(
            (lemma(at), scene.word(at + 1)),
            ("walk", "out") | ("turn", "out") | ("take", "part") | ("turn", "up")
        );
    // "We **were 30,000**": so many of those who speak.
    let ours = draft.all.start >= 2
        && matches!(scene.word(draft.all.start - 1), "were" | "are" | "'re" | "’re")
        && matches!(scene.word(draft.all.start - 2), "we" | "they" | "you")
        && scene.p.get(draft.all.end).is_none_or(|n| !n.is_word())
        && draft.unit.is_none()
        && draft.value >= rust_decimal::Decimal::TEN;
    let suffers = SUFFER.contains(&lemma(at)) && passive;
    let next_open = scene.p.get(draft.all.end).is_none_or(|n| !n.is_word() || STOPS.contains(n.lower.as_str()));
    let undergone = draft.all.start > 0 && SUFFER.contains(&lemma(draft.all.start - 1)) && next_open;
    does || suffers || undergone || ours
}

/// "put the damage at $4 million", "the toll, which the ministry puts at 87", "put at 6,000 by the union, the strikers":
/// what a number behind "at" is said of.
pub fn appraised(scene: &Scene, draft: &Draft) -> Option<Counted> {
    let doc = scene.doc;
    // "Attendance was announced **as 9,870**" as well.
    let at = draft.all.start.checked_sub(1).filter(|&i| matches!(scene.word(i), "at" | "as"))?;
    let mut token = scene.p[draft.number.end - 1].token;
    // The nearest verb with something that it is done to.
    let mut verb = None;
    for _ in 0..5 {
        let Some(head) = doc.head(token) else { break };
        token = head;
        if doc.pos(token) == Pos::Verb && doc.lemma(token) != "miss" {
            verb = Some(token);
            if clause::object(doc, token).is_some() {
                break;
            }
        }
    }
    let verb = verb.filter(|&v| v < scene.p[at].token)?;
    let sentence = doc.sentences.at(doc.sentence_of(verb))?.tokens.clone();
    let object = clause::object(doc, verb).map(|o| match doc.lower(o) {
        "which" | "that" | "whom" if doc.relation(verb) == Relation::AclRelcl => doc.head(verb).unwrap_or(o),
        _ => o,
    });
    let opens = verb == sentence.start && !doc.children(verb).any(|c| doc.relation(c) == Relation::Nsubj);
    let object = object.or_else(|| {
        let main = |t: &Id<Token>| matches!(doc.relation(*t), Relation::Nsubj | Relation::NsubjPass);
        Id::range(sentence.clone()).find(|t| *t > scene.p[at].token && main(t)).filter(|_| opens)
    })?;
    let inside = |t: Id<Token>| scene.p.iter().position(|p| p.token == t);
    let head = inside(object)?;
    if doc.pos(object) == Pos::Pron || draft.all.contains(&head) {
        return None;
    }
    // "the number of missing": the noun that the number is of.
    if matches!(scene.word(head), "number" | "numbers" | "count" | "total") && scene.word(head + 1) == "of" && head < at
    {
        let from = determiner(scene, head + 2);
        let found = phrase(scene, from, at);
        let end = if found.is_empty() { from + 1 } else { found.end };
        return (end <= at).then(|| Counted { thing: Some(from..end), head: Some(end - 1), whole: None });
    }
    let mut start = head;
    while start > 0
        && doc.head(scene.p[start - 1].token) == Some(object)
        && matches!(doc.relation(scene.p[start - 1].token).base(), "compound" | "amod" | "flat")
    {
        start -= 1;
    }
    Some(Counted { thing: Some(start..head + 1), head: Some(head), whole: None })
}

/// "the number of buses … to 48": the noun that a level without one is of.
pub fn number_of(scene: &Scene, draft: &Draft) -> Option<Counted> {
    let start = draft.all.start;
    let level = matches!(
        scene.before(start),
        "to" | "at" | "from" | "was" | "is" | "were" | "reached" | "stood" | "hit" | "by" | "than"
    );
    level.then_some(())?;
    let of = (start.saturating_sub(16)..start).rev().find(|&i| {
        let number = ["number", "numbers", "count", "toll", "total", "tally", "estimate", "estimates"];
        scene.word(i) == "of" && number.contains(&scene.before(i))
    })?;
    let found = set(Counted::default(), scene, phrase(scene, determiner(scene, of + 1), start));
    found.thing.is_some().then_some(found)
}

/// "a home-game average of 21,340", "a membership of 300": the noun that the number is the size of.
pub fn size_of(scene: &Scene, draft: &Draft) -> Option<Counted> {
    let last = draft.all.start.checked_sub(2)?;
    let (doc, p) = (scene.doc, scene.p);
    let one = doc.xpos(p[last].token) == Xpos::Nn && p[last].is_word() && !p[last].capital;
    if scene.before(draft.all.start) != "of" || !one || super::kind::is_parent(scene.word(last)) {
        return None;
    }
    // "in front of 15,000", "on top of 400": a preposition of three words.
    if last > 0 && matches!(scene.word(last - 1), "in" | "on" | "by") {
        return None;
    }
    let plain =
        matches!(scene.word(last), "average" | "mean" | "median" | "total" | "record" | "high" | "low" | "peak");
    let part = |i: usize| {
        p[i].is_sign('-') && p[i].glued || doc.pos(p[i].token) == Pos::Noun || doc.xpos(p[i].token) == Xpos::Jj
    };
    let mut start = last;
    while start > 0 && part(start - 1) && !scene.withheld.iter().any(|w| w.overlaps(p[start - 1].span)) {
        start -= 1;
    }
    // "down from the **record high** of 799" says nothing of what.
    let empty = |i: usize| {
        matches!(
            scene.word(i),
            "record" | "high" | "low" | "all" | "time" | "-" | "previous" | "new" | "daily" | "annual"
        )
    };
    let idle = plain && (start..last).all(empty);
    (!idle && (!plain || start < last)).then(|| Counted { thing: Some(start..last + 1), head: Some(last), whole: None })
}

/// "The number of trucks has moved quickly": the head and the phrase that a sentence without a figure says the number of.
pub fn topic(scene: &Scene) -> Option<(usize, Range<usize>)> {
    let of = (1..scene.p.len()).find(|&i| {
        scene.word(i) == "of" && scene.before(i) == "number" || scene.word(i) == "many" && scene.before(i) == "how"
    })?;
    let found = set(Counted::default(), scene, phrase(scene, determiner(scene, of + 1), scene.p.len()));
    found.head.zip(found.thing)
}

/// "They crossed in the hundreds": the subject of the verb that the number leans on.
pub fn subject_of(scene: &Scene, draft: &Draft) -> Option<Counted> {
    let start = draft.all.start;
    let is_manner = scene.before(start) == "the" && start >= 2 && scene.word(start - 2) == "in";
    // "The dead numbered 12."
    let numbers = start > 0
        && scene.doc.lemma(scene.p[start - 1].token) == "number"
        && scene.doc.pos(scene.p[start - 1].token) == Pos::Verb;
    let verb = scene.doc.head(scene.p[draft.number.end - 1].token).filter(|_| is_manner || numbers)?;
    let is_subject = |i: &usize| {
        let token = scene.p[*i].token;
        scene.doc.head(token) == Some(verb)
            && matches!(scene.doc.relation(token), Relation::Nsubj | Relation::NsubjPass)
    };
    let at = (0..start).rev().find(is_subject)?;
    let found = set(Counted::default(), scene, phrase(scene, determiner(scene, at), start));
    found.thing.is_some().then_some(found)
}

/// "a crowd of 9,000": the noun for many before the "of".
pub fn many_of(scene: &Scene, draft: &Draft) -> Option<Counted> {
    let start = draft.all.start;
    let at = start.checked_sub(2)?;
    (scene.before(start) == "of" && COLLECTIVES.contains_key(scene.word(at))).then(|| Counted {
        thing: Some(at..at + 1),
        head: Some(at),
        whole: None,
    })
}

fn set(mut out: Counted, scene: &Scene, found: Range<usize>) -> Counted {
    if !found.is_empty() {
        out.head = Some(head_of(scene, &found));
        out.thing = Some(found);
    }
    out
}

/// Steps over "the", "its", "the group's".
fn determiner(scene: &Scene, at: usize) -> usize {
    let mut at = at;
    while matches!(
        scene.word(at),
        "the"
            | "a"
            | "an"
            | "its"
            | "their"
            | "his"
            | "her"
            | "our"
            | "all"
            | "these"
            | "those"
            | "this"
            | "that"
            | "such"
            | "my"
            | "your"
    ) {
        at += 1;
    }
    at
}

/// "50 environmental, business and religious **groups**", "a $2.2 billion, two-year budget **deficit**": the noun behind a list
/// of what narrows it.
pub fn behind_modifiers(scene: &Scene, draft: &Draft) -> Option<Counted> {
    let (p, doc) = (scene.p, scene.doc);
    let led = matches!(scene.before(draft.all.start), "a" | "an" | "the");
    let comma = scene.word(draft.all.end) == ",";
    let first = draft.all.end + usize::from(comma);
    let narrows = |i: usize| {
        let more = matches!(scene.word(i), "more" | "others" | "further");
        !more && p.get(i).is_some_and(|n| n.is_word() && doc.pos(n.token) == Pos::Adj)
    };
    if comma != (led && !counts(draft)) || !comma && !(counts(draft) && narrows(first) && scene.word(first + 1) == ",")
    {
        return None;
    }
    let mut last = None;
    for (i, piece) in p.iter().enumerate().skip(first).take(11) {
        let pos = doc.pos(piece.token);
        let noun = pos == Pos::Noun && piece.is_word();
        if noun && !p.get(i + 1).is_some_and(|n| n.is_word() && doc.pos(n.token) == Pos::Noun) {
            last = Some(i);
        }
        let goes_on = noun
            || piece.is_sign(',')
            || piece.is_sign('-')
            || matches!(pos, Pos::Adj | Pos::Cconj)
            || pos == Pos::Verb && piece.lower.ends_with("ing")
            || comma && pos == Pos::Num;
        if !goes_on {
            break;
        }
    }
    let last = last.filter(|&l| l > first && (comma || doc.xpos(p[l].token) == Xpos::Nns))?;
    Some(set(Counted::default(), scene, last..last + 1))
}

fn counts(draft: &Draft) -> bool {
    draft.kind == QuantityKind::Count && draft.unit.is_none()
}

/// "a **tax** of $20 per tonne of carbon": what so much is asked for one of something.
pub fn rated(scene: &Scene, draft: &Draft) -> Option<Counted> {
    let noun = draft.all.start.checked_sub(2)?;
    let is_noun = scene.p[noun].is_word() && scene.doc.pos(scene.p[noun].token) == Pos::Noun;
    let own = is_noun && !super::words::is_level_noun(scene.doc.lemma(scene.p[noun].token));
    let takes = draft.per.is_some() && draft.kind == QuantityKind::Money && scene.before(draft.all.start) == "of";
    let narrows = |i: usize| matches!(scene.doc.pos(scene.p[i].token), Pos::Adj | Pos::Noun) && scene.p[i].is_word();
    let start = (0..noun).rev().take_while(|&i| narrows(i)).last().unwrap_or(noun);
    (takes && own).then(|| set(Counted::default(), scene, start..noun + 1))
}

/// The noun phrase that begins at a piece: adjectives and nouns up to the last noun.
pub fn phrase(scene: &Scene, start: usize, limit: usize) -> Range<usize> {
    let (p, doc) = (scene.p, scene.doc);
    let tagged = !doc.tags.is_empty();
    let mut end = start;
    let mut at = start;
    let stop = limit.max(start).min(p.len()).min(start + 9);
    while at < stop {
        let piece = &p[at];
        if piece.is_sign('-') && piece.glued && p.get(at + 1).is_some_and(|n| n.glued && n.is_word()) {
            at += 1;
            continue;
        }
        if piece.is_sign('\'') || piece.lower == "'s" {
            at += 1;
            continue;
        }
        // "12 F-16 jets": a name of letters and digits.
        if piece.is_sign('-')
            && piece.glued
            && at > start
            && p[at - 1].capital
            && p.get(at + 1).is_some_and(|n| n.glued && n.is_digits())
            && p.get(at + 2).is_some_and(|n| !n.glued && n.is_word())
        {
            at += 2;
            continue;
        }
        // "16 million tons of **CO2**": digits that end a name of capitals.
        if piece.is_digits() && piece.glued && at > start && p[at - 1].capital && p[at - 1].lower.len() <= 3 {
            at += 1;
            end = at;
            continue;
        }
        // "58 Fortune 500 firms".
        if piece.is_digits()
            && at > start
            && p[at - 1].capital
            && p.get(at + 1).is_some_and(|n| tagged && doc.pos(n.token) == Pos::Noun)
        {
            at += 1;
            continue;
        }
        // "a third of U.S. Steel's staff": the point of an abbreviation.
        if piece.is_sign('.') && piece.glued && at > start && p[at - 1].capital && p[at - 1].lower.len() <= 2 {
            at += 1;
            continue;
        }
        if !piece.is_word() && !(piece.is_sign('"') && at == start) {
            // "10 , 000": nothing; a slash or an ampersand inside a name is rare.
            if piece.is_sign('&') && at > start {
                at += 1;
                continue;
            }
            break;
        }
        if !piece.is_word() {
            at += 1;
            continue;
        }
        // "964,000 people **age 12** and older".
        if at > start && matches!(piece.lower.as_str(), "age" | "ages") && p.get(at + 1).is_some_and(Piece::is_digits) {
            break;
        }
        if tagged {
            let pos = doc.pos(piece.token);
            match pos {
                Pos::Noun | Pos::Propn => {
                    end = at + 1;
                }
                Pos::Adj => {}
                Pos::Num if at > start => {}
                Pos::Adv
                    if p.get(at + 1).is_some_and(|n| matches!(doc.pos(n.token), Pos::Adj | Pos::Verb))
                        && !STOPS.contains(piece.lower.as_str()) => {}
                Pos::Verb if modifies(doc, piece.token) => {}
                // "a seven-yard touchdown **pass**": no verb of this form follows one noun.
                Pos::Verb
                    if at > start
                        && end == at
                        && doc.xpos(piece.token) == Xpos::Vb
                        && doc.xpos(p[at - 1].token) == Xpos::Nn
                        && wordnet::is_noun(&piece.lower) =>
                {
                    end = at + 1;
                }
                // "1,500 check-**in** staff": a small word that a hyphen ties to the one before a noun.
                Pos::Adp | Pos::Adv | Pos::Part
                    if at > start
                        && piece.glued
                        && p[at - 1].is_sign('-')
                        && p.get(at + 1).is_some_and(|n| n.is_word() && doc.pos(n.token) == Pos::Noun) => {}
                // "140 flood-**hit** homes".
                Pos::Verb if at > start && piece.glued && p[at - 1].is_sign('-') => {}
                // "oil refining and storage facilities": a gerund beside a noun before the noun of both.
                Pos::Verb if at > start && piece.lower.ends_with("ing") && pair_of_nouns(scene, at + 1) => at += 1,
                // "refining and storage facilities", "Kia and Hyundai vehicles": both modify one noun.
                Pos::Cconj if at > start && joins_modifiers(scene, at) => {}
                Pos::Verb if p.get(at + 1).is_some_and(|n| n.glued && n.is_sign('-')) => {}
                Pos::Part if piece.lower == "'s" || piece.lower == "'" => {}
                Pos::Pron if at == start && matches!(piece.lower.as_str(), "others") => end = at + 1,
                Pos::X => {
                    if STOPS.contains(piece.lower.as_str()) {
                        break;
                    }
                    end = at + 1;
                }
                _ => break,
            }
            // A noun that heads its own phrase, with something new behind: stop at a time or a name in apposition.
            let behind = (at + 1..stop).take_while(|&i| p[i].capital && p[i].is_word()).last().unwrap_or(at) + 1;
            if end == at + 1
                && p.get(at + 1).is_some_and(|n| {
                    n.capital
                        && !piece.capital
                        && doc.pos(n.token) == Pos::Propn
                        && !p.get(behind).is_some_and(|m| !m.capital && doc.pos(m.token) == Pos::Noun)
                })
            {
                break;
            }
        } else {
            if STOPS.contains(piece.lower.as_str())
                || at > start && !piece.capital && piece.lower.ends_with("ed") && end > start
            {
                break;
            }
            end = at + 1;
            if piece.lower.ends_with('s')
                && !piece.lower.ends_with("ss")
                && !piece.capital
                && at + 1 < stop
                && !p[at + 1].lower.ends_with('s')
            {
                break;
            }
        }
        if scene.withheld.iter().any(|w| w.overlaps(piece.span)) {
            end = end.min(at);
            break;
        }
        at += 1;
    }
    if end == start
        && tagged
        && p.get(start)
            .is_some_and(|n| n.is_word() && doc.pos(n.token) == Pos::Adj && PERSONS.contains(n.lower.as_str()))
    {
        return start..start + 1;
    }
    start..end
}

/// "and storage facilities".
fn pair_of_nouns(scene: &Scene, at: usize) -> bool {
    let noun = |i: usize| scene.p.get(i).is_some_and(|q| scene.doc.pos(q.token) == Pos::Noun);
    scene.word(at) == "and" && noun(at + 1) && noun(at + 2) && !noun(at + 3)
}

/// A participle in front of its noun: "stolen barrels", "refining facilities".
fn modifies(doc: &Document, token: Id<Token>) -> bool {
    match doc.head(token) {
        Some(head) => {
            head > token && matches!(doc.relation(token), Relation::Amod | Relation::Compound | Relation::Acl)
        }
        None => false,
    }
}

/// "and" between two modifiers of a noun further on.
fn joins_modifiers(scene: &Scene, at: usize) -> bool {
    let doc = scene.doc;
    let (Some(left), Some(right)) = (at.checked_sub(1).map(|i| &scene.p[i]), scene.p.get(at + 1)) else { return false };
    let Some(head) = doc.head(left.token) else { return false };
    // "5,231 votes and Brook 4,346 votes": several of a thing modify nothing.
    let many = matches!(doc.xpos(left.token), Xpos::Nns) && right.capital;
    !many && head > right.token && doc.head(right.token) == Some(left.token)
}

/// The head of a noun phrase: by the tree, else its last word.
fn head_of(scene: &Scene, found: &Range<usize>) -> usize {
    let last = found.end - 1;
    let doc = scene.doc;
    if doc.heads.is_empty() {
        return last;
    }
    let inside = |t: Id<Token>| found.clone().find(|&i| scene.p[i].token == t);
    let mut at = last;
    for _ in 0..found.len() {
        match doc.head(scene.p[at].token).and_then(inside) {
            Some(head)
                if matches!(
                    doc.relation(scene.p[at].token).base(),
                    "flat" | "compound" | "amod" | "nmod" | "conj" | "goeswith"
                ) && head != at
                    && doc.relation(scene.p[at].token) != Relation::Conj =>
            {
                at = head
            }
            _ => break,
        }
    }
    at
}
