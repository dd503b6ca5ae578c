//! The ready-made questions: SPARQL files with a name, a description and parameters.
//!
//! A parameter is a line `VALUES ?about { "" }` of the query: its default stands in it, so the file runs unchanged on
//! any engine. A value given by the user takes the default's place as a literal written by the RDF library, never as text.

use std::sync::LazyLock;

use crate::graph::store::Loaded as Store;
use oxigraph::model::Literal;

use super::query::{self, Answer, Limits};
use super::{Error, ErrorKind};

/// A parameter of a question.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Parameter {
    /// Its name, also the name of its variable.
    pub name: &'static str,
    /// What it narrows.
    pub description: &'static str,
}

/// A ready-made question.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Question {
    /// Its name on the command line.
    pub name: &'static str,
    /// What it answers, as a sentence.
    pub description: &'static str,
    /// What can narrow it.
    pub parameters: Vec<Parameter>,
    /// True when it needs an engine that knows RDF 1.2.
    pub needs_rdf12: bool,
    /// The query.
    pub text: &'static str,
}

include!("questions.rs");

static QUESTIONS: LazyLock<Vec<Question>> =
    LazyLock::new(|| FILES.iter().map(|&(name, text)| parse(name, text)).collect());

/// Every ready-made question, by name.
pub fn questions() -> &'static [Question] {
    &QUESTIONS
}

/// The question of a name.
pub fn find(name: &str) -> Result<&'static Question, Error> {
    questions().iter().find(|q| q.name == name).ok_or_else(|| {
        let names: Vec<&str> = questions().iter().map(|q| q.name).collect();
        Error::new(ErrorKind::Unknown, format!("no ready-made question is called {name}"))
            .with_hint(format!("there are: {}", names.join(", ")))
    })
}

/// Asks a question; parameters are pairs of name and value.
pub fn ask(store: &Store, name: &str, given: &[(&str, &str)], limits: &Limits) -> Result<Answer, Error> {
    query::run(store, &find(name)?.with(given)?, limits)
}

impl Question {
    /// The query with values in place of the defaults of some parameters.
    pub fn with(&self, given: &[(&str, &str)]) -> Result<String, Error> {
        for (name, _) in given {
            if !self.parameters.iter().any(|p| p.name == *name) {
                let names: Vec<String> = self.parameters.iter().map(|p| format!("--{}", p.name)).collect();
                let hint = match names.is_empty() {
                    true => format!("{} takes no parameters", self.name),
                    false => format!("{} takes {}", self.name, names.join(", ")),
                };
                return Err(
                    Error::new(ErrorKind::Unknown, format!("{} has no parameter {name}", self.name)).with_hint(hint)
                );
            }
        }
        let lines = self.text.lines().map(|line| match default_of(line) {
            Some((variable, indent)) => match given.iter().rev().find(|(name, _)| *name == variable) {
                Some((_, value)) => {
                    format!("{}VALUES ?{variable} {{ {} }}", " ".repeat(indent), Literal::new_simple_literal(*value))
                }
                None => line.to_owned(),
            },
            None => line.to_owned(),
        });
        Ok(lines.collect::<Vec<_>>().join("\n"))
    }
}

/// The variable of a line that gives a parameter its default, and the line's indentation.
fn default_of(line: &str) -> Option<(&str, usize)> {
    let body = line.trim_start();
    let rest = body.strip_prefix("VALUES ?")?;
    let (variable, rest) = rest.split_once(' ')?;
    let value = rest.trim().strip_prefix("{ \"")?.strip_suffix("\" }")?;
    (!value.contains('"')).then_some((variable, line.len() - body.len()))
}

/// Reads the header of a question's file: `# name:`, `# description:`, `# parameter NAME:`, `# engine:`.
fn parse(name: &'static str, text: &'static str) -> Question {
    let mut question = Question { name, description: "", parameters: Vec::new(), needs_rdf12: false, text };
    for line in text.lines() {
        let Some((key, value)) = line.strip_prefix("# ").and_then(|l| l.split_once(": ")) else { continue };
        match key.split_once(' ') {
            Some(("parameter", parameter)) => {
                question.parameters.push(Parameter { name: parameter, description: value.trim() });
            }
            None if key == "description" => question.description = value.trim(),
            None if key == "engine" => question.needs_rdf12 = value.trim() == "rdf-1.2",
            _ => {}
        }
    }
    question
}
