//! JSON articles and rows of tables, in the field names that common crawlers, archives and interfaces write.

use std::borrow::Cow;

use serde_json::{Map, Value};

use super::error::Refusal;
use super::fields::{self, Fields};
use super::{Error, ErrorKind, claims, dates, html};
use crate::text::{Block, BlockKind, Document, FoundIn, Layer, Published, Source, Span, Token};

/// Names under which the facts of an article may stand one level deeper.
const INNER: &[&str] =
    &["_source", "fields", "attributes", "article", "document", "doc", "node", "story", "item", "content", "data"];

const ADDRESS: Refusal = Refusal {
    sort: "an article's address without its text",
    remedy: "fetch the pages (with trafilatura or news-please, for instance) and give those, or ask the interface for the text (the Guardian's: show-fields=bodyText); a text under another name is named with --text-field",
};

/// True when an object has an article's text, or one of the usual places inside it has.
pub fn has_article(object: &Map<String, Value>, names: &Fields) -> bool {
    has_text(object, names)
        || INNER.iter().filter_map(|name| object.get(*name)?.as_object()).any(|inner| has_text(inner, names))
}

/// True when an object has an article's text.
pub fn has_text(object: &Map<String, Value>, names: &Fields) -> bool {
    text(object, names).is_some() || claims::is_review(object)
}

/// The text, to the letter but for markup that it is written in.
fn text(object: &Map<String, Value>, names: &Fields) -> Option<String> {
    let values = names.values(object, &names.text, fields::TEXT);
    values.into_iter().find_map(words).map(|text| html::unmarked(&text).unwrap_or(text))
}

/// The words of a string, of a list of strings (paragraphs), or of a string inside (`{"html": "…"}`).
fn words(value: &Value) -> Option<String> {
    match value {
        // What an interface writes in place of an article that its paper took back.
        Value::String(text) if text.trim() == "[Removed]" => None,
        Value::String(text) if !text.trim().is_empty() => Some(text.clone()),
        // `{"rendered": "…", "protected": false}`, as WordPress and others write it: nothing but the text and how it is written.
        Value::Object(inner) if inner.len() <= 3 => {
            ["rendered", "html", "plain", "value", "#text", "__html"].iter().find_map(|name| words(inner.get(*name)?))
        }
        Value::Array(list) if !list.is_empty() && list.iter().all(Value::is_string) => {
            let paragraphs: Vec<&str> = list.iter().filter_map(Value::as_str).collect();
            Some(paragraphs.join("\n\n")).filter(|text| !text.trim().is_empty())
        }
        _ => None,
    }
}

/// The rows of a table that is written column by column, as pandas does where it is not told otherwise: `{"title": {"0": "A"},
/// "text": {"0": "B"}}`, `{"title": ["A"], "text": ["B"]}`; with the name of each row where it is none of its place.
pub fn rows(object: &Map<String, Value>, names: &Fields) -> Option<Vec<(Option<String>, Map<String, Value>)>> {
    let texts = names.values(object, &names.text, fields::TEXT).into_iter().find(|v| v.is_object() || v.is_array())?;
    let others = || object.values().filter(|v| !std::ptr::eq(*v, texts));
    match texts {
        Value::Object(texts) if !texts.is_empty() && texts.values().all(|v| v.is_string() || v.is_null()) => {
            let is_column = |v: &Value| v.as_object().is_some_and(|o| o.keys().eq(texts.keys()));
            if !others().all(is_column) || (others().next().is_none() && !texts.keys().all(|k| is_place(k))) {
                return None;
            }
            let row = |key: &String| {
                let cells = object.iter().filter_map(|(name, column)| Some((name.clone(), column.get(key)?.clone())));
                (Some(key.clone()).filter(|key| !is_place(key)), cells.collect())
            };
            Some(texts.keys().map(row).collect())
        }
        Value::Array(texts) if texts.iter().all(|v| v.is_string() || v.is_null()) => {
            let is_column = |v: &Value| v.as_array().is_some_and(|list| list.len() == texts.len());
            // Paragraphs and authors are lists as well; a headline, a day, an address is one.
            let is_one = |list: &[&str]| !names.values(object, &None, list).is_empty();
            let has_fact = [fields::TITLE, fields::DATE, fields::URL].into_iter().any(is_one);
            if !has_fact || !others().all(is_column) {
                return None;
            }
            let row = |n: usize| {
                let cells = object.iter().filter_map(|(name, column)| Some((name.clone(), column.get(n)?.clone())));
                (None, cells.collect())
            };
            Some((0..texts.len()).map(row).collect())
        }
        _ => None,
    }
}

