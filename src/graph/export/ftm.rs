//! Entities of FollowTheMoney as JSON Lines, for OpenAleph, OpenSanctions' tools and whatever else reads them.
//!
//! The model has no schema for what somebody said: a statement is a `Documentation`, the edge from who said it to the
//! article that tells of it, with the cue as its role and the words as its summary. What is said by nobody who has a name
//! is a `Note` at the article. Events, their places (`Address`) and the names in articles (`Mention`) stand beside.

use std::collections::btree_map::Entry;
use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Map, Value, json};
use sha2::{Digest, Sha256};

use super::saying::Saying;
use crate::graph::Error;
use crate::graph::store::Loaded as Store;
use crate::graph::view::{Kind, Resource, View};
use crate::graph::vocab::{other, property};
use crate::graph::write::iri::hex;

/// Writes the statements with all that they lead to, and the events of a view.
pub fn write(store: &Store, statements: &[String], view: &View) -> Result<String, Error> {
    let mut all = Entities::default();
    for iri in statements {
        let Some(saying) = Saying::read(store, iri)? else { continue };
        all.saying(store, &saying)?;
    }
    for node in view.graph.node_weights().filter(|n| n.kind == Kind::Event) {
        all.event(store, &Resource::read(store, &node.iri)?)?;
    }
    let mut out = String::new();
    for ((_, id), (schema, properties)) in all.found {
        out += &json!({ "id": id, "schema": schema, "properties": properties }).to_string();
        out.push('\n');
    }
    Ok(out)
}

/// An identifier that the model allows: letters, digits and a hyphen.
fn id(iri: &str) -> String {
    let hash = Sha256::digest(iri.as_bytes());
    format!("sayso-{}", hex(&hash[..10]))
}

/// What has been found, in the order of its kind: articles and those who speak first, then what leads to them.
#[derive(Default)]
struct Entities {
    found: BTreeMap<(u8, String), (&'static str, Map<String, Value>)>,
}

/// The properties of an entity, each a list without empty values.
struct Properties(Map<String, Value>);

impl Properties {
    fn put<'v>(&mut self, name: &str, values: impl IntoIterator<Item = &'v str>) {
        let mut seen = BTreeSet::new();
        let values: Vec<Value> =
            values.into_iter().filter(|v| !v.trim().is_empty() && seen.insert(*v)).map(Value::from).collect();
        if !values.is_empty() {
            self.0.insert(name.to_owned(), values.into());
        }
    }
}

impl Entities {
    fn add(
        &mut self,
        rank: u8,
        iri: &str,
        schema: &'static str,
        fill: impl FnOnce(&mut Properties) -> Result<(), Error>,
    ) -> Result<String, Error> {
        let id = id(iri);
        if let Entry::Vacant(place) = self.found.entry((rank, id.clone())) {
            let mut properties = Properties(Map::new());
            fill(&mut properties)?;
            place.insert((schema, properties.0));
        }
        Ok(id)
    }

    fn saying(&mut self, store: &Store, saying: &Saying) -> Result<(), Error> {
        let Some(document) = &saying.document else { return Ok(()) };
        let publisher = saying.publisher.as_ref().map(Resource::label).unwrap_or_default();
        let article = self.article(store, document, &publisher)?;
        let statement = &saying.statement;
        let sentences: Vec<&str> = saying.sentences.iter().map(|s| s.words.as_str()).collect();
        let words = statement.words(property::WORDS);
        let days = [statement.words(property::SAID_EARLIEST), statement.words(property::SAID_LATEST)];
        let stance = match statement.value(property::COMMITMENT) {
            "neutral" if statement.value(property::POLARITY) == "negative" => "negative",
            "neutral" => "",
            other => other,
        };
        let mut speakers = Vec::new();
        for speaker in saying.speaker.iter().chain(&saying.others) {
            speakers.extend(self.agent(speaker)?.map(|id| (speaker, id)));
        }
        for (speaker, entity) in &speakers {
            let key = format!("{} {}", statement.iri, speaker.iri);
            self.add(3, &key, "Documentation", |p| {
                p.put("entity", [entity.as_str()]);
                p.put("document", [article.as_str()]);
                p.put("role", [statement.words(property::CUE).as_str()]);
                p.put("status", [stance]);
                p.put("summary", [words.as_str()]);
                p.put("description", sentences.iter().copied());
                p.put("startDate", [days[0].as_str()]);
                p.put("endDate", [days[1].as_str()]);
                p.put("sourceUrl", document.link(property::ADDRESS));
                p.put("publisher", [publisher.as_str()]);
                p.put("recordId", [statement.iri.as_str()]);
                Ok(())
            })?;
        }
        if speakers.is_empty() {
            self.add(4, &statement.iri, "Note", |p| {
                p.put("name", [saying.head().as_str()]);
                p.put("entity", [article.as_str()]);
                p.put("summary", [words.as_str()]);
                p.put("description", sentences.iter().copied());
                p.put("sourceUrl", document.link(property::ADDRESS));
                p.put("publisher", [publisher.as_str()]);
                Ok(())
            })?;
        }
        Ok(())
    }

