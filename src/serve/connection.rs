//! Connections: many are held by one thread, and none of them can keep others out.
//!
//! Hyper reads requests and writes answers, on one thread of Tokio; the work itself is done by a thread a request. Every
//! stage of a connection has an end: the head of a request, its body, and the answer on its way. When as many connections
//! are held as may be, the one that has kept us waiting longest makes room for the next; when all are at work, the next is
//! told so at once.

use std::convert::Infallible;
use std::io;
use std::net::TcpListener as Listener;
use std::pin::Pin;
use std::sync::atomic::{AtomicBool, AtomicU8, AtomicU64, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::task::{Context, Poll};
use std::time::{Duration, Instant};

use http_body_util::{BodyExt, Full};
use hyper::body::{Body, Bytes, Frame, Incoming, SizeHint};
use hyper::rt::{Read, ReadBufCursor, Write};
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::oneshot;
use tokio::task::AbortHandle;

use super::request::{Failed, Request, Response, plain};
use hyper::StatusCode;

/// How long the head of a request may take, and how long a connection may stay without one.
const HEAD: Duration = Duration::from_secs(10);
/// How long a body may take.
const BODY: Duration = Duration::from_secs(30);
/// How long an answer may take, and the least bytes a second that its reader must take.
const ANSWER: Duration = Duration::from_secs(30);
const PACE: u64 = 32 << 10;
/// How long an answer may take whose rest comes later.
const LATER: Duration = Duration::from_secs(120);
/// How long a reader may take nothing before it can be the one that makes room.
const STALLED: Duration = Duration::from_secs(2);
/// Bytes of a request's head at most.
const LONGEST_HEAD: usize = 64 << 10;
/// How often deadlines are looked at.
const TICK: Duration = Duration::from_millis(250);
/// How many bodies of the greatest size are held at once; requests beyond them are told to come again.
const BODIES: u64 = 8;
/// Bytes of answers on their way at most.
const ANSWERS: u64 = 512 << 20;

/// What answers requests, and how much it may hold.
pub(super) struct Desk {
    /// Answers a request, in a thread of its own.
    pub answer: Box<dyn Fn(Request) -> Response + Send + Sync>,
    /// Refuses a request by its head alone, before its body is read.
    pub refuse: Box<dyn Fn(&hyper::http::request::Parts) -> Option<Response> + Send + Sync>,
    /// Connections at most.
    pub connections: usize,
    /// Bytes of a body at most.
    pub body: u64,
    /// How long a wrong secret waits for its answer.
    pub penalty: Duration,
    /// Requests at work, and answers on their way.
    pub working: Arc<AtomicUsize>,
    bodies: AtomicU64,
    answers: Arc<AtomicU64>,
}

impl Desk {
    pub fn new(
        answer: impl Fn(Request) -> Response + Send + Sync + 'static,
        refuse: impl Fn(&hyper::http::request::Parts) -> Option<Response> + Send + Sync + 'static,
        connections: usize,
        body: u64,
        working: Arc<AtomicUsize>,
    ) -> Desk {
        Desk {
            answer: Box::new(answer),
            refuse: Box::new(refuse),
            connections,
            body,
            penalty: Duration::from_millis(500),
            working,
            bodies: AtomicU64::new(0),
            answers: Arc::default(),
        }
    }
}

/// Listens until the sender of `until` is dropped. Gives back when the socket is open.
pub(super) fn listen(listener: Listener, desk: Arc<Desk>, until: oneshot::Receiver<()>) -> io::Result<()> {
    listener.set_nonblocking(true)?;
    let runtime = tokio::runtime::Builder::new_current_thread().enable_io().enable_time().build()?;
    std::thread::Builder::new().name("listening".to_owned()).spawn(move || {
        runtime.block_on(async move {
            let Ok(listener) = TcpListener::from_std(listener) else { return };
            let links = Links::default();
            tokio::spawn(watch(links.clone()));
            tokio::spawn(accept(listener, desk, links));
            // Its error is the end of the server's owner.
            let _ = until.await;
        });
        // Threads that still work on requests are not waited for.
        runtime.shutdown_background();
    })?;
    Ok(())
}

/// What a connection is doing.
#[derive(Clone, Copy, PartialEq, Eq)]
#[repr(u8)]
enum Stage {
    /// It waits for a request, or for the rest of one.
    Waiting,
    /// Its request is worked on.
    Working,
    /// Its answer is on the way.
    Answering,
}

/// A connection, as the others see it.
struct Link {
    stage: AtomicU8,
    /// Milliseconds since the server began: when the stage began or, of an answer, when something of it was taken last.
    since: AtomicU64,
    /// The end of the stage.
    deadline: AtomicU64,
    /// The answer has been given to the connection as a whole.
    given: AtomicBool,
    held: Mutex<Option<Held>>,
    abort: Mutex<Option<AbortHandle>>,
    begun: Instant,
}

/// What is held while a request is worked on and answered.
struct Held {
    working: Arc<AtomicUsize>,
    answers: Arc<AtomicU64>,
    bytes: u64,
}

impl Drop for Held {
    fn drop(&mut self) {
        self.answers.fetch_sub(self.bytes, Ordering::SeqCst);
        self.working.fetch_sub(1, Ordering::SeqCst);
    }
}

impl Link {
    fn now(&self) -> u64 {
        self.begun.elapsed().as_millis() as u64
    }

    fn is(&self, stage: Stage) -> bool {
        self.stage.load(Ordering::SeqCst) == stage as u8
    }

    fn enter(&self, stage: Stage, time: Duration) {
        let now = self.now();
        self.stage.store(stage as u8, Ordering::SeqCst);
        self.since.store(now, Ordering::SeqCst);
        self.deadline.store(now.saturating_add(time.as_millis() as u64), Ordering::SeqCst);
    }

    fn hold(&self, held: Option<Held>) {
        *self.held.lock().unwrap_or_else(|e| e.into_inner()) = held;
    }

    /// Everything that was to be written has been written.
    fn flushed(&self) {
        if self.is(Stage::Answering) && self.given.swap(false, Ordering::SeqCst) {
            self.hold(None);
            self.enter(Stage::Waiting, HEAD);
        }
    }

    fn end(&self) {
        if let Some(abort) = self.abort.lock().unwrap_or_else(|e| e.into_inner()).take() {
            abort.abort();
        }
    }

    /// How long it has kept us waiting; `None` while we are at work for it.
    fn idle(&self) -> Option<u64> {
        let idle = self.now().saturating_sub(self.since.load(Ordering::SeqCst));
        match () {
            () if self.is(Stage::Waiting) => Some(idle),
            () if self.is(Stage::Answering) && idle >= STALLED.as_millis() as u64 => Some(idle),
            () => None,
        }
    }
}

/// The connections that are held.
type Links = Arc<Mutex<Vec<Arc<Link>>>>;

/// Ends the connections whose time is up.
async fn watch(links: Links) {
    loop {
        tokio::time::sleep(TICK).await;
        let held: Vec<Arc<Link>> = links.lock().unwrap_or_else(|e| e.into_inner()).clone();
        for link in held {
            if link.now() > link.deadline.load(Ordering::SeqCst) {
                link.end();
            }
        }
    }
}

async fn accept(listener: TcpListener, desk: Arc<Desk>, links: Links) {
    let begun = Instant::now();
    loop {
        let stream = match listener.accept().await {
            Ok((stream, _)) => stream,
            // Too many open files: those that are held go by their deadlines.
            Err(_) => {
                tokio::time::sleep(Duration::from_millis(20)).await;
                continue;
            }
        };
        if !room(&links, desk.connections) {
            let _ = stream.try_write(
                b"HTTP/1.1 503 Service Unavailable\r\ncontent-type: text/plain\r\nretry-after: 1\r\nconnection: close\r\n\r\n\
                  all connections are at work; try again later\n",
            );
            continue;
        }
        let _ = stream.set_nodelay(true);
        let link = Arc::new(Link {
            stage: AtomicU8::new(Stage::Waiting as u8),
            since: AtomicU64::new(0),
            deadline: AtomicU64::new(u64::MAX),
            given: AtomicBool::new(false),
            held: Mutex::new(None),
            abort: Mutex::new(None),
            begun,
        });
        link.enter(Stage::Waiting, HEAD);
        links.lock().unwrap_or_else(|e| e.into_inner()).push(Arc::clone(&link));
        let task = tokio::spawn(connection(stream, Arc::clone(&desk), Arc::clone(&link), links.clone()));
        *link.abort.lock().unwrap_or_else(|e| e.into_inner()) = Some(task.abort_handle());
    }
}

/// Makes room for one more connection; false when all that are held are at work.
fn room(links: &Links, most: usize) -> bool {
    let mut held = links.lock().unwrap_or_else(|e| e.into_inner());
    if held.len() < most {
        return true;
    }
    let oldest = held.iter().enumerate().filter_map(|(i, l)| Some((l.idle()?, i))).max();
    let Some((_, oldest)) = oldest else { return false };
    held.swap_remove(oldest).end();
    true
}

/// Takes a connection off the list when its task ends, in whatever way.
struct Listed(Arc<Link>, Links);

impl Drop for Listed {
    fn drop(&mut self) {
        self.0.hold(None);
        self.1.lock().unwrap_or_else(|e| e.into_inner()).retain(|l| !Arc::ptr_eq(l, &self.0));
    }
}

async fn connection(stream: TcpStream, desk: Arc<Desk>, link: Arc<Link>, links: Links) {
    let _listed = Listed(Arc::clone(&link), links);
    let own = Arc::clone(&link);
    let service = service_fn(move |request| {
        let (desk, link) = (Arc::clone(&desk), Arc::clone(&own));
        async move { Ok::<_, Infallible>(exchange(request, &desk, &link).await) }
    });
    // An error is a client that went away or sent no HTTP, which has been answered by the status 400.
    let _ = http1::Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(HEAD)
        .max_buf_size(LONGEST_HEAD)
        .half_close(true)
        .serve_connection(Watched(TokioIo::new(stream), link), service)
        .await;
}

/// Reads the body, has the request answered, and hands the answer on.
async fn exchange(request: hyper::Request<Incoming>, desk: &Arc<Desk>, link: &Arc<Link>) -> hyper::Response<Given> {
    link.enter(Stage::Waiting, BODY);
    desk.working.fetch_add(1, Ordering::SeqCst);
    let mut held = Held { working: Arc::clone(&desk.working), answers: Arc::clone(&desk.answers), bytes: 0 };
    let (parts, body) = request.into_parts();
    let mut response = match (desk.refuse)(&parts) {
        Some(refusal) => refusal,
        None => match read(body, desk).await {
            Ok(body) => {
                link.enter(Stage::Working, Duration::from_secs(1 << 30));
                worked(Request::from_parts(parts, body), desk).await
            }
            Err(failed) => failed.response(),
        },
    };
    if response.status() == StatusCode::UNAUTHORIZED {
        link.enter(Stage::Working, Duration::from_secs(60));
        tokio::time::sleep(desk.penalty).await;
    }
    let mut bytes = response.body().len() as u64;
    if desk.answers.fetch_add(bytes, Ordering::SeqCst) + bytes > ANSWERS {
        desk.answers.fetch_sub(bytes, Ordering::SeqCst);
        response = plain(StatusCode::SERVICE_UNAVAILABLE, "too many large answers are on their way; try again later");
        bytes = response.body().len() as u64;
        desk.answers.fetch_add(bytes, Ordering::SeqCst);
    }
    held.bytes = bytes;
    link.hold(Some(held));
    link.given.store(false, Ordering::SeqCst);
    link.enter(Stage::Answering, ANSWER + Duration::from_secs(bytes / PACE));
    let rest = response.extensions_mut().remove::<Rest>().and_then(Rest::take);
    if rest.is_some() {
        link.enter(Stage::Answering, LATER + Duration::from_secs(bytes / PACE));
    }
    response.map(|body| Given { body: Full::new(body), rest, link: Arc::clone(link) })
}

/// What comes of an answer behind its body, when it is ready: what a page says while the rest of it is being worked out can
/// be read already.
#[derive(Clone)]
pub(super) struct Rest(Arc<Mutex<Option<oneshot::Receiver<Bytes>>>>);

impl Rest {
    /// A rest, and the end by which it is given.
    pub fn new() -> (oneshot::Sender<Bytes>, Rest) {
        let (give, take) = oneshot::channel();
        (give, Rest(Arc::new(Mutex::new(Some(take)))))
    }

    fn take(self) -> Option<oneshot::Receiver<Bytes>> {
        self.0.lock().unwrap_or_else(|e| e.into_inner()).take()
    }
}

/// The body, when it is not too long and there is room for it.
async fn read(mut body: Incoming, desk: &Desk) -> Result<Bytes, Failed> {
    /// Counts what all bodies hold that are being read.
    struct Counted<'d>(&'d AtomicU64, u64);
    impl Drop for Counted<'_> {
        fn drop(&mut self) {
            self.0.fetch_sub(self.1, Ordering::SeqCst);
        }
    }
    let too_long =
        || Failed::new(StatusCode::PAYLOAD_TOO_LARGE, format!("the body is larger than {} bytes", desk.body));
    if body.size_hint().lower() > desk.body {
        return Err(too_long());
    }
    let mut counted = Counted(&desk.bodies, 0);
    let mut bytes = Vec::new();
    while let Some(frame) = body.frame().await {
        let frame = frame.map_err(|e| Failed::bad(format!("the body cannot be read: {e}")))?;
        let Ok(data) = frame.into_data() else { continue };
        if (bytes.len() + data.len()) as u64 > desk.body {
            return Err(too_long());
        }
        let length = data.len() as u64;
        counted.1 += length;
        if desk.bodies.fetch_add(length, Ordering::SeqCst) + length > BODIES * desk.body {
            let message = "too many large bodies are being read; try again later";
            return Err(Failed::new(StatusCode::SERVICE_UNAVAILABLE, message));
        }
        bytes.extend_from_slice(&data);
    }
    Ok(bytes.into())
}

