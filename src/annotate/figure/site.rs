//! Where a number stands in its clause: what is counted, which verb and nouns tell of it, and what the counted do there.

use std::ops::Range;

use super::measure;
use crate::text::clause::is_passive;
use crate::text::*;

/// A verb that tells of the counted, with whether it happens to them.
#[derive(Clone, Copy, Debug)]
pub struct Telling {
    pub token: Id<Token>,
    pub undergoes: bool,
}

/// The place of a number in the tree.
#[derive(Clone, Debug, Default)]
pub struct Site {
    /// Head of the noun phrase counted.
    pub thing: Option<Id<Token>>,
    /// "Four of them": the counted are of those told of before.
    pub is_partitive: bool,
    /// Verbs, the nearest first.
    pub verbs: Vec<Telling>,
    /// Nouns that the number belongs to ("a toll of 34", "the fine is $3"), the nearest first.
    pub nouns: Vec<Id<Token>>,
    /// Adjectives and participles for the state of the counted.
    pub states: Vec<Id<Token>>,
    /// What the counted do.
    pub role: Option<CountedRole>,
    /// The preposition that leads the number under its verb.
    pub case: Option<Id<Token>>,
    /// The head of the number's clause.
    pub clause: Option<Id<Token>>,
}

/// Finds it; everything is empty where there is no tree.
pub fn find(doc: &Document, quantity: &Quantity) -> Site {
    let mut site = Site::default();
    let own = doc.tokens_in(quantity.span);
    if own.start >= own.end || doc.heads.is_empty() {
        return site;
    }
    let Some(anchor) = head_of(doc, quantity.span) else { return site };
    let mut top = anchor;
    // "Four of them": the words stay what they are, whatever they stand for.
    let them = Id::<Token>::new(own.end.index() + 1);
    let partitive = doc.tokens.at(them).is_some()
        && doc.lower(own.end) == "of"
        && matches!(doc.lower(them), "them" | "those" | "these" | "whom" | "which");
    let counted = if partitive { Some(them) } else { quantity.counted.and_then(|c| head_of(doc, c)) };
    if let Some(counted) = counted {
        let is_near =
            doc.sentence_of(counted) == doc.sentence_of(anchor) && counted.index().abs_diff(anchor.index()) <= 8;
        if is_near {
            let is_pronoun = doc.pos(counted) == Pos::Pron || matches!(doc.lower(counted), "those" | "these");
            // "3,500 of us marched": all of those who speak.
            site.is_partitive = is_pronoun && doc.lower(counted) != "us" || is_of(doc, counted);
            if !is_pronoun {
                site.thing = Some(counted);
            }
            if doc.is_under(anchor, counted) && !doc.is_under(counted, anchor) {
                top = counted;
            }
        }
    }
    climb(doc, &mut site, top, anchor, &own);
    label(doc, &mut site, own.start);
    // "Nine people drowned and 41 were missing": what has become of the nine has not become of those joined to them.
    let has_other = |thing: Id<Token>| {
        thing < own.start
            && doc.children(thing).any(|c| doc.relation(c) == Relation::Nummod && !own.contains(&c))
            && doc.children(thing).any(|c| doc.relation(c).is("conj") && own.contains(&c))
    };
    for thing in site.thing.into_iter().chain([top]).filter(|&t| !has_other(t)) {
        states(doc, &mut site, thing);
    }
    site
}

/// The token of a phrase that leans on one outside it.
pub fn head_of(doc: &Document, span: Span) -> Option<Id<Token>> {
    let tokens = doc.tokens_in(span);
    let leans_out =
        |t: &Id<Token>| doc.head(*t).is_none_or(|h| !tokens.contains(&h)) && doc.relation(*t) != Relation::Punct;
    Id::range(tokens.clone()).rfind(leans_out)
}

