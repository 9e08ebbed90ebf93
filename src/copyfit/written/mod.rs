//! Writes adjustments into the source of a document and leaves the rest of it unchanged. If the edited source would not
//! read back as the document with exactly these adjustments, the whole source is rewritten.

mod markdown;
mod tree;
mod xml;

use super::adjustments::each;
use crate::error::Error;
use crate::model::{Adjustment, Document, Path};
use crate::read::{Format, Reading};
use crate::write::rewritten;

/// A block or item whose adjustments change.
struct Change {
    path: Path,
    before: Adjustment,
    after: Adjustment,
}

/// Returns the source of a document with the adjustments of `wanted`, which is otherwise the same document.
///
/// # Errors
///
/// Returns a sentence if the syntax cannot express them. No such case is known.
pub fn written(reading: &Reading, wanted: &Document) -> Result<String, Error> {
    let changes = changes(&reading.document, wanted);
    let layout = Some(&wanted.layout).filter(|layout| **layout != reading.document.layout);
    let edits = match reading.format {
        Format::Yaml | Format::Json => tree::edits(reading, layout, &changes),
        Format::Markdown => markdown::edits(reading, layout, &changes),
        Format::Xml => xml::edits(reading, layout, &changes),
    };
    let text = rewritten(reading, wanted, edits);
    text.ok_or_else(|| Error::document("the source with the adjustments would read back as another document"))
}

fn changes(before: &Document, after: &Document) -> Vec<Change> {
    let all = |document: &Document| {
        let mut list = Vec::new();
        each(&mut document.clone(), &mut |path, layout| list.push((path.clone(), layout.clone())));
        list
    };
    let pairs = all(before).into_iter().zip(all(after)).filter(|((_, before), (_, after))| before != after);
    pairs.map(|((path, before), (_, after))| Change { path, before, after }).collect()
}
