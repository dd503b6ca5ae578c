//! Quads in an order: blocks of up to 64, each coded as differences to the row before, under a list of first rows.
//!
//! A row is four numbers of terms. In each of the orders the rows of an article stand near one another and differ
//! little, so that a row takes three to five bytes instead of sixteen. By graph only the subjects are listed that each has:
//! their quads stand together in the first order.

use std::cell::RefCell;
use std::cmp::Ordering;
use std::rc::Rc;

use super::page::{PageWriter, Pages, u32_at};
use crate::graph::Error;

/// Four numbers of terms: subject, predicate, object, graph, or the same in the order of an index.
pub(super) type Row = [u32; 4];

/// Rows of a block.
pub(super) const BLOCK: usize = 64;

/// A first row: its four numbers (16) and where its block begins (8).
const HEAD: usize = 24;

/// An order of the four columns.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Order {
    Spog,
    Posg,
    Ospg,
    Gspo,
}

impl Order {
    pub const ALL: [Order; 4] = [Order::Spog, Order::Posg, Order::Ospg, Order::Gspo];

    /// Whether a file that is written has the order. By their objects quads are found property by property, of which there
    /// are some hundred: a fifth of a store is not worth the few questions that ask so. Files of formats 2 and 3 have it.
    pub fn is_written(self) -> bool {
        self != Order::Ospg
    }

    /// A quad as a row of this order.
    pub fn row(self, [s, p, o, g]: Row) -> Row {
        match self {
            Order::Spog => [s, p, o, g],
            Order::Posg => [p, o, s, g],
            Order::Ospg => [o, s, p, g],
            Order::Gspo => [g, s, p, o],
        }
    }

    /// What a file holds of a row: of a graph its subjects. Files of format 2 hold whole quads there.
    pub fn held(self, row: Row) -> Row {
        match self {
            Order::Gspo => [row[0], row[1], 0, 0],
            _ => row,
        }
    }

    /// The quad of a row of this order.
    pub fn quad(self, [a, b, c, d]: Row) -> Row {
        match self {
            Order::Spog => [a, b, c, d],
            Order::Posg => [c, a, b, d],
            Order::Ospg => [b, c, a, d],
            Order::Gspo => [b, c, d, a],
        }
    }
}

/// Writes rows that come in order as two sections: first rows, then blocks.
pub(super) struct RowsWriter<'w> {
    pages: &'w mut PageWriter,
    is_near: bool,
    heads: Vec<u8>,
    block: Vec<Row>,
    buffer: Vec<u8>,
    at: u64,
    last: Option<Row>,
    /// Rows written.
    pub count: u64,
}

