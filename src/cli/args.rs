//! The arguments as typed.

use std::path::PathBuf;

use clap::{Parser, Subcommand, ValueEnum};

/// Who said what, when, with which number: news articles in, an attributed knowledge graph out.
#[derive(Parser, Debug)]
#[command(
    name = "sayso",
    version,
    long_version = concat!(env!("CARGO_PKG_VERSION"), "\n", env!("SAYSO_DATA")),
    max_term_width = 100,
    propagate_version = true,
    after_help = "\
Examples:
  sayso build corpus                          read articles into ./sayso-store
  sayso ask who-said --about trucks           who said what about trucks
  sayso ask disagreements                     figures that differ, side by side
  sayso query 'SELECT (COUNT(*) AS ?statements) { ?s a sayso:Statement }'
  sayso export --format svg --about \"Sergei Shoigu\" > shoigu.svg
  sayso annotate article.txt                  the statements of one article, marked

Exit codes: 0 done; 1 done, but some input was left out or a check failed; 2 wrong command line; 3 nothing could be done."
)]
pub struct Args {
    #[command(subcommand)]
    pub command: Command,
    #[command(flatten)]
    pub shared: Shared,
}

/// Options of every command.
#[derive(clap::Args, Debug, Clone)]
pub struct Shared {
    /// Say nothing but errors
    #[arg(long, short, global = true)]
    pub quiet: bool,
    /// Threads to use (default: all cores)
    #[arg(long, short, global = true, value_name = "N")]
    pub jobs: Option<usize>,
    /// Colours: when a person watches, always, or never
    #[arg(long, global = true, value_name = "WHEN", default_value = "auto")]
    pub color: When,
}

/// When to use colours.
#[derive(ValueEnum, Debug, Clone, Copy, PartialEq, Eq)]
pub enum When {
    Auto,
    Always,
    Never,
}

impl Shared {
    /// Threads to use, at least one.
    pub fn threads(&self) -> usize {
        let cores = || std::thread::available_parallelism().map_or(1, usize::from);
        self.jobs.unwrap_or_else(cores).max(1)
    }
}

#[derive(Subcommand, Debug)]
pub enum Command {
    /// Read articles, annotate them, put them into the store
    #[cfg(feature = "graph")]
    Build(Build),
    /// Annotate articles: JSON Lines, CoNLL-U, or marked text for a person
    Annotate(Annotate),
    /// Take articles out of the store by their ids
    #[cfg(feature = "graph")]
    Remove(Remove),
    /// Articles in, RDF out, without a store: a filter for pipelines
    #[cfg(feature = "graph")]
    Triples(Triples),
    /// Ask the store a question in SPARQL
    #[cfg(feature = "graph")]
    Query(Query),
    /// Ask the store one of the ready-made questions
    #[cfg(feature = "graph")]
    Ask(Ask),
    /// Write a spreadsheet of who said what: of a store, or of articles at once
    #[cfg(feature = "graph")]
    Table(Table),
    /// Check the store against the shapes of the ontology; every offender is named
    #[cfg(feature = "graph")]
    Check(Check),
    #[cfg(feature = "graph")]
    /// Write a picture, a graph, tables or RDF for other programs
    Export(Export),
    #[cfg(feature = "graph")]
    /// Take in known things from Wikidata, GeoNames, RDF or a list, to link to
    Import(Import),
    /// See and decide which known thing a name is
    #[cfg(feature = "graph")]
    Link(Link),
    #[cfg(feature = "graph")]
    /// List what people decided, and how much of what they looked at was right
    Decisions(Decisions),
    #[cfg(feature = "serve")]
    /// Serve the store: a SPARQL endpoint and plain pages, on this machine
    Serve(Serve),
    #[cfg(feature = "mcp")]
    /// Answer assistants over the Model Context Protocol; reads, never writes
    Mcp(Mcp),
    #[cfg(feature = "graph")]
    /// Draw statements as a sheet to check by hand, or score a sheet that was checked
    Sample(Sample),
    #[cfg(feature = "graph")]
    /// Read what is new again and again, and write the disputes it brings
    Watch(Watch),
    /// Measure the speed of reading on this machine, stage by stage, on one core
    Bench(Bench),
    /// Print a completion script for your shell
    Completions { shell: clap_complete::Shell },
}

/// What articles to read.
#[derive(clap::Args, Debug, Clone)]
pub struct Articles {
    /// Files, folders, or - for standard input
    #[arg(required = true, value_name = "PATH")]
    pub paths: Vec<PathBuf>,
    /// What the input holds (default: told by its content)
    #[arg(long, value_name = "FORMAT")]
    pub input: Option<Input>,
    /// Stop at the first input that cannot be read (default: leave it out, name it, go on; the exit code is then 1)
    #[arg(long, conflicts_with = "keep_going")]
    pub strict: bool,
    /// Go on after what cannot be read: the default
    #[arg(long, hide = true)]
    pub keep_going: bool,
    /// Follow links in folders also where they lead out of the folder
    #[arg(long)]
    pub follow_links: bool,
    /// Read articles in other languages too, as if they were English
    #[arg(long)]
    pub any_language: bool,
    #[command(flatten)]
    pub fields: Fields,
}

/// What the facts of an article are called in tables and JSON, where the usual names do not fit.
#[derive(clap::Args, Debug, Clone, Default)]
#[command(next_help_heading = "Names of fields in tables and JSON (points lead inside: fields.bodyText)")]
pub struct Fields {
    /// The column or key of the text
    #[arg(long, value_name = "NAME")]
    pub text_field: Option<String>,
    /// That of the title
    #[arg(long, value_name = "NAME")]
    pub title_field: Option<String>,
    /// That of the day of publication
    #[arg(long, value_name = "NAME")]
    pub date_field: Option<String>,
    /// That of the newspaper, agency or site
    #[arg(long, value_name = "NAME")]
    pub publisher_field: Option<String>,
    /// That of the authors
    #[arg(long, value_name = "NAME")]
    pub author_field: Option<String>,
    /// That of the web address
    #[arg(long, value_name = "NAME")]
    pub url_field: Option<String>,
    /// That of the id
    #[arg(long, value_name = "NAME")]
    pub id_field: Option<String>,
    /// That of the language
    #[arg(long, value_name = "NAME")]
    pub language_field: Option<String>,
}

