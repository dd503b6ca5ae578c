//! Statements: who said what.

pub mod cue;
pub mod frame;
pub mod model;
pub mod quote;
pub mod reading;
pub mod role;
pub mod tagger;
pub mod tree;

use std::ops::Range;

use crate::text::*;
use reading::Reading;

/// Finds the attributions of a document.
pub fn find(doc: &Document) -> Layer<Statement> {
    let reading = Reading::new(doc);
    let model = model::shipped();
    let above = role::Above::new(&reading);
    let mut statements = Vec::new();
    for paragraph in &reading.paragraphs {
        let roles = model.roles(doc, &reading, &above, paragraph);
        for cue in model::cues_of(&roles, paragraph.tokens.start) {
            let frame = frame::Frame::new(doc, &reading, paragraph, &roles, cue);
            if let Some(found) = model.fill(&frame) {
                statements.push(statement(doc, &found));
            }
        }
    }
    statements.sort_by_key(|s| (s.span().start(), s.span().end()));
    Layer::new(statements)
}

fn statement(doc: &Document, found: &model::Found) -> Statement {
    let span = |range: &Range<usize>| doc.span_of(Id::new(range.start)..Id::new(range.end));
    Statement {
        content: found.content.iter().map(span).collect(),
        cue: vec![span(&found.cue)],
        source: found.source.iter().map(span).collect(),
        source_mention: None,
        speaker: None,
        speaker_kind: SpeakerKind::Unnamed,
        mode: Mode::Indirect,
        parent: None,
        addressee: None,
        medium: None,
        said: None,
        polarity: Polarity::Positive,
        modality: Modality::Asserted,
        commitment: Commitment::Neutral,
        confidence: 50,
        made_by: Rule("statement/model"),
    }
}
