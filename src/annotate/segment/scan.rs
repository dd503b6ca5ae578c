//! The scanner: one pass over a block's characters, cutting tokens by what a token begins with.

use super::pattern::{address, dashed_number, emoticon};
use super::words::{self, Abbreviation};

/// A token of a block before it has a place in the document.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Piece {
    /// First byte in the block.
    pub start: usize,
    /// One past the last byte.
    pub end: usize,
    /// True when it continues the multi-word token of the piece before.
    pub glued: bool,
}

/// Cuts a block's text into tokens.
pub fn scan(text: &str, out: &mut Vec<Piece>) {
    let mut scanner = Scanner { text, out, quoted: false, stop: 0 };
    let mut at = 0;
    while let Some(start) = skip_blank(text, at) {
        let end = chunk_end(text, start);
        scanner.chunk(start, end);
        at = end;
    }
}

/// True for characters that no token holds: white space, control characters, zero-width spaces and direction marks.
pub fn is_blank(c: char) -> bool {
    match c {
        '!'..='~' => false,
        '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}' | '\u{feff}' => true,
        c => c.is_whitespace() || c.is_control(),
    }
}

/// The first visible character at or after `at`.
pub fn skip_blank(text: &str, at: usize) -> Option<usize> {
    text[at..].char_indices().find(|&(_, c)| !is_blank(c)).map(|(i, _)| at + i)
}

/// Bytes of the longest chunk that is looked at as a whole; a longer one is cut there. Every word, number and address of
/// a language is shorter; what a token looks ahead stays bounded.
const LONGEST_CHUNK: usize = 2_048;

fn chunk_end(text: &str, start: usize) -> usize {
    let rest = &text[start..];
    let mut most = rest.len().min(LONGEST_CHUNK);
    while !rest.is_char_boundary(most) {
        most -= 1;
    }
    rest[..most].char_indices().find(|&(_, c)| is_blank(c)).map_or(start + most, |(i, _)| start + i)
}

/// Apostrophes as people type them inside words.
pub fn is_apostrophe(c: char) -> bool {
    matches!(c, '\'' | '’' | '‘' | '`' | 'ʼ' | '´' | '′')
}

pub fn is_word(c: char) -> bool {
    c.is_ascii_alphanumeric() || (!c.is_ascii() && (c.is_alphanumeric() || is_mark(c))) || c == '_'
}

/// Combining marks, joiners, variation selectors and skin tones: they stay with the character before them.
fn is_mark(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36f}' | '\u{483}'..='\u{489}' | '\u{591}'..='\u{5bd}' | '\u{610}'..='\u{61a}'
        | '\u{64b}'..='\u{65f}' | '\u{900}'..='\u{903}' | '\u{93a}'..='\u{94f}' | '\u{ad}' | '\u{200c}' | '\u{200d}'
        | '\u{1ab0}'..='\u{1aff}' | '\u{1dc0}'..='\u{1dff}' | '\u{20d0}'..='\u{20ff}' | '\u{fe00}'..='\u{fe0f}'
        | '\u{fe20}'..='\u{fe2f}' | '\u{1f3fb}'..='\u{1f3ff}' | '\u{e0020}'..='\u{e007f}')
}

struct Scanner<'t> {
    text: &'t str,
    out: &'t mut Vec<Piece>,
    /// A single quotation mark is open.
    quoted: bool,
    /// Where the chunk (characters without white space) ends.
    stop: usize,
}

impl<'t> Scanner<'t> {
    fn push(&mut self, start: usize, end: usize) -> usize {
        self.out.push(Piece { start, end, glued: false });
        end
    }

    fn push_glued(&mut self, start: usize, end: usize) -> usize {
        self.out.push(Piece { start, end, glued: true });
        end
    }

    fn char_at(&self, at: usize) -> Option<char> {
        self.text.get(at..self.stop)?.chars().next()
    }

