//! `sayso link reconcile`: a reconciliation service elsewhere is asked, in batches and with patience, and its answers are kept.
//! The services here are recorded answers on loopback, and one of our own.

use std::collections::BTreeMap;
use std::io::Write;
use std::net::TcpListener;
use std::path::Path;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use serde_json::{Value, json};

use super::cli::sayso;
use super::https::{answered, requested};

/// A service that answers by a function of the request's head and queries; it keeps what it was asked.
struct Stub {
    address: String,
    asked: Arc<Mutex<Vec<(String, Value)>>>,
}

impl Stub {
    fn new(mut answer: impl FnMut(&str, &Value) -> String + Send + 'static) -> Stub {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
        let address = format!("http://{}/reconcile", listener.local_addr().expect("an address"));
        let asked = Arc::new(Mutex::new(Vec::new()));
        let kept = Arc::clone(&asked);
        std::thread::spawn(move || {
            for stream in listener.incoming() {
                let Ok(mut stream) = stream else { return };
                let (head, body) = requested(&mut stream);
                let queries = body
                    .strip_prefix("queries=")
                    .map_or(Value::Null, |form| serde_json::from_str(&decoded(form)).expect("queries are JSON"));
                kept.lock().expect("a list").push((head.clone(), queries.clone()));
                let _ = stream.write_all(answer(&head, &queries).as_bytes());
            }
        });
        Stub { address, asked }
    }

    fn asked(&self) -> Vec<(String, Value)> {
        self.asked.lock().expect("a list").clone()
    }

    /// How many names the requests asked for, request by request.
    fn sizes(&self) -> Vec<usize> {
        self.asked().iter().filter_map(|(_, queries)| queries.as_object().map(|q| q.len())).collect()
    }
}

fn decoded(form: &str) -> String {
    let (mut bytes, mut at) = (Vec::new(), form.bytes());
    while let Some(byte) = at.next() {
        let mut digit = || char::from(at.next().expect("a digit")).to_digit(16).expect("a digit") as u8;
        bytes.push(if byte == b'%' { digit() << 4 | digit() } else { byte });
    }
    String::from_utf8(bytes).expect("UTF-8")
}

fn reply(value: &Value) -> String {
    answered("application/json", &value.to_string())
}

fn status(line: &str, more: &str) -> String {
    format!("HTTP/1.1 {line}\r\ncontent-length: 0\r\n{more}connection: close\r\n\r\n")
}

fn manifest() -> Value {
    json!({
        "versions": ["0.1", "0.2"],
        "name": "Things",
        "identifierSpace": "http://www.wikidata.org/entity/",
        "schemaSpace": "http://www.wikidata.org/prop/direct/",
        "batchSize": 2,
    })
}

/// What the service knows: a name gives its candidates.
fn known() -> BTreeMap<&'static str, Value> {
    let person = |id: &str, name: &str, is_match: bool| json!({ "id": id, "name": name, "score": 97.5, "match": is_match, "type": [{ "id": "Q5", "name": "human" }] });
    BTreeMap::from([
        ("Ilse Varga", json!([person("Q900001", "Ilse Várga", true), person("Q900002", "Ilse Varga-Lind", false)])),
        ("Daniel Okafor", json!([person("Q900003", "Daniel Okafor", true), person("Q900004", "Daniel Okafor", true)])),
        ("Maren Toft", json!([person("Q900005", "Maren Toft", true)])),
        ("Piet Osterholt", json!([person("Q900006", "Piet Oosterholt", true)])),
    ])
}

fn answer(queries: &Value) -> Value {
    let known = known();
    let of = |query: &Value| known.get(query["query"].as_str().expect("a name")).cloned().unwrap_or(json!([]));
    let rows = queries.as_object().expect("queries").iter();
    Value::Object(rows.map(|(key, query)| (key.clone(), json!({ "result": of(query) }))).collect())
}

/// A service that is as it should be.
fn service() -> Stub {
    Stub::new(|head, queries| reply(&if head.starts_with("GET") { manifest() } else { answer(queries) }))
}

/// A store with five people whom no table knows; Ilse Varga is in both articles.
fn store() -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("folder");
    let articles = [
        r#"{"id": "a", "date": "2031-03-04", "text": "Ilse Varga said on Monday that 12 homes were lost. Daniel Okafor said that it was more. Maren Toft said nothing was known."}"#,
        r#"{"id": "b", "date": "2031-03-05", "text": "Ilse Varga said on Tuesday that 14 homes were lost. Piet Osterholt said that he had seen it. Sanna Ek said that it was worse."}"#,
    ];
    std::fs::write(folder.path().join("news.jsonl"), articles.join("\n")).expect("written");
    build(folder.path());
    folder
}

