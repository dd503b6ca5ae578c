//! A store on Oxigraph's RocksDB: a generation is a folder of immutable files.
//!
//! RocksDB never changes its large files, so the next generation begins as hard links to the files of the last one:
//! it costs some milliseconds, whatever the size, and a published generation is never written to. A few documents are
//! put in by one transaction, many by the bulk loader. A reader holds a shared lock on the file `readers` of its
//! generation, and no writer removes a generation that is so held.

use std::collections::{BTreeMap, BTreeSet};
use std::fs::{self, File};
use std::io::Read;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc::{self, SyncSender};
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};

use oxigraph::model::{GraphName, NamedNode, NamedNodeRef, NamedOrBlankNode, NamedOrBlankNodeRef, Quad, Term};
use oxigraph::store::Store as Oxigraph;

use super::manifest::{Manifest, Sum};
use crate::graph::write::Mint;
use crate::graph::{Error, ErrorKind, compare};

/// Quads beyond this many go through the bulk loader.
const FEW: usize = 100_000;

/// Megabytes that the bulk loader may use, over all its threads.
const LOADER_MEMORY: usize = 2_048;

/// The file of a generation on which its readers hold a lock.
const READERS: &str = "readers";

/// Tables of so many bytes in all are read and compared with their checksums whenever the store is opened.
const READ_BEFORE: u64 = 256 << 20;

/// Where a document that is put has been before.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Before {
    Nowhere,
    InTheStore,
    /// It is put for the second time.
    InThisUpdate,
}

/// A generation in the making. Nothing is made until something is put; dropped before it is finished, it vanishes.
pub(super) struct Writer {
    folder: PathBuf,
    /// The generation that stands; empty when there is none.
    old: String,
    new: String,
    mint: Mint,
    open: Option<Open>,
    /// What the graphs taken out named and shared graphs describe: perhaps nobody names it any more.
    doubtful: BTreeSet<NamedNode>,
    /// What the graphs taken out told of.
    gone: BTreeSet<NamedNode>,
}

struct Open {
    store: Oxigraph,
    /// Quads for one transaction, as long as they are few.
    few: Vec<Quad>,
    loader: Option<Loader>,
}

/// The bulk loader at work in a thread of its own.
struct Loader {
    send: SyncSender<Vec<Quad>>,
    thread: JoinHandle<Result<(), Error>>,
}

impl Writer {
    pub fn new(folder: &Path, manifest: &Manifest, mint: Mint) -> Writer {
        Writer {
            folder: folder.to_owned(),
            old: manifest.data.clone(),
            new: format!("rocksdb-{:06}", manifest.next_generation()),
            mint,
            open: None,
            doubtful: BTreeSet::new(),
            gone: BTreeSet::new(),
        }
    }

    /// Puts a document's quads in the place of its graph.
    pub fn put(&mut self, graph: &NamedNode, quads: Vec<Quad>, before: Before) -> Result<(), Error> {
        if before == Before::InThisUpdate {
            self.opened()?.settle()?;
        }
        if before != Before::Nowhere {
            self.take_out(graph)?;
        }
        self.opened()?.insert(quads)
    }

    /// Drops the graphs of vanished documents, clears up after what has gone, compares, and closes the generation.
    pub fn finish(&mut self, gone: Vec<NamedNode>, compares: bool, manifest: &mut Manifest) -> Result<Duration, Error> {
        self.opened()?.settle()?;
        for graph in &gone {
            self.take_out(graph)?;
        }
        self.drop_orphans()?;
        let mint = self.mint.clone();
        let stale = std::mem::take(&mut self.gone);
        let open = self.opened()?;
        let comparing = match compares {
            true => open.link(&mint)?,
            false => {
                open.unlink(&stale, &mint)?;
                Duration::ZERO
            }
        };
        let shared = open.count_shared(&mint)?;
        manifest.quads = manifest.documents.values().map(|d| d.quads).sum::<usize>() + shared;
        open.store.flush()?;
        // Closing it here means that RocksDB has written its last byte before the files are listed.
        self.open = None;
        manifest.files = inventory(&self.folder.join(&self.new), &manifest.files)?;
        manifest.data = std::mem::take(&mut self.new);
        Ok(comparing)
    }

