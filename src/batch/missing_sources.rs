//! Sources of earlier batches that are gone: their files are of an earlier state.

use std::collections::HashSet;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use super::PlannedDocument;
use crate::files::standing;
use crate::read::Format;
use crate::register::{Register, Standing};

/// A source of an earlier batch that is gone, and whose file is still there.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct MissingSource {
    /// Its file, from the output folder on.
    pub output: String,
    /// The source, by the name under which messages spoke of it.
    pub source: String,
    /// The source that says the same now: it was renamed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub renamed: Option<String>,
}

impl std::fmt::Display for MissingSource {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let Self { source, renamed, .. } = self;
        match renamed {
            Some(renamed) => write!(f, "{source} is {renamed} now; the file of its earlier name is outdated"),
            None => write!(f, "{source} is gone; its file is outdated"),
        }
    }
}

/// What a batch is about, all its parts together.
#[derive(Debug, Clone, Default)]
pub(super) struct Scope {
    outputs: HashSet<String>,
    sources: HashSet<PathBuf>,
    folders: Vec<PathBuf>,
}

impl Scope {
    /// The scope of documents, and of the folders in which everything was looked at.
    pub fn new(documents: &[PlannedDocument], folders: &[PathBuf]) -> Self {
        let real = |folder: &PathBuf| folder.canonicalize().ok();
        Self {
            outputs: documents.iter().filter_map(|planned| planned.output.clone().ok()).collect(),
            sources: documents.iter().map(|planned| standing(&planned.input.file)).collect(),
            folders: folders.iter().filter_map(real).collect(),
        }
    }

    /// Whether a source is gone: its file is not there, or lies in a folder of which the batch is given
    /// all documents, and is none of them any more. A batch of other inputs says nothing of it.
    fn is_gone(&self, source: &Path) -> bool {
        if self.sources.contains(&standing(source)) {
            return false;
        }
        match source.symlink_metadata() {
            Err(error) => matches!(error.kind(), ErrorKind::NotFound | ErrorKind::NotADirectory),
            Ok(_) => self.folders.iter().filter_map(|folder| source.strip_prefix(folder).ok()).any(would_be_found),
        }
    }
}

/// Whether a file below a folder would be a document of it, as far as its name says: others may have
/// been named one by one.
fn would_be_found(below: &Path) -> bool {
    let hidden = below.components().any(|part| part.as_os_str().to_string_lossy().starts_with('.'));
    !hidden && Format::of_ending(&below.to_string_lossy()).is_some()
}

/// What the register knows of sources that are gone: those of which the file is still there, and the
/// names of all their files in the register, which begin with `prefix` if they are in the output folder.
///
/// # Errors
///
/// A sentence, if the register cannot be read.
pub(super) fn gone(
    register: &Register,
    scope: &Scope,
    prefix: &str,
) -> Result<(Vec<MissingSource>, Vec<String>), String> {
    let (mut found, mut names) = (Vec::new(), Vec::new());
    for Standing { output: name, source, place, source_key } in register.standings()? {
        let output = name.strip_prefix(prefix).filter(|output| !Path::new(output).is_absolute());
        let (Some(output), Some(place)) = (output, place) else { continue };
        if scope.outputs.contains(output) || !scope.is_gone(&place) {
            continue;
        }
        if register.file_of(&name).is_file() {
            let others = register.sources_of(&source_key)?.into_iter();
            let mut now = others
                .filter(|(_, other)| other.strip_prefix(prefix).is_some_and(|other| scope.outputs.contains(other)));
            let renamed = now.next().map(|(source, _)| source);
            found.push(MissingSource { output: output.to_owned(), source, renamed });
        }
        names.push(name);
    }
    Ok((found, names))
}
