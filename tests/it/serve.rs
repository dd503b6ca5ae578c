//! The HTTP endpoint: the W3C's protocol tests in both forms, the graph store, limits, many clients, garbage.

use std::io::{Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::path::Path;
use std::time::Duration;

use oxigraph::model::{NamedNodeRef, NamedOrBlankNode, Term};
use oxigraph::store::Store;
use sayso::graph::store::{Loaded, from_text};
use sayso::serve::{Options, Running, start};

const TOKEN: &str = "a-long-secret";

pub(super) fn server(store: impl Into<Loaded>, options: Options) -> Running {
    let port = TcpListener::bind("127.0.0.1:0").and_then(|l| l.local_addr()).expect("a free port").port();
    let options = Options { address: SocketAddr::from(([127, 0, 0, 1], port)), ..options };
    start(store.into(), options).expect("the server starts")
}

pub(super) struct Reply {
    pub status: u16,
    pub head: String,
    pub body: String,
}

/// Sends bytes as they are and reads until the server closes.
fn raw(to: &Running, bytes: &[u8]) -> Reply {
    let mut stream = TcpStream::connect(to.address()).expect("a connection");
    stream.set_read_timeout(Some(Duration::from_secs(20))).expect("a timeout");
    let _ = stream.write_all(bytes);
    let _ = stream.shutdown(std::net::Shutdown::Write);
    let mut answer = Vec::new();
    let _ = stream.read_to_end(&mut answer);
    let text = String::from_utf8_lossy(&answer).into_owned();
    let (head, body) = text.split_once("\r\n\r\n").unwrap_or((&text, ""));
    let status = head.split(' ').nth(1).and_then(|s| s.parse().ok()).unwrap_or(0);
    Reply { status, head: head.to_lowercase(), body: body.to_owned() }
}

pub(super) fn send(to: &Running, method: &str, path: &str, headers: &[(&str, &str)], body: &[u8]) -> Reply {
    let mut bytes = format!("{method} {path} HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n");
    for (name, value) in headers {
        bytes.push_str(&format!("{name}: {value}\r\n"));
    }
    bytes.push_str(&format!("content-length: {}\r\n\r\n", body.len()));
    raw(to, &[bytes.as_bytes(), body].concat())
}

pub(super) fn get(to: &Running, path: &str) -> Reply {
    send(to, "GET", path, &[], b"")
}

/// A manifest as a graph, with the few steps that a runner takes in it.
struct Manifest(Loaded);

impl Manifest {
    fn all(&self, subject: &Term, predicate: &str) -> Vec<Term> {
        let subject = match subject {
            Term::NamedNode(node) => NamedOrBlankNode::from(node.clone()),
            Term::BlankNode(node) => NamedOrBlankNode::from(node.clone()),
            _ => return Vec::new(),
        };
        let predicate = NamedNodeRef::new(predicate).expect("an IRI");
        self.0
            .quads_for_pattern(Some(subject.as_ref()), Some(predicate), None, None)
            .filter_map(Result::ok)
            .map(|q| q.object)
            .collect()
    }

    fn one(&self, subject: &Term, predicate: &str) -> Option<Term> {
        self.all(subject, predicate).pop()
    }

    fn text(&self, subject: &Term, predicate: &str) -> String {
        match self.one(subject, predicate) {
            Some(Term::Literal(literal)) => literal.value().to_owned(),
            Some(Term::NamedNode(node)) => node.into_string(),
            _ => String::new(),
        }
    }

    fn list(&self, head: Option<Term>) -> Vec<Term> {
        const RDF: &str = "http://www.w3.org/1999/02/22-rdf-syntax-ns#";
        let (mut found, mut at) = (Vec::new(), head);
        while let Some(node) = at {
            let Some(first) = self.one(&node, &format!("{RDF}first")) else { break };
            found.push(first);
            at = self.one(&node, &format!("{RDF}rest"));
        }
        found
    }
}

const HT: &str = "http://www.w3.org/2011/http#";
const MF: &str = "http://www.w3.org/2001/sw/DataAccess/tests/test-manifest#";
const UT: &str = "http://www.w3.org/2009/sparql/tests/test-update#";
const CNT: &str = "http://www.w3.org/2011/content#";

/// How a test of the W3C ended.
#[derive(Clone, PartialEq, Debug)]
enum Outcome {
    Passed,
    /// A reading server refused the update with the status 403, as it must; what follows the update was not asked.
    Refused,
    Failed(String),
}

/// Runs the W3C's tests; gives each one's name and outcome.
fn protocol(folder: &Path, writable: bool) -> Vec<(String, Outcome)> {
    let text = std::fs::read_to_string(folder.join("manifest.ttl")).expect("the manifest");
    let text = format!("@base <file:///m/> .\n{text}");
    let manifest = Manifest(from_text(&text, "ttl").expect("the manifest is Turtle"));
    let root = oxigraph::model::NamedNode::new_unchecked("file:///m/").into();
    let mut outcomes = Vec::new();
    for test in manifest.list(manifest.one(&root, &format!("{MF}entries"))) {
        let name = manifest.text(&test, &format!("{MF}name"));
        let store = Store::new().expect("a store");
        for data in manifest.all(&test, &format!("{UT}graphData")) {
            let file = manifest.text(&data, &format!("{UT}graph"));
            let label = manifest.text(&data, "http://www.w3.org/2000/01/rdf-schema#label");
            let text = std::fs::read(folder.join(file.rsplit('/').next().expect("a name"))).expect("data");
            let graph = oxigraph::model::NamedNode::new(label).expect("an IRI");
            let parser =
                oxigraph::io::RdfParser::from_format(oxigraph::io::RdfFormat::NTriples).with_default_graph(graph);
            store.load_from_slice(parser, &text).expect("N-Triples");
        }
        let token = writable.then(|| TOKEN.to_owned());
        let before = store.len().expect("length");
        let site = server(store.clone(), Options { token, ..Options::default() });
        let action = manifest.one(&test, &format!("{MF}action")).expect("an action");
        let mut outcome = Outcome::Passed;
        for request in manifest.list(manifest.one(&action, &format!("{HT}requests"))) {
            match exchange(&manifest, &request, &site) {
                Ok(()) => continue,
                Err((403, _)) if !writable && store.len().expect("length") == before => outcome = Outcome::Refused,
                Err((_, why)) => outcome = Outcome::Failed(why),
            }
            break;
        }
        outcomes.push((name, outcome));
        site.stop(Duration::from_secs(1));
    }
    outcomes
}

/// Sends one request of a test; gives the status and what is wrong with the answer.
fn exchange(manifest: &Manifest, request: &Term, site: &Running) -> Result<(), (u16, String)> {
    let path = manifest.text(request, &format!("{HT}absolutePath"));
    let method = manifest.text(request, &format!("{HT}methodName"));
    let mut headers = vec![("authorization".to_owned(), format!("Bearer {TOKEN}"))];
    for header in manifest.list(manifest.one(request, &format!("{HT}headers"))) {
        headers.push((
            manifest.text(&header, &format!("{HT}fieldName")),
            manifest.text(&header, &format!("{HT}fieldValue")),
        ));
    }
    let body = manifest.one(request, &format!("{HT}body")).map_or(Vec::new(), |body| {
        let chars = manifest.text(&body, &format!("{CNT}chars"));
        match manifest.text(&body, &format!("{CNT}characterEncoding")).as_str() {
            "UTF-16" => chars.encode_utf16().flat_map(u16::to_be_bytes).collect(),
            _ => chars.into_bytes(),
        }
    });
    let borrowed: Vec<(&str, &str)> = headers.iter().map(|(n, v)| (n.as_str(), v.as_str())).collect();
    let reply = send(site, &method, &path, &borrowed, &body);
    let expected = manifest.one(request, &format!("{HT}resp")).ok_or((0, "no response in the manifest".to_owned()))?;
    let classes = manifest.all(&expected, &format!("{MF}expectedStatus"));
    let class = format!("StatusCode{}xx", reply.status / 100);
    if !classes.iter().any(|c| c.to_string().contains(&class)) {
        return Err((reply.status, format!("status {}: {}", reply.status, reply.body.trim())));
    }
    let boolean = manifest.text(&expected, &format!("{MF}expectedBoolean"));
    if !boolean.is_empty() && !reply.body.contains(&format!("\"boolean\":{boolean}")) {
        return Err((reply.status, format!("not {boolean}: {}", reply.body)));
    }
    let kinds: &[&str] = match manifest.text(&expected, &format!("{MF}expectedFormat")).as_str() {
        "boolean" => &["application/sparql-results+json", "application/sparql-results+xml"],
        "tabular" => &["application/sparql-results+json", "application/sparql-results+xml", "text/csv"],
        "RDF" => &["text/turtle", "application/rdf+xml", "application/n-triples"],
        _ => &[""],
    };
    if !kinds.iter().any(|k| reply.head.contains(k)) {
        return Err((reply.status, format!("another format: {}", reply.head)));
    }
    Ok(())
}

fn w3c() -> Option<std::path::PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/data/w3c/protocol");
    if folder.is_dir() {
        return Some(folder);
    }
    eprintln!("skipped: {} is not here", folder.display());
    None
}

