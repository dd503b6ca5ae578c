//! XML of articles: feeds (RSS, Atom), NITF and NewsML of agencies, JATS of journals, Reuters-21578, trafilatura's, Factiva's
//! and TEI. Entities that a file defines itself are never expanded, and one article is held at a time.

use std::io::{BufRead, BufReader, Cursor, Read};
use std::path::{Path, PathBuf};

use quick_xml::Reader as Xml;
use quick_xml::events::{BytesStart, Event};

use super::error::Refusal;
use super::open::{Reader, failed};
use super::{Error, ErrorKind, LONGEST, Part, dates, encoding, html, json};
use crate::text::{Document, FoundIn, Source};

/// Elements in one another at most.
const DEPTH: usize = 256;

/// Attributes of an element at most.
const ATTRIBUTES: usize = 256;

const OTHER: Refusal = Refusal {
    sort: "XML of another kind",
    remedy: "feeds (RSS, Atom), NITF, NewsML-G2, JATS, TEI, trafilatura's and Factiva's XML are read; convert others to JSON Lines, one article a line",
};
const LIST: Refusal = Refusal {
    sort: "a list of addresses (sitemap or OPML)",
    remedy: "it has no text: fetch the pages it names (with trafilatura or wget, for instance) and give those",
};

/// Elements that hold an article each.
const ITEMS: &[&str] = &["item", "entry", "nitf", "newsitem", "doc", "tei", "ppsarticle", "article", "reuters"];

/// Elements that hold others with articles.
const AROUND: &[&str] = &[
    "rss",
    "channel",
    "feed",
    "rdf",
    "newsml",
    "newsmessage",
    "itemset",
    "corpus",
    "teicorpus",
    "docs",
    "documents",
    "articles",
    "news",
    "response",
    "root",
    "newscomponent",
    "contentitem",
    "datacontent",
    "results",
    "items",
    "entries",
    "ppsresponse",
    "ppsarticleresponse",
    "ppsarticleresultset",
    "pmc-articleset",
    "oai-pmh",
    "getrecord",
    "listrecords",
    "record",
    "metadata",
];

/// An element with its text and elements, in order.
#[derive(Default)]
struct Node {
    name: String,
    attributes: Vec<(String, String)>,
    children: Vec<Child>,
}

enum Child {
    Text(String),
    Node(Node),
}

/// The articles of a file of XML.
pub struct Articles {
    xml: Xml<BufReader<Limited>>,
    path: PathBuf,
    /// The name of the paper or the site, as the head of a feed has it.
    channel: Option<String>,
    number: usize,
    depth: usize,
    is_begun: bool,
    /// The file is a feed, which may hold nothing today.
    is_feed: bool,
    is_done: bool,
}

/// Opens a file of XML, decoded by what its first line says.
pub fn open(mut reader: Reader, path: &Path) -> Result<Articles, Error> {
    let mut head = Vec::new();
    reader.by_ref().take(1024).read_to_end(&mut head).map_err(|e| failed(path, &e))?;
    let is_plain = std::str::from_utf8(&head).is_ok() || head.is_empty();
    let declared = String::from_utf8_lossy(&head).to_ascii_lowercase();
    let names_other = declared.contains("encoding=")
        && !declared.contains("encoding=\"utf-8\"")
        && !declared.contains("encoding='utf-8'");
    let rest: Box<dyn BufRead + Send> = Box::new(Cursor::new(head).chain(reader));
    let mut rest = rest;
    if !is_plain || names_other {
        let bytes = super::open::whole(&mut rest, path, LONGEST * 2)?;
        let text = encoding::decode(&bytes, path)?;
        rest = Box::new(Cursor::new(text.into_bytes()));
    }
    let mut xml = Xml::from_reader(BufReader::new(Limited { inner: rest, left: LONGEST * 2 }));
    let config = xml.config_mut();
    config.check_end_names = false;
    config.allow_unmatched_ends = true;
    config.expand_empty_elements = true;
    Ok(Articles {
        xml,
        path: path.to_owned(),
        channel: None,
        number: 0,
        depth: 0,
        is_begun: false,
        is_feed: false,
        is_done: false,
    })
}

/// True for XML whose first element is that of a feed.
pub fn is_feed(bytes: &[u8]) -> bool {
    let head = String::from_utf8_lossy(&bytes[..bytes.len().min(4 << 10)]);
    ["<rss", "<feed", "<rdf:RDF"].iter().any(|name| head.contains(name)) && !head.contains("<html")
}

