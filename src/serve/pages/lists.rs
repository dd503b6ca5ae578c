//! Lists: disputes, speakers, articles, and all that is told of one incident.

use std::collections::BTreeSet;
use std::fmt::Write;

use hyper::StatusCode;

use super::days::{self, Axis};
use super::facets::{self, Chosen, Shape};
use super::line::{self, Glyph, short};
use super::paging::Paging;
use super::question::Answers;
use super::{Failed, Page, View, counted, day, escaped, explore, link, nothing, queries, roles, span};
use crate::graph::catalogue::{Catalogue, Filter, Question, Row, Statement};
use crate::graph::export::sheet::{self, Place};
use crate::graph::words::Wanted;

/// A question with several answers.
pub(super) struct Dispute {
    pub question: u32,
    pub answers: Answers,
}

/// The questions that several voices answer, the strongest dispute first; with words, those that have them.
pub(super) fn found(view: &View, words: &[String]) -> Vec<Dispute> {
    found_among(view, words, 0..view.all.questions.len() as u32)
}

fn found_among(view: &View, words: &[String], questions: impl Iterator<Item = u32>) -> Vec<Dispute> {
    let all = &view.all;
    let wanted: Vec<Wanted> = words.iter().map(|w| Wanted::new(w)).collect();
    let mut found: Vec<(bool, f64, Dispute)> = Vec::new();
    for at in questions {
        let question = &all.questions[at as usize];
        if question.figures.len() < 2 {
            continue;
        }
        if !wanted.is_empty() {
            let text = named(all, question) + " " + question.incident.map_or("", |i| &all.incidents[i as usize].label);
            if !wanted.iter().any(|w| w.are_in(&text)) {
                continue;
            }
        }
        let answers = Answers::of(all, question, view.filter.min_confidence);
        // A contradiction is listed whatever its question is called, and also where one of its figures was replaced later.
        if answers.disputes == 0 && (!all.is_telling(question) || answers.standing().count() < 2) {
            continue;
        }
        let ratio = answers.ratio(all).unwrap_or(0.0);
        found.push((answers.disputes > 0, ratio, Dispute { question: at, answers }));
    }
    found.sort_by(|a, b| {
        let key = |d: &Dispute| {
            (std::cmp::Reverse(d.answers.disputes.min(5)), std::cmp::Reverse(d.answers.voices.len().min(5)))
        };
        b.0.cmp(&a.0)
            .then_with(|| key(&a.2).cmp(&key(&b.2)))
            .then_with(|| b.1.total_cmp(&a.1))
            .then_with(|| all.questions[a.2.question as usize].iri.cmp(&all.questions[b.2.question as usize].iri))
    });
    found.into_iter().map(|(_, _, dispute)| dispute).collect()
}

/// Those of them for which a statement that the other filters choose gives a figure.
pub(super) fn chosen_of(view: &View, found: &[Dispute]) -> Chosen {
    let all = &view.all;
    let filter = Filter { about: Vec::new(), ..facets::filter(view) };
    let rows = found.iter().map(|dispute| {
        let figures = &all.questions[dispute.question as usize].figures;
        (dispute.question, figures.iter().map(|&figure| all.figures[figure as usize].statement))
    });
    facets::chosen(view, &filter, rows, |question| Some(all.questions[question as usize].measure.as_str()))
}

/// The questions that the address chooses.
pub(super) fn chosen_questions(view: &View) -> Chosen {
    chosen_of(view, &found(view, &view.filter.about))
}

/// The headings of the questions and of the speakers.
pub(super) const DISPUTED: &str = "Questions with several answers";
pub(super) const HEARD: &str = "Who is heard";

/// What the form of the questions asks for.
pub(super) const QUESTIONS: Shape<'static> = Shape {
    page: "disputes",
    rows: ["question", "questions"],
    words: "Question or incident",
    speaker: true,
    sure: true,
    voice: false,
};

/// A question in words, with its place.
pub(super) fn named(all: &Catalogue, question: &Question) -> String {
    let asked = all.asked(question);
    let mut letters = asked.chars();
    let mut name: String = letters.next().map_or(String::new(), |c| c.to_uppercase().chain(letters).collect());
    if let Some(place) = question.places.first() {
        let _ = write!(name, ", {place}");
    }
    name
}