/// The answer of a thread of its own.
async fn worked(request: Request, desk: &Arc<Desk>) -> Response {
    let (give, take) = oneshot::channel();
    let own = Arc::clone(desk);
    let thread = std::thread::Builder::new().name("answering".to_owned());
    let begun = thread.spawn(move || {
        let _ = give.send((own.answer)(request));
    });
    match begun {
        Err(_) => plain(StatusCode::SERVICE_UNAVAILABLE, "no thread can be started; try again later"),
        // The thread panicked: it is this request's failure alone.
        Ok(_) => {
            take.await.unwrap_or_else(|_| plain(StatusCode::INTERNAL_SERVER_ERROR, "the request broke the server"))
        }
    }
}

/// An answer's body, which tells when it has been given to the connection.
struct Given {
    body: Full<Bytes>,
    rest: Option<oneshot::Receiver<Bytes>>,
    link: Arc<Link>,
}

impl Body for Given {
    type Data = Bytes;
    type Error = Infallible;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, Infallible>>> {
        if !self.body.is_end_stream() {
            return Pin::new(&mut self.body).poll_frame(context);
        }
        let Some(rest) = &mut self.rest else { return Poll::Ready(None) };
        match std::future::Future::poll(Pin::new(rest), context) {
            Poll::Pending => Poll::Pending,
            Poll::Ready(bytes) => {
                self.rest = None;
                // Who was to give it has failed: the answer ends where it is.
                Poll::Ready(bytes.ok().map(|bytes| Ok(Frame::data(bytes))))
            }
        }
    }