/// True for the number of a row, which is no name.
pub fn is_place(key: &str) -> bool {
    !key.is_empty() && key.bytes().all(|b| b.is_ascii_digit())
}

/// True for a name under which an article's own facts stand, so that it is no article's name.
pub fn is_field(name: &str) -> bool {
    let plain = fields::plain(name);
    fields::TEXT.contains(&plain.as_str())
        || matches!(
            plain.as_str(),
            "source" | "publisher" | "author" | "authors" | "fields" | "metadata" | "attributes"
        )
}

/// Numbers that are none, which Python and others write and JSON has not, as nothing at all: `NaN`, `Infinity`, `-Infinity`.
pub fn without_nan(text: &str) -> Cow<'_, str> {
    if !text.contains("NaN") && !text.contains("Infinity") {
        return Cow::Borrowed(text);
    }
    let bytes = text.as_bytes();
    let (mut out, mut from, mut at, mut is_string) = (String::new(), 0, 0, false);
    while at < bytes.len() {
        let length = match bytes[at] {
            b'"' => {
                is_string = !is_string;
                0
            }
            b'\\' if is_string => {
                at += 1;
                0
            }
            b'N' if !is_string && text[at..].starts_with("NaN") => 3,
            b'I' if !is_string && text[at..].starts_with("Infinity") => 8,
            b'-' if !is_string && text[at..].starts_with("-Infinity") => 9,
            _ => 0,
        };
        if length > 0 {
            out.push_str(&text[from..at]);
            out.push_str("null");
            from = at + length;
        }
        at += length.max(1);
    }
    out.push_str(&text[from..]);
    Cow::Owned(out)
}

/// A document and the date that could not be understood, if it gave one.
pub struct Read {
    pub doc: Document,
    pub odd_date: Option<String>,
    /// So many more characters has the text where an interface cut it.
    pub cut: usize,
    /// Which of the names that were given for its facts it has.
    pub fields: u8,
}

impl Read {
    /// What of it could not be understood, or is not there.
    pub fn losses(&self, path: &std::path::Path) -> Vec<Error> {
        let odd = self.odd_date.as_deref().map(|date| odd_date(path, date));
        let cause = format!("the text breaks off: {} more characters are at its address", self.cut);
        let cut = (self.cut > 0).then(|| Error::new(ErrorKind::Cut, path, cause));
        odd.into_iter().chain(cut).collect()
    }
}

/// A text without the words with which an interface says that it has cut it (`… [+1234 chars]`), and how much it cut.
fn uncut(text: String) -> (String, usize) {
    let said = text.trim_end().strip_suffix(" chars]").and_then(|rest| rest.rsplit_once('['));
    let count = said.and_then(|(_, count)| count.strip_prefix('+').unwrap_or(count).parse().ok());
    match (said, count) {
        (Some((before, _)), Some(count)) => (before.trim_end().to_owned(), count),
        _ => (text, 0),
    }
}

/// One JSON object as a document; `None` when it has no text.
pub fn document(object: &Map<String, Value>, names: &Fields) -> Option<Read> {
    document_in(object, names, None)
}

