//! The first page: what is in here, and where it does not agree.

use std::collections::BTreeSet;
use std::fmt::Write;

use super::facets::{self, Chosen, Shape};
use super::line::{self, Glyph};
use super::lists::{self, Dispute};
use super::{Failed, Page, View, counted, day, escaped, explore, link, nothing, queries, roles, span, statements};
use crate::graph::catalogue::{Catalogue, Filter, Statement, Verdict};
use crate::graph::export::sheet::{self, Place};

/// Disputes, updates, speakers and stories that are shown.
const DISPUTES: usize = 8;
const UPDATES: usize = 6;
const SPEAKERS: usize = 10;
const STORIES: usize = 12;

pub(super) fn page(view: &View) -> Result<Page, Failed> {
    let all = &view.all;
    if all.articles.is_empty() {
        let body = format!(
            "<h1>Nothing is in here yet</h1>{}",
            nothing(
                "The store is empty",
                "Put articles into it with <code>sayso build PATH</code>; this page shows them at once."
            )
        );
        return Ok(Page::new("/", "Who said what", body));
    }
    let mut disputes = lists::found(view, &[]);
    let narrowed = facets::is_narrowed(view);
    let chosen = Filter { attributed: true, ..facets::filter(view) };
    let found = statements::chosen(view, &chosen);
    if narrowed {
        let fit: BTreeSet<u32> = lists::chosen_of(view, &disputes).rows.into_iter().collect();
        disputes.retain(|dispute| fit.contains(&dispute.question));
    }
    let contested: Vec<&Dispute> = disputes.iter().filter(|d| d.answers.disputes > 0).collect();
    let ready = chosen.ready(all);
    let fits = |s: &Statement| view.filter.trusts(s) && (!narrowed || ready.admits(all, s));
    let heard = lists::heard(all, fits);
    let title = match contested.len() {
        0 => "Who said what, when, with which number".to_owned(),
        1 => "One question has answers that cannot all be true".to_owned(),
        n => format!("{} questions have answers that cannot all be true", line::whole(n)),
    };
    let iris: Vec<&str> = disputes.iter().map(|d| all.questions[d.question as usize].iri.as_str()).collect();
    let query = if narrowed { queries::questions(&iris) } else { QUERY.to_owned() };
    let lead = lead(view, &found, heard.len(), disputes.len());
    let mut body = view.head(&title, &lead, &query);
    body += &facets::form(view, &found, &SHAPE, facets::Place::Folded);
    facets::chips(view, &mut body);
    strongest(view, &disputes, &contested, &mut body);
    updates(view, all, fits, &mut body);
    body.push_str("</div><div>");
    busiest(view, &heard, &mut body);
    body.push_str("</div></div>");
    let order = match narrowed {
        true => lists::chosen_incidents(view, &lists::filter_of_incidents(view)).rows,
        false => lists::in_order(all),
    };
    stories(all, &order, &mut body);
    let mut page = Page::new("/", "Who said what", body);
    if !view.one("as")?.is_empty() {
        page.sheets =
            sheet::sheets(&view.site.store, all, &facets::filter(view), &Place { pages: Some(view.host.clone()) })?;
    }
    Ok(page)
}

/// What the form of the first page asks for.
pub(super) const SHAPE: Shape<'static> =
    Shape { page: "", rows: ["statement", "statements"], words: "Words", speaker: true, sure: true, voice: false };

/// What is in the store, or in that part of it which is chosen.
fn lead(view: &View, found: &Chosen, speakers: usize, questions: usize) -> String {
    let all = &view.all;
    let said = found.statements();
    let articles: BTreeSet<u32> = match facets::is_narrowed(view) {
        true => said.iter().map(|&s| all.statements[s as usize].article).collect(),
        false => (0..all.articles.len() as u32).collect(),
    };
    let articles = || articles.iter().map(|&a| &all.articles[a as usize]);
    let papers: BTreeSet<&str> = articles().map(|a| a.publisher.as_str()).filter(|p| !p.is_empty()).collect();
    let days = span(articles().map(|a| a.published.as_str()));
    format!(
        "{}{}{}, {} {} by {} beside what the papers say in their own voice{}. {} more than one answer.",
        counted(articles().count(), "article", "articles"),
        if papers.is_empty() { String::new() } else { format!(" of {}", counted(papers.len(), "paper", "papers")) },
        if days.is_empty() { String::new() } else { format!(", {days}") },
        if articles().count() == 1 { "holds" } else { "hold" },
        counted(
            said.len(),
            if facets::is_narrowed(view) { "chosen statement" } else { "statement" },
            if facets::is_narrowed(view) { "chosen statements" } else { "statements" }
        ),
        counted(speakers, "speaker", "speakers"),
        match found.unsure {
            0 => String::new(),
            n => format!(
                "; <a href=\"{}\">{}</a> {} left out",
                explore::rows_of(view, &[("min", "0"), ("voice", "others")]),
                counted(n, "less sure statement", "less sure statements"),
                if n == 1 { "is" } else { "are" }
            ),
        },
        counted(questions, "question has", "questions have")
    )
}

