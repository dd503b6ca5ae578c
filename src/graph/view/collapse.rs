//! The collapsed reading of a store: nodes for people, statements, events, questions and articles, and the edges between.

use std::collections::BTreeMap;

use crate::graph::store::Loaded as Store;
use oxigraph::model::NamedNodeRef;

use super::resource::{Resource, subjects};
use super::{Edge, Kind, Manner, Node, Number, Relation, Said, Verdict, days};
use crate::graph::Error;
use crate::graph::vocab::{class, other, property};

/// An edge between two IRIs.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub(super) struct Link {
    pub from: String,
    pub to: String,
    pub edge: Edge,
}

/// What a node is, what it states, and who points at it.
pub(super) struct Read {
    pub node: Node,
    /// Every edge that the node's own facts tell of.
    pub links: Vec<Link>,
}

/// The properties by which claims are compared.
const COMPARISONS: [(NamedNodeRef<'static>, Verdict); 6] = [
    (property::CONTRADICTS, Verdict::Contradicts),
    (property::UPDATES, Verdict::Updates),
    (property::AGREES, Verdict::Agrees),
    (property::CORROBORATES, Verdict::Agrees),
    (property::COMPATIBLE, Verdict::Compatible),
    (property::OTHER_SCOPE, Verdict::OtherScope),
];

/// Reads one node; `None` for what the collapsed view does not show by itself (claims, quantities, mentions).
pub(super) fn read(store: &Store, iri: &str) -> Result<Option<Read>, Error> {
    let resource = Resource::read(store, iri)?;
    let kind = resource.kind();
    Ok(match kind {
        Kind::Statement => Some(statement(store, &resource)?),
        Kind::Event => Some(event(store, &resource)?),
        Kind::Question => Some(question(store, &resource)?),
        Kind::Document => Some(document(store, &resource)?),
        kind if kind.is_entity() => Some(entity(&resource, kind)),
        _ => None,
    })
}

/// The IRIs of collapsed nodes that point at a node, at most `limit` of each sort, and whether there were more.
pub(super) fn pointing_at(store: &Store, node: &Node, limit: usize) -> Result<(Vec<String>, bool), Error> {
    let mut found = Vec::new();
    let mut more = false;
    let mut gather = |property: NamedNodeRef<'_>, through_claim: bool| -> Result<(), Error> {
        let (direct, cut) = subjects(store, property, &node.iri, limit)?;
        more |= cut;
        if !through_claim {
            found.extend(direct);
            return Ok(());
        }
        for claim in direct {
            found.extend(subjects(store, property::CONTENT, &claim, limit)?.0);
        }
        Ok(())
    };
    match node.kind {
        Kind::Statement => gather(property::CONTENT, false)?,
        Kind::Event => {
            gather(property::ABOUT, true)?;
            gather(property::EVENT, false)?;
        }
        Kind::Question => gather(property::ANSWERS, true)?,
        Kind::Document => gather(property::REPORTED_IN, false)?,
        kind if kind.is_entity() => {
            for property in [property::SPEAKER, property::VIA, property::ACTOR, property::PATIENT, property::PLACE] {
                gather(property, false)?;
            }
            gather(property::AFFILIATION, false)?;
            gather(property::SUBJECT_ENTITY, true)?;
            gather(property::OBJECT_ENTITY, true)?;
        }
        _ => {}
    }
    found.sort_unstable();
    found.dedup();
    Ok((found, more))
}

fn node(resource: &Resource, kind: Kind, label: String) -> Node {
    Node::bare(&resource.iri, kind, label)
}

fn link(from: &str, to: &str, relation: Relation) -> Link {
    Link { from: from.to_owned(), to: to.to_owned(), edge: Edge { relation, label: String::new(), denied: false } }
}

