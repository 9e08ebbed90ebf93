//! A worker: takes documents, has them rendered, and stores what is made of them.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use async_nats::HeaderMap;
use async_nats::jetstream::{AckKind, Message};
use tokio::sync::{OwnedSemaphorePermit, Semaphore, mpsc};
use tokio::time::{interval, sleep};

use super::entry::{Dead, Work};
use super::error::QueueError;
use super::metrics::Metrics;
use super::patience::patiently;
use super::pull::{Puller, SILENCE};
use super::rendering::{Crash, Renderers};
use super::store::Queue;
use super::subjects;
use crate::batch::{Contents, Made, State};
use crate::limits::Cause;

/// The attempts after which a document is given up.
const MOST_ATTEMPTS: usize = 3;
/// The deliveries after which it is given up: so many workers were lost with it.
const MOST_DELIVERIES: i64 = 50;
/// How long to wait before another attempt.
const BEFORE_NEXT: Duration = Duration::from_secs(1);
/// How many documents a worker has, besides those being rendered: one is read or stored while another is rendered.
const AHEAD: usize = 2;

/// A worker.
pub struct Worker {
    /// The queue.
    pub queue: Queue,
    /// The fingerprint of the press of the processes that render.
    pub fingerprint: String,
    /// These processes.
    pub renderers: Renderers,
    /// Their number.
    pub jobs: usize,
    /// Whether to end when there are no more documents.
    pub until_empty: bool,
    /// Set to end after the documents in progress.
    pub stop: Arc<AtomicBool>,
    /// The counts.
    pub metrics: Arc<Metrics>,
    /// Where to report what is not usual.
    pub events: mpsc::UnboundedSender<Event>,
}

/// What is not usual.
#[derive(Debug, Clone, PartialEq)]
pub enum Event {
    /// A document ended its process; it will be tried again.
    Crashed(String),
    /// A document was given up, with the reason.
    Dead(String),
    /// Something is wrong with the queue, in passing.
    Trouble(String),
}

impl Worker {
    /// Works until it is to stop, or there are no more documents.
    ///
    /// # Errors
    ///
    /// Returns an error if the queue cannot be used.
    pub async fn run(self) -> Result<(), QueueError> {
        let worker = Arc::new(self);
        let mut puller = Puller::new(&worker.queue, &worker.fingerprint).await?;
        let places = worker.jobs + AHEAD;
        let free = Arc::new(Semaphore::new(places));
        let mut failing = None;
        while !worker.stop.load(Ordering::Relaxed) {
            // The semaphore is never closed.
            let Ok(first) = free.clone().acquire_owned().await else { break };
            let most = 1 + free.available_permits().min(AHEAD);
            match puller.next(most).await {
                Ok(messages) => {
                    failing = None;
                    let idle = messages.is_empty() && free.available_permits() == places - 1;
                    let mut first = Some(first);
                    for message in messages {
                        let place = first.take().or_else(|| free.clone().try_acquire_owned().ok());
                        let worker = worker.clone();
                        tokio::spawn(async move { worker.handle(message, place).await });
                    }
                    if idle && worker.until_empty && puller.load().await? == (0, 0) {
                        break;
                    }
                }
                Err(error) => worker.failing(&mut failing, error).await?,
            }
        }
        // Those in progress are finished.
        drop(free.acquire_many(u32::try_from(places).unwrap_or(u32::MAX)).await);
        Ok(())
    }

    /// Waits after an error, and gives up if it lasts.
    async fn failing(&self, since: &mut Option<Instant>, error: QueueError) -> Result<(), QueueError> {
        const LONGEST: Duration = Duration::from_secs(300);
        let begun = *since.get_or_insert_with(|| {
            self.tell(Event::Trouble(error.to_string()));
            Instant::now()
        });
        if begun.elapsed() > LONGEST || !error.is_passing() {
            return Err(error);
        }
        sleep(Duration::from_millis(200)).await;
        Ok(())
    }

    fn tell(&self, event: Event) {
        // If nobody listens any more, there is nobody to tell.
        let _ = self.events.send(event);
    }

    /// Works on a document, and reports progress meanwhile, so that nobody else gets it.
    async fn handle(&self, message: Message, place: Option<OwnedSemaphorePermit>) {
        let (begun, metrics) = (Instant::now(), &self.metrics);
        metrics.in_progress.fetch_add(1, Ordering::Relaxed);
        let mut ticks = interval(SILENCE / 3);
        let worked = {
            let work = self.work(&message, begun);
            let mut work = std::pin::pin!(work);
            loop {
                tokio::select! {
                    worked = &mut work => break worked,
                    _ = ticks.tick() => drop(message.ack_with(AckKind::Progress).await),
                }
            }
        };
        match worked {
            Ok(answer) => self.answer(&message, answer).await,
            // Nobody knows of it: the document is delivered again.
            Err(error) => self.tell(Event::Trouble(error.to_string())),
        }
        metrics.in_progress.fetch_sub(1, Ordering::Relaxed);
        drop(place);
    }