impl Articles {
    /// The articles themselves.
    pub fn read(&self) -> crate::read::Articles {
        crate::read::articles_with(&self.paths, self.options())
    }

    fn options(&self) -> crate::read::Options {
        let fields = self.fields.clone();
        crate::read::Options {
            format: self.input.map(|i| i.format()),
            links: if self.follow_links { crate::read::Links::All } else { crate::read::Links::Inside },
            fields: crate::read::Fields {
                text: fields.text_field,
                title: fields.title_field,
                date: fields.date_field,
                publisher: fields.publisher_field,
                author: fields.author_field,
                url: fields.url_field,
                id: fields.id_field,
                language: fields.language_field,
            },
            any_language: self.any_language,
        }
    }
}

/// Formats of input.
#[derive(ValueEnum, Debug, Clone, Copy, PartialEq, Eq)]
pub enum Input {
    Text,
    Html,
    Json,
    Jsonl,
    /// CSV, tab-separated values and their kin, one article a row
    #[value(alias = "csv", alias = "tsv")]
    Table,
    /// RSS, Atom, NITF, NewsML-G2, JATS, TEI, Reuters-21578, trafilatura's XML
    #[value(alias = "rss", alias = "atom")]
    Xml,
    /// One message, or a page saved as MHTML
    #[value(alias = "eml", alias = "mhtml")]
    Mail,
    Mbox,
    Warc,
    #[value(name = "lexisnexis", alias = "nexis")]
    LexisNexis,
    Factiva,
    #[value(name = "proquest")]
    ProQuest,
    Ris,
    Conllu,
    /// JSON Lines whose text is split by single spaces already
    Tokenized,
    /// RDF (Turtle, N-Triples, RDF/XML, JSON-LD): each nif:Context is an article
    Nif,
}

impl Input {
    pub fn format(self) -> crate::read::Format {
        use crate::read::Format;
        match self {
            Input::Text => Format::Text,
            Input::Html => Format::Html,
            Input::Json => Format::Json,
            Input::Jsonl => Format::Jsonl,
            Input::Table => Format::Table,
            Input::Xml => Format::Xml,
            Input::Mail => Format::Mail,
            Input::Mbox => Format::Mbox,
            Input::Warc => Format::Warc,
            Input::LexisNexis => Format::LexisNexis,
            Input::Factiva => Format::Factiva,
            Input::ProQuest => Format::ProQuest,
            Input::Ris => Format::Ris,
            Input::Conllu => Format::Conllu,
            Input::Tokenized => Format::Tokenized,
            Input::Nif => Format::Nif,
        }
    }
}

#[derive(clap::Args, Debug)]
#[command(after_help = "\
Examples:
  sayso annotate article.txt                   marked text, in colour
  sayso annotate article.txt --explain         and why
  sayso annotate --format html article.txt > article.html
  sayso annotate - < articles.jsonl > annotated.jsonl
  sayso annotate --format conllu folder
  sayso annotate --format nif corpus.ttl        names with their links; names that corpus.ttl gives are linked as given")]
pub struct Annotate {
    #[command(flatten)]
    pub articles: Articles,
    /// Output (default: marked text on a terminal and with --explain, JSON Lines otherwise)
    #[arg(long, short, value_name = "FORMAT")]
    pub format: Option<AnnotateFormat>,
    /// Say which rule or model decided, under each sentence
    #[arg(long)]
    pub explain: bool,
    /// Include the article's own voice among the attributions
    #[arg(long)]
    pub narrator: bool,
    /// Write the propositions as tuples of open information extraction, verbs of saying included: "nary", one a predicate
    /// with all arguments, or "binary", a short fact for each conjunct and each prepositional argument
    #[arg(long, value_name = "SHAPE", value_parser = ["nary", "binary"])]
    pub propositions: Option<String>,
    /// Whose identifiers --format nif writes, where it has them
    #[cfg(feature = "graph")]
    #[arg(long, value_name = "BASE", default_value = "wikidata")]
    pub identifiers: Identifiers,
    /// Switch a rule of the statement stage off, to measure what it is worth (repeatable)
    #[arg(long, value_name = "RULE", hide = true)]
    pub without: Vec<String>,
}

#[cfg(feature = "graph")]
#[derive(clap::Args, Debug)]
#[command(after_help = "\
Examples:
  sayso export --format svg --about \"Sergei Shoigu\" --hops 2 -o shoigu.svg
  sayso export --format svg --question trucks          the most disputed figure about trucks
  sayso export --format dot --since 2015-11-20 --until 2015-11-22 | dot -Tpdf > week.pdf
  sayso export --format dot --document shoigu-report --full | dot -Tsvg > raw.svg")]
