//! One pass of the network over a document: sentence by sentence for tags and trees, window by window for names and speech.

use super::features::{FORM_ROWS, Forms, Quotation, Rows, casing};
use super::kernel::{Matrix, Rounded, add_rectified, add_row, product, rectify, recur, round, softmax, window};
use super::model::{Model, Which};
use super::tree;
use crate::text::{Column, Document, Head, Id, Label, NamePart, Relation, Speech, Tag, Token};

/// A longer sentence is read in pieces of this many tokens; the pieces after the first hang on its root.
const LONGEST: usize = 240;

/// Names and speech are read over whole sentences of together at most this many tokens.
const WINDOW: usize = 512;

/// Buffers of a pass, reused from sentence to sentence.
#[derive(Default)]
struct Scratch {
    vectors: Rounded,
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
    heads: Vec<usize>,
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
    let n = doc.tokens.len();
    let pieces = pieces(doc);
    let mut pass = Pass {
        model,
        scratch: Scratch::default(),
        rows: Vec::new(),
        forms: Forms::default(),
        quotation: Quotation::default(),
        tags: Vec::with_capacity(n),
        heads: Vec::with_capacity(n),
        labels: Vec::with_capacity(n),
        encoded: Rounded::default(),
        tails: Vec::new(),
        bounds: Vec::new(),
    };
    let mut roots = vec![0usize; pieces.len()];
    let mut size = 0;
    for (i, piece) in pieces.iter().enumerate() {
        let len = piece.end - piece.first;
        if size > 0 && size + len > WINDOW {
            pass.finish_window();
            size = 0;
        }
        size += len;
        let governor = piece.continues.map(|p| roots[p]);
        roots[i] = pass.sentence(doc, piece, governor);
    }
    pass.finish_window();
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
    scratch: Scratch,
    rows: Vec<Rows>,
    forms: Forms,
    quotation: Quotation,
    tags: Vec<Tag>,
    heads: Vec<Head>,
    labels: Vec<Label>,
    /// The encoder's output for the sentences of the window, rounded.
    encoded: Rounded,
    /// The encoder's share of the hidden layer of names and speech.
    tails: Vec<f32>,
    /// Ends of the window's sentences, in tokens.
    bounds: Vec<usize>,
}

