//! A document of a batch before it is rendered, and its initial outcome.

use serde_json::Value;

use super::names::within;
use super::{Input, Outcome, Pattern, State};
use crate::diagnostic::shortened;
use crate::diagnostic::{Diagnostic, Finding};
use crate::json;
use crate::model::Document;
use crate::register::Record;
use crate::visible::visible;

/// The plan for one document.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct PlannedDocument {
    /// Its position among all documents of the batch, from 0.
    pub index: usize,
    /// The document.
    pub input: Input,
    /// Its file, relative to the output folder, or why it can have none.
    pub output: Result<String, Box<Diagnostic>>,
}

impl PlannedDocument {
    /// Plans a document, whose header is needed if the pattern names fields of it.
    pub(super) fn new(index: usize, input: Input, names: &Pattern, header: Option<&Document>) -> Self {
        let mut planned = Self { index, input, output: Ok(String::new()) };
        planned.output = planned.name(names, header);
        planned
    }

    /// Returns a document that was planned elsewhere. A name that a batch would not give is refused: the document can have no
    /// file.
    pub fn from_elsewhere(index: usize, input: Input, output: Result<String, Box<Diagnostic>>) -> Self {
        Self { index, input, output: output.and_then(checked_name) }
    }

    /// Returns the name of the file of a document with that header.
    pub(super) fn name(&self, names: &Pattern, header: Option<&Document>) -> Result<String, Box<Diagnostic>> {
        match &self.input.choices.output {
            Some(output) => Ok(output.clone()),
            None => names.name(&self.input.path, self.input.ending(), header).map_err(Box::new),
        }
    }

    pub(super) fn outcome(&self, state: State) -> Outcome {
        Outcome {
            index: self.index,
            source: self.input.name(),
            state,
            output: self.output.as_ref().ok().cloned(),
            findings: Vec::new(),
            earlier_file: false,
            record: None,
            reported: Vec::new(),
            enter: false,
        }
    }

    /// Returns the outcome of a document with an internal error.
    pub(super) fn broken(&self, message: &str) -> Outcome {
        let mut outcome = self.outcome(State::Broken);
        outcome.fail(State::Broken, &[internal_error(&outcome.source, message)]);
        outcome
    }
}

/// Returns the name of a file in the output folder if it is as those that a batch gives, else why not: it would lead out
/// of the folder, or is not that of a PDF file.
fn checked_name(output: String) -> Result<String, Box<Diagnostic>> {
    let refused = |message| {
        let hint = "somebody else has written to the queue; submit the batch again";
        Box::new(Diagnostic::error("output-name", message).hint(hint))
    };
    match output.ends_with(".pdf") {
        true => within(&output).map_err(refused),
        false => Err(refused(format!("“{}” is not the name of a PDF file", shortened(&output)))),
    }
}

impl Outcome {
    pub(super) fn succeed(&mut self, state: State, record: Record, enter: bool) {
        self.state = state;
        self.reported = reported(&record.warnings);
        (self.enter, self.record) = (enter, (state != State::ToRender).then_some(record));
    }

    pub(super) fn fail(&mut self, state: State, errors: &[Diagnostic]) {
        self.state = state;
        self.findings = findings(errors);
        self.reported = errors.iter().map(Diagnostic::to_string).collect();
    }
}

/// Returns the error about a document with an internal error.
pub(super) fn internal_error(name: &str, message: &str) -> Diagnostic {
    let error = Diagnostic::error("broken", format!("internal error in {name}: {message}"));
    error.hint("report this with the document")
}

/// Returns findings as JSON.
pub(super) fn findings(list: &[Diagnostic]) -> Vec<Value> {
    list.iter().filter_map(|finding| json::value(&Finding::from(finding)).ok()).collect()
}

/// Formats findings from the register, one per line.
fn reported(warnings: &[Value]) -> Vec<String> {
    let text = |finding: &Value, name: &str| finding[name].as_str().unwrap_or_default().to_owned();
    let line = |finding: &Value| {
        let at = finding["line"].as_u64().map_or_else(String::new, |line| format!(":{line}"));
        let (file, code, message) = (text(finding, "file"), text(finding, "code"), text(finding, "message"));
        visible(&format!("{file}{at}: {}[{code}]: {message}", text(finding, "severity"))).into_owned()
    };
    warnings.iter().map(line).collect()
}
