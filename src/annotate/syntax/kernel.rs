//! The arithmetic of the network: integer products and elementwise functions, the same bits on every machine.
//!
//! Products are sums of 8-bit integers in 32 bits, which no order of adding changes; everything in floating point is
//! elementwise, without fused multiply-add. So AVX-512, AVX2 and portable code agree to the bit.

use std::sync::OnceLock;

/// The instructions that the products use.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Isa {
    /// No special instructions.
    Portable,
    /// 256-bit integers (x86-64 with AVX2).
    Avx2,
    /// 512-bit integers with 8-bit dot products (AVX-512 VNNI).
    Avx512,
}

impl Isa {
    /// The best this machine has.
    pub fn detect() -> Isa {
        static BEST: OnceLock<Isa> = OnceLock::new();
        *BEST.get_or_init(|| Isa::available().last().copied().unwrap_or(Isa::Portable))
    }

    /// Everything this machine has, the best last.
    pub fn available() -> Vec<Isa> {
        #[allow(unused_mut)]
        let mut all = vec![Isa::Portable];
        #[cfg(target_arch = "x86_64")]
        {
            if is_x86_feature_detected!("avx2") {
                all.push(Isa::Avx2);
                if is_x86_feature_detected!("avx512f")
                    && is_x86_feature_detected!("avx512bw")
                    && is_x86_feature_detected!("avx512vnni")
                {
                    all.push(Isa::Avx512);
                }
            }
        }
        all
    }
}

/// A matrix of 8-bit weights in panels: 16 outputs by 4 inputs together, panels of the same outputs in a row.
pub(super) struct Matrix<'a> {
    /// `[outputs / 16][inputs / 4][16][4]`.
    pub(super) weights: &'a [i8],
    /// Real outputs; the panels are filled up to a multiple of 16.
    pub(super) outputs: usize,
    /// Inputs, a multiple of 4.
    pub(super) inputs: usize,
    /// What one step of the weights is worth, for each output (filled up).
    pub(super) scales: &'a [f32],
    /// Added to each output (filled up).
    pub(super) bias: &'a [f32],
    /// 128 times the sum of each output's weights (filled up): what unsigned inputs are too large by.
    pub(super) excess: &'a [i32],
}

impl Matrix<'_> {
    /// Outputs with the filling.
    pub(super) fn width(&self) -> usize {
        self.outputs.div_ceil(16) * 16
    }
}

/// Rows of 8-bit numbers with what one step is worth in each row.
#[derive(Default)]
pub(super) struct Rounded {
    pub(super) values: Vec<i8>,
    pub(super) scales: Vec<f32>,
}

impl Rounded {
    pub(super) fn clear(&mut self) {
        self.values.clear();
        self.scales.clear();
    }
}

