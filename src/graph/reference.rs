//! The ontology's page, made from the ontology itself: classes, properties, values, questions, shapes.

use std::collections::BTreeMap;
use std::fmt::Write;

use oxigraph::model::{NamedOrBlankNode, Term};

use super::ask;
use super::check::{ONTOLOGY, SHAPES};
use super::query::{Answer, Limits, compact, run, shown};
use super::vocab::{NAMESPACE, class, property, value};

/// Everything that is said of one term: property (short) to values (short), sorted.
type Said = BTreeMap<String, Vec<String>>;

const HEAD: &str = include_str!("../../ontology/README.head.md");

/// The whole page as Markdown.
pub fn page() -> String {
    let terms = terms(ONTOLOGY);
    let mut page = HEAD.to_owned();
    let is_value_list = |name: &str| is_value_list(&terms, name);
    let names =
        |list: &[oxigraph::model::NamedNodeRef<'_>]| list.iter().map(|n| compact(n.as_str())).collect::<Vec<_>>();

    page.push_str("\n## Classes\n\n| class | what it is | below | close to | related |\n|---|---|---|---|---|\n");
    for name in names(class::ALL).iter().filter(|n| !is_value_list(n)) {
        row(&mut page, &terms, name, &["rdfs:comment", "rdfs:subClassOf", "skos:closeMatch", "skos:relatedMatch"]);
    }
    page.push_str(
        "\n## Properties\n\n| property | what it tells | of | gives | below | close to | related |\n|---|---|---|---|---|---|---|\n",
    );
    for name in names(property::ALL) {
        let columns =
            ["rdfs:comment", "rdfs:domain", "rdfs:range", "rdfs:subPropertyOf", "skos:closeMatch", "skos:relatedMatch"];
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

fn is_value_list(terms: &BTreeMap<String, Said>, class: &str) -> bool {
    said(terms, class, "rdfs:subClassOf").contains(&"skos:Concept".to_owned())
}

/// The classes with their properties as a picture in GraphViz's language: attributes inside, links and subclasses as arrows.
pub fn diagram() -> String {
    let terms = terms(ONTOLOGY);
    let short = |name: &str| name.strip_prefix("sayso:").map(str::to_owned);
    let mut out = String::from(
        "// The classes of sayso.ttl, made by UPDATE=1 cargo test documentation\ndigraph ontology {\n  \
         graph [rankdir=LR,nodesep=0.25,ranksep=0.9,fontname=\"Helvetica,Arial,sans-serif\",bgcolor=white,pad=0.2];\n  \
         node [shape=plain,fontname=\"Helvetica,Arial,sans-serif\",fontsize=11];\n  \
         edge [fontname=\"Helvetica,Arial,sans-serif\",fontsize=9,color=\"#444444\",fontcolor=\"#333333\",arrowsize=0.7];\n",
    );
    let classes: Vec<String> = class::ALL.iter().map(|c| compact(c.as_str())).collect();
    let classes: Vec<&String> = classes.iter().filter(|c| !is_value_list(&terms, c)).collect();
    let mut links: BTreeMap<(String, String), Vec<String>> = BTreeMap::new();
    let mut inside: BTreeMap<String, Vec<String>> = BTreeMap::new();
    let (shaped, mut uses) = (shaped(), Vec::new());
    for term in property::ALL {
        let name = compact(term.as_str());
        let Some(label) = short(&name) else { continue };
        let (mut domains, mut ranges) = (said(&terms, &name, "rdfs:domain"), said(&terms, &name, "rdfs:range"));
        // A property of several classes has no domain of its own: the shapes tell where it stands.
        for (_, domain, range) in shaped.iter().filter(|(path, ..)| domains.is_empty() && *path == name) {
            uses.push((label.clone(), domain.clone(), range.clone()));
        }
        if let (Some(domain), range) = (domains.pop(), ranges.pop()) {
            uses.push((label, domain, range.unwrap_or_default()));
        }
    }
    for (label, domain, range) in uses {
        let Some(domain) = short(&domain) else { continue };
        if classes.contains(&&range) {
            links.entry((domain, short(&range).unwrap_or_default())).or_default().push(label);
        } else {
            let range = range.strip_prefix("sayso:").or(range.strip_prefix("xsd:")).unwrap_or(&range);
            let range = if range.is_empty() { String::new() } else { format!(": {range}") };
            inside.entry(domain).or_default().push(format!("{label}{range}"));
        }
    }
    for name in &classes {
        let Some(name) = short(name) else { continue };
        let mut rows = format!("<TR><TD BGCOLOR=\"#DCECF7\"><B>{name}</B></TD></TR>");
        for attribute in inside.get(&name).into_iter().flatten() {
            let _ = write!(rows, "<TR><TD ALIGN=\"LEFT\"><FONT POINT-SIZE=\"9\">{attribute}</FONT></TD></TR>");
        }
        let _ = writeln!(
            out,
            "  {name} [label=<<TABLE BORDER=\"1\" CELLBORDER=\"0\" CELLSPACING=\"0\" CELLPADDING=\"2\" COLOR=\"#0072B2\">{rows}</TABLE>>];"
        );
        for above in said(&terms, &format!("sayso:{name}"), "rdfs:subClassOf").iter().filter_map(|c| short(c)) {
            let _ = writeln!(out, "  {above} -> {name} [dir=back,arrowtail=onormal,style=dashed];");
        }
    }
    for ((from, to), names) in links {
        let _ = writeln!(out, "  {from} -> {to} [label=\"{}\"];", names.join("\\n"));
    }
    out.push_str("}\n");
    out
}

/// Property, class and value of each property shape.
fn shaped() -> Vec<(String, String, String)> {
    let query = "SELECT DISTINCT ?path ?class ?value { ?s sh:targetClass ?class ; sh:property ?p . ?p sh:path ?path .
        OPTIONAL { ?p sh:class ?c } OPTIONAL { ?p sh:datatype ?d } BIND(COALESCE(?c, ?d, \"\") AS ?value) FILTER(isIRI(?path)) }
        ORDER BY ?path ?class ?value";
    let answer = super::store::from_text(SHAPES, "ttl").and_then(|shapes| run(&shapes, query, &Limits::default()));
    let Ok(Answer::Table(table)) = answer else { return Vec::new() };
    let triple = |row: Vec<String>| <[String; 3]>::try_from(row).ok().map(|[path, class, value]| (path, class, value));
    table.cells().into_iter().filter_map(triple).collect()
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
