//! Damaged articles and hostile queries without end: what no test has time for.
//!
//! cargo run --release --example mutate -- --articles 1000000 --queries 100000
//! cargo run --release --example mutate -- --article 4711     (one that a run has named; --query likewise)
//!
//! Counts panics, faults (`tests/it/mutants.rs` says what is looked at), inputs that take longer than their budget, and the
//! memory before and after. An abort, as of a stack that overflows, takes the child process alone: its inputs are named.

use std::env;
use std::fs::{self, File};
use std::io::{Seek, Write};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::PathBuf;
use std::process::{Command, ExitCode, exit};
use std::sync::Mutex;
use std::sync::atomic::{AtomicU64, Ordering::Relaxed};
use std::thread;
use std::time::{Duration, Instant};

use sayso::annotate::{Kit, annotate};
use sayso::graph::query::{Limits, run};
use sayso::graph::store::{Loaded, from_quads};
use sayso::graph::write;

#[allow(dead_code)]
#[path = "../tests/it/mutants.rs"]
mod mutants;

/// The program's own allocator: it keeps the accounts of queries.
#[global_allocator]
static ALLOCATOR: sayso::inside::memory::Counting = sayso::inside::memory::Counting;

/// An article of some hundred words that takes longer than this is a fault; a query may take as much more than its limit. By the clock, so
/// nothing else should run beside it.
const BUDGET: Duration = Duration::from_secs(5);
/// An input that takes longer than this hangs: the run ends.
const HANG: Duration = Duration::from_secs(60);
/// A query's own limits.
const QUERY_TIME: Duration = Duration::from_millis(100);
const QUERY_MEMORY: u64 = 64 << 20;
/// What the process may grow by between its tenth part and its end.
const GROWTH_MB: u64 = 64;
/// Where a child writes what its threads are at.
const AT: &str = "SAYSO_MUTATE_AT";

/// The number that stands behind an option.
fn number(name: &str) -> Option<u64> {
    let all: Vec<String> = env::args().collect();
    let at = all.iter().position(|a| a == name)?;
    all.get(at + 1).and_then(|n| n.replace('_', "").parse().ok())
}

/// Megabytes that the process holds, and has held at most, where the system tells.
fn held() -> (u64, u64) {
    let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = |name: &str| {
        status.lines().find_map(|l| l.strip_prefix(name)?.trim().trim_end_matches(" kB").parse::<u64>().ok())
    };
    (line("VmRSS:").unwrap_or_default() / 1_024, line("VmHWM:").unwrap_or_default() / 1_024)
}

/// The corpus as a store.
fn corpus(kit: &Kit) -> Loaded {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("corpus");
    let docs = sayso::read::articles(&[folder], None).flatten();
    let quads: Vec<_> = docs.flat_map(|d| write::quads(&annotate(d, kit), &write::Options::default())).collect();
    from_quads(&quads).expect("a store")
}

