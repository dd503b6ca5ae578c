//! The front door: an article read in one line, a store asked in two.

#[cfg(feature = "graph")]
use std::path::Path;

use crate::annotate::{self as stages, Kit};
#[cfg(feature = "graph")]
use crate::graph::{Error, ask, compare, query, store, vocab, write};
use crate::text::{Document, Published, Source, tidy_id};

/// Reads a text: who says what in it, with which numbers and times.
///
/// Without a day of publication "yesterday" stays open; [`Article`] tells it, and what else is known of an article.
///
/// ```
/// let doc = sayso::annotate("Police said on Sunday that 241,000 people joined the march.");
/// let statement = doc.statements.iter().next().expect("one statement");
/// assert_eq!(doc.words(&statement.content), "that 241,000 people joined the march");
/// let number = doc.quantities.iter().next().expect("one number");
/// assert_eq!(number.value.map(|v| v.to_string()).as_deref(), Some("241000"));
/// ```
pub fn annotate(text: impl Into<String>) -> Document {
    Article::new(text).annotate()
}

/// A text with what is known of it.
///
/// ```
/// let doc = sayso::Article::new("Officials said yesterday that 12 homes were lost.")
///     .id("fire-1")
///     .publisher("Daily News")
///     .published("2018-06-17")?
///     .annotate();
/// let time = doc.times.iter().next().expect("a time");
/// assert_eq!(time.earliest.map(|d| d.to_string()).as_deref(), Some("2018-06-16"));
/// # Ok::<(), sayso::OddDay>(())
/// ```
#[derive(Clone, Debug)]
pub struct Article {
    source: Source,
    text: String,
}

/// A day that is none; it holds what was written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OddDay(pub String);

impl std::fmt::Display for OddDay {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{:?} is not a full date: write 2018-06-17", self.0)
    }
}

impl std::error::Error for OddDay {}

impl Article {
    pub fn new(text: impl Into<String>) -> Article {
        Article { source: Source::default(), text: text.into() }
    }

    /// The name it is kept under; without one a store names it by its text.
    pub fn id(mut self, id: impl Into<String>) -> Article {
        self.source.id = tidy_id(&id.into());
        self
    }

    pub fn title(mut self, title: impl Into<String>) -> Article {
        self.source.title = Some(title.into());
        self
    }

    pub fn publisher(mut self, publisher: impl Into<String>) -> Article {
        self.source.publisher = Some(publisher.into());
        self
    }

    pub fn url(mut self, url: impl Into<String>) -> Article {
        self.source.url = Some(url.into());
        self
    }

    /// The day of publication: `2018-06-17`.
    pub fn published(mut self, day: &str) -> Result<Article, OddDay> {
        let date = day.parse().map_err(|_| OddDay(day.to_owned()))?;
        self.source.published = Some(Published::on(date));
        Ok(self)
    }

    /// The document with every layer found.
    pub fn annotate(self) -> Document {
        let mut source = self.source;
        if source.id.is_empty() {
            use sha2::{Digest, Sha256};
            let hash = Sha256::digest(self.text.as_bytes());
            source.id = hash.iter().take(6).map(|byte| format!("{byte:02x}")).collect();
        }
        stages::annotate(Document::new(source, self.text), &Kit::new())
    }
}

/// A store of claims, on disk as `sayso build` made it, or in memory.
///
/// ```
/// use sayso::{Article, Store};
///
/// let mut store = Store::in_memory()?;
/// store.add([
///     Article::new("The union said 40,000 people marched in Halvorne on Saturday.").published("2017-04-03")?.annotate(),
///     Article::new("Police said 15,000 people marched in Halvorne on Saturday.").published("2017-04-03")?.annotate(),
/// ])?;
/// // What is less sure is left out unless it is asked for.
/// let rows = store.ask("who-said", &[("about", "marched"), ("min-confidence", "0")])?;
/// assert_eq!(rows.len(), 2);
/// assert!(rows.column("who").is_some_and(|who| who.contains(&"Police")));
///
/// let count = store.query("SELECT (COUNT(?s) AS ?n) { ?s a sayso:Statement ; sayso:speaker ?who }")?;
/// assert_eq!(count.column("n").and_then(|n| n.first().copied()), Some("2"));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[cfg(feature = "graph")]
pub struct Store {
    loaded: store::Loaded,
    /// What was found by comparing the articles; it is found anew when more come.
    compared: Vec<oxigraph::model::Quad>,
}

