//! Who gives a number, and whether it is given as what is not so.

use std::sync::LazyLock;

use rustc_hash::FxHashMap;

use crate::lexicon::table;
use crate::text::*;

/// Words that deny what they are said of, with their class.
static WORDS: LazyLock<FxHashMap<&'static str, &'static str>> = LazyLock::new(|| {
    table::rows(include_str!("en/untrue.tsv"))
        .filter_map(|(_, cells)| Some((*cells.first()?, *cells.get(1)?)))
        .flat_map(|(class, list)| table::list(list).map(move |word| (word, class)))
        .collect()
});

fn is(doc: &Document, token: Id<Token>, class: &str) -> bool {
    // "The city **lies** 80 miles off" is none.
    let lies = doc.lemma(token) == "lie" && doc.pos(token) == Pos::Verb;
    !lies && WORDS.get(doc.lemma(token)).is_some_and(|c| *c == class)
}

/// The quantities once more, each with its innermost statement and whether it is denied there.
pub fn told(doc: &Document) -> Layer<Quantity> {
    let rows = doc.quantities.iter().map(|row| {
        let statement = match doc.statement_at(row.span) {
            Some(s)
                if turned_down(doc, row, &doc.statements[s])
                    || voted(doc, row, &doc.statements[s])
                    || known(doc, row, &doc.statements[s]) =>
            {
                doc.statements[s].parent
            }
            statement => statement,
        };
        Quantity { statement, denied: denied(doc, row, statement), ..row.clone() }
    });
    Layer::new(rows.collect())
}

/// "**Two proposals** were rejected": so many things were turned down, and no figure was.
fn turned_down(doc: &Document, row: &Quantity, statement: &Statement) -> bool {
    let [content] = statement.content.as_slice() else { return false };
    let words = doc.tokens_in(*content);
    let verb = Id::range(words.clone()).any(|t| matches!(doc.pos(t), Pos::Verb | Pos::Aux));
    let figure = row.counted.is_some_and(|c| {
        Id::range(doc.tokens_in(c))
            .any(|t| matches!(doc.lemma(t), "report" | "claim" | "estimate" | "figure" | "toll" | "death" | "casualty"))
    });
    // The thing counted is all that is turned down: not "talk of 500 layoffs".
    let head = row.counted.and_then(|c| Id::range(doc.tokens_in(c)).next_back());
    let all = head.is_some_and(|t| doc.head(t).is_none_or(|h| !words.contains(&h)))
        && Id::range(doc.tokens_in(row.span)).next().is_some_and(|t| t.index() <= words.start.index() + 2);
    statement.modality == Modality::Denied
        && row.kind == QuantityKind::Count
        && row.counted.is_some()
        && !verb
        && !figure
        && all
}

/// "The mayor condemned the attack that killed **44 people**", "claimed responsibility for it": whoever takes a side speaks of
/// what is known already, and gives no number of it.
fn known(doc: &Document, row: &Quantity, statement: &Statement) -> bool {
    let Some(piece) = statement.content.iter().find(|c| c.start() <= row.span.start() && row.span.end() <= c.end())
    else {
        return false;
    };
    let words = doc.tokens_in(*piece);
    let Some(head) = Id::range(words.clone()).find(|&t| doc.head(t).is_none_or(|h| !words.contains(&h))) else {
        return false;
    };
    let sides = statement.takes_side || matches!(doc.lemma(head), "responsibility" | "credit");
    let figure = matches!(doc.lemma(head), "report" | "claim" | "estimate" | "figure" | "toll" | "count" | "number");
    // A noun, and no clause: "regretted that 40 shops had closed".
    let clause = doc.children(head).any(|t| doc.relation(t).is("nsubj") || doc.relation(t) == Relation::Mark);
    sides && matches!(doc.pos(head), Pos::Noun | Pos::Propn) && !clause && !figure
}

/// "MPs rejected the motion **by 322 votes to 308**": how a vote went is told by nobody in it.
fn voted(doc: &Document, row: &Quantity, statement: &Statement) -> bool {
    let tokens = doc.tokens_in(row.span);
    let word = |t: usize| doc.tokens.at(Id::new(t)).map_or("", |t| t.lower.as_str());
    let (start, end) = (tokens.start.index(), tokens.end.index());
    let votes = |t: usize| matches!(word(t), "vote" | "votes");
    let back = |n: usize| start.checked_sub(n).map_or("", word);
    let tally = back(1) == "by" && votes(end)
        || back(1) == "to" && (1..5).any(|n| start > n && votes(start - n))
        || back(1) == "of" && matches!(back(2), "majority" | "margin");
    // Who says how it went has a verb of its own in what he says; who votes has none.
    let clause = statement.content.iter().any(|&c| {
        Id::range(doc.tokens_in(c)).any(|t| doc.relation(t).is("nsubj") || doc.relation(t) == Relation::Mark)
    });
    tally && !clause
}

