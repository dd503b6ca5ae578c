//! Other servers: `SERVICE` and `LOAD` reach only the addresses that are allowed, none by default.

use std::io::Read;
use std::time::Duration;

use oxhttp::model::{Body, Method, Request};
use oxigraph::io::{RdfFormat, RdfParser};
use oxigraph::model::{GraphName, NamedNode};
use oxigraph::sparql::results::{QueryResultsFormat, QueryResultsParser, ReaderQueryResultsParserOutput};
use oxigraph::sparql::{DefaultServiceHandler, QueryEvaluationError, QuerySolutionIter};
use oxiri::Iri;
use spargebra::algebra::GraphPattern;
use spargebra::{GraphUpdateOperation, Query, Update};

use super::Limits;
use crate::graph::{Error, ErrorKind};

/// Bytes of an answer or document at most.
const MOST: u64 = 256 << 20;

/// Whether an address may be reached.
fn is_allowed(address: &str, allowed: &[String]) -> bool {
    allowed.iter().any(|a| a == address || (a.ends_with('/') && address.starts_with(a.as_str())))
}

/// The refusal of an address.
fn refusal(what: &str, address: &str) -> String {
    format!("{what} <{address}> is refused: allow the address with --allow-remote")
}

/// Sends a request and gives the media type and the body of the answer. Redirections are not followed: they could lead
/// to an address that is not allowed.
fn fetch(request: oxhttp::model::request::Builder, body: Vec<u8>, time: Duration) -> std::io::Result<(String, Body)> {
    let client = oxhttp::Client::new().with_global_timeout(time);
    let request = request.body(body).map_err(std::io::Error::other)?;
    let response = client.request(request)?;
    if !response.status().is_success() {
        return Err(std::io::Error::other(format!("it answers {}", response.status())));
    }
    let kind = response.headers().get("content-type").and_then(|k| k.to_str().ok()).unwrap_or_default().to_owned();
    Ok((kind, response.into_body()))
}

/// Asks other servers for the patterns of `SERVICE`.
pub(super) struct Service {
    allowed: Vec<String>,
    time: Duration,
}

impl Service {
    pub fn new(limits: &Limits) -> Service {
        Service { allowed: limits.remote.clone(), time: time(limits) }
    }
}

/// How long another server may take.
fn time(limits: &Limits) -> Duration {
    limits.timeout.unwrap_or(Duration::from_secs(60))
}

impl DefaultServiceHandler for Service {
    type Error = QueryEvaluationError;

    fn handle(
        &self,
        service: &NamedNode,
        pattern: &GraphPattern,
        base: Option<&Iri<String>>,
    ) -> Result<QuerySolutionIter<'static>, QueryEvaluationError> {
        let address = service.as_str();
        let failed = |why: String| QueryEvaluationError::Service(why.into());
        if !is_allowed(address, &self.allowed) {
            return Err(failed(refusal("SERVICE", address)));
        }
        let query = Query::Select { dataset: None, pattern: pattern.clone(), base_iri: base.cloned() }.to_string();
        let request = Request::builder()
            .method(Method::POST)
            .uri(address)
            .header("accept", "application/sparql-results+json, application/sparql-results+xml;q=0.9")
            .header("content-type", "application/sparql-query");
        let (kind, body) = fetch(request, query.into_bytes(), self.time)
            .map_err(|e| failed(format!("SERVICE <{address}> cannot be asked: {e}")))?;
        let format = QueryResultsFormat::from_media_type(&kind)
            .ok_or_else(|| failed(format!("SERVICE <{address}> answers with {kind}")))?;
        let parsed = QueryResultsParser::from_format(format).for_reader(body.take(MOST));
        match parsed.map_err(|e| failed(e.to_string()))? {
            ReaderQueryResultsParserOutput::Solutions(rows) => {
                let names = rows.variables().into();
                let rows = rows.map(|row| row.map_err(|e| QueryEvaluationError::Service(Box::new(e))));
                Ok(QuerySolutionIter::new(names, rows))
            }
            ReaderQueryResultsParserOutput::Boolean(_) => Err(failed(format!("SERVICE <{address}> gives no rows"))),
        }
    }
}

/// Fetches what an update loads, and puts the triples themselves in the place of `LOAD`: so the update stays one
/// transaction, and nothing changes when a document cannot be had.
pub(super) fn load(update: &mut Update, limits: &Limits) -> Result<(), Error> {
    let operations = std::mem::take(&mut update.operations);
    for operation in operations {
        let GraphUpdateOperation::Load { silent, source, destination } = operation else {
            update.operations.push(operation);
            continue;
        };
        let graph = match destination {
            spargebra::term::GraphName::NamedNode(node) => GraphName::NamedNode(node),
            spargebra::term::GraphName::DefaultGraph => GraphName::DefaultGraph,
        };
        match document(source.as_str(), graph, limits) {
            Ok(data) => update.operations.push(GraphUpdateOperation::InsertData { data }),
            Err(_) if silent => {}
            Err(error) => return Err(error),
        }
    }
    Ok(())
}

/// The triples of a document, as quads of a graph.
fn document(address: &str, graph: GraphName, limits: &Limits) -> Result<Vec<spargebra::term::Quad>, Error> {
    if !is_allowed(address, &limits.remote) {
        return Err(Error::new(ErrorKind::Query, refusal("LOAD", address)));
    }
    let failed = |why: &str| Error::new(ErrorKind::Query, format!("LOAD <{address}> {why}"));
    let request = Request::builder()
        .uri(address)
        .header("accept", "text/turtle, application/n-triples, application/rdf+xml;q=0.9, application/ld+json;q=0.8");
    let (kind, body) = fetch(request, Vec::new(), time(limits)).map_err(|e| failed("cannot be had").because(e))?;
    let format = RdfFormat::from_media_type(&kind).ok_or_else(|| failed(&format!("is {kind}, which is not RDF")))?;
    let parser = RdfParser::from_format(format)
        .with_base_iri(address)
        .map_err(|e| failed("has no IRI for an address").because(e))?
        .without_named_graphs()
        .with_default_graph(graph)
        .rename_blank_nodes();
    let mut quads = Vec::new();
    for quad in parser.for_reader(body.take(MOST)) {
        let quad = quad.map_err(|e| failed("is not valid").because(e))?;
        quads.push(spargebra::term::Quad {
            subject: quad.subject,
            predicate: quad.predicate,
            object: quad.object,
            graph_name: match quad.graph_name {
                GraphName::NamedNode(node) => spargebra::term::GraphName::NamedNode(node),
                _ => spargebra::term::GraphName::DefaultGraph,
            },
        });
    }
    Ok(quads)
}
