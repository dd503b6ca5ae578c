//! Deeds and topics that the taggers took for words: "laid off nine workers", "commented on recent developments".

use super::cue::Class;
use super::manner;
use super::model::Found;
use super::negation;
use super::reading::{OUTSIDE, Paragraph, Reading, child_bit};
use super::tree;
use crate::lexicon::{measure, noun, wordnet};
use crate::text::{Document, Id, Pos, Relation, Xpos};

/// Clears the content of an attribution that says nothing: neither a clause nor an infinitive nor a quotation, and a verb
/// that is no word of saying, or that only names the topic.
pub fn bar(doc: &Document, reading: &Reading, _: &Paragraph, found: &mut Found) {
    if found.cue.is_empty() || found.content.is_empty() {
        return;
    }
    let word = |t: usize| doc.lower(Id::new(t));
    let says = found.content.iter().cloned().flatten().any(|t| {
        reading.quote[t] != OUTSIDE
            || matches!(
                tree::relation(reading, t),
                Some(Relation::Nsubj | Relation::NsubjPass | Relation::Expl | Relation::Csubj | Relation::Mark)
            )
    });
    let spoken = found.cue.clone().any(|t| reading.shape[t] == 1 || matches!(word(t), "according" | "per" | "as"));
    let (main, row) = manner::main_cue(doc, reading, &found.cue);
    let verb = doc.pos(Id::new(main)) == Pos::Verb;
    // "backed up the van", "called off the march": the particle makes another verb of it.
    let particle = tree::children(doc, reading, main, &[Relation::CompoundPrt])
        .any(|t| matches!(word(t), "up" | "off" | "down" | "away"));
    // "commented on recent developments", "was asked about the remark": what was spoken of, not what was said.
    let asked = reading.children[main] & (child_bit(Relation::AuxPass) | child_bit(Relation::NsubjPass)) != 0
        || matches!(tree::relation(reading, main), Some(Relation::Acl | Relation::Advcl));
    let topic = row.is_some_and(|r| r.lemma == "comment" && r.class == Class::Verb || r.lemma == "ask" && asked);
    let first = found.content[0].start;
    let led = |t: usize| matches!(word(t), "about" | "on" | "of" | "over" | "regarding" | "concerning");
    let about = led(first) || first > 0 && led(first - 1);
    let withheld = found
        .cue
        .clone()
        .any(|t| negation::negates(word(t)) || matches!(doc.lemma(Id::new(t)), "decline" | "refuse" | "no"))
        || tree::children(doc, reading, main, &[Relation::Advmod]).any(|t| negation::negates(word(t)));
    // "the most demanding standards": a participle that stands as an adjective.
    let adjective = tree::relation(reading, main) == Some(Relation::Amod) && found.cue.len() == 1;
    // "The findings are reported to the board": whom something is passed on to says nothing.
    let passed_on = asked
        && found.source.as_ref().is_some_and(|s| {
            s.start >= found.cue.end && (s.start - 1..s.start + 1).any(|t| t < s.end && word(t) == "to")
        });
    // "has been declared winner of the poll by the commission", "a hill is said to …, home to refugees": behind a passive
    // only "by" names who says it.
    let passive = reading.children[main] & child_bit(Relation::AuxPass) != 0;
    if passive
        && !spoken
        && let Some(source) = found.source.clone().filter(|s| s.start >= found.cue.end)
        && word(source.start - 1) != "by"
        && word(source.start) != "by"
    {
        let end = source.end.min(tree::sentence(doc, reading, main).end);
        let by = (found.cue.end..end).rev().find(|&t| word(t) == "by");
        let agent = by.map(|b| b + 1..source.end).filter(|r| !r.is_empty() && by.is_some_and(|b| b > source.start));
        if let Some(agent) = agent {
            let rest = source.start..agent.start - 1;
            found.content.push(rest);
            found.content.sort_by_key(|c| c.start);
            found.source = Some(agent);
        } else {
            found.source = None;
        }
        return;
    }
    // "Have teachers noted any difference?", "What did the mayor say?": who is asked about has said nothing yet.
    let inverted = tree::children(doc, reading, main, &[Relation::Aux]).any(|a| {
        let behind = |s: usize| a < s && s < main;
        tree::children(doc, reading, main, &[Relation::Nsubj]).any(behind)
    });
    let end = tree::sentence(doc, reading, main).end;
    if inverted && (main..end).rev().take(3).any(|t| word(t) == "?") {
        found.content.clear();
        return;
    }
    // "has asked Ruth Kemp to explain its plans": what another is to say is not said.
    let above = reading.up(main).filter(|_| tree::relation(reading, main) == Some(Relation::Xcomp));
    let bidden = word(found.cue.start) == "to"
        && above.is_some_and(|h| {
            tree::children(doc, reading, h, &[Relation::Obj, Relation::Iobj]).any(|o| h < o && o < main)
        });
    if bidden {
        found.content.clear();
        return;
    }
    // "Asked if she believed it, the senator said": others asked.
    let open = reading.children[main] & (child_bit(Relation::Nsubj) | child_bit(Relation::NsubjPass)) == 0;
    let opens = found.cue.start == tree::sentence(doc, reading, main).start
        || found.cue.start.checked_sub(1).is_some_and(|t| matches!(word(t), "," | "when"));
    let wh =
        |t: usize| matches!(word(t), "if" | "whether" | "about" | "why" | "how" | "what" | "when" | "who" | "where");
    let is_asked = matches!(word(main), "asked" | "questioned" | "pressed" | "quizzed") && found.cue.len() <= 2;
    if is_asked && open && opens && (wh(first) || wh(main + 1)) && found.source.as_ref().is_none_or(|s| s.start > first)
    {
        found.content.clear();
        return;
    }
    // "Staff discovered that a safe was open": what somebody found out.
    let lemma = doc.lemma(Id::new(main));
    let finds = matches!(lemma, "discover" | "realise" | "realize" | "notice")
        && found.source.as_ref().is_some_and(|s| {
            let head = tree::head_of(reading, s.clone());
            !matches!(word(head), "i" | "we") && super::origin::document(doc.lemma(Id::new(head))).is_none()
        });
    // "The researchers can tell that it is clay", "could not tell its origin", with nobody who is told.
    let can = lemma == "tell"
        && tree::children(doc, reading, main, &[Relation::Aux]).any(|t| matches!(word(t), "could" | "can" | "ca"));
    let clause = matches!(
        word(main + 1),
        "that" | "whether" | "if" | "what" | "how" | "why" | "where" | "who" | "which" | "when"
    );
    let quotes = found.content.iter().cloned().flatten().any(|t| reading.quote[t] != OUTSIDE);
    let makes_out = can && (clause || withheld && !says && !quotes);
    if finds || makes_out {
        found.content.clear();
        return;
    }
    // "said, referring to the towns that bore the brunt": what somebody meant, told by the writer.
    let refers = doc.lemma(Id::new(main)) == "refer" && word(main) == "referring";
    // "The names have not been released by the police": what is not given out is nothing said.
    let released =
        matches!(doc.lemma(Id::new(main)), "release" | "publish" | "issue" | "disclose") && passive && withheld;
    // "insisted on kissing her": a deed.
    let insisted = doc.lemma(Id::new(main)) == "insist"
        && found.cue.clone().any(|t| word(t) == "on")
        && word(main) != "insists"
        && doc.xpos(Id::new(first)) == Xpos::Vbg;
    // "was fined and **ordered to** pay": what somebody is bidden, as he is fined.
    let bids = match doc.lemma(Id::new(main)) {
        "order" | "tell" | "advise" | "urge" | "instruct" | "warn" | "command" | "direct" | "remind" | "require" => {
            true
        }
        "ask" => doc.xpos(Id::new(main)) == Xpos::Vbn,
        _ => false,
    };
    let bidden = bids
        && word(main + 1) == "to"
        && tree::relation(reading, main) == Some(Relation::Conj)
        && tree::children(doc, reading, main, &[Relation::Nsubj, Relation::Obj, Relation::Aux]).next().is_none()
        && reading.up(main).is_some_and(|h| crate::text::clause::is_passive(doc, Id::new(h)));
    if !quotes && (refers || released || insisted || bidden) {
        found.content.clear();
        return;
    }
    // "called a halt to the works": a halt is brought about, not said.
    let one_thing = doc.lemma(Id::new(main)) == "call"
        && word(first) == "a"
        && found.content[0].clone().any(|t| matches!(word(t), "halt" | "stop"))
        && found.content[0].clone().take(5).any(|t| doc.pos(Id::new(t)) == Pos::Noun);
    if one_thing && !quotes {
        found.content.clear();
        return;
    }
    // "The crowd had seen the visitors reduced to ten": what somebody watched.
    let watched = matches!(doc.lemma(Id::new(main)), "hear" | "see" | "watch" | "witness")
        && matches!(doc.xpos(Id::new(main)), Xpos::Vbd | Xpos::Vbn)
        && !quotes
        && !found.content.iter().cloned().flatten().any(|t| word(t) == "as")
        && tree::children(doc, reading, main, &[Relation::Obj]).any(|o| found.content.iter().any(|c| c.contains(&o)))
        && !found.content.iter().cloned().flatten().any(|t| tree::is_finite(doc, t));
    if watched {
        found.content.clear();
        return;
    }
    if says || spoken {
        return;
    }
    // "flies to ask the president for help": why somebody moves is not what he says.
    let purpose = row.is_none() && verb && found.content.len() == 1 && word(first) == "to";
    // "showed the leaders photographs": a thing that somebody shows; a count that shows a rise is one of words.
    let thing = doc.lemma(Id::new(main)) == "show"
        && found.source.as_ref().is_some_and(|s| {
            let head = tree::head_of(reading, s.clone());
            reading.name[head] != 0 || noun::of(doc, Id::new(head)).is_some_and(noun::Noun::is_people)
        });
    // "added a lander to the contract", "concluded its hearing", "posted the photo": verbs of saying that do something to a
    // thing which is no word itself.
    let does = matches!(
        doc.lemma(Id::new(main)),
        "add" | "conclude" | "observe" | "offer" | "post" | "publish" | "release" | "write"
    );
    let done_to = does
        && !withheld
        && tree::children(doc, reading, main, &[Relation::Obj]).any(|o| {
            found.content.iter().any(|c| c.contains(&o))
                && matches!(doc.pos(Id::new(o)), Pos::Noun | Pos::Propn)
                && !wordnet::is_message(doc.lemma(Id::new(o)))
        });
    if purpose || thing || done_to {
        found.content.clear();
        return;
    }
    // "Men approve of the senator 44 to 35": a share of those asked.
    if matches!(doc.lemma(Id::new(main)), "approve" | "disapprove") {
        found.content.clear();
        return;
    }
    // "will offer an appreciation", "will announce his plan": a thing that somebody is yet to say says nothing now.
    let bare = !found.content.iter().cloned().flatten().any(|t| {
        doc.lower(Id::new(t)).starts_with(|c: char| c.is_ascii_digit())
            || matches!(doc.pos(Id::new(t)), Pos::Verb | Pos::Aux | Pos::Num)
    });
    let to_come = row.is_some_and(|r| r.class == Class::Verb && r.force == super::cue::Force::Speech)
        && tree::children(doc, reading, main, &[Relation::Aux])
            .any(|t| matches!(word(t), "will" | "'ll" | "’ll" | "would" | "shall"))
        && !withheld
        && bare;
    if to_come || verb && particle || topic && about && !withheld || adjective || passed_on {
        found.content.clear();
    }
}

