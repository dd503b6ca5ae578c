//! What is given beside the articles of a folder: `metadata.tsv` or `metadata.toml`.

use std::collections::BTreeMap;
use std::io::Read;
use std::path::Path;

use super::{Error, ErrorKind, LONGEST, dates};
use crate::text::Source;

/// Facts about the files of one folder, by file name.
#[derive(Debug, Default)]
pub struct Metadata {
    rows: BTreeMap<String, BTreeMap<String, String>>,
}

impl Metadata {
    /// Reads the folder's table, if it has one.
    ///
    /// # Errors
    /// `Metadata` when the table is there but cannot be understood.
    pub fn of(folder: &Path) -> Result<Metadata, Error> {
        for (name, read) in [("metadata.tsv", tsv as fn(&str) -> Result<Metadata, String>), ("metadata.toml", toml)] {
            let path = folder.join(name);
            if !path.is_file() {
                continue;
            }
            let failed = |e: &dyn std::fmt::Display| Error::new(ErrorKind::Metadata, &path, e);
            let mut text = String::new();
            let file = std::fs::File::open(&path).map_err(|e| failed(&e))?;
            file.take(LONGEST as u64 + 1).read_to_string(&mut text).map_err(|e| failed(&e))?;
            if text.len() > LONGEST {
                return Err(failed(&format!("a table of more than {} MiB", LONGEST >> 20)));
            }
            return read(&text).map_err(|e| Error::new(ErrorKind::Metadata, &path, e));
        }
        Ok(Metadata::default())
    }

    /// Puts what the table says of a file into the source; the table wins over the text and the markup.
    pub fn apply(&self, file: &str, source: &mut Source) {
        let stem = file.rsplit_once('.').map_or(file, |(stem, _)| stem);
        let Some(row) = self.rows.get(file).or_else(|| self.rows.get(stem)) else { return };
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
        if let Some(date) = get(&["published", "date", "date_publish"]).and_then(|d| dates::parse(&d, "metadata")) {
            source.published = Some(date);
        }
    }
}

fn tsv(text: &str) -> Result<Metadata, String> {
    let mut lines = text.lines().enumerate().filter(|(_, l)| !l.trim().is_empty() && !l.starts_with('#'));
    let (_, head) = lines.next().ok_or("the table is empty")?;
    let columns: Vec<String> = head.split('\t').map(|c| c.trim().to_lowercase()).collect();
    let file = columns.iter().position(|c| c == "file").ok_or("line 1: no column named \"file\"")?;
    let mut metadata = Metadata::default();
    for (number, line) in lines {
        let cells: Vec<&str> = line.split('\t').map(str::trim).collect();
        if cells.len() > columns.len() {
            return Err(format!("line {}: {} cells, but {} columns", number + 1, cells.len(), columns.len()));
        }
        let Some(name) = cells.get(file).filter(|n| !n.is_empty()) else {
            return Err(format!("line {}: no file name", number + 1));
        };
        let row: BTreeMap<String, String> = columns
            .iter()
            .zip(&cells)
            .filter(|(_, v)| !v.is_empty())
            .map(|(c, v)| (c.clone(), (*v).to_owned()))
            .collect();
        check_date(&row).map_err(|e| format!("line {}: {e}", number + 1))?;
        metadata.rows.insert((*name).to_owned(), row);
    }
    Ok(metadata)
}

/// `["file.txt"]` tables, each with title, publisher, authors, published, url.
fn toml(text: &str) -> Result<Metadata, String> {
    let table: toml::Table = text.parse().map_err(|e: toml::de::Error| e.to_string())?;
    let mut metadata = Metadata::default();
    for (file, value) in table {
        let Some(values) = value.as_table() else { return Err(format!("{file}: not a table")) };
        let words = |v: &toml::Value| match v {
            toml::Value::String(s) => s.clone(),
            toml::Value::Array(list) => list.iter().filter_map(|v| v.as_str()).collect::<Vec<_>>().join(";"),
            other => other.to_string(),
        };
        let row: BTreeMap<String, String> = values.iter().map(|(k, v)| (k.to_lowercase(), words(v))).collect();
        check_date(&row).map_err(|e| format!("{file}: {e}"))?;
        metadata.rows.insert(file, row);
    }
    Ok(metadata)
}

fn check_date(row: &BTreeMap<String, String>) -> Result<(), String> {
    match ["published", "date", "date_publish"].iter().find_map(|n| row.get(*n)) {
        Some(date) if dates::parse(date, "metadata").is_none() => Err(format!("\"{date}\" is not a full date")),
        _ => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_table_fills_the_source() {
        let table = tsv("file\ttitle\tauthors\tpublished\n# a comment\na.txt\tOne\tA; B\t2015-11-19\nb.txt\t\t\t\n")
            .expect("table");
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
        let table = toml("[\"a.txt\"]\ntitle = \"One\"\npublished = 2015-11-19\n").expect("table");
        let mut source = Source::default();
        table.apply("a.txt", &mut source);
        assert_eq!(source.published.map(|p| p.date.to_string()).as_deref(), Some("2015-11-19"));
    }

    #[test]
    fn mistakes_name_their_line() {
        assert!(tsv("name\n").expect_err("no file column").contains("file"));
        assert!(tsv("file\tpublished\na.txt\tsoon\n").expect_err("no date").starts_with("line 2"));
        assert!(tsv("file\na.txt\tb\tc\n").expect_err("too many cells").starts_with("line 2"));
    }
}
