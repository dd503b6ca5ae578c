//! `sayso query`: SPARQL on the store.

use std::io::{BufWriter, IsTerminal, Write};
use std::path::{Path, PathBuf};
use std::sync::atomic::Ordering;
use std::time::Duration;

use super::args::{AnswerAs, Query, Shared};
use super::talk::{Screen, Talk, coloured};
use super::{End, Failure, table};
use crate::files;
use crate::graph::catalogue::meant;
use crate::graph::export::sheet::{self, Cell, Column, Format as Sheets, Sheet};
use crate::graph::query::{self, Answer, Format, Limits, Table, Term};
use crate::graph::store::Store;

/// Runs the command.
pub fn run(command: &Query, shared: &Shared, talk: &Talk) -> Result<End, Failure> {
    check_ending(&command.answer)?;
    let text = query_text(&command.query)?;
    for (name, near) in query::unknown_terms(&text) {
        talk.warning(&format!("sayso:{name} is no term of the ontology, and matches nothing"));
        match near {
            Some(near) => talk.hint(&format!("did you mean sayso:{near}?")),
            None => talk.hint("ontology/README.md lists the terms"),
        }
    }
    let store = Store::open(&command.at.store)?;
    let store = if command.with.is_empty() { store.load()? } else { beside(&store, &command.with)? };
    let limits = limits(&command.answer);
    let answer = query::run(&store, &text, &limits)?;
    let overlong = limits.overlong.load(Ordering::Relaxed);
    let end = print(answer, &command.answer, shared, talk)?;
    if overlong > 0 {
        talk.warning(&format!("{overlong} strings would have been longer than a string may be, and have no value"));
        talk.hint("shorten them in the query, with SUBSTR for instance, or give it more memory with --memory");
    }
    Ok(end)
}

/// A copy of the store in memory with other datasets beside it, each in a graph of its own.
fn beside(store: &Store, files: &[PathBuf]) -> Result<crate::graph::store::Loaded, Failure> {
    let copy = store.load_copy()?;
    for path in files {
        let text = files::text_of(path, files::DATA)
            .map_err(|e| Failure::new(format!("cannot read {}: {e}", path.display()), "check the file"))?;
        let extension = path.extension().and_then(|e| e.to_str()).unwrap_or_default();
        let name = path.file_name().map_or_else(String::new, |n| n.to_string_lossy().into_owned());
        let graph = format!("urn:sayso:with:{}", crate::graph::export::web::encoded(&name, b"-._~"));
        crate::graph::store::add_text(&copy, &text, extension, &graph)?;
    }
    Ok(copy)
}

/// The query itself: given on the command line, in a file, or on standard input.
fn query_text(given: &str) -> Result<String, Failure> {
    let unreadable =
        |e: std::io::Error| Failure::new(format!("{given}: {e}"), "give SPARQL, a file that holds it, or -");
    let most = crate::graph::query::LONGEST as u64;
    if given == "-" {
        return files::text(std::io::stdin().lock(), most).map_err(unreadable);
    }
    let looks_like_a_path = !given.contains(['{', '\n']);
    if looks_like_a_path || Path::new(given).is_file() {
        return files::text_of(Path::new(given), most).map_err(unreadable);
    }
    Ok(given.to_owned())
}

/// How long and how many rows.
pub fn limits(answer: &AnswerAs) -> Limits {
    Limits {
        timeout: Some(Duration::from_secs(answer.timeout)),
        // Rows that are sorted here are cut here.
        rows: answer.limit.filter(|_| answer.sort.is_none()),
        memory: answer.memory.map(|megabytes| megabytes << 20),
        remote: answer.allow_remote.clone(),
        ..Limits::default()
    }
}

/// Columns that name nodes of the graph, of use to programs alone.
const IDS: &[&str] = &["id", "asked", "article id", "statement id", "known as", "link", "address", "characters"];

