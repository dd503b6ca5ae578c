//! What a number is about: the noun phrase that it measures, or the subject it is said of.
//!
//! By the tree; where the tree gives nothing, the noun phrase before the nearest verb to the left.

use std::ops::Range;

use super::counted::Counted;
use super::draft::{Draft, Scene};
use super::words::{CHANGES, is_level_noun};
use crate::lexicon::giving;
use crate::lexicon::noun::{self, NounClass};
use crate::lexicon::speech;
use crate::text::*;

/// A number's place among the others of its sentence.
pub struct Place<'a> {
    /// The document.
    pub doc: &'a Document,
    /// The tokens of the number, its unit and its counted noun.
    pub own: Range<Id<Token>>,
    /// The same of every number of the sentence: none of them is what a number is about.
    pub numbers: &'a [Range<Id<Token>>],
    /// It is the amount of a change: the subject stands right before the verb.
    pub changes: bool,
    /// It counts things, whose noun says most of what it is about.
    pub counts: bool,
    /// It is a sum of money: "$2 million **in revenue**", and not "40 acres in the county".
    pub pays: bool,
    /// It is a share.
    pub is_share: bool,
}

/// The content words of what a number is about, in text order.
pub fn concepts(place: &Place) -> Vec<Id<Token>> {
    let doc = place.doc;
    if doc.heads.is_empty() || place.own.start >= place.own.end {
        return Vec::new();
    }
    // The token of the number's phrase that everything else of it hangs from.
    let anchor = Id::range(place.own.clone())
        .find(|&t| doc.head(t).is_none_or(|h| !place.is_own(h)) && doc.relation(t) != Relation::Punct);
    let Some(anchor) = anchor else { return Vec::new() };
    let mut out = Vec::new();
    if let Some((verb, subject)) = place.misread(anchor) {
        place.subject_phrase(verb, subject, &mut out);
        out.retain(|&t| !place.is_own(t));
        out.sort_unstable();
        return out;
    }
    if let Some(subject) = place.said_of(anchor) {
        place.phrase(subject, &mut out, 2);
        out.sort_unstable();
        return out;
    }
    if place.changes {
        place.changed(anchor, &mut out);
        if out.is_empty() {
            place.that_changes(anchor, &mut out);
        }
        // "The number of passengers **was up 15 percent**".
        if out.is_empty()
            && let Some(subject) =
                place.child(anchor, "nsubj").filter(|&s| s < anchor && place.is_noun(s) && !place.is_number(s))
        {
            place.subject_phrase(anchor, subject, &mut out);
        }
        if out.is_empty() {
            place.before_verb(&mut out);
        }
    }
    if out.is_empty()
        && let Some(of) = place.complement(anchor)
    {
        place.phrase(of, &mut out, 2);
    }
    if out.is_empty() {
        place.about(anchor, &mut out);
    }
    out.retain(|&t| !place.is_own(t));
    if out.is_empty() && !place.counts {
        place.before_verb(&mut out);
    }
    out.sort_unstable();
    out.dedup();
    out
}

/// What stands beside a measure: the noun behind it ("a 7 percent rise", "a $20 ticket") or before its "of" ("a profit of $20").
pub fn beside(scene: &Scene, draft: &Draft, found: &Counted) -> Vec<Id<Token>> {
    let doc = scene.doc;
    let content = |i: usize| {
        let piece = &scene.p[i];
        (piece.is_word() && matches!(doc.pos(piece.token), Pos::Noun | Pos::Propn | Pos::Adj)).then_some(piece.token)
    };
    // "80 percent **of GDP**" is what it is held against.
    let base = |thing: &Range<usize>| draft.kind == QuantityKind::Percent && scene.word(thing.start) == "gdp";
    if let Some(thing) = &found.thing
        && thing.start >= draft.all.end
        && !base(thing)
    {
        return thing.clone().filter_map(content).collect();
    }
    let start = draft.all.start;
    // "with the Greens on 17 percent".
    let on = draft.kind == QuantityKind::Percent && scene.before(start) == "on";
    // "France with $7 million, Spain with $3 million": whose sum it is.
    let with = scene.before(start) == "with" && start >= 2 && doc.pos(scene.p[start - 2].token) == Pos::Propn;
    if !(scene.before(start) == "of" || on || with) || start < 2 {
        return Vec::new();
    }
    let mut at = start - 1;
    let mut out = Vec::new();
    while at > 0
        && let Some(token) = content(at - 1)
    {
        out.push(token);
        at -= 1;
    }
    // "a total of", "an average of" say nothing.
    if matches!(scene.word(start - 2), "total" | "average" | "maximum" | "minimum" | "sum" | "median")
        || out.first().is_some_and(|&t| doc.pos(t) == Pos::Adj)
    {
        return Vec::new();
    }
    out.reverse();
    if let Some(noun) = out.last().and_then(|&t| outer(doc, t)).filter(|_| scene.before(start) == "of") {
        return own_words(doc, noun);
    }
    out
}

