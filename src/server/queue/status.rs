//! How far the batches are.

use std::collections::{BTreeMap, BTreeSet};

use async_nats::jetstream::stream::DirectGetErrorKind;
use futures_util::TryStreamExt;
use masthead::batch::State;
use serde::Serialize;

use super::batch_name::BatchName;
use super::entry::Dead;
use super::error::QueueError;
use super::listing::subjects_in;
use super::patience::patiently;
use super::store::{OWN, Queue};
use super::subjects::{self, STATES};

/// How far the batches are.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Status {
    /// The batches.
    pub batches: Vec<BatchStatus>,
    /// The number of documents that workers have.
    pub in_progress: usize,
    /// The number of documents that wait, by the fingerprint that workers need.
    pub waiting: BTreeMap<String, u64>,
    /// The bytes that the messages of all streams take.
    pub bytes: u64,
}

/// How far a batch is.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[non_exhaustive]
pub struct BatchStatus {
    /// Its name.
    pub batch: String,
    /// The version of masthead that has submitted it.
    pub masthead: String,
    /// The fingerprint that workers need.
    pub fingerprint: String,
    /// The number of documents.
    pub documents: usize,
    /// Whether all of them are submitted.
    pub submitted: bool,
    /// Whether others may follow.
    pub following: bool,
    /// Whether it is being removed.
    pub removing: bool,
    /// The number of rendered documents.
    pub rendered: u64,
    /// The number of documents with errors.
    pub refused: u64,
    /// The number of documents that cannot be read.
    pub unread: u64,
    /// The number of documents with internal errors.
    pub broken: u64,
    /// The number of documents without result.
    pub open: u64,
    /// The number of dead letters.
    pub dead: u64,
}

/// A document that was given up.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[non_exhaustive]
pub struct DeadLetter {
    /// The batch.
    pub batch: String,
    /// The document, by its name in messages.
    pub source: String,
    /// Why it was given up.
    pub reason: String,
    /// What happened each time.
    pub attempts: Vec<String>,
}

impl Queue {
    /// Returns how far the batches are; only that batch if one is given.
    ///
    /// # Errors
    ///
    /// Returns an error if there is no such batch, or the queue cannot be read.
    pub async fn status(&self, only: Option<&BatchName>) -> Result<Status, QueueError> {
        let mut batches = Vec::new();
        let headers = self.headers().await?;
        let mut waiting: BTreeMap<String, u64> =
            headers.values().map(|header| (subjects::short(&header.fingerprint).to_owned(), 0)).collect();
        for (name, header) in headers {
            let Ok(batch) = BatchName::try_from(name) else { continue };
            if only.is_some_and(|only| *only != batch) {
                continue;
            }
            let mut counts = [0; STATES.len()];
            for (count, state) in counts.iter_mut().zip(STATES) {
                *count = self.count(&self.results, &subjects::results_with(&batch, state)).await?;
            }
            let of = |state: State| STATES.iter().zip(counts).find(|(known, _)| **known == state).map_or(0, |it| it.1);
            // Jobs are not counted when they are submitted.
            let jobs = batch == BatchName::jobs();
            let open = if jobs { self.waiting(&batch).await?.len() } else { 0 };
            let documents = if jobs { open + counts.iter().sum::<u64>() as usize } else { header.documents };
            batches.push(BatchStatus {
                batch: batch.to_string(),
                masthead: header.masthead,
                fingerprint: header.fingerprint,
                documents,
                submitted: header.complete,
                following: header.following,
                removing: header.removing,
                rendered: of(State::Rendered),
                refused: of(State::Refused),
                unread: of(State::Unread),
                broken: of(State::Broken),
                open: (documents as u64).saturating_sub(counts.iter().sum()),
                dead: self.count(&self.dead, &subjects::dead(&batch, "*")).await?,
            });
        }
        if let Some(only) = only.filter(|_| batches.is_empty()) {
            return Err(QueueError::batch(format!("there is no batch {only}"), "masthead queue status lists them"));
        }
        let (mut in_progress, mut counted) = (0, BTreeSet::new());
        let plain = |error: &_| QueueError::of("the queue cannot be counted", error);
        let mut consumers = self.work.consumers();
        while let Some(info) = consumers.try_next().await.map_err(|error| plain(&error))? {
            in_progress += info.num_ack_pending;
            if let Some((_, fingerprint)) = info.name.split_once('-') {
                *waiting.entry(fingerprint.to_owned()).or_default() += info.num_pending;
                counted.insert(fingerprint.to_owned());
            }
        }
        // Where no worker has come yet, nobody counts.
        for (fingerprint, count) in waiting.iter_mut().filter(|(fingerprint, _)| !counted.contains(*fingerprint)) {
            *count = subjects_in(&self.work, &format!("masthead.work.{fingerprint}.>")).await?.len() as u64;
        }
        let mut bytes = 0;
        let mut streams = self.context.streams();
        let unread = |error: &_| QueueError::of("the queue cannot be counted", error);
        while let Some(info) = streams.try_next().await.map_err(|error| unread(&error))? {
            if OWN.iter().any(|begins| info.config.name.starts_with(begins)) {
                bytes += info.state.bytes;
            }
        }
        Ok(Status { batches, in_progress, waiting, bytes })
    }

    /// Returns the documents that were given up; only those of a batch if one is given.
    ///
    /// # Errors
    ///
    /// Returns an error if the queue cannot be read.
    pub async fn dead_letters(&self, only: Option<&BatchName>) -> Result<Vec<DeadLetter>, QueueError> {
        let all = only.map_or(subjects::DEAD.to_owned(), |batch| subjects::dead(batch, "*"));
        let (mut letters, mut from) = (Vec::new(), 1);
        while let Some((sequence, dead)) = self.next_dead(&all, from).await? {
            if let Some(Dead { reason, attempts, batch, source, .. }) = dead {
                letters.push(DeadLetter { batch, source, reason, attempts });
            }
            from = sequence + 1;
        }
        letters.sort_by(|a: &DeadLetter, b: &DeadLetter| (&a.batch, &a.source).cmp(&(&b.batch, &b.source)));
        Ok(letters)
    }

    /// Returns the next dead letter from a place in the stream on, and its place.
    async fn next_dead(&self, subjects: &str, from: u64) -> Result<Option<(u64, Option<Dead>)>, QueueError> {
        patiently(|| async {
            let next = self.dead.direct_get_builder().sequence(from).next_by_subject(subjects).send().await;
            match next {
                Ok(message) => Ok(Some((message.sequence, serde_json::from_slice(&message.payload).ok()))),
                Err(error) if error.kind() == DirectGetErrorKind::NotFound => Ok(None),
                Err(error) => Err(QueueError::of("the dead letters cannot be read", &error)),
            }
        })
        .await
    }
}
