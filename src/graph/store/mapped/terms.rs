//! The dictionary: every term has a number, given in the order in which terms are met, so that the terms of an article
//! stand together. It is kept in runs of numbers that follow one another, each a file with a table of hashes.

use std::path::Path;

use super::index::{self, Gathered};
use super::page::{Named, PageWriter, Pages, u32_at, u64_at};
use super::term::{self, varint};
use crate::graph::Error;
use crate::graph::words::Wanted;

/// Terms of a block: an offset stands for each block, and the terms inside one after another.
const BLOCK: usize = 16;

/// A place of the table: number of the term within its run and one (4), part of the hash (2).
const SLOT: usize = 6;

/// The sections of a run.
const BYTES: usize = 0;
const OFFSETS: usize = 1;
const SLOTS: usize = 2;
/// And the next: where each word's list begins.
const LISTS: usize = 3;

/// A run of terms in a file.
pub(super) struct Run {
    pages: Pages,
    first: u32,
    count: u32,
}

impl Run {
    pub fn open(folder: &Path, named: &Named, first: u32, count: u32) -> Result<Run, Error> {
        Ok(Run { pages: Pages::open(folder, named)?, first, count })
    }

    pub fn pages(&self) -> &Pages {
        &self.pages
    }

    pub fn first(&self) -> u32 {
        self.first
    }

    /// The first number that is not in the run.
    pub fn end(&self) -> u32 {
        self.first + self.count
    }

    /// The bytes of a term by its number.
    pub fn get(&self, id: u32) -> Result<&[u8], Error> {
        let nth = (id - self.first) as usize;
        let offset = |block: usize| self.pages.bytes(OFFSETS, block * 8, 8).map(|bytes| u64_at(bytes, 0) as usize);
        let begin = offset(nth / BLOCK)?;
        let end = match (nth / BLOCK + 1) * 8 < self.pages.length(OFFSETS) {
            true => offset(nth / BLOCK + 1)?,
            false => self.pages.length(BYTES),
        };
        let mut block = self.pages.bytes(BYTES, begin, end.saturating_sub(begin))?;
        let damaged = || self.pages.damaged();
        for _ in 0..nth % BLOCK {
            let length = term::read_varint(&mut block).ok_or_else(damaged)? as usize;
            block = block.get(length..).ok_or_else(damaged)?;
        }
        let length = term::read_varint(&mut block).ok_or_else(damaged)? as usize;
        block.get(..length).ok_or_else(damaged)
    }

    /// The number of a term by its bytes and their hash.
    pub fn find(&self, bytes: &[u8], hash: u64) -> Result<Option<u32>, Error> {
        let slots = self.pages.length(SLOTS) / SLOT;
        if slots == 0 {
            return Ok(None);
        }
        let mut place = place(hash, slots);
        loop {
            let slot = self.pages.bytes(SLOTS, place * SLOT, SLOT)?;
            let nth = u32_at(slot, 0);
            if nth == 0 {
                return Ok(None);
            }
            if slot[4..] == mark(hash) && self.get(self.first + nth - 1)? == bytes {
                return Ok(Some(self.first + nth - 1));
            }
            place = if place + 1 == slots { 0 } else { place + 1 };
        }
    }

    /// The texts in which these words stand, one after another.
    pub fn matching(&self, wanted: &Wanted, found: &mut Vec<u32>) -> Result<(), Error> {
        match index::find(&self.pages, LISTS, wanted)? {
            Some(numbers) => {
                let is_sure = wanted.words.len() == 1;
                for nth in numbers {
                    let id = self.first + nth;
                    if is_sure || term::string(self.get(id)?).is_some_and(|text| wanted.are_in(text)) {
                        found.push(id);
                    }
                }
            }
            None => {
                let mut id = self.first;
                self.each(|bytes| {
                    if term::string(bytes).is_some_and(|text| wanted.are_in(text)) {
                        found.push(id);
                    }
                    id += 1;
                    Ok(())
                })?;
            }
        }
        Ok(())
    }

    /// The texts that have all these words, in any order.
    pub fn having(&self, wanted: &Wanted, found: &mut Vec<u32>) -> Result<(), Error> {
        let numbers = index::find(&self.pages, LISTS, wanted)?.unwrap_or_default();
        found.extend(numbers.into_iter().map(|nth| self.first + nth));
        Ok(())
    }

    /// Every term's bytes, in the order of their numbers.
    pub fn each(&self, mut work: impl FnMut(&[u8]) -> Result<(), Error>) -> Result<(), Error> {
        let mut at = 0;
        for _ in 0..self.count {
            let mut head = self.pages.at_most(BYTES, at, 10)?;
            let before = head.len();
            let length = term::read_varint(&mut head).ok_or_else(|| self.pages.damaged())? as usize;
            at += before - head.len();
            work(self.pages.bytes(BYTES, at, length)?)?;
            at += length;
        }
        Ok(())
    }
}

/// Where a hash wants to stand in a table.
fn place(hash: u64, slots: usize) -> usize {
    ((u128::from(hash) * slots as u128) >> 64) as usize
}

