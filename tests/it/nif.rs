//! NIF: texts and given names are read to the letter or refused by name, and what is written says where each name stands. The
//! route of the server answers with the same, and keeps nothing.

use std::fs;
use std::path::Path;
use std::time::Duration;

use oxigraph::io::{RdfFormat, RdfParser};
use oxigraph::model::Term;
use proptest::prelude::*;
use sayso::annotate::{Kit, annotate};
use sayso::graph::nif::{contexts, syntax};
use sayso::graph::store::from_text;
use sayso::graph::write::nif::{Identifiers, triples};
use sayso::serve::{Options, Running};
use sayso::text::{Document, Source, Span};

use crate::cli::sayso;
use crate::serve::{get, send, server};

const NIF: &str = "http://persistence.uni-leipzig.org/nlp2rdf/ontologies/nif-core#";
const ITS: &str = "http://www.w3.org/2005/11/its/rdf#";
const PREFIXES: &str = "@prefix nif: <http://persistence.uni-leipzig.org/nlp2rdf/ontologies/nif-core#> .\n\
     @prefix itsrdf: <http://www.w3.org/2005/11/its/rdf#> .\n\
     @prefix xsd: <http://www.w3.org/2001/XMLSchema#> .\n";

/// The text of the examples: letters of two and four bytes before, between and in names.
const TEXT: &str = "\u{1f600} Angela Merkel met Bara\u{10d} Velik\u{fd} in Berlin.\r\n\r\n  The \u{1d5d4} of Linde, Toma Velik, was  not there.\n";
const CONTEXT: &str = "http://example.org/doc#char=0,93";

/// A context in Turtle.
fn context(iri: &str, text: &str) -> String {
    let count = text.chars().count();
    let text = oxigraph::model::Literal::new_simple_literal(text);
    format!(
        "<{iri}> a nif:Context , nif:String ; nif:isString {text} ; nif:beginIndex \"0\"^^xsd:nonNegativeInteger ; nif:endIndex \"{count}\"^^xsd:nonNegativeInteger .\n"
    )
}

/// A name in Turtle, at the place where the words stand first.
fn phrase(context: &str, text: &str, words: &str) -> String {
    let byte = text.find(words).expect("words of the text");
    let begin = text[..byte].chars().count();
    stretch(context, begin, begin + words.chars().count(), words)
}

fn stretch(context: &str, begin: usize, end: usize, words: &str) -> String {
    let base = context.split('#').next().expect("an IRI");
    format!(
        "<{base}#char={begin},{end}> a nif:Phrase ; nif:referenceContext <{context}> ; nif:anchorOf \"{words}\" ; nif:beginIndex \"{begin}\"^^xsd:nonNegativeInteger ; nif:endIndex \"{end}\"^^xsd:nonNegativeInteger .\n"
    )
}

/// What is written of one name.
#[derive(Clone, Debug, PartialEq)]
struct Name {
    begin: usize,
    end: usize,
    words: String,
    thing: String,
    sure: Option<f64>,
}

