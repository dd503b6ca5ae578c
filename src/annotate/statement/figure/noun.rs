//! Nouns that are figures: "the ministry's count is 212", "a police estimate puts", "by the union's tally".

use std::ops::Range;

use super::super::cue;
use super::giver::{self, Kind};
use super::word::{self, Class};
use super::{Figure, Given, Scene};
use crate::lexicon::wordnet;
use crate::text::{Id, NameClass, Pos, Relation, Xpos};

/// Whose figure a noun is, and the words that say so.
pub struct Owned {
    /// Who gives it.
    pub source: Range<usize>,
    /// The noun with what makes it a figure of somebody.
    pub cue: Range<usize>,
}

/// The owner of a noun of figures: "the union's count", "a police estimate", "the count by volunteers", "figures released
/// by the prison service", "official figures".
pub fn owner(scene: &Scene, noun: usize) -> Option<Owned> {
    let level = word::is(scene.lemma(noun), Class::Level);
    // What has an owner is a noun, whatever its tag.
    let nominal = matches!(scene.doc.pos(Id::new(noun)), Pos::Noun | Pos::Propn | Pos::X)
        || scene.child(noun, &[Relation::NmodPoss]).is_some();
    if !level && !figured(scene, noun) && !viewed(scene, noun) || !nominal {
        return None;
    }
    let cue = noun..noun + 1;
    let somebody = |t: usize| matches!(scene.kind(t), Kind::Somebody | Kind::Pronoun);
    let speaks = |t: usize| somebody(t) || scene.kind(t) == Kind::Place && !level;
    let home = scene.sentence(noun);
    let children = || home.clone().filter(|&t| scene.reading.up(t) == Some(noun));
    for child in children() {
        let relation = scene.relation(child);
        match relation {
            Some(Relation::NmodPoss) if child < noun && speaks(child) => {
                let mut source = scene.possessor(scene.phrase(child));
                // ", **exceeding** analysts' forecast": what somebody does with it.
                let does = |t: usize| scene.doc.xpos(Id::new(t)) == Xpos::Vbg && t > 0 && scene.word(t - 1) == ",";
                if source.start < child && does(source.start) {
                    source.start += 1;
                }
                return Some(Owned { source, cue });
            }
            Some(Relation::Nmod | Relation::Obl) if child > noun => {
                let case = giver::case(scene.doc, scene.reading, child);
                let by = matches!(case, "by" | "from") && scene.kind(child) != Kind::Thing;
                let of = case == "of" && somebody(child) && !level && countless(scene, child);
                if by || of {
                    return Some(Owned { source: scene.phrase(child), cue });
                }
            }
            Some(Relation::Acl) if child > noun => {
                let given = word::any(scene.lemma(child), &[Class::Give, Class::State, Class::Count])
                    || matches!(
                        scene.lemma(child),
                        "carry"
                            | "collect"
                            | "compile"
                            | "conduct"
                            | "draw"
                            | "gather"
                            | "keep"
                            | "make"
                            | "obtain"
                            | "run"
                            | "take"
                    );
                if given && let Some((source, _, true)) = giver::of_verb(scene.doc, scene.reading, child) {
                    return Some(Owned { source, cue: noun..child + 1 });
                }
            }
            _ => {}
        }
    }
    // "a police estimate", "a Greenfield Bank forecast".
    let mut start = noun;
    while start > home.start
        && scene.reading.up(start - 1).is_some_and(|up| up == noun || (start..noun).contains(&up))
        && matches!(
            scene.relation(start - 1),
            Some(Relation::Compound | Relation::Amod | Relation::Flat | Relation::NmodDesc | Relation::Nmod)
        )
    {
        start -= 1;
    }
    let before = (start..noun).rev().find(|&t| scene.reading.up(t) == Some(noun) && somebody(t) && names(scene, t));
    // "a police estimate", "police figures"; not "police estimate 40", where the noun is a verb.
    let led = scene.child(noun, &[Relation::Det, Relation::Amod]).is_some()
        || scene.doc.xpos(Id::new(noun)) == Xpos::Nns
        || scene.child(noun, &[Relation::Case]).is_some();
    if let Some(head) = before.filter(|_| led) {
        let mut from = head;
        while from > start
            && scene.reading.up(from - 1).is_some_and(|up| (from..head + 1).contains(&up))
            && matches!(scene.relation(from - 1), Some(Relation::Compound | Relation::Flat | Relation::Amod))
        {
            from -= 1;
        }
        return Some(Owned { source: from..head + 1, cue });
    }
    // "by one estimate", "some studies": nobody in particular, and not the writer.
    let some = word::any(scene.lemma(noun), &[Class::Amount, Class::Document])
        && home.clone().any(|t| {
            t < noun
                && scene.reading.up(t) == Some(noun)
                && matches!(
                    scene.word(t),
                    "one" | "some" | "several" | "other" | "another" | "most" | "many" | "various"
                )
        });
    if some {
        return Some(Owned { source: scene.phrase(noun), cue });
    }
    let official = (start..noun).any(|t| word::is(scene.lemma(t), Class::Giver) && scene.word(t) != "latest");
    official.then(|| Owned { source: start..noun + 1, cue: noun..noun + 1 })
}

