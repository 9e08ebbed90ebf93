//! Stores what is known about documents, their messages and their results.

use async_nats::HeaderMap;
use async_nats::header::NATS_MESSAGE_ID;
use async_nats::jetstream::ErrorCode;
use masthead::batch::Made;
use masthead::digest::sha256;
use serde::Serialize;

use super::batch_name::BatchName;
use super::contents::outcome_name;
use super::entry::{Entry, Outcome, Work};
use super::error::{QueueError, chain, code};
use super::header::Header;
use super::patience::patiently;
use super::store::{Queue, write};
use super::subjects;
use crate::serve::Priority;

impl Queue {
    /// Records that nobody follows the folders of a batch any more.
    ///
    /// # Errors
    ///
    /// Returns an error if the queue cannot be used.
    pub async fn unfollow(&self, batch: &BatchName) -> Result<(), QueueError> {
        match self.header(batch).await? {
            Some(header) if header.following => self.set_header(batch, &Header { following: false, ..header }).await,
            _ => Ok(()),
        }
    }

    /// Stores what is known about a document, and returns the revision.
    pub(super) async fn set_entry(&self, batch: &BatchName, id: &str, entry: &Entry) -> Result<u64, QueueError> {
        write(&self.documents, &format!("{batch}.{id}"), entry).await
    }

    /// Queues a document. With a `revision` of its entry, it is queued once for it.
    pub(super) async fn queue(
        &self,
        work: &Work,
        fingerprint: &str,
        priority: Priority,
        revision: Option<u64>,
    ) -> Result<(), QueueError> {
        let subject = subjects::work(fingerprint, priority, &work.batch, (&work.id, &work.key));
        let mut headers = HeaderMap::new();
        if let Some(revision) = revision {
            let priority = subjects::name_of(priority);
            headers.insert(NATS_MESSAGE_ID, format!("{}.{}.{revision}.{priority}", work.batch, work.key).as_str());
        }
        match self.publish(&subject, headers, work).await {
            // It is queued already, by a submission that was interrupted.
            Err(error) if error.is_there_already() => Ok(()),
            done => done,
        }
    }

    /// Stores what was made of a document.
    pub(super) async fn set_result(
        &self,
        batch: &BatchName,
        (id, key): (&str, &str),
        made: Made,
    ) -> Result<(), QueueError> {
        let subject = subjects::result(batch, made.state, (id, key));
        let mut outcome = Outcome { key: key.to_owned(), made: Some(made) };
        let bytes = serde_json::to_vec(&outcome).unwrap_or_default();
        if bytes.len() > self.largest_message() / 2 {
            let store = self.contents(batch, false).await?;
            store.put((&outcome_name(key), &sha256([&bytes])), &bytes, None).await?;
            outcome.made = None;
        }
        self.publish(&subject, HeaderMap::new(), &outcome).await
    }

    /// Publishes a message, until it is stored.
    pub(super) async fn publish(
        &self,
        subject: &str,
        headers: HeaderMap,
        message: &impl Serialize,
    ) -> Result<(), QueueError> {
        let bytes = serde_json::to_vec(message);
        let bytes = bytes.map_err(|error| QueueError::batch(error.to_string(), "use names in UTF-8"))?;
        patiently(|| async {
            let sent =
                self.context.publish_with_headers(subject.to_owned(), headers.clone(), bytes.clone().into()).await;
            let cannot = |error: &_| match code(error) {
                Some(ErrorCode::STREAM_STORE_FAILED) if chain(error).contains("per subject") => {
                    QueueError::there_already()
                }
                _ => QueueError::of("a message cannot be stored", error),
            };
            let acknowledged = sent.map_err(|error| cannot(&error))?.await;
            acknowledged.map(drop).map_err(|error| cannot(&error))
        })
        .await
    }
}