fn build(folder: &Path) {
    let output = sayso(folder, &["build", "-q", "news.jsonl"], b"");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
}

fn reconcile(folder: &Path, to: &str, more: &[&str]) -> (Option<i32>, String, String) {
    let arguments = [&["link", "reconcile", "--endpoint", to, "--format", "csv"], more].concat();
    let output = sayso(folder, &arguments, b"");
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    (output.status.code(), text(&output.stdout), text(&output.stderr))
}

fn kept(folder: &Path) -> String {
    std::fs::read_to_string(folder.join("known/reconciled.jsonl")).unwrap_or_default()
}

#[test]
fn names_are_asked_in_batches_once() {
    let (folder, to) = (store(), service());
    let (code, found, told) = reconcile(folder.path(), &to.address, &[]);
    assert_eq!(code, Some(0), "{told}");
    let rows: Vec<&str> = found.lines().collect();
    assert_eq!(rows[0].trim_end(), "name,kind,articles,target,label,score,match,safe,description,type");
    assert_eq!(rows[1].trim_end(), "Ilse Varga,Person,2,Q900001,Ilse Várga,97.5,yes,yes,,human");
    assert_eq!(rows[2].trim_end(), "Ilse Varga,Person,2,Q900002,Ilse Varga-Lind,97.5,no,no match,,human");
    for (name, safe) in
        [("Daniel", "several match"), ("Maren", ",yes,yes,"), ("Piet", "another name"), ("Sanna", "no candidate")]
    {
        assert!(rows.iter().any(|r| r.starts_with(name) && r.contains(safe)), "{name}: {found}");
    }
    // The manifest first, and then as many names at once as it wants.
    let asked = to.asked();
    assert!(asked[0].0.starts_with("GET /reconcile HTTP/1.1"), "{}", asked[0].0);
    assert_eq!(to.sizes(), [2, 2, 1]);
    let head = asked[1].0.to_lowercase();
    assert!(head.starts_with("post /reconcile ") && head.contains("content-type: application/x-www-form-urlencoded"));
    assert!(head.contains("user-agent: sayso/"), "{head}");
    let first = &asked[1].1["q0"];
    assert!(first["type"] == "Q5" && first["limit"] == 3 && first["query"].is_string(), "{first}");

    // Nothing is asked a second time, and the answer is the same.
    let before = (kept(folder.path()), to.asked().len());
    let (code, again, told) = reconcile(folder.path(), &to.address, &[]);
    assert_eq!((code, &again), (Some(0), &found), "{told}");
    assert!(told.contains("0 names asked in 0 requests, 5 answered before"), "{told}");
    assert_eq!((kept(folder.path()), to.asked().len()), before);
    // Unless it is wanted; with other batches the same bytes are kept.
    let (code, again, told) = reconcile(folder.path(), &to.address, &["--again", "--batch", "1"]);
    assert_eq!((code, &again), (Some(0), &found), "{told}");
    assert_eq!(kept(folder.path()), before.0);
    assert_eq!(to.sizes()[3..], [1, 1, 1, 1, 1]);
}

#[test]
fn kinds_types_and_numbers_are_chosen() {
    let (folder, to) = (store(), service());
    let (code, found, told) =
        reconcile(folder.path(), &to.address, &["--limit", "1", "--candidates", "1", "--type", "person=Q1"]);
    assert!(code == Some(0) && found.lines().count() == 2, "{found}{told}");
    assert_eq!(
        to.asked()[1].1,
        json!({ "q0": { "query": "Ilse Varga", "type": "Q1", "type_strict": "should", "limit": 3 } })
    );
    // That two match is seen, though one is shown.
    let (_, found, _) = reconcile(folder.path(), &to.address, &["--candidates", "1"]);
    assert!(found.lines().count() == 6 && found.contains("Daniel Okafor,97.5,yes,several match"), "{found}");
    let asked = to.asked().len();
    let (code, found, _) = reconcile(folder.path(), &to.address, &["--kind", "place"]);
    assert!(code == Some(0) && found.lines().count() == 1, "{found}");
    assert_eq!(to.asked().len(), asked, "nobody is asked about nothing");
    let (code, _, told) = reconcile(folder.path(), &to.address, &["--type", "horse=Q1"]);
    assert!(code == Some(3) && told.contains("person, organization"), "{told}");
    let output = sayso(folder.path(), &["link", "reconcile", "--endpoint", &to.address, "-o", "found.xlsx"], b"");
    assert!(output.status.success() && folder.path().join("found.xlsx").is_file());
}

