//! Lemmas from form and tag.

use std::io::Read;
use std::path::Path;

use sayso::inside::lemma::lemma;
use sayso::text::{Token, Xpos};

/// Form, Penn tag, lemma.
const CASES: &[(&str, &str, &str)] = &[
    ("said", "VBD", "say"),
    ("fought", "VBD", "fight"),
    ("overthrew", "VBD", "overthrow"),
    ("announced", "VBD", "announce"),
    ("denied", "VBD", "deny"),
    ("stopped", "VBN", "stop"),
    ("visited", "VBN", "visit"),
    ("bombing", "VBG", "bomb"),
    ("lying", "VBG", "lie"),
    ("tells", "VBZ", "tell"),
    ("n’t", "RB", "not"),
    ("wo", "MD", "will"),
    ("these", "DT", "this"),
    ("him", "PRP", "he"),
    ("Countries", "NNS", "country"),
    ("children", "NNS", "child"),
    ("people", "NNS", "people"),
    ("trucks", "NNS", "truck"),
    ("Ministry", "NNP", "Ministry"),
    ("Nations", "NNPS", "Nation"),
    ("Syrian", "JJ", "Syrian"),
    ("Military", "JJ", "military"),
    ("bigger", "JJR", "big"),
    ("2,500", "CD", "2500"),
    ("The", "DT", "the"),
    ("UN", "NNP", "UN"),
    ("G20", "NN", "G20"),
    ("s", "NNS", "s"),
    ("é", "VBD", "é"),
    ("", "NNS", ""),
];

#[test]
fn finds_dictionary_forms() {
    let mut wrong = Vec::new();
    for &(form, tag, wanted) in CASES {
        let tag: Xpos = tag.parse().expect("a Penn tag");
        let found = lemma(form, &Token::plain_lower(form), tag, false);
        if found != wanted {
            wrong.push(format!("{form} {tag}: wanted {wanted}, found {found}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn headlines_in_capitals_are_levelled() {
    assert_eq!(lemma("TRUCKS", "trucks", Xpos::Nns, true), "truck");
    assert_eq!(lemma("MOSCOW", "moscow", Xpos::Nnp, true), "Moscow");
    assert_eq!(lemma("OPEC", "opec", Xpos::Nnp, false), "OPEC");
}

/// Share of right lemmas with the tags of a treebank, in percent; `None` where the treebank is not at hand.
fn accuracy(file: &str) -> Option<f64> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/data/ud").join(file);
    let bytes = std::fs::read(path).ok()?;
    let mut text = String::new();
    flate2::read::GzDecoder::new(&bytes[..]).read_to_string(&mut text).ok()?;
    let (mut right, mut all) = (0u32, 0u32);
    for line in text.lines() {
        let cells: Vec<&str> = line.split('\t').collect();
        if cells.len() != 10 || cells[0].contains(['-', '.']) || cells[2] == "_" {
            continue;
        }
        let Ok(tag) = cells[4].parse::<Xpos>() else { continue };
        all += 1;
        right += u32::from(lemma(cells[1], &Token::plain_lower(cells[1]), tag, false) == cells[2]);
    }
    Some(100.0 * f64::from(right) / f64::from(all))
}

#[test]
fn agrees_with_the_treebanks() {
    for (file, least) in [("en_ewt-ud-dev.conllu.gz", 98.5), ("en_gum-ud-dev-cc.conllu.gz", 99.0)] {
        match accuracy(file) {
            None => eprintln!("skipped: {file} is not at hand"),
            Some(found) => assert!(found >= least, "{file}: {found:.2} %, less than {least}"),
        }
    }
}
