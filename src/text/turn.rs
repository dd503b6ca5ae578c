//! Labels of turns: "MR ROE: Yes.", "Q: …". The mentions, the coreference and the statements all read them here.

use std::ops::Range;

use super::{Block, BlockKind, Document, Id, Token};

impl Document {
    /// The label that opens a block of a transcript or interview, without an opening quotation mark: its first token and its
    /// colon. In running text only capitals count ("WALLACE: Let's begin.").
    pub fn turn_label(&self, block: &Block) -> Option<Range<Id<Token>>> {
        let tokens = self.tokens_in(block.span);
        let (begin, end) = (tokens.start.index(), tokens.end.index());
        let word = |t: usize| self.word(Id::new(t));
        let start = begin + usize::from(begin < end && matches!(word(begin), "\"" | "“" | "‘" | "'" | "«"));
        let colon = (start..end.min(start + 10)).find(|&t| word(t) == ":")?;
        if colon == start || colon + 1 >= end {
            return None;
        }
        let small = |t: usize| matches!(self.lower(Id::new(t)), "." | "," | "-" | "mr." | "ms." | "mr" | "ms");
        let upper = |t: usize| {
            let mut letters = word(t).chars().filter(|c| c.is_alphabetic()).peekable();
            letters.peek().is_some() && letters.all(char::is_uppercase)
        };
        let capitals = (start..colon).all(|t| upper(t) || small(t))
            && (start..colon).any(|t| word(t).chars().count() > 2)
            && colon <= start + if (start..colon).any(|t| word(t) == ",") { 8 } else { 4 };
        // "PRESS CONFERENCE: MONDAY, 11 NOVEMBER 2019": a line of capitals with a year heads a page.
        let letters = |t: &usize| word(*t).chars().filter(|c| c.is_alphabetic()).count() > 1;
        let year = |t: usize| word(t).len() == 4 && word(t).starts_with(['1', '2']) && word(t).parse::<u16>().is_ok();
        if (colon + 1..end).any(year) && (colon + 1..end).filter(letters).all(upper) {
            return None;
        }
        let turn = matches!(block.kind, BlockKind::Question | BlockKind::Answer);
        let named = || {
            (start..colon).all(|t| word(t).starts_with(|c: char| !c.is_lowercase()))
                || colon == start + 1 && word(start).starts_with(char::is_uppercase)
        };
        let kind = turn || block.kind == BlockKind::Paragraph;
        // "SOLEDAD ROE, CHANNEL ANCHOR:": the name is who speaks.
        let end = (start + 1..colon).find(|&t| word(t) == ",").unwrap_or(colon);
        (kind && (capitals || turn && named())).then(|| Id::new(start)..Id::new(end))
    }

    /// The labels of all turns, in text order; none where only one block opens with something like one.
    pub fn turn_labels(&self) -> Vec<Range<Id<Token>>> {
        let labels: Vec<Range<Id<Token>>> =
            self.blocks.iter().filter(|b| b.repeats.is_none()).filter_map(|b| self.turn_label(b)).collect();
        if labels.len() < 2 { Vec::new() } else { labels }
    }
}

impl Document {
    /// The signature of a post ("— Jo Roe (@joroe) May 13, 2024"): the tokens of the name, and the handle.
    pub fn signature(&self, block: &Block) -> Option<(Range<Id<Token>>, Option<Id<Token>>)> {
        if block.kind != BlockKind::Post || !self.slice(block.span).starts_with(['—', '–', '―', '-']) {
            return None;
        }
        let tokens = self.tokens_in(block.span);
        let word = |t: usize| self.word(Id::new(t));
        let letters = |t: usize| word(t).chars().any(char::is_alphanumeric);
        let (begin, end) = (tokens.start.index(), tokens.end.index());
        let stop = (begin..end).find(|&t| word(t).contains('@') || word(t) == "(")?;
        let start = (begin..stop).find(|&t| letters(t))?;
        let last = (start..stop).rev().find(|&t| letters(t) || word(t) == ".")?;
        let handle = (stop..end.min(stop + 2)).find(|&t| word(t).starts_with('@')).map(Id::new);
        Some((Id::new(start)..Id::new(last + 1), handle))
    }
}
