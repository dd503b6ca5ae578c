//! The manifest: which documents the store holds, made from what, and the checksum of their quads.

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io::{ErrorKind as Io, Write};
use std::path::Path;

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::mapped::Files;
use crate::files;
use crate::graph::write::iri::hex;
use crate::graph::{Error, ErrorKind};

/// The version of the folder's layout. A program refuses folders of a later one.
pub const FORMAT: u32 = 4;

pub(super) const NAME: &str = "manifest.json";

/// The name under which a new manifest is written, before it takes the place of the old one.
pub(super) const BESIDE: &str = "manifest.json.new";

/// How quads are kept.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Backend {
    /// Sorted files that are mapped into memory, and never read as a whole.
    #[default]
    #[serde(rename = "mapped")]
    Mapped,
    /// One compressed file of sorted N-Quads, read into memory for every command.
    #[serde(rename = "files")]
    Files,
    /// Oxigraph's store on RocksDB, read from disk as needed. Only a program built with the feature `rocksdb` can use it.
    #[serde(rename = "rocksdb")]
    RocksDb,
}

impl Backend {
    /// Its name, in manifests and on the command line.
    pub fn as_str(self) -> &'static str {
        match self {
            Backend::Mapped => "mapped",
            Backend::Files => "files",
            Backend::RocksDb => "rocksdb",
        }
    }
}

/// One document of the store.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entry {
    /// Hash of the text, of what is known beside it, and of the versions that read it.
    pub fingerprint: String,
    /// How many quads its graph has.
    pub quads: usize,
}

/// A file of RocksDB.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sum {
    pub bytes: u64,
    pub crc32: u32,
}

/// What a store holds.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Manifest {
    /// Version of the layout.
    pub format: u32,
    /// Version of the program that wrote it last.
    pub program: String,
    /// How quads are kept.
    pub backend: Backend,
    /// Where data IRIs begin.
    pub base: String,
    /// Name of the data file, or of the folder of RocksDB's files.
    pub data: String,
    /// SHA-256 of the data file; empty for a folder.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub sha256: String,
    /// The files of the folder.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub files: BTreeMap<String, Sum>,
    /// Number of quads, of all graphs.
    pub quads: usize,
    /// Whether the claims of all documents have been compared since the last change.
    pub compared: bool,
    /// Its documents by id; empty where a file of their own lists them.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub documents: BTreeMap<String, Entry>,
    /// How many documents that file lists.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub listed: usize,
    /// The files of a mapped store.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) mapped: Option<Files>,
    /// SHA-256 of this manifest with this field empty.
    #[serde(default)]
    pub check: String,
}

fn is_zero(number: &usize) -> bool {
    *number == 0
}

/// The field that must be understood before all others.
#[derive(Deserialize)]
struct Version {
    format: u32,
}

impl Manifest {
    pub(super) fn empty(base: &str, backend: Backend) -> Manifest {
        Manifest {
            format: if backend == Backend::Mapped { FORMAT } else { 1 },
            program: crate::graph::write::PROGRAM.to_owned(),
            backend,
            base: base.to_owned(),
            data: String::new(),
            sha256: String::new(),
            files: BTreeMap::new(),
            quads: 0,
            compared: true,
            documents: BTreeMap::new(),
            listed: 0,
            mapped: (backend == Backend::Mapped).then(Files::default),
            check: String::new(),
        }
    }

