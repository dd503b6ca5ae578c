//! Who did it, to whom or what, where and when.

use super::kind::Trigger;
use crate::lexicon::country;
use crate::text::clause::{antecedent, is_passive, object, phrase, subject};
use crate::text::*;

/// Agents and patients of an event.
#[derive(Debug, Default)]
pub struct Roles {
    pub agents: Vec<Id<Mention>>,
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
    roles
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
    if !capitals || start.index() > first.index() + 8 {
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
    let suffered = life || SUFFERED.contains(&doc.lemma(verb)) && object(doc, verb).is_none();
    let subject = subject(doc, verb);
    let mut patient = None;
    if passive {
        patient = object(doc, verb).map(|o| antecedent(doc, o, verb)).or(subject);
        for child in doc.children(verb) {
            let by = matches!(doc.relation(child), Relation::OblAgent)
                || doc.relation(child).is("obl") && doc.children(child).any(|c| doc.lower(c) == "by");
            if by {
                mentions(doc, child, &mut roles.agents);
            }
        }
    } else if suffered || doc.pos(verb) == Pos::Adj {
        // "the attacks left 12 dead"
        let left = doc.head(verb).filter(|&h| doc.lemma(h) == "leave" && doc.relation(verb) != Relation::Conj);
        if let Some(agent) = left.and_then(|h| subject_of(doc, h)) {
            mentions(doc, agent, &mut roles.agents);
        }
        let predicate = matches!(
            doc.relation(verb),
            Relation::Root | Relation::Ccomp | Relation::Xcomp | Relation::Conj | Relation::Advcl
        );
        patient = doc.children(verb).find(|&c| doc.relation(c).is("nsubj")).or(
            if doc.pos(verb) == Pos::Verb || doc.relation(verb) == Relation::Conj && predicate {
                subject
            } else {
                Some(verb)
            },
        );
    } else {
        if let Some(subject) = subject {
            mentions(doc, subject, &mut roles.agents);
        }
        patient = patient.or_else(|| object(doc, verb)).or_else(|| {
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
    if let Some(patient) = patient {
        mentions(doc, patient, &mut roles.patients);
        roles.patients.retain(|p| !roles.agents.contains(p));
        roles.patient_span = Some(phrase(doc, patient));
    }
}

fn of_noun(doc: &Document, trigger: &Trigger, roles: &mut Roles) {
    let token = trigger.token;
    let mut patient = None;
    for child in doc.children(token) {
        let case = doc.children(child).find(|&c| doc.relation(c) == Relation::Case).map_or("", |c| doc.lower(c));
        match doc.relation(child) {
            Relation::Nmod => match case {
                "of" if OF_PATIENT.contains(&trigger.kind) => patient = patient.or(Some(child)),
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
        roles.patient_span = Some(phrase(doc, patient));
    }
}

/// True when an expression of time holds the token.
fn is_time(doc: &Document, token: Id<Token>) -> bool {
    doc.is_in_time(token)
}

/// The place: a name or noun of a place under the trigger with "in", "at", "near" …, the nearest; else beside what it happened to.
pub fn place(doc: &Document, trigger: &Trigger, all: &[Trigger]) -> Option<Id<Mention>> {
    let roots = [Some(trigger.token), trigger.light, trigger.noun.then(|| doc.head(trigger.token)).flatten()];
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
        if clause && !occurs && !beside || before {
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
    let event = all.iter().filter(|t| harmed && of(t)).find(|t| {
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
fn is_held_against(doc: &Document, trigger: Id<Token>, time: Span) -> bool {
    let between = Id::<Token>::new(trigger.index() + 1)..doc.tokens_in(time).start;
    let number = |t: Id<Token>| t < between.end && matches!(doc.pos(t), Pos::Num | Pos::Sym);
    Id::range(between.clone()).any(|t| match doc.lower(t) {
        "compared" | "than" | "versus" | "vs" | "vs." => true,
        "from" => number(Id::new(t.index() + 1)),
        _ => false,
    })
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
        if is_held_against(doc, trigger.token, time.span) {
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
            best = doc.times.within(sentence.span).filter(|&t| !matches!(doc.times[t].kind, TimeKind::Set)).find_map(
                |t| {
                    let head = time_head(doc, t)?;
                    (doc.head(head) == Some(above)).then_some((0, t))
                },
            );
        }
    }
    best.map(|(_, id)| id)
}
