//! What a worker does with one document: it has it rendered, stores the result, and counts what goes wrong.

use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use async_nats::HeaderMap;
use async_nats::jetstream::{AckKind, Message};
use masthead::batch::{Contents, Made, State};
use masthead::diagnostic::Diagnostic;
use masthead::limits::Cause;

use super::batch_name::BatchName;
use super::contents::file_name;
use super::entry::{Dead, Work};
use super::error::QueueError;
use super::messages::purge;
use super::rendering::{Crash, Unmade};
use super::subjects::{self, Waiting};
use super::work::{Event, Worker};

/// The attempts after which a document is given up.
const MOST_ATTEMPTS: usize = 3;
/// The workers that may be lost with it in a row before it is given up, and the deliveries after which they are counted.
const MOST_LOST: usize = 40;
const SUSPICIOUS: i64 = 10;
/// How long to wait before another attempt, and after trouble with the queue, at first and at most.
const BEFORE_NEXT: Duration = Duration::from_secs(1);
const AFTER_TROUBLE: (Duration, Duration) = (Duration::from_secs(5), Duration::from_secs(300));

/// How a document is answered for; `None` if its message is gone: others have done it, or nobody wants it any more.
pub type Answer = Option<AckKind>;

/// A document that a worker has.
struct Taken<'m> {
    message: &'m Message,
    work: Work,
    begun: Instant,
    delivered: i64,
}

impl Worker {
    /// Works on a document, and returns how it is answered for. Trouble with the queue is no fault of the document: it is
    /// tried again later, any number of times.
    pub(super) async fn work(&self, message: &Message, changed: &AtomicBool) -> Answer {
        let delivered = message.info().map_or(1, |info| info.delivered);
        let Some(work) = Work::of(&message.subject, &message.payload, &self.fingerprint) else {
            return self
                .bury_unreadable(message)
                .await
                .unwrap_or_else(|error| self.later(&message.subject, delivered, error));
        };
        let taken = Taken { message, work, begun: Instant::now(), delivered };
        match self.make(&taken, changed).await {
            Ok(answer) => answer,
            Err(error) => {
                // If that cannot be stored, the next worker does so.
                let _ = self.not_lost(&taken).await;
                self.later(&taken.work.order.name, delivered, error)
            }
        }
    }

    fn later(&self, name: &str, delivered: i64, error: QueueError) -> Answer {
        self.tell(Event::Trouble(format!("{name} is tried again later: {error}")));
        let times = u32::try_from(delivered.clamp(1, 10) - 1).unwrap_or_default();
        let (least, most) = AFTER_TROUBLE;
        Some(AckKind::Nak(Some((least * 2u32.pow(times)).min(most))))
    }

    /// Remembers that no worker was lost with a document, however often it was delivered.
    async fn not_lost(&self, taken: &Taken<'_>) -> Result<(), QueueError> {
        if taken.delivered > SUSPICIOUS {
            self.queue.set_attempts(&taken.work, |attempts| attempts.lost = 0).await?;
        }
        Ok(())
    }

    async fn make(&self, taken: &Taken<'_>, changed: &AtomicBool) -> Result<Answer, QueueError> {
        let Taken { message, ref work, delivered, .. } = *taken;
        let name = &work.order.name;
        if delivered > 1 {
            self.metrics.redelivered.fetch_add(1, Ordering::Relaxed);
            if self.queue.has_result(work).await? {
                return Ok(Some(AckKind::Ack));
            }
        }
        if delivered > SUSPICIOUS {
            let attempts = self.queue.set_attempts(work, |attempts| attempts.lost += 1).await?;
            if attempts.lost > MOST_LOST {
                let cause = Cause::Killed(format!("{MOST_LOST} workers were lost with it"));
                let reason = cause.diagnostic(name).message;
                return self.bury(taken, &reason, Made::ended(name, &cause)).await;
            }
        }
        let contents = match self.contents(work).await {
            Ok(contents) => contents,
            Err(error) if error.is_lost() => {
                let reason = format!("{name}: {error}");
                let made = Made::unread(Diagnostic::from(error));
                return self.attempted(taken, Crash { reason, made, certain: false }).await;
            }
            Err(error) => return Err(error),
        };
        match self.renderers.make(&work.order, contents, &self.fingerprint).await {
            Ok((made, file)) => {
                let stored = self.store(taken, made, &file).await?;
                Ok(stored.then_some(AckKind::Ack))
            }
            Err(Unmade::Crash(crash)) => {
                self.metrics.crashes.fetch_add(1, Ordering::Relaxed);
                self.attempted(taken, crash).await
            }
            Err(Unmade::Other) => {
                changed.store(true, Ordering::Relaxed);
                Ok(self.queue.holds(message).await?.then_some(AckKind::Nak(None)))
            }
            Err(Unmade::NoProcess(reason)) => Err(QueueError::unreachable(reason)),
            Err(Unmade::Busy) => {
                self.not_lost(taken).await?;
                Ok(self.queue.holds(message).await?.then_some(AckKind::Nak(None)))
            }
        }
    }

