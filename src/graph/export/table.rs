//! CSV tables of a view: statements, the quantities of their claims, events, entities, and links between nodes.

use std::collections::BTreeSet;

use crate::graph::store::Loaded as Store;
use oxigraph::model::NamedNodeRef;
use petgraph::visit::EdgeRef;

use super::saying::{Claim, Saying, characters};
use super::{Options, sqlite};
use crate::graph::view::{Focus, Kind, Node, Resource, View, number_words, subjects_of};
use crate::graph::vocab::{class, other, property};
use crate::graph::{Error, ErrorKind};

/// The tables.
pub const NAMES: &[&str] = &["statements", "quantities", "events", "entities", "links"];

/// The tables and those of the database that are not among them.
fn names() -> Vec<&'static str> {
    NAMES.iter().chain(sqlite::NAMES.iter().filter(|name| !NAMES.contains(name))).copied().collect()
}

/// The classes of things that have names.
const ENTITIES: [NamedNodeRef<'static>; 7] = [
    class::PERSON,
    class::ORGANIZATION,
    class::GROUP,
    class::UNNAMED_SOURCE,
    class::PLACE,
    class::AGENT,
    class::ENTITY,
];

/// A row in the making: titles and cells together, so that they cannot drift apart.
type Row = Vec<(&'static str, String)>;

/// Writes one table, header first; the first table where no name is given.
pub fn write(store: &Store, view: &View, options: &Options) -> Result<String, Error> {
    let name = if options.table.is_empty() { NAMES[0] } else { options.table.as_str() };
    let mut table = match sqlite::NAMES.contains(&name) && !NAMES.contains(&name) {
        true => sqlite::cells(store, view, name)?,
        false => rows(store, view, &options.view.focus, name)?,
    };
    if options.safe {
        table.iter_mut().flatten().for_each(|cell| *cell = super::harmless(cell));
    }
    Ok(String::from_utf8_lossy(&super::csv(&table)?).into_owned())
}

/// The rows of one table, its titles first.
pub(super) fn rows(store: &Store, view: &View, focus: &Focus, name: &str) -> Result<Vec<Vec<String>>, Error> {
    let mut rows: Vec<Row> = Vec::new();
    let of_kind = |wanted: fn(Kind) -> bool| view.graph.node_weights().filter(move |n| wanted(n.kind));
    match name {
        "statements" | "quantities" => {
            for node in of_kind(|k| k == Kind::Statement) {
                let Some(saying) = Saying::read(store, &node.iri)? else { continue };
                if name == "statements" {
                    rows.push(statement(store, &saying)?);
                } else {
                    for claim in &saying.claims {
                        if let Some(number) = &claim.quantity {
                            rows.push(quantity(store, &saying, claim, number)?);
                        }
                    }
                }
            }
        }
        "events" => {
            for node in of_kind(|k| k == Kind::Event) {
                rows.push(event(store, &Resource::read(store, &node.iri)?)?);
            }
        }
        "entities" => {
            let mut iris: BTreeSet<String> = of_kind(Kind::is_entity).map(|n| n.iri.clone()).collect();
            // Of the whole store also those that articles name and nobody speaks of.
            if *focus == Focus::Everything {
                for class in ENTITIES {
                    iris.extend(subjects_of(store, other::TYPE, class.as_str())?);
                }
            }
            for iri in iris {
                rows.push(entity(store, &Resource::read(store, &iri)?)?);
            }
        }
        "links" => {
            for edge in view.graph.edge_references() {
                let (from, to, link) = (&view.graph[edge.source()], &view.graph[edge.target()], edge.weight());
                rows.push(self::link(from, to, link.relation.name(), &link.label, link.denied));
            }
        }
        _ => {
            return Err(Error::new(ErrorKind::Unknown, format!("no table is called {name}"))
                .with_hint(format!("use one of {}", names().join(", "))));
        }
    }
    let first = match rows.first() {
        Some(row) => row.clone(),
        None => empty(store, name)?,
    };
    let mut table: Vec<Vec<String>> = vec![first.iter().map(|(title, _)| (*title).to_owned()).collect()];
    table.extend(rows.into_iter().map(|row| row.into_iter().map(|(_, cell)| cell).collect()));
    Ok(table)
}

/// The row of a thing of which nothing is known: a table without rows has its titles all the same.
fn empty(store: &Store, name: &str) -> Result<Row, Error> {
    let nothing = Resource::read(store, "")?;
    let node = || Node::bare("", Kind::Other, String::new());
    let saying = Saying {
        statement: nothing.clone(),
        node: node(),
        speaker: None,
        others: Vec::new(),
        document: None,
        publisher: None,
        claims: Vec::new(),
        sentences: Vec::new(),
    };
    match name {
        "statements" => statement(store, &saying),
        "quantities" => quantity(store, &saying, &Claim { resource: nothing.clone(), quantity: None }, &nothing),
        "events" => event(store, &nothing),
        "entities" => entity(store, &nothing),
        _ => Ok(link(&node(), &node(), "", "", false)),
    }
}

fn link(from: &Node, to: &Node, relation: &str, label: &str, denied: bool) -> Row {
    vec![
        ("from", from.iri.clone()),
        ("from_kind", from.kind.as_str().to_owned()),
        ("from_label", from.label.clone()),
        ("relation", relation.to_owned()),
        ("to", to.iri.clone()),
        ("to_kind", to.kind.as_str().to_owned()),
        ("to_label", to.label.clone()),
        ("label", label.to_owned()),
        ("denied", denied.to_string()),
    ]
}

/// Several values in one cell.
fn joined<'v>(values: impl Iterator<Item = &'v str>) -> String {
    values.collect::<Vec<_>>().join("; ")
}

