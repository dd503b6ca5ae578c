//! Writing a store, or a view of it, for other programs: one file per format.

pub mod cytoscape;
pub mod dot;
pub mod gexf;
pub mod graphml;
pub mod rdf;
pub mod svg;
pub mod table;

use oxigraph::io::RdfFormat;
use oxigraph::store::Store;

use super::view::{self, Node, View};
use super::{Error, ErrorKind};

/// The formats of exports.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Format {
    Dot,
    Svg,
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
}

impl Format {
    /// Every format with its name and what it is for.
    pub const ALL: &'static [(&'static str, Format, &'static str)] = &[
        ("dot", Format::Dot, "a picture in GraphViz's language"),
        ("svg", Format::Svg, "a picture; needs GraphViz"),
        ("graphml", Format::GraphMl, "a graph for Gephi, yEd, networkx"),
        ("gexf", Format::Gexf, "a graph with times for Gephi"),
        ("cytoscape", Format::Cytoscape, "a graph for Cytoscape, as JSON"),
        ("csv", Format::Csv, "a table; see --table"),
        ("turtle", Format::Turtle, "all triples of the store"),
        ("ntriples", Format::NTriples, "all triples of the store, a line each"),
        ("rdfxml", Format::RdfXml, "all triples of the store, for readers of XML"),
        ("trig", Format::TriG, "all quads of the store"),
        ("nquads", Format::NQuads, "all quads of the store, a line each"),
        ("jsonld", Format::JsonLd, "all quads of the store, as JSON-LD"),
    ];

    /// Whether it is for the eye, and must stay small enough to be read.
    pub fn is_picture(self) -> bool {
        matches!(self, Format::Dot | Format::Svg)
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
    /// The table of CSV.
    pub table: String,
    /// With the claims as reifiers of triple terms (RDF 1.2).
    pub rdf12: bool,
}

/// An export: its bytes, and what a person should know of it.
pub struct Export {
    pub bytes: Vec<u8>,
    pub notes: Vec<String>,
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
    let view = View::of(store, &options.view)?;
    let text = match format {
        Format::Svg => svg::draw(&dot::write(&view, options.clusters), &view)?,
        Format::GraphMl => graphml::write(&view),
        Format::Gexf => gexf::write(&view),
        Format::Cytoscape => cytoscape::write(&view),
        Format::Csv => table::write(&view, &options.table)?,
        _ => dot::write(&view, options.clusters),
    };
    let notes = view.notes.iter().cloned().chain(view.left_out_words()).collect();
    Ok(Export { bytes: text.into_bytes(), notes })
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
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\n' | '\t' => out.push(' '),
            c if c.is_control() || matches!(c, '\u{FFFE}' | '\u{FFFF}') => {}
            c => out.push(c),
        }
    }
    out
}