/// Runs `work` for `0..count` on all cores; how many gave true, and how many were faults.
fn many(
    what: &str,
    first: u64,
    count: u64,
    budget: Duration,
    work: &(dyn Fn(u64) -> Result<bool, String> + Sync),
) -> (u64, u64) {
    let cores = thread::available_parallelism().map_or(1, |n| n.get());
    let (next, good, wrong, slowest) = (AtomicU64::new(0), AtomicU64::new(0), AtomicU64::new(0), AtomicU64::new(0));
    // What each thread is at, and since when.
    let at: Vec<Mutex<(u64, Option<Instant>)>> = (0..cores).map(|_| Mutex::new((0, None))).collect();
    let early = AtomicU64::new(0);
    let begun = Instant::now();
    thread::scope(|scope| {
        for place in &at {
            let (next, good, wrong, slowest, early) = (&next, &good, &wrong, &slowest, &early);
            let mut file = env::var_os(AT).map(|p| File::create(format!("{}-{place:p}", p.display())).expect("a file"));
            scope.spawn(move || {
                loop {
                    let n = next.fetch_add(1, Relaxed);
                    if n >= count {
                        break;
                    }
                    if n == count / 10 {
                        early.store(held().0, Relaxed);
                    }
                    let seed = first + n;
                    if let Some(file) = &mut file {
                        file.rewind().and_then(|()| write!(file, "{what} {seed:012}")).expect("a full disk");
                    }
                    let since = Instant::now();
                    *place.lock().expect("a lock") = (seed, Some(since));
                    let result =
                        catch_unwind(AssertUnwindSafe(|| work(seed))).unwrap_or_else(|_| Err("panics".to_owned()));
                    *place.lock().expect("a lock") = (seed, None);
                    let took = since.elapsed();
                    slowest.fetch_max(took.as_millis() as u64, Relaxed);
                    let result = if took > budget { Err(format!("takes {took:?}")) } else { result };
                    match result {
                        Ok(is_good) => good.fetch_add(u64::from(is_good), Relaxed),
                        Err(fault) => {
                            println!("{what} {seed}: {fault}");
                            wrong.fetch_add(1, Relaxed)
                        }
                    };
                }
            });
        }
        // The watch: it ends when all is given out and nothing is being worked on.
        scope.spawn(|| {
            let mut told = Instant::now();
            loop {
                thread::sleep(Duration::from_millis(200));
                let busy: Vec<(u64, Instant)> =
                    at.iter().map(|p| *p.lock().expect("a lock")).filter_map(|(n, since)| Some((n, since?))).collect();
                if let Some((seed, _)) = busy.iter().find(|(_, since)| since.elapsed() > HANG) {
                    println!("{what} {seed} hangs");
                    exit(3);
                }
                if busy.is_empty() && next.load(Relaxed) >= count {
                    break;
                }
                if told.elapsed() > Duration::from_secs(60) {
                    told = Instant::now();
                    eprintln!(
                        "{} of {count}, {} faults, {} MB",
                        next.load(Relaxed).min(count),
                        wrong.load(Relaxed),
                        held().0
                    );
                }
            }
        });
    });
    let ((now, most), early) = (held(), early.into_inner());
    let (good, mut wrong) = (good.into_inner(), wrong.into_inner());
    println!(
        "{count} of {what}: {good} answered, {} refused, {wrong} faults; slowest {} ms; {early} MB after a tenth, {now} MB at the end, {most} MB at most; {:.0} s",
        count - good - wrong,
        slowest.into_inner(),
        begun.elapsed().as_secs_f64()
    );
    if now > early + GROWTH_MB {
        println!("{what}: grows by {} MB", now - early);
        wrong += 1;
    }
    (good, wrong)
}

fn child() -> ExitCode {
    let kit = Kit::new();
    let (texts, good) = (mutants::own_texts(), mutants::own_queries());
    if let Some(seed) = number("--article") {
        println!("{}", serde_json::Value::Object(mutants::article(seed, &texts)));
        println!("{:?}", mutants::faults(seed, &texts, &kit));
        return ExitCode::SUCCESS;
    }
    if let Some(seed) = number("--query") {
        println!("{}", mutants::query(seed, &good));
        return ExitCode::SUCCESS;
    }
    let first = number("--from").unwrap_or(0);
    let mut faults = 0;
    if let Some(count) = number("--articles") {
        faults += many("articles", first, count, BUDGET, &|seed| mutants::faults(seed, &texts, &kit)).1;
    }
    if let Some(count) = number("--queries") {
        let store = corpus(&kit);
        let limits = || Limits { timeout: Some(QUERY_TIME), memory: Some(QUERY_MEMORY), ..Limits::default() };
        let ask = |seed| Ok(run(&store, &mutants::query(seed, &good), &limits()).is_ok());
        faults += many("queries", first, count, QUERY_TIME + BUDGET, &ask).1;
    }
    ExitCode::from(u8::from(faults > 0))
}

fn main() -> ExitCode {
    if env::var_os(AT).is_some() || env::args().len() < 2 {
        return child();
    }
    let folder = tempfile::tempdir().expect("a folder");
    let mut same = Command::new(env::current_exe().expect("this program"));
    let status = same.args(env::args_os().skip(1)).env(AT, folder.path().join("at")).status().expect("a child");
    if let Some(code) = status.code() {
        return ExitCode::from(u8::try_from(code).unwrap_or(1));
    }
    println!("aborted ({status}); it was at one of:");
    for file in fs::read_dir(folder.path()).into_iter().flatten().flatten() {
        println!("  {}", fs::read_to_string(file.path()).unwrap_or_default());
    }
    ExitCode::from(2)
}
