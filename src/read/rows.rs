//! Rows of a table, cell by cell (RFC 4180), also where quotation marks are not doubled or not closed.

use std::io::{self, Read};

use super::LONGEST;

/// Bytes of a row at most.
const LONGEST_ROW: usize = LONGEST * 2;

/// Bytes of a row with marks that are not by the rules, and of lines that are looked through for the next row.
const NEAR: usize = 1 << 20;

/// Bytes of a row in which the first backslash before a mark is looked for.
const SOON: usize = 32 << 10;

/// Bytes that are looked at behind quotation marks that are not closed, in one table.
const AGAIN: usize = 512 << 20;

/// The signs that a table is written with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Signs {
    /// Between cells.
    pub mark: u8,
    /// Around cells that have a mark or a break in them.
    pub quote: u8,
}

impl Signs {
    fn are_in(self, byte: u8) -> bool {
        byte == self.mark || byte == self.quote
    }
}

/// One row.
#[derive(Debug, PartialEq, Eq)]
pub struct Row {
    pub cells: Vec<Vec<u8>>,
    /// Its first line, from 1.
    pub line: usize,
    /// It has quotation marks that are not doubled or not closed, and is read as it stands.
    pub is_bare: bool,
    /// The file ends with it, and not with the end of its line.
    is_open: bool,
}

impl Row {
    /// True where the file may be cut off inside this row.
    pub fn is_cut(&self, columns: usize) -> bool {
        self.is_open && self.cells.len() < columns
    }
}

/// What is wrong with a row.
#[derive(Debug)]
pub enum Fault {
    /// A quotation mark is not closed; so many lines after it are no rows. `is_last`: nothing after it can be read.
    Open { line: usize, skipped: usize, is_last: bool },
    /// The file cannot be read any further.
    Read { line: usize, error: io::Error },
}

/// How the beginning of some bytes is read.
enum Found {
    /// More bytes are needed to tell.
    More,
    /// A row, and the byte behind it.
    Row(Taken),
    /// A quotation mark is not closed, or stands where none may. `line`: the place of one that begins a cell of a later line;
    /// `seen`: bytes that were looked at.
    Open { line: Option<usize>, seen: usize },
}

/// A row as it was found.
struct Taken {
    cells: Vec<Vec<u8>>,
    end: usize,
    is_bare: bool,
    has_breaks: bool,
    is_open: bool,
}

/// How quotation marks are taken.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Marks {
    /// By the rules: doubled, or at the ends of a cell.
    Strict,
    /// With a backslash before one inside a cell, as Spark and MySQL write them; outside of quotation marks also before what
    /// divides cells and rows (pandas without any, PostgreSQL).
    Escaped,
    /// One inside a cell may stand for itself: `"He said "no" and left"`.
    Inner,
    /// They are signs like all others: `"No," he said.` between tabs.
    Plain,
}

/// The rows of a table, one after another.
pub struct Rows {
    reader: Box<dyn Read + Send>,
    signs: Signs,
    columns: usize,
    buffer: Vec<u8>,
    at: usize,
    line: usize,
    is_end: bool,
    /// What ended the file before its time.
    error: Option<io::Error>,
    again: usize,
    is_done: bool,
    /// NUL bytes that were left out.
    nuls: usize,
}

/// A mark of the order of bytes: of a file, or of one that was put behind another.
const BOM: &[u8] = b"\xef\xbb\xbf";

impl Rows {
    /// The rows of a table of so many columns.
    pub fn new(reader: Box<dyn Read + Send>, signs: Signs, columns: usize) -> Rows {
        let mut rows = Rows {
            reader,
            signs,
            columns,
            buffer: Vec::new(),
            at: 0,
            line: 1,
            is_end: false,
            error: None,
            again: 0,
            is_done: false,
            nuls: 0,
        };
        rows.more();
        if rows.buffer.starts_with(BOM) {
            rows.at = 3;
        }
        rows
    }

