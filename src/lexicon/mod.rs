//! Words that several stages need: number words, given names, countries, nouns for people and bodies, known things; chances by learned weights.

pub mod agreement;
pub mod country;
mod digits;
pub mod factuality;
pub mod gazetteer;
pub mod giving;
pub mod measure;
pub mod modal;
pub mod noun;
pub mod number;
pub mod odds;
pub mod piece;
pub mod speech;
pub mod table;
pub mod wordnet;
