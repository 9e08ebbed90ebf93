//! Processes one document of a batch: checks whether its file is up to date, and if not, renders it.

use std::fs;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use serde_json::Value;

use super::planned_document::{PlannedDocument, findings};
use super::quarantine::{Quarantine, is_picture};
use super::{Batch, Input, Outcome, State};
use crate::diagnostic::{Diagnostic, Source};
use crate::digest::{sha256, sha256_of_file, sha256_of_list};
use crate::export::Profile;
use crate::files::{self, Folders, Once, Unread, Unwritten};
use crate::limits::{Allowance, Cause, Flight};
use crate::model::Document;
use crate::read::{Format, read};
use crate::register::{Access, Entry, Making, Record, Register};
use crate::typeset::{Lines, MissingGlyphs};
use crate::{Job, prepare_job};

/// The worker of one thread: what all documents share, and its own connection to the register.
pub(super) struct Worker<'b> {
    batch: &'b Batch<'b>,
    common: &'b Common,
    stop: &'b AtomicBool,
    register: Option<Result<Register, String>>,
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
    /// The emblem of all documents, and those of some.
    pub emblem: Option<Arc<[u8]>>,
    pub emblems: Once<Arc<[u8]>>,
}

/// The codes of findings about pictures in print.
const PRINTED: [&str; 2] = ["printed-in-grey", "printed-in-colour"];

/// A source that was read, with its options.
struct LoadedSource {
    source: Arc<Source>,
    format: Format,
    emblem: Option<Arc<[u8]>>,
    profile: Profile,
    lines: Lines,
    missing_glyphs: MissingGlyphs,
    /// A hash of all of these.
    key: String,
}

/// Why a document has no file.
struct Failure {
    state: State,
    findings: Vec<Diagnostic>,
    /// Whether the error affects all other documents, too.
    ends_batch: bool,
}

impl Failure {
    fn new(state: State, code: &'static str, message: String) -> Self {
        Self::of(state, vec![Diagnostic::error(code, message)])
    }

    fn of(state: State, findings: Vec<Diagnostic>) -> Self {
        Self { state, findings, ends_batch: false }
    }
}