    /// Passes what stands before the table in the first bytes of the file.
    pub fn pass_over(&mut self, count: usize) {
        self.pass(count.min(self.buffer.len() - self.at));
    }

    /// From here on rows have so many cells.
    pub fn turn_to(&mut self, columns: usize) {
        self.columns = columns;
    }

    /// NUL bytes that were left out so far.
    pub fn nuls(&self) -> usize {
        self.nuls
    }

    /// Reads on, as much again as there is; false at the end.
    fn more(&mut self) -> bool {
        if self.is_end {
            return false;
        }
        self.buffer.drain(..self.at);
        self.at = 0;
        let wanted = self.buffer.len().max(64 << 10) as u64;
        let before = self.buffer.len();
        while !self.is_end && self.buffer.len() == before {
            match self.reader.by_ref().take(wanted).read_to_end(&mut self.buffer) {
                Ok(count) => self.is_end = count == 0,
                Err(error) => (self.is_end, self.error) = (true, Some(error)),
            }
            // A file that was not written to its end, or by a program of C, has bytes that are no text.
            if memchr::memchr(0, &self.buffer[before..]).is_some() {
                let read = self.buffer.split_off(before);
                self.buffer.extend(read.iter().filter(|byte| **byte != 0));
                self.nuls += before + read.len() - self.buffer.len();
            }
        }
        self.buffer.len() > before
    }

    /// The row that begins here; the place of the mark by which it is seen that one before is not closed, if there is such;
    /// a row that is too long has none.
    fn found(&mut self, marks: Marks) -> Result<Taken, Option<usize>> {
        let most = if matches!(marks, Marks::Inner | Marks::Escaped) { NEAR } else { LONGEST_ROW };
        loop {
            match parse(&self.buffer[self.at..], self.signs, marks, self.is_end) {
                Found::Row(row) => return Ok(row),
                Found::More if self.buffer.len() - self.at <= most => {
                    self.more();
                }
                Found::Open { line, seen } => {
                    self.again += seen;
                    return Err(line);
                }
                Found::More => return Err(None),
            }
        }
    }

    /// The line that begins here, where it has as many cells as the first, whatever its marks are.
    fn line_alone(&mut self) -> Option<Taken> {
        self.found(Marks::Plain).ok().filter(|row| row.cells.len() == self.columns)
    }

    /// The row that begins here with a backslash before its inner marks, where it has as many cells as the first.
    fn escaped(&mut self) -> Option<Taken> {
        let near = &self.buffer[self.at..];
        let near = &near[..near.len().min(SOON)];
        let escapes = |at: usize| near.get(at + 1).is_some_and(|b| self.signs.are_in(*b) || matches!(b, b'\n' | b'\r'));
        memchr::memchr_iter(b'\\', near).find(|at| escapes(*at))?;
        self.found(Marks::Escaped).ok().filter(|row| row.cells.len() == self.columns)
    }

    /// Goes on by so many bytes.
    fn pass(&mut self, count: usize) {
        let passed = &self.buffer[self.at..self.at + count];
        let returns = memchr::memchr_iter(b'\r', passed).filter(|n| passed.get(n + 1) != Some(&b'\n')).count();
        self.line += memchr::memchr_iter(b'\n', passed).count() + returns;
        self.at += count;
    }

    /// Goes on behind a row.
    fn take(&mut self, row: Taken) -> Row {
        let line = self.line;
        self.pass(row.end);
        Row { cells: row.cells, line, is_bare: row.is_bare, is_open: row.is_open }
    }

