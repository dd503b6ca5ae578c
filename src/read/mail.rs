//! Mail: one message, a box of them, or a page that a browser saved as one (MHTML).

use std::io::{BufRead, Read};
use std::path::{Path, PathBuf};

use mail_parser::{Message, MessageParser, MimeHeaders, PartType};

use super::lines::LONGEST_REST;
use super::open::{Reader, failed};
use super::{Error, ErrorKind, LONGEST, Part, dates, html, plain};
use crate::text::{Document, Published, Source};

/// Fields that every message has one or the other of.
const FIELDS: &[&str] = &[
    "from",
    "to",
    "subject",
    "date",
    "mime-version",
    "received",
    "message-id",
    "return-path",
    "content-type",
    "delivered-to",
    "snapshot-content-location",
    "reply-to",
    "x-mozilla-status",
    "content-transfer-encoding",
];

/// True when a text begins with the head of a message.
pub fn is_head(text: &str) -> bool {
    let (mut known, mut dates_or_senders) = (0, 0);
    for line in text.lines().take(60) {
        if line.starts_with([' ', '\t']) {
            continue;
        }
        if line.trim().is_empty() {
            break;
        }
        let Some((name, _)) = line.split_once(':') else { return false };
        if name.is_empty() || !name.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_')) {
            return false;
        }
        let name = name.to_ascii_lowercase();
        known += usize::from(FIELDS.contains(&name.as_str()));
        dates_or_senders += usize::from(matches!(name.as_str(), "from" | "mime-version" | "received" | "message-id"));
    }
    known >= 2 && dates_or_senders >= 1
}

/// True when a text begins with a field, as a file must that is called a message.
pub fn has_fields(text: &str) -> bool {
    let line = text.lines().find(|l| !l.trim().is_empty() && !l.starts_with("From ")).unwrap_or("");
    line.split_once(':').is_some_and(|(name, _)| {
        !name.is_empty() && name.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_'))
    })
}

/// A message as an article.
pub fn part(bytes: &[u8], path: &Path) -> Result<Part, Error> {
    // Empty lines before the first field end the head before it begins.
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes).trim_ascii_start();
    let message = MessageParser::default()
        .parse(bytes)
        .ok_or_else(|| Error::new(ErrorKind::Empty, path, "a message without text"))?;
    let saved = message.header_raw("Snapshot-Content-Location").map(|a| a.trim().to_owned());
    let written = date(&message);
    let odd = message.header_raw("Date").map(str::trim).filter(|raw| written.is_none() && !raw.is_empty());
    let losses: Vec<Error> = odd.map(|raw| super::json::odd_date(path, raw)).into_iter().collect();
    if is_page(&message, saved.is_some(), path) {
        let doc = page(&message, saved, written, path)?;
        // Of a page the day is asked of the browser only where the page does not tell.
        let losses = if doc.source.published.is_some() { Vec::new() } else { losses };
        return Ok(Part { losses, ..Part::whole(doc) });
    }
    let pages = message.parts.iter().filter_map(|p| match &p.body {
        PartType::Html(page) => Some(page),
        _ => None,
    });
    if let Some(refusal) = pages.into_iter().find_map(|page| html::export(page)) {
        return Err(Error::refused(path, refusal));
    }
    let (name, address) =
        message.from().and_then(|from| from.first()).map_or((None, None), |a| (a.name(), a.address()));
    let domain = address.and_then(|a| a.split_once('@')).map(|(_, domain)| domain);
    let mut source = Source {
        title: message.subject().map(|s| s.trim().to_owned()).filter(|s| !s.is_empty()),
        publisher: name.or(domain).map(|p| p.trim_matches('"').to_owned()),
        published: written.map(|w| Published { found_in: "given", ..w }),
        ..Source::default()
    };
    let words =
        message.text_body.first().and_then(|n| message.parts.get(*n as usize)).and_then(|part| match &part.body {
            PartType::Text(text) => Some(unwrapped(text)),
            _ => None,
        });
    let text = match words.filter(|t| t.trim().chars().count() > 1) {
        Some(text) => text,
        None => {
            let page =
                message.body_html(0).ok_or_else(|| Error::new(ErrorKind::Empty, path, "a message without text"))?;
            html::words_of(&page).unwrap_or_else(|| page.into_owned())
        }
    };
    if text.trim().is_empty() {
        return Err(Error::new(ErrorKind::Empty, path, "a message without text"));
    }
    plain::fill(&mut source, &text);
    Ok(Part { losses, ..Part::whole(Document::new(source, text)) })
}

/// True for a page that a browser saved: browsers say so in the place of a sender, and give parts their addresses.
fn is_page(message: &Message<'_>, is_told: bool, path: &Path) -> bool {
    let sender =
        message.header_raw("From").unwrap_or("").trim().trim_start_matches(['<', '"', '\'']).to_ascii_lowercase();
    let is_related = message.content_type().is_some_and(|c| c.subtype() == Some("related"));
    let is_named = path.extension().is_some_and(|e| e.eq_ignore_ascii_case("mht") || e.eq_ignore_ascii_case("mhtml"));
    let page = message.parts.iter().find(|p| matches!(p.body, PartType::Html(_)));
    let has_address = page.is_some_and(|p| p.content_location().is_some_and(|a| a.starts_with("http")));
    is_told
        || page.is_some()
            && (sender.starts_with("saved by") || is_named || (message.from().is_none() && (is_related || has_address)))
}

