//! `sayso sample`: statements drawn by chance as a sheet to check by hand, and the score of a sheet that was checked.

use std::collections::BTreeMap;
use std::io::Write;
use std::path::Path;

use sha2::{Digest, Sha256};

use super::args::Sample;
use super::talk::{Talk, tamed};
use super::{End, Failure, export};
use crate::files;
use crate::graph::decided::interval;
use crate::graph::export as tables;

/// Columns of the sheet that come from the table of statements, under which name.
const SHOWN: &[(&str, &str)] = &[
    ("sentence", "sentence"),
    ("speaker", "speaker"),
    ("source", "source"),
    ("cue", "cue"),
    ("words", "words"),
    ("mode", "mode"),
    ("commitment", "commitment"),
    ("denied", "denied"),
    ("numbers", "numbers"),
    ("said_latest", "said"),
    ("published", "published"),
    ("publisher", "publisher"),
    ("title", "title"),
    ("address", "address"),
    ("document", "document"),
    ("confidence", "confidence"),
    ("id", "statement"),
];

/// Columns to be filled in.
const CODED: &[&str] = &["speaker_right", "words_right", "manner_right", "number_right"];

pub fn run(command: &Sample, talk: &Talk) -> Result<End, Failure> {
    match &command.score {
        Some(sheet) => score(sheet, talk),
        None => draw(command, talk),
    }
}

/// Draws statements: those whose names have the least hash, so that the same number draws the same ones from the same store.
fn draw(command: &Sample, talk: &Talk) -> Result<End, Failure> {
    if !(0.0..=1.0).contains(&command.min_confidence) {
        return Err(Failure::new("--min-confidence is a share from 0 to 1", "0 draws from all statements"));
    }
    let store = export::open(&command.at.store)?;
    let mut rows = tables::rows(&store, "statements")?.into_iter();
    let titles = rows.next().unwrap_or_default();
    let place = |name: &str| titles.iter().position(|t| t == name);
    let cell = |row: &[String], name: &str| place(name).map_or_else(String::new, |p| row[p].clone());
    let mut all: Vec<([u8; 32], Vec<String>)> = rows
        .filter(|row| cell(row, "mode") != "narrator")
        .filter(|row| cell(row, "confidence").parse::<f64>().is_ok_and(|c| c >= command.min_confidence))
        .map(|row| (Sha256::digest(format!("{} {}", command.seed, cell(&row, "id"))).into(), row))
        .collect();
    let whole = all.len();
    all.sort();
    all.truncate(command.number);
    let failed = |e: csv::Error| {
        Failure::new(format!("the sheet cannot be written: {e}"), "check the folder and the room on the disk")
    };
    let mut writer = csv::Writer::from_writer(Vec::new());
    let head = ["row"].iter().chain(SHOWN.iter().map(|(_, name)| name)).chain(CODED).chain(&["note"]);
    writer.write_record(head).map_err(failed)?;
    for (number, (_, row)) in all.iter().enumerate() {
        let mut cells = vec![(number + 1).to_string()];
        // A spreadsheet opens this file: no words of an article may be a formula.
        cells.extend(SHOWN.iter().map(|(own, _)| tables::harmless(&cell(row, own))));
        cells.extend(CODED.iter().map(|_| String::new()));
        cells.push(String::new());
        writer.write_record(&cells).map_err(failed)?;
    }
    let bytes = writer.into_inner().map_err(|e| failed(e.into_error().into()))?;
    match &command.output {
        Some(path) if path.as_os_str() != "-" => {
            files::put(path, &bytes).map_err(|e| {
                Failure::new(
                    format!("cannot write {}: {e}", path.display()),
                    "check the folder and the room on the disk",
                )
            })?;
            talk.note(&format!("{}: {} of {whole} statements", path.display(), all.len()));
            talk.note(&format!(
                "next: write y or n into the last columns, then sayso sample --score {}",
                path.display()
            ));
        }
        _ => std::io::stdout().lock().write_all(&bytes)?,
    }
    Ok(End::Done)
}

/// How a field was coded.
#[derive(Default)]
struct Count {
    right: usize,
    coded: usize,
}

impl Count {
    fn add(&mut self, is_right: bool) {
        self.coded += 1;
        self.right += usize::from(is_right);
    }
}