/// On a writable server all pass. On a reading one, the tests that need an update to be done see it refused with 403 and
/// nothing changed; all others pass. `cargo test w3c -- --nocapture` prints the table.
#[test]
fn the_w3c_protocol_tests_pass_in_both_forms() {
    let Some(folder) = w3c() else { return };
    let (writable, reading) = (protocol(&folder, true), protocol(&folder, false));
    println!("{:<72} writable  reading", "W3C SPARQL 1.1 protocol test");
    for ((name, one), (_, other)) in writable.iter().zip(&reading) {
        println!("{name:<72} {:<9} {other:?}", format!("{one:?}"));
    }
    let count = |of: &[(String, Outcome)], what: Outcome| of.iter().filter(|(_, o)| *o == what).count();
    assert_eq!(count(&writable, Outcome::Passed), 34, "{writable:#?}");
    assert_eq!((count(&reading, Outcome::Passed), count(&reading, Outcome::Refused)), (27, 7), "{reading:#?}");
}

#[test]
fn other_servers_are_reached_only_when_allowed() {
    let other = server(super::view::bridge(), Options::default());
    let to = format!("http://{}", other.address());
    let token = Some(TOKEN.to_owned());
    let closed = server(Store::new().expect("a store"), Options { token: token.clone(), ..Options::default() });
    let remote = vec![format!("{to}/sparql"), format!("{to}/store/"), format!("{to}/store?default")];
    let open = server(Store::new().expect("a store"), Options { token, remote, ..Options::default() });

    let query = |address: &str| format!("SELECT ?l {{ SERVICE <{address}> {{ ?s a sayso:Person ; rdfs:label ?l }} }}");
    let ask = |site: &Running, query: String| {
        send(site, "POST", "/sparql", &[("content-type", "application/sparql-query")], query.as_bytes())
    };
    let refused = ask(&closed, query(&format!("{to}/sparql")));
    assert_eq!(refused.status, 400);
    assert!(refused.body.contains("--allow-remote"), "{}", refused.body);
    let answered = ask(&open, query(&format!("{to}/sparql")));
    assert!(answered.status == 200 && answered.body.contains("Varga"), "{}", answered.body);
    for near in [format!("{to}/sparql2"), format!("{to}/query"), "http://127.0.0.1:1/".to_owned()] {
        assert_eq!(ask(&open, query(&near)).status, 400, "{near}");
    }

    let graph = "https://example.org/id/graph/doc/one";
    let put = [("content-type", "application/sparql-update"), ("authorization", "Bearer a-long-secret")];
    let load = |site: &Running, address: String| {
        send(site, "POST", "/sparql", &put, format!("LOAD <{address}> INTO GRAPH <{graph}>").as_bytes())
    };
    let empty = format!("{to}/store?default");
    let refused = load(&closed, empty.clone());
    assert!(refused.status == 400 && refused.body.contains("--allow-remote"), "{}", refused.body);
    assert_eq!(load(&open, empty).status, 204);
    assert_eq!(load(&open, format!("{to}/sparql")).status, 204, "its description is RDF");
    let loaded = get(&open, &format!("/store?graph={graph}"));
    assert!(loaded.body.contains("sparql-service-description"), "{}", loaded.body);
    assert_eq!(load(&open, format!("{to}/store?graph=urn:none")).status, 400);
    let silent = send(&open, "POST", "/sparql", &put, b"LOAD SILENT <http://127.0.0.1:1/>");
    assert_eq!(silent.status, 204);
}

