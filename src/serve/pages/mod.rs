//! The workbench: pages that answer who said what, when, with which number, and who says otherwise.
//!
//! The server makes every page whole; a small script adds keys. Pages work on the catalogue of the store, which is read
//! once and anew when the store has changed. Each view can be had as a table, and as the query that gives its rows.

mod article;
mod asked;
mod cells;
mod days;
mod evidence;
mod explore;
mod facets;
mod home;
mod line;
mod lists;
mod map;
mod network;
mod paging;
mod queries;
mod question;
mod review;
mod speaker;
mod statements;
mod values;

use std::collections::BTreeMap;
use std::fmt::Write;
use std::sync::{Arc, LazyLock};

use hyper::body::Bytes;
use hyper::header::HeaderValue;
use hyper::{Method, StatusCode};
use oxigraph::model::{NamedNode, NamedOrBlankNode, Term};

use super::Site;
use super::access::Review;
use super::protocol::wants_page;
use super::request::{Failed, Request, Response, address_pairs, host, one, reply};
use crate::graph::ask::SHOWN;
use crate::graph::catalogue::{Article, Catalogue, Filter, Standing, Statement};
use crate::graph::decided::Decided;
use crate::graph::export::sheet::{self, Sheet};
use crate::graph::export::web::{self, escaped};
use crate::graph::query::{self, Answer, Format};
use crate::graph::vocab::other;
use line::Glyph;
use paging::Paging;
use rustc_hash::FxHashMap;

const STYLE: &str = include_str!("style.css");
const SCRIPT: &str = include_str!("sayso.js");
/// What `web/` builds: the editor of queries, the pictures that are looked into, and the licences of what is in them.
const EDITOR: &str = include_str!("built/editor.js");
const EXPLORE: &str = include_str!("built/explore.js");
const LICENCES: &str = include_str!("built/LICENCES.txt");

/// The scripts that a part of the site has beside the one for all.
const OWN_SCRIPTS: [(&str, &str); 3] =
    [("/editor", "/editor.js"), ("/explore", "/explore.js"), ("/speakers", "/explore.js")];

/// The pages that are made from the rows alone, whoever asks.
const KEPT: [&str; 8] = ["", "/disputes", "/statements", "/speakers", "/articles", "/incidents", "/explore", "/values"];

/// A query for people who have none yet.
const EXAMPLE: &str = "SELECT ?who ?words WHERE {
  ?statement sayso:speaker ?agent ; sayso:words ?words .
  ?agent rdfs:label ?who .
} LIMIT 20";

/// What every page is made from.
struct View<'s> {
    site: &'s Site,
    all: Arc<Catalogue>,
    /// The pairs of the address.
    given: Vec<(String, String)>,
    path: String,
    filter: Filter,
    host: String,
    /// What people decided, and what is wrong with their table.
    decided: Arc<Decided>,
    trouble: Option<String>,
    /// The mark of forms that decide, for whoever may.
    mark: Option<String>,
}

/// A page in the making; title and body are HTML.
struct Page {
    title: String,
    body: String,
    /// The part of the site that it belongs to.
    part: &'static str,
    /// Its rows as tables.
    sheets: Vec<Sheet>,
}

impl Page {
    fn new(part: &'static str, title: impl Into<String>, body: String) -> Page {
        Page { title: title.into(), body, part, sheets: Vec::new() }
    }
}

pub(super) fn answer(site: &Site, request: &Request, path: &str) -> Result<Response, Failed> {
    if path == "/review" && *request.method() == Method::POST {
        return review::decide(site, request);
    }
    if !matches!(*request.method(), Method::GET | Method::HEAD) {
        return Err(Failed::new(StatusCode::METHOD_NOT_ALLOWED, "use GET"));
    }
    match path {
        "/style.css" => return Ok(asset("text/css; charset=utf-8", STYLE)),
        "/sayso.js" => return Ok(asset("text/javascript; charset=utf-8", SCRIPT)),
        "/editor.js" => return Ok(asset("text/javascript; charset=utf-8", EDITOR)),
        "/explore.js" => return Ok(asset("text/javascript; charset=utf-8", EXPLORE)),
        "/licences.txt" => return Ok(asset("text/plain; charset=utf-8", LICENCES)),
        _ => {}
    }
    let given = address_pairs(request)?;
    if path == "/review"
        && let (Some(key), Some(review)) = (one(&given, "key")?, &site.options.review)
    {
        return match review.opens(key) {
            true => Ok(review.welcome()),
            false => Err(Failed::new(StatusCode::FORBIDDEN, "this link is of another run of the server")),
        };
    }
    let is_read = *request.method() == Method::GET;
    if is_read && wants_page(request) && site.is_reading() {
        return Ok(reading());
    }
    let view = View::new(site, request, path, given)?;
    let kept = (is_read && is_kept(&view)?).then(|| site.page(&view.all, &request.uri().to_string())).flatten();
    if let Some(kept) = kept {
        return Ok(reply(StatusCode::OK, "text/html; charset=utf-8", kept.to_vec()));
    }
    // Who looks at a page sees at once that it comes.
    if is_read
        && wants_page(request)
        && let Some(begun) = begun(&view)?
    {
        let begun = framed_begun(&view, &begun);
        let (own, path, cut) = (request.clone(), path.to_owned(), begun.len());
        return site.later(begun, move |site| rest_of(site, &own, &path, cut));
    }
    let page = whole(&view)?;
    if is_read {
        keep(&view, request, page.body())?;
    }
    Ok(page)
}

