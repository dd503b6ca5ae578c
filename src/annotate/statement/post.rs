//! Words whose speaker stands on another line: posts signed below, retweets, a name in front of a quotation, a quotation
//! in large type.

use std::ops::Range;

use super::model::Found;
use super::quoted::{self, Draft, wholly_quoted};
use super::reading::{OUTSIDE, Reading};
use crate::text::{BlockKind, Document, Id, MentionKind, NameClass, Pos, Time, TimeKind, Xpos};

/// How many paragraphs a post may have.
const LONGEST: usize = 4;

/// "Line 2 is suspended. / — Ferro Metro (@ferro_metro) May 13, 2024": the words above the signature are the content,
/// the name in it the source; a line that leads to them ("The company posted:") gives the cue.
pub fn find(doc: &Document, reading: &Reading, number: usize, drafts: &mut Vec<Draft>) {
    if signature(doc, reading, number).is_some() {
        // What the taggers made of name and date is no statement.
        drafts.retain(|d| d.paragraph != number);
        return;
    }
    let signed = (number + 1..reading.paragraphs.len().min(number + 1 + LONGEST))
        .find_map(|k| signature(doc, reading, k).map(|source| (k, source)));
    let Some((sign, source)) = signed else {
        // A retweet that nobody signs.
        if let Some(found) = retweeted(doc, reading, reading.paragraphs[number].tokens.clone()) {
            drafts.push(Draft { found, paragraph: number, made_by: "statement/retweet", carries: None });
        }
        return;
    };
    let (first, led) = first_of(doc, reading, sign);
    if first != number {
        return;
    }
    let content: Vec<Range<usize>> = (first..sign).map(|n| reading.paragraphs[n].tokens.clone()).collect();
    let mut cue = content[0].start..content[0].start;
    if led {
        // The line before has its cue and no content yet.
        let before = |d: &Draft| d.paragraph + 1 == first && !d.found.cue.is_empty() && d.found.content.is_empty();
        if let Some(at) = drafts.iter().position(before) {
            cue = drafts[at].found.cue.clone();
            drafts[at].found.source = None;
        }
    }
    let retweet = retweeted(doc, reading, content[0].clone());
    drafts.push(Draft {
        found: Found { cue, source: Some(source), content },
        paragraph: number,
        made_by: "statement/post",
        carries: None,
    });
    if let Some(found) = retweet {
        drafts.push(Draft { found, paragraph: number, made_by: "statement/retweet", carries: None });
    }
}

/// The paragraph where the post above a signature begins, and whether a line with a colon leads to it. Without such a line
/// the post is the one paragraph above.
fn first_of(doc: &Document, reading: &Reading, sign: usize) -> (usize, bool) {
    let ends_in_colon = |n: usize| {
        let tokens = &reading.paragraphs[n].tokens;
        tokens.end > tokens.start && doc.lower(Id::new(tokens.end - 1)) == ":"
    };
    for first in (sign.saturating_sub(LONGEST)..sign).rev() {
        if first < sign && signature(doc, reading, first).is_some() {
            break;
        }
        if first > 0 && ends_in_colon(first - 1) {
            return (first, true);
        }
    }
    (sign.saturating_sub(1), false)
}

/// The name in a signature: between its dash and its handle.
fn signature(doc: &Document, reading: &Reading, number: usize) -> Option<Range<usize>> {
    let paragraph = reading.paragraphs.get(number)?;
    let block = doc.blocks.at(paragraph.block)?;
    let (name, _) = doc.signature(block)?;
    Some(name.start.index()..name.end.index())
}

/// The day in a signature: the first expression of time behind the name.
pub fn dated(doc: &Document, draft: &Draft) -> Option<Id<Time>> {
    let source = draft.found.source.as_ref().filter(|_| draft.made_by == "statement/post")?;
    let name = doc.span_of(Id::new(source.start)..Id::new(source.end));
    let block = doc.blocks.iter().find(|b| b.span.covers(name))?;
    doc.times.within(block.span).find(|&t| {
        doc.times[t].span.start() >= name.end() && !doc.times[t].value.is_empty() && doc.times[t].kind == TimeKind::Date
    })
}

/// "RT @ferro_metro: Line 2 is suspended.": the words of another inside the post.
fn retweeted(doc: &Document, reading: &Reading, tokens: Range<usize>) -> Option<Found> {
    let word = |t: usize| doc.word(Id::new(t));
    if word(tokens.start) != "RT" {
        return None;
    }
    let colon = (tokens.start + 1..tokens.end.min(tokens.start + 6)).find(|&t| word(t) == ":")?;
    let handle = tokens.start + 1..colon;
    let fits = word(handle.start).starts_with('@') && colon + 1 < tokens.end && reading.sentence.len() > colon;
    fits.then(|| Found { cue: colon..colon + 1, source: Some(handle), content: vec![colon + 1..tokens.end] })
}