/// Writes three versions of an elementwise function (portable, AVX2, AVX-512) and one that chooses.
macro_rules! by_isa {
    ($(#[$doc:meta])* $vis:vis fn $name:ident($($arg:ident: $ty:ty),* $(,)?) $body:block) => {
        $(#[$doc])*
        #[allow(clippy::too_many_arguments)]
        $vis fn $name(isa: Isa, $($arg: $ty),*) {
            #[inline(always)]
            #[allow(clippy::too_many_arguments)]
            fn body($($arg: $ty),*) $body
            #[cfg(target_arch = "x86_64")]
            {
                #[target_feature(enable = "avx2")]
                #[allow(clippy::too_many_arguments)]
                fn wide($($arg: $ty),*) { body($($arg),*) }
                #[target_feature(enable = "avx2,avx512f,avx512bw,avx512dq,avx512vl")]
                #[allow(clippy::too_many_arguments)]
                fn widest($($arg: $ty),*) { body($($arg),*) }
                match isa {
                    // SAFETY: `Isa::available` gives these only where the processor has the instructions.
                    Isa::Avx512 if full() => return unsafe { widest($($arg),*) },
                    // SAFETY: as above.
                    Isa::Avx2 | Isa::Avx512 => return unsafe { wide($($arg),*) },
                    Isa::Portable => {}
                }
            }
            let _ = isa;
            body($($arg),*)
        }
    };
}

/// Whether the extensions of AVX-512 that compilers like to use are all there.
#[cfg(target_arch = "x86_64")]
fn full() -> bool {
    is_x86_feature_detected!("avx512dq") && is_x86_feature_detected!("avx512vl")
}

/// e to the power of x between -30 and 30 (beyond, of the bound), to about 1e-7: a polynomial and the exponent's bits.
#[inline(always)]
fn exp(x: f32) -> f32 {
    const ROUND: f32 = 12_582_912.0;
    let x = if x > 30.0 { 30.0 } else { x };
    let x = if x < -30.0 { -30.0 } else { x };
    let k = (x * std::f32::consts::LOG2_E + ROUND) - ROUND;
    let r = x - k * 0.693_359_4 - k * -2.121_944_4e-4;
    let p = 1.987_569_1e-4;
    let p = p * r + 1.398_2e-3;
    let p = p * r + 8.333_452e-3;
    let p = p * r + 4.166_579_6e-2;
    let p = p * r + 1.666_666_5e-1;
    let p = p * r + 5.000_000_3e-1;
    let p = p * (r * r) + r + 1.0;
    // |k| < 128 by the clamp above, so the cast is exact.
    let bits = (k + ROUND).to_bits().wrapping_sub(0x4B40_0000);
    f32::from_bits(p.to_bits().wrapping_add(bits << 23))
}

#[inline(always)]
fn tanh(x: f32) -> f32 {
    2.0 / (1.0 + exp(-2.0 * x)) - 1.0
}

by_isa! {
    /// Rounds rows of `width` numbers (a multiple of 16) to 8 bits each, the largest of a row at 127, and appends them to `out`.
    pub(super) fn round(rows: &[f32], width: usize, out: &mut Rounded) {
        const ROUND: f32 = 12_582_912.0;
        for row in rows.chunks_exact(width) {
            let mut lanes = [0f32; 16];
            for part in row.chunks_exact(16) {
                for j in 0..16 {
                    let a = part[j].abs();
                    lanes[j] = if a > lanes[j] { a } else { lanes[j] };
                }
            }
            for half in [8, 4, 2, 1] {
                for j in 0..half {
                    lanes[j] = if lanes[j + half] > lanes[j] { lanes[j + half] } else { lanes[j] };
                }
            }
            let most = lanes[0];
            let (scale, inverse) = if most > 1e-20 { (most / 127.0, 127.0 / most) } else { (0.0, 0.0) };
            out.scales.push(scale);
            out.values.extend(row.iter().map(|&x| (x * inverse + ROUND).to_bits() as u8 as i8));
        }
    }
}

by_isa! {
    /// `x = max(x, 0)`.
    pub(super) fn rectify(x: &mut [f32]) {
        for x in x {
            *x = if *x > 0.0 { *x } else { 0.0 };
        }
    }
}

by_isa! {
    /// Adds a row of 8-bit numbers, each worth `scale`.
    pub(super) fn add_row(to: &mut [f32], row: &[u8], scale: f32) {
        for (y, &q) in to.iter_mut().zip(row) {
            *y += f32::from(q as i8) * scale;
        }
    }
}

by_isa! {
    /// `out = max(a + b, 0)`.
    pub(super) fn add_rectified(a: &[f32], b: &[f32], out: &mut [f32]) {
        for ((o, &x), &y) in out.iter_mut().zip(a).zip(b) {
            let s = x + y;
            *o = if s > 0.0 { s } else { 0.0 };
        }
    }
}

by_isa! {
    /// The window over three tokens: `out = max(before + here + after, 0)`, with rows of `3 * width` for each token.
    pub(super) fn window(parts: &[f32], width: usize, stride: usize, out: &mut [f32]) {
        let n = out.len() / width;
        for i in 0..n {
            let o = &mut out[i * width..(i + 1) * width];
            let here = &parts[i * stride + width..i * stride + 2 * width];
            o.copy_from_slice(here);
            if i > 0 {
                let before = &parts[(i - 1) * stride..(i - 1) * stride + width];
                for (y, &x) in o.iter_mut().zip(before) {
                    *y += x;
                }
            }
            if i + 1 < n {
                let after = &parts[(i + 1) * stride + 2 * width..(i + 1) * stride + 3 * width];
                for (y, &x) in o.iter_mut().zip(after) {
                    *y += x;
                }
            }
            for y in o {
                *y = if *y > 0.0 { *y } else { 0.0 };
            }
        }
    }
}

by_isa! {
    /// The simple recurrent unit in both directions (Lei et al. 2018, with peepholes).
    ///
    /// `u` has for each token and direction the candidate, the forget and the reset input and, where `highway` is `None`, the
    /// highway; `peep` has for each direction the peepholes of both gates; `state` holds `h` numbers.
    pub(super) fn recur(
        u: &[f32],
        stride: usize,
        highway: Option<(&[f32], usize)>,
        peep: &[f32],
        h: usize,
        state: &mut [f32],
        out: &mut [f32],
    ) {
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
                let (pf, pr, state) = (&pf[..h], &pr[..h], &mut state[..h]);
                for j in 0..h {
                    let p = state[j];
                    // One division serves both gates: 1 / (1 + a) and 1 / (1 + b) from 1 / ((1 + a) (1 + b)).
                    let a = 1.0 + exp(-(uf[j] + pf[j] * p));
                    let b = 1.0 + exp(-(ur[j] + pr[j] * p));
                    let both = 1.0 / (a * b);
                    let (f, r) = (b * both, a * both);
                    let c = f * p + (1.0 - f) * uc[j];
                    state[j] = c;
                    o[j] = r * tanh(c) + (1.0 - r) * x[j];
                }
            }
        }
    }
}

