//! How a statement is made: what the cue commits to, negation, modality, addressee, medium, time of saying.

use std::ops::Range;
use std::sync::LazyLock;

use rustc_hash::FxHashSet;

use super::cue::{Class, Cue, Force, cues};
use super::model::Found;
use super::negation;
use super::reading::Reading;
use super::tree;
use crate::lexicon::{modal, table};
use crate::text::*;

/// Nouns through which things are said.
static MEDIA: LazyLock<FxHashSet<&'static str>> =
    LazyLock::new(|| table::rows(include_str!("en/media.tsv")).filter_map(|(_, c)| c.first().copied()).collect());

/// What is read off the cue and its surroundings.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Manner {
    /// What the cue commits to.
    pub commitment: Commitment,
    /// Speech, thought, will … ; `None` for a cue of unknown words (":").
    pub force: Option<Force>,
    /// Whether the content, as worded, or the saying is negated.
    pub polarity: Polarity,
    /// Whether the saying itself is withheld: "declined to say", "did not say".
    pub saying_negated: bool,
    /// What became of the saying.
    pub saying: Saying,
    /// How the content is put forward.
    pub modality: Modality,
    /// To whom.
    pub addressee: Option<Span>,
    /// Through what.
    pub medium: Option<Span>,
    /// The expression of time that belongs to the cue.
    pub time: Option<Id<Time>>,
}

/// Reads everything at once.
pub fn of(doc: &Document, reading: &Reading, found: &Found) -> Manner {
    let (main, row) = main_cue(doc, reading, &found.cue);
    let mut commitment = row.map_or(Commitment::Neutral, |c| c.commitment);
    let force = row.map(|c| c.force);
    let words: Vec<&str> = found.cue.clone().map(|t| doc.lower(Id::new(t))).collect();
    let negated = is_negated(doc, reading, found, main);
    let asked = words.iter().any(|w| matches!(*w, "asked" | "asking" | "asks" | "ask" | "questioned"));
    if words.contains(&"comment")
        && (negated || words.iter().any(|w| w.starts_with("declin") || w.starts_with("refus") || *w == "no"))
        || words.windows(2).any(|w| w[0].starts_with("refus") && w[1] == "to")
    {
        commitment = Commitment::Declined;
    } else if commitment == Commitment::Confirmed && negated
        || negated
            && words.iter().any(|w| matches!(*w, "verify" | "verified" | "confirm" | "confirmed" | "corroborate"))
    {
        commitment = Commitment::NotConfirmed;
    } else if asked && matches!(commitment, Commitment::Neutral | Commitment::Asked) {
        // "asked to keep quiet", "asked for water" want something done.
        let wants =
            opening(doc, reading, found).iter().any(|w| matches!(*w, "to" | "for")) || to_do(doc, reading, found);
        commitment = if wants { Commitment::Demanded } else { Commitment::Asked };
    } else if words.iter().any(|w| matches!(*w, "told" | "tell" | "tells" | "telling"))
        && opening(doc, reading, found).contains(&"to")
    {
        commitment = Commitment::Demanded;
    } else if words.first() == Some(&"called") && words.last().is_some_and(|w| matches!(*w, "for" | "on")) {
        commitment = Commitment::Demanded;
    }
    let plea = row.filter(|r| r.lemma == "plead").and_then(|_| plea(doc, reading, main));
    if let Some(plea) = plea {
        commitment = plea;
    }
    let negated = negated && plea.is_none();
    let (saying, saying_negated) = negation::of_saying(doc, reading, found, main, row, negated);
    let polarity = match negated || saying_negated || negation::of_content(doc, reading, &found.content) {
        true => Polarity::Negative,
        false => Polarity::Positive,
    };
    // "refused to comment" withholds words, "refused to leave" denies a deed.
    if commitment == Commitment::Declined && !saying_negated {
        commitment = Commitment::Denied;
    }
    let modality = match plea {
        Some(Commitment::Confirmed) => Modality::Asserted,
        _ if saying_negated => Modality::Unknown,
        _ => modality(doc, reading, found, commitment, force, row, negated),
    };
    // "did not deny it": neither the one nor the other.
    let undenied = negated && commitment == Commitment::Denied;
    Manner {
        commitment: if undenied { Commitment::NotConfirmed } else { commitment },
        force,
        polarity,
        saying_negated,
        saying,
        modality,
        addressee: addressee(doc, reading, found, main),
        medium: medium(doc, reading, found),
        time: time(doc, reading, found, main),
    }
}

