//! Whether two figures answer one question, and how they stand to each other. The first rule that fits decides.

use std::collections::{BTreeMap, BTreeSet};

use rust_decimal::Decimal;

use super::Pair;
use super::figure::{Figure, Part};
use super::incident;
use super::number::shown;
use super::story::Story;
use super::words::{self, Course};
use crate::lexicon::agreement::{self, Agreement, admitted};
use crate::text::QuantityRelation as Relation;

/// How two claims stand to each other.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Verdict {
    /// The same number under the same bound word.
    Agree,
    /// Some number satisfies both.
    Compatible,
    /// No number satisfies both.
    Differs,
    /// The first is a grown or corrected figure in place of the second.
    Updates,
    /// A part, a wider window or a wider place.
    OtherScope,
}

impl Verdict {
    /// The name in the annotation format.
    pub fn as_str(self) -> &'static str {
        match self {
            Verdict::Agree => "agree",
            Verdict::Compatible => "compatible",
            Verdict::Differs => "differs",
            Verdict::Updates => "updates",
            Verdict::OtherScope => "other-scope",
        }
    }
}

/// What is found of two figures, the first of which is the newer one for `Updates`.
type Found = (Verdict, String);

/// The verdict on two figures with its reason, and whether they must change places; `None` when they do not answer one
/// question.
pub(super) fn judge(a: &Figure, b: &Figure, stories: &BTreeMap<String, Story>) -> Option<(Found, bool)> {
    let is_one_article = a.document == b.document;
    if is_one_article && (a.speaker == b.speaker || a.speaker.is_empty() || b.speaker.is_empty()) {
        return None;
    }
    let agreement = agreement::compare(&a.number, &b.number, false).ok()?;
    let is_comparable = a.measure.name == b.measure.name
        && (a.part == Part::Change) == (b.part == Part::Change)
        && (a.is_expected == b.is_expected || agreement == Agreement::Same)
        && is_same_thing(a, b)
        && !is_of_the_past(a)
        && !is_of_the_past(b);
    if !is_comparable || !incident::is_one(a, b, stories) {
        return None;
    }
    if a.measure.name.is_empty() && !is_plainly_alike(a, b, agreement) {
        return None;
    }
    if let Some(why) = scope(a, b)? {
        // The part comes first.
        let is_turned = b.subset.is_some() || a.wider.is_some() && b.wider.is_none();
        return Some(((Verdict::OtherScope, why.to_owned()), is_turned));
    }
    for (newer, older, is_turned) in [(a, b, false), (b, a, true)] {
        if agreement != Agreement::Same && !is_one_article && replaces(newer, older) {
            return Some(((Verdict::Updates, "the text says that the figure has changed".to_owned()), is_turned));
        }
    }
    let (x, y) = (shown(&a.number), shown(&b.number));
    if agreement == Agreement::Same {
        let reason = if x == y { format!("both {x}") } else { format!("{x} is {y}") };
        return Some(((Verdict::Agree, reason), false));
    }
    // What was so before is no claim that it is so; only an update may come of it.
    if a.part == Part::Old || b.part == Part::Old {
        return Some(((Verdict::Differs, String::new()), false));
    }
    if a.part == Part::Change {
        return None;
    }
    for (newer, older, is_turned) in [(a, b, false), (b, a, true)] {
        if follows(newer, older) && newer.has_source_of(older) {
            return Some(((Verdict::Updates, "a later figure of the same source".to_owned()), is_turned));
        }
    }
    if agreement == Agreement::Compatible {
        let is_wide = agreement::ratio(&a.number, &b.number).is_some_and(|r| r > Decimal::from(3));
        let is_vague = |f: &Figure| f.number.relation == Relation::Vague;
        if is_wide && !is_vague(a) && !is_vague(b) {
            return None;
        }
        return Some(((Verdict::Compatible, format!("{x} and {y} admit one number")), false));
    }
    // Far apart and no name in common: more likely two incidents than a quarrel about one.
    let is_far = agreement::ratio(&a.number, &b.number).is_some_and(|r| r > Decimal::from(4));
    if is_far && !is_one_article && !incident::share_a_name(a, b) {
        return None;
    }
    for (newer, older, is_turned) in [(a, b, true), (b, a, false)] {
        if follows(newer, older) && (newer.is_moving || days_apart(newer, older) >= 2) {
            let why = match days_apart(newer, older) {
                1 => "counted a day apart, while the number was growing".to_owned(),
                days => format!("counted {days} days apart, while the number was growing"),
            };
            return Some(((Verdict::OtherScope, why), is_turned));
        }
    }
    Some(((Verdict::Differs, format!("no number is both {x} and {y}")), false))
}

