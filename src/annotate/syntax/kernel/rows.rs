//! What is done with the rows of a product: rounding to 8 bits, finding the highest number.

use super::Isa;
use super::lanes::{Four, Lanes};

/// Rows of 8-bit numbers with what one step is worth in each row. Room once made is kept.
#[derive(Default)]
pub(in super::super) struct Rounded {
    values: Vec<i8>,
    scales: Vec<f32>,
    /// Numbers and rows that count.
    filled: (usize, usize),
}

impl Rounded {
    pub(in super::super) fn clear(&mut self) {
        self.filled = (0, 0);
    }

    /// All numbers.
    pub(in super::super) fn values(&self) -> &[i8] {
        &self.values[..self.filled.0]
    }

    /// What a step is worth, row by row.
    pub(in super::super) fn scales(&self) -> &[f32] {
        &self.scales[..self.filled.1]
    }

    /// Room for more rows, holding whatever was there before.
    pub(in super::super) fn more(&mut self, rows: usize, width: usize) -> (&mut [i8], &mut [f32]) {
        let (from, first) = self.filled;
        let (to, last) = (from + rows * width, first + rows);
        if self.values.len() < to {
            self.values.resize(to, 0);
        }
        if self.scales.len() < last {
            self.scales.resize(last, 0.0);
        }
        self.filled = (to, last);
        (&mut self.values[from..to], &mut self.scales[first..last])
    }

    /// Adds one row.
    pub(in super::super) fn push(&mut self, row: &[i8], scale: f32) {
        let (values, scales) = self.more(1, row.len());
        values.copy_from_slice(row);
        scales.fill(scale);
    }
}

/// Some of the numbers of each row: `width` from `from`, in rows of `stride`.
#[derive(Clone, Copy)]
pub(in super::super) struct Part {
    pub(in super::super) stride: usize,
    pub(in super::super) from: usize,
    pub(in super::super) width: usize,
}

impl Part {
    /// Rows of nothing else.
    pub(in super::super) fn whole(width: usize) -> Part {
        Part { stride: width, from: 0, width }
    }
}

/// Calls a generic function with the lanes of an instruction set.
macro_rules! with_lanes {
    ($isa:expr, $name:ident($($arg:ident: $ty:ty),*)) => {{
        #[cfg(target_arch = "x86_64")]
        {
            use std::arch::x86_64::{__m256, __m512};
            #[target_feature(enable = "avx2")]
            unsafe fn wide($($arg: $ty),*) {
                // SAFETY: the instructions are there.
                unsafe { $name::<__m256>($($arg),*) }
            }
            #[target_feature(enable = "avx2,avx512f,avx512bw,avx512dq,avx512vl")]
            unsafe fn widest($($arg: $ty),*) {
                // SAFETY: the instructions are there.
                unsafe { $name::<__m512>($($arg),*) }
            }
            match $isa {
                // SAFETY: `Isa::available` gives these only where the processor has the instructions.
                Isa::Amx | Isa::Avx512 => return unsafe { widest($($arg),*) },
                // SAFETY: as above.
                Isa::Avx2 | Isa::AvxVnni => return unsafe { wide($($arg),*) },
                Isa::Portable => {}
            }
        }
        let _ = $isa;
        // SAFETY: needs no special instructions.
        unsafe { $name::<Four>($($arg),*) }
    }};
}
pub(super) use with_lanes;

/// Rounds a part (its width a multiple of 16) of each row to 8 bits, the largest of a row at 127, and appends it to `out`;
/// what is below `floor` counts as that (0 to rectify, `f32::MIN` not to).
pub(in super::super) fn round(isa: Isa, rows: &[f32], part: Part, floor: f32, out: &mut Rounded) {
    with_lanes!(isa, round_lanes(rows: &[f32], part: Part, floor: f32, out: &mut Rounded))
}

#[inline(always)]
unsafe fn round_lanes<V: Lanes>(rows: &[f32], part: Part, floor: f32, out: &mut Rounded) {
    /// Added, this leaves the rounded number in the low bits.
    const ROUND: f32 = 12_582_912.0;
    assert!(part.width.is_multiple_of(16));
    let (values, scales) = out.more(rows.len() / part.stride, part.width);
    for (row, (to, scale)) in rows.chunks_exact(part.stride).zip(values.chunks_exact_mut(part.width).zip(scales)) {
        let row = &row[part.from..part.from + part.width];
        // SAFETY: `row` and `to` have `width` numbers, a multiple of `COUNT`; the caller vouches for the instructions.
        unsafe {
            let floor = V::all(floor);
            let mut most = V::all(0.0);
            for at in (0..part.width).step_by(V::COUNT) {
                most = V::load(row.as_ptr().add(at)).max(floor).abs().max(most);
            }
            let most = most.largest();
            let inverse = if most > 1e-20 { 127.0 / most } else { 0.0 };
            *scale = if most > 1e-20 { most / 127.0 } else { 0.0 };
            let (inverse, round) = (V::all(inverse), V::all(ROUND));
            for at in (0..part.width).step_by(V::COUNT) {
                let x = V::load(row.as_ptr().add(at)).max(floor);
                x.mul(inverse).add(round).store_bytes(to.as_mut_ptr().add(at));
            }
        }
    }
}

/// The place of the highest number of a part of each row, the first of equal ones, appended to `out`.
pub(in super::super) fn highest(isa: Isa, rows: &[f32], part: Part, out: &mut Vec<u32>) {
    with_lanes!(isa, highest_lanes(rows: &[f32], part: Part, out: &mut Vec<u32>))
}

#[inline(always)]
unsafe fn highest_lanes<V: Lanes>(rows: &[f32], part: Part, out: &mut Vec<u32>) {
    let whole = part.width / V::COUNT * V::COUNT;
    for row in rows.chunks_exact(part.stride) {
        let row = &row[part.from..part.from + part.width];
        // SAFETY: `row` has `whole` numbers; the caller vouches for the instructions.
        let mut best = unsafe {
            let mut most = V::all(f32::MIN);
            for at in (0..whole).step_by(V::COUNT) {
                most = V::load(row.as_ptr().add(at)).max(most);
            }
            most.largest()
        };
        for &x in &row[whole..] {
            best = if x > best { x } else { best };
        }
        let mut place = None;
        for at in (0..whole).step_by(V::COUNT) {
            // SAFETY: as above.
            let same = unsafe { V::load(row.as_ptr().add(at)).same(V::all(best)) };
            if same != 0 {
                place = Some(at + same.trailing_zeros() as usize);
                break;
            }
        }
        let place = place.or_else(|| (whole..part.width).find(|&at| row[at] == best)).unwrap_or(0);
        out.push(place as u32);
    }
}
