//! What a page's markup says of the article: the day of publication, author, publisher, address; and which of its parts are
//! none of the article: links to others, notices, tools.

use dom_query::{Document as Page, NodeRef};
use serde_json::{Map, Value};

use super::{claims, dates, fields, json};
use crate::text::{FoundIn, Published};

/// What the markup says.
#[derive(Default)]
pub struct Facts {
    pub published: Option<Published>,
    pub modified: Option<Published>,
    pub headline: Option<String>,
    pub authors: Vec<String>,
    pub publisher: Option<String>,
    pub url: Option<String>,
    pub language: Option<String>,
    /// The text, where the markup has it.
    pub body: Option<String>,
}

/// Names of `meta` elements that give the day of publication, without case and marks, the surest first.
const PUBLISHED: &[&str] = &[
    "articlepublishedtime",
    "articlepublished",
    "ogarticlepublishedtime",
    "ogpublishedtime",
    "rnewsdatepublished",
    "datepublished",
    "publishdate",
    "publisheddate",
    "publishedat",
    "publicationdate",
    "citationpublicationdate",
    "citationdate",
    "citationonlinedate",
    "parselypubdate",
    "sailthrudate",
    "dcdateissued",
    "dctermsissued",
    "dctermscreated",
    "dcdatecreated",
    "dcdate",
    "dctermsdate",
    "pubdate",
    "pdate",
    "published",
    "originalpublicationdate",
    "displaydate",
    "articledateoriginal",
    "originaldate",
    "cxensepublishtime",
    "bmcitationpublishtime",
    "ptime",
    "date",
    "articledate",
    "timestamp",
    "created",
    "cxenseparsepublishtime",
    "ogregdate",
    "weibo article createat",
];

/// Names of those that give the day of the last change.
const MODIFIED: &[&str] =
    &["articlemodifiedtime", "ogupdatedtime", "datemodified", "dctermsmodified", "lastmodified", "modified"];

/// Types of schema.org that are articles.
const ARTICLES: &[&str] = &["Article", "BlogPosting", "Report", "LiveBlogPosting", "NewsStory"];

/// Reads them from the page.
pub fn facts(page: &Page) -> Facts {
    let mut facts = Facts::default();
    linked_data(page, &mut facts);
    let metas: Vec<(String, String)> = page
        .select("meta[content]")
        .nodes()
        .iter()
        .flat_map(|node| {
            let content = node.attr("content").map(|c| c.trim().to_owned()).unwrap_or_default();
            let names = ["name", "property", "itemprop", "http-equiv"].into_iter().filter_map(|a| node.attr(a));
            names.map(|n| (fields::plain(&n), content.clone())).collect::<Vec<_>>()
        })
        .filter(|(_, content)| !content.is_empty())
        .collect();
    let meta = |name: &str| metas.iter().find(|(own, _)| own == name).map(|(_, content)| content.as_str());
    let date =
        |names: &[&str]| names.iter().filter_map(|n| meta(n)).find_map(|c| dates::parse_in(c, FoundIn::Markup, None));
    facts.published =
        facts.published.take().or_else(|| date(PUBLISHED)).or_else(|| times(page)).or_else(|| byline(page));
    facts.modified = facts.modified.take().or_else(|| date(MODIFIED));
    if facts.url.is_none() {
        let link =
            page.select("link[rel=canonical]").nodes().iter().find_map(|n| n.attr("href")).map(|u| u.to_string());
        facts.url = link.or_else(|| meta("ogurl").map(str::to_owned)).filter(|u| u.starts_with("http"));
    }
    facts.publisher = facts.publisher.take().or_else(|| meta("ogsitename").map(str::to_owned));
    if facts.authors.is_empty() {
        let named = ["author", "articleauthor", "dccreator", "parselyauthor", "sailthruauthor", "citationauthor"];
        facts.authors =
            named.iter().find_map(|n| meta(n)).filter(|a| !a.starts_with("http")).map(people).unwrap_or_default();
    }
    let language = page.select("html[lang]").nodes().iter().find_map(|n| n.attr("lang")).map(|l| l.to_string());
    facts.language = facts.language.take().or(language).or_else(|| meta("contentlanguage").map(str::to_owned));
    facts
}

fn people(text: &str) -> Vec<String> {
    text.split([';', '|']).map(json::bare_author).filter(|a| !a.is_empty()).collect()
}

