//! Without `--force`, no command overwrites its inputs, or files of another kind.
//!
//! `check --fix` and `golden accept` are exceptions: overwriting their inputs is their purpose.

use std::collections::{BTreeSet, HashSet};
use std::path::Path;

use masthead::Format;
use masthead::files::{first_element, head, is_document};
use masthead::register::may_be_register;

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
    /// JSON that is not a document.
    Json,
    ManualPage,
    Register,
    Document(Format),
}

impl Kind {
    /// The name with its article, for messages.
    fn name(self) -> &'static str {
        match self {
            Self::Pdf => "a PDF file",
            Self::Png => "a PNG file",
            Self::Svg => "an SVG file",
            Self::Html => "an HTML file",
            Self::JUnit => "a JUnit XML file",
            Self::Json => "a JSON report",
            Self::ManualPage => "a manual page",
            Self::Register => "a register",
            Self::Document(Format::Yaml) => "a YAML document",
            Self::Document(Format::Json) => "a JSON document",
            Self::Document(Format::Markdown) => "a Markdown document",
            Self::Document(Format::Xml) => "an XML document",
            Self::Document(_) => "a document",
        }
    }

    /// Returns whether a file that begins with `head` is of this kind.
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
            Self::Register => may_be_register(head),
            Self::Document(format) => is_document(path, format),
        }
    }
}

/// The inputs of a command, and whether it may overwrite them.
#[derive(Debug, Default)]
pub struct Guard {
    force: bool,
    read: HashSet<Id>,
}

impl Guard {
    /// Creates a guard for those input files.
    pub fn new<P: AsRef<Path>>(force: bool, read: impl IntoIterator<Item = P>) -> Self {
        let mut guard = Self { force, ..Self::default() };
        guard.reads(read);
        guard
    }

    /// Adds more input files.
    pub fn reads<P: AsRef<Path>>(&mut self, read: impl IntoIterator<Item = P>) {
        let files = read.into_iter().filter(|path| path.as_ref() != Path::new(STANDARD));
        self.read.extend(files.filter_map(|path| id(path.as_ref())));
    }

    /// Reports every target that must not be overwritten. Targets that are not regular files, such as pipes or
    /// devices, are always allowed.
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
            let is_standard = target == Path::new(STANDARD);
            if !is_standard && target.exists() && !target.is_file() {
                continue;
            }
            let message = if !taken.insert(identity(target)) {
                Some(format!("{shown} is the output path of two files"))
            } else if self.force || is_standard {
                None
            } else if id(target).is_some_and(|id| self.read.contains(&id)) {
                Some(format!("refusing to overwrite {shown}, which is an input; use another name or --force"))
            } else {
                self.other(target, kind)
            };
            if let Some(message) = message {
                exit = Err(reporter.error(message));
            }
        }
        exit
    }

    /// Returns a message if a file of another kind exists at the target; an empty file is of every kind.
    fn other(&self, target: &Path, kind: Kind) -> Option<String> {
        let head = head(target).ok()?;
        if head.is_empty() || kind.is(target, &head) {
            return None;
        }
        let (shown, name) = (target.display(), kind.name());
        Some(format!("refusing to overwrite {shown}, which is not {name}; use another name or --force"))
    }
}

/// What identifies an existing file under all its names, including symbolic and hard links.
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
