//! Web archives (WARC): the pages among the records, one article each.

use std::collections::VecDeque;
use std::hash::Hasher;
use std::io::{self, BufRead, Cursor, Read};
use std::path::PathBuf;

use flate2::read::{MultiGzDecoder, ZlibDecoder};
use rustc_hash::{FxHashMap, FxHashSet, FxHasher};

use super::error::Refusal;
use super::fields::Fields;
use super::list::{self, Items};
use super::open::{Reader, failed};
use super::sniff::{self, HEAD, Kind};
use super::{Error, ErrorKind, Format, LONGEST, Part, dates, encoding, html, lines, plain, xml};
use crate::text::{Document, FoundIn, Source};

/// The pages of an archive, and what its feeds and interfaces tell of articles that are not among the pages.
pub struct Records {
    reader: Reader,
    path: PathBuf,
    names: Fields,
    number: usize,
    /// Records that are no pages: images, redirects, requests.
    passed: usize,
    /// Records that are answers of feeds or interfaces, and hold no article.
    feeds: usize,
    /// Articles of feeds and interfaces, and bytes of their texts.
    told: Vec<Part>,
    told_bytes: usize,
    /// Which of them has an address, by its hash.
    told_at: FxHashMap<u64, usize>,
    /// Hashes of the addresses of the pages that were read.
    pages: FxHashSet<u64>,
    /// Articles of feeds that are among the pages, or were told twice.
    again: usize,
    is_done: bool,
    /// The line with which the next record begins, where it has been read.
    next: Option<Vec<u8>>,
    /// What is wrong behind the last record.
    failed: Option<io::Error>,
    /// Further articles of the last page.
    more: VecDeque<Result<Part, Error>>,
}

/// Bytes of a record's header at most.
const HEADER: u64 = 64 << 10;

/// Places that cannot be read, one after another, in an archive at most.
const FAILURES: usize = 1 << 20;

/// True for the line with which a record begins.
fn begins(line: &[u8]) -> bool {
    line.starts_with(b"WARC/1.") || line.starts_with(b"WARC/0.")
}

/// An error with more words.
fn format_error(error: io::Error, rest: &str) -> io::Error {
    io::Error::new(error.kind(), format!("{error}{rest}"))
}

/// What a record's header says.
#[derive(Default)]
struct Header {
    kind: String,
    address: Option<String>,
    date: Option<String>,
    content: String,
    length: u64,
}

impl Records {
    /// `names`: those that facts of articles have in JSON, where they are none of the usual ones.
    pub fn new(reader: Reader, path: PathBuf, names: Fields) -> Records {
        Records {
            reader,
            path,
            names,
            number: 0,
            passed: 0,
            feeds: 0,
            told: Vec::new(),
            told_bytes: 0,
            told_at: FxHashMap::default(),
            pages: FxHashSet::default(),
            again: 0,
            is_done: false,
            next: None,
            failed: None,
            more: VecDeque::new(),
        }
    }

    /// Reads the line with which the next record begins; false at the end.
    fn peek(&mut self) -> io::Result<bool> {
        if let Some(error) = self.failed.take() {
            return Err(error);
        }
        while self.next.is_none() {
            let mut line = Vec::new();
            if self.reader.by_ref().take(HEADER).read_until(b'\n', &mut line)? == 0 {
                return Ok(false);
            }
            // Records end with two empty lines; some writers add more.
            self.next = Some(line).filter(|line| !line.trim_ascii().is_empty());
        }
        Ok(true)
    }

    /// Goes on to a line that begins a record, past whatever cannot be read; false at the end.
    fn find(&mut self) -> bool {
        for _ in 0..FAILURES {
            match self.peek() {
                Ok(false) => return false,
                Ok(true) if self.next.as_ref().is_some_and(|line| begins(line)) => return true,
                Ok(true) => self.next = None,
                Err(error) if error.kind() == io::ErrorKind::Other => return false,
                Err(_) => {}
            }
        }
        false
    }

