//! The view of a store that pictures and graph exports draw: a petgraph of who said what, about what, where.
//!
//! Collapsed, a statement, its claims and their quantities are one node: "said 20 Nov 2015: 525 fuel trucks". In full,
//! every IRI is a node and every property between two IRIs an edge.

mod collapse;
mod focus;
mod full;
mod resource;
mod select;

use std::collections::{BTreeMap, BTreeSet};

use crate::graph::store::Loaded as Store;
use petgraph::graph::{DiGraph, NodeIndex};

use super::Error;
use super::vocab::property;
pub(crate) use collapse::{head, number_words};
pub use focus::{Focus, LOOKED_AT, find_entities, find_entities_by_words, found, statements_of};
pub use resource::Resource;
pub(in crate::graph) use resource::{CLASSES, LABELS};

/// What to show, and how much of it.
#[derive(Clone, Debug)]
pub struct Options {
    /// What the view is about.
    pub focus: Focus,
    /// How many steps away from it: a speaker's statements are one step away, their events and articles two.
    pub hops: usize,
    /// Nodes beyond this many are left out, the farthest, oldest and least connected first; 0 is no limit.
    pub max_nodes: usize,
    /// Every node of the store as it is, not collapsed.
    pub full: bool,
    /// Also what articles say in their own voice.
    pub narrator: bool,
}

impl Default for Options {
    fn default() -> Self {
        Options { focus: Focus::Everything, hops: 2, max_nodes: 120, full: false, narrator: true }
    }
}

/// What a node is; each kind has a shape and a colour of its own.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Kind {
    Person,
    Organization,
    Group,
    Unnamed,
    Place,
    Thing,
    Statement,
    Claim,
    Quantity,
    Event,
    Question,
    Document,
    Time,
    Other,
}

impl Kind {
    /// Every kind, in the order of a legend.
    pub const ALL: &'static [Kind] = &[
        Kind::Person,
        Kind::Organization,
        Kind::Group,
        Kind::Unnamed,
        Kind::Place,
        Kind::Thing,
        Kind::Statement,
        Kind::Claim,
        Kind::Quantity,
        Kind::Event,
        Kind::Question,
        Kind::Document,
        Kind::Time,
        Kind::Other,
    ];

    /// Its name in exports.
    pub fn as_str(self) -> &'static str {
        match self {
            Kind::Person => "person",
            Kind::Organization => "organization",
            Kind::Group => "group",
            Kind::Unnamed => "unnamed source",
            Kind::Place => "place",
            Kind::Thing => "thing",
            Kind::Statement => "statement",
            Kind::Claim => "claim",
            Kind::Quantity => "quantity",
            Kind::Event => "event",
            Kind::Question => "question",
            Kind::Document => "article",
            Kind::Time => "time",
            Kind::Other => "other",
        }
    }

    /// Whether it can speak or be spoken of by name.
    pub fn is_entity(self) -> bool {
        matches!(self, Kind::Person | Kind::Organization | Kind::Group | Kind::Unnamed | Kind::Place | Kind::Thing)
    }
}

/// How the words of a statement stand to its speaker's.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Manner {
    Direct,
    Indirect,
    Mixed,
    Narrator,
}

/// What a collapsed statement holds beside its label.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Said {
    /// "said", "denied".
    pub cue: String,
    /// The content as worded.
    pub words: String,
    /// Its numbers, each with bound words, unit and counted thing.
    pub numbers: Vec<Number>,
    /// Direct, indirect, mixed or the article's own voice.
    pub manner: Option<Manner>,
    /// neutral, confirmed, denied …
    pub commitment: String,
    /// The speaker rejects the content.
    pub denied: bool,
    /// The speaker as worded.
    pub source: String,
    /// IRI of the document that reports it.
    pub document: String,
}

/// A number of a statement.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug, Default)]
pub struct Number {
    /// IRI of the claim that gives it.
    pub claim: String,
    /// As written, with the thing counted.
    pub words: String,
    /// What is counted of the event: killed, destroyed.
    pub measure: String,
    /// Decimal numerals, empty where open.
    pub value: String,
    pub lower: String,
    pub upper: String,
    /// Short code of the unit.
    pub unit: String,
}

