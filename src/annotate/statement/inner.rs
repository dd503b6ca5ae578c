//! Words inside words: who is said to say, think, want, deny or promise something inside what another says. The taggers
//! learned on a corpus without nesting; here the tree decides.
//!
//! Inside the content of a statement each verb of the list with a subject of its own and something that completes it
//! makes a statement: a clause ("We believe that …"), an infinitive ("told me to keep quiet"), a thing that is denied,
//! conceded, demanded or promised ("has conceded defeat"), a noun of saying with its clause ("his denial that …").

use std::ops::Range;

use super::cue::{Class, Cue, Force, cues};
use super::model::Found;
use super::negation;
use super::origin;
use super::quoted::Draft;
use super::reading::{OUTSIDE, Reading, child_bit};
use super::told::is_told;
use super::tree;
use crate::text::{Commitment, Document, Id, Pos, Relation, Xpos};

/// Finds them in one paragraph.
pub fn find(doc: &Document, reading: &Reading, number: usize, drafts: &mut Vec<Draft>) {
    let paragraph = &reading.paragraphs[number];
    let mut found: Vec<Draft> = Vec::new();
    for token in paragraph.tokens.clone() {
        if reading.band[token] == 0 || reading.relation[token] == 0 {
            continue;
        }
        let Some(row) = cues().of(doc, Id::new(token)) else { continue };
        // What the taggers are not sure of inside another content gives way.
        let taken = |d: &Draft| d.paragraph == number && d.found.cue.contains(&token);
        let old = drafts.iter().position(taken);
        if old.is_some_and(|d| drafts[d].made_by != "statement/model" || sure(doc, reading, &drafts[d]) >= GIVES_WAY) {
            continue;
        }
        // The innermost content that holds the word; what is found outside of any is another rule's.
        let held = drafts.iter().filter(|d| d.paragraph == number).flat_map(|d| d.found.content.iter());
        let other = held.filter(|c| {
            c.contains(&token) && old.is_none_or(|d| !drafts[d].found.content.iter().any(|o| std::ptr::eq(o, *c)))
        });
        let Some(outer) = other.min_by_key(|c| c.len()).cloned() else { continue };
        let made = match row.class {
            Class::Verb => by_verb(doc, reading, token, row),
            Class::Adjective => by_adjective(doc, reading, token),
            Class::Noun => by_noun(doc, reading, token, row),
            Class::Adverb => None,
        };
        let Some(mut made) = made else { continue };
        let Some(content) = within(reading, made.content[0].clone(), &outer) else { continue };
        // All words but the cue's would be the outer content itself: the outer cue is read wrongly, not a second saying.
        let whole = made.cue.start == outer.start && content.end == outer.end && made.source.is_none();
        if whole || made.cue.start < outer.start || made.cue.end > outer.end {
            continue;
        }
        made.content = vec![content];
        match old {
            Some(old) => {
                drafts[old].found = made;
                drafts[old].made_by = "statement/nested";
            }
            None => found.push(Draft { found: made, paragraph: number, made_by: "statement/nested", carries: None }),
        }
    }
    drafts.extend(found);
}

/// Below this chance in percent a draft of the taggers inside another content gives way to what the tree shows.
const GIVES_WAY: u8 = 60;

fn sure(doc: &Document, reading: &Reading, draft: &Draft) -> u8 {
    super::confidence::percent(&super::facts(doc, reading, draft))
}

/// A range cut to the content around it, without marks at its ends.
fn within(reading: &Reading, range: Range<usize>, outer: &Range<usize>) -> Option<Range<usize>> {
    let (mut start, mut end) = (range.start.max(outer.start), range.end.min(outer.end));
    while start < end && reading.shape[start] == 1 && reading.quote[start] != super::reading::OPENS {
        start += 1;
    }
    while end > start && reading.shape[end - 1] == 1 && reading.quote[end - 1] != super::reading::CLOSES {
        end -= 1;
    }
    // A mark that opens inside closes inside.
    while start < end
        && reading.quote[start] == super::reading::OPENS
        && !(start..end).any(|t| reading.quote[t] == super::reading::CLOSES)
    {
        start += 1;
    }
    while end > start
        && reading.quote[end - 1] == super::reading::CLOSES
        && !(start..end).any(|t| reading.quote[t] == super::reading::OPENS)
    {
        end -= 1;
        while end > start && reading.shape[end - 1] == 1 {
            end -= 1;
        }
    }
    (start < end).then_some(start..end)
}

