//! Comparison across articles: articles in, verdicts out.

use std::collections::BTreeSet;
use std::path::Path;

use sayso::annotate::{Kit, annotate};
use sayso::graph::compare;
use sayso::graph::store::{Store, Update, fingerprint};
use sayso::graph::write::{self, Options};
use sayso::text::Document;
use serde_json::Value;

use crate::store::article;

fn questions(folder: &Path, documents: Vec<Document>) -> Vec<Value> {
    let options = Options::default();
    let kit = Kit::new();
    let mut update = Update::begin(folder, &options).expect("lock");
    for document in documents {
        let print = fingerprint(&document, &options);
        let id = write::identity(&document);
        update.put(&id, &print, write::quads(&annotate(document, &kit), &options)).expect("put");
    }
    update.commit().expect("commit");
    let store = Store::open(folder).expect("store").load().expect("quads");
    compare::lines(&store, &options.base).expect("lines")
}

/// Verdicts as "number verdict number", sorted.
fn verdicts(documents: Vec<Document>) -> Vec<String> {
    let folder = tempfile::tempdir().expect("dir");
    let mut found = Vec::new();
    for question in questions(folder.path(), documents) {
        for pair in question["pairs"].as_array().expect("pairs") {
            let text = |i: usize| {
                let at = pair[i].as_u64().expect("place") as usize;
                question["claims"][at]["text"].as_str().expect("text").to_owned()
            };
            let (first, second, verdict) = (text(0), text(1), pair[2].as_str().expect("verdict"));
            assert!(!pair[3].as_str().expect("reason").is_empty(), "every verdict has its reason");
            let (first, second) = if matches!(verdict, "updates" | "other-scope") || first <= second {
                (first, second)
            } else {
                (second, first)
            };
            found.push(format!("{first} {verdict} {second}"));
        }
    }
    found.sort();
    found
}

#[test]
fn numbers_of_one_incident_are_judged() {
    let found = verdicts(vec![
        article(
            "a",
            "Bridge Herald",
            "2021-03-05",
            "Twelve people were killed in a fire in Talbrook, Mayor Edda Quist said.",
        ),
        article("b", "Delta Post", "2021-03-05", "The fire in Talbrook killed 12 people, the hospital said."),
        article("c", "Coast Radio", "2021-03-05", "At least 20 people were killed in Talbrook, the union said."),
    ]);
    assert_eq!(found, ["12 agree Twelve", "12 differs At least 20", "At least 20 differs Twelve"]);
}

#[test]
fn a_figure_that_has_risen_updates_the_older_one() {
    let found = verdicts(vec![
        article(
            "a",
            "Bridge Herald",
            "2021-03-05",
            "Twelve people were killed in a fire in Talbrook, Mayor Edda Quist said.",
        ),
        article(
            "b",
            "Bridge Herald",
            "2021-03-07",
            "The number of people killed in Talbrook has risen to 17, Quist said.",
        ),
    ]);
    assert_eq!(found, ["17 updates Twelve"]);
}

#[test]
fn what_cannot_be_compared_is_left_alone() {
    let found = verdicts(vec![
        article(
            "a",
            "Bridge Herald",
            "2021-03-05",
            "Twelve people were killed in a fire in Talbrook, Mayor Edda Quist said.",
        ),
        article("b", "Delta Post", "2021-03-05", "Nineteen people were injured in Talbrook, the hospital said."),
        article(
            "c",
            "Coast Radio",
            "2021-03-05",
            "Fourteen people were killed when a bus fell off a bridge near Osmark.",
        ),
    ]);
    assert_eq!(found, Vec::<String>::new());
}

#[test]
fn the_graph_holds_the_comparisons_and_stays_valid() {
    let folder = tempfile::tempdir().expect("dir");
    questions(
        folder.path(),
        vec![
            article(
                "a",
                "Bridge Herald",
                "2021-03-05",
                "Twelve people were killed in a fire in Talbrook, Mayor Edda Quist said.",
            ),
            article("b", "Delta Post", "2021-03-05", "At least 20 people were killed in Talbrook, the union said."),
        ],
    );
    let store = Store::open(folder.path()).expect("store").load().expect("quads");
    let limits = sayso::graph::query::Limits::default();
    let answer = sayso::graph::ask::ask(&store, "disagreements", &[("min-confidence", "0")], &limits).expect("answer");
    let sayso::graph::query::Answer::Table(table) = answer else { panic!("no table") };
    assert_eq!(table.rows.len(), 1);
    assert_eq!(sayso::graph::check::check(&store).expect("report"), []);
    assert_eq!(sayso::graph::check::consistency(&store).expect("report"), []);
}

