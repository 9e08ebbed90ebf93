//! Processes one document of a batch: checks whether its file is up to date, and if not, renders it.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};

use super::planned_document::{PlannedDocument, findings};
use super::quarantine::{Quarantine, is_picture};
use super::rendering::{Emblems, Failure, LoadedSource, PRINTED};
use super::{Batch, Input, Outcome, State};
use crate::diagnostic::Diagnostic;
use crate::digest::{sha256, sha256_of_file};
use crate::error::Error;
use crate::files::{self, Folders, Unwritten};
use crate::limits::{Allowance, Cause, Flight};
use crate::model::Document;
use crate::read::read;
use crate::register::{Access, Entry, Record, Register};

/// The worker of one thread: what all documents share, and its own connection to the register.
pub(super) struct Worker<'b> {
    pub batch: &'b Batch<'b>,
    common: &'b Common,
    stop: &'b AtomicBool,
    register: Option<Result<Register, Error>>,
}

/// What all workers share.
pub(super) struct Common {
    /// The fingerprint of the press.
    pub fingerprint: String,
    /// The prefix of the file names in the register.
    pub prefix: String,
    /// The folder for unfinished files.
    pub unfinished: std::path::PathBuf,
    /// The documents that ended earlier batches.
    pub quarantine: Quarantine,
    /// The settings of folders.
    pub folders: Folders,
    /// The emblems of documents.
    pub emblems: Emblems,
}

impl<'b> Worker<'b> {
    pub fn new(batch: &'b Batch<'b>, common: &'b Common, stop: &'b AtomicBool) -> Self {
        let register = batch.register.is_file().then(|| Register::connect(&batch.register, Access::Read));
        Self { batch, common, stop, register }
    }

    /// Returns the header of a document, from the register if its source is known there. Returns `None` if it cannot
    /// be read, which [`Self::outcome`] will report.
    pub fn header(&mut self, input: &Input) -> Option<Document> {
        let _flight = self.begin(input).ok()?;
        let loaded = self.load(input).ok()?;
        if let Ok(Some(record)) = self.known(|register| register.of_source(&loaded.key)) {
            return Some(record.header);
        }
        read(&loaded.source, loaded.format).ok().map(|reading| crate::export::header(&reading.document))
    }

    /// Processes a document and returns its outcome.
    pub fn outcome(&mut self, planned: &PlannedDocument) -> Outcome {
        let mut outcome = planned.outcome(State::Broken);
        let worked = self.begin(&planned.input).and_then(|flight| {
            let worked = self.work(planned, &flight);
            let rendered = matches!(worked, Ok((State::Rendered, ..))) || self.was_rendered(planned);
            flight.end(if rendered { RENDERED } else { 0 });
            worked
        });
        match worked {
            Ok((State::UpToDate, record, enter)) if self.was_rendered(planned) => {
                outcome.succeed(State::Rendered, record, enter);
            }
            Ok((state, record, enter)) => outcome.succeed(state, record, enter),
            Err(failure) => self.fail(&mut outcome, planned, failure),
        }
        outcome
    }

    pub(super) fn fail(&self, outcome: &mut Outcome, planned: &PlannedDocument, failure: Failure) {
        let Failure { state, findings, ends_batch } = failure;
        if ends_batch {
            self.stop.store(true, Ordering::Relaxed);
        }
        outcome.fail(state, &findings);
        outcome.earlier_file = self.batch.has_file(planned);
    }