by_isa! {
    /// Numbers to probabilities that add to one.
    pub(super) fn softmax(x: &mut [f32]) {
        let mut most = f32::MIN;
        for &a in x.iter() {
            most = if a > most { a } else { most };
        }
        let mut sum = 0.0;
        for a in x.iter_mut() {
            *a = exp(*a - most);
            sum += *a;
        }
        for a in x.iter_mut() {
            *a /= sum;
        }
    }
}

/// `out[i] = x[i] * w + bias` for rows `x`, each worth its scale; `out` has rows of the matrix's filled width.
pub(super) fn product(isa: Isa, x: &[i8], scales: &[f32], w: &Matrix, out: &mut Vec<f32>) {
    let (n, k, width) = (scales.len(), w.inputs, w.width());
    assert!(x.len() == n * k && w.weights.len() == width * k && k % 4 == 0);
    assert!(w.scales.len() == width && w.bias.len() == width && w.excess.len() == width);
    // Every number is written below, so what is left from before may stand.
    out.resize(n * width, 0.0);
    #[cfg(target_arch = "x86_64")]
    match isa {
        // SAFETY: the instructions are there (`Isa::available`) and the lengths were checked above.
        Isa::Avx512 => return unsafe { x86::product_512(x, scales, w, out) },
        // SAFETY: as above.
        Isa::Avx2 => return unsafe { x86::product_256(x, scales, w, out) },
        Isa::Portable => {}
    }
    let _ = isa;
    product_portable(x, scales, w, out);
}

