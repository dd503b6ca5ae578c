//! Statements: who said what.
//!
//! Two learned taggers look at each paragraph: the first finds cues, the second asks for each cue who its source and
//! what its content is. Rules see to quotations, transcripts and posts, and read the manner of each statement off its
//! cue. Documented in `training/statement/README.md`.

mod aside;
mod certainty;
pub mod confidence;
mod cue;
mod deed;
mod figure;
pub mod frame;
mod headline;
mod hearsay;
mod inner;
mod letter;
mod manner;
mod mend;
pub mod model;
mod negation;
mod nested;
mod noun;
mod origin;
mod person;
mod post;
mod quote;
mod quoted;
pub mod reading;
pub mod role;
pub mod rules;
mod seam;
mod second;
mod shape;
mod source;
pub mod speaker;
pub mod tagger;
mod told;
pub mod tree;
mod turn;
mod withheld;

use std::ops::Range;

use crate::lexicon::odds::Fact;
use crate::text::*;
pub use figure::candidates;
use model::Found;
use quoted::Draft;
use reading::Reading;

/// Finds the attributions of a document.
pub fn find(doc: &Document) -> Layer<Statement> {
    Layer::new(rows(doc).into_iter().map(|(statement, _)| statement).collect())
}

/// The attributions with all that is known of each, which its confidence is the sum of.
pub fn rows(doc: &Document) -> Vec<(Statement, Vec<Fact>)> {
    let reading = Reading::new(doc);
    let drafts = drafts(doc, &reading);
    let mut made: Vec<(Statement, Vec<Fact>)> = Vec::with_capacity(drafts.len());
    for draft in &drafts {
        let carried = draft.carries.and_then(|d| made.get(d)).map(|(s, _)| s);
        let facts = facts(doc, &reading, draft);
        let statement = statement(doc, &reading, draft, confidence::percent(&facts), carried);
        made.push((statement, facts));
    }
    // What others carry on from stays, however unsure.
    let mut carried = vec![false; drafts.len()];
    for place in drafts.iter().filter_map(|d| d.carries).filter(|&c| c < drafts.len()) {
        carried[place] = true;
    }
    let mut at = 0;
    made.retain(|(s, _)| {
        at += 1;
        s.made_by != Rule("statement/model") || s.confidence >= confidence::FLOOR || carried[at - 1]
    });
    made.sort_by_key(|(s, _)| {
        (s.span().start(), std::cmp::Reverse(s.content.last().map_or(0, |c| c.end())), s.cue.first().map(|c| c.start()))
    });
    let (mut statements, known): (Vec<Statement>, Vec<Vec<Fact>>) = made.into_iter().unzip();
    nest(&mut statements);
    person::resolve(doc, &mut statements);
    origin::agree(doc, &mut statements);
    origin::asked(doc, &reading, &mut statements);
    carry_time(doc, &mut statements);
    let known: Vec<Vec<Fact>> = known
        .iter()
        .enumerate()
        .map(|(at, words)| certainty::facts(doc, &statements, at, statements[at].confidence, words))
        .collect();
    for (statement, facts) in statements.iter_mut().zip(&known) {
        statement.confidence = certainty::percent(facts);
        if certainty::is_asked(doc, statement) {
            statement.confidence = statement.confidence.min(certainty::ASKED);
        }
    }
    statements.into_iter().zip(known).collect()
}

/// The statements as token ranges, in the order they were found.
pub fn drafts(doc: &Document, reading: &Reading) -> Vec<Draft> {
    let model = model::shipped();
    let above = role::Above::new(reading);
    // What is done with, and the drafts of the last paragraphs, which alone a paragraph may mend or carry on.
    let mut done: Vec<Draft> = Vec::new();
    let mut drafts: Vec<Draft> = Vec::new();
    for (number, paragraph) in reading.paragraphs.iter().enumerate() {
        retire(&mut drafts, &mut done, number.saturating_sub(8));
        if !doc.blocks.at(paragraph.block).is_some_and(speaks) {
            continue;
        }
        let roles = model.roles(doc, reading, &above, paragraph);
        let cues = model::cues_of(&roles, paragraph.tokens.start);
        let owners = frame::owners(reading, paragraph, &roles);
        let ends_open = doc.lower(Id::new(paragraph.tokens.end - 1)) == ":";
        for (rank, cue) in cues.iter().enumerate() {
            let frame = frame::Frame::new(doc, reading, paragraph, &roles, &owners, cue.clone());
            let mut found = model.fill(&frame);
            let last = rank + 1 == cues.len();
            if found.content.is_empty() && !(ends_open && last && found.source.is_some()) {
                continue;
            }
            rules::mend_one(doc, reading, paragraph, &mut found);
            let held =
                |d: &Draft| d.paragraph == number && d.found.content == found.content && d.found.source == found.source;
            if found.content.is_empty() && !(ends_open && last && found.source.is_some()) || drafts.iter().any(held) {
                continue;
            }
            drafts.push(Draft { found, paragraph: number, made_by: "statement/model", carries: None });
        }
        rules::paragraph_rules(doc, reading, number, &mut drafts);
    }
    retire(&mut drafts, &mut done, usize::MAX);
    let mut drafts = done;
    rules::whole_rules(doc, reading, &mut drafts);
    drafts
}

