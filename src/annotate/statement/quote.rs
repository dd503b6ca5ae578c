//! Quotation marks: which stretches of a paragraph stand between them.

use crate::lexicon::speech;
use crate::text::{Document, Id, Span};

/// A stretch between quotation marks, in one paragraph.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Quotation {
    /// With its marks.
    pub span: Span,
    /// Without them.
    pub inner: Span,
    /// 0: not inside another quotation.
    pub depth: u8,
    /// False when the closing mark is missing: the quotation runs to the end of its paragraph (and may go on in the next).
    pub closed: bool,
}

/// What a character may be among the marks.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Mark {
    Open(Style),
    Close(Style),
    /// A straight double mark: opens or closes by its neighbours and by what is open.
    Straight,
}

/// Marks of one style pair with each other.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Style {
    Double,
    Single,
    Angle,
}

/// Whether a comma or the end of a sentence stands before the space in front of a mark.
fn ends_before(chars: &[(usize, char)], mark: usize) -> bool {
    let mut before = chars[..mark].iter().rev().map(|c| c.1);
    before.next().is_some_and(char::is_whitespace)
        && before.find(|c| !c.is_whitespace()).is_some_and(|c| matches!(c, ',' | '.' | '!' | '?'))
}

/// Whether who said it is told from a place on: a verb of saying within the first words, before any other mark.
fn reports(doc: &Document, from: usize) -> bool {
    let first = doc.tokens.partition_point(|t| t.span.start() < from);
    let words = (first..doc.tokens.len().min(first + 5)).map(Id::new);
    words
        .take_while(|&t| !doc.word(t).contains('"'))
        .any(|t| doc.word(t).starts_with(char::is_lowercase) && speech::is(doc.lemma(t)))
}

/// “She said ‘no’ twice,” he wrote: the quotations of one paragraph, outer before inner, in text order.
///
/// Marks pair inside the paragraph only, so an odd one cannot disturb its neighbours. Typographic, straight,
/// single, angle and TeX marks are read; apostrophes are not marks.
pub fn find(doc: &Document, block: Span) -> Vec<Quotation> {
    let text = doc.slice(block);
    if !text.bytes().any(|b| matches!(b, b'"' | b'\'' | b'`' | 0xC2 | 0xE2)) {
        return Vec::new();
    }
    let chars: Vec<(usize, char)> = text.char_indices().collect();
    let mut found: Vec<Quotation> = Vec::new();
    // Open quotations: style, offset of the mark, its length, place in `found`.
    let mut open: Vec<(Style, usize)> = Vec::new();
    let mut i = 0;
    while i < chars.len() {
        let (at, length, mark) = match read_mark(&chars, i, text, &open) {
            Some((mark, count)) => {
                let end = chars.get(i + count).map_or(text.len(), |c| c.0);
                (chars[i].0, end - chars[i].0, mark)
            }
            None => {
                i += 1;
                continue;
            }
        };
        let count = chars[i..].iter().take_while(|c| c.0 < at + length).count();
        let before = i.checked_sub(1).map(|p| chars[p].1);
        let after = chars.get(i + count).map(|c| c.1);
        let mark = match mark {
            Mark::Straight => {
                let is_open = open.iter().any(|o| o.0 == Style::Double);
                match straight(before, after, is_open) {
                    // `"The deaths were not related, "Gaskin said.`: the mark stands at the wrong side of its space.
                    Mark::Open(style)
                        if is_open && ends_before(&chars, i) && reports(doc, block.start() + at + length) =>
                    {
                        Mark::Close(style)
                    }
                    // "the railway." If that happens, we go to court.": nothing is open, and the next one closes.
                    Mark::Close(style)
                        if !is_open && after.is_some_and(char::is_whitespace) && closes_later(&chars, i + count) =>
                    {
                        Mark::Open(style)
                    }
                    mark => mark,
                }
            }
            other => other,
        };
        match mark {
            Mark::Open(style) => {
                let style_open = open.iter().position(|o| o.0 == style);
                if let Some(place) = style_open {
                    // Opened again without being closed: the earlier one ends here.
                    for (_, index) in open.drain(place..) {
                        let end = text[..at].trim_end().len() + block.start();
                        found[index].span = Span::new(found[index].span.start(), end);
                        found[index].inner = Span::new(found[index].inner.start(), end);
                    }
                }
                let start = block.start() + at;
                open.push((style, found.len()));
                found.push(Quotation {
                    span: Span::new(start, block.end()),
                    inner: Span::new(start + length, block.end()),
                    depth: (open.len() - 1) as u8,
                    closed: false,
                });
            }
            Mark::Close(style) => {
                if let Some(place) = open.iter().rposition(|o| o.0 == style) {
                    let (_, index) = open[place];
                    open.truncate(place);
                    let quotation = &mut found[index];
                    quotation.closed = true;
                    quotation.span = Span::new(quotation.span.start(), block.start() + at + length);
                    quotation.inner = Span::new(quotation.inner.start(), block.start() + at);
                }
            }
            Mark::Straight => {}
        }
        i += count;
    }
    // A single mark that never closes was an apostrophe ("'Tis", "rock 'n roll"), unless the next paragraph opens with it again
    // and it opens its own paragraph or stands behind a colon or a comma.
    let mark = |at: usize| doc.text()[at..].chars().next();
    let next = doc.text().get(block.end()..).unwrap_or("").trim_start();
    let goes_on = |index: usize| {
        let start = found[index].span.start();
        let before = doc.text()[block.start()..start].trim_end();
        let opens = before.is_empty() || before.ends_with([':', ',']);
        opens && mark(start).is_some_and(|m| next.starts_with(m))
    };
    let single = open.iter().filter(|o| o.0 == Style::Single).map(|o| o.1);
    let unclosed_single: Vec<usize> = single.filter(|&i| !goes_on(i)).collect();
    let mut index = 0;
    found.retain(|_| {
        index += 1;
        !unclosed_single.contains(&(index - 1))
    });
    found.retain(|q| !q.inner.is_empty());
    found.sort_by_key(|q| (q.span.start(), std::cmp::Reverse(q.span.end())));
    let mut ends: Vec<usize> = Vec::new();
    for quotation in &mut found {
        ends.retain(|&end| end > quotation.span.start());
        quotation.depth = ends.len() as u8;
        ends.push(quotation.span.end());
    }
    found
}