/// Panel by panel, the weights of an input side by side, so that a compiler makes vectors of the sixteen outputs.
fn product_portable(x: &[i8], scales: &[f32], w: &Matrix, out: &mut [f32]) {
    let (k, width) = (w.inputs, w.width());
    let mut panel = vec![[0i16; 16]; k];
    for p in 0..width / 16 {
        for (q, block) in w.weights[p * 16 * k..(p + 1) * 16 * k].chunks_exact(64).enumerate() {
            for (lane, four) in block.chunks_exact(4).enumerate() {
                for (i, &weight) in four.iter().enumerate() {
                    panel[q * 4 + i][lane] = i16::from(weight);
                }
            }
        }
        for (i, row) in x.chunks_exact(k).enumerate() {
            let mut sums = [0i32; 16];
            // Two products of numbers up to 127 fit 16 bits; pairs in between keep the compiler to whole rows of weights.
            for (eight, weights) in row.chunks(8).zip(panel.chunks(8)) {
                let mut pairs = [[0i16; 16]; 4];
                for ((pair, two), w) in pairs.iter_mut().zip(eight.chunks_exact(2)).zip(weights.chunks_exact(2)) {
                    let (a, b) = (i16::from(two[0]), i16::from(two[1]));
                    for ((t, &x), &y) in pair.iter_mut().zip(&w[0]).zip(&w[1]) {
                        *t = a.wrapping_mul(x).wrapping_add(b.wrapping_mul(y));
                    }
                }
                for pair in &pairs {
                    for (sum, &t) in sums.iter_mut().zip(pair) {
                        *sum += i32::from(t);
                    }
                }
            }
            let at = p * 16;
            for (lane, y) in out[i * width + at..i * width + at + 16].iter_mut().enumerate() {
                *y = sums[lane] as f32 * (scales[i] * w.scales[at + lane]) + w.bias[at + lane];
            }
        }
    }
}

#[cfg(target_arch = "x86_64")]
mod x86 {
    use super::Matrix;
    use std::arch::x86_64::*;

    /// Rows in groups of four against panels in groups of four, then what is left.
    #[target_feature(enable = "avx512f,avx512bw,avx512vnni")]
    pub(super) unsafe fn product_512(x: &[i8], scales: &[f32], w: &Matrix, out: &mut [f32]) {
        let (n, panels) = (scales.len(), w.width() / 16);
        let mut p = 0;
        while p < panels {
            let step = if panels - p >= 4 { 4 } else { 1 };
            let mut i = 0;
            while i < n {
                let rows = if n - i >= 4 { 4 } else { 1 };
                // SAFETY: `i + rows <= n` and `p + step <= panels`, and the lengths agree (checked by the caller).
                unsafe {
                    match (rows, step) {
                        (4, 4) => tile_512::<4, 4>(x, scales, w, out, i, p),
                        (4, _) => tile_512::<4, 1>(x, scales, w, out, i, p),
                        (_, 4) => tile_512::<1, 4>(x, scales, w, out, i, p),
                        _ => tile_512::<1, 1>(x, scales, w, out, i, p),
                    }
                }
                i += rows;
            }
            p += step;
        }
    }

    #[inline]
    #[target_feature(enable = "avx512f,avx512bw,avx512vnni")]
    unsafe fn tile_512<const R: usize, const P: usize>(
        x: &[i8],
        scales: &[f32],
        w: &Matrix,
        out: &mut [f32],
        i: usize,
        p: usize,
    ) {
        let k = w.inputs;
        let (xs, ws) = (x.as_ptr(), w.weights.as_ptr());
        let mut sums = [[_mm512_setzero_si512(); P]; R];
        let flip = _mm512_set1_epi8(-128);
        for q in 0..k / 4 {
            let mut panel = [_mm512_setzero_si512(); P];
            for (c, at) in panel.iter_mut().enumerate() {
                // SAFETY: panel p + c has k * 16 weights from (p + c) * 16 * k.
                *at = unsafe { _mm512_loadu_si512(ws.add((p + c) * 16 * k + q * 64).cast()) };
            }
            for (r, sums) in sums.iter_mut().enumerate() {
                // SAFETY: row i + r has k numbers from (i + r) * k.
                let four = unsafe { xs.add((i + r) * k + q * 4).cast::<i32>().read_unaligned() };
                let four = _mm512_xor_si512(_mm512_set1_epi32(four), flip);
                for (sum, panel) in sums.iter_mut().zip(panel) {
                    *sum = _mm512_dpbusd_epi32(*sum, four, panel);
                }
            }
        }
        let width = w.width();
        for (r, sums) in sums.iter().enumerate() {
            let scale = _mm512_set1_ps(scales[i + r]);
            for (c, &sum) in sums.iter().enumerate() {
                let at = (p + c) * 16;
                // SAFETY: the slices have `width` numbers and `at + 16 <= width`.
                unsafe {
                    let sum = _mm512_sub_epi32(sum, _mm512_loadu_si512(w.excess.as_ptr().add(at).cast()));
                    let factor = _mm512_mul_ps(scale, _mm512_loadu_ps(w.scales.as_ptr().add(at)));
                    let y = _mm512_mul_ps(_mm512_cvtepi32_ps(sum), factor);
                    let y = _mm512_add_ps(y, _mm512_loadu_ps(w.bias.as_ptr().add(at)));
                    _mm512_storeu_ps(out.as_mut_ptr().add((i + r) * width + at), y);
                }
            }
        }
    }

