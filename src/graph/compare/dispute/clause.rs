//! Clauses of what is told, and what they show by their words: that something is not so, why, where, when, who.

use std::sync::LazyLock;

use rustc_hash::{FxHashMap, FxHashSet};
use smol_str::SmolStr;

use super::Telling;
use crate::lexicon::table;

/// Words that say nothing of what is told.
const COMMON: &str = "that this with from were been have they their which would there about after before than said says into \
     over other what when where also only more most some such them then these those very will while none never could because \
     being against between during still under until again the and for was had has its his her not but are any all who how why \
     out off own our you she him one two now can may did does should must nobody nothing neither ever nor too yet just even \
     here once your himself herself itself themselves ours whose whom without within upon per via though although since every \
     each both few many much another same like got get gets done doing having let lets through down back away around along \
     across behind beside near above below";

/// A clause of a telling.
#[derive(Clone, Debug)]
pub struct Clause<'t> {
    /// Place of the telling in the list of all.
    pub telling: usize,
    pub story: usize,
    /// Place of the telling among those of its article, and how many these are.
    pub nth: usize,
    pub of: usize,
    pub words: &'t str,
    /// Content words in lower case, each stem once.
    pub content: Vec<SmolStr>,
    /// Number of words.
    pub length: usize,
    /// Words with a capital that are not the first.
    pub names: Vec<SmolStr>,
    pub has_digit: bool,
    pub cues: Cues,
}

/// What a clause shows by its words, by the rows of the table.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Cues(u32);

/// A row of the table: its name, whole words, beginnings of words, phrases with their first words.
struct Row {
    name: &'static str,
    words: FxHashSet<&'static str>,
    beginnings: Vec<&'static str>,
    phrases: Vec<(&'static str, Vec<&'static str>)>,
}

static ROWS: LazyLock<Vec<Row>> = LazyLock::new(|| {
    let row = |(line, cells): (usize, Vec<&'static str>)| {
        let &[name, words] = cells.as_slice() else { panic!("cues.tsv:{line}: expected 2 cells") };
        let (phrases, words): (Vec<&str>, Vec<&str>) = table::list(words).partition(|w| w.contains(' '));
        let (beginnings, words): (Vec<&str>, Vec<&str>) = words.into_iter().partition(|w| w.ends_with('-'));
        Row {
            name,
            words: words.into_iter().collect(),
            beginnings: beginnings.into_iter().map(|w| w.trim_end_matches('-')).collect(),
            phrases: phrases.into_iter().filter_map(|p| Some((p.split(' ').next()?, p.split(' ').collect()))).collect(),
        }
    };
    table::rows(include_str!("../en/cues.tsv")).map(row).collect()
});

impl Row {
    fn has(&self, word: &str) -> bool {
        self.words.contains(word) || self.beginnings.iter().any(|b| word.starts_with(b))
    }
}

/// What a word shows by itself, and whether a phrase of some row begins with it.
#[derive(Clone, Copy, Debug)]
struct Shown {
    rows: u32,
    begins: bool,
}

/// Words that have been looked up: the same ones come again and again.
#[derive(Default)]
struct Lookup(FxHashMap<SmolStr, Shown>);

impl Lookup {
    fn get(&mut self, word: &str) -> Shown {
        if let Some(shown) = self.0.get(word) {
            return *shown;
        }
        let mut shown = Shown { rows: 0, begins: false };
        for (at, row) in ROWS.iter().enumerate() {
            if row.has(word) || row.name == "no" && is_negated(word) {
                shown.rows |= 1 << at;
            }
            shown.begins |= row.phrases.iter().any(|(first, _)| *first == word);
        }
        self.0.insert(SmolStr::new(word), shown);
        shown
    }
}

impl Cues {
    fn of(words: &[&str], lookup: &mut Lookup) -> Cues {
        let mut found = 0;
        for (place, word) in words.iter().enumerate() {
            let shown = lookup.get(word);
            found |= shown.rows;
            if shown.begins {
                for (at, row) in ROWS.iter().enumerate() {
                    if row.phrases.iter().any(|(_, phrase)| words[place..].starts_with(phrase)) {
                        found |= 1 << at;
                    }
                }
            }
        }
        Cues(found)
    }

    /// True when the clause shows what the row of this name says.
    pub fn has(self, name: &str) -> bool {
        ROWS.iter().position(|row| row.name == name).is_some_and(|at| self.0 & (1 << at) != 0)
    }
}

/// "Didn't", "hasn’t".
fn is_negated(word: &str) -> bool {
    word.ends_with("n't") || word.ends_with("n’t")
}

/// A word without its ending.
pub fn stem(word: &str) -> &str {
    let cut = ["ings", "ing", "edly", "ed", "ies", "es", "s", "ly"]
        .iter()
        .find_map(|end| word.strip_suffix(end).filter(|stem| stem.chars().count() >= 3))
        .unwrap_or(word);
    cut.trim_end_matches('e')
}

/// Content words that are looked at: what goes on longer without a stop is no claim.
const MOST: usize = 40;

/// The first content words of some text, in lower case: what is told, without how it is told.
fn content(words: &[&str], lookup: &mut Lookup) -> Vec<SmolStr> {
    static SAID: LazyLock<FxHashSet<&str>> = LazyLock::new(|| COMMON.split_whitespace().collect());
    let is_content = |w: &&str| w.chars().count() >= 3 && w.chars().all(char::is_alphabetic) && !SAID.contains(*w);
    let mut found: Vec<SmolStr> = Vec::new();
    for word in words.iter().filter(|w| !is_negated(w)).flat_map(|w| w.split(['\'', '’', '-'])).filter(is_content) {
        if found.len() == MOST {
            break;
        }
        if !found.iter().any(|f| stem(f) == stem(word)) && !Cues(lookup.get(word).rows).has("deny") {
            found.push(SmolStr::from(word));
        }
    }
    found
}

