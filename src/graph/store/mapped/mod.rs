//! The store as a folder of files that are mapped into memory: it opens in about a millisecond and is never read whole.
//!
//! A build adds *segments* (the quads of articles in three orders, `segment`) and *runs* of the dictionary (`terms`), and
//! names what they take out of older segments: the graphs of articles that were replaced or removed, and quads of shared
//! graphs that nobody says any more. Files are written once and merged with their neighbours now and then (`merge`).
//! The manifest lists those that count; readers see one manifest at a time (`snapshot`).

mod dataset;
mod index;
mod merge;
mod order;
mod page;
mod segment;
mod snapshot;
mod term;
mod terms;
mod writer;

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use super::manifest::Entry;
use crate::graph::Error;
pub use dataset::{Alive, Dataset, Terms};
pub(super) use page::Named;
pub(super) use snapshot::Files;
pub use snapshot::Snapshot;
pub(super) use writer::Writer;

/// The kinds of files, as their names begin.
pub(super) const KINDS: [&str; 3] = ["terms-", "quads-", "list-"];

/// The name of the next file of a kind.
fn name(kind: &str, next: &mut u64) -> String {
    *next += 1;
    format!("{kind}-{next:06}")
}

/// The documents of a list.
pub(super) fn list(folder: &Path, named: &Named) -> Result<BTreeMap<String, Entry>, Error> {
    let pages = page::Pages::open(folder, named)?;
    let text = pages.bytes(0, 0, pages.length(0))?;
    let line = |line: &[u8]| {
        let mut cells = std::str::from_utf8(line).ok()?.splitn(3, '\t');
        let (fingerprint, quads, id) = (cells.next()?, cells.next()?, cells.next()?);
        let entry = Entry { fingerprint: fingerprint.to_owned(), quads: quads.parse().ok()? };
        Some((serde_json::from_str(id).ok()?, entry))
    };
    let lines = text.split(|b| *b == b'\n').filter(|l| !l.is_empty());
    lines.map(line).collect::<Option<_>>().ok_or_else(|| pages.damaged())
}

/// Removes files that the manifest does not name: those of earlier manifests and of builds that were killed.
pub(super) fn sweep(folder: &Path, files: &Files) {
    let named: Vec<&str> = files.named().map(|file| file.name.as_str()).collect();
    let Ok(entries) = fs::read_dir(folder) else { return };
    for entry in entries.flatten() {
        let name = entry.file_name().to_string_lossy().into_owned();
        if KINDS.iter().any(|kind| name.starts_with(kind)) && !named.contains(&name.as_str()) {
            let _ = fs::remove_file(entry.path());
        }
    }
}