/// The mark that begins at character `i`, with its length in characters.
fn read_mark(chars: &[(usize, char)], i: usize, text: &str, open: &[(Style, usize)]) -> Option<(Mark, usize)> {
    let next = chars.get(i + 1).map(|c| c.1);
    let mark = match chars[i].1 {
        '“' | '„' | '‟' => Mark::Open(Style::Double),
        '”' => Mark::Close(Style::Double),
        '«' => Mark::Open(Style::Angle),
        '»' => Mark::Close(Style::Angle),
        '"' | '＂' => Mark::Straight,
        // A double prime stands for a mark where no measure stands before it.
        '″' if !i.checked_sub(1).is_some_and(|p| chars[p].1.is_ascii_digit()) => Mark::Straight,
        '`' if next == Some('`') => return Some((Mark::Open(Style::Double), 2)),
        '\'' if next == Some('\'') => return Some((Mark::Straight, 2)),
        '‘' | '’' | '\'' => single(chars, i, text, open)?,
        _ => return None,
    };
    Some((mark, 1))
}

/// Whether a single mark opens or closes a quotation, or is an apostrophe (`None`).
fn single(chars: &[(usize, char)], i: usize, text: &str, open: &[(Style, usize)]) -> Option<Mark> {
    let before = i.checked_sub(1).map(|p| chars[p].1);
    let after = chars.get(i + 1).map(|c| c.1);
    let starts = before.is_none_or(|c| c.is_whitespace() || "([{“\"—–-/:".contains(c));
    let word_after = after.is_some_and(|c| c.is_alphanumeric() || "“\"#@$£€".contains(c));
    let is_open = open.iter().any(|o| o.0 == Style::Single);
    if chars[i].1 != '’' && starts && word_after && !is_open {
        // "'90s", "'em", "'til": an apostrophe in front of a shortened word.
        let rest = &text[chars[i + 1].0..];
        let word: String = rest.chars().take_while(|c| c.is_alphanumeric()).collect();
        let short = word.starts_with(|c: char| c.is_ascii_digit()) && word.ends_with('s');
        if short || matches!(word.to_lowercase().as_str(), "em" | "til" | "cause" | "tis" | "twas" | "n" | "bout") {
            return None;
        }
        return Some(Mark::Open(Style::Single));
    }
    let ends = after.is_none_or(|c| !c.is_alphanumeric());
    if is_open && ends && before.is_some_and(|c| !c.is_whitespace()) && chars[i].1 != '‘' {
        // "the workers' rights' end": a plural's apostrophe when another closing mark follows.
        if before == Some('s') && after.is_some_and(char::is_whitespace) {
            let later = chars[i + 1..].windows(2).any(|w| {
                matches!(w[1].1, '’' | '\'') && !w[0].1.is_whitespace() && {
                    let at = w[1].0 + w[1].1.len_utf8();
                    text[at..].chars().next().is_none_or(|c| !c.is_alphanumeric())
                }
            });
            if later {
                return None;
            }
        }
        return Some(Mark::Close(Style::Single));
    }
    None
}

