//! What the taggers see of a document: small numbers for each token, paragraph by paragraph.

use std::ops::Range;

use rustc_hash::FxHashMap;

use super::cue::{Class, Cue, Force, cues};
use super::quote::{self, Quotation};
use super::tagger::word_hash;
use crate::text::{Block, Document, Id, LONGEST_PARAGRAPH, NamePart, Relation, Xpos};

/// A paragraph (or headline, caption …) with its tokens.
#[derive(Clone, Debug)]
pub struct Paragraph {
    /// The block.
    pub block: Id<Block>,
    /// Its tokens, by number.
    pub tokens: Range<usize>,
    /// Its sentences, by number.
    pub sentences: Range<usize>,
    /// Its quotations.
    pub quotations: Vec<Quotation>,
}

impl Paragraph {
    /// Whether its last quotation has no closing mark, and may go on in the next paragraph.
    pub fn ends_open(&self) -> bool {
        self.quotations.iter().rev().find(|q| q.depth == 0).is_some_and(|q| !q.closed)
    }
}

/// Whether a token stands inside quotation marks.
pub const OUTSIDE: u8 = 0;
/// Inside.
pub const INSIDE: u8 = 1;
/// The opening mark.
pub const OPENS: u8 = 2;
/// The closing mark.
pub const CLOSES: u8 = 3;

/// One number a token for everything the templates use.
pub struct Reading {
    /// The paragraphs, in order.
    pub paragraphs: Vec<Paragraph>,
    /// Hash of the lower-cased form.
    pub word: Vec<u32>,
    /// Hash of its last three letters.
    pub suffix: Vec<u32>,
    /// Capital, digits, punctuation …
    pub shape: Vec<u8>,
    /// Universal part of speech plus 1.
    pub pos: Vec<u8>,
    /// Penn tag plus 1.
    pub xpos: Vec<u8>,
    /// Relation to the head plus 1; 0 without a tree.
    pub relation: Vec<u8>,
    /// The head's number; the token's own for a root.
    pub head: Vec<u32>,
    /// Kind of cue word plus 1; 0: none.
    pub band: Vec<u8>,
    /// Hash of the cue's dictionary form; 0: none.
    pub cue: Vec<u32>,
    /// Inside quotation marks or not, or a mark.
    pub quote: Vec<u8>,
    /// Place in a name and its class; 0: none.
    pub name: Vec<u8>,
    /// Number of its sentence.
    pub sentence: Vec<u32>,
    /// Relations to its children, as bits (see [`child_bit`]).
    pub children: Vec<u32>,
    /// Capitalised words behind a capitalised word of a name: their hash, with the first and last place they stand in so.
    pub surnames: FxHashMap<u32, (u32, u32)>,
}

/// The bits of [`Reading::children`].
pub fn child_bit(relation: Relation) -> u32 {
    match relation {
        Relation::Nsubj | Relation::NsubjOuter => 1,
        Relation::NsubjPass => 2,
        Relation::Ccomp => 4,
        Relation::Parataxis => 8,
        Relation::Obj => 16,
        Relation::Xcomp => 32,
        Relation::Obl | Relation::OblUnmarked => 64,
        Relation::Mark => 128,
        Relation::Advcl => 256,
        Relation::Cop => 512,
        Relation::AuxPass => 1024,
        Relation::Acl | Relation::AclRelcl => 2048,
        Relation::NmodPoss => 4096,
        Relation::Nmod => 8192,
        Relation::OblAgent => 16384,
        Relation::Case => 32768,
        Relation::Conj => 65536,
        _ => 0,
    }
}

/// Kind of cue word as a number from 1.
fn band(cue: &Cue) -> u8 {
    let class = match cue.class {
        Class::Verb => 0,
        Class::Noun => 1,
        Class::Adjective => 2,
        Class::Adverb => 3,
    };
    let force = match cue.force {
        Force::Speech => 0,
        Force::Thought => 1,
        Force::Will => 2,
        Force::Stance => 3,
        Force::Show => 4,
        Force::Seem => 5,
    };
    1 + class * 6 + force
}

/// Capital first letter, all capitals, digits, punctuation, lower case …
fn shape(word: &str) -> u8 {
    let mut chars = word.chars();
    let Some(first) = chars.next() else { return 0 };
    if !word.chars().any(char::is_alphanumeric) {
        return 1;
    }
    if word.chars().any(|c| c.is_ascii_digit()) {
        return 2;
    }
    if first.is_uppercase() {
        return if word.chars().count() > 1 && chars.all(|c| !c.is_lowercase()) { 4 } else { 3 };
    }
    5
}