/// The eighteen tests of the W3C for the Graph Store Protocol, in their order: each builds on those before it.
/// (The manifest holds them as prose; these are its requests and the status and triples that it expects.)
#[test]
fn the_w3c_graph_store_tests_pass() {
    let site = server(Store::new().expect("a store"), Options { token: Some(TOKEN.to_owned()), ..Options::default() });
    let bearer = ("authorization", "Bearer a-long-secret");
    let turtle = ("content-type", "text/turtle; charset=utf-8");
    let form = ("content-type", "multipart/form-data; boundary=a6fe4cd636164618814be9f8d3d1a0de");
    let person = |name: &str| {
        format!(
            "@prefix v: <http://www.w3.org/2006/vcard/ns#> . <http://localhost/store/person/1> v:card [ a v:VCard ; v:fn \"{name}\" ] ."
        )
    };
    let parts = "--a6fe4cd636164618814be9f8d3d1a0de\r\ncontent-disposition: form-data; name=\"a.ttl\"; filename=\"a.ttl\"\r\n\
        content-type: text/turtle; charset=utf-8\r\n\r\n<1> <urn:family> \"Doe\" .\r\n--a6fe4cd636164618814be9f8d3d1a0de\r\n\
        content-disposition: form-data; name=\"b.ttl\"; filename=\"b.ttl\"\r\ncontent-type: text/turtle\r\n\r\n\
        <1> <urn:given> \"Jane\" .\r\n--a6fe4cd636164618814be9f8d3d1a0de--\r\n";
    let by_query = "/store?graph=http://localhost/store/person/1.ttl";
    let alice = "[] <urn:given> \"Alice\" .";
    let mut new = String::new();
    let steps: &[(&str, &str, &str, (&str, &str), String, &[u16], &[&str])] = &[
        ("PUT initial state", "PUT", "/store/person/1.ttl", turtle, person("John Doe"), &[201], &[]),
        ("GET of it", "GET", by_query, turtle, String::new(), &[200], &["John Doe", "text/turtle"]),
        ("PUT graph already in store", "PUT", "/store/person/1.ttl", turtle, person("Jane Doe"), &[200, 204], &[]),
        ("GET of it", "GET", "/store/person/1.ttl", turtle, String::new(), &[200], &["Jane Doe"]),
        ("PUT default graph", "PUT", "/store?default", turtle, alice.to_owned(), &[201, 204], &[]),
        ("GET of it", "GET", "/store?default", turtle, String::new(), &[200], &["Alice"]),
        ("PUT a second graph", "PUT", "/store/person/2.ttl", turtle, person("Two"), &[201], &[]),
        ("DELETE existing graph", "DELETE", "/store/person/2.ttl", turtle, String::new(), &[200, 204], &[]),
        ("GET of it", "GET", "/store/person/2.ttl", turtle, String::new(), &[404], &[]),
        ("DELETE non-existent graph", "DELETE", "/store/person/2.ttl", turtle, String::new(), &[404], &[]),
        (
            "POST existing graph",
            "POST",
            "/store/person/1.ttl",
            turtle,
            "<1> <urn:name> \"Jane Doe\" .".to_owned(),
            &[200, 204],
            &[],
        ),
        ("GET of it", "GET", "/store/person/1.ttl", turtle, String::new(), &[200], &["VCard", "<urn:name>"]),
        ("POST multipart/form-data", "POST", "/store/person/1.ttl", form, parts.to_owned(), &[200, 204], &[]),
        (
            "GET of it",
            "GET",
            "/store/person/1.ttl",
            turtle,
            String::new(),
            &[200],
            &["<urn:family>", "<urn:given>", "<urn:name>", "VCard", "<http://localhost/store/person/1>"],
        ),
        (
            "POST create new graph",
            "POST",
            "/store",
            turtle,
            alice.to_owned(),
            &[201],
            &["location: http://localhost/store/"],
        ),
        ("GET of it", "GET", "NEW", turtle, String::new(), &[200], &["Alice"]),
        ("POST of nothing", "POST", "NEW", turtle, String::new(), &[200, 204], &[]),
        ("GET after noop", "GET", "NEW", turtle, String::new(), &[200], &["Alice"]),
        ("HEAD on an existing graph", "HEAD", "/store/person/1.ttl", turtle, String::new(), &[200], &["text/turtle"]),
        ("HEAD on a non-existing graph", "HEAD", "/store/person/4.ttl", turtle, String::new(), &[404], &[]),
    ];
    for (name, method, path, kind, body, statuses, wanted) in steps {
        let path = if *path == "NEW" { &new } else { *path };
        let reply = send(&site, method, path, &[*kind, bearer], body.as_bytes());
        assert!(statuses.contains(&reply.status), "{name}: {} {}", reply.status, reply.body);
        for word in *wanted {
            assert!(
                reply.body.contains(word) || reply.head.contains(word),
                "{name} lacks {word}: {} {}",
                reply.head,
                reply.body
            );
        }
        assert!(*method != "HEAD" || reply.body.is_empty(), "{name} has a body");
        if let Some(at) = reply.head.find("location: http://localhost") {
            new = reply.head[at + 26..].lines().next().expect("an address").trim().to_owned();
        }
    }
}

