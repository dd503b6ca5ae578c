//! Clauses: who does what in a tree, past the passive, relative pronouns, conjunction and control.

use super::{Document, Id, Pos, Relation, Span, Token, Xpos};

/// The subject of a verb, also of the verb it is joined to or controlled by ("pledged **to strike**").
pub fn subject(doc: &Document, verb: Id<Token>) -> Option<Id<Token>> {
    let mut at = verb;
    for _ in 0..4 {
        let passive_at = is_passive(doc, at);
        let own = doc.children(at).find(|&c| {
            doc.relation(c).is("nsubj") && (at == verb || doc.relation(c) != Relation::NsubjPass || passive_at)
        });
        if let Some(own) = own {
            return Some(antecedent(doc, own, at));
        }
        match doc.relation(at) {
            Relation::Conj | Relation::Xcomp => {
                at = doc.head(at).filter(|&h| doc.pos(h) == Pos::Verb || doc.pos(h) == Pos::Adj)?
            }
            Relation::Advcl if matches!(doc.xpos(at), Xpos::Vbg | Xpos::Vb) => at = doc.head(at)?,
            Relation::Acl => return doc.head(at),
            _ => return None,
        }
    }
    None
}

/// The object of a verb or, in the passive, its subject.
pub fn object(doc: &Document, verb: Id<Token>) -> Option<Id<Token>> {
    let passive = is_passive(doc, verb);
    let fits = |c: Id<Token>| doc.relation(c) == Relation::Obj || passive && doc.relation(c) == Relation::NsubjPass;
    doc.children(verb)
        .find(|&c| fits(c) && (passive || c > verb || matches!(doc.lower(c), "that" | "which" | "whom" | "what")))
        .or_else(|| {
            // "destroyed 20 trucks hauling grain", read as a clause with a subject.
            let clause = doc.children(verb).find(|&c| {
                c > verb
                    && doc.xpos(c) == Xpos::Vbg
                    && matches!(doc.relation(c), Relation::Ccomp | Relation::Xcomp | Relation::Advcl)
                    && !doc.children(c).any(|k| matches!(doc.relation(k), Relation::Aux | Relation::Mark))
            })?;
            doc.children(clause).find(|&c| doc.relation(c) == Relation::Nsubj && c > verb && c < clause)
        })
        .or_else(|| {
            // "the trucks destroyed on Monday": the noun is the object of the participle.
            (doc.relation(verb) == Relation::Acl && doc.xpos(verb) == Xpos::Vbn).then(|| doc.head(verb)).flatten()
        })
}

/// True for a verb in the passive, also a bare participle.
pub fn is_passive(doc: &Document, verb: Id<Token>) -> bool {
    let marked = doc.children(verb).any(|c| matches!(doc.relation(c), Relation::NsubjPass | Relation::AuxPass));
    let bare = doc.xpos(verb) == Xpos::Vbn
        && matches!(doc.relation(verb), Relation::Acl | Relation::Advcl | Relation::Amod)
        && !doc.children(verb).any(|c| matches!(doc.relation(c), Relation::Obj | Relation::Aux));
    // "was shot and killed": the second shares the auxiliary of the first.
    let shared = doc.relation(verb) == Relation::Conj
        && doc.xpos(verb) == Xpos::Vbn
        && !doc
            .children(verb)
            .any(|c| matches!(doc.relation(c), Relation::Obj | Relation::Aux) || doc.relation(c).is("nsubj"))
        && doc.head(verb).is_some_and(|h| doc.pos(h) == Pos::Verb && is_passive(doc, h));
    marked || bare || shared
}

