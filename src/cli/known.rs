//! What lies beside a store and decides how articles are read: imported tables of known things, and decisions.

use std::path::{Path, PathBuf};

use super::Failure;
use crate::annotate::Kit;
use crate::files;
use crate::import::decisions;

/// The folder of imported tables, beside the store.
const FOLDER: &str = "known";

/// The folder that holds a store.
fn parent(store: &Path) -> PathBuf {
    match store.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder.to_owned(),
        _ => PathBuf::from("."),
    }
}

/// Where the imported tables of a store lie.
pub fn folder(store: &Path) -> PathBuf {
    parent(store).join(FOLDER)
}

/// Where the decisions of a store lie, if nothing else is said.
pub fn decisions_of(store: &Path) -> PathBuf {
    parent(store).join(decisions::FILE)
}

/// The decisions in a file; none where there is no file.
pub fn read_decisions(path: &Path) -> Result<Vec<decisions::Line>, Failure> {
    let text = match files::text_of(path, files::TABLE) {
        Ok(text) => text,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(Vec::new()),
        Err(error) => {
            let said = format!("cannot read {}: {error}", path.display());
            return Err(Failure::new(said, "check that it may be read and is UTF-8"));
        }
    };
    decisions::parse(&text)
        .map_err(|error| Failure::new(format!("{}: {error}", path.display()), "mend that line or take it out"))
}

/// The kit with what lies beside a store.
pub fn kit(store: &Path) -> Result<Kit, Failure> {
    let mut kit = Kit::new();
    let mut tables: Vec<PathBuf> = match std::fs::read_dir(folder(store)) {
        Ok(entries) => entries.filter_map(|e| e.ok()).map(|e| e.path()).collect(),
        Err(_) => Vec::new(),
    };
    tables.retain(|p| p.extension().is_some_and(|e| e == "tsv"));
    tables.sort();
    for table in tables {
        let bad = |error: String| {
            Failure::new(format!("{}: {error}", table.display()), "import it again, or take the file out of the folder")
        };
        let text = files::text_of(&table, files::DATA).map_err(|e| bad(e.to_string()))?;
        kit.known.add_table(&text).map_err(bad)?;
    }
    let lines = read_decisions(&decisions_of(store))?;
    kit.known.decide(lines.iter().flat_map(decisions::Line::links));
    Ok(kit)
}
