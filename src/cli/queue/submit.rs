//! `masthead queue submit`: submits the documents of a batch.

use std::path::{Path, PathBuf};
use std::sync::Mutex;
use std::time::Duration;

use clap::Args;
use masthead::batch::{Batch, Inputs, Pattern, inputs};
use masthead::files::STANDARD;
use masthead::limits::Watch;
use masthead_server::queue::{BatchName, Follower, Memory, Priority, Queue, Submission, Submitted};
use serde_json::json;
use tokio::runtime::Runtime;
use tokio::time::timeout;

use super::connection::{ConnectionOptions, StorageOptions, days};
use super::{failed, runtime};
use crate::exit::Exit;
use crate::progress::Progress;
use crate::render::emblem;
use crate::rendering::Rendering;
use crate::report::Reporter;
use crate::signals::Signals;

/// The arguments of `masthead queue submit`.
#[derive(Args)]
#[command(after_help = "Examples:
  masthead queue submit drafts/ --batch monday --nats nats://localhost
  masthead queue submit list.csv --batch urgent --priority high --nats nats://localhost
  masthead queue submit drafts/ --batch today --follow --nats nats://localhost

A batch can be submitted again: after an interruption, or when documents have changed. What is queued or
rendered already stays as it is.")]
pub struct Submit {
    /// Files, folders, patterns or manifests (.csv, .jsonl); - for a manifest on standard input
    #[arg(required = true, value_name = "PATH")]
    paths: Vec<String>,
    /// Name of the batch: letters, figures, hyphens and underscores
    #[arg(short, long, value_name = "NAME")]
    batch: BatchName,
    /// Naming pattern of the output files
    #[arg(long, value_name = "PATTERN", default_value = "{path}")]
    name: Pattern,
    /// How urgent the documents are: all high ones are rendered before normal ones
    #[arg(long, value_enum, default_value_t)]
    priority: Urgency,
    /// Stay, and submit documents as they are added or changed
    #[arg(long)]
    follow: bool,
    /// Submit documents again that are queued or rendered already, or were given up
    #[arg(long)]
    force: bool,
    #[command(flatten)]
    rendering: Rendering,
    #[command(flatten)]
    connection: ConnectionOptions,
    #[command(flatten)]
    storage: StorageOptions,
    /// Number of days after which the batch is removed from the queue, unless documents of it wait; default: never
    #[arg(long, value_name = "DAYS", value_parser = days)]
    keep: Option<Duration>,
    /// Print the counts to standard output, as JSON
    #[arg(long)]
    json: bool,
}

/// How long to tell the server that nobody follows any more.
const LONGEST_FAREWELL: Duration = Duration::from_secs(5);

/// How urgent documents are.
#[derive(Debug, Clone, Copy, Default, clap::ValueEnum)]
pub enum Urgency {
    /// Before all others
    High,
    /// When no urgent ones are waiting
    #[default]
    Normal,
}

impl From<Urgency> for Priority {
    fn from(urgency: Urgency) -> Self {
        match urgency {
            Urgency::High => Self::High,
            Urgency::Normal => Self::Normal,
        }
    }
}

