//! Some numbers side by side: the same arithmetic with vectors of sixteen, of eight, and without.

/// Some numbers side by side, with plain arithmetic: no fused operations.
pub(super) trait Lanes: Copy {
    const COUNT: usize;
    /// # Safety
    /// `COUNT` numbers must lie at `at`, and the processor must have the instructions; so for all of these.
    unsafe fn load(at: *const f32) -> Self;
    unsafe fn store(self, at: *mut f32);
    unsafe fn all(value: f32) -> Self;
    unsafe fn add(self, b: Self) -> Self;
    unsafe fn sub(self, b: Self) -> Self;
    unsafe fn mul(self, b: Self) -> Self;
    /// `self < b ? self : b`
    unsafe fn min(self, b: Self) -> Self;
    /// `self > b ? self : b`
    unsafe fn max(self, b: Self) -> Self;
    unsafe fn abs(self) -> Self;
    /// The table's numbers at the low five bits of each lane.
    unsafe fn pick(self, table: &[f32; 32]) -> Self;
    /// The largest number of all lanes.
    unsafe fn largest(self) -> f32;
    /// The lanes that are equal, from the lowest bit.
    unsafe fn same(self, b: Self) -> u32;
    /// Stores the lowest byte of each lane.
    unsafe fn store_bytes(self, at: *mut i8);
}

/// Four lanes without special instructions.
#[derive(Clone, Copy)]
pub(super) struct Four([f32; 4]);

impl Four {
    #[inline(always)]
    fn with(self, b: Four, f: impl Fn(f32, f32) -> f32) -> Four {
        Four(std::array::from_fn(|i| f(self.0[i], b.0[i])))
    }
}

impl Lanes for Four {
    const COUNT: usize = 4;
    #[inline(always)]
    unsafe fn load(at: *const f32) -> Four {
        // SAFETY: four numbers lie there.
        Four(unsafe { at.cast::<[f32; 4]>().read_unaligned() })
    }
    #[inline(always)]
    unsafe fn store(self, at: *mut f32) {
        // SAFETY: there is room for four numbers.
        unsafe { at.cast::<[f32; 4]>().write_unaligned(self.0) }
    }
    #[inline(always)]
    unsafe fn all(value: f32) -> Four {
        Four([value; 4])
    }
    #[inline(always)]
    unsafe fn add(self, b: Four) -> Four {
        self.with(b, |a, b| a + b)
    }
    #[inline(always)]
    unsafe fn sub(self, b: Four) -> Four {
        self.with(b, |a, b| a - b)
    }
    #[inline(always)]
    unsafe fn mul(self, b: Four) -> Four {
        self.with(b, |a, b| a * b)
    }
    #[inline(always)]
    unsafe fn min(self, b: Four) -> Four {
        self.with(b, |a, b| if a < b { a } else { b })
    }
    #[inline(always)]
    unsafe fn max(self, b: Four) -> Four {
        self.with(b, |a, b| if a > b { a } else { b })
    }
    #[inline(always)]
    unsafe fn abs(self) -> Four {
        Four(self.0.map(f32::abs))
    }
    #[inline(always)]
    unsafe fn largest(self) -> f32 {
        let [a, b, c, d] = self.0;
        let more = |a: f32, b: f32| if a > b { a } else { b };
        more(more(a, b), more(c, d))
    }
    #[inline(always)]
    unsafe fn same(self, b: Four) -> u32 {
        (0..4).map(|i| u32::from(self.0[i] == b.0[i]) << i).sum()
    }
    #[inline(always)]
    unsafe fn store_bytes(self, at: *mut i8) {
        // SAFETY: there is room for four bytes.
        unsafe { at.cast::<[i8; 4]>().write_unaligned(self.0.map(|x| x.to_bits() as u8 as i8)) }
    }
    #[inline(always)]
    unsafe fn pick(self, table: &[f32; 32]) -> Four {
        Four(self.0.map(|x| table[x.to_bits() as usize & 31]))
    }
}

#[cfg(target_arch = "x86_64")]
mod x86 {
    use super::Lanes;
    use std::arch::x86_64::*;