/// The contexts of a document with their texts and names, all of it held against the text.
fn read(nif: &[u8], format: RdfFormat) -> Vec<(String, String, Vec<Name>)> {
    let parsed: Result<Vec<_>, _> = RdfParser::from_format(format).for_slice(nif).collect();
    let quads = parsed.unwrap_or_else(|e| panic!("{e}: {}", String::from_utf8_lossy(nif)));
    let all = |subject: &str, predicate: String| -> Vec<String> {
        let own = quads.iter().filter(|q| q.subject.to_string() == subject && q.predicate.as_str() == predicate);
        own.map(|q| match &q.object {
            Term::Literal(literal) => literal.value().to_owned(),
            other => other.to_string(),
        })
        .collect()
    };
    let one = |subject: &str, predicate: String| {
        let mut values = all(subject, predicate.clone());
        assert_eq!(values.len(), 1, "{subject} {predicate}");
        values.remove(0)
    };
    let mut subjects: Vec<String> = quads.iter().map(|q| q.subject.to_string()).collect();
    subjects.dedup();
    let is = |subject: &String, class: &str| {
        all(subject, "http://www.w3.org/1999/02/22-rdf-syntax-ns#type".into()).contains(&format!("<{NIF}{class}>"))
    };
    let mut found = Vec::new();
    for context in subjects.iter().filter(|s| is(s, "Context")) {
        let text = one(context, format!("{NIF}isString"));
        let characters: Vec<char> = text.chars().collect();
        assert_eq!(one(context, format!("{NIF}beginIndex")), "0");
        assert_eq!(one(context, format!("{NIF}endIndex")), characters.len().to_string());
        let mut names = Vec::new();
        for name in subjects.iter().filter(|s| all(s, format!("{NIF}referenceContext")) == [context.as_str()]) {
            assert!(is(name, "Phrase") && is(name, "String"), "{name}");
            let number = |of: &str| one(name, format!("{NIF}{of}")).parse::<usize>().expect("a number");
            let (begin, end) = (number("beginIndex"), number("endIndex"));
            let words = one(name, format!("{NIF}anchorOf"));
            assert_eq!(words, characters[begin..end].iter().collect::<String>());
            if is(name, "RFC5147String") {
                assert!(name.ends_with(&format!("#char={begin},{end}>")), "{name}");
            }
            let thing = one(name, format!("{ITS}taIdentRef")).trim_matches(['<', '>']).to_owned();
            let sure = all(name, format!("{ITS}taConfidence")).first().map(|s| s.parse().expect("a number"));
            assert_eq!(sure.is_some(), !thing.contains("/sayso/id/"), "{thing}");
            names.push(Name { begin, end, words, thing, sure });
        }
        found.push((context.trim_matches(['<', '>']).to_owned(), text, names));
    }
    found
}

/// What `annotate` makes of a file as NIF.
fn annotated(folder: &Path, arguments: &[&str]) -> (Vec<u8>, String, Option<i32>) {
    let mut all = vec!["annotate", "--format", "nif"];
    all.extend(arguments);
    let output = sayso(folder, &all, b"");
    (output.stdout, String::from_utf8_lossy(&output.stderr).into_owned(), output.status.code())
}

fn words(names: &[Name]) -> Vec<&str> {
    names.iter().map(|n| n.words.as_str()).collect()
}

#[test]
fn a_text_comes_back_to_the_letter_with_its_names() {
    let folder = tempfile::tempdir().expect("folder");
    assert_eq!(TEXT.chars().count(), 93);
    fs::write(folder.path().join("a.ttl"), format!("{PREFIXES}{}", context(CONTEXT, TEXT))).expect("file");
    let (once, talk, code) = annotated(folder.path(), &["a.ttl"]);
    assert_eq!(code, Some(0), "{talk}");
    let found = read(&once, RdfFormat::Turtle);
    let [(iri, text, names)] = found.as_slice() else { panic!("{found:?}") };
    assert_eq!((iri.as_str(), text.as_str()), (CONTEXT, TEXT));
    assert_eq!(words(names), ["Angela Merkel", "Bara\u{10d} Velik\u{fd}", "Berlin", "Linde", "Toma Velik"]);
    assert_eq!(names[0].thing, "http://www.wikidata.org/entity/Q567");
    assert!(names[3].thing.starts_with("https://w3id.org/sayso/id/entity/"));
    // What was written can be read, its names are given then, and nothing changes. From a pipe it is the same.
    fs::write(folder.path().join("b.ttl"), &once).expect("file");
    assert_eq!(annotated(folder.path(), &["b.ttl"]).0, once);
    assert_eq!(sayso(folder.path(), &["annotate", "--format", "nif", "-"], &once).stdout, once);
    // As JSON it has the same text, and the same offsets.
    let json = sayso(folder.path(), &["annotate", "--format", "jsonl", "b.ttl"], b"");
    let json: serde_json::Value = serde_json::from_slice(&json.stdout).expect("JSON");
    assert_eq!((json["text"].as_str(), json["id"].as_str()), (Some(TEXT), Some(CONTEXT)));
    let of_names = json["mentions"].as_array().expect("mentions").iter().filter(|m| m["kind"] == "name");
    let spans: Vec<_> = of_names.map(|m| (m["span"][0].as_u64(), m["span"][1].as_u64())).collect();
    let wanted: Vec<_> = names.iter().map(|n| (Some(n.begin as u64), Some(n.end as u64))).collect();
    assert_eq!(spans, wanted);
}

