//! Whether two figures answer one question, and how they stand to each other. The first rule that fits decides.

use std::collections::BTreeSet;

use super::Pair;
use super::figure::Figure;

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

/// What is measured, and the beginnings of words that tell of it.
const MEASURES: &str = include_str!("en/measures.tsv");

/// The measure that the words nearest a number tell of; empty when none does.
pub(super) fn measure_of(words: &str, sentence: &str, surface: &str, counted: &str) -> String {
    let near = |text: &str| -> Option<String> {
        let lower = text.to_lowercase();
        let at = lower.find(&surface.to_lowercase()).unwrap_or(0);
        let mut best: Option<(usize, &str)> = None;
        for line in MEASURES.lines().filter(|l| !l.starts_with('#') && !l.is_empty()) {
            let Some((measure, stems)) = line.split_once('\t') else { continue };
            for stem in stems.split(' ') {
                for (found, _) in lower.match_indices(stem) {
                    let begins = !lower[..found].ends_with(char::is_alphanumeric);
                    // A word after the number counts as nearer than one before it at the same distance.
                    let distance = if found >= at { found - at } else { (at - found) * 2 };
                    if begins && best.is_none_or(|(d, _)| distance < d) {
                        best = Some((distance, measure));
                    }
                }
            }
        }
        best.map(|(_, m)| m.to_owned())
    };
    near(counted).or_else(|| near(words)).or_else(|| near(sentence)).unwrap_or_default()
}

/// The verdict on two figures with its reason; `None` when they do not answer one question.
pub(super) fn judge(a: &Figure, b: &Figure) -> Option<(Verdict, String)> {
    if a.document == b.document && (a.speaker == b.speaker || a.speaker.is_empty() || b.speaker.is_empty()) {
        return None;
    }
    let comparable = a.measure == b.measure
        && a.range.dimension == b.range.dimension
        && same_thing(a, b)
        && is_near(a, b)
        && is_same_incident(a, b)
        && !is_of_the_past(a)
        && !is_of_the_past(b);
    if !comparable || (a.measure.is_empty() && !is_plainly_alike(a, b)) {
        return None;
    }
    match (scope(a), scope(b)) {
        (None, None) => {}
        (first, second) if first == second => {}
        (Some(why), _) | (None, Some(why)) => return Some((Verdict::OtherScope, why.to_owned())),
    }
    let (x, y) = (&a.range, &b.range);
    if !x.is_same(y) && a.document != b.document && (updates(a, b) || updates(b, a)) {
        return Some((Verdict::Updates, "the text says that the figure has changed".to_owned()));
    }
    Some(if x.is_same(y) {
        let reason = if x.shown() == y.shown() {
            format!("both {}", x.shown())
        } else {
            format!("{} is {}", x.shown(), y.shown())
        };
        (Verdict::Agree, reason)
    } else if x.meets(y) {
        (Verdict::Compatible, format!("{} and {} admit one number", x.shown(), y.shown()))
    } else {
        (Verdict::Differs, format!("no number is both {} and {}", x.shown(), y.shown()))
    })
}

