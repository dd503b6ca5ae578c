//! Products with the vector instructions of x86-64.

use super::Matrix;
use std::arch::x86_64::*;

/// Rows in groups of four against panels in groups of four, then what is left.
#[target_feature(enable = "avx512f,avx512bw,avx512vnni")]
pub(super) unsafe fn product_512(x: &[i8], scales: &[f32], w: &Matrix, out: &mut [f32]) {
    let (n, panels) = (scales.len(), w.width() / 16);
    // The instruction wants its first numbers unsigned: 128 more, which `Matrix::excess` takes off again.
    let x: Vec<u8> = x.iter().map(|&x| x as u8 ^ 128).collect();
    let x = x.as_slice();
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
    x: &[u8],
    scales: &[f32],
    w: &Matrix,
    out: &mut [f32],
    i: usize,
    p: usize,
) {
    let k = w.inputs;
    let (xs, ws) = (x.as_ptr(), w.weights.as_ptr());
    let mut sums = [[_mm512_setzero_si512(); P]; R];
    for q in 0..k / 4 {
        let mut panel = [_mm512_setzero_si512(); P];
        for (c, at) in panel.iter_mut().enumerate() {
            // SAFETY: panel p + c has k * 16 weights from (p + c) * 16 * k.
            *at = unsafe { _mm512_loadu_si512(ws.add((p + c) * 16 * k + q * 64).cast()) };
        }
        for (r, sums) in sums.iter_mut().enumerate() {
            // SAFETY: row i + r has k numbers from (i + r) * k.
            let four = unsafe { xs.add((i + r) * k + q * 4).cast::<i32>().read_unaligned() };
            let four = _mm512_set1_epi32(four);
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

/// From tiles of 16 rows by 16 sums to numbers: for `step` panels from panel `p` and as many rows from row `i` as `scales` tells.
///
/// # Safety
/// AVX-512 must be there, `p + step` panels of `w`, and the rows in `out`.
#[target_feature(enable = "avx512f,avx512bw")]
pub(super) unsafe fn scale_sums(
    sums: *const [i32; 256],
    step: usize,
    scales: &[f32],
    w: &Matrix,
    i: usize,
    p: usize,
    out: &mut [f32],
) {
    let width = w.width();
    for c in 0..step {
        let at = (p + c) * 16;
        // SAFETY: `step` tiles lie at `sums`, the slices have `width` numbers, `at + 16 <= width`, and row `i + r` is in `out`.
        unsafe {
            let tile = sums.add(c).cast::<i32>();
            let factors = _mm512_loadu_ps(w.scales.as_ptr().add(at));
            let bias = _mm512_loadu_ps(w.bias.as_ptr().add(at));
            for (r, &scale) in scales.iter().enumerate() {
                let sum = _mm512_loadu_si512(tile.add(r * 16).cast());
                let factor = _mm512_mul_ps(_mm512_set1_ps(scale), factors);
                let y = _mm512_add_ps(_mm512_mul_ps(_mm512_cvtepi32_ps(sum), factor), bias);
                _mm512_storeu_ps(out.as_mut_ptr().add((i + r) * width + at), y);
            }
        }
    }
}
