//! The command line: arguments as typed, options as meant, one library call, print.

mod annotate;
mod args;
mod bench;
mod talk;

use std::process::ExitCode;

use clap::Parser;

use args::{Args, Command};
use talk::Talk;

/// Runs the program on the process's arguments and says how it ended.
///
/// 0: done. 1: done, but some input was left out or a check failed. 2: the command line was wrong. 3: nothing could be done.
pub fn run() -> ExitCode {
    let args = Args::parse();
    let talk = Talk::new(&args.shared);
    let end = match args.command {
        Command::Annotate(command) => annotate::run(&command, &args.shared, &talk),
        Command::Bench(command) => bench::run(&command, &talk),
        Command::Completions { shell } => {
            args::completions(shell);
            Ok(End::Done)
        }
    };
    match end {
        Ok(End::Done) => ExitCode::SUCCESS,
        Ok(End::Partly) => ExitCode::from(1),
        Err(failure) => {
            talk.failure(&failure);
            ExitCode::from(3)
        }
    }
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