/// Moves the drafts before a paragraph to those that are done; whom a draft carries on stands in its own paragraph.
fn retire(drafts: &mut Vec<Draft>, done: &mut Vec<Draft>, before: usize) {
    let count = drafts.iter().take_while(|d| d.paragraph < before).count();
    let base = done.len();
    done.extend(drafts.drain(..count).map(|d| Draft { carries: d.carries.map(|c| c + base), ..d }));
    for draft in drafts {
        draft.carries = draft.carries.map(|c| c.saturating_sub(count));
    }
}

/// Captions, credits, bylines and lines printed twice make no statements.
fn speaks(block: &Block) -> bool {
    block.repeats.is_none()
        && !matches!(block.kind, BlockKind::Byline | BlockKind::Dateline | BlockKind::Credit | BlockKind::Caption)
}

fn statement(
    doc: &Document,
    reading: &Reading,
    draft: &Draft,
    confidence: u8,
    carried: Option<&Statement>,
) -> Statement {
    let found = &draft.found;
    let span = |range: &Range<usize>| doc.span_of(Id::new(range.start)..Id::new(range.end));
    let mut speaker = found.source.as_ref().map_or(speaker::Speaker::NOBODY, |s| speaker::of(doc, reading, s));
    if let Some(carried) = carried {
        speaker = speaker::Speaker {
            mention: None,
            entity: carried.speaker,
            also: carried.also.clone(),
            kind: carried.speaker_kind,
        };
    }
    let manner = (!found.cue.is_empty()).then(|| manner::of(doc, reading, found));
    let mode = mode(reading, found, draft.made_by);
    let time = manner.as_ref().and_then(|m| m.time).or_else(|| post::dated(doc, draft));
    let said = said(doc, time);
    Statement {
        content: found.content.iter().map(span).filter(|s| !s.is_empty()).collect(),
        cue: (!found.cue.is_empty()).then(|| span(&found.cue)).into_iter().collect(),
        source: found.source.iter().map(span).filter(|s| !s.is_empty()).collect(),
        source_mention: speaker.mention,
        speaker: speaker.entity,
        also: speaker.also,
        speaker_kind: speaker.kind,
        mode,
        source_kind: origin::kind(doc, reading, found, draft.made_by, speaker.entity),
        title: found.source.as_ref().and_then(|s| origin::title(doc, reading, s, speaker.mention)),
        reason: origin::reason(doc, reading, found),
        parent: None,
        addressee: manner.as_ref().and_then(|m| m.addressee),
        medium: manner.as_ref().and_then(|m| m.medium),
        said,
        polarity: manner.as_ref().map_or_else(|| wording(doc, reading, found), |m| m.polarity),
        saying_negated: manner.as_ref().is_some_and(|m| m.saying_negated),
        saying: manner.as_ref().map_or(Saying::Said, |m| m.saying),
        modality: manner.as_ref().map_or(Modality::Asserted, |m| m.modality),
        commitment: manner.as_ref().map_or(Commitment::Neutral, |m| m.commitment),
        takes_side: found.cue.clone().any(|t| takes_side(doc, Id::new(t))),
        confidence,
        made_by: Rule(draft.made_by),
    }
}

/// A word of a side that is taken: "condemned", "thanked", "(claimed) responsibility". Who complains tells what of.
fn takes_side(doc: &Document, token: Id<Token>) -> bool {
    let tells = matches!(doc.lemma(token), "complain" | "complaint" | "grumble");
    !tells && cue::cues().of(doc, token).is_some_and(|row| row.force == cue::Force::Stance)
        || matches!(doc.lemma(token), "responsibility" | "credit" | "thank")
}

/// Negative where the words themselves are, for a statement without a cue.
fn wording(doc: &Document, reading: &Reading, found: &Found) -> Polarity {
    match negation::of_content(doc, reading, &found.content) {
        true => Polarity::Negative,
        false => Polarity::Positive,
    }
}

/// What is known of a draft before it is a statement.
pub fn facts(doc: &Document, reading: &Reading, draft: &Draft) -> Vec<Fact> {
    let found = &draft.found;
    let row = (!found.cue.is_empty()).then(|| manner::main_cue(doc, reading, &found.cue).1).flatten();
    confidence::facts(doc, reading, draft, mode(reading, found, draft.made_by), row)
}

