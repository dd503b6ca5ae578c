//! Answers, and writing them in the standard formats.

use std::io::{self, Write};

use oxigraph::io::{RdfFormat, RdfSerializer};
use oxigraph::model::{Literal, Term, Triple};
use oxigraph::sparql::Variable;
use oxigraph::sparql::results::{QueryResultsFormat, QueryResultsSerializer};

use super::super::vocab::PREFIXES;
use super::super::write::xml::Clean;
use super::super::{Error, ErrorKind};

/// A table of terms.
#[derive(Clone, Debug, PartialEq)]
pub struct Table {
    /// The names of the variables, without `?`.
    pub columns: Vec<String>,
    /// One term for each column; `None` where a variable is unbound.
    pub rows: Vec<Vec<Option<Term>>>,
    /// True when there were more rows than the limit allowed.
    pub truncated: bool,
}

/// What a query gives.
#[derive(Clone, Debug, PartialEq)]
pub enum Answer {
    /// Of SELECT.
    Table(Table),
    /// Of ASK.
    Boolean(bool),
    /// Of CONSTRUCT and DESCRIBE; sorted, without duplicates.
    Graph {
        /// The triples.
        triples: Vec<Triple>,
        /// True when there were more than the limit allowed.
        truncated: bool,
    },
}

/// The formats of answers.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Format {
    /// SPARQL 1.1 CSV results.
    Csv,
    /// SPARQL 1.1 TSV results.
    Tsv,
    /// SPARQL 1.1 JSON results.
    Json,
    /// SPARQL XML results.
    Xml,
    /// One JSON object a row, plain strings and numbers.
    Jsonl,
    /// Triples as Turtle.
    Turtle,
    /// Triples as N-Triples.
    NTriples,
    /// Triples as RDF/XML.
    RdfXml,
    /// Triples as JSON-LD.
    JsonLd,
}

impl Format {
    /// Every format with its name.
    pub const ALL: &'static [(&'static str, Format)] = &[
        ("csv", Format::Csv),
        ("tsv", Format::Tsv),
        ("json", Format::Json),
        ("xml", Format::Xml),
        ("jsonl", Format::Jsonl),
        ("turtle", Format::Turtle),
        ("ntriples", Format::NTriples),
        ("rdfxml", Format::RdfXml),
        ("jsonld", Format::JsonLd),
    ];

    fn table(self) -> Option<QueryResultsFormat> {
        match self {
            Format::Csv => Some(QueryResultsFormat::Csv),
            Format::Tsv => Some(QueryResultsFormat::Tsv),
            Format::Json => Some(QueryResultsFormat::Json),
            Format::Xml => Some(QueryResultsFormat::Xml),
            _ => None,
        }
    }

    fn graph(self) -> Option<RdfFormat> {
        match self {
            Format::Turtle => Some(RdfFormat::Turtle),
            Format::NTriples => Some(RdfFormat::NTriples),
            Format::RdfXml | Format::Xml => Some(RdfFormat::RdfXml),
            Format::JsonLd | Format::Json => Some(RdfFormat::JsonLd { profile: Default::default() }),
            _ => None,
        }
    }
}

impl std::str::FromStr for Format {
    type Err = Error;

    fn from_str(name: &str) -> Result<Format, Error> {
        Format::ALL.iter().find(|(n, _)| *n == name).map(|(_, f)| *f).ok_or_else(|| {
            let names: Vec<&str> = Format::ALL.iter().map(|(n, _)| *n).collect();
            Error::new(ErrorKind::Unknown, format!("no format of answers is called {name}"))
                .with_hint(format!("use one of {}", names.join(", ")))
        })
    }
}

impl Answer {
    /// Writes the answer in a format that can carry it.
    pub fn write(&self, format: Format, out: &mut dyn Write) -> Result<(), Error> {
        let unfit = |what: &str, fit: &str| {
            Error::new(ErrorKind::Unknown, format!("{format:?} cannot carry {what}")).with_hint(format!("use {fit}"))
        };
        let failed = |e: io::Error| Error::io("cannot write the answer", e);
        match self {
            Answer::Table(table) if format == Format::Jsonl => table.write_lines(out).map_err(failed),
            Answer::Table(table) if format == Format::Csv && !table.columns.is_empty() => {
                table.write_csv(out).map_err(failed)
            }
            Answer::Table(table) => {
                let fit = format.table().ok_or_else(|| unfit("a table", "csv, tsv, json, xml or jsonl"))?;
                table.write(fit, out).map_err(failed)
            }
            Answer::Boolean(answer) if format == Format::Jsonl => writeln!(out, "{answer}").map_err(failed),
            Answer::Boolean(answer) => {
                let fit = format.table().ok_or_else(|| unfit("yes or no", "csv, tsv, json or xml"))?;
                QueryResultsSerializer::from_format(fit)
                    .serialize_boolean_to_writer(&mut *out, *answer)
                    .and_then(|out| out.flush())
                    .map_err(failed)
            }
            Answer::Graph { triples, .. } => {
                let fit = format.graph().ok_or_else(|| unfit("triples", "turtle, ntriples, rdfxml or jsonld"))?;
                write_triples(triples, fit, out).map_err(failed)
            }
        }
    }

