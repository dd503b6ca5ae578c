//! The SPARQL 1.1 Graph Store Protocol at `/store`: `?graph=IRI`, `?default`, or a graph by its own address.

use hyper::header::HeaderValue;
use hyper::{Method, StatusCode};
use oxigraph::io::{RdfFormat, RdfParser, RdfSerializer};
use oxigraph::model::{GraphName, NamedNode, Quad, TripleRef};

use super::Site;
use super::request::{self, Failed, Request, Response, address_pairs, media_type, negotiate, one, plain, reply};
use crate::graph::write::xml::Clean;
use crate::graph::{Error, ErrorKind, intake};

const JSON_LD: RdfFormat = RdfFormat::JsonLd { profile: oxigraph::io::JsonLdProfileSet::empty() };
const TRIPLES: &[(&str, RdfFormat)] = &[
    ("text/turtle", RdfFormat::Turtle),
    ("application/n-triples", RdfFormat::NTriples),
    ("application/rdf+xml", RdfFormat::RdfXml),
    ("application/ld+json", JSON_LD),
];
const QUADS: &[(&str, RdfFormat)] = &[
    ("application/trig", RdfFormat::TriG),
    ("application/n-quads", RdfFormat::NQuads),
    ("application/ld+json", JSON_LD),
];

/// Which graphs a request is about.
enum Target {
    Graph(GraphName),
    /// The store as a whole.
    Store,
}

pub(super) fn answer(site: &Site, request: &Request) -> Result<Response, Failed> {
    let target = target(request)?;
    match request.method().as_str() {
        "GET" | "HEAD" => read(site, request, target),
        "PUT" | "POST" | "DELETE" => change(site, request, target),
        _ => {
            let mut response = plain(StatusCode::METHOD_NOT_ALLOWED, "use GET, HEAD, PUT, POST or DELETE");
            let allowed = HeaderValue::from_static("GET, HEAD, PUT, POST, DELETE, OPTIONS");
            response.headers_mut().insert("allow", allowed);
            Ok(response)
        }
    }
}

/// `?graph=IRI`, `?default`, a graph's own address under `/store/`, or the store.
fn target(request: &Request) -> Result<Target, Failed> {
    let given = address_pairs(request)?;
    let node = |iri: &str| NamedNode::new(iri).map_err(|e| Failed::bad(format!("graph: {e}")));
    let own = request.uri().path().strip_prefix("/store/").filter(|rest| !rest.is_empty());
    match (one(&given, "graph")?, one(&given, "default")?, own) {
        (Some(iri), None, None) => {
            // A relative reference is resolved against the address of the store.
            let base = format!("{}/store", host(request));
            let iri = oxiri::Iri::parse(base)
                .ok()
                .and_then(|b| b.resolve(iri).ok())
                .map_or(iri.to_owned(), |i| i.into_inner());
            Ok(Target::Graph(node(&iri)?.into()))
        }
        (None, Some(_), None) => Ok(Target::Graph(GraphName::DefaultGraph)),
        (None, None, Some(_)) => Ok(Target::Graph(node(&format!("{}{}", host(request), request.uri().path()))?.into())),
        (None, None, None) => Ok(Target::Store),
        _ => Err(Failed::bad("name one graph: by ?graph=IRI, by ?default, or by its address")),
    }
}

/// The address of the server, as the client knows it.
fn host(request: &Request) -> String {
    format!("http://{}", request::host(request))
}

fn exists(site: &Site, graph: &GraphName) -> Result<bool, Failed> {
    match graph {
        GraphName::NamedNode(node) => Ok(site.store.contains_named_graph(node)?),
        _ => Ok(true),
    }
}

fn read(site: &Site, request: &Request, target: Target) -> Result<Response, Failed> {
    let offers = if matches!(target, Target::Graph(_)) { TRIPLES } else { QUADS };
    let (kind, format) = negotiate(request, offers)
        .ok_or_else(|| Failed::new(StatusCode::NOT_ACCEPTABLE, "none of the formats asked for can carry this"))?;
    let failed = |e: &dyn std::fmt::Display| Failed::new(StatusCode::INTERNAL_SERVER_ERROR, e.to_string());
    let body = match target {
        Target::Graph(graph) => {
            if !exists(site, &graph)? {
                return Err(Failed::new(StatusCode::NOT_FOUND, "there is no such graph"));
            }
            let out = Clean::new(Vec::new(), format == RdfFormat::RdfXml);
            let mut out = RdfSerializer::from_format(format).for_writer(out);
            for quad in site.store.quads_for_pattern(None, None, None, Some(graph.as_ref())) {
                out.serialize_triple(TripleRef::from(quad?.as_ref())).map_err(|e| failed(&e))?;
            }
            let out = out.finish().map_err(|e| failed(&e))?;
            out.finish().map_err(|e| failed(&e))?
        }
        Target::Store => {
            let mut out = RdfSerializer::from_format(format).for_writer(Vec::new());
            for quad in site.store.iter() {
                out.serialize_quad(&quad?).map_err(|e| failed(&e))?;
            }
            out.finish().map_err(|e| failed(&e))?
        }
    };
    Ok(reply(StatusCode::OK, kind, body))
}

