//! Other servers over https: who is trusted, who is not, and what is said then. The server is one of ours, on loopback.

use std::io::{Read, Write};
use std::net::TcpListener;
use std::path::Path;
use std::process::{Command, Output, Stdio};
use std::sync::Arc;

use rcgen::{BasicConstraints, CertificateParams, IsCa, Issuer, KeyPair, date_time_ymd};
use tokio_rustls::rustls::pki_types::{CertificateDer, PrivateKeyDer};
use tokio_rustls::rustls::{ServerConfig, ServerConnection, StreamOwned, crypto};

/// A certificate with its key, and that of who signed it.
struct Shown {
    certificate: CertificateDer<'static>,
    key: KeyPair,
    authority: String,
}

fn params(hosts: &[&str]) -> CertificateParams {
    CertificateParams::new(hosts.iter().map(|h| (*h).to_owned()).collect::<Vec<_>>()).expect("names of hosts")
}

/// A certificate of an authority of the house.
fn signed(params: CertificateParams) -> Shown {
    let mut own = CertificateParams::default();
    own.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
    let own_key = KeyPair::generate().expect("a key");
    let authority = own.self_signed(&own_key).expect("a certificate").pem();
    let key = KeyPair::generate().expect("a key");
    let certificate = params.signed_by(&key, &Issuer::new(own, own_key)).expect("a certificate");
    Shown { certificate: certificate.der().clone(), key, authority }
}

fn self_signed(params: CertificateParams) -> Shown {
    let key = KeyPair::generate().expect("a key");
    let certificate = params.self_signed(&key).expect("a certificate");
    Shown { certificate: certificate.der().clone(), key, authority: certificate.pem() }
}

/// Reads a request: its head and its body.
pub(super) fn requested(stream: &mut impl Read) -> (String, String) {
    let (mut got, mut bytes) = (Vec::new(), [0; 1 << 12]);
    loop {
        let text = String::from_utf8_lossy(&got).into_owned();
        if let Some((head, body)) = text.split_once("\r\n\r\n") {
            let lines = head.lines().filter_map(|line| line.split_once(':'));
            let mut lengths = lines.filter(|(name, _)| name.eq_ignore_ascii_case("content-length"));
            let length = lengths.next().and_then(|(_, n)| n.trim().parse().ok()).unwrap_or(0);
            if body.len() >= length {
                return (head.to_owned(), body.to_owned());
            }
        }
        match stream.read(&mut bytes) {
            Ok(n) if n > 0 => got.extend_from_slice(&bytes[..n]),
            // Who does not trust us goes away.
            _ => return (text, String::new()),
        }
    }
}

/// Answers each of some requests over TLS, by its head; gives the port.
fn tls_server(shown: &Shown, answer: impl Fn(&str) -> String + Send + 'static, requests: usize) -> u16 {
    let key = PrivateKeyDer::try_from(shown.key.serialize_der()).expect("a key");
    let config = ServerConfig::builder_with_provider(Arc::new(crypto::ring::default_provider()))
        .with_safe_default_protocol_versions()
        .expect("versions")
        .with_no_client_auth()
        .with_single_cert(vec![shown.certificate.clone()], key)
        .expect("a certificate with its key");
    let config = Arc::new(config);
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
    let port = listener.local_addr().expect("an address").port();
    std::thread::spawn(move || {
        for _ in 0..requests {
            let Ok((stream, _)) = listener.accept() else { return };
            let connection = ServerConnection::new(Arc::clone(&config)).expect("a connection");
            let mut stream = StreamOwned::new(connection, stream);
            let (head, _) = requested(&mut stream);
            let _ = stream.write_all(answer(&head).as_bytes());
            stream.conn.send_close_notify();
            let _ = stream.flush();
        }
    });
    port
}

pub(super) fn answered(kind: &str, body: &str) -> String {
    format!(
        "HTTP/1.1 200 OK\r\ncontent-type: {kind}\r\ncontent-length: {}\r\nconnection: close\r\n\r\n{body}",
        body.len()
    )
}

fn rows(_: &str) -> String {
    let body =
        r#"{"head":{"vars":["l"]},"results":{"bindings":[{"l":{"type":"literal","value":"Ardmouth, over TLS"}}]}}"#;
    answered("application/sparql-results+json", body)
}

/// Runs the program with a file of certificates to trust, or with those that ship.
fn sayso(folder: &Path, trusted: Option<&str>, arguments: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_sayso"));
    command.args(arguments).current_dir(folder).env_remove("SSL_CERT_FILE").stdin(Stdio::null());
    if let Some(text) = trusted {
        std::fs::write(folder.join("trusted.pem"), text).expect("written");
        command.env("SSL_CERT_FILE", "trusted.pem");
    }
    command.output().expect("the program runs")
}

