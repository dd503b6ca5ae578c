//! How a finished statement stands in its sentence: whose verb the cue is, what the content hangs on, where it begins and
//! ends. Words that hang together in the tree are seldom taken wrongly.

use std::ops::Range;

use crate::lexicon::odds::Fact;
use crate::text::*;

/// What the tree and the marks say of a statement.
pub fn facts(doc: &Document, statement: &Statement) -> Vec<Fact> {
    let tokens = |spans: &[Span]| -> Vec<Range<Id<Token>>> { spans.iter().map(|&s| doc.tokens_in(s)).collect() };
    let (source, cue, content) = (tokens(&statement.source), tokens(&statement.cue), tokens(&statement.content));
    let verb = cue.iter().cloned().flat_map(Id::range).find(|&t| matches!(doc.pos(t), Pos::Verb | Pos::Aux));
    let verb = verb.map(|first| main_verb(doc, &cue, first));
    let mut known = vec![
        ("cue word", cue_word(doc, verb, &cue)),
        ("cue tense", verb.map_or("no verb", |v| tense(doc, v))),
        ("source in the tree", source_place(doc, verb, &source)),
        ("content in the tree", content_place(doc, verb, &content)),
    ];
    if let Some(long) = content.iter().max_by_key(|r| r.end.index() - r.start.index()) {
        known.push(("content begins", begins(doc, long, &cue)));
        known.push(("content ends", ends(doc, long, &cue, &source)));
        known.push(("content says", says(doc, long)));
    }
    known
}

/// The verb of the cue that its other verbs hang on: "has said", "declined to comment".
fn main_verb(doc: &Document, cue: &[Range<Id<Token>>], first: Id<Token>) -> Id<Token> {
    let inside = |t: Id<Token>| cue.iter().any(|r| r.contains(&t));
    let mut at = first;
    while let Some(head) = doc.head(at).filter(|&h| inside(h) && matches!(doc.pos(h), Pos::Verb | Pos::Aux)) {
        if head == at {
            break;
        }
        at = head;
    }
    at
}

/// The plainest verbs of saying each for itself, the others by what they are.
fn cue_word(doc: &Document, verb: Option<Id<Token>>, cue: &[Range<Id<Token>>]) -> &'static str {
    let Some(verb) = verb else {
        let according = cue.iter().cloned().flat_map(Id::range).any(|t| doc.lower(t) == "according");
        return if according { "according" } else { "no verb" };
    };
    match doc.lemma(verb) {
        "say" => "say",
        "tell" => "tell",
        "add" => "add",
        "be" | "have" | "do" | "make" | "give" | "take" | "put" => "light",
        "think" | "believe" | "know" | "want" | "hope" | "feel" | "expect" => "think",
        lemma if crate::lexicon::speech::is(lemma) => "other verb of saying",
        _ => "other verb",
    }
}

fn tense(doc: &Document, verb: Id<Token>) -> &'static str {
    match doc.xpos(verb) {
        Xpos::Vbd => "past",
        Xpos::Vbz | Xpos::Vbp => "present",
        Xpos::Vbn => "participle",
        Xpos::Vbg => "gerund",
        Xpos::Vb => "infinitive",
        _ => "other",
    }
}

/// The token of some ranges whose head lies outside of them.
fn head_of(doc: &Document, ranges: &[Range<Id<Token>>]) -> Option<Id<Token>> {
    let inside = |t: Id<Token>| ranges.iter().any(|r| r.contains(&t));
    let mut all = ranges.iter().cloned().flat_map(Id::range).filter(|&t| doc.pos(t) != Pos::Punct);
    all.find(|&t| doc.head(t).is_none_or(|h| !inside(h)))
}

fn source_place(doc: &Document, verb: Option<Id<Token>>, source: &[Range<Id<Token>>]) -> &'static str {
    let Some(head) = head_of(doc, source) else { return "no source" };
    let Some(verb) = verb else { return "no verb" };
    let relation = doc.relation(head);
    if doc.head(head) != Some(verb) {
        return match doc.head(verb) {
            _ if doc.sentence_of(head) != doc.sentence_of(verb) => "another sentence",
            Some(up) if doc.head(head) == Some(up) && relation.is("nsubj") => "subject of the verb above",
            Some(up) if up == head => "what the verb hangs on",
            _ => "elsewhere",
        };
    }
    match relation {
        Relation::Nsubj | Relation::NsubjOuter => "subject",
        Relation::NsubjPass => "subject of the passive",
        Relation::OblAgent => "agent",
        Relation::Obj | Relation::Iobj => "object",
        _ => "another child",
    }
}

