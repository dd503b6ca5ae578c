//! A person, organization, group or place: what it said by day, its figures and how they changed, who contradicts it.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;

use hyper::StatusCode;

use super::facets::{self, Chosen, Shape};
use super::line::{Glyph, short, shortened};
use super::lists::named;
use super::network;
use super::paging::Paging;
use super::{
    Failed, Page, View, counted, day, encoded, escaped, link, nothing, paper_and_day, place_of, printed, roles, span,
    stance, sure, words,
};
use crate::graph::catalogue::{Catalogue, Filter, Row, Statement, Verdict, source_kind};
use crate::graph::export::sheet::{self, Place};
use crate::graph::scale::Scale;
use crate::graph::view::{Kind, Resource, subjects_of};
use crate::graph::vocab::{other, property};

/// Rows of a part of each list.
const STATEMENTS: usize = 40;
const ARTICLES: usize = 20;
const FIGURES: usize = 12;
const AGAINST: usize = 15;

/// How the page begins, whoever it is about.
pub(super) const CRUMB: &str = "<p class=\"crumb\"><a href=\"/\">Home</a> / <a href=\"/speakers\">Speakers</a></p>";

/// What the store holds of whom the address names.
pub(super) fn found(view: &View) -> Result<Resource, Failed> {
    let iri = view.one("iri")?;
    super::node(iri)?;
    let read = Resource::read(&view.site.store, iri)?;
    match read.kind().is_entity() || matches!(view.all.row(iri), Some(Row::Agent(_))) {
        true => Ok(read),
        false => Err(Failed::new(StatusCode::NOT_FOUND, "there is no such person, organization, group or place")),
    }
}

