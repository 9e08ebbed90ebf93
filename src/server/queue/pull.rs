//! Takes documents from the work stream, the urgent ones first.

use std::time::Duration;

use async_nats::jetstream::Message;
use async_nats::jetstream::consumer::{AckPolicy, PullConsumer, pull};
use futures_util::{Stream, StreamExt};
use tokio::time::timeout;

use super::error::QueueError;
use super::patience::patiently;
use super::store::Queue;
use super::subjects::{self, PRIORITIES, name_of};
use crate::serve::Priority;

/// How long a worker may be silent about a document before another one gets it.
pub const SILENCE: Duration = Duration::from_secs(15);
/// How long to wait for a document, if there is none. An urgent one that arrives in this time waits for its end.
const WAIT: Duration = Duration::from_millis(500);
/// How long the server may take to answer, or to send the next document. The client sets no limit when it asks for documents
/// that are there already, and an answer can get lost when another member of a cluster begins to lead.
const ANSWER: Duration = Duration::from_secs(5);
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
            let taken =
                all(messages.map_err(|error| QueueError::of("no documents can be taken", &error))?, ANSWER).await?;
            if !taken.is_empty() {
                return Ok(taken);
            }
        }
        let [_, normal] = &self.consumers;
        let messages = normal.batch().max_messages(1).expires(WAIT).messages().await;
        all(messages.map_err(|error| QueueError::of("no documents can be taken", &error))?, WAIT + ANSWER).await
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

/// Returns what arrives before the end, an error, or a silence of that length.
async fn all<T>(
    mut messages: impl Stream<Item = Result<T, async_nats::Error>> + Unpin,
    silence: Duration,
) -> Result<Vec<T>, QueueError> {
    let mut taken = Vec::new();
    loop {
        let error = match timeout(silence, messages.next()).await {
            Ok(Some(Ok(message))) => {
                taken.push(message);
                continue;
            }
            Ok(None) => return Ok(taken),
            Ok(Some(Err(error))) => QueueError::of("no documents can be taken", &*error),
            Err(late) => QueueError::of("no documents can be taken: the server does not answer", &late),
        };
        // Those that came are worked on; the error comes again if it lasts.
        return if taken.is_empty() { Err(error) } else { Ok(taken) };
    }
}

#[cfg(test)]
mod tests {
    use futures_util::stream;

    use super::*;

    #[tokio::test]
    async fn nobody_waits_for_ever_for_a_server_without_an_answer() {
        let some = |list: Vec<Result<u8, async_nats::Error>>| stream::iter(list);
        let silence = Duration::from_millis(20);
        assert_eq!(all(some(vec![Ok(1), Ok(2)]), silence).await, Ok(vec![1, 2]));
        assert_eq!(all(some(vec![Ok(1)]).chain(stream::pending()), silence).await, Ok(vec![1]));
        assert_eq!(all(some(vec![Ok(1), Err("gone".into())]), silence).await, Ok(vec![1]));
        let refused = all(some(vec![Err("gone".into())]), silence).await.unwrap_err();
        let late = all(some(Vec::new()).chain(stream::pending()), silence).await.unwrap_err();
        assert!(refused.is_passing() && refused.to_string().ends_with(": gone"), "{refused}");
        assert!(late.is_passing() && late.to_string().contains("the server does not answer"), "{late}");
    }
}