/// "We believe the company was betrayed", "she told me to keep quiet", "he denied it".
fn by_verb(doc: &Document, reading: &Reading, verb: usize, row: &Cue) -> Option<Found> {
    if !matches!(doc.pos(Id::new(verb)), Pos::Verb)
        || row.force == Force::Seem
        || matches!(row.lemma, "address" | "mean" | "want" | "need" | "guess")
    {
        return None;
    }
    let told = is_told(doc, reading, verb);
    let source = match subject(doc, reading, verb) {
        Some(source) => Some(source),
        None if told => None,
        None => return None,
    };
    // A source that begins with a preposition or holds a clause is read wrongly.
    let whole = |s: &Range<usize>| {
        let head = tree::head_of(reading, s.clone());
        !matches!(doc.pos(Id::new(s.start)), Pos::Adp | Pos::Sconj | Pos::Cconj)
            && tree::children(doc, reading, head, &[Relation::Cop]).next().is_none()
            && !matches!(doc.pos(Id::new(head)), Pos::Verb | Pos::Aux | Pos::Adp)
    };
    if !source.as_ref().is_none_or(whole) {
        return None;
    }
    let cue = cue_of(doc, reading, verb);
    if !happened(doc, reading, verb, source.as_ref()) {
        return None;
    }
    // What a thing shows is said only where the thing is written.
    let shows = row.force == Force::Show || matches!(row.lemma, "suggest" | "indicate" | "imply" | "signal");
    if shows
        && !source.as_ref().is_some_and(|s| {
            let head = tree::head_of(reading, s.clone());
            origin::document(doc.lemma(Id::new(head))).is_some()
                || matches!(doc.lower(Id::new(head)), "we" | "i" | "he" | "she")
        })
    {
        return None;
    }
    let content = complement(doc, reading, verb, row).or_else(|| beside(doc, reading, verb, row))?;
    let touches = |r: &Range<usize>, q: &Range<usize>| r.start < q.end && q.start < r.end;
    let apart = |s: &Range<usize>| !touches(s, &content) && !touches(s, &cue);
    if touches(&cue, &content) || !source.as_ref().is_none_or(apart) {
        return None;
    }
    Some(Found { cue, source, content: vec![content] })
}

/// A clause behind its verb: the hearer is none of it ("tell me that …"), what is expected of whom is one ("expects Holt to
/// step in", "believes cuts have hurt").
fn from_the_hearer(doc: &Document, reading: &Reading, verb: usize, clause: usize, range: Range<usize>) -> Range<usize> {
    let start = range.start.max(verb + 1);
    let object = || tree::children(doc, reading, verb, &[Relation::Obj]).find(|&t| t > verb && t < clause);
    let start = if let Some(hearer) = hears(doc, reading, verb).filter(|&h| h < clause) {
        start.max(tree::subtree(doc, reading, hearer).end.min(clause))
    } else if let Some(thing) = object() {
        start.min(tree::subtree(doc, reading, thing).start.max(verb + 1))
    } else {
        start
    };
    start..range.end
}

/// It was said, thought or wanted: not "to think", "could threaten", "if he thinks", "do I think?".
fn happened(doc: &Document, reading: &Reading, verb: usize, source: Option<&Range<usize>>) -> bool {
    let word = |t: usize| doc.lower(Id::new(t));
    if doc.xpos(Id::new(verb)) == Xpos::Vb
        && tree::children(doc, reading, verb, &[Relation::Mark]).any(|t| t < verb && word(t) == "to")
    {
        return false;
    }
    let refuses = negated(doc, reading, verb).is_some();
    for aux in tree::children(doc, reading, verb, &[Relation::Aux]) {
        let modal = matches!(
            word(aux),
            "could"
                | "can"
                | "might"
                | "may"
                | "should"
                | "must"
                | "would"
                | "will"
                | "'ll"
                | "’ll"
                | "'d"
                | "’d"
                | "shall"
                | "ca"
                | "wo"
        );
        let inverted = source.is_some_and(|s| aux < s.start && s.end <= verb);
        if modal && !refuses && doc.lemma(Id::new(verb)) != "refuse" || inverted {
            return false;
        }
    }
    // The verb's own clause, and those it is joined to, stand under no condition.
    let mut at = verb;
    for _ in 0..4 {
        if tree::children(doc, reading, at, &[Relation::Mark])
            .any(|t| t < verb && matches!(word(t), "if" | "unless" | "whether"))
        {
            return false;
        }
        match (tree::relation(reading, at), reading.up(at)) {
            (Some(Relation::Conj | Relation::Xcomp), Some(up)) => at = up,
            _ => break,
        }
    }
    true
}

