//! Who did it, to whom or what, where and when.

use super::kind::Trigger;
use crate::lexicon::country;
use crate::lexicon::noun::{self, NounClass};
use crate::text::clause::{antecedent, is_passive, object, phrase, subject};
use crate::text::*;

/// Agents and patients of an event.
#[derive(Debug, Default)]
pub struct Roles {
    pub agents: Vec<Id<Mention>>,
    pub agent_span: Option<Span>,
    pub patients: Vec<Id<Mention>>,
    pub patient_span: Option<Span>,
}

/// Types whose subject suffers it: "12 people **died**", "the ferry **sank**".
const SUFFERED: &[&str] =
    &["die", "perish", "drown", "explode", "sink", "crash", "derail", "capsize", "overturn", "collapse", "detonate"];

/// Types whose noun takes its patient with "of": "the **destruction** of the bridge".
const OF_PATIENT: &[&str] = &[
    "Kill",
    "Injure",
    "Destroy",
    "Arrest",
    "Abduct",
    "Seize",
    "TakeTerritory",
    "AirStrike",
    "Torture",
    "Produce",
    "Trade",
    "Smuggle",
    "Transport",
    "Elect",
    "Investigate",
    "Crash",
    "Withdraw",
    "Mobilize",
];

/// Finds the roles of an event in its tree.
pub fn of(doc: &Document, trigger: &Trigger) -> Roles {
    let mut roles = Roles::default();
    if trigger.made_by == "event/again" {
        return roles;
    }
    if trigger.made_by == "event/victims" && doc.pos(trigger.token) == Pos::Noun {
        roles.patient_span = Some(phrase(doc, trigger.token));
        return roles;
    }
    if trigger.noun {
        of_noun(doc, trigger, &mut roles)
    } else {
        of_verb(doc, trigger.token, trigger.kind, &mut roles)
    }
    if roles.patient_span.is_none() && roles.patients.is_empty() {
        roles.patient_span = content(doc, trigger);
    }
    roles
}

/// "agreed **to pay $3 million**", "refused **to jail the editor**": what is agreed or refused is told by an infinitive.
fn content(doc: &Document, trigger: &Trigger) -> Option<Span> {
    if trigger.noun || !matches!(trigger.kind, "Agree" | "Demand" | "Reject" | "Threaten" | "Elect") {
        return None;
    }
    let clause = doc.children(trigger.token).find(|&c| {
        (doc.relation(c) == Relation::Xcomp || doc.relation(c) == Relation::Advcl && doc.lemma(trigger.token) == "vote")
            && c > trigger.token
            && doc.children(c).any(|k| doc.relation(k) == Relation::Mark && doc.lower(k) == "to")
    })?;
    // Up to what hangs on it as a clause of its own.
    let range = doc.subtree(clause);
    let cut = doc.children(clause).filter(|&c| {
        c > clause
            && matches!(doc.relation(c), Relation::Advcl | Relation::Parataxis | Relation::Conj | Relation::Punct)
    });
    let end = cut.map(|c| doc.subtree(c).start).min().map_or(range.end, |e| range.end.min(e));
    (range.start > trigger.token && end > range.start).then(|| doc.span_of(range.start..end))
}

/// A noun phrase with the name that stands in apposition right behind it: "**Deputy Ann Farrow**, 47".
fn called(doc: &Document, head: Id<Token>) -> Span {
    let span = phrase(doc, head);
    // "a rescue team **on Monday** freed …": the time is no part of it.
    let time = doc.children(head).filter(|&c| c > head && is_time(doc, c)).map(|c| doc.subtree(c).start).min();
    let span = match time.map(|t| doc.span_of(head..t).end()) {
        Some(end) if end < span.end() => Span::new(span.start(), end),
        _ => span,
    };
    // A name that the tree has cut: "signed **Ann** Farrow".
    let sentence = doc.sentences[doc.sentence_of(head)].span;
    let whole = doc.mentions.within(sentence).map(|m| &doc.mentions[m]).filter(|m| {
        m.kind == MentionKind::Name && m.span.start() <= span.end() && m.span.covers(doc.tokens[head].span)
    });
    let span = whole.fold(span, |s, m| s.join(m.span));
    let end = doc.tokens_in(span).end;
    let name = doc.children(head).find(|&c| doc.relation(c) == Relation::Appos && doc.subtree(c).start == end);
    let span = name.map_or(span, |n| span.join(phrase(doc, n)));
    let span = placed_before(doc, head).map_or(span, |t| doc.span_of(t..Id::new(doc.tokens_in(span).end.index())));
    // A comma or an "and" that the tree hangs on the noun is no part of it.
    let tokens = doc.tokens_in(span);
    let start = Id::range(tokens.clone())
        .find(|&t| !matches!(doc.pos(t), Pos::Punct | Pos::Cconj) || matches!(doc.lower(t), "\"" | "“" | "‘" | "'"));
    start.map_or(span, |s| doc.span_of(s..tokens.end))
}

