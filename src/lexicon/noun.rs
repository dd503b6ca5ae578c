//! Common nouns that name people, bodies of people and places; honorifics; given names and their gender.

use rustc_hash::FxHashMap;
use std::sync::LazyLock;

use super::{table, wordnet};
use crate::text::{Document, Gender, Id, Pos, Relation, Token, closed_set};

closed_set! {
    /// What a common noun names.
    NounClass {
        /// A post that a person holds; may stand before the name: "minister", "colonel".
        Office = "office",
        /// A person: "resident".
        Person = "person",
        /// Several people: "troops".
        People = "people",
        /// An organisation: "ministry".
        Body = "body",
        /// An organisation that may fight: "group".
        Armed = "armed",
        /// A place: "province".
        Place = "place",
        /// A vehicle, which may act for its owner: "Russian warplanes".
        Craft = "craft",
        /// What is written or counted, and so says something: "report", "poll".
        Document = "document",
    }
}

/// What is known of a noun.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Noun {
    /// What it names.
    pub class: NounClass,
    /// The gender of the person, if the word tells it.
    pub gender: Option<Gender>,
}

fn gender(cell: &str, place: &str) -> Option<Gender> {
    match cell {
        "m" => Some(Gender::Male),
        "f" => Some(Gender::Female),
        "-" => None,
        other => panic!("{place}: gender {other:?}"),
    }
}

static NOUNS: LazyLock<FxHashMap<&'static str, Noun>> = LazyLock::new(|| {
    let mut nouns = FxHashMap::default();
    for (line, cells) in table::rows(include_str!("nouns.tsv")) {
        let place = format!("nouns.tsv:{line}");
        let class: NounClass = cells[0].parse().unwrap_or_else(|()| panic!("{place}: class {:?}", cells[0]));
        let gender = gender(cells[1], &place);
        for word in table::list(cells[2]) {
            let noun = nouns.entry(word).or_insert(Noun { class, gender });
            noun.gender = noun.gender.or(gender);
        }
    }
    nouns
});

static HONORIFICS: LazyLock<FxHashMap<&'static str, Option<Gender>>> = LazyLock::new(|| {
    table::rows(include_str!("honorifics.tsv"))
        .map(|(line, cells)| (cells[0], gender(cells[1], &format!("honorifics.tsv:{line}"))))
        .collect()
});

static GIVEN: LazyLock<FxHashMap<&'static str, Gender>> = LazyLock::new(|| {
    let mut names = FxHashMap::default();
    for line in include_str!("given_names.tsv").lines().filter(|l| !l.starts_with('#')) {
        if let Some((name, g)) = line.split_once('\t') {
            names.insert(name, if g == "f" { Gender::Female } else { Gender::Male });
        }
    }
    names
});

impl Noun {
    /// One person: an office or a description.
    pub fn is_person(self) -> bool {
        matches!(self.class, NounClass::Office | NounClass::Person)
    }

    /// A person or several.
    pub fn is_people(self) -> bool {
        self.is_person() || self.class == NounClass::People
    }
}

/// What a noun names, by its lemma in lower case.
pub fn find(lemma: &str) -> Option<Noun> {
    NOUNS.get(lemma).copied()
}

/// What the last part of a compound names, when the whole is not listed: "vice-president", "co-owner".
pub fn find_compound(lemma: &str) -> Option<Noun> {
    find(lemma).or_else(|| lemma.rsplit_once('-').and_then(|(_, last)| find(last)))
}

/// What a token names, by its lemma or its form, whatever its case: "Minister" of "Foreign Minister".
pub fn of(doc: &Document, token: Id<Token>) -> Option<Noun> {
    find_compound(doc.lemma(token))
        .or_else(|| find_compound(doc.lower(token)))
        .or_else(|| {
            let lower = doc.lower(token);
            lower.strip_suffix('s').filter(|_| doc.pos(token) == Pos::Propn).and_then(find_compound)
        })
        .or_else(|| by_wordnet(doc, token))
        .or_else(|| is_aged(doc, token).then_some(Noun { class: NounClass::Person, gender: None }))
}

/// "The 22-year-**old** said": an age that stands for a person.
pub fn is_aged(doc: &Document, token: Id<Token>) -> bool {
    let before = |n: usize| token.index().checked_sub(n).map_or("", |t| doc.lower(Id::new(t)));
    let split = matches!(doc.lower(token), "old" | "olds") && before(1) == "-" && before(2).starts_with("year");
    (split || doc.lower(token).ends_with("-year-old")) && has_a_nouns_place(doc, token)
}

/// A subject, an object, a complement or an apposition.
fn has_a_nouns_place(doc: &Document, token: Id<Token>) -> bool {
    let relation = doc.relation(token);
    relation.is("nsubj")
        || matches!(relation, Relation::Obj | Relation::Iobj | Relation::Obl | Relation::Nmod | Relation::Appos)
}

/// "The chief **executive** said": what is tagged as an adjective, and has an article and the place of a noun.
pub fn stands_as_noun(doc: &Document, token: Id<Token>) -> bool {
    doc.pos(token) == Pos::Adj
        && has_a_nouns_place(doc, token)
        && doc.children(token).any(|c| c < token && matches!(doc.relation(c), Relation::Det | Relation::NmodPoss))
}

