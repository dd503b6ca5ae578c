//! One choice in three pictures: when it was said, who stands against whom, and where it happened. Each is a list, too.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;

use super::facets::{self, Shape};
use super::line::short;
use super::map::{self, Spot};
use super::network;
use super::paging::{Paging, is_place};
use super::{Failed, Page, View, counted, day, encoded, escaped, nothing, queries, span, statements};
use crate::graph::catalogue::{Filter, Row};
use crate::graph::export::sheet::{self, Place};

/// Bars of the timeline at most: more days are drawn as months, more months as years.
const BARS: usize = 240;
/// Places of a part of their list.
const PLACES: usize = 25;

/// The heading.
pub(super) const TITLE: &str = "When, where, who against whom";

/// What the page's form asks for.
pub(super) const SHAPE: Shape<'static> = Shape {
    page: "explore",
    rows: ["statement", "statements"],
    words: "Words",
    speaker: true,
    sure: true,
    voice: false,
};

/// What others than the papers say.
pub(super) fn filter(view: &View) -> Filter {
    Filter { attributed: true, ..view.filter.clone() }
}

/// The same, with the articles of the incidents of the address.
pub(super) fn with_incidents(view: &View) -> Filter {
    Filter { attributed: true, ..facets::filter(view) }
}

pub(super) fn page(view: &View) -> Result<Page, Failed> {
    let all = &view.all;
    let chosen = with_incidents(view);
    let found = statements::chosen(view, &chosen);
    let others = found.statements();
    let told = view.many("incident").filter_map(|iri| match all.row(iri)? {
        Row::Incident(at) => Some(all.incidents[at as usize].label.as_str()),
        _ => None,
    });
    let told: Vec<&str> = told.collect();
    let lead = format!(
        "{} by others than the papers themselves{}.",
        counted(others.len(), "statement", "statements"),
        if told.is_empty() { String::new() } else { format!(", told of {}", escaped(&told.join("; "))) }
    );
    let mut body = view.head(TITLE, &lead, &queries::statements(view, &filter(view)));
    body += &facets::form(view, &found, &SHAPE, facets::Place::Above);
    facets::chips(view, &mut body);
    if others.is_empty() {
        body += &nothing("Nothing fits", "Take one of the filters away, or <a href=\"/explore\">begin anew</a>.");
    } else {
        timeline(view, &others, &mut body);
        // Who is chosen stands against others, whoever they are.
        let all_speakers = Filter { speaker: Vec::new(), ..chosen.clone() };
        let beside = if chosen.speaker.is_empty() { others.clone() } else { all_speakers.choose(all).0 };
        network::section(view, &others, &beside, &mut body)?;
        places(view, &others, &mut body)?;
    }
    body += &facets::left_out(view, found.unsure, &SHAPE);
    let mut page = Page::new("/explore", "Explore", body);
    if !view.one("as")?.is_empty() {
        let place = Place { pages: Some(view.host.clone()) };
        page.sheets.push(sheet::statements(&view.site.store, all, &others, &place)?);
        page.sheets.push(sheet::speakers(all, &others, usize::MAX));
    }
    Ok(page)
}

