//! GeoJSON (RFC 7946) of what happened at places that are known: a point for each event, with who said what of it.
//! QGIS, Kepler, Leaflet and GeoPandas read it.

use std::collections::BTreeSet;

use serde_json::{Map, Value, json};

use crate::graph::Error;
use crate::graph::store::Loaded as Store;
use crate::graph::view::{Kind, Resource, View, number_words, subjects_of};
use crate::graph::vocab::{other, property};

/// Writes the events of a view that happened at a place with a point.
pub fn write(store: &Store, view: &View) -> Result<String, Error> {
    let mut features = Vec::new();
    for node in view.graph.node_weights().filter(|n| n.kind == Kind::Event) {
        let event = Resource::read(store, &node.iri)?;
        for place in event.links(property::PLACE) {
            let place = Resource::read(store, place)?;
            if let Some((longitude, latitude)) = point(store, &place)? {
                features.push(json!({
                    "type": "Feature",
                    "id": event.iri,
                    "geometry": { "type": "Point", "coordinates": [longitude, latitude] },
                    "properties": properties(store, &event, &place)?,
                }));
            }
        }
    }
    Ok(super::pretty(&json!({ "type": "FeatureCollection", "features": features })))
}

/// The longitude and latitude of a place, as exact as they are written.
pub(crate) fn point(store: &Store, place: &Resource) -> Result<Option<(Value, Value)>, Error> {
    let Some(geometry) = place.link(other::HAS_GEOMETRY) else { return Ok(None) };
    let words = Resource::read(store, geometry)?.words(other::AS_WKT);
    let inner = words.strip_prefix("POINT(").and_then(|t| t.strip_suffix(')'));
    let pair = inner.and_then(|t| t.trim().split_once(' '));
    let number = |text: &str| serde_json::from_str::<serde_json::Number>(text.trim()).ok().map(Value::Number);
    Ok(pair.and_then(|(longitude, latitude)| Some((number(longitude)?, number(latitude)?))))
}

/// What a person wants to see when he points at it: flat, for most readers show nothing that is nested.
fn properties(store: &Store, event: &Resource, place: &Resource) -> Result<Value, Error> {
    let mut out = Map::new();
    let mut put = |name: &str, words: String| {
        if !words.is_empty() {
            out.insert(name.to_owned(), words.into());
        }
    };
    put("event", event.label());
    put("type", event.words(property::EVENT_TYPE));
    put("modality", event.value(property::MODALITY).to_owned());
    put("place", place.label());
    put("place_id", place.iri.clone());
    put("same_as", joined(place.links(other::EXACT_MATCH).map(str::to_owned)));
    put("earliest", event.words(property::EARLIEST));
    put("latest", event.words(property::LATEST));
    for (name, property) in [("actor", property::ACTOR), ("patient", property::PATIENT)] {
        let mut labels = Vec::new();
        for iri in event.links(property) {
            labels.push(Resource::read(store, iri)?.label());
        }
        put(name, joined(labels));
    }
    let (mut numbers, mut voices, mut words) = (BTreeSet::new(), BTreeSet::new(), BTreeSet::new());
    for quantity in event.links(property::QUANTITY) {
        numbers.insert(number_words(&Resource::read(store, quantity)?));
    }
    for claim in subjects_of(store, property::ABOUT, &event.iri)? {
        for quantity in Resource::read(store, &claim)?.links(property::QUANTITY) {
            numbers.insert(number_words(&Resource::read(store, quantity)?));
        }
        for statement in subjects_of(store, property::CONTENT, &claim)? {
            let statement = Resource::read(store, &statement)?;
            for speaker in statement.links(property::SPEAKER) {
                voices.insert(Resource::read(store, speaker)?.label());
            }
            words.insert(statement.words(property::WORDS));
        }
    }
    put("numbers", joined(numbers));
    put("speakers", joined(voices));
    put("said", joined(words));
    if let Some((article, _)) = event.link(property::EVIDENCE).and_then(|iri| iri.rsplit_once('#')) {
        let article = Resource::read(store, article)?;
        put("article", article.words(property::IDENTIFIER));
        put("title", article.words(property::TITLE));
        put("published", article.words(property::PUBLISHED));
        put("address", article.link(property::ADDRESS).unwrap_or_default().to_owned());
        if let Some(publisher) = article.link(property::PUBLISHER) {
            put("publisher", Resource::read(store, publisher)?.label());
        }
    }
    Ok(out.into())
}

fn joined(values: impl IntoIterator<Item = String>) -> String {
    values.into_iter().filter(|v| !v.is_empty()).collect::<Vec<_>>().join("; ")
}
