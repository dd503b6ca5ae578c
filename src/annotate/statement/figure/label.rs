//! Who gives a figure by what stands beside it: "5,300 people (police)", "Storm damage seen at $2 billion – insurers",
//! "Ministry: 300 schools to close".

use std::ops::Range;

use super::super::model::Found;
use super::super::quoted::Draft;
use super::super::reading::Paragraph;
use super::giver::Kind;
use super::word::{self, Class};
use super::{Figure, Given, Scene, holds};
use crate::lexicon::noun::{self as nouns, NounClass};
use crate::text::{BlockKind, Id, Pos};

/// What stands in brackets, or between commas or dashes, right behind the number: "(police)", "(organisers' figure)",
/// "— the fire chief's estimate —".
pub fn bracket(scene: &Scene, figure: &Figure) -> Option<Given> {
    let home = scene.sentence(figure.anchor);
    let beside = [figure.whole.end, figure.own.end]
        .into_iter()
        .find(|&t| t < home.end && (matches!(scene.word(t), "(" | "[" | ",") || scene.dash(t)));
    // "1,070 people in the capital in July **(city morgue)** or 640 (health ministry)": one of two, behind where and when.
    let opening = beside.or_else(|| {
        let opens = |t: &usize| scene.word(*t) == "(";
        let bars = |t: usize| {
            matches!(scene.doc.pos(Id::new(t)), Pos::Verb | Pos::Aux | Pos::Num) || matches!(scene.word(t), "," | ";")
        };
        let one = (figure.whole.end..home.end.min(figure.whole.end + 10))
            .take_while(|&t| !bars(t) || opens(&t))
            .find(opens)?;
        let close = (one + 1..home.end).find(|&t| scene.word(t) == ")")?;
        let second = (close + 1..home.end).find(opens)?;
        let number = (close + 1..second).any(|t| scene.doc.pos(Id::new(t)) == Pos::Num);
        (number && second <= close + 6).then_some(one)
    })?;
    let brackets = matches!(scene.word(opening), "(" | "[");
    let closes = |t: usize| match scene.word(opening) {
        "(" => scene.word(t) == ")",
        "[" => scene.word(t) == "]",
        _ => matches!(scene.word(t), "," | "." | ";") || scene.dash(t),
    };
    let close = (opening + 1..home.end.min(opening + 10)).find(|&t| closes(t))?;
    let mut inside = opening + 1..close;
    if brackets {
        while inside.start < inside.end
            && matches!(scene.word(inside.start), "source" | "sources" | ":" | "according" | "to" | "by" | "per")
        {
            inside.start += 1;
        }
    }
    let (source, figured) = voice(scene, inside.clone())?;
    if !brackets && !figured {
        return None;
    }
    // "12 staff (nurses)", "40 people (children)": what they are, not who says so.
    let head = named(scene, source.clone())?;
    let people = nouns::of(scene.doc, Id::new(head)).is_some_and(|n| n.class == NounClass::Person);
    let speaks = matches!(
        scene.lemma(head),
        "organiser"
            | "organizer"
            | "source"
            | "witness"
            | "campaigner"
            | "volunteer"
            | "monitor"
            | "rescuer"
            | "medic"
            | "observer"
            | "forecaster"
            | "pollster"
            | "employer"
            | "authority"
            | "planner"
    );
    if !figured && people && !speaks {
        return None;
    }
    let cue = if figured { source.end.max(inside.start)..inside.end } else { opening..opening + 1 };
    let cue = if cue.is_empty() { opening..opening + 1 } else { cue };
    let content = vec![figure.own.start..figure.whole.end.min(opening).max(figure.own.end)];
    Some(Given { cue, source, content, made_by: "statement/figure-label" })
}

/// "organisers' estimate: 200,000", "(union figure: 9,000; police count: 4,000)": a noun of figures and whose it is, at the
/// beginning of the sentence or behind a mark, before a colon and the number.
pub fn lead(scene: &Scene, figure: &Figure) -> Option<Given> {
    let home = scene.sentence(figure.anchor);
    let colon = figure.own.start.checked_sub(1).filter(|&t| t > home.start && scene.word(t) == ":")?;
    let opens = |t: usize| matches!(scene.word(t), "(" | "[" | "," | ";" | ".") || scene.dash(t);
    let start = (home.start..colon).rev().find(|&t| opens(t)).map_or(home.start, |t| t + 1);
    let (source, figured) = voice(scene, start..colon)?;
    let content = vec![figure.own.start..figure.whole.end];
    figured.then(|| Given { cue: colon - 1..colon, source, content, made_by: "statement/figure-label" })
}

