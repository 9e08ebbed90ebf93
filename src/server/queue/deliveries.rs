//! The results of a batch, as they arrive.

use std::collections::{HashMap, HashSet};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use async_nats::jetstream::Message;
use async_nats::jetstream::consumer::DeliverPolicy;
use async_nats::jetstream::consumer::pull::OrderedConfig;
use futures_util::stream::BoxStream;
use futures_util::{FutureExt, StreamExt, future, stream};
use masthead::batch::{self, Delivery, Made};
use masthead::diagnostic::{Diagnostic, Source};
use masthead::files;
use masthead::register::Record;
use masthead::{Error, ErrorKind};
use tokio::runtime::Handle;
use tokio::sync::mpsc;
use tokio::task::JoinHandle;
use tokio::time::{sleep, timeout};

use super::batch_name::BatchName;
use super::contents::{Bucket, file_name};
use super::entry::{Entry, Outcome};
use super::error::QueueError;
use super::header::Header;
use super::listing::subjects_in;
use super::patience::patiently;
use super::store::Queue;
use super::subjects::{self, Version};
use super::verified::Verified;

/// How many results are read ahead, with their files.
const AHEAD: usize = 8;
/// How long to wait for a result before telling that there was none.
const QUIET: Duration = Duration::from_millis(100);
/// How often to look whether the batch was submitted again.
const LOOKING: Duration = Duration::from_secs(2);
/// After how many such looks without results to look whether documents are lost, which takes longer.
const LOOKS: usize = 3;

/// The results of a batch, for the process that collects it.
pub struct Deliveries {
    runtime: Handle,
    store: Bucket,
    arrivals: mpsc::Receiver<Arrival>,
    reading: JoinHandle<()>,
    entries: Arc<Vec<Entry>>,
    files: HashMap<usize, Vec<u8>>,
    verified: Verified,
    /// Why there are no more.
    pub ended: Option<Ended>,
}

/// Why there are no more results.
#[derive(Debug, Clone, PartialEq)]
pub enum Ended {
    /// The batch was submitted again with other documents.
    Changed,
    /// The queue cannot be read.
    Trouble(QueueError),
}

enum Arrival {
    Made(usize, Box<Made>, Option<Vec<u8>>),
    Ended(Ended),
}

/// What is read.
struct Reading {
    queue: Queue,
    name: BatchName,
    header: Header,
    store: Bucket,
    places: HashMap<String, usize>,
    entries: Arc<Vec<Entry>>,
    out: PathBuf,
}

impl Deliveries {
    /// Begins to read the results of documents in their order, for a folder.
    pub async fn begin(
        queue: &Queue,
        (name, header): (&BatchName, &Header),
        entries: Arc<Vec<Entry>>,
        (out, verified): (PathBuf, &Verified),
    ) -> Result<Self, QueueError> {
        let store = queue.contents(name, false).await?;
        let places = entries.iter().enumerate().map(|(place, entry)| (Entry::id(&entry.input), place)).collect();
        let (queue, name, header) = (queue.clone(), name.clone(), header.clone());
        let store_too = store.clone();
        let reading =
            Arc::new(Reading { queue, name, header, store: store_too, places, entries: entries.clone(), out });
        let (sender, arrivals) = mpsc::channel(AHEAD);
        let reading = tokio::spawn(async move {
            let ended = reading.run(&sender).await;
            // Nobody may listen any more.
            let _ = sender.send(Arrival::Ended(ended)).await;
        });
        let (runtime, files, verified) = (Handle::current(), HashMap::new(), verified.clone());
        Ok(Self { runtime, store, arrivals, reading, entries, files, verified, ended: None })
    }
}

impl Drop for Deliveries {
    fn drop(&mut self) {
        self.reading.abort();
    }
}

