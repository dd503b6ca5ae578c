//! SPARQL and the ready-made questions.

use std::time::Duration;

use sayso::graph::ErrorKind;
use sayso::graph::ask;
use sayso::graph::query::{Answer, Format, Limits, run};
use sayso::graph::store::from_text;

fn fixture() -> sayso::graph::store::Loaded {
    from_text(include_str!("../../ontology/examples/fixture.trig"), "trig").expect("fixture")
}

/// The rows of a question on the fixture, tab-separated, under their columns.
fn rows(name: &str, given: &[(&str, &str)]) -> String {
    let answer = ask::ask(&fixture(), name, given, &Limits::default()).unwrap_or_else(|e| panic!("{name}: {e}"));
    let Answer::Table(table) = answer else { panic!("{name} gives no table") };
    let mut text = table.columns.join("\t") + "\n";
    for row in table.cells() {
        text += &(row.join("\t") + "\n");
    }
    text
}

#[test]
fn each_question_has_the_answer_read_off_the_fixture() {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases/questions");
    for question in ask::questions().iter().filter(|q| !q.needs_rdf12) {
        let path = folder.join(format!("{}.tsv", question.name));
        let found = rows(question.name, &[]);
        if std::env::var_os("UPDATE").is_some() {
            std::fs::write(&path, &found).expect("write");
        }
        let expected = std::fs::read_to_string(&path).unwrap_or_else(|e| panic!("{}: {e}", path.display()));
        assert_eq!(found, expected, "{}", question.name);
        assert!(expected.lines().count() > 1, "{} is answered by the fixture", question.name);
    }
}

/// Every question about statements leaves out those that are not sure, by one number.
#[test]
fn questions_about_statements_share_one_least_confidence() {
    let shown = format!("VALUES ?minConfidence {{ \"{:.2}\" }}", f64::from(ask::SHOWN) / 100.0);
    for question in ask::questions().iter().filter(|q| q.text.contains("a sayso:Statement")) {
        if ["events-by-place-day", "which-run"].contains(&question.name) {
            continue;
        }
        assert!(question.text.contains(&shown), "{} has no {shown}", question.name);
        assert!(question.parameters.iter().any(|p| p.name == "min-confidence"), "{}", question.name);
    }
    let count = |least: &str| rows("who-said", &[("min-confidence", least)]).lines().count();
    assert!(
        count("0") > count("0.95") && count("0.95") > count("1"),
        "{} {} {}",
        count("0"),
        count("0.95"),
        count("1")
    );
    let store = fixture();
    let (_, left_out) =
        ask::ask_counting(&store, "who-said", &[("min-confidence", "0.95")], &Limits::default()).expect("rows");
    assert_eq!(left_out, Some(count("0") - count("0.95")));
    let error = ask::ask(&store, "who-said", &[("min-confidence", "much")], &Limits::default()).expect_err("no number");
    assert!(error.to_string().contains("from 0 to 1"), "{error}");
}

/// The same rows with an index of words and without one.
#[test]
fn parameters_find_the_same_with_an_index_and_without() {
    use sayso::graph::store::{Store, Update};
    use sayso::graph::write::Options;
    let options = Options::default();
    let folder = tempfile::tempdir().expect("folder");
    let kit = sayso::annotate::Kit::new();
    let mut update = Update::begin(folder.path(), &options).expect("a store");
    for (id, text) in [
        ("one", "Mayor Edda Quist said on Thursday that at least 12 oil trucks burnt near Talbrook."),
        ("two", "\"We counted 15 bodies and one truck,\" said Ruben Aske. The ministry denied that oil was lost."),
        ("three", "José Marín told reporters that the bombing destroyed 40 trucks of oil in Talbrook."),
    ] {
        let doc = sayso::annotate::annotate(crate::store::article(id, "Bridge Herald", "2021-03-05", text), &kit);
        update.put(id, id, sayso::graph::write::quads(&doc, &options)).expect("put");
    }
    update.commit().expect("committed");
    let mapped = Store::open(folder.path()).expect("store").load().expect("quads");
    let quads: Vec<_> = mapped.iter().collect::<Result<_, _>>().expect("quads");
    let memory = sayso::graph::store::from_quads(&quads).expect("memory");
    let values =
        ["trucks", "oil trucks", "QUIST", "jose marin", "bomb*", "Talbrook", "the", "Bridge", "two", "…", "40"];
    let mut found = 0;
    for question in ask::questions().iter().filter(|q| !q.needs_rdf12) {
        for parameter in question
            .parameters
            .iter()
            .filter(|p| p.description.contains("where these words") || p.description.contains("holds this"))
        {
            for value in values {
                let given = [(parameter.name, value), ("min-confidence", "0")];
                let given = if question.parameters.iter().any(|p| p.name == "min-confidence") {
                    &given[..]
                } else {
                    &given[..1]
                };
                let rows = |store| match ask::ask(store, question.name, given, &Limits::default()).expect("rows") {
                    Answer::Table(table) => {
                        let mut rows = table.cells();
                        rows.sort();
                        rows
                    }
                    _ => Vec::new(),
                };
                let with = rows(&mapped);
                assert_eq!(with, rows(&memory), "{} --{} {value}", question.name, parameter.name);
                found += with.len();
            }
        }
    }
    assert!(found > 40, "{found} rows in all");
    for (words, expected) in [("oil trucks", 1), ("truck", 3), ("quist", 1), ("marin", 1)] {
        let query = format!(
            "SELECT (COUNT(DISTINCT ?s) AS ?n) {{ ?s sayso:words|sayso:source ?w . ?w sayso:matches \"{words}\" ; a ?nothing }}"
        );
        let query = query.replace(" ; a ?nothing", "");
        for store in [&mapped, &memory] {
            let Answer::Table(table) = run(store, &query, &Limits::default()).expect("rows") else { panic!("a table") };
            assert!(table.cells()[0][0].parse::<usize>().expect("a number") >= expected, "{words}");
        }
    }
}

