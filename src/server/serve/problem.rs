//! Refusals as JSON (RFC 9457): `application/problem+json`.

use std::time::Duration;

use axum::body::Body;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use masthead::Error;
use masthead::diagnostic::cut;
use masthead::limits::Cause;
use serde_json::{Value, json};

use super::buffers::Buffers;
use super::findings::found;
use super::pool::Undone;
use super::task::Why;

/// The media type of problems.
pub const MEDIA_TYPE: &str = "application/problem+json";

/// A refusal.
#[derive(Debug)]
pub struct Problem {
    status: StatusCode,
    name: &'static str,
    title: &'static str,
    detail: String,
    findings: Value,
    retry: bool,
}

impl Problem {
    fn new(status: StatusCode, name: &'static str, title: &'static str, detail: impl AsRef<str>) -> Self {
        /// What was sent may be repeated in it.
        const LONGEST: usize = 1000;
        let detail = cut(detail.as_ref(), LONGEST);
        Self { status, name, title, detail, findings: json!([]), retry: false }
    }

    /// The request is malformed.
    pub fn request(detail: impl AsRef<str>) -> Self {
        Self::new(StatusCode::BAD_REQUEST, "request", "The request is malformed", detail)
    }

    /// There is no such page or route.
    pub fn not_found() -> Self {
        Self::missing("there is nothing at this address; /openapi.json lists what there is")
    }

    /// There is nothing of that name.
    pub fn missing(detail: impl AsRef<str>) -> Self {
        Self::new(StatusCode::NOT_FOUND, "not-found", "Not found", detail)
    }

    /// The server has no queue.
    pub fn no_queue() -> Self {
        let detail = "this server has no queue; masthead serve --nats URL connects it to one";
        Self::new(StatusCode::NOT_IMPLEMENTED, "no-queue", "There are no jobs", detail)
    }

    /// The queue cannot be used.
    pub fn queue(error: Error) -> Self {
        let detail = error.to_string();
        Self { retry: true, ..Self::new(StatusCode::SERVICE_UNAVAILABLE, "queue", "The queue cannot be used", detail) }
    }

    /// The address has another method.
    pub fn method(method: &str) -> Self {
        let detail = format!("use {method} at this address");
        Self::new(StatusCode::METHOD_NOT_ALLOWED, "method", "Method not allowed", detail)
    }

    /// The server does not have that name, or the request comes from the page of another server.
    pub fn forbidden(name: &'static str, detail: impl AsRef<str>) -> Self {
        Self::new(StatusCode::FORBIDDEN, name, "The request is not allowed", detail)
    }

    /// The body does not arrive.
    pub fn slow(longest: Duration) -> Self {
        let detail = format!("the body did not arrive within {} s", longest.as_secs());
        Self::new(StatusCode::REQUEST_TIMEOUT, "slow-body", "The request took too long", detail)
    }

    /// There is no memory for another body.
    pub fn crowded() -> Self {
        Self::passing(&Undone::Crowded)
    }

    /// The same request may succeed shortly.
    fn passing(undone: &Undone) -> Self {
        let (status, name, title) = match undone {
            Undone::Full => (StatusCode::TOO_MANY_REQUESTS, "too-many", "Too many requests"),
            Undone::NoWorker(_) => (StatusCode::SERVICE_UNAVAILABLE, "no-worker", "The server is overloaded"),
            _ => (StatusCode::SERVICE_UNAVAILABLE, "overloaded", "The server is overloaded"),
        };
        Self { retry: true, ..Self::new(status, name, title, format!("{undone}; try again shortly")) }
    }

    /// The body is too large.
    pub fn large(most: usize) -> Self {
        let detail = format!("the body is larger than {} MiB", most >> 20);
        Self::new(StatusCode::PAYLOAD_TOO_LARGE, "too-large", "The request is too large", detail)
    }

    /// The body is of another type.
    pub fn media_type(detail: impl AsRef<str>) -> Self {
        Self::new(StatusCode::UNSUPPORTED_MEDIA_TYPE, "media-type", "Unsupported media type", detail)
    }

    /// The document or a parameter is refused.
    pub fn refused(why: Why, detail: String, findings: Value) -> Self {
        let problem = match why {
            Why::Request => Self::request(detail),
            Why::Document => Self::new(StatusCode::UNPROCESSABLE_ENTITY, "document", "The document is refused", detail),
        };
        Self { findings, ..problem }
    }

    /// The document exceeds a limit.
    pub fn over(cause: &Cause) -> Self {
        Self::ended(StatusCode::SERVICE_UNAVAILABLE, "over-limit", "The document exceeds a limit", cause)
    }

    /// masthead has an error.
    pub fn broken(detail: String) -> Self {
        let cause = Cause::Killed(detail);
        Self::ended(StatusCode::INTERNAL_SERVER_ERROR, "internal-error", "Internal error", &cause)
    }

    /// A worker ended.
    fn ended(status: StatusCode, name: &'static str, title: &'static str, cause: &Cause) -> Self {
        let finding = cause.diagnostic("document");
        let problem = Self::new(status, name, title, &finding.message);
        Self { findings: json!(found(&[finding])), ..problem }
    }

    /// Tells why a task was not done.
    pub fn undone(undone: &Undone, seconds: f64) -> Self {
        match undone {
            Undone::Silent => Self::over(&Cause::OverDeadline(seconds)),
            Undone::Died(how) => Self::broken(how.clone()),
            _ => Self::passing(undone),
        }
    }

    /// Returns the answer, with its body, which may have many findings, in the memory for answers.
    pub fn within(self, buffers: &Buffers) -> Response {
        match buffers.keep(self.body().into_bytes()) {
            Some(body) => self.response(body.into()),
            None => Self::crowded().into_response(),
        }
    }

    /// Says what is wrong.
    #[cfg(test)]
    pub fn detail(self) -> String {
        self.detail
    }

    fn body(&self) -> String {
        let body = json!({
            "type": format!("urn:masthead:problem:{}", self.name),
            "title": self.title,
            "status": self.status.as_u16(),
            "detail": self.detail,
            "findings": self.findings,
        });
        body.to_string()
    }

    fn response(&self, body: Body) -> Response {
        let mut response = Response::new(body);
        *response.status_mut() = self.status;
        response.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static(MEDIA_TYPE));
        if self.retry {
            response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from_static("1"));
        }
        response
    }
}

impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        self.response(self.body().into())
    }
}