#[test]
fn given_names_are_linked_where_they_stand_and_no_others_are_told() {
    let folder = tempfile::tempdir().expect("folder");
    let text =
        "Angela Merkel met the Bundestag's finance committee in Berlin. The U.S.-backed plan of Linde was not on.";
    let iri = "http://example.org/given#char=0,104";
    // A part of a name, a part of a word, words that no name would be found in, one inside another, one twice, a blank.
    let given =
        ["Merkel", "U.S.", "finance committee", "the Bundestag's finance committee", "finance committee", "Berlin"];
    let mut nif = format!("{PREFIXES}{}", context(iri, text));
    for words in given {
        nif += &phrase(iri, text, words);
    }
    nif += &stretch(iri, 6, 7, " ");
    // Neither a sentence nor a plain word is a name; a word that something is said of is one. What is said is not looked at.
    nif += &stretch(iri, 0, 62, &text[..62]).replace("nif:Phrase", "nif:Sentence");
    nif += &stretch(iri, 14, 17, "met").replace("nif:Phrase", "nif:Word");
    nif += &stretch(iri, 87, 92, "Linde")
        .replace("nif:Phrase", "nif:Word ; itsrdf:taIdentRef <http://www.wikidata.org/entity/Q76>");
    fs::write(folder.path().join("a.ttl"), nif).expect("file");
    let (out, talk, code) = annotated(folder.path(), &["a.ttl"]);
    assert_eq!(code, Some(0), "{talk}");
    let found = read(&out, RdfFormat::Turtle);
    let names = &found[0].2;
    let wanted = [" ", "Merkel", "the Bundestag's finance committee", "finance committee", "Berlin", "U.S.", "Linde"];
    assert_eq!(words(names), wanted);
    let thing = |words: &str| names.iter().find(|n| n.words == words).map_or("", |n| n.thing.as_str());
    // The whole name, which is not given, tells who is meant.
    assert_eq!(thing("Merkel"), "http://www.wikidata.org/entity/Q567");
    assert_eq!(thing("Berlin"), "http://www.wikidata.org/entity/Q64");
    assert_eq!(thing("U.S."), "http://www.wikidata.org/entity/Q30");
    assert!(thing("Linde").contains("/sayso/id/"), "{}", thing("Linde"));
    // The identifiers of another base, where there are such.
    for (base, wanted) in
        [("dbpedia", "http://dbpedia.org/resource/United_States"), ("geonames", "https://sws.geonames.org/6252001/")]
    {
        let (out, ..) = annotated(folder.path(), &["--identifiers", base, "a.ttl"]);
        let names = read(&out, RdfFormat::Turtle).remove(0).2;
        assert_eq!(names.iter().find(|n| n.words == "U.S.").map(|n| n.thing.as_str()), Some(wanted));
    }
}

