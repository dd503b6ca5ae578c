//! Verbs that give a figure, by the place of the figure: behind "at", as object, behind "of", behind "to".

use std::ops::Range;

use super::super::cue;
use super::super::quoted::Draft;
use super::giver::{self, Kind};
use super::word::{self, Class};
use super::{Figure, Given, Scene, label};
use crate::lexicon::speech;
use crate::text::{Commitment, Id, Pos, QuantityKind, Relation, Xpos};

/// Relations that lead from a clause into the one above it.
const BORDERS: &[Relation] =
    &[Relation::Acl, Relation::AclRelcl, Relation::Advcl, Relation::Parataxis, Relation::Ccomp, Relation::AdvclRelcl];

/// The nearest verb above a number whose class has a place for it.
pub fn find(scene: &Scene, figure: &Figure) -> Option<Given> {
    let above = scene.above(figure);
    let lead = scene.word(figure.lead);
    let mut below = figure.anchor;
    let mut crossed = false;
    for &(at, relation) in &above {
        let border = BORDERS.contains(&relation);
        if giver::is_verb(scene.doc, at) && scene.reading.quote[at] == scene.reading.quote[figure.anchor] {
            let slot = Slot { verb: at, below, relation, lead, crossed };
            if let Some(given) = slot.fill(scene, figure) {
                return Some(given);
            }
        }
        crossed |= border;
        below = at;
    }
    said_up_to(scene, figure)
        .or_else(|| on_noun(scene, figure, &above))
        .or_else(|| behind_at(scene, figure))
        .or_else(|| by_agent_to(scene, figure))
        .or_else(|| turned_down(scene, figure))
}

/// "said up | to nine stayed": words that the taggers begin inside of "up to" begin before it.
pub fn whole_bound(scene: &Scene, number: usize, figure: &Figure, drafts: &mut [Draft]) {
    let up = figure.own.start;
    if scene.word(up) != "up" || scene.word(up + 1) != "to" {
        return;
    }
    for draft in drafts.iter_mut().filter(|d| d.paragraph == number) {
        let found = &mut draft.found;
        let Some(piece) = found.content.iter_mut().find(|c| c.start == up + 1) else { continue };
        if found.cue.end == up || found.cue.end == up + 1 && found.cue.len() > 1 {
            piece.start = up;
            found.cue.end = up;
        }
    }
}

/// "Officials **said up to** 60 had been killed": the tree may take "up" for a part of the verb.
fn said_up_to(scene: &Scene, figure: &Figure) -> Option<Given> {
    let home = scene.sentence(figure.anchor);
    let verb = figure.own.start.checked_sub(1).filter(|&t| t > home.start && scene.word(t + 1) == "up")?;
    let says = cue::cues().of(scene.doc, Id::new(verb)).is_some_and(|r| r.takes.contains(&"that"));
    let subject = scene.child(verb, &[Relation::Nsubj]).filter(|&s| s < verb)?;
    if !says || !giver::is_verb(scene.doc, verb) || scene.kind(subject) == Kind::Thing {
        return None;
    }
    let turns = |t: usize| matches!(scene.word(t), ";" | "but" | "while" | "whereas");
    let end = (figure.own.end..home.end).find(|&t| turns(t)).unwrap_or(home.end);
    let content = vec![scene.trimmed(figure.own.start..end)];
    Some(Given { cue: verb..verb + 1, source: scene.phrase(subject), content, made_by: "statement/figure-verb" })
}