#[test]
fn the_service_is_described() {
    for (token, updates) in [(None, false), (Some(TOKEN.to_owned()), true)] {
        let site = server(super::view::bridge(), Options { token, ..Options::default() });
        let reply = send(&site, "GET", "/sparql", &[("accept", "application/n-triples")], b"");
        assert_eq!(reply.status, 200);
        let store = from_text(&reply.body, "nt").expect("the description is RDF");
        let ask = |query: &str| {
            let prefix = "PREFIX sd: <http://www.w3.org/ns/sparql-service-description#> PREFIX void: <http://rdfs.org/ns/void#> ";
            let answer = sayso::graph::query::run(&store, &format!("{prefix}{query}"), &Default::default());
            answer.expect("an answer") == sayso::graph::query::Answer::Boolean(true)
        };
        assert!(ask("ASK { ?s a sd:Service ; sd:endpoint <http://localhost/sparql> }"));
        assert!(ask("ASK { ?s sd:supportedLanguage sd:SPARQL11Query ; sd:feature sd:UnionDefaultGraph }"));
        assert_eq!(ask("ASK { ?s sd:supportedLanguage sd:SPARQL11Update }"), updates);
        assert!(ask(
            "ASK { ?s sd:defaultDataset ?d . ?d a sd:Dataset ; sd:defaultGraph ?g ; sd:namedGraph ?n ; void:documents ?count . ?g a sd:Graph . ?n sd:name ?name ; sd:graph ?ng FILTER(?count > 0) }"
        ));
        assert!(!ask("ASK { ?s sd:feature sd:BasicFederatedQuery }"), "nobody may be asked");
    }
}

