//! The speed of a store: loading, the ready-made questions, updates of a single article.

use std::fs::{self, File};
use std::io::{BufWriter, Read, Seek, SeekFrom, Write};
use std::path::Path;
use std::time::{Duration, Instant};

use super::super::args::Bench;
use super::super::{End, Failure};
use super::articles::article;
use crate::annotate::{Kit, annotate};
use crate::graph::query::{Answer, Limits};
use crate::graph::store::{self, Backend, Store, Update};
use crate::graph::write::{self, Options};
use crate::graph::{ErrorKind, ask};

/// A document of the file of quads: its id and how many bytes it has there.
type Part = (String, usize);

/// Makes the articles, writes their quads to a file, and measures a store that is loaded from it.
pub fn run(command: &Bench, folder: &Path) -> Result<End, Failure> {
    if fs::read_dir(folder).is_ok_and(|mut entries| entries.next().is_some()) {
        return Err(Failure::new(format!("{} is not empty", folder.display()), "give a new folder"));
    }
    fs::create_dir_all(folder)?;
    if let Some(articles) = command.articles {
        return super::archive::run(command, folder, articles);
    }
    let file = folder.join("quads.nq");
    let parts = make(&file, command.quads)?;
    let backend = command.backend.kind();
    if backend == Backend::RocksDb {
        let watch = Watch::start();
        let loaded = store::load_by_oxigraph(&folder.join("oxigraph"), &file)?;
        watch.told("Oxigraph's own bulk loader", loaded, "quads")?;
        fs::remove_dir_all(folder.join("oxigraph"))?;
    }
    let place = folder.join("store");
    load(&place, &file, &parts, backend)?;
    if !command.no_compare {
        let watch = Watch::start();
        Update::begin(&place, &Options::default())?.commit()?;
        watch.told("comparing across articles", parts.len(), "articles")?;
    }
    let watch = Watch::start();
    let store = Store::open(&place)?;
    let loaded = store.load()?;
    watch.told("opening", store.manifest().quads, "quads")?;
    questions(&loaded, command)?;
    drop(loaded);
    updates(&place, &file, &parts, command.runs)?;
    Ok(End::Done)
}

/// A stopwatch of the wall and of the processor: on a busy machine only the second tells of the program.
struct Watch {
    begun: Instant,
    cpu: f64,
}

impl Watch {
    fn start() -> Watch {
        Watch { begun: Instant::now(), cpu: cpu_seconds() }
    }

    /// Prints what was done in how much time.
    fn told(&self, what: &str, number: usize, of: &str) -> Result<(), Failure> {
        let (wall, cpu) = (self.begun.elapsed().as_secs_f64(), cpu_seconds() - self.cpu);
        writeln!(
            std::io::stdout(),
            "{what:<34} {wall:>8.2} s {cpu:>8.2} CPU-s {number:>9} {of}, {:>9.0} a second {:>9.0} a CPU-s",
            number as f64 / wall.max(1e-9),
            number as f64 / cpu.max(1e-9)
        )?;
        Ok(())
    }
}

/// Seconds of the processor that this process has used, where the system tells (Linux, whose clock of these has 100 ticks).
pub(super) fn cpu_seconds() -> f64 {
    let stat = fs::read_to_string("/proc/self/stat").unwrap_or_default();
    let fields = stat.rsplit_once(") ").map_or("", |(_, rest)| rest).split(' ');
    fields.skip(11).take(2).filter_map(|ticks| ticks.parse::<f64>().ok()).sum::<f64>() / 100.0
}

/// Writes the quads of made-up articles, one article after another, until there are enough.
fn make(file: &Path, quads: usize) -> Result<Vec<Part>, Failure> {
    let watch = Watch::start();
    let kit = Kit::new();
    let options = Options::default();
    let mut out = BufWriter::new(File::create(file)?);
    let (mut parts, mut count) = (Vec::new(), 0);
    let jobs = std::thread::available_parallelism().map_or(1, usize::from);
    let work = |number: usize| {
        let doc = annotate(article(number), &kit);
        let quads = write::quads(&doc, &options);
        let lines: String = quads.iter().map(|quad| format!("{quad} .\n")).collect();
        (write::identity(&doc), quads.len(), lines)
    };
    let mut failure = None;
    crate::parallel::map_ordered(0.., jobs, work, |(id, number, lines)| {
        if let Err(error) = out.write_all(lines.as_bytes()) {
            failure = Some(error);
        }
        parts.push((id, lines.len()));
        count += number;
        count < quads && failure.is_none()
    });
    if let Some(error) = failure {
        return Err(error.into());
    }
    out.flush()?;
    watch.told("reading the made-up articles", parts.len(), "articles")?;
    Ok(parts)
}

