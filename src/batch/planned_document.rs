//! A document of a batch before it is rendered, and the outcome that it begins with.

use serde_json::Value;

use super::{Input, Outcome, Pattern, State};
use crate::diagnostic::{Diagnostic, Finding};
use crate::model::Document;

/// What will be done with a document.
#[derive(Debug, Clone)]
pub struct PlannedDocument {
    /// Its place among all documents of the batch.
    pub index: usize,
    /// The document.
    pub input: Input,
    /// Its file, from the output folder on, or why it can have none.
    pub output: Result<String, Box<Diagnostic>>,
}

impl PlannedDocument {
    /// The name of the file of a document with that header.
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

    /// The outcome of a document at which the program failed.
    pub(super) fn broken(&self, said: &str) -> Outcome {
        let mut outcome = self.outcome(State::Broken);
        let message = format!("the program failed at {}: {said}", outcome.source);
        outcome.fail(State::Broken, &[Diagnostic::error("broken", message).hint("report it with the document")]);
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

/// Findings as programs read them.
pub(super) fn findings(list: &[Diagnostic]) -> Vec<Value> {
    list.iter().filter_map(|finding| serde_json::to_value(Finding::from(finding)).ok()).collect()
}
