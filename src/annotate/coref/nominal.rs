//! Third sieve: common nouns. "The Russian president" is who holds that office here; "the ministry" the ministry named
//! last; "the group" the armed group; "the country" the country; "the official" the official met before.

use std::rc::Rc;

use super::chain::Store;
use super::name::{body_words, plain};
use crate::lexicon::gazetteer::ThingKind;
use crate::lexicon::noun::{self, NounClass};
use crate::lexicon::{country, gazetteer};
use crate::text::*;

/// How far back a common noun may look, in sentences.
const REACH: usize = 8;

pub fn join(store: &mut Store) {
    let doc = store.doc;
    for m in 0..doc.mentions.len() {
        if store.mention(m).kind != MentionKind::Nominal || store.of[m].is_some() {
            continue;
        }
        let phrase = Phrase::read(store, m);
        if let Some((chain, made_by)) = phrase.definite.then(|| find(store, m, &phrase)).flatten() {
            store.add(m, chain, made_by);
        } else {
            let chain = store.begin(m, kind(store.mention(m)), "coref/new");
            store.chains[chain].country = phrase.country;
        }
    }
}

fn kind(row: &Mention) -> EntityKind {
    match (row.class, row.number) {
        (Some(NameClass::Person), Some(Number::Plural)) => EntityKind::Group,
        (Some(NameClass::Person), _) => EntityKind::Person,
        (Some(NameClass::Organisation), _) => EntityKind::Organisation,
        (Some(NameClass::Place), _) => EntityKind::Place,
        (Some(NameClass::Product), _) => EntityKind::Product,
        _ => EntityKind::Other,
    }
}

/// A noun phrase taken apart.
struct Phrase {
    lemma: String,
    class: Option<NounClass>,
    /// Its modifiers, lower case, without determiner, numbers and countries.
    words: Vec<String>,
    country: Option<&'static str>,
    definite: bool,
    /// True after a possessor: "its teams" are not it.
    possessed: bool,
    /// The chain of its possessor: "**Syria**'s president", "**its** president" is not known yet.
    owner: Option<usize>,
}

impl Phrase {
    fn read(store: &Store, m: usize) -> Phrase {
        let doc = store.doc;
        let row = store.mention(m);
        let lemma = doc.lemma(row.head).to_lowercase();
        let mut phrase = Phrase {
            class: noun::of(doc, row.head).map(|n| n.class),
            lemma,
            words: Vec::new(),
            country: None,
            definite: false,
            possessed: false,
            owner: None,
        };
        let whole = doc.tokens_in(with_complement(doc, row));
        for token in Id::range(whole.clone()) {
            let lower = doc.lower(token);
            if token == row.head {
                continue;
            }
            match doc.relation(token) {
                Relation::Det if doc.head(token) == Some(row.head) => {
                    phrase.definite |= matches!(lower, "the" | "this" | "that" | "these" | "those" | "both");
                    continue;
                }
                Relation::NmodPoss if doc.head(token) == Some(row.head) => {
                    phrase.definite = true;
                    phrase.possessed = true;
                    phrase.owner = store.chain_at(token);
                }
                Relation::Nummod | Relation::Case | Relation::Punct | Relation::Cc => continue,
                _ => {}
            }
            if let Some(iso) = country::of(lower) {
                phrase.country = phrase.country.or(Some(iso));
            } else if matches!(doc.pos(token), Pos::Noun | Pos::Adj | Pos::Propn | Pos::Verb) {
                phrase.words.push(plain(&doc.lemma(token).to_lowercase()).to_owned());
            }
        }
        if let Some(owner) = phrase.owner {
            phrase.country = phrase.country.or(store.chains[owner].country);
        }
        phrase
    }
}

