//! Links: the cases in tests/cases/link. `link`: a name and the Wikidata or GeoNames number it is linked to; `nil`: a name
//! that is linked to nothing. And the tables of a user's own.

use crate::cases;
use sayso::annotate::link::{Decision, Known};
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

/// Reads a text with these known things.
fn read(known: Known, id: &str, text: &str) -> Document {
    annotate(Document::new(Source { id: id.into(), ..Source::default() }, text), &Kit { known })
}

#[test]
fn decisions_go_before_all_and_the_latest_before_earlier_ones() {
    let text = "The mayor of Springfield spoke on Monday. Springfield, Illinois, is his home.";
    let decision = |accept: bool, article: &str, value: &str| Decision {
        accept,
        article: article.into(),
        words: "Springfield".into(),
        prefix: String::new(),
        value: value.into(),
        label: String::new(),
    };
    let with = |decisions: Vec<Decision>| {
        let mut known = Known::default();
        known.decide(decisions);
        target(&read(known, "a", text), "Springfield")
    };
    let before = with(vec![]);
    assert_eq!(before.as_deref(), Some("Q28515"));
    assert_eq!(with(vec![decision(false, "", "")]), None);
    assert_ne!(with(vec![decision(false, "a", "Q28515")]), before);
    assert_eq!(with(vec![decision(false, "another", "Q28515")]), before);
    assert_eq!(with(vec![decision(true, "", "Q1234")]).as_deref(), Some("Q1234"));
    assert_eq!(with(vec![decision(true, "", "Q1234"), decision(true, "", "Q5678")]).as_deref(), Some("Q5678"));
    let undone = with(vec![decision(false, "", "Q28515"), decision(true, "", "Q28515")]);
    assert_eq!(undone, before);
}

#[test]
fn an_imported_list_is_linked_to() {
    let mut table = format!("{}\n", sayso::inside::import::COLUMNS).into_bytes();
    let list = "Harbour Trust\thttps://example.org/harbour-trust\torganisation\tGB\n";
    let count = sayso::inside::import::list::read(&mut list.as_bytes(), &mut table).expect("in memory");
    assert_eq!(count.kept, 1);
    let mut known = Known::default();
    assert_eq!(known.add_table(&String::from_utf8(table).expect("UTF-8")), Ok(1));
    let doc = read(known, "a", "The Harbour Trust said on Monday that it would close the pier.");
    let mention = cases::mention(&doc, "Harbour Trust").expect("a name");
    let entity = doc.entity_of.at(mention).copied().flatten().expect("an entity");
    let iri = doc.links[entity].as_ref().and_then(|l| l.target()).and_then(|c| c.iri.clone());
    assert_eq!(iri.as_deref(), Some("https://example.org/harbour-trust"));
}

