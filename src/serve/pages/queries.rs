//! The queries behind the pages: SPARQL that gives the rows that a page shows, with its filters.
//!
//! Queries read the graph, pages the rows of the catalogue: what people decided since the last build, and what is worked
//! out from several rows, as who counts as one voice, no query has.

use std::fmt::Write;

use super::View;
use super::facets::FACETS;
use crate::graph::catalogue::{Filter, Row, SOURCE_KINDS};

/// The statements of a choice.
pub(super) fn statements(view: &View, filter: &Filter) -> String {
    format!(
        "SELECT DISTINCT ?said ?who ?cue ?words ?title ?statement WHERE {{
{}  OPTIONAL {{ ?statement sayso:speaker/rdfs:label ?name }}
  OPTIONAL {{ ?statement sayso:source ?source }}
  BIND(COALESCE(?name, ?source, \"\") AS ?who)
  OPTIONAL {{ ?statement sayso:cue ?cue }}
  OPTIONAL {{ ?article sayso:title ?title }}
}} ORDER BY ?said ?who",
        conditions(view, filter)
    )
}

/// Who speaks in them. A name in full is one's in every article, another only in its own.
pub(super) fn speakers(view: &View, filter: &Filter) -> String {
    format!(
        "SELECT ?who (COUNT(DISTINCT ?statement) AS ?statements) (COUNT(DISTINCT ?article) AS ?articles) WHERE {{
{}{ONE}}} GROUP BY ?one ?who ORDER BY DESC(?statements) ?who",
        conditions(view, filter)
    )
}

/// The speaker of a statement, and what it is known by.
const ONE: &str = "  ?statement sayso:speaker ?by . ?by rdfs:label ?who .
  OPTIONAL { ?by a ?sort FILTER(?sort = sayso:Organization || (?sort = sayso:Person && CONTAINS(?who, \" \"))) }
  BIND(IF(BOUND(?sort), CONCAT(STR(?sort), \" \", ?who), STR(?by)) AS ?one)
";

/// The articles that a filter takes, or, where it chooses among statements, those with one of them.
pub(super) fn articles(view: &View, filter: &Filter, by_statement: bool) -> String {
    format!(
        "SELECT DISTINCT ?published ?paper ?title ?identifier ?article WHERE {{
{}  ?article sayso:identifier ?identifier .
  OPTIONAL {{ ?article sayso:title ?title }}
  OPTIONAL {{ ?article sayso:published ?published }}
  OPTIONAL {{ ?article sayso:publisher/rdfs:label ?paper }}
}} ORDER BY DESC(?published) ?identifier",
        told(view, filter, by_statement)
    )
}

/// The incidents of which such articles tell, with all their articles counted.
pub(super) fn incidents(view: &View, filter: &Filter, words: &[String], by_statement: bool) -> String {
    let named = match words {
        [] => String::new(),
        words => {
            let condition = |words: &str| format!("sayso:matches(?label, {})", literal(words));
            format!(" FILTER({})", either(words, &condition))
        }
    };
    format!(
        "SELECT ?incident ?label (COUNT(DISTINCT ?told) AS ?articles) WHERE {{
  {{ SELECT DISTINCT ?incident WHERE {{
{}  ?article sayso:incident ?incident .
  }} }}
  ?incident rdfs:label ?label .{named}
  ?told sayso:incident ?incident .
}} GROUP BY ?incident ?label ORDER BY DESC(?articles) ?label",
        told(view, filter, by_statement)
    )
}

/// The figures of some questions. Which questions have several voices no query works out: they are named.
pub(super) fn questions(iris: &[&str]) -> String {
    let named: Vec<String> = iris.iter().map(|iri| format!("    <{iri}>")).collect();
    format!(
        "SELECT DISTINCT ?question ?measure ?counted ?figure ?who ?words ?title ?published WHERE {{
  VALUES ?question {{
{}
  }}
  ?claim sayso:answers ?question ; sayso:quantity/sayso:surface ?figure .
  ?statement sayso:content ?claim ; sayso:words ?words ; sayso:reportedIn ?article .
  OPTIONAL {{ ?question sayso:measure ?measure }}
  OPTIONAL {{ ?question sayso:counted ?counted }}
  OPTIONAL {{ ?statement sayso:speaker/rdfs:label ?who }}
  OPTIONAL {{ ?article sayso:title ?title }}
  OPTIONAL {{ ?article sayso:published ?published }}
}} ORDER BY ?question ?figure ?who",
        named.join("\n")
    )
}

/// The query that counts the rows of a page by the values of a facet.
/// Rows are called by what stands for one, with the way to it from a statement and its article.
pub(super) fn values(
    view: &View,
    filter: &Filter,
    facet: &str,
    (row, also): (&str, &str),
    by_statement: bool,
) -> String {
    let way = match facet {
        "publisher" => "?article sayso:publisher/rdfs:label ?value",
        "kind" => "?statement sayso:sourceKind ?value",
        "mode" => "?statement sayso:mode ?value",
        "measure" => "?statement sayso:content/sayso:quantity/sayso:measure ?value",
        "place" => "?statement sayso:content/sayso:about/sayso:place/rdfs:label ?value",
        _ => "?statement sayso:speaker/rdfs:label ?value",
    };
    // A paper speaks in its own voice in every article of its own: it is no speaker beside the others.
    let filter = Filter { attributed: filter.attributed || facet == FACETS[5], ..filter.clone() };
    let conditions = match row {
        "article" | "incident" => told(view, &filter, by_statement || facet != FACETS[0]),
        _ => conditions(view, &filter),
    };
    format!(
        "SELECT ?value (COUNT(DISTINCT ?{row}) AS ?{row}s) WHERE {{
{conditions}{also}  {way}
}} GROUP BY ?value ORDER BY DESC(?{row}s) ?value"
    )
}

