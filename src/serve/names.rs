//! The names that the server answers to.
//!
//! A web page can let its own name stand for this machine's address, and its script then asks our server as if it were its
//! own. Such a request carries the page's name; requests for this machine carry an address, `localhost`, or a name that was
//! given to the server.

use std::net::{Ipv4Addr, Ipv6Addr};

use hyper::StatusCode;
use hyper::http::request::Parts;

use super::request::Failed;

/// The refusal of a request that is meant for another name.
pub(super) fn refusal(head: &Parts, names: &[String]) -> Option<Failed> {
    let mut hosts = head.headers.get_all("host").iter();
    let host = hosts.next().map(|h| h.to_str().unwrap_or(""));
    if hosts.next().is_some() {
        return Some(Failed::bad("the request has two hosts"));
    }
    let address = head.uri.authority().map(|a| a.as_str());
    for name in [host, address].into_iter().flatten() {
        if !is_ours(name, names) {
            let message =
                "this server answers to this machine's addresses and names alone; give other names with --name";
            return Some(Failed::new(StatusCode::MISDIRECTED_REQUEST, message));
        }
    }
    // HTTP/1.1 demands a host; a browser always gives one.
    (host.is_none() && address.is_none() && head.version == hyper::Version::HTTP_11)
        .then(|| Failed::bad("the request has no host"))
}

/// Whether `host` (with or without a port) is an address, `localhost` or one of `names`.
fn is_ours(host: &str, names: &[String]) -> bool {
    let name = match host.strip_prefix('[').and_then(|rest| rest.split_once(']')) {
        Some((inside, port)) => {
            return inside.parse::<Ipv6Addr>().is_ok() && (port.is_empty() || is_port(port));
        }
        None => match host.find(':') {
            Some(colon) if !is_port(&host[colon..]) => return false,
            Some(colon) => &host[..colon],
            None => host,
        },
    };
    let name = name.strip_suffix('.').unwrap_or(name).to_ascii_lowercase();
    name == "localhost"
        || name.ends_with(".localhost")
        || name.parse::<Ipv4Addr>().is_ok()
        || names.iter().any(|n| n.eq_ignore_ascii_case(&name))
}

fn is_port(text: &str) -> bool {
    text.strip_prefix(':')
        .is_some_and(|p| !p.is_empty() && p.parse::<u16>().is_ok() && p.bytes().all(|b| b.is_ascii_digit()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_and_given_names_are_ours() {
        let names = ["news.example".to_owned()];
        for ours in
            ["localhost", "LOCALHOST:7878", "127.0.0.1", "192.168.0.9:80", "[::1]", "[::1]:7878", "news.example:1"]
        {
            assert!(is_ours(ours, &names), "{ours}");
        }
        for other in [
            "evil.example",
            "a",
            "",
            ":80",
            "127.0.0.1.evil.example",
            "localhost:x",
            "[::1]x",
            "a> <b> . <x",
            "localhost:+1",
        ] {
            assert!(!is_ours(other, &names), "{other}");
        }
    }
}
