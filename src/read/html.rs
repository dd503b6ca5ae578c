//! The main text of a web page, without menus, and what its markup says of title, author, publisher and date.

use std::borrow::Cow;
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
    let page = shallow(page);
    let config = Config { text_mode: TextMode::Formatted, ..Config::default() };
    let mut reader = Readability::new(page.as_ref(), None, Some(config)).map_err(|e| empty(e.to_string()))?;
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

/// Elements in one another at most; real pages have some tens.
const DEPTH: usize = 256;

/// Elements without an end.
const VOID: &[&str] =
    &["area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track", "wbr"];

/// Elements that the next of their kind ends.
const IMPLIED: &[&str] = &[
    "p", "li", "dt", "dd", "tr", "td", "th", "thead", "tbody", "tfoot", "option", "optgroup", "colgroup", "html",
    "head", "body",
];

/// Elements whose content is no markup.
const RAW: &[&str] = &["script", "style", "textarea", "title", "noscript", "iframe", "xmp"];

/// A page without the tags that nest deeper than any page does: the readers of pages take the square of the depth.
fn shallow(page: &str) -> Cow<'_, str> {
    let bytes = page.as_bytes();
    let mut kept = String::new();
    let (mut from, mut at, mut depth, mut surplus) = (0, 0, 0_usize, 0_usize);
    while let Some(found) = memchr::memchr(b'<', &bytes[at..]) {
        let begun = at + found;
        at = begun + 1;
        if page[begun..].starts_with("<!--") {
            at = memchr::memmem::find(&bytes[at..], b"-->").map_or(bytes.len(), |end| at + end + 3);
            continue;
        }
        let is_end = bytes.get(at) == Some(&b'/');
        let name_from = at + usize::from(is_end);
        let name_to =
            bytes[name_from..].iter().position(|b| !b.is_ascii_alphanumeric()).map_or(bytes.len(), |n| name_from + n);
        if name_from == name_to || !bytes[name_from].is_ascii_alphabetic() {
            continue;
        }
        let name = page[name_from..name_to].to_ascii_lowercase();
        let mut quote = 0;
        at = name_to;
        while at < bytes.len() && (quote != 0 || bytes[at] != b'>') {
            match bytes[at] {
                mark @ (b'"' | b'\'') if quote == 0 && bytes[at - 1] == b'=' => quote = mark,
                mark if mark == quote => quote = 0,
                _ => {}
            }
            at += 1;
        }
        at = (at + 1).min(bytes.len());
        let is_closed = bytes[..at].ends_with(b"/>");
        if !is_end && RAW.contains(&name.as_str()) {
            let end = format!("</{name}");
            let rest = &page[at..];
            at += rest
                .match_indices("</")
                .find(|(i, _)| rest.get(*i..i + end.len()).is_some_and(|e| e.eq_ignore_ascii_case(&end)))
                .map_or(rest.len(), |(i, _)| i);
            // Its end tag closes what it opened.
            depth += 1;
            continue;
        }
        if VOID.contains(&name.as_str()) || IMPLIED.contains(&name.as_str()) || is_closed {
            continue;
        }
        let drops = match is_end {
            true if surplus > 0 => {
                surplus -= 1;
                true
            }
            true => {
                depth = depth.saturating_sub(1);
                false
            }
            false if depth >= DEPTH => {
                surplus += 1;
                true
            }
            false => {
                depth += 1;
                false
            }
        };
        if drops {
            kept.push_str(&page[from..begun]);
            kept.push(' ');
            from = at;
        }
    }
    if from == 0 {
        return Cow::Borrowed(page);
    }
    kept.push_str(&page[from..]);
    Cow::Owned(kept)
}

/// White space inside a line becomes one space; paragraphs are divided by one empty line.
fn tidy(text: &str) -> String {
    let lines: Vec<String> =
        text.lines().map(|l| l.split_whitespace().collect::<Vec<_>>().join(" ")).filter(|l| !l.is_empty()).collect();
    lines.join("\n\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_is_too_deep_goes() {
        let page = "<html><body><p>a<p>b<ul><li>c<li>d</ul><br/><script>if (1 < 2) { '<div>' }</script><!-- <div> --><p>e</body></html>";
        assert!(matches!(shallow(page), Cow::Borrowed(_)));
        let many = format!("<p>{}", "<div>a</div>".repeat(1_000));
        assert!(matches!(shallow(&many), Cow::Borrowed(_)));
        let deep = format!("{}words{}<p>more", "<div class='a>b'>".repeat(1_000), "</div>".repeat(1_000));
        let shallow = shallow(&deep);
        assert_eq!(shallow.matches("<div").count(), DEPTH);
        assert_eq!(shallow.matches("</div").count(), DEPTH);
        assert!(shallow.contains("words") && shallow.contains("<p>more"));
    }
}
