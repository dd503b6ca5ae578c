//! Articles and queries that somebody has damaged on purpose, by number: the same number is the same input everywhere.
//!
//! Tests read a few of them (`random.rs`), `examples/mutate.rs` as many as it is asked for.

use std::fs;
use std::path::Path;

use oxigraph::io::{RdfFormat, RdfParser};
use sayso::annotate::{Kit, annotate};
use sayso::graph::check::check;
use sayso::graph::store::from_quads;
use sayso::graph::write;
use sayso::show::jsonl;
use sayso::text::Span;
use serde_json::{Map, Value, json};

/// Numbers by chance, from a seed (splitmix64).
pub struct Dice(u64);

impl Dice {
    /// Seeds that follow one another give series that have nothing in common.
    pub fn new(seed: u64) -> Dice {
        let mut dice = Dice(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) ^ 0x5a79_736f);
        dice.next();
        Dice(dice.next())
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// One of `0..n`; 0 where there is nothing to choose from.
    fn below(&mut self, n: usize) -> usize {
        if n == 0 { 0 } else { (self.next() % n as u64) as usize }
    }

    /// True in so many of a hundred cases.
    fn chance(&mut self, hundredths: usize) -> bool {
        self.below(100) < hundredths
    }

    fn of<'a, T>(&mut self, all: &'a [T]) -> &'a T {
        &all[self.below(all.len())]
    }

    fn word<'a>(&mut self, all: &[&'a str]) -> &'a str {
        all[self.below(all.len())]
    }

    /// A place between two characters.
    fn place(&mut self, text: &str) -> usize {
        let mut at = self.below(text.len() + 1);
        while !text.is_char_boundary(at) {
            at -= 1;
        }
        at
    }

    fn char(&mut self) -> char {
        let any = match self.below(4) {
            0 => 1 + self.below(0xd7ff),
            1 => 0xe000 + self.below(0x10_2000),
            _ => 32 + self.below(95),
        };
        char::from_u32(any as u32).unwrap_or('\u{fffd}')
    }
}

/// Marks, numbers, times and words that are hard on some stage.
#[rustfmt::skip]
const NASTY: &[&str] = &[
    "\u{202e}", "\u{202d}", "\u{2066}", "\u{2069}", "\u{200b}", "\u{200d}", "\u{200c}", "\u{feff}", "\u{ad}", "\u{301}",
    "\u{338}\u{338}\u{338}\u{338}\u{338}", "\u{20dd}", "e\u{301}\u{327}\u{323}", "İ", "ı", "ß", "ẞ", "ﬁ", "ŉ", "ΐ", "İstanbul", "\u{345}",
    "👨\u{200d}👩\u{200d}👧", "🇺🇸", "🏴\u{e0067}\u{e0062}\u{e007f}", "\u{10ffff}", "\u{fffe}", "\u{ffff}", "\u{fdd0}", "\u{e000}", "\u{2028}",
    "\u{2029}", "\u{85}", "\0", "\u{1}", "\u{8}", "\u{b}", "\u{c}", "\u{1b}[31m", "\u{1f}", "\u{7f}", "\u{80}", "\u{9f}", "ابراهيم",
    "עברית", "中文字", "日本語", "क्षि", "\u{e33}", "１２３", "٣٤٥", "²", "½", "⅓", "¼ million", "Ⅷ", "①", "𝟏𝟐", "\u{3000}", "\u{a0}", "\u{2009}",
    "\u{202f}", "—", "–", "−", "―", "‑", "…", "‘", "’", "‚", "“", "”", "„", "«", "»", "‹", "›", "\"", "'", "`", "´", "′", "″", "$", "€", "£",
    "¥", "₹", "%", "‰", "°", "№", "§", "\r", "\r\n", "\n", "\n\n", "\t", "\\", "{", "}", "<", ">", "|", "^", "[", "]", "(", ")", "&amp;",
    "&#x0;", "<script>", "\u{d7ff}", "1e999", "-1", "0", "00", "0.0", "1,000,000", "1.000.000", "1,2,3", "999999999999999999999999999999",
    "1e5", "0x10", "1/0", "0/0", "1/3", "100%", "-5%", "24:60", "25:99", "00:00", "12:30 pm", "31 February", "29 February 2019",
    "30 February 2024", "0 January 0000", "year 9999", "99999", "in 10000", "the 0th", "21st century", "99th century", "Q5",
    "fiscal 2015-14", "1999-1998", "2015-13-45", "a billion trillion", "million million million million million", "minus zero",
    "half a half", "dozens of dozens", "no one", "nobody", "one in zero", "1 in 0", "0 out of 0", "between 10 and 5", "from 5 to 5",
    "twice as many", "zero percent", "1000000 percent", "$0", "$-5", "$1 trillion trillion", "€1,00,00,000", "5 km/h", "5 m²", "km",
    "per per per", "last next yesterday", "tomorrow yesterday", "two days after the day before", "1,000 years ago",
    "100000 years ago", "3000000 BC", "in 99999999999999 days", "99999 days ago", "999999999 weeks later", "-3 days", "centuries ago",
];

