//! The native half of the Python module: text and JSON in, JSON out. The Python half gives it its shape.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::PathBuf;
use std::time::Duration;

use pyo3::exceptions::{PyOSError, PyRuntimeError, PyValueError};
use pyo3::prelude::*;
use sayso::annotate::{Kit, LONGEST, annotate_within};
use sayso::graph::query::{Answer, Format, Limits};
use sayso::graph::{ask, query, store};
use sayso::read::{self, Fields};
use sayso::show;
use sayso::text::Document;
use serde_json::{Map, Value};

/// An article and what it says of itself, as JSON, read, with a word on what could not be understood of it; the words of the
/// error where it cannot be read.
fn annotated(row: &str, kit: &Kit, any_language: bool) -> Result<(String, Option<String>), String> {
    let object: Map<String, Value> = serde_json::from_str(row).map_err(|e| e.to_string())?;
    let options = read::Options { any_language, ..read::Options::default() };
    let remedy = |error: &read::Error| match error.kind {
        read::ErrorKind::Language => "sayso reads English; any_language=True reads it all the same, and reads much of it wrongly",
        read::ErrorKind::NoText => "give it under the name text, content or body",
        _ => error.hint(),
    };
    let words = |error: &read::Error| format!("{}; {}", error.cause, remedy(error));
    let (doc, odd) = read::from_object(&object, &options).map_err(|e| words(&e))?;
    Ok((shown(doc, kit)?, odd.first().map(words)))
}

fn shown(doc: Document, kit: &Kit) -> Result<String, String> {
    let work = AssertUnwindSafe(|| annotate_within(doc, kit, LONGEST));
    match catch_unwind(work) {
        Ok(Ok(doc)) => Ok(show::jsonl::document(&doc).to_string()),
        Ok(Err(tokens)) => Err(format!("an article of {tokens} words and marks; more than {LONGEST} are not read")),
        Err(_) => Err("the program failed on this article: please report it".to_owned()),
    }
}

fn threads(given: Option<usize>) -> usize {
    given.unwrap_or_else(|| std::thread::available_parallelism().map_or(1, usize::from)).max(1)
}

/// Reads one article; a date that is none is an error, for the caller has given it.
#[pyfunction]
#[pyo3(signature = (row, any_language = false))]
fn read_one(py: Python<'_>, row: &str, any_language: bool) -> PyResult<String> {
    match py.detach(|| annotated(row, &Kit::new(), any_language)) {
        Ok((json, None)) => Ok(json),
        Ok((_, Some(words))) | Err(words) => Err(PyValueError::new_err(words)),
    }
}

/// Reads many articles on several threads, without holding the interpreter; for each its JSON, or the words of
/// an error; both where one of its facts could not be understood.
#[pyfunction]
#[pyo3(signature = (rows, any_language = false, jobs = None))]
fn read_many(
    py: Python<'_>,
    rows: Vec<String>,
    any_language: bool,
    jobs: Option<usize>,
) -> Vec<(Option<String>, Option<String>)> {
    py.detach(|| {
        let kit = Kit::new();
        let mut all = Vec::with_capacity(rows.len());
        let work = |row: String| annotated(&row, &kit, any_language);
        sayso::inside::parallel::map_ordered(rows.into_iter(), threads(jobs), work, |result| {
            all.push(match result {
                Ok((json, words)) => (Some(json), words),
                Err(words) => (None, Some(words)),
            });
            true
        });
        all
    })
}

/// Reads the articles of files and folders; what cannot be read is given as words.
#[pyfunction]
#[pyo3(signature = (paths, fields, any_language = false, jobs = None))]
fn read_files(
    py: Python<'_>,
    paths: Vec<PathBuf>,
    fields: std::collections::HashMap<String, String>,
    any_language: bool,
    jobs: Option<usize>,
) -> Vec<(Option<String>, Option<String>)> {
    let name = |field: &str| fields.get(field).cloned();
    let fields = Fields {
        text: name("text"),
        title: name("title"),
        date: name("date"),
        publisher: name("publisher"),
        author: name("author"),
        url: name("url"),
        id: name("id"),
        language: name("language"),
    };
    py.detach(|| {
        let kit = Kit::new();
        let articles = read::articles_with(&paths, read::Options { fields, any_language, ..read::Options::default() });
        let mut all = Vec::new();
        let work = |input: Result<Document, read::Error>| match input {
            Ok(doc) => shown(doc, &kit),
            Err(error) => Err(format!("{error}; {}", error.hint())),
        };
        sayso::inside::parallel::map_ordered(articles, threads(jobs), work, |result| {
            all.push(match result {
                Ok(json) => (Some(json), None),
                Err(words) => (None, Some(words)),
            });
            true
        });
        all
    })
}

