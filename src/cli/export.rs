//! `sayso export`: a store, or a part of it, for other programs.

use std::io::{IsTerminal, Write};
use std::path::Path;

use super::args::{Cluster, Export};
use super::talk::{Screen, Talk};
use super::{End, Failure};
use crate::graph::catalogue::{Catalogue, Filter, Row};
use crate::graph::decided::{self, Decided};
use crate::graph::export::dot::Clusters;
use crate::graph::export::{self, Format};
use crate::graph::store;
use crate::graph::view::{Focus, Options, statements_of};

/// Nodes of a picture that can still be read.
const READABLE: usize = 120;

pub fn run(command: &Export, talk: &Talk) -> Result<End, Failure> {
    let format = format(command)?;
    let store = open(&command.store)?;
    let clusters = match command.cluster {
        Cluster::Document => Clusters::Document,
        Cluster::Event => Clusters::Event,
        Cluster::None => Clusters::None,
    };
    let options = export::Options {
        view: options(command, format, &store)?,
        clusters,
        table: command.table.clone(),
        rdf12: command.rdf12,
        safe: command.safe,
        with_links: command.with_links,
    };
    let named =
        |ending: &str| command.output.as_ref().is_some_and(|path| path.extension().is_some_and(|e| e == ending));
    // One table of Parquet is a file like any other.
    if format.is_folder() && !named("parquet") {
        return folder(command, &store, format, &options, talk);
    }
    // A dispute is its number line, unless somebody asks for the graph behind it.
    let line = match (&command.question, &options.view.focus) {
        (Some(words), Focus::Question(_)) if !command.full => match format {
            Format::Svg => dispute(command, words, &store)?.map(|line| line.svg().into_bytes()),
            Format::Pdf => dispute(command, words, &store)?.map(|line| line.written("pdf")).transpose()?,
            Format::Png => dispute(command, words, &store)?.map(|line| line.written("png")).transpose()?,
            _ => None,
        },
        _ => None,
    };
    let whole = match line {
        None => overview(command, format, &options.view, &store)?,
        Some(_) => None,
    };
    let text = match (line, whole) {
        (Some(bytes), _) => export::Export { bytes, notes: Vec::new() },
        (None, Some(whole)) => whole,
        (None, None) => export::write(&store, format, &options)?,
    };
    let (text, notes) = (text.bytes, text.notes);
    match &command.output {
        Some(path) if path.as_os_str() != "-" => {
            crate::files::put(path, &text).map_err(|e| unwritten(path, &e))?;
        }
        _ => {
            let out = std::io::stdout();
            let is_terminal = out.is_terminal();
            let mut out = Screen::new(out.lock(), is_terminal);
            out.write_all(&text)?;
            out.flush()?;
        }
    }
    for note in notes {
        talk.note(&note);
    }
    Ok(End::Done)
}

/// The failure to write a file.
pub(super) fn unwritten(path: &Path, error: &std::io::Error) -> Failure {
    Failure::new(
        format!("cannot write {}: {error}", path.display()),
        "check the folder and the room on the disk; a file that stood there before still does",
    )
}

/// Writes the files of a format that is a folder.
fn folder(
    command: &Export,
    store: &store::Loaded,
    format: Format,
    options: &export::Options,
    talk: &Talk,
) -> Result<End, Failure> {
    let Some(path) = command.output.as_deref().filter(|p| p.as_os_str() != "-") else {
        return Err(Failure::new("this format is a folder of files", "give the folder: -o FOLDER"));
    };
    let files = export::folder(store, format, options)?;
    let contents: Vec<(&str, &[u8])> = files.iter().map(|f| (f.name.as_str(), f.bytes.as_slice())).collect();
    crate::files::put_folder(path, &contents).map_err(|e| unwritten(path, &e))?;
    talk.note(&format!("{}: {} files", path.display(), files.len()));
    Ok(End::Done)
}

