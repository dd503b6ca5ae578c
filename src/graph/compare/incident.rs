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
    Nearest::of(stories).beside().all(&|at| &stories[at])
}

/// The nearest articles of each: what [`neighbours`] begins with, and what is kept so that some articles more or less need
/// not be looked for among all.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Nearest {
    /// For each article the first one with the same text.
    pub leaders: Vec<usize>,
    /// For each that is the first of its text the others that are nearest, with their likeness, the likest first.
    pub lists: Vec<Vec<(u32, usize)>>,
}

/// A word of so many articles tells nothing. How many these are changes only when the number of articles passes a power of
/// two, so that some more articles leave the neighbours of the others alone.
fn telling(stories: usize) -> usize {
    (stories.next_power_of_two() / 10).max(30)
}

/// The articles of each word.
struct Postings<'s> {
    stories: &'s [Story],
    of: FxHashMap<&'s str, Vec<(u32, u32)>>,
    most: usize,
    lengths: Vec<f64>,
    dots: Vec<u64>,
}

impl<'s> Postings<'s> {
    fn of(stories: &'s [Story], leaders: &[usize]) -> Postings<'s> {
        let mut of: FxHashMap<&str, Vec<(u32, u32)>> = FxHashMap::default();
        for (index, story) in stories.iter().enumerate().filter(|(i, _)| leaders[*i] == *i) {
            for (term, weight) in &story.terms {
                of.entry(term).or_default().push((index as u32, u32::from(*weight)));
            }
        }
        let lengths = stories.iter().map(length).collect();
        Postings { stories, of, most: telling(stories.len()), lengths, dots: vec![0; stories.len()] }
    }

    /// Gives the articles near one, of those behind it or of all.
    fn near(&mut self, index: usize, is_behind: bool, mut give: impl FnMut(u32, usize)) {
        let story = &self.stories[index];
        let mut touched = Vec::new();
        for (term, weight) in &story.terms {
            let Some(list) = self.of.get(term.as_str()).filter(|l| l.len() <= self.most) else { continue };
            let later = if is_behind { list.partition_point(|(other, _)| *other as usize <= index) } else { 0 };
            for &(other, its) in &list[later..] {
                let other = other as usize;
                if self.dots[other] == 0 {
                    touched.push(other);
                }
                self.dots[other] += u64::from(*weight) * u64::from(its);
            }
        }
        for other in touched {
            let likeness = (self.dots[other] as f64 * 1000.0 / (self.lengths[index] * self.lengths[other])) as u32;
            self.dots[other] = 0;
            if other == index || likeness < LEAST_IN_A_WEEK {
                continue;
            }
            let apart = story.published.zip(self.stories[other].published).map(|(a, b)| days_between(a, b));
            let least = if apart.is_some_and(|d| d <= 7) { LEAST_IN_A_WEEK } else { LEAST };
            if likeness >= least && apart.is_none_or(|d| d <= DAYS || likeness >= ONE_INCIDENT) {
                give(likeness, other);
            }
        }
    }
}

impl Nearest {
    /// Those of all articles.
    pub fn of(stories: &[Story]) -> Nearest {
        let leaders = copies(stories);
        let mut lists: Vec<Vec<(u32, usize)>> = vec![Vec::new(); stories.len()];
        let mut postings = Postings::of(stories, &leaders);
        for index in (0..stories.len()).filter(|i| leaders[*i] == *i) {
            // Each pair is looked at once, by its first article.
            postings.near(index, true, |likeness, other| {
                for (of, its) in [(index, other), (other, index)] {
                    lists[of].push((likeness, its));
                    if lists[of].len() == 4 * NEIGHBOURS {
                        nearest(&mut lists[of]);
                    }
                }
            });
        }
        lists.iter_mut().for_each(nearest);
        Nearest { leaders, lists }
    }