/// The strongest disputes; where nothing contradicts, the figures that lie farthest apart.
fn strongest(view: &View, disputes: &[Dispute], contested: &[&Dispute], body: &mut String) {
    let all = &view.all;
    let apart: Vec<&Dispute> = match contested.is_empty() {
        true => disputes.iter().filter(|d| d.answers.ratio(all).is_some_and(|ratio| ratio > 1.0)).collect(),
        false => contested.to_vec(),
    };
    let heading = if contested.is_empty() && !apart.is_empty() { "Farthest apart" } else { "Strongest disputes" };
    let _ = write!(body, "<section aria-labelledby=\"h-disp\"><h2 id=\"h-disp\">{heading}</h2>");
    if contested.is_empty() {
        let those = if facets::is_narrowed(view) { "figures that fit" } else { "figures of this store" };
        let also = if apart.is_empty() { "" } else { " These differ, and can all be true." };
        let _ = match disputes.iter().map(|d| d.answers.unsure).sum::<usize>() {
            0 => write!(body, "<p>No two {those} contradict each other.{also}</p>"),
            n => write!(
                body,
                "<p>No two {those} that are sure contradict each other; {} <a href=\"{}\">less sure</a>.{also}</p>",
                counted(n, "pair is", "pairs are"),
                view.with("min", "0")
            ),
        };
    } else {
        body.push_str("<p class=\"small muted\">Most contradictions first, then farthest apart; one source is counted once however many papers repeat it. The numbers under the ends of a line are its scale.</p>");
    }
    if !apart.is_empty() {
        body.push_str("<ol class=\"disputes\">");
        apart.iter().take(DISPUTES).for_each(|d| lists::item(all, d, false, body));
        body.push_str("</ol>");
        *body += &line::kinds();
    }
    let _ = write!(
        body,
        "<p class=\"small\"><a href=\"{}\">All {} with several answers</a></p></section><div class=\"two\"><div>",
        explore::rows_on(view, "disputes", &[]).trim_end_matches('?'),
        counted(disputes.len(), "question", "questions")
    );
}

/// The query that gives the disputes.
const QUERY: &str = "SELECT DISTINCT ?measure ?counted ?left ?leftWho ?right ?rightWho ?reason WHERE {
  ?comparison a sayso:Comparison ; sayso:verdict sayso:verdictDiffers ; sayso:question ?question ;
    sayso:left ?a ; sayso:right ?b ; sayso:reason ?reason .
  ?a sayso:quantity/sayso:surface ?left ; ^sayso:content/sayso:speaker/rdfs:label ?leftWho .
  ?b sayso:quantity/sayso:surface ?right ; ^sayso:content/sayso:speaker/rdfs:label ?rightWho .
  OPTIONAL { ?question sayso:measure ?measure }
  OPTIONAL { ?question sayso:counted ?counted }
} ORDER BY ?measure ?counted ?left ?right";

