//! A case of a suite, and how it is checked.

use std::path::{Path, PathBuf};

use crate::limits::Watch;
use crate::typeset::MissingGlyphs;

/// A document with its references beside it.
#[derive(Debug, Clone)]
pub struct Case {
    /// Its path within the suite, as `golden.toml` matches it.
    pub name: String,
    /// The document.
    pub document: PathBuf,
    /// The folder of its references, whether it is there or not: `ref` beside a `document.yaml`,
    /// `draft.yaml.ref` beside a `draft.yaml`.
    pub references: PathBuf,
}

impl Case {
    /// The case of a document in the suite of that folder.
    pub(super) fn new(document: PathBuf, root: &Path) -> Self {
        Self { name: name(&document, root), references: beside(&document), document }
    }
}

/// Gives the picture of that name in the document of that path, or says why not.
pub type Pictures<'c> = &'c (dyn Fn(&Path, &str) -> Result<Vec<u8>, String> + Sync);

/// How a suite is checked.
pub struct Checking<'c> {
    /// Gives a picture that a document names, or says why not.
    pub picture: Pictures<'c>,
    /// What becomes of characters of a document that no font has.
    pub missing_glyphs: &'c (dyn Fn(&Path) -> MissingGlyphs + Sync),
    /// Whether documents whose PDF is the same are compared all the same.
    pub full: bool,
    /// How many cases at once; 0 is as many as there are processors.
    pub jobs: usize,
    /// Watches over them.
    pub watch: Watch,
}

impl<'c> Checking<'c> {
    /// In the usual way: what is the same is not compared, as many cases at once as there are processors,
    /// characters that no font has are errors, and nobody watches.
    pub fn new(picture: Pictures<'c>) -> Self {
        let missing_glyphs = &|_: &Path| MissingGlyphs::default();
        Self { picture, missing_glyphs, full: false, jobs: 0, watch: Watch::none() }
    }
}

/// The name of a file within the suite of that folder, as `golden.toml` matches it.
pub(super) fn name(document: &Path, root: &Path) -> String {
    let within = document.strip_prefix(root).unwrap_or(document);
    within.components().map(|part| part.as_os_str().to_string_lossy()).collect::<Vec<_>>().join("/")
}

/// The folder of the references of a document.
fn beside(document: &Path) -> PathBuf {
    if document.file_stem().is_some_and(|stem| stem == "document") {
        document.with_file_name("ref")
    } else {
        let name = document.file_name().unwrap_or_default().to_string_lossy();
        document.with_file_name(format!("{name}.ref"))
    }
}
