//! What came of each document of a batch, and of all together.

use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::{MissingSource, Shard};
use crate::register::Record;

/// What came of a document.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum State {
    /// It was rendered, and its file written.
    Rendered,
    /// Its file is there and is what would be rendered.
    UpToDate,
    /// It would be rendered, if this were no rehearsal.
    ToRender,
    /// It has errors.
    Refused,
    /// Its source, or an emblem named for it, cannot be read.
    Unread,
    /// Its file cannot be written.
    Unwritten,
    /// The program is at error.
    Broken,
}

impl State {
    /// The state in words.
    pub fn words(self) -> &'static str {
        match self {
            Self::Rendered => "rendered",
            Self::UpToDate => "up to date",
            Self::ToRender => "to be rendered",
            Self::Refused => "refused",
            Self::Unread => "not read",
            Self::Unwritten => "not written",
            Self::Broken => "an error of the program",
        }
    }

    /// Whether the file of the document is there.
    pub fn is_done(self) -> bool {
        matches!(self, Self::Rendered | Self::UpToDate)
    }
}

/// What came of one document.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Outcome {
    /// Its place among all documents of the batch, from 0.
    pub index: usize,
    /// Its source, by the name under which messages speak of it.
    pub source: String,
    /// What came of it.
    pub state: State,
    /// The path of its file, if it is known.
    pub output: Option<String>,
    /// Why it was not rendered: its findings, as `masthead check --format json` gives them.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub findings: Vec<Value>,
    /// Whether the file of an earlier state of the document is still there.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub earlier_file: bool,
    /// What the register knows of the file.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub record: Option<Record>,
    /// The findings as people read them; not part of reports.
    #[serde(skip)]
    pub reported: Vec<String>,
    /// Whether the register does not know it as it is.
    #[serde(skip)]
    pub(super) enter: bool,
}

/// The batch that parts belong to: equal in parts of one batch.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Whole {
    /// How many documents all parts have together.
    pub documents: usize,
    /// All documents with their files and what is asked of them, as a hash.
    pub inputs: String,
}

/// What came of a batch, or of a part of one.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Summary {
    /// How many documents there are, in this part.
    pub documents: usize,
    /// How many have their file.
    pub done: usize,
    /// How many are refused.
    pub refused: usize,
    /// How many cannot be read.
    pub unread: usize,
    /// How many cannot be written.
    pub unwritten: usize,
    /// At how many the program failed.
    pub broken: usize,
    /// How many were not begun, since the batch was stopped.
    pub not_begun: usize,
    /// How many entries of its folders nobody could look at.
    #[serde(default, skip_serializing_if = "is_none")]
    pub unseen: usize,
    /// How many pages the files have.
    pub pages: usize,
    /// How many warnings there are.
    pub warnings: usize,
    /// Whether every document has its file.
    pub complete: bool,
    /// Which part of the batch it is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub shard: Option<Shard>,
    /// Of a part: what whole it belongs to.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub whole: Option<Whole>,
    /// The parts of the batch of which there is no report, after a merge.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub missing_parts: Vec<usize>,
    /// Sources of earlier batches that are gone, with their files, which are still there.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub gone: Vec<MissingSource>,
    /// How many were rendered now and not before; not part of reports, which say what is.
    #[serde(skip)]
    pub rendered: usize,
    /// How many would be rendered.
    #[serde(skip)]
    pub to_render: usize,
}

fn is_none(count: &usize) -> bool {
    *count == 0
}

impl Summary {
    /// A batch of so many documents, of which none is begun, and so many entries that nobody could look
    /// at.
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

    /// What went wrong, in words: "3 refused, 10 not begun".
    pub fn troubles(&self) -> String {
        let counts = [
            (self.refused, "refused"),
            (self.unread, "not read"),
            (self.unwritten, "not written"),
            (self.broken, "with an error of the program"),
            (self.not_begun, "not begun"),
        ];
        let mut reported: Vec<String> =
            counts.iter().filter(|(count, _)| *count > 0).map(|(count, what)| format!("{count} {what}")).collect();
        if self.unseen > 0 {
            reported.push(format!("{} among the inputs not looked at", self.unseen));
        }
        reported.extend(self.missing_parts.iter().map(|part| format!("part {part} missing")));
        if !self.missing_parts.is_empty() {
            let failed: usize = counts.iter().map(|(count, _)| count).sum();
            reported.push(format!("so that only {} of {} documents are reported", self.done + failed, self.documents));
        }
        reported.join(", ")
    }
}