    fn char_before(&self, at: usize) -> Option<char> {
        self.text[..at].chars().next_back()
    }

    fn chunk(&mut self, start: usize, stop: usize) {
        self.stop = stop;
        let mut at = start;
        while at < stop {
            let end = self.token(at, at == start);
            debug_assert!(end > at);
            at = end;
        }
    }

    /// Cuts the token (or the words of one multi-word token) that begins at `at`; gives its end.
    fn token(&mut self, at: usize, first: bool) -> usize {
        let rest = &self.text[at..self.stop];
        let Some(c) = rest.chars().next() else { return self.stop };
        if let Some(length) = address(rest, first) {
            return self.push(at, at + length);
        }
        match c {
            '0'..='9' => self.number(at),
            '.' | '+' if first && rest[1..].starts_with(|d: char| d.is_ascii_digit()) => self.number(at),
            '.' if rest[1..].starts_with(|d: char| d.is_ascii_digit())
                && self.char_before(at).is_some_and(|b| !is_word(b)) =>
            {
                self.number(at)
            }
            c if is_word(c) => self.word(at),
            c if is_apostrophe(c) => self.apostrophe(at, c, first),
            _ => self.symbol(at, c, first),
        }
    }

    /// "2,000", "12,50,000", "1.5", "10:51", "11/28/2000", "713-555-0100", "20th", "1980s", and "5" of "5km".
    fn number(&mut self, at: usize) -> usize {
        let bytes = self.text.as_bytes();
        let digit = |i: usize| i < self.stop && bytes[i].is_ascii_digit();
        let digits = |from: usize| (from..self.stop).take_while(|&i| bytes[i].is_ascii_digit()).count();
        let mut end = at + 1;
        while digit(end) {
            end += 1;
        }
        if let Some(length) = dashed_number(&self.text[at..self.stop]) {
            return self.push(at, at + length);
        }
        loop {
            let Some(&separator) = bytes[..self.stop].get(end) else { break };
            if !digit(end + 1) {
                break;
            }
            let run = digits(end + 1);
            let joins = match separator {
                b',' => {
                    (run == 3 || run == 2 && indian(&bytes[end..self.stop]))
                        && self.text.as_bytes()[at..end].iter().rev().take_while(|b| b.is_ascii_digit()).count() <= 3
                }
                b'.' | b':' | b'/' => true,
                _ => false,
            };
            if !joins {
                break;
            }
            end += 1 + run;
        }
        // Letters after the number.
        let letters = self.text[end..self.stop]
            .char_indices()
            .find(|&(_, c)| !c.is_alphabetic())
            .map_or(self.stop, |(i, _)| end + i);
        if letters > end {
            let suffix = &self.text[end..letters];
            let closed = !self.char_at(letters).is_some_and(is_word);
            let whole = &self.text[at..end];
            let lower = suffix.to_ascii_lowercase();
            if closed && matches!(lower.as_str(), "st" | "nd" | "rd" | "th" | "s") {
                end = letters;
            } else if closed
                && words::is_unit(suffix)
                && !(matches!(lower.as_str(), "c" | "f" | "p" | "x" | "v" | "w" | "g" | "l" | "h") && whole.len() < 2)
            {
                return self.push(at, end);
            } else if (lower == "a" || lower == "p")
                && self.text[letters..self.stop].to_ascii_lowercase().starts_with(".m")
            {
                return self.push(at, end);
            } else {
                // "4chan", "3D", "81P": a code, read on as a word.
                return self.word(at);
            }
        } else if self.char_at(end).is_some_and(is_apostrophe) {
            // "1930's" is one token, "2003's" is two words.
            let quote = self.char_at(end).map_or(1, char::len_utf8);
            let after = end + quote;
            let ends = self.char_at(after) == Some('s') && !self.char_at(after + 1).is_some_and(is_word);
            if ends && self.text[at..end].ends_with('0') && matches!(end - at, 2 | 4) {
                end = after + 1;
            } else if ends {
                self.push(at, end);
                return self.push_glued(end, after + 1);
            }
        } else if self.char_at(end) == Some('.')
            && end + 1 == self.stop
            && self.out.is_empty()
            && skip_blank(self.text, self.stop).is_some()
            && end - at <= 3
        {
            // "1." before the text of a list item.
            end += 1;
        }
        self.push(at, end)
    }

