//! One pass of the network over a document: some sentences at a time for tags and trees, window by window for names and speech.

use std::cell::RefCell;

use super::features::{Quotation, casing};
use super::kernel::{
    Matrix, Part, Rounded, add, add_rectified, add_row, highest, product, recur, room, round, shares, window,
};
use super::model::{FAR, Model, Which};
use super::names::Names;
use super::tree;
use super::words::Words;
use crate::text::{Column, Document, Head, Id, Label, NameClass, NamePart, Relation, Speech, Tag, Token};

/// A longer sentence is read in pieces of this many tokens; the pieces after the first hang on its root.
const LONGEST: usize = 240;

/// Names and speech are read over whole sentences of together at most this many tokens.
const WINDOW: usize = 512;

/// Sentences are read together up to this many tokens, so that weights which are near serve many; the results do not depend on it.
const TOGETHER: usize = 128;

/// Numbers below zero count.
const ALL: f32 = f32::MIN;

/// Buffers of a pass, reused from document to document.
#[derive(Default)]
struct Scratch {
    words: Words,
    rounded: Rounded,
    sides: Rounded,
    x: Vec<f32>,
    y: Vec<f32>,
    u: Vec<f32>,
    state: Vec<f32>,
    packed: Vec<i8>,
    packed_scales: Vec<f32>,
    packed_excess: Vec<i32>,
    zeros: Vec<f32>,
    scores: Vec<f32>,
    /// Heads of the sentences read together: 0 the root, else the token's number in its sentence from 1.
    heads: Vec<usize>,
    sentence_heads: Vec<usize>,
    best: Vec<u32>,
    best_xpos: Vec<u32>,
    shares: Vec<[u8; 16]>,
    names: Names,
    path: Vec<usize>,
    /// The encoder's output for the sentences of the window, rounded.
    encoded: Rounded,
    /// The encoder's share of the hidden layer of names and speech.
    tails: Vec<f32>,
}

thread_local! {
    /// What is in them never shows in the results.
    static SCRATCH: RefCell<Scratch> = RefCell::default();
}

/// A stretch of tokens that is read as one sentence.
struct Piece {
    first: usize,
    end: usize,
    /// The first piece's number, for pieces of a long sentence after the first.
    continues: Option<usize>,
    paragraph: bool,
}

/// What the heads of the network say of each token of a document.
pub(super) type Analysis = (Column<Token, Tag>, Column<Token, Head>, Column<Token, Label>);

/// Runs the network.
pub(super) fn run(doc: &Document, model: &Model) -> Analysis {
    SCRATCH.with_borrow_mut(|scratch| run_in(scratch, doc, model))
}

fn run_in(s: &mut Scratch, doc: &Document, model: &Model) -> Analysis {
    let n = doc.tokens.len();
    let pieces = pieces(doc);
    s.encoded.clear();
    s.tails.clear();
    s.names.scores.clear();
    let mut pass = Pass {
        model,
        s,
        quotation: Quotation::default(),
        roots: Vec::with_capacity(pieces.len()),
        tags: Vec::with_capacity(n),
        heads: Vec::with_capacity(n),
        labels: Vec::with_capacity(n),
    };
    let (mut from, mut together, mut size) = (0, 0, 0);
    for (i, piece) in pieces.iter().enumerate() {
        let len = piece.end - piece.first;
        let full = size > 0 && size + len > WINDOW;
        if together > 0 && (full || together + len > TOGETHER) {
            pass.sentences(doc, &pieces[from..i]);
            (from, together) = (i, 0);
        }
        if full {
            pass.finish_window();
            size = 0;
        }
        size += len;
        together += len;
    }
    pass.sentences(doc, &pieces[from..]);
    pass.finish_window();
    pass.finish_names(doc, &pieces);
    (Column::new(pass.tags), Column::new(pass.heads), Column::new(pass.labels))
}

/// The sentences, long ones cut. Tokens that lie in no sentence are read as sentences of their own.
fn pieces(doc: &Document) -> Vec<Piece> {
    let mut out: Vec<Piece> = Vec::new();
    let n = doc.tokens.len();
    let mut at = 0;
    let mut block = None;
    let add = |out: &mut Vec<Piece>, first: usize, end: usize, paragraph: bool| {
        let whole = out.len();
        let mut from = first;
        while from < end {
            let to = (from + LONGEST).min(end);
            let continues = (from > first).then_some(whole);
            out.push(Piece { first: from, end: to, continues, paragraph: paragraph && from == first });
            from = to;
        }
    };
    for sentence in doc.sentences.iter() {
        let (first, end) = (sentence.tokens.start.index().max(at).min(n), sentence.tokens.end.index().min(n));
        add(&mut out, at, first, true);
        let paragraph = block != Some(sentence.block);
        block = Some(sentence.block);
        add(&mut out, first, end.max(first), paragraph);
        at = end.max(first);
    }
    add(&mut out, at, n, true);
    out
}

