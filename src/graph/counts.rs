//! Questions that count all of something: answered from columns of numbers, of which no name is read but those of the keys.
//!
//! A question says so in its header; the query below it is for every other engine, and a test holds the two together:
//!
//! ```text
//! # counts: sayso:mode & sayso:reportedIn by sayso:publisher/rdfs:label as publisher, how, statements
//! ```
//!
//! What has both properties is counted, by what a path leads to from the object of the second (an empty text where it leads
//! nowhere), and by the object of the first (what stands behind its `#`); the names are those of the columns.

use std::collections::BTreeMap;

use oxigraph::model::{Literal, NamedNode};
use rustc_hash::FxHashMap;

use super::Error;
use super::first::{Path, each_unsure, ends, named, path, text_of};
use super::query::Table;
use super::store::Mapped;

/// A line of a header.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Counts {
    by: NamedNode,
    of: NamedNode,
    path: Path,
    columns: [String; 3],
}

impl Counts {
    /// Reads what stands behind `# counts:`; nothing where it is not written so.
    pub fn parse(text: &str) -> Option<Counts> {
        let (things, rest) = text.trim().split_once(" by ")?;
        let (by, of) = things.split_once(" & ")?;
        let (path, columns) = rest.split_once(" as ")?;
        let columns: Vec<String> = columns.split(", ").map(str::to_owned).collect();
        Some(Counts { by: named(by)?, of: named(of)?, path: self::path(path)?, columns: columns.try_into().ok()? })
    }
}

/// Marks that can stand beside a thing: objects of the first property beyond this many are not told apart.
const MOST: usize = 250;

/// Counts the things that are not less sure than `least`; nothing where one of them has two objects of the first property.
pub fn counted(store: &Mapped, counts: &Counts, least: f64) -> Result<Option<Table>, Error> {
    let snapshot = store.now();
    let mut pairs: Vec<(u32, u8)> = Vec::new();
    let mut kinds: Vec<u32> = Vec::new();
    let mut is_few = true;
    store.column(counts.by.as_ref(), None, |thing, object| {
        let kind = kinds.iter().position(|known| *known == object).unwrap_or_else(|| {
            kinds.push(object);
            kinds.len() - 1
        });
        is_few &= kind < MOST;
        pairs.push((thing, kind.min(MOST) as u8 + 1));
    })?;
    let first = pairs.iter().map(|(thing, _)| *thing).min().unwrap_or(0);
    let last = pairs.iter().map(|(thing, _)| *thing).max().unwrap_or(0);
    // A mark for each number between them: things stand near one another.
    let mut marks: Vec<u8> = vec![0; (last - first) as usize + 1];
    for (thing, kind) in pairs {
        let mark = &mut marks[(thing - first) as usize];
        is_few &= *mark == 0;
        *mark = kind;
    }
    if !is_few {
        return Ok(None);
    }
    if least > 0.0 {
        each_unsure(store, least, |thing| {
            if let Some(mark) = thing.checked_sub(first).and_then(|at| marks.get_mut(at as usize)) {
                *mark = 0;
            }
        })?;
    }
    let mut of: FxHashMap<(u32, u8), u64> = FxHashMap::default();
    let mut article = (u32::MAX, vec![0_u64; kinds.len() + 1]);
    let mut flush = |(article, own): &mut (u32, Vec<u64>)| {
        for (kind, count) in own.iter_mut().enumerate().filter(|(_, count)| **count > 0) {
            *of.entry((*article, kind as u8)).or_default() += std::mem::take(count);
        }
    };
    store.column(counts.of.as_ref(), None, |thing, object| {
        let mark = thing.checked_sub(first).and_then(|at| marks.get(at as usize)).copied().unwrap_or(0);
        if mark != 0 {
            if article.0 != object {
                flush(&mut article);
                article.0 = object;
            }
            article.1[mark as usize] += 1;
        }
    })?;
    flush(&mut article);
    drop(marks);
    let mut articles: Vec<u32> = of.keys().map(|(article, _)| *article).collect();
    articles.sort_unstable();
    articles.dedup();
    let mut of_article: Vec<Vec<u32>> = vec![Vec::new(); articles.len()];
    for (end, place) in ends(store, &counts.path, &articles, |_| true)? {
        of_article[place as usize].push(end);
    }
    let mut by_end: FxHashMap<(Option<u32>, u8), u64> = FxHashMap::default();
    for ((article, kind), count) in of {
        let own = articles.binary_search(&article).map_or(&[][..], |at| &of_article[at]);
        if own.is_empty() {
            *by_end.entry((None, kind)).or_default() += count;
        }
        for &end in own {
            *by_end.entry((Some(end), kind)).or_default() += count;
        }
    }
    let mut rows: BTreeMap<(String, String), u64> = BTreeMap::new();
    for ((end, kind), count) in by_end {
        let end = end.map(|end| snapshot.term(end)).transpose()?.and_then(text_of).unwrap_or_default();
        let kind = text_of(snapshot.term(kinds[kind as usize - 1])?).unwrap_or_default();
        let kind = kind.split_once('#').map_or_else(String::new, |(_, name)| name.to_owned());
        *rows.entry((end, kind)).or_default() += count;
    }
    let text = |text: String| Some(Literal::new_simple_literal(text).into());
    let rows = rows
        .into_iter()
        .map(|((end, kind), count)| vec![text(end), text(kind), Some(Literal::from(count as i64).into())])
        .collect();
    Ok(Some(Table { columns: counts.columns.to_vec(), rows, truncated: false }))
}

#[cfg(test)]
mod tests {
    use super::Counts;

    #[test]
    fn a_line_tells_what_is_counted() {
        let line = "sayso:mode & sayso:reportedIn by sayso:publisher/rdfs:label as publisher, how, statements";
        let counts = Counts::parse(line).expect("a line");
        assert!(counts.by.as_str().ends_with("#mode") && counts.path.len() == 2 && counts.columns[1] == "how");
        assert!(Counts::parse("sayso:mode by sayso:publisher as publisher, how, statements").is_none());
        assert!(Counts::parse("sayso:mode & sayso:reportedIn by sayso:publisher as how").is_none());
    }
}
