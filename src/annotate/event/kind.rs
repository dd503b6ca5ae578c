//! Triggers and their types.

use rustc_hash::{FxHashMap, FxHashSet};
use std::sync::LazyLock;

use super::sense::{self, Topics};
use crate::lexicon::{speech, table};
use crate::text::*;

/// A word that names an event.
#[derive(Clone, Debug)]
pub struct Trigger {
    pub token: Id<Token>,
    /// The word, with its particle.
    pub span: Span,
    /// Id of the event type.
    pub kind: &'static str,
    /// A verb (or participle) or a noun.
    pub noun: bool,
    /// The verb that carries a noun event: "carried out" of "carried out strikes".
    pub light: Option<Id<Token>>,
    pub made_by: &'static str,
}

/// One row of the table of types.
#[derive(Clone, Debug)]
pub struct Type {
    pub id: &'static str,
    pub emit: bool,
    pub verbs: Vec<&'static str>,
    pub nouns: Vec<&'static str>,
    /// A sentence with the trigger in **stars**; `-`: none.
    pub example: &'static str,
}

/// The types in the order of the table.
pub static TYPES: LazyLock<Vec<Type>> = LazyLock::new(|| {
    table::rows(include_str!("en/types.tsv"))
        .map(|(line, cells)| {
            let &[id, _, _, _, _, _, emit, verbs, nouns, example] = cells.as_slice() else {
                panic!("types.tsv:{line}: expected 10 cells, found {}", cells.len());
            };
            let words = |cell| table::list(cell).filter(|w| *w != "*").collect();
            Type { id, emit: emit == "yes", verbs: words(verbs), nouns: words(nouns), example }
        })
        .collect()
});

/// Lemma (with particle) to type: the first type of the table that lists it.
static VERBS: LazyLock<FxHashMap<&'static str, &'static Type>> = LazyLock::new(|| index(|t| &t.verbs));
static NOUNS: LazyLock<FxHashMap<&'static str, &'static Type>> = LazyLock::new(|| index(|t| &t.nouns));

fn index(words: impl Fn(&'static Type) -> &'static Vec<&'static str>) -> FxHashMap<&'static str, &'static Type> {
    let mut map = FxHashMap::default();
    for kind in TYPES.iter() {
        for word in words(kind) {
            map.entry(*word).or_insert(kind);
        }
    }
    map
}

static LIGHT: LazyLock<FxHashSet<&'static str>> =
    LazyLock::new(|| table::rows(include_str!("en/light.tsv")).map(|(_, c)| c[0]).collect());

/// What is worked out once an article: where numbers and the things they count stand, and what the article tells of.
#[derive(Debug, Default)]
pub struct Facts {
    /// The ends of counted things, with where the longest begins.
    things: FxHashMap<usize, usize>,
    /// The ends of counts.
    ends: FxHashSet<usize>,
    topics: Topics,
}

impl Facts {
    /// Reads the numbers and the words of a document.
    pub fn read(doc: &Document) -> Facts {
        let mut facts = Facts { topics: Topics::read(doc), ..Facts::default() };
        for quantity in doc.quantities.iter() {
            if let Some(thing) = quantity.counted {
                let from = facts.things.entry(thing.end()).or_insert(thing.start());
                *from = thing.start().min(*from);
            }
            if quantity.kind == QuantityKind::Count {
                facts.ends.insert(quantity.span.end());
            }
        }
        facts
    }
}

fn type_of(id: &str) -> Option<&'static Type> {
    TYPES.iter().find(|t| t.id == id)
}

/// True for a noun that names an event of some type.
pub fn is_event_noun(lemma: &str) -> bool {
    NOUNS.get(lemma).is_some_and(|t| t.emit)
}

/// True for a verb that tells how a level moves: "rose", "fell".
pub fn is_level(lemma: &str) -> bool {
    VERBS.get(lemma).is_some_and(|t| t.id == "ChangeLevel")
}

/// True for a verb that can carry a noun event.
pub fn is_light(lemma: &str) -> bool {
    LIGHT.contains(lemma)
}

