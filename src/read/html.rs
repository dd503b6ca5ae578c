//! The main text of a web page, without menus, and what its markup says of title, author, publisher and date.

use std::path::Path;

use dom_smoothie::{Config, Readability, TextMode};

use super::{Error, ErrorKind, dates, plain};
use crate::text::{Document, Source};

/// Reads a page. The readable part is found by the Readability algorithm (Arc90, Mozilla) of `dom_smoothie`.
///
/// # Errors
/// `Empty` when no readable text is in the page.
pub fn document(page: &str, path: &Path) -> Result<Document, Error> {
    let empty = |cause: String| Error::new(ErrorKind::Empty, path, cause);
    let config = Config { text_mode: TextMode::Formatted, ..Config::default() };
    let mut reader = Readability::new(page, None, Some(config)).map_err(|e| empty(e.to_string()))?;
    let article = reader.parse().map_err(|_| empty("no readable text in this page".into()))?;
    let text = tidy(&article.text_content);
    if text.is_empty() {
        return Err(empty("no readable text in this page".into()));
    }
    let mut source = Source {
        title: Some(article.title).filter(|t| !t.trim().is_empty()),
        publisher: article.site_name,
        authors: article.byline.map(|b| b.trim_start_matches("By ").trim().to_owned()).into_iter().collect(),
        published: article.published_time.as_deref().and_then(|d| dates::parse(d, "markup")),
        language: article.lang,
        url: article.url,
        ..Source::default()
    };
    let text = match &source.title {
        Some(title) if !text.starts_with(title.as_str()) => format!("{title}\n\n{text}"),
        _ => text,
    };
    plain::fill(&mut source, &text);
    Ok(Document::new(source, text))
}

/// White space inside a line becomes one space; paragraphs are divided by one empty line.
fn tidy(text: &str) -> String {
    let lines: Vec<String> =
        text.lines().map(|l| l.split_whitespace().collect::<Vec<_>>().join(" ")).filter(|l| !l.is_empty()).collect();
    lines.join("\n\n")
}