/// Cues and halves of quotations.
#[rustfmt::skip]
const CUES: &[&str] = &[
    " said", " told", " denied", ", according to", " would not confirm", " did not say", " claimed that", " asked whether",
    "\" said ", ",\" he said. \"", ",\" she said", ": \"", " said that he said that she said that", "\" \"", " quoted as saying",
    " tweeted", " did not deny that he had denied",
];

#[rustfmt::skip]
const DATES: &[&str] = &[
    "2015-11-19", "2015-11-19", "0001-01-01", "9999-12-31", "2200-12-31", "1600-01-01", "2024-02-29", "soon",
    "2015-11-19T25:61:61+99:99", "2015-11-19T10:51:00+05:30", "١٩", "", "2015-11-19T10:51:00+é", ":", "2015-11-19:é", "12:é",
];

#[rustfmt::skip]
const PUBLISHERS: &[&str] = &["The Post", "A\u{202e}B", "<b>", "\"", "\\", "\0", " ", "\u{200b}", "=1+1", ">", "a\nb", "a\tb"];

#[rustfmt::skip]
const ADDRESSES: &[&str] = &[
    "http://a.example/2015/11/19/x", "javascript:alert(1)", "not an iri", "http://a b/", "http://a/<>\"{}|\\^`", "http://é.example/é",
    "\0", "../..", "file:///etc/passwd", "http://[::1", "http://a/%", "http://a/\u{202e}", "urn:x", "//a", "#", "http://a/2015/é/19",
    "http://a/20é5/11/19",
];

/// What articles are made of: paragraphs and their sentences.
pub struct Texts {
    paragraphs: Vec<String>,
    sentences: Vec<String>,
}

impl Texts {
    pub fn new(texts: &[String]) -> Texts {
        let long = |text: &&str| text.len() > 20;
        let paragraphs: Vec<String> = texts.iter().flat_map(|t| t.lines()).filter(long).map(str::to_owned).collect();
        let sentences =
            paragraphs.iter().flat_map(|p| p.split_inclusive(". ")).filter(long).map(str::to_owned).collect();
        Texts { paragraphs, sentences }
    }

    /// A sentence or two, now and then a paragraph or some: a million are to be read in minutes.
    fn base(&self, dice: &mut Dice) -> String {
        match dice.below(40) {
            0..30 => dice.of(&self.sentences).clone(),
            30..37 => (0..2).map(|_| dice.of(&self.sentences).as_str()).collect(),
            37..39 => dice.of(&self.paragraphs).clone(),
            _ => (0..2 + dice.below(2)).map(|_| dice.of(&self.paragraphs).as_str()).collect::<Vec<_>>().join("\n\n"),
        }
    }
}

/// The kinds of damage.
#[rustfmt::skip]
pub const KINDS: &[&str] = &[
    "bytes", "marks", "at spaces", "cues", "shuffled", "dropped", "doubled", "turned", "quotes", "look-alikes", "case", "line ends",
    "numbers", "crossed", "spaces", "combining", "markup", "noise",
];

