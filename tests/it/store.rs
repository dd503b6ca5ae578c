//! The store: built, brought up to date, damaged, locked.

use std::fs;
use std::path::Path;

use sayso::annotate::{Kit, annotate};
use sayso::graph::ErrorKind;
use sayso::graph::store::{Store, Summary, Update, fingerprint};
use sayso::graph::write::{self, Options};
use sayso::text::{Document, Published, Source};

pub fn article(id: &str, publisher: &str, day: &str, text: &str) -> Document {
    let source = Source {
        id: id.to_owned(),
        title: Some(format!("Title of {id}")),
        publisher: Some(publisher.to_owned()),
        published: Some(Published::on(day.parse().expect("a day"), "given")),
        ..Source::default()
    };
    Document::new(source, text)
}

fn articles() -> Vec<Document> {
    vec![
        article(
            "one",
            "Bridge Herald",
            "2021-03-05",
            "At least 12 workers died in the fire, Mayor Edda Quist said on Thursday.",
        ),
        article(
            "two",
            "Delta Post",
            "2021-03-05",
            "\"We counted 15 bodies,\" said Ruben Aske. The mill makes 300 tonnes of paper a day.",
        ),
        article("three", "Bridge Herald", "2021-03-07", "The toll has risen to 17, Quist told reporters on Saturday."),
    ]
}

fn build(folder: &Path, documents: Vec<Document>, prune: bool) -> Summary {
    let options = Options::default();
    let kit = Kit::new();
    let mut update = Update::begin(folder, &options).expect("lock");
    for document in documents {
        let print = fingerprint(&document, &options);
        let id = write::identity(&document);
        if !update.is_current(&id, &print) {
            let document = annotate(document, &kit);
            update.put(&id, &print, write::quads(&document, &options)).expect("put");
        }
    }
    if prune {
        update.prune();
    }
    update.commit().expect("commit")
}

/// Every file of the folder but the lock, with its bytes.
fn bytes(folder: &Path) -> Vec<(String, Vec<u8>)> {
    let mut found: Vec<_> = fs::read_dir(folder)
        .expect("folder")
        .flatten()
        .map(|e| (e.file_name().to_string_lossy().into_owned(), fs::read(e.path()).expect("file")))
        .filter(|(name, _)| name != "lock")
        .collect();
    found.sort();
    found
}

#[test]
fn a_rebuild_is_byte_identical_and_order_does_not_matter() {
    let (first, second) = (tempfile::tempdir().expect("dir"), tempfile::tempdir().expect("dir"));
    build(first.path(), articles(), false);
    let mut turned = articles();
    turned.reverse();
    build(second.path(), turned, false);
    assert_eq!(bytes(first.path()), bytes(second.path()));
    assert_eq!(bytes(first.path()).len(), 2, "one data file and one manifest");
}

#[test]
fn unchanged_documents_are_skipped_changed_ones_replaced_vanished_ones_dropped() {
    let folder = tempfile::tempdir().expect("dir");
    let summary = build(folder.path(), articles(), false);
    assert_eq!((summary.added, summary.documents), (3, 3));
    let before = bytes(folder.path());
    let summary = build(folder.path(), articles(), false);
    assert_eq!((summary.unchanged, summary.added, summary.changed), (3, 0, 0));
    assert_eq!(bytes(folder.path()), before, "nothing changed, nothing written");

    let mut documents = articles();
    documents.truncate(2);
    documents[1] = article("two", "Delta Post", "2021-03-05", "\"We counted 16 bodies,\" said Ruben Aske.");
    let summary = build(folder.path(), documents.clone(), true);
    assert_eq!((summary.changed, summary.unchanged, summary.removed, summary.documents), (1, 1, 1, 2));

    let fresh = tempfile::tempdir().expect("dir");
    build(fresh.path(), documents, false);
    let lines = |folder: &Path| Store::open(folder).expect("store").nquads().expect("quads");
    assert_eq!(
        String::from_utf8(lines(folder.path())).expect("text"),
        String::from_utf8(lines(fresh.path())).expect("text"),
        "a store brought up to date is the store built afresh"
    );
}

#[test]
fn every_graph_comes_back_as_written() {
    let folder = tempfile::tempdir().expect("dir");
    let summary = build(folder.path(), articles(), false);
    let store = Store::open(folder.path()).expect("store");
    assert_eq!(store.load().expect("quads").len().expect("length"), summary.quads);
    assert_eq!(store.manifest().documents.len(), 3);
}

#[test]
fn two_writers_cannot_meet() {
    let folder = tempfile::tempdir().expect("dir");
    let options = Options::default();
    let first = Update::begin(folder.path(), &options).expect("lock");
    let Err(error) = Update::begin(folder.path(), &options) else { panic!("the second writer got in") };
    assert_eq!(error.kind(), ErrorKind::Locked);
    drop(first);
    assert!(Update::begin(folder.path(), &options).is_ok(), "the lock goes with its holder");
}

