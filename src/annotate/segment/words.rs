//! The word lists of this stage.

use rustc_hash::{FxHashMap, FxHashSet};
use std::sync::LazyLock;

use crate::lexicon::table;

/// What may follow an abbreviation; see `en/abbreviations.tsv`.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Abbreviation {
    /// A name or number follows.
    Title,
    /// An abbreviation only before a number.
    Number,
    /// Closes a name.
    Name,
    /// May stand anywhere.
    Word,
}

static ABBREVIATIONS: LazyLock<FxHashMap<&str, Abbreviation>> = LazyLock::new(|| {
    table::rows(include_str!("en/abbreviations.tsv"))
        .filter_map(|(_, cells)| {
            let kind = match *cells.get(1)? {
                "title" => Abbreviation::Title,
                "number" => Abbreviation::Number,
                "name" => Abbreviation::Name,
                "word" => Abbreviation::Word,
                _ => return None,
            };
            Some((cells[0], kind))
        })
        .collect()
});

static CONTRACTIONS: LazyLock<FxHashMap<&str, usize>> = LazyLock::new(|| {
    table::rows(include_str!("en/contractions.tsv"))
        .filter_map(|(_, cells)| Some((cells[0], cells.get(1)?.parse().ok()?)))
        .collect()
});

static PREFIXES: LazyLock<FxHashSet<&str>> = LazyLock::new(|| affixes("prefix"));
static SUFFIXES: LazyLock<FxHashSet<&str>> = LazyLock::new(|| affixes("suffix"));
static UNITS: LazyLock<FxHashSet<&str>> = LazyLock::new(|| first_cells(include_str!("en/units.tsv")));
static ADDRESSES: LazyLock<FxHashSet<&str>> = LazyLock::new(|| first_cells(include_str!("en/addresses.tsv")));
static OPENERS: LazyLock<FxHashSet<&str>> = LazyLock::new(|| first_cells(include_str!("en/openers.tsv")));

fn affixes(kind: &str) -> FxHashSet<&'static str> {
    table::rows(include_str!("en/affixes.tsv"))
        .filter(|(_, cells)| cells.get(1) == Some(&kind))
        .map(|(_, cells)| cells[0])
        .collect()
}

fn first_cells(text: &'static str) -> FxHashSet<&'static str> {
    table::rows(text).map(|(_, cells)| cells[0]).collect()
}

/// The longest word of any list here, in bytes; longer words are not looked up.
const LONGEST: usize = 24;

/// Calls `look` with the word in lower-case ASCII and plain apostrophes; `None` for long words and other scripts.
fn with_lower<R>(word: &str, look: impl FnOnce(&str) -> Option<R>) -> Option<R> {
    let mut plain = [0u8; LONGEST];
    let mut length = 0;
    for c in word.chars() {
        if length == LONGEST {
            return None;
        }
        plain[length] = match c {
            '’' => b'\'',
            c if c.is_ascii() => c.to_ascii_lowercase() as u8,
            _ => return None,
        };
        length += 1;
    }
    look(std::str::from_utf8(&plain[..length]).ok()?)
}

/// What kind of abbreviation a word (without its last stop) is, if any.
pub fn abbreviation(word: &str) -> Option<Abbreviation> {
    with_lower(word, |w| ABBREVIATIONS.get(w).copied())
}

/// Bytes of the first part of a word that is two words, if it is.
pub fn contraction(word: &str) -> Option<usize> {
    let letters = with_lower(word, |w| CONTRACTIONS.get(w).copied())?;
    word.char_indices().nth(letters).map(|(at, _)| at)
}

/// True for a part that keeps what follows its hyphen: "anti" in "anti-war".
pub fn is_prefix(word: &str) -> bool {
    with_lower(word, |w| PREFIXES.get(w).copied()).is_some()
}

/// True for a part that stays with what stands before its hyphen: "esque".
pub fn is_suffix(word: &str) -> bool {
    with_lower(word, |w| SUFFIXES.get(w).copied()).is_some()
}

/// True for letters that are their own token after a number: "km" in "5km".
pub fn is_unit(word: &str) -> bool {
    with_lower(word, |w| UNITS.get(w).copied()).is_some()
}

/// True for the last part of a web address or file name.
pub fn ends_address(word: &str) -> bool {
    with_lower(word, |w| ADDRESSES.get(w).copied()).is_some()
}

/// True for a word that, capitalised after an abbreviation, begins a sentence.
pub fn is_opener(word: &str) -> bool {
    with_lower(word, |w| OPENERS.get(w).copied()).is_some()
}
