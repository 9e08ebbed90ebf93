//! What all requests share.

use std::sync::Arc;

use axum::body::Bytes;
use tokio::sync::watch;

use super::buffers::Buffers;
use super::hosts::Hosts;
use super::jobs::Queue;
use super::limits::Limits;
use super::metrics::Metrics;
use super::pool::Pool;
use super::starter::Starter;
use super::watching::Watched;

/// What all requests share.
#[derive(Clone)]
pub struct State(pub Arc<Inner>);

/// The same.
pub struct Inner {
    /// The workers.
    pub pool: Arc<Pool>,
    /// Counts for `/metrics`.
    pub metrics: Metrics,
    /// The names that the server answers to.
    pub hosts: Hosts,
    /// The memory for bodies and messages.
    pub buffers: Buffers,
    /// The queue.
    pub queue: Queue,
    /// The limits.
    pub limits: Limits,
    /// The starter documents.
    pub starters: Vec<Starter>,
    /// The file that the user watches.
    pub watched: Option<Arc<Watched>>,
    /// Whether the server is shutting down.
    pub closing: watch::Receiver<bool>,
    /// The description of the interface.
    pub openapi: Bytes,
    /// The schema of documents.
    pub schema: Bytes,
}

impl std::ops::Deref for State {
    type Target = Inner;

    fn deref(&self) -> &Inner {
        &self.0
    }
}
