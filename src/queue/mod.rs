//! Batches beyond one machine: `masthead queue` on NATS JetStream; see docs/queue.md.
//!
//! Whoever submits a batch stores the contents of its files in an object store, and a message for each document in a
//! work-queue stream. Workers take one after the other, and store what they make of it. Whoever collects the batch reads
//! that, and writes the files, the register and the report that [`crate::batch`] would have written. Messages, leases
//! and redelivery are those of JetStream.

mod attempts;
mod batch_name;
mod collect;
mod connect;
mod contents;
mod deliveries;
mod entry;
mod error;
mod follow;
mod gather;
mod header;
mod jobs;
mod known;
mod listing;
mod make;
mod memory;
mod messages;
mod metrics;
mod patience;
mod publish;
mod pull;
mod purge;
mod rendering;
mod status;
mod store;
mod subjects;
mod submit;
mod verified;
mod work;

pub use batch_name::BatchName;
pub use collect::{Collected, Collection, Waited};
pub use connect::{Connection, Credentials, Tls};
pub use error::QueueError;
pub use follow::Follower;
pub use header::Header;
pub use jobs::JobQueue;
pub use memory::Memory;
pub use metrics::Metrics;
pub use purge::Purged;
pub use rendering::Renderers;
pub use status::{BatchStatus, DeadLetter, Status};
pub use store::Queue;
pub use submit::{Submission, Submitted};
pub use verified::Verified;
pub use work::{Event, Worker};

pub use crate::serve::Priority;