/// "Of the dead": the noun is led by "of" and stands behind a definite determiner.
fn is_of(doc: &Document, noun: Id<Token>) -> bool {
    let has = |relation: &str, words: &[&str]| {
        doc.children(noun).any(|c| doc.relation(c).is(relation) && words.contains(&doc.lower(c)))
    };
    has("case", &["of", "among"]) && has("det", &["the", "these", "those"])
}

fn is_noun(doc: &Document, token: Id<Token>) -> bool {
    matches!(doc.pos(token), Pos::Noun | Pos::Propn)
}

fn case(doc: &Document, token: Id<Token>) -> Option<Id<Token>> {
    doc.children(token).find(|&c| doc.relation(c) == Relation::Case)
}

/// Climbs from the number's phrase to its verb, gathering nouns on the way.
fn climb(doc: &Document, site: &mut Site, top: Id<Token>, anchor: Id<Token>, own: &Range<Id<Token>>) {
    let mut at = top;
    for _ in 0..10 {
        let relation = doc.relation(at);
        let Some(head) = doc.head(at) else {
            site.clause = Some(at);
            predicate(doc, site, at, top);
            return;
        };
        match relation.base() {
            "nummod" | "compound" | "amod" | "det" | "flat" | "goeswith" | "fixed" | "nmod" if is_noun(doc, head) => {
                let led = case(doc, at).map(|c| doc.lower(c));
                if relation.is("nmod") && matches!(led, Some("with" | "including" | "among" | "without")) {
                    site.role = Some(CountedRole::Beside);
                }
                if at == anchor && site.thing.is_none() && relation.is("nummod") && !is_unit(doc, anchor) {
                    site.thing = Some(head);
                } else if Some(head) != site.thing {
                    site.nouns.push(head);
                }
                at = head;
            }
            // "Dismissed reports of 400 deaths", "the figure of 400 is absurd": what is done to a report, or said of it, is
            // not done to those counted.
            "nsubj" | "obj" | "obl" if at != top && measure::is_report(doc.lemma(at)) && is_told(doc, at, head) => {
                site.clause = Some(head);
                site.role = Some(CountedRole::Is);
                return;
            }
            "nsubj" => {
                site.clause = Some(head);
                if matches!(doc.pos(head), Pos::Verb | Pos::Aux) {
                    let undergoes = relation == Relation::NsubjPass || is_passive(doc, head);
                    site.role = Some(if undergoes { CountedRole::Undergoes } else { CountedRole::Does });
                    verb(doc, site, head, undergoes);
                } else {
                    site.role = Some(CountedRole::Does);
                    site.states.push(head);
                    // "Three masons are among the five people killed".
                    if case(doc, head).is_some_and(|c| matches!(doc.lower(c), "among" | "amongst" | "of")) {
                        site.is_partitive = true;
                        states(doc, site, head);
                    }
                }
                return;
            }
            "obj" | "iobj" => {
                site.clause = Some(head);
                site.role = Some(CountedRole::Undergoes);
                verb(doc, site, head, true);
                return;
            }
            "obl" | "advmod" | "xcomp" | "dep" if matches!(doc.pos(head), Pos::Verb | Pos::Aux) => {
                site.clause = Some(head);
                site.case = case(doc, at);
                // "Close to 200 people fled": the preposition is the number's own, and the phrase the subject or object.
                if site.case.is_some_and(|c| own.contains(&c)) || own.contains(&at) && at != anchor {
                    site.case = None;
                    let has_subject = doc.children(head).any(|c| doc.relation(c).is("nsubj"));
                    let undergoes = is_passive(doc, head) || at > head || has_subject;
                    site.role = Some(if undergoes { CountedRole::Undergoes } else { CountedRole::Does });
                    verb(doc, site, head, undergoes);
                    return;
                }
                let led = site.case.map_or("", |c| doc.lower(c));
                let head = corrected(doc, head, led);
                let lemma = doc.lemma(head);
                if led == "by" && is_passive(doc, head) && !measure::is_change(lemma) {
                    site.role = Some(CountedRole::Does);
                    site.verbs.push(Telling { token: head, undergoes: false });
                } else if measure::is_light_verb(lemma) || measure::is_change(lemma) || matches!(led, "to" | "at") {
                    site.role = Some(CountedRole::Is);
                    carrier(doc, site, head);
                    // "Spoke of 34 schools closed": read as the verb's, the participle is of those behind whom it stands.
                    let state = Id::<Token>::new(at.index() + 1);
                    if doc.tokens.at(state).is_some()
                        && doc.relation(state) == Relation::Xcomp
                        && doc.head(state) == Some(head)
                        && matches!(doc.xpos(state), Xpos::Vbn | Xpos::Vbd)
                    {
                        site.states.push(state);
                        site.verbs.push(Telling { token: state, undergoes: true });
                    }
                } else {
                    let is_plain = led.is_empty();
                    site.role = Some(if is_plain { CountedRole::Undergoes } else { CountedRole::Beside });
                    verb(doc, site, head, is_plain);
                }
                return;
            }
            // The number is itself what is said: "the toll is 34", "there were 34 dead".
            "ccomp" | "advcl" | "acl" | "parataxis" if is_predicate(doc, at) => {
                site.clause = Some(at);
                predicate(doc, site, at, top);
                return;
            }
            _ => {
                if matches!(doc.pos(head), Pos::Verb | Pos::Aux) {
                    site.clause = Some(head);
                    // "12 were killed and 30 injured": a number joined to a verb has lost its own.
                    if relation.is("conj") {
                        let undergoes = is_passive(doc, head);
                        verb(doc, site, head, undergoes);
                    }
                    return;
                }
                at = head;
            }
        }
    }
}

