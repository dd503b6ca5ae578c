//! A JSON file of articles, one article after another: one object, a list of objects, a list under a name
//! (`{"articles": […]}`), or objects under names of their own (`{"https://…": {…}}`); or several of these one after another,
//! as `jq` prints them. Only one article is held at a time.

use std::io::Read;

use serde::Deserialize;
use serde_json::{Map, Value};

use super::fields::Fields;
use super::{Error, ErrorKind, LONGEST, Part, json};

/// Names under which crawlers and feeds put their list of articles.
const LISTS: &[&str] = &[
    "articles",
    "items",
    "documents",
    "docs",
    "results",
    "data",
    "posts",
    "entries",
    "news",
    "stories",
    "hits",
    "rows",
    "claims",
    "dataFeedElement",
    "@graph",
];

/// Names under which interfaces put an object that holds the list.
const ENVELOPES: &[&str] = &[
    "response",
    "hits",
    "data",
    "result",
    "payload",
    "feed",
    "body",
    "articles",
    "documents",
    "news",
    "stories",
    "posts",
];

/// An article's object with its place in the list, counted from 1 (`None`: the file is one article), and the name under
/// which it stood.
pub struct Item {
    pub number: Option<usize>,
    pub name: Option<String>,
    pub object: Map<String, Value>,
}

/// What is wrong, and with which article of the list.
pub struct Broken {
    pub number: Option<usize>,
    /// Nothing can be read after it.
    pub is_last: bool,
    pub cause: String,
    pub is_too_long: bool,
}

enum Place {
    Start,
    /// Inside a list.
    List,
    /// Inside the outer object, whose other members are kept.
    Members,
    /// Behind the outermost list or object, where another may begin.
    Behind,
    End,
}

/// The articles of one JSON file.
pub struct Items {
    reader: Bytes,
    place: Place,
    number: usize,
    /// The number of the last article before the outermost object that is open.
    before: usize,
    members: Map<String, Value>,
    names: Fields,
    /// Objects around the list that are open, beside the outermost.
    envelopes: usize,
    /// The list that is open stands in an object.
    is_inside: bool,
}

impl Items {
    pub fn new(reader: Box<dyn Read + Send>, names: Fields) -> Items {
        Items {
            reader: Bytes { reader, next: None, last: None, at: 0, limit: usize::MAX },
            place: Place::Start,
            number: 0,
            before: 0,
            members: Map::new(),
            names,
            envelopes: 0,
            is_inside: false,
        }
    }

    /// The next article; `None` at the end of the file.
    pub fn read(&mut self) -> Option<Result<Item, Broken>> {
        match self.step() {
            Ok(item) => item.map(Ok),
            Err(broken) => {
                if broken.is_last {
                    self.place = Place::End;
                }
                Some(Err(broken))
            }
        }
    }

    fn step(&mut self) -> Result<Option<Item>, Broken> {
        loop {
            match self.place {
                Place::End => return Ok(None),
                Place::Start => match self.sign()? {
                    Some(byte @ (b'[' | b'{')) => self.begin(byte),
                    Some(_) => return Err(self.broken("an object or a list of objects is expected")),
                    None => return Err(self.broken("the file has no JSON")),
                },
                Place::Behind => match self.sign()? {
                    Some(byte @ (b'[' | b'{')) => self.begin(byte),
                    Some(b',') => {}
                    Some(_) => return Err(self.broken("what stands behind the end of the JSON is none")),
                    None => self.place = Place::End,
                },
                Place::List => match self.sign()? {
                    Some(b']') if self.is_inside => self.place = Place::Members,
                    Some(b']') => self.place = Place::Behind,
                    Some(b',') if self.number > 0 => {}
                    Some(byte) => {
                        self.reader.next = Some(byte);
                        self.number += 1;
                        let value = self.value()?;
                        return self.item(None, value).map(Some);
                    }
                    None => return Err(self.broken("the list does not end")),
                },
                Place::Members => match self.sign()? {
                    Some(b'}') if self.envelopes > 0 => self.envelopes -= 1,
                    Some(b'}') => {
                        self.place = Place::Behind;
                        if let Some(item) = self.outer()? {
                            return Ok(Some(item));
                        }
                    }
                    Some(b',') => {}
                    Some(byte) => {
                        self.reader.next = Some(byte);
                        let Value::String(name) = self.value()? else { return Err(self.broken("a name is expected")) };
                        if self.sign()? != Some(b':') {
                            return Err(self.broken("a colon is expected"));
                        }
                        if let Some(item) = self.member(name)? {
                            return Ok(Some(item));
                        }
                    }
                    None => return Err(self.broken("the object does not end")),
                },
            }
        }
    }