/// Denied by its statement or one around it, negated by the verb it hangs on, or called untrue.
fn denied(doc: &Document, row: &Quantity, statement: Option<Id<Statement>>) -> bool {
    if matches!(row.kind, QuantityKind::Ordinal | QuantityKind::Score) {
        return false;
    }
    let mut outer = statement;
    for _ in 0..6 {
        let Some(id) = outer else { break };
        if doc.statements[id].modality == Modality::Denied {
            return true;
        }
        outer = doc.statements[id].parent.filter(|&p| p != id);
    }
    let tokens = doc.tokens_in(row.span);
    if contrasted(doc, tokens.start) || wondered(doc, tokens.start) {
        return true;
    }
    // "There were **no** 200 dead."
    if tokens.start.index() > 0 && doc.lower(Id::new(tokens.start.index() - 1)) == "no" {
        return true;
    }
    let Some(anchor) = anchor(doc, tokens.clone()) else { return false };
    let held = |token: Id<Token>| statement.is_none_or(|s| doc.statements[s].holds(doc.tokens[token].span));
    let mut at = anchor;
    let mut verbs = 0;
    for _ in 0..8 {
        let predicate =
            matches!(doc.pos(at), Pos::Verb | Pos::Aux) || doc.children(at).any(|c| doc.relation(c) == Relation::Cop);
        if is(doc, at, "untrue") || is(doc, at, "true") && is_negated(doc, at) {
            return true;
        }
        if is(doc, at, "call") && called_untrue(doc, at, tokens.end) {
            return true;
        }
        if is(doc, at, "deny") && at < anchor && !is_negated(doc, at) {
            return true;
        }
        if predicate && verbs == 0 && held(at) && undone(doc, row, at, anchor) {
            return true;
        }
        verbs += usize::from(predicate);
        let clause = !matches!(doc.relation(at), Relation::AclRelcl | Relation::Advcl | Relation::Parataxis);
        match doc.head(at) {
            // Whoever calls a claim a lie stands outside of it.
            Some(head)
                if clause
                    && (held(head)
                        || is(doc, head, "call")
                        || is(doc, head, "deny")
                        || !held(at)
                        || is(doc, head, "untrue")) =>
            {
                at = head
            }
            _ => break,
        }
    }
    untrue_that(doc, anchor) || branded(doc, tokens.end)
}

/// "nine people, not **eleven**", "12 and not **40**", "30 instead of **35**": the number that another one is given in place of.
fn contrasted(doc: &Document, start: Id<Token>) -> bool {
    let before = |n: usize| start.index().checked_sub(n).map_or("", |t| doc.lower(Id::new(t)));
    let shift = usize::from(before(1) == "the");
    let (last, prior) = (before(1 + shift), before(2 + shift));
    last == "not" && matches!(prior, "," | "and" | "—" | "–" | "-")
        || last == "than" && prior == "rather"
        || last == "of" && prior == "instead"
}

/// "How one gets to **35,000** I don't know", "it is not known whether **12** died": who does not know claims no number.
fn wondered(doc: &Document, start: Id<Token>) -> bool {
    let sentence = doc.sentences[doc.sentence_of(start)].tokens.clone();
    let asks = |t: Id<Token>| matches!(doc.lower(t), "how" | "whether" | "if" | "why" | "where");
    let Some(word) = Id::range(sentence.start..start).find(|&t| asks(t)) else { return false };
    let knows = |t: Id<Token>| matches!(doc.lemma(t), "know" | "understand") && is_negated(doc, t);
    // Right before the question, or right behind it.
    let behind =
        |t: Id<Token>| t > start && Id::range(start..t).all(|x| !matches!(doc.lower(x), "." | ";" | "but" | "and"));
    Id::range(sentence).any(|t| knows(t) && (t < word && word.index() - t.index() <= 3 || behind(t)))
}

/// The token that the number hangs on its sentence with.
fn anchor(doc: &Document, tokens: std::ops::Range<Id<Token>>) -> Option<Id<Token>> {
    let outside = |t: &Id<Token>| doc.head(*t).is_none_or(|h| !tokens.contains(&h));
    let heavy = |t: &Id<Token>| !matches!(doc.pos(*t), Pos::Adp | Pos::Adv | Pos::Punct | Pos::Part);
    Id::range(tokens.clone()).rev().find(|t| outside(t) && heavy(t)).or_else(|| Id::range(tokens.clone()).next_back())
}

/// "did not lose", "was never paid"; "not only" denies nothing.
fn is_negated(doc: &Document, token: Id<Token>) -> bool {
    doc.children(token).any(|c| {
        let next = || doc.tokens.at(Id::new(c.index() + 1)).map_or("", |t| t.lower.as_str());
        matches!(doc.lower(c), "not" | "n't" | "n’t" | "never")
            && c < token
            && !matches!(next(), "only" | "just" | "merely" | "simply" | "until" | "even" | "yet" | "always" | "all")
    })
}

