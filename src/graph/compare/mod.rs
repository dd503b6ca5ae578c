//! Across documents: which claims with numbers answer one question, and whether they agree.
//!
//! Works on the graph alone, so that it is the same after a build from nothing and after one that changed a single
//! article. Two claims are comparable when their articles tell of one incident (they share a name that few articles
//! have, and lie within two weeks), and when measure, kind of unit and thing counted fit.

mod figure;
mod incident;
mod number;
mod story;
mod verdict;
mod words;

use std::collections::{BTreeMap, BTreeSet};

use crate::graph::store::Loaded as Store;
use oxigraph::model::{GraphName, Literal, NamedNode, NamedNodeRef, Quad, Term};
use serde_json::{Value, json};

use super::Error;
use super::vocab::{class, other, property, value};
use super::write::Mint;
use figure::Figure;
pub use verdict::Verdict;

/// Two claims of one question, by their places in its list.
#[derive(Clone, Debug, PartialEq)]
struct Pair {
    first: usize,
    second: usize,
    verdict: Verdict,
    reason: String,
}

/// A question with the claims that answer it.
struct Group {
    figures: Vec<Figure>,
    pairs: Vec<Pair>,
}

/// Every question that two claims or more answer, in a stable order.
fn groups(store: &Store) -> Result<Vec<Group>, Error> {
    let stories = story::all(store)?;
    let mut figures = figure::all(store, &stories)?;
    verdict::read_headlines(&mut figures);
    verdict::open_vague(&mut figures);
    verdict::mark_changes(&mut figures);
    let mut pairs = Vec::new();
    for (a, b) in incident::candidates(&figures, &stories) {
        if let Some(((verdict, reason), is_turned)) = verdict::judge(&figures[a], &figures[b], &stories) {
            let (first, second) = if is_turned { (b, a) } else { (a, b) };
            pairs.push(Pair { first, second, verdict, reason });
        }
    }
    verdict::carry_updates(&figures, &mut pairs);
    verdict::keep_one_answer(&figures, &mut pairs);
    let mut joined = petgraph::unionfind::UnionFind::<usize>::new(figures.len());
    for pair in &pairs {
        joined.union(pair.first, pair.second);
    }
    let mut members: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    let in_pair: BTreeSet<usize> = pairs.iter().flat_map(|p| [p.first, p.second]).collect();
    for &index in &in_pair {
        members.entry(joined.find(index)).or_default().push(index);
    }
    let mut groups: Vec<Group> = Vec::new();
    for indices in members.into_values() {
        let place: BTreeMap<usize, usize> = indices.iter().enumerate().map(|(at, &i)| (i, at)).collect();
        let own = pairs.iter().filter(|p| place.contains_key(&p.first));
        let pairs = own.map(|p| Pair { first: place[&p.first], second: place[&p.second], ..p.clone() }).collect();
        groups.push(Group { figures: indices.iter().map(|&i| figures[i].clone()).collect(), pairs });
    }
    groups.sort_by(|a, b| a.figures[0].claim.cmp(&b.figures[0].claim));
    Ok(groups)
}

impl Group {
    fn question(&self, mint: &Mint) -> NamedNode {
        let claims: Vec<&str> = self.figures.iter().map(|f| f.claim.as_str()).collect();
        mint.hashed("question", &claims)
    }

    /// The commonest words of the figures for the thing counted; the first of equals.
    fn counted(&self) -> &str {
        self.figures.iter().map(|f| f.counted.as_str()).find(|c| !c.is_empty()).unwrap_or_default()
    }

    fn measure(&self) -> &str {
        self.figures.iter().map(|f| f.measure.name.as_str()).find(|m| !m.is_empty()).unwrap_or_default()
    }
}

/// Questions, answers and comparisons as quads of the graph of links.
pub fn links(store: &Store, mint: &Mint) -> Result<Vec<Quad>, Error> {
    let graph = GraphName::NamedNode(mint.links_graph());
    let mut quads = Vec::new();
    let mut add = |subject: &NamedNode, predicate: NamedNodeRef<'static>, object: Term| {
        quads.push(Quad::new(subject.clone(), predicate, object, graph.clone()));
    };
    let words = |text: &str| Term::from(Literal::new_simple_literal(text));
    for group in groups(store)? {
        let question = group.question(mint);
        add(&question, other::TYPE, class::QUESTION.into());
        for (property, text) in [(property::MEASURE, group.measure()), (property::COUNTED, group.counted())] {
            if !text.is_empty() {
                add(&question, property, words(text));
            }
        }
        for figure in &group.figures {
            let claim = NamedNode::new_unchecked(&figure.claim);
            add(&claim, property::ANSWERS, question.clone().into());
            if let Some(event) = &figure.event {
                add(&question, property::EVENT, NamedNode::new_unchecked(event).into());
            }
        }
        for pair in &group.pairs {
            let (first, second) = (&group.figures[pair.first], &group.figures[pair.second]);
            let (left, right) = (NamedNode::new_unchecked(&first.claim), NamedNode::new_unchecked(&second.claim));
            let node = mint.hashed("comparison", &[&first.claim, &second.claim]);
            add(&node, other::TYPE, class::COMPARISON.into());
            add(&node, property::LEFT, left.clone().into());
            add(&node, property::RIGHT, right.clone().into());
            add(&node, property::QUESTION, question.clone().into());
            add(&node, property::REASON, words(&pair.reason));
            let (verdict, direct) = match pair.verdict {
                Verdict::Agree => (value::VERDICT_AGREE, property::AGREES),
                Verdict::Compatible => (value::VERDICT_COMPATIBLE, property::COMPATIBLE),
                Verdict::Differs => (value::VERDICT_DIFFERS, property::CONTRADICTS),
                Verdict::Updates => (value::VERDICT_UPDATES, property::UPDATES),
                Verdict::OtherScope => (value::VERDICT_OTHER_SCOPE, property::OTHER_SCOPE),
            };
            add(&node, property::VERDICT, verdict.into());
            let mut both = vec![direct];
            if pair.verdict == Verdict::Agree && first.is_independent_of(second) {
                both.push(property::CORROBORATES);
            }
            for direct in both {
                add(&left, direct, right.clone().into());
                if pair.verdict != Verdict::Updates {
                    add(&right, direct, left.clone().into());
                }
            }
        }
    }
    Ok(quads)
}

/// One JSON object for each question, in the annotation format's shape for comparisons.
pub fn lines(store: &Store, base: &str) -> Result<Vec<Value>, Error> {
    let mint = &Mint::new(base);
    let shown = |group: &Group| {
        let claims: Vec<Value> = group.figures.iter().map(Figure::json).collect();
        let pairs: Vec<Value> =
            group.pairs.iter().map(|p| json!([p.first, p.second, p.verdict.as_str(), p.reason])).collect();
        json!({
            "question": group.question(mint).as_str(),
            "event": group.figures[0].title,
            "measure": group.measure(),
            "counted": group.counted(),
            "claims": claims,
            "pairs": pairs,
        })
    };
    Ok(groups(store)?.iter().map(shown).collect())
}
