//! A store of one data file: bringing it up to date means merging blocks of lines and writing a new file beside the old.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;
use std::time::{Duration, Instant};

use super::blocks::{self, Blocks};
use super::manifest::Manifest;
use crate::graph::Error;
use crate::graph::write::{Mint, Options, graph_of};

/// What is to change: the blocks of documents put, by id, and the ids of documents that go.
pub(super) struct Change<'u> {
    pub options: &'u Options,
    pub fresh: BTreeMap<String, Blocks>,
    pub gone: &'u BTreeSet<String>,
    /// Whether the claims of all documents are to be compared now.
    pub compares: bool,
}

impl Change<'_> {
    /// Writes the new data file; the manifest is told its name, checksum and number of quads. Gives the time of comparing.
    pub fn write(self, folder: &Path, manifest: &mut Manifest) -> Result<Duration, Error> {
        let mut blocks = match manifest.data.is_empty() {
            true => Blocks::new(),
            false => blocks::cut(blocks::read(folder, manifest)?)?,
        };
        let mint = Mint::new(&self.options.base);
        let compares = self.compares;
        let replaced = self.merge(&mut blocks);
        if !replaced.is_empty() {
            drop_orphans(&mut blocks, &mint);
        }
        let comparing = match compares {
            true => link(&mut blocks, &mint)?,
            false => {
                unlink(&mut blocks, &replaced, &mint);
                Duration::ZERO
            }
        };
        manifest.quads = blocks.values().map(|b| blocks::count(b)).sum();
        manifest.data = format!("data-{:06}.nq.gz", manifest.next_generation());
        manifest.sha256 = blocks::write(&folder.join(&manifest.data), &blocks)?;
        Ok(comparing)
    }

    /// Puts fresh documents in and takes vanished ones out; gives the blocks that were there before.
    fn merge(self, blocks: &mut Blocks) -> Vec<String> {
        let own = |id: &str| format!("<{}>", graph_of(id, self.options).as_str());
        let mut replaced = Vec::new();
        for id in self.gone.iter().chain(self.fresh.keys()) {
            replaced.extend(blocks.remove(&own(id)));
        }
        let mut shared: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
        for (id, fresh) in self.fresh {
            let own = own(&id);
            for (graph, block) in fresh {
                if graph == own {
                    blocks.insert(graph, block);
                } else {
                    let lines = shared.entry(graph).or_default();
                    lines.extend(block.split_inclusive('\n').map(str::to_owned));
                }
            }
        }
        for (graph, mut lines) in shared {
            if let Some(old) = blocks.get(&graph) {
                lines.extend(old.split_inclusive('\n').map(str::to_owned));
            }
            blocks.insert(graph, lines.into_iter().collect());
        }
        replaced
    }
}

/// Makes the graph of questions and comparisons anew from all documents.
fn link(blocks: &mut Blocks, mint: &Mint) -> Result<Duration, Error> {
    let graph = format!("<{}>", mint.links_graph().as_str());
    blocks.remove(&graph);
    let text: String = blocks.values().map(String::as_str).collect();
    let store = super::parse(text.as_bytes())?;
    let begun = Instant::now();
    let links = crate::graph::compare::links(&store, mint)?.quads;
    let comparing = begun.elapsed();
    blocks.extend(blocks::of_quads(&links));
    Ok(comparing)
}

/// Takes out of the graph of comparisons what it says of the things in blocks that have gone.
fn unlink(blocks: &mut Blocks, gone: &[String], mint: &Mint) {
    fn terms(line: &str) -> (&str, &str) {
        let mut terms = line.split(' ');
        (terms.next().unwrap_or_default(), terms.nth(1).unwrap_or_default())
    }
    let graph = format!("<{}>", mint.links_graph().as_str());
    let Some(block) = blocks.remove(&graph) else { return };
    let things: BTreeSet<&str> = gone.iter().flat_map(|b| b.lines()).map(|line| terms(line).0).collect();
    // What refers to a thing that has gone, as a comparison of two claims, goes as a whole.
    let mut stale = things.clone();
    stale.extend(block.lines().map(terms).filter(|(_, object)| things.contains(object)).map(|(subject, _)| subject));
    let stays = |line: &&str| {
        let (subject, object) = terms(line);
        !stale.contains(subject) && !things.contains(object)
    };
    let left: String = block.split_inclusive('\n').filter(stays).collect();
    if !left.is_empty() {
        blocks.insert(graph, left);
    }
}

/// Removes data files of earlier generations and unfinished ones.
pub(super) fn sweep(folder: &Path, current: &str) {
    let Ok(entries) = fs::read_dir(folder) else { return };
    for entry in entries.flatten() {
        let name = entry.file_name().to_string_lossy().into_owned();
        if name.starts_with("data-") && name.ends_with(".nq.gz") && name != current {
            let _ = fs::remove_file(entry.path());
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
