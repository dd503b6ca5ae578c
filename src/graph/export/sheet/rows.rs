//! The rows of the tables, from the catalogue of a store.

use std::collections::{BTreeMap, BTreeSet};

use super::super::web;
use super::{Cell, Column, Sheet};
use crate::graph::catalogue::{
    Article, Catalogue, Figure, Filter, Heard, Paper, Printed, Standing, Statement, Told, Verdict, characters,
    source_kind,
};
use crate::graph::store::Loaded as Store;
use crate::graph::view::Resource;
use crate::graph::vocab::other;
use crate::graph::{Error, ErrorKind};

/// The tables.
pub const NAMES: &[&str] = &["statements", "figures", "disputes", "articles", "speakers"];

/// Where links to sentences lead.
#[derive(Clone, Debug, Default)]
pub struct Place {
    /// The address of the pages of `sayso serve`; without it links lead to the article's own address.
    pub pages: Option<String>,
}

/// A row in the making: titles, widths and cells together, so that they cannot drift apart.
type Row = Vec<(&'static str, u16, Cell)>;

/// All tables of what is chosen.
pub fn sheets(store: &Store, all: &Catalogue, filter: &Filter, place: &Place) -> Result<Vec<Sheet>, Error> {
    let (chosen, _) = filter.choose(all);
    Ok(vec![
        statements(store, all, &chosen, place)?,
        figures(store, all, &chosen_figures(all, &chosen), place)?,
        disputes(store, all, filter, place)?,
        articles(all, &chosen),
        speakers(all, &chosen, usize::MAX),
    ])
}

/// The figures of statements, in their order.
fn chosen_figures(all: &Catalogue, statements: &[u32]) -> Vec<u32> {
    statements.iter().flat_map(|&at| all.statements[at as usize].figures.iter().copied()).collect()
}

/// The table of rows; the first row of nothing names the columns where there is no other.
fn sheet(name: &'static str, rows: Vec<Row>, empty: Row) -> Sheet {
    let first = rows.first().unwrap_or(&empty);
    let columns = first.iter().map(|(title, width, _)| Column { title: (*title).to_owned(), width: *width }).collect();
    Sheet {
        name,
        columns,
        rows: rows.into_iter().map(|row| row.into_iter().map(|(_, _, cell)| cell).collect()).collect(),
    }
}

/// A row a statement.
pub fn statements(store: &Store, all: &Catalogue, chosen: &[u32], place: &Place) -> Result<Sheet, Error> {
    let mut sentences = Sentences::default();
    let mut rows = Vec::with_capacity(chosen.len());
    for &at in chosen {
        let statement = &all.statements[at as usize];
        let sentence = sentences.of(store, &statement.sentences)?;
        rows.push(statement_row(all, statement, &sentence, place));
    }
    let (mut none, article) = (Catalogue::default(), Article::default());
    none.articles.push(article);
    let mut empty = statement_row(&none, &Statement::default(), "", place);
    // Where people have decided, the table tells what; where nobody has, it has no column for it.
    if all.statements.iter().any(|s| s.standing != Standing::Open) {
        for (row, &at) in rows.iter_mut().zip(chosen) {
            let told = match all.statements[at as usize].standing {
                Standing::Open => "",
                Standing::Right => "right",
                Standing::Wrong => "rejected",
                Standing::Corrected => "speaker corrected",
            };
            row.push(("checked", 14, Cell::text(told)));
        }
        empty.push(("checked", 14, Cell::text("")));
    }
    Ok(sheet("statements", rows, empty))
}

fn statement_row(all: &Catalogue, statement: &Statement, sentence: &str, place: &Place) -> Row {
    let article = all.article(statement);
    let figures: Vec<&Figure> = statement.figures.iter().map(|&f| &all.figures[f as usize]).collect();
    let numbers: Vec<&str> = figures.iter().map(|f| f.surface.as_str()).collect();
    let mut row = about_article(article);
    row.extend(said(all, statement));
    row.extend([("words", 60, Cell::text(statement.words.as_str())), ("numbers", 18, Cell::text(numbers.join("; ")))]);
    row.extend(measured(figures.first().copied()));
    row.extend(found(statement, article, sentence, statement.sentences.first().map_or("", |s| s.as_str()), place));
    row
}

fn about_article(article: &Article) -> Row {
    vec![
        ("article", 36, Cell::text(article.label())),
        ("paper", 22, Cell::text(article.publisher.as_str())),
        ("published", 11, Cell::text(article.published.as_str())),
    ]
}

fn said(all: &Catalogue, statement: &Statement) -> Row {
    let agents = statement.speakers.iter().map(|&a| &all.agents[a as usize]);
    let role = match statement.title.as_str() {
        "" => agents.flat_map(|a| a.roles.first()).next().cloned().unwrap_or_default(),
        title => title.to_owned(),
    };
    let how = match statement.mode.as_str() {
        "narrator" => "the paper's own voice",
        mode => mode,
    };
    vec![
        ("day", 11, Cell::text(statement.latest.as_str())),
        ("speaker", 26, Cell::text(all.voice(statement))),
        ("role", 22, Cell::text(role)),
        ("kind of source", 13, Cell::text(source_kind(&statement.kind))),
        ("cue", 14, Cell::text(statement.cue.as_str())),
        ("how", 10, Cell::text(how)),
        ("stance", 11, Cell::text(stance(statement))),
    ]
}

/// How the speaker stands to the words, where it is not simply said.
fn stance(statement: &Statement) -> &str {
    match statement.commitment.as_str() {
        "neutral" | "" if statement.polarity == "negative" => "negative",
        "neutral" => "",
        commitment => commitment,
    }
}

fn measured(figure: Option<&Figure>) -> Row {
    let of = |text: fn(&Figure) -> &str| figure.map_or("", text).to_owned();
    let bound = |number: Option<f64>| number.map_or(String::new(), |n| n.to_string());
    let (low, high) = figure.map_or((None, None), Figure::bounds);
    let exact = |text: &str, number: Option<f64>| if text.is_empty() { bound(number) } else { text.to_owned() };
    vec![
        ("number", 12, Cell::number(of(|f| &f.value))),
        ("low", 12, Cell::number(exact(&of(|f| &f.lower), low))),
        ("high", 12, Cell::number(exact(&of(|f| &f.upper), high))),
        ("bound", 12, Cell::text(of(|f| if f.bound == "exact" { "" } else { &f.bound }))),
        ("unit", 10, Cell::text(of(|f| if f.currency.is_empty() { &f.unit } else { &f.currency }))),
        ("thing", 30, Cell::text(of(|f| &f.measured))),
        ("when", 12, Cell::text(figure.map_or(String::new(), |f| span(&f.earliest, &f.latest)))),
    ]
}

/// "2017-04-01", "2017-04-01/2017-04-03".
fn span(earliest: &str, latest: &str) -> String {
    match (earliest, latest) {
        (a, b) if a == b => a.to_owned(),
        (a, "") => format!("{a}/.."),
        ("", b) => format!("../{b}"),
        (a, b) => format!("{a}/{b}"),
    }
}

fn found(statement: &Statement, article: &Article, sentence: &str, at: &str, place: &Place) -> Row {
    let sure = statement.confidence.map_or(String::new(), |sure| format!("{sure:.2}"));
    vec![
        ("confidence", 10, Cell::number(sure)),
        ("sentence", 60, Cell::text(sentence)),
        ("link", 14, link(statement, article, sentence, place)),
        ("characters", 14, Cell::text(characters(at).map_or(String::new(), |(a, b)| format!("{a}–{b}")))),
        ("article id", 18, Cell::text(article.id.as_str())),
        ("statement id", 18, Cell::text(statement.iri.rsplit('/').next().unwrap_or_default())),
    ]
}

/// A link to the sentence: on our pages where they are served, else in the article itself (a text fragment).
fn link(statement: &Statement, article: &Article, sentence: &str, place: &Place) -> Cell {
    if let Some(pages) = &place.pages {
        let address = format!("{}/statement?iri={}", pages.trim_end_matches('/'), encoded(&statement.iri));
        return Cell::link(&address, "show");
    }
    if !article.address.starts_with("http") {
        return Cell::text("");
    }
    let words: Vec<&str> = sentence.split_whitespace().collect();
    let fragment = match words.len() {
        0 => return Cell::link(&article.address, "open"),
        n if n <= 10 => encoded(&words.join(" ")),
        n => format!("{},{}", encoded(&words[..4].join(" ")), encoded(&words[n - 4..].join(" "))),
    };
    let base = article.address.split('#').next().unwrap_or_default();
    Cell::link(&format!("{base}#:~:text={fragment}"), "open")
}

/// Text as a text fragment writes it, where a hyphen has a meaning of its own.
fn encoded(text: &str) -> String {
    web::encoded(text, b"._~")
}

/// A row a figure.
pub fn figures(store: &Store, all: &Catalogue, chosen: &[u32], place: &Place) -> Result<Sheet, Error> {
    let mut sentences = Sentences::default();
    let mut rows = Vec::with_capacity(chosen.len());
    for &at in chosen {
        let figure = &all.figures[at as usize];
        let sentence = sentences.of(store, std::slice::from_ref(&figure.sentence))?;
        rows.push(figure_row(all, figure, &sentence, place));
    }
    let mut none = Catalogue::default();
    none.articles.push(Article::default());
    none.statements.push(Statement::default());
    let empty = figure_row(&none, &Figure::default(), "", place);
    Ok(sheet("figures", rows, empty))
}

fn figure_row(all: &Catalogue, figure: &Figure, sentence: &str, place: &Place) -> Row {
    let statement = all.statement(figure);
    let article = all.article(statement);
    let question = figure.question.map(|q| &all.questions[q as usize]);
    let incident = question.and_then(|q| q.incident).map_or("", |i| &all.incidents[i as usize].label);
    let mut row: Row = vec![("figure", 18, Cell::text(figure.surface.as_str()))];
    row.extend(measured(Some(figure)));
    row.push(("measure", 14, Cell::text(figure.measure.as_str())));
    row.extend(said(all, statement));
    row.extend(about_article(article));
    row.extend([
        ("question", 22, Cell::text(question.map_or(String::new(), |q| all.asked(q)))),
        ("incident", 36, Cell::text(incident)),
    ]);
    row.extend(found(statement, article, sentence, &figure.evidence, place));
    row
}

/// A row a pair of figures that answer one question.
pub fn disputes(store: &Store, all: &Catalogue, filter: &Filter, place: &Place) -> Result<Sheet, Error> {
    disputes_of(store, all, filter, |_| true, place)
}

/// The same for some questions.
pub fn disputes_of(
    store: &Store,
    all: &Catalogue,
    filter: &Filter,
    asks: impl Fn(u32) -> bool,
    place: &Place,
) -> Result<Sheet, Error> {
    let mut sentences = Sentences::default();
    let ready = filter.ready(all);
    let mut rows = Vec::new();
    for comparison in all.comparisons.iter().filter(|comparison| asks(comparison.question)) {
        let pair = [comparison.left, comparison.right].map(|f| &all.figures[f as usize]);
        let said = pair.map(|f| all.statement(f));
        let is_chosen = said.iter().any(|s| ready.admits(all, s)) && said.iter().all(|s| filter.trusts(s));
        if !is_chosen {
            continue;
        }
        let question = &all.questions[comparison.question as usize];
        let mut row: Row = vec![
            ("verdict", 16, Cell::text(verdict(comparison.verdict))),
            ("question", 22, Cell::text(all.asked(question))),
            ("incident", 36, Cell::text(question.incident.map_or("", |i| &all.incidents[i as usize].label))),
            ("reason", 40, Cell::text(comparison.reason.as_str())),
        ];
        for (figure, [number, who, paper, day, words, link]) in pair.into_iter().zip(SIDES) {
            let sentence = sentences.of(store, std::slice::from_ref(&figure.sentence))?;
            row.extend(side(all, figure, &sentence, place, [number, who, paper, day, words, link]));
        }
        rows.push(row);
    }
    let mut none = Catalogue::default();
    none.articles.push(Article::default());
    none.statements.push(Statement::default());
    let text = |title: &'static str| (title, 16, Cell::text(""));
    let mut empty: Row = ["verdict", "question", "incident", "reason"].map(text).to_vec();
    for titles in SIDES {
        empty.extend(side(&none, &Figure::default(), "", place, titles));
    }
    Ok(sheet("disputes", rows, empty))
}

/// The titles of the two sides of a dispute.
const SIDES: [[&str; 6]; 2] = [
    ["figure", "speaker", "paper", "day", "sentence", "link"],
    ["other figure", "other speaker", "other paper", "other day", "other sentence", "other link"],
];

fn side(all: &Catalogue, figure: &Figure, sentence: &str, place: &Place, titles: [&'static str; 6]) -> Row {
    let statement = all.statement(figure);
    let article = all.article(statement);
    vec![
        (titles[0], 16, Cell::text(figure.surface.as_str())),
        (titles[1], 26, Cell::text(all.voice(statement))),
        (titles[2], 22, Cell::text(article.publisher.as_str())),
        (titles[3], 11, Cell::text(statement.day(article))),
        (titles[4], 60, Cell::text(sentence)),
        (titles[5], 14, link(statement, article, sentence, place)),
    ]
}

/// A verdict in a word.
pub fn verdict(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Contradicts => "contradicts",
        Verdict::Updates => "updates",
        Verdict::Agrees => "agrees",
        Verdict::Compatible => "both can be true",
        Verdict::OtherScope => "other scope",
    }
}

/// A row an article that has a chosen statement; without a choice every article.
pub fn articles(all: &Catalogue, chosen: &[u32]) -> Sheet {
    let mut counts = vec![(0, 0, BTreeSet::new()); all.articles.len()];
    for &at in chosen {
        let statement = &all.statements[at as usize];
        let count = &mut counts[statement.article as usize];
        count.0 += 1;
        count.1 += statement.figures.len();
        if !statement.is_narrator() {
            count.2.insert(all.voice(statement));
        }
    }
    let row = |(article, (statements, figures, speakers)): (&Article, (usize, usize, BTreeSet<String>))| Printed {
        article: article.clone(),
        statements,
        speakers: speakers.len(),
        figures,
        incidents: article.incidents.iter().map(|&i| all.incidents[i as usize].label.clone()).collect(),
    };
    printed(all.articles.iter().zip(counts).filter(|(_, count)| count.0 > 0).map(row))
}

/// The table of articles.
pub fn printed(rows: impl Iterator<Item = Printed>) -> Sheet {
    let count = |n: usize| Cell::number(n.to_string());
    let row = |printed: Printed| -> Row {
        let article = &printed.article;
        let mut row = about_article(article);
        row.extend([
            ("statements", 11, count(printed.statements)),
            ("speakers", 11, count(printed.speakers)),
            ("figures", 11, count(printed.figures)),
            ("incident", 36, Cell::text(printed.incidents.join("; "))),
            ("address", 30, Cell::link(&article.address, &article.address)),
            ("article id", 18, Cell::text(article.id.as_str())),
        ]);
        row
    };
    sheet("articles", rows.map(row).collect(), row(Printed::default()))
}

/// A row a speaker of a chosen statement, those heard most first; at most so many.
pub fn speakers(all: &Catalogue, chosen: &[u32], most: usize) -> Sheet {
    let mut said: Vec<Vec<u32>> = vec![Vec::new(); all.agents.len()];
    for &at in chosen {
        let statement = &all.statements[at as usize];
        if !statement.is_narrator() {
            for agent in &statement.speakers {
                let said = &mut said[all.one(*agent) as usize];
                // Two of its speakers may be one.
                if said.last() != Some(&at) {
                    said.push(at);
                }
            }
        }
    }
    let mut order: Vec<usize> = (0..said.len()).filter(|&at| !said[at].is_empty()).collect();
    order.sort_by_key(|&at| (std::cmp::Reverse(said[at].len()), &all.agents[at].name, at));
    order.truncate(most);
    let rows = order.into_iter().map(|at| {
        let agent = &all.agents[at];
        let statements: Vec<&Statement> = said[at].iter().map(|&s| &all.statements[s as usize]).collect();
        let articles: BTreeSet<u32> = statements.iter().map(|s| s.article).collect();
        let papers: BTreeSet<&str> = articles.iter().map(|&a| all.articles[a as usize].paper()).collect();
        let days = || statements.iter().map(|s| s.day(all.article(s))).filter(|d| !d.is_empty());
        let kinds: BTreeSet<&str> = statements.iter().map(|s| source_kind(&s.kind)).filter(|k| !k.is_empty()).collect();
        Heard {
            name: agent.name.clone(),
            kind: kinds.first().map_or(agent.kind.as_str(), |kind| kind).to_owned(),
            roles: agent.roles.clone(),
            statements: statements.len(),
            figures: statements.iter().map(|s| s.figures.len()).sum(),
            articles: articles.len(),
            papers: papers.len(),
            first: days().min().unwrap_or_default().to_owned(),
            last: days().max().unwrap_or_default().to_owned(),
            same_as: agent.same_as.clone(),
        }
    });
    heard(rows)
}

/// Roles one behind the other, without whose they are where that is a pronoun ("its director"), and without those that
/// another one tells with more words.
fn told_once(roles: &[String]) -> String {
    const WHOSE: [&str; 9] = ["the", "a", "an", "its", "his", "her", "their", "our", "my"];
    let bare = |role: &String| -> String {
        let rest = role.split_once(' ').filter(|(first, _)| WHOSE.contains(&first.to_lowercase().as_str()));
        rest.map_or(role.as_str(), |(_, rest)| rest).to_owned()
    };
    let bare: Vec<String> = roles.iter().map(bare).collect();
    let lower: Vec<String> = bare.iter().map(|role| format!(" {} ", role.to_lowercase())).collect();
    let told = |at: usize| {
        let more = |other: usize| {
            let longer = (lower[other].len(), at) > (lower[at].len(), other);
            other != at && longer && lower[other].contains(lower[at].as_str())
        };
        !(0..lower.len()).any(more)
    };
    (0..bare.len()).filter(|&at| told(at)).map(|at| bare[at].as_str()).collect::<Vec<_>>().join("; ")
}

/// The table of speakers.
pub fn heard(rows: impl Iterator<Item = Heard>) -> Sheet {
    let count = |n: usize| Cell::number(n.to_string());
    let row = |heard: Heard| -> Row {
        vec![
            ("speaker", 26, Cell::text(heard.name)),
            ("kind", 13, Cell::text(heard.kind)),
            ("role", 30, Cell::text(told_once(&heard.roles))),
            ("statements", 11, count(heard.statements)),
            ("figures", 11, count(heard.figures)),
            ("articles", 11, count(heard.articles)),
            ("papers", 11, count(heard.papers)),
            ("first day", 11, Cell::text(heard.first)),
            ("last day", 11, Cell::text(heard.last)),
            ("known as", 40, Cell::text(heard.same_as.join("; "))),
        ]
    };
    sheet("speakers", rows.map(row).collect(), row(Heard::default()))
}

/// A row a paper with a chosen statement, those with most articles first.
pub fn publishers(all: &Catalogue, chosen: &[u32]) -> Sheet {
    let mut papers: BTreeMap<&str, (BTreeSet<u32>, usize, BTreeSet<String>, BTreeSet<&str>)> = BTreeMap::new();
    for statement in chosen.iter().map(|&at| &all.statements[at as usize]) {
        let article = all.article(statement);
        let paper = papers.entry(article.paper()).or_default();
        paper.0.insert(statement.article);
        if !statement.is_narrator() {
            paper.1 += 1;
            paper.2.insert(all.voice(statement));
        }
        paper.3.insert(&article.published);
    }
    let mut rows: Vec<_> = papers.into_iter().collect();
    rows.sort_by_key(|(name, (articles, ..))| (std::cmp::Reverse(articles.len()), *name));
    self::papers(rows.into_iter().map(|(name, (articles, statements, speakers, days))| {
        let day = |day: Option<&&str>| day.map_or(String::new(), |d| (*d).to_owned());
        Paper {
            name: name.to_owned(),
            articles: articles.len(),
            statements,
            speakers: speakers.len(),
            first: day(days.first()),
            last: day(days.last()),
        }
    }))
}

/// The table of papers.
pub fn papers(rows: impl Iterator<Item = Paper>) -> Sheet {
    let count = |n: usize| Cell::number(n.to_string());
    let row = |paper: Paper| -> Row {
        vec![
            ("paper", 30, Cell::text(paper.name)),
            ("articles", 11, count(paper.articles)),
            ("statements", 11, count(paper.statements)),
            ("speakers", 11, count(paper.speakers)),
            ("first day", 11, Cell::text(paper.first)),
            ("last day", 11, Cell::text(paper.last)),
        ]
    };
    sheet("publishers", rows.map(row).collect(), row(Paper::default()))
}

/// A row an incident of a chosen statement, those that most articles tell of first; at most so many.
pub fn incidents(all: &Catalogue, chosen: &[u32], most: usize) -> Sheet {
    incidents_of(all, chosen, |_| true, most)
}

/// The same for some of them.
pub fn incidents_of(all: &Catalogue, chosen: &[u32], tells: impl Fn(u32) -> bool, most: usize) -> Sheet {
    let mut found: BTreeMap<u32, (BTreeSet<u32>, usize)> = BTreeMap::new();
    for statement in chosen.iter().map(|&at| &all.statements[at as usize]) {
        for &incident in all.article(statement).incidents.iter().filter(|&&incident| tells(incident)) {
            let told = found.entry(incident).or_default();
            told.0.insert(statement.article);
            told.1 += 1;
        }
    }
    let mut rows: Vec<_> = found.into_iter().collect();
    rows.sort_by_key(|(at, (articles, _))| (std::cmp::Reverse(articles.len()), &all.incidents[*at as usize].label));
    rows.truncate(most);
    let rows = rows.iter().map(|(at, (articles, statements))| {
        let incident = &all.incidents[*at as usize];
        let tells = || articles.iter().map(|&a| &all.articles[a as usize]);
        let papers: BTreeSet<&str> = tells().map(Article::paper).collect();
        let days: BTreeSet<&str> = tells().map(|a| a.published.as_str()).filter(|d| !d.is_empty()).collect();
        let day = |day: Option<&&str>| day.map_or(String::new(), |d| (*d).to_owned());
        Told {
            label: incident.label.clone(),
            articles: articles.len(),
            papers: papers.len(),
            statements: *statements,
            questions: incident.questions.len(),
            first: day(days.first()),
            last: day(days.last()),
        }
    });
    told(rows)
}

/// The table of incidents.
pub fn told(rows: impl Iterator<Item = Told>) -> Sheet {
    let count = |n: usize| Cell::number(n.to_string());
    let row = |told: Told| -> Row {
        vec![
            ("incident", 50, Cell::text(told.label)),
            ("articles", 11, count(told.articles)),
            ("papers", 11, count(told.papers)),
            ("statements", 11, count(told.statements)),
            ("questions", 11, count(told.questions)),
            ("first day", 11, Cell::text(told.first)),
            ("last day", 11, Cell::text(told.last)),
        ]
    };
    sheet("incidents", rows.map(row).collect(), row(Told::default()))
}

/// Objects of JSON as rows: what stands in an object within one has both names.
pub fn flat(name: &'static str, objects: &[serde_json::Value]) -> Sheet {
    fn cells(prefix: &str, value: &serde_json::Value, out: &mut Vec<(String, Cell)>) {
        match value {
            serde_json::Value::Object(fields) => {
                for (key, value) in fields {
                    cells(&if prefix.is_empty() { key.clone() } else { format!("{prefix} {key}") }, value, out);
                }
            }
            serde_json::Value::Array(values) => {
                let texts = values.iter().map(|v| v.as_str().map_or_else(|| v.to_string(), str::to_owned));
                out.push((prefix.to_owned(), Cell::text(texts.collect::<Vec<_>>().join("; "))));
            }
            serde_json::Value::Number(number) => out.push((prefix.to_owned(), Cell::number(number.to_string()))),
            serde_json::Value::String(text) => out.push((prefix.to_owned(), Cell::text(text.as_str()))),
            serde_json::Value::Bool(yes) => out.push((prefix.to_owned(), Cell::text(yes.to_string()))),
            serde_json::Value::Null => {}
        }
    }
    let mut titles: Vec<String> = Vec::new();
    let mut rows: Vec<Vec<(String, Cell)>> = Vec::new();
    for object in objects {
        let mut row = Vec::new();
        cells("", object, &mut row);
        for (title, _) in &row {
            if !titles.contains(title) {
                titles.push(title.clone());
            }
        }
        rows.push(row);
    }
    let columns = titles.iter().map(|title| Column { title: title.clone(), width: 24 }).collect();
    let cell = |row: &Vec<(String, Cell)>, title: &String| {
        row.iter().find(|(t, _)| t == title).map_or(Cell::text(""), |(_, cell)| cell.clone())
    };
    let rows = rows.iter().map(|row| titles.iter().map(|title| cell(row, title)).collect()).collect();
    Sheet { name, columns, rows }
}

/// The table of a name.
pub fn named(sheets: Vec<Sheet>, name: &str) -> Result<Sheet, Error> {
    sheets.into_iter().find(|sheet| sheet.name == name).ok_or_else(|| {
        Error::new(ErrorKind::Unknown, format!("no table is called {name}"))
            .with_hint(crate::graph::catalogue::meant(name, NAMES))
    })
}

/// Sentences by their IRIs; the last is kept, since the next row often stands in it, too.
#[derive(Default)]
struct Sentences {
    iri: String,
    words: String,
}

impl Sentences {
    fn of(&mut self, store: &Store, iris: &[smol_str::SmolStr]) -> Result<String, Error> {
        let mut texts = Vec::with_capacity(iris.len());
        for iri in iris.iter().filter(|iri| !iri.is_empty()) {
            if self.iri != iri.as_str() {
                self.words = Resource::read(store, iri)?.words(other::ANCHOR_OF);
                self.iri = iri.to_string();
            }
            texts.push(self.words.clone());
        }
        Ok(texts.join(" "))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn roles_are_told_once() {
        let roles = |given: &[&str]| told_once(&given.iter().map(|r| (*r).to_owned()).collect::<Vec<_>>());
        assert_eq!(
            roles(&["its director", "the agency's director", "head of the agency"]),
            "agency's director; head of the agency"
        );
        assert_eq!(roles(&["Professor", "professor of statistics"]), "professor of statistics");
        assert_eq!(roles(&["President", "president"]), "President");
        assert_eq!(roles(&[]), "");
    }
}
