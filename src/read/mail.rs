//! Mail: one message, a box of them, or a page that a browser saved as one (MHTML).

use std::collections::VecDeque;
use std::io::{BufRead, Read};
use std::path::{Path, PathBuf};

use mail_parser::{Message, MessageParser, MimeHeaders, PartType};

use super::error::Refusal;
use super::lines::LONGEST_REST;
use super::open::{Reader, failed};
use super::{Error, ErrorKind, Format, LONGEST, Part, databases, dates, html, plain};
use crate::text::{Document, FoundIn, Published, Source};

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

/// Messages in one another at most.
const DEPTH: usize = 4;

const ATTACHED: Refusal =
    Refusal { sort: "attachments of mail", remedy: "where they are articles, save them into a folder and give that" };

/// The message behind a first line that tells its length in bytes, without what the program writes behind it (`.emlx`).
pub fn behind_length(bytes: &[u8]) -> Option<&[u8]> {
    let end = memchr::memchr(b'\n', bytes)?;
    let line = std::str::from_utf8(&bytes[..end]).ok()?.trim();
    let length: usize = line.parse().ok().filter(|_| line.bytes().all(|b| b.is_ascii_digit()))?;
    let rest = &bytes[end + 1..];
    let head = String::from_utf8_lossy(&rest[..rest.len().min(8000)]);
    is_head(&head).then(|| &rest[..rest.len().min(length)])
}

/// The articles of a message: itself, and the messages in it; those of a page that it holds, or of a press database's export.
pub fn parts(bytes: &[u8], path: &Path) -> Result<Vec<Result<Part, Error>>, Error> {
    // Empty lines before the first field end the head before it begins.
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes).trim_ascii_start();
    let bytes = behind_length(bytes).unwrap_or(bytes);
    let message = MessageParser::default()
        .parse(bytes)
        .ok_or_else(|| Error::new(ErrorKind::Empty, path, "a message without text"))?;
    articles(&message, path, 1)
}

fn articles(message: &Message<'_>, path: &Path, depth: usize) -> Result<Vec<Result<Part, Error>>, Error> {
    let saved = message.header_raw("Snapshot-Content-Location").map(|a| a.trim().to_owned());
    let written = date(message);
    let odd = message.header_raw("Date").map(str::trim).filter(|raw| written.is_none() && !raw.is_empty());
    let odd = odd.map(|raw| super::json::odd_date(path, raw));
    if is_page(message, saved.is_some(), path) {
        let mut parts = page(message, saved, written, path)?;
        // Of a page the day is asked of the browser only where the page does not tell.
        if let (Some(odd), Some(Ok(part))) = (odd, parts.first_mut()) {
            part.losses.extend(part.doc.source.published.is_none().then_some(odd));
        }
        return Ok(parts);
    }
    if let Some(parts) = export(message, path) {
        return parts;
    }
    let inner = message.parts.iter().filter_map(|part| match &part.body {
        PartType::Message(inner) if depth < DEPTH => Some(inner),
        _ => None,
    });
    let inner: Vec<Result<Part, Error>> =
        inner.flat_map(|inner| articles(inner, path, depth + 1).unwrap_or_else(|e| vec![Err(e)])).collect();
    let own = letter(message, written, path).map(|mut parts| {
        if let Some(part) = parts.first_mut() {
            part.losses.extend(odd);
        }
        parts
    });
    match own {
        // What is sent on without a word of its own.
        Err(error) if inner.is_empty() || error.kind != ErrorKind::Empty => Err(error),
        own => {
            let all = own.into_iter().flatten().map(Ok).chain(inner);
            let numbered = (1..).zip(all).map(|(number, part)| match (part, number) {
                (part, 1) => part,
                (Ok(part), _) => Ok(Part { number: Some(number), ..part }),
                (Err(error), _) => Err(error.at_article(Some(number))),
            });
            Ok(numbered.collect())
        }
    }
}

/// The articles that a press database has sent, as a page or as text.
fn export(message: &Message<'_>, path: &Path) -> Option<Result<Vec<Result<Part, Error>>, Error>> {
    let page = message.parts.iter().find_map(|part| match &part.body {
        PartType::Html(page) => html::export(page, path),
        _ => None,
    });
    page.or_else(|| {
        message.parts.iter().find_map(|part| match &part.body {
            PartType::Text(text) => {
                let format = databases::format(text).filter(|format| *format != Format::Ris)?;
                Some(Ok(databases::articles(format, text, path).collect()))
            }
            _ => None,
        })
    })
}