/// The same, with the order of day and month where a table has one.
pub fn document_in(object: &Map<String, Value>, names: &Fields, order: Option<dates::Order>) -> Option<Read> {
    if claims::is_review(object) {
        let (object, given) = claims::article(object)?;
        let mut read = document_in(&object, &Fields::default(), order)?;
        read.doc.given = Some(given).filter(|g| g.content.end() <= read.doc.text().len());
        read.fields = u8::MAX;
        return Some(read);
    }
    let mut merged;
    let mut object = object;
    if text(object, names).is_none() {
        let inner = INNER.iter().filter_map(|name| object.get(*name)?.as_object()).find(|o| has_text(o, names))?;
        merged = object.clone();
        for (name, value) in inner {
            merged.insert(name.clone(), value.clone());
        }
        object = &merged;
    }
    let (text, cut) = uncut(text(object, names)?);
    let first = |given: &Option<String>, usual: &[&str]| names.values(object, given, usual).into_iter().find_map(one);
    let url = names.values(object, &names.url, fields::URL).into_iter().filter_map(one);
    let url = url.map(|u| u.trim().to_owned()).find(|u| names.url.is_some() || is_address(u));
    let publisher = names.values(object, &names.publisher, fields::PUBLISHER).into_iter().filter_map(one);
    let publisher = publisher.map(|p| p.trim().to_owned()).find(|p| !is_address(p));
    // The address of a site alone (`source_url` of crawlers) names the site where nothing else does.
    let sites = names.values(object, &None, &["sourceurl"]).into_iter().filter_map(one);
    let publisher = publisher.or_else(|| sites.filter_map(|s| site(&s)).next());
    let (published, odd_date) = published(object, names, order);
    let source = Source {
        id: first(&names.id, fields::ID).unwrap_or_default(),
        url,
        title: first(&names.title, fields::TITLE).map(|title| html::line(&title)),
        publisher: publisher.map(|name| html::line(&name)),
        authors: authors(object, names),
        published,
        language: first(&names.language, fields::LANGUAGE),
        file: None,
    };
    Some(Read { doc: Document::new(source, text), odd_date, cut, fields: names.found(object) })
}

/// The host of an address that is nothing more.
fn site(address: &str) -> Option<String> {
    let rest = address.strip_prefix("http://").or_else(|| address.strip_prefix("https://"))?.trim_end_matches('/');
    (!rest.contains('/')).then(|| rest.trim_start_matches("www.").to_owned())
}

const NOBODY: Refusal = Refusal {
    sort: "a reviewed claim of nobody",
    remedy: "nothing to do where nobody is known; else name who claimed it as the author of itemReviewed (in answers of the interface: claimant)",
};

/// Why an object is no article, with what it has instead.
pub fn without_text(object: &Map<String, Value>, path: &std::path::Path) -> Error {
    let error = Error::new(ErrorKind::NoText, path, fields_instead(object));
    let has_address = || {
        let addresses = Fields::default().values(object, &None, fields::URL);
        addresses.into_iter().filter_map(one).any(|address| is_address(address.trim()))
    };
    match claims::is_review(object) {
        false if has_address() => Error { refusal: Some(ADDRESS), ..error },
        true => Error {
            refusal: Some(NOBODY),
            cause: "a reviewed claim of which nobody is said to claim it".into(),
            ..error
        },
        false => error,
    }
}

fn fields_instead(object: &Map<String, Value>) -> String {
    let names: Vec<&str> = object.keys().map(String::as_str).take(12).collect();
    let more = if object.len() > names.len() { " …" } else { "" };
    match names.is_empty() {
        true => "an article without text".to_owned(),
        false => format!("an article without text (its fields: {}{more})", names.join(", ")),
    }
}

/// A date that is none, or whose day and month cannot be told apart.
pub fn odd_date(path: &std::path::Path, written: &str) -> Error {
    let shown: String = written.chars().take(60).collect();
    Error::new(ErrorKind::Date, path, format!("\"{shown}\" is not a full date: read without one"))
}

fn is_address(text: &str) -> bool {
    text.starts_with("http://") || text.starts_with("https://")
}

/// The day of publication; where a date is given and is none, the words of it.
fn published(
    object: &Map<String, Value>,
    names: &Fields,
    order: Option<dates::Order>,
) -> (Option<Published>, Option<String>) {
    let mut odd = None;
    for usual in [fields::DATE, fields::LATER_DATE] {
        for value in names.values(object, &names.date, usual) {
            let Some(written) = written_date(value) else { continue };
            match dates::parse_in(&written, FoundIn::Given, order) {
                Some(date) => return (Some(date), None),
                None => odd = odd.or(Some(written)),
            }
        }
    }
    (None, odd)
}

