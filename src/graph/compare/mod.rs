//! Across documents: which claims with numbers answer one question, and whether they agree.
//!
//! Works on what was read of each number (its frame) and of each article (the words that tell it from others): facts of the
//! graph, so that the result is the same after a build from nothing and after one that changed a single article. Articles
//! are compared with their near neighbours only; a learned score says whether two figures answer one question, and the
//! numbers say how they stand to each other.

mod again;
mod dispute;
mod figure;
mod incident;
mod likeness;
mod number;
mod pairs;
mod read;
mod score;
mod verdict;

use std::collections::{BTreeMap, BTreeSet};

use crate::graph::store::{Loaded as Store, Names};
use oxigraph::model::{GraphName, Literal, NamedNode, NamedNodeRef, Quad, Term};
use serde_json::{Value, json};

use super::Error;
use super::vocab::{class, other, property, value};
use super::write::Mint;
pub use again::{Change, again};
use figure::{Figure, Story};
use incident::Nearest;
use pairs::Pair;
use score::Weights;
pub use verdict::Verdict;

/// What was found across documents.
struct Found {
    stories: Vec<Story>,
    figures: Vec<Figure>,
    pairs: Vec<Pair>,
    /// Figures of each question, by their places.
    questions: Vec<Vec<usize>>,
    /// For each story the first story of its incident.
    incidents: Vec<usize>,
}

/// What a comparison wants to know of the one before it, by the numbers of the articles.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Known {
    /// Each article, the first article of its text, and for that the others that are nearest, with their likeness.
    pub nearest: Vec<(u32, u32, Vec<(u32, u32)>)>,
    /// Articles that give one number in two wordings.
    pub equals: Vec<(u32, u32)>,
}

impl Known {
    fn of(numbers: &[u32], nearest: &Nearest, equals: impl IntoIterator<Item = (usize, usize)>) -> Known {
        let list = |list: &[(u32, usize)]| list.iter().map(|&(likeness, other)| (likeness, numbers[other])).collect();
        let lists = numbers.iter().zip(&nearest.leaders).zip(&nearest.lists);
        Known {
            nearest: lists.map(|((number, leader), own)| (*number, numbers[*leader], list(own))).collect(),
            equals: equals.into_iter().map(|(a, b)| (numbers[a], numbers[b])).collect(),
        }
    }
}

/// Questions, comparisons and incidents, and what the next comparison wants to know of this one.
pub struct Linked {
    /// The quads of the graph of links.
    pub quads: Vec<Quad>,
    /// For the next comparison.
    pub known: Known,
}

impl Found {
    /// Everything, or what is sure enough for the graph and so for all that shows it.
    fn of(store: &Store, is_sure: bool) -> Result<Found, Error> {
        Ok(Found::with(store, read::stories(store)?, is_sure)?.0)
    }

    /// The same, with what the next comparison wants to know.
    fn with(store: &Store, stories: Vec<Story>, is_sure: bool) -> Result<(Found, Nearest, pairs::Equals), Error> {
        let figures = read::figures(&read::Columns::all(store), &stories)?;
        let nearest = Nearest::of(&stories);
        let near = nearest.beside().all(&|at| &stories[at]);
        let incidents = incident::incidents(stories.len(), &near);
        let (pairs, equals) = pairs::all(Weights::shipped(), &figures, &stories, &near);
        let pairs = shown(pairs, is_sure, |f| incidents[figures[f].story]);
        Ok((Found::made(stories, figures, pairs, incidents), nearest, equals))
    }

    /// The questions that pairs of figures make, beside what else is known.
    fn made(stories: Vec<Story>, figures: Vec<Figure>, pairs: Vec<Pair>, incidents: Vec<usize>) -> Found {
        let mut questions = pairs::questions(figures.len(), &pairs);
        questions.sort_by(|a, b| figures[a[0]].claim.cmp(&figures[b[0]].claim));
        Found { stories, figures, pairs, questions, incidents }
    }

    fn question(&self, question: &[usize], mint: &Mint) -> NamedNode {
        let mut claims: Vec<&str> = question.iter().map(|&i| self.figures[i].claim.as_str()).collect();
        claims.sort_unstable();
        mint.hashed("question", &claims)
    }

