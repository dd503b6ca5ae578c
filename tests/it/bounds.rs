//! What has no end, no beginning or no room: empty input, endless input, stores and outputs that are cut short. Nothing is
//! lost by it, and whoever gave it is told what to do.

use std::fs;
use std::path::Path;
use std::process::{Child, Command, Output, Stdio};
use std::time::{Duration, Instant};

use sayso::graph::query::{Answer, Limits, run};
use sayso::graph::store::Store;

use crate::cli::sayso;

fn said(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

const ARTICLES: &str = r#"{"id":"a","date":"2020-05-05","text":"The fire destroyed 40 trucks, the mayor said on Monday."}
{"id":"b","date":"2020-05-06","text":"The fire destroyed 41 trucks, the police said on Tuesday."}
"#;

/// A store of two articles.
fn store() -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("folder");
    let output = sayso(folder.path(), &["build", "-", "-q"], ARTICLES.as_bytes());
    assert_eq!(output.status.code(), Some(0), "{}", said(&output));
    folder
}

/// The ids in the store of a folder.
fn ids(folder: &Path) -> Vec<String> {
    let output = sayso(folder, &["query", "SELECT ?id { ?d sayso:identifier ?id } ORDER BY ?id", "-f", "tsv"], b"");
    assert_eq!(output.status.code(), Some(0), "{}", said(&output));
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    text.lines().skip(1).map(|line| line.trim_matches('"').to_owned()).collect()
}

/// `false | sayso build - --prune`: what stands in the store is not given up for an input that never came.
#[test]
fn an_input_without_articles_empties_no_store() {
    let folder = store();
    fs::create_dir(folder.path().join("feed")).expect("folder");
    fs::write(folder.path().join("feed/none.json"), "[]").expect("written");
    fs::write(folder.path().join("feed/none.jsonl"), "\n \n").expect("written");
    for (arguments, input) in [
        (&["build", "-", "--prune"][..], ""),
        (&["build", "-", "--prune"], "\n\n"),
        (&["build", "-"], ""),
        (&["build", "feed", "--prune"], ""),
        (&["build", "-", "--store", "new"], ""),
        (&["annotate", "-"], ""),
        (&["triples", "-"], ""),
    ] {
        let output = sayso(folder.path(), arguments, input.as_bytes());
        let said = said(&output);
        assert_eq!(output.status.code(), Some(3), "{arguments:?}: {said}");
        assert!(said.contains("no article") && said.contains("hint: "), "{arguments:?}: {said}");
        assert_eq!(ids(folder.path()), ["a", "b"], "{arguments:?}");
    }
    let output = sayso(folder.path(), &["build", "-", "--prune"], ARTICLES.lines().next().expect("one").as_bytes());
    assert_eq!(output.status.code(), Some(0), "{}", said(&output));
    assert_eq!(ids(folder.path()), ["a"], "what is not in an input that came is dropped as before");
}

/// Three ids that look alike are one: the second text is told, and what is removed is what was named.
#[test]
fn ids_that_look_the_same_are_the_same() {
    let folder = tempfile::tempdir().expect("folder");
    let line = |id: &str, n: u32| {
        let text = format!("The fire destroyed {n} trucks, the mayor said on Monday.");
        format!("{}\n", serde_json::json!({ "id": id, "date": "2020-05-05", "text": text }))
    };
    let input = line("a b", 40) + &line("a\nb", 41) + &line(" a\t\u{1}b ", 42) + &line("a\u{a0}b", 43) + &line("c", 44);
    let output = sayso(folder.path(), &["build", "-"], input.as_bytes());
    let told = said(&output);
    assert_eq!(output.status.code(), Some(1), "{told}");
    assert_eq!(told.matches("another text with the id a b, which -:1 has").count(), 3, "{told}");
    assert_eq!(ids(folder.path()), ["a b", "c"]);
    let output = sayso(folder.path(), &["remove", "a b"], b"");
    assert_eq!(output.status.code(), Some(0), "{}", said(&output));
    assert_eq!(ids(folder.path()), ["c"]);
    // Names of files and tables beside them are no other.
    fs::create_dir(folder.path().join("news")).expect("folder");
    fs::write(folder.path().join("news/x  y.txt"), "The fire destroyed 45 trucks, the mayor said.\n").expect("written");
    let output = sayso(folder.path(), &["annotate", "news", "-f", "jsonl"], b"");
    assert!(String::from_utf8_lossy(&output.stdout).contains("\"id\":\"x y\""), "{}", said(&output));
}