pub(super) fn page(view: &View) -> Result<Page, Failed> {
    let all = &view.all;
    let iri = view.one("iri")?;
    let read = found(view)?;
    let name = read.label();
    let agents = agents(view, &read)?;
    let mut names: Vec<String> = agents.iter().map(|&a| all.agents[a as usize].name.clone()).collect();
    names.sort();
    names.dedup();
    let said = said_by(all, &agents);
    let own = said.iter().filter(|&&s| all.statements[s as usize].is_narrator()).count();
    let row = |at: &u32| &all.statements[*at as usize];
    let narrowed = facets::is_narrowed(view);
    // Who it is everything tells that is sure enough, what is listed what the filters choose of it.
    let whole: Vec<u32> =
        said.iter().copied().filter(|s| view.filter.trusts(row(s)) && !row(s).is_narrator()).collect();
    let found = chosen_of(view, &said);
    let others = found.statements();
    let figures: Vec<u32> = others.iter().flat_map(|s| row(s).figures.iter().copied()).collect();
    let articles: BTreeSet<u32> = others.iter().map(|s| row(s).article).collect();
    let papers_of = |articles: &BTreeSet<u32>| -> BTreeSet<&str> {
        articles.iter().map(|&a| all.articles[a as usize].paper()).collect()
    };
    let papers = papers_of(&whole.iter().map(|s| row(s).article).collect());
    let glyph = whole.first().map_or(String::new(), |s| Glyph::of(all, row(s)).inline());
    let also: Vec<String> = read.texts(property::ROLE).map(str::to_owned).collect();
    let roles = roles(all, &agents, &also);
    let mut lead = String::new();
    if let Some(role) = roles.first() {
        let _ = write!(lead, "“{}”. ", escaped(role));
    }
    if narrowed && !whole.is_empty() {
        let _ = write!(
            lead,
            "{} of {} {} chosen, of {} in {}.",
            short(others.len() as f64),
            counted(whole.len(), "statement", "statements"),
            if others.len() == 1 { "is" } else { "are" },
            counted(articles.len(), "article", "articles"),
            counted(papers_of(&articles).len(), "paper", "papers"),
        );
    } else if others.is_empty() {
        lead.push_str(if own > 0 { "Speaks here in its own voice." } else { "Is named and not heard in this store." });
    } else {
        let _ = write!(
            lead,
            "Heard {} in {} of {}, {}.",
            counted(others.len(), "time", "times"),
            counted(articles.len(), "article", "articles"),
            counted(papers.len(), "paper", "papers"),
            span(others.iter().map(|s| row(s).day(all.article(row(s)))))
        );
    }
    let mut body = String::from(CRUMB);
    body += &view.head(&format!("{glyph}{}", escaped(&name)), &lead, &query(iri));
    let kinds: BTreeSet<&str> = whole.iter().map(|s| source_kind(&row(s).kind)).filter(|k| !k.is_empty()).collect();
    body.push_str("<dl class=\"about\">");
    let mut fact = |term: &str, value: String| {
        if !value.is_empty() {
            let _ = write!(body, "<div><dt>{term}</dt><dd>{value}</dd></div>");
        }
    };
    let mut kind = vec![read.kind().as_str()];
    kind.extend(kinds.into_iter().filter(|k| *k != read.kind().as_str()));
    fact("Kind", kind.join(", "));
    let also = names.iter().filter(|own| **own != name).map(|own| escaped(own)).collect::<Vec<_>>();
    fact("Also named", also.join(", "));
    fact("Roles, as worded", roles.iter().take(6).map(|r| format!("“{}”", escaped(r))).collect::<Vec<_>>().join(", "));
    let mut belongs = Vec::new();
    for to in read.links(property::AFFILIATION) {
        belongs.push(link("/entity", to, &Resource::read(&view.site.store, to)?.label()));
    }
    fact("Speaks for", belongs.join(", "));
    let links: Vec<String> = read
        .links(other::EXACT_MATCH)
        .map(|to| {
            format!(
                "<a rel=\"noreferrer\" href=\"{}\">{}</a>",
                escaped(to),
                escaped(to.rsplit('/').next().unwrap_or(to))
            )
        })
        .collect();
    fact("Known as", links.join(", "));
    fact("Papers", papers.iter().take(8).map(|p| escaped(p)).collect::<Vec<_>>().join(", "));
    body.push_str("</dl>");
    if !whole.is_empty() || found.unsure > 0 {
        body += &facets::form(view, &found, &SHAPE, facets::Place::Folded);
        facets::chips(view, &mut body);
    }
    changes(view, &figures, &mut body)?;
    if !whole.is_empty() {
        network::around(view, &names, &mut body);
    }
    body.push_str(
        "<div class=\"two\"><section aria-labelledby=\"h-said\"><h2 id=\"h-said\">What was said, by day</h2>",
    );
    by_day(view, &others, &mut body)?;
    body += &facets::left_out(view, found.unsure, &SHAPE);
    body.push_str("</section><div>");
    contradicted(view, &figures, &mut body)?;
    mentioned(view, iri, &articles, &mut body)?;
    if own > 0 && !narrowed {
        let _ = write!(
            body,
            "<section aria-labelledby=\"h-own\"><h2 id=\"h-own\">Its own voice</h2><p>{} tell what the paper says itself. <a href=\"/statements?publisher={}&amp;mode=narrator\">Show them</a></p></section>",
            counted(own, "statement", "statements"),
            encoded(&name)
        );
    }
    body.push_str("</div></div>");
    let mut page = Page::new("/speakers", escaped(&name), body);
    if !view.one("as")?.is_empty() {
        // What a paper says itself is its own, too, and goes along where nothing is chosen.
        let said: Vec<u32> = match narrowed {
            true => others,
            false => said.into_iter().filter(|s| view.filter.trusts(row(s))).collect(),
        };
        let place = Place { pages: Some(view.host.clone()) };
        page.sheets.push(sheet::statements(&view.site.store, all, &said, &place)?);
        page.sheets.push(sheet::figures(&view.site.store, all, &figures, &place)?);
    }
    Ok(page)
}