/// "Experience shows", "common sense says": nobody's say-so.
pub fn nobody(doc: &Document, reading: &Reading, _: &Paragraph, found: &mut Found) {
    let Some(source) = found.source.clone() else { return };
    // "Sir: The council says …" addresses somebody, who says nothing.
    let addressed = source.len() == 1
        && noun::honorific(doc.lower(Id::new(source.start))).is_some()
        && found.cue.clone().all(|t| doc.lower(Id::new(t)) == ":");
    // "Nine villagers **said killed** in raid": a passive of headlines; they say nothing.
    let heard = |t: usize| matches!(doc.lower(Id::new(t)), "believed" | "feared" | "reported" | "said" | "thought");
    let passive = found.cue.len() == 1
        && heard(found.cue.start)
        && source.end == found.cue.start
        && found.content.first().is_some_and(|c| {
            let first = Id::new(c.start);
            c.start == found.cue.end && doc.xpos(first) == Xpos::Vbn && doc.relation(first) != Relation::Amod
        });
    // "was arraigned **and ordered** jailed on murder charges": it is the subject that is told or accused.
    let cue = found.cue.start;
    let second = tree::relation(reading, cue) == Some(Relation::Conj)
        && (doc.xpos(Id::new(cue)) == Xpos::Vbn || found.cue.len() > 1 && doc.xpos(Id::new(cue + 1)) == Xpos::Vbn)
        && matches!(
            doc.lemma(Id::new(cue)),
            "accuse"
                | "advise"
                | "ask"
                | "charge"
                | "inform"
                | "instruct"
                | "order"
                | "remind"
                | "tell"
                | "urge"
                | "warn"
        )
        && reading.up(cue).is_some_and(|v| tree::children(doc, reading, v, &[Relation::AuxPass]).next().is_some())
        && tree::children(doc, reading, cue, &[Relation::Obj, Relation::Iobj, Relation::OblAgent]).next().is_none();
    let passive = passive || second;
    if source.end <= found.cue.start && (addressed || passive || is_nobody(doc, reading, &source)) {
        found.content.clear();
    }
}