/// "The **claim that 90 prisoners had died was rejected by** the prison service", "reports of 40 dead have been denied by":
/// whatever the tree makes of it, a noun of saying, the number, and a verb of denying in the passive with who does it.
fn turned_down(scene: &Scene, figure: &Figure) -> Option<Given> {
    let home = scene.sentence(figure.anchor);
    let quote = scene.reading.quote[figure.anchor];
    let noun = (home.start..figure.own.start)
        .rev()
        .take(12)
        .take_while(|&t| !matches!(scene.word(t), "," | ";" | ":") && scene.reading.quote[t] == quote)
        .find(|&t| {
            let says = cue::cues().of(scene.doc, Id::new(t)).is_some_and(|r| r.class == cue::Class::Noun);
            matches!(scene.word(t + 1), "that" | "of") && (says || word::is(scene.lemma(t), Class::Amount))
        })?;
    let verb = (figure.own.end..home.end.min(figure.own.end + 12))
        .take_while(|&t| !matches!(scene.word(t), "," | ";" | ":" | "and" | "but"))
        .find(|&t| {
            let passive = matches!(scene.word(t - 1), "was" | "were" | "been" | "is" | "are" | "being");
            passive && scene.word(t + 1) == "by" && denies(scene, t)
        })?;
    let end = (verb + 2..home.end).find(|&t| matches!(scene.word(t), "," | ";" | "." | "who" | "which" | "and"));
    let source = scene.trimmed(verb + 2..end.unwrap_or(home.end));
    if label::named(scene, source.clone()).is_none_or(|head| scene.kind(head) == Kind::Thing) {
        return None;
    }
    let cue = cue(scene, verb);
    let mut start = noun;
    while start > home.start && matches!(scene.doc.pos(Id::new(start - 1)), Pos::Det | Pos::Adj | Pos::Noun | Pos::Part)
    {
        start -= 1;
    }
    let content = start..cue.start.min(verb - 1);
    Some(Given { cue, source, content: vec![content], made_by: "statement/figure-verb" })
}

/// "was found by a team **to last in 71 percent of patients**", "said by the opposition **to have reached 85,000**": whatever
/// the tree says, a participle, who stands behind its "by", and an infinitive up to the number.
fn by_agent_to(scene: &Scene, figure: &Figure) -> Option<Given> {
    let home = scene.sentence(figure.anchor);
    let finite = |t: usize| matches!(scene.doc.xpos(Id::new(t)), Xpos::Vbd | Xpos::Vbz | Xpos::Vbp | Xpos::Md);
    let to = (home.start + 3..figure.own.start)
        .rev()
        .take_while(|&t| !matches!(scene.word(t), "," | ";" | ":") && !finite(t))
        .take(8)
        .find(|&t| scene.word(t) == "to" && matches!(scene.doc.pos(Id::new(t + 1)), Pos::Verb | Pos::Aux))?;
    let by = (home.start + 1..to - 1).rev().take(9).find(|&t| scene.word(t) == "by")?;
    let verb = by - 1;
    let lemma = scene.lemma(verb);
    let says = speech::is(lemma)
        || word::is(lemma, Class::Foresee)
        || word::is(lemma, Class::Appraise)
        || matches!(lemma, "find" | "know" | "show")
        || thinks(scene, verb);
    let participle = matches!(scene.doc.xpos(Id::new(verb)), Xpos::Vbn | Xpos::Vbd);
    let source = scene.trimmed(by + 1..to);
    let head_end = source.clone().find(|&t| t > source.start && matches!(scene.word(t), "of" | "for" | "in" | "at"));
    let head = (source.start..head_end.unwrap_or(source.end))
        .rev()
        .find(|&t| matches!(scene.doc.pos(Id::new(t)), Pos::Noun | Pos::Propn))?;
    if !says
        || !participle
        || scene.kind(head) == Kind::Thing
        || scene.reading.quote[verb] != scene.reading.quote[figure.anchor]
    {
        return None;
    }
    Some(Given { cue: verb..by, source, content: vec![to..figure.whole.end], made_by: "statement/figure-verb" })
}

/// "4,100 people counted by the town hall": a participle on the noun that the number counts.
fn on_noun(scene: &Scene, figure: &Figure, above: &[(usize, Relation)]) -> Option<Given> {
    let nominal = |r: Relation| matches!(r, Relation::Nummod | Relation::Compound | Relation::Nmod);
    let nouns = above.iter().take_while(|(_, r)| nominal(*r)).map(|&(t, _)| t);
    for noun in [figure.anchor].into_iter().chain(nouns) {
        let home = scene.sentence(noun);
        for verb in noun + 1..home.end {
            // "the 400 jobs **promised by the company**": what is said, and not who it is said to or of.
            let things = scene.doc.quantities[figure.id].unit.code != "person";
            let says = || {
                cue::cues().of(scene.doc, Id::new(verb)).is_some_and(|r| {
                    r.class == cue::Class::Verb && r.takes.contains(&"that") && r.takes.contains(&"noun")
                })
            };
            let on = scene.reading.up(verb) == Some(noun)
                && matches!(scene.relation(verb), Some(Relation::Acl | Relation::AclRelcl))
                && (word::any(
                    scene.lemma(verb),
                    &[Class::Count, Class::State, Class::Give, Class::Foresee, Class::Appraise],
                ) || things && says());
            if !on {
                continue;
            }
            let Some((source, head, passive)) = giver::of_verb(scene.doc, scene.reading, verb) else { continue };
            // "ten times as many cases **as the council had reported**": theirs is the other number.
            if source.start > 0 && matches!(scene.word(source.start - 1), "as" | "than") {
                continue;
            }
            // "the 400 jobs **that the firm promised**".
            let promised = things
                && scene.relation(verb) == Some(Relation::AclRelcl)
                && scene.kind(head) == Kind::Somebody
                && source.start > noun
                && says();
            if scene.kind(head) != Kind::Thing && passive || promised {
                let content = vec![figure.own.start..figure.whole.end.min(verb).max(figure.own.end)];
                return Some(Given { cue: cue(scene, verb), source, content, made_by: "statement/figure-verb" });
            }
        }
    }
    None
}

