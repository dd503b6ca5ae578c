//! What verbs, nouns and adjectives measure: seeds of the table, widened by the is-a tree.

use std::sync::LazyLock;

use rustc_hash::FxHashMap;

use crate::lexicon::noun::{self, NounClass};
use crate::lexicon::{table, wordnet};
use crate::text::*;

/// A row of the table.
#[derive(Debug)]
pub struct Class {
    pub name: &'static str,
}

/// What the counted are, as far as the sense of a verb depends on it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    Person,
    Thing,
    Money,
    Share,
    Area,
    Unknown,
}

/// A verb of the table: its class, the word it needs beside it, what the counted must be.
#[derive(Debug)]
struct Sense {
    class: &'static Class,
    with: Option<&'static str>,
    only: Option<&'static str>,
    undergoes: bool,
}

#[derive(Debug, Default)]
struct Table {
    verbs: FxHashMap<&'static str, Vec<Sense>>,
    nouns: FxHashMap<&'static str, &'static Class>,
    /// Nouns for what spreads over an area, with the class of the area.
    areas: Vec<(&'static str, &'static Class)>,
    states: FxHashMap<&'static str, (&'static Class, Option<&'static str>)>,
    /// First senses of plain seeds, for what lies below them.
    verb_senses: FxHashMap<u32, (&'static Class, bool, Option<&'static str>)>,
}

static TABLE: LazyLock<Table> = LazyLock::new(|| {
    let mut out = Table::default();
    for (line, cells) in table::rows(include_str!("en/measures.tsv")) {
        let &[name, _, undergo, does, nouns, states] = cells.as_slice() else {
            panic!("measures.tsv:{line}: expected 6 cells, found {}", cells.len());
        };
        let class: &'static Class = Box::leak(Box::new(Class { name }));
        let words = |cell| table::list(cell).filter(|w| *w != "-");
        for (cell, undergoes) in [(undergo, true), (does, false)] {
            for entry in words(cell) {
                let (entry, only) = entry.split_once('@').map_or((entry, None), |(e, o)| (e, Some(o)));
                let (verb, with) = entry.split_once(' ').map_or((entry, None), |(v, w)| (v, Some(w)));
                out.verbs.entry(verb).or_default().push(Sense { class, with, only, undergoes });
                if with.is_none()
                    && let Some(&sense) = wordnet::verb_line(verb).first()
                {
                    out.verb_senses.entry(sense).or_insert((class, undergoes, only));
                }
            }
        }
        for noun in words(nouns) {
            match noun.strip_suffix("@area") {
                Some(noun) => out.areas.push((noun, class)),
                None => drop(out.nouns.entry(noun).or_insert(class)),
            }
        }
        for state in words(states) {
            let (state, only) = state.split_once('@').map_or((state, None), |(e, o)| (e, Some(o)));
            out.states.entry(state).or_insert((class, only));
        }
    }
    // What needs another word is asked first.
    for senses in out.verbs.values_mut() {
        senses.sort_by_key(|s| (s.with.is_none(), s.only.is_none()));
    }
    out
});

/// The words of the table of light words.
struct Light {
    verbs: Vec<&'static str>,
    nouns: Vec<&'static str>,
    tolls: Vec<&'static str>,
    changes: Vec<&'static str>,
    levels: Vec<&'static str>,
    reports: Vec<&'static str>,
    gaps: Vec<&'static str>,
    covers: Vec<&'static str>,
    joins: Vec<&'static str>,
}

static LIGHT: LazyLock<Light> = LazyLock::new(|| {
    let row = |kind: &str| {
        let row = table::rows(include_str!("en/light.tsv")).find(|(_, cells)| cells[0] == kind);
        row.map_or_else(Vec::new, |(_, cells)| table::list(cells[1]).collect())
    };
    Light {
        verbs: row("verb"),
        nouns: row("noun"),
        tolls: row("toll"),
        changes: row("change"),
        levels: row("level"),
        reports: row("report"),
        gaps: row("gap"),
        covers: row("cover"),
        joins: row("join"),
    }
});

