//! Turns of transcripts and interviews, and posts: the layout says who speaks.

use std::ops::Range;

use super::model::Found;
use super::quoted::Draft;
use super::reading::Reading;
use crate::lexicon::noun::{self, NounClass};
use crate::lexicon::wordnet;
use crate::text::{BlockKind, Document, Entity, Id, Mention, MentionKind, NameClass, Pos, Token};

/// "QUESTION: Are they making a fair point?": the label is the source, the colon the cue, the rest the content.
///
/// A block of a turn without a label carries on the turn before it.
pub fn find(doc: &Document, reading: &Reading, number: usize, drafts: &mut Vec<Draft>) {
    let paragraph = &reading.paragraphs[number];
    let Some(block) = doc.blocks.at(paragraph.block) else { return };
    if block.repeats.is_some() {
        return;
    }
    let tokens = paragraph.tokens.clone();
    let label = label(doc, reading, number);
    match block.kind {
        BlockKind::Question | BlockKind::Answer | BlockKind::Paragraph if label.is_some() => {
            let Some((start, colon)) = label else { return };
            drafts.retain(|d| {
                !(d.paragraph == number
                    && (d.found.cue.contains(&colon) || d.found.content.iter().any(|c| c.contains(&colon))))
            });
            drafts.push(Draft {
                found: Found {
                    cue: colon..colon + 1,
                    source: Some(start..(start + 1..colon).find(|&t| doc.word(Id::new(t)) == ",").unwrap_or(colon)),
                    content: vec![colon + 1..tokens.end],
                },
                paragraph: number,
                made_by: "statement/turn",
                carries: None,
            });
        }
        BlockKind::Question | BlockKind::Answer => {
            let before = number.checked_sub(1).and_then(|n| doc.blocks.at(reading.paragraphs[n].block));
            let turn = |n: &usize| {
                let kind = doc.blocks.at(reading.paragraphs[*n].block).map(|b| b.kind);
                matches!(kind, Some(BlockKind::Question | BlockKind::Answer))
            };
            let first = (0..=number).find(turn).unwrap_or(number);
            if self::label(doc, reading, first).is_some() || before.is_some_and(|b| b.kind == block.kind) {
                carry_on(drafts, number, tokens);
            } else {
                let source = interviewed(doc, reading).filter(|_| block.kind == BlockKind::Answer);
                drafts.push(Draft {
                    found: Found { cue: tokens.start..tokens.start, source, content: vec![tokens] },
                    paragraph: number,
                    made_by: "statement/turn",
                    carries: None,
                });
            }
        }
        // A plain paragraph between two turns goes on with the first.
        BlockKind::Paragraph if number > 0 && tokens.len() > 3 => {
            let turn = |n: usize| {
                reading
                    .paragraphs
                    .get(n)
                    .and_then(|p| doc.blocks.at(p.block))
                    .is_some_and(|b| matches!(b.kind, BlockKind::Question | BlockKind::Answer))
            };
            let aside = matches!(doc.lower(Id::new(tokens.start)), "(" | "[" | "…" | "...");
            // In an interview or a transcript an answer may have many paragraphs, up to the next label.
            let labelled = |n: &usize| {
                let block = reading.paragraphs.get(*n).and_then(|p| doc.blocks.at(p.block));
                block.is_some_and(|b| doc.turn_label(b).is_some())
            };
            let many = (number.saturating_sub(30)..number + 30).filter(labelled).nth(3).is_some();
            let far = if many { 12 } else { 1 };
            let plain = |n: &usize| {
                let block = reading.paragraphs.get(*n).and_then(|p| doc.blocks.at(p.block));
                block.is_some_and(|b| b.kind == BlockKind::Paragraph)
            };
            let before = (1..=far).map(|k| number.wrapping_sub(k)).find(|n| !plain(n)).is_some_and(turn);
            let behind = (1..=far).map(|k| number + k).find(|n| !plain(n)).is_some_and(turn);
            if before && behind && !aside {
                carry_on(drafts, number, tokens);
            }
        }
        // Signed below, or passed on: another rule has it.
        BlockKind::Post
            if drafts
                .iter()
                .any(|d| d.paragraph == number && matches!(d.made_by, "statement/post" | "statement/retweet")) => {}
        BlockKind::Post => {
            // "Harbour Watch @harbourwatch The ferry has docked": the handle divides source and words.
            let handle = tokens.clone().take(14).find(|&t| doc.lower(Id::new(t)).starts_with('@'));
            if let Some(handle) =
                handle.filter(|&h| h + 3 < tokens.end && h > tokens.start && reading.shape[tokens.start] != 1)
            {
                // What the taggers made of the line with name and handle is no statement.
                let header = tokens.start..handle + 1;
                drafts.retain(|d| {
                    let touches = |r: &std::ops::Range<usize>| r.start < header.end && header.start < r.end;
                    d.paragraph != number
                        || !(touches(&d.found.cue)
                            || d.found.source.as_ref().is_some_and(touches)
                            || d.found.content.iter().any(touches))
                });
                let end = (tokens.start..handle)
                    .find(|&t| doc.lower(Id::new(t)) == "verified" && t > tokens.start)
                    .unwrap_or(handle);
                // "Ana Brook (@abrook): We lost …": the brackets and the colon are neither name nor words.
                let name = (tokens.start..end).rev().find(|&t| reading.shape[t] != 1).map_or(end, |t| t + 1);
                let words = (handle + 1..tokens.end)
                    .find(|&t| !matches!(doc.lower(Id::new(t)), ")" | ":" | "-" | "," | "·"))
                    .unwrap_or(tokens.end);
                drafts.push(Draft {
                    found: Found {
                        cue: handle..handle,
                        source: Some(tokens.start..name),
                        content: vec![words..tokens.end],
                    },
                    paragraph: number,
                    made_by: "statement/post",
                    carries: None,
                });
            }
        }
        _ => {}
    }
}

