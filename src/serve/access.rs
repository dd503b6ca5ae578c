//! Who may decide on the review page: whoever came by the link that the server printed when it was started.
//!
//! The key of the link becomes a cookie that no other site's page is sent with, and every form carries a mark of its own
//! besides. What a browser tells of the origin of a request must be this server.

use std::path::PathBuf;

use hyper::StatusCode;
use hyper::header::HeaderValue;
use sha2::{Digest, Sha256};

use super::request::{Failed, Request, Response, host, media_type, pairs, reply};
use crate::graph::write::iri::hex;
use crate::graph::{Error, ErrorKind};

/// The cookie that holds the key.
const COOKIE: &str = "sayso-review";

/// The field of a form that holds its mark.
pub(super) const MARK: &str = "mark";

/// Bytes of a form at most: the words of two statements, and then some.
const LONGEST_FORM: usize = 256 << 10;

/// The right to review.
#[derive(Clone, Debug)]
pub struct Review {
    /// The secret of the link.
    key: String,
    /// Where decisions are written.
    pub decisions: PathBuf,
    /// Who decides, as the table names them.
    pub by: String,
    /// Browsers reach the server by TLS, which ends in front of it.
    pub is_secure: bool,
}

impl Review {
    /// A right with a key that nobody can guess.
    pub fn new(decisions: PathBuf, by: String, is_secure: bool) -> Result<Review, Error> {
        let mut bytes = [0u8; 24];
        getrandom::fill(&mut bytes).map_err(|e| {
            Error::new(ErrorKind::Io, format!("the system gives no random number: {e}")).with_hint("try again")
        })?;
        Ok(Review { key: hex(&bytes), decisions, by, is_secure })
    }

    /// The end of the link that gives the right.
    pub fn link(&self) -> String {
        format!("/review?key={}", self.key)
    }

    /// What the forms of the review page carry.
    pub(super) fn mark(&self) -> String {
        hex(&Sha256::digest(format!("form {}", self.key)))
    }

    /// Whether a request comes from somebody who came by the link.
    pub(super) fn knows(&self, request: &Request) -> bool {
        let cookies = request.headers().get_all("cookie").iter().filter_map(|h| h.to_str().ok());
        let mut pairs = cookies.flat_map(|line| line.split(';')).filter_map(|pair| pair.trim().split_once('='));
        pairs.any(|(name, value)| name == COOKIE && is_same(value, &self.key))
    }

    /// Whether a key is the one of the link.
    pub(super) fn opens(&self, key: &str) -> bool {
        is_same(key, &self.key)
    }

    /// Lets a browser in: it keeps the key, and goes on to the page whose address does not tell it.
    pub(super) fn welcome(&self) -> Response {
        let mut response = see_other("/review");
        let secure = if self.is_secure { "; Secure" } else { "" };
        let cookie = format!("{COOKIE}={}; Path=/; HttpOnly; SameSite=Strict{secure}", self.key);
        if let Ok(value) = HeaderValue::from_str(&cookie) {
            response.headers_mut().insert("set-cookie", value);
        }
        response
    }

    /// The fields of a form that may decide.
    pub(super) fn form(&self, request: &Request) -> Result<Vec<(String, String)>, Failed> {
        let refused = |why: &str| Failed::new(StatusCode::FORBIDDEN, why);
        let header = |name: &str| request.headers().get(name).map(|h| h.to_str().unwrap_or(""));
        // Where pages tell no referrer, a browser tells no origin for their forms, but still that the page is ours.
        let is_own = header("sec-fetch-site") == Some("same-origin");
        if let Some(origin) = header("origin").filter(|origin| !(is_own && *origin == "null")) {
            let authority = origin.split_once("://").map_or("", |(_, rest)| rest);
            if authority.is_empty() || !authority.eq_ignore_ascii_case(host(request)) {
                return Err(refused("this form was sent from another site"));
            }
        }
        if header("sec-fetch-site").is_some_and(|site| site != "same-origin") {
            return Err(refused("this form was sent from another site"));
        }
        if !self.knows(request) {
            return Err(refused("only who came by the link that `sayso serve --review` printed can decide"));
        }
        if request.body().len() > LONGEST_FORM {
            return Err(Failed::new(StatusCode::PAYLOAD_TOO_LARGE, "a decision is not so long"));
        }
        if media_type(request)? != "application/x-www-form-urlencoded" {
            return Err(Failed::new(StatusCode::UNSUPPORTED_MEDIA_TYPE, "send a form"));
        }
        let given = pairs(request.body())?;
        match super::request::one(&given, MARK)? {
            Some(mark) if is_same(mark, &self.mark()) => Ok(given),
            _ => Err(refused("this form is of another run of the server: go back, load the page anew, decide again")),
        }
    }
}

/// Sends a browser on to another address of ours.
pub(super) fn see_other(address: &str) -> Response {
    let mut response = reply(StatusCode::SEE_OTHER, "text/plain; charset=utf-8", Vec::new());
    if let Ok(value) = HeaderValue::from_str(address) {
        response.headers_mut().insert("location", value);
    }
    response.headers_mut().insert("cache-control", HeaderValue::from_static("no-store"));
    response
}

/// Every byte is compared, so that the time taken tells nothing of where they differ.
pub(super) fn is_same(given: &str, secret: &str) -> bool {
    let differ = given.bytes().zip(secret.bytes()).fold(0, |d, (a, b)| d | (a ^ b));
    given.len() == secret.len() && differ == 0
}
