//! Did it happen, according to its source? Negation, modals, conditions and governing words, from the event up the tree
//! to the cue of the statement that holds it.

use rustc_hash::FxHashMap;
use std::sync::LazyLock;

use super::modal::{self, Modal};
use super::table;
use crate::text::*;

/// What a governing word makes of what depends on it.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Effect {
    Same,
    Flip,
    Is(Factuality),
}

/// Effect when affirmed and when negated.
static GOVERNORS: LazyLock<FxHashMap<&'static str, (Effect, Effect)>> = LazyLock::new(|| {
    table::rows(include_str!("factuality.tsv"))
        .map(|(line, cells)| {
            let effect = |cell: &str| match cell {
                "same" => Effect::Same,
                "flip" => Effect::Flip,
                other => Effect::Is(other.parse().unwrap_or_else(|()| panic!("factuality.tsv:{line}: {other:?}"))),
            };
            (cells[0], (effect(cells[1]), effect(cells[2])))
        })
        .collect()
});

/// The factuality of what a verb says, or a noun with the verb that carries it ("carried out strikes"), for its innermost
/// source: the statement that holds it, else the article.
pub fn of(
    doc: &Document,
    token: Id<Token>,
    is_noun: bool,
    light: Option<Id<Token>>,
    statement: Option<Id<Statement>>,
) -> Factuality {
    let start = light.unwrap_or(token);
    let mut value = Factuality::Asserted;
    if is_noun {
        value = noun(doc, token);
        if light.is_none() {
            value = predicate(doc, token, value);
            value = compose_up(doc, token, value, statement);
            return value;
        }
        // The verb's own negation is counted once, below: "did not hold an election".
        if let Some(effect) = effects(doc, start).map(|(affirmed, _)| affirmed) {
            value = apply(effect, value);
        }
    }
    value = local(doc, start, value);
    compose_up(doc, start, value, statement)
}

/// "there **would not have been** an attack", "it **was not** an accident": of a noun that is the predicate, what stands at its "be", or
/// at the noun itself.
fn predicate(doc: &Document, noun: Id<Token>, value: Factuality) -> Factuality {
    let Some(be) = doc.children(noun).find(|&c| doc.relation(c) == Relation::Cop) else { return value };
    let beside = doc.children(noun).filter(|&c| c < noun);
    beside.fold(local(doc, be, value), |value, c| match doc.relation(c) {
        Relation::Aux => modal::of(doc.lower(c)).map_or(value, |word| weaker(value, word.of_an_event())),
        Relation::Advmod if matches!(doc.lower(c), "not" | "n't" | "never") => flip(value),
        _ => value,
    })
}

/// Negation, modals and conditions at a verb itself.
fn local(doc: &Document, verb: Id<Token>, mut value: Factuality) -> Factuality {
    let mut perfect = false;
    let mut modal = None;
    for child in doc.children(verb) {
        let lower = doc.lower(child);
        match doc.relation(child) {
            Relation::Aux | Relation::AuxPass => match modal::of(lower) {
                Some(word) => modal = Some(word.of_an_event()),
                None => perfect |= matches!(lower, "have" | "'ve" | "has" | "had"),
            },
            Relation::Mark => match lower {
                "if" | "unless" => modal = modal.or(Some(Factuality::Conditional)),
                "whether" => modal = Some(Factuality::Unknown),
                // "until the court rules": in the present tense what is still to come.
                "until" | "till" | "before" | "once" if present(doc, verb) => {
                    modal = modal.or(Some(Factuality::Future));
                }
                _ => {}
            },
            Relation::Advmod => match lower {
                "reportedly" | "allegedly" => modal = modal.or(Some(Factuality::Probable)),
                "nearly" | "almost" if near(child, verb) => value = flip(value),
                _ => modal = modal.or(modal::of(lower).map(Modal::of_an_event)),
            },
            _ => {}
        }
    }
    if let Some(modal) = modal {
        // "must have hit" is a guess, "must hit" a duty.
        let modal = if modal == Factuality::Probable && !perfect && doc.children(verb).any(|c| doc.lower(c) == "must") {
            Factuality::Future
        } else {
            modal
        };
        value = weaker(value, modal);
    }
    // "**Had** troops fired, many would have died": an auxiliary before its subject is a condition.
    let first = doc.children(verb).find(|&c| {
        !matches!(doc.relation(c), Relation::Punct | Relation::Cc) && c.index() + 4 > doc.subtree(verb).start.index()
    });
    let turned = first.is_some_and(|f| {
        matches!(doc.relation(f), Relation::Aux | Relation::AuxPass)
            && matches!(doc.lower(f), "had" | "were" | "should")
            && matches!(doc.relation(verb), Relation::Advcl | Relation::Ccomp | Relation::Parataxis)
            && doc.children(verb).any(|c| doc.relation(c).is("nsubj") && c > f && c < verb)
    });
    if turned || opens_a_condition(doc, verb) {
        value = weaker(value, Factuality::Conditional);
    }
    // "Did they attack?"
    if value == Factuality::Asserted && asked(doc, verb) {
        value = Factuality::Unknown;
    }
    // "Send the files": asked for, not done.
    if value == Factuality::Asserted && commanded(doc, verb) {
        value = Factuality::Future;
    }
    // "The firm pays a fine **if** it misses the day": what holds on a condition.
    let condition = |c: Id<Token>| {
        doc.relation(c) == Relation::Advcl
            && doc.children(c).any(|k| {
                doc.relation(k) == Relation::Mark
                    && matches!(doc.lower(k), "if" | "unless")
                    && !k.index().checked_sub(1).is_some_and(|b| matches!(doc.lower(Id::new(b)), "even" | "as"))
            })
    };
    if value == Factuality::Asserted && doc.xpos(verb) != Xpos::Vbd && doc.children(verb).any(condition) {
        value = Factuality::Conditional;
    }
    // "is due to meet", "is going to", "is to visit"
    let going = doc.lower(verb) == "going" && doc.children(verb).any(|c| doc.relation(c) == Relation::Aux);
    if going && doc.children(verb).any(|c| doc.relation(c) == Relation::Xcomp) {
        value = weaker(value, Factuality::Future);
    }
    if due(doc, verb) {
        value = weaker(value, Factuality::Future);
    }
    if negated(doc, verb) {
        value = flip(value);
    }
    value
}

