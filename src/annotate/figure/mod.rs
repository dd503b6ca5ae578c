//! What each number is the answer to: the thing counted, the measure, aspect, scope, days and places, by its own clause.
//!
//! Numbers that say nothing of their measure ("the toll was 34", "the union says 60") take over that of the nearest number
//! before that may count the same. Ages, ranks and scores answer nothing that another article could answer otherwise.

pub mod certainty;
mod measure;
mod phrase;
mod scope;
mod site;

use smol_str::SmolStr;

use crate::lexicon::{factuality, giving, wordnet};
use crate::text::clause::{is_passive, phrase, subject};
use crate::text::*;
pub use certainty::sure;
use measure::Kind;
use site::Site;

/// How many sentences back a measure is taken over from.
const REACH: usize = 5;

/// The frames of all quantities.
pub fn find(doc: &Document) -> Column<Quantity, Option<Frame>> {
    let mut frames: Vec<Option<Frame>> = doc.quantities.iter().map(|q| frame(doc, q)).collect();
    wholes(doc, &mut frames);
    inherit(doc, &mut frames);
    Column::new(frames)
}

fn frame(doc: &Document, quantity: &Quantity) -> Option<Frame> {
    let is_figure = !matches!(quantity.kind, QuantityKind::Age | QuantityKind::Ordinal | QuantityKind::Score);
    if !is_figure || quantity.made_by.0 == "quantity/few" {
        return None;
    }
    let site = site::find(doc, quantity);
    let thing = thing(doc, quantity, &site);
    // "Corrected one painful figure": a number of numbers answers nothing; "the toll was 34" does.
    let is_of_figures = quantity.counted.is_some_and(|c| c.start() >= quantity.span.end()) && measure::is_toll(&thing);
    if is_label(&thing) || is_ratio(doc, quantity) || is_of_figures {
        return None;
    }
    let kind = measure::kind_of(quantity, &thing);
    let (mut measure, rule) = class(doc, quantity, &site, kind, &thing);
    let mut telling = telling(doc, quantity, &site);
    // "18 percent had not come to work": who did not is counted, and the figure is not denied.
    let negated = negated(doc, &site, quantity);
    if let Some(verb) = negated {
        measure = None;
        telling = vec![SmolStr::new(format!("not-{}", doc.lemma(verb)))];
    }
    // "Dismissed the union's 72 percent": what is done to somebody's number says nothing of what it counts.
    if is_somebodys(doc, quantity, &site) {
        measure = None;
        telling.clear();
    }
    let clause = scope::clause(doc, quantity, &site);
    let (days, as_of) = scope::days(doc, &clause);
    let head = site.verbs.first().map(|v| v.token).or(site.clause).or_else(|| site.nouns.first().copied());
    let is_verb = |t: Id<Token>| matches!(doc.pos(t), Pos::Verb | Pos::Aux);
    let factuality = match head {
        _ if quantity.denied => Factuality::Denied,
        _ if negated.is_some() => Factuality::Asserted,
        Some(head) => factuality::of(doc, head, !is_verb(head), None, quantity.statement),
        None => Factuality::Asserted,
    };
    let is_moved = clause.iter().any(|&t| {
        let lemma = doc.lemma(t);
        (measure::is_change(lemma) || matches!(lemma, "correct" | "revise" | "update" | "now"))
            && !matches!(doc.pos(t), Pos::Adj)
    });
    Some(Frame {
        aspect: scope::aspect(doc, quantity, &site),
        restrictors: restrictors(doc, quantity, &site),
        is_class: measure.is_some(),
        measure: measure.map(SmolStr::new_static).or_else(|| telling.first().cloned()).unwrap_or_default(),
        scope: scope::scopes(doc, quantity, &site, &clause),
        terms: terms(doc, quantity, &clause),
        places: scope::places(doc, &clause),
        role: site.role,
        agent: agent(doc, &site),
        owner: owner(doc, quantity, &site),
        thing,
        telling,
        factuality,
        days,
        as_of,
        inherits: None,
        is_moved,
        made_by: Rule(rule),
    })
}

