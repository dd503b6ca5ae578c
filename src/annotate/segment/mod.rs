//! Segmentation: blocks into sentences and tokens, by the conventions of Universal Dependencies for English.

mod boundary;
mod pattern;
mod scan;
mod words;

use crate::text::{Document, Id, LONGEST_SENTENCE, LONGEST_SENTENCE_BYTES, Layer, Sentence, Span, Token};

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
        for (to, cut) in bounded(text, &pieces, &ends) {
            let first = tokens.len();
            tokens.extend(pieces[from..to].iter().map(|piece| Token {
                span: Span::new(base + piece.start, base + piece.end),
                lower: Token::plain_lower(&text[piece.start..piece.end]),
                glued: piece.glued,
            }));
            let span = tokens[first].span.join(tokens[tokens.len() - 1].span);
            sentences.push(Sentence { span, tokens: Id::new(first)..Id::new(tokens.len()), block, cut });
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
        let text = doc.slice(row.span);
        boundary::find(text, &pieces, row.kind, true, &mut ends);
        let mut from = range.start;
        for (to, cut) in bounded(text, &pieces, &ends) {
            let tokens = from..Id::new(range.start.index() + to);
            from = tokens.end;
            sentences.push(Sentence { span: doc.span_of(tokens.clone()), tokens, block, cut });
        }
    }
    Layer::new(sentences)
}

/// Sentences that are given, with those that are too long cut.
pub fn cut(doc: &Document) -> Layer<Sentence> {
    let mut sentences = Vec::with_capacity(doc.sentences.len());
    for row in doc.sentences.iter() {
        let base = row.span.start();
        let pieces: Vec<scan::Piece> = Id::range(row.tokens.clone())
            .map(|t| {
                let token = &doc.tokens[t];
                scan::Piece { start: token.span.start() - base, end: token.span.end() - base, glued: token.glued }
            })
            .collect();
        let mut from = row.tokens.start;
        for (to, cut) in bounded(doc.slice(row.span), &pieces, &[pieces.len()]) {
            let tokens = from..Id::new(row.tokens.start.index() + to);
            from = tokens.end;
            sentences.push(Sentence { span: doc.span_of(tokens.clone()), tokens, cut, ..row.clone() });
        }
    }
    Layer::new(sentences)
}

/// The ends of sentences with further ends in those that are too long, behind a mark where one is near; true for these.
fn bounded(text: &str, pieces: &[scan::Piece], ends: &[usize]) -> Vec<(usize, bool)> {
    let mut bounded = Vec::with_capacity(ends.len());
    let mut from = 0;
    for &to in ends {
        loop {
            let bytes = pieces[from..to].partition_point(|p| p.end - pieces[from].start <= LONGEST_SENTENCE_BYTES);
            let most = from + bytes.clamp(1, LONGEST_SENTENCE);
            if most >= to {
                break;
            }
            let whole = |at: &usize| !pieces[*at].glued;
            let marked =
                |at: &usize| matches!(&text[pieces[at - 1].start..pieces[at - 1].end], "," | ";" | ":" | ")" | "”");
            let nearest = (from + (most - from) * 3 / 4..=most).rev().filter(|at| *at > from).filter(whole);
            let end = nearest.clone().find(marked).or_else(|| nearest.clone().next()).unwrap_or(most);
            bounded.push((end, true));
            from = end;
        }
        bounded.push((to, false));
        from = to;
    }
    bounded
}
