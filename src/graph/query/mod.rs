//! SPARQL on a store: with our prefixes, the union of all graphs as default graph, and limits that hold.

mod answer;
mod find;
mod guard;
#[cfg(feature = "serve")]
mod http;
#[cfg(not(feature = "serve"))]
#[path = "no_http.rs"]
mod http;
mod nested;
mod only;
mod order;
mod remote;
mod strings;
#[cfg(feature = "https")]
mod tls;
#[cfg(all(feature = "serve", not(feature = "https")))]
#[path = "no_tls.rs"]
mod tls;

use std::sync::Arc;
use std::sync::atomic::AtomicUsize;
use std::time::Duration;

use oxigraph::model::{GraphName, NamedNode, NamedOrBlankNode, Triple};
use oxigraph::sparql::{
    PreparedSparqlQuery, QueryEvaluationError, QueryResults, QuerySolutionIter, SparqlEvaluator, UpdateEvaluationError,
};
use oxigraph::store::StorageError;

use crate::graph::store::Loaded as Store;
use spargebra::algebra::GraphPattern;
use spargebra::{Query, SparqlParser};

use super::intake;
pub use super::intake::QUERY as LONGEST;
use super::vocab::PREFIXES;
use super::{Error, ErrorKind};
pub use answer::{Answer, Format, Table, compact, shown};
pub(in crate::graph) use find::{ARTICLES, wanted};
use guard::{Cause, Guard};
pub use only::lifted;
pub(in crate::graph) use order::is_at_least;
pub use oxigraph::model::vocab::xsd;
pub use oxigraph::model::{Literal, Term};
#[doc(hidden)]
pub use remote::bytes;
pub(in crate::graph) use remote::{Call, Reply, normal, send};

/// How long a query may run, how many rows it may give, how much memory it may take, whom it may ask.
#[derive(Clone, Debug, Default)]
pub struct Limits {
    /// The query is stopped after this time.
    pub timeout: Option<Duration>,
    /// Rows beyond this many are left out, and the answer says so.
    pub rows: Option<usize>,
    /// The query is stopped when it has taken so many bytes, by its own account, or when all queries of the process have and
    /// it has the most of them; without the program's allocator, when the process has grown by so many, where the system
    /// tells (Linux).
    pub memory: Option<u64>,
    /// The addresses that `SERVICE` and `LOAD` may reach; one that ends in `/` stands for all that begin so.
    pub remote: Vec<String>,
    /// The statements, claims and articles that the query sees; `None`: all.
    pub only: Option<std::sync::Arc<rustc_hash::FxHashSet<String>>>,
    /// Counts the strings that a query would have made longer than a string may be: they have no value, and the answer
    /// does not show it.
    pub overlong: Arc<AtomicUsize>,
}

/// Runs a query.
pub fn run(store: &Store, query: &str, limits: &Limits) -> Result<Answer, Error> {
    run_over(store, query, &Dataset::default(), limits)
}

/// The graphs that a request names, by the SPARQL protocol; they replace those of the query itself.
#[derive(Clone, Debug, Default)]
pub struct Dataset {
    /// Graphs whose union is the default graph.
    pub default: Vec<NamedNode>,
    /// Graphs that `GRAPH` can see.
    pub named: Vec<NamedNode>,
    /// The IRI against which relative IRIs are resolved.
    pub base: Option<String>,
}

impl Dataset {
    fn is_given(&self) -> bool {
        !self.default.is_empty() || !self.named.is_empty()
    }

    fn graphs(&self) -> (Vec<GraphName>, Vec<NamedOrBlankNode>) {
        let default = self.default.iter().cloned().map(GraphName::NamedNode).collect();
        (default, self.named.iter().cloned().map(NamedOrBlankNode::NamedNode).collect())
    }
}

/// Runs a query over the graphs that a request names.
pub fn run_over(store: &Store, query: &str, dataset: &Dataset, limits: &Limits) -> Result<Answer, Error> {
    match run_in_order(store, query, dataset, limits, None, None)? {
        Some((table, _)) => Ok(Answer::Table(table)),
        None => run_among(store, query, dataset, limits, None),
    }
}

/// What a query begins with: articles or other things, by their numbers in order; and the texts up to which its rows are
/// shown, where these are the first things.
#[derive(Clone, Debug, Default)]
pub(super) struct Begin {
    pub things: Arc<[u32]>,
    pub bound: Vec<String>,
    /// True where the index of words has found the things already, and of each text of theirs it is seen whether it has the
    /// words.
    pub is_found: bool,
}