/// "The organisers' 40,000", "the ministry's 18 percent": a number of somebody's, with no noun for what it counts.
fn is_somebodys(doc: &Document, quantity: &Quantity, site: &Site) -> bool {
    let own = doc.tokens_in(quantity.span);
    let Some(before) = own.start.index().checked_sub(1).map(Id::<Token>::new) else { return false };
    let is_counted =
        quantity.counted.is_some_and(|c| c.start() >= quantity.span.end() && c.start() <= quantity.span.end() + 1);
    // "Sunday's 40,000" are nobody's.
    let is_day = |whose: Id<Token>| {
        let at = doc.tokens[whose].span.start();
        doc.times.iter().any(|t| t.span.contains(at))
    };
    site.thing.is_none()
        && !is_counted
        && matches!(doc.lower(before), "'s" | "’s" | "'" | "’")
        && quantity.kind != QuantityKind::Money
        && before
            .index()
            .checked_sub(1)
            .map(Id::<Token>::new)
            .is_some_and(|whose| matches!(doc.pos(whose), Pos::Noun | Pos::Propn) && !is_day(whose))
}

/// The verb that its subject, the number, is said not to do.
fn negated(doc: &Document, site: &Site, quantity: &Quantity) -> Option<Id<Token>> {
    let head = site.clause.filter(|&t| matches!(doc.pos(t), Pos::Verb))?;
    let is_subject = matches!(site.role, Some(CountedRole::Does | CountedRole::Undergoes))
        && doc.tokens_in(quantity.span).start < head
        && doc.children(head).any(|c| doc.relation(c).is("nsubj") && c < head && Some(c) >= site.thing);
    let is_not = |t: Id<Token>| matches!(doc.lower(t), "not" | "n't" | "n’t" | "never");
    (is_subject && doc.children(head).any(|c| is_not(c) && c < head)).then_some(head)
}

/// "Of the 40 schools 31 were shut", "28 of the 33 boats sank": what befell the part has not befallen the whole.
fn wholes(doc: &Document, frames: &mut [Option<Frame>]) {
    let word = |at: usize| doc.tokens.at(Id::<Token>::new(at)).map_or("", |_| doc.lower(Id::new(at)));
    for at in 0..frames.len() {
        let tokens = |n: usize| doc.tokens_in(doc.quantities[Id::new(n)].span);
        let begin = tokens(at).start.index();
        let led = begin.checked_sub(2).map_or(("", ""), |b| (word(b), word(b + 1)));
        if led.0 != "of" || !matches!(led.1, "the" | "its" | "their" | "all" | "these" | "those") {
            continue;
        }
        let is_behind = at > 0 && tokens(at - 1).end.index() + 2 == begin && frames[at - 1].is_some();
        let is_first = begin == 2 || matches!(word(begin - 3), "." | "," | ";" | "that" | "said" | "\"" | "“");
        if !is_behind && !is_first
            || matches!(doc.quantities[Id::new(at)].kind, QuantityKind::Money | QuantityKind::Percent)
        {
            continue;
        }
        // "Two of the 14 dead", "one of the five people killed": the whole has met with what its own words tell.
        let site = site::find(doc, &doc.quantities[Id::new(at)]);
        let own = site.verbs.first().filter(|v| doc.head(v.token) == site.thing);
        let part = if is_behind { Some(at - 1) } else { Some(at + 1).filter(|&n| n < frames.len()) };
        let Some(frame) = &mut frames[at] else { continue };
        // "21 of the 30 rockets that they launched": what they did is not what befell the part.
        let kind = measure::kind_of(&doc.quantities[Id::new(at)], &frame.thing);
        let class_of = |v: &site::Telling| {
            measure::verb(doc.lemma(v.token), v.undergoes, kind, &frame.thing, &beside(doc, v.token))
        };
        let class = own.and_then(class_of);
        if class.is_some_and(|c| c == frame.measure)
            || matches!(frame.made_by.0, "frame/thing" | "frame/people" | "frame/noun")
        {
            continue;
        }
        let measure = std::mem::take(&mut frame.measure);
        frame.is_class = class.is_some();
        frame.telling.clear();
        if let Some(verb) = own {
            let lemma = SmolStr::from(doc.lemma(verb.token));
            frame.measure = class.map_or_else(|| lemma.clone(), SmolStr::new_static);
            frame.telling.push(lemma);
        } else {
            frame.measure = SmolStr::new_static("whole");
            frame.telling.push(frame.measure.clone());
        }
        frame.role = None;
        frame.scope.retain(|(kind, _)| *kind != ScopeKind::Part);
        frame.made_by = Rule("frame/whole");
        let part = part.and_then(|n| frames[n].as_mut()).filter(|f| f.measure == measure);
        if let Some(part) = part {
            part.scope.retain(|(kind, _)| *kind != ScopeKind::Part);
        }
    }
}