/// A reader that went away and a disk that is full, for what is written in one piece too.
#[cfg(unix)]
#[test]
fn completions_go_where_they_can() {
    let folder = tempfile::tempdir().expect("folder");
    let run = |script: &str| {
        let output = shell(folder.path(), script);
        (output.status.code(), said(&output))
    };
    for shell in ["bash", "zsh", "fish", "elvish", "powershell"] {
        // The pipe is closed before anything is written.
        let (code, told) =
            run(&format!("{{ sleep 0.2; \"$0\" completions {shell}; echo $? >code; }} | true; exit $(cat code)"));
        assert_eq!((code, told.as_str()), (Some(0), ""), "{shell}");
        if Path::new("/dev/full").exists() {
            let (code, told) = run(&format!("\"$0\" completions {shell} >/dev/full"));
            assert_eq!(code, Some(3), "{shell}: {told}");
            assert!(told.contains("cannot write") && told.contains("hint: free some space"), "{shell}: {told}");
        }
    }
    // What cannot be said is not said; the work is done all the same.
    let (code, _) = run("echo '{\"id\":\"a\",\"text\":\"It rained, he said.\"}' | \"$0\" build - 2>/dev/full");
    assert_eq!(code, Some(0));
}

/// Runs a line of shell in a folder; the program is `$0`.
#[cfg(unix)]
fn shell(folder: &Path, script: &str) -> Output {
    Command::new("sh")
        .args(["-c", script, env!("CARGO_BIN_EXE_sayso")])
        .current_dir(folder)
        .stdin(Stdio::null())
        .output()
        .expect("a shell")
}

/// A device without end is read to the bound of what is asked for, and refused.
#[cfg(unix)]
#[test]
fn input_without_end_is_refused() {
    let folder = store();
    for ending in ["nt", "ttl", "rdf", "jsonld"] {
        std::os::unix::fs::symlink("/dev/zero", folder.path().join(format!("zero.{ending}"))).expect("a link");
    }
    let all: &[&[&str]] = &[
        &["query", "-"],
        &["query", "/dev/zero"],
        &["annotate", "--input", "mbox", "-"],
        &["annotate", "--input", "xml", "/dev/zero"],
        &["import", "rdf", "zero.rdf"],
        &["import", "rdf", "zero.ttl"],
        &["import", "tsv", "zero.nt"],
        &["sample", "--score", "/dev/zero"],
        &["link", "list", "--decisions", "/dev/zero"],
        &["mcp"],
    ];
    for arguments in all {
        // Whoever reads without end ends here by its memory or its time.
        let script = format!("ulimit -v 6000000; ulimit -t 60; exec {} \"$@\" </dev/zero", env!("CARGO_BIN_EXE_sayso"));
        let output = Command::new("sh")
            .args(["-c", &script, "sh"])
            .args(*arguments)
            .current_dir(folder.path())
            .output()
            .expect("a shell");
        let told = said(&output);
        assert_eq!(output.status.code(), Some(3), "{arguments:?}: {told}");
        assert!(told.contains("hint: "), "{arguments:?}: {told}");
    }
}

/// An answer to an assistant that cannot be written is told, and not an end like another.
#[cfg(unix)]
#[test]
fn an_assistant_that_cannot_be_answered_is_told_of() {
    let folder = store();
    let ask = "echo '{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"ping\"}' | \"$0\" mcp -q";
    assert_eq!(shell(folder.path(), ask).status.code(), Some(0));
    if Path::new("/dev/full").exists() {
        let output = shell(folder.path(), &format!("{ask} >/dev/full"));
        assert_eq!(output.status.code(), Some(3), "{}", said(&output));
        assert!(said(&output).contains("cannot write"), "{}", said(&output));
    }
    let output = shell(folder.path(), &format!("exec <.; {}", &ask[ask.find('|').unwrap_or(0) + 1..]));
    assert_eq!(output.status.code(), Some(3), "{}", said(&output));
    assert!(said(&output).contains("cannot read"), "{}", said(&output));
}