/// The noun phrase with a short complement ("a spokesman for the ministry", "officials at the US Department of the
/// Treasury"): up to eight tokens after the head, without clauses.
pub fn with_complement(doc: &Document, row: &Mention) -> Span {
    let mut end = row.tokens.end.index();
    for child in doc.children(row.head).filter(|&c| c >= row.tokens.end) {
        let case = doc.children(child).find(|&c| doc.relation(c) == Relation::Case);
        let fits = doc.relation(child) == Relation::Nmod
            && case.is_some_and(|c| {
                matches!(doc.lower(c), "of" | "at" | "in" | "from" | "for" | "with" | "to") && c.index() <= end
            });
        if !fits {
            break;
        }
        let subtree = doc.subtree(child);
        if subtree.end.index() > row.tokens.end.index() + 8 {
            break;
        }
        let plain = Id::range(subtree.clone()).all(|t| {
            !matches!(
                doc.relation(t),
                Relation::AclRelcl
                    | Relation::Acl
                    | Relation::Advcl
                    | Relation::Parataxis
                    | Relation::Ccomp
                    | Relation::Appos
            )
        });
        if !plain {
            break;
        }
        end = subtree.end.index();
    }
    doc.span_of(row.tokens.start..Id::new(end))
}

fn find(store: &Store, m: usize, phrase: &Phrase) -> Option<(usize, &'static str)> {
    let row = store.mention(m);
    let plural = row.number == Some(Number::Plural);
    match phrase.class {
        Some(NounClass::Office | NounClass::Person) if !plural => {
            office(store, m, phrase).map(|c| (c, "coref/role")).or_else(|| same_head(store, m, phrase))
        }
        Some(NounClass::Armed | NounClass::Body | NounClass::Place | NounClass::Craft) if phrase.possessed => {
            same_head(store, m, phrase)
        }
        Some(NounClass::Armed) => {
            group(store, m, phrase).map(|c| (c, "coref/group")).or_else(|| same_head(store, m, phrase))
        }
        Some(NounClass::Body) => {
            body(store, m, phrase).map(|c| (c, "coref/body")).or_else(|| same_head(store, m, phrase))
        }
        Some(NounClass::Place) => {
            place(store, m, phrase).map(|c| (c, "coref/place")).or_else(|| same_head(store, m, phrase))
        }
        Some(_) if plural => {
            fighters(store, m, phrase).map(|c| (c, "coref/group")).or_else(|| same_head(store, m, phrase))
        }
        _ => same_head(store, m, phrase),
    }
}

/// The chain of the nearest earlier mention that passes, with its distance in sentences.
fn nearest(store: &Store, m: usize, reach: usize, passes: impl Fn(usize, usize) -> bool) -> Option<usize> {
    let here = store.sentence[m];
    let mut best: Option<(i64, usize)> = None;
    for earlier in (0..m).rev() {
        let Some(chain) = store.of[earlier] else { continue };
        let distance = here.saturating_sub(store.sentence[earlier]);
        if distance > reach {
            break;
        }
        if store.mention(earlier).span.overlaps(store.mention(m).span) || !passes(chain, earlier) {
            continue;
        }
        let score = 10 - 3 * distance as i64 + if store.is_subject(earlier) { 2 } else { 0 };
        if best.is_none_or(|(s, _)| score > s) {
            best = Some((score, chain));
        }
    }
    best.map(|(_, c)| c)
}

/// "the Russian president", "the minister", "Turkey's leader".
fn office(store: &Store, m: usize, phrase: &Phrase) -> Option<usize> {
    let gender = store.mention(m).gender;
    let fits = |chain: usize| {
        let chain = &store.chains[chain];
        if chain.kind != EntityKind::Person || chain.gender.is_some() && gender.is_some() && chain.gender != gender {
            return false;
        }
        chain.roles.iter().any(|role| {
            same_office(&role.head, &phrase.lemma)
                && (phrase.country.is_none() || role.country.or(chain.country).is_none_or(|c| Some(c) == phrase.country))
                && phrase.words.iter().all(|w| role.words.contains(w) || noun::find(w).is_some() || is_epithet(w))
                // "the foreign minister" is no deputy foreign minister; "the minister" may be.
                && (phrase.words.is_empty() || role.words.iter().all(|w| !matches!(w.as_str(), "deputy" | "former" | "vice") || phrase.words.contains(w)))
        })
    };
    // Somebody met before wins; with a country in the phrase the holder of the office may come later or be far away.
    nearest(store, m, REACH * 2, |c, _| fits(c)).or_else(|| {
        phrase.country?;
        let mut all = (0..store.chains.len()).filter(|&c| store.chains[c].named && fits(c));
        let one = all.next()?;
        all.next().is_none().then_some(one)
    })
}

