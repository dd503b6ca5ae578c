//! Entity linking for other programs: a text as NIF comes in, the same text with its names and what they name goes out. Nothing is
//! kept. GERBIL and its kin measure linkers so.

use std::fmt;
use std::sync::mpsc::{self, RecvTimeoutError};
use std::sync::{Arc, Condvar, Mutex, OnceLock, PoisonError};
use std::time::{Duration, Instant};

use hyper::header::HeaderValue;
use hyper::{Method, StatusCode};
use oxigraph::io::RdfFormat;
use oxigraph::model::Triple;

use super::Site;
use super::request::{Failed, Request, Response, address_pairs, media_type, negotiate, one, plain, reply};
use crate::annotate::{Kit, WORDS, annotate_within};
use crate::graph::nif::{Context, contexts};
use crate::graph::write::nif::{Identifiers, serialize, triples};
use crate::read::language;
use crate::text::Document;

/// The formats of a body and of an answer. Plain text is none of them: any page can send that.
const FORMATS: &[(&str, RdfFormat)] = &[
    ("text/turtle", RdfFormat::Turtle),
    ("application/x-turtle", RdfFormat::Turtle),
    ("application/n-triples", RdfFormat::NTriples),
    ("application/rdf+xml", RdfFormat::RdfXml),
    ("application/ld+json", RdfFormat::JsonLd { profile: oxigraph::io::JsonLdProfileSet::empty() }),
];

/// Texts of one request at most.
const TEXTS: usize = 1_000;

/// How long after its time a request is waited for: a text that is being read is read to its end.
const GRACE: Duration = Duration::from_secs(2);

/// What texts are read with, made when the first one comes.
#[derive(Clone)]
pub struct Reader(Arc<dyn Fn() -> Result<Kit, String> + Send + Sync>);

impl Reader {
    /// A reader with the kit that `make` makes.
    pub fn new(make: impl Fn() -> Result<Kit, String> + Send + Sync + 'static) -> Reader {
        Reader(Arc::new(make))
    }
}

impl Default for Reader {
    fn default() -> Self {
        Reader::new(|| Ok(Kit::new()))
    }
}

impl fmt::Debug for Reader {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Reader")
    }
}

/// Where texts are read: one on each processor, and no more words together than the longest text may have.
#[derive(Default)]
pub(super) struct Room {
    kit: OnceLock<Result<Kit, String>>,
    /// Texts that are read now, and their words.
    taken: Mutex<(usize, usize)>,
    freed: Condvar,
}

/// A place in the room, until it is dropped.
struct Place<'r> {
    room: &'r Room,
    words: usize,
}

/// About how many words and marks a text has.
fn words_of(text: &str) -> usize {
    let mut in_word = false;
    let mut begin = |c: char| {
        let before = std::mem::replace(&mut in_word, c.is_alphanumeric());
        !c.is_whitespace() && !(before && c.is_alphanumeric())
    };
    // Letters of languages without spaces may be words each.
    text.chars().filter(|&c| begin(c)).count().max(text.len() / 8)
}

impl Room {
    /// Waits for a place for a text of so many words.
    fn enter(&self, words: usize, until: Instant) -> Option<Place<'_>> {
        let most = std::thread::available_parallelism().map_or(1, usize::from);
        // The longest text is read alone.
        let words = words.min(WORDS);
        let mut taken = self.taken.lock().unwrap_or_else(PoisonError::into_inner);
        while taken.0 >= most || taken.1 + words > WORDS {
            let left = until.checked_duration_since(Instant::now()).filter(|left| !left.is_zero())?;
            taken = self.freed.wait_timeout(taken, left).unwrap_or_else(PoisonError::into_inner).0;
        }
        *taken = (taken.0 + 1, taken.1 + words);
        Some(Place { room: self, words })
    }
}

impl Drop for Place<'_> {
    fn drop(&mut self) {
        let mut taken = self.room.taken.lock().unwrap_or_else(PoisonError::into_inner);
        *taken = (taken.0 - 1, taken.1 - self.words);
        self.room.freed.notify_all();
    }
}

