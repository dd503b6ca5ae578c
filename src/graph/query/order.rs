//! The rows of a query are put in order here, and not by the engine.
//!
//! The engine works out the keys of two rows anew for every comparison, which means a text read from the store for each key:
//! of a hundred thousand rows some ten million texts. Here a row is the numbers of its terms, every text of a key is read
//! once, and what is not shown is never read at all.

use std::cell::Cell;

use oxigraph::model::vocab::xsd;
use oxigraph::model::{Term, Variable};
use oxigraph::sparql::{QueryEvaluationError, QuerySolutionIter};
use rustc_hash::{FxHashMap, FxHashSet};
use spargebra::Query;
use spargebra::algebra::{Expression, GraphPattern, OrderExpression};

use super::guard::Guard;
use super::{Limits, Table};
use crate::graph::store::Terms;

/// The number in the place of a value that is not there; no term has it.
const NOTHING: u32 = u32::MAX - 1;

/// The number in the place of the text up to which rows are shown.
const BOUND: u32 = u32::MAX - 2;

/// Comparisons between two looks whether the query may go on.
const LOOK: u32 = 1 << 12;

/// How the rows of a query are sorted, and which of them are shown.
#[derive(Debug)]
pub(super) struct Order {
    /// The columns of the answer; those after them are keys alone.
    columns: usize,
    /// The columns that are compared, each with whether the last comes first.
    keys: Vec<(usize, bool)>,
    is_distinct: bool,
    start: usize,
    length: Option<usize>,
}

/// Takes the order out of a query, which then gives its rows as they are found. Nothing where the engine must do it: where
/// another server is asked, which wants terms and no numbers, and where there is no order.
pub(super) fn take(query: &mut Query) -> Option<Order> {
    let Query::Select { pattern, .. } = &*query else { return None };
    let (mut at, mut start, mut length, mut is_distinct) = (pattern, 0, None, false);
    if let GraphPattern::Slice { inner, start: first, length: most } = at {
        (at, start, length) = (&**inner, *first, *most);
    }
    if let GraphPattern::Distinct { inner } = at {
        (at, is_distinct) = (&**inner, true);
    }
    let GraphPattern::Project { inner, variables } = at else { return None };
    let GraphPattern::OrderBy { inner, expression } = &**inner else { return None };
    if variables.is_empty() || query.to_string().contains("SERVICE") {
        return None;
    }
    let (mut inner, mut all, mut keys) = (inner.clone(), variables.clone(), Vec::new());
    for (nth, key) in expression.iter().enumerate() {
        let (key, is_down) = match key {
            OrderExpression::Asc(key) => (key, false),
            OrderExpression::Desc(key) => (key, true),
        };
        let variable = match key {
            Expression::Variable(variable) => variable.clone(),
            key => {
                let variable = Variable::new_unchecked(format!("sayso_key_{nth}"));
                let (expression, of) = (key.clone(), variable.clone());
                inner = Box::new(GraphPattern::Extend { inner, variable: of, expression });
                variable
            }
        };
        let column = all.iter().position(|known| *known == variable).unwrap_or_else(|| {
            all.push(variable);
            all.len() - 1
        });
        keys.push((column, is_down));
    }
    let order = Order { columns: variables.len(), keys, is_distinct, start, length };
    let unsorted = GraphPattern::Project { inner, variables: all };
    if let Query::Select { pattern, .. } = query {
        *pattern = unsorted;
    }
    Some(order)
}

