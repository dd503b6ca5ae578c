//! Tables of articles: CSV, tab-separated values and their kin, one article a row.

use std::collections::VecDeque;
use std::io::{Cursor, Read};
use std::path::{Path, PathBuf};

use serde_json::{Map, Value};

use super::error::Refusal;
use super::fields::{self, Fields};
use super::open::{self, Reader, failed};
use super::rows::{self, Fault, Row, Rows, Signs};
use super::{Error, ErrorKind, LONGEST, Part, dates, encoding, json};

/// Characters that stand between cells, in the order in which they are tried.
const MARKS: &[u8] = b",\t;|";

const GDELT: Refusal = Refusal {
    sort: "GDELT's table of codes",
    remedy: "it holds codes and addresses, no text: fetch the pages of its SOURCEURL column (with trafilatura or news-please, for instance) and give those",
};
const ADDRESSES: Refusal = Refusal {
    sort: "a table of addresses without text",
    remedy: "fetch the pages of its url column (with trafilatura or news-please, for instance) and give those, or name the column of the text with --text-field",
};
const EVENTS: Refusal = Refusal {
    sort: "a table of coded events",
    remedy: "its notes are written by coders, not by papers: give the articles themselves, or read the notes with --text-field notes",
};

/// The articles of a table.
pub struct Table {
    rows: Rows,
    columns: Vec<String>,
    text: usize,
    /// What is to be said before the first article: names that no column has, columns that are not understood.
    words: VecDeque<Error>,
    /// Rows with quotation marks that are not doubled, and the line of the first.
    bare: (usize, usize),
    names: Fields,
    order: Option<dates::Order>,
    path: PathBuf,
    /// The file's name without its ending: the base of ids that are numbers.
    stem: String,
    is_done: bool,
}

/// What programs write into a cell that has no value.
const NOTHING: &[&str] = &["nan", "NaN", "NaT", "null", "NULL", "None", "NA", "N/A", "n/a", "<NA>", "#N/A", "\\N"];

/// `sep=;`: a first line that tells a spreadsheet the mark between cells. The mark, and the bytes of the line.
fn told_mark(head: &[u8]) -> Option<(u8, usize)> {
    let end = head.iter().position(|b| *b == b'\n')?;
    match head[..end].strip_suffix(b"\r").unwrap_or(&head[..end]) {
        [s, e, p, b'=', mark] if [*s, *e, *p].eq_ignore_ascii_case(b"sep") && MARKS.contains(mark) => {
            Some((*mark, end + 1))
        }
        _ => None,
    }
}

/// True when the first line names columns as tables of articles do.
pub fn has_known_head(text: &str) -> bool {
    let line = text.lines().next().unwrap_or("");
    MARKS.iter().any(|mark| {
        let cells: Vec<String> = line.split(char::from(*mark)).map(fields::plain).collect();
        let knows = |names: &[&str]| cells.iter().any(|c| names.contains(&c.as_str()));
        let is_short = line.split(char::from(*mark)).all(|c| c.len() <= 40);
        cells.len() > 1
            && is_short
            && (knows(fields::TEXT) || knows(fields::URL))
            && (knows(fields::TITLE) || knows(fields::DATE) || knows(fields::ID) || knows(fields::PUBLISHER))
    })
}