impl Begin {
    fn texts(&self) -> find::Found {
        if self.is_found { find::Found::ByRow } else { find::Found::ByIndex }
    }
}

/// Runs a query that begins with some things. Rows up to a bound that only the engine can sort are none.
pub(super) fn run_on(store: &Store, query: &str, limits: &Limits, begin: &Begin) -> Result<Answer, Error> {
    match run_in_order(store, query, &Dataset::default(), limits, Some(begin), None)? {
        Some((table, _)) => Ok(Answer::Table(table)),
        None if begin.bound.is_empty() => run_among(store, query, &Dataset::default(), limits, Some(begin)),
        None => Ok(Answer::Table(Table { columns: Vec::new(), rows: Vec::new(), truncated: false })),
    }
}

/// Runs a query whose first column is how sure a row is: gives the rows that are sure enough, without the column, and how
/// many are not. Nothing where the engine must sort them.
pub(super) fn run_sure(
    store: &Store,
    query: &str,
    limits: &Limits,
    begin: Option<&Begin>,
    least: f64,
) -> Result<Option<(Table, usize)>, Error> {
    run_in_order(store, query, &Dataset::default(), limits, begin, Some(least))
}

/// Runs a query on mapped files and sorts its rows here; nothing where the engine must do it.
fn run_in_order(
    store: &Store,
    query: &str,
    dataset: &Dataset,
    limits: &Limits,
    begin: Option<&Begin>,
    least: Option<f64>,
) -> Result<Option<(Table, usize)>, Error> {
    let Store::Mapped(mapped) = store else { return Ok(None) };
    let size = intake::query(query)?;
    on_own_stack(size, || {
        let mut guard = Guard::new(limits);
        let texts = begin.map_or(find::Found::ByIndex, Begin::texts);
        let mut parsed = parsed(query, dataset.base.as_deref(), texts, limits)?;
        let Some(order) = order::take(&mut parsed) else { return Ok(None) };
        let mut prepared = prepare(parsed, &mut guard, limits)?;
        name_graphs(&mut prepared, dataset);
        let bound = begin.map_or(&[][..], |begin| begin.bound.as_slice());
        let answer = guard.within(|| {
            let things = begin.map(|begin| Arc::clone(&begin.things));
            let (numbered, terms) = mapped.dataset(things, Arc::new(guard.looking())).numbered();
            match prepared.on_queryable_dataset(numbered).execute()? {
                QueryResults::Solutions(found) => order::sorted(found, &order, &terms, limits, (bound, least), &guard),
                _ => Ok(None),
            }
        });
        answer.unwrap_or(Err(QueryEvaluationError::Cancelled)).map_err(|e| evaluation(e, &guard, limits))
    })
}

fn name_graphs(prepared: &mut PreparedSparqlQuery, dataset: &Dataset) {
    if dataset.is_given() {
        let (default, named) = dataset.graphs();
        prepared.dataset_mut().set_default_graph(default);
        prepared.dataset_mut().set_available_named_graphs(named);
    }
}

fn run_among(
    store: &Store,
    query: &str,
    dataset: &Dataset,
    limits: &Limits,
    begin: Option<&Begin>,
) -> Result<Answer, Error> {
    let size = intake::query(query)?;
    on_own_stack(size, || {
        let mut guard = Guard::new(limits);
        let texts = match store {
            Store::Mapped(_) => begin.map_or(find::Found::ByIndex, Begin::texts),
            Store::Oxigraph(_) => find::Found::ByRow,
        };
        let parsed = parsed(query, dataset.base.as_deref(), texts, limits)?;
        let mut prepared = prepare(parsed, &mut guard, limits)?;
        name_graphs(&mut prepared, dataset);
        let answer = guard.within(|| {
            let results = match store {
                Store::Oxigraph(store) => prepared.on_store(store).execute()?,
                Store::Mapped(mapped) => {
                    let dataset =
                        mapped.dataset(begin.map(|begin| Arc::clone(&begin.things)), Arc::new(guard.looking()));
                    prepared.on_queryable_dataset(dataset).execute()?
                }
            };
            collect(results, limits.rows, &guard)
        });
        answer.unwrap_or(Err(QueryEvaluationError::Cancelled)).map_err(|e| evaluation(e, &guard, limits))
    })
}

