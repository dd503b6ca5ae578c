//! The store on disk: one folder with one generation of data and one manifest that tells what is in it.
//!
//! A writer takes the lock, writes a new generation beside the old one, and at last renames the new manifest over the
//! old: that rename is the only switch, so a process killed at any moment leaves the old store or the new one. Readers
//! take no lock. There are three kinds of data: sorted files that are mapped into memory (`mapped`, the usual one); one
//! compressed file of sorted N-Quads, ordered by graph and then by line, that is read into memory; and, with the feature
//! `rocksdb`, a folder of Oxigraph's store on RocksDB.

mod blocks;
mod files;
mod loaded;
mod manifest;
mod mapped;
mod names;
#[cfg(feature = "rocksdb")]
mod rocks;
mod update;

use std::collections::BTreeMap;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use oxigraph::io::{RdfFormat, RdfParser};

use super::{Error, ErrorKind};
pub use loaded::{Loaded, Mapped};
pub use manifest::{Backend, Entry, FORMAT, Manifest};
pub(in crate::graph) use mapped::Terms;
pub(in crate::graph) use names::{Names, Places};
pub use update::{Summary, Update, fingerprint, fingerprint_with};

/// Where a store is when nothing else is said.
pub const DEFAULT: &str = "sayso-store";

/// A store that can be read. Opening reads the manifest alone; quads are read by [`Store::load`].
#[derive(Clone, Debug)]
pub struct Store {
    folder: PathBuf,
    manifest: Manifest,
}

impl Store {
    /// Opens the store in a folder.
    pub fn open(folder: impl AsRef<Path>) -> Result<Store, Error> {
        let folder = folder.as_ref().to_owned();
        match Manifest::read(&folder)? {
            Some(manifest) if !manifest.data.is_empty() => Ok(Store { folder, manifest }),
            // There is none, or its first build has not come to an end.
            _ => Err(Error::new(ErrorKind::NoStore, format!("there is no store in {}", folder.display()))),
        }
    }

    /// What is in it: documents with their fingerprints, number of quads, versions.
    pub fn manifest(&self) -> &Manifest {
        &self.manifest
    }

    /// Where it is.
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// Its documents by id.
    pub fn documents(&self) -> Result<BTreeMap<String, Entry>, Error> {
        self.current(|manifest| documents(&self.folder, manifest))
    }

    /// All quads, ready for SPARQL: mapped, in memory after their checksum has been verified, or by RocksDB, read-only.
    pub fn load(&self) -> Result<Loaded, Error> {
        self.current(|manifest| match manifest.backend {
            Backend::Mapped => {
                let snapshot = mapped::Snapshot::open(&self.folder, manifest.mapped.as_ref().unwrap_or(&NO_FILES))?;
                Ok(Loaded::mapped(self.folder.clone(), manifest, snapshot))
            }
            Backend::Files => parse(&blocks::read(&self.folder, manifest)?),
            #[cfg(feature = "rocksdb")]
            Backend::RocksDb => rocks::open(&self.folder, manifest).map(Loaded::Oxigraph),
            #[cfg(not(feature = "rocksdb"))]
            Backend::RocksDb => Err(without_rocksdb(&self.folder)),
        })
    }

    /// The same as a copy that can be changed; the store on disk stays as it is.
    pub fn load_copy(&self) -> Result<Loaded, Error> {
        match self.manifest.backend {
            Backend::Mapped => {
                let copy = oxigraph::store::Store::new()?;
                let mut failure = None;
                let loaded = self.load()?;
                let mut loader = copy.bulk_loader();
                loader.load_quads(loaded.iter().map_while(|q| q.map_err(|e| failure = Some(e)).ok()))?;
                loader.commit()?;
                failure.map_or(Ok(Loaded::Oxigraph(copy)), Err)
            }
            #[cfg(feature = "rocksdb")]
            Backend::RocksDb => self.current(|manifest| rocks::open_copy(&self.folder, manifest)).map(Loaded::Oxigraph),
            _ => self.load(),
        }
    }