    /// A word with what belongs to it, cut at clitics.
    fn word(&mut self, at: usize) -> usize {
        let text = self.text;
        let mut end = at;
        loop {
            let Some(c) = self.char_at(end) else { break };
            if is_word(c) {
                end += c.len_utf8();
                continue;
            }
            let next = end + c.len_utf8();
            let Some(following) = self.char_at(next) else { break };
            let so_far = &text[at..end];
            let goes_on = match c {
                c if is_apostrophe(c) => following.is_alphabetic(),
                '.' if following.is_alphabetic() => match dotted(&text[at..self.stop]) {
                    Some(length) if at + length > end => {
                        end = at + length;
                        continue;
                    }
                    _ => self.goes_on_after_stop(at, end),
                },
                '.' => following.is_ascii_digit() && so_far.bytes().any(|b| b.is_ascii_digit() || b == b'_'),
                // "RM900,000", "R1,200": a currency's letters and a sum.
                ',' => is_sum(so_far) && three_digits(&text[next..self.stop]),
                '&' => following.is_uppercase() && so_far.len() <= 3 && so_far.bytes().all(|b| b.is_ascii_uppercase()),
                '-' | '‐' | '‑' | '–' => following.is_alphanumeric() && self.keeps_hyphen(at, end, next),
                '/' => {
                    so_far.len() == 1
                        && following.is_alphabetic()
                        && !self.char_at(next + following.len_utf8()).is_some_and(is_word)
                        || so_far.eq_ignore_ascii_case("s") && text[next..self.stop].eq_ignore_ascii_case("he")
                }
                '*' => following.is_alphanumeric() || following == '*',
                '\u{b7}' => true,
                _ => false,
            };
            if !goes_on {
                break;
            }
            end = next;
        }
        if end == at {
            end += self.char_at(at).map_or(1, char::len_utf8);
        }
        if let Some('$') = self.char_at(end)
            && matches!(&text[at..end], "US" | "U" | "C" | "CA" | "A" | "AU" | "HK" | "NZ" | "S" | "R" | "NT")
        {
            return self.push(at, end + 1);
        }
        if self.char_at(end) == Some('.') && self.keeps_stop(at, end) {
            end += 1;
        }
        if self.char_at(end) == Some('-') && end + 1 == self.stop && is_broken_off(&text[at..end]) {
            return self.push(at, end + 1);
        }
        self.cut_clitics(at, end)
    }

    /// Whether what follows a full stop inside a chunk belongs to the word: "example.com", but not "year.The".
    fn goes_on_after_stop(&self, at: usize, stop: usize) -> bool {
        let rest = &self.text[stop + 1..self.stop];
        let next = &rest[..rest.find(|c: char| !is_word(c)).unwrap_or(rest.len())];
        if words::ends_address(next) {
            return !(next.starts_with(char::is_uppercase) && words::is_opener(next));
        }
        let last = self.text[at..stop].chars().next_back();
        let lower = |c: char| c.is_lowercase();
        last.is_some_and(lower)
            && next.starts_with(lower)
            && rest[next.len()..].starts_with('.')
            && rest.len() > next.len() + 1
            && !self.text[at..stop].contains('\'')
    }

    /// Whether a hyphen stays inside the token: "re-elected", "mid-1980s", "Chi-wai", "uh-oh".
    fn keeps_hyphen(&self, at: usize, hyphen: usize, next: usize) -> bool {
        let before = &self.text[at..hyphen];
        let rest = &self.text[next..self.stop];
        let after = &rest[..rest.find(|c: char| !is_word(c)).unwrap_or(rest.len())];
        if !before.contains(['-', '.']) && words::is_prefix(before) {
            return true;
        }
        words::is_suffix(after)
    }

