//! Writing: documents are gathered to chunks of bounded size, each chunk becomes a segment and a run of the dictionary,
//! and at the end what nobody refers to any more is taken out. Nothing counts before the manifest names it.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{Duration, Instant};

use oxigraph::model::{GraphName, NamedNode, Quad, TermRef};
use rustc_hash::FxHashSet;

use super::super::loaded::{Loaded, numbers_of};
use super::merge;
use super::order::{Order, Row};
use super::page::{Named, PageWriter, Pages, u32_at};
use super::segment::{Parts, Segment};
use super::snapshot::{Files, Quads, Snapshot, Terms};
use super::term::{self, Bytes, Prefixes};
use super::terms::{Fresh, Run};
use crate::graph::compare::{self, Known};
use crate::graph::store::manifest::Entry;
use crate::graph::vocab::{RELATIONS, other, property};
use crate::graph::write::Mint;
use crate::graph::{Error, ErrorKind};

/// A chunk ends when it has so many quads, or its new terms take so much memory.
const QUADS: usize = 3_000_000;
const MEMORY: usize = 192 << 20;

/// Changed quads of shared graphs beyond this many are not looked at one by one: all of these graphs are counted.
const MOST_TOUCHED: usize = 200_000;

/// Numbers of terms stay below this, so that two bits are left beside the number of a graph.
const MOST_TERMS: usize = 1 << 30;

/// The section of the list of documents that holds what the next comparison wants to know of the last.
const KNOWN: usize = 1;

/// A store in the making.
pub(in super::super) struct Writer {
    folder: PathBuf,
    files: Files,
    prefixes: Arc<Prefixes>,
    runs: Vec<Arc<Run>>,
    segments: Vec<Arc<Segment>>,
    /// How many of the segments stood before.
    old: usize,
    /// The chunk.
    fresh: Fresh,
    first: u32,
    parts: Parts,
    chunk: FxHashSet<u32>,
    gone: FxHashSet<u32>,
    /// Graphs that held something before, and hold nothing or something else now.
    replaced: BTreeSet<u32>,
    /// Graphs of the documents that were put.
    put: BTreeSet<u32>,
    /// The list of documents as it was.
    list: Option<Named>,
    /// What they said in which of the shared graphs: perhaps nobody says it any more.
    doubtful: BTreeSet<([u32; 3], u32)>,
    /// Quads of shared graphs that may have come or gone; `None` when they are too many to be looked at one by one.
    touched: Option<FxHashSet<Row>>,
    recent: Vec<(u64, u32)>,
    /// Quads of a chunk.
    most: usize,
    buffer: Vec<u8>,
}

impl Writer {
    pub fn begin(folder: &Path, files: Files) -> Result<Writer, Error> {
        let snapshot = Snapshot::open(folder, &files)?;
        let segments: Vec<_> = snapshot.layers().iter().map(|l| Arc::clone(&l.segment)).collect();
        Ok(Writer {
            folder: folder.to_owned(),
            prefixes: Arc::clone(snapshot.prefixes()),
            runs: snapshot.runs().to_vec(),
            old: segments.len(),
            segments,
            fresh: Fresh::default(),
            first: files.terms.last().map_or(0, |t| t.first + t.count),
            list: files.list.clone(),
            files,
            parts: Parts::default(),
            chunk: FxHashSet::default(),
            gone: FxHashSet::default(),
            replaced: BTreeSet::new(),
            put: BTreeSet::new(),
            doubtful: BTreeSet::new(),
            touched: Some(FxHashSet::default()),
            recent: vec![(0, 0); 1 << 16],
            most: QUADS,
            buffer: Vec::new(),
        })
    }

    /// Ends chunks earlier.
    pub fn with_chunks_of(&mut self, quads: usize) {
        self.most = quads;
    }

    /// The number of a term, which is given one if it has none.
    fn intern(&mut self, term: TermRef<'_>) -> Result<u32, Error> {
        self.buffer.clear();
        term::encode(term, &self.prefixes, true, &mut self.buffer);
        let bytes = std::mem::take(&mut self.buffer);
        let id = self.intern_bytes(&bytes);
        self.buffer = bytes;
        id
    }

