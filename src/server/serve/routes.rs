//! The interface for programs: every route with its description.

use axum::Json;
use axum::body::{Body, Bytes};
use axum::extract::{MatchedPath, Path, Request, State as Extract};
use axum::http::{HeaderName, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::{MethodRouter, get, post};
use masthead::diff::Change;
use schemars::{Schema, SchemaGenerator};
use serde::de::DeserializeOwned;
use serde_json::json;

use super::answer::text;
use super::buffers::Held;
use super::findings::Findings;
use super::jobs::{Job, JobRequest};
use super::live::{Pages, PagesRequest};
use super::problem::Problem;
use super::request::{is_json, media_type, parsed};
use super::requests::{CheckRequest, CompareRequest, ConvertRequest, DiffRequest, PrepareRequest, RenderRequest};
use super::state::State;
use super::task::{Answer, Task, What};

/// A route of the interface.
pub struct Route {
    /// The path, with parameters in braces.
    pub path: &'static str,
    /// The name of the operation.
    pub name: &'static str,
    /// What it does, in a sentence.
    pub summary: &'static str,
    /// The schema of the body of a request; a route without is read.
    pub request: Option<SchemaOf>,
    /// The media types of an answer, each with its schema, if it is JSON that has one.
    pub answers: &'static [(&'static str, Option<SchemaOf>)],
    /// Creates its handler.
    pub handler: fn() -> MethodRouter<State>,
}

type SchemaOf = fn(&mut SchemaGenerator) -> Schema;

const JSON: &str = "application/json";

