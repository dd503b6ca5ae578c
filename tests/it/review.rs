//! Decisions of people: made on the review page by whoever came by its link and by nobody else, applied everywhere, and
//! holding when the store is built anew.

use std::net::{SocketAddr, TcpListener};
use std::path::Path;
use std::time::Duration;

use sayso::serve::{Options, Review, Running, start};

use super::cli::sayso;
use super::serve::{Reply, send};

const ARTICLE: &str = "Harbour strike\n\nLina Haddad said on Monday that forty ships had left the harbour. \
    The port authority denied that any ship had left. Tom Reyes said that nine ships were waiting.\n";

/// A folder with a store of one article.
fn folder() -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    std::fs::write(folder.path().join("harbour.txt"), ARTICLE).expect("written");
    built(folder.path());
    folder
}

fn built(folder: &Path) {
    let output = sayso(folder, &["build", "harbour.txt"], b"");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
}

fn asked(folder: &Path, arguments: &[&str]) -> (String, String) {
    let output = sayso(folder, arguments, b"");
    assert!(output.status.success(), "{arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    (text(&output.stdout), text(&output.stderr))
}

fn server(folder: &Path) -> (Running, Review) {
    let port = TcpListener::bind("127.0.0.1:0").and_then(|l| l.local_addr()).expect("a free port").port();
    let decisions = folder.join("decisions.tsv");
    let review = Review::new(decisions.clone(), "A. Editor".into(), false).expect("random numbers");
    let options = Options {
        address: SocketAddr::from(([127, 0, 0, 1], port)),
        decisions: Some(decisions),
        review: Some(review.clone()),
        ..Options::default()
    };
    let store = sayso::graph::store::Store::open(folder.join("sayso-store")).and_then(|s| s.load()).expect("a store");
    (start(store, options).expect("the server starts"), review)
}

/// The key of the link, and the mark that forms carry for it.
fn entered(site: &Running, review: &Review) -> (String, String) {
    let welcome = send(site, "GET", &review.link(), &[], b"");
    assert_eq!(welcome.status, 303, "{}", welcome.head);
    assert!(welcome.head.contains("httponly") && welcome.head.contains("samesite=strict"), "{}", welcome.head);
    let cookie =
        welcome.head.split("set-cookie: ").nth(1).and_then(|c| c.split(';').next()).expect("a cookie").to_owned();
    let page = send(site, "GET", "/review?min=0", &[("cookie", &cookie), ("accept", "text/html")], b"");
    assert_eq!(page.status, 200);
    let mark = page.body.split("name=\"mark\" value=\"").nth(1).and_then(|m| m.split('"').next()).expect("a mark");
    (cookie, mark.to_owned())
}

fn form(pairs: &[(&str, &str)]) -> String {
    let written = |text: &str| {
        text.bytes()
            .map(|b| if b.is_ascii_alphanumeric() { char::from(b).to_string() } else { format!("%{b:02X}") })
            .collect::<String>()
    };
    pairs.iter().map(|(n, v)| format!("{}={}", written(n), written(v))).collect::<Vec<_>>().join("&")
}

fn post(site: &Running, cookie: &str, extra: &[(&str, &str)], body: &str) -> Reply {
    let mut headers = vec![("content-type", "application/x-www-form-urlencoded"), ("cookie", cookie)];
    headers.extend(extra);
    send(site, "POST", "/review", &headers, body.as_bytes())
}

/// What a speaker of the store says, as the table of statements has it.
fn words_of(folder: &Path, speaker: &str) -> String {
    let (table, _) =
        asked(folder, &["ask", "who-said", "--speaker", speaker, "--min-confidence", "0", "--format", "jsonl"]);
    let line: serde_json::Value = serde_json::from_str(table.lines().next().expect("a row")).expect("JSON");
    line["words"].as_str().or(line["what"].as_str()).expect("words").to_owned()
}

#[test]
fn a_decision_is_applied_at_once_and_holds_when_the_store_is_built_anew() {
    let folder = folder();
    let (site, review) = server(folder.path());
    let (cookie, mark) = entered(&site, &review);
    let (haddad, reyes) = (words_of(folder.path(), "Haddad"), words_of(folder.path(), "Reyes"));
    let decide = |words: &str, more: &[(&str, &str)]| {
        let mut pairs = vec![
            ("mark", mark.as_str()),
            ("kind", "statement"),
            ("article", "harbour"),
            ("words", words),
            ("back", "min=0"),
        ];
        pairs.extend(more);
        let reply =
            post(&site, &cookie, &[("origin", "http://localhost"), ("sec-fetch-site", "same-origin")], &form(&pairs));
        assert_eq!(reply.status, 303, "{}", reply.body);
        assert!(reply.head.contains("location: /review?min=0"), "{}", reply.head);
    };
    decide(&haddad, &[("decision", "reject"), ("now", "Lina Haddad")]);
    decide(&reyes, &[("decision", "accept"), ("now", "Tom Reyes"), ("choice", "Tom Reyes"), ("other", "Ada Quill")]);
    let page = |path: &str| send(&site, "GET", path, &[("accept", "text/html")], b"").body;
    let shown = page("/statements?min=0");
    assert!(
        shown.contains("rejected by hand")
            && shown.contains("speaker corrected by hand")
            && shown.contains("Ada Quill")
    );
    assert!(!page("/statements?q=forty").contains("rejected by hand"), "a rejected statement is not shown by default");
    let told = page("/review");
    assert!(told.contains("Of 2 statements that were checked 0 were right"), "{told}");
    let table = std::fs::read_to_string(folder.path().join("decisions.tsv")).expect("the table");
    assert!(table.starts_with("decision\tkind\t") && table.lines().count() == 3 && !table.contains("http"), "{table}");
    assert!(table.lines().all(|line| line.split('\t').count() == 9), "{table}");
    let check = |when: &str| {
        let (rows, note) = asked(folder.path(), &["ask", "who-said", "--min-confidence", "0", "--format", "csv"]);
        assert!(!rows.contains("Lina Haddad,"), "{when}: {rows}");
        assert!(note.contains("1 statement rejected by hand is left out"), "{when}: {note}");
        let (score, _) = asked(folder.path(), &["decisions", "--score"]);
        assert!(score.contains("statement\t2\t0\t0.000"), "{when}: {score}");
        let (list, _) = asked(folder.path(), &["decisions"]);
        assert_eq!(list.matches("\tholds\n").count(), 2, "{when}: {list}");
    };
    check("before the build");
    built(folder.path());
    check("after the build");
    // Now the graph itself has what was decided.
    let (rows, _) = asked(folder.path(), &["ask", "who-said", "--format", "csv"]);
    assert!(rows.contains("Ada Quill") && !rows.contains("Tom Reyes"), "{rows}");
    // And a decision that is taken back is gone with the next build.
    let line = table.lines().nth(2).expect("a line").to_owned();
    let cells: Vec<&str> = line.split('\t').collect();
    let names = ["decision", "kind", "article", "words", "prefix", "field", "value", "day", "by"];
    let mut pairs = vec![("mark", mark.as_str()), ("undo", "1")];
    pairs.extend(names.into_iter().zip(cells));
    assert_eq!(post(&site, &cookie, &[], &form(&pairs)).status, 303);
    built(folder.path());
    let (rows, _) = asked(folder.path(), &["ask", "who-said", "--format", "csv"]);
    assert!(rows.contains("Tom Reyes") && !rows.contains("Ada Quill"), "{rows}");
    site.stop(Duration::from_secs(1));
}

#[test]
fn only_who_came_by_the_link_can_decide() {
    let folder = folder();
    let (site, review) = server(folder.path());
    let (cookie, mark) = entered(&site, &review);
    let good = form(&[
        ("mark", &mark),
        ("kind", "statement"),
        ("article", "harbour"),
        ("words", "x"),
        ("decision", "reject"),
        ("now", "y"),
    ]);
    let bad_mark = good.replace(&mark, &"0".repeat(mark.len()));
    for (cookie, extra, body) in [
        ("", &[][..], &good),
        ("sayso-review=0000", &[], &good),
        (cookie.as_str(), &[], &bad_mark),
        (cookie.as_str(), &[("origin", "http://evil.example")], &good),
        (cookie.as_str(), &[("origin", "null")], &good),
        (cookie.as_str(), &[("origin", "null"), ("sec-fetch-site", "cross-site")], &good),
        (cookie.as_str(), &[("origin", "http://localhost.evil.example")], &good),
        (cookie.as_str(), &[("sec-fetch-site", "cross-site")], &good),
        (cookie.as_str(), &[("sec-fetch-site", "same-site")], &good),
    ] {
        let reply = post(&site, cookie, extra, body);
        assert_eq!(reply.status, 403, "{cookie} {extra:?}: {}", reply.body);
    }
    // A form as plain text, as other sites can send without asking, and a key that was guessed.
    let plain = send(&site, "POST", "/review", &[("cookie", &cookie), ("content-type", "text/plain")], good.as_bytes());
    assert_eq!(plain.status, 415);
    assert_eq!(send(&site, "GET", "/review?key=0000", &[], b"").status, 403);
    let other = send(&site, "POST", "/review", &[("cookie", &cookie)], b"");
    assert!(other.status == 415 || other.status == 403);
    assert!(!folder.path().join("decisions.tsv").exists());
    // Who only reads sees what was decided, and no form.
    let page = send(&site, "GET", "/review?min=0", &[("accept", "text/html")], b"").body;
    assert!(!page.contains(&mark) && !page.contains("method=\"post\"") && page.contains("sayso serve --review"));
    // Cells of the table cannot be broken out of, nor can the address that is gone on to.
    let sly = form(&[
        ("mark", &mark),
        ("kind", "statement"),
        ("article", "harbour"),
        ("words", "a\nreject\tlink\t\tb\r\n<script>alert(1)</script>"),
        ("decision", "accept"),
        ("choice", "<img src=x>"),
        ("now", "y"),
        ("back", "\r\nset-cookie: x=y"),
    ]);
    // A browser that is told to give no referrer gives the origin "null" for our own forms.
    let reply = post(&site, &cookie, &[("origin", "null"), ("sec-fetch-site", "same-origin")], &sly);
    assert_eq!(reply.status, 303);
    assert!(!reply.head.contains("x=y"), "{}", reply.head);
    let table = std::fs::read_to_string(folder.path().join("decisions.tsv")).expect("the table");
    assert_eq!(table.lines().count(), 2, "{table}");
    let page = send(&site, "GET", "/review", &[("accept", "text/html"), ("cookie", &cookie)], b"").body;
    assert!(!page.contains("<script>alert") && !page.contains("<img src=x>") && page.contains("&lt;script&gt;"));
    site.stop(Duration::from_secs(1));
}

#[cfg(unix)]
#[test]
fn a_table_that_cannot_be_written_stays_whole() {
    use std::os::unix::fs::PermissionsExt;
    let folder = folder();
    let path = folder.path().join("decisions.tsv");
    let line = "decision\tkind\tarticle\twords\tprefix\tfield\tvalue\tday\tby\naccept\tstatement\t\tx\t\t\t\t\t\n";
    std::fs::write(&path, line).expect("written");
    let (site, review) = server(folder.path());
    let (cookie, mark) = entered(&site, &review);
    // Where the new table cannot be made beside the old one (a folder has its name), nothing changes, whoever runs this.
    std::fs::create_dir(folder.path().join(".decisions.tsv.new")).expect("a folder");
    let body = form(&[("mark", &mark), ("kind", "statement"), ("words", "y"), ("decision", "reject"), ("now", "")]);
    let reply = post(&site, &cookie, &[("accept", "text/html")], &body);
    assert_eq!(reply.status, 500, "{}", reply.body);
    assert!(reply.body.contains("the file is as it was"), "{}", reply.body);
    assert_eq!(std::fs::read_to_string(&path).expect("the table"), line);
    assert!(std::fs::metadata(&path).expect("about it").permissions().mode() & 0o400 != 0);
    // A table that a person has broken is said to be so, and the pages go on.
    std::fs::write(&path, "perhaps\tstatement\t\tx\n").expect("written");
    let page = send(&site, "GET", "/review", &[("accept", "text/html")], b"");
    assert!(page.status == 200 && page.body.contains("line 1: a decision is accept or reject"), "{}", page.body);
    site.stop(Duration::from_secs(1));
}

#[test]
fn nobody_decides_where_review_is_off_or_the_network_listens() {
    let folder = folder();
    let output = sayso(folder.path(), &["serve", "--review", "--host", "0.0.0.0", "--port", "1"], b"");
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(output.status.code() == Some(3) && said.contains("--behind-tls"), "{said}");
}

#[test]
fn two_names_are_one_at_once_and_in_the_graph_after_the_build() {
    let folder = tempfile::tempdir().expect("a folder");
    let articles = [
        (
            "one",
            "Harbour strike\n\nLina Haddad, the harbour master, said on Monday that forty ships had left the harbour. The port police said that nine ships were waiting in the harbour.\n",
        ),
        (
            "two",
            "Harbour strike goes on\n\nHaddad said on Tuesday that forty ships had left the harbour. Police said that eleven ships were waiting in the harbour.\n",
        ),
    ];
    for (name, text) in articles {
        std::fs::write(folder.path().join(format!("{name}.txt")), text).expect("written");
    }
    let build = || {
        let output = sayso(folder.path(), &["build", "one.txt", "two.txt"], b"");
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    };
    build();
    let (site, review) = server(folder.path());
    let (cookie, mark) = entered(&site, &review);
    let page = |path: &str| send(&site, "GET", path, &[("accept", "text/html")], b"").body;
    let nodes = || {
        let query = "SELECT (COUNT(DISTINCT ?who) AS ?n) { ?s sayso:speaker ?who . ?who rdfs:label ?name . FILTER(CONTAINS(?name, \"Haddad\")) }";
        let (rows, _) = asked(folder.path(), &["query", query, "--format", "csv"]);
        rows.lines().nth(1).expect("a row").trim().to_owned()
    };
    assert_eq!(nodes(), "2", "by themselves they are two");
    let both = |decision: &str, article: &str, words: &str, value: &str| {
        let pairs = [
            ("mark", mark.as_str()),
            ("kind", "merge"),
            ("article", article),
            ("words", words),
            ("decision", decision),
            ("choice", value),
            ("now", value),
        ];
        let reply = post(&site, &cookie, &[], &form(&pairs));
        assert_eq!(reply.status, 303, "{}", reply.body);
    };
    both("accept", " | two", "Lina Haddad | Haddad", "urn:sayso:same:lina-haddad");
    let speakers = page("/speakers?q=Haddad&min=0");
    assert!(speakers.contains("1 speaker,") && speakers.contains("Lina Haddad"), "{speakers}");
    let rows = page("/statements?speaker=Lina%20Haddad&min=0");
    assert!(rows.contains("2 statements") || rows.contains("3 statements"), "{rows}");
    assert!(page("/review?of=merge").contains("Of 1 pair of names that was checked 1 is one and the same"));
    build();
    assert_eq!(nodes(), "1", "and one in the graph");
    let (list, _) = asked(folder.path(), &["decisions"]);
    assert_eq!(list.matches("\tholds\n").count(), 1, "{list}");
    let (score, _) = asked(folder.path(), &["decisions", "--score"]);
    assert!(score.contains("merge\t1\t1\t1.000"), "{score}");
    // What cannot be two speakers is refused.
    let bad =
        form(&[("mark", &mark), ("kind", "merge"), ("words", "one alone"), ("decision", "accept"), ("choice", "Q1")]);
    assert_eq!(post(&site, &cookie, &[], &bad).status, 400);
    let sly = form(&[
        ("mark", &mark),
        ("kind", "merge"),
        ("words", "a | b"),
        ("decision", "accept"),
        ("choice", "no target"),
    ]);
    assert_eq!(post(&site, &cookie, &[], &sly).status, 400);
    site.stop(Duration::from_secs(1));
}

#[test]
fn two_names_of_several_articles_are_decided_and_taken_back_at_once() {
    let folder = folder();
    let (site, review) = server(folder.path());
    let (cookie, mark) = entered(&site, &review);
    let names = [("kind", "merge"), ("article", " | one"), ("also", " | two"), ("words", "Lina Haddad | Haddad")];
    let decide = [("mark", mark.as_str()), ("decision", "accept"), ("choice", "urn:sayso:same:lina-haddad")];
    assert_eq!(post(&site, &cookie, &[], &form(&[&names[..], &decide[..]].concat())).status, 303);
    let table = || std::fs::read_to_string(folder.path().join("decisions.tsv")).expect("the table");
    assert_eq!(table().matches("accept\tmerge\t").count(), 2, "{}", table());
    let page = || send(&site, "GET", "/review?of=merge", &[("cookie", &cookie), ("accept", "text/html")], b"").body;
    let told = page();
    assert!(told.contains("Of 1 pair of names that was checked 1 is one and the same"), "{told}");
    assert_eq!(told.matches("class=\"undo\"").count(), 1, "one to be taken back: {told}");
    let line = table().lines().nth(1).expect("a line").to_owned();
    let cells = ["decision", "kind", "article", "words", "prefix", "field", "value", "day", "by"];
    let mut pairs = vec![("mark", mark.as_str()), ("undo", "1"), ("also", "| two")];
    pairs.extend(cells.into_iter().zip(line.split('\t')));
    assert_eq!(post(&site, &cookie, &[], &form(&pairs)).status, 303);
    assert!(!table().contains("merge"), "{}", table());
    assert_eq!(post(&site, &cookie, &[], &form(&pairs)).status, 409);
    site.stop(Duration::from_secs(1));
}
