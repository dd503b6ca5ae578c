//! The lines of a text as its writer meant them: those that were only broken to fit a width are one.
//!
//! A text was filled to a width when nearly every line that goes on could not have taken the next line's first word
//! (greedy filling, as editors, mail programs and teleprinters do it), and goes on in the middle of a sentence.

use super::Span;

/// The narrowest and widest measure, in characters, that a text is filled to by hand or program.
const WIDTHS: std::ops::RangeInclusive<usize> = 40..=140;

/// A line without outer white space, and whether an empty line stands before it.
struct Line {
    span: Span,
    apart: bool,
}

/// The lines of a text, without outer white space and empty ones: joined where the text was filled to a width.
pub fn lines(text: &str) -> Vec<Span> {
    let lines = broken(text);
    let width = width(text, &lines);
    let mut joined: Vec<Span> = Vec::with_capacity(lines.len());
    for (i, line) in lines.iter().enumerate() {
        let goes_on = i > 0 && width.is_some_and(|width| !line.apart && is_broken(text, &lines[i - 1], line, width));
        match joined.last_mut() {
            Some(last) if goes_on => *last = last.join(line.span),
            _ => joined.push(line.span),
        }
    }
    joined
}

/// True for what is as good as white space at the ends of a line.
pub fn is_blank(c: char) -> bool {
    c.is_whitespace() || c.is_control() || matches!(c, '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{2060}' | '\u{feff}')
}

fn broken(text: &str) -> Vec<Line> {
    let mut lines = Vec::new();
    let mut start = 0;
    let mut apart = false;
    for line in text.split_inclusive(['\n', '\r', '\u{b}', '\u{c}', '\u{85}', '\u{2028}', '\u{2029}']) {
        let words = line.trim_matches(is_blank);
        if words.is_empty() {
            apart = true;
        } else {
            let from = start + (words.as_ptr() as usize - line.as_ptr() as usize);
            lines.push(Line { span: Span::new(from, from + words.len()), apart });
            apart = false;
        }
        start += line.len();
    }
    lines
}

/// The width that the text was filled to, if it was. Some lines may be longer: a first line that was pasted, an address.
fn width(text: &str, lines: &[Line]) -> Option<usize> {
    let mut lengths: Vec<usize> = lines.iter().map(|l| chars(text, l)).collect();
    lengths.sort_unstable_by(|a, b| b.cmp(a));
    let longer = (lines.len() / 10).max(1);
    let mut widths: Vec<usize> =
        lengths.iter().take(longer + 1).copied().filter(|width| WIDTHS.contains(width)).collect();
    widths.dedup();
    widths.into_iter().find(|&width| fills(text, lines, width))
}

/// Breaks before a small letter in the middle of a sentence stand behind full lines, and full lines mostly break off in one.
fn fills(text: &str, lines: &[Line], width: usize) -> bool {
    let (mut inside, mut full, mut open, mut both) = (0, 0, 0, 0);
    for (i, pair) in lines.windows(2).enumerate().filter(|(_, pair)| !pair[1].apart) {
        let is_full = is_full(text, &pair[0], &pair[1], width);
        let is_open = !is_ended(text, &pair[0]);
        let is_inside = is_open && starts_small(text, &pair[1]);
        // What stood before a pasted first line is not known.
        inside += usize::from(is_inside && (is_full || i > 0));
        full += usize::from(is_full);
        open += usize::from(is_full && is_open);
        both += usize::from(is_full && is_inside);
    }
    both >= 2 && both * 5 >= inside * 4 && open * 3 >= full * 2
}

/// The break before `next` is the layout's: the line was full, or it stops where no sentence does.
fn is_broken(text: &str, line: &Line, next: &Line, width: usize) -> bool {
    let goes_on = chars(text, line) * 4 > width * 3 && !is_ended(text, line) && starts_small(text, next);
    (is_full(text, line, next, width) || goes_on) && !starts_anew(text, line, next)
}

/// "MS ROE: …", "Q: …", "• …", "2. …": a turn of a transcript or an item of a list. "up to 48 from | 12. The" is none.
fn starts_anew(text: &str, before: &Line, line: &Line) -> bool {
    let ended = is_ended(text, before);
    let line = &text[line.span.range()];
    let mut words = line.split_whitespace();
    let first = words.next().unwrap_or_default();
    let is_turn = line.split_once(':').is_some_and(|(name, _)| {
        name.len() <= 40 && name.contains(char::is_alphabetic) && !name.contains(|c: char| c.is_lowercase() || c == ',')
    });
    let number = first.strip_suffix(['.', ')']).is_some_and(|n| n.len() < 3 && n.bytes().all(|b| b.is_ascii_digit()));
    let bullet = matches!(first, "•" | "*" | "·" | "◦" | "‣" | "▪");
    is_turn || words.next().is_some() && (number && ended && !first.starts_with('.') || bullet)
}

/// The next line's first word had no room on this line.
fn is_full(text: &str, line: &Line, next: &Line, width: usize) -> bool {
    let word = text[next.span.range()].split(char::is_whitespace).next().unwrap_or_default();
    let length = chars(text, line);
    length <= width && length + 1 + word.chars().count() > width
}

fn is_ended(text: &str, line: &Line) -> bool {
    let open = text[line.span.range()].trim_end_matches(['"', '”', '’', '\'', ')', ']', '»']);
    open.ends_with(['.', '!', '?', ':', '…'])
}

fn starts_small(text: &str, line: &Line) -> bool {
    let first =
        text[line.span.range()].trim_start_matches(['"', '“', '‘', '\'', '(', '[', '«', '$', '€', '£']).chars().next();
    first.is_some_and(|c| c.is_lowercase() || c.is_ascii_digit())
}

fn chars(text: &str, line: &Line) -> usize {
    text[line.span.range()].chars().count()
}
