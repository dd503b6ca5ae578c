//! Negation, told apart: of the saying ("did not say", "declined to say") and of what is said ("had **not** agreed",
//! "**no** soldier was killed").

use std::ops::Range;

use super::cue::{Class, Cue, Force};
use super::model::Found;
use super::reading::{CLOSES, Reading};
use super::tree;
use crate::text::{Document, Id, Pos, Relation, Saying};

/// A word that negates the verb it stands beside.
pub fn negates(word: &str) -> bool {
    matches!(word, "not" | "n't" | "n’t" | "never" | "neither" | "nor" | "cannot" | "nowhere")
}

/// A noun phrase of nobody and nothing: "no soldier", "nobody", "none of them", "neither side".
fn is_none(doc: &Document, reading: &Reading, head: usize) -> bool {
    let word = |t: usize| doc.lower(Id::new(t));
    matches!(word(head), "nobody" | "none" | "nothing" | "noone" | "neither" | "no-one")
        || tree::children(doc, reading, head, &[Relation::Det, Relation::CcPreconj, Relation::Advmod])
            .any(|t| t < head && matches!(word(t), "no" | "neither" | "not"))
}

/// Whether the main clause of what is said is negated, as worded.
pub fn of_content(doc: &Document, reading: &Reading, content: &[Range<usize>]) -> bool {
    let Some(clause) = main_clause(doc, reading, content) else { return false };
    let word = |t: usize| doc.lower(Id::new(t));
    let Some(opening) = clause.clone().find(|&t| reading.shape[t] != 1) else { return false };
    // "No, not the church", "not to lick the knife", "never to return".
    if matches!(word(opening), "not" | "never" | "neither" | "nor" | "nobody" | "nothing" | "none") {
        return true;
    }
    if word(opening) == "no" {
        // "No. 4" and "no sooner" are no negation; "no longer" is.
        let next = if opening + 1 < clause.end { word(opening + 1) } else { "" };
        return !matches!(next, "." | "sooner" | "doubt") || opening + 1 >= clause.end;
    }
    if reading.relation[opening] == 0 {
        return (opening..clause.end.min(opening + 8)).any(|t| negates(word(t)));
    }
    let mut head = tree::head_of(reading, clause.clone());
    for _ in 0..3 {
        if is_negated_at(doc, reading, head, &clause) {
            return true;
        }
        // "It is true that no …": the clause that an empty subject stands for; "is going to", "is said to".
        let below = tree::children(doc, reading, head, &[Relation::Csubj, Relation::CsubjPass])
            .find(|&t| t > head && clause.contains(&t));
        match below {
            Some(below) => head = below,
            None => return false,
        }
    }
    false
}

fn is_negated_at(doc: &Document, reading: &Reading, head: usize, clause: &Range<usize>) -> bool {
    let word = |t: usize| doc.lower(Id::new(t));
    let adverbs = [Relation::Advmod, Relation::Aux, Relation::Det, Relation::CcPreconj];
    let mut by_word = tree::children(doc, reading, head, &adverbs).filter(|t| clause.contains(t));
    if by_word.any(|t| {
        let longer = word(t) == "longer" && t > 0 && word(t - 1) == "no";
        let only = word(t) == "not" && t + 1 < clause.end && matches!(word(t + 1), "only" | "just");
        // "He is no thief": the noun of a copula.
        let det = word(t) == "no" && tree::relation(reading, t) == Some(Relation::Det);
        !only && (negates(word(t)) || longer || det)
    }) {
        return true;
    }
    if matches!(word(head), "nobody" | "nothing" | "none") {
        return true;
    }
    let parts = [Relation::Nsubj, Relation::NsubjPass, Relation::Obj];
    tree::children(doc, reading, head, &parts).any(|t| clause.contains(&t) && is_none(doc, reading, t))
}

