//! The ready-made questions: a list by purpose, and a page for each with its parameters and rows.

use std::fmt::Write;

use super::paging::Paging;
use super::{Failed, Page, View, chart, counted, encoded, escaped, nothing, sheet_of, table, titled};
use crate::graph::ask;
use crate::graph::catalogue::Filter;
use crate::graph::lists::{self, LISTS};
use crate::graph::query::Answer;
use crate::serve::asked_key;

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
        let lists = LISTS.iter().filter(|list| list.purpose == purpose).map(|list| (list.name, list.description));
        for (name, description) in questions.into_iter().map(|q| (q.name, q.description)).chain(lists) {
            let _ = write!(
                body,
                "<li><a href=\"/ask/{0}\">{1}</a> <span class=\"small muted\">{0}</span></li>",
                escaped(name),
                escaped(description)
            );
        }
        body.push_str("</ul></section>");
    }
    Page::new("/ask", "Ready-made questions", body)
}

/// Rows of a page.
const ROWS: usize = 100;

/// Names of filters as questions have them, with those of addresses, and how a form asks for them.
const FILTERS: [(&str, &str, &str); 9] = [
    ("about", "q", "search"),
    ("speaker", "speaker", "search"),
    ("publisher", "publisher", "search"),
    ("place", "place", "search"),
    ("document", "document", "search"),
    ("source-kind", "kind", "search"),
    ("since", "since", "date"),
    ("until", "until", "date"),
    ("min-confidence", "min", "number"),
];

/// What a question's page asks: the question, its own parameters, and the choice of statements beside them.
struct Wanted<'v> {
    /// Nothing for a list, which has no query and no parameters of its own.
    question: Option<&'static ask::Question>,
    description: &'static str,
    own: Vec<(&'v str, &'v str)>,
    filter: Filter,
}

/// The values of a filter or parameter in the address.
fn values<'v>(view: &'v View, parameter: &str) -> Vec<&'v str> {
    let address = FILTERS.iter().find(|(own, ..)| *own == parameter).map_or(parameter, |(_, address, _)| address);
    let fits = |n: &str| n == parameter || n == address;
    view.given.iter().filter(|(n, v)| fits(n) && !v.trim().is_empty()).map(|(_, v)| v.trim()).collect()
}

/// The beginning of a page whose answer has to be worked out first, up to its heading; nothing where the answer is kept.
pub(super) fn begun(view: &View) -> Result<Option<String>, Failed> {
    let Some(name) = view.path.strip_prefix("/ask/") else { return Ok(None) };
    let wanted = wanted(view, name)?;
    if let Some(question) = wanted.question {
        question.with(&wanted.own)?;
    }
    if !view.one("as")?.is_empty() || view.site.has_asked(&asked_key(name, &wanted.own, &wanted.filter)) {
        return Ok(None);
    }
    Ok(Some(format!("{CRUMB}<div class=\"head\"><div><h1>{}</h1>", escaped(wanted.description))))
}

const CRUMB: &str = "<p class=\"crumb\"><a href=\"/ask\">Questions</a></p>";

fn wanted<'v>(view: &'v View, name: &str) -> Result<Wanted<'v>, Failed> {
    let (question, description) = match lists::find(name) {
        Some(list) => (None, list.description),
        None => {
            let question = ask::find(name)?;
            (Some(question), question.description)
        }
    };
    let values = |parameter: &str| values(view, parameter);
    // A question's own parameters take one value; what it has none for, and several values, choose the statements that it sees.
    let mut own: Vec<(&str, &str)> = Vec::new();
    let mut rest: Vec<&str> = FILTERS.iter().map(|(name, ..)| *name).collect();
    for parameter in question.into_iter().flat_map(|q| &q.parameters) {
        if let [value] = values(parameter.name)[..] {
            own.push((parameter.name, value));
            rest.retain(|name| *name != parameter.name);
        }
    }
    for (_, day) in own.iter().filter(|(n, _)| matches!(*n, "since" | "until")) {
        crate::graph::catalogue::check_day(day)?;
    }
    let many = |name: &str| -> Vec<String> {
        if rest.contains(&name) { values(name).into_iter().map(str::to_owned).collect() } else { Vec::new() }
    };
    let least = match many("min-confidence").pop() {
        Some(text) => Some(text.parse().map_err(|_| Failed::bad(format!("{text} is no number from 0 to 1")))?),
        None => None,
    };
    let filter = Filter {
        since: many("since").pop(),
        until: many("until").pop(),
        speaker: many("speaker"),
        publisher: many("publisher"),
        place: many("place"),
        about: many("about"),
        document: many("document"),
        source_kind: many("source-kind"),
        min_confidence: least,
        attributed: view.filter.attributed,
    };
    filter.check()?;
    Ok(Wanted { question, description, own, filter })
}

