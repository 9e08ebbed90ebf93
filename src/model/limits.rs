//! Limits of a document. `check` refuses documents that exceed them, and published files that exceed them are
//! read as documents that do not.

/// The longest symbol, in characters: as much as fits on a page.
pub(crate) const LONGEST_SYMBOL: usize = 60;
/// The longest job number, in characters: as much as fits into the barcode.
const LONGEST_JOB: usize = 20;

/// Whether a text has the form of a job number.
pub(crate) fn is_job_number(text: &str) -> bool {
    let fits = |c: char| c.is_ascii_alphanumeric() || c == '-';
    !text.is_empty() && text.len() <= LONGEST_JOB && text.chars().all(fits)
}

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
/// The most pages that a document may be fitted to.
pub(crate) const MOST_PAGES: u16 = 1_000;
/// The most lines that a block may be set in.
pub(crate) const MOST_LINES: u16 = 1_000;
/// Added to the advances of characters at least and at most, in points.
pub(crate) const TRACKING: (f64, f64) = (-1.0, 2.0);
/// From line to line at least and at most, in points.
pub(crate) const PITCH: (f64, f64) = (8.0, 24.0);
/// From the lower edge of the paper to the end of the text on page 1, in points: below it are job number, barcode
/// and recycling mark.
pub(crate) const FIRST_PAGE_FOOT: (f64, f64) = (57.6, 396.0);
/// Added above blocks at least and at most, in points.
pub(crate) const ABOVE: (f64, f64) = (-72.0, 144.0);
/// The most columns of a table.
pub(crate) const MOST_COLUMNS: usize = 40;
