//! The Reconciliation Service API over the entities of a store: OpenRefine and its kin match the names of a table against
//! them and fetch what was said. `/reconcile` speaks version 0.2, `/reconcile/draft` the draft of 1.0.

use std::sync::Arc;

use hyper::header::HeaderValue;
use hyper::{Method, StatusCode};
use serde_json::{Map, Value, json};

use super::Site;
use super::request::{Failed, Request, Response, address_pairs, host, media_type, one, pairs, reply};
use crate::graph::catalogue::{Catalogue, Row, Statement};
use crate::graph::export::{self, web};
use crate::graph::reconcile::{Condition, Index, KINDS, Known, PROPERTIES, Wanted};
use crate::graph::view::Resource;
use crate::graph::vocab::{NAMESPACE, other, property};

/// Queries of one batch at most; more are refused, as the draft says, with 413.
const BATCH: usize = 1_000;
const SUGGESTIONS: usize = 20;

/// What every answer needs.
struct Desk<'s> {
    site: &'s Site,
    index: Arc<Index>,
    all: Arc<Catalogue>,
}

pub(super) fn answer(site: &Site, request: &Request, path: &str) -> Result<Response, Failed> {
    let desk = Desk { site, index: site.index()?, all: site.desk()?.all };
    let mut given = address_pairs(request)?;
    let mut sent = None;
    if *request.method() == Method::POST {
        match media_type(request)?.as_str() {
            "application/json" => {
                let body = serde_json::from_slice(request.body());
                sent = Some(body.map_err(|e| Failed::bad(format!("the body is not JSON: {e}")))?);
            }
            _ => given.extend(pairs(request.body())?),
        }
    } else if !matches!(*request.method(), Method::GET | Method::HEAD) {
        return Err(Failed::new(StatusCode::METHOD_NOT_ALLOWED, "use GET or POST"));
    }
    let address = format!("http://{}", host(request));
    let text = |name: &str| one(&given, name).map(Option::unwrap_or_default);
    let body = match (path.strip_prefix("/reconcile").unwrap_or(path), sent) {
        ("", _) if one(&given, "queries")?.is_some() => desk.batch(&parsed(text("queries")?)?)?,
        ("", _) if one(&given, "extend")?.is_some() => desk.extend(&parsed(text("extend")?)?, false)?,
        ("", _) => desk.manifest(&address),
        ("/draft", _) => desk.draft_manifest(&address),
        ("/draft/match" | "/match", Some(body)) => desk.matches(&body)?,
        ("/draft/extend", Some(body)) => desk.extend(&body, true)?,
        ("/draft/match" | "/match" | "/draft/extend", None) => return Err(Failed::bad("POST application/json")),
        ("/suggest/entity" | "/draft/suggest/entity", _) => desk.suggest_entity(text("prefix")?),
        ("/suggest/type" | "/draft/suggest/type", _) => suggest(KINDS, text("prefix")?),
        ("/suggest/property" | "/draft/suggest/property", _) => suggest(PROPERTIES, text("prefix")?),
        ("/properties" | "/draft/extend/propose", _) => {
            let limit = text("limit")?.parse().unwrap_or(PROPERTIES.len());
            let list = PROPERTIES.iter().take(limit).map(|(id, name)| json!({ "id": id, "name": name }));
            let mut proposal = json!({ "properties": list.collect::<Vec<_>>() });
            if !text("type")?.is_empty() {
                proposal["type"] = text("type")?.into();
            }
            proposal
        }
        ("/preview" | "/draft/preview", _) => return desk.preview(text("id")?, &address),
        _ => return Err(Failed::new(StatusCode::NOT_FOUND, "there is no such part of the service; try /reconcile")),
    };
    Ok(reply(StatusCode::OK, "application/json", body.to_string().into_bytes()))
}

fn parsed(text: &str) -> Result<Value, Failed> {
    serde_json::from_str(text).map_err(|e| Failed::bad(format!("this is not JSON: {e}")))
}

/// Types or properties whose name or id begins so.
fn suggest(list: &[(&str, &str)], prefix: &str) -> Value {
    let prefix = prefix.to_lowercase();
    let fits = |text: &str| text.to_lowercase().split(' ').any(|w| w.starts_with(&prefix));
    let rows = list.iter().filter(|(id, name)| fits(id) || fits(name) || name.to_lowercase().starts_with(&prefix));
    json!({ "result": rows.map(|(id, name)| json!({ "id": id, "name": name })).collect::<Vec<_>>() })
}