#[cfg(feature = "graph")]
impl Store {
    /// An empty store in memory.
    pub fn in_memory() -> Result<Store, Error> {
        Ok(Store { loaded: store::from_quads(&[])?, compared: Vec::new() })
    }

    /// A store in a folder, to be asked; `sayso build` alone writes there.
    pub fn open(folder: impl AsRef<Path>) -> Result<Store, Error> {
        Ok(Store { loaded: store::Store::open(folder)?.load()?, compared: Vec::new() })
    }

    /// Adds articles to a store in memory, and compares all of them with each other.
    ///
    /// # Errors
    /// When the store is one on disk.
    pub fn add(&mut self, documents: impl IntoIterator<Item = Document>) -> Result<(), Error> {
        let inside = self.loaded.writable()?;
        for document in documents {
            inside.extend(write::quads(&document, &write::Options::default()))?;
        }
        for quad in self.compared.drain(..) {
            inside.remove(&quad)?;
        }
        let new = compare::links(&self.loaded, &write::Mint::new(vocab::BASE))?.quads;
        self.loaded.writable()?.extend(new.iter().map(|q| q.as_ref()))?;
        self.compared = new;
        Ok(())
    }

    /// Asks a ready-made question: `who-said`, `disagreements`, `numbers-about` … with its parameters by name.
    pub fn ask(&self, question: &str, parameters: &[(&str, &str)]) -> Result<Rows, Error> {
        Rows::of(&ask::ask(&self.loaded, question, parameters, &query::Limits::default())?)
    }

    /// Asks in SPARQL. The usual prefixes are known. What constructs a graph gives a row a triple.
    pub fn query(&self, sparql: &str) -> Result<Rows, Error> {
        Rows::of(&query::run(&self.loaded, sparql, &query::Limits::default())?)
    }

    /// What the rest of the library works on: exports, checks, views.
    pub fn loaded(&self) -> &store::Loaded {
        &self.loaded
    }
}

/// The rows of an answer, as text; what a row does not have is empty.
#[cfg(feature = "graph")]
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Rows {
    pub columns: Vec<String>,
    pub rows: Vec<Vec<String>>,
}

#[cfg(feature = "graph")]
impl Rows {
    fn of(answer: &query::Answer) -> Result<Rows, Error> {
        let plain = |term: &oxigraph::model::Term| match term {
            oxigraph::model::Term::NamedNode(node) => node.as_str().to_owned(),
            oxigraph::model::Term::Literal(literal) => literal.value().to_owned(),
            other => other.to_string(),
        };
        Ok(match answer {
            query::Answer::Table(table) => {
                let row = |row: &Vec<Option<oxigraph::model::Term>>| {
                    row.iter().map(|cell| cell.as_ref().map(plain).unwrap_or_default()).collect()
                };
                Rows { columns: table.columns.clone(), rows: table.rows.iter().map(row).collect() }
            }
            query::Answer::Boolean(yes) => Rows { columns: vec!["answer".into()], rows: vec![vec![yes.to_string()]] },
            query::Answer::Graph { triples, .. } => Rows {
                columns: ["subject", "predicate", "object"].map(str::to_owned).to_vec(),
                rows: triples
                    .iter()
                    .map(|t| vec![t.subject.to_string(), t.predicate.to_string(), t.object.to_string()])
                    .collect(),
            },
        })
    }

    pub fn len(&self) -> usize {
        self.rows.len()
    }

    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    /// The values of a column.
    pub fn column(&self, name: &str) -> Option<Vec<&str>> {
        let place = self.columns.iter().position(|c| c == name)?;
        Some(self.rows.iter().map(|row| row[place].as_str()).collect())
    }
}
