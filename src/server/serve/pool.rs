//! The worker processes: each does one task at a time; one that dies of a task is replaced.

use std::fmt;
use std::process::Stdio;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use masthead::limits::how_it_ended;
use masthead::{Error, ErrorKind};
use tokio::io::BufReader;
use tokio::process::{Child, ChildStdin, ChildStdout, Command};
use tokio::sync::{Semaphore, oneshot};
use tokio::time::timeout;

use super::buffers::{Buffers, Held};
use super::frames;
use super::task::{Answer, Task};
use super::worker::Worker;

/// A pool of workers.
pub struct Pool {
    worker: Worker,
    idle: Mutex<Vec<Process>>,
    slots: Arc<Semaphore>,
    sizes: Sizes,
    buffers: Buffers,
    present: AtomicUsize,
    /// The number of workers that have been replaced.
    pub replaced: AtomicUsize,
}

/// The sizes of a pool.
pub struct Sizes {
    /// The number of workers.
    pub workers: usize,
    /// The number of tasks that may wait for one.
    pub waiting: usize,
    /// How long a task may wait.
    pub longest_wait: Duration,
    /// How long a worker may be silent, if its own watchdog does not end it.
    pub longest_task: Option<Duration>,
}

/// Why a task was not done.
#[derive(Debug)]
pub enum Undone {
    /// Too many tasks are waiting.
    Full,
    /// No worker became free in time.
    Late,
    /// There is no memory for another task.
    Crowded,
    /// The worker took too long.
    Silent,
    /// The worker died; how.
    Died(String),
    /// No worker can be started.
    NoWorker(String),
}

impl fmt::Display for Undone {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Full => "too many requests are waiting",
            Self::Late => "no worker became free in time",
            Self::Crowded => "too much memory is taken by other requests",
            Self::Silent => "the process of the document did not answer in time",
            Self::Died(how) => how,
            Self::NoWorker(reason) => reason,
        })
    }
}

struct Process {
    child: Child,
    tasks: ChildStdin,
    answers: BufReader<ChildStdout>,
}

impl Pool {
    /// Creates a pool and starts its workers, so that they are ready for the first tasks.
    pub fn new(worker: Worker, sizes: Sizes, buffers: Buffers) -> Result<Arc<Self>, Error> {
        let pool = Self {
            worker,
            idle: Mutex::default(),
            slots: Arc::new(Semaphore::new(sizes.workers)),
            sizes,
            buffers,
            present: AtomicUsize::new(0),
            replaced: AtomicUsize::new(0),
        };
        let started: Result<Vec<Process>, Error> = (0..pool.sizes.workers).map(|_| pool.start()).collect();
        *pool.at_rest() = started?;
        Ok(Arc::new(pool))
    }

    fn at_rest(&self) -> MutexGuard<'_, Vec<Process>> {
        self.idle.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The number of tasks that are being done, and of those that wait.
    pub fn load(&self) -> (usize, usize) {
        let busy = self.sizes.workers - self.slots.available_permits().min(self.sizes.workers);
        (busy, self.present.load(Ordering::Relaxed).saturating_sub(busy))
    }

    /// Returns the number of workers.
    pub fn size(&self) -> usize {
        self.sizes.workers
    }

    /// Waits until a worker is free.
    pub async fn free(&self) {
        // The semaphore is never closed.
        let _ = self.slots.acquire().await;
    }

    /// Has a worker do a task, which takes the memory `held` until it is a message. It is finished even if the caller has
    /// gone.
    pub async fn perform(self: &Arc<Self>, task: Task, held: Option<Held>) -> Result<(Answer, Vec<u8>), Undone> {
        let present = Present::new(self.clone()).ok_or(Undone::Full)?;
        let message = serde_json::to_vec(&task).map_err(|error| Undone::NoWorker(error.to_string()))?;
        // Escaped, a text may be several times as long.
        let room = self.buffers.take(message.len()).ok_or(Undone::Crowded)?;
        // While it waits, only the message takes memory.
        drop((task, held));
        let free = timeout(self.sizes.longest_wait, self.slots.clone().acquire_owned()).await;
        let Ok(Ok(slot)) = free else { return Err(Undone::Late) };
        let (sender, receiver) = oneshot::channel();
        let pool = self.clone();
        tokio::spawn(async move {
            let answer = pool.done(&message).await;
            drop(message);
            drop((slot, present, room));
            // The caller may have gone.
            let _ = sender.send(answer);
        });
        receiver.await.unwrap_or_else(|_| Err(Undone::Died(GONE.to_owned())))
    }

    async fn done(&self, message: &[u8]) -> Result<(Answer, Vec<u8>), Undone> {
        let mut process = match self.idle() {
            Some(process) => process,
            None => self.start().map_err(|error| Undone::NoWorker(error.to_string()))?,
        };
        let mut answer = match self.sizes.longest_task {
            Some(longest) => timeout(longest, process.ask(message)).await.unwrap_or(Err(Undone::Silent)),
            None => process.ask(message).await,
        };
        if matches!(&answer, Ok((head, _)) if !head.ends_worker()) {
            self.at_rest().push(process);
        } else {
            self.replaced.fetch_add(1, Ordering::Relaxed);
            if let Err(Undone::Died(how)) = &mut answer {
                *how = process.how_it_died().await;
            }
            let _ = process.child.kill().await;
            if let Ok(process) = self.start() {
                self.at_rest().push(process);
            }
        }
        answer
    }

    /// Returns an idle worker. One that was killed meanwhile is left out.
    fn idle(&self) -> Option<Process> {
        let mut idle = self.at_rest();
        let alive = |process: &mut Process| matches!(process.child.try_wait(), Ok(None));
        std::iter::from_fn(|| idle.pop()).find_map(|mut process| alive(&mut process).then_some(process))
    }