/// All routes.
pub const ROUTES: &[Route] = &[
    Route {
        path: "/v1/render",
        name: "render",
        summary: "Renders a document as PDF, PNG or SVG",
        request: Some(|schemas| schemas.subschema_for::<RenderRequest>()),
        answers: &[("application/pdf", None), ("image/png", None), ("image/svg+xml", None), (JSON, None)],
        handler: || post(|state, request| perform(state, request, What::Render)),
    },
    Route {
        path: "/v1/check",
        name: "check",
        summary: "Reports errors and editorial problems in a document, and fixes what is mechanical",
        request: Some(|schemas| schemas.subschema_for::<CheckRequest>()),
        answers: &[(JSON, Some(|schemas| schemas.subschema_for::<Findings>()))],
        handler: || post(|state, request| perform(state, request, What::Check)),
    },
    Route {
        path: "/v1/convert",
        name: "convert",
        summary: "Converts a document to YAML, JSON, Markdown or XML",
        request: Some(|schemas| schemas.subschema_for::<ConvertRequest>()),
        answers: &[("application/yaml", None), (JSON, None), ("text/markdown", None), ("application/xml", None)],
        handler: || post(|state, request| perform(state, request, What::Convert)),
    },
    Route {
        path: "/v1/prepare",
        name: "prepare",
        summary: "Returns every word of a document's pages, or the plan of the pages",
        request: Some(|schemas| schemas.subschema_for::<PrepareRequest>()),
        answers: &[(JSON, None)],
        handler: || post(|state, request| perform(state, request, What::Prepare)),
    },
    Route {
        path: "/v1/diff",
        name: "diff",
        summary: "Lists what changed from one document to another, or shows it on the pages (redline)",
        request: Some(|schemas| schemas.subschema_for::<DiffRequest>()),
        answers: &[
            (JSON, Some(|schemas| schemas.subschema_for::<Vec<Change>>())),
            ("text/plain", None),
            ("application/pdf", None),
        ],
        handler: || post(|state, request| perform(state, request, What::Diff)),
    },
    Route {
        path: "/v1/golden/compare",
        name: "compare",
        summary: "Compares two PDF files page by page, and scores their similarity",
        request: Some(|schemas| schemas.subschema_for::<CompareRequest>()),
        answers: &[(JSON, None)],
        handler: || post(|state, request| perform(state, request, What::Compare)),
    },
    Route {
        path: "/v1/pages",
        name: "pages",
        summary: "Returns the pages that changed, as images, with the source line of every printed line",
        request: Some(|schemas| schemas.subschema_for::<PagesRequest>()),
        answers: &[(JSON, Some(|schemas| schemas.subschema_for::<Pages>()))],
        handler: || post(|state, request| perform(state, request, What::Pages)),
    },
    Route {
        path: "/v1/jobs",
        name: "submit",
        summary: "Queues a document; its PDF file is rendered later, by any worker",
        request: Some(|schemas| schemas.subschema_for::<JobRequest>()),
        answers: &[(JSON, Some(|schemas| schemas.subschema_for::<Job>()))],
        handler: || post(submit_job),
    },
    Route {
        path: "/v1/jobs/{id}",
        name: "job",
        summary: "Reports how far a job is",
        request: None,
        answers: &[(JSON, Some(|schemas| schemas.subschema_for::<Job>()))],
        handler: || get(job),
    },
    Route {
        path: "/v1/jobs/{id}/file",
        name: "jobFile",
        summary: "Returns the PDF file of a job",
        request: None,
        answers: &[("application/pdf", None)],
        handler: || get(file_of_job),
    },
    Route {
        path: "/v1/starters",
        name: "starters",
        summary: "Lists the kinds of documents that there are starters for",
        request: None,
        answers: &[(JSON, None)],
        handler: || get(starters),
    },
    Route {
        path: "/v1/starters/{kind}",
        name: "starter",
        summary: "Returns a starter document in YAML",
        request: None,
        answers: &[("application/yaml", None)],
        handler: || get(starter),
    },
    Route {
        path: "/v1/schema",
        name: "schema",
        summary: "Returns the JSON Schema of documents",
        request: None,
        answers: &[("application/schema+json", None)],
        handler: || {
            get(|Extract(state): Extract<State>| async move { text("application/schema+json", state.schema.clone()) })
        },
    },
    Route {
        path: "/openapi.json",
        name: "openapi",
        summary: "Returns this description",
        request: None,
        answers: &[(JSON, None)],
        handler: || get(|Extract(state): Extract<State>| async move { text(JSON, state.openapi.clone()) }),
    },
    Route {
        path: "/healthz",
        name: "health",
        summary: "Reports that the server answers; status 503 while it shuts down",
        request: None,
        answers: &[(JSON, None)],
        handler: || get(health),
    },
    Route {
        path: "/metrics",
        name: "metrics",
        summary: "Returns counts and durations in the format of Prometheus",
        request: None,
        answers: &[(METRICS, None)],
        handler: || get(|Extract(state): Extract<State>| async move { text(METRICS, state.metrics.text(&state.pool)) }),
    },
];

const METRICS: &str = "text/plain; version=0.0.4";

/// Has a worker do what a request asks.
async fn perform<T: DeserializeOwned>(
    Extract(state): Extract<State>,
    request: Request,
    what: fn(T) -> What,
) -> Result<Response, Problem> {
    let takes_two = Route::of(&request).is_some_and(|route| !route.takes_documents());
    if takes_two && !is_json(&media_type(request.headers())) {
        return Err(Problem::media_type("this address takes two files; send them in JSON, as /openapi.json shows"));
    }
    let (request, held) = parsed(request, &state.limits, &state.buffers).await?;
    answer(&state, Task::from(what(request)), Some(held)).await
}

/// Has a worker do a task, which takes the memory `held`, and returns its answer.
pub async fn answer(state: &State, task: Task, held: Option<Held>) -> Result<Response, Problem> {
    let seconds = state.limits.document.deadline.map_or(0.0, |deadline| deadline.as_secs_f64());
    let (answer, body) = state.pool.perform(task, held).await.map_err(|undone| Problem::undone(&undone, seconds))?;
    match answer {
        Answer::Done { media_type, pages, findings } => {
            let body = state.buffers.keep(body).ok_or_else(Problem::crowded)?;
            Ok(done(&media_type, pages, findings, body))
        }
        Answer::Refused { why, detail, findings } => Ok(Problem::refused(why, detail, findings).within(&state.buffers)),
        #[cfg(feature = "queue")]
        Answer::Made(_) | Answer::Other => Err(Problem::broken("an answer to another task".into())),
        Answer::Over(cause) => Err(Problem::over(&cause)),
        Answer::Broken(message) => {
            tracing::error!("internal error: {message}");
            Err(Problem::broken(message))
        }
    }
}

