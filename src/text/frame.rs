//! Frames: what a number is the answer to, by its own clause.

use jiff::civil::Date;
use smol_str::SmolStr;

use super::{Factuality, Id, Mention, Quantity, Rule, closed_set};

closed_set! {
    /// What a number is of the thing that it measures.
    Aspect {
        /// What is so.
        Level = "level",
        /// By how much something changed.
        Change = "change",
        /// How far two are apart: "won by 12 votes", "a lead of nine points".
        Margin = "margin",
        /// What was so before: "up from 12", "six, not five".
        Old = "old",
        /// What is so after a change: "rose to 48".
        New = "new",
        /// A part of a whole.
        Share = "share",
        /// So many in a stretch of time, or for each of something.
        Rate = "rate",
        /// A place in an order.
        Rank = "rank",
        /// What is allowed or possible: "room for 40".
        Limit = "limit",
        /// What somebody expects.
        Forecast = "forecast",
        /// What somebody means to do.
        Plan = "plan",
    }
}

closed_set! {
    /// What the counted do in the clause of their number.
    CountedRole {
        /// It happens to them: they are killed, found, paid.
        Undergoes = "undergoes",
        /// They do it: they march, strike, kill.
        Does = "does",
        /// The number is the size of what the noun names: "a toll of 34".
        Is = "is",
        /// They stand beside: "with 40 lorries".
        Beside = "beside",
    }
}

closed_set! {
    /// Why a number is of another scope than the plain question.
    ScopeKind {
        /// Some of all that are counted: "three of the dead".
        Part = "part",
        /// A longer or other stretch of time: "since January".
        Window = "window",
        /// A wider place: "across the country".
        Area = "area",
    }
}

/// What a number is the answer to.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Frame {
    /// What the number is of its thing.
    pub aspect: Aspect,
    /// Lemma of the noun counted; empty: none is said.
    pub thing: SmolStr,
    /// Lemmas that narrow the thing: "oil" and "tanker" of "oil tanker trucks".
    pub restrictors: Vec<SmolStr>,
    /// What is measured: a class of the table ("killed"), else the lemma that tells it; empty: unknown.
    pub measure: SmolStr,
    /// True when the measure is a class of the table.
    pub is_class: bool,
    /// Lemmas of the verbs and nouns that tell the measure, the nearest first.
    pub telling: Vec<SmolStr>,
    /// What the counted do.
    pub role: Option<CountedRole>,
    /// The words for whoever did it to those counted; empty: not said.
    pub agent: SmolStr,
    /// Whose figure it is: the company whose profit it is, the player who scored; empty: not said.
    pub owner: SmolStr,
    /// Other words of the number's own clause, by lemma, in text order.
    pub terms: Vec<SmolStr>,
    /// Why it is of another scope, with the words that say so.
    pub scope: Vec<(ScopeKind, SmolStr)>,
    /// Whether it is so, according to its source; "denied": the source says that it is not.
    pub factuality: Factuality,
    /// First and last day on which it happened, by the clause.
    pub days: Option<(Date, Date)>,
    /// The day for which the number stands, where the clause says it: "by Friday evening".
    pub as_of: Option<Date>,
    /// Places that the clause names.
    pub places: Vec<Id<Mention>>,
    /// The number whose measure this one takes over: "the toll was 34", "the union says 60".
    pub inherits: Option<Id<Quantity>>,
    /// The text says that the figure has grown, fallen or been corrected.
    pub is_moved: bool,
    /// What decided.
    pub made_by: Rule,
}
