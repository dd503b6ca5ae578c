//! Products with the tile instructions of x86-64 (AMX): 16 rows by 64 inputs by 16 outputs in one instruction.
//!
//! The panels of the weights are tiles already. Compilers have no stable names for these instructions, so they are written
//! in assembly; the operating system must allow their use first.

use super::{Matrix, x86};
use std::arch::asm;
use std::arch::x86_64::{__cpuid_count, _MM_HINT_T0, _mm_prefetch};
use std::mem::MaybeUninit;

/// Inputs of the widest matrix that this reads.
pub(super) const MOST_INPUTS: usize = 512;

/// Whether processor and operating system let this program use tiles of 8-bit integers. Asks Linux for leave.
pub(super) fn allowed() -> bool {
    // CPUID 7: bit 24 of EDX tells of tiles, bit 25 of their 8-bit products.
    let found = __cpuid_count(0, 0).eax >= 7 && __cpuid_count(7, 0).edx >> 24 & 3 == 3;
    found && is_x86_feature_detected!("xsave") && tiles_are_kept() && leave()
}

/// Whether the operating system keeps the tiles of a thread that it interrupts.
fn tiles_are_kept() -> bool {
    if __cpuid_count(1, 0).ecx >> 27 & 1 == 0 {
        return false;
    }
    let low: u32;
    // SAFETY: OSXSAVE is set (checked above), so the register may be read.
    unsafe { asm!("xgetbv", in("ecx") 0, out("eax") low, out("edx") _, options(nomem, nostack)) };
    low >> 17 & 3 == 3
}

/// Asks Linux to let this process use tiles: `arch_prctl(ARCH_REQ_XCOMP_PERM, XFEATURE_XTILEDATA)`.
#[cfg(all(target_os = "linux", target_pointer_width = "64"))]
fn leave() -> bool {
    let answer: isize;
    // SAFETY: system call 158 with these numbers changes nothing but the leave that is asked for; it clobbers rcx and r11.
    unsafe {
        asm!("syscall", inlateout("rax") 158isize => answer, in("rdi") 0x1023, in("rsi") 18,
            out("rcx") _, out("r11") _, options(nostack));
    }
    answer == 0
}

/// Other systems are not known well enough.
#[cfg(not(all(target_os = "linux", target_pointer_width = "64")))]
fn leave() -> bool {
    false
}

/// The shapes of the eight tiles.
#[repr(C, align(64))]
struct Config {
    palette: u8,
    start_row: u8,
    reserved: [u8; 14],
    row_bytes: [u16; 16],
    rows: [u8; 16],
}

impl Config {
    /// Tiles 0 to 3 hold sums, 4 inputs, 5 weights; 6 and 7 inputs and weights of the last `rest` inputs.
    fn new(rest: usize) -> Config {
        let mut config = Config { palette: 1, start_row: 0, reserved: [0; 14], row_bytes: [0; 16], rows: [0; 16] };
        config.row_bytes[..8].fill(64);
        config.rows[..8].fill(16);
        if rest > 0 {
            config.row_bytes[6] = rest as u16;
            config.rows[7] = (rest / 4) as u8;
        }
        config
    }
}

/// Sums of 16 rows by 64 outputs, in tiles of 16 outputs.
#[repr(C, align(64))]
struct Sums([[i32; 256]; 4]);

/// Four panels of weights at a time against all rows, so that the weights stay near; then what is left.
///
/// # Safety
/// The processor and the system must allow tiles ([`allowed`]) and AVX-512, and the lengths must agree; at most
/// [`MOST_INPUTS`] inputs.
pub(super) unsafe fn product(x: &[i8], scales: &[f32], w: &Matrix, out: &mut [f32]) {
    let (n, k, panels) = (scales.len(), w.inputs, w.width() / 16);
    let config = Config::new(k % 64);
    // The last rows, filled up to sixteen with whatever is there: their sums are not read.
    let mut last = MaybeUninit::<[i8; 16 * MOST_INPUTS]>::uninit();
    let whole = n / 16 * 16;
    let rest = &x[whole * k..];
    // SAFETY: fewer than sixteen rows of at most `MOST_INPUTS` numbers fit.
    unsafe { last.as_mut_ptr().cast::<i8>().copy_from_nonoverlapping(rest.as_ptr(), rest.len()) };
    // Two sets of sums: while the tiles of one are being filled, the other becomes numbers.
    let mut sums = [const { MaybeUninit::<Sums>::uninit() }; 2];
    let mut turn = 0;
    let mut waiting: Option<(usize, usize, usize)> = None;
    // Weights that come next are called for while these are used.
    let ahead = 64 * k / n.div_ceil(16).max(1);
    // SAFETY: the caller vouches for the instructions; `config` is 64 bytes of a valid palette.
    unsafe { asm!("ldtilecfg [{}]", in(reg) &config, options(nostack, readonly)) };
    let mut p = 0;
    while p < panels {
        let step = if panels - p >= 4 { 4 } else { 1 };
        for i in (0..n).step_by(16) {
            let rows = if i < whole { x[i * k..].as_ptr() } else { last.as_ptr().cast() };
            for byte in (0..ahead).step_by(64) {
                let next = w.weights.as_ptr().wrapping_add((p + 4) * 16 * k + i / 16 * ahead + byte);
                // SAFETY: calling for what is not there does nothing.
                unsafe { _mm_prefetch::<_MM_HINT_T0>(next) };
            }
            let filling = sums[turn].as_mut_ptr();
            // SAFETY: sixteen rows of k numbers lie at `rows`, `step` panels of 16 * k weights at panel p;
            // the sums have room for four tiles.
            unsafe {
                let weights = w.weights.as_ptr().add(p * 16 * k);
                if step == 4 {
                    four_panels(rows, weights, k, filling);
                } else {
                    one_panel(rows, weights, k, filling);
                }
            }
            turn = 1 - turn;
            if let Some((i, p, step)) = waiting.replace((i, p, step)) {
                // SAFETY: `step` tiles were filled before, the output has room for the real rows.
                unsafe { x86::scale_sums(sums[turn].as_ptr().cast(), step, &scales[i..n.min(i + 16)], w, i, p, out) };
            }
        }
        p += step;
    }
    if let Some((i, p, step)) = waiting {
        // SAFETY: as above; these were filled last.
        unsafe { x86::scale_sums(sums[1 - turn].as_ptr().cast(), step, &scales[i..n.min(i + 16)], w, i, p, out) };
    }
    // SAFETY: gives the tiles back, so that switching threads need not save them.
    unsafe { asm!("tilerelease", options(nostack, nomem)) };
}