/// "The minister **is to face** trial", "all you do is **become** a member": a form of "be" and an infinitive in one predicate.
fn due(doc: &Document, verb: Id<Token>) -> bool {
    let has = |wanted: &dyn Fn(Id<Token>) -> bool| doc.children(verb).any(|c| c < verb && wanted(c));
    doc.xpos(verb) == Xpos::Vb
        && has(&|c| matches!(doc.relation(c), Relation::Aux | Relation::Cop) && doc.lemma(c) == "be")
        && (has(&|c| doc.lower(c) == "to")
            || has(&|c| matches!(doc.relation(c), Relation::Aux | Relation::Cop) && doc.lower(c) == "is"))
}

/// "It is hard **to say**", "it is illegal **to sell** it": what an adjective in the present says of a deed is said of any such deed.
fn of_any(doc: &Document, verb: Id<Token>, above: Id<Token>) -> bool {
    doc.pos(above) == Pos::Adj
        && doc.children(verb).any(|c| doc.relation(c) == Relation::Mark && doc.lower(c) == "to")
        && doc
            .children(above)
            .any(|c| doc.relation(c) == Relation::Cop && matches!(doc.lower(c), "is" | "are" | "'s" | "be"))
        && !GOVERNORS.contains_key(doc.lemma(above))
}

/// "**when** you turn 21 you can vote", "wait until it **stops**": a side clause of time in the present, of what is to come.
fn of_its_day(doc: &Document, verb: Id<Token>, above: Id<Token>) -> bool {
    let to_come = modal_only(doc, above) != Factuality::Asserted
        || commanded(doc, above)
        || doc.children(above).any(|c| doc.relation(c) == Relation::Aux && matches!(doc.lower(c), "can" | "must"));
    let led = doc.children(verb).any(|c| {
        c < verb
            && matches!(
                doc.lower(c),
                "when"
                    | "whenever"
                    | "before"
                    | "after"
                    | "once"
                    | "until"
                    | "till"
                    | "as"
                    | "while"
                    | "whatever"
                    | "wherever"
            )
    });
    to_come && led && present(doc, verb)
}

/// "**Had** troops fired on the crowd, dozens would have died": a clause at the head of its sentence that such an auxiliary opens,
/// before one with "would"; trees seldom know it.
fn opens_a_condition(doc: &Document, verb: Id<Token>) -> bool {
    let Some(sentence) = doc.sentences.at(doc.sentence_of(verb)) else { return false };
    if !matches!(doc.lower(sentence.tokens.start), "had" | "were" | "should") {
        return false;
    }
    let mut behind = Id::range(verb..sentence.tokens.end).skip_while(|&t| doc.lower(t) != ",");
    let before = Id::range(sentence.tokens.start..verb).all(|t| doc.lower(t) != ",");
    before && verb > sentence.tokens.start && behind.any(|t| matches!(doc.lower(t), "would" | "could" | "might" | "'d"))
}