fn score(sheet: &Path, talk: &Talk) -> Result<End, Failure> {
    let unread = |e: &dyn std::fmt::Display| {
        Failure::new(
            format!("cannot read {}: {e}", sheet.display()),
            "give a sheet that `sayso sample` has written, as CSV",
        )
    };
    let file = std::fs::File::open(sheet).map_err(|e| unread(&e))?;
    let bytes = files::whole(file, files::TABLE).map_err(|e| unread(&e))?;
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(&bytes);
    // Spreadsheets of some countries write semicolons.
    let first = bytes.split(|b| *b == b'\n').next().unwrap_or(b"");
    let count = |mark: u8| first.iter().filter(|b| **b == mark).count();
    let mark = [b',', b';', b'\t'].into_iter().max_by_key(|m| (count(*m), *m == b',')).unwrap_or(b',');
    let mut reader = csv::ReaderBuilder::new().flexible(true).delimiter(mark).from_reader(bytes);
    let titles = reader.headers().map_err(|e| unread(&e))?.clone();
    let places: Vec<(&str, usize)> =
        CODED.iter().filter_map(|name| Some((*name, titles.iter().position(|t| t == *name)?))).collect();
    if places.is_empty() {
        return Err(unread(&format!("no column is called {}", CODED.join(", "))));
    }
    let mut counts: BTreeMap<&str, Count> = BTreeMap::new();
    let mut whole = Count::default();
    let (mut odd, mut open) = (0, 0);
    for (number, row) in reader.records().enumerate() {
        let row = row.map_err(|e| unread(&e))?;
        let mut codes = Vec::new();
        for (name, place) in &places {
            let cell = row.get(*place).unwrap_or("").trim();
            match code(cell) {
                Some(is_right) => {
                    counts.entry(name).or_default().add(is_right);
                    codes.push(is_right);
                }
                None if cell.is_empty() || cell == "-" => {}
                None => {
                    odd += 1;
                    talk.warning(&format!("row {}: {name} is {cell:?}, neither y nor n", number + 1));
                }
            }
        }
        // A number need not be there; the other fields are those of every statement.
        let least = places.iter().filter(|(name, _)| *name != "number_right").count();
        match codes.len() >= least {
            true => whole.add(codes.iter().all(|c| *c)),
            false if codes.contains(&false) => whole.add(false),
            false => open += 1,
        }
    }
    if whole.coded == 0 && counts.is_empty() {
        return Err(Failure::new(
            format!("nothing in {} is coded yet", sheet.display()),
            format!("write y or n into the columns {}", CODED.join(", ")),
        ));
    }
    let mut out = std::io::stdout().lock();
    writeln!(out, "field\tright\tcoded\tprecision\tlow\thigh")?;
    let named = places.iter().filter_map(|(name, _)| Some((*name, counts.get(name)?)));
    for (name, count) in named.chain([("everything", &whole)]).filter(|(_, c)| c.coded > 0) {
        let (low, high) = interval(count.right, count.coded);
        let share = count.right as f64 / count.coded as f64;
        let name = tamed(name.trim_end_matches("_right"));
        writeln!(out, "{name}\t{}\t{}\t{share:.3}\t{low:.3}\t{high:.3}", count.right, count.coded)?;
    }
    if open > 0 {
        talk.note(&format!("{open} rows are not coded yet"));
    }
    talk.note("low and high: the 95 % interval (Wilson) of what the whole store would give");
    Ok(if odd > 0 { End::Partly } else { End::Done })
}

/// Yes or no, as people write it.
fn code(cell: &str) -> Option<bool> {
    match cell.to_ascii_lowercase().as_str() {
        "y" | "yes" | "1" | "true" | "right" | "ok" => Some(true),
        "n" | "no" | "0" | "false" | "wrong" => Some(false),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn intervals_are_wilsons() {
        let rounded = |(low, high): (f64, f64)| ((low * 1000.0).round() / 1000.0, (high * 1000.0).round() / 1000.0);
        assert_eq!(rounded(interval(29, 50)), (0.442, 0.706));
        assert_eq!(rounded(interval(10, 10)), (0.722, 1.0));
        assert_eq!(rounded(interval(0, 10)), (0.0, 0.278));
    }
}
