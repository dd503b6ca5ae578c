//! Statements: one speech act as reported at one place of one document.

use jiff::civil::Date;

use super::{Entity, Id, Mention, Rule, Span, Spanned, Time, closed_set};

closed_set! {
    /// How the words are given.
    Mode {
        /// Wholly inside quotation marks.
        Direct = "direct",
        /// In the writer's words.
        Indirect = "indirect",
        /// Partly quoted.
        Mixed = "mixed",
        /// The article's own voice.
        Narrator = "narrator",
    }
}

closed_set! {
    /// How definite the speaker is.
    SpeakerKind {
        Named = "named",
        /// A person or organisation without a name: "a Russian official".
        Unnamed = "unnamed",
        /// Several together: "witnesses".
        Group = "group",
        /// Nobody is named: "it was reported".
        Implicit = "implicit",
    }
}

closed_set! {
    /// Positive, or negated ("denied that", "did not say").
    Polarity {
        Positive = "positive",
        Negative = "negative",
    }
}

closed_set! {
    /// How the content is put forward; of an event, whether it is said to have happened.
    Modality {
        Asserted = "asserted",
        Denied = "denied",
        Possible = "possible",
        Probable = "probable",
        Future = "future",
        Conditional = "conditional",
        Unknown = "unknown",
    }
}

closed_set! {
    /// How strongly the cue commits its speaker, and to what kind of act.
    Commitment {
        Neutral = "neutral",
        Confirmed = "confirmed",
        Claimed = "claimed",
        Alleged = "alleged",
        Denied = "denied",
        Declined = "declined",
        NotConfirmed = "not-confirmed",
        Pledged = "pledged",
        Demanded = "demanded",
        Warned = "warned",
        Asked = "asked",
        Believed = "believed",
        Showed = "showed",
    }
}

/// When a statement was made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Said {
    /// The expression in the attribution that says so; `None` when bounded by the publication date only.
    pub time: Option<Id<Time>>,
    /// First possible day, if known.
    pub earliest: Option<Date>,
    /// Last possible day.
    pub latest: Option<Date>,
    /// `stated` or `published`.
    pub rule: Rule,
}

/// Somebody said something.
#[derive(Clone, Debug, PartialEq)]
pub struct Statement {
    /// What is said; several pieces when "she said" interrupts. In text order.
    pub content: Vec<Span>,
    /// The words that signal it: "was quoted as saying".
    pub cue: Vec<Span>,
    /// The local mention of the speaker, as worded; empty when implicit.
    pub source: Vec<Span>,
    /// The mention row of the source, if one was found.
    pub source_mention: Option<Id<Mention>>,
    /// Who it is in this document.
    pub speaker: Option<Id<Entity>>,
    /// Those who say it together with the speaker: "A and B said".
    pub also: Vec<Id<Entity>>,
    /// Named, unnamed, group, implicit.
    pub speaker_kind: SpeakerKind,
    /// Direct, indirect, mixed, narrator.
    pub mode: Mode,
    /// The statement this one is inside of ("A says that B said …").
    pub parent: Option<Id<Statement>>,
    /// To whom: "reporters".
    pub addressee: Option<Span>,
    /// Through what: "in a statement", "Russian news agencies".
    pub medium: Option<Span>,
    /// When it was said.
    pub said: Option<Said>,
    /// Negated or not.
    pub polarity: Polarity,
    /// How the content is put forward.
    pub modality: Modality,
    /// What the cue commits to.
    pub commitment: Commitment,
    /// Confidence from 0 to 100.
    pub confidence: u8,
    /// The rule or model that decided.
    pub made_by: Rule,
}

impl Statement {
    /// Everybody who says it: the speaker, and those who say it together with them.
    pub fn speakers(&self) -> impl Iterator<Item = Id<Entity>> + '_ {
        self.speaker.into_iter().chain(self.also.iter().copied())
    }

    /// True when `span` lies inside the content.
    pub fn holds(&self, span: Span) -> bool {
        self.content.iter().any(|c| c.covers(span))
    }
}

impl Spanned for Statement {
    fn span(&self) -> Span {
        self.content.first().or(self.cue.first()).or(self.source.first()).copied().unwrap_or_default()
    }
}
