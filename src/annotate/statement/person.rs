//! First and second person inside what somebody says: *I*, *we* and *our study* are the one who is quoted, *you* the one
//! who is addressed.

use super::{letter, origin};
use crate::lexicon::noun::{self, NounClass};
use crate::text::{Document, Id, Mode, SpeakerKind, Statement};

/// Resolves them, outer statements before inner.
pub fn resolve(doc: &Document, statements: &mut [Statement]) {
    let ends = letter::find(doc).unwrap_or_default();
    for at in 0..statements.len() {
        let Some(source) = statements[at].source.first().copied() else { continue };
        let words = doc.slice(source).to_lowercase();
        let mut parts = words.split_whitespace();
        let (first, last) = (parts.next().unwrap_or(""), words.split_whitespace().next_back().unwrap_or(""));
        let single = parts.next().is_none();
        let myself = match first {
            "i" | "me" | "myself" | "we" | "us" | "ourselves" | "mine" | "ours" => single,
            // "our study found", "my book says": the words of the one who speaks. "My mother said" is another.
            "my" | "our" => single || origin::document(last.strip_suffix('s').unwrap_or(last)).is_some(),
            _ => false,
        };
        if myself && let Some(outer) = quoted(statements, at) {
            statements[at].speaker = statements[outer].speaker;
            statements[at].also = statements[outer].also.clone();
            statements[at].speaker_kind = statements[outer].speaker_kind;
        } else if myself && statements[at].parent.is_none() && single {
            // The writer, of whom nothing is known here, or who signed the letter.
            let writer = if matches!(first, "i" | "me" | "myself") { ends.i } else { ends.we };
            statements[at].speaker = writer;
            statements[at].speaker_kind = writer.map_or(SpeakerKind::Unnamed, |e| kind_of(doc, e));
        } else if first == "your" && !single && statements[at].parent.is_none() {
            if let Some(body) = ends.yours.filter(|_| noun::find(last).is_some_and(|n| n.class == NounClass::Body)) {
                statements[at].speaker = Some(body);
                statements[at].speaker_kind = kind_of(doc, body);
            }
        } else if matches!(words.as_str(), "you" | "your") {
            let Some(outer) = quoted(statements, at) else {
                if let Some(you) = ends.you {
                    statements[at].speaker = Some(you);
                    statements[at].speaker_kind = kind_of(doc, you);
                }
                continue;
            };
            let heard = statements[outer].addressee.and_then(|a| {
                let inside = doc.mentions.within(a).next()?;
                doc.entity_of.at(inside).copied().flatten()
            });
            // In a transcript the next turn is the other's.
            let turn = |s: &Statement| s.made_by.0 == "statement/turn";
            let answer = (turn(&statements[outer])).then(|| {
                let next = statements[outer + 1..].iter().find(|s| turn(s) && s.speaker != statements[outer].speaker);
                next.and_then(|s| s.speaker.map(|e| (e, s.speaker_kind)))
            });
            if let Some((speaker, kind)) = answer.flatten().or(heard.map(|e| (e, kind_of(doc, e)))) {
                statements[at].speaker = Some(speaker);
                statements[at].speaker_kind = kind;
            }
        }
    }
}

fn kind_of(doc: &Document, entity: Id<crate::text::Entity>) -> SpeakerKind {
    match doc.entities.at(entity) {
        Some(e) if e.named => SpeakerKind::Named,
        Some(e) if e.kind == crate::text::EntityKind::Group => SpeakerKind::Group,
        _ => SpeakerKind::Unnamed,
    }
}

/// The nearest statement around this one that gives somebody's own words.
fn quoted(statements: &[Statement], at: usize) -> Option<usize> {
    let mut outer = statements[at].parent?.index();
    for _ in 0..statements.len() {
        if statements[outer].mode != Mode::Indirect {
            return Some(outer);
        }
        outer = statements[outer].parent?.index();
    }
    None
}
