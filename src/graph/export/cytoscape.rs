//! Cytoscape JSON: `{"elements": {"nodes": […], "edges": […]}}`.

use petgraph::visit::EdgeRef;
use serde_json::{Map, Value, json};

use crate::graph::view::View;

/// Writes a view.
pub fn write(view: &View) -> String {
    let nodes: Vec<Value> = view
        .graph
        .node_indices()
        .map(|index| {
            let node = &view.graph[index];
            let mut data = Map::new();
            for (name, _) in &node.fields {
                data.insert(name.replace([' ', ':'], "_"), super::field(node, name).into());
            }
            data.insert("id".to_owned(), format!("n{}", index.index()).into());
            data.insert("iri".to_owned(), node.iri.clone().into());
            data.insert("kind".to_owned(), node.kind.as_str().into());
            data.insert("label".to_owned(), node.label.clone().into());
            for (name, day) in [("earliest", &node.earliest), ("latest", &node.latest)] {
                if let Some(day) = day {
                    data.insert(name.to_owned(), day.clone().into());
                }
            }
            json!({ "data": data })
        })
        .collect();
    let edges: Vec<Value> = view
        .graph
        .edge_references()
        .map(|edge| {
            let weight = edge.weight();
            json!({ "data": {
                "id": format!("e{}", edge.id().index()),
                "source": format!("n{}", edge.source().index()),
                "target": format!("n{}", edge.target().index()),
                "relation": weight.relation.name(),
                "label": weight.label,
                "denied": weight.denied,
            }})
        })
        .collect();
    super::pretty(&json!({
        "data": { "name": view.title, "left_out": view.left_out_words() },
        "elements": { "nodes": nodes, "edges": edges },
    }))
}
