//! The ready-made questions: a list by purpose, and a page for each with its parameters and rows.

use std::fmt::Write;

use super::cells;
use super::facets::{self, FIELDS, Field, Shape};
use super::line::whole;
use super::paging::Paging;
use super::{Begun, Failed, Page, View, chart, counted, encoded, escaped, nothing, sheet_of, statements, titled};
use crate::graph::ask;
use crate::graph::catalogue::Filter;
use crate::graph::lists::{self, LISTS};
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

/// Rows of a page: on a telephone each is a card of its own. Rows that set two claims beside each other are twice as long.
const ROWS: usize = 20;
const PAIRS: usize = 10;

/// The name of the address that asks for every row.
const ALL: &str = "all";

/// What the form asks for beside a question's own parameters: the rows that its facets count are statements.
pub(super) const SHAPE: Shape<'static> =
    Shape { page: "ask", rows: ["statement", "statements"], words: "Words", speaker: false, sure: false, voice: false };

/// The filters that choose the statements which a question sees.
fn filters() -> impl Iterator<Item = &'static Field<'static>> {
    FIELDS.iter().filter(|field| field.kind != "checkbox")
}

/// Whether there is a question or list of a name.
pub(super) fn is_there(name: &str) -> bool {
    lists::find(name).is_some() || ask::find(name).is_ok()
}

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
    let address = filters().find(|field| field.asked == parameter).map_or(parameter, |field| field.name);
    let fits = |n: &str| n == parameter || n == address;
    view.given.iter().filter(|(n, v)| fits(n) && !v.trim().is_empty()).map(|(_, v)| v.trim()).collect()
}

/// The beginning of a question's page, up to its heading: its answer has to be worked out first, and its facets counted.
pub(super) fn begun(view: &View) -> Result<Option<Begun>, Failed> {
    let Some(name) = view.path.strip_prefix("/ask/") else { return Ok(None) };
    let wanted = wanted(view, name)?;
    if let Some(question) = wanted.question {
        question.with(&wanted.own)?;
    }
    let title = escaped(wanted.description);
    let body = format!("{CRUMB}<div class=\"head\"><div><h1>{title}</h1>");
    Ok(Some(Begun { part: "/ask", title, body }))
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
    let mut rest: Vec<&str> = filters().map(|field| field.asked).collect();
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
        mode: many("mode"),
        measure: many("measure"),
        min_confidence: least,
        attributed: view.filter.attributed,
    };
    filter.check()?;
    Ok(Wanted { question, description, own, filter })
}

fn one(view: &View, name: &str) -> Result<Page, Failed> {
    let Wanted { question, description, own, filter } = wanted(view, name)?;
    let text = question.map_or(Ok(String::new()), |q| q.with(&own))?;
    // The rows that the page shows are enough, unless all of them are wanted: as a file, or to be counted.
    let all = !view.one("as")?.is_empty() || !view.one(ALL)?.is_empty();
    let first = Paging::rows_up_to(view, ROWS)?;
    let asked = view.site.asked(name, &own, &filter, (!all).then_some(first))?;
    let mut body = String::from(CRUMB);
    let mut lead = match &asked.answer {
        Answer::Table(rows) if rows.truncated && rows.rows.len() == first => format!(
            "The first {}; there are more. <a href=\"{}\">Count them all</a>.",
            counted(rows.rows.len(), "row", "rows"),
            view.with(ALL, "1")
        ),
        Answer::Table(rows) if rows.truncated => format!("The first {}.", counted(rows.rows.len(), "row", "rows")),
        Answer::Table(rows) => counted(rows.rows.len(), "row", "rows") + ".",
        _ => String::new(),
    };
    if let Some(n) = asked.left_out.filter(|n| *n > 0) {
        let told = lists::left_out(lists::find(name), n).replacen(&n.to_string(), &whole(n), 1);
        let _ = write!(lead, " {told}; <a href=\"{}\">show them</a>.", view.with("min", "0"));
    }
    if asked.rejected > 0 {
        let _ =
            write!(lead, " {} rejected by hand left out.", counted(asked.rejected, "statement is", "statements are"));
    }
    body += &view.head(&escaped(description), &lead, &text);
    form(view, name, question, &mut body);
    let mut page = Page::new("/ask", escaped(description), String::new());
    match &asked.answer {
        Answer::Table(rows) => {
            let paging = Paging::new(view, rows.rows.len(), if cells::has_two_sides(rows) { PAIRS } else { ROWS })?;
            let paging = if rows.truncated { paging.with_more() } else { paging };
            if rows.rows.is_empty() {
                body += &nothing("No row fits", "Take a filter away, or ask for less sure statements.");
            } else {
                body += &chart(rows);
                body += &cells::table(rows, paging.range(), Some(view));
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

/// The parameters of a question, and behind a fold the filters that choose the statements which it sees, with counts.
fn form(view: &View, name: &str, question: Option<&ask::Question>, body: &mut String) {
    let value = |parameter: &str| values(view, parameter).first().copied().unwrap_or_default();
    let mut names: Vec<&str> = filters().flat_map(|field| [field.name, field.asked]).collect();
    let parameters = question.map_or(&[][..], |q| &q.parameters);
    names.extend(parameters.iter().map(|parameter| parameter.name));
    let _ = write!(body, "<form class=\"controls\" action=\"/ask/{}\">{}", escaped(name), view.keep(&names));
    for parameter in parameters {
        let label = escaped(&titled(parameter.name).replace('-', " "));
        let own = Field::of(parameter.name);
        let field = filters().find(|field| field.asked == parameter.name).unwrap_or(&own);
        *body += &facets::input(field, &label, value(parameter.name), parameter.description);
    }
    let takes = |asked: &str| question.is_some_and(|q| q.takes(asked));
    let others: Vec<&Field> = filters().filter(|field| !takes(field.asked)).collect();
    if !others.is_empty() {
        let open = if others.iter().any(|field| !value(field.asked).is_empty()) { " open" } else { "" };
        let _ = write!(
            body,
            "<details class=\"fold\"{open}><summary>More filters, with counts</summary><div class=\"controls\">"
        );
        let is_facet = |field: &Field| facets::FACETS[..5].contains(&field.name);
        for field in others.iter().filter(|field| !is_facet(field)) {
            *body += &facets::input(field, field.label, value(field.asked), "only statements that this chooses");
        }
        let found = statements::chosen(view, &facets::filter(view));
        let page = format!("ask/{name}");
        let shape = Shape { page: &page, ..SHAPE };
        let is_other = |name: &str| others.iter().any(|field| field.name == name);
        let _ = write!(
            body,
            "</div><p class=\"small muted\">Behind each value: how many statements have it.</p><div class=\"facets across\"><div class=\"grid\">{}</div></div></details>",
            facets::sections(view, &shape, &found, is_other)
        );
    }
    body.push_str("<button>Ask</button></form>");
}