/// The words of a value: text, number, truth, or the id of an entity that was matched before.
fn words(value: &Value) -> Vec<String> {
    match value {
        Value::String(text) => vec![text.clone()],
        Value::Array(list) => list.iter().flat_map(words).collect(),
        Value::Object(object) => ["id", "name"].iter().filter_map(|n| object.get(*n)).flat_map(words).collect(),
        Value::Number(number) => vec![number.to_string()],
        Value::Bool(truth) => vec![truth.to_string()],
        Value::Null => Vec::new(),
    }
}

fn limit(query: &Value) -> usize {
    query["limit"].as_f64().map_or(10, |n| n as usize)
}

impl Desk<'_> {
    fn default_types() -> Vec<Value> {
        KINDS[..4].iter().map(|(id, name)| json!({ "id": id, "name": name })).collect()
    }

    /// Where an entity's page is; `id` is the template's place.
    fn view(&self, address: &str, id: &str) -> String {
        format!("{address}/entity?iri={}{id}", web::encoded(&self.index.space, b"-._~"))
    }

    fn manifest(&self, address: &str) -> Value {
        let suggest =
            |kind: &str| json!({ "service_url": address, "service_path": format!("/reconcile/suggest/{kind}") });
        json!({
            "versions": ["0.2"],
            "name": "sayso: who is heard in these articles",
            "identifierSpace": self.index.space,
            "schemaSpace": NAMESPACE,
            "serviceVersion": env!("CARGO_PKG_VERSION"),
            "defaultTypes": Desk::default_types(),
            "view": { "url": self.view(address, "{{id}}") },
            "preview": { "url": format!("{address}/reconcile/preview?id={{{{id}}}}"), "width": 430, "height": 300 },
            "suggest": { "entity": suggest("entity"), "type": suggest("type"), "property": suggest("property") },
            "extend": {
                "propose_properties": { "service_url": address, "service_path": "/reconcile/properties" },
                "property_settings": [{
                    "name": "limit", "label": "Limit", "type": "number", "default": 0,
                    "help_text": "Values of each entity at most (0: all)",
                }],
            },
        })
    }

    fn draft_manifest(&self, address: &str) -> Value {
        json!({
            "versions": ["1.0-draft"],
            "name": "sayso: who is heard in these articles",
            "serviceVersion": env!("CARGO_PKG_VERSION"),
            "defaultTypes": Desk::default_types(),
            "view": { "url": self.view(address, "{id}") },
            "preview": { "width": 430, "height": 300 },
            "suggest": { "entity": true, "property": true, "type": true },
            "extend": {
                "proposeProperties": true,
                "propertySettings": [{
                    "type": "number", "id": "limit", "name": "Limit", "default": 0,
                    "helpText": "Values of each entity at most (0: all)",
                }],
            },
            "standardizedScore": true,
        })
    }

    /// A batch of version 0.2.
    fn batch(&self, queries: &Value) -> Result<Value, Failed> {
        let queries = queries.as_object().ok_or_else(|| Failed::bad("queries is an object of queries by name"))?;
        within(queries.len())?;
        let mut out = Map::new();
        for (name, query) in queries {
            let conditions = query["properties"].as_array().into_iter().flatten().map(|p| Condition {
                property: words(&p["pid"]).into_iter().next().unwrap_or_default(),
                values: words(&p["v"]),
                ..Condition::default()
            });
            let wanted = Wanted {
                text: query["query"].as_str().unwrap_or_default().to_owned(),
                kinds: words(&query["type"]),
                strict: matches!(query["type_strict"].as_str(), Some("any" | "all")),
                id: None,
                conditions: conditions.collect(),
                limit: limit(query),
            };
            out.insert(name.clone(), json!({ "result": self.candidates(&wanted, false) }));
        }
        Ok(out.into())
    }

    /// A batch of the draft of 1.0.
    fn matches(&self, body: &Value) -> Result<Value, Failed> {
        let queries = body["queries"].as_array().ok_or_else(|| Failed::bad("queries is a list of queries"))?;
        within(queries.len())?;
        let mut results = Vec::new();
        for query in queries {
            let mut wanted =
                Wanted { kinds: words(&query["type"]), strict: true, limit: limit(query), ..Wanted::default() };
            let conditions = query["conditions"].as_array().filter(|c| !c.is_empty());
            for condition in conditions.ok_or_else(|| Failed::bad("a query has at least one condition"))? {
                let values = words(&condition["propertyValue"]);
                match condition["matchType"].as_str() {
                    Some("name") => wanted.text = values.first().cloned().unwrap_or_default(),
                    Some("id") => wanted.id = Some(values.first().cloned().unwrap_or_default()),
                    Some("property") => wanted.conditions.push(Condition {
                        property: condition["propertyId"].as_str().unwrap_or_default().to_owned(),
                        values,
                        required: condition["required"].as_bool().unwrap_or(false),
                        all: condition["matchQuantifier"] == "all",
                        none: condition["matchQuantifier"] == "none",
                    }),
                    _ => return Err(Failed::bad("matchType is name, id or property")),
                }
            }
            results.push(json!({ "candidates": self.candidates(&wanted, true) }));
        }
        Ok(json!({ "results": results }))
    }

    fn candidates(&self, wanted: &Wanted, is_draft: bool) -> Vec<Value> {
        let value = |known: &Known, name: &str| self.values(known, name).iter().flat_map(words).collect();
        let rounded = |number: f64| (number * 10.0).round() / 10.0;
        let found = self.index.candidates(wanted, &value);
        let shown = found.iter().map(|candidate| {
            let known = candidate.known;
            let mut feature = json!({ "id": "name", "value": rounded(candidate.name) });
            if is_draft {
                feature["name"] = "Likeness of the names".into();
            }
            json!({
                "id": known.id,
                "name": known.name,
                "description": known.description(),
                "type": [{ "id": known.class(), "name": KINDS[known.kind].1 }],
                "score": rounded(candidate.score),
                "match": candidate.matches,
                "features": [feature],
            })
        });
        shown.collect()
    }

    fn suggest_entity(&self, prefix: &str) -> Value {
        let rows = self.index.beginning(prefix).into_iter().take(SUGGESTIONS).map(|known| {
            json!({
                "id": known.id,
                "name": known.name,
                "description": known.description(),
                "notable": [{ "id": known.class(), "name": KINDS[known.kind].1 }],
            })
        });
        json!({ "result": rows.collect::<Vec<_>>() })
    }

    /// The statements of an entity, as far as it is heard.
    fn said(&self, known: &Known) -> Vec<&Statement> {
        let Some(Row::Agent(at)) = self.all.row(&known.iri) else { return Vec::new() };
        let agent = &self.all.agents[at as usize];
        let rows = agent.statements.iter().map(|&s| &self.all.statements[s as usize]);
        rows.filter(|s| !s.is_narrator()).collect()
    }

    /// The values of a property, each a string, a number, or an object of `id` and `name`.
    fn values(&self, known: &Known, name: &str) -> Vec<Value> {
        let texts = |list: &[String]| list.iter().map(|t| t.as_str().into()).collect();
        let days = || {
            let said = self.said(known);
            let mut days: Vec<String> =
                said.iter().map(|s| s.day(self.all.article(s)).to_owned()).filter(|d| !d.is_empty()).collect();
            days.sort();
            days
        };
        let day = |day: Option<String>| day.map(Value::from).into_iter().collect();
        match name {
            "name" => vec![known.name.as_str().into()],
            "alias" => texts(&known.aliases),
            "kind" => vec![known.class().into()],
            "role" => texts(&known.roles),
            "sameAs" => texts(&known.same_as),
            "wikidata" => {
                let items = known.same_as.iter().filter_map(|iri| iri.strip_prefix("http://www.wikidata.org/entity/"));
                items.map(Value::from).collect()
            }
            "statements" => vec![self.said(known).len().into()],
            "articles" => vec![known.articles.into()],
            "firstDay" => day(days().into_iter().next()),
            "lastDay" => day(days().pop()),
            "said" => self.said(known).iter().map(|s| s.words.as_str().into()).collect(),
            "affiliation" | "point" => self.looked_up(known, name).unwrap_or_default(),
            _ => Vec::new(),
        }
    }

    fn looked_up(&self, known: &Known, name: &str) -> Result<Vec<Value>, crate::graph::Error> {
        let read = Resource::read(&self.site.store, &known.iri)?;
        if name == "point" {
            let point = export::geojson::point(&self.site.store, &read)?;
            return Ok(point.map(|(lon, lat)| format!("{lat}, {lon}").into()).into_iter().collect());
        }
        let mut found = Vec::new();
        for iri in read.links(property::AFFILIATION) {
            let id = iri.rsplit('/').next().unwrap_or(iri);
            found.push(json!({ "id": id, "name": Resource::read(&self.site.store, iri)?.text(other::LABEL) }));
        }
        Ok(found)
    }

    /// The values of properties for entities that were matched.
    fn extend(&self, query: &Value, is_draft: bool) -> Result<Value, Failed> {
        let ids = words(&query["ids"]);
        within(ids.len())?;
        let wanted = query["properties"].as_array().cloned().unwrap_or_default();
        let named =
            |id: &str| PROPERTIES.iter().find(|(own, _)| *own == id).map_or(id.to_owned(), |(_, n)| (*n).to_owned());
        let ids_of: Vec<(String, usize)> = wanted
            .iter()
            .map(|p| {
                let most = words(&p["settings"]["limit"]).first().and_then(|n| n.parse().ok()).unwrap_or(0);
                (p["id"].as_str().unwrap_or_default().to_owned(), if most == 0 { usize::MAX } else { most })
            })
            .collect();
        let meta: Vec<Value> = ids_of.iter().map(|(id, _)| json!({ "id": id, "name": named(id) })).collect();
        let cells = |id: &str, property: &str, most: usize| -> Vec<Value> {
            let Some(known) = self.index.by_id(id) else { return Vec::new() };
            let values = self.values(known, property).into_iter().take(most);
            let cell = |value: Value| match value {
                Value::Number(number) => json!({ "int": number }),
                Value::String(text) => json!({ "str": text }),
                other => other,
            };
            values.map(cell).collect()
        };
        if is_draft {
            let row = |id: &String| {
                let of = ids_of.iter().map(|(p, most)| json!({ "id": p, "values": cells(id, p, *most) }));
                json!({ "id": id, "properties": of.collect::<Vec<_>>() })
            };
            return Ok(json!({ "meta": meta, "rows": ids.iter().map(row).collect::<Vec<_>>() }));
        }
        let mut rows = Map::new();
        for id in &ids {
            let of: Map<String, Value> =
                ids_of.iter().map(|(p, most)| (p.clone(), cells(id, p, *most).into())).collect();
            rows.insert(id.clone(), of.into());
        }
        Ok(json!({ "meta": meta, "rows": rows }))
    }

    /// A small page about an entity, for a frame beside a table.
    fn preview(&self, id: &str, address: &str) -> Result<Response, Failed> {
        let known = self.index.by_id(id).ok_or_else(|| Failed::new(StatusCode::NOT_FOUND, "no entity has this id"))?;
        let escaped = web::escaped;
        let mut page = format!(
            "<!DOCTYPE html><html lang=\"en\"><head><meta charset=\"utf-8\"><title>{0}</title></head><body><h1>{0}</h1><p>{1}: {2}</p>",
            escaped(&known.name),
            KINDS[known.kind].1,
            escaped(&known.description())
        );
        let said = self.said(known);
        if !said.is_empty() {
            page += "<ul>";
            for statement in said.iter().rev().take(3) {
                let day = statement.day(self.all.article(statement));
                page += &format!("<li>{}: {}</li>", escaped(day), escaped(&statement.words));
            }
            page += "</ul>";
        }
        page += &format!("<p><a href=\"{}\">All of it</a></p></body></html>", escaped(&self.view(address, &known.id)));
        let mut response = reply(StatusCode::OK, "text/html; charset=utf-8", page.into_bytes());
        if self.site.options.cors {
            // The page is made to stand in another program's frame.
            let framed = HeaderValue::from_static("default-src 'none'; base-uri 'none'; form-action 'none'");
            response.headers_mut().insert("content-security-policy", framed);
        }
        Ok(response)
    }
}

fn within(count: usize) -> Result<(), Failed> {
    if count > BATCH {
        return Err(Failed::new(StatusCode::PAYLOAD_TOO_LARGE, format!("at most {BATCH} at once")));
    }
    Ok(())
}