/// "**profit** from operations of $14 million", "**revenue** on an adjusted basis of $40 million": the noun that the one before
/// a sum's "of" hangs on.
fn outer(doc: &Document, noun: Id<Token>) -> Option<Id<Token>> {
    let child = |t: Id<Token>, relation: Relation| doc.children(t).find(|&c| doc.relation(c) == relation);
    let case = child(noun, Relation::Case).filter(|&c| c < noun)?;
    if !matches!(doc.lower(case), "at" | "by" | "for" | "from" | "in" | "on" | "to") {
        return None;
    }
    let up = doc.head(noun)?;
    let outer = match doc.relation(noun).base() {
        "nmod" => up,
        "obl" => child(up, Relation::Obj).filter(|&o| o > up && o.index() + 1 == case.index())?,
        _ => return None,
    };
    // "$10 a share **on a revenue of** $37 million": what another number is divided by.
    if divides(doc, outer, |t| sum(doc, t)) {
        return None;
    }
    // "fell below expectations **for net income of** $553 million".
    let guess = is_forecast(doc.lemma(outer));
    let fits =
        outer < case && doc.pos(outer) == Pos::Noun && !guess && !is_somebody(doc, outer) && !doc.is_in_time(outer);
    (fits && child(outer, Relation::Nummod).is_none()).then_some(outer)
}

/// "$2 **a share**": the noun of another number's rate.
fn divides(doc: &Document, token: Id<Token>, is_number: impl Fn(Id<Token>) -> bool) -> bool {
    let back = |n: usize| token.index().checked_sub(n).map(Id::<Token>::new);
    back(1).is_some_and(|t| matches!(doc.lower(t), "a" | "an" | "per" | "each" | "every"))
        && back(2).is_some_and(is_number)
}

/// A noun with the nouns and adjectives right before it.
fn own_words(doc: &Document, noun: Id<Token>) -> Vec<Id<Token>> {
    let mut out = vec![noun];
    let mut at = noun;
    while let Some(before) = at.index().checked_sub(1).map(Id::<Token>::new)
        && doc.is_under(before, noun)
        && matches!(doc.pos(before), Pos::Noun | Pos::Propn | Pos::Adj)
    {
        out.push(before);
        at = before;
    }
    out.reverse();
    out
}

