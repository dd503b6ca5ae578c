//! Other servers: `SERVICE` and `LOAD` reach only the addresses that are allowed, none by default.

use std::time::Duration;

use oxigraph::io::{RdfFormat, RdfParser};
use oxigraph::model::{GraphName, NamedNode};
use oxigraph::sparql::results::{QueryResultsFormat, QueryResultsParser, SliceQueryResultsParserOutput};
use oxigraph::sparql::{DefaultServiceHandler, QueryEvaluationError, QuerySolutionIter};
use oxiri::Iri;
use spargebra::algebra::GraphPattern;
use spargebra::{GraphUpdateOperation, Query, Update};

use super::{Limits, http, intake};
use crate::graph::{Error, ErrorKind};

/// The address to be asked, in its normal form, if it may be reached. Addresses are compared in that form: `/pub/../secret`
/// is not below `/pub/`.
fn allowed(address: &str, allowed: &[String]) -> Option<String> {
    let own = normal(address)?;
    let fits = |a: &String| {
        let Some(a) = normal(a) else { return false };
        a == own || (a.ends_with('/') && own.starts_with(&a))
    };
    allowed.iter().any(fits).then_some(own)
}

/// An address with its scheme and host in lower case, without the usual port of the scheme, without dots in its path and
/// without fragment; `None` when it is neither `http` nor `https`, names a user, or hides a slash.
pub(in crate::graph) fn normal(address: &str) -> Option<String> {
    let iri = Iri::parse(address).ok()?;
    let authority = iri.authority()?.to_ascii_lowercase();
    let scheme = iri.scheme().to_ascii_lowercase();
    let usual = match scheme.as_str() {
        "http" => ":80",
        "https" => ":443",
        _ => return None,
    };
    if authority.contains('@') || !authority.is_ascii() {
        return None;
    }
    let authority = authority.strip_suffix(usual).or(authority.strip_suffix(':')).unwrap_or(&authority);
    let hidden = iri.path().to_ascii_lowercase();
    if authority.is_empty() || ["%2f", "%5c", "%00"].iter().any(|h| hidden.contains(h)) {
        return None;
    }
    let path = iri.path().replace("%2e", ".").replace("%2E", ".");
    let mut kept: Vec<&str> = Vec::new();
    let last = path.matches('/').count();
    for (number, segment) in path.split('/').enumerate().skip(1) {
        let is_last = number == last;
        match segment {
            "." | ".." => {
                if segment == ".." {
                    kept.pop();
                }
                if is_last {
                    kept.push("");
                }
            }
            other => kept.push(other),
        }
    }
    let query = iri.query().map_or(String::new(), |q| format!("?{q}"));
    let mut normal = format!("{scheme}://{authority}/");
    // What is no ASCII is written as its bytes, as it goes over the wire.
    for byte in format!("{}{query}", kept.join("/")).bytes() {
        match byte.is_ascii() {
            true => normal.push(char::from(byte)),
            false => normal.push_str(&format!("%{byte:02X}")),
        }
    }
    Some(normal)
}

/// The refusal of an address.
fn refusal(what: &str, address: &str, list: &[String]) -> String {
    let other = match address.split_once("://") {
        Some((scheme, rest)) if scheme.eq_ignore_ascii_case("http") => ("https", rest),
        Some((scheme, rest)) if scheme.eq_ignore_ascii_case("https") => ("http", rest),
        _ => ("", ""),
    };
    match allowed(&format!("{}://{}", other.0, other.1), list) {
        Some(_) => format!(
            "{what} <{address}> is refused: with {} it is allowed, which is another address; allow this one with --allow-remote",
            other.0
        ),
        None => format!("{what} <{address}> is refused: allow the address with --allow-remote"),
    }
}

/// What to do about other servers.
pub(super) const REMOTE: &str =
    "addresses are allowed with --allow-remote, those with http and those with https each by itself";

/// What to do about an error of a query that asks other servers.
pub(super) fn hint(error: &str) -> &'static str {
    if error.contains("--allow-remote") {
        REMOTE
    } else {
        "nothing is wrong with the query: see to the other server, or ask again"
    }
}

/// A request to another server.
#[cfg_attr(not(feature = "serve"), expect(dead_code, reason = "a program without HTTP asks nobody"))]
pub(in crate::graph) struct Call<'a> {
    /// In its normal form.
    pub address: &'a str,
    pub accept: &'a str,
    /// The media type and the text of what is posted; without it the request is a GET.
    pub body: Option<(&'static str, String)>,
    /// Bytes of the answer at most.
    pub most: usize,
}

/// What another server answers.
pub(in crate::graph) struct Reply {
    pub status: u16,
    /// The status with its words.
    pub told: String,
    /// The media type.
    pub kind: String,
    /// When to come again, as it says.
    pub wait: Option<String>,
    /// Where it sends who asks.
    pub elsewhere: Option<String>,
    /// Empty when the status is not one of success.
    pub body: Vec<u8>,
}

impl Reply {
    pub fn is_success(&self) -> bool {
        (200..300).contains(&self.status)
    }

    /// What is wrong with a status that is no success.
    pub fn refused(&self) -> String {
        match &self.elsewhere {
            Some(to) if (300..400).contains(&self.status) => {
                format!(
                    "it answers {}, to <{to}>; redirections are not followed: ask that address, if you trust it",
                    self.told
                )
            }
            _ => format!("it answers {}", self.told),
        }
    }
}