    fn start(&self) -> Result<Process, Error> {
        let mut command = Command::new(&self.worker.program);
        command.args(&self.worker.arguments).stdin(Stdio::piped()).stdout(Stdio::piped()).kill_on_drop(true);
        // Ctrl-C in a terminal is for the server, which lets workers finish.
        #[cfg(unix)]
        command.process_group(0);
        let unstarted =
            |error| Error::new(ErrorKind::Process, format!("a worker cannot be started: {error}")).because(error);
        let mut child = command.spawn().map_err(unstarted)?;
        match (child.stdin.take(), child.stdout.take()) {
            (Some(tasks), Some(answers)) => Ok(Process { child, tasks, answers: BufReader::new(answers) }),
            _ => Err(Error::new(ErrorKind::Process, "a worker has no pipes")),
        }
    }
}

/// What is said of a process of which no more is known.
const GONE: &str = "its process is gone";

impl Process {
    /// Describes how the process ended, which has closed its streams.
    async fn how_it_died(&mut self) -> String {
        const DYING: Duration = Duration::from_millis(500);
        match timeout(DYING, self.child.wait()).await {
            Ok(Ok(status)) => how_it_ended(status),
            _ => GONE.to_owned(),
        }
    }

    async fn ask(&mut self, message: &[u8]) -> Result<(Answer, Vec<u8>), Undone> {
        // A worker may answer, and end, before it has read everything.
        let _ = frames::send(&mut self.tasks, message).await;
        let died = || Undone::Died(GONE.to_owned());
        let head = frames::receive(&mut self.answers).await.map_err(|_| died())?;
        let body = frames::receive(&mut self.answers).await.map_err(|_| died())?;
        Ok((serde_json::from_slice(&head).map_err(|_| died())?, body))
    }
}

/// A task in the pool, until this is dropped.
struct Present(Arc<Pool>);

impl Present {
    fn new(pool: Arc<Pool>) -> Option<Self> {
        let most = pool.sizes.workers + pool.sizes.waiting;
        let more = |present| (present < most).then_some(present + 1);
        let entered = pool.present.fetch_update(Ordering::Relaxed, Ordering::Relaxed, more);
        entered.is_ok().then(|| Self(pool))
    }
}

impl Drop for Present {
    fn drop(&mut self) {
        self.0.present.fetch_sub(1, Ordering::Relaxed);
    }
}

#[cfg(unix)]
#[cfg(test)]
mod tests {
    use super::*;
    use crate::serve::choices::Syntax;
    use crate::serve::requests::{ConvertRequest, Input};
    use crate::serve::task::What;

    /// Returns the command of a shell that writes an answer.
    fn says(answer: &Answer) -> String {
        let mut bytes = Vec::new();
        frames::write(&mut bytes, &serde_json::to_vec(answer).unwrap()).unwrap();
        frames::write(&mut bytes, b"").unwrap();
        let octal: String = bytes.iter().map(|byte| format!("\\{byte:03o}")).collect();
        format!("printf '{octal}'; cat >/dev/null")
    }

    /// Creates a pool of one worker, a script.
    fn pool(script: String, buffers: Buffers) -> Arc<Pool> {
        let worker = Worker::new("sh", vec!["-c".into(), script]);
        let long = Duration::from_secs(60);
        let longest_task = Some(Duration::from_millis(500));
        Pool::new(worker, Sizes { workers: 1, waiting: 1, longest_wait: long, longest_task }, buffers).unwrap()
    }

    fn task(source: &str) -> Task {
        let document = Input { source: source.to_owned(), ..Input::default() };
        Task::from(What::Convert(ConvertRequest { document, to: Syntax::Json }))
    }

    fn done() -> Answer {
        Answer::Done { media_type: "text/plain".into(), pages: None, findings: 0 }
    }

    /// Has one worker do two tasks, of which it does the first badly and the second well.
    async fn bad_then_good(badly: &str) -> Undone {
        let folder = tempfile::tempdir().unwrap();
        let mark = folder.path().join("mark");
        let well = says(&done());
        let script =
            format!("head -c 1 >/dev/null; if mkdir {} 2>/dev/null; then {badly}; else {well}; fi", mark.display());
        let pool = pool(script, Buffers::new(1 << 20));
        let first = pool.perform(task(""), None).await;
        assert!(matches!(pool.perform(task(""), None).await, Ok((Answer::Done { .. }, _))));
        assert_eq!((pool.replaced.load(Ordering::Relaxed), pool.load()), (1, (0, 0)));
        match first {
            Ok((Answer::Broken(reason), _)) => Undone::NoWorker(reason),
            Ok(_) => panic!("the first task was done"),
            Err(undone) => undone,
        }
    }

    #[tokio::test]
    async fn a_worker_that_panics_hangs_or_dies_costs_one_task() {
        let panicked = bad_then_good(&says(&Answer::Broken("a panic".into()))).await;
        assert!(matches!(panicked, Undone::NoWorker(reason) if reason == "a panic"));
        assert!(matches!(bad_then_good("sleep 60").await, Undone::Silent));
        assert!(matches!(bad_then_good("exit 1").await, Undone::Died(how) if how.contains("unexpectedly")));
    }

    #[tokio::test]
    async fn messages_take_memory_as_far_as_there_is_some() {
        let buffers = Buffers::new(1000);
        let pool = pool(says(&done()), buffers.clone());
        // A control character is written as six.
        let crowded = pool.perform(task(&"\u{1}".repeat(200)), buffers.take(200)).await;
        assert!(matches!(crowded, Err(Undone::Crowded)));
        let held = buffers.take(200);
        assert!(pool.perform(task(&"x".repeat(200)), held).await.is_ok());
        assert!(buffers.take(1000).is_some());
    }
}
