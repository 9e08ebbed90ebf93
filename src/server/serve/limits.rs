//! The limits of a server.

use std::time::Duration;

use masthead::limits::Limits as DocumentLimits;

/// The largest answer of a worker, in bytes.
pub const ANSWER: usize = 128 << 20;
/// The most pixels that an answer may have, or that files may have that are compared.
pub const PIXELS: f64 = 100e6;

/// The limits of a server.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Limits {
    /// The largest body of a request, in bytes.
    pub body: usize,
    /// The bytes that all bodies of requests and answers, and all messages to workers, may take at once.
    pub buffers: usize,
    /// The time in which a client must send the head of a request and its body, and take the next part of an answer.
    pub client: Duration,
    /// The number of worker processes.
    pub workers: usize,
    /// The number of requests that may wait for a worker.
    pub waiting: usize,
    /// How long they may wait.
    pub longest_wait: Duration,
    /// What a document may take.
    pub document: DocumentLimits,
    /// How long requests in progress may take on shutdown.
    pub grace: Duration,
}

impl Default for Limits {
    fn default() -> Self {
        const BODY: usize = 32 << 20;
        const BUFFERS: usize = 512 << 20;
        const WAITING_PER_WORKER: usize = 8;
        let seconds = Duration::from_secs;
        let workers = std::thread::available_parallelism().map_or(2, usize::from).max(2);
        let document = DocumentLimits::default();
        let waiting = WAITING_PER_WORKER * workers;
        Self {
            body: BODY,
            buffers: BUFFERS,
            client: seconds(30),
            workers,
            waiting,
            longest_wait: seconds(30),
            document,
            grace: seconds(30),
        }
    }
}