impl Place<'_> {
    fn is_own(&self, token: Id<Token>) -> bool {
        self.own.start <= token && token < self.own.end
    }

    fn is_number(&self, token: Id<Token>) -> bool {
        self.numbers.iter().any(|n| n.start <= token && token < n.end)
    }

    fn divides(&self, token: Id<Token>) -> bool {
        divides(self.doc, token, |t| self.is_number(t))
    }

    fn is_noun(&self, token: Id<Token>) -> bool {
        // The tag may know a plural that the part of speech takes for a verb.
        matches!(self.doc.pos(token), Pos::Noun | Pos::Propn) || self.doc.xpos(token) == Xpos::Nns
    }

    fn child(&self, token: Id<Token>, base: &str) -> Option<Id<Token>> {
        self.doc.children(token).find(|&c| self.doc.relation(c).is(base))
    }

    /// The subject of a predicate. Of two, as in "the **cable**, wireless and media company's **income** was 2 million", the one
    /// beside it.
    fn subject_of(&self, predicate: Id<Token>) -> Option<Id<Token>> {
        let all = || self.doc.children(predicate).filter(|&c| self.doc.relation(c).is("nsubj"));
        // Not "Mestri's lead over **Tasse** has shrunk".
        let plain = |c: &Id<Token>| {
            *c < predicate && self.child(*c, "case").is_none_or(|k| self.doc.lower(k).starts_with(['\'', '’']))
        };
        let subject = all().filter(plain).last().or_else(|| all().next())?;
        // "data showing **enrolment** fell": right before the verb, what the tree takes for the object of another.
        let beside = predicate.index().checked_sub(1).map(Id::<Token>::new).filter(|&t| {
            let governs = self.doc.head(t).filter(|_| self.doc.relation(t) == Relation::Obj && self.is_noun(t));
            governs.is_some_and(|v| v < t && v > subject && self.doc.relation(v) == Relation::Acl)
        });
        Some(beside.unwrap_or(subject))
    }

    /// "24 percent of adults", "12 tonnes of fuel", "$2 million in revenue", "options for fuels".
    fn complement(&self, anchor: Id<Token>) -> Option<Id<Token>> {
        let doc = self.doc;
        // "Unemployment was 5 percent **in the north**": where and when, and nothing that a share or a predicate is of.
        let told = self.child(anchor, "nsubj").is_some() || matches!(doc.lower(anchor), "percent" | "cent" | "%");
        doc.children(anchor).find(|&child| {
            let case = || self.child(child, "case").map_or("", |c| doc.lower(c));
            // "a shortfall of 6 percent **of GDP**": what it is held against.
            let domestic = || doc.children(child).any(|c| doc.lower(c) == "domestic");
            let base = doc.lower(child) == "gdp" || doc.lower(child) == "product" && domestic();
            !(base && self.is_share)
                && !self.is_own(child)
                && !self.is_number(child)
                && doc.relation(child).is("nmod")
                && self.is_noun(child)
                && (case() == "of"
                    || case() == "in" && self.pays && !told && !doc.is_in_time(child)
                    || self.counts && matches!(case(), "for" | "from"))
                && (!self.counts || doc.pos(anchor) == Pos::Noun)
        })
    }

    /// "Exports grew and **imports** were $8 billion": the noun right before the copula, where the tree hangs both on another
    /// clause.
    fn said_of(&self, anchor: Id<Token>) -> Option<Id<Token>> {
        let doc = self.doc;
        let back = |t: Id<Token>| t.index().checked_sub(1).map(Id::<Token>::new);
        let be = back(self.own.start).filter(|&t| doc.relation(t) == Relation::Cop)?;
        let noun = back(be).filter(|&t| doc.sentence_of(t) == doc.sentence_of(be))?;
        let astray = doc.head(be) != Some(noun) && self.subject_of(anchor).is_none();
        let joined = matches!(doc.relation(noun), Relation::Conj | Relation::Parataxis);
        let fits = joined && self.is_noun(noun) && !self.is_number(noun) && !doc.is_in_time(noun);
        (astray && fits).then_some(noun)
    }

    /// "lifted its key rate half a point", "cut its forecast by $5 million": what is changed, where it stands between.
    fn changed(&self, anchor: Id<Token>, out: &mut Vec<Id<Token>>) {
        self.between(out);
        if !out.is_empty() {
            return;
        }
        let doc = self.doc;
        let mut at = anchor;
        for _ in 0..4 {
            let Some(head) = doc.head(at) else { return };
            if doc.pos(head) == Pos::Verb {
                let object = doc.children(head).find(|&c| {
                    doc.relation(c) == Relation::Obj && c < anchor && c > head && self.is_noun(c) && !self.is_number(c)
                });
                if let Some(object) = object.filter(|&o| !self.is_own(o)) {
                    self.phrase(object, out, 2);
                }
                return;
            }
            at = head;
        }
    }

    /// "will lower **emissions** by 20 percent": the noun phrase between a word of change, whatever the tree takes it for, and
    /// the "by" before the number.
    fn between(&self, out: &mut Vec<Id<Token>>) {
        let doc = self.doc;
        let back = |t: Id<Token>| t.index().checked_sub(1).map(Id::<Token>::new);
        let Some(by) = back(self.own.start).filter(|&t| doc.lower(t) == "by") else { return };
        let mut at = by;
        let mut found = Vec::new();
        while let Some(before) = back(at).filter(|_| found.len() < 6) {
            match doc.pos(before) {
                Pos::Noun | Pos::Propn if !self.is_number(before) => found.push(before),
                Pos::Adj if !found.is_empty() && !CHANGES.contains_key(doc.lower(before)) => found.push(before),
                Pos::Det | Pos::Pron | Pos::Part | Pos::Sym if !found.is_empty() => {}
                _ => break,
            }
            at = before;
        }
        let led = back(at).filter(|&t| CHANGES.contains_key(doc.lower(t)) && doc.sentence_of(t) == doc.sentence_of(by));
        let leads = led.is_some_and(|t| doc.pos(t) == Pos::Verb || doc.lower(t) == "lower");
        if leads {
            out.extend(found);
        }
    }

    /// "Crime in Norland and Wessel **fell** by 6%": the subject of the verb of change.
    fn that_changes(&self, anchor: Id<Token>, out: &mut Vec<Id<Token>>) {
        let doc = self.doc;
        let mut at = anchor;
        for _ in 0..4 {
            let Some(head) = doc.head(at) else { return };
            if doc.pos(head) == Pos::Verb && CHANGES.contains_key(doc.lower(head)) {
                // "trim $3 million **from the budget**": what is made less by it.
                let less = doc.children(head).chain(doc.children(at)).chain(doc.children(anchor)).find(|&c| {
                    matches!(doc.relation(c).base(), "obl" | "nmod")
                        && c > anchor
                        && self.is_noun(c)
                        && !self.is_number(c)
                        && self.child(c, "case").is_some_and(|k| matches!(doc.lower(k), "from" | "off"))
                });
                if let Some(less) = less {
                    self.phrase(less, out, 2);
                    return;
                }
                let fits = |s: &Id<Token>| self.is_noun(*s) && *s < anchor && !self.is_own(*s);
                // "Pollution was on track **to fall** 37 per cent": of whoever is on track.
                let above = || {
                    let noun =
                        doc.head(head).filter(|_| matches!(doc.relation(head), Relation::Acl | Relation::Xcomp))?;
                    let marked = self.child(head, "mark").is_some_and(|m| doc.lower(m) == "to");
                    self.subject_of(noun).filter(|s| marked && fits(s)).map(|s| (noun, s))
                };
                let own = self.subject_of(head).filter(fits).map(|s| (head, s));
                if let Some((predicate, subject)) = own.or_else(above) {
                    self.subject_phrase(predicate, subject, out);
                }
                return;
            }
            at = head;
        }
    }

    /// The verb of change above a number that the tree takes for a participle, and its subject.
    fn misread(&self, anchor: Id<Token>) -> Option<(Id<Token>, Id<Token>)> {
        let mut at = anchor;
        for _ in 0..3 {
            at = self.doc.head(at)?;
            if self.doc.pos(at) == Pos::Verb && CHANGES.contains_key(self.doc.lower(at)) {
                return self.misread_subject(at).map(|s| (at, s));
            }
        }
        None
    }

    /// "**Attendance** at the fair dropped to 6,000": the tree may take the only verb of a sentence for a participle of the
    /// noun before it; its subject is then the noun that the sentence begins with.
    fn misread_subject(&self, verb: Id<Token>) -> Option<Id<Token>> {
        let doc = self.doc;
        // A participle's own agent or goal stands behind it as well: "shares **bought** by the fund". Only what rises or falls
        // of itself has no agent.
        let own = doc.children(verb).any(|c| doc.relation(c).is("aux") || doc.relation(c) == Relation::Obj && c < verb);
        // "Total sales – including tax **and fuel** – rose": nor is it a second noun.
        let joined = doc.relation(verb) == Relation::Conj && doc.head(verb).is_some_and(|h| self.is_noun(h));
        let hangs = doc.relation(verb) == Relation::Acl || joined;
        if !hangs || own || !matches!(doc.xpos(verb), Xpos::Vbd | Xpos::Vbn) {
            return None;
        }
        let mut top = verb;
        // Not out of the clause: "… show **that patients** waiting for a bed rose by 271".
        let clause = |t: Id<Token>| {
            // "profit **before tax**" is none.
            matches!(doc.relation(t), Relation::Ccomp | Relation::Advcl | Relation::Parataxis)
                || doc.relation(t) != Relation::Nmod
                    && doc.children(t).any(|c| doc.relation(c) == Relation::Mark && c < t)
        };
        for _ in 0..6 {
            match doc.head(top).filter(|&h| h < top && !clause(top)) {
                Some(head) => top = head,
                None => break,
            }
        }
        // "patients **waiting** for a bed rose by 271": the subject of a participle that the tree takes for the verb.
        if matches!(doc.xpos(top), Xpos::Vbg | Xpos::Vbn) && top < verb {
            let subject = doc.children(top).find(|&c| doc.relation(c).is("nsubj") && c < top && self.is_noun(c));
            return subject.filter(|_| !doc.children(top).any(|c| doc.relation(c).is("aux")));
        }
        let main = matches!(doc.relation(top).base(), "root" | "nsubj" | "ccomp" | "obj" | "parataxis" | "dep");
        (top < verb && (main || clause(top)) && (self.is_noun(top) || doc.pos(top) == Pos::Pron)).then_some(top)
    }

    /// Climbs from the number to the noun or the subject it is said of.
    fn about(&self, anchor: Id<Token>, out: &mut Vec<Id<Token>>) {
        let doc = self.doc;
        let mut at = anchor;
        for _ in 0..8 {
            // "The bridge is 366 metres long", with the length as predicate.
            if let Some(subject) = self.subject_of(at).filter(|&s| !self.is_number(s)) {
                return self.subject_phrase(at, subject, out);
            }
            let relation = doc.relation(at);
            let Some(head) = doc.head(at) else { return };
            if self.is_number(head) {
                at = head;
                continue;
            }
            let noun = self.is_noun(head);
            // "rose to **a new peak of** 4,100": what rose, and not the peak.
            let level = is_level_noun(doc.lower(head));
            let led = self.child(at, "case").is_some_and(|k| doc.lower(k) == "of");
            let goes = self.child(head, "case").is_some_and(|k| matches!(doc.lower(k), "to" | "from" | "at"));
            if noun && level && led && goes && relation.is("nmod") {
                at = head;
                continue;
            }
            match relation.base() {
                // "a 7 percent rise", "winds of 90 mph": the noun it belongs to.
                "nummod" | "compound" | "amod" | "nmod" | "det" | "flat" | "acl" | "dep" | "appos" | "parataxis"
                | "list"
                    if noun =>
                {
                    let outer = if led && !self.counts { outer(doc, head) } else { None };
                    return self.phrase(outer.unwrap_or(head), out, 2);
                }
                // "162 points, or 2 percent": said of the same.
                "conj" | "appos" | "parataxis" | "list" | "nummod" | "compound" | "flat" | "nmod" | "dep"
                | "goeswith" | "fixed" => at = head,
                // "58 percent said …": what is said of it is not what it is about.
                "nsubj" => return,
                base => {
                    // "sold the estate for $5", "cut the rate to 2%": the object.
                    if base == "obl"
                        && let Some(object) =
                            self.child(head, "obj").filter(|&o| self.is_noun(o) && !self.is_number(o) && o < anchor)
                    {
                        return self.phrase(object, out, 2);
                    }
                    let clause = matches!(doc.pos(head), Pos::Verb | Pos::Aux | Pos::Adj | Pos::Adv);
                    if clause || self.child(head, "nsubj").is_some() {
                        return self.subject(head, out);
                    }
                    if noun {
                        return self.phrase(head, out, 2);
                    }
                    at = head;
                }
            }
        }
    }

    /// The subject of a predicate, its own or that of the clause it depends on.
    fn subject(&self, predicate: Id<Token>, out: &mut Vec<Id<Token>>) {
        let doc = self.doc;
        let mut at = predicate;
        for _ in 0..6 {
            // "Less **than analysts had expected**": who stands in the comparison is not what is measured.
            let than = doc
                .children(at)
                .any(|c| doc.lower(c) == "than" && matches!(doc.relation(c), Relation::Mark | Relation::Case));
            if let Some(subject) = self.subject_of(at).filter(|_| !than) {
                return self.subject_phrase(at, subject, out);
            }
            // "Its **profit** rose", where the tree makes one phrase of them.
            let beside = at.index().checked_sub(1).map(Id::new);
            let glued = beside.filter(|&b| {
                doc.pos(at) == Pos::Verb && self.is_noun(b) && doc.head(b) == Some(at) && doc.relation(b).is("compound")
            });
            if let Some(subject) = glued.filter(|&b| !self.is_number(b)) {
                return self.phrase(subject, out, 2);
            }
            match (doc.head(at), doc.relation(at).base()) {
                // Who says it is not what the number is of.
                (Some(head), "ccomp") if speech::is(doc.lemma(head)) => return,
                (Some(head), "acl" | "amod" | "appos")
                    if self.is_noun(head) && !self.is_number(head) && !self.divides(head) =>
                {
                    return self.phrase(head, out, 2);
                }
                (Some(head), "advmod" | "obl" | "advcl" | "parataxis" | "conj" | "dep" | "acl")
                    if self.is_number(head) || self.divides(head) =>
                {
                    at = head;
                }
                (Some(head), "xcomp" | "conj" | "advcl" | "ccomp" | "parataxis" | "advmod" | "obl" | "dep" | "acl") => {
                    at = head
                }
                _ => return,
            }
        }
    }

    /// A subject as words; a relative pronoun stands for its noun, a personal one for nothing.
    fn subject_phrase(&self, predicate: Id<Token>, subject: Id<Token>, out: &mut Vec<Id<Token>>) {
        if matches!(self.doc.lower(subject), "that" | "which" | "who") {
            if let Some(noun) = self.antecedent(predicate) {
                self.phrase(noun, out, 2);
            }
        } else if self.is_number(subject) {
            // "A third of the wells were at 35 metres": nothing but a number.
        } else {
            self.phrase(subject, out, 2);
        }
    }

    /// The noun that a relative clause belongs to.
    fn antecedent(&self, verb: Id<Token>) -> Option<Id<Token>> {
        let mut at = verb;
        for _ in 0..4 {
            if self.doc.relation(at).is("acl") {
                return self.doc.head(at);
            }
            at = self.doc.head(at)?;
        }
        None
    }

    /// Content words of a noun phrase: the head, what stands before it, and its complements with "of" and the like.
    fn phrase(&self, head: Id<Token>, out: &mut Vec<Id<Token>>, depth: usize) {
        let doc = self.doc;
        if doc.pos(head) == Pos::Pron {
            return;
        }
        out.push(head);
        for child in doc.children(head) {
            match doc.relation(child).base() {
                "compound" | "amod" | "flat" | "goeswith" if !self.is_number(child) || child > head => {
                    out.push(child);
                    out.extend(
                        doc.children(child)
                            .filter(|&c| matches!(doc.relation(c).base(), "compound" | "flat" | "amod" | "goeswith")),
                    );
                }
                "nummod" if child > head => out.push(child),
                "nmod" if depth > 0 && self.is_noun(child) && !self.is_number(child) => {
                    self.phrase(child, out, depth - 1)
                }
                // Not "the fire in Napa **and Solano counties**", whatever the tree joins.
                "conj" if depth > 1 && self.is_noun(child) && !self.is_number(child) && self.joins(head, child) => {
                    self.phrase(child, out, 0);
                }
                _ => {}
            }
        }
    }

    /// Whether nothing with a preposition stands between a noun and the "and" of one that is joined to it.
    fn joins(&self, head: Id<Token>, other: Id<Token>) -> bool {
        let and = self.child(other, "cc").unwrap_or(other);
        !self.doc.children(head).any(|c| c > head && c < and && self.doc.relation(c).is("nmod"))
    }

    /// "Shares of the maker slid 0.8%": the noun phrase before the nearest verb to the left, by the tags.
    fn before_verb(&self, out: &mut Vec<Id<Token>>) {
        let doc = self.doc;
        let first = doc.sentences.at(doc.sentence_of(self.own.start)).map_or(self.own.start, |s| s.tokens.start);
        let verb = Id::range(first..self.own.start)
            .rev()
            .take(5)
            .find(|&t| matches!(doc.pos(t), Pos::Verb | Pos::Aux) || CHANGES.contains_key(doc.lower(t)));
        let Some(mut verb) = verb else { return };
        let back = |t: Id<Token>| (t > first).then(|| Id::<Token>::new(t.index() - 1));
        while let Some(before) = back(verb)
            && (matches!(doc.pos(before), Pos::Aux | Pos::Adv | Pos::Verb | Pos::Part)
                || CHANGES.contains_key(doc.lower(before)))
        {
            verb = before;
        }
        let mut found = Vec::new();
        let mut at = verb;
        while let Some(before) = back(at)
            && found.len() < 8
        {
            match doc.pos(before) {
                Pos::Noun | Pos::Propn | Pos::Adj | Pos::Num
                    if !self.is_number(before) || doc.pos(before) == Pos::Num =>
                {
                    found.push(before);
                }
                Pos::Det | Pos::Part | Pos::Sym => {}
                Pos::Adp if matches!(doc.lower(before), "of" | "in" | "for") && !found.is_empty() => {}
                Pos::Punct if doc.lower(before) == "-" => {}
                _ => break,
            }
            at = before;
        }
        // A phrase that begins with its preposition is not a subject.
        out.extend(found);
    }
}

