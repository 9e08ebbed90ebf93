//! What the queue has of batches and documents.

use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;

use async_nats::jetstream::consumer::{AckPolicy, PullConsumer, pull};
use async_nats::jetstream::kv;
use async_nats::jetstream::stream::{DirectGetErrorKind, LastRawMessageErrorKind, Stream};
use futures_util::{StreamExt, TryStreamExt};
use tokio::time::timeout;

use super::batch_name::BatchName;
use super::entry::{Entry, Outcome, Work};
use super::error::QueueError;
use super::header::Header;
use super::patience::patiently;
use super::store::Queue;
use super::subjects;
use crate::batch::Made;

/// How long to wait for the next value of a bucket.
const SILENCE: Duration = Duration::from_secs(10);
/// How long a consumer is kept that only counts.
const BRIEFLY: Duration = Duration::from_secs(1);

/// The name of what was made of a document, if it is too long for a message.
pub fn outcome_name(id: &str) -> String {
    format!("outcome-{id}")
}

impl Queue {
    /// Returns all batches.
    pub(super) async fn headers(&self) -> Result<BTreeMap<String, Header>, QueueError> {
        let all = values(&self.batches, ">").await?;
        let header = |(name, value, _): (String, Vec<u8>, _)| Some((name, serde_json::from_slice(&value).ok()?));
        Ok(all.into_iter().filter_map(header).collect())
    }

    /// Checks that a worker with a fingerprint has something to do: if all batches that wait need another one, it would
    /// wait without end.
    ///
    /// # Errors
    ///
    /// Returns an error if it has not, or the queue cannot be read.
    pub async fn expects(&self, fingerprint: &str) -> Result<(), QueueError> {
        let headers = self.headers().await?;
        let mut refused = None;
        for (name, header) in headers {
            let Ok(batch) = BatchName::try_from(name) else { continue };
            let results = self.count(&self.results, &subjects::results_of(&batch, "*")).await?;
            if results < header.documents as u64 || header.following {
                match header.check(fingerprint, &format!("batch {batch}")) {
                    Ok(()) => return Ok(()),
                    Err(error) => drop(refused.get_or_insert(error)),
                }
            }
        }
        refused.map_or(Ok(()), Err)
    }

    /// Returns what is known about the documents of a batch, by their names in it, each with its revision.
    pub(super) async fn entries(&self, batch: &BatchName) -> Result<BTreeMap<String, (Entry, u64)>, QueueError> {
        let all = values(&self.documents, &format!("{batch}.*")).await?;
        let entries = all.into_iter().map(|(name, value, revision)| {
            let entry = serde_json::from_slice(&value);
            let entry = entry.map_err(|error| {
                QueueError::lost(format!("batch {batch} is of another version of masthead: {error}"))
            })?;
            Ok((subjects::id_of(&name).to_owned(), (entry, revision)))
        });
        entries.collect()
    }

    /// Returns the documents that have a message in a stream.
    pub(super) async fn ids(&self, stream: &Stream, subjects: &str) -> Result<BTreeSet<String>, QueueError> {
        patiently(|| async {
            let plain = |error: &_| QueueError::of("the messages of a batch cannot be listed", error);
            let mut info = stream.info_with_subjects(subjects).await.map_err(|error| plain(&error))?;
            let mut ids = BTreeSet::new();
            while let Some((subject, _)) = info.try_next().await.map_err(|error| plain(&error))? {
                ids.insert(subjects::id_of(&subject).to_owned());
            }
            Ok(ids)
        })
        .await
    }

    /// Returns the number of messages with such subjects in a stream.
    pub(super) async fn count(&self, stream: &Stream, subjects: &str) -> Result<u64, QueueError> {
        patiently(|| async {
            let config = pull::Config {
                filter_subject: subjects.to_owned(),
                ack_policy: AckPolicy::None,
                inactive_threshold: BRIEFLY,
                memory_storage: true,
                num_replicas: 1,
                ..pull::Config::default()
            };
            let consumer: PullConsumer = stream
                .create_consumer(config)
                .await
                .map_err(|error| QueueError::of("the messages of a batch cannot be counted", &error))?;
            let pending = consumer.cached_info().num_pending;
            // If it cannot be removed, the server does so in a second.
            let _ = stream.delete_consumer(&consumer.cached_info().name).await;
            Ok(pending)
        })
        .await
    }