/// The chosen columns and order of an answer's rows.
fn shaped(table: &mut Table, given: &AnswerAs, terminal: bool) -> Result<(), Failure> {
    let unknown = |name: &str, table: &Table| {
        let names: Vec<&str> = table.columns.iter().map(String::as_str).collect();
        Failure::new(format!("the answer has no column {name}"), meant(name, &names))
    };
    let place = |name: &str, table: &Table| {
        let plain = |text: &str| text.to_lowercase().replace([' ', '_', '-'], "");
        table.columns.iter().position(|c| plain(c) == plain(name)).ok_or_else(|| unknown(name, table))
    };
    if let Some(sort) = &given.sort {
        let (name, down) = sort.strip_prefix('-').map_or((sort.as_str(), false), |name| (name, true));
        let at = place(name, table)?;
        table.rows.sort_by(|a, b| {
            let order = compared(a[at].as_ref(), b[at].as_ref());
            if down { order.reverse() } else { order }
        });
        if let Some(most) = given.limit.filter(|most| *most < table.rows.len()) {
            table.rows.truncate(most);
            table.truncated = true;
        }
    }
    let wanted: Vec<&str> = given.columns.iter().map(|c| c.trim()).filter(|c| !c.is_empty()).collect();
    let kept: Vec<usize> = if wanted.is_empty() {
        let is_id = |c: &usize| IDS.contains(&table.columns[*c].as_str()) && table.columns.len() > 3;
        (0..table.columns.len()).filter(|c| !terminal || !is_id(c)).collect()
    } else if wanted == ["all"] {
        (0..table.columns.len()).collect()
    } else {
        wanted.iter().map(|name| place(name, table)).collect::<Result<_, _>>()?
    };
    if kept.len() != table.columns.len() || kept.iter().enumerate().any(|(a, b)| a != *b) {
        table.columns = kept.iter().map(|&c| table.columns[c].clone()).collect();
        table.rows.iter_mut().for_each(|row| *row = kept.iter().map(|&c| row[c].clone()).collect());
    }
    Ok(())
}

/// Numbers by size, else words by their letters; nothing comes first.
fn compared(a: Option<&Term>, b: Option<&Term>) -> std::cmp::Ordering {
    let text = |term: Option<&Term>| term.map(query::shown).unwrap_or_default();
    let (a, b) = (text(a), text(b));
    match (a.parse::<f64>(), b.parse::<f64>()) {
        (Ok(x), Ok(y)) => x.total_cmp(&y),
        _ => a.to_lowercase().cmp(&b.to_lowercase()).then_with(|| a.cmp(&b)),
    }
}

/// The rows of an answer as a table for files.
fn sheet_of(table: &Table) -> Sheet {
    let columns = table.columns.iter().map(|c| Column { title: c.clone(), width: 24 }).collect();
    let cell = |term: &Option<Term>| match term {
        Some(Term::Literal(literal)) => Cell::number(literal.value()),
        Some(term) => Cell::text(query::shown(term)),
        None => Cell::text(""),
    };
    Sheet { name: "answer", columns, rows: table.rows.iter().map(|row| row.iter().map(cell).collect()).collect() }
}

/// The endings of files that name a format.
const ENDINGS: &str = ".csv, .tsv, .jsonl, .xlsx, .html, .md, .json, .xml; for a graph .ttl, .nt, .rdf, .jsonld";

/// The formats of answers by name.
const FORMATS: &str = "table, csv, tsv, jsonl, xlsx, html, md, json, xml; for a graph turtle, ntriples, rdfxml, jsonld";

/// The format that the ending of a file names, as a name.
fn named(path: &Path) -> Result<String, Failure> {
    let ending = path.extension().and_then(|e| e.to_str()).unwrap_or_default().to_lowercase();
    let name = match ending.as_str() {
        "json" | "srj" => "json",
        "xml" | "srx" => "xml",
        "ttl" => "turtle",
        "nt" => "ntriples",
        "rdf" => "rdfxml",
        "jsonld" => "jsonld",
        _ if Sheets::named(&ending).is_some() => return Ok(ending),
        ending => {
            let what = match ending {
                "" => format!("{} has no ending that names a format", path.display()),
                ending => format!("no answer is written as .{ending}"),
            };
            let names: Vec<&str> = ENDINGS.split([' ', ',', ';']).filter_map(|word| word.strip_prefix('.')).collect();
            let near = if ending.is_empty() { None } else { query::nearest(ending, &names) };
            let near = near.map_or(String::new(), |near| format!("did you mean .{near}? "));
            return Err(Failure::new(what, format!("{near}use one of {ENDINGS}")));
        }
    };
    Ok(name.to_owned())
}