/// True where a verb or adjective says what becomes of a report, and not that it is one of some number.
fn is_told(doc: &Document, report: Id<Token>, head: Id<Token>) -> bool {
    let lemma = doc.lemma(head);
    let is_verb = matches!(doc.pos(head), Pos::Verb | Pos::Aux);
    let is_level = measure::is_light_verb(lemma) || measure::is_level_verb(lemma) || measure::is_change(lemma);
    !(is_verb && is_level) && (is_verb || doc.relation(report).is("nsubj") && doc.pos(head) == Pos::Adj)
}

/// "Restated sales for the year that ended in June to $2 billion": the goal is of the verb of change that governs the one it
/// was read with.
fn corrected(doc: &Document, verb: Id<Token>, led: &str) -> Id<Token> {
    let moves = |lemma: &str| measure::is_change(lemma) || measure::is_light_verb(lemma);
    if !matches!(led, "to" | "from") || moves(doc.lemma(verb)) || measure::is_level_verb(doc.lemma(verb)) {
        return verb;
    }
    let mut at = verb;
    for _ in 0..5 {
        if !matches!(doc.relation(at).base(), "acl" | "nmod" | "obl" | "obj" | "appos") {
            break;
        }
        let Some(head) = doc.head(at) else { break };
        let has_object = || doc.children(head).any(|c| doc.relation(c) == Relation::Obj);
        if doc.pos(head) == Pos::Verb && moves(doc.lemma(head)) && has_object() {
            return head;
        }
        at = head;
    }
    verb
}

fn is_unit(doc: &Document, token: Id<Token>) -> bool {
    doc.pos(token) == Pos::Sym || matches!(doc.lower(token), "percent" | "per" | "%" | "$")
}

fn is_predicate(doc: &Document, token: Id<Token>) -> bool {
    doc.children(token).any(|c| matches!(doc.relation(c), Relation::Cop | Relation::Nsubj | Relation::Expl))
}