impl Pass<'_> {
    /// Tags and tree of one sentence; gives the token that is its root.
    fn sentence(&mut self, doc: &Document, piece: &Piece, governor: Option<usize>) -> usize {
        let m = self.model;
        let (isa, n, h) = (m.isa, piece.end - piece.first, m.hidden);
        self.embed(doc, piece);
        let s = &mut self.scratch;

        // Window of three.
        s.rounded.clear();
        round(isa, &s.x, m.width, &mut s.rounded);
        product(isa, &s.rounded.values, &s.rounded.scales, &m.matrix(Which::Window), &mut s.u);
        s.x.clear();
        s.x.resize(n * h, 0.0);
        window(isa, &s.u, h, 3 * h, &mut s.x);

        // Recurrent layers.
        s.state.resize(h.max(m.context), 0.0);
        let mut width = h;
        for layer in 0..m.layers {
            let w = m.matrix(Which::Layer(layer));
            s.rounded.clear();
            round(isa, &s.x, width, &mut s.rounded);
            product(isa, &s.rounded.values, &s.rounded.scales, &w, &mut s.u);
            s.y.clear();
            s.y.resize(n * 2 * h, 0.0);
            recur(isa, &s.u, w.width(), Some((&s.x, width)), m.peep(layer), h, &mut s.state, &mut s.y);
            std::mem::swap(&mut s.x, &mut s.y);
            width = 2 * h;
        }
        s.rounded.clear();
        round(isa, &s.x, width, &mut s.rounded);
        self.encoded.values.extend_from_slice(&s.rounded.values);
        self.encoded.scales.extend_from_slice(&s.rounded.scales);
        self.bounds.push(self.encoded.scales.len());

        // Tags, and the sides of arcs, relations and of the tail.
        let w = m.matrix(Which::Tree);
        product(isa, &s.rounded.values, &s.rounded.scales, &w, &mut s.u);
        let stride = w.width();
        let (p, x, a, r) = (m.pos.len(), m.xpos.len(), m.arc, m.relation);
        for row in s.u.chunks_exact(stride) {
            let pos = m.pos[highest(&row[..p])];
            let xpos = m.xpos[highest(&row[p..p + x])];
            self.tags.push(Tag { pos, xpos });
            self.tails.extend_from_slice(&row[p + x + 2 * a + 2 * r..w.outputs]);
        }
        arcs(m, s, n, stride);
        tree::decode(&s.scores, (n + 1).div_ceil(16) * 16, n, &mut s.heads);
        relations(m, s, stride);

        let root = s.heads.iter().position(|&h| h == 0).unwrap_or(0);
        let width = m.matrix(Which::Rel).width();
        for (i, &head) in s.heads.iter().enumerate() {
            let row = &s.y[i * width..i * width + m.relations.len()];
            let head = match (head, governor) {
                (0, None) => Head { head: None, relation: Relation::Root },
                (0, Some(token)) => Head { head: Some(Id::new(token)), relation: Relation::Parataxis },
                (head, _) => {
                    let best = highest_but(row, m.root);
                    Head { head: Some(Id::new(piece.first + head - 1)), relation: m.relations[best] }
                }
            };
            self.heads.push(head);
        }
        piece.first + root
    }

    /// The summed features of each token of a sentence, into `scratch.x`.
    fn embed(&mut self, doc: &Document, piece: &Piece) {
        let m = self.model;
        let (isa, n) = (m.isa, piece.end - piece.first);
        let s = &mut self.scratch;
        self.rows.clear();
        s.vectors.clear();
        if piece.paragraph {
            self.quotation.reset();
        }
        let words = || Id::<Token>::range(Id::new(piece.first)..Id::new(piece.end)).map(|t| doc.word(t));
        let casing = casing(words(), &m.places);
        for (i, word) in words().enumerate() {
            let mut rows: Rows = [0; FORM_ROWS + 4];
            self.forms.set(word);
            self.forms.rows(m.rows, &mut rows);
            let quoted = self.quotation.read(word);
            rows[FORM_ROWS] = if quoted { m.places.quoted } else { 0 };
            rows[FORM_ROWS + 1] = if i == 0 && piece.continues.is_none() { m.places.sentence } else { 0 };
            rows[FORM_ROWS + 2] = if i == 0 && piece.paragraph { m.places.paragraph } else { 0 };
            rows[FORM_ROWS + 3] = casing;
            self.rows.push(rows);
            match m.vector(&self.forms.lower) {
                Some((values, scale)) => {
                    s.vectors.values.extend_from_slice(values);
                    s.vectors.scales.push(scale);
                }
                None => {
                    s.vectors.values.resize(s.vectors.values.len() + m.vector_width, 0);
                    s.vectors.scales.push(0.0);
                }
            }
        }
        let w = m.matrix(Which::Vector);
        product(isa, &s.vectors.values, &s.vectors.scales, &w, &mut s.x);
        debug_assert_eq!(s.x.len(), n * m.width);
        for (x, rows) in s.x.chunks_exact_mut(m.width).zip(&self.rows) {
            for &row in rows.iter().filter(|&&row| row != 0) {
                let (values, scale) = m.row(row);
                add_row(isa, x, values, scale);
            }
        }
    }

    /// Names and speech labels of the window's sentences.
    fn finish_window(&mut self) {
        let m = self.model;
        let (isa, n, c, t) = (m.isa, self.encoded.scales.len(), m.context, m.tail);
        if n == 0 {
            return;
        }
        let s = &mut self.scratch;
        let w = m.matrix(Which::Context);
        product(isa, &self.encoded.values, &self.encoded.scales, &w, &mut s.u);
        s.y.clear();
        s.y.resize(n * 2 * c, 0.0);
        s.state.resize(m.hidden.max(c), 0.0);
        recur(isa, &s.u, w.width(), None, m.peep(m.layers), c, &mut s.state, &mut s.y);
        s.rounded.clear();
        round(isa, &s.y, 2 * c, &mut s.rounded);
        let w = m.matrix(Which::TailContext);
        product(isa, &s.rounded.values, &s.rounded.scales, &w, &mut s.u);
        s.x.clear();
        s.x.resize(n * 2 * t, 0.0);
        for ((x, a), b) in
            s.x.chunks_exact_mut(2 * t).zip(self.tails.chunks_exact(2 * t)).zip(s.u.chunks_exact(w.width()))
        {
            add_rectified(isa, a, &b[..2 * t], x);
        }
        // The first half is for names, the second for speech.
        s.y.clear();
        for x in s.x.chunks_exact(2 * t) {
            s.y.extend_from_slice(&x[..t]);
        }
        s.rounded.clear();
        round(isa, &s.y, t, &mut s.rounded);
        let w = m.matrix(Which::Name);
        product(isa, &s.rounded.values, &s.rounded.scales, &w, &mut s.u);
        let mut path = Vec::with_capacity(n);
        let mut from = 0;
        for &end in &self.bounds {
            names(&m.names, &s.u[from * w.width()..end * w.width()], w.width(), &mut path);
            from = end;
        }
        s.y.clear();
        for x in s.x.chunks_exact(2 * t) {
            s.y.extend_from_slice(&x[t..]);
        }
        s.rounded.clear();
        round(isa, &s.y, t, &mut s.rounded);
        let w = m.matrix(Which::Speech);
        product(isa, &s.rounded.values, &s.rounded.scales, &w, &mut s.u);
        for (row, &name) in s.u.chunks_exact_mut(w.width()).zip(&path) {
            let row = &mut row[..7];
            let best = highest(row);
            softmax(isa, row);
            let mut scores = [0u8; 7];
            for (to, &p) in scores.iter_mut().zip(row.iter()) {
                *to = (p * 255.0 + 0.5) as u8;
            }
            let (name, class) = m.names[name];
            self.labels.push(Label { name, class, speech: Speech::ALL[best], speech_scores: scores });
        }
        self.encoded.clear();
        self.tails.clear();
        self.bounds.clear();
    }
}

