//! All integration tests in one binary: linked once.

/// The program's own allocator: it keeps the accounts of queries.
#[global_allocator]
static ALLOCATOR: sayso::memory::Counting = sayso::memory::Counting;

#[cfg(feature = "graph")]
mod bugs;
mod cases;
mod cli;
#[cfg(feature = "graph")]
mod compare;
mod conllu;
mod coref;
mod event;
#[cfg(feature = "graph")]
mod export;
mod figure;
mod formats;
#[cfg(feature = "graph")]
mod hostile;
mod house;
mod layout;
mod lemma;
mod link;
mod marked;
mod mention;
#[cfg(feature = "graph")]
mod ontology;
#[cfg(feature = "graph")]
mod outputs;
#[cfg(feature = "graph")]
mod proposition;
mod quantity;
mod query;
#[cfg(feature = "graph")]
mod random;
mod read;
#[cfg(feature = "graph")]
mod reconcile;
#[cfg(feature = "graph")]
mod review;
#[cfg(feature = "rocksdb")]
mod rocks;
mod segment;
#[cfg(feature = "graph")]
mod serve;
mod statement;
mod steps;
#[cfg(feature = "graph")]
mod store;
#[cfg(feature = "graph")]
mod store_cli;
mod syntax;
#[cfg(feature = "graph")]
mod table;
mod time;
mod treebank;
#[cfg(feature = "graph")]
mod view;
#[cfg(feature = "graph")]
mod whole;