/// One dispute as a line of a list, with its incident unless the page is about that.
pub(super) fn item(all: &Catalogue, dispute: &Dispute, of_incident: bool, body: &mut String) {
    let question = &all.questions[dispute.question as usize];
    let answers = &dispute.answers;
    let incident = question.incident.filter(|_| !of_incident).map_or(String::new(), |i| {
        let incident = &all.incidents[i as usize];
        format!("<span class=\"small muted\">{}</span>", link("/incident", &incident.iri, &incident.label))
    });
    let _ = write!(
        body,
        "<li><div><span class=\"q\">{}</span>{}{incident}</div>",
        link("/question", &question.iri, &named(all, question)),
        if incident.is_empty() { "" } else { "<br>" }
    );
    answers.mini(all, body);
    let apart = match answers.ratio(all) {
        Some(ratio) if ratio >= 1.05 => {
            // What is a hundred times as much and more is told by its first two digits.
            let round = if ratio < 100.0 { 0.1 } else { 10_f64.powf(ratio.log10().floor() - 1.0) };
            format!("×{}", short((ratio / round).round() * round))
        }
        _ => match answers.ends(all) {
            Some(((_, low), (_, high))) => {
                let point = |f: u32| all.figures[f as usize].point().unwrap_or(0.0);
                let apart = ((point(high) - point(low)) * 1000.0).round() / 1000.0;
                if apart > 0.0 { format!("+{}", short(apart)) } else { String::new() }
            }
            None => String::new(),
        },
    };
    let contradict = match answers.disputes {
        0 if answers.unsure > 0 => counted(answers.unsure, "less sure pair contradicts", "less sure pairs contradict"),
        0 => "no contradiction".to_owned(),
        n => counted(n, "pair contradicts", "pairs contradict"),
    };
    let _ = write!(
        body,
        "<div class=\"apart\"><b>{apart}</b><br><span class=\"small muted\">{contradict}<br>{}</span></div><div class=\"keyline small muted\">",
        counted(answers.voices.len(), "voice", "voices")
    );
    for (at, voice) in answers.voices.iter().take(6).enumerate() {
        let figure = &all.figures[voice.rows[0].figures[0] as usize];
        let glyph = Glyph::of(all, all.statement(figure)).inline();
        let _ = write!(
            body,
            "{}{glyph}{} {}",
            if at > 0 { ", " } else { "" },
            escaped(&figure.surface),
            escaped(&voice.name)
        );
    }
    body.push_str("</div></li>");
}

/// How many rows a page has, and how many number lines.
const ROWS: usize = 50;
const DISPUTES: usize = 25;

pub(super) fn disputes(view: &View) -> Result<Page, Failed> {
    let all = &view.all;
    let mut found = found(view, &view.filter.about);
    let chosen = chosen_of(view, &found);
    let shown: BTreeSet<u32> = chosen.rows.iter().copied().collect();
    found.retain(|dispute| shown.contains(&dispute.question));
    let contested = found.iter().filter(|d| d.answers.disputes > 0).count();
    let lead = format!(
        "{} several answers; {} contradictions{}. Choose one to see its number line.",
        counted(found.len(), "question has", "questions have"),
        match contested {
            0 => "none of them has".to_owned(),
            n => counted(n, "of them has", "of them have"),
        },
        match found.iter().map(|d| d.answers.unsure).sum::<usize>() {
            0 => String::new(),
            n => format!(
                ", {} <a href=\"{}\">less sure</a>",
                counted(n, "more pair is", "more pairs are"),
                view.with("min", "0")
            ),
        }
    );
    let paging = Paging::new(view, found.len(), DISPUTES)?;
    let iris = paging.of_rows(&found).iter().map(|dispute| all.questions[dispute.question as usize].iri.as_str());
    let query = queries::questions(&iris.collect::<Vec<_>>());
    let mut body = view.head(DISPUTED, &lead, &query);
    let mut rows = String::new();
    if found.is_empty() {
        rows += &nothing("No question fits", "Try fewer words, or <a href=\"/disputes\">show all questions</a>.");
    }
    rows.push_str("<ol class=\"disputes\">");
    paging.of_rows(&found).iter().for_each(|d| item(all, d, false, &mut rows));
    rows.push_str("</ol>");
    rows += &line::kinds();
    body += &facets::beside(view, &chosen, &QUESTIONS, &paging, &[], &rows)?;
    let mut page = Page::new("/disputes", "Disputes", body);
    if !view.one("as")?.is_empty() {
        let place = Place { pages: Some(view.host.clone()) };
        // The pairs of the questions that the page shows, both sides as sure as it asks.
        let sure = Filter { min_confidence: view.filter.min_confidence, ..Filter::default() };
        page.sheets.push(sheet::disputes_of(&view.site.store, all, &sure, |q| shown.contains(&q), &place)?);
    }
    Ok(page)
}

