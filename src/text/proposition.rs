//! Propositions: the content of sentences as subject, relation and objects.

use super::{Factuality, Id, Rule, Sentence, Span, Spanned, Statement, Token, closed_set};

closed_set! {
    /// Role of an argument.
    Role {
        Subject = "subject",
        Object = "object",
        IndirectObject = "indirect-object",
        Oblique = "oblique",
        Clause = "clause",
        Attribute = "attribute",
    }
}

/// One argument of a predicate.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Argument {
    /// Its role.
    pub role: Role,
    /// Its words.
    pub span: Span,
    /// The preposition that leads it, if any.
    pub case: Option<Span>,
    /// Its head.
    pub head: Id<Token>,
}

/// A predicate with its arguments.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Proposition {
    /// The sentence it was made from.
    pub sentence: Id<Sentence>,
    /// Head of the predicate.
    pub head: Id<Token>,
    /// Words of the predicate, in text order.
    pub predicate: Vec<Span>,
    /// Its arguments, in text order.
    pub arguments: Vec<Argument>,
    /// Is it said to hold?
    pub factuality: Factuality,
    /// The innermost statement that holds it.
    pub statement: Option<Id<Statement>>,
    /// What decided.
    pub made_by: Rule,
}

impl Spanned for Proposition {
    fn span(&self) -> Span {
        self.predicate.first().copied().unwrap_or_default()
    }
}
