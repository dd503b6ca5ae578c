//! What kind of figure it is and how far it reaches: change, forecast, part, window, area; its days and places.

use std::sync::LazyLock;

use jiff::civil::Date;
use rust_decimal::Decimal;
use smol_str::SmolStr;

use super::site::{self, Site};
use crate::lexicon::{noun, table, wordnet};
use crate::text::clause::is_passive;
use crate::text::*;

/// The phrases and words of the table of scopes, by kind.
struct Words {
    window: Vec<&'static str>,
    area: Vec<&'static str>,
    plan: Vec<&'static str>,
    forecast: Vec<&'static str>,
    limit: Vec<&'static str>,
    pace: Vec<&'static str>,
    aim: Vec<&'static str>,
    keep: Vec<&'static str>,
}

static WORDS: LazyLock<Words> = LazyLock::new(|| {
    let row = |kind: &str| {
        let row = table::rows(include_str!("en/scopes.tsv")).find(|(_, cells)| cells[0] == kind);
        row.map_or_else(Vec::new, |(_, cells)| table::list(cells[1]).collect())
    };
    Words {
        window: row("window"),
        area: row("area"),
        plan: row("plan"),
        forecast: row("forecast"),
        limit: row("limit"),
        pace: row("pace"),
        aim: row("aim"),
        keep: row("keep"),
    }
});

