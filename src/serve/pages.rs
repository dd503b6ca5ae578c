//! Plain pages: a search, a thing's statements, a statement's evidence, disputes side by side, a query form.

use std::fmt::Write;

use oxhttp::model::{Body, Method, Request, Response, StatusCode};

use super::Site;
use super::request::{Failed, address_pairs, one, reply};
use crate::graph::export::dot::html as escaped;
use crate::graph::view::{Focus, Kind, Node, Options, Relation, Resource, Verdict, View, find_entities};
use crate::graph::vocab::{other, property};

const STYLE: &str = "body{font:16px/1.5 system-ui,sans-serif;max-width:60rem;margin:1rem auto;padding:0 1rem;color:#1a1a1a}\
header{display:flex;gap:1rem;align-items:center;border-bottom:1px solid #ccc;padding-bottom:.6rem;flex-wrap:wrap}\
header b{font-size:1.3rem}input,textarea,button{font:inherit;padding:.3rem}textarea{width:100%}a{color:#0072B2}\
li{margin:.5rem 0}small{color:#595959}.denied{border-left:3px dashed #1a1a1a;padding-left:.6rem}\
mark{background:#fdeeb0}mark.cue{background:#cfe6f5}mark.who{background:#d3efe4}table{border-collapse:collapse;width:100%}\
td,th{border-bottom:1px solid #ccc;text-align:left;padding:.35rem;vertical-align:top}.red{color:#A63D00;font-weight:bold}";

pub(super) fn answer(site: &Site, request: &Request<Body>, path: &str) -> Result<Response<Body>, Failed> {
    if !matches!(*request.method(), Method::GET | Method::HEAD) {
        return Err(Failed::new(StatusCode::METHOD_NOT_ALLOWED, "use GET"));
    }
    let given = address_pairs(request)?;
    let iri = one(&given, "iri")?.unwrap_or_default();
    let (title, body) = match path {
        "" => home(site, one(&given, "q")?.unwrap_or_default())?,
        "/entity" => around(site, Focus::About(iri.to_owned()))?,
        "/question" => around(site, Focus::Question(iri.to_owned()))?,
        "/statement" => statement(site, iri)?,
        _ => return Err(Failed::new(StatusCode::NOT_FOUND, "there is no such page; try /")),
    };
    let page = format!(
        "<!doctype html><html lang=en><meta charset=utf-8><meta name=viewport content=\"width=device-width\">\
         <title>{title} · sayso</title><style>{STYLE}</style><header><b><a href=\"/\">sayso</a></b>\
         <form action=\"/\"><input name=q placeholder=\"person, organization, place\" aria-label=search> \
         <button>Search</button></form></header><h1>{title}</h1>{body}</html>"
    );
    Ok(reply(StatusCode::OK, "text/html; charset=utf-8", page.into_bytes()))
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
    let questions = crate::graph::view::questions(&site.store)?;
    body.push_str("<h2>Disputes</h2><table><tr><th>Question<th>Answers<th>Contradictions</tr>");
    for (iri, label, answers, disputes) in questions.iter().take(50) {
        let red = if *disputes > 0 { " class=red" } else { "" };
        let _ = write!(body, "<tr><td>{}<td>{answers}<td{red}>{disputes}</tr>", link("/question", iri, label));
    }
    body.push_str(
        "</table><h2>SPARQL</h2><form action=\"/sparql\"><textarea name=query rows=6 aria-label=query>\
         SELECT ?who ?words WHERE {\n  ?statement sayso:speaker ?agent ; sayso:words ?words .\n  \
         ?agent rdfs:label ?who .\n} LIMIT 20</textarea><br><button>Ask</button></form>",
    );
    Ok(("Who said what".to_owned(), body))
}