    /// A row whose quotation marks are not those of the rules: read as it stands where it has as many cells as the first.
    fn odd(&mut self) -> Result<Row, Fault> {
        let line = self.line;
        if let Some(row) = self.escaped() {
            return Ok(self.take(row));
        }
        let inner = self.found(Marks::Inner);
        let end = match inner {
            Ok(row) if row.cells.len() == self.columns => return Ok(self.take(row)),
            Ok(row) => row.end,
            // The line that shows it is a row of its own.
            Err(Some(at)) => {
                let before = &self.buffer[self.at..self.at + at];
                memchr::memrchr2(b'\n', b'\r', before).map_or(at, |n| n + 1)
            }
            Err(None) => {
                let near = &self.buffer[self.at..];
                let near = &near[..near.len().min(NEAR)];
                let is_all = self.is_end && near.len() == self.buffer.len() - self.at;
                memchr::memrchr(b'\n', near).map_or(near.len(), |n| if is_all { near.len() } else { n + 1 })
            }
        };
        let own = self.found(Marks::Plain);
        if own.is_err() || self.again > AGAIN {
            self.is_done = true;
            return Err(Fault::Open { line, skipped: 0, is_last: true });
        }
        if let Some(row) = own.ok().filter(|row| row.cells.len() == self.columns) {
            return Ok(self.take(row));
        }
        // What follows up to there is rows where every line of it is one, else the rest of a cell.
        let stop = self.at + end;
        let mut lines = Vec::new();
        let mut at = self.at;
        while at < stop {
            let count = memchr::memchr(b'\n', &self.buffer[at..stop]).map_or(stop - at, |n| n + 1);
            let text = &self.buffer[at..at + count];
            let is_whole = |marks| match parse(text, self.signs, marks, true) {
                Found::Row(row) => row.cells.len() == self.columns,
                _ => false,
            };
            let is_empty = text.trim_ascii().is_empty();
            lines.push((count, is_empty, is_empty || is_whole(Marks::Strict) || is_whole(Marks::Plain)));
            at += count;
        }
        // The broken row's own line is none of them.
        let kept = lines.iter().skip(1).rev().take_while(|(_, _, is_row)| *is_row).count();
        let left = &lines[..lines.len() - kept];
        let skipped = left.iter().skip(1).filter(|(_, is_empty, _)| !is_empty).count();
        self.pass(left.iter().map(|(count, _, _)| count).sum());
        Err(Fault::Open { line, skipped, is_last: false })
    }
}

impl Iterator for Rows {
    type Item = Result<Row, Fault>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.is_done {
            return None;
        }
        if self.at >= self.buffer.len() && !self.more() {
            self.is_done = true;
            return self.error.take().map(|error| Err(Fault::Read { line: self.line, error }));
        }
        let row = self.found(Marks::Strict);
        // Where the file breaks off, so does its last row.
        let is_cut = row.as_ref().is_ok_and(|row| self.at + row.end == self.buffer.len()) || row.is_err();
        if is_cut && self.is_end && !self.buffer.ends_with(b"\n") && self.error.is_some() {
            self.is_done = true;
            return self.error.take().map(|error| Err(Fault::Read { line: self.line, error }));
        }
        Some(match row {
            Err(_) => self.odd(),
            // Over several lines and with other cells than the first row: a mark before may not be closed.
            Ok(row) if row.has_breaks && row.cells.len() != self.columns => {
                let alone = self.line_alone();
                Ok(self.take(alone.unwrap_or(row)))
            }
            // A cell that ends with a backslash may go on behind what would divide it.
            Ok(row) if row.cells.len() != self.columns || row.cells.iter().any(|cell| cell.ends_with(b"\\")) => {
                let escaped = self.escaped();
                Ok(self.take(escaped.unwrap_or(row)))
            }
            Ok(row) => Ok(self.take(row)),
        })
    }
}

/// The rows in some bytes, without those that cannot be read; the number of columns is that of the first.
pub fn of(bytes: &[u8], signs: Signs) -> impl Iterator<Item = Vec<Vec<u8>>> {
    tried(bytes, signs).1.filter_map(Result::ok).map(|row| row.cells)
}

/// The rows in some bytes, where each but the first has a cell more than that: the name of the row, as R writes it.
pub fn named(bytes: &[u8], signs: Signs) -> impl Iterator<Item = Vec<Vec<u8>>> {
    let (columns, mut rows) = tried(bytes, signs);
    rows.columns = columns + 1;
    rows.filter_map(Result::ok).map(|row| row.cells)
}