/// The words for whoever did it to those counted.
fn agent(doc: &Document, site: &Site) -> SmolStr {
    let found = site.verbs.iter().filter(|v| v.undergoes).find_map(|v| {
        let by = |t: Id<Token>| doc.children(t).any(|c| doc.relation(c) == Relation::Case && doc.lower(c) == "by");
        let passive = doc.children(v.token).find(|&c| doc.relation(c).is("obl") && by(c));
        passive.or_else(|| if is_passive(doc, v.token) { None } else { subject(doc, v.token) })
    });
    found.filter(|&t| Some(t) != site.thing).map_or_else(SmolStr::default, |t| doc.slice(phrase(doc, t)).into())
}

/// Whose figure it is: who does what the number tells of, else whose the measured or counted is. A pronoun stands for the
/// name that it takes up.
fn owner(doc: &Document, quantity: &Quantity, site: &Site) -> SmolStr {
    let own = doc.tokens_in(quantity.span);
    let is_own = |t: Id<Token>| Some(t) == site.thing || own.contains(&t);
    // "Sorel has 34 seats": who has what is counted owns it.
    let has = |v: &site::Telling| doc.lemma(v.token) == "have" && v.undergoes;
    // "The state gave farmers $30 million", "spends $2 million on a road": who hands a sum over is not whose it is.
    let hands =
        |v: &site::Telling| quantity.kind == QuantityKind::Money && v.undergoes && giving::hands_over(doc, v.token);
    let tells = |v: &&site::Telling| (!measure::is_light_verb(doc.lemma(v.token)) || has(v)) && !hands(v);
    let doers = site.verbs.iter().filter(tells).filter_map(|v| {
        let by = |t: Id<Token>| doc.children(t).any(|c| doc.relation(c) == Relation::Case && doc.lower(c) == "by");
        if is_passive(doc, v.token) {
            return doc.children(v.token).find(|&c| doc.relation(c).is("obl") && by(c));
        }
        subject(doc, v.token)
    });
    let led = |t: Id<Token>| {
        doc.children(t).any(|c| doc.relation(c) == Relation::Case && matches!(doc.lower(c), "of" | "for" | "at" | "by"))
    };
    let owners = site.thing.into_iter().chain(site.nouns.iter().copied()).flat_map(|noun| {
        let whose = move |&c: &Id<Token>| {
            doc.relation(c) == Relation::NmodPoss
                || doc.relation(c).is("nmod") && doc.pos(c) == Pos::Propn && led(c)
                || doc.relation(c) == Relation::Compound && doc.pos(c) == Pos::Propn
        };
        doc.children(noun).filter(whose).collect::<Vec<_>>()
    });
    // "Sorel stands at 44 percent": the number is of whoever is its subject; "51 percent voted for Sorel" of whom they chose.
    let is_level = site.role == Some(CountedRole::Is);
    let someone = site.nouns.first().copied().filter(|&n| is_level && is_someone(doc, n));
    let chosen = site.verbs.iter().filter(|v| matches!(doc.lemma(v.token), "vote" | "go" | "opt")).find_map(|v| {
        let led = |t: Id<Token>| {
            doc.children(t).any(|c| doc.relation(c) == Relation::Case && matches!(doc.lower(c), "for" | "to"))
        };
        doc.children(v.token).find(|&c| doc.relation(c).is("obl") && led(c))
    });
    let all = chosen.into_iter().chain(someone).chain(doers).chain(owners);
    let is_name =
        |name: &SmolStr| name.chars().any(char::is_alphabetic) && !name.starts_with(|c: char| c.is_ascii_digit());
    all.filter(|&t| !is_own(t)).filter_map(|t| named(doc, t)).find(is_name).unwrap_or_default()
}

/// True for a name of somebody, and a noun for one who has a name: "her rival Sorel".
fn is_someone(doc: &Document, noun: Id<Token>) -> bool {
    let has_name = || doc.children(noun).any(|c| doc.pos(c) == Pos::Propn && doc.relation(c) != Relation::NmodPoss);
    doc.pos(noun) == Pos::Propn || measure::is_people(doc.lemma(noun)) && has_name()
}

