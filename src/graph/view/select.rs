//! Which nodes of the collapsed graph a view shows: steps from the focus, then the nearest, newest, best connected.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet, VecDeque};

use crate::graph::store::Loaded as Store;
use petgraph::graph::{DiGraph, NodeIndex};

use super::collapse::{self, Link, Read};
use super::focus::Found;
use super::{Edge, Kind, Manner, Node, Options, Relation, Verdict, View};
use crate::graph::Error;

/// How many neighbours of one sort are followed from one node of a picture, and how many nodes are looked at in all;
/// without a limit to the nodes shown, there is none to these either.
const NEIGHBOURS: usize = 5_000;
const VISITED: usize = 50_000;

pub(super) fn view(store: &Store, found: &Found, options: &Options) -> Result<View, Error> {
    let (reach, more) = reach(store, found, options)?;
    let chosen = choose(&reach, options);
    build(store, reach, &chosen, more)
}

/// Every node within the hops, with what is known of it.
fn reach(store: &Store, found: &Found, options: &Options) -> Result<(BTreeMap<String, Read>, bool), Error> {
    let hops = if found.is_set { 1 } else { options.hops };
    let (neighbours, visited) = if options.max_nodes == 0 { (usize::MAX, usize::MAX) } else { (NEIGHBOURS, VISITED) };
    let mut reach: BTreeMap<String, Read> = BTreeMap::new();
    let mut seen: BTreeSet<String> = found.iris.iter().cloned().collect();
    let mut queue: VecDeque<(String, usize)> = found.iris.iter().map(|iri| (iri.clone(), 0)).collect();
    let mut more = false;
    while let Some((iri, distance)) = queue.pop_front() {
        if reach.len() >= visited {
            more = true;
            break;
        }
        let Some(mut read) = collapse::read(store, &iri)? else { continue };
        if is_narrated(&read.node) && !options.narrator {
            continue;
        }
        read.node.distance = distance;
        read.node.is_focus = distance == 0 && !found.is_set;
        let mut next: Vec<String> = Vec::new();
        // A statement is never shown without its speaker, nor an article's place in the picture without the article.
        let beyond = distance >= hops;
        for link in &read.links {
            let other = if link.from == iri { &link.to } else { &link.from };
            // A set of statements stays that set: what they are compared with is not drawn in.
            if found.is_set && matches!(link.edge.relation, Relation::Compares(_)) {
                continue;
            }
            let needed = matches!(link.edge.relation, Relation::Says | Relation::ReportedIn | Relation::Reports);
            if !beyond || (needed && read.node.kind == Kind::Statement) {
                next.push(other.clone());
            }
        }
        // Articles and publishers join everything with everything; they are crossed only when they are the focus.
        let is_crossing = read.node.kind != Kind::Document || distance == 0;
        if !beyond && is_crossing && !(found.is_set && read.node.kind == Kind::Document) {
            let (pointing, cut) = match found.is_set && read.node.kind != Kind::Statement {
                true => (Vec::new(), false),
                false => collapse::pointing_at(store, &read.node, neighbours)?,
            };
            more |= cut;
            next.extend(pointing);
        }
        for other in next {
            if seen.insert(other.clone()) {
                queue.push_back((other, distance + 1));
            }
        }
        reach.insert(iri, read);
    }
    Ok((reach, more))
}

fn is_narrated(node: &Node) -> bool {
    node.said.as_ref().is_some_and(|s| s.manner == Some(Manner::Narrator))
}