    fn intern_bytes(&mut self, bytes: &[u8]) -> Result<u32, Error> {
        let hash = term::hash(bytes);
        if let Some(nth) = self.fresh.find(bytes, hash) {
            return Ok(self.first + nth as u32);
        }
        let slot = hash as usize % self.recent.len();
        let (known, id) = self.recent[slot];
        if known == hash && self.bytes(id)?.is_some_and(|known| known.are(bytes)) {
            return Ok(id);
        }
        for run in self.runs.iter().rev() {
            if let Some(id) = run.find(bytes, hash)? {
                self.recent[slot] = (hash, id);
                return Ok(id);
            }
        }
        if self.first as usize + self.fresh.len() >= MOST_TERMS {
            return Err(Error::new(ErrorKind::Unsupported, "the store has more than a billion terms")
                .with_hint("divide the articles among several stores"));
        }
        Ok(self.first + self.fresh.add(bytes, hash) as u32)
    }

    fn bytes(&self, id: u32) -> Result<Option<Bytes<'_>>, Error> {
        match self.runs.iter().find(|run| run.first() <= id && id < run.end()) {
            Some(run) => run.get(id).map(Some),
            None => Ok(None),
        }
    }

    fn row(&mut self, quad: &Quad) -> Result<Row, Error> {
        self.row_after(quad, None)
    }

    /// The same of a quad that comes after another: the subject and the graph are mostly those of the one before.
    fn row_after(&mut self, quad: &Quad, before: Option<(&Quad, Row)>) -> Result<Row, Error> {
        let GraphName::NamedNode(graph) = &quad.graph_name else {
            return Err(Error::new(ErrorKind::Unsupported, "a quad of the store must be in a named graph"));
        };
        let subject = match before {
            Some((last, row)) if last.subject == quad.subject => row[0],
            _ => self.intern(quad.subject.as_ref().into())?,
        };
        let (predicate, object) = (self.intern(quad.predicate.as_ref().into())?, self.intern(quad.object.as_ref())?);
        let graph = match before {
            Some((last, row)) if last.graph_name == quad.graph_name => row[3],
            _ => self.intern(graph.as_ref().into())?,
        };
        Ok([subject, predicate, object, graph])
    }

    /// Which of the shared graphs this is.
    fn shared(&mut self, graph: u32) -> Result<u32, Error> {
        let shared = &mut self.files.shared;
        if let Some(nth) = shared.iter().position(|g| *g == graph) {
            return Ok(nth as u32);
        }
        if shared.len() == 4 {
            return Err(Error::new(ErrorKind::Unsupported, "documents write to more than four shared graphs"));
        }
        shared.push(graph);
        Ok(shared.len() as u32 - 1)
    }

    /// Puts a document's quads in the place of its graph.
    pub fn put(&mut self, graph: &NamedNode, quads: &[Quad], was_there: bool) -> Result<(), Error> {
        let own = self.intern(graph.as_ref().into())?;
        if was_there {
            self.take_out(own);
        }
        self.chunk.insert(own);
        self.put.insert(own);
        // Sentences first: in a file, what stands in one of them is a part of it.
        for quad in quads.iter().filter(|quad| quad.predicate == other::ANCHOR_OF) {
            self.intern(quad.object.as_ref())?;
        }
        let mut before = None;
        for quad in quads {
            let row = self.row_after(quad, before)?;
            before = Some((quad, row));
            self.parts.rows.push(row);
            if row[3] != own {
                let nth = self.shared(row[3])?;
                self.touch(row);
                self.parts.shares.push([row[0], row[1], row[2], own << 2 | nth]);
            }
        }
        if self.parts.rows.len() > self.most || self.fresh.memory() > MEMORY {
            self.flush()?;
        }
        Ok(())
    }

    /// Keeps in mind that a quad of a shared graph may have come or gone.
    fn touch(&mut self, quad: Row) {
        if let Some(touched) = &mut self.touched {
            touched.insert(quad);
            if touched.len() > MOST_TOUCHED {
                self.touched = None;
            }
        }
    }

    /// Takes a graph out of the chunk, and of the segments before it.
    fn take_out(&mut self, graph: u32) {
        if self.chunk.remove(&graph) {
            self.parts.rows.retain(|row| row[3] != graph);
            let doubtful = &mut self.doubtful;
            self.parts.shares.retain(|&[s, p, o, owner]| {
                let goes = owner >> 2 == graph;
                if goes {
                    doubtful.insert(([s, p, o], owner & 3));
                }
                !goes
            });
        }
        self.gone.insert(graph);
        self.replaced.insert(graph);
    }

    /// Writes the chunk.
    fn flush(&mut self) -> Result<(), Error> {
        let mut parts = std::mem::take(&mut self.parts);
        parts.gone_graphs.extend(self.gone.drain());
        self.chunk.clear();
        if self.fresh.len() > 0 {
            let fresh = std::mem::take(&mut self.fresh);
            let count = fresh.len() as u32;
            let file = fresh.write(&self.folder, &super::name("terms", &mut self.files.next))?;
            self.runs.push(Arc::new(Run::open(&self.folder, &file, self.first, count)?));
            self.files.terms.push(Terms { file, first: self.first, count });
            self.first += count;
            merge::runs(&self.folder, &mut self.files.next, &mut self.files.terms, &mut self.runs, false)?;
        }
        if !parts.is_empty() {
            let (file, quads) = parts.write(&self.folder, &super::name("quads", &mut self.files.next))?;
            self.segments.push(Arc::new(Segment::open(&self.folder, &file)?));
            self.files.segments.push(Quads { file, quads });
        }
        Ok(())
    }

    fn snapshot(&self) -> Arc<Snapshot> {
        let (runs, segments) = (self.runs.clone(), self.segments.clone());
        Arc::new(Snapshot::of(Arc::clone(&self.prefixes), runs, segments, self.files.shared.clone()))
    }

    /// Takes out the graphs of vanished documents and what nobody says any more, compares, merges, and writes the list
    /// of documents. Gives the files, the number of quads in the shared graphs, and how long comparing took.
    pub fn finish(
        mut self,
        gone: &[NamedNode],
        compares: bool,
        mint: &Mint,
        documents: &BTreeMap<String, Entry>,
        shared_before: usize,
    ) -> Result<(Files, usize, Duration), Error> {
        let before = Snapshot::of(
            Arc::clone(&self.prefixes),
            self.runs.clone(),
            self.segments[..self.old].to_vec(),
            self.files.shared.clone(),
        );
        let before = Arc::new(before);
        for graph in gone {
            let graph = self.intern(graph.as_ref().into())?;
            self.take_out(graph);
        }
        self.flush()?;
        self.drop_orphans()?;
        // What is written from here on must see the orphans gone.
        self.flush()?;
        let (comparing, known) = match compares {
            true => self.link(&before, mint)?,
            false => {
                self.unlink(&before, mint)?;
                (Duration::ZERO, None)
            }
        };
        self.flush()?;
        self.merge()?;
        let snapshot = self.snapshot();
        let shared = self.count_shared(&before, &snapshot, shared_before)?;
        self.files.list = Some(write_list(&self.folder, &super::name("list", &mut self.files.next), documents, known)?);
        self.files.prefixes = self.prefixes.to_vec();
        Ok((self.files, shared, comparing))
    }

    /// Quads of the shared graphs: counted, or told by what has changed.
    fn count_shared(&self, before: &Arc<Snapshot>, now: &Arc<Snapshot>, known: usize) -> Result<usize, Error> {
        let Some(touched) = &self.touched else {
            let mut count = 0;
            for &graph in &self.files.shared {
                for quad in now.quads([None, None, None, Some(graph)]) {
                    quad?;
                    count += 1;
                }
            }
            return Ok(count);
        };
        let mut count = known;
        for quad in touched {
            let is_in = |snapshot: &Arc<Snapshot>| snapshot.quads(quad.map(Some)).next().transpose();
            match (is_in(before)?.is_some(), is_in(now)?.is_some()) {
                (false, true) => count += 1,
                (true, false) => count = count.saturating_sub(1),
                _ => {}
            }
        }
        Ok(count)
    }

    /// Takes out of the shared graphs what only documents that have gone said.
    fn drop_orphans(&mut self) -> Result<(), Error> {
        let now = self.snapshot();
        for &graph in &self.replaced {
            for layer in now.layers() {
                for nth in 0..4 {
                    let mut cursor = layer.segment.cursor(Segment::shares(Order::Gspo), &[graph << 2 | nth])?;
                    while let Some(row) = cursor.next(layer.segment.pages())? {
                        let [s, p, o, _] = Order::Gspo.quad(row);
                        self.doubtful.insert(([s, p, o], nth));
                    }
                }
            }
        }
        for (triple @ [s, p, o], nth) in std::mem::take(&mut self.doubtful) {
            if !is_said(&now, triple, nth)? {
                let quad = [s, p, o, self.files.shared[nth as usize]];
                self.touch(quad);
                self.parts.gone_quads.push(quad);
            }
        }
        Ok(())
    }

    /// Makes the graph of questions and comparisons anew, as far as articles have changed since it was made; what stays the
    /// same is not touched. Gives how long that took, and what the next comparison wants to know.
    fn link(&mut self, before: &Arc<Snapshot>, mint: &Mint) -> Result<(Duration, Option<Known>), Error> {
        let now = self.snapshot();
        let links = self.links(mint)?;
        let begun = Instant::now();
        let (mut stale, linked) = match self.again(before, &now, links, mint)? {
            Some(found) => found,
            None => {
                let all = now.quads([None, None, None, Some(links)]).collect::<Result<_, _>>()?;
                (all, compare::links(&Loaded::of_snapshot(now), mint)?)
            }
        };
        let comparing = begun.elapsed();
        for quad in &linked.quads {
            let row = self.row(quad)?;
            if !stale.remove(&row) {
                self.touch(row);
                self.parts.rows.push(row);
            }
        }
        for quad in stale {
            self.touch(quad);
            self.parts.gone_quads.push(quad);
        }
        Ok((comparing, Some(linked.known)))
    }

    /// What the graph of comparisons said of what a change touches, and what is now to be said. Nothing where too little is
    /// known of the last comparison, or where the change is too large to be looked at by its parts.
    fn again(
        &self,
        before: &Arc<Snapshot>,
        now: &Arc<Snapshot>,
        links: u32,
        mint: &Mint,
    ) -> Result<Option<(FxHashSet<Row>, compare::Linked)>, Error> {
        let (Some(known), Some(touched)) = (self.known()?, &self.touched) else { return Ok(None) };
        let graphs: FxHashSet<u32> = self.put.iter().chain(&self.replaced).copied().collect();
        let label = now.find(TermRef::from(other::LABEL))?;
        // Every article names its shared things again; only a label that is new or gone changes who speaks.
        let is_in = |snapshot: &Arc<Snapshot>, row: Row| snapshot.quads(row.map(Some)).next().transpose();
        let mut things = FxHashSet::default();
        for &row in touched.iter().filter(|row| Some(row[1]) == label) {
            if is_in(before, row)?.is_some() != is_in(now, row)?.is_some() {
                things.insert(row[0]);
            }
        }
        let (old, new) = (Loaded::of_snapshot(Arc::clone(before)), Loaded::of_snapshot(Arc::clone(now)));
        let (Loaded::Mapped(old), Loaded::Mapped(new)) = (&old, &new) else { return Ok(None) };
        let change = compare::Change { before: old, graphs: &graphs, things: &things, known: &known, links };
        let Some((subjects, linked)) = compare::again(new, &change, mint)? else { return Ok(None) };
        let mut gone = FxHashSet::default();
        for subject in subjects {
            for quad in before.quads([Some(subject), None, None, Some(links)]) {
                gone.insert(quad?);
            }
        }
        Ok(Some((gone, linked)))
    }

    /// What was told when the store was compared last; nothing when it has changed since, or was compared by other rules.
    fn known(&self) -> Result<Option<Known>, Error> {
        let Some(list) = &self.list else { return Ok(None) };
        let pages = Pages::open(&self.folder, list)?;
        let bytes = pages.bytes(KNOWN, 0, pages.length(KNOWN))?;
        let Some((rules, bytes)) = bytes.split_at_checked(8) else { return Ok(None) };
        if rules != compare::rules().to_le_bytes() {
            return Ok(None);
        }
        known_of(bytes).map(Some).ok_or_else(|| pages.damaged())
    }

    /// Takes out of the graph of comparisons what it says of the things of graphs that have gone, and what refers to
    /// them as a whole.
    fn unlink(&mut self, before: &Arc<Snapshot>, mint: &Mint) -> Result<(), Error> {
        if self.replaced.is_empty() {
            return Ok(());
        }
        let links = self.links(mint)?;
        // A store that was never compared has none.
        if before.quads([None, None, None, Some(links)]).next().transpose()?.is_none() {
            return Ok(());
        }
        let mut things: FxHashSet<u32> = FxHashSet::default();
        for &graph in &self.replaced {
            for quad in before.quads([None, None, None, Some(graph)]) {
                things.insert(quad?[0]);
            }
        }
        let mut goes: FxHashSet<Row> = FxHashSet::default();
        let mut stale = things.clone();
        // The properties by which the graph of comparisons refers to claims and events.
        let pointers = RELATIONS.into_iter().chain([property::LEFT, property::RIGHT, property::EVENT]);
        let pointers = numbers_of(before, pointers)?;
        for &thing in &things {
            for quad in pointing(before, thing, links, &pointers) {
                let quad = quad?;
                stale.insert(quad[0]);
                goes.insert(quad);
            }
        }
        for &thing in &stale {
            for quad in before.quads([Some(thing), None, None, Some(links)]) {
                goes.insert(quad?);
            }
        }
        for quad in goes {
            self.touch(quad);
            self.parts.gone_quads.push(quad);
        }
        Ok(())
    }

    /// The graph of comparisons, which is a shared one.
    fn links(&mut self, mint: &Mint) -> Result<u32, Error> {
        let links = self.intern(mint.links_graph().as_ref().into())?;
        self.shared(links)?;
        Ok(links)
    }

    fn merge(&mut self) -> Result<(), Error> {
        merge::runs(&self.folder, &mut self.files.next, &mut self.files.terms, &mut self.runs, true)?;
        let snapshot = self.snapshot();
        merge::segments(&self.folder, &mut self.files.next, &mut self.files.segments, &snapshot)?;
        self.segments = merge::open(&self.folder, &self.files.segments, snapshot.layers())?;
        Ok(())
    }
}

