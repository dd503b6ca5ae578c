//! Datelines: the place in front of a report.

use super::{Document, Id};

/// The last token of a place in capitals that nothing divides from the report behind it ("DETROIT The Transportation
/// Department …", "AUSTIN, Texas A rally …"), for the tokens of a paragraph. The report must open with a small word, for
/// "NATO Secretary General" is no place and its guest.
pub fn undivided_dateline(doc: &Document, tokens: std::ops::Range<usize>) -> Option<usize> {
    let word = |t: usize| if t < tokens.end { doc.word(Id::new(t)) } else { "" };
    let is_capitals =
        |w: &str| w.chars().count() >= 4 && w.chars().all(|c| c.is_uppercase() || matches!(c, '\'' | '’'));
    let is_name = |w: &str| w.chars().next().is_some_and(char::is_uppercase) && !opens(w);
    let mut at = tokens.start;
    while at < tokens.start + 3 && is_capitals(word(at)) {
        at += 1;
    }
    if at == tokens.start {
        return None;
    }
    if word(at) == "," && is_name(word(at + 1)) {
        at += 2;
        while at < tokens.start + 6 && is_name(word(at)) {
            at += 1;
        }
    }
    (opens(word(at)) && word(at + 1).chars().next().is_some_and(char::is_alphanumeric)).then(|| at - 1)
}

/// A word that opens a sentence and is in no name.
fn opens(word: &str) -> bool {
    matches!(
        word,
        "The"
            | "A"
            | "An"
            | "At"
            | "In"
            | "On"
            | "After"
            | "As"
            | "When"
            | "If"
            | "It"
            | "More"
            | "Some"
            | "Two"
            | "Three"
            | "Four"
            | "Five"
            | "Six"
            | "Seven"
            | "Eight"
            | "Nine"
            | "Ten"
            | "Hundreds"
            | "Thousands"
            | "Dozens"
    )
}