/// Whether a page is kept once it is made.
fn is_kept(view: &View) -> Result<bool, Failed> {
    let is_one = KEPT.contains(&view.path.as_str()) || view.path.starts_with("/ask/");
    Ok(is_one && view.one("as")?.is_empty())
}

/// Keeps a page, if it is one that is kept.
fn keep(view: &View, request: &Request, page: &Bytes) -> Result<(), Failed> {
    if is_kept(view)? {
        view.site.keep(&view.all, request.uri().to_string(), page.clone());
    }
    Ok(())
}

/// How a page begins, whatever follows.
struct Begun {
    part: &'static str,
    title: String,
    /// The beginning of what its main part has.
    body: String,
}

/// The beginning of a page that takes some time where the store is large; nothing for others, and for files. What the
/// address gets wrong is told before anything is sent.
fn begun(view: &View) -> Result<Option<Begun>, Failed> {
    if !view.one("as")?.is_empty() {
        return Ok(None);
    }
    let headed = |heading: &str| format!("<div class=\"head\"><div><h1>{heading}</h1>");
    let entity;
    let (part, title, body): (_, &str, _) = match view.path.as_str() {
        "/disputes" => ("/disputes", "Disputes", headed(lists::DISPUTED)),
        "/speakers" => ("/speakers", "Speakers", headed(lists::HEARD)),
        "/articles" => ("/articles", "Articles", headed("Articles")),
        "/incidents" => ("/incidents", "Incidents", headed("Incidents")),
        "/explore" => ("/explore", "Explore", headed(explore::TITLE)),
        "/statements" => ("/statements", "Statements", String::new()),
        "" if !view.one("q")?.is_empty() => ("/statements", "Statements", String::new()),
        "/review" if review::is_kind(view.one("of")?) => ("/review", "Review", review::CRUMB.to_owned()),
        "/values" if values::is_asked(view)? => (values::part(view)?, values::title(view)?, String::new()),
        "/entity" => {
            entity = escaped(&speaker::found(view)?.label());
            ("/speakers", &entity, speaker::CRUMB.to_owned())
        }
        _ => return asked::begun(view),
    };
    for (name, _) in view.given.iter().filter(|(name, _)| name.ends_with(paging::ENDING)) {
        Paging::number(view, name)?;
    }
    Ok(Some(Begun { part, title: title.to_owned(), body }))
}

/// What follows the beginning of a page that has been sent.
fn rest_of(site: &Site, request: &Request, path: &str, cut: usize) -> Vec<u8> {
    let made = address_pairs(request).and_then(|given| View::new(site, request, path, given)).and_then(|view| {
        let page = whole(&view)?;
        keep(&view, request, page.body())?;
        Ok(page)
    });
    match made {
        Ok(page) => page.body()[cut.min(page.body().len())..].to_vec(),
        Err(failed) => format!(
            "</div></div><div class=\"state err\" role=\"alert\"><pre class=\"wrap\" tabindex=\"0\">{}</pre></div></main></body></html>\n",
            escaped(failed.message())
        )
        .into_bytes(),
    }
}

/// The page, or its rows as a file.
fn whole(view: &View) -> Result<Response, Failed> {
    let path = view.path.as_str();
    let format = match view.one("as")? {
        "" => None,
        name => Some(
            sheet::Format::named(if name == "json" { "jsonl" } else { name })
                .ok_or_else(|| Failed::bad("a table can be had as csv, tsv, xlsx, jsonl, html or md"))?,
        ),
    };
    let page = match path {
        "" if view.one("q")?.is_empty() => home::page(view)?,
        "" | "/statements" => statements::page(view)?,
        "/disputes" => lists::disputes(view)?,
        "/speakers" => lists::speakers(view)?,
        "/articles" => lists::articles(view)?,
        "/incidents" => lists::incidents(view)?,
        "/incident" => lists::incident(view)?,
        "/values" => values::page(view)?,
        "/entity" => speaker::page(view)?,
        "/article" => article::page(view)?,
        "/question" => question::page(view)?,
        "/statement" => evidence::page(view)?,
        "/explore" => explore::page(view)?,
        "/review" => review::page(view)?,
        "/editor" => editor(view)?,
        path if path == "/ask" || path.starts_with("/ask/") => asked::page(view)?,
        _ => return Err(Failed::new(StatusCode::NOT_FOUND, "there is no such page; try /")),
    };
    match format {
        None => Ok(view.framed(&page)),
        Some(_) if page.sheets.is_empty() => {
            Err(Failed::new(StatusCode::NOT_FOUND, "this page has no rows that could be a table"))
        }
        Some(format) => download(&page, format, path),
    }
}

