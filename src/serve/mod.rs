//! The HTTP endpoint: SPARQL 1.1 Protocol, Graph Store Protocol, and plain pages for a person.
//!
//! It listens on this machine alone unless told otherwise, changes nothing unless given a token, and bounds the time,
//! rows and body of every request and how many connections it holds.

mod graphs;
mod pages;
mod protocol;
mod request;

use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use crate::graph::store::Loaded as Store;
use oxhttp::Server;
use oxhttp::model::{Body, HeaderValue, Method, Request, Response, StatusCode};

use crate::graph::query::Limits;
use crate::graph::{Error, ErrorKind};
use request::{Failed, plain};

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
    /// A query is stopped when the process has grown by so many bytes while it runs.
    pub memory: Option<u64>,
    /// The addresses that `SERVICE` and `LOAD` may reach; one that ends in `/` stands for all that begin so.
    pub remote: Vec<String>,
    /// Bytes of a request's body.
    pub body: u64,
    /// Connections held at once; more wait.
    pub connections: usize,
    /// Let pages of other origins read the answers.
    pub cors: bool,
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
            cors: false,
        }
    }
}

/// What every request sees.
struct Site {
    store: Store,
    options: Options,
    stopping: AtomicBool,
    /// Requests at work, and large answers on their way.
    working: Arc<AtomicUsize>,
    /// Queries whose threads have not ended.
    evaluating: Arc<AtomicUsize>,
}

/// A server at work.
pub struct Running {
    site: Arc<Site>,
    _listening: oxhttp::ListeningServer,
}

/// Starts a server; it works in threads of its own.
pub fn start(store: Store, options: Options) -> Result<Running, Error> {
    let site = Arc::new(Site {
        store,
        options,
        stopping: AtomicBool::new(false),
        working: Arc::default(),
        evaluating: Arc::default(),
    });
    let own = Arc::clone(&site);
    let address = site.options.address;
    let listening = Server::new(move |request| own.answer(request))
        .bind(address)
        .with_global_timeout(Duration::from_secs(60).max(site.options.timeout * 2))
        .with_max_concurrent_connections(site.options.connections)
        .spawn()
        .map_err(|e| {
            Error::new(ErrorKind::Io, format!("cannot listen on {address}"))
                .because(e)
                .with_hint("another program may use the port: choose one with --port")
        })?;
    Ok(Running { site, _listening: listening })
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
        while self.site.working.load(Ordering::SeqCst) > 0 {
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

/// Counts a request while it is worked on and its answer is sent.
struct Working(Arc<AtomicUsize>);

impl Drop for Working {
    fn drop(&mut self) {
        self.0.fetch_sub(1, Ordering::SeqCst);
    }
}

impl Site {
    fn answer(&self, request: &mut Request<Body>) -> Response<Body> {
        self.working.fetch_add(1, Ordering::SeqCst);
        let working = Working(Arc::clone(&self.working));
        let mut response = match self.stopping.load(Ordering::SeqCst) {
            true => plain(StatusCode::SERVICE_UNAVAILABLE, "the server is stopping"),
            false => self.route(request).unwrap_or_else(Failed::response),
        };
        let headers = response.headers_mut();
        headers.insert("x-content-type-options", HeaderValue::from_static("nosniff"));
        if self.options.cors {
            headers.insert("access-control-allow-origin", HeaderValue::from_static("*"));
            headers.insert("access-control-allow-methods", HeaderValue::from_static("GET, HEAD, POST, PUT, DELETE"));
            headers.insert(
                "access-control-allow-headers",
                HeaderValue::from_static("accept, authorization, content-type"),
            );
            headers.insert("access-control-expose-headers", HeaderValue::from_static("sayso-truncated"));
        }
        if *request.method() == Method::HEAD {
            *response.body_mut() = Body::empty();
        }
        response.map(|body| request::held(body, working))
    }

    fn route(&self, request: &mut Request<Body>) -> Result<Response<Body>, Failed> {
        if *request.method() == Method::OPTIONS {
            return Ok(request::reply(StatusCode::NO_CONTENT, "text/plain", Vec::new()));
        }
        self.store.refresh();
        let path = request.uri().path().trim_end_matches('/').to_owned();
        match path.as_str() {
            "/sparql" | "/query" | "/update" => protocol::answer(self, request, &path),
            path if path == "/store" || path.starts_with("/store/") => graphs::answer(self, request),
            _ => pages::answer(self, request, &path),
        }
    }

    fn limits(&self) -> Limits {
        Limits {
            timeout: Some(self.options.timeout),
            rows: Some(self.options.rows),
            memory: self.options.memory,
            remote: self.options.remote.clone(),
        }
    }

    /// Whether the request may change the store.
    fn may_write(&self, request: &Request<Body>) -> Result<(), Failed> {
        let Some(token) = &self.options.token else {
            return Err(Failed::new(StatusCode::FORBIDDEN, "this server only reads; start it with --writable"));
        };
        let given = request.headers().get("authorization").and_then(|h| h.to_str().ok());
        let given = given.and_then(|h| h.strip_prefix("Bearer ")).unwrap_or_default();
        // Every byte is compared, so that the time taken tells nothing of where they differ.
        let differ = given.bytes().zip(token.bytes()).fold(0, |d, (a, b)| d | (a ^ b));
        if given.len() == token.len() && differ == 0 {
            Ok(())
        } else {
            Err(Failed::new(StatusCode::UNAUTHORIZED, "changes need the header Authorization: Bearer TOKEN"))
        }
    }
}