/// A node of a view.
#[derive(Clone, PartialEq, Debug)]
pub struct Node {
    pub iri: String,
    pub kind: Kind,
    /// In one line, for a person.
    pub label: String,
    /// First and last day that it belongs to, as `YYYY-MM-DD`.
    pub earliest: Option<String>,
    pub latest: Option<String>,
    /// What else there is to tell, by name, in a stable order; in full view the literals.
    pub fields: Vec<(String, String)>,
    /// Of a collapsed statement.
    pub said: Option<Said>,
    /// The view is about this node.
    pub is_focus: bool,
    /// Steps from the focus.
    pub distance: usize,
}

impl Node {
    /// A node of which only this much is known.
    pub fn bare(iri: &str, kind: Kind, label: String) -> Node {
        Node {
            iri: iri.to_owned(),
            kind,
            label,
            earliest: None,
            latest: None,
            fields: Vec::new(),
            said: None,
            is_focus: false,
            distance: 0,
        }
    }
}

/// How two claims stand to each other.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Verdict {
    Agrees,
    Compatible,
    Contradicts,
    Updates,
    OtherScope,
}

impl Verdict {
    /// Its name in exports and legends.
    pub fn as_str(self) -> &'static str {
        match self {
            Verdict::Agrees => "agrees",
            Verdict::Compatible => "compatible",
            Verdict::Contradicts => "contradicts",
            Verdict::Updates => "updates",
            Verdict::OtherScope => "other scope",
        }
    }
}

/// What an edge tells.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Relation {
    /// Speaker to statement.
    Says,
    /// The agent that passed the words on, to the statement.
    PassesOn,
    /// Statement to the statement it reports.
    Reports,
    /// Statement to event.
    About,
    /// Statement to question.
    Answers,
    /// Statement to document.
    ReportedIn,
    /// Question to event.
    Asks,
    /// Event to an entity, in a role: actor, patient, place.
    Role(&'static str),
    /// Statement to an entity that its claims name.
    Names,
    /// Agent to organization.
    Affiliation,
    /// Document to its publisher.
    Publisher,
    /// Statement to statement.
    Compares(Verdict),
    /// Of the full view: the property's name with its prefix.
    Property(String),
}

impl Relation {
    /// Its name in exports.
    pub fn name(&self) -> &str {
        match self {
            Relation::Says => "says",
            Relation::PassesOn => "passes on",
            Relation::Reports => "reports",
            Relation::About => "about",
            Relation::Answers => "answers",
            Relation::ReportedIn => "reported in",
            Relation::Asks => "asks about",
            Relation::Role(role) => role,
            Relation::Names => "names",
            Relation::Affiliation => "belongs to",
            Relation::Publisher => "published by",
            Relation::Compares(verdict) => verdict.as_str(),
            Relation::Property(name) => name,
        }
    }
}

/// An edge of a view.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct Edge {
    pub relation: Relation,
    /// What to write on it; may be empty.
    pub label: String,
    /// It leads to a statement that rejects its content.
    pub denied: bool,
}

/// A part of a store as a graph.
#[derive(Clone, Debug)]
pub struct View {
    pub graph: DiGraph<Node, Edge>,
    /// What it shows, as a headline.
    pub title: String,
    /// What a reader should know: what the focus was taken to be.
    pub notes: Vec<String>,
    /// How many nodes of each kind were in reach and are not shown.
    pub left_out: BTreeMap<Kind, usize>,
    /// Not everything in reach was even counted.
    pub more: bool,
    /// The documents of the statements shown, whether or not they are nodes: IRI to node.
    pub documents: BTreeMap<String, Node>,
    /// True when nodes are not collapsed.
    pub full: bool,
}

impl View {
    /// Builds the view of a store. The same store and options give the same view, node by node.
    pub fn of(store: &Store, options: &Options) -> Result<View, Error> {
        let found = focus::resolve(store, &options.focus)?;
        let mut view = match options.full {
            true => full::view(store, &found, options)?,
            false => select::view(store, &found, options)?,
        };
        view.title = found.title;
        view.notes.splice(0..0, found.notes);
        Ok(view)
    }

