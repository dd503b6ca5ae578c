//! Lengths counted from an event whose day the article told: "two days after the attack".

use jiff::civil::Date;

use crate::text::{Anchor, Document, Id, Pos, Rule, Time, TimeKind, Token};

use super::atom::Atom;
use super::calendar::Grain;
use super::interval::away;
use super::meaning::Amount;
use super::words::Class;

/// Gives a length that runs from an event the day it ends on, where a sentence before told the event's day. The value
/// stays the length.
pub fn offsets(
    doc: &Document,
    atoms: &[Atom],
    lengths: &[Vec<(Amount, Grain)>],
    rows: &[(usize, usize)],
    times: &mut [Time],
) {
    for k in 0..times.len() {
        let sign = match atoms.get(rows[k].1).map(|a| a.class) {
            Some(Class::After) => 1,
            Some(Class::Before) => -1,
            _ => continue,
        };
        if lengths[k].is_empty() || times[k].earliest.is_some() {
            continue;
        }
        let Some(day) = noun(doc, atoms, rows[k].1 + 1).and_then(|noun| day_of(doc, noun, &times[..k])) else {
            continue;
        };
        if let Some(date) = away(day, &lengths[k], sign) {
            let time = &mut times[k];
            (time.earliest, time.latest) = (Some(date), Some(date));
            (time.begin, time.end) = (Some(date), Some(date));
            time.anchor = Some(Anchor { date: day, rule: Rule("event") });
        }
    }
}

/// The noun of "the attack", "the bomb attack"; nothing else may stand before it, and no name behind.
fn noun(doc: &Document, atoms: &[Atom], at: usize) -> Option<Id<Token>> {
    atoms.get(at).filter(|a| a.class == Class::The)?;
    let tokens =
        atoms[at + 1..].iter().take(4).take_while(|a| a.class != Class::Break).map(|a| Id::new(a.token as usize));
    tokens.take_while(|&t| matches!(doc.pos(t), Pos::Noun | Pos::Adj)).last().filter(|&t| doc.pos(t) == Pos::Noun)
}

/// The one day that stands in the nearest sentence before that names the event.
fn day_of(doc: &Document, noun: Id<Token>, times: &[Time]) -> Option<Date> {
    let lemma = doc.lemma(noun);
    let own = doc.sentence_of(noun);
    let told = (0..noun.index()).rev().map(Id::new).filter(|&t| doc.lemma(t) == lemma && doc.sentence_of(t) != own);
    told.filter_map(|t| {
        let sentence = doc.sentences.at(doc.sentence_of(t))?.span;
        let inside = times.iter().filter(|time| time.kind != TimeKind::Duration && sentence.covers(time.span));
        let mut days: Vec<Date> = inside.filter_map(|time| time.earliest.filter(|e| time.latest == Some(*e))).collect();
        days.dedup();
        (days.len() == 1).then(|| days[0])
    })
    .next()
}
