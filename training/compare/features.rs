//! Prints the features of all candidate pairs of figures of a store, for `train.py`.
//!
//! `sayso build ARTICLES.jsonl --store STORE && cargo run --example compare-features STORE [WEIGHTS.tsv] > DUMP.txt`; the
//! verdicts at its end are by the weights that ship, or by those given.

use sayso::graph::compare;
use sayso::graph::store::Store;

fn main() {
    let Some(folder) = std::env::args().nth(1) else {
        eprintln!("usage: compare-features STORE [WEIGHTS.tsv] > DUMP.txt");
        std::process::exit(2);
    };
    let table = std::env::args().nth(2).map(|path| match std::fs::read_to_string(&path) {
        Ok(text) => &*text.leak(),
        Err(error) => {
            eprintln!("{path}: {error}");
            std::process::exit(1);
        }
    });
    let lines =
        Store::open(std::path::Path::new(&folder)).and_then(|s| s.load()).and_then(|s| compare::features(&s, table));
    match lines {
        Ok(lines) => lines.iter().for_each(|line| println!("{line}")),
        Err(error) => {
            eprintln!("{error}");
            std::process::exit(1);
        }
    }
}