/// What the number is of its thing.
pub fn aspect(doc: &Document, quantity: &Quantity, site: &Site) -> Aspect {
    let value = quantity.value.or(quantity.lower).or(quantity.upper);
    // "Economists had expected a 0.3 percent rise".
    let foreseen = site.nouns.first().is_some_and(|&n| {
        let verb = doc.head(n).filter(|_| doc.relation(n) == Relation::Obj);
        super::measure::is_change_noun(doc.lemma(n)) && verb.is_some_and(|v| WORDS.forecast.contains(&doc.lemma(v)))
    });
    if foreseen {
        return Aspect::Forecast;
    }
    if is_margin(doc, quantity, site) {
        return Aspect::Margin;
    }
    // "Rose from zero to four": the end, and not how far it is.
    let from_nothing = quantity.from == Some(Decimal::ZERO) && quantity.to == value;
    // "gaining 56 percent of the votes": what somebody won, and no change.
    let after = doc.tokens_in(quantity.span).end.index();
    let won = (after..after + 4).map(Id::<Token>::new).take_while(|&t| doc.tokens.at(t).is_some());
    let won = won.clone().next().is_some_and(|t| doc.lower(t) == "of")
        && won.into_iter().any(|t| matches!(doc.lower(t), "vote" | "votes" | "ballots" | "poll" | "seats"));
    if won && quantity.kind == QuantityKind::Percent && quantity.by == value && quantity.from.is_none() {
        return Aspect::Share;
    }
    // "Fell by between 10 and 15 per cent", "rose more than 5 per cent": bounds of the amount.
    let bounds = value.is_some() && quantity.value.is_none() && quantity.change.is_some();
    let amount = quantity.by == value || bounds && quantity.from.is_none() && quantity.to.is_none();
    // "from 2 crowns to 4": the one before, though it is also by how much the other is more.
    let is_before = quantity.from == value && quantity.to != value;
    if value.is_some() && amount && !is_before && !from_nothing && !is_eaten_up(doc, quantity) {
        // "**projected to fall** 42 per cent", "committed to cutting waste by half": a change that has not come yet.
        let to_come = site.verbs.iter().map(|v| v.token).chain(site.clause).find_map(|v| ahead(doc, v));
        return to_come.unwrap_or(Aspect::Change);
    }
    if value.is_some() && quantity.from == value && quantity.to != value && quantity.from.is_some() {
        return Aspect::Old;
    }
    let led = site.case.map_or("", |c| doc.lower(c));
    let before = word_before(doc, quantity, 1);
    let is_measured = !matches!(quantity.kind, QuantityKind::Count);
    if led == "by" && (site.role == Some(CountedRole::Is) || is_measured) || is_compared(doc, quantity) {
        return Aspect::Change;
    }
    // "10 per cent more than the 103 tonnes of the previous year".
    let year_before = || {
        let tokens = (after..after + 9).map(Id::<Token>::new);
        let tokens =
            tokens.take_while(|&t| doc.tokens.at(t).is_some() && !matches!(doc.word(t), "." | "," | ";" | "("));
        let words: Vec<&str> = tokens.map(|t| doc.lower(t)).collect();
        words.windows(2).any(|w| {
            matches!(w[0], "previous" | "last" | "prior" | "preceding")
                && matches!(w[1], "year" | "month" | "quarter" | "season" | "week")
                || matches!(w[1], "earlier" | "ago" | "before") && matches!(w[0], "year" | "month" | "quarter" | "week")
        })
    };
    if before == "than" && year_before() {
        return Aspect::Old;
    }
    // "40 players from 12 countries": where they are from.
    let counts = quantity.kind == QuantityKind::Count
        && quantity.change.is_none()
        && quantity.counted.is_some_and(|c| c.start() > quantity.span.start() && c.start() <= quantity.span.end() + 1);
    if matches!(before, "from" | "against") && site.role == Some(CountedRole::Is) && !(before == "from" && counts)
        || matches!(before, "not") && (word_before(doc, quantity, 2) == "," || is_but(doc, quantity))
        || matches!(
            (word_before(doc, quantity, 2), before),
            ("instead", "of") | ("rather", "than") | ("up" | "down", "from")
        )
    {
        return Aspect::Old;
    }
    // "from a previous range of 2 to 3 per cent".
    let is_former = |n: usize| {
        matches!(
            word_before(doc, quantity, n),
            "previous" | "previously" | "earlier" | "prior" | "former" | "initial" | "original"
        )
    };
    if (1..=4).any(|n| {
        is_former(n) && (n..=n + 3).any(|f| matches!(word_before(doc, quantity, f), "from" | "than" | "against"))
    }) {
        return Aspect::Old;
    }
    // "The reduction was 29 percent", "put the rise at 300".
    let is_of_change = site.nouns.first().is_some_and(|&n| super::measure::is_change_noun(doc.lemma(n)));
    if is_of_change && is_measured && site.role == Some(CountedRole::Is) && !matches!(led, "to" | "from") {
        return Aspect::Change;
    }
    // "Three were counted twice": what a count is too many by.
    if is_counted_twice(doc, site) {
        return Aspect::Change;
    }
    // "a 43 per cent **target**", "a goal of 500": what is wanted.
    let aimed = |n: Id<Token>| WORDS.aim.contains(&doc.lemma(n));
    // "bombed 150 targets" counts them.
    let share = quantity.kind != QuantityKind::Count;
    let aim = site.thing.filter(|_| share).into_iter().chain(site.nouns.first().copied());
    if aim.into_iter().any(aimed) && quantity.change.is_none() {
        return Aspect::Plan;
    }
    if is_expected(doc, quantity) {
        return Aspect::Forecast;
    }
    // "agreed to **keep** warming **below** 2 degrees".
    let kept = matches!(quantity.relation, QuantityRelation::AtMost | QuantityRelation::LessThan)
        && std::iter::successors(site::head_of(doc, quantity.span), |&t| doc.head(t))
            .take(5)
            .any(|t| WORDS.keep.contains(&doc.lemma(t)));
    if kept || is_required(doc, quantity, site) {
        return Aspect::Limit;
    }
    // "**The 12 million** eligible could hold the keys": what may come of them makes them no less.
    let definite = site.thing.into_iter().chain(Id::range(doc.tokens_in(quantity.span))).any(|t| {
        doc.children(t).any(|c| doc.relation(c) == Relation::Det && matches!(doc.lower(c), "the" | "these" | "those"))
    });
    let heads = site.verbs.iter().map(|v| v.token).chain(site.clause).chain(site.nouns.iter().copied());
    for head in heads.filter(|_| !definite || quantity.change.is_some() || site.role == Some(CountedRole::Is)) {
        if let Some(aspect) = expected(doc, head) {
            return aspect;
        }
    }
    if quantity.to.is_some() && quantity.to == value {
        return Aspect::New;
    }
    // "Inflation was 7.3 percent": how fast, and no share of a whole.
    let is_pace = |n: Id<Token>| WORDS.pace.contains(&doc.lemma(n));
    let paced = quantity.kind == QuantityKind::Percent
        && quantity.whole.is_none()
        && (site.nouns.first().copied().is_some_and(is_pace)
            || quantity.concepts.first().is_some_and(|c| is_pace(doc.tokens_in(*c).start)));
    if quantity.per.is_some() || paced {
        return Aspect::Rate;
    }
    if matches!(quantity.kind, QuantityKind::Percent | QuantityKind::Fraction) {
        return Aspect::Share;
    }
    Aspect::Level
}

