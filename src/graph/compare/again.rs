//! The comparison after some articles have come, changed or gone: made anew for these and for all that hangs on them.
//!
//! What is said of an article hangs on its neighbours alone, and through them on theirs: on articles whose figures were
//! looked at side by side, however doubtful, and on articles of one incident. Which articles are neighbours is found anew
//! for all of them, from their words, which is little work; where a neighbour or its likeness has changed, both are touched.
//! So the outcome is the one of a comparison of everything.

use rustc_hash::{FxHashMap, FxHashSet};

use super::figure::Story;
use super::incident::{self, Near};
use super::{Found, Linked, linked, read};
use crate::graph::Error;
use crate::graph::store::Loaded as Store;
use crate::graph::vocab::property;
use crate::graph::write::Mint;
use oxigraph::model::{GraphName, NamedNodeRef};

/// What has changed since the last comparison.
pub struct Change<'c> {
    /// The store as it was compared.
    pub before: &'c Store,
    /// Graphs of articles that were put or have gone.
    pub graphs: &'c FxHashSet<String>,
    /// Things of which a shared graph now says something else.
    pub things: &'c FxHashSet<String>,
    /// What the last comparison told.
    pub met: &'c [(String, String)],
}

/// The part of the articles beyond which all of them are compared: reading some by their graphs costs more for each.
const PART: usize = 3;

/// Articles that were compared or have gone, with their graphs before and now, and what is now said of them; the articles
/// that have met are all that have.
type Part = (FxHashMap<String, String>, Linked);

/// Compares what a change touches; nothing where that is a great part of all.
pub fn again(now: &Store, change: &Change<'_>, mint: &Mint) -> Result<Option<Part>, Error> {
    let (old, stories) = (read::stories(change.before)?, read::stories(now)?);
    let (old_near, near) = (incident::neighbours(&old), incident::neighbours(&stories));
    let (old_graphs, graphs) = (read::graphs(change.before)?, read::graphs(now)?);
    let mut touched: FxHashSet<&str> = FxHashSet::default();
    for (article, graph) in old_graphs.iter().chain(&graphs) {
        if change.graphs.contains(graph) {
            touched.insert(article);
        }
    }
    let by_iri: FxHashMap<&str, &Story> = old.iter().map(|story| (story.iri.as_str(), story)).collect();
    touched.extend(stories.iter().filter(|s| by_iri.get(s.iri.as_str()) != Some(s)).map(|s| s.iri.as_str()));
    let article_of: FxHashMap<&str, &str> = graphs.iter().map(|(article, graph)| (&**graph, &**article)).collect();
    for thing in change.things {
        let thing = NamedNodeRef::new_unchecked(thing);
        for quad in now.quads_for_pattern(None, Some(property::SPEAKER), Some(thing.into()), None) {
            if let GraphName::NamedNode(graph) = quad?.graph_name {
                touched.extend(article_of.get(graph.as_str()));
            }
        }
    }
    let named = |near: &[Near], stories: &'_ [Story]| -> FxHashSet<(String, String, u32)> {
        let iri = |at: usize| stories[at].iri.clone();
        near.iter().map(|n| (iri(n.first), iri(n.second), n.likeness)).collect()
    };
    let (before, after) = (named(&old_near, &old), named(&near, &stories));
    for (a, b, _) in before.symmetric_difference(&after) {
        touched.extend([a.as_str(), b.as_str()]);
    }

    let mut beside: FxHashMap<&str, Vec<&str>> = FxHashMap::default();
    let of_one = near.iter().filter(|n| n.likeness >= incident::ONE_INCIDENT);
    let of_one = of_one.map(|n| (stories[n.first].iri.as_str(), stories[n.second].iri.as_str()));
    for (a, b) in change.met.iter().map(|(a, b)| (a.as_str(), b.as_str())).chain(of_one) {
        beside.entry(a).or_default().push(b);
        beside.entry(b).or_default().push(a);
    }
    let mut open: Vec<&str> = touched.iter().copied().collect();
    while let Some(article) = open.pop() {
        for &other in beside.get(article).into_iter().flatten() {
            if touched.insert(other) {
                open.push(other);
            }
        }
    }

    // A few are never many.
    if touched.len() > 30.max(stories.len() / PART) {
        return Ok(None);
    }

    let mut place: Vec<Option<usize>> = Vec::with_capacity(stories.len());
    let mut some: Vec<Story> = Vec::new();
    for story in &stories {
        let is_touched = touched.contains(story.iri.as_str());
        place.push(is_touched.then_some(some.len()));
        if is_touched {
            some.push(story.clone());
        }
    }
    let near = near.iter().filter_map(|n| {
        let (first, second) = (place[n.first]?, place[n.second]?);
        Some(Near { first, second, likeness: n.likeness })
    });
    let near: Vec<Near> = near.collect();
    let own: Vec<&str> = some.iter().filter_map(|s| graphs.get(&s.iri).map(String::as_str)).collect();
    let figures = read::figures(&read::Columns::of(now, &own)?, &some)?;
    let mut linked = linked(&Found::among(some, figures, &near, true), mint);
    let is_touched = |article: &String| touched.contains(article.as_str());
    linked.met.extend(change.met.iter().filter(|(a, b)| !is_touched(a) && !is_touched(b)).cloned());
    let known = old_graphs.iter().chain(&graphs).filter(|(article, _)| is_touched(article));
    let known = known.map(|(article, graph)| (article.clone(), graph.clone())).collect();
    Ok(Some((known, linked)))
}
