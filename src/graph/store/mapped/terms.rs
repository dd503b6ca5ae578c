//! The dictionary: every term has a number, given in the order in which terms are met, so that the terms of an article
//! stand together. It is kept in runs of numbers that follow one another, each a file with a table of hashes.

use std::path::Path;

use super::index::{self, Gathered};
use super::page::{Named, PageWriter, Pages, u32_at, u64_at};
use super::term::{self, Bytes, varint};
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
    pub fn get(&self, id: u32) -> Result<Bytes<'_>, Error> {
        let nth = (id - self.first) as usize;
        self.whole(nth, self.raw(nth)?)
    }

    /// The same of bytes that may be told by a term before them.
    fn whole<'r>(&'r self, nth: usize, bytes: &'r [u8]) -> Result<Bytes<'r>, Error> {
        let damaged = || self.pages.damaged();
        let bytes = Bytes::of(bytes).ok_or_else(damaged)?;
        let Some(back) = bytes.back() else { return Ok(bytes) };
        let other = nth.checked_sub(back).filter(|other| *other < nth).ok_or_else(damaged)?;
        Bytes::of(self.raw(other)?).and_then(|other| bytes.by(other)).ok_or_else(damaged)
    }

    fn raw(&self, nth: usize) -> Result<&[u8], Error> {
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
            if slot[4..] == mark(hash) && self.get(self.first + nth - 1)?.are(bytes) {
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
    pub fn each(&self, mut work: impl FnMut(Bytes<'_>) -> Result<(), Error>) -> Result<(), Error> {
        let mut at = 0;
        for nth in 0..self.count as usize {
            let mut head = self.pages.at_most(BYTES, at, 10)?;
            let before = head.len();
            let length = term::read_varint(&mut head).ok_or_else(|| self.pages.damaged())? as usize;
            at += before - head.len();
            work(self.whole(nth, self.pages.bytes(BYTES, at, length)?)?)?;
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
    recent: Recent,
    /// The last place that is written out, and what it has in common with others in its document.
    document: (usize, Vec<u8>),
}

/// The strings that were written last, in which others may stand: sentences, and what is said in them.
#[derive(Default)]
struct Recent {
    /// One after another, with a byte between them that no text has.
    text: Vec<u8>,
    /// Where each begins, and which term it is.
    begins: Vec<(usize, usize)>,
}

/// Bytes of recent strings that are looked at: an article has fewer in its sentences.
const RECENT: usize = 1 << 14;

/// Strings shorter than this are written out: it takes as many bytes to tell where they stand.
const SHORT: usize = 10;

impl Recent {
    /// Which term a string is a part of, and where in it.
    fn find(&self, text: &[u8]) -> Option<(usize, usize)> {
        let at = memchr::memmem::find(&self.text, text)?;
        let last = self.begins.partition_point(|(begin, _)| *begin <= at).checked_sub(1)?;
        let (begin, nth) = self.begins[last];
        Some((nth, at - begin))
    }

    fn add(&mut self, nth: usize, text: &[u8]) {
        if self.text.len() > 2 * RECENT {
            let kept = self.begins.partition_point(|(begin, _)| *begin < self.text.len() - RECENT);
            let cut = self.begins.get(kept).map_or(self.text.len(), |(begin, _)| *begin);
            self.text.drain(..cut);
            self.begins.drain(..kept);
            self.begins.iter_mut().for_each(|(begin, _)| *begin -= cut);
        }
        self.begins.push((self.text.len(), nth));
        self.text.extend(text);
        self.text.push(0xff);
    }
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
            recent: Recent::default(),
            document: Default::default(),
        })
    }

    fn term(&mut self, bytes: &[u8], hash: u64) -> Result<(), Error> {
        if self.hashes.len().is_multiple_of(BLOCK) {
            self.offsets.extend(self.at.to_le_bytes());
        }
        let nth = self.hashes.len();
        let text = Bytes::of(bytes).and_then(term::string);
        if let Some(text) = text {
            self.words.add(nth as u32, text);
        }
        let text = text.map(str::as_bytes).filter(|text| text.len() >= SHORT);
        let part = text.and_then(|text| Some((self.recent.find(text)?, text.len())));
        self.hashes.push(hash);
        self.buffer.clear();
        let mut own = Vec::new();
        let known = term::place(bytes).filter(|(document, _)| *document == self.document.1);
        let written = match (part, known) {
            (Some(((other, begin), length)), _) => {
                term::encode_part(nth - other, begin, length, &mut own);
                &own
            }
            (None, Some((_, place))) => {
                term::encode_place(nth - self.document.0, place, &mut own);
                &own
            }
            (None, None) => bytes,
        };
        if let Some((document, _)) = term::place(bytes).filter(|_| known.is_none()) {
            self.document = (nth, document.to_vec());
        }
        varint(written.len() as u64, &mut self.buffer);
        self.buffer.extend(written);
        if let Some(text) = text.filter(|_| part.is_none()) {
            self.recent.add(nth, text);
        }
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
    let mut whole = Vec::new();
    for run in runs {
        run.each(|bytes| {
            whole.clear();
            bytes.append(&mut whole);
            out.term(&whole, term::hash(&whole))
        })?;
    }
    out.finish()
}

#[cfg(test)]
mod tests {
    use oxigraph::model::{Literal, NamedNode, Term};

    use super::super::term::{Prefixes, decode, encode, hash};
    use super::*;

    #[test]
    fn what_is_told_by_another_term_comes_back_whole() {
        let document = "https://example.org/doc/0123456789abcdef0123";
        let terms: Vec<Term> = vec![
            NamedNode::new_unchecked(document).into(),
            Literal::new_simple_literal("The mayor said that forty boats burnt – all of them.").into(),
            Literal::new_simple_literal("that forty boats burnt – all").into(),
            NamedNode::new_unchecked(format!("{document}#char=0,52")).into(),
            NamedNode::new_unchecked(format!("{document}#char=10,300")).into(),
            Literal::new_simple_literal("boats").into(),
            NamedNode::new_unchecked("https://example.org/doc/ffffffffffffffffffff#char=10,300").into(),
            NamedNode::new_unchecked(format!("{document}#char=11,12")).into(),
            Literal::new_simple_literal("forty boats burnt").into(),
        ];
        let folder = tempfile::tempdir().expect("a folder");
        let (prefixes, mut coded) = (Prefixes::default(), Vec::new());
        for term in &terms {
            let mut bytes = Vec::new();
            encode(term.as_ref(), &prefixes, true, &mut bytes);
            coded.push(bytes);
        }
        let mut runs = Vec::new();
        for (nth, part) in coded.chunks(5).enumerate() {
            let mut fresh = Fresh::default();
            part.iter().for_each(|bytes| _ = fresh.add(bytes, hash(bytes)));
            let file = fresh.write(folder.path(), &format!("terms-00000{nth}")).expect("written");
            runs.push(Run::open(folder.path(), &file, nth as u32 * 5, part.len() as u32).expect("a run"));
        }
        let parts: Vec<&Run> = runs.iter().collect();
        let file = merge(folder.path(), "terms-000009", &parts).expect("merged");
        let whole = Run::open(folder.path(), &file, 0, terms.len() as u32).expect("a run");
        assert!(whole.pages().length(BYTES) < runs.iter().map(|run| run.pages().length(BYTES)).sum());
        for (id, (term, bytes)) in (0..).zip(terms.iter().zip(&coded)) {
            for run in [&runs[id as usize / 5], &whole] {
                assert_eq!(decode(run.get(id).expect("bytes"), &prefixes).as_ref(), Some(term));
                assert_eq!(run.find(bytes, hash(bytes)).expect("found"), Some(id));
            }
        }
    }
}
