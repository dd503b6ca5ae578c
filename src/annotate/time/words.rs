//! The words that expressions of time are made of, read from `en/*.tsv`.

use std::sync::LazyLock;

use rustc_hash::{FxHashMap, FxHashSet};

use crate::lexicon::table;
use crate::text::{TimeKind, closed_set};

closed_set! {
    /// What a word does in an expression of time; the data files use these names.
    Class {
        Other = "",
        Break = "break",
        Digits = "digits",
        Decimal = "decimal",
        Grouped = "grouped",
        Clock = "clock",
        Comma = "comma",
        Dot = "dot",
        Hyphen = "hyphen",
        Slash = "slash",
        Poss = "poss",
        QuarterSign = "q",
        Quote = "quote",
        Open = "open",
        Sign = "sign",
        Month = "month",
        MaybeMonth = "month?",
        Weekday = "weekday",
        MaybeWeekday = "weekday?",
        Weekdays = "weekdays",
        Unit = "unit",
        Units = "units",
        Number = "number",
        Tens = "tens",
        Hundred = "hundred",
        Thousand = "thousand",
        Article = "article",
        The = "the",
        Vague = "vague",
        Couple = "couple",
        Half = "half",
        Ordinal = "ordinal",
        Final = "final",
        Decade = "decade",
        Part = "part",
        Parts = "parts",
        ClockWord = "clockword",
        Dawn = "dawn",
        Season = "season",
        MaybeSeason = "season?",
        Seasons = "seasons",
        Last = "last",
        Past = "past",
        This = "this",
        Next = "next",
        Coming = "coming",
        Previous = "previous",
        Following = "following",
        Current = "current",
        Latest = "latest",
        Same = "same",
        That = "that",
        These = "these",
        Its = "its",
        Recent = "recent",
        Day = "day",
        Tonight = "tonight",
        Overnight = "overnight",
        Ago = "ago",
        Earlier = "earlier",
        Later = "later",
        Before = "before",
        After = "after",
        Hence = "hence",
        From = "from",
        Now = "now",
        Since = "since",
        Until = "until",
        By = "by",
        Of = "of",
        In = "in",
        On = "on",
        At = "at",
        For = "for",
        And = "and",
        Or = "or",
        To = "to",
        Through = "through",
        Between = "between",
        During = "during",
        Within = "within",
        Over = "over",
        Under = "under",
        Throughout = "throughout",
        More = "more",
        Less = "less",
        Than = "than",
        Least = "least",
        Most = "most",
        Up = "up",
        No = "no",
        Not = "not",
        As = "as",
        So = "so",
        OtherWord = "other",
        About = "about",
        Nearly = "nearly",
        Every = "every",
        Each = "each",
        Per = "per",
        Once = "once",
        Times = "times",
        Filler = "filler",
        Old = "old",
        Ahead = "ahead",
        Out = "out",
        Often = "often",
        Early = "early",
        Late = "late",
        Mid = "mid",
        EndPoint = "endpoint",
        Fiscal = "fiscal",
        Eve = "eve",
        Oclock = "oclock",
        AmPm = "ampm",
        Era = "era",
        Sometime = "sometime",
    }
}

/// A word's class and what it stands for.
#[derive(Clone, Copy, Debug)]
pub struct Word {
    pub class: Class,
    pub value: i32,
    /// True when a fixed expression or the name of a day begins with the word.
    pub opens: bool,
}

/// A fixed expression or the name of a day.
#[derive(Clone, Debug)]
pub struct Phrase {
    /// Its words in lower case, as atoms.
    pub words: Vec<&'static str>,
    pub meaning: PhraseMeaning,
}

#[derive(Clone, Copy, Debug)]
pub enum PhraseMeaning {
    Fixed(TimeKind, &'static str),
    Holiday(DayRule),
}

/// How to find a named day in a year.
#[derive(Clone, Copy, PartialEq, Debug)]
pub enum DayRule {
    /// Month and day.
    Fixed(i32, i32),
    /// Month, weekday (1 = Monday), which one (0 the last).
    Nth(i32, i32, i32),
    /// Days after Western Easter.
    Easter(i64),
    /// The Tuesday after the first Monday of November.
    Election,
}

/// All words and phrases.
#[derive(Debug)]
pub struct Words {
    words: FxHashMap<&'static str, Word>,
    zones: FxHashMap<&'static str, i16>,
    phrases: FxHashMap<&'static str, Vec<Phrase>>,
}

/// The English words, read once.
pub static WORDS: LazyLock<Words> = LazyLock::new(|| match read() {
    Ok(words) => words,
    Err(message) => panic!("time words: {message}"),
});

impl Words {
    /// A word in lower case.
    pub fn get(&self, lower: &str) -> Option<Word> {
        self.words.get(lower).copied()
    }

