//! A document of a batch, as it is stored.

use serde::{Deserialize, Serialize};

use super::batch_name::BatchName;
use crate::batch::{Input, Made, Order, PlannedDocument};
use crate::diagnostic::Diagnostic;
use crate::digest::sha256_of_list;

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
        let mut id = sha256_of_list([input.file.to_string_lossy().as_bytes(), choices.as_bytes()]);
        id.truncate(32);
        id
    }

    /// Returns the document as it is planned.
    pub fn planned(self) -> PlannedDocument {
        let output = self.output.map_err(|unnamed| Box::new(unnamed.into()));
        PlannedDocument { index: self.index, input: self.input, output }
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
    /// The document.
    pub work: Work,
}
