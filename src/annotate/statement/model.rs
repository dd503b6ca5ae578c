//! The weights compiled in, and the search they steer: roles first, then source and content of each cue.

use std::ops::Range;
use std::sync::LazyLock;

use super::frame::{self, Frame};
use super::reading::{Paragraph, Reading};
use super::role::{self, Above, Near};
use super::tagger::Tagger;
use crate::text::{Document, Id};

/// Trained weights and settings.
#[derive(Clone, Debug, Default)]
pub struct Model {
    /// First look: roles.
    pub role: Tagger,
    /// Second look: source and content of a cue.
    pub frame: Tagger,
    /// What the network's probability of a role (in 1/255) adds to its score, in the first tagger's unit.
    pub network: Vec<i32>,
    /// Added to the score of both cue labels, in the first tagger's unit: more cues for the second look to judge.
    pub cue_bias: i32,
    /// Added to the score of the second look's label for "outside", in its tagger's unit.
    pub out_bias: i32,
}

/// A probability (in 1/255) from which the network's word is taken.
const SURE: u8 = 249;

const MAGIC: &[u8; 8] = b"SAYSOST1";

static MODEL: LazyLock<Model> = LazyLock::new(|| Model::read(sayso_weights::STATEMENTS).unwrap_or_default());

/// The weights as shipped.
pub fn shipped() -> &'static Model {
    &MODEL
}

/// An attribution in token numbers, as the weights see it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Found {
    /// The cue.
    pub cue: Range<usize>,
    /// The source.
    pub source: Option<Range<usize>>,
    /// The pieces of the content.
    pub content: Vec<Range<usize>>,
}

impl Model {
    /// Reads a model file; `None` when it is damaged.
    pub fn read(mut bytes: &[u8]) -> Option<Model> {
        bytes = bytes.strip_prefix(MAGIC)?;
        let role = Tagger::read(&mut bytes)?;
        let frame = Tagger::read(&mut bytes)?;
        let numbers: Vec<i32> = bytes.chunks_exact(4).map(|b| i32::from_le_bytes([b[0], b[1], b[2], b[3]])).collect();
        if role.labels != role::LABELS || frame.labels != frame::LABELS || numbers.len() != 258 {
            return None;
        }
        Some(Model { role, frame, cue_bias: numbers[0], out_bias: numbers[1], network: numbers[2..].to_vec() })
    }

    /// The model as a file.
    pub fn write(&self) -> Vec<u8> {
        let mut out = MAGIC.to_vec();
        out.extend(self.role.write());
        out.extend(self.frame.write());
        let numbers = [self.cue_bias, self.out_bias].into_iter().chain(self.network.iter().copied());
        out.extend(numbers.flat_map(i32::to_le_bytes));
        out
    }

    /// The role of every token of a paragraph.
    pub fn roles(&self, doc: &Document, reading: &Reading, above: &Above, paragraph: &Paragraph) -> Vec<u8> {
        if self.role.labels != role::LABELS {
            return vec![0; paragraph.tokens.len()];
        }
        let near = Near::new(reading, &paragraph.tokens);
        let mut scores = vec![0i32; paragraph.tokens.len() * role::LABELS];
        let mut list = Vec::with_capacity(96);
        for (at, row) in paragraph.tokens.clone().zip(scores.chunks_exact_mut(role::LABELS)) {
            let label = doc.labels.at(Id::new(at)).filter(|_| self.network.len() == 256);
            // Where the network is all but certain the features would not change the answer.
            if label.is_none_or(|l| l.speech_scores.iter().all(|&p| p < SURE)) {
                role::features(reading, above, &near, &paragraph.tokens, at, &mut list);
                self.role.add(&list, row);
            }
            row[3] += self.cue_bias;
            row[4] += self.cue_bias;
            if let Some(label) = label {
                for (score, &p) in row.iter_mut().zip(&label.speech_scores) {
                    *score += self.network[usize::from(p)];
                }
            }
        }
        role::decode(&scores, &self.role.transitions)
    }

    /// Source and content of one cue; both may be missing.
    pub fn fill(&self, frame: &Frame) -> Found {
        let labels = self.labels(frame);
        let (source, content) = spans(&labels, frame.window.start);
        Found { cue: frame.cue.clone(), source, content }
    }

    /// The second look's label of each token of the window.
    fn labels(&self, frame: &Frame) -> Vec<u8> {
        let mut scores = vec![0i32; frame.window.len() * frame::LABELS];
        let mut list = Vec::with_capacity(64);
        for (at, row) in frame.window.clone().zip(scores.chunks_exact_mut(frame::LABELS)) {
            if frame.cue.contains(&at) {
                row[1..].fill(-1_000_000);
                continue;
            }
            frame.features(at, &mut list);
            self.frame.add(&list, row);
            row[0] += self.out_bias;
        }
        frame::decode(&scores, &self.frame.transitions)
    }
}

/// The runs of source and content labels as token ranges.
pub fn spans(labels: &[u8], offset: usize) -> (Option<Range<usize>>, Vec<Range<usize>>) {
    let (mut source, mut content): (Option<Range<usize>>, Vec<Range<usize>>) = (None, Vec::new());
    for (place, &label) in labels.iter().enumerate() {
        let at = offset + place;
        match label {
            frame::BEGIN_SOURCE => source = Some(at..at + 1),
            frame::IN_SOURCE => {
                if let Some(s) = &mut source {
                    s.end = at + 1;
                }
            }
            frame::BEGIN_CONTENT => content.push(at..at + 1),
            frame::IN_CONTENT => {
                if let Some(c) = content.last_mut() {
                    c.end = at + 1;
                }
            }
            _ => {}
        }
    }
    (source, content)
}

/// The cue segments among a paragraph's roles, as token ranges.
pub fn cues_of(roles: &[u8], offset: usize) -> Vec<Range<usize>> {
    let mut found: Vec<Range<usize>> = Vec::new();
    for (place, &role) in roles.iter().enumerate() {
        let at = offset + place;
        match role {
            3 => found.push(at..at + 1),
            4 => {
                if let Some(last) = found.last_mut() {
                    last.end = at + 1;
                }
            }
            _ => {}
        }
    }
    found
}