/// Where "a 30-year-old Tarn, Norland, **man**" begins.
fn placed_before(doc: &Document, head: Id<Token>) -> Option<Id<Token>> {
    let sentence = doc.sentences.at(doc.sentence_of(head))?.tokens.clone();
    let before = Id::range(sentence.start..head).rev().take(10);
    let place = before.filter(|&t| doc.pos(t) == Pos::Propn).rfind(|&t| behind_a_place(doc, t) == Some(head))?;
    let start = doc.tokens_in(phrase(doc, place)).start;
    Some(if start >= sentence.start { start } else { place })
}

/// The words of somebody who acts, unless they only point ("who", "it"), or are a clause or a day.
fn agent_words(doc: &Document, head: Id<Token>) -> Option<Span> {
    let nominal = matches!(doc.pos(head), Pos::Noun | Pos::Propn | Pos::Num) && !is_time(doc, head);
    let words = (nominal && !doc.children(head).any(|c| doc.relation(c).is("cop"))).then(|| called(doc, head))?;
    // "Sudmark (NNA) – The toll has risen": what a report is sent from takes no part.
    let line = doc.mentions.within(words).any(|m| opens_a_dateline(doc, &doc.mentions[m]));
    // "Oldbury — Police": a line that the layout has not told apart.
    let opened = doc.slice(words).contains(['(', '—', '–']);
    (!line && !opened).then_some(words)
}

/// The mentions with this head.
pub fn headed(doc: &Document, head: Id<Token>) -> impl Iterator<Item = (Id<Mention>, &Mention)> {
    doc.mentions_headed(head)
}

/// The widest mention headed by a token, and by those joined to it with "and".
fn mentions(doc: &Document, head: Id<Token>, into: &mut Vec<Id<Mention>>) {
    let heads = std::iter::once(head).chain(doc.children(head).filter(|&c| doc.relation(c) == Relation::Conj));
    for head in heads {
        let found = headed(doc, head).filter(|(_, m)| !opens_a_dateline(doc, m)).max_by_key(|(_, m)| m.span.len());
        if let Some((id, _)) = found
            && !into.contains(&id)
        {
            into.push(id);
        }
    }
}

/// "PESHAWAR: …", "OSLO (NNA) — …": the place in capitals that a report is sent from takes part in nothing.
fn opens_a_dateline(doc: &Document, mention: &Mention) -> bool {
    let start = mention.tokens.start;
    let Some(block) = doc.sentences.at(doc.sentence_of(start)).and_then(|s| doc.blocks.at(s.block)) else {
        return false;
    };
    let first = doc.tokens_in(block.span).start;
    let word = doc.tokens.at(first).map_or("", |t| doc.slice(t.span));
    let capitals = word.chars().filter(|c| c.is_alphabetic()).count() > 2 && !word.chars().any(char::is_lowercase);
    // "Sudmark (NNA) – The toll has risen": the agency in brackets, and a dash.
    let opening = Id::<Token>::new(doc.tokens.len().min(first.index() + 8));
    let agency = Id::range(first..opening).any(|t| {
        let next = |n: usize| doc.tokens.at(Id::new(t.index() + n)).map_or("", |k| k.lower.as_str());
        doc.lower(t) == "("
            && next(2) == ")"
            && matches!(next(3), "-" | "–" | "—" | "--")
            && doc.word(Id::new(t.index() + 1)).chars().all(char::is_uppercase)
    });
    if !capitals && !agency || start.index() > first.index() + 8 {
        return false;
    }
    // Up to the mark that divides it from the report: "ARDMOUTH, Scotland (NNA) — Thousands marched".
    let ahead = Id::range(first..Id::new(doc.tokens.len().min(first.index() + 12)));
    let mut ahead = ahead.take_while(|&t| doc.pos(t) != Pos::Verb);
    ahead.any(|t| t >= mention.tokens.end && matches!(doc.lower(t), ":" | "-" | "–" | "—" | "--" | "|"))
}

/// The subject in the clause itself.
fn subject_of(doc: &Document, verb: Id<Token>) -> Option<Id<Token>> {
    let own = doc.children(verb).find(|&c| doc.relation(c) == Relation::Nsubj)?;
    Some(antecedent(doc, own, verb))
}

