//! Pairs of figures that answer one question, with the verdict on each; questions as groups of pairs.

use std::collections::{BTreeMap, BTreeSet};

use rust_decimal::Decimal;

use super::figure::{Figure, Story};
use super::incident::Near;
use super::likeness::{self, Feature, Kin};
use super::number::shown;
use super::score::{Chances, Weights};
use super::verdict::{self, Verdict};
use crate::lexicon::agreement::Agreement;
use crate::lexicon::wordnet;
use crate::text::{Aspect, QuantityRelation as Relation, ScopeKind};

/// Two figures that were looked at, before any verdict.
#[derive(Clone, Debug)]
pub struct Candidate {
    pub first: usize,
    pub second: usize,
    pub agreement: Agreement,
    /// Of their articles, in thousandths.
    pub likeness: u32,
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
    /// What speaks against showing it to who did not ask for doubtful ones.
    pub doubts: Vec<&'static str>,
}

impl Pair {
    /// Sure enough to be shown to who did not ask for doubtful ones.
    pub fn is_sure(&self) -> bool {
        self.doubts.is_empty()
    }
}

/// From which chance on two figures are shown side by side.
const SHOWN: u8 = 38;

/// The same of two numbers that are one, or admit one.
const SHOWN_MEETING: u8 = 20;

/// From which chance on two figures are said to differ.
const DIFFERS: u8 = 46;

/// The same of sums, which are of many things, and where one of both is as vague as "dozens".
const DIFFERS_MONEY: u8 = 60;
const DIFFERS_VAGUE: u8 = 85;

/// What one counts is what the other counts, or those who are not named.
const SAME_THING: &[&str] =
    &["thing same", "thing anybody", "thing kind of", "thing people, kind of", "thing unsaid", "thing said by one"];

/// From which chance on the change of a share and its level are one question.
const LIKELY_CHANGE: u8 = 75;

/// How alike the articles of two figures that quarrel are at least, in thousandths.
const NEAR: u32 = 90;

/// How alike the articles of two figures are at least, in thousandths, whose dispute is sure.
const ONE_STORY: u32 = 150;

/// How alike articles are, in thousandths, that tell of one place whatever their words.
const TOLD_ALIKE: u32 = 250;

/// From which chance on a verdict is sure that is no dispute.
const LIKELY: u8 = 38;

/// From which chance on a dispute is sure, where a class of the table tells what is counted, and where it does not.
const SURE: u8 = 60;
const SURE_UNTOLD: u8 = 80;

/// The same where the articles themselves give one of both figures or both.
const SURE_UNVOICED: u8 = 66;

/// From which chance on a figure is shown beside one that its text names as replaced.
const NAMED: u8 = 20;

/// From which chance on a pair is held in mind, as another wording may make it likelier.
const CONSIDERED: u8 = 10;

/// From which chance on two equal figures are two wordings of one.
const EQUAL: u8 = 60;

/// Other wordings of a figure that are looked at.
const WORDINGS: usize = 12;

/// From which chance on a figure replaces another.
const UPDATES: u8 = 50;

/// The same where two named sources give the two, and no word of the newer says that the figure has changed.
const UPDATES_QUARREL: u8 = 70;