/// A file of ours that browsers may keep for a while.
fn asset(kind: &str, text: &'static str) -> Response {
    let mut response = reply(StatusCode::OK, kind, text.as_bytes().to_vec());
    response.headers_mut().insert("cache-control", HeaderValue::from_static("max-age=300"));
    response
}

/// The rows of a page as a file.
fn download(page: &Page, format: sheet::Format, path: &str) -> Result<Response, Failed> {
    let bytes = sheet::write(&page.sheets, format)?;
    let Some((ending, _, kind)) = sheet::Format::ALL.iter().find(|(_, f, _)| *f == format) else {
        return Err(Failed::bad("no such format"));
    };
    let name = path.rsplit('/').next().filter(|n| !n.is_empty()).unwrap_or("sayso");
    let mut response = reply(StatusCode::OK, kind, bytes);
    if let Ok(value) = HeaderValue::from_str(&format!("attachment; filename=\"{name}.{ending}\"")) {
        response.headers_mut().insert("content-disposition", value);
    }
    Ok(response)
}

/// What the address chooses. Days and kinds that cannot be are refused by name.
fn filter(given: &[(String, String)]) -> Result<Filter, Failed> {
    let many = |name: &str| -> Vec<String> {
        given.iter().filter(|(n, v)| n == name && !v.trim().is_empty()).map(|(_, v)| v.trim().to_owned()).collect()
    };
    let last = |name: &str| many(name).pop();
    let sure = match last("min") {
        None => f64::from(SHOWN) / 100.0,
        Some(text) => text.parse().map_err(|_| Failed::bad(format!("min={text} is no number from 0 to 1")))?,
    };
    let filter = Filter {
        since: last("since"),
        until: last("until"),
        speaker: many("speaker"),
        publisher: many("publisher"),
        place: many("place"),
        about: many("q"),
        document: many("document"),
        source_kind: many("kind"),
        mode: many("mode"),
        measure: many("measure"),
        min_confidence: Some(sure),
        attributed: last("voice").is_some_and(|v| v == "others"),
    };
    filter.check()?;
    Ok(filter)
}

impl<'s> View<'s> {
    fn new(site: &'s Site, request: &Request, path: &str, given: Vec<(String, String)>) -> Result<View<'s>, Failed> {
        let filter = filter(&given)?;
        let held = site.desk()?;
        let may = site.options.review.as_ref().filter(|review| review.knows(request));
        Ok(View {
            site,
            all: held.all,
            decided: held.decided,
            trouble: held.trouble,
            mark: may.map(Review::mark),
            path: path.to_owned(),
            host: format!("http://{}", host(request)),
            given,
            filter,
        })
    }
}

impl View<'_> {
    /// The value of a name of the address that may occur once.
    fn one(&self, name: &str) -> Result<&str, Failed> {
        Ok(one(&self.given, name)?.unwrap_or_default())
    }

    /// All values of a name.
    fn many<'v>(&'v self, name: &'v str) -> impl Iterator<Item = &'v str> {
        self.given.iter().filter(move |(n, v)| n == name && !v.is_empty()).map(|(_, v)| v.as_str())
    }

    /// The address of this page with one pair more, or another value in its place.
    fn with(&self, name: &str, value: &str) -> String {
        // Another choice begins every list anew; another part of a list leaves the other lists where they are.
        let turns = paging::is_place(name);
        let kept = self.given.iter().filter(|(n, _)| n != name && (turns || !paging::is_place(n)));
        let mut pairs: Vec<String> = kept.map(|(n, v)| format!("{}={}", encoded(n), encoded(v))).collect();
        if !value.is_empty() {
            pairs.push(format!("{}={}", encoded(name), encoded(value)));
        }
        self.address(&pairs)
    }

    /// The address of this page with pairs.
    fn address(&self, pairs: &[String]) -> String {
        let path = if self.path.is_empty() { "/" } else { &self.path };
        match pairs {
            [] => escaped(path),
            pairs => escaped(&format!("{path}?{}", pairs.join("&"))),
        }
    }

    /// The address without one pair.
    fn without(&self, name: &str, value: &str) -> String {
        let kept = self.given.iter().filter(|(n, v)| !(n == name && v == value) && !paging::is_place(n));
        let pairs: Vec<String> = kept.map(|(n, v)| format!("{}={}", encoded(n), encoded(v))).collect();
        self.address(&pairs)
    }

    /// The links to this page's rows in other formats, and to the query that gives them.
    fn take(&self, query: &str) -> String {
        let mut out = String::from(
            "<nav class=\"take\" aria-label=\"Take these rows with you\"><span class=\"muted\">Take along</span>",
        );
        for (name, words) in [("csv", "CSV"), ("xlsx", "XLSX"), ("json", "JSON")] {
            let _ = write!(out, " <a href=\"{}\" download>{words}</a>", self.with("as", name));
        }
        if !query.is_empty() {
            let _ = write!(out, " <a href=\"/editor?query={}\">Query</a>", encoded(query));
        }
        out.push_str("</nav>");
        out
    }

