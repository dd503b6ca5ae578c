//! Asides: who says it stands between commas in the middle of what is said. "Prices, according to the bank, rose"; "the dam,
//! as engineers had warned, broke"; "nobody, the priest swore, had touched the box"; "…, as was reported by the clinic".

use std::ops::Range;

use super::cue::{self, Class, Force};
use super::figure;
use super::model::Found;
use super::quoted::Draft;
use super::reading::{OUTSIDE, Paragraph, Reading};
use super::tree;
use crate::text::{Document, Id, Pos, Relation, Xpos};

/// How long the words for who says it may be.
const LONGEST: usize = 9;

/// "Prices, according to the bank, | rose by 4 percent": words before an aside whose verb stands behind it go on there;
/// "**Finding water**, he said, is the best thing": and a verb behind it has its subject before.
pub fn around(doc: &Document, reading: &Reading, _: &Paragraph, found: &mut Found) {
    let word = |t: usize| doc.lower(Id::new(t));
    in_the_middle(doc, reading, found);
    let (Some(source), [content]) = (&found.source, found.content.as_slice()) else { return };
    if found.cue.is_empty() || !found.cue.clone().any(|t| reading.band[t] == 1 || word(t) == "according") {
        return;
    }
    let (low, high) = (source.start.min(found.cue.start), source.end.max(found.cue.end));
    let close = high;
    let sentence = tree::sentence(doc, reading, found.cue.start);
    let aside = low > sentence.start
        && word(low - 1) == ","
        && close + 1 < sentence.end
        && word(close) == ","
        && content.end == low - 1
        && content.start >= sentence.start;
    if !aside || (content.start..sentence.end).any(|t| reading.quote[t] != OUTSIDE) {
        return;
    }
    let rest = rest(doc, reading, close + 1, sentence.end);
    let finite = content.clone().any(|t| is_finite(doc, t));
    let hangs = reading.up(tree::head_of(reading, content.clone())).is_some_and(|up| rest.contains(&up));
    let verb = rest.clone().any(|t| matches!(doc.pos(Id::new(t)), Pos::Verb | Pos::Aux));
    if !rest.is_empty() && verb && (!finite || hangs) {
        found.content.push(rest);
    }
}

/// "**Finding water**, he said, | is the best thing", "**The dam**, according to engineers, | was never looked at": the words
/// behind an aside begin with a verb whose subject stands before it.
fn in_the_middle(doc: &Document, reading: &Reading, found: &mut Found) {
    let word = |t: usize| doc.lower(Id::new(t));
    let cue = found.cue.clone();
    let (Some(source), [behind]) = (found.source.clone(), found.content.as_slice()) else { return };
    let behind = behind.clone();
    if cue.is_empty() || behind.start <= cue.end || word(behind.start - 1) != "," {
        return;
    }
    let sentence = tree::sentence(doc, reading, cue.start);
    let according = word(cue.start) == "according";
    if !(according || cue.clone().any(|t| reading.band[t] == 1)) || !sentence.contains(&behind.start) {
        return;
    }
    // The taggers may take the subject for who says it.
    let swapped = according && source.end < cue.start && source.start <= sentence.start + 1;
    let low = if according { cue.start } else { source.start.min(cue.start) };
    let opens = low > sentence.start + 1 && word(low - 1) == ",";
    let verb = (behind.start..behind.end.min(behind.start + 3))
        .find(|&t| is_finite(doc, t))
        .filter(|&v| (behind.start..v).all(|t| matches!(doc.pos(Id::new(t)), Pos::Adv | Pos::Aux | Pos::Part)));
    let front = rest(doc, reading, first_word(reading, sentence.start, low), low - usize::from(opens));
    let outside = front.clone().chain(cue.clone()).all(|t| reading.quote[t] == OUTSIDE);
    let clause = front.clone().any(|t| is_finite(doc, t));
    if !opens
        || verb.is_none()
        || front.is_empty()
        || front.len() > 25
        || !outside
        || clause && !swapped && !opened(doc, &front)
    {
        return;
    }
    if swapped {
        let who = rest(doc, reading, cue.end, behind.start - 1);
        if who.is_empty() {
            return;
        }
        found.source = Some(who);
    }
    found.content.insert(0, front);
}

