//! The store on RocksDB: the same answers as the store of files, the same after updates, and nothing lost by a killed
//! build or a damaged file. Built only with the feature `rocksdb`.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use sayso::annotate::{Kit, annotate};
use sayso::graph::query::{Answer, Limits};
use sayso::graph::store::{Backend, Store, Summary, Update, fingerprint};
use sayso::graph::write::{self, Options};
use sayso::graph::{ErrorKind, ask, check, export};
use sayso::read;
use sayso::text::Document;

use crate::cli::sayso;

fn corpus() -> Vec<Document> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus");
    read::articles(&[folder], None).map(|d| d.expect("an article")).collect()
}

fn annotated() -> Vec<Document> {
    let kit = Kit::new();
    corpus().into_iter().map(|d| annotate(d, &kit)).collect()
}

fn build(folder: &Path, backend: Backend, documents: &[Document], prune: bool) -> Summary {
    let options = Options::default();
    let mut update = Update::begin_as(folder, &options, Some(backend)).expect("lock");
    for document in documents {
        let (id, print) = (write::identity(document), fingerprint(document, &options));
        if !update.is_current(&id, &print) {
            update.put(&id, &print, write::quads(document, &options)).expect("put");
        }
    }
    if prune {
        update.prune();
    }
    update.commit().expect("commit")
}

fn nquads(folder: &Path) -> String {
    String::from_utf8(Store::open(folder).expect("store").nquads().expect("quads")).expect("text")
}

/// The same documents in a store of each kind.
fn both(documents: &[Document]) -> (tempfile::TempDir, PathBuf, PathBuf) {
    let folder = tempfile::tempdir().expect("folder");
    let (files, rocks) = (folder.path().join("files"), folder.path().join("rocks"));
    build(&files, Backend::Files, documents, false);
    build(&rocks, Backend::RocksDb, documents, false);
    (folder, files, rocks)
}

#[test]
fn every_question_check_and_export_is_answered_as_from_files() {
    let (_folder, files, rocks) = both(&annotated());
    assert!(nquads(&files) == nquads(&rocks), "the same quads");
    let (files, rocks) = (Store::open(files).expect("store"), Store::open(rocks).expect("store"));
    assert_eq!(files.manifest().quads, rocks.manifest().quads);
    assert_eq!(files.documents().expect("list"), rocks.documents().expect("list"));
    let (files, rocks) = (files.load().expect("quads"), rocks.load().expect("quads"));
    assert_eq!(files.len().expect("length"), rocks.len().expect("length"));
    let rows = |store, name| {
        let Answer::Table(mut table) = ask::ask(store, name, &[], &Limits::default()).expect(name) else {
            panic!("{name} gives no table")
        };
        // Rows that the question does not order stand as the engine finds them.
        table.rows.sort_by_cached_key(|row| format!("{row:?}"));
        table
    };
    let mut answered = 0;
    for question in ask::questions() {
        let one = rows(&files, question.name);
        assert_eq!(one, rows(&rocks, question.name), "{}", question.name);
        answered += usize::from(!one.rows.is_empty());
    }
    assert!(answered > 15, "only {answered} questions have rows");
    let faults = |store| format!("{:?}", check::check(store).expect("a check"));
    assert_eq!(faults(&files), faults(&rocks));
    let options = export::Options::default();
    for (name, format, _) in export::Format::ALL {
        let text = |store| export::write(store, *format, &options).map(|w| w.bytes);
        match (text(&files), text(&rocks)) {
            (Ok(one), Ok(other)) => assert!(one == other, "{name}"),
            (one, other) => assert_eq!(one.is_err(), other.is_err(), "{name}"),
        }
    }
}

#[test]
fn updates_leave_the_store_that_a_fresh_build_gives() {
    let mut documents = annotated();
    let (folder, files, rocks) = both(&documents);
    let again = build(&rocks, Backend::RocksDb, &documents, false);
    assert_eq!((again.unchanged, again.added, again.changed), (documents.len(), 0, 0));

    // One article goes, one is cut in half, one becomes another's text, one is new.
    let kit = Kit::new();
    let gone = documents.remove(3);
    let half = documents[0].text().len() / 2;
    let half = (half..).find(|at| documents[0].text().is_char_boundary(*at)).expect("an end");
    documents[0] = annotate(Document::new(documents[0].source.clone(), documents[0].text()[..half].to_owned()), &kit);
    documents[1] = annotate(Document::new(documents[1].source.clone(), gone.text().to_owned()), &kit);
    let new =
        super::store::article("new", "Delta Post", "2021-03-05", "At least 12 boats sank, Mayor Edda Quist said.");
    documents.push(annotate(new, &kit));
    for (place, backend) in [(&files, Backend::Files), (&rocks, Backend::RocksDb)] {
        let done = build(place, backend, &documents, true);
        assert_eq!((done.added, done.changed, done.removed), (1, 2, 1), "{backend:?}");
    }
    let fresh = folder.path().join("fresh");
    build(&fresh, Backend::RocksDb, &documents, false);
    assert_eq!(nquads(&rocks), nquads(&fresh), "a store brought up to date is the store built afresh");
    assert_eq!(nquads(&rocks), nquads(&files));
    let count = |place: &Path| (Store::open(place).expect("store").manifest().quads, nquads(place).lines().count());
    assert_eq!(count(&rocks).0, count(&rocks).1, "the manifest counts right");

    build(&rocks, Backend::RocksDb, &[], true);
    assert_eq!(nquads(&rocks), "", "nothing is left when every article has gone");
}

