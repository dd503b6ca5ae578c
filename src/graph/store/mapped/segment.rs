//! A segment: the quads of some articles in three orders, what each article says of shared things, and what the segment
//! takes out of the segments before it. Written once, merged with others into a new one, never changed.

use std::path::Path;
use std::sync::OnceLock;

use super::order::{Cursor, Order, Row, Rows, RowsWriter};
use super::page::{Named, PageWriter, Pages, u32_at};
use crate::graph::Error;

/// The sections after those of the orders, of which files up to format 3 have a fourth.
const SHARES: usize = 8;
const OWNERS: usize = 10;
const GONE_GRAPHS: usize = 12;
const GONE_QUADS: usize = 13;

/// What a segment is made of.
#[derive(Default)]
pub(super) struct Parts {
    /// Quads, in any order.
    pub rows: Vec<Row>,
    /// Subject, predicate, object, and who says so: the number of a document's graph, shifted by two, and which shared
    /// graph it says it in.
    pub shares: Vec<Row>,
    /// Graphs of which the segments before hold nothing that counts.
    pub gone_graphs: Vec<u32>,
    /// Quads of shared graphs that the segments before hold and that do not count.
    pub gone_quads: Vec<Row>,
}

impl Parts {
    pub fn is_empty(&self) -> bool {
        self.rows.is_empty() && self.shares.is_empty() && self.gone_graphs.is_empty() && self.gone_quads.is_empty()
    }

    /// Writes them; gives the number of quads.
    pub fn write(mut self, folder: &Path, name: &str) -> Result<(Named, u64), Error> {
        let mut pages = PageWriter::create(folder, name)?;
        let mut count = 0;
        for order in Order::ALL {
            let own = if order.is_written() { &self.rows[..] } else { &[] };
            let rows = own.iter().map(|quad| order.held(order.row(*quad))).collect();
            let rows = sorted(&mut pages, rows, order == Order::Spog)?;
            count = if order == Order::Spog { rows } else { count };
        }
        self.rows = Vec::new();
        for order in [Order::Spog, Order::Gspo] {
            sorted(&mut pages, self.shares.iter().map(|quad| order.row(*quad)).collect(), false)?;
        }
        write_gone(&mut pages, self.gone_graphs, self.gone_quads)?;
        Ok((pages.finish()?, count))
    }
}

/// Writes rows in their order; gives how many others than the one before they are.
fn sorted(pages: &mut PageWriter, mut rows: Vec<Row>, is_near: bool) -> Result<u64, Error> {
    rows.sort_unstable();
    let mut writer = RowsWriter::begin(pages, is_near);
    for row in rows {
        writer.row(row)?;
    }
    writer.finish()
}

fn write_gone(pages: &mut PageWriter, mut graphs: Vec<u32>, mut quads: Vec<Row>) -> Result<(), Error> {
    graphs.sort_unstable();
    graphs.dedup();
    quads.sort_unstable();
    quads.dedup();
    pages.section();
    pages.write(&graphs.iter().flat_map(|g| g.to_le_bytes()).collect::<Vec<_>>())?;
    pages.section();
    pages.write(&quads.iter().flatten().flat_map(|n| n.to_le_bytes()).collect::<Vec<_>>())
}

/// A segment that can be read.
pub(super) struct Segment {
    pages: Pages,
    /// The properties of its quads, found when they are first asked for.
    properties: OnceLock<Vec<u32>>,
    pub gone_graphs: Vec<u32>,
    pub gone_quads: Vec<Row>,
}

impl Segment {
    pub fn open(folder: &Path, named: &Named) -> Result<Segment, Error> {
        let pages = Pages::open(folder, named)?;
        let graphs = pages.bytes(GONE_GRAPHS, 0, pages.length(GONE_GRAPHS))?;
        let gone_graphs = graphs.chunks_exact(4).map(|c| u32_at(c, 0)).collect();
        let quads = pages.bytes(GONE_QUADS, 0, pages.length(GONE_QUADS))?;
        let gone_quads = quads.chunks_exact(16).map(|c| std::array::from_fn(|i| u32_at(c, i * 4))).collect();
        Ok(Segment { pages, properties: OnceLock::new(), gone_graphs, gone_quads })
    }

    pub fn pages(&self) -> &Pages {
        &self.pages
    }

    pub fn rows(order: Order) -> Rows {
        Rows { section: order as usize * 2 }
    }

    /// What articles say of shared things, by quad or by article.
    pub fn shares(order: Order) -> Rows {
        Rows { section: if order == Order::Gspo { OWNERS } else { SHARES } }
    }

    /// The rows of an order that begin with these numbers.
    pub fn cursor(&self, rows: Rows, prefix: &[u32]) -> Result<Cursor, Error> {
        let mut whole = [0; 4];
        whole[..prefix.len()].copy_from_slice(prefix);
        Cursor::new(&self.pages, rows, whole, prefix.len())
    }

    /// Whether quads stand there by their objects.
    pub fn has_objects(&self) -> bool {
        Segment::rows(Order::Ospg).blocks(&self.pages) > 0
    }

    /// The properties of its quads, sorted.
    pub fn properties(&self) -> Result<&[u32], Error> {
        if let Some(known) = self.properties.get() {
            return Ok(known);
        }
        let mut found = Vec::new();
        let mut cursor = self.cursor(Segment::rows(Order::Posg), &[])?;
        let mut row = cursor.next(&self.pages)?;
        while let Some([property, ..]) = row {
            found.push(property);
            row = match property.checked_add(1) {
                Some(next) => cursor.skip_to(&self.pages, next)?,
                None => None,
            };
        }
        Ok(self.properties.get_or_init(|| found))
    }

    /// Whether the segment holds a quad, whatever other segments say of it.
    pub fn holds(&self, quad: Row) -> Result<bool, Error> {
        Ok(self.cursor(Segment::rows(Order::Spog), &quad)?.next(&self.pages)?.is_some())
    }

    /// About how many blocks hold the rows that begin with these numbers; without any, all.
    pub fn blocks(&self, order: Order, prefix: &[u32]) -> Result<usize, Error> {
        let rows = Segment::rows(order);
        let mut after = prefix.to_vec();
        match after.last_mut() {
            Some(last) => *last = last.saturating_add(1),
            None => after.push(u32::MAX),
        }
        Ok(rows.seek(&self.pages, &after)? - rows.seek(&self.pages, prefix)?.min(rows.seek(&self.pages, &after)?))
    }
}

/// Writes a segment from rows that come in order, one order after another; `rows` is called for each.
pub(super) fn write_merged(
    folder: &Path,
    name: &str,
    gone: (Vec<u32>, Vec<Row>),
    rows: impl Fn(Rows, Order, bool, &mut RowsWriter<'_>) -> Result<(), Error>,
) -> Result<(Named, u64), Error> {
    let mut pages = PageWriter::create(folder, name)?;
    let mut count = 0;
    for order in Order::ALL {
        let mut writer = RowsWriter::begin(&mut pages, order == Order::Spog);
        if order.is_written() {
            rows(Segment::rows(order), order, false, &mut writer)?;
        }
        let rows = writer.finish()?;
        count = if order == Order::Spog { rows } else { count };
    }
    for order in [Order::Spog, Order::Gspo] {
        let mut writer = RowsWriter::begin(&mut pages, false);
        rows(Segment::shares(order), order, true, &mut writer)?;
        writer.finish()?;
    }
    write_gone(&mut pages, gone.0, gone.1)?;
    Ok((pages.finish()?, count))
}
