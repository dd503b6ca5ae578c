//! Entities: the things that the mentions of one document name.

use super::{Id, Mention, Rule, Span, closed_set};

closed_set! {
    /// What kind of thing an entity is.
    EntityKind {
        Person = "person",
        Organisation = "organisation",
        /// People spoken of together: "witnesses", "three diplomats", "the French".
        Group = "group",
        Place = "place",
        Event = "event",
        Product = "product",
        Other = "other",
    }
}

closed_set! {
    /// Gender as the text's pronouns and titles tell it.
    Gender {
        Male = "male",
        Female = "female",
        Neuter = "neuter",
    }
}

closed_set! {
    /// One or several.
    Number {
        Singular = "singular",
        Plural = "plural",
    }
}

/// A thing that one or more mentions of the document name.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Entity {
    /// Its mentions, in text order; at least one.
    pub mentions: Vec<Id<Mention>>,
    /// What it is.
    pub kind: EntityKind,
    /// The best name: the longest proper name, else the first noun phrase.
    pub label: String,
    /// Of an entity without a name the first noun phrase with what tells which ones are meant, where there is such:
    /// "two people familiar with the matter".
    pub described: Option<String>,
    /// True when a proper name is among the mentions.
    pub named: bool,
    /// Gender, if it can be told.
    pub gender: Option<Gender>,
    /// One or several, if it can be told.
    pub number: Option<Number>,
    /// The country it is or belongs to (ISO 3166, two letters), as far as the text or the gazetteer tells.
    pub country: Option<&'static str>,
    /// Offices and descriptions the text gives it: "Russia's defence minister".
    pub roles: Vec<Span>,
    /// What decided on the last joining.
    pub made_by: Rule,
}
