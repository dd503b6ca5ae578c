//! The comparison after some articles have come, changed or gone: made anew for what these touch, and for nothing else.
//!
//! Which articles are neighbours is found from how it was before ([`incident::Nearest::again`]). Where a neighbour or its
//! likeness has changed, two articles' figures are compared anew; so are those of two articles whose figures take over a
//! chance from them, since one of both has a number in the same wording (`pairs::among`), and those of two articles that are
//! no more, or only now, of one incident. All other verdicts stay as the store has them. Then the questions and incidents of
//! all these articles are told anew. So the outcome is the one of a comparison of everything.

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use oxigraph::model::{NamedNodeRef, Term};
use rustc_hash::{FxHashMap, FxHashSet};

use super::figure::{Figure, Story};
use super::incident::{self, Beside, Near, Nearest};
use super::pairs::{self, Pair};
use super::score::Weights;
use super::verdict::Verdict;
use super::{Found, Known, Linked, linked, read, shown};
use crate::graph::Error;
use crate::graph::first::text_of;
use crate::graph::store::{Loaded as Store, Mapped, Names};
use crate::graph::vocab::property;
use crate::graph::write::Mint;

/// What has changed since the last comparison. Everything is told by numbers of terms, which stay the same.
pub struct Change<'c> {
    /// The store as it was compared.
    pub before: &'c Mapped,
    /// Graphs of articles that were put or have gone.
    pub graphs: &'c FxHashSet<u32>,
    /// Things of which a shared graph now gives another name.
    pub things: &'c FxHashSet<u32>,
    /// What the last comparison told.
    pub known: &'c Known,
    /// The graph of comparisons.
    pub links: u32,
}

/// Two articles by their places, the first before the second; or one twice.
type Two = (usize, usize);

/// Where more than one in so many pairs of neighbours would be compared anew, all are: that is less work.
const PART: usize = 2;

/// What the graph of comparisons says no more, as subjects of quads, and what it says of them now.
type Part = (FxHashSet<u32>, Linked);

/// Compares what a change touches; nothing where that is a great part of all, or where too little is known.
pub fn again(now: &Mapped, change: &Change<'_>, mint: &Mint) -> Result<Option<Part>, Error> {
    let Some(articles) = Articles::read(now, change)? else { return Ok(None) };
    let nearest = articles.nearest();
    let beside = nearest.beside();
    let before = articles.before.beside();
    let near = NearNow { beside: &beside, stories: &articles.stories, known: RefCell::default() };
    let changed = articles.changed_edges(&before, &near);
    let mut equals = articles.equals(change);
    let was_equal = equals.clone();
    articles.meet(now, &changed, &mut equals)?;

    let homes = Homes::of(&articles, change, &near, &changed)?;
    let asked = articles.asked(&changed, &homes, &near, [&was_equal, &equals]);
    if asked.len() > 60.max(beside.count() / PART) {
        return Ok(None);
    }
    let fresh = articles.compared(now, &asked, &equals, &homes, &near)?;

    // Whose questions and incidents are told anew.
    let is_out = |two: &Two| asked.contains(two) || changed.contains_key(two);
    let mut ends: BTreeSet<usize> = asked.iter().chain(changed.keys()).flat_map(|&(a, b)| [a, b]).collect();
    ends.extend(homes.changed.iter().copied());
    let mut told = Told::default();
    told.add(&articles, change, ends.iter().copied())?;
    let others: BTreeSet<usize> = told.articles.iter().copied().filter(|at| !ends.contains(at)).collect();
    told.add(&articles, change, others.into_iter())?;
    let mut some: BTreeSet<usize> =
        ends.iter().chain(&told.articles).copied().filter(|at| *at < articles.count()).collect();
    let homed: Vec<usize> = some.iter().copied().collect();
    for at in homed {
        some.extend(homes.members(at)?.into_iter().filter(|at| *at < articles.count()));
    }

    let some: Vec<usize> = some.into_iter().collect();
    let (stories, figures) = articles.figures(now, &some)?;
    let by_claim: FxHashMap<&str, usize> = figures.iter().enumerate().map(|(at, f)| (f.claim.as_str(), at)).collect();
    let article = |figure: usize| some[figures[figure].story];
    let mut pairs: Vec<Pair> = Vec::new();
    for (left, right, pair) in fresh {
        if let (Some(&first), Some(&second)) = (by_claim.get(left.as_str()), by_claim.get(right.as_str())) {
            pairs.push(Pair { first, second, ..pair });
        }
    }
    for (left, right, pair) in told.pairs(change)? {
        let (Some(&first), Some(&second)) = (by_claim.get(left.as_str()), by_claim.get(right.as_str())) else {
            continue;
        };
        if !is_out(&two(article(first), article(second))) {
            pairs.push(Pair { first, second, ..pair });
        }
    }
    pairs.sort_by_key(|pair| (pair.first, pair.second));
    let mut incidents = Vec::with_capacity(some.len());
    for &at in &some {
        let home = homes.home(at)?;
        incidents.push(some.binary_search(&home).unwrap_or_default());
    }
    let quads = linked(&Found::made(stories, figures, pairs, incidents), mint);

    let mut gone = told.subjects;
    for at in some.into_iter().chain(ends.into_iter().filter(|at| *at >= articles.count())) {
        gone.insert(articles.numbers[at]);
        gone.extend(homes.incident(at)?);
    }
    let own = &articles.numbers[..articles.count()];
    let equals = equals.pairs().filter(|(_, b)| *b < own.len());
    Ok(Some((gone, Linked { quads, known: Known::of(own, &nearest, equals) })))
}

