//! Which files of a folder are documents: one rule for every command that is given a folder.

use std::fmt;
use std::path::{Path, PathBuf};

use walkdir::WalkDir;

use super::detection::{Detected, meant};
use super::{references, shown};
use crate::diagnostic::{Diagnostic, Source};
use crate::read::Format;

/// What a folder holds.
#[derive(Debug, Default)]
pub struct Found {
    /// The documents, by name.
    pub documents: Vec<PathBuf>,
    /// The folders of references of golden tests.
    pub references: Vec<PathBuf>,
    /// Files that end as documents do and are none.
    pub skipped: Vec<Skipped>,
    /// Entries that cannot be looked at.
    pub findings: Vec<Diagnostic>,
}

/// A file that ends as documents do and is none.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Skipped {
    /// The file.
    pub path: PathBuf,
    /// Why it is no document.
    pub why: &'static str,
}

impl fmt::Display for Skipped {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "skipped: {} is no document: {}", self.path.display(), self.why)
    }
}

/// The documents in a folder and in those below it: files whose endings say a syntax of documents, in
/// any letters, and whose text is meant to be one. Hidden files, masthead's own files, and folders
/// that are `left_out` are no part of it; links are followed.
pub fn documents(folder: &Path, left_out: impl Fn(&Path) -> bool) -> Found {
    let mut found = Found::default();
    let mut entries = WalkDir::new(folder).follow_links(true).sort_by_file_name().into_iter();
    while let Some(entry) = entries.next() {
        let entry = match entry {
            Ok(entry) => entry,
            Err(error) => {
                found.findings.extend(unseen(folder, &error));
                continue;
            }
        };
        let path = entry.path();
        if entry.file_type().is_dir() {
            let references = is_reference_folder(path);
            if references {
                found.references.push(path.to_owned());
            }
            if references || entry.depth() > 0 && (is_hidden(path) || left_out(path)) {
                entries.skip_current_dir();
            }
        } else if entry.file_type().is_file() && !is_hidden(path) {
            found.file(path);
        }
    }
    found
}

/// Whether a folder holds the references of a golden test: `ref` beside a `document.yaml`,
/// `draft.yaml.ref` beside a `draft.yaml`.
fn is_reference_folder(path: &Path) -> bool {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    (name == "ref" || name.ends_with(".ref")) && references::are_in(path)
}

impl Found {
    /// Takes up a file that was not named, but found.
    pub fn file(&mut self, path: &Path) {
        let Some(format) = Format::of_ending(&path.to_string_lossy()) else { return };
        match meant(path, format) {
            Detected::Document => self.documents.push(path.to_owned()),
            Detected::Own => {}
            Detected::Other(why) => self.skipped.push(Skipped { path: path.to_owned(), why }),
        }
    }

    /// Takes up a path that a pattern matches; `other` says whether it asks for files with endings that
    /// no syntax has.
    pub fn matched(&mut self, path: &Path, other: bool) {
        if path.ancestors().skip(1).any(is_reference_folder) {
            return;
        }
        let known = Format::of_ending(&path.to_string_lossy()).is_some();
        if path.is_file() {
            if known {
                self.file(path);
            } else if other {
                self.documents.push(path.to_owned());
            }
        } else if known && !path.is_dir() && !path.exists() {
            self.findings.push(unread(path, GONE));
        }
    }

    /// Takes over what was found elsewhere.
    pub fn extend(&mut self, other: Self) {
        self.documents.extend(other.documents);
        self.references.extend(other.references);
        self.skipped.extend(other.skipped);
        self.findings.extend(other.findings);
    }
}

const GONE: &str = "it is a link, and what it leads to is not there";

fn is_hidden(path: &Path) -> bool {
    path.file_name().is_some_and(|name| name.to_string_lossy().starts_with('.'))
}

/// What is told of an entry that cannot be looked at; nothing, if it could be no document.
fn unseen(folder: &Path, error: &walkdir::Error) -> Option<Diagnostic> {
    let path = error.path().unwrap_or(folder);
    let other = path.extension().is_some() && Format::of_ending(&path.to_string_lossy()).is_none();
    if error.depth() > 0 && (is_hidden(path) || other && !path.is_dir()) {
        return None;
    }
    if error.loop_ancestor().is_some() {
        let path = shown(path);
        let message = format!("{} leads back to a folder that it lies in, and is not followed", path.display());
        let hint = "remove the link; what the folder holds was looked at once";
        return Some(Diagnostic::warning("looping-link", message).hint(hint).in_source(&nowhere(&path), 0..0));
    }
    let linked = path.symlink_metadata().is_ok_and(|entry| entry.is_symlink());
    Some(match error.io_error() {
        Some(_) if linked && !path.exists() => unread(path, GONE),
        Some(error) => unread(path, &error.to_string()),
        None => unread(path, &error.to_string()),
    })
}

fn unread(path: &Path, why: &str) -> Diagnostic {
    let path = shown(path);
    Diagnostic::error("unread", format!("{} cannot be read: {why}", path.display()))
        .hint("remove it, or make it readable; everything else was looked at")
        .in_source(&nowhere(&path), 0..0)
}

/// A source that nobody could read, so that programs have the name of its file.
fn nowhere(path: &Path) -> std::sync::Arc<Source> {
    Source::new(path.display().to_string(), "")
}
