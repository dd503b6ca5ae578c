//! Stopping a query that runs too long or takes too much memory.
//!
//! The engine looks at its token when it reads the store. A product of patterns that share no variable reads the store
//! once and then multiplies what it has read, for hours, without looking again. Such places of a query are found before
//! it runs and get a `BIND` of a function of ours: it is called for every row, binds nothing, and when the query must
//! stop it unwinds the thread's stack up to [`Guard::within`], without touching the panic hook.

use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::sync::Arc;
use std::sync::atomic::{AtomicU8, Ordering};
use std::sync::mpsc::{self, RecvTimeoutError};
use std::thread;
use std::time::{Duration, Instant};

use oxigraph::model::{Literal, NamedNode, Variable};
use oxigraph::sparql::{CancellationToken, QueryEvaluationError, SparqlEvaluator};
use rustc_hash::FxHashSet;
use spargebra::algebra::{Expression, Function, GraphPattern};
use spargebra::term::{NamedNodePattern, TermPattern, TriplePattern};
use spargebra::{GraphUpdateOperation, Query, Update};

use super::Limits;

/// The function that looks whether the query may go on.
const ALIVE: &str = "urn:sayso:alive";

/// How often the memory is looked at.
const TICK: Duration = Duration::from_millis(20);

/// How long the function has to end the work before the token does.
const PATIENCE: Duration = Duration::from_millis(200);

/// Why a query was stopped.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Cause {
    Time,
    Memory,
}

/// What unwinds the stack of a stopped query.
struct Stopped;

/// Watches one query.
pub(super) struct Guard {
    token: CancellationToken,
    cause: Arc<AtomicU8>,
}

impl Guard {
    pub fn new() -> Guard {
        Guard { token: CancellationToken::new(), cause: Arc::default() }
    }

    /// The evaluator with the token and the function.
    pub fn installed(&self, evaluator: SparqlEvaluator) -> SparqlEvaluator {
        let cause = Arc::clone(&self.cause);
        evaluator.with_cancellation_token(self.token.clone()).with_custom_function(
            NamedNode::new_unchecked(ALIVE),
            move |_| {
                if cause.load(Ordering::Relaxed) != 0 {
                    resume_unwind(Box::new(Stopped));
                }
                None
            },
        )
    }

    /// Why the query was stopped, if it was.
    pub fn cause(&self) -> Option<Cause> {
        match self.cause.load(Ordering::Relaxed) {
            0 => None,
            1 => Some(Cause::Time),
            _ => Some(Cause::Memory),
        }
    }

    /// Between rows: whether the query may go on.
    pub fn alive(&self) -> Result<(), QueryEvaluationError> {
        if self.cause().is_some() { Err(QueryEvaluationError::Cancelled) } else { Ok(()) }
    }

    /// First the function: it ends the work at the next row that it sees. The token comes after it, for work that sees
    /// none; a step that gathers rows goes on past the errors that the token gives, to the end of what it reads.
    fn stop(&self, cause: Cause, finished: &mpsc::Receiver<()>) {
        self.cause.store(1 + cause as u8, Ordering::Relaxed);
        if finished.recv_timeout(PATIENCE) == Err(RecvTimeoutError::Timeout) {
            self.token.cancel();
        }
    }

    /// Does the work within the limits; `None` when it had to be stopped in the middle of a step.
    pub fn within<T>(&self, limits: &Limits, work: impl FnOnce() -> T) -> Option<T> {
        if limits.timeout.is_none() && limits.memory.is_none() {
            return Some(work());
        }
        thread::scope(|scope| {
            let (done, finished) = mpsc::channel::<()>();
            scope.spawn(move || self.keep_watch(limits, &finished));
            let answer = catch_unwind(AssertUnwindSafe(work));
            drop(done);
            match answer {
                Ok(answer) => Some(answer),
                Err(cause) if cause.is::<Stopped>() => None,
                Err(other) => resume_unwind(other),
            }
        })
    }

    fn keep_watch(&self, limits: &Limits, finished: &mpsc::Receiver<()>) {
        let begun = Instant::now();
        let most = limits.memory.and_then(|grown| Some(resident()? + grown));
        loop {
            let left = limits.timeout.map(|t| t.saturating_sub(begun.elapsed()));
            let pause = match (left, most) {
                (Some(left), Some(_)) => left.min(TICK),
                (Some(left), None) => left,
                (None, Some(_)) => TICK,
                (None, None) => return,
            };
            if finished.recv_timeout(pause) != Err(RecvTimeoutError::Timeout) {
                return;
            }
            if limits.timeout.is_some_and(|t| begun.elapsed() >= t) {
                return self.stop(Cause::Time, finished);
            }
            if most.is_some_and(|most| resident().is_some_and(|now| now > most)) {
                return self.stop(Cause::Memory, finished);
            }
        }
    }
}

