//! Two sources, the verb said once: "Police counted 2,000 marchers, organisers 15,000".

use std::ops::Range;

use super::super::model::Found;
use super::super::quoted::Draft;
use super::giver::Kind;
use super::{Figure, Scene, told_in};
use crate::text::{Id, NameClass, Pos, Relation};

/// A number whose own words name somebody and no verb, behind a number with both.
pub fn find(scene: &Scene, number: usize, figures: &[Figure], drafts: &mut Vec<Draft>) {
    for pair in figures.windows(2) {
        let [first, second] = pair else { continue };
        // "killed 90 civilians – 60 **of whom** were children": some of the same.
        if scene.word(second.own.end) == "of" && matches!(scene.word(second.own.end + 1), "whom" | "which" | "them") {
            continue;
        }
        if scene.reading.sentence[first.anchor] != scene.reading.sentence[second.anchor] {
            continue;
        }
        let told = |at: usize| told_in(drafts, number, at);
        let Some(model) = told(first.anchor) else { continue };
        let own = &drafts[model].found;
        let Some(source) = own.source.clone() else { continue };
        if own.cue.is_empty()
            || own.cue.start > second.own.start
            || scene.reading.sentence[own.cue.start] != scene.reading.sentence[second.anchor]
            || told(second.anchor).is_some_and(|d| d != model && drafts[d].found.source.as_ref() != Some(&source))
        {
            continue;
        }
        let Some(clause) = clause(scene, first, second) else { continue };
        if clause.source.start < first.own.end
            || source.start < clause.source.end && clause.source.start < source.end
            || own.cue.start >= clause.source.start
            || !clause.said && spoken_for(scene, &own.content, first)
        {
            continue;
        }
        let cue = own.cue.clone();
        // What the first one says ends where the second begins.
        for piece in &mut drafts[model].found.content {
            if piece.contains(&clause.start) && piece.start < clause.start && piece.end <= clause.content.end + 2 {
                *piece = scene.trimmed(piece.start..clause.start);
            }
        }
        drafts.push(Draft {
            found: Found { cue, source: Some(clause.source), content: vec![clause.content] },
            paragraph: number,
            made_by: "statement/figure-elided",
            carries: None,
        });
    }
}

/// What stands for a whole clause: who, and the number.
struct Clause {
    start: usize,
    source: Range<usize>,
    content: Range<usize>,
    /// "… that it was 11,000": the clause shows that a verb of saying is left out.
    said: bool,
}

fn clause(scene: &Scene, first: &Figure, second: &Figure) -> Option<Clause> {
    let from = first.own.end;
    let divides = |t: usize| {
        matches!(
            scene.word(t),
            "," | ";" | "and" | "but" | "while" | "whereas" | "or" | "against" | "—" | "–" | "(" | "with"
        )
    };
    let mut end = second.own.start;
    let mut said = false;
    // "twice that, or 80,000".
    if end >= from + 4 && scene.word(end - 1) == "or" && scene.word(end - 2) == "," && scene.word(end - 3) == "that" {
        end = (from..end - 3)
            .rev()
            .find(|&t| !matches!(scene.word(t), "twice" | "triple" | "double" | "times" | "half" | "three"))
            .map_or(end, |t| t + 1);
    }
    if end >= from + 2
        && matches!(scene.word(end - 1), "was" | "were" | "is" | "are")
        && matches!(scene.word(end - 2), "it" | "there")
    {
        end -= 2;
    }
    if end > from && scene.word(end - 1) == "that" {
        end -= 1;
        said = true;
    }
    // "the rebels of 40", "the contractor at $5 million": the preposition of the first number.
    let prepositions = ["at", "of", "to", "for"];
    if !said
        && end > from
        && prepositions.contains(&scene.word(end - 1))
        && scene.word(end - 1) == scene.word(first.lead)
    {
        end -= 1;
        said = true;
    }
    // "the club**, in a statement issued late,** of 15": an aside behind the name.
    if said && end > from + 3 && scene.word(end - 1) == "," {
        let opens = (from + 1..end - 1).rev().take(12).find(|&t| scene.word(t) == ",");
        if let Some(opens) =
            opens.filter(|&o| o + 1 < end - 1 && !(o..end).any(|t| matches!(scene.word(t), ";" | "and" | "but")))
        {
            end = opens;
        }
    }
    // "…; the ministry**,** one in nine": a comma stands for the verb that is left out.
    let gap =
        end > from + 2 && scene.word(end - 1) == "," && (from..end - 1).any(|t| scene.word(t) == ";" && end - t <= 10);
    if gap {
        end -= 1;
    }
    while end > from && matches!(scene.word(end - 1), "only" | "just") {
        end -= 1;
    }
    let mut start = end;
    while start > from && end - start < 10 && !divides(start - 1) {
        start -= 1;
    }
    if start == end
        || start <= from && !divides(from.min(start)) && start != from
        || start > from && !divides(start - 1)
    {
        return None;
    }
    let source = start..end;
    let plain = |t: usize| {
        matches!(
            scene.doc.pos(Id::new(t)),
            Pos::Det | Pos::Adj | Pos::Noun | Pos::Propn | Pos::Part | Pos::X | Pos::Pron
        ) || matches!(scene.word(t), "of" | "for" | "in" | "at" | "-")
    };
    // "said they would help 90 | families in the | three towns": without a mark between, the words go on.
    let joined =
        start == from && !divides(start.max(1) - 1) && source.clone().any(|t| scene.doc.pos(Id::new(t)) == Pos::Adp);
    if joined || scene.doc.pos(Id::new(end - 1)) == Pos::Det {
        return None;
    }
    if !source.clone().all(plain) || matches!(scene.word(end - 1), "'s" | "’s" | "'" | "’" | "of" | "for" | "in" | "at")
    {
        return None;
    }
    let head_end =
        source.clone().find(|&t| t > start && matches!(scene.word(t), "of" | "for" | "in" | "at")).unwrap_or(end);
    let head =
        (start..head_end).rev().find(|&t| matches!(scene.doc.pos(Id::new(t)), Pos::Noun | Pos::Propn | Pos::X))?;
    let nationality = scene.reading.name[head] != 0
        && NameClass::ALL[usize::from((scene.reading.name[head] - 1) / 2)] == NameClass::Norp;
    if scene.kind(head) != Kind::Somebody && !(said && scene.kind(head) != Kind::Thing) || nationality {
        return None;
    }
    let home = scene.sentence(second.anchor);
    let content_start =
        if said || end < second.own.start { end.max(second.lead.min(second.own.start)) } else { second.own.start };
    let content_end =
        if said && scene.word(end) == "that" { clause_end(scene, second, home.end) } else { second.whole.end };
    let content = scene.trimmed(content_start.min(second.own.start)..content_end);
    Some(Clause { start: if start > from { start - 1 } else { start }, source, content, said })
}

fn clause_end(scene: &Scene, figure: &Figure, end: usize) -> usize {
    (figure.whole.end..end).find(|&t| matches!(scene.word(t), "," | ";")).unwrap_or(end)
}

/// The first number stands in a clause with a subject that may be what the second name is set beside: "said Acme hired 30
/// and Borel 12".
fn spoken_for(scene: &Scene, content: &[Range<usize>], first: &Figure) -> bool {
    content.iter().cloned().flatten().any(|t| {
        matches!(scene.relation(t), Some(Relation::Nsubj | Relation::NsubjPass))
            && t < first.own.start
            && scene.kind(t) == Kind::Somebody
            && !first.whole.contains(&t)
    })
}