pub struct Export {
    /// The store, or a file of RDF
    #[arg(long, value_name = "DIR", default_value = crate::graph::store::DEFAULT, env = "SAYSO_STORE")]
    pub store: PathBuf,
    /// What to write (by default what the output file's ending says, else dot)
    #[arg(long, short, value_name = "FORMAT", value_parser = export_formats())]
    pub format: Option<String>,
    /// Where to write (default: standard output)
    #[arg(long, short, value_name = "FILE")]
    pub output: Option<PathBuf>,
    /// Around a person, organization or place: a name, part of one, or an IRI
    #[arg(long, value_name = "NAME", group = "focus")]
    pub about: Option<String>,
    /// Around an event: words of its label
    #[arg(long, value_name = "WORDS", group = "focus")]
    pub event: Option<String>,
    /// One dispute: the answers to a question side by side; without words, the most disputed one
    #[arg(long, value_name = "WORDS", group = "focus", num_args = 0..=1, default_missing_value = "")]
    pub question: Option<String>,
    /// One article: its id, or words of its title
    #[arg(long, value_name = "ID", group = "focus")]
    pub document: Option<String>,
    #[command(flatten)]
    pub narrow: super::choice::Narrow,
    /// Steps from there: statements are one step from their speaker, events and articles two
    #[arg(long, default_value_t = 2, value_name = "N")]
    pub hops: usize,
    /// Leave out what does not fit, and say so; 0 is no limit (default: 120 for pictures, else none). Without it, a picture of
    /// more statements is an overview in place of a graph
    #[arg(long, value_name = "N")]
    pub max_nodes: Option<usize>,
    /// Every node of the store as it is: claims, quantities, links
    #[arg(long)]
    pub full: bool,
    /// Leave out what the articles say in their own voice
    #[arg(long)]
    pub attributed: bool,
    /// The table of --format csv: statements, quantities, events, entities or links, or another one of the database (docs/tables.md)
    #[arg(long, value_name = "NAME", default_value = "statements")]
    pub table: String,
    /// CSV for a spreadsheet: an apostrophe before cells that it would run as formulas
    #[arg(long)]
    pub safe: bool,
    /// Pictures and graphs tell which thing of Wikidata, GeoNames … a person, body or place is linked to
    #[arg(long)]
    pub with_links: bool,
    /// With the claims as reifiers of the triples they say (RDF 1.2), whether or not the store was built so
    #[arg(long)]
    pub rdf12: bool,
    /// Frame the statements of one article or event
    #[arg(long, value_name = "WHAT", default_value = "document")]
    pub cluster: Cluster,
}

#[cfg(feature = "graph")]
#[derive(clap::Args, Debug)]
#[command(after_help = "\
Examples:
  sayso decisions                 each decision, and whether it still matches
  sayso decisions --score         of what was checked, how much was right: share and 95 % range

Decisions are made on the pages of `sayso serve --review` and with `sayso link`.")]
pub struct Decisions {
    /// The store
    #[arg(long, value_name = "DIR", default_value = crate::graph::store::DEFAULT, env = "SAYSO_STORE")]
    pub store: PathBuf,
    /// The table of decisions (default: decisions.tsv beside the store)
    #[arg(long, value_name = "FILE")]
    pub decisions: Option<PathBuf>,
    /// Only how much was right
    #[arg(long)]
    pub score: bool,
}

#[cfg(feature = "serve")]
#[derive(clap::Args, Debug)]
#[command(after_help = "\
Examples:
  sayso serve                                          pages at http://127.0.0.1:7878/
  curl 'http://127.0.0.1:7878/sparql' --data-urlencode 'query=SELECT * { ?s a sayso:Statement } LIMIT 5'
  curl http://127.0.0.1:7878/nif -H 'Content-Type: text/turtle' --data-binary @text.ttl    a text's names and links (NIF)
  SAYSO_TOKEN=long-secret sayso serve --writable       with SPARQL Update, for those who know the token")]
pub struct Serve {
    /// The store, or a file of RDF
    #[arg(long, value_name = "DIR", default_value = crate::graph::store::DEFAULT, env = "SAYSO_STORE")]
    pub store: PathBuf,
    /// Address to listen on; others than this machine's own let the network in
    #[arg(long, default_value = "127.0.0.1")]
    pub host: std::net::IpAddr,
    /// Port to listen on
    #[arg(long, default_value_t = 7878)]
    pub port: u16,
    /// Allow changes to requests that bear the token
    #[arg(long)]
    pub writable: bool,
    /// The secret of --writable, better given by the environment variable SAYSO_TOKEN
    #[arg(long, value_name = "SECRET")]
    pub token: Option<String>,
    /// Stop queries after this many seconds
    #[arg(long, default_value_t = 30, value_name = "SECONDS")]
    pub timeout: u64,
    /// Memory of all queries together; the largest is stopped when they take more (0 is no limit)
    #[arg(long, default_value_t = 2_048, value_name = "MB")]
    pub memory: u64,
    /// Let SERVICE and LOAD reach this address (http or https; all that begin so when it ends in /); can be given several times
    #[arg(long, value_name = "URL")]
    pub allow_remote: Vec<String>,
    /// Leave out rows beyond this many, and say so in the header sayso-truncated
    #[arg(long, default_value_t = 100_000, value_name = "N")]
    pub rows: usize,
    /// A name by which requests may call this server, beside addresses and localhost; can be given several times
    #[arg(long, value_name = "NAME")]
    pub name: Vec<String>,
    /// Connections held at once; for one more, the slowest makes room
    #[arg(long, default_value_t = 128, value_name = "N")]
    pub connections: usize,
    /// Let web pages of other origins read the answers
    #[arg(long)]
    pub cors: bool,
    /// Print a link to the review page, on which whoever has it confirms, corrects and rejects
    #[arg(long)]
    pub review: bool,
    /// Let --review listen on other addresses than this machine's own: a proxy with TLS stands in front
    #[arg(long, requires = "review")]
    pub behind_tls: bool,
    /// Who decides on the review page, as the table of decisions names them
    #[arg(long, value_name = "NAME", requires = "review")]
    pub by: Option<String>,
    /// The table of decisions (default: decisions.tsv beside the store)
    #[arg(long, value_name = "FILE")]
    pub decisions: Option<PathBuf>,
}