/// Why one of two figures is of a part, a wider window or a wider place; `Some(None)` where both are of one scope, `None`
/// where they are of different parts.
fn scope(a: &Figure, b: &Figure) -> Option<Option<&'static str>> {
    if a.wider != b.wider {
        return Some(a.wider.or(b.wider));
    }
    match (&a.subset, &b.subset) {
        (None, None) => Some(None),
        (Some(x), Some(y)) if x == y && x != "part" => Some(None),
        (Some(_), Some(_)) => None,
        // A part is not larger than the whole.
        (Some(_), None) if is_below(a, b) => Some(Some("a part of all that are counted")),
        (None, Some(_)) if is_below(b, a) => Some(Some("a part of all that are counted")),
        _ => None,
    }
}

/// True when the first number lies nowhere above the second.
fn is_below(part: &Figure, whole: &Figure) -> bool {
    let low = |f: &Figure| admitted(&f.number).lower.or(f.number.value);
    match (low(part), admitted(&whole.number).upper) {
        (Some(part), Some(whole)) => part <= whole,
        _ => true,
    }
}

/// A figure that agrees with one that updates a third, and is not older, updates the third as well.
pub(super) fn carry_updates(figures: &[Figure], pairs: &mut [Pair]) {
    let ends = |p: &Pair| (p.first, p.second);
    let updated: BTreeSet<(usize, usize)> = pairs.iter().filter(|p| p.verdict == Verdict::Updates).map(ends).collect();
    let agreed: BTreeSet<(usize, usize)> = pairs
        .iter()
        .filter(|p| p.verdict == Verdict::Agree)
        .flat_map(|p| [(p.first, p.second), (p.second, p.first)])
        .collect();
    for pair in pairs.iter_mut().filter(|p| matches!(p.verdict, Verdict::Differs | Verdict::Compatible)) {
        for (newer, older) in [ends(pair), (pair.second, pair.first)] {
            let like = |of: usize| agreed.range((of, 0)..(of + 1, 0)).map(|&(_, same)| same).chain([of]);
            let follows = like(newer).any(|new| {
                figures[newer].published >= figures[new].published
                    && like(older).any(|old| updated.contains(&(new, old)))
            });
            if follows {
                (pair.first, pair.second, pair.verdict) = (newer, older, Verdict::Updates);
                pair.reason = "the corrected number against the one it replaced".to_owned();
                break;
            }
        }
    }
}

/// One source in one article answers a question once. Where it gives two numbers of one thing, and one of them is the
/// number of the other article, the second answers another question ("84 of the 120 beds"); where none is, the nearest is
/// taken, or neither when both are as near.
pub(super) fn keep_one_answer(figures: &[Figure], pairs: &mut Vec<Pair>) {
    let is_old = |index: usize| figures[index].part == Part::Old;
    pairs.retain(|pair| pair.verdict != Verdict::Differs || !is_old(pair.first) && !is_old(pair.second));
    let mut answers: BTreeMap<usize, Vec<(usize, Verdict)>> = BTreeMap::new();
    for pair in pairs.iter() {
        answers.entry(pair.first).or_default().push((pair.second, pair.verdict));
        answers.entry(pair.second).or_default().push((pair.first, pair.verdict));
    }
    let is_sibling = |a: usize, b: usize| {
        let (x, y) = (&figures[a], &figures[b]);
        a != b
            && x.document == y.document
            && x.speaker == y.speaker
            && agreement::compare(&x.number, &y.number, false) == Ok(Agreement::Differ)
    };
    let is_taken = |one: usize, other: usize| {
        answers[&one].iter().any(|&(rival, verdict)| {
            let is_better = match verdict {
                Verdict::Agree => true,
                Verdict::Compatible | Verdict::Differs => is_total(&figures[rival]) || !is_total(&figures[other]),
                Verdict::Updates | Verdict::OtherScope => false,
            };
            is_better && is_sibling(rival, other)
        })
    };
    pairs.retain(|pair| {
        pair.verdict != Verdict::Differs || !is_taken(pair.first, pair.second) && !is_taken(pair.second, pair.first)
    });
}

