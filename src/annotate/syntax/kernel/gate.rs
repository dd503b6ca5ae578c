//! The simple recurrent unit, and the logistic function by table: the same bits on every machine.
//!
//! A step needs three curves of every number. Each is one of 32 cubic pieces of the logistic function, chosen by the bits of the
//! argument, so a curve costs a dozen plain instructions and no division; the error is below 1.3e-5.

use super::Isa;
use super::lanes::{Four, Lanes};
use super::rows::with_lanes;

/// Coefficients of the pieces in `y = 4/3 x`, lowest power first, piece k at k modulo 32; `training/gates.py` prints them.
#[allow(clippy::excessive_precision, clippy::unreadable_literal)]
const PIECES: [[f32; 32]; 4] = [
    [
        5.00000000e-01,
        4.98881817e-01,
        4.80019450e-01,
        4.55944866e-01,
        4.84073281e-01,
        5.69561839e-01,
        6.76147461e-01,
        7.73651242e-01,
        8.49841893e-01,
        9.04122233e-01,
        9.40547466e-01,
        9.63985920e-01,
        9.78600681e-01,
        9.87490475e-01,
        9.92789268e-01,
        9.95894313e-01,
        2.31249863e-03,
        4.10567271e-03,
        7.21073383e-03,
        1.25095537e-02,
        2.13992968e-02,
        3.60140875e-02,
        5.94525300e-02,
        9.58777517e-02,
        1.50158092e-01,
        2.26348743e-01,
        3.23852509e-01,
        4.30438161e-01,
        5.15926719e-01,
        5.44055104e-01,
        5.19980550e-01,
        5.01118183e-01,
    ],
    [
        1.87490538e-01,
        1.92461416e-01,
        2.29799390e-01,
        2.60441482e-01,
        2.37364113e-01,
        1.80427656e-01,
        1.22017555e-01,
        7.67523721e-02,
        4.60973121e-02,
        2.68331561e-02,
        1.52710164e-02,
        8.54223687e-03,
        4.71272413e-03,
        2.57034600e-03,
        1.38826866e-03,
        7.43506534e-04,
        3.95252166e-04,
        7.43506534e-04,
        1.38826866e-03,
        2.57034600e-03,
        4.71272413e-03,
        8.54223687e-03,
        1.52710164e-02,
        2.68331561e-02,
        4.60973121e-02,
        7.67523721e-02,
        1.22017555e-01,
        1.80427656e-01,
        2.37364113e-01,
        2.60441482e-01,
        2.29799390e-01,
        1.92461416e-01,
    ],
    [
        6.93893573e-16,
        -7.49030570e-03,
        -3.25710922e-02,
        -4.56244610e-02,
        -3.93084660e-02,
        -2.66429223e-02,
        -1.59585364e-02,
        -8.94708838e-03,
        -4.83278465e-03,
        -2.55254679e-03,
        -1.32864236e-03,
        -6.84500672e-04,
        -3.49916605e-04,
        -1.77771974e-04,
        -8.98521466e-05,
        -4.52156273e-05,
        2.26669144e-05,
        4.52156273e-05,
        8.98521466e-05,
        1.77771974e-04,
        3.49916605e-04,
        6.84500672e-04,
        1.32864236e-03,
        2.55254679e-03,
        4.83278465e-03,
        8.94708838e-03,
        1.59585364e-02,
        2.66429223e-02,
        3.93084660e-02,
        4.56244610e-02,
        3.25710922e-02,
        7.49030570e-03,
    ],
    [
        -8.63684341e-03,
        -4.68698237e-03,
        1.02911529e-03,
        2.88892863e-03,
        2.31221505e-03,
        1.37117715e-03,
        7.18835858e-04,
        3.56471748e-04,
        1.72276210e-04,
        8.22582297e-05,
        3.90538844e-05,
        1.84920373e-05,
        8.74491707e-06,
        4.13301632e-06,
        1.95279176e-06,
        9.22543620e-07,
        4.35803315e-07,
        9.22543620e-07,
        1.95279176e-06,
        4.13301632e-06,
        8.74491707e-06,
        1.84920373e-05,
        3.90538844e-05,
        8.22582297e-05,
        1.72276210e-04,
        3.56471748e-04,
        7.18835858e-04,
        1.37117715e-03,
        2.31221505e-03,
        2.88892863e-03,
        1.02911529e-03,
        -4.68698237e-03,
    ],
];

