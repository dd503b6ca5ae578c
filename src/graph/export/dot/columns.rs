//! Columns of a picture of many things: GraphViz sets what is not joined one below the other, and a corpus becomes a strip.
//!
//! The parts that no line joins are dealt into columns, and invisible lines hold each column right of the one before.

use std::collections::BTreeMap;
use std::fmt::Write;

use petgraph::graph::{EdgeReference, NodeIndex};
use petgraph::unionfind::UnionFind;
use petgraph::visit::EdgeRef;

use crate::graph::view::{Edge, Relation, View};

/// About how wide a column is, and how much taller than wide a page may be (in points).
const WIDTH: f64 = 560.0;
const TALL: f64 = 1.3;

/// Writes the invisible lines; none where one column is enough.
pub(super) fn write(
    out: &mut String,
    view: &View,
    lines: &[EdgeReference<'_, Edge>],
    groups: &[(String, Vec<NodeIndex>)],
    hidden: &dyn Fn(NodeIndex) -> bool,
) {
    let parts = parts(view, lines, groups, hidden);
    let heights: Vec<f64> = parts.iter().map(|part| height(view, part)).collect();
    let total: f64 = heights.iter().sum();
    let columns = (total / (TALL * WIDTH)).sqrt().round().max(1.0);
    if columns < 2.0 || parts.len() < 2 {
        return;
    }
    let ranks: BTreeMap<(NodeIndex, NodeIndex), ()> =
        lines.iter().filter(|e| is_ranked(&e.weight().relation)).map(|e| ((e.source(), e.target()), ())).collect();
    let (mut column, mut filled, mut done, mut depth) = (0, 0.0, 0.0, 0);
    let share = total / columns;
    let anchor = "[shape=point,style=invis,width=0,height=0,label=\"\"]";
    let _ = writeln!(out, "  column0 {anchor};");
    for (part, height) in parts.iter().zip(&heights) {
        // A column is worth beginning when enough is left for it.
        if filled > 0.0 && filled + height / 2.0 > share && total - done > share / 2.0 {
            let _ = writeln!(out, "  column{} {anchor};", column + 1);
            let _ = writeln!(out, "  column{column} -> column{} [style=invis,minlen={}];", column + 1, depth + 1);
            (column, filled, depth) = (column + 1, 0.0, 0);
        }
        filled += height;
        done += height;
        depth = depth.max(longest(part, &ranks));
        let mut weight = 1;
        for &node in part.iter().filter(|&&n| !ranks.keys().any(|(_, to)| *to == n)) {
            let _ = writeln!(out, "  column{column} -> n{} [style=invis,minlen=0,weight={weight}];", node.index());
            weight = 0;
        }
    }
}

/// The parts that nothing joins, in the order of days. Where one part is most of the picture, comparisons and names do
/// not join: such lines may run from column to column.
fn parts(
    view: &View,
    lines: &[EdgeReference<'_, Edge>],
    groups: &[(String, Vec<NodeIndex>)],
    hidden: &dyn Fn(NodeIndex) -> bool,
) -> Vec<Vec<NodeIndex>> {
    let split = |joins: &dyn Fn(&Relation) -> bool| {
        let mut joined: UnionFind<usize> = UnionFind::new(view.graph.node_count());
        for edge in lines.iter().filter(|e| joins(&e.weight().relation)) {
            joined.union(edge.source().index(), edge.target().index());
        }
        for (_, members) in groups {
            for pair in members.windows(2) {
                joined.union(pair[0].index(), pair[1].index());
            }
        }
        let mut parts: BTreeMap<usize, Vec<NodeIndex>> = BTreeMap::new();
        for node in view.graph.node_indices().filter(|&n| !hidden(n)) {
            parts.entry(joined.find(node.index())).or_default().push(node);
        }
        parts.into_values().collect::<Vec<_>>()
    };
    let mut parts = split(&|_| true);
    let heights: Vec<f64> = parts.iter().map(|part| height(view, part)).collect();
    let greatest = heights.iter().copied().fold(0.0, f64::max);
    if greatest > heights.iter().sum::<f64>() / 2.0 {
        parts = split(&is_ranked);
    }
    let first = |part: &[NodeIndex]| part.iter().filter_map(|&n| view.graph[n].latest.clone()).min();
    parts.sort_by_cached_key(|part| (first(part).is_none(), first(part), part.first().copied()));
    parts
}

/// Whether GraphViz sets the end of such a line right of its beginning.
fn is_ranked(relation: &Relation) -> bool {
    !matches!(relation, Relation::Compares(_) | Relation::Names)
}

/// How many steps the longest way through a part takes; a way that comes back to itself ends there.
fn longest(part: &[NodeIndex], ranks: &BTreeMap<(NodeIndex, NodeIndex), ()>) -> usize {
    let mut rank: BTreeMap<NodeIndex, usize> = part.iter().map(|&n| (n, 0)).collect();
    for _ in 0..8 {
        let mut moved = false;
        for (from, to) in ranks.keys() {
            if let (Some(&a), Some(&b)) = (rank.get(from), rank.get(to))
                && b <= a
            {
                rank.insert(*to, a + 1);
                moved = true;
            }
        }
        if !moved {
            break;
        }
    }
    rank.values().copied().max().unwrap_or(0).min(8)
}

/// About how tall a part is: its statements, which stand in a column of their own, and their frames.
fn height(view: &View, part: &[NodeIndex]) -> f64 {
    let mut documents: Vec<&str> = Vec::new();
    let mut sum = 0.0;
    for said in part.iter().filter_map(|&n| view.graph[n].said.as_ref()) {
        let lines = 1 + said.numbers.len().min(5) + (said.words.chars().count() / 46 + 1).min(3);
        sum += 30.0 + 14.0 * lines as f64;
        documents.push(&said.document);
    }
    documents.sort_unstable();
    documents.dedup();
    sum + 45.0 * documents.len() as f64
}
