//! Sources: whole names, the speaker in place of a clause about the speaker, and who was quoted by whom.

use std::ops::Range;

use super::cue::{Class, cues};
use super::figure;
use super::model::Found;
use super::quoted::Draft;
use super::reading::Reading;
use super::tree;
use crate::text::{Document, Id, Pos, Relation, Xpos};

/// "as **saying**", "cited the mayor's office as **putting** the crowd at 20,000": a participle with which something is said or
/// a figure given.
pub fn tells(doc: &Document, at: usize) -> bool {
    let token = Id::new(at);
    let says = || cues().of(doc, token).is_some_and(|r| r.class == Class::Verb);
    doc.xpos(token) == Xpos::Vbg && (says() || figure::gives(doc.lemma(token)))
}

/// "The Herald quoted Dana Pike as saying the bridge was safe", "Pike was quoted as saying by local media that it was safe",
/// "Pike was quoted as saying that it was safe": whoever is quoted says it, and the medium, where one is named, that he does.
pub fn quoted_as(doc: &Document, reading: &Reading, number: usize, drafts: &mut Vec<Draft>) {
    let word = |t: usize| doc.lower(Id::new(t));
    let tokens = reading.paragraphs[number].tokens.clone();
    for at in tokens.clone().filter(|&t| matches!(word(t), "quoted" | "quotes" | "quoting" | "cited")) {
        let Range { start: first, end: mut last } = tree::sentence(doc, reading, at);
        while last > at && reading.shape[last - 1] == 1 && reading.quote[last - 1] == 0 {
            last -= 1;
        }
        let be = (first..at).rev().take(3).find(|&t| doc.lemma(Id::new(t)) == "be");
        let says = |t: usize| {
            matches!(word(t), "saying" | "telling" | "writing")
                || tells(doc, t)
                || be.is_some() && doc.xpos(Id::new(t)) == Xpos::Vbg && reading.band[t] != 0
        };
        let Some(says) = (at + 1..last.saturating_sub(2).min(at + 16)).find(|&t| word(t) == "as" && says(t + 1)) else {
            continue;
        };
        let noun = |r: &std::ops::Range<usize>| {
            !r.is_empty()
                && r.len() <= 14
                && !r.clone().any(|t| doc.pos(Id::new(t)) == Pos::Sconj && word(t) != "as" || word(t) == ";")
        };
        // "by local media" stands before "as saying" or behind it.
        let by = |from: usize, to: usize| {
            let by = (from..to).find(|&t| word(t) == "by")?;
            let end = (by + 1..to)
                .find(|&t| matches!(word(t), "that" | "," | "as" | "on" | "in") || reading.quote[t] != 0)
                .unwrap_or(to);
            (end > by + 1).then_some(by + 1..end)
        };
        let (person, medium, start) = match be {
            Some(be) => {
                let subject = tree::children(doc, reading, at, &[Relation::NsubjPass]).find(|&t| t < be);
                let person = match subject {
                    Some(subject) => tree::subtree(doc, reading, subject),
                    None => continue,
                };
                let person = trimmed(reading, person.start..person.end.min(be));
                let before = by(at + 1, says);
                let behind = (word(says + 2) == "by").then(|| by(says + 2, last.min(says + 10))).flatten();
                let start = behind.as_ref().map_or(says + 2, |b| b.end);
                (person, before.or(behind), start)
            }
            None => {
                let subject = tree::children(doc, reading, at, &[Relation::Nsubj]).find(|&t| t < at);
                let medium = subject.map(|s| {
                    let range = tree::subtree(doc, reading, s);
                    trimmed(reading, range.start..range.end.min(at))
                });
                if medium.is_none() {
                    continue;
                }
                (at + 1..says, medium, says + 2)
            }
        };
        let start = start + usize::from(matches!(word(start), "that" | ":" | ","));
        let content = start..last;
        let clause = content.len() >= 2
            && content.clone().any(|t| {
                let figure = figure::gives(doc.lemma(Id::new(says + 1))) && doc.pos(Id::new(t)) == Pos::Num;
                matches!(doc.pos(Id::new(t)), Pos::Verb | Pos::Aux) || reading.quote[t] != 0 || figure
            });
        if !noun(&person) || !clause || person.end > says {
            continue;
        }
        drafts.retain(|d| {
            let touches = |t: usize| d.found.cue.contains(&t);
            d.paragraph != number || !(touches(at) || touches(says) || touches(says + 1))
        });
        if let Some(medium) = medium.filter(noun) {
            let mut whole = vec![person.clone(), says..last];
            super::quoted::merge(reading, &mut whole);
            let found =
                Found { cue: be.unwrap_or(at).max(at.saturating_sub(1))..at + 1, source: Some(medium), content: whole };
            drafts.push(Draft { found, paragraph: number, made_by: "statement/through", carries: None });
        }
        let found = Found { cue: says..says + 2, source: Some(person), content: vec![content] };
        drafts.push(Draft { found, paragraph: number, made_by: "statement/quoted-as", carries: None });
    }
}