/// A common noun that WordNet knows first of all as a person ("botanist", "trumpeter") or an organization ("board").
fn by_wordnet(doc: &Document, token: Id<Token>) -> Option<Noun> {
    let lemma = doc.lemma(token);
    let last = lemma.rsplit_once('-').map_or(lemma, |(_, last)| last);
    if doc.pos(token) != Pos::Noun && !stands_as_noun(doc, token) {
        return None;
    }
    if wordnet::is_person(last) {
        return Some(Noun { class: NounClass::Person, gender: last.ends_with("woman").then_some(Gender::Female) });
    }
    wordnet::is_organization(lemma).then_some(Noun { class: NounClass::Body, gender: None })
}

/// The last word of a firm's name that tells that it is one: "Inc.", "GmbH", "Holdings".
pub fn company_form(word: &str) -> bool {
    matches!(
        word.trim_end_matches('.'),
        "inc"
            | "incorporated"
            | "corp"
            | "corporation"
            | "ltd"
            | "limited"
            | "plc"
            | "llc"
            | "llp"
            | "lp"
            | "co"
            | "company"
            | "ag"
            | "gmbh"
            | "kg"
            | "sa"
            | "s.a"
            | "nv"
            | "n.v"
            | "bv"
            | "b.v"
            | "ab"
            | "asa"
            | "oyj"
            | "spa"
            | "s.p.a"
            | "srl"
            | "pte"
            | "pty"
            | "bhd"
            | "holdings"
            | "holding"
            | "industries"
            | "sons"
            | "bros"
            | "brothers"
            | "partners"
            | "technologies"
            | "pharmaceuticals"
            | "enterprises"
            | "ventures"
            | "motors"
    )
}

/// The gender that an honorific tells; `None` when the word is no honorific.
pub fn honorific(word: &str) -> Option<Option<Gender>> {
    HONORIFICS.get(word).copied()
}

/// The gender of a given name (lower case), where nearly all who bear it are of one gender.
pub fn given_name(name: &str) -> Option<Gender> {
    GIVEN.get(name).copied()
}

/// The singular of a noun, by rule: what a unit is named after.
pub fn singular(word: &str) -> String {
    let irregular = match word {
        "men" => "man",
        "women" => "woman",
        "children" => "child",
        "feet" => "foot",
        "teeth" => "tooth",
        "geese" => "goose",
        "mice" => "mouse",
        "lives" => "life",
        "wives" => "wife",
        "knives" => "knife",
        "wolves" => "wolf",
        "halves" => "half",
        "leaves" => "leaf",
        "shelves" => "shelf",
        "thieves" => "thief",
        "loaves" => "loaf",
        "boxes" => "box",
        "buses" => "bus",
        "people" | "series" | "species" | "news" | "aircraft" | "troops" | "police" | "staff" => word,
        "crises" => "crisis",
        "analyses" => "analysis",
        "bosses" => "boss",
        "movies" => "movie",
        "cookies" => "cookie",
        "calories" => "calorie",
        "bases" => "base",
        "houses" => "house",
        "cases" => "case",
        "horses" => "horse",
        "nurses" => "nurse",
        "purchases" => "purchase",
        "phases" => "phase",
        "licenses" => "license",
        "warehouses" => "warehouse",
        "responses" => "response",
        "causes" => "cause",
        "courses" => "course",
        "noses" => "nose",
        "roses" => "rose",
        "fuses" => "fuse",
        "spouses" => "spouse",
        "suitcases" => "suitcase",
        "releases" => "release",
        "exercises" => "exercise",
        "expenses" => "expense",
        "universes" => "universe",
        "apaches" => "apache",
        "caches" => "cache",
        "headaches" => "headache",
        "heroes" => "hero",
        "potatoes" => "potato",
        "tomatoes" => "tomato",
        "volcanoes" => "volcano",
        "torpedoes" => "torpedo",
        "vetoes" => "veto",
        "echoes" => "echo",
        _ => "",
    };
    if !irregular.is_empty() {
        return irregular.to_owned();
    }
    if let Some(stem) = word.strip_suffix("men").filter(|s| s.len() > 1) {
        return format!("{stem}man");
    }
    if let Some(stem) = word.strip_suffix("ies").filter(|s| s.len() > 1) {
        return format!("{stem}y");
    }
    for (plural, end) in [("sses", "ss"), ("shes", "sh"), ("ches", "ch"), ("xes", "x"), ("zes", "ze"), ("ses", "se")] {
        if let Some(stem) = word.strip_suffix(plural) {
            return format!("{stem}{end}");
        }
    }
    match word.strip_suffix('s') {
        Some(stem)
            if stem.len() > 1
                && !stem.ends_with('s')
                && !stem.ends_with('u')
                && !stem.ends_with('i')
                && !stem.ends_with('\'') =>
        {
            stem.to_owned()
        }
        _ => word.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_have_one_class() {
        assert_eq!(find("minister").map(|n| n.class), Some(NounClass::Office));
        assert_eq!(find("woman").and_then(|n| n.gender), Some(Gender::Female));
        assert_eq!(find_compound("vice-chairman").map(|n| n.class), Some(NounClass::Office));
        assert_eq!(honorific("mr."), Some(Some(Gender::Male)));
        assert_eq!(honorific("table"), None);
        assert_eq!(given_name("vladimir"), Some(Gender::Male));
        assert_eq!(given_name("kim"), None);
    }
}
