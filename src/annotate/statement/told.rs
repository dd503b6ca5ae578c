//! Passives of telling: "The court was told that …", "She had been warned not to speak". The subject hears; who spoke is
//! named with "by" or not at all.

use std::ops::Range;

use super::model::Found;
use super::quoted::Draft;
use super::reading::{Paragraph, Reading, child_bit};
use super::tree;
use crate::text::{BlockKind, Document, Id, Pos, Relation, Xpos};

/// Takes the hearer off the source of one attribution.
pub fn mend(doc: &Document, reading: &Reading, paragraph: &Paragraph, found: &mut Found) {
    let Some(source) = found.source.clone() else { return };
    // "Holt, **asked** about the talks, said …": a participle without a subject; who asked is not told.
    let other = |t: usize| doc.pos(Id::new(t)) == Pos::Verb && doc.lower(Id::new(t)) != "asked";
    let asked = found.cue.clone().find(|&t| doc.lower(Id::new(t)) == "asked").filter(|&t| {
        let bits = reading.children[t];
        let subject = child_bit(Relation::Nsubj) | child_bit(Relation::NsubjPass) | child_bit(Relation::Aux);
        bits & subject == 0
            && !found.cue.clone().any(other)
            && matches!(tree::relation(reading, t), Some(Relation::Advcl | Relation::Acl))
    });
    if let Some(asked) = asked {
        found.source = agent(doc, reading, asked);
        return;
    }
    // "Drivers warned to avoid the bridge": a headline leaves "are" out, and says what somebody does in the present.
    if let Some(verb) = found.cue.clone().find(|&t| is_told_in_a_headline(doc, paragraph, t))
        && source.end <= verb
    {
        found.source = None;
        return;
    }
    let verb = found.cue.clone().find(|&t| TELLING.contains(&doc.lemma(Id::new(t))) && doc.lemma(Id::new(t)) != "ask");
    let Some(verb) = verb else { return };
    let passive = reading.children[verb] & child_bit(Relation::AuxPass) != 0;
    let hearer = tree::children(doc, reading, verb, &[Relation::NsubjPass]).next();
    let hears = hearer.is_some_and(|h| source.contains(&h)) || hearer.is_none() && source.end <= verb;
    if !passive || !hears || source.start > verb {
        return;
    }
    found.source = agent(doc, reading, verb).map(|mut range| {
        if let Some(content) = found.content.iter().find(|c| c.start >= range.start && c.start < range.end) {
            range.end = content.start.max(range.start);
        }
        range
    });
    found.source = found.source.take().filter(|s| !s.is_empty());
}

/// "Residents were told by police to leave": the content is what they were told, not who was.
pub fn content(doc: &Document, reading: &Reading, _: &Paragraph, found: &mut Found) {
    hearer(doc, reading, found);
    let Some(verb) = found.cue.clone().find(|&t| is_told(doc, reading, t)) else { return };
    let hearer = tree::children(doc, reading, verb, &[Relation::NsubjPass]).next();
    let (Some(hearer), Some(told)) = (hearer, told(doc, reading, verb)) else { return };
    let ill = found.content.iter().any(|c| c.contains(&hearer))
        || found.source.as_ref().is_some_and(|s| s.end > told.start)
        || found.content.first().is_none_or(|c| c.start > told.start);
    if ill {
        found.content = vec![told.clone()];
        if found.source.as_ref().is_some_and(|s| s.end > told.start) {
            found.source = agent(doc, reading, verb);
        }
    }
}

/// "He was assured by the minister that no school would close": the statement that the taggers left out.
pub fn rescue(doc: &Document, reading: &Reading, number: usize, drafts: &mut Vec<Draft>) {
    let mut found = Vec::new();
    for verb in reading.paragraphs[number].tokens.clone() {
        if !is_told(doc, reading, verb) || drafts.iter().any(|d| d.paragraph == number && d.found.cue.contains(&verb)) {
            continue;
        }
        let source = agent(doc, reading, verb);
        let told = told(doc, reading, verb);
        let (Some(source), Some(told)) = (source, told) else { continue };
        let cue = auxiliary(doc, reading, verb)..verb + 1;
        let found_here = Found { cue, source: Some(source), content: vec![told] };
        found.push(Draft { found: found_here, paragraph: number, made_by: "statement/told", carries: None });
    }
    drafts.extend(found);
}

/// Where "had been warned" begins.
fn auxiliary(doc: &Document, reading: &Reading, verb: usize) -> usize {
    tree::children(doc, reading, verb, &[Relation::Aux, Relation::AuxPass]).next().map_or(verb, |t| t.min(verb))
}