struct Pass<'a> {
    model: &'a Model,
    s: &'a mut Scratch,
    quotation: Quotation,
    /// The root of each piece that has been read.
    roots: Vec<usize>,
    tags: Vec<Tag>,
    heads: Vec<Head>,
    labels: Vec<Label>,
}

impl Pass<'_> {
    /// Tags and trees of sentences that follow each other.
    fn sentences(&mut self, doc: &Document, pieces: &[Piece]) {
        let (Some(first), Some(last)) = (pieces.first(), pieces.last()) else { return };
        let m = self.model;
        let (isa, n, h) = (m.isa, last.end - first.first, m.hidden);
        self.embed(doc, pieces);
        let s = &mut *self.s;

        // Window of three.
        s.rounded.clear();
        round(isa, &s.x[..n * m.width], Part::whole(m.width), ALL, &mut s.rounded);
        product(isa, s.rounded.values(), s.rounded.scales(), &m.matrix(Which::Window), &mut s.u);
        room(&mut s.x, n * h);
        let mut at = 0;
        for piece in pieces {
            let end = at + piece.end - piece.first;
            window(isa, &s.u[at * 3 * h..end * 3 * h], h, 3 * h, &mut s.x[at * h..end * h]);
            at = end;
        }

        // Recurrent layers.
        s.state.resize(h.max(m.context), 0.0);
        let mut width = h;
        for layer in 0..m.layers {
            let w = m.matrix(Which::Layer(layer));
            s.rounded.clear();
            round(isa, &s.x[..n * width], Part::whole(width), ALL, &mut s.rounded);
            product(isa, s.rounded.values(), s.rounded.scales(), &w, &mut s.u);
            room(&mut s.y, n * 2 * h);
            let mut at = 0;
            for piece in pieces {
                let end = at + piece.end - piece.first;
                let (u, x) = (&s.u[at * w.width()..end * w.width()], &s.x[at * width..end * width]);
                let out = &mut s.y[at * 2 * h..end * 2 * h];
                recur(isa, u, w.width(), Some((x, width)), m.peep(layer), h, &mut s.state, out);
                at = end;
            }
            std::mem::swap(&mut s.x, &mut s.y);
            width = 2 * h;
        }
        let before = s.encoded.scales().len();
        round(isa, &s.x[..n * width], Part::whole(width), ALL, &mut s.encoded);

        // Tags, and the sides of arcs, relations and of the tail.
        let w = m.matrix(Which::Tree);
        let (values, scales) = (&s.encoded.values()[before * width..], &s.encoded.scales()[before..]);
        product(isa, values, scales, &w, &mut s.u);
        let stride = w.width();
        let (p, x, a, r) = (m.pos.len(), m.xpos.len(), m.arc, m.relation);
        s.best.clear();
        s.best_xpos.clear();
        let u = &s.u[..n * stride];
        highest(isa, u, Part { stride, from: 0, width: p }, &mut s.best);
        highest(isa, u, Part { stride, from: p, width: x }, &mut s.best_xpos);
        for (row, (&pos, &xpos)) in u.chunks_exact(stride).zip(s.best.iter().zip(&s.best_xpos)) {
            self.tags.push(Tag { pos: m.pos[pos as usize], xpos: m.xpos[xpos as usize] });
            s.tails.extend_from_slice(&row[p + x + 2 * a + 2 * r..w.outputs]);
        }
        arcs(m, s, pieces, stride);
        relations(m, s, pieces, stride);

        let w = m.matrix(Which::Rel);
        // The root's relation is for roots alone: here it never wins.
        let y = &mut s.y[..n * w.width()];
        if let Some(root) = m.root {
            for row in y.chunks_exact_mut(w.width()) {
                row[root] = f32::MIN;
            }
        }
        s.best.clear();
        highest(isa, y, Part { stride: w.width(), from: 0, width: m.relations.len() }, &mut s.best);
        let mut at = 0;
        for piece in pieces {
            let end = at + piece.end - piece.first;
            let governor = piece.continues.map(|p| self.roots[p]);
            let root = s.heads[at..end].iter().position(|&h| h == 0).unwrap_or(0);
            self.roots.push(piece.first + root);
            for (&head, &best) in s.heads[at..end].iter().zip(&s.best[at..end]) {
                let head = match (head, governor) {
                    (0, None) => Head { head: None, relation: Relation::Root },
                    (0, Some(token)) => Head { head: Some(Id::new(token)), relation: Relation::Parataxis },
                    (head, _) => {
                        Head { head: Some(Id::new(piece.first + head - 1)), relation: m.relations[best as usize] }
                    }
                };
                self.heads.push(head);
            }
            at = end;
        }
    }

    /// The summed features of each token of some sentences, into `x`.
    fn embed(&mut self, doc: &Document, pieces: &[Piece]) {
        let m = self.model;
        let s = &mut *self.s;
        let words = |p: &Piece| Id::<Token>::range(Id::new(p.first)..Id::new(p.end)).map(|t| doc.word(t));
        s.words.sum(m, pieces.iter().flat_map(words), &mut s.x);
        let mut sums = s.x.chunks_exact_mut(m.width);
        for piece in pieces {
            if piece.paragraph {
                self.quotation.reset();
            }
            let casing = casing(words(piece), &m.places);
            for (i, (word, sum)) in words(piece).zip(&mut sums).enumerate() {
                let quoted = self.quotation.read(word);
                let rows = [
                    (quoted, m.places.quoted),
                    (i == 0 && piece.continues.is_none(), m.places.sentence),
                    (i == 0 && piece.paragraph, m.places.paragraph),
                    (casing != 0, casing),
                ];
                for (_, row) in rows.into_iter().filter(|&(here, _)| here) {
                    let (values, scale) = m.row(row);
                    add_row(m.isa, sum, values, scale);
                }
            }
        }
    }

    /// Names and speech labels of the window's sentences.
    fn finish_window(&mut self) {
        let m = self.model;
        let s = &mut *self.s;
        let (isa, n, c, t) = (m.isa, s.encoded.scales().len(), m.context, m.tail);
        if n == 0 {
            return;
        }
        let w = m.matrix(Which::Context);
        product(isa, s.encoded.values(), s.encoded.scales(), &w, &mut s.u);
        let y = room(&mut s.y, n * 2 * c);
        s.state.resize(m.hidden.max(c), 0.0);
        recur(isa, &s.u, w.width(), None, m.peep(m.layers), c, &mut s.state, y);
        s.rounded.clear();
        round(isa, y, Part::whole(2 * c), ALL, &mut s.rounded);
        let w = m.matrix(Which::TailContext);
        product(isa, s.rounded.values(), s.rounded.scales(), &w, &mut s.u);
        let x = room(&mut s.x, n * 2 * t);
        for ((x, a), b) in x.chunks_exact_mut(2 * t).zip(s.tails.chunks_exact(2 * t)).zip(s.u.chunks_exact(w.width())) {
            add_rectified(isa, a, &b[..2 * t], x);
        }
        // The first half is for names, the second for speech.
        s.rounded.clear();
        round(isa, x, Part { stride: 2 * t, from: 0, width: t }, ALL, &mut s.rounded);
        let w = m.matrix(Which::Name);
        product(isa, s.rounded.values(), s.rounded.scales(), &w, &mut s.u);
        for row in s.u[..n * w.width()].chunks_exact(w.width()) {
            s.names.scores.extend_from_slice(&row[..w.outputs]);
        }
        s.rounded.clear();
        round(isa, x, Part { stride: 2 * t, from: t, width: t }, ALL, &mut s.rounded);
        let w = m.matrix(Which::Speech);
        product(isa, s.rounded.values(), s.rounded.scales(), &w, &mut s.u);
        s.best.clear();
        let u = &s.u[..n * w.width()];
        highest(isa, u, Part { stride: w.width(), from: 0, width: SPEECH }, &mut s.best);
        s.shares.clear();
        shares(isa, u, w.width(), SPEECH, &mut s.shares);
        for (&best, shares) in s.best.iter().zip(&s.shares) {
            let mut speech_scores = [0; SPEECH];
            speech_scores.copy_from_slice(&shares[..SPEECH]);
            // Names come when the whole document is read.
            let (name, class) = (NamePart::Outside, NameClass::Other);
            self.labels.push(Label { name, class, speech: Speech::ALL[best as usize], speech_scores });
        }
        s.encoded.clear();
        s.tails.clear();
    }

    /// Names of the whole document, when all windows are read.
    fn finish_names(&mut self, doc: &Document, pieces: &[Piece]) {
        let s = &mut *self.s;
        let sentences = pieces.iter().map(|p| (p.first, p.end));
        s.names.decode(doc, self.model, sentences, &mut s.path);
        for (label, &name) in self.labels.iter_mut().zip(&s.path) {
            (label.name, label.class) = self.model.names[name];
        }
    }
}