/// A message of somebody as an article, and what it sends on as another.
fn letter(message: &Message<'_>, written: Option<Published>, path: &Path) -> Result<Vec<Part>, Error> {
    let attached = attached(message);
    let empty = || {
        let cause = match attached.is_empty() {
            true => "a message without text".to_owned(),
            false => format!("a message without text (attached: {})", attached.join(", ")),
        };
        Error::new(ErrorKind::Empty, path, cause)
    };
    let (name, address) =
        message.from().and_then(|from| from.first()).map_or((None, None), |a| (a.name(), a.address()));
    let domain = address.and_then(|a| a.split_once('@')).map(|(_, domain)| domain);
    let mut source = Source {
        title: message.subject().map(|s| s.trim().to_owned()).filter(|s| !s.is_empty()),
        publisher: name.or(domain).map(|p| p.trim_matches('"').to_owned()),
        published: written.map(|w| Published { found_in: FoundIn::Given, ..w }),
        ..Source::default()
    };
    let body = message.text_body.first().and_then(|n| message.parts.get(*n as usize));
    let is_flowed = body.and_then(MimeHeaders::content_type).and_then(|c| c.attribute("format")) == Some("flowed");
    let words = body.and_then(|part| match &part.body {
        PartType::Text(text) => Some(text.replace("\r\n", "\n")),
        _ => None,
    });
    let mut sent_on = None;
    let words = words.map(|text| match forwarded(&text, source.title.as_deref().unwrap_or_default()) {
        Some((before, inner)) => {
            sent_on = Some(inner);
            unwrapped(before, is_flowed)
        }
        None => unwrapped(&text, is_flowed),
    });
    if let Some(inner) = &sent_on {
        let mut facts = source.clone();
        facts.title = inner.title.clone().or_else(|| facts.title.map(|t| without_mark(&t).to_owned()));
        facts.publisher = inner.sender.clone().or(facts.publisher);
        facts.published =
            inner.day.as_deref().and_then(|day| dates::parse_in(day, FoundIn::Given, None)).or(facts.published);
        let text = unwrapped(&inner.text, is_flowed);
        let is_alone = words.as_ref().is_none_or(|words| words.trim().is_empty());
        let mut parts = Vec::new();
        if !is_alone {
            parts.push(Part::whole(Document::new(source, words.unwrap_or_default())));
        }
        if !text.trim().is_empty() {
            plain::fill(&mut facts, &text);
            parts.push(Part::whole(Document::new(facts, text)));
        }
        if let Some(first) = parts.first_mut() {
            first.losses.extend(unread(&attached, path));
            return Ok(parts);
        }
        return Err(empty());
    }
    let text = match words.filter(|t| t.trim().chars().count() > 1) {
        Some(text) => text,
        None => {
            let page = message.body_html(0).ok_or_else(empty)?;
            html::words_of(&page).unwrap_or_else(|| page.into_owned())
        }
    };
    if text.trim().is_empty() {
        return Err(empty());
    }
    plain::fill(&mut source, &text);
    let losses = unread(&attached, path).into_iter().collect();
    Ok(vec![Part { losses, ..Part::whole(Document::new(source, text)) }])
}

/// A word on what is attached.
fn unread(attached: &[String], path: &Path) -> Option<Error> {
    let cause = format!("attachments are not read: {}", attached.join(", "));
    let error = Error { refusal: Some(ATTACHED), ..Error::new(ErrorKind::Aside, path, cause) };
    (!attached.is_empty()).then_some(error)
}

/// A message inside the text of another, and what its own head says.
#[derive(Default)]
struct Forwarded {
    sender: Option<String>,
    title: Option<String>,
    day: Option<String>,
    text: String,
}

/// Lines with which programs begin what they send on.
const MARKS: &[&str] = &["forwarded message", "begin forwarded message:", "original message"];

/// A title without the mark of what is sent on: `Fwd: March`.
fn without_mark(title: &str) -> &str {
    let bare = title.trim_start();
    let mark =
        ["fwd:", "fw:", "wg:", "tr:"].iter().find(|m| bare.get(..m.len()).is_some_and(|b| b.eq_ignore_ascii_case(m)));
    mark.map_or(bare, |mark| without_mark(&bare[mark.len()..]))
}

/// A field of a head that stands in a text: `*From:* Daily News <a@dn.example>`.
fn head_field(line: &str) -> Option<(&str, &str)> {
    let (name, value) = line.split_once(':')?;
    let name = name.trim_matches(['*', ' ']);
    let known = ["From", "Sent", "Date", "To", "Cc", "Subject", "Reply-To"];
    known.contains(&name).then(|| (name, value.trim_matches(['*', ' '])))
}

