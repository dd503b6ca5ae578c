//! The reconciliation service, as OpenRefine and clients of the draft of 1.0 meet it.

use serde_json::{Value, json};

use super::serve::{get, send, server};
use sayso::serve::{Options, Running};

fn service() -> Running {
    server(super::view::bridge(), Options::default())
}

fn read(to: &Running, path: &str) -> Value {
    let reply = get(to, path);
    assert_eq!(reply.status, 200, "{path}: {}", reply.body);
    serde_json::from_str(&reply.body).expect("JSON")
}

fn encoded(value: &Value) -> String {
    value.to_string().bytes().map(|b| format!("%{b:02X}")).collect()
}

fn posted(to: &Running, path: &str, body: &Value) -> Value {
    let reply = send(to, "POST", path, &[("content-type", "application/json")], body.to_string().as_bytes());
    assert_eq!(reply.status, 200, "{path}: {}", reply.body);
    serde_json::from_str(&reply.body).expect("JSON")
}

#[test]
fn names_find_their_entities() {
    let to = service();
    let queries = json!({
        "q0": { "query": "ilse varga", "type": "Person", "type_strict": "should" },
        "q1": { "query": "Varga" },
        "q2": { "query": "Q999001" },
        "q3": { "query": "Ilse Vagra" },
        "q4": { "query": "Linde", "type": "Organization", "type_strict": "any" },
        "q5": { "query": "Transport Ministry", "limit": 1 },
    });
    let form = format!("queries={}", encoded(&queries));
    let kind = [("content-type", "application/x-www-form-urlencoded")];
    let reply = send(&to, "POST", "/reconcile", &kind, form.as_bytes());
    assert_eq!(reply.status, 200, "{}", reply.body);
    let answers: Value = serde_json::from_str(&reply.body).expect("JSON");
    let first = |q: &str| answers[q]["result"][0].clone();
    assert_eq!(
        (&first("q0")["id"], &first("q0")["match"], &first("q0")["score"]),
        (&json!("varga"), &json!(true), &json!(100.0))
    );
    assert_eq!(first("q0")["type"][0]["id"], "Person");
    assert_eq!((&first("q1")["id"], &first("q1")["match"]), (&json!("varga"), &json!(false)));
    assert_eq!(first("q3")["id"], "varga");
    assert_eq!(answers["q4"]["result"], json!([]));
    assert_eq!(first("q5")["match"], true);
    assert_eq!(read(&to, &format!("/reconcile?queries={}", encoded(&queries))), answers);
}

#[test]
fn the_draft_matches_by_name_id_and_property() {
    let to = service();
    let by = |conditions: Value| json!({ "conditions": conditions, "limit": 3 });
    let body = json!({ "queries": [
        by(json!([{ "matchType": "name", "propertyValue": "Daniel Okafor" }])),
        by(json!([{ "matchType": "id", "propertyValue": "okafor" }])),
        by(json!([{ "matchType": "property", "propertyId": "affiliation", "propertyValue": "Transport*", "required": true }])),
        by(json!([{ "matchType": "name", "propertyValue": "Nobody At All" }])),
    ] });
    let answer = posted(&to, "/reconcile/draft/match", &body);
    let results = answer["results"].as_array().expect("results");
    for result in &results[..3] {
        assert_eq!(result["candidates"][0]["id"], "okafor", "{result}");
    }
    assert_eq!(results[1]["candidates"].as_array().map(Vec::len), Some(1));
    assert_eq!(results[3]["candidates"], json!([]));
    let bad =
        send(&to, "POST", "/reconcile/draft/match", &[("content-type", "application/json")], b"{\"queries\": [{}]}");
    assert_eq!(bad.status, 400);
    let many = json!({ "queries": vec![json!({ "conditions": [] }); 1001] }).to_string();
    let many = send(&to, "POST", "/reconcile/draft/match", &[("content-type", "application/json")], many.as_bytes());
    assert_eq!(many.status, 413);
}

#[test]
fn manifests_suggestions_properties_and_previews() {
    let to = service();
    let manifest = read(&to, "/reconcile");
    assert_eq!(manifest["versions"], json!(["0.2"]));
    assert_eq!(manifest["identifierSpace"], "https://example.org/id/entity/");
    assert_eq!(read(&to, "/reconcile/draft")["versions"], json!(["1.0-draft"]));
    assert_eq!(read(&to, "/reconcile/suggest/entity?prefix=var")["result"][0]["id"], "varga");
    assert_eq!(read(&to, "/reconcile/suggest/type?prefix=pers")["result"][0]["id"], "Person");
    assert_eq!(read(&to, "/reconcile/suggest/property?prefix=wiki")["result"][0]["id"], "wikidata");
    let wanted = json!({ "ids": ["varga", "nobody"], "properties": [{ "id": "wikidata" }, { "id": "statements" }, { "id": "said", "settings": { "limit": "1" } }] });
    let rows = read(&to, &format!("/reconcile?extend={}", encoded(&wanted)));
    assert_eq!(rows["rows"]["varga"]["wikidata"], json!([{ "str": "Q999001" }]));
    assert_eq!(rows["rows"]["varga"]["statements"], json!([{ "int": 3 }]));
    assert_eq!(rows["rows"]["varga"]["said"].as_array().map(Vec::len), Some(1));
    assert_eq!(rows["rows"]["nobody"]["wikidata"], json!([]));
    let draft = posted(&to, "/reconcile/draft/extend", &wanted);
    assert_eq!(draft["rows"][0]["properties"][0]["values"], json!([{ "str": "Q999001" }]));
    let preview = get(&to, "/reconcile/preview?id=varga");
    assert!(preview.status == 200 && preview.body.contains("<h1>Ilse Varga</h1>"), "{}", preview.body);
    assert!(preview.head.contains("x-frame-options: deny"), "other pages may not frame it unless --cors says so");
    let open = server(super::view::bridge(), Options { cors: true, ..Options::default() });
    let framed = get(&open, "/reconcile/preview?id=varga");
    assert!(!framed.head.contains("x-frame-options") && framed.head.contains("access-control-allow-origin: *"));
    assert_eq!(get(&to, "/reconcile/preview?id=nobody").status, 404);
}
