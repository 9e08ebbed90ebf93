//! The processes that render: those of the server, so that a document that crashes or hangs ends one of them, and not the
//! worker.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

use masthead::Error;
use masthead::batch::{Contents, Made, Order};
use masthead::limits::{Cause, Limits};

use crate::serve::{self, Answer, Binary, Buffers, Ordered, Pool, Sizes, Task, Undone, What};

/// The processes that render.
#[derive(Clone)]
pub struct Renderers {
    pool: Arc<Pool>,
    limits: Limits,
}

/// Why a document was not made.
#[derive(Debug)]
pub(super) enum Unmade {
    /// It ended its process.
    Crash(Crash),
    /// The processes have other fonts, or are of another version, than when the worker was started.
    Other,
    /// No process can be started.
    NoProcess(String),
    /// All processes have been busy for long.
    Busy,
}

/// How a document ended its process.
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
/// How long a document waits for a process. Behind one that takes longer, others would wait that another worker could make.
const LONGEST_WAIT: Duration = Duration::from_secs(2);

impl Renderers {
    /// Starts processes.
    ///
    /// # Errors
    ///
    /// Returns a message if they cannot be started.
    pub fn start(process: serve::Worker, jobs: usize, limits: Limits) -> Result<Self, Error> {
        let longest_task = limits.deadline.map(|deadline| deadline * TIMES_THE_DEADLINE + Duration::from_secs(30));
        let sizes = Sizes { workers: jobs, waiting: usize::MAX / 2, longest_wait: LONGEST_WAIT, longest_task };
        Ok(Self { pool: Pool::new(process, sizes, Buffers::new(usize::MAX))?, limits })
    }

    /// Returns their number.
    pub(super) fn count(&self) -> usize {
        self.pool.size()
    }

    /// Waits until a process is free.
    pub(super) async fn free(&self) {
        self.pool.free().await;
    }

    /// Has a document made.
    pub(super) async fn make(
        &self,
        order: &Order,
        contents: Contents,
        fingerprint: &str,
    ) -> Result<(Made, Vec<u8>), Unmade> {
        let contents: BTreeMap<String, Binary> =
            contents.into_iter().map(|(hash, bytes)| (hash, Binary(bytes))).collect();
        let task =
            Task::from(What::Order(Ordered { order: order.clone(), fingerprint: fingerprint.to_owned(), contents }));
        let name = &order.name;
        let ended = |cause: Cause, certain| {
            let (reason, made) = (cause.diagnostic(name).message, Made::ended(name, &cause));
            Unmade::Crash(Crash { reason, made, certain })
        };
        match self.pool.perform(task, None).await {
            Ok((Answer::Made(made), file)) => Ok((*made, file)),
            Ok((Answer::Over(cause), _)) => Err(ended(cause, true)),
            Ok((Answer::Broken(message), _)) => {
                let made = Made::broken(name, &message);
                let reason = format!("internal error in {name}: {message}");
                Err(Unmade::Crash(Crash { reason, made, certain: false }))
            }
            Ok((Answer::Other, _)) => Err(Unmade::Other),
            Err(Undone::NoWorker(reason)) => Err(Unmade::NoProcess(reason)),
            Err(Undone::Late) => Err(Unmade::Busy),
            Ok((answer, _)) => Err(ended(Cause::Killed(format!("its process answered {answer:?}")), false)),
            Err(Undone::Silent) => {
                let seconds = self.limits.deadline.map_or(0.0, |deadline| deadline.as_secs_f64());
                Err(ended(Cause::OverDeadline(seconds), false))
            }
            Err(undone) => Err(ended(Cause::Killed(undone.to_string()), false)),
        }
    }
}

#[cfg(unix)]
#[cfg(test)]
mod tests {
    use super::*;

    /// Has a process that gives that answer, or does something else, make a document.
    async fn made_by(script: &str) -> Result<(Made, Vec<u8>), Unmade> {
        let process = serve::Worker::new("sh", vec!["-c".into(), script.to_owned()]);
        let limits = Limits::new(0.001, 0);
        let mut renderers = Renderers::start(process.clone(), 1, limits).unwrap();
        let sizes = Sizes {
            workers: 1,
            waiting: 1,
            longest_wait: LONGEST_WAIT,
            longest_task: Some(Duration::from_millis(500)),
        };
        renderers.pool = Pool::new(process, sizes, Buffers::new(1 << 20)).unwrap();
        let order: Order = serde_json::from_value(serde_json::json!({
            "name": "a.yaml", "source": "hash", "profile": masthead::Profile::Archive,
            "lines": masthead::Lines::default(), "missing_glyphs": masthead::MissingGlyphs::default(),
        }))
        .unwrap();
        renderers.make(&order, Contents::new(), "fingerprint").await
    }

    fn says(answer: &Answer) -> String {
        let head = serde_json::to_vec(answer).unwrap();
        let frame =
            |bytes: &[u8]| (bytes.len() as u32).to_le_bytes().into_iter().chain(bytes.to_vec()).collect::<Vec<u8>>();
        let bytes: Vec<u8> = [frame(&head), frame(b"")].concat();
        let octal: String = bytes.iter().map(|byte| format!("\\{byte:03o}")).collect();
        format!("head -c 1 >/dev/null; printf '{octal}'; cat >/dev/null")
    }

    #[tokio::test]
    async fn panics_and_hangs_are_tried_again_and_another_press_is_no_fault_of_the_document() {
        let panicked = made_by(&says(&Answer::Broken("index out of bounds".into()))).await;
        let Err(Unmade::Crash(Crash { reason, made, certain: false })) = panicked else { panic!("{panicked:?}") };
        assert!(reason.contains("a.yaml: index out of bounds"), "{reason}");
        assert_eq!(made.state, masthead::batch::State::Broken);
        // It does nothing, and uses no processor.
        let hung = made_by("sleep 60").await;
        assert!(matches!(hung, Err(Unmade::Crash(Crash { certain: false, .. }))), "{hung:?}");
        assert!(matches!(made_by(&says(&Answer::Other)).await, Err(Unmade::Other)));
    }
}
