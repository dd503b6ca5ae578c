//! GEXF 1.3 for Gephi, with the days of nodes, so that its timeline works.

use std::collections::BTreeSet;
use std::fmt::Write;

use petgraph::visit::EdgeRef;

use super::xml;
use crate::graph::view::View;

/// Writes a view.
pub fn write(view: &View) -> String {
    let mut out = String::from(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<gexf xmlns=\"http://gexf.net/1.3\" version=\"1.3\">\n  \
         <graph defaultedgetype=\"directed\" mode=\"dynamic\" timeformat=\"date\">\n    <attributes class=\"node\">\n",
    );
    let fields: BTreeSet<&str> = view.graph.node_weights().flat_map(|n| &n.fields).map(|(n, _)| n.as_str()).collect();
    let names: Vec<&str> = ["iri", "kind"].into_iter().chain(fields).collect();
    for (number, name) in names.iter().enumerate() {
        let kind = super::attribute_type(view, name);
        let _ = writeln!(out, "      <attribute id=\"{number}\" title=\"{}\" type=\"{kind}\"/>", xml(name));
    }
    out.push_str("    </attributes>\n    <nodes>\n");
    for index in view.graph.node_indices() {
        let node = &view.graph[index];
        let start = node.earliest.as_deref().or(node.latest.as_deref());
        let mut days = String::new();
        for (name, day) in [("start", start), ("end", node.latest.as_deref())] {
            if let Some(day) = day {
                let _ = write!(days, " {name}=\"{}\"", xml(day));
            }
        }
        let _ = write!(out, "      <node id=\"{}\" label=\"{}\"{days}><attvalues>", index.index(), xml(&node.label));
        for (number, name) in names.iter().enumerate() {
            let value = match number {
                0 => node.iri.clone(),
                1 => node.kind.as_str().to_owned(),
                _ => super::field(node, name),
            };
            if !value.is_empty() {
                let _ = write!(out, "<attvalue for=\"{number}\" value=\"{}\"/>", xml(&value));
            }
        }
        out.push_str("</attvalues></node>\n");
    }
    out.push_str("    </nodes>\n    <edges>\n");
    for edge in view.graph.edge_references() {
        let _ = writeln!(
            out,
            "      <edge id=\"{}\" source=\"{}\" target=\"{}\" label=\"{}\"/>",
            edge.id().index(),
            edge.source().index(),
            edge.target().index(),
            xml(edge.weight().relation.name())
        );
    }
    out.push_str("    </edges>\n  </graph>\n</gexf>\n");
    out
}
