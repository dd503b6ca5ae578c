//! Writing a store, or a view of it, for other programs: one file per format.

pub mod annotation;
pub mod cypher;
pub mod cytoscape;
pub mod dot;
pub mod drawing;
pub mod ftm;
pub mod geojson;
pub mod gexf;
pub mod graphml;
pub mod line;
pub mod nanopub;
pub mod neo4j;
pub mod overview;
pub mod parquet;
pub mod rdf;
mod saying;
pub mod schema;
pub mod sheet;
pub mod sqlite;
pub mod sssom;
pub mod svg;
pub mod table;
pub mod void;
pub(crate) mod web;

use crate::graph::store::Loaded as Store;
use oxigraph::io::RdfFormat;

use super::view::{self, Node, View};
use super::{Error, ErrorKind};

/// The formats of exports.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Format {
    Dot,
    Svg,
    Pdf,
    Png,
    GraphMl,
    Gexf,
    Cytoscape,
    Csv,
    Turtle,
    NTriples,
    RdfXml,
    TriG,
    NQuads,
    JsonLd,
    Nanopub,
    Annotation,
    Schema,
    Sssom,
    Neo4j,
    Sqlite,
    Parquet,
    Cypher,
    Ftm,
    GeoJson,
    Void,
}

impl Format {
    /// Every format with its name and what it is for.
    pub const ALL: &'static [(&'static str, Format, &'static str)] = &[
        ("dot", Format::Dot, "a picture in GraphViz's language"),
        ("svg", Format::Svg, "a picture; graphs need GraphViz"),
        ("pdf", Format::Pdf, "a picture to print; needs GraphViz"),
        ("png", Format::Png, "a picture in pixels; needs GraphViz"),
        ("graphml", Format::GraphMl, "a graph for Gephi, yEd, networkx"),
        ("gexf", Format::Gexf, "a graph with times for Gephi"),
        ("cytoscape", Format::Cytoscape, "a graph for Cytoscape, as JSON"),
        ("csv", Format::Csv, "a table; see --table"),
        ("sqlite", Format::Sqlite, "a database with full text for Datasette, DuckDB, pandas; needs -o FILE"),
        (
            "parquet",
            Format::Parquet,
            "the same tables for DuckDB, Spark, polars, R; needs -o FOLDER, or -o FILE.parquet and --table",
        ),
        ("geojson", Format::GeoJson, "what happened at places that are known, for QGIS and web maps"),
        ("ftm", Format::Ftm, "entities of FollowTheMoney as JSON Lines, for OpenAleph and its kin"),
        ("cypher", Format::Cypher, "a script for cypher-shell: Neo4j, Memgraph"),
        ("neo4j", Format::Neo4j, "a folder of CSV files for neo4j-admin database import; needs -o FOLDER"),
        ("nanopub", Format::Nanopub, "a nanopublication for each statement, as TriG"),
        ("webannotation", Format::Annotation, "a W3C Web Annotation for each statement, as JSON-LD"),
        ("schemaorg", Format::Schema, "articles, quotations and claims as schema.org JSON-LD, for web pages"),
        ("sssom", Format::Sssom, "links to Wikidata, GeoNames and others as a table of mappings (SSSOM)"),
        ("void", Format::Void, "what the store is: counts, classes, linksets to other datasets (VoID, Turtle)"),
        ("turtle", Format::Turtle, "all triples of the store"),
        ("ntriples", Format::NTriples, "all triples of the store, a line each"),
        ("rdfxml", Format::RdfXml, "all triples of the store, for readers of XML"),
        ("trig", Format::TriG, "all quads of the store"),
        ("nquads", Format::NQuads, "all quads of the store, a line each"),
        ("jsonld", Format::JsonLd, "all quads of the store, as JSON-LD"),
    ];

    /// Whether it is for the eye, and must stay small enough to be read.
    pub fn is_picture(self) -> bool {
        matches!(self, Format::Dot | Format::Svg | Format::Pdf | Format::Png)
    }

    /// The RDF format of an export of the whole store.
    fn rdf(self) -> Option<RdfFormat> {
        match self {
            Format::Turtle => Some(RdfFormat::Turtle),
            Format::NTriples => Some(RdfFormat::NTriples),
            Format::RdfXml => Some(RdfFormat::RdfXml),
            Format::TriG => Some(RdfFormat::TriG),
            Format::NQuads => Some(RdfFormat::NQuads),
            Format::JsonLd => Some(RdfFormat::JsonLd { profile: Default::default() }),
            _ => None,
        }
    }

    /// Whether it is written as several files of a folder.
    pub fn is_folder(self) -> bool {
        matches!(self, Format::Neo4j | Format::Parquet)
    }

    /// Whether it carries the whole store, whatever the view.
    pub fn is_whole(self) -> bool {
        self.rdf().is_some()
    }
}