#[test]
fn a_build_cut_short_leaves_the_old_store() {
    let folder = tempfile::tempdir().expect("dir");
    build(folder.path(), articles(), false);
    let quads = Store::open(folder.path()).expect("store").nquads().expect("quads");
    // What a killed writer may leave: half a data file, half a manifest under its temporary name.
    fs::write(folder.path().join("data-000002.nq.gz"), b"half").expect("write");
    fs::write(folder.path().join("manifest.json.new"), b"{\"format\": 1, ").expect("write");
    assert_eq!(Store::open(folder.path()).expect("store").nquads().expect("quads"), quads);
    let summary = build(folder.path(), articles()[..2].to_vec(), true);
    assert_eq!(summary.removed, 1);
    assert!(Store::open(folder.path()).expect("store").load().is_ok());
}

#[test]
fn damage_is_recognised() {
    let damage: [(&str, fn(&Path)); 5] = [
        ("a byte of the data turned over", |folder| change(folder, "data-000001.nq.gz", |b| b[100] ^= 1)),
        ("the data cut short", |folder| change(folder, "data-000001.nq.gz", |b| b.truncate(b.len() / 2))),
        ("the data gone", |folder| fs::remove_file(folder.join("data-000001.nq.gz")).expect("remove")),
        ("the manifest cut short", |folder| change(folder, "manifest.json", |b| b.truncate(b.len() / 2))),
        ("a digit of the manifest changed", |folder| {
            change(folder, "manifest.json", |b| {
                let at = b.iter().rposition(|c| c.is_ascii_digit()).expect("digit");
                b[at] = if b[at] == b'1' { b'2' } else { b'1' };
            });
        }),
    ];
    for (name, damage) in damage {
        let folder = tempfile::tempdir().expect("dir");
        build(folder.path(), articles(), false);
        damage(folder.path());
        let error =
            Store::open(folder.path()).and_then(|s| s.load()).err().unwrap_or_else(|| panic!("{name}: not seen"));
        assert_eq!(error.kind(), ErrorKind::Damaged, "{name}: {error}");
        assert!(!error.hint().is_empty(), "{name}");
    }
}

fn change(folder: &Path, name: &str, work: impl Fn(&mut Vec<u8>)) {
    let path = folder.join(name);
    let mut bytes = fs::read(&path).expect("read");
    work(&mut bytes);
    fs::write(path, bytes).expect("write");
}

#[test]
fn a_newer_store_is_refused() {
    let folder = tempfile::tempdir().expect("dir");
    build(folder.path(), articles(), false);
    let path = folder.path().join("manifest.json");
    let text = fs::read_to_string(&path).expect("read").replace("\"format\": 1", "\"format\": 99");
    fs::write(path, text).expect("write");
    assert_eq!(Store::open(folder.path()).err().map(|e| e.kind()), Some(ErrorKind::Newer));
    let Err(error) = Update::begin(folder.path(), &Options::default()) else { panic!("written over") };
    assert_eq!(error.kind(), ErrorKind::Newer);
}

#[test]
fn no_store_is_said_plainly() {
    let folder = tempfile::tempdir().expect("dir");
    assert_eq!(Store::open(folder.path()).err().map(|e| e.kind()), Some(ErrorKind::NoStore));
}

#[test]
fn a_comparison_put_off_is_made_up_for() {
    let folder = tempfile::tempdir().expect("dir");
    let articles: Vec<Document> = ["At least 12", "Only 15", "As many as 19"]
        .iter()
        .enumerate()
        .map(|(n, words)| {
            let text =
                format!("{words} workers died in the fire at the Talbrook mill, Mayor {n}nna Quist said on Thursday.");
            article(&format!("a{n}"), "Bridge Herald", "2021-03-05", &text)
        })
        .collect();
    build(folder.path(), articles.clone(), false);
    let lines =
        || String::from_utf8(Store::open(folder.path()).expect("store").nquads().expect("quads")).expect("text");
    let whole = lines();
    let linked = |text: &str| text.lines().filter(|l| l.contains("/graph/links>")).count();
    assert!(linked(&whole) > 0, "the three are compared");

    let options = Options::default();
    let changed = annotate(article("a0", "Bridge Herald", "2021-03-05", "Nobody spoke."), &Kit::new());
    let mut update = Update::begin(folder.path(), &options).expect("lock");
    update.put("a0", "changed", write::quads(&changed, &options)).expect("put");
    update.compare_later();
    update.commit().expect("commit");
    let later = lines();
    assert!(!Store::open(folder.path()).expect("store").manifest().compared);
    assert!(linked(&later) < linked(&whole), "what was found of the changed one has gone");
    let claims = |text: &str, graph: &str| -> std::collections::BTreeSet<String> {
        let lines = text.lines().filter(|l| l.contains(graph));
        lines.flat_map(|l| l.split(' ')).filter(|t| t.contains("/claim/")).map(str::to_owned).collect()
    };
    assert!(claims(&later, "/graph/links>").is_subset(&claims(&later, "/graph/doc/")), "no link leads nowhere");

    // An update of nothing makes up for it, and then there is nothing to do.
    let done = Update::begin(folder.path(), &options).expect("lock").commit().expect("commit");
    assert_eq!(done.documents, 3);
    assert!(Store::open(folder.path()).expect("store").manifest().compared);
    let before = bytes(folder.path());
    Update::begin(folder.path(), &options).expect("lock").commit().expect("commit");
    assert_eq!(bytes(folder.path()), before);
}
