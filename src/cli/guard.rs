//! No command writes over what it reads, nor over a file of another kind, unless with `--force`.
//!
//! `check --fix` and `golden accept` write what they read, which is what they are for.

use std::collections::{BTreeSet, HashSet};
use std::path::Path;

use masthead::Format;
use masthead::files::{first_element, head, is_document};

use super::Exit;
use super::files::{STANDARD, identity};
use super::report::Reporter;

/// A kind of file that a command writes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    Pdf,
    Png,
    Svg,
    Html,
    JUnit,
    /// JSON that is no document.
    Json,
    ManualPage,
    Register,
    Document(Format),
}

impl Kind {
    fn name(self) -> &'static str {
        match self {
            Self::Pdf => "PDF file",
            Self::Png => "PNG file",
            Self::Svg => "SVG file",
            Self::Html => "HTML file",
            Self::JUnit => "JUnit XML file",
            Self::Json => "JSON file of a report",
            Self::ManualPage => "manual page",
            Self::Register => "register",
            Self::Document(Format::Yaml) => "document in YAML",
            Self::Document(Format::Json) => "document in JSON",
            Self::Document(Format::Markdown) => "document in Markdown",
            Self::Document(Format::Xml) => "document in XML",
        }
    }

    /// Whether a file that begins so is one of the kind.
    fn is(self, path: &Path, head: &[u8]) -> bool {
        let text = String::from_utf8_lossy(head);
        let text = text.trim_start_matches('\u{feff}').trim_start();
        let element = || first_element(text).unwrap_or_default();
        match self {
            Self::Pdf => head.starts_with(b"%PDF-"),
            Self::Png => head.starts_with(b"\x89PNG"),
            Self::Svg => element() == "svg",
            Self::Html => element() == "html",
            Self::JUnit => ["testsuites", "testsuite"].contains(&&*element()),
            Self::Json => text.starts_with(['{', '[']) && !is_document(path, Format::Json),
            Self::ManualPage => text.starts_with(".ie \\n(.g") || text.starts_with(".TH "),
            // One that is damaged, wherever, is for who opens it to tell.
            Self::Register => head.contains(&0) && !Self::Pdf.is(path, head) && !Self::Png.is(path, head),
            Self::Document(format) => is_document(path, format),
        }
    }
}

/// What a command reads, and whether it may write over it all the same.
#[derive(Debug, Default)]
pub struct Guard {
    force: bool,
    read: HashSet<Id>,
}

impl Guard {
    /// A guard of those files.
    pub fn new<P: AsRef<Path>>(force: bool, read: impl IntoIterator<Item = P>) -> Self {
        let mut guard = Self { force, ..Self::default() };
        guard.reads(read);
        guard
    }

    /// Takes note of more files that are read.
    pub fn reads<P: AsRef<Path>>(&mut self, read: impl IntoIterator<Item = P>) {
        let files = read.into_iter().filter(|path| path.as_ref() != Path::new(STANDARD));
        self.read.extend(files.filter_map(|path| id(path.as_ref())));
    }

    /// Tells all that would be written over and must not be. What is no regular file, such as a pipe or
    /// a device, is only written into.
    pub fn allows<P: AsRef<Path>>(
        &self,
        targets: impl IntoIterator<Item = (P, Kind)>,
        reporter: &Reporter,
    ) -> Result<(), Exit> {
        let mut taken = BTreeSet::new();
        let mut exit = Ok(());
        for (target, kind) in targets {
            let target = target.as_ref();
            let shown = target.display();
            if target == Path::new(STANDARD) || target.exists() && !target.is_file() {
                continue;
            }
            let message = if !taken.insert(identity(target)) {
                Some(format!("{shown} is named for two files that are to be written"))
            } else if self.force {
                None
            } else if id(target).is_some_and(|id| self.read.contains(&id)) {
                Some(format!("{shown} would be written over, and is read: give another name, or --force"))
            } else {
                self.other(target, kind)
            };
            if let Some(message) = message {
                exit = Err(reporter.error(&message));
            }
        }
        exit
    }

    /// That a file is there which is not of the kind; an empty one is of every kind.
    fn other(&self, target: &Path, kind: Kind) -> Option<String> {
        let head = head(target).ok()?;
        if head.is_empty() || kind.is(target, &head) {
            return None;
        }
        let (shown, name) = (target.display(), kind.name());
        Some(format!("{shown} is there, and is no {name}: give another name, or --force to write over it"))
    }
}

/// What all names of a file that is there have in common, links and hard links too.
#[cfg(unix)]
type Id = (u64, u64);

#[cfg(unix)]
fn id(path: &Path) -> Option<Id> {
    use std::os::unix::fs::MetadataExt;
    std::fs::metadata(path).ok().map(|file| (file.dev(), file.ino()))
}

#[cfg(not(unix))]
type Id = std::path::PathBuf;

#[cfg(not(unix))]
fn id(path: &Path) -> Option<Id> {
    path.canonicalize().ok()
}
