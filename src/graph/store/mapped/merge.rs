//! Keeping the number of files small: runs of the dictionary and segments are merged with their neighbours, so that each
//! file is at least three times as large as the next, and every quad is rewritten a few times in all.

use std::cmp::Reverse;
use std::collections::BinaryHeap;
use std::collections::binary_heap::PeekMut;
use std::path::Path;
use std::sync::Arc;

use super::order::{Cursor, Order, Row, Rows, RowsWriter};
use super::segment::{self, Segment};
use super::snapshot::{Layer, Quads, Snapshot, Terms};
use super::terms::{self, Run};
use crate::graph::Error;

/// How many times larger than all newer ones a file must be to be left alone.
const RATIO: u64 = 3;

/// Runs of so many terms are not merged any more: the table of a larger one would take too much memory.
const LARGEST_RUN: u64 = 1 << 24;

/// The newest of these sizes that should become one: the place of the first of them.
fn due(sizes: &[u64], largest: u64) -> Option<usize> {
    let mut first = sizes.len().checked_sub(1)?;
    let mut sum = sizes[first];
    while first > 0 && sizes[first - 1] < RATIO * sum && sizes[first - 1] + sum <= largest {
        first -= 1;
        sum += sizes[first];
    }
    (first + 1 < sizes.len()).then_some(first)
}

/// Runs beyond this many are made fewer while a build goes on: a term that is new is looked for in each of them.
const MOST_RUNS: usize = 12;

/// The newest runs that are made one where there are too many: as many as one may hold.
fn crowded(sizes: &[u64], largest: u64) -> Option<usize> {
    let mut sum = 0;
    let fits = sizes.iter().rev().take_while(|size| {
        sum += **size;
        sum <= largest
    });
    // Older ones that do not fit beside them stay as they are, however many.
    let fits = fits.count();
    (fits > MOST_RUNS).then(|| sizes.len() - fits)
}

/// Runs that should be one are made one: at the end of a build, or, while it goes on, where they are too many.
pub(super) fn runs(
    folder: &Path,
    next: &mut u64,
    listed: &mut Vec<Terms>,
    open: &mut Vec<Arc<Run>>,
    is_end: bool,
) -> Result<(), Error> {
    let sizes: Vec<u64> = listed.iter().map(|t| u64::from(t.count)).collect();
    let due = if is_end { due(&sizes, LARGEST_RUN) } else { crowded(&sizes, LARGEST_RUN) };
    let Some(first) = due else { return Ok(()) };
    let parts: Vec<&Run> = open[first..].iter().map(|run| &**run).collect();
    let file = terms::merge(folder, &super::name("terms", next), &parts)?;
    let merged = Terms { file, first: listed[first].first, count: listed[first..].iter().map(|t| t.count).sum() };
    let run = Run::open(folder, &merged.file, merged.first, merged.count)?;
    listed.truncate(first);
    listed.push(merged);
    open.truncate(first);
    open.push(Arc::new(run));
    Ok(())
}

/// Segments that should be one are made one.
pub(super) fn segments(
    folder: &Path,
    next: &mut u64,
    listed: &mut Vec<Quads>,
    snapshot: &Snapshot,
) -> Result<(), Error> {
    // A segment that only takes away is merged as if it held a row.
    let sizes: Vec<u64> = listed.iter().map(|s| s.quads.max(1)).collect();
    let Some(first) = due(&sizes, u64::MAX) else { return Ok(()) };
    let layers = &snapshot.layers()[first..];
    // What the oldest segment says of older ones says nothing.
    let gone = match first {
        0 => (Vec::new(), Vec::new()),
        _ => (
            layers.iter().flat_map(|l| l.segment.gone_graphs.iter().copied()).collect(),
            layers.iter().flat_map(|l| l.segment.gone_quads.iter().copied()).collect(),
        ),
    };
    let files = &listed[first..];
    let rows = |rows: Rows, order: Order, is_share: bool, out: &mut RowsWriter<'_>| {
        // Files that are mapped anew for each order: what was read of them for the one before is let go.
        let segments = files.iter().map(|quads| Segment::open(folder, &quads.file)).collect::<Result<Vec<_>, _>>()?;
        merged(
            layers,
            &segments,
            rows,
            |row| if is_share { row } else { order.held(row) },
            |layer, row| {
                let quad = order.quad(row);
                if is_share { layer.hides_share(quad[3]) } else { layer.hides(quad) }
            },
            out,
        )
    };
    let (file, quads) = segment::write_merged(folder, &super::name("quads", next), gone, rows)?;
    listed.truncate(first);
    listed.push(Quads { file, quads });
    Ok(())
}

/// The rows of several segments in order, without those that newer segments hide.
fn merged(
    layers: &[Layer],
    segments: &[Segment],
    rows: Rows,
    held: impl Fn(Row) -> Row,
    hides: impl Fn(&Layer, Row) -> bool,
    out: &mut RowsWriter<'_>,
) -> Result<(), Error> {
    let mut cursors = Vec::with_capacity(segments.len());
    for segment in segments {
        cursors.push(segment.cursor(rows, &[])?);
    }
    let next = |nth: usize, cursors: &mut Vec<Cursor>| cursors[nth].next(segments[nth].pages());
    let mut heap = BinaryHeap::new();
    for nth in 0..segments.len() {
        heap.extend(next(nth, &mut cursors)?.map(|row| Reverse((row, nth))));
    }
    while let Some(mut first) = heap.peek_mut() {
        let Reverse((row, nth)) = *first;
        if !hides(&layers[nth], row) {
            out.row(held(row))?;
        }
        // Most rows are followed by one of the same file: the place at the top is taken over.
        match next(nth, &mut cursors)? {
            Some(row) => *first = Reverse((row, nth)),
            None => {
                PeekMut::pop(first);
            }
        }
    }
    Ok(())
}

/// The segments listed: those that were there before the last one are open already.
pub(super) fn open(folder: &Path, listed: &[Quads], known: &[Layer]) -> Result<Vec<Arc<Segment>>, Error> {
    let mut open = Vec::with_capacity(listed.len());
    for (nth, quads) in listed.iter().enumerate() {
        match known.get(nth).filter(|_| nth + 1 < listed.len()) {
            Some(layer) => open.push(Arc::clone(&layer.segment)),
            None => open.push(Arc::new(Segment::open(folder, &quads.file)?)),
        }
    }
    Ok(open)
}

#[cfg(test)]
mod tests {
    use super::{crowded, due};

    #[test]
    fn files_stay_few_and_the_large_ones_are_left_alone() {
        assert_eq!(due(&[1_000_000, 10], u64::MAX), None);
        assert_eq!(due(&[1_000_000, 10, 10], u64::MAX), Some(1));
        assert_eq!(due(&[20, 10], u64::MAX), Some(0));
        assert_eq!(due(&[30, 10], u64::MAX), None);
        assert_eq!(due(&[20, 10], 25), None);
        assert_eq!(due(&[4, 4, 4, 4], u64::MAX), Some(0));
        assert_eq!(due(&[], u64::MAX), None);
        assert_eq!(crowded(&[1; 12], 100), None);
        assert_eq!(crowded(&[1; 13], 100), Some(0));
        assert_eq!(crowded(&[&[90][..], &[1; 12]].concat(), 100), None);
        assert_eq!(crowded(&[&[90][..], &[1; 13]].concat(), 100), Some(1));
        assert_eq!(crowded(&[90; 14], 100), None);
    }
}
