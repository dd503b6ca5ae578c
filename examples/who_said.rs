//! Who said what in a file or folder of news, one line a statement.
//!
//! cargo run --example who_said -- corpus

use std::path::PathBuf;

use sayso::annotate::{Kit, annotate};

fn main() {
    let paths: Vec<PathBuf> = std::env::args_os().skip(1).map(PathBuf::from).collect();
    let kit = Kit::new();
    for article in sayso::read::articles_with(&paths, sayso::read::Options::default()) {
        let document = match article {
            Ok(document) => annotate(document, &kit),
            Err(error) => {
                eprintln!("{error}; {}", error.hint());
                continue;
            }
        };
        for statement in document.statements.iter() {
            let who = document.words(&statement.source);
            println!("{}\t{who}\t{}", document.source.id, document.words(&statement.content));
        }
    }
}
