//! Submits the documents of a batch: its contents, an entry and a message for each.
//!
//! A batch can be submitted again: after an interruption, or when documents have changed. What is queued or made already
//! stays as it is.

use std::collections::{BTreeMap, HashSet};
use std::path::PathBuf;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use futures_util::{StreamExt, TryStreamExt, stream};
use masthead::batch::{Batch, Made, Order, PlannedDocument};
use masthead::digest::{sha256, sha256_of_list};
use serde::Serialize;
use tokio::runtime::Handle;
use tokio::sync::mpsc;

use super::batch_name::BatchName;
use super::contents::{Bucket, file_name, outcome_name};
use super::entry::{Entry, Work};
use super::error::QueueError;
use super::gather::{Gathered, gather};
use super::header::Header;
use super::known::Known;
use super::memory::Memory;
use super::messages::purge;
use super::patience::patiently;
use super::store::Queue;
use super::subjects::{self, Version};
use crate::serve::Priority;

/// The number of documents that are stored at once.
const AT_ONCE: usize = 64;

/// A batch to submit.
#[non_exhaustive]
pub struct Submission<'s> {
    /// The queue.
    pub queue: &'s Queue,
    /// The name of the batch.
    pub name: BatchName,
    /// How it is rendered.
    pub batch: &'s Batch<'s>,
    /// How urgent it is.
    pub priority: Priority,
    /// Whether documents are submitted again that are queued or made already.
    pub force: bool,
    /// Whether others may follow.
    pub following: bool,
    /// How long the batch is kept; `None` means until it is purged.
    pub keep: Option<Duration>,
    /// What is known of its documents from an earlier submission of this process.
    pub memory: &'s Memory,
}

/// What was submitted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize)]
#[non_exhaustive]
pub struct Submitted {
    /// The number of documents of the batch.
    pub documents: usize,
    /// The number of documents that were queued.
    pub queued: usize,
    /// The number of documents that cannot be read, whose results were stored at once.
    pub unread: usize,
    /// The number of documents that were queued or made already.
    pub known: usize,
    /// The number of documents that are no longer part of the batch.
    pub removed: usize,
}

/// What is counted while documents are stored.
#[derive(Default)]
struct Counts {
    /// The keys of all documents, by their places.
    keys: Mutex<BTreeMap<usize, String>>,
    /// The names of all contents of these documents.
    named: Mutex<HashSet<String>>,
    queued: AtomicUsize,
    unread: AtomicUsize,
    known: AtomicUsize,
}

impl Counts {
    /// Returns a hash of all documents in their order.
    fn content(&self) -> String {
        sha256_of_list(self.keys.lock().unwrap_or_else(PoisonError::into_inner).values())
    }
}

impl<'s> Submission<'s> {
    /// Creates a submission of normal priority, of everything that is new, without documents that follow, and kept until it is
    /// purged.
    pub fn new(queue: &'s Queue, name: BatchName, batch: &'s Batch<'s>, memory: &'s Memory) -> Self {
        let priority = Priority::default();
        Self { queue, name, batch, priority, force: false, following: false, keep: None, memory }
    }

    /// Sets how urgent it is.
    pub fn priority(self, priority: Priority) -> Self {
        Self { priority, ..self }
    }

    /// Sets whether documents are submitted again that are queued or made already.
    pub fn force(self, force: bool) -> Self {
        Self { force, ..self }
    }

    /// Sets whether others may follow.
    pub fn following(self, following: bool) -> Self {
        Self { following, ..self }
    }

    /// Sets how long the batch is kept; `None` means until it is purged.
    pub fn keep(self, keep: Option<Duration>) -> Self {
        Self { keep, ..self }
    }

