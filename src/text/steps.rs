//! A count of the work done, for tests: how many rows were looked at. Counted in development builds alone.

use std::cell::Cell;

thread_local! {
    static STEPS: Cell<u64> = const { Cell::new(0) };
}

/// Adds so many looks at rows.
#[inline]
pub fn step(count: usize) {
    if cfg!(debug_assertions) {
        STEPS.set(STEPS.get() + count as u64);
    }
}

/// The looks so far in this thread; 0 in a release build.
pub fn steps() -> u64 {
    STEPS.get()
}