/// Sorts the rows that are found, whose values are the numbers of terms, and reads the terms of those that are shown.
///
/// With `bound` only the rows whose first keys are not beyond these texts are shown: others may be missing. With `least` the first column is how sure a row is: rows below it are left out and counted, and the others stand without
/// the column, each once. Nothing where the keys are of kinds that only the engine can compare.
pub(super) fn sorted(
    solutions: QuerySolutionIter<'_>,
    order: &Order,
    terms: &Terms,
    limits: &Limits,
    (bound, least): (&[String], Option<f64>),
    guard: &Guard,
) -> Result<Option<(Table, usize)>, QueryEvaluationError> {
    let names: Vec<String> = solutions.variables().iter().map(|v| v.as_str().to_owned()).collect();
    let width = names.len();
    let mut cells: Vec<u32> = Vec::new();
    for solution in solutions {
        let solution = solution?;
        guard.alive()?;
        cells.extend(solution.values().iter().map(|value| match value {
            Some(Term::BlankNode(number)) => number.as_ref().unique_id().map_or(NOTHING, |number| number as u32),
            _ => NOTHING,
        }));
    }
    let rows = || cells.chunks_exact(width);
    let mut ranks: Vec<FxHashMap<u32, u32>> = Vec::with_capacity(order.keys.len());
    if order.keys.iter().zip(bound).any(|((_, is_down), _)| *is_down) {
        return Ok(None);
    }
    for (nth, &(column, is_down)) in order.keys.iter().enumerate() {
        let bound = bound.get(nth).map(String::as_str);
        let Some(rank) = ranked(rows().map(|row| row[column]), is_down, bound, terms)? else { return Ok(None) };
        ranks.push(rank);
    }
    let is_beyond = |row: &[u32]| {
        let own = order.keys.iter().zip(&ranks).map(|((column, _), ranks)| ranks[&row[*column]]);
        let last = ranks.iter().map(|ranks| ranks.get(&BOUND).copied().unwrap_or(u32::MAX));
        own.take(bound.len()).gt(last.take(bound.len()))
    };
    let rank = |key: usize, row: &[u32]| match order.keys.get(key) {
        Some((column, _)) => u64::from(ranks[key][&row[*column]]),
        None => 0,
    };
    let places = rows().enumerate().map(|(nth, row)| Place {
        nth,
        first: rank(0, row) << 32 | rank(1, row),
        then: rank(2, row) << 32 | rank(3, row),
    });
    let mut places: Vec<Place> = places.collect();
    let (looking, since) = (guard.looking(), Cell::new(0_u32));
    let later = |place: &Place| {
        let row = &cells[place.nth * width..][..width];
        (4..order.keys.len()).map(move |key| rank(key, row))
    };
    // Rows with equal keys stand as the engine would have left them: it sorts rows of this size in this way.
    places.sort_unstable_by(|a, b| {
        since.set(since.get() + 1);
        if since.get() % LOOK == 0 {
            looking();
        }
        (a.first, a.then).cmp(&(b.first, b.then)).then_with(|| later(a).cmp(later(b)))
    });
    let skipped = usize::from(least.is_some());
    let mut table = Table { columns: names[skipped..order.columns].to_vec(), rows: Vec::new(), truncated: false };
    let (mut seen, mut seen_sure) = (FxHashSet::default(), FxHashSet::default());
    let mut is_sure: FxHashMap<u32, bool> = FxHashMap::default();
    let (mut left_out, mut at) = (0, 0);
    let (most, end) =
        (limits.rows.unwrap_or(usize::MAX), order.length.map(|length| order.start.saturating_add(length)));
    for place in places {
        guard.alive()?;
        let row = &cells[place.nth * width..][..width];
        if is_beyond(row) {
            break;
        }
        let row = &row[..order.columns];
        if order.is_distinct && !seen.insert(row) {
            continue;
        }
        if let Some(least) = least {
            let sure = match is_sure.get(&row[0]) {
                Some(sure) => *sure,
                None => {
                    let sure = is_at_least(read(terms, row[0])?.as_ref(), least);
                    is_sure.insert(row[0], sure);
                    sure
                }
            };
            if !sure {
                left_out += 1;
                continue;
            }
            // Two statements may differ in how sure they are and in nothing that is shown.
            if !seen_sure.insert(&row[1..]) {
                continue;
            }
        }
        at += 1;
        if at <= order.start {
            continue;
        }
        if end.is_some_and(|end| at > end) {
            break;
        }
        if table.rows.len() < most {
            let row = row[skipped..].iter().map(|&number| read(terms, number));
            table.rows.push(row.collect::<Result<_, _>>()?);
            continue;
        }
        table.truncated = true;
        if least.is_none() {
            break;
        }
    }
    Ok(Some((table, left_out)))
}

/// Whether a row is so sure; one of which it is not told is.
pub(in crate::graph) fn is_at_least(sure: Option<&Term>, least: f64) -> bool {
    match sure {
        Some(Term::Literal(sure)) => sure.value().parse::<f64>().is_ok_and(|sure| sure >= least),
        _ => true,
    }
}

/// A row where it stands: three words, as many as the engine's rows have, since sorting goes by the size of what is sorted.
#[derive(Clone, Copy)]
struct Place {
    nth: usize,
    /// The ranks of its first four keys.
    first: u64,
    then: u64,
}

fn read(terms: &Terms, number: u32) -> Result<Option<Term>, QueryEvaluationError> {
    let term = (number != NOTHING).then(|| terms.term(number));
    term.transpose().map_err(|error| QueryEvaluationError::Dataset(Box::new(error)))
}

/// What a term is when it is compared, in the engine's order: what is not there, names, literals.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Key {
    Nothing,
    Node(String),
    /// Texts, days and truth by their letters, then by the names of their datatypes.
    Text(String, u8),
    /// Numbers in units of the eighteenth digit after the point.
    Number(i128),
}

