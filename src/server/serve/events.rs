//! The browsers that show a file while it changes.

use std::time::Duration;

use axum::body::{Body, Bytes};
use axum::extract::State as Extract;
use axum::response::{IntoResponse, Response};
use http_body_util::channel::Channel;
use serde_json::json;
use tokio::time::timeout;

use super::answer::text;
use super::problem::Problem;
use super::state::State;

/// How often a browser hears that the server is there.
const ALIVE: Duration = Duration::from_secs(15);

/// Tells a browser the name of the file at once, and again whenever it has changed (server-sent events). The browser asks
/// for what it does not have.
pub async fn events(Extract(state): Extract<State>) -> Response {
    let Some(watched) = state.watched.clone() else { return Problem::not_found().into_response() };
    let (mut sender, body) = Channel::<Bytes>::new(1);
    let (mut version, mut closing) = (watched.version.subscribe(), state.closing.clone());
    let changed = format!("data: {}\n\n", json!({ "file": watched.name() }));
    tokio::spawn(async move {
        let mut message = changed.clone();
        while sender.send_data(message.into()).await.is_ok() {
            let next = tokio::select! {
                next = timeout(ALIVE, version.changed()) => next,
                _ = closing.changed() => return,
            };
            message = match next {
                Ok(Ok(())) => changed.clone(),
                Ok(Err(_)) => return,
                Err(_) => ":\n\n".to_owned(),
            };
        }
    });
    text("text/event-stream", Body::new(body))
}
