//! CSV files for `neo4j-admin database import full`: one of nodes for each class, one of relationships for each property,
//! with typed headers, and a script that gives them all to the importer.
//!
//! A property whose object is a node of the store is a relationship; any other is a column, a list where a node has
//! several values. Decimals become doubles, for Neo4j has no decimal numbers.

use std::collections::btree_map::Entry;
use std::collections::{BTreeMap, BTreeSet};

use crate::graph::store::Loaded as Store;
use oxigraph::model::vocab::xsd;
use oxigraph::model::{NamedNodeRef, NamedOrBlankNode, Term};

use super::File;
use crate::graph::Error;
use crate::graph::query::compact;
use crate::graph::view::Resource;
use crate::graph::vocab::{NAMESPACE, other, property};

/// Between the values of a list: a character that no text has.
const BETWEEN: &str = "\u{1F}";

/// Writes the nodes and relationships of a store.
pub fn write(store: &Store) -> Result<Vec<File>, Error> {
    let nodes = nodes(store)?;
    let mut files = Vec::new();
    let classes: BTreeSet<&str> = nodes.values().filter_map(Resource::class).collect();
    for class in classes {
        let members: Vec<&Resource> = nodes.values().filter(|n| n.class() == Some(class)).collect();
        files.push(File { name: format!("nodes-{class}.csv"), bytes: super::csv(&table(&members, &nodes))? });
    }
    let mut relations: BTreeMap<String, Vec<Vec<String>>> = BTreeMap::new();
    for node in nodes.values() {
        for (name, objects) in node.facts.iter().filter(|(name, _)| *name != other::TYPE.as_str()) {
            for target in objects.iter().filter_map(|o| target(name, o, &nodes)) {
                let kind = upper_snake(local(name));
                let rows = relations
                    .entry(kind.clone())
                    .or_insert_with(|| vec![[":START_ID", ":END_ID", ":TYPE"].map(str::to_owned).to_vec()]);
                rows.push(vec![node.iri.clone(), target.to_owned(), kind]);
            }
        }
    }
    for (kind, rows) in relations {
        files.push(File { name: format!("relationships-{kind}.csv"), bytes: super::csv(&rows)? });
    }
    let script = script(&files);
    files.push(File { name: "import.sh".to_owned(), bytes: script.into_bytes() });
    Ok(files)
}

/// Everything in the store that has a class.
pub(super) fn nodes(store: &Store) -> Result<BTreeMap<String, Resource>, Error> {
    let mut nodes = BTreeMap::new();
    for quad in store.quads_for_pattern(None, Some(other::TYPE), None, None) {
        if let NamedOrBlankNode::NamedNode(node) = quad?.subject {
            let iri = node.into_string();
            if let Entry::Vacant(place) = nodes.entry(iri) {
                let resource = Resource::read(store, place.key())?;
                place.insert(resource);
            }
        }
    }
    Ok(nodes)
}

/// Properties that tell characters; that some of these are whole sentences, which are nodes, makes no relationship.
const PLACES: [NamedNodeRef<'static>; 4] =
    [property::EVIDENCE, property::CONTENT_AT, property::CUE_AT, property::SPEAKER_AT];

/// The node that a property leads to.
pub(super) fn target<'t>(name: &str, object: &'t Term, nodes: &BTreeMap<String, Resource>) -> Option<&'t str> {
    match object {
        Term::NamedNode(_) if PLACES.iter().any(|p| p.as_str() == name) => None,
        Term::NamedNode(node) if nodes.contains_key(node.as_str()) => Some(node.as_str()),
        _ => None,
    }
}

/// The types that Neo4j reads.
#[derive(Clone, Copy, PartialEq)]
pub(super) enum Type {
    Text,
    Day,
    Number,
    Whole,
    Truth,
}

impl Type {
    pub(super) fn of(object: &Term) -> Type {
        let Term::Literal(literal) = object else { return Type::Text };
        let datatype = literal.datatype();
        if datatype == xsd::DATE {
            Type::Day
        } else if datatype == xsd::DECIMAL {
            Type::Number
        } else if datatype == xsd::INTEGER {
            Type::Whole
        } else if datatype == xsd::BOOLEAN {
            Type::Truth
        } else {
            Type::Text
        }
    }

