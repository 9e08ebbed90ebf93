//! The threads of a batch: each takes the next document when it has finished the last.

use std::any::Any;
use std::collections::BTreeMap;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::mpsc::{self, RecvTimeoutError};
use std::sync::{Condvar, Mutex, PoisonError};
use std::time::Duration;

use crate::error::{Error, ErrorKind};

/// How far the fastest thread may be ahead of the slowest: the maximum number of results that wait for their turn.
const AHEAD: usize = 1024;

/// The time without a result after which the listener is notified.
const QUIET: Duration = Duration::from_millis(100);

/// A listener for results.
pub(super) trait Listener<T> {
    /// Called when a result has arrived, in any order, or with `None` if there was none for a while.
    fn arrived(&mut self, result: Option<&T>);
    /// Called with the results, in order.
    fn take(&mut self, result: T);
}

impl<T, F: FnMut(T)> Listener<T> for F {
    fn arrived(&mut self, _: Option<&T>) {}

    fn take(&mut self, result: T) {
        self(result);
    }
}

/// Processes `count` documents on `jobs` threads, which share one pool with the engine: a thread that finds no more
/// documents helps the others with theirs. `begin` is called once per thread, and `one` for every document until
/// `stop` is set; a panic in it is passed to `broken`, and ends that document only. `listener` gets the results.
///
/// # Errors
///
/// Returns a message if the threads cannot be started.
pub(super) fn work<S, T: Send>(
    jobs: usize,
    count: usize,
    stop: &AtomicBool,
    begin: impl Fn() -> S + Sync,
    one: impl Fn(&mut S, usize) -> T + Sync,
    broken: impl Fn(usize, String) -> T + Sync,
    mut listener: impl Listener<T>,
) -> Result<(), Error> {
    let pool = rayon::ThreadPoolBuilder::new()
        .num_threads(jobs)
        .stack_size(crate::stack::STACK_SIZE)
        .build()
        .map_err(|error| Error::new(ErrorKind::Process, format!("cannot start {jobs} threads: {error}")))?;
    let next = AtomicUsize::new(0);
    let taken = (Mutex::new(0_usize), Condvar::new());
    let (sender, receiver) = mpsc::channel();
    std::thread::scope(|scope| {
        let (pool, next, taken, begin, one, broken) = (&pool, &next, &taken, &begin, &one, &broken);
        scope.spawn(move || {
            pool.broadcast(|_| {
                let mut state = begin();
                while !stop.load(Ordering::Relaxed) {
                    let index = next.fetch_add(1, Ordering::Relaxed);
                    if index >= count {
                        break;
                    }
                    let done = taken.0.lock().unwrap_or_else(PoisonError::into_inner);
                    drop(taken.1.wait_while(done, |taken| index >= *taken + AHEAD));
                    let result = catch_unwind(AssertUnwindSafe(|| one(&mut state, index)))
                        .unwrap_or_else(|panic| broken(index, panic_message(&*panic)));
                    if sender.send((index, result)).is_err() {
                        break;
                    }
                }
            });
        });
        let mut waiting = BTreeMap::new();
        let mut turn = 0;
        loop {
            match receiver.recv_timeout(QUIET) {
                Ok((index, result)) => {
                    listener.arrived(Some(&result));
                    waiting.insert(index, result);
                }
                Err(RecvTimeoutError::Timeout) => listener.arrived(None),
                Err(RecvTimeoutError::Disconnected) => break,
            }
            while let Some(result) = waiting.remove(&turn) {
                listener.take(result);
                turn += 1;
            }
            *taken.0.lock().unwrap_or_else(PoisonError::into_inner) = turn;
            taken.1.notify_all();
        }
        // After a stop, there may be gaps before the last results.
        waiting.into_values().for_each(|result| listener.take(result));
    });
    Ok(())
}

/// Does the same as [`work`], with some documents before the others, one at a time.
pub(super) fn work_with_first<S, T: Send>(
    (first, jobs): (&[usize], usize),
    count: usize,
    stop: &AtomicBool,
    begin: impl Fn() -> S + Sync,
    one: impl Fn(&mut S, usize) -> T + Sync,
    broken: impl Fn(usize, String) -> T + Sync,
    listener: impl Listener<T>,
) -> Result<(), Error> {
    let early = Mutex::new(BTreeMap::new());
    let lock = || early.lock().unwrap_or_else(PoisonError::into_inner);
    if !first.is_empty() {
        let one = |state: &mut S, turn: usize| (first[turn], one(state, first[turn]));
        let broken = |turn: usize, message| (first[turn], broken(first[turn], message));
        work(1, first.len(), stop, &begin, one, broken, |(index, result)| drop(lock().insert(index, result)))?;
    }
    let late = |state: &mut S, index| {
        let known = lock().remove(&index);
        known.unwrap_or_else(|| one(state, index))
    };
    work(jobs, count, stop, &begin, late, &broken, listener)
}

