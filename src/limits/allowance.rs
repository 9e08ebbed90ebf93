//! How much time and memory a document may take; all figures are here.

use std::path::Path;
use std::time::Duration;

/// The default deadline, in seconds of processor time; the longest genuine document takes less than one.
pub const DEADLINE: f64 = 5.0;
/// The default memory limit, in MiB above what the process used before; it keeps the process within a gigabyte.
pub const MEMORY: u64 = 768;
/// The number of bytes of a source that add one deadline.
const BYTES: f64 = 2.5 * 1024.0 * 1024.0;
/// The number of pages of a foreign PDF file that add one deadline.
const PAGES: f64 = 10.0;
/// The number of requested pixels that add one deadline.
const PIXELS: f64 = 20e6;
/// The extra bytes of memory allowed per byte of a source.
const MEMORY_A_BYTE: u64 = 16;
/// The extra bytes of memory allowed per pixel of one page, and per pixel of all pages.
const MEMORY_A_PIXEL: (f64, f64) = (12.0, 1.0);
/// The share of a late document's time up to which another document in progress cannot be the one that holds it
/// up: threads that wait help with the work of others.
pub(super) const YOUNG: f64 = 0.5;
/// The memory, in bytes, that each further document in progress may add before all of them are processed one by
/// one.
pub(super) const EACH_MORE: u64 = 64 << 20;

/// The limits of every document; `None` means no limit.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Limits {
    /// The processor time.
    pub deadline: Option<Duration>,
    /// The memory, in bytes.
    pub memory: Option<u64>,
}

impl Limits {
    /// No limits.
    pub const NONE: Self = Self { deadline: None, memory: None };

    /// Creates limits from seconds and MiB; 0 means no limit.
    pub fn new(seconds: f64, mib: u64) -> Self {
        let deadline = Duration::try_from_secs_f64(seconds).ok().filter(|deadline| !deadline.is_zero());
        Self { deadline, memory: (mib > 0).then(|| mib.saturating_mul(1 << 20)) }
    }
}

impl Default for Limits {
    fn default() -> Self {
        Self::new(DEADLINE, MEMORY)
    }
}

/// What a document may take for its size, beyond the limits of every document.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Allowance {
    deadlines: f64,
    memory: u64,
}

impl Allowance {
    /// No limit: the document is finished and being written.
    pub const ANY: Self = Self { deadlines: 1e6, memory: u64::MAX };

    /// Returns the allowance of a source of a size in bytes.
    pub fn of_bytes(bytes: u64) -> Self {
        Self { deadlines: bytes as f64 / BYTES, memory: bytes.saturating_mul(MEMORY_A_BYTE) }
    }

    /// Returns the allowance of a file; nothing if it is not a file, as it could then be of any size.
    pub fn of_file(path: &Path) -> Self {
        Self::of_bytes(path.metadata().map_or(0, |file| file.len()))
    }

    /// Returns the allowance of a number of pages of a foreign PDF file.
    pub fn of_pages(pages: usize) -> Self {
        Self { deadlines: pages as f64 / PAGES, memory: 0 }
    }

    /// Returns the allowance of `count` images of `pixels` pixels each.
    pub fn of_images(count: usize, pixels: f64) -> Self {
        let all = pixels * count as f64;
        let (one_page, all_pages) = MEMORY_A_PIXEL;
        Self { deadlines: all / PIXELS, memory: (pixels * one_page + all * all_pages) as u64 }
    }

    /// Adds two allowances.
    #[must_use]
    pub fn and(self, more: Self) -> Self {
        Self { deadlines: self.deadlines + more.deadlines, memory: self.memory.saturating_add(more.memory) }
    }

    pub(super) fn time(self, limits: Limits) -> Option<Duration> {
        limits.deadline.map(|deadline| deadline.mul_f64(1.0 + self.deadlines))
    }

    pub(super) fn memory(self, limits: Limits) -> Option<u64> {
        limits.memory.map(|memory| memory.saturating_add(self.memory))
    }
}