#[test]
fn every_file_of_questions_is_shipped_and_described() {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("ontology/questions");
    let mut files: Vec<String> = std::fs::read_dir(folder)
        .expect("folder")
        .flatten()
        .filter_map(|e| e.file_name().to_string_lossy().strip_suffix(".rq").map(str::to_owned))
        .collect();
    files.sort();
    let shipped: Vec<&str> = ask::questions().iter().map(|q| q.name).collect();
    assert_eq!(files, shipped);
    for question in ask::questions() {
        assert!(question.description.len() > 20, "{} has no description", question.name);
        for parameter in &question.parameters {
            assert!(!parameter.description.is_empty(), "{} --{}", question.name, parameter.name);
            let line = format!("VALUES ?{} {{ \"", ask::variable(parameter.name));
            assert!(question.text.contains(&line), "{} does not use --{}", question.name, parameter.name);
        }
    }
}

#[test]
fn a_parameter_narrows_and_cannot_break_out() {
    let all = rows("who-said", &[]).lines().count();
    let some = rows("who-said", &[("speaker", "quist")]).lines().count();
    assert!(1 < some && some < all, "{some} of {all}");
    for hostile in ["\" } ?x ?y ?z . #", "\\", "\" }\n} #", "quist\" }", "'''\"\"\""] {
        assert_eq!(rows("who-said", &[("about", hostile)]).lines().count(), 1, "{hostile}");
    }
}

#[test]
fn an_unknown_question_or_parameter_names_the_known_ones() {
    let error = ask::ask(&fixture(), "who-sayd", &[], &Limits::default()).expect_err("unknown");
    assert_eq!(error.kind(), ErrorKind::Unknown);
    assert!(error.hint().contains("who-said"));
    let error = ask::ask(&fixture(), "denials", &[("planet", "Mars")], &Limits::default()).expect_err("unknown");
    assert!(error.hint().contains("--about"), "{}", error.hint());
}

#[test]
fn prefixes_are_known_and_mistakes_are_placed() {
    let store = fixture();
    let answer =
        run(&store, "ASK { ?s a sayso:Statement ; prov:wasDerivedFrom ?x }", &Limits::default()).expect("answer");
    assert_eq!(answer, Answer::Boolean(false));
    let error = run(&store, "SELECT ?x WHERE {\n ?x ?? }", &Limits::default()).expect_err("mistake");
    assert_eq!(error.kind(), ErrorKind::Query);
    assert!(error.to_string().contains("2:"), "{error}");
}

#[test]
fn a_limit_cuts_and_says_so() {
    let store = fixture();
    let query = "SELECT ?s { ?s a sayso:Statement } ORDER BY ?s";
    let cut = run(&store, query, &Limits { rows: Some(2), ..Limits::default() }).expect("answer");
    let Answer::Table(table) = &cut else { panic!("no table") };
    assert_eq!((table.rows.len(), cut.is_truncated()), (2, true));
    let whole = run(&store, query, &Limits { rows: Some(1000), ..Limits::default() }).expect("answer");
    assert!(!whole.is_truncated());
}

