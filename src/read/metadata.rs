//! What is given beside the articles of a folder: `metadata.tsv` or `metadata.toml`.

use std::collections::{BTreeMap, BTreeSet};
use std::io::Read;
use std::path::{Path, PathBuf};

use super::{Error, ErrorKind, LONGEST, dates};
use crate::text::{FoundIn, Source};

/// Facts about the files of one folder, by file name.
#[derive(Debug, Default)]
pub struct Metadata {
    path: PathBuf,
    rows: BTreeMap<String, Row>,
    used: BTreeSet<String>,
}

/// What the table says of one file.
#[derive(Debug, Default)]
struct Row {
    line: Option<usize>,
    facts: BTreeMap<String, String>,
}

/// Columns that are understood.
const COLUMNS: &[&str] = &[
    "file",
    "title",
    "publisher",
    "sitename",
    "source_domain",
    "url",
    "language",
    "lang",
    "id",
    "authors",
    "author",
    "published",
    "date",
    "date_publish",
];

impl Metadata {
    /// Reads the folder's table, if it has one. Rows and dates that cannot be understood cost nothing but themselves.
    pub fn of(folder: &Path) -> (Metadata, Vec<Error>) {
        for name in ["metadata.tsv", "metadata.toml"] {
            let path = folder.join(name);
            if !path.is_file() {
                continue;
            }
            let failed =
                |e: &dyn std::fmt::Display| (Metadata::default(), vec![Error::new(ErrorKind::Metadata, &path, e)]);
            let mut bytes = Vec::new();
            let opened = std::fs::File::open(&path);
            if let Err(e) = opened.and_then(|f| f.take(LONGEST as u64 + 1).read_to_end(&mut bytes)) {
                return failed(&e);
            }
            if bytes.len() > LONGEST {
                return failed(&format!("a table of more than {} MiB", LONGEST >> 20));
            }
            let text = match super::encoding::decode(&bytes, &path) {
                Ok(text) => text,
                Err(error) => return failed(&error.cause),
            };
            return Metadata::read(&text, &path);
        }
        (Metadata::default(), Vec::new())
    }

    /// Reads a table; its name tells how it is written.
    pub fn read(text: &str, path: &Path) -> (Metadata, Vec<Error>) {
        let is_toml = path.extension().is_some_and(|e| e.eq_ignore_ascii_case("toml"));
        let text = text.trim_start_matches('\u{feff}');
        let (mut metadata, losses) = if is_toml { toml(text, path) } else { tsv(text, path) };
        metadata.path = path.to_owned();
        (metadata, losses)
    }

    /// Puts what the table says of a file into the source; the table wins over the text and the markup.
    pub fn apply(&mut self, file: &str, source: &mut Source) {
        let stem = file.rsplit_once('.').map_or(file, |(stem, _)| stem);
        let Some(name) = [file, stem].into_iter().find(|n| self.rows.contains_key(*n)) else { return };
        self.used.insert(name.to_owned());
        let row = &self.rows[name].facts;
        let get = |names: &[&str]| names.iter().find_map(|n| row.get(*n)).cloned();
        let fill = |slot: &mut Option<String>, value: Option<String>| {
            if value.is_some() {
                *slot = value;
            }
        };
        fill(&mut source.title, get(&["title"]));
        fill(&mut source.publisher, get(&["publisher", "sitename", "source_domain"]));
        fill(&mut source.url, get(&["url"]));
        fill(&mut source.language, get(&["language", "lang"]));
        if let Some(id) = get(&["id"]) {
            source.id = id;
        }
        if let Some(authors) = get(&["authors", "author"]) {
            source.authors = authors.split([';', '|']).map(|a| a.trim().to_owned()).filter(|a| !a.is_empty()).collect();
        }
        if let Some(date) = date(row).and_then(|d| dates::parse_in(d, FoundIn::Metadata, None)) {
            source.published = Some(date);
        }
    }

    /// Rows about files that were not read.
    pub fn unmatched(&self) -> Vec<Error> {
        let rows = self.rows.iter().filter(|(name, _)| !self.used.contains(*name));
        rows.map(|(name, row)| {
            let error = Error::new(ErrorKind::Unmatched, &self.path, format!("no article is called {name:?}"));
            Error { line: row.line, ..error }
        })
        .collect()
    }
}

fn date(row: &BTreeMap<String, String>) -> Option<&str> {
    ["published", "date", "date_publish"].iter().find_map(|n| row.get(*n)).map(String::as_str)
}

/// A word on columns that say nothing to this program.
fn unknown<'c>(columns: impl Iterator<Item = &'c String>, path: &Path) -> Option<Error> {
    let odd: Vec<&str> = columns.map(String::as_str).filter(|c| !c.is_empty() && !COLUMNS.contains(c)).collect();
    let shown = odd.iter().take(12).copied().collect::<Vec<_>>().join(", ");
    (!odd.is_empty())
        .then(|| Error::new(ErrorKind::Unmatched, path, format!("columns that are not understood: {shown}")))
}

