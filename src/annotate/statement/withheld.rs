//! Words that did not come: "declined to comment", "did not respond to calls", "could not be reached", "would not give a
//! date". Said in nearly every article, in few forms, and worth keeping where no cue was seen.

use std::ops::Range;

use super::model::Found;
use super::negation;
use super::quoted::Draft;
use super::reading::{Reading, child_bit};
use super::tree;
use crate::text::{Document, Id, Pos, Relation};

/// Verbs that answer.
fn answers(lemma: &str) -> bool {
    matches!(lemma, "respond" | "reply" | "answer" | "return")
}

/// Verbs of telling that are withheld.
fn tells(lemma: &str) -> bool {
    matches!(
        lemma,
        "comment"
            | "say"
            | "elaborate"
            | "specify"
            | "disclose"
            | "reveal"
            | "identify"
            | "explain"
            | "discuss"
            | "name"
            | "mention"
            | "confirm"
            | "speculate"
            | "clarify"
    )
}

/// What "did not give" must be of: words, not things.
fn is_told(lemma: &str) -> bool {
    matches!(
        lemma,
        "detail"
            | "date"
            | "figure"
            | "reason"
            | "name"
            | "number"
            | "explanation"
            | "information"
            | "comment"
            | "response"
            | "answer"
            | "estimate"
            | "timeline"
            | "breakdown"
            | "evidence"
            | "statement"
            | "timetable"
            | "specifics"
            | "example"
    )
}

/// Finds them in one paragraph.
pub fn find(doc: &Document, reading: &Reading, number: usize, drafts: &mut Vec<Draft>) {
    let mut found = Vec::new();
    for verb in reading.paragraphs[number].tokens.clone() {
        let id = Id::new(verb);
        if reading.relation[verb] == 0 || !matches!(doc.pos(id), Pos::Verb | Pos::Adj) {
            continue;
        }
        let taken = |d: &Draft| d.paragraph == number && d.found.cue.contains(&verb);
        if drafts.iter().any(taken) {
            continue;
        }
        let Some(made) = one(doc, reading, verb) else { continue };
        // What another statement cuts across is another sentence than it seems.
        let content = &made.content[0];
        let crosses = |r: &Range<usize>| {
            r.start < content.end && content.start < r.end && !(r.start <= made.cue.start && content.end <= r.end)
        };
        if drafts.iter().any(|d| d.paragraph == number && d.found.content.iter().any(crosses)) {
            continue;
        }
        found.push(Draft { found: made, paragraph: number, made_by: "statement/withheld", carries: None });
    }
    drafts.extend(found);
}

