//! A database of SQLite with one table a kind of thing, numbers as numbers, keys between the tables, and full text over
//! articles, statements and events: Datasette, DuckDB, pandas and R open it as it is. `docs/tables.md` has the schema.

mod compared;
mod file;
mod text;

use std::collections::BTreeMap;

use crate::graph::Error;
use crate::graph::catalogue::characters;
use crate::graph::store::Loaded as Store;
use crate::graph::view::{Focus, Resource, View, subjects_of};
use crate::graph::vocab::{class, other, property};

use super::table;
use file::File;
pub(super) use file::Value;

/// A table in the making: its columns with their types, and its rows.
pub(super) struct Table {
    pub(super) name: &'static str,
    pub(super) columns: Vec<(String, Type)>,
    pub(super) rows: Vec<Vec<Value>>,
}

/// What a column holds.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Type {
    Text,
    Real,
    Integer,
    /// The row of another table.
    Row(&'static str),
}

/// Columns of the tables of CSV that are numbers, and those that are counts or truths.
const REALS: &[&str] = &["value", "lower", "upper", "change_from", "change_to", "change_by", "confidence"];
const INTEGERS: &[&str] =
    &["content_begin", "content_end", "begin", "end", "claims", "statements", "documents", "denied"];

/// The names of the tables.
pub(super) const NAMES: &[&str] = &[
    "articles",
    "speakers",
    "statements",
    "quantities",
    "times",
    "events",
    "incidents",
    "comparisons",
    "candidate_pairs",
];

/// The numbers of rows that others lead to, by their IRIs.
struct Rows {
    articles: BTreeMap<String, i64>,
    statements: BTreeMap<String, i64>,
}

/// The tables of a store, or of the part of it that a view has.
pub(super) fn tables(store: &Store, view: &View) -> Result<Vec<Table>, Error> {
    let articles = articles(store)?;
    let by_iri = |rows: &[Vec<Value>]| -> BTreeMap<String, i64> {
        rows.iter().zip(1..).map(|(row, number)| (words(&row[0]), number)).collect()
    };
    let identifiers: BTreeMap<String, i64> =
        articles.rows.iter().zip(1..).map(|(row, n)| (words(&row[1]), n)).collect();
    let speakers = plain(store, view, "entities", "speakers", &[("id", "iri")], &[])?;
    let (people, documents) = (by_iri(&speakers.rows), identifiers);
    let to_speaker = Key { column: "speaker_id", name: "speaker", table: "speakers", numbers: &people };
    let to_article = Key { column: "document", name: "article", table: "articles", numbers: &documents };
    let renamed = [("id", "iri"), ("speaker", "speaker_name"), ("document", "article_id")];
    let statements = plain(store, view, "statements", "statements", &renamed, &[to_speaker, to_article])?;
    let said = by_iri(&statements.rows);
    let to_statement = Key { column: "statement", name: "statement_row", table: "statements", numbers: &said };
    let quantities = plain(store, view, "quantities", "quantities", &renamed, &[to_statement, to_speaker, to_article])?;
    let events = plain(store, view, "events", "events", &[("id", "iri")], &[])?;
    let rows = Rows { articles: by_iri(&articles.rows), statements: said };
    let incidents = compared::incidents(store, &rows)?;
    let [comparisons, candidates] = compared::comparisons(store, &rows)?;
    Ok(vec![articles, speakers, statements, quantities, times(store)?, events, incidents, comparisons, candidates])
}

/// The rows of one table as text, its titles first.
pub(super) fn cells(store: &Store, view: &View, name: &str) -> Result<Vec<Vec<String>>, Error> {
    let tables = tables(store, view)?;
    let Some(table) = tables.iter().find(|table| table.name == name) else { return Ok(Vec::new()) };
    let titles = std::iter::once("id").chain(table.columns.iter().map(|(name, _)| name.as_str()));
    let mut rows: Vec<Vec<String>> = vec![titles.map(str::to_owned).collect()];
    for (row, number) in table.rows.iter().zip(1_i64..) {
        let cell = |cell: &Value| match cell {
            Value::Null | Value::Blob(_) => String::new(),
            Value::Integer(number) => number.to_string(),
            Value::Real(number) => number.to_string(),
            Value::Text(text) => text.clone(),
        };
        rows.push(std::iter::once(number.to_string()).chain(row.iter().map(cell)).collect());
    }
    Ok(rows)
}