/// What stands for a row of a page, and the way to it.
pub(super) fn rows_of(page: &str) -> (&'static str, &'static str) {
    match page {
        "articles" => ("article", ""),
        "incidents" => ("incident", "  ?article sayso:incident ?incident .\n"),
        "disputes" => ("question", "  ?statement sayso:content/sayso:answers ?question .\n"),
        "speakers" => ("one", ONE),
        _ => ("statement", ""),
    }
}

/// The conditions on articles, or on a statement of each; days are those on which they were printed.
fn told(view: &View, filter: &Filter, by_statement: bool) -> String {
    let whenever = Filter { since: None, until: None, ..filter.clone() };
    let mut out = String::new();
    let mut add = |text: String| {
        let _ = writeln!(out, "  {text}");
    };
    if !by_statement {
        add("?article a sayso:Document .".to_owned());
        conditions_of_article(view, filter, &mut add);
    }
    let days = [(&filter.since, ">="), (&filter.until, "<=")];
    if days.iter().any(|(day, _)| day.is_some()) {
        add("OPTIONAL { ?article sayso:published ?printed }".to_owned());
    }
    let mut days_of_printing = String::new();
    for (day, sign) in days {
        if let Some(day) = day {
            let _ = writeln!(days_of_printing, "  FILTER(STR(COALESCE(?printed, \"\")) {sign} {})", literal(day));
        }
    }
    let statements = if by_statement { conditions(view, &whenever) } else { String::new() };
    // What is optional stands behind what it hangs on.
    statements + &out + &days_of_printing
}

fn literal(text: &str) -> String {
    oxigraph::model::Literal::new_simple_literal(text).to_string()
}

fn either(values: &[String], condition: &dyn Fn(&str) -> String) -> String {
    values.iter().map(|value| condition(value)).collect::<Vec<_>>().join(" || ")
}

/// The conditions on paper, article and incident.
fn conditions_of_article(view: &View, filter: &Filter, add: &mut dyn FnMut(String)) {
    if !filter.publisher.is_empty() {
        let is_paper = |value: &str| view.all.articles.iter().any(|article| article.paper() == value);
        let named = "COALESCE(STR(?publisher), \"no publisher named\")";
        let condition = |value: &str| match is_paper(value) {
            true => format!("{named} = {}", literal(value)),
            false => format!("sayso:matches({named}, {})", literal(value)),
        };
        add("OPTIONAL { ?article sayso:publisher/rdfs:label ?publisher }".to_owned());
        add(format!("FILTER({})", either(&filter.publisher, &condition)));
    }
    if !filter.document.is_empty() {
        let condition = |value: &str| {
            let words = literal(value);
            match value.contains("://") {
                true => format!("STR(?article) = {words}"),
                false => {
                    format!("sayso:matches(?identifier, {words}) || sayso:matches(COALESCE(?headline, \"\"), {words})")
                }
            }
        };
        add("?article sayso:identifier ?identifier . OPTIONAL { ?article sayso:title ?headline }".to_owned());
        add(format!("FILTER({})", either(&filter.document, &condition)));
    }
    let incidents: Vec<String> = view
        .many("incident")
        .filter(|iri| matches!(view.all.row(iri), Some(Row::Incident(_))))
        .map(|iri| format!("<{iri}>"))
        .collect();
    if !incidents.is_empty() {
        add(format!("?article sayso:incident ?incident . FILTER(?incident IN ({}))", incidents.join(", ")));
    }
}

