//! Rows of an answer as a table in which whoever reads on finds the way: from a number or words to their sentence, from a
//! name to who it is, from a headline to its article.

use std::fmt::Write;
use std::ops::Range;

use rustc_hash::{FxHashMap, FxHashSet};

use super::facets::FIELDS;
use super::{View, encoded, escaped, line, link, place_of, shown, titled};
use crate::graph::catalogue::{Catalogue, Row, Statement};
use crate::graph::query::{self, Table};
use oxigraph::model::Term;

/// Letters of a cell that is not opened, and of one whose column is one of words.
const LONG: usize = 400;
const WORDS: usize = 60;

/// Whether two claims stand beside each other in a row of an answer.
pub(super) fn has_two_sides(found: &Table) -> bool {
    let titles: Vec<String> = found.columns.iter().map(|column| titled(column)).collect();
    columns(&titles).iter().any(|column| matches!(column, Shown::Side(..)))
}

/// Some rows of an answer; with the view of their page their cells lead to what they are about.
pub(super) fn table(found: &Table, range: Range<usize>, view: Option<&View>) -> String {
    let rows = found.rows.get(range).unwrap_or_default();
    let titles: Vec<String> = found.columns.iter().map(|column| titled(column)).collect();
    let words: Vec<Vec<String>> =
        rows.iter().map(|row| row.iter().map(|t| t.as_ref().map(query::shown).unwrap_or_default()).collect()).collect();
    // A column looks alike in every row: words get the room, a day or a number is not broken.
    let longest = |at: usize| words.iter().map(|row| row[at].chars().count()).max().unwrap_or(0);
    let is_day = |cell: &str| cell.bytes().all(|b| b.is_ascii_digit() || b"-/".contains(&b));
    let is_short = |at: usize| {
        longest(at) <= 14 && words.iter().all(|row| !row[at].contains(' ')) || words.iter().all(|row| is_day(&row[at]))
    };
    let classes: Vec<&str> = (0..titles.len())
        .map(|at| match longest(at) {
            n if n > WORDS => " class=\"long\"",
            _ if is_short(at) => " class=\"short\"",
            _ => "",
        })
        .collect();
    let ways = view.map(|view| Ways::of(view, &titles, &words));
    let mut columns = if view.is_some() { columns(&titles) } else { (0..titles.len()).map(Shown::One).collect() };
    // A column of a ready-made question in which no row has anything says nothing.
    columns.retain(|column| match column {
        Shown::One(at) => view.is_none() || words.iter().any(|row| !row[*at].is_empty()),
        Shown::Side(..) => true,
    });
    let named = |title: &str| match (view.is_some(), title) {
        (true, "id") => "why".to_owned(),
        (true, "asked") => "all figures".to_owned(),
        (_, title) => title.to_owned(),
    };
    let heading = |column: &Shown| match column {
        Shown::One(at) => named(&titles[*at]),
        Shown::Side(name, _) => (*name).to_owned(),
    };
    let mut body = String::from(
        "<div class=\"pan\" tabindex=\"0\" role=\"region\" aria-label=\"Rows\"><table class=\"tsv rec\"><thead><tr>",
    );
    for column in &columns {
        let _ = write!(body, "<th scope=\"col\">{}</th>", escaped(&heading(column)));
    }
    body.push_str("</tr></thead><tbody>");
    for (row, words) in rows.iter().zip(&words) {
        body.push_str("<tr>");
        let ways = ways.as_ref().map(|ways| ways.row(words));
        let whole = |at: usize| {
            let led = ways.as_ref().and_then(|ways| ways[at].clone());
            led.unwrap_or_else(|| row[at].as_ref().map(plain).unwrap_or_default())
        };
        let mut before = "";
        for column in &columns {
            let (class, cell) = match column {
                // A day that is the one beside it, too, is told once where there is little room.
                Shown::One(at) if is_short(*at) && !words[*at].is_empty() && words[*at] == before => {
                    (" class=\"short again\"", whole(*at))
                }
                // What would fill a screen by itself is opened by whoever wants it.
                Shown::One(at) if words[*at].chars().count() > LONG => {
                    let begin = escaped(&line::shortened(&words[*at], LONG / 2));
                    (
                        classes[*at],
                        format!("<details class=\"cell\"><summary>{begin}</summary>{}</details>", whole(*at)),
                    )
                }
                Shown::One(at) => (classes[*at], whole(*at)),
                Shown::Side(_, parts) => (" class=\"half\"", side(&titles, words, parts, &whole)),
            };
            before = match column {
                Shown::One(at) => &words[*at],
                Shown::Side(..) => "",
            };
            let _ = write!(body, "<td{class} data-c=\"{}\">{cell}</td>", escaped(&heading(column)));
        }
        body.push_str("</tr>");
    }
    body.push_str("</tbody></table></div>");
    body
}