/// A text damaged in one way.
fn damage(kind: &str, text: &str, texts: &Texts, dice: &mut Dice) -> String {
    let words = || text.split(' ').map(str::to_owned).collect::<Vec<_>>();
    match kind {
        "bytes" => {
            let mut bytes = text.as_bytes().to_vec();
            for _ in 0..*dice.of(&[1, 1, 2, 5, 20, 100]) {
                let at = dice.below(bytes.len());
                let new = dice.below(256) as u8;
                if let Some(byte) = bytes.get_mut(at) {
                    *byte = new;
                }
            }
            String::from_utf8_lossy(&bytes).into_owned()
        }
        "marks" | "cues" => {
            let (times, all) =
                if kind == "cues" { (1 + dice.below(6), CUES) } else { (*dice.of(&[1, 1, 2, 4, 10, 40]), NASTY) };
            let mut text = text.to_owned();
            for _ in 0..times {
                let at = dice.place(&text);
                text.insert_str(at, dice.word(all));
            }
            text
        }
        "at spaces" => {
            let mut words = words();
            for _ in 0..*dice.of(&[1, 2, 4, 10]) {
                let at = dice.below(words.len() + 1);
                words.insert(at, dice.word(NASTY).to_owned());
            }
            words.join(" ")
        }
        "shuffled" => {
            let mut words = words();
            for i in (1..words.len()).rev() {
                words.swap(i, dice.below(i + 1));
            }
            words.join(" ")
        }
        "dropped" => {
            let length = text.chars().count().max(1);
            let share = *dice.of(&[1, 3, 10, length / 3 + 1]);
            text.chars().filter(|_| dice.below(length) >= share).collect()
        }
        "doubled" => {
            let from = dice.place(text);
            let to = text[from..].char_indices().map(|(i, c)| from + i + c.len_utf8()).take(1 + dice.below(40)).last();
            let again = text[from..to.unwrap_or(from)].repeat(*dice.of(&[2, 5, 20]));
            format!("{}{again}{}", &text[..from], &text[from..])
        }
        "turned" => {
            let at = dice.place(text);
            format!("{}{}", &text[at..], &text[..at])
        }
        "quotes" => {
            let quote = dice.word(&["\"", "“", "”", "'", "‘", "’", "«", "»", "“”", "\"'", "”“"]);
            let mut out = String::new();
            for c in text.chars() {
                out.push(c);
                if dice.chance(5) {
                    out.push_str(quote);
                }
            }
            out
        }
        "look-alikes" => {
            let like = |c| "aаeеoοcсpрxхiіAΑBΒ".chars().skip_while(|l| *l != c).nth(1).filter(|l| !l.is_ascii());
            text.chars().map(|c| like(c).filter(|_| dice.chance(30)).unwrap_or(c)).collect()
        }
        "case" => match dice.below(3) {
            0 => text.to_uppercase(),
            1 => text.to_lowercase(),
            _ => {
                let turn = |c: char| {
                    if c.is_uppercase() { c.to_lowercase().collect() } else { c.to_uppercase().collect::<String>() }
                };
                text.chars().map(turn).collect()
            }
        },
        "line ends" => {
            let line = dice.word(&["\r\n", "\r", "\n\r", "\u{b}", "\u{2028}", "\u{85}", "\n\n\n\n"]);
            let stop = dice.word(&[".\r\n", ".\r", ". ", ".", ".\u{2029}", ".\n> "]);
            text.replace('\n', line).replace(". ", stop)
        }
        "numbers" => {
            let mut out = String::new();
            for part in text.split_inclusive(|c: char| !c.is_ascii_digit()) {
                let number = part.trim_end_matches(|c: char| !c.is_ascii_digit());
                let new = match dice.below(11) {
                    _ if number.is_empty() => String::new(),
                    0 => "9".repeat(1 + dice.below(60)),
                    1 => "0".repeat(1 + dice.below(30)),
                    2 => format!("-{number}"),
                    3 => format!("{number}.{number}.{number}"),
                    4 => format!("{number},{number}"),
                    5 => format!("{number}/{number}"),
                    6 => format!("{number}-{number}"),
                    7 => "٣".to_owned(),
                    8 => "½".to_owned(),
                    9 => format!("{number}e{number}"),
                    _ => number.to_owned(),
                };
                out.push_str(&new);
                out.push_str(&part[number.len()..]);
            }
            out
        }
        "crossed" => {
            let other = texts.base(dice);
            let (to, from) = (dice.place(text), dice.place(&other));
            format!("{}{}", &text[..to], &other[from..])
        }
        "spaces" => text.replace(' ', dice.word(&["", "", "\u{a0}", "\u{200b}", "  ", "\t", "-", "—", "_", "/"])),
        "combining" => {
            let mut out = String::new();
            for c in text.chars() {
                out.push(c);
                if dice.chance(20) {
                    let mark = dice.word(&["\u{301}", "\u{308}", "\u{20e3}", "\u{fe0f}", "\u{200d}"]);
                    out.push_str(&mark.repeat(dice.below(4)));
                }
            }
            out
        }
        "markup" => {
            let before =
                dice.word(&["<p>", "<div><b>", "<!--", "<![CDATA[", "&lt;", "<a href=\"javascript:1\">", "</html>"]);
            let after = dice.word(&["</p>", "", "-->", "]]>", "<"]);
            format!("{before}{text}{after}")
        }
        "noise" => (0..1 + dice.below(120)).map(|_| dice.char()).collect(),
        other => unreachable!("unknown damage {other}"),
    }
}