/// A verb of change below one that foresees or plans it: "is expected to rise", "pledged to cut".
fn ahead(doc: &Document, verb: Id<Token>) -> Option<Aspect> {
    let marked = doc.children(verb).any(|c| doc.relation(c) == Relation::Mark && doc.lower(c) == "to");
    let above = doc.head(verb).filter(|&h| marked && h < verb && doc.relation(verb) == Relation::Xcomp)?;
    let lemma = doc.lemma(above);
    match () {
        _ if WORDS.forecast.contains(&lemma) => Some(Aspect::Forecast),
        _ if WORDS.plan.contains(&lemma) => Some(Aspect::Plan),
        _ => None,
    }
}

/// "The difference is six", "won by 885 votes", "leads by nine points": how far two numbers are apart.
fn is_margin(doc: &Document, quantity: &Quantity, site: &Site) -> bool {
    let counted = quantity.counted.map(|c| Id::<Token>::new(doc.tokens_in(c).end.index().saturating_sub(1)));
    let is_gap = site.nouns.iter().copied().chain(counted).any(|n| super::measure::is_gap(doc.lemma(n)));
    let led = site.case.is_some_and(|c| doc.lower(c) == "by") || word_before(doc, quantity, 1) == "by";
    let ahead = led
        && site.verbs.iter().map(|v| v.token).chain(site.clause).any(|v| {
            matches!(
                doc.lemma(v),
                "win" | "lose" | "lead" | "trail" | "beat" | "defeat" | "edge" | "outnumber" | "exceed"
            )
        });
    (quantity.from.is_none() && quantity.to.is_none()) && (ahead || is_gap || is_said_of_gap(doc, quantity))
}

/// "Not four but seven": "but" stands behind the number, or behind what it counts.
fn is_but(doc: &Document, quantity: &Quantity) -> bool {
    let after = doc.tokens_in(quantity.span).end.index();
    (after..after + 3).map(Id::<Token>::new).any(|t| doc.tokens.at(t).is_some() && doc.lower(t) == "but")
}

/// "The difference, a clerk said, is six": the sentence begins with the noun, and the number is what it is.
fn is_said_of_gap(doc: &Document, quantity: &Quantity) -> bool {
    let own = doc.tokens_in(quantity.span).start;
    let Some(tokens) = doc.sentences.at(doc.sentence_of(own)).map(|s| s.tokens.clone()) else { return false };
    let first = Id::range(tokens).take(3).find(|&t| doc.pos(t) == Pos::Noun);
    let is_gap = first.is_some_and(|t| t < own && super::measure::is_gap(doc.lemma(t)));
    is_gap && matches!(word_before(doc, quantity, 1), "is" | "was" | "are" | "were")
}

/// "Three bodies were counted twice".
fn is_counted_twice(doc: &Document, site: &Site) -> bool {
    let is_twice = |t: Id<Token>| {
        matches!(doc.lemma(t), "count" | "list" | "record" | "register" | "include" | "report" | "appear" | "enter")
            && doc.children(t).any(|c| matches!(doc.lower(c), "twice" | "double" | "doubly"))
    };
    site.clause.is_some_and(is_twice)
}