    /// The new generation, begun from the files of the old.
    fn opened(&mut self) -> Result<&mut Open, Error> {
        if self.open.is_none() {
            let new = self.folder.join(&self.new);
            if new.exists() {
                fs::remove_dir_all(&new).map_err(|e| Error::io(format!("cannot remove {}", new.display()), e))?;
            }
            let old = (!self.old.is_empty()).then(|| self.folder.join(&self.old));
            let store = begin(old.as_deref(), &new)?;
            self.open = Some(Open { store, few: Vec::new(), loader: None });
        }
        self.open.as_mut().ok_or_else(|| Error::new(ErrorKind::Io, "the new generation is not open"))
    }

    /// Removes a graph, and remembers what it named of the shared graphs.
    fn take_out(&mut self, graph: &NamedNode) -> Result<(), Error> {
        let shared = [self.mint.entities_graph(), self.mint.provenance_graph()];
        let store = self.opened()?.store.clone();
        let mut named = BTreeSet::new();
        for quad in store.quads_for_pattern(None, None, None, Some(graph.as_ref().into())) {
            let quad = quad?;
            named_in(&quad, &mut named);
            named_by_subject(&quad.subject, &mut self.gone);
        }
        for node in named {
            if is_described(&store, node.as_ref(), &shared)? {
                self.doubtful.insert(node);
            }
        }
        store.remove_named_graph(graph)?;
        Ok(())
    }

    /// Takes out of the shared graphs what no document refers to any more.
    fn drop_orphans(&mut self) -> Result<(), Error> {
        if self.doubtful.is_empty() {
            return Ok(());
        }
        let shared = [self.mint.entities_graph(), self.mint.provenance_graph()];
        let store = self.opened()?.store.clone();
        // What a doubtful thing refers to is doubtful, too.
        let mut doubtful = std::mem::take(&mut self.doubtful);
        let mut refers: BTreeMap<NamedNode, BTreeSet<NamedNode>> = BTreeMap::new();
        let mut open: Vec<NamedNode> = doubtful.iter().cloned().collect();
        while let Some(node) = open.pop() {
            let mut named = BTreeSet::new();
            for graph in &shared {
                for quad in store.quads_for_pattern(Some(node.as_ref().into()), None, None, Some(graph.as_ref().into()))
                {
                    named_in(&quad?, &mut named);
                }
            }
            named.remove(&node);
            let described: Result<BTreeSet<NamedNode>, Error> = named
                .into_iter()
                .filter_map(|n| is_described(&store, n.as_ref(), &shared).map(|yes| yes.then_some(n)).transpose())
                .collect();
            let described = described?;
            open.extend(described.iter().filter(|n| doubtful.insert((*n).clone())).cloned());
            refers.insert(node, described);
        }
        let mut wanted = Vec::new();
        for node in &doubtful {
            if is_wanted(&store, node, &doubtful, &self.mint)? {
                wanted.push(node.clone());
            }
        }
        while let Some(node) = wanted.pop() {
            if doubtful.remove(&node) {
                wanted.extend(refers.get(&node).into_iter().flatten().cloned());
            }
        }
        let mut transaction = store.start_transaction()?;
        for node in &doubtful {
            for graph in &shared {
                let node = Some(NamedOrBlankNodeRef::from(node.as_ref()));
                for quad in store.quads_for_pattern(node, None, None, Some(graph.as_ref().into())) {
                    transaction.remove(&quad?);
                }
            }
        }
        transaction.commit()?;
        Ok(())
    }
}

impl Drop for Writer {
    fn drop(&mut self) {
        if let Some(open) = self.open.take() {
            drop(open);
            let _ = fs::remove_dir_all(self.folder.join(&self.new));
        }
    }
}

