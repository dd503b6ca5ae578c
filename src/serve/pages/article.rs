//! An article: its text with speakers, cues, contents, numbers and times marked, and its statements beside it.

use std::collections::BTreeMap;
use std::fmt::Write;

use hyper::StatusCode;
use oxigraph::model::{GraphNameRef, NamedNodeRef, NamedOrBlankNode, Term, TermRef};

use super::line::Glyph;
use super::{Failed, Page, View, counted, day, encoded, escaped, link, stance, sure, who, words};
use crate::graph::catalogue::{Article, Row, Statement, characters};
use crate::graph::export::sheet::{self, Place};
use crate::graph::places;
use crate::graph::view::Resource;
use crate::graph::vocab::{class, other, property};

/// A sentence: where it begins and ends in the article, in code points, and its letters.
pub(super) struct Sentence {
    pub begin: u32,
    pub end: u32,
    pub letters: Vec<char>,
}

/// What is marked: the classes of `mark`, the outermost first.
const CLASSES: [&str; 5] = ["s", "w", "c", "t", "n"];
const SAID: usize = 0;
const WHO: usize = 1;
const CUE: usize = 2;
const TIME: usize = 3;
const NUMBER: usize = 4;

pub(super) fn page(view: &View) -> Result<Page, Failed> {
    let all = &view.all;
    let Some(Row::Article(at)) = all.row(view.one("iri")?) else {
        return Err(Failed::new(StatusCode::NOT_FOUND, "there is no such article"));
    };
    let article = &all.articles[at as usize];
    let sentences = sentences(view, article)?;
    let mut marks = Marks::new(&sentences);
    for &at in &article.statements {
        let statement = &all.statements[at as usize];
        if statement.is_narrator() {
            continue;
        }
        let read = Resource::read(&view.site.store, &statement.iri)?;
        for (property, class) in [(property::CONTENT_AT, SAID), (property::SPEAKER_AT, WHO), (property::CUE_AT, CUE)] {
            read.links(property).filter_map(characters).for_each(|place| marks.set(place, class));
        }
        for &figure in &statement.figures {
            if let Some(place) = characters(&all.figures[figure as usize].evidence) {
                marks.set(place, NUMBER);
            }
        }
    }
    times(view, article, &mut marks)?;
    let number: BTreeMap<u32, usize> =
        super::in_order(all, article).into_iter().enumerate().map(|(n, s)| (s, n + 1)).collect();
    let others = article.statements.iter().filter(|&&s| !all.statements[s as usize].is_narrator()).count();
    let unsure = article.statements.iter().filter(|&&s| !view.filter.trusts(&all.statements[s as usize])).count();
    let mut body = String::from("<p class=\"crumb\"><a href=\"/\">Home</a> / <a href=\"/articles\">Articles</a>");
    for &incident in &article.incidents {
        let incident = &all.incidents[incident as usize];
        let _ = write!(body, " / {}", link("/incident", &incident.iri, &incident.label));
    }
    let _ = write!(
        body,
        "</p><div class=\"art\"><article class=\"text\" aria-labelledby=\"h-art\"><h1 id=\"h-art\">{}</h1>",
        escaped(article.label())
    );
    let mut facts = vec![escaped(article.paper()), escaped(&day(&article.published))];
    if article.address.starts_with("http") {
        let host = article.address.split('/').nth(2).unwrap_or("original");
        facts.push(format!("<a rel=\"noreferrer\" href=\"{}\">{}</a>", escaped(&article.address), escaped(host)));
    }
    facts.push(format!(
        "{} beside the paper’s own voice, {unsure} of them less sure",
        counted(others, "statement", "statements")
    ));
    facts.retain(|f| !f.is_empty());
    let _ = write!(body, "<p class=\"small muted sans\">{}</p>", facts.join(" · "));
    body.push_str("<p class=\"key\"><span><mark class=\"w\">who</mark> speaker</span> <span><mark class=\"c\">cue</mark> words of saying</span> <span><mark class=\"s\">what</mark> said</span> <span><mark class=\"n\">9,000</mark> number</span> <span><mark class=\"t\">Saturday</mark> time</span></p>");
    text(view, article, &sentences, &marks, &number, &mut body);
    body.push_str("</article><aside aria-labelledby=\"h-st\"><div class=\"bar2\"><h2 id=\"h-st\">Statements</h2>");
    body += &view.take(&query(&article.iri));
    body.push_str("</div><ol class=\"stmts\">");
    for (&at, &n) in &number {
        let statement = &all.statements[at as usize];
        if statement.is_narrator() {
            continue;
        }
        row(view, at, n, statement, &mut body)?;
    }
    body.push_str("</ol>");
    if others == 0 {
        body.push_str("<p>Nobody but the paper itself speaks in this article.</p>");
    }
    let own: Vec<(&u32, &usize)> = number.iter().filter(|(s, _)| all.statements[**s as usize].is_narrator()).collect();
    if !own.is_empty() {
        let _ = write!(
            body,
            "<details class=\"fold\"><summary>{} in the paper’s own voice</summary><ol class=\"stmts\">",
            counted(own.len(), "statement", "statements")
        );
        for (&at, &n) in own {
            row(view, at, n, &all.statements[at as usize], &mut body)?;
        }
        body.push_str("</ol></details>");
    }
    body.push_str("</aside></div>");
    let mut page = Page::new("/articles", escaped(article.label()), body);
    if !view.one("as")?.is_empty() {
        let place = Place { pages: Some(view.host.clone()) };
        let figures: Vec<u32> =
            article.statements.iter().flat_map(|&s| all.statements[s as usize].figures.clone()).collect();
        page.sheets.push(sheet::statements(&view.site.store, all, &article.statements, &place)?);
        page.sheets.push(sheet::figures(&view.site.store, all, &figures, &place)?);
    }
    Ok(page)
}

