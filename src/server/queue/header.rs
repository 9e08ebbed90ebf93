//! What is common to all documents of a batch, as it is stored.

use std::path::PathBuf;
use std::time::Duration;

use masthead::export::Profile;
use masthead::export::print::PrintOptions;
use masthead::files::any_path;
use masthead::typeset::Lines;
use serde::{Deserialize, Serialize};

/// What is common to all documents of a batch.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Header {
    /// The version of masthead that has submitted it.
    pub masthead: String,
    /// The fingerprint that workers must have.
    pub fingerprint: String,
    /// The profile.
    pub profile: Profile,
    /// How lines are broken.
    pub lines: Lines,
    /// How files of the print profile are made.
    pub print: PrintOptions,
    /// The emblem to use instead of the documents' own.
    pub emblem: Option<String>,
    /// The folders of which all documents are included.
    #[serde(with = "any_path::list")]
    pub folders: Vec<PathBuf>,
    /// The number of their entries that cannot be read.
    pub unseen: usize,
    /// The number of documents.
    pub documents: usize,
    /// A hash of all documents in their order: another one means that something has changed.
    pub content: String,
    /// Whether all of them are submitted.
    pub complete: bool,
    /// Whether others may follow.
    pub following: bool,
    /// How long the batch is kept after it was last submitted; `None` means until it is purged.
    #[serde(default)]
    pub keep: Option<Duration>,
    /// Whether it is being removed.
    #[serde(default)]
    pub removing: bool,
}
