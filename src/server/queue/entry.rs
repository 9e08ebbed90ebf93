//! A document of a batch, as it is stored.

use masthead::batch::{Input, Made, Order, PlannedDocument};
use masthead::diagnostic::Diagnostic;
use masthead::digest::sha256_of_list;
use serde::{Deserialize, Serialize};

use super::batch_name::BatchName;
use super::subjects::{Version, Waiting};

/// A document of a batch: what `collect` needs to know of it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Entry {
    /// Its place among all documents.
    pub index: usize,
    /// The hash of everything that determines what is made of it.
    pub key: String,
    /// Its input.
    pub input: Input,
    /// Its file, or why it can have none.
    pub output: Result<String, Unnamed>,
    /// The SHA-256 of its source, if that could be read.
    pub source: Option<String>,
}

/// Why a document can have no file.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Unnamed {
    code: String,
    message: String,
    hint: Option<String>,
}

impl From<&Diagnostic> for Unnamed {
    fn from(reason: &Diagnostic) -> Self {
        Self { code: reason.code.to_owned(), message: reason.message.clone(), hint: reason.hint.clone() }
    }
}

impl From<Unnamed> for Diagnostic {
    fn from(unnamed: Unnamed) -> Self {
        let code = ["no-name", "output-name"].into_iter().find(|code| *code == unnamed.code).unwrap_or("output-name");
        let reason = Self::error(code, unnamed.message);
        match unnamed.hint {
            Some(hint) => reason.hint(hint),
            None => reason,
        }
    }
}

impl Entry {
    /// Returns the name of a document within its batch: the same for the same file with the same options.
    pub fn id(input: &Input) -> String {
        let choices = format!("{:?}", input.choices);
        let mut id = sha256_of_list([input.file.as_os_str().as_encoded_bytes(), choices.as_bytes()]);
        id.truncate(32);
        id
    }

    /// Returns the entry of a document.
    pub fn of(planned: &PlannedDocument, key: String, source: Option<String>) -> Self {
        let output = planned.output.clone().map_err(|reason| (&*reason).into());
        Self { index: planned.index, key, input: planned.input.clone(), output, source }
    }

    /// Returns whether a document is planned as it was.
    pub fn is_planned(&self, planned: &PlannedDocument) -> bool {
        *self == Self::of(planned, self.key.clone(), self.source.clone())
    }

    /// Returns the document as it is planned. The queue may be written to by others: a name that a batch would refuse is
    /// refused here, too.
    pub fn planned(self) -> PlannedDocument {
        let output = self.output.map_err(|unnamed| Box::new(unnamed.into()));
        PlannedDocument::from_elsewhere(self.index, self.input, output)
    }
}

/// A message of the work stream.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Work {
    /// The batch.
    pub batch: BatchName,
    /// The name of the document within it.
    pub id: String,
    /// See [`Entry::key`].
    pub key: String,
    /// What to render.
    pub order: Order,
}

impl Work {
    /// Returns the message with that subject, if it can be read, and is of the version of the document that the subject
    /// tells.
    pub fn of(subject: &str, payload: &[u8], fingerprint: &str) -> Option<Self> {
        let work: Self = serde_json::from_slice(payload).ok()?;
        let Waiting { batch, version, .. } = Waiting::of(subject)?;
        let same = work.batch.as_str() == batch && version == work.version();
        (same && work.order.key(fingerprint) == work.key).then_some(work)
    }

    /// Returns the version of the document.
    pub fn version(&self) -> Version {
        Version::new(&self.id, &self.key)
    }
}

/// A message of the stream of results.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Outcome {
    /// See [`Entry::key`].
    pub key: String,
    /// What was made of the document; if that is too long for a message, it is stored with the files.
    pub made: Option<Made>,
}

/// A message of the stream of dead letters.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Dead {
    /// Why the document was given up.
    pub reason: String,
    /// What happened each time.
    pub attempts: Vec<String>,
    /// The batch.
    pub batch: String,
    /// The document, by its name in messages.
    pub source: String,
    /// The message from the work stream.
    pub work: serde_json::Value,
}
