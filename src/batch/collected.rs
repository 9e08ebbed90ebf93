//! A batch whose documents other processes render: what they make is written, registered and reported as if they had been
//! rendered here.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::{self, Read, Seek, SeekFrom, Write};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::Ordering;

use super::order::{Made, Stage};
use super::pool::{Listener, panic_message};
use super::recorder::Recorder;
use super::rendering::Failure;
use super::worker::{Common, Target, Worker, is_file};
use super::{Batch, Outcome, Plan, PlannedDocument, Run, State, Summary};
use crate::diagnostic::{Diagnostic, Source};
use crate::error::{Error, ErrorKind};
use crate::register::{Entry, Record};

/// What comes next.
pub enum Delivery {
    /// A document, by its place in the plan.
    Made(usize, Made),
    /// None for a while.
    Quiet,
    /// The others are not to be waited for: they are not begun, as after a stop.
    Over,
}

/// Where the documents of a batch come from that other processes render.
pub trait Deliveries {
    /// Returns the next document, in any order and perhaps more than once.
    ///
    /// # Errors
    ///
    /// Returns a message if no more can come.
    fn next(&mut self) -> Result<Delivery, Error>;

    /// Returns the file of a document with that place, or why it is lost.
    ///
    /// # Errors
    ///
    /// Returns a message if none can be had at present.
    fn file(&mut self, index: usize, record: &Record) -> Result<Result<Vec<u8>, Diagnostic>, Error>;

    /// Returns the source of a document with that place, or why it is lost.
    ///
    /// # Errors
    ///
    /// Returns a message if none can be had at present.
    fn source(&mut self, index: usize) -> Result<Result<Arc<Source>, Diagnostic>, Error>;

    /// Returns whether a file has that hash.
    fn is_file(&mut self, path: &Path, hash: &str) -> bool {
        is_file(path, hash)
    }
}

impl Batch<'_> {
    /// Collects what is planned: the same as [`Self::run`], with documents that other processes render.
    ///
    /// # Errors
    ///
    /// Returns a message if the batch cannot begin: its folder cannot be written, another batch is writing to it,
    /// or the register is damaged; or if no more documents can come.
    pub fn collect(
        &self,
        plan: &Plan,
        deliveries: &mut dyn Deliveries,
        now: &dyn Fn() -> String,
        on_outcome: &mut dyn FnMut(&Outcome),
    ) -> Result<Run, Error> {
        let summary = Summary::new(plan.documents().len(), plan.unseen, None);
        self.recorded(plan, summary, now, on_outcome, |common, recorder| {
            self.receive(plan.documents(), common, deliveries, recorder)
        })
    }

    fn receive(
        &self,
        documents: &[PlannedDocument],
        common: &Common,
        deliveries: &mut dyn Deliveries,
        mut recorder: &mut Recorder,
    ) -> Result<(), Error> {
        let worker = Worker::new(self, common, &self.stop);
        let mut arrived = vec![false; documents.len()];
        let mut turns = Turns::new(&common.unfinished)?;
        while turns.next < documents.len() && !self.stop.load(Ordering::Relaxed) {
            let (index, made) = match deliveries.next()? {
                Delivery::Made(index, made) => (index, made),
                Delivery::Quiet => {
                    recorder.arrived(None);
                    continue;
                }
                Delivery::Over => break,
            };
            if std::mem::replace(&mut arrived[index], true) {
                continue;
            }
            let planned = &documents[index];
            let received = catch_unwind(AssertUnwindSafe(|| worker.received(planned, made, deliveries)));
            let outcome = received.unwrap_or_else(|panic| planned.broken(&panic_message(&*panic)));
            recorder.arrived(Some(&outcome));
            turns.take(index, outcome, &mut |outcome| recorder.take(outcome))?;
        }
        turns.end(&mut |outcome| recorder.take(outcome))
    }
}

/// Why a document has no file.
enum Unkept {
    /// The other process could not make it.
    There(Made),
    /// It cannot be kept here.
    Here(Failure),
}

impl From<Failure> for Unkept {
    fn from(failure: Failure) -> Self {
        Self::Here(failure)
    }
}