/// "did not destroy 100 homes", "never took $5,000": a deed of the past that did not happen to so many. What is not reached
/// or known bounds a number, and what will not be done to "the two" leaves them two.
fn undone(doc: &Document, row: &Quantity, verb: Id<Token>, anchor: Id<Token>) -> bool {
    let bounds = matches!(
        doc.lemma(verb),
        "exceed"
            | "reach"
            | "top"
            | "pass"
            | "hit"
            | "surpass"
            | "need"
            | "want"
            | "have"
            | "expect"
            | "say"
            | "know"
            | "include"
            | "count"
            | "confirm"
            | "deny"
            | "rule"
            | "give"
            | "make"
            | "be"
            | "participate"
            | "find"
    );
    let one = row.value == Some(rust_decimal::Decimal::ONE);
    let amount = matches!(row.kind, QuantityKind::Count | QuantityKind::Money | QuantityKind::Measure);
    let exact = row.relation == QuantityRelation::Equal || row.relation == QuantityRelation::About;
    let aux = doc.children(verb).any(|c| {
        matches!(doc.relation(c), Relation::Aux | Relation::AuxPass)
            && matches!(doc.lower(c), "did" | "have" | "has" | "had" | "was" | "were")
    });
    let bare = doc.children(verb).any(|c| doc.lower(c) == "never") && doc.xpos(verb) == Xpos::Vbd;
    let condition = doc.children(verb).any(|c| doc.relation(c) == Relation::Mark && doc.lower(c) != "that");
    // The number or the noun it counts is the object.
    let object = match doc.relation(anchor) {
        Relation::Obj => Some(anchor),
        Relation::Nummod => doc.head(anchor).filter(|&n| doc.relation(n) == Relation::Obj),
        _ => None,
    };
    let object = object.filter(|&o| doc.head(o) == Some(verb) && o > verb && doc.pos(o) != Pos::Propn);
    let definite = object.is_some_and(|o| {
        doc.children(o).any(|c| {
            matches!(doc.relation(c), Relation::NmodPoss)
                || matches!(doc.lower(c), "the" | "these" | "those" | "all" | "both")
        })
    });
    object.is_some()
        && !definite
        && amount
        && exact
        && !one
        && !bounds
        && !condition
        && (aux || bare)
        && is_negated(doc, verb)
}

/// "called the toll of 200 nonsense", "was called a lie by the governor".
fn called_untrue(doc: &Document, verb: Id<Token>, end: Id<Token>) -> bool {
    let from = verb.max(end);
    let sentence = doc.sentences[doc.sentence_of(verb)].tokens.end;
    let to = sentence.min(Id::new(from.index() + 7));
    Id::range(from..to.max(from))
        .take_while(|&t| !matches!(doc.lower(t), "," | ";" | "and" | "but"))
        .any(|t| is(doc, t, "untrue"))
}

/// "The claim that 55 had died was called a lie", whatever the tree makes of it: a passive behind the number and no comma.
fn branded(doc: &Document, end: Id<Token>) -> bool {
    let sentence = doc.sentences.at(doc.sentence_of(end)).map_or(end, |s| s.tokens.end);
    let near = sentence.min(Id::new(end.index() + 10)).max(end);
    let verb = Id::range(end..near).take_while(|&t| !matches!(doc.lower(t), "," | ";" | "and" | "but")).find(|&t| {
        let before = t.index().checked_sub(1).map_or("", |i| doc.lower(Id::new(i)));
        is(doc, t, "call") && matches!(before, "was" | "were" | "been" | "is" | "are")
    });
    verb.is_some_and(|v| called_untrue(doc, v, end))
}

/// "It is untrue, the headmaster told parents, that 12 pupils were expelled": with words between.
fn untrue_that(doc: &Document, anchor: Id<Token>) -> bool {
    let start = doc.sentences[doc.sentence_of(anchor)].tokens.start;
    let that = Id::range(start..anchor).rev().take(12).find(|&t| doc.lower(t) == "that");
    let Some(that) = that else { return false };
    Id::range(start..that).rev().take(16).any(|t| {
        let before = |back: usize| t.index().checked_sub(back).map_or("", |i| doc.lower(Id::new(i)));
        let copula = |w: &str| matches!(w, "is" | "was" | "'s" | "’s");
        let untrue = is(doc, t, "untrue") && doc.pos(t) == Pos::Adj && copula(before(1));
        let not_true = is(doc, t, "true") && matches!(before(1), "not" | "n't" | "n’t") && copula(before(2));
        untrue || not_true
    })
}
