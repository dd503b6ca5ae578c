//! The HTTP endpoint: SPARQL 1.1 Protocol, Graph Store Protocol, and plain pages for a person.
//!
//! It listens on this machine alone unless told otherwise, changes nothing unless given a token, and bounds the time,
//! rows and body of every request and how many connections it holds. It answers to the names of this machine alone.

mod access;
mod connection;
mod graphs;
mod names;
mod nif;
mod pages;
mod protocol;
mod reconcile;
mod request;

use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, Weak};
use std::time::{Duration, Instant, SystemTime};

use hyper::body::Bytes;
use hyper::header::HeaderValue;
use hyper::{Method, StatusCode};
use tokio::sync::oneshot;

use crate::graph::ask;
use crate::graph::catalogue::{Catalogue, Filter};
use crate::graph::decided::Decided;
use crate::graph::links::{self, Linked};
use crate::graph::lists;
use crate::graph::query::{Answer, Limits};
use crate::graph::reconcile::Index;
use crate::graph::store::Loaded as Store;
use crate::graph::{Error, ErrorKind};
pub use access::Review;
pub use nif::Reader;
use request::{Failed, Request, Response, plain};

/// What a server may do, and how much.
#[derive(Clone, Debug)]
pub struct Options {
    /// Where to listen.
    pub address: SocketAddr,
    /// The secret that a request must bear to change the store; `None`: nobody can. Changes are not written to disk.
    pub token: Option<String>,
    /// A query is stopped after this time.
    pub timeout: Duration,
    /// Rows of an answer beyond this many are left out, and the answer says so.
    pub rows: usize,
    /// A query is stopped when it has taken so many bytes.
    pub memory: Option<u64>,
    /// The addresses that `SERVICE` and `LOAD` may reach; one that ends in `/` stands for all that begin so.
    pub remote: Vec<String>,
    /// Bytes of a request's body.
    pub body: u64,
    /// Connections held at once; for one more, the one that has kept the server waiting longest makes room.
    pub connections: usize,
    /// Names that requests may give the server, beside addresses and `localhost`.
    pub names: Vec<String>,
    /// Let pages of other origins read the answers.
    pub cors: bool,
    /// The table of what people decided, which is applied to the rows of the pages.
    pub decisions: Option<PathBuf>,
    /// Who can decide, and where it is written; `None`: nobody.
    pub review: Option<Review>,
    /// What the texts of `/nif` are read with.
    pub reader: Reader,
}

impl Default for Options {
    fn default() -> Self {
        Options {
            address: SocketAddr::from(([127, 0, 0, 1], 7878)),
            token: None,
            timeout: Duration::from_secs(30),
            rows: 100_000,
            memory: Some(2 << 30),
            remote: Vec::new(),
            body: 16 << 20,
            connections: 128,
            names: Vec::new(),
            cors: false,
            decisions: None,
            review: None,
            reader: Reader::default(),
        }
    }
}

/// Quads of a store whose rows take more than a second or two to be read.
const LARGE: usize = 10_000_000;

/// The rows are being read until this is dropped, also where reading them fails.
struct Reading<'s>(&'s AtomicBool);

impl Reading<'_> {
    fn begin(is_told: &AtomicBool, is_large: bool) -> Reading<'_> {
        is_told.store(is_large, Ordering::SeqCst);
        Reading(is_told)
    }
}

impl Drop for Reading<'_> {
    fn drop(&mut self) {
        self.0.store(false, Ordering::SeqCst);
    }
}

/// What every request sees.
struct Site {
    /// Itself, for threads that outlive a request.
    me: Weak<Site>,
    store: Store,
    options: Options,
    stopping: AtomicBool,
    /// The rules of pages for browsers.
    policy: HeaderValue,
    /// Queries whose threads have not ended.
    evaluating: Arc<AtomicUsize>,
    /// The rows of the store, with the state of the store that they were read from.
    rows: Mutex<Option<Rows>>,
    /// True while the rows of a large store are read: some ten seconds for ten thousand articles.
    reading: AtomicBool,
    /// How often a request has changed the store.
    changes: AtomicUsize,
    /// Where texts are read that a request brings.
    room: nif::Room,
}