impl batch::Deliveries for Deliveries {
    fn next(&mut self) -> Result<Delivery, Error> {
        let arrival = self.runtime.block_on(async { timeout(QUIET, self.arrivals.recv()).await });
        match arrival {
            Err(_) => Ok(Delivery::Quiet),
            Ok(Some(Arrival::Made(place, made, file))) => {
                self.files.clear();
                self.files.extend(file.map(|file| (place, file)));
                Ok(Delivery::Made(place, *made))
            }
            Ok(Some(Arrival::Ended(Ended::Changed))) => {
                self.ended = Some(Ended::Changed);
                Ok(Delivery::Over)
            }
            Ok(Some(Arrival::Ended(Ended::Trouble(error)))) => {
                self.ended = Some(Ended::Trouble(error.clone()));
                Err(error.into())
            }
            Ok(None) => Err(Error::new(ErrorKind::Queue, "the queue is no longer read")),
        }
    }

    fn file(&mut self, place: usize, record: &Record) -> Result<Result<Vec<u8>, Diagnostic>, Error> {
        if let Some(file) = self.files.remove(&place) {
            return Ok(Ok(file));
        }
        let name = file_name(&self.entries[place].key);
        let read = self.runtime.block_on(self.store.get_sound(&name, &record.sha256));
        self.had(place, read)
    }

    fn source(&mut self, place: usize) -> Result<Result<Arc<Source>, Diagnostic>, Error> {
        let entry = &self.entries[place];
        let lost = |what: &str| QueueError::lost(format!("the source {what}"));
        let read = match &entry.source {
            Some(hash) => self.runtime.block_on(self.store.get_hashed(hash)),
            None => Err(lost("is not stored")),
        };
        let source = read.and_then(|bytes| {
            let read = files::source_of_bytes(&entry.input.file, entry.input.name(), bytes, None);
            read.map(|(source, _)| source).map_err(|_| lost("is not a document"))
        });
        self.had(place, source)
    }

    fn is_file(&mut self, path: &Path, hash: &str) -> bool {
        self.verified.is_file(path, hash)
    }
}

impl Deliveries {
    /// Returns what could be had of a document, or why it is lost; an error if none can be had.
    fn had<T>(&self, place: usize, read: Result<T, QueueError>) -> Result<Result<T, Diagnostic>, Error> {
        match read {
            Ok(read) => Ok(Ok(read)),
            Err(error) if error.is_lost() => Ok(Err(error.about(&self.entries[place].input.name()).into())),
            Err(error) => Err(error.into()),
        }
    }
}

impl Reading {
    /// Reads results until nobody takes them, and returns why there are no more.
    async fn run(self: Arc<Self>, to: &mpsc::Sender<Arrival>) -> Ended {
        let mut from = 1;
        let mut arrived = HashSet::new();
        let (mut looks, mut missing) = (0, HashSet::new());
        loop {
            match self.messages(from).await {
                Ok(messages) => {
                    let (known, reading) = (self.clone(), self.clone());
                    let mut results = messages
                        .filter_map(move |message| future::ready(known.known(&message)))
                        .map(move |(place, id, outcome, sequence)| {
                            let reading = reading.clone();
                            async move { reading.arrival(place, id, outcome, sequence).await }.boxed()
                        })
                        .buffered(AHEAD);
                    loop {
                        match timeout(LOOKING, results.next()).await {
                            Ok(Some(Ok((arrival, sequence)))) => {
                                looks = 0;
                                if let Arrival::Made(place, ..) = arrival {
                                    arrived.insert(place);
                                }
                                if to.send(arrival).await.is_err() {
                                    return Ended::Changed;
                                }
                                from = sequence + 1;
                            }
                            Ok(Some(Err(ended))) => return ended,
                            // The consumer is gone, with the server.
                            Ok(None) => break,
                            Err(_) => match self.queue.header(&self.name).await {
                                Ok(Some(header)) if header == self.header && looks < LOOKS => looks += 1,
                                Ok(Some(header)) if header == self.header => {
                                    looks = 0;
                                    let now = match self.missing(&arrived).await {
                                        Ok(now) => now,
                                        Err(error) => return Ended::Trouble(error),
                                    };
                                    // Those that are still missing the second time: others were only being submitted.
                                    for place in now.intersection(&missing) {
                                        arrived.insert(*place);
                                        if to.send(self.lost(*place)).await.is_err() {
                                            return Ended::Changed;
                                        }
                                    }
                                    missing = now;
                                }
                                Ok(_) => return Ended::Changed,
                                Err(error) => return Ended::Trouble(error),
                            },
                        }
                    }
                }
                Err(error) => return Ended::Trouble(error),
            }
            sleep(QUIET).await;
        }
    }