/// True when the second figure is the newer of an update, so that the pair is written the other way round.
pub(super) fn is_turned(a: &Figure, b: &Figure, verdict: Verdict) -> bool {
    verdict == Verdict::Updates && !updates(a, b)
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

/// True when the text around the first figure says that it has grown or been corrected, and it is not older.
fn updates(newer: &Figure, older: &Figure) -> bool {
    let text = newer.sentence.to_lowercase();
    let says = [
        "risen",
        "rose ",
        "raised",
        "corrected",
        "climbed",
        "revised",
        "withdrew",
        "has gone up",
        "went up",
        "up from",
    ];
    let was = ["had been ", "not ", "up from ", "from "]
        .iter()
        .any(|w| text.contains(&format!("{w}{}", newer.surface.to_lowercase())));
    newer.published > older.published && !was && says.iter().any(|s| text.contains(s))
}

/// Where no word tells the measure, only things (not people, not shares) in the same words are compared, and only
/// when the numbers are of one order: "120 beds" and "84 beds", not "14,200" and "two".
fn is_plainly_alike(a: &Figure, b: &Figure) -> bool {
    let thing = a.counted.to_lowercase();
    let is_people = PEOPLE.lines().any(|p| p == head(&thing));
    let twenty = rust_decimal::Decimal::from(20);
    let alike = match (a.range.point, b.range.point) {
        (Some(x), Some(y)) => x.abs() <= y.abs() * twenty && y.abs() <= x.abs() * twenty,
        _ => true,
    };
    !thing.is_empty() && thing == b.counted.to_lowercase() && !is_people && a.range.dimension != "percent" && alike
}

/// Published within two weeks of each other.
fn is_near(a: &Figure, b: &Figure) -> bool {
    let day = |s: &str| s.parse::<jiff::civil::Date>().ok();
    match (day(&a.published), day(&b.published)) {
        (Some(a), Some(b)) => a.until(b).is_ok_and(|span| span.get_days().abs() <= 14),
        _ => true,
    }
}

/// The names in each sentence, where there are any, must be known to the other article.
fn is_same_incident(a: &Figure, b: &Figure) -> bool {
    let fits =
        |one: &Figure, other: &Figure| one.names.is_empty() || one.names.iter().any(|n| other.all_names.contains(n));
    fits(a, b) && fits(b, a)
}

/// Things that people are called when they are counted: any of them may count the same people.
const PEOPLE: &str = include_str!("en/people.txt");

fn head(counted: &str) -> String {
    let lower = counted.to_lowercase();
    let cut = lower.split([',', ';']).next().unwrap_or_default().split(" of ").next().unwrap_or_default().to_owned();
    let word = cut.split_whitespace().next_back().unwrap_or_default().to_owned();
    word.strip_suffix('s').filter(|w| w.len() > 2).map_or(word.clone(), str::to_owned)
}

/// The things counted may be the same: equal heads, people both, or one of them left unsaid.
fn same_thing(a: &Figure, b: &Figure) -> bool {
    let is_share = |f: &Figure| f.range.dimension == "percent";
    if is_share(a) != is_share(b) {
        return false;
    }
    // Amounts of one dimension and measure: what is leaked or lost is often left unsaid, or said in other words.
    if a.range.dimension != "item" && !a.measure.is_empty() {
        return true;
    }
    let (x, y) = (head(&a.counted), head(&b.counted));
    let people = |h: &str| h.is_empty() || PEOPLE.lines().any(|p| p == h);
    x == y || (people(&x) && people(&y))
}

/// Why a figure is of a part, a wider window or a wider place.
fn scope(figure: &Figure) -> Option<&'static str> {
    let text = format!(" {} ", figure.sentence.to_lowercase());
    let has = |list: &[&str]| list.iter().any(|w| text.contains(w));
    if has(&[" of the dead", " of the victims", " of the injured", " of them children", " of them women"])
        && has(&["child", "women", "girl", "boy", "foreign"])
    {
        return Some("a part of all that are counted");
    }
    if has(&[
        " since the beginning of",
        " so far this year",
        " since january",
        " this week ",
        " this month ",
        " in total since",
        " over the past year",
    ]) {
        return Some("a wider window of time");
    }
    None
}

/// The sentence tells of an earlier year or season.
fn is_of_the_past(figure: &Figure) -> bool {
    let text = figure.sentence.to_lowercase();
    let year: i32 = figure.published.get(..4).and_then(|y| y.parse().ok()).unwrap_or(0);
    let says = ["last summer", "last year", "last winter", "last spring", "last autumn", "a year ago", "years ago"];
    let earlier = text
        .split(|c: char| !c.is_ascii_digit())
        .filter(|w| w.len() == 4)
        .any(|w| w.parse::<i32>().is_ok_and(|y| (1800..year).contains(&y)) && text.contains(&format!("in {w}")));
    year > 0 && (earlier || says.iter().any(|s| text.contains(s)))
}
