//! Whether two figures may be of one incident: days, places, names and those who did it.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;

use super::figure::Figure;
use super::story::Story;
use super::words::Course;
use crate::lexicon::country;

/// Pairs of figures whose articles may tell of one incident: they share a name that few articles have.
pub(super) fn candidates(figures: &[Figure], stories: &BTreeMap<String, Story>) -> BTreeSet<(usize, usize)> {
    let mut by_name: BTreeMap<&str, BTreeSet<usize>> = BTreeMap::new();
    let mut documents: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    for (index, figure) in figures.iter().enumerate() {
        for name in stories.get(&figure.document).into_iter().flat_map(|s| &s.names) {
            by_name.entry(name).or_default().insert(index);
            documents.entry(name).or_default().insert(&figure.document);
        }
    }
    let total = figures.iter().map(|f| f.document.as_str()).collect::<BTreeSet<_>>().len();
    let few = (total / 5).clamp(6, 60);
    let mut pairs = BTreeSet::new();
    for (name, indices) in &by_name {
        if documents[name].len() > few {
            continue;
        }
        // Only what is measured alike and was published about the same time can be one incident's: a name that sixty
        // articles have would otherwise give every pair of their figures.
        let mut alike: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
        for &index in indices {
            alike.entry(figures[index].measure.name.as_ref()).or_default().push(index);
        }
        for mut indices in alike.into_values() {
            // Those without a day come first, and are near to none by it.
            indices.sort_by_key(|&index| (figures[index].published, index));
            for (at, &a) in indices.iter().enumerate() {
                let near = indices[at + 1..].iter().take_while(|&&b| may_be_near(&figures[a], &figures[b]));
                pairs.extend(near.filter(|&&b| is_near(&figures[a], &figures[b])).map(|&b| (a.min(b), a.max(b))));
            }
        }
    }
    pairs
}

/// True when nothing says that the two are of different incidents, and something that they are of one.
pub(super) fn is_one(a: &Figure, b: &Figure, stories: &BTreeMap<String, Story>) -> bool {
    let (Some(x), Some(y)) = (stories.get(&a.document), stories.get(&b.document)) else { return false };
    // What a firm earns is asked of the firm, wherever the article was written.
    if a.measure.is_of_a_firm() {
        let is_period = |f: &Figure| f.days.is_some_and(|(begin, end)| days_between(begin, end) >= 27);
        let may_be_one_period = !is_period(a) || !is_period(b) || may_be_one_day(a, b);
        return is_near(a, b) && may_be_one_period && !x.subjects.is_disjoint(&y.subjects);
    }
    is_near(a, b)
        && may_be_one_day(a, b)
        && (a.actors.is_empty() || b.actors.is_empty() || !a.actors.is_disjoint(&b.actors))
        && a.scene.is_subset(&y.names)
        && b.scene.is_subset(&x.names)
        && may_be_one_place(a, b, x, y)
        && may_share_names(a, b, x, y)
}

/// False when the second, published later, is too late, so that all after it are.
fn may_be_near(a: &Figure, b: &Figure) -> bool {
    match (a.published, b.published) {
        (Some(x), Some(y)) => days_between(x, y) <= 14,
        _ => true,
    }
}

/// Published within two weeks of each other. Where a day is not known, both must name the same place.
fn is_near(a: &Figure, b: &Figure) -> bool {
    match (a.published, b.published) {
        (Some(x), Some(y)) => days_between(x, y) <= 14,
        _ => !a.places.is_disjoint(&b.places),
    }
}

/// The days from one to the other, without sign.
pub(super) fn days_between(a: Date, b: Date) -> i32 {
    a.until(b).map_or(i32::MAX, |span| span.get_days().abs())
}

/// The days given for the two may be the same; what has no day is not of a time that was over 100 days before it was
/// published ("last summer 600 came").
fn may_be_one_day(a: &Figure, b: &Figure) -> bool {
    let is_long_over = |days: (Date, Date), other: &Figure| {
        other.published.is_some_and(|p| days.1 < p && days_between(days.1, p) > 100)
    };
    match (a.days, b.days) {
        (Some((begin, end)), Some((from, to))) => begin <= to && from <= end || a.measure.course == Course::Moves,
        (Some(days), None) => !is_long_over(days, b),
        (None, Some(days)) => !is_long_over(days, a),
        (None, None) => true,
    }
}

/// The words beside the two name one thing that is no country.
pub(super) fn share_a_name(a: &Figure, b: &Figure) -> bool {
    a.names.union(&a.places).any(|n| country::of(n).is_none() && (b.names.contains(n) || b.places.contains(n)))
}

/// Places named beside the numbers: one in common, or the place of one is in the lead of the other article. Where a
/// place in a country is named, the country alone says little.
fn may_be_one_place(a: &Figure, b: &Figure, x: &Story, y: &Story) -> bool {
    let close = |f: &Figure| {
        let inner: BTreeSet<String> = f.places.iter().filter(|p| country::of(p).is_none()).cloned().collect();
        if inner.is_empty() { f.places.clone() } else { inner }
    };
    let (near, far) = (close(a), close(b));
    a.places.is_empty()
        || b.places.is_empty()
        || !near.is_disjoint(&b.places)
        || !far.is_disjoint(&a.places)
        || !near.is_disjoint(&y.lead)
        || !far.is_disjoint(&x.lead)
}

/// Of the names beside each number, where there are any, the other article must know one.
fn may_share_names(a: &Figure, b: &Figure, x: &Story, y: &Story) -> bool {
    let fits = |one: &Figure, story: &Story| one.names.is_empty() || !one.names.is_disjoint(&story.names);
    fits(a, y) && fits(b, x)
}