/// Patterns that share no variable: each row of the product holds all of them.
fn product(patterns: usize) -> String {
    let all: String = (0..patterns).map(|i| format!("?s{i} ?p{i} ?o{i} . ")).collect();
    format!("SELECT * {{ {all} }} LIMIT 1")
}

/// A store of some thousand quads.
fn larger() -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("folder");
    let article = |n: usize| {
        let text = format!("The fire in Halvorne destroyed {n} trucks, Mayor Ana Prado said on Monday. ").repeat(20);
        format!("{}\n", serde_json::json!({ "id": format!("n{n}"), "date": "2020-05-05", "text": text }))
    };
    let input: String = (2..22).map(article).collect();
    let output = sayso(folder.path(), &["build", "-", "-q", "--no-compare"], input.as_bytes());
    assert_eq!(output.status.code(), Some(0), "{}", said(&output));
    folder
}

/// A step that gathers rows takes hundreds of megabytes in the time that a token is waited for: it is stopped at the row
/// that is too much.
#[cfg(target_os = "linux")]
#[test]
fn a_query_takes_little_more_than_it_may() {
    let folder = larger();
    let peak = |query: &str, memory: &str| {
        let mut child = Command::new(env!("CARGO_BIN_EXE_sayso"))
            .args(["query", query, "--memory", memory, "-q"])
            .current_dir(folder.path())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .expect("the program starts");
        let mut most = 0;
        let end = loop {
            most = most.max(megabytes(&child, "VmHWM:"));
            match child.try_wait().expect("waited for") {
                Some(end) => break end,
                None => std::thread::sleep(Duration::from_millis(1)),
            }
        };
        (end.code(), most)
    };
    let (code, base) = peak("ASK {}", "20");
    assert_eq!(code, Some(0));
    let (code, most) = peak(&product(60), "20");
    assert_eq!(code, Some(3));
    assert!(most < base + 20 + 40, "{most} MB, of which {base} for nothing");
}

/// A line of what the system says of a process, in megabytes; 0 when it has ended.
#[cfg(target_os = "linux")]
fn megabytes(child: &Child, line: &str) -> u64 {
    let status = fs::read_to_string(format!("/proc/{}/status", child.id())).unwrap_or_default();
    let found = status.lines().find_map(|l| l.strip_prefix(line)?.split_whitespace().next()?.parse::<u64>().ok());
    found.unwrap_or(0) >> 10
}

/// Several greedy queries at once take no more together than one may, the largest end, and who asks for little is answered.
#[cfg(target_os = "linux")]
#[test]
fn the_memory_of_all_queries_is_bounded() {
    let folder = larger();
    let (mut child, address) =
        crate::store_cli::serving(folder.path(), &["--memory", "100", "--timeout", "20", "--connections", "32"]);
    let ask = |query: &str| crate::store_cli::asked(&address, query);
    assert!(ask("ASK {}").contains("true"));
    let before = megabytes(&child, "VmRSS:");
    // It sorts what it has gathered: far below the limit by itself, so that only the sum can stop it.
    let sorted = "SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i } ORDER BY ?a LIMIT 1";
    let greedy = product(60);
    let answers: Vec<String> = std::thread::scope(|scope| {
        let asked: Vec<_> =
            (0..8).map(|n| if n % 2 == 0 { &greedy } else { sorted }).map(|q| scope.spawn(move || ask(q))).collect();
        std::thread::sleep(Duration::from_millis(50));
        let begun = Instant::now();
        assert!(ask("SELECT ?id { ?d sayso:identifier ?id } LIMIT 1").contains("200 OK"), "a small one is answered");
        assert!(begun.elapsed() < Duration::from_secs(15));
        asked.into_iter().map(|a| a.join().expect("answered")).collect()
    });
    for answer in &answers {
        assert!(answer.starts_with("HTTP/1.1 503") && answer.contains("memory"), "{answer}");
    }
    assert!(answers.iter().any(|answer| answer.contains("together")), "{answers:?}");
    let most = megabytes(&child, "VmHWM:");
    assert!(most < before + 100 + 150, "{most} MB, of which {before} before");
    assert!(ask("ASK {}").contains("true"), "the server goes on");
    child.kill().expect("killed");
    child.wait().expect("ended");
}