#[cfg(feature = "graph")]
#[derive(clap::Args, Debug)]
#[command(after_help = "\
Examples:
  sayso table -o claims.xlsx                           of the store ./sayso-store
  sayso table articles -o claims.xlsx                  of files, without a store
  sayso table --about trucks --since 2015-11-18 -o trucks.csv
  sayso table --sheet figures -o figures.csv

A workbook and a page hold all tables; the other formats hold one.")]
pub struct Table {
    #[command(flatten)]
    pub articles: Articles,
    /// Folder of the store, where no articles are given (default: sayso-store, or SAYSO_STORE)
    #[arg(long, value_name = "DIR", conflicts_with = "paths")]
    pub store: Option<PathBuf>,
    /// Where to write; the ending decides the format: xlsx, csv, tsv, jsonl, html, md
    #[arg(long, short, value_name = "FILE")]
    pub output: PathBuf,
    /// One table alone: statements, figures, disputes, articles or speakers
    #[arg(long, value_name = "NAME")]
    pub sheet: Option<String>,
    /// Where `sayso serve` shows the store: links to sentences then lead there, and not to the articles' own addresses
    #[arg(long, value_name = "URL")]
    pub pages: Option<String>,
    #[command(flatten)]
    pub choice: super::choice::Choice,
}

#[cfg(feature = "mcp")]
#[derive(clap::Args, Debug)]
#[command(after_help = "\
Tools: who_said, figures, disputes, timeline, article, evidence, sparql; every row carries its sentence and the article's address.

Examples:
  sayso mcp --store news-store
  { \"mcpServers\": { \"sayso\": { \"command\": \"sayso\", \"args\": [\"mcp\", \"--store\", \"/data/news-store\"] } } }")]
pub struct Mcp {
    #[command(flatten)]
    pub at: StoreAt,
    /// Stop a question after this many seconds
    #[arg(long, default_value_t = 20, value_name = "SECONDS")]
    pub timeout: u64,
    /// Rows of an answer at most
    #[arg(long, default_value_t = 200, value_name = "N")]
    pub rows: usize,
    /// Stop a question when it has taken this much memory
    #[arg(long, default_value_t = 1_024, value_name = "MB")]
    pub memory: u64,
}

#[cfg(feature = "graph")]
#[derive(clap::Args, Debug)]
#[command(after_help = "\
Write y or n into the columns speaker_right, words_right, manner_right and number_right (which is empty where there is no
number), and give the sheet back.

Examples:
  sayso sample 100 -o sheet.csv
  sayso sample --score sheet.csv             precision of each field with its 95 % interval")]
pub struct Sample {
    /// How many statements
    #[arg(default_value_t = 100, value_name = "N")]
    pub number: usize,
    #[command(flatten)]
    pub at: StoreAt,
    /// Where to write the sheet (default: standard output)
    #[arg(long, short, value_name = "FILE")]
    pub output: Option<PathBuf>,
    /// Another number draws other statements
    #[arg(long, default_value_t = 1, value_name = "N")]
    pub seed: u64,
    /// Only statements at least so sure to be read rightly; 0 draws from all
    #[arg(long, default_value_t = f64::from(crate::graph::ask::SHOWN) / 100.0, value_name = "SHARE")]
    pub min_confidence: f64,
    /// Score this sheet instead
    #[arg(long, value_name = "SHEET", conflicts_with_all = ["output", "number"])]
    pub score: Option<PathBuf>,
}

#[cfg(feature = "graph")]
#[derive(clap::Args, Debug)]
#[command(after_help = "\
Each line of the output is one pair of figures that contradict or replace one another, with both sentences and addresses.

Examples:
  sayso watch news                           every minute, into ./sayso-store
  sayso watch feed.xml --once                once, for cron; what another program fetched into feed.xml
  sayso watch news --about march | mail -s disputes desk@paper.example
  sayso watch https://paper.example/feed.rss --allow-remote https://paper.example/

What is fetched is kept in a folder beside the store. Of https the authorities in the file SSL_CERT_FILE are trusted, else Mozilla's.")]
// Standard input ends, so that there is nothing to look at again.
#[command(mut_arg("paths", |paths| paths.help("Folders, files, or addresses that --allow-remote names")))]
pub struct Watch {
    #[command(flatten)]
    pub articles: Articles,
    #[command(flatten)]
    pub at: StoreAt,
    /// Look again after this many seconds
    #[arg(long, default_value_t = 60, value_name = "SECONDS")]
    pub every: u64,
    /// Look once and end
    #[arg(long)]
    pub once: bool,
    /// Only where these words occur
    #[arg(long, value_name = "WORDS")]
    pub about: Option<String>,
    /// Let what is watched be fetched from this address (http or https; all that begin so when it ends in /); can be given several times
    #[arg(long, value_name = "URL")]
    pub allow_remote: Vec<String>,
}

/// What pictures put in one frame.
#[cfg(feature = "graph")]
#[derive(ValueEnum, Debug, Clone, Copy, PartialEq, Eq)]
pub enum Cluster {
    Document,
    Event,
    None,
}

#[cfg(feature = "graph")]
fn export_formats() -> clap::builder::PossibleValuesParser {
    let formats = crate::graph::export::Format::ALL.iter();
    formats.map(|(name, _, what)| clap::builder::PossibleValue::new(*name).help(*what)).collect::<Vec<_>>().into()
}

#[derive(clap::Args, Debug)]
#[command(after_help = "\
Examples:
  sayso bench corpus --words 500000                      words a second, stage by stage
  sayso bench --store /tmp/bench --quads 1000000         a store of made-up articles: loading, every question, updates
  sayso bench --store /tmp/bench --quads 5000000 --backend rocksdb")]
