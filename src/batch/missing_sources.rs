//! Sources of earlier batches that are gone, so that their files are outdated.

use std::collections::HashSet;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use super::PlannedDocument;
use crate::error::Error;
use crate::files::standing;
use crate::read::Format;
use crate::register::{Register, Standing};

/// A source of an earlier batch that is gone, although its file remains.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[non_exhaustive]
pub struct MissingSource {
    /// Its file, relative to the output folder.
    pub output: String,
    /// The source, by its name in messages.
    pub source: String,
    /// The source with the same content now, if it was renamed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub renamed: Option<String>,
}

impl std::fmt::Display for MissingSource {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let Self { source, renamed, .. } = self;
        match renamed {
            Some(renamed) => write!(f, "{source} was renamed to {renamed}; the file of the old name is outdated"),
            None => write!(f, "{source} is gone; its file is outdated"),
        }
    }
}

/// The scope of a batch, with all its parts; no source is gone without one.
#[derive(Debug, Clone, Default)]
pub(super) struct Scope {
    known: bool,
    outputs: HashSet<String>,
    sources: HashSet<PathBuf>,
    folders: Vec<PathBuf>,
}

impl Scope {
    /// Creates the scope of documents, and of folders that were searched completely.
    pub fn new(documents: &[PlannedDocument], folders: &[PathBuf]) -> Self {
        let real = |folder: &PathBuf| folder.canonicalize().ok();
        Self {
            known: true,
            outputs: documents.iter().filter_map(|planned| planned.output.clone().ok()).collect(),
            sources: documents.iter().map(|planned| standing(&planned.input.file)).collect(),
            folders: folders.iter().filter_map(real).collect(),
        }
    }

    /// Returns whether a source is gone: its file does not exist, or is in a folder of which the batch includes all
    /// documents, and is no longer one of them. Sources outside the inputs of the batch are not gone.
    fn is_gone(&self, source: &Path) -> bool {
        if !self.known || self.sources.contains(&standing(source)) {
            return false;
        }
        match source.symlink_metadata() {
            Err(error) => matches!(error.kind(), ErrorKind::NotFound | ErrorKind::NotADirectory),
            Ok(_) => self.folders.iter().filter_map(|folder| source.strip_prefix(folder).ok()).any(would_be_found),
        }
    }
}

/// Returns whether a file below a folder would be found as a document, judging by its name; others may have been
/// named individually.
fn would_be_found(below: &Path) -> bool {
    let hidden = below.components().any(|part| part.as_os_str().to_string_lossy().starts_with('.'));
    !hidden && Format::of_ending(&below.to_string_lossy()).is_some()
}

/// Returns the registered sources that are gone although their files remain, and the registered names of all files
/// of missing sources. Names begin with `prefix` if they are in the output folder.
///
/// # Errors
///
/// Returns a message if the register cannot be read.
pub(super) fn gone(
    register: &Register,
    scope: &Scope,
    prefix: &str,
) -> Result<(Vec<MissingSource>, Vec<String>), Error> {
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