/// Who answers the questions of an interview without labels: the only person that the lines before the first question
/// name, else the one they name as a subject.
fn interviewed(doc: &Document, reading: &Reading) -> Option<Range<usize>> {
    let first = reading
        .paragraphs
        .iter()
        .find(|p| doc.blocks.at(p.block).is_some_and(|b| matches!(b.kind, BlockKind::Question | BlockKind::Answer)))?;
    let opening = |m: &&Mention| {
        let block = doc.blocks.iter().find(|b| b.span.covers(m.span));
        m.kind == MentionKind::Name
            && m.class == Some(NameClass::Person)
            && m.tokens.end.index() <= first.tokens.start
            && !block.is_some_and(|b| matches!(b.kind, BlockKind::Byline | BlockKind::Credit | BlockKind::Caption))
    };
    let mut named: Vec<(Option<Id<Entity>>, Range<usize>)> = Vec::new();
    for (id, m) in doc.mentions.rows().filter(|(_, m)| opening(m)) {
        let entity = doc.entity_of.at(id).copied().flatten();
        if !named.iter().any(|(e, _)| *e == entity) {
            named.push((entity, m.tokens.start.index()..m.tokens.end.index()));
        }
    }
    let mut subjects = named.iter().filter(|(_, t)| t.clone().any(|t| doc.relation(Id::new(t)).is("nsubj")));
    match named.len() {
        1 => named.pop().map(|(_, t)| t),
        _ => subjects.next().filter(|_| subjects.next().is_none()).map(|(_, t)| t.clone()),
    }
}