    /// The manifest of a folder; `None` when there is none, and nothing either that one should be about.
    pub(super) fn read(folder: &Path) -> Result<Option<Manifest>, Error> {
        if fs::metadata(folder).is_ok_and(|m| !m.is_dir()) {
            let message = format!("{} is a file, and a store is a folder", folder.display());
            return Err(Error::new(ErrorKind::Unsupported, message).with_hint("give a folder with --store"));
        }
        let path = folder.join(NAME);
        // Many programs write a file of this name; nobody is told to delete their folder.
        let damaged = |why: String| match has_data(folder) {
            true => Error::new(ErrorKind::Damaged, format!("{} is damaged: {why}", path.display())),
            false => {
                let message = format!("{} is no store: its {NAME} is of something else ({why})", folder.display());
                Error::new(ErrorKind::Unsupported, message).with_hint("choose another folder with --store")
            }
        };
        let text = match files::text_of(&path, files::DATA) {
            Ok(text) => text,
            Err(error) if error.kind() == Io::NotFound => {
                if !has_data(folder) {
                    return Ok(None);
                }
                let message = format!("{} is missing, though there is data beside it", path.display());
                return Err(Error::new(ErrorKind::Damaged, message));
            }
            Err(error) if error.kind() == Io::InvalidData => return Err(damaged("it is not text".to_owned())),
            Err(error) => return Err(Error::io(format!("cannot read {}", path.display()), error)),
        };
        let version: Version = serde_json::from_str(&text).map_err(|e| damaged(e.to_string()))?;
        if version.format > FORMAT {
            let message = format!(
                "the store in {} has format {}, and this program knows formats up to {FORMAT}",
                folder.display(),
                version.format
            );
            return Err(Error::new(ErrorKind::Newer, message));
        }
        if version.format == 0 {
            let message = format!("the store in {} has format 0, which no program reads any more", folder.display());
            return Err(Error::new(ErrorKind::Unsupported, message)
                .with_hint("build it anew from its articles, in another folder"));
        }
        let manifest: Manifest = serde_json::from_str(&text).map_err(|e| damaged(e.to_string()))?;
        if manifest.check != manifest.checksum() {
            return Err(damaged("its checksum does not match".to_owned()));
        }
        // A store from a stranger may name files elsewhere.
        let named = manifest.mapped.iter().flat_map(|files| files.named().map(|file| &file.name));
        if let Some(name) = named.chain([&manifest.data]).find(|name| !is_own(name)) {
            return Err(damaged(format!("it names {name:?}, which is no file of a store")));
        }
        Ok(Some(manifest))
    }

    /// Puts the manifest in place of the old one, in one step that survives a crash.
    pub(super) fn write(&mut self, folder: &Path) -> Result<(), Error> {
        self.check = self.checksum();
        let (path, temporary) = (folder.join(NAME), folder.join(BESIDE));
        let failed = |e| Error::io(format!("cannot write {}", path.display()), e);
        let mut file = crate::files::create_new(&temporary).map_err(failed)?;
        file.write_all(self.text().as_bytes()).map_err(failed)?;
        file.sync_all().map_err(failed)?;
        drop(file);
        fs::rename(&temporary, &path).map_err(failed)?;
        sync_folder(folder);
        Ok(())
    }

    /// The number of the generation of data that comes after this one.
    pub(super) fn next_generation(&self) -> u64 {
        let number = self.data.split(['-', '.']).nth(1).and_then(|n| n.parse::<u64>().ok());
        number.unwrap_or(0) + 1
    }

    fn checksum(&self) -> String {
        let bare = Manifest { check: String::new(), ..self.clone() };
        hex(&Sha256::digest(bare.text().as_bytes()))
    }

    fn text(&self) -> String {
        let mut text = serde_json::to_string_pretty(self).unwrap_or_default();
        text.push('\n');
        text
    }
}

/// Whether a folder has data of a store: files or folders with the names that only a store gives, as `quads-000002`.
fn has_data(folder: &Path) -> bool {
    let names = fs::read_dir(folder).into_iter().flatten().flatten().map(|e| e.file_name());
    names.into_iter().any(|name| {
        let name = name.to_string_lossy();
        let rest = ["data-", "rocksdb-"].iter().chain(&super::mapped::KINDS).find_map(|kind| name.strip_prefix(kind));
        rest.is_some_and(|rest| rest.len() >= 6 && rest.bytes().take(6).all(|b| b.is_ascii_digit()))
    })
}

/// True for the name of a file or folder that a store makes for itself: one name, without a way to elsewhere.
fn is_own(name: &str) -> bool {
    let kinds = ["data-", "rocksdb-"].iter().chain(&super::mapped::KINDS);
    let plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '.' | '_');
    name.is_empty() || name.chars().all(plain) && kinds.clone().any(|kind| name.starts_with(kind))
}

/// Makes a rename lasting. Not every system can sync a folder; where it cannot, nothing is lost but haste.
pub(super) fn sync_folder(folder: &Path) {
    if let Ok(folder) = File::open(folder) {
        let _ = folder.sync_all();
    }
}