#[test]
fn several_contexts_are_several_articles_in_every_syntax() {
    let folder = tempfile::tempdir().expect("folder");
    let one = "Angela Merkel was in Berlin.";
    let two = "Nobody came, and it rained.";
    let whole = "Berlin";
    let turtle = format!(
        "{PREFIXES}{}{}{}[] a nif:Context ; nif:isString \"Barack Obama was in Paris.\"@en .\n",
        context("http://example.org/corpus#text-1", one),
        context("urn:example:two", two),
        context("http://example.org/three#char=0,6", whole),
    );
    fs::write(folder.path().join("all.ttl"), &turtle).expect("file");
    let (out, talk, code) = annotated(folder.path(), &["all.ttl"]);
    assert_eq!(code, Some(0), "{talk}");
    let found = read(&out, RdfFormat::Turtle);
    let heads: Vec<(&str, &str, Vec<&str>)> =
        found.iter().map(|(i, t, n)| (i.as_str(), t.as_str(), words(n))).collect();
    assert_eq!(heads[0], ("http://example.org/corpus#text-1", one, vec!["Angela Merkel", "Berlin"]));
    assert_eq!(heads[1], ("urn:example:two", two, vec![]));
    // A name that is the whole text is another resource than the text.
    assert_eq!(heads[2], ("http://example.org/three#char=0,6", whole, vec!["Berlin"]));
    assert_eq!((heads[3].1, &heads[3].2), ("Barack Obama was in Paris.", &vec!["Barack Obama", "Paris"]));
    assert!(heads[3].0.starts_with("https://w3id.org/sayso/id/doc/"), "{}", heads[3].0);
    // The same in the other syntaxes, each told by its content, whatever its name.
    let store = from_text(&turtle, "ttl").expect("turtle");
    let quads: Vec<_> = store.iter().map(|q| q.expect("a quad")).collect();
    for (name, format) in [
        ("a.nt", RdfFormat::NTriples),
        ("a.rdf", RdfFormat::RdfXml),
        ("a.jsonld", RdfFormat::JsonLd { profile: Default::default() }),
    ] {
        let mut bytes = Vec::new();
        sayso::graph::write::serialize(&quads, format, &mut bytes).expect("written");
        for name in [name, "named-otherwise"] {
            fs::write(folder.path().join(name), &bytes).expect("file");
            let (out, talk, code) = annotated(folder.path(), &[name]);
            assert_eq!(code, Some(0), "{name}: {talk}");
            let mut again = read(&out, RdfFormat::Turtle);
            again.sort_by(|a, b| a.1.cmp(&b.1));
            let mut wanted = found.clone();
            wanted.sort_by(|a, b| a.1.cmp(&b.1));
            let strip = |list: &[(String, String, Vec<Name>)]| -> Vec<(String, Vec<Name>)> {
                list.iter().map(|(_, text, names)| (text.clone(), names.clone())).collect()
            };
            assert_eq!(strip(&again), strip(&wanted), "{name}");
        }
        assert_eq!(
            syntax(&String::from_utf8_lossy(&bytes), ""),
            if format == RdfFormat::NTriples { RdfFormat::Turtle } else { format }
        );
    }
}

#[test]
fn what_is_wrong_is_told_and_costs_its_own_text_alone() {
    let folder = tempfile::tempdir().expect("folder");
    let good = context("http://example.org/good#char=0,28", "Angela Merkel was in Berlin.");
    let text = "\u{1f600} Angela Merkel was in Berlin.";
    let bad = "http://example.org/bad#char=0,30";
    let told = |nif: &str, wanted: &str| {
        fs::write(folder.path().join("a.ttl"), format!("{PREFIXES}{good}{nif}")).expect("file");
        let (out, talk, code) = annotated(folder.path(), &["a.ttl"]);
        assert!(talk.contains(wanted), "{wanted}: {talk}");
        assert_eq!(code, Some(1), "{talk}");
        let found = read(&out, RdfFormat::Turtle);
        assert_eq!(found.len(), 1, "{talk}");
        assert_eq!(found[0].0, "http://example.org/good#char=0,28");
    };
    let with = |phrase: &str| format!("{}{phrase}", context(bad, text));
    told("<http://example.org/bad> a nif:Context .", "a nif:Context without nif:isString");
    told("<http://example.org/bad> a nif:Context ; nif:isString <urn:x> .", "no literal");
    told("<http://example.org/bad> a nif:Context ; nif:isString \" \\n\" .", "is empty");
    told(
        "<http://example.org/bad> a nif:Context ; nif:isString \"It rained.\", \"It snowed.\" .",
        "more than one nif:isString",
    );
    told(&with(&stretch(bad, 24, 31, "Berlin.")), "characters 24 to 31 of a text of 30");
    // In UTF-16, as some programs count, it would stand one further.
    told(&with(&stretch(bad, 24, 30, "Berlin")), "positions count code points");
    told(&with(&stretch(bad, 9, 2, "")), "no stretch of text");
    told(&with(&stretch(bad, 2, 2, "")), "no stretch of text");
    told(&with(&stretch(bad, 2, 8, "Angela").replace("\"2\"", "\"-2\"")), "no number of characters");
    told(&with(&stretch(bad, 2, 8, "Angela").replace("\"2\"", "\"two\"")), "no number of characters");
    told(
        &with(&stretch(bad, 2, 8, "Angela").replace("nif:beginIndex", "nif:before").replacen("#char=", "#x=", 1)),
        "without nif:beginIndex",
    );
    told(
        "<urn:x> a nif:Phrase ; nif:referenceContext <urn:nowhere> ; nif:beginIndex 0 ; nif:endIndex 2 .",
        "is no nif:Context",
    );
    told(&context("http://example.org/good#char=0,30", text), "would have the same IRIs");
    // Where the properties are missing, an IRI by RFC 5147 tells the place.
    let short = format!("<http://example.org/bad#char=2,8> nif:referenceContext <{bad}> .");
    fs::write(folder.path().join("a.ttl"), format!("{PREFIXES}{}", with(&short))).expect("file");
    let (out, ..) = annotated(folder.path(), &["a.ttl"]);
    assert_eq!(words(&read(&out, RdfFormat::Turtle)[0].2), ["Angela"]);
}

