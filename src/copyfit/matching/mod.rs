//! The adjustments of an original, read from its pages: the fewest with which our lines and pages end
//! where its own do (docs/copyfitting.md#from-an-original).

mod distances;
mod heads;
mod heights;
mod matcher;
mod original;
mod outcome;
mod page_ends;
mod pages;
mod paragraphs;
mod report;
#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]
mod tests;
mod texts;
mod tracking;
mod words;

pub use report::{Adjusted, Agreement, Matching, Unexplained};

use crate::golden::Layout;
use crate::model::Document;
use crate::typeset::Press;
use matcher::Matcher;
use original::Original;

/// Reads the adjustments out of the pages of an original. What a document adjusts already counts for nothing.
/// `facsimile` allows line ends that are given word by word.
///
/// # Errors
///
/// A sentence about an original from which nothing can be read, or that is of another document.
pub fn matched(press: &Press, document: &Document, original: &Layout, facsimile: bool) -> Result<Matching, String> {
    let original = Original::new(original)?;
    let mut matcher = Matcher::new(press, document, &original)?;
    matcher.edition()?;
    matcher.tracking(facsimile);
    matcher.heads()?;
    matcher.heights_and_pages();
    Ok(matcher.finish())
}