    /// Title, first sentence and what can be taken along.
    fn head(&self, title: &str, lead: &str, query: &str) -> String {
        format!("<div class=\"head\"><div><h1>{title}</h1><p class=\"lead\">{lead}</p></div>{}</div>", self.take(query))
    }

    /// Hidden fields that keep the rest of the address when a form is sent.
    fn keep(&self, except: &[&str]) -> String {
        let pages = self.given.iter().map(|(name, _)| name.as_str()).filter(|name| paging::is_place(name));
        self.keep_all(&except.iter().copied().chain(pages).collect::<Vec<_>>())
    }

    /// The same, with the parts of lists that are shown.
    fn keep_all(&self, except: &[&str]) -> String {
        let mut out = String::new();
        for (name, value) in &self.given {
            if !except.contains(&name.as_str()) && name != "as" {
                let _ = write!(out, "<input type=\"hidden\" name=\"{}\" value=\"{}\">", escaped(name), escaped(value));
            }
        }
        out
    }

    /// What the field of the search holds.
    fn searched(&self) -> &str {
        match self.path.as_str() {
            "" | "/statements" => self.filter.about.first().map_or("", String::as_str),
            _ => "",
        }
    }

    fn framed(&self, page: &Page) -> Response {
        frame(page.part, &page.title, &page.body, self.searched())
    }
}

/// The parts of the site.
const PARTS: [(&str, &str); 10] = [
    ("/", "Home"),
    ("/disputes", "Disputes"),
    ("/statements", "Statements"),
    ("/speakers", "Speakers"),
    ("/articles", "Articles"),
    ("/incidents", "Incidents"),
    ("/explore", "Explore"),
    ("/ask", "Questions"),
    ("/editor", "SPARQL"),
    ("/review", "Review"),
];

/// A whole page; title and body are HTML.
fn frame(part: &str, title: &str, body: &str, words: &str) -> Response {
    reply(StatusCode::OK, "text/html; charset=utf-8", framed(part, title, body, words).into_bytes())
}

/// A page up to the end of what its main part begins with.
fn framed_begun(view: &View, begun: &Begun) -> String {
    let page = framed(begun.part, &begun.title, &begun.body, view.searched());
    let end = page.find(MAIN).map_or(page.len(), |at| at + MAIN.len() + begun.body.len());
    page[..end].to_owned()
}

/// Where the main part of a page begins.
const MAIN: &str = "<main id=\"main\" tabindex=\"-1\">\n";

fn framed(part: &str, title: &str, body: &str, words: &str) -> String {
    let mut nav = String::new();
    for (address, name) in PARTS {
        let current = if address == part { " aria-current=\"page\"" } else { "" };
        let _ = write!(nav, "<a href=\"{address}\"{current}>{name}</a>");
    }
    let own: String = OWN_SCRIPTS
        .iter()
        .filter(|(of, _)| *of == part)
        .map(|(_, script)| format!("\n<script src=\"{script}\" defer></script>"))
        .collect();
    let shapes = line::SHAPES;
    let words = escaped(words);
    format!(
        "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <title>{title} · sayso</title>\n<link rel=\"icon\" href=\"data:,\">\n<link rel=\"stylesheet\" href=\"/style.css\">\n<script src=\"/sayso.js\" defer></script>{own}\n</head>\n<body>\n\
         <a class=\"skip\" href=\"#main\">Skip to the content</a>\n{shapes}\n<header class=\"top\">\n<a class=\"mark\" href=\"/\">say<i>so</i></a>\n\
         <form class=\"find\" role=\"search\" action=\"/statements\"><input name=\"q\" type=\"search\" value=\"{words}\" placeholder=\"Words, names, numbers\" \
         aria-label=\"Search statements, names and numbers\" aria-keyshortcuts=\"/\"><button>Search</button></form>\n\
         <nav class=\"nav\" aria-label=\"Main\">{nav}</nav>\n</header>\n{MAIN}{body}\n</main>\n\
         <footer class=\"foot\"><span>Who said what, when, with which number. Nothing leaves this machine. <a href=\"/licences.txt\">Licences</a></span>\
         <span>keys: <kbd>/</kbd> search, <kbd>j</kbd> <kbd>k</kbd> next and previous row, <kbd>[</kbd> <kbd>]</kbd> page, <kbd>m</kbd> marks</span></footer>\n</body>\n</html>\n"
    )
}

