//! Steps of work, counted in tests: a document twice as long takes about twice as many.

#[cfg(test)]
thread_local! {
    static TAKEN: std::cell::Cell<usize> = const { std::cell::Cell::new(0) };
}

/// Counts steps: bytes that are looked at, entries that are compared. Only tests count.
#[cfg_attr(not(test), expect(clippy::missing_const_for_fn, reason = "tests count"))]
pub(super) fn take(steps: usize) {
    #[cfg(test)]
    TAKEN.with(|taken| taken.set(taken.get() + steps));
    #[cfg(not(test))]
    let _ = steps;
}
