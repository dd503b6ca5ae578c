//! Talking to the person: errors with hints, notes, a progress bar. All of it on standard error.

use std::io::{IsTerminal, Write};
use std::time::Duration;

use anstyle::{AnsiColor, Style};
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use super::Failure;
use super::args::{Shared, When};
use crate::show::tame;

/// How to talk: how much, with colours or not.
pub struct Talk {
    quiet: bool,
    notes: bool,
    colour: bool,
}

impl Talk {
    /// By the options given and by who is listening.
    pub fn new(shared: &Shared) -> Talk {
        Talk { quiet: shared.quiet, notes: true, colour: coloured(shared.color, std::io::stderr().is_terminal()) }
    }

    /// The same without what was done: for work that is a step of another.
    pub fn without_notes(&self) -> Talk {
        Talk { notes: false, ..*self }
    }

    /// Why nothing could be done.
    pub fn failure(&self, failure: &Failure) {
        self.line(AnsiColor::Red, "error", &failure.error);
        for hint in &failure.hints {
            self.line(AnsiColor::Cyan, "hint", hint);
        }
    }

    /// An input that is left out.
    pub fn left_out(&self, error: &crate::read::Error, with_hint: bool) {
        let label = if error.spares_article() { "not understood" } else { "left out" };
        self.line(AnsiColor::Yellow, label, &error.to_string());
        if with_hint {
            self.line(AnsiColor::Cyan, "hint", error.hint());
        }
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
        if !self.quiet && self.notes {
            say(&tamed(words));
        }
    }

    fn line(&self, colour: AnsiColor, label: &str, words: &str) {
        let style = if self.colour { Style::new().bold().fg_color(Some(colour.into())) } else { Style::new() };
        say(&format!("{style}{label}:{style:#} {}", tamed(words)));
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

/// A line on standard error. Where nobody can read it, the work goes on without.
pub fn say(line: &str) {
    let _ = writeln!(std::io::stderr().lock(), "{line}");
}

/// Words that may come from an article, as a terminal may have them.
pub fn tamed(words: &str) -> String {
    words.chars().map(tame).collect()
}

/// Standard output: on a terminal, text that commands it is tamed, whatever the format. Files and pipes get it as it is.
pub struct Screen<W> {
    inner: W,
    is_terminal: bool,
    /// The beginning of a character whose rest comes with the next bytes.
    held: Vec<u8>,
}

impl<W: std::io::Write> Screen<W> {
    pub fn new(inner: W, is_terminal: bool) -> Screen<W> {
        Screen { inner, is_terminal, held: Vec::new() }
    }
}

impl<W: std::io::Write> std::io::Write for Screen<W> {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        if !self.is_terminal {
            return self.inner.write(bytes);
        }
        self.held.extend_from_slice(bytes);
        let whole = match std::str::from_utf8(&self.held) {
            Err(error) if error.error_len().is_none() => error.valid_up_to(),
            _ => self.held.len(),
        };
        let keeps = |c: char| if matches!(c, '\n' | '\t') { c } else { tame(c) };
        let text: String = String::from_utf8_lossy(&self.held[..whole]).chars().map(keeps).collect();
        self.inner.write_all(text.as_bytes())?;
        self.held.drain(..whole);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        self.inner.flush()
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_terminal_gets_no_commands_wherever_the_bytes_are_cut() {
        let text = "é\u{1b}]0;x\u{7}\t日\n\u{9b}";
        for cut in 0..=text.len() {
            let mut out = Vec::new();
            let mut screen = Screen::new(&mut out, true);
            screen.write_all(&text.as_bytes()[..cut]).expect("written");
            screen.write_all(&text.as_bytes()[cut..]).expect("written");
            assert_eq!(String::from_utf8_lossy(&out), "é\u{fffd}]0;x\u{fffd}\t日\n\u{fffd}", "{cut}");
        }
        let mut out = Vec::new();
        Screen::new(&mut out, false).write_all(b"\x1b").expect("written");
        assert_eq!(out, b"\x1b");
    }
}