/// A speaker with what was said.
pub(super) struct Heard {
    pub agent: u32,
    pub statements: Vec<u32>,
    pub articles: usize,
}

/// Those who speak in the statements that fit, those heard most first; who is one is counted once.
pub(super) fn heard(all: &Catalogue, fits: impl Fn(&Statement) -> bool) -> Vec<Heard> {
    let mut said: Vec<Vec<u32>> = vec![Vec::new(); all.agents.len()];
    for (at, statement) in all.statements.iter().enumerate() {
        if !statement.is_narrator() && fits(statement) {
            for (n, &agent) in statement.speakers.iter().enumerate() {
                let one = all.one(agent);
                // Two names of one speaker in one statement are one voice.
                if !statement.speakers[..n].iter().any(|&before| all.one(before) == one) {
                    said[one as usize].push(at as u32);
                }
            }
        }
    }
    let mut rows: Vec<Heard> = said
        .into_iter()
        .enumerate()
        .filter(|(_, statements)| !statements.is_empty())
        .map(|(agent, statements)| {
            let articles: BTreeSet<u32> = statements.iter().map(|&s| all.statements[s as usize].article).collect();
            Heard { agent: agent as u32, articles: articles.len(), statements }
        })
        .collect();
    rows.sort_by_key(|r| (std::cmp::Reverse(r.statements.len()), &all.agents[r.agent as usize].name, r.agent));
    rows
}

/// What the form of the speakers asks for.
pub(super) const SPEAKERS: Shape<'static> = Shape {
    page: "speakers",
    rows: ["speaker", "speakers"],
    words: "Name or role",
    speaker: false,
    sure: true,
    voice: false,
};

/// What the address chooses of speakers: words are looked for in their names and roles.
pub(super) fn filter_of_speakers(view: &View) -> Filter {
    let mut filter = Filter { attributed: true, ..view.filter.clone() };
    filter.speaker.append(&mut filter.about);
    filter
}

/// The speakers of chosen statements; who is one is counted once.
pub(super) fn chosen_speakers(view: &View, filter: &Filter) -> Chosen {
    let all = &view.all;
    let ones = (0..all.agents.len() as u32).filter(|&agent| all.one(agent) == agent);
    let rows = ones.map(|one| {
        let names = all.all_of(one);
        let mut said: Vec<u32> =
            names.iter().flat_map(|&a| all.agents[a as usize].statements.iter().copied()).collect();
        // Two names of one speaker in one statement are one voice.
        said.sort_unstable();
        said.dedup();
        (one, said)
    });
    facets::chosen(view, filter, rows, |_| None)
}

pub(super) fn speakers(view: &View) -> Result<Page, Failed> {
    let all = &view.all;
    let filter = filter_of_speakers(view);
    let found = chosen_speakers(view, &filter);
    let rows = heard_of(all, &found);
    let lead = format!("{}, those heard most first.", counted(rows.len(), "speaker", "speakers"));
    let mut body = view.head(HEARD, &lead, &queries::speakers(view, &filter));
    let paging = Paging::new(view, rows.len(), ROWS)?;
    let list = match rows.is_empty() {
        true => nothing(
            "Nobody of that name is heard",
            "Try a part of the name, or <a href=\"/speakers\">show all speakers</a>.",
        ),
        false => speaker_rows(view, paging.of_rows(&rows)) + &line::kinds(),
    };
    body += &facets::beside(view, &found, &SPEAKERS, &paging, &[], &list)?;
    let mut page = Page::new("/speakers", "Speakers", body);
    if !view.one("as")?.is_empty() {
        let mut statements = found.statements();
        statements.sort_unstable();
        statements.dedup();
        page.sheets.push(sheet::speakers(all, &statements, usize::MAX));
    }
    Ok(page)
}

