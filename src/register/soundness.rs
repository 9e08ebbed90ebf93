//! Verifies that the files on disk are those in the register.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use rayon::prelude::*;

use super::{Filter, Register};
use crate::digest::sha256_of_file;
use crate::error::Error;

/// What is wrong with a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, serde::Serialize)]
#[serde(rename_all = "lowercase")]
#[non_exhaustive]
pub enum Flaw {
    /// It is in the register, but not on disk.
    Gone,
    /// It is not the file that was recorded.
    Altered,
    /// It cannot be read.
    Unreadable,
    /// It is a PDF file next to registered ones, but is not in the register itself.
    Unregistered,
}

impl Flaw {
    /// Returns the flaw in words.
    pub fn words(self) -> &'static str {
        match self {
            Self::Gone => "not on disk",
            Self::Altered => "altered since it was recorded",
            Self::Unreadable => "cannot be read",
            Self::Unregistered => "not in the register",
        }
    }
}

/// A file with a flaw.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, serde::Serialize)]
#[non_exhaustive]
pub struct Unsound {
    /// The file, by its name in the register.
    pub file: String,
    /// What is wrong.
    pub flaw: Flaw,
}

impl Register {
    /// Compares every current file with its hash, and looks for unregistered files next to them. Returns the number
    /// of files, and those with a flaw.
    ///
    /// # Errors
    ///
    /// Returns a message if the register cannot be read.
    pub fn unsound(&self) -> Result<(usize, Vec<Unsound>), Error> {
        let list = self.list(&Filter::default())?;
        let folder = self.folder();
        let files: Vec<(PathBuf, &str, &str)> = list
            .iter()
            .map(|entry| {
                (folder.join(&entry.record.output), entry.record.output.as_str(), entry.record.sha256.as_str())
            })
            .collect();
        let known: BTreeSet<&str> = files.iter().map(|(_, output, _)| *output).collect();
        let mut found: Vec<Unsound> = files
            .par_iter()
            .filter_map(|(path, output, sha256)| {
                Some(Unsound { file: (*output).to_owned(), flaw: flaw(path, sha256)? })
            })
            .collect();
        let folders: BTreeSet<&Path> = files.iter().filter_map(|(path, ..)| path.parent()).collect();
        let beside = folders.into_iter().filter_map(|folder| std::fs::read_dir(folder).ok()).flatten();
        let pdfs =
            beside.filter_map(Result::ok).map(|entry| entry.path()).filter(|path| is_pdf(path) && path.is_file());
        // If a folder is also reached over a link, a file has two names but is the same.
        let real: BTreeSet<PathBuf> = files.iter().filter_map(|(path, ..)| path.canonicalize().ok()).collect();
        let strays = pdfs.map(|path| (self.name_of(&path), path)).filter(|(name, path)| {
            !known.contains(name.as_str()) && path.canonicalize().is_ok_and(|path| !real.contains(&path))
        });
        found.extend(strays.map(|(file, _)| Unsound { file, flaw: Flaw::Unregistered }));
        found.sort();
        Ok((files.len(), found))
    }
}

pub(super) fn is_pdf(path: &Path) -> bool {
    path.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("pdf"))
}

fn flaw(path: &Path, recorded: &str) -> Option<Flaw> {
    match sha256_of_file(path) {
        Ok(hash) => (hash != recorded).then_some(Flaw::Altered),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Some(Flaw::Gone),
        Err(_) => Some(Flaw::Unreadable),
    }
}