impl std::str::FromStr for Format {
    type Err = Error;

    fn from_str(name: &str) -> Result<Format, Error> {
        let name = match name {
            "ttl" => "turtle",
            "nt" => "ntriples",
            "nq" => "nquads",
            "rdf" => "rdfxml",
            "cyjs" => "cytoscape",
            "db" | "sqlite3" => "sqlite",
            "cql" => "cypher",
            name => name,
        };
        Format::ALL.iter().find(|(n, _, _)| *n == name).map(|(_, f, _)| *f).ok_or_else(|| {
            let names: Vec<&str> = Format::ALL.iter().map(|(n, _, _)| *n).collect();
            Error::new(ErrorKind::Unknown, format!("no export format is called {name}"))
                .with_hint(format!("use one of {}", names.join(", ")))
        })
    }
}

/// What to write of a store, beside the format.
#[derive(Clone, Debug, Default)]
pub struct Options {
    /// Which part of the store, for formats that do not carry all of it.
    pub view: view::Options,
    /// The frames of pictures.
    pub clusters: dot::Clusters,
    /// The table of CSV; nothing for the first.
    pub table: String,
    /// With the claims as reifiers of triple terms (RDF 1.2).
    pub rdf12: bool,
    /// Nodes tell which things of other datasets they are linked to.
    pub with_links: bool,
    /// Cells of CSV that a spreadsheet would run as formulas are written as text.
    pub safe: bool,
}

/// An export: its bytes, and what a person should know of it.
pub struct Export {
    pub bytes: Vec<u8>,
    pub notes: Vec<String>,
}

/// A file of an export that is a folder.
pub struct File {
    pub name: String,
    pub bytes: Vec<u8>,
}

/// Writes a store as a folder of files, in a format that is a folder.
pub fn folder(store: &Store, format: Format, options: &Options) -> Result<Vec<File>, Error> {
    if format != Format::Parquet {
        return neo4j::write(store);
    }
    let tables = sqlite::tables(store, &View::of(store, &options.view)?)?;
    let file =
        |table: &sqlite::Table| Ok(File { name: format!("{}.parquet", table.name), bytes: parquet::write(table)? });
    tables.iter().map(file).collect()
}

/// One table as Parquet; statements where none is named.
fn one_parquet(store: &Store, options: &Options) -> Result<Vec<u8>, Error> {
    let name = if options.table.is_empty() { "statements" } else { options.table.as_str() };
    let tables = sqlite::tables(store, &View::of(store, &options.view)?)?;
    let table = tables.iter().find(|t| t.name == name).ok_or_else(|| {
        Error::new(ErrorKind::Unknown, format!("no table is called {name}"))
            .with_hint(format!("use one of {}", sqlite::NAMES.join(", ")))
    })?;
    parquet::write(table)
}

/// Writes a store, or what the options choose of it, in a format.
pub fn write(store: &Store, format: Format, options: &Options) -> Result<Export, Error> {
    if let Some(rdf) = format.rdf() {
        return Ok(Export { bytes: rdf::write(store, rdf, options.rdf12)?, notes: Vec::new() });
    }
    if options.rdf12 {
        let error = Error::new(ErrorKind::Unknown, "this format is no RDF, and cannot carry RDF 1.2");
        return Err(error.with_hint("use --rdf12 with turtle, trig, ntriples, nquads or rdfxml"));
    }
    let plain = |bytes: Vec<u8>| Export { bytes, notes: Vec::new() };
    let statements = || View::statements(store, &options.view);
    match format {
        Format::Nanopub => return Ok(plain(nanopub::write(store, &statements()?)?)),
        Format::Annotation => return Ok(plain(annotation::write(store, &statements()?)?.into_bytes())),
        Format::Schema => return Ok(plain(schema::write(store, &statements()?)?.into_bytes())),
        Format::Sqlite => return Ok(plain(sqlite::write(store, &View::of(store, &options.view)?)?)),
        Format::Void => return Ok(plain(void::write(store)?.into_bytes())),
        Format::Parquet => return Ok(plain(one_parquet(store, options)?)),
        Format::Cypher => return Ok(plain(cypher::write(store)?.into_bytes())),
        Format::Ftm => {
            return Ok(plain(ftm::write(store, &statements()?, &View::of(store, &options.view)?)?.into_bytes()));
        }
        Format::GeoJson => return Ok(plain(geojson::write(store, &View::of(store, &options.view)?)?.into_bytes())),
        Format::Sssom => return Ok(plain(sssom::write(store)?.into_bytes())),
        Format::Neo4j => {
            let error = Error::new(ErrorKind::Unknown, "neo4j is a folder of files");
            return Err(error.with_hint("give the folder: -o FOLDER"));
        }
        _ => {}
    }
    let mut view = View::of(store, &options.view)?;
    if options.with_links {
        tell_links(&mut view);
    }
    let view = view;
    let mut notes: Vec<String> = view.notes.iter().cloned().chain(view.left_out_words()).collect();
    if matches!(format, Format::Pdf | Format::Png) {
        let kind = if format == Format::Pdf { "pdf" } else { "png" };
        let (bytes, note) = svg::drawn(&dot::write(&view, options.clusters), &view, kind)?;
        notes.extend(note);
        return Ok(Export { bytes, notes });
    }
    let text = match format {
        Format::Svg => {
            let (picture, note) = svg::draw(&dot::write(&view, options.clusters), &view)?;
            notes.extend(note);
            picture
        }
        Format::GraphMl => graphml::write(&view),
        Format::Gexf => gexf::write(&view),
        Format::Cytoscape => cytoscape::write(&view),
        Format::Csv => table::write(store, &view, options)?,
        _ => dot::write(&view, options.clusters),
    };
    Ok(Export { bytes: text.into_bytes(), notes })
}

