//! All integration tests in one binary: linked once.

mod cli;
mod conllu;
mod coref;
mod house;
mod layout;
mod lemma;
mod quantity;
mod segment;
mod statement;
#[cfg(feature = "graph")]
mod store_cli;
mod syntax;
mod time;
mod treebank;
