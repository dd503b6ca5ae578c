//! Times: expressions of date, time, duration and recurrence, resolved against the publication date.
//!
//! Four steps, one file or more each: *atoms* (tokens cut finely and looked up, `atom`, `words`), the *finder* (what an
//! expression says: `find`, `number`, `dates`, `relative`, `clock`, `duration`), the *resolver* (what it means on the
//! calendar: `resolve`, `anchor`, `tense`, `spelling`, `interval`, `landmark`), and the *calendar* itself (values, bounds, spellings: `calendar`).

mod anchor;
mod atom;
mod calendar;
mod clock;
mod dates;
mod duration;
mod find;
mod interval;
mod landmark;
mod meaning;
mod number;
mod relative;
mod resolve;
mod spelling;
mod tense;
mod words;

use crate::text::{Document, Layer, Time};

/// Finds expressions of time and resolves each.
pub fn find(doc: &Document) -> Layer<Time> {
    let atoms = atom::atoms(doc);
    let found = find::Finder { doc, atoms: &atoms }.all();
    Layer::new(resolve::Resolver::new(doc, &atoms).all(&found))
}
