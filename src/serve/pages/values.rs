//! All values of a facet with their counts, for the rows that the rest of the address chooses: `/values?of=publisher` of the
//! statements, with `in=articles` of the articles.

use std::fmt::Write;

use super::facets::{self, Chosen, FACETS, Shape, value_label};
use super::line::whole;
use super::paging::Paging;
use super::{
    Failed, PARTS, Page, View, asked, capital, counted, encoded, escaped, explore, lists, nothing, queries, statements,
};
use crate::graph::catalogue::Filter;
use crate::graph::export::sheet::{Cell, Column, Sheet};
use crate::graph::words::Wanted;

/// Rows of a page.
const ROWS: usize = 100;

/// Names of the address that belong to this page alone.
const OWN: [&str; 3] = ["of", "has", "in"];

/// The address of the values of a facet, for what else a page chooses.
pub(super) fn address(view: &View, page: &str, facet: &str) -> String {
    let mut pairs = vec![format!("of={facet}")];
    if page != statements::SHAPE.page {
        pairs.push(format!("in={}", encoded(page)));
    }
    let own = format!("{facet}=");
    pairs.extend(pairs_of(view).into_iter().filter(|pair| !pair.starts_with(&own)));
    escaped(&format!("/values?{}", pairs.join("&")))
}

/// The page whose rows are counted: what its form asks for, its rows, and the query that counts them by a facet.
fn counted_in<'v>(view: &'v View, facet: &str) -> Result<(Shape<'v>, Chosen, String), Failed> {
    let query = |filter: &Filter, page: &str, by_statement| queries::values(view, filter, facet, page, by_statement);
    let of_statements = |shape: Shape<'v>| {
        let found = statements::chosen(view, &facets::filter(view));
        let query = query(&view.filter, shape.page, true);
        (shape, found, query)
    };
    Ok(match view.one("in")? {
        "" | "statements" => of_statements(statements::SHAPE),
        "articles" => {
            let (filter, shape) = (lists::filter_of_articles(view), lists::ARTICLES);
            let by_statement = facets::is_of_statements(&filter);
            let found = lists::chosen_articles(view, &filter);
            let query = query(&filter, shape.page, by_statement);
            (shape, found, query)
        }
        "incidents" => {
            let (filter, shape) = (lists::filter_of_incidents(view), lists::INCIDENTS);
            let by_statement = facets::is_of_statements(&filter);
            let found = lists::chosen_incidents(view, &filter);
            let query = query(&filter, shape.page, by_statement);
            (shape, found, query)
        }
        "speakers" => {
            let (filter, shape) = (lists::filter_of_speakers(view), lists::SPEAKERS);
            let found = lists::chosen_speakers(view, &filter);
            let query = query(&filter, shape.page, true);
            (shape, found, query)
        }
        "disputes" => {
            let (found, shape) = (lists::chosen_questions(view), lists::QUESTIONS);
            let iris: Vec<&str> =
                found.rows.iter().take(ROWS).map(|&q| view.all.questions[q as usize].iri.as_str()).collect();
            (shape, found, queries::questions(&iris))
        }
        "explore" => {
            let (filter, shape) = (explore::filter(view), explore::SHAPE);
            let found = statements::chosen(view, &explore::with_incidents(view));
            let query = query(&filter, shape.page, true);
            (shape, found, query)
        }
        page => match page.strip_prefix("ask/") {
            Some(name) if asked::is_there(name) => of_statements(Shape { page, ..asked::SHAPE }),
            _ => {
                let pages = "statements, articles, incidents, speakers, disputes, explore, or ask/ with a question";
                return Err(Failed::bad(format!("in={page}: use {pages}")));
            }
        },
    })
}

/// The pairs of the address that choose statements.
fn pairs_of(view: &View) -> Vec<String> {
    let kept = view.given.iter().filter(|(name, value)| {
        !value.is_empty() && !OWN.contains(&name.as_str()) && name != "as" && !name.ends_with(super::paging::ENDING)
    });
    kept.map(|(name, value)| format!("{}={}", encoded(name), encoded(value))).collect()
}

/// The part of the site that a page belongs to.
fn part_of(page: &str) -> &'static str {
    let first = page.split('/').next().unwrap_or_default();
    PARTS.iter().map(|(part, _)| *part).find(|part| part.trim_start_matches('/') == first).unwrap_or("/statements")
}

pub(super) fn page(view: &View) -> Result<Page, Failed> {
    let name = view.one("of")?;
    let Some(facet) = FACETS.iter().position(|own| *own == name) else {
        return Err(Failed::bad(format!("of={name}: use one of {}", FACETS.join(", "))));
    };
    let (shape, mut found, query) = counted_in(view, name)?;
    let mut values = std::mem::take(&mut found.counts[facet]);
    let words = view.one("has")?;
    if !words.is_empty() {
        let wanted = Wanted::new(words);
        values.retain(|(value, _)| wanted.are_in(value));
    }
    let title = match name {
        "publisher" => "Papers",
        "kind" => "Kinds of sources",
        "mode" => "How it was said",
        "measure" => "Measures",
        "place" => "Places",
        _ => "Speakers",
    };
    let paging = Paging::new(view, values.len(), ROWS)?;
    let pairs = pairs_of(view);
    let back = escaped(&format!("/{}?{}", shape.page, pairs.join("&")));
    let many = shape.rows[1];
    let lead = format!(
        "{} of <a href=\"{back}\">the chosen {many}</a>, those of most {many} first.",
        counted(values.len(), "value", "values")
    );
    let mut body = format!("<p class=\"crumb\"><a href=\"/\">Home</a> / <a href=\"{back}\">{}</a></p>", capital(many));
    body += &view.head(title, &lead, &query);
    let _ = write!(
        body,
        "<form class=\"controls\" action=\"/values\">{}<label>Words of the value <input type=\"search\" name=\"has\" value=\"{}\"></label><button>Show</button></form>",
        view.keep(&["has"]),
        escaped(words)
    );
    if values.is_empty() {
        body += &nothing("No value fits", "Try fewer words, or go back and take a filter away.");
    }
    let most = values.first().map_or(1, |(_, n)| *n).max(1);
    let _ = write!(
        body,
        "<table class=\"bars\"><thead><tr><th scope=\"col\">{title}</th><td></td><th scope=\"col\" class=\"n\">{many}</th></tr></thead><tbody>"
    );
    for (value, n) in paging.of_rows(&values) {
        let mut narrowed: Vec<&str> =
            pairs.iter().map(String::as_str).filter(|p| !p.starts_with(&format!("{name}="))).collect();
        let own = format!("{name}={}", encoded(value));
        narrowed.push(&own);
        let _ = write!(
            body,
            "<tr><td><a href=\"{}\">{}</a></td><td class=\"b\"><svg aria-hidden=\"true\"><rect class=\"fill0\" width=\"{:.1}%\" height=\"12\"/></svg></td><td class=\"n\">{}</td></tr>",
            escaped(&format!("/{}?{}", shape.page, narrowed.join("&"))),
            escaped(value_label(name, value)),
            *n as f64 * 100.0 / most as f64,
            whole(*n)
        );
    }
    let _ = write!(body, "</tbody></table>{}", paging.nav(view, "values"));
    let mut page = Page::new(part_of(shape.page), title, body);
    let columns = ["value", many].map(|title| Column { title: title.to_owned(), width: 24 }).to_vec();
    let rows = values.iter().map(|(value, n)| vec![Cell::text(value.as_str()), Cell::number(n.to_string())]).collect();
    page.sheets.push(Sheet { name: "values", columns, rows });
    Ok(page)
}