/// "Council sold the pier twice: Auditor Finds - What comes next": what a headline says before its colon, with the
/// source and the verb behind it.
pub fn headline(doc: &Document, reading: &Reading, number: usize, drafts: &mut Vec<Draft>) {
    let paragraph = &reading.paragraphs[number];
    if doc.blocks.at(paragraph.block).is_none_or(|b| !matches!(b.kind, BlockKind::Headline | BlockKind::Heading)) {
        return;
    }
    let tokens = paragraph.tokens.clone();
    if let Some(found) = behind_the_comma(doc, reading, tokens.clone()) {
        let verb = found.cue.start;
        drafts.retain(|d| {
            let across = d.found.cue.contains(&verb) || d.found.content.iter().any(|c| c.end > verb);
            d.paragraph != number || !across
        });
        drafts.push(Draft { found, paragraph: number, made_by: "statement/headline", carries: None });
        return;
    }
    if let Some(mark) = before_a_quotation(doc, reading, tokens.clone()) {
        drafts.retain(|d| d.paragraph != number);
        drafts.push(Draft {
            found: Found { cue: mark..mark + 1, source: Some(tokens.start..mark), content: vec![mark + 1..tokens.end] },
            paragraph: number,
            made_by: "statement/headline",
            carries: None,
        });
        return;
    }
    let Some(colon) = tokens.clone().find(|&t| doc.lower(Id::new(t)) == ":") else { return };
    let end = (colon + 1..tokens.end).find(|&t| reading.shape[t] == 1).unwrap_or(tokens.end);
    let verb = end - 1;
    if verb < colon + 2 || verb > colon + 6 || colon < tokens.start + 3 {
        return;
    }
    let says = matches!(
        doc.lower(Id::new(verb)),
        "says"
            | "say"
            | "finds"
            | "find"
            | "claims"
            | "reports"
            | "warns"
            | "warn"
            | "told"
            | "said"
            | "shows"
            | "believes"
    );
    let source = colon + 1..verb;
    if !says || !source.clone().all(|t| matches!(reading.shape[t], 2..=5)) {
        return;
    }
    // What the taggers made across the colon is the same read wrongly.
    drafts.retain(|d| {
        d.paragraph != number
            || !(d.found.cue.contains(&colon)
                || d.found.cue.contains(&verb)
                || d.found.content.iter().any(|c| c.contains(&verb)))
    });
    drafts.push(Draft {
        found: Found { cue: verb..verb + 1, source: Some(source), content: vec![tokens.start..colon] },
        paragraph: number,
        made_by: "statement/headline",
        carries: None,
    });
}

/// "Roe - 'Waiting lists are shorter'": the dash or colon between a name and the quotation that is all the rest of a headline.
fn before_a_quotation(doc: &Document, reading: &Reading, tokens: Range<usize>) -> Option<usize> {
    let word = |t: usize| doc.lower(Id::new(t));
    let mark = tokens.clone().take(5).find(|&t| matches!(word(t), "-" | "–" | "—" | ":"))?;
    let quote = |t: usize| matches!(word(t), "'" | "‘" | "’" | "\"" | "“" | "”");
    let name = mark > tokens.start && (tokens.start..mark).all(|t| reading.name[t] != 0);
    let only = || (mark + 2..tokens.end - 1).filter(|&t| matches!(word(t), "‘" | "“" | "\"")).count() == 0;
    (name && mark + 4 < tokens.end && quote(mark + 1) && quote(tokens.end - 1) && only()).then_some(mark)
}

/// "'We lost everything', says flood survivor": the verb of saying behind a headline's last comma, with nothing but its
/// speaker behind it.
fn behind_the_comma(doc: &Document, reading: &Reading, tokens: std::ops::Range<usize>) -> Option<Found> {
    let word = |t: usize| doc.lower(Id::new(t));
    let mark = |t: usize| reading.shape[t] == 1;
    let end = (tokens.start + 1..=tokens.end).rev().find(|&e| !mark(e - 1))?;
    let comma =
        (tokens.start + 1..end).rev().find(|&t| mark(t) && !matches!(word(t), "'s" | "’s" | "-" | "'" | "’"))?;
    let verb = comma + 1;
    let says = |t: usize| reading.band[t] == 1 || matches!(word(t), "hints" | "hint" | "vows" | "vow");
    let source = verb + 1..end;
    // "…, denies fraud": what stands behind the verb is somebody, not what is denied.
    let body = [NameClass::Person, NameClass::Organisation, NameClass::Place];
    let head = super::tree::head_of(reading, source.clone());
    let somebody = source.clone().any(|t| reading.name[t] != 0)
        || doc.mentions_headed(Id::new(head)).any(|(_, m)| m.class.is_some_and(|c| body.contains(&c)));
    let fits = somebody && word(comma) == ","
        && says(verb)
        && !(source.is_empty() || source.len() > 7)
        && !matches!(word(verb), "saying" | "adding" | "warning" | "claiming")
        // "…, says he will resign": a subject with a verb of its own is what is said.
        && !source.clone().any(|t| matches!(doc.pos(Id::new(t)), Pos::Aux) || says(t));
    fits.then(|| Found { cue: verb..verb + 1, source: Some(source), content: vec![tokens.start..comma] })
}

