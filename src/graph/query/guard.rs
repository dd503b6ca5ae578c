//! Stopping a query that runs too long or takes too much memory.
//!
//! The engine looks at its token when it reads the store, and so do we at our own files ([`Guard::looking`]). A product
//! of patterns that share no variable reads the store once and then multiplies what it has read, for hours, without
//! looking again. Such places of a query are found before it runs and get a `BIND` of a function of ours: it is called
//! for every row, binds nothing, and when the query must stop it unwinds the thread's stack up to [`Guard::within`],
//! without touching the panic hook. Sorting calls it for every comparison, and functions that make strings longer are
//! replaced by bounded ones that call it too ([`strings`]).
//!
//! Memory is what the query's own thread has taken, by its account ([`crate::memory`]). The same limit holds for all queries
//! of the process together; of several the largest ends.

use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::sync::Arc;
use std::sync::atomic::{AtomicU8, AtomicUsize, Ordering};
use std::sync::mpsc::{self, RecvTimeoutError};
use std::thread;
use std::time::{Duration, Instant};

use oxigraph::model::{Literal, NamedNode, Variable};
use oxigraph::sparql::{CancellationToken, QueryEvaluationError, SparqlEvaluator};
use rustc_hash::FxHashSet;
use spargebra::algebra::{
    AggregateExpression, Expression, Function, GraphPattern, OrderExpression, PropertyPathExpression,
};
use spargebra::term::{NamedNodePattern, TermPattern, TriplePattern};
use spargebra::{GraphUpdateOperation, Query, Update};

use super::{Error, ErrorKind, Limits, strings};
use crate::memory::Account;

/// The function that looks whether the query may go on.
const ALIVE: &str = "urn:sayso:alive";

/// How often the memory is looked at.
const TICK: Duration = Duration::from_millis(5);

/// How long the function has to end the work before the token does.
const PATIENCE: Duration = Duration::from_millis(200);

/// Why a query was stopped.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Cause {
    Time,
    Memory,
    /// The memory of all queries together.
    Together,
}

/// What unwinds the stack of a stopped query.
struct Stopped;

/// Watches one query.
pub(super) struct Guard {
    token: CancellationToken,
    cause: Arc<AtomicU8>,
    /// The account of the query's thread; `None` where the allocator keeps none.
    account: Option<Arc<Account>>,
    timeout: Option<Duration>,
    memory: Option<u64>,
    /// Strings that one row can hold, as found in the query.
    strings: usize,
    /// Counts those that were too long.
    overlong: Arc<AtomicUsize>,
}

impl Guard {
    pub fn new(limits: &Limits) -> Guard {
        Guard {
            token: CancellationToken::new(),
            cause: Arc::default(),
            account: Account::open().filter(Account::is_kept).map(Arc::new),
            timeout: limits.timeout,
            memory: limits.memory,
            strings: 0,
            overlong: Arc::clone(&limits.overlong),
        }
    }

