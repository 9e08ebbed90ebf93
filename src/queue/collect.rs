//! Collects a batch: the same files, register and report as if it had been rendered here.

use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::Duration;

use tokio::runtime::Handle;
use tokio::time::sleep;

use super::batch_name::BatchName;
use super::deliveries::{Deliveries, Ended};
use super::entry::Entry;
use super::error::QueueError;
use super::header::Header;
use super::store::Queue;
use crate::batch::{Batch, Outcome, Plan, Run};
use crate::diagnostic::Diagnostic;

/// How often to look whether a batch was submitted.
const LOOKING: Duration = Duration::from_secs(1);

/// A batch as it was submitted, to be collected.
pub struct Collection {
    queue: Queue,
    name: BatchName,
    /// What is common to its documents.
    pub header: Header,
    entries: Arc<Vec<Entry>>,
    /// The emblem to use instead of the documents' own.
    pub emblem: Option<Vec<u8>>,
}

/// What waiting for a batch led to.
pub enum Waited {
    /// It was submitted.
    Submitted(Box<Collection>),
    /// The user has stopped.
    Stopped,
}

impl Collection {
    /// Waits until a batch is submitted completely, in another form than `before`, and reads what is known about its
    /// documents. `on_wait` is called if it has to wait.
    ///
    /// # Errors
    ///
    /// Returns an error if there is no such batch, or it was submitted by another version.
    pub async fn wait(
        queue: &Queue,
        name: &BatchName,
        fingerprint: &str,
        before: Option<&Header>,
        stop: &dyn Fn() -> bool,
        on_wait: &dyn Fn(),
    ) -> Result<Waited, QueueError> {
        let mut waiting = false;
        loop {
            let Some(header) = queue.header(name).await? else {
                let hint =
                    format!("submit it with masthead queue submit … --batch {name}, or see masthead queue status");
                return Err(QueueError::batch(format!("there is no batch {name}"), hint));
            };
            header.check(fingerprint, &format!("batch {name}"))?;
            if header.complete && Some(&header) != before {
                let entries = queue.entries(name).await?.into_values().map(|(entry, _)| entry);
                let mut entries: Vec<Entry> = entries.collect();
                entries.sort_by_key(|entry| entry.index);
                // Until the submission has stored all of them again, some may be old.
                if entries.len() == header.documents {
                    let emblem = match &header.emblem {
                        Some(hash) => Some(queue.contents(name, false).await?.get_hashed(hash).await?),
                        None => None,
                    };
                    let (queue, name, entries) = (queue.clone(), name.clone(), Arc::new(entries));
                    return Ok(Waited::Submitted(Box::new(Self { queue, name, header, entries, emblem })));
                }
            }
            if stop() {
                return Ok(Waited::Stopped);
            }
            if !std::mem::replace(&mut waiting, true) {
                on_wait();
            }
            sleep(LOOKING).await;
        }
    }

    /// Plans the batch, for the folder of `batch`.
    ///
    /// # Errors
    ///
    /// Returns the clashes: documents that would be written to the same file.
    pub fn plan(&self, batch: &Batch) -> Result<Plan, Vec<Diagnostic>> {
        let documents: Vec<_> = self.entries.iter().cloned().map(Entry::planned).collect();
        // If none of the sources is here, they are on another machine, and none of them is gone.
        let here = documents.iter().any(|planned| planned.input.file.exists());
        let folders: &[PathBuf] = if here { &self.header.folders } else { &[] };
        let plan = batch.plan_of_named(documents, folders, self.header.unseen)?;
        Ok(if here { plan } else { plan.elsewhere() })
    }

    /// Collects the batch. Returns `None` if it was submitted again meanwhile.
    ///
    /// # Errors
    ///
    /// Returns an error if the queue or the folder cannot be used.
    pub fn collect(
        &self,
        runtime: &Handle,
        batch: &Batch,
        plan: &Plan,
        now: &dyn Fn() -> String,
        on_outcome: &mut dyn FnMut(&Outcome),
    ) -> Result<Option<Run>, Diagnostic> {
        let begun = Deliveries::begin(&self.queue, (&self.name, &self.header), self.entries.clone(), batch.out.clone());
        let mut deliveries = runtime.block_on(begun)?;
        match batch.collect(plan, &mut deliveries, now, on_outcome) {
            Ok(run) => Ok(Some(run)),
            Err(message) => match deliveries.ended.take() {
                Some(Ended::Changed) => Ok(None),
                Some(Ended::Trouble(error)) => Err(error.into()),
                None => Err(Diagnostic::error("unwritten", message)),
            },
        }
    }

    /// Returns whether others may follow.
    pub fn is_followed(&self, batch: &Batch) -> bool {
        self.header.following && !batch.stop.load(Ordering::Relaxed)
    }
}

impl Header {
    /// Checks that a program has the fingerprint with which the batch was submitted.
    pub(super) fn check(&self, fingerprint: &str, what: &str) -> Result<(), QueueError> {
        if self.fingerprint == fingerprint {
            return Ok(());
        }
        let own = env!("CARGO_PKG_VERSION");
        Err(QueueError::fingerprint(match self.masthead == own {
            true => format!("{what} was submitted with other fonts or templates than this program has"),
            false => format!("{what} was submitted by masthead {}, and this is {own}", self.masthead),
        }))
    }
}