#[test]
fn graphs_are_read_by_anybody_and_written_with_the_token() {
    let site = server(super::view::bridge(), Options { token: Some(TOKEN.to_owned()), ..Options::default() });
    let path = "/store?graph=http%3A%2F%2Fexample.org%2Fg";
    let turtle = [("content-type", "text/turtle")];
    let allowed = [("content-type", "text/turtle"), ("authorization", "Bearer a-long-secret")];
    let body = b"<http://a/s> <http://a/p> 1 .";
    assert_eq!(get(&site, path).status, 404);
    assert_eq!(send(&site, "PUT", path, &turtle, body).status, 401);
    assert_eq!(send(&site, "PUT", path, &allowed, b"<broken").status, 400);
    assert_eq!(get(&site, path).status, 404, "a broken body changes nothing");
    assert_eq!(send(&site, "PUT", path, &allowed, body).status, 201);
    assert_eq!(send(&site, "POST", path, &allowed, b"<http://a/s> <http://a/p> 2 .").status, 204);
    let reply = send(&site, "GET", path, &[("accept", "application/n-triples")], b"");
    assert_eq!(reply.body.lines().count(), 2);
    assert!(reply.head.contains("content-type: application/n-triples"));
    assert_eq!(send(&site, "DELETE", path, &allowed, b"").status, 204);
    assert_eq!(get(&site, path).status, 404);
}