/// The event that a token names, if it names one.
pub fn trigger(doc: &Document, facts: &Facts, token: Id<Token>) -> Option<Trigger> {
    if let Some(found) = victims(doc, facts, token) {
        return Some(found);
    }
    match doc.pos(token) {
        Pos::Verb => verb(doc, facts, token),
        Pos::Noun => event_noun(doc, facts, token),
        Pos::Adj => adjective(doc, token),
        _ => None,
    }
}

/// The dictionary form of a verb as the tables have it. Rules on endings may give one that is no word ("rioted": "riote").
fn known(doc: &Document, token: Id<Token>) -> &str {
    let key = |word: &str| VERBS.get_key_value(word).map(|(k, _)| *k).or_else(|| sense::known(word));
    let lemma = doc.lemma(token);
    if key(lemma).is_some() {
        return lemma;
    }
    let lower = doc.lower(token);
    let Some(stem) = lower.strip_suffix("ed").or_else(|| lower.strip_suffix("ing")) else { return lemma };
    let mut letters = stem.chars().rev();
    let doubled = letters.next().is_some_and(|last| letters.next() == Some(last));
    let single = stem.len().saturating_sub(usize::from(doubled));
    let forms = [key(stem), key(&format!("{stem}e")), stem.get(..single).and_then(key)];
    forms.into_iter().flatten().next().unwrap_or(lemma)
}

fn verb(doc: &Document, facts: &Facts, token: Id<Token>) -> Option<Trigger> {
    let lemma = known(doc, token);
    // "refining complexes", "increased strength" are no events; "wounded soldiers" are.
    let attribute = matches!(doc.relation(token), Relation::Amod | Relation::Compound)
        && doc.head(token).is_some_and(|h| h > token);
    if required(doc, token) {
        let span = doc.tokens[token].span;
        return Some(Trigger { token, span, kind: "Demand", noun: false, light: None, made_by: "event/must" });
    }
    let mut span = doc.tokens[token].span;
    let mut kind = None;
    for particle in doc.children(token).filter(|&c| {
        doc.relation(c) == Relation::CompoundPrt
            || doc.relation(c) == Relation::Advmod && c.index() == token.index() + 1
    }) {
        let both = format!("{lemma} {}", doc.lower(particle));
        if let Some(found) = VERBS.get(both.as_str()) {
            kind = Some(*found);
            span = span.join(doc.tokens[particle].span);
        }
    }
    if kind.is_none() {
        // "open fire", "gun down", "call for", "swear in": two words of the table next to each other.
        let next = Id::new(token.index() + 1);
        if doc.tokens.at(next).is_some() {
            let both = format!("{lemma} {}", doc.lower(next));
            if let Some(found) = VERBS.get(both.as_str()) {
                kind = Some(*found);
                span = span.join(doc.tokens[next].span);
            }
        }
    }
    // "take over": two words may have senses of their own.
    let kind =
        match kind.map(|k| (k, format!("{lemma} {}", doc.slice(span).split(' ').next_back().unwrap_or_default()))) {
            Some((kind, both)) => match sense::of(doc, &facts.topics, token, &both) {
                Some("none" | "light") => return None,
                Some(id) => type_of(id)?,
                None => kind,
            },
            None => match sense::of(doc, &facts.topics, token, lemma) {
                Some("none" | "light") => return None,
                Some(id) => type_of(id)?,
                None => VERBS.get(lemma)?,
            },
        };
    // "earthquake-hit Nepal", "the worst-hit town": the second half of a word tells no event of its own.
    let half = token.index() > 0 && doc.lower(Id::new(token.index() - 1)) == "-" && doc.xpos(token) != Xpos::Vbg;
    let kept = !half && !attribute
        || doc.xpos(token) == Xpos::Vbn
            && matches!(kind.id, "Kill" | "Injure" | "Destroy" | "Abduct" | "Arrest" | "Smuggle");
    (kind.emit && kept).then_some(Trigger {
        token,
        span,
        kind: kind.id,
        noun: false,
        light: None,
        made_by: "event/verb",
    })
}

/// "Norway said Sudmark **must return** the boat": what somebody says another must do is demanded.
fn required(doc: &Document, token: Id<Token>) -> bool {
    let has = |word: &str| doc.children(token).any(|c| doc.relation(c).is("aux") && doc.lower(c) == word);
    let said = doc.head(token).is_some_and(|h| doc.pos(h) == Pos::Verb && speech::is(doc.lemma(h)));
    said && doc.relation(token) == Relation::Ccomp
        && has("must")
        && !has("have")
        && doc.children(token).any(|c| doc.relation(c).is("nsubj"))
}