fn store() -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("folder");
    std::fs::write(folder.path().join("a.txt"), "It rained in Ardmouth, the mayor said on Monday.").expect("written");
    assert!(sayso(folder.path(), None, &["build", "-q", "a.txt"]).status.success());
    folder
}

/// Asks a server for rows; the address that is allowed is the one that is asked, if nothing else is said.
fn ask(folder: &Path, trusted: Option<&str>, address: &str, allowed: Option<&str>) -> (Option<i32>, String, String) {
    let query = format!("SELECT ?l {{ SERVICE <{address}> {{ ?s rdfs:label ?l }} }}");
    let arguments = ["query", "--allow-remote", allowed.unwrap_or(address), "--format", "csv", &query];
    let output = sayso(folder, trusted, &arguments);
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    (output.status.code(), text(&output.stdout), text(&output.stderr))
}

#[test]
fn a_server_of_https_is_asked_when_its_certificate_is_trusted() {
    let folder = store();
    let shown = signed(params(&["localhost", "127.0.0.1"]));
    let port = tls_server(&shown, rows, 4);
    for host in ["localhost", "127.0.0.1"] {
        let address = format!("https://{host}:{port}/sparql");
        let (code, found, told) = ask(folder.path(), Some(&shown.authority), &address, None);
        assert_eq!((code, found.lines().last()), (Some(0), Some("\"Ardmouth, over TLS\"")), "{told}");
        // Those that ship do not know it; what is said names the way out.
        let (code, found, told) = ask(folder.path(), None, &address, None);
        assert!(code == Some(3) && found.is_empty(), "{found}");
        assert!(told.contains("nobody who is trusted") && told.contains("SSL_CERT_FILE"), "{told}");
    }
}

#[test]
fn http_and_https_of_one_host_are_two_addresses() {
    let folder = store();
    let shown = signed(params(&["127.0.0.1"]));
    let port = tls_server(&shown, rows, 1);
    let [plain, secure] = ["http", "https"].map(|scheme| format!("{scheme}://127.0.0.1:{port}/"));
    for (asked, allowed, word) in [(&plain, &secure, "with https"), (&secure, &plain, "with http ")] {
        let (code, _, told) = ask(folder.path(), Some(&shown.authority), asked, Some(allowed));
        assert!(code == Some(3) && told.contains("is refused") && told.contains(word), "{told}");
    }
    // The one request that it answers is this one: nothing was asked before.
    let (code, _, told) = ask(folder.path(), Some(&shown.authority), &secure, None);
    assert_eq!(code, Some(0), "{told}");
}

#[test]
fn what_is_wrong_with_a_certificate_is_told() {
    let folder = store();
    let refusal = |shown: &Shown, trusted: Option<&str>| {
        let port = tls_server(shown, rows, 1);
        let (code, found, told) = ask(folder.path(), trusted, &format!("https://127.0.0.1:{port}/"), None);
        assert!(code == Some(3) && found.is_empty(), "{found}");
        told
    };
    let mut old = params(&["127.0.0.1"]);
    (old.not_before, old.not_after) = (date_time_ymd(2001, 1, 1), date_time_ymd(2002, 1, 1));
    let old = signed(old);
    let told = refusal(&old, Some(&old.authority));
    assert!(told.contains("has expired") && told.contains("renewed"), "{told}");

    let mut early = params(&["127.0.0.1"]);
    (early.not_before, early.not_after) = (date_time_ymd(3001, 1, 1), date_time_ymd(3002, 1, 1));
    let early = signed(early);
    let told = refusal(&early, Some(&early.authority));
    assert!(told.contains("not valid yet") && told.contains("clock"), "{told}");

    let other = signed(params(&["paper.example"]));
    let told = refusal(&other, Some(&other.authority));
    assert!(told.contains("for another host"), "{told}");

    let own = self_signed(params(&["127.0.0.1"]));
    let told = refusal(&own, None);
    assert!(told.contains("self-signed") && told.contains("SSL_CERT_FILE"), "{told}");
    // It is trusted when it is named, unless it is an authority's.
    let port = tls_server(&own, rows, 1);
    let address = format!("https://127.0.0.1:{port}/");
    let (code, _, told) = ask(folder.path(), Some(&own.authority), &address, None);
    assert_eq!(code, Some(0), "{told}");
    let mut both = params(&["127.0.0.1"]);
    both.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
    let both = self_signed(both);
    let told = refusal(&both, Some(&both.authority));
    assert!(told.contains("CA:FALSE"), "{told}");
}

