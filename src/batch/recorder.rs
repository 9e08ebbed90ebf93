//! Updates the register and the report while a batch runs.

use std::path::PathBuf;
use std::sync::atomic::Ordering;
use std::time::{Duration, Instant};

use super::missing_sources::gone;
use super::pool::Listener;
use super::report::Writer;
use super::{Batch, Outcome, Plan, State, Summary};
use crate::error::Error;
use crate::files;
use crate::register::{Record, Register};

/// The number of renditions entered into the register at once, and the longest wait of the first of them.
const AT_ONCE: usize = 16;
const LONGEST: Duration = Duration::from_millis(200);

/// Updates the register and the report. Renditions are entered as they arrive, so that a slow document does not hold
/// up others; the report lists the documents in order.
pub(super) struct Recorder<'c> {
    batch: &'c Batch<'c>,
    register: Register,
    report: Writer,
    summary: Summary,
    trouble: Option<Error>,
    now: &'c dyn Fn() -> String,
    on_outcome: &'c mut dyn FnMut(&Outcome),
    fresh: Vec<Record>,
    written: Vec<PathBuf>,
    since: Option<Instant>,
    /// Outdated files of documents that have no current one.
    earlier: Vec<String>,
}

impl<'c> Recorder<'c> {
    pub fn new(
        batch: &'c Batch<'c>,
        (register, report, summary): (Register, Writer, Summary),
        now: &'c dyn Fn() -> String,
        on_outcome: &'c mut dyn FnMut(&Outcome),
    ) -> Self {
        let (fresh, written, earlier) = (Vec::new(), Vec::new(), Vec::new());
        Self { batch, register, report, summary, trouble: None, now, on_outcome, fresh, written, since: None, earlier }
    }

    /// Records an error in writing the register or report, and stops the batch.
    fn keep(&mut self, kept: Result<(), Error>) {
        if let Err(error) = kept {
            self.batch.stop.store(true, Ordering::Relaxed);
            self.trouble.get_or_insert(error);
        }
    }

    /// Enters the renditions that have arrived. The files are synced to disk first, so that the register, and then
    /// the report, never name files that could still be lost.
    fn enter(&mut self) {
        self.since = None;
        let fresh = std::mem::take(&mut self.fresh);
        let written = std::mem::take(&mut self.written);
        if fresh.is_empty() {
            return;
        }
        let synced = files::sync(written.iter().map(PathBuf::as_path), &self.batch.out);
        let entered = synced.map_err(Error::from).and_then(|()| self.register.enter(&fresh, &(self.now)()));
        self.keep(entered);
    }

    /// Finishes a batch after its last result.
    pub fn finish(mut self, plan: &Plan, prefix: &str) -> (Summary, Option<Error>) {
        self.enter();
        let mut outdated: Vec<String> = self.earlier.iter().map(|output| format!("{prefix}{output}")).collect();
        if self.summary.not_begun == 0 && self.trouble.is_none() {
            let found = gone(&self.register, &plan.scope, prefix).map(|(gone, names)| {
                self.summary.gone = gone;
                outdated.extend(names);
            });
            self.keep(found);
        }
        let outdated = self.register.outdate(&outdated);
        self.keep(outdated);
        let Self { register, report, mut summary, mut trouble, .. } = self;
        if let Err(error) = register.close() {
            trouble.get_or_insert(error);
        }
        summary.complete &= trouble.is_none();
        if let Err(error) = report.finish(&summary) {
            summary.complete = false;
            trouble.get_or_insert(error);
        }
        (summary, trouble)
    }
}

impl Listener<Outcome> for &mut Recorder<'_> {
    fn arrived(&mut self, outcome: Option<&Outcome>) {
        if let Some(outcome) = outcome {
            let entered = outcome.record.iter().filter(|_| outcome.enter);
            self.fresh.extend(entered.cloned());
            let output = outcome.output.iter().filter(|_| outcome.state == State::Rendered);
            self.written.extend(output.map(|output| self.batch.out.join(output)));
            if !self.fresh.is_empty() {
                self.since.get_or_insert_with(Instant::now);
            }
        }
        if self.fresh.len() >= AT_ONCE || self.since.is_some_and(|since| since.elapsed() >= LONGEST) {
            self.enter();
        }
    }

    fn take(&mut self, outcome: Outcome) {
        self.summary.add(&outcome);
        (self.on_outcome)(&outcome);
        if outcome.earlier_file {
            self.earlier.extend(outcome.output.clone());
        }
        let added = self.report.add(&outcome);
        self.keep(added);
    }
}
