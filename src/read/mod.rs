//! Reading: files, folders and streams of articles into documents that have text and source, nothing more.

mod articles;
mod claims;
pub mod conllu;
mod databases;
mod dates;
mod encoding;
mod error;
mod fields;
mod front;
#[cfg(feature = "html")]
mod html;
#[cfg(not(feature = "html"))]
#[path = "no_html.rs"]
mod html;
pub mod json;
mod language;
mod lines;
mod list;
mod mail;
#[cfg(feature = "html")]
mod markup;
mod metadata;
mod open;
mod part;
mod plain;
mod sniff;
mod table;
mod tally;
mod walk;
mod warc;
mod xml;

use std::path::PathBuf;

pub use articles::Articles;
pub use error::{Error, ErrorKind, Refusal};
pub use fields::Fields;
use part::{Part, Parts};
pub use tally::{Left, Tally};

use crate::text::closed_set;

closed_set! {
    /// What a stream or file holds.
    Format {
        Text = "text",
        Html = "html",
        Json = "json",
        Jsonl = "jsonl",
        Table = "table",
        Xml = "xml",
        Mail = "mail",
        Mbox = "mbox",
        Warc = "warc",
        LexisNexis = "lexisnexis",
        Factiva = "factiva",
        ProQuest = "proquest",
        Ris = "ris",
        Conllu = "conllu",
        Tokenized = "tokenized",
    }
}

/// The longest article that is read, in bytes; longer ones are refused with advice.
pub const LONGEST: usize = 32 << 20;

/// What becomes of symbolic links in folders.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum Links {
    /// Those that lead to another place of the same folder are followed, those that lead out of it are named as left out.
    #[default]
    Inside,
    /// All are followed.
    All,
}

/// How articles are looked for and read.
#[derive(Clone, Debug, Default)]
pub struct Options {
    /// What every input holds; `None`: told by the content and the name.
    pub format: Option<Format>,
    /// What becomes of links in folders.
    pub links: Links,
    /// The names of an article's facts in tables and JSON, where they are none of the usual ones.
    pub fields: Fields,
    /// Articles in other languages than English are read as well.
    pub any_language: bool,
}

/// The articles of these files and folders, in the order of their names. `-` is standard input.
///
/// Folders are walked through. What a file holds is told by its content; hidden files, `metadata.*`, `*.gold.json`, style
/// sheets and scripts of pages are passed over, other files without articles are errors of their own. Links that lead out
/// of a folder are not followed.
pub fn articles(paths: &[PathBuf], format: Option<Format>) -> Articles {
    articles_with(paths, Options { format, ..Options::default() })
}

/// The articles of these files and folders, read as the options say.
pub fn articles_with(paths: &[PathBuf], options: Options) -> Articles {
    Articles::of(paths, options)
}

/// The articles of standard input.
pub fn from_stdin(format: Format) -> Articles {
    articles(&[PathBuf::from("-")], Some(format))
}