/// "Needs 270 votes to win", "must have a turnout of at least 50 percent", "requires that 40 percent vote": what has to be reached.
fn is_required(doc: &Document, quantity: &Quantity, site: &Site) -> bool {
    let bound = quantity.value.is_none() && quantity.lower.is_some() != quantity.upper.is_some();
    let share = matches!(quantity.kind, QuantityKind::Percent | QuantityKind::Fraction);
    let heads = site.verbs.iter().map(|v| v.token).chain(site.clause).chain(site.nouns.iter().copied());
    let mut above: Vec<Id<Token>> = heads.collect();
    let governs = |t: Id<Token>| doc.head(t).filter(|_| matches!(doc.relation(t).base(), "ccomp" | "xcomp" | "obj"));
    above.extend(above.clone().into_iter().filter_map(governs));
    above.into_iter().any(|head| {
        let must = doc.children(head).any(|c| doc.relation(c).is("aux") && doc.lower(c) == "must");
        // "have to have": the verb of the clause hangs on the first.
        let has_to = doc.lemma(head) == "have"
            && doc
                .children(head)
                .any(|c| doc.relation(c) == Relation::Xcomp && c > head && c < doc.tokens_in(quantity.span).start);
        let needs = matches!(doc.lemma(head), "need" | "require");
        let to = || {
            doc.children(head).any(|c| {
                matches!(doc.relation(c), Relation::Xcomp | Relation::Advcl | Relation::Ccomp)
                    && c > doc.tokens_in(quantity.span).start
                    && doc.children(c).any(|m| doc.lower(m) == "to")
            })
        };
        (bound || share) && (must || has_to || needs) || needs && to()
    })
}

/// "Beating the $2 million analysts had expected": the number of a clause that hangs on it without a word between.
fn is_expected(doc: &Document, quantity: &Quantity) -> bool {
    let after = doc.tokens_in(quantity.span).end.index();
    let tokens = (after..after + 6).map(Id::<Token>::new).take_while(|&t| {
        doc.tokens.at(t).is_some() && doc.relation(t) != Relation::Punct && !matches!(doc.pos(t), Pos::Adp | Pos::Cconj)
    });
    let tokens: Vec<Id<Token>> = tokens.collect();
    let is_had = |t: &Id<Token>| matches!(doc.lower(*t), "had" | "have" | "has" | "was" | "were");
    quantity.kind != QuantityKind::Count
        && tokens.iter().any(is_had)
        && tokens.iter().any(|&t| doc.pos(t) == Pos::Verb && WORDS.forecast.contains(&doc.lemma(t)))
        && tokens.first().is_some_and(|&t| !is_had(&t) || doc.lower(t) == "that")
}

/// "Ate up 800 hectares", "drove up 40 lorries": the particle belongs to a verb that tells of no change.
fn is_eaten_up(doc: &Document, quantity: &Quantity) -> bool {
    // "Traded up 1 percent", "revised down 7,000, from 79,000": a share eats nothing, and what has ends has changed.
    if matches!(quantity.kind, QuantityKind::Percent) || quantity.from.is_some() {
        return false;
    }
    let start = doc.tokens_in(quantity.span).start.index();
    (1..=3).filter_map(|n| start.checked_sub(n)).map(Id::<Token>::new).any(|t| {
        let is_other = |h: Id<Token>| doc.pos(h) == Pos::Verb && !super::measure::is_change(doc.lemma(h));
        let before = || t.index().checked_sub(1).map(Id::<Token>::new);
        matches!(doc.lower(t), "up" | "down" | "off")
            && (doc.relation(t).is("compound") && doc.head(t).is_some_and(is_other) || before().is_some_and(is_other))
    })
}

/// "12 more", "5 percent higher": how much more, not how much.
fn is_compared(doc: &Document, quantity: &Quantity) -> bool {
    let after = doc.tokens_in(quantity.span).end;
    let word = |n: usize| {
        let token = Id::<Token>::new(after.index() + n);
        doc.tokens.at(token).map_or("", |_| doc.lower(token))
    };
    let is_measured = quantity.unit.code != "item" && quantity.unit.code != "person";
    // "200 feet below the surface": where something is.
    let is_place = matches!(word(0), "above" | "below")
        && crate::lexicon::measure::by_code(&quantity.unit.code).is_some_and(|m| m.dimension == "length")
        && quantity.change.is_none();
    let is_more = |w: &str| matches!(w, "more" | "fewer" | "less" | "higher" | "lower" | "above" | "below");
    !is_place && is_more(word(0)) && (is_measured || word(1) == "than" || matches!(word(1), "." | "," | ";"))
}

