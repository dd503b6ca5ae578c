//! What the words around a number say: what is measured, of whom, and whether it is a part, a wider window or a plan.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use crate::lexicon::agreement::Figure;
use crate::lexicon::{country, measure, noun, table};

/// A number in its clause.
pub(super) struct Clause<'a> {
    /// The thing counted, as worded.
    pub counted: &'a str,
    /// The clause.
    pub words: &'a str,
    /// Its verb.
    pub relation: &'a str,
    pub sentence: &'a str,
    /// Characters of the sentence before the number.
    pub at: usize,
    /// The number as written.
    pub surface: &'a str,
    /// The sentence before.
    pub previous: &'a str,
}

impl Clause<'_> {
    /// The sentence before and behind the number, in lower case.
    fn around(&self) -> (String, String) {
        let (before, from) = self.sentence.split_at(byte_of(self.sentence, self.at));
        let after = from.strip_prefix(self.surface).unwrap_or(from);
        (before.trim_end().to_lowercase(), after.trim_start().to_lowercase())
    }
}

/// How figures of a measure move while people still count.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Course {
    /// A march is over when it is counted.
    Settled,
    /// A toll grows.
    Grows,
    /// The missing are found, or more are missed.
    Moves,
}

/// What is measured; the name is empty where no word tells.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Measure {
    pub name: String,
    pub course: Course,
    /// Told by the clause itself, not only by the rest of the sentence.
    pub is_own: bool,
}

impl Measure {
    /// Figures of firms.
    pub(super) fn is_of_a_firm(&self) -> bool {
        matches!(self.name.as_str(), "revenue" | "profit" | "price target")
    }
}

struct Row {
    name: &'static str,
    course: Course,
    stems: Vec<&'static str>,
}

static MEASURES: LazyLock<Vec<Row>> = LazyLock::new(|| {
    let row = |(line, cells): (usize, Vec<&'static str>)| {
        let &[name, course, stems] = cells.as_slice() else { panic!("measures.tsv:{line}: three cells expected") };
        let course = match course {
            "grows" => Course::Grows,
            "moves" => Course::Moves,
            "-" => Course::Settled,
            other => panic!("measures.tsv:{line}: {other:?}"),
        };
        Row { name, course, stems: table::list(stems).collect() }
    };
    table::rows(include_str!("en/measures.tsv")).map(row).collect()
});

/// Rows of nouns that may count the same; the first is of people in general.
static THINGS: LazyLock<Vec<Vec<&'static str>>> = LazyLock::new(|| {
    table::rows(include_str!("en/things.tsv")).map(|(_, cells)| table::list(cells[0]).collect()).collect()
});

static SCOPES: LazyLock<Vec<(&'static str, Vec<&'static str>)>> = LazyLock::new(|| {
    let row = |(_, cells): (usize, Vec<&'static str>)| (cells[0], table::list(cells[1]).collect());
    table::rows(include_str!("en/scopes.tsv")).map(row).collect()
});

const PARTS: &str = include_str!("en/parts.txt");
const UPDATES: &str = include_str!("en/updates.txt");

/// The measure that the words nearest a number tell of: in the thing counted, the clause, or the sentence; for a number of
/// nobody in particular ("thirty-five thousand, say the organisers") the sentence before.
pub(super) fn measure(clause: &Clause, number: &Figure) -> Measure {
    let place = clause.words.to_lowercase().find(&clause.surface.to_lowercase());
    let mut found = nearest(clause.counted, 0).or_else(|| nearest(clause.words, place.unwrap_or(0)));
    let is_own = found.is_some();
    if found.is_none() && !is_another_act(clause.relation) {
        found = nearest(clause.sentence, byte_of(clause.sentence, clause.at));
        let is_share = matches!(number.unit.as_str(), "percent" | "fraction");
        let is_bare = is_share || number.unit == "item" && clause.counted.is_empty() || number.unit == "person";
        if found.is_none() && is_bare && is_anybody(clause.counted) | is_share && predicate(clause).is_empty() {
            found = nearest(clause.previous, clause.previous.len());
        }
    }
    let is_money = measure::by_code(&number.unit).is_some_and(measure::Measure::is_money);
    let is_spent = found.is_none_or(|row| !matches!(row.name, "earned" | "revenue" | "profit" | "price target"));
    // Money by the day or the year is a cost, whatever the verb, and so is damage.
    if is_money && is_spent && (number.per.is_some() || found.is_some_and(|row| row.name == "damaged")) {
        found = MEASURES.iter().find(|row| row.name == "cost");
    }
    match found {
        Some(row) => Measure { name: row.name.to_owned(), course: row.course, is_own },
        None => Measure { name: String::new(), course: Course::Settled, is_own },
    }
}

/// The measure whose words stand nearest to a place; a word after the place counts as nearer than one before it at the
/// same distance, and of two at one place the longer wins ("shot dead").
fn nearest(text: &str, at: usize) -> Option<&'static Row> {
    let lower = text.to_lowercase();
    let mut best: Option<(usize, std::cmp::Reverse<usize>, &Row)> = None;
    for row in MEASURES.iter() {
        for stem in &row.stems {
            let (stem, is_whole) = stem.strip_prefix('=').map_or((*stem, false), |s| (s, true));
            for (found, _) in lower.match_indices(stem) {
                let end = found + stem.len();
                let begins = !lower[..found].ends_with(char::is_alphanumeric);
                let ends = !is_whole || !lower[end..].starts_with(char::is_alphanumeric);
                let distance = if found >= at { found - at } else { (at - found) * 2 };
                let rank = (distance, std::cmp::Reverse(stem.len()));
                if begins && ends && best.is_none_or(|(d, l, _)| rank < (d, l)) {
                    best = Some((rank.0, rank.1, row));
                }
            }
        }
    }
    best.map(|(_, _, row)| row)
}

