//! Jobs: documents that are rendered later, by the workers of a queue. The server does not know the queue; whoever starts
//! it passes one.

use std::fmt;
use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;

use axum::Json;
use axum::extract::{Path, Request, State as Extract};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};

use super::problem::Problem;
use super::request::parsed;
use super::requests::{Job, JobRequest};
use super::state::State;

/// What a queue answers later.
pub type Later<'j, T> = Pin<Box<dyn Future<Output = Result<T, String>> + Send + 'j>>;

/// A queue of jobs. Errors are sentences: the queue cannot be used at present.
pub trait Jobs: Send + Sync {
    /// Queues a document, unless it is known.
    fn submit(&self, request: JobRequest) -> Later<'_, Job>;
    /// Returns a job; `None` if there is no such job.
    fn job<'j>(&'j self, id: &'j str) -> Later<'j, Option<Job>>;
    /// Returns the file of a job; `None` if there is none.
    fn file<'j>(&'j self, id: &'j str) -> Later<'j, Option<Vec<u8>>>;
}

/// A queue, if there is one.
#[derive(Clone, Default)]
pub struct Queue(pub Option<Arc<dyn Jobs>>);

impl fmt::Debug for Queue {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(if self.0.is_some() { "Queue" } else { "no queue" })
    }
}

impl Queue {
    fn get(&self) -> Result<&dyn Jobs, Problem> {
        self.0.as_deref().ok_or_else(Problem::no_queue)
    }
}

/// Queues a document.
pub async fn submit(Extract(state): Extract<State>, request: Request) -> Result<Response, Problem> {
    let jobs = state.queue.get()?;
    let (request, _held) = parsed::<JobRequest>(request, &state.limits, &state.buffers).await?;
    let job = jobs.submit(request).await.map_err(Problem::queue)?;
    Ok((StatusCode::ACCEPTED, Json(job)).into_response())
}

/// Returns a job.
pub async fn job(Extract(state): Extract<State>, Path(id): Path<String>) -> Result<Response, Problem> {
    let job = state.queue.get()?.job(&id).await.map_err(Problem::queue)?;
    job.map(|job| Json(job).into_response()).ok_or_else(Problem::not_found)
}

/// Returns the file of a job.
pub async fn file(Extract(state): Extract<State>, Path(id): Path<String>) -> Result<Response, Problem> {
    let file = state.queue.get()?.file(&id).await.map_err(Problem::queue)?;
    let file = state.buffers.keep(file.ok_or_else(Problem::not_found)?).ok_or_else(Problem::crowded)?;
    Ok(super::answer::text("application/pdf", file))
}
