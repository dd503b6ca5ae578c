//! `?text sayso:matches "oil trucks"`: texts found by their words, in the index where there is one.
//!
//! The evaluator takes the subject of a triple for anything but a text. So the words become an IRI in the place of the
//! subject and the text stands as the object; without an index the triple becomes a condition.

use oxigraph::model::{Literal, NamedNode, Term};
use oxigraph::sparql::SparqlEvaluator;
use spargebra::Query;
use spargebra::algebra::{Expression, Function, GraphPattern};
use spargebra::term::{NamedNodePattern, TermPattern, TriplePattern};

use crate::graph::words::{MATCHES, Wanted};

/// How the IRI of words begins; the words follow as the hexadecimal digits of their bytes.
const WORDS: &str = "urn:sayso:words:";

/// The IRI that stands for the articles at which a question is looking just now: what it matches are these articles.
pub(in crate::graph) const ARTICLES: &str = "urn:sayso:articles";

/// The words that an IRI stands for.
pub(in crate::graph) fn wanted(iri: &str) -> Option<Wanted> {
    let digits = iri.strip_prefix(WORDS)?;
    let byte = |at: usize| u8::from_str_radix(digits.get(at..at + 2)?, 16).ok();
    let bytes: Vec<u8> = (0..digits.len()).step_by(2).map(byte).collect::<Option<_>>()?;
    Some(Wanted::new(std::str::from_utf8(&bytes).ok()?))
}

/// The evaluator with the function.
pub(super) fn installed(evaluator: SparqlEvaluator) -> SparqlEvaluator {
    evaluator.with_custom_function(NamedNode::new_unchecked(MATCHES), |arguments| match arguments {
        [Term::Literal(text), Term::Literal(words)] => {
            Some(Literal::from(Wanted::new(words.value()).are_in(text.value())).into())
        }
        _ => None,
    })
}

/// How the texts of a query are found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Found {
    /// In the index of words.
    ByIndex,
    /// Each text that the rest of the query finds is looked at.
    ByRow,
}

/// Puts the triples of a query into the form that the evaluator understands.
pub(super) fn rewrite(query: &mut Query, texts: Found) {
    let (Query::Select { pattern, .. }
    | Query::Construct { pattern, .. }
    | Query::Describe { pattern, .. }
    | Query::Ask { pattern, .. }) = query;
    whole(pattern, texts);
}

/// A pattern with the conditions of its triples around it.
fn whole(pattern: &mut GraphPattern, texts: Found) {
    for expr in parts(pattern, texts) {
        *pattern = GraphPattern::Filter { expr, inner: Box::new(std::mem::take(pattern)) };
    }
}

/// The conditions of a pattern's triples, which hold for all that is joined with them.
fn parts(pattern: &mut GraphPattern, texts: Found) -> Vec<Expression> {
    match pattern {
        GraphPattern::Bgp { patterns } if texts == Found::ByIndex => {
            patterns.iter_mut().filter(|t| is_meant(t)).for_each(turn);
            return Vec::new();
        }
        GraphPattern::Bgp { patterns } => {
            let (meant, rest): (Vec<_>, Vec<_>) = std::mem::take(patterns).into_iter().partition(is_meant);
            *patterns = rest;
            return meant.into_iter().filter_map(condition).collect();
        }
        GraphPattern::Join { left, right } => {
            let mut conditions = parts(left, texts);
            conditions.extend(parts(right, texts));
            return conditions;
        }
        GraphPattern::LeftJoin { left, right, .. }
        | GraphPattern::Lateral { left, right }
        | GraphPattern::Union { left, right }
        | GraphPattern::Minus { left, right } => {
            whole(left, texts);
            whole(right, texts);
        }
        other => {
            if let Some(inner) = super::within(other) {
                whole(inner, texts);
            }
        }
    }
    Vec::new()
}

fn condition(triple: TriplePattern) -> Option<Expression> {
    let (TermPattern::Variable(text), TermPattern::Literal(words)) = (triple.subject, triple.object) else {
        return None;
    };
    let arguments = vec![Expression::Variable(text), Expression::Literal(words)];
    Some(Expression::FunctionCall(Function::Custom(NamedNode::new_unchecked(MATCHES)), arguments))
}

fn is_meant(triple: &TriplePattern) -> bool {
    matches!(&triple.predicate, NamedNodePattern::NamedNode(node) if node.as_str() == MATCHES)
        && matches!((&triple.subject, &triple.object), (TermPattern::Variable(_), TermPattern::Literal(_)))
}

fn turn(triple: &mut TriplePattern) {
    let TermPattern::Literal(words) = &triple.object else { return };
    let digits: String = words.value().bytes().map(|b| format!("{b:02x}")).collect();
    let words = NamedNode::new_unchecked(format!("{WORDS}{digits}"));
    let text = std::mem::replace(&mut triple.subject, words.into());
    triple.object = text;
}