/// "asked the ministry to publish its figures": the content's head is an infinitive.
fn to_do(doc: &Document, reading: &Reading, found: &Found) -> bool {
    let Some(content) = found.content.iter().find(|c| c.start >= found.cue.end) else { return false };
    let head = tree::head_of(reading, content.clone());
    tree::children(doc, reading, head, &[Relation::Mark]).any(|t| content.contains(&t) && doc.lower(Id::new(t)) == "to")
}

/// The words that lead into a content behind the cue: "to", "not to", "for".
fn opening<'d>(doc: &'d Document, reading: &Reading, found: &Found) -> Vec<&'d str> {
    let Some(content) = found.content.iter().find(|c| c.start >= found.cue.end) else { return Vec::new() };
    let mut words: Vec<&str> = Vec::new();
    if found.cue.end > found.cue.start && matches!(doc.lower(Id::new(found.cue.end - 1)), "to" | "for") {
        words.push(doc.lower(Id::new(found.cue.end - 1)));
    }
    let first = content.clone().find(|&t| reading.shape[t] != 1 && doc.lower(Id::new(t)) != "not");
    words.extend(first.map(|t| doc.lower(Id::new(t))));
    words
}

/// "pleaded guilty to murder" admits it, "pleaded not guilty" and "pleaded innocence" deny it.
fn plea(doc: &Document, reading: &Reading, verb: usize) -> Option<Commitment> {
    let mut denied = false;
    for t in verb + 1..reading.len().min(verb + 4) {
        match doc.lower(Id::new(t)) {
            "not" => denied = true,
            "guilty" => return Some(if denied { Commitment::Denied } else { Commitment::Confirmed }),
            "innocent" | "innocence" => return Some(Commitment::Denied),
            _ => {}
        }
    }
    None
}

/// The word of the cue that carries its meaning, with its row of the list.
pub fn main_cue<'c>(doc: &Document, reading: &Reading, cue: &Range<usize>) -> (usize, Option<&'c Cue>) {
    let head = tree::head_of(reading, cue.clone());
    let row = |t: usize| cues().of(doc, Id::new(t)).or_else(|| cues().form(doc.lower(Id::new(t))).next());
    // "was quoted as saying", "declined to comment": the first verb that does not merely look on.
    let best = cue
        .clone()
        .filter_map(|t| row(t).map(|r| (t, r)))
        .min_by_key(|(t, r)| (r.commitment == Commitment::Neutral, r.class != Class::Verb, *t != head, *t));
    best.map_or((head, None), |(t, r)| (t, Some(r)))
}

fn negation(word: &str) -> bool {
    matches!(word, "not" | "n't" | "n’t" | "never" | "neither" | "nor" | "no" | "cannot" | "without" | "nobody")
}

/// "did not say", "could not confirm", "never promised": a negation in the cue or between source and cue.
fn is_negated(doc: &Document, reading: &Reading, found: &Found, main: usize) -> bool {
    let in_cue = |t: usize| {
        let word = doc.lower(Id::new(t));
        negation(word) && !(word == "no" && doc.tokens.at(Id::new(t + 1)).is_some_and(|n| n.lower == "longer"))
    };
    // "Neither side would say", "no official confirmed it".
    let nobody = found.source.as_ref().is_some_and(|s| {
        let first = doc.lower(Id::new(s.start));
        s.end <= found.cue.start
            && (matches!(first, "neither" | "none" | "nobody") || first == "no" && s.len() > 1)
            && !matches!(doc.lower(Id::new(s.start + 1)), "." | "longer")
    });
    let before = found.cue.start.checked_sub(1).map_or("", |t| doc.lower(Id::new(t)));
    if found.cue.clone().any(in_cue) || before == "without" || nobody {
        return true;
    }
    if reading.relation[main] != 0 {
        return tree::children(doc, reading, main, &[Relation::Advmod])
            .any(|t| t < main && matches!(doc.lower(Id::new(t)), "not" | "n't" | "n’t" | "never"));
    }
    let from = found.source.as_ref().map_or(found.cue.start, |s| s.end).min(found.cue.start);
    (from.max(found.cue.start.saturating_sub(3))..found.cue.start).any(in_cue)
}