/// "rose to $84 million, **or 42 cents a share**": the same in another measure.
pub fn otherwise(scene: &Scene, rows: &mut [(Quantity, Draft, Counted)]) {
    for i in 1..rows.len() {
        let [.., (before, said, _), (row, draft, _)] = &rows[..=i] else { continue };
        let start = draft.all.start;
        let gap = start.saturating_sub(said.all.end);
        let joined =
            matches!(scene.before(start), "or" | "(") && (gap == 1 || gap == 2 && scene.word(said.all.end) == ",");
        let other = row.kind == QuantityKind::Money && before.kind == row.kind;
        if joined && other && row.per.is_some() && before.per.is_none() {
            let (counted, concepts) = (before.counted, before.concepts.clone());
            (rows[i].0.counted, rows[i].0.concepts) = (counted, concepts);
        }
    }
}

/// A noun for what somebody takes a number to be: "analysts' forecast".
fn is_forecast(lemma: &str) -> bool {
    matches!(lemma, "consensus" | "estimate" | "expectation" | "forecast" | "guidance" | "prediction" | "projection")
}

/// "beat analysts' **estimates** of $3": nothing but whose they are says what is foreseen.
fn bare_forecast(doc: &Document, row: &Quantity) -> bool {
    let Some(span) = row.counted.or(row.concepts.last().copied()) else { return false };
    let noun = Id::new(doc.tokens_in(span).end.index().saturating_sub(1));
    let own = |c: Id<Token>| {
        let kind = matches!(doc.relation(c), Relation::Compound | Relation::Nmod | Relation::Amod);
        kind && doc.pos(c) == Pos::Noun && !is_somebody(doc, c) && !row.span.covers(doc.tokens[c].span)
    };
    // "(police **count**: 12,000)".
    let next = doc.tokens_in(row.span).start;
    let named = noun.index() + 2 == next.index() && doc.word(Id::new(noun.index() + 1)) == ":";
    let figure = named && matches!(doc.lemma(noun), "claim" | "count" | "figure" | "tally" | "toll");
    (figure || is_forecast(doc.lemma(noun))) && !doc.children(noun).any(own)
}

