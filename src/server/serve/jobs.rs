//! Jobs: documents that are rendered later, by the workers of a queue. The server does not know the queue; whoever starts
//! it passes one.

use std::fmt;
use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;

use masthead::Error;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::binary::Binary;
use super::choices::{LineEnds, Missing, Priority, Purpose};
use super::problem::Problem;
use super::requests::Input;

/// The request for a PDF file that is rendered later, by any worker of the queue.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, expecting = "an object with parameters")]
pub struct JobRequest {
    /// The document.
    pub document: Input,
    /// The purpose of the PDF file.
    #[serde(default)]
    pub profile: Purpose,
    /// How lines are broken.
    #[serde(default)]
    pub line_ends: LineEnds,
    /// What is printed for characters that no font covers.
    #[serde(default)]
    pub missing_glyphs: Missing,
    /// The emblem to use instead of the document's or the built-in one (SVG or PNG).
    #[serde(default)]
    pub emblem: Option<Binary>,
    /// How urgent it is.
    #[serde(default)]
    pub priority: Priority,
}

/// A job.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Job {
    /// Its name: the same for the same document with the same options.
    pub id: String,
    /// How far it is.
    pub state: JobState,
    /// The address of the PDF file, once it is rendered.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub file: Option<String>,
    /// The number of its pages.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub pages: Option<usize>,
    /// What is wrong with the document, as in the answers of `/v1/check`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub findings: Vec<serde_json::Value>,
}

/// How far a job is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum JobState {
    /// It waits for a worker, or a worker has it.
    Queued,
    /// Its file is there.
    Rendered,
    /// The document has errors, or exceeds a limit.
    Refused,
    /// There was an internal error.
    Broken,
}

/// What a queue answers later.
pub type Later<'j, T> = Pin<Box<dyn Future<Output = Result<T, Error>> + Send + 'j>>;

/// A queue of jobs. An error says that the queue cannot be used at present.
pub trait Jobs: Send + Sync {
    /// Queues a document, unless it is known.
    fn submit(&self, request: JobRequest) -> Later<'_, Job>;
    /// Returns a job; `None` if there is no such job.
    fn job<'j>(&'j self, id: &'j str) -> Later<'j, Option<Job>>;
    /// Returns the file of a job; `None` if there is none.
    fn file<'j>(&'j self, id: &'j str) -> Later<'j, Option<Vec<u8>>>;
}

/// A queue, if there is one.
#[derive(Clone, Default)]
pub struct Queue(pub Option<Arc<dyn Jobs>>);

impl fmt::Debug for Queue {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(if self.0.is_some() { "Queue" } else { "no queue" })
    }
}

impl Queue {
    /// Returns the queue.
    pub fn get(&self) -> Result<&dyn Jobs, Problem> {
        self.0.as_deref().ok_or_else(Problem::no_queue)
    }
}