/// A reader that ends an article which does not end itself.
struct Limited {
    inner: Box<dyn BufRead + Send>,
    left: usize,
}

impl Read for Limited {
    fn read(&mut self, out: &mut [u8]) -> std::io::Result<usize> {
        if self.left == 0 {
            return Err(std::io::Error::other(format!("an element of more than {} MiB", (LONGEST * 2) >> 20)));
        }
        let count = self.inner.read(out)?;
        self.left = self.left.saturating_sub(count);
        Ok(count)
    }
}

impl Articles {
    fn broken(&self, cause: impl ToString) -> Error {
        let place = self.xml.buffer_position();
        Error::new(ErrorKind::Xml, &self.path, format!("{} (byte {place})", cause.to_string()))
    }

    fn event(&mut self) -> Result<Event<'static>, Error> {
        let mut buffer = Vec::new();
        match self.xml.read_event_into(&mut buffer) {
            Ok(event) => Ok(event.into_owned()),
            Err(quick_xml::Error::Io(e)) => Err(failed(&self.path, &std::io::Error::new(e.kind(), e.to_string()))),
            Err(e) => Err(self.broken(e)),
        }
    }

    fn step(&mut self) -> Result<Option<Part>, Error> {
        loop {
            self.xml.get_mut().get_mut().left = LONGEST * 2;
            match self.event()? {
                Event::Eof => return Ok(None),
                Event::Start(start) => {
                    let node = started(&start).map_err(|e| self.broken(e))?;
                    let is_item = ITEMS.contains(&node.name.as_str());
                    let is_around = AROUND.contains(&node.name.as_str());
                    if !self.is_begun && !is_item && !is_around {
                        self.is_done = true;
                        let refusal =
                            if matches!(node.name.as_str(), "urlset" | "sitemapindex" | "opml") { LIST } else { OTHER };
                        let shown: String = node.name.chars().take(40).collect();
                        let error = Error::refused(&self.path, refusal);
                        let cause = format!("{} (its first element is <{shown}>)", error.cause);
                        return Err(Error { cause, ..error });
                    }
                    self.is_begun = true;
                    self.is_feed |= matches!(node.name.as_str(), "rss" | "channel" | "feed" | "rdf");
                    if is_around {
                        self.depth += 1;
                        if self.depth > DEPTH {
                            return Err(self.broken("elements nested too deep"));
                        }
                        continue;
                    }
                    let node = self.tree(node)?;
                    if is_item {
                        self.number += 1;
                        return self.part(&node).map(Some);
                    }
                    if matches!(node.name.as_str(), "title") && self.channel.is_none() {
                        self.channel = Some(node.text()).filter(|t| !t.is_empty());
                    }
                }
                Event::End(_) => self.depth = self.depth.saturating_sub(1),
                _ => {}
            }
        }
    }

    /// The rest of an element that has begun.
    fn tree(&mut self, root: Node) -> Result<Node, Error> {
        let mut open = vec![root];
        loop {
            let event = self.event()?;
            let Some(last) = open.last_mut() else { return Err(self.broken("an element without an end")) };
            match event {
                Event::Eof => return Err(self.broken("the file ends inside an element")),
                Event::Start(start) => {
                    let node = started(&start).map_err(|e| self.broken(e))?;
                    if open.len() >= DEPTH {
                        return Err(self.broken("elements nested too deep"));
                    }
                    open.push(node);
                }
                Event::End(_) => {
                    let Some(node) = open.pop() else { return Err(self.broken("an end without its element")) };
                    match open.last_mut() {
                        Some(outer) => outer.children.push(Child::Node(node)),
                        None => return Ok(node),
                    }
                }
                Event::Text(text) => {
                    let text = match text.unescape() {
                        Ok(text) => text.into_owned(),
                        // Feeds use entities of HTML; what a file defines itself stays as it is written.
                        Err(_) => html::entities(&String::from_utf8_lossy(&text)),
                    };
                    last.children.push(Child::Text(text));
                }
                Event::CData(data) => last.children.push(Child::Text(String::from_utf8_lossy(&data).into_owned())),
                _ => {}
            }
        }
    }

    fn part(&self, node: &Node) -> Result<Part, Error> {
        if node.name == "article" && node.find(&["article-meta", "front-stub"]).is_none() {
            return Err(Error::refused(&self.path, OTHER).at_article(Some(self.number)));
        }
        let draft = match node.name.as_str() {
            "item" | "entry" => feed(node, self.channel.as_deref()),
            "nitf" => nitf(node),
            "newsitem" => newsml(node),
            "tei" => tei(node),
            "ppsarticle" => factiva(node),
            "article" => jats(node),
            "reuters" => reuters(node),
            "doc" if node.child(&["text", "body", "docno"]).is_some() => collected(node),
            _ => trafilatura(node),
        };
        if draft.text.trim().is_empty() {
            let error = Error::new(ErrorKind::NoText, &self.path, "an article without text");
            return Err(error.at_article(Some(self.number)));
        }
        let date = draft.date.filter(|d| !d.trim().is_empty());
        let published = date.as_deref().and_then(|d| dates::parse_in(d.trim(), FoundIn::Given, None));
        let mut losses = Vec::new();
        if let (None, Some(date)) = (&published, &date) {
            losses.push(json::odd_date(&self.path, date.trim()).at_article(Some(self.number)));
        }
        let clean = |text: Option<String>| {
            text.map(|t| t.split_whitespace().collect::<Vec<_>>().join(" ")).filter(|t| !t.is_empty())
        };
        let source = Source {
            id: draft.id.unwrap_or_default(),
            url: clean(draft.url),
            title: clean(draft.title).map(|t| html::line(&t)),
            publisher: clean(draft.publisher),
            authors: draft.authors.iter().map(|a| json::bare_author(a)).filter(|a| !a.is_empty()).collect(),
            published,
            language: clean(draft.language),
            file: None,
        };
        Ok(Part { losses, ..Part::one(Document::new(source, draft.text), self.number) })
    }
}