/// The nodes to show: the best statements with the company that they need, until the picture is full.
fn choose(reach: &BTreeMap<String, Read>, options: &Options) -> BTreeSet<String> {
    let links: Vec<&Link> = reach
        .values()
        .flat_map(|r| &r.links)
        .filter(|l| reach.contains_key(&l.from) && reach.contains_key(&l.to))
        .collect();
    let mut degree: BTreeMap<&str, usize> = BTreeMap::new();
    let mut disputed: BTreeSet<&str> = BTreeSet::new();
    for link in &links {
        *degree.entry(&link.from).or_default() += 1;
        *degree.entry(&link.to).or_default() += 1;
        if link.edge.relation == Relation::Compares(Verdict::Contradicts) {
            disputed.insert(&link.from);
            disputed.insert(&link.to);
        }
    }
    // An export without a limit leaves nothing out.
    let everything = options.max_nodes == 0;
    let idle = if everything { BTreeSet::new() } else { idle(reach, &links) };
    let rank = |node: &Node| {
        let said = node.said.as_ref();
        let has_number = said.is_some_and(|s| !s.numbers.is_empty());
        (
            !node.is_focus,
            is_narrated(node),
            !disputed.contains(node.iri.as_str()),
            node.distance,
            !has_number,
            Reverse(node.latest.clone()),
            Reverse(degree.get(node.iri.as_str()).copied().unwrap_or(0)),
            node.iri.clone(),
        )
    };
    let mut order: Vec<&Read> = reach.values().filter(|r| !idle.contains(r.node.iri.as_str())).collect();
    order.sort_by_cached_key(|r| rank(&r.node));
    let room = if options.max_nodes == 0 { usize::MAX } else { options.max_nodes };
    let mut chosen: BTreeSet<String> = BTreeSet::new();
    for read in &order {
        if read.node.kind == Kind::Document && !read.node.is_focus && !everything {
            continue;
        }
        let company: Vec<&str> = needs(read).filter(|iri| reach.contains_key(*iri) && !chosen.contains(*iri)).collect();
        let own = usize::from(!chosen.contains(&read.node.iri));
        if chosen.len() + own + company.len() > room {
            continue;
        }
        chosen.extend(company.into_iter().map(str::to_owned));
        chosen.insert(read.node.iri.clone());
    }
    // An event, place or question without anybody's word on it tells nothing.
    let joined = |iri: &str| {
        links.iter().any(|l| (l.from == iri && chosen.contains(&l.to)) || (l.to == iri && chosen.contains(&l.from)))
    };
    chosen.iter().filter(|iri| everything || reach[*iri].node.is_focus || joined(iri)).cloned().collect()
}

/// The speaker of a statement, and the one it reports.
fn needs(read: &Read) -> impl Iterator<Item = &str> {
    let iri = read.node.iri.as_str();
    read.links.iter().filter_map(move |l| match l.edge.relation {
        Relation::Says if l.to == iri => Some(l.from.as_str()),
        Relation::Reports if l.from == iri => Some(l.to.as_str()),
        _ => None,
    })
}

/// Nodes that would only add a line: events of one statement with nobody in them, questions that one statement answers.
fn idle<'r>(reach: &'r BTreeMap<String, Read>, links: &[&'r Link]) -> BTreeSet<&'r str> {
    let mut around: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    for link in links {
        around.entry(&link.from).or_default().insert(&link.to);
        around.entry(&link.to).or_default().insert(&link.from);
    }
    let few = |read: &&Read| {
        matches!(read.node.kind, Kind::Event | Kind::Question)
            && !read.node.is_focus
            && around.get(read.node.iri.as_str()).is_none_or(|a| a.len() < 2)
    };
    reach.values().filter(few).map(|r| r.node.iri.as_str()).collect()
}

fn build(store: &Store, reach: BTreeMap<String, Read>, chosen: &BTreeSet<String>, more: bool) -> Result<View, Error> {
    let mut left_out: BTreeMap<Kind, usize> = BTreeMap::new();
    let mut documents: BTreeMap<String, Node> = BTreeMap::new();
    let mut nodes: Vec<Node> = Vec::new();
    let mut links: Vec<Link> = Vec::new();
    for (iri, read) in reach {
        if chosen.contains(&iri) {
            if let Some(said) = &read.node.said
                && !said.document.is_empty()
                && !documents.contains_key(&said.document)
                && let Some(document) = collapse::read(store, &said.document)?
            {
                documents.insert(said.document.clone(), document.node);
            }
            links.extend(read.links);
            nodes.push(read.node);
        } else if matches!(read.node.kind, Kind::Statement) || read.node.kind.is_entity() {
            *left_out.entry(read.node.kind).or_default() += 1;
        }
    }
    nodes.sort_by(|a, b| {
        (a.kind, &a.earliest, &a.latest, &a.label, &a.iri).cmp(&(b.kind, &b.earliest, &b.latest, &b.label, &b.iri))
    });
    links.sort();
    links.dedup();
    let mut graph: DiGraph<Node, Edge> = DiGraph::with_capacity(nodes.len(), links.len());
    let mut places: BTreeMap<String, NodeIndex> = BTreeMap::new();
    for node in nodes {
        places.insert(node.iri.clone(), graph.add_node(node));
    }
    for link in links {
        if let (Some(&from), Some(&to)) = (places.get(&link.from), places.get(&link.to)) {
            graph.add_edge(from, to, link.edge);
        }
    }
    Ok(View { graph, title: String::new(), notes: Vec::new(), left_out, more, documents, full: false })
}
