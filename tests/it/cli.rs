//! The program as its users meet it: output, exit codes, bad input.

use std::io::Write;
use std::path::Path;
use std::process::{Command, Output, Stdio};

/// Runs the program in a folder.
pub fn sayso(folder: &Path, arguments: &[&str], input: &[u8]) -> Output {
    let mut child = Command::new(env!("CARGO_BIN_EXE_sayso"))
        .args(arguments)
        .current_dir(folder)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the program starts");
    let mut stdin = child.stdin.take().expect("a pipe");
    std::thread::scope(|scope| {
        scope.spawn(move || stdin.write_all(input));
    });
    child.wait_with_output().expect("the program ends")
}

fn said(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

fn lines(output: &Output) -> Vec<serde_json::Value> {
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    text.lines().map(|l| serde_json::from_str(l).expect("JSON")).collect()
}

const GOOD: &str = r#"{"id":"good","date":"2020-05-05","text":"It rained, the mayor said on Monday."}"#;

#[test]
fn json_lines_come_back_in_order_with_id_and_text() {
    let folder = tempfile::tempdir().expect("folder");
    let input: String = (0..50).map(|n| GOOD.replace("good", &format!("a{n}")) + "\n").collect();
    let output = sayso(folder.path(), &["annotate", "-", "--jobs", "3"], input.as_bytes());
    assert_eq!(output.status.code(), Some(0), "{}", said(&output));
    let ids: Vec<String> = lines(&output).iter().map(|l| l["id"].as_str().expect("id").to_owned()).collect();
    assert_eq!(ids, (0..50).map(|n| format!("a{n}")).collect::<Vec<_>>());
    assert_eq!(lines(&output)[0]["text"], "It rained, the mayor said on Monday.");
    let again = sayso(folder.path(), &["annotate", "-", "--jobs", "1"], input.as_bytes());
    assert_eq!(output.stdout, again.stdout, "the same bytes with one thread and with three");
}

#[test]
fn a_broken_line_is_named_and_costs_nothing_else_unless_strict() {
    let folder = tempfile::tempdir().expect("folder");
    let input = format!("{GOOD}\n{{\"id\": \"bad\"\n{GOOD}\n");
    let output = sayso(folder.path(), &["annotate", "-", "--strict"], input.as_bytes());
    assert_eq!(output.status.code(), Some(3));
    assert!(said(&output).contains("-:2:"), "{}", said(&output));
    assert!(said(&output).contains("without --strict"));
    assert_eq!(lines(&output).len(), 1, "what came before the broken line is done");
    for arguments in [&["annotate", "-"][..], &["annotate", "-", "--keep-going"]] {
        let output = sayso(folder.path(), arguments, input.as_bytes());
        assert_eq!(output.status.code(), Some(1));
        assert!(
            said(&output).contains("left out: -:2:") && said(&output).contains("broken JSON (1)"),
            "{}",
            said(&output)
        );
        assert_eq!(lines(&output).len(), 2);
    }
}

#[test]
fn unreadable_files_are_left_out_and_the_rest_goes_on() {
    let folder = tempfile::tempdir().expect("folder");
    let write = |name: &str, bytes: &[u8]| std::fs::write(folder.path().join(name), bytes).expect("file");
    write("empty.txt", b"");
    write("picture.txt", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR");
    write("good.txt", "Rain\n\nPublished 5 May 2020\n\nIt rained in the old town, the mayor said.\n".as_bytes());
    write("latin.txt", b"Caf\xe9\n\nPublished 5 May 2020\n\nThe caf\xe9 is shut, she said.\n");
    let output = sayso(folder.path(), &["annotate", "."], b"");
    assert_eq!(output.status.code(), Some(1));
    let talk = said(&output);
    assert!(talk.contains("empty.txt: the file has no text"), "{talk}");
    assert!(talk.contains("picture.txt: a picture is not read"), "{talk}");
    assert!(talk.contains("hint:"), "{talk}");
    let ids: Vec<_> = lines(&output).iter().map(|l| l["id"].clone()).collect();
    assert_eq!(ids, ["good", "latin"]);
    assert!(lines(&output)[1]["text"].as_str().expect("text").contains("café"));
}

#[test]
fn a_line_of_forty_megabytes_is_refused_and_the_next_is_read() {
    let folder = tempfile::tempdir().expect("folder");
    let mut input = br#"{"id":"huge","date":"2020-05-05","text":""#.to_vec();
    input.resize(40 << 20, b'a');
    input.extend_from_slice(b"\"}\n");
    input.extend_from_slice(GOOD.as_bytes());
    let output = sayso(folder.path(), &["annotate", "-", "--keep-going"], &input);
    assert_eq!(output.status.code(), Some(1));
    assert!(said(&output).contains("-:1: an article of more than 32 MiB"), "{}", said(&output));
    assert_eq!(lines(&output)[0]["id"], "good");
}

#[test]
fn a_missing_date_is_said_and_nothing_is_guessed() {
    let folder = tempfile::tempdir().expect("folder");
    std::fs::write(folder.path().join("a.txt"), "Rain\n\nIt rained yesterday, the mayor said.\n").expect("file");
    let output = sayso(folder.path(), &["annotate", "a.txt"], b"");
    assert_eq!(output.status.code(), Some(0));
    assert!(said(&output).contains("a has no publication date"), "{}", said(&output));
    assert!(said(&output).contains("metadata.tsv"));
    assert!(lines(&output)[0]["date"].is_null());
    let quiet = sayso(folder.path(), &["annotate", "--quiet", "a.txt"], b"");
    assert_eq!(said(&quiet), "");
}

#[test]
fn missing_paths_and_folders_without_articles_are_errors() {
    let folder = tempfile::tempdir().expect("folder");
    let output = sayso(folder.path(), &["annotate", "nowhere"], b"");
    assert_eq!(output.status.code(), Some(3));
    assert!(said(&output).contains("nowhere"));
    let output = sayso(folder.path(), &["annotate", "."], b"");
    assert_eq!(output.status.code(), Some(3));
    assert!(said(&output).contains("no articles in this folder"), "{}", said(&output));
    let output = sayso(folder.path(), &["annotate", "--format", "nonsense", "."], b"");
    assert_eq!(output.status.code(), Some(2));
    assert!(said(&output).contains("possible values"), "{}", said(&output));
}

#[test]
fn help_is_there_for_every_command() {
    let folder = tempfile::tempdir().expect("folder");
    let help = sayso(folder.path(), &["--help"], b"");
    assert_eq!(help.status.code(), Some(0));
    let text = String::from_utf8_lossy(&help.stdout).into_owned();
    let commands = text.split("Commands:").nth(1).and_then(|t| t.split("Options:").next()).expect("commands");
    for command in commands.lines().filter_map(|l| l.split_whitespace().next()).filter(|c| *c != "help") {
        let output = sayso(folder.path(), &[command, "--help"], b"");
        assert_eq!(output.status.code(), Some(0), "{command}");
    }
    let script = sayso(folder.path(), &["completions", "bash"], b"");
    assert!(String::from_utf8_lossy(&script.stdout).contains("complete"));
}

/// Explanations are for a person, also when they go into a pipe.
#[test]
fn explaining_writes_marked_text() {
    let folder = tempfile::tempdir().expect("folder");
    let input = b"{\"id\":\"1\",\"date\":\"2024-03-05\",\"text\":\"The mayor said on Monday that 40 boats sank.\"}\n";
    let output = sayso(folder.path(), &["annotate", "-", "--explain"], input);
    let text = String::from_utf8_lossy(&output.stdout);
    assert!(text.contains("[cue: said]") && text.contains("2024-03-04"), "{text}");
    let lines = sayso(folder.path(), &["annotate", "-", "--explain", "--format", "jsonl"], input);
    assert!(lines.stdout.starts_with(b"{"));
}