impl Iterator for Articles {
    type Item = Result<Part, Error>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.is_done {
            return None;
        }
        match self.step() {
            Ok(Some(part)) => Some(Ok(part)),
            Ok(None) => {
                self.is_done = true;
                let is_feed = self.is_feed;
                let none = (self.number == 0).then(|| match is_feed {
                    true => Error::new(ErrorKind::Empty, &self.path, "a feed without articles"),
                    false => Error::refused(&self.path, OTHER),
                });
                none.map(Err)
            }
            Err(error) => {
                self.is_done |= error.kind != ErrorKind::NoText;
                Some(Err(error))
            }
        }
    }
}

/// An element's name and attributes. Prefixes of the usual vocabularies are dropped, others kept: `media:content` is no content.
fn started(start: &BytesStart<'_>) -> Result<Node, String> {
    let full = String::from_utf8_lossy(start.name().as_ref()).to_ascii_lowercase();
    let name = match full.split_once(':') {
        Some((
            "dc" | "dcterms" | "content" | "atom" | "a" | "rdf" | "rss" | "nar" | "newsml" | "tei" | "xhtml" | "html"
            | "",
            local,
        )) => local.to_owned(),
        _ => full,
    };
    let mut attributes = Vec::new();
    for attribute in start.attributes().with_checks(false) {
        let Ok(attribute) = attribute else { continue };
        if attributes.len() >= ATTRIBUTES {
            return Err(format!("an element of more than {ATTRIBUTES} attributes"));
        }
        let value = attribute
            .unescape_value()
            .map_or_else(|_| String::from_utf8_lossy(&attribute.value).into_owned(), std::borrow::Cow::into_owned);
        attributes.push((String::from_utf8_lossy(attribute.key.as_ref()).to_ascii_lowercase(), value));
    }
    Ok(Node { name, attributes, children: Vec::new() })
}

impl Node {
    fn nodes(&self) -> impl Iterator<Item = &Node> {
        self.children.iter().filter_map(|c| match c {
            Child::Node(node) => Some(node),
            Child::Text(_) => None,
        })
    }

    fn child(&self, names: &[&str]) -> Option<&Node> {
        names.iter().find_map(|name| self.nodes().find(|n| n.name == *name))
    }

    /// The first element of one of these names, the first name first, however deep.
    fn find(&self, names: &[&str]) -> Option<&Node> {
        names.iter().find_map(|name| self.nodes().find_map(|n| if n.name == *name { Some(n) } else { n.find(&[name]) }))
    }

    fn attribute(&self, name: &str) -> Option<String> {
        self.attributes
            .iter()
            .find(|(own, value)| own == name && !value.trim().is_empty())
            .map(|(_, value)| value.trim().to_owned())
    }