/// How the content is put forward: from the cue ("pledged", "denied"), else from the content's main verb ("may have").
fn modality(
    doc: &Document,
    reading: &Reading,
    found: &Found,
    commitment: Commitment,
    force: Option<Force>,
    row: Option<&Cue>,
    negated: bool,
) -> Modality {
    match commitment {
        // Who does not deny it says neither.
        Commitment::Denied if negated => return Modality::Unknown,
        Commitment::Denied => return Modality::Denied,
        Commitment::Declined | Commitment::NotConfirmed => return Modality::Unknown,
        Commitment::Asked => return Modality::Unknown,
        _ => {}
    }
    let lemma = row.map_or("", |r| r.lemma);
    if matches!(lemma, "doubt" | "fear" | "worry" | "speculate" | "suspect" | "guess" | "wonder" | "hope") {
        return Modality::Possible;
    }
    // "looks to widen its lead" is a plan, "looks set to win" a likelihood.
    let plans = lemma == "look" && to_follows(doc, found);
    if plans {
        return Modality::Future;
    }
    if force == Some(Force::Seem)
        || matches!(lemma, "expect" | "predict" | "forecast" | "estimate" | "project" | "anticipate") && !negated
    {
        let future = main_modal(doc, reading, found);
        return if future == Some(Modality::Possible) { Modality::Possible } else { Modality::Probable };
    }
    if matches!(commitment, Commitment::Pledged | Commitment::Demanded) || force == Some(Force::Will) {
        return Modality::Future;
    }
    main_modal(doc, reading, found).unwrap_or(Modality::Asserted)
}

/// An infinitive directly behind the cue.
fn to_follows(doc: &Document, found: &Found) -> bool {
    let to = |t: usize| doc.tokens.at(Id::new(t)).is_some_and(|t| t.lower == "to");
    to(found.cue.end) || to(found.cue.end.saturating_sub(1))
}

/// The modality of the content's own main clause.
fn main_modal(doc: &Document, reading: &Reading, found: &Found) -> Option<Modality> {
    let word = |t: usize| doc.lower(Id::new(t));
    let clause = negation::main_clause(doc, reading, &found.content)?;
    let begin = clause.start;
    let first = found.content.iter().find(|c| c.contains(&begin))?;
    let opening = word(begin);
    if matches!(opening, "if" | "unless") {
        return Some(Modality::Conditional);
    }
    let not_to = opening == "not" && begin + 1 < first.end && word(begin + 1) == "to";
    if not_to && found.cue.end <= begin {
        return Some(Modality::Future);
    }
    if opening == "to" && found.cue.end <= begin && tree::relation(reading, begin) != Some(Relation::Case) {
        // "to have destroyed", "to be under way": said of what is, not of what will be.
        let next = if begin + 1 < first.end { word(begin + 1) } else { "" };
        return (!matches!(next, "have" | "be")).then_some(Modality::Future);
    }
    let last = first.clone().rev().find(|&t| reading.quote[t] != super::reading::CLOSES)?;
    if word(last) == "?" {
        return Some(Modality::Unknown);
    }
    let modal = |w: &str| modal::of(w).and_then(modal::Modal::of_a_content);
    let conditional = |range: Range<usize>| range.clone().any(|t| matches!(word(t), "if" | "unless"));
    if reading.relation[begin] != 0 {
        let head = tree::head_of(reading, clause.clone());
        let mut found = None;
        for child in tree::children(doc, reading, head, &[Relation::Aux, Relation::Advmod, Relation::Xcomp]) {
            // "they could not sleep": what nobody was able to do is told as a fact.
            let unable =
                word(child) == "could" && (child + 1..clause.end.min(child + 3)).any(|t| negation::negates(word(t)));
            // "I would like to stress", "I'd say": politeness, and nothing to come.
            let polite = matches!(word(child), "would" | "'d" | "’d")
                && matches!(doc.lemma(Id::new(head)), "like" | "love" | "say" | "argue" | "suggest" | "prefer");
            if clause.contains(&child) && !unable && !polite {
                found = found.or(modal(word(child)));
            }
        }
        found = found.or_else(|| modal(word(head)));
        if found == Some(Modality::Future) && matches!(word(head), "going") {
            return Some(Modality::Future);
        }
        return match found {
            Some(Modality::Future) if conditional(clause) => Some(Modality::Conditional),
            other => other,
        };
    }
    let near = clause.start..clause.end.min(clause.start + 9);
    match near.clone().find_map(|t| modal(word(t))) {
        Some(Modality::Future) if conditional(clause) => Some(Modality::Conditional),
        other => other,
    }
}

/// The parts of an attribution must not overlap what is added to it.
fn is_free(found: &Found, at: usize) -> bool {
    !found.cue.contains(&at)
        && !found.content.iter().any(|c| c.contains(&at))
        && !found.source.as_ref().is_some_and(|s| s.contains(&at))
}