fn of_verb(doc: &Document, verb: Id<Token>, kind: &str, roles: &mut Roles) {
    let passive = is_passive(doc, verb);
    let life = doc.lemma(verb) == "lose" && object(doc, verb).is_some_and(|o| doc.lemma(o) == "life");
    // "left 40 people **dead**"
    let behind = doc
        .head(verb)
        .filter(|&n| doc.pos(verb) == Pos::Adj && n < verb && doc.head(n).is_some_and(|v| doc.lemma(v) == "leave"));
    let suffered = life || SUFFERED.contains(&doc.lemma(verb)) && object(doc, verb).is_none();
    // "plans to buy a mill": whose plans they are does not stand at the noun.
    let aim = doc.relation(verb) == Relation::Acl && doc.children(verb).any(|c| doc.relation(c) == Relation::Mark);
    // "the area that killed 21": a place does no harm by itself; the tree has taken the nearest noun.
    let place = |s: Id<Token>| doc.pos(s) == Pos::Noun && noun::of(doc, s).is_some_and(|n| n.class == NounClass::Place);
    let harms = matches!(kind, "Kill" | "Injure" | "Destroy" | "Attack" | "Shoot" | "Shell" | "AirStrike");
    let subject = subject(doc, verb).filter(|&s| !aim && (passive || !harms || !place(s)));
    // "a shooting at a clinic **that killed** three": what harms is the incident, not where it was.
    let subject = subject.map(|s| incident(doc, s, verb).filter(|_| harms && !passive).unwrap_or(s));
    let subject = subject.map(|s| behind_a_place(doc, s).unwrap_or(s));
    let mut patient = None;
    if passive {
        patient = object(doc, verb).map(|o| antecedent(doc, o, verb)).or(subject);
        // "since being **elected** party leader": the office is not who was elected.
        if kind == "Elect" {
            let own = doc.children(verb).find(|&c| doc.relation(c) == Relation::NsubjPass);
            patient = own.map(|o| antecedent(doc, o, verb)).or(subject);
        }
        for child in doc.children(verb) {
            let by = matches!(doc.relation(child), Relation::OblAgent)
                || doc.relation(child).is("obl") && doc.children(child).any(|c| doc.lower(c) == "by");
            if by {
                mentions(doc, child, &mut roles.agents);
            }
        }
    } else if suffered || doc.pos(verb) == Pos::Adj {
        // "the attacks left 12 dead"
        let left = behind
            .and_then(|n| doc.head(n))
            .or(doc.head(verb).filter(|&h| doc.lemma(h) == "leave" && doc.relation(verb) != Relation::Conj));
        if let Some(agent) = left.and_then(|h| subject_of(doc, h)) {
            mentions(doc, agent, &mut roles.agents);
            roles.agent_span = agent_words(doc, agent);
        }
        let predicate = matches!(
            doc.relation(verb),
            Relation::Root | Relation::Ccomp | Relation::Xcomp | Relation::Conj | Relation::Advcl
        );
        let own = doc.children(verb).find(|&c| doc.relation(c).is("nsubj"));
        patient = own.map(|o| antecedent(doc, o, verb)).or(behind).or(
            if doc.pos(verb) == Pos::Verb || doc.relation(verb) == Relation::Conj && predicate {
                subject
            } else {
                Some(verb)
            },
        );
    } else {
        if let Some(subject) = subject {
            mentions(doc, subject, &mut roles.agents);
            roles.agent_span = agent_words(doc, subject);
        }
        patient = patient.or_else(|| object(doc, verb)).or_else(|| shared_object(doc, verb)).or_else(|| {
            let aimed = matches!(
                kind,
                "Attack"
                    | "Shoot"
                    | "Shell"
                    | "Accuse"
                    | "Demand"
                    | "Meet"
                    | "AirStrike"
                    | "Threaten"
                    | "Investigate"
                    | "Agree"
                    | "Negotiate"
                    | "Cooperate"
            );
            doc.children(verb).find(|&c| {
                aimed
                    && doc.relation(c).is("obl")
                    && doc
                        .children(c)
                        .any(|k| matches!(doc.lower(k), "on" | "at" | "against" | "with" | "upon" | "into"))
                    && !is_time(doc, c)
            })
        });
        // "accused the US of …", "left 12 dead": the object; "open fire on": what it is aimed at.
        if let Some(o) = patient.filter(|&o| doc.lower(o) == "fire") {
            patient = doc
                .children(verb)
                .chain(doc.children(o))
                .find(|&c| doc.children(c).any(|k| matches!(doc.lower(k), "on" | "at")));
        }
    }
    if is_suffered(kind) && is_either(doc, verb) {
        patient = None;
    }
    // "voted **Wednesday**", read as an object.
    if let Some(patient) = patient.filter(|&p| !is_time(doc, p)) {
        let patient = behind_a_place(doc, patient).unwrap_or(patient);
        mentions(doc, patient, &mut roles.patients);
        roles.patients.retain(|p| !roles.agents.contains(p));
        // What holds the verb itself is no phrase but a clause that the tree has torn.
        roles.patient_span = Some(called(doc, patient)).filter(|s| !s.covers(doc.tokens[verb].span) || patient == verb);
    }
}

/// True for a type that befalls a person.
fn is_suffered(kind: &str) -> bool {
    matches!(kind, "Kill" | "Injure" | "Arrest" | "Abduct" | "Torture")
}

