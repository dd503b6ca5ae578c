//! Queries that see only some statements and articles: a condition is put into the algebra wherever a query binds one.
//!
//! A pattern with statements needs one of them to be chosen, else one of its claims, else one of its articles. What is
//! optional or excluded stays as it is: it hangs on a pattern that has been narrowed.

use std::collections::BTreeSet;
use std::sync::Arc;

use oxigraph::model::{Literal, NamedNode, Term};
use oxigraph::sparql::{SparqlEvaluator, Variable};
use rustc_hash::FxHashSet;
use spargebra::Query;
use spargebra::algebra::{Expression, Function, GraphPattern, OrderExpression};
use spargebra::term::{NamedNodePattern, TermPattern, TriplePattern};

use crate::graph::places::document;
use crate::graph::vocab::{class, other, property};

/// The function of the condition.
const CHOSEN: &str = "urn:sayso:chosen";

/// The evaluator with the function; without a choice nothing is chosen, and nothing asks.
pub(super) fn installed(evaluator: SparqlEvaluator, only: Option<&Arc<FxHashSet<String>>>) -> SparqlEvaluator {
    let Some(only) = only.cloned() else { return evaluator };
    evaluator.with_custom_function(NamedNode::new_unchecked(CHOSEN), move |arguments| match arguments {
        // A place tells its article.
        [Term::NamedNode(node)] => {
            let is_in = only.contains(node.as_str()) || document(node.as_str()).is_some_and(|own| only.contains(own));
            Some(Literal::from(is_in).into())
        }
        _ => None,
    })
}

/// Narrows a query; gives how many patterns were.
pub(super) fn rewrite(query: &mut Query) -> usize {
    let (Query::Select { pattern, .. }
    | Query::Construct { pattern, .. }
    | Query::Describe { pattern, .. }
    | Query::Ask { pattern, .. }) = query;
    narrow(pattern)
}

fn narrow(pattern: &mut GraphPattern) -> usize {
    match pattern {
        GraphPattern::Bgp { patterns } => {
            let Some(expr) = condition(patterns) else { return 0 };
            *pattern = GraphPattern::Filter { expr, inner: Box::new(std::mem::take(pattern)) };
            1
        }
        GraphPattern::Join { left, right } | GraphPattern::Union { left, right } => narrow(left) + narrow(right),
        GraphPattern::LeftJoin { left, .. } | GraphPattern::Minus { left, .. } => narrow(left),
        GraphPattern::Lateral { left, right } => narrow(left) + narrow(right),
        other => super::within(other).map_or(0, narrow),
    }
}

/// That one of the statements, claims or articles of the triples is chosen, or the article of one of the places.
fn condition(triples: &[TriplePattern]) -> Option<Expression> {
    let (mut statements, mut claims, mut articles) = (BTreeSet::new(), BTreeSet::new(), BTreeSet::new());
    let mut places = BTreeSet::new();
    let add = |to: &mut BTreeSet<String>, term: &TermPattern| {
        if let TermPattern::Variable(variable) = term {
            to.insert(variable.as_str().to_owned());
        }
    };
    for triple in triples {
        let NamedNodePattern::NamedNode(predicate) = &triple.predicate else { continue };
        let is = |property: oxigraph::model::NamedNodeRef<'_>| predicate.as_str() == property.as_str();
        if is(property::REPORTED_IN) {
            add(&mut statements, &triple.subject);
            add(&mut articles, &triple.object);
        } else if is(property::CONTENT) {
            add(&mut statements, &triple.subject);
        } else if is(property::ANSWERS) {
            add(&mut claims, &triple.subject);
        } else if is(property::ABOUT) {
            add(&mut claims, &triple.subject);
        } else if is(property::LEFT) || is(property::RIGHT) {
            add(&mut claims, &triple.object);
        } else if is(other::REFERENCE_CONTEXT) {
            add(&mut articles, &triple.object);
        } else if is(property::EVIDENCE) {
            add(&mut places, &triple.object);
        } else if is(other::TYPE)
            && let TermPattern::NamedNode(kind) = &triple.object
        {
            if kind.as_str() == class::STATEMENT.as_str() {
                add(&mut statements, &triple.subject);
            } else if kind.as_str() == class::DOCUMENT.as_str() {
                add(&mut articles, &triple.subject);
            } else if kind.as_str() == class::CLAIM.as_str() {
                add(&mut claims, &triple.subject);
            }
        }
    }
    let chosen = [statements, claims, articles, places].into_iter().find(|names| !names.is_empty())?;
    let call = |name: String| {
        let argument = Expression::Variable(Variable::new_unchecked(name));
        Expression::FunctionCall(Function::Custom(NamedNode::new_unchecked(CHOSEN)), vec![argument])
    };
    chosen.into_iter().map(call).reduce(|a, b| Expression::Or(Box::new(a), Box::new(b)))
}

