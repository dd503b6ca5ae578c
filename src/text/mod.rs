//! The document and its parts: spans, typed ids, layers, rows. Everything else reads and writes these.

mod block;
pub(crate) mod calendar;
pub mod clause;
mod dateline;
mod document;
mod entity;
mod event;
mod frame;
pub mod grammar;
mod layer;
mod lines;
mod link;
mod mention;
mod points;
mod proposition;
mod quantity;
mod source;
mod span;
mod statement;
pub mod steps;
mod time;
mod token;
mod topic;
mod turn;

pub use block::{Block, BlockKind};
pub use dateline::dateline;
pub use document::Document;
pub use entity::{Entity, EntityKind, Gender, Number};
pub use event::{Event, Factuality};
pub use frame::{Aspect, CountedRole, Frame, ScopeKind};
pub use grammar::{Pos, Relation, Xpos};
pub use layer::{Column, Id, Layer, Spanned};
pub use lines::{is_blank, lines};
pub use link::{Candidate, Link};
pub use mention::{Mention, MentionKind, NameClass};
pub use points::CodePoints;
pub use proposition::{Argument, Proposition, Role};
pub use quantity::{Approximation, Change, Per, Quantity, QuantityKind, QuantityRelation, Unit};
pub use source::{FoundIn, Published, Source, tidy_id};
pub use span::Span;
pub use statement::{Commitment, Given, Modality, Mode, Polarity, Said, Saying, SourceKind, SpeakerKind, Statement};
pub use time::{Anchor, Time, TimeKind, TimeMod, iso_day};
pub use token::{
    Head, LONGEST_PARAGRAPH, LONGEST_SENTENCE, LONGEST_SENTENCE_BYTES, Label, NamePart, Sentence, Speech, Tag, Token,
};
pub use topic::Topic;

/// The rule or model that made a decision, so that output explains itself: `statement/inverted`, `model/names`.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Default)]
pub struct Rule(pub &'static str);

/// Defines an enum whose variants have one written name each, with `as_str`, `ALL`, `FromStr` and `Display`.
macro_rules! closed_set {
    ($(#[$doc:meta])* $name:ident { $($(#[$vdoc:meta])* $variant:ident = $text:literal,)+ }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
        #[repr(u8)]
        pub enum $name { $($(#[$vdoc])* #[doc = concat!("Written \"", $text, "\".")] $variant,)+ }

        impl $name {
            /// Every value, in the order of declaration.
            #[allow(dead_code)] // a set private to a stage may have no use for it
            pub const ALL: &'static [$name] = &[$($name::$variant,)+];

            /// The name as it is written in data and output.
            pub fn as_str(self) -> &'static str {
                match self { $($name::$variant => $text,)+ }
            }
        }

        impl std::str::FromStr for $name {
            type Err = ();
            fn from_str(text: &str) -> Result<Self, ()> {
                match text { $($text => Ok($name::$variant),)+ _ => Err(()) }
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.pad(self.as_str())
            }
        }
    };
}
pub(crate) use closed_set;