/// A verb and how the number hangs on it.
struct Slot<'w> {
    verb: usize,
    /// The child of the verb that holds the number, or is it.
    below: usize,
    relation: Relation,
    /// The word that leads the number.
    lead: &'w str,
    /// Another clause lies between.
    crossed: bool,
}

impl Slot<'_> {
    fn fill(&self, scene: &Scene, figure: &Figure) -> Option<Given> {
        let lemma = scene.lemma(self.verb);
        let is = |class| word::is(lemma, class);
        let denies = denies(scene, self.verb);
        let in_object = matches!(self.relation, Relation::Obj | Relation::NsubjPass)
            // "4,100 people counted on the square by the town hall", read as a clause.
            || self.relation == Relation::Nsubj
                && self.below < self.verb
                && (giver::passive(scene.doc, scene.reading, self.verb)
                    || giver::agent(scene.doc, scene.reading, self.verb).is_some())
            || self.relation == Relation::Acl && self.below < self.verb;
        let in_object = in_object && !self.crossed;
        let object = || self.object(scene);
        let figured = |t: usize| {
            scene.word(t) == "records" || word::any(scene.lemma(t), &[Class::Amount, Class::Level, Class::Document])
        };
        let behind = |words: &[&str]| {
            words.contains(&self.lead)
                && !self.crossed
                && self.relation != Relation::Nsubj
                && clear(scene, self.verb, figure.lead)
        };
        let taken = || object().is_some() || giver::passive(scene.doc, scene.reading, self.verb);
        let agent = || giver::child(scene.doc, scene.reading, self.verb, &[Relation::OblAgent]).is_some();
        let clause = [Relation::Xcomp, Relation::Obl, Relation::Ccomp, Relation::Advcl].contains(&self.relation);
        let infinitive = self.relation == Relation::Xcomp;
        let fits = denies && !self.crossed && self.disputes(scene) && (in_object || clause && self.relation != Relation::Obl)
            || (is(Class::Appraise) || is(Class::Foresee) || scene.word(self.verb) == "costed") && behind(&["at"]) && taken()
            || is(Class::Revise) && behind(&["to", "from", "by"])
            || is(Class::Shift) && behind(&["to", "from", "by"])
                && (object().is_some_and(figured) || (self.verb + 1..figure.lead).any(figured))
            || is(Class::Give) && behind(&["as"]) && taken()
            || is(Class::Give) && in_object && self.relation == Relation::Obj && figured(self.below)
            || is(Class::Give) && in_object && self.relation == Relation::Obj && named_as(scene, figure)
            || is(Class::Speak) && behind(&["of"])
            || matches!(lemma, "admit" | "attest" | "confess" | "own" | "swear" | "testify") && behind(&["to"])
            // "The lobby makes it 71 percent."
            || lemma == "make" && self.verb + 2 == figure.own.start && scene.word(self.verb + 1) == "it"
            || lemma == "reckon" && behind(&["on"])
            // "A census has the town at 48,300 people", "the paper has the bill at 19 million".
            || lemma == "have" && behind(&["at"]) && object().is_some() && self.holds_at(scene, figure)
            // "demands 400 crowns", "now promises 150".
            || in_object && self.relation == Relation::Obj && self.wills(scene)
            || (is(Class::Count) || is(Class::State) || is(Class::Foresee))
                && in_object
                && self.counts(scene, figure, lemma)
            // "are believed by rangers to number 60", "is said by police to be $200,000".
            || clause
                && (speech::is(lemma) || is(Class::Foresee) || is(Class::Appraise) || infinitive && thinks(scene, self.verb))
                && agent();
        fits.then(|| self.given(scene, figure)).flatten()
    }

    /// "counted 30 boats", "reported 17 deaths": who does it must be able to.
    fn counts(&self, scene: &Scene, figure: &Figure, lemma: &str) -> bool {
        let quantity = &scene.doc.quantities[figure.id];
        let money = matches!(quantity.kind, QuantityKind::Money | QuantityKind::Percent);
        let Some((_, head, passive)) = giver::of_verb(scene.doc, scene.reading, self.verb) else { return false };
        let kind = scene.kind(head);
        let counted = quantity.counted.map(|s| scene.doc.slice(s).to_lowercase()).unwrap_or_default();
        let taken = ["lives", "life", "victims", "casualties", "seats", "titles", "medals"];
        match lemma {
            // A storm claims lives, a team claims titles, and what a shop lists stands on its shelves.
            "claim" if taken.iter().any(|w| counted.ends_with(w)) => false,
            // "Police say 350": a number and nothing else.
            "say" => {
                let next = scene.doc.tokens.at(Id::new(figure.own.end)).map_or(".", |t| t.lower.as_str());
                kind == Kind::Somebody
                    && figure.own.contains(&self.below)
                    && figure.whole == figure.own
                    && matches!(next, "." | "," | ";" | "and" | "but" | "while" | ")")
            }
            // "posted a loss of $5 million", not "posted $5,000 bail".
            "post" => money && kind != Kind::Thing && !figure.own.contains(&self.below),
            "see" => {
                matches!(scene.doc.xpos(Id::new(self.verb)), Xpos::Vbz | Xpos::Vbp) && money && kind == Kind::Somebody
            }
            "list" | "record" | "register" | "log" | "count" => {
                matches!(kind, Kind::Somebody | Kind::Document | Kind::Pronoun)
                    || passive
                    || kind == Kind::Place && lemma == "log"
            }
            _ => kind != Kind::Thing,
        }
    }

    /// Documents hold figures; of others only a sum or a share can stand at a level.
    fn holds_at(&self, scene: &Scene, figure: &Figure) -> bool {
        let Some((_, head, false)) = giver::of_verb(scene.doc, scene.reading, self.verb) else { return false };
        let numbered = self.object(scene).is_some_and(|o| scene.child(o, &[Relation::Nummod]).is_some());
        let quantity = &scene.doc.quantities[figure.id];
        let sum = matches!(quantity.kind, QuantityKind::Money | QuantityKind::Percent);
        !numbered
            && match scene.kind(head) {
                Kind::Document => true,
                Kind::Somebody => sum,
                _ => false,
            }
    }

    /// A verb for what somebody wants or pledges, in a finite form, with somebody as its subject.
    fn wills(&self, scene: &Scene) -> bool {
        let row = cue::cues().of(scene.doc, Id::new(self.verb));
        let pledges = row.is_some_and(|r| {
            r.class == cue::Class::Verb
                && matches!(r.commitment, Commitment::Pledged | Commitment::Demanded)
                && r.takes.contains(&"noun")
                && r.takes.contains(&"that")
        });
        let finite = matches!(scene.doc.xpos(Id::new(self.verb)), Xpos::Vbd | Xpos::Vbz | Xpos::Vbp);
        let who = giver::of_verb(scene.doc, scene.reading, self.verb);
        pledges && finite && who.is_some_and(|(_, head, passive)| !passive && scene.kind(head) == Kind::Somebody)
    }

    /// People and bodies deny; a study that contradicts half of something gives no figure.
    fn disputes(&self, scene: &Scene) -> bool {
        let head = giver::of_verb(scene.doc, scene.reading, self.verb).map(|s| scene.kind(s.1));
        head.is_some_and(|k| k != Kind::Document)
    }

    /// What the verb is done to.
    fn object(&self, scene: &Scene) -> Option<usize> {
        scene.child(self.verb, &[Relation::Obj, Relation::NsubjPass]).or_else(|| {
            let up = scene.reading.up(self.verb)?;
            let on = matches!(scene.relation(self.verb), Some(Relation::Acl | Relation::AclRelcl));
            on.then_some(up)
        })
    }

    fn given(&self, scene: &Scene, figure: &Figure) -> Option<Given> {
        let verb = self.verb;
        let (source, head, passive) = giver::of_verb(scene.doc, scene.reading, verb)?;
        // A subject that no list knows may be somebody where only somebody can stand: "hoteliers put the loss at".
        let open = self.lead == "at" && word::is(scene.lemma(verb), Class::Appraise)
            || denies(scene, verb)
            || word::is(scene.lemma(verb), Class::Speak);
        let named = matches!(scene.doc.xpos(Id::new(head)), Xpos::Nn | Xpos::Nns | Xpos::Nnp | Xpos::Nnps);
        if scene.kind(head) == Kind::Thing && !(open && named) {
            return None;
        }
        let content = content(scene, figure, verb, &source, passive);
        Some(Given { cue: cue(scene, verb), source, content, made_by: "statement/figure-verb" })
    }
}

