//! Products with the vector instructions of x86-64.

use super::Matrix;
use std::arch::x86_64::*;

/// Rows in groups of four against panels in groups of four, then what is left.
#[target_feature(enable = "avx512f,avx512bw,avx512vnni")]
pub(super) unsafe fn product_512(x: &[i8], scales: &[f32], w: &Matrix, out: &mut [f32]) {
    let (n, panels) = (scales.len(), w.width() / 16);
    let x = &unsigned(x)[..];
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

/// The instruction wants its first numbers unsigned: 128 more, which [`Matrix::excess`] takes off again.
fn unsigned(x: &[i8]) -> Vec<u8> {
    x.iter().map(|&x| x as u8 ^ 128).collect()
}

/// Rows in groups of four against one panel, then what is left.
///
/// # Safety
/// AVX-VNNI must be there, and the lengths must agree.
#[target_feature(enable = "avx2,avxvnni")]
pub(super) unsafe fn product_256_vnni(x: &[i8], scales: &[f32], w: &Matrix, out: &mut [f32]) {
    let (n, panels) = (scales.len(), w.width() / 16);
    let x = &unsigned(x)[..];
    for p in 0..panels {
        let mut i = 0;
        while i < n {
            let rows = if n - i >= 4 { 4 } else { 1 };
            // SAFETY: `i + rows <= n`, and the lengths agree (checked by the caller).
            unsafe {
                if rows == 4 {
                    tile_256_vnni::<4>(x, scales, w, out, i, p);
                } else {
                    tile_256_vnni::<1>(x, scales, w, out, i, p);
                }
            }
            i += rows;
        }
    }
}

#[inline]
#[target_feature(enable = "avx2,avxvnni")]
unsafe fn tile_256_vnni<const R: usize>(x: &[u8], scales: &[f32], w: &Matrix, out: &mut [f32], i: usize, p: usize) {
    let k = w.inputs;
    let (xs, ws) = (x.as_ptr(), w.weights.as_ptr());
    let mut sums = [[_mm256_setzero_si256(); 2]; R];
    for q in 0..k / 4 {
        // SAFETY: panel p has k * 16 weights from p * 16 * k.
        let panel = unsafe {
            let at = ws.add(p * 16 * k + q * 64);
            [_mm256_loadu_si256(at.cast()), _mm256_loadu_si256(at.add(32).cast())]
        };
        for (r, sums) in sums.iter_mut().enumerate() {
            // SAFETY: row i + r has k numbers from (i + r) * k.
            let four = _mm256_set1_epi32(unsafe { xs.add((i + r) * k + q * 4).cast::<i32>().read_unaligned() });
            for (sum, panel) in sums.iter_mut().zip(panel) {
                *sum = _mm256_dpbusd_avx_epi32(*sum, four, panel);
            }
        }
    }
    for sums in &mut sums {
        for (c, sum) in sums.iter_mut().enumerate() {
            // SAFETY: `excess` has `width` numbers.
            *sum = unsafe { _mm256_sub_epi32(*sum, _mm256_loadu_si256(w.excess.as_ptr().add(p * 16 + c * 8).cast())) };
        }
    }
    // SAFETY: row i + R - 1 and panel p are there.
    unsafe { scale_256(&sums, scales, w, out, i, p) };
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
    // SAFETY: row i + R - 1 and panel p are there.
    unsafe { scale_256(&sums, scales, w, out, i, p) };
}

/// From the sums of some rows from row `i` and of panel `p` to numbers.
#[inline]
#[target_feature(enable = "avx2")]
unsafe fn scale_256(sums: &[[__m256i; 2]], scales: &[f32], w: &Matrix, out: &mut [f32], i: usize, p: usize) {
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
    // SAFETY: as told above; the number of tiles is made a constant, so that loops over them are unrolled.
    unsafe {
        if step == 4 {
            scale_tiles::<4>(sums, scales, w, i, p, out);
        } else {
            for c in 0..step {
                scale_tiles::<1>(sums.add(c), scales, w, i, p + c, out);
            }
        }
    }
}

/// Row by row, so that a row's numbers are written side by side.
#[inline]
#[target_feature(enable = "avx512f,avx512bw")]
unsafe fn scale_tiles<const P: usize>(
    sums: *const [i32; 256],
    scales: &[f32],
    w: &Matrix,
    i: usize,
    p: usize,
    out: &mut [f32],
) {
    let width = w.width();
    // SAFETY: `P` tiles lie at `sums`, the slices have `width` numbers, `16 * (p + P) <= width`, and the rows are in `out`.
    unsafe {
        let (mut factors, mut bias) = ([_mm512_setzero_ps(); P], [_mm512_setzero_ps(); P]);
        for c in 0..P {
            factors[c] = _mm512_loadu_ps(w.scales.as_ptr().add((p + c) * 16));
            bias[c] = _mm512_loadu_ps(w.bias.as_ptr().add((p + c) * 16));
        }
        for (r, &scale) in scales.iter().enumerate() {
            let scale = _mm512_set1_ps(scale);
            let to = out.as_mut_ptr().add((i + r) * width + p * 16);
            for c in 0..P {
                let sum = _mm512_loadu_si512(sums.add(c).cast::<i32>().add(r * 16).cast());
                let y = _mm512_mul_ps(_mm512_cvtepi32_ps(sum), _mm512_mul_ps(scale, factors[c]));
                _mm512_storeu_ps(to.add(c * 16), _mm512_add_ps(y, bias[c]));
            }
        }
    }
}