/// The labels of the things that a property leads to.
fn labels(store: &Store, resource: &Resource, property: NamedNodeRef<'_>) -> Result<String, Error> {
    let labels: Result<Vec<String>, Error> =
        resource.links(property).map(|iri| Ok(Resource::read(store, iri)?.label())).collect();
    Ok(labels?.join("; "))
}

/// Who said it, when, in which article and where: the columns that statements and quantities share.
fn context(saying: &Saying) -> Row {
    let statement = &saying.statement;
    let said = saying.node.said.as_ref();
    let of_document = |property| saying.document.as_ref().and_then(|d| d.text(property)).unwrap_or_default().to_owned();
    let places: Vec<(usize, usize)> = statement.links(property::CONTENT_AT).filter_map(characters).collect();
    let number = |n: Option<usize>| n.map_or_else(String::new, |n| n.to_string());
    vec![
        ("speaker", saying.speaker.as_ref().map_or_else(String::new, Resource::label)),
        ("speaker_kind", saying.speaker.as_ref().map_or_else(String::new, |s| s.kind().as_str().to_owned())),
        ("speaker_id", saying.speaker.as_ref().map_or_else(String::new, |s| s.iri.clone())),
        ("source", statement.words(property::SOURCE)),
        ("cue", statement.words(property::CUE)),
        ("mode", statement.value(property::MODE).to_owned()),
        ("commitment", statement.value(property::COMMITMENT).to_owned()),
        ("denied", said.is_some_and(|s| s.denied).to_string()),
        ("said_earliest", statement.words(property::SAID_EARLIEST)),
        ("said_latest", statement.words(property::SAID_LATEST)),
        ("document", of_document(property::IDENTIFIER)),
        ("title", of_document(property::TITLE)),
        ("publisher", saying.publisher.as_ref().map_or_else(String::new, Resource::label)),
        ("published", of_document(property::PUBLISHED)),
        ("address", saying.document.as_ref().and_then(|d| d.link(property::ADDRESS)).unwrap_or_default().to_owned()),
        ("sentence", joined(saying.sentences.iter().map(|s| s.words.as_str()))),
        ("content_begin", number(places.iter().map(|p| p.0).min())),
        ("content_end", number(places.iter().map(|p| p.1).max())),
    ]
}

fn statement(store: &Store, saying: &Saying) -> Result<Row, Error> {
    let statement = &saying.statement;
    let mut row: Row = vec![("id", statement.iri.clone()), ("words", statement.words(property::WORDS))];
    row.extend(context(saying));
    let numbers: Vec<String> = saying.claims.iter().filter_map(|c| c.quantity.as_ref()).map(number_words).collect();
    let mut events: BTreeSet<String> = BTreeSet::new();
    for claim in &saying.claims {
        events.extend(labels(store, &claim.resource, property::ABOUT)?.split("; ").map(str::to_owned));
    }
    let reports = statement.links(property::CONTENT).filter(|c| saying.claims.iter().all(|k| k.resource.iri != *c));
    row.extend([
        ("quotes", joined(statement.texts(property::QUOTE))),
        ("polarity", statement.value(property::POLARITY).to_owned()),
        ("modality", statement.value(property::MODALITY).to_owned()),
        ("addressee", statement.words(property::ADDRESSEE)),
        ("medium", statement.words(property::MEDIUM)),
        ("numbers", numbers.join("; ")),
        ("events", joined(events.iter().map(String::as_str).filter(|e| !e.is_empty()))),
        ("reports", joined(reports)),
        ("confidence", statement.words(property::CONFIDENCE)),
        ("made_by", joined(statement.texts(property::MADE_BY))),
    ]);
    Ok(row)
}