/// True for a verb in the present tense without an auxiliary.
fn present(doc: &Document, verb: Id<Token>) -> bool {
    let finite = |t: Id<Token>| matches!(doc.xpos(t), Xpos::Vbz | Xpos::Vbp);
    finite(verb) || doc.children(verb).any(|c| doc.relation(c) == Relation::AuxPass && finite(c))
}

/// True for an imperative: a bare form that leads its sentence (or is joined to one), with nobody as its subject.
fn commanded(doc: &Document, verb: Id<Token>) -> bool {
    // Taggers call an imperative at the head of its sentence a present tense: "Give me an address".
    let leads = |t: Id<Token>| {
        let start = doc.sentences.at(doc.sentence_of(t)).map(|s| s.tokens.start);
        let before = t.index().checked_sub(1).map(Id::<Token>::new);
        start == Some(t) || before.is_some_and(|b| doc.lower(b) == "please")
    };
    // "Thank you", "Hope to see you": a state or a thanks whose "I" is left out.
    let felt = |t: Id<Token>| FELT.contains(&doc.lemma(t));
    let free = |t: Id<Token>| {
        !felt(t)
            && (doc.xpos(t) == Xpos::Vb || doc.xpos(t) == Xpos::Vbp && leads(t))
            && !doc.children(t).any(|c| {
                doc.relation(c).is("nsubj")
                    || matches!(doc.relation(c), Relation::Aux | Relation::AuxPass | Relation::Cop)
                    || doc.relation(c) == Relation::Mark
            })
    };
    match doc.relation(verb) {
        Relation::Root | Relation::Parataxis => free(verb),
        // A bare form joined to another has the auxiliary of that: "will draft and **send** it".
        Relation::Conj => {
            free(verb)
                && doc.head(verb).is_some_and(|h| {
                    matches!(doc.relation(h), Relation::Root | Relation::Parataxis)
                        && (doc.xpos(h) != Xpos::Vb || free(h))
                })
        }
        _ => false,
    }
}

/// Verbs that nobody is told to do: they tell of the writer.
const FELT: &[&str] = &["thank", "hope", "love", "wish", "need", "want", "guess", "miss", "like", "recommend"];

/// "nearly broke", not "broke nearly 20".
fn near(adverb: Id<Token>, verb: Id<Token>) -> bool {
    adverb.index() + 1 == verb.index()
}

/// True for the main verb of a question.
fn asked(doc: &Document, verb: Id<Token>) -> bool {
    let Some(sentence) = doc.sentences.at(doc.sentence_of(verb)) else { return false };
    // "**do** you know who handles this": an auxiliary before its subject asks, also where the mark is missing.
    let subject = doc.children(verb).find(|&c| doc.relation(c).is("nsubj"));
    let turned = doc.relation(verb) == Relation::Root
        && subject.is_some_and(|s| {
            doc.sentences[doc.sentence_of(verb)].tokens.start.index() + 2
                > doc.subtree(s).start.index().saturating_sub(1)
                && doc.children(verb).any(|c| {
                    c.index() + 1 == doc.subtree(s).start.index()
                        && doc.relation(c) == Relation::Aux
                        && matches!(doc.lower(c), "do" | "does" | "did")
                })
        });
    if turned {
        return true;
    }
    let ends = Id::range(sentence.tokens.clone()).rev().take(3).any(|t| doc.lower(t) == "?");
    ends && doc.relation(verb) == Relation::Root
}

/// True when a verb or a noun has "not", "never", "no", or a subject with "no".
fn negated(doc: &Document, token: Id<Token>) -> bool {
    doc.children(token).any(|c| {
        let lower = doc.lower(c);
        matches!(lower, "not" | "n't" | "never" | "neither" | "nor" | "without")
            || matches!(lower, "no" | "none" | "nobody" | "nothing")
                && (doc.relation(c) == Relation::Det
                    || doc.relation(c).is("nsubj")
                    || doc.relation(c) == Relation::Obj
                    || doc.relation(c) == Relation::Advmod)
            || (doc.relation(c).is("nsubj") || doc.relation(c) == Relation::Obj)
                && doc.children(c).any(|d| matches!(doc.lower(d), "no" | "neither"))
    })
}

