//! The names of the files that golden tests keep next to documents (docs/golden.md).

use std::path::Path;

/// The names of the reference files, in the order in which they are reported.
pub(crate) const PREPARED: &str = "prepared.json";
pub(crate) const LAYOUT: &str = "layout.txt";
pub(crate) const PDF: &str = "pdf.json";
pub(crate) const FINDINGS: &str = "findings.txt";

/// Returns the name of the image of a page, counted from 0.
pub(crate) fn image_name(index: usize) -> String {
    format!("page-{}.png", index + 1)
}

/// Returns the page number, from 1, of an image with that name.
pub(crate) fn page_of(name: &str) -> Option<usize> {
    let page = name.strip_prefix("page-")?.strip_suffix(".png")?.parse::<usize>().ok()?;
    (page > 0 && image_name(page - 1) == name).then_some(page)
}

/// Returns whether a file is a reference file; any other file next to them belongs to the user.
pub(crate) fn is_ours(name: &str) -> bool {
    [PREPARED, LAYOUT, PDF, FINDINGS].contains(&name) || page_of(name).is_some()
}

/// Returns whether a folder has references; other folders may be called `ref`, too.
pub(crate) fn are_in(folder: &Path) -> bool {
    [PREPARED, LAYOUT, PDF, FINDINGS].iter().any(|name| folder.join(name).is_file())
}
