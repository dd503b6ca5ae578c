//! What the network sees of a token: rows of a hashed table for its form, its affixes, its shape and its place.
//! The twin of `training/features.py`: both must give the same rows.

/// Hashed rows of a token's form.
const FORM_ROWS: usize = 14;

/// Rows of a token's form; row 0 is none.
pub(super) type Rows = [u32; FORM_ROWS];

/// FNV-1a over the bytes, 32 bits, with the kind of feature mixed in first and a finaliser.
pub(super) fn hash(bytes: &[u8], kind: u32) -> u32 {
    let mut h = 0x811C_9DC5 ^ kind.wrapping_mul(0x9E37_79B1);
    for &b in bytes {
        h = (h ^ u32::from(b)).wrapping_mul(0x0100_0193);
    }
    h ^= h >> 15;
    h = h.wrapping_mul(0x2C1B_3C6D);
    h ^= h >> 12;
    h = h.wrapping_mul(0x297A_2D39);
    h ^ (h >> 15)
}

/// The row of a feature; row 0 is never one.
fn row(bytes: &[u8], kind: u32, rows: u32) -> u32 {
    1 + hash(bytes, kind) % (rows - 1)
}

/// Titles that are written with a full stop or without.
const TITLES: [&str; 8] = ["Mr", "Mrs", "Ms", "Dr", "Prof", "Rev", "Messrs", "Mx"];

/// Buffers for the forms of one token, reused.
#[derive(Default)]
pub(super) struct Forms {
    norm: String,
    /// The form with typographic variants folded, lower-cased, digits made 0.
    pub(super) lower: String,
    shape: String,
    ends: Vec<usize>,
}

impl Forms {
    /// Folds, lower-cases and shapes a word.
    pub(super) fn set(&mut self, word: &str) {
        self.norm.clear();
        self.lower.clear();
        self.shape.clear();
        if word == "``" || word == "''" {
            self.norm.push('"');
        } else {
            for c in word.chars() {
                match c {
                    '’' | '‘' | '`' | '´' => self.norm.push('\''),
                    '“' | '”' | '«' | '»' | '„' => self.norm.push('"'),
                    '–' | '—' | '―' | '‑' | '−' => self.norm.push('-'),
                    '\u{a0}' => self.norm.push(' '),
                    '\u{ad}' => {}
                    '…' => self.norm.push_str("..."),
                    c => self.norm.push(c),
                }
            }
            // British papers write titles without the stop, American ones, which the network learned from, with it.
            if TITLES.contains(&word) {
                self.norm.push('.');
            }
        }
        let (mut last, mut run, mut kept) = ('\0', 0, 0);
        for c in self.norm.chars() {
            if c.is_ascii_digit() {
                self.lower.push('0');
            } else if c.is_ascii() {
                self.lower.push(c.to_ascii_lowercase());
            } else {
                self.lower.extend(c.to_lowercase());
            }
            let kind = if c.is_uppercase() {
                'X'
            } else if c.is_alphabetic() {
                'x'
            } else if c.is_ascii_digit() {
                'd'
            } else {
                c
            };
            run = if kind == last { run + 1 } else { 1 };
            last = kind;
            if run <= 3 && kept < 12 {
                self.shape.push(kind);
                kept += 1;
            }
        }
    }

    /// The rows of the form that [`Forms::set`] was given.
    pub(super) fn rows(&mut self, rows: u32) -> Rows {
        let mut out = [0; FORM_ROWS];
        let low = self.lower.as_bytes();
        out[0] = row(low, 1, rows);
        out[1] = row(low, 2, rows);
        out[2] = row(self.shape.as_bytes(), 3, rows);
        self.ends.clear();
        self.ends.push(0);
        self.ends.extend(self.lower.char_indices().map(|(i, c)| i + c.len_utf8()));
        let n = self.ends.len() - 1;
        for k in 1..=5 {
            out[2 + k] = if n >= k { row(&low[..self.ends[k]], 10 + k as u32, rows) } else { 0 };
            out[7 + k] = if n >= k { row(&low[self.ends[n - k]..], 20 + k as u32, rows) } else { 0 };
        }
        let first = self.shape.chars().next().map_or(0, char::len_utf8);
        let mut key = [0u8; 32];
        let tail = &low[self.ends[n.saturating_sub(3)]..];
        let len = (first + tail.len()).min(key.len());
        key[..first].copy_from_slice(&self.shape.as_bytes()[..first]);
        key[first..len].copy_from_slice(&tail[..len - first]);
        out[13] = row(&key[..len], 30, rows);
        out
    }
}

/// The rows of a token's place.
pub(super) struct Places {
    pub(super) quoted: u32,
    pub(super) sentence: u32,
    pub(super) paragraph: u32,
    pub(super) capitals: u32,
    pub(super) headline: u32,
}

impl Places {
    pub(super) fn new(rows: u32) -> Places {
        let of = |name: &str| row(name.as_bytes(), 40, rows);
        Places {
            quoted: of("quoted"),
            sentence: of("sentence"),
            paragraph: of("paragraph"),
            capitals: of("capitals"),
            headline: of("headline"),
        }
    }
}

/// Whether the reading is inside double quotation marks; the marks count as inside.
#[derive(Default)]
pub(super) struct Quotation(bool);

impl Quotation {
    /// A paragraph starts outside.
    pub(super) fn reset(&mut self) {
        self.0 = false;
    }

    /// Reads one word and says whether it is inside.
    pub(super) fn read(&mut self, word: &str) -> bool {
        match word {
            "“" | "``" | "„" | "«" => {
                self.0 = true;
                true
            }
            "”" | "''" | "»" => {
                self.0 = false;
                true
            }
            "\"" => {
                self.0 = !self.0;
                true
            }
            _ => self.0,
        }
    }
}

/// The row for a sentence in capitals or in title case (a headline), else 0.
pub(super) fn casing<'a>(words: impl Iterator<Item = &'a str>, places: &Places) -> u32 {
    let (mut three, mut upper, mut four, mut title) = (0, 0, 0, 0);
    for word in words {
        if word.len() < 3 {
            continue;
        }
        let n = word.chars().count();
        if n < 3 || !word.chars().all(char::is_alphabetic) {
            continue;
        }
        three += 1;
        upper += usize::from(word.chars().any(char::is_uppercase) && !word.chars().any(char::is_lowercase));
        if n >= 4 {
            four += 1;
            title += usize::from(word.chars().next().is_some_and(char::is_uppercase));
        }
    }
    if three >= 2 && upper * 10 > three * 6 {
        places.capitals
    } else if four >= 3 && title * 10 > four * 8 {
        places.headline
    } else {
        0
    }
}