/// "What matters": a clause that is a subject itself.
fn opened(doc: &Document, front: &Range<usize>) -> bool {
    matches!(doc.lower(Id::new(front.start)), "what" | "whoever" | "whatever" | "that" | "how" | "whether" | "why")
}

fn first_word(reading: &Reading, start: usize, end: usize) -> usize {
    (start..end).find(|&t| reading.shape[t] != 1).unwrap_or(end)
}

/// The asides that the taggers left out.
pub fn find(doc: &Document, reading: &Reading, number: usize, drafts: &mut Vec<Draft>) {
    let paragraph = &reading.paragraphs[number];
    let word = |t: usize| doc.lower(Id::new(t));
    let mut made = Vec::new();
    for comma in paragraph.tokens.clone().filter(|&t| word(t) == "," && reading.quote[t] == OUTSIDE) {
        let sentence = tree::sentence(doc, reading, comma);
        if comma <= sentence.start || comma + 1 >= sentence.end {
            continue;
        }
        let Some((cue, source, close)) = said_by(doc, reading, comma, sentence.end) else { continue };
        let taken = |d: &Draft| d.paragraph == number && d.found.cue.clone().any(|t| cue.contains(&t));
        if let Some(draft) = drafts.iter_mut().find(|d| taken(d)) {
            // "…, as was reported by the clinic", with the cue alone.
            if draft.found.source.is_none() {
                draft.found.source = Some(source);
            }
            continue;
        }
        if sentence.clone().any(|t| reading.quote[t] != OUTSIDE) {
            continue;
        }
        let mut content = vec![first_word(reading, sentence.start, comma)..comma];
        let rest = rest(doc, reading, close + 1, sentence.end);
        // "…, he recalled, and the house was dark": a clause of its own may be the writer's.
        let own = !rest.is_empty() && doc.pos(Id::new(rest.start)) == Pos::Cconj;
        if !rest.is_empty() && !own {
            content.push(rest);
        }
        // "When it rained, the mayor complained to the council": a clause that only says when.
        let opening = content[0].start;
        let hangs = content.len() == 1
            && (matches!(doc.pos(Id::new(opening)), Pos::Sconj | Pos::Cconj)
                || matches!(word(opening), "when" | "if" | "after" | "before" | "while" | "as" | "since" | "once"));
        if hangs || !content.iter().cloned().flatten().any(|t| is_finite(doc, t)) {
            continue;
        }
        let found = Found { cue, source: Some(source), content };
        made.push(Draft { found, paragraph: number, made_by: "statement/aside", carries: None });
    }
    drafts.extend(made);
}

