//! Pools of one thread each. The engine divides its work between the threads of the pool that it is called from: with one
//! for all, a process that was forked, as `multiprocessing` does, would wait for threads that it has not; and Python's threads
//! would each wake those of the others for a tenth of a document.

use std::mem;
use std::process;
use std::sync::{Mutex, PoisonError};

use masthead::STACK_SIZE;
use pyo3::prelude::*;
use rayon::{ThreadPool, ThreadPoolBuilder};

use crate::wrong;

/// The pools that nobody uses at present, and the process that has made them.
static IDLE: Mutex<(u32, Vec<ThreadPool>)> = Mutex::new((0, Vec::new()));

/// Does work without Python's lock, on a thread of its own.
pub fn apart<T: Send>(py: Python<'_>, work: impl FnOnce() -> PyResult<T> + Send) -> PyResult<T> {
    py.detach(|| {
        let pool = match idle() {
            Some(pool) => pool,
            None => ThreadPoolBuilder::new().num_threads(1).stack_size(STACK_SIZE).build().map_err(wrong)?,
        };
        let done = pool.install(work);
        with_idle(|idle| idle.push(pool));
        done
    })
}

fn idle() -> Option<ThreadPool> {
    with_idle(Vec::pop)
}

fn with_idle<T>(work: impl FnOnce(&mut Vec<ThreadPool>) -> T) -> T {
    let mut idle = IDLE.lock().unwrap_or_else(PoisonError::into_inner);
    let (process, pools) = &mut *idle;
    if mem::replace(process, process::id()) != process::id() {
        // Their threads are in the process that this one was forked from.
        mem::forget(mem::take(pools));
    }
    work(pools)
}
