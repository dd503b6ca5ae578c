//! What was read, left out and passed over, for a summary at the end.

use std::collections::BTreeMap;

use super::Format;

/// What became of all inputs so far.
#[derive(Clone, Debug, Default)]
#[non_exhaustive]
pub struct Tally {
    /// Files and articles read, by format.
    pub read: BTreeMap<&'static str, (usize, usize)>,
    /// What was left out, by its kind in words.
    pub left: BTreeMap<String, Left>,
    /// Files that hold no articles and were not expected to, by their kind in words.
    pub passed: BTreeMap<&'static str, usize>,
    /// Articles whose day of publication is the day on which a crawler or a person fetched the page.
    pub fetched: usize,
    /// Articles with the id and the text of one read before; in a store the last of them stands for all.
    pub again: usize,
}

/// Inputs of one kind that were left out.
#[derive(Clone, Debug, Default)]
#[non_exhaustive]
pub struct Left {
    /// How many.
    pub count: usize,
    /// The first of them.
    pub first: String,
}

impl Tally {
    /// A file of this format was opened.
    pub(super) fn file(&mut self, format: Format) {
        self.read.entry(format.as_str()).or_default().0 += 1;
    }

    /// An article of this format was read.
    pub(super) fn article(&mut self, format: Format) {
        self.read.entry(format.as_str()).or_default().1 += 1;
    }

    /// Something was left out.
    pub(super) fn left(&mut self, kind: impl Into<String>, place: impl FnOnce() -> String) {
        let left = self.left.entry(kind.into()).or_default();
        if left.count == 0 {
            left.first = place();
        }
        left.count += 1;
    }

    /// Articles read.
    pub fn articles(&self) -> usize {
        self.read.values().map(|(_, articles)| articles).sum()
    }

    /// Files opened and read.
    pub fn files(&self) -> usize {
        self.read.values().map(|(files, _)| files).sum()
    }
}
