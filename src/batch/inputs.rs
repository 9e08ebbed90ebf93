//! The inputs of a batch: files, folders, patterns and manifests.

use std::collections::HashSet;
use std::path::{Component, Path, PathBuf};

use serde::{Deserialize, Serialize};

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

/// Adds the files that a pattern matches. They keep the folders below those that the pattern names, as those of a
/// folder do.
fn matching(given: &str, inputs: &mut Inputs) -> Result<(), Vec<Diagnostic>> {
    let wild = |text: &str| text.contains(['*', '?', '[']);
    let options = glob::MatchOptions { require_literal_leading_dot: true, ..glob::MatchOptions::default() };
    let pattern = glob::glob_with(given, options)
        .map_err(|error| vec![no_documents(&format!("“{given}” is not a valid pattern: {error}"))])?;
    let path = Path::new(given);
    let named = |part: &Component| !wild(&part.as_os_str().to_string_lossy());
    let fixed: PathBuf = path.components().filter(|part| *part != Component::CurDir).take_while(named).collect();
    let other = path.extension().is_some_and(|ending| !wild(&ending.to_string_lossy()));
    let mut found = Found::default();
    for file in pattern {
        match file {
            Ok(file) => found.matched(&file, other),
            Err(error) => found.findings.push(Diagnostic::error("unread", error.to_string())),
        }
    }
    if found.documents.is_empty() && found.skipped.is_empty() && found.findings.is_empty() {
        return Err(vec![no_documents(&format!("no file matches “{given}”"))]);
    }
    inputs.below(&fixed, found);
    Ok(())
}

fn real(path: &Path) -> PathBuf {
    path.canonicalize().unwrap_or_else(|_| path.to_owned())
}

/// Returns the error about a batch without documents.
pub fn no_documents(message: &str) -> Diagnostic {
    Diagnostic::error("no-documents", message).hint("documents are .yaml, .yml, .json, .md and .xml files")
}