/// Bytes of memory that the process holds, where the system tells (Linux).
fn resident() -> Option<u64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find(|l| l.starts_with("VmRSS:"))?;
    Some(line.split_whitespace().nth(1)?.parse::<u64>().ok()? << 10)
}

/// Puts the function where a query can work without reading the store.
pub(super) fn watch_query(query: &mut Query) {
    let (Query::Select { pattern, .. }
    | Query::Construct { pattern, .. }
    | Query::Describe { pattern, .. }
    | Query::Ask { pattern, .. }) = query;
    let mut watch = Watch(0);
    *pattern = watch.pattern(std::mem::take(pattern));
}

/// The same for the patterns of an update.
pub(super) fn watch_update(update: &mut Update) {
    let mut watch = Watch(0);
    for operation in &mut update.operations {
        if let GraphUpdateOperation::DeleteInsert { pattern, .. } = operation {
            **pattern = watch.pattern(std::mem::take(&mut **pattern));
        }
    }
}

/// Counts the variables that it has made.
struct Watch(usize);

impl Watch {
    fn called(&mut self, pattern: GraphPattern) -> GraphPattern {
        self.0 += 1;
        GraphPattern::Extend {
            inner: Box::new(pattern),
            variable: Variable::new_unchecked(format!("sayso_alive_{}", self.0)),
            expression: Expression::FunctionCall(Function::Custom(NamedNode::new_unchecked(ALIVE)), Vec::new()),
        }
    }

    fn boxed(&mut self, mut pattern: Box<GraphPattern>) -> Box<GraphPattern> {
        *pattern = self.pattern(std::mem::take(&mut *pattern));
        pattern
    }

    fn pattern(&mut self, pattern: GraphPattern) -> GraphPattern {
        match pattern {
            GraphPattern::Join { .. } => {
                let multiplies = multiplies(&pattern);
                let joined = self.joined(pattern);
                if multiplies { self.called(joined) } else { joined }
            }
            GraphPattern::Bgp { .. } if multiplies(&pattern) => self.called(pattern),
            GraphPattern::LeftJoin { left, right, expression } => {
                let multiplies = !is_plain(&right) || variables(&left).is_disjoint(&variables(&right));
                let expression = expression.map(|e| watched(self.expression(e)));
                // The right side may be read as a whole before the first row of the left is asked for.
                let right = self.pattern(*right);
                let right = Box::new(self.called(right));
                let both = GraphPattern::LeftJoin { left: self.boxed(left), right, expression };
                if multiplies { self.called(both) } else { both }
            }
            GraphPattern::Lateral { left, right } => {
                GraphPattern::Lateral { left: self.boxed(left), right: self.boxed(right) }
            }
            // Every row of the left is compared with the rows of the right.
            GraphPattern::Minus { left, right } => {
                let left = self.pattern(*left);
                GraphPattern::Minus { left: Box::new(self.called(left)), right: self.boxed(right) }
            }
            GraphPattern::Filter { expr, inner } => {
                let calls = self.0;
                let inner = self.boxed(inner);
                let expr = self.expression(expr);
                // The optimiser tries a condition before the function that stands above the product.
                let expr = if self.0 > calls { watched(expr) } else { expr };
                GraphPattern::Filter { expr, inner }
            }
            GraphPattern::Union { left, right } => {
                GraphPattern::Union { left: self.boxed(left), right: self.boxed(right) }
            }
            GraphPattern::Graph { name, inner } => GraphPattern::Graph { name, inner: self.boxed(inner) },
            GraphPattern::Extend { inner, variable, expression } => {
                GraphPattern::Extend { inner: self.boxed(inner), variable, expression: self.expression(expression) }
            }
            GraphPattern::OrderBy { inner, expression } => {
                GraphPattern::OrderBy { inner: self.boxed(inner), expression }
            }
            GraphPattern::Project { inner, variables } => GraphPattern::Project { inner: self.boxed(inner), variables },
            GraphPattern::Distinct { inner } => GraphPattern::Distinct { inner: self.boxed(inner) },
            GraphPattern::Reduced { inner } => GraphPattern::Reduced { inner: self.boxed(inner) },
            GraphPattern::Slice { inner, start, length } => {
                GraphPattern::Slice { inner: self.boxed(inner), start, length }
            }
            GraphPattern::Group { inner, variables, aggregates } => {
                GraphPattern::Group { inner: self.boxed(inner), variables, aggregates }
            }
            // Triples, paths and values are read; what a service is asked is not our work.
            other => other,
        }
    }