    /// The statements that a view of a store holds, however many: their IRIs, sorted.
    pub fn statements(store: &Store, options: &Options) -> Result<Vec<String>, Error> {
        let found = focus::resolve(store, &options.focus)?;
        let reached = match found.is_set {
            true => found.iris,
            false => {
                let all = Options { max_nodes: 0, full: false, ..options.clone() };
                let view = select::view(store, &found, &all)?;
                let mut iris: Vec<String> =
                    view.graph.node_weights().filter(|n| n.kind == Kind::Statement).map(|n| n.iri.clone()).collect();
                iris.sort_unstable();
                iris
            }
        };
        let mut iris = Vec::with_capacity(reached.len());
        for iri in reached {
            let is_narrated = || Ok::<_, Error>(Resource::read(store, &iri)?.value(property::MODE) == "narrator");
            if options.narrator || !is_narrated()? {
                iris.push(iri);
            }
        }
        Ok(iris)
    }

    /// The node with an IRI.
    pub fn find(&self, iri: &str) -> Option<NodeIndex> {
        self.graph.node_indices().find(|&n| self.graph[n].iri == iri)
    }

    /// The kinds that occur, in the order of a legend.
    pub fn kinds(&self) -> BTreeSet<Kind> {
        self.graph.node_weights().map(|n| n.kind).collect()
    }

    /// How many nodes were left out.
    pub fn left_out_total(&self) -> usize {
        self.left_out.values().sum()
    }

    /// "left out: 12 statements, 3 events"; `None` when nothing was.
    pub fn left_out_words(&self) -> Option<String> {
        if self.left_out.is_empty() {
            return self.more.then(|| "left out: what lies beyond the first 50,000 nodes".to_owned());
        }
        let parts: Vec<String> =
            self.left_out.iter().map(|(kind, &n)| format!("{n} {}", plural(kind.as_str(), n))).collect();
        let least = if self.more { "at least " } else { "" };
        Some(format!("left out: {least}{}", parts.join(", ")))
    }
}

/// The subjects that have an object under a property, sorted.
pub fn subjects_of(
    store: &Store,
    property: oxigraph::model::NamedNodeRef<'_>,
    object: &str,
) -> Result<Vec<String>, Error> {
    Ok(resource::subjects(store, property, object, usize::MAX)?.0)
}

/// A node by itself, as the collapsed view shows it; nothing for claims, quantities and mentions.
pub fn node(store: &Store, iri: &str) -> Result<Option<Node>, Error> {
    Ok(collapse::read(store, iri)?.map(|read| read.node))
}

/// "2 articles", "2 other": the plural where there is one.
fn plural(name: &str, n: usize) -> String {
    match (name, n) {
        ("other", _) | (_, 1) => name.to_owned(),
        ("person", _) => "people".to_owned(),
        ("quantity", _) => "quantities".to_owned(),
        _ => format!("{name}s"),
    }
}

/// "20 Nov 2015" from "2015-11-20"; other text as it is.
pub fn day(date: &str) -> String {
    const MONTHS: [&str; 12] = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
    let mut parts = date.splitn(3, '-');
    let parsed = (|| {
        let (year, month, day) = (parts.next()?, parts.next()?, parts.next()?);
        let month = MONTHS.get(month.parse::<usize>().ok()?.checked_sub(1)?)?;
        Some(format!("{} {month} {year}", day.parse::<u32>().ok()?))
    })();
    parsed.unwrap_or_else(|| date.to_owned())
}

/// "20 Nov 2015", "18–20 Nov 2015", "by 20 Nov 2015", "since 18 Nov 2015", or nothing.
pub fn days(earliest: Option<&str>, latest: Option<&str>) -> String {
    match (earliest, latest) {
        (Some(a), Some(b)) if a == b => day(a),
        (Some(a), Some(b)) => {
            let (first, last) = (day(a), day(b));
            match first.split_once(' ') {
                Some((number, month)) if last.ends_with(&format!(" {month}")) => format!("{number}–{last}"),
                _ => format!("{first} – {last}"),
            }
        }
        (None, Some(b)) => format!("by {}", day(b)),
        (Some(a), None) => format!("since {}", day(a)),
        (None, None) => String::new(),
    }
}
