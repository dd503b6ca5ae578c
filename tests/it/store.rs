//! The store: built, brought up to date, damaged, locked.

use std::fs;
use std::path::Path;

use sayso::annotate::{Kit, annotate};
use sayso::graph::ErrorKind;
use sayso::graph::store::{Backend, Store, Summary, Update, fingerprint};
use sayso::graph::write::{self, Options};
use sayso::text::{Document, Published, Source};

pub fn article(id: &str, publisher: &str, day: &str, text: &str) -> Document {
    let source = Source {
        id: id.to_owned(),
        title: Some(format!("Title of {id}")),
        publisher: Some(publisher.to_owned()),
        published: Some(Published::on(day.parse().expect("a day"))),
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
    let lines = |folder: &Path| Store::open(folder).expect("store").nquads().expect("quads");
    assert_eq!(lines(first.path()), lines(second.path()));
    let third = tempfile::tempdir().expect("dir");
    build(third.path(), articles(), false);
    assert_eq!(bytes(first.path()), bytes(third.path()), "the same in the same order gives the same files");
}

/// What a store of N-Quads written by the version before holds is what a new one holds.
#[test]
fn the_kinds_of_stores_hold_the_same() {
    let (mapped, files) = (tempfile::tempdir().expect("dir"), tempfile::tempdir().expect("dir"));
    build(mapped.path(), articles(), false);
    let options = Options::default();
    let mut update = Update::begin_as(files.path(), &options, Some(Backend::Files)).expect("lock");
    for document in articles() {
        let document = annotate(document, &Kit::new());
        let id = write::identity(&document);
        update.put(&id, "as read", write::quads(&document, &options)).expect("put");
    }
    update.commit().expect("commit");
    let open = |folder: &Path| Store::open(folder).expect("store");
    assert_eq!(open(files.path()).manifest().format, 1, "as the version before wrote it");
    assert_eq!(open(mapped.path()).nquads().expect("quads"), open(files.path()).nquads().expect("quads"));
    assert_eq!(open(mapped.path()).manifest().quads, open(files.path()).manifest().quads);
    // Every shape of a pattern finds the same.
    let (one, two) = (open(mapped.path()).load().expect("quads"), open(files.path()).load().expect("quads"));
    let all: Vec<_> = two.iter().collect::<Result<_, _>>().expect("quads");
    for quad in all.iter().step_by(7) {
        for shape in 0..16 {
            let found = |store: &sayso::graph::store::Loaded| {
                let quads = store.quads_for_pattern(
                    (shape & 1 > 0).then(|| quad.subject.as_ref()),
                    (shape & 2 > 0).then(|| quad.predicate.as_ref()),
                    (shape & 4 > 0).then(|| quad.object.as_ref()),
                    (shape & 8 > 0).then(|| quad.graph_name.as_ref()),
                );
                let mut lines: Vec<String> = quads.map(|q| q.expect("a quad").to_string()).collect();
                lines.sort();
                lines
            };
            assert_eq!(found(&one), found(&two), "{shape:04b} {quad}");
        }
    }
    // What is counted from columns is what the query counts.
    for least in ["0", "0.70", "0.95"] {
        let asked = |store| {
            let limits = sayso::graph::query::Limits::default();
            sayso::graph::ask::ask(store, "manner", &[("min-confidence", least)], &limits).expect("an answer")
        };
        let sayso::graph::query::Answer::Table(table) = asked(&two) else { panic!("a table") };
        assert!(!table.rows.is_empty());
        assert_eq!(asked(&one), sayso::graph::query::Answer::Table(table), "{least}");
    }
}

/// A generator of small numbers that is the same everywhere.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: usize) -> usize {
        self.0 = self.0.wrapping_mul(6364136223846793005).wrapping_add(1442695040888963407);
        (self.0 >> 33) as usize % sides
    }
}

/// Articles that share people, places and papers, of three incidents and in three versions each: a change of one incident
/// leaves what is said of the others as it was.
fn versions() -> Vec<[(String, Vec<oxigraph::model::Quad>); 3]> {
    let people = ["Mayor Edda Quist", "Ruben Aske", "Minister Carla Vint", "Edda Quist"];
    let places = ["Talbrook", "Paris", "Syria", "the Port of Talbrook"];
    let options = Options::default();
    let kit = Kit::new();
    let one = |n: usize, version: usize| {
        let (who, place) = (people[(n + version) % 4], places[(n * 3 + version * 2) % 4]);
        let (told, more) = [
            (
                "workers died in the fire at the mill in",
                "The mill burned for two days until its roof and its chimney fell in.",
            ),
            (
                "sailors drowned when the ferry sank off",
                "The ferry had left the harbour with too much ballast and without a pilot.",
            ),
            (
                "houses were buried by the landslide above",
                "The slope had slid before, and geologists had warned of its wet clay.",
            ),
        ][n % 3];
        let text = format!(
            "At least {} {told} {place}, {who} said on Thursday. \"We saw {} trucks,\" said {}. {more}",
            12 + n % 4 + version,
            40 + version * 20,
            people[(n * 2 + 1) % 4],
        );
        let paper = ["Bridge Herald", "Delta Post"][(n + version) % 2];
        let document = annotate(article(&format!("a{n}"), paper, "2021-03-05", &text), &kit);
        (format!("version {version}"), write::quads(&document, &options))
    };
    (0..12).map(|n| [one(n, 0), one(n, 1), one(n, 2)]).collect()
}