/// Whoever gives, offers or foresees a sum is not what it is of; nor is the rise in it. In their place stands what the sum
/// is paid for, what rises, or what the number before was of.
pub fn of_the_giver(scene: &Scene, rows: &mut [(Quantity, Draft, Counted)]) {
    let doc = scene.doc;
    for i in 0..rows.len() {
        let (row, draft, _) = &rows[i];
        if matches!(row.kind, QuantityKind::Ordinal | QuantityKind::Score | QuantityKind::Age) {
            continue;
        }
        let token_at = |span: Span| doc.tokens_in(span).start;
        let rises = draft.change.is_some() && draft.level.is_none();
        // "an increase of $3 million", "a 16 percent increase".
        let noun = row
            .counted
            .map(|c| Id::new(doc.tokens_in(c).end.index().saturating_sub(1)))
            .or_else(|| row.concepts.first().map(|&c| token_at(c)))
            .or_else(|| scene.p.get(draft.all.end).map(|p| p.token))
            .filter(|&t| rises && doc.pos(t) == Pos::Noun && CHANGES.contains_key(doc.lower(t)));
        if let Some(noun) = noun {
            let named = changing(doc, noun, row.span);
            let before = || rows[..i].iter().rev().find_map(|r| r.0.counted.or(r.0.concepts.first().copied()));
            let thing = named.or_else(|| if is_given(doc, noun) { None } else { before() });
            rows[i].0.counted = None;
            rows[i].0.concepts = thing.into_iter().collect();
            continue;
        }
        let sentence = |span: Span| doc.sentence_of(token_at(span));
        let named = scene.before(draft.all.start) == ":";
        if (row.kind != QuantityKind::Count || named) && bare_forecast(doc, row) {
            let same = |r: &&(Quantity, Draft, Counted)| {
                r.0.unit.code == row.unit.code && sentence(r.0.span) == sentence(row.span) && !bare_forecast(doc, &r.0)
            };
            let per = |r: &&(Quantity, Draft, Counted)| same(r) && r.0.per.is_some() == row.per.is_some();
            let of = rows[..i].iter().rev().find(per).or_else(|| rows[..i].iter().rev().find(same));
            if let Some((of, ..)) = of.filter(|r| r.0.counted.is_some() || !r.0.concepts.is_empty()) {
                let (counted, concepts) = (of.counted, of.concepts.clone());
                (rows[i].0.counted, rows[i].0.concepts) = (counted, concepts);
            } else if named {
                (rows[i].0.counted, rows[i].0.concepts) = (None, Vec::new());
            }
            continue;
        }
        // What rises or falls to a number is measured by it, whoever it is.
        if row.counted.is_some() || draft.change.is_some() || draft.level.is_some() {
            continue;
        }
        let run = row.concepts.iter().take_while(|c| adjacent(doc, row.concepts[0], **c)).map(|&c| token_at(c));
        // The nearest verb that a sum hangs on, where it hands the sum over.
        let mut at = token_at(row.span);
        let above = (0..4).find_map(|_| {
            at = doc.head(at)?;
            (doc.pos(at) == Pos::Verb).then_some(at)
        });
        let handing = || above.filter(|&v| row.kind == QuantityKind::Money && giving::hands_over(doc, v));
        // "the developer **paying** £31,482": who pays is not what it is of.
        let paying = handing().is_some_and(|verb| {
            let payer = doc.head(verb).filter(|_| doc.relation(verb).is("acl") && doc.xpos(verb) == Xpos::Vbg);
            payer.is_some_and(|n| row.concepts.iter().any(|c| c.covers(doc.tokens[n].span)))
        });
        if paying {
            rows[i].0.concepts.clear();
            continue;
        }
        // "officers **who paid** up to $600": the relative stands for who pays.
        let relative = || {
            // "analysts, **who had expected** $640 million".
            let foresees = |v: &Id<Token>| matches!(doc.lemma(*v), "expect" | "forecast" | "foresee" | "predict");
            let verb = handing().or_else(|| above.filter(foresees))?;
            let who = doc
                .children(verb)
                .any(|c| doc.relation(c).is("nsubj") && matches!(doc.lower(c), "who" | "which" | "that") && c < verb);
            who.then_some((verb, verb))
        };
        let subject = run.into_iter().find(|&t| doc.relation(t).is("nsubj"));
        let Some((head, verb)) = subject.and_then(|head| Some((head, doc.head(head)?))).or_else(relative) else {
            continue;
        };
        let speaks = speech::is(doc.lemma(verb))
            || matches!(
                doc.lemma(verb),
                "boast"
                    | "estimate"
                    | "expect"
                    | "forecast"
                    | "foresee"
                    | "offer"
                    | "pay"
                    | "predict"
                    | "put"
                    | "see"
                    | "speak"
                    | "steal"
                    | "talk"
                    | "tell"
                    | "warn"
            );
        if !speaks && !giving::hands_over(doc, verb) && (!is_somebody(doc, head) || !gives(doc, verb)) {
            continue;
        }
        // "fined him 500 pounds for speeding": a fine is of nothing that it is for.
        if doc.lemma(verb) == "fine" {
            rows[i].0.concepts.clear();
            continue;
        }
        // "spent $389 million **on research**", "pays $334 million **for Umbra Labs**".
        let led = |word: &str| word == "for" || word == "on" && matches!(doc.lemma(verb), "spend" | "save" | "waste");
        let parts = doc.tokens_in(row.span);
        let paid = doc.children(verb).chain(Id::range(parts).flat_map(|t| doc.children(t))).find(|&c| {
            c > verb
                && matches!(doc.relation(c), Relation::Obl | Relation::Nmod)
                && doc.children(c).any(|k| doc.relation(k) == Relation::Case && led(doc.lower(k)))
                && matches!(doc.pos(c), Pos::Noun | Pos::Propn)
                && !scene.withheld.iter().any(|w| w.overlaps(doc.tokens[c].span))
        });
        let thing = paid.map(|c| clause::phrase(doc, c)).or_else(|| {
            let same = |r: &&(Quantity, Draft, Counted)| r.0.unit.code == row.unit.code;
            rows[..i].iter().rev().find(same).and_then(|r| r.0.counted.or(r.0.concepts.first().copied()))
        });
        rows[i].0.concepts = thing.into_iter().collect();
    }
}