fn done(media_type: &str, pages: Option<usize>, findings: usize, body: Bytes) -> Response {
    let mut response = Response::new(Body::from(body));
    let headers = response.headers_mut();
    if let Ok(value) = HeaderValue::from_str(media_type) {
        headers.insert(header::CONTENT_TYPE, value);
    }
    if let Some(pages) = pages {
        headers.insert(HeaderName::from_static("masthead-pages"), pages.into());
    }
    headers.insert(HeaderName::from_static("masthead-findings"), findings.into());
    response
}

async fn starters(Extract(state): Extract<State>) -> Response {
    let kinds: Vec<&str> = state.starters.iter().map(|starter| starter.kind).collect();
    Json(json!({ "kinds": kinds })).into_response()
}

async fn starter(Extract(state): Extract<State>, Path(kind): Path<String>) -> Result<Response, Problem> {
    let found = state.starters.iter().find(|starter| starter.kind == kind);
    let none = || Problem::missing(format!("there is no starter for “{kind}”; /v1/starters lists the kinds"));
    found.map(|starter| text("application/yaml", starter.text)).ok_or_else(none)
}

async fn health(Extract(state): Extract<State>) -> Response {
    let closing = *state.closing.borrow();
    let status = if closing { StatusCode::SERVICE_UNAVAILABLE } else { StatusCode::OK };
    let says = if closing { "closing" } else { "ok" };
    (status, Json(json!({ "status": says, "version": env!("CARGO_PKG_VERSION") }))).into_response()
}

impl Route {
    /// Returns the route of a request.
    pub fn of(request: &Request) -> Option<&'static Self> {
        let path = request.extensions().get::<MatchedPath>()?.as_str();
        ROUTES.iter().find(|route| route.path == path)
    }

    /// Its method.
    pub fn method(&self) -> &'static str {
        if self.request.is_some() { "POST" } else { "GET" }
    }

    /// Whether it needs a queue.
    pub fn needs_queue(&self) -> bool {
        self.path.starts_with("/v1/jobs")
    }

    /// The status of an answer.
    pub fn status(&self) -> &'static str {
        if self.name == "submit" { "202" } else { "200" }
    }

    /// Whether it takes a single document, which can be sent as it is.
    pub fn takes_documents(&self) -> bool {
        !matches!(self.name, "diff" | "compare")
    }
}

/// Queues a document.
async fn submit_job(Extract(state): Extract<State>, request: Request) -> Result<Response, Problem> {
    let jobs = state.queue.get()?;
    let (request, _held) = parsed::<JobRequest>(request, &state.limits, &state.buffers).await?;
    let job = jobs.submit(request).await.map_err(Problem::queue)?;
    Ok((StatusCode::ACCEPTED, Json(job)).into_response())
}

/// Returns a job.
async fn job(Extract(state): Extract<State>, Path(id): Path<String>) -> Result<Response, Problem> {
    let job = state.queue.get()?.job(&id).await.map_err(Problem::queue)?;
    job.map(|job| Json(job).into_response()).ok_or_else(no_job)
}

/// Returns the file of a job.
async fn file_of_job(Extract(state): Extract<State>, Path(id): Path<String>) -> Result<Response, Problem> {
    let file = state.queue.get()?.file(&id).await.map_err(Problem::queue)?;
    let none = || Problem::missing("there is no file of such a job; /v1/jobs/{id} says how far it is");
    let file = state.buffers.keep(file.ok_or_else(none)?).ok_or_else(Problem::crowded)?;
    Ok(text("application/pdf", file))
}

fn no_job() -> Problem {
    Problem::missing("there is no such job, or it has been removed")
}