/// An update; a process that another test starts holds the lock for a moment, until it is a program of its own.
fn begun(folder: &Path) -> Update {
    for _ in 0..200 {
        match Update::begin(folder, &Options::default()) {
            Err(error) if error.kind() == ErrorKind::Locked => std::thread::sleep(std::time::Duration::from_millis(10)),
            other => return other.expect("an update"),
        }
    }
    panic!("the lock is not given back");
}

#[test]
fn after_any_history_the_store_is_the_one_built_afresh() {
    let versions = versions();
    let lines =
        |folder: &Path| String::from_utf8(Store::open(folder).expect("store").nquads().expect("quads")).expect("text");
    for seed in 0..10 {
        let mut dice = Dice(seed);
        let folder = tempfile::tempdir().expect("dir");
        let mut held = std::collections::BTreeMap::new();
        for round in 0..8 {
            let chunk = [50, 400, 1_000_000][dice.roll(3)];
            let mut update = begun(folder.path()).with_chunks_of(chunk);
            let mut now = held.clone();
            for _ in 0..1 + dice.roll(6) {
                let (n, version) = (dice.roll(versions.len()), dice.roll(3));
                let id = format!("a{n}");
                if dice.roll(4) == 0 && held.contains_key(&id) && now.get(&id) == held.get(&id) {
                    assert!(update.remove(&id));
                    now.remove(&id);
                } else if held.contains_key(&id) == now.contains_key(&id) || !held.contains_key(&id) {
                    let (print, quads) = &versions[n][version];
                    update.put(&id, print, quads.clone()).expect("put");
                    now.insert(id, version);
                }
            }
            match dice.roll(5) {
                // The process ends before the commit.
                0 => drop(update),
                kind => {
                    if kind == 1 {
                        update.compare_later();
                    }
                    update.commit().expect("commit");
                    held = now;
                }
            }
            if dice.roll(2) == 0 || round == 7 {
                begun(folder.path()).commit().expect("compared");
                let fresh = tempfile::tempdir().expect("dir");
                let mut update = begun(fresh.path());
                for (id, version) in &held {
                    let n: usize = id[1..].parse().expect("a number");
                    let (print, quads) = &versions[n][*version];
                    update.put(id, print, quads.clone()).expect("put");
                }
                update.commit().expect("commit");
                if held.is_empty() && Store::open(folder.path()).is_err() {
                    continue;
                }
                assert_eq!(lines(folder.path()), lines(fresh.path()), "seed {seed}, round {round}");
                let count = |folder: &Path| Store::open(folder).expect("store").manifest().quads;
                assert_eq!(count(folder.path()), lines(folder.path()).lines().count(), "seed {seed}, round {round}");
                assert!(bytes(folder.path()).len() < 24, "files stay few");
            }
        }
    }
}

/// The same of more articles than the neighbours of one that are looked at: what takes the place of one that has gone, and whose
/// figures hang on it, is found though only some are compared.
#[test]
fn one_article_more_or_less_among_many_leaves_the_store_built_afresh() {
    let (kit, options) = (Kit::new(), Options::default());
    let one = |n: usize, version: usize| {
        let (what, more) = [
            (
                "workers died in the fire at the mill",
                "The mill had burned for two days when its chimney fell into the yard.",
            ),
            (
                "sailors drowned when the ferry sank",
                "The ferry had left the harbour with ballast that nobody had weighed.",
            ),
        ][n % 2];
        let who = ["Mayor Edda Quist", "Ruben Aske", "Minister Carla Vint"][(n + version) % 3];
        let place = ["Talbrook", "Paris", "Lyon", "Sandholm", "Eastport"][(n / 2 + version) % 5];
        let other = ["boats", "cranes", "pumps", "trucks"][n / 3 % 4];
        let text = format!(
            "At least {} {what} in {place}, {who} said on Thursday. \"We counted {} {other},\" said {}. {more} The {other} \
             of {place} had stood idle since the strike of the {} of {place}.",
            12 + n % 5 + version,
            40 + n % 7,
            ["Leo Brandt", "Ana Prado"][n % 2],
            ["dockers", "bakers", "weavers", "porters", "masons", "tailors"][n / 4 % 6],
        );
        let day = format!("2021-03-{:02}", 1 + n / 4 + version);
        let paper = ["Bridge Herald", "Delta Post", "Morning Courier"][n % 3];
        let document = annotate(article(&format!("a{n:02}"), paper, &day, &text), &kit);
        (format!("version {version}"), write::quads(&document, &options))
    };
    let versions: Vec<[_; 2]> = (0..70).map(|n| [one(n, 0), one(n, 1)]).collect();
    let lines =
        |folder: &Path| String::from_utf8(Store::open(folder).expect("store").nquads().expect("quads")).expect("text");
    let put = |update: &mut Update, n: usize, version: usize| {
        let (print, quads) = &versions[n][version];
        update.put(&format!("a{n:02}"), print, quads.clone()).expect("put");
    };
    for seed in 0..3 {
        let mut dice = Dice(seed + 40);
        let folder = tempfile::tempdir().expect("dir");
        let mut held: std::collections::BTreeMap<usize, usize> = (0..60).map(|n| (n, 0)).collect();
        let mut update = begun(folder.path());
        held.iter().for_each(|(n, version)| put(&mut update, *n, *version));
        update.commit().expect("commit");
        for round in 0..10 {
            let mut update = begun(folder.path());
            for _ in 0..1 + dice.roll(2) {
                let n = dice.roll(versions.len());
                match held.get(&n).copied() {
                    Some(_) if dice.roll(2) == 0 => {
                        assert!(update.remove(&format!("a{n:02}")));
                        held.remove(&n);
                    }
                    had => {
                        let version = had.map_or(0, |version| 1 - version);
                        put(&mut update, n, version);
                        held.insert(n, version);
                    }
                }
            }
            update.commit().expect("commit");
            let fresh = tempfile::tempdir().expect("dir");
            let mut update = begun(fresh.path());
            held.iter().for_each(|(n, version)| put(&mut update, *n, *version));
            update.commit().expect("commit");
            assert!(lines(folder.path()) == lines(fresh.path()), "seed {seed}, round {round}");
        }
    }
}

