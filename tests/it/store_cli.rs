//! The store as its users meet it: build, query, ask, and everything that can be wrong with a store.

use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};

use crate::cli::sayso;

/// Two small articles that disagree.
fn articles(folder: &Path) {
    let news = folder.join("news");
    fs::create_dir_all(&news).expect("folder");
    let write = |name: &str, text: &str| fs::write(news.join(name), text).expect("file");
    write(
        "one.txt",
        "Fire at the port\n\nPublished 5 May 2020\n\nThe fire destroyed 40 trucks, Mayor Ana Prado said on Monday.\n\nShe denied that anyone had been hurt.\n",
    );
    write(
        "two.txt",
        "Port fire\n\nPublished 6 May 2020\n\n\"We lost at least 60 trucks,\" said Leo Brandt, who runs the port.\n",
    );
}

fn out(output: &std::process::Output) -> String {
    String::from_utf8_lossy(&output.stdout).into_owned()
}

fn err(output: &std::process::Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

/// The largest file of quads of a store.
fn data_file(store: &Path) -> std::path::PathBuf {
    let files = fs::read_dir(store).expect("store").map(|e| e.expect("entry").path());
    let data = files.filter(|p| p.to_string_lossy().contains("quads-"));
    data.max_by_key(|p| fs::metadata(p).expect("a file").len()).expect("a file of quads")
}

fn built() -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("folder");
    articles(folder.path());
    let output = sayso(folder.path(), &["build", "news"], b"");
    assert_eq!(output.status.code(), Some(0), "{}", err(&output));
    assert!(err(&output).contains("2 articles (2 new"), "{}", err(&output));
    folder
}

#[test]
fn a_second_build_changes_nothing_and_a_third_only_what_changed() {
    let folder = built();
    let bytes = |folder: &Path| sayso(folder, &["export", "--format", "nquads"], b"").stdout;
    let before = bytes(folder.path());
    let again = sayso(folder.path(), &["build", "news"], b"");
    assert!(err(&again).contains("2 articles (2 unchanged)"), "{}", err(&again));
    assert!(before == bytes(folder.path()), "an unchanged store is not written");

    fs::write(folder.path().join("news/two.txt"), "Port fire\n\nPublished 6 May 2020\n\nNobody spoke.\n")
        .expect("file");
    let changed = sayso(folder.path(), &["build", "news"], b"");
    assert!(err(&changed).contains("1 changed, 1 unchanged"), "{}", err(&changed));

    fs::remove_file(folder.path().join("news/two.txt")).expect("removed");
    let kept = sayso(folder.path(), &["build", "news"], b"");
    assert!(err(&kept).contains("2 articles (1 unchanged)"), "{}", err(&kept));
    assert!(err(&kept).contains("are kept: two") && err(&kept).contains("--prune"), "{}", err(&kept));
    let pruned = sayso(folder.path(), &["build", "news", "--prune"], b"");
    assert!(err(&pruned).contains("1 articles (1 unchanged, 1 dropped)"), "{}", err(&pruned));

    articles(folder.path());
    sayso(folder.path(), &["build", "news"], b"");
    assert!(before == bytes(folder.path()), "what was dropped comes back");
    let unknown = sayso(folder.path(), &["remove", "three", "two"], b"");
    assert_eq!(unknown.status.code(), Some(1), "{}", err(&unknown));
    assert!(err(&unknown).contains("no article with the id three"), "{}", err(&unknown));
    assert!(err(&unknown).contains("1 articles (1 removed)"), "{}", err(&unknown));
    sayso(folder.path(), &["build", "news"], b"");
    assert!(before == bytes(folder.path()), "the same articles give the same bytes, whatever happened in between");
}