    /// Returns the documents that have neither a message nor a result.
    async fn missing(&self, arrived: &HashSet<usize>) -> Result<HashSet<usize>, QueueError> {
        // In this order: a document has its result before its message is gone.
        let mut there = subjects_in(&self.queue.work, &subjects::work_of(&self.name, "*")).await?;
        there.extend(subjects_in(&self.queue.results, &subjects::results_of(&self.name, "*")).await?);
        let there: HashSet<Version> = there.iter().map(|subject| Version::of(subject)).collect();
        let is_missing = |(id, place): &(&String, &usize)| {
            !arrived.contains(*place) && !there.contains(&Version::new(id, &self.entries[**place].key))
        };
        Ok(self.places.iter().filter(is_missing).map(|(_, place)| *place).collect())
    }

    fn lost(&self, place: usize) -> Arrival {
        let error = QueueError::lost("it is neither queued, nor is there a result");
        self.unread(place, error)
    }

    fn unread(&self, place: usize, error: QueueError) -> Arrival {
        let error = error.about(&self.entries[place].input.name());
        Arrival::Made(place, Box::new(Made::unread(error.into())), None)
    }

    /// Returns the messages with results, from that place in the stream on.
    async fn messages(&self, from: u64) -> Result<BoxStream<'static, Message>, QueueError> {
        patiently(|| async {
            let config = OrderedConfig {
                filter_subject: subjects::results_of(&self.name, "*"),
                deliver_policy: DeliverPolicy::ByStartSequence { start_sequence: from },
                ..OrderedConfig::default()
            };
            let plain = |error: &_| QueueError::of("the results cannot be read", error);
            let consumer = self.queue.results.create_consumer(config).await.map_err(|error| plain(&error))?;
            let messages = consumer.messages().await;
            let messages = messages.map_err(|error| QueueError::of("the results cannot be read", &error))?;
            // An error ends them, and another consumer goes on.
            let messages = stream::unfold(messages, async |mut messages| match messages.next().await {
                Some(Ok(message)) => Some((message, messages)),
                _ => None,
            });
            Ok(messages.boxed())
        })
        .await
    }

    /// Returns the place, name and outcome of a document that is in the plan, and the place of the message in the stream.
    fn known(&self, message: &Message) -> Option<(usize, String, Outcome, u64)> {
        let id = Version::of(&message.subject).id;
        let place = *self.places.get(&id)?;
        let outcome: Outcome = serde_json::from_slice(&message.payload).ok()?;
        let sequence = message.info().ok()?.stream_sequence;
        (outcome.key == self.entries[place].key).then_some((place, id, outcome, sequence))
    }

    /// Reads what was made of a document, and its file, unless that is in the folder.
    async fn arrival(
        &self,
        place: usize,
        id: String,
        outcome: Outcome,
        sequence: u64,
    ) -> Result<(Arrival, u64), Ended> {
        let name = file_name(&outcome.key);
        let read = async {
            let made = self.queue.made(&self.name, &id, outcome).await?;
            let file = match &made.record {
                Some(record) if !self.has_file(place, record.bytes) => {
                    Some(self.store.get_sound(&name, &record.sha256).await?)
                }
                _ => None,
            };
            Ok(Arrival::Made(place, Box::new(made), file))
        };
        match read.await {
            Ok(arrival) => Ok((arrival, sequence)),
            Err(error) if QueueError::is_lost(&error) => match self.queue.header(&self.name).await {
                Ok(Some(header)) if header == self.header => Ok((self.unread(place, error), sequence)),
                // It belongs to an older submission.
                Ok(_) => Err(Ended::Changed),
                Err(error) => Err(Ended::Trouble(error)),
            },
            Err(error) => Err(Ended::Trouble(error)),
        }
    }

    /// Returns whether the folder has a file of that size. If it is another one, the file is read when it is needed.
    fn has_file(&self, place: usize, bytes: u64) -> bool {
        let output = self.entries[place].output.as_ref().ok();
        output.and_then(|output| self.out.join(output).metadata().ok()).is_some_and(|file| file.len() == bytes)
    }
}