/// A store that keeps numbers as numbers (Oxigraph's own, on RocksDB) gives back their canonical letters: all of ours are so
/// from the start, whatever wrote them.
#[test]
fn numbers_are_written_as_every_store_gives_them_back() {
    let corpus = Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus");
    let documents: Vec<Document> =
        sayso::read::articles(&[corpus], None).map(|document| document.expect("an article")).collect();
    let folder = tempfile::tempdir().expect("dir");
    questions(folder.path(), documents);
    let store = Store::open(folder.path()).expect("store").load().expect("quads");
    let rows = |condition: &str| {
        let query = format!("SELECT DISTINCT ?p ?v {{ ?s ?p ?v FILTER(isNumeric(?v)) {condition} }} ORDER BY ?p ?v");
        let answer = sayso::graph::query::run(&store, &query, &sayso::graph::query::Limits::default());
        let sayso::graph::query::Answer::Table(table) = answer.expect("an answer") else { panic!("no table") };
        table.cells()
    };
    let chances = rows("?s a sayso:Comparison");
    assert!(chances.len() > 5 && rows("").len() > 200, "{} chances", chances.len());
    assert_eq!(rows("FILTER(STR(?v + 0) != STR(?v))"), Vec::<Vec<String>>::new());
}

#[test]
fn whatever_is_read_makes_a_graph_that_passes_the_shapes() {
    // Every case file of the stages as one article: scores, ranges, odd dates, nested quotations, broken layout.
    let cases = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases");
    let mut documents = Vec::new();
    let mut files: Vec<_> = ["quantity", "time", "statement", "coref", "event", "mention", "link", "layout", "segment"]
        .iter()
        .flat_map(|stage| std::fs::read_dir(cases.join(stage)).expect("case folder"))
        .map(|entry| entry.expect("entry").path())
        .filter(|path| path.is_file())
        .collect();
    files.sort();
    for file in &files {
        let text = std::fs::read_to_string(file).expect("text");
        documents.push(article(&file.display().to_string(), "Bridge Herald", "2021-03-05", &text));
    }
    let folder = tempfile::tempdir().expect("dir");
    questions(folder.path(), documents);
    let store = Store::open(folder.path()).expect("store").load().expect("quads");
    assert_eq!(sayso::graph::check::check(&store).expect("report"), []);
    assert_eq!(sayso::graph::check::consistency(&store).expect("report"), []);
    assert!(files.len() > 20);
}

/// The case files: articles as `[day publisher] text`, then every verdict.
#[test]
fn cases_of_comparison() {
    let dir = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases/compare");
    let mut files: Vec<_> = std::fs::read_dir(dir).expect("case folder").map(|e| e.expect("entry").path()).collect();
    files.sort();
    let (mut wrong, mut seen) = (Vec::new(), 0);
    for file in files {
        let text = std::fs::read_to_string(&file).expect("case file");
        for case in text.split("--- ").skip(1) {
            let (name, rest) = case.split_once('\n').expect("a name");
            let (articles, wanted) = rest.split_once("====\n").expect("verdicts");
            let documents = articles.split("\n[").enumerate().map(|(nth, one)| {
                let (head, text) = one.trim_start_matches('[').split_once(']').expect("a head");
                let (day, publisher) = head.split_once(' ').expect("day and publisher");
                article(&format!("{name} {nth}"), publisher, day, text.trim())
            });
            let found = verdicts(documents.collect());
            let wanted: Vec<&str> = wanted.lines().filter(|l| !l.trim().is_empty()).collect();
            seen += 1;
            if found != wanted {
                wrong.push(format!("{name}\n  want {wanted:?}\n  have {found:?}"));
            }
        }
    }
    assert!(seen >= 20, "only {seen} cases");
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// A store of some articles, put in as so many builds, and its disputes without numbers.
fn disputes(builds: &[Vec<Document>]) -> Vec<Value> {
    let folder = tempfile::tempdir().expect("dir");
    let (options, kit) = (Options::default(), Kit::new());
    for documents in builds {
        let mut update = Update::begin(folder.path(), &options).expect("lock");
        for document in documents {
            let (print, id) = (fingerprint(document, &options), write::identity(document));
            update.put(&id, &print, write::quads(&annotate(document.clone(), &kit), &options)).expect("put");
        }
        update.commit().expect("commit");
    }
    let store = Store::open(folder.path()).expect("store").load().expect("quads");
    compare::disputes(&store, false).expect("disputes")
}

/// The incidents of a gold file.
fn incidents(name: &str) -> Vec<Value> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/gold").join(name);
    let text = std::fs::read_to_string(path).expect("gold");
    text.lines().map(|line| serde_json::from_str(line).expect("JSON")).collect()
}

