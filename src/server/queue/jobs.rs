//! The jobs of the HTTP API: documents of a batch of their own, which nobody collects.

use std::time::Duration;

use async_nats::jetstream::stream::LastRawMessageErrorKind;
use masthead::batch::{Contents, Order, State};
use masthead::digest::sha256;
use masthead::export::print::PrintOptions;
use masthead::{Error, ErrorKind};
use tokio::runtime::Runtime;
use tokio::time::{sleep, timeout};

use super::batch_name::BatchName;
use super::contents::file_name;
use super::entry::{Outcome, Work};
use super::error::QueueError;
use super::header::Header;
use super::patience::patiently;
use super::store::Queue;
use super::subjects;
use crate::serve::{Job, JobRequest, JobState, Jobs, Later};

/// The jobs of a queue.
pub struct JobQueue {
    queue: Queue,
    fingerprint: String,
    batch: BatchName,
    keep: Duration,
    /// The threads of the connection.
    runtime: Option<Runtime>,
}

impl Drop for JobQueue {
    fn drop(&mut self) {
        // It may be dropped by a thread that must not wait for others.
        if let Some(runtime) = self.runtime.take() {
            runtime.shutdown_background();
        }
    }
}

/// How long a request waits for the server.
const PATIENCE: Duration = Duration::from_secs(10);
/// How often jobs are removed that were kept long enough.
const TIDYING: Duration = Duration::from_secs(3600);
/// How long the contents of a job outlive it; they are stored again if they are older than that.
const LONGER: Duration = Duration::from_secs(24 * 3600);

/// The name of a document that has none.
const UNNAMED: &str = "document";
/// The number of figures of a job's name.
const DIGITS: usize = 32;

impl JobQueue {
    /// Prepares the queue for jobs that workers with a fingerprint do, and whose results are kept so long. The connection
    /// lives in `runtime`.
    ///
    /// # Errors
    ///
    /// Returns an error if the queue cannot store them.
    pub fn new(runtime: Runtime, queue: Queue, fingerprint: String, keep: Duration) -> Result<Self, QueueError> {
        let tidying = queue.clone();
        let mut jobs = Self { queue, fingerprint, batch: BatchName::jobs(), keep, runtime: None };
        runtime.block_on(async {
            jobs.queue.set_header(&jobs.batch, &jobs.header()).await?;
            jobs.queue.contents(&jobs.batch, true).await?;
            jobs.queue.limit(&jobs.batch, keep + LONGER).await
        })?;
        runtime.spawn(async move {
            loop {
                // What cannot be removed now is removed the next time.
                let _ = tidying.tidy().await;
                sleep(keep.clamp(Duration::from_secs(1), TIDYING)).await;
            }
        });
        jobs.runtime = Some(runtime);
        Ok(jobs)
    }

    fn header(&self) -> Header {
        Header {
            masthead: env!("CARGO_PKG_VERSION").to_owned(),
            fingerprint: self.fingerprint.clone(),
            profile: masthead::Profile::Archive,
            lines: masthead::Lines::default(),
            print: PrintOptions::default(),
            emblem: None,
            folders: Vec::new(),
            unseen: 0,
            documents: 0,
            content: String::new(),
            complete: true,
            following: false,
            keep: Some(self.keep),
            removing: false,
        }
    }

    /// Does something with the queue, unless the server is away.
    async fn promptly<T>(&self, work: impl Future<Output = Result<T, QueueError>>) -> Result<T, Error> {
        if !self.queue.is_connected() {
            return Err(Error::new(ErrorKind::Queue, "the server of the queue cannot be reached"));
        }
        match timeout(PATIENCE, work).await {
            Ok(done) => Ok(done?),
            Err(_) => Err(Error::new(ErrorKind::Queue, "the server of the queue does not answer")),
        }
    }