/// What the graph of comparisons says of a thing as an object.
fn pointing(
    snapshot: &Arc<Snapshot>,
    thing: u32,
    links: u32,
    pointers: &[u32],
) -> impl Iterator<Item = Result<Row, Error>> {
    pointers.iter().flat_map(move |&property| snapshot.quads([None, Some(property), Some(thing), Some(links)]))
}

/// Whether a document says a quad of a shared graph.
fn is_said(snapshot: &Snapshot, triple: [u32; 3], nth: u32) -> Result<bool, Error> {
    for layer in snapshot.layers() {
        let pages = layer.segment.pages();
        let mut cursor = layer.segment.cursor(Segment::shares(Order::Spog), &triple)?;
        while let Some([_, _, _, owner]) = cursor.next(pages)? {
            if owner & 3 == nth && !layer.hides_share(owner) {
                return Ok(true);
            }
        }
    }
    Ok(false)
}

/// The documents, a line each: fingerprint, number of quads, id as a string of JSON.
/// Then, when they have been compared, by which rules, and what the next comparison wants to know.
fn write_list(
    folder: &Path,
    name: &str,
    documents: &BTreeMap<String, Entry>,
    known: Option<Known>,
) -> Result<Named, Error> {
    let mut pages = PageWriter::create(folder, name)?;
    pages.section();
    for (id, entry) in documents {
        let id = serde_json::Value::from(id.as_str());
        pages.write(format!("{}\t{}\t{id}\n", entry.fingerprint, entry.quads).as_bytes())?;
    }
    if let Some(known) = known {
        pages.section();
        pages.write(&compare::rules().to_le_bytes())?;
        pages.write(&bytes_of(&known))?;
    }
    pages.finish()
}

