//! Memory by account: what one piece of work has taken and not given back.
//!
//! A limit on the memory of the whole process punishes whoever asks beside a greedy query. So the program's allocator
//! ([`Counting`], installed in `main.rs`) keeps an account for each query: the thread that works on the query enters the
//! account, and every byte it takes or gives back is written down there. Without the allocator the accounts stay at zero.
//!
//! What all queries take together is bounded too, and it is the largest that has to end ([`Account::is_too_much`]): who asks
//! for little is answered beside it.

use std::alloc::{GlobalAlloc, Layout, System};
use std::cell::Cell;
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, AtomicI64, Ordering};

/// Accounts that can be open at once.
const ACCOUNTS: usize = 1_024;

/// One account, on a line of the processor's cache of its own.
#[repr(align(64))]
struct Held {
    bytes: AtomicI64,
    /// Its work is to end, so that all this will be given back.
    is_ending: AtomicBool,
}

static HELD: [Held; ACCOUNTS] =
    [const { Held { bytes: AtomicI64::new(0), is_ending: AtomicBool::new(false) } }; ACCOUNTS];

/// The accounts that are closed; `None` until the first is opened.
static CLOSED: Mutex<Option<Vec<usize>>> = Mutex::new(None);

thread_local! {
    /// The account that this thread works for; [`ACCOUNTS`]: none.
    static OWN: Cell<usize> = const { Cell::new(ACCOUNTS) };
}

/// The system's allocator, which writes down what a thread with an account takes.
#[derive(Clone, Copy, Debug, Default)]
pub struct Counting;

fn count(bytes: i64) {
    // A thread that is ending has no account any more.
    let own = OWN.try_with(Cell::get).unwrap_or(ACCOUNTS);
    if let Some(held) = HELD.get(own) {
        held.bytes.fetch_add(bytes, Ordering::Relaxed);
    }
}

// SAFETY: every call is passed on to the system's allocator as it is; counting allocates nothing and cannot panic (its
// thread-local cell is made at compile time and has no destructor).
#[allow(unsafe_code)]
unsafe impl GlobalAlloc for Counting {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        // SAFETY: the caller keeps the contract of `alloc`, which is the same.
        let given = unsafe { System.alloc(layout) };
        if !given.is_null() {
            count(layout.size() as i64);
        }
        given
    }

    unsafe fn alloc_zeroed(&self, layout: Layout) -> *mut u8 {
        // SAFETY: as above.
        let given = unsafe { System.alloc_zeroed(layout) };
        if !given.is_null() {
            count(layout.size() as i64);
        }
        given
    }

    unsafe fn dealloc(&self, at: *mut u8, layout: Layout) {
        // SAFETY: as above; what this allocator gave, the system's gave.
        unsafe { System.dealloc(at, layout) };
        count(-(layout.size() as i64));
    }

    unsafe fn realloc(&self, at: *mut u8, layout: Layout, size: usize) -> *mut u8 {
        // SAFETY: as above.
        let given = unsafe { System.realloc(at, layout, size) };
        if !given.is_null() {
            count(size as i64 - layout.size() as i64);
        }
        given
    }
}

/// An open account; it is closed when dropped.
#[derive(Debug)]
pub struct Account(usize);

impl Account {
    /// Opens an account; `None` when too many are open.
    pub fn open() -> Option<Account> {
        let mut closed = CLOSED.lock().unwrap_or_else(|e| e.into_inner());
        let number = closed.get_or_insert_with(|| (0..ACCOUNTS).rev().collect()).pop()?;
        Some(Account(number))
    }

    /// Does some work of this thread for the account.
    pub fn with<T>(&self, work: impl FnOnce() -> T) -> T {
        /// Puts back the account that the thread had before, also when the work is unwound.
        struct Before(usize);
        impl Drop for Before {
            fn drop(&mut self) {
                OWN.set(self.0);
            }
        }
        let _before = Before(OWN.replace(self.0));
        work()
    }

    /// Whether the program's allocator keeps accounts.
    pub fn is_kept(&self) -> bool {
        let before = self.held();
        self.with(|| {
            let taken = std::hint::black_box(Vec::<u8>::with_capacity(4_096));
            let kept = self.held() >= before + 4_096;
            drop(taken);
            kept
        })
    }

    /// Bytes taken and not given back.
    pub fn held(&self) -> u64 {
        held(&HELD[self.0])
    }

    /// Says that the work of this account is to end: from here on its bytes are as good as given back.
    pub fn ends(&self) {
        HELD[self.0].is_ending.store(true, Ordering::Relaxed);
    }

    /// Whether the open accounts together hold more than this, and none of them more than this one. Only one account is
    /// told so at a time, and what it will give back counts no more.
    pub fn is_too_much(&self, most: u64) -> bool {
        let own = self.held();
        let mut together = own;
        for (number, other) in HELD.iter().enumerate() {
            let bytes = held(other);
            if number == self.0 || bytes == 0 || other.is_ending.load(Ordering::Relaxed) {
                continue;
            }
            if (bytes, number) > (own, self.0) {
                return own > most;
            }
            together += bytes;
        }
        together > most
    }
}

fn held(account: &Held) -> u64 {
    account.bytes.load(Ordering::Relaxed).max(0) as u64
}

impl Drop for Account {
    fn drop(&mut self) {
        if let Some(closed) = CLOSED.lock().unwrap_or_else(|e| e.into_inner()).as_mut() {
            HELD[self.0].bytes.store(0, Ordering::Relaxed);
            HELD[self.0].is_ending.store(false, Ordering::Relaxed);
            closed.push(self.0);
        }
    }
}