/// What a predicate noun or number is said of.
fn predicate(doc: &Document, site: &mut Site, at: Id<Token>, top: Id<Token>) {
    let subject = doc.children(at).find(|&c| doc.relation(c).is("nsubj"));
    site.role = site.role.or(Some(CountedRole::Is));
    if let Some(subject) = subject.filter(|&s| s != top && !doc.is_under(top, s)) {
        noun_line(doc, site, subject);
    } else if at != top && matches!(doc.pos(at), Pos::Verb) {
        verb(doc, site, at, is_passive(doc, at));
    }
}

/// A noun with what hangs on it by "of": "the number of people killed".
fn noun_line(doc: &Document, site: &mut Site, noun: Id<Token>) {
    if !is_noun(doc, noun) && !matches!(doc.pos(noun), Pos::Adj | Pos::Verb) {
        return;
    }
    site.nouns.push(noun);
    let of = doc.children(noun).find(|&c| {
        doc.relation(c).is("nmod") && case(doc, c).is_some_and(|k| matches!(doc.lower(k), "of" | "in" | "for"))
    });
    if (measure::is_light_noun(doc.lemma(noun)) || measure::is_change_noun(doc.lemma(noun)))
        && let Some(of) = of
    {
        if site.thing.is_none() {
            site.thing = Some(of);
        }
        site.nouns.push(of);
        states(doc, site, of);
    }
    // "The number shot dead", "the number of people killed", "the number aboard": what has become of those that the noun
    // stands for.
    if measure::is_toll(doc.lemma(noun)) {
        states(doc, site, noun);
        let next = Id::<Token>::new(noun.index() + 1);
        if doc.tokens.at(next).is_some() && matches!(doc.pos(next), Pos::Adv | Pos::Adp) {
            site.states.push(next);
        }
    }
    for child in doc.children(noun).filter(|&c| matches!(doc.relation(c), Relation::Compound | Relation::Amod)) {
        if is_noun(doc, child) {
            site.nouns.push(child);
        } else {
            site.states.push(child);
        }
    }
}

/// "Put the toll at 34", "the fine rose to $3": the object, else the subject, is what the number is of. Who speaks of 34 is
/// not.
fn carrier(doc: &Document, site: &mut Site, verb: Id<Token>) {
    let object = doc.children(verb).find(|&c| doc.relation(c) == Relation::Obj);
    let is_level = |lemma: &str| measure::is_level_verb(lemma) || !measure::is_light_verb(lemma);
    let subject = || {
        let own = doc.children(verb).find(|&c| doc.relation(c).is("nsubj"));
        let subject = own.or_else(|| told_subject(doc, verb))?;
        (is_level(doc.lemma(verb)) || is_passive(doc, verb)).then_some(subject)
    };
    let noun = object.or_else(subject);
    if let Some(noun) = noun {
        noun_line(doc, site, noun);
    }
    // "Their count arrived at 34": whatever a count does, it comes to a number.
    let is_count = noun.is_some_and(|n| measure::is_toll(doc.lemma(n)));
    if !measure::is_light_verb(doc.lemma(verb)) && !is_count {
        site.verbs.push(Telling { token: verb, undergoes: false });
    }
}

/// "The number of dead has risen to 34, the mayor said": read as the subject of the saying, the number is that of the verb
/// before it.
fn told_subject(doc: &Document, verb: Id<Token>) -> Option<Id<Token>> {
    let head =
        doc.head(verb).filter(|&h| h > verb && matches!(doc.relation(verb).base(), "advcl" | "ccomp" | "parataxis"))?;
    let is_first = |&c: &Id<Token>| doc.relation(c).is("nsubj") && c < verb && measure::is_toll(doc.lemma(c));
    doc.children(head).find(is_first)
}