/// A store's folder, or a file of RDF.
pub(super) fn open(path: &Path) -> Result<store::Loaded, Failure> {
    if path.is_file() {
        let ending = path.extension().and_then(|e| e.to_str()).unwrap_or("nq");
        let text = crate::files::text_of(path, crate::files::DATA)
            .map_err(|e| Failure::new(format!("cannot read {}: {e}", path.display()), "check the file"))?;
        return Ok(store::from_text(&text, ending)?);
    }
    Ok(store::Store::open(path)?.load()?)
}

/// The format asked for, else the one of the file's ending.
fn format(command: &Export) -> Result<Format, Failure> {
    if let Some(name) = &command.format {
        return Ok(name.parse()?);
    }
    let Some(path) = command.output.as_deref().filter(|p| p.as_os_str() != "-") else { return Ok(Format::Dot) };
    let ending = path.extension().and_then(|e| e.to_str()).unwrap_or_default();
    ending.parse().map_err(|_| {
        let endings = [
            "dot", "svg", "pdf", "png", "graphml", "gexf", "cyjs", "csv", "ttl", "nt", "rdf", "trig", "nq", "jsonld",
            "sqlite", "parquet", "geojson", "cypher",
        ];
        let what = match ending {
            "" => format!("{} has no ending that names a format", path.display()),
            ending => format!("nothing is exported as .{ending}"),
        };
        let tables =
            if matches!(ending, "xlsx" | "html" | "md") { "; spreadsheets are written by `sayso table`" } else { "" };
        Failure::new(what, format!("use one of .{}, or name the format with --format{tables}", endings.join(", .")))
    })
}

fn options(command: &Export, format: Format, store: &store::Loaded) -> Result<Options, Failure> {
    let mut filter = command.narrow.filter()?;
    let named = match (&command.event, &command.question) {
        (Some(words), _) => Some(Focus::Event(words.clone())),
        (None, Some(words)) => Some(Focus::Question(words.clone())),
        (None, None) => None,
    };
    let focus = if let Some(focus) = named {
        let narrowed = command.about.is_some() || command.document.is_some() || !filter.is_empty();
        if narrowed { narrow(command, &focus, filter, store)? } else { focus }
    } else if filter.is_empty() {
        match (&command.about, &command.document) {
            (Some(name), _) => Focus::About(name.clone()),
            (None, Some(id)) => Focus::Document(id.clone()),
            (None, None) => Focus::Everything,
        }
    } else if command.about.is_none() && command.document.is_none() && is_window(&filter) {
        Focus::Window { from: filter.since.clone(), to: filter.until.clone() }
    } else {
        filter.document.extend(command.document.clone());
        let all = Catalogue::read_decided(store, &Decided::read(&decided::beside(&command.store))?)?;
        let by_words = Filter { about: command.about.clone().into_iter().collect(), ..filter.clone() };
        let by_name =
            Filter { speaker: filter.speaker.iter().cloned().chain(command.about.clone()).collect(), ..filter.clone() };
        let mut chosen = by_words.choose(&all).0;
        if command.about.is_some() && filter.speaker.is_empty() {
            chosen.extend(by_name.choose(&all).0);
        }
        chosen.sort_unstable();
        chosen.dedup();
        if chosen.is_empty() {
            return Err(Failure::new("no statement of the store fits", "try fewer filters"));
        }
        let statements = chosen.iter().map(|&at| all.statements[at as usize].iri.to_string()).collect();
        Focus::Statements { title: title(command), statements }
    };
    let cap = if format.is_picture() { READABLE } else { 0 };
    Ok(Options {
        focus,
        hops: command.hops,
        max_nodes: command.max_nodes.unwrap_or(cap),
        full: command.full,
        narrator: !command.attributed,
    })
}