fn tsv(text: &str, path: &Path) -> (Metadata, Vec<Error>) {
    let wrong = |line: usize, cause: String| Error::new(ErrorKind::Metadata, path, cause).at_line(line);
    let mut lines = text.lines().enumerate().filter(|(_, l)| !l.trim().is_empty() && !l.starts_with('#'));
    let (mut metadata, mut losses) = (Metadata::default(), Vec::new());
    let Some((first, head)) = lines.next() else {
        return (metadata, vec![Error::new(ErrorKind::Metadata, path, "the table is empty")]);
    };
    let columns: Vec<String> = head.split('\t').map(|c| c.trim().to_lowercase()).collect();
    let Some(file) = columns.iter().position(|c| c == "file") else {
        return (metadata, vec![wrong(first + 1, "no column named \"file\"".to_owned())]);
    };
    losses.extend(unknown(columns.iter(), path));
    for (number, line) in lines {
        let number = number + 1;
        let cells: Vec<&str> = line.split('\t').map(str::trim).collect();
        if cells.len() > columns.len() {
            losses.push(wrong(number, format!("{} cells, but {} columns", cells.len(), columns.len())));
            continue;
        }
        let Some(name) = cells.get(file).filter(|n| !n.is_empty()) else {
            losses.push(wrong(number, "no file name".to_owned()));
            continue;
        };
        let filled = columns.iter().zip(&cells).filter(|(_, v)| !v.is_empty());
        let facts: BTreeMap<String, String> = filled.map(|(c, v)| (c.clone(), (*v).to_owned())).collect();
        losses.extend(odd_date(&facts, path).map(|e| e.at_line(number)));
        metadata.rows.insert((*name).to_owned(), Row { line: Some(number), facts });
    }
    (metadata, losses)
}

/// `["file.txt"]` tables, each with title, publisher, authors, published, url.
fn toml(text: &str, path: &Path) -> (Metadata, Vec<Error>) {
    let (mut metadata, mut losses) = (Metadata::default(), Vec::new());
    let table: toml::Table = match text.parse() {
        Ok(table) => table,
        Err(error) => {
            let error: toml::de::Error = error;
            return (metadata, vec![Error::new(ErrorKind::Metadata, path, error)]);
        }
    };
    let mut columns = BTreeSet::new();
    for (file, value) in table {
        let Some(values) = value.as_table() else {
            losses.push(Error::new(ErrorKind::Metadata, path, format!("{file}: not a table")));
            continue;
        };
        let words = |v: &toml::Value| match v {
            toml::Value::String(s) => s.clone(),
            toml::Value::Array(list) => list.iter().filter_map(|v| v.as_str()).collect::<Vec<_>>().join(";"),
            other => other.to_string(),
        };
        let facts: BTreeMap<String, String> = values.iter().map(|(k, v)| (k.to_lowercase(), words(v))).collect();
        losses.extend(odd_date(&facts, path).map(|e| Error { cause: format!("{file}: {}", e.cause), ..e }));
        columns.extend(facts.keys().cloned());
        metadata.rows.insert(file, Row { line: None, facts });
    }
    losses.extend(unknown(columns.iter(), path));
    (metadata, losses)
}

fn odd_date(facts: &BTreeMap<String, String>, path: &Path) -> Option<Error> {
    let written = date(facts)?;
    let is_odd = dates::parse_in(written, FoundIn::Metadata, None).is_none();
    is_odd.then(|| super::json::odd_date(path, written))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_table_fills_the_source() {
        let (mut table, losses) = tsv(
            "file\ttitle\tauthors\tpublished\n# a comment\na.txt\tOne\tA; B\t2015-11-19\nb.txt\t\t\t\n",
            Path::new("x"),
        );
        assert_eq!(losses, []);
        let mut source = Source { title: Some("kept".into()), ..Source::default() };
        table.apply("a.txt", &mut source);
        assert_eq!(source.title.as_deref(), Some("One"));
        assert_eq!(source.authors, ["A", "B"]);
        assert_eq!(source.published.map(|p| p.date.to_string()).as_deref(), Some("2015-11-19"));
        let mut other = Source { title: Some("kept".into()), ..Source::default() };
        table.apply("b.txt", &mut other);
        assert_eq!(other.title.as_deref(), Some("kept"));
    }

    #[test]
    fn toml_says_the_same() {
        let (mut table, _) = toml("[\"a.txt\"]\ntitle = \"One\"\npublished = 2015-11-19\n", Path::new("x"));
        let mut source = Source::default();
        table.apply("a.txt", &mut source);
        assert_eq!(source.published.map(|p| p.date.to_string()).as_deref(), Some("2015-11-19"));
    }

    #[test]
    fn mistakes_name_their_line_and_cost_nothing_else() {
        let wrong = |text: &str| tsv(text, Path::new("m.tsv")).1.iter().map(ToString::to_string).collect::<Vec<_>>();
        assert!(wrong("name\n")[0].starts_with("m.tsv:1: no column named \"file\""));
        assert!(wrong("file\npublished\tx\n")[0].starts_with("m.tsv:2: 2 cells"));
        let (mut table, losses) =
            tsv("file\tpublished\tmood\na.txt\tsoon\nb.txt\t17/06/2019\nc.txt\t\n", Path::new("m.tsv"));
        let losses: Vec<String> = losses.iter().map(ToString::to_string).collect();
        assert_eq!(
            losses,
            ["m.tsv: columns that are not understood: mood", "m.tsv:2: \"soon\" is not a full date: read without one"]
        );
        let mut source = Source::default();
        table.apply("b.txt", &mut source);
        assert_eq!(source.published.map(|p| p.date.to_string()).as_deref(), Some("2019-06-17"));
        table.apply("a.txt", &mut Source::default());
        assert_eq!(table.unmatched()[0].cause, "no article is called \"c.txt\"");
    }
}