/// "We hope managers will read it", where the tree hangs the clause beside the verb: what begins right behind it with a
/// subject of its own.
fn beside(doc: &Document, reading: &Reading, verb: usize, row: &Cue) -> Option<Range<usize>> {
    if !row.takes.contains(&"that") || reading.quote[verb] == super::reading::OPENS {
        return None;
    }
    let up = reading.up(verb)?;
    let relations = [Relation::Ccomp, Relation::Parataxis, Relation::Conj, Relation::Advcl, Relation::Xcomp];
    let clause = tree::children(doc, reading, up, &relations).find(|&t| t > verb)?;
    let range = tree::subtree(doc, reading, clause);
    let own = reading.children[clause] & (child_bit(Relation::Nsubj) | child_bit(Relation::NsubjPass)) != 0;
    // "told **me** my knee was gone".
    let hearer = hears(doc, reading, verb).map_or(verb, |h| tree::subtree(doc, reading, h).end - 1);
    ((range.start == verb + 1 || range.start == hearer + 1 && hearer > verb)
        && own
        && is_finite(doc, reading, range.clone()))
    .then_some(range)
}

/// A verb in a finite form, with its subject, somewhere in a range.
fn is_finite(doc: &Document, reading: &Reading, range: Range<usize>) -> bool {
    let finite = |t: usize| matches!(doc.xpos(Id::new(t)), Xpos::Vbd | Xpos::Vbz | Xpos::Vbp | Xpos::Md);
    range.clone().any(|t| {
        matches!(tree::relation(reading, t), Some(Relation::Nsubj | Relation::NsubjPass | Relation::Expl))
            && !matches!(doc.lower(Id::new(t)), "who" | "which")
    }) && range.clone().any(finite)
}

/// The verb with its auxiliaries and its negation: "don't think", "has never said".
fn cue_of(doc: &Document, reading: &Reading, verb: usize) -> Range<usize> {
    let mut start = verb;
    while start > 0 && reading.sentence[start - 1] == reading.sentence[verb] {
        let before = start - 1;
        let part = reading.up(before) == Some(verb)
            && (matches!(tree::relation(reading, before), Some(Relation::Aux | Relation::AuxPass))
                || tree::relation(reading, before) == Some(Relation::Advmod)
                    && doc.pos(Id::new(before)) != Pos::Noun
                    && !matches!(doc.lower(Id::new(before)), "how" | "why" | "when" | "where" | "so" | "then"));
        if !part {
            break;
        }
        start = before;
    }
    // "also said", "then told": an adverb is taken in only between auxiliaries or where it negates.
    while start < verb
        && tree::relation(reading, start) == Some(Relation::Advmod)
        && !negation::negates(doc.lower(Id::new(start)))
    {
        start += 1;
    }
    start..verb + 1
}

