//! Tables for a spreadsheet: statements, figures, disputes, articles and speakers, in the formats that people open.
//!
//! Words of articles never become formulas: a workbook holds them as text, and the plain formats have an apostrophe
//! before what a spreadsheet would run.

mod rows;
mod workbook;

use std::fmt::Write;
use std::path::Path;

use super::harmless;
use super::web::escaped;
use crate::graph::{Error, ErrorKind};
pub use rows::{
    NAMES, Place, articles, disputes, disputes_of, figures, flat, heard, incidents, incidents_of, named, papers,
    printed, publishers, sheets, speakers, statements, told, verdict,
};

/// A table with its name.
#[derive(Clone, Debug, PartialEq)]
pub struct Sheet {
    pub name: &'static str,
    pub columns: Vec<Column>,
    pub rows: Vec<Vec<Cell>>,
}

/// A column: its title and how many letters wide a spreadsheet shows it.
#[derive(Clone, Debug, PartialEq)]
pub struct Column {
    pub title: String,
    pub width: u16,
}

/// What a cell holds.
#[derive(Clone, Debug, PartialEq)]
pub enum Cell {
    Text(String),
    /// A number in digits, exact.
    Number(String),
    /// An address and the words that stand for it.
    Link(String, String),
}

impl Cell {
    pub fn text(words: impl Into<String>) -> Cell {
        Cell::Text(words.into())
    }

    /// A number, or text where it is none.
    pub fn number(digits: impl Into<String>) -> Cell {
        let digits = digits.into();
        if is_number(&digits) { Cell::Number(digits) } else { Cell::Text(digits) }
    }

    /// An address that a browser may open, else the words alone.
    pub fn link(address: &str, words: &str) -> Cell {
        if address.starts_with("http://") || address.starts_with("https://") {
            Cell::Link(address.to_owned(), words.to_owned())
        } else {
            Cell::Text(words.to_owned())
        }
    }

    /// As a plain format has it: of a link its address.
    pub fn plain(&self) -> &str {
        match self {
            Cell::Text(text) | Cell::Number(text) | Cell::Link(text, _) => text,
        }
    }

    /// As a person reads it: of a link its words.
    pub fn shown(&self) -> &str {
        match self {
            Cell::Text(text) | Cell::Number(text) | Cell::Link(_, text) => text,
        }
    }
}

/// Digits with at most a sign before and a point among them.
fn is_number(text: &str) -> bool {
    let digits = text.strip_prefix('-').unwrap_or(text);
    let (whole, part) = digits.split_once('.').unwrap_or((digits, "0"));
    let all = |t: &str| !t.is_empty() && t.bytes().all(|b| b.is_ascii_digit());
    all(whole) && all(part)
}

/// The formats of tables.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    Csv,
    Tsv,
    Jsonl,
    Xlsx,
    Html,
    Markdown,
}

impl Format {
    /// Every format by the ending of its files, with its media type.
    pub const ALL: &'static [(&'static str, Format, &'static str)] = &[
        ("csv", Format::Csv, "text/csv; charset=utf-8"),
        ("tsv", Format::Tsv, "text/tab-separated-values; charset=utf-8"),
        ("jsonl", Format::Jsonl, "application/jsonl; charset=utf-8"),
        ("xlsx", Format::Xlsx, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
        ("html", Format::Html, "text/html; charset=utf-8"),
        ("md", Format::Markdown, "text/markdown; charset=utf-8"),
    ];

    /// The format of a name or an ending.
    pub fn named(name: &str) -> Option<Format> {
        let name = match name.to_ascii_lowercase().as_str() {
            "htm" => "html".to_owned(),
            "markdown" => "md".to_owned(),
            "tab" => "tsv".to_owned(),
            other => other.to_owned(),
        };
        Format::ALL.iter().find(|(ending, ..)| *ending == name).map(|(_, format, _)| *format)
    }