#[test]
fn limits_hold_and_say_so() {
    let options = Options { rows: 3, timeout: Duration::from_millis(300), body: 2_000, ..Options::default() };
    let site = server(super::view::bridge(), options);
    let reply = get(&site, "/sparql?query=SELECT%20*%20%7B%20%3Fs%20%3Fp%20%3Fo%20%7D");
    assert!(reply.head.contains("sayso-truncated: rows=3"), "{}", reply.head);
    // Unconnected patterns: some hundred million combinations.
    let long = "SELECT (COUNT(*) AS ?n) { ?a a ?b . ?c a ?d . ?e ?f ?g . ?h ?i ?j }";
    let begun = std::time::Instant::now();
    let reply = send(&site, "POST", "/sparql", &[("content-type", "application/sparql-query")], long.as_bytes());
    assert_eq!(reply.status, 503, "{}", reply.body);
    assert!(begun.elapsed() < Duration::from_secs(10));
    let reply = send(&site, "POST", "/sparql", &[("content-type", "application/sparql-query")], &[b' '; 3_000]);
    assert_eq!(reply.status, 413);
    let service = "/sparql?query=SELECT%20*%20%7B%20SERVICE%20%3Chttp%3A%2F%2F127.0.0.1%3A1%2F%3E%20%7B%20%3Fs%20%3Fp%20%3Fo%20%7D%20%7D";
    assert_eq!(get(&site, service).status, 400, "other servers are not asked");
}

#[test]
fn pages_show_search_statements_evidence_and_disputes() {
    let site = server(super::view::bridge(), Options::default());
    for (path, wanted) in [
        ("/", "/question?iri="),
        ("/?q=varga", "/entity?iri=https://example.org/id/entity/varga"),
        ("/entity?iri=https://example.org/id/entity/varga", "people had been killed"),
        ("/statement?iri=https://example.org/id/statement/one-1", "<mark class=\"c\">said</mark>"),
        ("/question?iri=https://example.org/id/question/killed", "contradicts"),
        ("/entity?iri=https://example.org/id/entity/wire", "وكالة الجسر 🌉"),
    ] {
        let reply = get(&site, path);
        assert_eq!(reply.status, 200, "{path}: {}", reply.body);
        assert!(reply.body.contains(wanted), "{path} lacks {wanted}: {}", reply.body);
    }
    // What the texts count is what the lists hold, and what the question of that name answers.
    let answer = get(&site, "/ask/disagreements?as=csv").body;
    let pairs = answer.lines().filter(|line| line.starts_with("contradict,")).count();
    let told = if pairs == 1 { "1 pair contradicts".to_owned() } else { format!("{pairs} pairs contradict") };
    assert!(
        pairs > 0 && get(&site, "/").body.contains(&told) && get(&site, "/disputes").body.contains(&told),
        "{told}"
    );
    // Lists are asked by name as on the command line.
    for list in sayso::inside::lists::LISTS {
        let reply = get(&site, &format!("/ask/{}?as=csv", list.name));
        assert!(reply.status == 200 && reply.body.contains(','), "{}: {}", list.name, reply.body);
        assert!(get(&site, "/ask").body.contains(&format!("/ask/{}", list.name)));
    }
    assert_eq!(get(&site, "/ask/who-said?since=2021-02-02&until=2021-02-01").status, 400);
    // A browser gets the answer to a query as a page, a program in a format for programs.
    let query = "/sparql?query=SELECT%20*%20%7B%20%3Fs%20a%20sayso:Person%20;%20rdfs:label%20%3Fl%20%7D%0A";
    let browser = [("accept", "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8")];
    let page = send(&site, "GET", query, &browser, b"");
    assert!(page.head.contains("text/html") && page.body.contains(">Ilse Varga</td>"), "{}", page.body);
    assert!(
        page.body.contains("rdfs:label ?l }\n</textarea>"),
        "the query stands in the form as it was: {}",
        page.body
    );
    assert!(get(&site, query).head.contains("application/sparql-results+json"));
    assert_eq!(get(&site, "/question?iri=x%3E%20%7D%20%23").status, 404, "an address cannot break out into the query");
    assert_eq!(get(&site, "/statement?iri=nothing").status, 404);
    assert!(!get(&site, "/?q=%3Cscript%3E").body.contains("<script>"));
}