fn key(term: Option<Term>) -> Option<Key> {
    let literal = match term {
        None => return Some(Key::Nothing),
        Some(Term::NamedNode(node)) => return Some(Key::Node(node.into_string())),
        Some(Term::Literal(literal)) if literal.language().is_none() => literal,
        _ => return None,
    };
    let (datatype, value) = (literal.datatype(), literal.value());
    Some(match datatype {
        xsd::STRING => Key::Text(value.to_owned(), 2),
        xsd::DATE if is_day(value) => Key::Text(value.to_owned(), 1),
        xsd::BOOLEAN if matches!(value, "true" | "false") => Key::Text(value.to_owned(), 0),
        xsd::INTEGER if value.len() < 19 => Key::Number(i128::from(value.parse::<i64>().ok()?) * UNIT),
        xsd::DECIMAL => Key::Number(decimal(value)?),
        _ => return None,
    })
}

const UNIT: i128 = 1_000_000_000_000_000_000;

/// Year, month and day in ten letters.
fn is_day(text: &str) -> bool {
    text.len() == 10
        && text.bytes().enumerate().all(|(at, b)| if matches!(at, 4 | 7) { b == b'-' } else { b.is_ascii_digit() })
}

/// Digits with a point between, as the store has them.
fn decimal(text: &str) -> Option<i128> {
    let (sign, digits) = text.strip_prefix('-').map_or((1, text), |digits| (-1, digits));
    let (whole, part) = digits.split_once('.').unwrap_or((digits, ""));
    let is_plain = |text: &str| text.len() <= 18 && text.bytes().all(|b| b.is_ascii_digit());
    if whole.is_empty() || !is_plain(whole) || !is_plain(part) {
        return None;
    }
    let whole: i128 = whole.parse().ok()?;
    let part: i128 = format!("{part:0<18}").parse().ok()?;
    Some(sign * (whole * UNIT + part))
}

/// The places of terms among those of a column: of equal keys the same, the last first where it is asked for. Nothing where
/// a key is of a kind that only the engine can compare, or of one that it compares with others in a way of its own.
fn ranked(
    column: impl Iterator<Item = u32>,
    is_down: bool,
    bound: Option<&str>,
    terms: &Terms,
) -> Result<Option<FxHashMap<u32, u32>>, QueryEvaluationError> {
    let numbers: FxHashSet<u32> = column.collect();
    let mut keys: Vec<(Key, u32)> = Vec::with_capacity(numbers.len());
    for number in numbers {
        let Some(key) = key(read(terms, number)?) else { return Ok(None) };
        keys.push((key, number));
    }
    // The last of all keys of the same letters.
    keys.extend(bound.map(|text| (Key::Text(text.to_owned(), u8::MAX), BOUND)));
    let has = |is: fn(&Key) -> bool| keys.iter().any(|(key, _)| is(key));
    if has(|key| matches!(key, Key::Number(_))) && has(|key| matches!(key, Key::Text(..))) {
        return Ok(None);
    }
    keys.sort_unstable();
    let mut rank = 0;
    let mut ranks = FxHashMap::default();
    for (nth, (key, number)) in keys.iter().enumerate() {
        if nth > 0 && keys[nth - 1].0 != *key {
            rank += 1;
        }
        ranks.insert(*number, if is_down { !rank } else { rank });
    }
    Ok(Some(ranks))
}

#[cfg(test)]
mod tests {
    use oxigraph::model::Literal;

    use super::*;

    #[test]
    fn keys_stand_in_the_order_of_the_engine() {
        let literal = |text: &str, datatype| key(Some(Literal::new_typed_literal(text, datatype).into()));
        assert!(literal("2", xsd::INTEGER) < literal("10.5", xsd::DECIMAL));
        assert!(literal("-2.5", xsd::DECIMAL) < literal("-2.25", xsd::DECIMAL));
        assert!(literal("2021-03-05", xsd::DATE) < literal("2021-03-05", xsd::STRING));
        assert!(key(None) < literal("", xsd::STRING));
        assert_eq!(literal("2021-03-05Z", xsd::DATE), None);
        assert_eq!(literal("1e3", xsd::DOUBLE), None);
    }

    #[test]
    fn an_order_is_taken_out_with_its_keys() {
        let parsed = |text: &str| super::super::parser(None).expect("parser").parse_query(text).expect("parsed");
        let mut query = parsed("SELECT DISTINCT ?a { ?a sayso:cue ?c } ORDER BY ?c DESC(?a) (STR(?c)) LIMIT 3");
        let order = take(&mut query).expect("an order");
        assert_eq!((order.columns, order.length, order.is_distinct), (1, Some(3), true));
        assert_eq!(order.keys, [(1, false), (0, true), (2, false)]);
        assert!(!query.to_string().contains("ORDER BY"));
        assert!(take(&mut parsed("SELECT ?a { ?a sayso:cue ?c }")).is_none());
    }
}
