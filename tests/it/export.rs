//! Exports for other programs: what they hold, their escapes, the same bytes twice.

use sayso::graph::export::{Format, Options, write};
use sayso::graph::view;

fn export(format: Format, table: &str) -> String {
    let view = view::Options { max_nodes: 0, ..view::Options::default() };
    let options = Options { view, table: table.to_owned(), ..Options::default() };
    let once = || write(&super::view::bridge(), format, &options).expect("an export").bytes;
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

/// A store with claims of every sort that RDF 1.2 can carry, and one that it cannot.
const CLAIMS: &str = r#"
@prefix sayso: <https://w3id.org/sayso/ns#> .
@prefix : <https://example.org/id/> .
:said sayso:content :exact, :bounded, :bare, :entities, :worded, :nothing .
:exact sayso:about :fire ; sayso:predicate :destroy ; sayso:quantity :forty .
:forty sayso:value 40.0 ; sayso:bound sayso:exact .
:bounded sayso:about :fire ; sayso:predicate :destroy ; sayso:quantity :many .
:many sayso:value 40.0 ; sayso:lower 40.0 ; sayso:bound sayso:atLeast .
:bare sayso:about :fire ; sayso:quantity :forty .
:entities sayso:subjectEntity :mayor ; sayso:predicate :meet ; sayso:objectEntity :one , :two .
:worded sayso:subjectEntity :mayor ; sayso:predicate :want ; sayso:object "a new bridge" .
:nothing sayso:predicate :rain .
"#;

#[test]
fn rdf12_reifies_what_claims_say() {
    let store = sayso::graph::store::from_text(CLAIMS, "ttl").expect("RDF");
    let options = Options { rdf12: true, ..Options::default() };
    let text = |store: &oxigraph::store::Store, format| {
        String::from_utf8(write(store, format, &options).expect("an export").bytes).expect("UTF-8")
    };
    let lines = text(&store, Format::NTriples);
    let mut found: Vec<String> = lines
        .lines()
        .filter_map(|l| l.split_once(" <http://www.w3.org/1999/02/22-rdf-syntax-ns#reifies> "))
        .map(|(claim, triple)| format!("{claim} {triple}").replace("https://example.org/id/", ""))
        .collect();
    found.sort();
    assert_eq!(
        found,
        [
            "<bare> <<( <fire> <https://w3id.org/sayso/ns#quantity> <forty> )>> .",
            "<bounded> <<( <fire> <destroy> <many> )>> .",
            "<entities> <<( <mayor> <meet> <one> )>> .",
            "<entities> <<( <mayor> <meet> <two> )>> .",
            "<exact> <<( <fire> <destroy> \"40\"^^<http://www.w3.org/2001/XMLSchema#decimal> )>> .",
            "<worded> <<( <mayor> <want> \"a new bridge\" )>> .",
        ]
    );
    for (format, ending) in [(Format::Turtle, "ttl"), (Format::TriG, "trig"), (Format::NQuads, "nq")] {
        let read = sayso::graph::store::from_text(&text(&store, format), ending).expect("RDF 1.2");
        assert_eq!(text(&read, Format::NTriples), lines, "{format:?}: read back and reified again");
    }
    let refused = |format| write(&store, format, &options).err().map(|e| e.to_string()).unwrap_or_default();
    assert!(refused(Format::JsonLd).contains("RDF 1.2"), "{}", refused(Format::JsonLd));
    assert!(refused(Format::GraphMl).contains("RDF 1.2"), "{}", refused(Format::GraphMl));
}
