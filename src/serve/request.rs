//! Reading requests and making responses.

use hyper::StatusCode;
use hyper::body::Bytes;
use hyper::header::HeaderValue;

use crate::graph::{Error, ErrorKind};

/// A request with its whole body.
pub(super) type Request = hyper::Request<Bytes>;

/// A response with its whole body.
pub(super) type Response = hyper::Response<Bytes>;

/// A request that is refused: a status and a sentence.
#[derive(Debug)]
pub(super) struct Failed {
    status: StatusCode,
    message: String,
}

impl Failed {
    pub fn new(status: StatusCode, message: impl Into<String>) -> Failed {
        Failed { status, message: message.into() }
    }

    pub fn bad(message: impl Into<String>) -> Failed {
        Failed::new(StatusCode::BAD_REQUEST, message)
    }

    /// Whether the request itself is at fault.
    pub fn is_bad(&self) -> bool {
        self.status == StatusCode::BAD_REQUEST
    }

    pub fn status(&self) -> StatusCode {
        self.status
    }

    pub fn message(&self) -> &str {
        &self.message
    }

    pub fn response(self) -> Response {
        let mut response = plain(self.status, &self.message);
        if self.status == StatusCode::UNAUTHORIZED {
            response.headers_mut().insert("www-authenticate", HeaderValue::from_static("Bearer"));
        }
        if self.status == StatusCode::UNSUPPORTED_MEDIA_TYPE {
            response.headers_mut().insert("accept-encoding", HeaderValue::from_static("identity"));
        }
        response
    }
}

/// The refusal of a body that is packed in some way: its bytes would be taken for what is in it.
pub(super) fn packed(head: &hyper::http::request::Parts) -> Option<Failed> {
    let odd = |name: &str, plain: &str| {
        let values = head.headers.get_all(name).iter().map(|value| String::from_utf8_lossy(value.as_bytes()));
        let mut parts = values.flat_map(|v| v.split(',').map(|p| p.trim().to_ascii_lowercase()).collect::<Vec<_>>());
        parts.find(|part| !part.is_empty() && part != plain)
    };
    let told = |what: &str, way: String| {
        let way: String = way.chars().take(40).collect();
        format!("a body with {what}: {way} is not read; send it as it is, without that header")
    };
    if let Some(way) = odd("content-encoding", "identity") {
        return Some(Failed::new(StatusCode::UNSUPPORTED_MEDIA_TYPE, told("Content-Encoding", way)));
    }
    let way = odd("transfer-encoding", "chunked")?;
    Some(Failed::new(StatusCode::NOT_IMPLEMENTED, told("Transfer-Encoding", way)))
}

impl From<Error> for Failed {
    fn from(error: Error) -> Failed {
        let status = match error.kind() {
            ErrorKind::Query | ErrorKind::Rdf | ErrorKind::Unknown => StatusCode::BAD_REQUEST,
            ErrorKind::Timeout => StatusCode::SERVICE_UNAVAILABLE,
            _ => StatusCode::INTERNAL_SERVER_ERROR,
        };
        Failed::new(status, format!("{error}\nhint: {}", error.hint()))
    }
}

/// A response with a body.
pub(super) fn reply(status: StatusCode, kind: &str, body: Vec<u8>) -> Response {
    let built = hyper::Response::builder().status(status).header("content-type", kind).header("vary", "accept");
    built.body(body.into()).unwrap_or_default()
}

/// A sentence as a response.
pub(super) fn plain(status: StatusCode, message: &str) -> Response {
    reply(status, "text/plain; charset=utf-8", format!("{message}\n").into_bytes())
}

/// The address of the server, as the client knows it; it has been looked at by [`super::names`].
pub(super) fn host(request: &Request) -> &str {
    let header = request.headers().get("host").and_then(|h| h.to_str().ok());
    request.uri().authority().map(|a| a.as_str()).or(header).unwrap_or("localhost")
}

/// A part of a body of several.
pub(super) struct Part<'b> {
    pub kind: String,
    pub body: &'b [u8],
}

/// The parts between the lines of a boundary, each with its own media type (RFC 2046).
pub(super) fn parts<'b>(body: &'b [u8], boundary: &[u8]) -> Vec<Part<'b>> {
    let mut found = Vec::new();
    let mut begun: Option<usize> = None;
    for at in memchr::memmem::find_iter(body, boundary) {
        if let Some(from) = begun {
            let part = &body[from..at];
            let (head, own) = ["\r\n\r\n", "\n\n"]
                .iter()
                .find_map(|end| {
                    memchr::memmem::find(part, end.as_bytes()).map(|h| (&part[..h], &part[h + end.len()..]))
                })
                .unwrap_or((part, &[]));
            let head = String::from_utf8_lossy(head).to_ascii_lowercase();
            let kind = head.lines().find_map(|line| line.strip_prefix("content-type:")).unwrap_or_default();
            let kind = kind.split(';').next().unwrap_or_default().trim().to_owned();
            let own = own.strip_suffix(b"\r\n").or(own.strip_suffix(b"\n")).unwrap_or(own);
            found.push(Part { kind, body: own });
        }
        let after = at + boundary.len();
        begun = (!body[after..].starts_with(b"--")).then_some(after);
    }
    found
}