    /// Submits documents; all documents of `folders` are among them, except for `unseen` entries that cannot be read.
    /// `on` is called for each.
    ///
    /// # Errors
    ///
    /// Returns an error if the queue cannot store them.
    pub fn submit(
        &self,
        runtime: &Handle,
        documents: &[PlannedDocument],
        (folders, unseen): (&[PathBuf], usize),
        on: &(dyn Fn() + Sync),
    ) -> Result<Submitted, QueueError> {
        let fingerprint = self.batch.press.fingerprint();
        let known = runtime.block_on(self.queue.known(&self.name))?;
        if documents.is_empty() && self.following && !known.entries.is_empty() {
            // A network folder may be empty for a moment.
            return Ok(Submitted::default());
        }
        let (known, store, mut header) = runtime.block_on(async {
            let store = self.queue.contents(&self.name, true).await?;
            let known = Known { contents: store.names().await?, ..known };
            let header = self.header(&store, &fingerprint, documents.len(), (folders, unseen)).await?;
            // What is complete stays so until it is replaced: whoever collects it need not wait.
            if !known.complete {
                self.queue.set_header(&self.name, &header).await?;
            }
            Ok::<_, QueueError>((known, store, header))
        })?;
        let counts = Counts::default();
        let stored = Mutex::new(known.contents.iter().cloned().collect());
        let has_all = |id: &str, entry: &Entry, named: &[String]| {
            known.entries.get(id).is_some_and(|(before, _)| before.key == entry.key) && known.has(id, &entry.key, named)
        };
        let (sender, receiver) = mpsc::channel(AT_ONCE);
        std::thread::scope(|scope| {
            let gathering = scope.spawn(|| {
                let sender = sender;
                gather((self.batch, &fingerprint), documents, (self.memory, &has_all), &sender)
            });
            let storing = runtime.block_on(async {
                let gathered = stream::unfold(receiver, async |mut receiver| Some((receiver.recv().await?, receiver)));
                let storing = gathered.map(Ok).try_for_each_concurrent(AT_ONCE, |gathered| {
                    let (known, store, stored, counts) = (&known, &store, &stored, &counts);
                    let fingerprint = &fingerprint;
                    async move {
                        self.store(gathered, (known, fingerprint), (store, stored), counts).await?;
                        on();
                        Ok(())
                    }
                });
                storing.await
            });
            let gathered = gathering.join().unwrap_or_else(|_| Err("a document could not be read: a panic".into()));
            storing.and(gathered.map_err(|message| QueueError::batch(message, "report this with the documents")))
        })?;
        let ids: HashSet<String> = documents.iter().map(|planned| Entry::id(&planned.input)).collect();
        let removed: Vec<&String> = known.entries.keys().filter(|id| !ids.contains(*id)).collect();
        let stopped = self.batch.stop.load(Ordering::Relaxed);
        runtime.block_on(async {
            if !stopped {
                for id in &removed {
                    self.remove(id).await?;
                }
                header.content = counts.content();
                header.complete = true;
                self.queue.set_header(&self.name, &header).await?;
                self.memory.keep(|id| ids.contains(id));
                let mut named = counts.named.lock().map(|named| named.clone()).unwrap_or_default();
                named.extend(header.emblem.clone());
                store.sweep(&known.contents, &named).await?;
            }
            Ok::<_, QueueError>(())
        })?;
        let [queued, unread, known] =
            [&counts.queued, &counts.unread, &counts.known].map(|count| count.load(Ordering::Relaxed));
        Ok(Submitted { documents: documents.len(), queued, unread, known, removed: removed.len() })
    }

    async fn header(
        &self,
        store: &Bucket,
        fingerprint: &str,
        documents: usize,
        (folders, unseen): (&[PathBuf], usize),
    ) -> Result<Header, QueueError> {
        let Batch { profile, lines, ref print, ref emblem, .. } = *self.batch;
        let emblem = match emblem {
            Some(bytes) => {
                let hash = sha256([bytes]);
                store.put((&hash, &hash), bytes, None).await?;
                Some(hash)
            }
            None => None,
        };
        Ok(Header {
            masthead: env!("CARGO_PKG_VERSION").to_owned(),
            fingerprint: fingerprint.to_owned(),
            profile,
            lines,
            print: print.clone(),
            emblem,
            folders: folders.to_vec(),
            unseen,
            documents,
            content: String::new(),
            complete: false,
            following: self.following,
            keep: self.keep,
            removing: false,
        })
    }