/// A verb that says nothing of what is measured.
pub fn is_light_verb(lemma: &str) -> bool {
    LIGHT.verbs.contains(&lemma)
}

/// A noun that says nothing of what is measured.
pub fn is_light_noun(lemma: &str) -> bool {
    LIGHT.nouns.contains(&lemma)
}

/// "The toll", "the figure".
pub fn is_toll(lemma: &str) -> bool {
    LIGHT.tolls.contains(&lemma)
}

/// A noun for what is said of some number: "reports of 400 deaths".
pub fn is_report(lemma: &str) -> bool {
    LIGHT.reports.contains(&lemma)
}

/// A noun for how far two numbers are apart: "the difference is six".
pub fn is_gap(lemma: &str) -> bool {
    LIGHT.gaps.contains(&lemma)
}

/// A verb that says of a measure whom it takes in: "the evacuation covers 34 people".
pub fn is_cover(lemma: &str) -> bool {
    LIGHT.covers.contains(&lemma)
}

/// A verb for taking part in what its object or its goal names: "34 people followed the call to strike".
pub fn is_join(lemma: &str) -> bool {
    LIGHT.joins.contains(&lemma)
}

/// A verb that says nothing of what is measured, whose subject the number is of: "the toll stood at 34".
pub fn is_level_verb(lemma: &str) -> bool {
    LIGHT.levels.contains(&lemma)
}

/// A noun made of a verb of change: "reduction", "the rise".
pub fn is_change_noun(lemma: &str) -> bool {
    is_change(lemma) || wordnet::verb_of(lemma).is_some_and(is_change)
}

/// "Rise", "fall", "cut".
pub fn is_change(lemma: &str) -> bool {
    LIGHT.changes.contains(&lemma)
}

/// What a number counts, by its unit and its noun.
pub fn kind_of(quantity: &Quantity, thing: &str) -> Kind {
    let unit = quantity.unit.code.as_str();
    match quantity.kind {
        QuantityKind::Money => return Kind::Money,
        QuantityKind::Percent | QuantityKind::Fraction => return Kind::Share,
        _ => {}
    }
    if crate::lexicon::measure::by_code(unit).is_some_and(|m| m.dimension == "area") {
        return Kind::Area;
    }
    if unit == "person" || is_people(thing) {
        Kind::Person
    } else if thing.is_empty() {
        Kind::Unknown
    } else {
        Kind::Thing
    }
}

/// True for a noun that names people.
pub fn is_people(noun: &str) -> bool {
    let listed = noun::find_compound(noun).map(|n| n.class);
    matches!(listed, Some(NounClass::Person | NounClass::People | NounClass::Office))
        || matches!(noun, "other" | "family" | "life" | "soul" | "troop" | "staff")
        || listed.is_none() && wordnet::is_person(noun)
}

fn fits(only: Option<&str>, kind: Kind, thing: &str) -> bool {
    match only {
        None => true,
        // A share of people is people.
        Some("person") => matches!(kind, Kind::Person | Kind::Unknown) || kind == Kind::Share && is_people(thing),
        Some("thing") => matches!(kind, Kind::Thing | Kind::Unknown),
        Some("money") => kind == Kind::Money,
        Some("share") => kind == Kind::Share,
        Some("area") => kind == Kind::Area,
        // Cottages are houses.
        Some(noun) => {
            thing == noun
                || matches!(wordnet::nouns(thing, noun), wordnet::Kinship::Same | wordnet::Kinship::Narrower(1))
        }
    }
}

/// The verb of the table that a form was read of whose last letter was taken for its ending, or left: "fined" of "fin",
/// "seeped" of "seepe".
fn seed(lemma: &str) -> &str {
    if TABLE.verbs.contains_key(lemma) {
        return lemma;
    }
    let whole = || TABLE.verbs.get_key_value(format!("{lemma}e").as_str()).map(|(verb, _)| *verb);
    let cut = lemma.strip_suffix('e').filter(|cut| TABLE.verbs.contains_key(cut));
    cut.or_else(whole).unwrap_or(lemma)
}