/// One side of a row: what it comes to, then who and where, then in which words, which are folded where there is little room.
fn side(titles: &[String], words: &[String], parts: &[usize], whole: &impl Fn(usize) -> String) -> String {
    let mut there: Vec<usize> = Vec::new();
    for &at in parts {
        // A paper that speaks itself is named once.
        if !words[at].is_empty() && !there.iter().any(|&before| words[before] == words[at]) {
            there.push(at);
        }
    }
    let is_text = |at: usize| {
        let own = SIDES.iter().filter(|before| !before.is_empty()).find_map(|before| titles[at].strip_prefix(*before));
        SAID.contains(&own.unwrap_or(&titles[at])) || words[at].starts_with("http")
    };
    let Some((&first, rest)) = there.split_first() else { return String::new() };
    let (texts, told): (Vec<usize>, Vec<usize>) = rest.iter().partition(|&&at| is_text(at));
    let mut out = format!("<span class=\"part first\">{}</span>", whole(first));
    if !told.is_empty() {
        let told = told.into_iter().map(|at| match words[at].contains(' ') {
            true => whole(at),
            // A day is not broken.
            false => format!("<span class=\"nowrap\">{}</span>", whole(at)),
        });
        let told: Vec<String> = told.collect();
        let _ = write!(out, " <span class=\"part\">{}</span>", told.join(" · "));
    }
    if !texts.is_empty() {
        let texts: String = texts.into_iter().map(|at| format!("<span class=\"part\">{}</span>", whole(at))).collect();
        let _ = write!(out, "<details class=\"said\"><summary>In which words</summary>{texts}</details>");
    }
    out
}

/// What a page shows as one column.
enum Shown {
    One(usize),
    /// One side of a row that sets two beside each other, with all that is told of it.
    Side(&'static str, Vec<usize>),
}

/// The columns of a table as a page shows them: each side in one, so that two of them find room.
fn columns(titles: &[String]) -> Vec<Shown> {
    let side_of = |title: &str| -> Option<&'static str> {
        let begins = |before: &&str| !before.is_empty() && title.starts_with(*before);
        match SIDES.iter().find(|before| begins(before)) {
            Some(&"left ") => Some("left"),
            Some(&"right ") => Some("right"),
            Some(_) => Some("other"),
            None => titles.iter().any(|t| t.strip_prefix("other ") == Some(title)).then_some("one"),
        }
    };
    let mut out: Vec<Shown> = Vec::new();
    for (at, title) in titles.iter().enumerate() {
        let Some(name) = side_of(title) else {
            out.push(Shown::One(at));
            continue;
        };
        let there = out.iter_mut().find_map(|shown| match shown {
            Shown::Side(own, parts) if *own == name => Some(parts),
            _ => None,
        });
        match there {
            Some(parts) => parts.push(at),
            None => out.push(Shown::Side(name, vec![at])),
        }
    }
    out
}