/// Does the work in a thread whose stack is made for a text of this size: the parser, the optimiser and the evaluation call
/// themselves for each of its levels.
fn on_own_stack<T: Send>(size: intake::Size, work: impl FnOnce() -> Result<T, Error> + Send) -> Result<T, Error> {
    std::thread::scope(|scope| {
        let thread = std::thread::Builder::new().name("query".to_owned()).stack_size(size.stack());
        let thread = thread.spawn_scoped(scope, work);
        let thread = thread.map_err(|e| Error::io("no thread can be started for the query", e))?;
        thread.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic))
    })
}

/// The terms of our namespace in a query that the ontology does not know, each with the one that was probably meant: they
/// match nothing, and the answer would not tell.
pub fn unknown_terms(query: &str) -> Vec<(String, Option<String>)> {
    let parsed = intake::query(query).and_then(|size| {
        on_own_stack(size, || Ok(parser(None)?.parse_query(query).map(|q| q.to_string()).unwrap_or_default()))
    });
    let mark = format!("<{}", super::vocab::NAMESPACE);
    let known: Vec<&str> = [super::vocab::class::ALL, super::vocab::property::ALL, super::vocab::value::ALL]
        .into_iter()
        .flatten()
        .filter_map(|term| term.as_str().strip_prefix(super::vocab::NAMESPACE))
        .collect();
    let mut found: Vec<(String, Option<String>)> = Vec::new();
    for part in parsed.unwrap_or_default().split(&mark).skip(1) {
        let name = part.split('>').next().unwrap_or_default();
        let is_told = found.iter().any(|(told, _)| told == name);
        if !name.is_empty() && !known.contains(&name) && !is_told {
            let near = nearest(name, &known).map(str::to_owned);
            found.push((name.to_owned(), near));
        }
    }
    found
}

/// The name that was probably meant by another.
pub fn nearest<'n>(given: &str, names: &[&'n str]) -> Option<&'n str> {
    let near = names.iter().map(|name| (distance(given, name), *name)).min();
    near.filter(|(far, _)| *far <= 1 + given.chars().count() / 3).map(|(_, name)| name)
}

/// How many letters must be put in, taken out or changed to make one name of another; upper and lower case are the same.
fn distance(one: &str, other: &str) -> usize {
    let other: Vec<char> = other.to_lowercase().chars().take(64).collect();
    let mut row: Vec<usize> = (0..=other.len()).collect();
    for (i, a) in one.to_lowercase().chars().take(64).enumerate() {
        let mut before = row[0];
        row[0] = i + 1;
        for (j, b) in other.iter().enumerate() {
            let changed = before + usize::from(a != *b);
            before = row[j + 1];
            row[j + 1] = changed.min(row[j] + 1).min(before + 1);
        }
    }
    row[other.len()]
}

/// Changes a store by SPARQL Update; graphs named by the request must not be named by the update as well.
pub fn update(store: &Store, update: &str, dataset: &Dataset, limits: &Limits) -> Result<(), Error> {
    let store = store.writable()?;
    let size = intake::update(update)?;
    on_own_stack(size, || {
        let mut guard = Guard::new(limits);
        let mut parsed = parser(dataset.base.as_deref())?
            .parse_update(update)
            .map_err(|e| Error::new(ErrorKind::Query, format!("the update has a mistake: {e}")))?;
        remote::load(&mut parsed, limits)?;
        guard.watch_update(&mut parsed)?;
        let mut prepared = evaluator(&guard, limits).for_update(parsed);
        if dataset.is_given() {
            for using in prepared.using_datasets_mut() {
                if !using.is_default_dataset() {
                    let message = "the request names graphs with using-graph-uri, and the update with USING or WITH";
                    return Err(Error::new(ErrorKind::Query, message).with_hint("name them in one of the two"));
                }
                let (default, named) = dataset.graphs();
                using.set_default_graph(default);
                using.set_available_named_graphs(named);
            }
        }
        let done = guard.within(|| prepared.on_store(store).execute());
        match done {
            Some(Ok(())) => Ok(()),
            Some(Err(UpdateEvaluationError::Storage(error))) => Err(Error::from(error)),
            Some(Err(error)) if guard.cause().is_none() => {
                Err(Error::new(ErrorKind::Query, "the update cannot be done")
                    .because(error)
                    .with_hint("the update is well written; leave out or change what the message names"))
            }
            _ => Err(evaluation(QueryEvaluationError::Cancelled, &guard, limits)),
        }
    })
}

