//! The plan of a batch: which document is written to which file. Clashes are found before any work.

use std::collections::{BTreeMap, HashMap};
use std::path::{Path, PathBuf};

use super::missing_sources::Scope;
use super::output_paths::{self, Disk};
use super::planned_document::PlannedDocument;
use super::worker::Worker;
use super::{Batch, Input, Inputs, Whole, pool};
use crate::diagnostic::Diagnostic;
use crate::digest::sha256_of_list;
use crate::error::Error;
use crate::files;
use crate::model::Document;
use crate::register::{Access, Register, Standing};

/// The plan of a batch.
#[derive(Debug, Clone)]
pub struct Plan {
    documents: Vec<PlannedDocument>,
    /// The whole batch, with all its parts.
    pub whole: Whole,
    /// The number of entries of its folders that cannot be read.
    pub unseen: usize,
    pub(super) scope: Scope,
}

impl Plan {
    /// Returns the plan of a batch whose sources are on another machine: none of them counts as gone.
    pub fn elsewhere(self) -> Self {
        Self { scope: Scope::default(), ..self }
    }

    /// Returns the documents of this part of the batch, in order.
    pub fn documents(&self) -> &[PlannedDocument] {
        &self.documents
    }
}

/// The maximum number of clashes reported.
const MOST_CLASHES: usize = 50;