    /// All text in it, white space made one.
    fn text(&self) -> String {
        let mut out = String::new();
        self.collect(&mut out);
        out.split_whitespace().collect::<Vec<_>>().join(" ")
    }

    fn collect(&self, out: &mut String) {
        for child in &self.children {
            match child {
                Child::Text(text) => out.push_str(text),
                Child::Node(node) => {
                    node.collect(out);
                    out.push(' ');
                }
            }
        }
    }

    /// Its text as paragraphs.
    fn prose(&self) -> String {
        let mut lines = vec![String::new()];
        self.paragraphs(&mut lines);
        let lines = lines.iter().map(|l| l.split_whitespace().collect::<Vec<_>>().join(" ")).filter(|l| !l.is_empty());
        lines.collect::<Vec<_>>().join("\n\n")
    }

    fn paragraphs(&self, lines: &mut Vec<String>) {
        for child in &self.children {
            match child {
                Child::Text(text) => {
                    if let Some(line) = lines.last_mut() {
                        line.push_str(text);
                    }
                }
                Child::Node(node) if node.is_beside() => {}
                Child::Node(node) => {
                    let is_block = matches!(
                        node.name.as_str(),
                        "p" | "div"
                            | "br"
                            | "lb"
                            | "li"
                            | "ul"
                            | "ol"
                            | "h1"
                            | "h2"
                            | "h3"
                            | "h4"
                            | "h5"
                            | "hl1"
                            | "hl2"
                            | "block"
                            | "head"
                            | "item"
                            | "list"
                            | "quote"
                            | "blockquote"
                            | "bq"
                            | "section"
                            | "body"
                            | "title"
                            | "sec"
                            | "list-item"
                            | "disp-quote"
                            | "tr"
                    );
                    if is_block {
                        lines.push(String::new());
                    }
                    node.paragraphs(lines);
                    if is_block {
                        lines.push(String::new());
                    }
                }
            }
        }
    }

    /// True for what stands beside the sentences: pictures, tables, formulas, notes, and the numbers of notes.
    fn is_beside(&self) -> bool {
        let is_note = |node: &Node| {
            let refers = node.attribute("ref-type");
            refers.is_some_and(|kind| matches!(kind.as_str(), "bibr" | "fn" | "table-fn" | "corresp" | "aff"))
                && !node.text().contains(char::is_alphabetic)
        };
        match self.name.as_str() {
            "media" | "media-caption" | "table" | "script" | "style" | "comments" | "graphic" => true,
            "table-wrap" | "fig" | "fig-group" | "disp-formula" | "tex-math" | "fn" | "fn-group" | "ref-list" => true,
            "label" | "supplementary-material" => true,
            "xref" => is_note(self),
            "sup" => self.nodes().any(is_note),
            _ => false,
        }
    }

    /// Its text: markup that is escaped in it, markup that is elements, or plain words.
    fn words(&self) -> String {
        if self.nodes().next().is_some() {
            return self.prose();
        }
        let text =
            self.children.iter().map(|c| if let Child::Text(t) = c { t.as_str() } else { "" }).collect::<String>();
        html::unmarked(&text).map_or_else(|| text.trim().to_owned(), |words| words.trim().to_owned())
    }
}

/// What an article's element says.
#[derive(Default)]
struct Draft {
    id: Option<String>,
    url: Option<String>,
    title: Option<String>,
    publisher: Option<String>,
    authors: Vec<String>,
    date: Option<String>,
    language: Option<String>,
    text: String,
}