/// A noun of figures or of what holds them: "the army's reckoning", "hospital records".
pub fn figured(scene: &Scene, noun: usize) -> bool {
    word::any(scene.lemma(noun), &[Class::Amount, Class::Document]) || scene.word(noun) == "records"
}

/// A noun for what somebody makes of figures, with whose it is: "the union's own arithmetic".
fn viewed(scene: &Scene, noun: usize) -> bool {
    word::is(scene.lemma(noun), Class::View) && scene.child(noun, &[Relation::NmodPoss]).is_some()
}

/// A noun or a name, not an adjective that happens to be listed.
fn names(scene: &Scene, at: usize) -> bool {
    // "a Newton record", "a Hollis return": a person's name in front of a noun is no owner.
    let person = scene.reading.name[at] != 0
        && NameClass::ALL[usize::from((scene.reading.name[at] - 1) / 2)] == NameClass::Person;
    matches!(scene.doc.pos(Id::new(at)), Pos::Noun | Pos::Propn) && !person
}

/// "the estimate of the association", not "the estimate of the workers": who gives it is one, and no crowd to be counted.
fn countless(scene: &Scene, head: usize) -> bool {
    let plural = matches!(scene.doc.xpos(Id::new(head)), Xpos::Nns | Xpos::Nnps);
    !plural || scene.reading.name[head] != 0
}

/// A noun of figures above the number, or as the subject of what it is said with.
pub fn find(scene: &Scene, figure: &Figure) -> Option<Given> {
    let mut below = figure.anchor;
    for (at, relation) in scene.above(figure) {
        if scene.reading.quote[at] != scene.reading.quote[figure.anchor] {
            return None;
        }
        // "the navy's claim of 30 rockets", "9,000, the police estimate"; not "150 missing person **reports**", which are counted.
        let counted = relation == Relation::Nummod && scene.doc.xpos(Id::new(at)) == Xpos::Nns;
        if !counted
            && matches!(
                relation,
                Relation::Nmod | Relation::Appos | Relation::Nummod | Relation::Nsubj | Relation::Compound
            )
            && (figured(scene, at) || !viewed(scene, at))
            && let Some(owned) = owner(scene, at)
            && !owned.source.contains(&figure.anchor)
        {
            let content = vec![figure.lead_in(scene)..figure.whole.end];
            return Some(Given { cue: owned.cue, source: owned.source, content, made_by: "statement/figure-noun" });
        }
        // "gave a figure of 30": the noun has no owner of its own, the verb is above.
        let predicate = giver::is_verb(scene.doc, at) || scene.child(at, &[Relation::Cop]).is_some();
        if predicate
            && !matches!(relation, Relation::AclRelcl | Relation::Advcl | Relation::Acl)
            && let Some(subject) = scene.child(at, &[Relation::Nsubj, Relation::NsubjPass])
            && subject != below
            && let Some(given) = said_of(scene, figure, at, subject)
        {
            return Some(given);
        }
        if matches!(relation, Relation::AclRelcl | Relation::Advcl | Relation::Parataxis) {
            return None;
        }
        below = at;
    }
    // "The count is 212", with the number itself as what is said.
    let subject = scene.child(figure.anchor, &[Relation::Nsubj])?;
    said_of(scene, figure, figure.anchor, subject)
}

