//! The data file: gzip-compressed N-Quads, ordered by graph and then by line.

use std::collections::BTreeMap;
use std::fs;
use std::io::{BufWriter, Read, Write};
use std::path::Path;

use flate2::Compression;
use flate2::read::MultiGzDecoder;
use flate2::write::GzEncoder;
use oxigraph::model::Quad;
use sha2::{Digest, Sha256};

use super::manifest::Manifest;
use crate::files;
use crate::graph::write::iri::hex;
use crate::graph::{Error, ErrorKind};

/// Quads of each graph as sorted lines of N-Quads; the key is the graph's IRI in angle brackets.
pub(super) type Blocks = BTreeMap<String, String>;

/// Quads pack to a fortieth or so; what unpacks to more than this, and to more than so many bytes, was made to fill memory.
const PACKED: u64 = 200;
const LEAST: u64 = 64 << 20;

/// The lines of quads, sorted and without duplicates, by graph.
pub(super) fn of_quads(quads: &[Quad]) -> Blocks {
    let mut lines: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for quad in quads {
        lines.entry(quad.graph_name.to_string()).or_default().push(format!("{quad} .\n"));
    }
    let join = |(graph, mut lines): (String, Vec<String>)| {
        lines.sort_unstable();
        lines.dedup();
        (graph, lines.concat())
    };
    lines.into_iter().map(join).collect()
}

/// How many lines a block has.
pub(super) fn count(block: &str) -> usize {
    memchr::memchr_iter(b'\n', block.as_bytes()).count()
}

/// The whole text of the data file, after its checksum has been verified.
pub(super) fn read(folder: &Path, manifest: &Manifest) -> Result<Vec<u8>, Error> {
    let path = folder.join(&manifest.data);
    let bytes = match fs::File::open(&path).and_then(|file| files::whole(file, files::DATA)) {
        Ok(bytes) => bytes,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
            return Err(Error::new(ErrorKind::Damaged, format!("{} is missing", path.display())));
        }
        Err(error) => return Err(Error::io(format!("cannot read {}", path.display()), error)),
    };
    if hex(&Sha256::digest(&bytes)) != manifest.sha256 {
        let message = format!("{} is damaged: its checksum is not the one in the manifest", path.display());
        return Err(Error::new(ErrorKind::Damaged, message));
    }
    let mut text = Vec::with_capacity(bytes.len() * 12);
    let limit = (bytes.len() as u64).saturating_mul(PACKED).max(LEAST);
    MultiGzDecoder::new(&bytes[..])
        .take(limit + 1)
        .read_to_end(&mut text)
        .map_err(|e| Error::new(ErrorKind::Damaged, format!("{} cannot be unpacked", path.display())).because(e))?;
    if text.len() as u64 > limit {
        let message = format!("{} unpacks to more than {PACKED} times its size", path.display());
        return Err(Error::new(ErrorKind::Damaged, message));
    }
    Ok(text)
}

/// The text of a data file cut into its graphs.
pub(super) fn cut(text: Vec<u8>) -> Result<Blocks, Error> {
    let text = String::from_utf8(text)
        .map_err(|e| Error::new(ErrorKind::Damaged, "the store's data is not UTF-8").because(e))?;
    let mut blocks = Blocks::new();
    let mut start = 0;
    let mut graph = "";
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        let own = graph_of(line);
        if own != graph {
            if at > start {
                blocks.insert(graph.to_owned(), text[start..at].to_owned());
            }
            (graph, start) = (own, at);
        }
        at += line.len();
    }
    if at > start {
        blocks.insert(graph.to_owned(), text[start..at].to_owned());
    }
    Ok(blocks)
}

/// The last term of a line: the graph's IRI in angle brackets. (No literal can end a line of ours: every quad has a graph.)
fn graph_of(line: &str) -> &str {
    let line = line.trim_end().trim_end_matches('.').trim_end();
    line.rfind('<').map_or("", |start| &line[start..])
}

/// Writes blocks to a new file; gives the SHA-256 of its bytes.
pub(super) fn write(path: &Path, blocks: &Blocks) -> Result<String, Error> {
    let failed = |e| Error::io(format!("cannot write {}", path.display()), e);
    let file = files::create_new(path).map_err(failed)?;
    let hashed = Hashed { inner: BufWriter::with_capacity(1 << 18, file), hash: Sha256::new() };
    let mut gzip = GzEncoder::new(hashed, Compression::new(4));
    for block in blocks.values() {
        gzip.write_all(block.as_bytes()).map_err(failed)?;
    }
    let mut hashed = gzip.finish().map_err(failed)?;
    hashed.inner.flush().map_err(failed)?;
    hashed.inner.get_ref().sync_all().map_err(failed)?;
    Ok(hex(&hashed.hash.finalize()))
}

/// A writer that hashes what passes through it.
struct Hashed<W> {
    inner: W,
    hash: Sha256,
}

impl<W: Write> Write for Hashed<W> {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        let written = self.inner.write(bytes)?;
        self.hash.update(&bytes[..written]);
        Ok(written)
    }

    fn flush(&mut self) -> std::io::Result<()> {
        self.inner.flush()
    }
}