impl<'w> RowsWriter<'w> {
    /// Rows whose third number is often near the first, and whose last seldom changes, are told so.
    pub fn begin(pages: &'w mut PageWriter, is_near: bool) -> RowsWriter<'w> {
        pages.section();
        RowsWriter {
            pages,
            is_near,
            heads: Vec::new(),
            block: Vec::with_capacity(BLOCK),
            buffer: Vec::new(),
            at: 0,
            last: None,
            count: 0,
        }
    }

    /// A row; the same once more is left out.
    pub fn row(&mut self, row: Row) -> Result<(), Error> {
        if self.last == Some(row) {
            return Ok(());
        }
        self.last = Some(row);
        self.count += 1;
        self.block.push(row);
        if self.block.len() == BLOCK { self.end_block() } else { Ok(()) }
    }

    fn end_block(&mut self) -> Result<(), Error> {
        let Some(&first) = self.block.first() else { return Ok(()) };
        self.heads.extend(first.iter().flat_map(|n| n.to_le_bytes()));
        self.heads.extend(self.at.to_le_bytes());
        self.buffer.clear();
        encode(&self.block, self.is_near, &mut self.buffer);
        self.at += self.buffer.len() as u64;
        self.pages.write(&self.buffer)?;
        self.block.clear();
        Ok(())
    }

    pub fn finish(mut self) -> Result<u64, Error> {
        self.end_block()?;
        self.pages.section();
        self.pages.write(&self.heads)?;
        Ok(self.count)
    }
}

/// Difference of two numbers, small whichever is the larger.
fn zigzag(now: u32, before: u32) -> u32 {
    let difference = now.wrapping_sub(before) as i32;
    ((difference << 1) ^ (difference >> 31)) as u32
}

fn unzigzag(coded: u32, before: u32) -> u32 {
    before.wrapping_add((coded >> 1) ^ 0_u32.wrapping_sub(coded & 1))
}

/// In the byte that tells how long a long difference is: the rows are near (see `encode`).
const NEAR: u8 = 0x80;

/// A block: number of rows (1), bytes of a long difference (1), and for every row after the first a byte that tells how
/// long its four differences are (0, 1, 2 or long), with the differences.
///
/// Of rows that are near the last number seldom changes, and the third is often near the first: an object that was met with
/// its subject. The last two bits tell whether the last number is another (2: all of it follows) and whether the third is a
/// difference to the first (1) and not to the row before.
fn encode(rows: &[Row], is_near: bool, out: &mut Vec<u8>) {
    let differences = |pair: &[Row]| -> ([u32; 4], u8) {
        let [before, now] = [pair[0], pair[1]];
        let mut found = std::array::from_fn(|i| zigzag(now[i], before[i]));
        if !is_near {
            return (found, 0);
        }
        let mut bits = 0;
        let to_first = zigzag(now[2], now[0]);
        // It is taken where it has fewer bytes.
        if to_first.leading_zeros() / 8 > found[2].leading_zeros() / 8 {
            (found[2], bits) = (to_first, 1);
        }
        if now[3] != before[3] {
            bits |= 2;
        }
        found[3] = now[3];
        (found, bits)
    };
    let columns = if is_near { 3 } else { 4 };
    let fits = rows.windows(2).all(|pair| differences(pair).0[..columns].iter().all(|d| *d < 1 << 24));
    let long = if fits { 3 } else { 4 };
    out.extend([rows.len() as u8, if is_near { long | NEAR } else { long }]);
    for pair in rows.windows(2) {
        let control = out.len();
        out.push(0);
        let (differences, bits) = differences(pair);
        for (i, difference) in differences.into_iter().enumerate().take(columns) {
            let (code, length) = match difference {
                0 => (0, 0),
                1..=0xff => (1, 1),
                0x100..=0xffff => (2, 2),
                _ => (3, long as usize),
            };
            out[control] |= code << (i * 2);
            out.extend(&difference.to_le_bytes()[..length]);
        }
        out[control] |= bits << 6;
        if bits & 2 != 0 {
            out.extend(differences[3].to_le_bytes());
        }
    }
}

/// The rows of a block; `None` where the bytes are none.
fn decode(first: Row, bytes: &[u8], rows: &mut Vec<Row>) -> Option<()> {
    rows.clear();
    let (&[count, long], mut bytes) = bytes.split_first_chunk::<2>()?;
    let (is_near, long) = (long & NEAR != 0, long & !NEAR);
    if long > 4 {
        return None;
    }
    let lengths = [0, 1, 2, long as usize];
    let masks = [0, 0xff, 0xffff, if long == 4 { u32::MAX } else { 0xff_ffff }];
    let columns = if is_near { 3 } else { 4 };
    let mut row = first;
    rows.push(row);
    for _ in 1..count {
        let (&control, rest) = bytes.split_first()?;
        bytes = rest;
        let bits = if is_near { control >> 6 } else { 0 };
        let before = |i: usize, row: Row| if i == 2 && bits & 1 != 0 { row[0] } else { row[i] };
        if let Some(differences) = bytes.first_chunk::<16>() {
            // Four bytes are read, of which those count that are the difference's: no loop has a length of its own.
            let mut at = 0;
            for i in 0..columns {
                let code = (control >> (i * 2) & 3) as usize;
                row[i] = unzigzag(u32_at(differences, at) & masks[code], before(i, row));
                at += lengths[code];
            }
            bytes = &bytes[at..];
        } else {
            for i in 0..columns {
                let length = lengths[(control >> (i * 2) & 3) as usize];
                let mut coded = [0; 4];
                let (now, rest) = bytes.split_at_checked(length)?;
                bytes = rest;
                coded[..length].copy_from_slice(now);
                row[i] = unzigzag(u32::from_le_bytes(coded), before(i, row));
            }
        }
        if bits & 2 != 0 {
            let (now, rest) = bytes.split_first_chunk::<4>()?;
            (row[3], bytes) = (u32::from_le_bytes(*now), rest);
        }
        rows.push(row);
    }
    Some(())
}

/// A block that was read, with the file and the place that it stands in.
struct Known {
    file: u64,
    section: usize,
    block: usize,
    rows: Rc<Vec<Row>>,
}

impl Known {
    fn is(&self, pages: &Pages, section: usize) -> bool {
        self.file == pages.number() && self.section == section
    }
}

/// Blocks that a thread keeps: a query asks for many properties of one thing after another, which stand in one block, and
/// for things of one article, which stand in blocks beside it.
const KEPT: usize = 1 << 12;

/// Blocks by their places, and by what was looked for near them.
#[derive(Default)]
struct Recent {
    blocks: Vec<Option<Known>>,
    near: Vec<Option<Known>>,
}

thread_local! {
    static RECENT: RefCell<Recent> = RefCell::default();
}

impl Recent {
    fn place(pages: &Pages, section: usize, block: usize) -> usize {
        let mixed = (pages.number() * 31 + section as u64).wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 40;
        (mixed as usize).wrapping_add(block) % KEPT
    }