/// "told reporters", "said to his aides": the object of telling, or what follows "to".
fn addressee(doc: &Document, reading: &Reading, found: &Found, main: usize) -> Option<Span> {
    let word = |t: usize| doc.lower(Id::new(t));
    let telling =
        cues().form(word(main)).any(|c| {
            matches!(
                c.lemma,
                "tell"
                    | "ask"
                    | "inform"
                    | "assure"
                    | "remind"
                    | "warn"
                    | "urge"
                    | "order"
                    | "notify"
                    | "brief"
                    | "reassure"
                    | "promise"
                    | "advise"
                    | "instruct"
                    | "beg"
                    | "implore"
                    | "thank"
                    | "call on"
            )
        }) || (found.cue.len() > 1 && word(found.cue.end - 1) == "on" && word(found.cue.start).starts_with("call"));
    let span = |range: Range<usize>| {
        let range = range.start..range.clone().find(|&t| !is_free(found, t)).unwrap_or(range.end);
        let mut end = range.end;
        while end > range.start && reading.shape[end - 1] == 1 {
            end -= 1;
        }
        (end > range.start && end - range.start <= 15).then(|| doc.span_of(Id::new(range.start)..Id::new(end)))
    };
    if reading.relation[main] != 0 {
        if telling
            && let Some(object) = tree::children(doc, reading, main, &[Relation::Iobj, Relation::Obj])
                .find(|&t| t > main && is_free(found, t))
        {
            return span(tree::subtree(doc, reading, object));
        }
        let to = tree::children(doc, reading, main, &[Relation::Obl]).find(|&t| {
            let range = tree::subtree(doc, reading, t);
            is_free(found, t)
                && word(range.start) == "to"
                && matches!(relation_pos(reading, t), Pos::Noun | Pos::Propn | Pos::Pron)
        });
        if let Some(to) = to {
            let range = tree::subtree(doc, reading, to);
            return span(range.start + 1..range.end);
        }
        return None;
    }
    if !telling {
        return None;
    }
    let sentence_end = doc.sentences[Id::new(reading.sentence[main] as usize)].tokens.end.index();
    let end = (found.cue.end..sentence_end.min(found.cue.end + 8)).find(|&t| {
        !is_free(found, t)
            || reading.shape[t] == 1
            || matches!(word(t), "that" | "to" | "in" | "on" | "at" | "after" | "during")
    })?;
    span(found.cue.end..end)
}

fn relation_pos(reading: &Reading, token: usize) -> Pos {
    reading.pos[token].checked_sub(1).map_or(Pos::X, |p| Pos::ALL[usize::from(p)])
}

/// "in a statement", "on its website", "at a news conference": a preposition and a noun of the list, in the cue's
/// sentence and outside content and source.
fn medium(doc: &Document, reading: &Reading, found: &Found) -> Option<Span> {
    let sentence = &doc.sentences[Id::new(reading.sentence[found.cue.start] as usize)];
    let word = |t: usize| doc.lower(Id::new(t));
    let (start, end) = (sentence.tokens.start.index(), sentence.tokens.end.index());
    for prep in start.max(found.cue.start.saturating_sub(12))..end.min(found.cue.end + 14) {
        if !matches!(word(prep), "in" | "on" | "at" | "via" | "during" | "through" | "to" | "over" | "by") {
            continue;
        }
        if !is_free(found, prep) && !found.cue.contains(&prep) {
            continue;
        }
        let mut last = None;
        for t in prep + 1..end.min(prep + 7) {
            if found.content.iter().any(|c| c.contains(&t))
                || reading.shape[t] == 1 && word(t) != "-" && word(t) != "'s"
            {
                break;
            }
            if found.source.as_ref().is_some_and(|s| s.contains(&t)) && found.source != Some(prep + 1..t + 1) {
                break;
            }
            if MEDIA.contains(word(t)) {
                last = Some(t);
            } else if last.is_some() {
                break;
            } else if matches!(relation_pos(reading, t), Pos::Verb | Pos::Adp | Pos::Sconj) {
                break;
            }
        }
        if let Some(last) = last {
            let from = prep + 1;
            return Some(doc.span_of(Id::new(from)..Id::new(last + 1)));
        }
    }
    None
}