fn entity(resource: &Resource, kind: Kind) -> Read {
    let mut node = node(resource, kind, resource.label());
    let roles: Vec<&str> = resource.texts(property::ROLE).collect();
    if !roles.is_empty() {
        node.fields.push(("role".to_owned(), roles.join("; ")));
    }
    let same: Vec<&str> = resource.links(other::EXACT_MATCH).collect();
    if !same.is_empty() {
        node.fields.push(("same as".to_owned(), same.join(" ")));
    }
    let links = resource.links(property::AFFILIATION).map(|o| link(&resource.iri, o, Relation::Affiliation)).collect();
    Read { node, links }
}

fn document(store: &Store, resource: &Resource) -> Result<Read, Error> {
    let mut node = node(resource, Kind::Document, resource.label());
    node.earliest = resource.text(property::PUBLISHED).map(str::to_owned);
    node.latest = node.earliest.clone();
    if let Some(id) = resource.text(property::IDENTIFIER) {
        node.fields.push(("id".to_owned(), id.to_owned()));
    }
    let mut links = Vec::new();
    if let Some(publisher) = resource.link(property::PUBLISHER) {
        node.fields.push(("publisher".to_owned(), Resource::read(store, publisher)?.label()));
        links.push(link(&resource.iri, publisher, Relation::Publisher));
    }
    if let Some(address) = resource.link(property::ADDRESS) {
        node.fields.push(("address".to_owned(), address.to_owned()));
    }
    Ok(Read { node, links })
}

fn event(store: &Store, resource: &Resource) -> Result<Read, Error> {
    let mut node = node(resource, Kind::Event, resource.label());
    node.earliest = resource.text(property::EARLIEST).map(str::to_owned);
    node.latest = resource.text(property::LATEST).map(str::to_owned);
    for (name, property) in [("type", property::EVENT_TYPE), ("trigger", property::TRIGGER)] {
        if let Some(words) = resource.text(property) {
            node.fields.push((name.to_owned(), words.to_owned()));
        }
    }
    for quantity in resource.links(property::QUANTITY) {
        let quantity = Resource::read(store, quantity)?;
        node.fields.push(("number".to_owned(), number_words(&quantity)));
    }
    let mut links = Vec::new();
    let roles = [(property::ACTOR, "actor"), (property::PATIENT, "patient"), (property::PLACE, "place")];
    for (property, role) in roles {
        links.extend(resource.links(property).map(|e| link(&resource.iri, e, Relation::Role(role))));
    }
    Ok(Read { node, links })
}

fn question(store: &Store, resource: &Resource) -> Result<Read, Error> {
    let measure = resource.words(property::MEASURE);
    let counted = resource.words(property::COUNTED);
    let mut label = match (measure.is_empty(), counted.is_empty()) {
        (false, false) => format!("{counted}: {measure}"),
        (true, true) => resource.label(),
        _ => format!("{counted}{measure}"),
    };
    if let Some(place) = resource.link(property::PLACE) {
        label = format!("{label}, {}", Resource::read(store, place)?.label());
    }
    let mut node = node(resource, Kind::Question, label);
    node.earliest = resource.text(property::EARLIEST).map(str::to_owned);
    node.latest = resource.text(property::LATEST).map(str::to_owned);
    let links = resource.links(property::EVENT).map(|e| link(&resource.iri, e, Relation::Asks)).collect();
    Ok(Read { node, links })
}