/// "the mother of Ann Farrow, **who died** in May", "the lawyer for Karl Ode, **who was sentenced**": the mother or Ann Farrow, the lawyer
/// or Karl Ode? Trees take the first, and of what befalls somebody it is more often the second; nobody is named.
fn is_either(doc: &Document, verb: Id<Token>) -> bool {
    let pronoun = doc.children(verb).find(|&c| doc.relation(c).is("nsubj")).filter(|&c| doc.lower(c) == "who");
    let Some((pronoun, first)) = pronoun.zip(doc.head(verb)).filter(|_| doc.relation(verb) == Relation::AclRelcl)
    else {
        return false;
    };
    let end = Id::range(first..pronoun).rev().find(|&t| doc.lower(t) != ",");
    let last = end.and_then(|t| {
        doc.mentions
            .rows()
            .map(|(_, m)| m)
            .find(|m| m.kind == MentionKind::Name && m.tokens.end.index() == t.index() + 1)
    });
    last.is_some_and(|m| {
        m.class == Some(NameClass::Person)
            && !m.tokens.contains(&first)
            && doc.children(m.head).any(|c| doc.relation(c) == Relation::Case)
            && noun::of(doc, first).is_some_and(noun::Noun::is_people)
    })
}

/// The incident at a place that a clause has been hung on: of "clinic" in "a shooting at a clinic that killed three" the shooting.
fn incident(doc: &Document, place: Id<Token>, verb: Id<Token>) -> Option<Id<Token>> {
    let relative = doc.relation(verb) == Relation::AclRelcl && doc.head(verb) == Some(place);
    let at = |c: Id<Token>| {
        doc.relation(c) == Relation::Case && matches!(doc.lower(c), "at" | "in" | "on" | "near" | "outside")
    };
    let above =
        doc.head(place).filter(|_| relative && doc.relation(place) == Relation::Nmod && doc.children(place).any(at))?;
    super::kind::is_event_noun(doc.lemma(above)).then_some(above)
}

/// The person that a place stands before: of "Tarn" in "a 30-year-old Tarn, Norland, **man**" the man, which trees take for a name of
/// its own.
fn behind_a_place(doc: &Document, head: Id<Token>) -> Option<Id<Token>> {
    let comma = |t: Id<Token>| doc.tokens.at(t).is_some() && doc.lower(t) == ",";
    // The town may pass for a person that acts; the region tells what it is.
    let town = headed(doc, head).filter(|(_, m)| m.kind == MentionKind::Name).map(|(_, m)| m.tokens.end).max()?;
    let next = Id::new(town.index() + 1);
    let names = doc.mentions.rows().map(|(_, m)| m).filter(|m| m.kind == MentionKind::Name && m.tokens.start == next);
    let region = names.filter(|m| m.class == Some(NameClass::Place)).map(|m| m.tokens.end).max();
    let region = region.filter(|&t| comma(town) && comma(t))?;
    // Up to two words, then the person: "Tarn, Norland, police officer".
    let words = (1..=3)
        .map(|n| Id::new(region.index() + n))
        .take_while(|&t| doc.tokens.at(t).is_some() && matches!(doc.pos(t), Pos::Noun | Pos::Adj));
    words.filter(|&t| noun::of(doc, t).is_some_and(noun::Noun::is_people)).last()
}

/// "killed and wounded **some 90 people**": an object behind two verbs is the object of both.
fn shared_object(doc: &Document, verb: Id<Token>) -> Option<Id<Token>> {
    let next = doc.children(verb).find(|&c| {
        doc.relation(c) == Relation::Conj
            && doc.xpos(c) == doc.xpos(verb)
            && c.index() == verb.index() + 2
            && !doc.children(c).any(|k| doc.relation(k).is("nsubj"))
    })?;
    doc.children(next).find(|&c| doc.relation(c) == Relation::Obj)
}

fn of_noun(doc: &Document, trigger: &Trigger, roles: &mut Roles) {
    let token = trigger.token;
    let mut patient = None;
    for child in doc.children(token) {
        let case = doc.children(child).find(|&c| doc.relation(c) == Relation::Case).map_or("", |c| doc.lower(c));
        match doc.relation(child) {
            Relation::Nmod => match case {
                // "the elections **of 1995**"
                _ if is_time(doc, child) => {}
                "of" if OF_PATIENT.contains(&trigger.kind) => patient = patient.or(Some(child)),
                // "patrol **at** the bridge" is where it was.
                "at" if !matches!(trigger.kind, "Attack" | "Shoot" | "Shell" | "AirStrike" | "Protest") => {}
                "on" | "against" | "at" | "with" | "into" | "upon" if !is_time(doc, child) => {
                    patient = patient.or(Some(child))
                }
                "by" => mentions(doc, child, &mut roles.agents),
                "of" => mentions(doc, child, &mut roles.agents),
                "between" => mentions(doc, child, &mut roles.agents),
                _ => {}
            },
            Relation::NmodPoss => {
                let suffers =
                    matches!(trigger.kind, "Kill" | "Arrest" | "Injure" | "Abduct") || trigger.kind == "Destroy";
                if suffers && patient.is_none() {
                    patient = Some(child)
                } else {
                    mentions(doc, child, &mut roles.agents)
                }
            }
            Relation::Amod | Relation::Compound => {
                // "US strikes" has an agent, "the Paris attacks" a place.
                if country::of(doc.lower(child)).is_some()
                    || headed(doc, child).any(|(_, m)| m.class == Some(NameClass::Organisation))
                {
                    mentions(doc, child, &mut roles.agents);
                }
            }
            _ => {}
        }
    }
    if let Some(light) = trigger.light {
        if is_passive(doc, light) {
            for child in doc
                .children(light)
                .filter(|&c| doc.relation(c).is("obl") && doc.children(c).any(|k| doc.lower(k) == "by"))
            {
                mentions(doc, child, &mut roles.agents);
            }
        } else if let Some(subject) = subject(doc, light) {
            mentions(doc, subject, &mut roles.agents);
            roles.agent_span = agent_words(doc, subject);
        }
        if patient.is_none() {
            patient = doc.children(light).find(|&c| {
                doc.relation(c).is("obl")
                    && !is_time(doc, c)
                    && doc.children(c).any(|k| matches!(doc.lower(k), "on" | "against"))
            });
        }
    }
    if let Some(patient) = patient {
        mentions(doc, patient, &mut roles.patients);
        roles.patients.retain(|p| !roles.agents.contains(p));
        roles.patient_span = Some(called(doc, patient));
    }
}