    /// Answers a message, as far as the server can be reached: a message without an answer is delivered again.
    async fn answer(&self, message: &Message, answer: AckKind) {
        let answered = patiently(|| async {
            let answered = message.double_ack_with(answer).await;
            answered.map_err(|error| QueueError::of("a document cannot be acknowledged", &*error))
        });
        if let Err(error) = answered.await {
            self.tell(Event::Trouble(error.to_string()));
        }
    }

    async fn work(&self, message: &Message, begun: Instant) -> Result<AckKind, QueueError> {
        let Ok(work) = serde_json::from_slice::<Work>(&message.payload) else {
            self.tell(Event::Dead(format!("the message {} is of another version of masthead", message.subject)));
            return Ok(AckKind::Term);
        };
        let delivered = message.info().map_or(1, |info| info.delivered);
        if delivered > 1 {
            self.metrics.redelivered.fetch_add(1, Ordering::Relaxed);
            if self.queue.has_result(&work).await? {
                return Ok(AckKind::Ack);
            }
        }
        let name = &work.order.name;
        if delivered > MOST_DELIVERIES {
            let cause = Cause::Killed(format!("{MOST_DELIVERIES} workers were lost with it"));
            let reason = cause.diagnostic(name).message;
            return self.bury(&work, Crash { reason, made: Made::ended(name, &cause), certain: true }, begun).await;
        }
        let Some(contents) = self.contents(&work).await? else { return Ok(AckKind::Term) };
        match self.renderers.make(&work.order, contents).await {
            Ok((made, file)) => {
                self.store(&work, made, &file, begun).await?;
                Ok(AckKind::Ack)
            }
            Err(crash) => {
                self.metrics.crashes.fetch_add(1, Ordering::Relaxed);
                let attempts = self.queue.add_attempt(&work.batch, &work.id, &work.key, &crash.reason).await?;
                if crash.certain || attempts.len() >= MOST_ATTEMPTS {
                    return self.bury(&work, crash, begun).await;
                }
                let left = MOST_ATTEMPTS - attempts.len();
                self.tell(Event::Crashed(format!("{}; up to {left} more attempts", crash.reason)));
                Ok(AckKind::Nak(Some(BEFORE_NEXT)))
            }
        }
    }

    /// Returns the contents that an order names; `None` if the batch was purged.
    async fn contents(&self, work: &Work) -> Result<Option<Contents>, QueueError> {
        let read = async {
            let store = self.queue.contents(&work.batch, false).await?;
            let mut contents = Contents::new();
            for hash in work.order.contents() {
                if !contents.contains_key(hash) {
                    contents.insert(hash.clone(), store.get_hashed(hash).await?);
                }
            }
            Ok(contents)
        };
        match read.await {
            Ok(contents) => Ok(Some(contents)),
            Err(error) => match self.queue.header(&work.batch).await? {
                Some(_) => Err(error),
                None => Ok(None),
            },
        }
    }

    async fn store(&self, work: &Work, made: Made, file: &[u8], begun: Instant) -> Result<(), QueueError> {
        if let Some(record) = &made.record {
            let store = self.queue.contents(&work.batch, false).await?;
            store.put(&record.sha256, file).await?;
        }
        let (state, pages) = (made.state, made.record.as_ref().map_or(0, |record| record.pages));
        self.queue.set_result(&work.batch, &work.id, work.key.clone(), made).await?;
        self.metrics.made(state, pages, begun.elapsed());
        Ok(())
    }

    /// Gives a document up: it becomes a dead letter, and has a result, so that its batch can be collected.
    async fn bury(&self, work: &Work, crash: Crash, begun: Instant) -> Result<AckKind, QueueError> {
        let Crash { reason, made, .. } = crash;
        let attempts = self.queue.attempts(&work.batch, &work.id).await?;
        let dead = Dead { reason: reason.clone(), attempts, work: work.clone() };
        self.queue.publish(&subjects::dead(&work.batch, &work.id), HeaderMap::new(), &dead).await?;
        self.metrics.dead.fetch_add(1, Ordering::Relaxed);
        debug_assert!(made.state != State::Rendered);
        self.store(work, made, &[], begun).await?;
        self.tell(Event::Dead(reason));
        Ok(AckKind::Term)
    }
}
