//! Words that several stages need: number words, first names, demonyms, titles.

pub mod number;
pub mod table;
