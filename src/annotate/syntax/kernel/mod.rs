//! The arithmetic of the network: integer products and elementwise functions, the same bits on every machine.
//!
//! Products are sums of 8-bit integers in 32 bits, which no order of adding changes; everything in floating point is
//! elementwise, without fused multiply-add. So AMX, AVX-512, AVX2 and portable code agree to the bit.

#[cfg(target_arch = "x86_64")]
mod amx;
mod gate;
mod lanes;
mod rows;
#[cfg(target_arch = "x86_64")]
mod x86;

pub(super) use gate::recur;
pub(super) use rows::{Part, Rounded, highest, round};
use std::sync::OnceLock;

/// The instructions that the products use.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Isa {
    /// No special instructions.
    Portable,
    /// 256-bit integers (x86-64 with AVX2).
    Avx2,
    /// The same with 8-bit dot products (AVX-VNNI).
    AvxVnni,
    /// 512-bit integers with 8-bit dot products (AVX-512 VNNI).
    Avx512,
    /// The same, and tiles of 8-bit integers (AMX).
    Amx,
}

impl Isa {
    /// The best this machine has.
    pub fn detect() -> Isa {
        Isa::available().last().copied().unwrap_or(Isa::Portable)
    }

    /// Everything this machine has, the best last.
    pub fn available() -> &'static [Isa] {
        static ALL: OnceLock<Vec<Isa>> = OnceLock::new();
        ALL.get_or_init(Isa::ask)
    }

    /// Asks the processor.
    fn ask() -> Vec<Isa> {
        #[allow(unused_mut)]
        let mut all = vec![Isa::Portable];
        #[cfg(target_arch = "x86_64")]
        {
            if is_x86_feature_detected!("avx2") {
                all.push(Isa::Avx2);
                if is_x86_feature_detected!("avxvnni") {
                    all.push(Isa::AvxVnni);
                }
                if is_x86_feature_detected!("avx512f")
                    && is_x86_feature_detected!("avx512bw")
                    && is_x86_feature_detected!("avx512dq")
                    && is_x86_feature_detected!("avx512vl")
                    && is_x86_feature_detected!("avx512vnni")
                {
                    all.push(Isa::Avx512);
                    if amx::allowed() {
                        all.push(Isa::Amx);
                    }
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
                    Isa::Amx | Isa::Avx512 => return unsafe { widest($($arg),*) },
                    // SAFETY: as above.
                    Isa::Avx2 | Isa::AvxVnni => return unsafe { wide($($arg),*) },
                    Isa::Portable => {}
                }
            }
            let _ = isa;
            body($($arg),*)
        }
    };
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

by_isa! {
    /// Adds a row of 8-bit numbers, each worth `scale`.
    pub(super) fn add_row(to: &mut [f32], row: &[u8], scale: f32) {
        for (y, &q) in to.iter_mut().zip(row) {
            *y += f32::from(q as i8) * scale;
        }
    }
}

by_isa! {
    /// `to += row`.
    pub(super) fn add(to: &mut [f32], row: &[f32]) {
        for (y, &x) in to.iter_mut().zip(row) {
            *y += x;
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
    /// The first `width` numbers (at most 16) of each row to probabilities that add to one, in 255ths.
    pub(super) fn shares(rows: &[f32], stride: usize, width: usize, out: &mut Vec<[u8; 16]>) {
        for row in rows.chunks_exact(stride) {
            let mut most = f32::MIN;
            let mut x = [f32::MIN; 16];
            x[..width].copy_from_slice(&row[..width]);
            for a in x {
                most = if a > most { a } else { most };
            }
            let mut sum = 0.0;
            for a in &mut x {
                *a = exp(*a - most);
            }
            for a in &x[..width] {
                sum += *a;
            }
            let mut shares = [0; 16];
            for (share, a) in shares.iter_mut().zip(x) {
                *share = (a / sum * 255.0 + 0.5) as u8;
            }
            out.push(shares);
        }
    }
}

/// The first `len` numbers of a buffer that grows and never shrinks, so that nothing is cleared that is written anyway.
pub(super) fn room(buffer: &mut Vec<f32>, len: usize) -> &mut [f32] {
    if buffer.len() < len {
        buffer.resize(len, 0.0);
    }
    &mut buffer[..len]
}

/// `out[i] = x[i] * w + bias` for rows `x`, each worth its scale; `out` has rows of the matrix's filled width, and whatever
/// was in the buffer after them.
pub(super) fn product(isa: Isa, x: &[i8], scales: &[f32], w: &Matrix, out: &mut Vec<f32>) {
    let (n, k, width) = (scales.len(), w.inputs, w.width());
    assert!(x.len() == n * k && w.weights.len() == width * k && k % 4 == 0);
    assert!(w.scales.len() == width && w.bias.len() == width && w.excess.len() == width);
    let out = room(out, n * width);
    #[cfg(target_arch = "x86_64")]
    match isa {
        // SAFETY: the instructions are there (`Isa::available`) and the lengths were checked above.
        Isa::Amx if k <= amx::MOST_INPUTS => return unsafe { amx::product(x, scales, w, out) },
        // SAFETY: as above.
        Isa::Amx | Isa::Avx512 => return unsafe { x86::product_512(x, scales, w, out) },
        // SAFETY: as above.
        Isa::AvxVnni => return unsafe { x86::product_256_vnni(x, scales, w, out) },
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
