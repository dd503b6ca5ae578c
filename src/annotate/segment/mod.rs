//! Segmentation: blocks into sentences and tokens, by the conventions of Universal Dependencies for English.

mod boundary;
mod pattern;
mod scan;
mod words;

use crate::text::{Document, Id, Layer, Sentence, Span, Token};

/// Splits every block into sentences and tokens.
///
/// Tokens are the words of the English treebanks of Universal Dependencies: "don't" is "do" and "n't", hyphens
/// stand alone except after prefixes, full stops stay with abbreviations. Every visible character of a block is in
/// exactly one token, and every token in exactly one sentence.
pub fn split(doc: &Document) -> (Layer<Sentence>, Layer<Token>) {
    let mut sentences = Vec::with_capacity(doc.text().len() / 100);
    let mut tokens: Vec<Token> = Vec::with_capacity(doc.text().len() / 5);
    let mut pieces = Vec::new();
    let mut ends = Vec::new();
    for (block, row) in doc.blocks.rows() {
        let text = doc.slice(row.span);
        let base = row.span.start();
        pieces.clear();
        scan::scan(text, &mut pieces);
        boundary::find(text, &pieces, row.kind, false, &mut ends);
        let mut from = 0;
        for &to in &ends {
            let first = tokens.len();
            tokens.extend(pieces[from..to].iter().map(|piece| Token {
                span: Span::new(base + piece.start, base + piece.end),
                lower: Token::plain_lower(&text[piece.start..piece.end]),
                glued: piece.glued,
            }));
            let span = tokens[first].span.join(tokens[tokens.len() - 1].span);
            sentences.push(Sentence { span, tokens: Id::new(first)..Id::new(tokens.len()), block });
            from = to;
        }
    }
    (Layer::new(sentences), Layer::new(tokens))
}

/// Splits the given tokens of every block into sentences; white space around closing marks is taken as the splitter's.
pub fn sentences(doc: &Document) -> Layer<Sentence> {
    let mut sentences = Vec::new();
    let mut pieces = Vec::new();
    let mut ends = Vec::new();
    for (block, row) in doc.blocks.rows() {
        let base = row.span.start();
        let range = doc.tokens_in(row.span);
        pieces.clear();
        pieces.extend(Id::range(range.clone()).map(|t| {
            let token = &doc.tokens[t];
            scan::Piece { start: token.span.start() - base, end: token.span.end() - base, glued: token.glued }
        }));
        boundary::find(doc.slice(row.span), &pieces, row.kind, true, &mut ends);
        let mut from = range.start;
        for &to in &ends {
            let tokens = from..Id::new(range.start.index() + to);
            from = tokens.end;
            sentences.push(Sentence { span: doc.span_of(tokens.clone()), tokens, block });
        }
    }
    Layer::new(sentences)
}
