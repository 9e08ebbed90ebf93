//! The outcome of each document of a batch, and of the whole.

use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::{MissingSource, Shard};
use crate::register::Record;

/// The state of a document after a batch.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum State {
    /// It was rendered, and its file was written.
    Rendered,
    /// Its file exists and is what would be rendered.
    UpToDate,
    /// It would be rendered, but this is a dry run.
    ToRender,
    /// It has errors.
    Refused,
    /// Its source, or an emblem named for it, cannot be read.
    Unread,
    /// Its file cannot be written.
    Unwritten,
    /// There was an internal error.
    Broken,
}

impl State {
    /// Returns the state in words.
    pub fn words(self) -> &'static str {
        match self {
            Self::Rendered => "rendered",
            Self::UpToDate => "up to date",
            Self::ToRender => "to be rendered",
            Self::Refused => "refused",
            Self::Unread => "not read",
            Self::Unwritten => "not written",
            Self::Broken => "internal error",
        }
    }

    /// Returns whether the file of the document is up to date.
    pub fn is_done(self) -> bool {
        matches!(self, Self::Rendered | Self::UpToDate)
    }
}

/// The outcome of one document.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Outcome {
    /// Its place among all documents of the batch, from 0.
    pub index: usize,
    /// Its source, by its name in messages.
    pub source: String,
    /// Its state.
    pub state: State,
    /// The path of its file, if it is known.
    pub output: Option<String>,
    /// Why it was not rendered: its findings, as printed by `masthead check --format json`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub findings: Vec<Value>,
    /// Whether an outdated file of the document remains.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub earlier_file: bool,
    /// The register's record of the file.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub record: Option<Record>,
    /// The findings as text; not part of reports.
    #[serde(skip)]
    pub reported: Vec<String>,
    /// Whether the register has to be updated.
    #[serde(skip)]
    pub(super) enter: bool,
}

/// The batch that parts belong to; equal in all parts of one batch.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Whole {
    /// The number of documents of all parts together.
    pub documents: usize,
    /// A hash of all documents with their files and options.
    pub inputs: String,
}

/// The summary of a batch, or of a part of one.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Summary {
    /// The number of documents in this part.
    pub documents: usize,
    /// The number of documents with an up-to-date file.
    pub done: usize,
    /// The number of documents with errors.
    pub refused: usize,
    /// The number of documents that cannot be read.
    pub unread: usize,
    /// The number of documents whose file cannot be written.
    pub unwritten: usize,
    /// The number of documents with internal errors.
    pub broken: usize,
    /// The number of documents not begun because the batch was stopped.
    pub not_begun: usize,
    /// The number of entries of its folders that cannot be read.
    #[serde(default, skip_serializing_if = "is_none")]
    pub unseen: usize,
    /// The number of pages of the files.
    pub pages: usize,
    /// The number of warnings.
    pub warnings: usize,
    /// Whether every document has an up-to-date file.
    pub complete: bool,
    /// Which part of the batch it is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub shard: Option<Shard>,
    /// The batch to which a part belongs.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub whole: Option<Whole>,
    /// The parts of the batch without a report, after a merge.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub missing_parts: Vec<usize>,
    /// Sources of earlier batches that are gone, with their remaining files.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub gone: Vec<MissingSource>,
    /// The number of documents rendered in this run; not part of reports, which describe the result.
    #[serde(skip)]
    pub rendered: usize,
    /// The number of documents that would be rendered.
    #[serde(skip)]
    pub to_render: usize,
}

fn is_none(count: &usize) -> bool {
    *count == 0
}

impl Summary {
    /// Creates the summary of a batch of which no document is begun, with `unseen` unreadable entries.
    pub fn new(documents: usize, unseen: usize, shard: Option<Shard>) -> Self {
        let complete = documents == 0 && unseen == 0;
        Self { documents, not_begun: documents, unseen, shard, complete, ..Self::default() }
    }

    /// Counts a document.
    pub fn add(&mut self, outcome: &Outcome) {
        self.not_begun -= 1;
        match outcome.state {
            State::Rendered | State::UpToDate => self.done += 1,
            State::ToRender => self.to_render += 1,
            State::Refused => self.refused += 1,
            State::Unread => self.unread += 1,
            State::Unwritten => self.unwritten += 1,
            State::Broken => self.broken += 1,
        }
        self.rendered += usize::from(outcome.state == State::Rendered);
        if let Some(record) = &outcome.record {
            self.pages += record.pages;
            self.warnings += record.warnings.len();
        }
        self.complete = self.done == self.documents && self.unseen == 0;
    }

    /// Describes what went wrong: "3 refused, 10 not begun".
    pub fn troubles(&self) -> String {
        let counts = [
            (self.refused, "refused"),
            (self.unread, "not read"),
            (self.unwritten, "not written"),
            (self.broken, "with internal errors"),
            (self.not_begun, "not begun"),
        ];
        let mut reported: Vec<String> =
            counts.iter().filter(|(count, _)| *count > 0).map(|(count, what)| format!("{count} {what}")).collect();
        if self.unseen > 0 {
            let s = if self.unseen == 1 { "" } else { "s" };
            reported.push(format!("{} unreadable input{s}", self.unseen));
        }
        reported.extend(self.missing_parts.iter().map(|part| format!("part {part} missing")));
        if !self.missing_parts.is_empty() {
            let failed: usize = counts.iter().map(|(count, _)| count).sum();
            reported.push(format!("only {} of {} documents reported", self.done + failed, self.documents));
        }
        if reported.is_empty() && self.documents == 0 && !self.complete {
            reported.push("no documents".to_owned());
        }
        reported.join(", ")
    }
}
