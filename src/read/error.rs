//! What can go wrong while reading, and what to do about it.

use std::path::PathBuf;

/// The kind of a reading error.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum ErrorKind {
    /// A file or folder that is not there or cannot be opened.
    Open,
    /// A file without any text.
    Empty,
    /// A file that is no text: an image, an archive.
    Binary,
    /// More than [`super::LONGEST`] bytes.
    TooLong,
    /// Broken JSON.
    Json,
    /// JSON without a text field.
    NoText,
    /// A folder in which no article was found.
    NoArticles,
    /// A broken metadata table.
    Metadata,
    /// Broken CoNLL-U.
    Conllu,
    /// Two different articles with one id.
    SameId,
    /// More tokens than are read of one article.
    TooMuch,
    /// The program failed on this article.
    Fault,
    /// A link that leads out of the folder.
    Outside,
    /// A pipe, a socket or a device in a folder.
    Special,
}

/// A reading error: what, where, why. The rest of the input goes on without it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Error {
    /// What kind it is.
    pub kind: ErrorKind,
    /// The file, folder or `-`.
    pub path: PathBuf,
    /// The line, from 1, for formats of lines.
    pub line: Option<usize>,
    /// The article's place in the file's list, from 1.
    pub article: Option<usize>,
    /// The cause in words.
    pub cause: String,
}

impl Error {
    /// An error about a whole file.
    pub fn new(kind: ErrorKind, path: impl Into<PathBuf>, cause: impl ToString) -> Error {
        Error { kind, path: path.into(), line: None, article: None, cause: cause.to_string() }
    }

    /// The same error at a line.
    pub fn at_line(mut self, line: usize) -> Error {
        self.line = Some(line);
        self
    }

    /// The same error at an article of a list.
    pub fn at_article(mut self, article: Option<usize>) -> Error {
        self.article = article;
        self
    }

    /// What to do next.
    pub fn hint(&self) -> &'static str {
        match self.kind {
            ErrorKind::Open => "check the path and the permissions",
            ErrorKind::Empty => "nothing was read from it; delete it or put the article's text in it",
            ErrorKind::Binary => "give plain text, HTML or JSON; convert PDF and Word files to text first",
            ErrorKind::TooLong => "split it into articles, one JSON object a line (field \"text\")",
            ErrorKind::Json if self.line.is_none() => {
                "mend the file at that place, or write one article a line into a .jsonl file"
            }
            ErrorKind::Json => "mend the line, or skip such lines with --keep-going",
            ErrorKind::NoText => "the article's text must be in a field named text, maintext, content or body",
            ErrorKind::NoArticles => {
                "sayso reads .txt, .html, .json and .jsonl files; give another folder or name the files"
            }
            ErrorKind::Metadata => {
                "the table needs a first line with column names, one of them \"file\"; dates as 2015-11-19"
            }
            ErrorKind::Conllu => {
                "each token line needs ten tab-separated columns; see universaldependencies.org/format"
            }
            ErrorKind::TooMuch => "split it into its articles or chapters",
            ErrorKind::Fault => "this is a fault of the program: please report it with the article",
            ErrorKind::SameId => {
                "give each article an id of its own (field \"id\", a column of metadata.tsv, or its file's name)"
            }
            ErrorKind::Outside => "name what it leads to as a path of its own, or follow all links with --follow-links",
            ErrorKind::Special => "give files; a pipe can be named as a path of its own",
        }
    }
}

impl std::fmt::Display for Error {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}", self.path.display())?;
        if let Some(line) = self.line {
            write!(f, ":{line}")?;
        }
        if let Some(article) = self.article {
            write!(f, ": article {article} of its list")?;
        }
        write!(f, ": {}", self.cause)
    }
}

impl std::error::Error for Error {}
