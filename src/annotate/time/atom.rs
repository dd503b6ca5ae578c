//! Atoms: tokens cut so finely that every tokenisation looks the same ("third-quarter" is three, "10am" two), each with
//! its class from the word lists.

use crate::text::{Document, Id, Sentence, Span, Token};

use super::words::{Class, WORDS};

/// The smallest piece of an expression of time.
#[derive(Clone, Copy, Debug)]
pub struct Atom {
    pub span: Span,
    /// The token it lies in.
    pub token: u32,
    pub class: Class,
    /// What the class makes of it: a month's number, a number's value (decimals in hundredths), a clock's seconds.
    pub value: i32,
    /// True when no white space stands before it.
    pub glued: bool,
    /// True when it begins with a capital.
    pub capital: bool,
    /// True when a phrase may begin here.
    pub opens: bool,
    /// Number of digits of a numeral.
    pub digits: u8,
}

/// All atoms of a document; a `Break` stands after each sentence.
pub fn atoms(doc: &Document) -> Vec<Atom> {
    let mut cutter = Cutter { doc, atoms: Vec::with_capacity(doc.tokens.len() + doc.tokens.len() / 8 + 8), end: 0 };
    for sentence in doc.sentences.iter() {
        cutter.sentence(sentence);
    }
    cutter.atoms
}

struct Cutter<'d> {
    doc: &'d Document,
    atoms: Vec<Atom>,
    end: usize,
}