/// A term as HTML; an address of the web is a link by its host, or by the end of what names a thing.
fn plain(term: &Term) -> String {
    let Term::Literal(literal) = term else { return shown(term) };
    let text = literal.value();
    let is_address = (text.starts_with("https://") || text.starts_with("http://")) && !text.contains([' ', '\n']);
    if !is_address {
        return shown(term);
    }
    let host = text.split('/').nth(2).unwrap_or(text);
    let name = match text.contains("/entity/") {
        true => text.rsplit('/').next().unwrap_or(host),
        false => host.trim_start_matches("www."),
    };
    format!("<a rel=\"noreferrer\" href=\"{}\">{}</a>", escaped(text), escaped(name))
}

/// What stands before the names of the columns of a side, where a row has two.
const SIDES: [&str; 4] = ["", "left ", "right ", "other "];
const NUMBERS: [&str; 3] = ["number", "surface", "figure"];
const SAID: [&str; 5] = ["words", "quote", "what", "text", "sentence"];
const WHO: [&str; 5] = ["who", "speaker", "described", "outer", "label"];
const TITLES: [&str; 4] = ["title", "document", "identifier", "article"];
const PAPERS: [&str; 2] = ["publisher", "paper"];

/// The columns of one side of a row.
struct Side {
    numbers: Option<usize>,
    said: Option<usize>,
    who: Option<usize>,
    title: Option<usize>,
    paper: Option<usize>,
}

/// Where the cells of a table lead to.
struct Ways<'a> {
    view: &'a View<'a>,
    all: &'a Catalogue,
    titles: &'a [String],
    sides: Vec<Side>,
    /// What the rows name, each with those that have the name.
    articles: FxHashMap<&'a str, Vec<u32>>,
    speakers: FxHashMap<&'a str, Vec<u32>>,
    incidents: FxHashMap<&'a str, u32>,
    /// What stands before the hash of a statement, and of a question.
    before: [String; 2],
}

