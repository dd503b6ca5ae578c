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
    /// Rows with quotation marks that are not doubled.
    bare: Seen,
    /// Rows with their text and without some of the cells behind it.
    short: Seen,
    /// Rows that say the names of the columns again.
    heads: Seen,
    names: Fields,
    order: Option<dates::Order>,
    path: PathBuf,
    /// The file's name without its ending: the base of ids that are numbers.
    stem: String,
    is_done: bool,
}

/// Rows of one kind: how many, and the line of the first.
#[derive(Clone, Copy, Default)]
struct Seen {
    count: usize,
    line: usize,
}

impl Seen {
    fn add(&mut self, line: usize) {
        self.line = if self.count == 0 { line } else { self.line };
        self.count += 1;
    }
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

/// True for names of columns between quotation marks with one blank between two: R's `write.table`.
fn is_blank_between(line: &str) -> bool {
    let mut cells = line.split(' ');
    line.len() > 2
        && cells.all(|c| c.len() > 2 && c.starts_with('"') && c.ends_with('"') && !c[1..c.len() - 1].contains('"'))
}

/// True when the first line names columns as tables of articles do.
pub fn has_known_head(text: &str) -> bool {
    let line = text.lines().next().unwrap_or("");
    let blank = if is_blank_between(line) { &b" "[..] } else { &[] };
    MARKS.iter().chain(blank).any(|mark| {
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
    if encoding::looks_binary(&head) && !is_stained(&head) {
        return Err(Error::new(ErrorKind::Binary, path, "this is not text"));
    }
    head.retain(|byte| *byte != 0);
    let bare = head.strip_prefix(b"\xef\xbb\xbf").unwrap_or(&head);
    if bare.trim_ascii().is_empty() {
        return Err(Error::new(ErrorKind::Empty, path, "the file has no text"));
    }
    let whole = bare.len();
    let told = told_mark(bare);
    let bare = told.map_or(bare, |(_, end)| &bare[end..]);
    let (before, bare) = behind_preamble(bare, names);
    let mark = told.map_or_else(|| mark(bare, names), |(mark, _)| mark);
    let signs = Signs { mark, quote: quote(bare, mark) };
    let mut sample = sample(rows::of(bare, signs), bare.len());
    if has_row_names(bare, signs) {
        sample = self::sample(rows::named(bare, signs), bare.len());
        sample.iter_mut().take(1).for_each(|names| names.insert(0, String::new()));
    }
    let Some(first) = sample.first() else {
        return Err(Error::new(ErrorKind::Table, path, "the table has no first row"));
    };
    let columns: Vec<String> = first.iter().map(|c| c.trim().trim_start_matches('\u{feff}').to_owned()).collect();
    let text = text_column(&columns, &sample, names, path)?;
    let order = order(&columns, &sample, names, mark);
    let mut words = odd_columns(&columns, text, &sample, names, path);
    if before > 0 {
        let cause = format!("{} before the names of the columns: no part of the table", many(before, "line"));
        words.push_back(Error::new(ErrorKind::Aside, path, cause).at_line(1));
    }
    let mut rows = Rows::new(reader, signs, columns.len());
    rows.pass_over(whole - bare.len());
    // The names of the columns.
    let is_empty = |row: &Row| row.cells.iter().all(|c| c.trim_ascii().is_empty());
    while rows.next().is_some_and(|row| row.as_ref().is_ok_and(is_empty)) {}
    let path = path.to_owned();
    let [bare, short, heads] = [Seen::default(); 3];
    Ok(Table {
        rows,
        columns,
        text,
        words,
        bare,
        short,
        heads,
        names: names.clone(),
        order,
        path,
        stem,
        is_done: false,
    })
}

fn many(count: usize, what: &str) -> String {
    format!("{count} {what}{}", if count == 1 { "" } else { "s" })
}

/// True for text in which a few NUL bytes stand, or behind which there are nothing else: a program of C wrote it, or it was not
/// written to its end.
fn is_stained(head: &[u8]) -> bool {
    let end = head.iter().rposition(|byte| *byte != 0).map_or(0, |n| n + 1);
    let nuls = head[..end].iter().filter(|byte| **byte == 0).count();
    let rest: Vec<u8> = head.iter().copied().filter(|byte| *byte != 0).collect();
    nuls * 50 <= end && !encoding::looks_binary(&rest)
}

/// Lines at most that a program writes before the names of the columns.
const PREAMBLE: usize = 20;

/// The table behind the lines that some programs write before it (a title, a day, `# exported …`), and how many these are:
/// where the first line names no column of text, and one of the next does.
fn behind_preamble<'b>(bytes: &'b [u8], names: &Fields) -> (usize, &'b [u8]) {
    let names_text = |line: &str| {
        MARKS.iter().any(|mark| {
            let mut cells = line.split(char::from(*mark)).map(fields::plain);
            let given = names.text.as_deref().map(fields::plain);
            cells.any(|c| given.as_ref().map_or(fields::TEXT.contains(&c.as_str()), |given| *given == c))
        })
    };
    let mut at = 0;
    for count in 0..PREAMBLE {
        let Some(rest) = bytes.get(at..).filter(|rest| !rest.is_empty()) else { break };
        let end = memchr::memchr2(b'\n', b'\r', rest).unwrap_or(rest.len());
        let line = String::from_utf8_lossy(&rest[..end]);
        if names_text(&line) && (count == 0 || has_known_head(&line)) {
            return (count, rest);
        }
        at += end + 1 + usize::from(rest[end..].starts_with(b"\r\n"));
    }
    (0, bytes)
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
        let signs = Signs { mark, quote: b'"' };
        let row = sample(rows::of(head, signs).take(1), 0).into_iter().next().unwrap_or_default();
        (row.iter().filter(|c| known(c)).count(), row.len())
    };
    // The first of the best: a comma where nothing speaks for another.
    let line = String::from_utf8_lossy(head.split(|b| matches!(b, b'\n' | b'\r')).next().unwrap_or_default());
    let blank = is_blank_between(&line).then_some(b' ');
    blank.into_iter().chain(MARKS.iter().rev().copied()).max_by_key(|m| worth(*m)).unwrap_or(b',')
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

/// The rows in the beginning of a file of so many bytes, the last one left out when it may be cut.
fn sample(rows: impl Iterator<Item = Vec<Vec<u8>>>, count: usize) -> Vec<Vec<String>> {
    let mut rows: Vec<Vec<String>> = rows.take(400).map(|r| r.iter().map(|c| words(c)).collect()).collect();
    if count >= 64 << 10 && rows.len() > 1 {
        rows.pop();
    }
    rows
}

/// True where each row has a cell more than there are names of columns: its own name, before all others, as R's `write.table`
/// writes it.
fn has_row_names(head: &[u8], signs: Signs) -> bool {
    let (columns, mut rows) = rows::tried(head, signs);
    let is_short = rows.nth(1).is_some_and(|row| row.is_ok_and(|row| row.cells.len() == columns));
    if is_short {
        return false;
    }
    let mut rows: Vec<Vec<Vec<u8>>> = rows::named(head, signs).skip(1).take(400).collect();
    if head.len() >= 64 << 10 && rows.len() > 1 {
        rows.pop();
    }
    rows.retain(|row| row.iter().any(|cell| !cell.trim_ascii().is_empty()));
    // A mark behind the last cell of all rows makes no name.
    let is_last_filled = rows.iter().any(|row| row.last().is_some_and(|cell| !cell.is_empty()));
    let is_named = rows.iter().all(|row| row.len() == columns + 1 && (1..=60).contains(&row[0].len()));
    !rows.is_empty() && is_last_filled && is_named
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
fn order(columns: &[String], sample: &[Vec<String>], names: &Fields, mark: u8) -> Option<dates::Order> {
    let plain: Vec<String> = columns.iter().map(|c| fields::plain(c)).collect();
    let column = match &names.date {
        Some(name) => plain.iter().position(|c| *c == fields::plain(name)),
        None => fields::DATE.iter().find_map(|name| plain.iter().position(|c| c == name)),
    }?;
    let mut found = sample.iter().skip(1).filter_map(|row| dates::order_of(row.get(column)?));
    let Some(first) = found.next() else {
        // A spreadsheet that writes semicolons is one of a language that has the comma in its numbers; with points its dates are
        // those of Europe.
        let mut dates = sample.iter().skip(1).filter_map(|row| row.get(column)).filter(|d| !d.trim().is_empty());
        let is_dotted = |date: &String| date.matches('.').count() == 2 && !date.contains(['/', '-']);
        return (mark == b';' && dates.all(is_dotted)).then_some(dates::Order::DayFirst);
    };
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
            return Err(wrong(format!("{}, and the text is in column {}", many(cells.len(), "cell"), self.text + 1)));
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
        let losses = read.losses(&self.path).into_iter().map(|loss| loss.at_line(line)).collect();
        let mut part = Part { losses, ..Part::one(read.doc, line) };
        if row.is_cut(self.named()) {
            let cause = format!("the file ends inside a row: {} of {}", cells.len(), many(self.named(), "column"));
            part.losses.push(Error::new(ErrorKind::Cut, &self.path, cause).at_line(line));
        }
        Ok(part)
    }

    /// Columns up to the last that has a name.
    fn named(&self) -> usize {
        self.columns.iter().rposition(|name| !name.is_empty()).map_or(0, |n| n + 1)
    }

    /// True for a row that is no article but names of columns: tables that were put behind one another. Those of another
    /// table are taken over.
    fn is_head(&mut self, row: &Row) -> bool {
        let cells: Vec<String> = row.cells.iter().map(|c| words(c).trim().to_owned()).collect();
        let plain: Vec<String> = cells.iter().map(|c| fields::plain(c)).collect();
        if plain.len() < 2 || row.cells.iter().any(|c| c.len() > 40) {
            return false;
        }
        if plain.iter().eq(self.columns.iter().map(|c| fields::plain(c)).collect::<Vec<_>>().iter()) {
            self.heads.add(row.line);
            return true;
        }
        // Each is a name that is known, one of them a text's.
        let lists = [
            fields::TEXT,
            fields::TITLE,
            fields::DATE,
            fields::LATER_DATE,
            fields::PUBLISHER,
            fields::AUTHOR,
            fields::URL,
            fields::ID,
            fields::LANGUAGE,
        ];
        let knows = |cell: &String| {
            lists.iter().any(|list| list.contains(&cell.as_str()))
                || self.columns.iter().any(|c| fields::plain(c) == *cell)
        };
        let is_other = plain.iter().all(knows) && plain.iter().any(|c| fields::TEXT.contains(&c.as_str()));
        let Ok(text) = text_column(&cells, &[], &self.names, &self.path) else { return false };
        if is_other {
            let cause = format!("another table begins: {} from here on", listed(&cells));
            self.words.push_back(Error::new(ErrorKind::Aside, &self.path, cause).at_line(row.line));
            self.rows.turn_to(cells.len());
            (self.columns, self.text) = (cells, text);
        }
        is_other
    }

    /// What is to be said of rows at the end.
    fn finish(&mut self) {
        let mut say = |kind, rows: Seen, cause: String| {
            if rows.count > 0 {
                self.words.push_back(Error::new(kind, &self.path, cause).at_line(rows.line));
            }
        };
        let has = |rows: Seen| format!("{} {}", many(rows.count, "row"), if rows.count == 1 { "has" } else { "have" });
        let marks = "quotation marks that are not doubled or not closed; they are read as they stand";
        say(ErrorKind::Marks, self.bare, format!("{} {marks}", has(self.bare)));
        let short = format!("{} fewer cells than there are columns; what is there is read", has(self.short));
        say(ErrorKind::Cells, self.short, short);
        let again = format!("{} the names of the columns in it; it is no article", has(self.heads));
        let again = if self.heads.count == 1 {
            again
        } else {
            again.replace("in it; it is no article", "in them; they are no articles")
        };
        say(ErrorKind::Aside, self.heads, again);
        if self.rows.nuls() > 0 {
            let cause = format!("{} left out: no text", many(self.rows.nuls(), "NUL byte"));
            self.words.push_back(Error::new(ErrorKind::Cells, &self.path, cause));
        }
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
                    self.finish();
                }
                Some(Ok(row)) if row.cells.iter().all(|c| c.trim_ascii().is_empty()) || self.is_head(&row) => {}
                Some(Ok(row)) => {
                    if row.is_bare {
                        self.bare.add(row.line);
                    }
                    let part = self.part(&row);
                    if part.is_ok() && row.cells.len() < self.named() && !row.is_cut(self.named()) {
                        self.short.add(row.line);
                    }
                    return Some(part);
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