pub(super) fn answer(site: &Site, request: &Request) -> Result<Response, Failed> {
    if *request.method() != Method::POST {
        let how = "send a text as NIF with POST, for instance Content-Type: text/turtle; docs/links.md has an example";
        let mut response = plain(StatusCode::METHOD_NOT_ALLOWED, how);
        response.headers_mut().insert("allow", HeaderValue::from_static("POST, OPTIONS"));
        return Ok(response);
    }
    let names = || FORMATS.iter().map(|(name, _)| *name).collect::<Vec<_>>().join(", ");
    let kind = media_type(request)?;
    let Some(&sent) = FORMATS.iter().find(|(name, _)| *name == kind) else {
        let given = if kind.is_empty() { "a body without Content-Type".to_owned() } else { format!("{kind:?}") };
        let why = format!("{given} is not read here; send NIF as {}", names());
        return Err(Failed::new(StatusCode::UNSUPPORTED_MEDIA_TYPE, why));
    };
    // Who does not say what the answer shall be gets what was sent.
    let offers: Vec<(&'static str, RdfFormat)> = [sent].into_iter().chain(FORMATS.iter().copied()).collect();
    let Some((kind, format)) = negotiate(request, &offers) else {
        return Err(Failed::new(StatusCode::NOT_ACCEPTABLE, format!("this can be had as {}", names())));
    };
    let given = address_pairs(request)?;
    if let Some((name, _)) = given.iter().find(|(name, _)| !["identifiers", "any-language"].contains(&name.as_str())) {
        return Err(Failed::bad(format!("no parameter is called {name:?}; there are identifiers and any-language")));
    }
    let identifiers = match one(&given, "identifiers")? {
        None => Identifiers::Wikidata,
        Some(name) => name.parse().map_err(|()| Failed::bad("identifiers is wikidata, dbpedia or geonames"))?,
    };
    let any_language = one(&given, "any-language")?.is_some();
    let found: Result<Vec<Context>, String> = contexts(request.body(), sent.1)?.into_iter().collect();
    let found = found.map_err(Failed::bad)?;
    if found.len() > TEXTS {
        let why = format!("{} texts, and at most {TEXTS} are read at once; send several requests", found.len());
        return Err(Failed::new(StatusCode::PAYLOAD_TOO_LARGE, why));
    }
    let body = read(site, found, any_language, identifiers, format)?;
    Ok(reply(StatusCode::OK, kind, body))
}

/// Reads the texts in a thread of its own, so that nobody waits longer than the time of a request.
fn read(
    site: &Site,
    texts: Vec<Context>,
    any_language: bool,
    identifiers: Identifiers,
    format: RdfFormat,
) -> Result<Vec<u8>, Failed> {
    let busy = |message: &str| Failed::new(StatusCode::SERVICE_UNAVAILABLE, message);
    let time = site.options.timeout;
    let until = Instant::now() + time;
    let Some(me) = site.me.upgrade() else { return Err(busy("the server is stopping")) };
    let (give, take) = mpsc::channel();
    let thread = std::thread::Builder::new().name("reading".to_owned()).spawn(move || {
        let work = || {
            let mut out = Vec::new();
            for text in texts {
                out.extend(linked(&me, text, any_language, identifiers, until)?);
            }
            let mut body = Vec::new();
            serialize(&out, format, &mut body).map_err(|e| {
                Failed::new(StatusCode::INTERNAL_SERVER_ERROR, format!("the answer cannot be written: {e}"))
            })?;
            Ok(body)
        };
        let _ = give.send(work());
    });
    if thread.is_err() {
        return Err(busy("no thread can be started; try again later"));
    }
    match take.recv_timeout(time + GRACE) {
        Ok(answer) => answer,
        Err(RecvTimeoutError::Disconnected) => {
            Err(Failed::new(StatusCode::INTERNAL_SERVER_ERROR, "the program failed on this text: please report it"))
        }
        Err(RecvTimeoutError::Timeout) => Err(too_long(time)),
    }
}

fn too_long(time: Duration) -> Failed {
    let seconds = time.as_secs_f64();
    let why = format!("not read within {seconds} seconds; send less at once, or try again when fewer are asking");
    Failed::new(StatusCode::SERVICE_UNAVAILABLE, why)
}

/// One text with its names.
fn linked(
    site: &Site,
    text: Context,
    any_language: bool,
    identifiers: Identifiers,
    until: Instant,
) -> Result<Vec<Triple>, Failed> {
    let unread = |why: String| Failed::new(StatusCode::UNPROCESSABLE_ENTITY, why);
    let name = text.iri.clone().map_or("a text".to_owned(), |iri| format!("<{iri}>"));
    let Some(_place) = site.room.enter(words_of(&text.text), until) else { return Err(too_long(site.options.timeout)) };
    let kit = site.room.kit.get_or_init(|| (site.options.reader.0)());
    let kit = kit.as_ref().map_err(|why| Failed::new(StatusCode::INTERNAL_SERVER_ERROR, why.clone()))?;
    let doc: Document = language::checked(text.document(), any_language, std::path::Path::new("-")).map_err(|e| {
        unread(format!("{name}: {}; English is read, and with ?any-language=true others as if they were", e.cause))
    })?;
    let doc = annotate_within(doc, kit, WORDS).map_err(|words| {
        unread(format!("{name}: {words} words and marks, and at most {WORDS} are read; send it in parts"))
    })?;
    Ok(triples(&doc, identifiers))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn there_is_room_for_the_words_of_one_long_text() {
        assert_eq!(words_of("It rained, the mayor's office said."), 10);
        let room = Room::default();
        let soon = || Instant::now() + Duration::from_millis(1);
        // The longest text is read alone, and leaves when it is dropped.
        let all = room.enter(usize::MAX, soon());
        assert!(all.is_some() && room.enter(1, soon()).is_none());
        drop(all);
        assert!(room.enter(1, soon()).is_some());
        let one = room.enter(WORDS / 2 + 1, soon());
        assert!(one.is_some() && room.enter(WORDS / 2, soon()).is_none());
    }
}