/// The best name of what a noun or pronoun stands for, else its words; none for a pronoun that stands for nobody known.
fn named(doc: &Document, token: Id<Token>) -> Option<SmolStr> {
    let entity = doc.mentions_headed(token).find_map(|(id, _)| *doc.entity_of.at(id)?);
    let label = entity.and_then(|e| doc.entities.at(e)).filter(|e| e.named).map(|e| SmolStr::from(e.label.as_str()));
    let is_noun = matches!(doc.pos(token), Pos::Noun | Pos::Propn);
    label.or_else(|| is_noun.then(|| SmolStr::from(doc.slice(phrase(doc, token)))))
}

/// The lemma of the noun counted.
fn thing(doc: &Document, quantity: &Quantity, site: &Site) -> SmolStr {
    let is_count = quantity.kind == QuantityKind::Count;
    // "Beating the $2 million analysts had expected": who has to do with a sum is not what it is of.
    let is_whose = |t: Id<Token>| quantity.kind == QuantityKind::Money && measure::is_people(doc.lemma(t));
    let near = site.thing.filter(|&t| !is_whose(t)).map(|t| doc.lemma(t).to_lowercase());
    let far = || {
        if !is_count {
            return None;
        }
        let tokens = doc.tokens_in(quantity.counted?);
        let last = Id::range(tokens).rfind(|&t| matches!(doc.pos(t), Pos::Noun | Pos::Propn))?;
        let lemma = doc.lemma(last).to_lowercase();
        (!site.is_partitive && !measure::is_toll(&lemma)).then_some(lemma)
    };
    near.or_else(far).map(SmolStr::from).unwrap_or_default()
}

/// "A 4-to-3 vote", "won 3-1": two numbers that mean nothing alone.
fn is_ratio(doc: &Document, quantity: &Quantity) -> bool {
    let text = doc.text();
    let (begin, end) = (quantity.span.start(), quantity.span.end());
    let digits = |c: char| c.is_ascii_digit();
    let mark = |rest: &str| ["-to-", " - to - ", " -to- "].iter().any(|m| rest.starts_with(m));
    let behind = &text[end..];
    let before = &text[..begin];
    mark(behind) || ["-to-", " - to - ", " -to- "].iter().any(|m| before.ends_with(m)) || {
        let dash = |c: char| matches!(c, '-' | '–');
        let joined = behind.strip_prefix(dash).is_some_and(|r| r.starts_with(digits));
        quantity.kind == QuantityKind::Count && quantity.relation == QuantityRelation::Equal && joined
    }
}

/// Streets, pages and roads are numbered, not counted.
fn is_label(thing: &str) -> bool {
    matches!(
        thing,
        "block" | "street" | "avenue" | "highway" | "route" | "channel" | "page" | "magnitude" | "calibre" | "caliber"
    )
}

/// The words that narrow the thing counted.
fn restrictors(doc: &Document, quantity: &Quantity, site: &Site) -> Vec<SmolStr> {
    let Some(thing) = site.thing else { return Vec::new() };
    let own = doc.tokens_in(quantity.span);
    let mut found: Vec<SmolStr> = Vec::new();
    for child in doc.children(thing).filter(|c| !own.contains(c)) {
        let is_narrower = matches!(doc.relation(child).base(), "amod" | "compound" | "flat" | "appos")
            || doc.relation(child).is("nmod") && doc.pos(child) == Pos::Noun;
        if is_narrower && matches!(doc.pos(child), Pos::Noun | Pos::Propn | Pos::Adj) {
            let lemma = SmolStr::from(doc.lemma(child).to_lowercase());
            if !matches!(lemma.as_str(), "other" | "more" | "least" | "many" | "total" | "further") {
                found.push(lemma);
            }
        }
    }
    found
}

