//! Refusals as JSON (RFC 9457): `application/problem+json`.

use std::time::Duration;

use axum::body::Body;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde_json::{Value, json};

use super::findings::found;
use super::pool::Undone;
use super::task::Why;
use crate::limits::Cause;

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
    fn new(status: StatusCode, name: &'static str, title: &'static str, detail: impl Into<String>) -> Self {
        Self { status, name, title, detail: detail.into(), findings: json!([]), retry: false }
    }

    /// Adds that the same request may succeed shortly.
    fn shortly(self) -> Self {
        Self { retry: true, ..self }
    }

    /// The request is malformed.
    pub fn request(detail: impl Into<String>) -> Self {
        Self::new(StatusCode::BAD_REQUEST, "request", "The request is malformed", detail)
    }

    /// There is no such page or route.
    pub fn not_found() -> Self {
        let detail = "there is nothing at this address; /openapi.json lists what there is";
        Self::new(StatusCode::NOT_FOUND, "not-found", "Not found", detail)
    }

    /// The route has other methods.
    pub fn method() -> Self {
        let detail = "this address has other methods; /openapi.json lists them";
        Self::new(StatusCode::METHOD_NOT_ALLOWED, "method", "Method not allowed", detail)
    }

    /// The server does not have that name, or the request comes from the page of another server.
    pub fn forbidden(name: &'static str, detail: impl Into<String>) -> Self {
        Self::new(StatusCode::FORBIDDEN, name, "The request is not allowed", detail)
    }

    /// The body does not arrive.
    pub fn slow(longest: Duration) -> Self {
        let detail = format!("the body did not arrive within {} s", longest.as_secs());
        Self::new(StatusCode::REQUEST_TIMEOUT, "slow-body", "The request took too long", detail)
    }

    /// There is no memory for another body.
    pub fn crowded() -> Self {
        Self::unavailable("overloaded", "too much memory is taken by other requests; try again shortly")
    }

    fn unavailable(name: &'static str, detail: impl Into<String>) -> Self {
        Self::new(StatusCode::SERVICE_UNAVAILABLE, name, "The server is overloaded", detail).shortly()
    }

    /// The body is too large.
    pub fn large(most: usize) -> Self {
        let detail = format!("the body is larger than {} MiB", most >> 20);
        Self::new(StatusCode::PAYLOAD_TOO_LARGE, "too-large", "The request is too large", detail)
    }

    /// The body is of another type.
    pub fn media_type(detail: impl Into<String>) -> Self {
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
        let finding = cause.diagnostic("document");
        let (status, title) = (StatusCode::SERVICE_UNAVAILABLE, "The document exceeds a limit");
        let problem = Self::new(status, "over-limit", title, finding.message.clone());
        Self { findings: json!(found(&[finding])), ..problem }
    }

    /// masthead has an error.
    pub fn broken(detail: String) -> Self {
        let finding = Cause::Killed(detail).diagnostic("document");
        let (status, title) = (StatusCode::INTERNAL_SERVER_ERROR, "Internal error");
        let problem = Self::new(status, "internal-error", title, finding.message.clone());
        Self { findings: json!(found(&[finding])), ..problem }
    }

    /// Tells why a task was not done.
    pub fn undone(undone: Undone, seconds: f64) -> Self {
        match undone {
            Undone::Full => {
                let detail = "too many requests are waiting; try again shortly";
                Self::new(StatusCode::TOO_MANY_REQUESTS, "too-many", "Too many requests", detail).shortly()
            }
            Undone::Late => Self::unavailable("overloaded", "no worker became free in time; try again shortly"),
            Undone::NoWorker(reason) => Self::unavailable("no-worker", reason),
            Undone::Silent => Self::over(&Cause::OverDeadline(seconds)),
            Undone::Died => Self::broken("its process was killed".into()),
        }
    }
}

impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        let body = json!({
            "type": format!("urn:masthead:problem:{}", self.name),
            "title": self.title,
            "status": self.status.as_u16(),
            "detail": self.detail,
            "findings": self.findings,
        });
        let mut response = Response::new(Body::from(body.to_string()));
        *response.status_mut() = self.status;
        response.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static(MEDIA_TYPE));
        if self.retry {
            response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from_static("1"));
        }
        response
    }
}
