//! Reads the adjustments of an original from its pages: the fewest that give the document the same lines and pages
//! (docs/copyfitting.md#from-an-original).

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

use crate::error::Error;
use crate::golden::Layout;
use crate::model::Document;
use crate::typeset::Press;
use matcher::Matcher;
use original::Original;

/// Finds the adjustments that give a document the lines and pages of an original. Adjustments that the document already
/// has are ignored. `facsimile` allows line ends to be forced word by word.
///
/// # Errors
///
/// Returns a sentence if the original has no readable text or is of another document.
pub fn matched(press: &Press, document: &Document, original: &Layout, facsimile: bool) -> Result<Matching, Error> {
    let original = Original::new(original)?;
    let mut matcher = Matcher::new(press, document, &original)?;
    matcher.edition()?;
    matcher.tracking(facsimile);
    matcher.heads()?;
    matcher.heights_and_pages();
    Ok(matcher.finish())
}