/// A condition for each filter, on `?statement` and its `?article`.
fn conditions(view: &View, filter: &Filter) -> String {
    let terms = |names: &[&str]| -> String {
        let is_name = |name: &&&str| !name.is_empty() && name.bytes().all(|b| b.is_ascii_alphanumeric());
        names.iter().filter(is_name).map(|name| format!("sayso:{name}")).collect::<Vec<_>>().join(", ")
    };
    // What few statements have comes first: any of these ways leads to them.
    let ways = |values: &[String], way: &dyn Fn(&str) -> String| -> String {
        format!("{{ {} }}", values.iter().map(|value| way(value)).collect::<Vec<_>>().join(" } UNION { "))
    };
    let mut conditions = String::new();
    let mut add = |text: String| {
        let _ = writeln!(conditions, "  {text}");
    };
    if !filter.about.is_empty() {
        add(ways(&filter.about, &|value| {
            format!(
                "?statement sayso:words|(sayso:content/sayso:quantity/(sayso:surface|sayso:measured)) ?text . ?text sayso:matches {}",
                literal(value)
            )
        }));
    }
    if !filter.speaker.is_empty() {
        add(ways(&filter.speaker, &|value| match value.contains("://") {
            true => {
                // Who is one with somebody speaks under each of their nodes.
                let ones = match view.all.row(value) {
                    Some(Row::Agent(at)) => view.all.all_of(at),
                    _ => Vec::new(),
                };
                let mut iris: Vec<String> = ones.iter().map(|&a| literal(&view.all.agents[a as usize].iri)).collect();
                if iris.is_empty() {
                    iris.push(literal(value));
                }
                format!("?statement sayso:speaker ?agent . FILTER(STR(?agent) IN ({}))", iris.join(", "))
            }
            false => format!(
                "?statement sayso:source|sayso:sourceTitle|(sayso:speaker/(rdfs:label|sayso:role)) ?called . ?called sayso:matches {}",
                literal(value)
            ),
        }));
    }
    if !filter.place.is_empty() {
        let is_place = |value: &str| view.all.statements.iter().any(|s| s.places.iter().any(|place| place == value));
        let there = "?statement sayso:content/sayso:about/sayso:place/rdfs:label ?place .";
        add(ways(&filter.place, &|value| match is_place(value) {
            true => format!("{there} FILTER(STR(?place) = {})", literal(value)),
            false => format!(
                "{there} ?place sayso:matches {0} }} UNION {{ ?statement sayso:words ?told . ?told sayso:matches {0}",
                literal(value)
            ),
        }));
    }
    if !filter.measure.is_empty() {
        let is_measure = |value: &str| view.all.figures.iter().any(|figure| figure.measure == value);
        let condition = |value: &str| match is_measure(value) {
            true => format!("STR(?measured) = {}", literal(value)),
            false => format!("sayso:matches(?measured, {})", literal(value)),
        };
        add("?statement sayso:content/sayso:quantity/sayso:measure ?measured .".to_owned());
        add(format!("FILTER({})", either(&filter.measure, &condition)));
    }
    add("?statement a sayso:Statement ; sayso:words ?words ; sayso:reportedIn ?article .".to_owned());
    conditions_of_article(view, filter, &mut add);
    if !filter.source_kind.is_empty() {
        let local = |kind: &String| SOURCE_KINDS.iter().find(|(name, _)| name.eq_ignore_ascii_case(kind));
        let names: Vec<&str> = filter.source_kind.iter().filter_map(local).map(|(_, local)| *local).collect();
        add(format!("?statement sayso:sourceKind ?kind . FILTER(?kind IN ({}))", terms(&names)));
    }
    let modes = terms(&filter.mode.iter().map(String::as_str).collect::<Vec<_>>());
    if !modes.is_empty() {
        add(format!("?statement sayso:mode ?mode . FILTER(?mode IN ({modes}))"));
    }
    if filter.attributed {
        add("FILTER NOT EXISTS { ?statement sayso:mode sayso:narrator }".to_owned());
    }
    add("OPTIONAL { ?statement sayso:saidLatest ?latest }".to_owned());
    add("OPTIONAL { ?article sayso:published ?published }".to_owned());
    add("BIND(COALESCE(?latest, ?published) AS ?said)".to_owned());
    if filter.since.is_some() || filter.until.is_some() {
        add("OPTIONAL { ?statement sayso:saidEarliest ?first }".to_owned());
    }
    if let Some(since) = &filter.since {
        add(format!("FILTER(STR(COALESCE(?said, ?published, \"\")) >= {})", literal(since)));
    }
    if let Some(until) = &filter.until {
        add(format!("FILTER(STR(COALESCE(?first, ?published, \"\")) <= {})", literal(until)));
    }
    if let Some(least) = filter.min_confidence.filter(|m| *m > 0.0) {
        add("OPTIONAL { ?statement sayso:confidence ?confidence }".to_owned());
        add(format!("FILTER(COALESCE(?confidence, 1.0) >= {least:.2})"));
    }
    conditions
}