/// Scores of every token (row) with every head (column 0 the root), into `scratch.scores`.
fn arcs(m: &Model, s: &mut Scratch, n: usize, stride: usize) {
    let (isa, a) = (m.isa, m.arc);
    let from = m.pos.len() + m.xpos.len();
    // Dependents.
    s.x.clear();
    for row in s.u.chunks_exact(stride) {
        s.x.extend_from_slice(&row[from..from + a]);
    }
    rectify(isa, &mut s.x);
    s.rounded.clear();
    round(isa, &s.x, a, &mut s.rounded);
    product(isa, &s.rounded.values, &s.rounded.scales, &m.matrix(Which::Arc), &mut s.y);
    s.rounded.clear();
    round(isa, &s.y, a, &mut s.rounded);
    // Heads, the root first, as panels of a matrix.
    s.x.clear();
    for row in s.u.chunks_exact(stride) {
        s.x.extend_from_slice(&row[from + a..from + 2 * a]);
    }
    rectify(isa, &mut s.x);
    s.sides.clear();
    round(isa, m.arc_root, a, &mut s.sides);
    round(isa, &s.x, a, &mut s.sides);
    let width = (n + 1).div_ceil(16) * 16;
    s.packed.clear();
    s.packed.resize(width * a, 0);
    s.packed_excess.clear();
    s.packed_excess.resize(width, 0);
    s.packed_scales.clear();
    s.packed_scales.resize(width, 0.0);
    s.zeros.clear();
    s.zeros.resize(width, 0.0);
    let shrink = 1.0 / (a as f32).sqrt();
    for (j, (row, scale)) in s.sides.values.chunks_exact(a).zip(&s.sides.scales).enumerate() {
        let (panel, lane) = (j / 16, j % 16);
        for (q, four) in row.chunks_exact(4).enumerate() {
            let at = panel * 16 * a + q * 64 + lane * 4;
            s.packed[at..at + 4].copy_from_slice(four);
        }
        s.packed_excess[j] = 128 * row.iter().map(|&x| i32::from(x)).sum::<i32>();
        s.packed_scales[j] = scale * shrink;
    }
    let heads = Matrix {
        weights: &s.packed,
        outputs: n + 1,
        inputs: a,
        scales: &s.packed_scales,
        bias: &s.zeros,
        excess: &s.packed_excess,
    };
    product(isa, &s.rounded.values, &s.rounded.scales, &heads, &mut s.scores);
    for (i, row) in s.scores.chunks_exact_mut(width).enumerate() {
        for (j, score) in row[1..=n].iter_mut().enumerate() {
            let far = (j as isize - i as isize).clamp(-16, 16) + 16;
            *score += m.distance[far as usize];
        }
    }
}

