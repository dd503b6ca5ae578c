//! What can go wrong while reading, and what to do about it.

use std::path::PathBuf;

/// The kind of a reading error.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[non_exhaustive]
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
    /// Broken NIF: no RDF, or names that do not stand where they are said to stand.
    Nif,
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
    /// A kind of file that holds no articles that could be read: PDF, Parquet, event codes.
    Refused,
    /// A table without a column of text, or a row that is broken.
    Table,
    /// A broken feed or other XML.
    Xml,
    /// Compressed data that is broken, or that grows beyond all measure.
    Compressed,
    /// A date that is none: the article is read without it.
    Date,
    /// A row or a column of a metadata table that says nothing about any article.
    Unmatched,
    /// An article in another language than English.
    Language,
    /// Parts of a file that were not expected to be articles.
    Aside,
    /// A name given for a fact of the articles that none of a file has: they are read without it.
    Field,
    /// Columns of a table of articles that say nothing to this program.
    Column,
    /// Cells of a table whose quotation marks are not by the rules, read as they stand.
    Marks,
    /// Rows of a table with fewer cells than there are columns, or with bytes that are no text.
    Cells,
    /// A text that is not there to its end, since the file or an interface broke it off: what stands before is read.
    Cut,
}

/// A kind of file that is not read, and what to do with it instead.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[non_exhaustive]
pub struct Refusal {
    /// The kind in words, for people.
    pub sort: &'static str,
    /// What to do next.
    pub remedy: &'static str,
}

/// A reading error: what, where, why. The rest of the input goes on without it.
#[derive(Clone, PartialEq, Eq, Debug)]
#[non_exhaustive]
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
    /// What kind of file was refused, and the remedy.
    pub refusal: Option<Refusal>,
}