fn statement(store: &Store, resource: &Resource) -> Result<Read, Error> {
    let mut said = Said {
        cue: resource.words(property::CUE),
        words: resource.words(property::WORDS),
        manner: match resource.value(property::MODE) {
            "direct" => Some(Manner::Direct),
            "indirect" => Some(Manner::Indirect),
            "mixed" => Some(Manner::Mixed),
            "narrator" => Some(Manner::Narrator),
            _ => None,
        },
        commitment: resource.value(property::COMMITMENT).to_owned(),
        source: resource.words(property::SOURCE),
        document: resource.link(property::REPORTED_IN).unwrap_or_default().to_owned(),
        ..Said::default()
    };
    said.denied = said.commitment == "denied";
    let mut links = Vec::new();
    if let Some(speaker) = resource.link(property::SPEAKER) {
        let mut says = link(speaker, &resource.iri, Relation::Says);
        says.edge.denied = said.denied;
        says.edge.label = said.cue.clone();
        links.push(says);
    }
    links.extend(resource.links(property::VIA).map(|via| link(via, &resource.iri, Relation::PassesOn)));
    if !said.document.is_empty() {
        links.push(link(&resource.iri, &said.document, Relation::ReportedIn));
    }
    for content in resource.links(property::CONTENT) {
        let claim = Resource::read(store, content)?;
        if claim.is(class::STATEMENT) {
            links.push(link(&resource.iri, content, Relation::Reports));
        } else {
            read_claim(store, &resource.iri, &claim, &mut said, &mut links)?;
        }
    }
    said.numbers.sort();
    said.numbers.dedup_by(|a, b| (&a.words, &a.measure, &a.value) == (&b.words, &b.measure, &b.value));
    // That somebody speaks of himself shows in the words.
    let speaker = resource.link(property::SPEAKER).unwrap_or_default();
    links.retain(|l| l.edge.relation != Relation::Names || l.to != speaker);
    links.sort();
    links.dedup();
    let mut node = node(resource, Kind::Statement, String::new());
    node.earliest = resource.text(property::SAID_EARLIEST).map(str::to_owned);
    node.latest = resource.text(property::SAID_LATEST).map(str::to_owned);
    let fields = [
        ("cue", said.cue.clone()),
        ("manner", resource.value(property::MODE).to_owned()),
        ("commitment", said.commitment.clone()),
        ("polarity", resource.value(property::POLARITY).to_owned()),
        ("modality", resource.value(property::MODALITY).to_owned()),
        ("source", said.source.clone()),
        ("medium", resource.words(property::MEDIUM)),
        ("words", said.words.clone()),
        ("made by", resource.words(property::MADE_BY)),
        ("confidence", resource.words(property::CONFIDENCE)),
    ];
    node.fields.extend(fields.into_iter().filter(|(_, v)| !v.is_empty()).map(|(n, v)| (n.to_owned(), v)));
    if let Some(number) = said.numbers.first() {
        let parts = [
            ("number", &number.words),
            ("value", &number.value),
            ("lower", &number.lower),
            ("upper", &number.upper),
            ("unit", &number.unit),
        ];
        node.fields.extend(parts.into_iter().filter(|(_, v)| !v.is_empty()).map(|(n, v)| (n.to_owned(), v.clone())));
    }
    node.label = statement_label(&said, node.earliest.as_deref(), node.latest.as_deref());
    node.said = Some(said);
    Ok(Read { node, links })
}

/// "said 20 Nov 2015: 525 fuel trucks"; without a number the words.
fn statement_label(said: &Said, earliest: Option<&str>, latest: Option<&str>) -> String {
    let numbers: Vec<&str> = said.numbers.iter().map(|n| n.words.as_str()).collect();
    let content = if numbers.is_empty() { said.words.clone() } else { numbers.join("; ") };
    let head = head(said, earliest, latest);
    if head.is_empty() { content } else { format!("{head}: {content}") }
}

/// "said 20 Nov 2015", "wrote by 20 Nov 2015".
pub(crate) fn head(said: &Said, earliest: Option<&str>, latest: Option<&str>) -> String {
    let cue = match said.manner {
        Some(Manner::Narrator) => "writes",
        _ if said.cue.is_empty() => "said",
        _ => said.cue.as_str(),
    };
    format!("{cue} {}", days(earliest, latest)).trim().to_owned()
}

