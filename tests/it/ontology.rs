//! The ontology, the vocabulary of the program, the shapes, the examples and the documentation agree.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use sayso::graph::check;
use sayso::graph::query::{Answer, Limits, run};
use sayso::graph::store::from_text;
use sayso::graph::vocab::{NAMESPACE, PREFIXES, class, property, value};
use sayso::text::{Approximation, Aspect, CountedRole, FoundIn, QuantityKind, ScopeKind, TimeKind};

const ONTOLOGY: &str = include_str!("../../ontology/sayso.ttl");

fn folder(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("ontology").join(name)
}

/// The first column of a query on some Turtle.
fn column(text: &str, query: &str) -> BTreeSet<String> {
    let store = from_text(text, "ttl").expect("turtle");
    let Answer::Table(table) = run(&store, query, &Limits::default()).expect("answer") else { panic!("no table") };
    table.cells().into_iter().map(|mut row| row.remove(0)).collect()
}

fn names(list: &[oxigraph::model::NamedNodeRef<'_>]) -> BTreeSet<String> {
    list.iter().map(|n| n.as_str().replace(NAMESPACE, "sayso:")).collect()
}

#[test]
fn every_constant_is_in_the_ontology_and_the_reverse() {
    let classes = column(ONTOLOGY, "SELECT ?x { ?x a owl:Class }");
    assert_eq!(names(class::ALL), classes);
    let properties = "SELECT ?x { VALUES ?t { owl:ObjectProperty owl:DatatypeProperty } ?x a ?t }";
    assert_eq!(names(property::ALL), column(ONTOLOGY, properties));
    let values = "SELECT ?x { ?x a ?c . ?c a owl:Class . FILTER(STRSTARTS(STR(?c), STR(sayso:))) }";
    assert_eq!(names(value::ALL), column(ONTOLOGY, values));
}

const SHAPES: &str = include_str!("../../ontology/shapes.ttl");

/// What the shapes allow for a property.
fn allowed(property: &str) -> BTreeSet<String> {
    column(SHAPES, &format!("SELECT ?v {{ ?s sh:path sayso:{property} ; sh:in/rdf:rest*/rdf:first ?v }}"))
}

#[test]
fn every_value_of_a_closed_set_is_in_the_ontology_and_in_the_shapes() {
    fn names<T: Copy + ToString>(set: &[T]) -> BTreeSet<String> {
        set.iter().map(ToString::to_string).collect()
    }
    let sets = [
        ("publishedFrom", names(FoundIn::ALL)),
        ("kind", names(QuantityKind::ALL)),
        ("approximation", names(Approximation::ALL)),
        ("aspect", names(Aspect::ALL)),
        ("countedRole", names(CountedRole::ALL)),
        ("scope", names(ScopeKind::ALL)),
        ("timexType", names(TimeKind::ALL)),
    ];
    for (property, values) in sets {
        let comment = column(ONTOLOGY, &format!("SELECT ?c {{ sayso:{property} rdfs:comment ?c }}"));
        let comment = comment.first().expect("a comment");
        let words: BTreeSet<&str> = comment.split(|c: char| !c.is_alphanumeric() && c != '-').collect();
        for value in &values {
            assert!(words.contains(value.as_str()), "the ontology does not name {value} of {property}: {comment}");
        }
        if property == "scope" {
            let pattern = format!("^({}): ", ScopeKind::ALL.iter().map(|k| k.as_str()).collect::<Vec<_>>().join("|"));
            assert!(
                SHAPES.contains(&format!("sh:path sayso:scope ; sh:datatype xsd:string ; sh:pattern \"{pattern}\""))
            );
        } else {
            assert_eq!(allowed(property), values, "{property} in the shapes");
        }
    }
}

#[test]
fn every_value_that_is_a_term_is_allowed_by_the_shapes() {
    let listed = "SELECT ?p { ?p rdfs:range ?c . ?c rdfs:subClassOf skos:Concept }";
    let properties = column(ONTOLOGY, listed);
    assert!(properties.len() >= 8, "{properties:?}");
    for property in properties {
        let own = column(ONTOLOGY, &format!("SELECT ?v {{ {property} rdfs:range ?c . ?v a ?c }}"));
        assert!(!own.is_empty());
        assert_eq!(allowed(&property["sayso:".len()..]), own, "{property}");
    }
}

#[test]
fn everything_has_a_label_and_a_comment() {
    let bare = "SELECT ?x { ?x a ?t . FILTER(STRSTARTS(STR(?x), STR(sayso:)))
        FILTER(!EXISTS { ?x rdfs:label ?l } || !EXISTS { ?x rdfs:comment ?c }) }";
    assert_eq!(column(ONTOLOGY, bare), BTreeSet::new());
}

#[test]
fn the_ontology_is_aligned() {
    for vocabulary in ["prov", "nif", "schema", "sem", "foaf", "org", "qudt", "time", "geo", "skos", "oa", "dcterms"] {
        let (_, namespace) = PREFIXES.iter().find(|(p, _)| *p == vocabulary).expect("prefix");
        let query = format!(
            "SELECT ?x {{ ?x ?p ?y . FILTER(STRSTARTS(STR(?x), STR(sayso:)) && STRSTARTS(STR(?y), \"{namespace}\")) }}"
        );
        assert!(!column(ONTOLOGY, &query).is_empty(), "nothing is aligned to {vocabulary}");
    }
}

