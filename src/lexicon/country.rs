//! Countries: their names, adjectives, people and capitals.

use rustc_hash::FxHashMap;
use std::sync::LazyLock;

use super::{gazetteer::key, table};

/// How a word names a country.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CountryWord {
    /// "Russia", "the US".
    Name,
    /// "Russian".
    Adjective,
    /// "Russians".
    People,
    /// "Moscow": may stand for the government.
    Capital,
}

static WORDS: LazyLock<FxHashMap<String, Vec<(&'static str, CountryWord)>>> = LazyLock::new(|| {
    let mut words: FxHashMap<String, Vec<(&'static str, CountryWord)>> = FxHashMap::default();
    for (line, cells) in table::rows(include_str!("countries.tsv")) {
        let &[iso, _, _, name, others, adjectives, people, capitals] = cells.as_slice() else {
            panic!("countries.tsv:{line}: expected 8 cells");
        };
        let mut put = |word: &str, kind| words.entry(key(word)).or_default().push((iso, kind));
        put(name, CountryWord::Name);
        table::list(others).for_each(|w| put(w, CountryWord::Name));
        table::list(adjectives).for_each(|w| put(w, CountryWord::Adjective));
        table::list(people).for_each(|w| put(w, CountryWord::People));
        table::list(capitals).for_each(|w| put(w, CountryWord::Capital));
    }
    words
});

static NAMES: LazyLock<FxHashMap<&'static str, &'static str>> = LazyLock::new(|| {
    table::rows(include_str!("countries.tsv")).filter(|(_, c)| c.len() > 3).map(|(_, c)| (c[0], c[3])).collect()
});

/// The name of a country: "Russia" for `RU`.
pub fn name_of(iso: &str) -> Option<&'static str> {
    NAMES.get(iso).copied()
}

static NUMBERS: LazyLock<FxHashMap<&'static str, &'static str>> = LazyLock::new(|| {
    table::rows(include_str!("countries.tsv")).filter(|(_, c)| c.len() > 3).map(|(_, c)| (c[1], c[0])).collect()
});

/// The country with a number of Wikidata ("Q34").
pub fn of_wikidata(number: &str) -> Option<&'static str> {
    NUMBERS.get(number).copied()
}

/// The code as it stands in the table, where it is a country's.
pub fn iso(code: &str) -> Option<&'static str> {
    NAMES.keys().find(|iso| **iso == code).copied()
}

/// The countries that a word names, with how; the word in any case.
pub fn find(word: &str) -> &'static [(&'static str, CountryWord)] {
    WORDS.get(&key(word)).map_or(&[], Vec::as_slice)
}

/// The country of an adjective ("Russian"), of a people ("Russians") or of a name ("Russia"), as ISO 3166-1 alpha-2.
pub fn of(word: &str) -> Option<&'static str> {
    find(word).iter().find(|(_, k)| *k != CountryWord::Capital).map(|(iso, _)| *iso)
}

/// The country that a word is the adjective of: "French".
pub fn adjective(word: &str) -> Option<&'static str> {
    find(word).iter().find(|(_, k)| *k == CountryWord::Adjective).map(|(iso, _)| *iso)
}

/// The country whose capital a word names: "Moscow".
pub fn capital(word: &str) -> Option<&'static str> {
    find(word).iter().find(|(_, k)| *k == CountryWord::Capital).map(|(iso, _)| *iso)
}

static SEATS: LazyLock<FxHashMap<String, &'static str>> = LazyLock::new(|| {
    table::rows(include_str!("seats.tsv")).filter(|(_, c)| c.len() == 2).map(|(_, c)| (key(c[0]), c[1])).collect()
});

/// The country for whose government a building or a street stands: "the Kremlin", "Downing Street".
pub fn seat(words: &str) -> Option<&'static str> {
    SEATS.get(&key(words)).copied()
}

/// The number of Wikidata of a country: "Q159" of `RU`.
pub fn wikidata(iso: &str) -> Option<&'static str> {
    NUMBERS.iter().find(|(_, own)| **own == iso).map(|(number, _)| *number)
}

#[cfg(test)]
mod tests {
    #[test]
    fn knows_names_adjectives_and_capitals() {
        assert_eq!(super::of("Russian"), Some("RU"));
        assert_eq!(super::of("U.S."), Some("US"));
        assert_eq!(super::of("the Netherlands"), Some("NL"));
        assert_eq!(super::adjective("French"), Some("FR"));
        assert_eq!(super::capital("Moscow"), Some("RU"));
        assert_eq!((super::seat("the Kremlin"), super::seat("Elysee Palace")), (Some("RU"), Some("FR")));
        assert_eq!(super::wikidata("RU"), Some("Q159"));
        assert_eq!(super::of("Moscow"), None);
    }
}
