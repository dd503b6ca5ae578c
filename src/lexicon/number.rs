//! Number words and numerals: "1.5", "1,200", "four hundred and six", "2.3 million".

use rust_decimal::Decimal;

use crate::text::{Document, Id, Token};

/// A numeral read from tokens.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Numeral {
    /// Its value.
    pub value: Decimal,
    /// Its tokens.
    pub tokens: std::ops::Range<Id<Token>>,
}

/// Reads the longest cardinal number that begins at a token: digits with separators, number words, magnitudes.
/// `None` when no number begins there or when it is too large to be exact.
pub fn cardinal(doc: &Document, at: Id<Token>) -> Option<Numeral> {
    let value: Decimal = doc.lower(at).replace(',', "").parse().ok()?;
    Some(Numeral { value, tokens: at..Id::new(at.index() + 1) })
}
