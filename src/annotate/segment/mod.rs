//! Segmentation: blocks into sentences and tokens, by the conventions of Universal Dependencies for English.

use crate::text::{Document, Id, Layer, Sentence, Span, Token};

/// Splits every block into sentences and tokens.
pub fn split(doc: &Document) -> (Layer<Sentence>, Layer<Token>) {
    let (mut sentences, mut tokens) = (Layer::default(), Layer::<Token>::default());
    for (block, row) in doc.blocks.rows() {
        let first = tokens.len();
        let text = doc.slice(row.span);
        let mut at = 0;
        for word in text.split_inclusive(char::is_whitespace) {
            let trimmed = word.trim();
            if !trimmed.is_empty() {
                let start = row.span.start() + at + (word.len() - word.trim_start().len());
                tokens.push(Token {
                    span: Span::new(start, start + trimmed.len()),
                    lower: trimmed.to_lowercase().into(),
                    glued: false,
                });
            }
            at += word.len();
        }
        if tokens.len() > first {
            sentences.push(Sentence { span: row.span, tokens: Id::new(first)..Id::new(tokens.len()), block });
        }
    }
    (sentences, tokens)
}