/// "The union's own tally was 5,400", "a police estimate puts attendance at 13,700".
fn said_of(scene: &Scene, figure: &Figure, predicate: usize, subject: usize) -> Option<Given> {
    let lemma = scene.lemma(predicate);
    let shows = scene.child(predicate, &[Relation::Cop]).is_some()
        || lemma == "be"
        || word::is(lemma, Class::Show)
        || word::is(lemma, Class::Appraise)
        || predicate == figure.anchor;
    // "The ministry's **tally** stands at 310": whatever the tags, what a clitic owns is a noun.
    if shows && !figured(scene, subject) && scene.is_clitic(subject + 1) {
        let own = subject + 2 + usize::from(matches!(scene.word(subject + 2), "own" | "latest" | "official"));
        let cue = own..own + 1;
        if own < predicate && word::any(scene.lemma(own), &[Class::Amount]) && scene.kind(subject) != Kind::Thing {
            let mut source = scene.phrase(subject);
            source.end = source.end.min(subject + 1);
            let content = vec![figure.lead_in(scene)..figure.whole.end];
            return Some(Given { cue, source, content, made_by: "statement/figure-noun" });
        }
    }
    // "An internal memo speaks of 37 near misses": what is written or told, and not what it holds of itself.
    let idle = matches!(lemma, "amount" | "come" | "run" | "stand" | "total" | "have" | "place" | "contain");
    let message = || {
        word::is(lemma, Class::Show)
            && !idle
            && scene.doc.pos(Id::new(subject)) == Pos::Noun
            && wordnet::is_message(scene.lemma(subject))
            && !word::is(scene.lemma(subject), Class::Level)
    };
    let told = figured(scene, subject) || viewed(scene, subject) || message();
    if !shows || !told && !word::is(scene.lemma(subject), Class::Level) {
        return None;
    }
    let owned = owner(scene, subject).or_else(|| {
        // "Records show 77 admissions": they speak for themselves; "the figure came to 77" says nothing of whose it is.
        let document = word::is(scene.lemma(subject), Class::Document) || scene.word(subject) == "records";
        let several = scene.doc.xpos(Id::new(subject)) == Xpos::Nns;
        // "contains **a figure of 74**", not "contains 40 recommendations".
        let holds =
            lemma == "contain" && scene.above(figure).iter().any(|&(t, _)| word::is(scene.lemma(t), Class::Amount));
        let plain = word::is(lemma, Class::Show)
            && (!idle || holds)
            && (document || several || message())
            && !word::is(scene.lemma(subject), Class::Level);
        plain.then(|| Owned { source: scene.phrase(subject), cue: predicate..predicate + 1 })
    })?;
    let cop = scene.child(predicate, &[Relation::Cop]);
    let verb = cop.unwrap_or(predicate);
    let start = if verb < figure.own.start { verb + 1 } else { figure.lead_in(scene) };
    let content = vec![start.min(figure.own.start)..figure.whole.end];
    let cue = if owned.source.contains(&owned.cue.start) || verb < owned.cue.end || verb > owned.cue.end + 6 {
        owned.cue
    } else if owned.source.start >= owned.cue.end && owned.source.end <= verb {
        // "the count by volunteers came to": the verb alone.
        verb..verb + 1
    } else {
        owned.cue.start..verb + 1
    };
    let cue = if cue.start <= owned.source.start && owned.source.start < cue.end { verb..verb + 1 } else { cue };
    let cue = if predicate == figure.anchor && cop.is_none() { owner_cue(subject) } else { cue };
    Some(Given { cue, source: owned.source, content, made_by: "statement/figure-noun" })
}

