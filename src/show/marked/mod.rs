//! Marked text for a person: who speaks, which words say so, what is said, numbers and times, in an article's own
//! words; and, when asked, why.

mod explain;
mod html;
mod terminal;

pub use html::{article, foot, head};
pub use terminal::text;

use super::tame;
use crate::text::*;

/// How to show an article.
#[derive(Clone, Copy, Debug, Default)]
pub struct Manner {
    /// Colours (a terminal); otherwise marks in brackets.
    pub colour: bool,
    /// Under each sentence, what was found in it and which rule or model decided.
    pub explain: bool,
    /// The article's own voice counts as a speaker.
    pub narrator: bool,
}

/// The kinds of marks, in the order in which they open.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
enum Kind {
    Content,
    Speaker,
    Cue,
    Number,
    Time,
}

impl Kind {
    const ALL: [Kind; 5] = [Kind::Content, Kind::Speaker, Kind::Cue, Kind::Number, Kind::Time];

    fn name(self) -> &'static str {
        match self {
            Kind::Content => "said",
            Kind::Speaker => "speaker",
            Kind::Cue => "cue",
            Kind::Number => "number",
            Kind::Time => "time",
        }
    }
}

/// A stretch of text in which the same marks hold.
struct Run {
    span: Span,
    /// The innermost mark of each kind: number of its row. `None` where there is none.
    marks: [Option<usize>; 5],
}

impl Run {
    fn has(&self, kind: Kind) -> bool {
        self.marks[kind as usize].is_some()
    }
}

/// All marks of a document, in text order.
fn marks(doc: &Document, manner: Manner) -> Vec<(Span, Kind, usize)> {
    let mut marks = Vec::new();
    for (id, s) in doc.statements.rows().filter(|(_, s)| shown(s, manner)) {
        let mut add = |spans: &[Span], kind| marks.extend(spans.iter().map(|&span| (span, kind, id.index())));
        add(&s.content, Kind::Content);
        add(&s.source, Kind::Speaker);
        add(&s.cue, Kind::Cue);
    }
    marks.extend(doc.quantities.rows().map(|(id, q)| (q.span, Kind::Number, id.index())));
    marks.extend(doc.times.rows().map(|(id, t)| (t.span, Kind::Time, id.index())));
    marks.retain(|m| !m.0.is_empty());
    marks.sort_by_key(|&(span, kind, row)| (span.start(), std::cmp::Reverse(span.end()), kind, row));
    marks
}

fn shown(statement: &Statement, manner: Manner) -> bool {
    manner.narrator || statement.mode != Mode::Narrator
}

/// Cuts `within` where marks begin and end. `marks` is in text order; those at its front that have ended are dropped,
/// so stretches must be asked for in text order too.
fn runs(within: Span, marks: &mut &[(Span, Kind, usize)]) -> Vec<Run> {
    while let Some((_, rest)) = marks.split_first().filter(|(m, _)| m.0.end() <= within.start()) {
        *marks = rest;
    }
    let mut active: Vec<(Span, Kind, usize)> = Vec::new();
    let first = marks.partition_point(|m| m.0.start() < within.start());
    active.extend(marks[..first].iter().filter(|m| m.0.end() > within.start()));
    let mut next = first;
    let mut at = within.start();
    let mut runs = Vec::new();
    while at < within.end() {
        active.retain(|m| m.0.end() > at);
        while let Some(&mark) = marks.get(next).filter(|m| m.0.start() <= at) {
            active.push(mark);
            next += 1;
        }
        let mut end = active.iter().map(|m| m.0.end()).fold(within.end(), usize::min);
        if let Some(mark) = marks.get(next) {
            end = end.min(mark.0.start());
        }
        let mut innermost = [None; 5];
        for &(_, kind, row) in &active {
            innermost[kind as usize] = Some(row);
        }
        runs.push(Run { span: Span::new(at, end), marks: innermost });
        at = end;
    }
    runs
}

/// What is shown apart in explaining: the sentences of a block, the white space between them left out.
fn pieces(doc: &Document, block: Id<Block>, manner: Manner) -> Vec<(Span, Option<Id<Sentence>>)> {
    let sentences = doc.sentences.within(doc.blocks[block].span);
    if manner.explain {
        sentences.map(|s| (doc.sentences[s].span, Some(s))).collect()
    } else {
        vec![(doc.blocks[block].span, None)]
    }
}

/// The article's title, where its text does not begin with it, and publisher, authors and day in one line.
fn source_line(doc: &Document) -> (String, String) {
    let source = &doc.source;
    let printed = doc.blocks.iter().any(|b| b.kind == BlockKind::Headline);
    let title = if printed { String::new() } else { source.title.clone().unwrap_or_else(|| source.id.clone()) };
    let mut parts = Vec::new();
    parts.extend(source.publisher.clone());
    if !source.authors.is_empty() {
        parts.push(source.authors.join(", "));
    }
    parts.extend(source.published.as_ref().map(|p| p.date.to_string()));
    (title.chars().map(tame).collect(), parts.join(" · ").chars().map(tame).collect())
}