    /// A list or an object begins that nothing is around.
    fn begin(&mut self, byte: u8) {
        self.place = if byte == b'[' { Place::List } else { Place::Members };
        self.is_inside = false;
        self.before = self.number;
    }

    /// A member of the outer object: the list of articles, an article under a name of its own, or a part of the only one.
    fn member(&mut self, name: String) -> Result<Option<Item>, Broken> {
        let first = self.sign()?;
        self.reader.next = first;
        if first == Some(b'[') && LISTS.contains(&name.as_str()) && !json::has_text(&self.members, &self.names) {
            self.reader.next = None;
            self.place = Place::List;
            self.is_inside = true;
            return Ok(None);
        }
        if first == Some(b'{') && ENVELOPES.contains(&name.as_str()) && self.envelopes < 4 {
            self.reader.next = None;
            self.envelopes += 1;
            return Ok(None);
        }
        let value = self.value()?;
        match value {
            Value::Object(object)
                if json::has_text(&object, &self.names)
                    && !json::is_field(&name)
                    && !json::has_text(&self.members, &self.names) =>
            {
                self.number += 1;
                Ok(Some(Item { number: Some(self.number), name: Some(name), object }))
            }
            value => {
                self.members.insert(name, value);
                Ok(None)
            }
        }
    }

    /// The outer object as the only article, unless it held others.
    fn outer(&mut self) -> Result<Option<Item>, Broken> {
        let mut object = std::mem::take(&mut self.members);
        if self.number > self.before {
            return Ok(None);
        }
        // The only article of a file has no number.
        self.reader.next = self.sign()?;
        if self.number > 0 || self.reader.next.is_some() {
            self.number += 1;
        }
        if !json::has_text(&object, &self.names) {
            let inner =
                object.values().filter_map(Value::as_object).find(|o| json::has_article(o, &self.names)).cloned();
            object = inner.unwrap_or(object);
        }
        Ok(Some(Item { number: (self.number > 0).then_some(self.number), name: None, object }))
    }

    fn item(&self, name: Option<String>, value: Value) -> Result<Item, Broken> {
        match value {
            Value::Object(object) => Ok(Item { number: Some(self.number), name, object }),
            Value::Array(cells) if self.is_inside && self.members.contains_key("columns") => self.row(cells),
            _ => Err(Broken { is_last: false, ..self.broken("an object is expected") }),
        }
    }

    /// A row of a table whose columns are named before it, as pandas writes one (`orient="split"`): `{"columns": ["title", "text"],
    /// "index": [0], "data": [["A", "B"]]}`; a row has a name where its place is none.
    fn row(&self, cells: Vec<Value>) -> Result<Item, Broken> {
        let list = |name: &str| self.members.get(name).and_then(Value::as_array);
        let columns = list("columns").map(Vec::as_slice).unwrap_or_default();
        if columns.len() != cells.len() || !columns.iter().all(Value::is_string) {
            let cause = format!("a row of {} cells, and {} columns have names", cells.len(), columns.len());
            return Err(Broken { is_last: false, ..self.broken(cause) });
        }
        let names = columns.iter().filter_map(Value::as_str).map(str::to_owned);
        let own = list("index").and_then(|all| all.get(self.number - self.before - 1)?.as_str());
        let name = own.filter(|name| !json::is_place(name)).map(str::to_owned);
        Ok(Item { number: Some(self.number), name, object: names.zip(cells).collect() })
    }

    /// The next sign that is no space.
    fn sign(&mut self) -> Result<Option<u8>, Broken> {
        loop {
            match self.reader.byte() {
                Ok(Some(b' ' | b'\n' | b'\r' | b'\t')) => {}
                Ok(byte) => return Ok(byte),
                Err(error) => return Err(self.broken(error)),
            }
        }
    }

