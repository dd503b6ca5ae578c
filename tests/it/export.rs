//! Exports for other programs: what they hold, their escapes, the same bytes twice.

use std::collections::BTreeMap;

use sayso::graph::export::{Format, Options, write};
use sayso::graph::view;
use serde_json::Value;

fn export(format: Format, table: &str) -> String {
    let view = view::Options { max_nodes: 0, ..view::Options::default() };
    let options = Options { view, table: table.to_owned(), ..Options::default() };
    let once = || write(&super::view::bridge(), format, &options).expect("an export").bytes;
    let bytes = once();
    assert_eq!(bytes, once(), "{format:?} differs from run to run");
    String::from_utf8(bytes).expect("UTF-8")
}

#[test]
fn graphs_hold_every_node_and_edge_once() {
    let json: serde_json::Value = serde_json::from_str(&export(Format::Cytoscape, "")).expect("JSON");
    let count = |name: &str| json["elements"][name].as_array().expect("a list").len();
    let (graphml, gexf) = (export(Format::GraphMl, ""), export(Format::Gexf, ""));
    assert_eq!(graphml.matches("<node ").count(), count("nodes"));
    assert_eq!(graphml.matches("<edge ").count(), count("edges"));
    assert_eq!(gexf.matches("<node ").count(), count("nodes"));
    assert_eq!(gexf.matches("<edge ").count(), count("edges"));
    assert!(gexf.contains("start=\"2031-03-08\" end=\"2031-03-08\""));
    assert!(graphml.contains("We heard two &quot;cracks&quot; &amp; then &lt;silence&gt;"));
}

/// A table as rows of title to cell.
fn table(name: &str) -> Vec<BTreeMap<String, String>> {
    let text = export(Format::Csv, name);
    csv::Reader::from_reader(text.as_bytes()).deserialize().map(|row| row.expect("a row")).collect()
}

#[test]
fn tables_read_back() {
    let rows = table("quantities");
    assert_eq!(rows.len(), 4);
    let first = rows.iter().find(|r| r["statement"].ends_with("/one-1")).expect("the mayor's number");
    let expected = [
        ("words", "at least 14 people"),
        ("measure", "killed"),
        ("value", "14"),
        ("lower", "14"),
        ("upper", ""),
        ("bound", "atLeast"),
        ("unit", "item"),
        ("unit_id", "http://qudt.org/vocab/unit/NUM"),
        ("counted", "people"),
        ("denied", "false"),
        ("speaker", "Ilse Varga"),
        ("said_latest", "2031-03-03"),
        ("event_type", "Collapse"),
        ("event_latest", "2031-03-03"),
        ("place", "Linde"),
        ("published", "2031-03-04"),
        ("publisher", "Harbour Herald"),
    ];
    for (title, cell) in expected {
        assert_eq!(first[title], cell, "{title}");
    }
    let statements = table("statements");
    assert_eq!(statements.iter().filter(|r| r["denied"] == "true").count(), 1);
    assert_eq!(statements.iter().filter(|r| !r["reports"].is_empty()).count(), 1);
    assert!(statements.iter().any(|r| r["quotes"] == "each of them a neighbour" && r["mode"] == "mixed"));
    assert_eq!(table("events").iter().filter(|r| r["place"] == "Linde").count(), 2);
    assert!(table("entities").iter().any(|r| r["name"] == "Ilse Varga" && r["same_as"].ends_with("Q999001")));
    assert!(table("links").iter().any(|r| r["relation"] == "contradicts" && r["from_kind"] == "statement"));
}

#[test]
fn a_table_without_rows_has_its_titles() {
    let nothing = sayso::graph::store::from_quads(&[]).expect("a store");
    for name in sayso::graph::export::table::NAMES {
        let options = Options { table: (*name).to_owned(), ..Options::default() };
        let text = write(&nothing, Format::Csv, &options).expect("a table").bytes;
        let titles = String::from_utf8(text).expect("UTF-8");
        assert_eq!(titles.lines().count(), 1, "{name}");
        let full: Vec<String> = table(name)[0].keys().cloned().collect();
        let mut found: Vec<&str> = titles.trim().split(',').collect();
        found.sort_unstable();
        assert_eq!(found, full, "{name}");
    }
}