/// The answer to a query as a page, with the query to be changed and asked again.
pub(super) fn of_answer(site: &Site, request: &Request, answer: &Answer, text: &str) -> Result<Response, Failed> {
    // A query that came in a form's body has an address of its own from here on.
    let mut given = address_pairs(request)?;
    given.retain(|(name, _)| name != "query");
    given.push(("query".to_owned(), text.to_owned()));
    let view = View::new(site, request, "/sparql", given)?;
    let mut body = format!("<div class=\"head\"><div><h1>Answer</h1></div>{}</div>", answer_links(answer, text));
    body += &form(text);
    if answer.is_truncated() {
        body.push_str("<p class=\"v contra\">There are more rows than these.</p>");
    }
    match answer {
        Answer::Boolean(yes) => body.push_str(if *yes { "<p><b>Yes.</b></p>" } else { "<p><b>No.</b></p>" }),
        Answer::Table(found) => {
            let paging = Paging::new(&view, found.rows.len(), ROWS)?;
            let _ = write!(body, "<p class=\"small muted\">{}</p>", paging.told("row", "rows"));
            body += &chart(found);
            body += &cells::table(found, paging.range(), None);
            body += &paging.nav(&view, "rows");
        }
        Answer::Graph { .. } => {
            let mut turtle = Vec::new();
            answer.write(Format::Turtle, &mut turtle)?;
            let _ = write!(body, "<pre tabindex=\"0\">{}</pre>", escaped(&String::from_utf8_lossy(&turtle)));
        }
    }
    Ok(frame("/editor", "Answer", &body, ""))
}

/// A query that went wrong: what was written stays, with the reason.
pub(super) fn of_mistake(error: &str, text: &str) -> Response {
    let body = format!(
        "<h1>This query has no answer</h1><div class=\"state err\" role=\"alert\"><h2 class=\"plainh\">What went wrong</h2><pre class=\"wrap\" tabindex=\"0\">{}</pre></div>{}",
        escaped(error),
        form(text)
    );
    let mut response = frame("/editor", "No answer", &body, "");
    *response.status_mut() = StatusCode::BAD_REQUEST;
    response
}

/// What a browser shows until the rows of a large store are read; it asks again by itself.
fn reading() -> Response {
    let body = "<h1>The articles are being read</h1><p class=\"lead\" role=\"status\">This store is large: its pages can be \
        opened when all statements have been looked through once, in a minute or two. This page opens by itself then; \
        queries at <code>/sparql</code> are answered already.</p>";
    let mut response = frame("", "The articles are being read", body, "");
    *response.status_mut() = StatusCode::SERVICE_UNAVAILABLE;
    let headers = response.headers_mut();
    headers.insert("refresh", HeaderValue::from_static("2"));
    headers.insert("retry-after", HeaderValue::from_static("2"));
    response
}

/// A page that cannot be given, for a person: the case, the reason, the next step. The status stays.
pub(super) fn of_failure(failed: Failed) -> Response {
    let (case, next) = match failed.status() {
        StatusCode::NOT_FOUND => {
            ("There is no such page", "Begin <a href=\"/\">at the first page</a>, or search above.")
        }
        StatusCode::BAD_REQUEST => ("This address asks for what cannot be", "Mend what is named here, and try again."),
        StatusCode::SERVICE_UNAVAILABLE => ("This took too long", "Narrow the question, or try again."),
        _ => ("This page cannot be shown", "Begin <a href=\"/\">at the first page</a>."),
    };
    let body = format!(
        "<h1>{case}</h1><div class=\"state err\" role=\"alert\"><pre class=\"wrap\" tabindex=\"0\">{}</pre><p>{next}</p></div>",
        escaped(failed.message())
    );
    let mut response = frame("", case, &body, "");
    *response.status_mut() = failed.status();
    response
}

/// Links to the answer in the formats for programs.
fn answer_links(answer: &Answer, text: &str) -> String {
    let formats: &[(&str, &str)] = match answer {
        Answer::Table(_) => &[("csv", "CSV"), ("xlsx", "XLSX"), ("json", "JSON"), ("md", "Markdown")],
        _ => &[],
    };
    let mut out = String::from("<nav class=\"take\" aria-label=\"Take these rows with you\">");
    for (name, words) in formats {
        let _ = write!(out, " <a href=\"/editor?as={name}&amp;query={}\" download>{words}</a>", encoded(text));
    }
    out + "</nav>"
}

/// Rows of an answer that a page shows.
const ROWS: usize = 100;
/// Bars of a chart at most.
const BARS: usize = 40;