/// "… in May (source: customs office).", "Halvorn to spend $900m on new furnace (Reed Wire)": a credit in brackets that stands for
/// all that its line says; without "source" only where a headline ends.
pub fn credit(scene: &Scene, number: usize, figures: &[Figure], drafts: &mut Vec<Draft>) {
    let paragraph = &scene.reading.paragraphs[number];
    let titled = is_heading(scene, paragraph);
    for sentence in paragraph.sentences.clone() {
        let tokens = &scene.doc.sentences[Id::new(sentence)].tokens;
        let tokens = tokens.start.index()..tokens.end.index();
        let Some(open) = tokens.clone().rev().find(|&t| matches!(scene.word(t), "(" | "[")) else { continue };
        let Some(close) = (open + 1..tokens.end).find(|&t| matches!(scene.word(t), ")" | "]")) else { continue };
        let named_so = matches!(scene.word(open + 1), "source" | "sources" | "credit");
        let last = scene.trimmed(close + 1..tokens.end).is_empty();
        let line = last && (titled || !matches!(scene.word(tokens.end - 1), "." | "!" | "?"));
        let from = open + 1 + usize::from(named_so) + usize::from(named_so && scene.word(open + 2) == ":");
        if !named_so && !line || from >= close {
            continue;
        }
        let Some((source, _)) = voice(scene, from..close) else { continue };
        let proper = source.clone().any(|t| scene.doc.pos(Id::new(t)) == Pos::Propn);
        let mut content = vec![scene.trimmed(tokens.start..open)];
        if !last {
            content.push(scene.trimmed(close + 1..tokens.end));
        }
        let open_still = |f: &&Figure| {
            content.iter().any(|c| c.contains(&f.anchor))
                && !drafts.iter().any(|d| d.paragraph == number && d.found.source.is_some() && holds(d, f.anchor))
        };
        if !named_so && !proper || figures.iter().filter(open_still).count() == 0 {
            continue;
        }
        drafts.push(Draft {
            found: Found { cue: open..open + 1, source: Some(source), content },
            paragraph: number,
            made_by: "statement/figure-label",
            carries: None,
        });
    }
}

/// True for a paragraph that is a headline or a heading.
fn is_heading(scene: &Scene, paragraph: &Paragraph) -> bool {
    let block = scene.doc.blocks.at(paragraph.block);
    block.is_some_and(|b| matches!(b.kind, BlockKind::Headline | BlockKind::Heading))
}

/// A few words that name who speaks, and whether a noun of figures stands with them: "the union", "police estimate".
fn voice(scene: &Scene, words: Range<usize>) -> Option<(Range<usize>, bool)> {
    if words.is_empty() || words.len() > 8 {
        return None;
    }
    let plain = |t: usize| {
        matches!(scene.doc.pos(Id::new(t)), Pos::Det | Pos::Adj | Pos::Noun | Pos::Propn | Pos::Part | Pos::X)
            || matches!(scene.word(t), "of" | "for" | "'s" | "’s" | "'" | "’" | "-" | "and")
    };
    let last = words.end - 1;
    // "police estimate:" is a noun, whatever its tag.
    let amount = words.len() > 1 && word::any(scene.word(last), &[Class::Amount]);
    if !words.clone().all(|t| plain(t) || amount && t == last) || words.clone().any(|t| scene.reading.shape[t] == 2) {
        return None;
    }
    let figured = word::any(scene.lemma(last), &[Class::Amount, Class::Document])
        && words.len() > 1
        && (amount || matches!(scene.doc.pos(Id::new(last)), Pos::Noun | Pos::X | Pos::Propn));
    let mut source = words.clone();
    if figured {
        source.end -= 1;
        while source.end > source.start && matches!(scene.word(source.end - 1), "'s" | "’s" | "'" | "’" | "own") {
            source.end -= 1;
        }
        while source.start < source.end && matches!(scene.word(source.start), "a" | "an") {
            source.start += 1;
        }
    }
    let head = named(scene, source.clone())?;
    let fits = match scene.kind(head) {
        Kind::Somebody => true,
        Kind::Document => !figured,
        Kind::Place => figured,
        _ => false,
    };
    fits.then_some((source, figured))
}