pub struct Bench {
    /// Files or folders of articles
    #[arg(value_name = "PATH", required_unless_present = "store")]
    pub paths: Vec<PathBuf>,
    /// What the input holds (default: by the file's name)
    #[arg(long, value_name = "FORMAT")]
    pub input: Option<Input>,
    /// Also time texts that are hard on some stage, at one, two and four times this many bytes
    #[arg(long, value_name = "BYTES")]
    pub hard: Option<usize>,
    /// Read the articles again and again until this many words are done
    #[arg(long, default_value_t = 200_000)]
    pub words: usize,
    /// Measure a store instead: of made-up articles, in this folder, which must be empty or new
    #[cfg(feature = "graph")]
    #[arg(long, value_name = "DIR", conflicts_with = "paths")]
    pub store: Option<PathBuf>,
    /// Make that many articles up, and run the program itself on them step by step: annotate, build, add, ask
    #[cfg(feature = "graph")]
    #[arg(long, value_name = "N", requires = "store", conflicts_with = "quads")]
    pub articles: Option<usize>,
    /// How much of these articles is written
    #[cfg(feature = "graph")]
    #[arg(long, value_name = "LEVEL", requires = "articles")]
    pub detail: Option<Detail>,
    /// Quads of that store
    #[cfg(feature = "graph")]
    #[arg(long, default_value_t = 1_000_000, value_name = "N")]
    pub quads: usize,
    /// How it is kept
    #[cfg(feature = "graph")]
    #[arg(long, value_name = "KIND", default_value = "mapped")]
    pub backend: Backend,
    /// Leave out the comparison across articles, which takes longer than all else in a large store
    #[cfg(feature = "graph")]
    #[arg(long)]
    pub no_compare: bool,
    /// Times that each question is asked
    #[cfg(feature = "graph")]
    #[arg(long, default_value_t = 5, value_name = "N")]
    pub runs: usize,
    /// Stop a question after this many seconds
    #[cfg(feature = "graph")]
    #[arg(long, default_value_t = 60, value_name = "SECONDS")]
    pub timeout: u64,
}

/// Formats of `annotate`.
#[derive(ValueEnum, Debug, Clone, Copy, PartialEq, Eq)]
pub enum AnnotateFormat {
    /// The annotation format: one JSON object a document
    Jsonl,
    /// Sentences, tokens, lemmas, tags and trees (Universal Dependencies)
    Conllu,
    /// Marked text for a terminal
    Text,
    /// Marked text as a page
    Html,
    /// Quantities in the shape of NewsQuant
    Newsquant,
    /// Names and the known things that they name (NIF 2.0, Turtle)
    #[cfg(feature = "graph")]
    Nif,
}

/// Whose identifiers known things have.
#[cfg(feature = "graph")]
#[derive(ValueEnum, Debug, Clone, Copy, PartialEq, Eq)]
pub enum Identifiers {
    Wikidata,
    Dbpedia,
    Geonames,
}

/// Where the store is.
#[cfg(feature = "graph")]
#[derive(clap::Args, Debug, Clone)]
pub struct StoreAt {
    /// Folder of the store
    #[arg(long, value_name = "DIR", default_value = "sayso-store", env = "SAYSO_STORE")]
    pub store: PathBuf,
}

/// How RDF is written.
#[cfg(feature = "graph")]
#[derive(clap::Args, Debug, Clone, Default)]
pub struct Rdf {
    /// Where the IRIs of the data begin (default: a neutral base)
    #[arg(long, value_name = "IRI")]
    pub base: Option<String>,
    /// Also write each claim as a reifier of its triple (RDF 1.2)
    #[arg(long)]
    pub rdf12: bool,
    /// How much of an article is written
    #[arg(long, alias = "profile", value_name = "LEVEL", default_value = "usual")]
    pub detail: Detail,
}

/// How much of an article is written.
#[cfg(feature = "graph")]
#[derive(ValueEnum, Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Detail {
    /// Statements, figures, events and entities with their places in the text
    #[default]
    Usual,
    /// Everything that was found, also what no question asks for
    Full,
    /// Only who says what: for huge archives
    Claims,
}

#[cfg(feature = "graph")]
impl Detail {
    /// Its name on the command line.
    pub fn name(self) -> &'static str {
        self.detail().as_str()
    }

    pub fn detail(self) -> crate::graph::write::Detail {
        match self {
            Detail::Usual => crate::graph::write::Detail::Usual,
            Detail::Full => crate::graph::write::Detail::Full,
            Detail::Claims => crate::graph::write::Detail::Claims,
        }
    }
}

#[cfg(feature = "graph")]
#[derive(clap::Args, Debug)]
#[command(after_help = "\
Examples:
  sayso build corpus                     into ./sayso-store; articles that did not change are skipped
  sayso build news --store news-store --prune
  crawler | sayso build -
  sayso build archive.csv --text-field story --date-field printed

A folder may hold a metadata.tsv (columns: file, title, publisher, authors, published, url) for its articles.
Killing a build at any moment leaves the store as it was.")]
pub struct Build {
    #[command(flatten)]
    pub articles: Articles,
    #[command(flatten)]
    pub at: StoreAt,
    #[command(flatten)]
    pub rdf: Rdf,
    /// How a new store is kept (default: mapped; a store that is there keeps its kind)
    #[arg(long, value_name = "KIND")]
    pub backend: Option<Backend>,
    /// Drop the documents that are in the store and not among these articles
    #[arg(long)]
    pub prune: bool,
    /// Read every article anew, also those that did not change
    #[arg(long)]
    pub again: bool,
    /// Do not compare claims across articles; a store that is not compared stays so until a build with --compare
    #[arg(long, conflicts_with = "compare")]
    pub no_compare: bool,
    /// Compare claims across articles also where the store was built without; a new store is compared anyway
    #[arg(long)]
    pub compare: bool,
}

/// `sayso remove`.
#[cfg(feature = "graph")]
#[derive(clap::Args, Debug)]
#[command(after_help = "\
Examples:
  sayso remove 2015-11-17-trucks
  sayso remove one.txt two.txt --store news-store
  sayso build news --prune                   drops all that are not in the folder any more")]
