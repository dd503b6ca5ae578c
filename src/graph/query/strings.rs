//! Functions of SPARQL that make strings longer, with a bound on what they make.
//!
//! `CONCAT(?a, ?a)` thirty times over is a string of many gigabytes in one row, and the engine looks at nothing while it
//! makes one. So the calls that can grow are replaced by functions of ours that do the same, refuse a result beyond
//! a bound, and look whether the query may go on. What they refuse has no value, as an error of any function.

use std::borrow::Cow;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};

use oxigraph::model::{Literal, NamedNode, Term};
use regex::{Regex, RegexBuilder};
use rustc_hash::FxHashMap;
use spargebra::algebra::Function;

const CONCAT: &str = "urn:sayso:concat";
const REPLACE: &str = "urn:sayso:replace";
const ENCODE: &str = "urn:sayso:encode";

/// Bytes of a string that a function makes, at most.
const LONGEST: u64 = 16 << 20;

/// The engine's bound on the size of a regular expression.
const REGEX: usize = 1_000_000;

/// Regular expressions kept while a query runs.
const KEPT: usize = 64;

/// How long a string may be when so many can be alive in one row and all may take `memory` bytes. (A letter can become
/// three times as long in the other case.)
pub(super) fn longest(memory: Option<u64>, alive: usize) -> usize {
    let share = memory.unwrap_or(2 << 30) / (3 * (alive as u64 + 1));
    share.clamp(16 << 10, LONGEST) as usize
}

/// The function of ours in the place of one that can grow.
pub(super) fn bounded(function: Function) -> Function {
    let own = |name: &str| Function::Custom(NamedNode::new_unchecked(name));
    match function {
        Function::Concat => own(CONCAT),
        Function::Replace => own(REPLACE),
        Function::EncodeForUri => own(ENCODE),
        other => other,
    }
}

/// How long a result may be.
#[derive(Clone)]
struct Bound {
    longest: usize,
    overlong: Arc<AtomicUsize>,
}

impl Bound {
    /// Whether a result of this length may be made; one that may not is counted.
    fn admits(&self, length: usize) -> bool {
        let fits = length <= self.longest;
        if !fits {
            self.overlong.fetch_add(1, Ordering::Relaxed);
        }
        fits
    }
}

/// One of our functions.
pub(super) type Call = Box<dyn Fn(&[Term]) -> Option<Term> + Send + Sync>;

/// The functions with their names; `alive` looks whether the query may go on, and does not return when it may not.
/// `overlong` counts the results that were refused.
pub(super) fn functions(
    longest: usize,
    overlong: &Arc<AtomicUsize>,
    alive: impl Fn() + Clone + Send + Sync + 'static,
) -> [(NamedNode, Call); 3] {
    let bound = Bound { longest, overlong: Arc::clone(overlong) };
    let (first, second, third) = (bound.clone(), bound.clone(), bound);
    let kept: Mutex<FxHashMap<(String, String), Option<Regex>>> = Mutex::default();
    let looking = |call: Call| -> Call {
        let alive = alive.clone();
        Box::new(move |arguments| {
            alive();
            call(arguments)
        })
    };
    let named = NamedNode::new_unchecked;
    [
        (named(CONCAT), looking(Box::new(move |given| concat(given, &first)))),
        (named(REPLACE), looking(Box::new(move |given| replace(given, &second, &kept)))),
        (named(ENCODE), looking(Box::new(move |given| encode(given, &third)))),
    ]
}

/// A string literal, with a language or without; nothing else is a string to SPARQL.
fn string(term: &Term) -> Option<&Literal> {
    match term {
        Term::Literal(literal)
            if literal.language().is_some() || literal.datatype() == oxigraph::model::vocab::xsd::STRING =>
        {
            Some(literal)
        }
        _ => None,
    }
}

/// A literal without a language.
fn simple(term: &Term) -> Option<&str> {
    string(term).filter(|l| l.language().is_none()).map(Literal::value)
}

/// A string with the language and direction of another.
fn like(other: &Literal, value: String) -> Term {
    match (other.language(), other.direction()) {
        (Some(language), Some(direction)) => {
            Literal::new_directional_language_tagged_literal_unchecked(value, language, direction).into()
        }
        (Some(language), None) => Literal::new_language_tagged_literal_unchecked(value, language).into(),
        _ => Literal::new_simple_literal(value).into(),
    }
}

fn concat(given: &[Term], bound: &Bound) -> Option<Term> {
    let parts: Vec<&Literal> = given.iter().map(string).collect::<Option<_>>()?;
    let length: usize = parts.iter().map(|p| p.value().len()).sum();
    if !bound.admits(length) {
        return None;
    }
    let mut value = String::with_capacity(length);
    parts.iter().for_each(|part| value.push_str(part.value()));
    let Some(first) = parts.first() else { return Some(Literal::new_simple_literal(value).into()) };
    let alike = parts.iter().all(|p| p.language() == first.language() && p.direction() == first.direction());
    Some(if alike { like(first, value) } else { Literal::new_simple_literal(value).into() })
}

fn replace(given: &[Term], bound: &Bound, kept: &Mutex<FxHashMap<(String, String), Option<Regex>>>) -> Option<Term> {
    let text = string(given.first()?)?;
    let (pattern, replacement) = (simple(given.get(1)?)?, simple(given.get(2)?)?);
    let flags = given.get(3).map_or(Some(""), simple)?;
    let regex = {
        let mut kept = kept.lock().unwrap_or_else(|e| e.into_inner());
        if kept.len() >= KEPT {
            kept.clear();
        }
        kept.entry((pattern.to_owned(), flags.to_owned())).or_insert_with(|| compiled(pattern, flags)).clone()?
    };
    let source = text.value();
    let mut value = String::new();
    let mut at = 0;
    for found in regex.captures_iter(source) {
        let whole = found.get(0)?;
        value.push_str(&source[at..whole.start()]);
        at = whole.end();
        // A replacement may name each group many times.
        let names = replacement.bytes().filter(|b| *b == b'$').count();
        if !bound.admits(value.len() + replacement.len() + names * whole.len()) {
            return None;
        }
        found.expand(replacement, &mut value);
    }
    if at == 0 && value.is_empty() {
        return Some(given[0].clone());
    }
    value.push_str(&source[at..]);
    bound.admits(value.len()).then(|| like(text, value))
}

/// The regular expression that the engine would make.
fn compiled(pattern: &str, flags: &str) -> Option<Regex> {
    let pattern = if flags.contains('q') { Cow::Owned(regex::escape(pattern)) } else { Cow::Borrowed(pattern) };
    let mut builder = RegexBuilder::new(&pattern);
    builder.size_limit(REGEX);
    for flag in flags.chars() {
        match flag {
            's' => builder.dot_matches_new_line(true),
            'm' => builder.multi_line(true),
            'i' => builder.case_insensitive(true),
            'x' => builder.ignore_whitespace(true),
            'q' => &mut builder,
            _ => return None,
        };
    }
    builder.build().ok()
}

fn encode(given: &[Term], bound: &Bound) -> Option<Term> {
    let text = string(given.first()?)?.value();
    let plain = |b: u8| b.is_ascii_alphanumeric() || b"-_.~".contains(&b);
    if !bound.admits(text.bytes().map(|b| if plain(b) { 1 } else { 3 }).sum()) {
        return None;
    }
    let mut value = String::with_capacity(text.len());
    for byte in text.bytes() {
        match plain(byte) {
            true => value.push(char::from(byte)),
            false => value.push_str(&format!("%{byte:02X}")),
        }
    }
    Some(Literal::new_simple_literal(value).into())
}
