//! What the queue has of batches and documents.

use std::collections::{BTreeMap, BTreeSet};
use std::time::{Duration, SystemTime};

use async_nats::jetstream::Message;
use async_nats::jetstream::consumer::{AckPolicy, PullConsumer, pull};
use async_nats::jetstream::kv;
use async_nats::jetstream::stream::{DirectGetErrorKind, LastRawMessageErrorKind, RawMessageErrorKind, Stream};
use futures_util::{StreamExt, TryStreamExt};
use masthead::batch::Made;
use tokio::time::timeout;

use super::batch_name::BatchName;
use super::contents::outcome_name;
use super::entry::{Entry, Outcome, Work};
use super::error::QueueError;
use super::header::Header;
use super::patience::patiently;
use super::store::{Queue, read};
use super::subjects::{self, Waiting};

/// How long to wait for the next value of a bucket.
const SILENCE: Duration = Duration::from_secs(10);
/// How long a consumer is kept that only counts.
const BRIEFLY: Duration = Duration::from_secs(1);

impl Queue {
    /// Returns all batches.
    pub(super) async fn headers(&self) -> Result<BTreeMap<String, Header>, QueueError> {
        Ok(self.dated_headers().await?.into_iter().map(|(name, (header, _))| (name, header)).collect())
    }

    /// Returns all batches, each with the time at which it was last submitted.
    pub(super) async fn dated_headers(&self) -> Result<BTreeMap<String, (Header, SystemTime)>, QueueError> {
        let all = values(&self.batches, ">").await?;
        let header = |value: Value| Some((value.key, (serde_json::from_slice(&value.bytes).ok()?, value.time)));
        Ok(all.into_iter().filter_map(header).collect())
    }

    /// Checks that a worker with a fingerprint has something to do: if all documents that wait need another one, it would
    /// wait without end. Batches that are over do not count.
    ///
    /// # Errors
    ///
    /// Returns an error if it has not, or the queue cannot be read.
    pub async fn expects(&self, fingerprint: &str) -> Result<(), QueueError> {
        let waiting = subjects_in(&self.work, subjects::WORK).await?;
        let waiting: Vec<Waiting> = waiting.iter().filter_map(|subject| Waiting::of(subject)).collect();
        if waiting.iter().any(|waiting| waiting.fingerprint == subjects::short(fingerprint)) {
            return Ok(());
        }
        let batches: BTreeSet<String> = waiting.into_iter().map(|waiting| waiting.batch).collect();
        for name in batches {
            let Ok(batch) = BatchName::try_from(name) else { continue };
            if let Some(header) = self.header(&batch).await? {
                header.check(fingerprint, &format!("batch {batch}"))?;
            }
        }
        Ok(())
    }

    /// Returns what is known about the documents of a batch, by their names in it, each with its revision.
    pub(super) async fn entries(&self, batch: &BatchName) -> Result<BTreeMap<String, (Entry, u64)>, QueueError> {
        let all = values(&self.documents, &format!("{batch}.*")).await?;
        let entries = all.into_iter().map(|Value { key: name, bytes, revision, .. }| {
            let entry = serde_json::from_slice(&bytes);
            let entry = entry.map_err(|error| {
                QueueError::lost(format!("batch {batch} is of another version of masthead: {error}"))
            })?;
            Ok((subjects::last(&name).to_owned(), (entry, revision)))
        });
        entries.collect()
    }

    /// Returns the entry of a document.
    pub(super) async fn entry(&self, batch: &BatchName, id: &str) -> Result<Option<Entry>, QueueError> {
        read(&self.documents, &format!("{batch}.{id}")).await
    }

    /// Returns whether a document is wanted in the version of a message.
    pub(super) async fn wants(&self, work: &Work) -> Result<bool, QueueError> {
        if self.header(&work.batch).await?.is_none_or(|header| header.removing) {
            return Ok(false);
        }
        if work.batch == BatchName::jobs() {
            return Ok(true);
        }
        Ok(self.entry(&work.batch, &work.id).await?.is_some_and(|entry| entry.key == work.key))
    }

    /// Returns the versions of documents that wait for a worker, or that one has.
    pub(super) async fn waiting(&self, batch: &BatchName) -> Result<Vec<Waiting>, QueueError> {
        let waiting = subjects_in(&self.work, &subjects::work_of(batch, "*")).await?;
        Ok(waiting.iter().filter_map(|subject| Waiting::of(subject)).collect())
    }

    /// Returns whether a message is still in the work stream: nobody has done it, and it was not replaced or removed.
    pub(super) async fn holds(&self, message: &Message) -> Result<bool, QueueError> {
        let Ok(sequence) = message.info().map(|info| info.stream_sequence) else { return Ok(true) };
        match self.work.get_raw_message(sequence).await {
            Ok(_) => Ok(true),
            Err(error) if error.kind() == RawMessageErrorKind::NoMessageFound => Ok(false),
            Err(error) => Err(QueueError::of("a document cannot be found", &error)),
        }
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
        let found = self.outcome(&subjects::results_for(&work.batch, (&work.id, &work.key))).await?;
        Ok(found.is_some_and(|outcome| outcome.key == work.key))
    }

    /// Returns the last result with such subjects, if there is one.
    pub(super) async fn outcome(&self, subject: &str) -> Result<Option<Outcome>, QueueError> {
        patiently(|| async {
            match self.results.direct_get_last_for_subject(subject).await {
                Ok(message) => Ok(serde_json::from_slice(&message.payload).ok()),
                Err(error) if error.kind() == DirectGetErrorKind::NotFound => self.last_outcome(subject).await,
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
        let bytes = self.contents(batch, false).await?.get(&outcome_name(&outcome.key)).await?;
        let stored: Option<Outcome> = serde_json::from_slice(&bytes).ok();
        let made = stored.filter(|stored| stored.key == outcome.key).and_then(|stored| stored.made);
        made.ok_or_else(|| QueueError::lost(format!("the result {id} of batch {batch} is damaged")))
    }
}

/// Returns the subjects of messages in a stream.
pub async fn subjects_in<I>(stream: &Stream<I>, subjects: &str) -> Result<BTreeSet<String>, QueueError> {
    patiently(|| async {
        let plain = |error: &_| QueueError::of("messages cannot be listed", error);
        let mut info = stream.info_with_subjects(subjects).await.map_err(|error| plain(&error))?;
        let mut found = BTreeSet::new();
        while let Some((subject, _)) = info.try_next().await.map_err(|error| plain(&error))? {
            found.insert(subject);
        }
        Ok(found)
    })
    .await
}

/// A value of a bucket.
struct Value {
    key: String,
    bytes: Vec<u8>,
    revision: u64,
    time: SystemTime,
}

/// Returns the present values of a bucket with such keys.
async fn values(bucket: &kv::Store, keys: &str) -> Result<Vec<Value>, QueueError> {
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
                let (bytes, time) = (entry.value.to_vec(), entry.created.into());
                values.push(Value { key: entry.key, bytes, revision: entry.revision, time });
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