/// Cue and source of an aside behind a comma, and where it closes.
fn said_by(doc: &Document, reading: &Reading, comma: usize, end: usize) -> Option<(Range<usize>, Range<usize>, usize)> {
    let word = |t: usize| doc.lower(Id::new(t));
    let closes = |t: usize| t + 1 >= end || word(t) == ",";
    let led = word(comma + 1) == "as";
    let first = comma + 1 + usize::from(led);
    if first >= end {
        return None;
    }
    // "as was reported by the clinic", "as announced by the bank".
    if led {
        let mut verb = first;
        while verb < end && verb < first + 3 && doc.pos(Id::new(verb)) == Pos::Aux {
            verb += 1;
        }
        let told = |v: usize| speaks(doc, v) || matches!(doc.lemma(Id::new(v)), "note" | "show" | "find");
        if verb + 2 < end && doc.xpos(Id::new(verb)) == Xpos::Vbn && told(verb) && word(verb + 1) == "by" {
            let close = (verb + 2..end).find(|&t| closes(t) || matches!(word(t), "." | ";"))?;
            let close = if reading.shape[close] == 1 { close } else { close + 1 };
            let source = verb + 2..close;
            let noun = !source.is_empty() && source.len() <= LONGEST && !source.clone().any(|t| is_finite(doc, t));
            return noun.then(|| (comma + 1..verb + 2, source, close));
        }
    }
    let verb = (first + 1..end.min(first + LONGEST)).find(|&t| {
        is_finite(doc, t) && (speaks(doc, t) || hears(doc, reading, t))
            || speaks_after_had(doc, t)
            || !led && speaks_untagged(doc, reading, t)
    })?;
    let mut cue = verb;
    while cue > first && doc.pos(Id::new(cue - 1)) == Pos::Aux {
        cue -= 1;
    }
    let source = first..cue;
    let subject = !source.is_empty() && {
        let head = tree::head_of(reading, source.clone());
        reading.up(head) == Some(verb) && tree::relation(reading, head) == Some(Relation::Nsubj)
            || !led && (somebody(doc, reading, head) || somebody(doc, reading, source.end - 1))
    };
    let nominal = source.clone().all(|t| {
        !matches!(doc.pos(Id::new(t)), Pos::Verb | Pos::Aux | Pos::Sconj)
            && reading.shape[t] != 1
            && !matches!(word(t), "who" | "which" | "that" | "what" | "it" | "and" | "but" | "or")
    });
    // "As Carla Ruiz reports at Science Weekly, …": where it is told.
    let mut close = verb + 1;
    if led && close < end && matches!(word(close), "at" | "in" | "on" | "for") {
        let noun = |t: usize| matches!(doc.pos(Id::new(t)), Pos::Det | Pos::Adj | Pos::Noun | Pos::Propn | Pos::X);
        close = (close + 1..end).find(|&t| !noun(t)).unwrap_or(end);
    }
    // ", its finance director told a conference **in Trieste,**", ", exporters estimated **on Monday,**": to whom, where and when.
    if !led && close < end && word(close) != "," {
        close = circumstance(doc, reading, verb, end).unwrap_or(close);
    }
    // "…, Mr Trotter told a press conference."
    let stops = !led && close > verb + 1 && close + 1 == end && word(close) == ".";
    let heard = close < end && reading.shape[close] == 1 && close + 1 >= end && hears(doc, reading, verb);
    (subject && nominal && close < end && (word(close) == "," || heard || stops))
        .then(|| (cue..verb + 1, source, close))
}

/// Where the words behind a verb end that say to whom, where, when or how it was said: a noun phrase for who hears, phrases
/// with a preposition, times and adverbs, up to a comma.
fn circumstance(doc: &Document, reading: &Reading, verb: usize, end: usize) -> Option<usize> {
    let comma = (verb + 1..end)
        .find(|&t| doc.lower(Id::new(t)) == ",")
        .or_else(|| end.checked_sub(1).filter(|&t| t > verb && doc.lower(Id::new(t)) == "."))?;
    let tells = matches!(doc.lemma(Id::new(verb)), "tell" | "inform" | "assure" | "remind" | "warn" | "write");
    let first = verb + 1;
    if first >= end {
        return None;
    }
    let led = matches!(doc.pos(Id::new(first)), Pos::Adp | Pos::Adv) && doc.lower(Id::new(first)) != "as"
        || doc.is_in_time(Id::new(first));
    let nominal = |t: usize| {
        matches!(
            doc.pos(Id::new(t)),
            Pos::Adp
                | Pos::Adv
                | Pos::Det
                | Pos::Adj
                | Pos::Noun
                | Pos::Propn
                | Pos::Num
                | Pos::Part
                | Pos::Pron
                | Pos::X
        ) && !matches!(doc.lower(Id::new(t)), "that" | "who" | "which" | "what" | "whether" | "to")
            && reading.shape[t] != 1
            || matches!(doc.lower(Id::new(t)), "to" if doc.pos(Id::new(t)) == Pos::Adp)
    };
    (comma <= verb + 11 && (led || tells) && (first..comma).all(nominal)).then_some(comma)
}

