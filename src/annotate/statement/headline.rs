//! The speaker at the end of a headline: "Toll rises – police", "Sea is rising faster: report", "Bread to cost more,
//! study shows".

use std::ops::Range;

use super::model::Found;
use super::quoted::Draft;
use super::reading::Reading;
use super::tree;
use crate::lexicon::noun;
use crate::text::{BlockKind, Document, Id, NameClass, Pos};

/// Finds it in one paragraph, which must be a headline or a heading.
pub fn find(doc: &Document, reading: &Reading, number: usize, drafts: &mut Vec<Draft>) {
    let paragraph = &reading.paragraphs[number];
    let heads = |k: BlockKind| matches!(k, BlockKind::Headline | BlockKind::Heading);
    if !doc.blocks.at(paragraph.block).is_some_and(|b| heads(b.kind)) {
        return;
    }
    let tokens = paragraph.tokens.clone();
    let Some(found) = with_verb(doc, reading, tokens.clone()).or_else(|| bare(doc, reading, tokens)) else { return };
    let Some(source) = found.source.clone() else { return };
    // The taggers may have it already; what they made across the seam is the same read wrongly.
    let same = |d: &Draft| {
        d.paragraph == number
            && d.found.source.as_ref().is_some_and(|s| s.start < source.end && source.start < s.end)
            && d.found.content.iter().all(|c| c.end <= source.start)
            && !d.found.content.is_empty()
    };
    if drafts.iter().any(same) {
        return;
    }
    let seam = found.content.last().map_or(0, |c| c.end);
    drafts.retain(|d| {
        let parts = d.found.content.iter().chain(&d.found.source).chain(std::iter::once(&d.found.cue));
        d.paragraph != number || !parts.clone().any(|r| r.end > seam)
    });
    drafts.push(Draft { found, paragraph: number, made_by: "statement/headline", carries: None });
}

/// "…, study shows", "…, says report": a verb of saying or showing at the end, with its subject.
fn with_verb(doc: &Document, reading: &Reading, tokens: Range<usize>) -> Option<Found> {
    let word = |t: usize| doc.lower(Id::new(t));
    let end = (tokens.start + 1..=tokens.end).rev().find(|&e| reading.shape[e - 1] != 1)?;
    let comma = (tokens.start + 2..end).rev().find(|&t| matches!(word(t), "," | ":" | "—" | "–" | "-"))?;
    let verb = end - 1;
    let says = matches!(reading.band[verb], 1 | 2 | 5)
        && matches!(
            word(verb),
            "says"
                | "say"
                | "said"
                | "shows"
                | "show"
                | "finds"
                | "find"
                | "found"
                | "suggests"
                | "suggest"
                | "warns"
                | "warn"
                | "reports"
                | "report"
                | "claims"
                | "claim"
                | "reveals"
                | "reveal"
                | "confirms"
                | "confirm"
        );
    let source = comma + 1..verb;
    let fits = says && (1..=6).contains(&source.len()) && speaker(doc, reading, source.clone());
    (fits && is_said(doc, reading, tokens.start..comma)).then(|| Found {
        cue: verb..verb + 1,
        source: Some(source),
        content: vec![tokens.start..comma],
    })
}

/// "… – PDP", "…: report": only the speaker behind a dash or a colon.
fn bare(doc: &Document, reading: &Reading, tokens: Range<usize>) -> Option<Found> {
    let word = |t: usize| doc.lower(Id::new(t));
    let end = (tokens.start + 1..=tokens.end).rev().find(|&e| reading.shape[e - 1] != 1)?;
    let spaced = |t: usize| doc.tokens[Id::new(t)].span.start() > doc.tokens[Id::new(t - 1)].span.end();
    let mark = (tokens.start + 2..end)
        .rev()
        .find(|&t| word(t) == ":" || matches!(doc.word(Id::new(t)), "—" | "–" | "-" | "--" | "―") && spaced(t))?;
    let source = mark + 1..end;
    let plain = (1..=5).contains(&source.len())
        && source.clone().all(|t| {
            (reading.shape[t] != 1 || matches!(word(t), "'s" | "’s" | "'" | "’"))
                && !matches!(doc.pos(Id::new(t)), Pos::Verb | Pos::Aux | Pos::Adp)
        });
    // The paper's own name at the end of its headline is no speaker.
    let name = doc.slice(doc.span_of(Id::new(source.start)..Id::new(source.end))).to_lowercase();
    let publisher = doc.source.publisher.as_deref().is_some_and(|p| p.to_lowercase().contains(&name));
    (plain && !publisher && speaker(doc, reading, source.clone()) && is_said(doc, reading, tokens.start..mark))
        .then(|| Found { cue: mark..mark + 1, source: Some(source), content: vec![tokens.start..mark] })
}

/// Words with a verb of their own, or in quotation marks.
fn is_said(doc: &Document, reading: &Reading, range: Range<usize>) -> bool {
    range.len() >= 3
        && range.clone().any(|t| matches!(doc.pos(Id::new(t)), Pos::Verb | Pos::Aux) || reading.quote[t] != 0)
}

/// A person or body by name, or a noun for one, or what is written.
fn speaker(doc: &Document, reading: &Reading, range: Range<usize>) -> bool {
    let head = tree::head_of(reading, range.clone());
    let body = [NameClass::Person, NameClass::Organisation];
    let last = range.end - 1;
    let named = doc
        .mentions
        .iter()
        .any(|m| (m.head.index() == head || m.head.index() == last) && m.class.is_some_and(|c| body.contains(&c)));
    let noun = |t: usize| {
        use noun::NounClass::{Armed, Body, Office, People, Person};
        noun::of(doc, Id::new(t)).is_some_and(|n| matches!(n.class, Office | Person | People | Body | Armed))
            || is_written(doc.lemma(Id::new(t)))
    };
    named || noun(head) || noun(last)
}

/// Nouns for what is written and speaks: "report", "study", "poll".
pub fn is_written(lemma: &str) -> bool {
    super::origin::document(lemma).is_some()
}