fn word_before<'d>(doc: &'d Document, quantity: &Quantity, n: usize) -> &'d str {
    let mut at = doc.tokens_in(quantity.span).start.index();
    let mut left = n;
    while left > 0 && at > 0 {
        at -= 1;
        if !matches!(doc.lower(Id::new(at)), "the" | "a" | "an" | "its" | "their" | "$" | "£" | "€") {
            left -= 1;
        }
    }
    if left == 0 { doc.lower(Id::new(at)) } else { "" }
}

/// What a verb or noun, its auxiliaries and the words that govern it make of a figure.
fn expected(doc: &Document, head: Id<Token>) -> Option<Aspect> {
    // "could not account for 31": what could not be done was not done.
    let undone = doc.children(head).any(|c| matches!(doc.lower(c), "not" | "n't" | "n’t" | "never"));
    let has_been = doc.children(head).any(|c| doc.relation(c).is("aux") && doc.lower(c) == "have");
    let aux = doc.children(head).find_map(|c| match doc.lower(c) {
        "could" if undone => None,
        // "may have been exposed": what perhaps was, and not what is to come.
        "could" | "may" | "might" if has_been => None,
        _ if !doc.relation(c).is("aux") => None,
        "will" | "would" | "'ll" | "shall" if happens(doc, head) || is_foretold(doc, head) => Some(Aspect::Forecast),
        "will" | "would" | "'ll" | "shall" => Some(Aspect::Plan),
        "could" | "may" | "might" => Some(Aspect::Forecast),
        _ => None,
    });
    if aux.is_some() {
        return aux;
    }
    // "The number of jobs **to be shed**": what is to be done has not been done.
    let to_be = doc.relation(head) == Relation::Acl
        && is_passive(doc, head)
        && doc.children(head).any(|c| doc.relation(c) == Relation::Mark && doc.lower(c) == "to");
    if to_be {
        return Some(Aspect::Plan);
    }
    // "**will** use the money **to hire** 1,000 workers": what is done for a purpose that is to come.
    let purpose = matches!(doc.relation(head), Relation::Advcl | Relation::Xcomp)
        && doc.children(head).any(|c| doc.relation(c) == Relation::Mark && doc.lower(c) == "to");
    let above = doc.head(head).filter(|_| purpose);
    if above
        .is_some_and(|a| doc.children(a).any(|c| doc.relation(c).is("aux") && matches!(doc.lower(c), "will" | "'ll")))
    {
        return Some(Aspect::Plan);
    }
    let mut at = head;
    for step in 0..4 {
        let lemma = doc.lemma(at);
        if WORDS.forecast.contains(&lemma) {
            return Some(Aspect::Forecast);
        }
        // A plan governs by "to": what is planned, not what is told of plans.
        if WORDS.plan.contains(&lemma) && (step > 0 || doc.relation(at) == Relation::Amod) {
            return Some(Aspect::Plan);
        }
        if step == 0 && WORDS.limit.contains(&lemma) {
            return Some(Aspect::Limit);
        }
        let is_governed = match doc.relation(at) {
            // What is expected is told behind it.
            Relation::Xcomp => doc.head(at).is_some_and(|above| above < at),
            Relation::Obj | Relation::Nmod => doc.pos(at) == Pos::Noun,
            Relation::Acl => doc.children(at).any(|c| doc.relation(c) == Relation::Mark && doc.lower(c) == "to"),
            _ => false,
        };
        match doc.head(at).filter(|_| is_governed) {
            Some(above) => at = above,
            None => break,
        }
    }
    None
}

