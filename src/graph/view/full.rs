//! The full view: every IRI a node with its literals, every property between two of them an edge.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use crate::graph::store::Loaded as Store;
use oxigraph::model::{NamedNodeRef, NamedOrBlankNode, Term, TermRef};
use petgraph::graph::{DiGraph, NodeIndex};

use super::focus::Found;
use super::resource::Resource;
use super::{Edge, Kind, Node, Options, Relation, View};
use crate::graph::Error;
use crate::graph::query::compact;
use crate::graph::vocab::{other, property};

/// Properties that say where something stands; their targets are places in a text, shown as fields.
const PLACES: [NamedNodeRef<'static>; 5] =
    [property::EVIDENCE, property::CONTENT_AT, property::CUE_AT, property::SPEAKER_AT, property::SENTENCE];

/// More neighbours than this are not followed from one node.
const NEIGHBOURS: usize = 2_000;

pub(super) fn view(store: &Store, found: &Found, options: &Options) -> Result<View, Error> {
    let hops = if found.is_set { 3 } else { options.hops };
    let room = if options.max_nodes == 0 { usize::MAX } else { options.max_nodes };
    let mut seen: BTreeSet<String> = found.iris.iter().cloned().collect();
    let mut queue: VecDeque<(String, usize)> = found.iris.iter().map(|iri| (iri.clone(), 0)).collect();
    let mut resources: BTreeMap<String, (Resource, usize)> = BTreeMap::new();
    let mut left_out: BTreeMap<Kind, usize> = BTreeMap::new();
    let mut more = false;
    while let Some((iri, distance)) = queue.pop_front() {
        let resource = Resource::read(store, &iri)?;
        if resource.is_empty() {
            continue;
        }
        if resources.len() >= room {
            *left_out.entry(resource.kind()).or_default() += 1;
            continue;
        }
        if distance < hops {
            let mut next: Vec<String> = edges(&resource).map(|(_, target)| target.to_owned()).collect();
            // An article points at by everything in it: it is crossed only when it is the focus.
            if resource.kind() != Kind::Document || distance == 0 {
                let (pointing, cut) = pointing_at(store, &iri)?;
                more |= cut;
                next.extend(pointing);
            }
            for other in next {
                if seen.insert(other.clone()) {
                    queue.push_back((other, distance + 1));
                }
            }
        }
        resources.insert(iri, (resource, distance));
    }
    let mut graph: DiGraph<Node, Edge> = DiGraph::new();
    let mut places: BTreeMap<String, NodeIndex> = BTreeMap::new();
    for (iri, (resource, distance)) in &resources {
        let node = node(resource, *distance, *distance == 0 && !found.is_set);
        places.insert(iri.clone(), graph.add_node(node));
    }
    for (iri, (resource, _)) in &resources {
        for (name, target) in edges(resource) {
            if let Some(&to) = places.get(target) {
                let relation = Relation::Property(compact(name));
                graph.add_edge(places[iri], to, Edge { relation, label: compact(name), denied: false });
            }
        }
    }
    let documents = BTreeMap::new();
    Ok(View { graph, title: String::new(), notes: Vec::new(), left_out, more, documents, full: true })
}

/// The properties of a resource that lead to other nodes.
fn edges(resource: &Resource) -> impl Iterator<Item = (&str, &str)> {
    let is_edge = |name: &str| name != other::TYPE.as_str() && !PLACES.iter().any(|p| p.as_str() == name);
    resource.facts.iter().filter(move |(name, _)| is_edge(name)).flat_map(|(name, objects)| {
        objects.iter().filter_map(move |object| match object {
            Term::NamedNode(node) => Some((name.as_str(), node.as_str())),
            _ => None,
        })
    })
}

fn pointing_at(store: &Store, iri: &str) -> Result<(Vec<String>, bool), Error> {
    let object = TermRef::NamedNode(NamedNodeRef::new_unchecked(iri));
    let mut found = Vec::new();
    for quad in store.quads_for_pattern(None, None, Some(object), None) {
        if let NamedOrBlankNode::NamedNode(node) = quad?.subject {
            found.push(node.into_string());
        }
    }
    found.sort_unstable();
    found.dedup();
    let cut = found.len() > NEIGHBOURS;
    found.truncate(NEIGHBOURS);
    Ok((found, cut))
}

fn node(resource: &Resource, distance: usize, is_focus: bool) -> Node {
    let mut fields: Vec<(String, String)> = Vec::new();
    for (name, objects) in &resource.facts {
        for object in objects {
            match object {
                Term::Literal(literal) => fields.push((compact(name), literal.value().to_owned())),
                Term::NamedNode(target) if name == other::TYPE.as_str() => {
                    fields.push(("a".to_owned(), compact(target.as_str())));
                }
                Term::NamedNode(target) if target.as_str().contains("ns#") => {
                    fields.push((compact(name), compact(target.as_str())));
                }
                _ => {}
            }
        }
    }
    Node {
        iri: resource.iri.clone(),
        kind: resource.kind(),
        label: resource.label(),
        earliest: [property::EARLIEST, property::SAID_EARLIEST, property::PUBLISHED]
            .iter()
            .find_map(|&p| resource.text(p))
            .map(str::to_owned),
        latest: [property::LATEST, property::SAID_LATEST, property::PUBLISHED]
            .iter()
            .find_map(|&p| resource.text(p))
            .map(str::to_owned),
        fields,
        said: None,
        is_focus,
        distance,
    }
}
