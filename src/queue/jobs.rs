//! The jobs of the HTTP API: documents of a batch of their own, which nobody collects.

use std::collections::BTreeMap;

use async_nats::jetstream::stream::LastRawMessageErrorKind;

use super::batch_name::BatchName;
use super::entry::{Outcome, Work};
use super::error::QueueError;
use super::header::Header;
use super::patience::patiently;
use super::store::Queue;
use super::subjects;
use crate::batch::{Contents, Order, State};
use crate::digest::sha256;
use crate::export::print::PrintOptions;
use crate::serve::{Job, JobRequest, JobState, Jobs, Later};

/// The jobs of a queue.
pub struct JobQueue {
    queue: Queue,
    fingerprint: String,
    batch: BatchName,
}

/// The name of a document that has none.
const UNNAMED: &str = "document";
/// The number of figures of a job's name.
const DIGITS: usize = 32;

impl JobQueue {
    /// Prepares the queue for jobs that workers with a fingerprint do.
    ///
    /// # Errors
    ///
    /// Returns an error if the queue cannot store them.
    pub async fn new(queue: Queue, fingerprint: String) -> Result<Self, QueueError> {
        let batch = BatchName::jobs();
        let header = Header {
            masthead: env!("CARGO_PKG_VERSION").to_owned(),
            fingerprint: fingerprint.clone(),
            profile: crate::Profile::Archive,
            lines: crate::Lines::default(),
            print: PrintOptions::default(),
            emblem: None,
            folders: Vec::new(),
            unseen: 0,
            documents: 0,
            content: String::new(),
            complete: true,
            following: true,
        };
        queue.set_header(&batch, &header).await?;
        queue.contents(&batch, true).await?;
        Ok(Self { queue, fingerprint, batch })
    }

    async fn queued(&self, request: JobRequest) -> Result<Job, QueueError> {
        let priority = request.priority;
        let (order, contents) = ordered(request);
        let key = order.key(&self.fingerprint);
        let id = key[..DIGITS].to_owned();
        if let Some(job) = self.found(&id).await?.filter(|job| job.state != JobState::Broken) {
            return Ok(job);
        }
        let store = self.queue.contents(&self.batch, true).await?;
        for (hash, bytes) in contents {
            if !store.has(&hash).await? {
                store.put(&hash, &bytes).await?;
            }
        }
        self.queue.forget(&self.batch, &id).await?;
        let work = Work { batch: self.batch.clone(), id: id.clone(), key, order };
        self.queue.queue(&work, &self.fingerprint, priority, None).await?;
        Ok(Job { id, state: JobState::Queued, file: None, pages: None, findings: Vec::new() })
    }

    async fn found(&self, id: &str) -> Result<Option<Job>, QueueError> {
        if !is_id(id) {
            return Ok(None);
        }
        let job = |state| Job { id: id.to_owned(), state, file: None, pages: None, findings: Vec::new() };
        if let Some(outcome) = self.queue.outcome(&self.batch, id).await? {
            return self.job_of(job(JobState::Queued), outcome).await.map(Some);
        }
        let queued = patiently(|| async {
            match self.queue.work.get_last_raw_message_by_subject(&subjects::work_of(&self.batch, id)).await {
                Ok(_) => Ok(true),
                Err(error) if error.kind() == LastRawMessageErrorKind::NoMessageFound => Ok(false),
                Err(error) => Err(QueueError::of("a job cannot be found", &error)),
            }
        });
        Ok(queued.await?.then(|| job(JobState::Queued)))
    }

    async fn job_of(&self, job: Job, outcome: Outcome) -> Result<Job, QueueError> {
        let made = self.queue.made(&self.batch, &job.id, outcome).await?;
        let state = match made.state {
            State::Rendered | State::UpToDate | State::ToRender => JobState::Rendered,
            State::Broken => JobState::Broken,
            State::Refused | State::Unread | State::Unwritten => JobState::Refused,
        };
        let file = made.record.as_ref().map(|_| format!("/v1/jobs/{}/file", job.id));
        let pages = made.record.as_ref().map(|record| record.pages);
        let findings = made.record.map_or(made.findings, |record| record.warnings);
        Ok(Job { state, file, pages, findings, ..job })
    }

    async fn file_of(&self, id: &str) -> Result<Option<Vec<u8>>, QueueError> {
        let outcome = if is_id(id) { self.queue.outcome(&self.batch, id).await? } else { None };
        let Some(outcome) = outcome else { return Ok(None) };
        let Some(record) = self.queue.made(&self.batch, id, outcome).await?.record else { return Ok(None) };
        let store = self.queue.contents(&self.batch, false).await?;
        store.get_hashed(&record.sha256).await.map(Some)
    }
}

impl Jobs for JobQueue {
    fn submit(&self, request: JobRequest) -> Later<'_, Job> {
        Box::pin(async { self.queued(request).await.map_err(|error| error.to_string()) })
    }

    fn job<'j>(&'j self, id: &'j str) -> Later<'j, Option<Job>> {
        Box::pin(async { self.found(id).await.map_err(|error| error.to_string()) })
    }

    fn file<'j>(&'j self, id: &'j str) -> Later<'j, Option<Vec<u8>>> {
        Box::pin(async { self.file_of(id).await.map_err(|error| error.to_string()) })
    }
}

fn is_id(text: &str) -> bool {
    text.len() == DIGITS && text.chars().all(|c| c.is_ascii_hexdigit())
}

/// Returns what a request orders.
fn ordered(request: JobRequest) -> (Order, Contents) {
    let mut contents = Contents::new();
    let mut keep = |bytes: Vec<u8>| {
        let hash = sha256([&bytes]);
        contents.insert(hash.clone(), bytes);
        hash
    };
    let document = request.document;
    let source = document.file.map_or_else(|| document.source.into_bytes(), |file| file.0);
    let order = Order {
        name: document.name.unwrap_or_else(|| UNNAMED.to_owned()),
        syntax: document.from.map(Into::into),
        source: keep(source),
        settings: BTreeMap::new(),
        pictures: document.pictures.into_iter().map(|(name, picture)| (name, Ok(keep(picture.0)))).collect(),
        emblem: request.emblem.map(|emblem| keep(emblem.0)),
        profile: request.profile.into(),
        lines: request.line_ends.into(),
        missing_glyphs: request.missing_glyphs.into(),
        print: None,
    };
    (order, contents)
}