#[test]
fn a_busy_service_is_asked_again_within_bounds() {
    let folder = store();
    let mut busy = vec![
        status("503 Service Unavailable", "retry-after: 0\r\n"),
        status("429 Too Many Requests", "retry-after: 1\r\n"),
        status("429 Too Many Requests", "retry-after: 0\r\n"),
    ];
    let to = Stub::new(move |head, queries| match busy.pop() {
        Some(busy) => busy,
        None => reply(&if head.starts_with("GET") { manifest() } else { answer(queries) }),
    });
    let (code, found, told) = reconcile(folder.path(), &to.address, &[]);
    assert!(code == Some(0) && found.contains("Q900001"), "{told}");
    assert!(told.contains("429 Too Many Requests, asked again in 1 s"), "{told}");

    // It asks for more patience than there is, after the first batch: that one is kept, and not asked again.
    let folder = store();
    let mut answers = 0;
    let to = Stub::new(move |head, queries| {
        answers += usize::from(head.starts_with("POST"));
        match answers {
            2 => status("429 Too Many Requests", "retry-after: 3600\r\n"),
            _ => reply(&if head.starts_with("GET") { manifest() } else { answer(queries) }),
        }
    });
    let (code, found, told) = reconcile(folder.path(), &to.address, &[]);
    assert!(
        code == Some(3) && found.is_empty() && told.contains("wait 3600 seconds") && told.contains("kept"),
        "{told}"
    );
    assert_eq!(kept(folder.path()).lines().count(), 3, "the manifest and two names");
    let (code, found, told) = reconcile(folder.path(), &to.address, &[]);
    assert!(code == Some(0) && found.contains("Q900001"), "{told}");
    assert_eq!(to.sizes(), [2, 2, 2, 1]);

    // One that is always busy is left alone after some time.
    let folder = store();
    let to = Stub::new(|_, _| status("503 Service Unavailable", "retry-after: 0\r\n"));
    let (code, _, told) = reconcile(folder.path(), &to.address, &[]);
    assert!(code == Some(3) && told.contains("5 times"), "{told}");
    assert_eq!(to.asked().len(), 5);
}

#[test]
fn what_is_no_answer_is_refused_by_name() {
    let folder = store();
    let page = answered("text/html", "<!doctype html><p>Welcome</p>");
    let too_long = answered("application/json", &" ".repeat((16 << 20) + 1));
    let manifests = [
        (page.clone(), "a page for people"),
        (answered("application/json", "{\"versions\": "), "is not JSON"),
        (reply(&json!({ "name": "Things" })), "no \"identifierSpace\""),
        (reply(&json!([])), "no \"identifierSpace\""),
        (reply(&json!({ "versions": ["1.0-draft"], "name": "x", "identifierSpace": "x" })), "speaks version 1.0-draft"),
        (status("404 Not Found", ""), "404 Not Found"),
        (status("302 Found", "location: http://127.0.0.1:1/other\r\n"), "not followed"),
        (too_long, "longer than 16 MB"),
    ];
    for (given, words) in manifests {
        let to = Stub::new(move |_, _| given.clone());
        let (code, found, told) = reconcile(folder.path(), &to.address, &[]);
        assert!(
            code == Some(3) && found.is_empty() && told.contains(words) && told.contains("hint:"),
            "{words}: {told}"
        );
        assert_eq!(to.asked().len(), 1);
        assert_eq!(kept(folder.path()), "");
    }
    let result = |value: Value| json!({ "q0": { "result": value }, "q1": { "result": [] } });
    let batches = [
        (page, "a page for people"),
        (reply(&json!([])), "it is no object"),
        (reply(&json!({ "q0": { "result": [] } })), "it has no \"q1\""),
        (reply(&json!({ "q0": { "result": [] }, "q1": {} })), "has no \"result\""),
        (
            reply(&json!({ "q0": { "result": [] }, "q1": { "result": [] }, "q7": { "result": [] } })),
            "\"q7\", which was not asked",
        ),
        (reply(&json!({ "q00": { "result": [] }, "q1": { "result": [] } })), "\"q00\", which was not asked"),
        (reply(&result(json!({}))), "is no list"),
        (reply(&result(json!([{ "name": "Ilse Varga", "score": 1 }]))), "without \"id\""),
        (reply(&result(json!([{ "id": "Q1", "score": 1 }]))), "without \"name\""),
        (reply(&result(json!([{ "id": "Q1", "name": "Ilse Varga" }]))), "without \"score\""),
        (status("500 Internal Server Error", ""), "500 Internal"),
    ];
    for (given, words) in batches {
        let _ = std::fs::remove_dir_all(folder.path().join("known"));
        let to = Stub::new(move |head, _| if head.starts_with("GET") { reply(&manifest()) } else { given.clone() });
        let (code, found, told) = reconcile(folder.path(), &to.address, &["--accept"]);
        assert!(
            code == Some(3) && found.is_empty() && told.contains(words) && told.contains("hint:"),
            "{words}: {told}"
        );
        assert!(!folder.path().join("decisions.tsv").exists());
        assert_eq!(kept(folder.path()).lines().count(), 1, "the manifest");
    }
    let slow = Stub::new(|_, _| {
        std::thread::sleep(Duration::from_secs(30));
        String::new()
    });
    let (code, _, told) = reconcile(folder.path(), &slow.address, &["--timeout", "1"]);
    assert!(code == Some(3) && told.contains("not answered within 1 seconds") && told.contains("--timeout"), "{told}");
    for address in ["ftp://things.example/", "things.example", "http://me@things.example/"] {
        let (code, _, told) = reconcile(folder.path(), address, &[]);
        assert!(code == Some(3) && told.contains("no address of a service"), "{told}");
    }
    // A file of answers that somebody has changed.
    std::fs::create_dir_all(folder.path().join("known")).expect("a folder");
    std::fs::write(folder.path().join("known/reconciled.jsonl"), "{}\n").expect("written");
    let (code, _, told) = reconcile(folder.path(), &slow.address, &[]);
    assert!(code == Some(3) && told.contains("reconciled.jsonl: line 1") && told.contains("delete"), "{told}");
}