/// True when an expression of time holds the token.
fn is_time(doc: &Document, token: Id<Token>) -> bool {
    doc.is_in_time(token)
}

/// The place: a name or noun of a place under the trigger with "in", "at", "near" …, the nearest; else beside what it happened to.
pub fn place(doc: &Document, trigger: &Trigger, all: &[Trigger]) -> Option<Id<Mention>> {
    // What stands beside a noun is of its verb, unless the noun is only a mark of its time: "held in Oldbury since his arrest".
    let aside = doc.children(trigger.token).any(|c| {
        doc.relation(c) == Relation::Case
            && !matches!(doc.lower(c), "in" | "at" | "during" | "by" | "with" | "on" | "for" | "of" | "to")
    });
    let above = doc.head(trigger.token).filter(|_| trigger.noun && !aside);
    let roots = [Some(trigger.token), trigger.light, above];
    for root in roots.into_iter().flatten() {
        let range = doc.subtree(root);
        let span = doc.span_of(range);
        let found = doc
            .mentions
            .within(span)
            .filter(|&m| {
                let row = &doc.mentions[m];
                row.class == Some(NameClass::Place)
                    && row.kind != MentionKind::Pronoun
                    && located(doc, row.head)
                    && owner(doc, row.head, all).is_none_or(|t| t == trigger.token)
            })
            .min_by_key(|&m| (doc.mentions[m].head.index().abs_diff(trigger.token.index()), m));
        if found.is_some() {
            return found;
        }
    }
    // "the Paris attacks": a city before the noun.
    if trigger.noun {
        return doc
            .mentions
            .rows()
            .find(|(_, m)| {
                m.class == Some(NameClass::Place)
                    && doc.head(m.head) == Some(trigger.token)
                    && doc.relation(m.head) == Relation::Compound
                    && country::of(doc.lower(m.head)).is_none()
            })
            .map(|(id, _)| id);
    }
    None
}

/// True when a place stands in a phrase with a preposition of place: "in Syria", "over Egypt", "in the provinces of Raqqa".
fn located(doc: &Document, head: Id<Token>) -> bool {
    let mut at = head;
    for _ in 0..4 {
        let case = doc.children(at).find(|&c| doc.relation(c) == Relation::Case && c < at);
        match case.map(|c| doc.lower(c)) {
            Some(
                "in" | "at" | "near" | "over" | "across" | "inside" | "outside" | "around" | "throughout" | "off"
                | "within" | "along",
            ) => return true,
            Some("of") | None => match doc.relation(at) {
                Relation::Nmod
                | Relation::Conj
                | Relation::Compound
                | Relation::Appos
                | Relation::NmodPoss
                | Relation::Flat => match doc.head(at) {
                    Some(h) if doc.pos(h) != Pos::Verb => at = h,
                    _ => return false,
                },
                _ => return false,
            },
            _ => return false,
        }
    }
    false
}

/// The nearest trigger above a token.
fn owner(doc: &Document, token: Id<Token>, all: &[Trigger]) -> Option<Id<Token>> {
    let mut at = token;
    for _ in 0..40 {
        at = doc.head(at)?;
        if let Some(t) = all.iter().find(|t| t.token == at || t.light == Some(at)) {
            return Some(t.token);
        }
    }
    None
}