fn two(a: usize, b: usize) -> Two {
    (a.min(b), a.max(b))
}

/// Articles that give a number in two wordings, by their places.
#[derive(Clone, Default)]
struct Equals(BTreeMap<usize, BTreeSet<usize>>);

impl Equals {
    fn add(&mut self, (a, b): Two) {
        self.0.entry(a).or_default().insert(b);
        self.0.entry(b).or_default().insert(a);
    }

    fn remove(&mut self, (a, b): Two) {
        for (of, other) in [(a, b), (b, a)] {
            if let Some(own) = self.0.get_mut(&of) {
                own.remove(&other);
            }
        }
    }

    fn of(&self, at: usize) -> impl Iterator<Item = usize> + '_ {
        self.0.get(&at).into_iter().flatten().copied()
    }

    fn has(&self, (a, b): Two) -> bool {
        self.0.get(&a).is_some_and(|own| own.contains(&b))
    }

    fn pairs(&self) -> impl Iterator<Item = Two> + '_ {
        self.0.iter().flat_map(|(a, own)| own.iter().filter(move |b| a < *b).map(move |b| (*a, *b)))
    }
}

/// Who stands beside whom now, found when it is asked for.
struct NearNow<'a> {
    beside: &'a Beside,
    stories: &'a [Story],
    known: RefCell<FxHashMap<usize, Rc<BTreeMap<usize, u32>>>>,
}

impl NearNow<'_> {
    fn of(&self, at: usize) -> Rc<BTreeMap<usize, u32>> {
        let mut known = self.known.borrow_mut();
        let near = known.entry(at).or_insert_with(|| match at < self.stories.len() {
            true => Rc::new(self.beside.of(at, &|at| &self.stories[at])),
            false => Rc::default(),
        });
        Rc::clone(near)
    }

    fn likeness(&self, (a, b): Two) -> Option<u32> {
        self.of(a).get(&b).copied()
    }
}

/// The articles of now in the order of their ids, and behind them those that have gone.
struct Articles {
    numbers: Vec<u32>,
    stories: Vec<Story>,
    /// The stories of those that have changed or gone, as they were.
    old: FxHashMap<usize, Story>,
    places: FxHashMap<u32, usize>,
    /// Their graphs, now and before.
    graphs: [FxHashMap<usize, u32>; 2],
    /// Whether the article itself is another.
    is_changed: Vec<bool>,
    /// Whether who speaks in it, or publishes it, has another name.
    is_renamed: Vec<bool>,
    /// The nearest of each as they were.
    before: Nearest,
    was: usize,
}

