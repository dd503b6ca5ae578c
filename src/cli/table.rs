//! A table for a person: as wide as the terminal, long cells wrapped between words. No word and no number is ever broken:
//! columns give way, and where that does not do, each row is a record with a line a field.

use std::io::{self, Write};

use anstyle::Style;
use unicode_width::UnicodeWidthStr;

use super::talk::tamed;

/// Space between two columns.
const GAP: usize = 2;
/// Lines that three cells of four of a column may take; a table with taller ones is read better as records.
const LINES: usize = 5;

/// Prints rows under their column names, without what commands a terminal. Empty columns are left out; a line after the
/// rows counts them.
pub fn print(columns: &[String], rows: &[Vec<String>], colour: bool, out: &mut dyn Write) -> io::Result<()> {
    print_in(width(), columns, rows, colour, out)
}

/// Columns of the terminal: as the system tells, else as the environment does, else 120.
fn width() -> usize {
    let told = std::env::var("COLUMNS").ok().and_then(|c| c.trim().parse().ok());
    let seen = terminal_size::terminal_size().map(|(w, _)| usize::from(w.0));
    seen.or(told).unwrap_or(120).max(40)
}

/// The same in a width that is given.
pub fn print_in(
    width: usize,
    columns: &[String],
    rows: &[Vec<String>],
    colour: bool,
    out: &mut dyn Write,
) -> io::Result<()> {
    let rows: Vec<Vec<String>> = rows.iter().map(|row| row.iter().map(|cell| tamed(cell)).collect()).collect();
    let full: Vec<usize> = (0..columns.len()).filter(|&c| rows.iter().any(|r| !r[c].is_empty())).collect();
    let names: Vec<String> = full.iter().map(|&c| spoken(&columns[c])).collect();
    let shapes: Vec<Shape> =
        full.iter().zip(&names).map(|(&c, name)| Shape::of(rows.iter().map(|r| r[c].as_str()), name)).collect();
    let bold = if colour { Style::new().bold() } else { Style::new() };
    let dim = if colour { Style::new().dimmed() } else { Style::new() };
    match fit(&shapes, width) {
        _ if names.is_empty() => {}
        Some(widths) => {
            let heads: Vec<&str> = names.iter().map(String::as_str).collect();
            line(&heads, &widths, bold, out)?;
            for row in &rows {
                let cells: Vec<&str> = full.iter().map(|&c| row[c].as_str()).collect();
                line(&cells, &widths, Style::new(), out)?;
            }
        }
        None => {
            let label = names.iter().map(|n| n.width()).max().unwrap_or(0);
            for (at, row) in rows.iter().enumerate() {
                if at > 0 {
                    writeln!(out)?;
                }
                for (&c, name) in full.iter().zip(&names).filter(|(c, _)| !row[**c].is_empty()) {
                    record(name, &row[c], label, width, bold, out)?;
                }
            }
            if !rows.is_empty() {
                writeln!(out)?;
            }
        }
    }
    let count = match rows.len() {
        0 => "no rows".to_owned(),
        1 => "1 row".to_owned(),
        n => format!("{n} rows"),
    };
    writeln!(out, "{dim}({count}){dim:#}")
}

/// The name of a variable as words: `leftWho` is "left who".
fn spoken(name: &str) -> String {
    let mut out = String::new();
    let mut before = ' ';
    for letter in name.chars() {
        if letter.is_uppercase() && before.is_lowercase() {
            out.push(' ');
            out.extend(letter.to_lowercase());
        } else {
            out.push(letter);
        }
        before = letter;
    }
    out
}

/// What decides a column's width.
struct Shape {
    /// The width of its widest cell.
    natural: usize,
    /// The width that three cells of four do not pass: a single long cell does not make a column wide.
    typical: usize,
    /// The width of its longest word: no column is narrower.
    word: usize,
}

impl Shape {
    fn of<'a>(cells: impl Iterator<Item = &'a str>, name: &'a str) -> Shape {
        let (mut widths, mut word) = (Vec::new(), 1);
        for cell in cells.chain([name]) {
            widths.push(cell.width());
            word = word.max(cell.split_whitespace().map(UnicodeWidthStr::width).max().unwrap_or(0));
        }
        widths.sort_unstable();
        let natural = widths.last().copied().unwrap_or(0);
        let typical = widths.get(widths.len() * 3 / 4).copied().unwrap_or(0);
        Shape { natural, typical, word }
    }
}

/// Widths that fit the line: the column gives way first whose cells then need the fewest lines. Nothing where a word would
/// have to be broken, or the rows would be towers of short lines.
fn fit(shapes: &[Shape], width: usize) -> Option<Vec<usize>> {
    let room = width.saturating_sub(GAP * shapes.len().saturating_sub(1));
    let mut widths: Vec<usize> = shapes.iter().map(|s| s.natural).collect();
    while widths.iter().sum::<usize>() > room {
        // A column's cells need about typical / (width - 1) lines after it has given way; compared without division.
        let gives = (0..widths.len()).filter(|&i| widths[i] > shapes[i].word).min_by(|&a, &b| {
            let (left, right) = (shapes[a].typical * (widths[b] - 1), shapes[b].typical * (widths[a] - 1));
            left.cmp(&right).then(widths[b].cmp(&widths[a]))
        })?;
        widths[gives] -= 1;
    }
    let is_tall = shapes.iter().zip(&widths).any(|(shape, width)| shape.typical > width * LINES);
    (!is_tall).then_some(widths)
}

