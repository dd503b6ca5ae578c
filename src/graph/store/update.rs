//! Bringing a store up to date: unchanged documents are skipped, changed ones replaced, vanished ones dropped on demand.

use std::collections::{BTreeMap, BTreeSet};
use std::fs::{self, File, TryLockError};
use std::path::{Path, PathBuf};
use std::time::Duration;

use oxigraph::model::{GraphName, Quad};

use super::blocks::{self, Blocks};
use super::files;
use super::manifest::{Backend, Entry, Manifest};
use super::mapped;
#[cfg(feature = "rocksdb")]
use super::rocks::Before;
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
    /// How long the claims of all documents were compared.
    pub comparing: Duration,
}

/// A store being written. It holds the lock until it is committed or dropped; nothing is changed before the commit.
pub struct Update {
    folder: PathBuf,
    options: Options,
    manifest: Manifest,
    /// Its documents by id.
    documents: BTreeMap<String, Entry>,
    is_new: bool,
    compares: bool,
    fresh: BTreeMap<String, Entry>,
    /// Quads that no document has for itself.
    shared: usize,
    quads: Quads,
    kept: BTreeSet<String>,
    gone: BTreeSet<String>,
    _lock: File,
}

/// The quads of documents put, where the store's kind wants them until the commit.
enum Quads {
    /// In chunks that have been written, and one that has not; `None` after the commit.
    Mapped(Option<Box<mapped::Writer>>),
    /// By document.
    Files(BTreeMap<String, Blocks>),
    #[cfg(feature = "rocksdb")]
    RocksDb(Box<super::rocks::Writer>),
}

/// The hash by which a build sees that a document has not changed: its text, what is known beside it, and all that
/// decides how it is read. The document needs no annotation yet.
pub fn fingerprint(doc: &Document, options: &Options) -> String {
    let source = format!("{:?}", doc.source);
    let rdf = if options.rdf12 { "rdf-1.2" } else { "rdf-1.1" };
    iri::hash(&[doc.text(), &source, write::PROGRAM, &options.model, &options.base, rdf, options.detail.as_str()])
}

/// The same with what lies beside the store and decides how the document is read: imported things, decisions about it.
pub fn fingerprint_with(doc: &Document, options: &Options, beside: &[String]) -> String {
    let own = fingerprint(doc, options);
    if beside.is_empty() {
        return own;
    }
    let parts: Vec<&str> = std::iter::once(own.as_str()).chain(beside.iter().map(String::as_str)).collect();
    iri::hash(&parts)
}

impl Update {
    /// Takes the lock of the store in a folder, which is made if there is none; a new store is a mapped one.
    pub fn begin(folder: impl AsRef<Path>, options: &Options) -> Result<Update, Error> {
        Update::begin_as(folder, options, None)
    }

    /// The same for a store that must be of a kind.
    pub fn begin_as(folder: impl AsRef<Path>, options: &Options, backend: Option<Backend>) -> Result<Update, Error> {
        let folder = folder.as_ref().to_owned();
        // Nothing is put into a folder that is something else.
        Manifest::read(&folder)?;
        fs::create_dir_all(&folder).map_err(|e| Error::io(format!("cannot make {}", folder.display()), e))?;
        let path = folder.join("lock");
        // A link that somebody planted would be opened where it leads.
        if fs::symlink_metadata(&path).is_ok_and(|m| !m.is_file()) {
            let message = format!("{} is not a file", path.display());
            return Err(Error::new(ErrorKind::Damaged, message).with_hint("delete it, and ask who put it there"));
        }
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
        let found = Manifest::read(&folder)?.filter(|manifest| !manifest.data.is_empty());
        let is_new = found.is_none();
        let mut manifest = found.unwrap_or_else(|| Manifest::empty(&options.base, backend.unwrap_or_default()));
        if let Some(backend) = backend.filter(|b| *b != manifest.backend) {
            let (there, wanted) = (manifest.backend.as_str(), backend.as_str());
            let message = format!("the store in {} is kept as {there}, not as {wanted}", folder.display());
            return Err(Error::new(ErrorKind::Unsupported, message)
                .with_hint("leave out --backend to keep its kind, or give another --store"));
        }
        let documents = super::documents(&folder, &manifest)?;
        let quads = match manifest.backend {
            Backend::Mapped => {
                let files = manifest.mapped.clone().unwrap_or_default();
                Quads::Mapped(Some(Box::new(mapped::Writer::begin(&folder, files)?)))
            }
            Backend::Files => Quads::Files(BTreeMap::new()),
            #[cfg(feature = "rocksdb")]
            Backend::RocksDb => {
                Quads::RocksDb(Box::new(super::rocks::Writer::new(&folder, &manifest, Mint::new(&options.base))))
            }
            #[cfg(not(feature = "rocksdb"))]
            Backend::RocksDb => return Err(super::without_rocksdb(&folder)),
        };
        if manifest.base != options.base && !documents.is_empty() {
            let message = format!("the store in {} has the base {}", folder.display(), manifest.base);
            return Err(Error::new(ErrorKind::Unknown, message).with_hint("give the same --base, or another --store"));
        }
        manifest.base.clone_from(&options.base);
        if is_new {
            // A manifest without data: whoever finds data without a manifest knows that one was lost.
            manifest.write(&folder)?;
        }
        let own: usize = documents.values().map(|entry| entry.quads).sum();
        Ok(Update {
            shared: manifest.quads.saturating_sub(own),
            folder,
            options: options.clone(),
            manifest,
            documents,
            is_new,
            compares: true,
            fresh: BTreeMap::new(),
            quads,
            kept: BTreeSet::new(),
            gone: BTreeSet::new(),
            _lock: lock,
        })
    }