/// True for a source that is a common notion and no being.
pub fn is_nobody(doc: &Document, reading: &Reading, source: &std::ops::Range<usize>) -> bool {
    let head = tree::head_of(reading, source.clone());
    // "No evidence shows that she knew": what there is none of says nothing; "no official said so" tells of people.
    let being = reading.name[head] != 0 || noun::of(doc, Id::new(head)).is_some_and(noun::Noun::is_people);
    if doc.lower(Id::new(source.start)) == "no"
        && source.len() > 1
        && !being
        && !wordnet::is_person(doc.lemma(Id::new(head)))
    {
        return true;
    }
    let abstract_noun = matches!(
        doc.lemma(Id::new(head)),
        "experience"
            | "sense"
            | "history"
            | "logic"
            | "tradition"
            | "wisdom"
            | "legend"
            | "precedent"
            | "intuition"
            | "instinct"
            | "folklore"
            | "arithmetic"
            | "reason"
            | "convention"
            | "etiquette"
            | "superstition"
    );
    // "The quarter included a charge", "last week brought news of": a time says nothing.
    let period = measure::days(doc.lower(Id::new(head))).is_some();
    let plain = doc.pos(Id::new(head)) == Pos::Noun
        && !source.clone().any(|t| matches!(tree::relation(reading, t), Some(Relation::NmodPoss)));
    (abstract_noun || period) && plain
}