/// One row, over as many lines as its longest cell needs.
fn line(cells: &[&str], widths: &[usize], style: Style, out: &mut dyn Write) -> io::Result<()> {
    let wrapped: Vec<Vec<String>> = cells.iter().zip(widths).map(|(cell, &width)| wrap(cell, width)).collect();
    let height = wrapped.iter().map(Vec::len).max().unwrap_or(0);
    for at in 0..height {
        let mut text = String::new();
        for (column, lines) in wrapped.iter().enumerate() {
            let piece = lines.get(at).map_or("", String::as_str);
            text.push_str(piece);
            if column + 1 < wrapped.len() {
                text.extend(std::iter::repeat_n(' ', widths[column].saturating_sub(piece.width()) + GAP));
            }
        }
        writeln!(out, "{style}{}{style:#}", text.trim_end())?;
    }
    Ok(())
}

/// One field of a record.
fn record(name: &str, cell: &str, label: usize, width: usize, style: Style, out: &mut dyn Write) -> io::Result<()> {
    let room = width.saturating_sub(label + GAP).max(20);
    for (at, text) in wrap(cell, room).into_iter().enumerate() {
        let name = if at == 0 { name } else { "" };
        let space = " ".repeat(label.saturating_sub(name.width()) + GAP);
        writeln!(out, "{style}{name}{style:#}{}", format!("{space}{text}").trim_end())?;
    }
    Ok(())
}

/// A cell's text in lines of at most `width` columns, broken at spaces alone: a longer word has a line of its own.
fn wrap(text: &str, width: usize) -> Vec<String> {
    let mut lines = vec![String::new()];
    let mut used = 0;
    for word in text.split_whitespace() {
        let wide = word.width();
        if used > 0 && used + 1 + wide > width {
            lines.push(String::new());
            used = 0;
        }
        if let Some(last) = lines.last_mut() {
            if used > 0 {
                last.push(' ');
                used += 1;
            }
            last.push_str(word);
        }
        used += wide;
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    fn printed(width: usize, columns: &[&str], rows: &[&[&str]]) -> String {
        let columns: Vec<String> = columns.iter().map(|c| (*c).to_owned()).collect();
        let rows: Vec<Vec<String>> = rows.iter().map(|r| r.iter().map(|c| (*c).to_owned()).collect()).collect();
        let mut out = Vec::new();
        print_in(width, &columns, &rows, false, &mut out).expect("written");
        String::from_utf8(out).expect("text")
    }

    #[test]
    fn cells_wrap_between_words_and_wide_letters_count() {
        assert_eq!(wrap("one two three", 7), ["one two", "three"]);
        assert_eq!(wrap("abcdefghij kl", 4), ["abcdefghij", "kl"]);
        assert_eq!(wrap("日本語 日", 4), ["日本語", "日"]);
        assert_eq!(wrap("", 4), [""]);
    }

    #[test]
    fn long_texts_get_the_room() {
        let text = "a claim of many words, far too long for one line of a narrow table ".repeat(2);
        let columns: Vec<Vec<&str>> = vec![vec!["a person"; 4], vec![&text; 4], vec!["2015-11-17"; 4]];
        let shapes: Vec<Shape> = columns.iter().map(|c| Shape::of(c.iter().copied(), "x")).collect();
        let widths = fit(&shapes, 60).expect("a table");
        assert_eq!(widths.iter().sum::<usize>() + 2 * GAP, 60);
        assert!(widths[0] >= 6 && widths[1] > 30 && widths[2] == 10, "{widths:?}");
        assert!(fit(&shapes, 20).is_none(), "no room without a broken word");
    }

    #[test]
    fn where_a_word_would_break_rows_are_records() {
        let rows: &[&[&str]] = &[&["contradicts", "1,000,000 people", "the ministry"], &["updates", "12", "she"]];
        let table = printed(60, &["verdict", "leftNumber", "who"], rows);
        assert!(table.starts_with("verdict      left number"), "{table}");
        let records = printed(24, &["verdict", "leftNumber", "who"], rows);
        assert!(records.contains("left number  1,000,000 people\n"), "{records}");
        assert!(records.contains("\n\nverdict      updates\n"), "{records}");
        for text in [table, records] {
            assert!(text.contains("contradicts") && text.contains("1,000,000"), "{text}");
        }
    }

    #[test]
    fn empty_columns_are_left_out() {
        assert_eq!(printed(80, &["who", "empty"], &[&["A", ""], &["B", ""]]), "who\nA\nB\n(2 rows)\n");
    }
}
