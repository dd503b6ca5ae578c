//! Turns of transcripts and interviews, and posts: the layout says who speaks.

use super::model::Found;
use super::quoted::Draft;
use super::reading::Reading;
use crate::text::{BlockKind, Document, Id};

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
    match block.kind {
        BlockKind::Question | BlockKind::Answer => {
            let colon = tokens.clone().take(10).find(|&t| doc.lower(Id::new(t)) == ":");
            if let Some(colon) = colon.filter(|&c| c > tokens.start && c + 1 < tokens.end) {
                if !(colon + 1..tokens.end).any(|t| reading.shape[t] != 1) {
                    return;
                }
                drafts.retain(|d| !(d.paragraph == number && d.found.cue.contains(&colon)));
                drafts.push(Draft {
                    found: Found {
                        cue: colon..colon + 1,
                        source: Some(tokens.start..colon),
                        content: vec![colon + 1..tokens.end],
                    },
                    paragraph: number,
                    made_by: "statement/turn",
                    carries: None,
                });
            } else if let Some(before) = drafts
                .iter()
                .rposition(|d| d.made_by == "statement/turn" && d.paragraph < number && d.paragraph + 4 > number)
            {
                drafts[before].found.content.push(tokens);
            }
        }
        BlockKind::Post => {
            // "Harbour Watch @harbourwatch The ferry has docked": the handle divides source and words.
            let handle = tokens.clone().take(14).find(|&t| doc.lower(Id::new(t)).starts_with('@'));
            if let Some(handle) = handle.filter(|&h| h + 3 < tokens.end) {
                drafts.push(Draft {
                    found: Found {
                        cue: handle..handle,
                        source: Some(tokens.start..handle.max(tokens.start + 1)),
                        content: vec![handle + 1..tokens.end],
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