impl Batch<'_> {
    /// Plans a batch: names the files of all documents, and selects those of this part. A document whose file cannot
    /// be written has none, which does not affect the others.
    ///
    /// # Errors
    ///
    /// Returns the clashes: documents that would be written to the same file.
    pub fn plan(&self, inputs: Inputs) -> Result<Plan, Vec<Diagnostic>> {
        let unseen = inputs.unseen();
        let Inputs { documents: inputs, folders, .. } = inputs;
        let plan = self.plan_of_named(self.named(inputs)?, &folders, unseen)?;
        match self.taken(&plan) {
            errors if errors.is_empty() => Ok(plan),
            errors => Err(errors),
        }
    }

    /// Returns the errors about files of this part that the register knows as those of other existing sources, which
    /// do not belong to the batch. If the register cannot be read, the batch will report it.
    fn taken(&self, plan: &Plan) -> Vec<Diagnostic> {
        if self.force || !self.register.is_file() {
            return Vec::new();
        }
        let register = Register::connect(&self.register, Access::Read);
        let known = register.and_then(|register| Ok((register.standings()?, register.name_of(&self.out.join("x")))));
        let Ok((standings, name)) = known else { return Vec::new() };
        let prefix = name.strip_suffix('x').unwrap_or_default();
        let known: HashMap<&str, &Standing> = standings.iter().map(|known| (known.output.as_str(), known)).collect();
        let taken = |planned: &PlannedDocument| {
            let output = planned.output.as_ref().ok()?;
            let known = known.get(format!("{prefix}{output}").as_str())?;
            let other = plan.scope.other_source(known, &planned.input.file)?;
            let (source, path) = (planned.input.file.display(), self.out.join(output));
            let (other, file) = (files::shown(other), path.display());
            let message = format!("{source} would overwrite {file}, which was rendered from {}", other.display());
            path.is_file().then(|| Diagnostic::error("output-taken", message))
        };
        let hint = "use another output folder, or other names with --name or in the column “output” of a manifest; \
                    --force renders everything again and overwrites such files";
        limited(plan.documents.iter().filter_map(taken).collect(), "output-taken", hint)
    }

    /// Names the files of documents.
    ///
    /// # Errors
    ///
    /// Returns an error if the documents cannot be read for it.
    pub fn named(&self, inputs: Vec<Input>) -> Result<Vec<PlannedDocument>, Vec<Diagnostic>> {
        let headers = if self.names.needs_documents() {
            self.headers(&inputs).map_err(|error| vec![Diagnostic::error("batch", error.to_string())])?
        } else {
            vec![None; inputs.len()]
        };
        let named = inputs.into_iter().zip(headers).enumerate();
        let named =
            named.map(|(index, (input, header))| PlannedDocument::new(index, input, &self.names, header.as_ref()));
        Ok(named.collect())
    }

    /// Plans a batch of documents whose files have names; all documents of `folders` are among them, except for
    /// `unseen` entries that cannot be read.
    ///
    /// # Errors
    ///
    /// Returns the clashes: documents that would be written to the same file.
    pub fn plan_of_named(
        &self,
        mut documents: Vec<PlannedDocument>,
        folders: &[PathBuf],
        unseen: usize,
    ) -> Result<Plan, Vec<Diagnostic>> {
        let errors = self.clashes(&documents);
        if !errors.is_empty() {
            return Err(errors);
        }
        let whole = Whole { documents: documents.len(), inputs: self.hash(&documents) };
        // If some entries cannot be read, it is unknown which documents are gone.
        let scope = Scope::new(&documents, self.profile, if unseen == 0 { folders } else { &[] });
        self.place(&mut documents);
        documents.retain(|planned| self.shard.is_none_or(|shard| shard.has(planned.index)));
        Ok(Plan { documents, whole, unseen, scope })
    }

    /// Removes the output paths that cannot be written: first by their names alone, so that a resumed batch reports
    /// the same.
    fn place(&self, documents: &mut [PlannedDocument]) {
        let drop = |documents: &mut [PlannedDocument], unfit: &mut dyn FnMut(&str) -> Option<Diagnostic>| {
            for planned in documents {
                if let Some(error) = planned.output.as_deref().ok().and_then(&mut *unfit) {
                    planned.output = Err(Box::new(error));
                }
            }
        };
        let standing = |path: &Path| files::standing(&std::path::absolute(path).unwrap_or_else(|_| path.to_owned()));
        let (folder, register) = (standing(&self.out.join("x")), standing(&self.register));
        let register = folder.parent().and_then(|out| register.strip_prefix(out).ok());
        drop(documents, &mut |output| output_paths::unfit(output, &self.out));
        output_paths::keep_apart(documents, register.and_then(Path::to_str));
        let mut disk = Disk::default();
        drop(documents, &mut |output| disk.in_the_way(&self.out, output));
    }

    /// Returns a hash of everything that parts of one batch have in common.
    fn hash(&self, documents: &[PlannedDocument]) -> String {
        let common = format!("{} {:?}", self.profile.name(), self.lines).into_bytes();
        let print = serde_json::to_vec(&self.print).unwrap_or_default();
        let common = [common, self.emblem.clone().unwrap_or_default(), print];
        // For a document without a file, only that fact counts: the reason may change between runs of the parts.
        let each = documents.iter().map(|PlannedDocument { index, input, output }| {
            format!("{index} {} {:?} {:?}", input.file.display(), output.as_ref().ok(), input.choices).into_bytes()
        });
        sha256_of_list(common.into_iter().chain(each))
    }

    fn headers(&self, inputs: &[Input]) -> Result<Vec<Option<Document>>, Error> {
        let common = self.common(Path::new(""))?;
        let stop = &*self.stop;
        let mut headers = Vec::with_capacity(inputs.len());
        pool::work_with_first(
            (&self.watch.first(inputs.iter().map(Input::name)), self.jobs),
            inputs.len(),
            stop,
            || Worker::new(self, &common, stop),
            |worker, index| worker.header(&inputs[index]),
            |_, _| None,
            |header| headers.push(header),
        )?;
        if headers.len() < inputs.len() {
            return Err(Error::other("the batch was stopped while naming its files"));
        }
        Ok(headers)
    }

    fn clashes(&self, documents: &[PlannedDocument]) -> Vec<Diagnostic> {
        let mut takers: BTreeMap<String, &PlannedDocument> = BTreeMap::new();
        let mut errors = Vec::new();
        let mut hints: Vec<&str> = Vec::new();
        for planned in documents {
            let Ok(output) = &planned.output else { continue };
            if let Some(other) = takers.insert(output_paths::key(output), planned) {
                let (a, b) = (other.input.file.display(), planned.input.file.display());
                let message = format!("{a} and {b} would both be written to {}", self.out.join(output).display());
                errors.push(Diagnostic::error("output-clash", message));
                let hint = way_out(&other.input, &planned.input);
                if !hints.contains(&hint) {
                    hints.push(hint);
                }
            }
        }
        limited(errors, "output-clash", &hints.join("; "))
    }
}

/// Returns what distinguishes the files of two documents that clash.
fn way_out(one: &Input, other: &Input) -> &'static str {
    let by_path = |input: &Input| output_paths::key(&format!("{}.{}", input.path, input.ending()));
    if one.choices.output.is_some() || other.choices.output.is_some() {
        "give them different names in the column “output” of the manifest; names that differ only in upper and lower case \
         are the same"
    } else if by_path(one) != by_path(other) {
        "use a pattern with more fields: --name '{path}.{ending}' if sources differ only in their endings, --name \
         '{language}/{symbol}' for translations"
    } else {
        "rename one of the sources, or use a pattern of fields in which they differ, such as --name '{symbol}-{letter}'; \
         paths that differ only in upper and lower case are the same"
    }
}

/// Returns the first errors, with a hint, and the number of the others.
fn limited(mut errors: Vec<Diagnostic>, code: &'static str, hint: &str) -> Vec<Diagnostic> {
    let more = errors.len().saturating_sub(MOST_CLASHES);
    errors.truncate(MOST_CLASHES);
    if more > 0 {
        errors.push(Diagnostic::error(code, format!("and {more} more like this")));
    }
    if let Some(last) = errors.last_mut() {
        *last = last.clone().hint(hint);
    }
    errors
}
