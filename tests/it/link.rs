//! Links: the cases in tests/cases/link. `link`: a name and the Wikidata or GeoNames number it is linked to; `nil`: a name
//! that is linked to nothing. And the tables of a user's own.

use crate::cases;
use sayso::annotate::link::Known;
use sayso::annotate::{Kit, annotate};
use sayso::text::*;

fn target(doc: &Document, words: &str) -> Option<String> {
    let mention = cases::mention(doc, words)?;
    let entity = doc.entity_of.at(mention).copied().flatten()?;
    let target = doc.links[entity].as_ref()?.target()?;
    target.wikidata.clone().or(target.geonames.clone())
}

#[test]
fn links_of_the_cases() {
    let mut wrong = Vec::new();
    for case in cases::read("link") {
        for (key, value) in &case.checks {
            let cells: Vec<&str> = value.split('|').map(str::trim).collect();
            let found = target(&case.doc, cells[0]);
            let right = match key.as_str() {
                "link" => found.as_deref() == cells.get(1).copied(),
                "nil" => cases::mention(&case.doc, cells[0]).is_some() && found.is_none(),
                other => panic!("{}: unknown key {other:?}", case.place),
            };
            if !right {
                wrong.push(format!("{}: {key} {value}: found {found:?}", case.place));
            }
        }
    }
    cases::report(wrong);
}

#[test]
fn tables_of_the_users_own_come_first() {
    let mut known = Known::default();
    let table = "qid\tlabel\taliases\ttype\tiso2\tdescription\nQ1234567\tHarbour Trust\tHarbour Trust of Ardmouth\torganisation\tGB\tcharity\n";
    assert_eq!(known.add_table(table), Ok(1));
    let kit = Kit { known };
    let doc = annotate(
        Document::new(Source::default(), "The Harbour Trust said on Monday that it would close the pier."),
        &kit,
    );
    assert_eq!(target(&doc, "Harbour Trust").as_deref(), Some("Q1234567"));
}

#[test]
fn broken_tables_are_named_by_line() {
    let mut known = Known::default();
    assert!(known.add_table("qid\tname\n").is_err());
    let error = known.add_table("qid\tlabel\ttype\nQ1\tEarth\tplanet\n").unwrap_err();
    assert!(error.contains("line 2") && error.contains("planet"), "{error}");
}
