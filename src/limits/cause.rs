//! Why a document is left out.

use serde::{Deserialize, Serialize};

use super::Limits;
use crate::diagnostic::{Diagnostic, Source};

/// The code of a document over which the program broke down.
pub const KILLED: &str = "killed-the-program";

/// What a document did to the process.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Cause {
    /// It took longer than the deadline, in seconds.
    OverDeadline(f64),
    /// It took more memory than the limit, in MiB.
    OverMemory(u64),
    /// The process died of it: how.
    Killed(String),
}

impl Cause {
    /// Whether it is still one where other limits hold.
    pub fn holds(&self, limits: Limits) -> bool {
        match self {
            Self::OverDeadline(seconds) => limits.deadline.is_some_and(|deadline| deadline.as_secs_f64() <= *seconds),
            Self::OverMemory(mib) => limits.memory.is_some_and(|memory| memory >> 20 <= *mib),
            Self::Killed(_) => true,
        }
    }

    /// Whether it is the program that is at error.
    pub fn is_broken(&self) -> bool {
        matches!(self, Self::Killed(_))
    }

    /// What is told of a document, or of documents of which one is meant. No figures of what was
    /// measured: the same document is told of in the same words every time.
    pub fn diagnostic(&self, document: &str) -> Diagnostic {
        let error = match self {
            Self::OverDeadline(seconds) => Diagnostic::error(
                "over-deadline",
                format!(
                    "{document} takes longer than it may: {seconds} s of processor time, and more for a large file"
                ),
            )
            .hint("divide it, or make its tables, lists and pictures simpler; --deadline SECONDS gives it more time"),
            Self::OverMemory(mib) => Diagnostic::error(
                "over-memory",
                format!("{document} takes more memory than it may: {mib} MiB, and more for a large file"),
            )
            .hint("divide it, or make its tables, lists and pictures simpler; --memory MIB gives it more memory"),
            Self::Killed(how) => {
                Diagnostic::error("killed-the-program", format!("the program broke down over {document}: {how}"))
                    .hint("report it with the document")
            }
        };
        error.in_source(&Source::new(document, ""), 0..0)
    }
}

/// Why a document is left out, and what it used until then.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Quarantined {
    /// What it did.
    pub cause: Cause,
    /// The files that it used, with their hashes.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub used: Vec<(String, String)>,
}