/// Two concepts of one phrase.
fn adjacent(doc: &Document, first: Span, other: Span) -> bool {
    let between = doc.text().get(first.end()..other.start().max(first.end())).unwrap_or("");
    between.split_whitespace().count() <= 2 && !between.contains(',')
}

/// What a noun of change says the change of: "an increase in sales", or the subject of its clause.
fn changing(doc: &Document, noun: Id<Token>, own: Span) -> Option<Span> {
    let child = |t: Id<Token>, base: &str| doc.children(t).find(|&c| doc.relation(c).is(base));
    // "an increase of 3 percent **in wages**": on the noun, or on the number.
    let below = doc.children(noun).chain(Id::range(doc.tokens_in(own)).flat_map(|t| doc.children(t)));
    let led = below.into_iter().find(|&c| {
        doc.relation(c) == Relation::Nmod
            && !own.covers(doc.tokens[c].span)
            && doc.pos(c) != Pos::Num
            && child(c, "case").is_some_and(|k| matches!(doc.lower(k), "in" | "of" | "to"))
            && child(c, "nummod").is_none()
    });
    if let Some(led) = led {
        return Some(clause::phrase(doc, led));
    }
    // "**fee** increases".
    let end = doc.tokens_in(own).end;
    if end < noun && Id::range(end..noun).all(|t| doc.pos(t) == Pos::Noun) {
        return Some(doc.span_of(end..noun));
    }
    // "spent $389 million on research, **an increase of 18 per cent**": what the sum before it is of rises, not who spends it.
    if doc.relation(noun) == Relation::Appos && doc.head(noun).is_some_and(|h| sum(doc, h)) {
        return None;
    }
    if is_given(doc, noun) {
        return None;
    }
    // "The decrease **followed** a 0.7% decline in October": only a verb that says no more than that there was one.
    let verb = doc.head(noun).filter(|&h| doc.relation(noun) == Relation::Obj && doc.pos(h) == Pos::Verb);
    let plain = |v: Id<Token>| {
        matches!(
            doc.lemma(v),
            "be" | "have"
                | "make"
                | "enjoy"
                | "experience"
                | "face"
                | "log"
                | "mark"
                | "notch"
                | "post"
                | "record"
                | "register"
                | "report"
                | "represent"
                | "see"
                | "show"
                | "suffer"
                | "undergo"
        )
    };
    if verb.is_some_and(|v| !plain(v)) {
        return None;
    }
    let mut at = noun;
    for _ in 0..4 {
        let foresees = speech::is(doc.lemma(at))
            || matches!(doc.lemma(at), "attribute" | "expect" | "forecast" | "foresee" | "predict" | "project" | "see");
        if foresees {
            return None;
        }
        if let Some(subject) = child(at, "nsubj").filter(|&s| s != noun && matches!(doc.pos(s), Pos::Noun | Pos::Propn))
        {
            return Some(clause::phrase(doc, subject)).filter(|p| !p.overlaps(own));
        }
        at = doc.head(at)?;
        if doc.relation(at) == Relation::Parataxis || doc.pos(at) == Pos::Num {
            return None;
        }
    }
    None
}

