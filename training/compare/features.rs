//! Prints the features of all candidate pairs of figures of a store, for `train.py`.
//!
//! `sayso build ARTICLES.jsonl --store STORE && cargo run --example compare-features STORE > DUMP.txt`

use sayso::graph::compare;
use sayso::graph::store::Store;

fn main() {
    let Some(folder) = std::env::args().nth(1) else {
        eprintln!("usage: compare-features STORE > DUMP.txt");
        std::process::exit(2);
    };
    let lines = Store::open(std::path::Path::new(&folder)).and_then(|s| s.load()).and_then(|s| compare::features(&s));
    match lines {
        Ok(lines) => lines.iter().for_each(|line| println!("{line}")),
        Err(error) => {
            eprintln!("{error}");
            std::process::exit(1);
        }
    }
}
