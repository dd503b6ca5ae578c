//! `sayso bench`: how fast this machine reads, stage by stage, on one core; and how fast a store is.

#[cfg(feature = "graph")]
mod archive;
#[cfg(feature = "graph")]
mod articles;
#[cfg(feature = "graph")]
mod store;

use std::hint::black_box;
use std::io::Write;
use std::time::{Duration, Instant};

use super::args::Bench;
use super::talk::Talk;
use super::{End, Failure};
use crate::annotate::{Kit, annotate_watched};
use crate::read;
use crate::text::Document;
#[cfg(feature = "graph")]
pub use archive::report;

/// Runs the command. The figures are words (runs of letters and digits) a second; the ratio is to lower-casing and
/// counting the same words with the standard library in the same run, so that figures of different machines compare.
/// Where the system tells, the time that the program had the core is counted, too: what other programs take is not in it.
pub fn run(command: &Bench, talk: &Talk) -> Result<End, Failure> {
    #[cfg(feature = "graph")]
    if let Some(folder) = &command.store {
        return store::run(command, folder);
    }
    let mut docs = Vec::new();
    for input in read::articles(&command.paths, command.input.map(|i| i.format())) {
        match input {
            Ok(doc) => docs.push(doc),
            Err(error) => talk.left_out(&error, true),
        }
    }
    let words: usize = docs.iter().map(|d| count(d.text())).sum();
    if words == 0 {
        return Err(Failure::new("no words to read", "name some articles"));
    }
    let rounds = command.words.div_ceil(words).max(1);
    let kit = Kit::new();
    let mut stages: Vec<(&'static str, Duration)> = Vec::new();
    let mut memory = Vec::new();
    black_box(annotate_all(&docs, &kit, &mut stages));
    stages.clear();
    memory.push(peak_memory());
    let (begun, busy) = (Instant::now(), time_on_core());
    for _ in 0..rounds {
        black_box(annotate_all(&docs, &kit, &mut stages));
    }
    let whole = begun.elapsed();
    let busy = time_on_core().zip(busy).map(|(end, begin)| end.saturating_sub(begin));
    memory.push(peak_memory());
    let begun = Instant::now();
    for _ in 0..rounds {
        black_box(docs.iter().map(|d| count(&d.text().to_lowercase())).sum::<usize>());
    }
    let plain = begun.elapsed();

    let total = words * rounds;
    let rate = |time: Duration| total as f64 / time.as_secs_f64().max(1e-9);
    let mut out = std::io::stdout().lock();
    writeln!(out, "{} articles, {words} words, {rounds} rounds, one core", docs.len())?;
    for (stage, time) in &stages {
        let share = 100.0 * time.as_secs_f64() / whole.as_secs_f64();
        writeln!(out, "  {stage:<16} {:>12.0} words/s {share:>5.1} %", rate(*time))?;
    }
    writeln!(out, "  {:<16} {:>12.0} words/s", "all stages", rate(whole))?;
    if let Some(busy) = busy {
        let share = 100.0 * busy.as_secs_f64() / whole.as_secs_f64();
        writeln!(out, "  {:<16} {:>12.0} words/s of its own time ({share:.0} % of the core)", "", rate(busy))?;
    }
    writeln!(out, "  {:<16} {:>12.0} words/s", "plain count", rate(plain))?;
    writeln!(out, "  ratio to the plain count: 1 to {:.0}", rate(plain) / rate(whole))?;
    if let Some(size) = command.hard {
        writeln!(out, "hard texts of {size}, {} and {} bytes, in milliseconds:", 2 * size, 4 * size)?;
        for (name, text) in crate::hard::CLASSES {
            let times = [1, 2, 4].map(|times| {
                let doc = Document::new(Default::default(), text(times * size));
                let begun = Instant::now();
                black_box(crate::annotate::annotate(doc, &kit));
                begun.elapsed().as_secs_f64() * 1e3
            });
            writeln!(out, "  {name:<28} {:>9.1} {:>9.1} {:>9.1}", times[0], times[1], times[2])?;
        }
    }
    if let [Some(first), Some(last)] = memory[..] {
        writeln!(out, "peak memory: {first} kB after one round, {last} kB after {} rounds", rounds + 1)?;
    }
    Ok(End::Done)
}

/// Annotates every document once, adding each stage's time to its row; gives the number of statements.
fn annotate_all(docs: &[Document], kit: &Kit, stages: &mut Vec<(&'static str, Duration)>) -> usize {
    let mut statements = 0;
    for doc in docs {
        let mut since = Instant::now();
        let mut row = 0;
        let done = annotate_watched(doc.clone(), kit, &mut |stage| {
            let now = Instant::now();
            match stages.get_mut(row) {
                Some((_, time)) => *time += now - since,
                None => stages.push((stage, now - since)),
            }
            row += 1;
            since = now;
        });
        statements += done.statements.len();
    }
    statements
}

/// Words of a text: runs of letters and digits.
fn count(text: &str) -> usize {
    text.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()).count()
}

/// How long this thread has had a core, where the system tells (Linux).
fn time_on_core() -> Option<Duration> {
    let times = std::fs::read_to_string("/proc/thread-self/schedstat").ok()?;
    times.split_whitespace().next()?.parse().ok().map(Duration::from_nanos)
}

/// Peak memory of this process in kB, where the system tells (Linux).
fn peak_memory() -> Option<u64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find(|l| l.starts_with("VmHWM:"))?;
    line.split_whitespace().nth(1)?.parse().ok()
}
