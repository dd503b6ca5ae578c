//! Polls and estimates beside a number: "47 percent in a Marlow poll", "estimates of $74 million from the bank", "the 12 cents
//! expected by analysts"; and the shares that a poll's article goes on with.

use std::ops::Range;

use super::super::origin;
use super::super::quoted::{Draft, by_paragraph};
use super::super::reading::{OUTSIDE, Reading};
use super::super::tree;
use super::giver::{self, Kind};
use super::word::{self, Class};
use super::{Figure, Given, Scene, holds};
use crate::text::{BlockKind, Document, Id, Pos, QuantityKind, Relation, Xpos};

/// "Voters gave her 47 percent **in a Marlow poll**": the poll that the sentence says its shares are from.
pub fn within(scene: &Scene, figure: &Figure) -> Option<Given> {
    if !is_share(scene.doc, figure) {
        return None;
    }
    let home = scene.sentence(figure.anchor);
    let outside = |t: usize| scene.reading.quote[t] == OUTSIDE;
    let head = home.clone().find(|&t| {
        is_poll(scene, t)
            && outside(t)
            && matches!(giver::case(scene.doc, scene.reading, t), "in" | "from")
            && matches!(scene.relation(t), Some(Relation::Obl | Relation::Nmod))
    })?;
    let source = scene.phrase(head);
    let case =
        home.clone().find(|&t| t < source.start + 1 && t + 1 >= source.start && matches!(scene.word(t), "in" | "from"));
    let case = case.or_else(|| source.clone().find(|&t| matches!(scene.word(t), "in" | "from")))?;
    let source = source.start.max(case + 1)..source.end;
    if source.is_empty() || !home.clone().all(outside) {
        return None;
    }
    let content = scene.trimmed(home.start..case.min(source.start));
    Some(Given { cue: case..case + 1, source, content: vec![content], made_by: "statement/figure-poll" })
}

/// "**Based on data from the ministry**, there are 4,100 cases", "The bill was $3 million, **judging by the accounts**": the
/// document that a whole sentence rests on.
pub fn based(scene: &Scene, figure: &Figure) -> Option<Given> {
    let home = scene.sentence(figure.anchor);
    let cue = home.clone().find(|&t| {
        t + 1 < home.end
            && matches!((scene.word(t), scene.word(t + 1)), ("based", "on") | ("judging" | "going", "by" | "from"))
            && (t == home.start || scene.word(t - 1) == ",")
    })?;
    let (front, from) = (cue == home.start, cue + 2);
    let end = (from..home.end).find(|&t| matches!(scene.word(t), "," | "." | ";")).unwrap_or(home.end);
    let source = scene.trimmed(from..end);
    let head = tree::head_of(scene.reading, source.clone());
    let document = word::any(scene.lemma(head), &[Class::Document, Class::Amount]);
    let outside = home.clone().all(|t| scene.reading.quote[t] == OUTSIDE);
    let content = scene.trimmed(if front { end..home.end } else { home.start..cue });
    let verb = source.clone().any(|t| tree::is_finite(scene.doc, t));
    let fits = document && outside && !verb && content.contains(&figure.anchor);
    fits.then(|| Given { cue: cue..cue + 2, source, content: vec![content], made_by: "statement/figure-based" })
}

