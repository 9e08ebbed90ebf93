//! A case of a suite, and the options of a check.

use std::path::{Path, PathBuf};

use crate::error::Error;
use crate::files::Folders;
use crate::limits::Watch;
use crate::typeset::MissingGlyphs;

/// A document with its references.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Case {
    /// The path within the suite, as `golden.toml` matches it.
    pub name: String,
    /// The document.
    pub document: PathBuf,
    /// The folder of its references, which need not exist: `ref` next to a `document.yaml`,
    /// `draft.yaml.ref` next to a `draft.yaml`.
    pub references: PathBuf,
}

impl Case {
    /// Creates the case of a document in the suite of that folder.
    pub(super) fn new(document: PathBuf, root: &Path) -> Self {
        Self { name: name(&document, root), references: beside(&document), document }
    }
}

/// Returns the picture of that name in the document of that path, or the reason why it cannot.
pub type Pictures<'c> = &'c (dyn Fn(&Path, &str) -> Result<Vec<u8>, Error> + Sync);

/// The options for checking a suite.
#[non_exhaustive]
pub struct Checking<'c> {
    /// Returns a picture that a document names, or the reason why it cannot.
    pub picture: Pictures<'c>,
    /// The treatment of characters of a document that no font has.
    pub missing_glyphs: &'c (dyn Fn(&Path) -> MissingGlyphs + Sync),
    /// Whether documents with an identical PDF are compared too.
    pub full: bool,
    /// The number of cases to check at once; 0 means the number of processors.
    pub jobs: usize,
    /// Watches the limits of documents.
    pub watch: Watch,
    /// The settings of folders.
    pub folders: Folders,
}

impl<'c> Checking<'c> {
    /// Returns the default options: identical documents are not compared, there is one case per processor,
    /// characters that no font has are errors, and no limits are watched.
    pub fn new(picture: Pictures<'c>) -> Self {
        let missing_glyphs = &|_: &Path| MissingGlyphs::default();
        Self { picture, missing_glyphs, full: false, jobs: 0, watch: Watch::none(), folders: Folders::default() }
    }

    /// Sets how characters of a document that no font has are treated.
    pub fn missing_glyphs(self, missing_glyphs: &'c (dyn Fn(&Path) -> MissingGlyphs + Sync)) -> Self {
        Self { missing_glyphs, ..self }
    }

    /// Sets whether documents with an identical PDF are compared too.
    pub fn full(self, full: bool) -> Self {
        Self { full, ..self }
    }

    /// Sets the number of cases to check at once; 0 means the number of processors.
    pub fn jobs(self, jobs: usize) -> Self {
        Self { jobs, ..self }
    }

    /// Sets the watch over the documents.
    pub fn watch(self, watch: Watch) -> Self {
        Self { watch, ..self }
    }
}

/// Returns the name of a file within the suite of that folder, as `golden.toml` matches it.
pub(super) fn name(document: &Path, root: &Path) -> String {
    let within = document.strip_prefix(root).unwrap_or(document);
    within.components().map(|part| part.as_os_str().to_string_lossy()).collect::<Vec<_>>().join("/")
}

/// Returns the folder of the references of a document.
pub(super) fn beside(document: &Path) -> PathBuf {
    if document.file_stem().is_some_and(|stem| stem == "document") {
        document.with_file_name("ref")
    } else {
        let name = document.file_name().unwrap_or_default().to_string_lossy();
        document.with_file_name(format!("{name}.ref"))
    }
}