    /// The format that a file's ending names.
    pub fn of(path: &Path) -> Result<Format, Error> {
        let ending = path.extension().and_then(|e| e.to_str()).unwrap_or_default();
        Format::named(ending).ok_or_else(|| {
            let endings: Vec<String> = Format::ALL.iter().map(|(ending, ..)| format!(".{ending}")).collect();
            let what = match ending {
                "" => format!("{} has no ending that names a format", path.display()),
                ending => format!("no table is written as .{ending}"),
            };
            Error::new(ErrorKind::Unknown, what).with_hint(format!("use one of {}", endings.join(", ")))
        })
    }

    /// Whether one file holds several tables.
    pub fn holds_several(self) -> bool {
        matches!(self, Format::Xlsx | Format::Html)
    }
}

/// Writes tables; a format that holds one takes the first.
pub fn write(sheets: &[Sheet], format: Format) -> Result<Vec<u8>, Error> {
    let one = || sheets.first().ok_or_else(|| Error::new(ErrorKind::Unknown, "there is no table to write"));
    Ok(match format {
        Format::Xlsx => workbook::write(sheets)?,
        Format::Html => html(sheets).into_bytes(),
        Format::Csv => csv(one()?)?,
        Format::Tsv => tsv(one()?).into_bytes(),
        Format::Jsonl => jsonl(one()?).into_bytes(),
        Format::Markdown => markdown(one()?).into_bytes(),
    })
}

/// A cell as a spreadsheet that opens a plain file shall take it.
fn guarded(cell: &Cell) -> String {
    match cell {
        Cell::Number(digits) => digits.clone(),
        _ => harmless(cell.plain()),
    }
}

fn csv(sheet: &Sheet) -> Result<Vec<u8>, Error> {
    let mut rows = vec![sheet.columns.iter().map(|c| c.title.clone()).collect::<Vec<_>>()];
    rows.extend(sheet.rows.iter().map(|row| row.iter().map(guarded).collect()));
    super::csv(&rows)
}

/// Tabs and ends of lines would begin cells of their own.
fn tsv(sheet: &Sheet) -> String {
    let mut out = String::new();
    let mut line = |cells: Vec<String>| {
        out.push_str(&cells.join("\t"));
        out.push('\n');
    };
    line(sheet.columns.iter().map(|c| c.title.clone()).collect());
    for row in &sheet.rows {
        line(row.iter().map(|cell| guarded(cell).replace(['\t', '\n', '\r'], " ")).collect());
    }
    out
}

fn jsonl(sheet: &Sheet) -> String {
    let mut out = String::new();
    for row in &sheet.rows {
        let mut object = serde_json::Map::new();
        for (column, cell) in sheet.columns.iter().zip(row).filter(|(_, cell)| !cell.plain().is_empty()) {
            let value = match cell {
                Cell::Number(digits) => serde_json::from_str(digits).unwrap_or_else(|_| digits.as_str().into()),
                _ => cell.plain().into(),
            };
            object.insert(column.title.clone(), value);
        }
        let _ = writeln!(out, "{}", serde_json::Value::Object(object));
    }
    out
}

fn markdown(sheet: &Sheet) -> String {
    let mut out = String::new();
    let mut line = |cells: &mut dyn Iterator<Item = String>| {
        let _ = writeln!(out, "| {} |", cells.collect::<Vec<_>>().join(" | "));
    };
    let plain = |text: &str| {
        let mut own = String::new();
        for c in text.chars() {
            match c {
                '|' | '\\' | '`' | '*' | '_' | '[' | ']' | '#' => own.extend(['\\', c]),
                '<' => own.push_str("&lt;"),
                '&' => own.push_str("&amp;"),
                '\n' | '\r' | '\t' => own.push(' '),
                c => own.push(c),
            }
        }
        own
    };
    line(&mut sheet.columns.iter().map(|c| plain(&c.title)));
    let number = |at: usize| sheet.rows.iter().any(|r| matches!(r[at], Cell::Number(_)));
    line(&mut (0..sheet.columns.len()).map(|at| if number(at) { "---:".to_owned() } else { "---".to_owned() }));
    for row in &sheet.rows {
        line(&mut row.iter().map(|cell| match cell {
            Cell::Link(address, words) => {
                let address = address.replace('(', "%28").replace(')', "%29").replace([' ', '<', '>', '\n'], "%20");
                format!("[{}]({address})", plain(words))
            }
            cell => plain(cell.plain()),
        }));
    }
    out
}