fn owner_cue(subject: usize) -> Range<usize> {
    subject..subject + 1
}

impl Figure {
    /// Where the words of the number begin, with a preposition that is part of them.
    fn lead_in(&self, scene: &Scene) -> usize {
        if matches!(scene.word(self.lead), "between" | "from") { self.lead } else { self.own.start }
    }
}

/// "By the union's count, 9,000 walked out", "per police", "on official figures", "in the army's telling", "as the club
/// claims", "— the fire chief's estimate —": beside the clause that holds the number.
pub fn aside(scene: &Scene, figure: &Figure) -> Option<Given> {
    let home = scene.sentence(figure.anchor);
    let border = |t: usize| matches!(scene.word(t), ";" | "but" | "while" | "whereas") && scene.reading.quote[t] == 0;
    let start = (home.start..figure.own.start).rev().find(|&t| border(t)).map_or(home.start, |t| t + 1);
    let end = (figure.own.end..home.end).find(|&t| border(t)).unwrap_or(home.end);
    for at in start..end {
        if figure.own.contains(&at) || scene.reading.quote[at] != scene.reading.quote[figure.anchor] {
            continue;
        }
        let found = match scene.word(at) {
            "by" | "on" | "in" | "per" | "under" | "against" | "at" => {
                beside(scene, figure, at, start).or_else(|| worded(scene, figure, at, start))
            }
            "as" => as_claimed(scene, figure, at),
            "(" => between(scene, figure, at),
            _ if scene.dash(at) => between(scene, figure, at),
            _ => None,
        };
        let Some((owned, tail)) = found else { continue };
        let content = match at < figure.own.start {
            true => scene.trimmed(tail..end),
            false if scene.word(at) == "as" => figure.own.start..figure.whole.end.min(at),
            false => scene.trimmed(start..at),
        };
        if !content.contains(&figure.anchor) {
            continue;
        }
        let cue = if owned.source.start > at && scene.word(at) != "as" { at..at + 1 } else { owned.cue };
        return Some(Given { cue, source: owned.source, content: vec![content], made_by: "statement/figure-aside" });
    }
    None
}

