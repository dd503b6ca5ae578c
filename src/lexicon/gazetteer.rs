//! The gazetteer: names of countries, places, leaders, organisations, and the things they may stand for.
//!
//! One sorted table compiled in and read in place: nothing is parsed at start. `training/gazetteer.py` makes it.

use sayso_gazetteer::TABLE as DATA;
use unicode_normalization::{UnicodeNormalization, char::is_combining_mark};

use crate::text::{NameClass, closed_set};

closed_set! {
    /// What kind of thing an entry of the gazetteer is.
    ThingKind {
        Country = "country",
        Region = "region",
        Admin1 = "admin1",
        Admin2 = "admin2",
        City = "city",
        Person = "person",
        Organisation = "organisation",
        ArmedGroup = "armed_group",
        Military = "military",
        Media = "media",
        Facility = "facility",
        Place = "place",
        Event = "event",
        Product = "product",
        Group = "group",
    }
}

impl ThingKind {
    /// The class of name such a thing bears.
    pub fn class(self) -> NameClass {
        match self {
            ThingKind::Country
            | ThingKind::Region
            | ThingKind::Admin1
            | ThingKind::Admin2
            | ThingKind::City
            | ThingKind::Facility
            | ThingKind::Place => NameClass::Place,
            ThingKind::Person => NameClass::Person,
            ThingKind::Organisation | ThingKind::ArmedGroup | ThingKind::Military | ThingKind::Media => {
                NameClass::Organisation
            }
            ThingKind::Event => NameClass::Event,
            ThingKind::Product => NameClass::Product,
            ThingKind::Group => NameClass::Norp,
        }
    }
}

closed_set! {
    /// How far an entry's identifier can be trusted.
    Status {
        /// Seen with its label in a published source.
        Verified = "verified",
        /// Recalled: a candidate only.
        Memory = "memory",
        /// No identifier.
        Missing = "none",
        /// Given by a published table.
        Registry = "registry",
        /// An office holder, a party, a paper: taken whole from a table, known by its full name only.
        Listed = "listed",
    }
}

impl Status {
    /// True for what the news names all the time, chosen by hand: its name alone says what is meant.
    pub fn is_core(self) -> bool {
        matches!(self, Status::Verified | Status::Memory | Status::Missing)
    }
}

/// One known thing.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Thing<'g> {
    /// Its number in the table; the same name always gives the same number.
    pub id: u32,
    /// Wikidata number without the Q; 0: none.
    pub wikidata: u32,
    /// GeoNames number; 0: none.
    pub geonames: u32,
    /// Its best name.
    pub label: &'g str,
    /// What it is, in a few words; offices with years.
    pub description: &'g str,
    /// DBpedia resource name; empty: none.
    pub dbpedia: &'g str,
    /// An IRI of a dataset of the user's own; empty: none.
    pub iri: &'g str,
    /// How likely it is meant, before looking: 100 × log10 of the population for cities, 1000 and more for countries.
    pub prior: u16,
    /// Its kind.
    pub kind: ThingKind,
    /// Trust in its identifier.
    pub status: Status,
    /// Country, ISO 3166-1 alpha-2; empty: none.
    pub country: &'g str,
    /// Where it lies, latitude and longitude in hundred-thousandths of a degree.
    pub point: Option<(i32, i32)>,
}

/// A thing that a name may stand for.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Reading<'g> {
    /// The thing.
    pub thing: Thing<'g>,
    /// 0: its main name; 1: another name; 2: a spelling.
    pub rank: u8,
}

/// The look-up form of a name: lower case, no accents, no dots or apostrophes, hyphens as spaces, no leading "the".
pub fn key(name: &str) -> String {
    let mut out = String::with_capacity(name.len());
    if name.is_ascii() {
        for &b in name.as_bytes() {
            match b {
                b'\'' | b'`' | b'.' => {}
                b'-' | b'/' | b' ' | b'\t'..=b'\r' => {
                    if !out.is_empty() && !out.ends_with(' ') {
                        out.push(' ');
                    }
                }
                b => out.push(char::from(b.to_ascii_lowercase())),
            }
        }
        out.truncate(out.trim_end_matches(' ').len());
        if out.starts_with("the ") {
            out.drain(..4);
        }
        return out;
    }
    for c in name.nfkd().flat_map(char::to_lowercase).filter(|c| !is_combining_mark(*c)) {
        match c {
            'ø' => out.push('o'),
            'ł' => out.push('l'),
            'đ' | 'ð' => out.push('d'),
            'ı' => out.push('i'),
            'æ' => out.push_str("ae"),
            'ß' => out.push_str("ss"),
            'œ' => out.push_str("oe"),
            'þ' => out.push_str("th"),
            '’' | '‘' | '\'' | '`' | '´' | 'ʻ' | 'ʼ' | 'ʿ' | 'ʾ' | '.' => {}
            '-' | '‐' | '‑' | '–' | '—' | '/' => out.push(' '),
            c => out.push(c),
        }
    }
    let mut words: Vec<&str> = out.split_whitespace().collect();
    if words.len() > 1 && words[0] == "the" {
        words.remove(0);
    }
    words.join(" ")
}