/// "Governor Lena Ortiz:", "Statement by the council:", "From the desk of Martin Hale." before a paragraph that is all
/// quotation: who is named in a line without a verb says what follows.
pub fn introduced(doc: &Document, reading: &Reading, number: usize, drafts: &mut Vec<Draft>) {
    let paragraph = &reading.paragraphs[number];
    let Some(range) = wholly_quoted(doc, paragraph).filter(|r| r.len() >= 4) else { return };
    let held = |d: &Draft| d.found.content.iter().any(|c| c.start < range.end && range.start < c.end);
    let Some(before) = number.checked_sub(1) else { return };
    let line = reading.paragraphs[before].tokens.clone();
    let cued = |d: &Draft| d.paragraph == before && !d.found.cue.is_empty() && !d.found.content.is_empty();
    if drafts.iter().any(held) || drafts.iter().any(cued) || line.len() > 18 || reading.quote[line.start] != OUTSIDE {
        return;
    }
    let word = |t: usize| doc.lower(Id::new(t));
    let colon = word(line.end - 1) == ":";
    let opens = matches!(word(line.start), "from" | "statement" | "message" | "letter" | "words")
        || word(line.start) == "and" && word(line.start + 1) == "from";
    let finite = |t: usize| {
        matches!(doc.xpos(Id::new(t)), Xpos::Vbd | Xpos::Vbz | Xpos::Vbp | Xpos::Md) && doc.pos(Id::new(t)) != Pos::Noun
    };
    if !(colon || opens) || line.clone().any(finite) {
        return;
    }
    // What the taggers made of the line has its source and no content yet.
    if let Some(at) = drafts.iter().position(|d| d.paragraph == before && d.found.source.is_some()) {
        // "Statement by Governor Lena Ortiz:" is hers.
        if let Some(source) = named(doc, line.clone()).filter(|n| n.start > line.start) {
            drafts[at].found.source = Some(source);
        }
        drafts[at].found.content = vec![range];
        return;
    }
    let Some(source) = named(doc, line.clone()) else { return };
    let cue = if colon { line.end - 1..line.end } else { range.start..range.start };
    drafts.push(Draft {
        found: Found { cue, source: Some(source), content: vec![range] },
        paragraph: number,
        made_by: "statement/introduced",
        carries: None,
    });
}

/// The first person named in a range, else the first body.
fn named(doc: &Document, range: Range<usize>) -> Option<Range<usize>> {
    let inside = |class: NameClass| {
        doc.mentions
            .iter()
            .find(|m| {
                let tokens = m.tokens.start.index()..m.tokens.end.index();
                m.kind == MentionKind::Name
                    && m.class == Some(class)
                    && tokens.start >= range.start
                    && tokens.end <= range.end
                    && !tokens.is_empty()
            })
            .map(|m| m.tokens.start.index()..m.tokens.end.index())
    };
    inside(NameClass::Person).or_else(|| inside(NameClass::Organisation))
}

/// Quotations in large type: a paragraph that is all quotation and has no speaker yet. The line below may name one; what
/// is printed again elsewhere has the speaker it has there; else nobody is named.
pub fn alone(doc: &Document, reading: &Reading, drafts: &mut Vec<Draft>) {
    for number in 0..reading.paragraphs.len() {
        let paragraph = &reading.paragraphs[number];
        let fits = doc.blocks.at(paragraph.block).is_some_and(|b| {
            b.repeats.is_none() && matches!(b.kind, BlockKind::Paragraph | BlockKind::Heading | BlockKind::Item)
        });
        let Some(range) = wholly_quoted(doc, paragraph).filter(|r| fits && r.len() >= 7) else { continue };
        let whole = paragraph.quotations.iter().all(|q| q.closed) && paragraph.quotations.iter().any(|q| q.depth == 0);
        let spoken = paragraph.quotations.iter().filter(|q| q.depth == 0).all(|q| quoted::is_spoken(doc, q));
        let held = drafts.iter().any(|d| d.found.content.iter().any(|c| c.start < range.end && range.start < c.end));
        if !whole || !spoken || held {
            continue;
        }
        let words: Vec<u32> = said(reading, range.clone());
        let printed = drafts.iter().position(|d| {
            d.found.content.iter().any(|c| {
                let other = said(reading, c.clone());
                other.len() >= words.len() && other.windows(words.len()).any(|w| w == words)
            })
        });
        // A pull quote repeats the article: one statement is enough.
        if printed.is_some() {
            continue;
        }
        let below = reading.paragraphs.get(number + 1).map(|p| p.tokens.clone()).filter(|t| t.len() <= 14);
        let verb = |t: usize| matches!(doc.pos(Id::new(t)), Pos::Verb | Pos::Aux);
        let source = below
            .filter(|t| !t.clone().any(verb) && doc.lower(Id::new(t.end - 1)) != ":")
            .and_then(|t| named(doc, t.clone()).filter(|n| n.start <= t.start + 2));
        drafts.push(Draft {
            made_by: if source.is_some() { "statement/signed" } else { "statement/quote-alone" },
            found: Found { cue: range.start..range.start, source, content: vec![range] },
            paragraph: number,
            carries: None,
        });
    }
}

fn said(reading: &Reading, range: Range<usize>) -> Vec<u32> {
    range.filter(|&t| reading.shape[t] != 1).map(|t| reading.word[t]).collect()
}