fn is_epithet(word: &str) -> bool {
    matches!(word, "senior" | "top" | "veteran" | "new" | "current" | "incoming" | "outgoing" | "embattled" | "long")
}

fn same_office(a: &str, b: &str) -> bool {
    let class = |w: &str| match w {
        "secretary" | "minister" => 1,
        "president" | "leader" => 2,
        "chancellor" | "premier" => 3,
        "spokesman" | "spokeswoman" | "spokesperson" => 4,
        "ambassador" | "envoy" => 5,
        "chief" | "head" | "boss" | "director" => 6,
        _ => 0,
    };
    let leader =
        |w: &str| matches!(w, "president" | "chancellor" | "premier" | "king" | "emir" | "minister" | "monarch");
    a == b || class(a) != 0 && class(a) == class(b) || b == "leader" && leader(a)
}

/// "the group": the armed group or movement that the article is about.
fn group(store: &Store, m: usize, phrase: &Phrase) -> Option<usize> {
    if phrase.words.iter().any(|w| {
        matches!(
            w.as_str(),
            "rights"
                | "research"
                | "advocacy"
                | "monitoring"
                | "aid"
                | "environmental"
                | "opposition"
                | "rival"
                | "other"
                | "ethnic"
        )
    }) {
        return named_with(store, m, phrase);
    }
    let armed = |c: usize| store.chains[c].known().is_some_and(|t| t.kind == ThingKind::ArmedGroup);
    let generic = matches!(
        phrase.lemma.as_str(),
        "group" | "organisation" | "organization" | "movement" | "network" | "militia" | "faction"
    );
    nearest(store, m, REACH, |c, _| armed(c)).filter(|_| generic).or_else(|| {
        if !generic {
            return None;
        }
        nearest(store, m, 3, |c, e| {
            store.chains[c].kind == EntityKind::Organisation
                && store.chains[c].named
                && store.mention(e).kind == MentionKind::Name
                && !store.chains[c].known().is_some_and(|t| t.kind == ThingKind::Media)
        })
    })
}

/// "the jihadists": the armed group, where the article knows one alone.
fn fighters(store: &Store, m: usize, phrase: &Phrase) -> Option<usize> {
    if !matches!(phrase.lemma.as_str(), "jihadist" | "militant" | "extremist" | "jihadi" | "insurgent")
        || !phrase.words.is_empty()
    {
        return None;
    }
    let mut armed =
        (0..store.chains.len()).filter(|&c| store.chains[c].known().is_some_and(|t| t.kind == ThingKind::ArmedGroup));
    let one = armed.next()?;
    (armed.next().is_none() && store.last_before(one, m).is_some()).then_some(one)
}

/// "the ministry", "the defence ministry", "the council": the body whose name has these words.
fn body(store: &Store, m: usize, phrase: &Phrase) -> Option<usize> {
    if let Some(found) = named_with(store, m, phrase) {
        return Some(found);
    }
    let generic = matches!(
        phrase.lemma.as_str(),
        "company"
            | "firm"
            | "bank"
            | "airline"
            | "carrier"
            | "carmaker"
            | "automaker"
            | "manufacturer"
            | "newspaper"
            | "paper"
            | "broadcaster"
            | "organisation"
            | "organization"
            | "agency"
            | "charity"
            | "watchdog"
            | "think-tank"
            | "retailer"
            | "regulator"
            | "club"
            | "team"
            | "party"
            | "university"
            | "giant"
    );
    if !generic || !phrase.words.is_empty() && phrase.country.is_none() {
        return None;
    }
    nearest(store, m, 2, |c, e| {
        let chain = &store.chains[c];
        chain.kind == EntityKind::Organisation
            && chain.named
            && store.mention(e).kind == MentionKind::Name
            && store.is_subject(e)
            && !chain.known().is_some_and(|t| t.kind == ThingKind::ArmedGroup)
            && (phrase.country.is_none() || chain.country.is_none_or(|x| Some(x) == phrase.country))
    })
}

