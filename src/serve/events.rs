//! The browsers that show a file while it changes.

use std::collections::BTreeSet;
use std::time::Duration;

use axum::body::{Body, Bytes};
use axum::extract::State as Extract;
use axum::response::{IntoResponse, Response};
use http_body_util::channel::Channel;
use tokio::time::sleep;

use super::answer::text;
use super::problem::Problem;
use super::state::State;

/// How often a browser hears that the server is there.
const ALIVE: Duration = Duration::from_secs(15);

/// Sends a browser what changed, as often as something changes (server-sent events).
pub async fn events(Extract(state): Extract<State>) -> Response {
    let Some(watched) = state.watched.clone() else { return Problem::not_found().into_response() };
    let (mut sender, body) = Channel::<Bytes>::new(1);
    let (mut version, mut closing) = (watched.version.subscribe(), state.closing.clone());
    tokio::spawn(async move {
        let mut sent = BTreeSet::new();
        let mut first = *version.borrow_and_update() > 0;
        loop {
            let message = if first {
                format!("data: {}\n\n", watched.event(&mut sent))
            } else {
                tokio::select! {
                    changed = version.changed() => match changed {
                        Ok(()) => format!("data: {}\n\n", watched.event(&mut sent)),
                        Err(_) => return,
                    },
                    _ = closing.changed() => return,
                    () = sleep(ALIVE) => ":\n\n".to_owned(),
                }
            };
            first = false;
            if sender.send_data(message.into()).await.is_err() {
                return;
            }
        }
    });
    text("text/event-stream", Body::new(body))
}