/// True where the lines begin with a head: who wrote, and two facts more.
fn is_head_of(lines: &[&str]) -> bool {
    let fields = lines.iter().take(5).map_while(|line| head_field(line)).map(|(name, _)| name);
    let fields: Vec<&str> = fields.collect();
    fields.first() == Some(&"From") && fields.len() >= 3
}

/// What a text sends on, and the words before it; `None` where it sends on nothing, or nothing tells whose it is.
fn forwarded<'t>(text: &'t str, subject: &str) -> Option<(&'t str, Forwarded)> {
    let bare = |line: &'t str| line.trim_start_matches(['>', ' ']).trim_end();
    let lines: Vec<&str> = text.split('\n').collect();
    let is_sent_on = without_mark(subject) != subject.trim_start();
    let first = lines.iter().position(|line| !line.trim().is_empty())?;
    let (mark, head) = lines.iter().enumerate().find_map(|(n, line)| {
        let words = line.trim_matches(['-', ' ', '>']).to_ascii_lowercase();
        let is_mark = MARKS.contains(&words.as_str()) && (words != "original message" || n == first || is_sent_on);
        let begins = match is_mark {
            true => lines[n + 1..].iter().position(|l| !bare(l).is_empty()).map(|next| n + 1 + next),
            false => Some(n).filter(|_| is_sent_on || n == first),
        }?;
        let head: Vec<&str> = lines[begins..].iter().take(6).map(|l| bare(l)).collect();
        let fields = head.iter().map_while(|l| head_field(l)).count();
        ((is_mark && fields > 0) || is_head_of(&head)).then_some((n, begins))
    })?;
    let is_quoted = lines[head].trim_start().starts_with('>');
    let mut inner = Forwarded::default();
    let mut at = head;
    while let Some((name, value)) = lines.get(at).and_then(|line| head_field(bare(line))) {
        let value = Some(value.to_owned()).filter(|v| !v.is_empty());
        match name {
            "From" => {
                let name =
                    |v: String| v.split(['<', '[']).next().unwrap_or_default().trim().trim_matches('"').to_owned();
                inner.sender = value.map(name).filter(|name| !name.is_empty() && !name.contains('@'));
            }
            "Subject" => inner.title = value.map(|v| without_mark(&v).to_owned()),
            "Date" | "Sent" => inner.day = value,
            _ => {}
        }
        at += 1;
    }
    let rest = lines[at..].iter().map(|line| match is_quoted {
        true => line.trim_start().strip_prefix('>').map_or(*line, |l| l.strip_prefix(' ').unwrap_or(l)),
        false => line,
    });
    inner.text = rest.collect::<Vec<_>>().join("\n");
    let before: usize = lines[..mark].iter().map(|line| line.len() + 1).sum();
    let before = text[..before.min(text.len())].trim_end();
    Some((before.trim_end_matches('_').trim_end(), inner))
}