    fn get(&self, pages: &Pages, section: usize, block: usize) -> Option<Rc<Vec<Row>>> {
        let known = self.blocks.get(Recent::place(pages, section, block))?.as_ref()?;
        (known.is(pages, section) && known.block == block).then(|| Rc::clone(&known.rows))
    }

    fn keep(&mut self, pages: &Pages, section: usize, block: usize, rows: &Rc<Vec<Row>>) {
        if self.blocks.is_empty() {
            self.blocks.resize_with(KEPT, || None);
        }
        let known = Known { file: pages.number(), section, block, rows: Rc::clone(rows) };
        self.blocks[Recent::place(pages, section, block)] = Some(known);
    }

    /// A place that numbers near one another share: the terms of an article stand together.
    fn near(pages: &Pages, section: usize, prefix: &[u32]) -> usize {
        let of_two = section == Order::Posg as usize * 2;
        let (first, second) = (prefix.first().copied().unwrap_or(0), prefix.get(1).copied().unwrap_or(0));
        let wanted = if of_two { u64::from(first) << 28 | u64::from(second >> 4) } else { u64::from(first >> 4) };
        let mixed = (wanted ^ (pages.number() * 31 + section as u64) << 56).wrapping_mul(0x9e37_79b9_7f4a_7c15);
        (mixed >> 40) as usize % KEPT
    }

    /// The block that was looked at last near here, if the first row that begins so stands in it and nowhere before.
    fn holding(&self, pages: &Pages, section: usize, prefix: &[u32]) -> Option<(usize, Rc<Vec<Row>>)> {
        let known = self.near.get(Recent::near(pages, section, prefix))?.as_ref()?;
        let (first, last) = (known.rows.first()?, known.rows.last()?);
        let is_it = known.is(pages, section) && first[..prefix.len()] < *prefix && last[..prefix.len()] >= *prefix;
        is_it.then(|| (known.block, Rc::clone(&known.rows)))
    }

    fn look(&mut self, pages: &Pages, section: usize, prefix: &[u32], block: usize, rows: &Rc<Vec<Row>>) {
        if self.near.is_empty() {
            self.near.resize_with(KEPT, || None);
        }
        let known = Known { file: pages.number(), section, block, rows: Rc::clone(rows) };
        self.near[Recent::near(pages, section, prefix)] = Some(known);
    }
}

/// Rows in a file: two sections, of which `section` is the one of blocks.
#[derive(Clone, Copy, Debug)]
pub(super) struct Rows {
    pub section: usize,
}

impl Rows {
    pub fn blocks(self, pages: &Pages) -> usize {
        pages.length(self.section + 1) / HEAD
    }

    fn head(self, pages: &Pages, block: usize) -> Result<(Row, usize), Error> {
        let bytes = pages.bytes(self.section + 1, block * HEAD, HEAD)?;
        let row = std::array::from_fn(|i| u32_at(bytes, i * 4));
        Ok((row, super::page::u64_at(bytes, 16) as usize))
    }

    /// The rows of a block: those that are kept, or read now. What a walk over many blocks reads is not kept.
    fn passing(self, pages: &Pages, block: usize) -> Result<Rc<Vec<Row>>, Error> {
        if let Some(rows) = RECENT.with_borrow(|recent| recent.get(pages, self.section, block)) {
            return Ok(rows);
        }
        let mut rows = Vec::with_capacity(BLOCK);
        self.read(pages, block, &mut rows)?;
        Ok(Rc::new(rows))
    }

    /// The same; the block is kept.
    fn block(self, pages: &Pages, block: usize) -> Result<Rc<Vec<Row>>, Error> {
        let rows = self.passing(pages, block)?;
        RECENT.with_borrow_mut(|recent| recent.keep(pages, self.section, block, &rows));
        Ok(rows)
    }