impl Open {
    fn insert(&mut self, quads: Vec<Quad>) -> Result<(), Error> {
        if self.loader.is_none() {
            self.few.extend(quads);
            if self.few.len() < FEW {
                return Ok(());
            }
            self.loader = Some(Loader::start(self.store.clone()));
            let few = std::mem::take(&mut self.few);
            return self.insert(few);
        }
        let Some(loader) = &self.loader else { return Ok(()) };
        // A loader that takes nothing more has failed, and says why when it is waited for.
        loader.send.send(quads).or_else(|_| self.settle())
    }

    /// Brings everything that was put into the store.
    fn settle(&mut self) -> Result<(), Error> {
        if let Some(loader) = self.loader.take() {
            drop(loader.send);
            loader.thread.join().map_err(|_| Error::new(ErrorKind::Io, "the bulk loader broke"))??;
        }
        self.store.extend(std::mem::take(&mut self.few))?;
        Ok(())
    }

    /// Makes the graph of questions and comparisons anew; what stays the same is not touched.
    fn link(&self, mint: &Mint) -> Result<Duration, Error> {
        let graph = mint.links_graph();
        let old = self.store.quads_for_pattern(None, None, None, Some(graph.as_ref().into()));
        let mut stale = old.collect::<Result<rustc_hash::FxHashSet<Quad>, _>>()?;
        let begun = Instant::now();
        let mut new = compare::links(&super::Loaded::Oxigraph(self.store.clone()), mint)?.quads;
        let comparing = begun.elapsed();
        new.retain(|quad| !stale.remove(quad));
        let mut transaction = self.store.start_transaction()?;
        for quad in &stale {
            transaction.remove(quad);
        }
        transaction.extend(new.iter().map(Quad::as_ref));
        transaction.commit()?;
        Ok(comparing)
    }

    /// Takes out of the graph of comparisons what it says of things that have gone, and what refers to them as a whole.
    fn unlink(&self, things: &BTreeSet<NamedNode>, mint: &Mint) -> Result<(), Error> {
        let graph = mint.links_graph();
        let graph = Some(graph.as_ref().into());
        let mut stale = things.clone();
        for thing in things {
            for quad in self.store.quads_for_pattern(None, None, Some(thing.as_ref().into()), graph) {
                named_by_subject(&quad?.subject, &mut stale);
            }
        }
        let mut transaction = self.store.start_transaction()?;
        for node in &stale {
            for quad in self.store.quads_for_pattern(Some(node.as_ref().into()), None, None, graph) {
                transaction.remove(&quad?);
            }
        }
        transaction.commit()?;
        Ok(())
    }

    /// Quads of the graphs that belong to no single document.
    fn count_shared(&self, mint: &Mint) -> Result<usize, Error> {
        let documents = documents(mint);
        let mut count = 0;
        for graph in self.store.named_graphs() {
            let graph = graph?;
            if !matches!(&graph, NamedOrBlankNode::NamedNode(n) if n.as_str().starts_with(&documents)) {
                for quad in self.store.quads_for_pattern(None, None, None, Some(graph.as_ref().into())) {
                    quad?;
                    count += 1;
                }
            }
        }
        Ok(count)
    }
}

impl Loader {
    fn start(store: Oxigraph) -> Loader {
        let (send, receive) = mpsc::sync_channel::<Vec<Quad>>(64);
        let thread = thread::spawn(move || {
            let mut loader = store.bulk_loader().with_max_memory_size_in_megabytes(LOADER_MEMORY);
            loader.load_quads(receive.into_iter().flatten())?;
            loader.commit()?;
            Ok(())
        });
        Loader { send, thread }
    }
}

/// How the IRIs of documents' graphs begin.
fn documents(mint: &Mint) -> String {
    mint.named("graph", "doc/").into_string()
}

/// The IRIs that a quad names as subject or object, triple terms included.
fn named_in(quad: &Quad, found: &mut BTreeSet<NamedNode>) {
    named_by_subject(&quad.subject, found);
    named_by_object(&quad.object, found);
}