/// "Nurses demanded **a rise** of 9 percent", "the firm offered one": who asks for a change or gives it is not what changes.
fn is_given(doc: &Document, noun: Id<Token>) -> bool {
    let verb = doc.head(noun).filter(|_| matches!(doc.relation(noun), Relation::Obj | Relation::Obl));
    verb.is_some_and(|verb| {
        let subject = doc.children(verb).find(|&c| doc.relation(c) == Relation::Nsubj && c < verb);
        subject.is_some_and(|s| is_somebody(doc, s)) && gives(doc, verb)
    })
}

/// The head of a number's phrase: a sign of money, a unit, or the number itself.
fn sum(doc: &Document, token: Id<Token>) -> bool {
    matches!(doc.pos(token), Pos::Num | Pos::Sym) || doc.children(token).any(|c| doc.relation(c) == Relation::Nummod)
}

/// A person or a body.
fn is_somebody(doc: &Document, token: Id<Token>) -> bool {
    let named = doc
        .labels
        .at(token)
        .is_some_and(|l| l.name != NamePart::Outside && matches!(l.class, NameClass::Person | NameClass::Organisation));
    let noun = noun::of(doc, token).is_some_and(|n| !matches!(n.class, NounClass::Place | NounClass::Craft));
    named || noun
}

/// A verb by which its subject hands over a sum or a figure, and is not measured by it.
fn gives(doc: &Document, verb: Id<Token>) -> bool {
    let lemma = doc.lemma(verb);
    let measured = matches!(
        lemma,
        "be" | "cost"
            | "earn"
            | "employ"
            | "have"
            | "lose"
            | "make"
            | "measure"
            | "own"
            | "owe"
            | "total"
            | "weigh"
            | "win"
            | "hold"
            | "gain"
    );
    doc.pos(verb) == Pos::Verb && !measured && !CHANGES.contains_key(doc.lower(verb))
}