/// A page that a browser saved: the first part that is HTML.
fn page(
    message: &Message<'_>,
    saved: Option<String>,
    written: Option<Published>,
    path: &Path,
) -> Result<Document, Error> {
    let part = message.parts.iter().find(|p| matches!(p.body, PartType::Html(_)));
    let Some(PartType::Html(text)) = part.map(|p| &p.body) else {
        return Err(Error::new(ErrorKind::Empty, path, "a saved page without HTML"));
    };
    let address = saved.or_else(|| part.and_then(|p| p.content_location()).map(str::to_owned));
    let address = address.filter(|a| a.starts_with("http"));
    let mut doc = html::document_at(text, address.as_deref(), path)?;
    doc.source.url = doc.source.url.or(address);
    doc.source.published = doc.source.published.or(written);
    Ok(doc)
}

/// The date in the head: of a saved page the day on which it was saved.
fn date(message: &Message<'_>) -> Option<Published> {
    let raw = message.header_raw("Date")?;
    dates::parse(raw.trim(), "fetched")
}

/// A message's text without what it quotes of others and without its signature; lines broken at a fixed width are joined.
fn unwrapped(text: &str) -> String {
    let text = text.replace("\r\n", "\n");
    let mut kept: Vec<&str> = Vec::new();
    for line in text.lines() {
        let bare = line.trim_end();
        // The signature, or what another program quotes without a mark; a message that begins so is forwarded.
        let is_end =
            bare == "--" || (bare.starts_with("-----Original Message-----") && kept.iter().any(|l| !l.is_empty()));
        if is_end {
            break;
        }
        match bare.starts_with('>') {
            true => without_introduction(&mut kept),
            false => kept.push(bare),
        }
    }
    let mut out = String::new();
    let mut before = 0;
    for bare in kept {
        if !out.is_empty() {
            // A line of full width goes on in the next one.
            out.push(if before >= 60 && !bare.is_empty() { ' ' } else { '\n' });
        }
        out.push_str(bare);
        before = bare.chars().count();
    }
    out.trim().to_owned()
}

/// Takes away what stands before a quotation and says whose it is: "On Sunday, … wrote:", in one line or two.
fn without_introduction(lines: &mut Vec<&str>) {
    let last = lines.iter().rposition(|l| !l.is_empty()).map_or(0, |at| at + 1);
    if !lines[..last].last().is_some_and(|l| l.ends_with(" wrote:") || *l == "wrote:") {
        return;
    }
    let first = (last.saturating_sub(3)..last).rev().find(|at| lines[*at].starts_with("On "));
    lines.truncate(first.unwrap_or(last - 1));
}

/// The messages of a box, one after another.
pub struct Mbox {
    reader: Reader,
    path: PathBuf,
    number: usize,
    is_done: bool,
}

impl Mbox {
    pub fn new(reader: Reader, path: PathBuf) -> Mbox {
        Mbox { reader, path, number: 0, is_done: false }
    }

    /// The lines up to the next one that begins a message.
    fn message(&mut self) -> Result<Vec<u8>, Error> {
        let (mut message, mut line) = (Vec::new(), Vec::new());
        let (mut was_empty, mut is_long, mut passed) = (true, false, 0);
        loop {
            line.clear();
            let limit = LONGEST as u64 + 1;
            let count =
                self.reader.by_ref().take(limit).read_until(b'\n', &mut line).map_err(|e| failed(&self.path, &e))?;
            if count == 0 {
                self.is_done = true;
                break;
            }
            if was_empty && line.starts_with(b"From ") {
                if message.is_empty() && !is_long {
                    continue;
                }
                break;
            }
            passed += count as u64;
            if passed > LONGEST_REST {
                self.is_done = true;
                let cause = format!("a message of more than {} MiB: this is no mailbox", LONGEST_REST >> 20);
                return Err(Error::new(ErrorKind::TooLong, &self.path, cause));
            }
            was_empty = line.trim_ascii().is_empty();
            // Lines of the text that begin so are written with a mark before them.
            let quoted = line.iter().position(|b| *b != b'>').filter(|n| *n > 0 && line[*n..].starts_with(b"From "));
            is_long |= message.len() + line.len() > LONGEST;
            if !is_long {
                message.extend_from_slice(&line[usize::from(quoted.is_some())..]);
            }
        }
        match is_long {
            true => Err(super::lines::too_long(&self.path)),
            false => Ok(message),
        }
    }
}

impl Iterator for Mbox {
    type Item = Result<Part, Error>;

    fn next(&mut self) -> Option<Self::Item> {
        while !self.is_done {
            let message = match self.message() {
                Ok(message) if message.trim_ascii().is_empty() => continue,
                other => other,
            };
            self.number += 1;
            let number = self.number;
            if message.as_ref().is_err_and(|e| e.kind != ErrorKind::TooLong) {
                self.is_done = true;
            }
            let result = message.and_then(|bytes| part(&bytes, &self.path)).map_err(|e| e.at_article(Some(number)));
            return Some(result.map(|part| Part {
                number: Some(number),
                losses: part.losses.into_iter().map(|e| e.at_article(Some(number))).collect(),
                ..part
            }));
        }
        None
    }
}