/// Who says it: the subject in the verb's own clause, shared by verbs that "and" joins, or the agent of a passive. `None`:
/// nobody can be made out, so no statement.
fn subject(doc: &Document, reading: &Reading, verb: usize) -> Option<Range<usize>> {
    let mut at = verb;
    for step in 0..4 {
        let agent = tree::children(doc, reading, at, &[Relation::OblAgent]).next();
        let passive = reading.children[at] & (child_bit(Relation::NsubjPass) | child_bit(Relation::AuxPass)) != 0;
        if let Some(agent) = agent.filter(|_| step == 0) {
            let mut range = tree::subtree(doc, reading, agent);
            range.start += usize::from(doc.lower(Id::new(range.start)) == "by");
            return (!range.is_empty()).then_some(range);
        }
        if passive && step == 0 && !is_told(doc, reading, verb) {
            // "was quoted as saying", "I was told": whoever said it is not here.
            return None;
        }
        if passive {
            return None;
        }
        let own = tree::children(doc, reading, at, &[Relation::Nsubj, Relation::NsubjOuter]).next();
        if let Some(own) = own {
            let range = tree::subtree(doc, reading, own);
            // The subject of a relative clause is the pronoun; its noun speaks.
            let word = doc.lower(Id::new(own));
            if matches!(word, "who" | "which" | "that") && tree::relation(reading, at) == Some(Relation::AclRelcl) {
                let noun = reading.up(at).filter(|&n| n < own)?;
                let phrase = tree::subtree(doc, reading, noun);
                let mut end = own.min(phrase.end);
                while end > phrase.start && reading.shape[end - 1] == 1 {
                    end -= 1;
                }
                return (phrase.start < end && can_speak(doc, noun)).then_some(phrase.start..end);
            }
            // "You said the road would be open": of what the one who is addressed has said.
            let you = word == "you"
                && matches!(doc.xpos(Id::new(verb)), Xpos::Vbd | Xpos::Vbn)
                && cues().of(doc, Id::new(verb)).is_some_and(|r| r.force == Force::Speech);
            if you {
                return Some(range);
            }
            let some = doc.lower(Id::new(own)) == "one" && range.len() > 1;
            return (some || can_speak(doc, own)).then_some(trimmed(reading, range));
        }
        let up = reading.up(at)?;
        at = match tree::relation(reading, at)? {
            // "He rang and said", "keep saying", "has come to believe".
            Relation::Conj => up,
            Relation::Xcomp if !tree::children(doc, reading, up, &[Relation::Obj, Relation::Iobj]).any(|o| o > up) => {
                up
            }
            _ => return None,
        };
    }
    None
}

/// Things and empty words say nothing: "it", "that", "what", "everything"; nor does "one" or "people" in general.
fn can_speak(doc: &Document, subject: usize) -> bool {
    !matches!(
        doc.lower(Id::new(subject)),
        "it" | "one"
            | "people"
            | "that"
            | "this"
            | "what"
            | "which"
            | "there"
            | "these"
            | "those"
            | "everything"
            | "anything"
            | "something"
            | "nothing"
            | "whatever"
            | "anyone"
            | "anybody"
            | "whoever"
            | "you"
    )
}