    fn is_end_stream(&self) -> bool {
        self.body.is_end_stream() && self.rest.is_none()
    }

    fn size_hint(&self) -> SizeHint {
        if self.rest.is_some() { SizeHint::default() } else { self.body.size_hint() }
    }
}

impl Drop for Given {
    fn drop(&mut self) {
        self.link.given.store(true, Ordering::SeqCst);
    }
}

/// A stream that notes when something of an answer is taken, and when all has been.
struct Watched(TokioIo<TcpStream>, Arc<Link>);

impl Read for Watched {
    fn poll_read(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        buffer: ReadBufCursor<'_>,
    ) -> Poll<io::Result<()>> {
        Pin::new(&mut self.0).poll_read(context, buffer)
    }
}

impl Watched {
    fn noted(&self, written: Poll<io::Result<usize>>) -> Poll<io::Result<usize>> {
        if let Poll::Ready(Ok(length)) = &written
            && *length > 0
            && self.1.is(Stage::Answering)
        {
            self.1.since.store(self.1.now(), Ordering::SeqCst);
        }
        written
    }
}

impl Write for Watched {
    fn poll_write(mut self: Pin<&mut Self>, context: &mut Context<'_>, bytes: &[u8]) -> Poll<io::Result<usize>> {
        let written = Pin::new(&mut self.0).poll_write(context, bytes);
        self.noted(written)
    }

    fn poll_write_vectored(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        slices: &[io::IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        let written = Pin::new(&mut self.0).poll_write_vectored(context, slices);
        self.noted(written)
    }

    fn is_write_vectored(&self) -> bool {
        self.0.is_write_vectored()
    }

    fn poll_flush(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        let flushed = Pin::new(&mut self.0).poll_flush(context);
        if flushed.is_ready() {
            self.1.flushed();
        }
        flushed
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.0).poll_shutdown(context)
    }
}
