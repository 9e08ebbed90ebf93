//! What the server passes to a worker, and what the worker answers.

use std::path::PathBuf;

use masthead::limits::Cause;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::live::PagesRequest;
use super::requests::{CheckRequest, CompareRequest, ConvertRequest, DiffRequest, PrepareRequest, RenderRequest};

/// A task for a worker.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Task {
    /// What is asked.
    pub what: What,
    /// The file whose folder holds the pictures: only the file that the user watches.
    pub file: Option<PathBuf>,
}

/// The kinds of tasks.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub enum What {
    /// `/v1/render`.
    Render(RenderRequest),
    /// `/v1/check`.
    Check(CheckRequest),
    /// `/v1/convert`.
    Convert(ConvertRequest),
    /// `/v1/prepare`.
    Prepare(PrepareRequest),
    /// `/v1/diff`.
    Diff(DiffRequest),
    /// `/v1/golden/compare`.
    Compare(CompareRequest),
    /// `/v1/pages`.
    Pages(PagesRequest),
    /// A document of the queue.
    #[cfg(feature = "queue")]
    Order(Ordered),
}

/// A document of the queue.
#[cfg(feature = "queue")]
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Ordered {
    /// What to render.
    pub order: masthead::batch::Order,
    /// The fingerprint that the press must have.
    pub fingerprint: String,
    /// The contents that it names.
    pub contents: std::collections::BTreeMap<String, super::binary::Binary>,
}

impl From<What> for Task {
    fn from(what: What) -> Self {
        Self { what, file: None }
    }
}

/// The head of an answer; its body follows as another message.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub enum Answer {
    /// The task was done.
    Done {
        /// The media type of the body.
        media_type: String,
        /// The numbers of pages, and of warnings and hints.
        pages: Option<usize>,
        findings: usize,
    },
    /// What was made of an order; the body is the file.
    #[cfg(feature = "queue")]
    Made(Box<masthead::batch::Made>),
    /// The press of the worker has another fingerprint than the order requires.
    #[cfg(feature = "queue")]
    Other,
    /// The request or the document is refused.
    Refused {
        /// Which is refused.
        why: Why,
        /// What is wrong, in a sentence.
        detail: String,
        /// The findings, as JSON.
        findings: Value,
    },
    /// The document exceeds a limit, and the worker ends.
    Over(Cause),
    /// The worker has an internal error, and ends.
    Broken(String),
}

impl Answer {
    /// Whether the worker ends after it.
    pub fn ends_worker(&self) -> bool {
        matches!(self, Self::Over(_) | Self::Broken(_))
    }
}

/// Why a request is refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Why {
    /// A parameter is wrong.
    Request,
    /// The document has errors.
    Document,
}
