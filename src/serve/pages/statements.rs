//! Statements that fit: by words, days, speaker, paper, kind of source and confidence, with what the filter leaves out.

use std::collections::BTreeMap;
use std::fmt::Write;

use super::line::short;
use super::lists::{self, turning};
use super::{
    Failed, Page, View, counted, day, escaped, field, kinds_of_sources, link, nothing, printed, stance, sure, who,
    words,
};
use crate::graph::catalogue::{Row, source_kind};
use crate::graph::export::sheet::{self, Place};
use crate::graph::view::{Kind, find_entities};
use crate::graph::words::Wanted;

/// Rows of a page, values of a facet.
const ROWS: usize = 50;
const VALUES: usize = 12;

pub(super) fn page(view: &View) -> Result<Page, Failed> {
    let all = &view.all;
    let mut filter = view.filter.clone();
    for iri in view.many("incident") {
        if let Some(Row::Incident(at)) = all.row(iri) {
            let articles = &all.incidents[at as usize].articles;
            filter.document.extend(articles.iter().map(|&a| all.articles[a as usize].iri.clone()));
        }
    }
    let modes: Vec<&str> = view.many("mode").collect();
    let measures: Vec<&str> = view.many("measure").collect();
    // Each facet counts what the other filters leave.
    let (papers, kinds) = (std::mem::take(&mut filter.publisher), std::mem::take(&mut filter.source_kind));
    let core = filter.ready();
    let paper_wanted: Vec<_> = papers.iter().map(|p| Wanted::new(p)).collect();
    let mut counts: [BTreeMap<&str, usize>; 6] = Default::default();
    let mut chosen = Vec::new();
    let mut unsure = 0;
    let mut histogram = [0usize; 20];
    for (at, statement) in all.statements.iter().enumerate() {
        if !core.admits(all, statement) {
            continue;
        }
        let article = all.article(statement);
        let paper = article.paper();
        let kind = source_kind(&statement.kind);
        let fits = [
            papers.is_empty() || paper_wanted.iter().any(|w| w.are_in(paper)),
            kinds.is_empty() || kinds.iter().any(|k| k == kind),
            modes.is_empty() || modes.contains(&statement.mode.as_str()),
            measures.is_empty()
                || statement.figures.iter().any(|&f| measures.contains(&all.figures[f as usize].measure.as_str())),
        ];
        let misses = fits.iter().filter(|fits| !**fits).count();
        if misses == 0 {
            let place = (statement.sure() * 20.0).floor().clamp(0.0, 19.0) as usize;
            if statement.confidence.is_some() {
                histogram[place] += 1;
            }
        }
        if !filter.trusts(statement) {
            unsure += usize::from(misses == 0);
            continue;
        }
        for (facet, value) in [paper, kind, statement.mode.as_str()].into_iter().enumerate() {
            if misses == 0 || misses == 1 && !fits[facet] {
                *counts[facet].entry(value).or_default() += 1;
            }
        }
        if misses == 0 || misses == 1 && !fits[3] {
            let mut own: Vec<&str> =
                statement.figures.iter().map(|&f| all.figures[f as usize].measure.as_str()).collect();
            own.sort_unstable();
            own.dedup();
            own.into_iter().for_each(|measure| *counts[4].entry(measure).or_default() += 1);
        }
        if misses == 0 {
            for place in &statement.places {
                *counts[5].entry(place).or_default() += 1;
            }
            for &agent in statement.speakers.iter().filter(|_| !statement.is_narrator()) {
                *counts[3].entry(&all.agents[agent as usize].name).or_default() += 1;
            }
            chosen.push(at as u32);
        }
    }
    match view.one("sort")? {
        "confidence" => chosen.sort_by(|&a, &b| {
            all.statements[b as usize].sure().total_cmp(&all.statements[a as usize].sure()).then(a.cmp(&b))
        }),
        "speaker" => chosen.sort_by_cached_key(|&a| (all.who(&all.statements[a as usize]), a)),
        "latest" => chosen.reverse(),
        _ => {}
    }
    let title = match filter.about.first() {
        Some(words) => format!("{} with “{}”", counted(chosen.len(), "statement", "statements"), escaped(words)),
        None => counted(chosen.len(), "statement", "statements"),
    };
    let mut body = view.head(&title, "Filter on the left; every row leads to its sentence.", &query(view));
    names(view, &mut body)?;
    let _ = write!(
        body,
        "<div class=\"res\"><form class=\"facets\" action=\"/statements\" aria-label=\"Filters\" data-send>{}<details class=\"filters\" open><summary>Filters</summary>",
        view.keep(&["publisher", "kind", "mode", "measure", "place", "min", "since", "until", "speaker", "q", "voice"])
    );
    let _ = write!(
        body,
        "<fieldset><legend>Words</legend><div class=\"pair\">{}{}</div></fieldset><fieldset><legend>Days</legend><div class=\"pair\">{}{}</div></fieldset>",
        field("q", "search", "has", filter.about.first().map_or("", String::as_str)),
        field("speaker", "search", "who", filter.speaker.first().map_or("", String::as_str)),
        field("since", "date", "from", filter.since.as_deref().unwrap_or_default()),
        field("until", "date", "to", filter.until.as_deref().unwrap_or_default())
    );
    confidence(view, &histogram, &mut body);
    let kinds_given: Vec<&str> = kinds.iter().map(String::as_str).collect();
    let papers_given: Vec<&str> = papers.iter().map(String::as_str).collect();
    facet("Kind of source", "kind", &counts[1], &kinds_given, &mut body);
    facet("Paper", "publisher", &counts[0], &papers_given, &mut body);
    facet("How", "mode", &counts[2], &modes, &mut body);
    facet("Measure", "measure", &counts[4], &measures, &mut body);
    let places: Vec<&str> = filter.place.iter().map(String::as_str).collect();
    facet("Place", "place", &counts[5], &places, &mut body);
    let checked = if filter.attributed { " checked" } else { "" };
    let _ = write!(
        body,
        "<fieldset><legend>Voice</legend><label class=\"f\"><input type=\"checkbox\" name=\"voice\" value=\"others\"{checked}><span>without the papers’ own voice</span><span></span></label></fieldset>"
    );
    speakers(view, &counts[3], &mut body);
    body.push_str("<button>Show</button></details></form><section aria-labelledby=\"h-list\">");
    let _ = write!(
        body,
        "<div class=\"bar2\"><h2 id=\"h-list\" class=\"plainh\">{}</h2><nav class=\"small\" aria-label=\"Order\">",
        counted(chosen.len(), "row", "rows")
    );
    for (value, label) in
        [("", "first printed"), ("latest", "last printed"), ("speaker", "speaker"), ("confidence", "surest")]
    {
        if view.one("sort")? == value {
            let _ = write!(body, " <b>{label}</b>");
        } else {
            let _ = write!(body, " <a href=\"{}\">{label}</a>", view.with("sort", value));
        }
    }
    body.push_str("</nav></div>");
    if unsure > 0 {
        let _ = write!(
            body,
            "<p class=\"left\" role=\"status\"><b>{} left out</b> as less sure. <a href=\"{}\">Show all</a></p>",
            counted(unsure, "row is", "rows are"),
            view.with("min", "0")
        );
    }
    chips(view, &mut body);
    if chosen.is_empty() {
        body +=
            &nothing("No statement fits", "Take one of the filters away, or <a href=\"/statements\">begin anew</a>.");
    } else {
        let at = view.one("page")?.parse::<usize>().ok().and_then(|n| n.checked_sub(1)).unwrap_or(0);
        body.push_str("<table class=\"list\"><thead><tr><th scope=\"col\">Day</th><th scope=\"col\">Who</th><th scope=\"col\">Said what</th><th scope=\"col\" class=\"p\">Paper</th><th scope=\"col\">Confidence</th></tr></thead><tbody>");
        for &row in chosen.iter().skip(at * ROWS).take(ROWS) {
            let statement = &all.statements[row as usize];
            let _ = write!(
                body,
                "<tr><td class=\"d nowrap small\">{}</td><td class=\"s\">{}</td><td class=\"w\"><span class=\"muted small\">{}</span> {}{} <a class=\"small muted\" href=\"/statement?iri={}\">why</a></td><td class=\"p small muted\">{}</td><td class=\"c small nowrap\">{}</td></tr>",
                escaped(&day(statement.day(all.article(statement)))),
                who(all, statement),
                escaped(&statement.cue),
                words(all, row),
                stance(statement),
                super::encoded(&statement.iri),
                printed(all, row),
                sure(statement)
            );
        }
        body.push_str("</tbody></table>");
        body += &turning(view, at, chosen.len(), ROWS);
    }
    body.push_str("</section></div>");
    let mut page = Page::new("/statements", "Statements", body);
    if !view.one("as")?.is_empty() {
        let place = Place { pages: Some(view.host.clone()) };
        page.sheets.push(sheet::statements(&view.site.store, all, &chosen, &place)?);
    }
    Ok(page)
}

