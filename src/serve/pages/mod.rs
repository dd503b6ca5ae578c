//! Plain pages: a search, a thing's statements, a statement's evidence, disputes side by side, a query form.

mod evidence;
mod question;

use std::fmt::Write;

use hyper::{Method, StatusCode};
use oxigraph::model::{NamedNode, Term};

use super::Site;
use super::request::{Failed, Request, Response, address_pairs, one, reply};
use crate::graph::query::{self, Answer, Format, Table};
use crate::graph::view::{Focus, Options, Relation, View, days, find_entities};

pub(super) const STYLE: &str = include_str!("style.css");

/// A query for people who have none yet.
const EXAMPLE: &str = "SELECT ?who ?words WHERE {
  ?statement sayso:speaker ?agent ; sayso:words ?words .
  ?agent rdfs:label ?who .
} LIMIT 20";

/// The questions that most claims contradict each other on.
const DISPUTES: &str = "SELECT ?question (SAMPLE(?counts) AS ?counted) (SAMPLE(?measured) AS ?measure)
    (COUNT(DISTINCT ?claim) AS ?answers) (COUNT(DISTINCT ?pair) AS ?disputes) {
  ?claim sayso:answers ?question .
  OPTIONAL { ?question sayso:measure ?measured }
  OPTIONAL { ?question sayso:counted ?counts }
  OPTIONAL { ?claim sayso:contradicts|^sayso:contradicts ?other . FILTER(STR(?claim) < STR(?other))
    BIND(CONCAT(STR(?claim), STR(?other)) AS ?pair) }
} GROUP BY ?question ORDER BY DESC(?disputes) DESC(?answers) ?question LIMIT 50";

pub(super) fn answer(site: &Site, request: &Request, path: &str) -> Result<Response, Failed> {
    if !matches!(*request.method(), Method::GET | Method::HEAD) {
        return Err(Failed::new(StatusCode::METHOD_NOT_ALLOWED, "use GET"));
    }
    let given = address_pairs(request)?;
    let iri = one(&given, "iri")?.unwrap_or_default();
    let (title, body) = match path {
        "" => home(site, one(&given, "q")?.unwrap_or_default())?,
        "/entity" => entity(site, iri)?,
        "/question" => question::page(site, iri)?,
        "/statement" => evidence::page(site, iri)?,
        _ => return Err(Failed::new(StatusCode::NOT_FOUND, "there is no such page; try /")),
    };
    Ok(page(&title, &body))
}

/// A page with our head; title and body are HTML.
fn page(title: &str, body: &str) -> Response {
    let page = format!(
        "<!doctype html><html lang=en><meta charset=utf-8><meta name=viewport content=\"width=device-width\">\
         <title>{title} · sayso</title><style>{STYLE}</style><header><b><a href=\"/\">sayso</a></b>\
         <form action=\"/\"><input name=q size=36 placeholder=\"a person, organization or place\" aria-label=search> \
         <button>Search</button></form><nav><a href=\"/#sparql\">SPARQL</a></nav></header><main><h1>{title}</h1>{body}</main></html>"
    );
    reply(StatusCode::OK, "text/html; charset=utf-8", page.into_bytes())
}

/// The answer to a query as a page, with the query to be changed and asked again.
pub(super) fn of_answer(answer: &Answer, text: &str) -> Result<Response, Failed> {
    let mut body = form(text);
    if answer.is_truncated() {
        body.push_str("<p class=red>There are more rows than these.</p>");
    }
    match answer {
        Answer::Boolean(yes) => body.push_str(if *yes { "<p><b>Yes.</b></p>" } else { "<p><b>No.</b></p>" }),
        Answer::Table(table) => {
            let _ = write!(body, "<p><small>{} rows</small></p><table><tr>", table.rows.len());
            for column in &table.columns {
                let _ = write!(body, "<th>{}", escaped(column));
            }
            body.push_str("</tr>");
            for row in &table.rows {
                body.push_str("<tr>");
                for term in row {
                    let _ = write!(body, "<td>{}", term.as_ref().map(shown).unwrap_or_default());
                }
                body.push_str("</tr>");
            }
            body.push_str("</table>");
        }
        Answer::Graph { .. } => {
            let mut turtle = Vec::new();
            answer.write(Format::Turtle, &mut turtle)?;
            let _ = write!(body, "<pre>{}</pre>", escaped(&String::from_utf8_lossy(&turtle)));
        }
    }
    Ok(page("Answer", &body))
}

/// Text as HTML writes it, also between quotation marks.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            other => out.push(other),
        }
    }
    out
}

/// A term as HTML; what has a page of its own is a link to it, by the end of its IRI.
fn shown(term: &Term) -> String {
    let words = query::shown(term);
    match term {
        Term::NamedNode(node) => match page_of(node.as_str()) {
            Some(page) => {
                let start = node.as_str().rmatch_indices('/').nth(1).map_or(0, |(at, _)| at + 1);
                link(page, node.as_str(), &node.as_str()[start..])
            }
            None => escaped(&words),
        },
        _ => escaped(&words),
    }
}