    /// Begins a document, unless it ended an earlier process.
    fn begin(&self, input: &Input) -> Result<Flight<'b>, Failure> {
        let begun = self.batch.watch.begin(&input.name(), Allowance::of_file(&input.file));
        begun.map_err(|quarantined| left_out(input, &quarantined.cause))
    }

    /// Returns whether an earlier process of this batch has rendered a document.
    fn was_rendered(&self, planned: &PlannedDocument) -> bool {
        self.batch.watch.ended(&planned.input.name()) == Some(RENDERED)
    }

    /// Records the documents that ended earlier processes.
    ///
    /// # Errors
    ///
    /// Returns a message if they cannot be recorded.
    pub fn quarantine(&self, documents: &[PlannedDocument]) -> Result<(), Error> {
        for (name, quarantined) in self.batch.watch.quarantined_documents() {
            let Some(planned) = documents.iter().find(|planned| planned.input.name() == *name) else { continue };
            // Anything but a file could not be read a second time.
            if planned.input.file.is_file()
                && let Ok(loaded) = self.load(&planned.input)
            {
                self.common.quarantine.add(loaded.key, name.clone(), quarantined.clone())?;
            }
        }
        Ok(())
    }

    /// Returns the state, the record, and whether it has to be entered into the register.
    fn work(&self, planned: &PlannedDocument, flight: &Flight) -> Result<(State, Record, bool), Failure> {
        let loaded = self.load(&planned.input)?;
        let output = match &planned.output {
            Ok(output) => output,
            Err(reason) => return Err(self.unnamed(&loaded, planned, reason)),
        };
        let Target { path, name, known } = self.target(output)?;
        let force = self.batch.force && !self.was_rendered(planned);
        let known = known.filter(|entry| !force && is_file(&path, &entry.record.sha256));
        if let Some(entry) = known.as_ref().filter(|entry| entry.record.source_key == loaded.key)
            && same_pictures(&planned.input.file, &entry.record)
        {
            let moved = entry.record.source != loaded.source.name || entry.place != self.place_of(&loaded.source.name);
            return Ok((State::UpToDate, entry.record.of_source(&loaded.source.name), moved || entry.outdated));
        }
        if !self.batch.force
            && let Some(cause) =
                self.common.quarantine.cause(&loaded.key, &planned.input.file, self.batch.watch.limits())
        {
            return Err(left_out(&planned.input, cause));
        }
        let picture = |name: &str| {
            let data = files::picture(&planned.input.file, name)?;
            flight.uses(name, || sha256([&data]));
            Ok(data)
        };
        let ready = loaded.prepared(self.batch.press, &picture, &self.batch.print)?;
        if planned.name(&self.batch.names, Some(&ready.origin.header)).as_ref() != Ok(output) {
            let message = format!("{} changed while the batch was running; run it again", loaded.source.name);
            return Err(Failure::new(State::Unread, "changed", &message));
        }
        let key = loaded.key_of_file(&ready, &self.common.fingerprint)?;
        if let Some(Entry { record, .. }) = known.filter(|entry| entry.record.key == key) {
            let source = loaded.source.name.clone();
            // What becomes of pictures in print is only known once the pages are typeset.
            let printed = record.warnings.iter().filter(|it| PRINTED.iter().any(|code| it["code"] == *code));
            let warnings = findings(&ready.findings).into_iter().chain(printed.cloned()).collect();
            return Ok((State::UpToDate, Record { source, source_key: loaded.key, warnings, ..record }, true));
        }
        if self.batch.rehearsal {
            let making = loaded.making(name, key, findings(&ready.findings));
            return Ok((State::ToRender, Record::new(&ready.origin, making), false));
        }
        let (file, record) = loaded.rendered(self.batch.press, ready, (name, key))?;
        self.write(&path, &file)?;
        Ok((State::Rendered, record, true))
    }

    /// Returns where a file goes, and what the register knows about it.
    pub(super) fn target(&self, output: &str) -> Result<Target, Failure> {
        let path = self.batch.out.join(output);
        let name = format!("{}{output}", self.common.prefix);
        let known = self
            .known(|register| register.of_output(&name))
            .map_err(|error| Failure { ends_batch: true, ..Failure::new(State::Unwritten, "register", &error) })?;
        if known.is_none() && !self.batch.force && is_foreign(&path) {
            let message = format!("{} already exists, and is neither a PDF file nor from a batch", path.display());
            let hint = "move it away, or use --force to overwrite it";
            let taken = Diagnostic::error("output-taken", message).hint(hint);
            return Err(Failure::of(State::Unwritten, vec![taken]));
        }
        Ok(Target { path, name, known })
    }

    /// Writes a file, atomically.
    pub(super) fn write(&self, path: &Path, file: &[u8]) -> Result<(), Failure> {
        let folder = files::folder_of(path);
        fs::create_dir_all(folder).map_err(|error| Unwritten::new(folder, error))?;
        Ok(files::write_through(path, file, &self.common.unfinished)?)
    }

    /// Returns the place of a source, as the register has it.
    pub(super) fn place_of(&self, source: &str) -> String {
        let register = self.register.as_ref().and_then(|register| register.as_ref().ok());
        register.map(|register| register.place_of(source)).unwrap_or_default()
    }

    /// Reads a source, with its options.
    fn load(&self, input: &Input) -> Result<LoadedSource, Failure> {
        let loaded = files::source(&input.file, None, &self.common.folders).map_err(Failure::unread)?;
        let options = self.batch.options(input, &self.common.emblems)?;
        Ok(LoadedSource::new(loaded, options, &self.batch.print, &self.common.fingerprint))
    }

    /// Returns the failure of a document that can have no file: its own errors if it has any, else the reason.
    fn unnamed(&self, loaded: &LoadedSource, planned: &PlannedDocument, reason: &Diagnostic) -> Failure {
        let picture = |name: &str| files::picture(&planned.input.file, name);
        match loaded.prepared(self.batch.press, &picture, &self.batch.print) {
            Err(failure) => failure,
            Ok(_) => Failure::unnamed(reason, &loaded.source),
        }
    }

    fn known<T>(&self, ask: impl Fn(&Register) -> Result<Option<T>, Error>) -> Result<Option<T>, Error> {
        match &self.register {
            None => Ok(None),
            Some(Ok(register)) => ask(register),
            Some(Err(error)) => Err(error.clone()),
        }
    }
}

/// Where the file of a document goes.
pub(super) struct Target {
    /// Its path.
    pub path: PathBuf,
    /// Its name in the register.
    pub name: String,
    /// What the register knows about it.
    pub known: Option<Entry>,
}

/// The note of a document that was rendered.
const RENDERED: u8 = 1;

/// Returns the failure of a document that ended an earlier process.
fn left_out(input: &Input, cause: &Cause) -> Failure {
    let state = if cause.is_broken() { State::Broken } else { State::Refused };
    Failure::of(state, vec![cause.diagnostic(&input.name())])
}

pub(super) fn is_file(path: &Path, hash: &str) -> bool {
    sha256_of_file(path).is_ok_and(|is| is == hash)
}

/// Returns whether something other than a PDF file is at the path.
fn is_foreign(path: &Path) -> bool {
    files::head(path).is_ok_and(|head| !head.is_empty() && !head.starts_with(b"%PDF-"))
}

/// Returns whether the pictures of a document are those from which its file was made. An emblem given as an option
/// is part of the key of the source instead.
fn same_pictures(document: &Path, record: &Record) -> bool {
    let own = |name: &str| record.header.emblem.as_deref() == Some(name) || !name.starts_with("--");
    record.pictures.iter().all(|(name, hash)| !own(name) || is_picture(document, name, hash))
}
