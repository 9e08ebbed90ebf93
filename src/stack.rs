//! Room on the stack for work that goes as deep as a document does.

/// Enough for the deepest document and picture that are read, however the engine was compiled. The
/// threads of pools, which do parts of the engine's work, have as much.
pub(crate) const ENOUGH: usize = 64 << 20;
/// Where less than this is left, a new stack is made.
const LEAST: usize = 32 << 20;

/// Does work that recurses, on a stack of its own where the thread's is small.
pub(crate) fn with_room<T>(work: impl FnOnce() -> T) -> T {
    stacker::maybe_grow(LEAST, ENOUGH, work)
}