impl From<Unwritten> for Failure {
    fn from(unwritten: Unwritten) -> Self {
        let ends_batch = unwritten.is_disk_failing();
        Self { ends_batch, ..Self::new(State::Unwritten, "unwritten", unwritten.to_string()) }
    }
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
            Ok((state, record, enter)) => {
                outcome.state = match state {
                    State::UpToDate if self.was_rendered(planned) => State::Rendered,
                    state => state,
                };
                outcome.reported = reported(&record.warnings);
                (outcome.enter, outcome.record) = (enter, (state != State::ToRender).then_some(record));
            }
            Err(Failure { state, findings, ends_batch }) => {
                if ends_batch {
                    self.stop.store(true, Ordering::Relaxed);
                }
                outcome.fail(state, &findings);
                outcome.earlier_file = self.batch.has_file(planned);
            }
        }
        outcome
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
    pub fn quarantine(&self, documents: &[PlannedDocument]) -> Result<(), String> {
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
        let path = self.batch.out.join(output);
        let name = format!("{}{output}", self.common.prefix);
        let known = self
            .known(|register| register.of_output(&name))
            .map_err(|message| Failure { ends_batch: true, ..Failure::new(State::Unwritten, "register", message) })?;
        if known.is_none() && !self.batch.force && is_foreign(&path) {
            let message = format!("{} already exists, and is neither a PDF file nor from a batch", path.display());
            let hint = "move it away, or use --force to overwrite it";
            let taken = Diagnostic::error("output-taken", message).hint(hint);
            return Err(Failure::of(State::Unwritten, vec![taken]));
        }
        let force = self.batch.force && !self.was_rendered(planned);
        let known = known.filter(|entry| !force && is_file(&path, &entry.record.sha256));
        if let Some(entry) = known.as_ref().filter(|entry| entry.record.source_key == loaded.key)
            && same_pictures(&planned.input.file, &entry.record)
        {
            let place = self.register.as_ref().and_then(|register| register.as_ref().ok());
            let place = place.map(|register| register.place_of(&loaded.source.name)).unwrap_or_default();
            let moved = entry.record.source != loaded.source.name || entry.place != place;
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
        let job = Job {
            emblem: loaded.emblem.as_deref(),
            picture: &picture,
            lines: loaded.lines,
            missing_glyphs: loaded.missing_glyphs,
            print: (loaded.profile == Profile::Print).then_some(&self.batch.print),
            ..Job::new(&loaded.source, loaded.format)
        };
        let ready = prepare_job(self.batch.press, &job).map_err(|findings| Failure::of(State::Refused, findings))?;
        if planned.name(&self.batch.names, Some(&ready.origin.header)).as_ref() != Ok(output) {
            let message = format!("{} changed while the batch was running; run it again", loaded.source.name);
            return Err(Failure::new(State::Unread, "changed", message));
        }
        let broken = |message| Failure::new(State::Broken, "broken", message);
        let key = ready.origin.key(loaded.profile, &self.common.fingerprint).map_err(broken)?;
        let mut warnings: Vec<Value> = findings(&ready.findings);
        if let Some(Entry { record, .. }) = known.filter(|entry| entry.record.key == key) {
            let source = loaded.source.name.clone();
            // What becomes of pictures in print is only known once the pages are typeset.
            let printed = record.warnings.iter().filter(|it| PRINTED.iter().any(|code| it["code"] == *code));
            let warnings = warnings.into_iter().chain(printed.cloned()).collect();
            return Ok((State::UpToDate, Record { source, source_key: loaded.key, warnings, ..record }, true));
        }
        let making = |key, pages, file, warnings| Making {
            output: name,
            profile: loaded.profile,
            source: loaded.source.name.clone(),
            source_key: loaded.key.clone(),
            key,
            pages,
            file,
            warnings,
        };
        if self.batch.rehearsal {
            return Ok((State::ToRender, Record::new(&ready.origin, making(key, 0, &[], warnings)), false));
        }
        let rendition = ready.typeset(self.batch.press).map_err(|errors| Failure::of(State::Refused, errors))?;
        let file = rendition.pdf(loaded.profile).map_err(|errors| Failure::of(State::Refused, errors))?;
        let folder = files::folder_of(&path);
        fs::create_dir_all(folder).map_err(|error| Unwritten::new(folder, error))?;
        files::write_through(&path, &file, &self.common.unfinished)?;
        let pages = rendition.pages.pages().len();
        if loaded.profile == Profile::Print {
            warnings.extend(findings(&rendition.print_findings()));
        }
        Ok((State::Rendered, Record::new(&rendition.origin(), making(key, pages, &file, warnings)), true))
    }

    /// Reads a source, with its options.
    fn load(&self, input: &Input) -> Result<LoadedSource, Failure> {
        let (source, format) = files::source(&input.file, None, &self.common.folders).map_err(|unread| {
            let state = if matches!(unread, Unread::File(_)) { State::Unread } else { State::Refused };
            Failure::of(state, unread.findings())
        })?;
        let emblem = match &input.choices.emblem {
            Some(path) => {
                let read = self.common.emblems.get(path, |path| files::emblem(path).map(Arc::from));
                Some(read.map_err(|message| Failure::new(State::Unread, "emblem", message))?)
            }
            None => self.common.emblem.clone(),
        };
        let profile = input.choices.profile.unwrap_or(self.batch.profile);
        let lines = input.choices.lines.unwrap_or(self.batch.lines);
        let missing_glyphs = input.choices.missing_glyphs.unwrap_or(self.batch.missing_glyphs);
        let parts = [
            self.common.fingerprint.as_bytes(),
            profile.name().as_bytes(),
            format!("{format:?} {lines:?} {} {}", missing_glyphs.name(), emblem.is_some()).as_bytes(),
            emblem.as_deref().unwrap_or_default(),
            source.text.as_bytes(),
        ]
        .map(<[u8]>::to_vec);
        let folder = source.folder.as_ref().map(|folder| folder.key.clone().into_bytes());
        let print = (profile == Profile::Print).then(|| serde_json::to_vec(&self.batch.print).unwrap_or_default());
        let parts = parts.into_iter().chain(print).chain(folder);
        Ok(LoadedSource { key: sha256_of_list(parts), source, format, emblem, profile, lines, missing_glyphs })
    }

    /// Returns the failure of a document that can have no file: its own errors if it has any, else the reason.
    fn unnamed(&self, loaded: &LoadedSource, planned: &PlannedDocument, reason: &Diagnostic) -> Failure {
        let picture = |name: &str| files::picture(&planned.input.file, name);
        let missing_glyphs = loaded.missing_glyphs;
        let job = Job { picture: &picture, missing_glyphs, ..Job::new(&loaded.source, loaded.format) };
        let state = if reason.code == "no-name" { State::Refused } else { State::Unwritten };
        match prepare_job(self.batch.press, &job) {
            Err(findings) => Failure::of(State::Refused, findings),
            Ok(_) => Failure::of(state, vec![reason.clone().in_source(&loaded.source, 0..0)]),
        }
    }

    fn known<T>(&self, ask: impl Fn(&Register) -> Result<Option<T>, String>) -> Result<Option<T>, String> {
        match &self.register {
            None => Ok(None),
            Some(Ok(register)) => ask(register),
            Some(Err(message)) => Err(message.clone()),
        }
    }
}

/// The note of a document that was rendered.
const RENDERED: u8 = 1;

/// Returns the failure of a document that ended an earlier process.
fn left_out(input: &Input, cause: &Cause) -> Failure {
    let state = if cause.is_broken() { State::Broken } else { State::Refused };
    Failure::of(state, vec![cause.diagnostic(&input.name())])
}

fn is_file(path: &Path, hash: &str) -> bool {
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

/// Formats findings from the register, one per line.
fn reported(warnings: &[Value]) -> Vec<String> {
    let text = |finding: &Value, name: &str| finding[name].as_str().unwrap_or_default().to_owned();
    let line = |finding: &Value| {
        let at = finding["line"].as_u64().map_or_else(String::new, |line| format!(":{line}"));
        let (file, code, message) = (text(finding, "file"), text(finding, "code"), text(finding, "message"));
        format!("{file}{at}: {}[{code}]: {message}", text(finding, "severity"))
    };
    warnings.iter().map(line).collect()
}