/// True for a noun for people, one who has a name, or a body: whoever may say something.
pub fn somebody(doc: &Document, reading: &Reading, head: usize) -> bool {
    use crate::lexicon::noun::{self, NounClass};
    let id = Id::new(head);
    // "the archivist estimates", with the tag of an adjective.
    let tagged = matches!(doc.pos(id), Pos::Adj | Pos::X) && figure::word::is_giver(doc.lower(id));
    (matches!(doc.pos(id), Pos::Noun | Pos::Propn) || tagged)
        && (reading.name[head] != 0
            || noun::of(doc, id).is_some_and(|n| !matches!(n.class, NounClass::Place | NounClass::Craft))
            || figure::word::is_giver(doc.lemma(id)))
}

/// A verb that may stand beside a quotation.
fn speaks(doc: &Document, at: usize) -> bool {
    cue::cues().form(doc.lower(Id::new(at))).any(|r| {
        r.class == Class::Verb
            && matches!(r.force, Force::Speech | Force::Thought)
            && r.takes.iter().any(|t| matches!(*t, "quote" | "that"))
    }) || figure::reports(doc.lemma(Id::new(at)))
}

/// "…, **the court heard**": what is said before a body that hears people is told in its name.
fn hears(doc: &Document, reading: &Reading, at: usize) -> bool {
    let subject = tree::children(doc, reading, at, &[Relation::Nsubj]).next();
    doc.lemma(Id::new(at)) == "hear"
        && subject.is_some_and(|s| {
            let noun = doc.lemma(Id::new(s)).to_lowercase();
            matches!(
                noun.as_str(),
                "court" | "inquest" | "inquiry" | "jury" | "tribunal" | "hearing" | "committee" | "panel"
            )
        })
}

/// "…, the archivist **estimates**,", "…, exporters **estimated** on Monday,": a verb that the tagger took for a noun or for a
/// participle, right behind whoever says it and right before a comma or a time.
fn speaks_untagged(doc: &Document, reading: &Reading, at: usize) -> bool {
    if at + 2 >= doc.tokens.len() {
        return false;
    }
    let tag = matches!(doc.xpos(Id::new(at)), Xpos::Nns | Xpos::Vbn | Xpos::Nn);
    let verb = figure::gives(doc.lower(Id::new(at)).trim_end_matches('s'))
        || cue::cues().form(doc.lower(Id::new(at))).any(|r| r.class == Class::Verb && r.takes.contains(&"quote"))
        || figure::gives(doc.lemma(Id::new(at)));
    let next = doc.tokens.at(Id::new(at + 1));
    let closes = next.is_some_and(|t| t.lower == ",")
        || doc.is_in_time(Id::new(at + 1))
        || next.is_some_and(|t| t.lower == "on") && doc.is_in_time(Id::new(at + 2));
    let form = doc.lower(Id::new(at)).ends_with('s') || doc.lower(Id::new(at)).ends_with("ed");
    tag && verb && closes && form && at > 0 && somebody(doc, reading, at - 1)
}

/// "had warned", "has said".
fn speaks_after_had(doc: &Document, at: usize) -> bool {
    at > 0
        && doc.xpos(Id::new(at)) == Xpos::Vbn
        && doc.lemma(Id::new(at - 1)) == "have"
        && doc.pos(Id::new(at - 1)) == Pos::Aux
        && speaks(doc, at)
}

fn is_finite(doc: &Document, at: usize) -> bool {
    tree::is_finite(doc, at) && matches!(doc.pos(Id::new(at)), Pos::Verb | Pos::Aux)
}

/// What follows an aside, up to a semicolon or the stop.
fn rest(doc: &Document, reading: &Reading, start: usize, end: usize) -> Range<usize> {
    let mut end = (start..end).find(|&t| matches!(doc.lower(Id::new(t)), ";" | ":" | "—")).unwrap_or(end);
    while end > start && reading.shape[end - 1] == 1 {
        end -= 1;
    }
    start..end.max(start)
}