/// The class of the table that the number's clause tells of, with the rule that found it.
fn class(
    doc: &Document,
    quantity: &Quantity,
    site: &Site,
    kind: Kind,
    thing: &str,
) -> (Option<&'static str>, &'static str) {
    let state = |t: Id<Token>| measure::state(doc.lemma(t), doc.lower(t), kind, thing);
    // The whole of a share, and what money is for, are not what is measured.
    let is_counted = !matches!(kind, Kind::Share | Kind::Money);
    if let Some(found) = site.thing.filter(|_| is_counted).and_then(|t| {
        state(t).or_else(|| if measure::is_people(doc.lemma(t)) { None } else { measure::noun(doc.lemma(t)) })
    }) {
        return (Some(found), "frame/thing");
    }
    let verb = |t: &site::Telling| {
        // "The street holds 17,000": what is built captures nobody.
        let is_built = |s: Id<Token>| doc.pos(s) == Pos::Noun && wordnet::is_artifact(doc.lemma(s));
        if doc.lemma(t.token) == "hold" && subject(doc, t.token).is_some_and(is_built) {
            return None;
        }
        let beside: Vec<&str> = beside(doc, t.token);
        measure::verb(doc.lemma(t.token), t.undergoes, kind, thing, &beside)
    };
    if let Some(found) = site.verbs.iter().find_map(verb) {
        return (Some(found), "frame/verb");
    }
    // "Are missing" and "were hurt" are read as verbs, too.
    let participles = site.verbs.iter().map(|v| v.token).filter(|&t| matches!(doc.xpos(t), Xpos::Vbg | Xpos::Vbn));
    if let Some(found) = site.states.iter().copied().chain(participles).find_map(state) {
        return (Some(found), "frame/state");
    }
    if let Some(found) = site.nouns.iter().find_map(|&t| state(t).or_else(|| measure::noun(doc.lemma(t)))) {
        return (Some(found), "frame/noun");
    }
    if kind == Kind::Area {
        let doers = site.verbs.iter().filter_map(|v| subject(doc, v.token));
        let found = site.thing.into_iter().chain(site.nouns.iter().copied()).chain(doers);
        if let Some(found) = found.into_iter().find_map(|t| measure::area(&doc.lemma(t).to_lowercase())) {
            return (Some(found), "frame/area");
        }
    }
    // "The walkout included 500 dockers".
    let covers = site.verbs.iter().filter(|v| v.undergoes && measure::is_cover(doc.lemma(v.token)));
    let covered = covers.filter_map(|v| subject(doc, v.token)).find_map(|s| {
        let beside = doc.children(s).filter(|&c| doc.relation(c) == Relation::Compound);
        std::iter::once(s)
            .chain(beside)
            .find_map(|t| if measure::is_people(doc.lemma(t)) { None } else { measure::noun(doc.lemma(t)) })
    });
    if is_counted && covered.is_some() {
        return (covered, "frame/cover");
    }
    if let Some(found) = site.verbs.iter().filter(|v| !v.undergoes).find_map(|v| joined(doc, v.token)) {
        return (Some(found), "frame/joined");
    }
    // "91 people had been on the plane".
    let is_in = |t: Id<Token>| {
        doc.children(t).any(|c| {
            doc.relation(c) == Relation::Case && matches!(doc.lower(c), "on" | "in" | "aboard" | "inside" | "onboard")
        })
    };
    let carried = site.states.iter().any(|&t| doc.pos(t) == Pos::Noun && is_in(t) && measure::is_carrier(doc.lemma(t)));
    if carried && kind == Kind::Person && site.role == Some(CountedRole::Does) {
        return (Some("aboard"), "frame/aboard");
    }
    let concept = quantity.concepts.iter().find_map(|&c| {
        Id::range(doc.tokens_in(c)).filter(|&t| doc.pos(t) == Pos::Noun).find_map(|t| measure::noun(doc.lemma(t)))
    });
    if kind != Kind::Person && concept.is_some() {
        return (concept, "frame/concept");
    }
    let people = site.thing.filter(|_| kind != Kind::Share).and_then(|t| measure::noun(doc.lemma(t)));
    let is_told = site.verbs.iter().any(|v| !measure::is_light_verb(doc.lemma(v.token)));
    if let Some(found) = people.filter(|_| !is_told) {
        return (Some(found), "frame/people");
    }
    (None, "frame/words")
}

/// "Walked along the shore to protest", "followed the call to strike", "came to the rally": what those do who take part.
fn joined(doc: &Document, verb: Id<Token>) -> Option<&'static str> {
    let marked = |t: Id<Token>| doc.children(t).any(|c| doc.relation(c) == Relation::Mark && doc.lower(c) == "to");
    let is_join = measure::is_join(doc.lemma(verb));
    doc.children(verb).find_map(|child| match doc.relation(child) {
        Relation::Advcl | Relation::Xcomp if child > verb && marked(child) => measure::doing(doc.lemma(child)),
        r if is_join && (matches!(r, Relation::Obj | Relation::NsubjPass) || r.is("obl")) => {
            let below = doc.children(child).filter(|&c| doc.relation(c).is("nmod") || doc.relation(c) == Relation::Acl);
            std::iter::once(child).chain(below).find_map(|t| measure::doing(doc.lemma(t)))
        }
        _ => None,
    })
}