/// "estimates of $74 million **from UBS**", "the 12 cents **expected by analysts**": who stands right behind the number.
pub fn behind(scene: &Scene, figure: &Figure) -> Option<Given> {
    let home = scene.sentence(figure.anchor);
    let at = [figure.whole.end, figure.own.end].into_iter().find(|&t| {
        t + 1 < home.end
            && (scene.word(t) == "from" || scene.doc.xpos(Id::new(t)) == Xpos::Vbn && scene.word(t + 1) == "by")
    })?;
    let (cue, from) = if scene.word(at) == "from" {
        let noun = (home.start..figure.own.start)
            .rev()
            .find(|&t| word::is(scene.lemma(t), Class::Amount) && scene.doc.pos(Id::new(t)) == Pos::Noun)?;
        // Nothing but numbers and their givers between: "estimates of $74 million from UBS and $76 million from Roe".
        let verb = (noun..at).any(|t| matches!(scene.doc.pos(Id::new(t)), Pos::Verb | Pos::Aux));
        if verb || noun + 30 < at {
            return None;
        }
        (noun..noun + 1, at + 1)
    } else {
        let gives = super::gives(scene.lemma(at));
        if !gives {
            return None;
        }
        (at..at + 1, at + 2)
    };
    let noun = |t: usize| {
        matches!(
            scene.doc.pos(Id::new(t)),
            Pos::Det | Pos::Adj | Pos::Noun | Pos::Propn | Pos::Part | Pos::X | Pos::Num
        ) || matches!(scene.word(t), "of" | "at" | "'s" | "’s" | "'" | "’" | "-" | "&")
    };
    let end = (from..home.end).find(|&t| !noun(t)).unwrap_or(home.end);
    let source = scene.trimmed(from..end);
    let stop = source.clone().find(|&t| matches!(scene.word(t), "of" | "at")).unwrap_or(source.end);
    let head =
        (source.start..stop).rev().find(|&t| matches!(scene.doc.pos(Id::new(t)), Pos::Noun | Pos::Propn | Pos::X))?;
    let speaks = matches!(scene.kind(head), Kind::Somebody | Kind::Document);
    let quoted = scene.reading.quote[head] != scene.reading.quote[figure.anchor];
    (speaks && !quoted && !source.contains(&figure.anchor)).then(|| Given {
        cue,
        source,
        content: vec![figure.own.start..figure.whole.end.min(at).max(figure.own.end)],
        made_by: "statement/figure-behind",
    })
}

/// The shares of the sentences behind a poll's are the poll's, in its paragraph and the two after it, where nobody else gives
/// them.
pub fn carried(doc: &Document, reading: &Reading, drafts: &mut Vec<Draft>) {
    let scene = Scene { doc, reading };
    let of = by_paragraph(reading, drafts);
    let mut last: Option<(usize, usize)> = None;
    for number in 0..reading.paragraphs.len() {
        let paragraph = &reading.paragraphs[number];
        let running = doc
            .blocks
            .at(paragraph.block)
            .is_some_and(|b| b.repeats.is_none() && matches!(b.kind, BlockKind::Paragraph | BlockKind::Item));
        if !running {
            continue;
        }
        for sentence in paragraph.sentences.clone() {
            let tokens = &doc.sentences[Id::new(sentence)].tokens;
            let tokens = tokens.start.index()..tokens.end.index();
            let own = || of[number].iter().copied();
            let here = |d: &Draft| d.found.content.iter().any(|c| tokens.contains(&c.start));
            let polls = |d: &Draft| here(d) && d.found.source.clone().is_some_and(|s| names_poll(&scene, s));
            if let Some(at) = own().find(|&d| polls(&drafts[d])) {
                last = Some((at, number));
                continue;
            }
            let Some((poll, before)) = last.filter(|&(_, before)| number <= before + 2) else { continue };
            let shares: Vec<Figure> = scene.figures(&tokens).into_iter().filter(|f| is_share(doc, f)).collect();
            let outside = tokens.clone().all(|t| reading.quote[t] == OUTSIDE);
            if shares.is_empty() || !outside {
                continue;
            }
            // Shares that somebody gives end what the poll said.
            if shares.iter().any(|f| own().any(|d| holds(&drafts[d], f.anchor))) {
                last = None;
                continue;
            }
            let dated = scene.word(tokens.start) == "in"
                || tokens.clone().any(|t| matches!(scene.word(t), "turnout" | "election" | "vote"));
            if dated && number > before {
                continue;
            }
            let content = scene.trimmed(tokens.clone());
            drafts.push(Draft {
                found: super::Found { cue: content.start..content.start, source: None, content: vec![content] },
                paragraph: number,
                made_by: "statement/figure-poll",
                carries: Some(poll),
            });
            last = Some((poll, number));
        }
    }
}

/// A share of those asked.
fn is_share(doc: &Document, figure: &Figure) -> bool {
    doc.quantities[figure.id].kind == QuantityKind::Percent
}

fn is_poll(scene: &Scene, at: usize) -> bool {
    matches!(scene.doc.pos(Id::new(at)), Pos::Noun | Pos::Propn) && origin::is_poll(scene.lemma(at))
}

fn names_poll(scene: &Scene, source: Range<usize>) -> bool {
    source.clone().take(8).any(|t| is_poll(scene, t))
}