/// The rows of a store, and the state that they were read from.
struct Rows {
    state: usize,
    /// What the state is the address of stays in memory, so that no other takes its address.
    _of: Option<Arc<dyn std::any::Any + Send + Sync>>,
    all: Arc<Catalogue>,
    /// The names of its entities, once they have been asked for.
    names: Option<Arc<Index>>,
    /// The links of the store, once they have been asked for.
    links: Option<Arc<Vec<Linked>>>,
    /// The table of decisions that has been applied, and what is wrong with it.
    stamp: Option<(SystemTime, u64)>,
    decided: Arc<Decided>,
    trouble: Option<String>,
    /// Answers to ready-made questions, the one asked last at the end.
    answers: Vec<(String, Arc<Asked>)>,
    /// Pages that are made from the rows alone, by their addresses, the one asked last at the end.
    pages: Vec<(String, Bytes)>,
}

/// The answer to a ready-made question.
struct Asked {
    answer: Answer,
    /// Rows of statements that are not sure enough.
    left_out: Option<usize>,
    /// Statements that people rejected.
    rejected: usize,
}

/// Cells of the answers that are kept, all together, and of an answer that is kept at all.
const KEPT: usize = 600_000;

/// Bytes of the pages that are kept, all together.
const KEPT_PAGES: usize = 4 << 20;

/// Pages that most people open first.
const FIRST: [&str; 7] = ["/", "/disputes", "/statements", "/speakers", "/articles", "/incidents", "/explore"];

/// What a question asks, in one word.
fn asked_key(name: &str, own: &[(&str, &str)], filter: &Filter) -> String {
    format!("{name} {own:?} {filter:?}")
}

/// When a file was written, and how long it is.
fn stamp(path: &Path) -> Option<(SystemTime, u64)> {
    let about = std::fs::metadata(path).ok()?;
    Some((about.modified().ok()?, about.len()))
}

/// What a page is made from: the rows with the decisions about them.
#[derive(Clone)]
struct Held {
    all: Arc<Catalogue>,
    decided: Arc<Decided>,
    /// What is wrong with the table of decisions.
    trouble: Option<String>,
}

/// A server at work.
pub struct Running {
    site: Arc<Site>,
    working: Arc<AtomicUsize>,
    /// The server listens until this is dropped.
    _listening: oneshot::Sender<()>,
}

/// Starts a server; it works in threads of its own.
pub fn start(store: Store, options: Options) -> Result<Running, Error> {
    let site = Arc::new_cyclic(|me| Site {
        me: Weak::clone(me),
        store,
        options,
        stopping: AtomicBool::new(false),
        policy: policy(),
        evaluating: Arc::default(),
        rows: Mutex::default(),
        reading: AtomicBool::new(false),
        changes: AtomicUsize::new(0),
        room: nif::Room::default(),
    });
    let (own, other) = (Arc::clone(&site), Arc::clone(&site));
    let address = site.options.address;
    let working = Arc::default();
    let desk = connection::Desk::new(
        move |request| own.answer(request),
        move |head| other.refuse(head),
        site.options.connections,
        site.options.body,
        Arc::clone(&working),
    );
    let (stop, until) = oneshot::channel();
    std::net::TcpListener::bind(address)
        .and_then(|listener| connection::listen(listener, Arc::new(desk), until))
        .map_err(|e| {
            Error::new(ErrorKind::Io, format!("cannot listen on {address}"))
                .because(e)
                .with_hint("another program may use the port: choose one with --port")
        })?;
    // The first page shall find the rows read already; where no thread can be had, it reads them itself.
    let ahead = Arc::clone(&site);
    let _ = std::thread::Builder::new().name("reading".to_owned()).spawn(move || ahead.prepare());
    Ok(Running { site, working, _listening: stop })
}

/// What a browser may do with our pages: show them with our own style and script, send their forms back to us, and
/// nothing else.
fn policy() -> HeaderValue {
    HeaderValue::from_static(
        "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; form-action 'self'; \
         frame-ancestors 'none'; base-uri 'none'",
    )
}

impl Running {
    /// Where it listens.
    pub fn address(&self) -> SocketAddr {
        self.site.options.address
    }

    /// Takes no more requests (they get the status 503) and waits until those at work have their answers, at most this
    /// long; true when all have.
    pub fn stop(&self, patience: Duration) -> bool {
        self.site.stopping.store(true, Ordering::SeqCst);
        let begun = Instant::now();
        while self.working.load(Ordering::SeqCst) > 0 {
            if begun.elapsed() > patience {
                return false;
            }
            std::thread::sleep(Duration::from_millis(5));
        }
        // What a socket's buffer holds is sent by the system when the process has ended; this is for the last write to it.
        std::thread::sleep(Duration::from_millis(50));
        true
    }
}