/// A preposition with a noun of figures, or "per" with whoever gives them; and where its phrase ends.
fn beside(scene: &Scene, figure: &Figure, at: usize, start: usize) -> Option<(Owned, usize)> {
    let preposition = scene.word(at);
    let as_per = preposition == "per" && at > 0 && scene.word(at - 1) == "as";
    // "£4 per ticket" is a rate.
    if preposition == "per" && figure.whole.end == at && !as_per {
        return None;
    }
    let up = scene.reading.up(at)?;
    let noun = if scene.relation(at) == Some(Relation::Fixed) { scene.reading.up(up)? } else { up };
    // "In the office's tally", with the preposition hung on the owner.
    let noun = match scene.reading.up(noun) {
        Some(owned) if scene.relation(noun) == Some(Relation::NmodPoss) && figured(scene, owned) => owned,
        _ => noun,
    };
    if noun <= at || noun > at + 9 {
        return None;
    }
    // A phrase that the tree lets run on ends at its comma.
    let mut phrase = scene.phrase(noun);
    if let Some(comma) = (noun..phrase.end).find(|&t| scene.word(t) == ",") {
        phrase.end = comma;
    }
    let opens = at == start || matches!(scene.word(at - 1), "," | "as" | "and" | "that" | "(") || at >= figure.own.end;
    if !opens || phrase.contains(&figure.anchor) || phrase.start > at + 1 {
        return None;
    }
    // "52 **per 100,000 inhabitants**" is a rate as well.
    let numbered = phrase.clone().any(|t| scene.doc.pos(Id::new(t)) == Pos::Num);
    let owned = if preposition == "per" {
        if numbered {
            return None;
        }
        matches!(scene.kind(noun), Kind::Somebody | Kind::Document | Kind::Place)
            .then(|| owner(scene, noun).unwrap_or(Owned { source: phrase.clone(), cue: at..at + 1 }))
    } else {
        let lemma = scene.lemma(noun);
        let fits = match preposition {
            "in" | "at" => matches!(lemma, "assessment" | "count" | "estimate" | "estimation" | "reckoning" | "tally"),
            _ => {
                word::is(lemma, Class::Amount)
                    || matches!(lemma, "data" | "statistics" | "number" | "list" | "register" | "census" | "survey")
                    || scene.word(noun) == "records"
            }
        };
        let owned = fits.then(|| owner(scene, noun)).flatten();
        // "By the reckoning of the museum's guards": beside a clause nobody is counted there.
        let of = || {
            let whose = scene.child(noun, &[Relation::Nmod]).filter(|&c| {
                c > noun && giver::case(scene.doc, scene.reading, c) == "of" && scene.kind(c) == Kind::Somebody
            })?;
            let counts = matches!(lemma, "count" | "headcount" | "list" | "number" | "recount" | "register" | "tally");
            (fits && !counts).then(|| Owned { source: scene.phrase(whose), cue: noun..noun + 1 })
        };
        owned.or_else(|| told(scene, noun, preposition)).or_else(of)
    }?;
    Some((owned, phrase.end))
}

/// "On the defence ministry's reckoning | the exercise will …", "by their own survey", "by official count | the race drew":
/// read off the words, where the tree joins the phrase with what follows; "to judge by a survey": what it is judged by.
fn worded(scene: &Scene, figure: &Figure, at: usize, start: usize) -> Option<(Owned, usize)> {
    let home = scene.sentence(at);
    if at + 3 >= home.end {
        return None;
    }
    let preposition = scene.word(at);
    let judged =
        at > start && matches!(scene.word(at - 1), "going" | "judging" | "judge" | "go") && preposition == "by";
    let opens = at == start
        || matches!(scene.word(at - 1), "," | "and" | "that" | "(" | "but")
        || judged && at <= start + 2
        || at == figure.whole.end;
    if !opens || preposition == "per" || preposition == "against" {
        return None;
    }
    let nominal = |t: usize| matches!(scene.doc.pos(Id::new(t)), Pos::Det | Pos::Adj | Pos::Noun | Pos::Propn | Pos::X);
    let first = at + 1;
    let led = usize::from(scene.doc.pos(Id::new(first)) == Pos::Det);
    // "3.5 percent in the treasury's view and 4.8 percent **in that of Ashmont Research**": the noun before stands for its own.
    let view = |t: usize| word::any(scene.lemma(t), &[Class::Amount, Class::View]) && scene.is_clitic(t - 1);
    if scene.word(first) == "that" && scene.word(first + 1) == "of" && (home.start + 2..at).any(view) {
        let who = first + 2;
        let end =
            (who..home.end).find(|&t| matches!(scene.word(t), "," | "." | ";" | "who" | "which")).unwrap_or(home.end);
        let head = super::label::named(scene, who..end.min(who + 8)).filter(|&h| scene.kind(h) != Kind::Thing)?;
        let closes = (end..home.end).find(|&t| scene.word(t) == "," && t > end).map_or(end, |t| t + 1);
        let tail = if end < figure.own.start { closes.min(figure.own.start) } else { end };
        return Some((Owned { source: scene.trimmed(who..end.max(head + 1)), cue: at..first + 2 }, tail));
    }
    let (source, from) = if scene.doc.xpos(Id::new(first)) == Xpos::PrpPoss {
        (first..first + 1, first + 1)
    } else if let Some(end) =
        (first + 1..home.end.min(first + 8)).find(|&t| scene.is_clitic(t)).filter(|&t| (first..t).all(nominal))
    {
        (first..end, end + 1)
    } else if word::is(scene.lemma(first + led), Class::Giver) {
        (first..first, first + led + 1)
    } else if judged {
        (first..first, first + led)
    } else {
        return None;
    };
    let counts = |t: usize| {
        let lemma = scene.lemma(t);
        word::is(lemma, Class::Amount)
            || word::is(lemma, Class::View) && !source.is_empty()
            || matches!(preposition, "by" | "on")
                && (at == start || scene.word(at - 1) == "," || judged)
                && (matches!(lemma, "audit" | "census" | "data" | "list" | "log" | "number" | "poll" | "register")
                    || matches!(lemma, "statistic" | "statistics" | "survey" | "record"))
    };
    let noun = (from..home.end.min(from + 4)).take_while(|&t| nominal(t) || counts(t)).find(|&t| counts(t))?;
    let tail = if judged && source.is_empty() {
        (noun + 1..home.end.min(noun + 9)).find(|&t| scene.word(t) == ",")?
    } else {
        noun + 1
    };
    if (at..tail).contains(&figure.anchor) || tail >= home.end {
        return None;
    }
    let source = if source.is_empty() { first..tail } else { source };
    Some((Owned { source, cue: noun..noun + 1 }, tail))
}