#[test]
fn a_file_of_certificates_that_is_none_is_told() {
    let folder = store();
    let shown = signed(params(&["127.0.0.1"]));
    let port = tls_server(&shown, rows, 1);
    let address = format!("https://127.0.0.1:{port}/");
    for broken in ["", "no certificate", "-----BEGIN CERTIFICATE-----\n!!\n-----END CERTIFICATE-----\n"] {
        let (code, _, told) = ask(folder.path(), Some(broken), &address, None);
        assert!(code == Some(3) && told.contains("SSL_CERT_FILE names trusted.pem") && told.contains("PEM"), "{told}");
    }
}

#[test]
fn redirections_are_not_followed_and_http_is_told_from_https() {
    let folder = store();
    let plain = TcpListener::bind("127.0.0.1:0").expect("a port");
    let to = format!("http://{}/", plain.local_addr().expect("an address"));
    let away = to.clone();
    let shown = signed(params(&["127.0.0.1"]));
    let port = tls_server(
        &shown,
        move |_| format!("HTTP/1.1 302 Found\r\nlocation: {away}\r\ncontent-length: 0\r\nconnection: close\r\n\r\n"),
        1,
    );
    let address = format!("https://127.0.0.1:{port}/");
    let query = format!("SELECT ?l {{ SERVICE <{address}> {{ ?s rdfs:label ?l }} }}");
    // Both are allowed, and still it is not followed.
    let arguments = ["query", "--allow-remote", &address, "--allow-remote", &to, &query];
    let told = String::from_utf8_lossy(&sayso(folder.path(), Some(&shown.authority), &arguments).stderr).into_owned();
    assert!(told.contains("302 Found") && told.contains(&to) && told.contains("not followed"), "{told}");
    plain.set_nonblocking(true).expect("a socket");
    assert!(plain.accept().is_err(), "nobody came");

    // A server of http, asked as if it were one of https.
    plain.set_nonblocking(false).expect("a socket");
    let secure = to.replace("http:", "https:");
    let served = std::thread::spawn(move || {
        let (mut stream, _) = plain.accept().expect("a request");
        let _ = stream.read(&mut [0; 4096]);
        let _ = stream.write_all(b"HTTP/1.1 400 Bad Request\r\ncontent-length: 0\r\nconnection: close\r\n\r\n");
    });
    let (code, _, told) = ask(folder.path(), Some(&shown.authority), &secure, None);
    served.join().expect("served");
    assert!(code == Some(3) && told.contains("not TLS") && told.contains("http"), "{told}");
}

#[test]
fn a_feed_behind_https_is_watched() {
    let folder = tempfile::tempdir().expect("folder");
    let shown = signed(params(&["127.0.0.1"]));
    let item = |n: u8, who: &str, number: &str| {
        format!(
            "<item><title>Thousands march in Ardmouth</title><guid>{n}</guid><pubDate>Sun, 17 Jun 2018 08:00:00 GMT</pubDate><description>{who} said on Sunday that {number} people joined the march against the hospital closure in Ardmouth.</description></item>"
        )
    };
    let items = [item(1, "Police", "14,000"), item(2, "Organisers", "95,000")].concat();
    let feed = format!("<rss><channel><title>News</title>{items}</channel></rss>");
    let port = tls_server(&shown, move |_| answered("application/rss+xml", &feed), 1);
    let address = format!("https://127.0.0.1:{port}/feed.rss");
    let arguments = ["watch", &address, "--once", "-q", "--allow-remote", &address];
    let output = sayso(folder.path(), Some(&shown.authority), &arguments);
    let told = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(0), "{told}");
    assert!(String::from_utf8_lossy(&output.stdout).contains("\"contradict\""), "{told}");
}

#[test]
fn a_reconciliation_service_behind_https_is_asked() {
    let folder = tempfile::tempdir().expect("folder");
    std::fs::write(folder.path().join("a.txt"), "Ilse Varga said on Monday that it rained.").expect("written");
    assert!(sayso(folder.path(), None, &["build", "-q", "a.txt"]).status.success());
    let shown = signed(params(&["127.0.0.1"]));
    let answer = |head: &str| {
        let body = match head.starts_with("GET") {
            true => r#"{"versions":["0.2"],"name":"t","identifierSpace":"https://t.example/","schemaSpace":"t"}"#,
            false => r#"{"q0":{"result":[{"id":"7","name":"Ilse Varga","score":1,"match":true}]}}"#,
        };
        answered("application/json", body)
    };
    let port = tls_server(&shown, answer, 2);
    let endpoint = format!("https://127.0.0.1:{port}/reconcile");
    let output = sayso(folder.path(), Some(&shown.authority), &["link", "reconcile", "--endpoint", &endpoint]);
    let (found, told) = (String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
    assert!(found.contains("Ilse Varga,Person,1,https://t.example/7,Ilse Varga,1,yes,yes"), "{found}{told}");
}