#[test]
fn files_that_are_no_nif_are_refused() {
    let folder = tempfile::tempdir().expect("folder");
    let refused = |name: &str, bytes: &[u8], arguments: &[&str], wanted: &str| {
        fs::write(folder.path().join(name), bytes).expect("file");
        let mut all = arguments.to_vec();
        all.push(name);
        let (out, talk, code) = annotated(folder.path(), &all);
        assert!(talk.contains(wanted), "{name}: {wanted}: {talk}");
        assert_eq!((read(&out, RdfFormat::Turtle).len(), code), (0, Some(3)), "{name}: {talk}");
    };
    let broken = format!("{PREFIXES}<http://example.org/a> a nif:Context ; nif:isString \"It rained .\n");
    let nested = format!("{PREFIXES}<urn:a> nif:isString {}1{} .", "[ nif:isString ".repeat(500), " ]".repeat(500));
    let entities =
        "<?xml version=\"1.0\"?><!DOCTYPE a [<!ENTITY a \"aa\"><!ENTITY b \"&a;&a;\">]><rdf:RDF>&b;</rdf:RDF>";
    let context = "{\"@context\": \"http://127.0.0.1:9/context.jsonld\", \"@id\": \"urn:a\"}";
    let forced: &[&str] = &["--input", "nif"];
    refused("a.ttl", broken.as_bytes(), &[], "not valid RDF");
    refused("b.ttl", b"<urn:a> <urn:b> <urn:c> .", &[], "RDF that is no NIF");
    refused("c.ttl", b"<urn:a> <urn:b> <urn:c> .", forced, "no nif:Context");
    refused("d.ttl", nested.as_bytes(), &[], "nested more than 128 deep");
    refused("e.rdf", entities.as_bytes(), forced, "the RDF");
    refused("f.jsonld", context.as_bytes(), forced, "not valid RDF");
    refused("g.html", b"<!DOCTYPE html><html><body><p>It rained.</p></body></html>", forced, "not valid RDF");
    refused("h.ttl", b"", forced, "no nif:Context");
    refused("i.ttl", &[0xFF, 0xFE, 0x41, 0x00], forced, "other encoding than UTF-8");
    let long =
        format!("{PREFIXES}<urn:a> a nif:Context ; nif:isString \"{}\" .", "It rained in Linde. ".repeat(5 << 20));
    refused("j.ttl", long.as_bytes(), &[], "more than 32 MiB");
}

fn service(options: Options) -> Running {
    server(from_text("", "ttl").expect("no triples"), options)
}

