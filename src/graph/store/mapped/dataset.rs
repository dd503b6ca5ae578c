//! A snapshot under Oxigraph's evaluator of SPARQL.

use std::cell::RefCell;
use std::rc::Rc;
use std::sync::Arc;

use oxigraph::model::{BlankNode, NamedNode, Term};
use rustc_hash::FxHashMap;
use spareval::{ExpressionTerm, InternalQuad, QueryableDataset};

use super::snapshot::Snapshot;
use super::term;
use crate::graph::words::MATCHES;
use crate::graph::{Error, query};

/// Numbers from here on are terms of a query that the store does not have.
const FOREIGN: u32 = 1 << 31;

/// The number of the property that finds texts by their words, which no quad has.
const MATCHING: u32 = u32::MAX;

/// A snapshot, with the terms that a query has made beside it.
pub struct Dataset {
    terms: Terms,
    /// The articles that a question is looking at, in the order of their numbers.
    articles: Arc<[u32]>,
    alive: Alive,
    /// Whether rows are given as numbers.
    is_numbered: bool,
}

/// The terms of a query by their numbers: those of the store, and those that the query has made.
#[derive(Clone)]
pub struct Terms {
    snapshot: Arc<Snapshot>,
    foreign: Rc<RefCell<Foreign>>,
}

/// Called for each quad that is read: it returns when the query may go on.
pub type Alive = Arc<dyn Fn() + Send + Sync>;

#[derive(Default)]
struct Foreign {
    terms: Vec<Term>,
    numbers: FxHashMap<Term, u32>,
}

impl Terms {
    pub fn term(&self, id: u32) -> Result<Term, Error> {
        match id.checked_sub(FOREIGN) {
            _ if id == MATCHING => Ok(NamedNode::new_unchecked(MATCHES).into()),
            Some(nth) => Ok(self.foreign.borrow().terms[nth as usize].clone()),
            None => self.snapshot.term(id),
        }
    }
}

impl Dataset {
    pub fn new(snapshot: Arc<Snapshot>, articles: Option<Arc<[u32]>>, alive: Alive) -> Dataset {
        let terms = Terms { snapshot, foreign: Rc::default() };
        Dataset { terms, articles: articles.unwrap_or_default(), alive, is_numbered: false }
    }

    /// The same with rows of numbers: each value is a blank node whose name is the number of the term, so that terms are
    /// read when they are wanted, by their numbers. Conditions and functions see the terms.
    pub fn numbered(mut self) -> (Dataset, Terms) {
        self.is_numbered = true;
        let terms = self.terms.clone();
        (self, terms)
    }

    /// The texts that have the words which an IRI stands for, or the articles; with `text`, that one if it is among them.
    fn texts(&self, wanted: Option<&u32>, text: Option<&u32>) -> Result<Vec<Result<u32, Error>>, Error> {
        let Some(wanted) = wanted else { return Ok(Vec::new()) };
        let Term::NamedNode(node) = self.terms.term(*wanted)? else { return Ok(Vec::new()) };
        if node.as_str() == query::ARTICLES {
            let is_meant = |id: &&u32| text.is_none_or(|text| text == *id);
            return Ok(match text.is_some_and(|text| self.articles.binary_search(text).is_err()) {
                true => Vec::new(),
                false => self.articles.iter().filter(is_meant).map(|id| Ok(*id)).collect(),
            });
        }
        let Some(wanted) = query::wanted(node.as_str()) else { return Ok(Vec::new()) };
        if let Some(&text) = text {
            let is_in = matches!(self.terms.term(text)?, Term::Literal(l) if wanted.are_in(l.value()));
            return Ok(if is_in { vec![Ok(text)] } else { Vec::new() });
        }
        Ok(self.terms.snapshot.matching(&wanted)?.into_iter().map(Ok).collect())
    }
}

impl QueryableDataset<'static> for Dataset {
    type InternalTerm = u32;
    type Error = Error;

    fn internal_quads_for_pattern(
        &self,
        subject: Option<&u32>,
        predicate: Option<&u32>,
        object: Option<&u32>,
        graph_name: Option<Option<&u32>>,
    ) -> impl Iterator<Item = Result<InternalQuad<u32>, Error>> + use<> {
        let given = [subject, predicate, object, graph_name.flatten()];
        let texts = (predicate == Some(&MATCHING)).then(|| self.texts(subject, object));
        let texts = match texts.transpose() {
            Ok(texts) => texts.unwrap_or_default(),
            Err(error) => vec![Err(error)],
        };
        let (wanted, graph) = (subject.copied().unwrap_or(MATCHING), graph_name.flatten().copied());
        let texts = texts.into_iter().map(move |object| {
            let graph_name = Some(graph.unwrap_or(MATCHING));
            Ok(InternalQuad { subject: wanted, predicate: MATCHING, object: object?, graph_name })
        });
        // Nothing is in the default graph, nor said with a term that the store does not have.
        let is_empty = graph_name == Some(None) || given.iter().flatten().any(|id| **id >= FOREIGN);
        let found = (!is_empty).then(|| self.terms.snapshot.quads(given.map(|id| id.copied())));
        let alive = Arc::clone(&self.alive);
        let found = found.into_iter().flatten().map(move |row| {
            alive();
            let [subject, predicate, object, graph] = row?;
            Ok(InternalQuad { subject, predicate, object, graph_name: Some(graph) })
        });
        texts.chain(found)
    }

    fn internal_named_graphs(&self) -> impl Iterator<Item = Result<u32, Error>> + use<> {
        let (graphs, error) = match self.terms.snapshot.graphs() {
            Ok(graphs) => (graphs, None),
            Err(error) => (Vec::new(), Some(error)),
        };
        graphs.into_iter().map(Ok).chain(error.map(Err))
    }

    fn internalize_term(&self, term: Term) -> Result<u32, Error> {
        if matches!(&term, Term::NamedNode(node) if node.as_str() == MATCHES) {
            return Ok(MATCHING);
        }
        if let Some(id) = self.terms.snapshot.find(term.as_ref())? {
            return Ok(id);
        }
        let mut foreign = self.terms.foreign.borrow_mut();
        if let Some(id) = foreign.numbers.get(&term) {
            return Ok(*id);
        }
        let id = FOREIGN + foreign.terms.len() as u32;
        foreign.terms.push(term.clone());
        foreign.numbers.insert(term, id);
        Ok(id)
    }

    fn externalize_term(&self, id: u32) -> Result<Term, Error> {
        // The engine asks here for the values of the rows that it gives.
        if self.is_numbered { Ok(BlankNode::new_from_unique_id(id.into()).into()) } else { self.terms.term(id) }
    }

    fn externalize_expression_term(&self, id: u32) -> Result<ExpressionTerm, Error> {
        if id < FOREIGN
            && let Some(term) =
                term::decode_for_expressions(self.terms.snapshot.bytes(id)?, self.terms.snapshot.prefixes())
        {
            return Ok(term);
        }
        Ok(self.terms.term(id)?.into())
    }
}