    fn value(&mut self) -> Result<Value, Broken> {
        self.reader.limit = self.reader.at.saturating_add(LONGEST);
        let read = Value::deserialize(&mut serde_json::Deserializer::from_reader(&mut self.reader));
        let is_too_long = self.reader.at >= self.reader.limit;
        self.reader.limit = usize::MAX;
        // The end of a number is only seen from what follows it.
        if matches!(read, Ok(Value::Number(_))) {
            self.reader.next = self.reader.last;
        }
        read.map_err(|error| {
            let cause = match is_too_long {
                true => format!("an article of more than {} MiB", LONGEST >> 20),
                // The place that the parser counts begins with the article, which is of no use to a reader.
                false => error.to_string().split(" at line ").next().unwrap_or_default().to_owned(),
            };
            Broken { is_too_long, ..self.broken(cause) }
        })
    }

    fn broken(&self, cause: impl ToString) -> Broken {
        let number = (self.number > 0).then_some(self.number);
        let cause = format!("{} (byte {})", cause.to_string(), self.reader.at);
        Broken { number, is_last: true, cause, is_too_long: false }
    }
}

/// A reader byte by byte that can take one back and knows how far it is.
struct Bytes {
    reader: Box<dyn Read + Send>,
    next: Option<u8>,
    /// The byte given last; `None` at the end.
    last: Option<u8>,
    at: usize,
    limit: usize,
}

impl Bytes {
    fn byte(&mut self) -> std::io::Result<Option<u8>> {
        let mut one = [0];
        Ok((self.read(&mut one)? == 1).then_some(one[0]))
    }
}

impl Read for Bytes {
    fn read(&mut self, out: &mut [u8]) -> std::io::Result<usize> {
        if out.is_empty() {
            return Ok(0);
        }
        self.last = self.next.take();
        if self.last.is_none() && self.at < self.limit && self.reader.read(&mut out[..1])? == 1 {
            self.at += 1;
            self.last = Some(out[0]);
        }
        let Some(byte) = self.last else { return Ok(0) };
        out[0] = byte;
        Ok(1)
    }
}

/// The articles of a JSON file.
pub struct Articles {
    items: Items,
    names: Fields,
    path: std::path::PathBuf,
    /// Rows of a table that is written column by column.
    rows: std::collections::VecDeque<Item>,
}

impl Articles {
    pub fn new(items: Items, names: Fields, path: std::path::PathBuf) -> Articles {
        Articles { items, names, path, rows: Default::default() }
    }

    fn item(&mut self) -> Option<Result<Item, Broken>> {
        if let Some(row) = self.rows.pop_front() {
            return Some(Ok(row));
        }
        let item = self.items.read()?;
        if let Ok(item) = &item
            && item.number.is_none()
            && let Some(rows) = json::rows(&item.object, &self.names)
        {
            let numbered = (1..).zip(rows);
            self.rows.extend(numbered.map(|(number, (name, object))| Item { number: Some(number), name, object }));
            return self.rows.pop_front().map(Ok).or(Some(Err(Broken {
                number: None,
                is_last: false,
                cause: "a table without rows".into(),
                is_too_long: false,
            })));
        }
        Some(item)
    }
}

impl Iterator for Articles {
    type Item = Result<Part, Error>;

    fn next(&mut self) -> Option<Self::Item> {
        let item = match self.item()? {
            Ok(item) => item,
            Err(broken) => {
                let kind = if broken.is_too_long { ErrorKind::TooLong } else { ErrorKind::Json };
                return Some(Err(Error::new(kind, &self.path, broken.cause).at_article(broken.number)));
            }
        };
        let Some(mut read) = json::document(&item.object, &self.names) else {
            return Some(Err(json::without_text(&item.object, &self.path).at_article(item.number)));
        };
        if let Some(name) = item.name.filter(|_| read.doc.source.id.is_empty() && read.doc.source.url.is_none()) {
            read.doc.source.id = name;
        }
        let losses = read.losses(&self.path).into_iter().map(|loss| loss.at_article(item.number)).collect();
        Some(Ok(Part { number: item.number, losses, fields: Some(read.fields), ..Part::whole(read.doc) }))
    }
}
