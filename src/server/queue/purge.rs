//! Removes batches from the queue: on request, and those that were kept long enough.

use std::time::{Duration, SystemTime};

use async_nats::jetstream::ErrorCode;
use async_nats::jetstream::stream::{DirectGetErrorKind, Stream};
use serde::Serialize;

use super::batch_name::BatchName;
use super::entry::Work;
use super::error::{QueueError, code};
use super::header::Header;
use super::messages::{age, purge};
use super::patience::patiently;
use super::store::{Queue, bucket_of};
use super::subjects;

/// What was removed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize)]
#[non_exhaustive]
pub struct Purged {
    /// Documents that were waiting.
    pub queued: u64,
    /// Results.
    pub results: u64,
    /// Dead letters.
    pub dead: u64,
}

impl Queue {
    /// Removes everything about a batch. After an interruption, it can be called again.
    ///
    /// # Errors
    ///
    /// Returns an error if there is nothing about such a batch, or the queue cannot be used.
    pub async fn purge(&self, batch: &BatchName) -> Result<Purged, QueueError> {
        let header = self.header(batch).await?;
        let known = header.is_some();
        if let Some(header) = header {
            // First of all, so that nothing more is made of it.
            self.set_header(batch, &Header { removing: true, ..header }).await?;
        }
        let purged = Purged {
            queued: purge(&self.work, &subjects::work_of(batch, "*")).await?,
            results: purge(&self.results, &subjects::results_of(batch, "*")).await?,
            dead: purge(&self.dead, &subjects::dead(batch, "*")).await?,
        };
        let mut entries = 0;
        for bucket in [&self.documents, &self.attempts] {
            entries += purge(&bucket.stream, &format!("{}{batch}.*", bucket.prefix)).await?;
        }
        let contents = patiently(|| async {
            match self.context.delete_object_store(bucket_of(batch)).await {
                Ok(_) => Ok(true),
                Err(error) if code(&error) == Some(ErrorCode::STREAM_NOT_FOUND) => Ok(false),
                Err(error) => Err(QueueError::of("the contents cannot be removed", &error)),
            }
        })
        .await?;
        self.close(batch);
        purge(&self.batches.stream, &format!("{}{batch}", self.batches.prefix)).await?;
        if !known && !contents && entries == 0 && purged == Purged::default() {
            return Err(QueueError::batch(format!("there is no batch {batch}"), "masthead queue status lists them"));
        }
        Ok(purged)
    }

    /// Removes the message, the results and the attempts of a document, in all its versions.
    pub(super) async fn forget(&self, batch: &BatchName, id: &str) -> Result<(), QueueError> {
        purge(&self.work, &subjects::work_of(batch, id)).await?;
        purge(&self.results, &subjects::results_of(batch, id)).await?;
        purge(&self.dead, &subjects::dead(batch, id)).await?;
        purge(&self.attempts.stream, &format!("{}{batch}.{id}", self.attempts.prefix)).await?;
        Ok(())
    }

    /// Removes what was stored about a version of a document that is not wanted any more.
    pub(super) async fn withdraw(&self, work: &Work) -> Result<(), QueueError> {
        let Work { batch, id, key, .. } = work;
        purge(&self.results, &subjects::results_for(batch, (id, key))).await?;
        if self.entry(batch, id).await?.is_none() {
            purge(&self.dead, &subjects::dead(batch, id)).await?;
            purge(&self.attempts.stream, &format!("{}{batch}.{id}", self.attempts.prefix)).await?;
        }
        Ok(())
    }

    /// Removes batches that were last submitted longer ago than they are to be kept, unless documents of them wait; and
    /// such jobs. Returns the batches.
    ///
    /// # Errors
    ///
    /// Returns an error if the queue cannot be used.
    pub async fn tidy(&self) -> Result<Vec<String>, QueueError> {
        let mut removed = Vec::new();
        for (name, (header, time)) in self.dated_headers().await? {
            let (Some(keep), Ok(batch)) = (header.keep, BatchName::try_from(name)) else { continue };
            if batch == BatchName::jobs() {
                for (stream, subjects) in [
                    (&self.work, subjects::work_of(&batch, "*")),
                    (&self.results, subjects::results_of(&batch, "*")),
                    (&self.dead, subjects::dead(&batch, "*")),
                ] {
                    expire(stream, &subjects, keep).await?;
                }
            } else if header.complete
                && !header.following
                && age(time).is_some_and(|age| age > keep)
                && self.waiting(&batch).await?.is_empty()
            {
                self.purge(&batch).await?;
                removed.push(batch.to_string());
            }
        }
        Ok(removed)
    }
}

/// Removes the messages with such subjects that are older than that.
async fn expire(stream: &Stream, subjects: &str, keep: Duration) -> Result<(), QueueError> {
    loop {
        let next = patiently(|| async {
            match stream.direct_get_builder().sequence(1).next_by_subject(subjects).send().await {
                Ok(message) => Ok(Some((message.subject.to_string(), SystemTime::from(message.time)))),
                Err(error) if error.kind() == DirectGetErrorKind::NotFound => Ok(None),
                Err(error) => Err(QueueError::of("messages cannot be read", &error)),
            }
        });
        // They are in the order of time.
        let Some((subject, time)) = next.await? else { return Ok(()) };
        if age(time).is_none_or(|age| age <= keep) || purge(stream, &subject).await? == 0 {
            return Ok(());
        }
    }
}
