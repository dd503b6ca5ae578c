//! Propositions: the content of clauses as subject, relation and arguments, one for each predicate, all arguments kept.
//!
//! Rules over the tree, in this order: verbs and copular predicates; subjects of their own or taken over from the clause they
//! are joined to or controlled by; relative pronouns replaced by their nouns; auxiliaries, negation and particles kept in
//! the relation; "began to work" as one relation. What somebody says is a statement, so a verb of speech with its
//! clause makes no proposition.

mod argument;
pub mod tuple;

use crate::lexicon::factuality;
use crate::text::clause::subject;
use crate::text::*;

/// Finds the propositions of a document, in text order. Needs the tree; without one it finds nothing.
pub fn find(doc: &Document) -> Layer<Proposition> {
    if doc.heads.is_empty() {
        return Layer::default();
    }
    let mut found = Vec::new();
    let mut is_cue = vec![false; doc.tokens.len()];
    for cue in doc.statements.iter().flat_map(|s| &s.cue) {
        for token in Id::range(doc.tokens_in(*cue)) {
            is_cue[token.index()] = true;
        }
    }
    for (id, sentence) in doc.sentences.rows() {
        let repeated = doc.blocks.at(sentence.block).is_some_and(|b| {
            b.repeats.is_some() || matches!(b.kind, BlockKind::Byline | BlockKind::Dateline | BlockKind::Credit)
        });
        if !repeated {
            found.extend(Id::range(sentence.tokens.clone()).filter_map(|t| proposition(doc, id, t, &is_cue)));
        }
    }
    Layer::new(found)
}

/// The proposition that a token is the predicate of.
fn proposition(doc: &Document, sentence: Id<Sentence>, head: Id<Token>, is_cue: &[bool]) -> Option<Proposition> {
    let copula = doc.children(head).find(|&c| doc.relation(c) == Relation::Cop);
    if copula.is_none() && !is_verbal(doc, head) || merged(doc, head) {
        return None;
    }
    let own = doc.children(head).find(|&c| doc.relation(c).is("nsubj"));
    let subject = match own {
        Some(own) => clause::antecedent(doc, own, head),
        None => subject(doc, head)?,
    };
    if copula.is_none() && argument::says(doc, head, is_cue[head.index()]) {
        return None;
    }
    let chain = chain(doc, head);
    let predicate = relation(doc, head, copula, &chain);
    let span = before_the_predicate(doc, argument::phrase(doc, subject), &predicate);
    let mut arguments = vec![Argument { role: Role::Subject, span, case: None, head: subject }];
    if copula.is_some() {
        arguments.push(Argument {
            role: Role::Attribute,
            span: argument::attribute(doc, head),
            case: argument::case(doc, head),
            head,
        });
    }
    for &verb in &chain {
        if copula.is_none() || verb != head {
            arguments.extend(argument::of(doc, verb, &chain));
        }
    }
    if copula.is_some() {
        arguments.extend(argument::of(doc, head, &chain).into_iter().filter(|a| a.role == Role::Clause));
    }
    arguments.retain(|a| !a.span.is_empty());
    // The subject first, then in text order; one argument for one head.
    arguments[1..].sort_by_key(|a| a.span);
    arguments.dedup_by_key(|a| a.head);
    if arguments.len() < 2 || predicate.is_empty() {
        return None;
    }
    let statement = doc.statement_at(doc.tokens[head].span);
    Some(Proposition {
        sentence,
        head,
        predicate,
        arguments,
        factuality: factuality::of(doc, head, false, None, statement),
        statement,
        made_by: Rule(if copula.is_some() { "proposition/copula" } else { "proposition/verb" }),
    })
}

/// "an air raid **killed** four": where the tree hangs the predicate on its subject, the subject ends before it.
fn before_the_predicate(doc: &Document, subject: Span, predicate: &[Span]) -> Span {
    let Some(lead) = predicate.iter().map(|s| s.start()).min() else { return subject };
    if lead <= subject.start() || lead >= subject.end() {
        return subject;
    }
    let tokens = doc.tokens_in(subject);
    let mut end = Id::range(tokens.clone()).find(|&t| doc.tokens[t].span.start() >= lead).unwrap_or(tokens.end).index();
    let loose = |t: usize| {
        doc.pos(Id::new(t)) == Pos::Punct || matches!(doc.lower(Id::new(t)), "who" | "which" | "that" | "whom")
    };
    while end > tokens.start.index() + 1 && loose(end - 1) {
        end -= 1;
    }
    if end <= tokens.start.index() { subject } else { doc.span_of(tokens.start..Id::new(end)) }
}

