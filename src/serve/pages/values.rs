//! All values of a facet with their counts, for the rows that the rest of the address chooses: `/values?of=publisher` of the
//! statements, with `in=articles` of the articles.

use std::fmt::Write;

use hyper::StatusCode;

use super::facets::{self, Chosen, FACETS, Shape, value_label};
use super::line::whole;
use super::paging::Paging;
use super::{
    Failed, PARTS, Page, View, asked, capital, counted, encoded, escaped, explore, home, lists, nothing, queries,
    question, review, speaker, statements,
};
use crate::graph::catalogue::{Filter, Row};
use crate::graph::export::sheet::{Cell, Column, Sheet};
use crate::graph::words::Wanted;

/// Rows of a page.
const ROWS: usize = 100;

/// Names of the address that belong to this page alone.
const OWN: [&str; 3] = ["of", "has", "in"];

/// The address of the values of a facet, for what else a page chooses.
pub(super) fn address(view: &View, page: &str, facet: &str) -> String {
    let mut pairs = vec![format!("of={facet}")];
    match page {
        "statements" => {}
        // The first page has no name in its address.
        "" => pairs.push("in=home".to_owned()),
        page => pairs.push(format!("in={}", encoded(page))),
    }
    let own = format!("{facet}=");
    pairs.extend(pairs_of(view).into_iter().filter(|pair| !pair.starts_with(&own)));
    escaped(&format!("/values?{}", pairs.join("&")))
}

/// The rows that are counted, what the form of their page asks for, and the query that counts them by a facet.
fn counted_in<'v>(view: &'v View, facet: &str) -> Result<(Shape<'v>, Chosen, String), Failed> {
    let Some(shape) = shape(view)? else {
        let pages = "statements, articles, incidents, speakers, disputes, explore, home, review, review/verdict, review/link, review/merge, ask/ with a question, or entity, incident or question with an iri";
        return Err(Failed::bad(format!("in={}: use {pages}", view.one("in")?)));
    };
    let own = |filter: Filter| Filter { min_confidence: view.filter.min_confidence, ..filter };
    // What is not in the graph no query counts.
    match shape.page {
        "review/verdict" => {
            let found = review::chosen(view, "verdict")?;
            let way =
                "  ?statement sayso:content ?claim . ?verdict a sayso:Comparison ; sayso:left|sayso:right ?claim .\n";
            let query = queries::values(view, &own(view.filter.clone()), facet, ("verdict", way), true);
            return Ok((shape, found, query));
        }
        "review/link" | "review/merge" => {
            let kind = shape.page.trim_start_matches("review/");
            return Ok((shape, review::chosen(view, kind)?, String::new()));
        }
        "question" => {
            let Some(Row::Question(at)) = view.all.row(view.one("iri")?) else { return Err(missing()) };
            let found = question::chosen(view, at);
            let iri = &view.all.questions[at as usize].iri;
            let way = format!("  ?statement sayso:content ?figure . ?figure sayso:answers <{iri}> .\n");
            let query = queries::values(view, &own(view.filter.clone()), facet, ("figure", &way), true);
            return Ok((shape, found, query));
        }
        "incident" => {
            let Some(Row::Incident(at)) = view.all.row(view.one("iri")?) else { return Err(missing()) };
            let way = format!("  ?article sayso:incident <{}> .\n", view.all.incidents[at as usize].iri);
            let query = queries::values(view, &own(view.filter.clone()), facet, ("statement", &way), true);
            return Ok((shape, lists::chosen_of_incident(view, at), query));
        }
        "entity" => {
            let (found, speaker) = speaker::chosen(view)?;
            let filter = Filter { speaker, attributed: true, ..own(view.filter.clone()) };
            return Ok((shape, found, queries::values(view, &filter, facet, ("statement", ""), true)));
        }
        _ => {}
    }
    // The query has the incidents of the address by themselves; rows are chosen by their articles.
    let (found, filter, by_statement) = match shape.page {
        "articles" => {
            let filter = lists::filter_of_articles(view);
            let by_statement = facets::is_of_statements(&filter);
            (lists::chosen_articles(view, &filter), filter, by_statement)
        }
        "incidents" => {
            let filter = lists::filter_of_incidents(view);
            let by_statement = facets::is_of_statements(&filter);
            (lists::chosen_incidents(view, &filter), filter, by_statement)
        }
        "speakers" => {
            let filter = lists::filter_of_speakers(view);
            (lists::chosen_speakers(view, &filter), filter, true)
        }
        "disputes" => {
            let found = lists::chosen_questions(view);
            let iris: Vec<&str> =
                found.rows.iter().take(ROWS).map(|&q| view.all.questions[q as usize].iri.as_str()).collect();
            let query = queries::questions(&iris);
            return Ok((shape, found, query));
        }
        // What others than the papers say, unless a review is of all.
        "" | "explore" | "review" => {
            let attributed = shape.page != "review" || view.one("voice")? != "all";
            let own = |filter: Filter| Filter { attributed, ..filter };
            (statements::chosen(view, &own(facets::filter(view))), own(view.filter.clone()), true)
        }
        _ => (statements::chosen(view, &facets::filter(view)), view.filter.clone(), true),
    };
    let query = queries::values(view, &filter, facet, queries::rows_of(shape.page), by_statement);
    Ok((shape, found, query))
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
    let first = match page.split('/').next().unwrap_or_default() {
        "entity" => "speakers",
        "incident" => "incidents",
        "question" => "disputes",
        first => first,
    };
    PARTS.iter().map(|(part, _)| *part).find(|part| part.trim_start_matches('/') == first).unwrap_or("/statements")
}