/// Whether the next straight double mark stands where one closes.
fn closes_later(chars: &[(usize, char)], from: usize) -> bool {
    let Some(at) = (from..chars.len()).find(|&i| chars[i].1 == '"') else { return false };
    let (before, after) = (chars.get(at.wrapping_sub(1)).map(|c| c.1), chars.get(at + 1).map(|c| c.1));
    at > from + 1 && straight(before, after, false) == Mark::Close(Style::Double)
}

/// Whether a straight double mark opens or closes: by its neighbours, else by what is open.
fn straight(before: Option<char>, after: Option<char>, is_open: bool) -> Mark {
    let space_before = before.is_none_or(|c| c.is_whitespace() || "([{—–".contains(c));
    let space_after = after.is_none_or(|c| c.is_whitespace() || ".,;:!?)]}—–".contains(c));
    match (space_before, space_after) {
        (true, false) => Mark::Open(Style::Double),
        (false, true) => Mark::Close(Style::Double),
        _ if is_open => Mark::Close(Style::Double),
        _ => Mark::Open(Style::Double),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::Source;

    fn inner(text: &str) -> Vec<(String, u8, bool)> {
        let doc = Document::new(Source::default(), text);
        find(&doc, Span::new(0, text.len()))
            .into_iter()
            .map(|q| (doc.slice(q.inner).to_string(), q.depth, q.closed))
            .collect()
    }

    #[test]
    fn pairs_marks_of_every_style() {
        let table: &[(&str, &[(&str, u8, bool)])] = &[
            ("“We won,” she said.", &[("We won,", 0, true)]),
            ("\"We won,\" she said. \"Twice.\"", &[("We won,", 0, true), ("Twice.", 0, true)]),
            ("He wrote ‘no’ to them.", &[("no", 0, true)]),
            (
                "“He told me ‘go home’ and left,” she said.",
                &[("He told me ‘go home’ and left,", 0, true), ("go home", 1, true)],
            ),
            ("It’s the workers’ turn, they don't mind.", &[]),
            (
                "\"They don't 'get it' at all,\" he said",
                &[("They don't 'get it' at all,", 0, true), ("get it", 1, true)],
            ),
            ("“The first part goes on", &[("The first part goes on", 0, false)]),
            (
                "“One mark is missing, she said. “Two is right.”",
                &[("One mark is missing, she said.", 0, false), ("Two is right.", 0, true)],
            ),
            ("``Old style,'' he said.", &[("Old style,", 0, true)]),
            ("«Nous partons», dit-il.", &[("Nous partons", 0, true)]),
            ("Songs of the '90s for 'em all", &[]),
            ("He is 6'2\" tall.", &[]),
            ("\"No,\" said Voss.\" We go to court. Soon.\"", &[("No,", 0, true), (" We go to court. Soon.", 0, true)]),
            ("″Clearly this is late.", &[("Clearly this is late.", 0, false)]),
            ("", &[]),
        ];
        for (text, expected) in table {
            let expected: Vec<(String, u8, bool)> = expected.iter().map(|e| (e.0.to_string(), e.1, e.2)).collect();
            assert_eq!(inner(text), expected, "{text}");
        }
    }
}