#[test]
fn safe_matches_become_decisions_and_those_of_people_stay() {
    let (folder, to) = (store(), service());
    let run = |arguments: &[&str]| {
        let output = sayso(folder.path(), arguments, b"");
        assert!(output.status.success(), "{arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
        String::from_utf8(output.stdout).expect("UTF-8")
    };
    let decisions = || std::fs::read_to_string(folder.path().join("decisions.tsv")).unwrap_or_default();
    // Without --accept nothing is decided.
    reconcile(folder.path(), &to.address, &[]);
    assert_eq!(decisions(), "");
    run(&["link", "reject", "Maren Toft"]);
    let before = decisions();
    let (code, found, told) = reconcile(folder.path(), &to.address, &["--accept", "--day", "2031-03-06"]);
    assert!(code == Some(0) && !found.contains("Maren Toft") && told.contains("1 name is left out"), "{found}{told}");
    let by = format!("reconcile {}", to.address);
    assert_eq!(decisions(), format!("{before}accept\tlink\t\tIlse Varga\t\t\tQ900001\t2031-03-06\t{by}\n"));
    let item =
        "SELECT ?who { ?who rdfs:label 'Ilse Varga' ; skos:exactMatch <http://www.wikidata.org/entity/Q900001> }";
    assert_eq!(run(&["query", item, "--format", "csv"]).lines().count(), 1, "not before a build");
    build(folder.path());
    assert_eq!(run(&["query", item, "--format", "csv"]).lines().count(), 2);
    assert!(run(&["link", "list"]).contains("accept\tIlse Varga\tQ900001\t\tholds"));
    let after = decisions();
    let (code, found, told) = reconcile(folder.path(), &to.address, &["--accept"]);
    assert!(
        code == Some(0) && !found.contains("Ilse Varga") && told.contains("nothing new is decided"),
        "{found}{told}"
    );
    assert_eq!(decisions(), after);
}

#[test]
fn a_store_of_our_own_answers() {
    let other = super::serve::server(super::view::bridge(), sayso::serve::Options::default());
    let folder = store();
    let endpoint = format!("http://{}/reconcile", other.address());
    let (code, found, told) = reconcile(folder.path(), &endpoint, &["--accept"]);
    assert_eq!(code, Some(0), "{told}");
    let row = found.lines().find(|line| line.starts_with("Ilse Varga")).expect("a row");
    assert!(row.contains(",Ilse Varga,100.0,yes,yes,") && row.contains("Person"), "{row}");
    assert!(found.lines().any(|line| line.starts_with("Sanna Ek") && line.contains("no candidate")), "{found}");
    build(folder.path());
    let list = sayso(folder.path(), &["link", "list"], b"");
    assert!(String::from_utf8_lossy(&list.stdout).contains("holds"));
}
