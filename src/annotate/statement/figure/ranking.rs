//! Who gives a figure, learned: the likeliest of those who may (`candidate`), where one is likely enough.
//!
//! The constructions of the other files are facts here too. Weights stand in `en/ranking.tsv` (hundredths of log-odds, fitted
//! by `training/figure/ranking.py` to short texts of our own that nobody had looked at while the constructions were written).

use std::ops::Range;
use std::sync::LazyLock;

use super::super::model::Found;
use super::super::quoted::{Draft, by_paragraph};
use super::super::reading::{OUTSIDE, Reading};
use super::candidate::{Candidate, Sentence, Told};
use super::{Figure, Scene};
use crate::lexicon::odds::Odds;
use crate::text::{Document, Id, Quantity, QuantityKind, QuantityRelation};

static WEIGHTS: LazyLock<Odds> = LazyLock::new(|| Odds::read("ranking.tsv", include_str!("../en/ranking.tsv")));

/// The chance in percent from which on a number that nobody was found for is somebody's.
const GIVEN: u8 = 60;

/// Numbers that no construction gives to anybody go to whom the weights find likely enough.
pub fn ranked(doc: &Document, reading: &Reading, drafts: &mut Vec<Draft>) {
    let mut found = Vec::new();
    let open = |told: &Told, at: usize| {
        let figure = &told.figures[at];
        let row = &doc.quantities[figure.id];
        // "Several", "twice as many": words of a story more often than figures that somebody gives.
        let vague = row.relation == QuantityRelation::Vague || row.kind == QuantityKind::Multiplier;
        !vague && !told.is_told(at) && reading.quote[figure.anchor] == OUTSIDE
    };
    each(doc, reading, drafts, open, |paragraph, figure, candidates| {
        let best = WEIGHTS.likeliest(candidates.iter().map(|c| c.facts.as_slice()));
        let Some((best, _)) = best.filter(|&(_, chance)| chance >= GIVEN) else { return };
        let best = &candidates[best];
        found.push(Draft {
            found: Found {
                cue: best.cue.clone(),
                source: Some(best.source.clone()),
                content: vec![content(figure, best)],
            },
            paragraph,
            made_by: "statement/figure-ranked",
            carries: None,
        });
    });
    drafts.extend(found);
}

/// The candidates of every figure of the article, for training.
pub fn rows(doc: &Document, reading: &Reading, drafts: &[Draft]) -> Vec<(Id<Quantity>, Vec<Candidate>)> {
    let mut out = Vec::new();
    each(doc, reading, drafts, |_, _| true, |_, figure, candidates| out.push((figure.id, candidates)));
    out
}

/// Goes over the figures that are asked for, each with its paragraph and all who may give it.
fn each(
    doc: &Document,
    reading: &Reading,
    drafts: &[Draft],
    asked: impl Fn(&Told, usize) -> bool,
    mut told_of: impl FnMut(usize, &Figure, Vec<Candidate>),
) {
    let scene = Scene { doc, reading };
    let of = by_paragraph(reading, drafts);
    for (number, paragraph) in reading.paragraphs.iter().enumerate() {
        let figures = scene.figures(&paragraph.tokens);
        let told = Told::new(&scene, number, &figures, drafts, &of);
        let mut sentence: Option<Sentence> = None;
        for (at, figure) in figures.iter().enumerate().filter(|&(at, _)| asked(&told, at)) {
            let known = sentence.take().filter(|s| s.home.contains(&figure.anchor));
            let here = known.unwrap_or_else(|| Sentence::new(&told, scene.sentence(figure.anchor)));
            told_of(number, figure, here.candidates(at));
            sentence = Some(here);
        }
    }
}

/// The number with its thing, short of whoever gives it.
fn content(figure: &Figure, by: &Candidate) -> Range<usize> {
    let mut whole = figure.whole.clone();
    for bar in [&by.source, &by.cue] {
        if bar.start >= figure.own.end {
            whole.end = whole.end.min(bar.start);
        }
    }
    whole
}
