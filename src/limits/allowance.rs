//! How much a document may take: all figures are here.

use std::path::Path;
use std::time::Duration;

/// Seconds of processor time; the longest genuine document takes less than one.
pub const DEADLINE: f64 = 5.0;
/// MiB of memory above what the process had before; with that it stays within a gigabyte.
pub const MEMORY: u64 = 768;
/// How many bytes of a source have a deadline of their own.
const BYTES: f64 = 2.5 * 1024.0 * 1024.0;
/// How many pages of a PDF file from elsewhere have a deadline of their own.
const PAGES: f64 = 10.0;
/// How many pixels that are asked for have a deadline of their own.
const PIXELS: f64 = 20e6;
/// How many bytes of memory a byte of a source may take more.
const MEMORY_A_BYTE: u64 = 16;
/// How many bytes of memory a pixel of one page may take more, and one of all pages.
const MEMORY_A_PIXEL: (f64, f64) = (12.0, 1.0);
/// Which part of the deadline of a document another that is begun may have taken, without being the
/// one that holds it up: threads that wait help with the work of others.
pub(super) const YOUNG: f64 = 0.5;
/// How much memory each further document that is worked on at the same time may take, before all of
/// them are looked at one by one.
pub(super) const EACH_MORE: u64 = 64 << 20;

/// What every document may take; none is as much as it wants.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Limits {
    /// How much processor time.
    pub deadline: Option<Duration>,
    /// How many bytes of memory.
    pub memory: Option<u64>,
}

impl Limits {
    /// No limits.
    pub const NONE: Self = Self { deadline: None, memory: None };

    /// Limits in seconds and MiB; 0 is none.
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

/// What a document may take for its size, beyond what every document may.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Allowance {
    deadlines: f64,
    memory: u64,
}

impl Allowance {
    /// As much as it wants: what it is made of is done, and is written.
    pub const ANY: Self = Self { deadlines: 1e6, memory: u64::MAX };

    /// That of a source of so many bytes.
    pub fn of_bytes(bytes: u64) -> Self {
        Self { deadlines: bytes as f64 / BYTES, memory: bytes.saturating_mul(MEMORY_A_BYTE) }
    }

    /// That of a file; of what is no file, and could be of any size, nothing.
    pub fn of_file(path: &Path) -> Self {
        Self::of_bytes(path.metadata().map_or(0, |file| file.len()))
    }

    /// That of so many pages of a PDF file from elsewhere.
    pub fn of_pages(pages: usize) -> Self {
        Self { deadlines: pages as f64 / PAGES, memory: 0 }
    }

    /// That of so many images of so many pixels each.
    pub fn of_images(count: usize, pixels: f64) -> Self {
        let all = pixels * count as f64;
        let (one_page, all_pages) = MEMORY_A_PIXEL;
        Self { deadlines: all / PIXELS, memory: (pixels * one_page + all * all_pages) as u64 }
    }

    /// Both together.
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