/// Statements a day, a month or a year, as bars and as a list.
fn timeline(view: &View, chosen: &[u32], body: &mut String) {
    let all = &view.all;
    let mut days: Vec<&str> = chosen
        .iter()
        .map(|&s| &all.statements[s as usize])
        .map(|s| s.day(all.article(s)))
        .filter(|d| d.len() == 10)
        .collect();
    days.sort_unstable();
    body.push_str("<section aria-labelledby=\"h-tl\"><h2 id=\"h-tl\">When it was said</h2>");
    // A few words of long ago would make all bars thin.
    let most_days = days.iter().collect::<BTreeSet<_>>().len();
    let edge = if most_days > BARS { days.len() / 50 } else { 0 };
    let outside = edge * 2;
    let days = &days[edge..days.len() - edge];
    let (Some(first), Some(last)) = (days.first(), days.last()) else {
        body.push_str("<p>No day is known of these statements.</p></section>");
        return;
    };
    // The finest unit of which there is room for every one, with something said or not: an axis of time has no gaps.
    let (letters, all_of_them) = [10, 7, 4]
        .into_iter()
        .map(|letters| (letters, units(&first[..letters], &last[..letters])))
        .find(|(_, units)| !units.is_empty())
        .unwrap_or_default();
    let letters = if letters == 0 { 4 } else { letters };
    let mut counts: BTreeMap<&str, usize> = all_of_them.iter().map(|unit| (unit.as_str(), 0)).collect();
    days.iter().for_each(|d| *counts.entry(&d[..letters]).or_default() += 1);
    let most = counts.values().copied().max().unwrap_or(1);
    let unit = match letters {
        10 => "day",
        7 => "month",
        _ => "year",
    };
    let _ = write!(
        body,
        "<p class=\"small muted\">A bar a {unit}, {}; the highest stands for {}.{}</p><svg class=\"tl\" role=\"group\" aria-label=\"Statements a {unit}\">",
        span(days.iter().copied()),
        counted(most, "statement", "statements"),
        if outside > 0 {
            format!(" The {} said first and last are not drawn.", short(outside as f64))
        } else {
            String::new()
        }
    );
    let wide = 96.0 / counts.len() as f64;
    let each = counts.len().div_ceil(8);
    for (at, (when, n)) in counts.iter().enumerate() {
        let high = *n as f64 * 225.0 / most as f64;
        let x = 2.0 + wide * at as f64;
        let (since, until) = range(when);
        // Where nothing was said there is no bar.
        if *n > 0 {
            let _ = write!(
                body,
                "<a href=\"{}\" data-n=\"{n}\" aria-label=\"{}: {}\"><rect class=\"fill\" x=\"{x:.2}%\" width=\"{:.2}%\" y=\"{:.1}\" height=\"{high:.1}\"/></a>",
                rows_of(view, &[("since", &since), ("until", &until)]),
                escaped(&day(when)),
                counted(*n, "statement", "statements"),
                (wide * 0.82).max(0.2),
                245.0 - high
            );
        }
        if at % each == 0 {
            let anchor = if at == 0 {
                "start"
            } else if x > 90.0 {
                "end"
            } else {
                "middle"
            };
            // On a telephone there is room for every third.
            let minor = if (at / each).is_multiple_of(3) { "" } else { " class=\"minor\"" };
            let _ = write!(
                body,
                "<text{minor} x=\"{:.2}%\" y=\"265\" text-anchor=\"{anchor}\">{}</text>",
                x + wide * 0.4,
                escaped(&day(when))
            );
        }
    }
    let _ = write!(
        body,
        "<line class=\"axisline\" x1=\"2%\" x2=\"98%\" y1=\"245\" y2=\"245\"/></svg><details class=\"fold\"><summary>As a list</summary><ul class=\"pairs\">"
    );
    for (when, n) in counts.iter().filter(|(_, n)| **n > 0) {
        let (since, until) = range(when);
        let _ = write!(
            body,
            "<li><a href=\"{}\">{}</a> {}</li>",
            rows_of(view, &[("since", &since), ("until", &until)]),
            escaped(&day(when)),
            short(*n as f64)
        );
    }
    body.push_str("</ul></details></section>");
}

/// Every day, month or year from one to another; none where they are more than the bars that there is room for.
fn units(first: &str, last: &str) -> Vec<String> {
    let begin = |unit: &str| format!("{unit}{}", &"0000-01-01"[unit.len().min(10)..]).parse::<jiff::civil::Date>().ok();
    let (Some(mut now), Some(last)) = (begin(first), begin(last)) else { return Vec::new() };
    let step = match first.len() {
        10 => jiff::Span::new().days(1),
        7 => jiff::Span::new().months(1),
        _ => jiff::Span::new().years(1),
    };
    let mut out = Vec::new();
    while now <= last {
        if out.len() == BARS {
            return Vec::new();
        }
        out.push(now.to_string()[..first.len()].to_owned());
        match now.checked_add(step) {
            Ok(next) => now = next,
            Err(_) => break,
        }
    }
    out
}