/// The damaged article of this number, as a line of JSON Lines would hold it.
pub fn article(seed: u64, texts: &Texts) -> Map<String, Value> {
    // What is likelier to find something comes more often.
    const WEIGHTS: &[usize] = &[3, 4, 4, 3, 2, 3, 2, 2, 3, 1, 1, 3, 3, 2, 1, 2, 1, 1];
    let dice = &mut Dice::new(seed);
    let mut text = texts.base(dice);
    for _ in 0..*dice.of(&[0, 1, 1, 1, 2, 2, 3, 5]) {
        let mut left = dice.below(WEIGHTS.iter().sum());
        let kind = KINDS.iter().zip(WEIGHTS).find(|(_, weight)| {
            let here = left < **weight;
            left = left.saturating_sub(**weight);
            here
        });
        text = damage(kind.expect("a kind").0, &text, texts, dice);
    }
    let mut end = text.len().min(20_000);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    text.truncate(end);
    let mut article = Map::new();
    article.insert("id".to_owned(), json!(format!("m{seed}")));
    article.insert("text".to_owned(), json!(text));
    let mut add = |dice: &mut Dice, name: &str, hundredths: usize, all: &[&str]| {
        if dice.chance(hundredths) {
            article.insert(name.to_owned(), json!(dice.word(all)));
        }
    };
    add(dice, "date", 80, DATES);
    add(dice, "publisher", 30, PUBLISHERS);
    add(dice, "url", 30, ADDRESSES);
    add(dice, "language", 5, &["en", "x y", "", "\0", "\""]);
    if dice.chance(30) {
        let title = damage("marks", dice.of::<String>(&texts.sentences), texts, dice);
        article.insert("title".to_owned(), json!(title));
    }
    if dice.chance(20) {
        let odd = [
            json!("A"),
            json!(["A", "B\0"]),
            json!([1]),
            json!([{ "name": "N" }]),
            json!({ "x": 1 }),
            json!(["é\u{202e}"]),
        ];
        article.insert("authors".to_owned(), dice.of(&odd).clone());
    }
    article
}