/// The byte at which the n-th character begins.
fn byte_of(text: &str, characters: usize) -> usize {
    text.char_indices().nth(characters).map_or(text.len(), |(at, _)| at)
}

/// "Two had been counted twice": a passive verb that is no measure says what happened to those who are counted, so that the
/// rest of the sentence does not.
fn is_another_act(relation: &str) -> bool {
    let lower = relation.to_lowercase();
    let mut words = lower.split_whitespace().rev();
    let is_participle = words.next().is_some_and(|w| w.ends_with("ed") || w.ends_with("en"));
    is_participle && words.next().is_some_and(|w| matches!(w, "was" | "were" | "been" | "be" | "being" | "is" | "are"))
}

/// The main verb of the clause.
pub(super) fn predicate(clause: &Clause) -> String {
    let verb = if clause.relation.is_empty() && !clause.words.contains(' ') { clause.words } else { clause.relation };
    let verb = verb.split_whitespace().next_back().unwrap_or_default().to_lowercase();
    if matches!(verb.as_str(), "is" | "was" | "are" | "were" | "be" | "been" | "said" | "has" | "had" | "have") {
        return String::new();
    }
    verb
}

/// Numbers of streets, pages and roads, and measures of a way, answer no question about an incident.
pub(super) fn is_label(counted: &str) -> bool {
    matches!(head(counted).as_str(), "block" | "street" | "avenue" | "road" | "highway" | "route" | "channel" | "page")
}

/// "Had been 11", "six, not five", "instead of $31 million".
pub(super) fn is_old(clause: &Clause) -> bool {
    let (before, _) = clause.around();
    let before = before.trim_end_matches(['$', '£', '€', ' ']);
    let before = before.strip_suffix(" the").unwrap_or(before);
    const OLD: &[&str] = &[
        ", not",
        "instead of",
        "rather than",
        "had been",
        "up from",
        "down from",
        "previously",
        "corrected from",
        "revised from",
        "had reported",
        "had put it at",
        "had spoken of",
        "had estimated",
        "figure was",
    ];
    OLD.iter().any(|w| before.ends_with(w)) || before.ends_with(" from") && says_changed(before)
}

/// "By $60 million", "8 percent more", "$60 million of revenue": how much more or less, not how much.
pub(super) fn is_change(clause: &Clause, number: &Figure) -> bool {
    let (before, after) = clause.around();
    let is_count = matches!(number.unit.as_str(), "item" | "person");
    let is_part_of = ["of revenue", "of its revenue", "of sales", "of its sales", "of profit", "of its profit"];
    let is_more = ["more ", "fewer ", "less ", "higher", "lower"].iter().any(|w| after.starts_with(w));
    before.ends_with(" by") || !is_count && (is_more || is_part_of.iter().any(|w| after.starts_with(w)))
}

/// The kind of people or things that make a figure a part of all who are counted: "three of the dead were children",
/// "64 of them".
pub(super) fn subset(clause: &Clause, number: &Figure) -> Option<String> {
    if number.unit != "item" && number.unit != "person" {
        return None;
    }
    let own = head(clause.counted);
    if is_part(&own) {
        return Some(own);
    }
    let (before, after) = clause.around();
    let is_of = ["of the dead", "of the victims", "of the injured", "of the wounded", "of them", "of those", "of whom"]
        .iter()
        .any(|w| after.starts_with(w));
    let is_among = ["including", "of whom", "among them", "including at least"].iter().any(|w| before.ends_with(w));
    if !is_of && !is_among {
        return None;
    }
    let said = after.split(['.', ';', ',']).next().unwrap_or_default();
    Some(said.split_whitespace().map(noun::singular).find(|w| is_part(w)).unwrap_or_else(|| "part".to_owned()))
}

