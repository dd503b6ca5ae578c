//! Hostile input: queries, RDF, requests, articles, folders and outputs made to break something. Each fault that was found
//! once has its test here; what a test needs is small, so that it runs in a moment when the fault is mended.

use std::fs;
use std::io::{Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use oxigraph::io::{RdfFormat, RdfParser};
use sayso::graph::ErrorKind;
use sayso::graph::query::{Answer, Dataset, Limits, run, update};
use sayso::graph::store::from_text;
use sayso::serve::{Options, Running, start};

use crate::cli::sayso;
use crate::view::bridge;

fn limits() -> Limits {
    Limits { timeout: Some(Duration::from_secs(5)), memory: Some(256 << 20), ..Limits::default() }
}

/// Every construct of SPARQL that nests or makes a chain, `n` times.
fn constructs(n: usize) -> Vec<(&'static str, String)> {
    let chain = |link: &str, end: &str| format!("{}{end}", link.repeat(n));
    let around = |open: &str, inside: &str, close: &str| format!("{}{inside}{}", open.repeat(n), close.repeat(n));
    let numbered = |one: &dyn Fn(usize) -> String| (0..n).map(one).collect::<Vec<_>>().join(" ");
    let filter = |inside: String| format!("SELECT * {{ FILTER({inside}) }}");
    let triple = |inside: String| format!("SELECT * {{ ?s ?p {inside} }} LIMIT 1");
    let path = |inside: String| format!("SELECT * {{ ?s {inside} ?o }} LIMIT 1");
    let group = |inside: String| format!("SELECT * {{ ?s ?p ?o {inside} }} LIMIT 1");
    vec![
        ("parentheses", filter(around("(", "1", ")"))),
        ("not", filter(chain("!", "true"))),
        ("minus", filter(format!("1={}", chain("-", "1")))),
        ("sum", filter(chain("1+", "1"))),
        ("differences without spaces", filter(chain("1-", "1"))),
        ("or", format!("SELECT * {{ ?s ?p ?o FILTER({}) }} LIMIT 1", chain("?o=1||", "?o=1"))),
        ("groups", format!("SELECT * {}", around("{", "?s ?p ?o", "}"))),
        ("union", format!("SELECT * {{ {} }} LIMIT 1", chain("{?s ?p ?o} UNION ", "{?s ?p ?o}"))),
        ("optional in optional", format!("SELECT * {{ {} }} LIMIT 1", around("OPTIONAL { ?s ?p ?o ", "", "}"))),
        ("optional after optional", group(chain("OPTIONAL { ?s ?p ?o } ", ""))),
        ("exists", group(around("FILTER EXISTS { ?s ?p ?o ", "", "}"))),
        ("subselect", around("{SELECT * ", "{ ?s ?p ?o }", "}")),
        ("path in parentheses", path(around("(", "rdfs:label", ")"))),
        ("inverse path", path(chain("^", "rdfs:label"))),
        ("path of stars", path(around("(", "rdfs:label", ")*"))),
        ("path of steps", path(chain("rdfs:label/", "rdfs:label"))),
        ("path of choices", path(chain("rdfs:label|", "rdfs:label"))),
        ("lists", triple(around("(", "1", ")"))),
        ("long list", triple(format!("({})", chain("1 ", "1")))),
        ("blank nodes", triple(around("[ ?p ", "1", "]"))),
        ("triple terms", triple(around("<<( ?a ?b ", "1", " )>>"))),
        ("reified triples", triple(around("<< ?a ?b ", "1", " >>"))),
        ("binds", format!("SELECT * {{ BIND(1 AS ?v0) {} }}", numbered(&|i| format!("BIND(?v{i} AS ?v{})", i + 1)))),
        ("if", filter(around("IF(true,", "true", ",true)"))),
        ("functions", filter(format!("{}=\"a\"", around("STR(", "\"a\"", ")")))),
        ("coalesce", filter(around("COALESCE(", "1", ")"))),
        ("replace", filter(around("REPLACE(", "\"a\"", ",\"b\",\"c\")"))),
        ("replacement", filter(around("REPLACE(\"a\",\"b\",", "\"a\"", ")"))),
        ("substr", filter(around("SUBSTR(", "\"a\"", ",1)"))),
        ("regex", filter(around("STR(REGEX(", "\"a\"", ",\"a\"))"))),
        ("group concat", format!("SELECT ({} AS ?x) {{ ?s ?p ?o }}", around("GROUP_CONCAT(", "?o", ")"))),
        ("in", filter(format!("1 IN ({})", chain("1,", "1")))),
        ("values", format!("SELECT * {{ VALUES ?x {{ {} }} }}", chain("1 ", "1"))),
        ("blocks of values", group(chain("VALUES ?x { 1 2 3 } ", ""))),
        ("blocks of a value", group(chain("VALUES ?x { 1 } ", ""))),
        ("minus patterns", group(chain("MINUS { ?s ?p ?o } ", ""))),
        ("filters", group(chain("FILTER(true) ", ""))),
        ("triples", format!("ASK {{ {} }}", numbered(&|i| format!("?s{i} ?p{i} ?o{i} .")))),
        ("star", format!("ASK {{ {} }}", numbered(&|i| format!("?s ?p{i} ?o{i} .")))),
        ("objects", triple(chain("1,", "1"))),
        ("predicates", format!("ASK {{ ?s {} }}", chain("?p 1;", "?p 1"))),
        ("graphs", format!("ASK {{ {} }}", around("GRAPH ?g { ", "?s ?p ?o", "}"))),
        ("sub-groups", format!("ASK {{ {} }}", chain("{} ", ""))),
        ("less", filter(chain("1<", "1"))),
        ("order", format!("SELECT * {{ ?s ?p ?o }} ORDER BY {}", chain("?o ", "?s"))),
        ("prefixes", format!("{} ASK {{}}", numbered(&|i| format!("PREFIX p{i}: <http://a/{i}>")))),
        ("hidden by less-than", format!("ASK {{ FILTER(1<'a>b'{}) }}", "||1".repeat(n))),
    ]
}

/// Every construct ends in an answer or a refusal: deep and long enough to break a stack of some megabytes, and just
/// within the bounds, where it is parsed and answered.
#[test]
fn no_query_ends_the_process() {
    let store = bridge();
    let quick = Limits { timeout: Some(Duration::from_millis(400)), ..limits() };
    for n in [100_000, 10_000, 5_000, 2_000, 500, 200, 120, 40] {
        for (name, text) in constructs(n) {
            let begun = Instant::now();
            let answer = run(&store, &text, &quick);
            assert!(begun.elapsed() < Duration::from_secs(20), "{name} {n} took {:?}", begun.elapsed());
            if n == 100_000 {
                continue;
            }
            if let Err(error) = answer {
                assert!(matches!(error.kind(), ErrorKind::Query | ErrorKind::Timeout), "{name} {n}: {error}");
            }
        }
    }
    for (name, text) in constructs(40) {
        let refused = run(&store, &text, &quick).err().filter(|e| e.to_string().contains("at most"));
        assert!(refused.is_none(), "{name} 40 is not too much: {refused:?}");
    }
    let deep = format!("INSERT {{ ?s ?p 1 }} WHERE {{ FILTER({}1{}) }}", "(".repeat(10_000), ")".repeat(10_000));
    assert!(update(&store, &deep, &Dataset::default(), &limits()).is_err());
}

/// Strings that double, strings replaced by longer ones, many at once: the query gets no more than its share.
#[test]
fn memory_is_bounded_query_by_query() {
    let store = bridge();
    let chain = |first: &str, step: &dyn Fn(usize) -> String| {
        let steps: String = (0..32).map(|i| format!("BIND({} AS ?a{}) ", step(i), i + 1)).collect();
        format!("SELECT (STRLEN(?a32) AS ?n) {{ BIND({first} AS ?a0) {steps} }}")
    };
    let sixteen = "\"aaaaaaaaaaaaaaaa\"";
    let bombs = [
        chain(sixteen, &|i| format!("CONCAT(?a{i}, ?a{i})")),
        chain(sixteen, &|i| format!("REPLACE(?a{i}, \"a\", {sixteen})")),
        chain("\"é\"", &|i| format!("ENCODE_FOR_URI(CONCAT(?a{i}, ?a{i}))")),
        chain(sixteen, &|i| format!("REPLACE(?a{i}, \"(.*)\", \"$1$1$1$1\")")),
        format!(
            "SELECT (STRLEN({}\"a\"{}) AS ?n) {{}}",
            "REPLACE(".repeat(9),
            ",\".\",\"aaaaaaaaaaaaaaaa\")".repeat(9)
        ),
        format!(
            "SELECT (STRLEN(GROUP_CONCAT(?x)) AS ?n) {{ ?s ?p ?o . ?a ?b ?c . ?d ?e ?f BIND(CONCAT({}STR(?o)) AS ?x) }}",
            "STR(?o),".repeat(500)
        ),
        "SELECT * { ?s ?p ?o . ?a ?b ?c . ?d ?e ?f } ORDER BY ?s ?a ?f".to_owned(),
        "SELECT DISTINCT ?s ?a ?f { ?s ?p ?o . ?a ?b ?c . ?d ?e ?f }".to_owned(),
        "SELECT ?s ?a ?f (SAMPLE(?o) AS ?x) { ?s ?p ?o . ?a ?b ?c . ?d ?e ?f } GROUP BY ?s ?a ?f".to_owned(),
    ];
    let small = Limits { timeout: Some(Duration::from_secs(2)), memory: Some(64 << 20), ..Limits::default() };
    std::thread::scope(|scope| {
        let beside = scope.spawn(|| {
            (0..40).all(|_| {
                std::thread::sleep(Duration::from_millis(20));
                run(&store, "SELECT * { ?s a sayso:Statement }", &small).is_ok()
            })
        });
        for bomb in &bombs {
            let account = sayso::inside::memory::Account::open().expect("an account");
            let begun = Instant::now();
            let answer = account.with(|| run(&store, bomb, &small));
            assert!(begun.elapsed() < Duration::from_secs(8), "{bomb}: {:?}", begun.elapsed());
            if let Ok(Answer::Table(table)) = &answer {
                assert!(table.rows.len() <= 1, "{bomb}");
            }
        }
        assert!(beside.join().expect("the queries beside"), "a query beside greedy ones is answered");
    });
}

/// The bounded functions give what the engine's own give.
#[test]
fn bounded_functions_are_those_of_sparql() {
    let store = bridge();
    let one = |expression: &str| {
        let answer = run(&store, &format!("SELECT ({expression} AS ?x) {{}}"), &limits()).expect("an answer");
        let Answer::Table(table) = answer else { panic!("no table") };
        table.rows[0][0].as_ref().map(ToString::to_string)
    };
    for (expression, value) in [
        ("CONCAT()", Some("\"\"")),
        ("CONCAT(\"a\", \"b\")", Some("\"ab\"")),
        ("CONCAT(\"a\"@en, \"b\"@en)", Some("\"ab\"@en")),
        ("CONCAT(\"a\"@en, \"b\")", Some("\"ab\"")),
        ("CONCAT(\"a\", 1)", None),
        ("REPLACE(\"abcd\", \"b\", \"Z\")", Some("\"aZcd\"")),
        ("REPLACE(\"abab\", \"B\", \"Z\", \"i\")", Some("\"aZaZ\"")),
        ("REPLACE(\"abcd\"@fr, \"(b)(c)\", \"$2$1\")", Some("\"acbd\"@fr")),
        ("REPLACE(\"a.c\", \".\", \"-\", \"q\")", Some("\"a-c\"")),
        ("REPLACE(\"abc\", \"\", \"-\")", Some("\"-a-b-c-\"")),
        ("REPLACE(\"abc\", \"x\", \"-\")", Some("\"abc\"")),
        ("REPLACE(\"abc\", \"(\", \"-\")", None),
        ("REPLACE(\"abc\", \"a\", \"-\", \"y\")", None),
        ("ENCODE_FOR_URI(\"a b/é\"@fr)", Some("\"a%20b%2F%C3%A9\"")),
        ("ENCODE_FOR_URI(1)", None),
    ] {
        assert_eq!(one(expression).as_deref(), value, "{expression}");
    }
    // They work inside of aggregates, orders and EXISTS too.
    let query = "SELECT (GROUP_CONCAT(CONCAT(?x, \"!\"); SEPARATOR=\"\") AS ?all) { { SELECT ?x { VALUES ?x { \"b\" \"a\" } } ORDER BY CONCAT(?x, \"?\") }
        FILTER EXISTS { BIND(CONCAT(?x, \"\") AS ?y) } }";
    let Answer::Table(table) = run(&store, query, &limits()).expect("an answer") else { panic!("no table") };
    assert_eq!(table.cells(), [["a!b!"]]);
}

#[test]
fn no_rdf_ends_the_process() {
    let nested = |n: usize| format!("<a:s> <a:p> {}1{} .", "<<( <a:s> <a:p> ".repeat(n), " )>>".repeat(n));
    assert!(from_text(&nested(50), "ttl").is_ok());
    let entities: String =
        (1..10).map(|i| format!("<!ENTITY e{i} \"{}\">", format!("&e{};", i - 1).repeat(10))).collect();
    let rdf = |inside: &str| {
        format!(
            "<rdf:RDF xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\" xmlns:e=\"http://e/\">{inside}</rdf:RDF>"
        )
    };
    let laughs = format!("<!DOCTYPE r [<!ENTITY e0 \"aaaaaaaaaa\">{entities}]>{}", rdf("<e:A><e:p>&e9;</e:p></e:A>"));
    let attributes: String = (0..40_000).map(|i| format!(" e:a{i}=\"b\"")).collect();
    for (what, text, kind) in [
        ("triple terms", nested(100_000), "ttl"),
        ("triple terms a line each", nested(100_000), "nt"),
        ("blank nodes", format!("<a:s> <a:p> {}{} .", "[ <a:p> ".repeat(100_000), "]".repeat(100_000)), "ttl"),
        ("lists", format!("<a:s> <a:p> {}{} .", "(".repeat(100_000), ")".repeat(100_000)), "trig"),
        ("entities", laughs, "rdf"),
        ("attributes", rdf(&format!("<e:A{attributes}/>")), "rdf"),
        ("elements", rdf(&format!("{}{}", "<e:A><e:p>".repeat(50_000), "</e:p></e:A>".repeat(50_000))), "rdf"),
        ("JSON", format!("{}{}", "[".repeat(100_000), "]".repeat(100_000)), "jsonld"),
    ] {
        let begun = Instant::now();
        let error = from_text(&text, kind).err().unwrap_or_else(|| panic!("{what}"));
        assert_eq!(error.kind(), ErrorKind::Rdf, "{what}: {error}");
        assert!(begun.elapsed() < Duration::from_secs(3), "{what}");
    }
    let shorthand = "<!DOCTYPE r [<!ENTITY x \"http://x/\">]>".to_owned() + &rdf("<e:A rdf:about=\"&x;y\"/>");
    assert_eq!(from_text(&shorthand, "rdf").expect("usual entities are read").len().expect("a length"), 1);
}

fn server(options: Options) -> Running {
    let port = TcpListener::bind("127.0.0.1:0").and_then(|l| l.local_addr()).expect("a free port").port();
    start(bridge(), Options { address: SocketAddr::from(([127, 0, 0, 1], port)), ..options })
        .expect("the server starts")
}

/// Sends bytes and reads until the server closes or nothing comes for some time.
fn exchange(site: &Running, bytes: &[u8]) -> String {
    let mut stream = TcpStream::connect(site.address()).expect("a connection");
    stream.set_read_timeout(Some(Duration::from_secs(3))).expect("a timeout");
    let _ = stream.write_all(bytes);
    let mut answer = Vec::new();
    let _ = stream.read_to_end(&mut answer);
    String::from_utf8_lossy(&answer).into_owned()
}

fn ask(host: &str, path: &str) -> String {
    format!("GET {path} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n")
}

#[test]
fn the_server_answers_to_this_machines_names_alone() {
    let site = server(Options { names: vec!["news.example".to_owned()], ..Options::default() });
    let status = |host: &str, path: &str| exchange(&site, ask(host, path).as_bytes())[9..12].to_owned();
    for path in ["/", "/store", "/sparql?query=ASK%7B%7D"] {
        for host in ["localhost", "localhost:7878", "127.0.0.1", "[::1]:80", "news.example"] {
            assert_eq!(status(host, path), "200", "{host} {path}");
        }
        for host in ["evil.example", "a> <b> . <x", "127.0.0.1.evil.example"] {
            let status = status(host, path);
            assert!(status == "421" || status == "400", "{host} {path}: {status}");
        }
    }
    let two = "GET /store HTTP/1.1\r\nHost: localhost\r\nHost: evil.example\r\nConnection: close\r\n\r\n";
    assert!(exchange(&site, two.as_bytes()).starts_with("HTTP/1.1 400"));
    let none = "GET /store HTTP/1.1\r\nConnection: close\r\n\r\n";
    assert!(exchange(&site, none.as_bytes()).starts_with("HTTP/1.1 400"));
}

#[test]
fn pages_may_do_nothing_but_be_shown() {
    let site = server(Options::default());
    for path in ["/", "/?q=varga", "/nothing", "/sparql?query=ASK%7B%7D", "/store"] {
        let answer = exchange(&site, ask("localhost", path).as_bytes()).to_lowercase();
        for line in [
            "content-security-policy: default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; form-action",
            "x-frame-options: deny",
            "referrer-policy: no-referrer",
            "x-content-type-options: nosniff",
            "cross-origin-resource-policy: same-origin",
        ] {
            assert!(answer.contains(line), "{path} lacks {line}: {answer}");
        }
    }
    let page = exchange(&site, ask("localhost", "/").as_bytes());
    let own = page.replace("<script src=\"/sayso.js\" defer></script>", "");
    for inline in [" style=\"", "<script", "<style", " onclick", " onload"] {
        assert!(!own.contains(inline), "the policy would not let {inline}");
    }
}

#[test]
fn requests_in_one_packet_are_all_answered() {
    let site = server(Options::default());
    let one = "GET /sparql?query=ASK%7B%7D HTTP/1.1\r\nHost: localhost\r\n\r\n";
    let post = "POST /sparql HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/sparql-query\r\nContent-Length: 5\r\n\r\nASK{}";
    let answer = exchange(&site, format!("{one}{post}{one}{}", ask("localhost", "/sparql?query=ASK%7B%7D")).as_bytes());
    assert_eq!(answer.matches("HTTP/1.1 200").count(), 4, "{answer}");
}

/// As many slow and silent clients as there are connections, of every kind: somebody else is served at once.
#[test]
fn slow_clients_keep_nobody_out() {
    let site = server(Options { connections: 6, ..Options::default() });
    let heads: [&[u8]; 4] = [
        b"",
        b"GET / HTTP/1.1\r\nHost: localhost\r\n",
        b"POST /sparql HTTP/1.1\r\nHost: localhost\r\nContent-Length: 100\r\n\r\nASK",
        b"POST /sparql HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nAS",
    ];
    for head in heads {
        let held: Vec<TcpStream> = (0..12)
            .map(|_| {
                let mut stream = TcpStream::connect(site.address()).expect("a connection");
                stream.write_all(head).expect("written");
                stream
            })
            .collect();
        std::thread::sleep(Duration::from_millis(50));
        for _ in 0..3 {
            let begun = Instant::now();
            let answer = exchange(&site, ask("localhost", "/sparql?query=ASK%7B%7D").as_bytes());
            assert!(answer.starts_with("HTTP/1.1 200"), "{answer}");
            assert!(begun.elapsed() < Duration::from_secs(2), "{:?}", begun.elapsed());
        }
        drop(held);
    }
}

#[test]
fn requests_that_are_not_http_are_refused() {
    let site = server(Options::default());
    let head = "POST /sparql HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/sparql-query\r\n";
    for bad in [
        format!("{head}Content-Length: 6\r\nContent-Length: 7\r\n\r\nASK {{}}x"),
        format!("{head}Content-Length: -1\r\n\r\nASK {{}}"),
        format!("{head}Content-Length: +6\r\n\r\nASK {{}}"),
        format!("{head}Content-Length: 99999999999999999999\r\n\r\nASK {{}}"),
        format!("{head}Transfer-Encoding: chunked\r\n\r\nzz\r\nASK {{}}\r\n0\r\n\r\n"),
        format!("{head}Transfer-Encoding: chunked\r\n\r\nfffffffffffffffffffff\r\nASK {{}}\r\n0\r\n\r\n"),
        format!("GET / HTTP/1.1\r\nHost: localhost\r\n{}\r\n", "x: y\r\n".repeat(10_000)),
        format!("GET /{} HTTP/1.1\r\nHost: localhost\r\n\r\n", "a".repeat(1_000_000)),
        "GET / HTTP/1.1\r\nHost : localhost\r\n\r\n".to_owned(),
        "GET / HTTP/1.1\r\nHost: localhost\r\nx: a\0b\r\n\r\n".to_owned(),
        "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".to_owned(),
    ] {
        let answer = exchange(&site, bad.as_bytes());
        let status = answer.get(9..10).unwrap_or("");
        assert!(status == "4" || answer.is_empty(), "{}: {answer}", &bad[..bad.len().min(200)]);
    }
    let both = format!("{head}Content-Length: 6\r\nTransfer-Encoding: chunked\r\n\r\n6\r\nASK {{}}\r\n0\r\n\r\n");
    assert!(exchange(&site, both.as_bytes()).matches("HTTP/1.1 200").count() <= 1, "nothing is smuggled");
    assert!(exchange(&site, ask("localhost", "/").as_bytes()).starts_with("HTTP/1.1 200"));
}

/// A packed body would be taken for what is in it.
#[test]
fn packed_bodies_are_refused() {
    let site = server(Options::default());
    let post = |header: &str| {
        let head =
            "POST /sparql HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nContent-Type: application/sparql-query";
        exchange(&site, format!("{head}\r\n{header}Content-Length: 6\r\n\r\nASK {{}}").as_bytes())
    };
    for plain in ["", "Content-Encoding: identity\r\n", "Content-Encoding: \r\n"] {
        assert!(post(plain).starts_with("HTTP/1.1 200"), "{plain}");
    }
    for packed in ["gzip", "br", "identity, zstd", "GZIP"] {
        let answer = post(&format!("Content-Encoding: {packed}\r\n"));
        assert!(answer.starts_with("HTTP/1.1 415") && answer.contains("send it as it is"), "{packed}: {answer}");
        assert!(answer.contains("accept-encoding: identity"), "{answer}");
    }
}

/// A string that is too long has no value, and the head of the answer says so.
#[test]
fn strings_without_a_value_are_told_in_the_head() {
    let site = server(Options::default());
    let steps: String = (0..30).map(|i| format!("BIND(CONCAT(?a{i},?a{i}) AS ?a{}) ", i + 1)).collect();
    let query = format!("SELECT (BOUND(?a30) AS ?is) {{ BIND(\"aaaa\" AS ?a0) {steps} }}");
    let head =
        "POST /sparql HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nContent-Type: application/sparql-query";
    let answer = exchange(&site, format!("{head}\r\nContent-Length: {}\r\n\r\n{query}", query.len()).as_bytes());
    assert!(answer.starts_with("HTTP/1.1 200") && answer.contains("sayso-overlong: strings=1"), "{answer}");
}

#[test]
fn a_wrong_secret_waits() {
    let site = server(Options { token: Some("a-long-secret".to_owned()), ..Options::default() });
    let put = "DELETE /store?graph=http://a/ HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nAuthorization: Bearer a-long-secreT\r\n\r\n";
    let begun = Instant::now();
    assert!(exchange(&site, put.as_bytes()).starts_with("HTTP/1.1 401"));
    assert!(begun.elapsed() >= Duration::from_millis(400));
}

/// An article with everything that an output may stumble over.
const NASTY: &str = r#"{"id":"e\u001b]0;x\u0007","title":"=HYPERLINK(\"http://evil\")","publisher":"@SUM \u001b[2J","date":"2020-05-05","text":"John Smith said that 25\u0001 trucks \u001b]0;pwned\u0007 were destroyed\ufffe. </script> ]]> \"It rained,\" Ann Lee said."}"#;

#[test]
fn rdf_of_several_articles_is_one_document_in_every_format() {
    let folder = tempfile::tempdir().expect("folder");
    let input =
        format!("{NASTY}\n{{\"text\":\"It snowed, the mayor said.\"}}\n{{\"text\":\"It hailed, the mayor said.\"}}\n");
    let mut counts = Vec::new();
    for (name, format) in [
        ("nquads", RdfFormat::NQuads),
        ("trig", RdfFormat::TriG),
        ("jsonld", RdfFormat::JsonLd { profile: Default::default() }),
        ("turtle", RdfFormat::Turtle),
        ("ntriples", RdfFormat::NTriples),
        ("rdfxml", RdfFormat::RdfXml),
    ] {
        let output = sayso(folder.path(), &["triples", "-", "-q", "-f", name], input.as_bytes());
        assert_eq!(output.status.code(), Some(0), "{name}");
        let quads: Vec<_> = RdfParser::from_format(format).for_slice(&output.stdout).collect();
        let quads: Vec<_> = quads.into_iter().map(|q| q.unwrap_or_else(|e| panic!("{name}: {e}"))).collect();
        let mut triples: Vec<String> =
            quads.iter().map(|q| format!("{} {} {}", q.subject, q.predicate, q.object)).collect();
        triples.sort();
        triples.dedup();
        counts.push(triples.len());
        if name == "rdfxml" {
            xml(&output.stdout);
        }
        if name == "jsonld" {
            serde_json::from_slice::<serde_json::Value>(&output.stdout).expect("one JSON document");
        }
    }
    assert!(counts.iter().all(|c| *c == counts[0]), "{counts:?}");
}

/// XML 1.0 has no such characters.
fn xml(bytes: &[u8]) {
    let text = std::str::from_utf8(bytes).expect("UTF-8");
    let forbidden = |c: char| (c < ' ' && !matches!(c, '\t' | '\n' | '\r')) || matches!(c, '\u{fffe}' | '\u{ffff}');
    assert_eq!(text.chars().find(|c| forbidden(*c)), None);
    assert_eq!(text.matches("<?xml").count(), 1);
}

#[test]
fn outputs_of_a_nasty_article_are_what_they_are_called() {
    let folder = tempfile::tempdir().expect("folder");
    let done = |arguments: &[&str]| {
        let output = sayso(folder.path(), arguments, format!("{NASTY}\n").as_bytes());
        assert_eq!(output.status.code(), Some(0), "{arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
        output
    };
    let built = done(&["build", "-"]);
    let escape = |bytes: &[u8]| bytes.contains(&0x1b) || bytes.contains(&0x07);
    assert!(!escape(&built.stderr), "the id in a note");
    for arguments in [["ask", "who-said", "-f", "table"], ["query", "SELECT * { ?s ?p ?o }", "-f", "table"]] {
        assert!(!escape(&done(&arguments).stdout), "{arguments:?}");
    }
    xml(&done(&["query", "SELECT * { ?s ?p ?o }", "-f", "xml"]).stdout);
    xml(&done(&["query", "CONSTRUCT { ?s ?p ?o } { ?s ?p ?o }", "-f", "rdfxml"]).stdout);
    for format in ["rdfxml", "graphml", "gexf"] {
        xml(&done(&["export", "-f", format]).stdout);
    }
    let formulas = |text: &[u8]| {
        let mut rows = csv::ReaderBuilder::new().has_headers(false).from_reader(text);
        let cells: Vec<String> =
            rows.records().flat_map(|r| r.expect("CSV").iter().map(str::to_owned).collect::<Vec<_>>()).collect();
        cells.iter().filter(|c| c.starts_with(['=', '+', '-', '@']) && c.parse::<f64>().is_err()).count()
    };
    for arguments in [
        vec!["export", "-f", "csv"],
        vec!["ask", "sources-of-article", "-f", "csv"],
        vec!["query", "SELECT ?o { ?s ?p ?o }", "-f", "csv"],
    ] {
        let safe: Vec<&str> = arguments.iter().copied().chain(["--safe"]).collect();
        assert_eq!(formulas(&done(&safe).stdout), 0, "{safe:?}");
        if arguments[0] != "ask" {
            assert!(formulas(&done(&arguments).stdout) > 0, "{arguments:?}: as it is without --safe");
        }
    }
}

#[test]
fn a_base_must_make_iris() {
    let folder = tempfile::tempdir().expect("folder");
    let input = b"{\"text\":\"It rained, he said.\"}\n";
    for bad in [
        "not an iri",
        "",
        "{}",
        "../",
        "http://a/> <b/",
        "http://a/\n/",
        "http://",
        "a/",
        "http://a/b",
        "http:///x/",
        "http://a/#",
    ] {
        for command in [vec!["triples", "-", "--base", bad], vec!["build", "-", "--base", bad]] {
            let output = sayso(folder.path(), &command, input);
            assert_eq!(output.status.code(), Some(3), "{command:?}");
            assert!(
                output.stdout.is_empty() && !folder.path().join("sayso-store/manifest.json").exists(),
                "{command:?}"
            );
        }
    }
    for good in ["https://example.org/id/", "urn:news:", "http://é.example/ü/"] {
        let output = sayso(folder.path(), &["triples", "-", "-q", "--base", good], input);
        assert_eq!(output.status.code(), Some(0), "{good}: {}", String::from_utf8_lossy(&output.stderr));
        let quads: Result<Vec<_>, _> = RdfParser::from_format(RdfFormat::NQuads).for_slice(&output.stdout).collect();
        assert!(!quads.expect("N-Quads").is_empty(), "{good}");
    }
}

/// Texts on which two claims once shared an IRI, an entity had no label, or a source was empty.
#[test]
fn damaged_texts_make_a_graph_that_conforms() {
    let texts = [
        "\u{fffd}rders t\u{308}\u{308}\u{308}o\u{20e3} v\u{301}e \u{20e3}\u{20e3}\u{fffd}s th e webst, \u{200d}\u{200d}citin\u{200d}rcen\u{301}ce Ziisty rtdth\u{200d}\u{301}to 4",
        "\u{fffd}rders t\u{308}\u{308}\u{308}o\u{20e3} v\u{301}e \u{20e3}\u{20e3}\u{fffd}ds th e webst, \u{200d}\u{200d}citin\u{200d}rcen\u{301}ce Ziisty rtdth\u{200d}\u{301}to 4",
        "\u{fffd}rders t\u{308}\u{308}\u{308}o\u{20e3} v\u{301}e \u{20e3}\u{20e3}\u{fffd}ws th e webst, \u{200d}\u{200d}citin\u{200d}rcen\u{301}ce Ziisty rtdth\u{200d}\u{301}to 4",
        "\u{2014}who\u{2014}spoke\u{2014}anonymity\u{2014}bc6\u{2014}and\u{2014}said\u{2014}ten\u{2014}pan\u{2014}",
        "\u{2014}who\u{2014}spoke\u{2014}anonymity\u{2014}said\u{2014}",
    ];
    let folder = tempfile::tempdir().expect("folder");
    let lines: String = texts
        .iter()
        .enumerate()
        .map(|(i, t)| format!("{}\n", serde_json::json!({"id": format!("a{i}"), "text": t})))
        .collect();
    let built = sayso(folder.path(), &["build", "-", "-q"], lines.as_bytes());
    assert_eq!(built.status.code(), Some(0), "{}", String::from_utf8_lossy(&built.stderr));
    let checked = sayso(folder.path(), &["check"], b"");
    assert_eq!(checked.status.code(), Some(0), "{}", String::from_utf8_lossy(&checked.stdout));
}

#[cfg(unix)]
#[test]
fn folders_are_read_once_and_without_waiting() {
    use std::os::unix::fs::symlink;
    let folder = tempfile::tempdir().expect("folder");
    let other = tempfile::tempdir().expect("folder");
    let news = folder.path().join("news");
    fs::create_dir_all(news.join("sub")).expect("folder");
    fs::write(news.join("x.txt"), "It rained, he said.").expect("file");
    fs::write(news.join("sub/y.txt"), "It snowed, she said.").expect("file");
    fs::write(other.path().join("secret.txt"), "It hailed, they said.").expect("file");
    for (name, target) in [("a", "."), ("b", "."), ("sub/up", ".."), ("z.txt", "x.txt"), ("gone.txt", "nothing")] {
        symlink(target, news.join(name)).expect("a link");
    }
    let ids = |arguments: &[&str]| {
        let output = sayso(folder.path(), arguments, b"");
        let text = String::from_utf8_lossy(&output.stdout).into_owned();
        let id = |line: &str| {
            serde_json::from_str::<serde_json::Value>(line).expect("JSON")["id"].as_str().expect("id").to_owned()
        };
        (
            text.lines().map(id).collect::<Vec<_>>(),
            String::from_utf8_lossy(&output.stderr).into_owned(),
            output.status.code(),
        )
    };
    let (found, said, code) = ids(&["annotate", "news", "-q"]);
    assert_eq!((found, code), (vec!["sub/y".to_owned(), "x".to_owned()], Some(0)), "{said}");
    symlink(other.path().join("secret.txt"), news.join("p.txt")).expect("a link");
    symlink(other.path(), news.join("out")).expect("a link");
    let made = Command::new("mkfifo").arg(news.join("f.txt")).status();
    let (found, said, code) = ids(&["annotate", "news", "-q"]);
    assert_eq!((found, code), (vec!["sub/y".to_owned(), "x".to_owned()], Some(1)), "{said}");
    assert_eq!(said.matches("leads out of the folder").count(), 2, "{said}");
    if made.is_ok_and(|m| m.success()) {
        assert!(said.contains("f.txt: neither a file nor a folder"), "{said}");
    }
    let (found, said, _) = ids(&["annotate", "news", "-q", "--follow-links"]);
    assert_eq!(found, ["out/secret", "sub/y", "x"], "{said}");
}

#[test]
fn an_id_is_the_articles_own() {
    let folder = tempfile::tempdir().expect("folder");
    let input = "{\"id\":\"a\",\"text\":\"It rained, he said.\"}\n{\"id\":\"a\",\"text\":\"It snowed, he said.\"}\n{\"id\":\"a\",\"text\":\"It rained, he said.\"}\n{\"id\":\"b\",\"text\":\"It hailed, he said.\"}\n";
    let output = sayso(folder.path(), &["annotate", "-", "-q"], input.as_bytes());
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    assert_eq!(output.status.code(), Some(1), "{said}");
    assert!(said.contains("-:2") && said.contains("another text with the id a"), "{said}");
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    assert_eq!(text.lines().count(), 3, "the others go on");
    assert!(!text.contains("a~"));
}

#[cfg(unix)]
#[test]
fn streams_without_line_ends_are_refused() {
    let folder = tempfile::tempdir().expect("folder");
    for format in ["conllu", "jsonl"] {
        let begun = Instant::now();
        let output = sayso(folder.path(), &["annotate", "--input", format, "/dev/zero", "-q"], b"");
        assert_eq!(output.status.code(), Some(3), "{format}");
        assert!(String::from_utf8_lossy(&output.stderr).contains("more than"), "{format}");
        assert!(begun.elapsed() < Duration::from_secs(30), "{format}");
    }
}

#[test]
fn a_failed_export_leaves_the_earlier_file() {
    let folder = tempfile::tempdir().expect("folder");
    let store = folder.path().join("store.ttl");
    let lines: String = (0..20_000).map(|i| format!("<http://a/{i}> <http://a/p> \"{i}\" .\n")).collect();
    fs::write(&store, lines).expect("file");
    let keep = folder.path().join("keep.nt");
    fs::write(&keep, "precious").expect("file");
    // No file may be longer than 8 blocks: the write fails, or the signal ends the program.
    let script = format!(
        "trap '' XFSZ; ulimit -f 8; exec {} export --store store.ttl -f ntriples -o keep.nt -q",
        env!("CARGO_BIN_EXE_sayso")
    );
    let ended = Command::new("sh").args(["-c", &script]).current_dir(folder.path()).stderr(Stdio::null()).status();
    assert!(!ended.expect("a shell").success());
    assert_eq!(fs::read(&keep).expect("file"), b"precious");
    let names: Vec<_> = fs::read_dir(folder.path()).expect("folder").flatten().map(|e| e.file_name()).collect();
    assert_eq!(names.len(), 2, "nothing is left beside it: {names:?}");
    let done = sayso(folder.path(), &["export", "--store", "store.ttl", "-f", "ntriples", "-o", "keep.nt"], b"");
    assert_eq!(done.status.code(), Some(0), "{}", String::from_utf8_lossy(&done.stderr));
    assert_eq!(fs::read_to_string(&keep).expect("file").lines().count(), 20_000);
}

/// `sayso … | head`: the reader goes away, and that is no failure.
#[test]
fn closed_pipes_are_quiet() {
    let folder = tempfile::tempdir().expect("folder");
    let lines: String = (0..500).map(|i| format!("{{\"id\":\"{i}\",\"text\":\"It rained, he said.\"}}\n")).collect();
    let build = sayso(folder.path(), &["build", "-", "-q", "--no-compare"], lines.as_bytes());
    assert_eq!(build.status.code(), Some(0));
    for arguments in [
        vec!["query", "SELECT * { ?s ?p ?o }"],
        vec!["query", "SELECT * { ?s ?p ?o }", "-f", "json"],
        vec!["query", "SELECT * { ?s ?p ?o }", "-f", "table"],
        vec!["ask", "who-said", "-f", "csv"],
        vec!["export", "-f", "nquads"],
        vec!["check"],
    ] {
        let mut child = Command::new(env!("CARGO_BIN_EXE_sayso"))
            .args(&arguments)
            .current_dir(folder.path())
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("the program starts");
        drop(child.stdout.take());
        let mut said = String::new();
        child.stderr.take().expect("a pipe").read_to_string(&mut said).expect("text");
        let code = child.wait().expect("an end").code();
        assert!(code == Some(0) || arguments[0] == "check", "{arguments:?}: {code:?} {said}");
        assert!(!said.contains("error"), "{arguments:?}: {said}");
    }
}

/// Deep and broken pages: nothing is lost that a person would read.
#[test]
fn pages_nested_without_end_are_read() {
    let folder = tempfile::tempdir().expect("folder");
    for tag in ["div", "li", "section", "blockquote", "table", "span", "b"] {
        let page = format!("<html><body>{}{}", format!("<{tag}>").repeat(20_000), "It rained, he said. ".repeat(60));
        fs::write(folder.path().join("p.html"), page).expect("file");
        let begun = Instant::now();
        let output = sayso(folder.path(), &["annotate", "-q", "p.html", "-f", "jsonl"], b"");
        assert!(begun.elapsed() < Duration::from_secs(20), "{tag}: {:?}", begun.elapsed());
        assert!(output.status.code() == Some(0), "{tag}: {}", String::from_utf8_lossy(&output.stderr));
        assert!(String::from_utf8_lossy(&output.stdout).contains("It rained, he said."), "{tag}");
    }
}

#[test]
fn unknown_terms_of_queries_are_named() {
    use sayso::graph::query::unknown_terms;
    let named =
        |query: &str| unknown_terms(query).into_iter().map(|(n, near)| format!("{n} {near:?}")).collect::<Vec<_>>();
    assert_eq!(
        named("SELECT * { ?s sayso:speeker ?o ; sayso:speaker ?p ; rdfs:lable ?l }"),
        ["speeker Some(\"speaker\")"]
    );
    assert_eq!(
        named("SELECT * { ?s a sayso:statement ; sayso:xyzzyplugh ?o }"),
        ["statement Some(\"Statement\")", "xyzzyplugh None"]
    );
    assert!(named("SELECT * { broken").is_empty());
    for question in sayso::graph::ask::questions() {
        assert_eq!(named(&question.with(&[]).expect("a query")), Vec::<String>::new(), "{}", question.name);
    }
}

/// What the program was made from stands in the provenance of every run, and another version makes another run.
#[test]
fn a_run_tells_its_weights_and_words() {
    let folder = tempfile::tempdir().expect("folder");
    let input = b"{\"id\":\"a\",\"date\":\"2020-05-05\",\"text\":\"It rained, the mayor said.\"}\n";
    assert_eq!(sayso(folder.path(), &["build", "-", "-q"], input).status.code(), Some(0));
    let output = sayso(folder.path(), &["ask", "which-run", "-f", "csv"], b"");
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    let hash = |part: &str| {
        let rest = text.split(&format!("{part} ")).nth(1).unwrap_or_else(|| panic!("{text}"));
        rest.chars().take_while(|c| c.is_ascii_hexdigit()).count()
    };
    for part in ["syntax", "statements", "gazetteer", "words"] {
        assert_eq!(hash(part), 12, "{part}: {text}");
    }
    let from = sayso(folder.path(), &["query", "SELECT ?f { ?d sayso:publishedFrom ?f }", "-f", "csv"], b"");
    assert_eq!(String::from_utf8_lossy(&from.stdout), "f\r\ngiven\r\n");
}

/// Every example in the help of a command is a command line that is understood.
#[test]
fn examples_in_the_help_are_understood() {
    let folder = tempfile::tempdir().expect("folder");
    let help = |arguments: &[&str]| {
        let output = sayso(folder.path(), arguments, b"");
        String::from_utf8_lossy(&output.stdout).into_owned()
    };
    let mut examples = Vec::new();
    for command in ["", "build", "annotate", "triples", "query", "ask", "check", "export", "serve", "bench"] {
        let text = if command.is_empty() { help(&["--help"]) } else { help(&[command, "--help"]) };
        for line in text.lines().filter(|l| l.starts_with("  ") && l.contains("sayso ")) {
            let Some(at) = line.find("sayso ") else { continue };
            let before = line[..at].trim();
            if before.is_empty() || before.ends_with('|') || before.contains('=') {
                examples.push(line[at + 6..].to_owned());
            }
        }
    }
    assert!(examples.len() > 20, "{examples:#?}");
    for example in examples {
        // What follows two spaces is a remark; shells take pipes and redirections, and we take quotation marks.
        let line = example.split("   ").next().unwrap_or_default().split(" | ").next().unwrap_or_default();
        let line = line.split(" > ").next().unwrap_or_default().split(" < ").next().unwrap_or_default();
        let mut words: Vec<String> = vec![String::new()];
        let mut quote = None;
        for c in line.trim().chars() {
            match (c, quote) {
                ('\'' | '"', None) => quote = Some(c),
                (c, Some(q)) if c == q => quote = None,
                (' ', None) => words.push(String::new()),
                (c, _) => words.last_mut().expect("a word").push(c),
            }
        }
        // Where nothing is there, a command that is understood ends with 3 or 1, one that is not with 2.
        let store = ["--store".to_owned(), "nowhere".to_owned()];
        let reads = ["query", "ask", "check", "export"].contains(&words[0].as_str()) && !words.contains(&store[0]);
        let arguments: Vec<&str> = words.iter().chain(store.iter().filter(|_| reads)).map(String::as_str).collect();
        if matches!(words[0].as_str(), "serve" | "bench") {
            continue;
        }
        let output = sayso(folder.path(), &arguments, b"");
        assert_ne!(output.status.code(), Some(2), "{example}: {}", String::from_utf8_lossy(&output.stderr));
    }
}

/// A store of one article in a folder, of a kind.
fn small_store(kind: &str) -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("folder");
    let input = b"{\"id\":\"a\",\"date\":\"2020-05-05\",\"text\":\"The fire destroyed 40 trucks, the mayor said on Monday.\"}\n";
    fs::write(folder.path().join("a.jsonl"), input).expect("written");
    let output = sayso(folder.path(), &["build", "a.jsonl", "-q", "--backend", kind], b"");
    assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
    folder
}

/// The names in a store.
fn names(folder: &Path) -> Vec<String> {
    let entries = fs::read_dir(folder.join("sayso-store")).expect("store");
    let mut names: Vec<String> =
        entries.map(|e| e.expect("entry").file_name().to_string_lossy().into_owned()).collect();
    names.sort();
    names
}

/// Changes a manifest and gives it the checksum that it should have then: what a stranger can do.
fn forge(folder: &Path, work: impl Fn(&str) -> String) {
    use sha2::Digest;
    let path = folder.join("sayso-store/manifest.json");
    let text = work(&fs::read_to_string(&path).expect("manifest"));
    let at = text.rfind("\"check\": \"").expect("a checksum") + 10;
    let bare = format!("{}\"\n}}\n", &text[..at]);
    let check: String = sha2::Sha256::digest(bare.as_bytes()).iter().map(|b| format!("{b:02x}")).collect();
    fs::write(path, format!("{}{check}\"\n}}\n", &text[..at])).expect("written");
}

/// What one is told who opens the store.
fn opened(folder: &Path) -> (Option<i32>, String) {
    let output = sayso(folder, &["query", "SELECT (COUNT(?d) AS ?n) { ?d a sayso:Document }", "-f", "csv"], b"");
    (output.status.code(), String::from_utf8_lossy(&output.stderr).into_owned())
}

/// Fault 18: what a build that was killed left behind goes with the next one, though nothing has changed.
#[test]
fn leftovers_of_a_killed_build_are_swept() {
    for kind in ["mapped", "files"] {
        let folder = small_store(kind);
        let before = names(folder.path());
        for name in ["quads-000099", "terms-000098", "data-000007.nq.gz", "manifest.json.new"] {
            if kind == "files" || !name.starts_with("data-") {
                fs::write(folder.path().join("sayso-store").join(name), b"half").expect("written");
            }
        }
        let output = sayso(folder.path(), &["build", "a.jsonl", "-q", "--backend", kind], b"");
        assert_eq!(output.status.code(), Some(0));
        let after: Vec<String> =
            names(folder.path()).into_iter().filter(|n| kind == "mapped" || !n.starts_with(['q', 't'])).collect();
        assert_eq!(after, before, "{kind}");
        assert_eq!(opened(folder.path()).0, Some(0));
    }
}

/// Fault 19: a build that cannot write all of its files leaves the old store and nothing beside it.
#[cfg(unix)]
#[test]
fn a_build_without_room_leaves_nothing_behind() {
    let folder = small_store("mapped");
    let before = names(folder.path());
    let article = |n: usize| {
        let text =
            format!("The fire destroyed {n} trucks in Halvorne, Mayor Ana Prado of the {n}th ward said on Monday. ")
                .repeat(30);
        serde_json::json!({ "id": format!("n{n}"), "date": "2020-05-05", "text": text }).to_string()
    };
    fs::write(folder.path().join("more.jsonl"), (2..30).map(article).collect::<Vec<_>>().join("\n")).expect("written");
    // Files of at most 16 blocks of 512 or 1,024 bytes; the signal for larger ones is not heard, so the write fails.
    let script = format!("trap '' XFSZ; ulimit -f 16; exec {} build more.jsonl -q", env!("CARGO_BIN_EXE_sayso"));
    let output =
        std::process::Command::new("sh").args(["-c", &script]).current_dir(folder.path()).output().expect("a shell");
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    assert_eq!(output.status.code(), Some(3), "{said}");
    assert_eq!(names(folder.path()), before, "{said}");
    assert_eq!(opened(folder.path()).0, Some(0));
}

/// Fault 20: links that others planted in a store's folder are not written through.
#[cfg(unix)]
#[test]
fn planted_links_are_not_followed() {
    for kind in ["mapped", "files"] {
        let folder = small_store(kind);
        let victim = folder.path().join("victim");
        fs::write(&victim, b"precious").expect("written");
        for n in 1..40 {
            for name in
                [format!("quads-{n:06}"), format!("terms-{n:06}"), format!("list-{n:06}"), format!("data-{n:06}.nq.gz")]
            {
                let path = folder.path().join("sayso-store").join(name);
                if !path.exists() {
                    std::os::unix::fs::symlink(&victim, path).expect("a link");
                }
            }
        }
        std::os::unix::fs::symlink(&victim, folder.path().join("sayso-store/manifest.json.new")).expect("a link");
        let second =
            b"{\"id\":\"b\",\"date\":\"2020-05-06\",\"text\":\"The fire destroyed 41 trucks, the mayor said.\"}\n";
        let output = sayso(folder.path(), &["build", "-", "-q", "--backend", kind], second);
        assert_eq!(output.status.code(), Some(0), "{kind}: {}", String::from_utf8_lossy(&output.stderr));
        assert_eq!(fs::read(&victim).expect("read"), b"precious", "{kind}");
        assert_eq!(opened(folder.path()).0, Some(0), "{kind}");
        // A lock that leads elsewhere is no lock.
        let lock = folder.path().join("sayso-store/lock");
        fs::remove_file(&lock).expect("removed");
        std::os::unix::fs::symlink(&victim, &lock).expect("a link");
        let output = sayso(folder.path(), &["build", "-", "-q"], second);
        assert_eq!(output.status.code(), Some(3), "{kind}");
    }
}

/// Fault 20: a manifest names files of its own folder only.
#[test]
fn a_manifest_names_its_own_files() {
    for kind in ["mapped", "files"] {
        let folder = small_store(kind);
        let data = if kind == "mapped" { "list-" } else { "data-" };
        forge(folder.path(), |text| text.replacen(&format!("\"{data}"), &format!("\"../{data}"), 1));
        let (code, said) = opened(folder.path());
        assert_eq!(code, Some(3), "{said}");
        assert!(said.contains("no file of a store"), "{said}");
    }
}

/// Fault 20: a store from a stranger takes no more memory than it may.
#[test]
fn a_store_that_unpacks_without_end_is_refused() {
    use sha2::Digest;
    let folder = small_store("files");
    let name = names(folder.path()).into_iter().find(|n| n.starts_with("data-")).expect("a data file");
    let path = folder.path().join("sayso-store").join(name);
    let mut pack = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::new(9));
    let line = vec![b'\n'; 1 << 20];
    for _ in 0..80 {
        std::io::Write::write_all(&mut pack, &line).expect("packed");
    }
    let bytes = pack.finish().expect("packed");
    let sum: String = sha2::Sha256::digest(&bytes).iter().map(|b| format!("{b:02x}")).collect();
    fs::write(path, bytes).expect("written");
    forge(folder.path(), |text| {
        let at = text.find("\"sha256\": \"").expect("a sum") + 11;
        format!("{}{sum}{}", &text[..at], &text[at + 64..])
    });
    let (code, said) = opened(folder.path());
    assert_eq!(code, Some(3), "{said}");
    assert!(said.contains("unpacks to more than"), "{said}");
}

/// Fault 20: a mapped file that says it has more than it is long is refused, whatever its checksums.
#[test]
fn a_mapped_file_that_lies_is_refused() {
    for (place, lie) in [(8, u32::MAX), (8, 1 << 20), (16, u32::MAX), (24, u32::MAX), (20, 1 << 30)] {
        let folder = small_store("mapped");
        for kind in ["quads-", "terms-", "list-"] {
            let name = names(folder.path()).into_iter().find(|n| n.starts_with(kind)).expect("a file");
            let path = folder.path().join("sayso-store").join(&name);
            let good = fs::read(&path).expect("read");
            let mut bytes = good.clone();
            let at = bytes.len() - place;
            bytes[at..at + 4].copy_from_slice(&lie.to_le_bytes());
            let end = u64::from_le_bytes(bytes[bytes.len() - 16..bytes.len() - 8].try_into().expect("eight")) as usize;
            let mut crc = flate2::Crc::new();
            crc.update(bytes.get(end..).unwrap_or_default());
            fs::write(&path, &bytes).expect("written");
            let manifest = folder.path().join("sayso-store/manifest.json");
            let before = fs::read(&manifest).expect("read");
            forge(folder.path(), |text| {
                let at = text.find(&format!("\"{name}\"")).expect("named");
                let from = at + text[at..].find("\"crc32\": ").expect("a sum") + 9;
                let to = from + text[from..].find(|c: char| !c.is_ascii_digit()).expect("an end");
                format!("{}{}{}", &text[..from], crc.sum(), &text[to..])
            });
            let (code, said) = opened(folder.path());
            assert_eq!(code, Some(3), "{kind} {place} {lie}: {said}");
            fs::write(&path, &good).expect("written");
            fs::write(&manifest, &before).expect("written");
        }
    }
}

/// Fault 22: an id whose text has changed since is told, and the store holds the later one.
#[test]
fn an_id_with_another_text_is_told_as_changed() {
    let folder = small_store("mapped");
    let other = b"{\"id\":\"a\",\"date\":\"2020-05-05\",\"text\":\"Nothing burned, the mayor said on Tuesday.\"}\n";
    let output = sayso(folder.path(), &["build", "-"], other);
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(said.contains("1 changed"), "{said}");
    let same = sayso(folder.path(), &["build", "-"], other);
    let said = String::from_utf8_lossy(&same.stderr).into_owned();
    assert!(!said.contains("1 changed") && !said.contains("1 new"), "{said}");
}