/// "the **strikes** on the depot", "an air **raid**".
fn event_noun(doc: &Document, facts: &Facts, token: Id<Token>) -> Option<Trigger> {
    let lemma = doc.lemma(token);
    let mut span = doc.tokens[token].span;
    let mut kind = None;
    if token.index() > 0 {
        let before = Id::new(token.index() - 1);
        let both = format!("{} {lemma}", doc.lower(before));
        if let Some(found) = NOUNS.get(both.as_str()) {
            kind = Some(*found);
            span = span.join(doc.tokens[before].span);
        }
    }
    let kind = match kind {
        Some(kind) => kind,
        None => {
            let noun_sense = format!("~{lemma}");
            match sense::of(doc, &facts.topics, token, &noun_sense) {
                Some("none") => return None,
                Some(id) => type_of(id)?,
                None => NOUNS.get(lemma).copied()?,
            }
        }
    };
    if !kind.emit || matches!(doc.relation(token), Relation::Compound | Relation::Fixed | Relation::Flat) {
        return None;
    }
    // A person or a thing is no event: "investment bank", "defence ministry" have other heads, so only the fixed kinds count.
    if kind.id == "Publish" || kind.id == "Trade" && doc.relation(token) == Relation::Compound {
        return None;
    }
    let light = doc.head(token).filter(|&h| {
        doc.pos(h) == Pos::Verb
            && (matches!(doc.relation(token), Relation::Obj | Relation::NsubjPass)
                && (is_light(doc.lemma(h)) || sense::of(doc, &facts.topics, h, doc.lemma(h)) == Some("light")))
    });
    Some(Trigger { token, span, kind: kind.id, noun: true, light, made_by: "event/noun" })
}

/// "12 **dead**", "200 **injured**", "51 **bodies**": counted victims name the event.
fn victims(doc: &Document, facts: &Facts, token: Id<Token>) -> Option<Trigger> {
    if !matches!(doc.pos(token), Pos::Noun | Pos::Adj) {
        return None;
    }
    let kind = match doc.lower(token) {
        "dead" | "body" | "bodies" | "corpse" | "corpses" => "Kill",
        "wounded" | "injured" => "Injure",
        _ => return None,
    };
    let span = doc.tokens[token].span;
    let counted = facts.things.get(&span.end()).is_some_and(|&from| from <= span.start())
        || span.start().checked_sub(1).is_some_and(|end| facts.ends.contains(&end));
    // "120 bodies" may be bodies of another kind: celestial, governing.
    let plain = !doc
        .children(token)
        .any(|c| matches!(doc.relation(c), Relation::Amod | Relation::Compound) && doc.lower(token).starts_with("bod"));
    (counted && plain).then_some(Trigger { token, span, kind, noun: false, light: None, made_by: "event/victims" })
}

/// "12 **dead**", "three were **wounded**" where it is tagged an adjective.
fn adjective(doc: &Document, token: Id<Token>) -> Option<Trigger> {
    let kind = match doc.lower(token) {
        "dead" => "Kill",
        "wounded" | "injured" => "Injure",
        _ => return None,
    };
    let counted = doc
        .children(token)
        .any(|c| matches!(doc.relation(c), Relation::Nummod | Relation::Nsubj | Relation::NsubjPass))
        || matches!(doc.relation(token), Relation::Xcomp | Relation::Obj);
    // "left 40 people **dead**": behind whom it befell.
    let left = doc
        .head(token)
        .and_then(|n| doc.head(n).filter(|_| n < token))
        .filter(|&v| matches!(doc.relation(token), Relation::Amod | Relation::Acl) && doc.lemma(v) == "leave");
    (counted || left.is_some()).then(|| Trigger {
        token,
        span: doc.tokens[token].span,
        kind,
        noun: false,
        light: left,
        made_by: "event/adjective",
    })
}

/// The fallback: any verb, when a number needs an event to belong to.
pub fn any(doc: &Document, token: Id<Token>) -> Trigger {
    Trigger { token, span: doc.tokens[token].span, kind: "Event", noun: false, light: None, made_by: "event/other" }
}
