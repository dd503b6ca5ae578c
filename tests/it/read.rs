//! Reading: lists of articles in one JSON file, and what is said of files that cannot be read.

use std::fs;
use std::path::Path;

use crate::cli::sayso;

fn written(name: &str, bytes: &[u8]) -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("folder");
    fs::write(folder.path().join(name), bytes).expect("file");
    folder
}

fn said(output: &std::process::Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

/// Ids and texts of what `annotate` writes.
fn read(folder: &Path, name: &str) -> (Vec<(String, String)>, String, Option<i32>) {
    let output = sayso(folder, &["annotate", name, "--format", "jsonl"], b"");
    let rows = String::from_utf8_lossy(&output.stdout)
        .lines()
        .map(|l| {
            let row: serde_json::Value = serde_json::from_str(l).expect("JSON");
            (row["id"].as_str().expect("id").to_owned(), row["text"].as_str().expect("text").to_owned())
        })
        .collect();
    (rows, said(&output), output.status.code())
}

fn pair(id: &str, text: &str) -> (String, String) {
    (id.to_owned(), text.to_owned())
}

#[test]
fn a_list_in_a_json_file_is_several_articles() {
    let one = r#"{"text": "It rained.", "date": "2020-05-05"}"#;
    let two = r#"{"url": "https://a.example/2", "content": "It snowed.", "publishedAt": "2020-05-06T10:00:00Z"}"#;
    let both = [pair("news#1", "It rained."), pair("https://a.example/2", "It snowed.")];
    for file in [
        format!("[{one}, {two}]"),
        format!(" [\n{one}\n,\n{two}\n]\n"),
        format!(r#"{{"articles": [{one}, {two}]}}"#),
        format!(r#"{{"status": "ok", "totalResults": 2, "articles": [{one}, {two}]}}"#),
        format!(r#"{{"items": [{one}, {two}], "version": 1}}"#),
    ] {
        let folder = written("news.json", file.as_bytes());
        let (rows, talk, code) = read(folder.path(), "news.json");
        assert_eq!((rows.as_slice(), code), (both.as_slice(), Some(0)), "{file}\n{talk}");
    }
}

#[test]
fn objects_under_names_of_their_own_are_articles() {
    let folder = written("dump.json", br#"{"a-1": {"text": "It rained.", "date": "2020-05-05"}, "a-2": {"body": "It snowed.", "date": "2020-05-05"}}"#);
    let (rows, talk, _) = read(folder.path(), "dump.json");
    assert_eq!(rows, [pair("a-1", "It rained."), pair("a-2", "It snowed.")], "{talk}");
}

#[test]
fn a_json_file_of_one_article_has_the_files_name() {
    for file in [
        r#"{"text": "It rained.", "date": "2020-05-05", "words": 2}"#,
        r#"{"words": 2, "article": {"title": "Rain", "text": "It rained.", "date": "2020-05-05"}}"#,
    ] {
        let folder = written("rain.json", file.as_bytes());
        let (rows, talk, code) = read(folder.path(), "rain.json");
        assert_eq!((rows, code), (vec![pair("rain", "It rained.")], Some(0)), "{talk}");
    }
}

#[test]
fn what_is_wrong_in_a_list_is_named_with_its_place() {
    let file = br#"[{"text": "It rained.", "date": "2020-05-05"}, {"title": "no text"}, 7, {"text": "It snowed.", "date": "2020-05-05"}, {"text": "It"#;
    let folder = written("news.json", file);
    let (rows, talk, code) = read(folder.path(), "news.json");
    assert_eq!(rows, [pair("news#1", "It rained."), pair("news#4", "It snowed.")], "{talk}");
    assert_eq!(code, Some(1));
    for words in [
        "news.json: article 2 of its list: an article without text",
        "news.json: article 3 of its list: an object is expected",
        "news.json: article 5 of its list: EOF while parsing a string",
        "must be in a field named text",
        "mend the file at that place",
    ] {
        assert!(talk.contains(words), "{words}: {talk}");
    }
    for broken in
        [r#"{"text": "It rained.""#, r#"{"text" "It rained."}"#, "[", "nonsense", r#"{"title": "no text"}"#, "[]x"]
    {
        let folder = written("news.json", broken.as_bytes());
        let output = sayso(folder.path(), &["annotate", "news.json"], b"");
        assert!(
            broken == "[]x" || said(&output).contains("news.json: ") && said(&output).contains("hint:"),
            "{broken}: {}",
            said(&output)
        );
    }
}

#[test]
fn a_list_larger_than_the_longest_article_is_read_one_article_at_a_time() {
    let folder = tempfile::tempdir().expect("folder");
    let long = "It rained. ".repeat(800_000);
    let mut file = String::from("[");
    for _ in 0..5 {
        file += &format!(r#"{{"description": "{long}", "text": "It rained.", "date": "2020-05-05"}},"#);
    }
    file += r#"{"text": "It snowed.", "date": "2020-05-05"}]"#;
    fs::write(folder.path().join("big.json"), file).expect("file");
    let (rows, talk, code) = read(folder.path(), "big.json");
    assert_eq!((rows.len(), code), (6, Some(0)), "{talk}");
    assert_eq!(rows[5], pair("big#6", "It snowed."));
}

#[test]
fn encodings_are_told_by_the_bytes_or_by_the_page() {
    let page = b"<html><head><meta charset=\"windows-1251\"><title>\xcc\xe8\xf0</title></head><body><article><p>The word \xcc\xe8\xf0 was read out, the mayor said on Monday.</p></article></body></html>";
    let folder = written("page.html", page);
    let (rows, talk, _) = read(folder.path(), "page.html");
    assert!(rows[0].1.contains("The word Мир was read out"), "{rows:?} {talk}");
    let wide: Vec<u8> = "It rained, the mayor said.".encode_utf16().flat_map(u16::to_le_bytes).collect();
    let folder = written("wide.txt", &wide);
    assert!(read(folder.path(), "wide.txt").0[0].1.contains("the mayor said"));
    let folder = written("odd.txt", b"\xff\xfe\x00\xd8It rained.");
    let (rows, talk, code) = read(folder.path(), "odd.txt");
    assert_eq!((rows.len(), code), (0, Some(3)), "{talk}");
    assert!(talk.contains("odd.txt: not valid UTF-16LE") && talk.contains("hint:"), "{talk}");
}

#[test]
fn a_line_of_a_hundred_megabytes_is_refused_by_its_number() {
    let mut input = b"{\"id\": \"huge\", \"text\": \"".to_vec();
    input.resize(100 << 20, b'a');
    input.extend_from_slice(b"\"}\n{\"id\": \"next\", \"date\": \"2020-05-05\", \"text\": \"It rained.\"}\n");
    let folder = tempfile::tempdir().expect("folder");
    let output = sayso(folder.path(), &["annotate", "-", "--keep-going"], &input);
    assert!(
        said(&output).contains("-:1: an article of more than 32 MiB") && said(&output).contains("split it"),
        "{}",
        said(&output)
    );
    assert!(String::from_utf8_lossy(&output.stdout).contains("\"next\""));
}

#[cfg(unix)]
#[test]
fn a_disk_that_is_full_leaves_the_store_as_it_was() {
    let folder = written("a.txt", b"Rain\n\nPublished 5 May 2020\n\nIt rained, the mayor said.\n");
    let built = sayso(folder.path(), &["build", "a.txt"], b"");
    assert_eq!(built.status.code(), Some(0), "{}", said(&built));
    let ask =
        || sayso(folder.path(), &["query", "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }", "--format", "csv"], b"").stdout;
    let before = ask();
    let more = "The mayor said on Monday that 40 people were hurt in a storm. ".repeat(200);
    fs::write(folder.path().join("b.txt"), format!("Storm\n\nPublished 6 May 2020\n\n{more}")).expect("file");
    // No file may grow beyond 4 KiB: what a full disk looks like to a process.
    let script = "trap '' XFSZ; ulimit -f 4; exec \"$0\" build a.txt b.txt";
    let full = std::process::Command::new("sh")
        .args(["-c", script, env!("CARGO_BIN_EXE_sayso")])
        .current_dir(folder.path())
        .output()
        .expect("a shell");
    assert_eq!(full.status.code(), Some(3), "{}", said(&full));
    assert!(said(&full).contains("hint: check that the folder exists, is writable and has room"), "{}", said(&full));
    assert_eq!(ask(), before, "nothing already stored is lost");
}

#[cfg(unix)]
#[test]
fn what_may_not_be_read_or_written_is_said() {
    use std::os::unix::fs::PermissionsExt;
    let folder = written("a.txt", b"Rain\n\nPublished 5 May 2020\n\nIt rained, the mayor said.\n");
    let closed = folder.path().join("closed");
    fs::create_dir(&closed).expect("folder");
    fs::write(closed.join("b.txt"), "It snowed.").expect("file");
    fs::set_permissions(&closed, fs::Permissions::from_mode(0o000)).expect("permissions");
    if fs::read_dir(&closed).is_ok() {
        eprintln!("skipped: this user may read everything");
        return;
    }
    let output = sayso(folder.path(), &["annotate", "closed"], b"");
    assert!(said(&output).contains("closed") && said(&output).contains("check the path and the permissions"));
    let output = sayso(folder.path(), &["build", "a.txt", "--store", "closed/store"], b"");
    assert_eq!(output.status.code(), Some(3));
    assert!(said(&output).contains("closed/store") && said(&output).contains("hint:"), "{}", said(&output));
    fs::set_permissions(&closed, fs::Permissions::from_mode(0o700)).expect("permissions");
}

#[test]
fn files_of_one_name_in_several_folders_are_all_read() {
    let folder = tempfile::tempdir().expect("folder");
    for (name, text) in [("s1", "It rained."), ("s2", "It snowed."), ("s2/deep", "It hailed.")] {
        fs::create_dir_all(folder.path().join(name)).expect("folder");
        fs::write(folder.path().join(name).join("a.txt"), text).expect("file");
        let object = serde_json::json!({"text": format!("{text} Much."), "url": format!("http://x.example/{name}")});
        fs::write(folder.path().join(name).join("0.json"), object.to_string()).expect("file");
    }
    let ids = |paths: &[&str]| {
        let all = [&["annotate", "--format", "jsonl"], paths].concat();
        let output = sayso(folder.path(), &all, b"");
        assert_eq!(output.status.code(), Some(0), "{}", said(&output));
        let lines = String::from_utf8_lossy(&output.stdout).into_owned();
        let mut ids: Vec<String> = lines
            .lines()
            .map(|l| serde_json::from_str::<serde_json::Value>(l).expect("JSON")["id"].as_str().expect("id").to_owned())
            .collect();
        ids.sort();
        ids
    };
    let address = |name: &str| format!("http://x.example/{name}");
    assert_eq!(
        ids(&["s1", "s2"]),
        ["a".to_owned(), "deep/a".to_owned(), address("s1"), address("s2"), address("s2/deep"), "s2/a".to_owned()]
    );
    assert_eq!(ids(&["s1/a.txt", "s2/a.txt", "s2/deep/a.txt"]), ["a", "deep/a", "s2/a"]);
    // In one folder the names tell them apart by themselves.
    assert_eq!(ids(&["s2"]), ["a".to_owned(), "deep/a".to_owned(), address("s2"), address("s2/deep")]);
}