    async fn queued(&self, request: JobRequest) -> Result<Job, QueueError> {
        let priority = request.priority;
        let (order, contents) = ordered(request);
        let key = order.key(&self.fingerprint);
        let id = key[..DIGITS].to_owned();
        if let Some(job) = self.found(&id).await?.filter(|job| job.state != JobState::Broken) {
            return Ok(job);
        }
        // Somebody may have removed all jobs.
        if self.queue.header(&self.batch).await?.is_none() {
            self.queue.set_header(&self.batch, &self.header()).await?;
            self.queue.contents(&self.batch, true).await?;
            self.queue.limit(&self.batch, self.keep + LONGER).await?;
        }
        let store = self.queue.contents(&self.batch, false).await?;
        for (hash, bytes) in contents {
            store.put((&hash, &hash), &bytes, Some(LONGER)).await?;
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
        let job = Job { id: id.to_owned(), state: JobState::Queued, file: None, pages: None, findings: Vec::new() };
        // In this order: a job has its result before its message is gone.
        let queued = patiently(|| async {
            match self.queue.work.get_last_raw_message_by_subject(&subjects::work_of(&self.batch, id)).await {
                Ok(_) => Ok(true),
                Err(error) if error.kind() == LastRawMessageErrorKind::NoMessageFound => Ok(false),
                Err(error) => Err(QueueError::of("a job cannot be found", &error)),
            }
        });
        let queued = queued.await?;
        match self.queue.outcome(&subjects::results_of(&self.batch, id)).await? {
            Some(outcome) => self.job_of(job, outcome).await.map(Some),
            None => Ok(queued.then_some(job)),
        }
    }

    async fn job_of(&self, job: Job, outcome: Outcome) -> Result<Job, QueueError> {
        let made = self.queue.made(&self.batch, &job.id, outcome).await?;
        let state = match made.state {
            State::Rendered | State::UpToDate | State::ToRender => JobState::Rendered,
            State::Broken => JobState::Broken,
            State::Refused | State::Unread | State::Unwritten | _ => JobState::Refused,
        };
        let file = made.record.as_ref().map(|_| format!("/v1/jobs/{}/file", job.id));
        let pages = made.record.as_ref().map(|record| record.pages);
        let findings = made.record.map_or(made.findings, |record| record.warnings);
        Ok(Job { state, file, pages, findings, ..job })
    }

    async fn file_of(&self, id: &str) -> Result<Option<Vec<u8>>, QueueError> {
        if !is_id(id) {
            return Ok(None);
        }
        let outcome = self.queue.outcome(&subjects::results_of(&self.batch, id)).await?;
        let Some(outcome) = outcome else { return Ok(None) };
        let name = file_name(&outcome.key);
        let Some(record) = self.queue.made(&self.batch, id, outcome).await?.record else { return Ok(None) };
        let store = self.queue.contents(&self.batch, false).await?;
        match store.get_sound(&name, &record.sha256).await {
            Err(error) if error.is_lost() => Ok(None),
            read => read.map(Some),
        }
    }
}

impl Jobs for JobQueue {
    fn submit(&self, request: JobRequest) -> Later<'_, Job> {
        Box::pin(self.promptly(self.queued(request)))
    }

    fn job<'j>(&'j self, id: &'j str) -> Later<'j, Option<Job>> {
        Box::pin(self.promptly(self.found(id)))
    }

    fn file<'j>(&'j self, id: &'j str) -> Later<'j, Option<Vec<u8>>> {
        Box::pin(self.promptly(self.file_of(id)))
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
    let mut order = Order::new(document.name.unwrap_or_else(|| UNNAMED.to_owned()), keep(source));
    order.syntax = document.from.map(Into::into);
    order.pictures = document.pictures.into_iter().map(|(name, picture)| (name, Ok(keep(picture.0)))).collect();
    order.emblem = request.emblem.map(|emblem| keep(emblem.0));
    order.profile = request.profile.into();
    order.lines = request.line_ends.into();
    order.missing_glyphs = request.missing_glyphs.into();
    (order, contents)
}
