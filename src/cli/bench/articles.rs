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

const CITIES: &[&str] = &["Halden", "Morvik", "Quarry", "Linden", "Eastport", "Corran", "Velmar", "Sandholm"];

/// Paragraphs behind the first two.
const PARAGRAPHS: usize = 17;

/// How many papers tell of one incident.
const PAPERS_OF_INCIDENT: usize = 4;

/// What the papers of an incident share.
struct Incident {
    place: String,
    cause: &'static str,
    thing: &'static str,
    harm: &'static str,
    count: usize,
    first_name: &'static str,
    surname: String,
    office: &'static str,
}

impl Incident {
    fn of(incident: usize) -> Incident {
        let mut shared = series(0x9E37_79B9_7F4A_7C15, 0xBF58_476D_1CE4_E5B9, incident);
        Incident {
            place: shared.name(),
            cause: shared.one_of(CAUSES),
            thing: shared.one_of(THINGS),
            harm: shared.one_of(HARM),
            count: 20 + shared.below(400),
            first_name: shared.one_of(FIRST),
            surname: shared.name(),
            office: shared.one_of(OFFICES),
        }
    }
}

/// A series of its own for each number.
fn series(seed: u64, factor: u64, number: usize) -> Series {
    let mut series = Series(seed ^ (number as u64 + 1).wrapping_mul(factor));
    for _ in 0..4 {
        series.next();
    }
    series
}

/// Where the incident of an article happened.
pub fn place(number: usize) -> String {
    Incident::of(number / PAPERS_OF_INCIDENT).place
}

/// Who speaks first in an article.
pub fn person(number: usize) -> String {
    let incident = Incident::of(number / PAPERS_OF_INCIDENT);
    format!("{} {}", incident.first_name, incident.surname)
}

/// The article of a number, of about 600 words. Articles with neighbouring numbers tell of one incident.
pub fn article(number: usize) -> Document {
    let incident = number / PAPERS_OF_INCIDENT;
    let shared = Incident::of(incident);
    let Incident { place, cause, thing, harm, count, surname, office, .. } = &shared;
    let mut own = series(0xD1B5_4A32_D192_ED03, 0x94D0_49BB_1331_11EB, number);
    let mayor = format!("{} {surname}", shared.first_name);
    let paper = format!("{} {}", own.one_of(CITIES), PAPERS[number % PAPERS.len()]);
    let (year, month) = (2000 + incident % 20, 1 + incident / 20 % 12);
    let day = 1 + incident / 240 % 24 + number % PAPERS_OF_INCIDENT;
    let weekday = own.one_of(DAYS);
    let title = format!("{place} counts the {thing} after the {cause}");

    let mut text = format!("{title}\n\n");
    let mine = count + own.below(40);
    text += &format!(
        "{place} — At least {count} {thing} were {harm} by the {cause} in {place}, {office} {mayor} said on {weekday}.\n\n"
    );
    let brigade = format!("{} {}", own.one_of(FIRST), own.name());
    text += &format!(
        "“We counted {mine} {thing},” said {brigade}, who leads the fire brigade of {place}. {surname} denied that anyone \
         had been warned. The damage amounts to about {} million euros, according to the {} Insurance Company.\n\n",
        1 + own.below(90),
        own.name()
    );
    for _ in 0..PARAGRAPHS {
        let witness = format!("{} {}", own.one_of(FIRST), own.name());
        let town = own.name();
        let (first, second) = (2 + own.below(60), 100 + own.below(9_000));
        text += &match own.below(8) {
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
            3 => format!(
                "A spokesman for the {town} Police confirmed that {first} people were injured. {witness} rejected the figure \
                 and spoke of {second}.\n\n"
            ),
            4 => format!(
                "The road to {town} stayed closed until the evening, and trains stopped at the border of the county. Crews \
                 cleared {first} trees from the tracks. A school near the river took in {second} residents for the night.\n\n"
            ),
            5 => format!(
                "“The {cause} came faster than anyone thought,” {witness}, who owns a shop in {town}, told the local station. \
                 The shop had opened only {first} days earlier.\n\n"
            ),
            6 => format!(
                "In {town}, farther down the valley, the water had fallen by {weekday}. The county had spent {first} million \
                 euros on its walls since {}. Officials would not say whether the work had helped.\n\n",
                1980 + own.below(20)
            ),
            _ => format!(
                "{witness} of the University of {town} warned that such a {cause} could come back within {first} years. \
                 According to a report that the institute published in {}, every second house stands too low.\n\n",
                1980 + own.below(20)
            ),
        };
    }
    let source = Source {
        id: format!("bench/{number:07}"),
        title: Some(title),
        publisher: Some(paper),
        published: format!("{year:04}-{month:02}-{day:02}").parse().ok().map(Published::on),
        ..Source::default()
    };
    Document::new(source, text)
}