/// Opens a table, or says why it is none of articles.
pub fn open(mut reader: Reader, names: &Fields, path: &Path, stem: String) -> Result<Table, Error> {
    let (mut head, cut) = open::up_to(&mut reader, 64 << 10);
    if let (true, Some(error)) = (head.is_empty(), &cut) {
        return Err(failed(path, error));
    }
    let mut reader: Box<dyn Read + Send> = Box::new(Cursor::new(head.clone()).chain(open::Failing(cut)).chain(reader));
    let is_wide = encoding_rs::Encoding::for_bom(&head).is_some_and(|(e, _)| e != encoding_rs::UTF_8)
        || head.iter().take(200).filter(|b| **b == 0).count() > 20;
    if is_wide {
        // Spreadsheets save "Unicode text" as UTF-16, which is decoded as a whole.
        let mut bytes = Vec::new();
        reader.take(LONGEST as u64 * 8 + 1).read_to_end(&mut bytes).map_err(|e| failed(path, &e))?;
        if bytes.len() > LONGEST * 8 {
            return Err(Error::new(ErrorKind::TooLong, path, "a table in UTF-16 of more than 256 MiB"));
        }
        let text = encoding::decode(&bytes, path)?;
        head = text.as_bytes()[..text.len().min(64 << 10)].to_vec();
        reader = Box::new(Cursor::new(text.into_bytes()));
    }
    let bare = head.strip_prefix(b"\xef\xbb\xbf").unwrap_or(&head);
    if bare.trim_ascii().is_empty() {
        return Err(Error::new(ErrorKind::Empty, path, "the file has no text"));
    }
    if encoding::looks_binary(bare) {
        return Err(Error::new(ErrorKind::Binary, path, "this is not text"));
    }
    let told = told_mark(bare);
    let (mark, bare) = told.map_or_else(|| (mark(bare, names), bare), |(mark, end)| (mark, &bare[end..]));
    let signs = Signs { mark, quote: quote(bare, mark) };
    let sample = sample(bare, signs);
    let Some(first) = sample.first() else {
        return Err(Error::new(ErrorKind::Table, path, "the table has no first row"));
    };
    let columns: Vec<String> = first.iter().map(|c| c.trim().trim_start_matches('\u{feff}').to_owned()).collect();
    let text = text_column(&columns, &sample, names, path)?;
    let order = order(&columns, &sample, names);
    let words = odd_columns(&columns, text, &sample, names, path);
    let mut rows = Rows::new(reader, signs, columns.len());
    // The line that tells the mark, and that of the names.
    for _ in 0..=usize::from(told.is_some()) {
        let is_empty = |row: &Row| row.cells.iter().all(|c| c.trim_ascii().is_empty());
        while rows.next().is_some_and(|row| row.as_ref().is_ok_and(is_empty)) {}
    }
    let path = path.to_owned();
    Ok(Table { rows, columns, text, words, bare: (0, 0), names: names.clone(), order, path, stem, is_done: false })
}

/// What is to be said of the columns: names that were given and that no column has; a second column with the name of the
/// text's; and those that say nothing where a fact of the articles is missing.
fn odd_columns(
    columns: &[String],
    text: usize,
    sample: &[Vec<String>],
    names: &Fields,
    path: &Path,
) -> VecDeque<Error> {
    let plain: Vec<String> = columns.iter().map(|c| fields::plain(c)).collect();
    let mut words = VecDeque::new();
    for (option, name) in names.given() {
        if option != "text" && !plain.contains(&fields::plain(name)) {
            let cause = format!("no column is called {name:?}; there are {}", listed(columns));
            words.push_back(Error::new(ErrorKind::Field, path, cause));
        }
    }
    let is_filled = |n: usize| sample.iter().skip(1).any(|r| r.get(n).is_some_and(|c| !c.trim().is_empty()));
    if let Some(other) = (0..plain.len()).find(|n| *n != text && plain[*n] == plain[text] && is_filled(*n)) {
        let cause = format!(
            "two columns are called {:?}: column {} is read, column {} is not",
            columns[text],
            text + 1,
            other + 1
        );
        words.push_back(Error::new(ErrorKind::Table, path, cause));
    }
    let lists = [
        (&names.title, fields::TITLE),
        (&names.date, fields::DATE),
        (&names.publisher, fields::PUBLISHER),
        (&names.author, fields::AUTHOR),
        (&names.url, fields::URL),
        (&names.id, fields::ID),
        (&names.language, fields::LANGUAGE),
    ];
    let is_of = |cell: &str, (given, usual): &(&Option<String>, &[&str])| match given {
        Some(name) => cell == fields::plain(name),
        None => usual.contains(&cell),
    };
    let lacks = lists[..2].iter().any(|list| !plain.iter().any(|c| is_of(c, list)));
    let known = |cell: &str| {
        lists.iter().any(|l| is_of(cell, l)) || fields::TEXT.contains(&cell) || fields::LATER_DATE.contains(&cell)
    };
    let odd: Vec<&str> = (0..plain.len())
        .filter(|n| *n != text && !plain[*n].is_empty() && !known(&plain[*n]) && is_filled(*n))
        .map(|n| columns[n].as_str())
        .collect();
    if lacks && !odd.is_empty() {
        let shown = odd.iter().take(12).copied().collect::<Vec<_>>().join(", ");
        let cause = format!("columns that are not understood: {shown}{}", if odd.len() > 12 { " …" } else { "" });
        words.push_back(Error::new(ErrorKind::Column, path, cause));
    }
    words
}

/// The names of columns, the first ones of many.
fn listed(columns: &[String]) -> String {
    let shown: Vec<&str> = columns.iter().map(String::as_str).take(20).collect();
    format!("{}{}", shown.join(", "), if columns.len() > 20 { " …" } else { "" })
}