/// Puts every article's quads from the file into a new store.
fn load(place: &Path, file: &Path, parts: &[Part], backend: Backend) -> Result<(), Failure> {
    let watch = Watch::start();
    let mut update = Update::begin_as(place, &Options::default(), Some(backend))?;
    let mut from = File::open(file)?;
    for (id, length) in parts {
        let mut bytes = vec![0; *length];
        from.read_exact(&mut bytes)?;
        update.put(id, "as made", store::quads_of(&bytes)?)?;
    }
    update.compare_later();
    let done = update.commit()?;
    watch.told("loading by sayso", done.quads, "quads")?;
    writeln!(
        std::io::stdout(),
        "on disk {:.0} MB, peak memory {} MB",
        size(place)? as f64 / 1e6,
        super::peak_memory().unwrap_or(0) / 1000
    )?;
    Ok(())
}

pub(super) fn size(folder: &Path) -> std::io::Result<u64> {
    let mut sum = 0;
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        let kind = entry.metadata()?;
        sum += if kind.is_dir() { size(&entry.path())? } else { kind.len() };
    }
    Ok(sum)
}

/// Asks every ready-made question with its defaults, cut to a thousand rows, and one with a narrowed question.
fn questions(loaded: &store::Loaded, command: &Bench) -> Result<(), Failure> {
    let limits = Limits { timeout: Some(Duration::from_secs(command.timeout)), ..Limits::default() };
    let mut out = std::io::stdout().lock();
    writeln!(out, "{:<44} {:>9} {:>12} {:>12}", "question", "rows", "median ms", "slowest ms")?;
    let narrowed: [(&str, &[(&str, &str)]); 4] = [
        ("who-said", &[("document", "bench/0000100")]),
        ("who-said", &[("speaker", "Mayor")]),
        ("evidence", &[("document", "bench/0000100")]),
        ("side-by-side", &[("about", "boats")]),
    ];
    let whole = ask::questions().iter().filter(|q| !q.needs_rdf12).map(|q| (q.name, &[][..]));
    for (name, given) in whole.chain(narrowed) {
        let mut times = Vec::new();
        let mut rows = String::new();
        for _ in 0..command.runs.max(1) {
            let begun = Instant::now();
            match ask::ask(loaded, name, given, &limits) {
                Ok(Answer::Table(table)) => rows = table.rows.len().to_string(),
                Ok(_) => {}
                Err(error) if error.kind() == ErrorKind::Timeout => rows = "time-out".to_owned(),
                Err(error) => return Err(error.into()),
            }
            times.push(begun.elapsed());
            if rows == "time-out" {
                break;
            }
        }
        times.sort();
        let milliseconds = |time: Duration| time.as_secs_f64() * 1e3;
        let given: String = given.iter().map(|(name, value)| format!(" --{name} {value}")).collect();
        writeln!(
            out,
            "{:<44} {rows:>9} {:>12.1} {:>12.1}",
            format!("{name}{given}"),
            milliseconds(times[times.len() / 2]),
            milliseconds(times[times.len() - 1])
        )?;
    }
    Ok(())
}

/// Changes one article after another, each in an update of its own.
fn updates(place: &Path, file: &Path, parts: &[Part], runs: usize) -> Result<(), Failure> {
    let mut from = File::open(file)?;
    let mut at = 0;
    for (number, (id, length)) in parts.iter().enumerate().take(runs.max(1)) {
        let mut bytes = vec![0; *length];
        from.seek(SeekFrom::Start(at))?;
        from.read_exact(&mut bytes)?;
        at += *length as u64;
        // The article has lost its last quad.
        let mut quads = store::quads_of(&bytes)?;
        quads.pop();
        let watch = Watch::start();
        let mut update = Update::begin(place, &Options::default())?;
        update.put(id, &format!("changed {number}"), quads)?;
        update.compare_later();
        update.commit()?;
        watch.told("changing one article", 1, "article")?;
    }
    Ok(())
}