/// The things that the words name.
fn names(view: &View, body: &mut String) -> Result<(), Failed> {
    let Some(wanted) = view.filter.about.first() else { return Ok(()) };
    // Those who speak are known already; things that are only named are looked for where few speak.
    let words = Wanted::new(wanted);
    let heard = lists::heard(&view.all, |_| true);
    let heard = heard.iter().map(|row| &view.all.agents[row.agent as usize]).filter(|agent| words.are_in(&agent.name));
    let mut found: Vec<(String, String, Kind)> =
        heard.map(|agent| (agent.iri.clone(), agent.name.clone(), agent.kind)).collect();
    if found.len() < 8 {
        for other in find_entities(&view.site.store, wanted)? {
            if !found.iter().any(|(iri, ..)| *iri == other.0) {
                found.push(other);
            }
        }
    }
    // "About 8,000 people" is named by its words, and is nobody who could be looked for.
    found.retain(|(iri, _, kind)| {
        matches!(kind, Kind::Person | Kind::Organization | Kind::Place)
            || matches!(view.all.row(iri), Some(Row::Agent(_)))
    });
    if found.is_empty() {
        return Ok(());
    }
    body.push_str("<p><span class=\"muted\">By name:</span> ");
    for (at, (iri, label, kind)) in found.iter().take(8).enumerate() {
        let _ = write!(
            body,
            "{}{} <span class=\"small muted\">{}</span>",
            if at > 0 { ", " } else { "" },
            link("/entity", iri, label),
            kind.as_str()
        );
    }
    if found.len() > 8 {
        let _ = write!(body, " and {} more", found.len() - 8);
    }
    body.push_str("</p>");
    Ok(())
}

