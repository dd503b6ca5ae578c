//! A linear sequence tagger: hashed features, one row of small integer weights each, best path by Viterbi.
//!
//! Only integers are added, so the answer is the same on every machine.

use std::ops::Add;

/// The hash of one feature: a template and what it saw.
pub type Feature = u32;

/// Mixes a template's number and its atoms into a feature.
#[inline]
pub fn feature(template: u32, a: u32, b: u32, c: u32) -> Feature {
    const K: u64 = 0x9E37_79B9_7F4A_7C15;
    let mut h = (u64::from(template) + 1).wrapping_mul(K);
    h = (h.rotate_left(23) ^ u64::from(a)).wrapping_mul(K);
    h = (h.rotate_left(23) ^ u64::from(b)).wrapping_mul(K);
    h = (h.rotate_left(23) ^ u64::from(c)).wrapping_mul(K);
    (h >> 32) as u32
}

/// The hash of a word, the same in every run and on every machine (FNV-1a).
pub fn word_hash(word: &str) -> u32 {
    word.bytes().fold(0x811C_9DC5_u32, |h, b| (h ^ u32::from(b)).wrapping_mul(0x0100_0193))
}

/// Trained weights: for each hashed feature one value a label; for each pair of labels one value.
#[derive(Clone, Debug, Default)]
pub struct Tagger {
    /// Number of labels.
    pub labels: usize,
    /// The table holds 2^bits features.
    pub bits: u32,
    /// Feature weights, `labels` for each feature.
    pub weights: Vec<i8>,
    /// `labels + 1` rows (the last: start of the sequence) of `labels` values, in the same unit.
    pub transitions: Vec<i32>,
    /// The unit: what one step of the learner was worth, so that other scores can be added in proportion.
    pub unit: i32,
}

impl Tagger {
    /// Adds the weights of a position's features to its row of scores.
    #[inline]
    pub fn add(&self, features: &[Feature], scores: &mut [i32]) {
        // The widths of the two looks, known to the compiler, make straight code.
        match self.labels {
            7 => self.add_row::<7>(features, scores),
            5 => self.add_row::<5>(features, scores),
            _ => {
                for label in 0..self.labels.min(scores.len()) {
                    let shift = 32 - self.bits;
                    let weight = |f: &Feature| self.weights.get((f >> shift) as usize * self.labels + label);
                    scores[label] += features.iter().filter_map(weight).map(|&w| i32::from(w)).sum::<i32>();
                }
            }
        }
    }

    fn add_row<const N: usize>(&self, features: &[Feature], scores: &mut [i32]) {
        let Some(scores) = scores.first_chunk_mut::<N>() else { return };
        let (rows, _) = self.weights.as_chunks::<N>();
        let shift = 32 - self.bits;
        let mut sum = *scores;
        for &f in features {
            let Some(row) = rows.get((f >> shift) as usize) else { continue };
            for (score, &weight) in sum.iter_mut().zip(row) {
                *score += i32::from(weight);
            }
        }
        *scores = sum;
    }

    /// Reads the tables of a model file; `None` when it is damaged or empty.
    pub fn read(bytes: &mut &[u8]) -> Option<Tagger> {
        let mut take = |n: usize| -> Option<Vec<u8>> {
            if bytes.len() < n {
                return None;
            }
            let (head, rest) = bytes.split_at(n);
            *bytes = rest;
            Some(head.to_vec())
        };
        let head = take(4)?;
        let (labels, bits) = (usize::from(head[0]), u32::from(head[1]));
        let unit = i32::from(u16::from_le_bytes([head[2], head[3]]));
        if labels == 0 || bits > 24 {
            return None;
        }
        let transitions = take((labels + 1) * labels * 2)?
            .chunks_exact(2)
            .map(|b| i32::from(i16::from_le_bytes([b[0], b[1]])))
            .collect();
        let weights = take(labels << bits)?.into_iter().map(|b| b as i8).collect();
        Some(Tagger { labels, bits, weights, transitions, unit })
    }

    /// The tables as bytes of a model file.
    pub fn write(&self) -> Vec<u8> {
        let mut out = vec![self.labels as u8, self.bits as u8];
        out.extend((self.unit.clamp(1, 65535) as u16).to_le_bytes());
        out.extend(self.transitions.iter().flat_map(|&t| (t.clamp(-32768, 32767) as i16).to_le_bytes()));
        out.extend(self.weights.iter().map(|&w| w as u8));
        out
    }
}

/// The labels of the best path: `scores` holds a row of `labels` values a position, `transitions` a row for each
/// label before (the last row: none before); `allowed` says which label may follow which.
pub fn viterbi<T>(
    scores: &[T],
    labels: usize,
    transitions: &[T],
    allowed: impl Fn(Option<usize>, usize) -> bool,
) -> Vec<u8>
where
    T: Copy + PartialOrd + Add<Output = T>,
{
    let length = scores.len().checked_div(labels).unwrap_or(0);
    if length == 0 {
        return Vec::new();
    }
    let mut back = vec![0u8; length * labels];
    let mut best: Vec<Option<T>> =
        (0..labels).map(|l| allowed(None, l).then(|| scores[l] + transitions[labels * labels + l])).collect();
    let may: Vec<bool> = (0..labels * labels).map(|i| allowed(Some(i / labels), i % labels)).collect();
    let mut next = best.clone();
    for position in 1..length {
        for label in 0..labels {
            let mut top: Option<(T, usize)> = None;
            for before in 0..labels {
                if !may[before * labels + label] {
                    continue;
                }
                let Some(score) = best[before] else { continue };
                let score = score + transitions[before * labels + label];
                if top.is_none_or(|t| score > t.0) {
                    top = Some((score, before));
                }
            }
            next[label] = top.map(|(score, before)| {
                back[position * labels + label] = before as u8;
                score + scores[position * labels + label]
            });
        }
        std::mem::swap(&mut best, &mut next);
    }
    let mut label = 0;
    for l in 1..labels {
        if let Some(score) = best[l]
            && best[label].is_none_or(|b| score > b)
        {
            label = l;
        }
    }
    let mut path = vec![0u8; length];
    for position in (0..length).rev() {
        path[position] = label as u8;
        label = usize::from(back[position * labels + label]);
    }
    path
}