/// Direct when all its words stand inside quotation marks (or it is a turn of a transcript), mixed when some do.
fn mode(reading: &Reading, found: &Found, made_by: &str) -> Mode {
    let words = || found.content.iter().cloned().flatten().filter(|&t| reading.shape[t] != 1);
    let (all, quoted) = (words().count(), words().filter(|&t| reading.quote[t] != reading::OUTSIDE).count());
    match quoted {
        0 if matches!(made_by, "statement/turn" | "statement/post" | "statement/retweet") => Mode::Direct,
        0 => Mode::Indirect,
        q if q == all => Mode::Direct,
        _ => Mode::Mixed,
    }
}

/// The time that the attribution states, else "not after publication".
fn said(doc: &Document, time: Option<Id<Time>>) -> Option<Said> {
    if let Some(id) = time {
        let time = &doc.times[id];
        // What is reported was said before it was published: a weekday read as the coming one was the last one.
        let published = doc.source.published.as_ref().map(|p| p.date);
        let coming = published.zip(time.earliest).is_some_and(|(p, e)| e > p) && time.earliest == time.latest;
        let week = jiff::Span::new().days(if coming { 7 } else { 0 });
        let back = |date: Option<jiff::civil::Date>| date.map(|d| d.saturating_sub(week));
        return Some(Said {
            time: Some(id),
            earliest: back(time.earliest),
            latest: back(time.latest),
            rule: Rule("stated"),
        });
    }
    let published = doc.source.published.as_ref()?;
    Some(Said { time: None, earliest: None, latest: Some(published.date), rule: Rule("published") })
}

/// A statement whose words and cue lie inside the content of another is part of it: A says that B said.
fn nest(statements: &mut [Statement]) {
    // In order of their first content: only those that begin before a place, and reach it, can hold it.
    let end = |s: &Statement| s.content.last().map_or(0, |c| c.end());
    let reach: Vec<usize> = statements
        .iter()
        .scan(0, |reach, s| {
            *reach = end(s).max(*reach);
            Some(*reach)
        })
        .collect();
    for inner in 0..statements.len() {
        let whole = statements[inner].content.iter().chain(&statements[inner].cue).copied();
        let parts: Vec<Span> = whole.collect();
        let size = |s: &Statement| s.content.iter().map(|c| c.len()).sum::<usize>();
        // "was quoted as saying by news agencies", "the site, citing an officer, reported": the words are the same.
        let own = &statements[inner];
        let first = own.span().start();
        let after = statements.partition_point(|s| s.span().start() <= first);
        let from = (0..after).rev().take_while(|&i| reach[i] > first).last().unwrap_or(after);
        let through = (from..after).find(|&outer| {
            let other = &statements[outer];
            let within = |span: &Span| other.holds(*span);
            let same = other.content == own.content && other.source != own.source;
            outer != inner
                && (other.made_by == Rule("statement/through")
                    && own.made_by != other.made_by
                    && own.source.iter().chain(&own.content).all(within)
                    || own.made_by == Rule("statement/cited") && other.made_by != own.made_by && same)
        });
        let parent = (from..after)
            .filter(|&outer| outer != inner && size(&statements[outer]) > size(&statements[inner]))
            .filter(|&outer| parts.iter().all(|&p| statements[outer].holds(p)))
            .min_by_key(|&outer| (size(&statements[outer]), outer));
        statements[inner].parent = through.or(parent).map(Id::new);
    }
}

/// What the same speaker says in the next lines was said at the same time: "He added …". An aside ("…, who had asked for it
/// in March, said …") has a time of its own.
fn carry_time(doc: &Document, statements: &mut [Statement]) {
    let block = |s: &Statement| {
        let at = s.span().start();
        doc.blocks.partition_point(|b| b.span.end() <= at)
    };
    for at in 1..statements.len() {
        let (before, now) = (&statements[at - 1], &statements[at]);
        let open = now.said.as_ref().is_some_and(|s| s.rule == Rule("published"));
        let aside = before.source.first().is_some_and(|s| matches!(doc.slice(*s), "who" | "which" | "that" | "whom"));
        // In the next paragraph only who adds something goes on at the same time.
        let adds = || {
            let words: Vec<&str> = now.cue.iter().flat_map(|&c| doc.slice(c).split_whitespace()).collect();
            words
                .iter()
                .any(|w| w.starts_with("add") || w.starts_with("continu") || matches!(*w, "also" | "on" | "further"))
        };
        let (there, here) = (block(before), block(now));
        let far = here > there + 1 || here == there + 1 && !now.cue.is_empty() && !adds();
        if !open || aside || now.speaker.is_none() || now.speaker != before.speaker || far {
            continue;
        }
        if let Some(said) = before.said.clone().filter(|s| s.rule != Rule("published")) {
            statements[at].said = Some(Said { rule: Rule("carried"), ..said });
        }
    }
}
