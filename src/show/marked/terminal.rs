//! Marked text on a terminal: colours that differ in lightness too, and no meaning by colour alone.

use super::{Kind, Manner, Run, explain, marks, pieces, runs, source_line, tame};
use crate::text::*;

const RESET: &str = "\u{1b}[0m";
const BOLD: &str = "\u{1b}[1m";
const DIM: &str = "\u{1b}[2m";

/// An article with its marks: coloured, or with the marks' names in brackets.
pub fn text(doc: &Document, manner: Manner) -> String {
    let marks = marks(doc, manner);
    let mut marks = &marks[..];
    let mut out = String::with_capacity(doc.text().len() * 2);
    let (title, line) = source_line(doc);
    for (words, style) in [(title, BOLD), (line, DIM)].iter().filter(|(words, _)| !words.is_empty()) {
        styled(&mut out, words, style, manner);
        out.push('\n');
    }
    out.push('\n');
    for (id, block) in doc.blocks.rows() {
        if block.repeats.is_some() {
            continue;
        }
        let loud = matches!(block.kind, BlockKind::Headline | BlockKind::Heading);
        let quiet =
            matches!(block.kind, BlockKind::Byline | BlockKind::Dateline | BlockKind::Credit | BlockKind::Caption);
        let base = if loud {
            BOLD
        } else if quiet {
            DIM
        } else {
            ""
        };
        for (span, sentence) in pieces(doc, id, manner) {
            let mut open = [false; 5];
            for run in runs(span, &mut marks) {
                if manner.colour {
                    coloured(&mut out, doc, &run, base)
                } else {
                    bracketed(&mut out, doc, &run, &mut open)
                }
            }
            close(&mut out, &mut open, &[None; 5]);
            if let Some(sentence) = sentence {
                out.push('\n');
                why(&mut out, doc, sentence, manner);
            }
        }
        out.push_str(if manner.explain { "\n" } else { "\n\n" });
    }
    legend(&mut out, manner);
    out
}

fn styled(out: &mut String, text: &str, style: &str, manner: Manner) {
    if manner.colour {
        out.push_str(style);
    }
    out.push_str(text);
    if manner.colour {
        out.push_str(RESET);
    }
}

/// What each kind adds: colour for the parts of a statement, weight and line for numbers and times.
fn style(kind: Kind) -> &'static str {
    match kind {
        Kind::Content => "\u{1b}[36m",
        Kind::Speaker => "\u{1b}[1;34m",
        Kind::Cue => "\u{1b}[3;33m",
        Kind::Number => "\u{1b}[1m",
        Kind::Time => "\u{1b}[4m",
    }
}

fn coloured(out: &mut String, doc: &Document, run: &Run, base: &str) {
    out.push_str(base);
    let mut marked = !base.is_empty();
    for kind in Kind::ALL.into_iter().filter(|&k| run.has(k)) {
        out.push_str(style(kind));
        marked = true;
    }
    out.extend(doc.slice(run.span).chars().map(tame));
    if marked {
        out.push_str(RESET);
    }
}

/// `[speaker: Jane Roe] [cue: said] [said: the bridge fell]`.
fn bracketed(out: &mut String, doc: &Document, run: &Run, open: &mut [bool; 5]) {
    close(out, open, &run.marks);
    for kind in Kind::ALL {
        if run.has(kind) && !open[kind as usize] {
            open[kind as usize] = true;
            out.push('[');
            out.push_str(kind.name());
            out.push_str(": ");
        }
    }
    out.extend(doc.slice(run.span).chars().map(tame));
}

/// Closes the brackets of marks that have ended.
fn close(out: &mut String, open: &mut [bool; 5], now: &[Option<usize>; 5]) {
    let mut ended = 0;
    for (was, now) in open.iter_mut().zip(now) {
        if *was && now.is_none() {
            *was = false;
            ended += 1;
        }
    }
    // White space before the closing bracket would read badly.
    let bare = out.trim_end_matches(' ').len();
    let spaces = if ended > 0 { out.split_off(bare) } else { String::new() };
    out.extend(std::iter::repeat_n(']', ended));
    out.push_str(&spaces);
}

fn why(out: &mut String, doc: &Document, sentence: Id<Sentence>, manner: Manner) {
    for line in explain::sentence(doc, sentence, manner) {
        let found: String = line.found.chars().map(tame).collect();
        out.push_str("    ");
        styled(out, &format!("{}: {found}  [{}]", line.what, line.made_by), DIM, manner);
        out.push('\n');
    }
}

fn legend(out: &mut String, manner: Manner) {
    if manner.colour {
        for kind in Kind::ALL {
            out.push_str(style(kind));
            out.push_str(kind.name());
            out.push_str(RESET);
            out.push_str("  ");
        }
        out.push('\n');
    }
    out.push('\n');
}