    /// Rows in groups of four against one panel, then what is left.
    #[target_feature(enable = "avx2")]
    pub(super) unsafe fn product_256(x: &[i8], scales: &[f32], w: &Matrix, out: &mut [f32]) {
        let (n, panels) = (scales.len(), w.width() / 16);
        for p in 0..panels {
            let mut i = 0;
            while i < n {
                let rows = if n - i >= 4 { 4 } else { 1 };
                // SAFETY: `i + rows <= n`, and the lengths agree (checked by the caller).
                unsafe {
                    if rows == 4 {
                        tile_256::<4>(x, scales, w, out, i, p);
                    } else {
                        tile_256::<1>(x, scales, w, out, i, p);
                    }
                }
                i += rows;
            }
        }
    }

    #[inline]
    #[target_feature(enable = "avx2")]
    unsafe fn tile_256<const R: usize>(x: &[i8], scales: &[f32], w: &Matrix, out: &mut [f32], i: usize, p: usize) {
        let k = w.inputs;
        let (xs, ws) = (x.as_ptr(), w.weights.as_ptr());
        let ones = _mm256_set1_epi16(1);
        let mut sums = [[_mm256_setzero_si256(); 2]; R];
        for q in 0..k / 4 {
            // SAFETY: panel p has k * 16 weights from p * 16 * k.
            let panel = unsafe {
                let at = ws.add(p * 16 * k + q * 64);
                [_mm256_loadu_si256(at.cast()), _mm256_loadu_si256(at.add(32).cast())]
            };
            for (r, sums) in sums.iter_mut().enumerate() {
                // SAFETY: row i + r has k numbers from (i + r) * k.
                let four = unsafe { xs.add((i + r) * k + q * 4).cast::<i32>().read_unaligned() };
                let four = _mm256_set1_epi32(four);
                let size = _mm256_abs_epi8(four);
                for (sum, panel) in sums.iter_mut().zip(panel) {
                    // |x| times (w with the sign of x): both at most 127, so two of them fit 16 bits.
                    let pairs = _mm256_maddubs_epi16(size, _mm256_sign_epi8(panel, four));
                    *sum = _mm256_add_epi32(*sum, _mm256_madd_epi16(pairs, ones));
                }
            }
        }
        let width = w.width();
        for (r, sums) in sums.iter().enumerate() {
            let scale = _mm256_set1_ps(scales[i + r]);
            for (c, &sum) in sums.iter().enumerate() {
                let at = p * 16 + c * 8;
                // SAFETY: the slices have `width` numbers and `at + 8 <= width`.
                unsafe {
                    let factor = _mm256_mul_ps(scale, _mm256_loadu_ps(w.scales.as_ptr().add(at)));
                    let y = _mm256_mul_ps(_mm256_cvtepi32_ps(sum), factor);
                    let y = _mm256_add_ps(y, _mm256_loadu_ps(w.bias.as_ptr().add(at)));
                    _mm256_storeu_ps(out.as_mut_ptr().add((i + r) * width + at), y);
                }
            }
        }
    }
}
