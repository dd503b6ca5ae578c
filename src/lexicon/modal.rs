//! Modals and adverbs that say how sure a thing is and whether it has happened yet: one list for all who ask.

use crate::text::Modality;

/// What a word makes of its clause.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Modal {
    /// "may", "might", "could", "perhaps".
    Possible,
    /// "can": an ability, or what is possible.
    Can,
    /// "likely", "apparently".
    Probable,
    /// "must": a duty, or a guess.
    Must,
    /// "will", "shall".
    Will,
    /// "would": conditional, or what lay ahead of the past.
    Would,
    /// "should".
    Should,
}

/// The modal that a lower-cased word is.
pub fn of(lower: &str) -> Option<Modal> {
    Some(match lower {
        "may" | "might" | "could" | "possibly" | "perhaps" | "maybe" => Modal::Possible,
        "can" => Modal::Can,
        "likely" | "probably" | "presumably" | "apparently" => Modal::Probable,
        "must" => Modal::Must,
        "will" | "shall" | "'ll" | "’ll" | "wo" => Modal::Will,
        "would" | "'d" | "’d" => Modal::Would,
        "should" => Modal::Should,
        _ => return None,
    })
}

impl Modal {
    /// What a clause with this auxiliary says of its event.
    pub fn of_an_event(self) -> Modality {
        match self {
            Modal::Possible | Modal::Can => Modality::Possible,
            Modal::Probable | Modal::Must => Modality::Probable,
            Modal::Will => Modality::Future,
            Modal::Would | Modal::Should => Modality::Conditional,
        }
    }

    /// How a statement puts its content forward, where the word decides: what is to come of the past is to come.
    pub fn of_a_content(self) -> Option<Modality> {
        match self {
            Modal::Possible => Some(Modality::Possible),
            Modal::Probable => Some(Modality::Probable),
            Modal::Will | Modal::Would => Some(Modality::Future),
            Modal::Can | Modal::Must | Modal::Should => None,
        }
    }
}
