//! What changed from one document to another, and the pages that show it (docs/revising.md).
//!
//! The comparison is one of words: of everything that the pages print, part by part, in both documents. [`compare`]
//! lists the changes and marks them in the content of the newer document at the same time, so that the list and the
//! pages never differ.

mod blocks;
mod fields;
mod head;
mod lists;
mod merge;
mod note_pairs;
mod notes;
mod numbers;
mod report;
mod side;
mod steps;
mod tables;
#[cfg(test)]
mod tests;
mod words;

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::Serialize;

use crate::error::Error;
use crate::model::{Document, Layout, Path};
use crate::prepare::{Prepared, Redline, outline};
use merge::Merge;
use note_pairs::Notes;
use side::Side;

pub use report::to_text;

/// A change from one document to another.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
#[non_exhaustive]
pub struct Change {
    /// What happened.
    pub kind: Kind,
    /// The part of the document, by its name in the newer one, or in the older one if it was deleted:
    /// "operative paragraph 4 (a)".
    pub part: String,
    /// More about it, in words: "moved from operative paragraph 3".
    #[serde(skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
    /// Where it is in the older document.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(with = "Option<String>")]
    pub old: Option<Path>,
    /// Where it is in the newer document.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(with = "Option<String>")]
    pub new: Option<Path>,
    /// Its words, in order. Those of the older document are the ones that are the same or deleted; those of the
    /// newer one, the same or inserted.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub words: Vec<Words>,
}

/// The kind of a change.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
#[schemars(rename = "KindOfChange")]
#[non_exhaustive]
pub enum Kind {
    /// The part is new.
    Inserted,
    /// The part is gone.
    Deleted,
    /// Words of the part, or its form, changed.
    Changed,
    /// The part is in another place; its words may have changed, too.
    Moved,
    /// The part has another number, and so may those after it.
    Renumbered,
    /// A field that is not printed as it is.
    Field,
}

/// Words of a change, with their markup.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
#[non_exhaustive]
pub enum Words {
    /// In both documents.
    Same(String),
    /// Only in the older document.
    Deleted(String),
    /// Only in the newer document.
    Inserted(String),
}

/// Two documents, compared.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Compared {
    /// The changes, in the order of the pages, and then those of fields that are not printed.
    pub changes: Vec<Change>,
    /// The content of the newer document, with the changes marked.
    pub redline: Prepared,
}

/// Compares two documents.
///
/// ```
/// use masthead::diff::{Kind, compare};
/// use masthead::model::Document;
///
/// let old = Document { symbol: vec!["A/84/L.901".into()], title: Some("Of tides".into()), ..Document::default() };
/// let new = Document { title: Some("Of tides and shores".into()), ..old.clone() };
/// let changes = compare(&old, &new)?.changes;
/// assert_eq!((changes.len(), changes[0].kind, changes[0].part.as_str()), (1, Kind::Changed, "title"));
/// assert!(compare(&old, &old)?.changes.is_empty());
/// # Ok::<(), masthead::Error>(())
/// ```
///
/// # Errors
///
/// Returns a message if one of them has no symbol, which `check` would have refused.
pub fn compare(old: &Document, new: &Document) -> Result<Compared, Error> {
    let side = |document| Side::new(document).map_err(Error::document);
    let (was, is) = (side(old)?, side(new)?);
    let mut merge = Merge { old: &was, new: &is, notes: Notes::new(&was, &is), changes: Vec::new() };
    // Adjustments of lines and pages are made for other lines.
    let mut redline = Prepared { layout: Layout::default(), adjusted: BTreeMap::new(), ..is.prepared.clone() };
    let head = head::merged(&mut merge, &mut redline);
    redline.session = lists::session(&mut merge);
    redline.opening = lists::opening(&mut merge);
    let (body, changed) = blocks::body(&mut merge);
    redline.body = body;
    outline(&redline.opening, &mut redline.body);
    redline.notes = merge.merged_notes();
    notes::counted(&mut redline);
    redline.redline = Some(Redline { head, changed });
    let Merge { mut changes, .. } = merge;
    changes.extend(fields::changes(old, new));
    Ok(Compared { changes, redline })
}

/// Lists the changes from one document to another.
///
/// # Errors
///
/// As for [`compare`].
pub fn diff(old: &Document, new: &Document) -> Result<Vec<Change>, Error> {
    compare(old, new).map(|compared| compared.changes)
}