impl Articles {
    fn read(now: &Mapped, change: &Change<'_>) -> Result<Option<Articles>, Error> {
        let (mut numbers, stories) = read::numbered(&Names::of(&Store::Mapped(now.clone())))?;
        let mut places: FxHashMap<u32, usize> = numbers.iter().enumerate().map(|(at, number)| (*number, at)).collect();
        let mut graphs: [FxHashMap<usize, u32>; 2] = Default::default();
        for (nth, store) in [now, change.before].into_iter().enumerate() {
            let snapshot = store.now();
            let Some(identifier) = snapshot.find(property::IDENTIFIER.into())? else { continue };
            for row in snapshot.quads([None, Some(identifier), None, None]) {
                let [article, _, _, graph] = row?;
                let at = *places.entry(article).or_insert_with(|| {
                    numbers.push(article);
                    numbers.len() - 1
                });
                graphs[nth].insert(at, graph);
            }
        }
        let is_touched =
            |nth: usize, at: usize| graphs[nth].get(&at).is_some_and(|graph| change.graphs.contains(graph));
        let is_changed: Vec<bool> = (0..stories.len()).map(|at| is_touched(0, at)).collect();
        let mut is_renamed = vec![false; stories.len()];
        let of_graph: FxHashMap<u32, usize> = graphs[0].iter().map(|(at, graph)| (*graph, *at)).collect();
        let snapshot = now.now();
        for property in [property::SPEAKER, property::PUBLISHER] {
            let Some(property) = snapshot.find(property.into())? else { continue };
            for &thing in change.things {
                for row in snapshot.quads([None, Some(property), Some(thing), None]) {
                    if let Some(&at) = of_graph.get(&row?[3]) {
                        is_renamed[at] = true;
                    }
                }
            }
        }
        let had: Vec<u32> = (0..numbers.len())
            .filter(|at| graphs[1].contains_key(at) && is_changed.get(*at).copied().unwrap_or(true))
            .map(|at| numbers[at])
            .collect();
        let before = Store::Mapped(change.before.clone());
        let (found, were) = read::numbered_of(&Names::of(&before), had)?;
        let old: FxHashMap<usize, Story> = found.into_iter().map(|number| places[&number]).zip(were).collect();

        let mut nearest = Nearest { leaders: vec![usize::MAX; numbers.len()], lists: vec![Vec::new(); numbers.len()] };
        for (number, leader, list) in &change.known.nearest {
            let (Some(&at), Some(&leader)) = (places.get(number), places.get(leader)) else { return Ok(None) };
            nearest.leaders[at] = leader;
            for (likeness, other) in list {
                let Some(&other) = places.get(other) else { return Ok(None) };
                nearest.lists[at].push((*likeness, other));
            }
        }
        let was = change.known.nearest.len();
        let is_known = (stories.len()..numbers.len()).all(|at| old.contains_key(&at)) && was == graphs[1].len();
        let articles = Articles { numbers, stories, old, places, graphs, is_changed, is_renamed, before: nearest, was };
        Ok(is_known.then_some(articles))
    }

    /// How many they are now.
    fn count(&self) -> usize {
        self.stories.len()
    }

    fn nearest(&self) -> Nearest {
        let counts = (self.was, self.count());
        Nearest::again(&self.stories, &self.before, &self.old, &self.is_changed, counts)
            .unwrap_or_else(|| Nearest::of(&self.stories))
    }

    /// Whether an article is another than it was, has come or has gone.
    fn is_other(&self, at: usize) -> bool {
        at >= self.count() || self.is_changed[at] || self.is_renamed[at] || !self.graphs[1].contains_key(&at)
    }

    /// Articles beside one another, of which one is another than it was or which were not so alike; with their likeness now,
    /// if they are still beside one another. An article that is another stands beside itself.
    fn changed_edges(&self, before: &Beside, near: &NearNow<'_>) -> BTreeMap<Two, Option<u32>> {
        let mut look: BTreeSet<usize> = BTreeSet::new();
        for at in (0..self.numbers.len()).filter(|at| self.is_other(*at) || before.own(*at) != near.beside.own(*at)) {
            for of in [before, near.beside] {
                let own = of.copies(at);
                look.extend(own.iter().flat_map(|at| of.own(*at).0).map(|(other, _)| *other));
                look.extend(own);
            }
        }
        let copies: Vec<usize> =
            look.iter().flat_map(|at| before.copies(*at).into_iter().chain(near.beside.copies(*at))).collect();
        look.extend(copies);
        look.retain(|at| *at < self.numbers.len());
        let mut changed = BTreeMap::new();
        for at in look {
            let was = before.of(at, &|at| self.old.get(&at).unwrap_or_else(|| &self.stories[at]));
            let is = near.of(at);
            for &other in was.keys().chain(is.keys()) {
                if was.get(&other) != is.get(&other) || self.is_other(at) || self.is_other(other) {
                    changed.insert(two(at, other), is.get(&other).copied());
                }
            }
            if at < self.count() && self.is_other(at) {
                changed.insert((at, at), None);
            }
        }
        changed
    }

