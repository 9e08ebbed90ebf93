//! Collects a batch: the same files, register and report as if it had been rendered here.

use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use masthead::batch::{Batch, Outcome, Plan, Run};
use masthead::diagnostic::Diagnostic;
use masthead::digest::sha256_of_file;
use tokio::runtime::Handle;
use tokio::time::sleep;

use super::batch_name::BatchName;
use super::deliveries::{Deliveries, Ended};
use super::entry::Entry;
use super::error::QueueError;
use super::header::Header;
use super::store::Queue;
use super::verified::Verified;

/// How many sources are compared with those that were submitted, to find out whether these are the same.
const MOST_COMPARED: usize = 20;
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
            if header.removing {
                return Err(QueueError::batch(format!("batch {name} is being removed"), "submit it again"));
            }
            header.check(fingerprint, &format!("batch {name}"))?;
            if header.complete && Some(&header) != before {
                let entries = queue.entries(name).await?.into_values().map(|(entry, _)| entry);
                let mut entries: Vec<Entry> = entries.collect();
                entries.sort_by_key(|entry| entry.index);
                // Those of a submission in progress may have places twice, or leave some out.
                entries.iter_mut().enumerate().for_each(|(place, entry)| entry.index = place);
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
        // If none of the sources is here as it was submitted, they are on another machine, and none of them is gone.
        let there = self.entries.iter().filter(|entry| entry.source.is_some() && entry.input.file.is_file());
        let here = there.take(MOST_COMPARED).any(|entry| sha256_of_file(&entry.input.file).ok() == entry.source);
        let folders: &[PathBuf] = if here { &self.header.folders } else { &[] };
        let plan = batch.plan_of_named(documents, folders, self.header.unseen)?;
        Ok(if here { plan } else { plan.elsewhere() })
    }

    /// Collects the batch, until all documents have results, or it was submitted again.
    ///
    /// # Errors
    ///
    /// Returns an error if the queue or the folder cannot be used.
    pub fn collect(
        &self,
        runtime: &Handle,
        batch: &Batch,
        (plan, verified): (&Plan, &Verified),
        now: &dyn Fn() -> String,
        on_outcome: &mut dyn FnMut(&Outcome),
    ) -> Result<Collected, Diagnostic> {
        let (batch_of, to) = ((&self.name, &self.header), (batch.out.clone(), verified));
        let mut deliveries = runtime.block_on(Deliveries::begin(&self.queue, batch_of, self.entries.clone(), to))?;
        let run = batch.collect(plan, &mut deliveries, now, on_outcome);
        match (run, deliveries.ended.take()) {
            (Ok(run), Some(Ended::Changed)) if run.trouble.is_none() => Ok(Collected::Changed),
            (Ok(run), _) => Ok(Collected::Whole(Box::new(run))),
            (Err(_), Some(Ended::Trouble(error))) => Err(error.into()),
            (Err(error), _) => Err(Diagnostic::error("unwritten", error.to_string())),
        }
    }
}

/// What collecting a batch led to.
pub enum Collected {
    /// All documents, or those until the user stopped.
    Whole(Box<Run>),
    /// Those that had results before the batch was submitted again; there are others now.
    Changed,
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