/// The values of a facet with their counts, the most frequent first; those that are chosen always.
fn facet(title: &str, name: &str, counts: &BTreeMap<&str, usize>, given: &[&str], body: &mut String) {
    let mut values: Vec<(&str, usize)> = counts.iter().map(|(v, n)| (*v, *n)).filter(|(v, _)| !v.is_empty()).collect();
    if name == "kind" {
        for kind in kinds_of_sources() {
            if !counts.contains_key(kind) && given.contains(&kind) {
                values.push((kind, 0));
            }
        }
    }
    values.sort_by_key(|(value, n)| (!given.contains(value), std::cmp::Reverse(*n), *value));
    if values.is_empty() {
        return;
    }
    let _ = write!(body, "<fieldset><legend>{title}</legend>");
    for (value, n) in values.iter().take(VALUES.max(given.len())) {
        let checked = if given.contains(value) { " checked" } else { "" };
        let label = match (name, *value) {
            ("mode", "narrator") => "own voice of the paper",
            (_, value) => value,
        };
        let _ = write!(
            body,
            "<label class=\"f\"><input type=\"checkbox\" name=\"{name}\" value=\"{}\"{checked}><span>{}</span><span>{}</span></label>",
            escaped(value),
            escaped(label),
            short(*n as f64)
        );
    }
    if values.len() > VALUES {
        let _ = write!(body, "<p class=\"small muted\">{} more</p>", values.len() - VALUES);
    }
    body.push_str("</fieldset>");
}

/// The least confidence, with how many rows have which.
fn confidence(view: &View, histogram: &[usize; 20], body: &mut String) {
    let least = view.filter.min_confidence.unwrap_or(0.0);
    let most = histogram.iter().copied().max().unwrap_or(0).max(1);
    body.push_str("<fieldset><legend>Confidence</legend><svg class=\"hist\" aria-hidden=\"true\">");
    for (at, n) in histogram.iter().enumerate() {
        let high = *n as f64 * 44.0 / most as f64;
        let class = if (at as f64 + 1.0) / 20.0 > least + 1e-9 { "fill" } else { "fillx" };
        let _ = write!(
            body,
            "<rect class=\"{class}\" x=\"{}%\" width=\"4.4%\" y=\"{:.1}\" height=\"{high:.1}\"/>",
            at * 5,
            46.0 - high
        );
    }
    let _ = write!(
        body,
        "</svg><label class=\"small\">at least <input type=\"number\" name=\"min\" min=\"0\" max=\"1\" step=\"0.05\" value=\"{least:.2}\"></label></fieldset>"
    );
}

