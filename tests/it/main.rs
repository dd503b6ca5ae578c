//! All integration tests in one binary: linked once.

/// The program's own allocator: it keeps the accounts of queries.
#[global_allocator]
static ALLOCATOR: sayso::inside::memory::Counting = sayso::inside::memory::Counting;

mod bounds;
mod bugs;
mod cases;
mod cli;
mod compare;
mod conllu;
mod coref;
mod event;
mod export;
mod figure;
mod formats;
mod hostile;
mod house;
mod https;
mod layout;
mod lemma;
mod link;
mod marked;
mod mention;
mod mutants;
mod nif;
mod ontology;
mod outputs;
mod pages;
mod press;
mod proposition;
mod quantity;
mod query;
mod random;
mod read;
mod reconcile;
mod reconciled;
mod review;
#[cfg(feature = "rocksdb")]
mod rocks;
mod segment;
mod serve;
mod statement;
mod steps;
mod store;
mod store_cli;
mod syntax;
mod table;
mod time;
mod treebank;
mod view;
mod whole;