/// "in the army's telling", "by the utility's own admission": nouns that are figures only there.
fn told(scene: &Scene, noun: usize, preposition: &str) -> Option<Owned> {
    let says = || {
        let row = cue::cues().of(scene.doc, Id::new(noun));
        preposition == "by"
            && scene.doc.pos(Id::new(noun)) == Pos::Noun
            && row.is_some_and(|r| r.force == cue::Force::Speech && r.takes.contains(&"that"))
    };
    let tells = word::is(scene.lemma(noun), Class::View) && matches!(preposition, "by" | "on" | "in") || says();
    let owner = scene.child(noun, &[Relation::NmodPoss]).filter(|&o| tells && scene.kind(o) == Kind::Somebody)?;
    Some(Owned { source: scene.phrase(owner), cue: noun..noun + 1 })
}

/// "10,000, as the club claims": a subject and a verb of saying right behind the number.
fn as_claimed(scene: &Scene, figure: &Figure, at: usize) -> Option<(Owned, usize)> {
    if at < figure.whole.end || at > figure.whole.end + 1 {
        return None;
    }
    let home = scene.sentence(at);
    let verb = (at + 2..home.end.min(at + 8))
        .find(|&t| matches!(scene.reading.band[t], 1 | 2) && giver::is_verb(scene.doc, t))?;
    let closed = verb + 1 >= home.end || scene.reading.shape[verb + 1] == 1;
    let subject = scene.child(verb, &[Relation::Nsubj]).filter(|&s| s > at && s < verb)?;
    let speaks = scene.kind(subject) != Kind::Thing;
    (closed && speaks).then(|| (Owned { source: at + 1..verb, cue: verb..verb + 1 }, verb + 1))
}

/// "— the fire chief's estimate —": a noun of figures and its owner, and nothing else, between marks.
fn between(scene: &Scene, figure: &Figure, at: usize) -> Option<(Owned, usize)> {
    if at < figure.own.end {
        return None;
    }
    let home = scene.sentence(at);
    let close = (at + 2..home.end.min(at + 9)).find(|&t| matches!(scene.word(t), ")" | ".") || scene.dash(t))?;
    let noun = close - 1;
    let owned = owner(scene, noun).filter(|o| o.source.start > at && o.source.end <= close)?;
    let poss = scene.child(noun, &[Relation::NmodPoss]).is_some() || owned.source.end == noun;
    poss.then_some((owned, close))
}

