//! Patience with a server that is away: it may be restarted, or a cluster may choose another leader.

use std::future::Future;
use std::time::{Duration, Instant};

use tokio::time::sleep;

use super::error::QueueError;

/// How long to try.
const LONGEST: Duration = Duration::from_secs(300);
/// The waits between tries: they begin with the first, and double up to the second.
const WAITS: (Duration, Duration) = (Duration::from_millis(50), Duration::from_secs(2));

/// Tries something until it succeeds, or fails for good.
pub async fn patiently<T, F: Future<Output = Result<T, QueueError>>>(
    mut work: impl FnMut() -> F,
) -> Result<T, QueueError> {
    let begun = Instant::now();
    let mut wait = WAITS.0;
    loop {
        match work().await {
            Err(error) if error.is_passing() && begun.elapsed() < LONGEST => {
                sleep(wait).await;
                wait = (wait * 2).min(WAITS.1);
            }
            done => return done,
        }
    }
}