#[test]
fn a_comparison_put_off_leaves_what_files_leave_and_is_made_up_for() {
    let mut documents = annotated();
    let (_folder, files, rocks) = both(&documents);
    let whole = nquads(&rocks);
    let half = documents[0].text()[..documents[0].text().len() / 2].to_owned();
    documents[0] = annotate(Document::new(documents[0].source.clone(), half), &Kit::new());
    let options = Options::default();
    for place in [&files, &rocks] {
        let mut update = Update::begin(place, &options).expect("lock");
        let (id, print) = (write::identity(&documents[0]), fingerprint(&documents[0], &options));
        update.put(&id, &print, write::quads(&documents[0], &options)).expect("put");
        update.compare_later();
        update.commit().expect("commit");
        assert!(!Store::open(place).expect("store").manifest().compared);
    }
    assert_eq!(nquads(&files), nquads(&rocks));
    assert_eq!(Store::open(&rocks).expect("store").manifest().quads, nquads(&rocks).lines().count());
    for place in [&files, &rocks] {
        Update::begin(place, &options).expect("lock").commit().expect("commit");
        assert!(Store::open(place).expect("store").manifest().compared);
    }
    assert_eq!(nquads(&files), nquads(&rocks));
    build(&rocks, Backend::RocksDb, &annotated(), false);
    assert!(nquads(&rocks) == whole, "the first articles again give the first store");
}

#[test]
fn an_article_put_twice_is_the_last_one_and_a_dropped_update_is_none() {
    let folder = tempfile::tempdir().expect("folder");
    let kit = Kit::new();
    let text = |text: &str| annotate(super::store::article("one", "Delta Post", "2021-03-05", text), &kit);
    let (first, second) = (text("The mill burned, Ana Prado said."), text("Nobody was hurt, Leo Brandt said."));
    build(&folder.path().join("twice"), Backend::RocksDb, &[first.clone(), second.clone()], false);
    build(&folder.path().join("once"), Backend::RocksDb, std::slice::from_ref(&second), false);
    assert_eq!(nquads(&folder.path().join("twice")), nquads(&folder.path().join("once")));

    let place = folder.path().join("once");
    let names = || {
        let mut names: Vec<_> = fs::read_dir(&place).expect("folder").flatten().map(|e| e.file_name()).collect();
        names.sort();
        names
    };
    let before = names();
    let options = Options::default();
    let mut update = Update::begin(&place, &options).expect("lock");
    update.put("two", "print", write::quads(&first, &options)).expect("put");
    assert_ne!(names(), before, "the next generation is being written");
    drop(update);
    assert_eq!(names(), before);
}

#[test]
fn a_reader_keeps_its_generation_while_writers_go_on() {
    let documents = annotated();
    let (_folder, _, rocks) = both(&documents[..3]);
    let reader = Store::open(&rocks).expect("store").load().expect("quads");
    let before = reader.len().expect("length");
    build(&rocks, Backend::RocksDb, &documents[..6], false);
    build(&rocks, Backend::RocksDb, &documents[..9], false);
    assert_eq!(reader.len().expect("length"), before);
    assert!(Store::open(&rocks).expect("store").load().expect("quads").len().expect("length") > before);
    let copy = Store::open(&rocks).expect("store").load_copy().expect("a copy");
    copy.writable().expect("a copy").clear().expect("a copy can be changed");
    assert!(!nquads(&rocks).is_empty(), "the store itself stays as it is");
}

#[test]
fn a_store_keeps_its_kind() {
    let (_folder, files, rocks) = both(&annotated()[..2]);
    let options = Options::default();
    for (place, other) in [(&files, Backend::RocksDb), (&rocks, Backend::Files)] {
        let Err(error) = Update::begin_as(place, &options, Some(other)) else { panic!("a store of the other kind") };
        assert_eq!(error.kind(), ErrorKind::Unsupported);
        assert!(error.hint().contains("--backend"), "{}", error.hint());
        assert!(Update::begin(place, &options).is_ok());
    }
}

/// The newest generation's largest table.
fn table(place: &Path) -> PathBuf {
    let data = Store::open(place).expect("store").manifest().data.clone();
    let files = fs::read_dir(place.join(data)).expect("generation").flatten();
    let tables = files.filter(|f| f.file_name().to_string_lossy().ends_with(".sst"));
    tables.max_by_key(|f| f.metadata().map_or(0, |m| m.len())).expect("a table").path()
}