/// A named body with the noun and its modifiers among the words of its name.
fn named_with(store: &Store, m: usize, phrase: &Phrase) -> Option<usize> {
    let lemma = plain(&phrase.lemma);
    let fits = |c: usize| {
        let chain = &store.chains[c];
        if chain.kind != EntityKind::Organisation || !chain.named {
            return false;
        }
        let known = chain.known().map(|t| gazetteer::key(t.label));
        chain.keys.iter().chain(known.iter()).any(|key| {
            let (words, land) = body_words(key);
            let land = land.or(chain.country);
            words.contains(&lemma)
                && phrase.words.iter().all(|w| words.contains(&w.as_str()))
                && (phrase.country.is_none() || land.is_none_or(|l| Some(l) == phrase.country))
        })
    };
    nearest(store, m, 3 * REACH, |c, _| fits(c))
}

/// "the country", "the city".
fn place(store: &Store, m: usize, phrase: &Phrase) -> Option<usize> {
    let wanted: &[ThingKind] = match phrase.lemma.as_str() {
        "country" | "nation" | "kingdom" | "republic" => &[ThingKind::Country],
        "city" | "town" | "capital" | "village" => &[ThingKind::City],
        "province" | "governorate" | "region" | "state" => &[ThingKind::Admin1],
        "island" | "peninsula" | "territory" => &[ThingKind::Region, ThingKind::Place, ThingKind::Country],
        _ => return None,
    };
    // "the neighbouring country", "the border town" are others.
    if !phrase.words.is_empty()
        && !phrase.words.iter().all(|w| {
            matches!(
                w.as_str(),
                "war" | "tear" | "torn" | "whole" | "entire" | "tiny" | "small" | "poor" | "rich" | "oil"
            )
        })
    {
        return None;
    }
    nearest(store, m, 4, |c, e| {
        let chain = &store.chains[c];
        let kind = chain.known().map(|t| t.kind).or_else(|| {
            let key = chain.keys.first()?;
            gazetteer::SHIPPED.find(key).next().map(|r| r.thing.kind)
        });
        // "the country" is no adjective's country unless that is all there is: names first.
        chain.kind == EntityKind::Place
            && kind.is_some_and(|k| wanted.contains(&k))
            && store.mention(e).class == Some(NameClass::Place)
    })
}

/// "the two officials" after "two officials": the same noun, no modifier that was not there before.
fn same_head(store: &Store, m: usize, phrase: &Phrase) -> Option<(usize, &'static str)> {
    if phrase.owner.is_some() {
        return None;
    }
    let number = store.mention(m).number;
    let reach = if phrase.words.is_empty() && phrase.country.is_none() { REACH } else { 4 * REACH };
    let found = nearest(store, m, reach, |_, earlier| {
        let row = store.mention(earlier);
        if row.kind != MentionKind::Nominal
            || row.number != number
            || store.doc.lemma(row.head).to_lowercase() != phrase.lemma
        {
            return false;
        }
        let known = store.compared.borrow().get(&earlier).cloned();
        let other = known.unwrap_or_else(|| {
            let other = Phrase::read(store, earlier);
            let other = Rc::new((other.words, other.country));
            store.compared.borrow_mut().insert(earlier, Rc::clone(&other));
            other
        });
        let (words, country) = &*other;
        let same_country = phrase.country.is_none() || *country == phrase.country;
        same_country
            && phrase.words.iter().all(|w| words.contains(w))
            && !(phrase.words.is_empty()
                && phrase.country.is_none()
                && number == Some(Number::Plural)
                && !words.is_empty())
    });
    found.map(|c| (c, "coref/same-noun"))
}
