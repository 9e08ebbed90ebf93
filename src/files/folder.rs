//! Which files in a folder are documents: one rule for every command that takes a folder.

use std::fmt;
use std::path::{Path, PathBuf};

use walkdir::WalkDir;

use super::detection::{Detected, meant};
use super::foreign::word_file;
use super::{references, shown};
use crate::diagnostic::{Diagnostic, Source};
use crate::read::Format;

/// The contents of a folder.
#[derive(Debug, Default)]
#[non_exhaustive]
pub struct Found {
    /// The documents, by name.
    pub documents: Vec<PathBuf>,
    /// The reference folders of golden tests.
    pub references: Vec<PathBuf>,
    /// Files with the ending of a document, or of a word processor, that are not documents.
    pub skipped: Vec<Skipped>,
    /// Findings about entries that cannot be read.
    pub findings: Vec<Diagnostic>,
}

/// A file with the ending of a document, or of a word processor, that is not a document.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Skipped {
    /// The file.
    pub path: PathBuf,
    /// Why it is not a document.
    pub why: &'static str,
}

impl fmt::Display for Skipped {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "skipped: {} is not a document: {}", self.path.display(), self.why)
    }
}

/// Finds the documents in a folder and its subfolders: files with the ending of a document syntax, in upper or
/// lower case, and the content of a document. Hidden files, masthead's own files, and folders that are `left_out`
/// are ignored; links are followed.
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

/// Returns whether a folder holds the references of a golden test: `ref` next to `document.yaml`, or
/// `draft.yaml.ref` next to `draft.yaml`.
fn is_reference_folder(path: &Path) -> bool {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    (name == "ref" || name.ends_with(".ref")) && references::are_in(path)
}

impl Found {
    /// Adds a file that was found rather than named.
    pub fn file(&mut self, path: &Path) {
        let Some(format) = Format::of_ending(&path.to_string_lossy()) else {
            // Somebody may take it for one that was issued with the others.
            return self.skipped.extend(word_file(path).map(|why| Skipped { path: path.to_owned(), why }));
        };
        match meant(path, format) {
            Detected::Document => self.documents.push(path.to_owned()),
            Detected::Own => {}
            Detected::Other(why) => self.skipped.push(Skipped { path: path.to_owned(), why }),
        }
    }

    /// Adds a path that a pattern matches; `other` tells whether the pattern asks for files with other endings than
    /// those of document syntaxes.
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

    /// Adds everything that was found elsewhere.
    pub fn extend(&mut self, other: Self) {
        self.documents.extend(other.documents);
        self.references.extend(other.references);
        self.skipped.extend(other.skipped);
        self.findings.extend(other.findings);
    }
}

const GONE: &str = "it is a link to a missing file";

fn is_hidden(path: &Path) -> bool {
    path.file_name().is_some_and(|name| name.to_string_lossy().starts_with('.'))
}

/// Returns the finding about an entry that cannot be read, or `None` if it cannot be a document.
fn unseen(folder: &Path, error: &walkdir::Error) -> Option<Diagnostic> {
    let path = error.path().unwrap_or(folder);
    let other = path.extension().is_some() && Format::of_ending(&path.to_string_lossy()).is_none();
    if error.depth() > 0 && (is_hidden(path) || other && !path.is_dir()) {
        return None;
    }
    if error.loop_ancestor().is_some() {
        let path = shown(path);
        let message = format!("{} links to one of its own parent folders, and is not followed", path.display());
        let hint = "remove the link; the contents of the folder are included once";
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
        .hint("remove it, or make it readable; all other files were read")
        .in_source(&nowhere(&path), 0..0)
}

/// Returns an empty source for a file that cannot be read, so that findings name the file.
fn nowhere(path: &Path) -> std::sync::Arc<Source> {
    Source::new(path.display().to_string(), "")
}
