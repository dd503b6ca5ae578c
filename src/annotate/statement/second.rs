//! The speaker's second verb: "He said **the plan had failed** and urged calm". The verb of saying behind "and" or "but" has
//! no subject of its own; that of the clause before it is the thing spoken of, which cannot speak. So the words end there,
//! and what follows is said by the same source.

use std::ops::Range;

use super::cue::{Class, Cue, Force, cues};
use super::inner;
use super::model::Found;
use super::quoted::Draft;
use super::reading::{OPENS, OUTSIDE, Reading, child_bit};
use super::tree;
use crate::lexicon::noun::{self, NounClass};
use crate::lexicon::wordnet;
use crate::text::{Commitment, Document, Id, Pos, Relation, Xpos};

/// Ends the words at the second verb, and gives the statement that it opens the first one's source.
pub fn find(doc: &Document, reading: &Reading, number: usize, drafts: &mut Vec<Draft>) {
    for at in 0..drafts.len() {
        let draft = &drafts[at];
        if draft.paragraph != number || draft.found.cue.is_empty() {
            continue;
        }
        let Some(source) = draft.found.source.clone().filter(|s| s.end <= draft.found.cue.start) else { continue };
        let [content] = draft.found.content.as_slice() else { continue };
        let content = content.clone();
        if content.start < draft.found.cue.end || content.clone().any(|t| reading.quote[t] != 0) {
            continue;
        }
        let Some((and, verb, subject)) = second(doc, reading, &source, &content) else { continue };
        let mut end = and;
        while end > content.start && reading.shape[end - 1] == 1 {
            end -= 1;
        }
        if end < content.start + 1 {
            continue;
        }
        let last = drafts[at].found.content[0].end;
        drafts[at].found.content[0].end = end;
        let known = drafts.iter().any(|d| d.paragraph == number && d.found.cue.contains(&verb));
        let says = cues().of(doc, Id::new(verb)).is_some_and(|r| r.class == Class::Verb);
        if !known && says && verb + 1 < last {
            let cue =
                tree::children(doc, reading, verb, &[Relation::Aux]).next().map_or(verb, |t| t.min(verb))..verb + 1;
            let found = Found { cue, source: Some(source.clone()), content: vec![verb + 1..last] };
            drafts.push(Draft { found, paragraph: number, made_by: "statement/second", carries: None });
        }
        for other in drafts.iter_mut().filter(|d| d.paragraph == number && d.found.cue.contains(&verb)) {
            let none = other.found.source.is_none();
            let thing = other.found.source.as_ref().is_some_and(|s| s.contains(&subject));
            if none || thing {
                other.found.source = Some(source.clone());
            }
        }
    }
}

