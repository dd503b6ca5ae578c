//! Optional parts are looked up for each row, whatever the size of a query.
//!
//! The optimiser does so by itself as long as its estimate of the rows stays a number of 64 bits. A dozen properties of one
//! thing are enough to pass that, and then every `OPTIONAL` becomes a table of all that the store has of the property, built
//! before the first row is shown. A store whose properties are found in a microsecond never wants that.
//! The same holds for the rest of a query that begins with what the index of words finds.

use oxigraph::model::Variable;
use rustc_hash::FxHashSet;
use spargebra::Query;
use spargebra::algebra::{Expression, GraphPattern};
use spargebra::term::NamedNodePattern;

use crate::graph::words::MATCHES;

/// Puts the optional parts of a query into the form that is evaluated for each row. The guard has seen the query before.
pub(super) fn rewrite(query: &mut Query) {
    let (Query::Select { pattern, .. }
    | Query::Construct { pattern, .. }
    | Query::Describe { pattern, .. }
    | Query::Ask { pattern, .. }) = query;
    nest(pattern);
}

fn nest(pattern: &mut GraphPattern) {
    match pattern {
        GraphPattern::LeftJoin { left, right, .. } => {
            nest(left);
            nest(right);
            let known = variables(left);
            if !is_looked_up(right, &known) || known.is_disjoint(&variables(right)) {
                return;
            }
            let GraphPattern::LeftJoin { left, right, expression } = std::mem::take(pattern) else { return };
            let one = Box::new(GraphPattern::default());
            let right = Box::new(GraphPattern::LeftJoin { left: one, right, expression });
            *pattern = GraphPattern::Lateral { left, right };
        }
        GraphPattern::Join { left, right } => {
            nest(left);
            nest(right);
            let known = variables(left);
            if begins_with_words(left) && is_looked_up(right, &known) && !known.is_disjoint(&variables(right)) {
                let GraphPattern::Join { left, right } = std::mem::take(pattern) else { return };
                *pattern = GraphPattern::Lateral { left, right };
            }
        }
        GraphPattern::Lateral { left, right }
        | GraphPattern::Union { left, right }
        | GraphPattern::Minus { left, right } => {
            nest(left);
            nest(right);
        }
        other => {
            if let Some(inner) = super::within(other) {
                nest(inner);
            }
        }
    }
}

/// Whether the rows of a pattern are those of the few things that the index of words finds, each once.
fn begins_with_words(pattern: &GraphPattern) -> bool {
    match pattern {
        GraphPattern::Distinct { inner } => has_words(inner),
        GraphPattern::Lateral { left, .. } => begins_with_words(left),
        GraphPattern::Join { left, right } => {
            let is_few = |pattern: &GraphPattern| is_given(pattern) || begins_with_words(pattern);
            is_few(left) && is_few(right) && !is_given(pattern)
        }
        _ => false,
    }
}

/// Whether a pattern has nothing but values that the query gives.
fn is_given(pattern: &GraphPattern) -> bool {
    match pattern {
        GraphPattern::Values { .. } => true,
        GraphPattern::Join { left, right } => is_given(left) && is_given(right),
        _ => false,
    }
}

/// Whether all rows of a pattern come from the index of words.
fn has_words(pattern: &GraphPattern) -> bool {
    match pattern {
        GraphPattern::Bgp { patterns } => patterns
            .iter()
            .any(|t| matches!(&t.predicate, NamedNodePattern::NamedNode(node) if node.as_str() == MATCHES)),
        GraphPattern::Union { left, right } => has_words(left) && has_words(right),
        GraphPattern::Join { left, right } => has_words(left) || has_words(right),
        GraphPattern::Project { inner, .. }
        | GraphPattern::Filter { inner, .. }
        | GraphPattern::Extend { inner, .. } => has_words(inner),
        _ => false,
    }
}

fn variables(pattern: &GraphPattern) -> FxHashSet<Variable> {
    let mut found = FxHashSet::default();
    pattern.on_in_scope_variable(|variable| {
        found.insert(variable.clone());
    });
    found
}