    /// Minutes east of UTC of a zone's name in lower case.
    pub fn zone(&self, lower: &str) -> Option<i16> {
        self.zones.get(lower).copied()
    }

    /// Phrases that begin with a word, longest first.
    pub fn phrases(&self, first: &str) -> &[Phrase] {
        self.phrases.get(first).map_or(&[], Vec::as_slice)
    }
}

/// Plural nouns that come by the year.
pub static OF_A_YEAR: LazyLock<FxHashSet<&'static str>> =
    LazyLock::new(|| table::rows(include_str!("en/of-a-year.tsv")).map(|(_, cells)| cells[0]).collect());

fn read() -> Result<Words, String> {
    let mut words: FxHashMap<&'static str, Word> = FxHashMap::default();
    for (line, cells) in table::rows(include_str!("en/words.tsv")) {
        let at = |what: &str| format!("words.tsv:{line}: {what}");
        let [class, value, list] = cells[..] else { return Err(at("three cells expected")) };
        let class: Class = class.parse().map_err(|()| at("unknown class"))?;
        let value = value.parse().map_err(|_| at("value is no number"))?;
        for word in table::list(list) {
            if words.insert(word, Word { class, value, opens: false }).is_some() {
                return Err(at(&format!("`{word}` stands twice")));
            }
        }
    }
    let mut zones = FxHashMap::default();
    for (line, cells) in table::rows(include_str!("en/zones.tsv")) {
        let at = |what: &str| format!("zones.tsv:{line}: {what}");
        let [offset, list] = cells[..] else { return Err(at("two cells expected")) };
        let offset: i16 = offset.parse().map_err(|_| at("offset is no number"))?;
        for zone in table::list(list) {
            if zones.insert(zone, offset).is_some() {
                return Err(at(&format!("`{zone}` stands twice")));
            }
        }
    }
    let mut phrases: FxHashMap<&'static str, Vec<Phrase>> = FxHashMap::default();
    let mut add = |text: &'static str, meaning| {
        let parts: Vec<&'static str> = split(text);
        if let Some(&first) = parts.first() {
            phrases.entry(first).or_default().push(Phrase { words: parts, meaning });
        }
    };
    for (line, cells) in table::rows(include_str!("en/phrases.tsv")) {
        let at = |what: &str| format!("phrases.tsv:{line}: {what}");
        let [kind, value, text, _example] = cells[..] else { return Err(at("four cells expected")) };
        let kind = kind.parse().map_err(|()| at("unknown type"))?;
        add(text, PhraseMeaning::Fixed(kind, value));
    }
    for (line, cells) in table::rows(include_str!("en/holidays.tsv")) {
        let at = |what: &str| format!("holidays.tsv:{line}: {what}");
        let [rule, list] = cells[..] else { return Err(at("two cells expected")) };
        let rule = day_rule(rule).ok_or_else(|| at("rule not understood"))?;
        for text in table::list(list) {
            add(text, PhraseMeaning::Holiday(rule));
        }
    }
    for (first, list) in &mut phrases {
        list.sort_by_key(|p| std::cmp::Reverse(p.words.len()));
        words.entry(first).or_insert(Word { class: Class::Other, value: 0, opens: true }).opens = true;
    }
    Ok(Words { words, zones, phrases })
}

/// A phrase as atoms: words, and the possessive apart ("new year" "'s" "day").
fn split(text: &'static str) -> Vec<&'static str> {
    let mut parts = Vec::new();
    for word in text.split(' ') {
        match word.strip_suffix("'s") {
            Some(stem) => parts.extend([stem, "'s"]),
            None => parts.push(word.trim_end_matches(['\'', '.'])),
        }
    }
    parts
}

fn day_rule(text: &str) -> Option<DayRule> {
    if text == "election" {
        return Some(DayRule::Election);
    }
    if let Some(days) = text.strip_prefix("easter ") {
        return Some(DayRule::Easter(days.parse().ok()?));
    }
    if let Some((month, day)) = text.split_once('-') {
        return Some(DayRule::Fixed(month.parse().ok()?, day.parse().ok()?));
    }
    let mut cells = text.split(' ');
    let nth = match cells.next()? {
        "last" => 0,
        n => n.trim_end_matches(char::is_alphabetic).parse().ok()?,
    };
    Some(DayRule::Nth(cells.next()?.parse().ok()?, cells.next()?.parse().ok()?, nth))
}