/// The articles of some incidents.
fn articles(incidents: &[Value]) -> Vec<Document> {
    let text = |article: &Value, key: &str| article[key].as_str().expect("text").to_owned();
    let of = |incident: &Value| incident["articles"].as_array().expect("articles").clone();
    let made = |a: Value| article(&text(&a, "id"), &text(&a, "publisher"), &text(&a, "date"), &text(&a, "text"));
    incidents.iter().flat_map(of).map(made).collect()
}

/// Whether two sides are one: of one article, and one holds the other's words or shares three in ten with it.
fn is_side(gold: &Value, found: &Value) -> bool {
    let words = |side: &Value| -> Vec<String> {
        let text = side["text"].as_str().expect("text").to_lowercase();
        text.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()).map(str::to_owned).collect()
    };
    let (a, b) = (words(gold), words(found));
    let (short, long) = if a.len() <= b.len() { (&a, &b) } else { (&b, &a) };
    let holds = short.len() >= 3 && long.windows(short.len()).any(|part| part == short.as_slice());
    let (x, y): (BTreeSet<&String>, BTreeSet<&String>) = (a.iter().collect(), b.iter().collect());
    let shares = x.intersection(&y).count() * 10 >= x.union(&y).count() * 3;
    gold["document"] == found["document"] && (holds || shares)
}

/// How many of the disputes found are quarrels of the gold file, of how many found and how many there are.
fn quarrels(name: &str) -> (usize, usize, usize) {
    let incidents = incidents(name);
    let found = disputes(&[articles(&incidents)]);
    let mut gold: Vec<Value> =
        incidents.iter().flat_map(|i| i["disputes"].as_array().expect("disputes").clone()).collect();
    let all = gold.len();
    let mut right = 0;
    for dispute in &found {
        let fits = |g: &Value, a: &str, b: &str| is_side(&g["left"], &dispute[a]) && is_side(&g["right"], &dispute[b]);
        if let Some(at) = gold.iter().position(|g| fits(g, "left", "right") || fits(g, "right", "left")) {
            gold.remove(at);
            right += 1;
        }
    }
    (right, found.len(), all)
}

/// What is found of quarrels without numbers, in incidents that were learned on and in some that nobody has read.
#[test]
fn disputes_without_numbers_are_found() {
    for (name, floor) in [("incidents-f.jsonl", 25), ("incidents-h.jsonl", 12)] {
        let (right, found, all) = quarrels(name);
        let score = 200 * right / (found + all);
        assert!(score >= floor, "{name}: {right} of {found} found are right, of {all}: F1 {score}");
    }
}

/// Articles that come one after another, last first, give the disputes of those that come at once, byte for byte.
#[test]
fn disputes_do_not_hang_on_the_order_of_articles() {
    let few = articles(&incidents("incidents-f.jsonl")[..6]);
    let at_once = disputes(std::slice::from_ref(&few));
    let one_by_one: Vec<Vec<Document>> = few.iter().rev().map(|article| vec![article.clone()]).collect();
    assert!(!at_once.is_empty(), "there are disputes");
    assert_eq!(at_once, disputes(&one_by_one));
}