    fn read(self, pages: &Pages, block: usize, rows: &mut Vec<Row>) -> Result<(), Error> {
        let (first, begin) = self.head(pages, block)?;
        let end = match block + 1 < self.blocks(pages) {
            true => self.head(pages, block + 1)?.1,
            false => pages.length(self.section),
        };
        let bytes = pages.bytes(self.section, begin, end.saturating_sub(begin))?;
        decode(first, bytes, rows).ok_or_else(|| pages.damaged())
    }

    /// The block in which a row that begins so must stand, if there is one: the last whose first row is before it.
    pub fn seek(self, pages: &Pages, prefix: &[u32]) -> Result<usize, Error> {
        let (mut low, mut high) = (0, self.blocks(pages));
        while low < high {
            let middle = low + (high - low) / 2;
            let (row, _) = self.head(pages, middle)?;
            if row[..prefix.len()].cmp(prefix) == Ordering::Less {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        Ok(low.saturating_sub(1))
    }
}

/// Reads the rows that begin with the same numbers, one after another.
pub(super) struct Cursor {
    rows: Rows,
    prefix: Row,
    known: usize,
    block: usize,
    buffer: Rc<Vec<Row>>,
    at: usize,
    is_done: bool,
}

impl Cursor {
    /// The rows that begin with the first `known` numbers of `prefix`.
    pub fn new(pages: &Pages, rows: Rows, prefix: Row, known: usize) -> Result<Cursor, Error> {
        let mut cursor = Cursor { rows, prefix, known, block: 0, buffer: Rc::default(), at: 0, is_done: false };
        cursor.jump(pages, prefix, known)?;
        Ok(cursor)
    }

    /// Goes to the first row that is not before these numbers.
    fn jump(&mut self, pages: &Pages, to: Row, known: usize) -> Result<(), Error> {
        if self.rows.blocks(pages) == 0 {
            self.is_done = true;
            return Ok(());
        }
        let section = self.rows.section;
        match RECENT.with_borrow(|recent| recent.holding(pages, section, &to[..known])) {
            Some((block, rows)) => (self.block, self.buffer) = (block, rows),
            None => {
                self.block = self.rows.seek(pages, &to[..known])?;
                self.buffer = self.rows.block(pages, self.block)?;
                RECENT.with_borrow_mut(|recent| recent.look(pages, section, &to[..known], self.block, &self.buffer));
            }
        }
        self.at = self.buffer.partition_point(|row| row[..known] < to[..known]);
        Ok(())
    }

    /// The next row.
    pub fn next(&mut self, pages: &Pages) -> Result<Option<Row>, Error> {
        loop {
            if self.is_done {
                return Ok(None);
            }
            if let Some(&row) = self.buffer.get(self.at) {
                self.at += 1;
                if row[..self.known] == self.prefix[..self.known] {
                    return Ok(Some(row));
                }
                self.is_done = true;
                return Ok(None);
            }
            self.block += 1;
            if self.block >= self.rows.blocks(pages) {
                self.is_done = true;
                return Ok(None);
            }
            self.buffer = self.rows.passing(pages, self.block)?;
            self.at = 0;
        }
    }

    /// The first row whose first number is not before `least`: to walk over what stands first.
    pub fn skip_to(&mut self, pages: &Pages, least: u32) -> Result<Option<Row>, Error> {
        self.jump(pages, [least, 0, 0, 0], 1)?;
        self.next(pages)
    }
}

#[cfg(test)]
mod tests {
    use super::{Row, decode, encode};

    #[test]
    fn a_block_comes_back_as_it_was() {
        let blocks: [Vec<Row>; 5] = [
            vec![[900, 1, 7, 3], [900, 2, 70_000, 3], [900, 3, 901, 3], [70_900, 1, 70_901, 4], [70_901, 1, 5, 4]],
            vec![[7, 1, 2, 3]],
            vec![[7, 1, 2, 3], [7, 1, 2, 4], [7, 300, 0, 4], [8, 0, 70_000, 4]],
            vec![[0, u32::MAX, 0, 1], [1, 0, u32::MAX, 0], [u32::MAX, 5, 5, 5]],
            (0..64).map(|n| [n / 7, n * 1000, n * n * n, 900_000_000 - n]).collect(),
        ];
        for (rows, is_near) in blocks.iter().flat_map(|rows| [(rows, false), (rows, true)]) {
            let (mut bytes, mut back) = (Vec::new(), Vec::new());
            encode(rows, is_near, &mut bytes);
            decode(rows[0], &bytes, &mut back).expect("a block");
            assert_eq!(back, *rows);
            for cut in 0..bytes.len() {
                let _ = decode(rows[0], &bytes[..cut], &mut back);
            }
        }
    }
}
