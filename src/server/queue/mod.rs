//! Batches beyond one machine: `masthead queue` on NATS JetStream; see docs/queue.md.
//!
//! Whoever submits a batch stores the contents of its files in an object store, and a message for each document in a
//! work-queue stream. Workers take one after the other, and store what they make of it. Whoever collects the batch reads
//! that, and writes the files, the register and the report that [`masthead::batch`] would have written. Messages, leases
//! and redelivery are those of JetStream.
//!
//! ```no_run
//! use masthead::batch::{Batch, inputs};
//! use masthead_server::queue::{Connection, Memory, Priority, Queue, Submission};
//! use masthead::{Error, Press};
//!
//! let runtime = tokio::runtime::Runtime::new()?;
//! let connection = Connection::new(["nats://localhost"]); // a server with JetStream
//! let queue = runtime.block_on(Queue::create(&connection, None))?;
//!
//! let inputs = inputs(&["drafts".to_owned()], "out".as_ref()).map_err(Error::from)?;
//! let press = Press::new([])?;
//! let batch = Batch::new(&press, "out");
//! let unseen = inputs.unseen();
//! let documents = batch.named(inputs.documents).map_err(Error::from)?;
//! let memory = Memory::default();
//! let submitted = Submission::new(&queue, "monday".parse()?, &batch, &memory)
//!     .priority(Priority::High)
//!     .submit(runtime.handle(), &documents, (&inputs.folders, unseen), &|| {})?;
//! println!("{} of {} documents are queued", submitted.queued, submitted.documents);
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

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