pub struct Remove {
    /// Ids of articles
    #[arg(required = true, value_name = "ID")]
    pub ids: Vec<String>,
    #[command(flatten)]
    pub at: StoreAt,
    /// Do not compare claims across articles, not even those that the removed ones touch; `build --compare` does it
    #[arg(long)]
    pub no_compare: bool,
}

/// How a store is kept.
#[cfg(feature = "graph")]
#[derive(ValueEnum, Debug, Clone, Copy, PartialEq, Eq)]
pub enum Backend {
    /// Sorted files that are mapped into memory and never read as a whole
    Mapped,
    /// One compressed file of N-Quads, read into memory by every command: for some million quads
    #[value(alias = "files")]
    Memory,
    /// Oxigraph on RocksDB, read from disk as needed: for more (only in a program built with --features rocksdb)
    Rocksdb,
}

#[cfg(feature = "graph")]
impl Backend {
    pub fn kind(self) -> crate::graph::store::Backend {
        match self {
            Backend::Mapped => crate::graph::store::Backend::Mapped,
            Backend::Memory => crate::graph::store::Backend::Files,
            Backend::Rocksdb => crate::graph::store::Backend::RocksDb,
        }
    }
}

#[cfg(feature = "graph")]
#[derive(clap::Args, Debug)]
#[command(after_help = "\
Examples:
  sayso triples article.txt
  sayso triples - --format nquads < articles.jsonl > part-0001.nq")]
pub struct Triples {
    #[command(flatten)]
    pub articles: Articles,
    #[command(flatten)]
    pub rdf: Rdf,
    /// Output: trig, nquads, turtle, ntriples, rdfxml or jsonld (default: TriG on a terminal, N-Quads otherwise)
    #[arg(long, short, value_name = "FORMAT")]
    pub format: Option<String>,
}

/// `sayso import`.
#[cfg(feature = "graph")]
#[derive(clap::Args, Debug)]
#[command(after_help = "\
The things are kept in the folder known beside the store, and are used by every build from then on.

Examples:
  sayso import wikidata latest-all.json.bz2 --sitelinks 20
  sayso import geonames cities500.txt --population 500
  sayso import rdf members.ttl
  sayso import tsv customers.tsv             a name, a tab, a Wikidata or GeoNames number or an IRI; also kind, country")]
pub struct Import {
    /// Where the things come from
    pub source: Source,
    /// The file; .gz, .bz2 and .zst are unpacked
    pub file: PathBuf,
    #[command(flatten)]
    pub at: StoreAt,
    /// The name under which they are kept (default: the file's); the same name replaces them
    #[arg(long, value_name = "NAME")]
    pub name: Option<String>,
    /// Wikidata: only what has an article in as many Wikipedias
    #[arg(long, value_name = "N", default_value_t = 5)]
    pub sitelinks: u32,
    /// GeoNames: only towns of as many people; 0 also takes mountains, rivers and the like
    #[arg(long, value_name = "N", default_value_t = 1000)]
    pub population: u64,
    /// Wikidata: only things of this class (a Q number); can be given several times
    #[arg(long, value_name = "Q")]
    pub class: Vec<String>,
    /// The language of names, before English
    #[arg(long, value_name = "CODE", default_value = "en")]
    pub language: String,
}

/// Where known things come from.
#[cfg(feature = "graph")]
#[derive(ValueEnum, Debug, Clone, Copy, PartialEq, Eq)]
pub enum Source {
    /// A dump in JSON, one item a line, or an extract of one
    Wikidata,
    /// allCountries.txt, cities500.txt, a country's
    Geonames,
    /// Whatever has a label
    Rdf,
    /// A list of names and what they name
    Tsv,
}

/// `sayso link`.
#[cfg(feature = "graph")]
#[derive(clap::Args, Debug)]
#[command(after_help = "\
Decisions are kept in decisions.tsv beside the store, by the words of the text; the next build follows them, and so does
every later one.

Examples:
  sayso link review                          doubtful links, the least sure first
  sayso link reject \"Lincoln\" Q28260         not the city, in any article
  sayso link accept \"Lincoln\" Q91 --article 2015-11-20-speech
  sayso link reconcile --endpoint https://wikidata.reconci.link/en/api     what the other names may be
  sayso link list                            decisions, and whether they still match")]
pub struct Link {
    /// Folder of the store
    #[arg(long, value_name = "DIR", default_value = "sayso-store", env = "SAYSO_STORE", global = true)]
    pub store: PathBuf,
    /// The file of decisions (default: decisions.tsv beside the store)
    #[arg(long, value_name = "FILE", global = true)]
    pub decisions: Option<PathBuf>,
    #[command(subcommand)]
    pub command: LinkCommand,
}

/// What to do with links.
#[cfg(feature = "graph")]
#[derive(Subcommand, Debug)]
pub enum LinkCommand {
    /// List doubtful links, the least sure first
    Review {
        /// Lines at most
        #[arg(long, default_value_t = 50, value_name = "N")]
        limit: usize,
        /// Sure ones too
        #[arg(long)]
        all: bool,
    },
    /// These words are that thing
    Accept(Decide),
    /// These words are not that thing; without one, they are nothing known
    Reject(Decide),
    /// These two names are one: one node in every article from the next build on
    Merge {
        /// A name, exactly as in the text
        words: String,
        /// The other name
        with: String,
        #[command(flatten)]
        told: Told,
    },
    /// In this article the name is somebody else than in the others
    Split {
        /// The name, exactly as in the text
        words: String,
        /// The article (its id)
        #[arg(long, value_name = "ID")]
        article: String,
        #[command(flatten)]
        told: Told,
    },
    /// Take over the identities of a table of mappings (SSSOM)
    Import {
        /// The table, tab-separated
        file: PathBuf,
    },
    /// Ask a reconciliation service which known things the names without a link are
    Reconcile(Reconcile),
    /// List the decisions, and whether they match anything
    List,
}