#[cfg(feature = "graph")]
#[test]
fn names_are_merged_split_and_joined_with_other_datasets() {
    let folder = tempfile::tempdir().expect("a folder");
    let run = |arguments: &[&str]| {
        let output = super::cli::sayso(folder.path(), arguments, b"");
        assert!(output.status.success(), "{arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
        String::from_utf8(output.stdout).expect("UTF-8")
    };
    let articles = [
        r#"{"id": "a", "date": "2031-03-04", "text": "Ilse Varga said on Monday that 12 homes were lost in the fire."}"#,
        r#"{"id": "b", "date": "2031-03-05", "text": "Ilse Varga-Lind said on Tuesday that 14 homes were lost in the fire."}"#,
    ];
    std::fs::write(folder.path().join("news.jsonl"), articles.join("\n")).expect("written");
    let speakers = "SELECT DISTINCT ?who { ?s sayso:speaker ?who . ?who a sayso:Person }";
    let count = || run(&["query", speakers, "--format", "csv"]).lines().count() - 1;
    run(&["build", "news.jsonl", "-q"]);
    assert_eq!(count(), 2);
    run(&["link", "merge", "Ilse Varga", "Ilse Varga-Lind"]);
    run(&["build", "news.jsonl", "-q"]);
    assert_eq!(count(), 1, "one node in both articles");
    let labels = "SELECT DISTINCT ?label { ?s sayso:speaker ?who . ?who a sayso:Person ; rdfs:label ?label }";
    assert_eq!(
        run(&["query", labels, "--format", "csv"]).replace('\r', "").trim(),
        "label\nIlse Varga-Lind",
        "one label"
    );
    let held = run(&["link", "list"]);
    assert!(
        held.lines().count() == 2 && held.contains("Ilse Varga | Ilse Varga-Lind") && held.contains("\tholds"),
        "{held}"
    );
    let data = "<urn:sayso:same:ilse-varga-lind> <https://example.org/party> \"Harbour List\" .";
    std::fs::write(folder.path().join("parties.ttl"), data).expect("written");
    let joined = "SELECT ?party (COUNT(DISTINCT ?s) AS ?n) { ?s sayso:speaker/skos:exactMatch/<https://example.org/party> ?party } GROUP BY ?party";
    assert_eq!(
        run(&["query", joined, "--with", "parties.ttl", "--format", "csv"]).trim().replace('\r', ""),
        "party,n\nHarbour List,2"
    );
    run(&["link", "split", "Ilse Varga", "--article", "a"]);
    run(&["build", "news.jsonl", "-q"]);
    assert_eq!(count(), 2);
    let table = "subject_label\tpredicate_id\tobject_id\nIlse Varga-Lind\tskos:exactMatch\twd:Q999001\n";
    std::fs::write(folder.path().join("others.sssom.tsv"), table).expect("written");
    run(&["link", "import", "others.sssom.tsv"]);
    run(&["build", "news.jsonl", "-q"]);
    assert!(run(&["export", "--format", "sssom"]).contains("http://www.wikidata.org/entity/Q999001"));
    let picture = run(&["export", "--format", "dot", "--with-links"]);
    assert!(picture.contains("Wikidata Q999001"), "{picture}");
    assert!(!run(&["export", "--format", "dot"]).contains("Wikidata Q999001"));
    assert!(run(&["export", "--format", "void"]).contains("void:objectsTarget <urn:sayso:dataset:wikidata>"));
}

#[cfg(feature = "graph")]
#[test]
fn reviewed_claims_are_statements_of_their_claimants() {
    let folder = tempfile::tempdir().expect("a folder");
    let feed = r#"{"@context": "https://schema.org", "@type": "DataFeed", "dataFeedElement": [
        {"@type": "DataFeedItem", "item": [{"@type": "ClaimReview", "url": "https://check.example/1", "datePublished": "2020-05-20",
         "claimReviewed": "The new hospital of Ardmouth has 450 beds", "author": {"@type": "Organization", "name": "Ardland Checks"},
         "reviewRating": {"@type": "Rating", "alternateName": "Pants on fire"},
         "itemReviewed": {"@type": "Claim", "author": {"@type": "Person", "name": "Marta Keel"}, "datePublished": "2020-05-12"}}]},
        {"@type": "DataFeedItem", "item": [{"@type": "ClaimReview", "url": "https://check.example/2", "claimReviewed": "A video shows a flood"}]}]}"#;
    std::fs::write(folder.path().join("claims.json"), feed).expect("written");
    let built = super::cli::sayso(folder.path(), &["build", "claims.json"], b"");
    let said = String::from_utf8_lossy(&built.stderr).into_owned();
    assert_eq!(built.status.code(), Some(1), "{said}");
    assert!(said.contains("nobody is said to claim it"), "{said}");
    let answer = super::cli::sayso(folder.path(), &["ask", "who-said", "--columns", "all", "--format", "csv"], b"");
    let rows = String::from_utf8_lossy(&answer.stdout).into_owned();
    assert!(rows.contains("Marta Keel") && rows.contains("has 450 beds") && rows.contains("2020-05-12"), "{rows}");
    let asked = ["query", "SELECT ?o { ?s ?p ?o }", "--format", "csv"];
    let all = String::from_utf8_lossy(&super::cli::sayso(folder.path(), &asked, b"").stdout).into_owned();
    assert!(all.contains("Ardland Checks") && !all.contains("Pants"), "{all}");
}

#[cfg(feature = "graph")]
#[test]
fn a_seat_speaks_for_its_government_and_stays_a_place() {
    let speaks_for = |text: &str| -> Vec<String> {
        let doc = read(Known::default(), "a", text);
        let quads = sayso::graph::write::quads(&doc, &Default::default());
        let told = quads.iter().filter(|q| q.predicate.as_str().ends_with("#speaksFor"));
        told.map(|q| q.object.to_string()).collect()
    };
    let russia = ["<http://www.wikidata.org/entity/Q159>"];
    assert_eq!(speaks_for("The Kremlin said on Monday that the talks would go on."), russia);
    assert_eq!(speaks_for("Russian planes took off at dawn. Moscow said that the raids would go on."), russia);
    assert_eq!(
        speaks_for("The White House said that the talks would go on."),
        ["<http://www.wikidata.org/entity/Q30>"]
    );
    assert_eq!(speaks_for("The mayor of Moscow said that the metro would be closed."), Vec::<String>::new());
    assert_eq!(speaks_for("Victoria said that she would not resign."), Vec::<String>::new());
    assert_eq!(speaks_for("The police said that two people were hurt in Moscow, Russia."), Vec::<String>::new());
}