    /// True when rows were left out.
    pub fn is_truncated(&self) -> bool {
        match self {
            Answer::Table(table) => table.truncated,
            Answer::Boolean(_) => false,
            Answer::Graph { truncated, .. } => *truncated,
        }
    }
}

fn write_triples(triples: &[Triple], format: RdfFormat, out: &mut dyn Write) -> io::Result<()> {
    let mut serializer = RdfSerializer::from_format(format);
    for (prefix, namespace) in PREFIXES {
        serializer = serializer.with_prefix(*prefix, *namespace).map_err(io::Error::other)?;
    }
    let mut writer = serializer.for_writer(Clean::new(out, format == RdfFormat::RdfXml));
    for triple in triples {
        writer.serialize_triple(triple)?;
    }
    writer.finish()?.finish()?.flush()
}

impl Table {
    fn write(&self, format: QueryResultsFormat, out: &mut dyn Write) -> io::Result<()> {
        let variables: Vec<Variable> = self.columns.iter().map(Variable::new_unchecked).collect();
        let out = Clean::new(out, format == QueryResultsFormat::Xml);
        let mut writer =
            QueryResultsSerializer::from_format(format).serialize_solutions_to_writer(out, variables.clone())?;
        for row in &self.rows {
            let bound = variables.iter().zip(row).filter_map(|(v, term)| Some((v, term.as_ref()?)));
            writer.serialize(bound)?;
        }
        writer.finish()?.finish()?.flush()
    }

    /// SPARQL 1.1 CSV. (The serializer of the engine writes IRIs without quotes, and many of ours have a comma.)
    fn write_csv(&self, out: &mut dyn Write) -> io::Result<()> {
        let mut writer = csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(out);
        let text = |term: &Term| match term {
            Term::NamedNode(node) => node.as_str().to_owned(),
            Term::Literal(literal) => literal.value().to_owned(),
            other => other.to_string(),
        };
        // A closed pipe is to be known as one.
        let failed = |e: csv::Error| match e.into_kind() {
            csv::ErrorKind::Io(error) => error,
            other => io::Error::other(format!("{other:?}")),
        };
        writer.write_record(&self.columns).map_err(failed)?;
        for row in &self.rows {
            let cells = row.iter().map(|term| term.as_ref().map(text).unwrap_or_default());
            writer.write_record(cells).map_err(failed)?;
        }
        writer.flush()
    }

    fn write_lines(&self, out: &mut dyn Write) -> io::Result<()> {
        for row in &self.rows {
            let mut object = serde_json::Map::new();
            for (name, term) in self.columns.iter().zip(row) {
                if let Some(term) = term {
                    object.insert(name.clone(), plain(term));
                }
            }
            writeln!(out, "{}", serde_json::Value::Object(object))?;
        }
        out.flush()
    }

    /// The same table for a spreadsheet: no cell of text is a formula.
    pub fn safe(&self) -> Table {
        let own = |term: &Option<Term>| match term {
            Some(Term::Literal(literal)) => {
                let cell = crate::graph::export::harmless(literal.value());
                Some(Literal::new_simple_literal(cell).into())
            }
            other => other.clone(),
        };
        let rows = self.rows.iter().map(|row| row.iter().map(own).collect()).collect();
        Table { columns: self.columns.clone(), rows, truncated: self.truncated }
    }

    /// Each cell as a person would read it: words without quotes, IRIs with their prefix, nothing where unbound.
    pub fn cells(&self) -> Vec<Vec<String>> {
        self.rows.iter().map(|row| row.iter().map(|t| t.as_ref().map(shown).unwrap_or_default()).collect()).collect()
    }
}

/// A term as a JSON value.
fn plain(term: &Term) -> serde_json::Value {
    if let Term::Literal(literal) = term {
        let name = literal.datatype().as_str().rsplit('#').next().unwrap_or_default();
        if matches!(name, "integer" | "decimal" | "boolean")
            && let Ok(value) = serde_json::from_str(literal.value())
        {
            return value;
        }
        return literal.value().into();
    }
    match term {
        Term::NamedNode(node) => node.as_str().into(),
        other => other.to_string().into(),
    }
}

/// A term for a person: the words of a literal, the prefixed name of an IRI.
pub fn shown(term: &Term) -> String {
    match term {
        Term::Literal(literal) => literal.value().to_owned(),
        Term::NamedNode(node) => compact(node.as_str()),
        other => other.to_string(),
    }
}

/// An IRI with the longest of our prefixes that fits, else as it is.
pub fn compact(iri: &str) -> String {
    let fitting = PREFIXES.iter().filter(|(_, namespace)| iri.starts_with(namespace));
    match fitting.max_by_key(|(_, namespace)| namespace.len()) {
        Some((prefix, namespace)) if is_local(&iri[namespace.len()..]) => {
            format!("{prefix}:{}", &iri[namespace.len()..])
        }
        _ => iri.to_owned(),
    }
}

fn is_local(name: &str) -> bool {
    !name.is_empty() && name.chars().all(|c| c.is_alphanumeric() || matches!(c, '_' | '-'))
}