    /// Whether the full stop after a word belongs to it.
    fn keeps_stop(&self, at: usize, stop: usize) -> bool {
        let word = &self.text[at..stop];
        let following = self.char_at(stop + 1);
        if following == Some('.') {
            return false;
        }
        let glued = following.is_some_and(is_word);
        let mut chars = word.chars();
        let (one, two) = (chars.next(), chars.next());
        if word.contains('.') && is_dotted(word) {
            return !glued;
        }
        let next = skip_blank(self.text, self.stop).and_then(|i| self.text[i..].chars().next());
        let next = following.filter(|c| *c != ',' && *c != ')' && *c != '-').or(next);
        // "7 **p. m.**", "the **U. S.** navy": single letters with their stops, written apart.
        if let (Some(letter), None) = (one, two)
            && following.is_none()
            && (self.opens_letters(letter) || letter.is_lowercase() && self.follows_initial(at))
        {
            return true;
        }
        if let (Some(initial), None) = (one, two)
            && initial.is_uppercase()
        {
            // "J. Roe", "Roe, J., 2010", but "plan B." at the end.
            // "Y. pestis": a genus in short before its kind, which goes on in small letters.
            let kind = following.is_none() && next.is_some_and(char::is_lowercase) && initial != 'I';
            return (next.is_some_and(|c| c.is_uppercase() || following == Some(',')) || kind)
                && !(initial == 'I' && self.follows_lower(at))
                || self.follows_initial(at);
        }
        match words::abbreviation(word) {
            None => false,
            // "Abbott v. Burke": one against another.
            Some(Abbreviation::Number) if word == "v" => next.is_some_and(|c| c.is_ascii_digit() || c.is_uppercase()),
            Some(Abbreviation::Number) => next.is_some_and(|c| c.is_ascii_digit()) && word != "in",
            Some(Abbreviation::Title) => next.is_some(),
            Some(Abbreviation::Name) => word.starts_with(char::is_uppercase),
            Some(Abbreviation::Word) => true,
        }
    }

    /// "a" before " m." and "p" before " m.".
    fn opens_letters(&self, letter: char) -> bool {
        let rest = skip_blank(self.text, self.stop).map_or("", |i| &self.text[i..]);
        matches!(letter, 'a' | 'p') && rest.starts_with("m.")
    }

    /// Whether the token before is a letter with a stop: "S." after "U.".
    fn follows_initial(&self, at: usize) -> bool {
        self.out.last().is_some_and(|p| p.end <= at && p.end - p.start == 2 && self.text[..p.end].ends_with('.'))
    }

    /// Whether the token before is a word in lower case.
    fn follows_lower(&self, at: usize) -> bool {
        self.out.last().is_some_and(|p| p.end <= at && self.text[p.start..p.end].starts_with(char::is_lowercase))
    }

    /// Cuts "don't" into "do" and "n't", "Jane's" into "Jane" and "'s", "cannot" into "can" and "not".
    fn cut_clitics(&mut self, at: usize, end: usize) -> usize {
        let word = &self.text[at..end];
        if let Some(first) = words::contraction(word) {
            self.push(at, at + first);
            return self.push_glued(at + first, end);
        }
        let mut seams = [0usize; 4];
        let mut count = 0;
        let mut rest = word;
        while count < seams.len()
            && let Some(seam) = clitic(rest)
        {
            seams[count] = seam;
            count += 1;
            rest = &rest[..seam];
        }
        if count == 0 {
            self.push(at, end);
        } else {
            self.push(at, at + seams[count - 1]);
            for i in (0..count).rev() {
                let to = if i == 0 { word.len() } else { seams[i - 1] };
                self.push_glued(at + seams[i], at + to);
            }
        }
        // The possessive of a plural: "states'".
        if let Some(c) = self.char_at(end)
            && is_apostrophe(c)
            && c != '‘'
            && !self.quoted
            && word.ends_with(['s', 'S', 'x', 'z'])
        {
            return self.push_glued(end, end + c.len_utf8());
        }
        end
    }