/// Speakers with what they said, those heard most first.
fn heard_of(all: &Catalogue, found: &Chosen) -> Vec<Heard> {
    let by_speaker = found.hits.chunk_by(|(a, _), (b, _)| a == b);
    let mut rows: Vec<Heard> = by_speaker
        .map(|hits| {
            let statements: Vec<u32> = hits.iter().map(|(_, statement)| *statement).collect();
            let articles: BTreeSet<u32> = statements.iter().map(|&s| all.statements[s as usize].article).collect();
            Heard { agent: hits[0].0, articles: articles.len(), statements }
        })
        .collect();
    rows.sort_by_key(|r| (std::cmp::Reverse(r.statements.len()), &all.agents[r.agent as usize].name, r.agent));
    rows
}

/// How many statements somebody makes, or in how many articles, as a way to these (a page of theirs): what is chosen stays
/// chosen, but for words of names.
pub(super) fn counted_on(view: &View, page: &str, iri: &str, count: usize) -> String {
    let address = explore::rows_on(view, page, &[("q", ""), ("speaker", iri), ("voice", "others")]);
    format!("<a href=\"{address}\">{}</a>", short(count as f64))
}

/// Speakers as the rows of a table.
fn speaker_rows(view: &View, rows: &[Heard]) -> String {
    let all = &view.all;
    let mut out = String::from(
        "<table class=\"bars\"><thead><tr><th scope=\"col\">Speaker and role, as worded</th><th scope=\"col\" class=\"n\">statements</th><th scope=\"col\" class=\"n\">articles</th><th scope=\"col\" class=\"n wide\">figures</th><th scope=\"col\" class=\"days\">Days</th></tr></thead><tbody>",
    );
    for row in rows {
        let agent = &all.agents[row.agent as usize];
        let said = || row.statements.iter().map(|&s| &all.statements[s as usize]);
        let _ = write!(
            out,
            "<tr><td>{}{} <span class=\"small muted\">{}</span></td><td class=\"n\">{}</td><td class=\"n\">{}</td><td class=\"n wide\">{}</td><td class=\"small muted nowrap days\">{}</td></tr>",
            Glyph::of(all, &all.statements[row.statements[0] as usize]).inline(),
            link("/entity", &agent.iri, &agent.name),
            escaped(&line::shortened(&roles(all, &all.all_of(row.agent), &[]).join("; "), 60)),
            counted_on(view, "statements", &agent.iri, row.statements.len()),
            counted_on(view, "articles", &agent.iri, row.articles),
            said().map(|s| s.figures.len()).sum::<usize>(),
            span(said().map(|s| s.day(all.article(s))))
        );
    }
    out + "</tbody></table>"
}

/// What the form of the articles asks for.
pub(super) const ARTICLES: Shape<'static> = Shape {
    page: "articles",
    rows: ["article", "articles"],
    words: "Headline, and who speaks",
    speaker: true,
    sure: false,
    voice: false,
};

/// What the address chooses of articles: words are looked for in their headlines.
pub(super) fn filter_of_articles(view: &View) -> Filter {
    let mut filter = view.filter.clone();
    filter.document.append(&mut filter.about);
    filter
}

/// A filter in two: by the days on which articles were printed, and by all else.
fn by_printing(filter: &Filter) -> (Filter, Filter) {
    let days = Filter { since: filter.since.clone(), until: filter.until.clone(), ..Filter::default() };
    (days, Filter { since: None, until: None, ..filter.clone() })
}

/// The articles that the address chooses, or of which it chooses a statement, the latest first.
pub(super) fn chosen_articles(view: &View, filter: &Filter) -> Chosen {
    let all = &view.all;
    let (days, rest) = by_printing(filter);
    let days = days.ready(all);
    let printed = (0..all.articles.len() as u32).rev().filter(|&a| days.takes(all, a));
    let statements = |a: u32| all.articles[a as usize].statements.iter().copied();
    let mut found = facets::chosen(view, &rest, printed.map(|a| (a, statements(a))), |_| None);
    if !facets::is_of_statements(filter) {
        let numbers: Vec<u32> = (0..all.articles.len() as u32).collect();
        facets::of_articles(view, filter, numbers.iter().rev().map(|a| (*a, std::slice::from_ref(a))), &mut found);
    }
    found
}

