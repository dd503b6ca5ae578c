//! The type of a word that has several, by what stands beside it and what the article tells of.

use rustc_hash::FxHashMap;
use std::sync::LazyLock;

use super::kind::TYPES;
use crate::lexicon::noun::{self, NounClass};
use crate::lexicon::{table, wordnet};
use crate::text::clause::{object, subject};
use crate::text::*;

/// A word's rows in the table of senses: condition and type.
static SENSES: LazyLock<FxHashMap<&'static str, Vec<(&'static str, &'static str)>>> = LazyLock::new(|| {
    let mut map: FxHashMap<&'static str, Vec<(&'static str, &'static str)>> = FxHashMap::default();
    for (line, cells) in table::rows(include_str!("en/senses.tsv")) {
        let &[lemmas, condition, kind] = cells.as_slice() else { panic!("senses.tsv:{line}: expected 3 cells") };
        let known = matches!(kind, "none" | "light") || TYPES.iter().any(|t| t.id == kind);
        assert!(known, "senses.tsv:{line}: unknown type {kind:?}");
        for lemma in table::list(lemmas) {
            map.entry(lemma).or_default().push((condition, kind));
        }
    }
    map
});

/// What an article tells of, by its words: a word has one sense an article (Gale, Church and Yarowsky 1992).
#[derive(Debug, Default)]
pub struct Topics {
    /// The topics of which it has a word, and none of those that speak against them.
    told: Vec<&'static str>,
}

/// A word, its topic, and whether it speaks against it.
static TOPICS: LazyLock<FxHashMap<&'static str, Vec<(&'static str, bool)>>> = LazyLock::new(|| {
    let mut map: FxHashMap<&'static str, Vec<(&'static str, bool)>> = FxHashMap::default();
    for (line, cells) in table::rows(include_str!("en/topics.tsv")) {
        let &[topic, side @ ("for" | "against"), words] = cells.as_slice() else {
            panic!("topics.tsv:{line}: expected a topic, for or against, and words")
        };
        for word in table::list(words) {
            map.entry(word).or_default().push((topic, side == "against"));
        }
    }
    map
});

impl Topics {
    /// Reads the words of a document.
    pub fn read(doc: &Document) -> Topics {
        let (mut told, mut against) = (Vec::new(), Vec::new());
        for (token, _) in doc.tokens.rows() {
            for &(topic, refuses) in TOPICS.get(doc.lemma(token)).into_iter().flatten() {
                let side = if refuses { &mut against } else { &mut told };
                if !side.contains(&topic) {
                    side.push(topic);
                }
            }
        }
        told.retain(|topic| !against.contains(topic));
        Topics { told }
    }

    fn has(&self, topic: &str) -> bool {
        self.told.contains(&topic)
    }
}

/// The word as the table of senses has it, if it has it.
pub fn known(word: &str) -> Option<&'static str> {
    SENSES.get_key_value(word).map(|(known, _)| *known)
}

/// The type that the table of senses gives, if a row fits.
pub fn of(doc: &Document, topics: &Topics, token: Id<Token>, lemma: &str) -> Option<&'static str> {
    let rows = SENSES.get(lemma)?;
    let object = object(doc, token);
    let object_lemma = object.map(|o| doc.lemma(o));
    rows.iter().find(|(condition, _)| holds(doc, topics, token, object, object_lemma, condition)).map(|(_, kind)| *kind)
}