impl<'a> Ways<'a> {
    fn of(view: &'a View, titles: &'a [String], rows: &[Vec<String>]) -> Ways<'a> {
        let all: &'a Catalogue = &view.all;
        let column = |before: &str, names: &[&str]| {
            names.iter().find_map(|name| {
                titles.iter().position(|title| title.strip_prefix(before).is_some_and(|rest| rest == *name))
            })
        };
        let sides: Vec<Side> = SIDES
            .iter()
            .map(|before| Side {
                numbers: column(before, &NUMBERS),
                said: column(before, &SAID),
                who: column(before, &WHO),
                title: column(before, &TITLES),
                paper: column(before, &PAPERS),
            })
            .collect();
        let cells = |of: &dyn Fn(&Side) -> Option<usize>| -> FxHashSet<&str> {
            let columns: Vec<usize> = sides.iter().filter_map(of).collect();
            rows.iter().flat_map(|row| columns.iter().map(|&at| row[at].as_str())).filter(|w| !w.is_empty()).collect()
        };
        // The rows of a timeline that are articles have their headlines where others say what happened.
        let (kind, what) = (column("", &["kind"]), column("", &["what"]));
        // Rows of what happened name all articles that tell of it.
        let mut named = cells(&|side| side.title);
        if let (Some(kind), Some(what)) = (kind, what) {
            named.extend(rows.iter().filter(|row| row[kind] == "article").map(|row| row[what].as_str()));
        }
        if let Some(at) = column("", &["article id"]) {
            named.extend(rows.iter().map(|row| row[at].as_str()));
        }
        let named: FxHashSet<&str> = named.iter().flat_map(|t| t.split("; ").chain(std::iter::once(*t))).collect();
        let mut articles: FxHashMap<&str, Vec<u32>> = FxHashMap::default();
        for (at, article) in all.articles.iter().enumerate() {
            for name in [article.title.as_str(), article.id.as_str()] {
                if named.contains(name) {
                    articles.entry(name).or_default().push(at as u32);
                }
            }
        }
        let named = cells(&|side| side.who);
        let mut speakers: FxHashMap<&str, Vec<u32>> = FxHashMap::default();
        for (at, agent) in all.agents.iter().enumerate().filter(|(_, agent)| named.contains(agent.name.as_str())) {
            speakers.entry(&agent.name).or_default().push(at as u32);
        }
        let incident = column("", &["incident"]);
        let named: FxHashSet<&str> = incident.iter().flat_map(|&at| rows.iter().map(move |r| r[at].as_str())).collect();
        let told = all.incidents.iter().enumerate().rev().filter(|(_, i)| named.contains(i.label.as_str()));
        let incidents = told.map(|(at, incident)| (incident.label.as_str(), at as u32)).collect();
        let start = |iri: Option<&str>, kind: &str| {
            iri.and_then(|iri| iri.find(kind).map(|at| iri[..at + kind.len()].to_owned())).unwrap_or_default()
        };
        let before = [
            start(all.statements.first().map(|s| s.iri.as_str()), "/statement/"),
            start(all.questions.first().map(|q| q.iri.as_str()), "/question/"),
        ];
        Ways { view, all, titles, sides, articles, speakers, incidents, before }
    }

    /// What each cell of a row is as a link; nothing for those that lead nowhere.
    fn row(&self, cells: &[String]) -> Vec<Option<String>> {
        let mut out: Vec<Option<String>> = vec![None; cells.len()];
        let of = |name: &str| self.titles.iter().position(|title| title == name).filter(|&at| !cells[at].is_empty());
        let known = of("id").and_then(|at| match self.all.row(&format!("{}{}", self.before[0], cells[at])) {
            Some(Row::Statement(s)) => Some((at, s)),
            _ => None,
        });
        if let Some((at, s)) = known {
            out[at] = Some(link("/statement", &self.all.statements[s as usize].iri, "why"));
        }
        if let Some(at) = of("asked")
            && let Some(Row::Question(q)) = self.all.row(&format!("{}{}", self.before[1], cells[at]))
        {
            out[at] = Some(link("/question", &self.all.questions[q as usize].iri, "compare"));
        }
        if let Some(at) = of("incident")
            && let Some(&incident) = self.incidents.get(cells[at].as_str())
        {
            out[at] = Some(link("/incident", &self.all.incidents[incident as usize].iri, &cells[at]));
        }
        // Whose paper it is leads to what it has printed, where the row is about nothing else.
        if let Some(at) = of("paper").filter(|&at| at == 0) {
            let address = format!("/statements?publisher={}", encoded(&cells[at]));
            out[at] = Some(format!("<a href=\"{}\">{}</a>", escaped(&address), escaped(&cells[at])));
        }
        if let (Some(kind), Some(what)) = (of("kind"), of("what"))
            && cells[kind] == "article"
        {
            let paper = of("who").map_or("", |at| cells[at].as_str());
            let articles = self.articles.get(cells[what].as_str()).map_or(&[][..], Vec::as_slice);
            let articles = || articles.iter().map(|&at| &self.all.articles[at as usize]);
            let article = articles().find(|article| article.paper() == paper).or_else(|| articles().next());
            out[what] = article.map(|article| link("/article", &article.iri, &cells[what]));
        }
        self.counts(cells, known.map(|(_, s)| s), &mut out);
        for (n, side) in self.sides.iter().enumerate() {
            // The other side of a row has a title of its own, or none.
            let own = |column: Option<usize>| column.filter(|&at| !cells[at].is_empty());
            let articles = own(side.title).map_or(&[][..], |at| self.articles_of(&cells[at]));
            let said = match known {
                Some((_, s)) if n == 0 => Some(s),
                _ => self.statement(side, cells, articles),
            };
            if let Some(at) = own(side.title)
                && let Some(article) =
                    said.map(|s| self.all.statements[s as usize].article).or(articles.first().copied())
            {
                // Where the sentence is known the headline leads to it.
                let article = &self.all.articles[article as usize];
                out[at] = Some(match said {
                    Some(s) => format!("<a href=\"{}\">{}</a>", place_of(self.all, s), escaped(&cells[at])),
                    None => link("/article", &article.iri, &cells[at]),
                });
            }
            if let Some(s) = said {
                for at in [own(side.numbers), own(side.said)].into_iter().flatten() {
                    let (place, words) = (place_of(self.all, s), escaped(&cells[at]));
                    out[at] = Some(format!("<a class=\"plain\" href=\"{place}\">{words}</a>"));
                }
            }
            if let Some(at) = own(side.who) {
                let speakers = said.map_or(&[][..], |s| &self.all.statements[s as usize].speakers);
                let agent = |&a: &u32| self.all.agents[a as usize].name == cells[at];
                let one = speakers.iter().find(|a| agent(a)).copied();
                let one = one.or_else(|| self.speakers.get(cells[at].as_str()).map(|found| self.all.one(found[0])));
                out[at] = one.map(|a| link("/entity", &self.all.agents[a as usize].iri, &cells[at]));
            }
        }
        out
    }

    /// The address of a list, narrowed to what a row is about; what else the page has chosen stays chosen.
    fn rows(&self, list: &str, own: &[(&str, &str)]) -> String {
        let mut pairs: Vec<String> = Vec::new();
        for (name, value) in self.view.given.iter().filter(|(_, value)| !value.trim().is_empty()) {
            let field = FIELDS.iter().find(|field| field.name == name || field.asked == name);
            if let Some(field) = field.filter(|field| own.iter().all(|(name, _)| *name != field.name)) {
                pairs.push(format!("{}={}", field.name, encoded(value)));
            }
        }
        pairs.extend(own.iter().map(|(name, value)| format!("{name}={}", encoded(value))));
        escaped(&format!("/{list}?{}", pairs.join("&")))
    }

    /// Where the numbers of a row lead that counts: to the rows that are counted.
    fn counts(&self, cells: &[String], known: Option<u32>, out: &mut [Option<String>]) {
        let of = |name: &str| self.titles.iter().position(|title| title == name).filter(|&at| !cells[at].is_empty());
        let cell = |name: &str| of(name).map_or("", |at| cells[at].as_str());
        let mut lead = |name: &str, address: String| {
            if let Some(at) = of(name) {
                out[at] = Some(format!("<a href=\"{address}\">{}</a>", escaped(&cells[at])));
            }
        };
        // Articles, papers and incidents are counted with all that is said in them, unless less is asked for.
        let all = if self.view.many("min").chain(self.view.many("min-confidence")).next().is_none() {
            &[("min", "0")][..]
        } else {
            &[]
        };
        let everything = |list: &str, own: &[(&str, &str)]| self.rows(list, &[own, all].concat());
        let first = self.titles.first().map_or("", String::as_str);
        let titles = self.sides.first().and_then(|side| side.title).map_or("", |at| cells[at].as_str());
        match first {
            "speaker" => {
                let Some(agents) = self.speakers.get(cells[0].as_str()) else { return };
                let iri = &self.all.agents[self.all.one(agents[0]) as usize].iri;
                let own = [("speaker", iri.as_str()), ("voice", "others")];
                lead("statements", self.rows("statements", &own));
                lead("articles", self.rows("articles", &own));
                lead("figures", format!("{}#h-fig", self.rows("entity", &[("iri", iri)])));
                lead("papers", self.rows("values", &[("of", "publisher"), own[0], own[1]]));
            }
            "article" => {
                let by_id = self.articles.get(cell("article id"));
                let Some(article) = by_id.or_else(|| self.articles.get(cells[0].as_str())) else { return };
                let iri = &self.all.articles[article[0] as usize].iri;
                lead("statements", everything("statements", &[("document", iri)]));
                lead("speakers", everything("values", &[("of", "speaker"), ("document", iri)]));
                lead("figures", self.rows("article", &[("iri", iri)]));
                lead("paper", self.rows("articles", &[("publisher", cell("paper"))]));
            }
            "paper" => {
                lead("articles", self.rows("articles", &[("publisher", &cells[0])]));
                lead("statements", everything("statements", &[("publisher", &cells[0]), ("voice", "others")]));
                lead("speakers", everything("values", &[("of", "speaker"), ("publisher", &cells[0])]));
            }
            "incident" => {
                let Some(&incident) = self.incidents.get(cells[0].as_str()) else { return };
                let iri = &self.all.incidents[incident as usize].iri;
                lead("articles", format!("{}#h-a", self.rows("incident", &[("iri", iri)])));
                lead("papers", format!("{}#h-a", self.rows("incident", &[("iri", iri)])));
                lead("questions", format!("{}#h-q", self.rows("incident", &[("iri", iri)])));
                lead("statements", everything("statements", &[("incident", iri)]));
            }
            "publisher" => {
                lead("statements", self.rows("statements", &[("publisher", &cells[0]), ("mode", cell("how"))]));
                lead("publisher", self.rows("statements", &[("publisher", &cells[0])]));
            }
            "identifier" if known.is_none() => {
                let article = self.articles.get(cells[0].as_str()).or_else(|| self.articles.get(titles));
                let Some(article) = article else { return };
                let iri = &self.all.articles[article[0] as usize].iri;
                let who = cell("who");
                let said = [("document", iri.as_str()), ("mode", cell("how")), ("speaker", who)];
                // A paper's own voice is nobody's name.
                let said = if cell("how") == "narrator" { &said[..2] } else { &said[..] };
                lead("statements", self.rows("statements", said));
            }
            _ => {
                if let Some(at) = of("asked").filter(|_| of("claims").is_some())
                    && let Some(Row::Question(q)) = self.all.row(&format!("{}{}", self.before[1], cells[at]))
                {
                    let iri = &self.all.questions[q as usize].iri;
                    lead("claims", self.rows("question", &[("iri", iri)]));
                }
            }
        }
    }

    /// The articles that a cell names: by headline or id, or several of them.
    fn articles_of(&self, cell: &str) -> &[u32] {
        let several = || cell.split("; ").find_map(|title| self.articles.get(title));
        self.articles.get(cell).or_else(several).map_or(&[], Vec::as_slice)
    }

    /// The statement that one side of a row tells of: of the article that it names, else of the speaker.
    fn statement(&self, side: &Side, cells: &[String], articles: &[u32]) -> Option<u32> {
        let cell = |column: Option<usize>| column.map_or("", |at| cells[at].as_str());
        let (number, said, who) = (cell(side.numbers), cell(side.said), cell(side.who));
        if number.is_empty() && said.is_empty() {
            return None;
        }
        let (title, paper) = (cell(side.title), cell(side.paper));
        let has_number = |s: &Statement| s.figures.iter().any(|&f| self.all.figures[f as usize].surface == number);
        let is_said_by = |s: &Statement| {
            let article = self.all.article(s);
            who.is_empty()
                || s.source == who
                || s.is_narrator() && article.paper() == who
                || s.speakers.iter().any(|&a| self.all.agents[a as usize].name == who)
        };
        let has_words = |s: &Statement| {
            said == s.words
                || said.ends_with(s.words.as_str())
                // What happened is told by its parts: "US planes · burned · 116 of their own".
                || said.contains(" · ") && said.split(" · ").all(|part| s.words.contains(part))
        };
        let is_one = |&&at: &&u32| {
            let s = &self.all.statements[at as usize];
            let fits = match number {
                "" => has_words(s),
                _ => has_number(s),
            };
            fits && is_said_by(s) && (paper.is_empty() || self.all.article(s).paper() == paper)
        };
        if !title.is_empty() {
            return articles.iter().flat_map(|&a| &self.all.articles[a as usize].statements).find(is_one).copied();
        }
        if let Some(speakers) = self.speakers.get(who) {
            let own = speakers.iter().flat_map(|&a| &self.all.agents[a as usize].statements).find(is_one);
            if own.is_some() {
                return own.copied();
            }
        }
        // A paper that speaks itself is nobody's entity: its articles are looked through.
        let own = self.all.articles.iter().filter(|a| !who.is_empty() && (a.paper() == who || a.paper() == paper));
        own.flat_map(|a| &a.statements).find(is_one).copied()
    }
}