impl Cutter<'_> {
    fn sentence(&mut self, sentence: &Sentence) {
        for id in Id::range(sentence.tokens.clone()) {
            let Some(token) = self.doc.tokens.at(id) else { break };
            self.token(id, token);
        }
        let end = Span::new(self.end, self.end);
        self.push(end, sentence.tokens.end, Class::Break, 0, 0);
    }

    fn push(&mut self, span: Span, token: Id<Token>, class: Class, value: i32, digits: u8) {
        let first = self.doc.text().as_bytes().get(span.start()).copied().unwrap_or(b' ');
        self.atoms.push(Atom {
            span,
            token: token.index() as u32,
            class,
            value,
            glued: self.end == span.start(),
            capital: first.is_ascii_uppercase(),
            opens: false,
            digits,
        });
        self.end = span.end();
    }

    fn token(&mut self, id: Id<Token>, token: &Token) {
        let lower = token.lower.as_str();
        let first = lower.as_bytes().first().copied().unwrap_or(b' ');
        if first.is_ascii_alphabetic() || first == b'\'' {
            let trimmed = lower.strip_suffix('.').unwrap_or(lower);
            if let Some(word) = WORDS.get(trimmed) {
                self.push(token.span, id, word.class, word.value, 0);
                self.mark(word.opens);
                return;
            }
            if lower.bytes().all(|b| b.is_ascii_lowercase()) {
                self.push(token.span, id, Class::Other, 0, 0);
                return;
            }
        }
        self.pieces(id, token);
    }

    fn mark(&mut self, opens: bool) {
        if let Some(atom) = self.atoms.last_mut() {
            atom.opens = opens;
        }
    }

    /// A token with digits, hyphens or marks: cut where the kind of character changes.
    fn pieces(&mut self, id: Id<Token>, token: &Token) {
        let text = self.doc.slice(token.span);
        let base = token.span.start();
        let mut at = 0;
        while at < text.len() {
            let rest = &text[at..];
            let Some(first) = rest.chars().next() else { break };
            let (len, class, value, digits) = if first.is_ascii_digit() {
                numeral(rest)
            } else if first.is_alphabetic() {
                self.word(id, base + at, rest);
                at = self.end - base;
                continue;
            } else {
                mark(rest, first)
            };
            if class != Class::Other || !first.is_whitespace() {
                self.push(Span::new(base + at, base + at + len), id, class, value, digits);
            }
            at += len;
        }
    }

    /// True for a capital H or Q that stands for a half or quarter: a digit right before it ("1H24") or, of a half, right
    /// behind it and no more letters or digits ("H2").
    fn counts_a_part(&self, start: usize, rest: &str) -> bool {
        let before = &self.doc.text().as_bytes()[..start];
        let alone = |at: Option<usize>| at.and_then(|i| before.get(i)).is_none_or(|b| !b.is_ascii_alphanumeric());
        let behind = before.last().is_some_and(|b| (b'1'..=b'4').contains(b)) && alone(before.len().checked_sub(2));
        let letters = rest.starts_with(char::is_alphabetic);
        let ahead = rest.starts_with(['1', '2'])
            && !rest[1..].starts_with(char::is_alphanumeric)
            && alone(before.len().checked_sub(1));
        !letters && (behind || ahead)
    }

    /// A run of letters, with the full stops of "p.m." and "Nov." taken in.
    fn word(&mut self, id: Id<Token>, start: usize, rest: &str) {
        let letters = |text: &str| text.len() - text.trim_start_matches(char::is_alphabetic).len();
        let mut len = letters(rest);
        while let Some(after) = rest[len..].strip_prefix('.') {
            let more = letters(after);
            if more == 0 || len > 5 || more > 1 {
                break;
            }
            len += 1 + more;
        }
        let mut word = rest[..len].to_lowercase();
        if let Some(at) = word.find('.').filter(|_| WORDS.get(&word).is_none()) {
            len = at;
            word.truncate(at);
        }
        let oclock = rest.get(len..).filter(|_| word == "o").and_then(|r| {
            ["'clock", "\u{2019}clock"].iter().find(|m| r.get(..m.len()).is_some_and(|x| x.eq_ignore_ascii_case(m)))
        });
        if let Some(mark) = oclock {
            self.push(Span::new(start, start + len + mark.len()), id, Class::Oclock, 0, 0);
            return;
        }
        let found = WORDS.get(&word);
        // "Nov." and "p.m." keep their last full stop.
        if found.is_some_and(|w| {
            matches!(w.class, Class::Month | Class::MaybeMonth | Class::MaybeWeekday | Class::AmPm | Class::Era)
        }) && rest[len..].starts_with('.')
            && word.len() < 5
        {
            len += 1;
        }
        match found {
            Some(w) => {
                self.push(Span::new(start, start + len), id, w.class, w.value, 0);
                self.mark(w.opens);
            }
            // "Q3"
            None if word == "q" && rest[len..].starts_with(['1', '2', '3', '4']) => {
                self.push(Span::new(start, start + len), id, Class::QuarterSign, 0, 0);
            }
            // "H2", "1H24", "3Q"
            None if matches!(&rest[..len], "H" | "Q") && self.counts_a_part(start, &rest[len..]) => {
                self.push(Span::new(start, start + len), id, Class::QuarterSign, 0, 0);
            }
            None => self.push(Span::new(start, start + len), id, Class::Other, 0, 0),
        }
    }
}

fn mark(rest: &str, first: char) -> (usize, Class, i32, u8) {
    let len = first.len_utf8();
    let class = match first {
        ',' => Class::Comma,
        '.' => Class::Dot,
        '-' | '\u{2010}'..='\u{2015}' => Class::Hyphen,
        '/' => Class::Slash,
        '\'' | '\u{2019}' | '\u{2018}' => {
            let s = rest[len..].starts_with(['s', 'S']) && !rest[len + 1..].starts_with(char::is_alphanumeric);
            if s {
                return (len + 1, Class::Poss, 0, 0);
            }
            Class::Quote
        }
        '"' | '\u{201C}' | '\u{201D}' | '`' | '\u{AB}' | '\u{BB}' => Class::Quote,
        '(' | '[' => Class::Open,
        '$' | '\u{20AC}' | '\u{A3}' | '\u{A5}' | '#' | '%' | '+' | '=' | '@' => Class::Sign,
        '\u{BD}' => return (len, Class::Half, 50, 0),
        _ => Class::Other,
    };
    (len, class, 0, 0)
}

