//! Mentions: stretches of text that name a thing.

use super::{Gender, Id, Number, Rule, Span, Spanned, Token, closed_set};
use std::ops::Range;

closed_set! {
    /// How a mention names its thing.
    MentionKind {
        /// A proper name: "Ash Carter".
        Name = "name",
        /// A common noun phrase: "the minister", "two Russian officials".
        Nominal = "nominal",
        /// A pronoun: "he", "its", "they".
        Pronoun = "pronoun",
    }
}

closed_set! {
    /// Class of a name, with the labels of the annotation format.
    NameClass {
        Person = "PER",
        Organisation = "ORG",
        Place = "LOC",
        /// Nationality, religious or political group: "Russian", "Republicans".
        Norp = "NORP",
        Event = "EVENT",
        /// A vehicle, weapon, product.
        Product = "PRODUCT",
        /// A work, law, language or other name.
        Other = "MISC",
    }
}

/// A stretch of text naming a thing.
#[derive(Clone, Debug, PartialEq)]
pub struct Mention {
    /// The noun phrase as it counts for output: a name without title, a nominal with its determiner and modifiers.
    pub span: Span,
    /// Its tokens.
    pub tokens: Range<Id<Token>>,
    /// The syntactic head.
    pub head: Id<Token>,
    /// Name, nominal or pronoun.
    pub kind: MentionKind,
    /// Class of the thing, if it can be told.
    pub class: Option<NameClass>,
    /// Title or role before the name ("Defence Minister"), if any.
    pub title: Option<Span>,
    /// Grammatical gender, if it can be told.
    pub gender: Option<Gender>,
    /// Singular or plural, if it can be told.
    pub number: Option<Number>,
    /// What decided.
    pub made_by: Rule,
}

impl Spanned for Mention {
    fn span(&self) -> Span {
        self.span
    }
}