/// Rows as bars, where each has words and one number: what an answer that counts looks like.
fn chart(found: &query::Table) -> String {
    let number = |term: &Option<Term>| match term {
        Some(Term::Literal(literal)) if !literal.value().contains('-') || literal.value().starts_with('-') => {
            literal.value().parse::<f64>().ok().filter(|n| n.is_finite())
        }
        _ => None,
    };
    let is_number = |c: usize| !found.rows.is_empty() && found.rows.iter().all(|row| number(&row[c]).is_some());
    let numbers: Vec<usize> = (0..found.columns.len()).filter(|&c| is_number(c)).collect();
    let ([value], true) = (&numbers[..], found.columns.len() >= 2 && found.rows.len() >= 2) else {
        return String::new();
    };
    let value = *value;
    let most = found.rows.iter().take(BARS).filter_map(|row| number(&row[value])).fold(0.0, f64::max);
    if most <= 0.0 || found.rows.iter().take(BARS).any(|row| number(&row[value]).is_some_and(|n| n < 0.0)) {
        return String::new();
    }
    let mut body = format!(
        "<details class=\"fold\"><summary>As bars{}</summary><table class=\"bars ans\"><tbody>",
        if found.rows.len() > BARS { format!(", the first {BARS}") } else { String::new() }
    );
    for row in found.rows.iter().take(BARS) {
        let words: Vec<String> = row
            .iter()
            .enumerate()
            .filter(|(c, _)| *c != value)
            .filter_map(|(_, t)| t.as_ref().map(query::shown))
            .collect();
        let n = number(&row[value]).unwrap_or(0.0);
        let _ = write!(
            body,
            "<tr><th scope=\"row\">{}</th><td class=\"b\"><svg aria-hidden=\"true\"><rect class=\"fill0\" width=\"{:.1}%\" height=\"12\"/></svg></td><td class=\"n\">{}</td></tr>",
            escaped(&line::shortened(&words.join(" · "), 90)),
            n * 100.0 / most,
            line::short(n)
        );
    }
    body + "</tbody></table></details>"
}

/// The name of a variable as words: `leftWho` is "left who".
fn titled(name: &str) -> String {
    let mut out = String::new();
    for c in name.chars() {
        if c.is_uppercase() {
            out.push(' ');
        }
        out.extend(c.to_lowercase());
    }
    out
}

/// Rows of an answer as a table for a file.
fn sheet_of(found: &query::Table) -> Sheet {
    let columns = found.columns.iter().map(|c| sheet::Column { title: c.clone(), width: 24 }).collect();
    let cell = |term: &Option<Term>| match term {
        Some(Term::Literal(literal)) => sheet::Cell::number(literal.value()),
        Some(term) => sheet::Cell::text(query::shown(term)),
        None => sheet::Cell::text(""),
    };
    let rows = found.rows.iter().map(|row| row.iter().map(cell).collect()).collect();
    Sheet { name: "answer", columns, rows }
}

/// The query editor; with a query and a format, its rows as a file.
fn editor(view: &View) -> Result<Page, Failed> {
    let text = view.one("query")?;
    let mut body = format!(
        "<h1>Ask in SPARQL</h1><p class=\"lead\">The usual prefixes are known. While you write, terms that fit are offered with what they mean: arrows choose, Tab or Enter takes one.</p>{}",
        form(if text.is_empty() { EXAMPLE } else { text })
    );
    body.push_str("<details class=\"gap\"><summary>Begin with a ready-made question</summary><ul class=\"pairs\">");
    for question in crate::graph::ask::questions() {
        let _ = write!(
            body,
            "<li><a href=\"/editor?query={}\">{}</a> <span class=\"small muted\">{}</span></li>",
            encoded(question.text),
            escaped(question.name),
            escaped(question.description)
        );
    }
    body.push_str("</ul></details>");
    let mut page = Page::new("/editor", "SPARQL", body);
    if !text.is_empty() && !view.one("as")?.is_empty() {
        match query::run(&view.site.store, text, &view.site.limits())? {
            Answer::Table(found) => page.sheets.push(sheet_of(&found)),
            _ => return Err(Failed::bad("only rows can be a table")),
        }
    }
    Ok(page)
}

/// The form of a query, with the terms that can stand in one; what the script makes of them needs nothing else.
fn form(text: &str) -> String {
    let mut body = format!(
        "<form action=\"/sparql\" class=\"ask\"><label class=\"vh\" for=\"query\">Query</label><textarea class=\"code\" id=\"query\" name=\"query\" rows=\"{}\" spellcheck=\"false\" \
         autocapitalize=\"off\" autocomplete=\"off\">\n{}</textarea><p><button class=\"main\">Ask</button> <kbd>Ctrl</kbd> <kbd>Enter</kbd></p></form>",
        text.lines().count().clamp(6, 24),
        escaped(text)
    );
    body.push_str(
        "<details class=\"gap terms\"><summary>Terms of the graph, and what they mean</summary><ul class=\"pairs\">",
    );
    for (name, kind, means) in TERMS.iter() {
        let _ = write!(
            body,
            "<li><code>{}</code> <i class=\"small\">{kind}</i> <span class=\"small muted\">{}</span></li>",
            escaped(name),
            escaped(means)
        );
    }
    body + "</ul></details>"
}