/// The rows in some bytes, and how many columns the first has.
pub fn tried(bytes: &[u8], signs: Signs) -> (usize, Rows) {
    let empty = bytes.iter().take_while(|b| matches!(b, b'\n' | b'\r')).count();
    let bytes = &bytes[empty..];
    let columns = match parse(bytes, signs, Marks::Strict, true) {
        Found::Row(row) => row.cells.len(),
        _ => 1,
    };
    (columns, Rows::new(Box::new(io::Cursor::new(bytes.to_vec())), signs, columns))
}

/// The row with which some bytes begin. `is_end`: nothing comes after them.
fn parse(bytes: &[u8], signs: Signs, marks: Marks, is_end: bool) -> Found {
    let Signs { mark, quote } = signs;
    let (mut cells, mut at) = (Vec::new(), if bytes.starts_with(BOM) { BOM.len() } else { 0 });
    let (mut is_bare, mut has_breaks) = (false, false);
    let is_close = |byte: Option<&u8>| byte.is_none_or(|b| *b == mark || matches!(b, b'\n' | b'\r'));
    loop {
        let mut cell = Vec::new();
        if marks != Marks::Plain && bytes.get(at) == Some(&quote) {
            at += 1;
            let mut has_break = false;
            loop {
                let Some(next) = memchr::memchr(quote, &bytes[at..]) else {
                    return if is_end { Found::Open { line: None, seen: bytes.len() } } else { Found::More };
                };
                has_break |= memchr::memchr2(b'\n', b'\r', &bytes[at..at + next]).is_some();
                cell.extend_from_slice(&bytes[at..at + next]);
                at += next;
                let slashes = cell.iter().rev().take_while(|b| **b == b'\\').count();
                match bytes.get(at + 1) {
                    _ if marks == Marks::Escaped && slashes % 2 == 1 => {
                        cell.pop();
                        cell.push(quote);
                        at += 1;
                    }
                    None if !is_end => return Found::More,
                    Some(after) if *after == quote => {
                        cell.push(quote);
                        at += 2;
                    }
                    after if is_close(after) => {
                        at += 1;
                        break;
                    }
                    // A mark that begins a cell of a later line: that line is a row of its own.
                    _ if has_break && (bytes[at - 1] == mark || bytes[at - 1] == b'\n') => {
                        return Found::Open { line: Some(at), seen: at };
                    }
                    _ if matches!(marks, Marks::Strict | Marks::Escaped) => {
                        return Found::Open { line: None, seen: at };
                    }
                    _ => {
                        is_bare = true;
                        cell.push(quote);
                        at += 1;
                    }
                }
            }
            has_breaks |= has_break;
        } else {
            let escape = |at: usize| {
                let rest = Some(&bytes[at..]).filter(|_| marks == Marks::Escaped)?;
                memchr::memchr3(mark, b'\n', b'\\', rest).filter(|next| rest[*next] == b'\\')
            };
            while let Some(next) = escape(at) {
                let Some(&byte) = bytes.get(at + next + 1) else {
                    if is_end {
                        break;
                    }
                    return Found::More;
                };
                cell.extend_from_slice(&bytes[at..at + next]);
                // Before any other sign it stands for itself.
                if !signs.are_in(byte) && !matches!(byte, b'\\' | b'\n' | b'\r') {
                    cell.push(b'\\');
                }
                cell.push(byte);
                at += next + 2;
            }
            let end = memchr::memchr3(mark, b'\n', b'\r', &bytes[at..]);
            if end.is_none() && !is_end {
                return Found::More;
            }
            let end = end.map_or(bytes.len(), |n| at + n);
            let (words, is_cut) = bare(&bytes[at..end], quote, marks);
            cell.extend_from_slice(&words);
            is_bare |= is_cut;
            at = end;
        }
        cells.push(cell);
        let end = match bytes.get(at) {
            Some(b) if *b == mark => {
                at += 1;
                continue;
            }
            None if !is_end => return Found::More,
            None => at,
            Some(b'\r') => match bytes.get(at + 1) {
                None if !is_end => return Found::More,
                Some(b'\n') => at + 2,
                _ => at + 1,
            },
            Some(_) => at + 1,
        };
        let is_open = end == at && at == bytes.len();
        return Found::Row(Taken { cells, end, is_bare, has_breaks, is_open });
    }
}

