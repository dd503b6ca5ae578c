//! Rows with typed numbers: ids, layers (rows in text order) and columns (one value for each row of a layer).

use std::hash::{Hash, Hasher};
use std::marker::PhantomData;
use std::ops::{Deref, Index, IndexMut, Range};

use super::Span;
use super::steps::step;

/// The number of a row. Four bytes, `Copy`; an `Id<Token>` cannot be used as an `Id<Mention>`.
pub struct Id<T> {
    raw: u32,
    row: PhantomData<fn() -> T>,
}

impl<T> Id<T> {
    /// The id of row number `index` (from 0).
    pub fn new(index: usize) -> Id<T> {
        Id { raw: index as u32, row: PhantomData }
    }

    /// The row number, from 0.
    pub fn index(self) -> usize {
        self.raw as usize
    }

    /// All ids of a range, in order.
    pub fn range(range: Range<Id<T>>) -> impl DoubleEndedIterator<Item = Id<T>> + ExactSizeIterator {
        (range.start.index()..range.end.index()).map(Id::new)
    }
}

impl<T> Clone for Id<T> {
    fn clone(&self) -> Self {
        *self
    }
}
impl<T> Copy for Id<T> {}
impl<T> PartialEq for Id<T> {
    fn eq(&self, other: &Self) -> bool {
        self.raw == other.raw
    }
}
impl<T> Eq for Id<T> {}
impl<T> PartialOrd for Id<T> {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}
impl<T> Ord for Id<T> {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        self.raw.cmp(&other.raw)
    }
}
impl<T> Hash for Id<T> {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.raw.hash(state);
    }
}
impl<T> std::fmt::Debug for Id<T> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "#{}", self.raw)
    }
}

/// A row that has a place in the text.
pub trait Spanned {
    /// Where it stands; for a row of several pieces, the first.
    fn span(&self) -> Span;
}

/// One kind of annotation, in text order (by start, then by end).
#[derive(Clone, Debug)]
pub struct Layer<T> {
    rows: Vec<T>,
}

impl<T> Default for Layer<T> {
    fn default() -> Self {
        Layer { rows: Vec::new() }
    }
}

impl<T> Layer<T> {
    /// A layer of these rows, kept in the order given.
    pub fn new(rows: Vec<T>) -> Layer<T> {
        Layer { rows }
    }

    /// Adds a row and gives its id.
    pub fn push(&mut self, row: T) -> Id<T> {
        self.rows.push(row);
        Id::new(self.rows.len() - 1)
    }

    /// The row, if the id is one of this layer.
    pub fn at(&self, id: Id<T>) -> Option<&T> {
        step(1);
        self.rows.get(id.index())
    }

    /// Every id, in order.
    pub fn ids(&self) -> impl DoubleEndedIterator<Item = Id<T>> + ExactSizeIterator + use<T> {
        (0..self.rows.len()).map(Id::new)
    }

    /// Ids and rows, in order.
    pub fn rows(&self) -> impl DoubleEndedIterator<Item = (Id<T>, &T)> + ExactSizeIterator {
        self.rows.iter().enumerate().map(|(i, r)| {
            step(1);
            (Id::new(i), r)
        })
    }
}

impl<T: Spanned> Layer<T> {
    /// Ids of the rows that lie wholly inside `span`; the layer is in text order.
    pub fn within(&self, span: Span) -> impl Iterator<Item = Id<T>> + '_ {
        let first = self.rows.partition_point(|r| r.span().start() < span.start());
        self.rows[first..]
            .iter()
            .enumerate()
            .inspect(|_| step(1))
            .take_while(move |(_, r)| {
                r.span().start() < span.end() || (r.span().is_empty() && r.span().start() == span.start())
            })
            .filter(move |(_, r)| r.span().end() <= span.end())
            .map(move |(i, _)| Id::new(first + i))
    }
}

impl<T> Deref for Layer<T> {
    type Target = [T];
    fn deref(&self) -> &[T] {
        &self.rows
    }
}

impl<T> Index<Id<T>> for Layer<T> {
    type Output = T;
    fn index(&self, id: Id<T>) -> &T {
        step(1);
        &self.rows[id.index()]
    }
}

impl<T> IndexMut<Id<T>> for Layer<T> {
    fn index_mut(&mut self, id: Id<T>) -> &mut T {
        &mut self.rows[id.index()]
    }
}

impl<T> FromIterator<T> for Layer<T> {
    fn from_iter<I: IntoIterator<Item = T>>(rows: I) -> Self {
        Layer { rows: rows.into_iter().collect() }
    }
}

/// What a later stage adds to every row of a layer: `doc.tags[token]`.
#[derive(Clone, Debug)]
pub struct Column<K, V> {
    values: Vec<V>,
    key: PhantomData<fn() -> K>,
}

impl<K, V> Default for Column<K, V> {
    fn default() -> Self {
        Column::new(Vec::new())
    }
}

impl<K, V> Column<K, V> {
    /// One value for each row of the layer, in its order.
    pub fn new(values: Vec<V>) -> Column<K, V> {
        Column { values, key: PhantomData }
    }

    /// The value, if the stage has run and the id is one of its layer.
    pub fn at(&self, id: Id<K>) -> Option<&V> {
        step(1);
        self.values.get(id.index())
    }

    /// All values, in order.
    pub fn values(&self) -> &[V] {
        &self.values
    }

    /// True when the stage that fills the column has not run (or the layer is empty).
    pub fn is_empty(&self) -> bool {
        self.values.is_empty()
    }
}

impl<K, V> Index<Id<K>> for Column<K, V> {
    type Output = V;
    fn index(&self, id: Id<K>) -> &V {
        step(1);
        &self.values[id.index()]
    }
}

impl<K, V> IndexMut<Id<K>> for Column<K, V> {
    fn index_mut(&mut self, id: Id<K>) -> &mut V {
        &mut self.values[id.index()]
    }
}