impl Worker<'_> {
    /// Takes over what another process made of a document.
    fn received(&self, planned: &PlannedDocument, made: Made, deliveries: &mut dyn Deliveries) -> Outcome {
        let mut outcome = planned.outcome(State::Broken);
        match self.kept(planned, made, deliveries) {
            Ok((state, record, enter)) => outcome.succeed(state, record, enter),
            Err(Unkept::Here(failure)) => self.fail(&mut outcome, planned, failure),
            Err(Unkept::There(Made { state, findings, reported, .. })) => {
                self.fail(&mut outcome, planned, Failure::of(state, Vec::new()));
                (outcome.findings, outcome.reported) = (findings, reported);
            }
        }
        outcome
    }

    fn kept(
        &self,
        planned: &PlannedDocument,
        mut made: Made,
        deliveries: &mut dyn Deliveries,
    ) -> Result<(State, Record, bool), Unkept> {
        if made.stage == Stage::Begun {
            return Err(Unkept::There(made));
        }
        let output = match &planned.output {
            Ok(output) => output,
            Err(_) if made.stage < Stage::Prepared => return Err(Unkept::There(made)),
            Err(reason) => {
                let source = deliveries.source(planned.index).map_err(unreachable)?.map_err(lost)?;
                return Err(Failure::unnamed(reason, &source).into());
            }
        };
        let Target { path, name, known } = self.target(output)?;
        let Some(record) = made.record.take() else { return Err(Unkept::There(made)) };
        let record = Record { output: name, ..*record };
        let mut same =
            |entry: &Entry| entry.record.sha256 == record.sha256 && deliveries.is_file(&path, &record.sha256);
        if let Some(entry) = known.filter(|entry| !self.batch.force && same(entry)) {
            let moved = entry.record != record || entry.place != self.place_of(&record.source);
            return Ok((State::UpToDate, record, moved || entry.outdated));
        }
        let file = deliveries.file(planned.index, &record).map_err(unreachable)?.map_err(lost)?;
        self.write(&path, &file)?;
        Ok((State::Rendered, record, true))
    }
}

/// The failure of a document that was made, but is lost: it is missing, and the others are not.
fn lost(error: Diagnostic) -> Failure {
    Failure::of(State::Unread, vec![error])
}

/// The failure of a document that cannot be had, as none can.
fn unreachable(error: Error) -> Failure {
    Failure { ends_batch: true, ..Failure::new(State::Unread, "queue-unreachable", &error) }
}

/// The outcomes that wait for their turn, on disk: there is no limit to how far the first document may be behind.
struct Turns {
    next: usize,
    waiting: BTreeMap<usize, (u64, usize)>,
    kept: File,
    end: u64,
}

impl Turns {
    fn new(unfinished: &Path) -> Result<Self, Error> {
        let kept = tempfile::tempfile_in(unfinished).map_err(unkept)?;
        Ok(Self { next: 0, waiting: BTreeMap::new(), kept, end: 0 })
    }

    /// Takes an outcome, and passes on all whose turn it is.
    fn take(&mut self, index: usize, outcome: Outcome, pass: &mut dyn FnMut(Outcome)) -> Result<(), Error> {
        if index != self.next {
            return self.keep(index, &outcome).map_err(unkept);
        }
        pass(outcome);
        self.next += 1;
        while let Some(place) = self.waiting.remove(&self.next) {
            pass(self.read(place).map_err(unkept)?);
            self.next += 1;
        }
        if self.waiting.is_empty() {
            self.end = 0;
        }
        Ok(())
    }

    /// Passes on all others, after a stop.
    fn end(mut self, pass: &mut dyn FnMut(Outcome)) -> Result<(), Error> {
        for place in std::mem::take(&mut self.waiting).into_values() {
            pass(self.read(place).map_err(unkept)?);
        }
        Ok(())
    }

    fn keep(&mut self, index: usize, outcome: &Outcome) -> io::Result<()> {
        let bytes = serde_json::to_vec(&(outcome, &outcome.reported, outcome.enter))?;
        self.kept.seek(SeekFrom::Start(self.end))?;
        self.kept.write_all(&bytes)?;
        self.waiting.insert(index, (self.end, bytes.len()));
        self.end += bytes.len() as u64;
        Ok(())
    }

    fn read(&mut self, (at, length): (u64, usize)) -> io::Result<Outcome> {
        let mut bytes = vec![0; length];
        self.kept.seek(SeekFrom::Start(at))?;
        self.kept.read_exact(&mut bytes)?;
        let (outcome, reported, enter): (Outcome, _, _) = serde_json::from_slice(&bytes)?;
        Ok(Outcome { reported, enter, ..outcome })
    }
}

fn unkept(error: io::Error) -> Error {
    Error::new(ErrorKind::Io, format!("outcomes cannot be kept in the output folder: {error}")).because(error)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn outcomes_wait_on_disk_for_their_turn() {
        let folder = tempfile::tempdir().unwrap();
        let outcome = |index: usize| Outcome {
            index,
            source: format!("{index}.yaml"),
            state: State::Refused,
            output: None,
            findings: Vec::new(),
            earlier_file: false,
            record: None,
            reported: vec![format!("number {index}")],
            enter: index.is_multiple_of(2),
        };
        let mut turns = Turns::new(folder.path()).unwrap();
        let mut passed = Vec::new();
        for index in [2, 1, 4, 0, 3, 7, 6] {
            turns.take(index, outcome(index), &mut |outcome| passed.push(outcome)).unwrap();
        }
        assert_eq!((turns.next, passed.len()), (5, 5));
        turns.end(&mut |outcome| passed.push(outcome)).unwrap();
        assert_eq!(passed, [0, 1, 2, 3, 4, 6, 7].map(outcome));
    }
}