/// "assumed", "believed", "thought": a verb that takes what somebody holds to be so.
fn thinks(scene: &Scene, verb: usize) -> bool {
    let takes = |r: &cue::Cue| r.class == cue::Class::Verb && r.takes.contains(&"that");
    scene.lemma(verb) == "think" || cue::cues().of(scene.doc, Id::new(verb)).is_some_and(takes)
}

/// "gave seven **as the number of dead**".
fn named_as(scene: &Scene, figure: &Figure) -> bool {
    let at = figure.own.end;
    at + 2 < scene.doc.tokens.len()
        && scene.word(at) == "as"
        && scene.word(at + 1) == "the"
        && word::any(scene.lemma(at + 2), &[Class::Amount, Class::Level])
}

/// No other finite verb stands between, whatever the tree says.
fn clear(scene: &Scene, verb: usize, lead: usize) -> bool {
    let finite = |t: usize| {
        matches!(scene.doc.xpos(Id::new(t)), Xpos::Vbd | Xpos::Vbz | Xpos::Vbp | Xpos::Md)
            && !matches!(scene.relation(t), Some(Relation::Aux | Relation::AuxPass))
            || scene.doc.xpos(Id::new(t)) == Xpos::Md
    };
    !(verb.min(lead) + 1..lead.max(verb)).any(finite)
}

