//! Known things from a file of RDF: whatever has a label.

use std::collections::BTreeMap;
use std::io::{Cursor, Read};

use oxigraph::io::{RdfFormat, RdfParser};
use oxigraph::model::{NamedOrBlankNode, Term};

use super::{Error, ErrorKind};
use crate::files;
use crate::import::{Row, list};
use crate::lexicon::gazetteer::ThingKind;

/// Names of properties that give a label, the best first; and those that give another name.
const LABELS: &[&str] = &["prefLabel", "label", "name", "title"];
const OTHERS: &[&str] = &["altLabel", "alternateName", "nick", "alternativeName", "hiddenLabel"];

/// Names of classes and the kinds of ours.
const KINDS: &[(&str, ThingKind)] = &[
    ("Person", ThingKind::Person),
    ("Human", ThingKind::Person),
    ("Politician", ThingKind::Person),
    ("Country", ThingKind::Country),
    ("City", ThingKind::City),
    ("Town", ThingKind::City),
    ("Settlement", ThingKind::City),
    ("Place", ThingKind::Place),
    ("Location", ThingKind::Place),
    ("Feature", ThingKind::Place),
    ("Event", ThingKind::Event),
    ("Product", ThingKind::Product),
    ("Newspaper", ThingKind::Media),
    ("NewsMediaOrganization", ThingKind::Media),
    ("Organization", ThingKind::Organisation),
    ("Organisation", ThingKind::Organisation),
    ("Company", ThingKind::Organisation),
];

/// Reads the things of a file: labels in a language before those without one, English before others.
///
/// # Errors
/// When the file is no such RDF.
pub fn read(input: impl Read + 'static, extension: &str, language: &str) -> Result<Vec<Row>, Error> {
    let format = RdfFormat::from_extension(extension).ok_or_else(|| {
        let error = Error::new(ErrorKind::Unknown, format!("no format of RDF has files that end in .{extension}"));
        error.with_hint("use .ttl, .nt, .nq, .trig, .rdf or .jsonld, packed as .gz, .bz2 or .zst if you like")
    })?;
    // The parser of XML would read on to the next tag without end; it gets what has been looked at.
    let input: Box<dyn Read> = if format == RdfFormat::RdfXml {
        let unread = |e| Error::io("the file cannot be read", e).with_hint("pack no more than 2 GB into one file");
        let bytes = files::whole(input, files::DATA).map_err(unread)?;
        super::intake::rdf(&bytes, format)?;
        Box::new(Cursor::new(bytes))
    } else {
        Box::new(input)
    };
    let mut things: BTreeMap<String, (BTreeMap<(u8, u8), String>, Row)> = BTreeMap::new();
    for quad in RdfParser::from_format(format).for_reader(input) {
        let quad = quad.map_err(|e| Error::new(ErrorKind::Rdf, format!("the file is no {format}: {e}")))?;
        let NamedOrBlankNode::NamedNode(subject) = &quad.subject else { continue };
        let property = local(quad.predicate.as_str());
        let thing = things.entry(subject.as_str().to_owned()).or_default();
        match &quad.object {
            Term::Literal(text) => {
                let foreign = match text.language() {
                    Some(l) if l == language => 0,
                    None => 1,
                    Some(l) if l.starts_with("en") => 2,
                    Some(_) => 3,
                };
                if let Some(rank) = LABELS.iter().position(|l| *l == property) {
                    thing.0.entry((foreign, rank as u8)).or_insert_with(|| text.value().to_owned());
                    if foreign < 3 {
                        thing.1.aliases.push(text.value().to_owned());
                    }
                } else if OTHERS.contains(&property) && foreign < 3 {
                    thing.1.aliases.push(text.value().to_owned());
                } else if matches!(property, "description" | "comment") && foreign < 3 && thing.1.description.is_empty()
                {
                    thing.1.description = text.value().chars().take(100).collect();
                } else if property == "lat" || property == "latitude" {
                    thing.1.point = text.value().parse().ok().map(|lat| (lat, thing.1.point.map_or(0.0, |p| p.1)));
                } else if property == "long" || property == "longitude" {
                    thing.1.point = text.value().parse().ok().map(|lon| (thing.1.point.map_or(0.0, |p| p.0), lon));
                }
            }
            Term::NamedNode(object) if property == "type" => {
                let class = local(object.as_str());
                if let Some((_, kind)) = KINDS.iter().find(|(name, _)| *name == class) {
                    thing.1.kind = thing.1.kind.or(Some(*kind));
                }
            }
            Term::NamedNode(object) if matches!(property, "sameAs" | "exactMatch") => {
                if let Some(other) = list::row(object.as_str()) {
                    if thing.1.wikidata.is_empty() {
                        thing.1.wikidata = other.wikidata;
                    }
                    if thing.1.geonames.is_empty() {
                        thing.1.geonames = other.geonames;
                    }
                }
            }
            _ => {}
        }
    }
    let rows = things.into_iter().filter_map(|(iri, (labels, mut row))| {
        row.label = labels.into_values().next()?;
        let own = list::row(&iri)?;
        if !own.wikidata.is_empty() || !own.geonames.is_empty() {
            (row.wikidata, row.geonames) = (own.wikidata, own.geonames);
        }
        row.iri = own.iri;
        Some(row)
    });
    Ok(rows.collect())
}

/// The name at the end of an IRI.
fn local(iri: &str) -> &str {
    iri.rsplit(['#', '/']).next().unwrap_or(iri)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn things_with_labels() {
        let text = "@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> . @prefix schema: <https://schema.org/> .
            @prefix owl: <http://www.w3.org/2002/07/owl#> . @prefix skos: <http://www.w3.org/2004/02/skos/core#> .
            <https://example.org/7> a schema:Person ; rdfs:label \"Ada Brook\"@en , \"Ada Bäck\"@sv ; skos:altLabel \"A. Brook\" ;
              owl:sameAs <http://www.wikidata.org/entity/Q900001> .
            <https://example.org/8> a schema:Person .";
        let rows = read(text.as_bytes(), "ttl", "en").expect("Turtle");
        assert_eq!(rows.len(), 1);
        assert_eq!((rows[0].label.as_str(), rows[0].wikidata.as_str()), ("Ada Brook", "Q900001"));
        assert_eq!((rows[0].kind, rows[0].iri.as_str()), (Some(ThingKind::Person), "https://example.org/7"));
        assert!(read("".as_bytes(), "pdf", "en").is_err());
    }
}