    /// The commonest of some words of the figures; the first of equals.
    fn commonest<'f>(&'f self, question: &[usize], words: impl Fn(&'f Figure) -> &'f str) -> &'f str {
        let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
        for &index in question {
            let word = words(&self.figures[index]);
            if !word.is_empty() {
                *counts.entry(word).or_default() += 1;
            }
        }
        let best = counts.iter().max_by_key(|(word, count)| (**count, std::cmp::Reverse(**word)));
        best.map_or("", |(word, _)| word)
    }

    fn measure(&self, question: &[usize]) -> &str {
        let of_class = |f: &'_ Figure| f.is_class;
        let classed: Vec<usize> = question.iter().copied().filter(|&i| of_class(&self.figures[i])).collect();
        self.commonest(if classed.is_empty() { question } else { &classed }, |f| f.measure.as_str())
    }

    fn counted(&self, question: &[usize]) -> &str {
        self.commonest(question, |f| f.counted.as_str())
    }

    /// Stories of each incident that has more than one, or a figure in a question.
    fn told(&self) -> BTreeMap<usize, Vec<usize>> {
        let mut told: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
        for (story, &home) in self.incidents.iter().enumerate() {
            told.entry(home).or_default().push(story);
        }
        told
    }

    fn incident(&self, stories: &[usize], mint: &Mint) -> NamedNode {
        let ids: Vec<&str> = stories.iter().map(|&s| self.stories[s].id.as_str()).collect();
        mint.hashed("incident", &ids)
    }

    /// A headline and the first day: what a person calls the incident.
    fn label(&self, stories: &[usize]) -> String {
        let first =
            stories.iter().min_by_key(|&&s| (self.stories[s].published.is_none(), self.stories[s].published, s));
        let Some(story) = first.map(|&s| &self.stories[s]) else { return String::new() };
        let title = if story.title.trim().is_empty() { story.id.as_str() } else { story.title.trim() };
        match story.published {
            Some(day) => format!("{title} ({day})"),
            None => title.to_owned(),
        }
    }
}

/// A number that is another when articles are compared by another program or other tables: what was found before then does
/// not count.
pub fn rules() -> u64 {
    let parts = [
        "nearest",
        super::write::PROGRAM,
        include_str!("en/weights.tsv"),
        include_str!("../../annotate/figure/en/measures.tsv"),
    ];
    u64::from_str_radix(&super::write::iri::hash(&parts)[..16], 16).unwrap_or_default()
}

/// Pairs as they are shown: all but those of which nothing is known, or those alone that are sure. `home` is the incident of a
/// figure's article.
fn shown(mut pairs: Vec<Pair>, is_sure: bool, home: impl Fn(usize) -> usize) -> Vec<Pair> {
    // Two articles on two incidents have two sets of figures, however alike these are told.
    for pair in pairs.iter_mut().filter(|p| p.verdict == Verdict::Differs) {
        if home(pair.first) != home(pair.second) {
            pair.doubts.push("incidents");
        }
    }
    pairs.retain(|p| p.verdict != Verdict::Unsure && (!is_sure || p.is_sure()));
    pairs
}

/// Questions, answers, comparisons and incidents as quads of the graph of links.
pub fn links(store: &Store, mint: &Mint) -> Result<Linked, Error> {
    let (numbers, stories) = read::numbered(&Names::of(store))?;
    let (found, nearest, equals) = Found::with(store, stories, true)?;
    Ok(Linked { quads: linked(&found, mint), known: Known::of(&numbers, &nearest, equals) })
}