/// The lemmas of what hangs on a verb and may make its sense: particles, objects, adverbs.
fn beside(doc: &Document, verb: Id<Token>) -> Vec<&str> {
    let mut found: Vec<&str> = Vec::new();
    for child in doc.children(verb) {
        match doc.relation(child).base() {
            "compound" | "obj" | "advmod" | "obl" | "xcomp" => {
                found.extend([doc.lemma(child), doc.lower(child)]);
            }
            "aux" | "cop" => found.push(doc.lemma(child)),
            _ => {}
        }
    }
    // A particle is the verb's own, whatever it was read with.
    let next = Id::<Token>::new(verb.index() + 1);
    if doc.tokens.at(next).is_some()
        && matches!(doc.lower(next), "up" | "down" | "out" | "off" | "away" | "back" | "over")
    {
        found.push(doc.lower(next));
    }
    // "Are still being looked for": a preposition with nothing behind it.
    let after = Id::<Token>::new(next.index() + 1);
    let is_last = || doc.tokens.at(after).is_none_or(|_| doc.relation(after) == Relation::Punct);
    if doc.tokens.at(next).is_some() && doc.pos(next) == Pos::Adp && doc.head(next) == Some(verb) && is_last() {
        found.push(doc.lower(next));
    }
    found
}

/// The lemmas that tell the measure, the nearest first, without those that say nothing.
fn telling(doc: &Document, quantity: &Quantity, site: &Site) -> Vec<SmolStr> {
    let mut found: Vec<SmolStr> = Vec::new();
    let mut add = |lemma: &str| {
        let lemma = SmolStr::from(lemma.to_lowercase());
        if !lemma.is_empty() && lemma.chars().all(|c| c.is_alphabetic() || c == '-') && !found.contains(&lemma) {
            found.push(lemma);
        }
    };
    for verb in &site.verbs {
        let lemma = doc.lemma(verb.token);
        if !measure::is_light_verb(lemma) && !measure::is_change(lemma) {
            add(lemma);
        }
    }
    for &state in &site.states {
        let is_light = measure::is_light_verb(doc.lemma(state)) || measure::is_change(doc.lemma(state));
        let is_telling = match doc.pos(state) {
            Pos::Verb => !is_light,
            Pos::Adj => doc.relation(state) != Relation::Amod && state_tells(doc, site, state),
            _ => false,
        };
        if is_telling {
            add(doc.lemma(state));
        } else if doc.pos(state) == Pos::Noun {
            add(doc.lemma(state));
        }
    }
    // "20,000 marched, the organisers say, the police 4,000": who counts is not what is counted.
    let sources = quantity.statement.map_or(&[][..], |s| &doc.statements[s].source[..]);
    let speaks = |noun: Id<Token>| sources.iter().any(|s| s.contains(doc.tokens[noun].span.start()));
    for &noun in site.nouns.iter().filter(|&&n| !speaks(n)) {
        let lemma = doc.lemma(noun);
        if !measure::is_light_noun(lemma) && !measure::is_change_noun(lemma) && doc.pos(noun) != Pos::Propn {
            add(lemma);
        }
    }
    if is_untold(site, doc) && quantity.kind != QuantityKind::Count {
        for &concept in quantity.concepts.iter().take(2) {
            for token in Id::range(doc.tokens_in(concept)).filter(|&t| doc.pos(t) == Pos::Noun) {
                if !measure::is_light_noun(doc.lemma(token)) {
                    add(doc.lemma(token));
                }
            }
        }
    }
    found.truncate(5);
    found
}

/// Neither a verb nor a noun of the clause tells the measure.
fn is_untold(site: &Site, doc: &Document) -> bool {
    let is_light = |t: Id<Token>| measure::is_light_noun(doc.lemma(t)) || measure::is_change_noun(doc.lemma(t));
    let is_light_verb = |t: Id<Token>| measure::is_light_verb(doc.lemma(t)) || measure::is_change(doc.lemma(t));
    site.nouns.iter().all(|&n| is_light(n)) && site.verbs.iter().all(|v| is_light_verb(v.token))
}