impl Site {
    /// The refusal of a request by its head alone.
    fn refuse(&self, head: &hyper::http::request::Parts) -> Option<Response> {
        if self.stopping.load(Ordering::SeqCst) {
            return Some(plain(StatusCode::SERVICE_UNAVAILABLE, "the server is stopping"));
        }
        let refusal = names::refusal(head, &self.options.names).or_else(|| request::packed(head));
        refusal.map(|refusal| self.dressed(refusal.response()))
    }

    fn answer(&self, request: Request) -> Response {
        self.dressed(self.route(&request).unwrap_or_else(Failed::response))
    }

    /// The response with what every response has.
    fn dressed(&self, mut response: Response) -> Response {
        let headers = response.headers_mut();
        headers.insert("x-content-type-options", HeaderValue::from_static("nosniff"));
        headers.insert("referrer-policy", HeaderValue::from_static("no-referrer"));
        // What is made for another program's frame has said so itself.
        if !headers.contains_key("content-security-policy") {
            headers.insert("x-frame-options", HeaderValue::from_static("DENY"));
            headers.insert("content-security-policy", self.policy.clone());
        }
        if self.options.cors {
            headers.insert("access-control-allow-origin", HeaderValue::from_static("*"));
            headers.insert("access-control-allow-methods", HeaderValue::from_static("GET, HEAD, POST, PUT, DELETE"));
            headers.insert(
                "access-control-allow-headers",
                HeaderValue::from_static("accept, authorization, content-type"),
            );
            headers
                .insert("access-control-expose-headers", HeaderValue::from_static("sayso-truncated, sayso-overlong"));
        } else {
            headers.insert("cross-origin-resource-policy", HeaderValue::from_static("same-origin"));
        }
        response
    }

    fn route(&self, request: &Request) -> Result<Response, Failed> {
        if *request.method() == Method::OPTIONS {
            return Ok(request::reply(StatusCode::NO_CONTENT, "text/plain", Vec::new()));
        }
        self.store.refresh();
        let path = request.uri().path().trim_end_matches('/').to_owned();
        if !matches!(*request.method(), Method::GET | Method::HEAD)
            && path != "/review"
            && path != "/nif"
            && !path.starts_with("/reconcile")
        {
            // Whether it has changed something only the store knows; the rows are read anew by the next page.
            self.changes.fetch_add(1, Ordering::SeqCst);
        }
        match path.as_str() {
            "/sparql" | "/query" | "/update" => protocol::answer(self, request, &path),
            "/nif" => nif::answer(self, request),
            path if path == "/reconcile" || path.starts_with("/reconcile/") => reconcile::answer(self, request, path),
            path if path == "/store" || path.starts_with("/store/") => graphs::answer(self, request),
            _ => match pages::answer(self, request, &path) {
                Err(failed) if protocol::wants_page(request) => Ok(pages::of_failure(failed)),
                answer => answer,
            },
        }
    }

    /// The state of the store, and what keeps its address from being taken by another.
    fn state(&self) -> (usize, Option<Arc<dyn std::any::Any + Send + Sync>>) {
        match &self.store {
            Store::Mapped(mapped) => {
                let now = mapped.now();
                (Arc::as_ptr(&now) as usize, Some(now))
            }
            Store::Oxigraph(_) => (self.changes.load(Ordering::SeqCst), None),
        }
    }

    /// Whether a page that is made from the rows has to wait for long: they are being read, and are many.
    fn is_reading(&self) -> bool {
        self.reading.load(Ordering::SeqCst)
    }

    /// Whether reading the rows takes so long that who opens a page is told.
    fn is_large(&self) -> bool {
        matches!(&self.store, Store::Mapped(mapped) if mapped.now().size().is_ok_and(|quads| quads > LARGE))
    }

