//! One door to what is private: for the program itself, the tests, the training programs and the Python package. No part of the
//! library; it changes with any version.

/// A module of ours, as it looks from outside.
macro_rules! through {
    ($($name:ident: $($path:ident)::+;)+) => {
        $(pub mod $name { pub use crate::$($path)::+::*; })+
    };
}

#[cfg(feature = "cli")]
through! {
    cli: cli;
    hard: hard;
}

through! {
    import: import;
    lexicon: lexicon;
    memory: memory;
    parallel: parallel;
    coref: annotate::coref;
    event: annotate::event;
    figure: annotate::figure;
    layout: annotate::layout;
    lemma: annotate::lemma;
    mention: annotate::mention;
    proposition: annotate::proposition;
    segment: annotate::segment;
    statement: annotate::statement;
    syntax: annotate::syntax;
}

#[cfg(feature = "graph")]
through! {
    lists: graph::lists;
    reference: graph::reference;
}
