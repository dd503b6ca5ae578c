//! What other programs open: the database, the sheet to check by hand, the protocol of assistants.

use std::fs;
use std::path::Path;
use std::process::Command;

use serde_json::{Value, json};

use crate::cli::sayso;

/// A store of three short articles.
fn store() -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("folder");
    let rows = [
        json!({"id": "march-1", "title": "March draws crowds", "date": "2018-06-17", "publisher": "Daily News", "url": "http://x.example/1", "text": "Police said on Sunday that 241,000 people joined the march in Ardmouth. \"We expected fewer,\" said Ann Smith, the mayor of Ardmouth."}),
        json!({"id": "march-2", "title": "Thousands march", "date": "2018-06-17", "publisher": "Herald", "url": "http://x.example/2", "text": "Organisers said on Sunday that 1.3 million people joined the march in Ardmouth. Café owner José Marín told the Herald that his windows had been broken."}),
        json!({"id": "strike", "title": "Strike at the plant", "date": "2018-06-18", "publisher": "Herald", "text": "The union said 400 workers walked out at the plant on Monday. The company said only 120 workers were absent."}),
    ];
    let lines: String = rows.iter().map(|r| format!("{r}\n")).collect();
    let built = sayso(folder.path(), &["build", "-", "-q"], lines.as_bytes());
    assert_eq!(built.status.code(), Some(0), "{}", String::from_utf8_lossy(&built.stderr));
    folder
}

fn python(folder: &Path, script: &str) -> Option<String> {
    let output = Command::new("python3").args(["-c", script]).current_dir(folder).output().ok()?;
    if !output.status.success() && String::from_utf8_lossy(&output.stderr).contains("No module named") {
        return None;
    }
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    Some(String::from_utf8_lossy(&output.stdout).trim().to_owned())
}

