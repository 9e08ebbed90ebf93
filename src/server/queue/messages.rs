//! The messages of streams: how old they are, and their removal.

use std::time::{Duration, SystemTime};

use async_nats::jetstream::stream::Stream;

use super::error::QueueError;
use super::patience::patiently;

/// Returns how long ago something was.
pub fn age(time: SystemTime) -> Option<Duration> {
    time.elapsed().ok()
}

/// Removes the messages with such subjects, and returns their number.
pub async fn purge<I>(stream: &Stream<I>, subjects: &str) -> Result<u64, QueueError> {
    patiently(|| async {
        let purged = stream.purge().filter(subjects).await;
        let purged = purged.map_err(|error| QueueError::of("messages cannot be removed", &error))?;
        Ok(purged.purged)
    })
    .await
}