    /// The parts of a join, which stays one join: the optimiser orders it as a whole.
    fn joined(&mut self, pattern: GraphPattern) -> GraphPattern {
        match pattern {
            GraphPattern::Join { left, right } => {
                GraphPattern::Join { left: Box::new(self.joined(*left)), right: Box::new(self.joined(*right)) }
            }
            GraphPattern::Bgp { .. } => pattern,
            other => self.pattern(other),
        }
    }

    /// The patterns inside `EXISTS`.
    fn expression(&mut self, expression: Expression) -> Expression {
        let mut both = |left: Box<Expression>, right: Box<Expression>| {
            (Box::new(self.expression(*left)), Box::new(self.expression(*right)))
        };
        match expression {
            Expression::Or(left, right) => {
                let (left, right) = both(left, right);
                Expression::Or(left, right)
            }
            Expression::And(left, right) => {
                let (left, right) = both(left, right);
                Expression::And(left, right)
            }
            Expression::Not(inner) => Expression::Not(Box::new(self.expression(*inner))),
            Expression::Exists(pattern) => Expression::Exists(self.boxed(pattern)),
            other => other,
        }
    }
}

/// Calls the function before each part of a condition is tried, where the optimiser may have put it: `IF(alive, part, false)`.
fn watched(condition: Expression) -> Expression {
    if let Expression::And(left, right) = condition {
        return Expression::And(Box::new(watched(*left)), Box::new(watched(*right)));
    }
    let truth = |value: bool| Box::new(Expression::Literal(Literal::from(value)));
    let alive = Expression::FunctionCall(Function::Custom(NamedNode::new_unchecked(ALIVE)), Vec::new());
    // The function gives no value: the second of the two stands for "goes on".
    let alive = Expression::Coalesce(vec![alive, *truth(true)]);
    Expression::If(Box::new(alive), Box::new(condition), truth(false))
}

/// The names of a pattern's variables.
type Names = FxHashSet<String>;

fn variables(pattern: &GraphPattern) -> Names {
    let mut names = Names::default();
    pattern.on_in_scope_variable(|v| {
        names.insert(v.as_str().to_owned());
    });
    names
}

/// Whether a pattern is read from the store row by row, so that the engine looks at its token.
fn is_plain(pattern: &GraphPattern) -> bool {
    match pattern {
        GraphPattern::Path { .. } => true,
        GraphPattern::Bgp { .. } => !multiplies(pattern),
        GraphPattern::Values { bindings, .. } => bindings.len() <= 1,
        GraphPattern::Graph { inner, .. } | GraphPattern::Extend { inner, .. } | GraphPattern::Filter { inner, .. } => {
            is_plain(inner)
        }
        _ => false,
    }
}

/// Whether the rows of a join or of triples can be many more than what is read for them: some of its parts share no
/// variable, or two of them are more than triples.
fn multiplies(pattern: &GraphPattern) -> bool {
    let (mut parts, mut compound) = (Vec::new(), 0);
    let mut open = vec![pattern];
    while let Some(pattern) = open.pop() {
        match pattern {
            GraphPattern::Join { left, right } => open.extend([&**left, &**right]),
            GraphPattern::Bgp { patterns } => parts.extend(patterns.iter().map(names_of_triple)),
            // A parameter with its default.
            GraphPattern::Values { bindings, .. } if bindings.len() <= 1 => {}
            other => {
                compound += usize::from(!is_plain(other));
                parts.push(variables(other));
            }
        }
    }
    parts.retain(|names| !names.is_empty());
    if compound >= 2 || (compound == 1 && parts.len() >= 2) {
        return true;
    }
    // Parts that share a variable grow together; two that remain share none.
    let Some(mut reached) = parts.pop() else { return false };
    while let Some(next) = parts.iter().position(|names| !names.is_disjoint(&reached)) {
        reached.extend(parts.swap_remove(next));
    }
    !parts.is_empty()
}

fn names_of_triple(triple: &TriplePattern) -> Names {
    let mut names = Names::default();
    add_names(triple, &mut names);
    names
}

fn add_names(triple: &TriplePattern, names: &mut Names) {
    for term in [&triple.subject, &triple.object] {
        match term {
            TermPattern::Variable(variable) => {
                names.insert(variable.as_str().to_owned());
            }
            TermPattern::BlankNode(node) => {
                names.insert(format!("_:{}", node.as_str()));
            }
            TermPattern::Triple(triple) => add_names(triple, names),
            _ => {}
        }
    }
    if let NamedNodePattern::Variable(variable) = &triple.predicate {
        names.insert(variable.as_str().to_owned());
    }
}