    /// What the function does: it returns when the query may go on.
    pub fn looking(&self) -> impl Fn() + Clone + Send + Sync + 'static {
        let (cause, account, memory) = (Arc::clone(&self.cause), self.account.clone(), self.memory);
        move || {
            if let (Some(account), Some(most)) = (&account, memory)
                && account.held() > most
            {
                // The first cause stays.
                let _ = cause.compare_exchange(0, 1 + Cause::Memory as u8, Ordering::Relaxed, Ordering::Relaxed);
                account.ends();
            }
            if cause.load(Ordering::Relaxed) != 0 {
                resume_unwind(Box::new(Stopped));
            }
        }
    }

    /// The evaluator with the token and the functions.
    pub fn installed(&self, evaluator: SparqlEvaluator) -> SparqlEvaluator {
        let alive = self.looking();
        let longest = strings::longest(self.memory, self.strings);
        let mut evaluator = evaluator.with_cancellation_token(self.token.clone());
        for (name, call) in strings::functions(longest, &self.overlong, alive.clone()) {
            evaluator = evaluator.with_custom_function(name, call);
        }
        evaluator.with_custom_function(NamedNode::new_unchecked(ALIVE), move |_| {
            alive();
            None
        })
    }

    /// Why the query was stopped, if it was.
    pub fn cause(&self) -> Option<Cause> {
        match self.cause.load(Ordering::Relaxed) {
            0 => None,
            1 => Some(Cause::Time),
            2 => Some(Cause::Memory),
            _ => Some(Cause::Together),
        }
    }

    /// Between rows: whether the query may go on.
    pub fn alive(&self) -> Result<(), QueryEvaluationError> {
        if self.cause().is_some() { Err(QueryEvaluationError::Cancelled) } else { Ok(()) }
    }

    /// First the function: it ends the work at the next row that it sees. The token comes after it, for work that sees
    /// none; a step that gathers rows goes on past the errors that the token gives, to the end of what it reads.
    fn stop(&self, cause: Cause, finished: &mpsc::Receiver<()>) {
        let _ = self.cause.compare_exchange(0, 1 + cause as u8, Ordering::Relaxed, Ordering::Relaxed);
        if let Some(account) = &self.account {
            account.ends();
        }
        // A step that gathers rows takes much in little time.
        let patience = if cause == Cause::Time { PATIENCE } else { TICK };
        if finished.recv_timeout(patience) == Err(RecvTimeoutError::Timeout) {
            self.token.cancel();
        }
    }

    /// Does the work within the limits; `None` when it had to be stopped in the middle of a step.
    pub fn within<T>(&self, work: impl FnOnce() -> T) -> Option<T> {
        let work = || match &self.account {
            Some(account) => account.with(work),
            None => work(),
        };
        if self.timeout.is_none() && self.memory.is_none() {
            return Some(work());
        }
        thread::scope(|scope| {
            let (done, finished) = mpsc::channel::<()>();
            scope.spawn(move || self.keep_watch(&finished));
            let answer = catch_unwind(AssertUnwindSafe(work));
            drop(done);
            match answer {
                Ok(answer) => Some(answer),
                Err(cause) if cause.is::<Stopped>() => None,
                Err(other) => resume_unwind(other),
            }
        })
    }

    /// Whether the query has taken more memory than it may, or the most of too much that all have taken; `before` is what
    /// the process held when it began.
    fn is_greedy(&self, before: u64) -> Option<Cause> {
        let most = self.memory?;
        match &self.account {
            Some(account) if account.held() > most => Some(Cause::Memory),
            Some(account) => account.is_too_much(most).then_some(Cause::Together),
            None => resident().is_some_and(|now| now > before + most).then_some(Cause::Memory),
        }
    }

    fn keep_watch(&self, finished: &mpsc::Receiver<()>) {
        let begun = Instant::now();
        let before = if self.account.is_none() { resident().unwrap_or(u64::MAX / 2) } else { 0 };
        loop {
            let left = self.timeout.map(|t| t.saturating_sub(begun.elapsed()));
            let pause = match (left, self.memory) {
                (Some(left), Some(_)) => left.min(TICK),
                (Some(left), None) => left,
                (None, Some(_)) => TICK,
                (None, None) => return,
            };
            if finished.recv_timeout(pause) != Err(RecvTimeoutError::Timeout) {
                return;
            }
            if self.timeout.is_some_and(|t| begun.elapsed() >= t) {
                return self.stop(Cause::Time, finished);
            }
            if let Some(cause) = self.is_greedy(before) {
                return self.stop(cause, finished);
            }
        }
    }

    /// Puts the functions where a query can work without reading the store, or make strings longer.
    ///
    /// # Errors
    /// `Query` when it has more patterns than the optimiser can order.
    pub fn watch_query(&mut self, query: &mut Query) -> Result<(), Error> {
        let (Query::Select { pattern, .. }
        | Query::Construct { pattern, .. }
        | Query::Describe { pattern, .. }
        | Query::Ask { pattern, .. }) = query;
        let mut watch = Watch::default();
        *pattern = watch.pattern(std::mem::take(pattern));
        self.strings = watch.strings;
        watch.checked()
    }

    /// The same for the patterns of an update.
    pub fn watch_update(&mut self, update: &mut Update) -> Result<(), Error> {
        let mut watch = Watch::default();
        for operation in &mut update.operations {
            if let GraphUpdateOperation::DeleteInsert { pattern, .. } = operation {
                **pattern = watch.pattern(std::mem::take(&mut **pattern));
            }
        }
        self.strings = watch.strings;
        watch.checked()
    }
}