fn read_claim(
    store: &Store,
    owner: &str,
    claim: &Resource,
    said: &mut Said,
    links: &mut Vec<Link>,
) -> Result<(), Error> {
    links.extend(claim.links(property::ABOUT).map(|e| link(owner, e, Relation::About)));
    links.extend(claim.links(property::ANSWERS).map(|q| link(owner, q, Relation::Answers)));
    for property in [property::SUBJECT_ENTITY, property::OBJECT_ENTITY] {
        links.extend(claim.links(property).map(|e| link(owner, e, Relation::Names)));
    }
    for quantity in claim.links(property::QUANTITY) {
        let quantity = Resource::read(store, quantity)?;
        said.numbers.push(Number {
            claim: claim.iri.clone(),
            words: number_words(&quantity),
            measure: claim.words(property::MEASURE),
            value: quantity.words(property::VALUE),
            lower: quantity.words(property::LOWER),
            upper: quantity.words(property::UPPER),
            unit: quantity.words(property::UNIT_NAME),
        });
    }
    for (other, verdict, reason) in compared(store, claim)? {
        for (from, to) in pairs(store, owner, &other, verdict)? {
            let mut compare = link(&from, &to, Relation::Compares(verdict));
            compare.edge.label = reason.clone();
            links.push(compare);
        }
    }
    Ok(())
}

/// The claims to which a claim is the first side, with the verdict and its reason.
fn compared(store: &Store, claim: &Resource) -> Result<Vec<(String, Verdict, String)>, Error> {
    let mut found: BTreeMap<(String, Verdict), String> = BTreeMap::new();
    for (property, verdict) in COMPARISONS {
        for other in claim.links(property) {
            found.entry((other.to_owned(), verdict)).or_default();
        }
    }
    for (side, opposite) in [(property::LEFT, property::RIGHT), (property::RIGHT, property::LEFT)] {
        for comparison in subjects(store, side, &claim.iri, usize::MAX)?.0 {
            let comparison = Resource::read(store, &comparison)?;
            let verdict = match comparison.value(property::VERDICT) {
                "verdictAgree" => Verdict::Agrees,
                "verdictCompatible" => Verdict::Compatible,
                "verdictDiffers" => Verdict::Contradicts,
                "verdictUpdates" => Verdict::Updates,
                "verdictOtherScope" => Verdict::OtherScope,
                _ => continue,
            };
            // An update is told from its newer side only.
            if verdict == Verdict::Updates && side == property::RIGHT {
                continue;
            }
            if let Some(other) = comparison.link(opposite) {
                found.insert((other.to_owned(), verdict), comparison.words(property::REASON));
            }
        }
    }
    Ok(found.into_iter().map(|((other, verdict), reason)| (other, verdict, reason)).collect())
}

/// The edges between two claims' statements; a symmetric verdict gives one edge, from the lesser IRI.
fn pairs(store: &Store, owner: &str, claim: &str, verdict: Verdict) -> Result<Vec<(String, String)>, Error> {
    let (others, _) = subjects(store, property::CONTENT, claim, usize::MAX)?;
    let ordered = |other: String| match verdict {
        Verdict::Updates => (owner.to_owned(), other),
        _ if other.as_str() < owner => (other, owner.to_owned()),
        _ => (owner.to_owned(), other),
    };
    Ok(others.into_iter().filter(|o| o != owner).map(ordered).collect())
}

/// "at least 500 fuel trucks a day": the number as written with what is counted.
pub(crate) fn number_words(quantity: &Resource) -> String {
    let mut words = quantity.words(property::SURFACE);
    let counted = quantity.words(property::COUNTED);
    if !counted.is_empty() && !words.to_lowercase().contains(&counted.to_lowercase()) {
        // What is paid, weighed or shared is not counted: "$90 (fare)", not "$90 fare".
        let is_of = matches!(quantity.text(property::KIND), Some("money" | "measure" | "percent" | "fraction"));
        words = if is_of { format!("{words} ({counted})") } else { format!("{words} {counted}") };
    }
    let whole = quantity.words(property::SHARE_OF);
    if !whole.is_empty() && !words.contains(&whole) {
        words = format!("{words} of {whole}");
    }
    let per = quantity.words(property::PER);
    if !per.is_empty() && !words.contains(&per) {
        words = format!("{words} per {per}");
    }
    words
}
