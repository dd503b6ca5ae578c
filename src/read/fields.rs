//! What the facts of an article are called in tables and JSON. Names are compared without case, spaces and marks:
//! `Publication Date`, `publication_date` and `publicationDate` are one.

use serde_json::{Map, Value};

/// Names given on the command line for the facts of an article; empty: the usual ones.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Fields {
    pub text: Option<String>,
    pub title: Option<String>,
    pub date: Option<String>,
    pub publisher: Option<String>,
    pub author: Option<String>,
    pub url: Option<String>,
    pub id: Option<String>,
    pub language: Option<String>,
}

pub const TEXT: &[&str] = &[
    "text",
    "maintext",
    "content",
    "body",
    "article",
    "fulltext",
    "articlebody",
    "contenttext",
    "bodytext",
    "articletext",
    "articlecontent",
    "storytext",
    "story",
    "plaintext",
    "rawtext",
    "newstext",
    "cleantext",
    "bodyplain",
    "documenttext",
    "contenthtml",
    "contentencoded",
    "bodyhtml",
    "articlehtml",
    "html",
    "leadparagraph",
    "abstractnote",
    "abstract",
];

pub const DATE: &[&str] = &[
    "date",
    "dct",
    "datepublish",
    "published",
    "publishdate",
    "datepublished",
    "publishedat",
    "publicationdate",
    "pubdate",
    "webpublicationdate",
    "publisheddate",
    "publishedon",
    "publishedtime",
    "firstpublished",
    "firstpublicationdate",
    "issued",
    "dateissued",
    "documentdate",
    "docdate",
    "storydate",
    "newsdate",
    "articledate",
    "eventdate",
    "seendate",
    "datetime",
    "posted",
    "postdate",
    "publishingdate",
    "publishingtime",
    "publicationdatetime",
    "publicationtime",
    "publishdatetime",
    "publishtime",
    "pubtime",
    "versioncreated",
    "created",
    "createdat",
    "createdutc",
    "timestamp",
    "loaddate",
];

/// Dates that are not the day of publication, taken when there is no better one.
pub const LATER_DATE: &[&str] = &["datemodified", "modified", "updated", "updatedat", "dateupdated", "lastmodified"];

pub const TITLE: &[&str] = &["title", "headline", "webtitle", "articletitle", "subject", "heading"];

pub const PUBLISHER: &[&str] = &[
    "publisher",
    "sitename",
    "medianame",
    "outlet",
    "outletname",
    "publication",
    "publicationtitle",
    "publicationname",
    "containertitle",
    "newspaper",
    "paper",
    "journal",
    "sourcename",
    "sourcehostname",
    "source",
    "site",
    "sourcedomain",
    "domain",
    "hostname",
    "mediaurl",
];

pub const AUTHOR: &[&str] =
    &["authors", "author", "byline", "bylines", "creator", "creators", "writer", "authorname", "authornames"];

pub const URL: &[&str] = &[
    "url",
    "link",
    "weburl",
    "articleurl",
    "pageurl",
    "permalink",
    "canonicalurl",
    "documenturl",
    "source",
    "sourceurl",
    "originalurl",
    "uri",
];

pub const ID: &[&str] = &["id", "uri", "guid", "articleid", "docid", "documentid", "storiesid", "storyid"];

pub const LANGUAGE: &[&str] = &["language", "lang", "inlanguage", "languageiso", "languagecode"];

/// A name without case, spaces and marks.
pub fn plain(name: &str) -> String {
    name.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

impl Fields {
    /// The names that somebody gave, each after the word of its option (`--date-field`).
    pub fn given(&self) -> impl Iterator<Item = (&'static str, &str)> {
        let all = [
            ("text", &self.text),
            ("title", &self.title),
            ("date", &self.date),
            ("publisher", &self.publisher),
            ("author", &self.author),
            ("url", &self.url),
            ("id", &self.id),
            ("language", &self.language),
        ];
        all.into_iter().filter_map(|(option, name)| Some((option, name.as_deref()?)))
    }

    /// Which of the given names an object has, each as a bit in the order of [`Fields::given`].
    pub fn found(&self, object: &Map<String, Value>) -> u8 {
        self.given()
            .enumerate()
            .filter(|(_, (_, name))| at_path(object, name).is_some())
            .fold(0, |all, (n, _)| all | 1 << n)
    }

    /// The values under the name that somebody gave, or else under the usual ones, the likeliest first.
    pub fn values<'o>(&self, object: &'o Map<String, Value>, given: &Option<String>, usual: &[&str]) -> Vec<&'o Value> {
        if let Some(path) = given {
            return at_path(object, path).into_iter().collect();
        }
        // An underscore before a name makes it a database's own (`_source`, `_type`), but for the id.
        let own = object.iter().filter(|(name, _)| !name.starts_with('_') || *name == "_id");
        let plain: Vec<(String, &Value)> = own.map(|(name, value)| (plain(name), value)).collect();
        usual
            .iter()
            .flat_map(|name| plain.iter().filter(move |(own, _)| own == name))
            .map(|(_, value)| *value)
            .collect()
    }
}

/// The value under a name, or under names with points between them (`fields.bodyText`).
fn at_path<'o>(object: &'o Map<String, Value>, path: &str) -> Option<&'o Value> {
    let find = |object: &'o Map<String, Value>, name: &str| {
        let folded = plain(name);
        object.get(name).or_else(|| object.iter().find(|(own, _)| plain(own) == folded).map(|(_, value)| value))
    };
    if let Some(value) = find(object, path) {
        return Some(value);
    }
    let (first, rest) = path.split_once('.')?;
    at_path(find(object, first)?.as_object()?, rest)
}