    /// Writes [`Lanes`] for a vector type; `$pick` is how it looks up a table.
    macro_rules! lanes {
        ($vector:ty, $count:literal, $load:ident, $store:ident, $all:ident, $add:ident, $sub:ident, $mul:ident,
            $min:ident, $max:ident, $abs:expr, $pick:expr, $largest:expr, $same:expr, $bytes:expr) => {
            impl Lanes for $vector {
                const COUNT: usize = $count;
                #[inline(always)]
                unsafe fn load(at: *const f32) -> Self {
                    // SAFETY: the caller vouches for the place and the instructions; so below.
                    unsafe { $load(at) }
                }
                #[inline(always)]
                unsafe fn store(self, at: *mut f32) {
                    // SAFETY: as above.
                    unsafe { $store(at, self) }
                }
                #[inline(always)]
                unsafe fn all(value: f32) -> Self {
                    // SAFETY: as above.
                    unsafe { $all(value) }
                }
                #[inline(always)]
                unsafe fn add(self, b: Self) -> Self {
                    // SAFETY: as above.
                    unsafe { $add(self, b) }
                }
                #[inline(always)]
                unsafe fn sub(self, b: Self) -> Self {
                    // SAFETY: as above.
                    unsafe { $sub(self, b) }
                }
                #[inline(always)]
                unsafe fn mul(self, b: Self) -> Self {
                    // SAFETY: as above.
                    unsafe { $mul(self, b) }
                }
                #[inline(always)]
                unsafe fn min(self, b: Self) -> Self {
                    // SAFETY: as above.
                    unsafe { $min(self, b) }
                }
                #[inline(always)]
                unsafe fn max(self, b: Self) -> Self {
                    // SAFETY: as above.
                    unsafe { $max(self, b) }
                }
                #[inline(always)]
                unsafe fn abs(self) -> Self {
                    // SAFETY: as above.
                    unsafe { $abs(self) }
                }
                #[inline(always)]
                unsafe fn largest(self) -> f32 {
                    // SAFETY: as above.
                    unsafe { $largest(self) }
                }
                #[inline(always)]
                unsafe fn same(self, b: Self) -> u32 {
                    // SAFETY: as above.
                    unsafe { $same(self, b) }
                }
                #[inline(always)]
                unsafe fn store_bytes(self, at: *mut i8) {
                    // SAFETY: as above.
                    unsafe { $bytes(self, at) }
                }
                #[inline(always)]
                unsafe fn pick(self, table: &[f32; 32]) -> Self {
                    // SAFETY: as above; five bits stay inside the table.
                    unsafe { $pick(self, table) }
                }
            }
        };
    }

    lanes!(
        __m256,
        8,
        _mm256_loadu_ps,
        _mm256_storeu_ps,
        _mm256_set1_ps,
        _mm256_add_ps,
        _mm256_sub_ps,
        _mm256_mul_ps,
        _mm256_min_ps,
        _mm256_max_ps,
        |lanes| _mm256_andnot_ps(_mm256_set1_ps(-0.0), lanes),
        |lanes, table: &[f32; 32]| {
            let at = _mm256_and_si256(_mm256_castps_si256(lanes), _mm256_set1_epi32(31));
            _mm256_i32gather_ps::<4>(table.as_ptr(), at)
        },
        |lanes| {
            let four = _mm_max_ps(_mm256_castps256_ps128(lanes), _mm256_extractf128_ps::<1>(lanes));
            let two = _mm_max_ps(four, _mm_movehl_ps(four, four));
            _mm_cvtss_f32(_mm_max_ss(two, _mm_shuffle_ps::<1>(two, two)))
        },
        |a, b| _mm256_movemask_ps(_mm256_cmp_ps::<_CMP_EQ_OQ>(a, b)) as u32,
        |lanes, at: *mut i8| {
            let low = _mm256_and_si256(_mm256_castps_si256(lanes), _mm256_set1_epi32(255));
            let words = _mm256_packus_epi32(low, low);
            let bytes = _mm256_packus_epi16(words, words);
            let (a, b) = (_mm256_castsi256_si128(bytes), _mm256_extracti128_si256::<1>(bytes));
            at.cast::<[i32; 2]>().write_unaligned([_mm_cvtsi128_si32(a), _mm_cvtsi128_si32(b)])
        }
    );
    lanes!(
        __m512,
        16,
        _mm512_loadu_ps,
        _mm512_storeu_ps,
        _mm512_set1_ps,
        _mm512_add_ps,
        _mm512_sub_ps,
        _mm512_mul_ps,
        _mm512_min_ps,
        _mm512_max_ps,
        |lanes| _mm512_abs_ps(lanes),
        |lanes, table: &[f32; 32]| {
            let (low, high) = (_mm512_loadu_ps(table.as_ptr()), _mm512_loadu_ps(table.as_ptr().add(16)));
            _mm512_permutex2var_ps(low, _mm512_castps_si512(lanes), high)
        },
        |lanes| _mm512_reduce_max_ps(lanes),
        |a, b| u32::from(_mm512_cmp_ps_mask::<_CMP_EQ_OQ>(a, b)),
        |lanes, at: *mut i8| _mm_storeu_si128(at.cast(), _mm512_cvtepi32_epi8(_mm512_castps_si512(lanes)))
    );
}
