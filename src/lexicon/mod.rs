//! Words that several stages need: number words, first names, demonyms, titles.

pub mod measure;
pub mod number;
pub mod piece;
pub mod table;
