//! Where sentences end inside a block.

use super::scan::{Piece, is_apostrophe};
use super::words::{self, Abbreviation};
use crate::text::BlockKind;

/// For each sentence of a block, one past its last piece. `spaced` texts have white space around every token.
pub fn find(text: &str, pieces: &[Piece], kind: BlockKind, spaced: bool, ends: &mut Vec<usize>) {
    ends.clear();
    let _ = kind;
    let block = Pieces { text, pieces, spaced };
    let mut at = 0;
    while at < pieces.len() {
        if block.stops(at) {
            let close = block.after_closers(at);
            if close < pieces.len() && block.breaks(at, close) {
                ends.push(close);
            }
            at = close.max(at + 1);
        } else {
            at += 1;
        }
    }
    if !pieces.is_empty() {
        ends.push(pieces.len());
    }
    ends.dedup();
}

struct Pieces<'t> {
    text: &'t str,
    pieces: &'t [Piece],
    spaced: bool,
}

impl Pieces<'_> {
    fn word(&self, at: usize) -> &str {
        self.pieces.get(at).map_or("", |p| &self.text[p.start..p.end])
    }

    fn space_before(&self, at: usize) -> bool {
        at == 0 || self.pieces[at - 1].end < self.pieces[at].start
    }

    /// A token that may end a sentence: ".", "?", "!", "…", or an abbreviation with its stop.
    fn stops(&self, at: usize) -> bool {
        let word = self.word(at);
        word.ends_with(['.', '!', '?', '…', '。', '！', '？'])
    }

    /// Skips closing quotation marks and brackets that stand right after a stop, and notes.
    fn after_closers(&self, stop: usize) -> usize {
        let mut at = stop + 1;
        while at < self.pieces.len() && (self.spaced || !self.space_before(at)) {
            let word = self.word(at);
            let closes = matches!(word, "\"" | "”" | "’" | "'" | "''" | "’’" | ")" | "]" | "}" | "»");
            let always = matches!(word, "''" | "”" | "’’" | ")" | "]" | "}" | "-RRB-" | "»");
            if !closes && !always || self.spaced && !always {
                break;
            }
            at += 1;
        }
        self.after_reference(at, matches!(self.word(stop), "." | "!" | "?"))
    }

    /// Skips what hangs on a sentence's end: the number of a note ("… in 1805.[19] His", "… in 1805. [19] His", "… of many. 4
    /// Although"), a mark of words left out ("Yes. […] We"). `plain`: the stop is no abbreviation's.
    fn after_reference(&self, mut at: usize, plain: bool) -> usize {
        if matches!(self.word(at), "[…]" | "[...]") {
            return at + 1;
        }
        // "[1] One. [2] Two.": numbers of items, which stand before them.
        let items = self.word(0) == "[";
        while at + 2 < self.pieces.len()
            && self.word(at) == "["
            && (!items || !self.space_before(at))
            && self.word(at + 1).bytes().all(|b| b.is_ascii_digit())
            && self.word(at + 2) == "]"
        {
            at += 3;
        }
        let number = |word: &str| (1..=2).contains(&word.len()) && word.bytes().all(|b| b.is_ascii_digit());
        let (note, next) = (self.word(at), self.word(at + 1));
        let begins = next.starts_with(char::is_uppercase) && words::is_opener(next) && next != "I";
        // "1. One 2. Two" and "At 9. 10 The" count, too; a text that starts with a number is left alone.
        if plain && number(note) && !number(self.word(0)) && (next.is_empty() || begins) {
            at += 1;
        }
        at
    }

    /// Whether a sentence ends at the stop `at`, where `next` is the token after it and its closing marks.
    fn breaks(&self, at: usize, next: usize) -> bool {
        let stop = self.word(at);
        let word = self.word(next);
        let Some(first) = word.chars().next() else { return false };
        let opens =
            matches!(first, '"' | '“' | '‘' | '(' | '[' | '«' | '„') || (is_apostrophe(first) && word.len() <= 3);
        let starts = first.is_uppercase()
            || first.is_ascii_digit()
            || opens
            || matches!(first, '@' | '#' | '-' | '–' | '—' | '•' | '*');
        let glued = !self.space_before(next);
        let closed = next > at + 1;
        match stop {
            "." => {
                if glued && !(first.is_uppercase() || opens) {
                    return false;
                }
                if first.is_lowercase() {
                    return !closed && !glued;
                }
                starts || !first.is_ascii_punctuation()
            }
            _ if stop.chars().all(|c| matches!(c, '!' | '?')) => {
                if first.is_lowercase() {
                    // "Why? because", but not `"Why?" he asked` nor "Yahoo! is".
                    let name = at > 0 && self.word(at - 1).starts_with(char::is_uppercase);
                    return !closed && !glued && !(name && stop == "!") && !self.spaced;
                }
                if first.is_ascii_punctuation() && !opens && first != '-' {
                    return false;
                }
                if closed && self.reports(next) {
                    return false;
                }
                starts || !first.is_ascii_punctuation()
            }
            _ if stop.chars().all(|c| matches!(c, '.' | '…')) => first.is_uppercase() && !glued || opens && !glued,
            // An abbreviation that keeps its stop.
            _ => {
                let bare = stop.trim_end_matches('.');
                if bare.is_empty() || bare.len() == stop.len() {
                    return false;
                }
                if closed && (first.is_uppercase() || opens) {
                    return true;
                }
                match words::abbreviation(bare) {
                    Some(Abbreviation::Title | Abbreviation::Number) => false,
                    // "at 7 p. m. The police": the second of two letters.
                    _ if bare == "m" && at > 0 && matches!(self.word(at - 1), "a." | "p.") => {
                        first.is_uppercase() && words::is_opener(word)
                    }
                    _ if bare.chars().count() == 1 => false,
                    _ if bare.bytes().all(|b| b.is_ascii_digit() || b == b'.') => false,
                    _ => {
                        (first.is_uppercase() && words::is_opener(word) && word != "I")
                            || matches!(first, '"' | '“') && !glued
                    }
                }
            }
        }
    }

    /// Whether a reporting clause follows a closed quotation: `"Why?" Jane Roe said`.
    fn reports(&self, next: usize) -> bool {
        let mut at = next;
        while at < self.pieces.len() && at < next + 5 && self.word(at).starts_with(char::is_uppercase) {
            at += 1;
        }
        at > next
            && matches!(
                self.word(at),
                "said" | "says" | "asked" | "asks" | "wrote" | "added" | "told" | "replied" | "shouted"
            )
    }
}