/// "An aide, who asked not to be named because she was not cleared to talk, said …": what is asked for there is no
/// content, and the verb behind the clause is the cue.
pub fn unnamed(doc: &Document, reading: &Reading, number: usize, drafts: &mut Vec<Draft>) {
    let word = |t: usize| doc.lower(Id::new(t));
    let tokens = reading.paragraphs[number].tokens.clone();
    for who in tokens.clone().filter(|&t| word(t) == "who" && t > tokens.start) {
        let home = reading.sentence[who];
        let here = |t: &usize| *t < tokens.end && reading.sentence[*t] == home;
        let hidden = (who + 1..who + 14)
            .take_while(here)
            .find(|&t| matches!(word(t), "named" | "identified" | "anonymous" | "anonymity" | "name" | "quoted"));
        let asks = (who + 1..who + 5).take_while(here).any(|t| {
            matches!(
                word(t),
                "asked"
                    | "declined"
                    | "refused"
                    | "wanted"
                    | "want"
                    | "wished"
                    | "wish"
                    | "requested"
                    | "insisted"
                    | "spoke"
                    | "spoken"
                    | "speaking"
            )
        });
        let Some(hidden) = hidden.filter(|_| asks) else { continue };
        // The parser often fails here, so the tag may be that of a participle.
        let said = (hidden + 1..hidden + 30).take_while(here).find(|&t| {
            let led =
                matches!(word(t - 1), "to" | "be" | "been" | "was" | "were" | "is" | "are" | "has" | "had" | "have");
            reading.band[t] == 1
                && matches!(doc.xpos(Id::new(t)), Xpos::Vbd | Xpos::Vbz | Xpos::Vbn)
                && reading.quote[t] == 0
                && !led
        });
        let Some(said) = said else { continue };
        // ", who asked not to be named, said" may be where a paragraph begins.
        let noun = who.checked_sub(if word(who - 1) == "," { 2 } else { 1 }).filter(|&n| n >= tokens.start);
        let Some(noun) = noun.map(|noun| name_end(doc, reading, noun)).filter(|n| here(n)) else {
            continue;
        };
        let start = tree::subtree(doc, reading, noun).start.max(tokens.start).max(noun.saturating_sub(12));
        let source = trimmed(reading, start..who);
        let clause = who..said;
        let inside = |d: &Draft| d.paragraph == number && clause.contains(&tree::head_of(reading, d.found.cue.clone()));
        // What the tagger took for the content of "asked" goes on behind the verb.
        let rest: Vec<Range<usize>> = drafts
            .iter()
            .filter(|d| !d.found.cue.is_empty() && inside(d))
            .flat_map(|d| d.found.content.iter())
            .filter(|c| c.end > said + 1)
            .map(|c| c.start.max(said + 1)..c.end)
            .collect();
        let kept = drafts.iter().position(|d| d.paragraph == number && d.found.cue.contains(&said));
        match kept {
            Some(at) => {
                drafts[at].found.cue = said..drafts[at].found.cue.end;
                drafts[at].found.source = Some(source);
                let content = &mut drafts[at].found.content;
                content.retain(|c| c.end <= start || c.start > said);
                if content.is_empty() {
                    *content = rest;
                }
            }
            None if !rest.is_empty() => {
                let found = Found { cue: said..said + 1, source: Some(source), content: rest };
                drafts.push(Draft { found, paragraph: number, made_by: "statement/unnamed", carries: None });
            }
            None => continue,
        }
        // Drafts that others carry on from keep their place: a cue without content is dropped where statements are made.
        for draft in drafts.iter_mut().filter(|d| !d.found.cue.is_empty()) {
            let in_clause =
                draft.paragraph == number && clause.contains(&tree::head_of(reading, draft.found.cue.clone()));
            if in_clause {
                draft.found.content.clear();
            }
        }
        drafts.retain(|d| {
            !(d.found.content.is_empty() && !d.found.cue.is_empty() && clause.contains(&d.found.cue.start))
        });
    }
}

/// The noun that a phrase ending at `at` is about: "an aide" of "an aide to the minister".
fn name_end(doc: &Document, reading: &Reading, at: usize) -> usize {
    let mut noun = at;
    for _ in 0..6 {
        match (tree::relation(reading, noun), reading.up(noun)) {
            (Some(Relation::Nmod | Relation::Flat | Relation::Compound | Relation::NmodPoss), Some(up))
                if up < noun && matches!(doc.pos(Id::new(up)), Pos::Noun | Pos::Propn) =>
            {
                noun = up;
            }
            _ => break,
        }
    }
    noun
}

fn trimmed(reading: &Reading, mut range: Range<usize>) -> Range<usize> {
    while range.end > range.start && reading.shape[range.end - 1] == 1 {
        range.end -= 1;
    }
    range
}