/// JSON-LD: the first article of a page, of its list, of its graph, or of what a page is about.
fn linked_data(page: &Page, facts: &mut Facts) {
    for value in data(page) {
        let Some(article) = article(&value, 0) else { continue };
        let words = |value: Option<&Value>| match value? {
            Value::String(text) => Some(text.trim().to_owned()).filter(|t| !t.is_empty()),
            Value::Object(inner) => inner.get("name")?.as_str().map(|n| n.trim().to_owned()),
            Value::Array(list) => list.first()?.get("name")?.as_str().map(|n| n.trim().to_owned()),
            _ => None,
        };
        let day = |name: &str| dates::parse_in(words(article.get(name))?.as_str(), FoundIn::Markup, None);
        facts.published = day("datePublished").or_else(|| day("dateCreated")).or_else(|| day("uploadDate"));
        facts.modified = day("dateModified");
        facts.headline = words(article.get("headline")).or_else(|| words(article.get("name")));
        facts.publisher = words(article.get("publisher"));
        facts.url = words(article.get("url")).filter(|u| u.starts_with("http"));
        facts.language = words(article.get("inLanguage"));
        facts.authors = match article.get("author") {
            Some(Value::Array(list)) => list.iter().filter_map(|a| words(Some(a))).collect(),
            other => words(other).map(|a| people(&a)).unwrap_or_default(),
        };
        facts.body = match article.get("articleBody") {
            Some(Value::String(text)) => Some(text.trim().to_owned()).filter(|t| !t.is_empty()),
            // What is told bit by bit.
            _ => article.get("liveBlogUpdate").and_then(Value::as_array).map(|updates| {
                let bodies = updates.iter().filter_map(|update| update.get("articleBody")?.as_str());
                bodies.map(str::trim).collect::<Vec<_>>().join("\n\n")
            }),
        };
        return;
    }
    // A page that reviews a claim is published with the review.
    if let Some(review) = reviews(page).first() {
        let day = review.get("datePublished").and_then(Value::as_str);
        facts.published = day.and_then(|day| dates::parse_in(day, FoundIn::Markup, None));
    }
}

/// The reviewed claims in the linked data of a page.
pub fn reviews(page: &Page) -> Vec<Map<String, Value>> {
    fn look(value: &Value, depth: usize, found: &mut Vec<Map<String, Value>>) {
        match value {
            _ if depth > 4 => {}
            Value::Array(list) => list.iter().for_each(|v| look(v, depth + 1, found)),
            Value::Object(object) if claims::is_review(object) => {
                if !found.contains(object) {
                    found.push(object.clone());
                }
            }
            Value::Object(object) => {
                ["@graph", "mainEntity", "hasPart", "itemListElement", "review", "subjectOf", "item"]
                    .iter()
                    .filter_map(|name| object.get(*name))
                    .for_each(|v| look(v, depth + 1, found))
            }
            _ => {}
        }
    }
    let mut found = Vec::new();
    data(page).for_each(|value| look(&value, 0, &mut found));
    found
}

/// The pieces of linked data of a page.
fn data(page: &Page) -> impl Iterator<Item = Value> {
    let scripts = page.select("script[type='application/ld+json']");
    let texts: Vec<String> = scripts.nodes().iter().map(|script| script.text().to_string()).collect();
    texts.into_iter().filter_map(|text| {
        serde_json::from_str(text.trim().trim_start_matches("<![CDATA[").trim_end_matches("]]>")).ok()
    })
}

/// The article in a piece of linked data, not too deep.
fn article(value: &Value, depth: usize) -> Option<&serde_json::Map<String, Value>> {
    if depth > 4 {
        return None;
    }
    match value {
        Value::Array(list) => list.iter().find_map(|v| article(v, depth + 1)),
        Value::Object(object) => {
            let is_article = |kind: &Value| kind.as_str().is_some_and(|k| ARTICLES.iter().any(|a| k.contains(a)));
            let own = match object.get("@type") {
                Some(Value::Array(kinds)) => kinds.iter().any(is_article),
                Some(kind) => is_article(kind),
                None => false,
            };
            if own {
                return Some(object);
            }
            ["@graph", "mainEntity", "mainEntityOfPage", "itemListElement", "hasPart"]
                .iter()
                .find_map(|name| article(object.get(*name)?, depth + 1))
        }
        _ => None,
    }
}

