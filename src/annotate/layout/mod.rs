//! Layout: what each line of the article is: headline, byline, paragraph, caption, repeated line. Lines that were only broken
//! to fit a width are one.

mod lines;
mod turns;

use rustc_hash::FxHashMap;

use crate::text::{Block, BlockKind, Document, Id, Layer, Span, dateline, is_blank, lines as lines_of};

/// Cuts the text at line breaks, at the seams of lines that were glued together, and names each piece.
pub fn find(doc: &Document) -> Layer<Block> {
    let text = doc.text();
    let title = doc.source.title.as_deref().map(key).filter(|k| !k.is_empty());
    let (pieces, datelines) = part_datelines(text, pieces(text), title.as_deref());
    let mut kinds = lines::kinds(text, &pieces, title.as_deref(), &datelines);
    turns::name(text, &pieces, &mut kinds);
    let mut seen: FxHashMap<String, Id<Block>> = FxHashMap::default();
    let mut blocks: Layer<Block> = Layer::default();
    for (&span, kind) in pieces.iter().zip(kinds) {
        let words = key(doc.slice(span));
        let mut repeats = None;
        let mut kind = kind;
        // Short turns ("Yes.") come again in any transcript and are no reprints.
        if words.len() >= 12 && !matches!(kind, BlockKind::Question | BlockKind::Answer) {
            match seen.get(&words) {
                Some(&earlier) => {
                    repeats = Some(earlier);
                    kind = blocks[earlier].kind;
                }
                None => {
                    seen.insert(words, Id::new(blocks.len()));
                }
            }
        }
        blocks.push(Block { span, kind, repeats });
    }
    blocks
}

/// The words of a line with case, spaces and punctuation levelled, to compare lines by.
fn key(line: &str) -> String {
    let mut key = String::with_capacity(line.len());
    for c in line.chars() {
        if c.is_alphanumeric() {
            if c.is_ascii() {
                key.push(c.to_ascii_lowercase());
            } else {
                key.extend(c.to_lowercase());
            }
        } else if !key.is_empty() && !key.ends_with(' ') && (c.is_whitespace() || c == '-') {
            key.push(' ');
        }
    }
    key.truncate(key.trim_end().len());
    key
}

/// The lines of a text, cut where a page's lines were run together.
fn pieces(text: &str) -> Vec<Span> {
    let lines = lines_of(text);
    let mut found = Vec::with_capacity(lines.len());
    for line in lines {
        cut_line(&text[line.range()], line.start(), &mut found);
    }
    found
}

/// Parts datelines from their reports ("KESTREL (Wire) — …"): the pieces, and the numbers of those that are datelines.
fn part_datelines(text: &str, lines: Vec<Span>, title: Option<&str>) -> (Vec<Span>, Vec<usize>) {
    // In a transcript capitals before a colon are a speaker; so is what comes twice.
    let turns = lines.iter().filter(|l| lines::is_turn(&text[l.range()])).count();
    let (mut pieces, mut datelines) = (Vec::with_capacity(lines.len()), Vec::new());
    let mut first = turns < 2;
    // "14:20 Ridge Power says …": three lines that begin with a clock are the entries of a page kept up to the minute.
    let clocked = lines.iter().filter(|l| turns::clock(&text[l.range()]).is_some()).count() >= 3;
    for (at, line) in lines.iter().copied().enumerate() {
        let words = &text[line.range()];
        let heading = title.is_some_and(|t| key(words) == t);
        // A headline may begin with a speaker ("POLICE: Two dead") or a place: it stays whole.
        let body = !heading && (at > 0 || lines.len() == 1 || lines::is_prose(words));
        let entry = turns::clock(words).filter(|_| clocked && !heading);
        if let Some(end) = entry.or_else(|| dateline(words, first).filter(|_| body)) {
            let rest = words[end..].len() - words[end..].trim_start().len();
            datelines.push(pieces.len());
            pieces.push(Span::new(line.start(), line.start() + end));
            pieces.push(Span::new(line.start() + end + rest, line.end()));
        } else {
            pieces.push(line);
        }
        first &= !(body && lines::is_prose(words));
    }
    (pieces, datelines)
}

/// Pushes the parts of a line: halves that say the same twice, turns of a transcript that were run together, the words of
/// a post and the signature behind them.
fn cut_line(line: &str, from: usize, found: &mut Vec<Span>) {
    if line.len() >= 24
        && line.len().is_multiple_of(2)
        && line.is_char_boundary(line.len() / 2)
        && let (first, second) = line.split_at(line.len() / 2)
        && first == second
    {
        found.push(Span::new(from, from + first.len()));
        found.push(Span::new(from + first.len(), from + line.len()));
        return;
    }
    let mut at = 0;
    while let Some(seam) = lines::glued_turn(&line[at..]) {
        let end = at + line[at..at + seam].trim_end_matches(is_blank).len();
        found.push(Span::new(from + at, from + end));
        at += seam;
    }
    if let Some(seam) = lines::signature(&line[at..]).filter(|&s| s > 0) {
        let end = at + line[at..at + seam].trim_end_matches(is_blank).len();
        found.push(Span::new(from + at, from + end));
        at += seam;
    }
    found.push(Span::new(from + at, from + line.len()));
}