/// Bytes of memory that the process holds, where the system tells (Linux).
fn resident() -> Option<u64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find(|l| l.starts_with("VmRSS:"))?;
    Some(line.split_whitespace().nth(1)?.parse::<u64>().ok()? << 10)
}

#[derive(Default)]
struct Watch {
    /// Functions put in so far; each binds a variable of its own.
    calls: usize,
    /// Strings that can be alive in one row.
    strings: usize,
    /// Operators, functions and terms of expressions.
    expressions: usize,
    /// What the optimiser orders, in eighths of a pattern of triples.
    weight: usize,
    /// The variables of blocks of `VALUES`.
    valued: Names,
}

/// Patterns of triples, steps of paths, optional and negated groups at most. The optimiser, which looks at no token, takes
/// the fourth power of their number: about a second for this many.
const PATTERNS: usize = 100;

/// Operators, functions and terms of expressions at most, without the elements of `IN`.
const EXPRESSIONS: usize = 4_000;

impl Watch {
    /// An error when the optimiser would not come to an end.
    fn checked(&self) -> Result<(), Error> {
        let patterns = self.weight / 8;
        let message = if self.expressions > EXPRESSIONS {
            format!("the query has {} parts of expressions, and at most {EXPRESSIONS} are read", self.expressions)
        } else if patterns <= PATTERNS {
            return Ok(());
        } else {
            format!("the query has about {patterns} patterns, and at most {PATTERNS} can be put in order")
        };
        Err(Error::new(ErrorKind::Query, message).with_hint("write long lists with VALUES or IN, or ask several times"))
    }

    fn called(&mut self, pattern: GraphPattern) -> GraphPattern {
        self.calls += 1;
        GraphPattern::Extend {
            inner: Box::new(pattern),
            variable: Variable::new_unchecked(format!("sayso_alive_{}", self.calls)),
            expression: Expression::FunctionCall(Function::Custom(NamedNode::new_unchecked(ALIVE)), Vec::new()),
        }
    }

    fn boxed(&mut self, mut pattern: Box<GraphPattern>) -> Box<GraphPattern> {
        *pattern = self.pattern(std::mem::take(&mut *pattern));
        pattern
    }