/// An adjective beside its noun narrows it; one that is said of it tells of it.
fn state_tells(doc: &Document, site: &Site, state: Id<Token>) -> bool {
    let head = doc.head(state);
    head != site.thing && !head.is_some_and(|h| measure::is_light_noun(doc.lemma(h)))
}

/// Content words of the clause.
fn terms(doc: &Document, quantity: &Quantity, clause: &[Id<Token>]) -> Vec<SmolStr> {
    let own = doc.tokens_in(quantity.span);
    let mut found: Vec<SmolStr> = Vec::new();
    for &token in clause.iter().filter(|t| !own.contains(t)) {
        let is_content = matches!(doc.pos(token), Pos::Noun | Pos::Propn | Pos::Verb | Pos::Adj);
        let lemma = doc.lemma(token);
        if is_content && lemma.len() > 2 && !measure::is_light_verb(lemma) && !measure::is_light_noun(lemma) {
            let lemma = SmolStr::from(lemma.to_lowercase());
            if lemma.chars().all(|c| c.is_alphanumeric() || c == '-') && !found.contains(&lemma) {
                found.push(lemma);
            }
        }
    }
    found.truncate(16);
    found
}

/// Gives the measure of an earlier number to those that tell none.
fn inherit(doc: &Document, frames: &mut [Option<Frame>]) {
    for at in 0..frames.len() {
        let Some(frame) = &frames[at] else { continue };
        let quantity = &doc.quantities[Id::new(at)];
        let is_part = frame.scope.iter().any(|(kind, _)| *kind == ScopeKind::Part);
        let is_toll = is_toll(doc, quantity);
        if frame.made_by == Rule("frame/whole") || frame.is_class && !is_toll {
            continue;
        }
        // "60 percent contained, up from 20 percent": the old figure is of what the new one is of.
        let is_before = |b: usize| doc.quantities[Id::new(b)].span.end() + 80 > quantity.span.start();
        let is_old = frame.aspect == Aspect::Old
            && frame.thing.is_empty()
            && at > 0
            && is_before(at - 1)
            && frames[at - 1]
                .as_ref()
                .is_some_and(|other| other.is_class && may_lend(doc, (frame, at), (other, at - 1)));
        if !frame.telling.is_empty() && !is_part && !is_toll && !is_old {
            continue;
        }
        let is_in_title = doc.block_kind(doc.tokens_in(quantity.span).start) == Some(BlockKind::Headline);
        let near = (0..at).rev().take(40).take_while(|&b| is_within(doc, at, b));
        let ahead = (at + 1..frames.len()).take(if is_in_title { 12 } else { 0 });
        let found = near
            .chain(ahead)
            .find(|&b| is_old || frames[b].as_ref().is_some_and(|other| may_lend(doc, (frame, at), (other, b))));
        let Some(from) = found else {
            // A toll that stands alone counts the dead.
            if is_toll && !frame.is_class && named_toll(doc, quantity) {
                let Some(frame) = &mut frames[at] else { continue };
                (frame.measure, frame.is_class, frame.made_by) = ("killed".into(), true, Rule("frame/toll"));
            }
            continue;
        };
        let Some(lender) = frames[from].clone() else { continue };
        let Some(frame) = &mut frames[at] else { continue };
        if frame.is_class && !lender.is_class {
            continue;
        }
        frame.inherits = Some(Id::new(from));
        frame.measure = lender.measure;
        frame.is_class = lender.is_class;
        for lemma in lender.telling {
            if frame.telling.len() < 6 && !frame.telling.contains(&lemma) {
                frame.telling.push(lemma);
            }
        }
        if frame.thing.is_empty() || measure::is_toll(&frame.thing) {
            frame.thing = lender.thing;
            frame.restrictors = lender.restrictors;
            // "His share was put at $3 million; he speaks of $2 million": a part of the same.
            if quantity.kind == QuantityKind::Money && frame.scope.is_empty() {
                frame.scope.extend(lender.scope.into_iter().filter(|(kind, _)| *kind == ScopeKind::Part));
            }
        }
        frame.role = lender.role;
        frame.days = frame.days.or(lender.days);
        if frame.places.is_empty() {
            frame.places = lender.places;
        }
        let is_level = matches!(frame.aspect, Aspect::Level | Aspect::Share);
        // "They had expected 30; 11 came": what has come is not expected.
        let has_come = has_past_verb(doc, quantity);
        if matches!(lender.aspect, Aspect::Forecast | Aspect::Plan) && frame.aspect == Aspect::Level && !has_come
            || lender.aspect == Aspect::Change && is_level
        {
            frame.aspect = lender.aspect;
        }
        frame.made_by = Rule("frame/inherited");
    }
}