/// "The spokesman confirmed that talks were held **but strongly denied that a deal was in place**", "claimed the attack **while
/// denying that it had help**": a verb of saying behind the words, or inside them where the tree hangs it on the first verb,
/// that has no subject and that no cue stands for.
pub fn outside(doc: &Document, reading: &Reading, number: usize, drafts: &mut Vec<Draft>) {
    let mut more: Vec<Draft> = Vec::new();
    for at in 0..drafts.len() {
        let draft = &drafts[at];
        if draft.paragraph != number || draft.found.cue.is_empty() {
            continue;
        }
        let cue = draft.found.cue.clone();
        let Some(source) = draft.found.source.clone().filter(|s| s.end <= cue.start) else { continue };
        let (Some(first), Some(last)) = (draft.found.content.first(), draft.found.content.last()) else { continue };
        let content = first.start..last.end;
        if content.start < cue.end {
            continue;
        }
        let sentence = tree::sentence(doc, reading, cue.start);
        if content.start >= sentence.end || reading.quote[cue.start] != 0 || reading.quote[source.start] != 0 {
            continue;
        }
        let word = |t: usize| doc.lower(Id::new(t));
        let link = |t: usize| matches!(word(t), "but" | "and" | "while" | "yet" | "though" | "although");
        let head = |verb: usize| reading.up(verb).is_some_and(|h| cue.contains(&h));
        let found = (content.start + 1..sentence.end.min(content.end + 4)).filter(|&t| link(t)).find_map(|and| {
            let inside = and < content.end;
            // Up to two adverbs and an auxiliary stand between.
            let verb = (and + 1..sentence.end.min(and + 4)).find(|&t| doc.pos(Id::new(t)) == Pos::Verb)?;
            let idle = |t: usize| {
                (matches!(doc.pos(Id::new(t)), Pos::Adv | Pos::Aux) || matches!(word(t), "not" | "n't" | "n’t"))
                    && tree::relation(reading, t) != Some(Relation::Nsubj)
            };
            let row = cues().of(doc, Id::new(verb)).filter(|r| r.class == Class::Verb)?;
            let says = matches!(row.force, Force::Speech | Force::Stance)
                && (row.force == Force::Speech || matches!(row.commitment, Commitment::Denied | Commitment::Confirmed));
            let form = doc.xpos(Id::new(verb));
            let participle = form == Xpos::Vbg && matches!(word(and), "while" | "but" | "and" | "though" | "although");
            let auxiliary = (and + 1..verb).any(|t| doc.pos(Id::new(t)) == Pos::Aux);
            let finite = word(and) != "while"
                && (matches!(form, Xpos::Vbd | Xpos::Vbz | Xpos::Vbp)
                    || form == Xpos::Vbn && (auxiliary || head(verb))
                    || form == Xpos::Vb && auxiliary);
            let bare = reading.children[verb] & (child_bit(Relation::Nsubj) | child_bit(Relation::NsubjPass)) == 0;
            let known = drafts.iter().chain(&more).any(|d| d.paragraph == number && d.found.cue.contains(&verb));
            // Inside the words the tree has to say that it is the speaker's, or nothing in them can speak.
            let theirs = !inside || head(verb) || participle && !(content.start..and).any(|t| tree::is_finite(doc, t));
            let fits =
                says && (finite || participle) && bare && (inside || !known) && theirs && reading.quote[verb] == 0;
            ((and + 1..verb).all(idle) && fits).then_some((and, verb, row, known))
        });
        let Some((and, verb, row, known)) = found else { continue };
        // Where another cue has the verb already, the words only end before it.
        let words = if known { None } else { completed(doc, reading, verb, row, sentence.end) };
        if !known && words.is_none() {
            continue;
        }
        let pieces = &mut drafts[at].found.content;
        pieces.retain(|c| c.start < and);
        if let Some(last) = pieces.last_mut() {
            last.end = last.end.min(and);
            while last.end > last.start + 1 && reading.shape[last.end - 1] == 1 {
                last.end -= 1;
            }
        }
        let Some(words) = words else { continue };
        let found = Found { cue: and + 1..verb + 1, source: Some(source), content: vec![words] };
        more.push(Draft { found, paragraph: number, made_by: "statement/second", carries: None });
    }
    drafts.extend(more);
}

/// "Liu said that the army could be sent in, **warning: “They are ready.”**": a participle of saying with its colon in front
/// of a quotation, whatever the tree takes it for, is the speaker's, and ends the words before it.
pub fn quoted(doc: &Document, reading: &Reading, number: usize, drafts: &mut Vec<Draft>) {
    let word = |t: usize| doc.lower(Id::new(t));
    let paragraph = &reading.paragraphs[number];
    for at in 0..drafts.len() {
        let draft = &drafts[at];
        if draft.paragraph != number || draft.found.cue.is_empty() || reading.quote[draft.found.cue.start] != OUTSIDE {
            continue;
        }
        let cue = draft.found.cue.clone();
        let Some(source) = draft.found.source.clone().filter(|s| s.end <= cue.start) else { continue };
        if draft.found.content.first().is_none_or(|c| c.start < cue.end) {
            continue;
        }
        let sentence = tree::sentence(doc, reading, cue.start);
        let says = |t: usize| {
            word(t).ends_with("ing") && cues().form(word(t)).any(|r| r.class == Class::Verb && r.force == Force::Speech)
        };
        let opens = |t: usize| word(t) == ":" && reading.quote.get(t + 1) == Some(&OPENS);
        let verb = (cue.end + 1..sentence.end.min(paragraph.tokens.end))
            .find(|&t| reading.quote[t] == OUTSIDE && says(t) && opens(t + 1) && word(t - 1) == ",");
        let Some(verb) = verb else { continue };
        let end =
            (verb + 3..paragraph.tokens.end).find(|&t| reading.quote[t] == OUTSIDE).unwrap_or(paragraph.tokens.end);
        let (mut before, behind): (Vec<Range<usize>>, Vec<Range<usize>>) =
            drafts[at].found.content.iter().cloned().partition(|c| c.start < verb);
        if let Some(last) = before.last_mut() {
            last.end = last.end.min(verb - 1);
        }
        before.retain(|c| !c.is_empty());
        if before.is_empty() {
            continue;
        }
        drafts[at].found.content = before;
        let known = drafts.iter().position(|d| d.paragraph == number && d.found.cue.contains(&verb));
        let mut content = vec![verb + 2..end];
        content.extend(behind.into_iter().filter(|c| c.start >= end));
        let found = Found { cue: verb..verb + 2, source: Some(source), content };
        match known {
            // Its own subject, if it has one, stands in front of the first speaker's verb.
            Some(known) => {
                let own = drafts[known].found.source.as_ref().is_some_and(|s| s.end <= cue.start);
                if !own {
                    drafts[known].found.source = found.source;
                }
            }
            None => drafts.push(Draft { found, paragraph: number, made_by: "statement/second", carries: None }),
        }
    }
}