fn quantity(store: &Store, saying: &Saying, claim: &Claim, number: &Resource) -> Result<Row, Error> {
    let event = match claim.resource.link(property::ABOUT) {
        Some(iri) => Some(Resource::read(store, iri)?),
        None => None,
    };
    let of_event = |property| event.as_ref().and_then(|e| e.text(property)).unwrap_or_default().to_owned();
    let place = match &event {
        Some(event) => labels(store, event, property::PLACE)?,
        None => String::new(),
    };
    let mut row: Row = vec![
        ("id", number.iri.clone()),
        ("claim", claim.resource.iri.clone()),
        ("statement", saying.statement.iri.clone()),
        ("words", number_words(number)),
        ("measure", claim.resource.words(property::MEASURE)),
        ("value", number.words(property::VALUE)),
        ("lower", number.words(property::LOWER)),
        ("upper", number.words(property::UPPER)),
        ("bound", number.value(property::BOUND).to_owned()),
        ("approximation", number.words(property::APPROXIMATION)),
        ("unit", number.words(property::UNIT_NAME)),
        ("unit_id", number.link(property::UNIT).unwrap_or_default().to_owned()),
        ("currency", number.words(property::CURRENCY)),
        ("per", number.words(property::PER)),
        ("counted", number.words(property::COUNTED)),
        ("counted_id", number.link(property::COUNTED_ENTITY).unwrap_or_default().to_owned()),
        ("share_of", number.words(property::SHARE_OF)),
        ("measured", number.words(property::MEASURED)),
        ("change", number.value(property::CHANGE).to_owned()),
        ("change_from", number.words(property::CHANGE_FROM)),
        ("change_to", number.words(property::CHANGE_TO)),
        ("change_by", number.words(property::CHANGE_BY)),
        ("kind", number.words(property::KIND)),
        ("surface", number.words(property::SURFACE)),
        ("modality", claim.resource.value(property::MODALITY).to_owned()),
        ("claim_words", claim.resource.words(property::WORDS)),
        ("event", event.as_ref().map_or_else(String::new, Resource::label)),
        ("event_type", of_event(property::EVENT_TYPE)),
        ("event_earliest", of_event(property::EARLIEST)),
        ("event_latest", of_event(property::LATEST)),
        ("place", place),
        ("question", claim.resource.link(property::ANSWERS).unwrap_or_default().to_owned()),
    ];
    row.extend(context(saying));
    let (begin, end) = number.link(property::EVIDENCE).and_then(characters).unzip();
    row.push(("begin", begin.map_or_else(String::new, |n| n.to_string())));
    row.push(("end", end.map_or_else(String::new, |n| n.to_string())));
    Ok(row)
}

fn event(store: &Store, event: &Resource) -> Result<Row, Error> {
    let mut numbers = Vec::new();
    for quantity in event.links(property::QUANTITY) {
        numbers.push(number_words(&Resource::read(store, quantity)?));
    }
    Ok(vec![
        ("id", event.iri.clone()),
        ("label", event.label()),
        ("type", event.words(property::EVENT_TYPE)),
        ("trigger", event.words(property::TRIGGER)),
        ("modality", event.value(property::MODALITY).to_owned()),
        ("actor", labels(store, event, property::ACTOR)?),
        ("patient", labels(store, event, property::PATIENT)?),
        ("place", labels(store, event, property::PLACE)?),
        ("earliest", event.words(property::EARLIEST)),
        ("latest", event.words(property::LATEST)),
        ("numbers", numbers.join("; ")),
        ("claims", subjects_of(store, property::ABOUT, &event.iri)?.len().to_string()),
    ])
}

fn entity(store: &Store, entity: &Resource) -> Result<Row, Error> {
    Ok(vec![
        ("id", entity.iri.clone()),
        ("kind", entity.kind().as_str().to_owned()),
        ("name", entity.label()),
        ("also_named", joined(entity.texts(other::LABEL).skip(1).chain(entity.texts(other::ALT_LABEL)))),
        ("role", joined(entity.texts(property::ROLE))),
        ("affiliation", labels(store, entity, property::AFFILIATION)?),
        ("same_as", joined(entity.links(other::EXACT_MATCH))),
        ("statements", subjects_of(store, property::SPEAKER, &entity.iri)?.len().to_string()),
        ("documents", subjects_of(store, property::MENTIONS, &entity.iri)?.len().to_string()),
    ])
}