pub(super) fn articles(view: &View) -> Result<Page, Failed> {
    let all = &view.all;
    let filter = filter_of_articles(view);
    let found = chosen_articles(view, &filter);
    let lead = format!("{}, the latest first.", counted(found.rows.len(), "article", "articles"));
    let query = queries::articles(view, &filter, facets::is_of_statements(&filter));
    let mut body = view.head("Articles", &lead, &query);
    let paging = Paging::new(view, found.rows.len(), ROWS)?;
    let list = match found.rows.is_empty() {
        true => {
            nothing("No article fits", "Try fewer words or more days, or <a href=\"/articles\">show all articles</a>.")
        }
        false => article_rows(all, paging.of_rows(&found.rows)),
    };
    body += &facets::beside(view, &found, &ARTICLES, &paging, &[], &list)?;
    let mut page = Page::new("/articles", "Articles", body);
    if !view.one("as")?.is_empty() {
        let mut rows = found.rows;
        rows.sort_unstable();
        let statements: Vec<u32> = rows.iter().flat_map(|&a| all.articles[a as usize].statements.clone()).collect();
        page.sheets.push(sheet::articles(all, &statements));
    }
    Ok(page)
}

/// Articles as the rows of a table.
fn article_rows(all: &Catalogue, rows: &[u32]) -> String {
    let mut out = String::from(
        "<table class=\"bars\"><thead><tr><th scope=\"col\">Printed</th><th scope=\"col\">Headline and paper</th><th scope=\"col\" class=\"n\">statements</th></tr></thead><tbody>",
    );
    for &at in rows {
        let article = &all.articles[at as usize];
        let others = article.statements.iter().filter(|&&s| !all.statements[s as usize].is_narrator()).count();
        let _ = write!(
            out,
            "<tr><td class=\"small\">{}</td><td>{} <span class=\"small muted\">{}</span></td><td class=\"n\"><a href=\"/statements?document={}&amp;voice=others&amp;min=0\">{others}</a></td></tr>",
            escaped(&day(&article.published)),
            link("/article", &article.iri, article.label()),
            escaped(article.paper()),
            super::encoded(&article.iri)
        );
    }
    out + "</tbody></table>"
}

/// What the form of the incidents asks for.
pub(super) const INCIDENTS: Shape<'static> = Shape {
    page: "incidents",
    rows: ["incident", "incidents"],
    words: "Incident, and who speaks",
    speaker: true,
    sure: false,
    voice: false,
};

/// What the address chooses of incidents; words are looked for in what they are called.
pub(super) fn filter_of_incidents(view: &View) -> Filter {
    Filter { about: Vec::new(), ..view.filter.clone() }
}

/// The incidents of which an article fits or, where statements are chosen, one of them; most articles first.
pub(super) fn chosen_incidents(view: &View, filter: &Filter) -> Chosen {
    let all = &view.all;
    let words: Vec<Wanted> = view.filter.about.iter().map(|w| Wanted::new(w)).collect();
    let mut rows = in_order(all);
    rows.retain(|&at| words.is_empty() || words.iter().any(|w| w.are_in(&all.incidents[at as usize].label)));
    let (days, rest) = by_printing(filter);
    let days = days.ready(all);
    let articles = |at: u32| all.incidents[at as usize].articles.as_slice();
    let statements = |at: u32| {
        let printed = articles(at).iter().filter(|&&a| days.takes(all, a));
        printed.flat_map(|&a| all.articles[a as usize].statements.iter().copied())
    };
    let mut found = facets::chosen(view, &rest, rows.iter().map(|&at| (at, statements(at))), |_| None);
    if !facets::is_of_statements(filter) {
        facets::of_articles(view, filter, rows.iter().map(|&at| (at, articles(at))), &mut found);
    }
    found
}