/// The terms that can stand in a query: name, kind, and what the ontology says of them.
static TERMS: LazyLock<Vec<(String, &'static str, String)>> = LazyLock::new(|| {
    let mut means: BTreeMap<String, String> = BTreeMap::new();
    if let Ok(ontology) = crate::graph::store::from_text(crate::graph::check::ONTOLOGY, "ttl") {
        for quad in ontology.iter().filter_map(Result::ok) {
            if quad.predicate == COMMENT
                && let (NamedOrBlankNode::NamedNode(subject), Term::Literal(words)) = (quad.subject, quad.object)
            {
                means.insert(query::compact(subject.as_str()), words.value().to_owned());
            }
        }
    }
    let classes = crate::graph::vocab::class::ALL.iter().map(|term| (term, "class"));
    let terms = classes.chain(crate::graph::vocab::property::ALL.iter().map(|term| (term, "property")));
    let values = crate::graph::vocab::value::ALL.iter().map(|term| (term, "value"));
    let others = [other::LABEL, other::EXACT_MATCH, other::SAME_AS, other::HAS_GEOMETRY, other::AS_WKT];
    let names = terms.chain(values).chain(others.iter().map(|term| (term, "property")));
    let named = names.map(|(term, kind)| (query::compact(term.as_str()), kind));
    let own = named.filter(|(name, _)| !name.contains("://"));
    own.map(|(name, kind)| {
        let means = means.get(&name).cloned().unwrap_or_default();
        (name, kind, means)
    })
    .collect()
});

const COMMENT: oxigraph::model::NamedNodeRef<'static> =
    oxigraph::model::NamedNodeRef::new_unchecked("http://www.w3.org/2000/01/rdf-schema#comment");

/// Text as an address writes it.
fn encoded(text: &str) -> String {
    web::encoded(text, b"-._~/:")
}

/// A field of a form with its label.
fn field(name: &str, kind: &str, label: &str, value: &str) -> String {
    format!("<label>{label} <input type=\"{kind}\" name=\"{name}\" value=\"{}\"></label>", escaped(value))
}

/// A term as HTML; what has a page of its own is a link to it, by the end of its IRI.
fn shown(term: &Term) -> String {
    let words = query::shown(term);
    match term {
        Term::NamedNode(node) => match page_of(node.as_str()) {
            Some(page) => {
                let start = node.as_str().rmatch_indices('/').nth(1).map_or(0, |(at, _)| at + 1);
                link(page, node.as_str(), &node.as_str()[start..])
            }
            None => escaped(&words),
        },
        _ => escaped(&words),
    }
}

/// The page that tells of a thing, by the kind in its IRI.
fn page_of(iri: &str) -> Option<&'static str> {
    let kind = iri.rsplit('/').nth(1)?;
    let pages = [
        ("entity", "/entity"),
        ("statement", "/statement"),
        ("question", "/question"),
        ("doc", "/article"),
        ("incident", "/incident"),
    ];
    pages.into_iter().find_map(|(k, page)| (k == kind && !iri.contains('#')).then_some(page))
}

/// An IRI of the address as SPARQL writes it; nothing else can come into a query.
fn node(iri: &str) -> Result<NamedNode, Failed> {
    NamedNode::new(iri).map_err(|e| Failed::new(StatusCode::NOT_FOUND, format!("{iri}: {e}")))
}

fn link(page: &str, iri: &str, label: &str) -> String {
    format!("<a href=\"{page}?iri={}\">{}</a>", encoded(iri), escaped(label))
}

/// "1 article", "12,400 articles".
fn counted(number: usize, one: &str, many: &str) -> String {
    format!("{} {}", line::short(number as f64), if number == 1 { one } else { many })
}

/// "20 Nov 2015"; nothing where no day is known.
fn day(date: &str) -> String {
    crate::graph::view::day(date)
}

/// "18–20 Nov 2015" from the days of several things.
fn span<'d>(days: impl Iterator<Item = &'d str>) -> String {
    let mut days: Vec<&str> = days.filter(|d| !d.is_empty()).collect();
    days.sort_unstable();
    crate::graph::view::days(days.first().copied(), days.last().copied())
}

/// Who said it: the speakers as links, with the shape of their kind.
fn who(all: &Catalogue, statement: &Statement) -> String {
    let glyph = Glyph::of(all, statement).inline();
    if statement.is_narrator() {
        let article = all.article(statement);
        return format!("{glyph}{} <span class=\"small muted\">own voice</span>", escaped(article.paper()));
    }
    if statement.speakers.is_empty() {
        return format!("{glyph}{}", escaped(&all.who(statement)));
    }
    let names: Vec<String> = statement
        .speakers
        .iter()
        .map(|&a| &all.agents[a as usize])
        .map(|agent| link("/entity", &agent.iri, &agent.name))
        .collect();
    format!("{glyph}{}", names.join(" and "))
}