/// Words of the language that belong together and some that do not.
#[rustfmt::skip]
const WORDS: &[&str] = &[
    "SELECT", "*", "?s", "?p", "?o", "WHERE", "{", "}", "(", ")", "FILTER", "OPTIONAL", "UNION", "MINUS", "GRAPH", "VALUES", "BIND", "AS",
    "COUNT", "DISTINCT", "ORDER BY", "LIMIT", "10", "OFFSET", "sayso:speaker", "rdfs:label", "a", ".", ";", ",", "\"x\"", "'", "<a:b>", "_:b",
    "[", "]", "||", "&&", "!", "=", "+", "/", "^", "|", "CONCAT", "REGEX", "REPLACE", "STRLEN", "SERVICE", "<http://127.0.0.1:1/>", "CONSTRUCT",
    "ASK", "DESCRIBE", "GROUP BY", "HAVING", "EXISTS", "NOT", "IN", "<<(", ")>>", "@en", "^^xsd:integer", "1e400", "\0", "\\u0000", "#", "\n",
    "LATERAL", "SHA512", "RAND()", "FROM", "\u{202e}", "é", "LOAD", "INSERT DATA",
];

/// What nests, or makes a chain: before, between and behind.
#[rustfmt::skip]
const AROUND: &[(&str, &str, &str)] = &[
    ("(", "1", ")"), ("!", "true", ""), ("-", "1", ""), ("1+", "1", ""), ("?o=1||", "?o=1", ""), ("STR(", "\"a\"", ")"),
    ("IF(true,", "true", ",true)"), ("COALESCE(", "1", ")"), ("1 IN (", "1", ")"), ("REPLACE(", "\"a\"", ",\".\",\"aaaaaaaa\")"), ("SUBSTR(", "\"a\"", ",1)"), ("STR(REGEX(", "\"a\"", ",\"a\"))"),
    ("CONCAT(\"a\",", "\"a\"", ")"), ("EXISTS { ?s ?p ?o FILTER(", "true", ") }"),
];

/// The same in the place of patterns.
#[rustfmt::skip]
const PATTERNS: &[(&str, &str, &str)] = &[
    ("{", "?s ?p ?o", "}"), ("{?s ?p ?o} UNION ", "{?s ?p ?o}", ""), ("OPTIONAL { ?s ?p ?o ", "", "}"), ("?s ?p ?o OPTIONAL { ?s ?p ?o } ", "", ""),
    ("{SELECT * ", "{ ?s ?p ?o }", "}"), ("?s ?p (", "1", ") ."), ("?s ?p [ ?p ", "1", "] ."), ("GRAPH ?g { ", "?s ?p ?o", "}"), ("MINUS { ?s ?p ?o } ", "", ""),
    ("?s (", "rdfs:label", ")* ?o"), ("?s ^", "rdfs:label", " ?o"), ("?s rdfs:label/", "rdfs:label", " ?o"),
    ("?s ?p <<( ?a ?b ", "1", " )>> ."), ("VALUES ?x { 1 2 3 } ", "", ""), ("FILTER(true) ", "", ""),
];

/// Queries that take much time or memory.
#[rustfmt::skip]
const HEAVY: &[&str] = &[
    "SELECT (COUNT(*) AS ?n) { ?s ?p ?o . ?a ?b ?c . ?d ?e ?f }",
    "SELECT * { ?s ?p ?o . ?a ?b ?c } ORDER BY ?s ?a",
    "SELECT DISTINCT ?s ?a { ?s ?p ?o . ?a ?b ?c }",
    "SELECT (GROUP_CONCAT(?x) AS ?n) { ?s ?p ?o . ?a ?b ?c BIND(CONCAT(STR(?o),STR(?c)) AS ?x) }",
    "SELECT (COUNT(*) AS ?n) { ?s ((!rdf:x)*/(!rdf:x)*)* ?o }",
    "SELECT * { ?s (!rdf:x|!rdf:y)+ ?o . ?o (!rdf:x)+ ?z . ?z (!rdf:x)+ ?y } ORDER BY ?y",
    "SELECT * { ?s ?p ?o FILTER(REGEX(STR(?o),\"((a{1,100}){1,100}){1,100}\")) }",
    "SELECT (COUNT(?h) AS ?n) { ?s ?p ?o . ?a ?b ?c BIND(SHA512(CONCAT(STR(?o),STR(?c))) AS ?h) }",
    "SELECT (COUNT(*) AS ?n) { {SELECT * {?s ?p ?o}} {SELECT * {?a ?b ?c}} {SELECT * {?d ?e ?f}} }",
    "CONSTRUCT { ?s ?b ?o . ?a ?p ?c } { ?s ?p ?o . ?a ?b ?c }",
    "SELECT (COUNT(*) AS ?n) { ?s ?p ?o FILTER NOT EXISTS { ?a ?b ?c FILTER(?c = CONCAT(STR(?o),\"x\")) } }",
    "SELECT (COUNT(*) AS ?n) { ?s ?p ?o MINUS { ?a ?p ?c . ?x ?y ?z } }",
    "SELECT ?s ?a (SAMPLE(?o) AS ?x) { ?s ?p ?o . ?a ?b ?c } GROUP BY ?s ?a",
    "SELECT * { ?s ?p ?o . ?a ?b ?c FILTER(CONTAINS(LCASE(STR(?o)),LCASE(STR(?c)))) } ORDER BY ?o",
];

