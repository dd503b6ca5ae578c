//! What the first rows of a question hang on: things in the order in which their rows are sorted.
//!
//! A question whose rows are sorted by a day, a name or what is asked says so in its header:
//!
//! ```text
//! # first: sayso:Event by sayso:earliest, sayso:place/rdfs:label, rdfs:label
//! # first: ^sayso:answers by sayso:measure, sayso:counted
//! # first: sayso:verdict=sayso:verdictDiffers by "false", sayso:question/sayso:measure
//! # first: sayso:Event & sayso:earliest & sure by sayso:earliest
//! # first: sayso:answers > ^sayso:content/sayso:speaker by rdfs:label
//! ```
//!
//! Things of a class (or of one of several, `a|b`), what has a property (its name begins small; `=`: with this object, or one
//! of several), or what a property points at (`^`), or what a path leads to from such (`>`), or what is all of several such
//! (`&`) and, with `sure`, not less sure than is asked for; then the texts by which their rows are sorted first: what a path
//! leads to (`^`: back), of two (`a|b`) the first that is there; the thing's own name after some letters (`after /question/`);
//! whether the days at the ends of two paths are others (`apart a ~ b`: "false" or "true"); letters that are the same for
//! all. The order of things is read from the columns of the store in some milliseconds, and the query is asked of the
//! first of them alone.

use std::sync::Arc;

use oxigraph::model::{NamedNode, Term};
use rustc_hash::FxHashSet;

use super::Error;
use super::query::is_at_least;
use super::store::{Mapped, Names, Places};
use super::vocab::{PREFIXES, other, property};

/// A line of a header.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct First {
    things: Things,
    keys: Vec<Key>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum Things {
    /// What has one of these objects under a property.
    Of(NamedNode, Vec<NamedNode>),
    With(NamedNode),
    At(NamedNode),
    /// What a path leads to from things.
    From(Box<Things>, Path),
    /// What is all of these; and, where it says so, not less sure than is asked for.
    Both(Vec<Things>, bool),
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum Key {
    /// Paths, of which the first that leads anywhere counts.
    Paths(Vec<Path>),
    /// Whether two paths lead to other days.
    Apart(Path, Path),
    /// The same letters for all.
    Same(String),
    /// The thing's name after these letters.
    After(String),
}

/// How a line says that things which are not sure enough have no rows.
const SURE: &str = "sure";

/// Properties one after another, each with whether it is gone back.
pub(super) type Path = Vec<(NamedNode, bool)>;

pub(super) fn path(text: &str) -> Option<Path> {
    let step = |step: &str| match step.strip_prefix('^') {
        Some(step) => Some((named(step)?, true)),
        None => Some((named(step)?, false)),
    };
    text.split('/').map(step).collect()
}

impl First {
    /// Reads what stands behind `# first:`; nothing where it is not written so.
    pub fn parse(text: &str) -> Option<First> {
        let (things, keys) = text.trim().split_once(" by ")?;
        let things = match things.contains(" & ") {
            true => {
                let parts = things.split(" & ").filter(|part| *part != SURE).map(Things::parse);
                Things::Both(parts.collect::<Option<_>>()?, things.split(" & ").any(|part| part == SURE))
            }
            false => Things::parse(things)?,
        };
        let key = |text: &str| {
            if let Some(letters) = text.strip_prefix("after ") {
                return Some(Key::After(letters.to_owned()));
            }
            if let Some(paths) = text.strip_prefix("apart ") {
                let (one, another) = paths.split_once(" ~ ")?;
                return Some(Key::Apart(path(one)?, path(another)?));
            }
            if let Some(letters) = text.strip_prefix('"') {
                return Some(Key::Same(letters.trim_end_matches('"').to_owned()));
            }
            text.split('|').map(path).collect::<Option<_>>().map(Key::Paths)
        };
        let keys = keys.split(", ").map(key).collect::<Option<_>>()?;
        Some(First { things, keys })
    }
}

impl Things {
    fn parse(text: &str) -> Option<Things> {
        if let Some((things, rest)) = text.split_once(" > ") {
            return Some(Things::From(Box::new(Things::parse(things)?), path(rest)?));
        }
        Some(match text.strip_prefix('^') {
            Some(property) => Things::At(named(property)?),
            None => match text.split_once('=') {
                Some((property, objects)) => Things::Of(named(property)?, all(objects)?),
                None if text.split(':').nth(1)?.starts_with(|c: char| c.is_ascii_uppercase()) => {
                    Things::Of(other::TYPE.into_owned(), all(text)?)
                }
                None => Things::With(named(text)?),
            },
        })
    }
}

/// `sayso:Person|sayso:Group` as names.
fn all(text: &str) -> Option<Vec<NamedNode>> {
    text.split('|').map(named).collect()
}

/// `sayso:measure` as a name.
pub(super) fn named(text: &str) -> Option<NamedNode> {
    let (prefix, local) = text.split_once(':')?;
    let (_, namespace) = PREFIXES.iter().find(|(known, _)| *known == prefix)?;
    NamedNode::new(format!("{namespace}{local}")).ok()
}

/// The things of a store, to be put in the order of their rows as far as it is asked for.
pub struct Ordered<'s> {
    store: &'s Mapped,
    lines: &'s [First],
    /// Each with the line that it comes from, and the rank of its first key.
    things: Vec<Thing>,
    /// The texts of the first key, sorted.
    texts: Vec<String>,
}