/// What completes the verb.
pub(super) fn complement(doc: &Document, reading: &Reading, verb: usize, row: &Cue) -> Option<Range<usize>> {
    let word = |t: usize| doc.lower(Id::new(t));
    let after = |relations: &'static [Relation]| {
        tree::children(doc, reading, verb, relations).find(|&t| t > verb).map(|t| (t, tree::subtree(doc, reading, t)))
    };
    let stance = row.force == Force::Stance;
    let lemma = row.lemma;
    let knows = matches!(
        lemma,
        "see"
            | "feel"
            | "mean"
            | "hold"
            | "find"
            | "know"
            | "understand"
            | "learn"
            | "remember"
            | "forget"
            | "realise"
            | "realize"
            | "show"
            | "look"
            | "read"
            | "begin"
            | "continue"
            | "hit"
            | "rate"
            | "figure"
            | "call"
            | "cite"
            | "sense"
            | "need"
            | "try"
            | "capture"
            | "feature"
            | "record"
            | "rank"
            | "deliver"
            | "imagine"
    );
    // A clause.
    if let Some((clause, range)) = after(&[Relation::Ccomp]) {
        let mut range = from_the_hearer(doc, reading, verb, clause, range);
        // "promised in April that …": when it was said is none of it either.
        let first = (range.start..range.end.min(range.start + 7)).find(|&t| {
            word(t) == "that" && tree::relation(reading, t) == Some(Relation::Mark) || doc.pos(Id::new(t)) == Pos::Verb
        });
        if let Some(that) = first.filter(|&t| word(t) == "that") {
            range.start = that;
        }
        let gerund = doc.xpos(Id::new(clause)) == Xpos::Vbg;
        let bits = reading.children[clause];
        let own = bits & (child_bit(Relation::Nsubj) | child_bit(Relation::NsubjPass)) != 0
            || tree::children(doc, reading, clause, &[Relation::Expl, Relation::Csubj]).next().is_some()
            || !gerund && is_finite(doc, reading, range.clone());
        let marked = tree::children(doc, reading, clause, &[Relation::Mark]).map(word).collect::<Vec<_>>();
        let asked = marked.iter().any(|m| matches!(*m, "whether" | "if" | "how" | "why" | "when"))
            || tree::children(doc, reading, clause, &[Relation::Advmod, Relation::Obj, Relation::Nsubj])
                .any(|t| matches!(word(t), "how" | "why" | "where" | "when" | "what" | "who"));
        let that = marked.contains(&"that");
        let quoted = reading.quote[clause] != OUTSIDE && reading.quote[verb] == OUTSIDE;
        // "see him leave", "find it done": verbs of seeing and finding need "that", or a subject with a finite verb.
        let finite = that
            || asked
            || !gerund
                && !marked.contains(&"to")
                && (matches!(doc.xpos(Id::new(clause)), Xpos::Vbd | Xpos::Vbz | Xpos::Vbp)
                    || is_finite(doc, reading, range.clone()));
        if quoted || own && finite && !stance || own && that {
            // "He knows what happened", "I see why": of knowing only the fact, and what is not known.
            let known = knows && asked && negated(doc, reading, verb).is_none();
            return (!known).then_some(range);
        }
        if gerund && matches!(row.commitment, Commitment::Denied | Commitment::Confirmed) {
            return Some(range);
        }
        if marked.contains(&"to") && takes_to(row) {
            return Some(range);
        }
    }
    // An infinitive, or a gerund that is denied or admitted.
    if let Some((clause, range)) = after(&[Relation::Xcomp, Relation::Advcl]) {
        let xcomp = tree::relation(reading, clause) == Some(Relation::Xcomp);
        let mut marks = tree::children(doc, reading, clause, &[Relation::Mark]);
        let to = marks.any(|t| word(t) == "to" && t > verb);
        let gerund = doc.xpos(Id::new(clause)) == Xpos::Vbg;
        if to && takes_to(row) && (xcomp || hears(doc, reading, verb).is_some_and(|h| h < clause)) {
            let range = from_the_hearer(doc, reading, verb, clause, range);
            // "as rich as he claims to be" says nothing by itself.
            let bare = range.len() <= 2 && matches!(word(clause), "be" | "do" | "have");
            return (!bare).then_some(range);
        }
        // "denies **ever having** the card": nothing but adverbs between.
        let close = clause > verb && (verb + 1..clause).all(|t| doc.pos(Id::new(t)) == Pos::Adv);
        if (xcomp || close) && gerund && matches!(row.commitment, Commitment::Denied | Commitment::Confirmed) {
            return Some(range.start.max(verb + 1)..range.end);
        }
        // "considers roads the main issue", "called him a thief" are judgements: thing and what it is called.
        if xcomp
            && !to
            && !gerund
            && matches!(lemma, "call" | "consider" | "describe" | "deem" | "brand" | "label" | "dub")
        {
            let object = tree::children(doc, reading, verb, &[Relation::Obj]).find(|&t| t > verb)?;
            let object = tree::subtree(doc, reading, object);
            return Some(object.start.min(range.start).max(verb + 1)..range.end.max(object.end));
        }
    }
    // "asked me **if he should sell**".
    if matches!(lemma, "ask" | "wonder" | "inquire" | "enquire")
        && let Some((clause, range)) = after(&[Relation::Advcl])
        && tree::children(doc, reading, clause, &[Relation::Mark])
            .any(|t| t > verb && matches!(word(t), "if" | "whether"))
    {
        return Some(range.start.max(verb + 1)..range.end);
    }
    // "accused me **of rushing**".
    if matches!(lemma, "accuse" | "suspect")
        && let Some(object) = tree::children(doc, reading, verb, &[Relation::Obj]).find(|&t| t > verb)
    {
        let of = tree::subtree(doc, reading, object).end;
        let led = (of < reading.len() && word(of) == "of")
            .then(|| tree::subtree(doc, reading, verb).end)
            .filter(|&e| e > of + 1);
        if let Some(end) = led {
            return Some(of..end);
        }
    }
    // "asked for a chair", "apologise for the delay".
    let wish =
        matches!(lemma, "ask" | "call" | "call for" | "appeal" | "beg" | "plead" | "press" | "apologise" | "apologize");
    if wish {
        let thing = tree::children(doc, reading, verb, &[Relation::Obl]).find(|&t| {
            let led = tree::children(doc, reading, t, &[Relation::Case]).any(|c| word(c) == "for");
            t > verb && led && doc.pos(Id::new(t)) != Pos::Pron
        });
        if let Some(thing) = thing {
            return Some(tree::subtree(doc, reading, thing));
        }
    }
    // "told officers he had never seen the car", where the clause hangs on the hearer.
    if matches!(lemma, "tell" | "assure" | "inform" | "warn" | "remind" | "convince" | "promise")
        && let Some(hearer) = hears(doc, reading, verb)
        && let Some(clause) = tree::children(doc, reading, hearer, &[Relation::AclRelcl]).find(|&t| t > hearer)
    {
        let range = tree::subtree(doc, reading, clause);
        let opens = range.start.max(hearer + 1);
        if !matches!(word(opens), "who" | "which" | "whom" | "whose" | "that" | ",")
            && is_finite(doc, reading, opens..range.end)
        {
            return Some(opens..range.end);
        }
    }
    // A thing denied, conceded, demanded, promised, announced.
    let (object, range) = after(&[Relation::Obj])?;
    // "do not know what a hard frost would do".
    let unknown = matches!(word(object), "what" | "who") && negated(doc, reading, verb).is_some() && range.len() > 3;
    if unknown && row.force == Force::Thought {
        return Some(range.start.max(verb + 1)..range.end);
    }
    let about_words = matches!(
        row.commitment,
        Commitment::Denied | Commitment::Confirmed | Commitment::Demanded | Commitment::Pledged | Commitment::Alleged
    ) && row.force != Force::Stance
        || matches!(lemma, "announce" | "claim" | "warn" | "predict" | "doubt" | "fear" | "expect" | "believe")
        || stance
            && matches!(
                lemma,
                "praise" | "condemn" | "criticise" | "criticize" | "denounce" | "welcome" | "deplore" | "regret"
            );
    // "grant", "fault", "back": deeds as often as words. Who is told or asked is the hearer, not what is said.
    let deed = matches!(
        lemma,
        "grant"
            | "certify"
            | "charge"
            | "order"
            | "direct"
            | "press"
            | "lobby"
            | "invite"
            | "summon"
            | "instruct"
            | "command"
            | "fault"
            | "commit"
            | "swear"
            | "undertake"
            | "threaten"
            | "recognise"
            | "recognize"
            | "warn"
            | "discount"
            | "counsel"
            | "advise"
            | "urge"
            | "encourage"
            | "implore"
            | "exhort"
            | "require"
            | "blame"
            | "accuse"
            | "implicate"
            | "disagree"
            | "reject"
            | "dismiss"
            | "request"
            | "agree"
            | "advocate"
            | "authenticate"
    );
    let person = doc.pos(Id::new(object)) == Pos::Propn;
    let pronoun = doc.pos(Id::new(object)) == Pos::Pron;
    let plain =
        !matches!(word(object), "me" | "you" | "him" | "her" | "them" | "us" | "myself" | "himself" | "herself");
    if about_words && plain && !person && (!deed || pronoun && matches!(lemma, "reject" | "dismiss")) {
        return Some(range.start.max(verb + 1)..range.end);
    }
    None
}

