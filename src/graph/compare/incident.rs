//! Which articles may tell of one incident: near neighbours by the words that tell them from others.
//!
//! Word weights are the articles' own, from a table that ships with the program, so that the likeness of two articles does
//! not depend on what else is in the store. Which neighbours an article has does, but only through those that are nearer.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use rustc_hash::FxHashMap;

use super::figure::Story;

/// Two articles with their likeness in thousandths; the first comes first in the list.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Near {
    pub first: usize,
    pub second: usize,
    pub likeness: u32,
}

/// Neighbours of an article that are looked at.
const NEIGHBOURS: usize = 20;

/// Likeness under which two articles have nothing to do with each other.
const LEAST: u32 = 50;

/// The same for articles of one week.
const LEAST_IN_A_WEEK: u32 = 30;

/// Likeness above which articles are of one incident.
pub const ONE_INCIDENT: u32 = 180;

/// Likeness above which an article is akin to another that is surely of an incident.
const AKIN: u32 = 60;

/// Days between two articles of one incident that have no words in common at most.
const FORTNIGHT: i32 = 14;

/// Days between two articles of one incident at most.
const DAYS: i32 = 240;

/// Copies of one text that take part on their own.
const COPIES: usize = 8;

/// Pairs of near articles, in order; each article with itself is not among them.
pub fn neighbours(stories: &[Story]) -> Vec<Near> {
    let leaders = copies(stories);
    let own = |index: usize| leaders[index] == index;
    let mut postings: FxHashMap<&str, Vec<(u32, u32)>> = FxHashMap::default();
    for (index, story) in stories.iter().enumerate().filter(|(i, _)| own(*i)) {
        for (term, weight) in &story.terms {
            postings.entry(term).or_default().push((index as u32, u32::from(*weight)));
        }
    }
    // A word of very many articles tells nothing. How many these are changes only when their number passes a power of two, so
    // that some more articles leave the neighbours of the others alone.
    let most = (stories.len().next_power_of_two() / 10).max(30);
    let lengths: Vec<f64> = stories.iter().map(length).collect();
    let mut dots: Vec<u64> = vec![0; stories.len()];
    let mut near: Vec<Vec<(u32, usize)>> = vec![Vec::new(); stories.len()];
    for (index, story) in stories.iter().enumerate().filter(|(i, _)| own(*i)) {
        let mut touched = Vec::new();
        for (term, weight) in &story.terms {
            let Some(list) = postings.get(term.as_str()).filter(|l| l.len() <= most) else { continue };
            // Each pair is looked at once, by its first article.
            let later = list.partition_point(|(other, _)| *other as usize <= index);
            for &(other, its) in &list[later..] {
                let other = other as usize;
                if dots[other] == 0 {
                    touched.push(other);
                }
                dots[other] += u64::from(*weight) * u64::from(its);
            }
        }
        for other in touched {
            let likeness = (dots[other] as f64 * 1000.0 / (lengths[index] * lengths[other])) as u32;
            dots[other] = 0;
            if likeness < LEAST_IN_A_WEEK {
                continue;
            }
            let apart = story.published.zip(stories[other].published).map(|(a, b)| days_between(a, b));
            let least = if apart.is_some_and(|d| d <= 7) { LEAST_IN_A_WEEK } else { LEAST };
            if likeness >= least && apart.is_none_or(|d| d <= DAYS || likeness >= ONE_INCIDENT) {
                for (of, its) in [(index, other), (other, index)] {
                    near[of].push((likeness, its));
                    if near[of].len() == 4 * NEIGHBOURS {
                        nearest(&mut near[of]);
                    }
                }
            }
        }
    }
    // Put in order at once: one by one they take longer than finding them.
    let mut pairs: Vec<((usize, usize), u32)> = Vec::new();
    for (index, near) in near.iter_mut().enumerate() {
        nearest(near);
        pairs.extend(near.iter().map(|&(likeness, other)| ((index.min(other), index.max(other)), likeness)));
    }
    drop(near);
    let mut found: BTreeMap<(usize, usize), u32> = pairs.into_iter().collect();
    // Two articles that are near to a third one tell of what it tells, with few words in common as they may be.
    // So do two of one fortnight, where one of them is no more than akin to it.
    let mut of: BTreeMap<usize, Vec<(usize, u32)>> = BTreeMap::new();
    for (&(a, b), &likeness) in found.iter().filter(|(_, likeness)| **likeness >= AKIN) {
        of.entry(a).or_default().push((b, likeness));
        of.entry(b).or_default().push((a, likeness));
    }
    let is_fortnight = |a: usize, b: usize| {
        stories[a].published.zip(stories[b].published).is_some_and(|(x, y)| days_between(x, y) <= FORTNIGHT)
    };
    let mut further: BTreeMap<(usize, usize), u32> = BTreeMap::new();
    for near in of.values() {
        for (at, &(a, x)) in near.iter().enumerate() {
            for &(b, y) in &near[at + 1..] {
                let pair = (a.min(b), a.max(b));
                let is_one = x.min(y) >= ONE_INCIDENT || x.max(y) >= ONE_INCIDENT && is_fortnight(a, b);
                if is_one && !found.contains_key(&pair) && !further.contains_key(&pair) {
                    further.insert(pair, likeness(&stories[a], &stories[b]));
                }
            }
        }
    }
    found.extend(further);
    // What holds of a text holds of its copies.
    let mut groups: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for (index, &leader) in leaders.iter().enumerate() {
        groups.entry(leader).or_default().push(index);
    }
    let mut all = Vec::new();
    for (&(a, b), &likeness) in &found {
        for &x in groups[&a].iter().take(COPIES) {
            for &y in groups[&b].iter().take(COPIES) {
                all.push(Near { first: x.min(y), second: x.max(y), likeness });
            }
        }
    }
    for group in groups.values() {
        for (at, &x) in group.iter().take(COPIES).enumerate() {
            all.extend(group[at + 1..].iter().take(COPIES).map(|&y| Near { first: x, second: y, likeness: 1000 }));
        }
    }
    all.sort();
    all.dedup();
    all
}