/// Writes a store, or the part of it that a view has.
pub fn write(store: &Store, view: &View) -> Result<Vec<u8>, Error> {
    let tables = tables(store, view)?;
    let mut file = File::new();
    for table in &tables {
        file.table(table.name, &table.sql(), &table.numbered());
    }
    for (name, columns) in [
        ("statements", &["words", "sentence", "speaker_name", "title"][..]),
        ("articles", &["title", "text"]),
        ("quantities", &["words", "counted", "claim_words", "sentence"]),
        ("events", &["label"]),
    ] {
        if let Some(table) = tables.iter().find(|t| t.name == name) {
            let places: Vec<usize> =
                columns.iter().filter_map(|c| table.columns.iter().position(|(own, _)| own == c)).collect();
            let empty = "";
            let rows: Vec<(i64, Vec<&str>)> = table
                .rows
                .iter()
                .zip(1..)
                .map(|(row, number)| {
                    let cell = |p: &usize| if let Value::Text(text) = &row[*p] { text.as_str() } else { empty };
                    (number, places.iter().map(cell).collect())
                })
                .collect();
            text::add(&mut file, name, columns, &rows);
        }
    }
    Ok(file.finish())
}

impl Table {
    fn new(name: &'static str, columns: &[(&str, Type)]) -> Table {
        let columns = columns.iter().map(|(name, kind)| ((*name).to_owned(), *kind)).collect();
        Table { name, columns, rows: Vec::new() }
    }

    /// How SQLite is told of it: its rows are numbered, columns that lead elsewhere say where.
    fn sql(&self) -> String {
        let mut sql = format!("CREATE TABLE \"{}\" (\"id\" INTEGER PRIMARY KEY", self.name);
        for (name, kind) in &self.columns {
            sql += &match kind {
                Type::Text => format!(", \"{name}\" TEXT"),
                Type::Real => format!(", \"{name}\" REAL"),
                Type::Integer => format!(", \"{name}\" INTEGER"),
                Type::Row(table) => format!(", \"{name}\" INTEGER REFERENCES \"{table}\"(\"id\")"),
            };
        }
        sql + ")"
    }

    /// The rows with the place of their number, which SQLite keeps elsewhere.
    fn numbered(&self) -> Vec<Vec<Value>> {
        self.rows.iter().map(|row| std::iter::once(Value::Null).chain(row.iter().cloned()).collect()).collect()
    }
}

/// A column whose values are turned into numbers of rows of another table.
#[derive(Clone, Copy)]
struct Key<'n> {
    column: &'static str,
    name: &'static str,
    table: &'static str,
    numbers: &'n BTreeMap<String, i64>,
}

