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
    /// Negative where the main clause of what is said is negated as worded ("had not agreed", "no soldier was killed"), or
    /// the saying is ("did not say", "declined to comment"). A denial is a matter of [`Commitment`].
    Polarity {
        Positive = "positive",
        Negative = "negative",
    }
}

closed_set! {
    /// What kind of source speaks.
    SourceKind {
        /// Somebody for themselves: a resident, a player, the head of a firm.
        Person = "person",
        /// Somebody in public office, or who speaks for a public body.
        Official = "official",
        /// A ministry, a firm, a party, the police, a state.
        Body = "body",
        /// Several people: witnesses, residents, analysts.
        Group = "group",
        /// What is written or shown: a report, a study, a court paper.
        Document = "document",
        /// A poll or survey of opinion.
        Poll = "poll",
        /// A post in a social network.
        Post = "post",
        /// A news agency.
        Agency = "agency",
        /// A newspaper, a station, a site.
        Medium = "medium",
    }
}

closed_set! {
    /// What became of the saying.
    Saying {
        /// It was said (or thought, wanted, shown), or only "did not say".
        Said = "said",
        /// Somebody would not: "declined to comment", "refused to say", "would not discuss".
        Declined = "declined",
        /// Nothing came: "did not respond to calls", "has yet to comment".
        NoResponse = "no_response",
        /// "could not be reached", "was not available for comment".
        Unreachable = "unreachable",
        /// "could not independently confirm", "has not verified".
        Unverified = "unverified",
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

impl Commitment {
    /// Merely says.
    pub fn is_plain(self) -> bool {
        matches!(self, Commitment::Neutral | Commitment::Confirmed | Commitment::Claimed)
    }
}

/// A statement that is known before the text is read: who says what, at which places of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Given {
    /// The speaker's name.
    pub source: Span,
    /// The words of saying.
    pub cue: Span,
    /// What is said.
    pub content: Span,
    /// The day on which it was said, if that is known.
    pub day: Option<Date>,
}

/// When a statement was made.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
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
#[non_exhaustive]
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
    /// What kind of source it is; `None` where nobody is named.
    pub source_kind: Option<SourceKind>,
    /// The title or office of the source, as worded in it: "Defence Minister", "head of Acme".
    pub title: Option<Span>,
    /// Why the source is not named, as worded: "he was not authorised to speak".
    pub reason: Option<Span>,
    /// The statement this one is inside of ("A says that B said …").
    pub parent: Option<Id<Statement>>,
    /// To whom: "reporters".
    pub addressee: Option<Span>,
    /// Through what: "in a statement", "Russian news agencies".
    pub medium: Option<Span>,
    /// When it was said.
    pub said: Option<Said>,
    /// Negated or not: the content as worded, or the saying.
    pub polarity: Polarity,
    /// Whether the saying itself is withheld.
    pub saying_negated: bool,
    /// What became of the saying.
    pub saying: Saying,
    /// How the content is put forward.
    pub modality: Modality,
    /// What the cue commits to.
    pub commitment: Commitment,
    /// Whether the cue takes a side ("condemned", "support"): of what is known already.
    pub takes_side: bool,
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