    fn article(&mut self, store: &Store, document: &Resource, publisher: &str) -> Result<String, Error> {
        let name = document.words(property::IDENTIFIER);
        let article = self.add(0, &document.iri, "Article", |p| {
            p.put("fileName", [name.as_str()]);
            p.put("title", document.text(property::TITLE));
            p.put("publisher", [publisher]);
            p.put("author", document.texts(property::AUTHOR));
            p.put("publishedAt", document.text(property::PUBLISHED));
            p.put("sourceUrl", document.link(property::ADDRESS));
            p.put("language", ["eng"]);
            Ok(())
        })?;
        for iri in document.links(property::MENTIONS) {
            let named = Resource::read(store, iri)?;
            let Some(resolved) = self.agent(&named)? else { continue };
            let schema = schema(named.kind()).unwrap_or("LegalEntity");
            self.add(2, &format!("{} {iri}", document.iri), "Mention", |p| {
                p.put("document", [article.as_str()]);
                p.put("resolved", [resolved.as_str()]);
                p.put("name", [named.label().as_str()]);
                p.put("detectedSchema", [schema]);
                Ok(())
            })?;
        }
        Ok(article)
    }

    /// Somebody or a body with a name; nothing for anybody else.
    fn agent(&mut self, agent: &Resource) -> Result<Option<String>, Error> {
        let Some(schema) = schema(agent.kind()) else { return Ok(None) };
        let name = agent.label();
        let same: Vec<&str> = agent.links(other::EXACT_MATCH).collect();
        let id = self.add(1, &agent.iri, schema, |p| {
            p.put("name", [name.as_str()]);
            p.put("alias", agent.texts(other::ALT_LABEL));
            let items = same.iter().filter_map(|iri| iri.strip_prefix("http://www.wikidata.org/entity/"));
            p.put("wikidataId", items);
            if schema == "Person" {
                p.put("position", agent.texts(property::ROLE));
            }
            Ok(())
        })?;
        Ok(Some(id))
    }

    fn event(&mut self, store: &Store, event: &Resource) -> Result<(), Error> {
        let mut involved = Vec::new();
        for iri in event.links(property::ACTOR).chain(event.links(property::PATIENT)) {
            involved.extend(self.agent(&Resource::read(store, iri)?)?);
        }
        let (mut locations, mut addresses) = (Vec::new(), Vec::new());
        for iri in event.links(property::PLACE) {
            let place = Resource::read(store, iri)?;
            if let Some((longitude, latitude)) = super::geojson::point(store, &place)? {
                addresses.push(self.add(1, &format!("address {iri}"), "Address", |p| {
                    p.put("full", [place.label().as_str()]);
                    p.put("longitude", [longitude.to_string().as_str()]);
                    p.put("latitude", [latitude.to_string().as_str()]);
                    Ok(())
                })?);
            }
            locations.push(place.label());
        }
        let article = event.link(property::EVIDENCE).and_then(|iri| iri.rsplit_once('#')).map(|(iri, _)| iri);
        let proof = article.map(id).filter(|id| self.found.contains_key(&(0, id.clone())));
        self.add(5, &event.iri, "Event", |p| {
            p.put("name", [event.label().as_str()]);
            p.put("startDate", event.text(property::EARLIEST));
            p.put("endDate", event.text(property::LATEST));
            p.put("location", locations.iter().map(String::as_str));
            p.put("addressEntity", addresses.iter().map(String::as_str));
            p.put("involved", involved.iter().map(String::as_str));
            p.put("proof", proof.as_deref());
            p.put("keywords", event.text(property::EVENT_TYPE));
            Ok(())
        })?;
        Ok(())
    }
}

/// The schema of those who can speak and have a name.
fn schema(kind: Kind) -> Option<&'static str> {
    match kind {
        Kind::Person => Some("Person"),
        Kind::Organization => Some("Organization"),
        _ => None,
    }
}