/// "Would have 54 seats", "will rise to 5 percent": what comes of itself is foreseen, and nobody's plan.
fn happens(doc: &Document, verb: Id<Token>) -> bool {
    let lemma = doc.lemma(verb);
    let acts = doc.children(verb).any(|c| doc.relation(c) == Relation::Obj && doc.pos(c) == Pos::Noun)
        || is_passive(doc, verb);
    // "The cost would be 5 million".
    let is = doc.children(verb).any(|c| doc.relation(c) == Relation::Cop);
    is || matches!(lemma, "be" | "have" | "see" | "reach" | "total" | "exceed" | "remain" | "stand" | "lose" | "win")
        || super::measure::is_change(lemma) && !acts
}

/// "The office predicts that the storm **will bring** 12 inches", "the bridge will need 300 piles": what a forecast says, or what
/// will do something and can plan nothing.
fn is_foretold(doc: &Document, verb: Id<Token>) -> bool {
    let above = doc.head(verb).filter(|_| doc.relation(verb) == Relation::Ccomp);
    if above.is_some_and(|v| WORDS.forecast.contains(&doc.lemma(v))) {
        return true;
    }
    let subject = doc.children(verb).find(|&c| doc.relation(c) == Relation::Nsubj);
    subject.is_some_and(|s| {
        let named = doc.labels.at(s).is_some_and(|l| l.name != NamePart::Outside);
        doc.pos(s) == Pos::Noun
            && !named
            && noun::of(doc, s).is_none()
            && !wordnet::is_person(doc.lemma(s))
            && !wordnet::is_organization(doc.lemma(s))
    })
}

/// The tokens of a number's own clause, without the clauses that hang on it.
pub fn clause(doc: &Document, quantity: &Quantity, site: &Site) -> Vec<Id<Token>> {
    let own = doc.tokens_in(quantity.span);
    let Some(tokens) = doc.sentences.at(doc.sentence_of(own.start)).map(|s| s.tokens.clone()) else {
        return Vec::new();
    };
    let Some(head) = site.clause.or_else(|| site.verbs.first().map(|v| v.token)) else {
        return Id::range(tokens).collect();
    };
    let is_inside = |token: Id<Token>| {
        let mut at = token;
        for _ in 0..40 {
            if at == head {
                return true;
            }
            let relation = doc.relation(at);
            let is_clause = matches!(relation.base(), "ccomp" | "parataxis" | "advcl")
                || relation.is("conj") && doc.pos(at) == Pos::Verb;
            if is_clause && !own.contains(&at) && !site.verbs.iter().any(|v| v.token == at) {
                return false;
            }
            match doc.head(at) {
                Some(above) => at = above,
                None => return false,
            }
        }
        false
    };
    Id::range(tokens).filter(|&t| is_inside(t) || own.contains(&t)).collect()
}

