//! Pieces: tokens cut where digits, letters and signs meet, so that "$1.5m" and "60-mile" read alike however they were tokenised.

use std::ops::Range;

use smol_str::SmolStr;

use crate::text::{Document, Id, Span, Token};

/// What a piece is made of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PieceKind {
    /// ASCII digits with the separators inside them: `1,200.5`.
    Digits,
    /// Letters (with combining marks and apostrophes inside).
    Word,
    /// One character of anything else.
    Sign,
}

/// A part of a token.
#[derive(Clone, Debug)]
pub struct Piece {
    /// Where it stands.
    pub span: Span,
    /// The token it is cut from.
    pub token: Id<Token>,
    /// Digits, letters or a sign.
    pub kind: PieceKind,
    /// Lower-cased, with typographic apostrophes and dashes made plain.
    pub lower: SmolStr,
    /// True when nothing stands between it and the piece before.
    pub glued: bool,
    /// True when it begins with a capital letter.
    pub capital: bool,
}

impl Piece {
    /// True for a sign piece that is this character (dashes and quotes as plain ones).
    pub fn is_sign(&self, sign: char) -> bool {
        self.kind == PieceKind::Sign && self.lower.chars().eq([sign])
    }

    /// True for digits.
    pub fn is_digits(&self) -> bool {
        self.kind == PieceKind::Digits
    }

    /// True for letters.
    pub fn is_word(&self) -> bool {
        self.kind == PieceKind::Word
    }
}

/// Cuts the tokens of a range into pieces.
pub fn pieces(doc: &Document, tokens: Range<Id<Token>>) -> Vec<Piece> {
    let mut out = Vec::with_capacity((tokens.end.index() - tokens.start.index()) * 5 / 4 + 4);
    let mut last_end = usize::MAX;
    for token in Id::range(tokens) {
        let row = &doc.tokens[token];
        let start = row.span.start();
        let word = doc.word(token);
        let bytes = word.as_bytes();
        if !bytes.is_empty() && bytes.iter().all(u8::is_ascii_alphabetic) {
            out.push(Piece {
                span: row.span,
                token,
                kind: PieceKind::Word,
                lower: row.lower.clone(),
                glued: start == last_end,
                capital: bytes[0].is_ascii_uppercase(),
            });
            last_end = row.span.end();
            continue;
        }
        let mut at = 0;
        while at < word.len() {
            let (len, kind) = cut(word, at);
            if len == 0 {
                break;
            }
            let slice = &word[at..at + len];
            // "in recent years—26 cases": a long dash parts two words, and joins nothing.
            let parts = matches!(slice, "—" | "―");
            let glued = start + at == last_end && !parts;
            last_end = start + at + len;
            at += len;
            if slice.chars().all(char::is_whitespace) {
                last_end = usize::MAX;
                continue;
            }
            out.push(Piece {
                span: Span::new(last_end - len, last_end),
                token,
                kind,
                lower: plain(slice, kind),
                glued,
                capital: slice.chars().next().is_some_and(char::is_uppercase),
            });
            if parts {
                last_end = usize::MAX;
            }
        }
    }
    out
}

/// Length in bytes and kind of the piece that begins at `at`.
fn cut(word: &str, at: usize) -> (usize, PieceKind) {
    let rest = &word[at..];
    let Some(first) = rest.chars().next() else { return (0, PieceKind::Sign) };
    let before = word[..at].chars().next_back();
    let digit_after = |i: usize| rest.as_bytes().get(i).is_some_and(u8::is_ascii_digit);
    if first.is_ascii_digit() || (first == '.' && digit_after(1) && !before.is_some_and(char::is_alphanumeric)) {
        let bytes = rest.as_bytes();
        let mut end = 1;
        while end < bytes.len() {
            if bytes[end].is_ascii_digit() || (matches!(bytes[end], b'.' | b',') && digit_after(end + 1)) {
                end += 1;
            } else {
                break;
            }
        }
        return (end, PieceKind::Digits);
    }
    // A clitic token: "'s", "’ll".
    if at == 0
        && matches!(first, '\'' | '’')
        && (2..=5).contains(&rest.len())
        && rest.chars().skip(1).all(char::is_alphabetic)
    {
        return (rest.len(), PieceKind::Word);
    }
    if first.is_alphabetic() {
        let mut end = 0;
        let mut chars = rest.char_indices().peekable();
        while let Some((i, c)) = chars.next() {
            let inside = c.is_alphabetic()
                || is_mark(c)
                || (matches!(c, '\'' | '’') && chars.peek().is_some_and(|(_, n)| n.is_alphabetic()));
            if !inside {
                break;
            }
            end = i + c.len_utf8();
        }
        return (end, PieceKind::Word);
    }
    (first.len_utf8(), PieceKind::Sign)
}

fn is_mark(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36f}')
}

/// Lower-cased, with typographic apostrophes and dashes made plain.
fn plain(slice: &str, kind: PieceKind) -> SmolStr {
    match kind {
        PieceKind::Digits => slice.into(),
        PieceKind::Sign => match slice {
            "‐" | "‑" | "‒" | "–" | "−" | "—" | "―" => "-".into(),
            "’" | "‘" | "′" => "'".into(),
            "“" | "”" | "″" => "\"".into(),
            "⁄" | "∕" => "/".into(),
            _ => slice.into(),
        },
        PieceKind::Word => {
            if slice.is_ascii() && !slice.bytes().any(|b| b.is_ascii_uppercase()) {
                slice.into()
            } else {
                slice.to_lowercase().replace('’', "'").into()
            }
        }
    }
}