/// What a verb measures of those that it happens to (`undergoes`) or that do it; `beside` are the lemmas that hang on it.
pub fn verb(lemma: &str, undergoes: bool, kind: Kind, thing: &str, beside: &[&str]) -> Option<&'static str> {
    let lemma = seed(lemma);
    if let Some(senses) = TABLE.verbs.get(lemma) {
        let found = senses.iter().find(|s| {
            s.undergoes == undergoes
                && fits(s.only, kind, thing)
                && s.with.is_none_or(|w| w.split(' ').all(|w| beside.contains(&w)))
        });
        if let Some(found) = found {
            return Some(found.class.name);
        }
        // What people do and nobody does to them, "the men drowned", is theirs however their part was read.
        let does = |s: &&Sense| !s.undergoes && s.with.is_none() && fits(s.only, kind, thing);
        if undergoes
            && kind == Kind::Person
            && !senses.iter().any(|s| s.undergoes)
            && let Some(found) = senses.iter().find(does)
        {
            return Some(found.class.name);
        }
        // A seed in another construction measures nothing that is known.
        if senses.iter().any(|s| s.with.is_none() && s.undergoes == undergoes) {
            return None;
        }
    }
    if is_light_verb(lemma) || is_change(lemma) {
        return None;
    }
    // "Was awarded $3 million", as "the award".
    if let Some(class) = TABLE.nouns.get(lemma).filter(|_| undergoes && kind == Kind::Money) {
        return Some(class.name);
    }
    let line = wordnet::verb_line(lemma);
    let found = line.iter().take(4).find_map(|s| TABLE.verb_senses.get(s))?;
    (found.1 == undergoes && fits(found.2, kind, thing)).then_some(found.0.name)
}

/// What a noun is the figure of, or what those whom it names have met with.
pub fn noun(lemma: &str) -> Option<&'static str> {
    if let Some(class) = TABLE.nouns.get(lemma) {
        return Some(class.name);
    }
    if is_light_noun(lemma) || is_people(lemma) || wordnet::is_artifact(lemma) {
        return None;
    }
    // A noun made of a verb tells what the verb tells: "evacuation".
    let verb = wordnet::verb_of(lemma).filter(|v| lemma.len() > v.len())?;
    let mut senses = TABLE.verbs.get(verb)?.iter().filter(|s| s.with.is_none() && s.only.is_none());
    let first = senses.next()?;
    senses.all(|s| s.class.name == first.class.name).then_some(first.class.name)
}

/// What those do who take part in it: "a march", "to protest".
pub fn doing(lemma: &str) -> Option<&'static str> {
    const TAKEN_PART_IN: &[&str] = &["attended", "struck", "voted"];
    let senses = TABLE.verbs.get(lemma).map_or(&[][..], |s| s.as_slice());
    let verb = || senses.iter().find(|s| !s.undergoes && s.with.is_none()).map(|s| s.class.name);
    noun(lemma).filter(|c| TAKEN_PART_IN.contains(c)).or_else(verb).filter(|c| TAKEN_PART_IN.contains(c))
}

/// Something that carries people: "91 were on the plane".
pub fn is_carrier(lemma: &str) -> bool {
    ["vehicle", "conveyance", "craft"].iter().any(|of| lemma == *of || wordnet::is_a(lemma, of))
}

/// What has become of an area over which such a thing spreads: a fire or a kind of fire has burned it.
pub fn area(lemma: &str) -> Option<&'static str> {
    let is_one = |noun: &str| lemma == noun || wordnet::is_a(lemma, noun);
    TABLE.areas.iter().find(|(noun, _)| is_one(noun)).map(|(_, class)| class.name)
}

/// What an adjective or participle says of the state of those counted.
pub fn state(lemma: &str, word: &str, kind: Kind, thing: &str) -> Option<&'static str> {
    let found = TABLE.states.get(word).or_else(|| TABLE.states.get(lemma))?;
    fits(found.1, kind, thing).then_some(found.0.name)
}
