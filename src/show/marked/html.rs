//! Marked text as a page that stands alone: no scripts, no other files, readable in black and white.

use super::{Kind, Manner, Run, explain, marks, pieces, runs, source_line, tame};
use crate::text::*;

/// The beginning of the page, with the key to its marks.
pub fn head() -> &'static str {
    concat!(
        "<!doctype html>\n<html lang=\"en\">\n<meta charset=\"utf-8\">\n",
        "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>Who said what</title>\n<style>\n",
        include_str!("page.css"),
        "</style>\n<p class=\"key\"><span class=\"speaker\">speaker</span> <span class=\"cue\">cue</span> ",
        "<span class=\"said\">what is said</span> <span class=\"number\">number</span> <span class=\"time\">time</span></p>\n"
    )
}

/// The end of the page.
pub fn foot() -> &'static str {
    "</html>\n"
}

/// One article of the page.
pub fn article(doc: &Document, manner: Manner) -> String {
    let marks = marks(doc, manner);
    let mut marks = &marks[..];
    let mut out = String::with_capacity(doc.text().len() * 3);
    let (title, line) = source_line(doc);
    out.push_str("<article>\n");
    for (words, tag) in [(title, "h1"), (line, "p")].iter().filter(|(words, _)| !words.is_empty()) {
        out.push_str(&format!("<{tag} class=\"about\">"));
        escape(&mut out, words);
        out.push_str(&format!("</{tag}>\n"));
    }
    for (id, block) in doc.blocks.rows() {
        if block.repeats.is_some() {
            continue;
        }
        let tag = match block.kind {
            BlockKind::Headline => "h1",
            BlockKind::Heading => "h2",
            _ => "p",
        };
        out.push_str(&format!("<{tag} class=\"{}\">", block.kind));
        let mut reasons = String::new();
        for (span, sentence) in pieces(doc, id, manner) {
            for run in runs(span, &mut marks) {
                marked(&mut out, doc, &run);
            }
            out.push(' ');
            if let Some(sentence) = sentence {
                why(&mut reasons, doc, sentence, manner);
            }
        }
        out.truncate(out.trim_end().len());
        out.push_str(&format!("</{tag}>\n"));
        if !reasons.is_empty() {
            out.push_str(&format!("<ul class=\"why\">{reasons}</ul>\n"));
        }
    }
    out.push_str("</article>\n");
    out
}

fn marked(out: &mut String, doc: &Document, run: &Run) {
    let kinds: Vec<Kind> = Kind::ALL.into_iter().filter(|&k| run.has(k)).collect();
    let text = doc.slice(run.span);
    if kinds.is_empty() {
        return escape(out, text);
    }
    out.push_str("<span class=\"");
    out.push_str(&kinds.iter().map(|k| k.name()).collect::<Vec<_>>().join(" "));
    // The innermost mark tells what it means when pointed at.
    if let Some(&kind) = kinds.last()
        && let Some(row) = run.marks[kind as usize]
    {
        out.push_str("\" title=\"");
        let meaning = match kind {
            Kind::Number => explain::quantity(doc, &doc.quantities[Id::new(row)]),
            Kind::Time => explain::time(doc, &doc.times[Id::new(row)]),
            Kind::Speaker => explain::speaker(doc, &doc.statements[Id::new(row)]),
            Kind::Content | Kind::Cue => explain::statement(doc, Id::new(row)),
        };
        escape(out, &meaning);
    }
    out.push_str("\">");
    escape(out, text);
    out.push_str("</span>");
}

fn why(out: &mut String, doc: &Document, sentence: Id<Sentence>, manner: Manner) {
    for line in explain::sentence(doc, sentence, manner) {
        out.push_str(&format!("<li><b>{}</b> ", line.what));
        escape(out, &line.found);
        out.push_str(" <code>");
        escape(out, line.made_by);
        out.push_str("</code></li>");
    }
}

fn escape(out: &mut String, text: &str) {
    for c in text.chars().map(tame) {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            c => out.push(c),
        }
    }
}