/// An article of more words than any chapter has is left out by name, and the others go on.
#[cfg(target_os = "linux")]
#[test]
fn an_article_beyond_its_bound_is_left_out_by_name() {
    let folder = tempfile::tempdir().expect("folder");
    let long = serde_json::json!({ "id": "long", "date": "2020-05-05", "text": "25 trucks and ".repeat(210_000) });
    fs::write(folder.path().join("all.jsonl"), format!("{long}\n{ARTICLES}")).expect("written");
    let output = shell(folder.path(), "ulimit -v 2000000; exec \"$0\" build all.jsonl -j 1");
    let told = said(&output);
    assert_eq!(output.status.code(), Some(1), "{told}");
    assert!(told.contains("long: an article of 630000 words and marks") && told.contains("hint: split it"), "{told}");
    assert_eq!(ids(folder.path()), ["a", "b"]);
}

/// The list of documents is read by builds alone, so that nobody else would see that it is gone.
#[test]
fn a_store_without_its_list_is_told_by_check() {
    let folder = store();
    let output = sayso(folder.path(), &["check"], b"");
    assert_eq!(output.status.code(), Some(0), "{}", said(&output));
    let inside = fs::read_dir(folder.path().join("sayso-store")).expect("store");
    let mut paths = inside.map(|e| e.expect("entry").path());
    let list = paths.find(|p| p.to_string_lossy().contains("/list-")).expect("a list");
    let whole = fs::read(&list).expect("read");
    let mut turned = whole.clone();
    turned[whole.len() / 4] ^= 1;
    for (bytes, words) in
        [(Some(&whole[..20]), "has 20 bytes instead of"), (Some(&turned[..]), "damaged"), (None, "is missing")]
    {
        match bytes {
            Some(bytes) => fs::write(&list, bytes).expect("written"),
            None => fs::remove_file(&list).expect("removed"),
        }
        let output = sayso(folder.path(), &["check"], b"");
        let told = said(&output);
        assert_eq!(output.status.code(), Some(3), "{words}: {told}");
        assert!(told.contains("list-") && told.contains(words) && told.contains("hint: "), "{words}: {told}");
    }
}

