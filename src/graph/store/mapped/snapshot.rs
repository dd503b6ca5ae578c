//! What a reader sees: the runs of the dictionary and the segments of one manifest, the newest segment last.

use std::path::Path;
use std::sync::Arc;

use oxigraph::model::{Term, TermRef};
use rustc_hash::FxHashSet;
use serde::{Deserialize, Serialize};

use super::order::{BLOCK, Cursor, Order, Row};
use super::page::Named;
use super::segment::Segment;
use super::term::{self, Bytes, Prefixes};
use super::terms::Run;
use crate::graph::Error;
use crate::graph::words::Wanted;

/// Stores of so many bytes are compared with their checksums as a whole when they are opened: it takes less than a
/// millisecond.
const SMALL: u64 = 4 << 20;

/// The files of a store, as the manifest lists them.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(in super::super) struct Files {
    /// The number that the name of the next file will have.
    pub next: u64,
    /// Beginnings of IRIs that are kept short.
    pub prefixes: Vec<String>,
    /// Runs of the dictionary, in the order of their numbers.
    pub terms: Vec<Terms>,
    /// Segments, the oldest first.
    pub segments: Vec<Quads>,
    /// The numbers of the graphs that several documents write to.
    pub shared: Vec<u32>,
    /// The list of documents.
    pub list: Option<Named>,
}

impl Files {
    /// Every file.
    pub fn named(&self) -> impl Iterator<Item = &Named> {
        self.terms.iter().map(|t| &t.file).chain(self.segments.iter().map(|s| &s.file)).chain(&self.list)
    }

    /// No files at all.
    pub const fn empty() -> Files {
        Files { next: 0, prefixes: Vec::new(), terms: Vec::new(), segments: Vec::new(), shared: Vec::new(), list: None }
    }
}

/// A run of the dictionary.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(in super::super) struct Terms {
    pub file: Named,
    pub first: u32,
    pub count: u32,
}

/// A segment.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(in super::super) struct Quads {
    pub file: Named,
    pub quads: u64,
}

/// A segment, and what newer ones take out of it.
pub(super) struct Layer {
    pub segment: Arc<Segment>,
    hidden_graphs: FxHashSet<u32>,
    hidden_quads: FxHashSet<Row>,
}

impl Layer {
    /// Whether a newer segment says that a quad does not count here.
    pub fn hides(&self, quad: Row) -> bool {
        (!self.hidden_graphs.is_empty() && self.hidden_graphs.contains(&quad[3]))
            || (!self.hidden_quads.is_empty() && self.hidden_quads.contains(&quad))
    }

    /// The same of what an article says of shared things.
    pub fn hides_share(&self, owner: u32) -> bool {
        !self.hidden_graphs.is_empty() && self.hidden_graphs.contains(&(owner >> 2))
    }
}

/// A store as it was at one moment.
pub struct Snapshot {
    prefixes: Arc<Prefixes>,
    runs: Vec<Arc<Run>>,
    layers: Vec<Layer>,
    shared: Vec<u32>,
}

impl Snapshot {
    pub(in super::super) fn open(folder: &Path, files: &Files) -> Result<Snapshot, Error> {
        let runs = files.terms.iter().map(|t| Run::open(folder, &t.file, t.first, t.count).map(Arc::new));
        let segments = files.segments.iter().map(|s| Segment::open(folder, &s.file).map(Arc::new));
        let prefixes = Arc::new(Prefixes::new(files.prefixes.clone()));
        let (runs, segments) = (runs.collect::<Result<_, _>>()?, segments.collect::<Result<_, _>>()?);
        let snapshot = Snapshot::of(prefixes, runs, segments, files.shared.clone());
        let bytes: u64 = files.named().map(|file| file.bytes).sum();
        if bytes <= SMALL {
            snapshot.check_all()?;
        }
        Ok(snapshot)
    }

    pub(super) fn of(
        prefixes: Arc<Prefixes>,
        runs: Vec<Arc<Run>>,
        segments: Vec<Arc<Segment>>,
        shared: Vec<u32>,
    ) -> Snapshot {
        let mut layers = Vec::with_capacity(segments.len());
        let (mut graphs, mut quads) = (FxHashSet::default(), FxHashSet::default());
        for segment in segments.into_iter().rev() {
            layers.push(Layer {
                segment: Arc::clone(&segment),
                hidden_graphs: graphs.clone(),
                hidden_quads: quads.clone(),
            });
            graphs.extend(segment.gone_graphs.iter().copied());
            quads.extend(segment.gone_quads.iter().copied());
        }
        layers.reverse();
        Snapshot { prefixes, runs, layers, shared }
    }

    pub(super) fn prefixes(&self) -> &Arc<Prefixes> {
        &self.prefixes
    }

