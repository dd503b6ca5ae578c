//! Any bytes as a file: the first byte chooses the name's ending, by which some formats are told.
#![no_main]

use libfuzzer_sys::fuzz_target;

const ENDINGS: &[&str] =
    &["txt", "html", "json", "jsonl", "csv", "xml", "warc", "mbox", "eml", "gz", "zst", "zip", "bz2", "ris", "conllu", "md"];

fuzz_target!(|bytes: &[u8]| {
    let Some((first, rest)) = bytes.split_first() else { return };
    let folder = tempfile::tempdir().expect("folder");
    let path = folder.path().join(format!("a.{}", ENDINGS[usize::from(*first) % ENDINGS.len()]));
    std::fs::write(&path, rest).expect("file");
    for article in sayso::read::articles(&[path], None).take(100) {
        drop(article);
    }
});
