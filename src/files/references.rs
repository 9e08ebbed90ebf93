//! The names of the files that golden tests keep beside documents (docs/golden.md).

use std::path::Path;

/// The names of the files of references, in the order in which they are told.
pub(crate) const PREPARED: &str = "prepared.json";
pub(crate) const LAYOUT: &str = "layout.txt";
pub(crate) const PDF: &str = "pdf.json";
pub(crate) const FINDINGS: &str = "findings.txt";

/// The name of the image of a page, from 0.
pub(crate) fn image_name(index: usize) -> String {
    format!("page-{}.png", index + 1)
}

/// The number of the page of which a file of that name is the image, from 1.
pub(crate) fn page_of(name: &str) -> Option<usize> {
    let page = name.strip_prefix("page-")?.strip_suffix(".png")?.parse::<usize>().ok()?;
    (page > 0 && image_name(page - 1) == name).then_some(page)
}

/// Whether a file is one of references; whatever else lies beside them is the user's.
pub(crate) fn is_ours(name: &str) -> bool {
    [PREPARED, LAYOUT, PDF, FINDINGS].contains(&name) || page_of(name).is_some()
}

/// Whether a folder has references: others may be called `ref` too.
pub(crate) fn are_in(folder: &Path) -> bool {
    [PREPARED, LAYOUT, PDF, FINDINGS].iter().any(|name| folder.join(name).is_file())
}