#[derive(Clone, Copy)]
struct Thing {
    rank: u32,
    line: u32,
    number: u32,
}

/// Puts the things of a store in order; of those that must be sure the ones that are not less so than `least`.
pub fn ordered<'s>(store: &'s Mapped, lines: &'s [First], least: f64) -> Result<Ordered<'s>, Error> {
    let mut things = Vec::new();
    for (line, first) in (0..).zip(lines) {
        things.extend(found(store, &first.things, least)?.into_iter().map(|number| Thing { rank: 0, line, number }));
    }
    let mut ordered = Ordered { store, lines, things, texts: Vec::new() };
    let mut things = std::mem::take(&mut ordered.things);
    ordered.texts = ordered.rank(&mut things, 0)?;
    things.sort_unstable_by_key(|thing| (thing.rank, thing.line, thing.number));
    ordered.things = things;
    Ok(ordered)
}

impl Ordered<'_> {
    /// How many they are.
    pub fn len(&self) -> usize {
        self.things.len()
    }

    /// All of them, sorted by number.
    pub fn all(&self) -> Arc<[u32]> {
        let mut all: Vec<u32> = self.things.iter().map(|thing| thing.number).collect();
        all.sort_unstable();
        all.dedup();
        all.into()
    }

    /// The first of them, at least so many and all whose rows stand beside those of the last; sorted by number, with the
    /// texts up to which no row is missing. Only of these the keys after the first are read.
    pub fn first(&self, least: usize) -> Result<(Arc<[u32]>, Vec<String>), Error> {
        let keys = self.lines.iter().map(|line| line.keys.len()).min().unwrap_or(0);
        let (mut first, mut bound) = (Vec::new(), Vec::with_capacity(keys));
        // Of the things that stand beside one another so far as many are wanted as are missing.
        let (mut beside, mut texts) = (self.things.clone(), self.texts.clone());
        for key in 0..keys {
            if key > 0 {
                texts = self.rank(&mut beside, key)?;
                beside.sort_unstable_by_key(|thing| (thing.rank, thing.line, thing.number));
            }
            let wanted = least.saturating_sub(first.len()).clamp(1, beside.len().max(1));
            let Some(last) = beside.get(wanted - 1).map(|thing| thing.rank) else { break };
            bound.push(texts[last as usize].clone());
            let begin = beside.partition_point(|thing| thing.rank < last);
            first.extend(beside.drain(..begin).map(|thing| thing.number));
            beside.truncate(beside.partition_point(|thing| thing.rank == last));
        }
        first.extend(beside.into_iter().map(|thing| thing.number));
        first.sort_unstable();
        first.dedup();
        Ok((first.into(), bound))
    }

    /// Ranks some things by a key; gives its texts, sorted. They come out by lines and numbers.
    fn rank(&self, things: &mut [Thing], key: usize) -> Result<Vec<String>, Error> {
        things.sort_unstable_by_key(|thing| (thing.line, thing.number));
        let mut pool = Pool::default();
        let mut column = Vec::with_capacity(things.len());
        for (line, first) in (0..).zip(self.lines) {
            let own = things.iter().filter(|thing| thing.line == line).map(|thing| thing.number);
            column.extend(column_of(self.store, &first.keys[key], &own.collect::<Vec<u32>>(), &mut pool)?);
        }
        let (ranks, sorted) = pool.sorted();
        for (thing, text) in things.iter_mut().zip(column) {
            thing.rank = ranks[text as usize];
        }
        Ok(sorted)
    }
}