    /// What the last comparison told.
    fn equals(&self, change: &Change<'_>) -> Equals {
        let mut equals = Equals::default();
        for (a, b) in &change.known.equals {
            if let (Some(&a), Some(&b)) = (self.places.get(a), self.places.get(b)) {
                equals.add((a, b));
            }
        }
        equals
    }

    /// Looks which of the changed neighbours give a number in two wordings.
    fn meet(&self, now: &Mapped, changed: &BTreeMap<Two, Option<u32>>, equals: &mut Equals) -> Result<(), Error> {
        changed.keys().for_each(|two| equals.remove(*two));
        let edges: BTreeMap<Two, u32> =
            changed.iter().filter_map(|(two, likeness)| Some((*two, (*likeness)?))).collect();
        let some: BTreeSet<usize> = edges.keys().flat_map(|&(a, b)| [a, b]).collect();
        let some: Vec<usize> = some.into_iter().collect();
        let (stories, figures) = self.figures(now, &some)?;
        let near = among(&some, &edges);
        let (_, met) = pairs::among(Weights::shipped(), &figures, &stories, &near, |_, _| false);
        met.into_iter().for_each(|(a, b)| equals.add((some[a], some[b])));
        Ok(())
    }

    /// The articles whose figures are to be compared.
    fn asked(
        &self,
        changed: &BTreeMap<Two, Option<u32>>,
        homes: &Homes<'_>,
        near: &NearNow<'_>,
        equals: [&Equals; 2],
    ) -> BTreeSet<Two> {
        let mut asked: BTreeSet<Two> = BTreeSet::new();
        let with = |at: usize| -> BTreeSet<usize> {
            let all = equals.iter().flat_map(|equals| equals.of(at)).chain([at]);
            all.filter(|at| *at < self.count()).collect()
        };
        for &(u, v) in changed.keys() {
            for &a in &with(u) {
                for &b in &with(v) {
                    if a == b || near.likeness((a, b)).is_some() {
                        asked.insert(two(a, b));
                    }
                }
            }
            // Where there is one wording more or less, all that it lends and takes is looked at.
            if equals.iter().any(|equals| equals.has((u, v))) {
                for at in [u, v].into_iter().filter(|at| *at < self.count()) {
                    asked.insert((at, at));
                    asked.extend(near.of(at).keys().map(|other| two(at, *other)));
                }
            }
        }
        asked.extend(homes.parted.iter().copied());
        asked
    }

    /// The verdicts on the figures of these articles, by the IRIs of their claims.
    fn compared(
        &self,
        now: &Mapped,
        asked: &BTreeSet<Two>,
        equals: &Equals,
        homes: &Homes<'_>,
        near: &NearNow<'_>,
    ) -> Result<Vec<(String, String, Pair)>, Error> {
        let mut edges: BTreeMap<Two, u32> = BTreeMap::new();
        let mut some: BTreeSet<usize> = BTreeSet::new();
        let mut add = |a: usize, b: usize| {
            some.extend([a, b]);
            if let Some(likeness) = (a != b).then(|| near.likeness((a, b))).flatten() {
                edges.insert(two(a, b), likeness);
            }
        };
        for &(a, b) in asked {
            let with = |at: usize| equals.of(at).chain([at]).collect::<Vec<usize>>();
            for x in with(a) {
                for y in with(b) {
                    add(x, y);
                }
                add(a, x);
            }
            with(b).into_iter().for_each(|y| add(b, y));
        }
        let some: Vec<usize> = some.into_iter().collect();
        let (stories, figures) = self.figures(now, &some)?;
        let is_asked = |a: usize, b: usize| asked.contains(&two(some[a], some[b]));
        let (pairs, _) = pairs::among(Weights::shipped(), &figures, &stories, &among(&some, &edges), is_asked);
        let mut known: FxHashMap<usize, usize> = FxHashMap::default();
        for &at in &some {
            known.insert(at, homes.home(at)?);
        }
        let pairs = shown(pairs, true, |figure| known[&some[figures[figure].story]]);
        let named = |pair: Pair| (figures[pair.first].claim.clone(), figures[pair.second].claim.clone(), pair);
        Ok(pairs.into_iter().map(named).collect())
    }