/// A table as CSV has it, with its columns typed and renamed, and with keys behind them.
fn plain(
    store: &Store,
    view: &View,
    source: &str,
    name: &'static str,
    renamed: &[(&str, &str)],
    keys: &[Key<'_>],
) -> Result<Table, Error> {
    let mut rows = table::rows(store, view, &Focus::Everything, source)?.into_iter();
    let titles = rows.next().unwrap_or_default();
    let mut columns: Vec<(String, Type)> = titles
        .iter()
        .map(|title| {
            let kind = match title.as_str() {
                t if REALS.contains(&t) => Type::Real,
                t if INTEGERS.contains(&t) => Type::Integer,
                _ => Type::Text,
            };
            let name = renamed.iter().find(|(own, _)| own == title).map_or(title.as_str(), |(_, new)| new);
            (name.to_owned(), kind)
        })
        .collect();
    let own = columns.len();
    columns.extend(keys.iter().map(|key| (key.name.to_owned(), Type::Row(key.table))));
    let places: Vec<Option<usize>> = keys.iter().map(|k| titles.iter().position(|t| t == k.column)).collect();
    let rows = rows.map(|row| {
        let led: Vec<Value> = keys
            .iter()
            .zip(&places)
            .map(|(key, place)| {
                place.and_then(|p| key.numbers.get(&row[p])).map_or(Value::Null, |n| Value::Integer(*n))
            })
            .collect();
        let cells = row.into_iter().zip(&columns[..own]).map(|(cell, (_, kind))| typed(cell, *kind));
        cells.chain(led).collect()
    });
    let rows = rows.collect();
    Ok(Table { name, columns, rows })
}

/// A cell of a type; what is empty, or no number where one should be, is kept as nothing or as text.
fn typed(cell: String, kind: Type) -> Value {
    match kind {
        _ if cell.is_empty() => Value::Null,
        Type::Real => cell.parse().map_or(Value::Text(cell), Value::Real),
        Type::Integer => match cell.as_str() {
            "true" => Value::Integer(1),
            "false" => Value::Integer(0),
            digits => digits.parse().map_or(Value::Text(cell), Value::Integer),
        },
        _ => Value::Text(cell),
    }
}

fn words(value: &Value) -> String {
    if let Value::Text(text) = value { text.clone() } else { String::new() }
}

fn filled(text: impl Into<String>) -> Value {
    let text = text.into();
    if text.is_empty() { Value::Null } else { Value::Text(text) }
}

fn articles(store: &Store) -> Result<Table, Error> {
    let text = Type::Text;
    let columns = [
        ("iri", text),
        ("identifier", text),
        ("title", text),
        ("publisher", text),
        ("published", text),
        ("published_from", text),
        ("authors", text),
        ("address", text),
        ("text", text),
        ("statements", Type::Integer),
    ];
    let mut table = Table::new("articles", &columns);
    // The sentences that the graph holds, each with its place: the article's text as far as it is kept.
    let mut sentences: BTreeMap<String, Vec<(usize, String)>> = BTreeMap::new();
    let mut places: Vec<String> = Vec::new();
    store.said_with(other::ANCHOR_OF, None, |place, _| places.push(place.to_owned()))?;
    for iri in places {
        let sentence = Resource::read(store, &iri)?;
        let begin = characters(&iri).map_or(0, |(begin, _)| begin as usize);
        let of = sentence.link(other::REFERENCE_CONTEXT).unwrap_or_default().to_owned();
        sentences.entry(of).or_default().push((begin, sentence.words(other::ANCHOR_OF)));
    }
    for iri in subjects_of(store, other::TYPE, class::DOCUMENT.as_str())? {
        let article = Resource::read(store, &iri)?;
        let publisher = match article.link(property::PUBLISHER) {
            Some(iri) => Resource::read(store, iri)?.label(),
            None => String::new(),
        };
        let authors: Vec<&str> = article.texts(property::AUTHOR).collect();
        let mut own = sentences.remove(&iri).unwrap_or_default();
        own.sort();
        own.dedup();
        let words: Vec<&str> = own.iter().map(|(_, words)| words.as_str()).collect();
        let count = subjects_of(store, property::REPORTED_IN, &iri)?.len() as i64;
        table.rows.push(vec![
            filled(iri.as_str()),
            filled(article.words(property::IDENTIFIER)),
            filled(article.words(property::TITLE)),
            filled(publisher),
            filled(article.words(property::PUBLISHED)),
            filled(article.words(property::PUBLISHED_FROM)),
            filled(authors.join("; ")),
            filled(article.link(property::ADDRESS).unwrap_or_default()),
            filled(words.join(" ")),
            Value::Integer(count),
        ]);
    }
    Ok(table)
}

fn times(store: &Store) -> Result<Table, Error> {
    let text = Type::Text;
    let columns = [
        ("iri", text),
        ("words", text),
        ("type", text),
        ("value", text),
        ("earliest", text),
        ("latest", text),
        ("edtf", text),
    ];
    let mut table = Table::new("times", &columns);
    for iri in subjects_of(store, other::TYPE, class::TIME.as_str())? {
        let time = Resource::read(store, &iri)?;
        let surface = time.words(property::SURFACE);
        table.rows.push(vec![
            filled(iri.as_str()),
            filled(surface),
            filled(time.words(property::TIMEX_TYPE)),
            filled(time.words(property::TIMEX)),
            filled(time.words(property::EARLIEST)),
            filled(time.words(property::LATEST)),
            filled(time.words(property::EDTF)),
        ]);
    }
    Ok(table)
}
