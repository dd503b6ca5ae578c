//! What stands for the reader of web pages in a program that was built without it: pages are refused, and so are articles of
//! other formats that turn out to be written in markup.

use std::path::Path;

use super::error::Refusal;
use super::{Error, Format, Part};
use crate::text::Document;

const PAGE: Refusal = Refusal {
    sort: "HTML",
    remedy: "this program was built without the reader of web pages; build it with the feature `html`, or give plain text",
};

/// Refuses.
pub fn parts(page: &str, address: Option<&str>, path: &Path) -> Result<Vec<Result<Part, Error>>, Error> {
    document_at(page, address, path).map(|doc| vec![Ok(Part::whole(doc))])
}

/// Refuses.
pub fn document_at(_: &str, _: Option<&str>, path: &Path) -> Result<Document, Error> {
    Err(Error::refused(path, PAGE))
}

/// No page is read, so none is an export.
pub fn export(_: &str, _: &Path) -> Option<Result<Vec<Result<Part, Error>>, Error>> {
    None
}

/// Markup stays as it is, for [`marked`] to find.
pub fn words_of(_: &str) -> Option<String> {
    None
}

/// Markup stays as it is, for [`marked`] to find.
pub fn unmarked(_: &str) -> Option<String> {
    None
}

/// Markup stays as it is, for [`marked`] to find.
pub fn line(text: &str) -> String {
    text.to_owned()
}

/// Entities stay as they are, for [`marked`] to find.
pub fn entities(text: &str) -> String {
    text.to_owned()
}

/// The refusal of an article whose text or title holds markup or entities; what is plain text by its format may speak of them.
pub fn marked(doc: &Document, format: Format, path: &Path) -> Option<Error> {
    let title = doc.source.title.as_deref().unwrap_or_default();
    let is_marked = !matches!(format, Format::Text | Format::Nif)
        && doc.tokens.is_empty()
        && [title, doc.text()].iter().any(|t| holds_markup(t));
    is_marked.then(|| Error::refused(path, PAGE))
}

/// True for text with a tag or an entity: a mark before a letter, and its end not far behind.
fn holds_markup(text: &str) -> bool {
    let named = |rest: &str, end: char| {
        let name = rest.trim_start_matches(['/', '#', '!']);
        name.starts_with(|c: char| c.is_ascii_alphanumeric()) && name.chars().take(200).any(|c| c == end)
    };
    let entity = |rest: &str| {
        let length = rest.chars().take_while(|c| c.is_ascii_alphanumeric() || *c == '#').count();
        (2..=10).contains(&length) && rest[length..].starts_with(';')
    };
    text.match_indices('<').any(|(at, _)| named(&text[at + 1..], '>'))
        || text.match_indices('&').any(|(at, _)| entity(&text[at + 1..]))
}

#[cfg(test)]
mod tests {
    use super::holds_markup;

    #[test]
    fn tags_and_entities_are_found_and_marks_are_not() {
        for text in ["<p>It rained.</p>", "It <em>rained</em>.", "Ann &amp; Bob", "It rained<br/>", "a &#8212; b"] {
            assert!(holds_markup(text), "{text}");
        }
        for text in ["AT&T; it said", "if 1 < 2 and 3 > 2", "R&D", "a <3 b", "no; & yes;"] {
            assert!(!holds_markup(text), "{text}");
        }
    }
}