fn query(iri: &str) -> String {
    format!(
        "SELECT ?who ?cue ?words ?how ?confidence WHERE {{
  ?statement sayso:reportedIn <{iri}> ; sayso:words ?words ; sayso:mode ?mode .
  OPTIONAL {{ ?statement sayso:speaker/rdfs:label ?who }}
  OPTIONAL {{ ?statement sayso:cue ?cue }}
  OPTIONAL {{ ?statement sayso:confidence ?confidence }}
  BIND(STRAFTER(STR(?mode), \"#\") AS ?how)
}}"
    )
}

/// The sentences of an article in order. The store holds them and not the text between them, which is blanks.
pub(super) fn sentences(view: &View, article: &Article) -> Result<Vec<Sentence>, Failed> {
    let graph = graph_of(view, &article.iri)?;
    let graph = graph.as_deref().map(|graph| GraphNameRef::NamedNode(NamedNodeRef::new_unchecked(graph)));
    let mut found = Vec::new();
    for quad in view.site.store.quads_for_pattern(None, Some(other::ANCHOR_OF), None, graph) {
        let quad = quad?;
        let (NamedOrBlankNode::NamedNode(place), Term::Literal(text)) = (&quad.subject, &quad.object) else { continue };
        let Some((begin, end)) =
            characters(place.as_str()).filter(|_| places::document(place.as_str()) == Some(&article.iri))
        else {
            continue;
        };
        found.push(Sentence { begin, end, letters: text.value().chars().collect() });
    }
    found.sort_by_key(|s| (s.begin, std::cmp::Reverse(s.end)));
    // One that stands in another is not shown twice.
    let mut end = 0;
    found.retain(|s| {
        let is_new = s.begin >= end;
        end = end.max(s.end);
        is_new
    });
    Ok(found)
}

/// Marks the expressions of time.
fn times(view: &View, article: &Article, marks: &mut Marks) -> Result<(), Failed> {
    let Some(graph) = graph_of(view, &article.iri)? else { return Ok(()) };
    let kind = TermRef::NamedNode(class::TIME);
    let name = GraphNameRef::NamedNode(NamedNodeRef::new_unchecked(&graph));
    for quad in view.site.store.quads_for_pattern(None, Some(other::TYPE), Some(kind), Some(name)) {
        let NamedOrBlankNode::NamedNode(time) = quad?.subject else { continue };
        let read = Resource::read(&view.site.store, time.as_str())?;
        let places: Vec<&str> = read.links(property::EVIDENCE).collect();
        for place in places.into_iter().filter(|p| p.starts_with(&format!("{}#", article.iri))) {
            if let Some(place) = characters(place) {
                marks.set(place, TIME);
            }
        }
    }
    Ok(())
}

