//! How two figures of one question stand to each other.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use rust_decimal::Decimal;

use super::figure::{Figure, Story};
use super::incident::days_between;
use super::likeness::Feature;
use super::number::shown;
use crate::lexicon::agreement::{Agreement, admitted};
use crate::lexicon::table;
use crate::text::{Aspect, ScopeKind};

/// How two claims stand to each other.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
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
    /// They may answer one question, but not surely enough to be shown.
    Unsure,
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
            Verdict::Unsure => "unsure",
        }
    }
}

/// How the figures of a class move while people count. The table of classes is the one they are read with.
static COURSES: LazyLock<BTreeMap<&'static str, &'static str>> = LazyLock::new(|| {
    table::rows(include_str!("../../annotate/figure/en/measures.tsv")).map(|(_, cells)| (cells[0], cells[1])).collect()
});

/// Nouns of the table with the class whose figures they count: those who marched are marchers.
static COUNTED: LazyLock<BTreeMap<&'static str, &'static str>> = LazyLock::new(|| {
    let rows = table::rows(include_str!("../../annotate/figure/en/measures.tsv"));
    rows.flat_map(|(_, cells)| table::list(cells[4]).map(move |noun| (noun, cells[0]))).collect()
});

/// The class whose figures a noun counts.
pub fn class_of(noun: &str) -> Option<&'static str> {
    COUNTED.get(noun).copied()
}

/// True for a class of the table, and not a word that tells a measure by itself.
pub fn is_class(measure: &str) -> bool {
    COURSES.contains_key(measure)
}

/// True for a measure whose figures grow while people count.
pub fn grows(figure: &Figure) -> bool {
    COURSES.get(figure.measure.as_str()) == Some(&"grows")
}

/// The later of two figures first: by publication, by the day they stand for, by what the text says of a change.
pub fn is_newer(a: &Figure, b: &Figure, stories: &[Story]) -> bool {
    let (x, y) = (stories[a.story].published, stories[b.story].published);
    if x != y && x.is_some() && y.is_some() {
        return x > y;
    }
    let names = |one: &Figure, other: &Figure| one.from.is_some() && one.from == other.number.value;
    if names(a, b) != names(b, a) {
        return names(a, b);
    }
    if (a.aspect == Aspect::Old) != (b.aspect == Aspect::Old) {
        return b.aspect == Aspect::Old;
    }
    let (x, y) = (a.stands_for(stories), b.stands_for(stories));
    if x != y && x.is_some() && y.is_some() {
        return x > y;
    }
    if a.is_moved != b.is_moved {
        return a.is_moved;
    }
    low(a) >= low(b)
}

fn low(figure: &Figure) -> Option<Decimal> {
    admitted(&figure.number).lower.or(figure.number.value)
}

/// A later and larger figure of what grows while it is counted, or any later one of what moves, by the same source, where
/// one of both has none, or days later: nothing sets the sources against each other.
pub fn follows(newer: &Figure, older: &Figure, stories: &[Story]) -> bool {
    let (x, y) = (stories[newer.story].published, stories[older.story].published);
    let is_later = x.zip(y).is_some_and(|(x, y)| x > y) && newer.stands_for(stories) >= older.stands_for(stories);
    let is_days_later = x.zip(y).is_some_and(|(x, y)| days_between(x, y) >= 2);
    let is_one_voice =
        is_days_later || newer.has_source_of(older, stories) || newer.speaker.is_empty() || older.speaker.is_empty();
    let moves = match COURSES.get(newer.measure.as_str()).copied() {
        Some("grows") => low(newer) > low(older),
        Some("moves") => newer.has_source_of(older, stories) || newer.is_moved,
        _ => false,
    };
    is_later && is_one_voice && moves && older.aspect != Aspect::Forecast
}

/// True where the first number is the larger.
pub fn is_larger(a: &Figure, b: &Figure) -> bool {
    low(a) > low(b)
}