/// True when what stands between a time and its trigger gives it to another: a clause of its own ("plans **to travel** next
/// week"), a noun that it stands before ("the **1978** resolution calls for"), or where somebody heard of it ("according to
/// reports **on Monday**").
fn is_anothers(doc: &Document, time: Id<Token>, trigger: &Trigger) -> bool {
    let mut at = time;
    for _ in 0..40 {
        let Some(above) = doc.head(at) else { return false };
        if above == trigger.token || trigger.light == Some(above) {
            // What reported it: "killed 12, **according** to reports on Monday".
            return at != time && doc.children(at).any(|c| doc.relation(c).is("case") && doc.lower(c) == "according");
        }
        let clause = matches!(
            doc.relation(above),
            Relation::Acl
                | Relation::AclRelcl
                | Relation::Xcomp
                | Relation::Ccomp
                | Relation::Csubj
                | Relation::Advcl
                | Relation::Parataxis
                | Relation::Conj
        ) && matches!(doc.pos(above), Pos::Verb | Pos::Aux);
        // "an explosion that happened on Friday", "he vowed it when he took power last May": the same time in a clause beside.
        let occurs = trigger.noun
            && doc.relation(above) == Relation::AclRelcl
            && matches!(doc.lemma(above), "happen" | "occur" | "take" | "begin" | "start");
        let beside = doc.relation(above) == Relation::Advcl
            && doc.children(above).any(|c| c < above && matches!(doc.lower(c), "when" | "as" | "while"));
        // "Sunday's tremor destroyed a mill": what harms on its day.
        let harms = doc.relation(at) == Relation::NmodPoss
            && doc.relation(above) == Relation::Nsubj
            && doc.head(above) == Some(trigger.token)
            && matches!(trigger.kind, "Kill" | "Injure" | "Destroy");
        let before = !harms && at == time && at < above && doc.pos(above) == Pos::Noun;
        // "letters that supported him **after the trial** in June": what another thing on that day is set beside.
        let aside = matches!(doc.pos(above), Pos::Noun | Pos::Propn)
            && doc
                .children(above)
                .any(|c| c < above && doc.relation(c) == Relation::Case && ASIDE.contains(&doc.lower(c)));
        if clause && !occurs && !beside || before || aside {
            return true;
        }
        at = above;
    }
    false
}

/// The head of a time expression.
fn time_head(doc: &Document, time: Id<Time>) -> Option<Id<Token>> {
    let tokens = doc.tokens_in(doc.times[time].span);
    Id::range(tokens.clone()).find(|&t| doc.head(t).is_none_or(|h| h < tokens.start || h >= tokens.end))
}

/// The time of an event that is its subject or stands behind "in", "by", "during": "the **blast** on Sunday destroyed the
/// mill", "nine died in Monday's **attack**".
fn through(doc: &Document, trigger: &Trigger, all: &[Trigger]) -> Option<Id<Time>> {
    if trigger.noun {
        return None;
    }
    let of = |t: &Trigger| {
        t.noun && matches!(t.kind, "Attack" | "AirStrike" | "Shell" | "Shoot" | "Explode" | "Crash" | "Disaster")
    };
    let part = |c: Id<Token>| {
        doc.relation(c).is("nsubj")
            || doc.relation(c).is("obl")
                && doc
                    .children(c)
                    .any(|k| doc.relation(k) == Relation::Case && matches!(doc.lower(k), "in" | "by" | "during"))
    };
    let harmed = matches!(trigger.kind, "Kill" | "Injure" | "Destroy");
    // "who **later** died of wounds from Monday's blast"
    let later = doc
        .children(trigger.token)
        .any(|c| matches!(doc.lower(c), "later" | "subsequently" | "since" | "eventually" | "earlier"));
    let event = all.iter().filter(|t| harmed && !later && of(t)).find(|t| {
        doc.head(t.token) == Some(trigger.token) && part(t.token)
            // "the blast that killed five"
            || doc.relation(trigger.token) == Relation::AclRelcl && doc.head(trigger.token) == Some(t.token)
    })?;
    time_under(doc, event, all)
}

/// The time: an expression under the trigger (or the verb that carries it), the nearest; else the only one of the clause above.
pub fn time(doc: &Document, trigger: &Trigger, all: &[Trigger]) -> Option<Id<Time>> {
    time_under(doc, trigger, all).or_else(|| through(doc, trigger, all))
}

/// "Earned $7 million, **compared with** $9 million **in 2007**", "fell to 40 **from 52 in May**", "more **than a year ago**":
/// the time of what is compared, not of what happened.
fn is_held_against(doc: &Document, trigger: Id<Token>, kind: &str, time: Span) -> bool {
    let between = Id::<Token>::new(trigger.index() + 1)..doc.tokens_in(time).start;
    let number = |t: Id<Token>| t < between.end && matches!(doc.pos(t), Pos::Num | Pos::Sym);
    let against = Id::range(between.clone()).any(|t| match doc.lower(t) {
        "compared" | "than" | "versus" | "vs" | "vs." => true,
        "from" => number(Id::new(t.index() + 1)),
        _ => false,
    });
    // "fired 101 missiles, 18 **of them** on Friday": a part on that day is not the whole.
    let part = Id::range(between.clone()).any(|t| {
        doc.lower(t) == "of"
            && matches!(doc.lower(Id::new(t.index() + 1)), "them" | "whom" | "which")
            && t.index().checked_sub(1).is_some_and(|n| number(Id::new(n)))
    });
    // Of levels also "in the year-ago period", "the same month a year earlier".
    let level = matches!(kind, "ChangeLevel" | "Earn" | "Produce" | "Event");
    against
        || part
        || Id::range(doc.tokens_in(time)).any(|t| {
            let word = doc.lower(t);
            matches!(word, "than" | "year-ago" | "year-earlier") || level && matches!(word, "ago" | "earlier" | "same")
        })
}

