//! Answers in one piece.

use axum::body::Body;
use axum::http::header;
use axum::response::{IntoResponse, Response};

/// Returns an answer with that media type.
pub fn text(media_type: &'static str, body: impl Into<Body>) -> Response {
    ([(header::CONTENT_TYPE, media_type)], body.into()).into_response()
}