/// `<time datetime="…">`: one that says that it is the publication's, else the first inside the article's head.
fn times(page: &Page) -> Option<Published> {
    let marked =
        "[itemprop='datePublished'], time[pubdate], time.published, time.entry-date, abbr.published, .dt-published";
    let of = |node: &NodeRef<'_>| {
        let field = ["datetime", "content", "title"].into_iter().find_map(|a| node.attr(a));
        dates::parse_in(field.map_or_else(|| node.text().to_string(), |f| f.to_string()).trim(), FoundIn::Markup, None)
    };
    if let Some(found) = page.select(marked).nodes().iter().find_map(of) {
        return Some(found);
    }
    let modified = |node: &NodeRef<'_>| {
        let says = |name: &str| {
            node.attr(name)
                .is_some_and(|v| v.to_ascii_lowercase().contains("modif") || v.to_ascii_lowercase().contains("updat"))
        };
        says("itemprop") || says("class")
    };
    // Times in lists of other articles say nothing of this one: only those before its text, in it or its head.
    let places =
        ["article header time[datetime]", "article time[datetime]", "header time[datetime]", "main time[datetime]"];
    places.iter().find_map(|place| {
        let found = page.select(place);
        let nodes: Vec<&NodeRef<'_>> = found.nodes().iter().filter(|n| !modified(n)).collect();
        nodes.first().and_then(|n| of(n))
    })
}

/// A line of its own that a class calls byline, date or time.
fn byline(page: &Page) -> Option<Published> {
    let classes = ".byline, .dateline, .timestamp, .pub-date, .pubdate, .publish-date, .published, .post-date, .article-date, \
                   .entry-date, .date, .article__date, .article-meta, .post-meta, .entry-meta, .meta-date";
    page.select(classes).nodes().iter().find_map(|node| {
        let text = node.text();
        let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
        let lower = line.to_lowercase();
        let is_change = (lower.contains("updated") || lower.contains("modified")) && !lower.contains("publish");
        (line.chars().count() <= 160 && !is_change).then(|| dates::find(&line, FoundIn::Markup)).flatten()
    })
}

/// Words in the class or id of an element that is not part of the article, whole or in a row.
const ASIDE: &[&str] = &[
    "related",
    "recommended",
    "recommendation",
    "recommendations",
    "recirculation",
    "recirc",
    "newsletter",
    "newsletters",
    "cookie",
    "cookies",
    "consent",
    "gdpr",
    "onetrust",
    "advert",
    "adverts",
    "advertisement",
    "advertising",
    "sponsored",
    "outbrain",
    "taboola",
    "breadcrumb",
    "breadcrumbs",
    "disqus",
    "paywall",
    "popup",
    "modal",
    "signup",
    "subscribe",
    "subscription",
    "trending",
    "mostread",
    "mostpopular",
    "morestories",
    "morefrom",
    "readmore",
    "readnext",
    "upnext",
    "seealso",
    "socialshare",
    "sharebuttons",
    "sharebar",
    "sharetools",
    "sharing",
    "promo",
    "teaser",
    "teasers",
    "comments",
    "copyright",
    "donate",
    "donation",
];

/// Words that say so of short elements only.
const SHORT_ASIDE: &[&str] =
    &["share", "social", "tags", "follow", "print", "toolbar", "tools", "credit", "copyright", "ad", "ads"];

/// Elements that never hold text of an article.
const NEVER: &str = "nav, aside, footer, form, button, select, dialog, [role=navigation], [role=dialog], [role=alertdialog], \
                     [role=complementary], [role=search], [aria-hidden=true], [hidden]";

/// Takes out of a page what is not of its article.
pub fn strip(page: &Page) {
    let whole = page.body().map_or(0, |b| length(&b));
    let keeps = |node: &NodeRef<'_>| {
        let name = node.node_name().map(|n| n.to_string()).unwrap_or_default();
        matches!(name.as_str(), "html" | "body" | "article" | "main" | "h1") || length(node) * 2 > whole
    };
    for node in page.select(NEVER).nodes() {
        if !keeps(node) {
            node.remove_from_parent();
        }
    }
    for node in page.select("[style]").nodes() {
        let style = node.attr("style").map(|s| s.to_ascii_lowercase().replace(' ', "")).unwrap_or_default();
        if (style.contains("display:none") || style.contains("visibility:hidden")) && !keeps(node) {
            node.remove_from_parent();
        }
    }
    for node in page.select("[class], [id]").nodes() {
        let names =
            [node.class(), node.id_attr()].into_iter().flatten().map(|n| n.to_string()).collect::<Vec<_>>().join(" ");
        let words = words(&names);
        let is_aside = words.iter().any(|w| ASIDE.contains(&w.as_str()))
            || words.iter().any(|w| SHORT_ASIDE.contains(&w.as_str())) && short_text(node, 200).is_some();
        let name = node.node_name().map(|n| n.to_string()).unwrap_or_default();
        let is_inline =
            matches!(name.as_str(), "a" | "span" | "em" | "strong" | "b" | "i" | "sup" | "sub" | "abbr" | "q" | "cite");
        if is_aside && !is_inline && !keeps(node) && !holds_paragraphs(node) {
            node.remove_from_parent();
        }
    }
    for node in page.select("ul, ol").nodes() {
        if is_list_of_links(node) && !keeps(node) {
            node.remove_from_parent();
        }
    }
    for node in page.select("p, li, h2, h3, h4, h5, h6, div, strong").nodes() {
        if (is_pointer(node) || is_link_alone(node)) && !keeps(node) {
            node.remove_from_parent();
        }
    }
}

