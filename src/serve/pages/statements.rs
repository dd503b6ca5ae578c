//! Statements that fit: by words, days, speaker, paper, kind of source and confidence, with what the filter leaves out.

use std::fmt::Write;

use super::facets::{self, Chosen, Shape};
use super::paging::Paging;
use super::{Failed, Page, View, counted, day, escaped, link, nothing, printed, queries, stance, sure, who, words};
use crate::graph::catalogue::{Filter, Row};
use crate::graph::export::sheet::{self, Place};
use crate::graph::view::{Kind, LOOKED_AT, find_entities_by_words};
use crate::graph::words::Wanted;

/// Rows of a page.
const ROWS: usize = 50;

/// What the page's form asks for.
pub(super) const SHAPE: Shape<'static> = Shape {
    page: "statements",
    rows: ["statement", "statements"],
    words: "Words",
    speaker: true,
    sure: true,
    voice: true,
};

/// The orders of rows.
const ORDERS: [(&str, &str); 4] =
    [("", "first printed"), ("latest", "last printed"), ("speaker", "speaker"), ("confidence", "surest")];

/// The statements that a filter chooses, each a row.
pub(super) fn chosen(view: &View, filter: &Filter) -> Chosen {
    facets::chosen(view, filter, (0..view.all.statements.len() as u32).map(|at| (at, [at])), |_| None)
}

pub(super) fn page(view: &View) -> Result<Page, Failed> {
    let all = &view.all;
    let filter = &view.filter;
    let found = self::chosen(view, &facets::filter(view));
    let mut chosen = found.statements();
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
    let mut body = view.head(
        &title,
        "Filter beside the rows; every row leads to its sentence.",
        &queries::statements(view, filter),
    );
    names(view, &mut body)?;
    let paging = Paging::new(view, chosen.len(), ROWS)?;
    let mut rows = String::new();
    if chosen.is_empty() {
        rows +=
            &nothing("No statement fits", "Take one of the filters away, or <a href=\"/statements\">begin anew</a>.");
    } else {
        rows.push_str("<table class=\"list\"><thead><tr><th scope=\"col\">Day</th><th scope=\"col\">Who</th><th scope=\"col\">Said what</th><th scope=\"col\" class=\"p\">Paper</th><th scope=\"col\">Confidence</th></tr></thead><tbody>");
        for &row in paging.of_rows(&chosen) {
            let statement = &all.statements[row as usize];
            let _ = write!(
                rows,
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
        rows.push_str("</tbody></table>");
    }
    body += &facets::beside(view, &found, &SHAPE, &paging, &ORDERS, &rows)?;
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
    let mut cut = false;
    if found.len() < 8 {
        // Very many things can have a common word: only the few who speak are looked for among them.
        let mut more = find_entities_by_words(&view.site.store, wanted)?;
        cut = more.len() >= LOOKED_AT;
        more.retain(|other| !found.iter().any(|(iri, ..)| *iri == other.0));
        found.append(&mut more);
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
        let rest = found.len() - 8;
        let _ = if cut { write!(body, " and more") } else { write!(body, " and {rest} more") };
    }
    body.push_str("</p>");
    Ok(())
}