/// What stands before a noun event: "no strikes", "possible talks", "a planned visit".
fn noun(doc: &Document, token: Id<Token>) -> Factuality {
    let mut value = Factuality::Asserted;
    for child in doc.children(token) {
        match doc.lower(child) {
            "no" | "without" | "neither" => value = flip(value),
            "possible" | "potential" | "future" | "threatened" => value = weaker(value, Factuality::Possible),
            "alleged" | "reported" | "suspected" | "apparent" => value = weaker(value, Factuality::Probable),
            "planned" | "upcoming" | "proposed" | "imminent" | "scheduled" | "promised" => {
                value = weaker(value, Factuality::Future)
            }
            "attempted" | "failed" | "foiled" | "thwarted" => value = Factuality::Denied,
            _ => {}
        }
    }
    value
}

/// Verbs after which "to" tells the outcome: "fell to reach its lowest level".
const RESULT: &[&str] = &[
    "fall", "rise", "drop", "climb", "jump", "slip", "sink", "grow", "plunge", "soar", "surge", "tumble", "slide",
    "go", "gain", "return",
];

/// Verbs that blame: what they lead with "of", "for" and "with" is what somebody is said to have done.
const BLAMES: &[&str] = &["accuse", "arrest", "charge", "detain", "indict", "investigate", "suspect"];

/// Verbs whose subject is the event: "the strike did not **go ahead**".
const OCCURS: &[&str] = &[
    "happen",
    "occur",
    "take",
    "go",
    "come",
    "begin",
    "start",
    "resume",
    "continue",
    "materialise",
    "materialize",
    "end",
];

/// "the bombing", "Monday's attack", "his murder": a noun that names a deed known to have been done.
fn definite(doc: &Document, noun: Id<Token>) -> bool {
    doc.children(noun).any(|c| {
        doc.relation(c) == Relation::NmodPoss
            || doc.relation(c) == Relation::Det && matches!(doc.lower(c), "the" | "this" | "that" | "these" | "those")
    })
}

/// "accused **of ordering**", "charged **with killing**": a gerund behind a preposition.
fn gerund(doc: &Document, verb: Id<Token>) -> bool {
    doc.xpos(verb) == Xpos::Vbg
        && doc.children(verb).any(|c| {
            c < verb
                && matches!(doc.relation(c), Relation::Mark | Relation::Case)
                && matches!(doc.lower(c), "of" | "for" | "with" | "from" | "about" | "over" | "in" | "on")
        })
}

fn governor(doc: &Document, token: Id<Token>) -> Option<Effect> {
    // "going to", "has to"
    if doc.lower(token) == "going" && doc.children(token).any(|c| doc.relation(c) == Relation::Aux) {
        return Some(Effect::Is(Factuality::Future));
    }
    if doc.lemma(token) == "have"
        && doc
            .children(token)
            .any(|c| doc.relation(c) == Relation::Xcomp && doc.children(c).any(|k| doc.lower(k) == "to"))
    {
        // "The wedding **had to** be put off": what somebody had to do was done; what they did not have to do may not have been.
        return Some(match doc.xpos(token) {
            _ if negated(doc, token) => Effect::Is(Factuality::Unknown),
            Xpos::Vbd => Effect::Same,
            _ => Effect::Is(Factuality::Future),
        });
    }
    // "is to face trial", read as a clause under "is".
    if doc.lemma(token) == "be"
        && doc.children(token).any(|c| {
            doc.relation(c) == Relation::Xcomp
                && doc.xpos(c) == Xpos::Vb
                && doc.children(c).any(|k| doc.relation(k) == Relation::Mark && doc.lower(k) == "to")
        })
    {
        return Some(Effect::Is(Factuality::Future));
    }
    let (affirmed, negated_effect) = effects(doc, token)?;
    Some(if negated(doc, token) { negated_effect } else { affirmed })
}

/// What a word of the table makes of what depends on it, affirmed and negated.
fn effects(doc: &Document, token: Id<Token>) -> Option<(Effect, Effect)> {
    // "called off", "ruled out": a verb and its particle have an effect of their own.
    let particle = doc.children(token).find(|&c| doc.relation(c) == Relation::CompoundPrt);
    let both = particle.and_then(|p| GOVERNORS.get(format!("{} {}", doc.lemma(token), doc.lower(p)).as_str()));
    both.or_else(|| GOVERNORS.get(doc.lemma(token))).copied()
}