/// What speaks for the first, newer figure being one in place of the second.
pub fn features(newer: &Figure, older: &Figure, agreement: Agreement, stories: &[Story]) -> Vec<Feature> {
    let mut out: Vec<Feature> = vec![("update", "")];
    let gap = match stories[newer.story].published.zip(stories[older.story].published) {
        _ if newer.story == older.story => "update one article",
        None => "update unknown day",
        Some((x, y)) => match days_between(x, y) {
            0 => "update same day",
            1 => "update next day",
            2..=10 => "update in days",
            _ => "update later",
        },
    };
    let size = match (agreement, low(newer).cmp(&low(older))) {
        (Agreement::Compatible, _) => "update compatible",
        (_, std::cmp::Ordering::Greater) => "update larger",
        _ => "update smaller",
    };
    let course = match COURSES.get(newer.measure.as_str()).copied() {
        Some("grows") => "course grows",
        Some("moves") => "course moves",
        Some(_) => "course settled",
        None => "course unknown",
    };
    let source = match (newer.speaker.is_empty(), older.speaker.is_empty()) {
        _ if newer.has_source_of(older, stories) => "update same source",
        (true, true) => "update narrators",
        (true, false) | (false, true) => "update narrator and source",
        _ => "update other source",
    };
    let moved = if newer.is_moved { "update said" } else { "update unsaid" };
    out.push((gap, ""));
    out.push((size, ""));
    out.push((gap, size));
    out.push((course, size));
    out.push((course, gap));
    out.push((source, ""));
    out.push((source, course));
    out.push((source, gap));
    out.push((moved, ""));
    out.push((moved, gap));
    out.push((moved, size));
    if newer.from.is_some() && newer.from == older.number.value {
        out.push(("update names the older", ""));
    }
    if older.aspect == Aspect::Old {
        out.push(("update of an old one", ""));
    }
    if newer.aspect == Aspect::Old {
        out.push(("update by an old one", ""));
    }
    if newer.as_of.is_some() {
        out.push(("update has its day", ""));
    }
    if newer.inherits {
        out.push(("update inherits", ""));
    }
    out
}

/// Which of two figures of different scope is the part: it comes first.
pub fn is_part(a: &Figure, b: &Figure) -> bool {
    let parts = |f: &Figure| f.scope_of(ScopeKind::Part).is_some();
    let wide = |f: &Figure| f.scope_of(ScopeKind::Window).is_some() || f.scope_of(ScopeKind::Area).is_some();
    if parts(a) != parts(b) {
        return parts(a);
    }
    if wide(a) != wide(b) {
        return wide(b);
    }
    low(a) <= low(b)
}

/// Why two figures are of different scope, in words.
pub fn scope_reason(part: &Figure, whole: &Figure) -> String {
    if part.scope_of(ScopeKind::Part).is_some() {
        let of = if part.thing.is_empty() { "some" } else { part.thing.as_str() };
        return format!("{of}: a part of all that are counted");
    }
    for kind in [ScopeKind::Window, ScopeKind::Area] {
        let of = if kind == ScopeKind::Window { "another stretch of time" } else { "a wider place" };
        if let Some(words) = whole.scope_of(kind).or(part.scope_of(kind)) {
            return format!("{of}: {words}");
        }
    }
    match (part.thing.as_str(), whole.thing.as_str()) {
        (x, y) if !x.is_empty() && !y.is_empty() && x != y => format!("{x} against {y}"),
        _ => "a part, or a wider question".to_owned(),
    }
}

/// Why two figures stand as they do, in words.
pub fn reason(verdict: Verdict, first: &Figure, second: &Figure) -> String {
    let (x, y) = (shown(&first.number), shown(&second.number));
    match verdict {
        Verdict::Agree if x == y => format!("both {x}"),
        Verdict::Agree => format!("{x} is {y}"),
        Verdict::Compatible => format!("{x} and {y} admit one number"),
        Verdict::Differs => format!("no number is both {x} and {y}"),
        Verdict::Updates if first.from.is_some() && first.from == second.number.value => {
            format!("the text gives {x} in place of {y}")
        }
        Verdict::Updates if first.is_moved => format!("the text says that the figure has changed: {x} after {y}"),
        Verdict::Updates => format!("a later figure: {x} after {y}"),
        Verdict::OtherScope => scope_reason(first, second),
        Verdict::Unsure => format!("{x} and {y} may answer one question"),
    }
}