fn html(sheets: &[Sheet]) -> String {
    let mut out = String::from(
        "<!doctype html>\n<html lang=\"en\"><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width, \
         initial-scale=1\"><title>Who said what</title>\n<style>body{font:15px/1.45 system-ui,sans-serif;margin:1rem}\
         table{border-collapse:collapse}th,td{border-bottom:1px solid #bbb;padding:.25rem .6rem;text-align:left;\
         vertical-align:top;max-width:32rem}th{position:sticky;top:0;background:#fff}.n{text-align:right;\
         white-space:nowrap}</style>\n",
    );
    for sheet in sheets {
        let _ = write!(out, "<h2>{}</h2>\n<table><thead><tr>", escaped(sheet.name));
        for column in &sheet.columns {
            let _ = write!(out, "<th scope=\"col\">{}</th>", escaped(&column.title));
        }
        out.push_str("</tr></thead><tbody>\n");
        for row in &sheet.rows {
            out.push_str("<tr>");
            for cell in row {
                let _ = match cell {
                    Cell::Number(digits) => write!(out, "<td class=\"n\">{digits}</td>"),
                    Cell::Text(text) => write!(out, "<td>{}</td>", escaped(text)),
                    Cell::Link(address, words) => {
                        write!(
                            out,
                            "<td><a rel=\"noreferrer\" href=\"{}\">{}</a></td>",
                            escaped(address),
                            escaped(words)
                        )
                    }
                };
            }
            out.push_str("</tr>\n");
        }
        out.push_str("</tbody></table>\n");
    }
    out.push_str("</html>\n");
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sheet(cells: &[&str]) -> Sheet {
        let columns = vec![Column { title: "words".into(), width: 20 }];
        Sheet { name: "statements", columns, rows: cells.iter().map(|c| vec![Cell::text(*c)]).collect() }
    }

    #[test]
    fn no_cell_of_words_is_a_formula_in_any_format() {
        let bad =
            ["=1+1", "+1+1", "-1+1", "@SUM(A1)", "\t=1+1", "\r\n=1+1", " =1+1", "＝1+1", "-inf", "=cmd|' /C calc'!A0"];
        let sheet = sheet(&bad);
        for (format, cut) in [(Format::Csv, '\n'), (Format::Tsv, '\n')] {
            let text = String::from_utf8(write(std::slice::from_ref(&sheet), format).expect("written")).expect("text");
            let rows = match format {
                Format::Csv => {
                    let mut reader = ::csv::Reader::from_reader(text.as_bytes());
                    reader.records().map(|r| r.expect("a row")[0].to_owned()).collect::<Vec<_>>()
                }
                _ => text.split(cut).skip(1).filter(|l| !l.is_empty()).map(str::to_owned).collect(),
            };
            assert_eq!(rows.len(), bad.len(), "{format:?}: {rows:?}");
            for row in rows {
                assert!(row.starts_with('\''), "{format:?}: {row:?}");
            }
        }
    }

    #[test]
    fn a_workbook_holds_words_as_text_and_has_the_same_bytes_each_time() {
        let sheet = sheet(&["=1+1", "https://a.example/?x=1", "plain"]);
        let first = write(std::slice::from_ref(&sheet), Format::Xlsx).expect("written");
        std::thread::sleep(std::time::Duration::from_millis(2100));
        let second = write(std::slice::from_ref(&sheet), Format::Xlsx).expect("written");
        assert!(first == second, "the bytes depend on the clock");
        assert!(first.starts_with(b"PK"));
    }

    #[test]
    fn unknown_endings_are_refused_with_the_list() {
        let error = Format::of(Path::new("x.pdf")).expect_err("refused");
        assert!(error.to_string().contains(".pdf") && error.hint().contains(".xlsx"), "{error}");
        assert!(Format::of(Path::new("claims")).is_err());
        assert_eq!(Format::of(Path::new("a/claims.XLSX")).expect("known"), Format::Xlsx);
    }
}