fn mark(hash: u64) -> [u8; 2] {
    (hash as u16).to_le_bytes()
}

/// Terms that are not in a file yet.
#[derive(Default)]
pub(super) struct Fresh {
    bytes: Vec<u8>,
    /// Where each term begins.
    begins: Vec<usize>,
    hashes: Vec<u64>,
    /// Number of a term and one, by hash; half of it is empty at least.
    table: Vec<u32>,
}

impl Fresh {
    pub fn len(&self) -> usize {
        self.begins.len()
    }

    /// About how much memory it takes.
    pub fn memory(&self) -> usize {
        self.bytes.len() + self.begins.len() * 16 + self.table.len() * 4
    }

    pub fn get(&self, nth: usize) -> &[u8] {
        let end = self.begins.get(nth + 1).copied().unwrap_or(self.bytes.len());
        &self.bytes[self.begins[nth]..end]
    }

    pub fn find(&self, bytes: &[u8], hash: u64) -> Option<usize> {
        let mask = self.table.len().checked_sub(1)?;
        let mut place = hash as usize & mask;
        while let Some(nth) = self.table[place].checked_sub(1) {
            let nth = nth as usize;
            if self.hashes[nth] == hash && self.get(nth) == bytes {
                return Some(nth);
            }
            place = (place + 1) & mask;
        }
        None
    }

    /// Adds a term that is not there yet.
    pub fn add(&mut self, bytes: &[u8], hash: u64) -> usize {
        if (self.len() + 1) * 2 > self.table.len() {
            self.grow();
        }
        let nth = self.len();
        self.begins.push(self.bytes.len());
        self.bytes.extend(bytes);
        self.hashes.push(hash);
        self.enter(nth);
        nth
    }

    fn enter(&mut self, nth: usize) {
        let mask = self.table.len() - 1;
        let mut place = self.hashes[nth] as usize & mask;
        while self.table[place] != 0 {
            place = (place + 1) & mask;
        }
        self.table[place] = nth as u32 + 1;
    }

    fn grow(&mut self) {
        let size = (self.table.len() * 2).max(1024);
        self.table.clear();
        self.table.resize(size, 0);
        for nth in 0..self.len() {
            self.enter(nth);
        }
    }

    /// Writes the terms as a run.
    pub fn write(&self, folder: &Path, name: &str) -> Result<Named, Error> {
        let mut out = RunWriter::begin(folder, name)?;
        for nth in 0..self.len() {
            out.term(self.get(nth), self.hashes[nth])?;
        }
        out.finish()
    }
}

/// Writes a run, term by term.
struct RunWriter {
    pages: PageWriter,
    offsets: Vec<u8>,
    at: u64,
    hashes: Vec<u64>,
    buffer: Vec<u8>,
    words: Gathered,
}

impl RunWriter {
    fn begin(folder: &Path, name: &str) -> Result<RunWriter, Error> {
        let mut pages = PageWriter::create(folder, name)?;
        pages.section();
        Ok(RunWriter {
            pages,
            offsets: Vec::new(),
            at: 0,
            hashes: Vec::new(),
            buffer: Vec::new(),
            words: Gathered::default(),
        })
    }

    fn term(&mut self, bytes: &[u8], hash: u64) -> Result<(), Error> {
        if self.hashes.len().is_multiple_of(BLOCK) {
            self.offsets.extend(self.at.to_le_bytes());
        }
        if let Some(text) = term::string(bytes) {
            self.words.add(self.hashes.len() as u32, text);
        }
        self.hashes.push(hash);
        self.buffer.clear();
        varint(bytes.len() as u64, &mut self.buffer);
        self.buffer.extend(bytes);
        self.at += self.buffer.len() as u64;
        self.pages.write(&self.buffer)
    }

    fn finish(mut self) -> Result<Named, Error> {
        // A quarter of the places stays empty, so that a term that is not there is told after some steps.
        let slots = self.hashes.len() + self.hashes.len() / 3 + 1;
        let mut table = vec![0; slots * SLOT];
        for (nth, &hash) in self.hashes.iter().enumerate() {
            let mut place = place(hash, slots);
            while u32_at(&table, place * SLOT) != 0 {
                place = if place + 1 == slots { 0 } else { place + 1 };
            }
            let slot = &mut table[place * SLOT..][..SLOT];
            slot[..4].copy_from_slice(&(nth as u32 + 1).to_le_bytes());
            slot[4..].copy_from_slice(&mark(hash));
        }
        self.pages.section();
        self.pages.write(&self.offsets)?;
        self.pages.section();
        self.pages.write(&table)?;
        self.words.write(&mut self.pages)?;
        self.pages.finish()
    }
}

/// Writes runs that follow one another as one.
pub(super) fn merge(folder: &Path, name: &str, runs: &[&Run]) -> Result<Named, Error> {
    let mut out = RunWriter::begin(folder, name)?;
    for run in runs {
        run.each(|bytes| out.term(bytes, term::hash(bytes)))?;
    }
    out.finish()
}
