//! Submits the documents of a batch: its contents, an entry and a message for each.
//!
//! A batch can be submitted again: after an interruption, or when documents have changed. What is queued or made already
//! stays as it is.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use std::path::PathBuf;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use async_nats::HeaderMap;
use async_nats::header::NATS_MESSAGE_ID;
use async_nats::jetstream::ErrorCode;
use futures_util::{StreamExt, TryStreamExt, stream};
use serde::Serialize;
use tokio::runtime::Handle;
use tokio::sync::mpsc;

use super::batch_name::BatchName;
use super::contents::{Bucket, file_name, outcome_name};
use super::entry::{Entry, Outcome, Work};
use super::error::{QueueError, code};
use super::gather::{Gathered, gather};
use super::header::Header;
use super::listing::subjects_in;
use super::memory::Memory;
use super::patience::patiently;
use super::purge::purge;
use super::store::{Queue, write};
use super::subjects::{self, Version};
use crate::batch::{Batch, Made, Order, PlannedDocument};
use crate::digest::{sha256, sha256_of_list};
use crate::serve::Priority;

/// The number of documents that are stored at once.
const AT_ONCE: usize = 64;

/// A batch to submit.
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

/// What the queue has of a batch.
#[derive(Default)]
struct Known {
    /// Whether it was submitted completely.
    complete: bool,
    entries: BTreeMap<String, (Entry, u64)>,
    /// The documents that are queued, each with the name of its priority.
    waiting: HashMap<Version, String>,
    /// The documents that have a result, and whether there is a file.
    results: HashMap<Version, bool>,
    /// The names of contents.
    contents: BTreeSet<String>,
}

impl Known {
    /// Returns whether a version of a document is queued, or has a result, so that it can be collected.
    fn has(&self, id: &str, key: &str, named: &[String]) -> bool {
        let version = Version::new(id, key);
        let complete = || named.iter().all(|name| self.contents.contains(name));
        match self.results.get(&version) {
            Some(true) => self.contents.contains(&file_name(key)),
            // If it was given up because its contents were lost, it can be made now.
            Some(false) => complete(),
            None => self.waiting.contains_key(&version) && complete(),
        }
    }
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

impl Submission<'_> {
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
        let known = runtime.block_on(self.known())?;
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

    /// Returns what the queue has of the batch.
    async fn known(&self) -> Result<Known, QueueError> {
        let queue = self.queue;
        let Some(header) = queue.header(&self.name).await? else { return Ok(Known::default()) };
        if header.removing {
            let hint = format!("run masthead queue purge {} again, which removes the rest", self.name);
            return Err(QueueError::batch(format!("batch {} is being removed", self.name), hint));
        }
        let entries = queue.entries(&self.name).await?;
        // In this order: a document has its result before its message is gone.
        let waiting = queue.waiting(&self.name).await?;
        let waiting = waiting.into_iter().map(|waiting| (waiting.version, waiting.priority)).collect();
        let results = subjects_in(&queue.results, &subjects::results_of(&self.name, "*")).await?;
        let mut known = Known { complete: header.complete, entries, waiting, ..Known::default() };
        for subject in results {
            let rendered = known.results.entry(Version::of(&subject)).or_default();
            *rendered |= subjects::is_rendered(&subject);
        }
        Ok(known)
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
                store.put(&hash, bytes, None).await?;
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
                store.put(&hash, &bytes, None).await?;
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

impl Queue {
    /// Records that nobody follows the folders of a batch any more.
    ///
    /// # Errors
    ///
    /// Returns an error if the queue cannot be used.
    pub async fn unfollow(&self, batch: &BatchName) -> Result<(), QueueError> {
        match self.header(batch).await? {
            Some(header) if header.following => self.set_header(batch, &Header { following: false, ..header }).await,
            _ => Ok(()),
        }
    }

    /// Stores what is known about a document, and returns the revision.
    pub(super) async fn set_entry(&self, batch: &BatchName, id: &str, entry: &Entry) -> Result<u64, QueueError> {
        write(&self.documents, &format!("{batch}.{id}"), entry).await
    }

    /// Queues a document. With a `revision` of its entry, it is queued once for it.
    pub(super) async fn queue(
        &self,
        work: &Work,
        fingerprint: &str,
        priority: Priority,
        revision: Option<u64>,
    ) -> Result<(), QueueError> {
        let subject = subjects::work(fingerprint, priority, &work.batch, (&work.id, &work.key));
        let mut headers = HeaderMap::new();
        if let Some(revision) = revision {
            let priority = subjects::name_of(priority);
            headers.insert(NATS_MESSAGE_ID, format!("{}.{}.{revision}.{priority}", work.batch, work.key).as_str());
        }
        match self.publish(&subject, headers, work).await {
            // It is queued already, by a submission that was interrupted.
            Err(error) if error.is_there_already() => Ok(()),
            done => done,
        }
    }

    /// Stores what was made of a document.
    pub(super) async fn set_result(
        &self,
        batch: &BatchName,
        (id, key): (&str, &str),
        made: Made,
    ) -> Result<(), QueueError> {
        let subject = subjects::result(batch, made.state, (id, key));
        let mut outcome = Outcome { key: key.to_owned(), made: Some(made) };
        let bytes = serde_json::to_vec(&outcome).unwrap_or_default();
        if bytes.len() > self.largest_message() / 2 {
            let store = self.contents(batch, false).await?;
            store.put(&outcome_name(key), &bytes, None).await?;
            outcome.made = None;
        }
        self.publish(&subject, HeaderMap::new(), &outcome).await
    }

    /// Publishes a message, until it is stored.
    pub(super) async fn publish(
        &self,
        subject: &str,
        headers: HeaderMap,
        message: &impl Serialize,
    ) -> Result<(), QueueError> {
        let bytes = serde_json::to_vec(message);
        let bytes = bytes.map_err(|error| QueueError::batch(error.to_string(), "use names in UTF-8"))?;
        patiently(|| async {
            let sent =
                self.context.publish_with_headers(subject.to_owned(), headers.clone(), bytes.clone().into()).await;
            let cannot = |error: &_| match code(error) {
                Some(ErrorCode::STREAM_STORE_FAILED) if super::error::chain(error).contains("per subject") => {
                    QueueError::there_already()
                }
                _ => QueueError::of("a message cannot be stored", error),
            };
            let acknowledged = sent.map_err(|error| cannot(&error))?.await;
            acknowledged.map(drop).map_err(|error| cannot(&error))
        })
        .await
    }
}