/// What the form of the page asks for.
pub(super) const SHAPE: Shape<'static> = Shape {
    page: "entity",
    rows: ["statement", "statements"],
    words: "Words",
    speaker: false,
    sure: true,
    voice: false,
};

/// What the address chooses of somebody's statements.
fn chosen_of(view: &View, said: &[u32]) -> Chosen {
    let filter = Filter { attributed: true, ..facets::filter(view) };
    let mut found = facets::chosen(view, &filter, said.iter().map(|&at| (at, [at])), |_| None);
    // Who speaks is known here.
    found.counts[facets::SPEAKERS].clear();
    found
}

/// The same for whom the address names, and the names by which these statements are found.
pub(super) fn chosen(view: &View) -> Result<(Chosen, Vec<String>), Failed> {
    let agents = agents(view, &found(view)?)?;
    let found = chosen_of(view, &said_by(&view.all, &agents));
    Ok((found, agents.iter().map(|&a| view.all.agents[a as usize].iri.clone()).collect()))
}

/// What is named in full, and what a person has said is one, is one, whatever the number of its nodes.
fn agents(view: &View, read: &Resource) -> Result<Vec<u32>, Failed> {
    let all = &view.all;
    let agents: Vec<u32> = match all.row(view.one("iri")?) {
        Some(Row::Agent(at)) => all.all_of(at),
        _ => Vec::new(),
    };
    if !agents.is_empty() || !matches!(read.kind(), Kind::Person | Kind::Organization) {
        return Ok(agents);
    }
    let name = read.label();
    let is_named = |a: &u32| {
        let agent = &all.agents[*a as usize];
        agent.is_full() && agent.name == name && agent.kind == read.kind()
    };
    Ok((0..all.agents.len() as u32).find(is_named).map_or(Vec::new(), |at| all.all_of(at)))
}

/// What they say, each statement once.
fn said_by(all: &Catalogue, agents: &[u32]) -> Vec<u32> {
    let mut said: Vec<u32> = agents.iter().flat_map(|&a| all.agents[a as usize].statements.iter().copied()).collect();
    said.sort_unstable();
    said.dedup();
    said
}

fn query(iri: &str) -> String {
    format!(
        "SELECT ?said ?cue ?words ?title WHERE {{
  ?statement sayso:speaker <{iri}> ; sayso:words ?words ; sayso:reportedIn ?article .
  OPTIONAL {{ ?statement sayso:saidLatest ?latest }}
  OPTIONAL {{ ?article sayso:published ?published }}
  BIND(COALESCE(?latest, ?published) AS ?said)
  OPTIONAL {{ ?statement sayso:cue ?cue }}
  OPTIONAL {{ ?article sayso:title ?title }}
}} ORDER BY ?said"
    )
}