/// `sayso link reconcile`.
#[cfg(feature = "graph")]
#[derive(clap::Args, Debug)]
#[command(after_help = "\
The service gets the names and the types, nothing else, and no other address is asked. Its answers are kept in known/reconciled.jsonl
beside the store, and are not asked for twice. It speaks the Reconciliation Service API 0.2, as OpenRefine's services do.

Examples:
  sayso link reconcile --endpoint https://wikidata.reconci.link/en/api --kind person --limit 50
  sayso link reconcile --endpoint http://127.0.0.1:7878/reconcile -o candidates.xlsx
  sayso link reconcile --endpoint https://wikidata.reconci.link/en/api --accept && sayso build news")]
pub struct Reconcile {
    /// The service (http or https); redirections are not followed
    #[arg(long, value_name = "URL")]
    pub endpoint: String,
    /// Only names of this kind; can be given several times
    #[arg(long, value_name = "KIND")]
    pub kind: Vec<NameKind>,
    /// The type that a kind has there, as in person=Q5; can be given several times (default: Wikidata's, where it is Wikidata)
    #[arg(long = "type", value_name = "KIND=ID")]
    pub types: Vec<String>,
    /// Names at most, those of most articles first
    #[arg(long, value_name = "N", default_value_t = 100)]
    pub limit: usize,
    /// Candidates of each name to show at most
    #[arg(long, value_name = "N", default_value_t = 3)]
    pub candidates: usize,
    /// Names asked at once at most
    #[arg(long, value_name = "N", default_value_t = 10)]
    pub batch: usize,
    /// How long one request may take
    #[arg(long, value_name = "SECONDS", default_value_t = 60)]
    pub timeout: u64,
    /// Make decisions of the safe matches (links from the next build on); what a person decided stays
    #[arg(long)]
    pub accept: bool,
    /// Ask also what was answered before
    #[arg(long)]
    pub again: bool,
    /// table, csv, tsv, jsonl, xlsx, html, md, json, xml (default: by the ending of -o, else a table on a terminal and CSV
    /// otherwise)
    #[arg(long, short, value_name = "FORMAT")]
    pub format: Option<String>,
    /// Where to write; the ending decides the format
    #[arg(long, short, value_name = "FILE")]
    pub output: Option<PathBuf>,
    /// CSV for a spreadsheet: an apostrophe before cells that it would run as formulas (always so with -o)
    #[arg(long)]
    pub safe: bool,
    #[command(flatten)]
    pub told: Told,
}

/// The kinds of things that have names.
#[cfg(feature = "graph")]
#[derive(ValueEnum, Debug, Clone, Copy, PartialEq, Eq)]
pub enum NameKind {
    Person,
    #[value(alias = "organisation", alias = "body")]
    Organization,
    Group,
    Place,
}

#[cfg(feature = "graph")]
impl NameKind {
    /// As the graph has it.
    pub fn name(self) -> &'static str {
        match self {
            NameKind::Person => "Person",
            NameKind::Organization => "Organization",
            NameKind::Group => "Group",
            NameKind::Place => "Place",
        }
    }
}

/// What is kept with a decision.
#[cfg(feature = "graph")]
#[derive(clap::Args, Debug)]
pub struct Told {
    /// The day of the decision, to be kept with it
    #[arg(long, value_name = "DAY")]
    pub day: Option<String>,
    /// Who decides, to be kept with it
    #[arg(long, value_name = "NAME")]
    pub by: Option<String>,
}

/// What is decided.
#[cfg(feature = "graph")]
#[derive(clap::Args, Debug)]
pub struct Decide {
    /// The words, exactly as in the text
    pub words: String,
    /// Number of Wikidata or GeoNames, or an IRI
    pub value: Option<String>,
    /// Only in this article (its id)
    #[arg(long, value_name = "ID")]
    pub article: Option<String>,
    /// Only where this stands right before the words
    #[arg(long, value_name = "TEXT")]
    pub prefix: Option<String>,
    /// The day of the decision, to be kept with it
    #[arg(long, value_name = "DAY")]
    pub day: Option<String>,
    /// Who decides, to be kept with it
    #[arg(long, value_name = "NAME")]
    pub by: Option<String>,
}

/// `sayso check`.
#[cfg(feature = "graph")]
#[derive(clap::Args, Debug)]
#[command(after_help = "\
Each line names a constraint of ontology/shapes.ttl, the thing that offends, what is wrong, and the value.

Examples:
  sayso check
  sayso check --store graph.ttl              a file of RDF, whoever wrote it
  sayso check | cut -f1 | sort | uniq -c     how often which constraint")]
pub struct Check {
    #[command(flatten)]
    pub at: StoreAt,
}

/// How an answer is printed and how long it may take.
#[cfg(feature = "graph")]
#[derive(clap::Args, Debug, Clone, Default)]
pub struct AnswerAs {
    /// table, csv, tsv, jsonl, xlsx, html, md, json, xml; for CONSTRUCT and DESCRIBE turtle, ntriples, rdfxml, jsonld
    /// (default: by the ending of -o, else a table on a terminal and CSV otherwise)
    #[arg(long, short, value_name = "FORMAT")]
    pub format: Option<String>,
    /// Where to write: the ending decides the format (csv, tsv, jsonl, xlsx, html, md, json, xml; ttl, nt, rdf, jsonld)
    #[arg(long, short, value_name = "FILE")]
    pub output: Option<PathBuf>,
    /// These columns, in this order (names with commas between them; all: also ids, which a terminal is spared)
    #[arg(long, value_name = "NAMES", value_delimiter = ',')]
    pub columns: Vec<String>,
    /// Sort by this column; with a minus before its name from the last to the first
    #[arg(long, value_name = "COLUMN", allow_hyphen_values = true)]
    pub sort: Option<String>,
    /// CSV for a spreadsheet: an apostrophe before cells that it would run as formulas (always so with -o)
    #[arg(long)]
    pub safe: bool,
    /// Stop after this many seconds
    #[arg(long, value_name = "SECONDS", default_value_t = 60)]
    pub timeout: u64,
    /// Rows at most; the answer says when there are more
    #[arg(long, value_name = "N")]
    pub limit: Option<usize>,
    /// Stop when the query has taken this much memory
    #[arg(long, value_name = "MB")]
    pub memory: Option<u64>,
    /// Let SERVICE ask this address (http or https; all that begin so when it ends in /); can be given several times
    #[arg(long, value_name = "URL")]
    pub allow_remote: Vec<String>,
}