    pub(super) fn runs(&self) -> &[Arc<Run>] {
        &self.runs
    }

    /// Segments with what hides their quads, the oldest first.
    pub(super) fn layers(&self) -> &[Layer] {
        &self.layers
    }

    /// The bytes of a term.
    pub(super) fn bytes(&self, id: u32) -> Result<Bytes<'_>, Error> {
        let run = self.runs.partition_point(|run| run.end() <= id);
        match self.runs.get(run) {
            Some(run) => run.get(id),
            None => Err(unknown(id)),
        }
    }

    /// A term by its number.
    pub fn term(&self, id: u32) -> Result<Term, Error> {
        term::decode(self.bytes(id)?, &self.prefixes).ok_or_else(|| unknown(id))
    }

    /// The number of a term; `None` when nothing is said of it.
    pub fn find(&self, term: TermRef<'_>) -> Result<Option<u32>, Error> {
        let mut bytes = Vec::new();
        match term::encode(term, &self.prefixes, false, &mut bytes) {
            true => self.find_bytes(&bytes),
            false => Ok(None),
        }
    }

    pub(super) fn find_bytes(&self, bytes: &[u8]) -> Result<Option<u32>, Error> {
        let hash = term::hash(bytes);
        for run in self.runs.iter().rev() {
            if let Some(id) = run.find(bytes, hash)? {
                return Ok(Some(id));
            }
        }
        Ok(None)
    }

    /// The numbers of the texts in which these words stand, one after another.
    pub fn matching(&self, wanted: &Wanted) -> Result<Vec<u32>, Error> {
        let mut found = Vec::new();
        if !wanted.words.is_empty() {
            self.runs.iter().try_for_each(|run| run.matching(wanted, &mut found))?;
        }
        Ok(found)
    }

    /// The numbers of the texts that have all these words, in any order.
    pub fn having(&self, wanted: &Wanted) -> Result<Vec<u32>, Error> {
        let mut found = Vec::new();
        self.runs.iter().try_for_each(|run| run.having(wanted, &mut found))?;
        Ok(found)
    }

    /// The quads of a pattern: numbers of terms where they are given.
    pub fn quads(self: &Arc<Self>, pattern: [Option<u32>; 4]) -> Matches {
        Matches { snapshot: Arc::clone(self), pattern, next: self.layers.len(), at: None }
    }

    /// About how many quads there are.
    pub fn size(&self) -> Result<usize, Error> {
        self.beginning(&[])
    }

    /// About how many quads have a property.
    pub fn about(&self, property: u32) -> Result<usize, Error> {
        self.beginning(&[property])
    }

    /// About how many quads begin with these numbers: a property, an object, a subject.
    fn beginning(&self, prefix: &[u32]) -> Result<usize, Error> {
        let blocks = self.layers.iter().map(|layer| layer.segment.blocks(Order::Posg, prefix));
        Ok(blocks.sum::<Result<usize, Error>>()? * BLOCK)
    }

    /// The numbers of all graphs that have quads.
    pub fn graphs(self: &Arc<Self>) -> Result<Vec<u32>, Error> {
        let mut found = Vec::new();
        for layer in &self.layers {
            let pages = layer.segment.pages();
            let mut cursor = layer.segment.cursor(Segment::rows(Order::Gspo), &[])?;
            let mut row = cursor.next(pages)?;
            while let Some([graph, ..]) = row {
                if !layer.hides([0, 0, 0, graph]) {
                    found.push(graph);
                }
                row = match graph.checked_add(1) {
                    Some(next) => cursor.skip_to(pages, next)?,
                    None => None,
                };
            }
        }
        found.sort_unstable();
        found.dedup();
        // All that a shared graph had may be gone.
        let mut kept = Vec::with_capacity(found.len());
        for graph in found {
            if !self.shared.contains(&graph)
                || self.quads([None, None, None, Some(graph)]).next().transpose()?.is_some()
            {
                kept.push(graph);
            }
        }
        Ok(kept)
    }

    /// Compares every byte of the files with its checksum.
    pub fn check_all(&self) -> Result<(), Error> {
        self.runs.iter().try_for_each(|run| run.pages().check_all())?;
        self.layers.iter().try_for_each(|layer| layer.segment.pages().check_all())
    }
}

fn unknown(id: u32) -> Error {
    Error::new(crate::graph::ErrorKind::Damaged, format!("the store's dictionary has no term of number {id}"))
}

/// The quads of a pattern, segment by segment.
pub struct Matches {
    snapshot: Arc<Snapshot>,
    pattern: [Option<u32>; 4],
    /// The layers from this one on have been read, or are being read.
    next: usize,
    at: Option<Found>,
}