/// The hostile query of this number, `good` being queries that are right; one in a hundred is heavy.
pub fn query(seed: u64, good: &[String]) -> String {
    let dice = &mut Dice::new(seed);
    let soup = |dice: &mut Dice| (0..dice.below(40)).map(|_| dice.word(WORDS)).collect::<Vec<_>>().join(" ");
    let depth = |dice: &mut Dice| *dice.of(&[1, 2, 5, 20, 60, 127, 128, 129, 200, 1_000, 5_000]);
    match dice.below(100) {
        0 => dice.word(HEAVY).to_owned(),
        // A string that doubles, or grows eightfold.
        1 => {
            let n = 4 + dice.below(40);
            let step = |i: usize| format!("BIND(CONCAT(?a{i},?a{i}) AS ?a{}) ", i + 1);
            format!(
                "SELECT (STRLEN(?a{n}) AS ?n) {{ BIND(\"aaaaaaaaaaaaaaaa\" AS ?a0) {} }}",
                (0..n).map(step).collect::<String>()
            )
        }
        2..25 => soup(dice),
        25..40 => format!("SELECT * {{ {} }} LIMIT 10", soup(dice)),
        40..55 => {
            let ((open, inside, close), n) = (dice.of(AROUND), depth(dice));
            format!("SELECT * {{ ?s ?p ?o FILTER({}{inside}{}) }} LIMIT 1", open.repeat(n), close.repeat(n))
        }
        55..70 => {
            let ((open, inside, close), n) = (dice.of(PATTERNS), depth(dice));
            format!("SELECT * {{ {}{inside}{} }} LIMIT 1", open.repeat(n), close.repeat(n))
        }
        // A right one, damaged: bytes changed, a piece doubled or taken out, two of them crossed.
        _ => {
            let mut text = dice.of(good).clone();
            for _ in 0..1 + dice.below(4) {
                let (from, to) = (dice.place(&text), dice.place(&text));
                let (from, to) = (from.min(to), from.max(to));
                match dice.below(5) {
                    0 => text.replace_range(from..to.min(text.len()), ""),
                    1 => {
                        let again = text[from..to].to_owned();
                        text.insert_str(from, &again);
                    }
                    2 => text.insert_str(from, dice.word(WORDS)),
                    3 => text.insert(from, dice.char()),
                    _ => {
                        let other = dice.of(good).clone();
                        let at = dice.place(&other);
                        text = format!("{}{}", &text[..from], &other[at..]);
                    }
                }
                let mut end = text.len().min(100_000);
                while !text.is_char_boundary(end) {
                    end -= 1;
                }
                text.truncate(end);
            }
            text
        }
    }
}

/// The repository's own articles, in the order of their names.
pub fn own_texts() -> Texts {
    let corpus = Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus");
    let inside =
        |folder: &Path| fs::read_dir(folder).into_iter().flatten().flatten().map(|e| e.path()).collect::<Vec<_>>();
    let mut files: Vec<_> = inside(&corpus).iter().flat_map(|f| inside(f)).collect();
    files.retain(|f| f.extension().is_some_and(|e| e == "txt"));
    files.sort();
    Texts::new(&files.iter().map(|f| fs::read_to_string(f).expect("an article")).collect::<Vec<_>>())
}