/// The incidents, those that most articles tell of first.
pub(super) fn incidents(view: &View) -> Result<Page, Failed> {
    let all = &view.all;
    let filter = filter_of_incidents(view);
    let found = chosen_incidents(view, &filter);
    let lead =
        format!("{}, those that most articles tell of first.", counted(found.rows.len(), "incident", "incidents"));
    let query = queries::incidents(view, &filter, &view.filter.about, facets::is_of_statements(&filter));
    let mut body = view.head("Incidents", &lead, &query);
    let paging = Paging::new(view, found.rows.len(), ROWS)?;
    let list = match found.rows.is_empty() {
        true => nothing("No incident fits", "Try fewer words, or <a href=\"/incidents\">show all incidents</a>."),
        false => incident_rows(all, paging.of_rows(&found.rows)),
    };
    body += &facets::beside(view, &found, &INCIDENTS, &paging, &[], &list)?;
    let mut page = Page::new("/incidents", "Incidents", body);
    if !view.one("as")?.is_empty() {
        let shown: BTreeSet<u32> = found.rows.iter().copied().collect();
        let statements: Vec<u32> = shown
            .iter()
            .flat_map(|&at| &all.incidents[at as usize].articles)
            .flat_map(|&a| all.articles[a as usize].statements.iter().copied())
            .collect();
        page.sheets.push(sheet::incidents_of(all, &statements, |at| shown.contains(&at), usize::MAX));
    }
    Ok(page)
}

/// All incidents, those that most articles tell of first.
pub(super) fn in_order(all: &Catalogue) -> Vec<u32> {
    let mut order: Vec<u32> = (0..all.incidents.len() as u32).collect();
    order.sort_by_key(|&i| {
        let incident = &all.incidents[i as usize];
        (std::cmp::Reverse(incident.articles.len()), &incident.label, &incident.iri)
    });
    order
}

/// Incidents as the rows of a table, each with the days of its articles on one axis.
pub(super) fn incident_rows(all: &Catalogue, rows: &[u32]) -> String {
    let days_of = |at: u32| {
        let articles = all.incidents[at as usize].articles.iter();
        articles.map(|&a| all.articles[a as usize].published.as_str()).filter(|day| !day.is_empty())
    };
    let axis = Axis::of(rows.iter().flat_map(|&at| days_of(at)));
    let mut out = format!(
        "<table class=\"bars lanes\"><thead><tr><th scope=\"col\">Told as</th><th scope=\"col\" class=\"days\">Printed</th>{}<th scope=\"col\" class=\"n\">articles</th><th scope=\"col\" class=\"n\">statements</th></tr></thead><tbody>",
        axis.as_ref().map_or(String::new(), |axis| format!("<td class=\"wide\">{}</td>", axis.heading()))
    );
    for &at in rows {
        let incident = &all.incidents[at as usize];
        let articles = || incident.articles.iter().map(|&a| &all.articles[a as usize]);
        let _ = write!(
            out,
            "<tr><td>{}</td><td class=\"nowrap muted small days\">{}</td>{}<td class=\"n\"><a href=\"/incident?iri={4}#h-a\">{3}</a></td><td class=\"n\"><a href=\"/statements?incident={4}&amp;min=0\">{5}</a></td></tr>",
            link("/incident", &incident.iri, &incident.label),
            span(articles().map(|a| a.published.as_str())),
            axis.as_ref().map_or(String::new(), |axis| format!("<td class=\"b wide\">{}</td>", axis.lane(days_of(at)))),
            short(incident.articles.len() as f64),
            super::encoded(&incident.iri),
            short(articles().map(|a| a.statements.len()).sum::<usize>() as f64)
        );
    }
    out + "</tbody></table>"
}

/// What the form of an incident asks for.
pub(super) const INCIDENT: Shape<'static> = Shape {
    page: "incident",
    rows: ["statement", "statements"],
    words: "Words",
    speaker: true,
    sure: true,
    voice: true,
};

/// What the address chooses of the statements of an incident's articles.
pub(super) fn chosen_of_incident(view: &View, incident: u32) -> Chosen {
    let all = &view.all;
    let articles = &all.incidents[incident as usize].articles;
    let rows = articles.iter().flat_map(|&a| all.articles[a as usize].statements.iter().map(|&at| (at, [at])));
    facets::chosen(view, &facets::filter(view), rows, |_| None)
}

