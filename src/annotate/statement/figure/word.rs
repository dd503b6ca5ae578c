//! The words with which figures are given, by class.

use std::sync::LazyLock;

use rustc_hash::{FxHashMap, FxHashSet};

use crate::lexicon::table;
use crate::text::closed_set;

closed_set! {
    /// How a word gives a figure (`en/figures.tsv`).
    Class {
        /// "put the crowd at 9,000".
        Appraise = "appraise",
        /// "counted 30 boats".
        Count = "count",
        /// "forecast growth of 2 percent".
        Foresee = "foresee",
        /// "reported 17 deaths".
        State = "state",
        /// "spoke of 30 dead".
        Speak = "speak",
        /// "revised the toll to 95".
        Revise = "revise",
        /// "raised its estimate to 95".
        Shift = "shift",
        /// "gave a figure of 30".
        Give = "give",
        /// "the count shows 30".
        Show = "show",
        /// "contested the figure of 30".
        Deny = "deny",
        /// A noun for a figure that somebody gives.
        Amount = "amount",
        /// A noun for what holds figures.
        Document = "document",
        /// A noun for what is counted up.
        Level = "level",
        /// An adjective that makes a noun of figures speak for itself.
        Giver = "giver",
        /// A noun for what somebody makes of figures, with whose it is: "in the treasury's view".
        View = "view",
    }
}

static WORDS: LazyLock<FxHashMap<&'static str, u32>> = LazyLock::new(|| {
    let mut words = FxHashMap::default();
    for (line, cells) in table::rows(include_str!("../en/figures.tsv")) {
        let [class, list] = cells[..] else { panic!("figures.tsv:{line}: two cells expected") };
        let class: Class = class.parse().unwrap_or_else(|()| panic!("figures.tsv:{line}: class {class:?}"));
        for word in table::list(list) {
            *words.entry(word).or_insert(0) |= 1 << class as u32;
        }
    }
    words
});

/// Whether a dictionary form is of a class.
pub fn is(lemma: &str, class: Class) -> bool {
    let of = |word: &str| WORDS.get(word).is_some_and(|classes| classes & (1 << class as u32) != 0);
    // The form of a word that no dictionary has may lack its last letter: "upgrad".
    of(lemma) || lemma.ends_with("ad") && of(&format!("{lemma}e"))
}

/// The words of a class, in the order of the table.
pub fn listed(class: Class) -> impl Iterator<Item = &'static str> {
    let rows = table::rows(include_str!("../en/figures.tsv")).filter(move |(_, cells)| cells[0] == class.as_str());
    rows.flat_map(|(_, cells)| table::list(cells[1]))
}

static GIVERS: LazyLock<FxHashSet<&'static str>> = LazyLock::new(|| {
    table::rows(include_str!("../en/givers.tsv"))
        .flat_map(|(_, cells)| cells.get(1).copied())
        .flat_map(table::list)
        .collect()
});

/// Whether a noun names a person by what they are, or a body of people.
pub fn is_giver(lemma: &str) -> bool {
    GIVERS.contains(lemma)
}

/// Whether a dictionary form is of one of several classes.
pub fn any(lemma: &str, classes: &[Class]) -> bool {
    classes.iter().any(|&c| is(lemma, c))
}
