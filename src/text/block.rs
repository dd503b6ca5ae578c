//! The blocks of an article: headline, byline, paragraph, caption …

use super::{Id, Span, Spanned, closed_set};

closed_set! {
    /// What a block of text is in the article.
    BlockKind {
        /// The article's title.
        Headline = "headline",
        /// A heading inside the article.
        Heading = "heading",
        /// Who wrote it.
        Byline = "byline",
        /// When it was published or updated, categories, number of comments.
        Dateline = "dateline",
        /// A paragraph of running text.
        Paragraph = "paragraph",
        /// A picture's caption.
        Caption = "caption",
        /// A credit or source line, a link to another page, an advertisement.
        Credit = "credit",
        /// A question of an interview.
        Question = "question",
        /// An answer of an interview, or a turn of a transcript.
        Answer = "answer",
        /// A post quoted from a social network.
        Post = "post",
        /// A list item.
        Item = "item",
    }
}

/// A stretch of text between the writer's line breaks, with what it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Block {
    /// Where it stands, without outer white space.
    pub span: Span,
    /// What it is.
    pub kind: BlockKind,
    /// An earlier block with the same words (a headline printed twice, a caption repeated); statements are not made of it.
    pub repeats: Option<Id<Block>>,
}

impl Spanned for Block {
    fn span(&self) -> Span {
        self.span
    }
}