#[test]
fn rdf_holds_every_quad() {
    let count = super::view::bridge().len().expect("a number");
    assert_eq!(export(Format::NQuads, "").lines().count(), count);
    for (format, ending) in [(Format::TriG, "trig"), (Format::NQuads, "nq"), (Format::JsonLd, "jsonld")] {
        let read = sayso::graph::store::from_text(&export(format, ""), ending).expect("RDF");
        assert_eq!(read.len().expect("a number"), count, "{format:?}");
    }
}

/// A store with claims of every sort that RDF 1.2 can carry, and one that it cannot.
const CLAIMS: &str = r#"
@prefix sayso: <https://w3id.org/sayso/ns#> .
@prefix : <https://example.org/id/> .
:said sayso:content :exact, :bounded, :bare, :entities, :worded, :nothing .
:exact sayso:about :fire ; sayso:predicate :destroy ; sayso:quantity :forty .
:forty sayso:value 40.0 ; sayso:bound sayso:exact .
:bounded sayso:about :fire ; sayso:predicate :destroy ; sayso:quantity :many .
:many sayso:value 40.0 ; sayso:lower 40.0 ; sayso:bound sayso:atLeast .
:bare sayso:about :fire ; sayso:quantity :forty .
:entities sayso:subjectEntity :mayor ; sayso:predicate :meet ; sayso:objectEntity :one , :two .
:worded sayso:subjectEntity :mayor ; sayso:predicate :want ; sayso:object "a new bridge" .
:nothing sayso:predicate :rain .
"#;

#[test]
fn rdf12_reifies_what_claims_say() {
    let store = sayso::graph::store::from_text(CLAIMS, "ttl").expect("RDF");
    let options = Options { rdf12: true, ..Options::default() };
    let text = |store: &sayso::graph::store::Loaded, format| {
        String::from_utf8(write(store, format, &options).expect("an export").bytes).expect("UTF-8")
    };
    let lines = text(&store, Format::NTriples);
    let mut found: Vec<String> = lines
        .lines()
        .filter_map(|l| l.split_once(" <http://www.w3.org/1999/02/22-rdf-syntax-ns#reifies> "))
        .map(|(claim, triple)| format!("{claim} {triple}").replace("https://example.org/id/", ""))
        .collect();
    found.sort();
    assert_eq!(
        found,
        [
            "<bare> <<( <fire> <https://w3id.org/sayso/ns#quantity> <forty> )>> .",
            "<bounded> <<( <fire> <destroy> <many> )>> .",
            "<entities> <<( <mayor> <meet> <one> )>> .",
            "<entities> <<( <mayor> <meet> <two> )>> .",
            "<exact> <<( <fire> <destroy> \"40\"^^<http://www.w3.org/2001/XMLSchema#decimal> )>> .",
            "<worded> <<( <mayor> <want> \"a new bridge\" )>> .",
        ]
    );
    for (format, ending) in [(Format::Turtle, "ttl"), (Format::TriG, "trig"), (Format::NQuads, "nq")] {
        let read = sayso::graph::store::from_text(&text(&store, format), ending).expect("RDF 1.2");
        assert_eq!(text(&read, Format::NTriples), lines, "{format:?}: read back and reified again");
    }
    let refused = |format| write(&store, format, &options).err().map(|e| e.to_string()).unwrap_or_default();
    assert!(refused(Format::JsonLd).contains("RDF 1.2"), "{}", refused(Format::JsonLd));
    assert!(refused(Format::GraphMl).contains("RDF 1.2"), "{}", refused(Format::GraphMl));
}

fn json(format: Format) -> Value {
    serde_json::from_str(&export(format, "")).expect("JSON")
}