/// What is told is true, and whoever does what the hint says loses nothing.
#[test]
fn hints_can_be_followed() {
    let folder = tempfile::tempdir().expect("folder");
    let line = ARTICLES.lines().next().expect("one");
    let output = sayso(folder.path(), &["build", "-"], format!("{line}\n{line}\n").as_bytes());
    let told = said(&output);
    assert_eq!(output.status.code(), Some(0), "{told}");
    assert!(told.contains("the same article stands there more than once, and counts once: a\n"), "{told}");
    assert!(!told.contains("sayso remove"), "{told}");
    assert_eq!(ids(folder.path()), ["a"]);

    // A folder of another program, with names that a store might have.
    let other = folder.path().join("app");
    fs::create_dir(&other).expect("folder");
    fs::write(other.join("data-2020.csv"), "a,b\n").expect("written");
    fs::write(other.join("list-of-names.txt"), "a\n").expect("written");
    for manifest in ["{\"name\": \"app\"}", "{\"format\": 2, \"name\": \"app\"}", "\u{0}\u{1}", ""] {
        fs::write(other.join("manifest.json"), manifest).expect("written");
        for arguments in [&["build", "-", "--store", "app"][..], &["query", "ASK {}", "--store", "app"]] {
            let output = sayso(folder.path(), arguments, ARTICLES.as_bytes());
            let told = said(&output);
            assert_eq!(output.status.code(), Some(3), "{manifest} {arguments:?}: {told}");
            assert!(told.contains("app is no store") && told.contains("hint: choose another folder"), "{told}");
            assert_eq!(fs::read_dir(&other).expect("folder").count(), 3, "nothing was put there");
        }
    }
    fs::write(folder.path().join("file"), "words").expect("written");
    for arguments in [&["build", "-", "--store", "file"][..], &["query", "ASK {}", "--store", "file"]] {
        let output = sayso(folder.path(), arguments, ARTICLES.as_bytes());
        let told = said(&output);
        assert_eq!(output.status.code(), Some(3), "{arguments:?}: {told}");
        assert!(
            told.contains("file is a file, and a store is a folder") && told.contains("hint: give a folder"),
            "{told}"
        );
    }

    let deep = format!("<http://a/s> <http://a/p> {}1{} .\n", "(".repeat(300), ")".repeat(300));
    fs::write(folder.path().join("deep.ttl"), deep).expect("written");
    let output = sayso(folder.path(), &["check", "--store", "deep.ttl"], b"");
    let told = said(&output);
    assert!(told.contains("nested") && told.contains("hint: write it as N-Triples"), "{told}");
    let ask = "SELECT * { SERVICE <http://127.0.0.1:1/x> { ?s ?p ?o } }";
    let output = sayso(folder.path(), &["query", ask], b"");
    let told = said(&output);
    assert!(told.contains("--allow-remote") && !told.contains("PREFIX"), "{told}");
    let loaded = sayso::graph::store::from_text("<http://a/s> <http://a/p> 1 .", "ttl").expect("a store");
    let load = "LOAD <http://127.0.0.1:1/x>";
    let error =
        sayso::graph::query::update(&loaded, load, &Default::default(), &Limits::default()).expect_err("refused");
    assert!(error.hint().contains("--allow-remote"), "{}", error.hint());
}

/// A folder of files is whole or not there, as one file is.
#[cfg(unix)]
#[test]
fn a_failed_export_of_a_folder_leaves_nothing() {
    let folder = larger();
    let names = || {
        let entries = fs::read_dir(folder.path()).expect("folder");
        let mut names: Vec<String> = entries.map(|e| e.expect("entry").file_name().to_string_lossy().into()).collect();
        names.sort();
        names
    };
    let before = names();
    let output = shell(folder.path(), "trap '' XFSZ; ulimit -f 2; exec \"$0\" export -f neo4j -o x.neo4j");
    assert_eq!(output.status.code(), Some(3), "{}", said(&output));
    assert!(said(&output).contains("cannot write"), "{}", said(&output));
    assert_eq!(names(), before);
    for _ in 0..2 {
        let output = sayso(folder.path(), &["export", "-f", "neo4j", "-o", "x.neo4j"], b"");
        assert_eq!(output.status.code(), Some(0), "{}", said(&output));
    }
    assert!(fs::read_dir(folder.path().join("x.neo4j")).expect("folder").count() > 1);
    assert_eq!(names().len(), before.len() + 1, "nothing is left beside it");
}

/// A string that is too long has no value, and whoever asked is told.
#[test]
fn strings_without_a_value_are_told() {
    let folder = store();
    let steps: String = (0..30).map(|i| format!("BIND(CONCAT(?a{i}, ?a{i}) AS ?a{}) ", i + 1)).collect();
    let query = format!("SELECT (BOUND(?a30) AS ?is) {{ BIND(\"aaaa\" AS ?a0) {steps} }}");
    let output = sayso(folder.path(), &["query", &query, "-f", "csv"], b"");
    assert_eq!(output.status.code(), Some(0), "{}", said(&output));
    assert!(said(&output).contains("1 strings would have been longer"), "{}", said(&output));
    let quiet = sayso(folder.path(), &["query", "SELECT (CONCAT(\"a\", \"b\") AS ?ab) {}", "-f", "csv"], b"");
    assert_eq!(said(&quiet), "");
    let loaded = Store::open(folder.path().join("sayso-store")).and_then(|store| store.load()).expect("a store");
    let limits = Limits::default();
    assert!(matches!(run(&loaded, &query, &limits), Ok(Answer::Table(_))));
    assert_eq!(limits.overlong.load(std::sync::atomic::Ordering::Relaxed), 1);
}