/// Prepositions that set one thing beside another, on the day of the other.
const ASIDE: &[&str] = &[
    "after",
    "before",
    "since",
    "following",
    "over",
    "about",
    "for",
    "from",
    "until",
    "despite",
    "than",
    "as",
    "like",
    "amid",
    "because",
    "regarding",
    "concerning",
];

/// "after **the Oldbury trial in June**": a time right behind a noun that such a preposition leads, whatever the tree makes of it.
fn is_beside(doc: &Document, trigger: Id<Token>, time: Span) -> bool {
    let first = doc.tokens_in(time).start.index();
    let case = first
        .checked_sub(1)
        .map(Id::<Token>::new)
        .filter(|&t| matches!(doc.lower(t), "in" | "on" | "of" | "late" | "early"));
    let Some(case) = case else { return false };
    let mut at = case;
    for _ in 0..8 {
        let Some(before) = at.index().checked_sub(1).map(Id::<Token>::new) else { return false };
        if before == trigger || doc.sentence_of(before) != doc.sentence_of(case) {
            return false;
        }
        let nominal = matches!(doc.pos(before), Pos::Noun | Pos::Propn | Pos::Adj | Pos::Det | Pos::Num)
            || matches!(doc.lower(before), "of" | "'s" | "’s" | "-" | "its" | "their" | "his" | "her");
        if !nominal {
            return at != case && ASIDE.contains(&doc.lower(before));
        }
        at = before;
    }
    false
}

/// "The **2021** Oldbury earthquake" is no day of a flood told before it: a time between an article and a noun is of that noun.
fn names_another(doc: &Document, trigger: Id<Token>, time: Span) -> bool {
    let tokens = doc.tokens_in(time);
    let led = |t: Id<Token>| {
        matches!(doc.pos(t), Pos::Det)
            || doc.relation(t) == Relation::NmodPoss
            || matches!(doc.lower(t), "'s" | "’s" | "its" | "their" | "his" | "her")
    };
    let before = tokens.start.index().checked_sub(1).map(Id::new);
    if !led(tokens.start) && !before.is_some_and(led) {
        return false;
    }
    let nominal =
        |t: Id<Token>| matches!(doc.pos(t), Pos::Noun | Pos::Propn | Pos::Adj) || matches!(doc.lower(t), "-" | "–");
    let behind = Id::range(tokens.end..doc.sentences[doc.sentence_of(tokens.start)].tokens.end);
    let Some(head) = behind.take_while(|&t| nominal(t)).last() else { return false };
    head != trigger && !matches!(doc.lower(head), "-" | "–")
}

/// "The strongest storm **to hit** the coast **this year**": the time of what is compared with all others.
fn is_of_the_most(doc: &Document, time: Span) -> bool {
    let first = doc.tokens_in(time).start;
    let start = doc.sentences[doc.sentence_of(first)].tokens.start.index();
    let before = (first.index().saturating_sub(10).max(start)..first.index()).map(Id::<Token>::new);
    let mut most = before
        .skip_while(|&t| !matches!(doc.xpos(t), Xpos::Jjs | Xpos::Rbs) && !matches!(doc.lower(t), "first" | "only"));
    most.any(|t| doc.lower(t) == "to" && doc.relation(t) == Relation::Mark)
}

/// "On **a** Saturday", "**any** Monday": no day of its own. And a date that stands between a headline and its article in one
/// line, "… in Oldbury 11 November 2011 The agency said": the day of the page.
fn is_no_one_day(doc: &Document, time: Span) -> bool {
    let tokens = doc.tokens_in(time);
    let some = |t: Id<Token>| matches!(doc.lower(t), "a" | "an" | "any" | "every" | "each" | "one" | "some");
    let before = tokens.start.index().checked_sub(1).map(Id::new);
    let day = doc.slice(time).split_whitespace().count() <= 2;
    let indefinite = day && (some(tokens.start) || before.is_some_and(some));
    let glued = tokens.start > doc.sentences[doc.sentence_of(tokens.start)].tokens.start
        && doc.sentences[doc.sentence_of(tokens.start)].tokens.end > tokens.end
        && matches!(doc.xpos(tokens.end), Xpos::Dt | Xpos::Prp | Xpos::In)
        && doc.word(tokens.end).starts_with(char::is_uppercase)
        && doc.word(tokens.end) != "I";
    indefinite || glued
}

