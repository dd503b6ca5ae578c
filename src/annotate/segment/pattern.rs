//! Tokens known by their pattern: addresses, handles, tags, telephone numbers, emoticons.

use super::scan::is_word;
use super::words;

/// Bytes of a telephone number or date with hyphens: "555-0100", "713-555-0100", "2015-11-20".
pub fn dashed_number(rest: &str) -> Option<usize> {
    let mut lengths = [0usize; 5];
    let mut count = 0;
    let mut end = 0;
    for part in rest.split('-') {
        let digits = part.bytes().take_while(u8::is_ascii_digit).count();
        if digits == 0 || count == lengths.len() {
            return None;
        }
        lengths[count] = digits;
        count += 1;
        end += digits;
        if digits < part.len() {
            if part[digits..].starts_with(|c: char| is_word(c) || c == '/') {
                return None;
            }
            break;
        }
        end += 1;
    }
    if rest.len() + 1 == end {
        end -= 1;
    }
    let shape = &lengths[..count];
    let known = matches!(shape, [3, 4] | [3, 3, 4] | [1, 3, 3, 4] | [4, 2, 2] | [1 | 2, 1 | 2, 2 | 4] | [5, 4]);
    known.then_some(end)
}

/// Bytes of a web address, e-mail address, @handle or #tag at the start of `rest`.
pub fn address(rest: &str, first: bool) -> Option<usize> {
    let bytes = rest.as_bytes();
    match bytes[0] {
        b'@' | b'#' => {
            let name = rest[1..].find(|c: char| !is_word(c)).map_or(rest.len(), |i| i + 1);
            let letters = rest[1..name].chars().any(char::is_alphabetic);
            return (name > 1 && letters).then_some(name);
        }
        b'h' | b'H' | b'f' | b'F' | b'w' | b'W' | b'm' | b'M' => {
            let starts = |with: &str| {
                rest.len() > with.len()
                    && rest.is_char_boundary(with.len())
                    && rest[..with.len()].eq_ignore_ascii_case(with)
            };
            if ["http://", "https://", "ftp://", "www.", "mailto:"].iter().any(|p| starts(p)) {
                return Some(trim_address(rest));
            }
        }
        b if !b.is_ascii_alphanumeric() => return None,
        _ => {}
    }
    if !first && !bytes[0].is_ascii_alphanumeric() {
        return None;
    }
    if let Some(at) = memchr::memchr(b'@', bytes) {
        let local = |b: &u8| b.is_ascii_alphanumeric() || b"._%+-".contains(b);
        if at > 0 && bytes[..at].iter().all(local) {
            let host = bytes[at + 1..].iter().take_while(|b| b.is_ascii_alphanumeric() || b".-_".contains(b)).count();
            let host = rest[at + 1..at + 1 + host].trim_end_matches(['.', '-']).len();
            if host > 1 {
                return Some(at + 1 + host);
            }
        }
    }
    // "example.com/page": a host name with a path.
    let host = bytes.iter().take_while(|b| b.is_ascii_alphanumeric() || b".-".contains(b)).count();
    if host > 3 && bytes.get(host) == Some(&b'/') {
        let last = rest[..host].rsplit('.').next().unwrap_or_default();
        if last.len() < host && words::ends_address(last) {
            return Some(trim_address(rest));
        }
    }
    None
}

/// Bytes of an address without the punctuation after it.
fn trim_address(rest: &str) -> usize {
    let mut end = rest.find(['>', '<', '"', '”', '“', '’', '‘', '»']).unwrap_or(rest.len());
    loop {
        let address = &rest[..end];
        let Some(last) = address.chars().next_back() else { return rest.len() };
        let loose = match last {
            '.' | ',' | ';' | ':' | '!' | '?' | '\'' | '…' => true,
            ')' => !address.contains('('),
            ']' => !address.contains('['),
            _ => false,
        };
        if !loose {
            return end;
        }
        end -= last.len_utf8();
    }
}

const EMOTICONS: [&str; 24] = [
    ":-)", ":-(", ":-D", ":-P", ":-p", ":-/", ":-|", ";-)", ":')", ":'(", ":)", ":(", ":D", ":P", ":p", ":/", ":|",
    ";)", ";D", "=)", "=(", "<3", "^_^", "(:",
];

/// Bytes of the emoticon that a chunk begins with; only punctuation may follow it.
pub fn emoticon(rest: &str) -> Option<usize> {
    let found = EMOTICONS.iter().find(|e| rest.starts_with(**e))?;
    let after = &rest[found.len()..];
    after.chars().all(|c| c.is_ascii_punctuation()).then_some(found.len())
}
