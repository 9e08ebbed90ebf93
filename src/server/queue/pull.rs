//! Takes documents from the work stream, the urgent ones first.

use std::time::Duration;

use async_nats::jetstream::Message;
use async_nats::jetstream::consumer::{AckPolicy, PullConsumer, pull};
use futures_util::StreamExt;

use super::error::QueueError;
use super::patience::patiently;
use super::store::Queue;
use super::subjects::{self, PRIORITIES, name_of};
use crate::serve::Priority;

/// How long a worker may be silent about a document before another one gets it.
pub const SILENCE: Duration = Duration::from_secs(15);
/// How long to wait for a document, if there is none. An urgent one that arrives in this time waits for its end.
const WAIT: Duration = Duration::from_millis(500);
/// How long consumers are kept that nobody uses.
const UNUSED: Duration = Duration::from_secs(7 * 24 * 3600);
/// The most documents that all workers together may have.
const MOST: i64 = 50_000;

/// The consumers of a worker, the more urgent first.
pub struct Puller {
    consumers: [PullConsumer; 2],
}

impl Puller {
    /// Creates the consumers of workers with that fingerprint, unless others have.
    pub async fn new(queue: &Queue, fingerprint: &str) -> Result<Self, QueueError> {
        let [high, normal] = PRIORITIES;
        Ok(Self { consumers: [consumer(queue, fingerprint, high).await?, consumer(queue, fingerprint, normal).await?] })
    }

    /// Returns up to `most` documents, all equally urgent; none if there were none for a while.
    pub async fn next(&self, most: usize) -> Result<Vec<Message>, QueueError> {
        for consumer in &self.consumers {
            let messages = consumer.fetch().max_messages(most).messages().await;
            let taken = all(messages.map_err(|error| QueueError::of("no documents can be taken", &error))?).await?;
            if !taken.is_empty() {
                return Ok(taken);
            }
        }
        let [_, normal] = &self.consumers;
        let messages = normal.batch().max_messages(1).expires(WAIT).messages().await;
        all(messages.map_err(|error| QueueError::of("no documents can be taken", &error))?).await
    }

    /// Returns the numbers of documents that wait, and of those that workers have.
    pub async fn load(&mut self) -> Result<(u64, usize), QueueError> {
        let (mut waiting, mut taken) = (0, 0);
        for consumer in &mut self.consumers {
            let info = consumer.info().await.map_err(|error| QueueError::of("the queue cannot be counted", &error))?;
            waiting += info.num_pending;
            taken += info.num_ack_pending;
        }
        Ok((waiting, taken))
    }
}

async fn consumer(queue: &Queue, fingerprint: &str, priority: Priority) -> Result<PullConsumer, QueueError> {
    let name = format!("{}-{}", name_of(priority), subjects::short(fingerprint));
    patiently(|| async {
        let config = pull::Config {
            durable_name: Some(name.clone()),
            filter_subject: subjects::work_for(fingerprint, priority),
            ack_policy: AckPolicy::Explicit,
            ack_wait: SILENCE,
            max_ack_pending: MOST,
            inactive_threshold: UNUSED,
            ..pull::Config::default()
        };
        let made = queue.work.get_or_create_consumer(&name, config).await;
        made.map_err(|error| QueueError::of(&format!("the consumer {name} cannot be created"), &error))
    })
    .await
}

async fn all(mut messages: pull::Batch) -> Result<Vec<Message>, QueueError> {
    let mut taken = Vec::new();
    while let Some(message) = messages.next().await {
        match message {
            Ok(message) => taken.push(message),
            // Those that came are worked on; the error comes again if it lasts.
            Err(_) if !taken.is_empty() => break,
            Err(error) => return Err(QueueError::of("no documents can be taken", &*error)),
        }
    }
    Ok(taken)
}