    /// The same after a change of some articles, found from how it was before. Places are those of the articles of now, and
    /// behind them those of the articles that have gone; `old` tells of those that have changed or gone how they were, and
    /// before there were so many articles. Nothing where another number of articles makes a word telling.
    pub fn again(
        stories: &[Story],
        before: &Nearest,
        old: &FxHashMap<usize, Story>,
        is_changed: &[bool],
        (was, is): (usize, usize),
    ) -> Option<Nearest> {
        if telling(was) != telling(is) {
            return None;
        }
        let leaders = copies(stories);
        let mut postings = Postings::of(stories, &leaders);
        let led = |at: usize| before.leaders.get(at).is_some_and(|leader| *leader == at);
        // Who counted before and counts no more, or otherwise; who counts now and did not, or otherwise.
        let count = before.leaders.len().max(stories.len());
        let mut is_gone: Vec<bool> =
            (0..count).map(|at| led(at) && (at >= stories.len() || is_changed[at] || leaders[at] != at)).collect();
        let mut is_new: Vec<bool> =
            (0..stories.len()).map(|at| leaders[at] == at && (is_changed[at] || !led(at))).collect();
        // Words that tell now and did not, or the other way round: their articles are all looked at.
        let mut of_word: FxHashMap<&str, i64> = FxHashMap::default();
        for at in (0..count).filter(|at| is_gone[*at]) {
            let story = old.get(&at).or_else(|| stories.get(at));
            story.iter().flat_map(|s| &s.terms).for_each(|(term, _)| *of_word.entry(term).or_default() += 1);
        }
        for at in (0..stories.len()).filter(|at| is_new[*at]) {
            stories[at].terms.iter().for_each(|(term, _)| *of_word.entry(term).or_default() -= 1);
        }
        for (term, more) in of_word {
            let list = postings.of.get(term).map_or(&[][..], Vec::as_slice);
            let most = postings.most as i64;
            if (list.len() as i64 <= most) != (list.len() as i64 + more <= most) {
                for &(at, _) in list {
                    let at = at as usize;
                    is_gone[at] |= led(at);
                    is_new[at] = true;
                }
            }
        }
        let mut lists: Vec<Vec<(u32, usize)>> = vec![Vec::new(); stories.len()];
        let mut is_open = is_new.clone();
        for at in (0..stories.len()).filter(|at| leaders[*at] == *at && !is_new[*at]) {
            let known = &before.lists[at];
            lists[at].extend(known.iter().filter(|(_, other)| !is_gone[*other]));
            // Of more than the nearest nothing is known.
            is_open[at] = known.len() == NEIGHBOURS && lists[at].len() < known.len();
        }
        for at in (0..stories.len()).filter(|at| is_open[*at]) {
            let mut own = Vec::new();
            postings.near(at, false, |likeness, other| own.push((likeness, other)));
            if is_new[at] {
                for &(likeness, other) in own.iter().filter(|(_, other)| !is_open[*other]) {
                    lists[other].push((likeness, at));
                }
            }
            lists[at] = own;
        }
        lists.iter_mut().for_each(nearest);
        Some(Nearest { leaders, lists })
    }

    /// Who stands beside whom.
    pub fn beside(&self) -> Beside {
        let mut found: Vec<Vec<(usize, u32)>> = vec![Vec::new(); self.lists.len()];
        for (at, list) in self.lists.iter().enumerate() {
            for &(likeness, other) in list {
                found[at].push((other, likeness));
                found[other].push((at, likeness));
            }
        }
        for list in &mut found {
            list.sort_unstable();
            list.dedup();
        }
        let mut groups: FxHashMap<usize, Vec<usize>> = FxHashMap::default();
        let copies =
            self.leaders.iter().enumerate().filter(|(at, leader)| at != *leader && **leader < self.lists.len());
        for (at, &leader) in copies {
            groups.entry(leader).or_insert_with(|| vec![leader]).push(at);
        }
        Beside { leaders: self.leaders.clone(), found, groups }
    }
}

/// Which articles stand beside which: those that are nearest to one another, and those that are near to a third one.
pub struct Beside {
    leaders: Vec<usize>,
    /// Nearest articles with their likeness, by their places.
    found: Vec<Vec<(usize, u32)>>,
    /// The copies of texts that have some, by the first of them.
    groups: FxHashMap<usize, Vec<usize>>,
}

impl Beside {
    /// How many pairs of nearest articles there are.
    pub fn count(&self) -> usize {
        self.found.iter().map(Vec::len).sum::<usize>() / 2
    }

    /// The nearest articles of one, and whose copy it is.
    pub fn own(&self, at: usize) -> (&[(usize, u32)], Option<usize>) {
        (self.found.get(at).map_or(&[][..], Vec::as_slice), self.leaders.get(at).copied())
    }

    /// The articles of one text, this one among them.
    pub fn copies(&self, at: usize) -> Vec<usize> {
        let leader = self.leaders.get(at).copied().unwrap_or(at);
        self.groups.get(&leader).cloned().unwrap_or_else(|| vec![leader])
    }

