//! A statement: its sentence with speaker, cue and content marked, and what is known of it.

use std::fmt::Write;

use hyper::StatusCode;
use oxigraph::model::Term;

use super::{Failed, Site, escaped, link, node, rows, shown};
use crate::graph::query::compact;
use crate::graph::view::{Kind, Resource};
use crate::graph::vocab::{other, property};

pub(super) fn page(site: &Site, iri: &str) -> Result<(String, String), Failed> {
    let resource = Resource::read(&site.store, iri)?;
    if resource.kind() != Kind::Statement {
        return Err(Failed::new(StatusCode::NOT_FOUND, "there is no such statement"));
    }
    let mut body = String::new();
    for sentence in resource.links(property::SENTENCE) {
        let sentence = Resource::read(&site.store, sentence)?;
        marked(&sentence, &resource, &mut body);
    }
    body.push_str(
        "<p class=key><small><mark class=who>who</mark> <mark class=cue>says</mark> <mark>what</mark></small></p>",
    );
    known(site, iri, &mut body)?;
    body.push_str("<details><summary>All that the graph holds of it</summary><table>");
    for (name, objects) in &resource.facts {
        let values: Vec<String> = objects.iter().map(shown).collect();
        let _ = write!(body, "<tr><th>{}<td>{}</tr>", escaped(&compact(name)), values.join("<br>"));
    }
    body.push_str("</table></details>");
    Ok(("Statement".to_owned(), body))
}

/// A sentence with the statement's parts marked. Places are counted in code points of the article.
fn marked(sentence: &Resource, statement: &Resource, body: &mut String) {
    let begin: usize = sentence.text(other::BEGIN_INDEX).and_then(|t| t.parse().ok()).unwrap_or(0);
    let text: Vec<char> = sentence.words(other::ANCHOR_OF).chars().collect();
    let mut marks = vec![""; text.len()];
    let places = [(property::CONTENT_AT, "said"), (property::CUE_AT, "cue"), (property::SPEAKER_AT, "who")];
    for (property, class) in places {
        for place in statement.links(property) {
            let Some((from, to)) = place.rsplit_once("#char=").and_then(|(_, p)| p.split_once(',')) else { continue };
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

/// Speaker, time, article and figures in words.
fn known(site: &Site, iri: &str, body: &mut String) -> Result<(), Failed> {
    let statement = node(iri)?;
    let found = rows(
        site,
        &format!(
            "SELECT DISTINCT ?agent ?name ?source ?words ?said ?how ?title ?publisher ?published ?address {{
               {statement} a sayso:Statement
               OPTIONAL {{ {statement} sayso:speaker ?agent . ?agent rdfs:label ?name }}
               OPTIONAL {{ {statement} sayso:source ?source }}
               OPTIONAL {{ {statement} sayso:words ?words }}
               OPTIONAL {{ {statement} sayso:saidLatest ?said }}
               OPTIONAL {{ {statement} sayso:mode ?mode . BIND(STRAFTER(STR(?mode), \"#\") AS ?how) }}
               OPTIONAL {{ {statement} sayso:reportedIn ?article
                 OPTIONAL {{ ?article sayso:title ?title }}
                 OPTIONAL {{ ?article sayso:published ?published }}
                 OPTIONAL {{ ?article sayso:address ?address }}
                 OPTIONAL {{ ?article sayso:publisher ?paper . ?paper rdfs:label ?publisher }} }}
             }} LIMIT 1"
        ),
    )?;
    let Some(row) = found.rows.first() else { return Ok(()) };
    let cells = found.cells().swap_remove(0);
    let [_, name, source, words, said, how, title, publisher, published, address] = &cells[..] else { return Ok(()) };
    let who = match &row[0] {
        Some(Term::NamedNode(agent)) => link("/entity", agent.as_str(), name),
        _ => escaped(source),
    };
    let written = if source.is_empty() || source == name {
        String::new()
    } else {
        format!(" <small>(“{}”)</small>", escaped(source))
    };
    let article = [publisher, title, published].into_iter().filter(|t| !t.is_empty()).map(|t| escaped(t));
    let address = if address.starts_with("http") {
        format!(" <a rel=noreferrer href=\"{0}\">{0}</a>", escaped(address))
    } else {
        String::new()
    };
    body.push_str("<dl>");
    for (term, value) in [
        ("Who", format!("{who}{written}")),
        ("What", escaped(words)),
        ("How", escaped(how)),
        ("When", escaped(said)),
        ("Article", article.collect::<Vec<_>>().join(" · ") + &address),
    ] {
        if !value.is_empty() {
            let _ = write!(body, "<dt>{term}<dd>{value}");
        }
    }
    let figures = rows(
        site,
        &format!(
            "SELECT DISTINCT ?surface ?question {{ {statement} sayso:content ?claim . ?claim sayso:quantity/sayso:surface ?surface
               OPTIONAL {{ ?claim sayso:answers ?question }} }} ORDER BY ?surface"
        ),
    )?;
    for (row, cells) in figures.rows.iter().zip(figures.cells()) {
        let others = match &row[1] {
            Some(Term::NamedNode(question)) => {
                format!(" — {}", link("/question", question.as_str(), "what others say"))
            }
            _ => String::new(),
        };
        let _ = write!(body, "<dt>Figure<dd><b>{}</b>{others}", escaped(&cells[0]));
    }
    body.push_str("</dl>");
    Ok(())
}
