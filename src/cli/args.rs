//! The arguments as typed.

use std::path::PathBuf;

use clap::{Parser, Subcommand, ValueEnum};

/// Who said what, when, with which number: news articles in, an attributed knowledge graph out.
#[derive(Parser, Debug)]
#[command(
    name = "sayso",
    version,
    max_term_width = 100,
    propagate_version = true,
    after_help = "\
Examples:
  sayso build corpus                          read articles into ./sayso-store
  sayso ask who-said --about trucks           who said what about trucks
  sayso ask disagreements                     conflicting figures side by side
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
    /// Annotate articles: JSON Lines, CoNLL-U, or marked text for a person
    Annotate(Annotate),
    /// Measure the speed of reading on this machine, stage by stage, on one core
    Bench(Bench),
    /// Print a completion script for your shell
    Completions { shell: clap_complete::Shell },
}

/// What articles to read.
#[derive(clap::Args, Debug, Clone)]
pub struct Articles {
    /// Files, folders, or - for standard input (JSON Lines)
    #[arg(required = true, value_name = "PATH")]
    pub paths: Vec<PathBuf>,
    /// What the input holds (default: by the file's name; JSON Lines on standard input)
    #[arg(long, value_name = "FORMAT")]
    pub input: Option<Input>,
    /// Go on after broken lines and unreadable files (they are reported, and the exit code is 1)
    #[arg(long)]
    pub keep_going: bool,
}

/// Formats of input.
#[derive(ValueEnum, Debug, Clone, Copy, PartialEq, Eq)]
pub enum Input {
    Text,
    Html,
    Json,
    Jsonl,
    Conllu,
    /// JSON Lines whose text is split by single spaces already
    Tokenized,
}

impl Input {
    pub fn format(self) -> crate::read::Format {
        match self {
            Input::Text => crate::read::Format::Text,
            Input::Html => crate::read::Format::Html,
            Input::Json => crate::read::Format::Json,
            Input::Jsonl => crate::read::Format::Jsonl,
            Input::Conllu => crate::read::Format::Conllu,
            Input::Tokenized => crate::read::Format::Tokenized,
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
  sayso annotate --format conllu folder")]
pub struct Annotate {
    #[command(flatten)]
    pub articles: Articles,
    /// Output (default: marked text on a terminal, JSON Lines otherwise)
    #[arg(long, short, value_name = "FORMAT")]
    pub format: Option<AnnotateFormat>,
    /// Say which rule or model decided, under each sentence
    #[arg(long)]
    pub explain: bool,
    /// Include the article's own voice among the attributions
    #[arg(long)]
    pub narrator: bool,
}

#[derive(clap::Args, Debug)]
#[command(after_help = "Example:\n  sayso bench corpus --words 500000")]
pub struct Bench {
    #[command(flatten)]
    pub articles: Articles,
    /// Read the articles again and again until this many words are done
    #[arg(long, default_value_t = 200_000)]
    pub words: usize,
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
}

/// Prints a completion script.
pub fn completions(shell: clap_complete::Shell) {
    let mut command = <Args as clap::CommandFactory>::command();
    clap_complete::generate(shell, &mut command, "sayso", &mut std::io::stdout());
}