/// Whoever has the store open goes on reading what was there, and sees the new one when it asks for it.
#[test]
fn a_reader_keeps_what_it_opened_and_follows_when_asked() {
    let folder = tempfile::tempdir().expect("dir");
    build(folder.path(), articles(), false);
    let loaded = Store::open(folder.path()).expect("store").load().expect("quads");
    let before = loaded.len().expect("length");
    let mut documents = articles();
    documents.truncate(1);
    build(folder.path(), documents, true);
    assert_eq!(loaded.len().expect("length"), before);
    loaded.refresh();
    assert_eq!(loaded.len().expect("length"), Store::open(folder.path()).expect("store").manifest().quads);
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
    assert_eq!(store.documents().expect("the list").len(), 3);
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
    fs::write(folder.path().join("quads-000099"), b"half").expect("write");
    fs::write(folder.path().join("manifest.json.new"), b"{\"format\": 1, ").expect("write");
    assert_eq!(Store::open(folder.path()).expect("store").nquads().expect("quads"), quads);
    let summary = build(folder.path(), articles()[..2].to_vec(), true);
    assert_eq!(summary.removed, 1);
    assert!(Store::open(folder.path()).expect("store").load().is_ok());
    assert!(!folder.path().join("quads-000099").exists(), "what was left is swept away");
}

#[test]
fn damage_is_recognised() {
    let damage: [(&str, fn(&Path)); 8] = [
        ("a byte of the quads turned over", |folder| change(folder, "quads-000002", |b| b[100] ^= 1)),
        ("a byte of the checksums turned over", |folder| {
            change(folder, "quads-000002", |b| {
                let at = b.len() - 30;
                b[at] ^= 1;
            });
        }),
        ("a byte of the terms turned over", |folder| change(folder, "terms-000001", |b| b[100] ^= 1)),
        ("the quads cut short", |folder| change(folder, "quads-000002", |b| b.truncate(b.len() / 2))),
        ("the quads gone", |folder| fs::remove_file(folder.join("quads-000002")).expect("remove")),
        ("another file in the place of the quads", |folder| {
            fs::copy(folder.join("terms-000001"), folder.join("quads-000002")).map(|_| ()).expect("copy");
        }),
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
    let text = fs::read_to_string(&path).expect("read").replace("\"format\": 4", "\"format\": 99");
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

/// A build that writes a file of terms for each article makes them fewer while it goes on; the store is the same.
#[test]
fn a_build_of_many_files_is_that_of_one() {
    let kit = sayso::annotate::Kit::new();
    let options = sayso::graph::write::Options::default();
    let built = |chunk: usize| {
        let folder = tempfile::tempdir().expect("folder");
        let mut update =
            sayso::graph::store::Update::begin(folder.path(), &options).expect("a store").with_chunks_of(chunk);
        for number in 0..30 {
            let (id, text) = (format!("a{number:02}"), format!("Mayor Edda Quist said that {number} boats burnt."));
            let doc = sayso::annotate::annotate(article(&id, "Bridge Herald", "2021-03-05", &text), &kit);
            update.put(&id, &id, sayso::graph::write::quads(&doc, &options)).expect("put");
        }
        update.commit().expect("committed");
        sayso::graph::store::Store::open(folder.path()).expect("store").nquads().expect("quads")
    };
    assert!(built(20) == built(1_000_000));
}
