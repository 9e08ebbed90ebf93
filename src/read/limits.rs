//! What every syntax refuses alike, so that a hostile source ends in bounded time.

use std::ops::Range;
use std::sync::Arc;

use crate::diagnostic::{Diagnostic, Source, shortened};

/// The largest source that is read, in bytes.
pub const MOST_BYTES: usize = 16 << 20;
/// How many lists and maps may lie within each other.
pub(super) const DEEPEST: usize = 64;
/// How many errors of form are told.
pub(super) const MOST_ERRORS: usize = 50;
/// How many texts are told that were read otherwise than they are written.
pub(super) const MOST_WARNINGS: usize = 50;

/// Refuses a source that is too large.
pub(super) fn sized(source: &Arc<Source>) -> Result<(), Vec<Diagnostic>> {
    if source.text.len() <= MOST_BYTES {
        return Ok(());
    }
    let error = Diagnostic::error("too-large", format!("the source is larger than {} MiB", MOST_BYTES >> 20));
    Err(vec![error.hint("divide it into several documents").in_source(source, 0..0)])
}

pub(super) fn empty_source(source: &Arc<Source>) -> Diagnostic {
    Diagnostic::error("empty-source", "there is no document in this source")
        .hint("begin with “masthead new draft-resolution”")
        .in_source(source, 0..0)
}

pub(super) fn too_deep(source: &Arc<Source>, at: usize) -> Diagnostic {
    Diagnostic::error("too-deep", format!("more than {DEEPEST} lists and maps lie within each other"))
        .hint("a document needs no more than a dozen")
        .in_source(source, at..at)
}

pub(super) fn duplicate(source: &Arc<Source>, key: &str, span: Range<usize>) -> Diagnostic {
    Diagnostic::error("duplicate-field", format!("“{}” is given twice", shortened(key)))
        .hint("keep one of the two")
        .in_source(source, span)
}
