//! Checks of a store: the constraints of `ontology/shapes.ttl` (SHACL Core), each offender named, and what SHACL cannot say.

mod shapes;
mod values;

use std::collections::{BTreeMap, BTreeSet};

use crate::graph::store::Loaded as Store;
use oxigraph::model::{NamedNode, NamedNodeRef, NamedOrBlankNode, Term};
use rustc_hash::FxHashSet;

use super::query::{Answer, Limits, run};
use super::vocab::other;
use super::{Error, ErrorKind};
use shapes::{Constraint, Path, PropertyShape};

/// The ontology, for the classes and their subclasses.
pub const ONTOLOGY: &str = include_str!("../../../ontology/sayso.ttl");

/// The shapes that every graph of ours satisfies.
pub const SHAPES: &str = include_str!("../../../ontology/shapes.ttl");

/// One offence against a constraint.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Finding {
    /// The constraint's name: `Statement-mode`.
    pub constraint: String,
    /// The thing that offends.
    pub focus: String,
    /// The value that offends, where one value does.
    pub value: Option<String>,
    /// What is wrong, in a sentence.
    pub message: String,
}

/// Checks a store against our own shapes. Findings come sorted; none means that the store is valid.
pub fn check(store: &Store) -> Result<Vec<Finding>, Error> {
    check_with(store, SHAPES)
}

/// Checks a store against shapes in Turtle: the part of SHACL Core that our own shapes use. A shape that says more is refused.
pub fn check_with(store: &Store, turtle: &str) -> Result<Vec<Finding>, Error> {
    let shapes = shapes::read(turtle)?;
    let mut checker = Checker { store, classes: subclasses(store)?, members: BTreeMap::new(), found: Vec::new() };
    for shape in &shapes {
        let mut focus = BTreeSet::new();
        for target in &shape.targets {
            focus.extend(checker.members_of(target)?.iter().cloned());
        }
        // Sorted by name, so that the report does not depend on the store's order.
        let mut focus: Vec<Term> = focus.into_iter().map(|f| f.0).collect();
        focus.sort_by_cached_key(Term::to_string);
        for node in &focus {
            for constraint in &shape.constraints {
                checker.node(&shape.name, node, constraint)?;
            }
            for property in &shape.properties {
                checker.property(node, property)?;
            }
        }
    }
    let mut found = checker.found;
    found.sort();
    found.dedup();
    Ok(found)
}

/// What shapes cannot say: that the words of a mention are as long as its offsets tell, and lie in their IRI.
pub fn consistency(store: &Store) -> Result<Vec<Finding>, Error> {
    let queries = [
        (
            "consistency-offsets",
            "The words of a mention are as long as its characters.",
            "SELECT DISTINCT ?focus ?value { ?focus nif:anchorOf ?value . OPTIONAL { ?focus nif:beginIndex ?from ; nif:endIndex ?to } BIND(STRAFTER(STR(?focus), \"#char=\") AS ?at) BIND(COALESCE(?from, xsd:integer(STRBEFORE(?at, \",\"))) AS ?b) BIND(COALESCE(?to, xsd:integer(STRAFTER(?at, \",\"))) AS ?e) FILTER(STRLEN(?value) != ?e - ?b) } ORDER BY ?focus",
        ),
        (
            "consistency-fragment",
            "The IRI of a mention tells its document and characters.",
            "SELECT DISTINCT ?focus ?value { ?focus nif:referenceContext ?d . OPTIONAL { ?focus nif:beginIndex ?b ; nif:endIndex ?e } BIND(CONCAT(STR(?d), \"#char=\") AS ?place) BIND(COALESCE(CONCAT(?place, STR(?b), \",\", STR(?e)), ?place) AS ?value) FILTER(!STRSTARTS(STR(?focus), ?value) || ?value != ?place && STR(?focus) != ?value) } ORDER BY ?focus",
        ),
        (
            "consistency-nesting",
            "No statement is its own content, however deep.",
            "SELECT DISTINCT ?focus ?value { ?focus a sayso:Statement ; sayso:content+ ?focus . BIND(STR(?focus) AS ?value) } ORDER BY ?focus",
        ),
        (
            "consistency-publication",
            "Nothing is reported as said after its article was published.",
            "SELECT DISTINCT ?focus ?value { ?focus sayso:saidLatest ?value ; sayso:reportedIn ?d . ?d sayso:published ?p . FILTER(?value > ?p) } ORDER BY ?focus",
        ),
    ];
    let mut found = Vec::new();
    for (name, message, query) in queries {
        let Answer::Table(table) = run(store, query, &Limits::default())? else { continue };
        for mut cells in table.cells() {
            let value = cells.pop();
            let focus = cells.pop().unwrap_or_default();
            found.push(Finding { constraint: name.to_owned(), focus, value, message: message.to_owned() });
        }
    }
    Ok(found)
}

