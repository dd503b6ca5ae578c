//! The command line: arguments as typed, options as meant, one library call, print.

// Some of what `annotate` and `talk` hold is for the commands of the graph alone.
#[cfg_attr(not(feature = "graph"), expect(dead_code))]
mod annotate;
mod args;
#[cfg(feature = "graph")]
mod ask;
mod bench;
#[cfg(feature = "graph")]
mod build;
#[cfg(feature = "graph")]
mod check;
#[cfg(feature = "graph")]
mod choice;
#[cfg(feature = "graph")]
mod decisions;
#[cfg(feature = "graph")]
mod export;
#[cfg(feature = "graph")]
mod import;
#[cfg(feature = "graph")]
mod known;
#[cfg(feature = "graph")]
mod link;
#[cfg(feature = "mcp")]
mod mcp;
#[cfg(feature = "graph")]
mod query;
#[cfg(feature = "graph")]
mod reconcile;
#[cfg(feature = "graph")]
mod remove;
#[cfg(feature = "graph")]
mod sample;
#[cfg(feature = "serve")]
mod serve;
#[cfg(feature = "graph")]
mod sheet;
#[cfg(feature = "graph")]
mod table;
#[cfg_attr(not(feature = "graph"), expect(dead_code))]
mod talk;
#[cfg(feature = "graph")]
mod triples;
#[cfg(feature = "graph")]
mod watch;

use std::io::Write;
use std::process::ExitCode;

use clap::FromArgMatches;

use args::{Args, Command};
use talk::Talk;

/// Runs the program on the process's arguments and says how it ended.
///
/// 0: done. 1: done, but some input was left out or a check failed. 2: the command line was wrong. 3: nothing could be done.
pub fn run() -> ExitCode {
    let matches = match args::command().try_get_matches() {
        Ok(matches) => matches,
        Err(error) => {
            if let Some(refusal) = left_out(&error) {
                talk::say(&refusal);
                return ExitCode::from(2);
            }
            error.exit()
        }
    };
    let args = match Args::from_arg_matches(&matches) {
        Ok(args) => args,
        Err(error) => error.exit(),
    };
    let talk = Talk::new(&args.shared);
    let end = match args.command {
        #[cfg(feature = "graph")]
        Command::Build(command) => build::run(&command, &args.shared, &talk),
        #[cfg(feature = "graph")]
        Command::Remove(command) => remove::run(&command, &args.shared, &talk),
        #[cfg(feature = "graph")]
        Command::Triples(command) => triples::run(&command, &args.shared, &talk),
        #[cfg(feature = "graph")]
        Command::Query(command) => query::run(&command, &args.shared, &talk),
        #[cfg(feature = "graph")]
        Command::Ask(command) => {
            let given = matches.subcommand_matches("ask");
            let value = |name: &str| given.and_then(|m| m.get_one::<String>(name)).cloned();
            ask::run(&command, &value, &args.shared, &talk)
        }
        #[cfg(feature = "graph")]
        Command::Table(command) => sheet::run(command, &args.shared, &talk),
        #[cfg(feature = "graph")]
        Command::Check(command) => check::run(&command, &talk),
        Command::Annotate(command) => annotate::run(&command, &args.shared, &talk),
        #[cfg(feature = "graph")]
        Command::Export(command) => export::run(&command, &talk),
        #[cfg(feature = "graph")]
        Command::Import(command) => import::run(&command, &talk),
        #[cfg(feature = "graph")]
        Command::Link(command) => link::run(&command, &args.shared, &talk),
        #[cfg(feature = "graph")]
        Command::Decisions(command) => decisions::run(&command, &talk),
        #[cfg(feature = "serve")]
        Command::Serve(command) => serve::run(&command, &talk),
        #[cfg(feature = "mcp")]
        Command::Mcp(command) => mcp::run(command, &talk),
        #[cfg(feature = "graph")]
        Command::Sample(command) => sample::run(&command, &talk),
        #[cfg(feature = "graph")]
        Command::Watch(command) => watch::run(&command, &args.shared, &talk),
        Command::Bench(command) => bench::run(&command, &talk),
        Command::Completions { shell } => print(&args::completions(shell)),
    };
    #[cfg(feature = "graph")]
    bench::report();
    match end {
        Ok(End::Done) => ExitCode::SUCCESS,
        Ok(End::Partly) => ExitCode::from(1),
        Err(failure) => {
            talk.failure(&failure);
            ExitCode::from(3)
        }
    }
}

/// Writes what a command has made whole to standard output.
fn print(bytes: &[u8]) -> Result<End, Failure> {
    let mut out = std::io::stdout().lock();
    out.write_all(bytes)?;
    out.flush()?;
    Ok(End::Done)
}

/// What is said to who asks for a command that this build leaves out.
fn left_out(error: &clap::Error) -> Option<String> {
    use clap::error::{ContextKind, ContextValue};
    let Some(ContextValue::String(name)) = error.get(ContextKind::InvalidSubcommand) else { return None };
    let feature = args::missing(name)?;
    Some(format!(
        "error: `sayso {name}` is not part of this program: it was built without the feature `{feature}`\n\
         hint: build it with the feature (cargo build --release --features cli,{feature}), or with the default ones"
    ))
}

/// How a command ended when it could do its work.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum End {
    Done,
    /// Some input was left out, or a check found something.
    Partly,
}

/// Why a command could not do its work, and what to do.
#[derive(Debug)]
struct Failure {
    error: String,
    hints: Vec<String>,
}

impl Failure {
    fn new(error: impl ToString, hint: impl ToString) -> Failure {
        Failure { error: error.to_string(), hints: vec![hint.to_string()] }
    }
}

impl From<crate::read::Error> for Failure {
    fn from(error: crate::read::Error) -> Failure {
        Failure::new(&error, error.hint())
    }
}

#[cfg(feature = "graph")]
impl From<crate::graph::Error> for Failure {
    fn from(error: crate::graph::Error) -> Failure {
        let cause = std::error::Error::source(&error).and_then(|cause| cause.downcast_ref::<std::io::Error>());
        if cause.is_some_and(|cause| cause.kind() == std::io::ErrorKind::BrokenPipe) {
            std::process::exit(0);
        }
        Failure::new(&error, error.hint())
    }
}

/// Writing to standard output failed. A closed pipe is a quiet end.
impl From<std::io::Error> for Failure {
    fn from(error: std::io::Error) -> Failure {
        if error.kind() == std::io::ErrorKind::BrokenPipe {
            std::process::exit(0);
        }
        let hint = if error.kind() == std::io::ErrorKind::StorageFull {
            "free some space and run it again"
        } else {
            "check where the output goes"
        };
        Failure::new(format!("cannot write: {error}"), hint)
    }
}