/// A verb and those it governs: "are believed to have died", "were forced to flee", "left 34 dead".
fn verb(doc: &Document, site: &mut Site, verb: Id<Token>, undergoes: bool) {
    site.verbs.push(Telling { token: verb, undergoes });
    let mut at = verb;
    for _ in 0..3 {
        let Some(below) = doc.children(at).find(|&c| doc.relation(c) == Relation::Xcomp) else { break };
        if doc.pos(below) == Pos::Verb {
            site.verbs.push(Telling { token: below, undergoes: is_passive(doc, below) });
        } else {
            site.states.push(below);
        }
        at = below;
    }
    // "Was put at 34": the number is the level of what the subject names.
    if measure::is_light_verb(doc.lemma(verb))
        && site.role == Some(CountedRole::Undergoes)
        && let Some(subject) = doc.children(verb).find(|&c| doc.relation(c) == Relation::Nsubj)
    {
        let is_count = measure::is_toll(doc.lemma(subject)) || measure::noun(doc.lemma(subject)).is_some();
        if is_count {
            noun_line(doc, site, subject);
        }
    }
}

/// "34 injured people", "34 people killed in the fire", "34 people who fled".
fn states(doc: &Document, site: &mut Site, noun: Id<Token>) {
    for child in doc.children(noun) {
        match doc.relation(child) {
            Relation::AclRelcl if is_far(doc, noun, child) => {}
            Relation::Amod | Relation::Acl | Relation::AclRelcl | Relation::Advcl if doc.pos(child) == Pos::Verb => {
                // "The schools closed on Monday" that somebody counts are closed, not closing.
                // So is "the number shot down", read as a clause of its own.
                let is_own =
                    || doc.children(child).any(|c| doc.relation(c).is("nsubj") || doc.relation(c) == Relation::Obj);
                let is_past = doc.xpos(child) == Xpos::Vbd
                    && (doc.relation(child) == Relation::Acl
                        || doc.relation(child) == Relation::AclRelcl && child.index() == noun.index() + 1 && !is_own());
                let undergoes = doc.xpos(child) == Xpos::Vbn || is_past || is_passive(doc, child);
                let place = site.verbs.len();
                verb(doc, site, child, undergoes);
                let added = site.verbs.len() - place;
                site.verbs.rotate_right(added);
                site.states.push(child);
            }
            Relation::Amod | Relation::Acl | Relation::AclRelcl if doc.pos(child) == Pos::Adj => {
                site.states.push(child)
            }
            _ => {}
        }
    }
}

/// A clause with no relative pronoun that stands behind a comma tells of a nearer noun: "sales of $3 million, more than the
/// $2 million they had expected".
fn is_far(doc: &Document, noun: Id<Token>, clause: Id<Token>) -> bool {
    let is_pronoun = |t: Id<Token>| matches!(doc.lower(t), "who" | "which" | "that" | "whom" | "whose" | "where");
    clause > noun
        && Id::range(noun..clause).any(|t| doc.lower(t) == ",")
        && !Id::range(noun..clause).any(|t| is_pronoun(t) && doc.is_under(t, clause))
}

/// "Houses destroyed: 1,150": the label of a list is what the number is of.
fn label(doc: &Document, site: &mut Site, number: Id<Token>) {
    let sentence = doc.sentence_of(number);
    let Some(tokens) = doc.sentences.at(sentence).map(|s| s.tokens.clone()) else { return };
    let before = |n: usize| number.index().checked_sub(n).map(Id::<Token>::new).filter(|t| *t >= tokens.start);
    if before(1).is_none_or(|t| doc.lower(t) != ":") || number.index() - tokens.start.index() > 9 {
        return;
    }
    let words: Vec<Id<Token>> =
        Id::range(tokens.start..number).filter(|&t| doc.relation(t) != Relation::Punct).collect();
    site.role = Some(CountedRole::Is);
    for token in words {
        match doc.pos(token) {
            Pos::Noun if site.thing.is_none() => site.thing = Some(token),
            Pos::Noun | Pos::Propn => site.nouns.push(token),
            Pos::Verb => {
                site.states.push(token);
                site.verbs.push(Telling { token, undergoes: doc.xpos(token) == Xpos::Vbn });
            }
            Pos::Adj => site.states.push(token),
            _ => {}
        }
    }
}