/// Verbs whose infinitive is wanted, promised, refused or asked for.
fn takes_to(row: &Cue) -> bool {
    matches!(row.commitment, Commitment::Demanded | Commitment::Pledged | Commitment::Declined | Commitment::Asked)
        && !matches!(row.lemma, "require" | "commit" | "press" | "direct")
        || matches!(
            row.lemma,
            "tell" | "warn" | "hope" | "expect" | "claim" | "offer" | "propose" | "recommend" | "remind" | "signal"
        )
}

/// The hearer of a verb of telling; the object of other verbs is a part of what is thought or wanted.
fn hears(doc: &Document, reading: &Reading, verb: usize) -> Option<usize> {
    let telling = matches!(
        doc.lemma(Id::new(verb)),
        "tell"
            | "ask"
            | "order"
            | "urge"
            | "warn"
            | "assure"
            | "inform"
            | "remind"
            | "promise"
            | "instruct"
            | "advise"
            | "beg"
            | "implore"
            | "encourage"
            | "invite"
            | "persuade"
            | "reassure"
            | "notify"
            | "caution"
            | "counsel"
            | "exhort"
            | "convince"
            | "summon"
            | "command"
            | "direct"
            | "petition"
            | "challenge"
    );
    if !telling {
        return tree::children(doc, reading, verb, &[Relation::Iobj]).find(|&t| t > verb);
    }
    tree::children(doc, reading, verb, &[Relation::Iobj, Relation::Obj]).find(|&t| t > verb)
}