/// A cell without the quotation marks around it, where marks are signs like all others, and whether only the first of
/// the two is there.
fn bare(cell: &[u8], quote: u8, marks: Marks) -> (std::borrow::Cow<'_, [u8]>, bool) {
    let inner = cell.strip_prefix(&[quote]).filter(|_| marks == Marks::Plain);
    match inner {
        Some(rest) if !rest.contains(&quote) => (rest.into(), true),
        Some(rest) if rest.ends_with(&[quote]) && memchr::memchr(quote, rest) == Some(rest.len() - 1) => {
            (rest[..rest.len() - 1].into(), false)
        }
        _ => (cell.into(), false),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The rows as words, with `|` between cells, and faults as their line and the lines that are left out with it.
    fn read(table: &str) -> Vec<String> {
        let mark = if table.contains('\t') { b'\t' } else { b',' };
        let columns = table.lines().next().unwrap_or("").split(char::from(mark)).count();
        let rows =
            Rows::new(Box::new(io::Cursor::new(table.as_bytes().to_vec())), Signs { mark, quote: b'"' }, columns);
        rows.map(|row| match row {
            Ok(row) => {
                let cells: Vec<String> = row.cells.iter().map(|c| String::from_utf8_lossy(c).into_owned()).collect();
                format!("{}{}: {}", row.line, if row.is_bare { "*" } else { "" }, cells.join("|"))
            }
            Err(Fault::Open { line, skipped, is_last }) => format!("{line} open {skipped} {is_last}"),
            Err(Fault::Read { line, error }) => format!("{line} {error}"),
        })
        .collect()
    }

    #[test]
    fn rows_by_the_rules() {
        assert_eq!(
            read("a,b\r\n1,\"x, \"\"y\"\"\nz\"\n\"\",\n2,\"\"\"q\"\"\""),
            ["1: a|b", "2: 1|x, \"y\"\nz", "4: |", "5: 2|\"q\""]
        );
        assert_eq!(read("a,b\rc,d\r"), ["1: a|b", "2: c|d"]);
        assert_eq!(read("\u{feff}a,b\n1,2,3\n4\n"), ["1: a|b", "2: 1|2|3", "3: 4"]);
    }

    #[test]
    fn marks_that_are_not_doubled_stand_for_themselves() {
        assert_eq!(
            read("a,b,c\n1,\"He said \"no\" and left, angry\",3\n"),
            ["1: a|b|c", "2*: 1|He said \"no\" and left, angry|3"]
        );
        assert_eq!(
            read("a\tb\n1\t\"No,\" he said.\n2\t\"All of it\"\n"),
            ["1: a|b", "2: 1|\"No,\" he said.", "3: 2|All of it"]
        );
    }

    #[test]
    fn a_backslash_before_a_mark_keeps_it_in_the_cell() {
        assert_eq!(
            read(
                "a,b,c\n1,\"He said \\\"no\\\", then \\\"yes\\\"\",3\n2,\"\\\"No,\\\" he said.\nThen he left.\",3\n3,x,\"\"\n"
            ),
            ["1: a|b|c", "2: 1|He said \"no\", then \"yes\"|3", "3: 2|\"No,\" he said.\nThen he left.|3", "5: 3|x|"]
        );
        // Without quotation marks it keeps what divides cells and rows.
        assert_eq!(
            read("a,b,c\n1,It rained\\, much\\\nand snowed.,x\n2,\\\"No\\\"\\, he said \\o/.,y\n"),
            ["1: a|b|c", "2: 1|It rained, much\nand snowed.|x", "4: 2|\"No\", he said \\o/.|y"]
        );
        // One that ends a cell escapes nothing.
        assert_eq!(read("a,b\n1,\"C:\\\"\n2,y\n"), ["1: a|b", "2: 1|C:\\", "3: 2|y"]);
    }

    #[test]
    fn what_programs_leave_in_a_file_is_no_text() {
        assert_eq!(
            read("a,b\n1,\"x, y\"\n\u{feff}\"a\",\"b\"\n\u{feff}2,z\n"),
            ["1: a|b", "2: 1|x, y", "3: a|b", "4: 2|z"]
        );
        assert_eq!(read("a,b\n1,x\0y\0\n2,z\n\0\0\0"), ["1: a|b", "2: 1|xy", "3: 2|z"]);
        let far = format!("a,b\n1,x\n{}2,y\n", "\0".repeat(300_000));
        assert_eq!(read(&far), ["1: a|b", "2: 1|x", "3: 2|y"]);
    }

    #[test]
    fn a_row_that_the_file_breaks_off_is_told_from_a_short_one() {
        let cut = |table: &str| -> Vec<bool> {
            let (columns, rows) = tried(table.as_bytes(), Signs { mark: b',', quote: b'"' });
            rows.map(|row| row.expect("a row").is_cut(columns)).collect()
        };
        assert_eq!(cut("a,b,c\n1,x\n2,y\n"), [false, false, false]);
        assert_eq!(cut("a,b,c\n1,x\n2,y"), [false, false, true]);
        assert_eq!(cut("a,b,c\n1,x\n2,y,z"), [false, false, false]);
    }

    #[test]
    fn many_odd_rows_are_all_read() {
        let rows = |n: usize| (0..n).map(|n| format!("{n}\t\"No,\" he said.\n")).collect::<String>();
        let table = format!("a\tb\n{}", rows(30_000));
        assert_eq!(read(&table).len(), 30_001);
        assert!(read(&table).iter().all(|row| !row.contains("open")));
        // Each of many lines is asked whether it is a row, and the file is given up before that takes long.
        // A mark that no other one follows for long is none of the table.
        let far = format!("a\tb\n1\t\"No,\" he said.\n{}", "2\tIt rained.\n".repeat(200_000));
        assert_eq!(read(&far).len(), 200_002);
        let open = format!("a,b\n1,\"It rained, much\n{}", "2,It rained.\n".repeat(200_000));
        assert_eq!(read(&open).len(), 200_002);
        let marks = "\"a\n".repeat(30_000);
        assert!(read(&format!("a,b\n{marks}")).len() <= 30_001);
    }

    #[test]
    fn a_mark_that_is_not_closed_costs_its_own_row() {
        // Without a comma in the text even that is read.
        assert_eq!(
            read("a,b,c\n1,\"It rained.,x\n2,\"It snowed, it froze.\",y\n3,It hailed.,z\n"),
            ["1: a|b|c", "2*: 1|It rained.|x", "3: 2|It snowed, it froze.|y", "4: 3|It hailed.|z"]
        );
        assert_eq!(
            read("a,b,c\n1,\"It rained, all day.,x\n2,\"It snowed, it froze.\",y\n"),
            ["1: a|b|c", "2 open 0 false", "3: 2|It snowed, it froze.|y"]
        );
        assert_eq!(
            read("a,b\n1,\"It rained, and then\nit snowed, and\n\nit froze.\n2,\"It hailed, he said.\"\n3,x\n"),
            ["1: a|b", "2 open 2 false", "6: 2|It hailed, he said.", "7: 3|x"]
        );
        assert_eq!(
            read("a,b\n1,\"It rained, much\n2,dry\n3,wet\n"),
            ["1: a|b", "2 open 0 false", "3: 2|dry", "4: 3|wet"]
        );
    }
}