/// Numbers of four bytes: how many articles, each with the first article of its text and how many others are nearest, and
/// these with their likeness; then pairs of articles.
fn bytes_of(known: &Known) -> Vec<u8> {
    let mut numbers: Vec<u32> = vec![known.nearest.len() as u32];
    for (article, leader, list) in &known.nearest {
        numbers.extend([*article, *leader, list.len() as u32]);
        numbers.extend(list.iter().flat_map(|(likeness, other)| [*likeness, *other]));
    }
    numbers.extend(known.equals.iter().flat_map(|(a, b)| [*a, *b]));
    numbers.iter().flat_map(|number| number.to_le_bytes()).collect()
}

/// What [`bytes_of`] has written.
fn known_of(bytes: &[u8]) -> Option<Known> {
    let mut numbers = bytes.chunks_exact(4).map(|number| u32_at(number, 0));
    let mut nearest = Vec::new();
    for _ in 0..numbers.next()? {
        let (article, leader, length) = (numbers.next()?, numbers.next()?, numbers.next()?);
        let mut list = Vec::new();
        for _ in 0..length {
            list.push((numbers.next()?, numbers.next()?));
        }
        nearest.push((article, leader, list));
    }
    let mut equals = Vec::new();
    while let Some(a) = numbers.next() {
        equals.push((a, numbers.next()?));
    }
    Some(Known { nearest, equals })
}