/// "on Wednesday said", "said Friday that": the date or time that hangs on the cue.
fn time(doc: &Document, reading: &Reading, found: &Found, main: usize) -> Option<Id<Time>> {
    let sentence = doc.sentences.at(Id::new(reading.sentence[main] as usize))?;
    let mut best: Option<(usize, Id<Time>)> = None;
    for id in doc.times.within(sentence.span) {
        let time = &doc.times[id];
        if !matches!(time.kind, TimeKind::Date | TimeKind::Time)
            || time.value.is_empty()
            || time.value.ends_with("_REF")
        {
            continue;
        }
        let tokens = doc.tokens_in(time.span);
        let range = tokens.start.index()..tokens.end.index();
        if range.is_empty() || range.clone().any(|t| found.content.iter().any(|c| c.contains(&t))) {
            continue;
        }
        if found.source.as_ref().is_some_and(|s| s.contains(&range.start)) {
            continue;
        }
        // "the first time since 1999, the commission declared": a limit is no time of saying.
        let limit = |w: &str| {
            matches!(
                w,
                "since"
                    | "until"
                    | "till"
                    | "by"
                    | "before"
                    | "after"
                    | "from"
                    | "for"
                    | "through"
                    | "to"
                    | "than"
                    | "of"
                    | "between"
                    | "within"
                    | "throughout"
                    | "ahead"
            )
        };
        // "up from 12 a day earlier, Orme said": the day of another number.
        let figure = || doc.pos(Id::new(range.start - 1)) == Pos::Num;
        if range.start > 0 && (limit(doc.lower(Id::new(range.start - 1))) || figure()) {
            continue;
        }
        // "apologised, after a gate had been opened on Sunday": another verb stands between the two.
        let between =
            if range.start >= found.cue.end { found.cue.end..range.start } else { range.end..found.cue.start };
        let inside = |t: usize| found.content.iter().chain(&found.source).any(|r| r.contains(&t));
        if between.clone().any(|t| tree::is_finite(doc, t) && !inside(t)) {
            continue;
        }
        let gap = if range.start >= found.cue.end {
            range.start - found.cue.end
        } else {
            found.cue.start.saturating_sub(range.end)
        };
        let according = found.cue.clone().any(|t| doc.lower(Id::new(t)) == "according");
        // "said Jane Doe, head of Acme, on Tuesday": behind a source that follows the cue.
        let behind_source = found.source.as_ref().is_some_and(|s| {
            s.start >= found.cue.end
                && range.start >= s.end
                && range.start <= s.end + if according { 1 } else { 2 }
                && !(according && doc.lower(Id::new(s.end)) == "in")
        });
        // "pledged to rebuild the bridge on Tuesday after …": right behind a content that ends there.
        let behind_content = found.content.last().is_some_and(|c| {
            c.start >= found.cue.end
                && range.start >= c.end
                && range.start <= c.end + 1
                && matches!(time.kind, TimeKind::Date)
                && (range.start == c.end || doc.lower(Id::new(c.end)) == "on")
        });
        // Right beside the cue: "said on Friday that", "on Friday said".
        let beside = range.end == found.cue.start
            || range.start == found.cue.end
            || range.start == found.cue.end + 1
                && matches!(doc.lower(Id::new(found.cue.end)), "on" | "in" | "at" | "late" | "early");
        let hangs = if according {
            false
        } else if reading.relation[main] != 0 {
            let mut at = tree::head_of(reading, range.clone());
            let mut steps = 0;
            loop {
                match reading.up(at) {
                    Some(up) if found.cue.contains(&up) || up == main => break true,
                    // "at a meeting on Friday": through one noun.
                    Some(up) if steps < 2 && relation_pos(reading, up) != Pos::Verb => at = up,
                    // "rejected a truce on Thursday and vowed to fight": the first verb's day is the second's.
                    Some(up)
                        if reading.up(main) == Some(up)
                            && range.end <= main
                            && tree::relation(reading, main) == Some(Relation::Conj)
                            && tree::children(doc, reading, main, &[Relation::Nsubj]).next().is_none() =>
                    {
                        break true;
                    }
                    // "an aid worker who left on Friday said": of a clause about the speaker.
                    Some(up) if tree::relation(reading, up) == Some(Relation::AclRelcl) => break false,
                    Some(_) => break beside,
                    None => break gap <= 1,
                }
                steps += 1;
            }
        } else {
            gap <= 4
        };
        if (hangs || behind_source || behind_content) && best.is_none_or(|b| gap < b.0) {
            best = Some((gap, id));
        }
    }
    best.map(|b| b.1)
}
