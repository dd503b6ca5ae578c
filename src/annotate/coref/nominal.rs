//! Common noun phrases taken apart: head, modifiers, country, possessor; and which nouns may name one thing.

use super::chain::Store;
use super::name::plain;
use crate::lexicon::country;
use crate::lexicon::gazetteer::ThingKind;
use crate::lexicon::noun::{self, NounClass};
use crate::text::*;

/// A noun for who does a trade, which a firm may be as well as a person: "the lender", "the forecaster".
pub fn is_trade(lemma: &str) -> bool {
    matches!(
        lemma,
        "lender"
            | "forecaster"
            | "pollster"
            | "insurer"
            | "employer"
            | "supplier"
            | "producer"
            | "developer"
            | "operator"
            | "retailer"
            | "publisher"
            | "trader"
            | "provider"
            | "distributor"
            | "exporter"
            | "importer"
            | "contractor"
            | "owner"
            | "landlord"
            | "buyer"
            | "seller"
            | "bidder"
            | "sponsor"
            | "organiser"
            | "organizer"
            | "broker"
            | "maker"
            | "builder"
            | "brewer"
            | "grocer"
            | "processor"
            | "shipper"
            | "refiner"
            | "auditor"
            | "adviser"
    )
}

/// What a noun phrase names.
pub fn kind(row: &Mention) -> EntityKind {
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
#[derive(Clone, Debug)]
pub struct Phrase {
    pub lemma: String,
    pub class: Option<NounClass>,
    /// Its modifiers, lower case, without determiner, numbers and countries.
    pub words: Vec<String>,
    pub country: Option<&'static str>,
    pub definite: bool,
    /// True without any determiner or number: "iodine", "learners".
    pub bare: bool,
    /// True after a possessor: "its teams" are not it.
    pub possessed: bool,
    /// The chain of its possessor: "**Syria**'s president", "**its** president".
    pub owner: Option<usize>,
}

impl Phrase {
    /// Takes a mention apart.
    pub fn read(store: &Store, m: usize) -> Phrase {
        let doc = store.doc;
        let row = store.mention(m);
        let lemma = doc.lemma(row.head).to_lowercase();
        let mut phrase = Phrase {
            class: noun::of(doc, row.head).map(|n| n.class),
            lemma,
            words: Vec::new(),
            country: None,
            definite: false,
            bare: true,
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
                    phrase.bare = false;
                    phrase.definite |= matches!(lower, "the" | "this" | "that" | "these" | "those" | "both");
                    continue;
                }
                Relation::NmodPoss if doc.head(token) == Some(row.head) => {
                    phrase.definite = true;
                    phrase.bare = false;
                    phrase.possessed = true;
                    phrase.owner = store.chain_at(token);
                }
                Relation::Nummod if doc.head(token) == Some(row.head) => {
                    phrase.bare = false;
                    continue;
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
        phrase.definite |= noun::is_aged(doc, row.head) && doc.lower(row.tokens.start) == "the";
        if let Some((head, words)) = initials(&phrase.lemma) {
            phrase.lemma = head.to_owned();
            phrase.words.extend(words.iter().map(|&w| w.to_owned()));
        }
        if let Some(owner) = phrase.owner {
            phrase.country = phrase.country.or(store.chains[owner].country);
        }
        phrase
    }
}

/// The same with what tells which ones are meant: "two people **familiar with the matter**", "a group **representing rural
/// counties**", "the head of the union **representing pilots**"; up to ten tokens after the head and never past a comma. Nothing where it would be the same.
pub fn described(doc: &Document, row: &Mention) -> Option<Span> {
    let plain = doc.tokens_in(with_complement(doc, row)).end;
    let mut end = plain;
    let first = row.tokens.end.index();
    for _ in 0..3 {
        // What hangs on a word of the phrase and stands right behind it.
        let inside = |t: Id<Token>| row.tokens.start <= t && t < end;
        let next = Id::range(end..Id::new((end.index() + 6).min(doc.tokens.len())))
            .filter(|&t| doc.head(t).is_some_and(inside))
            .find(|&t| doc.subtree(t).start == end);
        let Some(next) = next else { break };
        let narrows = match doc.relation(next) {
            Relation::Acl => matches!(doc.xpos(next), Xpos::Vbg | Xpos::Vbn),
            Relation::Amod => true,
            Relation::Nmod => doc.children(next).any(|c| {
                doc.relation(c) == Relation::Case
                    && matches!(doc.lower(c), "of" | "at" | "from" | "for" | "with" | "to" | "near" | "behind")
            }),
            _ => false,
        };
        let subtree = doc.subtree(next);
        // "published on Monday": when, not which.
        let dated = |t: Id<Token>| {
            let next = Id::new(t.index() + 1);
            doc.is_in_time(t) || doc.tokens.at(next).is_some() && doc.is_in_time(next) && doc.pos(t) == Pos::Adp
        };
        if Id::range(subtree.clone()).take(2).any(dated) {
            break;
        }
        let stop = Id::range(subtree.clone())
            .find(|&t| matches!(doc.lower(t), "(" | "," | ";" | ":" | "–" | "—" | "\"" | "“") || dated(t))
            .unwrap_or(subtree.end);
        // What the tree puts under it with a verb of its own is the clause.
        let told = Id::range(end..stop).any(|t| {
            matches!(doc.xpos(t), Xpos::Vbd | Xpos::Vbz | Xpos::Vbp | Xpos::Md) || matches!(doc.lower(t), "as" | "that")
        });
        if told
            || !narrows
            || stop <= end
            || stop.index() > first + 10
            || stop < subtree.end && stop.index() < next.index()
        {
            break;
        }
        end = stop;
    }
    (end > plain).then(|| doc.span_of(row.tokens.start..end))
}

/// The noun phrase with a short complement ("a spokesman for the ministry", "officials at the US Department of the
/// Treasury"): up to eight tokens after the head, without clauses.
pub fn with_complement(doc: &Document, row: &Mention) -> Span {
    let mut end = row.tokens.end.index();
    // "three-quarters **(74%)** of respondents": the same again in brackets.
    let next = |t: usize| doc.tokens.at(Id::new(t)).map_or("", |t| t.lower.as_str());
    if next(end) == "("
        && let Some(close) = (end + 2..end + 5).find(|&t| next(t) == ")").filter(|&t| next(t + 1) == "of")
        && doc.children(row.head).any(|c| c.index() > close && doc.relation(c) == Relation::Nmod)
    {
        end = close + 1;
    }
    for child in doc.children(row.head).filter(|&c| c >= row.tokens.end) {
        let case = doc.children(child).find(|&c| doc.relation(c) == Relation::Case);
        let fits = doc.relation(child) == Relation::Nmod
            && case.is_some_and(|c| {
                // "the chairman in a statement said": how he says it is none of him.
                let medium =
                    doc.lower(c) == "in" && noun::of(doc, child).is_some_and(|n| n.class == NounClass::Document);
                // "a recent report **by the Energy Forum**": whose it is.
                let by =
                    || doc.lower(c) == "by" && noun::of(doc, row.head).is_some_and(|n| n.class == NounClass::Document);
                (matches!(doc.lower(c), "of" | "at" | "in" | "from" | "for" | "with" | "to") || by())
                    && c.index() <= end
                    && !medium
            });
        if !fits {
            // What stands in the brackets.
            if child.index() < end {
                continue;
            }
            break;
        }
        let mut subtree = doc.subtree(child);
        // "a statement from the Farmers' Union (North), which leads the march": up to the bracket or the clause.
        let aside = |t: Id<Token>| matches!(doc.lower(t), "(" | "," | "which" | "who" | "that" | "–" | "—");
        if let Some(stop) = Id::range(subtree.clone()).find(|&t| t > child && aside(t)) {
            subtree.end = stop;
        }
        // "the authors of the research | published in May": up to the participle.
        let participle = |t: Id<Token>| {
            doc.relation(t).is("acl")
                && matches!(doc.xpos(t), Xpos::Vbn | Xpos::Vbg)
                && doc.head(t).is_some_and(|h| h < t)
        };
        if let Some(stop) = Id::range(subtree.clone()).find(|&t| t > child && participle(t)) {
            subtree.end = stop;
        }
        if subtree.end.index() > row.tokens.end.index() + 8 {
            break;
        }
        // "a study in the journal **Nature Climate**": a name right behind its noun.
        let called = |t: Id<Token>| {
            let named = doc.labels.at(t).is_some_and(|l| l.name != NamePart::Outside);
            named && doc.head(t).is_some_and(|h| h < t && Id::range(h..t).all(|x| doc.pos(x) != Pos::Punct))
        };
        let plain = Id::range(subtree.clone()).all(|t| {
            !matches!(
                doc.relation(t),
                Relation::AclRelcl | Relation::Acl | Relation::Advcl | Relation::Parataxis | Relation::Ccomp
            ) && (doc.relation(t) != Relation::Appos || called(t))
        });
        if !plain {
            break;
        }
        end = subtree.end.index();
    }
    doc.span_of(row.tokens.start..Id::new(end))
}

/// A modifier that says nothing of who it is: "the **embattled** minister".
pub fn is_epithet(word: &str) -> bool {
    matches!(word, "senior" | "top" | "veteran" | "new" | "current" | "incoming" | "outgoing" | "embattled" | "long")
}

/// Offices that go by their initials: the noun they stand for and its modifiers.
pub fn initials(word: &str) -> Option<(&'static str, &'static [&'static str])> {
    Some(match word {
        "ceo" => ("executive", &["chief"]),
        "cfo" => ("officer", &["chief", "financial"]),
        "coo" => ("officer", &["chief", "operating"]),
        "cto" => ("officer", &["chief", "technology"]),
        "pm" => ("minister", &["prime"]),
        "vp" => ("president", &["vice"]),
        "md" => ("director", &["managing"]),
        _ => return None,
    })
}

/// Two nouns for one office: "minister" and "secretary", "chief" and "director".
pub fn same_office(a: &str, b: &str) -> bool {
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

/// A noun that may stand for a body whatever its name says: "the company", "the group".
pub fn is_generic_body(lemma: &str) -> bool {
    matches!(
        lemma,
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
            | "group"
            | "movement"
            | "network"
            | "business"
            | "institution"
            | "institute"
            | "centre"
            | "center"
            | "lender"
            | "maker"
            | "brand"
            | "operator"
            | "publisher"
            | "militia"
            | "faction"
            | "union"
            | "body"
    )
}

/// A noun for a body that no firm is.
pub fn is_no_firm(lemma: &str) -> bool {
    matches!(
        lemma,
        "union"
            | "party"
            | "league"
            | "militia"
            | "faction"
            | "movement"
            | "charity"
            | "university"
            | "regulator"
            | "watchdog"
    )
}

/// A noun for a body whose name tells that it is one: a union is called after its members or by its letters, a regulator an
/// office, an authority, or one word.
pub fn is_told_by_name(lemma: &str) -> bool {
    matches!(lemma, "union" | "university" | "regulator" | "watchdog" | "agency")
}

/// A noun that a firm goes by: "the company", "the carrier", "the lender".
pub fn is_firm(lemma: &str) -> bool {
    is_trade(lemma)
        || matches!(
            lemma,
            "company"
                | "firm"
                | "group"
                | "business"
                | "corporation"
                | "conglomerate"
                | "airline"
                | "carrier"
                | "carmaker"
                | "automaker"
                | "manufacturer"
                | "giant"
                | "bank"
                | "label"
                | "studio"
                | "chain"
                | "startup"
                | "start-up"
                | "brand"
                | "enterprise"
                | "utility"
                | "miner"
                | "drugmaker"
                | "chipmaker"
                | "planemaker"
                | "shipbuilder"
        )
}

/// What is known of a thing says that the noun may stand for it: "the group" for an armed group, "the paper" for a medium.
pub fn names_kind(lemma: &str, kind: ThingKind) -> bool {
    match kind {
        ThingKind::ArmedGroup => matches!(
            lemma,
            "group" | "organisation" | "organization" | "movement" | "network" | "militia" | "faction" | "insurgency"
        ),
        ThingKind::Media => {
            matches!(
                lemma,
                "newspaper" | "paper" | "broadcaster" | "agency" | "channel" | "magazine" | "outlet" | "daily"
            )
        }
        ThingKind::Military => matches!(lemma, "army" | "military" | "navy"),
        _ => false,
    }
}

/// The kinds of place that a noun may stand for.
pub fn kind_of_place(lemma: &str) -> Option<&'static [ThingKind]> {
    Some(match lemma {
        "country" | "nation" | "kingdom" | "republic" => &[ThingKind::Country],
        "city" | "town" | "capital" | "village" => &[ThingKind::City],
        "province" | "governorate" | "region" | "state" => &[ThingKind::Admin1],
        "island" | "peninsula" | "territory" => &[ThingKind::Region, ThingKind::Place, ThingKind::Country],
        _ => return None,
    })
}
