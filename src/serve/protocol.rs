//! The SPARQL 1.1 Protocol and the service description.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc::{self, RecvTimeoutError};
use std::time::Duration;

use hyper::header::HeaderValue;
use hyper::{Method, StatusCode};
use oxigraph::model::NamedNode;

use super::Site;
use super::request::{self, Failed, Request, Response, address_pairs, media_type, negotiate, one, pairs, reply};
use crate::graph::query::{self, Answer, Dataset, Format};

const TABLES: &[(&str, Format)] = &[
    ("application/sparql-results+json", Format::Json),
    ("application/sparql-results+xml", Format::Xml),
    ("text/csv", Format::Csv),
    ("text/tab-separated-values", Format::Tsv),
    ("application/json", Format::Json),
    ("application/xml", Format::Xml),
    ("text/xml", Format::Xml),
    ("text/plain", Format::Csv),
];

const GRAPHS: &[(&str, Format)] = &[
    ("text/turtle", Format::Turtle),
    ("application/n-triples", Format::NTriples),
    ("application/rdf+xml", Format::RdfXml),
    ("application/ld+json", Format::JsonLd),
    ("application/x-turtle", Format::Turtle),
    ("application/json", Format::JsonLd),
    ("application/xml", Format::RdfXml),
    ("text/plain", Format::NTriples),
];

/// What a request asks to be done.
enum Wanted {
    Query(String),
    Update(String),
}

pub(super) fn answer(site: &Site, request: &Request, path: &str) -> Result<Response, Failed> {
    let mut given = address_pairs(request)?;
    let method = request.method().clone();
    let wanted = if method == Method::GET || method == Method::HEAD {
        if one(&given, "update")?.is_some() {
            return Err(Failed::bad("an update must be sent with POST"));
        }
        match one(&given, "query")? {
            Some(query) => Wanted::Query(query.to_owned()),
            None if path == "/sparql" || path == "/query" => return description(site, request),
            None => return Err(Failed::bad("an update must be sent with POST")),
        }
    } else if method == Method::POST {
        posted(request, &mut given)?
    } else {
        let mut response = request::plain(StatusCode::METHOD_NOT_ALLOWED, "use GET or POST");
        response.headers_mut().insert("allow", HeaderValue::from_static("GET, HEAD, POST, OPTIONS"));
        return Ok(response);
    };
    match wanted {
        Wanted::Query(_) if path == "/update" => Err(Failed::bad("send queries to /sparql or /query")),
        Wanted::Update(_) if path == "/query" => Err(Failed::bad("send updates to /sparql or /update")),
        Wanted::Query(text) => {
            let dataset = dataset(request, &given, "default-graph-uri", "named-graph-uri")?;
            let (answer, overlong) = match evaluate(site, text.clone(), dataset) {
                Err(failed) if wants_page(request) && failed.is_bad() => {
                    return Ok(super::pages::of_mistake(failed.message(), &text));
                }
                answer => answer?,
            };
            let mut response = if wants_page(request) {
                super::pages::of_answer(site, request, &answer, &text)?
            } else {
                write(site, request, &answer)?
            };
            if overlong > 0
                && let Ok(value) = HeaderValue::from_str(&format!("strings={overlong}"))
            {
                response.headers_mut().insert("sayso-overlong", value);
            }
            Ok(response)
        }
        Wanted::Update(text) => {
            site.may_write(request)?;
            let dataset = dataset(request, &given, "using-graph-uri", "using-named-graph-uri")?;
            query::update(&site.store, &text, &dataset, &site.limits())?;
            Ok(reply(StatusCode::NO_CONTENT, "text/plain", Vec::new()))
        }
    }
}

/// Whether the request comes from a browser: it names HTML, which no program does.
pub(super) fn wants_page(request: &Request) -> bool {
    let accept = request.headers().get("accept").and_then(|h| h.to_str().ok()).unwrap_or_default();
    accept.split(',').any(|range| range.split(';').next().is_some_and(|kind| kind.trim() == "text/html"))
        && negotiate(request, &[("text/html", ()), ("application/sparql-results+json", ()), ("text/turtle", ())])
            .is_some_and(|(kind, ())| kind == "text/html")
}