#[test]
fn shapes_and_questions_use_known_terms_alone() {
    let known: BTreeSet<String> =
        [names(class::ALL), names(property::ALL), names(value::ALL)].into_iter().flatten().collect();
    let mut texts = vec![("shapes.ttl".to_owned(), fs::read_to_string(folder("shapes.ttl")).expect("shapes"))];
    texts.push(("fixture.trig".to_owned(), fs::read_to_string(folder("examples/fixture.trig")).expect("fixture")));
    for entry in fs::read_dir(folder("questions")).expect("folder").flatten() {
        texts.push((entry.path().display().to_string(), fs::read_to_string(entry.path()).expect("question")));
    }
    for (name, text) in texts {
        for (at, _) in text.match_indices("sayso:") {
            let local: String = text[at + 6..].chars().take_while(|c| c.is_ascii_alphanumeric()).collect();
            let is_term =
                !text[..at].ends_with(|c: char| c.is_alphanumeric() || matches!(c, '/' | ':')) && !local.is_empty();
            assert!(
                !is_term || known.contains(&format!("sayso:{local}")),
                "{name}: sayso:{local} is not in the ontology"
            );
        }
    }
}

#[test]
fn each_class_has_a_shape() {
    let shaped = column(include_str!("../../ontology/shapes.ttl"), "SELECT ?c { ?s sh:targetClass ?c }");
    let listed = column(ONTOLOGY, "SELECT ?c { ?c rdfs:subClassOf skos:Concept }");
    let mut expected: BTreeSet<String> = names(class::ALL).difference(&listed).cloned().collect();
    expected.remove("sayso:Proposition"); // only its subclasses are written
    assert_eq!(shaped, expected);
}

#[test]
fn examples_are_valid_and_broken_ones_fail_on_the_shape_they_name() {
    let mut seen = 0;
    let mut files: Vec<PathBuf> =
        fs::read_dir(folder("examples")).expect("folder").flatten().map(|e| e.path()).collect();
    files.sort();
    for path in files.iter().filter(|p| p.extension().is_some_and(|e| e == "ttl")) {
        let text = fs::read_to_string(path).expect("example");
        let report = check::check(&from_text(&text, "ttl").expect("turtle")).expect("report");
        let failed: Vec<&str> = report.iter().map(|f| f.constraint.as_str()).collect();
        let name = path.file_name().expect("name").to_string_lossy();
        match text.lines().find_map(|l| l.strip_prefix("# fails: ")) {
            Some(shape) => assert!(failed.contains(&shape), "{name}: {failed:?}"),
            None => assert_eq!(failed, Vec::<&str>::new(), "{name}"),
        }
        assert_eq!(name.contains(".invalid."), text.contains("# fails: "), "{name}");
        seen += 1;
    }
    let shaped = class::ALL
        .iter()
        .filter(|c| files.iter().any(|f| f.ends_with(format!("{}.ttl", &c.as_str()[NAMESPACE.len()..]))));
    assert_eq!(shaped.count() * 2, seen, "an example and a broken one for each class");
    assert!(seen >= 30);
}

#[test]
fn the_documentation_is_current() {
    let pages = [("README.md", sayso::inside::reference::page()), ("diagram.dot", sayso::inside::reference::diagram())];
    for (name, made) in pages {
        let path = folder(name);
        if std::env::var_os("UPDATE").is_some() {
            fs::write(&path, &made).expect("write");
            if name == "diagram.dot" {
                let drawn = std::process::Command::new("dot").arg("-Tsvg").arg(&path).output().expect("GraphViz");
                fs::write(folder("diagram.svg"), drawn.stdout).expect("write");
            }
        }
        assert!(fs::read_to_string(&path).expect(name) == made, "{name}: run UPDATE=1 cargo test documentation");
    }
    // The picture's bytes depend on the version of GraphViz; what it shows does not.
    let picture = fs::read_to_string(folder("diagram.svg")).expect("diagram.svg");
    let drawn: BTreeSet<&str> =
        picture.match_indices(">").map(|(at, _)| &picture[at + 1..]).filter_map(|t| t.split('<').next()).collect();
    let values = column(ONTOLOGY, "SELECT ?c { ?c rdfs:subClassOf skos:Concept }");
    for class in names(class::ALL).difference(&values) {
        assert!(drawn.contains(&class["sayso:".len()..]), "{class} is not in diagram.svg");
    }
}

#[test]
fn the_version_is_that_of_the_program() {
    let version = column(
        ONTOLOGY,
        "SELECT ?v { ?o a owl:Ontology ; owl:versionInfo ?v ; owl:versionIRI ?i FILTER(STRENDS(STR(?i), ?v)) }",
    );
    assert_eq!(version, BTreeSet::from([env!("CARGO_PKG_VERSION").to_owned()]));
}

#[test]
fn a_file_of_rdf_is_checked_and_its_offenders_named() {
    let check = |name: &str| {
        let output = std::process::Command::new(env!("CARGO_BIN_EXE_sayso"))
            .args(["check", "--quiet", "--store"])
            .arg(folder("examples").join(name))
            .output()
            .expect("the program runs");
        (output.status.code(), String::from_utf8(output.stdout).expect("UTF-8"))
    };
    assert_eq!(check("Statement.ttl"), (Some(0), String::new()));
    let (code, lines) = check("Comparison.invalid.ttl");
    assert_eq!(code, Some(1));
    let fields: Vec<&str> = lines.lines().next().expect("an offence").split('\t').collect();
    assert!(fields[0].starts_with("Comparison-") && fields[1].starts_with("https://"), "{lines}");
}
