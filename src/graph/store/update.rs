//! Bringing a store up to date: unchanged documents are skipped, changed ones replaced, vanished ones dropped on demand.

use std::collections::{BTreeMap, BTreeSet};
use std::fs::{self, File, TryLockError};
use std::path::{Path, PathBuf};

use oxigraph::model::Quad;

use super::blocks::{self, Blocks};
use super::manifest::{Entry, Manifest};
use crate::graph::write::{self, Mint, Options, iri};
use crate::graph::{Error, ErrorKind};
use crate::text::Document;

/// What a build did.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Summary {
    /// Documents that were not in the store before.
    pub added: usize,
    /// Documents whose text, metadata or reader changed.
    pub changed: usize,
    /// Documents left as they were.
    pub unchanged: usize,
    /// Documents dropped.
    pub removed: usize,
    /// Documents in the store now.
    pub documents: usize,
    /// Quads in the store now.
    pub quads: usize,
}

/// A store being written. It holds the lock until it is committed or dropped; nothing is changed before the commit.
pub struct Update {
    folder: PathBuf,
    options: Options,
    manifest: Manifest,
    is_new: bool,
    fresh: BTreeMap<String, (Entry, Blocks)>,
    kept: BTreeSet<String>,
    gone: BTreeSet<String>,
    _lock: File,
}

/// The hash by which a build sees that a document has not changed: its text, what is known beside it, and all that
/// decides how it is read. The document needs no annotation yet.
pub fn fingerprint(doc: &Document, options: &Options) -> String {
    let source = format!("{:?}", doc.source);
    let rdf = if options.rdf12 { "rdf-1.2" } else { "rdf-1.1" };
    iri::hash(&[doc.text(), &source, write::PROGRAM, &options.model, &options.base, rdf])
}

