//! Stack space for work that recurses as deeply as a document is nested.

/// The stack size in bytes for threads that read and render, and for those of their pools, which do parts of the
/// engine's work: enough for the deepest document and picture that are read, in any build of the engine.
pub const STACK_SIZE: usize = 64 << 20;
/// If less than this is left, a new stack is allocated.
const LEAST: usize = 32 << 20;

/// Runs recursive work, on a new stack if little of the thread's stack is left.
pub(crate) fn with_room<T>(work: impl FnOnce() -> T) -> T {
    stacker::maybe_grow(LEAST, STACK_SIZE, work)
}
