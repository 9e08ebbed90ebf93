//! Limits shared by all syntaxes, so that a hostile source is refused in bounded time.

use std::ops::Range;
use std::sync::Arc;

use crate::diagnostic::{Diagnostic, Source, shortened};

/// The largest source that is read, in bytes.
pub const MOST_BYTES: usize = 16 << 20;
/// How deeply lists and maps may be nested.
pub(super) const DEEPEST: usize = 64;
/// How many formal errors are reported.
pub(super) const MOST_ERRORS: usize = 50;
/// How many warnings are reported about texts that were changed on reading.
pub(super) const MOST_WARNINGS: usize = 50;

/// Refuses a source that is too large.
pub(super) fn sized(source: &Arc<Source>) -> Result<(), Vec<Diagnostic>> {
    if source.text.len() <= MOST_BYTES {
        return Ok(());
    }
    let error = Diagnostic::error("too-large", format!("the source is larger than {} MiB", MOST_BYTES >> 20));
    Err(vec![error.hint("split it into several documents").in_source(source, 0..0)])
}

pub(super) fn empty_source(source: &Arc<Source>) -> Diagnostic {
    Diagnostic::error("empty-source", "the source contains no document")
        .hint("start with “masthead new draft-resolution”")
        .in_source(source, 0..0)
}

pub(super) fn too_deep(source: &Arc<Source>, at: usize) -> Diagnostic {
    Diagnostic::error("too-deep", format!("lists and maps are nested more than {DEEPEST} levels deep"))
        .hint("flatten them; a document needs no more than a dozen levels")
        .in_source(source, at..at)
}

pub(super) fn duplicate(source: &Arc<Source>, key: &str, span: Range<usize>) -> Diagnostic {
    Diagnostic::error("duplicate-field", format!("“{}” is given twice", shortened(key)))
        .hint("keep one of the two")
        .in_source(source, span)
}