impl Update {
    /// Takes the lock of the store in a folder, which is made if there is none.
    pub fn begin(folder: impl AsRef<Path>, options: &Options) -> Result<Update, Error> {
        let folder = folder.as_ref().to_owned();
        fs::create_dir_all(&folder).map_err(|e| Error::io(format!("cannot make {}", folder.display()), e))?;
        let path = folder.join("lock");
        let lock = File::options()
            .create(true)
            .truncate(false)
            .write(true)
            .open(&path)
            .map_err(|e| Error::io(format!("cannot open {}", path.display()), e))?;
        match lock.try_lock() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => {
                let message = format!("another process is writing to the store in {}", folder.display());
                return Err(Error::new(ErrorKind::Locked, message));
            }
            Err(TryLockError::Error(e)) => return Err(Error::io(format!("cannot lock {}", path.display()), e)),
        }
        let found = Manifest::read(&folder)?;
        let is_new = found.is_none();
        let mut manifest = found.unwrap_or_else(|| Manifest::empty(&options.base));
        if manifest.base != options.base && !manifest.documents.is_empty() {
            let message = format!("the store in {} has the base {}", folder.display(), manifest.base);
            return Err(Error::new(ErrorKind::Unknown, message).with_hint("give the same --base, or another --store"));
        }
        manifest.base.clone_from(&options.base);
        Ok(Update {
            folder,
            options: options.clone(),
            manifest,
            is_new,
            fresh: BTreeMap::new(),
            kept: BTreeSet::new(),
            gone: BTreeSet::new(),
            _lock: lock,
        })
    }

    /// The fingerprint of every document in the store, by id.
    pub fn fingerprints(&self) -> BTreeMap<String, String> {
        self.manifest.documents.iter().map(|(id, entry)| (id.clone(), entry.fingerprint.clone())).collect()
    }

    /// True when the store already holds the document as it would be read now; it is then kept.
    pub fn is_current(&mut self, id: &str, fingerprint: &str) -> bool {
        let current = self.manifest.documents.get(id).is_some_and(|e| e.fingerprint == fingerprint);
        if current {
            self.kept.insert(id.to_owned());
        }
        current
    }

    /// Puts a document's quads in place of what the store holds of it.
    pub fn put(&mut self, id: &str, fingerprint: &str, quads: &[Quad]) {
        let blocks = blocks::of_quads(quads);
        let graph = format!("<{}>", write::graph_of(id, &self.options).as_str());
        let own = blocks.get(&graph).map_or(0, |b| blocks::count(b));
        let entry = Entry { fingerprint: fingerprint.to_owned(), quads: own };
        self.fresh.insert(id.to_owned(), (entry, blocks));
    }

    /// Drops every document that was neither put nor found current since the update began.
    pub fn prune(&mut self) {
        for id in self.manifest.documents.keys() {
            if !self.kept.contains(id) && !self.fresh.contains_key(id) {
                self.gone.insert(id.clone());
            }
        }
    }

    /// Writes the new store. When nothing has changed, nothing is read or written.
    pub fn commit(mut self) -> Result<Summary, Error> {
        let before = &self.manifest.documents;
        let changed = self.fresh.keys().filter(|id| before.contains_key(*id)).count();
        let mut summary = Summary {
            added: self.fresh.len() - changed,
            changed,
            unchanged: self.kept.len(),
            removed: self.gone.len(),
            documents: before.len(),
            quads: self.manifest.quads,
        };
        if self.fresh.is_empty() && self.gone.is_empty() && !self.is_new {
            return Ok(summary);
        }
        self.write()?;
        summary.documents = self.manifest.documents.len();
        summary.quads = self.manifest.quads;
        Ok(summary)
    }

    fn write(&mut self) -> Result<(), Error> {
        let old = self.manifest.data.clone();
        let mut blocks = match old.is_empty() {
            true => Blocks::new(),
            false => blocks::cut(blocks::read(&self.folder, &self.manifest)?)?,
        };
        let replaced = self.merge(&mut blocks);
        let mint = Mint::new(&self.options.base);
        if replaced {
            drop_orphans(&mut blocks, &mint);
        }
        self.link(&mut blocks, &mint)?;

        self.manifest.quads = blocks.values().map(|b| blocks::count(b)).sum();
        self.manifest.program = write::PROGRAM.to_owned();
        let generation =
            old.strip_prefix("data-").and_then(|n| n.split('.').next()?.parse::<u64>().ok()).unwrap_or(0) + 1;
        self.manifest.data = format!("data-{generation:06}.nq.gz");
        self.manifest.sha256 = blocks::write(&self.folder.join(&self.manifest.data), &blocks)?;
        self.manifest.write(&self.folder)?;
        // From here on the new store stands; what is left of earlier ones is only clutter.
        self.sweep();
        Ok(())
    }

    /// Puts fresh documents in and takes vanished ones out; true when something that was there has gone.
    fn merge(&mut self, blocks: &mut Blocks) -> bool {
        let mut replaced = false;
        for id in self.gone.iter().chain(self.fresh.keys()) {
            let graph = format!("<{}>", write::graph_of(id, &self.options).as_str());
            replaced |= blocks.remove(&graph).is_some();
        }
        for id in &self.gone {
            self.manifest.documents.remove(id);
        }
        let mut shared: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
        for (id, (entry, fresh)) in std::mem::take(&mut self.fresh) {
            let own = format!("<{}>", write::graph_of(&id, &self.options).as_str());
            for (graph, block) in fresh {
                if graph == own {
                    blocks.insert(graph, block);
                } else {
                    let lines = shared.entry(graph).or_default();
                    lines.extend(block.split_inclusive('\n').map(str::to_owned));
                }
            }
            self.manifest.documents.insert(id, entry);
        }
        for (graph, mut lines) in shared {
            if let Some(old) = blocks.get(&graph) {
                lines.extend(old.split_inclusive('\n').map(str::to_owned));
            }
            blocks.insert(graph, lines.into_iter().collect());
        }
        replaced
    }

    /// Makes the graph of questions and comparisons anew from all documents.
    fn link(&self, blocks: &mut Blocks, mint: &Mint) -> Result<(), Error> {
        let graph = format!("<{}>", mint.links_graph().as_str());
        blocks.remove(&graph);
        let text: String = blocks.values().map(String::as_str).collect();
        let store = super::parse(text.as_bytes())?;
        blocks.extend(blocks::of_quads(&crate::graph::compare::links(&store, mint)?));
        Ok(())
    }

    /// Removes data files of earlier generations and unfinished ones.
    fn sweep(&self) {
        let Ok(entries) = fs::read_dir(&self.folder) else { return };
        for entry in entries.flatten() {
            let name = entry.file_name().to_string_lossy().into_owned();
            if name.starts_with("data-") && name.ends_with(".nq.gz") && name != self.manifest.data {
                let _ = fs::remove_file(entry.path());
            }
        }
    }
}

/// Takes out of the shared graphs what no document refers to any more.
fn drop_orphans(blocks: &mut Blocks, mint: &Mint) {
    let documents = format!("<{}", mint.named("graph", "doc/").as_str());
    for graph in [mint.entities_graph(), mint.provenance_graph()] {
        let graph = format!("<{}>", graph.as_str());
        let Some(block) = blocks.remove(&graph) else { continue };
        let mut wanted: BTreeSet<&str> = BTreeSet::new();
        let subjects: BTreeSet<&str> = block.lines().filter_map(|l| l.split(' ').next()).collect();
        for text in blocks.range(documents.clone()..).take_while(|(g, _)| g.starts_with(&documents)).map(|(_, b)| b) {
            wanted.extend(text.lines().flat_map(|l| l.split(' ')).filter(|term| subjects.contains(term)));
        }
        // What is wanted may itself refer to others of the graph (a run to its program).
        loop {
            let before = wanted.len();
            let mut more = Vec::new();
            for line in block.lines() {
                let mut terms = line.split(' ');
                if terms.next().is_some_and(|s| wanted.contains(s)) {
                    more.extend(terms.filter(|t| subjects.contains(t)));
                }
            }
            wanted.extend(more);
            if wanted.len() == before {
                break;
            }
        }
        let left: String =
            block.split_inclusive('\n').filter(|l| l.split(' ').next().is_some_and(|s| wanted.contains(s))).collect();
        if !left.is_empty() {
            blocks.insert(graph, left);
        }
    }
}
