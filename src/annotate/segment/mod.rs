//! Segmentation: blocks into sentences and tokens, by the conventions of Universal Dependencies for English.

mod boundary;
mod scan;
mod words;

use smol_str::{SmolStr, SmolStrBuilder};

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
        boundary::find(text, &pieces, row.kind, &mut ends);
        let mut from = 0;
        for &to in &ends {
            let first = tokens.len();
            tokens.extend(pieces[from..to].iter().map(|piece| Token {
                span: Span::new(base + piece.start, base + piece.end),
                lower: plain_lower(&text[piece.start..piece.end]),
                glued: piece.glued,
            }));
            let span = tokens[first].span.join(tokens[tokens.len() - 1].span);
            sentences.push(Sentence { span, tokens: Id::new(first)..Id::new(tokens.len()), block });
            from = to;
        }
    }
    (Layer::new(sentences), Layer::new(tokens))
}

/// A word in lower case, with typographic quotes and dashes made plain.
pub fn plain_lower(word: &str) -> SmolStr {
    if word.is_ascii() {
        let mut short = [0u8; 64];
        if let Some(short) = short.get_mut(..word.len()) {
            short.copy_from_slice(word.as_bytes());
            short.make_ascii_lowercase();
            return SmolStr::new(std::str::from_utf8(short).unwrap_or_default());
        }
        return word.to_ascii_lowercase().into();
    }
    let mut plain = SmolStrBuilder::new();
    for c in word.chars() {
        match c {
            '‘' | '’' | '‛' | '′' => plain.push('\''),
            '“' | '”' | '„' | '‟' | '″' => plain.push('"'),
            '‐' | '‑' | '–' | '—' | '―' | '−' => plain.push('-'),
            c => c.to_lowercase().for_each(|c| plain.push(c)),
        }
    }
    plain.finish()
}
