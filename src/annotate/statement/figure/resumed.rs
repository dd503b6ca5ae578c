//! The source of the sentence before: "That is the estimate of the harbour master", "The figure comes from the organisers".

use std::ops::Range;

use super::super::model::Found;
use super::super::quoted::Draft;
use super::super::reading::Reading;
use super::giver::{self, Kind};
use super::noun;
use super::word::{self, Class};
use super::{Scene, holds};
use crate::text::{Document, Id, Relation};

/// A sentence about the figure before it, or behind its own colon, says whose that figure is.
pub fn resumed(doc: &Document, reading: &Reading, drafts: &mut Vec<Draft>) {
    let scene = Scene { doc, reading };
    for number in 0..doc.sentences.len() {
        let tokens = &doc.sentences[Id::new(number)].tokens;
        let tokens = tokens.start.index()..tokens.end.index();
        if tokens.len() < 3 || tokens.len() > 40 {
            continue;
        }
        let Some((source, cue)) = about(&scene, tokens.clone()) else { continue };
        let home = |at: usize| reading.paragraphs.iter().position(|p| p.tokens.contains(&at));
        let colon = tokens.clone().find(|&t| scene.word(t) == ":");
        let behind = colon.map(|c| scene.trimmed(c + 1..tokens.end)).filter(|r| has_figure(&scene, r));
        let before = || {
            let tokens = &doc.sentences[Id::new(number.checked_sub(1)?)].tokens;
            Some(scene.trimmed(tokens.start.index()..tokens.end.index()))
        };
        let Some(content) = behind.or_else(before).filter(|r| has_figure(&scene, r)) else { continue };
        let Some(paragraph) = home(content.start) else { continue };
        let figures = scene.figures(&content);
        if !figures.iter().any(|f| !drafts.iter().any(|d| d.paragraph == paragraph && holds(d, f.anchor))) {
            continue;
        }
        drafts.push(Draft {
            found: Found { cue, source: Some(source), content: vec![content] },
            paragraph,
            made_by: "statement/figure-resumed",
            carries: None,
        });
    }
}

fn has_figure(scene: &Scene, range: &Range<usize>) -> bool {
    !scene.figures(range).is_empty()
}

/// Who a sentence says that the figure is from.
fn about(scene: &Scene, tokens: Range<usize>) -> Option<(Range<usize>, Range<usize>)> {
    let root = tokens.clone().find(|&t| {
        scene.relation(t) == Some(Relation::Root) || scene.reading.up(t).is_none() && scene.relation(t).is_some()
    })?;
    let subject = scene.child(root, &[Relation::Nsubj, Relation::NsubjPass])?;
    let points = |t: usize| {
        let bare = matches!(scene.word(t), "that" | "this" | "these" | "those" | "it" | "they");
        let figure = word::any(scene.lemma(t), &[Class::Amount, Class::Level])
            && scene
                .child(t, &[Relation::Det])
                .is_some_and(|d| matches!(scene.word(d), "the" | "that" | "this" | "these" | "those" | "both"))
            && scene.child(t, &[Relation::NmodPoss]).is_none();
        (bare, figure)
    };
    let (bare, figure) = points(subject);
    // "That is the count of the club."
    if (bare || figure)
        && scene.child(root, &[Relation::Cop]).is_some()
        && word::any(scene.lemma(root), &[Class::Amount])
        && let Some(owned) = noun::owner(scene, root)
    {
        return Some((owned.source, owned.cue));
    }
    if figure {
        // "The figure comes from the fire service."
        let from = tokens
            .clone()
            .filter(|&t| t > root && scene.word(t) == "from")
            .find_map(|t| scene.reading.up(t).filter(|&noun| noun > t && scene.relation(t) == Some(Relation::Case)));
        let comes = matches!(scene.lemma(root), "come" | "stem" | "originate" | "be" | "derive" | "take");
        if let Some(from) = from.filter(|&f| comes && scene.kind(f) != Kind::Thing) {
            return Some((scene.phrase(from), root..root + 1));
        }
        // "The number was given by the hospice."
        let gives = word::any(scene.lemma(root), &[Class::Give, Class::State])
            || matches!(scene.lemma(root), "compile" | "collect");
        if gives && let Some((source, _, true)) = giver::of_verb(scene.doc, scene.reading, root) {
            return Some((source, root..root + 1));
        }
    }
    // "Police gave that figure."
    let object = scene.child(root, &[Relation::Obj])?;
    let (_, figure) = points(object);
    let gives = word::any(scene.lemma(root), &[Class::Give, Class::State]);
    if figure && gives && scene.kind(subject) != Kind::Thing && scene.figures(&tokens).is_empty() {
        return Some((scene.phrase(subject), root..root + 1));
    }
    None
}