#[test]
fn long_lists_come_a_part_at_a_time_and_every_row_can_be_reached() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut text = String::from("A long day\n\n");
    for n in 0..130 {
        text += &format!("Ada Quill said that pier {n} had been closed. ");
    }
    std::fs::write(folder.path().join("long.txt"), text).expect("written");
    let output = super::cli::sayso(folder.path(), &["build", "long.txt"], b"");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let store =
        sayso::graph::store::Store::open(folder.path().join("sayso-store")).and_then(|s| s.load()).expect("a store");
    let site = server(store, Options::default());
    let mut seen = std::collections::BTreeSet::new();
    let mut path = Some("/statements?min=0&voice=others".to_owned());
    let mut parts = 0;
    while let Some(now) = path {
        let page = get(&site, &now).body;
        seen.extend(page.split("/statement?iri=").skip(1).filter_map(|rest| rest.split('"').next().map(str::to_owned)));
        path = page
            .split("rel=\"next\"")
            .nth(1)
            .and_then(|rest| rest.split("href=\"").nth(1))
            .and_then(|rest| rest.split('"').next())
            .map(|address| address.replace("&amp;", "&"));
        parts += 1;
        assert!(parts < 20);
    }
    let first = get(&site, "/statements?min=0&voice=others").body;
    let total: usize = first
        .split("Statements 1–50 of ")
        .nth(1)
        .and_then(|rest| rest.split('<').next())
        .and_then(|n| n.parse().ok())
        .expect("the first page tells how many rows there are");
    assert!(total >= 100 && seen.len() == total && parts == total.div_ceil(50), "{} {total} {parts}", seen.len());
    assert!(get(&site, "/statements?min=0&voice=others&page=999").body.contains(&format!("–{total} of {total}")));
    assert_eq!(get(&site, "/statements?page=0").status, 400);
    assert_eq!(get(&site, "/values?of=nothing").status, 400);
    assert!(get(&site, "/values?of=speaker&min=0").body.contains("Ada Quill"));
    // The query that made the rows gives as many.
    let query = first.split("/editor?query=").nth(1).and_then(|rest| rest.split('"').next()).expect("a query");
    let answer = get(&site, &format!("/sparql?query={}", query.replace("&amp;", "&"))).body;
    assert_eq!(
        answer.matches("\"statement\":{").count().max(answer.matches("\"statement\": {").count()),
        total,
        "{answer}"
    );
    let browser = [("accept", "text/html")];
    let rows = "/sparql?page=2&query=SELECT%20%3Fs%20%7B%20%3Fs%20a%20sayso:Statement%20%7D";
    assert!(send(&site, "GET", rows, &browser, b"").body.contains("rows 101–"));
}

/// A generator of numbers that is the same everywhere.
fn next(seed: &mut u64) -> u64 {
    *seed ^= *seed << 13;
    *seed ^= *seed >> 7;
    *seed ^= *seed << 17;
    *seed
}

#[test]
fn random_requests_and_many_clients_leave_it_standing() {
    let options = Options { timeout: Duration::from_millis(200), ..Options::default() };
    let site = server(super::view::bridge(), options);
    let pieces: [&[u8]; 20] = [
        b"GET ",
        b"POST ",
        b"/sparql",
        b"/store",
        b"?query=",
        b"ASK{}",
        b"%",
        b"%FF",
        b" HTTP/1.1\r\n",
        b"\r\n",
        b"host: a\r\n",
        b"content-length: 5\r\n",
        b"content-type: application/sparql-query\r\n",
        b"\r\n\r\n",
        b"SELECT * {?s ?p ?o}",
        b"\x00\xff",
        b"graph=",
        b"&",
        b"/entity?iri=",
        b"accept: ;;q=,*/\r\n",
    ];
    std::thread::scope(|scope| {
        for client in 0..64_u64 {
            let site = &site;
            scope.spawn(move || {
                let mut seed = 0x9E37_79B9_7F4A_7C15 ^ (client + 1);
                for _ in 0..160 {
                    let count = 1 + next(&mut seed) % 9;
                    let bytes: Vec<u8> =
                        (0..count).flat_map(|_| pieces[(next(&mut seed) % 20) as usize].to_vec()).collect();
                    raw(site, &bytes);
                }
            });
        }
    });
    let reply = get(&site, "/sparql?query=ASK%7B%7D");
    assert_eq!((reply.status, reply.body.contains("true")), (200, true));
    assert!(site.stop(Duration::from_secs(5)));
    assert_eq!(get(&site, "/").status, 503);
}