/// A term that can stand in a sorted set.
#[derive(Clone, PartialEq, Eq)]
struct Sorted(Term, String);

impl PartialOrd for Sorted {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}
impl Ord for Sorted {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        self.1.cmp(&other.1)
    }
}

/// For each class, itself and all classes below it.
type Classes = BTreeMap<String, BTreeSet<String>>;

/// The subclasses that our ontology and the store itself state, transitively.
fn subclasses(store: &Store) -> Result<Classes, Error> {
    let ontology = super::store::from_text(ONTOLOGY, "ttl")?;
    let mut above: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for source in [&ontology, store] {
        for quad in source.quads_for_pattern(None, Some(other::SUB_CLASS_OF), None, None) {
            let quad = quad?;
            if let (NamedOrBlankNode::NamedNode(below), Term::NamedNode(class)) = (quad.subject, quad.object) {
                above.entry(below.into_string()).or_default().insert(class.into_string());
            }
        }
    }
    let mut below = Classes::new();
    for class in above.keys() {
        let mut open = vec![class.clone()];
        while let Some(next) = open.pop() {
            if below.entry(next.clone()).or_default().insert(class.clone()) {
                open.extend(above.get(&next).into_iter().flatten().cloned());
            }
        }
    }
    Ok(below)
}

struct Checker<'s> {
    store: &'s Store,
    classes: Classes,
    /// Things of a class or of one below it, found once.
    members: BTreeMap<String, std::rc::Rc<FxHashSet<Term>>>,
    found: Vec<Finding>,
}

