//! GraphML for Gephi, yEd and networkx: one key for each attribute, nodes and edges in the view's order.

use std::collections::BTreeSet;
use std::fmt::Write;

use petgraph::visit::EdgeRef;

use super::xml;
use crate::graph::view::View;

/// Writes a view.
pub fn write(view: &View) -> String {
    let mut out = String::from(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<graphml xmlns=\"http://graphml.graphdrawing.org/xmlns\">\n",
    );
    let fields: BTreeSet<&str> = view.graph.node_weights().flat_map(|n| &n.fields).map(|(n, _)| n.as_str()).collect();
    let fixed = ["iri", "kind", "label", "earliest", "latest"];
    for (number, name) in fixed.iter().chain(&fields).enumerate() {
        let kind = super::attribute_type(view, name);
        let _ =
            writeln!(out, "  <key id=\"n{number}\" for=\"node\" attr.name=\"{}\" attr.type=\"{kind}\"/>", xml(name));
    }
    out.push_str("  <key id=\"e0\" for=\"edge\" attr.name=\"relation\" attr.type=\"string\"/>\n");
    out.push_str("  <key id=\"e1\" for=\"edge\" attr.name=\"label\" attr.type=\"string\"/>\n");
    out.push_str("  <key id=\"e2\" for=\"edge\" attr.name=\"denied\" attr.type=\"boolean\"/>\n");
    out.push_str("  <graph id=\"sayso\" edgedefault=\"directed\">\n");
    for index in view.graph.node_indices() {
        let node = &view.graph[index];
        let _ = writeln!(out, "    <node id=\"{}\">", index.index());
        for (number, name) in fixed.iter().chain(&fields).enumerate() {
            let value = match number {
                0 => node.iri.clone(),
                1 => node.kind.as_str().to_owned(),
                2 => node.label.clone(),
                3 => node.earliest.clone().unwrap_or_default(),
                4 => node.latest.clone().unwrap_or_default(),
                _ => super::field(node, name),
            };
            if !value.is_empty() {
                let _ = writeln!(out, "      <data key=\"n{number}\">{}</data>", xml(&value));
            }
        }
        out.push_str("    </node>\n");
    }
    for edge in view.graph.edge_references() {
        let weight = edge.weight();
        let _ = writeln!(
            out,
            "    <edge id=\"e{}\" source=\"{}\" target=\"{}\"><data key=\"e0\">{}</data><data key=\"e1\">{}</data><data key=\"e2\">{}</data></edge>",
            edge.id().index(),
            edge.source().index(),
            edge.target().index(),
            xml(weight.relation.name()),
            xml(&weight.label),
            weight.denied
        );
    }
    out.push_str("  </graph>\n</graphml>\n");
    out
}