/// Labels of speech.
const SPEECH: usize = 7;

/// The head of each token, into `heads`.
fn arcs(m: &Model, s: &mut Scratch, pieces: &[Piece], stride: usize) {
    let (isa, a) = (m.isa, m.arc);
    let from = m.pos.len() + m.xpos.len();
    let all: usize = pieces.iter().map(|p| p.end - p.first).sum();
    // Dependents.
    s.rounded.clear();
    round(isa, &s.u[..all * stride], Part { stride, from, width: a }, 0.0, &mut s.rounded);
    product(isa, s.rounded.values(), s.rounded.scales(), &m.matrix(Which::Arc), &mut s.y);
    s.rounded.clear();
    round(isa, &s.y[..all * a], Part::whole(a), ALL, &mut s.rounded);
    // Heads, the root first.
    s.sides.clear();
    round(isa, m.arc_root, Part::whole(a), ALL, &mut s.sides);
    round(isa, &s.u[..all * stride], Part { stride, from: from + a, width: a }, 0.0, &mut s.sides);
    let shrink = 1.0 / (a as f32).sqrt();
    s.heads.clear();
    let mut at = 0;
    for piece in pieces {
        let n = piece.end - piece.first;
        let end = at + n;
        // The heads of the sentence as panels of a matrix.
        let width = (n + 1).div_ceil(16) * 16;
        s.packed.clear();
        s.packed.resize(width * a, 0);
        s.packed_excess.clear();
        s.packed_excess.resize(width, 0);
        s.packed_scales.clear();
        s.packed_scales.resize(width, 0.0);
        s.zeros.resize(s.zeros.len().max(width), 0.0);
        for (j, side) in std::iter::once(0).chain(at + 1..end + 1).enumerate() {
            let row = &s.sides.values()[side * a..(side + 1) * a];
            let (panel, lane) = (j / 16, j % 16);
            let to = s.packed[panel * 16 * a..(panel + 1) * 16 * a].chunks_exact_mut(64);
            for (to, four) in to.zip(row.chunks_exact(4)) {
                to[lane * 4..lane * 4 + 4].copy_from_slice(four);
            }
            s.packed_excess[j] = 128 * row.iter().map(|&x| i32::from(x)).sum::<i32>();
            s.packed_scales[j] = s.sides.scales()[side] * shrink;
        }
        let heads = Matrix {
            weights: &s.packed,
            outputs: n + 1,
            inputs: a,
            scales: &s.packed_scales,
            bias: &s.zeros[..width],
            excess: &s.packed_excess,
        };
        product(isa, &s.rounded.values()[at * a..end * a], &s.rounded.scales()[at..end], &heads, &mut s.scores);
        for (i, row) in s.scores[..n * width].chunks_exact_mut(width).enumerate() {
            add(isa, &mut row[1..=n], &m.distance[FAR - i..FAR - i + n]);
        }
        tree::decode(&s.scores, width, n, &mut s.sentence_heads);
        s.heads.extend_from_slice(&s.sentence_heads);
        at = end;
    }
}

/// Scores of the relations of each token to its head, into `y`.
fn relations(m: &Model, s: &mut Scratch, pieces: &[Piece], stride: usize) {
    let (isa, r) = (m.isa, m.relation);
    let from = m.pos.len() + m.xpos.len() + 2 * m.arc;
    let x = room(&mut s.x, s.heads.len() * r);
    let mut at = 0;
    for piece in pieces {
        let end = at + piece.end - piece.first;
        for i in at..end {
            let dependent = &s.u[i * stride + from..i * stride + from + r];
            let governor = match s.heads[i] {
                0 => m.relation_root,
                head => &s.u[(at + head - 1) * stride + from + r..(at + head - 1) * stride + from + 2 * r],
            };
            add_rectified(isa, dependent, governor, &mut x[i * r..(i + 1) * r]);
        }
        at = end;
    }
    s.rounded.clear();
    round(isa, x, Part::whole(r), ALL, &mut s.rounded);
    product(isa, s.rounded.values(), s.rounded.scales(), &m.matrix(Which::Rel), &mut s.y);
}