    /// The rows of the store as it is now, with the decisions as they are now.
    fn desk(&self) -> Result<Held, Failed> {
        let (state, of) = self.state();
        let mut held = self.rows.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        if held.as_ref().is_none_or(|rows| rows.state != state) {
            let reading = Reading::begin(&self.reading, self.is_large());
            let all = Arc::new(Catalogue::read(&self.store)?);
            drop(reading);
            let decided = Arc::default();
            *held = Some(Rows {
                state,
                _of: of,
                all,
                names: None,
                links: None,
                stamp: None,
                decided,
                trouble: None,
                answers: Vec::new(),
                pages: Vec::new(),
            });
        }
        let Some(rows) = held.as_mut() else { return Err(Failed::bad("there are no rows")) };
        if let Some(path) = &self.options.decisions {
            let stamp = stamp(path);
            if rows.stamp != stamp {
                match Decided::read(path) {
                    Ok(decided) => {
                        // Pages that are being made keep the rows that they began with.
                        Arc::make_mut(&mut rows.all).decide(&self.store, &decided)?;
                        rows.decided = Arc::new(decided);
                        rows.trouble = None;
                        rows.answers.clear();
                        rows.pages.clear();
                    }
                    Err(error) => rows.trouble = Some(format!("{error}; {}", error.hint())),
                }
                rows.stamp = stamp;
            }
        }
        Ok(Held { all: Arc::clone(&rows.all), decided: Arc::clone(&rows.decided), trouble: rows.trouble.clone() })
    }

    /// The names of the store's entities as it is now.
    fn index(&self) -> Result<Arc<Index>, Failed> {
        self.desk()?;
        let (state, _) = self.state();
        let held = || self.rows.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        if let Some(index) = held().as_ref().filter(|rows| rows.state == state).and_then(|rows| rows.names.clone()) {
            return Ok(index);
        }
        let index = Arc::new(Index::read(&self.store)?);
        if let Some(rows) = held().as_mut().filter(|rows| rows.state == state) {
            rows.names = Some(Arc::clone(&index));
        }
        Ok(index)
    }

    /// The table of decisions is read anew by the next page, whatever its time says.
    fn decided(&self) {
        let mut held = self.rows.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        if let Some(rows) = held.as_mut() {
            rows.stamp = None;
        }
    }

    /// Whether the answer to a ready-made question is kept.
    fn has_asked(&self, key: &str) -> bool {
        let (state, _) = self.state();
        let held = self.rows.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        held.as_ref().is_some_and(|rows| rows.state == state && rows.answers.iter().any(|(k, _)| k == key))
    }

    /// A page that was made from these rows before.
    fn page(&self, all: &Arc<Catalogue>, address: &str) -> Option<Bytes> {
        let mut held = self.rows.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        let rows = held.as_mut().filter(|rows| Arc::ptr_eq(&rows.all, all))?;
        let at = rows.pages.iter().position(|(own, _)| own == address)?;
        let found = rows.pages.remove(at);
        rows.pages.push(found.clone());
        Some(found.1)
    }

    /// Keeps a page that was made from these rows; those that nobody has asked for longest make room.
    fn keep(&self, all: &Arc<Catalogue>, address: String, page: Bytes) {
        let mut held = self.rows.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        let Some(rows) = held.as_mut().filter(|rows| Arc::ptr_eq(&rows.all, all)) else { return };
        rows.pages.retain(|(own, _)| *own != address);
        rows.pages.push((address, page));
        while rows.pages.iter().map(|(_, page)| page.len()).sum::<usize>() > KEPT_PAGES {
            rows.pages.remove(0);
        }
    }

    /// Makes the pages that are opened first, so that nobody waits for them, however large the store is.
    fn prepare(&self) -> Result<(), Failed> {
        self.desk()?;
        for address in FIRST {
            let request = hyper::Request::builder().uri(address).body(Bytes::new());
            let request = request.map_err(|error| Failed::bad(error.to_string()))?;
            pages::answer(self, &request, address.trim_end_matches('/'))?;
        }
        // Whoever reviews looks at links, which are read apart from the rows.
        if self.options.review.is_some() { self.links().map(drop) } else { Ok(()) }
    }

    /// A page whose beginning is sent at once, and the rest when a thread has worked it out.
    fn later(&self, begun: String, rest: impl FnOnce(&Site) -> Vec<u8> + Send + 'static) -> Result<Response, Failed> {
        let (give, take) = connection::Rest::new();
        let Some(me) = self.me.upgrade() else { return Err(Failed::bad("the server is stopping")) };
        let thread = std::thread::Builder::new().name("answering".to_owned());
        let busy = |_| Failed::new(StatusCode::SERVICE_UNAVAILABLE, "no thread can be started; try again later");
        thread.spawn(move || drop(give.send(rest(&me).into()))).map_err(busy)?;
        let mut response = request::reply(StatusCode::OK, "text/html; charset=utf-8", begun.into_bytes());
        response.extensions_mut().insert(take);
        Ok(response)
    }