fn missing() -> Failed {
    Failed::new(StatusCode::NOT_FOUND, "there is nothing of this iri")
}

/// What the page whose rows are counted asks for; nothing where there is no such page.
fn shape<'v>(view: &'v View) -> Result<Option<Shape<'v>>, Failed> {
    Ok(Some(match view.one("in")? {
        "" | "statements" => statements::SHAPE,
        "review" => review::SHAPE,
        "articles" => lists::ARTICLES,
        "incidents" => lists::INCIDENTS,
        "speakers" => lists::SPEAKERS,
        "disputes" => lists::QUESTIONS,
        "explore" => explore::SHAPE,
        "home" => home::SHAPE,
        "entity" => speaker::SHAPE,
        "incident" => lists::INCIDENT,
        "question" => question::SHAPE,
        "review/verdict" => Shape { ..*review::shape("verdict") },
        "review/link" => Shape { ..*review::shape("link") },
        "review/merge" => Shape { ..*review::shape("merge") },
        page => match page.strip_prefix("ask/") {
            Some(name) if asked::is_there(name) => Shape { page, ..asked::SHAPE },
            _ => return Ok(None),
        },
    }))
}

/// Whether the address asks for values that there are.
pub(super) fn is_asked(view: &View) -> Result<bool, Failed> {
    Ok(FACETS.contains(&view.one("of")?) && shape(view)?.is_some())
}

/// The part of the site that the page belongs to, and what it is called.
pub(super) fn part(view: &View) -> Result<&'static str, Failed> {
    Ok(part_of(shape(view)?.map_or("statements", |shape| shape.page)))
}

pub(super) fn title(view: &View) -> Result<&'static str, Failed> {
    Ok(match view.one("of")? {
        "publisher" => "Papers",
        "kind" => "Kinds of sources",
        "mode" => "How it was said",
        "measure" => "Measures",
        "place" => "Places",
        _ => "Speakers",
    })
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
    let title = self::title(view)?;
    let paging = Paging::new(view, values.len(), ROWS)?;
    let pairs = pairs_of(view);
    let (path, own) = shape.address();
    let back = {
        let pairs: Vec<&str> = own.iter().chain(&pairs).map(String::as_str).collect();
        escaped(&format!("/{path}?{}", pairs.join("&")))
    };
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
        let chosen = format!("{name}={}", encoded(value));
        narrowed.extend(own.as_deref());
        narrowed.push(&chosen);
        let _ = write!(
            body,
            "<tr><td><a href=\"{}\">{}</a></td><td class=\"b\"><svg aria-hidden=\"true\"><rect class=\"fill0\" width=\"{:.1}%\" height=\"12\"/></svg></td><td class=\"n\">{}</td></tr>",
            escaped(&format!("/{path}?{}", narrowed.join("&"))),
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