#[test]
fn the_route_answers_as_the_command_does() {
    let to = service(Options::default());
    let plain = format!("{PREFIXES}{}", context(CONTEXT, TEXT));
    let folder = tempfile::tempdir().expect("folder");
    fs::write(folder.path().join("a.ttl"), &plain).expect("file");
    let (wanted, ..) = annotated(folder.path(), &["a.ttl"]);
    let wanted = read(&wanted, RdfFormat::Turtle);
    // The heads of GERBIL's requests.
    let heads = [
        ("content-type", "application/x-turtle;charset=UTF-8"),
        ("accept", "application/x-turtle"),
        ("accept-charset", "UTF-8"),
    ];
    let reply = send(&to, "POST", "/nif", &heads, plain.as_bytes());
    assert_eq!(reply.status, 200, "{}", reply.body);
    assert!(reply.head.contains("content-type: application/x-turtle"), "{}", reply.head);
    assert_eq!(read(reply.body.as_bytes(), RdfFormat::Turtle), wanted);
    assert_eq!(send(&to, "POST", "/nif", &heads, plain.as_bytes()).body, reply.body);
    // Without Accept the answer is of the request's kind; with it as it says.
    let store = from_text(&plain, "ttl").expect("turtle");
    let quads: Vec<_> = store.iter().map(|q| q.expect("a quad")).collect();
    let kinds = [
        ("text/turtle", RdfFormat::Turtle),
        ("application/n-triples", RdfFormat::NTriples),
        ("application/rdf+xml", RdfFormat::RdfXml),
        ("application/ld+json", RdfFormat::JsonLd { profile: Default::default() }),
    ];
    for (kind, format) in kinds {
        let mut bytes = Vec::new();
        sayso::graph::write::serialize(&quads, format, &mut bytes).expect("written");
        let reply = send(&to, "POST", "/nif", &[("content-type", kind)], &bytes);
        assert!(reply.status == 200 && reply.head.contains(&format!("content-type: {kind}")), "{kind}: {}", reply.body);
        assert_eq!(read(reply.body.as_bytes(), format), wanted, "{kind}");
        let reply = send(&to, "POST", "/nif", &[("content-type", "text/turtle"), ("accept", kind)], plain.as_bytes());
        assert_eq!(read(reply.body.as_bytes(), format), wanted, "{kind}");
    }
    // Given names, and several texts.
    let two = "http://example.org/two#char=0,28";
    let text = "Angela Merkel was in Berlin.";
    let given = format!("{plain}{}{}", context(two, text), phrase(two, text, "Merkel"));
    let reply = send(&to, "POST", "/nif?identifiers=geonames", &[("content-type", "text/turtle")], given.as_bytes());
    let found = read(reply.body.as_bytes(), RdfFormat::Turtle);
    assert_eq!((found[0].2.len(), words(&found[1].2)), (5, vec!["Merkel"]));
    assert_eq!(found[0].2[2].thing, "https://sws.geonames.org/2950159/");
    // Nothing was kept.
    assert!(get(&to, "/sparql?query=ASK%7B?s%20?p%20?o%7D").body.contains("false"));
}