fn linked(found: &Found, mint: &Mint) -> Vec<Quad> {
    let graph = GraphName::NamedNode(mint.links_graph());
    let mut quads = Vec::new();
    let mut add = |subject: &NamedNode, predicate: NamedNodeRef<'static>, object: Term| {
        quads.push(Quad::new(subject.clone(), predicate, object, graph.clone()));
    };
    let words = |text: &str| Term::from(Literal::new_simple_literal(text));
    let mut incident_of: Vec<Option<NamedNode>> = vec![None; found.stories.len()];
    let in_question: BTreeSet<usize> =
        found.questions.iter().flatten().map(|&i| found.incidents[found.figures[i].story]).collect();
    for (home, stories) in found.told() {
        if stories.len() < 2 && !in_question.contains(&home) {
            continue;
        }
        let node = found.incident(&stories, mint);
        add(&node, other::TYPE, class::INCIDENT.into());
        add(&node, other::LABEL, words(&found.label(&stories)));
        for story in stories {
            let document = NamedNode::new_unchecked(&found.stories[story].iri);
            add(&document, property::INCIDENT, node.clone().into());
            incident_of[story] = Some(node.clone());
        }
    }
    let mut question_of: BTreeMap<usize, NamedNode> = BTreeMap::new();
    for members in &found.questions {
        let question = found.question(members, mint);
        add(&question, other::TYPE, class::QUESTION.into());
        for (property, text) in
            [(property::MEASURE, found.measure(members)), (property::COUNTED, found.counted(members))]
        {
            if !text.is_empty() {
                add(&question, property, words(text));
            }
        }
        if let Some(incident) = incident_of[found.figures[members[0]].story].clone() {
            add(&question, property::INCIDENT, incident.into());
        }
        let mut events: BTreeSet<&str> = BTreeSet::new();
        for &index in members {
            let figure = &found.figures[index];
            let claim = NamedNode::new_unchecked(&figure.claim);
            add(&claim, property::ANSWERS, question.clone().into());
            question_of.insert(index, question.clone());
            events.extend(figure.event.as_deref());
        }
        for event in events {
            add(&question, property::EVENT, NamedNode::new_unchecked(event).into());
        }
    }
    let leaders = pairs::leaders(&found.figures, &found.pairs);
    for (pair, &leader) in found.pairs.iter().zip(&leaders) {
        let (first, second) = (&found.figures[pair.first], &found.figures[pair.second]);
        let (left, right) = (NamedNode::new_unchecked(&first.claim), NamedNode::new_unchecked(&second.claim));
        let node = mint.hashed("comparison", &[&first.claim, &second.claim]);
        let Some(question) = question_of.get(&pair.first) else { continue };
        add(&node, other::TYPE, class::COMPARISON.into());
        add(&node, property::LEFT, left.clone().into());
        add(&node, property::RIGHT, right.clone().into());
        add(&node, property::QUESTION, question.clone().into());
        let led = &found.pairs[leader];
        if led != pair {
            let (first, second) = (&found.figures[led.first].claim, &found.figures[led.second].claim);
            add(&node, property::REPEATS, mint.hashed("comparison", &[first, second]).into());
        }
        add(&node, property::REASON, words(&pair.reason));
        let chance = rust_decimal::Decimal::new(i64::from(pair.chance), 2);
        add(&node, property::CONFIDENCE, crate::graph::write::decimal(chance).into());
        let (verdict, direct) = said(pair.verdict);
        add(&node, property::VERDICT, verdict.into());
        let mut both = vec![direct];
        if pair.verdict == Verdict::Agree && pairs::is_confirmed(first, second, &found.stories) {
            both.push(property::CORROBORATES);
        }
        for direct in both {
            add(&left, direct, right.clone().into());
            if pair.verdict != Verdict::Updates {
                add(&right, direct, left.clone().into());
            }
        }
    }
    quads
}

/// One JSON object for each question, in the annotation format's shape for comparisons.
pub fn lines(store: &Store, base: &str) -> Result<Vec<Value>, Error> {
    let mint = &Mint::new(base);
    let found = Found::of(store, false)?;
    let mut of_question: BTreeMap<usize, Vec<&Pair>> = BTreeMap::new();
    let mut home: BTreeMap<usize, usize> = BTreeMap::new();
    for (question, members) in found.questions.iter().enumerate() {
        home.extend(members.iter().map(|&m| (m, question)));
    }
    for pair in &found.pairs {
        if let Some(&question) = home.get(&pair.first) {
            of_question.entry(question).or_default().push(pair);
        }
    }
    let shown = |(question, members): (usize, &Vec<usize>)| {
        let place: BTreeMap<usize, usize> = members.iter().enumerate().map(|(at, &i)| (i, at)).collect();
        let claims: Vec<Value> = members.iter().map(|&i| found.figures[i].json(&found.stories)).collect();
        let pairs: Vec<Value> = of_question
            .get(&question)
            .into_iter()
            .flatten()
            .map(|p| {
                let (first, second) = (place[&p.first], place[&p.second]);
                json!([first, second, p.verdict.as_str(), p.reason, p.chance, p.why, p.is_sure(), p.doubts])
            })
            .collect();
        let story = found.incidents[found.figures[members[0]].story];
        json!({
            "question": found.question(members, mint).as_str(),
            "event": found.label(&[story]),
            "measure": found.measure(members),
            "counted": found.counted(members),
            "claims": claims,
            "pairs": pairs,
        })
    };
    Ok(found.questions.iter().enumerate().map(shown).collect())
}