/// A date as a string: of CSL's parts (`{"date-parts": [[2018, 6, 17]]}`), of MongoDB (`{"$date": …}`).
fn written_date(value: &Value) -> Option<String> {
    match value {
        Value::Object(object) => {
            if let Some(parts) = object.get("date-parts").and_then(|p| p.get(0)).and_then(Value::as_array) {
                let part = |n: usize| {
                    let value = parts.get(n)?;
                    value.as_i64().or_else(|| value.as_str()?.parse().ok())
                };
                return Some(format!("{:04}-{:02}-{:02}", part(0)?, part(1)?, part(2)?));
            }
            object.get("$date").or_else(|| object.get("raw")).and_then(written_date)
        }
        other => one(other),
    }
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

/// A value that holds words or a number.
fn one(value: &Value) -> Option<String> {
    match value {
        Value::String(text) if !text.trim().is_empty() => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        Value::Object(inner) => ["name", "title", "main", "rendered", "id"].iter().find_map(|n| one(inner.get(*n)?)),
        Value::Array(list) => list.first().filter(|v| v.is_string()).and_then(one),
        _ => None,
    }
}

fn authors(object: &Map<String, Value>, names: &Fields) -> Vec<String> {
    let person = |value: &Value| match value {
        Value::String(text) => Some(text.trim().to_owned()),
        Value::Object(inner) => {
            let get = |names: &[&str]| names.iter().find_map(|n| one(inner.get(*n)?));
            let (first, last) = (get(&["given", "firstName", "firstname"]), get(&["family", "lastName", "lastname"]));
            match (first, last) {
                (Some(first), Some(last)) => Some(format!("{first} {last}")),
                (_, Some(last)) => Some(last),
                _ => get(&["name", "original"]),
            }
        }
        _ => None,
    };
    let values = names.values(object, &names.author, fields::AUTHOR);
    for value in values {
        let found: Vec<String> = match value {
            Value::Array(list) => list.iter().filter_map(person).collect(),
            Value::String(text) => listed(text),
            other => person(other).into_iter().collect(),
        };
        let found: Vec<String> = found.iter().map(|a| bare_author(a)).filter(|a| !a.is_empty()).collect();
        if !found.is_empty() {
            return found;
        }
    }
    Vec::new()
}

/// Authors in one string: with semicolons between them, or as a list that a program has printed (`['A B', 'C D']`).
fn listed(text: &str) -> Vec<String> {
    let text = text.trim();
    if let Some(inner) = text.strip_prefix('[').and_then(|t| t.strip_suffix(']')) {
        let quotes = |c: char| matches!(c, '\'' | '"') || c.is_whitespace();
        return inner.split(',').map(|a| a.trim_matches(quotes).to_owned()).collect();
    }
    text.split([';', '|']).map(|a| a.trim().to_owned()).collect()
}

/// A name without "By".
pub fn bare_author(name: &str) -> String {
    let name = name.trim();
    let bare = name.get(..3).filter(|by| by.eq_ignore_ascii_case("by ")).map_or(name, |_| &name[3..]);
    bare.trim().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_that_are_none_are_nothing() {
        let text = r#"{"a": NaN, "b": [-Infinity, Infinity], "c": "NaN \"Infinity\" \\"}"#;
        let value: Value = serde_json::from_str(&without_nan(text)).expect("JSON");
        assert_eq!(value, serde_json::json!({"a": null, "b": [null, null], "c": "NaN \"Infinity\" \\"}));
    }

    #[test]
    fn reads_the_names_crawlers_write() {
        let rows = [
            r#"{"id":"a","text":"Words.","date":"2015-11-19","publisher":"The Post","title":"T","authors":["A B"]}"#,
            r#"{"id":"a","maintext":"Words.","date_publish":"2015-11-19 08:00:00","source_domain":"The Post","title":"T","authors":"A B"}"#,
            r#"{"id":"a","content":"Words.","published":"Nov 19, 2015","sitename":"The Post","headline":"T","author":{"name":"A B"}}"#,
        ];
        for row in rows {
            let Ok(Value::Object(object)) = serde_json::from_str(row) else { panic!("{row}") };
            let doc = document(&object, &Fields::default()).expect("a document").doc;
            assert_eq!(doc.text(), "Words.");
            assert_eq!(doc.source.title.as_deref(), Some("T"));
            assert_eq!(doc.source.publisher.as_deref(), Some("The Post"));
            assert_eq!(doc.source.authors, ["A B"]);
            assert_eq!(doc.source.published.as_ref().map(|p| p.date.to_string()).as_deref(), Some("2015-11-19"));
        }
        let Ok(Value::Object(object)) = serde_json::from_str(r#"{"id":"a","headline":"T"}"#) else { panic!() };
        assert!(document(&object, &Fields::default()).is_none());
    }
}