/// Scores of the relations of each token to its head, into `scratch.y`.
fn relations(m: &Model, s: &mut Scratch, stride: usize) {
    let (isa, r) = (m.isa, m.relation);
    let from = m.pos.len() + m.xpos.len() + 2 * m.arc;
    s.x.clear();
    s.x.resize(s.heads.len() * r, 0.0);
    for (i, &head) in s.heads.iter().enumerate() {
        let dependent = &s.u[i * stride + from..i * stride + from + r];
        let governor = match head {
            0 => m.relation_root,
            head => &s.u[(head - 1) * stride + from + r..(head - 1) * stride + from + 2 * r],
        };
        add_rectified(isa, dependent, governor, &mut s.x[i * r..(i + 1) * r]);
    }
    s.rounded.clear();
    round(isa, &s.x, r, &mut s.rounded);
    product(isa, &s.rounded.values, &s.rounded.scales, &m.matrix(Which::Rel), &mut s.y);
}

/// The place of the highest number, the first of equal ones.
fn highest(row: &[f32]) -> usize {
    highest_but(row, None)
}

fn highest_but(row: &[f32], not: Option<usize>) -> usize {
    let mut best = usize::from(not == Some(0));
    for (i, &x) in row.iter().enumerate() {
        if Some(i) != not && x > row[best] {
            best = i;
        }
    }
    best
}

/// The best sequence of name labels of a sentence in which every "inside" continues a name of its class.
fn names(labels: &[(NamePart, crate::text::NameClass)], scores: &[f32], width: usize, path: &mut Vec<usize>) {
    let k = labels.len();
    let n = scores.len() / width;
    if n == 0 {
        return;
    }
    let mut back = vec![0usize; n * k];
    let mut last: Vec<f32> = Vec::new();
    let mut now = vec![0f32; k];
    for (i, row) in scores.chunks_exact(width).enumerate() {
        let best = if i == 0 { 0 } else { highest(&last) };
        for (l, &(part, class)) in labels.iter().enumerate() {
            let from = if part == NamePart::Inside {
                let mut from = None;
                for (p, &(before, same)) in labels.iter().enumerate() {
                    if before != NamePart::Outside
                        && same == class
                        && i > 0
                        && from.is_none_or(|f: usize| last[p] > last[f])
                    {
                        from = Some(p);
                    }
                }
                from
            } else {
                Some(best)
            };
            now[l] = match from {
                Some(from) => {
                    back[i * k + l] = from;
                    row[l] + if i == 0 { 0.0 } else { last[from] }
                }
                None => -1e9,
            };
        }
        last.clone_from(&now);
    }
    let start = path.len();
    path.resize(start + n, 0);
    let mut at = highest(&last);
    for i in (0..n).rev() {
        path[start + i] = at;
        at = back[i * k + at];
    }
}