/// The graph that holds an article.
fn graph_of(view: &View, iri: &str) -> Result<Option<String>, Failed> {
    let subject = NamedNodeRef::new_unchecked(iri).into();
    let mut found = view.site.store.quads_for_pattern(Some(subject), Some(property::IDENTIFIER), None, None);
    match found.next().transpose()? {
        Some(quad) => match quad.graph_name {
            oxigraph::model::GraphName::NamedNode(node) => Ok(Some(node.into_string())),
            _ => Ok(None),
        },
        None => Ok(None),
    }
}

/// Which letters of the sentences are marked, and how.
struct Marks {
    begins: Vec<u32>,
    flags: Vec<Vec<u8>>,
}

impl Marks {
    fn new(sentences: &[Sentence]) -> Marks {
        Marks {
            begins: sentences.iter().map(|s| s.begin).collect(),
            flags: sentences.iter().map(|s| vec![0; s.letters.len()]).collect(),
        }
    }

    fn set(&mut self, (from, to): (u32, u32), class: usize) {
        for (begin, flags) in self.begins.iter().zip(&mut self.flags) {
            let place = |at: u32| (at.saturating_sub(*begin) as usize).min(flags.len());
            let (a, b) = (place(from), place(to));
            flags[a..b.max(a)].iter_mut().for_each(|flag| *flag |= 1 << class);
        }
    }
}

/// Letters with their marks, the outermost first.
fn marked(letters: &[char], flags: &[u8], class: usize, out: &mut String) {
    if class == CLASSES.len() {
        letters.iter().for_each(|c| out.push_str(&escaped(c.encode_utf8(&mut [0; 4]))));
        return;
    }
    let mut at = 0;
    while at < letters.len() {
        let is = |n: usize| flags[n] & (1 << class) != 0;
        let end = (at..letters.len()).find(|&n| is(n) != is(at)).unwrap_or(letters.len());
        if is(at) {
            let _ = write!(out, "<mark class=\"{}\">", CLASSES[class]);
        }
        marked(&letters[at..end], &flags[at..end], class + 1, out);
        if is(at) {
            out.push_str("</mark>");
        }
        at = end;
    }
}

/// A sentence of an evidence page, marked the same way.
pub(super) fn one_marked(text: &str, begin: u32, places: &[((u32, u32), usize)]) -> String {
    let sentence = Sentence { begin, end: 0, letters: text.chars().collect() };
    let mut marks = Marks::new(std::slice::from_ref(&sentence));
    places.iter().for_each(|(place, class)| marks.set(*place, *class));
    let mut out = String::new();
    marked(&sentence.letters, &marks.flags[0], 0, &mut out);
    out
}