/// Bytes of an answer or document at most.
const MOST: usize = 256 << 20;

/// Sends a request and gives the answer.
pub(in crate::graph) fn send(call: &Call, time: Duration) -> Result<Reply, String> {
    http::send(call, time)
}

/// The media type and the body of an answer of success.
fn fetch(address: &str, accept: &str, query: Option<String>, time: Duration) -> Result<(String, Vec<u8>), String> {
    let body = query.map(|query| ("application/sparql-query", query));
    let reply = send(&Call { address, accept, body, most: MOST }, time)?;
    if reply.is_success() { Ok((reply.kind, reply.body)) } else { Err(reply.refused()) }
}

/// The bytes at an address, where it may be reached.
///
/// # Errors
/// When the address is not among those of the limits, or does not answer.
pub fn bytes(address: &str, accept: &str, limits: &Limits) -> Result<Vec<u8>, Error> {
    let asked = allowed(address, &limits.remote)
        .ok_or_else(|| Error::new(ErrorKind::Query, refusal("to read", address, &limits.remote)).with_hint(REMOTE))?;
    let failed = |e: String| Error::new(ErrorKind::Io, format!("<{address}> cannot be read")).because(e);
    let (_, body) = fetch(&asked, accept, None, time(limits)).map_err(failed)?;
    Ok(body)
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
        let asked =
            allowed(address, &self.allowed).ok_or_else(|| failed(refusal("SERVICE", address, &self.allowed)))?;
        let query = Query::Select { dataset: None, pattern: pattern.clone(), base_iri: base.cloned() }.to_string();
        let accept = "application/sparql-results+json, application/sparql-results+xml;q=0.9";
        let (kind, body) = fetch(&asked, accept, Some(query), self.time)
            .map_err(|e| failed(format!("SERVICE <{address}> cannot be asked: {e}")))?;
        let format = QueryResultsFormat::from_media_type(&kind)
            .ok_or_else(|| failed(format!("SERVICE <{address}> answers with {kind}")))?;
        intake::results(&body, format).map_err(|e| failed(e.to_string()))?;
        let parsed = QueryResultsParser::from_format(format).for_slice(&body);
        match parsed.map_err(|e| failed(e.to_string()))? {
            SliceQueryResultsParserOutput::Solutions(rows) => {
                let names = rows.variables().into();
                let rows: Vec<_> = rows.collect();
                let rows = rows.into_iter().map(|row| row.map_err(|e| QueryEvaluationError::Service(Box::new(e))));
                Ok(QuerySolutionIter::new(names, rows))
            }
            SliceQueryResultsParserOutput::Boolean(_) => Err(failed(format!("SERVICE <{address}> gives no rows"))),
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
    let asked = allowed(address, &limits.remote)
        .ok_or_else(|| Error::new(ErrorKind::Query, refusal("LOAD", address, &limits.remote)).with_hint(REMOTE))?;
    let failed = |why: &str| {
        let error = Error::new(ErrorKind::Query, format!("LOAD <{address}> {why}"));
        error.with_hint("see that the address gives RDF, or load a copy of it from elsewhere; nothing was changed")
    };
    let accept = "text/turtle, application/n-triples, application/rdf+xml;q=0.9, application/ld+json;q=0.8";
    let (kind, body) = fetch(&asked, accept, None, time(limits)).map_err(|e| failed("cannot be had").because(e))?;
    let format = RdfFormat::from_media_type(&kind).ok_or_else(|| failed(&format!("is {kind}, which is not RDF")))?;
    intake::rdf(&body, format)?;
    let parser = RdfParser::from_format(format)
        .with_base_iri(address)
        .map_err(|e| failed("has no IRI for an address").because(e))?
        .without_named_graphs()
        .with_default_graph(graph)
        .rename_blank_nodes();
    let mut quads = Vec::new();
    for quad in parser.for_slice(&body) {
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_compared_in_their_normal_form() {
        let list = ["http://h/pub/", "HTTP://H:80/one", "HTTPS://s:443/pub/"].map(str::to_owned);
        let to = |address: &str| allowed(address, &list);
        assert_eq!(to("http://h/pub/a/../b").as_deref(), Some("http://h/pub/b"));
        assert_eq!(to("http://H:80/pub/").as_deref(), Some("http://h/pub/"));
        assert_eq!(to("http://h/one").as_deref(), Some("http://h/one"));
        assert_eq!(to("http://h/pub/é?q=1").as_deref(), Some("http://h/pub/%C3%A9?q=1"));
        assert_eq!(to("https://S/pub/%2e/a").as_deref(), Some("https://s/pub/a"));
        assert!(refusal("SERVICE", "http://s/pub/a", &list).contains("with https it is allowed"));
        assert!(refusal("SERVICE", "https://h/one", &list).contains("with http it is allowed"));
        assert!(!refusal("SERVICE", "https://h/two", &list).contains("it is allowed"));
        for refused in [
            "http://s/pub/a",
            "http://s:443/pub/a",
            "https://s:80/pub/a",
            "https://s/pub/../a",
            "http://h/pub/../secret",
            "http://h/pub/%2e%2E/secret",
            "http://h/pub/..",
            "http://h/pub/..%2fsecret",
            "http://h/pub",
            "http://h/one/",
            "http://h:81/pub/a",
            "http://user@h/pub/a",
            "http://h@evil.example/pub/a",
            "https://h/pub/a",
            "file:///pub/a",
        ] {
            assert_eq!(to(refused), None, "{refused}");
        }
    }
}