fn change(site: &Site, request: &Request, target: Target) -> Result<Response, Failed> {
    site.may_write(request)?;
    match (request.method(), target) {
        (&Method::DELETE, Target::Graph(graph)) => delete(site, &graph),
        (&Method::POST, Target::Store) => create(site, request),
        (method, Target::Graph(graph)) => {
            let replaces = *method == Method::PUT;
            put(site, request, &graph, replaces)
        }
        (_, Target::Store) => Err(Failed::bad("name the graph: ?graph=IRI, ?default, or its address under /store/")),
    }
}

fn delete(site: &Site, graph: &GraphName) -> Result<Response, Failed> {
    if !exists(site, graph)? {
        return Err(Failed::new(StatusCode::NOT_FOUND, "there is no such graph"));
    }
    clear(site, graph)?;
    Ok(plain(StatusCode::NO_CONTENT, ""))
}

/// Puts the triples of the body into a graph, in the place of those that it has or beside them.
fn put(site: &Site, request: &Request, graph: &GraphName, replaces: bool) -> Result<Response, Failed> {
    let existed = exists(site, graph)?;
    // The whole body is parsed before anything is changed.
    let quads = quads(request, graph)?;
    if replaces {
        clear(site, graph)?;
    }
    site.store.writable()?.extend(quads.iter().map(|q| q.as_ref())).map_err(Error::from)?;
    if let GraphName::NamedNode(node) = graph {
        site.store.writable()?.insert_named_graph(node).map_err(Error::from)?;
    }
    Ok(plain(if existed { StatusCode::NO_CONTENT } else { StatusCode::CREATED }, ""))
}

/// Puts the triples of the body into a new graph, and tells its address.
fn create(site: &Site, request: &Request) -> Result<Response, Failed> {
    let host = host(request);
    let mut number = 1;
    let graph = loop {
        let graph = NamedNode::new(format!("{host}/store/new/{number}")).map_err(|e| Failed::bad(e.to_string()))?;
        if !site.store.contains_named_graph(&graph)? {
            break graph;
        }
        number += 1;
    };
    let address = HeaderValue::from_str(graph.as_str()).map_err(|e| Failed::bad(e.to_string()))?;
    let mut response = put(site, request, &graph.into(), false)?;
    response.headers_mut().insert("location", address);
    Ok(response)
}

/// The triples of the body as quads of a graph: one document, or several as the parts of a form.
fn quads(request: &Request, graph: &GraphName) -> Result<Vec<Quad>, Failed> {
    let kind = media_type(request)?;
    let base = format!("{}{}", host(request), request.uri().path());
    if kind != "multipart/form-data" {
        return parsed(&kind, request.body(), graph, &base);
    }
    let boundary = request
        .headers()
        .get("content-type")
        .and_then(|h| h.to_str().ok())
        .and_then(|h| h.split(';').find_map(|p| p.trim().strip_prefix("boundary=")))
        .ok_or_else(|| Failed::bad("multipart/form-data has no boundary"))?;
    let boundary = format!("--{}", boundary.trim_matches('"'));
    let mut quads = Vec::new();
    for part in request::parts(request.body(), boundary.as_bytes()) {
        quads.extend(parsed(&part.kind, part.body, graph, &base)?);
    }
    Ok(quads)
}

/// A document in a format of triples. An empty body has no triples, in any format.
fn parsed(kind: &str, body: &[u8], graph: &GraphName, base: &str) -> Result<Vec<Quad>, Failed> {
    let format = RdfFormat::from_media_type(kind)
        .filter(|f| !f.supports_datasets() || matches!(f, RdfFormat::JsonLd { .. }))
        .ok_or_else(|| Failed::new(StatusCode::UNSUPPORTED_MEDIA_TYPE, format!("{kind} is not read here")))?;
    if body.trim_ascii().is_empty() {
        return Ok(Vec::new());
    }
    intake::rdf(body, format)?;
    let broken = |e: &dyn std::fmt::Display| Error::new(ErrorKind::Rdf, format!("the body is not valid RDF: {e}"));
    let parser = RdfParser::from_format(format)
        .with_base_iri(base)
        .map_err(|e| Failed::bad(format!("the address of the request is not an IRI: {e}")))?
        .without_named_graphs()
        .with_default_graph(graph.clone())
        .rename_blank_nodes();
    let mut quads = Vec::new();
    for quad in parser.for_slice(body) {
        quads.push(quad.map_err(|e| broken(&e))?);
    }
    Ok(quads)
}

fn clear(site: &Site, graph: &GraphName) -> Result<(), Failed> {
    match graph {
        GraphName::NamedNode(node) => site.store.writable()?.remove_named_graph(node).map(|_| ()),
        other => site.store.writable()?.clear_graph(other.as_ref()),
    }
    .map_err(Error::from)?;
    Ok(())
}
