//! The SPARQL 1.1 Graph Store Protocol at `/store`: `?graph=IRI` or `?default`.

use oxhttp::model::{Body, Method, Request, Response, StatusCode};
use oxigraph::io::{RdfFormat, RdfParser, RdfSerializer};
use oxigraph::model::{GraphName, NamedNode};

use super::Site;
use super::request::{self, Failed, address_pairs, media_type, negotiate, one, plain, reply};
use crate::graph::{Error, ErrorKind};

const TRIPLES: &[(&str, RdfFormat)] = &[
    ("text/turtle", RdfFormat::Turtle),
    ("application/n-triples", RdfFormat::NTriples),
    ("application/rdf+xml", RdfFormat::RdfXml),
];
const QUADS: &[(&str, RdfFormat)] =
    &[("application/trig", RdfFormat::TriG), ("application/n-quads", RdfFormat::NQuads)];

pub(super) fn answer(site: &Site, request: &mut Request<Body>) -> Result<Response<Body>, Failed> {
    let given = address_pairs(request)?;
    let named = one(&given, "graph")?;
    let graph = match (named, one(&given, "default")?) {
        (Some(iri), None) => {
            Some(GraphName::NamedNode(NamedNode::new(iri).map_err(|e| Failed::bad(format!("graph: {e}")))?))
        }
        (None, Some(_)) => Some(GraphName::DefaultGraph),
        (None, None) => None,
        (Some(_), Some(_)) => return Err(Failed::bad("give graph or default, not both")),
    };
    match request.method().as_str() {
        "GET" | "HEAD" => read(site, request, graph),
        "PUT" | "POST" | "DELETE" => change(site, request, graph),
        _ => Err(Failed::new(StatusCode::METHOD_NOT_ALLOWED, "use GET, HEAD, PUT, POST or DELETE")),
    }
}

fn exists(site: &Site, graph: &GraphName) -> Result<bool, Failed> {
    match graph {
        GraphName::NamedNode(node) => Ok(site.store.contains_named_graph(node).map_err(Error::from)?),
        _ => Ok(true),
    }
}

fn read(site: &Site, request: &Request<Body>, graph: Option<GraphName>) -> Result<Response<Body>, Failed> {
    let offers = if graph.is_some() { TRIPLES } else { QUADS };
    let (kind, format) = negotiate(request, offers)
        .ok_or_else(|| Failed::new(StatusCode::NOT_ACCEPTABLE, "none of the formats asked for can carry this"))?;
    let failed = |e: &dyn std::fmt::Display| Failed::new(StatusCode::INTERNAL_SERVER_ERROR, e.to_string());
    let body = match graph {
        Some(graph) => {
            if !exists(site, &graph)? {
                return Err(Failed::new(StatusCode::NOT_FOUND, "there is no such graph"));
            }
            let serializer = RdfSerializer::from_format(format);
            site.store.dump_graph_to_writer(graph.as_ref(), serializer, Vec::new()).map_err(|e| failed(&e))?
        }
        None => site.store.dump_to_writer(RdfSerializer::from_format(format), Vec::new()).map_err(|e| failed(&e))?,
    };
    Ok(reply(StatusCode::OK, kind, body))
}

fn change(site: &Site, request: &mut Request<Body>, graph: Option<GraphName>) -> Result<Response<Body>, Failed> {
    site.may_write(request)?;
    let graph = graph.ok_or_else(|| Failed::bad("name the graph: ?graph=IRI or ?default"))?;
    let existed = exists(site, &graph)?;
    if *request.method() == Method::DELETE {
        if !existed {
            return Err(Failed::new(StatusCode::NOT_FOUND, "there is no such graph"));
        }
        clear(site, &graph)?;
        return Ok(plain(StatusCode::NO_CONTENT, ""));
    }
    let kind = media_type(request)?;
    let format = RdfFormat::from_media_type(&kind)
        .filter(|f| !f.supports_datasets() || matches!(f, RdfFormat::JsonLd { .. }))
        .ok_or_else(|| Failed::new(StatusCode::UNSUPPORTED_MEDIA_TYPE, format!("{kind} is not read here")))?;
    let body = request::body(request, site.options.body)?;
    // The whole body is parsed before anything is changed.
    let parser = RdfParser::from_format(format).without_named_graphs().with_default_graph(graph.clone());
    let mut quads = Vec::new();
    for quad in parser.for_slice(&body) {
        quads.push(quad.map_err(|e| Error::new(ErrorKind::Rdf, "the body is not valid RDF").because(e))?);
    }
    if *request.method() == Method::PUT {
        clear(site, &graph)?;
    }
    site.store.extend(quads.iter().map(|q| q.as_ref())).map_err(Error::from)?;
    if let GraphName::NamedNode(node) = &graph {
        site.store.insert_named_graph(node).map_err(Error::from)?;
    }
    Ok(plain(if existed { StatusCode::NO_CONTENT } else { StatusCode::CREATED }, ""))
}

fn clear(site: &Site, graph: &GraphName) -> Result<(), Failed> {
    match graph {
        GraphName::NamedNode(node) => site.store.remove_named_graph(node).map(|_| ()),
        other => site.store.clear_graph(other.as_ref()),
    }
    .map_err(Error::from)?;
    Ok(())
}