#[cfg(feature = "graph")]
#[derive(clap::Args, Debug)]
#[command(after_help = "\
The usual prefixes (sayso:, rdfs:, prov:, nif:, schema:, xsd: …) are known without PREFIX lines; the default graph is
the union of all graphs.

Examples:
  sayso query 'SELECT ?label (COUNT(?s) AS ?n) { ?s sayso:speaker/rdfs:label ?label } GROUP BY ?label ORDER BY DESC(?n)'
  sayso query figures.rq --format csv > figures.csv
  sayso query parties.rq --with members.ttl
  echo 'ASK { ?s a sayso:Statement }' | sayso query -")]
pub struct Query {
    /// SPARQL, a file that holds it, or - for standard input
    #[arg(value_name = "QUERY|FILE|-")]
    pub query: String,
    /// Another dataset (a file of RDF) to be asked together with the store; can be given several times
    #[arg(long, value_name = "FILE")]
    pub with: Vec<PathBuf>,
    #[command(flatten)]
    pub at: StoreAt,
    #[command(flatten)]
    pub answer: AnswerAs,
}

#[cfg(feature = "graph")]
#[derive(clap::Args, Debug)]
#[command(after_help = "\
Without a name, the questions are listed by what they are for. A filter can be given several times: any of its values fits.

Examples:
  sayso ask who-said --about trucks
  sayso ask disagreements --publisher Times --publisher Register
  sayso ask denials --since 2015-11-18 -o denials.xlsx
  sayso ask speakers --sort -statements --limit 20
  sayso ask who-said --columns who,words,title
  sayso ask who-said --sparql                the query itself, to change and run with `sayso query`")]
pub struct Ask {
    /// The question; without it, the questions are listed
    #[arg(id = "question-name", value_name = "QUESTION")]
    pub name: Option<String>,
    #[command(flatten)]
    pub at: StoreAt,
    #[command(flatten)]
    pub answer: AnswerAs,
    #[command(flatten)]
    pub choice: super::choice::Choice,
    /// Print the SPARQL query instead of asking it
    #[arg(long)]
    pub sparql: bool,
}

/// The command with the parameters of all ready-made questions as options of `ask`.
pub fn command() -> clap::Command {
    let command = <Args as clap::CommandFactory>::command();
    #[cfg(feature = "graph")]
    let command = command.mut_subcommand("table", |table| table.mut_arg("paths", |paths| paths.required(false)));
    #[cfg(feature = "graph")]
    let command = command.mut_subcommand("ask", |ask| {
        let own = parameters().into_iter().filter(|(name, _)| !super::choice::NAMES.contains(name));
        own.fold(ask, |ask, (name, help)| {
            ask.arg(
                clap::Arg::new(name)
                    .long(name)
                    .help(help)
                    .value_name("WORDS")
                    .help_heading("Parameters of some questions"),
            )
        })
    });
    command
}

/// The parameters of the ready-made questions, once each, with what they narrow.
#[cfg(feature = "graph")]
pub fn parameters() -> std::collections::BTreeMap<&'static str, &'static str> {
    let all = crate::graph::ask::questions().iter().flat_map(|q| &q.parameters);
    all.map(|p| (p.name, p.description)).collect()
}

/// The commands that need a feature, whether this build has it or not.
const NEEDING: &[(&str, &[&str])] = &[
    (
        "graph",
        &[
            "build",
            "remove",
            "triples",
            "query",
            "ask",
            "table",
            "check",
            "export",
            "import",
            "link",
            "decisions",
            "sample",
            "watch",
        ],
    ),
    ("mcp", &["mcp"]),
    ("serve", &["serve"]),
];

/// The feature that this command needs and this build has not.
pub fn missing(name: &str) -> Option<&'static str> {
    let built_in =
        [("graph", cfg!(feature = "graph")), ("mcp", cfg!(feature = "mcp")), ("serve", cfg!(feature = "serve"))];
    let (feature, _) = NEEDING.iter().find(|(_, names)| names.contains(&name))?;
    built_in.contains(&(*feature, false)).then_some(*feature)
}

/// A completion script. It is made whole before anything is written: its maker cannot say that the reader went away.
pub fn completions(shell: clap_complete::Shell) -> Vec<u8> {
    let mut script = Vec::new();
    clap_complete::generate(shell, &mut command(), "sayso", &mut script);
    script
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_command_is_here_or_says_which_feature_it_needs() {
        let here: Vec<String> = command().get_subcommands().map(|c| c.get_name().to_owned()).collect();
        for name in NEEDING.iter().flat_map(|(_, names)| *names) {
            assert_eq!(here.iter().any(|own| own == name), missing(name).is_none(), "{name}");
        }
        let always = ["annotate", "bench", "completions"];
        let needing = |name: &str| NEEDING.iter().any(|(_, names)| names.contains(&name));
        for name in &here {
            assert!(always.contains(&name.as_str()) || needing(name), "{name}");
        }
    }
}