fn named_by_subject(subject: &NamedOrBlankNode, found: &mut BTreeSet<NamedNode>) {
    if let NamedOrBlankNode::NamedNode(node) = subject {
        found.insert(node.clone());
    }
}

fn named_by_object(object: &Term, found: &mut BTreeSet<NamedNode>) {
    match object {
        Term::NamedNode(node) => {
            found.insert(node.clone());
        }
        Term::Triple(triple) => {
            named_by_subject(&triple.subject, found);
            named_by_object(&triple.object, found);
        }
        _ => {}
    }
}

/// Whether one of the graphs says something of a thing.
fn is_described(store: &Oxigraph, node: NamedNodeRef<'_>, graphs: &[NamedNode]) -> Result<bool, Error> {
    for graph in graphs {
        let mut quads = store.quads_for_pattern(Some(node.into()), None, None, Some(graph.as_ref().into()));
        if quads.next().transpose()?.is_some() {
            return Ok(true);
        }
    }
    Ok(false)
}

/// Whether a document, or something that is not in doubt, names a thing.
fn is_wanted(store: &Oxigraph, node: &NamedNode, doubtful: &BTreeSet<NamedNode>, mint: &Mint) -> Result<bool, Error> {
    let documents = documents(mint);
    let links = mint.links_graph();
    let as_subject = store.quads_for_pattern(Some(node.as_ref().into()), None, None, None);
    let as_object = store.quads_for_pattern(None, None, Some(node.as_ref().into()), None);
    for quad in as_subject.chain(as_object) {
        let quad = quad?;
        let GraphName::NamedNode(graph) = &quad.graph_name else { continue };
        let in_document = graph.as_str().starts_with(&documents);
        let by_another = *graph != links
            && matches!(&quad.subject, NamedOrBlankNode::NamedNode(subject) if !doubtful.contains(subject));
        if in_document || by_another {
            return Ok(true);
        }
    }
    Ok(false)
}

/// Begins a folder of RocksDB with the files of another, as hard links where a file never changes.
fn begin(from: Option<&Path>, to: &Path) -> Result<Oxigraph, Error> {
    let failed = |e| Error::io(format!("cannot write {}", to.display()), e);
    fs::create_dir_all(to).map_err(failed)?;
    File::create(to.join(READERS)).map_err(failed)?;
    if let Some(from) = from {
        for entry in fs::read_dir(from).map_err(|e| Error::io(format!("cannot read {}", from.display()), e))? {
            let entry = entry.map_err(failed)?;
            let name = entry.file_name();
            let target = to.join(&name);
            match name.to_string_lossy() {
                n if n == READERS || n.starts_with("LOG") || n == "LOCK" => {}
                n if n.ends_with(".sst") && fs::hard_link(entry.path(), &target).is_ok() => {}
                _ => {
                    fs::copy(entry.path(), &target).map_err(failed)?;
                }
            }
        }
    }
    Ok(Oxigraph::open(to)?)
}

/// The files of a closed generation. Tables that it shares with the one before need not be read: a table never changes.
fn inventory(folder: &Path, before: &BTreeMap<String, Sum>) -> Result<BTreeMap<String, Sum>, Error> {
    let failed = |e| Error::io(format!("cannot read {}", folder.display()), e);
    let mut files = BTreeMap::new();
    for entry in fs::read_dir(folder).map_err(failed)? {
        let entry = entry.map_err(failed)?;
        let name = entry.file_name().to_string_lossy().into_owned();
        if name == READERS || name == "LOCK" || name.starts_with("LOG") || name.starts_with("OPTIONS") {
            continue;
        }
        let bytes = entry.metadata().map_err(failed)?.len();
        let known = before.get(&name).filter(|sum| is_table(&name) && sum.bytes == bytes);
        let crc32 = match known {
            Some(sum) => sum.crc32,
            None => crc32(&entry.path())?,
        };
        files.insert(name, Sum { bytes, crc32 });
    }
    Ok(files)
}

fn is_table(name: &str) -> bool {
    name.ends_with(".sst")
}