/// Returns the message of a panic.
pub fn panic_message(panic: &(dyn Any + Send)) -> String {
    let text = panic.downcast_ref::<&str>().map(|text| (*text).to_owned());
    text.or_else(|| panic.downcast_ref::<String>().cloned()).unwrap_or_else(|| "no message".into())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn results(jobs: usize, count: usize, one: impl Fn(usize) -> String + Sync, stop: &AtomicBool) -> Vec<String> {
        let mut results = Vec::new();
        let broken = |index, message| format!("{index} broken: {message}");
        work(jobs, count, stop, || (), |(), index| one(index), broken, |result: String| results.push(result)).unwrap();
        results
    }

    #[test]
    fn results_come_in_order_however_long_each_takes() {
        let slow_first = |index: usize| {
            if index.is_multiple_of(7) {
                std::thread::sleep(std::time::Duration::from_millis(3));
            }
            index.to_string()
        };
        let expected: Vec<String> = (0..AHEAD + 50).map(|index| index.to_string()).collect();
        for jobs in [1, 2, 5] {
            assert_eq!(results(jobs, AHEAD + 50, slow_first, &AtomicBool::new(false)), expected, "{jobs} threads");
        }
    }

    #[test]
    fn some_come_before_the_others_and_alone() {
        let (begun, results) = (Mutex::new(Vec::new()), Mutex::new(Vec::new()));
        let one = |(): &mut (), index: usize| {
            begun.lock().unwrap().push(index);
            index
        };
        let take = |index| results.lock().unwrap().push(index);
        work_with_first((&[4, 2], 3), 6, &AtomicBool::new(false), || (), one, |index, _| index, take).unwrap();
        assert_eq!(begun.lock().unwrap()[..2], [4, 2]);
        assert_eq!((begun.lock().unwrap().len(), &results.lock().unwrap()[..]), (6, &[0, 1, 2, 3, 4, 5][..]));
    }

    #[test]
    fn results_are_heard_of_as_they_come() {
        #[derive(Default)]
        struct Heard(Vec<usize>, Vec<usize>, usize);
        impl Listener<usize> for &mut Heard {
            fn arrived(&mut self, result: Option<&usize>) {
                self.2 += usize::from(result.is_none());
                self.0.extend(result);
            }
            fn take(&mut self, result: usize) {
                self.1.push(result);
            }
        }
        let (others, stop) = (AtomicUsize::new(0), AtomicBool::new(false));
        // The first is not done until all others are, and a little while longer.
        let one = |(): &mut (), index: usize| {
            while index == 0 && others.load(Ordering::Relaxed) < 4 {
                std::thread::sleep(Duration::from_millis(1));
            }
            std::thread::sleep(if index == 0 { QUIET * 3 } else { Duration::ZERO });
            others.fetch_add(1, Ordering::Relaxed);
            index
        };
        let mut heard = Heard::default();
        work(2, 5, &stop, || (), one, |index, _| index, &mut heard).unwrap();
        assert_eq!(heard.1, [0, 1, 2, 3, 4]);
        assert!(heard.0.len() == 5 && heard.0[4] == 0 && heard.2 > 0, "{:?}", heard.0);
    }

    #[test]
    fn a_panic_ends_one_document_only() {
        let one = |index: usize| {
            assert!(index % 3 != 1, "number {index}");
            index.to_string()
        };
        let results = results(2, 5, one, &AtomicBool::new(false));
        assert_eq!(results, ["0", "1 broken: number 1", "2", "3", "4 broken: number 4"]);
    }

    #[test]
    fn a_panic_in_a_helping_thread_ends_its_document() {
        let one = |index: usize| {
            let (a, b) = rayon::join(|| index, || if index == 2 { panic!("deep") } else { index });
            (a + b).to_string()
        };
        assert_eq!(results(3, 4, one, &AtomicBool::new(false)), ["0", "2", "2 broken: deep", "6"]);
    }

    #[test]
    fn after_a_stop_nothing_more_is_begun() {
        let stop = AtomicBool::new(false);
        let one = |index: usize| {
            stop.store(index >= 10, Ordering::Relaxed);
            index.to_string()
        };
        let results = results(1, 1000, one, &stop);
        assert_eq!(results.len(), 11);
    }
}