/// Each of these multiplies what it has read from the store, for hours, without reading on.
/// A condition over all parts cannot be tried before they are multiplied.
const ENDLESS: &[&str] = &[
    "SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }",
    "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }",
    "SELECT (COUNT(*) AS ?n) { { ?a ?b ?c . ?d ?e ?f } { ?g ?h ?i . ?j ?k ?l } FILTER(?b = ?e && ?h = ?k && ?a = ?l) }",
    "SELECT (COUNT(*) AS ?n) { ?a ?b ?c OPTIONAL { ?d ?e ?f OPTIONAL { ?g ?h ?i OPTIONAL { ?j ?k ?l } } } }",
    "SELECT (COUNT(*) AS ?n) { { SELECT ?b (SAMPLE(?a) AS ?x) { ?a ?b ?c } GROUP BY ?b ?a ?c } ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }",
    "SELECT ?a { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i MINUS { ?j ?k ?l . ?m ?n ?o . ?p ?q ?r } }",
    "ASK { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l FILTER(CONCAT(STR(?a), STR(?d), STR(?g), STR(?j)) = \"none\") }",
    "SELECT ?a { ?a a sayso:Statement FILTER EXISTS { ?d ?e ?f . ?g ?h ?i . ?j ?k ?l . ?m ?n ?o FILTER(CONCAT(STR(?d), STR(?g), STR(?j), STR(?m)) = \"none\") } }",
    "CONSTRUCT { ?a ?e ?i } { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l FILTER(CONCAT(STR(?a), STR(?d), STR(?g), STR(?j)) = \"none\") }",
];

/// With a limit the questions that are sorted by articles look at some articles after others, and those that are sorted by
/// other things at the first of these; the rows are the first ones of the whole answer, which has the engine's order.
#[test]
fn the_first_rows_are_those_of_the_whole_answer() {
    use sayso::graph::store::{Store, Update};
    use sayso::graph::write::Options;
    let options = Options::default();
    let folder = tempfile::tempdir().expect("folder");
    let kit = sayso::annotate::Kit::new();
    let mut update = Update::begin(folder.path(), &options).expect("a store");
    for number in 0..100 {
        let (day, id) = (format!("2021-03-{:02}", 1 + number * 7 % 29), format!("a{:02}", number * 37 % 100));
        let text = format!(
            "Mayor Edda Quist said on Thursday that at least {number} trucks burnt. \"We counted {number} boats,\" \
             said Ruben Aske. The ministry denied that oil was lost."
        );
        let doc = sayso::annotate::annotate(crate::store::article(&id, "Bridge Herald", &day, &text), &kit);
        update.put(&id, &id, sayso::graph::write::quads(&doc, &options)).expect("put");
    }
    update.compare_later();
    update.commit().expect("committed");
    let store = Store::open(folder.path()).expect("store").load().expect("quads");
    let quads: Vec<_> = store.iter().collect::<Result<_, _>>().expect("quads");
    let memory = sayso::graph::store::from_quads(&quads).expect("memory");
    let sorted = ask::questions().iter().filter(|q| q.articles.is_some() || q.text.contains("\n# first: "));
    assert!(sorted.clone().count() >= 17);
    for question in sorted {
        let rows = |limit: Option<usize>| {
            let limits = Limits { rows: limit, ..Limits::default() };
            match ask::ask(&store, question.name, &[], &limits).expect("rows") {
                Answer::Table(table) => table,
                _ => panic!("{} gives no table", question.name),
            }
        };
        let whole = rows(None);
        let Answer::Table(by_engine) = ask::ask(&memory, question.name, &[], &Limits::default()).expect("rows") else {
            panic!("{} gives no table", question.name)
        };
        assert_eq!(whole.rows, by_engine.rows, "{} in order", question.name);
        for most in [0, 1, 10, 150, whole.rows.len(), whole.rows.len() + 1] {
            let some = rows(Some(most));
            let first = &whole.rows[..most.min(whole.rows.len())];
            assert_eq!(some.rows, first, "the first {most} rows of {}", question.name);
            assert_eq!(some.columns, whole.columns);
            assert_eq!(some.truncated, most < whole.rows.len(), "{} {most}", question.name);
        }
    }
    // Of words that most articles have, the articles are looked at one after another too.
    for (name, given) in [
        ("who-said", [("about", "boats")].as_slice()),
        ("who-said", &[("about", "trucks"), ("since", "2021-03-05"), ("min-confidence", "0")]),
        ("numbers-about", &[("about", "trucks")]),
        ("numbers-about", &[("counted", "boats"), ("min-confidence", "0")]),
        ("numbers-about", &[("about", "boats"), ("counted", "boats"), ("min-confidence", "0")]),
        ("numbers-about", &[("about", "boats"), ("speaker", "Aske"), ("min-confidence", "0")]),
        ("denials", &[("about", "oil")]),
        ("verbatim", &[("about", "we counted")]),
    ] {
        let rows = |limit: Option<usize>| {
            let limits = Limits { rows: limit, ..Limits::default() };
            match ask::ask(&store, name, given, &limits).expect("rows") {
                Answer::Table(table) => table.rows,
                _ => panic!("{name} gives no table"),
            }
        };
        let whole = rows(None);
        assert!(whole.len() > 20, "{name} {given:?}");
        for most in [1, 2, 5, 20, whole.len()] {
            assert_eq!(rows(Some(most)), whole[..most], "the first {most} rows of {name} {given:?}");
        }
    }
}

