//! The processes that render: those of the server, so that a document that crashes or hangs ends one of them, and not the
//! worker.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

use crate::batch::{Contents, Made, Order};
use crate::limits::{Cause, Limits};
use crate::serve::{self, Answer, Binary, Buffers, Ordered, Pool, Sizes, Task, Undone, What};

/// The processes that render.
#[derive(Clone)]
pub struct Renderers {
    pool: Arc<Pool>,
    limits: Limits,
}

/// Why a document was not made.
#[derive(Debug)]
pub(super) struct Crash {
    /// What happened.
    pub reason: String,
    /// What is made of the document if it is given up.
    pub made: Made,
    /// Whether another attempt would end in the same way.
    pub certain: bool,
}

/// The watchdog of a process counts processor time; this is for one that does not run at all.
const TIMES_THE_DEADLINE: u32 = 12;
/// Longer than anything waits.
const EVER: Duration = Duration::from_secs(365 * 24 * 3600);

impl Renderers {
    /// Starts processes.
    ///
    /// # Errors
    ///
    /// Returns a message if they cannot be started.
    pub fn start(process: serve::Worker, jobs: usize, limits: Limits) -> Result<Self, String> {
        let longest_task = limits.deadline.map(|deadline| deadline * TIMES_THE_DEADLINE + Duration::from_secs(30));
        let sizes = Sizes { workers: jobs, waiting: usize::MAX / 2, longest_wait: EVER, longest_task };
        Ok(Self { pool: Pool::new(process, sizes, Buffers::new(usize::MAX))?, limits })
    }

    /// Has a document made.
    pub(super) async fn make(&self, order: &Order, contents: Contents) -> Result<(Made, Vec<u8>), Crash> {
        let contents: BTreeMap<String, Binary> =
            contents.into_iter().map(|(hash, bytes)| (hash, Binary(bytes))).collect();
        let task = Task::from(What::Order(Ordered { order: order.clone(), contents }));
        let name = &order.name;
        let ended = |cause: Cause, certain| Crash {
            reason: cause.diagnostic(name).message,
            made: Made::ended(name, &cause),
            certain,
        };
        match self.pool.perform(task, None).await {
            Ok((Answer::Made(made), file)) => Ok((*made, file)),
            Ok((Answer::Over(cause), _)) => Err(ended(cause, true)),
            Ok((Answer::Broken(message), _)) => {
                let made = Made::broken(name, &message);
                Err(Crash { reason: format!("internal error: {message}"), made, certain: false })
            }
            Ok((answer, _)) => Err(ended(Cause::Killed(format!("its process answered {answer:?}")), false)),
            Err(Undone::Silent) => {
                let seconds = self.limits.deadline.map_or(0.0, |deadline| deadline.as_secs_f64());
                Err(ended(Cause::OverDeadline(seconds), false))
            }
            Err(undone) => Err(ended(Cause::Killed(undone.to_string()), false)),
        }
    }
}