    /// The fingerprint of every document in the store, by id.
    pub fn fingerprints(&self) -> BTreeMap<String, String> {
        self.documents.iter().map(|(id, entry)| (id.clone(), entry.fingerprint.clone())).collect()
    }

    /// True when the store already holds the document as it would be read now; it is then kept.
    pub fn is_current(&mut self, id: &str, fingerprint: &str) -> bool {
        let current = self.documents.get(id).is_some_and(|e| e.fingerprint == fingerprint);
        if current {
            self.kept.insert(id.to_owned());
        }
        current
    }

    /// Puts a document's quads in place of what the store holds of it.
    pub fn put(&mut self, id: &str, fingerprint: &str, quads: Vec<Quad>) -> Result<(), Error> {
        let graph = write::graph_of(id, &self.options);
        let own = quads.iter().filter(|q| matches!(&q.graph_name, GraphName::NamedNode(n) if *n == graph)).count();
        match &mut self.quads {
            Quads::Mapped(writer) => {
                let was_there = self.fresh.contains_key(id) || self.documents.contains_key(id);
                if let Some(writer) = writer {
                    writer.put(&graph, &quads, was_there)?;
                }
            }
            Quads::Files(fresh) => {
                fresh.insert(id.to_owned(), blocks::of_quads(&quads));
            }
            #[cfg(feature = "rocksdb")]
            Quads::RocksDb(writer) => {
                let before = match (self.fresh.contains_key(id), self.documents.contains_key(id)) {
                    (true, _) => Before::InThisUpdate,
                    (false, true) => Before::InTheStore,
                    (false, false) => Before::Nowhere,
                };
                writer.put(&graph, quads, before)?;
            }
        }
        let entry = Entry { fingerprint: fingerprint.to_owned(), quads: own };
        self.gone.remove(id);
        self.fresh.insert(id.to_owned(), entry);
        Ok(())
    }

    /// Drops a document; false when there is none of this id.
    pub fn remove(&mut self, id: &str) -> bool {
        let is_new = self.fresh.remove(id).is_some();
        let is_there = self.documents.contains_key(id);
        if is_there || is_new {
            self.kept.remove(id);
            self.gone.insert(id.to_owned());
        }
        is_there || is_new
    }

    /// The ids of the documents that were neither put nor found current since the update began, when others were: where
    /// all that was put is new, it was added to the rest.
    pub fn vanished(&self) -> Vec<&str> {
        if self.kept.is_empty() && !self.fresh.keys().any(|id| self.documents.contains_key(id)) {
            return Vec::new();
        }
        let ids = self.documents.keys().map(String::as_str);
        ids.filter(|id| !self.kept.contains(*id) && !self.fresh.contains_key(*id) && !self.gone.contains(*id)).collect()
    }