/// "denied", "rejected", "contested".
pub fn denies(scene: &Scene, verb: usize) -> bool {
    let id = Id::new(verb);
    word::is(scene.lemma(verb), Class::Deny)
        || cue::cues().of(scene.doc, id).is_some_and(|row| row.commitment == Commitment::Denied)
}

/// The verb with what stands before it of its own: "was put", "could not confirm".
pub fn cue(scene: &Scene, verb: usize) -> Range<usize> {
    let mut start = verb;
    while start > 0
        && scene.reading.sentence[start - 1] == scene.reading.sentence[verb]
        && scene.reading.up(start - 1) == Some(verb)
        && matches!(
            scene.relation(start - 1),
            Some(Relation::Aux | Relation::AuxPass | Relation::Mark | Relation::Advmod)
        )
        && scene.word(start - 1) != "that"
    {
        start -= 1;
    }
    // An adverb alone is no part of it: "later put the toll at".
    while start < verb
        && scene.relation(start) == Some(Relation::Advmod)
        && !matches!(scene.word(start), "not" | "n't" | "n’t" | "never")
    {
        start += 1;
    }
    start..verb + 1
}

/// What is said: the words around the number on its side of the verb, and in the passive the thing that it is said of.
fn content(scene: &Scene, figure: &Figure, verb: usize, source: &Range<usize>, passive: bool) -> Vec<Range<usize>> {
    let home = scene.sentence(verb);
    let mut out = Vec::new();
    let thing = scene.child(verb, &[Relation::NsubjPass]).or_else(|| {
        let on = matches!(scene.relation(verb), Some(Relation::Acl | Relation::AclRelcl));
        scene.reading.up(verb).filter(|&up| on && up < verb)
    });
    if let Some(thing) = thing.filter(|&t| passive && t < verb || !passive && !source.contains(&t)) {
        let phrase = scene.phrase(thing);
        out.push(phrase.start..phrase.end.min(verb));
    }
    if figure.own.start > verb {
        let after = (verb + 1).max(if source.start > verb && source.end <= figure.lead { source.end } else { 0 });
        let start = if passive { figure.lead.max(after) } else { after };
        let stop = if source.start >= figure.whole.end { source.start } else { home.end };
        out.push(start..figure.whole.end.min(stop).max(figure.own.end));
    } else {
        out.push(figure.lead.min(figure.own.start)..figure.whole.end.min(verb).max(figure.own.end));
    }
    out
}

