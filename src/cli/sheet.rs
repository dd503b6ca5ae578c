//! `sayso table`: a spreadsheet of who said what.

use std::path::{Path, PathBuf};

use super::args::{Build, Rdf, Shared, StoreAt, Table};
use super::export::{open, unwritten};
use super::talk::Talk;
use super::{End, Failure, build};
use crate::graph::catalogue::Catalogue;
use crate::graph::decided::{self, Decided};
use crate::graph::export::sheet::{self, Format, Place};
use crate::graph::store::DEFAULT;

/// Runs the command.
pub fn run(command: Table, shared: &Shared, talk: &Talk) -> Result<End, Failure> {
    let format = Format::of(&command.output)?;
    let filter = command.choice.filter()?;
    let place = Place { pages: command.pages.clone() };
    let mut end = End::Done;
    let mut decided = Decided::default();
    let (store, _folder) = if command.articles.paths.is_empty() {
        let given = command.store.clone().or_else(|| std::env::var_os("SAYSO_STORE").map(PathBuf::from));
        let path = given.unwrap_or_else(|| PathBuf::from(DEFAULT));
        decided = Decided::read(&decided::beside(&path))?;
        (open(&path)?, None)
    } else {
        let folder = Folder::new()?;
        let build = Build {
            articles: command.articles.clone(),
            at: StoreAt { store: folder.0.join("store") },
            rdf: Rdf::default(),
            backend: None,
            prune: false,
            again: false,
            no_compare: false,
            compare: false,
        };
        end = build::run(&build, shared, &talk.without_notes())?;
        (open(&build.at.store)?, Some(folder))
    };
    let all = Catalogue::read_decided(&store, &decided)?;
    let (chosen, unsure) = filter.choose(&all);
    let mut sheets = sheet::sheets(&store, &all, &filter, &place)?;
    let one = if format.holds_several() { None } else { Some(sheet::NAMES[0]) };
    if let Some(name) = command.sheet.as_deref().or(one) {
        sheets = vec![sheet::named(sheets, name)?];
    }
    let bytes = sheet::write(&sheets, format)?;
    crate::files::put(&command.output, &bytes).map_err(|e| unwritten(&command.output, &e))?;
    let held = sheets.iter().map(|s| match s.rows.len() {
        1 => format!("1 {}", s.name.trim_end_matches('s')),
        n => format!("{n} {}", s.name),
    });
    let held: Vec<String> = held.collect();
    talk.note(&format!("{}: {}", command.output.display(), held.join(", ")));
    if all.rejected() > 0 {
        talk.note(&format!("{} statements were rejected by hand", all.rejected()));
    }
    if unsure > 0 {
        let told = crate::graph::lists::less_sure(unsure, "statement", "statements");
        talk.note(&format!("{told}: --min-confidence 0 shows them"));
    }
    if chosen.is_empty() && unsure == 0 {
        talk.hint("no statement fits; try fewer filters");
    }
    Ok(end)
}

/// A folder of our own, which goes with the command.
struct Folder(PathBuf);

impl Folder {
    fn new() -> Result<Folder, Failure> {
        let base = std::env::temp_dir();
        for try_ in 0..1000 {
            let path = base.join(format!("sayso-table-{}-{try_}", std::process::id()));
            match std::fs::create_dir(&path) {
                Ok(()) => return Ok(Folder(path)),
                Err(e) if e.kind() == std::io::ErrorKind::AlreadyExists => {}
                Err(e) => return Err(unwritten(Path::new(&path), &e)),
            }
        }
        Err(Failure::new("no folder can be made for the table", "clear the folder for temporary files"))
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        // What cannot be removed the system clears in time.
        let _ = std::fs::remove_dir_all(&self.0);
    }
}
