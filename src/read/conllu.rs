//! CoNLL-U: documents whose sentences and tokens are given and kept. Tags and trees of the file are not taken over.

use std::io::{BufRead, Read};

use crate::text::{Block, BlockKind, Document, Id, Sentence, Source, Span, Token};

/// Reads documents one after another: each `# newdoc` begins one; a file without any is one document.
pub struct Documents<R> {
    lines: R,
    number: usize,
    /// The id on the `# newdoc` line that ended the document before.
    next_id: Option<String>,
    done: bool,
}

/// Bytes of a line at most.
const LONGEST_LINE: u64 = 1 << 20;

/// What is wrong, and at which line (from 1).
pub type Broken = (usize, String);

impl<R: BufRead> Documents<R> {
    /// A reader at the start of its lines.
    pub fn new(lines: R) -> Documents<R> {
        Documents { lines, number: 0, next_id: None, done: false }
    }

    /// The next document; `None` at the end. After an error the rest of that document is read as another.
    pub fn read(&mut self) -> Option<Result<Document, Broken>> {
        let mut draft = Draft::default();
        let mut id = self.next_id.take();
        let mut line = String::new();
        while !self.done {
            line.clear();
            self.number += 1;
            match self.lines.by_ref().take(LONGEST_LINE + 1).read_line(&mut line) {
                Ok(length) if length as u64 > LONGEST_LINE => {
                    self.done = true;
                    return Some(Err((self.number, format!("a line of more than {} MiB", LONGEST_LINE >> 20))));
                }
                Ok(0) => {
                    self.done = true;
                    break;
                }
                Err(e) => {
                    self.done = true;
                    return Some(Err((self.number, e.to_string())));
                }
                Ok(_) => {}
            }
            let row = line.trim_end_matches(['\n', '\r']).trim_start_matches('\u{feff}');
            if let Some(comment) = row.strip_prefix('#') {
                let comment = comment.trim();
                if let Some(rest) = comment.strip_prefix("newdoc") {
                    let name = rest.split_once('=').map(|(_, name)| name.trim().to_owned());
                    if draft.is_empty() {
                        id = name;
                    } else {
                        self.next_id = Some(name.unwrap_or_default());
                        break;
                    }
                } else if comment == "newpar" || comment.starts_with("newpar id") {
                    draft.paragraph();
                }
            } else if row.trim().is_empty() {
                draft.close();
            } else if let Err(cause) = draft.token(row) {
                return Some(Err((self.number, cause)));
            }
            if draft.text.len() > super::LONGEST {
                return Some(Err((self.number, format!("a document of more than {} MiB", super::LONGEST >> 20))));
            }
        }
        draft.close();
        if draft.is_empty() { None } else { Some(Ok(draft.document(id.unwrap_or_default()))) }
    }
}

/// A document being put together.
#[derive(Default)]
struct Draft {
    text: String,
    /// Spans and whether glued, of all tokens so far.
    tokens: Vec<(Span, bool)>,
    /// First tokens of sentences that are closed, and whether a paragraph begins there.
    sentences: Vec<(usize, bool)>,
    open: usize,
    new_paragraph: bool,
    /// White space due before the next token.
    gap: &'static str,
    /// Words of a multi-word token still to come, and its surface.
    rest: Option<Rest>,
}

/// What is left of a multi-word token.
struct Rest {
    last: usize,
    end: usize,
    at: usize,
    gap: &'static str,
    /// A word of it has been put down.
    started: bool,
}

impl Draft {
    fn is_empty(&self) -> bool {
        self.tokens.is_empty()
    }

    fn paragraph(&mut self) {
        self.close();
        self.new_paragraph = true;
    }

    fn close(&mut self) {
        self.rest = None;
        if self.tokens.len() > self.open {
            self.sentences.push((self.open, self.new_paragraph || self.sentences.is_empty()));
            self.open = self.tokens.len();
            self.new_paragraph = false;
        }
    }

    /// Puts down the white space due; a new paragraph begins on a line of its own.
    fn space(&mut self) {
        if self.tokens.len() == self.open && self.new_paragraph && !self.text.is_empty() {
            self.text.push_str("\n\n");
        } else {
            self.text.push_str(self.gap);
        }
        self.gap = "";
    }

    fn token(&mut self, row: &str) -> Result<(), String> {
        let columns: Vec<&str> = row.split('\t').collect();
        if columns.len() != 10 {
            return Err(format!("{} columns, not 10", columns.len()));
        }
        let form = columns[1].trim();
        let gap = if columns[9].split('|').any(|m| m == "SpaceAfter=No") { "" } else { " " };
        if columns[0].contains('.') {
            return Ok(());
        }
        if let Some((first, last)) = columns[0].split_once('-') {
            let bounds = (first.parse::<usize>(), last.parse::<usize>());
            let (Ok(first), Ok(last)) = bounds else { return Err(format!("the id {:?}", columns[0])) };
            if form.is_empty() || last < first {
                return Err("a multi-word token without words".into());
            }
            self.space();
            let at = self.text.len();
            self.text.push_str(form);
            self.rest = Some(Rest { last, end: self.text.len(), at, gap, started: false });
            return Ok(());
        }
        let id: usize = columns[0].parse().map_err(|_| format!("the id {:?}", columns[0]))?;
        if form.is_empty() {
            return Err("a token without a form".into());
        }
        match &mut self.rest {
            Some(rest) => {
                let glued = rest.started;
                let left = &self.text[rest.at..rest.end];
                // A word takes as many characters of the surface as it has, and leaves one for each word after it.
                let keep = rest.last.saturating_sub(id);
                let total = left.chars().count();
                let take = if id >= rest.last { total } else { form.chars().count().min(total.saturating_sub(keep)) };
                let end = left.char_indices().nth(take).map_or(rest.end, |(i, _)| rest.at + i);
                if end > rest.at {
                    rest.started = true;
                    self.tokens.push((Span::new(rest.at, end), glued));
                }
                rest.at = end;
                if id >= rest.last {
                    self.gap = rest.gap;
                    self.rest = None;
                }
            }
            None => {
                self.space();
                let start = self.text.len();
                self.text.push_str(form);
                self.tokens.push((Span::new(start, self.text.len()), false));
                self.gap = gap;
            }
        }
        Ok(())
    }

    fn document(self, id: String) -> Document {
        let mut doc = Document::new(Source { id, ..Source::default() }, self.text);
        let ends: Vec<usize> =
            self.sentences.iter().skip(1).map(|s| s.0).chain(std::iter::once(self.tokens.len())).collect();
        let span = |from: usize, to: usize| self.tokens[from].0.join(self.tokens[to - 1].0);
        for (&(from, begins), &to) in self.sentences.iter().zip(&ends) {
            let here = span(from, to);
            if begins || doc.blocks.is_empty() {
                doc.blocks.push(Block { span: here, kind: BlockKind::Paragraph, repeats: None });
            }
            let block = Id::new(doc.blocks.len() - 1);
            doc.blocks[block].span = doc.blocks[block].span.join(here);
            doc.sentences.push(Sentence { span: here, tokens: Id::new(from)..Id::new(to), block, cut: false });
        }
        for &(span, glued) in &self.tokens {
            let lower = Token::plain_lower(doc.slice(span));
            doc.tokens.push(Token { span, lower, glued });
        }
        doc
    }
}
