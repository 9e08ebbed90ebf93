//! What a batch is given: files, folders, patterns, manifests.

use std::collections::HashSet;
use std::path::{Component, Path, PathBuf};

use walkdir::WalkDir;

use super::manifest::{Choices, manifest};
use crate::diagnostic::{Diagnostic, Source};
use crate::files;
use crate::read::Format;

/// One document of a batch.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Input {
    /// Its file.
    pub file: PathBuf,
    /// Its path from the folder that was given on, without its ending, with strokes.
    pub path: String,
    /// What a manifest says of it.
    pub choices: Choices,
}

impl Input {
    /// A file on its own.
    pub(super) fn new(file: PathBuf, choices: Choices) -> Self {
        let path = file.file_name().map(Path::new).unwrap_or(&file).to_owned();
        Self { path: stem(&path), file, choices }
    }
}

/// The path of a document without its ending, with strokes.
pub(super) fn stem(path: &Path) -> String {
    let path = path.to_string_lossy().replace(std::path::MAIN_SEPARATOR, "/");
    let known = Format::of_ending(&path).is_some();
    let stem = path.rsplit_once('.').filter(|_| known).map(|(stem, _)| stem.to_owned());
    stem.unwrap_or(path)
}

/// The documents of a batch, in order: those of a folder by name, each file once. Folders are
/// searched for all files whose endings say a syntax of documents; `out` and hidden files are left out.
///
/// # Errors
///
/// All that cannot be found or understood.
pub fn inputs(given: &[String], out: &Path) -> Result<Vec<Input>, Vec<Diagnostic>> {
    let mut found = Vec::new();
    let mut faults = Vec::new();
    for one in given {
        match of_one(one, out) {
            Ok(inputs) => found.extend(inputs),
            Err(more) => faults.extend(more),
        }
    }
    if !faults.is_empty() {
        return Err(faults);
    }
    let mut seen = HashSet::new();
    found.retain(|input| seen.insert((real(&input.file), input.choices.clone())));
    if found.is_empty() {
        return Err(vec![no_documents("there are no documents")]);
    }
    Ok(found)
}

fn of_one(given: &str, out: &Path) -> Result<Vec<Input>, Vec<Diagnostic>> {
    let path = Path::new(given);
    let ending = path.extension().map(|ending| ending.to_string_lossy().to_ascii_lowercase()).unwrap_or_default();
    if given == files::STANDARD || matches!(ending.as_str(), "csv" | "jsonl" | "ndjson") {
        let (source, _) = files::source(path, None).map_err(|unread| vec![unread.into()])?;
        return manifest(&source, path, ending == "csv");
    }
    if path.is_dir() {
        return folder(path, out);
    }
    if path.exists() || !given.contains(['*', '?', '[']) {
        // A file that is not there is told with the others that cannot be read.
        return Ok(vec![Input::new(path.to_owned(), Choices::default())]);
    }
    let options = glob::MatchOptions { require_literal_leading_dot: true, ..glob::MatchOptions::default() };
    let pattern = glob::glob_with(given, options)
        .map_err(|error| vec![no_documents(&format!("“{given}” is no pattern: {error}"))])?;
    // Files keep the folders below those that the pattern names, as those of a folder do.
    let named = |part: &Component| !part.as_os_str().to_string_lossy().contains(['*', '?', '[']);
    let fixed: PathBuf = path.components().filter(|part| *part != Component::CurDir).take_while(named).collect();
    let mut inputs = Vec::new();
    for file in pattern {
        match file {
            Ok(file) if file.is_file() => {
                let below = file.strip_prefix(&fixed).map(stem);
                let input = Input::new(file, Choices::default());
                inputs.push(Input { path: below.unwrap_or_else(|_| input.path.clone()), ..input });
            }
            Ok(_) => {}
            Err(error) => return Err(vec![unsearchable(error.path(), error.error())]),
        }
    }
    if inputs.is_empty() { Err(vec![no_documents(&format!("no file matches “{given}”"))]) } else { Ok(inputs) }
}

fn folder(folder: &Path, out: &Path) -> Result<Vec<Input>, Vec<Diagnostic>> {
    let out = real(out);
    let hidden = |path: &Path| path.file_name().is_some_and(|name| name.to_string_lossy().starts_with('.'));
    let entries = WalkDir::new(folder).follow_links(true).sort_by_file_name().into_iter();
    let entries =
        entries.filter_entry(|entry| entry.depth() == 0 || (!hidden(entry.path()) && real(entry.path()) != out));
    let (mut inputs, mut faults) = (Vec::new(), Vec::new());
    for entry in entries {
        match entry {
            Ok(entry)
                if entry.file_type().is_file() && Format::of_ending(&entry.path().to_string_lossy()).is_some() =>
            {
                let below = entry.path().strip_prefix(folder).unwrap_or(entry.path());
                inputs.push(Input { path: stem(below), file: entry.path().to_owned(), choices: Choices::default() });
            }
            Ok(_) => {}
            Err(error) => faults.push(unsearchable(error.path().unwrap_or(folder), &error)),
        }
    }
    if inputs.is_empty() && faults.is_empty() {
        faults.push(no_documents(&format!("the folder {} has no documents", folder.display())));
    }
    if faults.is_empty() { Ok(inputs) } else { Err(faults) }
}

fn real(path: &Path) -> PathBuf {
    path.canonicalize().unwrap_or_else(|_| path.to_owned())
}

fn no_documents(message: &str) -> Diagnostic {
    Diagnostic::fault("no-documents", message).hint("documents are .yaml, .yml, .json, .md and .xml files")
}

fn unsearchable(path: &Path, error: &dyn std::fmt::Display) -> Diagnostic {
    Diagnostic::fault("unread", format!("{} cannot be searched: {error}", path.display()))
}

impl From<files::Unread> for Diagnostic {
    fn from(unread: files::Unread) -> Self {
        match unread {
            files::Unread::File(message) => Self::fault("unread", message),
            files::Unread::Text(fault) => *fault,
        }
    }
}

/// The line of a source, from 0, as a stretch of it.
pub(super) fn line(source: &Source, number: usize) -> std::ops::Range<usize> {
    let start: usize = source.text.split_inclusive('\n').take(number).map(str::len).sum();
    let end = source.text[start..].find('\n').map_or(source.text.len(), |at| start + at);
    start..end
}