/// The first and the last day of a day, month or year.
fn range(when: &str) -> (String, String) {
    match when.len() {
        10 => (when.to_owned(), when.to_owned()),
        7 => {
            let last = format!("{when}-01").parse::<jiff::civil::Date>().map_or(31, |d| d.days_in_month());
            (format!("{when}-01"), format!("{when}-{last:02}"))
        }
        _ => (format!("{when}-01-01"), format!("{when}-12-31")),
    }
}

/// The address of the statements of this choice, narrowed further.
pub(super) fn rows_of(view: &View, more: &[(&str, &str)]) -> String {
    rows_on(view, "statements", more)
}

/// The address of a page with this choice, narrowed further; a pair without a value is left out.
pub(super) fn rows_on(view: &View, page: &str, more: &[(&str, &str)]) -> String {
    let given = view
        .given
        .iter()
        .filter(|(n, v)| !v.is_empty() && n != "as" && !is_place(n) && more.iter().all(|(name, _)| n != name));
    let more = more.iter().copied().filter(|(_, value)| !value.is_empty());
    let pairs = given.map(|(n, v)| (n.as_str(), v.as_str())).chain(more);
    let pairs: Vec<String> = pairs.map(|(n, v)| format!("{}={}", encoded(n), encoded(v))).collect();
    escaped(&format!("/{page}?{}", pairs.join("&")))
}

/// The places that statements tell of.
fn places(view: &View, chosen: &[u32], body: &mut String) -> Result<(), Failed> {
    let all = &view.all;
    let mut counts: BTreeMap<&str, (usize, BTreeSet<u32>)> = BTreeMap::new();
    for &at in chosen {
        let statement = &all.statements[at as usize];
        for place in &statement.places {
            let count = counts.entry(place).or_default();
            count.0 += 1;
            count.1.insert(statement.article);
        }
    }
    body.push_str("<section aria-labelledby=\"h-pl\"><h2 id=\"h-pl\">Where it happened</h2>");
    if counts.is_empty() {
        body.push_str("<p>No event of these statements has a place.</p></section>");
        return Ok(());
    }
    let mut rows: Vec<_> = counts.into_iter().collect();
    rows.sort_by_key(|(name, (n, _))| (std::cmp::Reverse(*n), *name));
    let most = rows[0].1.0;
    let spots: Vec<Spot> = rows
        .iter()
        .filter_map(|(name, (count, _))| {
            Some(Spot { name, count: *count, point: all.points.get(*name).copied().or_else(|| map::country(name))? })
        })
        .collect();
    map::draw(view, &spots, rows.len() - spots.len(), body);
    body.push_str("<table class=\"bars\"><thead><tr><th scope=\"col\">Place</th><td></td><th scope=\"col\" class=\"n\">statements</th><th scope=\"col\" class=\"n\">articles</th></tr></thead><tbody>");
    let paging = Paging::of(view, "placepage", "h-pl", rows.len(), PLACES)?;
    for (name, (n, articles)) in paging.of_rows(&rows) {
        let _ = write!(
            body,
            "<tr><td><a href=\"{}\">{}</a></td><td class=\"b\"><svg aria-hidden=\"true\"><rect class=\"fill0\" width=\"{:.1}%\" height=\"12\"/></svg></td><td class=\"n\"><a href=\"{0}\">{n}</a></td><td class=\"n\">{3}</td></tr>",
            rows_of(view, &[("place", name), ("voice", "others")]),
            escaped(name),
            *n as f64 * 100.0 / most as f64,
            match view.filter.about.is_empty() {
                // Words are looked for in headlines there.
                false => articles.len().to_string(),
                true => format!(
                    "<a href=\"{}\">{}</a>",
                    rows_on(view, "articles", &[("place", name), ("voice", "others")]),
                    articles.len()
                ),
            }
        );
    }
    let _ = write!(body, "</tbody></table>{}</section>", paging.nav(view, "places"));
    Ok(())
}