/// The figures by question, in order of days.
fn changes(view: &View, figures: &[u32], body: &mut String) -> Result<(), Failed> {
    let all = &view.all;
    let mut by_question: BTreeMap<u32, Vec<u32>> = BTreeMap::new();
    for &at in figures {
        if let Some(question) = all.figures[at as usize].question {
            by_question.entry(question).or_default().push(at);
        }
    }
    let day_of = |at: u32| {
        let statement = all.statement(&all.figures[at as usize]);
        statement.day(all.article(statement)).to_owned()
    };
    let mut rows = Vec::new();
    for (question, mut own) in by_question {
        // "Fallen to 19 from 48": what a figure has replaced comes before it, though it is said after it.
        own.sort_by_key(|&f| (day_of(f), all.figures[f as usize].aspect != "old", f));
        let mut chain: Vec<u32> = Vec::new();
        for at in own {
            let same = chain.last().is_some_and(|&last| {
                let (a, b) = (&all.figures[last as usize], &all.figures[at as usize]);
                a.bounds() == b.bounds() && a.bound == b.bound
            });
            if !same {
                chain.push(at);
            }
        }
        if all.is_telling(&all.questions[question as usize]) {
            rows.push((question, chain));
        }
    }
    if rows.is_empty() {
        return Ok(());
    }
    rows.sort_by_key(|(question, chain)| (std::cmp::Reverse(chain.len()), *question));
    body.push_str(
        "<section aria-labelledby=\"h-fig\"><h2 id=\"h-fig\">Figures, and how they changed</h2><ul class=\"rows\">",
    );
    let paging = Paging::of(view, "figurepage", "h-fig", rows.len(), FIGURES)?;
    let charts: Vec<String> =
        rows.iter().take(CHARTS).filter_map(|(question, chain)| chart(all, *question, chain)).collect();
    if !charts.is_empty() {
        let end = body.len() - "<ul class=\"rows\">".len();
        body.truncate(end);
        let _ = write!(body, "<div class=\"multiples\">{}</div><ul class=\"rows\">", charts.concat());
    }
    for (question, chain) in paging.of_rows(&rows) {
        let question = &all.questions[*question as usize];
        let others = question.figures.iter().filter(|f| !figures.contains(f)).count();
        let _ = write!(
            body,
            "<li>{} <span class=\"small\">{}</span><div class=\"chain\">",
            link("/question", &question.iri, &named(all, question)),
            if others > 0 { counted(others, "figure by others", "figures by others") } else { String::new() }
        );
        for (n, &at) in chain.iter().enumerate() {
            let figure = &all.figures[at as usize];
            if n > 0 {
                body.push_str("<span class=\"to\" aria-hidden=\"true\">→</span><span class=\"vh\">then</span> ");
            }
            let _ = write!(
                body,
                "<a class=\"plain\" href=\"{}\"><b>{}</b></a> <span class=\"small muted\">{}</span> ",
                place_of(all, figure.statement),
                escaped(&figure.surface),
                escaped(&day(&day_of(at)))
            );
        }
        body.push_str("</div></li>");
    }
    let _ = write!(body, "</ul>{}</section>", paging.nav(view, "figures"));
    Ok(())
}

/// Questions whose figures are drawn.
const CHARTS: usize = 3;

