//! Reading shapes: node shapes with their targets, property shapes, and the constraints we know.

use crate::graph::store::Loaded as Store;
use oxigraph::model::{NamedNode, NamedNodeRef, NamedOrBlankNode, Term};

use super::{local_name, unreadable};
use crate::graph::Error;
use crate::graph::vocab::other;

const SH: &str = "http://www.w3.org/ns/shacl#";
const RDF: &str = "http://www.w3.org/1999/02/22-rdf-syntax-ns#";

/// A shape with targets.
pub(super) struct NodeShape {
    pub name: String,
    pub targets: Vec<String>,
    pub constraints: Vec<Constraint>,
    pub properties: Vec<PropertyShape>,
}

/// A shape of the values at the end of a path.
pub(super) struct PropertyShape {
    pub name: String,
    pub path: Path,
    pub constraints: Vec<Constraint>,
    pub message: String,
}

/// One step, forward or backward.
pub(super) enum Path {
    Forward(NamedNode),
    Inverse(NamedNode),
}

/// The kinds of constraint, as SHACL Core names them.
pub(super) enum Constraint {
    MinCount(usize),
    MaxCount(usize),
    Class(String),
    Datatype(String),
    NodeKind(String),
    In(Vec<Term>),
    MinInclusive(Term),
    MaxInclusive(Term),
    MinLength(usize),
    Pattern(regex::Regex),
    LessThanOrEquals(NamedNode),
    Disjoint(NamedNode),
    Or(Vec<PropertyShape>),
}

/// Every node shape of a Turtle text, in the order of their names.
pub(super) fn read(turtle: &str) -> Result<Vec<NodeShape>, Error> {
    let reader = Reader { store: crate::graph::store::from_text(turtle, "ttl")? };
    let mut subjects = Vec::new();
    let class = NamedNode::new_unchecked(format!("{SH}NodeShape"));
    for quad in reader.store.quads_for_pattern(None, Some(other::TYPE), Some(class.as_ref().into()), None) {
        subjects.push(quad?.subject);
    }
    subjects.sort_by_cached_key(NamedOrBlankNode::to_string);
    subjects.iter().map(|s| reader.node_shape(s)).collect()
}

struct Reader {
    store: Store,
}

impl Reader {
    fn node_shape(&self, node: &NamedOrBlankNode) -> Result<NodeShape, Error> {
        let mut shape =
            NodeShape { name: name_of(node), targets: Vec::new(), constraints: Vec::new(), properties: Vec::new() };
        for (key, value) in self.pairs(node)? {
            match (key.as_str(), &value) {
                ("targetClass", Term::NamedNode(class)) => shape.targets.push(class.as_str().to_owned()),
                ("property", value) => shape.properties.push(self.property_shape(&subject(value)?)?),
                ("message" | "name" | "description", _) => {}
                (key, value) => shape.constraints.push(self.constraint(key, value)?),
            }
        }
        shape.targets.sort();
        shape.properties.sort_by(|a, b| a.name.cmp(&b.name));
        Ok(shape)
    }

    fn property_shape(&self, node: &NamedOrBlankNode) -> Result<PropertyShape, Error> {
        let (mut path, mut constraints, mut message) = (None, Vec::new(), String::new());
        for (key, value) in self.pairs(node)? {
            match (key.as_str(), &value) {
                ("path", Term::NamedNode(property)) => path = Some(Path::Forward(property.clone())),
                ("path", Term::BlankNode(_)) => {
                    let steps = self.pairs(&subject(&value)?)?;
                    match steps.as_slice() {
                        [(key, Term::NamedNode(property))] if key == "inversePath" => {
                            path = Some(Path::Inverse(property.clone()));
                        }
                        _ => return Err(unreadable("a path of several steps")),
                    }
                }
                ("message", Term::Literal(words)) => message = words.value().to_owned(),
                ("name" | "description" | "message", _) => {}
                (key, value) => constraints.push(self.constraint(key, value)?),
            }
        }
        let path = path.ok_or_else(|| unreadable("a property shape without a path"))?;
        Ok(PropertyShape { name: name_of(node), path, constraints, message })
    }