/// The number's clause has a verb that is not one of saying.
fn has_own_verb(doc: &Document, quantity: &Quantity) -> bool {
    let site = site::find(doc, quantity);
    let head = site.clause.or_else(|| site.verbs.first().map(|v| v.token));
    head.is_some_and(|h| {
        matches!(doc.lemma(h), "have" | "be" | "include" | "contain")
            || doc.pos(h) == Pos::Verb && !measure::is_light_verb(doc.lemma(h))
    })
}

/// The number hangs on a verb in the past, as what did it or what it happened to.
fn has_past_verb(doc: &Document, quantity: &Quantity) -> bool {
    let site = site::find(doc, quantity);
    let is_part = matches!(site.role, Some(CountedRole::Does | CountedRole::Undergoes));
    let has_come = |lemma: &str| lemma == "come" || !measure::is_light_verb(lemma);
    let is_past = |t: Id<Token>| matches!(doc.xpos(t), Xpos::Vbd | Xpos::Vbn) && has_come(doc.lemma(t));
    is_part && site.verbs.first().is_some_and(|v| is_past(v.token))
}

/// "The toll", "the figure" in the clause of the number, and no noun that says whose.
fn is_toll(doc: &Document, quantity: &Quantity) -> bool {
    let site = site::find(doc, quantity);
    site.nouns.first().is_some_and(|&n| measure::is_toll(doc.lemma(n)))
        && site.nouns.iter().all(|&n| measure::is_light_noun(doc.lemma(n)))
        && site.verbs.is_empty()
}

/// "The toll", not "the number".
fn named_toll(doc: &Document, quantity: &Quantity) -> bool {
    site::find(doc, quantity).nouns.iter().any(|&n| doc.lemma(n) == "toll")
}

fn is_within(doc: &Document, at: usize, before: usize) -> bool {
    let sentence = |q: usize| {
        let span = doc.quantities[Id::new(q)].span;
        doc.sentences.partition_point(|s| s.span.end() <= span.start())
    };
    sentence(at).saturating_sub(sentence(before)) <= REACH
}

/// Whether a number may count what another counts.
fn may_lend(doc: &Document, (frame, at): (&Frame, usize), (other, from): (&Frame, usize)) -> bool {
    let (q, o) = (&doc.quantities[Id::new(at)], &doc.quantities[Id::new(from)]);
    let dimension = |q: &Quantity| match q.kind {
        QuantityKind::Count => "count",
        QuantityKind::Money => "money",
        QuantityKind::Percent | QuantityKind::Fraction => "share",
        _ => crate::lexicon::measure::by_code(&q.unit.code).map_or("other", |m| m.dimension),
    };
    if dimension(q) != dimension(o) || q.per.is_some() != o.per.is_some() || other.measure.is_empty() {
        return false;
    }
    // "The company had claimed 31 percent": a bare share is of what the one before is of, be it a change.
    let is_bare = dimension(q) == "share" && frame.telling.is_empty() && frame.thing.is_empty();
    let is_change = other.aspect == Aspect::Change && frame.aspect != Aspect::Change;
    if other.aspect == Aspect::Rank && frame.aspect != Aspect::Change || is_change && !is_bare {
        return false;
    }
    // Those who expect a sum are not what it is of.
    let is_of_people = !matches!(q.kind, QuantityKind::Count) && measure::is_people(&frame.thing);
    let is_unsaid = frame.thing.is_empty() || measure::is_toll(&frame.thing) || is_of_people;
    if is_unsaid {
        return true;
    }
    // Those who have something, or are something else, are not what was counted before.
    let is_part = frame.scope.iter().any(|(kind, _)| *kind == ScopeKind::Part);
    if !is_part && has_own_verb(doc, q) {
        return false;
    }
    let is_people = measure::is_people(&frame.thing);
    if other.thing.is_empty() {
        return is_people;
    }
    !matches!(wordnet::nouns(&frame.thing, &other.thing), wordnet::Kinship::Apart | wordnet::Kinship::Sisters)
        || is_people && measure::is_people(&other.thing)
}