const HEAD: usize = 8 + 5 * 4;
const ROW: usize = 36;

/// The table as compiled in.
#[derive(Clone, Copy, Debug)]
pub struct Gazetteer {
    keys: usize,
    starts: usize,
    refs_at: usize,
    refs: usize,
    blob: usize,
    pool: usize,
}

/// The gazetteer that ships with the program.
pub static SHIPPED: Gazetteer = Gazetteer::new();

const fn word(at: usize) -> usize {
    (DATA[at] as usize) | (DATA[at + 1] as usize) << 8 | (DATA[at + 2] as usize) << 16 | (DATA[at + 3] as usize) << 24
}

impl Gazetteer {
    const fn new() -> Gazetteer {
        let (rows, keys, refs, blob) = (word(8), word(12), word(16), word(20));
        let starts = HEAD + rows * ROW;
        let refs_at = starts + (keys + 1) * 4;
        let refs_from = refs_at + (keys + 1) * 4;
        let blob_at = refs_from + refs * 4;
        Gazetteer { keys, starts, refs_at, refs: refs_from, blob: blob_at, pool: blob_at + blob }
    }

    fn key_at(&self, i: usize) -> &'static [u8] {
        let (from, to) = (word(self.starts + 4 * i), word(self.starts + 4 * i + 4));
        &DATA[self.blob + from..self.blob + to]
    }

    /// What a name may stand for, likeliest first. The name is given in its look-up form (see [`key`]).
    pub fn find(&self, key: &str) -> impl Iterator<Item = Reading<'static>> + use<> {
        let (mut low, mut high) = (0, self.keys);
        while low < high {
            let middle = (low + high) / 2;
            if self.key_at(middle) < key.as_bytes() {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        let here = *self;
        let range = if low < self.keys && self.key_at(low) == key.as_bytes() {
            word(self.refs_at + 4 * low)..word(self.refs_at + 4 * low + 4)
        } else {
            0..0
        };
        range.map(move |i| {
            let reference = word(here.refs + 4 * i);
            Reading { thing: here.thing((reference >> 2) as u32), rank: (reference & 3) as u8 }
        })
    }

    /// The thing with a number.
    pub fn thing(&self, id: u32) -> Thing<'static> {
        let at = HEAD + id as usize * ROW;
        let text = |offset: usize| -> &'static str {
            let from = self.pool + offset;
            let len = DATA[from] as usize | (DATA[from + 1] as usize) << 8;
            std::str::from_utf8(&DATA[from + 2..from + 2 + len]).unwrap_or("")
        };
        let country = &DATA[at + 24..at + 26];
        Thing {
            id,
            wikidata: word(at) as u32,
            geonames: word(at + 4) as u32,
            label: text(word(at + 8)),
            description: text(word(at + 12)),
            dbpedia: text(word(at + 16)),
            iri: "",
            prior: u16::from_le_bytes([DATA[at + 20], DATA[at + 21]]),
            kind: ThingKind::ALL[DATA[at + 22] as usize % ThingKind::ALL.len()],
            status: Status::ALL[DATA[at + 23] as usize % Status::ALL.len()],
            country: if country[0] == 0 { "" } else { std::str::from_utf8(country).unwrap_or("") },
            point: (DATA[at + 26] != 0).then(|| (word(at + 28) as u32 as i32, word(at + 32) as u32 as i32)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_names_in_any_spelling() {
        for (name, wikidata) in
            [("Russia", 159), ("U.S.", 30), ("the United States", 30), ("Türkiye", 43), ("Francois Hollande", 157)]
        {
            let best = SHIPPED.find(&key(name)).next().map(|r| r.thing.wikidata);
            assert_eq!(best, Some(wikidata), "{name}");
        }
        assert_eq!(SHIPPED.find("no such name").count(), 0);
        assert_eq!(SHIPPED.find("").count(), 0);
    }

    #[test]
    fn plain_names_are_looked_up_like_others() {
        for (name, expected) in [
            ("The  U.N.-led\tforce ", "un led force"),
            ("the", "the"),
            ("The -", "the"),
            (" - ", ""),
            ("/AP/ O'Neill", "ap oneill"),
            ("the the", "the"),
            ("L.A.\u{b}Times", "la times"),
        ] {
            assert_eq!(key(name), expected, "{name}");
            // A letter with an accent takes the general way.
            if expected != "the" {
                assert_eq!(key(&format!("{name} é")), format!("{expected} e").trim_start(), "{name} é");
            }
        }
    }

    #[test]
    fn table_is_sorted_and_whole() {
        for i in 1..SHIPPED.keys {
            assert!(SHIPPED.key_at(i - 1) < SHIPPED.key_at(i), "key {i}");
        }
        for i in (0..SHIPPED.keys).step_by(97) {
            let name = std::str::from_utf8(SHIPPED.key_at(i)).expect("UTF-8");
            assert_eq!(key(name), name);
            assert!(SHIPPED.find(name).all(|r| !r.thing.label.is_empty()));
        }
    }
}
