//! Text as HTML and as addresses write it.

use std::fmt::Write as _;

/// A letter that HTML and XML write by its name.
pub(crate) fn entity(letter: char) -> Option<&'static str> {
    Some(match letter {
        '&' => "&amp;",
        '<' => "&lt;",
        '>' => "&gt;",
        '"' => "&quot;",
        _ => return None,
    })
}

/// Text as HTML writes it, also between quotation marks.
pub(crate) fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match (entity(c), c) {
            (Some(named), _) => out.push_str(named),
            (None, '\'') => out.push_str("&#39;"),
            (None, other) => out.push(other),
        }
    }
    out
}

/// Text as an address writes it: letters, digits and the bytes kept stand for themselves, all else by its code.
pub(crate) fn encoded(text: &str, kept: &[u8]) -> String {
    let mut out = String::new();
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || kept.contains(&byte) {
            out.push(byte as char);
        } else {
            let _ = write!(out, "%{byte:02X}");
        }
    }
    out
}
