//! Tokens, sentences, and what the network says of each token.

use smol_str::SmolStr;
use std::ops::Range;

use super::{Id, Pos, Relation, Span, Spanned, Xpos, closed_set};

/// A syntactic word (UD): "do" and "n't" of "don't" are two.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Token {
    /// Where it stands.
    pub span: Span,
    /// Its lower-cased form, with typographic quotes and dashes made plain.
    pub lower: SmolStr,
    /// True when it continues the multi-word token of the token before ("n't" in "don't").
    pub glued: bool,
}

impl Token {
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
        let mut plain = smol_str::SmolStrBuilder::new();
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
}

impl Spanned for Token {
    fn span(&self) -> Span {
        self.span
    }
}

/// A sentence: its text range, its tokens, the block it stands in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sentence {
    /// From its first token to its last.
    pub span: Span,
    /// Its tokens.
    pub tokens: Range<Id<Token>>,
    /// The block (paragraph, headline, caption …) that holds it.
    pub block: Id<super::Block>,
    /// True when it was cut for its length: the words go on in the next row.
    pub cut: bool,
}

/// Tokens of the longest sentence; a longer one is cut, so that what looks at a whole sentence stays cheap.
pub const LONGEST_SENTENCE: usize = 480;

/// Bytes of the longest sentence.
pub const LONGEST_SENTENCE_BYTES: usize = 8_192;

/// Tokens of the longest paragraph that is read as one when statements are looked for.
pub const LONGEST_PARAGRAPH: usize = 3_000;

impl Spanned for Sentence {
    fn span(&self) -> Span {
        self.span
    }
}

/// Part of speech of a token.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Tag {
    /// Universal part of speech.
    pub pos: Pos,
    /// Penn tag.
    pub xpos: Xpos,
}

/// Where a token hangs in the dependency tree of its sentence.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Head {
    /// The governing token; `None` for the root of the sentence.
    pub head: Option<Id<Token>>,
    /// The relation to it.
    pub relation: Relation,
}

closed_set! {
    /// Place of a token in a name or in a role of an attribution.
    NamePart {
        Outside = "O",
        Begin = "B",
        Inside = "I",
    }
}

closed_set! {
    /// Role of a token in an attribution, as the network sees it (before the statement stage decides).
    Speech {
        Outside = "O",
        BeginSource = "B-source",
        InsideSource = "I-source",
        BeginCue = "B-cue",
        InsideCue = "I-cue",
        BeginContent = "B-content",
        InsideContent = "I-content",
    }
}

/// What the network sees at a token beside grammar.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Label {
    /// Whether the token begins, continues or is outside a name.
    pub name: NamePart,
    /// The class of that name; meaningless when `name` is outside.
    pub class: super::NameClass,
    /// The likeliest role in an attribution.
    pub speech: Speech,
    /// Probability of each role in the order of [`Speech::ALL`], in 1/255.
    pub speech_scores: [u8; 7],
}