fn one(doc: &Document, reading: &Reading, verb: usize) -> Option<Found> {
    let word = |t: usize| doc.lower(Id::new(t));
    let lemma = doc.lemma(Id::new(verb));
    let child = |relations: &'static [Relation]| tree::children(doc, reading, verb, relations).collect::<Vec<_>>();
    let not = child(&[Relation::Advmod]).into_iter().find(|&t| t < verb && negation::negates(word(t)));
    let aux: Vec<usize> =
        child(&[Relation::Aux, Relation::AuxPass, Relation::Cop]).into_iter().filter(|&t| t < verb).collect();
    let could = aux.iter().any(|&t| matches!(word(t), "could" | "can"));
    let passive = reading.children[verb] & child_bit(Relation::AuxPass) != 0;
    let behind = |relations: &'static [Relation]| {
        tree::children(doc, reading, verb, relations).find(|&t| t > verb).map(|t| tree::subtree(doc, reading, t))
    };
    // "Police do not release estimates" tells a habit; "did not release" a refusal.
    if aux.iter().any(|&t| matches!(word(t), "do" | "does")) && not.is_some() && !tells(lemma) {
        return None;
    }
    // "has yet to comment": the verb hangs on "yet" or "has".
    let yet = verb >= 2 && word(verb - 1) == "to" && word(verb - 2) == "yet";
    let mut content = None;
    let mut fits = false;
    if (lemma == "reach" || lemma == "contact") && passive && could && not.is_some() {
        fits = true;
        content = behind(&[Relation::Obl, Relation::Advcl]).filter(|r| word(r.start) == "for");
    } else if matches!(lemma, "available" | "unavailable") {
        content =
            behind(&[Relation::Obl]).filter(|r| word(r.start) == "for" && r.clone().any(|t| word(t) == "comment"));
        fits = content.is_some() && (not.is_some() || lemma == "unavailable");
    } else if matches!(lemma, "decline" | "refuse") && !passive {
        content = behind(&[Relation::Xcomp]).filter(|r| word(r.start) == "to");
        let tells_what = content.as_ref().is_some_and(|r| {
            r.clone()
                .take(3)
                .any(|t| tells(doc.lemma(Id::new(t))) || answers(doc.lemma(Id::new(t))) || word(t) == "drawn")
        });
        fits = content.is_some() && (lemma == "decline" || tells_what);
    } else if answers(lemma) && (not.is_some() || yet) {
        content = behind(&[Relation::Obl, Relation::Obj]);
        let calls = |r: &Range<usize>| {
            r.clone().any(|t| {
                matches!(
                    doc.lemma(Id::new(t)),
                    "call"
                        | "email"
                        | "e-mail"
                        | "message"
                        | "request"
                        | "question"
                        | "query"
                        | "inquiry"
                        | "enquiry"
                        | "comment"
                        | "letter"
                        | "text"
                        | "phone"
                )
            })
        };
        fits = content.as_ref().is_some_and(calls) || lemma == "respond" && content.is_none();
    } else if tells(lemma) && (not.is_some() || yet) && !passive {
        content = behind(&[Relation::Ccomp, Relation::Obj, Relation::Obl, Relation::Xcomp, Relation::Advcl]);
        fits = content.is_some() || matches!(lemma, "comment" | "elaborate");
    } else if matches!(lemma, "give" | "provide" | "offer" | "release") && not.is_some() && !passive {
        let object = tree::children(doc, reading, verb, &[Relation::Obj]).find(|&t| t > verb)?;
        fits = is_told(doc.lemma(Id::new(object)));
        content = Some(tree::subtree(doc, reading, object));
    }
    // "to say nothing of it", "not to comment": nobody did or did not.
    let infinitive = !yet && tree::children(doc, reading, verb, &[Relation::Mark]).any(|t| t < verb && word(t) == "to");
    if !fits || infinitive {
        return None;
    }
    let subject = subject(doc, reading, verb)?;
    let source = trimmed(reading, tree::subtree(doc, reading, subject));
    let mut start = aux.iter().copied().chain(not).filter(|&t| t >= source.end).min().unwrap_or(verb);
    if yet {
        start = verb - 2;
        if start > source.end && matches!(word(start - 1), "has" | "have" | "had") {
            start -= 1;
        }
    }
    // Without anything behind it, the verb itself is what did not come.
    let (cue, content) = match content.map(|c| trimmed(reading, c.start.max(verb + 1)..c.end)).filter(|c| !c.is_empty())
    {
        Some(content) => (start..verb + 1, content),
        None if start < verb => (start..verb, verb..verb + 1),
        None => return None,
    };
    (source.end <= cue.start && !source.is_empty()).then_some(Found {
        cue,
        source: Some(source),
        content: vec![content],
    })
}

/// The subject of a verb, of what it is joined to, or of what it hangs on ("has yet to comment").
fn subject(doc: &Document, reading: &Reading, verb: usize) -> Option<usize> {
    let mut at = verb;
    for _ in 0..3 {
        let own = tree::children(doc, reading, at, &[Relation::Nsubj, Relation::NsubjPass]).find(|&t| t < verb);
        if let Some(own) = own {
            let empty = matches!(doc.lower(Id::new(own)), "that" | "which" | "who" | "this" | "what" | "there" | "you");
            return (!empty).then_some(own);
        }
        at = match tree::relation(reading, at)? {
            Relation::Conj | Relation::Xcomp => reading.up(at)?,
            _ => return None,
        };
    }
    None
}

fn trimmed(reading: &Reading, mut range: Range<usize>) -> Range<usize> {
    while range.end > range.start && reading.shape[range.end - 1] == 1 && reading.quote[range.end - 1] == 0 {
        range.end -= 1;
    }
    while range.start < range.end && reading.shape[range.start] == 1 && reading.quote[range.start] == 0 {
        range.start += 1;
    }
    range
}