    /// An apostrophe or single quotation mark at the start of a token.
    fn apostrophe(&mut self, at: usize, c: char, first: bool) -> usize {
        let size = c.len_utf8();
        let rest = &self.text[at + size..self.stop];
        if rest.starts_with(c) && (c == '\'' || c == '`') && !rest[size..].starts_with(c) {
            return self.push(at, at + 2 * size);
        }
        let letters = &rest[..rest.find(|c: char| !is_word(c)).unwrap_or(rest.len())];
        let lower = letters.to_ascii_lowercase();
        if c != '‘' && matches!(lower.as_str(), "s" | "re" | "ll" | "ve" | "m" | "d") && (first || !self.quoted) {
            return self.push(at, at + size + letters.len());
        }
        if c != '`'
            && matches!(
                lower.as_str(),
                "em" | "cause" | "til" | "till" | "bout" | "cuz" | "n" | "round" | "tis" | "twas"
            )
        {
            let elided = at + size + letters.len();
            return if lower == "tis" || lower == "twas" {
                self.push(at, at + size + 1);
                self.push_glued(at + size + 1, elided)
            } else if lower == "n" && self.char_at(elided).is_some_and(is_apostrophe) {
                let close = self.char_at(elided).map_or(1, char::len_utf8);
                self.push(at, elided + close)
            } else {
                self.push(at, elided)
            };
        }
        if c != '‘' || letters.len() >= 2 {
            let digits = letters.bytes().take_while(u8::is_ascii_digit).count();
            if digits == 2 && matches!(&lower[2..], "" | "s") && first {
                return self.push(at, at + size + letters.len());
            }
        }
        self.quoted = first && rest.starts_with(is_word) || c == '‘';
        self.push(at, at + size)
    }

    /// Punctuation and symbols: runs of the same mark, emoji, single signs.
    fn symbol(&mut self, at: usize, c: char, first: bool) -> usize {
        let rest = &self.text[at..self.stop];
        if first && let Some(length) = emoticon(rest) {
            return self.push(at, at + length);
        }
        for ellipsis in ["[...]", "[…]"] {
            if rest.starts_with(ellipsis) {
                return self.push(at, at + ellipsis.len());
            }
        }
        let run = |wanted: &dyn Fn(char) -> bool| {
            rest.char_indices().find(|&(_, c)| !wanted(c)).map_or(rest.len(), |(i, _)| i)
        };
        let length = match c {
            '.' | '…' => run(&|c| c == '.' || c == '…'),
            '!' | '?' => run(&|c| c == '!' || c == '?'),
            '-' | '*' | '=' | '_' | '~' | '+' | '<' | '>' | '|' | '^' | '#' | '—' | '―' | '•' => run(&|d| d == c),
            c if c.is_ascii() => 1 + run_of_marks(&rest[1..]),
            c if is_regional(c) => {
                let size = c.len_utf8();
                if rest[size..].starts_with(is_regional) { 2 * size } else { size }
            }
            c => emoji(rest, c),
        };
        self.push(at, at + length)
    }
}

/// Bytes of the combining marks that a text begins with.
fn run_of_marks(text: &str) -> usize {
    text.char_indices().find(|&(_, c)| !is_mark(c)).map_or(text.len(), |(i, _)| i)
}

/// Letters of flags.
fn is_regional(c: char) -> bool {
    ('\u{1f1e6}'..='\u{1f1ff}').contains(&c)
}