/// What figures of one article tell of one another: a number beside one of the past stands in its place, a headline's bare
/// number has the bound of the text, "thousands" beside a larger number has no upper end.
pub fn prepare(figures: &mut [Figure], stories: &[Story]) {
    // The day of what is told goes on being the day: the last one told before, where it is near the day of publication.
    let mut told: Option<(usize, (jiff::civil::Date, jiff::civil::Date))> = None;
    for figure in figures.iter_mut() {
        let published = stories[figure.story].published;
        match figure.days {
            Some((from, to)) => {
                let is_day = super::incident::days_between(from, to) <= 2;
                if is_day && published.is_some_and(|p| super::incident::days_between(to, p) <= 20) {
                    told = Some((figure.story, (from, to)));
                }
            }
            None => figure.days = told.filter(|(story, _)| *story == figure.story).map(|(_, days)| days),
        }
    }
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
        let is_headline_of = |o: &Figure| {
            let is_measured = likeness::unit_kind(own) != "count";
            let is_unit = own.story == o.story && likeness::unit_kind(own) == likeness::unit_kind(o);
            alike(own, o) || is_unit && (is_measured || own.thing == o.thing && !own.thing.is_empty())
        };
        let told = figures[around.clone()].iter().filter(|_| is_bare).find(|o| {
            o.number.value == own.number.value
                && is_headline_of(o)
                && o.span.0 > own.span.0
                && o.number.relation != Relation::Equal
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
    let told = likeness::Told::all(figures, stories);
    let mut crowds: Vec<BTreeMap<&str, usize>> = vec![BTreeMap::new(); stories.len()];
    for figure in figures {
        *crowds[figure.story].entry(likeness::unit_kind(figure)).or_default() += 1;
    }
    // The more figures of a kind two articles have, the fewer of their pairs answer one question.
    let crowd = |x: &Figure, y: &Figure| {
        let count = |f: &Figure| crowds[f.story].get(likeness::unit_kind(f)).copied().unwrap_or(1);
        match count(x) * count(y) {
            0..=2 => "figures 2",
            3..=6 => "figures 6",
            7..=16 => "figures 16",
            17..=40 => "figures 40",
            41..=100 => "figures 100",
            _ => "figures many",
        }
    };
    let mut look = |a: usize, b: usize, likeness: u32, kin: &mut Kin| {
        let (x, y) = (&figures[a], &figures[b]);
        if likeness::unit_kind(x) != likeness::unit_kind(y) {
            return;
        }
        let Some(agreement) = likeness::agreement(x, y) else { return };
        let is_repeated = x.story == y.story && (x.speaker.is_empty() || y.speaker.is_empty());
        if is_repeated && agreement != Agreement::Differ {
            return;
        }
        let mut features = likeness::features(x, y, stories, &told, likeness, kin);
        features.push((crowd(x, y), ""));
        let (newer, older) = if verdict::is_newer(x, y, stories) { (a, b) } else { (b, a) };
        let update = verdict::features(&figures[newer], &figures[older], agreement, stories);
        see(Candidate { first: newer, second: older, agreement, likeness, features, update });
    };
    for of in &of_story {
        for (at, &a) in of.iter().enumerate() {
            for &b in &of[at + 1..] {
                // One source gives one answer in an article; the writer's own words repeat those of the sources, but for
                // a list or a sum of one class, with another number.
                let (x, y) = (&figures[a], &figures[b]);
                let is_told = x.is_class && x.measure == y.measure;
                let are_sources = !x.speaker.is_empty() && !y.speaker.is_empty();
                let is_one = x.speaker.is_empty() && y.speaker.is_empty();
                if !is_one && (are_sources || is_told) && !x.has_source_of(y, stories) {
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
fn judge(
    weights: &Weights,
    figures: &[Figure],
    stories: &[Story],
    contests: &BTreeSet<usize>,
    candidate: &Candidate,
    chances: Chances,
) -> Option<Pair> {
    let (a, b) = (candidate.first, candidate.second);
    let (x, y) = (&figures[a], &figures[b]);
    let is_inside = x.story == y.story;
    // A level and its change, a forecast and its outcome are never figures of one question.
    // But for one number of many digits, and for shares, where "a cut of 30 percent" and "the effect was 36 percent" are one.
    let of = |f: &Figure| if f.aspect == Aspect::Margin { Aspect::Change } else { f.aspect };
    let differ = |aspect: Aspect| (of(x) == aspect) != (of(y) == aspect);
    let is_share = likeness::unit_kind(x) == "share";
    let is_named = candidate.features.iter().any(|f| matches!(f.0, "number equal, rich" | "number equal, two digits"));
    let is_likely = is_named && chances.same >= EQUAL || is_share && chances.same >= LIKELY_CHANGE;
    let is_apart =
        differ(Aspect::Change) || differ(Aspect::Forecast) && x.aspect != Aspect::Plan && y.aspect != Aspect::Plan;
    if is_apart && (!is_likely || differ(Aspect::Forecast)) {
        return None;
    }
    // "12 were killed", "12 are missing": nobody is both, whatever the numbers.
    let are_fates = x.is_class && y.is_class && is_fate(&x.measure) && is_fate(&y.measure);
    if are_fates && candidate.features.contains(&("measure other class", "")) {
        return None;
    }
    // Who denies a figure claims nothing by it, but for "denied that any".
    let is_rejected = |f: &Figure| f.is_denied && f.number.value != Some(Decimal::ZERO);
    let is_claimed = !is_rejected(x) && !is_rejected(y);
    let names = is_claimed && !is_inside && x.from.is_some() && x.from == y.number.value && x.from != x.number.value;
    // Where people compete, a share or a seat is somebody's: it answers another's question with no number but the same.
    let is_owned = candidate.features.iter().any(|f| f.0 == "owner same")
        || x.is_class && x.measure == y.measure && !is_won(x) && !is_won(y);
    let is_contest = |f: &Figure| is_won(f) || likeness::unit_kind(f) == "share" && contests.contains(&f.story);
    if candidate.agreement != Agreement::Same && !names && !is_owned && is_contest(x) && is_contest(y) {
        return None;
    }
    let is_told_part = x.is_class
        && x.measure == y.measure
        && x.scope_of(ScopeKind::Part).is_some() != y.scope_of(ScopeKind::Part).is_some()
        && chances.scope > chances.same;
    let shown = match candidate.agreement {
        _ if names || is_told_part => NAMED,
        Agreement::Same | Agreement::Compatible => SHOWN_MEETING,
        _ => SHOWN,
    };
    if chances.same + chances.scope < shown {
        return None;
    }
    let pair = |first: usize, second: usize, verdict, chance| {
        let reason = verdict::reason(verdict, &figures[first], &figures[second]);
        let words = |(a, b): Feature| if b.is_empty() { a.to_owned() } else { format!("{a}, {b}") };
        let why = weights.reasons(&candidate.features).into_iter().map(words).collect();
        // What is sure is so by the two figures alone.
        let own = weights.chances(&candidate.features);
        let own = if verdict == Verdict::Differs { own.same } else { own.same + own.scope };
        let doubts = doubts(candidate, stories, x, y, verdict, own.min(chance));
        Some(Pair { first, second, verdict, reason, chance, why, doubts })
    };
    if chances.scope > chances.same && !names {
        // Last year's are neither a part nor the whole of those of now.
        if is_inside || candidate.features.iter().any(|f| f.0 == "days one long ago") {
            return None;
        }
        let (part, whole) = if verdict::is_part(x, y) { (a, b) } else { (b, a) };
        return pair(part, whole, Verdict::OtherScope, chances.scope);
    }
    let both = chances.same + chances.scope;
    if candidate.agreement == Agreement::Same {
        return pair(a, b, Verdict::Agree, both);
    }
    let is_forecast = x.aspect == Aspect::Forecast;
    let is_quarrel = !x.speaker.is_empty() && !y.speaker.is_empty() && !x.has_source_of(y, stories) && !x.is_moved;
    let least = if is_quarrel { UPDATES_QUARREL } else { UPDATES };
    let differs = candidate.agreement == Agreement::Differ;
    // A text that names the number replaced replaces no other, unless it is of what grows.
    let names_another = x.from.is_some() && !names && !verdict::grows(x);
    let replaces = || {
        !names_another && differs && verdict::follows(x, y, stories)
            || !names_another && weights.update(&candidate.update) >= least
    };
    if is_claimed && !is_inside && (names || !is_forecast && !are_two(candidate) && replaces()) {
        return pair(a, b, Verdict::Updates, both);
    }
    if candidate.agreement == Agreement::Compatible {
        return pair(a, b, Verdict::Compatible, both);
    }
    // A figure that its own article has given up contradicts nobody.
    if x.aspect == Aspect::Old || y.aspect == Aspect::Old || !is_claimed {
        return None;
    }
    if is_hair(x, y) {
        return pair(a, b, Verdict::Compatible, both);
    }
    let has = |names: &[&str]| candidate.features.iter().any(|f| names.contains(&f.0));
    // A part is no answer to what is asked of the whole.
    if x.scope_of(ScopeKind::Part).is_some() != y.scope_of(ScopeKind::Part).is_some() {
        let is_class = x.is_class && x.measure == y.measure;
        let (part, whole) = if verdict::is_part(x, y) { (a, b) } else { (b, a) };
        return (is_class && !is_inside).then(|| pair(part, whole, Verdict::OtherScope, both)).flatten();
    }
    // Words that differ may tell of one thing; where a class is read on one side alone, they hardly ever do.
    let is_share = likeness::unit_kind(x) == "share";
    let is_word = has(&["measure same word"]);
    // So many litres of one thing.
    let is_measured = !matches!(likeness::unit_kind(x), "count" | "money" | "share");
    let is_told = has(&["measure same class", "measure close class"])
        || !is_word && has(&["tell shared"])
        || is_measured && has(&["thing same"])
        || is_word && (is_inside || has(&["places same"]))
        || has(&["measure other word"]) && is_share && is_quarrel
        || is_counted(candidate, x, y) && is_quarrel && !is_inside;
    // "Denied that any soldiers were taken": whoever they are, there were none.
    let is_none = |f: &Figure| f.number.value == Some(Decimal::ZERO);
    let is_thing = likeness::unit_kind(x) != "count" || has(SAME_THING) || is_none(x) || is_none(y);
    let is_vague = [x, y].iter().any(|f| f.number.relation == Relation::Vague);
    let least = match likeness::unit_kind(x) {
        _ if is_vague => DIFFERS_VAGUE,
        "money" => DIFFERS_MONEY,
        _ => DIFFERS,
    };
    let mut found = pair(a, b, Verdict::Differs, chances.same)?;
    let is_long_ago = has(&["days one long ago"]);
    let may_differ = may_quarrel(candidate, x, y);
    let against = [(!is_told, "untold"), (!is_thing, "other thing"), (is_long_ago, "long ago"), (!may_differ, "apart")];
    let against = against.iter().filter(|(holds, _)| *holds).map(|(_, name)| *name);
    let is_one = against.clone().next().is_none() && chances.same >= least && !is_doubtful(&found, x, y);
    if is_one {
        return Some(found);
    }
    found.doubts.extend(against);
    Some(Pair { doubts: found.doubts, ..pair(a, b, Verdict::Unsure, chances.same)? })
}

/// What is doubtful in more than one way, or in one that tells enough, is no dispute to who asks for doubtful ones either.
fn is_doubtful(pair: &Pair, a: &Figure, b: &Figure) -> bool {
    let has = |name| pair.doubts.contains(&name);
    let is_inside = a.story == b.story;
    has("unlikely") || has("far") || has("chance") && (has("measure") || has("thing")) || is_inside && has("voices")
}

/// "The union speaks of 900 dockers", "500 dockers walked out": one says what befell those that both name, the other no more
/// than how many they are.
fn is_counted(candidate: &Candidate, a: &Figure, b: &Figure) -> bool {
    let has = |names: &[&str]| candidate.features.iter().any(|f| names.contains(&f.0));
    let is_bound = |f: &Figure| matches!(f.number.relation, Relation::AtLeast | Relation::MoreThan);
    let is_class = |f: &Figure| f.is_class && !verdict::grows(f) || f.is_class && !is_bound(a) && !is_bound(b);
    (a.measure.is_empty() && is_class(b) || b.measure.is_empty() && is_class(a))
        && has(&["thing same", "thing anybody", "thing people, kind of"])
}

/// "More than 40" and "40" are one round number in two mouths.
fn is_hair(a: &Figure, b: &Figure) -> bool {
    let point = |f: &Figure| f.number.value.or(f.number.lower).or(f.number.upper);
    let is_bound = |f: &Figure| matches!(f.number.relation, Relation::MoreThan | Relation::LessThan);
    is_bound(a) != is_bound(b)
        && point(a) == point(b)
        && point(a)
            .is_some_and(|v| v.normalize().mantissa().unsigned_abs().to_string().trim_end_matches('0').len() <= 2)
}

/// Figures of two companies, players, countries or places, or for two stretches of time.
fn are_two(candidate: &Candidate) -> bool {
    candidate.features.iter().any(|f| {
        matches!(
            f.0,
            "owner apart"
                | "owner namesake"
                | "namesakes"
                | "doers apart"
                | "places apart"
                | "places other"
                | "window other"
                | "area other"
        )
    })
}

/// What must hold before two figures are called a dispute, whatever their chance: their articles are near, they are not
/// figures of two companies, players or countries, not two polls, and not both as vague as "dozens".
fn may_quarrel(candidate: &Candidate, a: &Figure, b: &Figure) -> bool {
    let is_vague = |f: &Figure| f.number.relation == Relation::Vague;
    candidate.likeness >= NEAR && !are_two(candidate) && !(is_vague(a) && is_vague(b)) && !(is_poll(a) && is_poll(b))
}

/// What speaks against showing a verdict to who did not ask for doubtful ones, by name; nothing where it is sure enough for
/// the graph. A dispute that is none costs a reader more than one that is missed: the measure has to be one class of the
/// table, or one word with one thing; a share or a length has to be one of the same thing; figures of two articles about
/// each other's neighbours are not enough.
fn doubts(
    candidate: &Candidate,
    stories: &[Story],
    a: &Figure,
    b: &Figure,
    verdict: Verdict,
    chance: u8,
) -> Vec<&'static str> {
    let has = |name: &str| candidate.features.iter().any(|f| f.1.is_empty() && f.0 == name);
    let holds = |names: &[&str]| candidate.features.iter().any(|f| names.contains(&f.0));
    let is_class = a.is_class && b.is_class && a.measure == b.measure;
    let is_word = has("measure same word") && a.thing == b.thing;
    let is_thing = holds(&["thing same", "thing anybody", "thing kind of", "thing people, kind of", "thing unsaid"])
        || is_class && holds(&["thing said by one"]);
    let kind = likeness::unit_kind(a);
    let is_share = !matches!(kind, "count" | "money");
    let mut doubts = Vec::new();
    let mut doubt = |is_one: bool, name: &'static str| doubts.extend(is_one.then_some(name));
    doubt(chance < LIKELY, "unlikely");
    match verdict {
        Verdict::Agree | Verdict::OtherScope | Verdict::Unsure => {}
        Verdict::Compatible | Verdict::Updates => {
            doubt(!is_class && !is_word, "measure");
            doubt(!is_thing, "thing");
            doubt(!may_quarrel(candidate, a, b), "apart");
            // "At least 129" admits whatever is larger: of two papers' own voices it says nothing, but where it is near.
            let is_loose = holds(&["number half more", "number times two", "number times five", "number times twenty"]);
            let is_unvoiced = a.speaker.is_empty() && b.speaker.is_empty();
            doubt(verdict == Verdict::Compatible && is_unvoiced && is_loose, "voices");
        }
        Verdict::Differs => {
            let least = if is_class && !is_share { SURE } else { SURE_UNTOLD };
            let is_inside = a.story == b.story;
            let are_sources = !a.speaker.is_empty() && !b.speaker.is_empty();
            // Two companies tell of two things in the same words, but seldom at one place.
            doubt(!is_class && !(is_word && has("places same")), "measure");
            doubt(!is_thing, "thing");
            doubt(chance < least, "chance");
            doubt(!is_inside && candidate.likeness < ONE_STORY, "articles");
            doubt(has("narrowed otherwise") || has("narrowed one") && is_share, "narrowed");
            // Two papers' own voices may well speak of two things, and so may small numbers that nobody is named for.
            let is_unvoiced = a.speaker.is_empty() && b.speaker.is_empty();
            // Who gives two numbers on two days has corrected one, whether it was read so or not.
            doubt(are_sources && a.speaker == b.speaker, "one voice");
            doubt(!are_sources && (is_inside || is_unvoiced || chance < SURE_UNVOICED), "voices");
            // "Its teams" in another article: whose they are was not read, and it may be the other's.
            let is_possessed = |f: &Figure| {
                let first = f.speaker.split(' ').next().unwrap_or_default().to_lowercase();
                matches!(first.as_str(), "its" | "their" | "his" | "her" | "it" | "they")
            };
            doubt(!is_inside && (is_possessed(a) || is_possessed(b)), "one voice");
            doubt([a, b].iter().any(|f| f.number.value.is_some_and(|v| v < 3.into())), "small");
            // This year's are not all, nor those of the town.
            doubt(has("window one") || has("area one"), "scope");
            // "Hundreds" is vague, though it was read as a bound.
            let is_plural = |f: &Figure| f.number.relation == Relation::AtLeast && f.surface.ends_with('s');
            doubt([a, b].iter().any(|f| f.number.relation == Relation::Vague || is_plural(f)), "vague");
            doubt(holds(&["number far", "number times twenty", "number worlds apart"]), "far");
            // Two companies' figures are told alike, and so are those of a town and of its province.
            let is_near_by = ["tops 5", "tops 7", "places same"].iter().any(|n| has(n));
            let is_place_open = verdict::grows(a) && has("places said by one");
            // Where two named sources count, articles that are much alike are of one place, or those that are alike by a likely
            // figure.
            let is_close = candidate.likeness >= TOLD_ALIKE && is_class;
            let is_likely = holds(&["tops 3"]) && is_class && candidate.likeness >= 180 && chance >= 80;
            let is_here = is_near_by || are_sources && (is_close || is_likely);
            doubt(if is_inside { is_place_open } else { !is_here || is_place_open && !is_likely }, "elsewhere");
            // Children are some of the people killed; marchers are all who marched.
            let is_some = |f: &Figure| verdict::class_of(&f.thing) != Some(&*f.measure);
            doubt(holds(&["thing kind of", "thing people, kind of"]) && is_some(a) && is_some(b), "some of them");
            // In one article one source seldom counts what the other does, but for those who quarrel over a count.
            doubt(is_inside && !is_class, "aside");
            // A lower count of what grows is an earlier one, or one of some, where the higher is a lower bound.
            let is_bound = |f: &Figure| matches!(f.number.relation, Relation::AtLeast | Relation::MoreThan);
            let (x, y) = (stories[a.story].published, stories[b.story].published);
            let is_one_day = x.is_some() && x == y;
            // So is one that another source has given days before.
            let is_days_later = x.zip(y).is_some_and(|(x, y)| super::incident::days_between(x, y) >= 2);
            let is_old = is_bound(a) || is_bound(b) || is_days_later && verdict::is_larger(a, b);
            doubt(verdict::grows(a) && is_old && !is_one_day, "growing");
            // Sums, shares and lengths are of whoever has them, and for one thing among many.
            match kind {
                "count" => doubt(is_sum(a), "sum"),
                "money" => {
                    doubt(is_inside || !has("tell shared"), "sum");
                    doubt(has("owner said by one") || has("owner words apart"), "owner");
                }
                _ => {
                    // "72 percent, says the union, or 24, according to the ministry".
                    let is_beside = is_inside && a.span.0.abs_diff(b.span.0) < 120;
                    doubt(!is_class || !are_sources, "share");
                    doubt(if is_inside { !is_beside } else { a.thing.is_empty() }, "share");
                    doubt(matches!(&*a.measure, "vote" | "voted"), "vote");
                }
            }
        }
    }
    doubts
}

/// A count of what is measured in money: a currency that was not read as one.
fn is_sum(figure: &Figure) -> bool {
    matches!(&*figure.measure, "cost" | "fine" | "profit" | "loss" | "revenue" | "loan" | "price")
}

/// What may become of people, of which one is told of one of them.
fn is_fate(measure: &str) -> bool {
    matches!(
        measure,
        "killed"
            | "injured"
            | "missing"
            | "trapped"
            | "rescued"
            | "arrested"
            | "infected"
            | "captured"
            | "freed"
            | "escaped"
    )
}

/// What is won by one of those who compete: votes, seats, points.
fn is_won(figure: &Figure) -> bool {
    figure.measure == "vote" || matches!(&*figure.thing, "vote" | "ballot" | "seat" | "point" | "goal" | "medal")
}

/// Articles on a vote: one of their figures counts who voted, or for whom.
fn contests(figures: &[Figure]) -> BTreeSet<usize> {
    figures.iter().filter(|f| matches!(&*f.measure, "vote" | "voted")).map(|f| f.story).collect()
}

/// Two polls ask other people, and may find what they like.
fn is_poll(figure: &Figure) -> bool {
    let is_one = |word: &str| {
        let word = word.to_lowercase();
        ["poll", "survey"].iter().any(|p| wordnet::is_a(&word, p))
    };
    let is_share = likeness::unit_kind(figure) == "share";
    is_share
        && (figure.speaker.split(|c: char| !c.is_alphanumeric()).any(|w| w.len() > 3 && is_one(w))
            || figure.terms.iter().chain(&figure.telling).any(|w| is_one(w)))
}

/// Articles of which a figure of one and a figure of the other are two wordings of one number.
pub type Equals = BTreeSet<(usize, usize)>;

/// All verdicts, each pair once, and the articles that give a number in two wordings.
pub fn all(weights: &Weights, figures: &[Figure], stories: &[Story], near: &[Near]) -> (Vec<Pair>, Equals) {
    among(weights, figures, stories, near, |_, _| true)
}

/// The verdicts on the figures of some articles and others. What they hang on must be among the figures and the near articles:
/// what each of both has in two wordings, and how these wordings stand to one another.
pub fn among(
    weights: &Weights,
    figures: &[Figure],
    stories: &[Story],
    near: &[Near],
    is_asked: impl Fn(usize, usize) -> bool,
) -> (Vec<Pair>, Equals) {
    let mut found: Vec<(Candidate, Chances)> = Vec::new();
    candidates(figures, stories, near, &mut |candidate| {
        let chances = weights.chances(&candidate.features);
        if chances.same + chances.scope >= CONSIDERED {
            found.push((candidate, chances));
        }
    });
    let articles = |c: &Candidate| {
        let (a, b) = (figures[c.first].story, figures[c.second].story);
        (a.min(b), a.max(b))
    };
    let equals: Equals = found
        .iter()
        .filter(|(c, chances)| is_equal(c, *chances))
        .map(|(c, _)| articles(c))
        .filter(|(a, b)| a != b)
        .collect();
    close(figures, &mut found);
    let contests = contests(figures);
    let mut pairs: Vec<Pair> = found
        .iter()
        .filter(|(candidate, _)| {
            let (a, b) = articles(candidate);
            is_asked(a, b)
        })
        .filter_map(|(candidate, chances)| judge(weights, figures, stories, &contests, candidate, *chances))
        .collect();
    keep_best(figures, &mut pairs);
    pairs.sort_by_key(|p| (p.first, p.second));
    (pairs, equals)
}

/// Two articles that give one number for one question give it in two wordings: what is told in either is compared with a
/// third figure by the wording that is likelier to be the question's.
fn close(figures: &[Figure], found: &mut [(Candidate, Chances)]) {
    let mut equals: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    let mut known: BTreeMap<(usize, usize), Chances> = BTreeMap::new();
    let key = |a: usize, b: usize| (a.min(b), a.max(b));
    for (candidate, chances) in found.iter() {
        let (a, b) = (candidate.first, candidate.second);
        known.insert(key(a, b), *chances);
        if is_equal(candidate, *chances) && figures[a].story != figures[b].story {
            equals.entry(a).or_default().push(b);
            equals.entry(b).or_default().push(a);
        }
    }
    let wordings = |a: usize| std::iter::once(a).chain(equals.get(&a).into_iter().flatten().copied().take(WORDINGS));
    for (candidate, chances) in found.iter_mut() {
        let (a, b) = (candidate.first, candidate.second);
        for (x, y) in wordings(a).flat_map(|x| wordings(b).map(move |y| (x, y))) {
            let Some(theirs) = known.get(&key(x, y)).filter(|_| key(x, y) != key(a, b)) else { continue };
            let lent = Chances { same: lent(theirs.same), scope: lent(theirs.scope) };
            if lent.same + lent.scope > chances.same + chances.scope {
                *chances = lent;
            }
        }
    }
}

/// Whether two figures are two wordings of one number.
fn is_equal(candidate: &Candidate, chances: Chances) -> bool {
    candidate.agreement == Agreement::Same && chances.same >= EQUAL
}

/// What is left of a chance that is taken over from another wording.
fn lent(chance: u8) -> u8 {
    (u16::from(chance) * 85 / 100) as u8
}

/// One source in one article answers a question once: where another of its numbers is the other's number, or is clearly
/// likelier to be meant, a figure does not differ.
fn keep_best(figures: &[Figure], pairs: &mut Vec<Pair>) {
    let mut answers: BTreeMap<usize, Vec<(usize, Verdict, u8)>> = BTreeMap::new();
    for pair in pairs.iter() {
        answers.entry(pair.first).or_default().push((pair.second, pair.verdict, pair.chance));
        answers.entry(pair.second).or_default().push((pair.first, pair.verdict, pair.chance));
    }
    let is_rival = |a: usize, b: usize| {
        let (x, y) = (&figures[a], &figures[b]);
        // What is named to be replaced or rejected, "not four but seven", is no answer.
        let is_answer = x.aspect != Aspect::Old;
        a != b
            && is_answer
            && x.story == y.story
            && x.speaker == y.speaker
            && likeness::agreement(x, y) == Some(Agreement::Differ)
    };
    let is_taken = |one: usize, other: usize, chance: u8| {
        answers.get(&one).into_iter().flatten().any(|&(rival, verdict, its)| {
            let is_better = match verdict {
                Verdict::Agree => true,
                Verdict::Compatible => its + 10 > chance,
                Verdict::Differs | Verdict::Unsure => its > chance + 8,
                Verdict::Updates | Verdict::OtherScope => false,
            };
            is_better && is_rival(rival, other)
        })
    };
    pairs.retain(|p| {
        !matches!(p.verdict, Verdict::Differs | Verdict::Unsure)
            || !is_taken(p.first, p.second, p.chance) && !is_taken(p.second, p.first, p.chance)
    });
}

/// For each pair the one that is shown in its place: of pairs with one verdict on the same two numbers of one incident, as
/// papers that repeat each other make them, the one whose sources are both named, then the likeliest.
pub fn leaders(figures: &[Figure], pairs: &[Pair]) -> Vec<usize> {
    let mut question_of: BTreeMap<usize, usize> = BTreeMap::new();
    for (question, members) in questions(figures.len(), pairs).into_iter().enumerate() {
        question_of.extend(members.into_iter().map(|m| (m, question)));
    }
    let mut leaders: BTreeMap<(usize, Verdict, String, String), usize> = BTreeMap::new();
    let key = |pair: &Pair| {
        let (x, y) = (shown(&figures[pair.first].number), shown(&figures[pair.second].number));
        let is_directed = matches!(pair.verdict, Verdict::Updates | Verdict::OtherScope);
        let (x, y) = if is_directed || x <= y { (x, y) } else { (y, x) };
        (question_of[&pair.first], pair.verdict, x, y)
    };
    let rank = |pair: &Pair| {
        let named = [pair.first, pair.second].iter().filter(|&&f| !figures[f].speaker.is_empty()).count();
        (named, pair.chance)
    };
    for (index, pair) in pairs.iter().enumerate() {
        let leader = leaders.entry(key(pair)).or_insert(index);
        if rank(pair) > rank(&pairs[*leader]) {
            *leader = index;
        }
    }
    pairs.iter().map(|p| leaders[&key(p)]).collect()
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