/// Where the tree is wrong: somebody, a verb of counting in a finite form, and the number with nothing but nouns between
/// ("The central bank forecasts growth of 2 percent", read as one noun phrase).
pub fn behind_verb(scene: &Scene, figure: &Figure) -> Option<Given> {
    let home = scene.sentence(figure.anchor);
    let nominal = |t: usize| {
        matches!(scene.doc.pos(Id::new(t)), Pos::Det | Pos::Adj | Pos::Noun | Pos::Propn)
            || matches!(scene.word(t), "of" | "between" | "a")
    };
    let mut at = figure.own.start;
    while at > home.start && figure.own.start - at < 6 && nominal(at - 1) && !counts(scene, at - 1) {
        at -= 1;
    }
    let verb = at.checked_sub(1).filter(|&v| v > home.start && counts(scene, v))?;
    if scene.child(verb, &[Relation::Nsubj, Relation::Obj]).is_some()
        || scene.reading.quote[verb] != scene.reading.quote[figure.anchor]
    {
        return None;
    }
    let head = verb - 1;
    let named = matches!(scene.doc.pos(Id::new(head)), Pos::Noun | Pos::Propn) && scene.kind(head) == Kind::Somebody;
    let mut start = head;
    while start > home.start
        && matches!(scene.doc.pos(Id::new(start - 1)), Pos::Det | Pos::Adj | Pos::Noun | Pos::Propn)
    {
        start -= 1;
    }
    let opens = start == home.start
        || scene.reading.shape[start - 1] == 1
        || matches!(scene.word(start - 1), "and" | "but" | "while");
    (named && opens).then(|| Given {
        cue: verb..verb + 1,
        source: start..verb,
        content: vec![verb + 1..figure.whole.end],
        made_by: "statement/figure-verb",
    })
}

/// A finite form that can only be of a verb that counts, states or foresees.
fn counts(scene: &Scene, at: usize) -> bool {
    matches!(scene.doc.xpos(Id::new(at)), Xpos::Vbz | Xpos::Vbd | Xpos::Vbp)
        && word::any(scene.lemma(at), &[Class::Count, Class::State, Class::Foresee])
        && !matches!(scene.lemma(at), "see" | "post" | "claim" | "say")
}

/// Where the tree is wrong: `<verb of appraising> … at N`, with no verb between.
fn behind_at(scene: &Scene, figure: &Figure) -> Option<Given> {
    if scene.word(figure.lead) != "at" {
        return None;
    }
    let home = scene.sentence(figure.lead);
    let from = figure.lead.saturating_sub(14).max(home.start);
    let finite = |t: usize| {
        matches!(scene.doc.xpos(Id::new(t)), Xpos::Vbd | Xpos::Vbz | Xpos::Vbp) && giver::is_verb(scene.doc, t)
    };
    let verb = (from..figure.lead).rev().find(|&t| {
        matches!(scene.word(t), ";" | ":")
            || finite(t)
            || word::is(scene.lemma(t), Class::Appraise) && giver::is_verb(scene.doc, t)
    })?;
    // "put **by a retired colonel who advises the opposition** at 2,600": a clause that hangs on who gives it.
    if finite(verb)
        && let Some(who) = (from..verb).rev().take(4).find(|&t| matches!(scene.word(t), "who" | "which" | "that"))
        && let Some(by) = (from + 1..who).rev().take(9).find(|&t| scene.word(t) == "by")
        && word::is(scene.lemma(by - 1), Class::Appraise)
        && scene.doc.xpos(Id::new(by - 1)) == Xpos::Vbn
        && label::named(scene, by + 1..who).is_some_and(|head| scene.kind(head) != Kind::Thing)
        && scene.reading.quote[by] == scene.reading.quote[figure.anchor]
    {
        let content = vec![figure.lead..figure.whole.end];
        return Some(Given { cue: by - 1..by, source: by + 1..who, content, made_by: "statement/figure-verb" });
    }
    if !word::is(scene.lemma(verb), Class::Appraise) || scene.reading.quote[verb] != scene.reading.quote[figure.anchor]
    {
        return None;
    }
    let (source, _, passive) = giver::of_verb(scene.doc, scene.reading, verb)?;
    let content = content(scene, figure, verb, &source, passive);
    Some(Given { cue: cue(scene, verb), source, content, made_by: "statement/figure-verb" })
}