#[test]
fn a_query_without_end_is_stopped_in_time() {
    let store = fixture();
    for query in ENDLESS {
        let limits = Limits { timeout: Some(Duration::from_millis(200)), ..Limits::default() };
        let begun = std::time::Instant::now();
        let error = run(&store, query, &limits).expect_err(query);
        assert_eq!(error.kind(), ErrorKind::Timeout, "{query}: {error}");
        assert!(begun.elapsed() < Duration::from_secs(5), "{query}: stopped after {:?}", begun.elapsed());
    }
    // The store is whole afterwards, and an update that is stopped changes nothing.
    let before = store.len().expect("length");
    let limits = Limits { timeout: Some(Duration::from_millis(200)), ..Limits::default() };
    let update =
        "INSERT { ?a ?h ?l } WHERE { GRAPH ?x { ?a ?b ?c } GRAPH ?y { ?d ?e ?f } GRAPH ?z { ?g ?h ?i . ?j ?k ?l } }";
    let error = sayso::graph::query::update(&store, update, &Default::default(), &limits).expect_err("stopped");
    assert_eq!(error.kind(), ErrorKind::Timeout);
    assert_eq!(store.len().expect("length"), before);
    let quad = store.iter().next().expect("a quad").expect("a quad");
    store.writable().expect("memory").insert(quad.as_ref()).expect("no lock is left behind");
}

#[cfg(target_os = "linux")]
#[test]
fn a_query_that_fills_the_memory_is_stopped() {
    let query = "SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l } ORDER BY ?l ?a";
    let limits = Limits { timeout: Some(Duration::from_secs(60)), memory: Some(100 << 20), ..Limits::default() };
    let error = run(&fixture(), query, &limits).expect_err("stopped");
    assert!(error.to_string().contains("100 MB of memory"), "{error}");
}

#[test]
fn answers_are_written_in_every_format() {
    let store = fixture();
    let table =
        run(&store, "SELECT ?l { ?s a sayso:Person ; rdfs:label ?l } ORDER BY ?l", &Limits::default()).expect("table");
    let graph = run(&store, "CONSTRUCT { ?s rdfs:label ?l } { ?s a sayso:Person ; rdfs:label ?l }", &Limits::default());
    let graph = graph.expect("graph");
    for (name, format) in Format::ALL {
        let (mut of_table, mut of_graph) = (Vec::new(), Vec::new());
        let results = [table.write(*format, &mut of_table), graph.write(*format, &mut of_graph)];
        assert!(results.iter().any(Result::is_ok), "{name} carries nothing");
        for (result, bytes) in results.iter().zip([of_table, of_graph]) {
            match result {
                Ok(()) => assert!(String::from_utf8(bytes).expect("text").contains("Edda Quist"), "{name}"),
                Err(error) => assert!(error.hint().starts_with("use "), "{name}: {}", error.hint()),
            }
        }
    }
}

#[test]
fn a_statement_without_a_speaker_borrows_nobody_elses_kind() {
    let text = include_str!("../../ontology/examples/fixture.trig").to_owned()
        + "<https://example.org/g> { <https://example.org/statement/nobodys> a <https://w3id.org/sayso/ns#Statement> ;
             <https://w3id.org/sayso/ns#mode> <https://w3id.org/sayso/ns#direct> ;
             <https://w3id.org/sayso/ns#reportedIn> <https://example.org/article> .
           <https://example.org/article> <https://w3id.org/sayso/ns#identifier> \"nobodys\" . }";
    let store = from_text(&text, "trig").expect("the fixture and one statement more");
    let answer = ask::ask(&store, "sources-of-article", &[("document", "nobodys")], &Limits::default());
    let Ok(Answer::Table(table)) = answer else { panic!("no table") };
    assert_eq!(table.cells(), [["nobodys", "", "", "unknown", "direct", "1"]]);
}
