//! The ontology's page, made from the ontology itself: classes, properties, values, questions, shapes.

use std::collections::BTreeMap;
use std::fmt::Write;

use oxigraph::model::{NamedOrBlankNode, Term};

use super::ask;
use super::check::{ONTOLOGY, SHAPES};
use super::query::{compact, shown};
use super::vocab::{NAMESPACE, class, property, value};

/// Everything that is said of one term: property (short) to values (short), sorted.
type Said = BTreeMap<String, Vec<String>>;

const HEAD: &str = include_str!("../../ontology/README.head.md");

/// The whole page as Markdown.
pub fn page() -> String {
    let terms = terms(ONTOLOGY);
    let mut page = HEAD.to_owned();
    let is_value_list = |name: &str| said(&terms, name, "rdfs:subClassOf").contains(&"skos:Concept".to_owned());
    let names =
        |list: &[oxigraph::model::NamedNodeRef<'_>]| list.iter().map(|n| compact(n.as_str())).collect::<Vec<_>>();

    page.push_str("\n## Classes\n\n| class | what it is | below | close to |\n|---|---|---|---|\n");
    for name in names(class::ALL).iter().filter(|n| !is_value_list(n)) {
        row(&mut page, &terms, name, &["rdfs:comment", "rdfs:subClassOf", "skos:closeMatch"]);
    }
    page.push_str(
        "\n## Properties\n\n| property | what it tells | of | gives | below | close to |\n|---|---|---|---|---|---|\n",
    );
    for name in names(property::ALL) {
        let columns = ["rdfs:comment", "rdfs:domain", "rdfs:range", "rdfs:subPropertyOf", "skos:closeMatch"];
        row(&mut page, &terms, &name, &columns);
    }
    page.push_str("\n## Closed lists of values\n\n| list | what it is | values |\n|---|---|---|\n");
    for list in names(class::ALL).iter().filter(|n| is_value_list(n)) {
        let members = names(value::ALL).into_iter().filter(|v| said(&terms, v, "rdf:type").contains(list));
        let members: Vec<String> =
            members.map(|v| format!("`{v}` {}", said(&terms, &v, "rdfs:comment").join(" "))).collect();
        let comment = said(&terms, list, "rdfs:comment").join(" ");
        let _ = writeln!(page, "| `{list}` | {comment} | {} |", members.join("<br>"));
    }
    page.push_str("\n## Ready-made questions\n\n`sayso ask NAME`; each is a file of [questions/](questions).\n\n");
    page.push_str("| name | what it answers | parameters |\n|---|---|---|\n");
    for question in ask::questions() {
        let parameters: Vec<String> = question.parameters.iter().map(|p| format!("`--{}`", p.name)).collect();
        let _ = writeln!(
            page,
            "| [{0}](questions/{0}.rq) | {1} | {2} |",
            question.name,
            question.description,
            parameters.join(" ")
        );
    }
    page.push_str(
        "\n## Constraints\n\n`sayso check` and any SHACL engine hold a graph to these ([shapes.ttl](shapes.ttl)).\n\n",
    );
    page.push_str("| constraint | what it demands |\n|---|---|\n");
    let shapes = self::terms(SHAPES);
    for (name, said) in &shapes {
        if let Some(message) = said.get("sh:message") {
            let name = name.rsplit('#').next().unwrap_or(name);
            let _ = writeln!(page, "| `{name}` | {} |", message.join(" "));
        }
    }
    page
}

fn row(page: &mut String, terms: &BTreeMap<String, Said>, name: &str, columns: &[&str]) {
    let _ = write!(page, "| `{name}` ");
    for column in columns {
        let values = said(terms, name, column);
        let text = match *column {
            "rdfs:comment" => values.join(" "),
            _ => values.iter().map(|v| format!("`{v}`")).collect::<Vec<_>>().join(", "),
        };
        let _ = write!(page, "| {text} ");
    }
    page.push_str("|\n");
}

fn said(terms: &BTreeMap<String, Said>, name: &str, property: &str) -> Vec<String> {
    terms.get(name).and_then(|s| s.get(property)).cloned().unwrap_or_default()
}

/// What a Turtle text says of each named thing.
fn terms(turtle: &str) -> BTreeMap<String, Said> {
    let mut terms: BTreeMap<String, Said> = BTreeMap::new();
    let Ok(store) = super::store::from_text(turtle, "ttl") else { return terms };
    for quad in store.iter().flatten() {
        let NamedOrBlankNode::NamedNode(subject) = &quad.subject else { continue };
        if matches!(quad.object, Term::BlankNode(_)) {
            continue;
        }
        let said = terms.entry(compact(subject.as_str())).or_default();
        said.entry(compact(quad.predicate.as_str())).or_default().push(shown(&quad.object));
    }
    for said in terms.values_mut() {
        said.values_mut().for_each(|v| v.sort());
    }
    debug_assert!(NAMESPACE.ends_with('#'));
    terms
}