/// Parses a query with our prefixes, and narrows it to what is chosen.
fn parsed(query: &str, base: Option<&str>, texts: find::Found, limits: &Limits) -> Result<Query, Error> {
    let mut parsed = parser(base)?.parse_query(query).map_err(|e| {
        undeclared(query).unwrap_or_else(|| Error::new(ErrorKind::Query, format!("the query has a mistake: {e}")))
    })?;
    if limits.only.is_some() && only::rewrite(&mut parsed) == 0 {
        let message = "this question speaks of no statement or article that could be chosen";
        return Err(Error::new(ErrorKind::Unknown, message).with_hint("ask it without these filters"));
    }
    find::rewrite(&mut parsed, texts);
    Ok(parsed)
}

/// Puts limits around a query; its default graph is the union of all graphs unless it names others itself.
fn prepare(mut parsed: Query, guard: &mut Guard, limits: &Limits) -> Result<PreparedSparqlQuery, Error> {
    guard.watch_query(&mut parsed)?;
    nested::rewrite(&mut parsed);
    let mut prepared = evaluator(guard, limits).for_query(parsed);
    if prepared.dataset().is_default_dataset() {
        prepared.dataset_mut().set_default_graph_as_union();
    }
    Ok(prepared)
}

/// The one pattern that a condition, a graph, a new name, a grouping or an order stands around.
fn within(pattern: &mut GraphPattern) -> Option<&mut GraphPattern> {
    match pattern {
        GraphPattern::Filter { inner, .. }
        | GraphPattern::Graph { inner, .. }
        | GraphPattern::Extend { inner, .. }
        | GraphPattern::OrderBy { inner, .. }
        | GraphPattern::Project { inner, .. }
        | GraphPattern::Distinct { inner }
        | GraphPattern::Reduced { inner }
        | GraphPattern::Slice { inner, .. }
        | GraphPattern::Group { inner, .. } => Some(inner),
        _ => None,
    }
}

/// The complaint about the first prefix of a query that neither it nor we declare.
fn undeclared(query: &str) -> Option<Error> {
    let used = prefixes(query);
    let own: Vec<&str> = PREFIXES.iter().map(|(prefix, _)| *prefix).collect();
    let is_declared = |name: &str| own.contains(&name) || used.iter().any(|(other, is)| *is && other == name);
    let (name, _) = used.iter().find(|(name, is)| !is && !is_declared(name))?;
    let near = nearest(name, &own).map_or(String::new(), |near| format!("did you mean {near}:? "));
    Some(Error::new(ErrorKind::Query, format!("unknown prefix {name}:")).with_hint(format!(
        "{near}known without being declared: {}; for another write PREFIX {name}: <ADDRESS> first",
        own.iter().map(|prefix| format!("{prefix}:")).collect::<Vec<_>>().join(" ")
    )))
}

/// The prefixes of a query in order, each with whether it is declared there. Texts, addresses and comments have none.
fn prefixes(query: &str) -> Vec<(String, bool)> {
    let mut found = Vec::new();
    let (mut word, mut before) = (String::new(), String::new());
    let mut rest = query.chars();
    while let Some(c) = rest.next() {
        match c {
            '"' | '\'' => {
                while let Some(c) = rest.next().filter(|other| *other != c) {
                    if c == '\\' {
                        rest.next();
                    }
                }
            }
            '#' => {
                rest.find(|c| *c == '\n');
            }
            // An address has no space in it; a comparison is followed by one, or has no end.
            '<' => {
                let text = rest.as_str();
                if let Some(end) =
                    text.find(|c: char| c == '>' || c.is_whitespace()).filter(|at| text[*at..].starts_with('>'))
                {
                    rest = text[end + 1..].chars();
                }
            }
            ':' if !word.is_empty() && word != "_" => {
                found.push((word.clone(), before.eq_ignore_ascii_case("prefix")));
                // What follows is the name itself, which may have more colons.
                let text = rest.as_str();
                let end = text.find(|c: char| !(c.is_alphanumeric() || "_-.:%\\".contains(c))).unwrap_or(text.len());
                rest = text[end..].chars();
            }
            c if c.is_alphanumeric() || matches!(c, '_' | '-' | '.') => {
                word.push(c);
                continue;
            }
            _ => {}
        }
        if !word.is_empty() {
            before = std::mem::take(&mut word);
        }
    }
    found
}

/// A parser that knows our prefixes.
fn parser(base: Option<&str>) -> Result<SparqlParser, Error> {
    let mut parser = SparqlParser::new();
    if let Some(base) = base {
        parser = parser
            .with_base_iri(base)
            .map_err(|e| Error::new(ErrorKind::Query, "the address of the request is not an IRI").because(e))?;
    }
    for (prefix, namespace) in PREFIXES {
        parser = parser
            .with_prefix(*prefix, *namespace)
            .map_err(|e| Error::new(ErrorKind::Query, "a built-in prefix is not an IRI").because(e))?;
    }
    Ok(parser)
}