    /// Some articles, in order, and their figures.
    fn figures(&self, now: &Mapped, some: &[usize]) -> Result<(Vec<Story>, Vec<Figure>), Error> {
        let snapshot = now.now();
        let stories: Vec<Story> = some.iter().map(|at| self.stories[*at].clone()).collect();
        let mut graphs = Vec::with_capacity(some.len());
        for at in some {
            if let Some(Term::NamedNode(graph)) =
                self.graphs[0].get(at).map(|graph| snapshot.term(*graph)).transpose()?
            {
                graphs.push(graph.into_string());
            }
        }
        let graphs: Vec<&str> = graphs.iter().map(String::as_str).collect();
        let store = Store::Mapped(now.clone());
        let figures = read::figures(&read::Columns::of(&store, &graphs)?, &stories)?;
        Ok((stories, figures))
    }
}

/// Neighbours among some articles, by their places among these.
fn among(some: &[usize], edges: &BTreeMap<Two, u32>) -> Vec<Near> {
    let place = |at: usize| some.binary_search(&at).ok();
    let near =
        edges.iter().filter_map(|(&(a, b), &likeness)| Some(Near { first: place(a)?, second: place(b)?, likeness }));
    near.collect()
}

/// Which articles are of one incident, now and before.
struct Homes<'a> {
    articles: &'a Articles,
    change: &'a Change<'a>,
    /// The first article of the incident of those that may have another than before.
    now: BTreeMap<usize, usize>,
    /// For each of these firsts the articles of its incident.
    members: BTreeMap<usize, BTreeSet<usize>>,
    /// Articles whose incident has other articles than before.
    changed: Vec<usize>,
    /// Neighbours of which one is of the other's incident only now, or no more.
    parted: Vec<Two>,
}

impl<'a> Homes<'a> {
    fn of(
        articles: &'a Articles,
        change: &'a Change<'a>,
        near: &NearNow<'_>,
        changed: &BTreeMap<Two, Option<u32>>,
    ) -> Result<Homes<'a>, Error> {
        let mut homes = Homes {
            articles,
            change,
            now: BTreeMap::new(),
            members: BTreeMap::new(),
            changed: Vec::new(),
            parted: Vec::new(),
        };
        let seeds: BTreeSet<usize> =
            changed.keys().flat_map(|&(a, b)| [a, b]).filter(|at| *at < articles.count()).collect();
        let mut seen: BTreeSet<usize> = BTreeSet::new();
        for seed in seeds {
            if !seen.insert(seed) {
                continue;
            }
            let (mut group, mut open) = (BTreeSet::from([seed]), vec![seed]);
            while let Some(at) = open.pop() {
                for (&other, _) in near.of(at).iter().filter(|(_, likeness)| **likeness >= incident::ONE_INCIDENT) {
                    if seen.insert(other) {
                        group.insert(other);
                        open.push(other);
                    }
                }
            }
            let group: Vec<usize> = group.into_iter().collect();
            let mut edges = Vec::new();
            for (first, at) in group.iter().enumerate() {
                for (other, &likeness) in near.of(*at).iter() {
                    if let Ok(second) = group.binary_search(other)
                        && second > first
                    {
                        edges.push(Near { first, second, likeness });
                    }
                }
            }
            let found = incident::incidents(group.len(), &edges);
            homes.now.extend(group.iter().zip(found).map(|(at, home)| (*at, group[home])));
        }
        let mut members: BTreeMap<usize, BTreeSet<usize>> = BTreeMap::new();
        for (at, home) in &homes.now {
            members.entry(*home).or_default().insert(*at);
        }
        for (&at, home) in &homes.now {
            let were = homes.were(at)?;
            if were == members[home] {
                continue;
            }
            homes.changed.push(at);
            for &other in near.of(at).keys() {
                if were.contains(&other) != (*home == homes.home(other)?) {
                    homes.parted.push(two(at, other));
                }
            }
        }
        homes.members = members;
        Ok(homes)
    }

    /// The incident of an article, as the store has it.
    fn incident(&self, at: usize) -> Result<Option<u32>, Error> {
        let snapshot = self.change.before.now();
        let Some(incident) = snapshot.find(property::INCIDENT.into())? else { return Ok(None) };
        let mut found =
            snapshot.quads([Some(self.articles.numbers[at]), Some(incident), None, Some(self.change.links)]);
        Ok(found.next().transpose()?.map(|row| row[2]))
    }

    /// The articles that were of one incident with this one.
    fn were(&self, at: usize) -> Result<BTreeSet<usize>, Error> {
        let snapshot = self.change.before.now();
        let (Some(own), Some(incident)) = (self.incident(at)?, snapshot.find(property::INCIDENT.into())?) else {
            return Ok(self.articles.graphs[1].contains_key(&at).then_some(at).into_iter().collect());
        };
        let mut found = BTreeSet::new();
        for row in snapshot.quads([None, Some(incident), Some(own), Some(self.change.links)]) {
            found.extend(self.articles.places.get(&row?[0]));
        }
        Ok(found)
    }

    /// The articles that are of one incident with this one.
    fn members(&self, at: usize) -> Result<BTreeSet<usize>, Error> {
        match self.now.get(&at) {
            Some(home) => Ok(self.members[home].clone()),
            None => self.were(at),
        }
    }

    /// The first of them.
    fn home(&self, at: usize) -> Result<usize, Error> {
        match self.now.get(&at) {
            Some(home) => Ok(*home),
            None => Ok(self.were(at)?.first().copied().unwrap_or(at)),
        }
    }
}