/// Who told it: the words after "by", without the clause that the tree may hang on them.
fn agent(doc: &Document, reading: &Reading, verb: usize) -> Option<Range<usize>> {
    let agent = tree::children(doc, reading, verb, &[Relation::OblAgent]).find(|&t| t > verb)?;
    let mut range = tree::subtree(doc, reading, agent);
    range.start += usize::from(doc.lower(Id::new(range.start)) == "by");
    if let Some(clause) = clause(doc, reading, verb) {
        let clause = tree::subtree(doc, reading, clause);
        range.end = range.end.min(clause.start.max(agent + 1));
    }
    (!range.is_empty()).then_some(range)
}

/// "told teachers | **who had gathered that** the money was there": who hears is none of it, up to the "that" of the clause.
fn hearer(doc: &Document, reading: &Reading, found: &mut Found) {
    let cue = found.cue.clone();
    let Some(verb) = cue.clone().find(|&t| TELLING.contains(&doc.lemma(Id::new(t)))) else { return };
    let Some(piece) = found.content.iter_mut().find(|p| p.start >= cue.end && p.start <= cue.end + 12) else { return };
    let word = |t: usize| doc.lower(Id::new(t));
    let outside = |t: usize| reading.quote[t] == super::reading::OUTSIDE;
    let opens = word(piece.start);
    let heard = matches!(opens, "who" | "which")
        || piece.start == cue.end
            && matches!(doc.pos(Id::new(piece.start)), Pos::Noun | Pos::Propn | Pos::Det | Pos::Adj);
    let that = (piece.start + 1..piece.end.min(piece.start + 16)).take_while(|&t| outside(t)).find(|&t| {
        word(t) == "that"
            && tree::relation(reading, t) == Some(Relation::Mark)
            && (matches!(opens, "who" | "which")
                || reading.up(t).is_some_and(|v| {
                    reading.up(v) == Some(verb) && tree::relation(reading, v) == Some(Relation::Ccomp)
                }))
    });
    if let Some(that) = that.filter(|&t| heard && t + 2 < piece.end) {
        piece.start = that;
    }
}

/// The head of what was told: a clause of the verb, or one beginning with "that" or "to" that the tree hangs on the agent.
fn clause(doc: &Document, reading: &Reading, verb: usize) -> Option<usize> {
    const OWN: &[Relation] = &[Relation::Ccomp, Relation::Xcomp];
    const LOOSE: &[Relation] = &[Relation::Advcl, Relation::AclRelcl, Relation::Acl];
    let marked = |t: usize, with: &[&str]| {
        tree::children(doc, reading, t, &[Relation::Mark]).any(|m| m < t && with.contains(&doc.lower(Id::new(m))))
    };
    let own = tree::children(doc, reading, verb, OWN).find(|&t| t > verb);
    let loose = || tree::children(doc, reading, verb, LOOSE).find(|&t| t > verb && marked(t, &["to", "that"]));
    let hung = || {
        let agent = tree::children(doc, reading, verb, &[Relation::OblAgent, Relation::Obl]);
        agent
            .filter(|&a| a > verb)
            .find_map(|a| tree::children(doc, reading, a, LOOSE).find(|&t| t > a && marked(t, &["to", "that"])))
    };
    own.or_else(loose).or_else(hung)
}

/// The words that were told.
fn told(doc: &Document, reading: &Reading, verb: usize) -> Option<Range<usize>> {
    let mut range = tree::subtree(doc, reading, clause(doc, reading, verb)?);
    range.start = range.start.max(verb + 1);
    while range.end > range.start && reading.shape[range.end - 1] == 1 {
        range.end -= 1;
    }
    (range.len() > 1).then_some(range)
}

/// "was told", "had been warned": a passive of telling, whose subject hears.
pub fn is_told(doc: &Document, reading: &Reading, verb: usize) -> bool {
    reading.children[verb] & child_bit(Relation::AuxPass) != 0
        && reading.children[verb] & child_bit(Relation::NsubjPass) != 0
        && TELLING.contains(&doc.lemma(Id::new(verb)))
}

/// The past form of a verb of telling in a headline with "to" right behind it: a passive.
fn is_told_in_a_headline(doc: &Document, paragraph: &Paragraph, verb: usize) -> bool {
    let heading =
        doc.blocks.at(paragraph.block).is_some_and(|b| matches!(b.kind, BlockKind::Headline | BlockKind::Heading));
    let next = |t: usize| doc.tokens.at(Id::new(t)).map_or("", |t| t.lower.as_str());
    heading
        && matches!(doc.xpos(Id::new(verb)), Xpos::Vbd | Xpos::Vbn)
        && TELLING.contains(&doc.lemma(Id::new(verb)))
        && (next(verb + 1) == "to" || next(verb + 1) == "not" && next(verb + 2) == "to")
}

/// Verbs whose object is the hearer.
const TELLING: &[&str] = &[
    "tell", "inform", "warn", "advise", "assure", "notify", "remind", "reassure", "instruct", "order", "urge",
    "promise", "brief", "ask",
];