/// How long after its time a query is waited for: nearly all have ended by then, so that nothing of them is left when
/// their time is said to be up.
const GRACE: Duration = Duration::from_secs(2);

/// Counts a query until its thread ends, also when nobody waits for it any more.
struct Evaluating(Arc<AtomicUsize>);

impl Drop for Evaluating {
    fn drop(&mut self) {
        self.0.fetch_sub(1, Ordering::SeqCst);
    }
}

/// Evaluates a query in a thread of its own. [`query::run_over`] stops nearly every query itself; one that sits in a
/// single long step, as sorting many rows, ends behind the answer that its time is up, so the number of threads is bounded.
/// Beside the answer, how many strings were too long to have a value.
fn evaluate(site: &Site, text: String, dataset: Dataset) -> Result<(Answer, usize), Failed> {
    let busy = |message: &str| Failed::new(StatusCode::SERVICE_UNAVAILABLE, message);
    let running = Arc::clone(&site.evaluating);
    let before = running.fetch_add(1, Ordering::SeqCst);
    let guard = Evaluating(running);
    if before >= site.options.connections {
        return Err(busy("too many queries are running; try again later"));
    }
    let (store, limits) = (site.store.clone(), site.limits());
    let overlong = Arc::clone(&limits.overlong);
    let (give, take) = mpsc::channel();
    let thread = std::thread::Builder::new().name("evaluating".to_owned()).spawn(move || {
        let _guard = guard;
        let _ = give.send(query::run_over(&store, &text, &dataset, &limits));
    });
    if thread.is_err() {
        return Err(busy("no thread can be started; try again later"));
    }
    match take.recv_timeout(site.options.timeout + GRACE) {
        Ok(answer) => Ok((answer?, overlong.load(Ordering::Relaxed))),
        Err(RecvTimeoutError::Disconnected) => Err(busy("the query broke the engine")),
        Err(RecvTimeoutError::Timeout) => {
            Err(busy(&format!("the query was stopped after {} seconds", site.options.timeout.as_secs_f64())))
        }
    }
}

/// The operation of a POST: its body is a form, a query or an update.
fn posted(request: &Request, given: &mut Vec<(String, String)>) -> Result<Wanted, Failed> {
    let kind = media_type(request)?;
    let body = request.body();
    let text = |body: &[u8]| String::from_utf8(body.to_vec()).map_err(|_| Failed::bad("the body is not UTF-8"));
    match kind.as_str() {
        "application/sparql-query" => Ok(Wanted::Query(text(body)?)),
        "application/sparql-update" => Ok(Wanted::Update(text(body)?)),
        "application/x-www-form-urlencoded" => {
            given.extend(pairs(body)?);
            match (one(given, "query")?, one(given, "update")?) {
                (Some(query), None) => Ok(Wanted::Query(query.to_owned())),
                (None, Some(update)) => Ok(Wanted::Update(update.to_owned())),
                (Some(_), Some(_)) => Err(Failed::bad("give a query or an update, not both")),
                (None, None) => Err(Failed::bad("the form has neither query nor update")),
            }
        }
        _ => Err(Failed::new(
            StatusCode::UNSUPPORTED_MEDIA_TYPE,
            "send application/sparql-query, application/sparql-update or application/x-www-form-urlencoded",
        )),
    }
}

fn dataset(request: &Request, given: &[(String, String)], default: &str, named: &str) -> Result<Dataset, Failed> {
    let graphs = |name: &str| -> Result<Vec<NamedNode>, Failed> {
        let values = given.iter().filter(|(n, _)| n == name);
        values.map(|(_, v)| NamedNode::new(v).map_err(|e| Failed::bad(format!("{name}: {e}")))).collect()
    };
    let (uri, host) = (request.uri(), request::host(request));
    Ok(Dataset {
        default: graphs(default)?,
        named: graphs(named)?,
        base: Some(format!("http://{host}{}", uri.path())).filter(|b| NamedNode::new(b).is_ok()),
    })
}