fn one(view: &View, name: &str) -> Result<Page, Failed> {
    let Wanted { question, description, own, filter } = wanted(view, name)?;
    let values = |parameter: &str| values(view, parameter);
    let text = question.map_or(Ok(String::new()), |q| q.with(&own))?;
    let asked = view.site.asked(name, &own, &filter)?;
    let mut body = String::from(CRUMB);
    let mut lead = match &asked.answer {
        Answer::Table(rows) if rows.truncated => format!("The first {}.", counted(rows.rows.len(), "row", "rows")),
        Answer::Table(rows) => counted(rows.rows.len(), "row", "rows") + ".",
        _ => String::new(),
    };
    if let Some(n) = asked.left_out.filter(|n| *n > 0) {
        let told = lists::left_out(lists::find(name), n);
        let _ = write!(lead, " {told}; <a href=\"{}\">show them</a>.", view.with("min", "0"));
    }
    if asked.rejected > 0 {
        let _ =
            write!(lead, " {} rejected by hand left out.", counted(asked.rejected, "statement is", "statements are"));
    }
    body += &view.head(&escaped(description), &lead, &text);
    let input = |parameter: &str, description: &str, body: &mut String| {
        let found = FILTERS.iter().find(|(own, ..)| *own == parameter);
        let kind = found.map_or("search", |(_, _, kind)| kind);
        let range = if kind == "number" { " min=\"0\" max=\"1\" step=\"0.05\"" } else { "" };
        let _ = write!(
            body,
            "<label>{} <input type=\"{kind}\"{range} name=\"{}\" value=\"{}\" title=\"{}\"></label>",
            escaped(&titled(parameter).replace('-', " ")),
            escaped(found.map_or(parameter, |(_, address, _)| address)),
            escaped(values(parameter).first().copied().unwrap_or_default()),
            escaped(description)
        );
    };
    let _ = write!(body, "<form class=\"controls\" action=\"/ask/{}\">", escaped(name));
    let parameters = question.map_or(&[][..], |q| &q.parameters);
    parameters.iter().for_each(|parameter| input(parameter.name, parameter.description, &mut body));
    let takes = |name: &str| question.is_some_and(|q| q.takes(name));
    let others: Vec<&str> = FILTERS.iter().map(|(name, ..)| *name).filter(|name| !takes(name)).collect();
    if !others.is_empty() {
        let open = if others.iter().any(|name| !values(name).is_empty()) { " open" } else { "" };
        let _ = write!(body, "<details class=\"fold\"{open}><summary>More filters</summary><div class=\"controls\">");
        others.iter().for_each(|name| input(name, "only statements that this chooses", &mut body));
        body.push_str("</div></details>");
    }
    body.push_str("<button>Ask</button></form>");
    let mut page = Page::new("/ask", escaped(description), String::new());
    match &asked.answer {
        Answer::Table(rows) => {
            let paging = Paging::new(view, rows.rows.len(), ROWS)?;
            if rows.rows.is_empty() {
                body += &nothing("No row fits", "Take a filter away, or ask for less sure statements.");
            } else {
                body += &chart(rows);
                body += &table(rows, paging.range());
            }
            body += &paging.nav(view, "rows");
            if !view.one("as")?.is_empty() {
                page.sheets.push(sheet_of(rows));
            }
        }
        Answer::Boolean(yes) => body.push_str(if *yes { "<p><b>Yes.</b></p>" } else { "<p><b>No.</b></p>" }),
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