/// Leaves the neighbours that are looked at: the likest, of equals the first.
fn nearest(near: &mut Vec<(u32, usize)>) {
    near.sort_unstable_by_key(|&(likeness, other)| (Reverse(likeness), other));
    near.truncate(NEIGHBOURS);
}

/// How alike two articles are, in thousandths: the cosine of their words' weights.
fn likeness(a: &Story, b: &Story) -> u32 {
    let weights: BTreeMap<&str, u32> = b.terms.iter().map(|(term, w)| (term.as_str(), u32::from(*w))).collect();
    let dot: u64 =
        a.terms.iter().filter_map(|(term, w)| Some(u64::from(*weights.get(term.as_str())?) * u64::from(*w))).sum();
    (dot as f64 * 1000.0 / (length(a) * length(b)).max(1.0)) as u32
}

/// The length of an article's weights as a vector.
fn length(story: &Story) -> f64 {
    story.terms.iter().map(|(_, w)| f64::from(*w) * f64::from(*w)).sum::<f64>().sqrt()
}

/// For each article the first one with the same text; itself where there is none.
pub fn copies(stories: &[Story]) -> Vec<usize> {
    let mut leaders: Vec<usize> = (0..stories.len()).collect();
    let mut by_shingle: FxHashMap<u32, Vec<usize>> = FxHashMap::default();
    for (index, story) in stories.iter().enumerate() {
        let mut shared: FxHashMap<usize, usize> = FxHashMap::default();
        for shingle in &story.shingles {
            for &other in by_shingle.get(shingle).into_iter().flatten() {
                *shared.entry(other).or_default() += 1;
            }
        }
        let most = shared.into_iter().max_by_key(|&(other, count)| (count, Reverse(other)));
        match most.filter(|&(other, count)| count * 4 >= story.shingles.len().max(stories[other].shingles.len()) * 3) {
            Some((other, _)) if story.shingles.len() >= 8 => leaders[index] = other,
            _ => {
                for shingle in &story.shingles {
                    by_shingle.entry(*shingle).or_default().push(index);
                }
            }
        }
    }
    leaders
}

/// The incident of each article, named by the first of its articles: neighbours by average likeness, the likest first.
pub fn incidents(stories: &[Story], near: &[Near]) -> Vec<usize> {
    let mut order: Vec<&Near> = near.iter().filter(|n| n.likeness >= ONE_INCIDENT).collect();
    order.sort_by(|a, b| b.likeness.cmp(&a.likeness).then(a.cmp(b)));
    let likeness: BTreeMap<(usize, usize), u32> = near.iter().map(|n| ((n.first, n.second), n.likeness)).collect();
    let mut home: Vec<usize> = (0..stories.len()).collect();
    let mut members: Vec<Vec<usize>> = (0..stories.len()).map(|i| vec![i]).collect();
    for link in order {
        let (a, b) = (home[link.first], home[link.second]);
        if a == b {
            continue;
        }
        let (size, sum) = (members[a].len() * members[b].len(), &members);
        let sum: u64 = sum[a]
            .iter()
            .flat_map(|&x| sum[b].iter().map(move |&y| (x.min(y), x.max(y))))
            .map(|pair| u64::from(likeness.get(&pair).copied().unwrap_or(0)))
            .sum();
        if sum >= u64::from(ONE_INCIDENT) * size as u64 {
            let (into, from) = (a.min(b), a.max(b));
            let moved = std::mem::take(&mut members[from]);
            for &story in &moved {
                home[story] = into;
            }
            members[into].extend(moved);
        }
    }
    home
}

/// Days between two days, whichever comes first.
pub fn days_between(a: jiff::civil::Date, b: jiff::civil::Date) -> i32 {
    a.until(b).map_or(i32::MAX, |span| span.get_days().abs())
}