    /// The answer to a ready-made question, kept until the store or the decisions change. Where only its first rows are
    /// wanted, and can be had without the others, the answer may have no more.
    fn asked(
        &self,
        name: &str,
        own: &[(&str, &str)],
        filter: &Filter,
        first: Option<usize>,
    ) -> Result<Arc<Asked>, Failed> {
        let held = self.desk()?;
        let (state, _) = self.state();
        let lock = || self.rows.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        let mut key = asked_key(name, own, filter);
        let is_in_parts = filter.is_empty() && !held.decided.rejects() && ask::comes_in_parts(&self.store, name, own);
        let first = first.filter(|_| is_in_parts && !self.has_asked(&key));
        if let Some(first) = first {
            key += &format!(" {first}");
        }
        if let Some(rows) = lock().as_mut().filter(|rows| rows.state == state)
            && let Some(at) = rows.answers.iter().position(|(k, _)| *k == key)
        {
            let found = rows.answers.remove(at);
            rows.answers.push(found.clone());
            return Ok(found.1);
        }
        let mut limits = self.limits();
        limits.rows = Some(first.unwrap_or(self.options.rows).min(self.options.rows));
        let mut rejected = 0;
        let list = lists::find(name);
        if list.is_none() && (!filter.is_empty() || held.decided.rejects()) {
            let (only, left) = filter.iris(&held.all);
            rejected = left;
            limits.only = (!filter.is_empty() || left > 0).then(|| Arc::new(only));
        }
        let (answer, left_out) = match list {
            Some(list) => {
                let (table, left_out) = lists::answer(&self.store, &held.all, list, filter, Some(self.options.rows))?;
                (Answer::Table(table), Some(left_out))
            }
            None => ask::ask_counting(&self.store, name, own, &limits)?,
        };
        let asked = Arc::new(Asked { answer, left_out, rejected });
        let size = |asked: &Asked| match &asked.answer {
            Answer::Table(table) => table.rows.len() * table.columns.len().max(1),
            Answer::Graph { triples, .. } => triples.len() * 3,
            Answer::Boolean(_) => 1,
        };
        if size(&asked) <= KEPT
            && let Some(rows) = lock().as_mut().filter(|rows| rows.state == state)
            && Arc::ptr_eq(&rows.decided, &held.decided)
        {
            rows.answers.push((key, Arc::clone(&asked)));
            while rows.answers.iter().map(|(_, a)| size(a)).sum::<usize>() > KEPT {
                rows.answers.remove(0);
            }
        }
        Ok(asked)
    }

    /// The links of the store.
    fn links(&self) -> Result<Arc<Vec<Linked>>, Failed> {
        let (state, _) = self.state();
        let held = |rows: &Rows| rows.links.clone().filter(|_| rows.state == state);
        let lock = || self.rows.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        if let Some(links) = lock().as_ref().and_then(held) {
            return Ok(links);
        }
        let links = Arc::new(links::read(&self.store)?);
        if let Some(rows) = lock().as_mut().filter(|rows| rows.state == state) {
            rows.links = Some(Arc::clone(&links));
        }
        Ok(links)
    }

    fn limits(&self) -> Limits {
        Limits {
            timeout: Some(self.options.timeout),
            rows: Some(self.options.rows),
            memory: self.options.memory,
            remote: self.options.remote.clone(),
            ..Limits::default()
        }
    }

    /// Whether the request may change the store.
    fn may_write(&self, request: &Request) -> Result<(), Failed> {
        let Some(token) = &self.options.token else {
            return Err(Failed::new(StatusCode::FORBIDDEN, "this server only reads; start it with --writable"));
        };
        let given = request.headers().get("authorization").and_then(|h| h.to_str().ok());
        let given = given.and_then(|h| h.strip_prefix("Bearer ")).unwrap_or_default();
        if access::is_same(given, token) {
            Ok(())
        } else {
            Err(Failed::new(StatusCode::UNAUTHORIZED, "changes need the header Authorization: Bearer TOKEN"))
        }
    }
}