/// The statements around a focus: an entity's own and those that name it, or the answers to a question.
fn around(site: &Site, focus: Focus) -> Result<(String, String), Failed> {
    let is_question = matches!(focus, Focus::Question(_));
    let options = Options { focus, hops: 1, max_nodes: 1_000, ..Options::default() };
    let view = View::of(&site.store, &options)?;
    let mut body = String::new();
    for note in view.notes.iter().cloned().chain(view.left_out_words()) {
        let _ = write!(body, "<p><small>{}</small></p>", escaped(&note));
    }
    body.push_str(if is_question { "<table><tr><th>Who<th>How much<th>Between<th>Words</tr>" } else { "<ul>" });
    for index in view.graph.node_indices() {
        let node = &view.graph[index];
        let Some(said) = &node.said else { continue };
        let speaker = view
            .graph
            .edges_directed(index, petgraph::Direction::Incoming)
            .find(|e| e.weight().relation == Relation::Says)
            .map(|e| &view.graph[petgraph::visit::EdgeRef::source(&e)]);
        let who = speaker.map_or_else(|| escaped(&said.source), |s| link("/entity", &s.iri, &s.label));
        let words = link("/statement", &node.iri, &said.words);
        let article = view.documents.get(&said.document).map_or(String::new(), |d| escaped(&d.label));
        let when = crate::graph::view::days(node.earliest.as_deref(), node.latest.as_deref());
        if is_question {
            let number = said.numbers.first().cloned().unwrap_or_default();
            let bounds = format!("{} … {}", or(&number.lower, "?"), or(&number.upper, "?"));
            let _ = write!(
                body,
                "<tr><td>{who}<br><small>{}</small><td><b>{}</b><td>{bounds}<td>{words}<br><small>{article}</small></tr>",
                escaped(&when),
                escaped(&number.words)
            );
        } else {
            let class = if said.denied { " class=denied" } else { "" };
            let cue = or(&said.cue, "said");
            let _ = write!(
                body,
                "<li{class}><b>{who}</b> {} <small>{}</small>: {words}<br><small>{article}</small>",
                escaped(cue),
                escaped(&when)
            );
        }
    }
    body.push_str(if is_question { "</table>" } else { "</ul>" });
    let verdicts: Vec<String> = view
        .graph
        .edge_references()
        .filter_map(|e| match e.weight().relation {
            Relation::Compares(verdict) => {
                let side = |n: &Node| {
                    n.said.as_ref().and_then(|s| s.numbers.first()).map_or(String::new(), |n| n.words.clone())
                };
                let (a, b) = (
                    side(&view.graph[petgraph::visit::EdgeRef::source(&e)]),
                    side(&view.graph[petgraph::visit::EdgeRef::target(&e)]),
                );
                let red = if verdict == Verdict::Contradicts { " class=red" } else { "" };
                Some(format!(
                    "<li>{} <span{red}>{}</span> {} <small>{}</small>",
                    escaped(&a),
                    verdict.as_str(),
                    escaped(&b),
                    escaped(&e.weight().label)
                ))
            }
            _ => None,
        })
        .collect();
    if !verdicts.is_empty() {
        let _ = write!(body, "<h2>Compared</h2><ul>{}</ul>", verdicts.concat());
    }
    Ok((escaped(&view.title), body))
}

/// One statement with its sentence, the content, cue and speaker marked in it.
fn statement(site: &Site, iri: &str) -> Result<(String, String), Failed> {
    let resource = Resource::read(&site.store, iri)?;
    if resource.kind() != Kind::Statement {
        return Err(Failed::new(StatusCode::NOT_FOUND, "there is no such statement"));
    }
    let mut body = String::new();
    for sentence in resource.links(property::SENTENCE) {
        let sentence = Resource::read(&site.store, sentence)?;
        let begin: usize = sentence.text(other::BEGIN_INDEX).and_then(|t| t.parse().ok()).unwrap_or(0);
        let text: Vec<char> = sentence.words(other::ANCHOR_OF).chars().collect();
        let mut marks = vec![""; text.len()];
        let places = [(property::CONTENT_AT, "said"), (property::CUE_AT, "cue"), (property::SPEAKER_AT, "who")];
        for (property, class) in places {
            for place in resource.links(property) {
                let Some((from, to)) = place.rsplit_once("#char=").and_then(|(_, p)| p.split_once(',')) else {
                    continue;
                };
                let (Ok(from), Ok(to)) = (from.parse::<usize>(), to.parse::<usize>()) else { continue };
                let range = from.saturating_sub(begin).min(text.len())..to.saturating_sub(begin).min(text.len());
                if range.start < range.end {
                    marks[range].fill(class);
                }
            }
        }
        body.push_str("<blockquote>");
        let mut open = "";
        for (c, mark) in text.iter().zip(marks) {
            if mark != open {
                body.push_str(if open.is_empty() { "" } else { "</mark>" });
                if !mark.is_empty() {
                    let _ = write!(body, "<mark class={mark}>");
                }
                open = mark;
            }
            body.push_str(&escaped(&c.to_string()));
        }
        body.push_str(if open.is_empty() { "</blockquote>" } else { "</mark></blockquote>" });
    }
    body.push_str("<table>");
    for (name, objects) in &resource.facts {
        let name = crate::graph::query::compact(name);
        let values: Vec<String> = objects.iter().map(|o| escaped(&crate::graph::query::shown(o))).collect();
        let _ = write!(body, "<tr><th>{}<td>{}</tr>", escaped(&name), values.join("<br>"));
    }
    body.push_str("</table>");
    Ok((escaped(&resource.label()), body))
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

fn or<'t>(text: &'t str, other: &'t str) -> &'t str {
    if text.is_empty() { other } else { text }
}