/// A verb that makes a clause, and no adjective, preposition or part of a name.
fn is_verbal(doc: &Document, head: Id<Token>) -> bool {
    doc.pos(head) == Pos::Verb
        && !matches!(
            doc.relation(head),
            Relation::Amod | Relation::Compound | Relation::Fixed | Relation::Case | Relation::Mark
        )
}

/// "began **to work**": a verb that the one above takes into its relation.
fn merged(doc: &Document, verb: Id<Token>) -> bool {
    doc.relation(verb) == Relation::Xcomp
        && doc.pos(verb) == Pos::Verb
        && doc.head(verb).is_some_and(|h| {
            doc.pos(h) == Pos::Verb
                && !doc.children(h).any(|c| matches!(doc.relation(c), Relation::Obj | Relation::Iobj) && c < verb)
        })
        && !doc.children(verb).any(|c| doc.relation(c).is("nsubj"))
}

/// The predicate's head and the verbs merged into it.
fn chain(doc: &Document, head: Id<Token>) -> Vec<Id<Token>> {
    let mut chain = vec![head];
    while let Some(next) = doc.children(chain[chain.len() - 1]).find(|&c| c > head && merged(doc, c)) {
        if chain.len() > 4 {
            break;
        }
        chain.push(next);
    }
    chain
}

/// The words of the relation: auxiliaries, copula, negation, particles, verbs; neighbours as one span.
fn relation(doc: &Document, head: Id<Token>, copula: Option<Id<Token>>, chain: &[Id<Token>]) -> Vec<Span> {
    let tokens = relation_tokens(doc, head, copula, chain);
    let mut spans: Vec<Span> = Vec::new();
    let mut last: Option<Id<Token>> = None;
    for token in tokens {
        let span = doc.tokens[token].span;
        match (spans.last_mut(), last) {
            (Some(open), Some(before)) if before.index() + 1 == token.index() => *open = open.join(span),
            _ => spans.push(span),
        }
        last = Some(token);
    }
    spans
}

/// The tokens of the relation, in text order.
fn relation_tokens(doc: &Document, head: Id<Token>, copula: Option<Id<Token>>, chain: &[Id<Token>]) -> Vec<Id<Token>> {
    let mut tokens: Vec<Id<Token>> = Vec::new();
    for &verb in chain {
        if copula.is_none() || verb != head {
            tokens.push(verb);
        }
        for child in doc.children(verb) {
            let lower = doc.lower(child);
            let part = match doc.relation(child) {
                Relation::Aux | Relation::AuxPass | Relation::Cop | Relation::CompoundPrt => true,
                Relation::Advmod => {
                    matches!(lower, "not" | "n't" | "never" | "no" | "also" | "already" | "still" | "again")
                }
                Relation::Mark => lower == "to" && verb != head,
                _ => false,
            };
            if part {
                tokens.push(child);
            }
        }
        // "was killed and wounded": the second shares the auxiliary.
        if verb == head && doc.relation(head) == Relation::Conj {
            tokens.extend(shared(doc, head));
        }
    }
    tokens.sort();
    tokens.dedup();
    tokens
}

/// The auxiliaries of the first verb, for a joined verb of the same form that has none.
fn shared(doc: &Document, verb: Id<Token>) -> Vec<Id<Token>> {
    let Some(first) = doc.head(verb) else { return Vec::new() };
    let aux = |v: Id<Token>| {
        doc.children(v).filter(|&c| matches!(doc.relation(c), Relation::Aux | Relation::AuxPass)).collect::<Vec<_>>()
    };
    let subject = doc.children(verb).any(|c| doc.relation(c).is("nsubj"));
    if subject || !aux(verb).is_empty() || doc.xpos(verb) != doc.xpos(first) { Vec::new() } else { aux(first) }
}