/// Takes the condition on a variable out of the topmost pattern of a query and gives another variable as a column instead,
/// so that the condition can be looked at row by row. Nothing where the query has no such condition there, as in one that
/// counts.
pub fn lifted(text: &str, condition_on: &str, column: &str) -> Option<String> {
    let mut query = super::parser(None).ok()?.parse_query(text).ok()?;
    let Query::Select { pattern, .. } = &mut query else { return None };
    let mut at = pattern;
    loop {
        match at {
            GraphPattern::Distinct { inner } | GraphPattern::Reduced { inner } => at = inner,
            GraphPattern::Project { inner, variables } => {
                if !take_out(inner, condition_on) {
                    return None;
                }
                variables.insert(0, Variable::new_unchecked(column));
                return Some(query.to_string());
            }
            _ => return None,
        }
    }
}

/// Whether the condition was there, and has been taken out.
fn take_out(pattern: &mut GraphPattern, name: &str) -> bool {
    match pattern {
        GraphPattern::OrderBy { inner, expression } => {
            let sorts = expression.iter().any(|e| {
                let (OrderExpression::Asc(e) | OrderExpression::Desc(e)) = e;
                mentions(e, name)
            });
            !sorts && take_out(inner, name)
        }
        GraphPattern::Filter { expr, inner } => match without(std::mem::replace(expr, true_()), name) {
            (Some(rest), true) => {
                *expr = rest;
                true
            }
            (None, true) => {
                *pattern = std::mem::take(inner);
                true
            }
            (rest, false) => {
                *expr = rest.unwrap_or_else(true_);
                take_out(inner, name)
            }
        },
        _ => false,
    }
}

fn true_() -> Expression {
    Expression::Literal(Literal::from(true))
}

/// A condition without those of its parts that mention a variable, and whether there were any.
fn without(expr: Expression, name: &str) -> (Option<Expression>, bool) {
    match expr {
        Expression::And(left, right) => {
            let ((left, a), (right, b)) = (without(*left, name), without(*right, name));
            let rest = match (left, right) {
                (Some(left), Some(right)) => Some(Expression::And(Box::new(left), Box::new(right))),
                (left, right) => left.or(right),
            };
            (rest, a || b)
        }
        expr if mentions(&expr, name) => (None, true),
        expr => (Some(expr), false),
    }
}

/// Whether an expression has a variable.
fn mentions(expr: &Expression, name: &str) -> bool {
    match expr {
        Expression::Variable(variable) | Expression::Bound(variable) => variable.as_str() == name,
        Expression::Or(a, b)
        | Expression::And(a, b)
        | Expression::Equal(a, b)
        | Expression::SameTerm(a, b)
        | Expression::Greater(a, b)
        | Expression::GreaterOrEqual(a, b)
        | Expression::Less(a, b)
        | Expression::LessOrEqual(a, b)
        | Expression::Add(a, b)
        | Expression::Subtract(a, b)
        | Expression::Multiply(a, b)
        | Expression::Divide(a, b) => mentions(a, name) || mentions(b, name),
        Expression::UnaryPlus(a) | Expression::UnaryMinus(a) | Expression::Not(a) => mentions(a, name),
        Expression::If(a, b, c) => [a, b, c].iter().any(|e| mentions(e, name)),
        Expression::In(a, list) => mentions(a, name) || list.iter().any(|e| mentions(e, name)),
        Expression::Coalesce(list) | Expression::FunctionCall(_, list) => list.iter().any(|e| mentions(e, name)),
        // A pattern within a condition has variables of its own.
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_condition_is_taken_out_by_its_meaning() {
        let text = "SELECT DISTINCT ?a WHERE { VALUES ?least { \"0.8\" } ?a sayso:cue ?c OPTIONAL { ?a sayso:confidence ?confidence }
            FILTER(?c != \"FILTER(SELECT DISTINCT\") FILTER(COALESCE(?confidence, 1.0) >= xsd:decimal(?least)) } ORDER BY ?a";
        let lifted = lifted(text, "least", "confidence").expect("lifted");
        assert!(lifted.contains("SELECT DISTINCT ?confidence ?a") && !lifted.contains("COALESCE"), "{lifted}");
        assert!(lifted.contains("FILTER(SELECT DISTINCT"), "words of a literal are no query: {lifted}");
        assert!(super::lifted("SELECT (COUNT(?a) AS ?n) WHERE { ?a a ?least }", "least", "c").is_none());
    }

    #[test]
    fn statements_are_narrowed_before_articles_and_options_are_left() {
        let text = "SELECT ?s WHERE { ?s a sayso:Statement ; sayso:reportedIn ?d OPTIONAL { ?d a sayso:Document } }";
        let mut query = super::super::parser(None).expect("parser").parse_query(text).expect("parsed");
        assert_eq!(rewrite(&mut query), 1);
        let text = query.to_string();
        assert!(text.contains("<urn:sayso:chosen>(?s)") && !text.contains("<urn:sayso:chosen>(?d)"), "{text}");
        let mut other =
            super::super::parser(None).expect("parser").parse_query("SELECT * { ?a ?b ?c }").expect("parsed");
        assert_eq!(rewrite(&mut other), 0);
    }
}