    fn constraint(&self, key: &str, value: &Term) -> Result<Constraint, Error> {
        let number = || match value {
            Term::Literal(literal) => {
                literal.value().parse::<usize>().map_err(|_| unreadable("a count that is no number"))
            }
            _ => Err(unreadable("a count that is no number")),
        };
        let node = || match value {
            Term::NamedNode(node) => Ok(node.clone()),
            _ => Err(unreadable(&format!("sh:{key} of something without an IRI"))),
        };
        Ok(match key {
            "minCount" => Constraint::MinCount(number()?),
            "maxCount" => Constraint::MaxCount(number()?),
            "minLength" => Constraint::MinLength(number()?),
            "class" => Constraint::Class(node()?.into_string()),
            "datatype" => Constraint::Datatype(node()?.into_string()),
            "nodeKind" => Constraint::NodeKind(local_name(&node()?)),
            "lessThanOrEquals" => Constraint::LessThanOrEquals(node()?),
            "disjoint" => Constraint::Disjoint(node()?),
            "minInclusive" => Constraint::MinInclusive(value.clone()),
            "maxInclusive" => Constraint::MaxInclusive(value.clone()),
            "in" => Constraint::In(self.list(value)?),
            "or" => {
                let branches = self.list(value)?;
                Constraint::Or(branches.iter().map(|b| self.property_shape(&subject(b)?)).collect::<Result<_, _>>()?)
            }
            "pattern" => {
                let Term::Literal(words) = value else { return Err(unreadable("a pattern that is no text")) };
                Constraint::Pattern(
                    regex::Regex::new(words.value())
                        .map_err(|e| unreadable("a pattern that cannot be read").because(e))?,
                )
            }
            other => return Err(unreadable(&format!("sh:{other}"))),
        })
    }

    /// The SHACL properties of a node by their short names, sorted; types and what is not SHACL are left out.
    fn pairs(&self, node: &NamedOrBlankNode) -> Result<Vec<(String, Term)>, Error> {
        let mut pairs = Vec::new();
        for quad in self.store.quads_for_pattern(Some(node.as_ref()), None, None, None) {
            let quad = quad?;
            if let Some(key) = quad.predicate.as_str().strip_prefix(SH) {
                pairs.push((key.to_owned(), quad.object));
            }
        }
        pairs.sort_by_cached_key(|(key, value)| (key.clone(), value.to_string()));
        Ok(pairs)
    }

    /// The items of an RDF list.
    fn list(&self, head: &Term) -> Result<Vec<Term>, Error> {
        let (first, rest) = (format!("{RDF}first"), format!("{RDF}rest"));
        let (first, rest) = (NamedNodeRef::new_unchecked(&first), NamedNodeRef::new_unchecked(&rest));
        let mut items = Vec::new();
        let mut at = head.clone();
        while let Term::BlankNode(node) = &at {
            let step = |property| {
                let mut found = self.store.quads_for_pattern(Some(node.as_ref().into()), Some(property), None, None);
                found.next().ok_or_else(|| unreadable("a list without an end"))
            };
            items.push(step(first)??.object);
            let next = step(rest)??.object;
            at = next;
        }
        Ok(items)
    }
}

fn subject(term: &Term) -> Result<NamedOrBlankNode, Error> {
    match term {
        Term::NamedNode(node) => Ok(node.clone().into()),
        Term::BlankNode(node) => Ok(node.clone().into()),
        _ => Err(unreadable("a literal where a shape should stand")),
    }
}

fn name_of(node: &NamedOrBlankNode) -> String {
    match node {
        NamedOrBlankNode::NamedNode(node) => local_name(node),
        NamedOrBlankNode::BlankNode(_) => String::new(),
    }
}