impl Reading {
    /// Reads a document after the syntax stage (or before: then everything of the tree is 0).
    pub fn new(doc: &Document) -> Reading {
        let n = doc.tokens.len();
        let mut reading = Reading {
            paragraphs: Vec::new(),
            word: Vec::with_capacity(n),
            suffix: Vec::with_capacity(n),
            shape: Vec::with_capacity(n),
            pos: Vec::with_capacity(n),
            xpos: Vec::with_capacity(n),
            relation: Vec::with_capacity(n),
            head: Vec::with_capacity(n),
            band: Vec::with_capacity(n),
            cue: Vec::with_capacity(n),
            quote: vec![OUTSIDE; n],
            name: Vec::with_capacity(n),
            sentence: vec![0; n],
            children: vec![0; n],
            surnames: FxHashMap::default(),
        };
        for (id, token) in doc.tokens.rows() {
            let lower = token.lower.as_str();
            reading.word.push(word_hash(lower));
            let tail = lower.char_indices().rev().nth(2).map_or(lower, |(i, _)| &lower[i..]);
            reading.suffix.push(word_hash(tail));
            reading.shape.push(shape(doc.slice(token.span)));
            reading.pos.push(doc.tags.at(id).map_or(0, |t| t.pos as u8 + 1));
            reading.xpos.push(doc.tags.at(id).filter(|t| t.xpos != Xpos::Xx).map_or(0, |t| t.xpos as u8 + 1));
            reading.relation.push(doc.heads.at(id).map_or(0, |h| h.relation as u8 + 1));
            reading.head.push(doc.head(id).map_or(id.index(), Id::index) as u32);
            let cue = cues().of(doc, id);
            reading.band.push(cue.map_or(0, band));
            reading.cue.push(cue.map_or(0, |c| word_hash(c.lemma)));
            reading.name.push(match doc.labels.at(id) {
                Some(label) if label.name != NamePart::Outside => {
                    1 + 2 * (label.class as u8) + u8::from(label.name == NamePart::Inside)
                }
                _ => 0,
            });
        }
        for (id, head) in doc.heads.values().iter().enumerate() {
            if let Some(to) = head.head.filter(|h| h.index() < n && id < n) {
                reading.children[to.index()] |= child_bit(head.relation);
            }
        }
        for (number, sentence) in doc.sentences.iter().enumerate() {
            let tokens = sentence.tokens.start.index()..sentence.tokens.end.index().min(n);
            for at in tokens.clone() {
                reading.sentence[at] = number as u32;
            }
            match reading.paragraphs.last_mut() {
                Some(last) if last.block == sentence.block && tokens.end - last.tokens.start <= LONGEST_PARAGRAPH => {
                    last.tokens.end = tokens.end;
                    last.sentences.end = number + 1;
                }
                _ => reading.paragraphs.push(Paragraph {
                    block: sentence.block,
                    tokens,
                    sentences: number..number + 1,
                    quotations: Vec::new(),
                }),
            }
        }
        for at in 1..n {
            let both = reading.shape[at] == 3 && reading.shape[at - 1] == 3;
            if both && reading.sentence[at] == reading.sentence[at - 1] && reading.name[at] != 0 {
                let places = reading.surnames.entry(reading.word[at]).or_insert((at as u32, at as u32));
                places.1 = at as u32;
            }
        }
        for paragraph in &mut reading.paragraphs {
            let Some(block) = doc.blocks.at(paragraph.block) else { continue };
            // A paragraph that is too long is read in parts.
            let part = |at: usize| doc.sentences.at(Id::new(at)).is_some_and(|s| s.block == paragraph.block);
            let (first, end) = (paragraph.sentences.start, paragraph.sentences.end);
            let span = if first > 0 && part(first - 1) || part(end) {
                doc.sentences[Id::new(first)].span.join(doc.sentences[Id::new(end - 1)].span)
            } else {
                block.span
            };
            paragraph.quotations = quote::find(doc, span);
            for quotation in paragraph.quotations.iter().filter(|q| q.depth == 0) {
                let inside = doc.tokens.partition_point(|t| t.span.end() <= quotation.span.start());
                for at in inside..paragraph.tokens.end {
                    let span = doc.tokens[Id::new(at)].span;
                    if span.start() >= quotation.span.end() {
                        break;
                    }
                    reading.quote[at] = if span.end() <= quotation.inner.start() {
                        OPENS
                    } else if span.start() >= quotation.inner.end() {
                        CLOSES
                    } else {
                        INSIDE
                    };
                }
            }
        }
        reading
    }

    /// Number of tokens.
    pub fn len(&self) -> usize {
        self.word.len()
    }

    /// True for a document without tokens.
    pub fn is_empty(&self) -> bool {
        self.word.is_empty()
    }

    /// The head of a token, `None` for a root or without a tree.
    pub fn up(&self, token: usize) -> Option<usize> {
        let head = self.head[token] as usize;
        (head != token && head < self.len()).then_some(head)
    }
}

/// A number in about seven steps: 0, 1, 2, 3–4, 5–8, 9–16, more.
pub fn bucket(distance: usize) -> u32 {
    match distance {
        0..=2 => distance as u32,
        3..=4 => 3,
        5..=8 => 4,
        9..=16 => 5,
        17..=40 => 6,
        _ => 7,
    }
}
