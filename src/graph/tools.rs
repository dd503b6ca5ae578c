//! Questions for assistants: like the ready-made ones, but each row carries the sentence in which it stands and the
//! article's address, so that whoever repeats it can show where it comes from.

use std::sync::LazyLock;

use crate::graph::store::Loaded as Store;
use serde_json::Value;

use super::ask::{self, Question};
use super::catalogue::Filter;
use super::query::{self, Answer, Format, Limits};
use super::{Error, ErrorKind};

static FILES: &[(&str, &str)] = &[
    ("who_said", include_str!("tools/who_said.rq")),
    ("figures", include_str!("tools/figures.rq")),
    ("disputes", include_str!("tools/disputes.rq")),
    ("timeline", include_str!("tools/timeline.rq")),
    ("article", include_str!("tools/article.rq")),
    ("evidence", include_str!("tools/evidence.rq")),
];

static TOOLS: LazyLock<Vec<Question>> =
    LazyLock::new(|| FILES.iter().map(|&(name, text)| ask::parse(name, text)).collect());

/// Every tool.
pub fn tools() -> &'static [Question] {
    &TOOLS
}

/// Rows as objects, or another answer in words.
pub struct Found {
    /// One object a row; a single value for a query that gives no rows.
    pub rows: Vec<Value>,
    /// True when there were more rows than the limit allowed.
    pub is_cut: bool,
}

/// Asks a tool; parameters are pairs of name and value.
pub fn call(store: &Store, name: &str, given: &[(&str, &str)], limits: &Limits) -> Result<Found, Error> {
    let tool = tools().iter().find(|t| t.name == name).ok_or_else(|| {
        let names: Vec<&str> = tools().iter().map(|t| t.name).collect();
        Error::new(ErrorKind::Unknown, format!("no tool is called {name}"))
            .with_hint(format!("there are {}", names.join(", ")))
    })?;
    let given = checked(tool, given)?;
    let given: Vec<(&str, &str)> = given.iter().map(|(name, value)| (*name, value.as_str())).collect();
    let query = tool.with(&given)?;
    // Limits count rows as they are shown, so more are asked for until there are enough of them when they are joined.
    let mut asked = limits.rows;
    loop {
        let mut found = sparql(store, &query, &Limits { rows: asked, ..limits.clone() })?;
        found.rows = joined(found.rows);
        let wanted = limits.rows.unwrap_or(usize::MAX);
        // The last of rows that are cut may lack a part.
        if !found.is_cut || found.rows.len() > wanted {
            found.is_cut = found.rows.len() > wanted;
            found.rows.truncate(wanted);
            return Ok(found);
        }
        asked = asked.map(|rows| rows.saturating_mul(4).saturating_add(4));
    }
}

/// The verdicts as the rows have them, each with its other form.
const VERDICTS: [(&str, &str); 3] =
    [("contradict", "contradicts"), ("compatible", "compatibles"), ("update", "updates")];

/// Arguments under the names that parameters have, and verdicts in the form that rows have. What is not known is named
/// as assistants write it: `publisher_name`.
fn checked<'g>(tool: &Question, given: &[(&'g str, &str)]) -> Result<Vec<(&'g str, String)>, Error> {
    let mut out = Vec::with_capacity(given.len());
    for &(name, value) in given {
        if !tool.takes(name) {
            let names: Vec<String> = tool.parameters.iter().map(|p| p.name.replace('-', "_")).collect();
            let what = format!("{} has no argument {}", tool.name, name.replace('-', "_"));
            let hint =
                if names.is_empty() { "it takes none".to_owned() } else { format!("it takes {}", names.join(", ")) };
            return Err(Error::new(ErrorKind::Unknown, what).with_hint(hint));
        }
        let mut value = value.to_owned();
        if name == "verdict-is" && !value.is_empty() {
            let wanted = value.trim().to_lowercase();
            let known = VERDICTS.iter().find(|(own, other)| wanted == *own || wanted == *other);
            let known = known.ok_or_else(|| {
                let names: Vec<&str> = VERDICTS.iter().map(|(own, _)| *own).collect();
                Error::new(ErrorKind::Unknown, format!("no verdict is called {value:?}"))
                    .with_hint(format!("there are {}", names.join(", ")))
            })?;
            value = known.0.to_owned();
        }
        out.push((name, value));
    }
    let day = |wanted: &str| out.iter().find(|(name, _)| *name == wanted).map(|(_, day)| day.clone());
    let days = Filter { since: day("since"), until: day("until"), ..Filter::default() };
    days.check()?;
    Ok(out)
}

/// Rows that differ in nothing but the sentence are one: a statement over two sentences.
fn joined(rows: Vec<Value>) -> Vec<Value> {
    let without = |row: &Value| {
        let mut row = row.clone();
        row.as_object_mut().and_then(|r| r.remove("sentence"));
        row
    };
    let mut out: Vec<Value> = Vec::with_capacity(rows.len());
    for row in rows {
        match out.last_mut() {
            Some(last) if last["statement"].is_string() && without(last) == without(&row) => {
                let words =
                    format!("{} {}", last["sentence"].as_str().unwrap_or(""), row["sentence"].as_str().unwrap_or(""));
                last["sentence"] = Value::String(words);
            }
            _ => out.push(row),
        }
    }
    out
}

/// Asks in SPARQL.
pub fn sparql(store: &Store, text: &str, limits: &Limits) -> Result<Found, Error> {
    let answer = query::run(store, text, limits)?;
    let is_cut = answer.is_truncated();
    let rows = match &answer {
        Answer::Table(_) => {
            let mut lines = Vec::new();
            answer.write(Format::Jsonl, &mut lines)?;
            let lines = String::from_utf8_lossy(&lines).into_owned();
            lines.lines().filter_map(|line| serde_json::from_str(line).ok()).collect()
        }
        Answer::Boolean(yes) => vec![Value::Bool(*yes)],
        Answer::Graph { .. } => {
            let mut text = Vec::new();
            answer.write(Format::Turtle, &mut text)?;
            vec![Value::String(String::from_utf8_lossy(&text).into_owned())]
        }
    };
    Ok(Found { rows, is_cut })
}