/// The first sentence of the content that has a verb, as tokens: a quotation of several sentences is read by its first.
pub fn main_clause(doc: &Document, reading: &Reading, content: &[Range<usize>]) -> Option<Range<usize>> {
    let verb = |r: &&Range<usize>| (*r).clone().any(|t| matches!(doc.pos(Id::new(t)), Pos::Verb | Pos::Aux));
    let piece = content.iter().find(verb).or_else(|| content.iter().max_by_key(|c| c.len()))?;
    let mut begin = piece.clone().find(|&t| reading.shape[t] != 1 && reading.quote[t] != CLOSES)?;
    // "the public that there was no threat": past the hearer.
    // "The myths that it is not so have been refuted": the subject of the clause hears nothing.
    let subject = |that: usize| {
        let leads = |t: usize| tree::relation(reading, t).is_some_and(|r| r.is("nsubj"));
        (begin..that).any(|t| leads(t) && reading.up(t).is_some_and(|v| v > that))
    };
    let led = (begin..piece.end.min(begin + 7))
        .find(|&t| doc.lower(Id::new(t)) == "that" && tree::relation(reading, t) == Some(Relation::Mark))
        .filter(|&that| !subject(that));
    if let Some(that) = led
        && that + 1 < piece.end
        && !(begin..that).any(|t| matches!(doc.pos(Id::new(t)), Pos::Verb | Pos::Aux))
    {
        begin = that + 1;
    }
    let end = (begin..piece.end).find(|&t| reading.sentence[t] != reading.sentence[begin]).unwrap_or(piece.end);
    Some(begin..end)
}

/// What became of the saying, and whether it was withheld. `negated`: the cue or its subject is negated.
pub fn of_saying(
    doc: &Document,
    reading: &Reading,
    found: &Found,
    main: usize,
    row: Option<&Cue>,
    negated: bool,
) -> (Saying, bool) {
    let word = |t: usize| doc.lower(Id::new(t));
    if found.cue.is_empty() {
        return (Saying::Said, false);
    }
    let behind = found.content.iter().find(|c| c.start >= found.cue.end).cloned().unwrap_or(0..0);
    // The infinitive that follows "declined": in the cue or at the head of the content.
    let opening = behind.start..behind.end.min(behind.start + 4);
    let words: Vec<&str> = found.cue.clone().chain(opening.clone()).map(word).collect();
    let cue: Vec<&str> = found.cue.clone().map(word).collect();
    let has = |list: &[&str]| words.iter().any(|w| list.contains(w));
    let in_cue = |list: &[&str]| cue.iter().any(|w| list.contains(w));
    let comment = has(&["comment", "comments"]);
    // "could not be reached for comment", "was not available for comment", "unavailable".
    let reach = in_cue(&["reached", "contacted"]) && negated && in_cue(&["could", "can"])
        || in_cue(&["unavailable", "unreachable"])
        || in_cue(&["available"]) && negated && comment;
    if reach {
        return (Saying::Unreachable, true);
    }
    let yet = cue.windows(2).any(|w| w == ["yet", "to"]);
    let answers = ["respond", "responded", "reply", "replied", "answer", "answered", "return", "returned"];
    if (negated || yet) && in_cue(&answers)
        || yet && in_cue(&["comment"])
        || in_cue(&["no"]) && has(&["response", "reply"])
    {
        return (Saying::NoResponse, true);
    }
    let declines = in_cue(&["decline", "declines", "declined", "declining"]);
    let refuses = in_cue(&["refuse", "refuses", "refused", "refusing"]);
    if declines || refuses && (comment || opening.clone().chain(found.cue.clone()).any(|t| discloses(doc, reading, t)))
    {
        return (Saying::Declined, true);
    }
    if comment && (negated || in_cue(&["no"])) {
        return (Saying::Declined, true);
    }
    let verifies =
        ["confirm", "confirmed", "verify", "verified", "corroborate", "corroborated", "authenticate", "authenticated"];
    if negated && in_cue(&verifies) {
        let refused = in_cue(&["would", "wo", "will"]);
        return (if refused { Saying::Declined } else { Saying::Unverified }, true);
    }
    let speech = row.is_some_and(|r| r.force == Force::Speech && r.class == Class::Verb && !r.takes.contains(&"to"))
        || row.is_none() && negated
        || discloses(doc, reading, main);
    if negated && speech {
        let refused = in_cue(&["would", "wo", "will", "authorized", "authorised", "allowed"]);
        return (if refused { Saying::Declined } else { Saying::Said }, true);
    }
    (Saying::Said, false)
}

/// A verb of telling: what is refused with it is words ("refused to say"), not a deed ("refused to leave").
fn discloses(doc: &Document, reading: &Reading, token: usize) -> bool {
    let id = Id::new(token);
    if !matches!(doc.pos(id), Pos::Verb | Pos::Noun) {
        return false;
    }
    matches!(
        doc.lemma(id),
        "answer"
            | "elaborate"
            | "specify"
            | "disclose"
            | "reveal"
            | "identify"
            | "comment"
            | "explain"
            | "drawn"
            | "draw"
    ) || reading.band[token] == 1
        && super::cue::cues().of(doc, id).is_some_and(|r| r.takes.contains(&"quote") && r.commitment.is_plain())
}
