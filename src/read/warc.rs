//! Web archives (WARC): the pages among the records, one article each.

use std::collections::VecDeque;
use std::io::{self, BufRead, Read};
use std::path::PathBuf;

use flate2::read::{MultiGzDecoder, ZlibDecoder};

use super::error::Refusal;
use super::open::{Reader, failed};
use super::{Error, ErrorKind, LONGEST, Part, dates, encoding, html, plain};
use crate::text::{Document, Source};

/// The pages of an archive.
pub struct Records {
    reader: Reader,
    path: PathBuf,
    number: usize,
    /// Records that are no pages: images, redirects, requests.
    passed: usize,
    /// Records that are answers of feeds or interfaces.
    feeds: usize,
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
    pub fn new(reader: Reader, path: PathBuf) -> Records {
        Records {
            reader,
            path,
            number: 0,
            passed: 0,
            feeds: 0,
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
            "resource" => header.content.starts_with("text/html") || header.content.starts_with("text/plain"),
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

    /// The articles of a record; `None` when it is no page.
    fn parts(&self, header: &Header, body: &[u8]) -> Option<Result<Vec<Result<Part, Error>>, Error>> {
        let (content, bytes) = match header.kind.as_str() {
            "response" => page(body)?,
            _ => (header.content.clone(), body.to_vec()),
        };
        let text = match encoding::decode_as(&bytes, charset(&content), &self.path) {
            Ok(text) => text,
            Err(error) => return Some(Err(error)),
        };
        let mut parts = match content.starts_with("text/plain") {
            true => {
                let mut source = Source { url: header.address.clone(), ..Source::default() };
                plain::fill(&mut source, &text);
                vec![Ok(Part::whole(Document::new(source, text)))]
            }
            false => match html::parts(&text, header.address.as_deref(), &self.path) {
                Ok(parts) => parts,
                Err(error) => return Some(Err(error)),
            },
        };
        for part in parts.iter_mut().flatten() {
            let source = &mut part.doc.source;
            source.url = source.url.take().or_else(|| header.address.clone());
            if source.published.is_none() {
                source.published = header.date.as_deref().and_then(|d| dates::parse(d, "fetched"));
            }
        }
        Some(Ok(parts))
    }
}

/// True for an answer of a feed or of an interface, which may hold articles and is no page.
fn is_feed(body: &[u8]) -> bool {
    let head = &body[..body.len().min(HEADER as usize)];
    let head = memchr::memmem::find(head, b"\r\n\r\n").map_or(head, |end| &head[..end]);
    let head = String::from_utf8_lossy(head).to_ascii_lowercase();
    let kinds = ["rss+xml", "atom+xml", "rdf+xml", "application/json", "feed+json", "application/xml", "text/xml"];
    let is_answered = head.split_whitespace().nth(1) == Some("200");
    is_answered && head.lines().any(|l| l.starts_with("content-type:") && kinds.iter().any(|kind| l.contains(kind)))
}

const FEED: Refusal = Refusal {
    sort: "feeds and JSON in a web archive",
    remedy: "where they hold articles that are not among the pages, take them out (`warcio extract`) and give them as .rss or .json",
};

/// The type and the bytes of a page that a server sent; `None` for pictures, errors and redirections.
fn page(body: &[u8]) -> Option<(String, Vec<u8>)> {
    let end = memchr::memmem::find(body, b"\r\n\r\n").map(|at| (at, at + 4));
    let (head, start) = end.or_else(|| memchr::memmem::find(body, b"\n\n").map(|at| (at, at + 2)))?;
    let head = String::from_utf8_lossy(&body[..head.min(HEADER as usize)]).into_owned();
    let mut lines = head.lines();
    let status = lines.next()?.split_whitespace().nth(1)?.to_owned();
    if status != "200" {
        return None;
    }
    let field = |name: &str| {
        let found =
            head.lines().skip(1).filter_map(|l| l.split_once(':')).find(|(n, _)| n.trim().eq_ignore_ascii_case(name));
        found.map(|(_, value)| value.trim().to_ascii_lowercase())
    };
    let content = field("content-type").unwrap_or_else(|| "text/html".into());
    if !["text/html", "application/xhtml+xml", "text/plain"].iter().any(|kind| content.starts_with(kind)) {
        return None;
    }
    let mut bytes = body[start..].to_vec();
    if field("transfer-encoding").is_some_and(|v| v.contains("chunked")) {
        bytes = unchunked(&bytes).unwrap_or(bytes);
    }
    let unpack = |reader: &mut dyn Read| {
        let mut out = Vec::new();
        reader.take(LONGEST as u64 + 1).read_to_end(&mut out).ok().filter(|_| out.len() <= LONGEST)?;
        Some(out)
    };
    match field("content-encoding").as_deref() {
        // Many crawlers keep the header and unpack the body.
        Some(e) if e.contains("gzip") && bytes.starts_with(b"\x1f\x8b") => {
            bytes = unpack(&mut MultiGzDecoder::new(bytes.as_slice()))?
        }
        Some(e) if e.contains("deflate") => bytes = unpack(&mut ZlibDecoder::new(bytes.as_slice())).unwrap_or(bytes),
        _ => {}
    }
    Some((content, bytes))
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
                    if self.feeds > 0 {
                        let records = if self.feeds == 1 { "record is a feed" } else { "records are feeds" };
                        let words = format!("{} {records} or JSON, which is not read in a web archive", self.feeds);
                        self.feeds = 0;
                        let error = Error::new(ErrorKind::Aside, &self.path, words);
                        return Some(Err(Error { refusal: Some(FEED), ..error }));
                    }
                    self.is_done = true;
                    let records = if self.passed == 1 { "record is" } else { "records are" };
                    let words = format!("{} {records} no page (a picture, a redirection, a note)", self.passed);
                    return (self.passed > 0).then(|| Err(Error::new(ErrorKind::Aside, &self.path, words)));
                }
                Err(error) => {
                    self.number += 1;
                    let number = Some(self.number);
                    let is_packed = failed(&self.path, &error).kind == ErrorKind::Compressed;
                    self.is_done = !is_packed || !self.find();
                    let rest =
                        if self.is_done { "" } else { "; what comes before the next record that begins is left out" };
                    return Some(Err(failed(&self.path, &format_error(error, rest)).at_article(number)));
                }
            };
            let is_long = body.is_none() && header.kind == "response" && header.length > LONGEST as u64;
            if is_long {
                self.number += 1;
                return Some(Err(super::lines::too_long(&self.path).at_article(Some(self.number))));
            }
            let is_feed = header.kind == "response" && body.as_deref().is_some_and(is_feed);
            match body.and_then(|body| self.parts(&header, &body)) {
                None if is_feed => self.feeds += 1,
                None => {
                    self.passed += usize::from(!matches!(header.kind.as_str(), "warcinfo" | "request" | "metadata"))
                }
                Some(result) => {
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
                    let numbered = parts.into_iter().map(|part| {
                        part.map(|part| Part { number: Some(number), ..part })
                            .map_err(|e| named(e).at_article(Some(number)))
                    });
                    self.more.extend(numbered);
                    return self.more.pop_front();
                }
            }
        }
        None
    }
}