/// The overview of many statements; nothing where a picture of them has room for most, or where somebody asks for the graph.
fn overview(
    command: &Export,
    format: Format,
    options: &Options,
    store: &store::Loaded,
) -> Result<Option<export::Export>, Failure> {
    let is_many = matches!(options.focus, Focus::Everything | Focus::Window { .. } | Focus::Statements { .. });
    let is_of_one = command.about.is_some() || command.event.is_some() || command.question.is_some();
    let is_drawn = matches!(format, Format::Svg | Format::Pdf | Format::Png);
    if !is_many || is_of_one || !is_drawn || command.full || command.max_nodes.is_some() {
        return Ok(None);
    }
    let all = Catalogue::read_decided(store, &Decided::read(&decided::beside(&command.store))?)?;
    let mut filter = command.narrow.filter()?;
    filter.document.extend(command.document.clone());
    filter.attributed |= command.attributed;
    let named = (filter != Filter { attributed: filter.attributed, ..Filter::default() }).then(|| title(command));
    filter.min_confidence.get_or_insert(f64::from(crate::graph::ask::SHOWN) / 100.0);
    let (chosen, unsure) = filter.choose(&all);
    if chosen.len() <= READABLE {
        return Ok(None);
    }
    let drawing = export::overview::draw(&all, &chosen, unsure, named.as_deref());
    let bytes = match format {
        Format::Pdf => drawing.written("pdf")?,
        Format::Png => drawing.written("png")?,
        _ => drawing.svg().into_bytes(),
    };
    let note = format!(
        "{} statements are too many for a graph that can be read: this is their overview; --max-nodes {READABLE} draws the graph of those that tell most",
        chosen.len()
    );
    Ok(Some(export::Export { bytes, notes: vec![note] }))
}

/// The number line of a question; nothing where its figures have no numbers.
fn dispute(command: &Export, words: &str, store: &store::Loaded) -> Result<Option<export::drawing::Drawing>, Failure> {
    let all = Catalogue::read_decided(store, &Decided::read(&decided::beside(&command.store))?)?;
    let least = f64::from(crate::graph::ask::SHOWN) / 100.0;
    let question = crate::graph::view::found(store, &Focus::Question(words.to_owned()))?;
    Ok(question.iter().find_map(|iri| match all.row(iri) {
        Some(Row::Question(at)) => export::line::draw(&all, &all.questions[at as usize], least),
        _ => None,
    }))
}

/// The statements of an event or a question that fit the filters.
fn narrow(command: &Export, focus: &Focus, mut filter: Filter, store: &store::Loaded) -> Result<Focus, Failure> {
    filter.document.extend(command.document.clone());
    filter.about.extend(command.about.clone());
    let all = Catalogue::read_decided(store, &Decided::read(&decided::beside(&command.store))?)?;
    let (words, of) = statements_of(store, focus)?;
    let chosen = filter.choose(&all).0.into_iter().map(|at| all.statements[at as usize].iri.to_string());
    let statements: Vec<String> = chosen.filter(|iri| of.contains(iri)).collect();
    if statements.is_empty() {
        return Err(Failure::new(format!("no statement about {words} fits the filters"), "try fewer filters"));
    }
    Ok(Focus::Statements { title: format!("{words} ({})", title(command)), statements })
}

/// Whether days alone are chosen.
fn is_window(filter: &Filter) -> bool {
    *filter == Filter { since: filter.since.clone(), until: filter.until.clone(), ..Filter::default() }
}

/// What is chosen, in words.
fn title(command: &Export) -> String {
    let narrow = &command.narrow;
    let lists = [&narrow.speaker, &narrow.publisher, &narrow.place, &narrow.source_kind];
    let mut parts: Vec<String> = command.about.iter().chain(&command.document).cloned().collect();
    parts.extend(lists.into_iter().flatten().cloned());
    parts.extend(narrow.since.iter().map(|day| format!("from {day}")));
    parts.extend(narrow.until.iter().map(|day| format!("to {day}")));
    if parts.is_empty() { "Who said what".to_owned() } else { parts.join(", ") }
}
