//! Talking to the person: errors with hints, notes, a progress bar. All of it on standard error.

use std::io::IsTerminal;
use std::time::Duration;

use anstyle::{AnsiColor, Style};
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use super::Failure;
use super::args::{Shared, When};

/// How to talk: how much, with colours or not.
pub struct Talk {
    quiet: bool,
    colour: bool,
}

impl Talk {
    /// By the options given and by who is listening.
    pub fn new(shared: &Shared) -> Talk {
        Talk { quiet: shared.quiet, colour: coloured(shared.color, std::io::stderr().is_terminal()) }
    }

    /// Why nothing could be done.
    pub fn failure(&self, failure: &Failure) {
        self.line(AnsiColor::Red, "error", &failure.error);
        for hint in &failure.hints {
            self.line(AnsiColor::Cyan, "hint", hint);
        }
    }

    /// An input that is left out.
    pub fn left_out(&self, error: &crate::read::Error) {
        self.line(AnsiColor::Yellow, "left out", &error.to_string());
        self.line(AnsiColor::Cyan, "hint", error.hint());
    }

    /// Something the person should know.
    pub fn warning(&self, words: &str) {
        if !self.quiet {
            self.line(AnsiColor::Yellow, "warning", words);
        }
    }

    /// What to do about the warning before.
    pub fn hint(&self, words: &str) {
        if !self.quiet {
            self.line(AnsiColor::Cyan, "hint", words);
        }
    }

    /// What was done.
    pub fn note(&self, words: &str) {
        if !self.quiet {
            eprintln!("{words}");
        }
    }

    fn line(&self, colour: AnsiColor, label: &str, words: &str) {
        let style = if self.colour { Style::new().bold().fg_color(Some(colour.into())) } else { Style::new() };
        eprintln!("{style}{label}:{style:#} {words}");
    }

    /// A bar that counts files when a person watches, else one that draws nothing.
    pub fn progress(&self, files: usize) -> ProgressBar {
        let bar = ProgressBar::new(files as u64);
        if self.quiet || !std::io::stderr().is_terminal() {
            bar.set_draw_target(ProgressDrawTarget::hidden());
        } else {
            bar.enable_steady_tick(Duration::from_millis(200));
        }
        if let Ok(style) = ProgressStyle::with_template("{bar:30} {pos}/{len} files  {msg}  {elapsed}") {
            bar.set_style(style);
        }
        bar
    }
}

/// Whether to colour.
pub fn coloured(when: When, terminal: bool) -> bool {
    match when {
        When::Always => true,
        When::Never => false,
        When::Auto => terminal && std::env::var_os("NO_COLOR").is_none(),
    }
}
