//! A script in openCypher that loads a store into a running database: `cypher-shell < news.cypher` for Neo4j, `mgconsole`
//! for Memgraph. Nodes are merged by their IRI, so that a second run, or a later store, adds to the first.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;

use oxigraph::model::Term;

use super::neo4j::{Type, facts, local, nodes, target, upper_snake, value};
use crate::graph::Error;
use crate::graph::query::compact;
use crate::graph::store::Loaded as Store;
use crate::graph::view::Resource;
use crate::graph::vocab::other;

/// Rows of one statement of the script.
const BATCH: usize = 250;

/// Writes the nodes and relationships of a store.
pub fn write(store: &Store) -> Result<String, Error> {
    let nodes = nodes(store)?;
    let mut out = String::from(
        "// Written by sayso: load it with cypher-shell (Neo4j 5) or mgconsole (Memgraph: leave out the next statement).\n\
         CREATE CONSTRAINT sayso_iri IF NOT EXISTS FOR (n:Resource) REQUIRE n.iri IS UNIQUE;\n",
    );
    let mut groups: BTreeMap<String, Vec<&Resource>> = BTreeMap::new();
    for node in nodes.values() {
        let labels: BTreeSet<&str> = node.links(other::TYPE).map(local).collect();
        let labels: String = labels.into_iter().map(|label| format!(":{}", name(label))).collect();
        groups.entry(labels).or_default().push(node);
    }
    for (labels, members) in &groups {
        for batch in members.chunks(BATCH) {
            let rows: Vec<String> = batch.iter().map(|node| row(node, &nodes)).collect();
            let _ = writeln!(
                out,
                "UNWIND [\n{}\n] AS row MERGE (n:Resource {{iri: row.iri}}) SET n{labels} SET n += row.facts;",
                rows.join(",\n")
            );
        }
    }
    let mut relations: BTreeMap<String, Vec<(&str, &str)>> = BTreeMap::new();
    for node in nodes.values() {
        for (property, objects) in node.facts.iter().filter(|(property, _)| *property != other::TYPE.as_str()) {
            for end in objects.iter().filter_map(|o| target(property, o, &nodes)) {
                relations.entry(upper_snake(local(property))).or_default().push((&node.iri, end));
            }
        }
    }
    for (kind, pairs) in &relations {
        for batch in pairs.chunks(BATCH) {
            let rows: Vec<String> = batch.iter().map(|(a, b)| format!("[{}, {}]", text(a), text(b))).collect();
            let _ = writeln!(
                out,
                "UNWIND [\n{}\n] AS row MATCH (a:Resource {{iri: row[0]}}) MATCH (b:Resource {{iri: row[1]}}) MERGE (a)-[:{}]->(b);",
                rows.join(",\n"),
                name(kind)
            );
        }
    }
    Ok(out)
}

/// A node as a map: its IRI, and what is said of it.
fn row(node: &Resource, nodes: &BTreeMap<String, Resource>) -> String {
    let mut used: BTreeSet<String> = BTreeSet::new();
    let mut parts = Vec::new();
    for (property, values) in facts(node, nodes) {
        let short = local(property).to_owned();
        let key = if used.insert(short.clone()) { short } else { compact(property).replace(':', "_") };
        let kind = Type::of(values[0]);
        let kind = if values.iter().all(|v| Type::of(v) == kind) { kind } else { Type::Text };
        let written: Vec<String> = values.iter().map(|v| literal(v, kind)).collect();
        let written = match written.as_slice() {
            [one] => one.clone(),
            several => format!("[{}]", several.join(", ")),
        };
        parts.push(format!("{}: {written}", name(&key)));
    }
    format!("{{iri: {}, facts: {{{}}}}}", text(&node.iri), parts.join(", "))
}

/// A value. Decimals become doubles, for Cypher has no decimal numbers; what is not what its type says stays text.
fn literal(term: &Term, kind: Type) -> String {
    let words = value(term);
    let digits = |t: &str| !t.is_empty() && t.bytes().all(|b| b.is_ascii_digit());
    match kind {
        Type::Day if words.len() == 10 && words.split('-').all(digits) => format!("date({})", text(&words)),
        Type::Number if words.parse::<f64>().is_ok_and(f64::is_finite) => match words.contains('.') {
            true => words,
            false => format!("{words}.0"),
        },
        Type::Whole if words.parse::<i64>().is_ok() => words,
        Type::Truth if words == "true" || words == "false" => words,
        _ => text(&words),
    }
}

/// Text between quotation marks. What ends a line or a statement for a reader that goes by lines is written by its number.
fn text(words: &str) -> String {
    let mut out = String::with_capacity(words.len() + 2);
    out.push('\'');
    for c in words.chars() {
        match c {
            '\\' => out.push_str("\\\\"),
            '\'' => out.push_str("\\'"),
            c if c.is_control() || matches!(c, ';' | '\u{2028}' | '\u{2029}') => {
                let _ = write!(out, "\\u{:04X}", u32::from(c));
            }
            c => out.push(c),
        }
    }
    out.push('\'');
    out
}

/// A label, key or type: bare where it is letters and digits, else between back-quotes.
fn name(words: &str) -> String {
    let is_plain = words.starts_with(|c: char| c.is_ascii_alphabetic())
        && words.chars().all(|c| c.is_ascii_alphanumeric() || c == '_');
    if is_plain { words.to_owned() } else { format!("`{}`", words.replace('`', "``")) }
}