/// The classes of marks by the properties of statements, for [`one_marked`].
pub(super) const PLACES: [(NamedNodeRef<'static>, usize); 3] =
    [(property::CONTENT_AT, SAID), (property::SPEAKER_AT, WHO), (property::CUE_AT, CUE)];
pub(super) const NUMBERS: usize = NUMBER;

/// The text: paragraphs end where the article has more than a blank between two sentences.
fn text(
    view: &View,
    article: &Article,
    sentences: &[Sentence],
    marks: &Marks,
    number: &BTreeMap<u32, usize>,
    body: &mut String,
) {
    let all = &view.all;
    let mut at_sentence: BTreeMap<u32, Vec<(u32, usize)>> = BTreeMap::new();
    for (&at, &n) in number {
        let statement = &all.statements[at as usize];
        let begin = statement.sentences.first().and_then(|s| characters(s)).map_or(statement.begin, |(begin, _)| begin);
        at_sentence.entry(begin).or_default().push((at, n));
    }
    let mut end = None;
    for (sentence, flags) in sentences.iter().zip(&marks.flags) {
        let words: String = sentence.letters.iter().collect();
        if end.is_none() && words == article.title {
            end = Some(sentence.end);
            anchors(&at_sentence, sentence, body);
            continue;
        }
        match end {
            None => body.push_str("<p>"),
            Some(end) if sentence.begin > end + 1 => {
                body.push_str(if body.ends_with("</p>") { "<p>" } else { "</p><p>" })
            }
            Some(_) if body.ends_with("</p>") => body.push_str("<p>"),
            Some(_) => body.push(' '),
        }
        end = Some(sentence.end);
        let here: Vec<(u32, usize)> = within(&at_sentence, sentence).collect();
        let others: Vec<usize> =
            here.iter().filter(|(s, _)| !all.statements[*s as usize].is_narrator()).map(|(_, n)| *n).collect();
        let class = if others.is_empty() { "" } else { " class=\"st\"" };
        let first = here.first().map_or(String::new(), |(_, n)| format!(" id=\"t{n}\""));
        let data = others.first().map_or(String::new(), |n| format!(" data-s=\"{n}\""));
        let _ = write!(body, "<span{class}{first}{data}>");
        for (_, n) in here.iter().skip(1) {
            let _ = write!(body, "<span id=\"t{n}\"></span>");
        }
        marked(&sentence.letters, flags, 0, body);
        for n in others {
            let _ = write!(body, "<a class=\"ref\" href=\"#s{n}\" aria-label=\"statement {n}\">{n}</a>");
        }
        body.push_str("</span>");
    }
    body.push_str("</p>");
}

/// The statements that begin in a sentence.
fn within<'s>(
    at_sentence: &'s BTreeMap<u32, Vec<(u32, usize)>>,
    sentence: &Sentence,
) -> impl Iterator<Item = (u32, usize)> + 's {
    at_sentence.range(sentence.begin..sentence.end.max(sentence.begin + 1)).flat_map(|(_, all)| all.iter().copied())
}

/// The headline stands above already; links to its statements lead there.
fn anchors(at_sentence: &BTreeMap<u32, Vec<(u32, usize)>>, sentence: &Sentence, body: &mut String) {
    for (_, n) in within(at_sentence, sentence) {
        let _ = write!(body, "<span id=\"t{n}\"></span>");
    }
}

/// A statement beside the text: closed one line, open why.
fn row(view: &View, at: u32, n: usize, statement: &Statement, body: &mut String) -> Result<(), Failed> {
    let all = &view.all;
    let low = if view.filter.trusts(statement) { "" } else { " class=\"low\"" };
    let _ = write!(
        body,
        "<li id=\"s{n}\" data-s=\"{n}\"><details name=\"why\"{low}><summary><span class=\"n\">{n}</span> {}{} <span class=\"muted\">{}</span> {}{}</summary><dl>",
        Glyph::of(all, statement).inline(),
        escaped(&if statement.is_narrator() { all.article(statement).paper().to_owned() } else { all.who(statement) }),
        escaped(&statement.cue),
        escaped(&super::line::shortened(&statement.words, 90)),
        stance(statement)
    );
    let mut fact = |term: &str, value: String| {
        if !value.is_empty() {
            let _ = write!(body, "<dt>{term}</dt><dd>{value}</dd>");
        }
    };
    fact("who", who(all, statement));
    if statement.source != all.who(statement).as_str() && !statement.source.is_empty() {
        fact("as worded", format!("“{}”", escaped(&statement.source)));
    }
    fact("role", escaped(&statement.title));
    fact("said", words(all, at));
    fact("how", escaped(if statement.is_narrator() { "the paper’s own voice" } else { &statement.mode }));
    fact("to", escaped(&statement.addressee));
    fact("through", escaped(&statement.medium));
    fact("when", escaped(&day(&statement.latest)));
    for &figure in &statement.figures {
        let figure = &all.figures[figure as usize];
        let question = figure.question.map(|q| &all.questions[q as usize]);
        let others = question.map_or(String::new(), |q| format!(" — {}", link("/question", &q.iri, "what others say")));
        fact("figure", format!("<b class=\"fig\">{}</b>{others}", escaped(&figure.surface)));
    }
    fact("sure", sure(statement));
    let _ = write!(
        body,
        "</dl><p class=\"acts\"><a href=\"#t{n}\">In the text</a> <a href=\"/statement?iri={}\">All that is known</a></p></details></li>",
        encoded(&statement.iri)
    );
    Ok(())
}
