//! The error of the library: a kind to branch on, and a message for people.

use std::any::Any;
use std::fmt;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// The kind of an [`Error`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ErrorKind {
    /// A document, or the settings of its folder, have errors: see [`Error::findings`].
    Refused,
    /// What was asked cannot be done with this document: it has no revisions, or a syntax cannot express it.
    Document,
    /// A text is not what it is used as: a symbol, a date, a length, the name of a column.
    Value,
    /// A file or folder cannot be read or written: see [`Error::path`]; its source is an [`io::Error`] if the system has
    /// refused.
    Io,
    /// A file of another program is damaged, protected, or of another kind: a PDF file, a picture, an ICC profile.
    Foreign,
    /// Something is larger than the library accepts.
    Limit,
    /// The typesetting engine cannot set the pages.
    Engine,
    /// The pages do not meet the standard of the PDF profile.
    Standard,
    /// A register is missing, damaged, or was made by another version.
    Register,
    /// Another program is writing there; the same may succeed later.
    Busy,
    /// The queue cannot be used.
    Queue,
    /// Threads or processes cannot be started, or have ended.
    Process,
    /// An error of masthead itself.
    Internal,
    /// A reason that the caller gave: see [`Error::other`].
    Other,
}

/// Why the library cannot do what it was asked to do.
///
/// Findings about a document are [`Diagnostic`](crate::diagnostic::Diagnostic)s; functions that return a list of them convert with `?`:
///
/// ```
/// use masthead::diagnostic::Source;
/// use masthead::{Error, ErrorKind, Format, Job, Press, render};
///
/// fn pages(text: &str) -> Result<usize, Error> {
///     let press = Press::new([])?;
///     let source = Source::new("draft.yaml", text);
///     Ok(render(&press, &Job::new(&source, Format::Yaml))?.pages.len())
/// }
///
/// let error = pages("symbol: A/84/L.901\nkind: poem\ndate: 2029-10-01\nbody: []\n").unwrap_err();
/// assert_eq!(error.kind(), ErrorKind::Refused);
/// assert_eq!(error.findings()[0].code, "unknown-value");
/// println!("{error}"); // every finding, with file, line, source line, code and hint
/// ```
#[derive(Debug, Clone)]
pub struct Error {
    kind: ErrorKind,
    message: String,
    path: Option<PathBuf>,
    /// Those of `diagnostic.rs`, which uses the model, which uses errors.
    pub(crate) findings: Option<Arc<dyn Any + Send + Sync>>,
    source: Option<Arc<dyn std::error::Error + Send + Sync>>,
}

impl Error {
    /// Creates an error for a reason of the caller's own, as a function that returns pictures needs it.
    pub fn other(message: impl fmt::Display) -> Self {
        Self::new(ErrorKind::Other, message.to_string())
    }

    /// Returns its kind.
    pub fn kind(&self) -> ErrorKind {
        self.kind
    }

    /// Returns the file or folder that it is about, if any.
    pub fn path(&self) -> Option<&Path> {
        self.path.as_deref()
    }

    /// Creates an error with a message for people.
    pub fn new(kind: ErrorKind, message: impl Into<String>) -> Self {
        Self { kind, message: message.into(), path: None, findings: None, source: None }
    }

    /// What cannot be done with a document.
    pub(crate) fn document(message: impl Into<String>) -> Self {
        Self::new(ErrorKind::Document, message)
    }

    /// A text that is not what it is used as.
    pub fn value(message: impl Into<String>) -> Self {
        Self::new(ErrorKind::Value, message)
    }

    /// A file of another program that cannot be used.
    pub(crate) fn foreign(message: impl Into<String>) -> Self {
        Self::new(ErrorKind::Foreign, message)
    }

    /// Something that cannot fail, unless masthead has an error.
    pub(crate) fn internal(error: impl fmt::Display) -> Self {
        Self::new(ErrorKind::Internal, error.to_string())
    }

    /// A file or folder that cannot be read, written, removed: "FILE cannot be `done`: REASON".
    pub(crate) fn file(path: &Path, done: &str, error: io::Error) -> Self {
        let message = format!("{} cannot be {done}: {error}", path.display());
        Self::new(ErrorKind::Io, message).at(path).because(error)
    }

    /// Adds the file or folder that it is about.
    pub fn at(self, path: &Path) -> Self {
        Self { path: Some(path.to_owned()), ..self }
    }

    /// Adds the error that has caused it.
    pub fn because(self, source: impl std::error::Error + Send + Sync + 'static) -> Self {
        Self { source: Some(Arc::new(source)), ..self }
    }

    /// Returns the error with another message, made of its own.
    pub(crate) fn reworded(self, message: impl FnOnce(&str) -> String) -> Self {
        Self { message: message(&self.message), ..self }
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for Error {
    // What a macro derives returns the shared pointer, in which callers cannot look for an `io::Error`.
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        self.source.as_deref().map(|source| source as _)
    }
}
