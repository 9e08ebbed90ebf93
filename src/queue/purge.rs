//! Removes batches from the queue.

use serde::Serialize;

use super::batch_name::BatchName;
use super::error::{QueueError, code};
use super::patience::patiently;
use super::store::{Queue, bucket_of};
use super::subjects;
use async_nats::jetstream::stream::Stream;

/// What was removed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize)]
pub struct Purged {
    /// Documents that were waiting.
    pub queued: u64,
    /// Results.
    pub results: u64,
    /// Dead letters.
    pub dead: u64,
}

impl Queue {
    /// Removes everything about a batch.
    ///
    /// # Errors
    ///
    /// Returns an error if there is no such batch, or the queue cannot be used.
    pub async fn purge(&self, batch: &BatchName) -> Result<Purged, QueueError> {
        if self.header(batch).await?.is_none() {
            return Err(QueueError::batch(format!("there is no batch {batch}"), "masthead queue status lists them"));
        }
        // First of all, so that nothing more is made of it.
        purge(&self.batches.stream, &format!("{}{batch}", self.batches.prefix)).await?;
        let purged = Purged {
            queued: purge(&self.work, &subjects::work_of(batch, "*")).await?,
            results: purge(&self.results, &subjects::results_of(batch, "*")).await?,
            dead: purge(&self.dead, &subjects::dead(batch, "*")).await?,
        };
        for bucket in [&self.documents, &self.attempts] {
            purge(&bucket.stream, &format!("{}{batch}.*", bucket.prefix)).await?;
        }
        patiently(|| async {
            match self.context.delete_object_store(bucket_of(batch)).await {
                Err(error) if code(&error).is_none() => Err(QueueError::of("the contents cannot be removed", &error)),
                // It is gone already.
                _ => Ok(()),
            }
        })
        .await?;
        Ok(purged)
    }

    /// Removes the message, the results and the attempts of a document.
    pub(super) async fn forget(&self, batch: &BatchName, id: &str) -> Result<(), QueueError> {
        purge(&self.work, &subjects::work_of(batch, id)).await?;
        purge(&self.results, &subjects::results_of(batch, id)).await?;
        purge(&self.dead, &subjects::dead(batch, id)).await?;
        purge(&self.attempts.stream, &format!("{}{batch}.{id}", self.attempts.prefix)).await?;
        Ok(())
    }
}

/// Removes the messages with such subjects, and returns their number.
async fn purge(stream: &Stream, subjects: &str) -> Result<u64, QueueError> {
    patiently(|| async {
        let purged = stream.purge().filter(subjects).await;
        let purged = purged.map_err(|error| QueueError::of("messages cannot be removed", &error))?;
        Ok(purged.purged)
    })
    .await
}
