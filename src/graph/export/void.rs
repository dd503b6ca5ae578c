//! What a store is, in the vocabulary of datasets (VoID, www.w3.org/TR/void): how much it holds, of which classes and
//! properties, and for each other dataset a linkset for each predicate that links to it.

use std::collections::{BTreeMap, BTreeSet};

use oxigraph::model::Term;

use crate::graph::Error;
use crate::graph::store::Loaded as Store;
use crate::graph::vocab::other;

/// Datasets that links lead to: what their IRIs begin with, a short name, a title, a home page.
const TARGETS: &[(&str, &str, &str, &str)] = &[
    ("http://www.wikidata.org/entity/", "wikidata", "Wikidata", "https://www.wikidata.org/"),
    ("https://sws.geonames.org/", "geonames", "GeoNames", "https://www.geonames.org/"),
    ("http://dbpedia.org/resource/", "dbpedia", "DBpedia", "https://www.dbpedia.org/"),
];

/// Writes the description as Turtle.
pub fn write(store: &Store) -> Result<String, Error> {
    let mut classes: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    let mut properties: BTreeMap<String, usize> = BTreeMap::new();
    let mut links: BTreeMap<(usize, &str), BTreeSet<(String, String)>> = BTreeMap::new();
    let mut triples = 0;
    for quad in store.iter() {
        let quad = quad?;
        triples += 1;
        *properties.entry(quad.predicate.as_str().to_owned()).or_default() += 1;
        let Term::NamedNode(object) = &quad.object else { continue };
        if quad.predicate == other::TYPE {
            classes.entry(object.as_str().to_owned()).or_default().insert(quad.subject.to_string());
            continue;
        }
        let predicate = match &quad.predicate {
            p if *p == other::SAME_AS => "owl:sameAs",
            p if *p == other::EXACT_MATCH => "skos:exactMatch",
            _ => continue,
        };
        if let Some(target) = TARGETS.iter().position(|(begin, ..)| object.as_str().starts_with(begin)) {
            links
                .entry((target, predicate))
                .or_default()
                .insert((quad.subject.to_string(), object.as_str().to_owned()));
        }
    }
    let entities: BTreeSet<&String> = classes.values().flatten().collect();
    let mut out = String::from(
        "@prefix void: <http://rdfs.org/ns/void#> .\n@prefix dcterms: <http://purl.org/dc/terms/> .\n\
         @prefix foaf: <http://xmlns.com/foaf/0.1/> .\n@prefix owl: <http://www.w3.org/2002/07/owl#> .\n\
         @prefix skos: <http://www.w3.org/2004/02/skos/core#> .\n@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .\n\n\
         <urn:sayso:dataset> a void:Dataset ;\n  dcterms:title \"Who said what, by sayso\" ;\n  \
         void:vocabulary <https://w3id.org/sayso/ns#> ;\n",
    );
    out += &format!("  void:triples {triples} ;\n  void:entities {} ;\n", entities.len());
    out += &format!("  void:classes {} ;\n  void:properties {}", classes.len(), properties.len());
    for (class, members) in &classes {
        out += &format!(" ;\n  void:classPartition [ void:class <{class}> ; void:entities {} ]", members.len());
    }
    for (property, count) in &properties {
        out += &format!(" ;\n  void:propertyPartition [ void:property <{property}> ; void:triples {count} ]");
    }
    let sets: Vec<String> = links.keys().map(|(target, predicate)| linkset(*target, predicate)).collect();
    for set in &sets {
        out += &format!(" ;\n  void:subset {set}");
    }
    out += " .\n";
    let used: BTreeSet<usize> = links.keys().map(|(target, _)| *target).collect();
    for target in used {
        let (space, name, title, home) = TARGETS[target];
        out += &format!(
            "\n<urn:sayso:dataset:{name}> a void:Dataset ;\n  dcterms:title \"{title}\" ;\n  foaf:homepage <{home}> ;\n  void:uriSpace \"{space}\" .\n"
        );
    }
    for (((target, predicate), pairs), set) in links.iter().zip(&sets) {
        let subjects: BTreeSet<&String> = pairs.iter().map(|(subject, _)| subject).collect();
        out += &format!(
            "\n{set} a void:Linkset ;\n  void:subjectsTarget <urn:sayso:dataset> ;\n  void:objectsTarget <urn:sayso:dataset:{}> ;\n  \
             void:linkPredicate {predicate} ;\n  void:triples {} ;\n  void:distinctSubjects {} .\n",
            TARGETS[*target].1,
            pairs.len(),
            subjects.len()
        );
    }
    Ok(out)
}

fn linkset(target: usize, predicate: &str) -> String {
    let predicate = predicate.rsplit(':').next().unwrap_or(predicate);
    format!("<urn:sayso:linkset:{}:{predicate}>", TARGETS[target].1)
}