fn crc32(path: &Path) -> Result<u32, Error> {
    let failed = |e| Error::io(format!("cannot read {}", path.display()), e);
    let mut file = File::open(path).map_err(failed)?;
    let mut crc = flate2::Crc::new();
    let mut buffer = vec![0; 1 << 18];
    loop {
        match file.read(&mut buffer).map_err(failed)? {
            0 => return Ok(crc.sum()),
            read => crc.update(&buffer[..read]),
        }
    }
}

/// Compares the files of a generation with the manifest: all by their size, and by their checksum unless they are
/// tables that together are too large to be read before every command. RocksDB itself verifies each block that it reads.
fn verify(folder: &Path, manifest: &Manifest) -> Result<(), Error> {
    let damaged = |why: String| Err(Error::new(ErrorKind::Damaged, why));
    let reads_tables = manifest.files.values().map(|sum| sum.bytes).sum::<u64>() <= READ_BEFORE;
    for (name, sum) in &manifest.files {
        let path = folder.join(name);
        match fs::metadata(&path) {
            Ok(found) if found.len() == sum.bytes => {}
            Ok(found) => {
                return damaged(format!("{} has {} bytes instead of {}", path.display(), found.len(), sum.bytes));
            }
            Err(e) if e.kind() == std::io::ErrorKind::NotFound => {
                return damaged(format!("{} is missing", path.display()));
            }
            Err(e) => return Err(Error::io(format!("cannot read {}", path.display()), e)),
        }
        if (reads_tables || !is_table(name)) && crc32(&path)? != sum.crc32 {
            return damaged(format!("{} is damaged: its checksum is not the one in the manifest", path.display()));
        }
    }
    Ok(())
}

/// Keeps a generation from being removed until the process ends.
fn hold(generation: &Path) -> Result<(), Error> {
    let path = generation.join(READERS);
    let file = File::open(&path).map_err(|e| match e.kind() {
        std::io::ErrorKind::NotFound => {
            Error::new(ErrorKind::Damaged, format!("{} is missing", path.display())).because(e)
        }
        _ => Error::io(format!("cannot open {}", path.display()), e),
    })?;
    file.lock_shared().map_err(|e| Error::io(format!("cannot lock {}", path.display()), e))?;
    // Oxigraph's store may be cloned and outlive everything of ours, so the lock is given back by the system alone.
    std::mem::forget(file);
    Ok(())
}

/// Opens a generation for reading.
pub(super) fn open(folder: &Path, manifest: &Manifest) -> Result<Oxigraph, Error> {
    let generation = folder.join(&manifest.data);
    hold(&generation)?;
    verify(&generation, manifest)?;
    Ok(Oxigraph::open_read_only(&generation)?)
}

/// Opens a copy of a generation that can be changed; the next writer removes it when this process has ended.
pub(super) fn open_copy(folder: &Path, manifest: &Manifest) -> Result<Oxigraph, Error> {
    static COPIES: AtomicUsize = AtomicUsize::new(0);
    let generation = folder.join(&manifest.data);
    hold(&generation)?;
    verify(&generation, manifest)?;
    let number = COPIES.fetch_add(1, Ordering::Relaxed);
    let copy = folder.join(format!("rocksdb-copy-{}-{number}", std::process::id()));
    if copy.exists() {
        fs::remove_dir_all(&copy).map_err(|e| Error::io(format!("cannot remove {}", copy.display()), e))?;
    }
    let store = begin(Some(&generation), &copy)?;
    hold(&copy)?;
    Ok(store)
}

/// Removes generations and copies that nobody reads any more.
pub(super) fn sweep(folder: &Path, current: &str) {
    let Ok(entries) = fs::read_dir(folder) else { return };
    for entry in entries.flatten() {
        let name = entry.file_name().to_string_lossy().into_owned();
        if name.starts_with("rocksdb-") && name != current {
            let is_free = match File::open(entry.path().join(READERS)) {
                Ok(file) => file.try_lock().is_ok(),
                Err(_) => true,
            };
            if is_free {
                let _ = fs::remove_dir_all(entry.path());
            }
        }
    }
}
