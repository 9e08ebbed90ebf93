//! A worker: takes documents, has them rendered, and stores what is made of them.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use async_nats::jetstream::{AckKind, Message};
use tokio::sync::{OwnedSemaphorePermit, Semaphore, mpsc};
use tokio::time::{Instant as Tick, interval_at, sleep};

use super::error::QueueError;
use super::metrics::Metrics;
use super::patience::patiently;
use super::pull::{Puller, SILENCE};
use super::rendering::Renderers;
use super::store::Queue;

/// How often to look whether others are waited for, and what was kept long enough.
const LOOKING: Duration = Duration::from_secs(30);
const TIDYING: Duration = Duration::from_secs(3600);
/// How many documents a worker has, besides those being rendered: one is read or stored while another is rendered.
const AHEAD: usize = 2;

/// A worker.
#[non_exhaustive]
pub struct Worker {
    /// The queue.
    pub queue: Queue,
    /// The fingerprint of the press of the processes that render.
    pub fingerprint: String,
    /// These processes.
    pub renderers: Renderers,
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
    /// Creates a worker that works until `stop` is set, with counts of its own.
    pub fn new(
        queue: Queue,
        fingerprint: String,
        renderers: Renderers,
        stop: Arc<AtomicBool>,
        events: mpsc::UnboundedSender<Event>,
    ) -> Self {
        Self { queue, fingerprint, renderers, until_empty: false, stop, metrics: Arc::default(), events }
    }

    /// Sets whether to end when there are no more documents.
    pub fn until_empty(self, until_empty: bool) -> Self {
        Self { until_empty, ..self }
    }

    /// Sets the counts.
    pub fn metrics(self, metrics: Arc<Metrics>) -> Self {
        Self { metrics, ..self }
    }

    /// Works until it is to stop, or there are no more documents.
    ///
    /// # Errors
    ///
    /// Returns an error if the queue cannot be used, or the processes that render are no longer those that it was started
    /// with.
    pub async fn run(self) -> Result<(), QueueError> {
        let worker = Arc::new(self);
        let mut puller = Puller::new(&worker.queue, &worker.fingerprint).await?;
        let places = worker.renderers.count() + AHEAD;
        let free = Arc::new(Semaphore::new(places));
        let changed = Arc::new(AtomicBool::new(false));
        let tidying = tokio::spawn(worker.clone().tidy());
        let (mut failing, mut looked, mut others) = (None, None, None);
        while !worker.ends(&changed) {
            // The semaphore is never closed.
            let Ok(first) = free.clone().acquire_owned().await else { break };
            if worker.ends(&changed) {
                break;
            }
            let most = 1 + free.available_permits().min(AHEAD);
            match puller.next(most).await {
                Ok(messages) if worker.ends(&changed) => {
                    for message in messages {
                        worker.answer(&message, AckKind::Nak(None)).await;
                    }
                }
                Ok(messages) => {
                    failing = None;
                    let idle = messages.is_empty() && free.available_permits() == places - 1;
                    let mut first = Some(first);
                    for message in messages {
                        let place = first.take().or_else(|| free.clone().try_acquire_owned().ok());
                        let (worker, changed) = (worker.clone(), changed.clone());
                        tokio::spawn(async move { worker.handle(message, place, &changed).await });
                    }
                    if idle && worker.until_empty && puller.load().await? == (0, 0) {
                        break;
                    }
                    if looked.is_none_or(|time: Instant| time.elapsed() > LOOKING) {
                        looked = Some(Instant::now());
                        worker.look(&mut puller, idle.then_some(&mut others)).await;
                    }
                }
                Err(error) => worker.failing(&mut failing, error).await?,
            }
        }
        // Those in progress are finished.
        drop(free.acquire_many(u32::try_from(places).unwrap_or(u32::MAX)).await);
        tidying.abort();
        match changed.load(Ordering::Relaxed) {
            true => Err(QueueError::fingerprint(
                "the processes that render have other fonts, or another version, than when this worker was started; \
                 start it again",
            )),
            false => Ok(()),
        }
    }

    fn ends(&self, changed: &AtomicBool) -> bool {
        self.stop.load(Ordering::Relaxed) || changed.load(Ordering::Relaxed)
    }

    /// Counts the documents that wait, and tells once if it has none, because all of them wait for workers of another kind.
    async fn look(&self, puller: &mut Puller, others: Option<&mut Option<QueueError>>) {
        if let Ok((waiting, _)) = puller.load().await {
            self.metrics.waiting.store(usize::try_from(waiting).unwrap_or(usize::MAX), Ordering::Relaxed);
        }
        let Some(others) = others else { return };
        let found = self.queue.expects(&self.fingerprint).await.err();
        if let Some(error) = found.as_ref().filter(|_| found != *others) {
            self.tell(Event::Trouble(error.to_string()));
        }
        *others = found;
    }

    /// Removes what was kept long enough, now and then.
    async fn tidy(self: Arc<Self>) {
        loop {
            sleep(TIDYING).await;
            if let Err(error) = self.queue.tidy().await {
                self.tell(Event::Trouble(error.to_string()));
            }
        }
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

    pub(super) fn tell(&self, event: Event) {
        // If nobody listens any more, there is nobody to tell.
        let _ = self.events.send(event);
    }

    /// Works on a document, and reports progress meanwhile, so that nobody else gets it. It is left if it is not wanted any
    /// more.
    async fn handle(&self, message: Message, place: Option<OwnedSemaphorePermit>, changed: &AtomicBool) {
        let metrics = &self.metrics;
        metrics.in_progress.fetch_add(1, Ordering::Relaxed);
        let mut ticks = interval_at(Tick::now() + SILENCE / 3, SILENCE / 3);
        let answer = {
            let mut work = std::pin::pin!(self.work(&message, changed));
            loop {
                tokio::select! {
                    answer = &mut work => break answer,
                    _ = ticks.tick() => {
                        // If it is not told, the next time is early enough.
                        let _ = message.ack_with(AckKind::Progress).await;
                        if let Ok(false) = self.queue.holds(&message).await {
                            break None;
                        }
                    }
                }
            }
        };
        let handed_back = matches!(answer, Some(AckKind::Nak(None)));
        if let Some(answer) = answer {
            self.answer(&message, answer).await;
        }
        metrics.in_progress.fetch_sub(1, Ordering::Relaxed);
        if handed_back {
            // No other is taken in its place as long as all processes are busy.
            self.renderers.free().await;
        }
        drop(place);
    }

    /// Answers a message, as far as the server can be reached: a message without an answer is delivered again.
    async fn answer(&self, message: &Message, answer: AckKind) {
        let answered = patiently(|| async {
            match message.double_ack_with(answer).await {
                Err(error) if self.queue.holds(message).await.unwrap_or(true) => {
                    Err(QueueError::of("a document cannot be acknowledged", &*error))
                }
                _ => Ok(()),
            }
        });
        if let Err(error) = answered.await {
            self.tell(Event::Trouble(error.to_string()));
        }
    }
}
