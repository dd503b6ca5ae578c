//! Pairs of figures that answer one question, with the verdict on each; questions as groups of pairs.

use std::collections::{BTreeMap, BTreeSet};

use rust_decimal::Decimal;

use super::figure::{Figure, Story};
use super::incident::Near;
use super::likeness::{self, Feature, Kin};
use super::score::{self, Chances};
use super::verdict::{self, Verdict};
use crate::lexicon::agreement::Agreement;
use crate::text::{Aspect, QuantityRelation as Relation};

/// Two figures that were looked at, before any verdict.
#[derive(Clone, Debug)]
pub struct Candidate {
    pub first: usize,
    pub second: usize,
    pub agreement: Agreement,
    pub features: Vec<Feature>,
    pub update: Vec<Feature>,
}

/// Two claims of one question.
#[derive(Clone, Debug, PartialEq)]
pub struct Pair {
    pub first: usize,
    pub second: usize,
    pub verdict: Verdict,
    pub reason: String,
    /// In percent.
    pub chance: u8,
    /// What speaks most for one question.
    pub why: Vec<String>,
}

/// From which chance on two figures are shown side by side.
const SHOWN: u8 = 50;

/// From which chance on two figures are said to differ.
const DIFFERS: u8 = 60;

/// From which chance on a figure replaces another.
const UPDATES: u8 = 50;

/// What figures of one article tell of one another: a number beside one of the past stands in its place, a headline's bare
/// number has the bound of the text, "thousands" beside a larger number has no upper end.
pub fn prepare(figures: &mut [Figure]) {
    let alike = |a: &Figure, b: &Figure| {
        a.story == b.story && a.number.unit == b.number.unit && (a.measure == b.measure || a.measure.is_empty())
    };
    for at in 0..figures.len() {
        let own = &figures[at];
        let around = at.saturating_sub(12)..(at + 13).min(figures.len());
        let near = |other: &&Figure| own.span.0.abs_diff(other.span.0) < 160;
        if own.from.is_none() && matches!(own.aspect, Aspect::Level | Aspect::New | Aspect::Share) {
            let old = figures[around.clone()].iter().filter(near).find(|o| o.aspect == Aspect::Old && alike(o, own));
            let from = old.and_then(|o| o.number.value).filter(|v| Some(*v) != own.number.value);
            if from.is_some() {
                figures[at].from = from;
            }
        }
        let own = &figures[at];
        let is_bare = own.is_lead && own.number.relation == Relation::Equal;
        let told = figures[around.clone()].iter().filter(|_| is_bare).find(|o| {
            o.number.value == own.number.value && alike(own, o) && o.span.0 > own.span.0 && o.number.relation != Relation::Equal
        });
        if let Some(relation) = told.map(|o| o.number.relation) {
            figures[at].number.relation = relation;
        }
        let own = &figures[at];
        if own.number.relation == Relation::Vague {
            let upper = own.number.upper;
            let is_open = figures[around].iter().any(|o| {
                alike(own, o)
                    && o.number.relation != Relation::Vague
                    && o.number.value.zip(upper).is_some_and(|(value, upper)| value >= upper)
            });
            if is_open {
                figures[at].number.relation = Relation::AtLeast;
            }
        }
    }
}

/// Every pair of figures that may answer one question, by the likeness of their articles.
pub fn candidates(figures: &[Figure], stories: &[Story], near: &[Near], see: &mut dyn FnMut(Candidate)) {
    let mut of_story: Vec<Vec<usize>> = vec![Vec::new(); stories.len()];
    for (index, figure) in figures.iter().enumerate() {
        of_story[figure.story].push(index);
    }
    let mut kin = Kin::default();
    let mut look = |a: usize, b: usize, likeness: u32, kin: &mut Kin| {
        let (x, y) = (&figures[a], &figures[b]);
        if likeness::unit_kind(x) != likeness::unit_kind(y) {
            return;
        }
        let Some(agreement) = likeness::agreement(x, y) else { return };
        let features = likeness::features(x, y, stories, likeness, kin);
        let (newer, older) = if verdict::is_newer(x, y, stories) { (a, b) } else { (b, a) };
        let update = verdict::features(&figures[newer], &figures[older], agreement, stories);
        see(Candidate { first: newer, second: older, agreement, features, update });
    };
    for of in &of_story {
        for (at, &a) in of.iter().enumerate() {
            for &b in &of[at + 1..] {
                // One source gives one answer in an article, and the writer's own words repeat those of the sources.
                let (x, y) = (&figures[a], &figures[b]);
                if !x.speaker.is_empty() && !y.speaker.is_empty() && !x.has_source_of(y, stories) {
                    look(a, b, 1000, &mut kin);
                }
            }
        }
    }
    for link in near {
        for &a in &of_story[link.first] {
            for &b in &of_story[link.second] {
                look(a, b, link.likeness, &mut kin);
            }
        }
    }
}