/// Texts, of which several may be the same.
#[derive(Default)]
struct Pool(Vec<String>);

impl Pool {
    fn add(&mut self, text: String) -> u32 {
        self.0.push(text);
        self.0.len() as u32 - 1
    }

    /// The places of the texts when they are sorted, and the sorted texts, each once.
    fn sorted(self) -> (Vec<u32>, Vec<String>) {
        let mut order: Vec<u32> = (0..self.0.len() as u32).collect();
        order.sort_unstable_by_key(|number| &self.0[*number as usize]);
        let (mut ranks, mut texts) = (vec![0; order.len()], self.0);
        let mut sorted: Vec<String> = Vec::new();
        for number in order {
            let text = std::mem::take(&mut texts[number as usize]);
            if sorted.last() != Some(&text) {
                sorted.push(text);
            }
            ranks[number as usize] = sorted.len() as u32 - 1;
        }
        (ranks, sorted)
    }
}

/// The things, each once, in order of their numbers.
fn found(store: &Mapped, things: &Things, least: f64) -> Result<Vec<u32>, Error> {
    let mut found: Vec<u32> = Vec::new();
    match things {
        Things::Of(property, objects) => {
            for object in objects {
                store.column(property.as_ref(), Some(object.as_ref()), |thing, _| found.push(thing))?;
            }
        }
        Things::With(property) => store.column(property.as_ref(), None, |thing, _| found.push(thing))?,
        Things::At(property) => store.column(property.as_ref(), None, |_, thing| found.push(thing))?,
        Things::From(things, path) => {
            let things = self::found(store, things, least)?;
            found.extend(ends(store, path, &things, |_| true)?.into_iter().map(|(end, _)| end));
        }
        Things::Both(all, is_sure) => {
            let mut all = all.iter().map(|things| self::found(store, things, least));
            found = all.next().transpose()?.unwrap_or_default();
            for others in all {
                let others = others?;
                found.retain(|thing| others.binary_search(thing).is_ok());
            }
            if *is_sure && least > 0.0 {
                let mut unsure = FxHashSet::default();
                each_unsure(store, least, |thing| {
                    unsure.insert(thing);
                })?;
                found.retain(|thing| !unsure.contains(thing));
            }
        }
    }
    found.sort_unstable();
    found.dedup();
    Ok(found)
}

/// Calls back for each thing that is less sure.
pub(super) fn each_unsure(store: &Mapped, least: f64, mut work: impl FnMut(u32)) -> Result<(), Error> {
    let names = Names::Mapped(store.now());
    let mut known = (u32::MAX, true);
    names.pairs(property::CONFIDENCE, None, |thing, sure| {
        if known.0 != sure {
            known = (sure, is_at_least(Some(&names.term(sure)?), least));
        }
        if !known.1 {
            work(thing);
        }
        Ok(())
    })
}

/// The text of a key for each of some things: of several the first, and an empty one where there is none.
fn column_of(store: &Mapped, key: &Key, things: &[u32], pool: &mut Pool) -> Result<Vec<u32>, Error> {
    let snapshot = store.now();
    let paths = match key {
        Key::Paths(paths) => paths,
        Key::Apart(one, other) => return apart(store, [one, other], things, pool),
        Key::Same(letters) => return Ok(vec![pool.add(letters.clone()); things.len()]),
        Key::After(letters) => {
            let text = |&thing: &u32| -> Result<u32, Error> {
                let name = text_of(snapshot.term(thing)?).unwrap_or_default();
                Ok(pool.add(name.split_once(letters.as_str()).map_or_else(String::new, |(_, rest)| rest.to_owned())))
            };
            return things.iter().map(text).collect();
        }
    };
    let mut column: Vec<Option<u32>> = vec![None; things.len()];
    for path in paths {
        let found = ends(store, path, things, |place| column[place].is_none())?;
        for same in found.chunk_by(|one, other| one.0 == other.0) {
            let Some(text) = text_of(snapshot.term(same[0].0)?) else { continue };
            let text = pool.add(text);
            for (_, place) in same {
                let slot = &mut column[*place as usize];
                if slot.is_none_or(|old| pool.0[text as usize] < pool.0[old as usize]) {
                    *slot = Some(text);
                }
            }
        }
    }
    let none = pool.add(String::new());
    Ok(column.into_iter().map(|text| text.unwrap_or(none)).collect())
}

