//! Quantities: numbers with bounds, unit, rate and the thing counted. Exact decimals throughout.

use rust_decimal::Decimal;
use smol_str::SmolStr;

use super::{Entity, Id, Rule, Span, Spanned, Statement, closed_set};

closed_set! {
    /// What kind of number it is.
    QuantityKind {
        Count = "count",
        Measure = "measure",
        Money = "money",
        Percent = "percent",
        Fraction = "fraction",
        Multiplier = "multiplier",
        Age = "age",
        Ordinal = "ordinal",
        Score = "score",
    }
}

closed_set! {
    /// How the true number stands to the one written.
    QuantityRelation {
        Equal = "=",
        About = "≈",
        AtLeast = "≥",
        AtMost = "≤",
        MoreThan = ">",
        LessThan = "<",
        Range = "range",
        Vague = "vague",
    }
}

closed_set! {
    /// How exact the words are.
    Approximation {
        Exact = "exact",
        About = "about",
        OrderOfMagnitude = "order-of-magnitude",
    }
}

closed_set! {
    /// Direction of a change.
    Change {
        Up = "up",
        Down = "down",
    }
}

/// A unit of measure, a currency, or `item` for plain counts.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Unit {
    /// Short code: `item`, `USD`, `t`, `[bbl_us]`, `percent`, `km` … (ISO 4217 for money, UCUM else).
    pub code: SmolStr,
    /// Normalised name for people: `dollar`, `tonne`, `truck`.
    pub name: SmolStr,
    /// Local name of the QUDT unit (`TONNE`, `CCY_USD`), if it has one.
    pub qudt: Option<SmolStr>,
    /// Where the unit's words or sign stand.
    pub span: Option<Span>,
}

/// The divisor of a rate: "per day", "every 24 hours", "a barrel".
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Per {
    /// How many units: 24 in "every 24 hours".
    pub number: Decimal,
    /// Code of the unit: `day`, `year`, `hour`, `[bbl_us]`, or a noun.
    pub unit: SmolStr,
    /// Its words.
    pub span: Span,
}

/// A number as the text gives it. `value` is the point; `lower`/`upper` the bounds; a missing end is unbounded.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Quantity {
    /// Number with bound word, currency and unit; without the counted noun.
    pub span: Span,
    /// Kind of number.
    pub kind: QuantityKind,
    /// The number written, if one point was written.
    pub value: Option<Decimal>,
    /// Lower bound.
    pub lower: Option<Decimal>,
    /// Upper bound.
    pub upper: Option<Decimal>,
    /// True when the lower bound itself is excluded ("more than").
    pub lower_open: bool,
    /// True when the upper bound itself is excluded ("fewer than", the 1,000 of "hundreds").
    pub upper_open: bool,
    /// Relation to the true number.
    pub relation: QuantityRelation,
    /// How exact the words are.
    pub approximation: Approximation,
    /// Unit or currency.
    pub unit: Unit,
    /// The divisor, when it is a rate.
    pub per: Option<Per>,
    /// What is counted or measured ("oil tanker trucks").
    pub counted: Option<Span>,
    /// The entity counted, if known.
    pub counted_entity: Option<Id<Entity>>,
    /// The whole, for shares: "the group's oil revenue".
    pub whole: Option<Span>,
    /// Exact ratio of a fraction: (2, 3).
    pub ratio: Option<(u32, u32)>,
    /// Up or down, when the number is a change or the level after one.
    pub change: Option<Change>,
    /// Level before the change.
    pub from: Option<Decimal>,
    /// Level after the change.
    pub to: Option<Decimal>,
    /// Amount of the change.
    pub by: Option<Decimal>,
    /// Nouns the number is about, most specific first.
    pub concepts: Vec<Span>,
    /// The innermost statement that gives it; `None`: the article's own voice.
    pub statement: Option<Id<Statement>>,
    /// It is given as what is not so: "denied that 40 homes were lost", "did not lose 30 men".
    pub denied: bool,
    /// What it is of, in words that stand alone: "people killed", "patients without insurance"; empty: nothing known.
    pub measured: SmolStr,
    /// Chance that a row of it is read rightly, thing, aspect and source included; in percent.
    pub confidence: u8,
    /// What decided.
    pub made_by: Rule,
}

impl Spanned for Quantity {
    fn span(&self) -> Span {
        self.span
    }
}
