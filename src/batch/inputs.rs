//! The inputs of a batch: files, folders, patterns and manifests.

use std::collections::HashSet;
use std::path::{Component, Path, PathBuf};

use serde::{Deserialize, Serialize};
use walkdir::{DirEntry, WalkDir};

use super::manifest::{Choices, manifest};
use crate::diagnostic::Diagnostic;
use crate::files::{self, Found, Skipped, Unread, any_path};
use crate::read::Format;

/// One document of a batch.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Input {
    /// Its file.
    #[serde(with = "any_path")]
    pub file: PathBuf,
    /// Its path relative to the given folder, without its ending, with slashes.
    pub path: String,
    /// Its options from a manifest.
    pub choices: Choices,
}

impl Input {
    /// Creates an input from a single file.
    pub(super) fn new(file: PathBuf, choices: Choices) -> Self {
        let path = file.file_name().map(Path::new).unwrap_or(&file).to_owned();
        Self { path: stem(&path), file, choices }
    }

    /// Returns its name in messages.
    pub fn name(&self) -> String {
        self.file.display().to_string()
    }

    /// Returns the ending of its file, as written.
    pub(super) fn ending(&self) -> &str {
        self.file.extension().and_then(|ending| ending.to_str()).unwrap_or_default()
    }
}

/// Returns the path of a document without its ending, with slashes.
pub(super) fn stem(path: &Path) -> String {
    let path = path.to_string_lossy().replace(std::path::MAIN_SEPARATOR, "/");
    let known = Format::of_ending(&path).is_some();
    let stem = path.rsplit_once('.').filter(|_| known).map(|(stem, _)| stem.to_owned());
    stem.unwrap_or(path)
}

/// The inputs of a batch.
#[derive(Debug, Default)]
#[non_exhaustive]
pub struct Inputs {
    /// The documents, in order.
    pub documents: Vec<Input>,
    /// Files in its folders with a document's ending that are not documents.
    pub skipped: Vec<Skipped>,
    /// Findings about entries of its folders that cannot be read.
    pub findings: Vec<Diagnostic>,
    /// The given folders, of which all documents are included.
    pub folders: Vec<PathBuf>,
    /// The finding about the given pattern, if it is the only input and no file matches it.
    pub unmatched: Vec<Diagnostic>,
}

impl Inputs {
    /// Returns the number of entries that could not be read and may contain documents.
    pub fn unseen(&self) -> usize {
        self.findings.iter().filter(|finding| finding.is_error()).count()
    }

    /// Adds everything that was found below a folder.
    fn below(&mut self, folder: &Path, found: Found) {
        self.documents.extend(found.documents.into_iter().map(|file| {
            let path = file.strip_prefix(folder).map_or_else(|_| stem(&file), stem);
            Input { path, file, choices: Choices::default() }
        }));
        self.skipped.extend(found.skipped);
        self.findings.extend(found.findings);
    }
}

/// Returns the documents of a batch, in order: those of a folder by name, each file once. [`files::documents`]
/// decides which files in folders are documents; `out` is ignored.
///
/// # Errors
///
/// Returns everything that cannot be understood.
pub fn inputs(given: &[String], out: &Path) -> Result<Inputs, Vec<Diagnostic>> {
    let mut inputs = Inputs::default();
    let mut errors = Vec::new();
    for one in given {
        errors.extend(of_one(one, out, &mut inputs).err().unwrap_or_default());
    }
    if given.len() > 1 {
        errors.append(&mut inputs.unmatched);
    }
    if !errors.is_empty() {
        return Err(errors);
    }
    let mut seen = HashSet::new();
    inputs.documents.retain(|input| seen.insert((real(&input.file), input.choices.clone())));
    Ok(inputs)
}

fn of_one(given: &str, out: &Path, inputs: &mut Inputs) -> Result<(), Vec<Diagnostic>> {
    let path = Path::new(given);
    let ending = path.extension().map(|ending| ending.to_string_lossy().to_ascii_lowercase()).unwrap_or_default();
    if given == files::STANDARD || matches!(ending.as_str(), "csv" | "jsonl" | "ndjson") {
        let source = files::text(path).map_err(Unread::findings)?;
        inputs.documents.extend(manifest(&source, path, ending == "csv")?);
    } else if path.is_dir() {
        let out = real(out);
        inputs.folders.push(path.to_owned());
        inputs.below(path, files::documents(path, |folder| real(folder) == out));
    } else if path.exists() || !given.contains(['*', '?', '[']) {
        // A missing file is reported with the others that cannot be read.
        inputs.documents.push(Input::new(path.to_owned(), Choices::default()));
    } else {
        matching(given, inputs)?;
    }
    Ok(())
}

