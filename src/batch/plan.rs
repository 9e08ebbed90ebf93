//! What a batch will do: which document goes into which file. Clashes are found before any work.

use std::collections::BTreeMap;
use std::path::Path;

use super::desk::{Desk, findings};
use super::{Batch, Input, Outcome, Pattern, State, Whole, crew};
use crate::diagnostic::Diagnostic;
use crate::digest::sha256_of_list;
use crate::model::Document;

/// What a batch will do.
#[derive(Debug, Clone)]
pub struct Plan {
    documents: Vec<Planned>,
    /// What all parts of the batch are together.
    pub whole: Whole,
}

/// What will be done with a document.
#[derive(Debug, Clone)]
pub struct Planned {
    /// Its place among all documents of the batch.
    pub index: usize,
    /// The document.
    pub input: Input,
    /// Its file, from the output folder on, or why it has none.
    pub output: Result<String, String>,
}

impl Plan {
    /// The documents of this part of the batch, in order.
    pub fn documents(&self) -> &[Planned] {
        &self.documents
    }
}

impl Planned {
    /// The name of the file of a document with that header.
    pub(super) fn name(&self, names: &Pattern, header: Option<&Document>) -> Result<String, String> {
        match &self.input.choices.output {
            Some(output) => Ok(output.clone()),
            None => names.name(&self.input.path, self.input.ending(), header),
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
            told: Vec::new(),
            enter: false,
        }
    }

    /// The outcome of a document at which the program failed.
    pub(super) fn broken(&self, said: &str) -> Outcome {
        let mut outcome = self.outcome(State::Broken);
        let message = format!("the program failed at {}: {said}", outcome.source);
        outcome.fail(State::Broken, &[Diagnostic::fault("broken", message).hint("report it with the document")]);
        outcome
    }
}

impl Outcome {
    pub(super) fn fail(&mut self, state: State, faults: &[Diagnostic]) {
        self.state = state;
        self.findings = findings(faults);
        self.told = faults.iter().map(Diagnostic::to_string).collect();
    }
}

/// How many clashes are told.
const MOST_CLASHES: usize = 50;

impl Batch<'_> {
    /// Plans a batch: names the files of all documents, of which this part takes its own.
    ///
    /// # Errors
    ///
    /// The clashes: documents that would be written into one file.
    pub fn plan(&self, inputs: Vec<Input>) -> Result<Plan, Vec<Diagnostic>> {
        let headers = if self.names.needs_documents() {
            self.headers(&inputs).map_err(|message| vec![Diagnostic::fault("batch", message)])?
        } else {
            vec![None; inputs.len()]
        };
        let named = inputs.into_iter().zip(headers).enumerate().map(|(index, (input, header))| {
            let mut planned = Planned { index, input, output: Ok(String::new()) };
            planned.output = planned.name(&self.names, header.as_ref());
            planned
        });
        let mut documents: Vec<Planned> = named.collect();
        let faults = self.clashes(&documents);
        if !faults.is_empty() {
            return Err(faults);
        }
        let whole = Whole { documents: documents.len(), inputs: self.hash(&documents) };
        documents.retain(|planned| self.shard.is_none_or(|shard| shard.has(planned.index)));
        Ok(Plan { documents, whole })
    }

    /// All that parts of one batch have in common, as a hash.
    fn hash(&self, documents: &[Planned]) -> String {
        let common = format!("{} {:?}", self.profile.name(), self.lines).into_bytes();
        let common = [common, self.emblem.clone().unwrap_or_default()];
        // Of a file without a name only that it has none: why may change until the parts are made again.
        let each = documents.iter().map(|Planned { index, input, output }| {
            format!("{index} {} {:?} {:?}", input.file.display(), output.as_ref().ok(), input.choices).into_bytes()
        });
        sha256_of_list(common.into_iter().chain(each))
    }

    fn headers(&self, inputs: &[Input]) -> Result<Vec<Option<Document>>, String> {
        let common = self.common(Path::new(""))?;
        let stop = &*self.stop;
        let mut headers = Vec::with_capacity(inputs.len());
        crew::work_with_first(
            (&self.watch.first(inputs.iter().map(Input::name)), self.jobs),
            inputs.len(),
            stop,
            || Desk::new(self, &common, stop),
            |desk, index| desk.header(&inputs[index]),
            |_, _| None,
            |header| headers.push(header),
        )?;
        if headers.len() < inputs.len() {
            return Err("the batch was stopped while it named its files".into());
        }
        Ok(headers)
    }

    fn clashes(&self, documents: &[Planned]) -> Vec<Diagnostic> {
        // On many disks names that differ only in capitals are one.
        let mut takers: BTreeMap<String, &Planned> = BTreeMap::new();
        let mut faults = Vec::new();
        for planned in documents {
            let Ok(output) = &planned.output else { continue };
            if let Some(other) = takers.insert(output.to_lowercase(), planned) {
                let (a, b) = (other.input.file.display(), planned.input.file.display());
                let message = format!("{a} and {b} would both be written to {}", self.out.join(output).display());
                faults.push(Diagnostic::fault("output-clash", message));
            }
        }
        let more = faults.len().saturating_sub(MOST_CLASHES);
        faults.truncate(MOST_CLASHES);
        if more > 0 {
            faults.push(Diagnostic::fault("output-clash", format!("and {more} more like this")));
        }
        if let Some(last) = faults.last_mut() {
            let hint = "name files by more fields: --name '{path}.{ending}' where sources differ in their endings only, \
                        --name '{language}/{symbol}' for translations";
            *last = last.clone().hint(hint);
        }
        faults
    }
}