/// A relative pronoun's noun: "trucks **that** carried".
pub fn antecedent(doc: &Document, token: Id<Token>, verb: Id<Token>) -> Id<Token> {
    let relative =
        matches!(doc.lower(token), "who" | "that" | "which" | "whom") && doc.relation(verb) == Relation::AclRelcl;
    let Some(head) = doc.head(verb).filter(|_| relative) else { return token };
    // "would be done by other firms, said **Dora Finch**, who was elected": a relative clause belongs to a phrase that ends before it.
    // What stands right before, and hangs neither on the tree's choice nor over it, is the nearer one.
    let before = Id::range(head..token).rev().find(|&t| doc.lower(t) != ",").filter(|&t| doc.pos(t) == Pos::Propn);
    let mut near = before.unwrap_or(head);
    while matches!(doc.relation(near), Relation::Flat | Relation::Compound) {
        match doc.head(near).filter(|&h| h > head && h < token) {
            Some(above) => near = above,
            None => break,
        }
    }
    let spoken = doc.lower(token) == "who"
        && doc.relation(near) == Relation::Nsubj
        && doc.head(near).is_some_and(|h| h > head && h < near && doc.pos(h) == Pos::Verb);
    if spoken { near } else { head }
}

/// The noun phrase of a head without the clauses that hang on it.
pub fn phrase(doc: &Document, head: Id<Token>) -> Span {
    let mut range = head..Id::new(head.index() + 1);
    for child in doc.children(head) {
        let clause = matches!(
            doc.relation(child),
            Relation::AclRelcl
                | Relation::Acl
                | Relation::Advcl
                | Relation::Punct
                | Relation::Parataxis
                | Relation::Appos
                | Relation::Case
                | Relation::Nsubj
                | Relation::Cop
                | Relation::Conj
                | Relation::Cc
                | Relation::NsubjPass
                | Relation::Aux
                | Relation::AuxPass
                | Relation::Mark
                | Relation::Obl
        );
        if !clause {
            let subtree = doc.subtree(child);
            range = range.start.min(subtree.start)..range.end.max(subtree.end);
        }
    }
    doc.span_of(range)
}

/// How many words may narrow a noun behind it.
const NARROWING: usize = 12;

/// A noun phrase with what narrows it behind: "patients **without insurance**", "people **aged over 60**", "drivers **who pass the
/// gate**". Nothing behind a comma, no time, nothing longer than a few words, and not the number itself: "a fine | of $50".
pub fn narrowed(doc: &Document, span: Span, number: Span) -> Span {
    let tokens = doc.tokens_in(span);
    if doc.heads.is_empty() || tokens.start >= tokens.end {
        return span;
    }
    let (mut end, first) = (tokens.end, tokens.start);
    while let Some(next) = doc.tokens.at(end).map(|_| end) {
        let narrows = |c: &Id<Token>| {
            let below = doc.subtree(*c);
            let led = || doc.children(*c).find(|&k| doc.relation(k) == Relation::Case).map_or("", |k| doc.lower(k));
            let fits = match doc.relation(*c) {
                Relation::Nmod => {
                    matches!(doc.pos(*c), Pos::Noun | Pos::Propn | Pos::Pron | Pos::Adj)
                        && !matches!(
                            led(),
                            "" | "including" | "like" | "than" | "per" | "after" | "before" | "since" | "during"
                        )
                }
                Relation::Acl => matches!(doc.xpos(*c), Xpos::Vbn | Xpos::Vbg | Xpos::Jj),
                Relation::AclRelcl => matches!(doc.lower(next), "who" | "that" | "whose" | "which" | "whom"),
                _ => false,
            };
            fits && below.start == next
                && below.end.index() - next.index() <= NARROWING
                && !Id::range(below.clone()).any(|t| doc.relation(t) == Relation::Punct && doc.lower(t) != "-")
                && !doc.is_in_time(*c)
                // "bombed trucks **for the first time**".
                && doc.lemma(*c) != "time"
                && !doc.span_of(below).overlaps(number)
        };
        let Some(narrower) = Id::range(first..end).flat_map(|t| doc.children(t)).find(narrows) else { break };
        end = doc.subtree(narrower).end;
        if end.index() - tokens.end.index() > NARROWING {
            return span;
        }
    }
    if end == tokens.end { span } else { span.join(doc.span_of(tokens.end..end)) }
}
