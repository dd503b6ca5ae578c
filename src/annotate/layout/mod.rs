//! Layout: what each line of the article is: headline, byline, paragraph, caption, repeated line.

use crate::text::{Block, BlockKind, Document, Layer, Span};

/// Cuts the text at line breaks and names each piece.
pub fn find(doc: &Document) -> Layer<Block> {
    let mut blocks = Layer::default();
    let mut start = 0;
    for line in doc.text().split_inclusive('\n') {
        let words = line.trim();
        if !words.is_empty() {
            let from = start + (line.len() - line.trim_start().len());
            blocks.push(Block { span: Span::new(from, from + words.len()), kind: BlockKind::Paragraph, repeats: None });
        }
        start += line.len();
    }
    blocks
}
