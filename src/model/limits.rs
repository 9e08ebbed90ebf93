//! Limits of a document. `check` refuses documents that exceed them, and published files that exceed them are
//! read as documents that do not.

/// The longest symbol, in characters: as much as fits on a page.
pub(crate) const LONGEST_SYMBOL: usize = 60;
/// The longest job number, in characters: as much as fits into the barcode.
pub(crate) const LONGEST_JOB: usize = 20;
/// The longest designation, in characters: numbers and labels are set beside their text.
pub(crate) const LONGEST_DESIGNATION: usize = 20;
/// The longest heading, in bytes: it is kept together on a page.
pub(crate) const LONGEST_HEADING: usize = 1_500;
/// The longest text, in bytes: about thirty pages.
pub(crate) const LONGEST_TEXT: usize = 100_000;
/// The deepest level of sub-paragraphs: the last that has labels (docs/rules.md#numbering, `label-style`).
pub(crate) const DEEPEST_ITEMS: usize = 4;
/// The deepest level of headings.
pub(crate) const DEEPEST_HEADING: u16 = 4;
/// The most columns of a table.
pub(crate) const MOST_COLUMNS: usize = 40;