/// True for three paragraphs of some length that are not links: the article's own text inside a badly named element.
fn holds_paragraphs(node: &NodeRef<'_>) -> bool {
    let long = node.descendants_it().filter(|n| n.has_name("p") && length(n) > 200 && !is_link_alone(n));
    long.take(3).count() == 3
}

/// The words of names: `related-links storyFooter` is related, links, story, footer, and each two in a row as one.
fn words(names: &str) -> Vec<String> {
    let mut found = Vec::new();
    for name in names.split_whitespace() {
        let mut parts: Vec<String> = vec![String::new()];
        let mut was_lower = false;
        for c in name.chars() {
            if !c.is_alphanumeric() || (c.is_uppercase() && was_lower) {
                parts.push(String::new());
            }
            was_lower = c.is_lowercase();
            if c.is_alphanumeric() {
                parts.last_mut().expect("one part at least").extend(c.to_lowercase());
            }
        }
        parts.retain(|p| !p.is_empty());
        found.extend(parts.windows(2).map(|pair| pair.concat()));
        found.extend(parts);
    }
    found
}

/// Characters of text that a person sees.
fn length(node: &NodeRef<'_>) -> usize {
    node.normalized_char_count()
}

/// Beginnings of lines that point to another article.
const POINTERS: &[&str] = &[
    "read more",
    "also read",
    "read also",
    "see also",
    "related",
    "more:",
    "read:",
    "watch:",
    "watch",
    "listen",
    "more on this",
    "don't miss",
    "don’t miss",
    "recommended",
    "you may also like",
    "you might also like",
    "up next",
    "in pictures",
    "in case you missed it",
    "must read",
    "read next",
    "more from",
    "explainer:",
    "live:",
    "opinion:",
    "analysis:",
];

/// A short line that begins like a pointer and is mostly a link: `READ MORE: <a>Ferry sinks, police say</a>`.
fn is_pointer(node: &NodeRef<'_>) -> bool {
    let Some(line) = short_text(node, 250) else { return false };
    let lower = line.to_lowercase();
    if line.is_empty() || !POINTERS.iter().any(|p| lower.starts_with(p)) {
        return false;
    }
    let linked: usize = links(node);
    linked * 2 > line.chars().count() || (linked > 0 && lower.contains(':'))
}

/// The text of a node in one line, when it is no longer than this; what is longer is not read to its end.
fn short_text(node: &NodeRef<'_>, most: usize) -> Option<String> {
    let mut text = String::new();
    for part in node.descendants_it().filter(NodeRef::is_text) {
        text.push_str(&part.text());
        if text.len() > most * 8 {
            return None;
        }
    }
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    (line.chars().count() <= most).then_some(line)
}

fn links(node: &NodeRef<'_>) -> usize {
    node.descendants_it().filter(|n| n.has_name("a")).map(|n| length(&n)).sum()
}

/// A paragraph that is a link and nothing else, of some words.
fn is_link_alone(node: &NodeRef<'_>) -> bool {
    node.has_name("p") && short_text(node, 400).is_some_and(|line| line.chars().count() >= 15) && is_linked(node)
}

/// A list of links, none of whose items is anything else: one among other items may be a source or a name.
fn is_list_of_links(node: &NodeRef<'_>) -> bool {
    length(node) >= 15 && is_linked(node)
}

fn is_linked(node: &NodeRef<'_>) -> bool {
    links(node) * 100 >= length(node) * 95
}