/// Gives each node that is linked a field with the datasets and identifiers: "Wikidata Q76, GeoNames 2988507".
fn tell_links(view: &mut View) {
    let told = |iri: &str| {
        let last = iri.trim_end_matches('/').rsplit('/').next().unwrap_or(iri);
        let datasets = [("wikidata.org/", "Wikidata"), ("geonames.org/", "GeoNames"), ("dbpedia.org/", "DBpedia")];
        match datasets.iter().find(|(place, _)| iri.contains(place)) {
            Some((_, name)) => format!("{name} {last}"),
            None => iri.to_owned(),
        }
    };
    for node in view.graph.node_weights_mut() {
        let same = node.fields.iter().find(|(name, _)| name == "same as");
        let links = same.map(|(_, iris)| iris.split(' ').map(told).collect::<Vec<_>>().join(", "));
        node.fields.extend(links.map(|links| ("link".to_owned(), links)));
    }
}

/// The rows of a table of CSV, over the whole store, its titles first.
pub fn rows(store: &Store, name: &str) -> Result<Vec<Vec<String>>, Error> {
    let options = view::Options { max_nodes: 0, ..view::Options::default() };
    table::rows(store, &View::of(store, &options)?, &options.focus, name)
}

/// JSON for a person too, ended by a line's end.
fn pretty(value: &serde_json::Value) -> String {
    let mut text = serde_json::to_string_pretty(value).unwrap_or_default();
    text.push('\n');
    text
}

/// A cell that a spreadsheet takes for text: one that begins like a formula, after blanks too, and is no number, gets an
/// apostrophe before it.
pub fn harmless(cell: &str) -> String {
    let begins = |text: &str| text.starts_with(['=', '+', '-', '@', '＝', '＋', '－', '＠']);
    let is_formula = cell.starts_with(['\t', '\r', '\n']) || begins(cell.trim_start());
    let is_number = cell.ends_with(|c: char| c.is_ascii_digit()) && cell.parse::<f64>().is_ok();
    if is_formula && !is_number { format!("'{cell}") } else { cell.to_owned() }
}

/// Rows as CSV.
fn csv(rows: &[Vec<String>]) -> Result<Vec<u8>, Error> {
    let failed = |e: ::csv::Error| Error::new(ErrorKind::Io, "the table cannot be written").because(e);
    let mut writer = ::csv::Writer::from_writer(Vec::new());
    for row in rows {
        writer.write_record(row).map_err(failed)?;
    }
    writer.into_inner().map_err(|e| Error::new(ErrorKind::Io, e.to_string()))
}

/// Fields that hold numbers, so that Gephi and networkx can rank and size nodes by them.
const NUMBERS: &[&str] = &["value", "lower", "upper", "confidence", "changeFrom", "changeTo", "changeBy"];

/// The type of a node's field in GraphML and GEXF: a number where every node has one number in it.
fn attribute_type(view: &View, name: &str) -> &'static str {
    let bare = name.rsplit_once(':').map_or(name, |(_, bare)| bare);
    let mut values = view.graph.node_weights().map(|node| field(node, name)).filter(|v| !v.is_empty());
    let is_number = NUMBERS.contains(&bare) && values.all(|v| v.parse::<f64>().is_ok_and(f64::is_finite));
    if is_number { "double" } else { "string" }
}

/// The values of a node's field, joined.
fn field(node: &Node, name: &str) -> String {
    let values: Vec<&str> = node.fields.iter().filter(|(n, _)| n == name).map(|(_, v)| v.as_str()).collect();
    values.join("; ")
}

/// Text as XML 1.0 can hold it.
fn xml(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        if let Some(named) = web::entity(c) {
            out.push_str(named);
            continue;
        }
        match c {
            '\n' | '\t' => out.push(' '),
            c if c.is_control() || matches!(c, '\u{FFFE}' | '\u{FFFF}') => {}
            c => out.push(c),
        }
    }
    out
}
