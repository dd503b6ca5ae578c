//! Common noun phrases that may speak or take part: "a senior Russian official", "two residents", "the ministry".

use crate::lexicon::noun::{self, Noun, NounClass};
use crate::lexicon::speech;
use crate::text::*;
use rustc_hash::{FxHashMap, FxHashSet};

/// Finds noun phrases headed by a noun for a person, a body of people or a place, and subjects of verbs of speech.
pub fn find(doc: &Document, names: &[Mention]) -> Vec<Mention> {
    let mut taken = vec![false; doc.tokens.len()];
    for name in names {
        for token in Id::range(name.tokens.clone()) {
            taken[token.index()] = true;
        }
        if let Some(title) = name.title {
            // The words of a title are no mention of their own, unless they are the possessor: "**Syria**'s president X".
            for token in Id::range(doc.tokens_in(title)) {
                taken[token.index()] = true;
            }
        }
    }
    let repeated = repeated(doc, &taken);
    let mut found = Vec::new();
    for token in doc.tokens.ids() {
        let person = || {
            (noun::stands_as_noun(doc, token) || noun::is_aged(doc, token))
                && noun::of(doc, token).is_some_and(Noun::is_person)
        };
        if taken[token.index()] || !matches!(doc.pos(token), Pos::Noun | Pos::Propn) && !person() {
            continue;
        }
        if matches!(
            doc.relation(token),
            Relation::Compound | Relation::Flat | Relation::Fixed | Relation::Goeswith | Relation::NmodDesc
        ) {
            continue;
        }
        let known = noun::of(doc, token);
        let names_one = known.is_some_and(|n| names_something(doc, token, n));
        if !names_one && !speaks(doc, token) && !repeated.contains(&token) {
            continue;
        }
        found.push(mention(doc, token, known, &taken));
    }
    found
}

/// Nouns that the article says again, and so may be one thing met twice: "the loan … the loan".
fn repeated(doc: &Document, taken: &[bool]) -> FxHashSet<Id<Token>> {
    let mut places: FxHashMap<&str, Vec<Id<Token>>> = FxHashMap::default();
    for token in doc.tokens.ids() {
        let noun = matches!(doc.pos(token), Pos::Noun)
            && !taken[token.index()]
            && !matches!(
                doc.relation(token),
                Relation::Compound | Relation::Flat | Relation::Fixed | Relation::Goeswith | Relation::NmodDesc
            );
        let lemma = doc.lemma(token);
        if noun && lemma.len() > 2 && lemma.chars().all(char::is_alphabetic) && !is_time(lemma) {
            places.entry(lemma).or_default().push(token);
        }
    }
    places.into_values().filter(|tokens| tokens.len() > 1).flatten().collect()
}

/// Days and hours are expressions of time, not things.
fn is_time(lemma: &str) -> bool {
    calendar::is_unit(lemma)
        || matches!(
            lemma,
            "second"
                | "minute"
                | "hour"
                | "night"
                | "morning"
                | "evening"
                | "afternoon"
                | "today"
                | "tomorrow"
                | "yesterday"
                | "time"
                | "percent"
                | "per"
                | "cent"
                | "lot"
                | "kind"
                | "sort"
                | "way"
                | "thing"
                | "number"
                | "part"
                | "point"
        )
}

/// A singular noun for a body, a post or a place needs a determiner or a modifier: "on board", "in office" name nothing.
fn names_something(doc: &Document, token: Id<Token>, known: Noun) -> bool {
    let next = doc.tokens.at(Id::new(token.index() + 1)).map(|t| t.lower.as_str());
    if matches!(doc.lower(token), "source" | "photo") && next == Some(":") {
        return false;
    }
    if doc.xpos(token) == Xpos::Nns && matches!(doc.lemma(token), "head" | "chair" | "major" | "general" | "principal")
    {
        return false;
    }
    if doc.xpos(token) == Xpos::Nns
        || !matches!(known.class, NounClass::Body | NounClass::Armed | NounClass::Place | NounClass::Document)
    {
        return true;
    }
    doc.children(token).any(|c| {
        c < token
            && matches!(
                doc.relation(c),
                Relation::Det
                    | Relation::NmodPoss
                    | Relation::Amod
                    | Relation::Compound
                    | Relation::Nummod
                    | Relation::NmodDesc
            )
    })
}

/// True for the subject of a verb of speech.
fn speaks(doc: &Document, token: Id<Token>) -> bool {
    doc.relation(token).is("nsubj")
        && doc.relation(token) != Relation::NsubjPass
        && doc.head(token).is_some_and(|h| doc.pos(h) == Pos::Verb && speech::is(doc.lemma(h)))
}