    fn name(self) -> &'static str {
        match self {
            Type::Text => "string",
            Type::Day => "date",
            Type::Number => "double",
            Type::Whole => "long",
            Type::Truth => "boolean",
        }
    }
}

/// A property of the nodes of a class.
struct Column {
    title: String,
    kind: Type,
    is_list: bool,
}

/// The nodes of a class as rows under a typed header.
fn table(members: &[&Resource], nodes: &BTreeMap<String, Resource>) -> Vec<Vec<String>> {
    let mut columns: BTreeMap<&str, Column> = BTreeMap::new();
    let mut titles: BTreeSet<String> = BTreeSet::new();
    for node in members {
        for (name, values) in facts(node, nodes) {
            let column = columns.entry(name).or_insert_with(|| {
                let short = local(name).to_owned();
                let title = if titles.insert(short.clone()) { short } else { compact(name).replace(':', "_") };
                Column { title, kind: Type::of(values[0]), is_list: false }
            });
            column.is_list |= values.len() > 1;
            if values.iter().any(|v| Type::of(v) != column.kind) {
                column.kind = Type::Text;
            }
        }
    }
    let mut header = vec!["iri:ID".to_owned()];
    header.extend(
        columns.values().map(|c| format!("{}:{}{}", c.title, c.kind.name(), if c.is_list { "[]" } else { "" })),
    );
    header.push(":LABEL".to_owned());
    let mut rows = vec![header];
    for node in members {
        let known: BTreeMap<&str, Vec<&Term>> = facts(node, nodes).collect();
        let mut row = vec![node.iri.clone()];
        for name in columns.keys() {
            let values: Vec<String> = known.get(name).into_iter().flatten().map(|v| value(v)).collect();
            row.push(values.join(BETWEEN));
        }
        let labels: BTreeSet<&str> = node.links(other::TYPE).map(local).collect();
        row.push(labels.into_iter().collect::<Vec<_>>().join(BETWEEN));
        rows.push(row);
    }
    rows
}

/// What stands in columns: literals, and IRIs of no node of the store.
pub(super) fn facts<'r>(
    node: &'r Resource,
    nodes: &'r BTreeMap<String, Resource>,
) -> impl Iterator<Item = (&'r str, Vec<&'r Term>)> {
    node.facts.iter().filter(|(name, _)| *name != other::TYPE.as_str()).filter_map(|(name, objects)| {
        let values: Vec<&Term> = objects.iter().filter(|o| target(name, o, nodes).is_none()).collect();
        (!values.is_empty()).then_some((name.as_str(), values))
    })
}

/// A value: the words of a literal; of our closed lists the name; else the IRI.
pub(super) fn value(term: &Term) -> String {
    let text = match term {
        Term::Literal(literal) => literal.value(),
        Term::NamedNode(node) => node.as_str().strip_prefix(NAMESPACE).unwrap_or(node.as_str()),
        _ => "",
    };
    text.replace(BETWEEN, " ")
}

pub(super) fn local(iri: &str) -> &str {
    iri.rsplit(['#', '/']).next().unwrap_or(iri)
}

/// `REPORTED_IN` of `reportedIn`.
pub(super) fn upper_snake(name: &str) -> String {
    let mut out = String::new();
    for c in name.chars() {
        if c.is_uppercase() && !out.is_empty() {
            out.push('_');
        }
        out.extend(c.to_uppercase());
    }
    out
}

fn script(files: &[File]) -> String {
    let mut out = String::from(
        "#!/bin/sh\n# Imports these files into a new database of Neo4j 5: sh import.sh [DATABASE]\nset -e\ncd \"$(dirname \"$0\")\"\n\
         neo4j-admin database import full --overwrite-destination=true --multiline-fields=true --array-delimiter=U+001F \\\n",
    );
    for file in files {
        let option = if file.name.starts_with("nodes-") { "nodes" } else { "relationships" };
        out.push_str(&format!("  --{option}={} \\\n", file.name));
    }
    out.push_str("  \"${1:-neo4j}\"\n");
    out
}
