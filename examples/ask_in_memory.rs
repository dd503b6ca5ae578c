//! Two articles that disagree, read and asked without a file.
//!
//! cargo run --example ask_in_memory

use sayso::{Article, Store};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut store = Store::in_memory()?;
    let texts = [
        ("Harbour Post", "The union of ferry crews said that 40,000 people marched in Halvorne on Saturday."),
        ("Halvorne Times", "Police said that some 15,000 people marched in Halvorne on Saturday."),
    ];
    let mut documents = Vec::new();
    for (paper, text) in texts {
        documents.push(Article::new(text).publisher(paper).published("2017-04-03")?.annotate());
    }
    store.add(documents)?;
    for question in ["who-said", "numbers-about", "disagreements"] {
        let answer = store.ask(question, &[])?;
        println!("\n{question}: {}", answer.columns.join(" | "));
        for row in &answer.rows {
            println!("{}", row.join(" | "));
        }
    }
    Ok(())
}
