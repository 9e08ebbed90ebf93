//! Why a document is skipped.

use serde::{Deserialize, Serialize};

use super::Limits;
use crate::diagnostic::{Diagnostic, Source};

/// The code of the error about a document that crashed the program.
pub const KILLED: &str = "killed-the-program";

/// What a document did to the process.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum Cause {
    /// It took longer than the deadline, in seconds.
    OverDeadline(f64),
    /// It took more memory than the limit, in MiB.
    OverMemory(u64),
    /// It crashed the process; a description of how.
    Killed(String),
}

impl Cause {
    /// Returns whether the cause still holds under other limits.
    pub fn holds(&self, limits: Limits) -> bool {
        match self {
            Self::OverDeadline(seconds) => limits.deadline.is_some_and(|deadline| deadline.as_secs_f64() <= *seconds),
            Self::OverMemory(mib) => limits.memory.is_some_and(|memory| memory >> 20 <= *mib),
            Self::Killed(_) => true,
        }
    }

    /// Returns whether it is an internal error.
    pub fn is_broken(&self) -> bool {
        matches!(self, Self::Killed(_))
    }

    /// Returns the error about a document, or about several of which one is the cause. It holds no measured
    /// figures, so that the same document always yields the same message.
    pub fn diagnostic(&self, document: &str) -> Diagnostic {
        let error = match self {
            Self::OverDeadline(seconds) => Diagnostic::error(
                "over-deadline",
                format!("{document} exceeds the time limit of {seconds} s of processor time (more for large files)"),
            )
            .hint("split it, or simplify its tables, lists and pictures; --deadline SECONDS allows more time"),
            Self::OverMemory(mib) => Diagnostic::error(
                "over-memory",
                format!("{document} exceeds the memory limit of {mib} MiB (more for large files)"),
            )
            .hint("split it, or simplify its tables, lists and pictures; --memory MIB allows more memory"),
            Self::Killed(how) => {
                Diagnostic::error("killed-the-program", format!("{document} crashed the program: {how}"))
                    .hint("report this with the document")
            }
        };
        error.in_source(&Source::new(document, ""), 0..0)
    }
}

/// Why a document is skipped, and the files that it used.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Quarantined {
    /// What it did.
    pub cause: Cause,
    /// The files that it used, with their hashes.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub used: Vec<(String, String)>,
}
