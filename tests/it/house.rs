//! The house rules that a test can hold: who may import whom.

use std::fs;
use std::path::{Path, PathBuf};

fn sources(dir: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(dir).expect("source folder") {
        let path = entry.expect("entry").path();
        if path.is_dir() {
            sources(&path, found);
        } else if path.extension().is_some_and(|e| e == "rs") {
            found.push(path);
        }
    }
}

/// The lines of each file under `src/<folder>` that name one of `forbidden`.
fn offenders(folder: &str, forbidden: &[&str]) -> Vec<String> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut files = Vec::new();
    sources(&root.join(folder), &mut files);
    files.sort();
    let mut lines = Vec::new();
    for file in files {
        let text = fs::read_to_string(&file).expect("source file");
        for (number, line) in text.lines().enumerate() {
            if !line.trim_start().starts_with("//") && forbidden.iter().any(|f| line.contains(f)) {
                lines.push(format!(
                    "{}:{}: {}",
                    file.strip_prefix(&root).expect("inside").display(),
                    number + 1,
                    line.trim()
                ));
            }
        }
    }
    lines
}

#[test]
fn text_uses_nothing_of_ours() {
    let found = offenders(
        "text",
        &[
            "crate::annotate",
            "crate::read",
            "crate::graph",
            "crate::cli",
            "crate::show",
            "crate::serve",
            "crate::lexicon",
        ],
    );
    assert_eq!(found, Vec::<String>::new());
}

#[test]
fn stages_use_text_and_lexicon_alone() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/annotate");
    let stages: Vec<String> = fs::read_dir(&root)
        .expect("stages")
        .filter_map(|e| e.ok())
        .filter(|e| e.path().is_dir())
        .map(|e| e.file_name().to_string_lossy().into_owned())
        .collect();
    let mut found = offenders(
        "annotate",
        &[
            "crate::read",
            "crate::graph",
            "crate::cli",
            "crate::show",
            "crate::serve",
            "std::env",
            "std::fs",
            "SystemTime",
            "Instant::now",
        ],
    );
    for stage in &stages {
        let others: Vec<String> = stages
            .iter()
            .filter(|s| *s != stage)
            .flat_map(|s| [format!("crate::annotate::{s}"), format!("super::{s}::")])
            .collect();
        let others: Vec<&str> = others.iter().map(String::as_str).collect();
        let own = format!("crate::annotate::{stage}");
        found.extend(offenders(&format!("annotate/{stage}"), &others).into_iter().filter(|l| !l.contains(&own)));
    }
    assert_eq!(found, Vec::<String>::new());
}

/// Crates of data hold bytes and nothing that runs; only the files that read them name them, one for each kind of data, and
/// what hashes them.
#[test]
fn data_crates_are_read_in_one_place() {
    let readers =
        ["annotate/syntax/model.rs:", "annotate/statement/model.rs:", "lexicon/gazetteer.rs:", "lexicon/wordnet.rs:"];
    let found: Vec<String> = offenders("", &["sayso_weights", "sayso_gazetteer"])
        .into_iter()
        .filter(|l| !readers.iter().any(|r| l.starts_with(r)))
        .collect();
    assert_eq!(found, Vec::<String>::new());
}

#[test]
fn oxigraph_stays_in_graph_and_serve() {
    let mut found = Vec::new();
    for folder in ["text", "annotate", "lexicon", "read", "show", "cli"] {
        found.extend(offenders(folder, &["oxigraph::", "use oxigraph"]));
    }
    assert_eq!(found, Vec::<String>::new());
}

/// Connections to other servers are opened in one place, which asks nobody that the person has not named.
#[test]
fn one_file_asks_other_servers() {
    let found: Vec<String> = offenders("", &["TcpStream::connect", "UdpSocket", "client::conn"])
        .into_iter()
        .filter(|line| !line.starts_with("graph/query/http.rs:"))
        .collect();
    assert_eq!(found, Vec::<String>::new());
}

#[test]
fn printing_stays_in_cli() {
    let mut found = Vec::new();
    for folder in ["text", "annotate", "lexicon", "read", "show", "graph"] {
        found.extend(offenders(folder, &["println!", "use clap", "dbg!"]));
    }
    assert_eq!(found, Vec::<String>::new());
}

#[test]
fn what_is_cited_is_this_version() {
    let cited = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("CITATION.cff")).expect("CITATION.cff");
    let field = |name: &str| {
        let found = cited.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix(": "));
        found.unwrap_or_else(|| panic!("CITATION.cff has no {name}")).trim_matches('"')
    };
    assert_eq!((field("cff-version"), field("version")), ("1.2.0", env!("CARGO_PKG_VERSION")));
    assert!(!field("title").is_empty() && !field("message").is_empty() && cited.contains("\nauthors:\n"));
    for licence in env!("CARGO_PKG_LICENSE").split(" OR ") {
        assert!(cited.contains(&format!("\n  - {licence}\n")), "{licence}");
    }
    // What there is none of: an address, a number of a registry.
    assert!(!["doi:", "url:", "repository", "identifiers:"].iter().any(|name| cited.contains(&format!("\n{name}"))));
}
