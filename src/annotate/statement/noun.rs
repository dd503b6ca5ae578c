//! A noun of saying with its clause: "issued a warning that …", "the claim by the ministry that …".

use std::ops::Range;
use std::sync::LazyLock;

use rustc_hash::FxHashSet;

use super::cue::{Class, Cue, Force, cues};
use super::mend::known_name;
use super::model::Found;
use super::quoted::Draft;
use super::reading::Reading;
use super::tree;
use crate::lexicon::table;
use crate::text::{Document, Id, Pos, Relation, Xpos};

/// Verbs that hand over what their object says.
static LIGHT: LazyLock<FxHashSet<&'static str>> =
    LazyLock::new(|| table::rows(include_str!("en/light.tsv")).filter_map(|(_, c)| c.first().copied()).collect());

/// "The inspector presented a report to the council on Monday that the bridge had sunk by 3 centimetres": between noun
/// and clause may stand for whom and when. The source is the subject of the light verb, or who the noun says it is
/// of ("the claim by the ministry that …", "the ministry's claim that …").
pub fn find(doc: &Document, reading: &Reading, number: usize, drafts: &mut Vec<Draft>) {
    let mut found = Vec::new();
    for that in reading.paragraphs[number].tokens.clone() {
        if doc.lower(Id::new(that)) != "that" || tree::relation(reading, that) != Some(Relation::Mark) {
            continue;
        }
        let Some(clause) = reading.up(that).filter(|&c| c > that) else { continue };
        let told = above(doc, reading, that, clause)
            .into_iter()
            .find_map(|noun| speaker(doc, reading, noun, that).map(|(source, start)| (noun, source, start)));
        let Some((noun, source, start)) = told else { continue };
        let content = clause_end(doc, reading, that, clause);
        let cue = start..noun + 1;
        let touches = |r: &Range<usize>, q: &Range<usize>| r.start < q.end && q.start < r.end;
        let taken = drafts.iter().any(|d| {
            d.paragraph == number
                && (touches(&d.found.cue, &cue)
                    || d.found.content.iter().any(|c| touches(c, &content) && !c.contains(&cue.start)))
        });
        if taken || touches(&source, &content) || content.len() < 4 {
            continue;
        }
        found.push(Draft {
            found: Found { cue, source: Some(source), content: vec![content] },
            paragraph: number,
            made_by: "statement/noun",
            carries: None,
        });
    }
    drafts.extend(found);
}

/// The nouns of saying a that-clause may belong to: its head in the tree, and what hangs on the same verb; of the day,
/// the hearer or the place in between the parser often makes the clause's head.
fn above(doc: &Document, reading: &Reading, that: usize, clause: usize) -> Vec<usize> {
    let says = |t: usize| {
        let row: Option<&Cue> = cues().of(doc, Id::new(t));
        t < that
            && that - t < 16
            && row.is_some_and(|r| r.class == Class::Noun && r.force == Force::Speech && r.takes.contains(&"that"))
    };
    let hangs = [Relation::Ccomp, Relation::Acl, Relation::AclRelcl, Relation::Advcl];
    if !tree::relation(reading, clause).is_some_and(|r| hangs.contains(&r)) {
        return Vec::new();
    }
    let (mut nouns, mut at) = (Vec::new(), clause);
    for _ in 0..3 {
        let Some(up) = reading.up(at) else { break };
        nouns.push(up);
        nouns.extend(tree::children(doc, reading, up, &[Relation::Obj]));
        at = up;
        if doc.pos(Id::new(up)) == Pos::Verb {
            break;
        }
    }
    nouns.retain(|&t| says(t));
    nouns
}

/// Who says it, and where the cue begins.
fn speaker(doc: &Document, reading: &Reading, noun: usize, that: usize) -> Option<(Range<usize>, usize)> {
    // "the claim by the ministry", "the demand of the union".
    for child in tree::children(doc, reading, noun, &[Relation::Nmod, Relation::NmodPoss]) {
        let range = tree::subtree(doc, reading, child);
        let first = doc.lower(Id::new(range.start));
        if child > noun && range.end <= that && first == "by" {
            return trimmed(reading, range.start + 1..range.end).map(|s| (s, noun));
        }
        if child < noun && tree::relation(reading, child) == Some(Relation::NmodPoss) {
            let owner = matches!(doc.pos(Id::new(child)), Pos::Noun | Pos::Propn | Pos::Pron);
            return trimmed(reading, range).filter(|_| owner).map(|s| (s, noun));
        }
    }
    let verb = reading.up(noun).filter(|_| tree::relation(reading, noun) == Some(Relation::Obj))?;
    if verb > noun || !LIGHT.contains(doc.lemma(Id::new(verb))) {
        return None;
    }
    let bare = || {
        // A name in front of the verb that the parser took for something else.
        let mut from = verb;
        while from > 0
            && reading.sentence[from - 1] == reading.sentence[verb]
            && (reading.name[from - 1] != 0
                || reading.xpos[from - 1] == Xpos::Nnp as u8 + 1
                || known_name(reading, from - 1))
        {
            from -= 1;
        }
        (from < verb).then_some(from..verb)
    };
    let source = tree::source(doc, reading, &(verb..noun + 1), verb).map(|s| s.0).or_else(bare)?;
    (source.end <= verb).then_some((source, verb))
}

/// Without the marks at both ends.
fn trimmed(reading: &Reading, range: Range<usize>) -> Option<Range<usize>> {
    let (mut start, mut end) = (range.start, range.end);
    while start < end && reading.shape[start] == 1 {
        start += 1;
    }
    while end > start && reading.shape[end - 1] == 1 {
        end -= 1;
    }
    (start < end).then_some(start..end)
}

/// The clause from "that" on, without the mark that closes the sentence.
fn clause_end(doc: &Document, reading: &Reading, that: usize, clause: usize) -> Range<usize> {
    let mut end = tree::subtree(doc, reading, clause).end;
    while end > clause + 1 && reading.shape[end - 1] == 1 && reading.quote[end - 1] == 0 {
        end -= 1;
    }
    that..end
}
