//! CSV tables of a view: `statements` with their first number, `quantities`, `entities` and `links` between nodes.

use petgraph::Direction;
use petgraph::visit::EdgeRef;

use crate::graph::view::{Kind, Relation, View};
use crate::graph::{Error, ErrorKind};

/// The tables.
pub const NAMES: &[&str] = &["statements", "quantities", "entities", "links"];

/// Writes one table, header first.
pub fn write(view: &View, name: &str) -> Result<String, Error> {
    let mut rows: Vec<Vec<String>> = Vec::new();
    match name {
        "statements" => {
            rows.push(header(&[
                "id",
                "speaker",
                "source",
                "cue",
                "commitment",
                "denied",
                "said_earliest",
                "said_latest",
                "words",
                "number",
                "document",
                "publisher",
            ]));
            for index in view.graph.node_indices() {
                let node = &view.graph[index];
                let Some(said) = &node.said else { continue };
                let speaker = view.graph.edges_directed(index, Direction::Incoming);
                let speaker = speaker.into_iter().find(|e| e.weight().relation == Relation::Says);
                let document = view.documents.get(&said.document);
                rows.push(vec![
                    node.iri.clone(),
                    speaker.map_or_else(String::new, |e| view.graph[e.source()].label.clone()),
                    said.source.clone(),
                    said.cue.clone(),
                    said.commitment.clone(),
                    said.denied.to_string(),
                    node.earliest.clone().unwrap_or_default(),
                    node.latest.clone().unwrap_or_default(),
                    said.words.clone(),
                    said.numbers.first().map_or_else(String::new, |n| n.words.clone()),
                    document.map_or_else(String::new, |d| d.label.clone()),
                    document.map_or_else(String::new, |d| super::field(d, "publisher")),
                ]);
            }
        }
        "quantities" => {
            rows.push(header(&["statement", "claim", "words", "measure", "value", "lower", "upper", "unit"]));
            for node in view.graph.node_weights() {
                for n in node.said.iter().flat_map(|s| &s.numbers) {
                    let parts = [&node.iri, &n.claim, &n.words, &n.measure, &n.value, &n.lower, &n.upper, &n.unit];
                    rows.push(parts.into_iter().cloned().collect());
                }
            }
        }
        "entities" => {
            rows.push(header(&["id", "kind", "name", "role", "same_as"]));
            for node in view.graph.node_weights().filter(|n| n.kind.is_entity() || n.kind == Kind::Event) {
                rows.push(vec![
                    node.iri.clone(),
                    node.kind.as_str().to_owned(),
                    node.label.clone(),
                    super::field(node, "role"),
                    super::field(node, "same as"),
                ]);
            }
        }
        "links" => {
            rows.push(header(&["from", "relation", "to", "label"]));
            for edge in view.graph.edge_references() {
                rows.push(vec![
                    view.graph[edge.source()].iri.clone(),
                    edge.weight().relation.name().to_owned(),
                    view.graph[edge.target()].iri.clone(),
                    edge.weight().label.clone(),
                ]);
            }
        }
        _ => {
            return Err(Error::new(ErrorKind::Unknown, format!("no table is called {name}"))
                .with_hint(format!("use one of {}", NAMES.join(", "))));
        }
    }
    let failed = |e: csv::Error| Error::new(ErrorKind::Io, "the table cannot be written").because(e);
    let mut writer = csv::Writer::from_writer(Vec::new());
    for row in rows {
        writer.write_record(row).map_err(failed)?;
    }
    let bytes = writer.into_inner().map_err(|e| Error::new(ErrorKind::Io, e.to_string()))?;
    Ok(String::from_utf8_lossy(&bytes).into_owned())
}

fn header(names: &[&str]) -> Vec<String> {
    names.iter().map(|n| (*n).to_owned()).collect()
}