fn is_part(noun: &str) -> bool {
    PARTS.lines().any(|p| p == noun)
}

/// Why a figure is of a wider window of time or a wider place.
pub(super) fn wider(clause: &Clause) -> Option<&'static str> {
    let text = clause.sentence.to_lowercase();
    let words: Vec<&str> = text.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()).collect();
    let plain = format!(" {} ", words.join(" "));
    // "This week's airstrikes" are no window.
    let has = |list: &[&str]| list.iter().any(|w| plain.replace(&format!(" {w} s "), " ").contains(&format!(" {w} ")));
    SCOPES.iter().find(|(_, list)| has(list)).map(|(why, _)| *why)
}

/// What is forecast, planned or feared.
pub(super) fn is_expected(clause: &Clause) -> bool {
    let text = format!("{} {}", clause.words, clause.counted).to_lowercase();
    ["expect", "forecast", "predict", "projected", "plans to", "could reach", "would ", "due to"]
        .iter()
        .any(|w| text.contains(w))
}

/// The text says that the figure has grown or been corrected.
pub(super) fn says_changed(sentence: &str) -> bool {
    let text = sentence.to_lowercase();
    UPDATES.lines().any(|w| text.contains(w))
}

/// The countries of those who did it; of one who claims a deed of their own, the one named before the claim.
pub(super) fn actors<'a>(clause: &Clause, labels: impl Iterator<Item = &'a str>) -> BTreeSet<&'static str> {
    let found: BTreeSet<_> = labels.flat_map(countries).collect();
    if !found.is_empty() {
        return found;
    }
    let own = ["claims to have", "claimed to have", "says it has", "said it had", "says its", "said its"];
    let place = own.iter().filter_map(|w| clause.sentence.find(w)).min();
    place.map_or_else(BTreeSet::new, |at| countries(&clause.sentence[..at]).take(1).collect())
}

/// The countries that the words name, but for those behind "in", "over" and the like.
fn countries(text: &str) -> impl Iterator<Item = &'static str> {
    let words: Vec<&str> = text.split(|c: char| c.is_whitespace() || c == '\u{2019}' || c == '\'').collect();
    let mut found = Vec::new();
    let mut at = 0;
    while at < words.len() {
        let long = words.get(at + 1).and_then(|next| country::of(&format!("{} {next}", words[at])));
        let one = || country::of(words[at].trim_matches(|c: char| !c.is_alphanumeric() && c != '.'));
        let is_place = at > 0 && matches!(words[at - 1], "in" | "over" | "from" | "to" | "near" | "into" | "of");
        if let Some(iso) = long.or_else(one).filter(|_| !is_place && words[at] != "us") {
            found.push(iso);
        }
        at += if long.is_some() { 2 } else { 1 };
    }
    found.into_iter()
}

/// The noun of a thing counted, in the singular.
pub(super) fn head(counted: &str) -> String {
    let lower = counted.to_lowercase();
    let cut = lower.split([',', ';']).next().unwrap_or_default().split(" of ").next().unwrap_or_default();
    noun::singular(cut.split_whitespace().next_back().unwrap_or_default())
}

/// Whether two things counted may be one.
pub(super) fn is_one_thing(a: &str, b: &str) -> bool {
    let (x, y) = (head(a), head(b));
    let names =
        |counted: &str, noun: &str| counted.to_lowercase().split_whitespace().any(|w| noun::singular(w) == noun);
    let is_row = |row: &Vec<&str>| row.contains(&x.as_str()) && row.contains(&y.as_str());
    x == y || !x.is_empty() && !y.is_empty() && (names(a, &y) || names(b, &x)) || THINGS.iter().any(is_row)
}

/// Whether a noun names people in general, or none is said.
pub(super) fn is_anybody(counted: &str) -> bool {
    let noun = head(counted);
    noun.is_empty() || matches!(noun.as_str(), "man" | "other" | "more") || THINGS[0].contains(&noun.as_str())
}

/// Whether people are counted.
pub(super) fn is_people(counted: &str, number: &Figure) -> bool {
    let noun = head(counted);
    let is_row = |row: &Vec<&str>| !matches!(row[0], "truck" | "plane" | "house") && row.contains(&noun.as_str());
    number.unit == "person" || THINGS.iter().any(is_row)
}