/// Questions that are told anew.
#[derive(Default)]
struct Told {
    questions: BTreeSet<u32>,
    /// Their comparisons.
    comparisons: BTreeSet<u32>,
    /// The articles of their claims.
    articles: BTreeSet<usize>,
    /// They, what they compare, and their claims: all that the graph says of these.
    subjects: FxHashSet<u32>,
}

impl Told {
    /// Adds the questions that claims of some articles answered.
    fn add(
        &mut self,
        articles: &Articles,
        change: &Change<'_>,
        some: impl Iterator<Item = usize>,
    ) -> Result<(), Error> {
        let snapshot = change.before.now();
        let find = |property: NamedNodeRef<'_>| snapshot.find(property.into());
        let (Some(quantity), Some(answers)) = (find(property::QUANTITY)?, find(property::ANSWERS)?) else {
            return Ok(());
        };
        let (question, content) = (find(property::QUESTION)?, find(property::CONTENT)?);
        let of_graph: FxHashMap<u32, usize> = articles.graphs[1].iter().map(|(at, graph)| (*graph, *at)).collect();
        let mut found: BTreeSet<u32> = BTreeSet::new();
        for graph in some.filter_map(|at| articles.graphs[1].get(&at)) {
            for row in snapshot.quads([None, Some(quantity), None, Some(*graph)]) {
                for row in snapshot.quads([Some(row?[0]), Some(answers), None, Some(change.links)]) {
                    found.insert(row?[2]);
                }
            }
        }
        for asked in found {
            if !self.questions.insert(asked) {
                continue;
            }
            self.subjects.insert(asked);
            for row in snapshot.quads([None, Some(answers), Some(asked), Some(change.links)]) {
                let claim = row?[0];
                self.subjects.insert(claim);
                for row in snapshot.quads([None, content, Some(claim), None]) {
                    self.articles.extend(of_graph.get(&row?[3]));
                }
            }
            for row in snapshot.quads([None, question, Some(asked), Some(change.links)]) {
                let comparison = row?[0];
                self.comparisons.insert(comparison);
                self.subjects.insert(comparison);
            }
        }
        Ok(())
    }

    /// The pairs that the store tells for them, by the IRIs of their claims.
    fn pairs(&self, change: &Change<'_>) -> Result<Vec<(String, String, Pair)>, Error> {
        let snapshot = change.before.now();
        let text = |comparison: u32, property: NamedNodeRef<'_>| -> Result<String, Error> {
            let Some(property) = snapshot.find(property.into())? else { return Ok(String::new()) };
            let found =
                snapshot.quads([Some(comparison), Some(property), None, Some(change.links)]).next().transpose()?;
            let term = found.map(|row| snapshot.term(row[2])).transpose()?;
            Ok(term.and_then(text_of).unwrap_or_default())
        };
        let mut found = Vec::with_capacity(self.comparisons.len());
        for &comparison in &self.comparisons {
            let verdict = text(comparison, property::VERDICT)?;
            let told = [Verdict::Agree, Verdict::Compatible, Verdict::Differs, Verdict::Updates]
                .into_iter()
                .find(|told| super::said(*told).0.as_str() == verdict);
            let chance: f64 = text(comparison, property::CONFIDENCE)?.parse().unwrap_or_default();
            let pair = Pair {
                first: 0,
                second: 0,
                verdict: told.unwrap_or(Verdict::OtherScope),
                reason: text(comparison, property::REASON)?,
                chance: (chance * 100.0).round() as u8,
                why: Vec::new(),
                doubts: Vec::new(),
            };
            found.push((text(comparison, property::LEFT)?, text(comparison, property::RIGHT)?, pair));
        }
        Ok(found)
    }
}