/// What the second verb is followed by, up to the end of its sentence at most.
fn completed(doc: &Document, reading: &Reading, verb: usize, row: &Cue, last: usize) -> Option<Range<usize>> {
    let that = || {
        let mut end = last;
        while end > verb && reading.shape[end - 1] == 1 {
            end -= 1;
        }
        (doc.lower(Id::new(verb + 1)) == "that").then_some(verb + 1..end)
    };
    let words = inner::complement(doc, reading, verb, row).or_else(that).filter(|w| w.start > verb && w.len() > 1)?;
    // "denying any role **in the blast**": with what the tree hangs on the verb.
    let all = tree::subtree(doc, reading, verb).end.min(last);
    let goes_on = (words.end..all).all(|t| reading.shape[t] != 1);
    Some(words.start..if goes_on { all.max(words.end) } else { words.end })
}

/// The conjunction, the verb behind it that belongs to the speaker, and the subject that it does not belong to.
fn second(
    doc: &Document,
    reading: &Reading,
    source: &Range<usize>,
    content: &Range<usize>,
) -> Option<(usize, usize, usize)> {
    let head = tree::head_of(reading, content.clone());
    let subject = clause_subject(doc, reading, content)?;
    let conjunct = tree::children(doc, reading, head, &[Relation::Conj]).find(|&c| {
        let own = child_bit(Relation::Nsubj) | child_bit(Relation::NsubjPass) | child_bit(Relation::Expl);
        content.contains(&c) && c > head && reading.children[c] & own == 0 && doc.pos(Id::new(c)) == Pos::Verb
    })?;
    let and = tree::children(doc, reading, conjunct, &[Relation::Cc]).find(|&t| t < conjunct)?;
    if !content.contains(&and) || !matches!(doc.lower(Id::new(and)), "and" | "but") {
        return None;
    }
    let auxiliary = tree::children(doc, reading, conjunct, &[Relation::Aux, Relation::AuxPass]).next();
    let finite = auxiliary.unwrap_or(conjunct);
    let form = doc.xpos(Id::new(finite));
    if reading.children[conjunct] & child_bit(Relation::AuxPass) != 0 {
        return None;
    }
    // "The research is flawed and **urge** …": in the present, number tells.
    let plural = |t: usize| match doc.xpos(Id::new(t)) {
        Xpos::Nns | Xpos::Nnps => Some(true),
        Xpos::Nn | Xpos::Nnp => {
            Some(tree::children(doc, reading, t, &[Relation::Conj]).any(|c| c > t)).filter(|&joined| !joined)
        }
        _ => None,
    };
    let speaker = tree::head_of(reading, source.clone());
    if let Some(wanted) = match form {
        Xpos::Vbz => Some(false),
        Xpos::Vbp => Some(true),
        Xpos::Vb if auxiliary.is_none() => Some(true),
        _ => None,
    } && plural(subject) == Some(!wanted)
        && plural(speaker) == Some(wanted)
    {
        return Some((and, conjunct, subject));
    }
    let row = cues().of(doc, Id::new(conjunct)).filter(|r| r.class == Class::Verb);
    let says = row.is_some_and(|r| matches!(r.force, Force::Speech | Force::Thought | Force::Will | Force::Stance));
    let finite = matches!(form, Xpos::Vbd | Xpos::Vbz | Xpos::Vbp | Xpos::Md);
    (says && finite && !can_speak(doc, subject)).then_some((and, conjunct, subject))
}

/// The subject of the clause that is said.
fn clause_subject(doc: &Document, reading: &Reading, content: &Range<usize>) -> Option<usize> {
    let head = tree::head_of(reading, content.clone());
    tree::children(doc, reading, head, &[Relation::Nsubj, Relation::NsubjPass])
        .find(|&t| content.contains(&t) && t < head)
}

/// Persons, bodies, texts, names and pronouns may speak; other common nouns not.
fn can_speak(doc: &Document, subject: usize) -> bool {
    let id = Id::new(subject);
    if doc.pos(id) != Pos::Noun {
        return true;
    }
    noun::of(doc, id).map_or_else(|| wordnet::is_person(doc.lemma(id)), |n| n.class != NounClass::Place)
}
