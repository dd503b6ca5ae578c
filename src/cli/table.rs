//! A table for a person: as wide as the terminal, long cells wrapped.

use std::io::{self, Write};

use anstyle::Style;
use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

use super::talk::tamed;

/// Space between two columns.
const GAP: usize = 2;
/// No column is made narrower than this.
const NARROWEST: usize = 6;
/// A word is broken when it is longer than this.
const WORD: usize = 24;
/// Lines of a cell at most.
const LINES: usize = 6;

/// Prints rows under their column names, without what commands a terminal. Empty columns are left out; a line after the
/// rows counts them.
pub fn print(columns: &[String], rows: &[Vec<String>], colour: bool, out: &mut dyn Write) -> io::Result<()> {
    let rows: Vec<Vec<String>> = rows.iter().map(|row| row.iter().map(|cell| tamed(cell)).collect()).collect();
    let width = terminal_size::terminal_size().map_or(120, |(w, _)| usize::from(w.0)).max(40);
    let full: Vec<usize> = (0..columns.len()).filter(|&c| rows.iter().any(|r| !r[c].is_empty())).collect();
    let shapes: Vec<Shape> =
        full.iter().map(|&c| Shape::of(rows.iter().map(|r| r[c].as_str()).chain([columns[c].as_str()]))).collect();
    let widths = fit(&shapes, width);
    let bold = if colour { Style::new().bold() } else { Style::new() };
    let dim = if colour { Style::new().dimmed() } else { Style::new() };
    let names: Vec<&str> = full.iter().map(|&c| columns[c].as_str()).collect();
    if !names.is_empty() {
        line(&names, &widths, bold, out)?;
    }
    for row in &rows {
        let cells: Vec<&str> = full.iter().map(|&c| row[c].as_str()).collect();
        line(&cells, &widths, Style::new(), out)?;
    }
    let count = match rows.len() {
        0 => "no rows".to_owned(),
        1 => "1 row".to_owned(),
        n => format!("{n} rows"),
    };
    writeln!(out, "{dim}({count}){dim:#}")
}

/// What decides a column's width.
struct Shape {
    /// The width of its widest cell.
    natural: usize,
    /// The width that three cells of four do not pass: a single long cell does not make a column wide.
    typical: usize,
    /// The width of its longest word, which is not broken while other columns can give way.
    word: usize,
}

impl Shape {
    fn of<'a>(cells: impl Iterator<Item = &'a str>) -> Shape {
        let (mut widths, mut word) = (Vec::new(), NARROWEST);
        for cell in cells {
            widths.push(cell.width());
            word = word.max(cell.split_whitespace().map(UnicodeWidthStr::width).max().unwrap_or(0));
        }
        widths.sort_unstable();
        let natural = widths.last().copied().unwrap_or(0);
        let typical = widths.get(widths.len() * 3 / 4).copied().unwrap_or(0);
        Shape { natural, typical, word: word.min(WORD) }
    }
}

/// Widths that fit the line: the column gives way first whose cells then need the fewest lines. Words are broken only
/// where the line is too narrow for the longest word of each column.
fn fit(shapes: &[Shape], width: usize) -> Vec<usize> {
    let room = width.saturating_sub(GAP * shapes.len().saturating_sub(1));
    let mut widths: Vec<usize> = shapes.iter().map(|s| s.natural).collect();
    for least in [|s: &Shape| s.word, |_: &Shape| NARROWEST] {
        while widths.iter().sum::<usize>() > room {
            // A column's cells need about typical / (width - 1) lines after it has given way; compared without division.
            let gives = (0..widths.len()).filter(|&i| widths[i] > least(&shapes[i])).min_by(|&a, &b| {
                let (left, right) = (shapes[a].typical * (widths[b] - 1), shapes[b].typical * (widths[a] - 1));
                left.cmp(&right).then(widths[b].cmp(&widths[a]))
            });
            let Some(column) = gives else { break };
            widths[column] -= 1;
        }
    }
    widths
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

/// A cell's text in lines of at most `width` columns, broken at spaces where there are some.
fn wrap(text: &str, width: usize) -> Vec<String> {
    let mut lines = vec![String::new()];
    let mut used = 0;
    for word in text.split_whitespace() {
        let wide = word.width();
        if used > 0 && used + 1 + wide > width {
            lines.push(String::new());
            used = 0;
        }
        if used > 0 {
            push(&mut lines, ' ');
            used += 1;
        }
        for letter in word.chars() {
            let wide = letter.width().unwrap_or(0);
            if used + wide > width {
                lines.push(String::new());
                used = 0;
            }
            push(&mut lines, letter);
            used += wide;
        }
    }
    if lines.len() > LINES {
        lines.truncate(LINES);
        push(&mut lines, '…');
    }
    lines
}

fn push(lines: &mut [String], letter: char) {
    if let Some(last) = lines.last_mut() {
        last.push(letter);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_cells_wrap_and_wide_letters_count() {
        assert_eq!(wrap("one two three", 7), ["one two", "three"]);
        assert_eq!(wrap("abcdefghij", 4), ["abcd", "efgh", "ij"]);
        assert_eq!(wrap("日本語", 4), ["日本", "語"]);
        assert_eq!(wrap("", 4), [""]);
    }

    #[test]
    fn long_texts_get_the_room_and_words_stay_whole() {
        let text = "a claim of many words, far too long for one line of a narrow table ".repeat(2);
        let columns: Vec<Vec<&str>> = vec![vec!["a person"; 4], vec![&text; 4], vec!["2015-11-17"; 4]];
        let shapes: Vec<Shape> = columns.iter().map(|c| Shape::of(c.iter().copied())).collect();
        let widths = fit(&shapes, 60);
        assert_eq!(widths.iter().sum::<usize>() + 2 * GAP, 60);
        assert!(widths[0] >= NARROWEST && widths[1] > 30 && widths[2] == 10, "{widths:?}");
        assert_eq!(fit(&shapes, 20), [6, 6, 6], "nothing is narrower than the least");
    }

    #[test]
    fn empty_columns_are_left_out() {
        let mut out = Vec::new();
        let row = |a: &str| vec![a.to_owned(), String::new()];
        print(&["who".into(), "empty".into()], &[row("A"), row("B")], false, &mut out).expect("written");
        assert_eq!(String::from_utf8_lossy(&out), "who\nA\nB\n(2 rows)\n");
    }
}