/// # Safety
/// As [`product`]; 16 rows of `k` numbers lie at `rows`, four panels of `16 * k` weights at `weights`.
unsafe fn four_panels(rows: *const i8, weights: *const i8, k: usize, sums: *mut Sums) {
    // SAFETY: reads 16 rows and four panels, writes four tiles of sums; no other register than those named changes.
    unsafe {
        asm!(
            "tilezero tmm0",
            "tilezero tmm1",
            "tilezero tmm2",
            "tilezero tmm3",
            "test {whole}, {whole}",
            "jz 3f",
            "2:",
            "tileloadd tmm4, [{x} + {k}*1]",
            "tileloadd tmm5, [{a} + {line}*1]",
            "tdpbssd tmm0, tmm4, tmm5",
            "tileloadd tmm5, [{b} + {line}*1]",
            "tdpbssd tmm1, tmm4, tmm5",
            "tileloadd tmm5, [{c} + {line}*1]",
            "tdpbssd tmm2, tmm4, tmm5",
            "tileloadd tmm5, [{d} + {line}*1]",
            "tdpbssd tmm3, tmm4, tmm5",
            "add {x}, 64",
            "add {a}, 1024",
            "add {b}, 1024",
            "add {c}, 1024",
            "add {d}, 1024",
            "dec {whole}",
            "jnz 2b",
            "3:",
            "test {rest}, {rest}",
            "jz 4f",
            "tileloadd tmm6, [{x} + {k}*1]",
            "tileloadd tmm7, [{a} + {line}*1]",
            "tdpbssd tmm0, tmm6, tmm7",
            "tileloadd tmm7, [{b} + {line}*1]",
            "tdpbssd tmm1, tmm6, tmm7",
            "tileloadd tmm7, [{c} + {line}*1]",
            "tdpbssd tmm2, tmm6, tmm7",
            "tileloadd tmm7, [{d} + {line}*1]",
            "tdpbssd tmm3, tmm6, tmm7",
            "4:",
            "tilestored [{sums} + {line}*1], tmm0",
            "tilestored [{sums} + {line}*1 + 1024], tmm1",
            "tilestored [{sums} + {line}*1 + 2048], tmm2",
            "tilestored [{sums} + {line}*1 + 3072], tmm3",
            x = inout(reg) rows => _,
            a = inout(reg) weights => _,
            b = inout(reg) weights.add(16 * k) => _,
            c = inout(reg) weights.add(32 * k) => _,
            d = inout(reg) weights.add(48 * k) => _,
            whole = inout(reg) k / 64 => _,
            rest = in(reg) k % 64,
            k = in(reg) k,
            line = in(reg) 64usize,
            sums = in(reg) sums,
            options(nostack),
        );
    }
}

/// # Safety
/// As [`four_panels`], with one panel and one tile of sums.
unsafe fn one_panel(rows: *const i8, weights: *const i8, k: usize, sums: *mut Sums) {
    // SAFETY: reads 16 rows and one panel, writes one tile of sums; no other register than those named changes.
    unsafe {
        asm!(
            "tilezero tmm0",
            "test {whole}, {whole}",
            "jz 3f",
            "2:",
            "tileloadd tmm4, [{x} + {k}*1]",
            "tileloadd tmm5, [{a} + {line}*1]",
            "tdpbssd tmm0, tmm4, tmm5",
            "add {x}, 64",
            "add {a}, 1024",
            "dec {whole}",
            "jnz 2b",
            "3:",
            "test {rest}, {rest}",
            "jz 4f",
            "tileloadd tmm6, [{x} + {k}*1]",
            "tileloadd tmm7, [{a} + {line}*1]",
            "tdpbssd tmm0, tmm6, tmm7",
            "4:",
            "tilestored [{sums} + {line}*1], tmm0",
            x = inout(reg) rows => _,
            a = inout(reg) weights => _,
            whole = inout(reg) k / 64 => _,
            rest = in(reg) k % 64,
            k = in(reg) k,
            line = in(reg) 64usize,
            sums = in(reg) sums,
            options(nostack),
        );
    }
}