fn holds(
    doc: &Document,
    topics: &Topics,
    token: Id<Token>,
    object: Option<Id<Token>>,
    lemma: Option<&str>,
    condition: &str,
) -> bool {
    if condition == "-" {
        return true;
    }
    if let Some((one, other)) = condition.split_once('+') {
        return [one, other].iter().all(|part| holds(doc, topics, token, object, lemma, part));
    }
    if let Some(words) = condition.strip_prefix("obj:") {
        let has = |t: Id<Token>| words.split(',').any(|w| w == doc.lemma(t));
        let beside = |t: Id<Token>| {
            has(t) || doc.children(t).any(|c| matches!(doc.relation(c), Relation::Conj | Relation::Nmod) && has(c))
        };
        // A bare noun to the right counts too where the tree has lost the object.
        return object.is_some_and(beside)
            || object.is_none()
                && doc.children(token).any(|c| {
                    c > token
                        && doc.pos(c) == Pos::Noun
                        && has(c)
                        && !doc.children(c).any(|k| doc.relation(k) == Relation::Case)
                });
    }
    if condition == "subj:place" {
        return subject(doc, token).is_some_and(|s| {
            named(doc, s, NameClass::Place) || noun::of(doc, s).is_some_and(|n| n.class == NounClass::Place)
        });
    }
    // "attacked her **as** a liar", "**for** dodging taxes": a noun or a gerund that they lead, no time.
    if let Some(words) = condition.strip_prefix("obl:") {
        return doc.children(token).any(|c| {
            let led = doc.children(c).find(|&k| matches!(doc.relation(k), Relation::Case | Relation::Mark));
            let noun = doc.relation(c).is("obl") || doc.relation(c) == Relation::Advcl && doc.xpos(c) == Xpos::Vbg;
            c > token && noun && !doc.is_in_time(c) && led.is_some_and(|k| words.split(',').any(|w| w == doc.lower(k)))
        });
    }
    if let Some(words) = condition.strip_prefix("subj:").filter(|w| *w != "person") {
        return subject(doc, token).is_some_and(|s| words.split(',').any(|w| w == doc.lemma(s)));
    }
    if let Some(words) = condition.strip_prefix("prt:") {
        return doc.children(token).any(|c| {
            // "handed **over** medicine", read as an adverb right behind the verb.
            let behind = doc.relation(c) == Relation::Advmod && c.index() == token.index() + 1;
            (behind || doc.relation(c) == Relation::CompoundPrt) && words.split(',').any(|w| w == doc.lower(c))
        });
    }
    if let Some(words) = condition.strip_prefix("mod:") {
        return doc.children(token).any(|c| {
            matches!(doc.relation(c), Relation::Amod | Relation::Compound)
                && words.split(',').any(|w| w == doc.lemma(c))
        });
    }
    let person = |o: Id<Token>| {
        noun::of(doc, o).is_some_and(noun::Noun::is_people)
            || named(doc, o, NameClass::Person)
            || matches!(doc.lower(o), "him" | "her" | "them" | "me" | "us" | "who" | "he" | "she" | "they" | "i" | "we")
    };
    if let Some(words) = condition.strip_prefix("prep:") {
        return doc.children(token).any(|c| {
            (doc.relation(c).is("obl") || doc.relation(c).is("advcl"))
                && doc.children(c).any(|k| {
                    matches!(doc.relation(k), Relation::Case | Relation::Mark)
                        && words.split(',').any(|w| w == doc.lower(k))
                })
        });
    }
    // Of nouns: what "of" or "by" leads behind them, and the preposition before them.
    let behind = |wanted: &'static str| {
        doc.children(token).filter(move |&c| {
            c > token
                && matches!(doc.relation(c), Relation::Nmod | Relation::Obl)
                && doc.children(c).any(|k| doc.relation(k) == Relation::Case && doc.lower(k) == wanted)
        })
    };
    if condition == "of:person" {
        return behind("of").any(person);
    }
    // Whose it is: "the teachers' strike".
    let owner = || doc.children(token).find(|&c| doc.relation(c) == Relation::NmodPoss);
    if condition == "poss:person" {
        return owner().is_some_and(|o| noun::of(doc, o).is_some_and(noun::Noun::is_people));
    }
    if let Some(words) = condition.strip_prefix("poss:") {
        return owner().is_some_and(|o| words.split(',').any(|w| w == doc.lemma(o)));
    }
    if condition == "of:thing" {
        return behind("of").next().is_some();
    }
    if let Some(words) = condition.strip_prefix("of:") {
        return behind("of").any(|c| words.split(',').any(|w| w == doc.lemma(c)));
    }
    if let Some(words) = condition.strip_prefix("for:") {
        return behind("for").any(|c| words.split(',').any(|w| w == doc.lemma(c)));
    }
    if let Some(words) = condition.strip_prefix("by:") {
        return behind("by").any(|c| words.split(',').any(|w| w == doc.lemma(c)));
    }
    if let Some(words) = condition.strip_prefix("case:") {
        let before = token.index().checked_sub(1).map(|t| doc.lower(Id::new(t)));
        return doc.xpos(token) == Xpos::Nn && before.is_some_and(|b| words.split(',').any(|w| w == b));
    }
    let infinitive = || doc.children(token).find(|&c| doc.relation(c) == Relation::Xcomp && doc.pos(c) == Pos::Verb);
    if let Some(words) = condition.strip_prefix("xcomp:") {
        return infinitive().is_some_and(|c| words.split(',').any(|w| w == doc.lemma(c)));
    }
    if let Some(words) = condition.strip_prefix("next:") {
        let next = doc.tokens.at(Id::new(token.index() + 1)).map(|t| t.lower.as_str());
        return next.is_some_and(|n| words.split(',').any(|w| w == n));
    }
    if let Some(topic) = condition.strip_prefix("topic:") {
        return topics.has(topic);
    }
    match condition {
        "xcomp" => infinitive().is_some(),
        "ccomp" => doc.children(token).any(|c| doc.relation(c) == Relation::Ccomp),
        "none" => object.is_none(),
        // "strong **demand** for steel": a singular without an article or an owner is a stuff, not a deed.
        "mass" => {
            doc.xpos(token) == Xpos::Nn
                && !doc.children(token).any(|c| {
                    doc.relation(c) == Relation::NmodPoss
                        || doc.relation(c) == Relation::Det && doc.lower(c) != "the" && doc.lower(c) != "no"
                })
        }
        "org" => object.is_some_and(|o| {
            named(doc, o, NameClass::Organisation)
                || noun::of(doc, o).is_some_and(|n| matches!(n.class, NounClass::Body | NounClass::Armed))
        }),
        "plural" => doc.xpos(token) == Xpos::Nns,
        "abstract" => lemma.is_some_and(wordnet::is_abstract),
        "money" => object.is_some_and(|o| {
            let span = doc.span_of(doc.subtree(o));
            doc.quantities.within(span).any(|q| doc.quantities[q].kind == QuantityKind::Money)
        }),
        "number" => object.is_some_and(|o| {
            let span = doc.span_of(doc.subtree(o));
            doc.quantities.within(span).next().is_some()
        }),
        "person" => object.is_some_and(person),
        "subj:person" => subject(doc, token).is_some_and(person),
        "place" => object.is_some_and(|o| {
            named(doc, o, NameClass::Place) || lemma.and_then(noun::find).is_some_and(|n| n.class == NounClass::Place)
        }),
        other => panic!("senses.tsv: unknown condition {other:?}"),
    }
}

fn named(doc: &Document, token: Id<Token>, class: NameClass) -> bool {
    super::role::headed(doc, token).any(|(_, m)| m.kind == MentionKind::Name && m.class == Some(class))
}