/// Drops the turns that state nothing: "So —", "Okay."; "Yes." and "No." are answers.
pub fn prune(doc: &Document, reading: &Reading, drafts: &mut Vec<Draft>) {
    let says = |d: &Draft| {
        let mut words = d.found.content.iter().cloned().flatten().filter(|&t| reading.shape[t] != 1);
        let first = words.next().map_or("", |t| doc.lower(Id::new(t)));
        words.next().is_some()
            || matches!(first, "yes" | "no" | "yep" | "nope" | "correct" | "absolutely" | "never" | "right")
    };
    // Others may carry on from a draft by its place in the list: a dropped turn has no follower.
    let kept: Vec<bool> =
        drafts.iter().map(|d| !d.found.content.is_empty() && (d.made_by != "statement/turn" || says(d))).collect();
    let place: Vec<usize> = kept
        .iter()
        .scan(0, |n, &k| {
            *n += usize::from(k);
            Some(*n)
        })
        .collect();
    for draft in drafts.iter_mut() {
        draft.carries = draft.carries.filter(|&c| kept[c]).map(|c| place[c] - 1);
    }
    let mut kept = kept.into_iter();
    drafts.retain(|_| kept.next().unwrap_or(true));
}

/// Adds a paragraph to the turn before it.
fn carry_on(drafts: &mut [Draft], number: usize, tokens: std::ops::Range<usize>) {
    let turn =
        drafts.iter().rposition(|d| d.made_by == "statement/turn" && d.paragraph < number && d.paragraph + 14 > number);
    if let Some(turn) = turn {
        drafts[turn].found.content.push(tokens);
    }
}

/// The label of a turn at the start of a paragraph: its first token and its colon.
fn label(doc: &Document, reading: &Reading, number: usize) -> Option<(usize, usize)> {
    let label = doc.turn_label(doc.blocks.at(reading.paragraphs[number].block)?)?;
    // "Sir: I write about the bridge." addresses somebody.
    if Id::range(label.clone()).all(|t| noun::honorific(doc.lower(t)).is_some()) {
        return None;
    }
    if heads_a_part(doc, &label) {
        return None;
    }
    let end = label.end.index();
    let colon = (end..end + 7).find(|&t| doc.tokens.at(Id::new(t)).is_some_and(|_| doc.word(Id::new(t)) == ":"))?;
    Some((label.start.index(), colon))
}

/// "PENALTY TOSSED:", "AT ISSUE:", "THE COST:": several words of the dictionary, none for somebody, head a part of the report.
fn heads_a_part(doc: &Document, label: &Range<Id<Token>>) -> bool {
    let somebody = |t: Id<Token>| {
        let (lower, lemma) = (doc.lower(t), doc.lemma(t));
        let class = |w: &str| noun::find(w).is_some_and(|n| !matches!(n.class, NounClass::Place | NounClass::Document));
        let person = |w: &str| class(w) || wordnet::is_person(w) || wordnet::is_organization(w);
        noun::honorific(lower).is_some() || noun::given_name(lower).is_some() || person(lower) || person(lemma)
    };
    let common = |t: Id<Token>| {
        let (lower, lemma) = (doc.lower(t), doc.lemma(t));
        let known = wordnet::is_noun(lower) || wordnet::is_noun(lemma) || wordnet::verb_field(lemma).is_some();
        lower.chars().any(char::is_alphabetic) && (lower.len() <= 3 || known || doc.pos(t) != Pos::Propn)
    };
    let words = || Id::range(label.clone());
    words().count() > 1 && words().all(common) && !words().any(somebody)
}
