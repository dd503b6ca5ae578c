//! An archive of made-up articles from nothing to its answers: every step is the program itself, started anew, so that
//! wall time, processor time and peak memory are what a person would see. Ratios are of one run.

use std::fs::{self, File};
use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Instant;

use super::super::args::Bench;
use super::super::{End, Failure};
use super::articles::article;
use crate::graph::ask;
use crate::graph::store::Store;
use crate::text::Document;

/// Where a step of the bench writes what it took; the program writes it at its end.
pub const USAGE: &str = "SAYSO_USAGE";

/// Articles that are added to the finished store.
const MORE: usize = 10;

/// Articles that are annotated for the ratio: the time goes with their number.
const ANNOTATED: usize = 5_000;

/// Writes what the program has taken to the file that the bench has named, if it has.
pub fn report() {
    if let Some(file) = std::env::var_os(USAGE) {
        let peak = super::peak_memory().unwrap_or_default();
        // Without it the bench says that nothing is known.
        let _ = fs::write(file, format!("{} {peak}", super::store::cpu_seconds()));
    }
}

/// What a step took.
struct Took {
    wall: f64,
    cpu: f64,
    /// Megabytes.
    peak: f64,
    /// Lines of its standard output.
    lines: usize,
    /// Why it did not end well.
    error: Option<String>,
}

/// The folder of the bench, and the program.
struct Place {
    folder: PathBuf,
    program: PathBuf,
}

impl Place {
    fn file(&self, name: &str) -> String {
        self.folder.join(name).display().to_string()
    }

    /// Runs the program.
    fn run(&self, arguments: &[&str]) -> Result<Took, Failure> {
        let (usage, output) = (self.folder.join("usage"), self.folder.join("output"));
        let _ = fs::remove_file(&usage);
        let begun = Instant::now();
        let done = Command::new(&self.program)
            .args(arguments)
            .env(USAGE, &usage)
            .stdin(Stdio::null())
            .stdout(File::create(&output)?)
            .stderr(Stdio::piped())
            .output()?;
        let wall = begun.elapsed().as_secs_f64();
        let told = fs::read_to_string(&usage).unwrap_or_default();
        let mut numbers = told.split(' ').map(|n| n.parse::<f64>().unwrap_or(f64::NAN));
        let (cpu, peak) = (numbers.next().unwrap_or(f64::NAN), numbers.next().unwrap_or(f64::NAN));
        let failed = !matches!(done.status.code(), Some(0 | 1));
        let error = failed.then(|| String::from_utf8_lossy(&done.stderr).lines().next().unwrap_or("").to_owned());
        Ok(Took { wall, cpu, peak: peak / 1e3, lines: lines(&output)?, error })
    }
}

/// Lines of a file.
fn lines(path: &Path) -> std::io::Result<usize> {
    let mut count = 0;
    let mut counting = Counting { count: &mut count };
    std::io::copy(&mut File::open(path)?, &mut counting)?;
    Ok(count)
}

/// Counts the ends of lines that are written to it.
struct Counting<'c> {
    count: &'c mut usize,
}

impl Write for Counting<'_> {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        *self.count += memchr::memchr_iter(b'\n', bytes).count();
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