/// The word that negates a verb.
fn negated(doc: &Document, reading: &Reading, verb: usize) -> Option<usize> {
    tree::children(doc, reading, verb, &[Relation::Advmod]).find(|&t| negation::negates(doc.lower(Id::new(t))))
}

/// "I am sure that he will come", "they are afraid the dam will break": an adjective of the mind with its clause.
fn by_adjective(doc: &Document, reading: &Reading, head: usize) -> Option<Found> {
    let copula = tree::children(doc, reading, head, &[Relation::Cop]).find(|&t| t < head)?;
    let own = tree::children(doc, reading, head, &[Relation::Nsubj]).find(|&t| t < head)?;
    let clause = tree::children(doc, reading, head, &[Relation::Ccomp, Relation::Advcl]).find(|&t| t > head)?;
    let subject_of = child_bit(Relation::Nsubj) | child_bit(Relation::NsubjPass);
    let marks: Vec<&str> =
        tree::children(doc, reading, clause, &[Relation::Mark]).map(|t| doc.lower(Id::new(t))).collect();
    let ccomp = tree::relation(reading, clause) == Some(Relation::Ccomp);
    let fits = reading.children[clause] & subject_of != 0
        && (marks.contains(&"that") || ccomp && !marks.contains(&"to") && !marks.contains(&"if"));
    if !fits || !can_speak(doc, own) {
        return None;
    }
    let range = tree::subtree(doc, reading, clause);
    let mut start = copula;
    while start > own + 1 && reading.up(start - 1) == Some(head) && doc.pos(Id::new(start - 1)) == Pos::Aux {
        start -= 1;
    }
    let source = trimmed(reading, tree::subtree(doc, reading, own));
    (source.end <= start).then_some(Found {
        cue: start..head + 1,
        source: Some(source),
        content: vec![range.start.max(head + 1)..range.end],
    })
}

/// "his denial that he had met them", "our promise to rebuild the school": a noun of saying with an owner.
fn by_noun(doc: &Document, reading: &Reading, noun: usize, row: &Cue) -> Option<Found> {
    let pledge = matches!(row.commitment, Commitment::Pledged | Commitment::Demanded);
    if !matches!(row.force, Force::Speech | Force::Thought) && !pledge {
        return None;
    }
    let owner = tree::children(doc, reading, noun, &[Relation::NmodPoss]).find(|&t| t < noun)?;
    let clause = tree::children(doc, reading, noun, &[Relation::Acl, Relation::Ccomp]).find(|&t| t > noun)?;
    let marks: Vec<&str> =
        tree::children(doc, reading, clause, &[Relation::Mark]).map(|t| doc.lower(Id::new(t))).collect();
    let subject_of = child_bit(Relation::Nsubj) | child_bit(Relation::NsubjPass);
    let that = marks.contains(&"that") && reading.children[clause] & subject_of != 0;
    if !that && !(pledge && marks.contains(&"to")) {
        return None;
    }
    let mut source = tree::subtree(doc, reading, owner);
    while source.end > source.start && matches!(doc.lower(Id::new(source.end - 1)), "'s" | "’s" | "'" | "’") {
        source.end -= 1;
    }
    let range = tree::subtree(doc, reading, clause);
    let start = range.start.max(noun + 1);
    if doc.pos(Id::new(source.start)) == Pos::Adp {
        return None;
    }
    (source.end <= noun && !source.is_empty()).then_some(Found {
        cue: noun..noun + 1,
        source: Some(source),
        content: vec![start..range.end],
    })
}

fn trimmed(reading: &Reading, mut range: Range<usize>) -> Range<usize> {
    while range.end > range.start && reading.shape[range.end - 1] == 1 {
        range.end -= 1;
    }
    while range.start < range.end && reading.shape[range.start] == 1 {
        range.start += 1;
    }
    range
}