/// An evaluator that stops when the guard says so, and asks only whom it may.
fn evaluator(guard: &Guard, limits: &Limits) -> SparqlEvaluator {
    let evaluator = only::installed(find::installed(guard.installed(SparqlEvaluator::new())), limits.only.as_ref());
    evaluator.with_default_service_handler(remote::Service::new(limits))
}

fn collect(results: QueryResults<'_>, limit: Option<usize>, guard: &Guard) -> Result<Answer, QueryEvaluationError> {
    let limit = limit.unwrap_or(usize::MAX);
    Ok(match results {
        QueryResults::Boolean(answer) => Answer::Boolean(answer),
        QueryResults::Solutions(solutions) => Answer::Table(table(solutions, limit, guard)?),
        QueryResults::Graph(found) => {
            let mut triples = Vec::new();
            let mut truncated = false;
            for triple in found {
                let triple = triple?;
                guard.alive()?;
                if triples.len() == limit {
                    truncated = true;
                    break;
                }
                triples.push(triple);
            }
            triples.sort_by_cached_key(Triple::to_string);
            triples.dedup();
            Answer::Graph { triples, truncated }
        }
    })
}

fn table(solutions: QuerySolutionIter<'_>, limit: usize, guard: &Guard) -> Result<Table, QueryEvaluationError> {
    let columns: Vec<String> = solutions.variables().iter().map(|v| v.as_str().to_owned()).collect();
    let mut rows = Vec::new();
    for solution in solutions {
        let solution = solution?;
        guard.alive()?;
        if rows.len() == limit {
            return Ok(Table { columns, rows, truncated: true });
        }
        rows.push(solution.values().to_vec());
    }
    Ok(Table { columns, rows, truncated: false })
}

fn evaluation(error: QueryEvaluationError, guard: &Guard, limits: &Limits) -> Error {
    match (guard.cause(), error) {
        (Some(Cause::Memory), _) => {
            let megabytes = limits.memory.unwrap_or_default() >> 20;
            Error::new(ErrorKind::Timeout, format!("the query was stopped when it had taken {megabytes} MB of memory"))
                .with_hint("narrow the query, or give it more memory with --memory")
        }
        (Some(Cause::Together), _) => {
            let megabytes = limits.memory.unwrap_or_default() >> 20;
            let message = format!(
                "the query was stopped: all that run had taken {megabytes} MB of memory together, and it the most of them"
            );
            Error::new(ErrorKind::Timeout, message).with_hint("narrow the query, or ask again when fewer run")
        }
        (_, QueryEvaluationError::Cancelled) => {
            let seconds = limits.timeout.unwrap_or_default().as_secs_f64();
            Error::new(ErrorKind::Timeout, format!("the query was stopped after {seconds} seconds"))
        }
        (_, QueryEvaluationError::Dataset(error)) => match error.downcast::<StorageError>() {
            Ok(error) => Error::from(*error),
            Err(error) if error.is::<Error>() => error.downcast().map_or_else(|e| unreadable().because(e), |e| *e),
            Err(error) => unreadable().because(error),
        },
        (_, error @ QueryEvaluationError::Service(_)) => {
            let hint = remote::hint(&error.to_string());
            Error::new(ErrorKind::Query, "the query cannot be answered").because(error).with_hint(hint)
        }
        (_, other) => Error::new(ErrorKind::Query, "the query cannot be answered")
            .because(other)
            .with_hint("the query is well written; leave out or change what the message names"),
    }
}

fn unreadable() -> Error {
    Error::new(ErrorKind::Io, "the store cannot be read")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_prefix_that_nobody_declares_is_named() {
        let told = |query: &str| undeclared(query).map(|error| format!("{error}; {}", error.hint()));
        let error = told("SELECT * { ?x foa:name ?y }").expect("told");
        assert!(error.starts_with("unknown prefix foa:; did you mean foaf:?"), "{error}");
        for query in [
            "PREFIX ex: <http://e.example/> SELECT * { ?x ex:a:b _:c ; a sayso:Statement }",
            "SELECT * { ?x rdfs:label \"foo:bar\" . # foo:bar\n ?x a <foo:bar> FILTER(?a < 3 && ?b > 2) }",
            "SELECT * { ?x rdfs:label 'it\\'s foo:bar' }",
        ] {
            assert_eq!(told(query), None, "{query}");
        }
        assert!(told("SELECT * { FILTER(?a<?b) ?x foo:bar ?y }").is_some());
    }
}