fn feed(node: &Node, channel: Option<&str>) -> Draft {
    let text_of = |names: &[&str]| node.child(names).map(Node::text).filter(|t| !t.is_empty());
    // The longest of what a feed has: the whole article, or a summary.
    let texts =
        ["encoded", "content", "description", "summary"].iter().filter_map(|n| node.child(&[n])).map(Node::words);
    let text = texts.max_by_key(|t| t.len()).unwrap_or_default();
    let links: Vec<&Node> = node.nodes().filter(|n| n.name == "link").collect();
    let link = links
        .iter()
        .find(|l| l.attribute("rel").is_none_or(|r| r == "alternate"))
        .and_then(|l| l.attribute("href").or_else(|| Some(l.text()).filter(|t| !t.is_empty())));
    let guid = text_of(&["guid", "id"]);
    let url = link.or_else(|| guid.clone().filter(|g| g.starts_with("http")));
    let authors = node.nodes().filter(|n| matches!(n.name.as_str(), "creator" | "author"));
    let authors = authors.map(|a| a.child(&["name"]).map_or_else(|| a.text(), Node::text));
    // "name@paper.example (Ann Lee)", as RSS has it.
    let authors = authors.map(|a| match a.split_once('(') {
        Some((mail, name)) if mail.contains('@') => name.trim_end_matches(')').to_owned(),
        _ => a,
    });
    let source = node
        .child(&["source"])
        .map(|s| s.child(&["title"]).map_or_else(|| s.text(), Node::text))
        .filter(|s| !s.is_empty());
    Draft {
        id: guid.filter(|_| url.is_none()),
        url,
        title: text_of(&["title"]),
        publisher: source.or_else(|| channel.map(str::to_owned)),
        authors: authors.collect(),
        date: text_of(&["pubdate", "published", "date", "issued", "created", "updated", "modified"]),
        language: text_of(&["language"]).or_else(|| node.attribute("xml:lang")),
        text: trimmed(&text),
    }
}

/// Without the line with which systems end their summaries.
fn trimmed(text: &str) -> String {
    let is_end = |line: &str| {
        let lower = line.to_lowercase();
        (lower.starts_with("the post ") && lower.contains("appeared first on"))
            || lower.starts_with("continue reading")
            || lower.starts_with("read more")
            || lower.starts_with("[…]")
    };
    let mut lines: Vec<&str> = text.lines().collect();
    while lines.len() > 1 && lines.last().is_some_and(|l| l.trim().is_empty() || is_end(l.trim())) {
        lines.pop();
    }
    lines.join("\n")
}

fn nitf(node: &Node) -> Draft {
    let published = node.find(&["pubdata"]);
    let date = ["date.issue", "date.release", "story.date"].iter().find_map(|n| node.find(&[n])?.attribute("norm"));
    let content = node.find(&["body.content"]);
    // Some archives hold the first paragraph twice, and the whole in a block of its own.
    let full = content.and_then(|c| c.nodes().find(|b| b.attribute("class").is_some_and(|c| c == "full_text")));
    let byline = node.find(&["person", "byline"]).map(Node::text);
    Draft {
        url: published.and_then(|p| p.attribute("ex-ref")).filter(|u| u.starts_with("http")),
        title: node.find(&["hl1", "title", "hedline"]).map(Node::text),
        publisher: published
            .and_then(|p| p.attribute("name"))
            .or_else(|| node.find(&["doc.copyright"])?.attribute("holder")),
        authors: byline.into_iter().collect(),
        date: date.or_else(|| published.and_then(|p| p.attribute("date.publication"))),
        text: full.or(content).map(Node::prose).unwrap_or_default(),
        ..Draft::default()
    }
}

fn newsml(node: &Node) -> Draft {
    let body = node.find(&["body.content", "inlinexml", "inlinedata", "body"]).map(|b| {
        match b.find(&["body", "body.content"]) {
            Some(inner) => inner.prose(),
            None => b.words(),
        }
    });
    let provider = node.find(&["provider", "source"]);
    let text_of = |names: &[&str]| node.find(names).map(Node::text).filter(|t| !t.is_empty());
    Draft {
        id: node.attribute("guid").or_else(|| text_of(&["newsitemid", "publicidentifier"])),
        title: text_of(&["headline", "hl1"]),
        publisher: text_of(&["creditline"])
            .or_else(|| provider.and_then(|p| p.attribute("literal").or_else(|| Some(p.text()))))
            .filter(|p| !p.is_empty()),
        authors: text_of(&["by", "byline"]).into_iter().collect(),
        date: text_of(&["contentcreated", "firstcreated", "versioncreated", "thisrevisioncreated", "dateid"]),
        language: node.find(&["language"]).and_then(|l| l.attribute("tag").or_else(|| l.attribute("formalname"))),
        text: body.unwrap_or_default(),
        ..Draft::default()
    }
}

fn tei(node: &Node) -> Draft {
    let head = node.find(&["teiheader"]).unwrap_or(node);
    let date = head.find(&["date"]).map(|d| d.attribute("when").unwrap_or_else(|| d.text()));
    Draft {
        url: head.find(&["ptr"]).and_then(|p| p.attribute("target")),
        title: head.find(&["title"]).map(Node::text),
        publisher: head.find(&["publisher"]).map(Node::text),
        authors: head.find(&["author"]).map(Node::text).into_iter().collect(),
        date,
        text: node.find(&["body"]).map(Node::prose).unwrap_or_default(),
        ..Draft::default()
    }
}

