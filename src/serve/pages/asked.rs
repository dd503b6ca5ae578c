//! The ready-made questions: a list by purpose, and a page for each with its parameters and rows.

use std::fmt::Write;

use super::{Failed, Page, View, counted, encoded, escaped, sheet_of, table, titled};
use crate::graph::ask;
use crate::graph::query::Answer;

pub(super) fn page(view: &View) -> Result<Page, Failed> {
    match view.path.strip_prefix("/ask/") {
        Some(name) => one(view, name),
        None => Ok(list()),
    }
}

/// All of them by purpose.
fn list() -> Page {
    let mut body = String::from(
        "<h1>Ready-made questions</h1><p class=\"lead\">Each is a query that any SPARQL engine can run; its page has its parameters.</p>",
    );
    for (purpose, questions) in ask::by_purpose() {
        let _ = write!(body, "<section><h2>{}</h2><ul class=\"rows\">", escaped(purpose));
        for question in questions {
            let _ = write!(
                body,
                "<li><a href=\"/ask/{0}\">{1}</a> <span class=\"small muted\">{0}</span></li>",
                escaped(question.name),
                escaped(question.description)
            );
        }
        body.push_str("</ul></section>");
    }
    Page::new("/ask", "Ready-made questions", body)
}

fn one(view: &View, name: &str) -> Result<Page, Failed> {
    let question = ask::find(name)?;
    let mut given: Vec<(&str, &str)> = Vec::new();
    for parameter in &question.parameters {
        let value = view.one(parameter.name)?;
        if !value.is_empty() {
            given.push((parameter.name, value));
        }
    }
    for day in given.iter().filter(|(n, _)| matches!(*n, "since" | "until")) {
        crate::graph::catalogue::check_day(day.1)?;
    }
    let text = question.with(&given)?;
    let mut limits = view.site.limits();
    limits.rows = Some(limits.rows.unwrap_or(usize::MAX).min(if view.one("as")?.is_empty() { 500 } else { 100_000 }));
    let (answer, left_out) = ask::ask_counting(&view.site.store, name, &given, &limits)?;
    let mut body = String::from("<p class=\"crumb\"><a href=\"/ask\">Questions</a></p>");
    let lead = match (&answer, left_out) {
        (Answer::Table(rows), Some(n)) if n > 0 => {
            format!(
                "{}; {} of less sure statements left out.",
                counted(rows.rows.len(), "row", "rows"),
                counted(n, "row", "rows")
            )
        }
        (Answer::Table(rows), _) if rows.truncated => {
            format!("The first {}; the table has all.", counted(rows.rows.len(), "row", "rows"))
        }
        (Answer::Table(rows), _) => counted(rows.rows.len(), "row", "rows") + ".",
        _ => String::new(),
    };
    body += &view.head(&escaped(question.description), &lead, &text);
    if !question.parameters.is_empty() {
        let _ = write!(body, "<form class=\"controls\" action=\"/ask/{}\">", escaped(name));
        for parameter in &question.parameters {
            let kind = if matches!(parameter.name, "since" | "until") { "date" } else { "search" };
            let value = given.iter().find(|(n, _)| *n == parameter.name).map_or("", |(_, v)| *v);
            let _ = write!(
                body,
                "<label>{} <input type=\"{kind}\" name=\"{}\" value=\"{}\" title=\"{}\"></label>",
                escaped(&titled(parameter.name).replace('-', " ")),
                escaped(parameter.name),
                escaped(value),
                escaped(parameter.description)
            );
        }
        body.push_str("<button>Ask</button></form>");
    }
    let mut page = Page::new("/ask", escaped(question.description), String::new());
    match answer {
        Answer::Table(rows) => {
            body += &table(&rows);
            if !view.one("as")?.is_empty() {
                page.sheets.push(sheet_of(&rows));
            }
        }
        Answer::Boolean(yes) => body.push_str(if yes { "<p><b>Yes.</b></p>" } else { "<p><b>No.</b></p>" }),
        Answer::Graph { triples, .. } => {
            let _ = write!(
                body,
                "<p>{}: <a href=\"/sparql?query={}\">show them</a></p>",
                counted(triples.len(), "triple", "triples"),
                encoded(&text)
            );
        }
    }
    page.body = body;
    Ok(page)
}