/// "She wrote “The Long Road” in 1990": a title of a work is not what was said.
pub fn title(doc: &Document, reading: &Reading, paragraph: &Paragraph, found: &mut Found) {
    if found.cue.is_empty() || found.content.is_empty() {
        return;
    }
    let span = |r: &std::ops::Range<usize>| doc.span_of(Id::new(r.start)..Id::new(r.end));
    let held: Vec<_> = paragraph
        .quotations
        .iter()
        .filter(|q| q.depth == 0 && found.content.iter().any(|c| span(c).covers(q.inner)))
        .collect();
    let is_title = |q: &super::quote::Quotation| {
        let words: Vec<&str> = doc.slice(q.inner).split_whitespace().collect();
        let small = words.iter().filter(|w| w.starts_with(|c: char| c.is_lowercase())).count();
        words.len() >= 2 && small * 3 <= words.len() && !doc.slice(q.inner).ends_with(['.', '!', '?', ','])
    };
    let makes = found.cue.clone().any(|t| {
        matches!(
            doc.lemma(Id::new(t)),
            "write"
                | "publish"
                | "show"
                | "sing"
                | "record"
                | "release"
                | "feature"
                | "know"
                | "read"
                | "compose"
                | "direct"
                | "film"
        )
    });
    let clause = found.content.iter().cloned().flatten().any(|t| {
        reading.quote[t] == OUTSIDE
            && matches!(tree::relation(reading, t), Some(Relation::Nsubj | Relation::NsubjPass))
            && !doc.lower(Id::new(t)).eq("he")
    });
    if makes && !clause && !held.is_empty() && held.iter().all(|q| is_title(q)) {
        found.content.clear();
    }
}

/// "“Go home,” drivers would yell after dark": when it was shouted is none of it, and who stands beside the mark shouts.
pub fn tail(doc: &Document, reading: &Reading, _: &Paragraph, found: &mut Found) {
    let quoted = |r: &std::ops::Range<usize>| r.clone().any(|t| reading.quote[t] != OUTSIDE);
    if found.cue.is_empty() || !found.content.iter().any(quoted) {
        return;
    }
    let cue_end = found.cue.end;
    let led = |t: usize| {
        t > 0
            && (doc.pos(Id::new(t - 1)) == Pos::Adp
                || tree::children(doc, reading, t, &[Relation::Case]).any(|c| c < t && c >= cue_end))
    };
    found.content.retain(|c| c.start < cue_end || quoted(c) || c.len() > 2 || !led(c.start));
    if found.source.is_none()
        && let Some(last) =
            found.content.iter_mut().find(|c| c.end == found.cue.start && reading.quote[c.start] != OUTSIDE)
    {
        let close = (last.start..last.end).rev().find(|&t| reading.quote[t] == super::reading::CLOSES);
        let subject = close.map(|c| c + 1..last.end).filter(|r| !r.is_empty() && r.len() <= 4);
        let noun = |t: usize| matches!(doc.pos(Id::new(t)), Pos::Noun | Pos::Propn | Pos::Pron);
        if let Some(subject) = subject.filter(|r| noun(r.end - 1)) {
            last.end = subject.start;
            found.source = Some(subject);
        }
    }
}