/// The pairs of a query string or form.
pub(super) fn pairs(text: &[u8]) -> Result<Vec<(String, String)>, Failed> {
    let parts = text.split(|b| *b == b'&').filter(|p| !p.is_empty());
    parts
        .map(|part| {
            let mut halves = part.splitn(2, |b| *b == b'=');
            let mut half = || decode(halves.next().unwrap_or_default());
            Ok((half()?, half()?))
        })
        .collect()
}

/// The pairs of the request's address.
pub(super) fn address_pairs(request: &Request) -> Result<Vec<(String, String)>, Failed> {
    pairs(request.uri().query().unwrap_or_default().as_bytes())
}

/// The value of a name that may occur once.
pub(super) fn one<'p>(pairs: &'p [(String, String)], name: &str) -> Result<Option<&'p str>, Failed> {
    let mut values = pairs.iter().filter(|(n, _)| n == name).map(|(_, v)| v.as_str());
    let first = values.next();
    match values.next() {
        Some(_) => Err(Failed::bad(format!("{name} is given more than once"))),
        None => Ok(first),
    }
}

fn decode(text: &[u8]) -> Result<String, Failed> {
    let hex = |b: Option<&u8>| b.and_then(|b| char::from(*b).to_digit(16));
    let mut bytes = Vec::with_capacity(text.len());
    let mut at = 0;
    while let Some(&byte) = text.get(at) {
        match (byte, hex(text.get(at + 1)), hex(text.get(at + 2))) {
            (b'%', Some(high), Some(low)) => {
                bytes.push((high * 16 + low) as u8);
                at += 2;
            }
            (b'+', _, _) => bytes.push(b' '),
            _ => bytes.push(byte),
        }
        at += 1;
    }
    String::from_utf8(bytes).map_err(|_| Failed::bad("an escaped value is not UTF-8"))
}

/// The media type of the body, without parameters; another character set than UTF-8 is refused.
pub(super) fn media_type(request: &Request) -> Result<String, Failed> {
    let header = request.headers().get("content-type").and_then(|h| h.to_str().ok()).unwrap_or_default();
    let mut parts = header.split(';').map(str::trim);
    let kind = parts.next().unwrap_or_default().to_ascii_lowercase();
    for parameter in parts {
        let lower = parameter.to_ascii_lowercase();
        if let Some(set) = lower.strip_prefix("charset=")
            && !matches!(set.trim_matches('"'), "utf-8" | "utf8" | "us-ascii")
        {
            return Err(Failed::new(StatusCode::UNSUPPORTED_MEDIA_TYPE, format!("{set} is not read, only UTF-8")));
        }
    }
    Ok(kind)
}

/// The offer that the request likes best; the first one when it likes all alike, `None` when it wants none of them.
pub(super) fn negotiate<T: Copy>(request: &Request, offers: &[(&'static str, T)]) -> Option<(&'static str, T)> {
    let accept = request.headers().get("accept").and_then(|h| h.to_str().ok()).unwrap_or("*/*");
    let mut best: Option<(f32, &'static str, T)> = None;
    for &(kind, offer) in offers {
        let mut quality: Option<(usize, f32)> = None;
        for range in accept.split(',') {
            let mut parts = range.split(';').map(str::trim);
            let wanted = parts.next().unwrap_or_default().to_ascii_lowercase();
            let weight = parts.find_map(|p| p.strip_prefix("q=")).map_or(1.0, |q| q.parse().unwrap_or(0.0));
            let family = kind.split('/').next().unwrap_or_default();
            let exactness = match wanted.as_str() {
                w if w == kind => 3,
                w if w.strip_suffix("/*") == Some(family) => 2,
                "*/*" | "" => 1,
                _ => continue,
            };
            if quality.is_none_or(|(e, _)| exactness > e) {
                quality = Some((exactness, weight));
            }
        }
        if let Some((_, weight)) = quality
            && weight > 0.0
            && best.is_none_or(|(b, _, _)| weight > b)
        {
            best = Some((weight, kind, offer));
        }
    }
    best.map(|(_, kind, offer)| (kind, offer))
}