    /// Writes the quads as N-Quads, sorted by graph and then by line: the same bytes for the same articles.
    pub fn write_nquads(&self, out: &mut dyn Write) -> Result<(), Error> {
        let failed = |e| Error::io("the quads cannot be written", e);
        match (self.manifest.backend, self.load()?) {
            (Backend::Mapped, Loaded::Mapped(mapped)) => sorted(&mapped.now(), out),
            (Backend::Files, _) => {
                let text = self.current(|manifest| blocks::read(&self.folder, manifest))?;
                out.write_all(&text).map_err(failed)
            }
            (_, loaded) => {
                let quads = loaded.iter().collect::<Result<Vec<_>, _>>()?;
                blocks::of_quads(&quads).into_values().try_for_each(|b| out.write_all(b.as_bytes())).map_err(failed)
            }
        }
    }

    /// The quads as sorted N-Quads text.
    pub fn nquads(&self) -> Result<Vec<u8>, Error> {
        let mut text = Vec::new();
        self.write_nquads(&mut text)?;
        Ok(text)
    }

    /// Compares every byte of the store with its checksum, also of the list of documents, which only a build reads.
    pub fn verify(&self) -> Result<(), Error> {
        self.current(|manifest| {
            let Some(files) = &manifest.mapped else { return Ok(()) };
            mapped::Snapshot::open(&self.folder, files)?.check_all()?;
            let listed = documents(&self.folder, manifest)?.len();
            if listed != manifest.listed {
                let message =
                    format!("the list of documents in {} has {listed} of {}", self.folder.display(), manifest.listed);
                return Err(Error::new(ErrorKind::Damaged, message));
            }
            Ok(())
        })
    }

    /// Reads by the manifest; between our reading of it and of the data, a writer may have put new ones in place.
    fn current<T>(&self, read: impl Fn(&Manifest) -> Result<T, Error>) -> Result<T, Error> {
        read(&self.manifest).or_else(|error| match Manifest::read(&self.folder)? {
            Some(newer) if newer != self.manifest => read(&newer),
            _ => Err(error),
        })
    }
}

/// A store without files.
static NO_FILES: mapped::Files = mapped::Files::empty();

/// The documents that a manifest lists, or that the file lists which it names.
fn documents(folder: &Path, manifest: &Manifest) -> Result<BTreeMap<String, Entry>, Error> {
    match manifest.mapped.as_ref().and_then(|files| files.list.as_ref()) {
        Some(list) => mapped::list(folder, list),
        None => Ok(manifest.documents.clone()),
    }
}

/// Writes a snapshot graph by graph, each as sorted lines.
fn sorted(snapshot: &Arc<mapped::Snapshot>, out: &mut dyn Write) -> Result<(), Error> {
    let mut graphs = Vec::new();
    for id in snapshot.graphs()? {
        graphs.push((snapshot.term(id)?.to_string(), id));
    }
    graphs.sort_unstable();
    let mut lines = Vec::new();
    for (_, graph) in graphs {
        lines.clear();
        for row in snapshot.quads([None, None, None, Some(graph)]) {
            lines.push(format!("{} .\n", loaded::quad(snapshot, row?)?));
        }
        lines.sort_unstable();
        lines
            .iter()
            .try_for_each(|line| out.write_all(line.as_bytes()))
            .map_err(|e| Error::io("the quads cannot be written", e))?;
    }
    Ok(())
}

/// The refusal of a store on RocksDB by a program that cannot read it.
#[cfg(not(feature = "rocksdb"))]
fn without_rocksdb(folder: &Path) -> Error {
    let message =
        format!("the store in {} is kept by RocksDB, and this program was built without it", folder.display());
    Error::new(ErrorKind::Unsupported, message).with_hint(
        "build sayso with `cargo build --release --features rocksdb` (needs clang and libclang), or build another store",
    )
}