/// How the graph says a verdict: as a value, and from claim to claim.
fn said(verdict: Verdict) -> (NamedNodeRef<'static>, NamedNodeRef<'static>) {
    match verdict {
        Verdict::Agree => (value::VERDICT_AGREE, property::AGREES),
        Verdict::Compatible => (value::VERDICT_COMPATIBLE, property::COMPATIBLE),
        Verdict::Differs => (value::VERDICT_DIFFERS, property::CONTRADICTS),
        Verdict::Updates => (value::VERDICT_UPDATES, property::UPDATES),
        Verdict::OtherScope | Verdict::Unsure => (value::VERDICT_OTHER_SCOPE, property::OTHER_SCOPE),
    }
}

/// One JSON object for each incident: its label and its documents, each document in one incident.
pub fn incidents(store: &Store, base: &str) -> Result<Vec<Value>, Error> {
    let mint = &Mint::new(base);
    let stories = read::stories(store)?;
    let near = incident::neighbours(&stories);
    let incidents = incident::incidents(stories.len(), &near);
    let found = Found { stories, figures: Vec::new(), pairs: Vec::new(), questions: Vec::new(), incidents };
    let shown = |stories: &Vec<usize>| {
        let documents: Vec<&str> = stories.iter().map(|&s| found.stories[s].id.as_str()).collect();
        let days = || stories.iter().filter_map(|&s| found.stories[s].published);
        json!({
            "incident": found.incident(stories, mint).as_str(),
            "label": found.label(stories),
            "documents": documents,
            "first": days().min().map(|d| d.to_string()),
            "last": days().max().map(|d| d.to_string()),
        })
    };
    Ok(found.told().values().map(shown).collect())
}

/// One JSON object for each dispute without numbers; all that may be one, or those that are sure: then no more is read than
/// the articles in which somebody denies something, and those near them.
pub fn disputes(store: &Store, is_sure: bool) -> Result<Vec<Value>, Error> {
    let names = Names::of(store);
    let (numbers, stories) = read::numbered(&names)?;
    let near = incident::neighbours(&stories);
    let around = dispute::around(stories.len(), &near);
    let mut is_asked = vec![!is_sure; stories.len()];
    if is_sure {
        let denying = read::denying(&names)?;
        for (_, around) in numbers.iter().zip(&around).filter(|(number, _)| denying.contains(number)) {
            around.iter().for_each(|&(story, _)| is_asked[story] = true);
        }
    }
    let tellings = read::tellings(&names, (&numbers, &stories), |story| is_asked[story])?;
    Ok(dispute::find(&tellings, &stories, around, is_sure))
}

/// What `training/compare/train.py` and `disputes.py` read: figures (`F`), candidate pairs with their features (`P`), and the
/// verdicts with their doubts (`V`), cells by tabs, by the weights that ship or by a table of others; clauses (`C`), and pairs of
/// these with their features (`D`).
pub fn features(store: &Store, table: Option<&'static str>) -> Result<Vec<String>, Error> {
    let given = table.map(Weights::read);
    let weights = given.as_ref().unwrap_or(Weights::shipped());
    let names = Names::of(store);
    let (numbers, stories) = read::numbered(&names)?;
    let figures = read::figures(&read::Columns::all(store), &stories)?;
    let near = incident::neighbours(&stories);
    let mut lines: Vec<String> = figures
        .iter()
        .map(|f| {
            let surface = f.surface.replace(['\t', '\n'], " ");
            let (begin, end) = f.span;
            let story = &stories[f.story].id;
            let (measure, thing, aspect) = (&f.measure, &f.thing, f.aspect);
            let (telling, owner) = (f.telling.join(" "), &f.owner);
            format!(
                "F\t{story}\t{begin}\t{end}\t{surface}\t{measure}\t{thing}\t{aspect}\t{telling}\t{owner}\t{}",
                f.speaker
            )
        })
        .collect();
    let tellings = read::tellings(&names, (&numbers, &stories), |_| true)?;
    lines.extend(dispute::features(&tellings, &stories, &near));
    let list = |l: &[likeness::Feature]| l.iter().map(|(a, b)| format!("{a}|{b}")).collect::<Vec<_>>().join(";");
    pairs::candidates(&figures, &stories, &near, &mut |c| {
        let (features, update) = (list(&c.features), list(&c.update));
        lines.push(format!("P\t{}\t{}\t{:?}\t{features}\t{update}", c.first, c.second, c.agreement));
    });
    for pair in pairs::all(weights, &figures, &stories, &near).0 {
        let (verdict, doubts) = (pair.verdict.as_str(), pair.doubts.join(", "));
        lines.push(format!("V\t{}\t{}\t{verdict}\t{}\t{doubts}", pair.first, pair.second, pair.chance));
    }
    Ok(lines)
}
