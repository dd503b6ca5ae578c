//! Exports for other programs: what they hold, their escapes, the same bytes twice.

use sayso::graph::export::dot::Clusters;
use sayso::graph::export::{Format, write};
use sayso::graph::view::Options;

fn export(format: Format, table: &str) -> String {
    let options = Options { max_nodes: 0, ..Options::default() };
    let once = || write(&super::view::bridge(), &options, format, Clusters::Document, table).expect("an export").bytes;
    let bytes = once();
    assert_eq!(bytes, once(), "{format:?} differs from run to run");
    String::from_utf8(bytes).expect("UTF-8")
}

#[test]
fn graphs_hold_every_node_and_edge_once() {
    let json: serde_json::Value = serde_json::from_str(&export(Format::Cytoscape, "")).expect("JSON");
    let count = |name: &str| json["elements"][name].as_array().expect("a list").len();
    let (graphml, gexf) = (export(Format::GraphMl, ""), export(Format::Gexf, ""));
    assert_eq!(graphml.matches("<node ").count(), count("nodes"));
    assert_eq!(graphml.matches("<edge ").count(), count("edges"));
    assert_eq!(gexf.matches("<node ").count(), count("nodes"));
    assert_eq!(gexf.matches("<edge ").count(), count("edges"));
    assert!(gexf.contains("start=\"2031-03-08\" end=\"2031-03-08\""));
    assert!(graphml.contains("We heard two &quot;cracks&quot; &amp; then &lt;silence&gt;"));
}

#[test]
fn tables_read_back() {
    let text = export(Format::Csv, "quantities");
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    let rows: Vec<Vec<String>> =
        reader.records().map(|r| r.expect("a row").iter().map(str::to_owned).collect()).collect();
    assert_eq!(rows.len(), 4);
    let first = rows.iter().find(|r| r[0].ends_with("/one-1")).expect("the mayor's number");
    assert_eq!(first[2..], ["at least 14 people", "killed", "14", "14", "", "item"].map(str::to_owned));
    let text = export(Format::Csv, "statements");
    let denied = csv::Reader::from_reader(text.as_bytes())
        .records()
        .filter(|r| r.as_ref().is_ok_and(|r| &r[5] == "true"))
        .count();
    assert_eq!(denied, 1);
}

#[test]
fn rdf_holds_every_quad() {
    let count = super::view::bridge().len().expect("a number");
    assert_eq!(export(Format::NQuads, "").lines().count(), count);
    for (format, ending) in [(Format::TriG, "trig"), (Format::NQuads, "nq"), (Format::JsonLd, "jsonld")] {
        let read = sayso::graph::store::from_text(&export(format, ""), ending).expect("RDF");
        assert_eq!(read.len().expect("a number"), count, "{format:?}");
    }
}