/// An answer in the format that the request likes best; it says when rows were left out.
fn write(site: &Site, request: &Request, answer: &Answer) -> Result<Response, Failed> {
    let offers = if matches!(answer, Answer::Graph { .. }) { GRAPHS } else { TABLES };
    let Some((kind, format)) = negotiate(request, offers) else {
        let kinds: Vec<&str> = offers.iter().map(|(kind, _)| *kind).collect();
        return Err(Failed::new(StatusCode::NOT_ACCEPTABLE, format!("this can be had as {}", kinds.join(", "))));
    };
    let mut body = Bounded { bytes: Vec::new(), most: site.options.memory.unwrap_or(u64::MAX) };
    answer.write(format, &mut body)?;
    let mut response = reply(StatusCode::OK, kind, body.bytes);
    if answer.is_truncated()
        && let Ok(value) = HeaderValue::from_str(&format!("rows={}", site.options.rows))
    {
        response.headers_mut().insert("sayso-truncated", value);
    }
    Ok(response)
}

/// An answer in the making, of a bounded length.
struct Bounded {
    bytes: Vec<u8>,
    most: u64,
}

impl std::io::Write for Bounded {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        if (self.bytes.len() + bytes.len()) as u64 > self.most {
            return Err(std::io::Error::other("it is longer than the memory that a query may take"));
        }
        self.bytes.extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

/// Named graphs that the description lists; a store of more says how many there are.
const LISTED: usize = 1_000;

/// What the endpoint can do, in its own words (SPARQL 1.1 Service Description).
fn description(site: &Site, request: &Request) -> Result<Response, Failed> {
    let host = request::host(request);
    let mut languages = "sd:SPARQL10Query, sd:SPARQL11Query".to_owned();
    if site.options.token.is_some() {
        languages += ", sd:SPARQL11Update";
    }
    let mut features = "sd:UnionDefaultGraph, sd:EmptyGraphs".to_owned();
    if !site.options.remote.is_empty() {
        features += ", sd:BasicFederatedQuery, sd:DereferencesURIs";
    }
    let formats: Vec<String> =
        ["SPARQL_Results_JSON", "SPARQL_Results_XML", "SPARQL_Results_CSV", "SPARQL_Results_TSV"]
            .iter()
            .chain(&["Turtle", "N-Triples", "RDF_XML", "JSON-LD"])
            .map(|format| format!("<http://www.w3.org/ns/formats/{format}>"))
            .collect();
    let mut graphs = String::new();
    let mut count = 0;
    for name in site.store.named_graphs() {
        count += 1;
        if count <= LISTED {
            let name = name?;
            graphs += &format!(" ;\n    sd:namedGraph [ a sd:NamedGraph ; sd:name {name} ; sd:graph [ a sd:Graph ] ]");
        }
    }
    let turtle = format!(
        "@prefix sd: <http://www.w3.org/ns/sparql-service-description#> .\n\
         @prefix void: <http://rdfs.org/ns/void#> .\n\
         <http://{host}/sparql> a sd:Service ;\n  sd:endpoint <http://{host}/sparql> ;\n  \
         sd:supportedLanguage {languages} ;\n  sd:feature {features} ;\n  sd:resultFormat {} ;\n  \
         sd:inputFormat <http://www.w3.org/ns/formats/Turtle>, <http://www.w3.org/ns/formats/N-Triples>, \
         <http://www.w3.org/ns/formats/RDF_XML>, <http://www.w3.org/ns/formats/JSON-LD> ;\n  \
         sd:defaultDataset [ a sd:Dataset ; void:documents {count} ;\n    \
         sd:defaultGraph [ a sd:Graph ]{graphs} ] .\n",
        formats.join(", ")
    );
    let store = crate::graph::store::from_text(&turtle, "ttl")?;
    let triples = store.iter().filter_map(Result::ok).map(Into::into).collect();
    write(site, request, &Answer::Graph { triples, truncated: false })
}
