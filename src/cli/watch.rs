//! `sayso watch`: reads what is new in folders and files again and again, and writes the disputes and updates that it brings.

use std::collections::HashSet;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::time::Duration;

use serde_json::Value;

use super::args::{Articles, Build, Rdf, Shared, Watch};
use super::talk::Talk;
use super::{End, Failure, build, export};
use crate::graph::query::Limits;
use crate::graph::tools;

/// Runs until it is ended, or once. A row is written when it was not there before; what a first look at a new store finds
/// is written too.
pub fn run(command: &Watch, shared: &Shared, talk: &Talk) -> Result<End, Failure> {
    let (addresses, mut paths): (Vec<PathBuf>, Vec<PathBuf>) =
        command.articles.paths.iter().cloned().partition(|p| p.to_string_lossy().contains("://"));
    let addresses: Vec<String> = addresses.iter().map(|a| a.to_string_lossy().into_owned()).collect();
    let is_spoken =
        |a: &String| ["http://", "https://"].iter().any(|scheme| a.to_ascii_lowercase().starts_with(scheme));
    if let Some(address) = addresses.iter().find(|a| command.allow_remote.is_empty() || !is_spoken(a)) {
        return Err(Failure::new(
            format!(
                "{address} is an address, and is not asked unless it is one of http or https that --allow-remote names"
            ),
            "allow it, or fetch it into a folder (curl -o feed.xml …, from cron for instance) and watch that",
        ));
    }
    // The store's own folder is replaced by each build; what was fetched stands beside it.
    let fetched = PathBuf::from(format!("{}-fetched", command.at.store.display().to_string().trim_end_matches('/')));
    paths.extend(addresses.iter().map(|a| fetched.join(file_name(a))));
    if command.articles.paths.iter().any(|p| p.as_os_str() == "-") {
        return Err(Failure::new("standard input cannot be watched", "give a folder or a file"));
    }
    let work = Build {
        articles: Articles { paths, ..command.articles.clone() },
        at: command.at.clone(),
        rdf: Rdf::default(),
        backend: None,
        prune: false,
        again: false,
        no_compare: false,
        compare: false,
    };
    let mut known: HashSet<String> = rows(command)?.iter().map(told).collect();
    let mut end = End::Done;
    loop {
        if let Err(failure) = addresses.iter().try_for_each(|address| fetch(address, &fetched, command)) {
            if command.once {
                return Err(failure);
            }
            talk.failure(&failure);
        }
        match build::run(&work, shared, talk) {
            Ok(this) => end = this,
            // A folder that is empty today may not be tomorrow.
            Err(failure) if command.once => return Err(failure),
            Err(failure) => talk.failure(&failure),
        }
        let mut out = std::io::stdout().lock();
        for row in rows(command)? {
            if known.insert(told(&row)) {
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

/// The name of the file that an address is kept in, the same at each look: `localhost-feed.rss`.
fn file_name(address: &str) -> String {
    let bare = address.split_once("://").map_or(address, |(_, rest)| rest).trim_end_matches('/');
    bare.chars().map(|c| if c.is_ascii_alphanumeric() || c == '.' { c } else { '-' }).collect()
}

/// Puts what stands at an address into its file.
fn fetch(address: &str, folder: &Path, command: &Watch) -> Result<(), Failure> {
    let limits = Limits { remote: command.allow_remote.clone(), ..Limits::default() };
    let accept = "application/rss+xml, application/atom+xml, application/feed+json, application/xml;q=0.9, */*;q=0.5";
    let bytes = crate::graph::query::bytes(address, accept, &limits)?;
    std::fs::create_dir_all(folder)?;
    let new = folder.join(format!(".{}", file_name(address)));
    std::fs::write(&new, bytes)?;
    std::fs::rename(&new, folder.join(file_name(address)))?;
    Ok(())
}

/// What a row says, whatever else is in the store: the verdict on two sides. An incident is called after its first article and a
/// question after most of its figures, so both have other names when an article comes that was written before.
fn told(row: &Value) -> String {
    let side = |side: &str| {
        let of = |what: &str| row[format!("{side}{what}")].to_string();
        ["Identifier", "Who", "Number", "Sentence"].map(of).join(" ")
    };
    let mut sides = [side("left"), side("right")];
    sides.sort();
    format!("{} {}", row["verdict"], sides.join(" "))
}

/// The disputes and updates of the store, both sides with sentence and address; none while there is no store.
fn rows(command: &Watch) -> Result<Vec<Value>, Failure> {
    if !command.at.store.exists() {
        return Ok(Vec::new());
    }
    let store = export::open(&command.at.store)?;
    let given: Vec<(&str, &str)> = command.about.iter().map(|about| ("about", about.as_str())).collect();
    let found = tools::call(&store, "disputes", &given, &Limits::default())?;
    Ok(found.rows.into_iter().filter(|row| row["verdict"] != "compatible").collect())
}