    /// Returns whether there is a result of a document, in the version of the message.
    pub(super) async fn has_result(&self, work: &Work) -> Result<bool, QueueError> {
        let found = self.outcome(&work.batch, &work.id).await?;
        Ok(found.is_some_and(|outcome| outcome.key == work.key))
    }

    /// Returns the result of a document, if there is one.
    pub(super) async fn outcome(&self, batch: &BatchName, id: &str) -> Result<Option<Outcome>, QueueError> {
        let subject = subjects::results_of(batch, id);
        patiently(|| async {
            match self.results.direct_get_last_for_subject(subject.as_str()).await {
                Ok(message) => Ok(serde_json::from_slice(&message.payload).ok()),
                Err(error) if error.kind() == DirectGetErrorKind::NotFound => self.last_outcome(&subject).await,
                Err(error) => Err(QueueError::of("a result cannot be read", &error)),
            }
        })
        .await
    }

    /// Returns the result with a subject, from the server of a cluster that certainly knows it.
    async fn last_outcome(&self, subject: &str) -> Result<Option<Outcome>, QueueError> {
        match self.results.get_last_raw_message_by_subject(subject).await {
            Ok(message) => Ok(serde_json::from_slice(&message.payload).ok()),
            Err(error) if error.kind() == LastRawMessageErrorKind::NoMessageFound => Ok(None),
            Err(error) => Err(QueueError::of("a result cannot be read", &error)),
        }
    }

    /// Returns what was made of a document, from its message or from where it is stored.
    pub(super) async fn made(&self, batch: &BatchName, id: &str, outcome: Outcome) -> Result<Made, QueueError> {
        if let Some(made) = outcome.made {
            return Ok(made);
        }
        let bytes = self.contents(batch, false).await?.get(&outcome_name(id)).await?;
        let stored: Option<Outcome> = serde_json::from_slice(&bytes).ok();
        let made = stored.filter(|stored| stored.key == outcome.key).and_then(|stored| stored.made);
        made.ok_or_else(|| QueueError::lost(format!("the result {id} of batch {batch} is damaged")))
    }
}

/// Returns the present values of a bucket with such keys, each with its revision.
async fn values(bucket: &kv::Store, keys: &str) -> Result<Vec<(String, Vec<u8>, u64)>, QueueError> {
    patiently(|| async {
        // An ordered consumer waits without end for the first value.
        if is_empty(bucket, keys).await? {
            return Ok(Vec::new());
        }
        let plain = |error: &_| QueueError::of(&format!("the bucket {} cannot be read", bucket.name), error);
        let mut watch = bucket.watch_with_history(keys).await.map_err(|error| plain(&error))?;
        let mut values = Vec::new();
        loop {
            let late = |_| QueueError::unreachable(format!("the bucket {} does not answer", bucket.name));
            let Some(entry) = timeout(SILENCE, watch.next()).await.map_err(late)? else { return Ok(values) };
            let entry =
                entry.map_err(|error| QueueError::of(&format!("the bucket {} cannot be read", bucket.name), &error))?;
            let last = entry.delta == 0;
            if entry.operation == kv::Operation::Put {
                values.push((entry.key, entry.value.to_vec(), entry.revision));
            }
            if last {
                return Ok(values);
            }
        }
    })
    .await
}

async fn is_empty(bucket: &kv::Store, keys: &str) -> Result<bool, QueueError> {
    let config = pull::Config {
        filter_subject: format!("{}{keys}", bucket.prefix),
        ack_policy: AckPolicy::None,
        inactive_threshold: BRIEFLY,
        memory_storage: true,
        num_replicas: 1,
        ..pull::Config::default()
    };
    let consumer: PullConsumer = bucket
        .stream
        .create_consumer(config)
        .await
        .map_err(|error| QueueError::of(&format!("the bucket {} cannot be read", bucket.name), &error))?;
    let pending = consumer.cached_info().num_pending;
    // If it cannot be removed, the server does so in a second.
    let _ = bucket.stream.delete_consumer(&consumer.cached_info().name).await;
    Ok(pending == 0)
}
