//! The summed rows of word forms, kept for words that come again: most of a text is made of few words.

use super::features::{Forms, Rows, hash};
use super::kernel::{Rounded, add_row, product};
use super::model::{Model, Which};

/// Places for kept words; a word has one place, and the last one read holds it.
const PLACES: usize = 4096;

/// Bytes of the longest word that is kept.
const LONGEST: usize = 23;

/// A kept word: its bytes, filled up with zeros, and their number.
type Key = [u8; LONGEST + 1];

/// Sums of the rows and the static vector of word forms, for one model.
#[derive(Default)]
pub(super) struct Words {
    /// The model's number; 0 before the first.
    model: u32,
    keys: Vec<Key>,
    sums: Vec<f32>,
    missing: Vec<Missing>,
    forms: Forms,
    vectors: Rounded,
    products: Vec<f32>,
}

/// A word whose sum is not kept.
struct Missing {
    /// Its place among the words asked for.
    at: usize,
    /// Where it is to be kept.
    keep: Option<(usize, Key)>,
    rows: Rows,
}

impl Words {
    /// Writes the sums of the words, a row of the model's width for each, to `out`.
    pub(super) fn sum<'a>(&mut self, model: &Model, words: impl Iterator<Item = &'a str>, out: &mut Vec<f32>) {
        let width = model.width;
        if self.model != model.number {
            self.model = model.number;
            // Made anew, not filled: a short text then never touches most of it.
            self.keys = vec![[0; LONGEST + 1]; PLACES];
            self.sums = vec![0.0; PLACES * width];
        }
        self.missing.clear();
        self.vectors.clear();
        out.clear();
        for (at, word) in words.enumerate() {
            let keep = key(word).map(|key| (hash(word.as_bytes(), 60) as usize % PLACES, key));
            if let Some((place, key)) = keep
                && self.keys[place] == key
            {
                out.extend_from_slice(&self.sums[place * width..(place + 1) * width]);
                continue;
            }
            out.resize((at + 1) * width, 0.0);
            self.forms.set(word);
            self.missing.push(Missing { at, keep, rows: self.forms.rows(model.rows) });
            match model.vector(&self.forms.lower) {
                Some((values, scale)) => self.vectors.push(values, scale),
                None => {
                    let (values, scales) = self.vectors.more(1, model.vector_width);
                    values.fill(0);
                    scales.fill(0.0);
                }
            }
        }
        let w = model.matrix(Which::Vector);
        product(model.isa, self.vectors.values(), self.vectors.scales(), &w, &mut self.products);
        for (missing, sum) in self.missing.iter().zip(self.products.chunks_exact_mut(width)) {
            for &row in missing.rows.iter().filter(|&&row| row != 0) {
                let (values, scale) = model.row(row);
                add_row(model.isa, sum, values, scale);
            }
            out[missing.at * width..(missing.at + 1) * width].copy_from_slice(sum);
            if let Some((place, key)) = missing.keep {
                self.keys[place] = key;
                self.sums[place * width..(place + 1) * width].copy_from_slice(sum);
            }
        }
    }
}

/// The key of a word that is short enough.
fn key(word: &str) -> Option<Key> {
    let bytes = word.as_bytes();
    let mut key = [0; LONGEST + 1];
    if bytes.len() > LONGEST {
        return None;
    }
    key[..bytes.len()].copy_from_slice(bytes);
    key[LONGEST] = bytes.len() as u8;
    Some(key)
}