/// Refuses a file whose ending names no format, before anything is asked.
pub fn check_ending(given: &AnswerAs) -> Result<(), Failure> {
    given.output.as_deref().filter(|path| path.as_os_str() != "-").map(named).transpose().map(|_| ())
}

/// Prints an answer: a table for a person, a standard format for a program, a file where one is named.
pub fn print(mut answer: Answer, given: &AnswerAs, shared: &Shared, talk: &Talk) -> Result<End, Failure> {
    let file = given.output.as_deref().filter(|path| path.as_os_str() != "-");
    let out = std::io::stdout();
    let terminal = out.is_terminal() && file.is_none();
    let ending = file.map(named).transpose()?;
    let name = given.format.clone().or(ending).unwrap_or_else(|| {
        let name = match answer {
            _ if terminal => "table",
            Answer::Graph { .. } => "turtle",
            _ => "csv",
        };
        name.to_owned()
    });
    if let Answer::Table(table) = &mut answer {
        shaped(table, given, name == "table")?;
    }
    let mut bytes = Vec::new();
    match (name.as_str(), &answer) {
        ("table", Answer::Table(rows)) => {
            let colour = coloured(shared.color, terminal);
            table::print(&rows.columns, &rows.cells(), colour, &mut bytes)?;
        }
        ("table", Answer::Boolean(yes)) => writeln!(bytes, "{}", if *yes { "yes" } else { "no" })?,
        ("table", Answer::Graph { .. }) => answer.write(Format::Turtle, &mut bytes)?,
        // A file may be opened by a spreadsheet; standard output goes to programs, unless told otherwise.
        ("csv" | "tsv" | "jsonl", Answer::Table(rows)) if file.is_some() => {
            let format = Sheets::named(&name).unwrap_or(Sheets::Csv);
            bytes = sheet::write(&[sheet_of(rows)], format)?;
        }
        ("xlsx" | "html" | "htm" | "md" | "markdown", Answer::Table(rows)) => {
            let format = Sheets::named(&name).unwrap_or(Sheets::Html);
            if format == Sheets::Xlsx && terminal {
                return Err(Failure::new("a workbook is no text for a terminal", "give a file: -o answer.xlsx"));
            }
            bytes = sheet::write(&[sheet_of(rows)], format)?;
        }
        ("csv", Answer::Table(rows)) if given.safe => Answer::Table(rows.safe()).write(Format::Csv, &mut bytes)?,
        (name, _) => {
            let unknown = |error: crate::graph::Error| Failure::new(&error, format!("use one of {FORMATS}"));
            answer.write(name.parse().map_err(unknown)?, &mut bytes)?;
        }
    }
    match file {
        Some(path) => {
            crate::files::put(path, &bytes).map_err(|e| super::export::unwritten(path, &e))?;
            let rows = match &answer {
                Answer::Table(table) => format!(": {} rows", table.rows.len()),
                _ => String::new(),
            };
            talk.note(&format!("{}{rows}", path.display()));
        }
        // Cells of a table are tamed already, and its colours are ours.
        None if name == "table" && matches!(answer, Answer::Table(_)) => {
            let mut out = BufWriter::new(out.lock());
            out.write_all(&bytes)?;
            out.flush()?;
        }
        None => {
            let mut out = Screen::new(BufWriter::new(out.lock()), terminal);
            out.write_all(&bytes)?;
            out.flush()?;
        }
    }
    if answer.is_truncated() {
        talk.warning(&format!("only the first {} rows are shown", given.limit.unwrap_or(0)));
        talk.hint("raise --limit, or narrow the question");
    }
    Ok(End::Done)
}