#[test]
fn the_route_refuses_in_words() {
    let to = service(Options { body: 1 << 20, ..Options::default() });
    let plain = format!("{PREFIXES}{}", context(CONTEXT, TEXT));
    let refused = |path: &str, kind: &str, body: &str, status: u16, wanted: &str| {
        let reply = send(&to, "POST", path, &[("content-type", kind)], body.as_bytes());
        assert_eq!(reply.status, status, "{path} {kind}: {}", reply.body);
        assert!(reply.body.contains(wanted), "{wanted}: {}", reply.body);
    };
    let turtle = "text/turtle";
    for kind in ["text/plain", "application/x-www-form-urlencoded", "text/html", ""] {
        refused("/nif", kind, &plain, 415, "send NIF as text/turtle");
    }
    refused("/nif", "text/turtle; charset=latin-1", &plain, 415, "only UTF-8");
    refused("/nif?ids=x", turtle, &plain, 400, "no parameter is called \"ids\"");
    refused("/nif?identifiers=x", turtle, &plain, 400, "identifiers is wikidata, dbpedia or geonames");
    refused("/nif", turtle, "", 400, "no nif:Context");
    refused("/nif", turtle, "<html><body>It rained.</body></html>", 400, "not valid RDF");
    refused("/nif", turtle, &format!("{plain}<urn:a> a nif:Context ."), 400, "without nif:isString");
    refused("/nif", turtle, &format!("{plain}{}", stretch(CONTEXT, 2, 8, "Merkel")), 400, "nif:anchorOf");
    refused("/nif", turtle, &format!("{plain}{}", stretch(CONTEXT, 90, 99, "x")), 400, "of a text of 93");
    refused(
        "/nif",
        turtle,
        &format!("{PREFIXES}<urn:a> nif:isString {}", "[ ".repeat(200)),
        400,
        "nested more than 128 deep",
    );
    refused("/nif", turtle, &"# It rained.\n".repeat(100_000), 413, "");
    let german = "Der Bürgermeister sagte am Montag, dass die Straße nach dem Regen gesperrt bleibt und niemand dort fahren darf.";
    let german = format!("{PREFIXES}{}", context("urn:example:german", german));
    refused("/nif", turtle, &german, 422, "an article in German");
    assert_eq!(send(&to, "POST", "/nif?any-language=true", &[("content-type", turtle)], german.as_bytes()).status, 200);
    let many: String = (0..1_001).map(|n| context(&format!("urn:example:{n}"), "It rained.")).collect();
    refused("/nif", turtle, &format!("{PREFIXES}{many}"), 413, "at most 1000");
    let reply = send(&to, "POST", "/nif", &[("content-type", turtle), ("accept", "image/png")], plain.as_bytes());
    assert_eq!(reply.status, 406, "{}", reply.body);
    let reply = get(&to, "/nif");
    assert!(reply.status == 405 && reply.head.contains("allow: post"), "{}", reply.head);
    // Where there is no time, it is said; and who comes after finds the server at work.
    let hurried = service(Options { timeout: Duration::ZERO, ..Options::default() });
    let reply = send(&hurried, "POST", "/nif", &[("content-type", turtle)], plain.as_bytes());
    assert!(reply.status == 200 || reply.status == 503 && reply.body.contains("send less at once"), "{}", reply.body);
    // Many at once are all answered, with the same.
    let first = send(&to, "POST", "/nif", &[("content-type", turtle)], plain.as_bytes()).body;
    std::thread::scope(|scope| {
        let all: Vec<_> = (0..12)
            .map(|_| scope.spawn(|| send(&to, "POST", "/nif", &[("content-type", turtle)], plain.as_bytes())))
            .collect();
        for reply in all {
            let reply = reply.join().expect("an answer");
            assert_eq!((reply.status, &reply.body), (200, &first));
        }
    });
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 60, failure_persistence: None, ..ProptestConfig::default() })]

    /// Whatever is given, the names are those that are given, where they are given.
    #[test]
    fn any_stretches_of_any_text_can_be_names(
        pieces in proptest::collection::vec(proptest::sample::select(vec![
            "Angela", "Merkel", "the", "mayor", "of", "Linde", "said", ",", ".", "“", "”", "\n\n", "U.S.-backed", "\u{1f600}", "’s", "Ltd.", "12", "\u{301}", "Mr.", "they",
        ]), 1..40),
        ends in proptest::collection::vec((0usize..200, 0usize..30), 1..12),
    ) {
        let text = pieces.join(" ");
        let bytes: Vec<usize> = text.char_indices().map(|(at, _)| at).chain([text.len()]).collect();
        let mut spans: Vec<Span> = ends
            .iter()
            .map(|&(from, length)| (from % (bytes.len() - 1), length))
            .map(|(from, length)| Span::new(bytes[from], bytes[(from + 1 + length).min(bytes.len() - 1)]))
            .collect();
        spans.sort_unstable();
        spans.dedup();
        let mut doc = Document::new(Source { id: "urn:example:any".to_owned(), ..Source::default() }, text.as_str());
        doc.given_names = Some(spans.clone());
        let doc = annotate(doc, &Kit::new());
        let mut out = Vec::new();
        sayso::graph::write::nif::serialize(&triples(&doc, Identifiers::Wikidata), RdfFormat::Turtle, &mut out).expect("written");
        let found = read(&out, RdfFormat::Turtle);
        let wanted: Vec<&str> = spans.iter().map(|s| &text[s.range()]).collect();
        prop_assert_eq!(words(&found[0].2), wanted);
        prop_assert_eq!(&found[0].1, &text);
        // And they are read as they were written.
        let again = contexts(&out, RdfFormat::Turtle).expect("NIF").remove(0).expect("a context");
        prop_assert_eq!((again.text.as_str(), again.names), (text.as_str(), Some(spans)));
    }
}
