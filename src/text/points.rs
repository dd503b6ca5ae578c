//! From byte offsets to code points, at the edge of the program.

use super::Span;

/// Turns byte offsets of one text into Unicode code point offsets (JSON, NIF, Web Annotation count these).
#[derive(Clone, Debug)]
pub struct CodePoints {
    /// For each block of 64 bytes: code points before it. Empty when the text is ASCII.
    before: Vec<u32>,
    /// The text's bytes are needed only for non-ASCII texts.
    text: Box<str>,
}

const BLOCK: usize = 64;

impl CodePoints {
    /// Reads a text once.
    pub fn new(text: &str) -> CodePoints {
        if text.is_ascii() {
            return CodePoints { before: Vec::new(), text: "".into() };
        }
        let mut before = Vec::with_capacity(text.len() / BLOCK + 1);
        let mut count = 0;
        for block in text.as_bytes().chunks(BLOCK) {
            before.push(count);
            count += starts(block);
        }
        CodePoints { before, text: text.into() }
    }

    /// Code points before a byte offset that lies on a `char` boundary.
    pub fn at(&self, offset: usize) -> usize {
        if self.before.is_empty() {
            return offset;
        }
        let block = (offset / BLOCK).min(self.before.len() - 1);
        let end = offset.min(self.text.len());
        self.before[block] as usize + starts(&self.text.as_bytes()[block * BLOCK..end]) as usize
    }

    /// A span as start and end in code points.
    pub fn of(&self, span: Span) -> (usize, usize) {
        (self.at(span.start()), self.at(span.end()))
    }
}

/// Bytes that begin a code point.
fn starts(bytes: &[u8]) -> u32 {
    bytes.iter().filter(|&&b| (b & 0xC0) != 0x80).count() as u32
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_code_points() {
        let text = "é’😀 plain".repeat(40);
        let points = CodePoints::new(&text);
        for (count, (byte, _)) in text.char_indices().enumerate() {
            assert_eq!(points.at(byte), count);
        }
        assert_eq!(points.at(text.len()), text.chars().count());
        assert_eq!(CodePoints::new("abc").at(2), 2);
    }
}
