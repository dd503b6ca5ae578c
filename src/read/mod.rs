//! Reading: files, folders and streams of articles into documents that have text and source, nothing more.

pub mod conllu;
mod dates;
mod encoding;
mod error;
mod html;
pub mod json;
mod list;
mod metadata;
mod plain;
mod walk;

pub use error::{Error, ErrorKind};
pub use walk::{Articles, Links, articles, articles_with, from_stdin};

use crate::text::closed_set;

closed_set! {
    /// What a stream or file holds.
    Format {
        Text = "text",
        Html = "html",
        Json = "json",
        Jsonl = "jsonl",
        Conllu = "conllu",
        Tokenized = "tokenized",
    }
}

/// The longest article that is read, in bytes; longer ones are refused with advice.
pub const LONGEST: usize = 32 << 20;
