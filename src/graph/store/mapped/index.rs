//! The index of words: for every word the texts that have it, as numbers of terms. It is a part of each run of the
//! dictionary, so that it needs nothing of its own when articles come and go.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use fst::{IntoStreamer, Map, MapBuilder, Streamer};
use rustc_hash::{FxHashMap, FxHashSet};

use super::page::{PageWriter, Pages};
use super::term::{read_varint, varint};
use crate::graph::words::{self, Wanted};
use crate::graph::{Error, ErrorKind};

/// Words that nearly every text has: they are looked for in the texts that have the others.
static COMMON: LazyLock<FxHashSet<&str>> = LazyLock::new(|| include_str!("en/common.txt").lines().collect());

/// Words of a prefix beyond this many are not looked at.
const MOST_WORDS: usize = 2_000;

/// Gathers the words of a run.
#[derive(Default)]
pub(super) struct Gathered {
    /// For each word the last number that has it, and all numbers as differences.
    words: FxHashMap<String, (u32, Vec<u8>)>,
}

impl Gathered {
    /// The words of the text that is the run's term of this number.
    pub fn add(&mut self, nth: u32, text: &str) {
        words::each(text, |word| {
            if COMMON.contains(word) {
                return;
            }
            let (last, numbers) = match self.words.get_mut(word) {
                Some(known) => known,
                None => self.words.entry(word.to_owned()).or_default(),
            };
            if numbers.is_empty() || *last != nth {
                varint(u64::from(nth - *last), numbers);
                *last = nth;
            }
        });
    }

    /// Writes two sections: the lists of numbers, and where each word's begins.
    pub fn write(self, pages: &mut PageWriter) -> Result<(), Error> {
        let sorted: BTreeMap<String, (u32, Vec<u8>)> = self.words.into_iter().collect();
        let failed = |e: fst::Error| Error::new(ErrorKind::Io, "the index of words cannot be made").because(e);
        let mut map = MapBuilder::memory();
        pages.section();
        let (mut at, mut length) = (0, Vec::new());
        for (word, (_, numbers)) in sorted {
            map.insert(&word, at).map_err(failed)?;
            length.clear();
            varint(numbers.len() as u64, &mut length);
            pages.write(&length)?;
            pages.write(&numbers)?;
            at += (length.len() + numbers.len()) as u64;
        }
        pages.section();
        pages.write(&map.into_inner().map_err(failed)?)
    }
}

/// The terms of a run that have all the words, apart from common ones, in any order; `None` when only looking at all of
/// them can tell.
pub(super) fn find(pages: &Pages, lists: usize, wanted: &Wanted) -> Result<Option<Vec<u32>>, Error> {
    let map = Map::new(pages.bytes(lists + 1, 0, pages.length(lists + 1))?).map_err(|_| pages.damaged())?;
    let mut found: Option<Vec<u32>> = None;
    for (word, is_begin) in &wanted.words {
        let mut numbers = Vec::new();
        if *is_begin {
            let mut stream = map.range().ge(word).into_stream();
            let mut words = 0;
            while let Some((key, at)) = stream.next() {
                if !key.starts_with(word.as_bytes()) || words == MOST_WORDS {
                    break;
                }
                words += 1;
                read(pages, lists, at as usize, &mut numbers)?;
            }
            numbers.sort_unstable();
            numbers.dedup();
        } else if COMMON.contains(word.as_str()) {
            continue;
        } else if let Some(at) = map.get(word) {
            read(pages, lists, at as usize, &mut numbers)?;
        }
        found = Some(match found {
            None => numbers,
            Some(before) => {
                let has: FxHashSet<u32> = numbers.into_iter().collect();
                before.into_iter().filter(|nth| has.contains(nth)).collect()
            }
        });
    }
    Ok(found)
}

fn read(pages: &Pages, lists: usize, at: usize, numbers: &mut Vec<u32>) -> Result<(), Error> {
    let mut head = pages.at_most(lists, at, 10)?;
    let before = head.len();
    let length = read_varint(&mut head).ok_or_else(|| pages.damaged())? as usize;
    let mut bytes = pages.bytes(lists, at + before - head.len(), length)?;
    let mut nth = 0;
    while !bytes.is_empty() {
        nth += read_varint(&mut bytes).ok_or_else(|| pages.damaged())? as u32;
        numbers.push(nth);
    }
    Ok(())
}
