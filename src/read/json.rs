//! JSON articles, in the field names that common crawlers write.

use serde_json::{Map, Value};

use super::dates;
use crate::text::{Block, BlockKind, Document, Layer, Source, Span, Token};

/// Fields that hold an article's text.
const TEXTS: &[&str] =
    &["text", "maintext", "content", "body", "article", "full_text", "articleBody", "content_text", "bodyText"];

/// Fields that hold the day of publication.
const DATES: &[&str] = &[
    "date",
    "dct",
    "date_publish",
    "published",
    "publish_date",
    "date_published",
    "publishedAt",
    "published_at",
    "datePublished",
    "publication_date",
    "pubDate",
    "webPublicationDate",
];

/// True when an object has an article's text.
pub fn has_text(object: &Map<String, Value>) -> bool {
    text(object).is_some()
}

fn text(object: &Map<String, Value>) -> Option<&str> {
    TEXTS.iter().filter_map(|name| object.get(*name)?.as_str()).find(|text| !text.trim().is_empty())
}

/// True for a name under which an article's own facts stand, so that it is no article's name.
pub fn is_field(name: &str) -> bool {
    TEXTS.contains(&name) || matches!(name, "source" | "publisher" | "author" | "authors" | "fields" | "metadata")
}

/// One JSON object as a document; `None` when it has no text. The text is kept to the letter.
pub fn document(object: &Map<String, Value>) -> Option<Document> {
    let text = text(object)?.to_owned();
    let source = Source {
        id: field(object, &["id", "uri", "guid"]).unwrap_or_default(),
        url: field(object, &["url", "link", "source_url", "webUrl"]),
        title: field(object, &["title", "headline", "webTitle"]),
        publisher: field(object, &["publisher", "source_domain", "sitename", "site_name", "source"]),
        authors: authors(object),
        published: field(object, DATES).and_then(|d| dates::parse(&d, "given")),
        language: field(object, &["language", "lang"]),
        file: None,
    };
    Some(Document::new(source, text))
}

/// Takes the words between single spaces (or line breaks) of a document's text as its tokens; each line is a block.
pub fn keep_tokens(doc: &mut Document) {
    let (mut blocks, mut tokens) = (Vec::new(), Vec::new());
    let mut start = 0;
    for line in doc.text().split_inclusive('\n') {
        let first = tokens.len();
        let mut at = start;
        for word in line.split_inclusive(char::is_whitespace) {
            let bare = word.trim_end();
            if !bare.is_empty() {
                let span = Span::new(at, at + bare.len());
                tokens.push(Token { span, lower: Token::plain_lower(bare), glued: false });
            }
            at += word.len();
        }
        if tokens.len() > first {
            let span = tokens[first].span.join(tokens[tokens.len() - 1].span);
            blocks.push(Block { span, kind: BlockKind::Paragraph, repeats: None });
        }
        start += line.len();
    }
    doc.blocks = Layer::new(blocks);
    doc.tokens = Layer::new(tokens);
}

/// The first of these fields that holds words or a number.
fn field(object: &Map<String, Value>, names: &[&str]) -> Option<String> {
    names.iter().find_map(|name| match object.get(*name)? {
        Value::String(text) if !text.trim().is_empty() => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        Value::Object(inner) => field(inner, &["name", "title", "id"]),
        _ => None,
    })
}

fn authors(object: &Map<String, Value>) -> Vec<String> {
    let Some(value) = ["authors", "author", "byline"].iter().find_map(|name| object.get(*name)) else {
        return Vec::new();
    };
    let one = |v: &Value| match v {
        Value::String(text) if !text.trim().is_empty() => Some(text.trim().to_owned()),
        Value::Object(inner) => field(inner, &["name"]),
        _ => None,
    };
    match value {
        Value::Array(list) => list.iter().filter_map(one).collect(),
        other => one(other).into_iter().collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_the_names_crawlers_write() {
        let rows = [
            r#"{"id":"a","text":"Words.","date":"2015-11-19","publisher":"The Post","title":"T","authors":["A B"]}"#,
            r#"{"id":"a","maintext":"Words.","date_publish":"2015-11-19 08:00:00","source_domain":"The Post","title":"T","authors":"A B"}"#,
            r#"{"id":"a","content":"Words.","published":"Nov 19, 2015","sitename":"The Post","headline":"T","author":{"name":"A B"}}"#,
        ];
        for row in rows {
            let Ok(Value::Object(object)) = serde_json::from_str(row) else { panic!("{row}") };
            let doc = document(&object).expect("a document");
            assert_eq!(doc.text(), "Words.");
            assert_eq!(doc.source.title.as_deref(), Some("T"));
            assert_eq!(doc.source.publisher.as_deref(), Some("The Post"));
            assert_eq!(doc.source.authors, ["A B"]);
            assert_eq!(doc.source.published.as_ref().map(|p| p.date.to_string()).as_deref(), Some("2015-11-19"));
        }
        let Ok(Value::Object(object)) = serde_json::from_str(r#"{"id":"a","headline":"T"}"#) else { panic!() };
        assert!(document(&object).is_none());
    }
}