/// The mark between the cells of the first row: the one with which most of its names are known, else most cells.
fn mark(head: &[u8], names: &Fields) -> u8 {
    let given: Vec<String> =
        [&names.text, &names.title, &names.date].into_iter().flatten().map(|n| fields::plain(n)).collect();
    let known = |cell: &str| {
        let plain = fields::plain(cell);
        let lists =
            [fields::TEXT, fields::DATE, fields::TITLE, fields::PUBLISHER, fields::AUTHOR, fields::URL, fields::ID];
        given.contains(&plain) || lists.iter().any(|l| l.contains(&plain.as_str()))
    };
    let worth = |mark: u8| {
        let row = sample(head, Signs { mark, quote: b'"' }).into_iter().next().unwrap_or_default();
        (row.iter().filter(|c| known(c)).count(), row.len())
    };
    // The first of the best: a comma where nothing speaks for another.
    MARKS.iter().rev().copied().max_by_key(|m| worth(*m)).unwrap_or(b',')
}

/// The sign around cells: an apostrophe where with it all rows have as many cells as the first, and without it they have
/// not, or all names stand between two of them.
fn quote(head: &[u8], mark: u8) -> u8 {
    let begins = [[mark, b'\''], [b'\n', b'\'']];
    if !head.starts_with(b"'") && !begins.iter().any(|two| memchr::memmem::find(head, two).is_some()) {
        return b'"';
    }
    let is_whole = |quote: u8| {
        let (columns, rows) = rows::tried(head, Signs { mark, quote });
        let mut rows: Vec<bool> = rows
            .take(400)
            .map(|row| row.is_ok_and(|row| !row.is_bare && (row.cells.len() == columns || row.cells == [b""])))
            .collect();
        if head.len() >= 64 << 10 && rows.len() > 1 {
            rows.pop();
        }
        columns > 1 && rows.iter().all(|is_row| *is_row)
    };
    let first = rows::of(head, Signs { mark, quote: b'"' }).next().unwrap_or_default();
    let is_named = first.iter().all(|cell| cell.len() > 1 && cell.starts_with(b"'") && cell.ends_with(b"'"));
    if is_whole(b'\'') && (is_named || !is_whole(b'"')) { b'\'' } else { b'"' }
}

/// The rows in the beginning of a file, the last one left out when it may be cut.
fn sample(head: &[u8], signs: Signs) -> Vec<Vec<String>> {
    let mut rows: Vec<Vec<String>> =
        rows::of(head, signs).take(400).map(|r| r.iter().map(|c| words(c)).collect()).collect();
    if head.len() >= 64 << 10 && rows.len() > 1 {
        rows.pop();
    }
    rows
}

/// A cell as text: UTF-8, else that of western Europe.
fn words(cell: &[u8]) -> String {
    match std::str::from_utf8(cell) {
        Ok(text) => text.to_owned(),
        Err(_) => encoding::western(cell).decode_without_bom_handling(cell).0.into_owned(),
    }
}

fn text_column(columns: &[String], sample: &[Vec<String>], names: &Fields, path: &Path) -> Result<usize, Error> {
    let plain: Vec<String> = columns.iter().map(|c| fields::plain(c)).collect();
    if let Some(name) = &names.text {
        return plain.iter().position(|c| *c == fields::plain(name)).ok_or_else(|| {
            Error::new(ErrorKind::Table, path, format!("no column is called {name:?}; there are {}", listed(columns)))
        });
    }
    let has = |name: &str| plain.iter().any(|c| c == name);
    let is_numbers =
        columns.first().is_some_and(|c| c.bytes().all(|b| b.is_ascii_digit() || b == b'-') && !c.is_empty());
    if (columns.len() >= 15 && is_numbers) || has("globaleventid") || has("gkgrecordid") || has("v2themes") {
        return Err(Error::refused(path, GDELT));
    }
    if has("eventidcnty") || (has("eventdate") && has("eventtype") && has("fatalities")) {
        return Err(Error::refused(path, EVENTS));
    }
    let found = fields::TEXT.iter().find_map(|name| {
        let places = (0..plain.len()).filter(|n| plain[*n] == *name);
        places
            .into_iter()
            .find(|n| sample.len() < 2 || sample[1..].iter().any(|r| r.get(*n).is_some_and(|c| !c.trim().is_empty())))
    });
    match found {
        Some(column) => Ok(column),
        None if fields::URL.iter().any(|name| has(name)) => Err(Error::refused(path, ADDRESSES)),
        None => {
            let cause = format!("no column of this table is known to hold text; there are {}", listed(columns));
            Err(Error::new(ErrorKind::Table, path, cause))
        }
    }
}