#[test]
fn questions_are_answered_and_listed() {
    let folder = built();
    let who = sayso(folder.path(), &["ask", "who-said", "--about", "trucks", "--format", "csv"], b"");
    assert_eq!(who.status.code(), Some(0), "{}", err(&who));
    assert!(out(&who).contains("Ana Prado"), "{}", out(&who));
    assert!(out(&who).contains("Leo Brandt"), "{}", out(&who));
    let none = sayso(folder.path(), &["ask", "who-said", "--about", "submarines", "--format", "csv"], b"");
    assert_eq!(out(&none).lines().count(), 1, "the head alone: {}", out(&none));
    let list = sayso(folder.path(), &["ask"], b"");
    assert!(out(&list).contains("who-said") && out(&list).contains("--about"), "{}", out(&list));
    let query = sayso(folder.path(), &["ask", "who-said", "--about", "a\"b\\", "--sparql"], b"");
    assert!(out(&query).contains(r#"VALUES ?about { "a\"b\\" }"#), "{}", out(&query));
}

#[test]
fn lists_are_csv_take_the_filters_and_tell_what_nobody_is_called() {
    let folder = built();
    for list in sayso::inside::lists::LISTS {
        let plain = sayso(folder.path(), &["ask", list.name], b"");
        assert_eq!(plain.status.code(), Some(0), "{}: {}", list.name, err(&plain));
        assert!(!out(&plain).starts_with('{') && out(&plain).contains(','), "{}: {}", list.name, out(&plain));
        let head = |text: String| text.lines().next().map(str::to_owned);
        for filter in [["--min-confidence", "0"], ["--publisher", "Nobody"], ["--about", "submarines"]] {
            let some = sayso(folder.path(), &[&["ask", list.name], &filter[..]].concat(), b"");
            assert_eq!(head(out(&some)), head(out(&plain)), "{} {filter:?}", list.name);
            let is_nobody = filter[0] != "--publisher" || out(&some).lines().count() == 1;
            assert!(is_nobody, "{}: {}", list.name, out(&some));
        }
        if list.has_lines {
            let lines = sayso(folder.path(), &["ask", list.name, "--format", "jsonl", "--publisher", "Nobody"], b"");
            assert_eq!(out(&lines), "", "{}", list.name);
            let lines = sayso(folder.path(), &["ask", list.name, "--format", "jsonl"], b"");
            assert!(out(&lines).lines().all(|line| line.starts_with('{')), "{}", out(&lines));
        }
    }
    let nobody = sayso(folder.path(), &["ask", "who-said", "--speaker", "Ana Pradoo"], b"");
    assert!(
        err(&nobody).contains("Ana Pradoo") && err(&nobody).contains("did you mean \"Ana Prado\""),
        "{}",
        err(&nobody)
    );
    let nothing = sayso(folder.path(), &["ask", "entity", "--name", "Leo Brant"], b"");
    assert!(err(&nothing).contains("did you mean \"Leo Brandt\""), "{}", err(&nothing));
    let days = sayso(folder.path(), &["ask", "who-said", "--since", "2020-02-02", "--until", "2020-02-01"], b"");
    assert!(days.status.code() == Some(3) && err(&days).contains("later than"), "{}", err(&days));
    let decided = sayso(folder.path(), &["link", "reject", "Ana Pradoo", "Q1"], b"");
    assert!(err(&decided).contains("no article of the store has the name"), "{}", err(&decided));
    let states = ["link", "decisions"].map(|command| {
        let arguments: &[&str] = if command == "link" { &["link", "list"] } else { &["decisions"] };
        out(&sayso(folder.path(), arguments, b"")).lines().last().unwrap_or_default().to_owned()
    });
    assert!(states.iter().all(|state| state.ends_with("matches nothing")), "{states:?}");
}

#[test]
fn a_query_gives_rows_in_every_format_and_names_the_place_of_a_mistake() {
    let folder = built();
    let count = "SELECT (COUNT(?d) AS ?n) { ?d a sayso:Document }";
    for (format, wanted) in [
        ("csv", "2"),
        ("tsv", "2"),
        ("json", "\"2\""),
        ("xml", "<literal"),
        ("jsonl", "{\"n\":2}"),
        ("table", "(1 row)"),
    ] {
        let output = sayso(folder.path(), &["query", count, "--format", format], b"");
        assert_eq!(output.status.code(), Some(0), "{format}: {}", err(&output));
        assert!(out(&output).contains(wanted), "{format}: {}", out(&output));
    }
    let graph = sayso(
        folder.path(),
        &["query", "-", "--format", "ntriples"],
        b"CONSTRUCT { ?d a sayso:Document } { ?d a sayso:Document }",
    );
    assert_eq!(out(&graph).lines().count(), 2, "{}", err(&graph));
    let wrong = sayso(folder.path(), &["query", "SELECT ?x { ?x a }"], b"");
    assert_eq!(wrong.status.code(), Some(3));
    assert!(
        err(&wrong).contains("1:1") || err(&wrong).contains("line 1") || err(&wrong).contains("column"),
        "{}",
        err(&wrong)
    );
    let unknown = sayso(folder.path(), &["query", count, "--format", "parquet"], b"");
    assert!(err(&unknown).contains("parquet") && err(&unknown).contains("csv"), "{}", err(&unknown));
    let unasked = sayso(folder.path(), &["ask", "nothing-such"], b"");
    assert!(err(&unasked).contains("who-said"), "{}", err(&unasked));
}

#[test]
fn a_store_that_is_missing_damaged_or_newer_is_refused_with_advice() {
    let folder = tempfile::tempdir().expect("folder");
    let none = sayso(folder.path(), &["query", "ASK {}"], b"");
    assert_eq!(none.status.code(), Some(3));
    assert!(err(&none).contains("sayso build"), "{}", err(&none));

    let folder = built();
    let store = folder.path().join("sayso-store");
    let data = data_file(&store);
    let whole = fs::read(&data).expect("data");
    fs::write(&data, &whole[..whole.len() / 2]).expect("cut");
    let cut = sayso(folder.path(), &["query", "ASK {}"], b"");
    assert_eq!(cut.status.code(), Some(3));
    assert!(err(&cut).contains("hint:"), "{}", err(&cut));
    fs::write(&data, &whole).expect("mended");

    let manifest = store.join("manifest.json");
    let text = fs::read_to_string(&manifest).expect("manifest");
    fs::write(&manifest, text.replacen("\"format\": 4", "\"format\": 99", 1)).expect("written");
    let newer = sayso(folder.path(), &["build", "news"], b"");
    assert_eq!(newer.status.code(), Some(3));
    assert!(err(&newer).contains("format 99"), "{}", err(&newer));
    assert!(fs::read(&data).expect("data") == whole, "nothing stored is lost");
}

/// Each way of damage with what the program says of it, as `docs/graph.md` shows it. `UPDATE=1` writes the file anew.
#[test]
fn a_damaged_store_is_told_in_the_words_of_the_documentation() {
    let ways: [(&str, fn(&Path)); 8] = [
        ("the data file cut short", |store| change(&data_file(store), |bytes| bytes.truncate(bytes.len() / 2))),
        ("one bit of the data file turned over", |store| {
            change(&data_file(store), |bytes| {
                let middle = bytes.len() / 2;
                bytes[middle] ^= 1;
            });
        }),
        ("the data file gone", |store| fs::remove_file(data_file(store)).expect("removed")),
        ("the manifest gone", |store| fs::remove_file(store.join("manifest.json")).expect("removed")),
        ("the manifest cut short", |store| change(&store.join("manifest.json"), |bytes| bytes.truncate(80))),
        ("the manifest changed by hand", |store| {
            change(&store.join("manifest.json"), |bytes| {
                let text = String::from_utf8(bytes.clone()).expect("text");
                *bytes = text.replacen("quads-", "qauds-", 1).into_bytes();
            });
        }),
        ("the manifest of a newer version", |store| {
            change(&store.join("manifest.json"), |bytes| {
                let text = String::from_utf8(bytes.clone()).expect("text");
                *bytes = text.replacen("\"format\": 4", "\"format\": 99", 1).into_bytes();
            });
        }),
        ("left by a killed build: a lock, half a data file, half a manifest", |store| {
            fs::write(store.join("quads-000099"), b"half").expect("written");
            fs::write(store.join("manifest.json.new"), b"{\"format\": 1, ").expect("written");
        }),
    ];
    let mut told = String::new();
    for (way, damage) in ways {
        let folder = built();
        let store = folder.path().join("sayso-store");
        damage(&store);
        let count = "SELECT (COUNT(?d) AS ?articles) { ?d a sayso:Document }";
        let asked = sayso(folder.path(), &["query", count, "--format", "tsv"], b"");
        told += &format!("# {way}\n{}{}exit code {}\n", out(&asked), err(&asked), asked.status.code().unwrap_or(-1));
        // Nothing that is left is touched by asking, and a build over a damaged store does not pass for a repair.
        let built = sayso(folder.path(), &["build", "news", "--again"], b"");
        let last = err(&built).lines().last().unwrap_or_default().to_owned();
        told += &format!("build: exit code {}, {last}\n\n", built.status.code().unwrap_or(-1));
    }
    // How many bytes two articles take is no matter here: 2081 and 4163 stand as N.
    let pieces: Vec<&str> = told.split(" bytes instead of ").collect();
    let digits = |c: char| c.is_ascii_digit();
    let told = pieces
        .iter()
        .enumerate()
        .map(|(i, piece)| {
            let piece = if i > 0 { piece.trim_start_matches(digits) } else { piece };
            if i + 1 < pieces.len() { piece.trim_end_matches(digits) } else { piece }
        })
        .collect::<Vec<_>>()
        .join("N bytes instead of M");
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases/store/damage.txt");
    if std::env::var_os("UPDATE").is_some() {
        fs::create_dir_all(path.parent().expect("a folder")).expect("folder");
        fs::write(&path, &told).expect("written");
    }
    assert_eq!(told, fs::read_to_string(&path).expect("the case file"));
}

fn change(path: &Path, work: impl Fn(&mut Vec<u8>)) {
    let mut bytes = fs::read(path).expect("read");
    work(&mut bytes);
    fs::write(path, bytes).expect("written");
}

#[cfg(not(feature = "rocksdb"))]
#[test]
fn a_store_on_rocksdb_is_refused_by_a_program_without_it() {
    let folder = built();
    let manifest = folder.path().join("sayso-store/manifest.json");
    let text = fs::read_to_string(&manifest).expect("manifest").replace("\"mapped\",", "\"rocksdb\",");
    let check = text.split("\"check\": \"").nth(1).and_then(|t| t.split('"').next()).expect("a checksum").to_owned();
    let bare = text.replace(&check, "");
    let hash = <sha2::Sha256 as sha2::Digest>::digest(bare.as_bytes());
    let hex: String = hash.iter().map(|b| format!("{b:02x}")).collect();
    fs::write(&manifest, text.replace(&check, &hex)).expect("written");
    let (query, build) = (["query", "ASK {}"], ["build", "news"]);
    let anew = ["build", "news", "--store", "another", "--backend", "rocksdb"];
    for arguments in [&query[..], &build[..], &anew[..]] {
        let output = sayso(folder.path(), arguments, b"");
        assert_eq!(output.status.code(), Some(3), "{arguments:?}: {}", err(&output));
        assert!(err(&output).contains("kept by RocksDB"), "{arguments:?}: {}", err(&output));
        assert!(err(&output).contains("--features rocksdb"), "{arguments:?}: {}", err(&output));
    }
    let other = sayso(folder.path(), &["build", "news", "--backend", "memory"], b"");
    assert!(err(&other).contains("kept as rocksdb, not as files"), "{}", err(&other));
}

#[test]
fn killing_a_build_leaves_the_old_store_or_the_new() {
    let folder = built();
    for n in 0..60 {
        let text = format!(
            "Title {n}\n\nPublished 5 May 2020\n\n{}",
            "The fire destroyed 40 trucks, Mayor Ana Prado said on Monday. ".repeat(40)
        );
        fs::write(folder.path().join(format!("news/more{n}.txt")), text).expect("file");
    }
    for wait in [5, 20, 60, 120, 250] {
        let mut child = Command::new(env!("CARGO_BIN_EXE_sayso"))
            .args(["build", "news", "--again", "--quiet"])
            .current_dir(folder.path())
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .expect("the program starts");
        std::thread::sleep(std::time::Duration::from_millis(wait));
        let _ = child.kill();
        let _ = child.wait();
        let output = sayso(
            folder.path(),
            &["query", "SELECT (COUNT(?d) AS ?n) { ?d a sayso:Document }", "--format", "csv"],
            b"",
        );
        assert_eq!(output.status.code(), Some(0), "{}", err(&output));
        let count = out(&output).lines().nth(1).and_then(|l| l.trim().parse::<usize>().ok());
        assert!(matches!(count, Some(2 | 62)), "{count:?} documents after {wait} ms");
    }
}

#[test]
fn two_writers_do_not_meet() {
    let folder = built();
    let lock = fs::File::options().write(true).open(folder.path().join("sayso-store/lock")).expect("the lock file");
    lock.try_lock().expect("free");
    let output = sayso(folder.path(), &["build", "news", "--again"], b"");
    assert_eq!(output.status.code(), Some(3));
    assert!(err(&output).contains("another process"), "{}", err(&output));
    let reading = sayso(folder.path(), &["query", "ASK {}"], b"");
    assert_eq!(reading.status.code(), Some(0), "reading goes on while another writes");
}

#[test]
fn triples_are_the_quads_of_the_store() {
    let folder = built();
    let streamed = sayso(folder.path(), &["triples", "news", "--format", "nquads"], b"");
    assert_eq!(streamed.status.code(), Some(0), "{}", err(&streamed));
    let again = sayso(folder.path(), &["triples", "news", "--format", "nquads", "--jobs", "1"], b"");
    assert_eq!(streamed.stdout, again.stdout);
    let in_store = sayso(
        folder.path(),
        &[
            "query",
            "SELECT (COUNT(*) AS ?n) { GRAPH ?g { ?s ?p ?o } FILTER(CONTAINS(STR(?g), \"/doc/\")) }",
            "--format",
            "csv",
        ],
        b"",
    );
    let count = |text: String| text.lines().filter(|l| l.contains("/graph/doc/")).count();
    assert_eq!(out(&in_store).lines().nth(1).map(str::to_owned), Some(count(out(&streamed)).to_string()));
    let turtle = sayso(folder.path(), &["triples", "news", "--format", "nonsense"], b"");
    assert!(err(&turtle).contains("trig, nquads"), "{}", err(&turtle));
}

#[cfg(unix)]
#[test]
fn a_place_that_cannot_be_written_is_said() {
    let folder = built();
    fs::write(folder.path().join("file"), "x").expect("file");
    let output = sayso(folder.path(), &["build", "news", "--store", "file/store"], b"");
    assert_eq!(output.status.code(), Some(3));
    assert!(err(&output).contains("file/store") && err(&output).contains("hint:"), "{}", err(&output));
    if Path::new("/dev/full").exists() {
        let full = fs::File::options().write(true).open("/dev/full").expect("device");
        let status = Command::new(env!("CARGO_BIN_EXE_sayso"))
            .args(["triples", "news"])
            .current_dir(folder.path())
            .stdout(full)
            .output()
            .expect("the program runs");
        assert_eq!(status.status.code(), Some(3));
        assert!(err(&status).contains("cannot write"), "{}", err(&status));
    }
}

/// A server in a process of its own; gives the process and its address.
#[cfg(unix)]
pub fn serving(folder: &Path, options: &[&str]) -> (std::process::Child, String) {
    let port = std::net::TcpListener::bind("127.0.0.1:0").and_then(|l| l.local_addr()).expect("a port").port();
    let child = Command::new(env!("CARGO_BIN_EXE_sayso"))
        .args(["serve", "--port", &port.to_string()])
        .args(options)
        .current_dir(folder)
        .stderr(Stdio::null())
        .spawn()
        .expect("the program starts");
    let address = format!("127.0.0.1:{port}");
    for _ in 0..200 {
        if std::net::TcpStream::connect(&address).is_ok() {
            break;
        }
        std::thread::sleep(std::time::Duration::from_millis(50));
    }
    (child, address)
}

#[cfg(unix)]
pub fn asked(address: &str, query: &str) -> String {
    use std::io::{Read, Write};
    let mut stream = std::net::TcpStream::connect(address).expect("a connection");
    let head =
        "POST /sparql HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\ncontent-type: application/sparql-query";
    write!(stream, "{head}\r\ncontent-length: {}\r\n\r\n{query}", query.len()).expect("sent");
    let mut answer = String::new();
    let _ = stream.read_to_string(&mut answer);
    answer
}

#[cfg(unix)]
#[test]
fn a_server_asked_to_end_answers_what_runs_and_refuses_what_comes() {
    let folder = built();
    for signal in ["-INT", "-TERM"] {
        let (mut child, address) = serving(folder.path(), &["--timeout", "2"]);
        // It runs until its time is up.
        let endless = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }";
        let running = {
            let address = address.clone();
            std::thread::spawn(move || asked(&address, endless))
        };
        std::thread::sleep(std::time::Duration::from_millis(600));
        let sent = Command::new("kill").args([signal, &child.id().to_string()]).status().expect("kill");
        assert!(sent.success());
        std::thread::sleep(std::time::Duration::from_millis(300));
        let refused = asked(&address, "ASK {}");
        assert!(refused.starts_with("HTTP/1.1 503") && refused.contains("stopping"), "{refused}");
        let answered = running.join().expect("answered");
        assert!(answered.contains("stopped after 2 seconds"), "{answered}");
        assert_eq!(child.wait().expect("it ends").code(), Some(0), "{signal}");
    }
}

/// Each level of detail is a part of the next, and the questions find the same in the usual one as in all.
#[test]
fn levels_of_detail_are_parts_of_one_another() {
    let folder = tempfile::tempdir().expect("folder");
    articles(folder.path());
    let quads = |level: &str| -> std::collections::BTreeSet<String> {
        let output = sayso(folder.path(), &["triples", "news", "--format", "nquads", "--detail", level], b"");
        assert_eq!(output.status.code(), Some(0), "{}", err(&output));
        out(&output).lines().map(str::to_owned).collect()
    };
    let (full, usual, claims) = (quads("full"), quads("usual"), quads("claims"));
    // But for what the usual level tells in one where all that was found has several.
    let joined = ["ns#characters>", "ns#inClause>"];
    let is_joined = |line: &&String| joined.iter().any(|property| line.contains(property));
    assert!(usual.iter().filter(is_joined).count() > 2 && !full.iter().any(|line| is_joined(&line)));
    assert!(usual.iter().filter(|line| !is_joined(line)).all(|line| full.contains(line)) && claims.is_subset(&full));
    assert!(
        claims.len() * 2 < usual.len() && usual.len() < full.len(),
        "{} {} {}",
        claims.len(),
        usual.len(),
        full.len()
    );
    for level in ["usual", "full"] {
        sayso(folder.path(), &["build", "news", "--detail", level, "--store", level], b"");
    }
    for question in ["who-said", "numbers-about", "denials", "disagreements", "timeline"] {
        let rows =
            |store: &str| out(&sayso(folder.path(), &["ask", question, "--store", store, "--format", "csv"], b""));
        assert_eq!(rows("usual"), rows("full"), "{question}");
    }
    let checked = sayso(folder.path(), &["check", "--store", "usual"], b"");
    assert_eq!(checked.status.code(), Some(0), "{}", out(&checked));
}

/// Articles that are read as they are given, and of which a person should know.
#[test]
fn articles_that_may_be_meant_otherwise_are_told() {
    let folder = built();
    let one = fs::read_to_string(folder.path().join("news/one.txt")).expect("an article");
    fs::write(folder.path().join("news/again.txt"), &one).expect("file");
    let output = sayso(folder.path(), &["build", "news"], b"");
    assert_eq!(output.status.code(), Some(0), "{}", err(&output));
    assert!(err(&output).contains("the same text stands under two ids: one is again"), "{}", err(&output));
    // Who reads this test in that year may set it further.
    let lines = concat!(
        r#"{"id": "a", "date": "2069-01-01", "text": "The port lost 12 cranes, Mayor Ana Prado said on Monday."}"#,
        "\n",
        r#"{"id": "b", "date": "2020-05-05", "text": "The port lost 14 cranes, Mayor Ana Prado said on Monday."}"#,
        "\n"
    );
    fs::write(folder.path().join("lines.jsonl"), lines).expect("file");
    let output = sayso(folder.path(), &["build", "lines.jsonl", "--store", "other"], b"");
    assert_eq!(output.status.code(), Some(0), "{}", err(&output));
    assert!(err(&output).contains("in the future, if the dates are right: a\n"), "{}", err(&output));
}

/// A store that was kept from when graphs had their quads by themselves (format 2): it is read, and goes on in today's format.
#[test]
fn a_store_of_format_2_is_read_and_goes_on() {
    let folder = tempfile::tempdir().expect("folder");
    let (kept, store) =
        (Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases/store/format-2"), folder.path().join("sayso-store"));
    fs::create_dir(&store).expect("folder");
    for entry in fs::read_dir(kept).expect("a store") {
        let path = entry.expect("entry").path();
        fs::copy(&path, store.join(path.file_name().expect("a name"))).expect("copied");
    }
    let export = || out(&sayso(folder.path(), &["export", "--format", "nquads"], b""));
    let whole = export();
    assert!(whole.lines().count() > 50 && whole.contains("Ana Prado"), "{whole}");
    articles(folder.path());
    let output = sayso(folder.path(), &["build", "news/two.txt", "--no-compare"], b"");
    assert_eq!(output.status.code(), Some(0), "{}", err(&output));
    assert!(fs::read_to_string(store.join("manifest.json")).expect("manifest").contains("\"format\": 4"));
    let more = export();
    assert!(whole.lines().all(|line| more.contains(line)) && more.contains("Leo Brandt"));
    let removed = sayso(folder.path(), &["remove", "two", "--no-compare"], b"");
    assert_eq!(removed.status.code(), Some(0), "{}", err(&removed));
    assert_eq!(export(), whole);
}

/// A store of a format that this program does not write any more, one whose folder may not be written, and a build that
/// finds no room for its files.
#[cfg(unix)]
#[test]
fn a_store_that_is_older_read_only_or_without_room_is_refused_and_kept() {
    use std::os::unix::fs::PermissionsExt;
    let folder = built();
    let store = folder.path().join("sayso-store");
    let whole = sayso(folder.path(), &["export", "--format", "nquads"], b"").stdout;
    let manifest = store.join("manifest.json");
    let text = fs::read_to_string(&manifest).expect("manifest");
    fs::write(&manifest, text.replacen("\"format\": 4", "\"format\": 0", 1)).expect("written");
    for arguments in [&["query", "ASK {}"][..], &["build", "news"][..]] {
        let output = sayso(folder.path(), arguments, b"");
        assert_eq!(output.status.code(), Some(3), "{arguments:?}: {}", err(&output));
        assert!(err(&output).contains("format 0") && err(&output).contains("hint:"), "{arguments:?}: {}", err(&output));
    }
    fs::write(&manifest, &text).expect("written");

    // No file may grow beyond some blocks: as on a full disk, but for the kind of error.
    fs::write(
        folder.path().join("news/three.txt"),
        "Port\n\nPublished 7 May 2020\n\nMayor Ana Prado counted 61 trucks.\n",
    )
    .expect("file");
    let output = Command::new("sh")
        .args(["-c", "trap '' XFSZ; ulimit -f 1; exec \"$0\" build news", env!("CARGO_BIN_EXE_sayso")])
        .current_dir(folder.path())
        .output()
        .expect("a shell");
    assert_eq!(output.status.code(), Some(3), "{}", err(&output));
    assert!(err(&output).contains("error:") && err(&output).contains("hint:"), "{}", err(&output));
    assert!(whole == sayso(folder.path(), &["export", "--format", "nquads"], b"").stdout, "the old store stands");

    fs::set_permissions(&store, fs::Permissions::from_mode(0o555)).expect("read-only");
    // Who may do everything may write here, too.
    if fs::write(store.join("probe"), b"").is_err() {
        let output = sayso(folder.path(), &["build", "news"], b"");
        assert_eq!(output.status.code(), Some(3), "{}", err(&output));
        assert!(err(&output).contains("hint:"), "{}", err(&output));
    }
    let reading = sayso(folder.path(), &["query", "ASK {}"], b"");
    assert_eq!(reading.status.code(), Some(0), "{}", err(&reading));
    fs::set_permissions(&store, fs::Permissions::from_mode(0o755)).expect("as before");
    let output = sayso(folder.path(), &["build", "news"], b"");
    assert_eq!(output.status.code(), Some(0), "{}", err(&output));
    assert!(err(&output).contains("3 articles (1 new"), "{}", err(&output));
}