/// The names of what is attached and could hold an article: no pictures, signatures and dates.
fn attached(message: &Message<'_>) -> Vec<String> {
    let of_interest = message.attachments().filter(|part| {
        let kind = part.content_type().map(|c| (c.ctype(), c.subtype().unwrap_or("")));
        let is_other = kind.is_some_and(|(kind, sub)| {
            matches!(kind, "image" | "audio" | "video" | "message")
                || matches!(sub, "calendar" | "pgp-signature" | "pkcs7-signature" | "x-pkcs7-signature" | "ms-tnef")
        });
        !is_other && !matches!(part.body, PartType::Message(_) | PartType::Multipart(_))
    });
    of_interest.filter_map(|part| part.attachment_name()).map(|name| name.chars().take(80).collect()).collect()
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

/// The articles of a page that a browser saved, which is the first part that is HTML.
fn page(
    message: &Message<'_>,
    saved: Option<String>,
    written: Option<Published>,
    path: &Path,
) -> Result<Vec<Result<Part, Error>>, Error> {
    let part = message.parts.iter().find(|p| matches!(p.body, PartType::Html(_)));
    let Some(PartType::Html(text)) = part.map(|p| &p.body) else {
        return Err(Error::new(ErrorKind::Empty, path, "a saved page without HTML"));
    };
    let address = saved.or_else(|| part.and_then(|p| p.content_location()).map(str::to_owned));
    let address = address.filter(|a| a.starts_with("http"));
    let mut parts = html::parts(text, address.as_deref(), path)?;
    for part in parts.iter_mut().flatten() {
        let source = &mut part.doc.source;
        source.url = source.url.take().or_else(|| address.clone());
        source.published = source.published.take().or_else(|| written.clone());
    }
    Ok(parts)
}

/// The date in the head: of a saved page the day on which it was saved.
fn date(message: &Message<'_>) -> Option<Published> {
    let raw = message.header_raw("Date")?;
    dates::parse(raw.trim(), FoundIn::Fetched)
}

/// A message's text without what it quotes of others and without its signature; lines broken at a fixed width are joined.
/// `is_flowed`: a blank at the end of a line says that it goes on in the next one.
fn unwrapped(text: &str, is_flowed: bool) -> String {
    let lines: Vec<&str> = text.lines().collect();
    // A text that is quoted from its first line to its last is what somebody sent on.
    let is_own = lines.iter().any(|l| !l.trim().is_empty() && !l.starts_with('>') && !l.trim_end().ends_with("wrote:"));
    let unquoted = |line: &'_ str| line.trim_start_matches(['>']).trim_start().len();
    let lines: Vec<&str> = match is_own {
        true => lines,
        false => lines.iter().map(|line| &line[line.len() - unquoted(line)..]).collect(),
    };
    let mut kept: Vec<&str> = Vec::new();
    let mut goes_on = Vec::new();
    for (number, line) in lines.iter().enumerate() {
        let bare = line.trim_end();
        // The signature, or what another program quotes without a mark; a message that begins so is forwarded.
        let is_end = bare == "--"
            || (bare.starts_with("-----Original Message-----") || is_head_of(&lines[number..]))
                && kept.iter().any(|l| !l.is_empty());
        if is_end {
            break;
        }
        match bare.starts_with('>') {
            true => {
                without_introduction(&mut kept);
                goes_on.truncate(kept.len());
            }
            false => {
                kept.push(bare);
                goes_on.push(is_flowed && line.ends_with(' '));
            }
        }
    }
    while kept.last().is_some_and(|line| !line.chars().any(char::is_alphanumeric)) {
        kept.pop();
    }
    let mut out = String::new();
    let (mut before, mut is_open) = (0, false);
    for (bare, goes_on) in kept.iter().zip(goes_on) {
        if !out.is_empty() {
            // A line of full width goes on in the next one.
            out.push(if (before >= 60 || is_open) && !bare.is_empty() { ' ' } else { '\n' });
        }
        out.push_str(bare);
        (before, is_open) = (bare.chars().count(), goes_on);
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
    /// Further articles of the last message.
    more: VecDeque<Result<Part, Error>>,
}

impl Mbox {
    pub fn new(reader: Reader, path: PathBuf) -> Mbox {
        Mbox { reader, path, number: 0, is_done: false, more: VecDeque::new() }
    }

    /// True where a line that begins so is followed by a field, and is none of the text ("From the hall he said …"). Where too
    /// little of the next line can be seen, a time of day and a year say so.
    fn begins_message(&mut self, line: &[u8]) -> bool {
        let Ok(next) = self.reader.fill_buf() else { return true };
        let name = next.iter().take(80).take_while(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_')).count();
        match next.get(name) {
            Some(b':') => name > 0,
            Some(_) => next.starts_with(b">From "),
            None => {
                let is_digit = |at: usize| line.get(at).is_some_and(u8::is_ascii_digit);
                memchr::memchr_iter(b':', line).any(|at| at > 0 && is_digit(at - 1) && is_digit(at + 1))
                    && line.windows(4).any(|four| four.iter().all(u8::is_ascii_digit))
            }
        }
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
            if was_empty && line.starts_with(b"From ") && self.begins_message(&line) {
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
        while self.more.is_empty() && !self.is_done {
            let message = match self.message() {
                Ok(message) if message.trim_ascii().is_empty() => continue,
                other => other,
            };
            if message.as_ref().is_err_and(|e| e.kind != ErrorKind::TooLong) {
                self.is_done = true;
            }
            let parts = message.and_then(|bytes| parts(&bytes, &self.path));
            self.more = parts.unwrap_or_else(|e| vec![Err(e)]).into();
        }
        let part = self.more.pop_front()?;
        self.number += 1;
        let number = Some(self.number);
        let at = |e: Error| e.at_article(number);
        Some(part.map_err(at).map(|part| Part { number, ..part.placed(at) }))
    }
}