    /// Stores and queues a document, unless it is known.
    async fn store(
        &self,
        gathered: Gathered,
        (known, fingerprint): (&Known, &str),
        (store, stored): (&Bucket, &Mutex<HashSet<String>>),
        counts: &Counts,
    ) -> Result<(), QueueError> {
        let Gathered { id, entry, order, contents, named } = gathered;
        counts.keys.lock().unwrap_or_else(PoisonError::into_inner).insert(entry.index, format!("{id} {}", entry.key));
        let known_already = known.has(&id, &entry.key, &named);
        counts
            .named
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .extend(named.into_iter().chain([file_name(&entry.key), outcome_name(&entry.key)]));
        let before = known.entries.get(&id);
        if let Some((before, _)) = before.filter(|(before, _)| before.key == entry.key && known_already && !self.force)
        {
            if *before != entry {
                self.queue.set_entry(&self.name, &id, &entry).await?;
            }
            self.hurry((&id, &entry), (known, fingerprint), order).await?;
            counts.known.fetch_add(1, Ordering::Relaxed);
            return Ok(());
        }
        let Some(order) = order else { return Ok(()) };
        for (hash, bytes) in contents {
            let new = stored.lock().unwrap_or_else(PoisonError::into_inner).insert(hash.clone());
            if new {
                store.put((&hash, &hash), &bytes, None).await?;
            }
        }
        if before.is_some() {
            self.queue.forget(&self.name, &id).await?;
        }
        let revision = self.queue.set_entry(&self.name, &id, &entry).await?;
        match order {
            Ok(order) => {
                let work = Work { batch: self.name.clone(), id, key: entry.key, order };
                self.queue.queue(&work, fingerprint, self.priority, Some(revision)).await?;
                counts.queued.fetch_add(1, Ordering::Relaxed);
            }
            Err(made) => {
                self.queue.set_result(&self.name, (&id, &entry.key), made).await?;
                counts.unread.fetch_add(1, Ordering::Relaxed);
            }
        }
        Ok(())
    }

    /// Moves a document that waits with another priority.
    async fn hurry(
        &self,
        (id, entry): (&str, &Entry),
        (known, fingerprint): (&Known, &str),
        order: Option<Result<Order, Made>>,
    ) -> Result<(), QueueError> {
        let key = &entry.key;
        let Some(priority) = known.waiting.get(&Version::new(id, key)) else { return Ok(()) };
        let Some(Ok(order)) = order.filter(|_| *priority != subjects::name_of(self.priority)) else { return Ok(()) };
        let other = subjects::PRIORITIES.into_iter().find(|other| subjects::name_of(*other) == priority);
        let work = Work { batch: self.name.clone(), id: id.to_owned(), key: key.clone(), order };
        let revision = self.queue.set_entry(&self.name, id, entry).await?;
        self.queue.queue(&work, fingerprint, self.priority, Some(revision)).await?;
        if let Some(other) = other {
            purge(&self.queue.work, &subjects::work(fingerprint, other, &self.name, (id, key))).await?;
        }
        Ok(())
    }

    /// Removes a document that is no longer part of the batch.
    async fn remove(&self, id: &str) -> Result<(), QueueError> {
        self.queue.forget(&self.name, id).await?;
        let key = format!("{}.{id}", self.name);
        let removed = patiently(|| async {
            let purged = self.queue.documents.purge(&key).await;
            purged.map_err(|error| QueueError::of("a document cannot be removed", &error))
        });
        removed.await
    }
}