impl Submit {
    pub fn run(&self, reporter: &Reporter) -> Result<Exit, Exit> {
        let signals = Signals::catch().map_err(|error| reporter.error(error))?;
        if self.follow && self.paths.iter().any(|path| path == STANDARD) {
            return Err(
                reporter.error("standard input can be read only once; give a manifest as a file to --follow it")
            );
        }
        let first = self.inputs(reporter)?;
        self.tell_skipped(&first, reporter);
        let runtime = runtime(reporter)?;
        let queue = self.connection.create(&self.storage, &runtime, reporter)?;
        let press = reporter.press(&self.rendering.fonts)?;
        let print = self.rendering.print_options(&first, self.follow, reporter)?;
        let batch = Batch::new(&press, PathBuf::new())
            .names(self.name.clone())
            .profile(self.rendering.profile.into())
            .print(print)
            .lines(self.rendering.line_ends.into())
            .emblem(emblem(self.rendering.emblem.as_deref(), &Watch::none(), reporter)?)
            .force(self.force)
            .stop(signals.stop.clone());
        let follower = match self.follow {
            true => Some(Follower::begin(&first.folders).map_err(|error| reporter.error(error))?),
            false => None,
        };
        let stop = || signals.exit().is_some();
        let memory = Memory::default();
        let to = (&queue, &runtime, &memory);
        let mut skipped = first.skipped.len();
        self.submit(&batch, to, first, true, reporter)?;
        // What cannot be removed now is removed by the next command, or by a worker.
        let _ = runtime.block_on(queue.tidy());
        if let Some(follower) = follower {
            while follower.wait(&stop) {
                // A folder that is being changed may hold what is wrong for a moment.
                let Ok(inputs) = self.inputs(reporter) else { continue };
                if inputs.unseen() > 0 || inputs.documents.is_empty() {
                    reporter.problem("no documents are found, or some cannot be seen; nothing is changed meanwhile");
                    continue;
                }
                if inputs.skipped.len() != skipped {
                    skipped = inputs.skipped.len();
                    self.tell_skipped(&inputs, reporter);
                }
                let _ = self.submit(&batch, to, inputs, false, reporter);
            }
            // If the server is away, the batch is still said to be followed.
            let _ = runtime.block_on(async { timeout(LONGEST_FAREWELL, queue.unfollow(&self.batch)).await });
        }
        match signals.exit() {
            // Whoever follows is ended in this way.
            Some(_) if self.follow => Ok(Exit::Well),
            Some(exit) => {
                reporter.problem("stopped; run the command again to submit the other documents");
                Err(exit)
            }
            None => Ok(Exit::Well),
        }
    }

    /// Reads the inputs, and reports what is wrong with them.
    fn inputs(&self, reporter: &Reporter) -> Result<Inputs, Exit> {
        let mut inputs = inputs(&self.paths, Path::new("")).map_err(|errors| {
            reporter.findings(&errors);
            Exit::Usage
        })?;
        if inputs.documents.is_empty() && !self.follow {
            return Err(reporter.nothing_found(&inputs.unmatched));
        }
        self.rendering.complete(&mut inputs, reporter)?;
        Ok(inputs)
    }

    fn tell_skipped(&self, inputs: &Inputs, reporter: &Reporter) {
        reporter.skipped(&inputs.skipped);
        reporter.findings(&inputs.findings);
    }

    fn submit(
        &self,
        batch: &Batch,
        (queue, runtime, memory): (&Queue, &Runtime, &Memory),
        inputs: Inputs,
        first: bool,
        reporter: &Reporter,
    ) -> Result<(), Exit> {
        let wrong = |errors: Vec<_>| {
            reporter.findings(&errors);
            Exit::Usage
        };
        let unseen = inputs.unseen();
        let documents = batch.named(inputs.documents).map_err(wrong)?;
        if memory.is_all(&documents) {
            return Ok(());
        }
        batch.plan_of_named(documents.clone(), &inputs.folders, unseen).map_err(wrong)?;
        let submission = Submission::new(queue, self.batch.clone(), batch, memory)
            .priority(self.priority.into())
            .force(first && self.force)
            .following(self.follow)
            .keep(self.keep.filter(|keep| !keep.is_zero()));
        let progress = Mutex::new(Progress::new(reporter, documents.len(), self.json || reporter.is_quiet()));
        let step = || progress.lock().map(|mut progress| progress.step()).unwrap_or_default();
        let submitted = submission.submit(runtime.handle(), &documents, (&inputs.folders, unseen), &step);
        if let Ok(progress) = progress.into_inner() {
            progress.end();
        }
        memory.settle(submitted.is_ok());
        let submitted = submitted.map_err(|error| failed(error, reporter))?;
        if first || submitted.known < submitted.documents || submitted.removed > 0 {
            self.tell(submitted, reporter);
        }
        Ok(())
    }

    fn tell(&self, submitted: Submitted, reporter: &Reporter) {
        let Submitted { documents, queued, unread, known, removed, .. } = submitted;
        if self.json {
            reporter.json(&format!("{}\n", json!({ "batch": self.batch, "submitted": submitted })));
            return;
        }
        let more = [(known, "known"), (unread, "not read"), (removed, "removed")];
        let more: String =
            more.iter().filter(|(count, _)| *count > 0).map(|(count, what)| format!(", {count} {what}")).collect();
        reporter.done(&format!("batch {}: {documents} documents: {queued} queued{more}", self.batch));
    }
}
