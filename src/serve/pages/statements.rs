//! Statements that fit: by words, days, speaker, paper, kind of source and confidence, with what the filter leaves out.

use std::fmt::Write;

use rustc_hash::FxHashMap;

use super::line::whole;
use super::paging::Paging;
use super::{
    Failed, Page, View, capital, counted, day, escaped, field, less_sure, link, nothing, printed, stance, sure, who,
    words,
};
use crate::graph::catalogue::{Filter, Row, SOURCE_KINDS, source_kind};
use crate::graph::export::sheet::{self, Place};
use crate::graph::view::{Kind, find_entities_by_words};
use crate::graph::words::Wanted;

/// Rows of a page, values of a facet.
const ROWS: usize = 50;
const VALUES: usize = 12;

/// What can be counted and chosen by value, in the order of [`Chosen::counts`]: name in the address, title.
pub(super) const FACETS: [(&str, &str); 6] = [
    ("publisher", "Paper"),
    ("kind", "Kind of source"),
    ("mode", "How"),
    ("measure", "Measure"),
    ("place", "Place"),
    ("speaker", "Heard most here"),
];

/// The statements that the address chooses, and what they could be narrowed to.
#[derive(Default)]
pub(super) struct Chosen {
    pub rows: Vec<u32>,
    /// Rows that are less sure than asked for.
    pub unsure: usize,
    /// How many rows have which confidence, in twenty parts.
    histogram: [usize; 20],
    /// How many rows have which value of a facet, whatever else is chosen of that facet.
    pub counts: [Vec<(String, usize)>; 6],
}

/// The values chosen of a facet: those that the store has are meant exactly, others by their words.
struct Values<'v> {
    exact: Vec<&'v str>,
    words: Vec<Wanted>,
}