#[test]
fn each_statement_is_a_nanopublication() {
    let text = export(Format::Nanopub, "");
    let store = sayso::graph::store::from_text(&text, "trig").expect("TriG");
    let graphs: std::collections::BTreeSet<String> = store
        .named_graphs()
        .map(|g| {
            g.expect("a graph").to_string().trim_matches(['<', '>']).replace("https://example.org/id/nanopub/", "")
        })
        .collect();
    assert_eq!(graphs.len(), 4 * table("statements").len());
    for part in ["Head", "assertion", "provenance", "pubinfo"] {
        assert!(graphs.contains(&format!("two-2#{part}")), "{graphs:?}");
    }
    let ask = |query: &str| {
        let answer = sayso::graph::query::run(&store, query, &Default::default()).expect("an answer");
        matches!(answer, sayso::graph::query::Answer::Boolean(true))
    };
    assert!(ask(
        "ASK { GRAPH ?a { ?s sayso:speaker ?v ; sayso:content/sayso:quantity/sayso:lower 14.0 . ?v rdfs:label \"Ilse Varga\" }
         GRAPH ?p { ?a prov:wasDerivedFrom ?sentence . ?sentence nif:beginIndex 0 } }"
    ));
    // Comparisons are nobody's saying.
    assert!(!ask("ASK { GRAPH ?g { ?c sayso:contradicts ?d } }"));
}

#[test]
fn annotations_select_the_words_of_the_content() {
    let page = json(Format::Annotation);
    let items = page["items"].as_array().expect("items");
    assert_eq!(items.len(), table("statements").len());
    let mayor = items.iter().find(|i| i["id"] == "https://example.org/id/annotation/one-1").expect("the mayor's");
    let selectors = &mayor["target"][0]["selector"];
    assert_eq!(selectors[0]["start"], 22);
    assert_eq!(selectors[0]["end"], 82);
    assert_eq!(selectors[1]["exact"], "at least 14 people had been killed when the bridge came down");
    assert_eq!(selectors[1]["prefix"], "Mayor Ilse Varga said ");
    assert_eq!(selectors[1]["suffix"], ".");
    let said = mayor["body"][0]["value"].as_str().unwrap_or_default();
    assert_eq!(said, "Ilse Varga (said, 3 Mar 2031): at least 14 people had been killed when the bridge came down");
}

#[test]
fn schema_org_has_articles_speakers_quotations_and_claims() {
    let text = export(Format::Schema, "");
    assert!(!text.contains('<'), "a page that holds it could end its script");
    let page = json(Format::Schema);
    let graph = page["@graph"].as_array().expect("a graph");
    let find = |id: &str| {
        let wanted = format!("https://example.org/id/{id}");
        graph.iter().find(|t| t["@id"] == wanted).unwrap_or_else(|| panic!("no {id}"))
    };
    assert_eq!(find("doc/one")["@type"], "NewsArticle");
    assert_eq!(find("doc/one")["datePublished"], "2031-03-04");
    assert_eq!(find("entity/varga")["sameAs"][0], "http://www.wikidata.org/entity/Q999001");
    let quotation = find("statement/three-1");
    assert_eq!(quotation["@type"], "Quotation");
    assert_eq!(quotation["spokenByCharacter"]["@id"], "https://example.org/id/entity/varga");
    let bounded = &find("claim/one-1")["about"];
    assert_eq!(bounded["minValue"].to_string(), "14");
    assert!(bounded.get("value").is_none(), "at least 14 is not 14: {bounded}");
    assert_eq!(find("claim/three-1")["about"]["value"].to_string(), "17");
    assert!(find("claim/two-1").get("author").is_some());
    assert!(find("claim/two-2").get("author").is_none(), "what is denied is not the denier's claim");
}