/// The page that tells of a thing, by the kind in its IRI.
fn page_of(iri: &str) -> Option<&'static str> {
    let kind = iri.rsplit('/').nth(1)?;
    [("entity", "/entity"), ("statement", "/statement"), ("question", "/question")]
        .into_iter()
        .find_map(|(k, page)| (k == kind).then_some(page))
}

fn form(text: &str) -> String {
    format!(
        "<form action=\"/sparql\"><textarea name=query rows={} aria-label=query spellcheck=false>{}</textarea><br>\
         <button>Ask</button></form>",
        text.lines().count().clamp(6, 24),
        escaped(text)
    )
}

/// The rows of a query of ours.
fn rows(site: &Site, text: &str) -> Result<Table, Failed> {
    match query::run(&site.store, text, &site.limits())? {
        Answer::Table(table) => Ok(table),
        _ => Err(Failed::new(StatusCode::INTERNAL_SERVER_ERROR, "a query of ours gives no table")),
    }
}

/// An IRI of the address as SPARQL writes it; nothing else can come into a query.
fn node(iri: &str) -> Result<NamedNode, Failed> {
    NamedNode::new(iri).map_err(|e| Failed::new(StatusCode::NOT_FOUND, format!("{iri}: {e}")))
}

fn home(site: &Site, wanted: &str) -> Result<(String, String), Failed> {
    let mut body = String::new();
    if !wanted.trim().is_empty() {
        let found = find_entities(&site.store, wanted)?;
        let _ = write!(body, "<ul>");
        for (iri, label, kind) in found.iter().take(200) {
            let _ = write!(body, "<li>{} <small>{}</small>", link("/entity", iri, label), kind.as_str());
        }
        let _ = write!(body, "</ul>");
        if found.is_empty() {
            body.push_str("<p>Nothing in the store is called that.</p>");
        }
        return Ok((format!("Search: {}", escaped(wanted)), body));
    }
    let disputes = rows(site, DISPUTES)?;
    body.push_str("<h2>Questions with several answers</h2>");
    if disputes.rows.is_empty() {
        body.push_str("<p>No two articles of this store give figures for the same thing.</p>");
    } else {
        body.push_str("<table><tr><th>Question<th class=number>Answers<th class=number>Contradictions</tr>");
    }
    for (row, cells) in disputes.rows.iter().zip(disputes.cells()) {
        let Some(Term::NamedNode(iri)) = &row[0] else { continue };
        let red = if cells[4] == "0" { "number" } else { "\"number red\"" };
        let label = question::label(&cells[1], &cells[2]);
        let question = link("/question", iri.as_str(), &label);
        let _ = write!(body, "<tr><td>{question}<td class=number>{}<td class={red}>{}</tr>", cells[3], cells[4]);
    }
    body.push_str(if disputes.rows.is_empty() { "" } else { "</table>" });
    let _ = write!(body, "<h2 id=sparql>SPARQL</h2>{}", form(EXAMPLE));
    Ok(("Who said what".to_owned(), body))
}

/// The statements of an entity, and those that name it.
fn entity(site: &Site, iri: &str) -> Result<(String, String), Failed> {
    let options = Options { focus: Focus::About(iri.to_owned()), hops: 1, max_nodes: 1_000, ..Options::default() };
    let view = View::of(&site.store, &options)?;
    let mut body = String::new();
    for note in view.notes.iter().cloned().chain(view.left_out_words()) {
        let _ = write!(body, "<p><small>{}</small></p>", escaped(&note));
    }
    body.push_str("<ul class=statements>");
    for index in view.graph.node_indices() {
        let node = &view.graph[index];
        let Some(said) = &node.said else { continue };
        let speaker = view
            .graph
            .edges_directed(index, petgraph::Direction::Incoming)
            .find(|e| e.weight().relation == Relation::Says)
            .map(|e| &view.graph[petgraph::visit::EdgeRef::source(&e)]);
        let who = match speaker {
            Some(speaker) if speaker.iri == iri => escaped(&speaker.label),
            Some(speaker) => link("/entity", &speaker.iri, &speaker.label),
            None => escaped(&said.source),
        };
        let words = link("/statement", &node.iri, &said.words);
        let article = view.documents.get(&said.document).map_or(String::new(), |d| escaped(&d.label));
        let when = days(node.earliest.as_deref(), node.latest.as_deref());
        let class = if said.denied { " class=denied" } else { "" };
        let cue = match said.cue.as_str() {
            "" => "said",
            cue => cue,
        };
        let _ = write!(
            body,
            "<li{class}><b>{who}</b> <small>({}, {})</small><br>{words}<br><small>{article}</small>",
            escaped(cue),
            escaped(&when)
        );
    }
    body.push_str("</ul>");
    if !body.contains("<li") {
        body.push_str("<p>No statement of the store is this one's or names it.</p>");
    }
    Ok((escaped(&view.title), body))
}

fn link(page: &str, iri: &str, label: &str) -> String {
    let mut address = String::new();
    for byte in iri.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~/:".contains(&byte) {
            address.push(byte as char);
        } else {
            let _ = write!(address, "%{byte:02X}");
        }
    }
    format!("<a href=\"{page}?iri={address}\">{}</a>", escaped(label))
}