    fn header(&mut self) -> io::Result<Option<Header>> {
        let broken = |what: &str| io::Error::new(io::ErrorKind::InvalidData, what.to_owned());
        if !self.peek()? {
            return Ok(None);
        }
        let mut line = self.next.take().unwrap_or_default();
        if !begins(&line) {
            return Err(broken("a record does not begin with WARC/"));
        }
        let (mut header, mut total, mut length) = (Header::default(), 0, None);
        loop {
            line.clear();
            if self.reader.by_ref().take(HEADER).read_until(b'\n', &mut line)? == 0 {
                return Err(broken("a record ends inside its header"));
            }
            total += line.len() as u64;
            if total > HEADER {
                return Err(broken("a record's header of more than 64 KiB"));
            }
            let text = String::from_utf8_lossy(&line);
            let text = text.trim();
            if text.is_empty() {
                break;
            }
            let Some((name, value)) = text.split_once(':') else { continue };
            let value = value.trim().trim_start_matches('<').trim_end_matches('>');
            match name.trim().to_ascii_lowercase().as_str() {
                "warc-type" => header.kind = value.to_ascii_lowercase(),
                "warc-target-uri" => header.address = Some(value.to_owned()),
                "warc-date" => header.date = Some(value.to_owned()),
                "content-type" => header.content = value.to_ascii_lowercase(),
                "content-length" => length = value.parse().ok(),
                _ => {}
            }
        }
        header.length = length.ok_or_else(|| broken("a record whose length is no number"))?;
        Ok(Some(header))
    }

    /// The next record's header and body; the body is `None` where it is none of a page or too long.
    fn record(&mut self) -> io::Result<Option<(Header, Option<Vec<u8>>)>> {
        let Some(header) = self.header()? else { return Ok(None) };
        let is_page = match header.kind.as_str() {
            "response" => header.content.starts_with("application/http"),
            // Crawlers put their own notes into the archive, under addresses of their own.
            "resource" if header.address.as_deref().is_some_and(|a| !a.starts_with("http")) => false,
            "resource" => is_page(&header.content) || is_feed(&header.content),
            "conversion" => header.content.starts_with("text/plain"),
            _ => false,
        };
        let limit = LONGEST as u64;
        if !is_page || header.length > limit {
            let passed = io::copy(&mut self.reader.by_ref().take(header.length), &mut io::sink())?;
            if passed < header.length {
                return Err(io::Error::new(io::ErrorKind::UnexpectedEof, "the last record is cut"));
            }
            return Ok(Some((header, None)));
        }
        let mut body = Vec::new();
        self.reader.by_ref().take(header.length).read_to_end(&mut body)?;
        if (body.len() as u64) < header.length {
            return self.pushed(body, "the last record is cut");
        }
        match self.peek() {
            Ok(true) if !self.next.as_ref().is_some_and(|line| begins(line)) => {
                return self.pushed(body, "a record whose length is wrong");
            }
            // What is wrong behind the record is told when that is read.
            Err(error) => self.failed = Some(error),
            Ok(_) => {}
        }
        Ok(Some((header, Some(body))))
    }

    /// Puts a body back before what was read behind it: with a wrong length it may hold other records.
    fn pushed<T>(&mut self, mut body: Vec<u8>, cause: &str) -> io::Result<T> {
        body.extend(self.next.take().unwrap_or_default());
        let rest = std::mem::replace(&mut self.reader, Box::new(io::empty()));
        self.reader = Box::new(io::Cursor::new(body).chain(rest));
        Err(io::Error::new(io::ErrorKind::InvalidData, cause))
    }

    /// What is in a record.
    fn found(&mut self, header: &Header, body: &[u8]) -> Found {
        let (content, bytes) = match header.kind.as_str() {
            "response" => match answer(body) {
                Answer::Is(content, bytes) => (content, bytes),
                Answer::Broken => {
                    let cause = "a page whose packed bytes cannot be unpacked";
                    return Found::Articles(Err(Error::new(ErrorKind::Compressed, &self.path, cause)));
                }
                Answer::Other => return Found::Nothing,
            },
            _ => (header.content.clone(), body.to_vec()),
        };
        if let Some(format) = feed(&content, &bytes) {
            return self.feed(format, header, &bytes, &content);
        }
        if !is_page(&content) {
            return Found::Nothing;
        }
        let text = match encoding::decode_as(&bytes, charset(&content), &self.path) {
            Ok(text) => text,
            Err(error) => return Found::Articles(Err(error)),
        };
        let mut parts = match content.starts_with("text/plain") {
            true => {
                let mut source = Source { url: header.address.clone(), ..Source::default() };
                plain::fill(&mut source, &text);
                vec![Ok(Part::whole(Document::new(source, text)))]
            }
            false => match html::parts(&text, header.address.as_deref(), &self.path) {
                Ok(parts) => parts,
                Err(error) => return Found::Articles(Err(error)),
            },
        };
        self.pages.extend(header.address.as_deref().map(place));
        for part in parts.iter_mut().flatten() {
            part.doc.source.url = part.doc.source.url.take().or_else(|| header.address.clone());
            visited(part, header);
            self.pages.extend(part.doc.source.url.as_deref().map(place));
        }
        Found::Articles(Ok(parts))
    }