#[test]
fn damage_is_recognised() {
    let (_folder, _, rocks) = both(&annotated());
    let data = Store::open(&rocks).expect("store").manifest().data.clone();
    let small = |start: &str| {
        let files = fs::read_dir(rocks.join(&data)).expect("generation").flatten();
        files.map(|f| f.path()).find(|p| p.file_name().is_some_and(|n| n.to_string_lossy().starts_with(start)))
    };
    let all = "SELECT ?s ?p ?o { ?s ?p ?o }";
    let asked = || {
        let store = Store::open(&rocks)?.load()?;
        sayso::graph::query::run(&store, all, &Limits::default())
    };
    assert!(asked().is_ok());
    let damages: [(&str, PathBuf, fn(&mut Vec<u8>)); 4] = [
        ("a table cut short", table(&rocks), |b| b.truncate(b.len() / 2)),
        ("a byte of a table turned over", table(&rocks), |b| b[60] ^= 0x10),
        ("a byte of RocksDB's manifest turned over", small("MANIFEST").expect("a manifest"), |b| b[20] ^= 1),
        ("the file that names it emptied", small("CURRENT").expect("a file"), Vec::clear),
    ];
    for (name, path, damage) in damages {
        let whole = fs::read(&path).expect("read");
        let mut bytes = whole.clone();
        damage(&mut bytes);
        // A file of its own: the table may be linked to another generation's.
        fs::remove_file(&path).expect("removed");
        fs::write(&path, bytes).expect("written");
        let error = asked().err().unwrap_or_else(|| panic!("{name}: not seen"));
        assert_eq!(error.kind(), ErrorKind::Damaged, "{name}: {error}");
        assert!(error.hint().contains("sayso build"), "{name}: {}", error.hint());
        fs::write(&path, whole).expect("mended");
        assert!(asked().is_ok(), "{name}: mended");
    }
    fs::remove_file(table(&rocks)).expect("removed");
    assert_eq!(asked().err().map(|e| e.kind()), Some(ErrorKind::Damaged), "a table is missing");
    fs::remove_dir_all(rocks.join(&data)).expect("removed");
    assert_eq!(asked().err().map(|e| e.kind()), Some(ErrorKind::Damaged), "the generation is missing");
}

#[test]
fn killing_a_build_leaves_the_old_store_or_the_new() {
    let folder = tempfile::tempdir().expect("folder");
    let news = folder.path().join("news");
    fs::create_dir_all(&news).expect("folder");
    let text = |n: usize| {
        let line = "The fire destroyed 40 trucks, Mayor Ana Prado said on Monday. ".repeat(30);
        format!("Title {n}\n\nPublished 5 May 2020\n\n{line}")
    };
    let put = |n: usize| fs::write(news.join(format!("{n}.txt")), text(n)).expect("file");
    (0..2).for_each(put);
    let first = sayso(folder.path(), &["build", "news", "--backend", "rocksdb"], b"");
    assert_eq!(first.status.code(), Some(0), "{}", String::from_utf8_lossy(&first.stderr));
    (2..40).for_each(put);
    for wait in [5, 30, 80, 150, 300, 600] {
        let mut child = Command::new(env!("CARGO_BIN_EXE_sayso"))
            .args(["build", "news", "--again", "--quiet"])
            .current_dir(folder.path())
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .expect("the program starts");
        std::thread::sleep(std::time::Duration::from_millis(wait));
        let _ = child.kill();
        let _ = child.wait();
        let count = "SELECT (COUNT(?d) AS ?n) { ?d a sayso:Document }";
        let output = sayso(folder.path(), &["query", count, "--format", "csv"], b"");
        assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
        let count = String::from_utf8_lossy(&output.stdout).lines().nth(1).and_then(|l| l.trim().parse::<usize>().ok());
        assert!(matches!(count, Some(2 | 40)), "{count:?} documents after {wait} ms");
    }
    let last = sayso(folder.path(), &["build", "news", "--again"], b"");
    assert_eq!(last.status.code(), Some(0));
    let generations = fs::read_dir(folder.path().join("sayso-store")).expect("store").flatten();
    let generations = generations.filter(|e| e.file_name().to_string_lossy().starts_with("rocksdb-")).count();
    assert_eq!(generations, 1, "what killed builds left is swept away");
}

#[test]
fn a_server_changes_a_copy() {
    let (_folder, _, rocks) = both(&annotated()[..2]);
    let before = nquads(&rocks);
    let store = Store::open(&rocks).expect("store").load_copy().expect("a copy");
    let update = "INSERT DATA { GRAPH <urn:g> { <urn:a> <urn:b> <urn:c> } }";
    sayso::graph::query::update(&store, update, &Default::default(), &Limits::default()).expect("changed");
    let asked = sayso::graph::query::run(&store, "ASK { <urn:a> <urn:b> <urn:c> }", &Limits::default());
    assert_eq!(asked.expect("an answer"), Answer::Boolean(true));
    assert_eq!(nquads(&rocks), before);
}
