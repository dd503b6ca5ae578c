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

/// The answers of a graph in a terminal of 80, 120 and 200 columns. `UPDATE=1` rewrites them: the diff is the review.
#[test]
fn answers_are_laid_out_for_the_width_and_no_word_or_number_is_broken() {
    let folder = tempfile::tempdir().expect("a folder");
    let root = std::path::PathBuf::from(env!("CARGO_MANIFEST_DIR"));
    let graph = root.join("ontology/examples/fixture.trig");
    let graph = graph.to_str().expect("a path");
    let questions = ["disagreements", "who-said", "speakers", "timeline", "latest-figures"];
    let words = |text: &str| text.split_whitespace().map(str::to_owned).collect::<std::collections::BTreeSet<String>>();
    let mut changed = Vec::new();
    for width in ["80", "120", "200"] {
        let mut all = String::new();
        for question in questions {
            let arguments = ["ask", question, "--store", graph, "--quiet", "--format"];
            let output = std::process::Command::new(env!("CARGO_BIN_EXE_sayso"))
                .args([&arguments[..], &["table"]].concat())
                .current_dir(folder.path())
                .env("COLUMNS", width)
                .output()
                .expect("the program runs");
            let text = String::from_utf8(output.stdout).expect("text");
            let plain = sayso(folder.path(), &[&arguments[..], &["csv"]].concat(), b"");
            let mut reader = csv::Reader::from_reader(plain.stdout.as_slice());
            let ids: Vec<bool> =
                reader.headers().expect("a head").iter().map(|h| matches!(h, "id" | "asked" | "known as")).collect();
            let shown = words(&text);
            for row in reader.records() {
                for (cell, _) in row.expect("a row").iter().zip(&ids).filter(|(_, is_id)| !**is_id) {
                    for word in words(cell) {
                        assert!(shown.contains(&word), "{width} columns: {word} is broken in\n{text}");
                    }
                }
            }
            all += &format!("$ sayso ask {question}\n{text}\n");
        }
        let path = root.join(format!("tests/golden/terminal-{width}.txt"));
        if std::env::var_os("UPDATE").is_some() {
            std::fs::write(&path, &all).expect("written");
        } else if std::fs::read_to_string(&path).ok().as_deref() != Some(&all) {
            changed.push(path.display().to_string());
        }
    }
    assert!(changed.is_empty(), "changed: {changed:?}; look at the change with UPDATE=1 and git diff tests/golden");
}

/// Lists are counted from columns where everything is asked for, and made from rows where something is chosen: a day before
/// all chooses everything. With a limit they give the first rows.
#[test]
fn lists_are_the_same_however_they_are_made() {
    let folder = tempfile::tempdir().expect("a folder");
    let all = std::path::PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("corpus");
    let built = sayso(folder.path(), &["build", all.to_str().expect("a path"), "--quiet"], b"");
    assert!(matches!(built.status.code(), Some(0 | 1)), "{}", String::from_utf8_lossy(&built.stderr));
    let nquads = sayso(folder.path(), &["export", "--format", "nquads"], b"").stdout;
    std::fs::write(folder.path().join("all.nq"), nquads).expect("written");
    let ask = |arguments: &[&str]| {
        let output = sayso(folder.path(), &[&["ask"], arguments, &["--format", "csv"]].concat(), b"");
        (String::from_utf8(output.stdout).expect("text"), String::from_utf8(output.stderr).expect("text"))
    };
    for list in ["speakers", "documents", "publishers", "incidents", "disputes"] {
        for least in [&[][..], &["--min-confidence", "0"], &["--min-confidence", "0.9"]] {
            let own = [&[list], least].concat();
            let counted = ask(&own);
            assert!(counted.0.lines().count() > 2 || list == "disputes", "{list}");
            assert_eq!(ask(&[&own[..], &["--since", "0001-01-01"]].concat()), counted, "{own:?}");
            assert_eq!(ask(&[&own[..], &["--store", "all.nq"]].concat()), counted, "{own:?}");
            for most in ["0", "1", "5", "1000"] {
                let (rows, _) = ask(&[&own[..], &["--limit", most]].concat());
                let first: String =
                    counted.0.split_inclusive("\r\n").take(most.parse::<usize>().expect("a number") + 1).collect();
                assert_eq!(rows, first, "{own:?} --limit {most}");
            }
        }
    }
}

#[test]
fn answers_are_chosen_sorted_and_written_where_they_are_wanted() {
    let folder = tempfile::tempdir().expect("a folder");
    let built = sayso(folder.path(), &["build", &corpus("halvorne"), "--quiet"], b"");
    assert!(built.status.success());
    let ask = |arguments: &[&str]| {
        let output = sayso(folder.path(), &[&["ask"], arguments].concat(), b"");
        let said = String::from_utf8_lossy(&output.stderr).into_owned();
        (output.status.code(), String::from_utf8_lossy(&output.stdout).into_owned(), said)
    };
    let (_, piped, _) = ask(&["who-said", "--columns", "who,words", "--sort", "-who", "--limit", "3"]);
    assert!(piped.starts_with("who,words\r\n") && piped.lines().count() == 4, "{piped}");
    for (arguments, words) in [
        (&["who-said", "--columns", "whom"][..], "did you mean who?"),
        (&["who-sayd"], "did you mean who-said?"),
        (&["speaker"], "did you mean speakers?"),
        (&["who-said", "--since", "2017-04"], "write 2017-04-01"),
        (&["who-said", "-o", "x.pdf"], "use one of .csv"),
    ] {
        let (code, _, said) = ask(arguments);
        assert!(code == Some(3) && said.contains(words), "{arguments:?}: {said}");
    }
    let rows = |arguments: &[&str]| ask(arguments).1.lines().count().saturating_sub(1);
    let all = rows(&["disagreements"]);
    let one = rows(&["disagreements", "--publisher", "Inland"]);
    let two = rows(&["disagreements", "--publisher", "Inland", "--publisher", "North Sound"]);
    assert!(one > 0 && one < two && two <= all, "{one} {two} {all}");
    let (code, _, said) = ask(&["publishers", "-o", "papers.xlsx"]);
    assert!(code == Some(0) && folder.path().join("papers.xlsx").is_file(), "{said}");
    let (_, list, _) = ask(&[]);
    assert!(list.contains("Figures, and where they differ\n  ") && list.contains("speakers"), "{list}");
}