    /// The articles that a feed or an interface tells of. They wait for the end of the archive, where it is known whose pages
    /// are in it: a feed has often no more than their first lines.
    fn feed(&mut self, format: Format, header: &Header, bytes: &[u8], content: &str) -> Found {
        // XML says itself how it is written.
        let bytes = match format {
            Format::Xml => bytes.to_vec(),
            _ => match encoding::decode_as(bytes, charset(content), &self.path) {
                Ok(text) => text.into_bytes(),
                Err(_) => return Found::Feed,
            },
        };
        let (reader, path, names) = (Box::new(Cursor::new(bytes)), self.path.clone(), self.names.clone());
        let parts: Vec<Part> = match format {
            Format::Xml => {
                xml::open(reader, &path).map_or_else(|_| Vec::new(), |articles| articles.flatten().collect())
            }
            Format::Jsonl => lines::Lines::new(reader, path, names, false).flatten().collect(),
            _ => list::Articles::new(Items::new(reader, names.clone()), names, path).flatten().collect(),
        };
        let is_told = self.names.text.is_some();
        let mut any = false;
        for mut part in parts {
            let source = &part.doc.source;
            // Interfaces send texts of all kinds: an article has a headline, and a day or an address of its own.
            let is_article = source.title.is_some() && (source.published.is_some() || source.url.is_some());
            if format != Format::Xml && !is_told && !is_article && part.doc.given.is_none() {
                continue;
            }
            any = true;
            let name =
                source.url.as_deref().or(source.title.as_deref()).filter(|_| part.doc.given.is_none()).map(place);
            visited(&mut part, header);
            let length = part.doc.text().len();
            match name.and_then(|name| self.told_at.get(&name).copied()) {
                // A feed is fetched many times: the longest of what it told counts.
                Some(before) => {
                    self.again += 1;
                    let shorter = self.told[before].doc.text().len();
                    if shorter < length {
                        self.told_bytes += length - shorter;
                        self.told[before] = part;
                    }
                }
                None => {
                    self.told_at.extend(name.map(|name| (name, self.told.len())));
                    self.told_bytes += length;
                    self.told.push(part);
                }
            }
        }
        if self.told_bytes > LONGEST {
            self.tell();
        }
        if any { Found::Told } else { Found::Feed }
    }

    /// Gives the articles of feeds whose pages were not read.
    fn tell(&mut self) {
        self.told_at.clear();
        self.told_bytes = 0;
        for part in std::mem::take(&mut self.told) {
            // A claim that is reviewed is another article than the review.
            let address = part.doc.source.url.as_deref().filter(|_| part.doc.given.is_none()).map(place);
            match address.is_some_and(|address| !self.pages.insert(address)) {
                true => self.again += 1,
                false => {
                    self.number += 1;
                    let number = Some(self.number);
                    let part = part.placed(|e| e.at_article(number));
                    self.more.push_back(Ok(Part { number, fields: None, ..part }));
                }
            }
        }
    }
}

/// What is in a record.
enum Found {
    /// The articles of a page, or why there are none.
    Articles(Result<Vec<Result<Part, Error>>, Error>),
    /// Articles of a feed, kept for the end.
    Told,
    /// An answer of a feed or an interface without articles.
    Feed,
    Nothing,
}

/// Gives an article that has no day that of the visit.
fn visited(part: &mut Part, header: &Header) {
    let source = &mut part.doc.source;
    if source.published.is_none() {
        source.published = header.date.as_deref().and_then(|d| dates::parse(d, FoundIn::Fetched));
    }
}

/// The hash of an address without what differs between the ways to one page.
fn place(address: &str) -> u64 {
    let rest = address.split_once("://").map_or(address, |(_, rest)| rest);
    let rest = rest.strip_prefix("www.").unwrap_or(rest);
    let rest = rest.split('#').next().unwrap_or(rest);
    let (path, query) = rest.split_once('?').unwrap_or((rest, ""));
    let mut hasher = FxHasher::default();
    hasher.write(path.trim_end_matches('/').as_bytes());
    for part in query.split('&').filter(|part| !part.is_empty() && !part.starts_with("utm_")) {
        hasher.write_u8(b'&');
        hasher.write(part.as_bytes());
    }
    hasher.finish()
}

