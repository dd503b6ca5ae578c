//! Exports of press databases as pages (Factiva, ProQuest), as they are saved or sent by mail: several articles a page, each
//! with the facts that stand around it.

use std::path::Path;

use dom_query::{Document as Page, NodeRef};

use super::databases::{self, Draft};
use super::error::Refusal;
use super::{Error, Format, Part};

const ODD: Refusal = Refusal {
    sort: "a press database's export of an unknown make",
    remedy: "export the articles as text (Factiva: Article format, then plain text; ProQuest: Save, Text only) or RIS, which keeps them apart",
};

/// Which database wrote a page, if one did. A page that one shows of a single article is none.
pub fn format(page: &str) -> Option<Format> {
    // `class="article enArticle"`, `deArticle`: with the language of the article.
    let is_article = |rest: &str| rest.get(2..9) == Some("Article");
    let is_factiva = page.contains("articleParagraph")
        && (page.contains("<title>Factiva") || page.split("class=\"article ").skip(1).any(is_article));
    let has_names = page.contains("name=\"DocID_") || page.matches("ProQuest document ID").nth(1).is_some();
    match () {
        () if is_factiva => Some(Format::Factiva),
        () if has_names && page.contains("ProQuest") => Some(Format::ProQuest),
        () => None,
    }
}

/// The articles of an export.
///
/// # Errors
/// A page in which no article is found.
pub fn parts(format: Format, page: &Page, path: &Path) -> Result<Vec<Result<Part, Error>>, Error> {
    let drafts = match format {
        Format::Factiva => factiva(page),
        _ => proquest(page),
    };
    if drafts.is_empty() {
        return Err(Error::refused(path, ODD));
    }
    let parts = (1..).zip(drafts).map(|(number, draft)| {
        let at = |e: Error| e.at_article(Some(number));
        let part = databases::part(draft, number, path).map_err(at)?;
        Ok(part.placed(at))
    });
    Ok(parts.collect())
}

/// The paragraphs of a piece of a page, white space tidied.
fn paragraphs(node: &NodeRef) -> Vec<String> {
    let text = node.formatted_text();
    text.lines().map(|l| l.split_whitespace().collect::<Vec<_>>().join(" ")).filter(|l| !l.is_empty()).collect()
}

fn line(node: &NodeRef) -> String {
    paragraphs(node).join(" ")
}

/// Factiva's articles: a table of codes each, or lines over paragraphs.
fn factiva(page: &Page) -> Vec<Draft> {
    let articles = page.select("div.article").nodes().to_vec();
    let language = |node: &NodeRef| {
        let classes = node.attr("class")?;
        let named = classes.split_whitespace().find_map(|c| c.strip_suffix("Article"))?;
        (named.len() == 2).then(|| named.to_owned())
    };
    let mut drafts = Vec::new();
    for article in articles {
        let Some(language) = language(&article) else { continue };
        let article = dom_query::Selection::from(article);
        let mut fields: Vec<(String, Vec<String>)> = Vec::new();
        for row in article.select("tr").nodes() {
            let cells: Vec<NodeRef> = row.element_children();
            let [code, value] = cells.as_slice() else { continue };
            let code = line(code);
            if databases::is_code(&code) {
                fields.push((code, paragraphs(value)));
            }
        }
        let draft = if fields.iter().any(|(code, _)| code == "HD") {
            databases::coded(|code| {
                let found = fields.iter().filter(|(own, _)| own == code).flat_map(|(_, lines)| lines.iter().cloned());
                let join = if matches!(code, "LP" | "TD") { "\n\n" } else { " " };
                Some(found.collect::<Vec<_>>().join(join)).filter(|text| !text.is_empty())
            })
        } else {
            let body: Vec<String> = article.select(".articleParagraph").nodes().iter().flat_map(paragraphs).collect();
            let is_leaf = |n: &&NodeRef| !n.descendants_it().any(|c| c.node_name().is_some_and(|name| &*name == "div"));
            let head: Vec<String> = article.select("div").nodes().iter().filter(is_leaf).map(line).collect();
            let headline = article.select("#hd, span[class$='Headline']").nodes().first().map(line);
            let author = article.select("div.author").nodes().first().map(line);
            let mut draft = databases::factiva_plain(&head.join("\n"));
            draft.title = headline.filter(|t| !t.is_empty()).or(draft.title);
            if let Some(author) = author.filter(|a| !a.is_empty()) {
                draft.authors = databases::people(&author);
            }
            Draft { body: body.join("\n\n"), ..draft }
        };
        drafts.push(Draft { language: draft.language.or(Some(language)), ..draft });
    }
    drafts
}

