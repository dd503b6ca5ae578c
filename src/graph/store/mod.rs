//! The store on disk: one folder with one generation of data and one manifest that tells what is in it.
//!
//! A writer takes the lock, writes a new generation beside the old one, and at last renames the new manifest over the
//! old: that rename is the only switch, so a process killed at any moment leaves the old store or the new one. Readers
//! take no lock. There are two kinds of data: one compressed file of sorted N-Quads, ordered by graph and then by line,
//! so that a document is one stretch of it; and, with the feature `rocksdb`, a folder of Oxigraph's store on RocksDB.

mod blocks;
mod files;
mod manifest;
#[cfg(feature = "rocksdb")]
mod rocks;
mod update;

use std::path::{Path, PathBuf};

use oxigraph::io::{RdfFormat, RdfParser};

use super::{Error, ErrorKind};
pub use manifest::{Backend, Entry, FORMAT, Manifest};
pub use update::{Summary, Update, fingerprint};

/// All quads of a store, ready for SPARQL.
pub type Loaded = oxigraph::store::Store;

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

    /// All quads, ready for SPARQL: in memory after their checksum has been verified, or on disk by RocksDB, read-only.
    pub fn load(&self) -> Result<Loaded, Error> {
        self.current(|manifest| match manifest.backend {
            Backend::Files => parse(&blocks::read(&self.folder, manifest)?),
            #[cfg(feature = "rocksdb")]
            Backend::RocksDb => rocks::open(&self.folder, manifest),
            #[cfg(not(feature = "rocksdb"))]
            Backend::RocksDb => Err(without_rocksdb(&self.folder)),
        })
    }

    /// The same as a copy that can be changed; the store on disk stays as it is.
    pub fn load_copy(&self) -> Result<Loaded, Error> {
        match self.manifest.backend {
            #[cfg(feature = "rocksdb")]
            Backend::RocksDb => self.current(|manifest| rocks::open_copy(&self.folder, manifest)),
            _ => self.load(),
        }
    }

    /// The quads as sorted N-Quads text.
    pub fn nquads(&self) -> Result<Vec<u8>, Error> {
        match self.manifest.backend {
            Backend::Files => self.current(|manifest| blocks::read(&self.folder, manifest)),
            Backend::RocksDb => {
                let quads = self.load()?.iter().collect::<Result<Vec<_>, _>>()?;
                Ok(blocks::of_quads(&quads).into_values().collect::<String>().into_bytes())
            }
        }
    }

    /// Reads by the manifest; between our reading of it and of the data, a writer may have put new ones in place.
    fn current<T>(&self, read: impl Fn(&Manifest) -> Result<T, Error>) -> Result<T, Error> {
        read(&self.manifest).or_else(|error| match Manifest::read(&self.folder)? {
            Some(newer) if newer != self.manifest => read(&newer),
            _ => Err(error),
        })
    }
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
fn parse(text: &[u8]) -> Result<oxigraph::store::Store, Error> {
    let store = oxigraph::store::Store::new()?;
    // The checksum has vouched for the text, so IRIs need not be validated once more.
    let parser = RdfParser::from_format(RdfFormat::NQuads).lenient();
    store
        .load_from_slice(parser, text)
        .map_err(|e| Error::new(ErrorKind::Damaged, "the store's data is not N-Quads").because(e))?;
    Ok(store)
}

/// Any RDF text as an in-memory store: for checks of files and for tests. Triples of formats without graphs come under `graph`.
pub fn from_text(text: &str, extension: &str) -> Result<oxigraph::store::Store, Error> {
    let format = RdfFormat::from_extension(extension)
        .ok_or_else(|| Error::new(ErrorKind::Unknown, format!("no RDF format is called {extension}")))?;
    let store = oxigraph::store::Store::new()?;
    store
        .load_from_slice(RdfParser::from_format(format), text.as_bytes())
        .map_err(|e| Error::new(ErrorKind::Rdf, "the text is not valid RDF").because(e))?;
    Ok(store)
}

/// Quads as an in-memory store.
pub fn from_quads(quads: &[oxigraph::model::Quad]) -> Result<oxigraph::store::Store, Error> {
    let store = oxigraph::store::Store::new()?;
    store.extend(quads.iter().map(|q| q.as_ref()))?;
    Ok(store)
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