#[test]
fn neo4j_files_have_typed_headers_and_known_ends() {
    let files =
        sayso::graph::export::folder(&super::view::bridge(), sayso::graph::export::Format::Neo4j, &Default::default())
            .expect("files");
    let text = |name: &str| {
        let file = files.iter().find(|f| f.name == name).unwrap_or_else(|| panic!("no {name}"));
        String::from_utf8(file.bytes.clone()).expect("UTF-8")
    };
    let header = text("nodes-Quantity.csv").lines().next().map(str::to_owned).expect("a header");
    assert_eq!(
        header,
        "iri:ID,bound:string,counted:string,lower:double,surface:string,unit:string,unitName:string,upper:double,value:double,:LABEL"
    );
    assert!(text("nodes-Document.csv").lines().next().is_some_and(|h| h.contains("published:date")));
    assert!(text("relationships-REPORTED_IN.csv").contains(",REPORTED_IN"));
    assert!(text("nodes-Statement.csv").contains("\"We heard two \"\"cracks\"\" & then <silence>\""));
    let script = text("import.sh");
    for file in files.iter().filter(|f| f.name.ends_with(".csv")) {
        assert!(script.contains(&format!("={} ", file.name)), "{}", file.name);
    }
    let refused = write(&super::view::bridge(), Format::Neo4j, &Options::default()).err().expect("refused");
    assert!(refused.to_string().contains("folder"), "{refused}");
}

#[test]
fn json_ld_refuses_rdf12_before_it_reads() {
    let output = std::process::Command::new(env!("CARGO_BIN_EXE_sayso"))
        .args(["triples", "no-such-file", "--rdf12", "--format", "jsonld"])
        .output()
        .expect("the program runs");
    let said = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(3), "{said}");
    assert!(said.contains("RDF 1.2") && said.contains("hint: use --rdf12 with"), "{said}");
}

/// The bridge, with its town on the map.
fn placed() -> sayso::graph::store::Loaded {
    let text = include_str!("../cases/view/bridge.trig").replace(
        "e:linde a sayso:Place ;",
        "e:linde <http://www.opengis.net/ont/geosparql#hasGeometry> <https://example.org/id/geometry/linde> ; a sayso:Place ;",
    ) + "\ngr:entities { <https://example.org/id/geometry/linde> <http://www.opengis.net/ont/geosparql#asWKT> \"POINT(12.5 -58.25)\"^^<http://www.opengis.net/ont/geosparql#wktLiteral> . }";
    sayso::graph::store::from_text(&text, "trig").expect("the fixture is RDF")
}

fn of_placed(format: Format) -> String {
    let view = view::Options { max_nodes: 0, ..view::Options::default() };
    let bytes = write(&placed(), format, &Options { view, ..Options::default() }).expect("an export").bytes;
    String::from_utf8(bytes).expect("UTF-8")
}

