//! All values of a facet with their counts, for the statements that the rest of the address chooses: `/values?of=publisher`.

use std::fmt::Write;

use super::line::whole;
use super::paging::Paging;
use super::statements::{FACETS, chosen, query_of_values, value_label};
use super::{Failed, Page, View, counted, encoded, escaped, nothing};
use crate::graph::export::sheet::{Cell, Column, Sheet};
use crate::graph::words::Wanted;

/// Rows of a page.
const ROWS: usize = 100;

/// Names of the address that belong to this page alone.
const OWN: [&str; 2] = ["of", "has"];

/// The address of the values of a facet, for what else a page chooses.
pub(super) fn address(view: &View, facet: &str) -> String {
    let mut pairs = vec![format!("of={facet}")];
    let own = format!("{facet}=");
    pairs.extend(pairs_of(view).into_iter().filter(|pair| !pair.starts_with(&own)));
    escaped(&format!("/values?{}", pairs.join("&")))
}

/// The pairs of the address that choose statements.
fn pairs_of(view: &View) -> Vec<String> {
    let kept = view.given.iter().filter(|(name, value)| {
        !value.is_empty() && !OWN.contains(&name.as_str()) && name != "as" && !name.ends_with(super::paging::ENDING)
    });
    kept.map(|(name, value)| format!("{}={}", encoded(name), encoded(value))).collect()
}

pub(super) fn page(view: &View) -> Result<Page, Failed> {
    let name = view.one("of")?;
    let Some(facet) = FACETS.iter().position(|(own, _)| *own == name) else {
        let names: Vec<&str> = FACETS.iter().map(|(own, _)| *own).collect();
        return Err(Failed::bad(format!("of={name}: use one of {}", names.join(", "))));
    };
    let mut values = std::mem::take(&mut chosen(view).counts[facet]);
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
    let back = escaped(&format!("/statements?{}", pairs.join("&")));
    let lead = format!(
        "{} of <a href=\"{back}\">the chosen statements</a>, those of most statements first.",
        counted(values.len(), "value", "values")
    );
    let mut body = format!("<p class=\"crumb\"><a href=\"/\">Home</a> / <a href=\"{back}\">Statements</a></p>");
    body += &view.head(title, &lead, &query_of_values(view, facet));
    let _ = write!(
        body,
        "<form class=\"controls\" action=\"/values\">{}<label>Words of the value <input type=\"search\" name=\"has\" value=\"{}\"></label><button>Show</button></form>",
        view.keep(&["has"]),
        escaped(words)
    );
    if values.is_empty() {
        body += &nothing("No value fits", "Try fewer words, or go back to the statements and take a filter away.");
    }
    let most = values.first().map_or(1, |(_, n)| *n).max(1);
    let _ = write!(
        body,
        "<table class=\"bars\"><thead><tr><th scope=\"col\">{title}</th><td></td><th scope=\"col\" class=\"n\">statements</th></tr></thead><tbody>"
    );
    for (value, n) in paging.of_rows(&values) {
        let mut narrowed: Vec<&str> =
            pairs.iter().map(String::as_str).filter(|p| !p.starts_with(&format!("{name}="))).collect();
        let own = format!("{name}={}", encoded(value));
        narrowed.push(&own);
        let _ = write!(
            body,
            "<tr><td><a href=\"{}\">{}</a></td><td class=\"b\"><svg aria-hidden=\"true\"><rect class=\"fill0\" width=\"{:.1}%\" height=\"12\"/></svg></td><td class=\"n\">{}</td></tr>",
            escaped(&format!("/statements?{}", narrowed.join("&"))),
            escaped(value_label(name, value)),
            *n as f64 * 100.0 / most as f64,
            whole(*n)
        );
    }
    let _ = write!(body, "</tbody></table>{}", paging.nav(view, "values"));
    let mut page = Page::new("/statements", title, body);
    let columns = ["value", "statements"].map(|title| Column { title: title.to_owned(), width: 24 }).to_vec();
    let rows = values.iter().map(|(value, n)| vec![Cell::text(value.as_str()), Cell::number(n.to_string())]).collect();
    page.sheets.push(Sheet { name: "values", columns, rows });
    Ok(page)
}
