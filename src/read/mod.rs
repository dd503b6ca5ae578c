//! Reading: files, folders and streams of articles into documents that have text and source, nothing more.

mod articles;
mod claims;
pub mod conllu;
mod databases;
mod dates;
mod encoding;
mod error;
#[cfg(feature = "html")]
mod exports;
mod fields;
mod front;
#[cfg(feature = "html")]
mod html;
#[cfg(not(feature = "html"))]
#[path = "no_html.rs"]
mod html;
pub mod json;
pub(crate) mod language;
mod lines;
mod list;
mod mail;
#[cfg(feature = "html")]
mod markup;
mod metadata;
#[cfg(feature = "graph")]
mod nif;
#[cfg(not(feature = "graph"))]
#[path = "no_nif.rs"]
mod nif;
mod open;
mod part;
mod plain;
mod rows;
mod sniff;
mod table;
mod tally;
mod walk;
mod warc;
mod xml;

use std::path::{Path, PathBuf};

pub use articles::Articles;
pub use error::{Error, ErrorKind, Refusal};
pub use fields::Fields;
use part::{Part, Parts};
pub use tally::{Left, Tally};

use serde_json::{Map, Value};

use crate::text::{Document, closed_set};

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
        Nif = "nif",
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

/// An article that a program has at hand, as an object of JSON: its facts are found under the names that files have, and it
/// is left out where it would be left out of a file. A text under the name `text` stays to the letter, so that places are
/// those of the caller's string. With the article, what could not be understood of it.
///
/// # Errors
/// An article without text, or in another language than English where the options ask for English ones alone.
pub fn from_object(object: &Map<String, Value>, options: &Options) -> Result<(Document, Vec<Error>), Error> {
    let path = Path::new("-");
    let read = json::document(object, &options.fields).ok_or_else(|| json::without_text(object, path))?;
    let own = object
        .get("text")
        .and_then(Value::as_str)
        .filter(|_| options.fields.text.is_none() && read.doc.given.is_none());
    let losses = read.losses(path);
    let doc = match own.filter(|text| !text.trim().is_empty()) {
        Some(text) => Document::new(read.doc.source, text),
        None => read.doc,
    };
    let doc = language::checked(doc, options.any_language, path).map_err(|e| *e)?;
    Ok((doc, losses))
}

/// The articles of standard input.
pub fn from_stdin(format: Format) -> Articles {
    articles(&[PathBuf::from("-")], Some(format))
}
