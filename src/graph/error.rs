//! What can go wrong between the program and its graph.

use std::fmt;

/// What kind of thing went wrong; each kind has its own hint and exit code.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[non_exhaustive]
pub enum ErrorKind {
    /// There is no store at the place given.
    NoStore,
    /// A file of the store is missing, cut short or changed.
    Damaged,
    /// The store was written by a newer version of the program.
    Newer,
    /// The store is of a kind that is not the one asked for, or that this program was built without.
    Unsupported,
    /// Another process is writing to the store.
    Locked,
    /// The operating system refused to read or write.
    Io,
    /// A query has a mistake; the message tells where.
    Query,
    /// A query ran longer than it was given.
    Timeout,
    /// There is no ready-made question, parameter or format of that name.
    Unknown,
    /// Text that should be RDF is not.
    Rdf,
}

/// An error of the graph, with what was being done and why it failed.
#[derive(Debug)]
pub struct Error {
    kind: ErrorKind,
    message: String,
    hint: Option<String>,
    cause: Option<Box<dyn std::error::Error + Send + Sync>>,
}

impl Error {
    /// An error of a kind, with a sentence that says what failed.
    pub fn new(kind: ErrorKind, message: impl Into<String>) -> Error {
        Error { kind, message: message.into(), hint: None, cause: None }
    }

    /// Adds what the user can do, where the kind's own hint is too general.
    pub fn with_hint(mut self, hint: impl Into<String>) -> Error {
        self.hint = Some(hint.into());
        self
    }

    /// Adds the error that led to this one.
    pub fn because(mut self, cause: impl Into<Box<dyn std::error::Error + Send + Sync>>) -> Error {
        self.cause = Some(cause.into());
        self
    }

    /// What kind of thing went wrong.
    pub fn kind(&self) -> ErrorKind {
        self.kind
    }

    /// What the user can do about it.
    pub fn hint(&self) -> &str {
        if let Some(hint) = &self.hint {
            return hint;
        }
        match self.kind {
            ErrorKind::NoStore => "make one with `sayso build PATH… --store DIR`",
            ErrorKind::Damaged => "delete the folder and run `sayso build` again, or restore it from a backup",
            ErrorKind::Newer => "use the version of sayso that wrote it, or build a new store",
            ErrorKind::Unsupported => "use a program that was built for it, or build another store",
            ErrorKind::Locked => "wait for the other `sayso build` to finish, or use another --store",
            ErrorKind::Io => "check that the folder exists, is writable and has room",
            ErrorKind::Query => {
                "the usual prefixes (sayso:, rdfs:, prov:, nif:, xsd: …) are known without PREFIX lines"
            }
            ErrorKind::Timeout => "narrow the query, add LIMIT, or give it more time with --timeout",
            ErrorKind::Unknown => "`sayso ask` without a name lists the ready-made questions",
            ErrorKind::Rdf => "check the file with `sayso check` or another RDF reader",
        }
    }

    pub(crate) fn io(what: impl fmt::Display, cause: std::io::Error) -> Error {
        Error::new(ErrorKind::Io, what.to_string()).because(cause)
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)?;
        match &self.cause {
            Some(cause) => write!(f, ": {cause}"),
            None => Ok(()),
        }
    }
}

impl std::error::Error for Error {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        self.cause.as_deref().map(|c| c as _)
    }
}

impl From<oxigraph::store::StorageError> for Error {
    fn from(cause: oxigraph::store::StorageError) -> Error {
        let kind = match &cause {
            oxigraph::store::StorageError::Corruption(_) => ErrorKind::Damaged,
            _ => ErrorKind::Io,
        };
        Error::new(kind, "the store cannot be read").because(cause)
    }
}