pub(super) fn text_of(term: Term) -> Option<String> {
    match term {
        Term::NamedNode(node) => Some(node.into_string()),
        Term::Literal(literal) => Some(literal.destruct().0),
        _ => None,
    }
}

/// Where a path leads from some things: each end with the places of the things that it is reached from, in order.
pub(super) fn ends(
    store: &Mapped,
    path: &Path,
    things: &[u32],
    is_asked: impl Fn(usize) -> bool,
) -> Result<Vec<(u32, u32)>, Error> {
    let asked = (0..things.len()).filter(|place| is_asked(*place));
    let mut at: Vec<(u32, u32)> = asked.map(|place| (things[place], place as u32)).collect();
    for (property, is_back) in path {
        at.sort_unstable();
        at.dedup();
        // Where each of them begins.
        let mut begins: Places = Places::default();
        for (nth, (thing, _)) in at.iter().enumerate() {
            begins.entry(*thing).or_insert(nth as u32);
        }
        let mut next = Vec::with_capacity(at.len());
        store.step(property.as_ref(), *is_back, &begins, |begin, end| {
            let thing = at[begin as usize].0;
            let same = at[begin as usize..].iter().take_while(|(other, _)| *other == thing);
            next.extend(same.map(|(_, place)| (end, *place)));
        })?;
        at = next;
    }
    at.sort_unstable();
    at.dedup();
    Ok(at)
}

/// Whether no day at the end of one path is one at the end of the other.
fn apart(store: &Mapped, [one, other]: [&Path; 2], things: &[u32], pool: &mut Pool) -> Result<Vec<u32>, Error> {
    let snapshot = store.now();
    let mut days: Vec<FxHashSet<String>> = vec![FxHashSet::default(); things.len()];
    let day = |number: u32| -> Result<String, Error> {
        Ok(text_of(snapshot.term(number)?).unwrap_or_default().chars().take(10).collect())
    };
    for same in ends(store, one, things, |_| true)?.chunk_by(|one, other| one.0 == other.0) {
        let day = day(same[0].0)?;
        for (_, place) in same {
            days[*place as usize].insert(day.clone());
        }
    }
    let mut is_apart = vec![true; things.len()];
    for same in ends(store, other, things, |_| true)?.chunk_by(|one, other| one.0 == other.0) {
        let day = day(same[0].0)?;
        for (_, place) in same {
            is_apart[*place as usize] &= !days[*place as usize].contains(&day);
        }
    }
    let texts = [false, true].map(|is| pool.add(is.to_string()));
    Ok(is_apart.into_iter().map(|is| texts[usize::from(is)]).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_tells_things_and_keys() {
        let line = First::parse("sayso:Event by sayso:earliest, sayso:place/rdfs:label").expect("a line");
        assert!(matches!(&line.things, Things::Of(_, classes) if classes.len() == 1));
        assert!(matches!(&line.keys[1], Key::Paths(paths) if paths[0].len() == 2));
        let line = First::parse("^sayso:answers by after /question/").expect("a line");
        assert_eq!(line.keys, [Key::After("/question/".into())]);
        assert!(matches!(
            First::parse("sayso:published by sayso:published"),
            Some(First { things: Things::With(_), .. })
        ));
        let line = First::parse(
            "sayso:verdict=sayso:verdictDiffers by \"false\", apart sayso:left/^sayso:content ~ sayso:right",
        );
        let line = line.expect("a line");
        assert!(matches!(&line.keys[..], [Key::Same(letters), Key::Apart(one, _)] if letters == "false" && one[1].1));
        let line = First::parse("sayso:answers > ^sayso:content/sayso:speaker by rdfs:label").expect("a line");
        let Things::From(claims, path) = &line.things else { panic!("{line:?}") };
        assert!(matches!(**claims, Things::With(_)) && path.len() == 2 && path[0].1 && !path[1].1);
        let line = First::parse("sayso:Event & sayso:earliest & sure by sayso:earliest").expect("a line");
        let Things::Both(all, true) = &line.things else { panic!("{line:?}") };
        assert!(matches!(&all[..], [Things::Of(..), Things::With(_)]));
        assert!(First::parse("sayso:Event").is_none() && First::parse("nobody:Event by rdfs:label").is_none());
    }
}