/// What a preposition before a time makes of it: "the budget **for** 2013", "the biggest **since** 1879", "**by** 2100".
fn is_no_day(doc: &Document, head: Id<Token>, time: &Time, noun: bool, level: bool) -> bool {
    let case = doc.children(head).find(|&c| doc.relation(c) == Relation::Case && c < head).map_or("", |c| doc.lower(c));
    match case {
        // "fell 10 percent **for** the first half of the year"
        "for" if level => false,
        "for" | "than" | "as" | "like" | "until" | "till" | "about" => true,
        "of" => !noun,
        // "412 people were killed up to March 29"
        "up" => true,
        "from" | "to" => time.begin.is_none() || time.end.is_none(),
        // "the first since 1879": how long nothing like it had been.
        "since" => (head.index().saturating_sub(7)..head.index()).map(Id::<Token>::new).any(|t| {
            doc.sentence_of(t) == doc.sentence_of(head)
                && (matches!(doc.xpos(t), Xpos::Jjs | Xpos::Rbs) || matches!(doc.lower(t), "first" | "only" | "ever"))
        }),
        _ => false,
    }
}

/// True for the day on which somebody said something: it is the day of saying, and of nothing that was said.
fn is_of_saying(doc: &Document, trigger: &Trigger, id: Id<Time>) -> bool {
    let span = doc.times[id].span;
    let said = doc.statements.iter().any(|s| {
        s.mode != Mode::Narrator
            && s.said.as_ref().is_some_and(|d| d.time == Some(id))
            // What is told inside the words that were said is no day of saying.
            && !s.content.iter().any(|c| c.covers(span))
            // "marched on Tuesday to call attention": what leads to the saying has the day itself.
            && !s.cue.iter().any(|c| doc.is_under(doc.tokens_in(*c).start, trigger.token))
            && !s.cue.iter().any(|c| c.overlaps(trigger.span))
    });
    // "…, officers said late Tuesday": right behind the verb, whatever the tree makes of it.
    let first = doc.tokens_in(span).start;
    let mut before = (first.index().saturating_sub(4)..first.index()).rev().map(Id::<Token>::new);
    let verb = before.find(|&t| !matches!(doc.lower(t), "on" | "late" | "early" | "earlier" | "in" | "the"));
    let behind = verb.is_some_and(|v| {
        v != trigger.token
            && doc.pos(v) == Pos::Verb
            && matches!(doc.lemma(v), "say" | "tell" | "announce" | "report" | "add" | "state")
    });
    said || behind
}

fn time_under(doc: &Document, trigger: &Trigger, all: &[Trigger]) -> Option<Id<Time>> {
    let sentence = &doc.sentences[doc.sentence_of(trigger.token)];
    let mut best: Option<(usize, Id<Time>)> = None;
    for id in doc.times.within(sentence.span) {
        let time = &doc.times[id];
        // "three days after the raid", "the biggest in 30 years": how long, not when.
        let after = doc.text()[time.span.end()..].split_whitespace().next().unwrap_or_default();
        let length = time.kind == TimeKind::Duration
            && (time.earliest.is_none() || matches!(after, "after" | "before" | "since" | "earlier" | "later"));
        if matches!(time.kind, TimeKind::Set) || length {
            continue;
        }
        if !fits(doc, trigger, id) {
            continue;
        }
        let Some(head) = time_head(doc, id) else { continue };
        if owner(doc, head, all) == Some(trigger.token) && !is_anothers(doc, head, trigger) {
            let distance = head.index().abs_diff(trigger.token.index());
            if best.is_none_or(|(d, _)| distance < d) {
                best = Some((distance, id));
            }
        }
    }
    if best.is_none() && trigger.noun {
        // "the raid … happened on Monday": the time of the verb above; not "charged on Monday with murder".
        let part = doc.relation(trigger.token).is("nsubj")
            || matches!(doc.relation(trigger.token), Relation::NsubjPass | Relation::Obj);
        let above = doc.head(trigger.token).filter(|&h| part && doc.pos(h) == Pos::Verb);
        if let Some(above) = above {
            let whole = |t: &Id<Time>| !matches!(doc.times[*t].kind, TimeKind::Set) && fits(doc, trigger, *t);
            best = doc.times.within(sentence.span).filter(whole).find_map(|t| {
                let head = time_head(doc, t)?;
                (doc.head(head) == Some(above)).then_some((0, t))
            });
        }
    }
    best.map(|(_, id)| id)
}

/// True unless the words around a time tell that it is the day of something else, or of no thing.
fn fits(doc: &Document, trigger: &Trigger, id: Id<Time>) -> bool {
    let time = &doc.times[id];
    !(is_held_against(doc, trigger.token, trigger.kind, time.span)
        || is_beside(doc, trigger.token, time.span)
        || is_of_the_most(doc, time.span)
        || is_no_one_day(doc, time.span)
        || names_another(doc, trigger.token, time.span)
        || is_of_saying(doc, trigger, id)
        || time_head(doc, id)
            .is_some_and(|head| is_no_day(doc, head, time, trigger.noun, trigger.kind == "ChangeLevel")))
}
