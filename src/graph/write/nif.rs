//! A document as NIF 2.0: its text, its names, and which known thing each of them names.

use std::io;

use oxigraph::io::{RdfFormat, RdfSerializer};
use oxigraph::model::vocab::xsd;
use oxigraph::model::{Literal, NamedNode, Term, Triple};

use super::entity::{kind_of, safe};
use super::{Options, Writer, xml};
use crate::graph::nif::base;
use crate::graph::vocab::{class, nif, other};
use crate::text::{Candidate, Document, Id, Mention, MentionKind, Span, closed_set};

closed_set! {
    /// Whose identifiers known things have.
    Identifiers {
        Wikidata = "wikidata",
        Dbpedia = "dbpedia",
        Geonames = "geonames",
    }
}

/// The text, and every name in it, or every name that was given.
///
/// A name that is linked to nothing known has the IRI that its thing has in our graph, which is in no other knowledge base.
pub fn triples(doc: &Document, identifiers: Identifiers) -> Vec<Triple> {
    let options = Options::default();
    let writer = Writer::new(doc, &options);
    let context = match NamedNode::new(&doc.source.id) {
        Ok(given) => given,
        Err(_) => writer.document.clone(),
    };
    let mut out = Vec::new();
    let mut add = |subject: &NamedNode, predicate: oxigraph::model::NamedNodeRef<'static>, object: Term| {
        out.push(Triple::new(subject.clone(), predicate, object));
    };
    let count =
        |number: usize| -> Term { Literal::new_typed_literal(number.to_string(), xsd::NON_NEGATIVE_INTEGER).into() };
    let by_characters = context.as_str().contains("#char=0,");
    add(&context, other::TYPE, nif::CONTEXT.into());
    add(&context, other::TYPE, nif::STRING.into());
    if by_characters {
        add(&context, other::TYPE, nif::RFC5147_STRING.into());
    }
    add(&context, nif::IS_STRING, Literal::new_simple_literal(doc.text()).into());
    add(&context, other::BEGIN_INDEX, count(0));
    add(&context, other::END_INDEX, count(writer.points.at(doc.text().len())));
    for (span, mention) in names(doc) {
        let (begin, end) = writer.points.of(span);
        let place = |before: &str| NamedNode::new_unchecked(format!("{before}char={begin},{end}"));
        let own = base(context.as_str()).map(|base| place(&format!("{base}#"))).filter(|place| *place != context);
        // A context that is a part of something has the places of its characters under its own name.
        let mark = if context.as_str().contains('#') { '/' } else { '#' };
        let node = own.clone().unwrap_or_else(|| place(&format!("{}{mark}", context.as_str())));
        add(&node, other::TYPE, nif::PHRASE.into());
        add(&node, other::TYPE, nif::STRING.into());
        if own.is_some() {
            add(&node, other::TYPE, nif::RFC5147_STRING.into());
        }
        add(&node, other::ANCHOR_OF, Literal::new_simple_literal(doc.slice(span)).into());
        add(&node, other::BEGIN_INDEX, count(begin));
        add(&node, other::END_INDEX, count(end));
        add(&node, other::REFERENCE_CONTEXT, context.clone().into());
        let entity = mention.and_then(|m| doc.entity_of.at(m).copied().flatten());
        let target = entity.and_then(|e| writer.target(e));
        let known = target.and_then(|t| Some((identity(t, identifiers)?, t.confidence)));
        match (known, entity) {
            (Some((iri, sure)), _) => {
                add(&node, nif::IDENTITY, iri.into());
                add(&node, nif::SURE, Literal::new_typed_literal(format!("{sure:.2}"), xsd::DOUBLE).into());
            }
            (None, Some(entity)) => add(&node, nif::IDENTITY, writer.entity_iri(entity).into()),
            (None, None) => add(&node, nif::IDENTITY, writer.local("entity", span, "nif").into()),
        }
        if let Some(kind) = entity.map(|e| kind_of(&doc.entities[e], false)).filter(|kind| *kind != class::ENTITY) {
            add(&node, nif::KIND, kind.into());
        }
    }
    out
}

/// The names that are given, else those that were found, each place once.
fn names(doc: &Document) -> Vec<(Span, Option<Id<Mention>>)> {
    let mut found: Vec<(Span, Id<Mention>)> =
        doc.mentions.rows().filter(|(_, m)| m.kind == MentionKind::Name).map(|(id, m)| (m.span, id)).collect();
    found.sort_unstable_by_key(|(span, id)| (*span, *id));
    found.dedup_by_key(|(span, _)| *span);
    let at = |span: Span| found.binary_search_by_key(&span, |(own, _)| *own).ok().map(|at| found[at].1);
    match &doc.given_names {
        Some(given) => given.iter().map(|&span| (span, at(span))).collect(),
        None => found.into_iter().map(|(span, id)| (span, Some(id))).collect(),
    }
}

/// The IRI of a known thing: the wanted one, else that of Wikidata, of GeoNames, of DBpedia, another.
fn identity(thing: &Candidate, identifiers: Identifiers) -> Option<NamedNode> {
    let wikidata = thing.wikidata.as_ref().map(|item| format!("http://www.wikidata.org/entity/{}", safe(item)));
    let geonames = thing.geonames.as_ref().map(|number| format!("https://sws.geonames.org/{}/", safe(number)));
    let dbpedia = thing.dbpedia.as_ref().map(|name| format!("http://dbpedia.org/resource/{name}"));
    let wanted = match identifiers {
        Identifiers::Wikidata => &wikidata,
        Identifiers::Dbpedia => &dbpedia,
        Identifiers::Geonames => &geonames,
    };
    let iris = [wanted.clone(), wikidata, geonames, dbpedia, thing.iri.clone()];
    iris.into_iter().flatten().find_map(|iri| NamedNode::new(iri).ok())
}

/// Triples as a document of a format.
pub fn serialize(triples: &[Triple], format: RdfFormat, out: impl io::Write) -> io::Result<()> {
    let mut serializer = RdfSerializer::from_format(format);
    for (prefix, namespace) in nif::PREFIXES {
        serializer = serializer.with_prefix(*prefix, *namespace).map_err(io::Error::other)?;
    }
    let mut writer = serializer.for_writer(xml::Clean::new(out, format == RdfFormat::RdfXml));
    for triple in triples {
        writer.serialize_triple(triple)?;
    }
    writer.finish()?.finish().map(drop)
}

/// The prefixes of Turtle, which stand before all documents.
pub fn head() -> String {
    nif::PREFIXES.iter().map(|(prefix, namespace)| format!("@prefix {prefix}: <{namespace}> .\n")).collect()
}

/// One document in Turtle, for a file of many that begins with the [`head`].
pub fn turtle(doc: &Document, identifiers: Identifiers) -> String {
    let mut bytes = Vec::new();
    // Writing to memory does not fail.
    let _ = serialize(&triples(doc, identifiers), RdfFormat::Turtle, &mut bytes);
    let text = String::from_utf8_lossy(&bytes);
    text.lines().skip_while(|line| line.starts_with("@prefix ")).map(|line| format!("{line}\n")).collect()
}
