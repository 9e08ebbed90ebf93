//! One document of a batch: whether its file is up to date, and if not, the file.

use std::fs;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use serde_json::Value;

use super::{Batch, Input, Outcome, Planned, State};
use crate::diagnostic::{Diagnostic, Finding, Source};
use crate::digest::{sha256, sha256_of_list};
use crate::export::Profile;
use crate::files::{self, Unread};
use crate::model::Document;
use crate::read::{Format, read};
use crate::register::{Access, Making, Record, Register};
use crate::typeset::{Lines, MissingGlyphs, sound_picture};
use crate::{Job, ready};

/// Where one thread works: what all documents share, and its own way into the register.
pub(super) struct Desk<'b> {
    batch: &'b Batch<'b>,
    common: &'b Common,
    stop: &'b AtomicBool,
    register: Option<Result<Register, String>>,
}

/// What all desks share.
pub(super) struct Common {
    /// The fingerprint of the press.
    pub fingerprint: String,
    /// What the register's names of files begin with.
    pub prefix: String,
    /// The folder in which files are begun.
    pub unfinished: std::path::PathBuf,
}

/// A source that was read, and what is asked of it.
struct Sheet {
    source: Arc<Source>,
    format: Format,
    emblem: Option<Vec<u8>>,
    profile: Profile,
    lines: Lines,
    missing_glyphs: MissingGlyphs,
    /// All of that as a hash.
    key: String,
}

/// Why a document has no file.
struct Failure(State, Vec<Diagnostic>);

impl Failure {
    fn new(state: State, code: &'static str, message: String) -> Self {
        Self(state, vec![Diagnostic::fault(code, message)])
    }
}

impl<'b> Desk<'b> {
    pub fn new(batch: &'b Batch<'b>, common: &'b Common, stop: &'b AtomicBool) -> Self {
        let register = batch.register.is_file().then(|| Register::connect(&batch.register, Access::Read));
        Self { batch, common, stop, register }
    }

    /// The header of a document, out of the register if its source is known there; none if it
    /// cannot be read, of which [`Self::outcome`] will tell.
    pub fn header(&mut self, input: &Input) -> Option<Document> {
        let sheet = self.sheet(input).ok()?;
        if let Ok(Some(record)) = self.known(|register| register.of_source(&sheet.key)) {
            return Some(record.header);
        }
        read(&sheet.source, sheet.format).ok().map(|reading| crate::export::header(&reading.document))
    }

    /// What comes of a document.
    pub fn outcome(&mut self, planned: &Planned) -> Outcome {
        let mut outcome = planned.outcome(State::Broken);
        match self.work(planned) {
            Ok((state, record, enter)) => {
                outcome.state = state;
                outcome.told = told(&record.warnings);
                (outcome.enter, outcome.record) = (enter, (state != State::ToRender).then_some(record));
            }
            Err(Failure(state, findings)) => {
                if state == State::Unwritten {
                    self.stop.store(true, Ordering::Relaxed);
                }
                outcome.fail(state, &findings);
                let output = planned.output.as_ref().map(|output| self.batch.out.join(output));
                outcome.earlier_file = output.is_ok_and(|path| path.is_file());
            }
        }
        outcome
    }

    /// The state, the record and whether the register is to enter it.
    fn work(&mut self, planned: &Planned) -> Result<(State, Record, bool), Failure> {
        let sheet = self.sheet(&planned.input)?;
        let output = match &planned.output {
            Ok(output) => output,
            Err(reason) => return Err(self.unnamed(&sheet, planned, reason)),
        };
        let path = self.batch.out.join(output);
        let name = format!("{}{output}", self.common.prefix);
        let known = if self.batch.force {
            None
        } else {
            self.known(|register| register.of_output(&name))
                .map_err(|message| Failure::new(State::Unwritten, "register", message))?
        };
        let known = known.filter(|record| is_file(&path, &record.sha256));
        if let Some(record) = known.as_ref().filter(|record| record.source_key == sheet.key)
            && same_pictures(&planned.input.file, record)
        {
            return Ok((State::UpToDate, record.clone(), false));
        }
        let job = Job {
            emblem: sheet.emblem.as_deref(),
            picture: &|name| files::picture(&planned.input.file, name),
            lines: sheet.lines,
            missing_glyphs: sheet.missing_glyphs,
            ..Job::new(&sheet.source, sheet.format)
        };
        let ready = ready(self.batch.press, &job).map_err(|findings| Failure(State::Refused, findings))?;
        if planned.name(&self.batch.names, Some(&ready.origin.header)).as_ref() != Ok(output) {
            let message = format!("{} was changed while the batch ran; run it again", sheet.source.name);
            return Err(Failure::new(State::Unread, "changed", message));
        }
        let broken = |message| Failure::new(State::Broken, "broken", message);
        let key = ready.origin.key(sheet.profile, &self.common.fingerprint).map_err(broken)?;
        let warnings: Vec<Value> = findings(&ready.findings);
        if let Some(record) = known.filter(|record| record.key == key) {
            let source = sheet.source.name.clone();
            return Ok((State::UpToDate, Record { source, source_key: sheet.key, warnings, ..record }, true));
        }
        let making = |key, pages, file| Making {
            output: name,
            profile: sheet.profile,
            source: sheet.source.name.clone(),
            source_key: sheet.key.clone(),
            key,
            pages,
            file,
            warnings,
        };
        if self.batch.rehearsal {
            return Ok((State::ToRender, Record::new(&ready.origin, making(key, 0, &[])), false));
        }
        let rendition = ready.typeset(self.batch.press).map_err(|faults| Failure(State::Refused, faults))?;
        let file = rendition.pdf(sheet.profile).map_err(|faults| Failure(State::Refused, faults))?;
        let unwritten = |message| Failure::new(State::Unwritten, "unwritten", message);
        if let Some(folder) = path.parent() {
            let plain = |error| unwritten(format!("{} cannot be made: {error}", folder.display()));
            fs::create_dir_all(folder).map_err(plain)?;
        }
        files::write_through(&path, &file, &self.common.unfinished).map_err(unwritten)?;
        let pages = rendition.pages.pages().len();
        Ok((State::Rendered, Record::new(&rendition.origin(), making(key, pages, &file)), true))
    }