impl Checker<'_> {
    fn extension(&mut self, class: &str) -> Result<std::rc::Rc<FxHashSet<Term>>, Error> {
        if let Some(known) = self.members.get(class) {
            return Ok(known.clone());
        }
        let mut classes = self.classes.get(class).cloned().unwrap_or_default();
        classes.insert(class.to_owned());
        let mut members = FxHashSet::default();
        for class in &classes {
            let node = NamedNodeRef::new_unchecked(class);
            for quad in self.store.quads_for_pattern(None, Some(other::TYPE), Some(node.into()), None) {
                members.insert(Term::from(quad?.subject));
            }
        }
        let members = std::rc::Rc::new(members);
        self.members.insert(class.to_owned(), members.clone());
        Ok(members)
    }

    fn members_of(&mut self, class: &str) -> Result<Vec<Sorted>, Error> {
        Ok(self.extension(class)?.iter().map(|t| Sorted(t.clone(), t.to_string())).collect())
    }

    /// The values of a path from a node, each once.
    fn values(&self, node: &Term, path: &Path) -> Result<Vec<Term>, Error> {
        let mut values = Vec::new();
        match path {
            Path::Forward(property) => {
                let subject = match node {
                    Term::NamedNode(n) => NamedOrBlankNode::from(n.clone()),
                    Term::BlankNode(b) => NamedOrBlankNode::from(b.clone()),
                    _ => return Ok(values),
                };
                for quad in self.store.quads_for_pattern(Some(subject.as_ref()), Some(property.as_ref()), None, None) {
                    values.push(quad?.object);
                }
            }
            Path::Inverse(property) => {
                for quad in self.store.quads_for_pattern(None, Some(property.as_ref()), Some(node.as_ref()), None) {
                    values.push(Term::from(quad?.subject));
                }
            }
        }
        if values.len() > 1 {
            values.sort_by_cached_key(Term::to_string);
            values.dedup();
        }
        Ok(values)
    }

    /// A constraint on the node itself.
    fn node(&mut self, shape: &str, node: &Term, constraint: &Constraint) -> Result<(), Error> {
        let fault = match constraint {
            Constraint::Or(branches) => {
                let mut held = false;
                for branch in branches {
                    held |= self.holds(node, branch)?;
                }
                (!held).then(|| "none of the alternatives holds".to_owned())
            }
            other => self.value_fault(node, other)?,
        };
        if let Some(fault) = fault {
            self.report(shape, node, None, &fault);
        }
        Ok(())
    }

    fn property(&mut self, node: &Term, shape: &PropertyShape) -> Result<(), Error> {
        let values = self.values(node, &shape.path)?;
        for constraint in &shape.constraints {
            for (value, fault) in self.faults(node, &values, constraint)? {
                let message = if shape.message.is_empty() { fault } else { format!("{} ({fault})", shape.message) };
                self.report(&shape.name, node, value.as_ref(), &message);
            }
        }
        Ok(())
    }

    /// True when a property shape has nothing to say against a node.
    fn holds(&mut self, node: &Term, shape: &PropertyShape) -> Result<bool, Error> {
        let values = self.values(node, &shape.path)?;
        for constraint in &shape.constraints {
            if !self.faults(node, &values, constraint)?.is_empty() {
                return Ok(false);
            }
        }
        Ok(true)
    }

    /// What a constraint has to say against the values of a node.
    fn faults(
        &mut self,
        node: &Term,
        values: &[Term],
        constraint: &Constraint,
    ) -> Result<Vec<(Option<Term>, String)>, Error> {
        let mut faults = Vec::new();
        match constraint {
            Constraint::MinCount(least) if values.len() < *least => {
                faults.push((None, format!("{} of at least {least}", values.len())));
            }
            Constraint::MaxCount(most) if values.len() > *most => {
                faults.push((None, format!("{} of at most {most}", values.len())));
            }
            Constraint::MinCount(_) | Constraint::MaxCount(_) => {}
            Constraint::LessThanOrEquals(property) => {
                for bound in self.values(node, &Path::Forward(property.clone()))? {
                    for value in values.iter().filter(|v| !values::is_at_most(v, &bound)) {
                        faults.push((Some(value.clone()), format!("greater than {}", super::query::shown(&bound))));
                    }
                }
            }
            Constraint::Disjoint(property) => {
                for same in self.values(node, &Path::Forward(property.clone()))? {
                    if values.contains(&same) {
                        faults.push((Some(same), "in both".to_owned()));
                    }
                }
            }
            constraint => {
                for value in values {
                    if let Some(fault) = self.value_fault(value, constraint)? {
                        faults.push((Some(value.clone()), fault));
                    }
                }
            }
        }
        Ok(faults)
    }

    /// What a constraint has to say against one value.
    fn value_fault(&mut self, value: &Term, constraint: &Constraint) -> Result<Option<String>, Error> {
        let fault = match constraint {
            Constraint::Class(class) => {
                let members = self.extension(class)?;
                (!members.contains(value)).then(|| format!("not a {}", super::query::compact(class)))
            }
            other => values::fault(value, other),
        };
        Ok(fault)
    }

    fn report(&mut self, constraint: &str, focus: &Term, value: Option<&Term>, message: &str) {
        let shown = |term: &Term| match term {
            Term::NamedNode(node) => node.as_str().to_owned(),
            other => other.to_string(),
        };
        self.found.push(Finding {
            constraint: constraint.to_owned(),
            focus: shown(focus),
            value: value.map(shown),
            message: message.to_owned(),
        });
    }
}

/// The part of a shape's IRI that names it.
fn local_name(node: &NamedNode) -> String {
    node.as_str().rsplit(['#', '/']).next().unwrap_or_default().to_owned()
}

fn unreadable(what: &str) -> Error {
    Error::new(ErrorKind::Unknown, format!("the shapes use {what}, which is not known here"))
        .with_hint("validate with a full SHACL engine, such as pySHACL")
}