/// All that is told of one incident.
pub(super) fn incident(view: &View) -> Result<Page, Failed> {
    let all = &view.all;
    let Some(Row::Incident(at)) = all.row(view.one("iri")?) else {
        return Err(Failed::new(StatusCode::NOT_FOUND, "there is no such incident"));
    };
    let incident = &all.incidents[at as usize];
    let found = chosen_of_incident(view, at);
    let chosen = found.statements();
    let narrowed = facets::is_narrowed(view);
    let mut disputes = found_among(view, &[], incident.questions.iter().copied());
    let mut articles = incident.articles.clone();
    if narrowed {
        let fit: BTreeSet<u32> = chosen_of(view, &disputes).rows.into_iter().collect();
        disputes.retain(|dispute| fit.contains(&dispute.question));
        let filter = facets::filter(view);
        let (ready, told) = (filter.ready(all), chosen.iter().map(|&s| all.statements[s as usize].article));
        let told: BTreeSet<u32> = told.collect();
        let by_statement = facets::is_of_statements(&filter);
        articles.retain(|a| told.contains(a) || !by_statement && ready.takes(all, *a));
    }
    let papers: BTreeSet<&str> = articles.iter().map(|&a| all.articles[a as usize].paper()).collect();
    let days = span(articles.iter().map(|&a| all.articles[a as usize].published.as_str()));
    let lead = format!(
        "{} of {} {}{}. {} several answers.",
        counted(articles.len(), "article", "articles"),
        counted(papers.len(), "paper", "papers"),
        match narrowed {
            true => format!("have what is chosen, {}", counted(chosen.len(), "statement", "statements")),
            false => "tell of it".to_owned(),
        },
        if days.is_empty() { String::new() } else { format!(", {days}") },
        counted(disputes.len(), "question has", "questions have")
    );
    let query = format!(
        "SELECT DISTINCT ?published ?title ?who ?words WHERE {{
  ?article sayso:incident <{}> ; sayso:title ?title .
  ?statement sayso:reportedIn ?article ; sayso:words ?words .
  OPTIONAL {{ ?statement sayso:speaker/rdfs:label ?who }}
  OPTIONAL {{ ?article sayso:published ?published }}
}} ORDER BY ?published ?title",
        incident.iri
    );
    let mut body = String::from("<p class=\"crumb\"><a href=\"/\">Home</a> / <a href=\"/incidents\">Incidents</a></p>");
    body += &view.head(&escaped(&incident.label), &lead, &query);
    body += &facets::form(view, &found, &INCIDENT, facets::Place::Folded);
    facets::chips(view, &mut body);
    let of_incident = [("iri", ""), ("incident", incident.iri.as_str())];
    let _ = write!(
        body,
        "<p class=\"small\"><a href=\"{}\">All {}</a> · <a href=\"{}\">Days, network, places</a></p>",
        explore::rows_of(view, &of_incident),
        counted(chosen.len(), "statement", "statements"),
        explore::rows_on(view, "explore", &of_incident)
    );
    body += &facets::left_out(view, found.unsure, &INCIDENT);
    body.push_str("<section aria-labelledby=\"h-q\"><h2 id=\"h-q\">Figures</h2>");
    if disputes.is_empty() {
        body.push_str("<p>No two voices give figures for one question.</p>");
    }
    let figures = Paging::of(view, "figurepage", "h-q", disputes.len(), DISPUTES)?;
    body.push_str("<ol class=\"disputes\">");
    figures.of_rows(&disputes).iter().for_each(|d| item(all, d, true, &mut body));
    let _ = write!(
        body,
        "</ol>{}</section><section aria-labelledby=\"h-a\"><h2 id=\"h-a\">Articles</h2>",
        figures.nav(view, "figures")
    );
    body += &days::of_papers(view, &articles);
    let paging = Paging::of(view, "articlepage", "h-a", articles.len(), ROWS)?;
    body += &article_rows(all, paging.of_rows(&articles));
    body += &paging.nav(view, "articles");
    body.push_str("</section>");
    let mut page = Page::new("/incidents", escaped(&incident.label), body);
    if !view.one("as")?.is_empty() {
        let place = Place { pages: Some(view.host.clone()) };
        let figures: Vec<u32> = chosen.iter().flat_map(|&s| all.statements[s as usize].figures.clone()).collect();
        page.sheets.push(sheet::statements(&view.site.store, all, &chosen, &place)?);
        page.sheets.push(sheet::figures(&view.site.store, all, &figures, &place)?);
        page.sheets.push(sheet::speakers(all, &chosen, usize::MAX));
    }
    Ok(page)
}