/// Where the quads of a pattern stand in a segment.
enum Found {
    /// Together in an order.
    Rows(Order, Cursor),
    /// Those of a graph: with one of its subjects after another.
    Subjects { subjects: Cursor, last: Option<u32>, quads: Option<Cursor> },
    /// Those of an object: with one property after another, of which so many have been looked at.
    Objects { object: u32, looked_at: usize, quads: Option<Cursor> },
}

impl Found {
    /// The next quad that may be meant.
    fn next(&mut self, segment: &Segment, property: Option<u32>) -> Result<Option<Row>, Error> {
        let (subjects, last, quads) = match self {
            Found::Rows(order, cursor) => return Ok(cursor.next(segment.pages())?.map(|row| order.quad(row))),
            Found::Subjects { subjects, last, quads } => (subjects, last, quads),
            Found::Objects { object, looked_at, quads } => loop {
                if let Some(cursor) = quads
                    && let Some(row) = cursor.next(segment.pages())?
                {
                    return Ok(Some(Order::Posg.quad(row)));
                }
                let Some(&property) = segment.properties()?.get(*looked_at) else { return Ok(None) };
                *looked_at += 1;
                *quads = Some(segment.cursor(Segment::rows(Order::Posg), &[property, *object])?);
            },
        };
        loop {
            if let Some(cursor) = quads
                && let Some(row) = cursor.next(segment.pages())?
            {
                return Ok(Some(Order::Spog.quad(row)));
            }
            let Some([_, subject, ..]) = subjects.next(segment.pages())? else { return Ok(None) };
            if last.replace(subject) != Some(subject) {
                let prefix = [subject, property.unwrap_or(0)];
                let known = 1 + usize::from(property.is_some());
                *quads = Some(segment.cursor(Segment::rows(Order::Spog), &prefix[..known])?);
            }
        }
    }
}

impl Matches {
    fn step(&mut self) -> Result<Option<Row>, Error> {
        loop {
            let Some(found) = &mut self.at else {
                let Some(layer) = self.next.checked_sub(1) else { return Ok(None) };
                self.next = layer;
                self.at = Some(begin(&self.snapshot.layers[layer].segment, self.pattern)?);
                continue;
            };
            let layer = &self.snapshot.layers[self.next];
            let Some(quad) = found.next(&layer.segment, self.pattern[1])? else {
                self.at = None;
                continue;
            };
            let fits = self.pattern.iter().zip(quad).all(|(wanted, found)| wanted.is_none_or(|w| w == found));
            if fits && !layer.hides(quad) && !self.is_repeated(quad)? {
                return Ok(Some(quad));
            }
        }
    }

    /// Whether a newer segment has given the quad already: only those of shared graphs can stand in several.
    fn is_repeated(&self, quad: Row) -> Result<bool, Error> {
        if self.snapshot.shared.contains(&quad[3]) {
            for newer in &self.snapshot.layers[self.next + 1..] {
                if newer.segment.holds(quad)? && !newer.hides(quad) {
                    return Ok(true);
                }
            }
        }
        Ok(false)
    }
}

impl Iterator for Matches {
    type Item = Result<Row, Error>;

    fn next(&mut self) -> Option<Self::Item> {
        self.step().transpose()
    }
}

/// Where the quads of a pattern stand, before the first of them.
fn begin(segment: &Segment, [s, p, o, g]: [Option<u32>; 4]) -> Result<Found, Error> {
    // What of a row is known: its first numbers, and how many they are.
    let (order, prefix, known) = match (s, p, o) {
        (Some(s), Some(p), Some(o)) => (Order::Spog, [s, p, o], 3),
        (Some(s), Some(p), None) => (Order::Spog, [s, p, 0], 2),
        (Some(s), None, _) => (Order::Spog, [s, 0, 0], 1),
        (None, Some(p), Some(o)) => (Order::Posg, [p, o, 0], 2),
        (None, Some(p), None) => (Order::Posg, [p, 0, 0], 1),
        (None, None, Some(o)) if segment.has_objects() => (Order::Ospg, [o, 0, 0], 1),
        (None, None, Some(object)) => return Ok(Found::Objects { object, looked_at: 0, quads: None }),
        (None, None, None) => (Order::Spog, [0; 3], 0),
    };
    if let (Some(g), None) = (g, s) {
        let blocks = |order, prefix: &[u32]| segment.blocks(order, prefix);
        let is_few = known > 0 && blocks(order, &prefix[..known])? < QUADS * blocks(Order::Gspo, &[g])?;
        if !is_few {
            let subjects = segment.cursor(Segment::rows(Order::Gspo), &[g])?;
            return Ok(Found::Subjects { subjects, last: None, quads: None });
        }
    }
    Ok(Found::Rows(order, segment.cursor(Segment::rows(order), &prefix[..known])?))
}

/// About how many quads a subject of a graph has.
const QUADS: usize = 4;