    /// The articles beside one that is the first of its text, those of the same text apart.
    fn of_text<'s>(&self, at: usize, story: &dyn Fn(usize) -> &'s Story) -> BTreeMap<usize, u32> {
        let mut near: BTreeMap<usize, u32> = self.found[at].iter().copied().collect();
        // Two articles that are near to a third one tell of what it tells, with few words in common as they may be.
        // So do two of one fortnight, where one of them is no more than akin to it.
        let is_fortnight = |other: usize| {
            story(at).published.zip(story(other).published).is_some_and(|(x, y)| days_between(x, y) <= FORTNIGHT)
        };
        let mut further: BTreeMap<usize, u32> = BTreeMap::new();
        for &(third, x) in self.found[at].iter().filter(|(_, likeness)| *likeness >= AKIN) {
            for &(other, y) in self.found[third].iter().filter(|(_, likeness)| *likeness >= AKIN) {
                let is_one = x.min(y) >= ONE_INCIDENT || x.max(y) >= ONE_INCIDENT && is_fortnight(other);
                if other != at && is_one && !near.contains_key(&other) && !further.contains_key(&other) {
                    further.insert(other, likeness(story(at), story(other)));
                }
            }
        }
        near.extend(further);
        near
    }

    /// The articles beside one, with their likeness.
    pub fn of<'s>(&self, at: usize, story: &dyn Fn(usize) -> &'s Story) -> BTreeMap<usize, u32> {
        let Some(&leader) = self.leaders.get(at).filter(|leader| **leader < self.found.len()) else {
            return BTreeMap::new();
        };
        let mut near = BTreeMap::new();
        let own = self.copies(at);
        let place = own.iter().position(|other| *other == at).unwrap_or(0);
        // What holds of a text holds of its copies.
        if place < COPIES {
            for (text, likeness) in self.of_text(leader, story) {
                near.extend(self.copies(text).into_iter().take(COPIES).map(|other| (other, likeness)));
            }
        }
        for (other, &copy) in own.iter().enumerate().filter(|(other, _)| *other != place) {
            let (first, last) = (place.min(other), place.max(other));
            if first < COPIES && last - first <= COPIES {
                near.insert(copy, 1000);
            }
        }
        near
    }

    /// All pairs, in order.
    pub fn all<'s>(&self, story: &dyn Fn(usize) -> &'s Story) -> Vec<Near> {
        let mut all = Vec::new();
        for first in 0..self.leaders.len() {
            let near = self.of(first, story).into_iter().filter(|(second, _)| *second > first);
            all.extend(near.map(|(second, likeness)| Near { first, second, likeness }));
        }
        all
    }
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
    let mut times: FxHashMap<u32, u32> = FxHashMap::default();
    for shingle in stories.iter().flat_map(|story| &story.shingles) {
        *times.entry(*shingle).or_default() += 1;
    }
    let mut by_shingle: FxHashMap<u32, Vec<usize>> = FxHashMap::default();
    for (index, story) in stories.iter().enumerate() {
        // Who has three quarters of them has one of any that are more than a quarter: the rarest are looked up.
        let mut rarest = story.shingles.clone();
        rarest.sort_unstable_by_key(|shingle| (times[shingle], *shingle));
        rarest.truncate(story.shingles.len() / 4 + 1);
        let mut may_be: Vec<usize> =
            rarest.iter().flat_map(|s| by_shingle.get(s).into_iter().flatten().copied()).collect();
        may_be.sort_unstable();
        may_be.dedup();
        let shared = |other: usize| {
            let own = story.shingles.iter().map(|s| stories[other].shingles.iter().filter(|o| *o == s).count());
            own.sum::<usize>()
        };
        let most = may_be.into_iter().map(|other| (other, shared(other))).max_by_key(|&(other, n)| (n, Reverse(other)));
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
pub fn incidents(stories: usize, near: &[Near]) -> Vec<usize> {
    let mut order: Vec<&Near> = near.iter().filter(|n| n.likeness >= ONE_INCIDENT).collect();
    order.sort_by(|a, b| b.likeness.cmp(&a.likeness).then(a.cmp(b)));
    let likeness: BTreeMap<(usize, usize), u32> = near.iter().map(|n| ((n.first, n.second), n.likeness)).collect();
    let mut home: Vec<usize> = (0..stories).collect();
    let mut members: Vec<Vec<usize>> = (0..stories).map(|i| vec![i]).collect();
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

#[cfg(test)]
mod tests {
    use super::*;

    /// A generator of numbers (xorshift).
    struct Dice(u64);

    impl Dice {
        fn roll(&mut self, sides: usize) -> usize {
            self.0 ^= self.0 << 13;
            self.0 ^= self.0 >> 7;
            self.0 ^= self.0 << 17;
            (self.0 % sides as u64) as usize
        }
    }

    /// An article with some of few words, so that lists of neighbours are full; now and then a copy of another text.
    fn story(id: usize, dice: &mut Dice) -> Story {
        let topic = dice.roll(4);
        let text = dice.roll(40) as u32;
        Story {
            id: format!("a{id:03}"),
            iri: format!("https://example.org/doc/{id}"),
            published: (dice.roll(9) > 0)
                .then(|| jiff::civil::date(2021, 1 + dice.roll(12) as i8, 1 + dice.roll(28) as i8)),
            terms: (0..12)
                .map(|n| (format!("w{}", if n < 6 { topic * 9 + dice.roll(9) } else { 36 + dice.roll(200) }), n))
                .map(|(word, n)| (word.into(), 20 + n as u16 * 5))
                .collect::<BTreeMap<smol_str::SmolStr, u16>>()
                .into_iter()
                .collect(),
            shingles: if text < 8 {
                (0..12).map(|n| text * 100 + n).collect()
            } else {
                (0..12).map(|n| id as u32 * 1_000 + n).collect()
            },
            ..Story::default()
        }
    }

    #[test]
    fn neighbours_after_a_change_are_those_of_all_articles() {
        let mut dice = Dice(0x9e37_79b9_7f4a_7c15);
        let mut held: BTreeMap<usize, Story> = (0..150).map(|id| (id, story(id, &mut dice))).collect();
        let (mut full, mut again) = (0, 0);
        for round in 0..120 {
            let before: Vec<(usize, Story)> = held.clone().into_iter().collect();
            let stories: Vec<Story> = before.iter().map(|(_, s)| s.clone()).collect();
            let was = Nearest::of(&stories);
            full += was.lists.iter().filter(|list| list.len() == NEIGHBOURS).count();
            let mut changed = std::collections::BTreeSet::new();
            for _ in 0..1 + dice.roll(3) {
                let id = dice.roll(180);
                changed.insert(id);
                match dice.roll(2) {
                    0 => _ = held.remove(&id),
                    _ => _ = held.insert(id, story(id, &mut dice)),
                }
            }
            // Places of now, and behind them those that have gone.
            let mut ids: Vec<usize> = held.keys().copied().collect();
            let now: Vec<Story> = held.values().cloned().collect();
            ids.extend(before.iter().map(|(id, _)| *id).filter(|id| !held.contains_key(id)));
            let place = |id: usize| ids.iter().position(|other| *other == id).expect("a place");
            let mut known = Nearest { leaders: vec![usize::MAX; ids.len()], lists: vec![Vec::new(); ids.len()] };
            for (at, (id, _)) in before.iter().enumerate() {
                known.leaders[place(*id)] = place(before[was.leaders[at]].0);
                known.lists[place(*id)] =
                    was.lists[at].iter().map(|(l, other)| (*l, place(before[*other].0))).collect();
            }
            let old =
                before.iter().filter(|(id, _)| changed.contains(id)).map(|(id, s)| (place(*id), s.clone())).collect();
            let is_changed: Vec<bool> = ids[..now.len()].iter().map(|id| changed.contains(id)).collect();
            let whole = Nearest::of(&now);
            if let Some(found) = Nearest::again(&now, &known, &old, &is_changed, (before.len(), now.len())) {
                again += 1;
                assert_eq!(found, whole, "round {round}");
            }
            let beside = whole.beside();
            let pairs = beside.all(&|at| &now[at]);
            for at in 0..now.len() {
                let own: BTreeMap<usize, u32> = pairs
                    .iter()
                    .filter(|n| n.first == at || n.second == at)
                    .map(|n| (n.first + n.second - at, n.likeness))
                    .collect();
                assert_eq!(beside.of(at, &|at| &now[at]), own, "both sides tell of a pair");
            }
        }
        assert!(full > 100 && again > 100, "{full} full lists, {again} changes");
    }
}
