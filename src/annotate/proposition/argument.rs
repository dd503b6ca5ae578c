//! The arguments of a predicate.

use crate::lexicon::speech;
use crate::text::*;

/// True for a verb of speech that leads a clause or a quotation: the clause is a statement, the verb its cue (`is_cue`:
/// a statement that was found has it as its cue).
pub fn says(doc: &Document, verb: Id<Token>, is_cue: bool) -> bool {
    speech::is(doc.lemma(verb))
        && (doc.children(verb).any(|c| matches!(doc.relation(c), Relation::Ccomp | Relation::Parataxis))
            || doc.relation(verb) == Relation::Parataxis
            || is_cue)
}

/// The arguments of a verb, without its subject; verbs of the chain are no arguments.
pub fn of(doc: &Document, verb: Id<Token>, chain: &[Id<Token>]) -> Vec<Argument> {
    let mut found = Vec::new();
    for child in doc.children(verb).filter(|c| !chain.contains(c)) {
        let role = match doc.relation(child) {
            Relation::Obj => Role::Object,
            Relation::Iobj => Role::IndirectObject,
            Relation::Obl | Relation::OblAgent | Relation::OblUnmarked => Role::Oblique,
            Relation::Xcomp if doc.pos(child) == Pos::Verb => Role::Clause,
            Relation::Xcomp => Role::Attribute,
            Relation::Ccomp => Role::Clause,
            Relation::Advmod if is_time(doc, child) => Role::Oblique,
            _ => continue,
        };
        if matches!(doc.lower(child), "that" | "which" | "who" | "whom" | "where" | "when")
            && doc.relation(verb) == Relation::AclRelcl
        {
            if let Some(noun) = doc.head(verb).filter(|_| role == Role::Object) {
                found.push(Argument { role, span: phrase(doc, noun), case: None, head: noun });
            }
            continue;
        }
        let case = case(doc, child);
        let span = if role == Role::Clause { doc.span_of(doc.subtree(child)) } else { phrase(doc, child) };
        found.push(Argument { role, span, case, head: child });
    }
    found
}

/// The preposition in front of a phrase.
pub fn case(doc: &Document, head: Id<Token>) -> Option<Span> {
    doc.children(head)
        .filter(|&c| doc.relation(c) == Relation::Case && c < head)
        .map(|c| doc.tokens[c].span)
        .reduce(Span::join)
}

fn is_time(doc: &Document, token: Id<Token>) -> bool {
    doc.is_in_time(token)
}

/// A noun phrase: the subtree of its head up to relative clauses, appositions and insertions, without its preposition.
pub fn phrase(doc: &Document, head: Id<Token>) -> Span {
    cut(doc, head, false)
}

/// What a copula says of its subject: "**the mayor of the town**".
pub fn attribute(doc: &Document, head: Id<Token>) -> Span {
    cut(doc, head, true)
}

fn cut(doc: &Document, head: Id<Token>, predicate: bool) -> Span {
    let mut end = doc.subtree(head).end;
    let mut start = head;
    let mut children: Vec<Id<Token>> = doc.children(head).collect();
    children.sort();
    for &child in &children {
        let relation = doc.relation(child);
        let outside = matches!(
            relation,
            Relation::AclRelcl
                | Relation::Appos
                | Relation::Parataxis
                | Relation::Case
                | Relation::Mark
                | Relation::Advcl
                | Relation::AdvclRelcl
                | Relation::Dep
                | Relation::List
        ) || predicate
            && (relation.is("nsubj")
                || relation.is("csubj")
                || matches!(
                    relation,
                    Relation::Cop | Relation::Aux | Relation::AuxPass | Relation::Cc | Relation::Conj
                ))
            || relation == Relation::Punct && !matches!(doc.lower(child), "-" | "'" | "\"" | "$" | "%");
        if child < head {
            if !outside
                && !(predicate
                    && relation == Relation::Advmod
                    && matches!(doc.lower(child), "not" | "n't" | "never" | "also"))
                && !(relation == Relation::Cc)
            {
                start = start.min(doc.subtree(child).start);
            } else if relation != Relation::Punct {
                start = head;
            }
        } else if outside
            && !(relation == Relation::Punct
                && children.iter().any(|&c| c > child && matches!(doc.relation(c), Relation::Conj)))
        {
            end = Id::new(end.index().min(doc.subtree(child).start.index().max(head.index() + 1)));
            break;
        }
    }
    // Leading modifiers that a cut child has separated stay with the head.
    for &child in children.iter().filter(|&&c| c < head) {
        if matches!(
            doc.relation(child),
            Relation::Det
                | Relation::Amod
                | Relation::Compound
                | Relation::Nummod
                | Relation::NmodPoss
                | Relation::NmodDesc
        ) {
            start = start.min(doc.subtree(child).start);
        }
    }
    doc.span_of(start..end)
}
