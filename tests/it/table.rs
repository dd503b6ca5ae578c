//! `sayso table`: spreadsheets of articles and stores.

use std::path::Path;

use super::cli::sayso;

fn corpus(name: &str) -> String {
    format!("{}/corpus/{name}", env!("CARGO_MANIFEST_DIR"))
}

fn rows(folder: &Path, arguments: &[&str]) -> Vec<Vec<String>> {
    let out = folder.join("out.csv");
    let given = [&["table"], arguments, &["-o", out.to_str().expect("a path")]].concat();
    let output = sayso(folder, &given, b"");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let mut reader = csv::ReaderBuilder::new().has_headers(false).from_path(out).expect("a table");
    reader.records().map(|r| r.expect("a row").iter().map(str::to_owned).collect()).collect()
}

#[test]
fn articles_become_a_table_without_a_store() {
    let folder = tempfile::tempdir().expect("a folder");
    let all = rows(folder.path(), &[&corpus("halvorne"), "--min-confidence", "0"]);
    let column = |title: &str| all[0].iter().position(|t| t == title).unwrap_or_else(|| panic!("no column {title}"));
    for title in ["article", "paper", "day", "speaker", "kind of source", "cue", "words", "number", "low", "high"] {
        column(title);
    }
    let police = all.iter().find(|r| r[column("numbers")] == "About 8,000" && r[column("how")] == "indirect");
    let police = police.expect("the figure of the police");
    assert_eq!(police[column("speaker")], "the police");
    assert_eq!(police[column("number")], "8000");
    assert!(police[column("sentence")].contains("About 8,000 people marched"));
    assert!(!folder.path().join("sayso-store").exists());
    let fewer = rows(
        folder.path(),
        &[&corpus("halvorne"), "--min-confidence", "0", "--speaker", "police", "--speaker", "organisers"],
    );
    assert!(fewer.len() > 1 && fewer.len() < all.len());
    let figures = rows(folder.path(), &[&corpus("halvorne"), "--sheet", "figures"]);
    assert_eq!(figures[0][0], "figure");
}

#[test]
fn what_cannot_be_written_or_chosen_is_refused_with_a_remedy() {
    let folder = tempfile::tempdir().expect("a folder");
    let halvorne = corpus("halvorne");
    for (arguments, words) in [
        (vec!["-o", "claims.pdf"], "use one of .csv"),
        (vec!["-o", "claims.csv", "--since", "2019-13-45"], "is no day of the calendar"),
        (vec!["-o", "claims.csv", "--source-kind", "oficial"], "did you mean official?"),
        (vec!["-o", "claims.csv", "--sheet", "figure"], "did you mean figures?"),
    ] {
        let given = [&["table", &halvorne], &arguments[..]].concat();
        let output = sayso(folder.path(), &given, b"");
        let said = String::from_utf8_lossy(&output.stderr).into_owned();
        assert!(output.status.code() == Some(3) && said.contains(words), "{arguments:?}: {said}");
        assert!(!folder.path().join("claims.csv").exists(), "{arguments:?}");
    }
}