/// The speakers heard most among the rows.
fn speakers(view: &View, counts: &BTreeMap<&str, usize>, body: &mut String) {
    let mut values: Vec<(&str, usize)> = counts.iter().map(|(v, n)| (*v, *n)).collect();
    values.sort_by_key(|(value, n)| (std::cmp::Reverse(*n), *value));
    if values.is_empty() {
        return;
    }
    body.push_str("<fieldset><legend>Heard most here</legend><ul class=\"small\">");
    for (name, n) in values.iter().take(VALUES) {
        let _ = write!(
            body,
            "<li><a href=\"{}\">{}</a> <span class=\"muted\">{n}</span></li>",
            view.with("speaker", name),
            escaped(name)
        );
    }
    body.push_str("</ul></fieldset>");
}

/// The active filters; each can be taken away.
fn chips(view: &View, body: &mut String) {
    let mut out = String::new();
    for (name, value) in &view.given {
        let label = match name.as_str() {
            "q" => format!("words: {value}"),
            "speaker" => format!("who: {value}"),
            "publisher" => format!("paper: {value}"),
            "place" => format!("place: {value}"),
            "document" => format!("article: {value}"),
            "kind" => format!("source: {value}"),
            "mode" => format!("how: {value}"),
            "measure" => format!("measure: {value}"),
            "since" => format!("from {value}"),
            "until" => format!("to {value}"),
            "min" => format!("confidence ≥ {value}"),
            "voice" => "without own voice".to_owned(),
            "incident" => match view.all.row(value) {
                Some(Row::Incident(at)) => format!("incident: {}", view.all.incidents[at as usize].label),
                _ => continue,
            },
            _ => continue,
        };
        if !value.is_empty() {
            let _ = write!(out, "<a href=\"{}\">{}</a>", view.without(name, value), escaped(&label));
        }
    }
    if !out.is_empty() {
        let _ = write!(body, "<div class=\"chips\">{out}</div>");
    }
}

/// The query that gives these rows.
fn query(view: &View) -> String {
    let literal = |text: &str| oxigraph::model::Literal::new_simple_literal(text).to_string();
    let filter = &view.filter;
    let mut conditions = String::new();
    if let Some(words) = filter.about.first() {
        let _ = writeln!(conditions, "  FILTER(sayso:matches(?words, {}))", literal(words));
    }
    if let Some(name) = filter.speaker.first() {
        let _ = writeln!(conditions, "  FILTER(sayso:matches(?who, {}))", literal(name));
    }
    if let Some(paper) = filter.publisher.first() {
        let _ = writeln!(
            conditions,
            "  ?article sayso:publisher/rdfs:label ?paper . FILTER(sayso:matches(?paper, {}))",
            literal(paper)
        );
    }
    if let Some(since) = &filter.since {
        let _ = writeln!(conditions, "  FILTER(STR(?said) >= {})", literal(since));
    }
    if let Some(until) = &filter.until {
        let _ = writeln!(conditions, "  FILTER(STR(?said) <= {})", literal(until));
    }
    if let Some(least) = filter.min_confidence.filter(|m| *m > 0.0) {
        let _ = writeln!(
            conditions,
            "  OPTIONAL {{ ?statement sayso:confidence ?confidence }} FILTER(COALESCE(?confidence, 1.0) >= {least:.2})"
        );
    }
    format!(
        "SELECT DISTINCT ?said ?who ?cue ?words ?title WHERE {{
  ?statement a sayso:Statement ; sayso:words ?words ; sayso:reportedIn ?article .
  OPTIONAL {{ ?statement sayso:speaker/rdfs:label ?name }}
  OPTIONAL {{ ?statement sayso:source ?source }}
  BIND(COALESCE(?name, ?source, \"\") AS ?who)
  OPTIONAL {{ ?statement sayso:cue ?cue }}
  OPTIONAL {{ ?statement sayso:saidLatest ?said }}
  OPTIONAL {{ ?article sayso:title ?title }}
{conditions}}} ORDER BY ?said ?who"
    )
}