/// Digits with what belongs to them: "1990", "1,200", "2.5", "10:51:07", "30th", "1990s".
fn numeral(rest: &str) -> (usize, Class, i32, u8) {
    let bytes = rest.as_bytes();
    let run = |from: usize| bytes[from..].iter().take_while(|b| b.is_ascii_digit()).count();
    let count = run(0);
    let value = |from: usize, len: usize| rest.get(from..from + len).and_then(|d| d.parse::<i32>().ok());
    let Some(number) = value(0, count).filter(|_| count <= 9) else { return (count, Class::Other, 0, 0) };
    let next = |at: usize| bytes.get(at).copied().unwrap_or(b' ');
    let digits = count as u8;
    // 10:51 and 10:51:07
    if count <= 2 && next(count) == b':' && run(count + 1) == 2 {
        let minutes = value(count + 1, 2).unwrap_or(99);
        let mut len = count + 3;
        let mut seconds = 0;
        let mut has_seconds = 0;
        if next(len) == b':' && run(len + 1) == 2 {
            seconds = value(len + 1, 2).unwrap_or(99);
            len += 3;
            has_seconds = 1;
        }
        if number <= 24 && minutes < 60 && seconds < 60 && next(len) != b':' {
            return (len, Class::Clock, number * 3600 + minutes * 60 + seconds, has_seconds);
        }
        return (len, Class::Other, 0, 0);
    }
    // 1,200
    if count <= 3 && next(count) == b',' && run(count + 1) == 3 {
        let (mut len, mut sum) = (count, Some(number));
        while next(len) == b',' && run(len + 1) == 3 {
            let group = value(len + 1, 3);
            sum = sum.and_then(|s| s.checked_mul(1000)?.checked_add(group?));
            len += 4;
        }
        if next(len) == b'.' && run(len + 1) > 0 {
            len += 1 + run(len + 1);
            return (len, Class::Other, 0, 0);
        }
        return match sum {
            Some(sum) => (len, Class::Grouped, sum, digits),
            None => (len, Class::Other, 0, 0),
        };
    }
    // 2.5; "11.30 pm" is a clock time where no third digit follows, which the finder decides.
    if next(count) == b'.' && run(count + 1) > 0 {
        let places = run(count + 1);
        let len = count + 1 + places;
        if next(len) == b'.' || places > 2 || number > 1_000_000 {
            // 23.04.2022 stays apart: digits, dot, digits …
            return if places <= 4 && number <= 31 && (places == 4 || next(len) == b'.' && run(len + 1) > 0) {
                (count, Class::Digits, number, digits)
            } else {
                (len, Class::Other, 0, 0)
            };
        }
        let fraction = value(count + 1, places).unwrap_or(0) * if places == 1 { 10 } else { 1 };
        return (len, Class::Decimal, number * 100 + fraction, places as u8);
    }
    let tail = &rest[count..];
    let word_end = |len: usize| !tail[len..].starts_with(|c: char| c.is_alphanumeric());
    let two = tail.get(..2).unwrap_or("");
    if ["st", "nd", "rd", "th"].iter().any(|s| two.eq_ignore_ascii_case(s)) && word_end(2) && count <= 4 {
        return (count + 2, Class::Ordinal, number, digits);
    }
    if tail.starts_with('s') && word_end(1) && (count == 4 || count == 2) && number % 10 == 0 {
        return (count + 1, Class::Decade, number, digits);
    }
    for mark in ["'s", "\u{2019}s"] {
        if tail.starts_with(mark) && word_end(mark.len()) && count == 4 && number % 10 == 0 {
            return (count, Class::Digits, number, digits);
        }
    }
    // Letters glued to a number make it a name ("5G", "A4"), save "am", "pm" and the like.
    if tail.starts_with(char::is_alphabetic) {
        let letters = tail.len() - tail.trim_start_matches(char::is_alphabetic).len();
        let word = tail[..letters].to_lowercase();
        let known = WORDS.get(&word).is_some_and(|w| {
            matches!(w.class, Class::AmPm | Class::Month | Class::MaybeMonth | Class::Units | Class::Unit | Class::Era)
        });
        if !known && !matches!(word.as_str(), "a" | "p" | "q" | "h" | "s") {
            return (count, Class::Other, 0, 0);
        }
    }
    (count, Class::Digits, number, digits)
}