    fn pattern(&mut self, pattern: GraphPattern) -> GraphPattern {
        self.weight += match &pattern {
            GraphPattern::Bgp { patterns } => 8 * patterns.len(),
            GraphPattern::Path { path, .. } => 8 * steps(path),
            // Lists are free, blocks of them are put in order as triples are; one row of a variable of its own is a parameter with its default.
            GraphPattern::Values { bindings, variables } => {
                let new = variables.iter().filter(|v| self.valued.insert(v.as_str().to_owned())).count();
                if bindings.len() > 1 || new < variables.len() { 8 } else { 2 }
            }
            GraphPattern::LeftJoin { .. } | GraphPattern::Minus { .. } | GraphPattern::Lateral { .. } => 2,
            _ => 1,
        };
        if self.weight / 8 > PATTERNS {
            // It will be refused.
            return pattern;
        }
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
                let calls = self.calls;
                let inner = self.boxed(inner);
                let expr = self.expression(expr);
                // The optimiser tries a condition before the function that stands above the product.
                let expr = if self.calls > calls { watched(expr) } else { expr };
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
                let key = |key| match key {
                    OrderExpression::Asc(key) => OrderExpression::Asc(sorted(self.expression(key))),
                    OrderExpression::Desc(key) => OrderExpression::Desc(sorted(self.expression(key))),
                };
                let expression = expression.into_iter().map(key).collect();
                GraphPattern::OrderBy { inner: self.boxed(inner), expression }
            }
            GraphPattern::Project { inner, variables } => GraphPattern::Project { inner: self.boxed(inner), variables },
            GraphPattern::Distinct { inner } => GraphPattern::Distinct { inner: self.boxed(inner) },
            GraphPattern::Reduced { inner } => GraphPattern::Reduced { inner: self.boxed(inner) },
            GraphPattern::Slice { inner, start, length } => {
                GraphPattern::Slice { inner: self.boxed(inner), start, length }
            }
            GraphPattern::Group { inner, variables, aggregates } => {
                let mut own = |aggregate| match aggregate {
                    AggregateExpression::FunctionCall { name, expr, distinct } => {
                        AggregateExpression::FunctionCall { name, expr: self.expression(expr), distinct }
                    }
                    count => count,
                };
                let aggregates = aggregates.into_iter().map(|(variable, a)| (variable, own(a))).collect();
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
            GraphPattern::Bgp { ref patterns } => {
                self.weight += 8 * patterns.len();
                pattern
            }
            other => self.pattern(other),
        }
    }

    /// An expression with the patterns inside `EXISTS` watched and the functions that can grow bounded.
    fn expression(&mut self, expression: Expression) -> Expression {
        use Expression as E;
        // Chains of operators take the square of their length.
        self.expressions += 1;
        let all = |own: &mut Watch, list: Vec<E>| list.into_iter().map(|e| own.expression(e)).collect::<Vec<_>>();
        let mut own = |inner: Box<E>| Box::new(self.expression(*inner));
        match expression {
            E::Or(a, b) => E::Or(own(a), own(b)),
            E::And(a, b) => E::And(own(a), own(b)),
            E::Equal(a, b) => E::Equal(own(a), own(b)),
            E::SameTerm(a, b) => E::SameTerm(own(a), own(b)),
            E::Greater(a, b) => E::Greater(own(a), own(b)),
            E::GreaterOrEqual(a, b) => E::GreaterOrEqual(own(a), own(b)),
            E::Less(a, b) => E::Less(own(a), own(b)),
            E::LessOrEqual(a, b) => E::LessOrEqual(own(a), own(b)),
            E::Add(a, b) => E::Add(own(a), own(b)),
            E::Subtract(a, b) => E::Subtract(own(a), own(b)),
            E::Multiply(a, b) => E::Multiply(own(a), own(b)),
            E::Divide(a, b) => E::Divide(own(a), own(b)),
            E::UnaryPlus(a) => E::UnaryPlus(own(a)),
            E::UnaryMinus(a) => E::UnaryMinus(own(a)),
            E::Not(a) => E::Not(own(a)),
            E::If(a, b, c) => E::If(own(a), own(b), own(c)),
            E::In(a, list) => {
                let a = own(a);
                let before = self.expressions;
                let list = all(self, list);
                // A list of terms is flat.
                if list.iter().all(|e| matches!(e, E::NamedNode(_) | E::Literal(_) | E::Variable(_))) {
                    self.expressions = before;
                }
                E::In(a, list)
            }
            E::Coalesce(list) => E::Coalesce(all(self, list)),
            E::Exists(pattern) => E::Exists(self.boxed(pattern)),
            E::FunctionCall(function, arguments) => {
                self.strings += 1;
                E::FunctionCall(strings::bounded(function), all(self, arguments))
            }
            E::Variable(_) => {
                self.strings += 1;
                expression
            }
            E::NamedNode(_) | E::Literal(_) | E::Bound(_) => expression,
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

/// The steps of a path.
fn steps(path: &PropertyPathExpression) -> usize {
    use PropertyPathExpression as P;
    let (mut open, mut count) = (vec![path], 0_usize);
    while let Some(path) = open.pop() {
        count += 1;
        match path {
            P::Sequence(a, b) | P::Alternative(a, b) => open.extend([&**a, &**b]),
            P::Reverse(a) | P::ZeroOrMore(a) | P::OneOrMore(a) | P::ZeroOrOne(a) => open.push(a),
            P::NamedNode(_) | P::NegatedPropertySet(_) => {}
        }
    }
    count.div_ceil(2)
}

/// A key of sorting with the function: it is called for every comparison.
fn sorted(key: Expression) -> Expression {
    let alive = Expression::FunctionCall(Function::Custom(NamedNode::new_unchecked(ALIVE)), Vec::new());
    let alive = Expression::Coalesce(vec![alive, Expression::Literal(Literal::from(true))]);
    Expression::If(Box::new(alive), Box::new(key), Box::new(Expression::Literal(Literal::from(false))))
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
        if parts.len() > 2 * PATTERNS {
            return true;
        }
        match pattern {
            GraphPattern::Join { left, right } => open.extend([&**left, &**right]),
            GraphPattern::Bgp { patterns } => {
                parts.extend(patterns.iter().take(4 * PATTERNS).map(names_of_triple));
            }
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