#[test]
fn the_database_opens_and_finds_words() {
    let folder = store();
    let output = sayso(folder.path(), &["export", "-o", "news.sqlite", "-q"], b"");
    assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
    let first = fs::read(folder.path().join("news.sqlite")).expect("file");
    assert!(first.starts_with(b"SQLite format 3\0"));
    sayso(folder.path(), &["export", "--format", "sqlite", "-o", "again.db", "-q"], b"");
    assert_eq!(first, fs::read(folder.path().join("again.db")).expect("file"), "the same bytes each time");
    let script = "
import sqlite3
db = sqlite3.connect('news.sqlite')
one = lambda q, *a: db.execute(q, a).fetchone()[0]
print(one('pragma integrity_check'))
print(len(db.execute('pragma foreign_key_check').fetchall()))
print(one('select count(*) from articles'), one('select count(*) from quantities where value = 241000'))
print(one(\"select a.publisher from statements s join articles a on a.id = s.article where s.words like '%241,000%' and s.mode <> 'narrator'\"))
print(one(\"select count(*) > 0 from statements where id in (select rowid from statements_fts where statements_fts match 'windows broken')\"))
print(one(\"select count(*) > 0 from statements where id in (select rowid from statements_fts where statements_fts match 'cafe')\"))
print(one(\"select count(*) > 0 from statements where id in (select rowid from statements_fts where statements_fts match 'marin OR xyzzy')\"))
print(one(\"select count(*) from articles where id in (select rowid from articles_fts where articles_fts match '\\\"joined the march\\\"')\"))
print(one(\"select typeof(confidence) from statements where confidence is not null limit 1\"))
db.execute(\"insert into statements_fts(statements_fts) values('integrity-check')\")
print('whole')
";
    let Some(said) = python(folder.path(), script) else {
        eprintln!("skipped: no python3 with sqlite3");
        return;
    };
    assert_eq!(said.lines().collect::<Vec<_>>(), ["ok", "0", "3 1", "Daily News", "1", "1", "1", "2", "real", "whole"]);
}

#[test]
fn a_long_text_takes_pages_of_its_own_and_many_rows_a_tree() {
    let folder = tempfile::tempdir().expect("folder");
    let long: String = (0..200)
        .map(|n| format!("Mayor Ann Smith said on Monday that {n} farmers had come to town number {n}. "))
        .collect();
    let rows: String = (0..400)
        .map(|n| json!({"id": format!("a{n}"), "date": "2018-06-17", "publisher": "P", "title": format!("Title {n}"), "text": if n == 7 { long.clone() } else { format!("Police said on Sunday that {n} people were hurt in town number {n}.") }}).to_string() + "\n")
        .collect();
    let built = sayso(folder.path(), &["build", "-", "-q", "--no-compare"], rows.as_bytes());
    assert!(matches!(built.status.code(), Some(0 | 1)), "{}", String::from_utf8_lossy(&built.stderr));
    sayso(folder.path(), &["export", "-o", "news.sqlite", "-q"], b"");
    let script = "
import sqlite3
db = sqlite3.connect('news.sqlite')
print(db.execute('pragma integrity_check').fetchone()[0], db.execute('select count(*), max(length(text)) > 9000 from articles').fetchone())
print(db.execute(\"select identifier from articles where id in (select rowid from articles_fts where articles_fts match '\\\"town number 399\\\"')\").fetchall())
db.execute(\"insert into articles_fts(articles_fts) values('integrity-check')\")
";
    if let Some(said) = python(folder.path(), script) {
        assert_eq!(said, "ok (400, 1)\n[('a399',)]");
    }
}

#[test]
fn a_sample_is_drawn_by_chance_the_same_each_time_and_scored() {
    let folder = store();
    let draw = |arguments: &[&str]| {
        let output = sayso(folder.path(), arguments, b"");
        assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
        String::from_utf8_lossy(&output.stdout).into_owned()
    };
    let sheet = draw(&["sample", "4", "--min-confidence", "0"]);
    assert_eq!(sheet, draw(&["sample", "4", "--min-confidence", "0"]));
    assert_ne!(sheet, draw(&["sample", "4", "--min-confidence", "0", "--seed", "2"]));
    let mut reader = csv::Reader::from_reader(sheet.as_bytes());
    let titles = reader.headers().expect("titles").clone();
    let place = |name: &str| titles.iter().position(|t| t == name).unwrap_or_else(|| panic!("{name} in {titles:?}"));
    let rows: Vec<csv::StringRecord> = reader.records().map(|r| r.expect("a row")).collect();
    assert_eq!(rows.len(), 4);
    assert!(rows.iter().all(|r| !r[place("sentence")].is_empty() && r[place("speaker_right")].is_empty()));
    let mut writer = csv::Writer::from_writer(Vec::new());
    writer.write_record(&titles).expect("written");
    for (number, row) in rows.iter().enumerate() {
        let mut cells: Vec<String> = row.iter().map(str::to_owned).collect();
        for name in ["speaker_right", "words_right", "manner_right"] {
            cells[place(name)] = if number == 3 && name == "words_right" { "n" } else { "Y" }.into();
        }
        writer.write_record(&cells).expect("written");
    }
    fs::write(folder.path().join("sheet.csv"), writer.into_inner().expect("bytes")).expect("file");
    let score = draw(&["sample", "--score", "sheet.csv"]);
    assert_eq!(
        score,
        "field\tright\tcoded\tprecision\tlow\thigh\nspeaker\t4\t4\t1.000\t0.510\t1.000\nwords\t3\t4\t0.750\t0.301\t0.954\nmanner\t4\t4\t1.000\t0.510\t1.000\neverything\t3\t4\t0.750\t0.301\t0.954\n"
    );
    fs::write(folder.path().join("empty.csv"), &sheet).expect("file");
    let output = sayso(folder.path(), &["sample", "--score", "empty.csv"], b"");
    assert_eq!(output.status.code(), Some(3));
    assert!(String::from_utf8_lossy(&output.stderr).contains("coded yet"));
}

/// What a client begins with.
fn greeting(version: &str) -> [Value; 2] {
    let client =
        json!({"protocolVersion": version, "capabilities": {}, "clientInfo": {"name": "test", "version": "1"}});
    [
        json!({"jsonrpc": "2.0", "id": "greeting", "method": "initialize", "params": client}),
        json!({"jsonrpc": "2.0", "method": "notifications/initialized"}),
    ]
}

/// What is written when these lines are read, a message a line.
fn exchange(folder: &Path, lines: &str) -> Vec<Value> {
    let output = sayso(folder, &["mcp", "-q"], lines.as_bytes());
    assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    text.lines().map(|l| serde_json::from_str(l).expect("JSON")).collect()
}

/// The answers to messages that follow a greeting: one for each that has an id, in their order.
fn talk(folder: &Path, messages: &[Value]) -> Vec<Value> {
    let lines: String = greeting("2025-11-25").iter().chain(messages).map(|m| format!("{m}\n")).collect();
    let mut given = exchange(folder, &lines);
    assert_eq!(given.remove(0)["id"], "greeting");
    let asked: Vec<&Value> = messages.iter().filter_map(|m| m.get("id")).collect();
    assert_eq!(given.len(), asked.len(), "a notification has no answer");
    let answer = |id: &Value| given.iter().find(|a| a["id"] == *id).unwrap_or_else(|| panic!("no answer to {id}"));
    asked.into_iter().map(|id| answer(id).clone()).collect()
}

fn call(id: u64, tool: &str, arguments: Value) -> Value {
    json!({"jsonrpc": "2.0", "id": id, "method": "tools/call", "params": {"name": tool, "arguments": arguments}})
}

#[test]
fn assistants_are_answered_with_evidence() {
    let folder = store();
    let answers = talk(
        folder.path(),
        &[
            json!({"jsonrpc": "2.0", "id": "one", "method": "ping"}),
            json!({"jsonrpc": "2.0", "id": 3, "method": "tools/list"}),
            call(4, "who_said", json!({"speaker": "police"})),
            call(5, "figures", json!({"about": "people", "limit": 1})),
            call(6, "disputes", json!({})),
            call(7, "timeline", json!({"since": "2018-06-01"})),
            call(8, "article", json!({"document": "strike"})),
            call(9, "sparql", json!({"query": "SELECT (COUNT(*) AS ?n) { ?a a sayso:Document }"})),
        ],
    );
    assert_eq!(answers[0]["result"], json!({}));
    let tools = answers[1]["result"]["tools"].as_array().expect("tools");
    let names: Vec<&str> = tools.iter().map(|t| t["name"].as_str().expect("a name")).collect();
    assert_eq!(names, ["who_said", "figures", "disputes", "timeline", "article", "evidence", "sparql"]);
    for tool in tools {
        assert_eq!(tool["inputSchema"]["type"], "object");
        assert_eq!(tool["annotations"]["readOnlyHint"], true);
        let parameters = tool["inputSchema"]["properties"].as_object().expect("properties");
        assert!(parameters.keys().all(|k| k.bytes().all(|b| b.is_ascii_lowercase() || b == b'_')), "{parameters:?}");
    }
    let rows = |n: usize| answers[n]["result"]["structuredContent"]["rows"].as_array().expect("rows").clone();
    let said = &rows(2)[0];
    assert!(said["who"].as_str().expect("who").to_lowercase().contains("police"), "{said}");
    assert!(
        said["sentence"].as_str().expect("a sentence").contains("241,000") && said["address"] == "http://x.example/1",
        "{said}"
    );
    let text: Value =
        serde_json::from_str(answers[2]["result"]["content"][0]["text"].as_str().expect("text")).expect("JSON");
    assert_eq!(text, answers[2]["result"]["structuredContent"]);
    assert_eq!((rows(3).len(), &answers[3]["result"]["structuredContent"]["more"]), (1, &json!(true)));
    for (n, columns) in [(3, &["number", "sentence", "who"][..]), (6, &["identifier", "title", "published"])] {
        assert!(columns.iter().all(|c| !rows(n)[0][*c].is_null()), "{n}: {:?}", rows(n)[0]);
    }
    assert_eq!(rows(7)[0]["n"], 3);
    let evidence = talk(folder.path(), &[call(1, "evidence", json!({"statement_id": said["statement"]}))]);
    let place = &evidence[0]["result"]["structuredContent"]["rows"][0];
    assert_eq!((&place["sentence"], &place["identifier"]), (&said["sentence"], &json!("march-1")), "{place}");
}

#[test]
fn an_assistant_sees_as_many_rows_as_it_asks_for_and_then_the_next() {
    let folder = tempfile::tempdir().expect("folder");
    // Statements over two sentences are one row, and articles without an address tell their identifiers.
    let text = |n: usize| {
        format!(
            "“We lost {n}0 boats. The harbour is closed,” said Ann Smith, the mayor. Police said {n} people were missing."
        )
    };
    let lines: String = (1..=6)
        .map(|n| format!("{}\n", json!({"id": format!("harbour-{n}"), "date": "2018-06-17", "text": text(n)})))
        .collect();
    assert!(sayso(folder.path(), &["build", "-", "-q"], lines.as_bytes()).status.success());
    let all = json!({"min_confidence": "0"});
    let some = |limit: usize, offset: usize| json!({"min_confidence": "0", "limit": limit, "offset": offset});
    let answers = talk(
        folder.path(),
        &[
            call(1, "who_said", all),
            call(2, "who_said", some(5, 0)),
            call(3, "who_said", some(5, 5)),
            call(4, "who_said", some(100, 5)),
            call(5, "who_said", json!({"offset": -1})),
        ],
    );
    let rows = |n: usize| answers[n]["result"]["structuredContent"]["rows"].as_array().expect("rows").clone();
    let more = |n: usize| answers[n]["result"]["structuredContent"]["more"] == json!(true);
    let all = rows(0);
    assert!(all.len() >= 12 && !more(0), "{}", all.len());
    assert!(all.iter().all(|row| row["identifier"].as_str().is_some_and(|id| id.starts_with("harbour-"))), "{all:?}");
    assert_eq!((rows(1), more(1)), (all[..5].to_vec(), true));
    assert_eq!((rows(2), more(2)), (all[5..10].to_vec(), true));
    assert_eq!((rows(3), more(3)), (all[5..].to_vec(), false));
    assert_eq!(answers[4]["result"]["isError"], true);
}

#[test]
fn what_an_assistant_gets_wrong_is_told_and_nothing_is_written() {
    let folder = store();
    let before = sayso(folder.path(), &["export", "--format", "nquads"], b"").stdout;
    let answers = talk(
        folder.path(),
        &[
            json!({"jsonrpc": "2.0", "id": 1, "method": "resources/read", "params": {"uri": "x"}}),
            json!({"jsonrpc": "2.0", "id": 2, "method": "tools/call", "params": {"name": "drop_all"}}),
            call(3, "who_said", json!({"since": "last week"})),
            call(4, "who_said", json!({"colour": "red"})),
            call(5, "sparql", json!({"query": "DELETE WHERE { ?s ?p ?o }"})),
            call(6, "sparql", json!({"query": "SELECT * { SERVICE <http://127.0.0.1:1/> { ?s ?p ?o } }"})),
            call(7, "sparql", json!({})),
            call(10, "disputes", json!({"verdict_is": "quarrel"})),
            call(11, "article", json!({"publisher": "x"})),
            call(12, "timeline", json!({"since": "2018-06-02", "until": "2018-06-01"})),
        ],
    );
    assert_eq!(answers[0]["error"]["code"], -32601);
    assert_eq!(answers[1]["error"]["code"], -32602);
    for (n, words) in [
        (2, "write days as"),
        (3, "colour"),
        (4, ""),
        (5, ""),
        (6, "argument query"),
        (7, "contradict, compatible, update"),
        (8, "publisher_name"),
        (9, "later than the last"),
    ] {
        assert_eq!(answers[n]["result"]["isError"], true, "{}", answers[n]);
        assert!(answers[n]["result"]["content"][0]["text"].as_str().expect("text").contains(words), "{}", answers[n]);
    }
    assert_eq!(before, sayso(folder.path(), &["export", "--format", "nquads"], b"").stdout);
}

/// The protocol as the library speaks it: the versions with a greeting, and the one that tells itself in each message.
#[test]
fn messages_are_read_as_the_protocol_has_them() {
    let folder = store();
    let ping = |id: u64| json!({"jsonrpc": "2.0", "id": id, "method": "ping"});
    for (asked, spoken) in [
        ("2024-11-05", "2024-11-05"),
        ("2025-03-26", "2025-03-26"),
        ("2025-06-18", "2025-06-18"),
        ("2025-11-25", "2025-11-25"),
        ("2031-01-01", "2025-11-25"),
    ] {
        let lines: String = greeting(asked).iter().map(|m| format!("{m}\n")).collect();
        let answers = exchange(folder.path(), &lines);
        assert_eq!(answers.len(), 1);
        assert_eq!(answers[0]["result"]["protocolVersion"], spoken);
        assert_eq!(answers[0]["result"]["serverInfo"]["name"], "sayso");
        assert!(answers[0]["result"]["instructions"].as_str().is_some_and(|words| words.contains("never a fact")));
        assert!(answers[0]["result"]["capabilities"]["tools"].is_object());
    }
    // What is no message is refused, what is no JSON is passed over, and the talk goes on.
    let [hello, ready] = greeting("2025-11-25");
    let lines = format!(
        "{hello}\n{ready}\n{{\"jsonrpc\": \"2.0\", \"id\": 8}}\n[{}]\n{{\"jsonrpc\": \n\n{}\n",
        ping(9),
        ping(10)
    );
    let answers = exchange(folder.path(), &lines);
    assert_eq!(answers.iter().filter(|a| a["error"]["code"] == -32600).count(), 2, "{answers:?}");
    assert_eq!(answers.iter().filter(|a| a["id"] == 10 && a["result"] == json!({})).count(), 1, "{answers:?}");
    assert_eq!(answers.len(), 4, "{answers:?}");
    // However many ask at once, each is answered, in their order.
    let count = "SELECT (COUNT(*) AS ?n) { ?a a sayso:Document }";
    let many: String = (0..60).map(|id| format!("{}\n", call(id, "sparql", json!({"query": count})))).collect();
    let answers = exchange(folder.path(), &format!("{hello}\n{ready}\n{many}"));
    let ids: Vec<u64> = answers.iter().filter_map(|a| a["id"].as_u64()).collect();
    assert_eq!(ids, (0..60).collect::<Vec<u64>>());
    // Before a greeting only who tells its version in the message is answered.
    let mut asked = call(1, "sparql", json!({"query": count}));
    let answers = exchange(folder.path(), &format!("{}\n{asked}\n", ping(3)));
    assert_eq!((&answers[0]["id"], &answers[1]["error"]["code"]), (&json!(3), &json!(-32602)), "{answers:?}");
    asked["params"]["_meta"] = json!({
        "io.modelcontextprotocol/protocolVersion": "2026-07-28",
        "io.modelcontextprotocol/clientInfo": {"name": "test", "version": "1"},
        "io.modelcontextprotocol/clientCapabilities": {},
    });
    let answers = exchange(folder.path(), &format!("{asked}\n"));
    assert_eq!(answers[0]["result"]["structuredContent"]["rows"][0]["n"], 3, "{answers:?}");
    assert!(exchange(folder.path(), "").is_empty());
    let output = sayso(folder.path(), &["mcp", "-q"], format!("{ready}\n").as_bytes());
    assert_eq!(output.status.code(), Some(3));
    assert!(String::from_utf8_lossy(&output.stderr).contains("begins with initialize"));
}

#[test]
fn what_is_new_is_watched() {
    let folder = tempfile::tempdir().expect("folder");
    let news = folder.path().join("news");
    fs::create_dir(&news).expect("folder");
    let article = |name: &str, who: &str, number: &str| {
        let text = format!(
            "Thousands march in Ardmouth\n\nPublished 17 June 2018\n\n{who} said on Sunday that {number} people joined the march against the hospital closure in Ardmouth.\n"
        );
        fs::write(news.join(name), text).expect("file");
    };
    let look = || {
        let output = sayso(folder.path(), &["watch", "news", "--once", "-q"], b"");
        assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
        String::from_utf8_lossy(&output.stdout).into_owned()
    };
    article("one.txt", "Police", "14,000");
    assert_eq!(look(), "");
    article("two.txt", "Organisers", "95,000");
    let found = look();
    let row: Value = serde_json::from_str(found.lines().next().expect("a dispute")).expect("JSON");
    assert_eq!(row["verdict"], "contradict");
    assert!(row["leftSentence"].as_str().is_some_and(|s| s.contains("joined the march")), "{row}");
    assert_eq!(look(), "", "what was told is not told again");
    let output = sayso(folder.path(), &["watch", "https://a.example/feed", "--once"], b"");
    assert_eq!(output.status.code(), Some(3));
    let output = sayso(folder.path(), &["watch", "-", "--once"], b"");
    assert_eq!(output.status.code(), Some(3));
    let help = String::from_utf8_lossy(&sayso(folder.path(), &["watch", "--help"], b"").stdout).into_owned();
    assert!(help.contains("addresses that --allow-remote names"), "{help}");
    assert!(!help.contains("- for standard input"), "what is refused is not offered: {help}");
}

/// What a store has of two articles, one after the other, and what watching them wrote.
fn watched(first: &Value, second: &Value) -> (tempfile::TempDir, Vec<Value>) {
    let folder = tempfile::tempdir().expect("folder");
    fs::create_dir(folder.path().join("in")).expect("folder");
    let mut rows = Vec::new();
    for (name, article) in [("1.json", first), ("2.json", second)] {
        fs::write(folder.path().join("in").join(name), article.to_string()).expect("file");
        let output = sayso(folder.path(), &["watch", "in", "--once", "-q"], b"");
        assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
        let lines = String::from_utf8_lossy(&output.stdout).into_owned();
        rows.extend(lines.lines().map(|line| serde_json::from_str::<Value>(line).expect("JSON")));
    }
    (folder, rows)
}

#[test]
fn a_dispute_is_told_once_whatever_its_incident_is_called() {
    let folder = tempfile::tempdir().expect("folder");
    fs::create_dir(folder.path().join("in")).expect("folder");
    // The third was written before the others, so that the incident is called after it.
    let articles = [
        ("a", "Fire in Marlow", "2024-05-08", "Police said 12 people died"),
        ("b", "Mayor speaks", "2024-05-08", "The mayor said 19 people died"),
        ("c", "Early report", "2024-05-07", "A doctor said 8 people died"),
        ("d", "Evening report", "2024-05-09", "A baker said 30 people died"),
    ];
    let mut told: Vec<(String, String)> = Vec::new();
    for (id, title, day, words) in articles {
        let text = format!("{words} in the fire in Marlow on Tuesday.");
        let article = json!({"id": id, "title": title, "date": day, "text": text}).to_string();
        fs::write(folder.path().join("in").join(format!("{id}.json")), article).expect("file");
        let output = sayso(folder.path(), &["watch", "in", "--once", "-q"], b"");
        for line in String::from_utf8_lossy(&output.stdout).lines() {
            let row: Value = serde_json::from_str(line).expect("JSON");
            let mut sides =
                ["leftIdentifier", "rightIdentifier"].map(|side| row[side].as_str().expect("an id").to_owned());
            assert!(sides.iter().any(|side| side == id), "{id}: it is told what is new: {row}");
            sides.sort();
            let [one, two] = sides;
            assert!(!told.contains(&(one.clone(), two.clone())), "{id}: told again: {row}");
            told.push((one, two));
        }
    }
    assert!(told.len() >= 4, "{told:?}");
}

#[test]
fn a_new_dispute_is_told_whatever_the_titles_are() {
    let pairs = [
        (
            "Police said 12 people died in the fire in Marlow on Tuesday.",
            "The mayor said 19 people died in the fire in Marlow on Tuesday.",
            "marlow",
        ),
        (
            "The union said 15,000 workers joined the strike at Keller Steel on Monday.",
            "Keller Steel said 6,000 workers joined the strike on Monday.",
            "strike",
        ),
    ];
    let titles =
        [("", ""), ("Fire", "Fire"), ("Morning report", "Town news"), ("Budget vote put off", "Rail line to close")];
    for (one, two, about) in pairs {
        for (left, right) in titles {
            let article = |title: &str, text: &str| match title {
                "" => json!({"text": text}),
                title => json!({"title": title, "text": text}),
            };
            let (folder, rows) = watched(&article(left, one), &article(right, two));
            assert_eq!(rows.len(), 1, "{left:?}, {right:?}: {rows:?}");
            assert_eq!(rows[0]["verdict"], "contradict", "{left:?}, {right:?}");
            // Asked for by a word of what is said, it is found as well: the titles need not have it.
            for (arguments, rows) in [
                (&["watch", "in", "--once", "-q", "--store", "new", "--about", about][..], 1),
                (&["ask", "disagreements", "-q", "--about", about, "--format", "jsonl", "--min-confidence", "0"], 1),
                (&["ask", "latest-figures", "-q", "--about", about, "--format", "jsonl", "--min-confidence", "0"], 2),
                (&["watch", "in", "--once", "-q", "--store", "none", "--about", "harbour"], 0),
            ] {
                let output = sayso(folder.path(), arguments, b"");
                let lines = String::from_utf8_lossy(&output.stdout).into_owned();
                assert_eq!(lines.lines().count(), rows, "{left:?}, {right:?}: {arguments:?}: {lines}");
            }
        }
    }
}

#[test]
fn the_table_of_comparisons_has_those_of_the_graph_and_another_one_all_pairs() {
    // One pair is sure; the other is of two numbers of which one is told of no place.
    let one = json!({"title": "Fire", "text": "Police said 12 people died in the fire in Marlow on Tuesday. Police said 40 people were hurt in the fire in Marlow."});
    let two = json!({"title": "Fire", "text": "The mayor said 19 people died in the fire in Marlow on Tuesday. Doctors said 9 people were hurt."});
    let (folder, _) = watched(&one, &two);
    let table = |name: &str| {
        let output = sayso(folder.path(), &["export", "--format", "csv", "--table", name, "-q"], b"");
        assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
        let mut reader = csv::Reader::from_reader(output.stdout.as_slice());
        let titles = reader.headers().expect("titles").clone();
        let rows = reader.records().map(|r| r.expect("a row"));
        let named = |row: csv::StringRecord| -> std::collections::BTreeMap<String, String> {
            titles.iter().map(str::to_owned).zip(row.iter().map(str::to_owned)).collect()
        };
        rows.map(named).collect::<Vec<_>>()
    };
    let count = |what: &str| {
        let query = format!("SELECT ?x {{ {what} }}");
        let output = sayso(folder.path(), &["query", &query, "--format", "csv"], b"");
        String::from_utf8_lossy(&output.stdout).lines().skip(1).map(|l| l.trim().to_owned()).collect::<Vec<_>>()
    };
    let comparisons = table("comparisons");
    let of_graph = count("?x a sayso:Comparison");
    assert!(!comparisons.is_empty());
    let mut iris: Vec<&str> = comparisons.iter().map(|row| row["iri"].as_str()).collect();
    iris.sort_unstable();
    let mut graph: Vec<&str> = of_graph.iter().map(String::as_str).collect();
    graph.sort_unstable();
    assert_eq!(iris, graph);
    let row = comparisons.iter().find(|row| row["verdict"] == "differs").expect("a dispute");
    assert_eq!((row["left_text"].as_str(), row["right_text"].as_str()), ("19", "12"));
    assert_eq!((row["left_value"].as_str(), row["right_value"].as_str()), ("19", "12"));
    let statements = table("statements");
    assert!(statements.len() >= 4 && !row["left_statement"].is_empty() && !row["left_article"].is_empty());
    // Every pair that was judged, with what speaks against it where it is not sure.
    let pairs = table("candidate_pairs");
    assert!(pairs.len() > comparisons.len(), "{pairs:?}");
    for pair in &pairs {
        assert_eq!(pair["comparison"].is_empty(), !pair["doubts"].is_empty(), "{pair:?}");
    }
    assert_eq!(pairs.iter().filter(|pair| !pair["comparison"].is_empty()).count(), comparisons.len());
    assert_eq!(table("incidents").len(), count("?x a sayso:Document ; sayso:incident ?i").len());
    assert_eq!(table("articles").len(), 2);
    let output = sayso(folder.path(), &["export", "--format", "csv", "--table", "nothing", "-q"], b"");
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(said.contains("links, articles, speakers, times") && said.contains("candidate_pairs"), "{said}");
}

#[test]
fn a_feed_is_fetched_from_an_address_that_is_allowed_and_no_other() {
    use std::io::{BufRead, BufReader, Write};
    let folder = tempfile::tempdir().expect("folder");
    let listener = std::net::TcpListener::bind("127.0.0.1:0").expect("a port");
    let address = format!("http://{}/feed.rss", listener.local_addr().expect("an address"));
    let item = |n: u8, who: &str, number: &str| {
        format!(
            "<item><title>Thousands march in Ardmouth</title><guid>{n}</guid><pubDate>Sun, 17 Jun 2018 08:00:00 GMT</pubDate><description>{who} said on Sunday that {number} people joined the march against the hospital closure in Ardmouth.</description></item>"
        )
    };
    let feed = format!(
        "<rss><channel><title>News</title>{}{}</channel></rss>",
        item(1, "Police", "14,000"),
        item(2, "Organisers", "95,000")
    );
    // One answer, and then nobody listens.
    let served = std::thread::spawn(move || {
        let (mut stream, _) = listener.accept().expect("a request");
        let mut lines = BufReader::new(stream.try_clone().expect("a stream")).lines();
        while lines.next().is_some_and(|l| l.is_ok_and(|l| !l.is_empty())) {}
        write!(
            stream,
            "HTTP/1.1 200 OK\r\nContent-Type: application/rss+xml\r\nContent-Length: {}\r\nConnection: close\r\n\r\n{feed}",
            feed.len()
        )
        .expect("answered");
    });
    let look = |allowed: &str| {
        let output = sayso(folder.path(), &["watch", &address, "--once", "-q", "--allow-remote", allowed], b"");
        let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
        (output.status.code(), text(&output.stdout), text(&output.stderr))
    };
    let (code, _, told) = look("http://127.0.0.1:1/");
    assert!(code == Some(3) && told.contains("allow the address"), "{told}");
    let (code, found, told) = look(&address);
    assert_eq!(code, Some(0), "{told}");
    assert!(found.contains("\"contradict\""), "{found}");
    served.join().expect("served");
    let (code, _, told) = look(&address);
    assert!(code == Some(3) && told.contains("cannot be read"), "{told}");
}

#[test]
fn numbers_of_graphs_are_numbers() {
    let folder = store();
    let export = |format: &str| {
        String::from_utf8_lossy(&sayso(folder.path(), &["export", "--format", format, "--full"], b"").stdout)
            .into_owned()
    };
    let (graphml, gexf) = (export("graphml"), export("gexf"));
    let typed = |text: &str, name: &str, mark: &str, kind: &str| {
        let line = text.lines().find(|l| l.contains(&format!("{mark}=\"{name}\""))).unwrap_or_else(|| panic!("{name}"));
        assert!(line.contains(&format!("type=\"{kind}\"")), "{line}");
    };
    for name in ["value", "confidence"] {
        typed(&graphml, &full_name(&graphml, name), "attr.name", "double");
        typed(&gexf, &full_name(&gexf, name), "title", "double");
    }
}

/// A field's name as the full graph has it.
fn full_name(text: &str, name: &str) -> String {
    if text.contains(&format!("\"sayso:{name}\"")) { format!("sayso:{name}") } else { name.to_owned() }
}
