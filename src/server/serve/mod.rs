//! The HTTP server behind `masthead serve` and `masthead watch`; see docs/serve.md.
//!
//! The server itself reads no document. It passes each request to a worker process and passes on the
//! answer, so that a document that exceeds its limits, or crashes the process, ends that process and costs
//! one request.

mod answer;
mod binary;
mod buffers;
mod choices;
mod comparisons;
#[cfg(feature = "queue")]
mod counts;
mod events;
mod findings;
mod frames;
mod guard;
mod hosts;
mod jobs;
mod limits;
mod lines;
mod live;
mod metrics;
mod openapi;
mod pages;
mod parameters;
mod perform;
mod pool;
mod problem;
mod request;
mod requests;
mod routes;
mod server;
mod site;
mod starter;
mod state;
mod task;
mod watching;
mod worker;

#[cfg(feature = "queue")]
pub(crate) use {
    binary::Binary,
    buffers::Buffers,
    pool::{Pool, Sizes, Undone},
    task::{Answer, Ordered, Task, What},
};

#[cfg(feature = "queue")]
pub use choices::Priority;
#[cfg(feature = "queue")]
pub use counts::metrics;
pub use jobs::Queue;
#[cfg(feature = "queue")]
pub(crate) use jobs::{Job, JobRequest, JobState};
#[cfg(feature = "queue")]
pub(crate) use jobs::{Jobs, Later};
pub use limits::Limits;
pub use server::{Options, Server};
pub use starter::Starter;
pub use watching::FileToWatch;
pub use worker::{Worker, work};