/// Why the number is of another scope than the plain question.
pub fn scopes(doc: &Document, quantity: &Quantity, site: &Site, clause: &[Id<Token>]) -> Vec<(ScopeKind, SmolStr)> {
    let mut found = Vec::new();
    let before = [word_before(doc, quantity, 1), word_before(doc, quantity, 2)];
    let text_of = |t: Id<Token>| doc.tokens.at(t).map_or("", |_| doc.lower(t));
    let is_among = matches!(before[0], "including" | "them" | "whom" | "these" | "includes" | "include")
        && (before[0] != "them" && before[0] != "whom" && before[0] != "these"
            || matches!(before[1], "among" | "of" | "amongst"));
    let after = doc.tokens_in(quantity.span).end;
    let is_of = |n: usize| {
        let word =
            |k: usize| doc.tokens.at(Id::new(after.index() + k)).map_or("", |_| doc.lower(Id::new(after.index() + k)));
        let is_owner = matches!(word(n + 1), "mine" | "ours" | "his" | "hers" | "theirs" | "yours");
        matches!(word(n), "of")
            && (is_owner || matches!(word(n + 1), "them" | "whom" | "those" | "these" | "the" | "which"))
    };
    // A share has a whole of its own.
    let is_share = matches!(quantity.kind, QuantityKind::Percent | QuantityKind::Fraction);
    if !is_share && (is_among || site.is_partitive || is_of(0) && !has_own_whole(doc, after)) {
        found.push((ScopeKind::Part, SmolStr::new_static("of all")));
    }
    let is_one_of = is_beside_a_name(doc, site)
        || is_of_a_sum(doc, quantity)
        || is_ones_share(doc, quantity, site)
        || is_worse(doc, quantity, site);
    if found.is_empty() && is_one_of {
        found.push((ScopeKind::Part, SmolStr::new_static("of all")));
    }
    // "In Marbeck itself", "in the town alone": and not around it.
    let alone = clause.iter().find(|&&t| {
        let before = || t.index().checked_sub(1).map(Id::<Token>::new);
        matches!(doc.lower(t), "itself" | "alone" | "proper")
            && before().is_some_and(|noun| is_place(doc, noun))
            && text_of(Id::new(t.index() + 1)) != "that"
    });
    if let Some(&alone) = alone.filter(|_| found.is_empty()) {
        let noun = Id::<Token>::new(alone.index() - 1);
        found.push((
            ScopeKind::Part,
            SmolStr::new(format!("in {} {}", doc.slice(doc.tokens[noun].span), doc.lower(alone))),
        ));
    }
    let words: Vec<&str> = clause.iter().map(|&t| doc.lower(t)).collect();
    let text = format!(" {} ", words.join(" "));
    for (kind, list) in [(ScopeKind::Window, &WORDS.window), (ScopeKind::Area, &WORDS.area)] {
        let longest = list.iter().filter(|w| text.contains(&format!(" {w} "))).max_by_key(|w| w.len());
        if let Some(words) = longest {
            found.push((kind, SmolStr::new(words)));
        }
    }
    if !found.iter().any(|(kind, _)| *kind == ScopeKind::Window) {
        let stretch = times(doc, clause).find(|t| t.begin.is_some() || t.kind == TimeKind::Set);
        let last = times(doc, clause).find(|t| t.kind == TimeKind::Duration && is_past(doc, t));
        if let Some(time) = stretch.or(last) {
            found.push((ScopeKind::Window, SmolStr::new(doc.slice(time.span).to_lowercase())));
        }
    }
    found
}

/// "The ambassador and three others": those counted are not all.
fn is_beside_a_name(doc: &Document, site: &Site) -> bool {
    let Some(thing) = site.thing else { return false };
    let is_other = doc.lemma(thing) == "other" || doc.children(thing).any(|c| doc.lower(c) == "other");
    is_other && doc.relation(thing) == Relation::Conj && doc.head(thing).is_some_and(|h| doc.pos(h) == Pos::Propn)
}

/// A noun that is led by "in" or "at", or names a place.
fn is_place(doc: &Document, noun: Id<Token>) -> bool {
    let is_noun = matches!(doc.pos(noun), Pos::Noun | Pos::Propn);
    let led =
        doc.children(noun).any(|c| doc.relation(c) == Relation::Case && matches!(doc.lower(c), "in" | "at" | "within"));
    let is_named = doc.mentions_headed(noun).any(|(_, m)| m.class == Some(NameClass::Place));
    is_noun && (led || is_named)
}

/// "Corvin's share was $31 million": one's part of a sum.
fn is_ones_share(doc: &Document, quantity: &Quantity, site: &Site) -> bool {
    let is_part = |t: Id<Token>| matches!(doc.lemma(t), "share" | "part" | "portion" | "slice" | "instalment");
    let whose = |t: Id<Token>| doc.children(t).any(|c| doc.relation(c) == Relation::NmodPoss);
    quantity.kind == QuantityKind::Money
        && quantity.per.is_none()
        && site.thing.into_iter().chain(site.nouns.iter().copied()).any(|t| is_part(t) && whose(t))
}

/// "55 were wounded, 15 critically": a number of those before, told by how they fared.
fn is_worse(doc: &Document, quantity: &Quantity, site: &Site) -> bool {
    let tokens = doc.tokens_in(quantity.span);
    let is_behind = tokens.start.index().checked_sub(1).is_some_and(|t| matches!(doc.lower(Id::new(t)), "," | "and"));
    let after = doc.tokens.at(tokens.end).map_or("", |_| doc.lower(tokens.end));
    quantity.kind == QuantityKind::Count
        && site.thing.is_none()
        && is_behind
        && after.len() > 4
        && after.ends_with("ly")
}