/// The figures of one question by day, with a step for each that came in place of another; nothing where they do not change,
/// or no days are known. The chain below says the same in words.
fn chart(all: &Catalogue, question: u32, chain: &[u32]) -> Option<String> {
    let points: Vec<(jiff::civil::Date, f64, u32)> = chain
        .iter()
        .filter_map(|&at| {
            let figure = &all.figures[at as usize];
            let statement = all.statement(figure);
            Some((statement.day(all.article(statement)).get(..10)?.parse().ok()?, figure.point()?, at))
        })
        .collect();
    let (first, last) = (points.first()?.0, points.last()?.0);
    let span = f64::from(first.until(last).ok()?.get_days());
    if points.len() < 2 || span <= 0.0 {
        return None;
    }
    let scale = Scale::of(points.iter().map(|p| p.1));
    let x = |date: jiff::civil::Date| 14.0 + 74.0 * f64::from(first.until(date).map_or(0, |s| s.get_days())) / span;
    let y = |number: f64| 140.0 - 110.0 * (number - scale.from) / (scale.to - scale.from);
    let question = &all.questions[question as usize];
    let mut out = format!(
        "<figure><figcaption><b>{}</b></figcaption><svg class=\"step\" aria-hidden=\"true\">",
        escaped(&named(all, question))
    );
    for number in [scale.from, scale.to] {
        let at = y(number);
        let _ = write!(out, "<line class=\"grid\" x1=\"0%\" x2=\"100%\" y1=\"{at:.0}\" y2=\"{at:.0}\"/>");
        let _ = write!(out, "<text x=\"0%\" y=\"{:.0}\">{}</text>", at - 4.0, super::line::short(number));
    }
    for pair in points.windows(2) {
        let ((a, m, _), (b, n, _)) = (pair[0], pair[1]);
        let _ = write!(
            out,
            "<line class=\"l1\" x1=\"{:.2}%\" x2=\"{:.2}%\" y1=\"{:.0}\" y2=\"{:.0}\"/>",
            x(a),
            x(b),
            y(m),
            y(n)
        );
    }
    // A label has its room or is left out; its mark stays.
    let mut end = f64::NEG_INFINITY;
    for &(date, number, at) in &points {
        let figure = &all.figures[at as usize];
        let glyph = Glyph::of(all, all.statement(figure));
        let un = if glyph.hollow { " un" } else { "" };
        let (px, py) = (x(date), y(number));
        let _ = write!(out, "<use class=\"k-{0}{un}\" href=\"#{0}\" x=\"{px:.2}%\" y=\"{py:.0}\"/>", glyph.shape);
        let half = figure.surface.chars().count() as f64 * 1.2;
        let (anchor, from, to) = match () {
            () if px + half > 98.0 => ("end", px - 2.0 * half, px),
            () if px - half < 8.0 => ("start", px - 1.0, px + 2.0 * half),
            () => ("middle", px - half, px + half),
        };
        if from > end {
            let _ = write!(
                out,
                "<text class=\"strong\" x=\"{px:.2}%\" y=\"{:.0}\" text-anchor=\"{anchor}\">{}</text>",
                py - 10.0,
                escaped(&figure.surface)
            );
            end = to;
        }
    }
    for (date, anchor) in [(first, "start"), (last, "end")] {
        let at = if anchor == "start" { 10.0 } else { 92.0 };
        let _ = write!(
            out,
            "<text x=\"{at}%\" y=\"160\" text-anchor=\"{anchor}\">{}</text>",
            escaped(&day(&date.to_string()))
        );
    }
    out.push_str("</svg></figure>");
    Some(out)
}

fn by_day(view: &View, said: &[u32], body: &mut String) -> Result<(), Failed> {
    let all = &view.all;
    if said.is_empty() {
        *body += &match facets::is_narrowed(view) {
            true => nothing("No statement fits", "Take one of the filters away."),
            false => nothing("Nothing is said here", "No statement of this store that is sure enough is this one’s."),
        };
        return Ok(());
    }
    let row = |at: u32| -> &Statement { &all.statements[at as usize] };
    let mut order: Vec<u32> = said.to_vec();
    order.sort_by_key(|&s| {
        let day = row(s).day(all.article(row(s))).to_owned();
        (day.is_empty(), day, s)
    });
    let paging = Paging::new(view, order.len(), STATEMENTS)?;
    body.push_str("<ol class=\"days\">");
    let mut before = (String::new(), u32::MAX);
    for (n, &at) in paging.of_rows(&order).iter().enumerate() {
        let statement = row(at);
        let article = all.article(statement);
        let now = (statement.day(article).to_owned(), statement.article);
        if now != before {
            if n > 0 {
                body.push_str("</ul></li>");
            }
            let when = if now.0.is_empty() { "day not known".to_owned() } else { day(&now.0) };
            let _ = write!(
                body,
                "<li><h3>{} <span class=\"small muted\">{}, {}</span></h3><ul>",
                escaped(&when),
                escaped(article.paper()),
                link("/article", &article.iri, article.label())
            );
            before = now;
        }
        let _ = write!(
            body,
            "<li><span><span class=\"cue\">{}</span> <span class=\"quote\">{}</span>{}</span> <span class=\"small muted nowrap\">{}</span></li>",
            escaped(if statement.cue.contains(char::is_alphabetic) { &statement.cue } else { "" }),
            words(all, at),
            stance(statement),
            sure(statement)
        );
    }
    body.push_str("</ul></li></ol>");
    *body += &paging.nav(view, "statements");
    Ok(())
}