/// True for the type of a page.
fn is_page(content: &str) -> bool {
    ["text/html", "application/xhtml+xml", "text/plain"].iter().any(|kind| content.starts_with(kind))
}

/// True for the type of an answer of a feed or of an interface, which may hold articles and is no page.
fn is_feed(content: &str) -> bool {
    let kinds = ["rss+xml", "atom+xml", "rdf+xml", "json", "application/xml", "text/xml", "ndjson"];
    kinds.iter().any(|kind| content.contains(kind))
}

/// The format of a feed or of an interface's answer, told by its content: some servers call a feed a page.
fn feed(content: &str, bytes: &[u8]) -> Option<Format> {
    let is_named = is_feed(content);
    match sniff::kind(&bytes[..bytes.len().min(HEAD)], "", true) {
        Kind::Is(format @ (Format::Xml | Format::Json | Format::Jsonl)) if is_named => Some(format),
        Kind::Is(Format::Xml) if content.starts_with("text/html") && xml::is_feed(bytes) => Some(Format::Xml),
        _ if is_named && content.contains("json") => Some(Format::Json),
        _ => None,
    }
}

const FEED: Refusal = Refusal {
    sort: "feeds and JSON in a web archive",
    remedy: "where they hold articles under names of their own, take them out (`warcio extract`) and give them as .json with --text-field",
};

/// What a server sent.
enum Answer {
    /// Its type and its bytes.
    Is(String, Vec<u8>),
    /// A page whose packed bytes cannot be unpacked.
    Broken,
    /// An error, a redirection, a picture.
    Other,
}

/// The type and the bytes of what a server sent, where that may hold articles.
fn answer(body: &[u8]) -> Answer {
    let end = memchr::memmem::find(body, b"\r\n\r\n").map(|at| (at, at + 4));
    let Some((head, start)) = end.or_else(|| memchr::memmem::find(body, b"\n\n").map(|at| (at, at + 2))) else {
        return Answer::Other;
    };
    let head = String::from_utf8_lossy(&body[..head.min(HEADER as usize)]).into_owned();
    if head.lines().next().and_then(|line| line.split_whitespace().nth(1)) != Some("200") {
        return Answer::Other;
    }
    let field = |name: &str| {
        let found =
            head.lines().skip(1).filter_map(|l| l.split_once(':')).find(|(n, _)| n.trim().eq_ignore_ascii_case(name));
        found.map(|(_, value)| value.trim().to_ascii_lowercase())
    };
    let content = field("content-type").unwrap_or_else(|| "text/html".into());
    if !is_page(&content) && !is_feed(&content) {
        return Answer::Other;
    }
    let mut bytes = body[start..].to_vec();
    if field("transfer-encoding").is_some_and(|v| v.contains("chunked")) {
        bytes = unchunked(&bytes).unwrap_or(bytes);
    }
    let unpack = |reader: &mut dyn Read| {
        let mut out = Vec::new();
        reader.take(LONGEST as u64 + 1).read_to_end(&mut out).ok()?;
        (out.len() <= LONGEST).then_some(out)
    };
    let unpacked = match field("content-encoding").as_deref() {
        Some(e) if e.contains("gzip") && bytes.starts_with(b"\x1f\x8b") => {
            unpack(&mut MultiGzDecoder::new(bytes.as_slice()))
        }
        Some(e) if e.contains("deflate") => unpack(&mut ZlibDecoder::new(bytes.as_slice())).or(Some(bytes)),
        Some("zstd") if bytes.starts_with(b"\x28\xb5\x2f\xfd") => {
            let frames = ruzstd::decoding::StreamingDecoder::new(bytes.as_slice());
            frames.ok().and_then(|mut frames| unpack(&mut frames))
        }
        // Nothing tells Brotli but that it can be unpacked.
        Some("br") => match unpack(&mut brotli_decompressor::Decompressor::new(bytes.as_slice(), HEAD)) {
            Some(out) if !out.is_empty() && (is_text(&out) || !is_text(&bytes)) => Some(out),
            _ => Some(bytes).filter(|bytes| is_text(bytes)),
        },
        // Many crawlers keep the header and unpack the body.
        _ => Some(bytes),
    };
    match unpacked {
        Some(bytes) => Answer::Is(content, bytes),
        None => Answer::Broken,
    }
}