    /// A source and what is asked of it.
    fn sheet(&self, input: &Input) -> Result<Sheet, Failure> {
        let (source, format) = files::source(&input.file, None).map_err(|unread| {
            let state = if matches!(unread, Unread::File(_)) { State::Unread } else { State::Refused };
            Failure(state, vec![unread.into()])
        })?;
        let emblem = match &input.choices.emblem {
            Some(path) => Some(emblem(path).map_err(|message| Failure::new(State::Unread, "emblem", message))?),
            None => self.batch.emblem.clone(),
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
        Ok(Sheet { key: sha256_of_list(parts), source, format, emblem, profile, lines, missing_glyphs })
    }

    /// Of a document that has no name: its own faults, else that of its name.
    fn unnamed(&self, sheet: &Sheet, planned: &Planned, reason: &str) -> Failure {
        let picture = |name: &str| files::picture(&planned.input.file, name);
        let missing_glyphs = sheet.missing_glyphs;
        let job = Job { picture: &picture, missing_glyphs, ..Job::new(&sheet.source, sheet.format) };
        match ready(self.batch.press, &job) {
            Err(findings) => Failure(State::Refused, findings),
            Ok(_) => Failure(
                State::Refused,
                vec![
                    Diagnostic::fault("no-name", reason.to_owned())
                        .at(&sheet.source, 0..0, "")
                        .hint("add the field, or name files otherwise with --name"),
                ],
            ),
        }
    }

    fn known(&self, ask: impl Fn(&Register) -> Result<Option<Record>, String>) -> Result<Option<Record>, String> {
        match &self.register {
            None => Ok(None),
            Some(Ok(register)) => ask(register),
            Some(Err(message)) => Err(message.clone()),
        }
    }
}

/// An emblem that can be set.
fn emblem(path: &Path) -> Result<Vec<u8>, String> {
    files::whole(path)
        .and_then(|data| sound_picture(&data).map(|()| data))
        .map_err(|reason| format!("the emblem {} cannot be used: {reason}", path.display()))
}

fn is_file(path: &Path, hash: &str) -> bool {
    fs::read(path).is_ok_and(|file| sha256([file]) == hash)
}

/// Whether the pictures that a document names are those that its file was made of. An emblem
/// given as an option is part of the key of its source.
fn same_pictures(document: &Path, record: &Record) -> bool {
    let own = |name: &str| record.header.emblem.as_deref() == Some(name) || !name.starts_with("--");
    let same = |name: &str, hash: &str| files::picture(document, name).is_ok_and(|data| sha256([data]) == hash);
    record.pictures.iter().all(|(name, hash)| !own(name) || same(name, hash))
}

/// Findings as programs read them.
pub(super) fn findings(list: &[Diagnostic]) -> Vec<Value> {
    list.iter().filter_map(|finding| serde_json::to_value(Finding::from(finding)).ok()).collect()
}

/// Findings of the register in a line each.
fn told(warnings: &[Value]) -> Vec<String> {
    let text = |finding: &Value, name: &str| finding[name].as_str().unwrap_or_default().to_owned();
    let line = |finding: &Value| {
        let at = finding["line"].as_u64().map_or_else(String::new, |line| format!(":{line}"));
        let (file, code, message) = (text(finding, "file"), text(finding, "code"), text(finding, "message"));
        format!("{file}{at}: {}[{code}]: {message}", text(finding, "severity"))
    };
    warnings.iter().map(line).collect()
}