/// A store, opened to be asked.
#[pyclass(frozen)]
struct NativeStore {
    loaded: store::Loaded,
}

/// The columns of an answer, its rows as lines of JSON, whether there were more, and how many were left out as not sure.
type Rows = (Vec<String>, String, bool, Option<usize>);

#[pymethods]
impl NativeStore {
    #[new]
    fn open(path: PathBuf) -> PyResult<NativeStore> {
        let failed = |e: sayso::graph::Error| PyOSError::new_err(format!("{e}; {}", e.hint()));
        let loaded = match path.is_file() {
            true => {
                let ending = path.extension().and_then(|e| e.to_str()).unwrap_or("nq").to_owned();
                store::from_text(&std::fs::read_to_string(&path)?, &ending).map_err(failed)?
            }
            false => store::Store::open(&path).and_then(|s| s.load()).map_err(failed)?,
        };
        Ok(NativeStore { loaded })
    }

    /// Asks a ready-made question.
    #[pyo3(signature = (name, parameters, timeout = 60.0, limit = None))]
    fn ask(
        &self,
        py: Python<'_>,
        name: &str,
        parameters: Vec<(String, String)>,
        timeout: f64,
        limit: Option<usize>,
    ) -> PyResult<Rows> {
        let given: Vec<(&str, &str)> = parameters.iter().map(|(n, v)| (n.as_str(), v.as_str())).collect();
        let limits = limits(timeout, limit)?;
        let (answer, left_out) = py.detach(|| ask::ask_counting(&self.loaded, name, &given, &limits)).map_err(wrong)?;
        rows(&answer, left_out)
    }

    /// Asks in SPARQL; an answer that is a graph is given as Turtle in a row of its own.
    #[pyo3(signature = (sparql, timeout = 60.0, limit = None))]
    fn query(&self, py: Python<'_>, sparql: &str, timeout: f64, limit: Option<usize>) -> PyResult<Rows> {
        let limits = limits(timeout, limit)?;
        let answer = py.detach(|| query::run(&self.loaded, sparql, &limits)).map_err(wrong)?;
        rows(&answer, None)
    }
}

/// Names of the ready-made questions, their descriptions, and the names of their parameters.
#[pyfunction]
fn questions() -> Vec<(String, String, Vec<String>)> {
    let parameters = |q: &ask::Question| q.parameters.iter().map(|p| p.name.replace('-', "_")).collect();
    ask::questions().iter().map(|q| (q.name.to_owned(), q.description.to_owned(), parameters(q))).collect()
}

fn limits(timeout: f64, rows: Option<usize>) -> PyResult<Limits> {
    let timeout = Duration::try_from_secs_f64(timeout).map_err(|e| PyValueError::new_err(format!("timeout: {e}")))?;
    Ok(Limits { timeout: Some(timeout), rows, ..Limits::default() })
}

fn wrong(error: sayso::graph::Error) -> PyErr {
    PyValueError::new_err(format!("{error}; {}", error.hint()))
}

fn rows(answer: &Answer, left_out: Option<usize>) -> PyResult<Rows> {
    let mut text = Vec::new();
    let (columns, format) = match answer {
        Answer::Table(table) => (table.columns.clone(), Format::Jsonl),
        Answer::Boolean(yes) => return Ok((vec!["answer".into()], format!("{{\"answer\": {yes}}}"), false, left_out)),
        Answer::Graph { .. } => (vec!["turtle".into()], Format::Turtle),
    };
    answer.write(format, &mut text).map_err(|e| PyRuntimeError::new_err(e.to_string()))?;
    let mut text = String::from_utf8_lossy(&text).into_owned();
    if format == Format::Turtle {
        text = serde_json::json!({ "turtle": text }).to_string();
    }
    Ok((columns, text, answer.is_truncated(), left_out))
}

#[pymodule]
fn _sayso(module: &Bound<'_, PyModule>) -> PyResult<()> {
    module.add("__version__", env!("CARGO_PKG_VERSION"))?;
    module.add_class::<NativeStore>()?;
    module.add_function(wrap_pyfunction!(read_one, module)?)?;
    module.add_function(wrap_pyfunction!(read_many, module)?)?;
    module.add_function(wrap_pyfunction!(read_files, module)?)?;
    module.add_function(wrap_pyfunction!(questions, module)?)?;
    Ok(())
}