/// What somebody is, as worded, what they are called most often when they speak first. A mere form of address comes last.
fn roles(all: &Catalogue, agents: &[u32], also: &[String]) -> Vec<String> {
    const ADDRESS: [&str; 6] = ["mr", "mrs", "ms", "miss", "mx", "sir"];
    let mut called: FxHashMap<&str, usize> = FxHashMap::default();
    let agents = || agents.iter().map(|&a| &all.agents[a as usize]);
    for statement in agents().flat_map(|agent| &agent.statements).map(|&s| &all.statements[s as usize]) {
        if !statement.title.is_empty() {
            *called.entry(statement.title.as_str()).or_default() += 1;
        }
    }
    let rank = |role: &str| {
        let is_address = ADDRESS.contains(&role.trim_end_matches('.').to_lowercase().as_str());
        (is_address, std::cmp::Reverse(called.get(role).copied().unwrap_or(0)))
    };
    let worded = agents().flat_map(|agent| &agent.roles).chain(also);
    let mut found: Vec<(_, &str)> = worded
        .map(|role| {
            (rank(role), role.trim_start_matches(|c: char| !c.is_alphanumeric()).trim_end_matches([',', ';', ':', ' ']))
        })
        .filter(|(_, role)| role.contains(char::is_alphabetic))
        .collect();
    found.sort_unstable();
    let mut out: Vec<String> = Vec::new();
    for (_, role) in found {
        if !out.iter().any(|own| own.eq_ignore_ascii_case(role)) {
            out.push(role.to_owned());
        }
    }
    out
}

/// The words of a statement with its figures in bold, as a link to its place in the article.
fn words(all: &Catalogue, at: u32) -> String {
    let statement = &all.statements[at as usize];
    let mut text = escaped(&statement.words);
    let mut done: Vec<&str> = Vec::new();
    for &figure in &statement.figures {
        let surface = all.figures[figure as usize].surface.as_str();
        if surface.is_empty() || done.iter().any(|d| d.contains(surface) || surface.contains(d)) {
            continue;
        }
        let plain = escaped(surface);
        if let Some(found) = text.find(&plain) {
            text.replace_range(found..found + plain.len(), &format!("<b class=\"fig\">{plain}</b>"));
        }
        done.push(surface);
    }
    format!("<a class=\"plain\" href=\"{}\">{text}</a>", place_of(all, at))
}

/// The address of a statement's place in its article.
fn place_of(all: &Catalogue, at: u32) -> String {
    let statement = &all.statements[at as usize];
    let article = all.article(statement);
    let number = in_order(all, article).into_iter().position(|s| s == at).unwrap_or(0) + 1;
    format!("/article?iri={}#t{number}", encoded(&article.iri))
}

/// The statements of an article as its page numbers them: what others say first, then the paper's own voice.
fn in_order(all: &Catalogue, article: &Article) -> Vec<u32> {
    let (own, mut order): (Vec<u32>, Vec<u32>) =
        article.statements.iter().partition(|&&s| all.statements[s as usize].is_narrator());
    order.extend(own);
    order
}

/// Paper and day of a statement, as a link to its place in the article.
fn printed(all: &Catalogue, at: u32) -> String {
    let label = paper_and_day(all.article(&all.statements[at as usize]));
    format!("<a class=\"small\" href=\"{}\">{}</a>", place_of(all, at), escaped(&label))
}

/// "Northern Herald, 20 Nov 2015"; the paper alone where no day is known.
fn paper_and_day(article: &Article) -> String {
    match article.published.as_str() {
        "" => article.paper().to_owned(),
        published => format!("{}, {}", article.paper(), day(published)),
    }
}

/// How sure a statement is, as a bar and a number; nothing for the paper's own voice, which is not measured.
fn sure(statement: &Statement) -> String {
    match statement.confidence {
        None => String::new(),
        Some(sure) => format!(
            "<svg class=\"conf\" aria-hidden=\"true\"><rect class=\"fillx\" width=\"100%\" height=\"6\"/><rect class=\"fill\" width=\"{:.0}%\" height=\"6\"/></svg>{sure:.2}",
            sure * 100.0
        ),
    }
}

/// How the speaker stands to the words, where it is not simply said; and what a person decided about it.
fn stance(statement: &Statement) -> String {
    let said = match statement.commitment.as_str() {
        "denied" => " <span class=\"v deny\">denies</span>",
        "declined" => " <span class=\"v mute\">no comment</span>",
        "notConfirmed" => " <span class=\"v mute\">does not confirm</span>",
        _ => "",
    };
    let decided = match statement.standing {
        Standing::Open => "",
        Standing::Right => " <span class=\"v hand\">checked</span>",
        Standing::Wrong => " <span class=\"v hand no\">rejected by hand</span>",
        Standing::Corrected => " <span class=\"v hand\">speaker corrected by hand</span>",
    };
    format!("{said}{decided}")
}

/// What is left out because it is less sure than asked for, with the way to it; nothing where there is none.
fn less_sure(view: &View, count: usize, one: &str, many: &str) -> String {
    if count == 0 {
        return String::new();
    }
    format!(
        "<p class=\"left\" role=\"status\"><b>{}</b> {} left out. <a href=\"{}\">Show all</a></p>",
        counted(count, &format!("less sure {one}"), &format!("less sure {many}")),
        if count == 1 { "is" } else { "are" },
        view.with("min", "0")
    )
}

/// Text that begins a sentence or a heading.
fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or(String::new(), |first| first.to_uppercase().chain(letters).collect())
}

/// What a page says where there is nothing to show.
fn nothing(case: &str, reason: &str) -> String {
    format!("<div class=\"state\"><h2 class=\"plainh\">{case}</h2><p>{reason}</p></div>")
}