impl Error {
    /// An error about a whole file.
    pub fn new(kind: ErrorKind, path: impl Into<PathBuf>, cause: impl ToString) -> Error {
        Error { kind, path: path.into(), line: None, article: None, cause: cause.to_string(), refusal: None }
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

    /// A file of a kind that is not read.
    pub fn refused(path: impl Into<PathBuf>, refusal: Refusal) -> Error {
        let cause = format!("{} is not read", refusal.sort);
        Error { refusal: Some(refusal), ..Error::new(ErrorKind::Refused, path, cause) }
    }

    /// True when something of the input is lost by it; false for a word about what is given beside the articles.
    pub fn is_loss(&self) -> bool {
        !matches!(
            self.kind,
            ErrorKind::Unmatched | ErrorKind::Aside | ErrorKind::Column | ErrorKind::Marks | ErrorKind::Cells
        )
    }

    /// True when an article is read all the same, without one of its facts.
    pub fn spares_article(&self) -> bool {
        matches!(self.kind, ErrorKind::Date | ErrorKind::Metadata | ErrorKind::Field | ErrorKind::Cut)
            || !self.is_loss()
    }

    /// The kind in words, to count such losses under.
    pub fn sort(&self) -> String {
        let words = match self.kind {
            _ if self.refusal.is_some() => return self.refusal.map_or("", |r| r.sort).to_owned(),
            ErrorKind::Refused => "file of another kind",
            ErrorKind::Language => return self.cause.clone(),
            ErrorKind::Open | ErrorKind::Special => "cannot be opened",
            ErrorKind::Empty => "without text",
            ErrorKind::Binary => "no text",
            ErrorKind::TooLong | ErrorKind::TooMuch => "too long",
            ErrorKind::Json => "broken JSON",
            ErrorKind::NoText => "without text",
            ErrorKind::NoArticles => "folder without articles",
            ErrorKind::Metadata => "row of a metadata table",
            ErrorKind::Conllu => "broken CoNLL-U",
            ErrorKind::Nif => "broken NIF",
            ErrorKind::SameId => "another text with an id already read",
            ErrorKind::Fault => "fault of the program",
            ErrorKind::Outside => "link out of the folder",
            ErrorKind::Table => "broken table or row",
            ErrorKind::Xml => "broken XML",
            ErrorKind::Compressed => "broken archive",
            ErrorKind::Date => "date not understood",
            ErrorKind::Unmatched => "metadata about nothing read",
            ErrorKind::Aside => "parts that are no articles",
            ErrorKind::Field => "name of a field that is not there",
            ErrorKind::Column => "columns that are not understood",
            ErrorKind::Marks => "quotation marks of a table",
            ErrorKind::Cells => "rows of a table that are not whole",
            ErrorKind::Cut => "text that breaks off",
        };
        words.to_owned()
    }

    /// What to do next.
    pub fn hint(&self) -> &'static str {
        if let Some(refusal) = self.refusal {
            return refusal.remedy;
        }
        match self.kind {
            ErrorKind::Open => "check the path and the permissions",
            ErrorKind::Empty => "nothing was read from it; delete it or put the article's text in it",
            ErrorKind::Binary => "give plain text, HTML or JSON; convert PDF and Word files to text first",
            ErrorKind::TooLong => "split it into articles, one JSON object a line (field \"text\")",
            ErrorKind::Json if self.line.is_none() => {
                "mend the file at that place, or write one article a line into a .jsonl file"
            }
            ErrorKind::Json => "mend the line; the others are read",
            ErrorKind::NoText => {
                "the article's text must be in a field named text, maintext, content or body, or in one named with --text-field"
            }
            ErrorKind::NoArticles => {
                "sayso reads text, HTML, JSON, tables, feeds, mail, web archives and exports of press databases; give another folder or name the files"
            }
            ErrorKind::Metadata => {
                "the table needs a first line with column names, one of them \"file\"; dates as 2015-11-19"
            }
            ErrorKind::Conllu => {
                "each token line needs ten tab-separated columns; see universaldependencies.org/format"
            }
            ErrorKind::Nif => {
                "NIF 2.0 gives a text as a nif:Context with one nif:isString, and positions as code points of it; see docs/links.md"
            }
            ErrorKind::TooMuch => "split it into its articles or chapters",
            ErrorKind::Fault => "this is a fault of the program: please report it with the article",
            ErrorKind::SameId => {
                "give each article an id of its own (field \"id\", a column of metadata.tsv, or its file's name)"
            }
            ErrorKind::Outside => "name what it leads to as a path of its own, or follow all links with --follow-links",
            ErrorKind::Special => "give files; a pipe can be named as a path of its own",
            ErrorKind::Refused => "convert it to text, HTML or JSON first",
            ErrorKind::Table => {
                "name the column of the text with --text-field, and see that each row has as many cells as the first and that its quotation marks are closed"
            }
            ErrorKind::Xml => {
                "feeds (RSS, Atom), NITF, NewsML-G2 and trafilatura's XML are read; convert others to JSON Lines"
            }
            ErrorKind::Compressed => "fetch it again, or unpack it and give what is in it",
            ErrorKind::Date => "write dates as 2015-11-19; where day and month cannot be told apart none is guessed",
            ErrorKind::Unmatched => {
                "names are those of the files in the same folder; the columns are file, title, publisher, authors, published, url, language, id"
            }
            ErrorKind::Aside => "nothing to do: they hold no articles",
            ErrorKind::Field => {
                "names are compared without case, spaces and marks; points lead inside, as in fields.bodyText"
            }
            ErrorKind::Column => {
                "nothing to do where they are no facts of the articles; else name them with --title-field, --date-field, --publisher-field, --author-field, --url-field, --id-field"
            }
            ErrorKind::Cells => {
                "see that the table was written whole; what a short row lacks is taken for empty, and NUL bytes are no text"
            }
            ErrorKind::Cut => {
                "what is there is read; fetch or save it again, whole (an interface that cuts texts: the pages at its addresses)"
            }
            ErrorKind::Marks => "see that they are right; by the rules a quotation mark inside a cell is written twice",
            ErrorKind::Language => {
                "sayso reads English; --any-language reads it all the same, and reads much of it wrongly"
            }
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