/// Figures that their own source has replaced, the latest first.
fn updates(view: &View, all: &Catalogue, fits: impl Fn(&Statement) -> bool, body: &mut String) {
    body.push_str("<section aria-labelledby=\"h-up\"><h2 id=\"h-up\">Latest updates</h2>");
    let mut chains = Vec::new();
    for question in all.questions.iter().filter(|q| all.is_telling(q)) {
        let updates = question.comparisons.iter().map(|&c| &all.comparisons[c as usize]);
        let updates: Vec<_> = updates
            .filter(|c| c.verdict == Verdict::Updates)
            .filter(|c| fits(all.statement(&all.figures[c.left as usize])))
            .filter(|c| view.filter.trusts(all.statement(&all.figures[c.right as usize])))
            .collect();
        let Some(last) = updates.iter().max_by_key(|c| {
            let statement = all.statement(&all.figures[c.left as usize]);
            (statement.day(all.article(statement)).to_owned(), c.left)
        }) else {
            continue;
        };
        // The chain that ends in the latest figure, backwards.
        let mut chain = vec![last.left];
        while let Some(older) =
            updates.iter().filter(|c| c.left == chain[chain.len() - 1] && !chain.contains(&c.right)).max_by_key(|c| {
                let statement = all.statement(&all.figures[c.right as usize]);
                (statement.day(all.article(statement)).to_owned(), c.right)
            })
        {
            chain.push(older.right);
        }
        chain.reverse();
        let statement = all.statement(&all.figures[last.left as usize]);
        chains.push((statement.day(all.article(statement)).to_owned(), question, chain));
    }
    chains.sort_by(|a, b| b.0.cmp(&a.0).then_with(|| a.1.iri.cmp(&b.1.iri)));
    if chains.is_empty() {
        body.push_str("<p>No source has given a later figure in place of an earlier one.</p></section>");
        return;
    }
    body.push_str("<ul class=\"rows\">");
    for (when, question, chain) in chains.iter().take(UPDATES) {
        let last = chain[chain.len() - 1];
        let statement = all.statement(&all.figures[last as usize]);
        let _ = write!(
            body,
            "<li>{} <span class=\"small\">{}{}</span><div class=\"chain\">",
            link("/question", &question.iri, &lists::named(all, question)),
            Glyph::of(all, statement).inline(),
            escaped(&all.who(statement))
        );
        let mut before = String::new();
        for &figure in chain {
            let surface = all.figures[figure as usize].surface.to_string();
            if figure == last {
                let _ = write!(body, "<b>{}</b> ", escaped(&surface));
            } else if surface != before {
                let _ = write!(
                    body,
                    "<span class=\"old\">{}</span> <span class=\"to\" aria-hidden=\"true\">→</span><span class=\"vh\">then</span> ",
                    escaped(&surface)
                );
            }
            before = surface;
        }
        let _ = write!(
            body,
            "<span class=\"small muted\">{}, {}</span></div></li>",
            escaped(&day(when)),
            escaped(all.article(statement).paper())
        );
    }
    body.push_str("</ul></section>");
}

/// The speakers with most statements.
fn busiest(view: &View, rows: &[lists::Heard], body: &mut String) {
    let all = &view.all;
    body.push_str("<section aria-labelledby=\"h-sp\"><h2 id=\"h-sp\">Heard most</h2><table class=\"bars\"><thead><tr><th scope=\"col\">Speaker</th><td></td><th scope=\"col\" class=\"n\">statements</th><th scope=\"col\" class=\"n\">articles</th></tr></thead><tbody>");
    let most = rows.first().map_or(1, |r| r.statements.len()).max(1);
    for row in rows.iter().take(SPEAKERS) {
        let agent = &all.agents[row.agent as usize];
        let glyph = Glyph::of(all, &all.statements[row.statements[0] as usize]).inline();
        let roles = roles(all, &all.all_of(row.agent), &[]);
        let role = roles.first().map_or("", String::as_str);
        let _ = write!(
            body,
            "<tr><td>{glyph}{} <span class=\"small muted\">{}</span></td><td class=\"b\"><svg aria-hidden=\"true\"><rect class=\"fill0\" width=\"{:.1}%\" height=\"12\"/></svg></td><td class=\"n\">{}</td><td class=\"n\">{}</td></tr>",
            link("/entity", &agent.iri, &agent.name),
            escaped(&line::shortened(role, 40)),
            row.statements.len() as f64 * 100.0 / most as f64,
            lists::counted_on(view, "statements", &agent.iri, row.statements.len()),
            lists::counted_on(view, "articles", &agent.iri, row.articles)
        );
    }
    body.push_str("</tbody></table><p class=\"small\"><a href=\"/speakers\">All speakers</a></p></section>");
}

/// The incidents that most articles tell of.
fn stories(all: &Catalogue, order: &[u32], body: &mut String) {
    if order.is_empty() {
        return;
    }
    body.push_str("<section aria-labelledby=\"h-st\"><h2 id=\"h-st\">Incidents</h2>");
    *body += &lists::incident_rows(all, &order[..order.len().min(STORIES)]);
    let _ = write!(
        body,
        "<p class=\"small\"><a href=\"/incidents\">All {}</a></p></section>",
        counted(order.len(), "incident", "incidents")
    );
}
