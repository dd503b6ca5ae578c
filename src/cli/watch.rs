//! `sayso watch`: reads what is new in folders and files again and again, and writes the disputes and updates that it brings.

use std::collections::HashSet;
use std::io::Write;
use std::time::Duration;

use super::args::{Build, Rdf, Shared, Watch};
use super::talk::Talk;
use super::{End, Failure, build, export};
use crate::graph::query::Limits;
use crate::graph::tools;

/// Runs until it is ended, or once. A row is written when it was not there before; what a first look at a new store finds
/// is written too.
pub fn run(command: &Watch, shared: &Shared, talk: &Talk) -> Result<End, Failure> {
    if let Some(address) = command.articles.paths.iter().find(|p| p.to_string_lossy().contains("://")) {
        return Err(Failure::new(
            format!("{} is an address, and only files and folders are watched", address.display()),
            "fetch it into a folder (curl -o feed.xml …, from cron for instance) and watch that",
        ));
    }
    if command.articles.paths.iter().any(|p| p.as_os_str() == "-") {
        return Err(Failure::new("standard input cannot be watched", "give a folder or a file"));
    }
    let work = Build {
        articles: command.articles.clone(),
        at: command.at.clone(),
        rdf: Rdf::default(),
        backend: None,
        prune: false,
        again: false,
        no_compare: false,
    };
    let mut known: HashSet<String> = rows(command)?.into_iter().collect();
    let mut end = End::Done;
    loop {
        match build::run(&work, shared, talk) {
            Ok(this) => end = this,
            // A folder that is empty today may not be tomorrow.
            Err(failure) if command.once => return Err(failure),
            Err(failure) => talk.failure(&failure),
        }
        let mut out = std::io::stdout().lock();
        for row in rows(command)? {
            if known.insert(row.clone()) {
                writeln!(out, "{row}")?;
            }
        }
        out.flush()?;
        if command.once {
            return Ok(end);
        }
        std::thread::sleep(Duration::from_secs(command.every.max(1)));
    }
}

/// The disputes and updates of the store as lines of JSON, both sides with sentence and address; none while there is no store.
fn rows(command: &Watch) -> Result<Vec<String>, Failure> {
    if !command.at.store.exists() {
        return Ok(Vec::new());
    }
    let store = export::open(&command.at.store)?;
    let given: Vec<(&str, &str)> = command.about.iter().map(|about| ("about", about.as_str())).collect();
    let found = tools::call(&store, "disputes", &given, &Limits::default())?;
    let tells = |row: &&serde_json::Value| row["verdict"] != "compatible";
    Ok(found.rows.iter().filter(tells).map(ToString::to_string).collect())
}