fn content_place(doc: &Document, verb: Option<Id<Token>>, content: &[Range<Id<Token>>]) -> &'static str {
    let Some(verb) = verb else { return "no verb" };
    let home = doc.sentence_of(verb);
    let near: Vec<Range<Id<Token>>> =
        content.iter().filter(|r| !r.is_empty() && doc.sentence_of(r.start) == home).cloned().collect();
    let Some(head) = head_of(doc, &near) else { return "another sentence" };
    let inside = |t: Id<Token>| near.iter().any(|r| r.contains(&t));
    match (doc.head(head), doc.relation(head).base()) {
        (Some(up), relation) if up == verb => match relation {
            "ccomp" => "ccomp",
            "parataxis" => "parataxis",
            "xcomp" => "xcomp",
            "obj" => "object",
            "advcl" => "advcl",
            "obl" | "nmod" => "oblique",
            "conj" => "conjunct",
            _ => "another child",
        },
        _ if doc.head(verb).is_some_and(inside) => match doc.relation(verb).base() {
            "parataxis" => "above, parataxis",
            "ccomp" | "acl" => "above, clause",
            "advcl" => "above, adverbial",
            "conj" => "above, conjunct",
            _ => "above",
        },
        (None, _) => "root",
        _ => "elsewhere",
    }
}

fn mark(doc: &Document, token: Id<Token>) -> &'static str {
    match doc.word(token) {
        "," => "comma",
        "\"" | "“" | "”" | "'" | "‘" | "’" | "''" | "``" => "quotation mark",
        "." | "!" | "?" | ":" | ";" | "—" | "–" | "-" | "(" | ")" | "…" => "other mark",
        _ => "",
    }
}

fn begins(doc: &Document, range: &Range<Id<Token>>, cue: &[Range<Id<Token>>]) -> &'static str {
    let first = range.start;
    let sentence = doc.sentence_of(first);
    if doc.sentences[sentence].tokens.start == first {
        return "with the sentence";
    }
    let before = Id::new(first.index() - 1);
    if cue.iter().any(|c| c.contains(&before)) {
        return match doc.pos(first) {
            Pos::Sconj => "behind the cue, with a conjunction",
            Pos::Adp => "behind the cue, with a preposition",
            Pos::Punct => "behind the cue, with a mark",
            _ => "behind the cue",
        };
    }
    match (mark(doc, first), mark(doc, before)) {
        ("quotation mark", _) | (_, "quotation mark") => "with a quotation mark",
        (_, "comma") => "behind a comma",
        (_, "other mark") => "behind another mark",
        _ => match doc.pos(before) {
            Pos::Sconj | Pos::Cconj => "behind a conjunction",
            Pos::Verb | Pos::Aux => "behind a verb",
            Pos::Noun | Pos::Propn | Pos::Pron => "behind a noun",
            _ => "behind another word",
        },
    }
}

fn ends(
    doc: &Document,
    range: &Range<Id<Token>>,
    cue: &[Range<Id<Token>>],
    source: &[Range<Id<Token>>],
) -> &'static str {
    let Some(last) = range.end.index().checked_sub(1).map(Id::<Token>::new) else { return "nowhere" };
    let sentence = doc.sentences[doc.sentence_of(last)].tokens.clone();
    if mark(doc, last) == "quotation mark" {
        return "with a quotation mark";
    }
    if range.end >= sentence.end || Id::range(range.end..sentence.end).all(|t| doc.pos(t) == Pos::Punct) {
        return "with the sentence";
    }
    let next = range.end;
    let beyond = Id::new((next.index() + 1).min(sentence.end.index() - 1));
    let own = |t: Id<Token>| cue.iter().chain(source).any(|r| r.contains(&t));
    if own(next) || doc.pos(next) == Pos::Punct && own(beyond) {
        return "at its speaker";
    }
    match mark(doc, next) {
        "comma" if doc.pos(beyond) == Pos::Cconj => "before a comma and a conjunction",
        "comma" => "before a comma",
        "quotation mark" => "before a quotation mark",
        "other mark" => "before another mark",
        _ if doc.pos(next) == Pos::Cconj => "before a conjunction",
        _ => "before another word",
    }
}

/// Whether a content has a verb with person and tense, and a subject for it.
fn says(doc: &Document, range: &Range<Id<Token>>) -> &'static str {
    let finite = |t: Id<Token>| matches!(doc.xpos(t), Xpos::Vbd | Xpos::Vbz | Xpos::Vbp | Xpos::Md);
    let subject = |t: Id<Token>| doc.relation(t).is("nsubj") || doc.relation(t).is("expl");
    let verbs = Id::range(range.clone()).filter(|&t| finite(t)).take(2).count();
    let subjects = Id::range(range.clone()).filter(|&t| subject(t)).take(2).count();
    match (verbs, subjects) {
        (0, 0) => "nothing finite",
        (0, _) => "a subject without a verb",
        (_, 0) => "a verb without a subject",
        (1, _) => "one clause",
        _ => "several clauses",
    }
}