fn mention(doc: &Document, head: Id<Token>, known: Option<Noun>, taken: &[bool]) -> Mention {
    let mut start = head;
    for child in doc.children(head).filter(|&c| c < head) {
        let inside = match doc.relation(child) {
            Relation::Det
            | Relation::DetPredet
            | Relation::Amod
            | Relation::Compound
            | Relation::Nummod
            | Relation::NmodPoss
            | Relation::NmodDesc
            | Relation::NmodUnmarked
            | Relation::Flat => true,
            Relation::Advmod => matches!(doc.pos(child), Pos::Adv | Pos::Adj),
            _ => false,
        };
        if inside {
            start = start.min(doc.subtree(child).start);
        }
    }
    // Nothing but words of the noun phrase itself.
    for at in (start.index()..head.index()).rev() {
        let token = Id::new(at);
        let foreign = matches!(doc.pos(token), Pos::Aux | Pos::Sconj)
            || doc.pos(token) == Pos::Verb
                && doc.relation(token) != Relation::Amod
                && doc.relation(token) != Relation::Compound
            || doc.pos(token) == Pos::Pron
                && doc.relation(token) != Relation::NmodPoss
                && doc.relation(token) != Relation::Det
            || doc.pos(token) == Pos::Punct
                && (matches!(doc.lower(token), "--" | ":" | ";" | "(" | ")" | "\"") || spaced_dash(doc, token));
        if matches!(doc.lower(token), "least" | "most") && at > 0 && doc.lower(Id::new(at - 1)) == "at" {
            start = Id::new(at - 1);
            break;
        }
        // "died, nine, Afghan officials said": a number before a comma counts none of what follows.
        let apart = doc.pos(token) == Pos::Num && doc.lower(Id::new(at + 1)) == ",";
        if foreign || apart || at == start.index() && matches!(doc.pos(token), Pos::Cconj | Pos::Adp | Pos::Punct) {
            start = Id::new(at + if apart { 2 } else { 1 });
            break;
        }
    }
    // "the 22-year-old": the tree hangs the pieces as it likes.
    if noun::is_aged(doc, head) {
        let piece = |t: usize| {
            let word = doc.lower(Id::new(t));
            word == "-"
                || word.starts_with("year")
                || word.chars().all(|c| c.is_ascii_digit())
                || doc.pos(Id::new(t)) == Pos::Det
        };
        while start.index() > 0
            && piece(start.index() - 1)
            && doc.sentence_of(start) == doc.sentence_of(Id::new(start.index() - 1))
        {
            start = Id::new(start.index() - 1);
        }
    }
    let mut end = head;
    if known.is_some_and(|n| matches!(n.class, NounClass::Body | NounClass::Armed)) {
        end = of_complement(doc, head, taken).unwrap_or(head);
    }
    // "21 per cent" is one.
    if doc.lower(head) == "per" && doc.tokens.at(Id::new(head.index() + 1)).is_some_and(|t| t.lower == "cent") {
        end = Id::new(head.index() + 1);
    }
    let tokens = start..Id::new(end.index() + 1);
    let plural = matches!(doc.xpos(head), Xpos::Nns | Xpos::Nnps)
        || known.is_some_and(|n| n.class == NounClass::People || n.class == NounClass::Person && several(doc, head));
    Mention {
        span: doc.span_of(tokens.clone()),
        head,
        tokens,
        kind: MentionKind::Nominal,
        class: known.and_then(|n| match n.class {
            NounClass::Office | NounClass::Person | NounClass::People => Some(NameClass::Person),
            NounClass::Body | NounClass::Armed => Some(NameClass::Organisation),
            NounClass::Place => Some(NameClass::Place),
            NounClass::Craft => Some(NameClass::Product),
            NounClass::Document => None,
        }),
        title: None,
        gender: known.and_then(|n| n.gender),
        number: Some(if plural { Number::Plural } else { Number::Singular }),
        made_by: Rule(match known {
            Some(_) => "mention/noun",
            None if speaks(doc, head) => "mention/speaking-subject",
            None => "mention/repeated-noun",
        }),
    }
}

/// "the accused **were** nabbed": the verb tells that they are several.
fn several(doc: &Document, head: Id<Token>) -> bool {
    let Some(verb) = doc.head(head).filter(|_| doc.relation(head).is("nsubj")) else { return false };
    let finite = |t: Id<Token>| matches!(doc.lower(t), "were" | "are" | "have" | "aren't" | "weren't");
    finite(verb) || doc.children(verb).any(|c| c > head && c < verb && finite(c))
}

/// A dash between words, not a hyphen inside one.
fn spaced_dash(doc: &Document, token: Id<Token>) -> bool {
    let start = doc.tokens[token].span.start();
    matches!(doc.lower(token), "-" | "–" | "—") && doc.text()[..start].ends_with(char::is_whitespace)
}

/// "the ministry **of defence**": the last token of a short *of* phrase right after a noun for a body.
fn of_complement(doc: &Document, head: Id<Token>, taken: &[bool]) -> Option<Id<Token>> {
    let of = Id::new(head.index() + 1);
    if of.index() >= doc.tokens.len() || doc.lower(of) != "of" {
        return None;
    }
    let child = doc
        .children(head)
        .find(|&c| c > of && doc.relation(c) == Relation::Nmod && doc.children(c).any(|k| k == of))?;
    let (from, to) = (of.index() + 1, child.index());
    (to < from + 3
        && !taken[to]
        && (from..to).all(|i| matches!(doc.pos(Id::new(i)), Pos::Noun | Pos::Adj | Pos::Propn)))
    .then_some(child)
}