/// The noun that a few words are about: the last before "of".
pub(super) fn named(scene: &Scene, words: Range<usize>) -> Option<usize> {
    let end = words
        .clone()
        .find(|&t| t > words.start && matches!(scene.word(t), "of" | "for" | "," | "in" | "at"))
        .unwrap_or(words.end);
    (words.start..end).rev().find(|&t| matches!(scene.doc.pos(Id::new(t)), Pos::Noun | Pos::Propn | Pos::X | Pos::Adj))
}

/// A headline or a line without a full stop that names its source before a colon or behind the last colon or dash.
pub fn headline(scene: &Scene, number: usize, figures: &[Figure], drafts: &mut Vec<Draft>) {
    let paragraph = &scene.reading.paragraphs[number];
    let heading = is_heading(scene, paragraph);
    for sentence in paragraph.sentences.clone() {
        let tokens = &scene.doc.sentences[Id::new(sentence)].tokens;
        let tokens = tokens.start.index()..tokens.end.index();
        let here: Vec<&Figure> = figures.iter().filter(|f| tokens.contains(&f.anchor)).collect();
        let stopped = matches!(scene.word(tokens.end - 1), "." | "!" | "\"" | "”");
        // "Snow traps 60 lorries – police.": a headline with a full stop.
        let dashed = || {
            let tail = (tokens.end.saturating_sub(4).max(tokens.start)..tokens.end - 1).find(|&t| scene.dash(t));
            tail.is_some_and(|t| t + 2 < tokens.end && !scene.doc.touches(Id::new(t)))
        };
        if here.is_empty() || tokens.len() > 26 || stopped && !heading && !dashed() {
            continue;
        }
        let Some((source, cue, content)) = behind(scene, tokens.clone()).or_else(|| before(scene, tokens.clone()))
        else {
            continue;
        };
        let open = |f: &&&Figure| {
            content.contains(&f.anchor) && !drafts.iter().any(|d| d.paragraph == number && holds(d, f.anchor))
        };
        if here.iter().filter(open).count() == 0 {
            continue;
        }
        drafts.push(Draft {
            found: Found { cue, source: Some(source), content: vec![content] },
            paragraph: number,
            made_by: "statement/figure-label",
            carries: None,
        });
    }
}

type Parts = (Range<usize>, Range<usize>, Range<usize>);

/// "Quake kills at least 45 – officials", "Losses may top $2 billion: insurers say".
fn behind(scene: &Scene, tokens: Range<usize>) -> Option<Parts> {
    let divides = |t: usize| {
        let free = |t: usize| !scene.doc.touches(Id::new(t));
        scene.word(t) == ":"
            || matches!(scene.word(t), "-" | "–" | "—" | "--") && free(t) && t + 1 < tokens.end && free(t + 1)
    };
    let mark = tokens.clone().rev().find(|&t| divides(t))?;
    let tail = scene.trimmed(mark + 1..tokens.end);
    if mark < tokens.start + 3 || tail.is_empty() || tail.len() > 7 {
        return None;
    }
    let says = |t: usize| scene.reading.band[t] == 1 || matches!(scene.word(t), "say" | "says" | "said");
    let (source, cue) = if tail.len() > 1 && says(tail.end - 1) {
        (tail.start..tail.end - 1, tail.end - 1..tail.end)
    } else if tail.len() > 1 && says(tail.start) {
        (tail.start + 1..tail.end, tail.start..tail.start + 1)
    } else {
        (tail.clone(), mark..mark + 1)
    };
    let (source, _) = voice(scene, source)?;
    Some((source, cue, scene.trimmed(tokens.start..mark)))
}

/// "Ministry: 300 schools to close by summer".
fn before(scene: &Scene, tokens: Range<usize>) -> Option<Parts> {
    let colon = tokens.clone().take(6).find(|&t| scene.word(t) == ":")?;
    // "Minister on quake: 3,200 families homeless".
    let on = (tokens.start + 1..colon).find(|&t| matches!(scene.word(t), "on" | "over" | "about"));
    let (source, _) = voice(scene, tokens.start..on.unwrap_or(colon))?;
    let content = scene.trimmed(colon + 1..tokens.end);
    // "Dam report: 40 dead" names a thing of the news; "Report: 40 dead" a source.
    let head = named(scene, source.clone())?;
    let speaks = scene.kind(head) == Kind::Somebody || source.len() == 1;
    (speaks && content.len() > 1).then_some((source, colon..colon + 1, content))
}