    /// Writes files of a mapped store that are smaller than usual, so that a test of some articles sees many of them.
    #[doc(hidden)]
    pub fn with_chunks_of(mut self, quads: usize) -> Update {
        if let Quads::Mapped(Some(writer)) = &mut self.quads {
            writer.with_chunks_of(quads);
        }
        self
    }

    /// Drops every document that was neither put nor found current since the update began.
    pub fn prune(&mut self) {
        for id in self.documents.keys() {
            if !self.kept.contains(id) && !self.fresh.contains_key(id) {
                self.gone.insert(id.clone());
            }
        }
    }

    /// Leaves the comparison across documents to a later update: it takes the longer, the larger the store. What was
    /// found of changed documents is dropped until then.
    pub fn compare_later(&mut self) {
        self.compares = false;
    }

    /// Whether the store holds articles that have not been compared: comparing them takes long where they are many.
    pub fn is_uncompared(&self) -> bool {
        !self.is_new && !self.manifest.compared
    }

    /// Writes the new store. When nothing has changed, nothing is read or written.
    pub fn commit(mut self) -> Result<Summary, Error> {
        let before = &self.documents;
        let changed = self.fresh.keys().filter(|id| before.contains_key(*id)).count();
        let mut summary = Summary {
            added: self.fresh.len() - changed,
            changed,
            unchanged: self.kept.len(),
            removed: self.gone.len(),
            documents: before.len(),
            quads: self.manifest.quads,
            comparing: Duration::ZERO,
        };
        let is_due = self.compares && !self.manifest.compared;
        if self.fresh.is_empty() && self.gone.is_empty() && !self.is_new && !is_due {
            return Ok(summary);
        }
        summary.comparing = self.write()?;
        summary.documents = self.documents.len();
        summary.quads = self.manifest.quads;
        Ok(summary)
    }

    fn write(&mut self) -> Result<Duration, Error> {
        for id in &self.gone {
            self.documents.remove(id);
        }
        self.documents.append(&mut self.fresh);
        self.manifest.program = write::PROGRAM.to_owned();
        self.manifest.compared = self.compares;
        let manifest = &mut self.manifest;
        if !matches!(self.quads, Quads::Mapped(_)) {
            manifest.documents.clone_from(&self.documents);
        }
        let graphs = || self.gone.iter().map(|id| write::graph_of(id, &self.options)).collect::<Vec<_>>();
        let comparing = match &mut self.quads {
            Quads::Mapped(writer) => {
                let mint = Mint::new(&self.options.base);
                let Some(writer) = writer.take() else { return Ok(Duration::ZERO) };
                let (files, shared, comparing) =
                    writer.finish(&graphs(), self.compares, &mint, &self.documents, self.shared)?;
                manifest.quads = self.documents.values().map(|d| d.quads).sum::<usize>() + shared;
                manifest.data = files.list.as_ref().map(|list| list.name.clone()).unwrap_or_default();
                manifest.listed = self.documents.len();
                manifest.mapped = Some(files);
                manifest.format = super::manifest::FORMAT;
                comparing
            }
            Quads::Files(fresh) => {
                let change = files::Change {
                    options: &self.options,
                    fresh: std::mem::take(fresh),
                    gone: &self.gone,
                    compares: self.compares,
                };
                change.write(&self.folder, manifest)?
            }
            #[cfg(feature = "rocksdb")]
            Quads::RocksDb(writer) => writer.finish(graphs(), self.compares, manifest)?,
        };
        self.manifest.write(&self.folder)?;
        // From here on the new store stands; what is left of earlier ones is only clutter, swept when the update ends.
        #[cfg(feature = "rocksdb")]
        super::rocks::sweep(&self.folder, &self.manifest.data);
        Ok(comparing)
    }
}

/// However an update ends, what the manifest does not name goes: files of earlier generations, those of a build that was
/// killed, and half-written ones of this one, which may be what fills the disk. Should that be cut short too, the next does it.
impl Drop for Update {
    fn drop(&mut self) {
        let Ok(Some(manifest)) = Manifest::read(&self.folder) else { return };
        if manifest.backend == Backend::Files {
            files::sweep(&self.folder, &manifest.data);
        }
        if let Some(files) = &manifest.mapped {
            mapped::sweep(&self.folder, files);
        }
        let _ = fs::remove_file(self.folder.join(super::manifest::BESIDE));
    }
}