/// Whose figures cannot be true beside these.
fn contradicted(view: &View, figures: &[u32], body: &mut String) -> Result<(), Failed> {
    let all = &view.all;
    let mut found: BTreeMap<String, Vec<(u32, u32)>> = BTreeMap::new();
    for comparison in all.comparisons.iter().filter(|c| c.verdict == Verdict::Contradicts && !c.repeats) {
        for (own, other) in [(comparison.left, comparison.right), (comparison.right, comparison.left)] {
            let statement = all.statement(&all.figures[other as usize]);
            if figures.contains(&own) && !figures.contains(&other) && view.filter.trusts(statement) {
                found.entry(all.voice(statement)).or_default().push((own, other));
            }
        }
    }
    body.push_str("<section aria-labelledby=\"h-con\"><h2 id=\"h-con\">Who contradicts</h2>");
    if found.is_empty() {
        body.push_str("<p>No figure of another source contradicts one of these.</p></section>");
        return Ok(());
    }
    let mut rows: Vec<(String, Vec<(u32, u32)>)> = found.into_iter().collect();
    rows.sort_by_key(|(name, pairs)| (std::cmp::Reverse(pairs.len()), name.clone()));
    let paging = Paging::of(view, "againstpage", "h-con", rows.len(), AGAINST)?;
    body.push_str("<ul class=\"rows\">");
    for (name, pairs) in paging.of_rows(&rows) {
        let (own, other) = pairs[0];
        let (a, b) = (&all.figures[own as usize], &all.figures[other as usize]);
        let statement = all.statement(b);
        let agent = statement.speakers.first().map(|&a| &all.agents[a as usize]);
        let who = agent.map_or_else(|| escaped(name), |agent| link("/entity", &agent.iri, name));
        let more = if pairs.len() > 1 {
            format!(" and {} more", counted(pairs.len() - 1, "pair", "pairs"))
        } else {
            String::new()
        };
        let _ = write!(
            body,
            "<li>{}{who} <span class=\"v contra\">contradicts</span><div class=\"chain\"><b>{}</b> <span class=\"small muted\">against</span> <b>{}</b>{more}</div>{}</li>",
            Glyph::of(all, statement).inline(),
            escaped(&b.surface),
            escaped(&a.surface),
            printed(all, b.statement)
        );
    }
    let _ = write!(body, "</ul>{}</section>", paging.nav(view, "contradictions"));
    Ok(())
}

/// Articles that name it, beside those in which it speaks.
fn mentioned(view: &View, iri: &str, spoken: &BTreeSet<u32>, body: &mut String) -> Result<(), Failed> {
    let all = &view.all;
    let mut named: Vec<u32> = Vec::new();
    for document in subjects_of(&view.site.store, property::MENTIONS, iri)? {
        if let Some(Row::Article(at)) = all.row(&document) {
            named.push(at);
        }
    }
    named.sort_unstable();
    named.dedup();
    let filter = facets::filter(view);
    let ready = filter.ready(all);
    named.retain(|&article| ready.takes(all, article));
    if named.is_empty() {
        return Ok(());
    }
    let _ = write!(
        body,
        "<section aria-labelledby=\"h-in\"><h2 id=\"h-in\">Named in {}</h2><ul class=\"rows small\">",
        counted(named.len(), "article", "articles")
    );
    let paging = Paging::of(view, "articlepage", "h-in", named.len(), ARTICLES)?;
    for &at in paging.of_rows(&named) {
        let article = &all.articles[at as usize];
        let heard = if spoken.contains(&at) { " · heard" } else { "" };
        let _ = write!(
            body,
            "<li>{} <span class=\"muted\">{}{heard}</span></li>",
            link("/article", &article.iri, &shortened(article.label(), 80)),
            escaped(&paper_and_day(article))
        );
    }
    let _ = write!(body, "</ul>{}</section>", paging.nav(view, "articles"));
    Ok(())
}
