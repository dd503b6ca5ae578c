//! Articles made up by a generator, the same ones on every machine: incidents told by several papers with other figures.
//!
//! They are no news and no test of reading; they fill a store with as many statements, figures, events and names as
//! wanted, read by the same stages as any article.

use crate::text::{Document, Published, Source};

/// A generator of numbers (xorshift) that gives the same series everywhere.
struct Series(u64);

impl Series {
    fn next(&mut self) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0
    }

    fn below(&mut self, end: usize) -> usize {
        (self.next() % end as u64) as usize
    }

    fn one_of<'w>(&mut self, words: &[&'w str]) -> &'w str {
        words[self.below(words.len())]
    }

    /// A name of two or three syllables.
    fn name(&mut self) -> String {
        let mut name: String = (0..2 + self.below(2)).map(|_| self.one_of(SYLLABLES)).collect();
        name[..1].make_ascii_uppercase();
        name
    }
}

const SYLLABLES: &[&str] = &[
    "ba", "kor", "lin", "ta", "mer", "os", "vel", "dra", "nim", "sol", "qua", "fen", "hal", "rit", "zor", "pel", "gun",
    "wes", "yar", "cal", "tor", "ned", "bri", "mak", "lus", "dov", "san", "ter", "ulm", "vok",
];
const FIRST: &[&str] = &[
    "Anna", "Peter", "Laura", "Martin", "Elena", "David", "Sofia", "Thomas", "Nadia", "Victor", "Julia", "Robert",
    "Irina", "Daniel", "Clara", "Simon",
];
const OFFICES: &[&str] = &["Mayor", "Governor", "Colonel", "Professor", "Minister", "Judge", "Senator", "Captain"];
const THINGS: &[&str] = &["houses", "trucks", "boats", "shops", "barns", "buses", "schools", "bridges"];
const HARM: &[&str] = &["destroyed", "damaged", "burned", "flooded"];
const CAUSES: &[&str] = &["fire", "storm", "flood", "explosion", "landslide", "earthquake"];
const PAPERS: &[&str] = &["Herald", "Courier", "Gazette", "Post", "Chronicle", "Observer", "Mercury", "Dispatch"];
const DAYS: &[&str] = &["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];

/// How many papers tell of one incident.
const PAPERS_OF_INCIDENT: usize = 4;

/// The article of a number. Articles with neighbouring numbers tell of one incident.
pub fn article(number: usize) -> Document {
    let incident = number / PAPERS_OF_INCIDENT;
    let mut shared = Series(0x9E37_79B9_7F4A_7C15 ^ (incident as u64 + 1).wrapping_mul(0xBF58_476D_1CE4_E5B9));
    let mut own = Series(0xD1B5_4A32_D192_ED03 ^ (number as u64 + 1).wrapping_mul(0x94D0_49BB_1331_11EB));
    for _ in 0..4 {
        shared.next();
        own.next();
    }
    let place = shared.name();
    let cause = shared.one_of(CAUSES);
    let (thing, harm) = (shared.one_of(THINGS), shared.one_of(HARM));
    let count = 20 + shared.below(400);
    let mayor = format!("{} {}", shared.one_of(FIRST), shared.name());
    let office = shared.one_of(OFFICES);
    let paper = format!("{} {}", shared.name(), PAPERS[number % PAPERS.len()]);
    let (year, month) = (2000 + incident % 20, 1 + incident % 12);
    let day = 5 + number % PAPERS_OF_INCIDENT;
    let weekday = own.one_of(DAYS);

    let mut text = format!("{} counts the {thing} after the {cause}\n\n", place);
    let mine = count + own.below(40);
    text += &format!(
        "{place} — At least {count} {thing} were {harm} by the {cause} in {place}, {office} {mayor} said on {weekday}.\n\n"
    );
    let surname = mayor.rsplit(' ').next().unwrap_or_default().to_owned();
    let brigade = format!("{} {}", own.one_of(FIRST), own.name());
    text += &format!(
        "“We counted {mine} {thing},” said {brigade}, who leads the fire brigade of {place}. {surname} denied that anyone \
         had been warned. The damage amounts to about {} million euros, according to the {} Insurance Company.\n\n",
        1 + own.below(90),
        own.name()
    );
    for _ in 0..6 {
        let witness = format!("{} {}", own.one_of(FIRST), own.name());
        let town = own.name();
        let (first, second) = (2 + own.below(60), 100 + own.below(9_000));
        text += &match own.below(4) {
            0 => format!(
                "{witness}, a farmer from {town}, told reporters that {first} neighbours had left their homes. “Nobody came \
                 for {first} hours,” {witness} said.\n\n"
            ),
            1 => format!(
                "The {town} Council said that {second} people had been without power since {weekday}. It expects the costs to \
                 rise by {first} percent.\n\n"
            ),
            2 => format!(
                "More than {second} volunteers from {town} arrived in {place}, {witness} of the {town} Relief Agency said. \
                 {surname} thanked them and promised {first} new {thing}.\n\n"
            ),
            _ => format!(
                "A spokesman for the {town} Police confirmed that {first} people were injured. {witness} rejected the figure \
                 and spoke of {second}.\n\n"
            ),
        };
    }
    let source = Source {
        id: format!("bench/{number:07}"),
        title: Some(format!("{place} counts the {thing} after the {cause}")),
        publisher: Some(paper),
        published: format!("{year:04}-{month:02}-{day:02}").parse().ok().map(|day| Published::on(day, "given")),
        ..Source::default()
    };
    Document::new(source, text)
}