/// Climbs from an event through clauses and governing words to the root or to the cue of the statement that holds it.
fn compose_up(doc: &Document, start: Id<Token>, mut value: Factuality, statement: Option<Id<Statement>>) -> Factuality {
    let statement = statement.map(|s| &doc.statements[s]);
    let mut at = start;
    let mut through_negation = false;
    for _ in 0..30 {
        let Some(above) = doc.head(at) else { break };
        let relation = doc.relation(at);
        let outside = statement.is_some_and(|s| !s.holds(doc.tokens[above].span));
        let occurs = relation == Relation::Nsubj && doc.pos(at) == Pos::Noun && OCCURS.contains(&doc.lemma(above));
        let blamed = BLAMES.contains(&doc.lemma(above));
        let depends = match relation {
            // Who is arrested for the murder may be another than who did it: the murder stands.
            _ if blamed && doc.pos(at) == Pos::Noun && (definite(doc, at) || relation == Relation::Obj) => false,
            Relation::Advcl | Relation::Obl | Relation::Acl if gerund(doc, at) => true,
            // "called off **the strike**": the particle is no preposition, so what follows is the object.
            Relation::Obl
                if doc.pos(at) == Pos::Noun
                    && doc.children(above).any(|c| doc.relation(c) == Relation::CompoundPrt)
                    && !doc.children(at).any(|c| doc.relation(c) == Relation::Case) =>
            {
                true
            }
            Relation::Ccomp | Relation::Xcomp | Relation::Csubj | Relation::CsubjPass => true,
            Relation::Obj | Relation::NsubjPass => doc.pos(at) == Pos::Noun,
            Relation::Nsubj => doc.pos(at) == Pos::Noun && (doc.pos(above) == Pos::Adj || occurs),
            Relation::Nmod | Relation::Obl => {
                doc.pos(at) == Pos::Noun
                    && doc.children(at).any(|c| match doc.lower(c) {
                        "of" | "for" | "against" | "from" => true,
                        // "charged with murder"
                        "with" => doc.lemma(above) == "charge",
                        _ => false,
                    })
            }
            Relation::Acl => {
                !matches!(doc.xpos(at), Xpos::Vbn | Xpos::Vbg)
                    || doc.children(at).any(|c| doc.relation(c) == Relation::Mark)
            }
            _ => false,
        };
        if relation == Relation::Acl
            && doc.children(at).any(|c| doc.relation(c) == Relation::Mark && doc.lower(c) == "to")
            && !GOVERNORS.contains_key(doc.lemma(above))
        {
            value = weaker(value, Factuality::Future);
        }
        if matches!(relation, Relation::Csubj | Relation::Ccomp | Relation::Xcomp | Relation::Advcl)
            && of_any(doc, at, above)
        {
            value = weaker(value, Factuality::Possible);
        }
        let governed = GOVERNORS.contains_key(doc.lemma(above)) && matches!(doc.pos(above), Pos::Adj | Pos::Noun);
        if relation == Relation::Advcl && depends {
            // "accused of ordering": taken in below.
        } else if relation == Relation::Advcl && governed {
            // "is due to meet"
            if let Some(effect) = governor(doc, above) {
                value = apply(effect, value);
            }
        } else if relation == Relation::Advcl {
            let mark = doc.children(at).find(|&c| doc.relation(c) == Relation::Mark).map(|c| doc.lower(c));
            if mark == Some("to") && !RESULT.contains(&doc.lemma(above)) {
                value = weaker(value, Factuality::Unknown);
            }
            if of_its_day(doc, at, above) {
                value = weaker(value, Factuality::Future);
            }
            // "will review it before **sending** it": a side clause without a tense of its own lies where the main one does.
            if doc.xpos(at) == Xpos::Vbg && mark != Some("to") {
                value = weaker(value, modal_only(doc, above));
            }
            // What is said of the main clause is not said of its side clause.
            if !matches!(mark, Some("to") | None) {
                break;
            }
        }
        // "will draft it and send it": the second verb shares the auxiliary of the first.
        if relation == Relation::Conj && shares(doc, at, above) {
            // So it does with a condition, a question or a command; with a negation only behind "or".
            let or = doc.children(at).any(|c| doc.relation(c) == Relation::Cc && matches!(doc.lower(c), "or" | "nor"));
            value = match local(doc, above, Factuality::Asserted) {
                Factuality::Denied if or && !negated(doc, at) => flip(value),
                Factuality::Denied => value,
                first => weaker(value, first),
            };
        }
        if relation == Relation::AclRelcl || relation == Relation::Parataxis {
            break;
        }
        // "**No** attack was reported": the "no" is the event's own, and not said a second time of the verb.
        let own = relation.is("nsubj") && doc.children(at).any(|c| matches!(doc.lower(c), "no" | "neither"));
        let affirmed = || GOVERNORS.get(doc.lemma(above)).map(|(yes, _)| *yes);
        if depends && let Some(effect) = if own { affirmed() } else { governor(doc, above) } {
            value = apply(effect, value);
            through_negation = true;
        }
        if outside {
            // "would like **to see** it": an infinitive that a cue leads is still to be done, unless the cue says otherwise.
            let to = |wanted: &str| doc.children(at).any(|c| doc.lower(c) == wanted);
            if relation == Relation::Xcomp && to("to") && !to("have") && effects(doc, above).is_none() {
                value = weaker(value, Factuality::Future);
            }
            // The cue's own effect is in; what lies above belongs to other sources.
            break;
        }
        // Modals and negation of the clauses above: "may have begun to bomb"; "the strike will go ahead".
        if occurs && !GOVERNORS.contains_key(doc.lemma(above)) {
            value = local(doc, above, value);
        } else if occurs {
            value = weaker(value, modal_only(doc, above));
        }
        if depends && matches!(relation, Relation::Xcomp | Relation::Ccomp | Relation::Csubj) && !through_negation {
            value = local(doc, above, value);
        } else if depends && matches!(relation, Relation::Xcomp)
            || relation == Relation::Obj && doc.pos(above) == Pos::Verb
        {
            value = weaker(value, modal_only(doc, above));
        }
        // "the men **arrested** on Monday": a participle behind a noun stands for itself, unless there are none of them.
        if relation == Relation::Acl && !depends {
            if doc.children(above).any(|c| doc.relation(c) == Relation::Det && matches!(doc.lower(c), "no" | "neither"))
            {
                value = flip(value);
            }
            break;
        }
        // An adjunct ("since the raid") is not touched by what is said of its clause.
        if !depends
            && !matches!(relation, Relation::Conj | Relation::Obj | Relation::Advcl | Relation::Acl | Relation::Root)
        {
            break;
        }
        through_negation = false;
        at = above;
    }
    value
}