/// The verdict on a pair; `None` where the figures answer different questions.
fn judge(figures: &[Figure], candidate: &Candidate, chances: Chances) -> Option<Pair> {
    let (a, b) = (candidate.first, candidate.second);
    let (x, y) = (&figures[a], &figures[b]);
    let is_inside = x.story == y.story;
    if chances.same + chances.scope < SHOWN {
        return None;
    }
    let pair = |first: usize, second: usize, verdict, chance| {
        let reason = verdict::reason(verdict, &figures[first], &figures[second]);
        let words = |(a, b): Feature| if b.is_empty() { a.to_owned() } else { format!("{a}, {b}") };
        let why = score::reasons(&candidate.features).into_iter().map(words).collect();
        Some(Pair { first, second, verdict, reason, chance, why })
    };
    if chances.scope > chances.same {
        if is_inside {
            return None;
        }
        let (part, whole) = if verdict::is_part(x, y) { (a, b) } else { (b, a) };
        return pair(part, whole, Verdict::OtherScope, chances.scope);
    }
    let both = chances.same + chances.scope;
    if candidate.agreement == Agreement::Same {
        return pair(a, b, Verdict::Agree, both);
    }
    let is_forecast = |f: &Figure| f.aspect == Aspect::Forecast;
    let names = x.from.is_some() && x.from == y.number.value && x.from != x.number.value;
    if !is_inside && (names || score::update(&candidate.update) >= UPDATES && !is_forecast(x)) {
        return pair(a, b, Verdict::Updates, both);
    }
    if candidate.agreement == Agreement::Compatible {
        return pair(a, b, Verdict::Compatible, both);
    }
    // A figure that its own article has given up contradicts nobody.
    let is_given_up = |f: &Figure| f.aspect == Aspect::Old || f.is_denied && f.number.value != Some(Decimal::ZERO);
    if is_given_up(x) || is_given_up(y) {
        return None;
    }
    let verdict = if chances.same >= DIFFERS { Verdict::Differs } else { Verdict::Unsure };
    pair(a, b, verdict, chances.same)
}

/// All verdicts, each pair once.
pub fn all(figures: &[Figure], stories: &[Story], near: &[Near]) -> Vec<Pair> {
    let mut found: Vec<(Candidate, Chances)> = Vec::new();
    candidates(figures, stories, near, &mut |candidate| {
        let chances = score::chances(&candidate.features);
        if chances.same + chances.scope >= 25 {
            found.push((candidate, chances));
        }
    });
    keep_best(figures, &mut found);
    let mut pairs: Vec<Pair> = found.iter().filter_map(|(c, chances)| judge(figures, c, *chances)).collect();
    pairs.sort_by(|p, q| (p.first, p.second).cmp(&(q.first, q.second)));
    pairs
}

/// One source in one article answers a question once: of its figures the likest is taken, and an equal number is likest.
fn keep_best(figures: &[Figure], found: &mut Vec<(Candidate, Chances)>) {
    let mut answers: BTreeMap<usize, Vec<(usize, i32)>> = BTreeMap::new();
    let worth = |c: &Candidate, chances: &Chances| {
        i32::from(chances.same) + match c.agreement {
            Agreement::Same => 40,
            Agreement::Compatible => 5,
            Agreement::Differ => 0,
        }
    };
    for (candidate, chances) in found.iter().filter(|(_, c)| c.same >= c.scope) {
        let worth = worth(candidate, chances);
        answers.entry(candidate.first).or_default().push((candidate.second, worth));
        answers.entry(candidate.second).or_default().push((candidate.first, worth));
    }
    let is_rival = |a: usize, b: usize| {
        let (x, y) = (&figures[a], &figures[b]);
        a != b
            && x.story == y.story
            && x.speaker == y.speaker
            && x.aspect != Aspect::Old
            && y.aspect != Aspect::Old
            && likeness::agreement(x, y) == Some(Agreement::Differ)
    };
    let loses = |one: usize, other: usize, own: i32| {
        answers.get(&one).is_some_and(|list| list.iter().any(|&(rival, w)| w > own + 5 && is_rival(rival, other)))
    };
    let lost: BTreeSet<(usize, usize)> = found
        .iter()
        .filter(|(c, chances)| chances.same >= chances.scope && c.agreement == Agreement::Differ)
        .filter(|(c, chances)| {
            let own = worth(c, chances);
            loses(c.first, c.second, own) || loses(c.second, c.first, own)
        })
        .map(|(c, _)| (c.first, c.second))
        .collect();
    found.retain(|(c, _)| !lost.contains(&(c.first, c.second)));
}

/// The figures of each question: those that pairs join.
pub fn questions(count: usize, pairs: &[Pair]) -> Vec<Vec<usize>> {
    let mut above: Vec<usize> = (0..count).collect();
    for pair in pairs {
        let (a, b) = (top(&above, pair.first), top(&above, pair.second));
        above[a.max(b)] = a.min(b);
    }
    let members: BTreeSet<usize> = pairs.iter().flat_map(|p| [p.first, p.second]).collect();
    let mut groups: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for index in members {
        groups.entry(top(&above, index)).or_default().push(index);
    }
    groups.into_values().collect()
}

/// The first figure of a group that is being joined.
fn top(above: &[usize], mut at: usize) -> usize {
    while above[at] != at {
        at = above[at];
    }
    at
}

/// True when two agreeing figures come from two sources and two texts: neither one speaker in two papers, nor one
/// agency's text, nor two papers that name nobody.
pub fn is_confirmed(a: &Figure, b: &Figure, stories: &[Story]) -> bool {
    let (x, y) = (&stories[a.story], &stories[b.story]);
    let shared = x.shingles.iter().filter(|s| y.shingles.contains(s)).count();
    !a.speaker.is_empty()
        && !b.speaker.is_empty()
        && !a.has_source_of(b, stories)
        && x.publisher != y.publisher
        && shared * 2 < x.shingles.len().min(y.shingles.len()).max(1)
}
