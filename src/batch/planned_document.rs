//! A document of a batch before it is rendered, and its initial outcome.

use serde_json::Value;

use super::{Input, Outcome, Pattern, State};
use crate::diagnostic::{Diagnostic, Finding};
use crate::model::Document;

/// The plan for one document.
#[derive(Debug, Clone)]
pub struct PlannedDocument {
    /// Its position among all documents of the batch, from 0.
    pub index: usize,
    /// The document.
    pub input: Input,
    /// Its file, relative to the output folder, or why it can have none.
    pub output: Result<String, Box<Diagnostic>>,
}

impl PlannedDocument {
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
        let message = format!("internal error in {}: {message}", outcome.source);
        outcome.fail(State::Broken, &[Diagnostic::error("broken", message).hint("report this with the document")]);
        outcome
    }
}

impl Outcome {
    pub(super) fn fail(&mut self, state: State, errors: &[Diagnostic]) {
        self.state = state;
        self.findings = findings(errors);
        self.reported = errors.iter().map(Diagnostic::to_string).collect();
    }
}

/// Returns findings as JSON.
pub(super) fn findings(list: &[Diagnostic]) -> Vec<Value> {
    list.iter().filter_map(|finding| serde_json::to_value(Finding::from(finding)).ok()).collect()
}