/// Whether a pattern gives the same rows when the variables of the rows before it are bound already: triples and paths do,
/// with conditions on their own variables and with names for new values.
fn is_looked_up(pattern: &GraphPattern, known: &FxHashSet<Variable>) -> bool {
    match pattern {
        GraphPattern::Bgp { .. } | GraphPattern::Path { .. } => true,
        GraphPattern::Join { left, right } => is_looked_up(left, known) && is_looked_up(right, known),
        GraphPattern::Filter { expr, inner } => is_of(expr, &variables(inner)) && is_looked_up(inner, known),
        GraphPattern::Extend { inner, variable, expression } => {
            !known.contains(variable) && is_of(expression, &variables(inner)) && is_looked_up(inner, known)
        }
        _ => false,
    }
}

/// Whether an expression speaks of these variables alone, and of no pattern.
fn is_of(expression: &Expression, own: &FxHashSet<Variable>) -> bool {
    use Expression as E;
    match expression {
        E::Variable(variable) | E::Bound(variable) => own.contains(variable),
        E::NamedNode(_) | E::Literal(_) => true,
        E::Or(a, b)
        | E::And(a, b)
        | E::Equal(a, b)
        | E::SameTerm(a, b)
        | E::Greater(a, b)
        | E::GreaterOrEqual(a, b)
        | E::Less(a, b)
        | E::LessOrEqual(a, b)
        | E::Add(a, b)
        | E::Subtract(a, b)
        | E::Multiply(a, b)
        | E::Divide(a, b) => is_of(a, own) && is_of(b, own),
        E::UnaryPlus(a) | E::UnaryMinus(a) | E::Not(a) => is_of(a, own),
        E::If(a, b, c) => [a, b, c].iter().all(|e| is_of(e, own)),
        E::In(a, list) => is_of(a, own) && list.iter().all(|e| is_of(e, own)),
        E::Coalesce(list) | E::FunctionCall(_, list) => list.iter().all(|e| is_of(e, own)),
        E::Exists(_) => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn nested(text: &str) -> usize {
        let mut query = super::super::parser(None).expect("parser").parse_query(text).expect("parsed");
        rewrite(&mut query);
        query.to_string().matches("LATERAL").count()
    }

    #[test]
    fn what_words_find_is_looked_up_row_by_row() {
        let words = "{ SELECT DISTINCT ?a { ?t sayso:matches \"oil\" . ?a sayso:words ?t } }";
        assert_eq!(nested(&format!("SELECT * {{ VALUES ?v {{ 1 }} VALUES ?w {{ 2 }} {words} ?a sayso:cue ?c }}")), 1);
        assert_eq!(nested(&format!("SELECT * {{ {words} ?b sayso:cue ?c }}")), 0);
        assert_eq!(nested("SELECT * { { SELECT DISTINCT ?a { ?a sayso:words ?t } } ?a sayso:cue ?c }"), 0);
    }

    #[test]
    fn optional_parts_are_nested_where_that_means_the_same() {
        assert_eq!(nested("SELECT * { ?a sayso:cue ?c OPTIONAL { ?a sayso:speaker ?s . ?s rdfs:label ?n } }"), 1);
        assert_eq!(
            nested("SELECT * { ?a sayso:cue ?c OPTIONAL { ?a sayso:speaker ?s FILTER(?s != ?a) BIND(1 AS ?n) } }"),
            1
        );
        // Nothing in common, a group, a choice, a condition within that looks outside.
        assert_eq!(nested("SELECT * { ?a sayso:cue ?c OPTIONAL { ?b sayso:cue ?d } }"), 0);
        assert_eq!(
            nested(
                "SELECT * { ?a sayso:cue ?c OPTIONAL { SELECT ?a (COUNT(?x) AS ?n) { ?a sayso:content ?x } GROUP BY ?a } }"
            ),
            0
        );
        assert_eq!(
            nested("SELECT * { ?a sayso:cue ?c OPTIONAL { { ?a sayso:source ?s } MINUS { ?a sayso:cue ?c } } }"),
            0
        );
        assert_eq!(
            nested(
                "SELECT * { ?a sayso:cue ?c OPTIONAL { { ?a sayso:source ?s FILTER(BOUND(?c)) } ?a sayso:mode ?m } }"
            ),
            0
        );
    }
}