/// Articles as collections for research have them (the Gigaword corpora, TREC): `<DOC id="…"><HEADLINE>…<TEXT><P>…`.
fn collected(node: &Node) -> Draft {
    let text_of = |names: &[&str]| node.child(names).map(Node::text).filter(|t| !t.is_empty());
    let id = node.attribute("id").or_else(|| text_of(&["docno", "docid"]));
    // The day stands in the name: `NYT_ENG_20180617.0001`.
    let named = id.as_deref().and_then(|id| {
        let mut runs = id.split(|c: char| !c.is_ascii_digit());
        runs.find(|run| run.len() == 8 && dates::parse(run, FoundIn::Given).is_some()).map(str::to_owned)
    });
    let body = node.child(&["text", "body"]).map(|body| match body.find(&["p"]) {
        Some(_) => body.prose(),
        None => {
            let mut raw = String::new();
            body.collect(&mut raw);
            raw.split("\n\n")
                .map(|p| p.split_whitespace().collect::<Vec<_>>().join(" "))
                .collect::<Vec<_>>()
                .join("\n\n")
        }
    });
    Draft {
        id,
        title: text_of(&["headline", "head", "title", "hl"]),
        publisher: text_of(&["source"]),
        authors: text_of(&["byline", "author"]).into_iter().collect(),
        date: text_of(&["datetime", "date_time", "date", "dd"]).or(named),
        text: body.unwrap_or_default().trim().to_owned(),
        ..Draft::default()
    }
}

/// What Factiva's interface answers.
fn factiva(node: &Node) -> Draft {
    let text_of = |name: &str| node.find(&[name]).map(Node::text).filter(|t| !t.is_empty());
    let mut paragraphs = Vec::new();
    for part in ["leadparagraph", "tailparagraphs"].iter().filter_map(|name| node.find(&[name])) {
        let inner: Vec<String> = part.nodes().filter(|n| n.name == "paragraph").map(Node::text).collect();
        paragraphs.extend(if inner.is_empty() { vec![part.text()] } else { inner });
    }
    Draft {
        id: text_of("accessionno"),
        title: text_of("headline"),
        publisher: text_of("sourcename"),
        authors: text_of("byline").into_iter().collect(),
        date: text_of("publicationdate"),
        language: text_of("baselanguage"),
        text: paragraphs.join("\n\n"),
        ..Draft::default()
    }
}

/// An article of a journal (JATS, as PubMed Central and publishers give it).
fn jats(node: &Node) -> Draft {
    let front = node.child(&["front", "front-stub"]).unwrap_or(node);
    let facts = front.child(&["article-meta"]).unwrap_or(front);
    let id = |kind: &str| {
        let is_of = |n: &&Node| n.name == "article-id" && n.attribute("pub-id-type").is_some_and(|own| own == kind);
        facts.nodes().find(is_of).map(Node::text).filter(|t| !t.is_empty())
    };
    // The day on which it was to be read first: on paper, or as a page.
    let is_later = |n: &&Node| {
        let kind = n.attribute("pub-type").or_else(|| n.attribute("date-type")).unwrap_or_default();
        ["collection", "release", "submitted", "retract", "correct"].iter().any(|later| kind.contains(later))
    };
    let dates = || facts.nodes().filter(|n| n.name == "pub-date");
    let mut days: Vec<(bool, String)> = dates().filter(|n| !is_later(n)).filter_map(day).collect();
    if days.is_empty() {
        days = dates().filter_map(day).collect();
    }
    let day = days.iter().filter(|(is_whole, _)| *is_whole).map(|(_, day)| day).min();
    let people = facts.nodes().filter(|n| n.name == "contrib-group").flat_map(Node::nodes);
    let people =
        people.filter(|n| n.name == "contrib" && n.attribute("contrib-type").is_none_or(|kind| kind == "author"));
    let person = |contrib: &Node| {
        let name = contrib.find(&["name", "string-name", "collab"])?;
        let parts: Vec<String> = ["given-names", "surname", "suffix"]
            .iter()
            .filter_map(|part| name.child(&[part]).map(Node::text).filter(|t| !t.is_empty()))
            .collect();
        Some(if parts.is_empty() { name.text() } else { parts.join(" ") })
    };
    let body = node.child(&["body"]).map(Node::prose).filter(|text| !text.is_empty());
    let title = facts.find(&["article-title"]).map(Node::prose);
    Draft {
        url: id("doi").map(|doi| format!("https://doi.org/{doi}")),
        id: id("doi").or_else(|| id("pmcid")).or_else(|| id("pmc")).or_else(|| id("pmid")),
        title,
        publisher: front.child(&["journal-meta"]).and_then(|m| m.find(&["journal-title"])).map(Node::text),
        authors: people.filter_map(person).collect(),
        date: day.cloned().or_else(|| days.into_iter().map(|(_, day)| day).next()),
        language: node.attribute("xml:lang"),
        text: body.or_else(|| facts.child(&["abstract"]).map(Node::prose)).unwrap_or_default(),
    }
}