/// "$3 million of the price": a part of a sum.
fn is_of_a_sum(doc: &Document, quantity: &Quantity) -> bool {
    let after = doc.tokens_in(quantity.span).end.index();
    let word = |n: usize| doc.tokens.at(Id::<Token>::new(after + n)).map_or("", |_| doc.lower(Id::new(after + n)));
    quantity.kind == QuantityKind::Money
        && word(0) == "of"
        && matches!(word(1), "the" | "that" | "this" | "its" | "their")
}

/// "In the last 24 hours", "over two days".
fn is_past(doc: &Document, time: &Time) -> bool {
    let words = doc.slice(time.span).to_lowercase();
    words.contains("last") || words.contains("past")
}

/// "Of the 120 beds": the whole is a number of its own, and the part of it no part of the question.
fn has_own_whole(doc: &Document, after: Id<Token>) -> bool {
    (1..5).any(|n| {
        let token = Id::<Token>::new(after.index() + n);
        doc.tokens.at(token).is_some() && doc.pos(token) == Pos::Num
    })
}

/// The sentence of a clause.
fn sentence_of(doc: &Document, clause: &[Id<Token>]) -> Option<Span> {
    clause.first().and_then(|&t| doc.sentences.at(doc.sentence_of(t))).map(|s| s.span)
}

fn times<'d>(doc: &'d Document, clause: &'d [Id<Token>]) -> impl Iterator<Item = &'d Time> {
    sentence_of(doc, clause).into_iter().flat_map(|s| doc.times.within(s)).map(|id| &doc.times[id]).filter(move |t| {
        let tokens = doc.tokens_in(t.span);
        Id::range(tokens).next().is_some_and(|first| clause.binary_search(&first).is_ok())
    })
}

/// The days on which it happened, and the day for which it stands.
pub fn days(doc: &Document, clause: &[Id<Token>]) -> (Option<(Date, Date)>, Option<Date>) {
    let (mut days, mut as_of) = (None, None);
    for time in times(doc, clause).filter(|t| matches!(t.kind, TimeKind::Date | TimeKind::Time)) {
        let Some((from, to)) = time.earliest.zip(time.latest).filter(|_| time.begin.is_none()) else { continue };
        let first = doc.tokens_in(time.span).start;
        let led = first.index().checked_sub(1).map_or("", |t| doc.lower(Id::new(t)));
        let is_state = matches!(led, "by" | "until" | "till")
            || led == "of" && first.index() >= 2 && doc.lower(Id::new(first.index() - 2)) == "as";
        if is_state {
            as_of = as_of.or(Some(to));
        } else if time.value != "PRESENT_REF" {
            days = days.or(Some((from, to)));
        } else {
            as_of = as_of.or(Some(to));
        }
    }
    (days, as_of)
}

/// Places that the clause names.
pub fn places(doc: &Document, clause: &[Id<Token>]) -> Vec<Id<Mention>> {
    let near = sentence_of(doc, clause).into_iter().flat_map(|s| doc.mentions.within(s));
    let rows = near
        .map(|id| (id, &doc.mentions[id]))
        .filter(|(_, m)| m.class == Some(NameClass::Place) && m.kind == MentionKind::Name);
    let inside = rows.filter(|(_, m)| clause.binary_search(&m.head).is_ok());
    // "The Kerman hospital said", "Iran's president": whom a place is named for is not where it happened.
    let is_where = |m: &Mention| {
        doc.children(m.head).any(|c| {
            doc.relation(c) == Relation::Case
                && matches!(
                    doc.lower(c),
                    "in" | "at" | "near" | "around" | "outside" | "off" | "of" | "on" | "across" | "from"
                )
        }) || matches!(doc.relation(m.head), Relation::Appos | Relation::Conj | Relation::Flat)
    };
    inside.filter(|(_, m)| is_where(m)).map(|(id, _)| id).collect()
}