/// The ready-made questions as queries.
pub fn own_queries() -> Vec<String> {
    sayso::graph::ask::questions().iter().filter_map(|q| q.with(&[]).ok()).collect()
}

/// What is found wrong with the damaged article of this number; `Ok(false)`: it is refused. Every article is read, annotated and written
/// as N-Quads, which a strict parser reads again; of one in sixteen it is also looked at whether it comes out the same a second time, what
/// is printed of it, and whether its graph conforms to the shapes.
pub fn faults(seed: u64, texts: &Texts, kit: &Kit) -> Result<bool, String> {
    let given = article(seed, texts);
    let Ok((read, _)) = sayso::read::from_object(&given, &sayso::read::Options::default()) else { return Ok(false) };
    let doc = annotate(read.clone(), kit);
    let text = doc.text();
    let bad = |s: &Span| s.start() > s.end() || text.get(s.start()..s.end()).is_none();
    let said = doc.statements.iter().flat_map(|s| s.content.iter().chain(&s.cue).chain(&s.source));
    let all = doc.events.iter().map(|e| e.span).chain(doc.quantities.iter().map(|q| q.span));
    let all =
        all.chain(doc.times.iter().map(|t| t.span)).chain(doc.mentions.iter().map(|m| m.span)).chain(said.copied());
    if let Some(span) = all.chain(doc.sentences.iter().map(|s| s.span)).find(bad) {
        return Err(format!("{span:?} is no place of its text"));
    }
    let quads = write::quads(&doc, &write::Options::default());
    let mut bytes = Vec::new();
    write::serialize(&quads, RdfFormat::NQuads, &mut bytes).map_err(|e| e.to_string())?;
    if let Some(error) = RdfParser::from_format(RdfFormat::NQuads).for_slice(&bytes).find_map(Result::err) {
        return Err(format!("no N-Quads: {error}"));
    }
    if seed.is_multiple_of(16) {
        let print = |doc| jsonl::document(doc).to_string();
        if print(&doc) != print(&annotate(read, kit)) {
            return Err("comes out otherwise a second time".to_owned());
        }
        let found = check(&from_quads(&quads).map_err(|e| e.to_string())?).map_err(|e| e.to_string())?;
        if let Some(first) = found.first() {
            return Err(format!("does not conform: {} {}", first.constraint, first.message));
        }
    }
    Ok(true)
}

/// Some of the damaged articles; `cargo run --release --example mutate` reads a million.
#[test]
fn damaged_articles_are_read_without_a_fault() {
    let (texts, kit) = (own_texts(), Kit::new());
    let found: Vec<String> =
        (0..160).filter_map(|n| Some(format!("{n}: {}", faults(n, &texts, &kit).err()?))).collect();
    assert!(found.is_empty(), "{found:#?}");
}

/// Each kind of damage changes a text, and the same number makes the same of it.
#[test]
fn damage_is_done_by_number() {
    let texts = own_texts();
    let text = "The mayor said on Monday that 12 boats, all of them old, had been lost.\nNobody was hurt. “It was dark,” he said.";
    for kind in KINDS {
        let once = |seed| damage(kind, text, &texts, &mut Dice::new(seed));
        assert!((0..20).any(|seed| once(seed) != text), "{kind} does nothing");
        assert_eq!(once(7), once(7), "{kind}");
    }
    assert_eq!(article(5, &texts), article(5, &texts));
    assert_eq!(query(5, &own_queries()), query(5, &own_queries()));
}

/// Some of the hostile queries: an answer or an error, in time.
#[test]
fn hostile_queries_end_in_an_answer_or_an_error() {
    use sayso::graph::query::{Limits, run};
    use std::time::Duration;
    let (store, good) = (crate::view::bridge(), own_queries());
    let limits = Limits { timeout: Some(Duration::from_millis(200)), memory: Some(64 << 20), ..Limits::default() };
    let answered = (0..300).filter(|&n| run(&store, &query(n, &good), &limits).is_ok()).count();
    assert!(answered > 0 && answered < 300);
}
