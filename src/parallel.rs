//! Work on many items at once, results in the order of the items, memory bounded.

use std::collections::BTreeMap;
use std::sync::{Condvar, Mutex};

/// The items still to be done and how far the results have been taken.
struct Queue<I> {
    items: I,
    next: usize,
    taken: usize,
    ended: bool,
}

/// Ends the work of all when a worker panics: its place in the order stays empty, so nobody may wait for it.
struct Last<'q, I> {
    queue: &'q Mutex<Queue<I>>,
    room: &'q Condvar,
}

impl<I> Drop for Last<'_, I> {
    fn drop(&mut self) {
        if std::thread::panicking() {
            let mut held = self.queue.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
            held.ended = true;
            self.room.notify_all();
        }
    }
}

/// Applies `work` to every item on `jobs` threads and gives the results to `sink` in the order of the items.
///
/// At most eight items a thread are under way or waiting, so memory does not grow with their number.
/// When `sink` returns `false` no further item is begun.
pub fn map_ordered<T, R, I>(items: I, jobs: usize, work: impl Fn(T) -> R + Sync, mut sink: impl FnMut(R) -> bool)
where
    I: Iterator<Item = T> + Send,
    T: Send,
    R: Send,
{
    if jobs <= 1 {
        for item in items {
            if !sink(work(item)) {
                return;
            }
        }
        return;
    }
    let ahead = jobs * 8;
    let queue = Mutex::new(Queue { items, next: 0, taken: 0, ended: false });
    let room = Condvar::new();
    let (send, receive) = std::sync::mpsc::channel();
    std::thread::scope(|scope| {
        for _ in 0..jobs {
            let send = send.clone();
            let (queue, room, work) = (&queue, &room, &work);
            scope.spawn(move || {
                let _last = Last { queue, room };
                loop {
                    let (number, item) = {
                        let Ok(mut held) = queue.lock() else { return };
                        while !held.ended && held.next - held.taken >= ahead {
                            held = match room.wait(held) {
                                Ok(held) => held,
                                Err(_) => return,
                            };
                        }
                        if held.ended {
                            return;
                        }
                        let Some(item) = held.items.next() else {
                            held.ended = true;
                            room.notify_all();
                            return;
                        };
                        held.next += 1;
                        (held.next - 1, item)
                    };
                    if send.send((number, work(item))).is_err() {
                        return;
                    }
                }
            });
        }
        drop(send);
        let mut waiting = BTreeMap::new();
        let mut due = 0;
        for (number, result) in receive {
            waiting.insert(number, result);
            while let Some(result) = waiting.remove(&due) {
                due += 1;
                let go_on = sink(result);
                if let Ok(mut held) = queue.lock() {
                    held.taken = due;
                    held.ended |= !go_on;
                    room.notify_all();
                }
                if !go_on {
                    return;
                }
            }
        }
    });
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keeps_the_order() {
        for jobs in [1, 2, 5] {
            let mut out = Vec::new();
            let slow = |n: u64| {
                std::thread::sleep(std::time::Duration::from_micros((n * 7919) % 300));
                n * 2
            };
            map_ordered(0..500, jobs, slow, |r| {
                out.push(r);
                true
            });
            assert_eq!(out, (0..500).map(|n| n * 2).collect::<Vec<_>>());
        }
    }

    #[test]
    #[should_panic = "a scoped thread panicked"]
    fn a_worker_that_panics_ends_the_work() {
        map_ordered(0..100, 2, |n: u32| assert_ne!(n, 3, "three"), |()| true);
    }

    #[test]
    fn stops_when_told() {
        let mut out = Vec::new();
        map_ordered(
            0..,
            3,
            |n: u32| n,
            |r| {
                out.push(r);
                r < 20
            },
        );
        assert_eq!(out, (0..=20).collect::<Vec<_>>());
    }
}