/// Words before which a clause begins after a comma.
const JOINING: &[&str] = &[
    "and", "but", "because", "which", "who", "when", "while", "where", "since", "although", "though", "as", "for",
    "so", "after", "before", "that",
];

/// Words of the shortest clause that stands alone.
const SHORTEST: usize = 4;

/// Words of the longest clause that takes in a short one behind it.
const LONGEST: usize = 12;

/// Marks that are no part of a clause at its ends.
fn bare(text: &str) -> &str {
    text.trim_matches(|c: char| c.is_whitespace() || matches!(c, '"' | '“' | '”' | ',' | '.' | '…' | ';' | ':'))
}

/// The clauses of some text: between full stops, semicolons, colons and dashes, and before words that join.
fn split(text: &str) -> Vec<&str> {
    let mut cuts = vec![0];
    for (at, mark) in text.char_indices() {
        let behind = &text[at + mark.len_utf8()..];
        let next = behind.trim_start_matches(['"', '“', '”', '\'', '’']);
        let ends = match mark {
            '.' | '!' | '?' => {
                let first = next.trim_start().chars().next();
                next.starts_with(char::is_whitespace)
                    && first.is_some_and(|c| c.is_uppercase() || matches!(c, '"' | '“' | '‘' | '…'))
            }
            ';' | ':' => next.starts_with(char::is_whitespace),
            '–' | '—' | '…' => next.starts_with(char::is_whitespace) && text[..at].ends_with(char::is_whitespace),
            ',' => next.starts_with(' ') && next.split_whitespace().next().is_some_and(|w| JOINING.contains(&w)),
            _ => false,
        };
        if ends {
            cuts.push(at + mark.len_utf8());
        }
    }
    cuts.push(text.len());
    let mut found: Vec<(usize, usize)> = Vec::new();
    let count = |(from, to): (usize, usize)| text[from..to].split_whitespace().count();
    for cut in cuts.windows(2).map(|c| (c[0], c[1])).filter(|&(from, to)| !bare(&text[from..to]).is_empty()) {
        match found.last_mut() {
            // A short one belongs to what stands before it, or goes where that is long.
            Some(last) if count(cut) < SHORTEST => {
                if count(*last) < LONGEST {
                    last.1 = cut.1;
                }
            }
            _ => found.push(cut),
        }
    }
    found.into_iter().map(|(from, to)| bare(&text[from..to])).collect()
}

/// The clauses of all tellings, which are in the order of their articles.
pub fn all(tellings: &[Telling]) -> Vec<Clause<'_>> {
    let mut counts: FxHashMap<usize, usize> = FxHashMap::default();
    for telling in tellings {
        *counts.entry(telling.story).or_default() += 1;
    }
    let mut found = Vec::new();
    let (mut story, mut nth) = (usize::MAX, 0);
    let mut lookup = Lookup::default();
    for (at, telling) in tellings.iter().enumerate() {
        nth = if telling.story == story { nth + 1 } else { 0 };
        story = telling.story;
        for words in split(&telling.words) {
            let clause = one(words, (at, story), (nth, counts[&story]), &mut lookup);
            found.extend(Some(clause).filter(|c| !c.content.is_empty()));
        }
    }
    found
}

fn one<'t>(
    words: &'t str,
    (telling, story): (usize, usize),
    (nth, of): (usize, usize),
    lookup: &mut Lookup,
) -> Clause<'t> {
    let lower = words.to_lowercase();
    let apart = |c: char| !(c.is_alphanumeric() || matches!(c, '\'' | '’' | '-'));
    let trim = |w| str::trim_matches(w, |c: char| !c.is_alphanumeric());
    let tokens: Vec<&str> = lower.split(apart).map(trim).filter(|w| !w.is_empty()).collect();
    let given = words.split(apart).map(trim).filter(|w| !w.is_empty());
    Clause {
        telling,
        story,
        nth,
        of,
        words,
        content: content(&tokens, lookup),
        length: tokens.len(),
        names: given.skip(1).filter(|w| w.starts_with(char::is_uppercase)).map(|w| w.to_lowercase().into()).collect(),
        has_digit: words.contains(|c: char| c.is_ascii_digit()),
        cues: Cues::of(&tokens, lookup),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tellings_fall_into_clauses() {
        let found =
            split("\"The gate was locked,\" … \"We saw nobody there. It was dark, and the dog slept all night\"");
        // A clause of three words goes with the one before it.
        assert_eq!(found, ["The gate was locked", "We saw nobody there. It was dark", "and the dog slept all night"]);
        assert_eq!(split("The mill, they say, has run out of oil"), ["The mill, they say, has run out of oil"]);
    }

    #[test]
    fn clauses_show_what_they_say() {
        let cues = |text: &str| Cues::of(&text.split(' ').collect::<Vec<_>>(), &mut Lookup::default());
        assert!(cues("there was no gas on the site").has("no") && cues("there was no gas on the site").has("strong"));
        assert!(cues("it hasn't rained").has("no") && !cues("the notice came late").has("no"));
        assert!(cues("he rejected the claim").has("deny") && cues("because a valve failed").has("cause"));
    }
}