/// How patterns match: `*` within a name, and hidden files only if the pattern names them.
const OPTIONS: glob::MatchOptions =
    glob::MatchOptions { case_sensitive: true, require_literal_separator: true, require_literal_leading_dot: true };

/// Adds the files that a pattern matches. They keep the folders below those that the pattern names, as those of a
/// folder do.
fn matching(given: &str, inputs: &mut Inputs) -> Result<(), Vec<Diagnostic>> {
    let wild = |text: &str| text.contains(['*', '?', '[']);
    let path = Path::new(given);
    let named = |part: &Component| !wild(&part.as_os_str().to_string_lossy());
    let (mut fixed, mut below) = (PathBuf::new(), Vec::new());
    for part in path.components().filter(|part| *part != Component::CurDir) {
        match below.is_empty() && named(&part) {
            true => fixed.push(part),
            false => below.push(part.as_os_str().to_string_lossy().into_owned()),
        }
    }
    let invalid = |error| vec![no_documents(&format!("“{given}” is not a valid pattern: {error}"))];
    let pattern = glob::Pattern::new(given).and_then(|_| glob::Pattern::new(&below.join("/"))).map_err(invalid)?;
    let other = path.extension().is_some_and(|ending| !wild(&ending.to_string_lossy()));
    let mut found = Found::default();
    // A pattern that ends in a slash matches folders alone.
    if !given.ends_with('/') {
        let is_match = |path: &Path| {
            let path = path.strip_prefix(&fixed).unwrap_or(path).to_string_lossy();
            pattern.matches_with(&path.replace(std::path::MAIN_SEPARATOR, "/"), OPTIONS)
        };
        search(&fixed, &below, &mut |entry| match entry {
            Ok(path) if is_match(&path) => found.matched(&path, other),
            Ok(_) => {}
            Err(error) => found.findings.push(Diagnostic::error("unread", error)),
        });
    }
    if found.documents.is_empty() && found.skipped.is_empty() && found.findings.is_empty() {
        inputs.unmatched.push(no_documents(&format!("no file matches “{given}”")));
    }
    inputs.below(&fixed, found);
    Ok(())
}

/// Passes on every file below a folder that a pattern with the given parts may match, or why an entry cannot be read.
/// Links are followed.
fn search(folder: &Path, parts: &[String], pass: &mut dyn FnMut(Result<PathBuf, String>)) {
    let root = if folder == Path::new("") { Path::new(".") } else { folder };
    if !root.is_dir() {
        return;
    }
    let depth = if parts.iter().any(|part| part == "**") { usize::MAX } else { parts.len() };
    let hidden = parts.iter().any(|part| part.starts_with('.'));
    // Only folders that may hold matching files are read.
    let folders = parts.iter().take_while(|part| *part != "**").map(|part| glob::Pattern::new(part).ok());
    let folders: Vec<Option<glob::Pattern>> = folders.collect();
    let is_seen = |entry: &DirEntry| {
        let name = entry.file_name().to_string_lossy();
        let pattern = entry.depth().checked_sub(1).and_then(|depth| folders.get(depth)?.as_ref());
        match pattern.filter(|_| entry.file_type().is_dir()) {
            Some(pattern) => pattern.matches_with(&name, OPTIONS),
            None => entry.depth() == 0 || hidden || !name.starts_with('.'),
        }
    };
    let entries = WalkDir::new(root).min_depth(1).max_depth(depth).follow_links(true).sort_by_file_name();
    for entry in entries.into_iter().filter_entry(is_seen) {
        match entry {
            Ok(entry) if entry.file_type().is_dir() => {}
            Ok(entry) => {
                pass(Ok(entry.path().strip_prefix(root).map_or(entry.path().into(), |path| folder.join(path))))
            }
            // A cycle hides no document.
            Err(error) if error.loop_ancestor().is_some() => {}
            Err(error) => match error.path() {
                // A broken link counts if the pattern matches it.
                Some(path) if path.is_symlink() => {
                    pass(Ok(path.strip_prefix(root).map_or(path.into(), |path| folder.join(path))));
                }
                _ => pass(Err(error.to_string())),
            },
        }
    }
}

fn real(path: &Path) -> PathBuf {
    path.canonicalize().unwrap_or_else(|_| path.to_owned())
}

/// Returns the error about a batch without documents.
pub fn no_documents(message: &str) -> Diagnostic {
    Diagnostic::error("no-documents", message).hint("documents are .yaml, .yml, .json, .md and .xml files")
}