/// N-Quads text as an in-memory store.
fn parse(text: &[u8]) -> Result<Loaded, Error> {
    let store = oxigraph::store::Store::new()?;
    // The checksum has vouched for the text, so IRIs need not be validated once more.
    let parser = RdfParser::from_format(RdfFormat::NQuads).lenient();
    store
        .load_from_slice(parser, text)
        .map_err(|e| Error::new(ErrorKind::Damaged, "the store's data is not N-Quads").because(e))?;
    Ok(Loaded::Oxigraph(store))
}

/// Any RDF text as an in-memory store: for checks of files and for tests. Triples of formats without graphs come under `graph`.
pub fn from_text(text: &str, extension: &str) -> Result<Loaded, Error> {
    let format = RdfFormat::from_extension(extension)
        .ok_or_else(|| Error::new(ErrorKind::Unknown, format!("no RDF format is called {extension}")))?;
    super::intake::rdf(text.as_bytes(), format)?;
    let store = oxigraph::store::Store::new()?;
    store
        .load_from_slice(RdfParser::from_format(format), text.as_bytes())
        .map_err(|e| Error::new(ErrorKind::Rdf, "the text is not valid RDF").because(e))?;
    Ok(Loaded::Oxigraph(store))
}

/// Adds RDF text to a store in memory, beside what it has; triples of formats without graphs come under `graph`.
pub fn add_text(loaded: &Loaded, text: &str, extension: &str, graph: &str) -> Result<(), Error> {
    let format = RdfFormat::from_extension(extension)
        .ok_or_else(|| Error::new(ErrorKind::Unknown, format!("no RDF format is called {extension}")))?;
    super::intake::rdf(text.as_bytes(), format)?;
    let wrong = |e: &dyn std::fmt::Display| Error::new(ErrorKind::Rdf, format!("the text is not valid RDF: {e}"));
    let graph = oxigraph::model::NamedNode::new(graph).map_err(|e| wrong(&e))?;
    let parser = RdfParser::from_format(format).with_default_graph(graph);
    loaded.writable()?.load_from_slice(parser, text.as_bytes()).map_err(|e| wrong(&e))
}

/// Quads as an in-memory store.
pub fn from_quads(quads: &[oxigraph::model::Quad]) -> Result<Loaded, Error> {
    let store = oxigraph::store::Store::new()?;
    store.extend(quads.iter().map(|q| q.as_ref()))?;
    Ok(Loaded::Oxigraph(store))
}

/// The quads of N-Quads text.
pub fn quads_of(text: &[u8]) -> Result<Vec<oxigraph::model::Quad>, Error> {
    let parser = RdfParser::from_format(RdfFormat::NQuads).lenient();
    let quads = parser.for_slice(text).collect::<Result<Vec<_>, _>>();
    quads.map_err(|e| Error::new(ErrorKind::Rdf, "the text is not N-Quads").because(e))
}

/// Loads a file of N-Quads by Oxigraph's own bulk loader into a new folder, as a measure for ours; gives the number of quads.
#[cfg(feature = "rocksdb")]
pub fn load_by_oxigraph(folder: &Path, file: &Path) -> Result<usize, Error> {
    let store = oxigraph::store::Store::open(folder)?;
    let read = std::fs::File::open(file).map_err(|e| Error::io(format!("cannot read {}", file.display()), e))?;
    let mut loader = store.bulk_loader();
    loader
        .load_from_reader(RdfParser::from_format(RdfFormat::NQuads).lenient(), std::io::BufReader::new(read))
        .map_err(|e| Error::new(ErrorKind::Rdf, format!("{} cannot be loaded", file.display())).because(e))?;
    loader.commit()?;
    store.flush()?;
    Ok(store.len()?)
}

/// Without the feature `rocksdb` there is nothing to measure.
#[cfg(not(feature = "rocksdb"))]
pub fn load_by_oxigraph(folder: &Path, _file: &Path) -> Result<usize, Error> {
    Err(without_rocksdb(folder))
}
