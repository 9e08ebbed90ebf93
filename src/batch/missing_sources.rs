//! Sources of earlier batches that are gone, or have other files now, so that their files are outdated.

use std::collections::{HashMap, HashSet};
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use super::PlannedDocument;
use crate::error::Error;
use crate::export::Profile;
use crate::files::{self, standing};
use crate::read::Format;
use crate::register::{Register, Standing};

/// A source of an earlier batch that is gone, or has another file now, although its earlier file remains.
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
    /// Whether the source still exists, and only its file has another name now.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub remains: bool,
}

impl std::fmt::Display for MissingSource {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let Self { source, renamed, remains, .. } = self;
        match renamed {
            _ if *remains => write!(f, "{source} is no longer rendered to this file, which is outdated"),
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
    /// The sources, with the profiles of their files.
    sources: HashMap<PathBuf, Vec<Profile>>,
    folders: Vec<PathBuf>,
}

impl Scope {
    /// Creates the scope of documents, whose files have that profile if a manifest gives no other, and of folders that
    /// were searched completely.
    pub fn new(documents: &[PlannedDocument], profile: Profile, folders: &[PathBuf]) -> Self {
        let real = |folder: &PathBuf| folder.canonicalize().ok();
        let mut sources: HashMap<PathBuf, Vec<Profile>> = HashMap::new();
        for PlannedDocument { input, .. } in documents {
            sources.entry(standing(&input.file)).or_default().push(input.choices.profile.unwrap_or(profile));
        }
        Self {
            known: true,
            outputs: documents.iter().filter_map(|planned| planned.output.clone().ok()).collect(),
            sources,
            folders: folders.iter().filter_map(real).collect(),
        }
    }

    /// Returns whether a file, which is not among those of the batch, was made from one of its sources with the same
    /// profile. Files of other profiles are those of other batches into the same folder.
    fn has_another_file(&self, standing: &Standing) -> bool {
        let profiles = standing.place.as_ref().and_then(|place| self.sources.get(&files::standing(place)));
        profiles.is_some_and(|profiles| profiles.iter().any(|profile| profile.name() == standing.profile))
    }

    /// Returns the existing source outside the batch from which a registered file was made, unless it is that of
    /// `input` by another path.
    pub fn other_source<'s>(&self, standing: &'s Standing, input: &Path) -> Option<&'s Path> {
        let place = standing.place.as_deref().filter(|place| place.is_file())?;
        let is_ours = self.sources.contains_key(&files::standing(place)) || is_one(place, input);
        (!is_ours && !standing.outdated && !self.is_gone(place)).then_some(place)
    }

    /// Returns whether a source is gone: its file does not exist, or is in a folder of which the batch includes all
    /// documents, and is no longer one of them. Sources outside the inputs of the batch are not gone.
    fn is_gone(&self, source: &Path) -> bool {
        if !self.known || self.sources.contains_key(&standing(source)) {
            return false;
        }
        match source.symlink_metadata() {
            Err(error) => matches!(error.kind(), ErrorKind::NotFound | ErrorKind::NotADirectory),
            Ok(_) => self.folders.iter().filter_map(|folder| source.strip_prefix(folder).ok()).any(would_be_found),
        }
    }
}

/// Returns whether two paths lead to one file.
fn is_one(one: &Path, other: &Path) -> bool {
    one == standing(other) || one.canonicalize().is_ok_and(|one| other.canonicalize().is_ok_and(|other| one == other))
}

/// Returns whether a file below a folder would be found as a document, judging by its name; others may have been
/// named individually.
fn would_be_found(below: &Path) -> bool {
    let hidden = below.components().any(|part| part.as_os_str().to_string_lossy().starts_with('.'));
    !hidden && Format::of_ending(&below.to_string_lossy()).is_some()
}

/// Returns the registered sources that are gone, or have other files now, although their files remain, and the
/// registered names of all such files. Names begin with `prefix` if they are in the output folder.
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
    for standing in register.standings()? {
        let remains = scope.has_another_file(&standing);
        let Standing { output: name, source, place, source_key, .. } = standing;
        let output = name.strip_prefix(prefix).filter(|output| !Path::new(output).is_absolute());
        let (Some(output), Some(place)) = (output, place) else { continue };
        if scope.outputs.contains(output) || !remains && !scope.is_gone(&place) {
            continue;
        }
        if register.file_of(&name).is_file() {
            let others = register.sources_of(&source_key)?.into_iter();
            let mut now = others
                .filter(|(_, other)| other.strip_prefix(prefix).is_some_and(|other| scope.outputs.contains(other)));
            let renamed = now.next().map(|(source, _)| source).filter(|_| !remains);
            found.push(MissingSource { output: output.to_owned(), source, renamed, remains });
        }
        names.push(name);
    }
    Ok((found, names))
}
