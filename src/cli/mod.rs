//! The command line: arguments as typed, options as meant, one library call, print.

use std::io::{BufRead, Write};
use std::process::ExitCode;

/// Runs the program on the process's arguments.
pub fn run() -> ExitCode {
    let kit = crate::annotate::Kit::new();
    let stdin = std::io::stdin().lock();
    let mut out = std::io::BufWriter::new(std::io::stdout().lock());
    for line in stdin.lines() {
        let Ok(line) = line else { return ExitCode::FAILURE };
        let Ok(serde_json::Value::Object(object)) = serde_json::from_str(&line) else {
            return ExitCode::FAILURE;
        };
        let Some(doc) = crate::read::json::document(&object) else { continue };
        let doc = crate::annotate::annotate(doc, &kit);
        if writeln!(out, "{}", crate::show::jsonl::document(&doc)).is_err() {
            return ExitCode::SUCCESS;
        }
    }
    ExitCode::SUCCESS
}
