//! Tables of known things from elsewhere: a Wikidata dump, GeoNames, a two-column list. Each becomes rows of one shape, which
//! the link stage reads ([`crate::annotate::link::Known::add_table`]). Rows are made one by one: a dump of any length is read
//! within the memory of one of its lines.

pub mod decisions;
pub mod geonames;
pub mod list;
pub mod sssom;
pub mod wikidata;

use std::fs::File;
use std::io::{self, BufRead, BufReader, Read, Write};
use std::path::Path;

use crate::lexicon::gazetteer::ThingKind;

/// The columns of a table of known things.
pub const COLUMNS: &str = "qid\tgeonames\tiri\tlabel\taliases\ttype\tiso2\tdescription\tprior\tlat\tlon";

/// One known thing.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Row {
    /// Wikidata number with its Q; empty: none.
    pub wikidata: String,
    /// GeoNames number; empty: none.
    pub geonames: String,
    /// Another IRI of it; empty: none.
    pub iri: String,
    /// Its best name.
    pub label: String,
    /// Other names.
    pub aliases: Vec<String>,
    /// Its kind, as the gazetteer names it.
    pub kind: Option<ThingKind>,
    /// Country, ISO 3166-1 alpha-2.
    pub country: String,
    /// What it is, in a few words.
    pub description: String,
    /// How likely it is meant, on the gazetteer's scale; 0: as likely as anything of the user's own.
    pub prior: u16,
    /// Latitude and longitude.
    pub point: Option<(f64, f64)>,
}

impl Row {
    /// Writes it as a line of a table.
    pub fn write(&self, out: &mut dyn Write) -> io::Result<()> {
        let clean = |text: &str| text.replace(['\t', '\n', '\r'], " ");
        let mut names: Vec<String> = Vec::new();
        for alias in self.aliases.iter().map(|a| clean(a).replace('|', " ")) {
            if alias != self.label && !names.contains(&alias) {
                names.push(alias);
            }
        }
        let (lat, lon) =
            self.point.map_or((String::new(), String::new()), |(a, b)| (format!("{a:.5}"), format!("{b:.5}")));
        let prior = if self.prior == 0 { String::new() } else { self.prior.to_string() };
        writeln!(
            out,
            "{}\t{}\t{}\t{}\t{}\t{}\t{}\t{}\t{prior}\t{lat}\t{lon}",
            clean(&self.wikidata),
            clean(&self.geonames),
            clean(&self.iri),
            clean(&self.label),
            names.join("|"),
            self.kind.map_or("", ThingKind::as_str),
            clean(&self.country),
            clean(&self.description),
        )
    }
}

/// What to keep.
#[derive(Clone, Debug)]
pub struct Filter {
    /// Wikidata: articles in as many Wikipedias at least.
    pub sitelinks: u32,
    /// GeoNames: towns of as many people at least.
    pub population: u64,
    /// Wikidata: only these classes (Q numbers of P31); empty: all that a kind of ours is known for.
    pub classes: Vec<String>,
    /// Wikidata: the language of names, before English.
    pub language: String,
}

impl Default for Filter {
    fn default() -> Filter {
        Filter { sitelinks: 5, population: 1000, classes: Vec::new(), language: "en".into() }
    }
}

/// What became of the lines of a source.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Count {
    /// Things read.
    pub read: usize,
    /// Rows written.
    pub kept: usize,
    /// Lines that are broken.
    pub broken: usize,
}

/// Opens a file, unpacked by the end of its name: .gz, .bz2, .zst.
pub fn open(path: &Path) -> io::Result<Box<dyn BufRead>> {
    let file = BufReader::with_capacity(1 << 18, File::open(path)?);
    let end = path.extension().and_then(|e| e.to_str()).unwrap_or("").to_ascii_lowercase();
    let unpacked: Box<dyn Read> = match end.as_str() {
        "gz" => Box::new(flate2::bufread::MultiGzDecoder::new(file)),
        "bz2" => Box::new(bzip2::bufread::MultiBzDecoder::new(file)),
        "zst" => Box::new(ruzstd::decoding::StreamingDecoder::new(file).map_err(io::Error::other)?),
        _ => return Ok(Box::new(file)),
    };
    Ok(Box::new(BufReader::with_capacity(1 << 18, unpacked)))
}

/// The longest line that is read; the longest item of Wikidata has some four million bytes.
const LONGEST: u64 = 64 << 20;

/// Gives every line to `see`, without its end, as bytes. A line beyond all measure ends the reading with an error.
fn each_line(input: &mut dyn BufRead, see: &mut dyn FnMut(&[u8]) -> io::Result<()>) -> io::Result<()> {
    let mut line = Vec::new();
    loop {
        line.clear();
        if input.take(LONGEST).read_until(b'\n', &mut line)? == 0 {
            return Ok(());
        }
        if line.len() as u64 == LONGEST {
            return Err(io::Error::new(io::ErrorKind::InvalidData, "a line of more than 64 MB"));
        }
        while line.last().is_some_and(|b| matches!(b, b'\n' | b'\r')) {
            line.pop();
        }
        see(&line)?;
    }
}
