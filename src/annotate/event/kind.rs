//! Triggers and their types.

use rustc_hash::{FxHashMap, FxHashSet};
use std::sync::LazyLock;

use crate::lexicon::noun::{self, NounClass};
use crate::lexicon::{speech, table};
use crate::text::clause::{object, subject};
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

/// A word's rows in the table of senses: condition and type.
static SENSES: LazyLock<FxHashMap<&'static str, Vec<(&'static str, &'static str)>>> = LazyLock::new(|| {
    let mut map: FxHashMap<&'static str, Vec<(&'static str, &'static str)>> = FxHashMap::default();
    for (line, cells) in table::rows(include_str!("en/senses.tsv")) {
        let &[lemma, condition, kind] = cells.as_slice() else { panic!("senses.tsv:{line}: expected 3 cells") };
        let known = matches!(kind, "none" | "light") || TYPES.iter().any(|t| t.id == kind);
        assert!(known, "senses.tsv:{line}: unknown type {kind:?}");
        map.entry(lemma).or_default().push((condition, kind));
    }
    map
});

/// Where numbers and the things they count stand.
#[derive(Debug, Default)]
pub struct Counts {
    /// The ends of counted things, with where the longest begins.
    things: FxHashMap<usize, usize>,
    /// The ends of counts.
    ends: FxHashSet<usize>,
}

impl Counts {
    /// Reads the numbers of a document.
    pub fn read(doc: &Document) -> Counts {
        let mut counts = Counts::default();
        for quantity in doc.quantities.iter() {
            if let Some(thing) = quantity.counted {
                let from = counts.things.entry(thing.end()).or_insert(thing.start());
                *from = thing.start().min(*from);
            }
            if quantity.kind == QuantityKind::Count {
                counts.ends.insert(quantity.span.end());
            }
        }
        counts
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
pub fn trigger(doc: &Document, counts: &Counts, token: Id<Token>) -> Option<Trigger> {
    if let Some(found) = victims(doc, counts, token) {
        return Some(found);
    }
    match doc.pos(token) {
        Pos::Verb => verb(doc, token),
        Pos::Noun => event_noun(doc, token),
        Pos::Adj => adjective(doc, token),
        _ => None,
    }
}

/// The dictionary form of a verb as the tables have it. Rules on endings may give one that is no word ("rioted": "riote").
fn known(doc: &Document, token: Id<Token>) -> &str {
    let key =
        |word: &str| VERBS.get_key_value(word).map(|(k, _)| *k).or_else(|| SENSES.get_key_value(word).map(|(k, _)| *k));
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

fn verb(doc: &Document, token: Id<Token>) -> Option<Trigger> {
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
            Some((kind, both)) => match sense(doc, token, &both) {
                Some("none" | "light") => return None,
                Some(id) => type_of(id)?,
                None => kind,
            },
            None => match sense(doc, token, lemma) {
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

/// The type that the table of senses gives, if a row fits.
fn sense(doc: &Document, token: Id<Token>, lemma: &str) -> Option<&'static str> {
    let rows = SENSES.get(lemma)?;
    let object = object(doc, token);
    let object_lemma = object.map(|o| doc.lemma(o));
    rows.iter().find(|(condition, _)| holds(doc, token, object, object_lemma, condition)).map(|(_, kind)| *kind)
}

fn holds(doc: &Document, token: Id<Token>, object: Option<Id<Token>>, lemma: Option<&str>, condition: &str) -> bool {
    if condition == "-" {
        return true;
    }
    if let Some((one, other)) = condition.split_once('+') {
        return holds(doc, token, object, lemma, one) && holds(doc, token, object, lemma, other);
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
        "labour" => labour(doc),
        "campaign" => campaign(doc),
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

/// True for an article that tells of unions and not of war: a word has one sense an article (Gale, Church and Yarowsky 1992).
fn labour(doc: &Document) -> bool {
    let said = |words: &[&str]| doc.tokens.rows().any(|(t, _)| words.contains(&doc.lemma(t)));
    said(&["union", "walkout", "picket", "stoppage", "striker"])
        && !said(&["airstrike", "missile", "drone", "warplane", "militant", "shelling", "rocket"])
}

/// True for an article that tells of an election campaign and not of war, in the same way: who is attacked there is criticised, and what is
/// captured are votes.
fn campaign(doc: &Document) -> bool {
    let said = |words: &[&str]| doc.tokens.rows().any(|(t, _)| words.contains(&doc.lemma(t)));
    said(&["nominee", "candidate", "caucus", "delegate", "primary", "electorate", "running", "voter"])
        && !said(&[
            "airstrike",
            "missile",
            "warplane",
            "militant",
            "shelling",
            "rocket",
            "gunman",
            "troop",
            "soldier",
            "rebel",
            "bomb",
            "knife",
            "shooting",
        ])
}

fn named(doc: &Document, token: Id<Token>, class: NameClass) -> bool {
    super::role::headed(doc, token).any(|(_, m)| m.kind == MentionKind::Name && m.class == Some(class))
}

/// "the **strikes** on the depot", "an air **raid**".
fn event_noun(doc: &Document, token: Id<Token>) -> Option<Trigger> {
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
            match sense(doc, token, &noun_sense) {
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
                && (is_light(doc.lemma(h)) || sense(doc, h, doc.lemma(h)) == Some("light")))
    });
    Some(Trigger { token, span, kind: kind.id, noun: true, light, made_by: "event/noun" })
}

/// "12 **dead**", "200 **injured**", "51 **bodies**": counted victims name the event.
fn victims(doc: &Document, counts: &Counts, token: Id<Token>) -> Option<Trigger> {
    if !matches!(doc.pos(token), Pos::Noun | Pos::Adj) {
        return None;
    }
    let kind = match doc.lower(token) {
        "dead" | "body" | "bodies" | "corpse" | "corpses" => "Kill",
        "wounded" | "injured" => "Injure",
        _ => return None,
    };
    let span = doc.tokens[token].span;
    let counted = counts.things.get(&span.end()).is_some_and(|&from| from <= span.start())
        || span.start().checked_sub(1).is_some_and(|end| counts.ends.contains(&end));
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