/// "Which makes 38 in all".
fn is_total(figure: &Figure) -> bool {
    let text = figure.sentence.to_lowercase();
    let at = text.find(&figure.surface.to_lowercase()).map_or(0, |at| at + figure.surface.len());
    let after = text.get(at..).unwrap_or_default().trim_start();
    ["in all", "in total", "altogether", "overall"].iter().any(|w| after.starts_with(w))
}

/// A headline's bare number is read with the bound word that its article gives it.
pub(super) fn read_headlines(figures: &mut [Figure]) {
    let bare: Vec<usize> = (0..figures.len())
        .filter(|&i| figures[i].is_headline && figures[i].number.relation == Relation::Equal)
        .collect();
    for index in bare {
        let one = &figures[index];
        let told = figures.iter().find(|other| {
            other.document == one.document
                && other.number.value == one.number.value
                && other.number.unit == one.number.unit
                && other.number.relation != Relation::Equal
                && is_same_thing(one, other)
        });
        if let Some(relation) = told.map(|other| other.number.relation) {
            figures[index].number.relation = relation;
        }
    }
}

/// An article that says of one figure that it has grown tells of a number that is still growing; a number beside one of
/// the past stands in its place.
pub(super) fn mark_changes(figures: &mut [Figure]) {
    let moving: BTreeSet<(String, String)> = figures
        .iter()
        .filter(|f| f.part == Part::Level && words::says_changed(&f.sentence))
        .map(|f| (f.document.clone(), f.measure.name.clone()))
        .collect();
    let old: BTreeMap<(String, String), Decimal> = figures
        .iter()
        .filter(|f| f.part == Part::Old)
        .filter_map(|f| Some(((f.document.clone(), f.sentence.clone()), f.number.value?)))
        .collect();
    for figure in figures {
        let place = (figure.document.clone(), figure.sentence.clone());
        figure.before = figure.before.or_else(|| old.get(&place).copied().filter(|_| figure.part == Part::Level));
        figure.is_moving = moving.contains(&(figure.document.clone(), figure.measure.name.clone()));
    }
}

/// "Thousands marched" in an article that also tells of 30,000 sets no upper end.
pub(super) fn open_vague(figures: &mut [Figure]) {
    let vague: Vec<usize> = (0..figures.len()).filter(|&i| figures[i].number.relation == Relation::Vague).collect();
    for index in vague {
        let (one, upper) = (&figures[index], figures[index].number.upper);
        let is_open = figures.iter().any(|other| {
            other.document == one.document
                && other.measure.name == one.measure.name
                && is_same_thing(one, other)
                && other.number.relation != Relation::Vague
                && other.number.value.zip(upper).is_some_and(|(value, upper)| value >= upper)
        });
        if is_open {
            figures[index].number.relation = Relation::AtLeast;
        }
    }
}

/// The text around the first figure says that it stands in place of the second, and it is the newer. A text that names
/// the number replaced ("$394 million instead of $412 million") replaces no other, unless it is of a toll that grows.
fn replaces(newer: &Figure, older: &Figure) -> bool {
    if newer.part != Part::Level || newer.published < older.published {
        return false;
    }
    if newer.before.is_some() && newer.before != newer.number.value && newer.before == older.number.value {
        return true;
    }
    let is_open = newer.before.is_none() || older.part != Part::Old && newer.measure.course != Course::Settled;
    is_open && newer.published > older.published && words::says_changed(&newer.sentence)
}

