//! Events: what the claims are about.

use smol_str::SmolStr;

use super::{Id, Mention, Quantity, Rule, Span, Spanned, Statement, Time, Token};

/// Whether the event is said to have happened: the values are those of a statement's content.
pub type Factuality = super::Modality;

/// Something that happened, or is said to have.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Event {
    /// Id of the event type: `Destroy`, `Kill`, `Meet` …
    pub kind: SmolStr,
    /// The word that names it.
    pub trigger: Id<Token>,
    /// Where that word stands.
    pub span: Span,
    /// Who did it.
    pub agents: Vec<Id<Mention>>,
    /// The agent's words, where it has any of its own ("the chain's shares").
    pub agent_span: Option<Span>,
    /// To whom or what.
    pub patients: Vec<Id<Mention>>,
    /// The patient's words when it is not a mention ("525 oil tanker trucks").
    pub patient_span: Option<Span>,
    /// Where.
    pub place: Option<Id<Mention>>,
    /// When.
    pub time: Option<Id<Time>>,
    /// Its numbers.
    pub quantities: Vec<Id<Quantity>>,
    /// Did it happen, according to its source?
    pub factuality: Factuality,
    /// The innermost statement that holds it; `None`: the article's own voice.
    pub statement: Option<Id<Statement>>,
    /// How sure it is, of a hundred, that type, participants and day are right and that it is news of its own.
    pub confidence: u8,
    /// What decided.
    pub made_by: Rule,
}

impl Spanned for Event {
    fn span(&self) -> Span {
        self.span
    }
}
