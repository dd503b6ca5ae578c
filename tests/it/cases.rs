//! Case files: named cases, each an article and what must be found in it.
//!
//! ```text
//! --- name    published: 2024-03-06
//! The article.
//! ====
//! key    value
//! ```

use std::fs;
use std::path::Path;

use sayso::annotate::{Kit, annotate};
use sayso::text::{Document, Id, Mention, Published, Source};

/// One case.
pub struct Case {
    pub place: String,
    pub doc: Document,
    /// Key and value of each line after the article.
    pub checks: Vec<(String, String)>,
}

/// The cases of `tests/cases/<folder>`, annotated.
pub fn read(folder: &str) -> Vec<Case> {
    let dir = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases").join(folder);
    let mut files: Vec<_> = fs::read_dir(dir).expect("case folder").map(|e| e.expect("entry").path()).collect();
    files.sort();
    let kit = Kit::new();
    let mut found = Vec::new();
    for file in files {
        let text = fs::read_to_string(&file).expect("case file");
        for part in text.split("\n--- ").map(|p| p.trim_start_matches("--- ")) {
            let Some((head, rest)) = part.split_once('\n') else { continue };
            let Some((article, checks)) = rest.split_once("\n====\n") else { continue };
            let (name, date) = head.split_once("published:").unwrap_or((head, ""));
            let published = (!date.trim().is_empty()).then(|| Published::on(date.trim().parse().expect("date")));
            let doc = annotate(Document::new(Source { published, ..Source::default() }, article), &kit);
            let checks = checks.lines().filter(|l| !l.trim().is_empty());
            let pair = |l: &str| {
                let (key, value) = l.split_once(char::is_whitespace).unwrap_or((l, ""));
                (key.to_owned(), value.trim().to_owned())
            };
            found.push(Case {
                place: format!("{}: {}", file.file_name().unwrap().to_string_lossy(), name.trim()),
                doc,
                checks: checks.map(pair).collect(),
            });
        }
    }
    assert!(!found.is_empty(), "no cases in {folder}");
    found
}

/// The mention with these words; "he#2" is the second "he".
pub fn mention(doc: &Document, words: &str) -> Option<Id<Mention>> {
    let (words, nth) = words.split_once('#').map_or((words, 1), |(w, n)| (w, n.parse().expect("number")));
    doc.mentions.rows().filter(|(_, m)| doc.slice(m.span) == words).map(|(id, _)| id).nth(nth - 1)
}

/// Fails with everything that is wrong at once.
pub fn report(wrong: Vec<String>) {
    assert!(wrong.is_empty(), "{} wrong:\n{}", wrong.len(), wrong.join("\n"));
}
