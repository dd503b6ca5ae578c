//! Showing: an annotated document as JSON, CoNLL-U, or marked text for a person.

pub mod conllu;
pub mod jsonl;
pub mod marked;
pub mod newsquant;

/// A character as a terminal may have it: no control characters, so that an article cannot command the terminal, and none
/// that turn the direction of writing, so that it cannot show other words than it has. Line breaks become spaces.
pub fn tame(c: char) -> char {
    match c {
        '\n' | '\t' => ' ',
        '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => '\u{fffd}',
        c if c.is_control() => '\u{fffd}',
        c => c,
    }
}