/// Bytes of a sign with its marks, and of what zero-width joiners tie to it.
fn emoji(rest: &str, c: char) -> usize {
    let mut length = c.len_utf8();
    loop {
        length += run_of_marks(&rest[length..]);
        let joined = rest[..length].ends_with('\u{200d}');
        match rest[length..].chars().next() {
            Some(next) if joined && !is_word(next) && !next.is_ascii() => length += next.len_utf8(),
            _ => return length,
        }
    }
}

/// Bytes of a clitic-free first part: 2 for "do" of "don't", 4 for "Jane" of "Jane's".
fn clitic(word: &str) -> Option<usize> {
    let (at, mark) = word.char_indices().rev().take(4).find(|&(_, c)| is_apostrophe(c))?;
    if at == 0 {
        return None;
    }
    let tail = &word[at + mark.len_utf8()..];
    let is = |wanted: &str| tail.eq_ignore_ascii_case(wanted);
    if is("t") {
        let before = word[..at].chars().next_back()?;
        return (before.eq_ignore_ascii_case(&'n') && at > 1).then_some(at - 1);
    }
    ["s", "re", "ll", "ve", "d", "m"].iter().any(|c| is(c)).then_some(at)
}

/// True for a word that its speaker broke off, or a prefix that stands alone: "w-", "thr-", "pre-".
fn is_broken_off(word: &str) -> bool {
    let letters = word.chars().count();
    word.chars().all(char::is_alphabetic)
        && (letters == 1
            || words::is_prefix(word)
            || letters <= 3
                && !word.chars().any(|c| "aeiouyAEIOUY".contains(c))
                && word.chars().any(char::is_lowercase))
}

/// True for single letters (or "Ph", "Sc") with stops between: "U.S", "a.m", "Ph.D".
fn is_dotted(word: &str) -> bool {
    word.split('.').all(|part| {
        let mut chars = part.chars();
        match (chars.next(), chars.next()) {
            (None, _) => false,
            (Some(c), None) => c.is_alphabetic(),
            _ => part.eq_ignore_ascii_case("ph") || part.eq_ignore_ascii_case("sc") || part == "Phil" || part == "Gen",
        }
    })
}

/// Bytes of an abbreviation with inner stops at the start of a chunk, its last stop left out: "U.S" of "U.S.-led".
fn dotted(rest: &str) -> Option<usize> {
    let mut end = 0;
    let mut parts = 0;
    loop {
        let part = &rest[end..];
        let length = part.find(|c: char| !c.is_alphabetic()).unwrap_or(part.len());
        let letters = part[..length].chars().count();
        let short = letters == 1 || matches!(&part[..length], "Ph" | "ph" | "Sc" | "Phil");
        if !short {
            // "U.S.The": the last part is a word of its own.
            return (parts >= 2).then(|| end - 1);
        }
        parts += 1;
        end += length;
        if part[length..].starts_with('.') && part[length + 1..].starts_with(char::is_alphabetic) {
            end += 1;
        } else {
            break;
        }
    }
    (parts >= 2).then_some(end)
}

/// ",50,000" of "12,50,000": groups of two up to the last of three, as numbers are written in India.
fn indian(rest: &[u8]) -> bool {
    let mut at = 0;
    loop {
        let digits = rest.iter().skip(at + 1).take_while(|b| b.is_ascii_digit()).count();
        match (rest.get(at), digits) {
            (Some(b','), 2) => at += 3,
            (Some(b','), 3) => return at > 0,
            _ => return false,
        }
    }
}

/// Up to three capitals and groups of digits, the last of three at most: "RM900", "R1,200".
fn is_sum(word: &str) -> bool {
    let letters = word.bytes().take_while(u8::is_ascii_uppercase).count();
    let rest = &word[letters..];
    let last = rest.rsplit(',').next().unwrap_or_default();
    (1..=3).contains(&letters) && (1..=3).contains(&last.len()) && rest.bytes().all(|b| b.is_ascii_digit() || b == b',')
}

/// Three digits and no fourth.
fn three_digits(rest: &str) -> bool {
    rest.bytes().take_while(u8::is_ascii_digit).count() == 3
}