/// A line of a page.
struct Line {
    text: String,
    /// The words in bold at its beginning that end with a colon: the name of a field.
    label: Option<String>,
    /// A record begins here.
    begins: bool,
}

/// Elements that end a line before and behind them.
const BLOCKS: &[&str] = &[
    "p",
    "div",
    "td",
    "th",
    "tr",
    "table",
    "li",
    "ul",
    "ol",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "title",
    "hr",
    "body",
    "blockquote",
    "section",
    "article",
    "pre",
    "text",
    "br",
    "dt",
    "dd",
    "caption",
    "figcaption",
];

/// The lines of a page, in its order. Records of ProQuest hold whole pages of their own, whose paragraphs end those around
/// them, so that what contains what says nothing.
fn lines(page: &Page) -> Vec<Line> {
    let mut lines: Vec<Line> = Vec::new();
    let mut open = Line { text: String::new(), label: None, begins: false };
    let close = |open: &mut Line, lines: &mut Vec<Line>| {
        let line = std::mem::replace(open, Line { text: String::new(), label: None, begins: false });
        let text = line.text.split_whitespace().collect::<Vec<_>>().join(" ");
        if !text.is_empty() || line.begins {
            lines.push(Line { text, ..line });
        }
    };
    for node in page.root().descendants_it() {
        if node.is_text() {
            open.text.push_str(&node.text());
            // Behind the last text of a block its line ends.
            let mut inner = node;
            while inner.next_sibling().is_none() {
                let Some(outer) = inner.parent() else { break };
                if outer.node_name().is_some_and(|name| BLOCKS.contains(&&*name.to_ascii_lowercase())) {
                    close(&mut open, &mut lines);
                    break;
                }
                inner = outer;
            }
            continue;
        }
        let Some(name) = node.node_name() else { continue };
        let name = name.to_ascii_lowercase();
        if BLOCKS.contains(&name.as_str()) {
            close(&mut open, &mut lines);
        }
        if node.attr("name").is_some_and(|n| n.starts_with("DocID_")) {
            close(&mut open, &mut lines);
            open.begins = true;
            close(&mut open, &mut lines);
        }
        if matches!(name.as_str(), "strong" | "b") && open.text.trim().is_empty() {
            let label = node.text();
            let label = label.trim();
            open.label = label.strip_suffix(':').map(|l| l.trim().to_owned());
        }
    }
    close(&mut open, &mut lines);
    lines
}

/// ProQuest's records: a headline, fields whose names are in bold, the text among them.
fn proquest(page: &Page) -> Vec<Draft> {
    page.select("script, style, noscript, template, svg, .copyright, #contactPQ, .document_view_image").remove();
    let lines = lines(page);
    let mut drafts = Vec::new();
    let mut records = lines.split(|l| l.begins);
    // What stands before the first record: who sent it, and a list of headlines.
    records.next();
    for record in records {
        let mut headline = None;
        let mut fields: Vec<(&'static str, Vec<&str>)> = Vec::new();
        for line in record {
            // Below the text stand the credit and the words under a picture, without bold names.
            let is_below = ["Credit: ", "Caption: "].iter().any(|name| line.text.starts_with(name));
            let is_named = line.label.is_some() || is_below;
            let named = databases::field(&line.text).filter(|_| is_named);
            match (named, fields.last_mut()) {
                (Some((name, rest)), _) => {
                    let rest = Some(rest.trim()).filter(|r| !r.is_empty());
                    fields.push((name, rest.into_iter().collect()));
                }
                (None, _) if line.text == "ProQuest document link" => {}
                // A field that is not known ends the one before it all the same.
                (None, Some((last, _))) if line.label.is_some() && *last != "Full text" => {
                    fields.push(("Details", vec![line.text.as_str()]));
                }
                (None, Some(last)) => last.1.push(line.text.as_str()),
                (None, None) => headline = headline.or(Some(line.text.clone())),
            }
        }
        let get = |name: &str| {
            let (_, lines) = fields.iter().find(|(own, _)| *own == name)?;
            Some(lines.join("\n\n")).filter(|text| !text.is_empty())
        };
        if headline.is_some() || !fields.is_empty() {
            drafts.push(databases::named(get, headline));
        }
    }
    drafts
}