/// The order of day and month, where the dates of the first rows agree on one.
fn order(columns: &[String], sample: &[Vec<String>], names: &Fields) -> Option<dates::Order> {
    let plain: Vec<String> = columns.iter().map(|c| fields::plain(c)).collect();
    let column = match &names.date {
        Some(name) => plain.iter().position(|c| *c == fields::plain(name)),
        None => fields::DATE.iter().find_map(|name| plain.iter().position(|c| c == name)),
    }?;
    let mut found = sample.iter().skip(1).filter_map(|row| dates::order_of(row.get(column)?));
    let first = found.next()?;
    found.all(|o| o == first).then_some(first)
}

impl Table {
    fn part(&self, row: &Row) -> Result<Part, Error> {
        let line = row.line;
        let wrong = |cause: String| Error::new(ErrorKind::Table, &self.path, cause).at_line(line);
        let cells = &row.cells;
        if cells.iter().skip(self.columns.len()).any(|c| !c.is_empty()) {
            return Err(wrong(format!("{} cells, but {} columns", cells.len(), self.columns.len())));
        }
        if cells.len() <= self.text {
            return Err(wrong(format!("{} cells, and the text is in column {}", cells.len(), self.text + 1)));
        }
        let mut object = Map::new();
        for (name, cell) in self.columns.iter().zip(cells) {
            let cell = words(cell);
            let is_new = !object.contains_key(name);
            if is_new && !cell.trim().is_empty() && !NOTHING.contains(&cell.trim()) {
                object.insert(name.clone(), Value::String(cell));
            }
        }
        // Of two columns with one name the one that was found holds the text.
        let cell = words(&cells[self.text]);
        match cell.trim().is_empty() || NOTHING.contains(&cell.trim()) {
            true => object.remove(&self.columns[self.text]),
            false => object.insert(self.columns[self.text].clone(), Value::String(cell)),
        };
        // The column that was found holds the text of every row, also where another one could.
        let names = Fields { text: Some(self.columns[self.text].clone()), ..self.names.clone() };
        let Some(mut read) = json::document_in(&object, &names, self.order) else {
            let cause = format!("nothing in the column {:?}", self.columns[self.text]);
            return Err(Error::new(ErrorKind::NoText, &self.path, cause).at_line(line));
        };
        let id = &mut read.doc.source.id;
        if !id.is_empty() && id.bytes().all(|b| b.is_ascii_digit()) {
            *id = format!("{}#{id}", self.stem);
        }
        let mut part = Part::one(read.doc, line);
        part.losses = read.odd_date.map(|date| json::odd_date(&self.path, &date).at_line(line)).into_iter().collect();
        Ok(part)
    }
}

impl Iterator for Table {
    type Item = Result<Part, Error>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            if let Some(error) = self.words.pop_front() {
                return Some(Err(error));
            }
            if self.is_done {
                return None;
            }
            match self.rows.next() {
                None => {
                    self.is_done = true;
                    let (count, line) = self.bare;
                    if count > 0 {
                        let rows = if count == 1 { "row has" } else { "rows have" };
                        let cause = format!(
                            "{count} {rows} quotation marks that are not doubled or not closed; they are read as they stand"
                        );
                        self.words.push_back(Error::new(ErrorKind::Marks, &self.path, cause).at_line(line));
                    }
                }
                Some(Ok(row)) if row.cells.iter().all(|c| c.trim_ascii().is_empty()) => {}
                Some(Ok(row)) => {
                    if row.is_bare {
                        self.bare = (self.bare.0 + 1, if self.bare.0 == 0 { row.line } else { self.bare.1 });
                    }
                    return Some(self.part(&row));
                }
                Some(Err(Fault::Open { line, skipped, is_last })) => {
                    self.is_done = is_last;
                    let cause = match (skipped, is_last) {
                        (_, true) => "a quotation mark may not be closed: the rest of the file is not read".to_owned(),
                        (0, _) => "a quotation mark is not closed: the row is left out".to_owned(),
                        (n, _) => {
                            format!("a quotation mark is not closed: the row and the {n} lines after it are left out")
                        }
                    };
                    return Some(Err(Error::new(ErrorKind::Table, &self.path, cause).at_line(line)));
                }
                Some(Err(Fault::Read { line, error })) => {
                    self.is_done = true;
                    return Some(Err(failed(&self.path, &error).at_line(line)));
                }
            }
        }
    }
}