/// Added and taken off again, this rounds to a whole number and leaves it in the low bits.
const ROUND: f32 = 12_582_912.0;

/// The logistic function of `3/4 y`.
#[inline(always)]
unsafe fn logistic<V: Lanes>(y: V) -> V {
    // SAFETY: the caller vouches for the instructions.
    unsafe {
        let y = y.max(V::all(-16.0)).min(V::all(15.49));
        let piece = y.add(V::all(ROUND));
        let s = piece.pick(&PIECES[3]);
        let s = s.mul(y).add(piece.pick(&PIECES[2]));
        let s = s.mul(y).add(piece.pick(&PIECES[1]));
        s.mul(y).add(piece.pick(&PIECES[0]))
    }
}

/// Where the recurrence reads and writes; see [`recur`].
struct Run<'a> {
    u: &'a [f32],
    stride: usize,
    highway: Option<(&'a [f32], usize)>,
    peep: &'a [f32],
    h: usize,
    state: &'a mut [f32],
    out: &'a mut [f32],
}

#[inline(always)]
unsafe fn run<V: Lanes>(run: Run) {
    let Run { u, stride, highway, peep, h, state, out } = run;
    let n = out.len() / (2 * h);
    let parts = if highway.is_some() { 3 } else { 4 };
    for d in 0..2 {
        let (pf, pr) = (&peep[2 * d * h..(2 * d + 1) * h], &peep[(2 * d + 1) * h..(2 * d + 2) * h]);
        let state = &mut state[..h];
        state.fill(0.0);
        for i in 0..n {
            let t = if d == 0 { i } else { n - 1 - i };
            let at = &u[t * stride + d * parts * h..t * stride + (d + 1) * parts * h];
            let (uc, uf, ur) = (&at[..h], &at[h..2 * h], &at[2 * h..3 * h]);
            let x = match highway {
                Some((x, width)) => {
                    let from = t * width + if width == h { 0 } else { d * h };
                    &x[from..from + h]
                }
                None => &at[3 * h..4 * h],
            };
            let o = &mut out[(t * 2 + d) * h..(t * 2 + d + 1) * h];
            for j in (0..h).step_by(V::COUNT) {
                // SAFETY: all slices have `h` numbers, a multiple of `COUNT`; the caller vouches for the instructions.
                unsafe {
                    let wide = V::all(4.0 / 3.0);
                    let one = V::all(1.0);
                    let p = V::load(state.as_ptr().add(j));
                    let a = V::load(uf.as_ptr().add(j)).add(V::load(pf.as_ptr().add(j)).mul(p));
                    let b = V::load(ur.as_ptr().add(j)).add(V::load(pr.as_ptr().add(j)).mul(p));
                    let (f, r) = (logistic(a.mul(wide)), logistic(b.mul(wide)));
                    let uc = V::load(uc.as_ptr().add(j));
                    let c = uc.add(f.mul(p.sub(uc)));
                    c.store(state.as_mut_ptr().add(j));
                    // The hyperbolic tangent: twice the logistic function of twice the number, less one.
                    let s = logistic(c.mul(V::all(8.0 / 3.0)));
                    let y = s.add(s).sub(one);
                    let x = V::load(x.as_ptr().add(j));
                    x.add(r.mul(y.sub(x))).store(o.as_mut_ptr().add(j));
                }
            }
        }
    }
}

/// The simple recurrent unit in both directions (Lei et al. 2018, with peepholes).
///
/// `u` has for each token and direction the candidate, the forget and the reset input and, where `highway` is `None`, the
/// highway; `peep` has for each direction the peepholes of both gates; `state` holds `h` numbers, a multiple of 16.
#[allow(clippy::too_many_arguments)]
pub(in super::super) fn recur(
    isa: Isa,
    u: &[f32],
    stride: usize,
    highway: Option<(&[f32], usize)>,
    peep: &[f32],
    h: usize,
    state: &mut [f32],
    out: &mut [f32],
) {
    assert!(h.is_multiple_of(16) && peep.len() == 4 * h && state.len() >= h);
    let all = Run { u, stride, highway, peep, h, state, out };
    with_lanes!(isa, run(all: Run))
}
