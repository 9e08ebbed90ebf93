//! What every request passes: the names of the server, the origin of the request, its id, the log, the counts and
//! the headers of the answer.

use std::time::Instant;

use axum::extract::{MatchedPath, Request, State as Extract};
use axum::http::{HeaderMap, HeaderName, HeaderValue, Method, Uri, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use tracing::{Instrument, info, info_span};

use super::hosts::name;
use super::problem::Problem;
use super::state::State;

/// The header with the id of a request.
const REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");
/// The path of requests that match no route, in counts.
const OTHER: &str = "other";

/// Passes a request on if it may be answered.
pub async fn guard(Extract(state): Extract<State>, request: Request, next: Next) -> Response {
    let begun = Instant::now();
    let id = request_id(request.headers()).unwrap_or_else(|| state.metrics.next_id());
    let route = request.extensions().get::<MatchedPath>().map_or(OTHER, MatchedPath::as_str).to_owned();
    let method = request.method().clone();
    let path = request.uri().path().to_owned();
    let span = info_span!("request", id = %id, method = %method, path = %path);
    let answered = async {
        let checked = allowed(&state, request.headers(), request.uri(), &method);
        let mut response = match checked {
            Ok(()) => next.run(request).await,
            Err(problem) => problem.into_response(),
        };
        secured(response.headers_mut());
        if let Ok(value) = HeaderValue::from_str(&id) {
            response.headers_mut().insert(REQUEST_ID, value);
        }
        if *state.closing.borrow() {
            response.headers_mut().insert(header::CONNECTION, HeaderValue::from_static("close"));
        }
        let took = begun.elapsed();
        state.metrics.answered(&route, response.status().as_u16(), took);
        info!(status = response.status().as_u16(), ms = took.as_secs_f64() * 1000.0, "answered");
        response
    };
    answered.instrument(span).await
}

/// Returns the id that the client or a proxy has given the request.
fn request_id(headers: &HeaderMap) -> Option<String> {
    const LONGEST: usize = 64;
    let given = headers.get(REQUEST_ID)?.to_str().ok()?;
    let plain = |c: char| c.is_ascii_alphanumeric() || "-_.".contains(c);
    (!given.is_empty() && given.len() <= LONGEST && given.chars().all(plain)).then(|| given.to_owned())
}

/// Refuses requests to other names, and those that pages of other servers make.
fn allowed(state: &State, headers: &HeaderMap, uri: &Uri, method: &Method) -> Result<(), Problem> {
    let text = |name| headers.get(name).map(|value| value.to_str().unwrap_or_default());
    let host = uri.authority().map(|authority| authority.as_str()).or_else(|| text(header::HOST)).unwrap_or_default();
    if !state.hosts.allows(host) {
        let detail =
            format!("this server is not called “{}”; masthead serve --host-name NAME allows a name", name(host));
        return Err(Problem::forbidden("host", detail));
    }
    let foreign = || Problem::forbidden("origin", "pages of other servers may not use this one");
    if let Some(origin) = text(header::ORIGIN) {
        let own = origin.split_once("://").is_some_and(|(_, origin)| origin.eq_ignore_ascii_case(host));
        if !own {
            return Err(foreign());
        }
    }
    let site = headers.get("sec-fetch-site").and_then(|value| value.to_str().ok());
    if *method != Method::GET && matches!(site, Some("cross-site" | "same-site")) {
        return Err(foreign());
    }
    Ok(())
}

/// Sets what browsers may do with an answer.
fn secured(headers: &mut HeaderMap) {
    const CSP: &str = "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'";
    let all = [
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (header::REFERRER_POLICY, "no-referrer"),
        (HeaderName::from_static("cross-origin-resource-policy"), "same-origin"),
        (HeaderName::from_static("cross-origin-opener-policy"), "same-origin"),
    ];
    for (name, value) in all {
        headers.insert(name, HeaderValue::from_static(value));
    }
    headers.entry(header::CONTENT_SECURITY_POLICY).or_insert(HeaderValue::from_static(CSP));
    headers.entry(header::CACHE_CONTROL).or_insert(HeaderValue::from_static("no-store"));
}