/// True for bytes that begin as UTF-8.
fn is_text(bytes: &[u8]) -> bool {
    let head = &bytes[..bytes.len().min(HEAD)];
    std::str::from_utf8(head).map_or_else(|e| e.error_len().is_none(), |_| !head.contains(&0))
}

/// A body that was sent in pieces, put together; `None` when it was not.
fn unchunked(mut bytes: &[u8]) -> Option<Vec<u8>> {
    let mut whole = Vec::with_capacity(bytes.len());
    loop {
        let end = memchr::memchr(b'\n', bytes)?;
        let size = String::from_utf8_lossy(&bytes[..end]);
        let size = usize::from_str_radix(size.split(';').next()?.trim(), 16).ok()?;
        bytes = &bytes[end + 1..];
        if size == 0 {
            return Some(whole);
        }
        whole.extend_from_slice(bytes.get(..size)?);
        bytes = bytes.get(size..)?;
        bytes = bytes.strip_prefix(b"\r\n").or_else(|| bytes.strip_prefix(b"\n"))?;
    }
}

/// The encoding that a content type names.
fn charset(content: &str) -> Option<&str> {
    let (_, name) = content.split_once("charset=")?;
    Some(name.split(';').next().unwrap_or(name).trim().trim_matches('"'))
}

impl Records {
    /// Puts behind the last article what was passed over.
    fn finish(&mut self) {
        let aside = |words: String| Error::new(ErrorKind::Aside, &self.path, words);
        let mut words = Vec::new();
        if self.again > 0 {
            let articles = if self.again == 1 { "article" } else { "articles" };
            words.push(aside(format!(
                "{} {articles} of feeds stand in the archive as pages, or were told twice",
                self.again
            )));
        }
        if self.feeds > 0 {
            let records = if self.feeds == 1 { "record is a feed or JSON" } else { "records are feeds or JSON" };
            let error = aside(format!("{} {records} in which no article was found", self.feeds));
            words.push(Error { refusal: Some(FEED), ..error });
        }
        if self.passed > 0 {
            let records = if self.passed == 1 { "record is" } else { "records are" };
            words.push(aside(format!("{} {records} no page (a picture, a redirection, a note)", self.passed)));
        }
        self.more.extend(words.into_iter().map(Err));
    }
}

impl Iterator for Records {
    type Item = Result<Part, Error>;

    fn next(&mut self) -> Option<Self::Item> {
        if let Some(part) = self.more.pop_front() {
            return Some(part);
        }
        while !self.is_done {
            let (header, body) = match self.record() {
                Ok(Some(record)) => record,
                Ok(None) => {
                    self.is_done = true;
                    self.tell();
                    self.finish();
                    break;
                }
                Err(error) => {
                    self.number += 1;
                    let number = Some(self.number);
                    let is_packed = failed(&self.path, &error).kind == ErrorKind::Compressed;
                    self.is_done = !is_packed || !self.find();
                    let rest =
                        if self.is_done { "" } else { "; what comes before the next record that begins is left out" };
                    let error = failed(&self.path, &format_error(error, rest)).at_article(number);
                    if self.is_done {
                        self.tell();
                        self.finish();
                    }
                    return Some(Err(error));
                }
            };
            let is_long = body.is_none() && header.kind == "response" && header.length > LONGEST as u64;
            if is_long {
                self.number += 1;
                return Some(Err(super::lines::too_long(&self.path).at_article(Some(self.number))));
            }
            match body.map_or(Found::Nothing, |body| self.found(&header, &body)) {
                Found::Told => {}
                Found::Feed => self.feeds += 1,
                Found::Nothing => {
                    self.passed += usize::from(!matches!(header.kind.as_str(), "warcinfo" | "request" | "metadata"))
                }
                Found::Articles(result) => {
                    self.number += 1;
                    let number = self.number;
                    let named = |e: Error| match &header.address {
                        Some(address) => Error { cause: format!("{} ({address})", e.cause), ..e },
                        None => e,
                    };
                    let parts = match result {
                        Ok(parts) => parts,
                        Err(error) => vec![Err(error)],
                    };
                    self.number += parts.len().saturating_sub(1);
                    let numbered = (number..).zip(parts).map(|(number, part)| {
                        part.map(|part| Part { number: Some(number), ..part })
                            .map_err(|e| named(e).at_article(Some(number)))
                    });
                    self.more.extend(numbered);
                }
            }
            if let Some(part) = self.more.pop_front() {
                return Some(part);
            }
        }
        self.more.pop_front()
    }
}