#[test]
fn geojson_has_a_point_an_event_with_what_was_said() {
    let page: Value = serde_json::from_str(&of_placed(Format::GeoJson)).expect("JSON");
    assert_eq!(page["type"], "FeatureCollection");
    let features = page["features"].as_array().expect("features");
    assert_eq!(features.len(), 2, "events in other places have no point");
    for feature in features {
        assert_eq!(feature["geometry"].to_string(), r#"{"type":"Point","coordinates":[12.5,-58.25]}"#);
        assert_eq!(feature["properties"]["place"], "Linde");
    }
    let first =
        &features.iter().find(|f| f["id"] == "https://example.org/id/event/one-fall").expect("one")["properties"];
    assert_eq!(first["numbers"], "at least 14 people");
    assert_eq!(first["speakers"], "Ilse Varga; a member of the rescue crew");
    assert_eq!(export(Format::GeoJson, "").matches("Feature\"").count(), 0, "without points nothing is on the map");
}

#[test]
fn follow_the_money_has_edges_from_speakers_to_articles() {
    let text = of_placed(Format::Ftm);
    let rows: Vec<Value> = text.lines().map(|l| serde_json::from_str(l).expect("JSON")).collect();
    let of = |schema: &str| rows.iter().filter(|r| r["schema"] == schema).collect::<Vec<_>>();
    assert_eq!(of("Article").len(), 3);
    let varga = of("Person").into_iter().find(|r| r["properties"]["name"][0] == "Ilse Varga").expect("the mayor");
    assert_eq!(varga["properties"]["wikidataId"][0], "Q999001");
    let said = of("Documentation");
    let denied = said.iter().find(|r| r["properties"]["status"][0] == "denied").expect("a denial");
    assert_eq!(denied["properties"]["role"][0], "denied");
    let toll =
        said.iter().find(|r| r["properties"]["entity"][0] == varga["id"] && r["properties"]["role"][0] == "said");
    assert_eq!(toll.expect("the toll")["properties"]["startDate"][0], "2031-03-03");
    assert!(of("Note").iter().any(|r| r["properties"]["name"][0].as_str().is_some_and(|n| n.contains("rescue crew"))));
    assert_eq!(of("Address")[0]["properties"]["latitude"][0], "-58.25");
    let event = of("Event").into_iter().find(|r| r["properties"]["location"][0] == "Linde").expect("the collapse");
    assert_eq!(event["properties"]["addressEntity"][0], of("Address")[0]["id"]);
    let ids: std::collections::BTreeSet<&str> = rows.iter().filter_map(|r| r["id"].as_str()).collect();
    assert_eq!(ids.len(), rows.len());
    for end in ["entity", "document", "resolved", "addressEntity", "proof", "involved"] {
        for id in rows.iter().flat_map(|r| r["properties"][end].as_array().into_iter().flatten()) {
            assert!(ids.contains(id.as_str().expect("an id")), "{end} {id}");
        }
    }
}

#[test]
fn a_cypher_script_has_whole_statements_and_typed_values() {
    let text = export(Format::Cypher, "");
    assert!(text.contains("published: date('2031-03-04')"));
    assert!(text.contains("lower: 14.0"));
    assert!(text.contains(r#"'We heard two "cracks" & then <silence>'"#));
    assert!(text.contains("MERGE (n:Resource {iri: row.iri}) SET n:Person SET n += row.facts;"));
    assert!(text.contains("MERGE (a)-[:REPORTED_IN]->(b);"));
    // A reader that goes by semicolons finds as many statements as there are.
    let ends = text.lines().filter(|l| l.ends_with(';')).count();
    assert_eq!(text.matches(';').count(), ends);
    assert!(text.contains(r#"'Delta "Evening" Post \\ <Online>'"#), "back-strokes are doubled");
}

#[test]
fn parquet_begins_and_ends_as_it_must() {
    use sayso::graph::export::folder;
    let view = view::Options { max_nodes: 0, ..view::Options::default() };
    let files = folder(&placed(), Format::Parquet, &Options { view, ..Options::default() }).expect("files");
    let names: Vec<&str> = files.iter().map(|f| f.name.as_str()).collect();
    assert_eq!(names[..3], ["articles.parquet", "speakers.parquet", "statements.parquet"]);
    for file in &files {
        let bytes = &file.bytes;
        assert!(bytes.starts_with(b"PAR1") && bytes.ends_with(b"PAR1"), "{}", file.name);
        let length = u32::from_le_bytes(bytes[bytes.len() - 8..bytes.len() - 4].try_into().expect("four")) as usize;
        assert!(length + 12 <= bytes.len(), "{}", file.name);
    }
    let options = Options {
        table: "statements".to_owned(),
        view: view::Options { max_nodes: 0, ..Default::default() },
        ..Options::default()
    };
    let one = write(&placed(), Format::Parquet, &options).expect("a file").bytes;
    assert_eq!(one, files[2].bytes);
    let unknown = Options { table: "nothing".to_owned(), ..Options::default() };
    assert!(write(&placed(), Format::Parquet, &unknown).err().expect("refused").hint().contains("statements"));
}
