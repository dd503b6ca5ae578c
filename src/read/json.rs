//! JSON articles, in the field names that common crawlers write.

use jiff::civil::Date;
use serde_json::{Map, Value};

use crate::text::{Document, Published, Source};

/// One JSON object as a document; `None` when it has no text.
pub fn document(object: &Map<String, Value>) -> Option<Document> {
    let field = |names: &[&str]| {
        names.iter().find_map(|name| match object.get(*name)? {
            Value::String(text) if !text.trim().is_empty() => Some(text.clone()),
            Value::Number(number) => Some(number.to_string()),
            _ => None,
        })
    };
    let text = field(&["text", "maintext", "content", "body"])?;
    let published = field(&["date", "dct", "date_publish", "published"])
        .and_then(|d| d.get(..10).and_then(|d| d.parse::<Date>().ok()))
        .map(|d| Published::on(d, "given"));
    let source = Source {
        id: field(&["id"]).unwrap_or_default(),
        url: field(&["url"]),
        title: field(&["title"]),
        publisher: field(&["publisher", "source_domain", "sitename"]),
        published,
        ..Source::default()
    };
    Some(Document::new(source, text))
}