    /// Counts an attempt that has ended badly; after the last one, the document is given up.
    async fn attempted(&self, taken: &Taken<'_>, crash: Crash) -> Result<Answer, QueueError> {
        if !self.queue.holds(taken.message).await? {
            return Ok(None);
        }
        let Crash { reason, made, certain } = crash;
        let attempts = self.queue.set_attempts(&taken.work, |attempts| {
            attempts.reasons.push(reason.clone());
            attempts.lost = 0;
        });
        let left = MOST_ATTEMPTS.saturating_sub(attempts.await?.reasons.len());
        if certain || left == 0 {
            return self.bury(taken, &reason, made).await;
        }
        self.tell(Event::Crashed(format!("{reason}; up to {left} more attempts")));
        Ok(Some(AckKind::Nak(Some(BEFORE_NEXT))))
    }

    /// Returns the contents that an order names.
    async fn contents(&self, work: &Work) -> Result<Contents, QueueError> {
        let store = self.queue.contents(&work.batch, false).await?;
        let mut contents = Contents::new();
        for hash in work.order.contents() {
            if !contents.contains_key(hash) {
                contents.insert(hash.clone(), store.get_hashed(hash).await?);
            }
        }
        Ok(contents)
    }

    /// Stores what was made of a document. Returns `false` if it is not wanted any more: somebody has submitted another
    /// version meanwhile, or removed it.
    async fn store(&self, taken: &Taken<'_>, made: Made, file: &[u8]) -> Result<bool, QueueError> {
        let Taken { message, ref work, begun, delivered } = *taken;
        if !self.queue.holds(message).await? {
            return Ok(false);
        }
        if let Some(record) = &made.record {
            let store = self.queue.contents(&work.batch, false).await?;
            store.put((&file_name(&work.key), &record.sha256), file, None).await?;
        }
        let (state, pages) = (made.state, made.record.as_ref().map_or(0, |record| record.pages));
        if delivered > 1 && state == State::Rendered {
            // An earlier worker may have given it up, and not come to tell.
            purge(&self.queue.results, &subjects::results_for(&work.batch, (&work.id, &work.key))).await?;
            purge(&self.queue.dead, &subjects::dead(&work.batch, &work.id)).await?;
        }
        self.queue.set_result(&work.batch, (&work.id, &work.key), made).await?;
        self.metrics.made(state, pages, begun.elapsed());
        if !self.queue.holds(message).await? && !self.queue.wants(work).await? {
            self.queue.withdraw(work).await?;
            return Ok(false);
        }
        Ok(true)
    }

    /// Gives a document up: it becomes a dead letter, and has a result, so that its batch can be collected.
    async fn bury(&self, taken: &Taken<'_>, reason: &str, made: Made) -> Result<Answer, QueueError> {
        let work = &taken.work;
        let dead = Dead {
            reason: reason.to_owned(),
            attempts: self.queue.attempts(work).await?.reasons,
            batch: work.batch.to_string(),
            source: work.order.name.clone(),
            work: serde_json::to_value(work).unwrap_or_default(),
        };
        if !self.queue.holds(taken.message).await? {
            return Ok(None);
        }
        self.queue.publish(&subjects::dead(&work.batch, &work.id), HeaderMap::new(), &dead).await?;
        debug_assert!(made.state != State::Rendered);
        let stored = self.store(taken, made, &[]).await?;
        if stored {
            self.metrics.dead.fetch_add(1, Ordering::Relaxed);
            self.tell(Event::Dead(reason.to_owned()));
        } else if !self.queue.wants(work).await? {
            self.queue.withdraw(work).await?;
        }
        Ok(stored.then_some(AckKind::Term))
    }

    /// Gives up a message that is none of a document, or not of that of its subject.
    async fn bury_unreadable(&self, message: &Message) -> Result<Answer, QueueError> {
        let Some(Waiting { batch, version, .. }) = Waiting::of(&message.subject) else {
            return Ok(Some(AckKind::Term));
        };
        let Ok(batch) = BatchName::try_from(batch) else { return Ok(Some(AckKind::Term)) };
        let entry = self.queue.entry(&batch, &version.id).await?;
        let entry = entry.filter(|entry| subjects::short(&entry.key) == version.key);
        let source = entry.as_ref().map_or(version.id.clone(), |entry| entry.input.name());
        let reason = format!("{source}: the message of the document cannot be read, or was altered");
        let work = serde_json::from_slice(&message.payload);
        let work = work.unwrap_or_else(|_| String::from_utf8_lossy(&message.payload).into_owned().into());
        let dead = Dead { reason: reason.clone(), attempts: Vec::new(), batch: batch.to_string(), source, work };
        self.queue.publish(&subjects::dead(&batch, &version.id), HeaderMap::new(), &dead).await?;
        if let Some(entry) = entry {
            let made = Made::unread(Diagnostic::from(QueueError::lost(reason.clone())));
            self.queue.set_result(&batch, (&version.id, &entry.key), made).await?;
        }
        self.metrics.dead.fetch_add(1, Ordering::Relaxed);
        self.tell(Event::Dead(reason));
        Ok(Some(AckKind::Term))
    }
}