/// Runs the bench.
pub fn run(command: &Bench, folder: &Path, articles: usize) -> Result<End, Failure> {
    let place = Place { folder: folder.to_owned(), program: std::env::current_exe()? };
    let (all, some, more) = (place.file("all.jsonl"), place.file("some.jsonl"), place.file("more.jsonl"));
    let store = place.file("store");
    let words = write(&all, 0, articles)?;
    let few = write(&some, 0, articles.min(ANNOTATED))?;
    write(&more, articles, MORE)?;
    let mut out = std::io::stdout();
    writeln!(out, "{articles} made-up articles, {words} words, {:.1} MB", size(Path::new(&all))? as f64 / 1e6)?;
    writeln!(out, "{:<50} {:>9} {:>9} {:>9} {:>9}", "step", "wall s", "CPU s", "peak MB", "lines")?;
    let told = |what: &str, took: &Took| -> Result<(), Failure> {
        let line = format!("{what:<50} {:>9.2} {:>9.2} {:>9.0} {:>9}", took.wall, took.cpu, took.peak, took.lines);
        match &took.error {
            None => writeln!(std::io::stdout(), "{line}")?,
            Some(error) => writeln!(std::io::stdout(), "{line} {error}")?,
        }
        Ok(())
    };
    let step = |what: &str, arguments: &[&str]| -> Result<Took, Failure> {
        let took = place.run(arguments)?;
        told(what, &took)?;
        Ok(took)
    };
    let read = step(&format!("annotate ({} articles)", articles.min(ANNOTATED)), &["annotate", &some])?;
    let detail = command.detail.map(|d| d.name());
    let mut build = vec!["build", &all, "--store", &store, "--no-compare"];
    build.extend(detail.iter().flat_map(|level| ["--detail", level]));
    let built = step("build --no-compare", &build)?;
    let ratio = (built.cpu / words as f64) / (read.cpu / few as f64);
    let (bytes, quads) = (size(Path::new(&store))?, Store::open(&store)?.manifest().quads);
    writeln!(
        out,
        "  {ratio:.2} times the CPU of annotate; {:.0} MB on disk, {:.1} bytes a word",
        bytes as f64 / 1e6,
        bytes as f64 / words as f64
    )?;
    writeln!(out, "  {quads} quads, {:.0} an article", quads as f64 / articles as f64)?;
    let mut add = vec!["build", &more, "--store", &store, "--no-compare"];
    add.extend(detail.iter().flat_map(|level| ["--detail", level]));
    step(&format!("build --no-compare: {MORE} articles more"), &add)?;
    step("remove: 1 article", &["remove", "bench/0000003", "--store", &store])?;
    if !command.no_compare {
        let mut compare = vec!["build", &more, "--store", &store, "--compare"];
        compare.extend(detail.iter().flat_map(|level| ["--detail", level]));
        step("build: comparing all", &compare)?;
        step("remove: 1 article, compared", &["remove", "bench/0000004", "--store", &store])?;
    }
    let timeout = command.timeout.to_string();
    let ask = |name: &str, given: &[&str]| -> Result<(), Failure> {
        let mut arguments = vec!["ask", name, "--store", &store, "--timeout", &timeout];
        arguments.extend(given);
        let took = place.run(&arguments)?;
        let given: String = given.iter().map(|g| format!(" {g}")).collect();
        told(&format!("ask {name}{given}"), &took)
    };
    let place_name = super::articles::place(0);
    let person = super::articles::person(0);
    for (name, given) in [
        ("who-said", ["--about", &place_name]),
        ("who-said", ["--speaker", &person]),
        ("who-said", ["--document", "bench/0000100"]),
        ("numbers-about", ["--about", &place_name]),
        ("timeline", ["--about", &place_name]),
        ("side-by-side", ["--about", &place_name]),
        ("entity", ["--name", &place_name]),
        ("evidence", ["--document", "bench/0000100"]),
        ("who-said", ["--about", "boats"]),
    ] {
        ask(name, &given)?;
    }
    let asked = || ask::questions().iter().filter(|q| !q.needs_rdf12);
    for question in asked() {
        ask(question.name, &["--limit", "100"])?;
    }
    for question in asked() {
        ask(question.name, &[])?;
    }
    Ok(End::Done)
}

/// Writes articles of these numbers as JSON Lines; gives their words.
fn write(path: &str, first: usize, count: usize) -> Result<usize, Failure> {
    let mut out = BufWriter::new(File::create(path)?);
    let mut words = 0;
    for number in first..first + count {
        let doc: Document = article(number);
        words += super::count(doc.text());
        let source = &doc.source;
        let line = serde_json::json!({
            "id": source.id,
            "title": source.title,
            "publisher": source.publisher,
            "date": source.published.as_ref().map(|p| p.date.to_string()),
            "text": doc.text(),
        });
        writeln!(out, "{line}")?;
    }
    out.flush()?;
    Ok(words)
}

/// Bytes of a file, or of all files of a folder.
fn size(path: &Path) -> std::io::Result<u64> {
    if path.is_dir() { super::store::size(path) } else { Ok(fs::metadata(path)?.len()) }
}