/// A later and larger figure of what grows while it is counted (any later one of what moves).
fn follows(newer: &Figure, older: &Figure) -> bool {
    let is_later = newer.as_of() > older.as_of() && newer.published > older.published;
    let low = |f: &Figure| admitted(&f.number).lower;
    is_later
        && match newer.measure.course {
            Course::Settled => false,
            Course::Moves => true,
            Course::Grows => low(newer).zip(low(older)).is_some_and(|(new, old)| new > old),
        }
}

fn days_apart(a: &Figure, b: &Figure) -> i32 {
    a.as_of().zip(b.as_of()).map_or(0, |(x, y)| incident::days_between(x, y))
}

/// Where no word tells the measure, only numbers that say something (not "three villages", not a distance) of things in the
/// same words are compared; they differ only under one verb.
fn is_plainly_alike(a: &Figure, b: &Figure, agreement: Agreement) -> bool {
    let thing = a.counted.to_lowercase();
    let says_much = |f: &Figure| {
        let is_count = matches!(f.number.unit.as_str(), "item" | "person");
        let is_length = crate::lexicon::measure::by_code(&f.number.unit).is_some_and(|m| m.dimension == "length");
        !is_length && (!is_count || f.number.value.is_some_and(|v| v > Decimal::from(12)))
    };
    let is_one_order = agreement::ratio(&a.number, &b.number).is_some_and(|r| r <= Decimal::from(20));
    !thing.is_empty()
        && thing == b.counted.to_lowercase()
        && !words::is_anybody(&thing)
        && says_much(a)
        && says_much(b)
        && is_one_order
        && (agreement == Agreement::Same || !a.predicate.is_empty() && a.predicate == b.predicate)
}

/// The things counted may be the same: equal nouns, people both, or one of them left unsaid.
fn is_same_thing(a: &Figure, b: &Figure) -> bool {
    let is_share = |f: &Figure| matches!(f.number.unit.as_str(), "percent" | "fraction");
    let is_count = |f: &Figure| matches!(f.number.unit.as_str(), "item" | "person");
    if is_share(a) && is_share(b) {
        // "Half of the difference" and "most of the people" are shares of nothing in common.
        let is_of_people = |f: &Figure| words::is_anybody(&f.counted) || words::is_people(&f.counted, &f.number);
        let is_unsaid = a.counted.is_empty() || b.counted.is_empty();
        let is_alike =
            if is_unsaid { a.measure.is_own && b.measure.is_own } else { is_of_people(a) == is_of_people(b) };
        return !a.measure.name.is_empty() && is_alike || words::is_one_thing(&a.counted, &b.counted);
    }
    // What is leaked or lost is often left unsaid, or said in other words.
    if !is_count(a) || !is_count(b) {
        return true;
    }
    if words::is_one_thing(&a.counted, &b.counted) {
        return true;
    }
    let is_unsaid = words::head(&a.counted).is_empty() || words::head(&b.counted).is_empty();
    if is_unsaid {
        return a.measure.is_own && b.measure.is_own;
    }
    (words::is_anybody(&a.counted) || words::is_anybody(&b.counted))
        && words::is_people(&a.counted, &a.number)
        && words::is_people(&b.counted, &b.number)
}

/// The sentence tells of an earlier year or season.
fn is_of_the_past(figure: &Figure) -> bool {
    let text = figure.sentence.to_lowercase();
    let year = figure.published.map_or(0, |p| p.year());
    let says = ["last summer", "last year", "last winter", "last spring", "last autumn", "a year ago", "years ago"];
    let earlier = text
        .split(|c: char| !c.is_ascii_digit())
        .filter(|w| w.len() == 4)
        .any(|w| w.parse::<i16>().is_ok_and(|y| (1800..year).contains(&y)) && text.contains(&format!("in {w}")));
    year > 0 && (earlier || says.iter().any(|s| text.contains(s)))
}