/// The modal of a verb without its negation, which the governor's effect holds already.
fn modal_only(doc: &Document, verb: Id<Token>) -> Factuality {
    let mut value = Factuality::Asserted;
    for child in doc.children(verb).filter(|&c| doc.relation(c) == Relation::Aux) {
        value = weaker(
            value,
            match modal::of(doc.lower(child)) {
                None | Some(Modal::Can | Modal::Must) => Factuality::Asserted,
                Some(word) => word.of_an_event(),
            },
        );
    }
    value
}

/// True for a verb joined to another of its form, without subject or auxiliary of its own.
fn shares(doc: &Document, verb: Id<Token>, first: Id<Token>) -> bool {
    matches!(doc.xpos(verb), Xpos::Vb | Xpos::Vbn | Xpos::Vbg)
        && doc.xpos(first) == doc.xpos(verb)
        && !doc.children(verb).any(|c| {
            doc.relation(c).is("nsubj") || matches!(doc.relation(c), Relation::Aux | Relation::AuxPass | Relation::Mark)
        })
}

fn apply(effect: Effect, value: Factuality) -> Factuality {
    match effect {
        Effect::Same => value,
        Effect::Flip => flip(value),
        Effect::Is(Factuality::Denied) => flip(value),
        Effect::Is(Factuality::Asserted) => value,
        Effect::Is(new) => weaker(value, new),
    }
}

fn flip(value: Factuality) -> Factuality {
    match value {
        Factuality::Asserted => Factuality::Denied,
        Factuality::Denied => Factuality::Asserted,
        Factuality::Probable => Factuality::Possible,
        // "will not strike" is denied for the future: nobody says it happens.
        Factuality::Future => Factuality::Denied,
        other => other,
    }
}

/// Of two doubts the one that says less.
fn weaker(a: Factuality, b: Factuality) -> Factuality {
    let rank = |f: Factuality| match f {
        Factuality::Asserted => 0,
        Factuality::Probable => 1,
        Factuality::Future => 2,
        Factuality::Possible => 3,
        Factuality::Conditional => 4,
        Factuality::Unknown => 5,
        Factuality::Denied => 6,
    };
    if a == Factuality::Denied && b != Factuality::Asserted {
        return if b == Factuality::Future { Factuality::Denied } else { b };
    }
    if rank(a) >= rank(b) { a } else { b }
}