/// A date in elements of its own, as figures, and whether it has a day.
fn day(date: &Node) -> Option<(bool, String)> {
    if let Some(day) = date.attribute("iso-8601-date") {
        return Some((day.len() >= 10, day));
    }
    let part = |name: &str| date.child(&[name]).map(Node::text).filter(|t| !t.is_empty());
    let number = |text: String| match text.parse::<u32>() {
        Ok(number) => format!("{number:02}"),
        Err(_) => text,
    };
    let parts = [part("year"), part("month").map(number), part("day").map(number)];
    let written: Vec<String> = parts.into_iter().map_while(|part| part).collect();
    (!written.is_empty()).then(|| (written.len() == 3, written.join("-")))
}

/// A story of the collection Reuters-21578, whose paragraphs begin with spaces.
fn reuters(node: &Node) -> Draft {
    // Some copies have its parts without the element around them.
    let text = node.child(&["text"]).or(Some(node));
    let part = |name: &str| text.and_then(|t| t.child(&[name])).map(Node::text).filter(|t| !t.is_empty());
    let mut raw = String::new();
    // A few have no parts, and stand as they came.
    if let Some(body) = text.and_then(|t| t.child(&["body"])).or(text.filter(|t| t.nodes().next().is_none())) {
        body.collect(&mut raw);
    }
    let mut paragraphs: Vec<String> = Vec::new();
    for line in raw.lines() {
        let words = line.split(|c: char| c.is_whitespace() || c.is_control()).filter(|w| !w.is_empty());
        let words = words.collect::<Vec<_>>().join(" ");
        match paragraphs.last_mut() {
            Some(last) if !line.starts_with("  ") && !words.is_empty() => {
                last.push(' ');
                last.push_str(&words);
            }
            _ if words.is_empty() => {}
            _ => paragraphs.push(words),
        }
    }
    // The agency's name ends each story.
    if let Some(last) = paragraphs.last_mut() {
        let words = last.rsplit_once(' ').map_or(("", last.as_str()), |(rest, word)| (rest, word));
        let bare = words.1.eq_ignore_ascii_case("reuter").then_some(words.0.len());
        last.truncate(bare.unwrap_or(last.len()));
    }
    if let (Some(dateline), Some(first)) = (part("dateline"), paragraphs.first_mut()) {
        *first = format!("{dateline} {first}");
    }
    let author = part("author").map(|author| author.split(',').next().unwrap_or_default().trim().to_owned());
    Draft {
        id: node.attribute("newid").map(|number| format!("reuters-{number}")),
        title: part("title"),
        publisher: Some("Reuters".to_owned()),
        authors: author.into_iter().collect(),
        date: node.child(&["date"]).and_then(|d| d.text().split(' ').next().map(str::to_owned)),
        text: paragraphs.join("\n\n").trim().to_owned(),
        ..Draft::default()
    }
}

/// trafilatura's own XML: facts as attributes, the text in `main`.
fn trafilatura(node: &Node) -> Draft {
    let get = |names: &[&str]| names.iter().find_map(|n| node.attribute(n));
    Draft {
        id: get(&["id"]),
        url: get(&["url", "source"]).filter(|u| u.starts_with("http")),
        title: get(&["title"]),
        publisher: get(&["sitename", "hostname"]),
        authors: get(&["author"]).map(|a| a.split(';').map(|p| p.trim().to_owned()).collect()).unwrap_or_default(),
        date: get(&["date"]),
        language: get(&["language"]),
        text: node.find(&["main"]).map_or_else(|| node.prose(), Node::prose),
    }
}