/// "Unemployment is 6.3 percent, official figures show": a clause behind the last comma, whatever its tags.
pub fn trailing(scene: &Scene, figure: &Figure) -> Option<Given> {
    let home = scene.sentence(figure.anchor);
    let end = scene.trimmed(home.clone()).end;
    let verb = end.checked_sub(1)?;
    let word = scene.word(verb);
    let stem = word.strip_suffix("ed").or_else(|| word.strip_suffix('s')).unwrap_or(word);
    // "600 jobs to go, union **fears**": in a headline the tag says little.
    let third = scene.doc.pos(Id::new(verb)) == Pos::Noun && scene.doc.xpos(Id::new(verb)) == Xpos::Nns;
    let says = cue::cues().form(word).any(|r| r.class == cue::Class::Verb && r.takes.contains(&"quote"))
        && (giver::is_verb(scene.doc, verb) || third && word.ends_with('s'));
    let shows = says
        || [scene.lemma(verb), word, stem].iter().any(|w| {
            matches!(
                *w,
                "show"
                    | "suggest"
                    | "indicate"
                    | "reveal"
                    | "estimate"
                    | "reckon"
                    | "find"
                    | "found"
                    | "claim"
                    | "say"
                    | "calculate"
            )
        });
    let comma = (verb.saturating_sub(8).max(home.start)..verb).rev().find(|&t| scene.word(t) == ",")?;
    if !shows || comma < figure.own.end || comma + 1 >= verb {
        return None;
    }
    let words = comma + 1..verb;
    let plain = |t: usize| {
        matches!(
            scene.doc.pos(Id::new(t)),
            Pos::Det | Pos::Adj | Pos::Noun | Pos::Propn | Pos::Part | Pos::X | Pos::Adp
        )
    };
    let noun =
        words.clone().find(|&t| t > words.start && scene.doc.pos(Id::new(t)) == Pos::Adp).map_or(verb - 1, |t| t - 1);
    let speaks = figured(scene, noun) || scene.kind(noun) == Kind::Somebody;
    if !words.clone().all(plain) || !speaks || scene.doc.pos(Id::new(words.start)) == Pos::Adp {
        return None;
    }
    let content = vec![scene.trimmed(home.start..comma)];
    Some(Given { cue: verb..verb + 1, source: words, content, made_by: "statement/figure-aside" })
}

/// "19 according to doctors, but seven according to the ministry": each has the source right behind it, or the last
/// before it.
pub fn accorded(scene: &Scene, figure: &Figure) -> Option<Given> {
    let home = scene.sentence(figure.anchor);
    let cues: Vec<usize> = (home.start..home.end.saturating_sub(2))
        .filter(|&t| scene.word(t) == "according" && scene.word(t + 1) == "to" && scene.reading.quote[t] == 0)
        .collect();
    if cues.len() < 2 {
        return None;
    }
    let right_behind = cues.iter().find(|&&t| t == figure.whole.end || t == figure.whole.end + 1);
    let at = *right_behind.or_else(|| cues.iter().rev().find(|&&t| t < figure.own.start))?;
    let ends = |t: usize| {
        matches!(scene.word(t), "," | ";" | "but" | "while" | "and")
            || figure.own.contains(&t)
            || scene.reading.shape[t] == 2
    };
    let end = (at + 2..home.end).find(|&t| ends(t)).unwrap_or(home.end);
    let source = scene.trimmed(at + 2..end);
    let content = if at < figure.own.start {
        let stop = (figure.whole.end..home.end)
            .find(|&t| matches!(scene.word(t), "," | ";" | "but" | "according"))
            .unwrap_or(home.end);
        scene.trimmed(figure.own.start..stop)
    } else {
        figure.own.start..figure.whole.end
    };
    let cue = at..at + 2;
    (!source.is_empty()).then(|| Given { cue, source, content: vec![content], made_by: "statement/figure-accorded" })
}
