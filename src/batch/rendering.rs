//! Renders one document, wherever its source comes from.

use std::fmt;
use std::sync::Arc;

use serde_json::Value;

use super::planned_document::{findings, internal_error};
use super::{Batch, Input, State};
use crate::diagnostic::{Diagnostic, Source};
use crate::digest::sha256_of_list;
use crate::export::Profile;
use crate::export::print::PrintOptions;
use crate::files::{self, Once, Unread, Unwritten};
use crate::read::Format;
use crate::register::{Making, Record};
use crate::render::Picture;
use crate::typeset::{Lines, MissingGlyphs, Press};
use crate::{Job, PreparedJob, prepare_job};

/// The codes of findings about pictures in print.
pub(super) const PRINTED: [&str; 2] = ["printed-in-grey", "printed-in-colour"];

/// How a document is rendered.
pub(super) struct Options {
    /// The emblem to use instead of its own.
    pub emblem: Option<Arc<[u8]>>,
    /// The profile.
    pub profile: Profile,
    /// How lines are broken.
    pub lines: Lines,
    /// How characters that no font covers are handled.
    pub missing_glyphs: MissingGlyphs,
}

/// The emblems that are used instead of those of documents, each read once.
pub struct Emblems {
    /// That of all documents.
    all: Option<Arc<[u8]>>,
    /// Those of some.
    some: Once<Arc<[u8]>>,
}

impl Emblems {
    /// Returns the emblems of a batch; those of single documents are read when they are needed.
    pub fn of(batch: &Batch) -> Self {
        Self { all: batch.emblem.as_deref().map(Arc::from), some: Once::default() }
    }

    /// Returns the emblem of a document.
    pub(super) fn of_input(&self, input: &Input) -> Result<Option<Arc<[u8]>>, Failure> {
        let Some(path) = &input.choices.emblem else { return Ok(self.all.clone()) };
        let read = self.some.get(path, |path| files::emblem(path).map(Arc::from));
        read.map(Some).map_err(|error| {
            let error = Diagnostic::error("emblem", error.to_string())
                .hint("correct its path in the manifest; it is relative to the manifest")
                .in_source(&Source::new(input.name(), ""), 0..0);
            Failure::of(State::Unread, vec![error])
        })
    }
}

/// A source that was read, with its options.
pub(super) struct LoadedSource {
    /// The source.
    pub source: Arc<Source>,
    /// Its syntax.
    pub format: Format,
    options: Options,
    /// A hash of all of these.
    pub key: String,
}

/// Why a document has no file.
pub(super) struct Failure {
    /// The state of the document.
    pub state: State,
    /// What is wrong.
    pub findings: Vec<Diagnostic>,
    /// Whether the error affects all other documents, too.
    pub ends_batch: bool,
}

impl Failure {
    pub fn new(state: State, code: &'static str, message: &dyn fmt::Display) -> Self {
        Self::of(state, vec![Diagnostic::error(code, message.to_string())])
    }

    pub fn of(state: State, findings: Vec<Diagnostic>) -> Self {
        Self { state, findings, ends_batch: false }
    }

    pub fn unread(unread: Unread) -> Self {
        let state = if matches!(unread, Unread::File(_)) { State::Unread } else { State::Refused };
        Self::of(state, unread.findings())
    }

    /// The failure of a document with an internal error.
    pub fn broken(name: &str, message: &str) -> Self {
        Self::of(State::Broken, vec![internal_error(name, message)])
    }

    /// The failure of a document without errors that can have no file.
    pub fn unnamed(reason: &Diagnostic, source: &Arc<Source>) -> Self {
        let state = if reason.code == "no-name" { State::Refused } else { State::Unwritten };
        Self::of(state, vec![reason.clone().in_source(source, 0..0)])
    }
}

impl From<Unwritten> for Failure {
    fn from(unwritten: Unwritten) -> Self {
        let ends_batch = unwritten.is_disk_failing();
        Self { ends_batch, ..Self::new(State::Unwritten, "unwritten", &unwritten) }
    }
}

impl LoadedSource {
    pub fn new(
        (source, format): (Arc<Source>, Format),
        options: Options,
        print: &PrintOptions,
        fingerprint: &str,
    ) -> Self {
        let Options { emblem, profile, lines, missing_glyphs } = &options;
        let parts = [
            fingerprint.as_bytes(),
            profile.name().as_bytes(),
            format!("{format:?} {lines:?} {} {}", missing_glyphs.name(), emblem.is_some()).as_bytes(),
            emblem.as_deref().unwrap_or_default(),
            source.text.as_bytes(),
        ]
        .map(<[u8]>::to_vec);
        let folder = source.folder.as_ref().map(|folder| folder.key.clone().into_bytes());
        let print = (*profile == Profile::Print).then(|| serde_json::to_vec(print).unwrap_or_default());
        let key = sha256_of_list(parts.into_iter().chain(print).chain(folder));
        Self { source, format, options, key }
    }

    /// Reads, checks and prepares the document.
    pub fn prepared(&self, press: &Press, picture: Picture, print: &PrintOptions) -> Result<PreparedJob, Failure> {
        let Options { emblem, profile, lines, missing_glyphs } = &self.options;
        let job = Job {
            emblem: emblem.as_deref(),
            picture,
            lines: *lines,
            missing_glyphs: *missing_glyphs,
            print: (*profile == Profile::Print).then_some(print),
            ..Job::new(&self.source, self.format)
        };
        let refused = |findings| Failure::of(State::Refused, findings);
        let ready = prepare_job(press, &job).map_err(refused)?;
        ready.undated(*profile).map_or(Ok(ready), |error| Err(refused(vec![error])))
    }

    /// Returns the key of its file.
    pub fn key_of_file(&self, ready: &PreparedJob, fingerprint: &str) -> Result<String, Failure> {
        let broken = |error| Failure::new(State::Broken, "broken", &error);
        ready.origin.key(self.options.profile, fingerprint).map_err(broken)
    }

    /// Returns what the record of a file without pages has, in addition to the document's own data.
    pub fn making(&self, output: String, key: String, warnings: Vec<Value>) -> Making<'static> {
        let (profile, source, source_key) = (self.options.profile, self.source.name.clone(), self.key.clone());
        Making { output, profile, source, source_key, key, pages: 0, file: &[], warnings }
    }

    /// Returns the file and its record, with the given name in the register and the given key.
    pub fn rendered(
        &self,
        press: &Press,
        ready: PreparedJob,
        (name, key): (String, String),
    ) -> Result<(Vec<u8>, Record), Failure> {
        let refused = |errors| Failure::of(State::Refused, errors);
        let mut warnings = findings(&ready.findings);
        let rendition = ready.typeset(press).map_err(refused)?;
        let file = rendition.pdf(self.options.profile).map_err(refused)?;
        if self.options.profile == Profile::Print {
            warnings.extend(findings(&rendition.print_findings()));
        }
        let pages = rendition.pages.len();
        let record =
            Record::new(&rendition.origin(), Making { pages, file: &file, ..self.making(name, key, warnings) });
        Ok((file, record))
    }
}