impl<'v> Values<'v> {
    fn of(given: &'v [String], is_there: impl Fn(&str) -> bool) -> Values<'v> {
        let (exact, words): (Vec<&String>, Vec<&String>) = given.iter().partition(|value| is_there(value));
        Values {
            exact: exact.into_iter().map(String::as_str).collect(),
            words: words.into_iter().map(|value| Wanted::new(value)).collect(),
        }
    }

    fn are_any(&self) -> bool {
        self.exact.is_empty() && self.words.is_empty()
    }

    fn fit(&self, value: &str) -> bool {
        self.exact.contains(&value) || self.words.iter().any(|words| words.are_in(value))
    }
}

/// The filter of the address, with the articles of its incidents.
fn narrowed(view: &View) -> Filter {
    let mut filter = view.filter.clone();
    for iri in view.many("incident") {
        if let Some(Row::Incident(at)) = view.all.row(iri) {
            let articles = &view.all.incidents[at as usize].articles;
            filter.document.extend(articles.iter().map(|&a| view.all.articles[a as usize].iri.clone()));
        }
    }
    filter
}

/// Chooses and counts; each facet counts what the other filters leave.
pub(super) fn chosen(view: &View) -> Chosen {
    let all = &view.all;
    let mut filter = narrowed(view);
    let [papers, kinds, places] =
        [&mut filter.publisher, &mut filter.source_kind, &mut filter.place].map(std::mem::take);
    let modes: Vec<&str> = view.many("mode").collect();
    let measures: Vec<&str> = view.many("measure").collect();
    let papers = Values::of(&papers, |name| all.articles.iter().any(|article| article.paper() == name));
    let places = Values::of(&places, |name| all.statements.iter().any(|s| s.places.iter().any(|place| place == name)));
    let has_paper: Vec<bool> = all.articles.iter().map(|a| papers.are_any() || papers.fit(a.paper())).collect();
    let core = filter.ready();
    let mut found = Chosen::default();
    // What the catalogue has a number for is counted by number.
    let mut by_article = vec![0usize; all.articles.len()];
    let mut by_agent = vec![0usize; all.agents.len()];
    let mut by_value: [FxHashMap<&str, usize>; 4] = Default::default();
    let mut own: Vec<&str> = Vec::new();
    for (at, statement) in all.statements.iter().enumerate() {
        if !core.admits(all, statement) {
            continue;
        }
        let kind = source_kind(&statement.kind);
        let figures = || statement.figures.iter().map(|&f| all.figures[f as usize].measure.as_str());
        let fits = [
            has_paper[statement.article as usize],
            kinds.is_empty() || kinds.iter().any(|k| k.eq_ignore_ascii_case(kind)),
            modes.is_empty() || modes.contains(&statement.mode.as_str()),
            measures.is_empty() || figures().any(|measure| measures.contains(&measure)),
            places.are_any()
                || statement.places.iter().any(|place| places.fit(place))
                || places.words.iter().any(|words| words.are_in(&statement.words)),
        ];
        let misses = fits.iter().filter(|fits| !**fits).count();
        if misses > 1 {
            continue;
        }
        if misses == 0 && statement.confidence.is_some() {
            found.histogram[(statement.sure() * 20.0).floor().clamp(0.0, 19.0) as usize] += 1;
        }
        if !filter.trusts(statement) {
            found.unsure += usize::from(misses == 0);
            continue;
        }
        let counts = |facet: usize| misses == 0 || !fits[facet];
        if counts(0) {
            by_article[statement.article as usize] += 1;
        }
        if counts(1) {
            *by_value[0].entry(kind).or_default() += 1;
        }
        if counts(2) {
            *by_value[1].entry(&statement.mode).or_default() += 1;
        }
        if counts(3) && !statement.figures.is_empty() {
            own.clear();
            own.extend(figures());
            own.sort_unstable();
            own.dedup();
            own.iter().for_each(|measure| *by_value[2].entry(measure).or_default() += 1);
        }
        if counts(4) {
            statement.places.iter().for_each(|place| *by_value[3].entry(place).or_default() += 1);
        }
        if misses == 0 {
            if !statement.is_narrator() {
                statement.speakers.iter().for_each(|&agent| by_agent[agent as usize] += 1);
            }
            found.rows.push(at as u32);
        }
    }
    let mut papers: FxHashMap<&str, usize> = FxHashMap::default();
    for (article, n) in all.articles.iter().zip(by_article) {
        *papers.entry(article.paper()).or_default() += n;
    }
    let mut speakers: FxHashMap<&str, usize> = FxHashMap::default();
    for (agent, n) in all.agents.iter().zip(by_agent) {
        *speakers.entry(&agent.name).or_default() += n;
    }
    let [kinds, modes, measures, places] = by_value;
    found.counts = [papers, kinds, modes, measures, places, speakers].map(|counts| {
        let mut values: Vec<(String, usize)> = counts
            .into_iter()
            .filter(|(value, n)| !value.is_empty() && *n > 0)
            .map(|(value, n)| (value.to_owned(), n))
            .collect();
        values.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
        values
    });
    found
}

pub(super) fn page(view: &View) -> Result<Page, Failed> {
    let all = &view.all;
    let filter = &view.filter;
    let found = self::chosen(view);
    let mut chosen = found.rows;
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
    confidence(view, &found.histogram, &mut body);
    for facet in [1, 0, 2, 3, 4] {
        values(view, facet, &found.counts[facet], &mut body);
    }
    let checked = if filter.attributed { " checked" } else { "" };
    let _ = write!(
        body,
        "<fieldset><legend>Voice</legend><label class=\"f\"><input type=\"checkbox\" name=\"voice\" value=\"others\"{checked}><span>without the papers’ own voice</span><span></span></label></fieldset>"
    );
    speakers(view, &found.counts[5], &mut body);
    body.push_str("<button>Show</button></details></form><section aria-labelledby=\"h-list\">");
    let paging = Paging::new(view, chosen.len(), ROWS)?;
    let _ = write!(
        body,
        "<div class=\"bar2\"><h2 id=\"h-list\" class=\"plainh\">{}</h2><nav class=\"small\" aria-label=\"Order\">",
        capital(&paging.told("row", "rows"))
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
    body += &less_sure(view, found.unsure, "row", "rows");
    chips(view, &mut body);
    if chosen.is_empty() {
        body +=
            &nothing("No statement fits", "Take one of the filters away, or <a href=\"/statements\">begin anew</a>.");
    } else {
        body.push_str("<table class=\"list\"><thead><tr><th scope=\"col\">Day</th><th scope=\"col\">Who</th><th scope=\"col\">Said what</th><th scope=\"col\" class=\"p\">Paper</th><th scope=\"col\">Confidence</th></tr></thead><tbody>");
        for &row in paging.of_rows(&chosen) {
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
        body += &paging.nav(view, "statements");
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
    let all = &view.all;
    let mut ones: Vec<u32> = (0..all.agents.len() as u32)
        .filter(|&at| {
            let agent = &all.agents[at as usize];
            words.are_in(&agent.name) && agent.statements.iter().any(|&s| !all.statements[s as usize].is_narrator())
        })
        .map(|at| all.one(at))
        .collect();
    ones.sort_unstable();
    ones.dedup();
    let said = |one: u32| all.all_of(one).iter().map(|&a| all.agents[a as usize].statements.len()).sum::<usize>();
    ones.sort_by_cached_key(|&one| (std::cmp::Reverse(said(one)), one));
    let mut found: Vec<(String, String, Kind)> = ones
        .into_iter()
        .map(|one| &all.agents[one as usize])
        .map(|agent| (agent.iri.clone(), agent.name.clone(), agent.kind))
        .collect();
    if found.len() < 8 {
        for other in find_entities_by_words(&view.site.store, wanted)? {
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
    // Who has a name comes before "some people".
    found.sort_by_key(|(_, _, kind)| !matches!(kind, Kind::Person | Kind::Organization | Kind::Place));
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
fn values(view: &View, facet: usize, counts: &[(String, usize)], body: &mut String) {
    let (name, title) = FACETS[facet];
    let given: Vec<&str> = view.many(name).collect();
    let mut values: Vec<(&str, usize)> = counts.iter().map(|(value, n)| (value.as_str(), *n)).collect();
    // A value that is chosen stays to be taken away, also where nothing has it.
    for value in &given {
        if !values.iter().any(|(own, _)| own == value) {
            values.push((value, 0));
        }
    }
    values.sort_by_key(|(value, _)| !given.contains(value));
    if values.is_empty() {
        return;
    }
    let _ = write!(body, "<fieldset><legend>{title}</legend>");
    for (value, n) in values.iter().take(VALUES.max(given.len())) {
        let checked = if given.contains(value) { " checked" } else { "" };
        let _ = write!(
            body,
            "<label class=\"f\"><input type=\"checkbox\" name=\"{name}\" value=\"{}\"{checked}><span>{}</span><span>{}</span></label>",
            escaped(value),
            escaped(value_label(name, value)),
            whole(*n)
        );
    }
    if values.len() > VALUES {
        let _ = write!(
            body,
            "<p class=\"small\"><a href=\"{}\">All {} and their counts</a></p>",
            super::values::address(view, name),
            whole(values.len())
        );
    }
    body.push_str("</fieldset>");
}

/// A value of a facet as a person would say it.
pub(super) fn value_label<'v>(name: &str, value: &'v str) -> &'v str {
    match (name, value) {
        ("mode", "narrator") => "own voice of the paper",
        (_, value) => value,
    }
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
fn speakers(view: &View, counts: &[(String, usize)], body: &mut String) {
    if counts.is_empty() {
        return;
    }
    let (name, title) = FACETS[5];
    let _ = write!(body, "<fieldset><legend>{title}</legend><ul class=\"small\">");
    for (value, n) in counts.iter().take(VALUES) {
        let _ = write!(
            body,
            "<li><a href=\"{}\">{}</a> <span class=\"muted\">{}</span></li>",
            view.with(name, value),
            escaped(value),
            whole(*n)
        );
    }
    body.push_str("</ul>");
    if counts.len() > VALUES {
        let _ = write!(
            body,
            "<p class=\"small\"><a href=\"{}\">All {} and their counts</a></p>",
            super::values::address(view, name),
            whole(counts.len())
        );
    }
    body.push_str("</fieldset>");
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
    query_of(view, view.filter.attributed)
}

/// The same, with the papers' own voice or without it.
pub(super) fn query_of(view: &View, attributed: bool) -> String {
    format!(
        "SELECT DISTINCT ?said ?who ?cue ?words ?title ?statement WHERE {{
{}  OPTIONAL {{ ?statement sayso:speaker/rdfs:label ?name }}
  OPTIONAL {{ ?statement sayso:source ?source }}
  BIND(COALESCE(?name, ?source, \"\") AS ?who)
  OPTIONAL {{ ?statement sayso:cue ?cue }}
  OPTIONAL {{ ?article sayso:title ?title }}
}} ORDER BY ?said ?who",
        conditions(view, attributed)
    )
}

/// The query that counts the values of a facet.
pub(super) fn query_of_values(view: &View, facet: usize) -> String {
    let way = match FACETS[facet].0 {
        "publisher" => "?article sayso:publisher/rdfs:label ?value",
        "kind" => "?statement sayso:sourceKind ?value",
        "mode" => "?statement sayso:mode ?value",
        "measure" => "?statement sayso:content/sayso:quantity/sayso:measure ?value",
        "place" => "?statement sayso:content/sayso:about/sayso:place/rdfs:label ?value",
        _ => "?statement sayso:speaker/rdfs:label ?value",
    };
    format!(
        "SELECT ?value (COUNT(DISTINCT ?statement) AS ?statements) WHERE {{
{}  {way}
}} GROUP BY ?value ORDER BY DESC(?statements) ?value",
        // A paper speaks in its own voice in every article of its own: it is no speaker beside the others.
        conditions(view, view.filter.attributed || FACETS[facet].0 == "speaker")
    )
}

/// A condition for each filter of the address.
fn conditions(view: &View, attributed: bool) -> String {
    let literal = |text: &str| oxigraph::model::Literal::new_simple_literal(text).to_string();
    let either = |values: &[String], condition: &dyn Fn(&str) -> String| -> String {
        values.iter().map(|value| condition(value)).collect::<Vec<_>>().join(" || ")
    };
    let terms = |names: &[&str]| -> String {
        let is_name = |name: &&&str| !name.is_empty() && name.bytes().all(|b| b.is_ascii_alphanumeric());
        names.iter().filter(is_name).map(|name| format!("sayso:{name}")).collect::<Vec<_>>().join(", ")
    };
    let filter = &view.filter;
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
                "?statement sayso:words|(sayso:content/sayso:quantity/(sayso:surface|sayso:counted)) ?text . ?text sayso:matches {}",
                literal(value)
            )
        }));
    }
    if !filter.speaker.is_empty() {
        add(ways(&filter.speaker, &|value| match value.contains("://") {
            true => format!("?statement sayso:speaker ?agent . FILTER(STR(?agent) = {})", literal(value)),
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
    let measures: Vec<String> = view.many("measure").map(literal).collect();
    if !measures.is_empty() {
        add(format!(
            "?statement sayso:content/sayso:quantity/sayso:measure ?measure . FILTER(STR(?measure) IN ({}))",
            measures.join(", ")
        ));
    }
    add("?statement a sayso:Statement ; sayso:words ?words ; sayso:reportedIn ?article .".to_owned());
    if !filter.publisher.is_empty() {
        let is_paper = |value: &str| view.all.articles.iter().any(|article| article.paper() == value);
        let named = "COALESCE(STR(?paper), \"no publisher named\")";
        let condition = |value: &str| match is_paper(value) {
            true => format!("{named} = {}", literal(value)),
            false => format!("sayso:matches({named}, {})", literal(value)),
        };
        add("OPTIONAL { ?article sayso:publisher/rdfs:label ?paper }".to_owned());
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
    if !filter.source_kind.is_empty() {
        let local = |kind: &String| SOURCE_KINDS.iter().find(|(name, _)| name.eq_ignore_ascii_case(kind));
        let names: Vec<&str> = filter.source_kind.iter().filter_map(local).map(|(_, local)| *local).collect();
        add(format!("?statement sayso:sourceKind ?kind . FILTER(?kind IN ({}))", terms(&names)));
    }
    let modes = terms(&view.many("mode").collect::<Vec<_>>());
    if !modes.is_empty() {
        add(format!("?statement sayso:mode ?mode . FILTER(?mode IN ({modes}))"));
    }
    if attributed {
        add("FILTER NOT EXISTS { ?statement sayso:mode sayso:narrator }".to_owned());
    }
    add("OPTIONAL { ?statement sayso:saidLatest ?said }".to_owned());
    if filter.since.is_some() || filter.until.is_some() {
        add("OPTIONAL { ?statement sayso:saidEarliest ?first }".to_owned());
        add("OPTIONAL { ?article sayso:published ?published }".to_owned());
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
